/* fixture.c - see fixture.h. */
#include "fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#define PATHS_AT_A_TIME 4

static char directory[SCRATCH_PATH_SIZE];

/* ---- Files ----------------------------------------------------------------------------------- */

void fixture_setup(void)
{
    /* In memory where there is such a place: the tests sync often, and none pulls the plug. */
    scratch_make(access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", directory);
}

void fixture_teardown(void)
{
    scratch_remove(directory);
}

const char *fixture_path(const char *name)
{
    static char paths[PATHS_AT_A_TIME][FIXTURE_PATH_SIZE];
    static int next;

    next = (next + 1) % PATHS_AT_A_TIME;
    (void)snprintf(paths[next], sizeof paths[next], "%s/%s", directory, name);
    return paths[next];
}

void fixture_read(const char *path, struct buffer *out)
{
    struct error err = ERROR_INIT;
    FILE *file = fopen(path, "rb");
    uint8_t block[4096];
    size_t size;

    ck_assert_msg(file != NULL, "cannot open %s", path);
    while ((size = fread(block, 1, sizeof block, file)) > 0)
        ck_good(buffer_append(out, block, size, &err), &err);
    (void)fclose(file);
}

void fixture_write(const char *path, const char *data, size_t size)
{
    FILE *file = fopen(path, "wb");

    ck_assert_msg(file != NULL, "cannot write %s", path);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

/* ---- Keys ------------------------------------------------------------------------------------ */

struct sign_key *fixture_key(uint8_t seed)
{
    uint8_t bytes[32] = {seed};
    struct error err = ERROR_INIT;
    struct sign_key *key = NULL;

    ck_good(sign_key_from_seed(bytes, &key, &err), &err);
    return key;
}

static uint8_t *copy_bio(BIO *bio, size_t *size)
{
    char *data;
    long bytes = BIO_get_mem_data(bio, &data);
    uint8_t *copy = malloc((size_t)bytes);

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, data, (size_t)bytes);
    *size = (size_t)bytes;
    BIO_free(bio);
    return copy;
}

void fixture_press_key(struct press_key *out)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    BIO *key_bio = BIO_new(BIO_s_mem()), *certificate_bio = BIO_new(BIO_s_mem());

    ck_assert_int_eq(X509_set_version(certificate, X509_VERSION_3), 1);
    ck_assert_ptr_nonnull(
        ASN1_TIME_set(X509_getm_notBefore(certificate), 946684800 /* 2000-01-01 */));
    ck_assert_int_eq(ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), "99991231235959Z"),
                     1);
    ck_assert_int_eq(X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN",
                                                MBSTRING_UTF8, (const unsigned char *)"test", -1,
                                                -1, 0),
                     1);
    ck_assert_int_eq(X509_set_issuer_name(certificate, X509_get_subject_name(certificate)), 1);
    ck_assert_int_eq(X509_set_pubkey(certificate, key), 1);
    ck_assert_int_gt(X509_sign(certificate, key, EVP_sha256()), 0);
    ck_assert_int_eq(PEM_write_bio_PKCS8PrivateKey(key_bio, key, NULL, NULL, 0, NULL, NULL), 1);
    ck_assert_int_eq(PEM_write_bio_X509(certificate_bio, certificate), 1);
    out->key_pem = copy_bio(key_bio, &out->key_size);
    out->certificate_pem = copy_bio(certificate_bio, &out->certificate_size);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

void fixture_press_key_done(struct press_key *key)
{
    free((void *)(uintptr_t)key->key_pem);
    free((void *)(uintptr_t)key->certificate_pem);
}

/* ---- Programs -------------------------------------------------------------------------------- */

static void become(const char *const *arguments, int output)
{
    int nothing = open("/dev/null", O_RDWR);

    if (chdir(directory) != 0 || dup2(nothing, STDIN_FILENO) < 0 ||
        dup2(output, STDOUT_FILENO) < 0 || dup2(output, STDERR_FILENO) < 0)
        _exit(126);
    /* execvp() changes none of the words, but its type says that it might. */
    (void)execvp(arguments[0], (char *const *)(uintptr_t)arguments);
    _exit(127);
}

int fixture_run(const char *const *arguments, struct buffer *out)
{
    const char *path = fixture_path("output-of-a-program");
    int output = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    int status = 0;
    pid_t child;

    ck_assert_int_ge(output, 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) become(arguments, output);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    (void)close(output);
    if (out != NULL) {
        buffer_reset(out);
        fixture_read(path, out);
    }
    (void)remove(path);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool fixture_has(const char *program)
{
    const char *const arguments[] = {program, "--version", NULL};

    return fixture_run(arguments, NULL) != 127;
}
