/*
 * test_money_words.c - amounts in capital numerals against a table, and read back.
 *
 * The table was made by another rule than the code's: every digit spelt with its place, then the
 * zeros rubbed out by substitution. The first six are the regulation's own examples (its first form
 * where it leaves a choice, with 整 behind 角), the rest was read through by hand.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/money_words.h"

static const struct {
    int64_t fen;
    const char *words;
} cases[] = {
    // clang-format off
    /* the regulation's own examples */
    {INT64_C(140950), "壹仟肆佰零玖元伍角整"},
    {INT64_C(600714), "陆仟零柒元壹角肆分"},
    {INT64_C(168032), "壹仟陆佰捌拾元零叁角贰分"},
    {INT64_C(10700053), "壹拾万柒仟元零伍角叁分"},
    {INT64_C(1640902), "壹万陆仟肆佰零玖元零贰分"},
    {INT64_C(32504), "叁佰贰拾伍元零肆分"},
    /* nothing, and less than a yuan */
    {INT64_C(0), "零元整"},
    {INT64_C(1), "壹分"},
    {INT64_C(5), "伍分"},
    {INT64_C(9), "玖分"},
    {INT64_C(10), "壹角整"},
    {INT64_C(11), "壹角壹分"},
    {INT64_C(50), "伍角整"},
    {INT64_C(55), "伍角伍分"},
    {INT64_C(90), "玖角整"},
    {INT64_C(99), "玖角玖分"},
    /* a yuan and a little */
    {INT64_C(100), "壹元整"},
    {INT64_C(101), "壹元零壹分"},
    {INT64_C(105), "壹元零伍分"},
    {INT64_C(110), "壹元壹角整"},
    {INT64_C(111), "壹元壹角壹分"},
    {INT64_C(150), "壹元伍角整"},
    {INT64_C(199), "壹元玖角玖分"},
    {INT64_C(200), "贰元整"},
    {INT64_C(205), "贰元零伍分"},
    {INT64_C(250), "贰元伍角整"},
    /* the place of 元 is 0 */
    {INT64_C(1000), "壹拾元整"},
    {INT64_C(1001), "壹拾元零壹分"},
    {INT64_C(1005), "壹拾元零伍分"},
    {INT64_C(1010), "壹拾元零壹角整"},
    {INT64_C(1050), "壹拾元零伍角整"},
    {INT64_C(1055), "壹拾元零伍角伍分"},
    {INT64_C(1090), "壹拾元零玖角整"},
    {INT64_C(2000), "贰拾元整"},
    {INT64_C(2001), "贰拾元零壹分"},
    {INT64_C(2010), "贰拾元零壹角整"},
    {INT64_C(10000), "壹佰元整"},
    {INT64_C(10001), "壹佰元零壹分"},
    {INT64_C(10010), "壹佰元零壹角整"},
    {INT64_C(10050), "壹佰元零伍角整"},
    {INT64_C(100000), "壹仟元整"},
    {INT64_C(100005), "壹仟元零伍分"},
    {INT64_C(100050), "壹仟元零伍角整"},
    {INT64_C(12000), "壹佰贰拾元整"},
    {INT64_C(12003), "壹佰贰拾元零叁分"},
    {INT64_C(12030), "壹佰贰拾元零叁角整"},
    {INT64_C(12033), "壹佰贰拾元零叁角叁分"},
    /* zeros within four digits */
    {INT64_C(10100), "壹佰零壹元整"},
    {INT64_C(10105), "壹佰零壹元零伍分"},
    {INT64_C(11000), "壹佰壹拾元整"},
    {INT64_C(11005), "壹佰壹拾元零伍分"},
    {INT64_C(11050), "壹佰壹拾元零伍角整"},
    {INT64_C(100100), "壹仟零壹元整"},
    {INT64_C(100105), "壹仟零壹元零伍分"},
    {INT64_C(100150), "壹仟零壹元伍角整"},
    {INT64_C(101000), "壹仟零壹拾元整"},
    {INT64_C(101005), "壹仟零壹拾元零伍分"},
    {INT64_C(101050), "壹仟零壹拾元零伍角整"},
    {INT64_C(110000), "壹仟壹佰元整"},
    {INT64_C(110005), "壹仟壹佰元零伍分"},
    {INT64_C(110050), "壹仟壹佰元零伍角整"},
    {INT64_C(110100), "壹仟壹佰零壹元整"},
    {INT64_C(110105), "壹仟壹佰零壹元零伍分"},
    {INT64_C(100500), "壹仟零伍元整"},
    {INT64_C(100501), "壹仟零伍元零壹分"},
    {INT64_C(100510), "壹仟零伍元壹角整"},
    {INT64_C(101100), "壹仟零壹拾壹元整"},
    {INT64_C(101101), "壹仟零壹拾壹元零壹分"},
    {INT64_C(999999), "玖仟玖佰玖拾玖元玖角玖分"},
    {INT64_C(909090), "玖仟零玖拾元零玖角整"},
    {INT64_C(900909), "玖仟零玖元零玖分"},
    {INT64_C(909009), "玖仟零玖拾元零玖分"},
    {INT64_C(990009), "玖仟玖佰元零玖分"},
    /* the place of 万 is 0, or all below it */
    {INT64_C(1000000), "壹万元整"},
    {INT64_C(1000001), "壹万元零壹分"},
    {INT64_C(1000010), "壹万元零壹角整"},
    {INT64_C(1000100), "壹万零壹元整"},
    {INT64_C(1000101), "壹万零壹元零壹分"},
    {INT64_C(1001000), "壹万零壹拾元整"},
    {INT64_C(1010000), "壹万零壹佰元整"},
    {INT64_C(1100000), "壹万壹仟元整"},
    {INT64_C(10000000), "壹拾万元整"},
    {INT64_C(10000100), "壹拾万零壹元整"},
    {INT64_C(10001000), "壹拾万零壹拾元整"},
    {INT64_C(10010000), "壹拾万零壹佰元整"},
    {INT64_C(10100000), "壹拾万壹仟元整"},
    {INT64_C(11000000), "壹拾壹万元整"},
    {INT64_C(10100100), "壹拾万壹仟零壹元整"},
    {INT64_C(20000000), "贰拾万元整"},
    {INT64_C(20010000), "贰拾万零壹佰元整"},
    {INT64_C(20100000), "贰拾万壹仟元整"},
    {INT64_C(100000000), "壹佰万元整"},
    {INT64_C(100000100), "壹佰万零壹元整"},
    {INT64_C(100010000), "壹佰万零壹佰元整"},
    {INT64_C(100100000), "壹佰万壹仟元整"},
    {INT64_C(101000000), "壹佰零壹万元整"},
    {INT64_C(110000000), "壹佰壹拾万元整"},
    {INT64_C(1000000000), "壹仟万元整"},
    {INT64_C(1000000100), "壹仟万零壹元整"},
    {INT64_C(1000100000), "壹仟万壹仟元整"},
    {INT64_C(1001000000), "壹仟零壹万元整"},
    {INT64_C(1010000000), "壹仟零壹拾万元整"},
    {INT64_C(1100000000), "壹仟壹佰万元整"},
    {INT64_C(1100000050), "壹仟壹佰万元零伍角整"},
    {INT64_C(1001001000), "壹仟零壹万零壹拾元整"},
    {INT64_C(1200700000), "壹仟贰佰万柒仟元整"},
    {INT64_C(1020030000), "壹仟零贰拾万零叁佰元整"},
    {INT64_C(1002003000), "壹仟零贰万零叁拾元整"},
    /* the place of 亿 is 0, or all between */
    {INT64_C(10000000000), "壹亿元整"},
    {INT64_C(10000000001), "壹亿元零壹分"},
    {INT64_C(10000000010), "壹亿元零壹角整"},
    {INT64_C(10000000100), "壹亿零壹元整"},
    {INT64_C(10000001000), "壹亿零壹拾元整"},
    {INT64_C(10000010000), "壹亿零壹佰元整"},
    {INT64_C(10000100000), "壹亿零壹仟元整"},
    {INT64_C(10000500000), "壹亿零伍仟元整"},
    {INT64_C(10001000000), "壹亿零壹万元整"},
    {INT64_C(10001000100), "壹亿零壹万零壹元整"},
    {INT64_C(10001100000), "壹亿零壹万壹仟元整"},
    {INT64_C(10010000000), "壹亿零壹拾万元整"},
    {INT64_C(10010010000), "壹亿零壹拾万零壹佰元整"},
    {INT64_C(10100000000), "壹亿零壹佰万元整"},
    {INT64_C(11000000000), "壹亿壹仟万元整"},
    {INT64_C(15000000000), "壹亿伍仟万元整"},
    {INT64_C(10500000000), "壹亿零伍佰万元整"},
    {INT64_C(10050000000), "壹亿零伍拾万元整"},
    {INT64_C(10005000000), "壹亿零伍万元整"},
    {INT64_C(100000000000), "壹拾亿元整"},
    {INT64_C(105000000000), "壹拾亿伍仟万元整"},
    {INT64_C(100500000000), "壹拾亿零伍佰万元整"},
    {INT64_C(100050000000), "壹拾亿零伍拾万元整"},
    {INT64_C(100000500000), "壹拾亿零伍仟元整"},
    {INT64_C(100000050000), "壹拾亿零伍佰元整"},
    {INT64_C(1000000000000), "壹佰亿元整"},
    {INT64_C(1050000000000), "壹佰零伍亿元整"},
    {INT64_C(1005000000000), "壹佰亿伍仟万元整"},
    {INT64_C(10000000000000), "壹仟亿元整"},
    {INT64_C(10500000000000), "壹仟零伍拾亿元整"},
    {INT64_C(10050000000000), "壹仟零伍亿元整"},
    /* beyond ten thousand 亿 */
    {INT64_C(100000000000000), "壹万亿元整"},
    {INT64_C(100000000000001), "壹万亿元零壹分"},
    {INT64_C(100000000000100), "壹万亿零壹元整"},
    {INT64_C(1000000000000000), "壹拾万亿元整"},
    {INT64_C(100010000000000), "壹万零壹亿元整"},
    {INT64_C(100100000000000), "壹万零壹拾亿元整"},
    {INT64_C(101000000000000), "壹万零壹佰亿元整"},
    {INT64_C(110000000000000), "壹万壹仟亿元整"},
    {INT64_C(100000001000000), "壹万亿零壹万元整"},
    {INT64_C(100000010000000), "壹万亿零壹拾万元整"},
    {INT64_C(100000100000000), "壹万亿零壹佰万元整"},
    {INT64_C(100005000000000), "壹万亿零伍仟万元整"},
    {INT64_C(120345678901234), "壹万贰仟零叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰元叁角肆分"},
    {INT64_C(900000000000000), "玖万亿元整"},
    {INT64_C(900719925474099), "玖万零柒拾壹亿玖仟玖佰贰拾伍万肆仟柒佰肆拾元零玖角玖分"},
    {INT64_C(9007199254740990), "玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角整"},
    {INT64_C(9007199254740991), "玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分"},
    {INT64_C(9000000000000000), "玖拾万亿元整"},
    {INT64_C(9000000000000005), "玖拾万亿元零伍分"},
    {INT64_C(9000000000000050), "玖拾万亿元零伍角整"},
    {INT64_C(9000000000000100), "玖拾万亿零壹元整"},
    {INT64_C(9000700000000000), "玖拾万零柒拾亿元整"},
    {INT64_C(9007000000000000), "玖拾万零柒佰亿元整"},
    {INT64_C(5000000000000500), "伍拾万亿零伍元整"},
    /* below zero: reversals */
    {INT64_C(-1), "负壹分"},
    {INT64_C(-10), "负壹角整"},
    {INT64_C(-50), "负伍角整"},
    {INT64_C(-100), "负壹元整"},
    {INT64_C(-105), "负壹元零伍分"},
    {INT64_C(-1050), "负壹拾元零伍角整"},
    {INT64_C(-10700053), "负壹拾万柒仟元零伍角叁分"},
    {INT64_C(-100500), "负壹仟零伍元整"},
    {INT64_C(-10000000000), "负壹亿元整"},
    {INT64_C(-9007199254740991), "负玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分"},
    /* as they come */
    {INT64_C(195050325160610), "壹万玖仟伍佰零伍亿零叁佰贰拾伍万壹仟陆佰零陆元壹角整"},
    {INT64_C(721092106), "柒佰贰拾壹万零玖佰贰拾壹元零陆分"},
    {INT64_C(40005438090300), "肆仟亿伍仟肆佰叁拾捌万零玖佰零叁元整"},
    {INT64_C(79347165097309), "柒仟玖佰叁拾肆亿柒仟壹佰陆拾伍万零玖佰柒拾叁元零玖分"},
    {INT64_C(2903000740584), "贰佰玖拾亿叁仟万柒仟肆佰零伍元捌角肆分"},
    {INT64_C(84605), "捌佰肆拾陆元零伍分"},
    {INT64_C(942350000043), "玖拾肆亿贰仟叁佰伍拾万元零肆角叁分"},
    {INT64_C(278710414318), "贰拾柒亿捌仟柒佰壹拾万肆仟壹佰肆拾叁元壹角捌分"},
    {INT64_C(8411790), "捌万肆仟壹佰壹拾柒元玖角整"},
    {INT64_C(417930), "肆仟壹佰柒拾玖元叁角整"},
    {INT64_C(245470037100), "贰拾肆亿伍仟肆佰柒拾万零叁佰柒拾壹元整"},
    {INT64_C(3314006), "叁万叁仟壹佰肆拾元零陆分"},
    {INT64_C(237700367170), "贰拾叁亿柒仟柒佰万叁仟陆佰柒拾壹元柒角整"},
    {INT64_C(96210152009170), "玖仟陆佰贰拾壹亿零壹佰伍拾贰万零玖拾壹元柒角整"},
    {INT64_C(415495), "肆仟壹佰伍拾肆元玖角伍分"},
    {INT64_C(6959158), "陆万玖仟伍佰玖拾壹元伍角捌分"},
    {INT64_C(5787517563400004), "伍拾柒万捌仟柒佰伍拾壹亿柒仟伍佰陆拾叁万肆仟元零肆分"},
    {INT64_C(960184), "玖仟陆佰零壹元捌角肆分"},
    {INT64_C(7722204280777543), "柒拾柒万贰仟贰佰贰拾亿肆仟贰佰捌拾万柒仟柒佰柒拾伍元肆角叁分"},
    {INT64_C(12023246820111), "壹仟贰佰零贰亿叁仟贰佰肆拾陆万捌仟贰佰零壹元壹角壹分"},
    {INT64_C(430004), "肆仟叁佰元零肆分"},
    {INT64_C(908650063087062), "玖万零捌佰陆拾伍亿零陆拾叁万零捌佰柒拾元零陆角贰分"},
    {INT64_C(98501000), "玖拾捌万伍仟零壹拾元整"},
    {INT64_C(264008415), "贰佰陆拾肆万零捌拾肆元壹角伍分"},
    {INT64_C(42890701024), "肆亿贰仟捌佰玖拾万柒仟零壹拾元零贰角肆分"},
    {INT64_C(4541069400604), "肆佰伍拾肆亿壹仟零陆拾玖万肆仟零陆元零肆分"},
    {INT64_C(7514240), "柒万伍仟壹佰肆拾贰元肆角整"},
    {INT64_C(7060715009337), "柒佰零陆亿零柒佰壹拾伍万零玖拾叁元叁角柒分"},
    {INT64_C(9004086), "玖万零肆拾元零捌角陆分"},
    {INT64_C(219346067080), "贰拾壹亿玖仟叁佰肆拾陆万零陆佰柒拾元零捌角整"},
    {INT64_C(504085), "伍仟零肆拾元零捌角伍分"},
    {INT64_C(54390000390), "伍亿肆仟叁佰玖拾万零叁元玖角整"},
    {INT64_C(862010905), "捌佰陆拾贰万零壹佰零玖元零伍分"},
    {INT64_C(100079054), "壹佰万零柒佰玖拾元零伍角肆分"},
    {INT64_C(103841), "壹仟零叁拾捌元肆角壹分"},
    {INT64_C(6100600200), "陆仟壹佰万陆仟零贰元整"},
    {INT64_C(642187405796006), "陆万肆仟贰佰壹拾捌亿柒仟肆佰零伍万柒仟玖佰陆拾元零陆分"},
    // clang-format on
};

