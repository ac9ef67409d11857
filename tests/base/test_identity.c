/*
 * test_identity.c - check digits by the standards' own examples, then by changing every character.
 */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/identity.h"

static date_t day(int year, int month, int of_month)
{
    struct error err = ERROR_INIT;
    date_t date;

    ck_assert(date_from_civil(year, month, of_month, &date, &err));
    return date;
}

/* ---- ID cards ------------------------------------------------------------------------------ */

static const char *const id_cards[] = {
    "11010519491231002X",                       /* GB 11643-1999's own example */
    "440524188001010014",                       /* likewise; its holder would now be over 130 */
    "611025198001010015", "611025200002290039", /* a leap day */
};

START_TEST(id_cards_of_the_standard_are_accepted)
{
    char out[ID_CARD_SIZE];
    struct error err = ERROR_INIT;
    static const size_t living[] = {0, 2, 3};

    for (size_t i = 0; i < ARRAY_COUNT(living); i++) {
        ck_assert_msg(id_card_normalize(id_cards[living[i]], day(2021, 9, 30), out, &err), "%s",
                      err.message);
        ck_assert_str_eq(out, id_cards[living[i]]);
        ck_assert(id_card_has_form(id_cards[living[i]]));
    }
}
END_TEST

START_TEST(no_other_last_character_fits_an_id_card)
{
    static const char characters[] = "0123456789X";

    for (size_t i = 0; i < ARRAY_COUNT(id_cards); i++) {
        for (size_t j = 0; j < strlen(characters); j++) {
            struct error err = ERROR_INIT;
            char text[ID_CARD_SIZE], out[ID_CARD_SIZE] = "untouched";

            memcpy(text, id_cards[i], ID_CARD_SIZE);
            if (text[17] == characters[j]) continue;
            text[17] = characters[j];
            ck_assert(!id_card_normalize(text, day(2021, 9, 30), out, &err));
            ck_assert(!id_card_has_form(text));
            ck_assert_str_eq(out, "untouched");
            if (i == 1) continue; /* refused for its century before its check digit is looked at */
            ck_assert_str_eq(err.message, "the ID number's check digit does not fit the others; "
                                          "read it from the card again");
        }
    }
}
END_TEST

START_TEST(small_x_is_folded_and_fifteen_digits_are_widened)
{
    char out[ID_CARD_SIZE];
    struct error err = ERROR_INIT;

    ck_assert(id_card_normalize("11010519491231002x", day(2021, 9, 30), out, &err));
    ck_assert_str_eq(out, "11010519491231002X");
    ck_assert(id_card_normalize("110105491231002", day(2021, 9, 30), out, &err));
    ck_assert_str_eq(out, "11010519491231002X");
    ck_assert(id_card_normalize("611025800101001", day(2021, 9, 30), out, &err));
    ck_assert_str_eq(out, "611025198001010015");
    ck_assert(id_card_has_form("110105491231002"));
}
END_TEST

