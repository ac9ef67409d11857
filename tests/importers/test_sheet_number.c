/* test_sheet_number.c - numbers are decimal text from end to end; formats and days are Excel's. */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/compiler.h"
#include "importers/sheet_number.h"

static const struct {
    const char *text;
    const char *plain; /* NULL: no number */
} numbers[] = {
    {"0", "0"},
    {"-0", "0"},
    {"0.000", "0"},
    {"12", "12"},
    {"+12", "12"},
    {" 12.50\n", "12.5"},
    {"007", "7"},
    {".5", "0.5"},
    {"5.", "5"},
    {"-1234567.89", "-1234567.89"},
    {"1.5E3", "1500"},
    {"1.2345E-3", "0.0012345"},
    {"6E2", "600"},
    {"1e+20", "100000000000000000000"},
    {"0E400", "0"},
    /* what doubles make of 0.3, 1234567.89, 69.41 and 8.2 */
    {"0.30000000000000004", "0.3"},
    {"1234567.8899999999", "1234567.89"},
    {"69.409999999999997", "69.41"},
    {"8.1999999999999993", "8.2"},
    /* the 16th digit decides, half away from zero */
    {"1.000000000000005", "1.00000000000001"},
    {"1.0000000000000049", "1"},
    {"-1.000000000000005", "-1.00000000000001"},
    {"999999999999999.5", "1000000000000000"},
    {"9.999999999999999E-5", "0.0001"},
    /* an ID number stored as a number has lost its last digits before we see it */
    {"110101199003070000", "110101199003070000"},
    {"110101199003071233", "110101199003071000"},
    {"", NULL},
    {".", NULL},
    {"-", NULL},
    {"1,234", NULL},
    {"1e", NULL},
    {"1e+", NULL},
    {"0x10", NULL},
    {"1.2.3", NULL},
    {"12a", NULL},
    {"INF", NULL},
    {"NaN", NULL},
    {"1E999", NULL},
    {"1E-999", NULL},
    {"1E99999999999999999999", NULL},
};

START_TEST(a_number_is_rounded_and_written_out_by_its_decimal_text)
{
    char out[SHEET_NUMBER_SIZE] = "untouched";
    bool ok = sheet_number_text(numbers[_i].text, strlen(numbers[_i].text), out);

    ck_assert_msg(ok == (numbers[_i].plain != NULL), "%s", numbers[_i].text);
    ck_assert_str_eq(out, ok ? numbers[_i].plain : "untouched");
}
END_TEST

START_TEST(the_largest_and_smallest_numbers_fit)
{
    char out[SHEET_NUMBER_SIZE];

    ck_assert(sheet_number_text("-1.79769313486232E+308", 22, out));
    ck_assert_uint_eq(strlen(out), 310);
    ck_assert(sheet_number_text("-2.22507385850720E-308", 22, out));
    ck_assert_uint_eq(strlen(out), 1 + 2 + 307 + 14);
}
END_TEST

static const struct {
    uint64_t bits;
    bool is_hundredfold;
    const char *plain; /* NULL: no number */
} doubles[] = {
    {0x0000000000000000, false, "0"},
    {0x8000000000000000, false, "0"},
    {0x3fd3333333333334, false, "0.3"}, /* 0.1 + 0.2 */
    {0x4132d687e3d70a3d, false, "1234567.89"},
    {0xc0c81cd6c8b43958, false, "-12345.678"},
    {0x4093480000000000, true, "12.34"},
    {0x4415af1d78b58c40, false, "100000000000000000000"},
    /* as XLSX has them: 23.60333251953125, and a hundredth by the point alone */
    {0xc0379a7400000000, false, "-23.6033325195313"},
    {0xc0379a7400000000, true, "-0.236033325195313"},
    {0x3fedffe000000000, true, "0.00937484741210938"},
    {0x7ff0000000000000, false, NULL}, /* infinity */
    {0x7ff8000000000000, false, NULL}, /* no number */
};

START_TEST(a_double_is_printed_with_the_digits_that_a_spreadsheet_shows)
{
    char out[SHEET_NUMBER_SIZE] = "untouched";
    bool ok = sheet_number_of_bits(doubles[_i].bits, doubles[_i].is_hundredfold, out);

    ck_assert(ok == (doubles[_i].plain != NULL));
    ck_assert_str_eq(out, ok ? doubles[_i].plain : "untouched");
}
END_TEST

