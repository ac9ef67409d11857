/*
 * acts.c - acts of one person and acts of two: docs/format.md section 4.
 *
 * 1. An act of one is signed over its kind, its body less nonce, signature and signer, its nonce
 * and the origin. A nonce is never seen twice in a journal.
 * 2. An act of two takes effect at the second, by another administrator, over the same bytes. It is
 *    checked when proposed and again when seconded, because the ledger has gone on between.
 * 3. A proposal falls with its proposer: revoked or re-keyed since, the proposal can't be seconded,
 *    so that a stolen key leaves nothing behind.
 */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/encode.h"
#include "ledger/journal/internal.h"

#define MESSAGE_SIZE_MAX        1024
#define NONCE_SIZE              (NONCE_HEX_SIZE / 2)
#define SIGNATURE_TEXT_SIZE_MAX 128
#define ACT_NAME_SIZE_MAX       64

/* ---- What is signed -------------------------------------------------------------------------- */

bool act_format_message(const char *act, const hash_t *body_hash, const char *nonce,
                        const char *origin, struct buffer *out, struct error *err)
{
    struct json_writer writer;
    char hex[HASH_HEX_SIZE];

    buffer_reset(out);
    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_member_string(&writer, "act", act);
    json_member_string(&writer, "body_sha256", hash_to_hex(body_hash, hex));
    json_member_string(&writer, "nonce", nonce);
    json_member_string(&writer, "origin", origin);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

static bool is_signing_member(const struct json_document *document, uint32_t node)
{
    static const char *const names[] = {"nonce", "signature", "signer"};
    size_t size;
    const uint8_t *name = json_name_of(document, node, &size);

    for (size_t i = 0; i < ARRAY_COUNT(names); i++)
        if (size == strlen(names[i]) && memcmp(name, names[i], size) == 0) return true;
    return false;
}

static bool write_member(struct json_writer *writer, const struct json_document *document,
                         uint32_t node)
{
    char name_text[64];
    size_t name_size, size;
    const uint8_t *name = json_name_of(document, node, &name_size);
    const uint8_t *source = json_source(document, node, &size);

    if (name_size >= sizeof name_text) return false;
    memcpy(name_text, name, name_size);
    name_text[name_size] = '\0';
    json_name(writer, name_text);
    json_raw(writer, source, size);
    return true;
}

/* SHA-256 of the canonical body less nonce, signature and signer. */
static bool hash_signed_body(struct journal *journal, const struct entry_view *entry, hash_t *out,
                             struct error *err)
{
    struct buffer *body = &journal->scratch;
    struct json_writer writer;

    buffer_reset(body);
    json_writer_init(&writer, body);
    json_object_begin(&writer);
    for (uint32_t node = json_first(entry->document, entry->body); node != JSON_NONE;
         node = json_next(entry->document, node)) {
        if (is_signing_member(entry->document, node)) continue;
        if (!write_member(&writer, entry->document, node))
            return error_set(err, ERROR_INPUT, "a member's name is too long");
    }
    json_object_end(&writer);
    if (!json_writer_finish(&writer, err)) return false;
    *out = hash_sha256(body->data, body->size);
    return true;
}

static bool take_nonce(struct journal *journal, const char *nonce, uint64_t seq, struct error *err)
{
    struct statement *insert;

    if (!store_statement(journal->store,
                         "INSERT INTO nonce (nonce, seq) VALUES ($1, $2) ON CONFLICT (nonce) "
                         "DO NOTHING",
                         &insert, err))
        return false;
    statement_bind_text(insert, 1, nonce);
    statement_bind_integer(insert, 2, (int64_t)seq);
    if (!statement_run(insert, err)) return false;
    if (store_changed_rows(journal->store) == 1) return true;
    return error_set(err, ERROR_CONFLICT,
                     "the nonce %s was used before: this act is in the ledger already; sign a new "
                     "one",
                     nonce);
}

/* The signature in entry's body, over an act whose hashed body and nonce are given. */
static bool check_message(struct journal *journal, const struct entry_view *entry, const char *act,
                          const hash_t *body_hash, const char *nonce, struct error *err)
{
    struct buffer message = BUFFER_INIT(MESSAGE_SIZE_MAX);
    char signature[SIGNATURE_TEXT_SIZE_MAX];
    bool ok =
        json_get_string(entry->document, entry->body, "signature", signature, sizeof signature,
                        err) &&
        act_format_message(act, body_hash, nonce, journal->origin, &message, err) &&
        journal_check_signature(journal, entry->actor, message.data, message.size, signature, err);

    buffer_done(&message);
    return ok;
}

bool act_check_signature(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    char nonce[NONCE_HEX_SIZE];
    hash_t body_hash;

    return json_get_string(entry->document, entry->body, "nonce", nonce, sizeof nonce, err) &&
           hash_signed_body(journal, entry, &body_hash, err) &&
           check_message(journal, entry, entry->kind, &body_hash, nonce, err) &&
           take_nonce(journal, nonce, entry->seq, err);
}

/* ---- act.propose ----------------------------------------------------------------------------- */

/* A proposal as it stands in an entry's body: lent from the document. */
struct proposal {
    const struct json_document *document;
    uint32_t body; /* of body.body */
    const struct act_kind *act;
    char nonce[NONCE_HEX_SIZE];
    hash_t body_hash;
};

static bool read_proposal(struct journal *journal, const struct json_document *document,
                          uint32_t entry_body, struct proposal *out, struct error *err)
{
    char name[ACT_NAME_SIZE_MAX];
    const uint8_t *source;
    size_t size;

    if (!json_get_string(document, entry_body, "act", name, sizeof name, err) ||
        !json_get_string(document, entry_body, "nonce", out->nonce, sizeof out->nonce, err) ||
        !json_get_node(document, entry_body, "body", JSON_OBJECT, &out->body, err))
        return false;
    out->act = journal_find_act(journal, name);
    if (out->act == NULL)
        return error_set(err, ERROR_INPUT, "this program knows no act %s of two people", name);
    out->document = document;
    source = json_source(document, out->body, &size);
    out->body_hash = hash_sha256(source, size);
    if (!members_check(journal, out->act->members, document, out->body, NULL, err))
        return error_at(err, "%s", name);
    return true;
}

static bool insert_proposal(struct journal *journal, const struct entry_view *entry,
                            const char *act, struct error *err)
{
    struct statement *insert;

    if (!store_statement(journal->store,
                         "INSERT INTO proposal (hash, seq, act, proposer, seconded_seq) "
                         "VALUES ($1, $2, $3, $4, -1)",
                         &insert, err))
        return false;
    statement_bind_blob(insert, 1, entry->hash.bytes, HASH_SIZE);
    statement_bind_integer(insert, 2, (int64_t)entry->seq);
    statement_bind_text(insert, 3, act);
    statement_bind_text(insert, 4, entry->actor);
    return statement_run(insert, err);
}

static bool apply_propose(struct journal *journal, const struct entry_view *entry,
                          struct error *err)
{
    struct proposal proposal;

    return journal_require_role(journal, entry->actor, ROLE_ADMIN, journal->division, err) &&
           read_proposal(journal, entry->document, entry->body, &proposal, err) &&
           check_message(journal, entry, proposal.act->name, &proposal.body_hash, proposal.nonce,
                         err) &&
           take_nonce(journal, proposal.nonce, entry->seq, err) &&
           proposal.act->check(journal, proposal.document, proposal.body, err) &&
           insert_proposal(journal, entry, proposal.act->name, err);
}

static bool describe_propose(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    char act[ACT_NAME_SIZE_MAX];

    return json_get_string(entry->document, entry->body, "act", act, sizeof act, err) &&
           buffer_append_format(out, err, "proposes %s, which another administrator may second",
                                act);
}

static const struct entry_member propose_members[] = {
    {.name = "act", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "body", .type = MEMBER_ANY, .mark = MEMBER_PUBLIC},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct entry_kind propose_kind = {
    .name = "act.propose",
    .members = propose_members,
    .apply = apply_propose,
    .describe = describe_propose,
};

/* ---- act.second ------------------------------------------------------------------------------ */

/* What the table knows of a proposal. */
struct proposal_row {
    uint64_t seq;
    char proposer[USER_CODE_SIZE];
    bool is_seconded;
};

static bool find_proposal(struct journal *journal, const hash_t *hash, struct proposal_row *out,
                          struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal->store,
                         "SELECT seq, proposer, seconded_seq FROM proposal WHERE hash = $1",
                         &select, err))
        return false;
    statement_bind_blob(select, 1, hash->bytes, HASH_SIZE);
    if (!statement_step(select, &has_row, err)) return false;
    if (!has_row)
        return error_set(err, ERROR_NOT_FOUND,
                         "there is no proposal of this hash; see the list of acts");
    out->seq = (uint64_t)statement_integer(select, 0);
    (void)snprintf(out->proposer, sizeof out->proposer, "%s", statement_text(select, 1));
    out->is_seconded = statement_integer(select, 2) != SEQ_NONE;
    statement_reset(select);
    return true;
}

