/*
 * sign_fuzz.c - any bytes at all as an armoured SSH signature, a key file and a public key.
 *
 * Nothing here but the one signature in the corpus can verify: whoever forges Ed25519 may keep it.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/sign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_public(const char *text)
{
    struct error err = ERROR_INIT;
    char copy[SIGN_PUBLIC_TEXT_SIZE];
    struct sign_public key;

    if (sign_public_parse(text, &key, &err)) {
        assert(strcmp(sign_public_format(&key, copy), text) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char message[] = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n";
    struct error err = ERROR_INIT;
    struct sign_key *key = NULL;
    struct sign_public signer;
    char *text = malloc(size + 1);

    assert(text != NULL);
    if (size > 0) memcpy(text, data, size);
    text[size] = '\0';
    try_public(text);
    if (!sign_ssh_verify(text, size, "git", (const uint8_t *)message, strlen(message), &signer,
                         &err)) {
        assert(err.code != ERROR_NONE);
    }
    error_clear(&err);
    if (sign_key_from_pem(data, size, "", &key, &err)) sign_key_public(key, &signer);
    sign_key_free(key);
    free(text);
    return 0;
}
