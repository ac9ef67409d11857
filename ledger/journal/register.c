/*
 * register.c - references, policies, certificates and recoveries of the signer: what is looked up.
 *
 * A reference belongs to one voucher, bank entry or file for ever (docs/format.md section 5.4). A
 * policy has the value that was set with the latest valid_from not after the day asked for.
 */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/encode.h"
#include "base/text.h"
#include "ledger/journal/internal.h"

#define POLICY_NAME_SIZE     65
#define CERTIFICATE_SIZE_MAX 8192

/* ---- References ------------------------------------------------------------------------------ */

/* Neither a repeat nor something new: nobody can tell. */
static bool refuse_unknown(const struct reference *reference, struct statement *select,
                           uint64_t seq, struct error *err)
{
    (void)error_set(err, ERROR_CONFLICT,
                    "the reference %s belongs to a %s (entry %" PRIu64 ") whose content was lost "
                    "or erased, so nobody can tell whether this is the same; look at that entry: "
                    "if it is, nothing is to be done, if not, give this one its own reference",
                    reference->code, statement_text(select, 0), seq);
    statement_reset(select);
    return false;
}

bool journal_reference_check(struct journal *journal, const struct reference *reference,
                             bool *is_repeat, uint64_t *seq_out, struct error *err)
{
    struct statement *select;
    const uint8_t *content;
    size_t size;
    uint64_t seq;
    bool has_row, is_same;

    if (!store_statement(journal->store,
                         "SELECT what, content, seq FROM reference WHERE reference = $1", &select,
                         err))
        return false;
    statement_bind_text(select, 1, reference->code);
    if (!statement_step(select, &has_row, err)) return false;
    if (!has_row) {
        *is_repeat = false;
        *seq_out = 0;
        return true;
    }
    content = statement_blob(select, 1, &size);
    seq = (uint64_t)statement_integer(select, 2);
    is_same = strcmp(statement_text(select, 0), reference->what) == 0 && size == HASH_SIZE &&
              memcmp(content, reference->content.bytes, HASH_SIZE) == 0;
    if (size == HASH_SIZE && memcmp(content, HASH_ZERO.bytes, HASH_SIZE) == 0)
        return refuse_unknown(reference, select, seq, err);
    if (!is_same)
        (void)error_set(err, ERROR_CONFLICT,
                        "the reference %s belongs to a %s of other content (entry %" PRIu64 "); "
                        "give this one its own reference",
                        reference->code, statement_text(select, 0), seq);
    statement_reset(select);
    if (!is_same) return false;
    *is_repeat = true;
    *seq_out = seq;
    return true;
}

bool journal_reference_take(struct journal *journal, const struct reference *reference,
                            uint64_t seq, struct error *err)
{
    struct statement *insert;
    uint64_t taken;
    bool is_repeat;

    if (!store_statement(journal->store,
                         "INSERT INTO reference (reference, what, content, seq) "
                         "VALUES ($1, $2, $3, $4) ON CONFLICT (reference) DO NOTHING",
                         &insert, err))
        return false;
    statement_bind_text(insert, 1, reference->code);
    statement_bind_text(insert, 2, reference->what);
    statement_bind_blob(insert, 3, reference->content.bytes, HASH_SIZE);
    statement_bind_integer(insert, 4, (int64_t)seq);
    if (!statement_run(insert, err)) return false;
    if (store_changed_rows(journal->store) == 1) return true;
    if (!journal_reference_check(journal, reference, &is_repeat, &taken, err)) return false;
    return error_set(err, ERROR_CONFLICT,
                     "the %s %s is in the ledger already (entry %" PRIu64
                     "); nothing is to be done",
                     reference->what, reference->code, taken);
}

