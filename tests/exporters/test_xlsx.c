/* test_xlsx.c - amounts survive a sheet to the fen, or are refused; nothing half written is left.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <check.h>
#include <zip.h>

#include "exporters/exporters.h"

#define AMOUNTS_MAX 4000
#define SHEET_MAX   (1024 * 1024)

static char directory[] = "/tmp/mingzhang-xlsx-XXXXXX";
static char path[64];

static const char *const headings[] = {"金额"};

/* The sheet's XML. */
static char *read_sheet(void)
{
    static char text[SHEET_MAX];
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    zip_file_t *file;
    zip_int64_t size;

    ck_assert_ptr_nonnull(zip);
    file = zip_fopen(zip, "xl/worksheets/sheet1.xml", 0);
    ck_assert_ptr_nonnull(file);
    size = zip_fread(file, text, sizeof text - 1);
    ck_assert_int_gt(size, 0);
    text[size] = '\0';
    (void)zip_fclose(file);
    zip_discard(zip);
    return text;
}

/* Decimal text to fen, rounded half away from zero, without floating point. */
static int64_t read_fen(const char *text)
{
    bool is_negative = *text == '-', is_fraction = false;
    int64_t thousandths = 0;
    int decimals = 0;

    for (text += is_negative; (*text >= '0' && *text <= '9') || *text == '.'; text++) {
        if (*text == '.') {
            is_fraction = true;
        } else if (decimals < 3) {
            thousandths = thousandths * 10 + (*text - '0');
            decimals += is_fraction;
        }
    }
    ck_assert_int_eq(*text, '<'); /* no exponent */
    for (; decimals < 3; decimals++)
        thousandths *= 10;
    return (thousandths + 5) / 10 * (is_negative ? -1 : 1);
}

static void write_amounts(const int64_t *fen, size_t count)
{
    struct error err = ERROR_INIT;
    struct xlsx *xlsx = NULL;

    ck_assert_msg(xlsx_open(path, headings, 1, &xlsx, &err), "%s", err.message);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(xlsx_amount(xlsx, (money_t){fen[i]}, &err), "%s", err.message);
    ck_assert_msg(xlsx_close(xlsx, &err), "%s", err.message);
}

static void assert_amounts(const int64_t *fen, size_t count)
{
    const char *at;

    write_amounts(fen, count);
    at = read_sheet();
    for (size_t i = 0; i < count; i++) {
        at = strstr(at, "<v>");
        ck_assert_ptr_nonnull(at);
        at += strlen("<v>");
        ck_assert_msg(read_fen(at) == fen[i], "%lld fen became %.24s", (long long)fen[i], at);
    }
}

START_TEST(every_amount_of_fifteen_digits_survives_a_sheet)
{
    static int64_t fen[AMOUNTS_MAX];
    uint64_t random = 20210930;
    size_t count = 0;

    fen[count++] = 0;
    for (int64_t power = 1; power < XLSX_FEN_MAX; power *= 10) {
        fen[count++] = power;
        fen[count++] = power - 1;
        fen[count++] = -power * 9 - 1;
    }
    for (int64_t power = 1; power < XLSX_FEN_MAX; power *= 2)
        fen[count++] = power + 1;
    fen[count++] = XLSX_FEN_MAX;
    fen[count++] = -XLSX_FEN_MAX;
    for (; count < AMOUNTS_MAX; count++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        fen[count] = (int64_t)((random >> 10) % (uint64_t)XLSX_FEN_MAX) >> (count % 40);
    }
    assert_amounts(fen, count);
}
END_TEST