static const struct {
    const char *code;
    unsigned meaning;
} formats[] = {
    {"General", NUMBER_PLAIN},
    {"G/通用格式", NUMBER_PLAIN},
    {"0.00", NUMBER_PLAIN},
    {"#,##0.00;[Red]-#,##0.00", NUMBER_PLAIN},
    {"@", NUMBER_PLAIN},
    {"0.00E+00", NUMBER_PLAIN},
    {"yyyy-mm-dd", NUMBER_IS_DATE},
    {"yyyy/m/d;@", NUMBER_IS_DATE},
    {"yyyy\"年\"m\"月\"d\"日\"", NUMBER_IS_DATE},
    {"[$-804]yyyy\"年\"m\"月\";@", NUMBER_IS_DATE},
    {"[DBNum1][$-804]m\"月\"d\"日\"", NUMBER_IS_DATE},
    {"mmm", NUMBER_IS_DATE},
    {"d-mmm-yy h:mm", NUMBER_IS_DATE},
    {"h:mm:ss", NUMBER_PLAIN},
    {"[h]:mm", NUMBER_PLAIN},
    {"[mm]:ss", NUMBER_PLAIN},
    {"h:mm AM/PM", NUMBER_PLAIN},
    {"0.00\"yd\"", NUMBER_IS_OTHERWISE},
    {"0\\d", NUMBER_IS_OTHERWISE},
    {"0_d", NUMBER_PLAIN},
    {"[Magenta]0", NUMBER_PLAIN},
    {"0;yyyy", NUMBER_PLAIN},
    {"0.00%", NUMBER_IS_PERCENT},
    {"0\"%\"", NUMBER_PLAIN},
    {"\"d", NUMBER_IS_OTHERWISE},
    {"", NUMBER_PLAIN},
    {";;;", NUMBER_IS_OTHERWISE}, /* hides the number */
    {"\"无\"", NUMBER_IS_OTHERWISE},
    {"[<10000]0;0!.0,\"万\"", NUMBER_IS_OTHERWISE}, /* another unit from 10,000 on */
    {"[=0]\"\";General", NUMBER_IS_OTHERWISE},
    {"#,##0.00\"元\"", NUMBER_IN_YUAN},
    {"0.00\"万元\"", NUMBER_IN_WAN_YUAN},
    {"0\\万", NUMBER_IN_WAN_YUAN},
    {"0\"户\"", NUMBER_PLAIN},
    {"\"￥\"#,##0.00;\\-#,##0.00", NUMBER_PLAIN},
    {"_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", NUMBER_PLAIN},
    {"[$¥-804]#,##0.00", NUMBER_PLAIN},
    {"[DBNum2][$-804]General", NUMBER_PLAIN},
    {"#,##0,", NUMBER_IS_OTHERWISE},
    {"0,.00", NUMBER_IS_OTHERWISE},
    {"0\\.0,", NUMBER_IS_OTHERWISE}, /* what offices use to show 万元 */
    {"0!.0000", NUMBER_IS_OTHERWISE},
    {"0.00\"千元\"", NUMBER_IS_OTHERWISE},
    {"0.00\"亿\"", NUMBER_IS_OTHERWISE},
    {"0\"美元\"", NUMBER_IS_OTHERWISE},
    {"\\-0.00", NUMBER_IS_OTHERWISE},
    {"(0.00)", NUMBER_IS_OTHERWISE},
    {"[$$-409]#,##0.00", NUMBER_IS_OTHERWISE},
    {"\"HT\"0000", NUMBER_IS_OTHERWISE},
    {"000000", NUMBER_IS_PADDED + 6},
};

START_TEST(a_format_tells_what_a_number_means_by_what_is_outside_quotes_and_brackets)
{
    ck_assert_msg(sheet_format_meaning(formats[_i].code) == formats[_i].meaning, "%s",
                  formats[_i].code);
}
END_TEST

static const struct {
    const char *number;
    unsigned meaning;
    enum sheet_cell_kind kind;
    const char *shown;
} shown[] = {
    {"12.5", NUMBER_IN_WAN_YUAN, CELL_TEXT, "12.5万元"},
    {"120000", NUMBER_IN_YUAN, CELL_TEXT, "120000元"},
    {"0.03", NUMBER_IS_PERCENT, CELL_TEXT, "3%"},
    {"0.0001", NUMBER_IS_PERCENT, CELL_TEXT, "0.01%"},
    {"0", NUMBER_IS_PERCENT, CELL_TEXT, "0%"},
    {"-1.5", NUMBER_IS_PERCENT, CELL_TEXT, "-150%"},
    {"12", NUMBER_IS_PADDED + 6, CELL_NUMBER, "000012"},
    {"1234567", NUMBER_IS_PADDED + 6, CELL_NUMBER, "1234567"},
    {"1.5", NUMBER_IS_PADDED + 6, CELL_NUMBER, "1.5"},
};