bool journal_walk_proposals(struct journal *journal,
                            bool (*visit)(void *context, uint64_t seq, const hash_t *hash,
                                          struct error *err),
                            void *context, struct error *err)
{
    struct statement *select;
    const uint8_t *bytes;
    size_t size;
    hash_t hash;
    bool has_row;

    if (!store_statement(journal->store,
                         "SELECT seq, hash FROM proposal WHERE seconded_seq = $1 ORDER BY seq",
                         &select, err))
        return false;
    statement_bind_integer(select, 1, SEQ_NONE);
    for (;;) {
        if (!statement_step(select, &has_row, err)) return false;
        if (!has_row) return true;
        bytes = statement_blob(select, 1, &size);
        assert(size == HASH_SIZE);
        memcpy(hash.bytes, bytes, HASH_SIZE);
        if (!visit(context, (uint64_t)statement_integer(select, 0), &hash, err)) break;
    }
    statement_reset(select);
    return false;
}

/* Read the proposing entry again, into a document of its own, and hold it to its hash. */
static bool load_proposal(struct journal *journal, const struct proposal_row *row,
                          const hash_t *hash, struct buffer *bytes, struct proposal *out,
                          struct error *err)
{
    struct entry_view entry = {0};
    char prev[HASH_HEX_SIZE];

