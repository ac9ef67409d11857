/*
 * test_text.c - UTF-8 by the tables of Unicode, NFC against libunistring's data, and the search for
 * personal numbers: what it must find, and what public money can't be written without.
 */
#include <stdlib.h>
#include <string.h>

#include <check.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/text.h"

static const uint8_t *bytes(const char *text)
{
    return (const uint8_t *)text;
}

/* ---- UTF-8 and NFC ------------------------------------------------------------------------- */

START_TEST(well_formed_utf8_is_accepted_up_to_the_edges_of_each_form)
{
    static const char *const cases[] = {
        "",
        "a",
        "\x7f",
        "\xc2\x80",
        "\xdf\xbf",
        "\xe0\xa0\x80",
        "\xed\x9f\xbf", /* the last before the surrogates */
        "\xee\x80\x80",
        "\xef\xbf\xbf",
        "\xf0\x90\x80\x80",
        "\xf4\x8f\xbf\xbf", /* U+10FFFF */
        "明账 open books, a text longer than eight bytes 𠮷",
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert_msg(text_is_utf8(bytes(cases[i]), strlen(cases[i])), "case %zu", i);
    }
    ck_assert(text_is_utf8(bytes("a\0b"), 3));
}
END_TEST

/* Unicode 15 table 3-7; the names after Markus Kuhn's classes of faults. */
static const struct {
    const char *text, *reason;
} ill_formed[] = {
    {"\x80", "a continuation byte alone"},
    {"a\xbf", "a continuation byte alone"},
    {"\xc2", "cut off"},
    {"\xc2 ", "cut off"},
    {"\xe6\x98", "cut off"},
    {"\xf0\xa0\xae", "cut off"},
    {"\xe6\x98\x8e\xe8", "cut off"},
    {"\xc0\x80", "overlong NUL"},
    {"\xc0\xaf", "overlong '/'"},
    {"\xc1\xbf", "overlong"},
    {"\xe0\x80\xaf", "overlong"},
    {"\xe0\x9f\xbf", "overlong"},
    {"\xf0\x80\x80\xaf", "overlong"},
    {"\xf0\x8f\xbf\xbf", "overlong"},
    {"\xed\xa0\x80", "a surrogate"},
    {"\xed\xbf\xbf", "a surrogate"},
    {"\xed\xa1\x82\xed\xbe\xb7", "CESU-8"},
    {"\xf4\x90\x80\x80", "beyond U+10FFFF"},
    {"\xf5\x80\x80\x80", "beyond U+10FFFF"},
    {"\xf8\x88\x80\x80\x80", "five bytes"},
    {"\xfe", "never in UTF-8"},
    {"\xff", "never in UTF-8"},
    {"\xe6\x28\x8e", "a wrong second byte"},
    {"\xe6\x98\x28", "a wrong third byte"},
    {"\xf0\xa0\xae\x28", "a wrong fourth byte"},
    {"\xc3\xf7\xd5\xcb", "GB 18030"},
};

START_TEST(ill_formed_utf8_is_refused)
{
    for (size_t i = 0; i < ARRAY_COUNT(ill_formed); i++) {
        const char *text = ill_formed[i].text;
        struct buffer out = BUFFER_INIT(100);
        struct error err = ERROR_INIT;
        char behind_ascii[64];

        ck_assert_msg(!text_is_utf8(bytes(text), strlen(text)), "%s", ill_formed[i].reason);
        ck_assert_msg(!text_is_nfc(bytes(text), strlen(text)), "%s", ill_formed[i].reason);
        snprintf(behind_ascii, sizeof behind_ascii, "eight bytes and more %s", text);
        ck_assert(!text_is_utf8(bytes(behind_ascii), strlen(behind_ascii)));
        ck_assert(!text_to_nfc(bytes(behind_ascii), strlen(behind_ascii), &out, &err));
        ck_assert_int_eq(err.code, ERROR_ENCODING);
        ck_assert_ptr_nonnull(strstr(err.message, "is not UTF-8; save the text as UTF-8"));
        ck_assert_uint_eq(out.size, 0);
        buffer_done(&out);
    }
}
END_TEST