START_TEST(a_number_is_shown_as_its_format_shows_it)
{
    char text[SHEET_NUMBER_SIZE];

    snprintf(text, sizeof text, "%s", shown[_i].number);
    ck_assert_int_eq(sheet_number_show(text, shown[_i].meaning, false), shown[_i].kind);
    ck_assert_str_eq(text, shown[_i].shown);
}
END_TEST

START_TEST(built_in_formats_of_days_are_known_by_number)
{
    static const uint32_t dates[] = {14, 22, 27, 31, 36, 45, 47, 50, 57, 58};
    static const uint32_t others[] = {0, 2, 13, 23, 26, 37, 44, 48, 49, 59, 164};
    size_t i;

    for (i = 0; i < ARRAY_COUNT(dates); i++)
        ck_assert_int_eq(sheet_format_id_meaning(dates[i]), NUMBER_IS_DATE);
    for (i = 0; i < ARRAY_COUNT(others); i++)
        ck_assert_int_eq(sheet_format_id_meaning(others[i]), NUMBER_PLAIN);
    ck_assert_int_eq(sheet_format_id_meaning(9), NUMBER_IS_PERCENT);
    ck_assert_int_eq(sheet_format_id_meaning(10), NUMBER_IS_PERCENT);
}
END_TEST

static const struct {
    const char *number;
    bool is_1904;
    enum sheet_cell_kind kind;
    const char *text;
} days[] = {
    {"44469", false, CELL_DATE, "2021-09-30"},
    {"44469.99", false, CELL_DATE, "2021-09-30"},
    {"43007", true, CELL_DATE, "2021-09-30"},
    {"1", false, CELL_DATE, "1900-01-01"},
    {"59", false, CELL_DATE, "1900-02-28"},
    {"60", false, CELL_ERROR, "no day of the calendar"}, /* 29 February 1900 never was */
    {"61", false, CELL_DATE, "1900-03-01"},
    {"60", true, CELL_DATE, "1904-03-01"},
    {"2958465", false, CELL_DATE, "9999-12-31"},
    {"2958466", false, CELL_ERROR, "no day of the calendar"},
    {"100000000000000000000", false, CELL_ERROR, "no day of the calendar"},
    {"0", false, CELL_NUMBER, "0"},
    {"0.5", false, CELL_NUMBER, "0.5"},
    {"-3", false, CELL_NUMBER, "-3"},
};

START_TEST(a_number_of_days_is_a_date_when_the_calendar_has_it)
{
    char text[SHEET_NUMBER_SIZE];

    ck_assert(sheet_number_text(days[_i].number, strlen(days[_i].number), text));
    ck_assert_int_eq(sheet_number_show(text, NUMBER_IS_DATE, days[_i].is_1904), days[_i].kind);
    ck_assert_str_eq(text, days[_i].text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sheet_number");
    TCase *tcase = tcase_create("sheet_number");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tcase, a_number_is_rounded_and_written_out_by_its_decimal_text, 0,
                        ARRAY_COUNT(numbers));
    tcase_add_test(tcase, the_largest_and_smallest_numbers_fit);
    tcase_add_loop_test(tcase, a_double_is_printed_with_the_digits_that_a_spreadsheet_shows, 0,
                        ARRAY_COUNT(doubles));
    tcase_add_loop_test(tcase,
                        a_format_tells_what_a_number_means_by_what_is_outside_quotes_and_brackets,
                        0, ARRAY_COUNT(formats));
    tcase_add_loop_test(tcase, a_number_is_shown_as_its_format_shows_it, 0, ARRAY_COUNT(shown));
    tcase_add_test(tcase, built_in_formats_of_days_are_known_by_number);
    tcase_add_loop_test(tcase, a_number_of_days_is_a_date_when_the_calendar_has_it, 0,
                        ARRAY_COUNT(days));
    tcase_set_timeout(tcase, 0); /* CTest has its own */
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