START_TEST(id_cards_are_refused_with_the_reason_and_without_the_number)
{
    static const struct {
        const char *text, *reason;
    } cases[] = {
        {"", "has 18 digits"},
        {"61102519800101001", "has 18 digits"},
        {"6110251980010100155", "has 18 digits"},
        {"61102519800101001A", "has 18 digits"},
        {"X11025198001010015", "has 18 digits"},
        {"6110251980O1010015", "has 18 digits"}, /* the letter O */
        {" 611025198001010015", "has 18 digits"},
        {"61102580010100X", "has 18 digits"},
        {"１11010519491231002X", "has 18 digits"},
        {"661025198001010015", "begins with 66, which is no province"},
        {"001025198001010015", "begins with 00"},
        {"611025200102290036", "date of birth does not exist"}, /* its check digit is right */
        {"611025198013010015", "date of birth does not exist"},
        {"611025800230001", "date of birth does not exist"},
        {"611025198001010016", "check digit does not fit"},
        {"611025198001010105", "check digit does not fit"}, /* two digits swapped */
        {"611025202110010013", "lies in the future"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        char out[ID_CARD_SIZE] = "untouched";
        struct error err = ERROR_INIT;

        ck_assert_msg(!id_card_normalize(cases[i].text, day(2021, 9, 30), out, &err), "%s",
                      cases[i].text);
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_msg(strstr(err.message, cases[i].reason) != NULL, "%s: %s", cases[i].text,
                      err.message);
        ck_assert_str_eq(out, "untouched");
        ck_assert(cases[i].text[0] == '\0' || strstr(err.message, cases[i].text) == NULL);
    }
}
END_TEST

START_TEST(an_age_of_130_years_is_the_last_believed)
{
    char out[ID_CARD_SIZE];
    struct error err = ERROR_INIT;

    ck_assert(id_card_normalize("611025190001010019", day(2030, 12, 31), out, &err));
    ck_assert(!id_card_normalize("611025190001010019", day(2031, 1, 1), out, &err));
    ck_assert_str_eq(err.message, "the ID number's holder would be more than 130 years old; "
                                  "read it from the card again");
    error_clear(&err);
    ck_assert(id_card_normalize("611025198001010015", day(1980, 1, 1), out, &err)); /* a newborn */
    ck_assert(!id_card_normalize("611025198001010015", day(1979, 12, 31), out, &err));
}
END_TEST

/* ---- Organisations ------------------------------------------------------------------------- */

static const char *const uscc_codes[] = {
    "91350100M000100Y43", /* the standard's example; often copied with a wrong ending */
    "91110000600037341L", "91611025MA70A1B23G", "N2611025MF00001281", "54611025ME7000012C",
};

START_TEST(credit_codes_with_right_checks_are_accepted)
{
    for (size_t i = 0; i < ARRAY_COUNT(uscc_codes); i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(uscc_check(uscc_codes[i], &err), "%s", err.message);
    }
}
END_TEST

START_TEST(any_one_changed_character_breaks_a_credit_code)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    for (size_t i = 0; i < ARRAY_COUNT(uscc_codes); i++) {
        for (size_t at = 0; at < 18; at++) {
            for (size_t j = 0; j < strlen(alphabet); j++) {
                struct error err = ERROR_INIT;
                char text[USCC_SIZE];

                memcpy(text, uscc_codes[i], USCC_SIZE);
                if (text[at] == alphabet[j]) continue;
                text[at] = alphabet[j];
                ck_assert_msg(!uscc_check(text, &err), "%s", text);
            }
        }
    }
}
END_TEST

START_TEST(credit_codes_are_refused_with_the_reason)
{
    static const struct {
        const char *text, *reason;
    } cases[] = {
        {"", "has 18 characters"},
        {"91350100M000100Y4", "has 18 characters"},
        {"91350100M000100Y433", "has 18 characters"},
        {"91350100m000100Y43", "has 18 characters"}, /* small letters */
        {"91350100MOO0100Y43", "without I, O, S, V and Z"},
        {"91350100M000100Y4Z", "without I, O, S, V and Z"}, /* the wrong ending */
        {"91350100M000100Y44", "character 18 of 91350100M000100Y44, its check, does not fit"},
        {"91350100M000100YX3", "character 17 of 91350100M000100YX3, the organisation code's check"},
        {"91350100M000101Y43", "character 17"},
        {"81350100M000100Y43", "character 18"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(!uscc_check(cases[i].text, &err), "%s", cases[i].text);
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_msg(strstr(err.message, cases[i].reason) != NULL, "%s", err.message);
    }
}
END_TEST

/* ---- Bank cards ---------------------------------------------------------------------------- */

START_TEST(luhn_holds_for_cards_and_for_no_single_changed_digit)
{
    static const char *const cards[] = {"4111111111111111", "6217001234567890122",
                                        "6228480000000000018"};

    for (size_t i = 0; i < ARRAY_COUNT(cards); i++) {
        ck_assert(bank_card_has_luhn(cards[i]));
        for (size_t at = 0; at < strlen(cards[i]); at++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                char text[20];

                memcpy(text, cards[i], strlen(cards[i]) + 1);
                if (text[at] == digit) continue;
                text[at] = digit;
                ck_assert_msg(!bank_card_has_luhn(text), "%s", text);
            }
        }
    }
}
END_TEST

START_TEST(what_has_not_13_to_19_digits_is_no_bank_card)
{
    static const char *const cases[] = {"",
                                        "0",
                                        "000000000000",
                                        "00000000000000000000",
                                        "4111 1111 1111 1111",
                                        "4111111111111111x"};

    ck_assert(bank_card_has_luhn("0000000000000"));
    ck_assert(bank_card_has_luhn("0000000000000000000"));
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
        ck_assert(!bank_card_has_luhn(cases[i]));
}
END_TEST

/* ---- Divisions ----------------------------------------------------------------------------- */