    if (!journal_read(journal, row->seq, bytes, err)) return false;
    if (!entry_parse(journal->act_document, bytes->data, bytes->size, &entry, prev, err))
        return false;
    if (!hash_equal(&entry.hash, hash))
        return error_set(err, ERROR_VERIFY, "entry %" PRIu64 " is not the proposal that it was",
                         row->seq);
    return read_proposal(journal, journal->act_document, entry.body, out, err);
}

static bool check_pair(struct journal *journal, const struct proposal_row *row, const char *second,
                       struct error *err)
{
    struct user_record proposer;

    if (row->is_seconded) return error_set(err, ERROR_STATE, "this proposal was seconded already");
    if (!journal_require_role(journal, second, ROLE_ADMIN, journal->division, err)) return false;
    if (strcmp(row->proposer, second) == 0)
        return error_set(err, ERROR_PERMISSION,
                         "%s proposed this; another administrator must second it", second);
    if (!user_read(journal, row->proposer, &proposer, err)) return false;
    if (proposer.is_revoked || proposer.key_seq > row->seq)
        return error_set(err, ERROR_STATE,
                         "the key that %s proposed this with was revoked or replaced since; "
                         "propose it again",
                         row->proposer);
    return true;
}

static bool mark_seconded(struct journal *journal, const hash_t *hash, uint64_t seq,
                          struct error *err)
{
    struct statement *update;

