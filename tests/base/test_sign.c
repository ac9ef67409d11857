/*
 * test_sign.c - Ed25519 by RFC 8032's vectors; key files against the openssl program; SSH
 * signatures against ssh-keygen, which is what git calls.
 */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/encode.h"
#include "base/hash.h"
#include "base/sign.h"
#include "tests/base/tools.h"

#define TEXT_SIZE_BYTES_MAX 8192

static const uint8_t *bytes(const char *text)
{
    return (const uint8_t *)text;
}

/* A key that is the same in every run. */
static struct sign_key *fixture_key(uint8_t number)
{
    struct error err = ERROR_INIT;
    struct sign_key *key = NULL;
    uint8_t seed[32];

    memset(seed, number, sizeof seed);
    ck_assert_msg(sign_key_from_seed(seed, &key, &err), "%s", err.message);
    return key;
}

/* ---- Ed25519 --------------------------------------------------------------------------------- */

/* RFC 8032 section 7.1: TEST 1, TEST 2, TEST 3 and TEST SHA(abc). */
static const struct {
    const char *seed;
    const char *public_key;
    const char *message;
    const char *signature;
} rfc_8032[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "4"
     "6bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d"
     "8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "6"
     "594a7c15e9716ed28dc027beceea1ec40a"},
    {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3fee"
     "b"
     "bd454d4423643ce80e2a9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e"
     "0"
     "303dca179c138ac17ad9bef1177331a704"},
};

START_TEST(signatures_agree_with_rfc_8032)
{
    for (size_t i = 0; i < ARRAY_COUNT(rfc_8032); i++) {
        uint8_t seed[32], message[128], signature[SIGN_SIGNATURE_SIZE];
        size_t message_size = strlen(rfc_8032[i].message) / 2;
        char hex[2 * SIGN_SIGNATURE_SIZE + 1];
        struct error err = ERROR_INIT;
        struct sign_key *key = NULL;
        struct sign_public public_key;

        ck_assert(hex_decode(rfc_8032[i].seed, 64, seed, sizeof seed, &err));
        ck_assert(hex_decode(rfc_8032[i].message, 2 * message_size, message, message_size, &err));
        ck_assert(sign_key_from_seed(seed, &key, &err));
        sign_key_public(key, &public_key);
        hex_encode(public_key.bytes, SIGN_PUBLIC_SIZE, hex);
        ck_assert_str_eq(hex, rfc_8032[i].public_key);
        ck_assert(sign_message(key, message, message_size, signature, &err));
        hex_encode(signature, SIGN_SIGNATURE_SIZE, hex);
        ck_assert_str_eq(hex, rfc_8032[i].signature);
        ck_assert(sign_verify(&public_key, message, message_size, signature, &err));
        sign_key_free(key);
    }
}
END_TEST

START_TEST(verify_refuses_any_changed_bit)
{
    struct sign_key *key = fixture_key(1);
    uint8_t message[] = "600 yuan to household 17", signature[SIGN_SIGNATURE_SIZE];
    struct sign_public public_key;
    struct error err = ERROR_INIT;
    const struct {
        uint8_t *data;
        size_t size;
        const char *what;
    } parts[] = {{message, sizeof message, "message"},
                 {signature, sizeof signature, "signature"},
                 {public_key.bytes, SIGN_PUBLIC_SIZE, "key"}};

    sign_key_public(key, &public_key);
    ck_assert(sign_message(key, message, sizeof message, signature, &err));
    for (size_t part = 0; part < ARRAY_COUNT(parts); part++) {
        for (size_t bit = 0; bit < parts[part].size * 8; bit++) {
            error_clear(&err);
            parts[part].data[bit / 8] ^= (uint8_t)(1U << bit % 8);
            ck_assert_msg(!sign_verify(&public_key, message, sizeof message, signature, &err),
                          "bit %zu of the %s was changed", bit, parts[part].what);
            ck_assert_int_eq(err.code, ERROR_VERIFY);
            parts[part].data[bit / 8] ^= (uint8_t)(1U << bit % 8);
        }
    }
    error_clear(&err);
    ck_assert(sign_verify(&public_key, message, sizeof message, signature, &err));
    ck_assert(!sign_verify(&public_key, message, sizeof message - 1, signature, &err));
    sign_key_free(key);
}
END_TEST