START_TEST(the_offset_of_the_first_bad_byte_is_told)
{
    struct buffer out = BUFFER_INIT(100);
    struct error err = ERROR_INIT;

    ck_assert(!text_to_nfc(bytes("明a\xffz"), 6, &out, &err));
    ck_assert_str_eq(err.message, "byte 5 is not UTF-8; save the text as UTF-8 and try again");
    buffer_done(&out);
}
END_TEST

START_TEST(text_is_normalized_to_form_c)
{
    static const struct {
        const char *given, *normal;
    } cases[] = {
        {"", ""},
        {"ascii", "ascii"},
        {"明账", "明账"},
        {"\xc3\xa9", "\xc3\xa9"},
        {"e\xcc\x81", "\xc3\xa9"},                    /* e and an accent of its own */
        {"\xe2\x84\xab", "\xc3\x85"},                 /* the sign for ångström */
        {"\xef\xa4\x80", "\xe8\xb1\x88"},             /* U+F900, a compatibility ideograph: 豈 */
        {"\xe3\x81\x8b\xe3\x82\x99", "\xe3\x81\x8c"}, /* か and ゛ */
        {"q\xcc\x87\xcc\xa3", "q\xcc\xa3\xcc\x87"},   /* marks in their canonical order */
        {"\xef\xbc\x91", "\xef\xbc\x91"},             /* full width stays: that is form KC's work */
        {"\xf0\xaf\xa0\x80", "\xe4\xb8\xbd"},         /* U+2F800: 丽 */
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct buffer out = BUFFER_INIT(100);
        struct error err = ERROR_INIT;
        size_t size = strlen(cases[i].given);

        ck_assert(text_to_nfc(bytes(cases[i].given), size, &out, &err));
        ck_assert_str_eq(buffer_text(&out), cases[i].normal);
        ck_assert_int_eq(text_is_nfc(bytes(cases[i].given), size),
                         strcmp(cases[i].given, cases[i].normal) == 0);
        ck_assert(text_is_nfc(out.data == NULL ? bytes("") : out.data, out.size));
        buffer_done(&out);
    }
}
END_TEST

