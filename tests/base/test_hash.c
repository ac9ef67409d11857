/*
 * test_hash.c - SHA-256 by FIPS 180-4's examples, HMAC by RFC 4231, the tree's two hashes by their
 * definition.
 */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/encode.h"
#include "base/hash.h"

static const uint8_t *bytes(const char *text)
{
    return (const uint8_t *)text;
}

static void ck_assert_hash(hash_t hash, const char *hex)
{
    char text[HASH_HEX_SIZE];

    ck_assert_str_eq(hash_to_hex(&hash, text), hex);
}

START_TEST(sha256_agrees_with_the_examples_of_fips_180)
{
    static const struct {
        const char *text;
        const char *hex;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        ck_assert_hash(hash_sha256(bytes(cases[i].text), strlen(cases[i].text)), cases[i].hex);
    }
}
END_TEST

START_TEST(sha256_of_nothing_takes_null)
{
    ck_assert_hash(hash_sha256(NULL, 0),
                   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
END_TEST

START_TEST(leaf_and_node_are_prefixed_as_rfc_6962_says)
{
    uint8_t prefixed[1 + 2 * HASH_SIZE] = {0x00, 'x', 'y'};
    hash_t left = hash_sha256(bytes("left"), 4), right = hash_sha256(bytes("right"), 5);
    hash_t leaf = hash_leaf(bytes("xy"), 2), node = hash_node(&left, &right), expected;

    expected = hash_sha256(prefixed, 3);
    ck_assert(hash_equal(&leaf, &expected));
    prefixed[0] = 0x01;
    memcpy(prefixed + 1, left.bytes, HASH_SIZE);
    memcpy(prefixed + 1 + HASH_SIZE, right.bytes, HASH_SIZE);
    expected = hash_sha256(prefixed, sizeof prefixed);
    ck_assert(hash_equal(&node, &expected));
}
END_TEST

START_TEST(hmac_agrees_with_rfc_4231)
{
    /* A key or message is `count` bytes of `fill`, or the text. Test case 5 is of a cut output and
     * has nothing to do with us. */
    static const struct {
        int fill;
        size_t count;
        const char *key;
        int message_fill;
        size_t message_count;
        const char *message;
        const char *hex;
    } cases[] = {
        {0x0b, 20, NULL, 0, 0, "Hi There",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {0, 0, "Jefe", 0, 0, "what do ya want for nothing?",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {0xaa, 20, NULL, 0xdd, 50, NULL,
         "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        {0, 0,
         "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16"
         "\x17\x18\x19",
         0xcd, 50, NULL, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        {0xaa, 131, NULL, 0, 0, "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        {0xaa, 131, NULL, 0, 0,
         "This is a test using a larger than block-size key and a larger than block-size data. The "
         "key needs to be hashed before being used by the HMAC algorithm.",
         "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        uint8_t key[256], message[256];
        size_t key_size = cases[i].count, message_size = cases[i].message_count;

        memset(key, cases[i].fill, sizeof key);
        memset(message, cases[i].message_fill, sizeof message);
        if (cases[i].key != NULL) {
            key_size = strlen(cases[i].key);
            memcpy(key, cases[i].key, key_size);
        }
        if (cases[i].message != NULL) {
            message_size = strlen(cases[i].message);
            memcpy(message, cases[i].message, message_size);
        }
        ck_assert_hash(hash_hmac_sha256(key, key_size, message, message_size), cases[i].hex);
    }
}
END_TEST

START_TEST(stream_gives_the_hash_of_all_parts_and_starts_again)
{
    struct error err = ERROR_INIT;
    struct hash_stream *stream = hash_stream_new(&err);
    uint8_t data[1000];

    ck_assert_ptr_nonnull(stream);
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)i;
    for (size_t part = 1; part < 200; part += 13) {
        hash_t whole = hash_sha256(data, sizeof data), parts;

        for (size_t at = 0; at < sizeof data; at += part) {
            hash_stream_add(stream, data + at, sizeof data - at < part ? sizeof data - at : part);
        }
        parts = hash_stream_finish(stream);
        ck_assert(hash_equal(&whole, &parts));
    }
    hash_stream_free(stream);
    hash_stream_free(NULL);
}
END_TEST

START_TEST(hex_of_a_hash_is_64_lowercase_digits_and_nothing_else)
{
    static const struct {
        const char *text;
        const char *why;
    } bad[] = {
        {"", "empty"},
        {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85", "63 digits"},
        {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550", "65 digits"},
        {"E3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "upper case"},
        {"g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "no digit"},
        {" 3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "a space"},
    };
    hash_t empty = hash_sha256(NULL, 0), read = HASH_ZERO, zero = HASH_ZERO;
    char text[HASH_HEX_SIZE];
    struct error err = ERROR_INIT;

    ck_assert(hash_from_hex(hash_to_hex(&empty, text), &read, &err));
    ck_assert(hash_equal(&empty, &read));
    read = HASH_ZERO;
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        error_clear(&err);
        ck_assert_msg(!hash_from_hex(bad[i].text, &read, &err), "accepted: %s", bad[i].why);
        ck_assert_int_eq(err.code, ERROR_INPUT);
        ck_assert_msg(hash_equal(&read, &zero), "changed by a refusal: %s", bad[i].why);
    }
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("hash");
    TCase *tests = tcase_create("hash");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, sha256_agrees_with_the_examples_of_fips_180);
    tcase_add_test(tests, sha256_of_nothing_takes_null);
    tcase_add_test(tests, leaf_and_node_are_prefixed_as_rfc_6962_says);
    tcase_add_test(tests, hmac_agrees_with_rfc_4231);
    tcase_add_test(tests, stream_gives_the_hash_of_all_parts_and_starts_again);
    tcase_add_test(tests, hex_of_a_hash_is_64_lowercase_digits_and_nothing_else);
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