START_TEST(division_codes_show_their_level_and_the_one_above)
{
    static const struct {
        const char *code;
        enum division_level level;
        const char *parent;
    } cases[] = {
        {"610000000000", DIVISION_PROVINCE, ""},
        {"611000000000", DIVISION_PREFECTURE, "610000000000"},
        {"611025000000", DIVISION_COUNTY, "611000000000"}, /* Zhen'an */
        {"421281000000", DIVISION_COUNTY, "421200000000"}, /* Chibi */
        {"420525000000", DIVISION_COUNTY, "420500000000"}, /* Yuan'an */
        {"429004000000", DIVISION_COUNTY, "429000000000"}, /* Xiantao, under its province */
        {"611025100000", DIVISION_TOWNSHIP, "611025000000"},
        {"611025100201", DIVISION_VILLAGE, "611025100000"},
        {"611025100010", DIVISION_VILLAGE, "611025100000"},
        {"441900003000", DIVISION_TOWNSHIP, "441900000000"}, /* Dongguan has no counties */
        {"441900003001", DIVISION_VILLAGE, "441900003000"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        char parent[DIVISION_CODE_SIZE];

        ck_assert_msg(division_code_check(cases[i].code, &err), "%s", err.message);
        ck_assert_int_eq(division_code_level(cases[i].code), cases[i].level);
        division_code_parent(cases[i].code, parent);
        ck_assert_str_eq(parent, cases[i].parent);
    }
}
END_TEST

START_TEST(what_is_no_division_code_is_refused)
{
    static const struct {
        const char *code, *reason;
    } cases[] = {
        {"", "is not a division code; write its 12 digits"},
        {"611025", "is not a division code"},
        {"61102500000", "is not a division code"},
        {"6110250000000", "is not a division code"},
        {"61102500000X", "is not a division code"},
        {"611025 00000", "is not a division code"},
        {"000000000000", "begins with 00, which is no province"},
        {"661025000000", "begins with 66"},
        {"831025000000", "begins with 83"}, /* on cards only */
        {"610025000000", "names a county but no prefecture above it"},
        {"610000100000", "names a township but no prefecture"},
        {"611025000201", "names a village but no township"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;

        ck_assert_msg(!division_code_check(cases[i].code, &err), "%s", cases[i].code);
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_msg(strstr(err.message, cases[i].reason) != NULL, "%s", err.message);
    }
}
END_TEST

START_TEST(a_division_lies_within_itself_and_those_above_it)
{
    static const char *const line[] = {"610000000000", "611000000000", "611025000000",
                                       "611025100000", "611025100201"};

    for (size_t i = 0; i < ARRAY_COUNT(line); i++) {
        for (size_t j = 0; j < ARRAY_COUNT(line); j++) {
            ck_assert_int_eq(division_code_is_within(line[i], line[j]), i >= j);
        }
    }
    ck_assert(!division_code_is_within("611026000000", "611025000000"));
    ck_assert(!division_code_is_within("611025101201", "611025100000"));
    ck_assert(!division_code_is_within("621000000000", "610000000000"));
}
END_TEST

START_TEST(levels_have_names)
{
    ck_assert_str_eq(division_level_name(DIVISION_PROVINCE), "province");
    ck_assert_str_eq(division_level_name(DIVISION_PREFECTURE), "prefecture");
    ck_assert_str_eq(division_level_name(DIVISION_COUNTY), "county");
    ck_assert_str_eq(division_level_name(DIVISION_TOWNSHIP), "township");
    ck_assert_str_eq(division_level_name(DIVISION_VILLAGE), "village");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("identity");
    TCase *tests = tcase_create("identity");
    SRunner *runner;
    int failed;

    tcase_add_test(tests, id_cards_of_the_standard_are_accepted);
    tcase_add_test(tests, no_other_last_character_fits_an_id_card);
    tcase_add_test(tests, small_x_is_folded_and_fifteen_digits_are_widened);
    tcase_add_test(tests, id_cards_are_refused_with_the_reason_and_without_the_number);
    tcase_add_test(tests, an_age_of_130_years_is_the_last_believed);
    tcase_add_test(tests, credit_codes_with_right_checks_are_accepted);
    tcase_add_test(tests, any_one_changed_character_breaks_a_credit_code);
    tcase_add_test(tests, credit_codes_are_refused_with_the_reason);
    tcase_add_test(tests, luhn_holds_for_cards_and_for_no_single_changed_digit);
    tcase_add_test(tests, what_has_not_13_to_19_digits_is_no_bank_card);
    tcase_add_test(tests, division_codes_show_their_level_and_the_one_above);
    tcase_add_test(tests, what_is_no_division_code_is_refused);
    tcase_add_test(tests, a_division_lies_within_itself_and_those_above_it);
    tcase_add_test(tests, levels_have_names);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