    if (!store_statement(journal->store, "UPDATE proposal SET seconded_seq = $1 WHERE hash = $2",
                         &update, err))
        return false;
    statement_bind_integer(update, 1, (int64_t)seq);
    statement_bind_blob(update, 2, hash->bytes, HASH_SIZE);
    return statement_run(update, err);
}

static bool apply_second(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    char hex[HASH_HEX_SIZE];
    struct proposal proposal;
    struct proposal_row row;
    hash_t hash;
    bool ok = false;

    if (!json_get_string(entry->document, entry->body, "proposal", hex, sizeof hex, err)) goto out;
    if (!hash_from_hex(hex, &hash, err)) goto out;
    if (!find_proposal(journal, &hash, &row, err)) goto out;
    if (!check_pair(journal, &row, entry->actor, err)) goto out;
    if (!load_proposal(journal, &row, &hash, &bytes, &proposal, err)) goto out;
    if (!check_message(journal, entry, proposal.act->name, &proposal.body_hash, proposal.nonce,
                       err))
        goto out;
    if (!proposal.act->check(journal, proposal.document, proposal.body, err)) goto out;
    if (!mark_seconded(journal, &hash, entry->seq, err)) goto out;
    ok = proposal.act->take_effect(journal, entry, proposal.document, proposal.body, err);
    journal->known_actor[0] = '\0';
out:
    buffer_done(&bytes);
    return ok;
}

static bool describe_second(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    char proposal[HASH_HEX_SIZE];

    return json_get_string(entry->document, entry->body, "proposal", proposal, sizeof proposal,
                           err) &&
           buffer_append_format(out, err, "seconds the proposal %.16s…, which takes effect",
                                proposal);
}