START_TEST(generated_keys_differ_and_sign)
{
    struct sign_key *a = NULL, *b = NULL;
    struct sign_public a_public, b_public;
    uint8_t signature[SIGN_SIGNATURE_SIZE];
    struct error err = ERROR_INIT;

    ck_assert(sign_key_generate(&a, &err));
    ck_assert(sign_key_generate(&b, &err));
    sign_key_public(a, &a_public);
    sign_key_public(b, &b_public);
    ck_assert(!sign_public_equal(&a_public, &b_public));
    ck_assert(sign_message(a, NULL, 0, signature, &err));
    ck_assert(sign_verify(&a_public, NULL, 0, signature, &err));
    sign_key_free(a);
    sign_key_free(b);
    sign_key_free(NULL);
}
END_TEST

/* ---- Public keys as text --------------------------------------------------------------------- */

START_TEST(public_key_text_is_its_base64)
{
    static const struct {
        const char *text;
        const char *why;
    } bad[] = {
        {"", "empty"},
        {"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHUR", "cut"},
        {"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo= ", "a space after it"},
        {"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "the URL alphabet"},
        {"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURp=", "bits in the padding"},
        {"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURoA", "33 bytes"},
    };
    const char *good = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    char text[SIGN_PUBLIC_TEXT_SIZE], hex[2 * SIGN_PUBLIC_SIZE + 1];
    struct sign_public key, before;
    struct error err = ERROR_INIT;

    ck_assert(sign_public_parse(good, &key, &err));
    hex_encode(key.bytes, SIGN_PUBLIC_SIZE, hex);
    ck_assert_str_eq(hex, rfc_8032[0].public_key);
    ck_assert_str_eq(sign_public_format(&key, text), good);
    before = key;
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        error_clear(&err);
        ck_assert_msg(!sign_public_parse(bad[i].text, &key, &err), "accepted: %s", bad[i].why);
        ck_assert_int_ne(err.code, ERROR_NONE);
        ck_assert(sign_public_equal(&key, &before));
    }
}
END_TEST

START_TEST(fingerprint_is_sixteen_groups_of_the_keys_sha256)
{
    struct sign_public key = {{0}};
    char text[SIGN_FINGERPRINT_SIZE];

    /* SHA-256 of 32 zero bytes. */
    ck_assert_str_eq(sign_public_fingerprint(&key, text),
                     "6668 7aad f862 bd77 6c8f c18b 8e9f 8e20 0897 1485 6ee2 33b3 902a 591d 0d5f "
                     "2925");
}
END_TEST

/* ---- Key files ------------------------------------------------------------------------------- */

START_TEST(key_file_opens_with_its_passphrase_only)
{
    static const struct {
        const char *written;
        const char *read;
        const char *message; /* NULL: opens */
    } cases[] = {
        {"correct horse", "correct horse", NULL},
        {"口令", "口令", NULL},
        {"", "", NULL},
        {"", "not needed", NULL},
        {"correct horse", "correct hors", "the passphrase does not open the key; type it again"},
        {"correct horse", "", "the key is encrypted; give its passphrase"},
    };
    struct sign_key *key = fixture_key(2), *read;
    struct sign_public expected, actual;

    sign_key_public(key, &expected);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct buffer file = BUFFER_INIT(TEXT_SIZE_BYTES_MAX);
        struct error err = ERROR_INIT;

        ck_assert(sign_key_to_pem(key, cases[i].written, &file, &err));
        read = NULL;
        if (cases[i].message == NULL) {
            ck_assert(sign_key_from_pem(file.data, file.size, cases[i].read, &read, &err));
            sign_key_public(read, &actual);
            ck_assert(sign_public_equal(&expected, &actual));
            sign_key_free(read);
        } else {
            ck_assert(!sign_key_from_pem(file.data, file.size, cases[i].read, &read, &err));
            ck_assert_int_eq(err.code, ERROR_KEY);
            ck_assert_str_eq(err.message, cases[i].message);
            ck_assert_ptr_null(read);
        }
        buffer_done(&file);
    }
    sign_key_free(key);
}
END_TEST

