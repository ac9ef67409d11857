/*
 * test_hash_words.c - words that can be told apart by ear, and always the same ones.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash_words.h"

/** Word `value` of a list, from the first place of a hash; static. */
static const char *word(unsigned value, bool in_chinese)
{
    static char text[HASH_WORDS_SIZE];
    hash_t hash = HASH_ZERO;

    hash.bytes[0] = (uint8_t)value;
    hash_words(&hash, in_chinese, text);
    *strchr(text, ' ') = '\0';
    return text;
}

/** How many letters to change, add or leave out to make `a` of `b`; Levenshtein's measure. */
static size_t distance(const char *a, const char *b)
{
    size_t row[32];
    size_t width = strlen(b);

    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 1; i <= strlen(a); i++) {
        size_t corner = row[0];

        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t best = corner + (a[i - 1] != b[j - 1]);

            best = row[j] + 1 < best ? row[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            corner = row[j];
            row[j] = best;
        }
    }
    return row[width];
}

START_TEST(the_words_of_a_known_hash_never_change)
{
    hash_t abc = hash_sha256((const uint8_t *)"abc", 3);
    char text[HASH_WORDS_SIZE];

    ck_assert_str_eq(hash_words(&abc, true, text),
                     "风车 米粉 大雁 自行车 大河 黄牛 粮仓 布鞋 芦苇 芦苇");
    ck_assert_str_eq(hash_words(&abc, false, text),
                     "poplar kitchen bonnet python monkey album scarf tulip eagle eagle");
}
END_TEST

START_TEST(no_two_english_words_differ_by_one_letter)
{
    for (unsigned a = 0; a < 256; a++) {
        char first[32];

        ck_assert_uint_lt(strlen(word(a, false)), sizeof first);
        memcpy(first, word(a, false), strlen(word(a, false)) + 1);
        for (unsigned b = a + 1; b < 256; b++)
            ck_assert_msg(distance(first, word(b, false)) >= 2, "%s and %s", first, word(b, false));
    }
}
END_TEST

START_TEST(every_chinese_word_is_two_or_three_characters_and_stands_once)
{
    for (unsigned a = 0; a < 256; a++) {
        char first[32];

        ck_assert_uint_lt(strlen(word(a, true)), sizeof first);
        memcpy(first, word(a, true), strlen(word(a, true)) + 1);
        ck_assert(strlen(first) == 6 || strlen(first) == 9);
        for (unsigned b = a + 1; b < 256; b++)
            ck_assert_str_ne(first, word(b, true));
    }
}
END_TEST

START_TEST(the_longest_words_fit)
{
    unsigned longest = 0;
    hash_t hash;
    char text[HASH_WORDS_SIZE];

    for (unsigned value = 1; value < 256; value++)
        if (strlen(word(value, true)) > strlen(word(longest, true))) longest = value;
    memset(&hash, (int)longest, sizeof hash);
    ck_assert_uint_eq(strlen(hash_words(&hash, true, text)), 10 * 9 + 9);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("hash_words");
    TCase *tests = tcase_create("hash_words");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, the_words_of_a_known_hash_never_change);
    tcase_add_test(tests, no_two_english_words_differ_by_one_letter);
    tcase_add_test(tests, every_chinese_word_is_two_or_three_characters_and_stands_once);
    tcase_add_test(tests, the_longest_words_fit);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(suite_make());
    int failed;

    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