bool journal_file_reference(struct journal *journal, const hash_t *content,
                            char out[REFERENCE_SIZE], struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(
            journal->store,
            "SELECT reference FROM imported_file WHERE content = $1 ORDER BY seq LIMIT 1", &select,
            err))
        return false;
    statement_bind_blob(select, 1, content->bytes, HASH_SIZE);
    if (!statement_step(select, &has_row, err)) return false;
    out[0] = '\0';
    if (!has_row) return true;
    (void)snprintf(out, REFERENCE_SIZE, "%s", statement_text(select, 0));
    statement_reset(select);
    return true;
}

/* ---- Policies -------------------------------------------------------------------------------- */

bool journal_policy(struct journal *journal, const char *name, date_t day, int64_t fallback,
                    int64_t *out, struct error *err)
{
    char day_text[DATE_TEXT_SIZE];
    struct statement *select;
    bool has_row;

    if (!store_statement(journal->store,
                         "SELECT value FROM policy WHERE name = $1 AND valid_from <= $2 "
                         "ORDER BY valid_from DESC LIMIT 1",
                         &select, err))
        return false;
    statement_bind_text(select, 1, name);
    statement_bind_text(select, 2, date_format(day, day_text));
    if (!statement_step(select, &has_row, err)) return false;
    *out = has_row ? statement_integer(select, 0) : fallback;
    statement_reset(select);
    return true;
}

static bool check_policy(struct journal *journal, const struct json_document *document,
                         uint32_t body, struct error *err)
{
    (void)journal;
    (void)document;
    (void)body;
    (void)err;
    return true; /* the table of members says all */
}

static bool effect_policy(struct journal *journal, const struct entry_view *second,
                          const struct json_document *document, uint32_t body, struct error *err)
{
    char name[POLICY_NAME_SIZE], valid_from[DATE_TEXT_SIZE];
    struct statement *insert;
    int64_t value;

    if (!json_get_string(document, body, "name", name, sizeof name, err) ||
        !json_get_string(document, body, "valid_from", valid_from, sizeof valid_from, err) ||
        !json_get_integer(document, body, "value", &value, err))
        return false;
    if (!store_statement(journal->store,
                         "INSERT INTO policy (name, valid_from, value, seq) "
                         "VALUES ($1, $2, $3, $4) ON CONFLICT (name, valid_from) "
                         "DO UPDATE SET value = excluded.value, seq = excluded.seq",
                         &insert, err))
        return false;
    statement_bind_text(insert, 1, name);
    statement_bind_text(insert, 2, valid_from);
    statement_bind_integer(insert, 3, value);
    statement_bind_integer(insert, 4, (int64_t)second->seq);
    return statement_run(insert, err);
}

