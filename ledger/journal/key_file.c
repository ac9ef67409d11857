/*
 * key_file.c - a person's private key in a file: PKCS#8 under scrypt, mode 0600, never overwritten.
 */
#include <string.h>

#include "ledger/journal/internal.h"

#define KEY_FILE_SIZE_MAX 65536

bool key_file_create(const char *path, const char *passphrase, struct sign_public *public_out,
                     struct error *err)
{
    struct buffer pem = BUFFER_INIT(KEY_FILE_SIZE_MAX);
    struct sign_key *key = NULL;
    bool ok = false;

    if (passphrase[0] == '\0') {
        (void)error_set(err, ERROR_INPUT, "a person's key needs a passphrase; choose one");
        goto out;
    }
    if (!sign_key_generate(&key, err)) goto out;
    if (!sign_key_to_pem(key, passphrase, &pem, err)) goto out;
    if (!secret_file_create(path, pem.data, pem.size, err)) goto out;
    sign_key_public(key, public_out);
    ok = true;
out:
    sign_key_free(key);
    buffer_wipe(&pem);
    buffer_done(&pem);
    return ok;
}

bool key_file_open(const char *path, const char *passphrase, struct sign_key **out,
                   struct error *err)
{
    struct buffer pem = BUFFER_INIT(KEY_FILE_SIZE_MAX);
    bool ok = secret_file_read(path, &pem, err) &&
              sign_key_from_pem(pem.data, pem.size, passphrase, out, err);

    if (!ok) (void)error_at(err, "%s", path);
    buffer_wipe(&pem);
    buffer_done(&pem);
    return ok;
}