/* ---- Reading words back: what a person does ----------------------------------------------------
 */

/* Is `word` next? Then step over it. */
static bool takes(const char **at, const char *word)
{
    size_t size = strlen(word);

    if (strncmp(*at, word, size) != 0) return false;
    *at += size;
    return true;
}

static int take_digit(const char **at)
{
    static const char *const digits[] = {"零", "壹", "贰", "叁", "肆",
                                         "伍", "陆", "柒", "捌", "玖"};

    for (int digit = 0; digit < (int)ARRAY_COUNT(digits); digit++)
        if (takes(at, digits[digit])) return digit;
    return -1;
}

/* Fen, or -1 when the words make no sense; each unit multiplies what stands before it. */
static int64_t read_words(const char *at)
{
    bool is_negative = takes(&at, "负");
    int64_t whole = 0, section = 0, fen = 0;
    int digit = -1;

    while (*at != '\0') {
        int next = take_digit(&at);

        if (next > 0 && digit > 0) return -1;
        if (next >= 0)
            digit = next;
        else if (takes(&at, "整") && *at == '\0')
            ;
        else if (takes(&at, "仟") || takes(&at, "佰") || takes(&at, "拾")) {
            const char *unit = at - strlen("仟");

            section += digit * (takes(&unit, "仟") ? 1000 : takes(&unit, "佰") ? 100 : 10);
            digit = -1;
        } else if (takes(&at, "万")) {
            whole += (section + (digit > 0 ? digit : 0)) * 10000;
            section = 0;
            digit = -1;
        } else if (takes(&at, "亿")) {
            whole = (whole + section + (digit > 0 ? digit : 0)) * 100000000;
            section = 0;
            digit = -1;
        } else if (takes(&at, "元")) {
            fen = (whole + section + (digit > 0 ? digit : 0)) * 100;
            digit = -1;
        } else if (takes(&at, "角") || takes(&at, "分")) {
            const char *unit = at - strlen("角");

            fen += digit * (takes(&unit, "角") ? 10 : 1);
            digit = -1;
        } else {
            return -1;
        }
    }
    return is_negative ? -fen : fen;
}