START_TEST(long_text_is_normalized_too)
{
    struct buffer given = BUFFER_INIT(100000), out = BUFFER_INIT(100000), small = BUFFER_INIT(50);
    struct error err = ERROR_INIT;

    while (given.size < 6000)
        ck_assert(buffer_append_text(&given, "e\xcc\x81", &err));
    ck_assert(!text_is_nfc(given.data, given.size));
    ck_assert(text_to_nfc(given.data, given.size, &out, &err));
    ck_assert_uint_eq(out.size, 4000);
    ck_assert(text_is_nfc(out.data, out.size));
    ck_assert(!text_to_nfc(given.data, given.size, &small, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    buffer_done(&given);
    buffer_done(&out);
    buffer_done(&small);
}
END_TEST

/* The answer of text_is_nfc() must be what normalizing the whole text says. */
static void ck_assert_nfc_agrees(const ucs4_t *characters, size_t count)
{
    uint8_t text[32], normal[64];
    size_t size = sizeof text, normal_size = sizeof normal;
    bool is_normal;

    if (u32_to_u8(characters, count, text, &size) != text) return; /* a surrogate */
    /* Plain conditions: a million assertions would spend their time reporting success. */
    if (u8_normalize(UNINORM_NFC, text, size, normal, &normal_size) != normal) ck_abort();
    is_normal = normal_size == size && memcmp(normal, text, size) == 0;
    if (text_is_nfc(text, size) != is_normal) {
        ck_abort_msg("U+%04lX", (unsigned long)characters[0]);
    }
}

/*
 * text_is_nfc() passes some blocks without a look-up. Here it is held against libunistring's data
 * for each character alone, for each pair that composes, and for each mark before another mark.
 */
START_TEST(the_short_way_to_nfc_agrees_with_the_long_one_for_every_character)
{
    const ucs4_t hangul[] = {0x1100, 0x1161, 0x11a8}, hangul_pair[] = {0xac00, 0x11a8};

    for (ucs4_t character = 1; character < 0x110000; character++) {
        ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
        const ucs4_t marks[] = {character, 0x0334}; /* of the lowest combining class, 1 */

        ck_assert_nfc_agrees(&character, 1);
        if (uc_canonical_decomposition(character, parts) == 2) ck_assert_nfc_agrees(parts, 2);
        if (uc_combining_class(character) != 0) ck_assert_nfc_agrees(marks, 2);
    }
    ck_assert_nfc_agrees(hangul, 2);
    ck_assert_nfc_agrees(hangul, 3);
    ck_assert_nfc_agrees(hangul_pair, 2);
}
END_TEST

START_TEST(plain_text_reads_as_it_is_stored)
{
    static const struct {
        const char *text;
        bool is_plain;
    } cases[] = {
        {"", true},
        {"渠道改造第一次进度款 No. 3（10%）", true},
        {"ᠮᠣᠩᠭᠣᠯ\xe1\xa0\x8e ئۇيغۇر\xe2\x80\x8f", true}, /* U+180E, U+200F: of these scripts */
        {"\xe2\x80\x8d", true},                          /* U+200D, a joiner */
        {"\xf0\xa0\xae\xb7 \xee\x80\x80", true},         /* a rare character, a private one */
        {"\xe2\x80\xa7\xe2\x80\xaf", true},              /* U+2027, U+202F */
        {"two\nlines", false},
        {"\x7f", false},
        {"\xc2\x80", false},
        {"\xc2\x9f", false},
        {"\xc2\xa0", true},
        {"供\xc2\xad销社", false},
        {"供销\xe2\x80\x8b社", false}, /* U+200B */
        {"\xe2\x80\xa8", false},       /* U+2028 */
        {"供\xe2\x80\xae社销", false}, /* U+202E: shown the other way round */
        {"\xe2\x81\xa0", false},       /* U+2060 */
        {"\xe2\x81\xaf", false},       /* U+206F */
        {"\xe2\x81\xb0", true},        /* U+2070 */
        {"\xef\xbb\xbf供销社", false}, /* U+FEFF */
        {"\xef\xbf\xbb", false},       /* U+FFFB */
        {"\xef\xbf\xbd", true},        /* U+FFFD */
        {"\xf3\xa0\x81\xa1", false},   /* U+E0061, a tag */
        {"葛\xf3\xa0\x84\x80", true},  /* U+E0100: which shape of the character */
        {"\xff", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_msg(text_is_plain(cases[i].text) == cases[i].is_plain, "case %zu: %s", i,
                      cases[i].text);
}
END_TEST

START_TEST(width_counts_columns_of_a_terminal)
{
    ck_assert_uint_eq(text_width(""), 0);
    ck_assert_uint_eq(text_width("abc"), 3);
    ck_assert_uint_eq(text_width("明账"), 4);
    ck_assert_uint_eq(text_width("a明b"), 4);
    ck_assert_uint_eq(text_width("１２"), 4);
    ck_assert_uint_eq(text_width("e\xcc\x81"), 1);
    ck_assert_uint_eq(text_width("𠮷"), 2);
}
END_TEST

/* ---- Personal numbers ---------------------------------------------------------------------- */

START_TEST(id_numbers_are_found)
{
    static const char *const cases[] = {
        "11010519491231002X",
        "11010519491231002x",
        "611025198001010015",
        "身份证号611025198001010015。",
        "ID611025198001010015",
        "张三(611025198001010015)领取",
        "611025 19800101 0015",
        "611025-1980-01-01-0015",
        "6110 2519 8001 0100 15",
        "6 1 1 0 2 5 1 9 8 0 0 1 0 1 0 0 1 5",
        "６１１０２５１９８００１０１００１５",
        "1101051949123100 2X",
        "11010519491231002 X",
        "11010519491231002Ｘ",
        "611025\xe3\x80\x80"
        "19800101 0015", /* an ideographic space */
        "611025\xe2\x80\x94"
        "198001010015", /* a dash */
        "611025\xe2\x80\x8b"
        "198001010015",    /* nothing to be seen */
        "611025800101001", /* 15 digits */
        "110105 491231 002",
        "2021-09-30 611025198001010015",
        "600 611025198001010015",
        "\xff"
        "611025198001010015",
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert_msg(text_find_personal_number(cases[i]) == TEXT_ID_NUMBER, "%s: %s", cases[i],
                      text_finding_name(text_find_personal_number(cases[i])));
    }
}
END_TEST

START_TEST(mobile_numbers_are_found)
{
    static const char *const cases[] = {
        "13800138000",
        "19912345678",
        "电话13800138000",
        "联系人张三 138 0013 8000",
        "138-0013-8000",
        "+86 138 0013 8000",
        "+8613800138000",
        "008613800138000",
        "013800138000",
        "138 00138000",
        "1380013 8000",
        "1380 0138 000",
        "13800 138000",
        "1 380 013 8000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "１３８００１３８０００",
        "tel:13800138000",
        "600元,13800138000",
        "13800138000万红梅",
        "1985-2021 13800138000",
        "13800138000-8",
        "1.13800138000",
        "13800138000。",
        "13800138000.",
        "138\xc2\xa0"
        "0013\xc2\xa0"
        "8000",
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert_msg(text_find_personal_number(cases[i]) == TEXT_MOBILE_NUMBER, "%s: %s", cases[i],
                      text_finding_name(text_find_personal_number(cases[i])));
    }
}
END_TEST

START_TEST(mobile_numbers_are_found_in_the_digits_of_every_script)
{
    static const char number[] = "13912345678";

    for (ucs4_t zero = 0; zero < 0x110000; zero++) {
        char text[4 * sizeof number];
        size_t size = 0;

        if (uc_decimal_value(zero) != 0) continue;
        for (const char *digit = number; *digit != '\0'; digit++) {
            ucs4_t character = zero + (ucs4_t)(*digit - '0');

            ck_assert_int_eq(uc_decimal_value(character), *digit - '0');
            size += (size_t)u8_uctomb((uint8_t *)text + size, character, 4);
        }
        text[size] = '\0';
        ck_assert_msg(text_find_personal_number(text) == TEXT_MOBILE_NUMBER, "U+%04lX: %s",
                      (unsigned long)zero, text);
    }
}
END_TEST

START_TEST(fixed_telephones_are_found)
{
    static const char *const cases[] = {
        "0739-5361234",
        "0739-5361234-8",
        "07395361234",
        "0739 5361234",
        "(0739)5361234",
        "（0739）5361234",
        "0739-536 1234",
        "010-65551234",
        "01065551234",
        "029 8765 4321",
        "0914-23456789",
        "座机:0739-5361234转8",
        "０７３９－５３６１２３４",
        "0739—5361234",
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert_msg(text_find_personal_number(cases[i]) == TEXT_TELEPHONE, "%s: %s", cases[i],
                      text_finding_name(text_find_personal_number(cases[i])));
    }
}
END_TEST

START_TEST(bank_cards_are_found)
{
    static const char *const cases[] = {
        "4111111111111111",
        "6217001234567890122",
        "6228480000000000018",
        "卡号6217001234567890122",
        "6217 0012 3456 7890 122",
        "6217-0012-3456-7890-122",
        "621700 1234567890122",
        "4111 1111 1111 1111",
        "６２１７００１２３４５６７８９０１２２",
        "开户行农行,6228480000000000018,余额",
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert_msg(text_find_personal_number(cases[i]) == TEXT_BANK_CARD, "%s: %s", cases[i],
                      text_finding_name(text_find_personal_number(cases[i])));
    }
}
END_TEST

static void ck_assert_clean(const char *const *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum text_finding finding = text_find_personal_number(cases[i]);

        ck_assert_msg(finding == TEXT_CLEAN, "%s: %s", cases[i], text_finding_name(finding));
    }
}

START_TEST(amounts_are_clean)
{
    static const char *const cases[] = {
        "600",           "1,234.56",       "1234567.89",        "13800138000.50",
        "13800138000元", "193036 191266",  "13,800,138,000.00", "90071992547409.91",
        "20万元",        "30862.6147万元", "138 0013",
    };

    ck_assert_clean(cases, ARRAY_COUNT(cases));
}
END_TEST

START_TEST(years_dates_and_times_are_clean)
{
    static const char *const cases[] = {
        "2021",
        "2019-2021",
        "1985-2021 600",
        "2021-09-30",
        "2021-09-30 600000",
        "20210930",
        "2021-09-30 5361234",
        "2021年9月30日",
        "2021-09-30T08:00:00Z",
        "2021-09-30 08:00:00",
        "2019 2020 2021 2022",
        "1999-12-31 1360000",
    };

    ck_assert_clean(cases, ARRAY_COUNT(cases));
}
END_TEST

START_TEST(documents_projects_and_places_are_clean)
{
    static const char *const cases[] = {
        "",
        "后塘村许厝农业生产配套工程",
        "闽财农指〔2024〕115号",
        "平财预〔2022〕376号",
        "国办函〔2021〕51号",
        "财农(2021)19号",
        "611025000000",
        "611025100201",
        "421281000000 611025000000",
        "441900003001",
        "611025-2021-0003",
        "XM-611025-2021-0003-0015",
        "6110252021000012",
    };

    ck_assert_clean(cases, ARRAY_COUNT(cases));
}
END_TEST

START_TEST(codes_of_organisations_and_digests_are_clean)
{
    static const char *const cases[] = {
        "91611025MA70A1B23G",
        "91110000600037341L",
        "N2611025MF00001281",
        "54611025ME7000012C",
        "施工单位91350100M000100Y43中标",
        /* of a digest's 64 digits, eleven in a row may look like a mobile number */
        "a13800138000bcdef0123456789abcdef0123456789abcdef0123456789abcde",
    };

    ck_assert_clean(cases, ARRAY_COUNT(cases));
}
END_TEST

START_TEST(hotlines_and_numbers_of_other_lengths_are_clean)
{
    static const char *const cases[] = {
        "12317",
        "12345",
        "400-820-8820",
        "95588",
        "1380013800",
        "138001380001",
        "12345678901",
        "01234567",
        "11111111111111111111",
        "24612000000012345678",
    };

    ck_assert_clean(cases, ARRAY_COUNT(cases));
}
END_TEST

START_TEST(id_numbers_with_something_wrong_are_clean)
{
    static const char *const cases[] = {
        "611025198001010016",  "611025200102290036",  "661025198001010015",
        "11010519491231002XA", "11010519491231002X1",
    };

    ck_assert_clean(cases, ARRAY_COUNT(cases));
}
END_TEST

START_TEST(digits_parted_by_more_than_separators_are_separate_numbers)
{
    static const char *const cases[] = {
        "138\n0013\n8000",
        "138、0013、8000",
        "138A0013A8000",
        "138 --- - 0013 8000",
    };

    ck_assert_clean(cases, ARRAY_COUNT(cases));
}
END_TEST

START_TEST(findings_have_names)
{
    ck_assert_str_eq(text_finding_name(TEXT_CLEAN), "no personal number");
    ck_assert_str_eq(text_finding_name(TEXT_ID_NUMBER), "an ID number");
    ck_assert_str_eq(text_finding_name(TEXT_MOBILE_NUMBER), "a mobile number");
    ck_assert_str_eq(text_finding_name(TEXT_TELEPHONE), "a telephone number");
    ck_assert_str_eq(text_finding_name(TEXT_BANK_CARD), "a bank card number");
}
END_TEST

/* ---- Codes --------------------------------------------------------------------------------- */

START_TEST(codes_of_the_trade_are_accepted)
{
    static const char *const cases[] = {
        "a",
        "F-2021-001",
        "闽财农指〔2024〕115号",
        "611025000000",
        "后塘村.许厝_1",
        "é",
        "0123456789012345678901234567890123456789012345678901234567890123",
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(text_check_code(cases[i], "fund code", &err), "%s", err.message);
    }
}
END_TEST

START_TEST(codes_that_could_mislead_are_refused)
{
    static const struct {
        const char *text, *reason;
        enum error_code code;
    } cases[] = {
        {"", "the fund code is empty; give it one", ERROR_INPUT},
        {"01234567890123456789012345678901234567890123456789012345678901234",
         "the fund code \"01234567890123456789…\" is longer than 64 bytes", ERROR_INPUT},
        {"a b", "holds U+0020", ERROR_INPUT},
        {" a", "holds U+0020", ERROR_INPUT},
        {"a\xe3\x80\x80", "holds U+3000", ERROR_INPUT},
        {"a\xc2\xa0", "holds U+00A0", ERROR_INPUT},
        {"a\tb", "holds U+0009", ERROR_INPUT},
        {"a\x7f", "holds U+007F", ERROR_INPUT},
        {"a/b", "holds U+002F", ERROR_INPUT},
        {"a\\b", "holds U+005C", ERROR_INPUT},
        {"a\xe2\x80\x8b", "holds U+200B", ERROR_INPUT}, /* zero width */
        {"a\xe2\x80\xae", "holds U+202E", ERROR_INPUT}, /* turns the direction of writing */
        {"a\xe2\x80\xa8", "holds U+2028", ERROR_INPUT},
        {"\xef\xbb\xbf"
         "a",
         "holds U+FEFF", ERROR_INPUT},
        {"a\xee\x80\x80", "holds U+E000", ERROR_INPUT}, /* private use: no two fonts agree */
        {"e\xcc\x81", "is not UTF-8 text in Unicode's normal form C", ERROR_ENCODING},
        {"a\xff", "is not UTF-8 text", ERROR_ENCODING},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(!text_check_code(cases[i].text, "fund code", &err), "case %zu", i);
        ck_assert_int_eq(err.code, cases[i].code);
        ck_assert_msg(strstr(err.message, cases[i].reason) != NULL, "%s", err.message);
    }
}
END_TEST

START_TEST(user_codes_are_small_letters_digits_and_hyphens)
{
    static const char *const good[] = {"a", "maker-1", "0", "-",
                                       "abcdefghijklmnopqrstuvwxyz012345"};
    static const char *const bad[] = {
        "",     "Maker", "maker 1", "maker_1",
        "制单", "a/b",   "a\n",     "abcdefghijklmnopqrstuvwxyz0123456"};
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(good); i++)
        ck_assert(text_check_user(good[i], &err));
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        error_clear(&err);
        ck_assert_msg(!text_check_user(bad[i], &err), "%s", bad[i]);
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_ptr_nonnull(strstr(err.message, "is not a user's code; use 1 to 32 of a-z"));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("text");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tests, 60); /* seconds, for the slowest under sanitizers */
    tcase_add_test(tests, well_formed_utf8_is_accepted_up_to_the_edges_of_each_form);
    tcase_add_test(tests, ill_formed_utf8_is_refused);
    tcase_add_test(tests, the_offset_of_the_first_bad_byte_is_told);
    tcase_add_test(tests, text_is_normalized_to_form_c);
    tcase_add_test(tests, long_text_is_normalized_too);
    tcase_add_test(tests, the_short_way_to_nfc_agrees_with_the_long_one_for_every_character);
    tcase_add_test(tests, width_counts_columns_of_a_terminal);
    tcase_add_test(tests, plain_text_reads_as_it_is_stored);
    tcase_add_test(tests, id_numbers_are_found);
    tcase_add_test(tests, mobile_numbers_are_found);
    tcase_add_test(tests, mobile_numbers_are_found_in_the_digits_of_every_script);
    tcase_add_test(tests, fixed_telephones_are_found);
    tcase_add_test(tests, bank_cards_are_found);
    tcase_add_test(tests, amounts_are_clean);
    tcase_add_test(tests, years_dates_and_times_are_clean);
    tcase_add_test(tests, documents_projects_and_places_are_clean);
    tcase_add_test(tests, codes_of_organisations_and_digests_are_clean);
    tcase_add_test(tests, hotlines_and_numbers_of_other_lengths_are_clean);
    tcase_add_test(tests, id_numbers_with_something_wrong_are_clean);
    tcase_add_test(tests, digits_parted_by_more_than_separators_are_separate_numbers);
    tcase_add_test(tests, findings_have_names);
    tcase_add_test(tests, codes_of_the_trade_are_accepted);
    tcase_add_test(tests, codes_that_could_mislead_are_refused);
    tcase_add_test(tests, user_codes_are_small_letters_digits_and_hyphens);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
