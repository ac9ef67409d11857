/*
 * cmd_certificate.c - the certificates whose keys sign documents: list, new, revoke.
 */
#include <string.h>

#include "base/encode.h"
#include "base/language.h"
#include "cli/act.h"
#include "cli/command.h"

#define PREFIX_DIGITS_MIN 8 /* of a SHA-256 that stands for a whole one */
#define NAME_SIZE         32

/* ---- certificate list ------------------------------------------------------------------------ */

struct list {
    struct table *table;
    int number;
};

static bool list_one(void *context, const uint8_t *der, size_t size, bool is_revoked,
                     struct error *err)
{
    struct list *list = context;
    hash_t sha256 = hash_sha256(der, size);
    char hex[HASH_HEX_SIZE], name[NAME_SIZE];

    (void)snprintf(name, sizeof name, "xml-%02d.crt", ++list->number);
    table_text(list->table, name);
    table_word(list->table, is_revoked ? N_("revoked") : N_("holds"));
    table_text(list->table, hash_to_hex(&sha256, hex));
    return table_row(list->table, err);
}

static bool run_list(struct session *session, const struct arguments *arguments, struct error *err)
{
    static const struct table_column columns[] = {{"name", "name", COLUMN_TEXT},
                                                  {"state", "state", COLUMN_TEXT},
                                                  {"sha256", "SHA-256", COLUMN_TEXT}};
    struct list list = {NULL, 0};
    bool ok;

    (void)arguments;
    ok = session_open(session, true, err) &&
         table_begin(session->format, columns, ARRAY_COUNT(columns), &list.table, err) &&
         journal_walk_certificates(session->journal, list_one, &list, err) &&
         table_end(list.table, "no certificate", err);
    table_free(list.table);
    return ok;
}

const struct command command_certificate_list = {
    "certificate",
    "list",
    NULL,
    0,
    0,
    NULL,
    "list the certificates whose keys sign documents",
    "All that were ever entered, called as they are in `keys/` of the publication. In use is the "
    "newest one that holds and whose key the signer has.\n\n"
    "  $ mingzhang certificate list\n"
    "  name        state  SHA-256\n"
    "  xml-01.crt  holds  5d1c9c0e…\n",
    run_list};

/* ---- certificate new ------------------------------------------------------------------------- */

static bool propose_new(struct session *session, struct error *err)
{
    struct buffer base64 = BUFFER_INIT(ACT_BODY_SIZE_MAX), body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    char hex[HASH_HEX_SIZE];
    hash_t sha256;
    size_t size;
    const uint8_t *der = signer_certificate_der(session->signer, &size);
    bool ok = base64_encode(der, size, &base64, err) &&
              act_body(&body, err, "certificate", buffer_text(&base64), NULL) &&
              act_propose(session, "certificate.add", &body, err);

    if (ok) {
        sha256 = hash_sha256(der, size);
        say("the certificate's SHA-256 is %s; it signs what is published once it is seconded",
            hash_to_hex(&sha256, hex));
    }
    buffer_done(&base64);
    buffer_done(&body);
    return ok;
}

static bool run_new(struct session *session, const struct arguments *arguments, struct error *err)
{
    (void)arguments;
    return session_begin(session, err) && session_open_signer(session, err) &&
           signer_new_certificate(session->signer, session->journal, err) &&
           propose_new(session, err);
}

const struct command command_certificate_new = {
    "certificate",
    "new",
    NULL,
    0,
    0,
    NULL,
    "make the signer a new key for documents and propose its certificate",
    "Run where the signer is. Until another administrator seconds it, documents are signed as "
    "before; from then on by the new key. Documents signed before keep verifying: every "
    "certificate stays in `keys/` of the publication. Afterwards copy the signer's keys to the "
    "safe again.\n\n"
    "  $ mingzhang -u zhao certificate new\n"
    "  $ mingzhang -u qian act second 5f0c2a91b3de\n",
    run_new};

/* ---- certificate revoke ---------------------------------------------------------------------- */

struct search {
    const char *prefix;
    char hex[HASH_HEX_SIZE];
    size_t found, left; /* that begin so; that hold besides */
};

static bool match(void *context, const uint8_t *der, size_t size, bool is_revoked,
                  struct error *err)
{
    struct search *search = context;
    hash_t sha256 = hash_sha256(der, size);
    char hex[HASH_HEX_SIZE];

    (void)err;
    if (is_revoked) return true;
    hash_to_hex(&sha256, hex);
    if (strncmp(hex, search->prefix, strlen(search->prefix)) != 0) {
        search->left++;
        return true;
    }
    search->found++;
    memcpy(search->hex, hex, sizeof hex);
    return true;
}

static bool find(struct session *session, struct search *search, struct error *err)
{
    if (strlen(search->prefix) < PREFIX_DIGITS_MIN || strlen(search->prefix) >= HASH_HEX_SIZE)
        return error_set(err, ERROR_USAGE, "\"%s\" is no SHA-256; give its first %d digits or more",
                         search->prefix, PREFIX_DIGITS_MIN);
    if (!journal_walk_certificates(session->journal, match, search, err)) return false;
    return search->found == 1 ||
           error_set(err, ERROR_NOT_FOUND,
                     "no certificate that holds has a SHA-256 that begins with %s, or several "
                     "have; `mingzhang certificate list` shows them",
                     search->prefix);
}

static bool run_revoke(struct session *session, const struct arguments *arguments,
                       struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    struct search search = {.prefix = arguments->at[0]};
    bool ok = session_begin(session, err) && find(session, &search, err) &&
              act_body(&body, err, "certificate_sha256", search.hex, NULL) &&
              act_propose(session, "certificate.revoke", &body, err);

    buffer_done(&body);
    if (!ok) return false;
    say("what is published before it is seconded keeps counting, and nothing signed by that key "
        "afterwards");
    if (search.left == 0)
        say("no other certificate holds: nothing can be published then before a new one is "
            "entered by `mingzhang certificate new`");
    return true;
}

const struct command command_certificate_revoke = {
    "certificate",
    "revoke",
    "SHA256",
    1,
    1,
    NULL,
    "propose that a certificate signs no document any more",
    "For a key that may have been copied. Publish first what is to be published: documents that "
    "an earlier publication covers keep verifying, later ones under this certificate don't. "
    "Eight digits or more of its SHA-256 name it.\n\n"
    "  $ mingzhang -u zhao certificate revoke 5d1c9c0e\n"
    "  $ mingzhang -u qian act second 5f0c2a91b3de\n",
    run_revoke};