START_TEST(amounts_are_written_as_the_regulation_wants_them)
{
    char text[MONEY_WORDS_SIZE];

    ck_assert_uint_ge(ARRAY_COUNT(cases), 200);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert_str_eq(money_words((money_t){cases[i].fen}, text), cases[i].words);
        ck_assert_int_eq(read_words(text), cases[i].fen);
    }
}
END_TEST

/* Digits drawn with many zeros among them; the same ones in each run. */
START_TEST(words_read_back_are_the_amount)
{
    char text[MONEY_WORDS_SIZE];
    uint32_t state = 1;

    for (int round = 0; round < 200000; round++) {
        int64_t fen = 0;

        for (int digit = 0; digit < 15; digit++) {
            state = state * 1664525u + 1013904223u;
            fen = fen * 10 + ((state >> 24) < 128 ? 0 : (state >> 16) % 10);
        }
        if ((state >> 30) == 0) fen = -fen;
        ck_assert_msg(read_words(money_words((money_t){fen}, text)) == fen, "%lld is no %s",
                      (long long)fen, text);
        ck_assert_ptr_null(strstr(text, "零零"));
        ck_assert_uint_lt(strlen(text), MONEY_WORDS_SIZE);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("money_words");
    TCase *test = tcase_create("money_words");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(test, amounts_are_written_as_the_regulation_wants_them);
    tcase_add_test(test, words_read_back_are_the_amount);
    suite_add_tcase(suite, test);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