START_TEST(key_file_that_is_none_is_refused)
{
    static const struct {
        const char *text;
        const char *why;
    } bad[] = {
        {"", "empty"},
        {"hello", "no PEM"},
        {"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v\n-----END PRIVATE KEY-----\n",
         "cut"},
        {"-----BEGIN PUBLIC "
         "KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
         "-----END PUBLIC KEY-----\n",
         "the public half"},
        {"-----BEGIN PRIVATE "
         "KEY-----\nMC4CAQAwBQYDK2VuBCIEIHcHbQpzGKV9PBbBclGyZkXfTC+H68CZKrF3+6Udu"
         "Ssq\n-----END PRIVATE KEY-----\n",
         "X25519 (RFC 7748 section 6.1's first key), which does not sign"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        struct sign_key *key = NULL;
        struct error err = ERROR_INIT;

        ck_assert_msg(!sign_key_from_pem(bytes(bad[i].text), strlen(bad[i].text), "", &key, &err),
                      "accepted: %s", bad[i].why);
        ck_assert_int_eq(err.code, ERROR_KEY);
        ck_assert_ptr_null(key);
    }
}
END_TEST

START_TEST(passphrase_longer_than_its_limit_is_refused)
{
    struct sign_key *key = fixture_key(3), *read = NULL;
    struct buffer file = BUFFER_INIT(TEXT_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    char passphrase[1026];

    memset(passphrase, 'a', sizeof passphrase - 1);
    passphrase[1025] = '\0';
    ck_assert(!sign_key_to_pem(key, passphrase, &file, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_uint_eq(file.size, 0);
    passphrase[1024] = '\0';
    error_clear(&err);
    ck_assert(sign_key_to_pem(key, passphrase, &file, &err));
    ck_assert(sign_key_from_pem(file.data, file.size, passphrase, &read, &err));
    sign_key_free(read);
    sign_key_free(key);
    buffer_done(&file);
}
END_TEST

START_TEST(key_file_is_read_by_openssl_and_openssls_by_us)
{
    struct buffer file = BUFFER_INIT(TEXT_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    struct sign_key *key = fixture_key(4), *read = NULL;
    char folder[SCRATCH_PATH_SIZE], text[TEXT_SIZE_BYTES_MAX];
    size_t size;

    if (tool_exists("openssl", "openssl version")) {
        scratch_make(folder);
        ck_assert(sign_key_to_pem(key, "open sesame", &file, &err));
        scratch_write(folder, "ours.pem", file.data, file.size);
        ck_assert(tool_run(folder, "openssl pkey -in ours.pem -passin 'pass:open sesame' -noout"));
        ck_assert(!tool_run(folder, "openssl pkey -in ours.pem -passin pass:x -noout 2>&- >&-"));
        /* What DESIGN and sign.h say of its encryption: scrypt, N = 0x4000, r = 8, p = 1. */
        ck_assert(tool_run(folder,
                           "openssl asn1parse -in ours.pem -dump >form && grep -q scrypt form "
                           "&& grep -q 'INTEGER *:4000' form && "
                           "grep -q aes-256-cbc form"));
        ck_assert(tool_run(folder, "openssl genpkey -algorithm ed25519 -aes256 "
                                   "-pass pass:sesame -out theirs.pem"));
        size = scratch_read(folder, "theirs.pem", text, sizeof text);
        ck_assert_msg(sign_key_from_pem(bytes(text), size, "sesame", &read, &err), "%s",
                      err.message);
        ck_assert(tool_run(folder, "openssl genpkey -algorithm EC -pkeyopt "
                                   "ec_paramgen_curve:P-256 -out other.pem"));
        size = scratch_read(folder, "other.pem", text, sizeof text);
        sign_key_free(read);
        read = NULL;
        ck_assert(!sign_key_from_pem(bytes(text), size, "", &read, &err));
        ck_assert_int_eq(err.code, ERROR_KEY);
        ck_assert_str_eq(err.message, "the key is not Ed25519; make one with `key new`");
        scratch_remove(folder);
    }
    buffer_done(&file);
    sign_key_free(key);
}
END_TEST

/* ---- SSH ------------------------------------------------------------------------------------- */

static const char commit[] = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n\n2021-Q3\n";

START_TEST(ssh_signature_round_trips)
{
    struct sign_key *key = fixture_key(5);
    struct sign_public expected, signer;
    struct buffer armour = BUFFER_INIT(TEXT_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    const char *text;

    sign_key_public(key, &expected);
    ck_assert(sign_ssh(key, "git", bytes(commit), strlen(commit), &armour, &err));
    text = buffer_text(&armour);
    ck_assert_int_eq(strncmp(text, "-----BEGIN SSH SIGNATURE-----\n", 30), 0);
    ck_assert_int_eq(text[armour.size - 1], '-'); /* git puts the newline there */
    ck_assert(
        sign_ssh_verify(text, armour.size, "git", bytes(commit), strlen(commit), &signer, &err));
    ck_assert(sign_public_equal(&expected, &signer));
    buffer_done(&armour);
    sign_key_free(key);
}
END_TEST

START_TEST(ssh_signature_over_other_bytes_or_for_another_use_is_refused)
{
    struct sign_key *key = fixture_key(5);
    struct sign_public signer = {{0}};
    struct buffer armour = BUFFER_INIT(TEXT_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    ck_assert(sign_ssh(key, "git", bytes(commit), strlen(commit), &armour, &err));
    ck_assert(!sign_ssh_verify(buffer_text(&armour), armour.size, "git", bytes(commit),
                               strlen(commit) - 1, &signer, &err));
    ck_assert_int_eq(err.code, ERROR_VERIFY);
    error_clear(&err);
    ck_assert(!sign_ssh_verify(buffer_text(&armour), armour.size, "file", bytes(commit),
                               strlen(commit), &signer, &err));
    ck_assert_int_eq(err.code, ERROR_VERIFY);
    ck_assert_str_eq(err.message, "the SSH signature is for another namespace than \"file\"; sign "
                                  "again with `-n file`");
    ck_assert(signer.bytes[0] == 0);
    buffer_done(&armour);
    sign_key_free(key);
}
END_TEST

START_TEST(ssh_signature_with_any_changed_character_is_refused)
{
    struct sign_key *key = fixture_key(5);
    struct sign_public expected, signer;
    struct buffer armour = BUFFER_INIT(TEXT_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    sign_key_public(key, &expected);
    ck_assert(sign_ssh(key, "git", bytes(commit), strlen(commit), &armour, &err));
    for (size_t at = 0; at < armour.size; at++) {
        uint8_t was = armour.data[at];

        armour.data[at] = was == 'A' ? 'B' : 'A';
        error_clear(&err);
        ck_assert_msg(!sign_ssh_verify(buffer_text(&armour), armour.size, "git", bytes(commit),
                                       strlen(commit), &signer, &err) ||
                          !sign_public_equal(&expected, &signer),
                      "character %zu was changed", at);
        armour.data[at] = was;
    }
    for (size_t size = 0; size < armour.size; size++) {
        error_clear(&err);
        ck_assert_msg(!sign_ssh_verify(buffer_text(&armour), size, "git", bytes(commit),
                                       strlen(commit), &signer, &err),
                      "cut to %zu", size);
    }
    buffer_done(&armour);
    sign_key_free(key);
}
END_TEST

START_TEST(ssh_signature_of_ours_satisfies_ssh_keygen)
{
    struct sign_key *key = fixture_key(6);
    struct sign_public public_key;
    struct buffer armour = BUFFER_INIT(TEXT_SIZE_BYTES_MAX), signers = BUFFER_INIT(1024);
    struct error err = ERROR_INIT;
    char folder[SCRATCH_PATH_SIZE];

    if (tool_exists("ssh-keygen", "command -v ssh-keygen")) {
        scratch_make(folder);
        sign_key_public(key, &public_key);
        ck_assert(sign_ssh(key, "git", bytes(commit), strlen(commit), &armour, &err));
        scratch_write(folder, "commit.sig", armour.data, armour.size);
        scratch_write(folder, "commit", commit, strlen(commit));
        ck_assert(buffer_append_text(&signers, "publisher ", &err));
        ck_assert(sign_public_format_ssh(&public_key, &signers, &err));
        ck_assert(buffer_append_byte(&signers, '\n', &err));
        scratch_write(folder, "allowed_signers", signers.data, signers.size);
        ck_assert(tool_run(folder, "ssh-keygen -Y verify -f allowed_signers -I publisher -n git "
                                   "-s commit.sig <commit >verdict"));
        ck_assert(!tool_run(folder, "echo more | ssh-keygen -Y verify -f allowed_signers "
                                    "-I publisher -n git -s commit.sig >verdict 2>&1"));
        scratch_remove(folder);
    }
    buffer_done(&signers);
    buffer_done(&armour);
    sign_key_free(key);
}
END_TEST

/* Sign the file "commit" by ssh-keygen with these options; what do we say of it? */
static bool verify_theirs(const char *folder, const char *options, struct sign_public *signer,
                          struct error *err)
{
    char text[TEXT_SIZE_BYTES_MAX];
    size_t size;

    ck_assert(
        tool_run(folder, "rm -f commit.sig && ssh-keygen -q -Y sign %s commit 2>log", options));
    size = scratch_read(folder, "commit.sig", text, sizeof text);
    error_clear(err);
    return sign_ssh_verify(text, size, "git", bytes(commit), strlen(commit), signer, err);
}

START_TEST(ssh_signature_of_ssh_keygen_satisfies_us)
{
    struct sign_public signer = {{0}};
    struct buffer ours = BUFFER_INIT(1024);
    struct error err = ERROR_INIT;
    char folder[SCRATCH_PATH_SIZE], theirs[TEXT_SIZE_BYTES_MAX];

    if (tool_exists("ssh-keygen", "command -v ssh-keygen")) {
        scratch_make(folder);
        scratch_write(folder, "commit", commit, strlen(commit));
        ck_assert(tool_run(folder, "ssh-keygen -q -t ed25519 -N '' -C '' -f key"));
        ck_assert_msg(verify_theirs(folder, "-n git -f key", &signer, &err), "%s", err.message);
        ck_assert(sign_public_format_ssh(&signer, &ours, &err));
        scratch_read(folder, "key.pub", theirs, sizeof theirs);
        ck_assert_int_eq(strncmp(buffer_text(&ours), theirs, ours.size), 0);
        ck_assert_msg(verify_theirs(folder, "-n git -O hashalg=sha256 -f key", &signer, &err), "%s",
                      err.message);
        ck_assert(!verify_theirs(folder, "-n file -f key", &signer, &err));
        ck_assert_int_eq(err.code, ERROR_VERIFY);
        ck_assert(tool_run(folder, "ssh-keygen -q -t ecdsa -N '' -C '' -f other"));
        ck_assert(!verify_theirs(folder, "-n git -f other", &signer, &err));
        ck_assert_str_eq(err.message, "the SSH signature is not by an Ed25519 key; sign with one");
        scratch_remove(folder);
    }
    buffer_done(&ours);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("sign");
    TCase *tests = tcase_create("sign");

    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 30); /* other programs are started */
    tcase_add_test(tests, signatures_agree_with_rfc_8032);
    tcase_add_test(tests, verify_refuses_any_changed_bit);
    tcase_add_test(tests, generated_keys_differ_and_sign);
    tcase_add_test(tests, public_key_text_is_its_base64);
    tcase_add_test(tests, fingerprint_is_sixteen_groups_of_the_keys_sha256);
    tcase_add_test(tests, key_file_opens_with_its_passphrase_only);
    tcase_add_test(tests, key_file_that_is_none_is_refused);
    tcase_add_test(tests, passphrase_longer_than_its_limit_is_refused);
    tcase_add_test(tests, key_file_is_read_by_openssl_and_openssls_by_us);
    tcase_add_test(tests, ssh_signature_round_trips);
    tcase_add_test(tests, ssh_signature_over_other_bytes_or_for_another_use_is_refused);
    tcase_add_test(tests, ssh_signature_with_any_changed_character_is_refused);
    tcase_add_test(tests, ssh_signature_of_ours_satisfies_ssh_keygen);
    tcase_add_test(tests, ssh_signature_of_ssh_keygen_satisfies_us);
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