static const struct entry_member policy_members[] = {
    {.name = "name", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "valid_from", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = "value", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct act_kind policy_set_act = {"policy.set", policy_members, check_policy, effect_policy};

/* ---- Certificates ---------------------------------------------------------------------------- */

bool certificate_insert(struct journal *journal, const struct buffer *der, uint64_t seq,
                        struct error *err)
{
    hash_t hash = hash_sha256(der->data, der->size);
    struct statement *insert;

    if (!store_statement(journal->store,
                         "INSERT INTO certificate (sha256, der, seq, revoked_seq) "
                         "VALUES ($1, $2, $3, -1) ON CONFLICT (sha256) DO NOTHING",
                         &insert, err))
        return false;
    statement_bind_blob(insert, 1, hash.bytes, HASH_SIZE);
    statement_bind_blob(insert, 2, der->data, der->size);
    statement_bind_integer(insert, 3, (int64_t)seq);
    if (!statement_run(insert, err)) return false;
    return store_changed_rows(journal->store) == 1 ||
           error_set(err, ERROR_CONFLICT, "this certificate is or was in the ledger already");
}

/* Whether there is such a certificate and whether it counts. */
static bool find_certificate(struct journal *journal, const hash_t *hash, bool *is_there,
                             bool *is_revoked, struct error *err)
{
    struct statement *select;

    if (!store_statement(journal->store, "SELECT revoked_seq FROM certificate WHERE sha256 = $1",
                         &select, err))
        return false;
    statement_bind_blob(select, 1, hash->bytes, HASH_SIZE);
    if (!statement_step(select, is_there, err)) return false;
    *is_revoked = *is_there && statement_integer(select, 0) != SEQ_NONE;
    statement_reset(select);
    return true;
}

struct subject_search {
    const struct buffer *der;
    bool is_taken;
};

static bool compare_subject(void *context, const uint8_t *der, size_t size, bool is_revoked,
                            struct error *err)
{
    struct subject_search *search = context;

    (void)is_revoked;
    (void)err;
    search->is_taken = search->is_taken ||
                       certificate_has_subject_of(der, size, search->der->data, search->der->size);
    return true;
}

/* xmlsec1, given all certificates of the origin, finds the right one by its subject. */
static bool require_new_subject(struct journal *journal, const struct buffer *der,
                                struct error *err)
{
    struct subject_search search = {der, false};

    if (!journal_walk_certificates(journal, compare_subject, &search, err)) return false;
    return !search.is_taken ||
           error_set(err, ERROR_CONFLICT,
                     "another certificate of this ledger has the same subject, so that xmlsec1 "
                     "couldn't tell them apart; make one by `mingzhang certificate new`");
}

static bool check_certificate(struct journal *journal, const struct json_document *document,
                              uint32_t body, struct error *err)
{
    struct buffer der = BUFFER_INIT(CERTIFICATE_SIZE_MAX);
    bool is_there, is_revoked, ok = false;
    hash_t hash;

    if (!certificate_get(document, body, "certificate", journal->origin, &der, err)) goto out;
    hash = hash_sha256(der.data, der.size);
    if (!find_certificate(journal, &hash, &is_there, &is_revoked, err)) goto out;
    if (is_there) {
        (void)error_set(err, ERROR_CONFLICT, "this certificate is or was in the ledger already");
        goto out;
    }
    ok = require_new_subject(journal, &der, err);
out:
    buffer_done(&der);
    return ok;
}

static bool effect_certificate(struct journal *journal, const struct entry_view *second,
                               const struct json_document *document, uint32_t body,
                               struct error *err)
{
    struct buffer der = BUFFER_INIT(CERTIFICATE_SIZE_MAX);
    bool ok = certificate_get(document, body, "certificate", journal->origin, &der, err) &&
              certificate_insert(journal, &der, second->seq, err);

    buffer_done(&der);
    return ok;
}

static const struct entry_member certificate_members[] = {
    {.name = "certificate", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct act_kind certificate_add_act = {"certificate.add", certificate_members,
                                             check_certificate, effect_certificate};

static bool get_hash(const struct json_document *document, uint32_t body, const char *member,
                     hash_t *out, struct error *err)
{
    char hex[HASH_HEX_SIZE];

    return json_get_string(document, body, member, hex, sizeof hex, err) &&
           hash_from_hex(hex, out, err);
}

static bool check_certificate_revoke(struct journal *journal, const struct json_document *document,
                                     uint32_t body, struct error *err)
{
    bool is_there, is_revoked;
    hash_t hash;

    if (!get_hash(document, body, "certificate_sha256", &hash, err) ||
        !find_certificate(journal, &hash, &is_there, &is_revoked, err))
        return false;
    if (!is_there)
        return error_set(err, ERROR_NOT_FOUND, "this ledger has no certificate of that SHA-256");
    return !is_revoked || error_set(err, ERROR_STATE, "this certificate was revoked already");
}

static bool effect_certificate_revoke(struct journal *journal, const struct entry_view *second,
                                      const struct json_document *document, uint32_t body,
                                      struct error *err)
{
    struct statement *update;
    hash_t hash;

    if (!get_hash(document, body, "certificate_sha256", &hash, err)) return false;
    if (!store_statement(journal->store,
                         "UPDATE certificate SET revoked_seq = $1 WHERE sha256 = $2", &update, err))
        return false;
    statement_bind_integer(update, 1, (int64_t)second->seq);
    statement_bind_blob(update, 2, hash.bytes, HASH_SIZE);
    return statement_run(update, err);
}

static const struct entry_member certificate_revoke_members[] = {
    {.name = "certificate_sha256", .type = MEMBER_HASH, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct act_kind certificate_revoke_act = {"certificate.revoke", certificate_revoke_members,
                                                check_certificate_revoke,
                                                effect_certificate_revoke};

bool journal_walk_certificates(struct journal *journal,
                               bool (*visit)(void *context, const uint8_t *der, size_t size,
                                             bool is_revoked, struct error *err),
                               void *context, struct error *err)
{
    struct statement *select = NULL;
    bool has_row, ok = false;

    if (!store_prepare(journal->store, "SELECT der, revoked_seq FROM certificate ORDER BY seq",
                       &select, err))
        return false;
    for (;;) {
        const uint8_t *der;
        size_t size;

        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        der = statement_blob(select, 0, &size);
        if (!visit(context, der, size, statement_integer(select, 1) != SEQ_NONE, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    return ok;
}

bool journal_walk_publisher_keys(struct journal *journal,
                                 bool (*visit)(void *context, const char *user,
                                               const struct sign_public *key, struct error *err),
                                 void *context, struct error *err)
{
    struct statement *select = NULL;
    struct sign_public key;
    bool has_row, ok = false;

    if (!store_prepare(journal->store,
                       "SELECT user_code, public_key FROM user_key WHERE user_code IN "
                       "(SELECT user_code FROM user_role WHERE role = 'publisher') "
                       "ORDER BY from_seq, user_code",
                       &select, err))
        return false;
    for (;;) {
        const uint8_t *bytes;
        size_t size;

        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        bytes = statement_blob(select, 1, &size);
        if (size != SIGN_PUBLIC_SIZE) {
            (void)error_set(err, ERROR_STORE, "a publisher's key is damaged; replay the ledger");
            goto out;
        }
        memcpy(key.bytes, bytes, SIGN_PUBLIC_SIZE);
        if (!visit(context, statement_text(select, 0), &key, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    return ok;
}

/* ---- Recoveries of the signer ---------------------------------------------------------------- */

static bool read_recovery(const struct json_document *document, uint32_t body, int64_t *size,
                          hash_t *root, struct error *err)
{
    return json_get_integer(document, body, "size", size, err) &&
           get_hash(document, body, "root", root, err);
}

/* The checkpoint that the signer starts again from must be one of this very log. */
static bool check_recovery(struct journal *journal, const struct json_document *document,
                           uint32_t body, struct error *err)
{
    hash_t root, found;
    int64_t size;

    if (!read_recovery(document, body, &size, &root, err)) return false;
    if (!journal_root(journal, (uint64_t)size, &found, err)) return false;
    return hash_equal(&root, &found) ||
           error_set(err, ERROR_VERIFY,
                     "the first %" PRId64 " entries of this ledger don't give the root named; it "
                     "is not the ledger that was published",
                     size);
}

static bool effect_recovery(struct journal *journal, const struct entry_view *second,
                            const struct json_document *document, uint32_t body, struct error *err)
{
    struct statement *insert;
    hash_t root;
    int64_t size;

    if (!read_recovery(document, body, &size, &root, err)) return false;
    if (!store_statement(journal->store,
                         "INSERT INTO signer_recovery (seq, size, root) VALUES ($1, $2, $3)",
                         &insert, err))
        return false;
    statement_bind_integer(insert, 1, (int64_t)second->seq);
    statement_bind_integer(insert, 2, size);
    statement_bind_blob(insert, 3, root.bytes, HASH_SIZE);
    return statement_run(insert, err);
}

static const struct entry_member recovery_members[] = {
    {.name = "root", .type = MEMBER_HASH, .mark = MEMBER_PUBLIC},
    {.name = "size", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct act_kind signer_recover_act = {"signer.recover", recovery_members, check_recovery,
                                            effect_recovery};