START_TEST(what_a_sheet_cannot_hold_is_refused_and_leaves_no_file)
{
    static char longest[40000];
    struct error err = ERROR_INIT;
    struct xlsx *xlsx = NULL;

    (void)remove(path);
    memset(longest, 'x', sizeof longest - 1);
    ck_assert(xlsx_open(path, headings, 1, &xlsx, &err));
    ck_assert(!xlsx_amount(xlsx, (money_t){XLSX_FEN_MAX + 1}, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_ptr_nonnull(strstr(err.message, "10,000,000,000,000.00 yuan has more than"));
    err = (struct error)ERROR_INIT;
    ck_assert(!xlsx_integer(xlsx, XLSX_FEN_MAX + 1, &err));
    err = (struct error)ERROR_INIT;
    ck_assert(!xlsx_text(xlsx, longest, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "ask for CSV"));
    xlsx_discard(xlsx);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_int_eq(rmdir(directory), 0); /* nothing else is left either */
    ck_assert_int_eq(mkdir(directory, 0700), 0);
}
END_TEST

START_TEST(text_is_never_a_formula)
{
    struct error err = ERROR_INIT;
    struct xlsx *xlsx = NULL;
    const char *sheet;

    ck_assert(xlsx_open(path, headings, 1, &xlsx, &err));
    ck_assert(xlsx_text(xlsx, "=1+2", &err));
    ck_assert(xlsx_text(xlsx, "012", &err));
    ck_assert(xlsx_close(xlsx, &err));
    sheet = read_sheet();
    ck_assert_ptr_nonnull(strstr(sheet, "<t>=1+2</t>"));
    ck_assert_ptr_nonnull(strstr(sheet, "<t>012</t>"));
    ck_assert_ptr_null(strstr(sheet, "<f>"));
    ck_assert_ptr_nonnull(strstr(sheet, "state=\"frozen\""));
}
END_TEST

START_TEST(text_comes_back_as_it_went_in)
{
    static const struct {
        const char *text, *written;
    } cases[] = {{"a<b>&\"c\"", "<t>a&lt;b&gt;&amp;\"c\"</t>"},
                 {" two ", "<t xml:space=\"preserve\"> two </t>"},
                 {"\x01", "<t>_x0001_</t>"},
                 {"_x0041_", "<t>_x005F_x0041_</t>"}, /* or it would be read as A */
                 {"_x41_", "<t>_x41_</t>"},
                 {"\xef\xbf\xbe", "<t>\xef\xbf\xbd</t>"}, /* U+FFFE is no character of XML */
                 {"\xef\xbc\x9a", "<t>\xef\xbc\x9a</t>"}};
    struct error err = ERROR_INIT;
    struct xlsx *xlsx = NULL;

    ck_assert(xlsx_open(path, headings, 1, &xlsx, &err));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert(xlsx_text(xlsx, cases[i].text, &err));
    ck_assert(xlsx_close(xlsx, &err));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_msg(strstr(read_sheet(), cases[i].written) != NULL, "%s", cases[i].written);
}
END_TEST

START_TEST(a_sheet_that_cannot_be_written_is_told)
{
    struct error err = ERROR_INIT;
    struct xlsx *xlsx = NULL;

    ck_assert(!xlsx_open("/nowhere/list.xlsx", headings, 1, &xlsx, &err));
    ck_assert_int_eq(err.code, ERROR_IO);
    ck_assert_ptr_nonnull(strstr(err.message, "can't be written"));
    ck_assert_str_eq(err.place, "/nowhere/list.xlsx");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("xlsx");
    TCase *cases = tcase_create("xlsx");
    SRunner *runner;
    int failed;

    if (mkdtemp(directory) == NULL) return EXIT_FAILURE;
    (void)snprintf(path, sizeof path, "%s/list.xlsx", directory);
    tcase_add_test(cases, every_amount_of_fifteen_digits_survives_a_sheet);
    tcase_add_test(cases, what_a_sheet_cannot_hold_is_refused_and_leaves_no_file);
    tcase_add_test(cases, text_is_never_a_formula);
    tcase_add_test(cases, text_comes_back_as_it_went_in);
    tcase_add_test(cases, a_sheet_that_cannot_be_written_is_told);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    (void)remove(path);
    (void)rmdir(directory);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
