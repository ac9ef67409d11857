/*
 * cmd_key.c - the keys of people: each makes the own one; only its public half leaves the machine.
 */
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/genesis_file.h"
#include "cli/paths.h"

/* The user as argument, or as -u gives it. */
static bool named_user(const struct session *session, const struct arguments *arguments,
                       const char **out, struct error *err)
{
    const char *user = arguments->count > 0 ? arguments->at[0] : session->user;

    if (user == NULL) return error_set(err, ERROR_USAGE, "no user is named; give the user's code");
    if (!text_check_user(user, err)) return false;
    *out = user;
    return true;
}

static bool run_key_new(struct session *session, const struct arguments *arguments,
                        struct error *err)
{
    struct buffer path = BUFFER_INIT(PATH_SIZE_MAX);
    char passphrase[PASSPHRASE_SIZE];
    char text[SIGN_FINGERPRINT_SIZE];
    struct sign_public public;
    const char *user = NULL;
    bool ok = false;

    if (!named_user(session, arguments, &user, err)) goto out;
    if (!path_of_key(user, &path, err)) goto out;
    if (!path_make_parents(buffer_text(&path), err)) goto out;
    if (path_exists(buffer_text(&path))) {
        error_set(err, ERROR_CONFLICT, "there is a key already; it is never overwritten");
        error_at(err, "%s", buffer_text(&path));
        goto out;
    }
    if (!session_passphrase(session, user, true, passphrase, err)) goto out;
    ok = key_file_create(buffer_text(&path), passphrase, &public, err);
    passphrase_wipe(passphrase);
    if (!ok) goto out;
    remark("key of %s: %s\nfingerprint: %s", user, buffer_text(&path),
           sign_public_fingerprint(&public, text));
    say("%s", sign_public_format(&public, text));
out:
    buffer_done(&path);
    return ok;
}

const struct command command_key_new = {
    "key",
    "new",
    "[USER]",
    0,
    1,
    NULL,
    "make a key and print its public half",
    "The private half is written, encrypted under the passphrase, to $MINGZHANG_KEYS/USER.pem or "
    "~/.config/mingzhang/keys/USER.pem. Only the public half is printed; give that to an "
    "administrator.\n\n"
    "  $ mingzhang key new zhao\n"
    "  Passphrase (zhao):\n"
    "  mVFCRGDzBrUlBOuqMgpV2tFLBVpSoMaKHcp4nqlKXoA=\n",
    run_key_new};

static bool run_key_show(struct session *session, const struct arguments *arguments,
                         struct error *err)
{
    struct sign_key *key = NULL;
    struct sign_public public;
    const char *user = NULL;
    char text[SIGN_FINGERPRINT_SIZE];

    if (!named_user(session, arguments, &user, err)) return false;
    if (!session_open_key(session, user, &key, err)) return false;
    sign_key_public(key, &public);
    sign_key_free(key);
    remark("fingerprint: %s", sign_public_fingerprint(&public, text));
    say("%s", sign_public_format(&public, text));
    return true;
}

const struct command command_key_show = {
    "key",
    "show",
    "[USER]",
    0,
    1,
    NULL,
    "print the public half of a key made before",
    "The passphrase is asked for, so this also shows whether it is still known.\n\n"
    "  $ mingzhang key show zhao\n"
    "  mVFCRGDzBrUlBOuqMgpV2tFLBVpSoMaKHcp4nqlKXoA=\n",
    run_key_show};

static bool run_key_sign_genesis(struct session *session, const struct arguments *arguments,
                                 struct error *err)
{
    struct genesis_file file = GENESIS_FILE_INIT;
    struct sign_key *key = NULL;
    bool ok = false;

    if (session->user == NULL) {
        error_set(err, ERROR_USAGE, "no user is named; give -u USER or set MINGZHANG_USER");
        goto out;
    }
    if (!genesis_file_read(arguments->at[0], &file, err)) goto out;
    if (!session_open_key(session, session->user, &key, err)) goto out;
    if (!genesis_file_sign(&file, session->user, key, err)) goto out;
    if (!genesis_file_write(&file, arguments->at[0], err)) goto out;
    say("%s has signed; %s", session->user,
        genesis_file_is_complete(&file)
            ? _("all three have, so the same `mingzhang init` finishes now")
            : _("the others still have to"));
    ok = true;
out:
    sign_key_free(key);
    genesis_file_done(&file);
    return ok;
}

const struct command command_key_sign_genesis = {
    "key",
    "sign-genesis",
    "FILE",
    1,
    1,
    NULL,
    "sign the first entry of a new ledger",
    "`mingzhang init` writes FILE for those whose keys aren't on its machine. Read it before you "
    "sign: it names the place, the two administrators, the inspector and their keys.\n\n"
    "  $ mingzhang -u sun key sign-genesis /srv/books/genesis.json\n"
    "  sun has signed; all three have, so the same `mingzhang init` finishes now\n",
    run_key_sign_genesis};
