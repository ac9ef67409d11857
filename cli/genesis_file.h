/*
 * genesis_file.h - genesis.json: the body that the three sign, and the signatures collected so far.
 *
 * {"body":{…},"signatures":[{"signature":"…","signer":"…"}]}; the body is canonical, as it will
 * stand in entry 0 less its signatures (docs/format.md section 4).
 */
#ifndef CLI_GENESIS_FILE_H
#define CLI_GENESIS_FILE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "ledger/ledger.h"

#define GENESIS_FILE_SIZE_MAX 131072

struct genesis_signature {
    bool present;
    char signer[USER_CODE_SIZE];
    struct sign_public key; /* that the body gives the signer */
    uint8_t bytes[SIGN_SIGNATURE_SIZE];
};

struct genesis_file {
    struct buffer body;
    struct genesis_signature people[3]; /* administrators in order, then the inspector */
};

#define GENESIS_FILE_INIT                                                                          \
    {                                                                                              \
        BUFFER_INIT(GENESIS_FILE_SIZE_MAX),                                                        \
        {                                                                                          \
            {                                                                                      \
                0                                                                                  \
            }                                                                                      \
        }                                                                                          \
    }

/** A file of a genesis that nobody signed yet. */
bool genesis_file_start(const struct genesis *genesis, struct genesis_file *out,
                        struct error *err) MUST_CHECK;
/** Read one; each signature in it is checked against the key that the body names. */
bool genesis_file_read(const char *path, struct genesis_file *out, struct error *err) MUST_CHECK;
bool genesis_file_write(const struct genesis_file *file, const char *path,
                        struct error *err) MUST_CHECK;
void genesis_file_done(struct genesis_file *file);

/** Sign as `user`, whose key must be the one that the body names. */
bool genesis_file_sign(struct genesis_file *file, const char *user, const struct sign_key *key,
                       struct error *err) MUST_CHECK;
bool genesis_file_is_complete(const struct genesis_file *file);

#endif
