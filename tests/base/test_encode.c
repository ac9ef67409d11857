/* test_encode.c - hexadecimal and base64 by RFC 4648 section 10, and every other spelling refused.
 */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/encode.h"

START_TEST(hex_of_every_byte_reads_back)
{
    uint8_t data[256], back[256];
    char text[513];
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)i;
    hex_encode(data, sizeof data, text);
    ck_assert_uint_eq(strlen(text), 512);
    ck_assert_mem_eq(text, "000102030405060708090a0b0c0d0e0f10", 34);
    ck_assert(hex_decode(text, 512, back, sizeof back, &err));
    ck_assert_mem_eq(back, data, sizeof data);
}
END_TEST

START_TEST(hex_refuses_every_other_spelling)
{
    static const struct {
        const char *text, *reason;
    } cases[] = {
        {"", "0 characters where 4 hex digits belong"},
        {"abc", "3 characters where 4"},
        {"abcde", "5 characters where 4"},
        {"ABCD", "character 1 is not a lowercase hex digit"},
        {"abcg", "character 4 is not"},
        {"ab d", "character 3 is not"},
        {"0x12", "character 2 is not"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;
        uint8_t data[2] = {7, 7};

        ck_assert(!hex_decode(cases[i].text, strlen(cases[i].text), data, 2, &err));
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_ptr_nonnull(strstr(err.message, cases[i].reason));
        ck_assert_uint_eq(data[0], 7);
        ck_assert_uint_eq(data[1], 7);
    }
}
END_TEST

static const struct {
    const char *plain, *encoded;
} rfc_4648_section_10[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
};

START_TEST(base64_agrees_with_the_vectors_of_rfc_4648)
{
    for (size_t i = 0; i < ARRAY_COUNT(rfc_4648_section_10); i++) {
        const char *plain = rfc_4648_section_10[i].plain;
        const char *encoded = rfc_4648_section_10[i].encoded;
        struct buffer out = BUFFER_INIT(100);
        struct error err = ERROR_INIT;

        ck_assert(base64_encode((const uint8_t *)plain, strlen(plain), &out, &err));
        ck_assert_str_eq(buffer_text(&out), encoded);
        buffer_reset(&out);
        ck_assert(base64_decode(encoded, strlen(encoded), &out, &err));
        ck_assert_str_eq(buffer_text(&out), plain);
        buffer_done(&out);
    }
}
END_TEST

START_TEST(base64_uses_the_whole_alphabet_both_ways)
{
    static const char all[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct buffer bytes = BUFFER_INIT(100), text = BUFFER_INIT(100);
    struct error err = ERROR_INIT;

    ck_assert(base64_decode(all, 64, &bytes, &err));
    ck_assert_uint_eq(bytes.size, 48);
    ck_assert(base64_encode(bytes.data, bytes.size, &text, &err));
    ck_assert_str_eq(buffer_text(&text), all);
    buffer_done(&bytes);
    buffer_done(&text);
}
END_TEST

START_TEST(base64_refuses_every_other_spelling)
{
    static const struct {
        const char *text, *reason;
    } cases[] = {
        {"Zg", "not a multiple of 4"},
        {"Zg=", "not a multiple of 4"},
        {"Zg==\n", "not a multiple of 4"},
        {"Zg== ===", "character 3 is not base64"},
        {"====", "character 1 is not base64"},
        {"Z===", "character 2 is not base64"},
        {"=Zg=", "character 1 is not base64"},
        {"Zg==Zg==", "character 3 is not base64"},
        {"Zm 9", "character 3 is not base64"},
        {"Zm-_", "character 3 is not base64"}, /* the alphabet for URLs */
        {"Zh==", "bits that belong to no byte"},
        {"Zm9=", "bits that belong to no byte"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct buffer out = BUFFER_INIT(100);
        struct error err = ERROR_INIT;

        ck_assert(buffer_append_text(&out, "kept", &err));
        ck_assert(!base64_decode(cases[i].text, strlen(cases[i].text), &out, &err));
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_msg(strstr(err.message, cases[i].reason) != NULL, "%s: %s", cases[i].text,
                      err.message);
        ck_assert_str_eq(buffer_text(&out), "kept");
        buffer_done(&out);
    }
}
END_TEST

START_TEST(base64_keeps_to_the_limit_of_its_buffer)
{
    struct buffer out = BUFFER_INIT(7);
    struct error err = ERROR_INIT;

    ck_assert(!base64_encode((const uint8_t *)"four", 4, &out, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_uint_eq(out.size, 0);
    error_clear(&err);
    ck_assert(base64_decode("Zm9vYmE=", 8, &out, &err));
    ck_assert(!base64_decode("Zm9v", 4, &out, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_str_eq(buffer_text(&out), "fooba");
    buffer_done(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("encode");
    TCase *tests = tcase_create("encode");
    SRunner *runner;
    int failed;

    tcase_add_test(tests, hex_of_every_byte_reads_back);
    tcase_add_test(tests, hex_refuses_every_other_spelling);
    tcase_add_test(tests, base64_agrees_with_the_vectors_of_rfc_4648);
    tcase_add_test(tests, base64_uses_the_whole_alphabet_both_ways);
    tcase_add_test(tests, base64_refuses_every_other_spelling);
    tcase_add_test(tests, base64_keeps_to_the_limit_of_its_buffer);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