static const struct entry_member second_members[] = {
    {.name = "proposal", .type = MEMBER_HASH, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct entry_kind second_kind = {
    .name = "act.second",
    .members = second_members,
    .apply = apply_second,
    .describe = describe_second,
};

/* ---- Signing and appending ------------------------------------------------------------------- */

/* Base64 of the signature over the act's message. */
static bool sign_act(struct journal *journal, const struct signatory *by, const char *act,
                     const hash_t *body_hash, const char *nonce, struct buffer *text_out,
                     struct error *err)
{
    struct buffer message = BUFFER_INIT(MESSAGE_SIZE_MAX);
    uint8_t signature[SIGN_SIGNATURE_SIZE];
    struct sign_public key;
    bool ok = false;

    sign_key_public(by->key, &key);
    if (!journal_require_key(journal, by->user, &key, err)) goto out;
    if (!act_format_message(act, body_hash, nonce, journal->origin, &message, err)) goto out;
    if (!sign_message(by->key, message.data, message.size, signature, err)) goto out;
    ok = base64_encode(signature, sizeof signature, text_out, err);
out:
    buffer_done(&message);
    return ok;
}

static bool draw_nonce(struct journal *journal, char nonce[NONCE_HEX_SIZE], struct error *err)
{
    uint8_t bytes[NONCE_SIZE];

    if (!journal->random.fill(journal->random.context, bytes, sizeof bytes, err)) return false;
    hex_encode(bytes, sizeof bytes, nonce);
    return true;
}

/* The three members that sign an act, each in its place among the others. */
struct signing_member {
    const char *name;
    const char *value;
};

static bool merge_members(const struct json_document *document,
                          const struct signing_member members[3], struct buffer *out,
                          struct error *err)
{
    struct json_writer writer;
    uint32_t node = json_first(document, 0);
    size_t next = 0;

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    while (node != JSON_NONE || next < 3) {
        size_t size = 0;
        const uint8_t *name = node == JSON_NONE ? NULL : json_name_of(document, node, &size);
        const char *mine = next < 3 ? members[next].name : NULL;

        if (name != NULL && (mine == NULL || member_compare_name(mine, name, size) > 0)) {
            if (!write_member(&writer, document, node))
                return error_set(err, ERROR_INPUT, "a member's name is too long");
            node = json_next(document, node);
        } else {
            json_member_string(&writer, members[next].name, members[next].value);
            next++;
        }
    }
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

bool journal_append_act(struct journal *journal, const struct signatory *by, const char *kind,
                        const struct buffer *body, const struct sealed_value *sealed,
                        size_t sealed_count, struct appended *out, struct error *err)
{
    struct buffer signature = BUFFER_INIT(SIGNATURE_TEXT_SIZE_MAX);
    struct buffer signed_body = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    hash_t body_hash = hash_sha256(body->data, body->size);
    char nonce[NONCE_HEX_SIZE];
    bool ok = false;

    if (!json_parse(journal->act_document, body->data, body->size, JSON_CANONICAL, err)) goto out;
    assert(json_type(journal->act_document, 0) == JSON_OBJECT);
    if (!draw_nonce(journal, nonce, err)) goto out;
    if (!sign_act(journal, by, kind, &body_hash, nonce, &signature, err)) goto out;
    if (!merge_members(journal->act_document,
                       (struct signing_member[3]){{"nonce", nonce},
                                                  {"signature", buffer_text(&signature)},
                                                  {"signer", by->user}},
                       &signed_body, err))
        goto out;
    ok = journal_append(journal, by->user, kind, &signed_body, sealed, sealed_count, out, err);
out:
    buffer_done(&signature);
    buffer_done(&signed_body);
    return ok;
}

bool journal_propose(struct journal *journal, const struct signatory *by, const char *act,
                     const struct buffer *body, struct appended *out, struct error *err)
{
    struct buffer signature = BUFFER_INIT(SIGNATURE_TEXT_SIZE_MAX);
    struct buffer entry_body = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    hash_t body_hash = hash_sha256(body->data, body->size);
    struct json_writer writer;
    char nonce[NONCE_HEX_SIZE];
    bool ok = false;

    if (!draw_nonce(journal, nonce, err)) goto out;
    if (!sign_act(journal, by, act, &body_hash, nonce, &signature, err)) goto out;
    json_writer_init(&writer, &entry_body);
    json_object_begin(&writer);
    json_member_string(&writer, "act", act);
    json_name(&writer, "body");
    json_raw(&writer, body->data, body->size);
    json_member_string(&writer, "nonce", nonce);
    json_member_string(&writer, "signature", buffer_text(&signature));
    json_member_string(&writer, "signer", by->user);
    json_object_end(&writer);
    if (!json_writer_finish(&writer, err)) goto out;
    ok = journal_append(journal, by->user, "act.propose", &entry_body, NULL, 0, out, err);
out:
    buffer_done(&signature);
    buffer_done(&entry_body);
    return ok;
}

static bool format_second(const hash_t *proposal, const char *signature, const char *signer,
                          struct buffer *out, struct error *err)
{
    struct json_writer writer;
    char hex[HASH_HEX_SIZE];

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_member_string(&writer, "proposal", hash_to_hex(proposal, hex));
    json_member_string(&writer, "signature", signature);
    json_member_string(&writer, "signer", signer);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

bool journal_second(struct journal *journal, const struct signatory *by, const hash_t *proposal,
                    struct appended *out, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct buffer signature = BUFFER_INIT(SIGNATURE_TEXT_SIZE_MAX);
    struct buffer body = BUFFER_INIT(MESSAGE_SIZE_MAX);
    struct proposal_row row;
    struct proposal found;
    bool ok = false;

    if (!find_proposal(journal, proposal, &row, err)) goto out;
    if (!check_pair(journal, &row, by->user, err)) goto out;
    if (!load_proposal(journal, &row, proposal, &bytes, &found, err)) goto out;
    if (!sign_act(journal, by, found.act->name, &found.body_hash, found.nonce, &signature, err))
        goto out;
    if (!format_second(proposal, buffer_text(&signature), by->user, &body, err)) goto out;
    ok = journal_append(journal, by->user, "act.second", &body, NULL, 0, out, err);
out:
    buffer_done(&bytes);
    buffer_done(&signature);
    buffer_done(&body);
    return ok;
}
