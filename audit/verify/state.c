/*
 * state.c - one entry after the other: chain, time, cover, people, acts.
 *
 * 1. Every entry is the genesis, signed by its actor, or covered by the signed entry after it.
 * 2. What an entry changes holds for the entries after it.
 */
#include "audit/verify/state.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/certificate.h"
#include "audit/verify/findings.h"
#include "audit/verify/rows.h"
#include "audit/verify/signed.h"
#include "audit/verify/stand_ins.h"
#include "base/compiler.h"
#include "base/encode.h"
#include "base/language.h"

#define GAP_SECONDS_MAX        (30 * INT64_C(86400))
#define JUMP_SECONDS_MAX       (5 * 366 * INT64_C(86400)) /* that can be confirmed */
#define RECOVERIES_MAX         1000000
#define ORIGIN_SIZE_MAX        64
#define ORIGIN_CHARACTERS      "abcdefghijklmnopqrstuvwxyz0123456789.-/"
#define PROPOSALS_MAX          1000000
#define PUBLICATIONS_MAX       1000000
#define CERTIFICATE_SIZE_MAX   32768
#define GENESIS_ADMINISTRATORS 2
#define GENESIS_SIGNATURES     3

void state_init(struct state *state)
{
    memset(state, 0, sizeof *state);
    people_init(&state->people);
}

void state_done(struct state *state)
{
    for (size_t i = 0; i < state->proposal_count; i++) {
        /* One piece of memory holds all three. */
        free((void *)(uintptr_t)state->proposals[i].act.data);
    }
    free(state->proposals);
    free(state->publications);
    free(state->recoveries);
    people_done(&state->people);
    vouchers_done(&state->vouchers);
    months_done(&state->months);
    balances_done(&state->balances);
    attachments_done(&state->attachments);
    divisions_done(&state->divisions);
    handovers_done(&state->handovers);
    assets_done(&state->assets);
    custody_done(&state->custody);
    moved_done(&state->moved);
    aid_done(&state->aid);
    posts_done(&state->keeping);
    leases_done(&state->income);
    free(state->sums);
    map_done(&state->things);
    totals_done(&state->run.totals);
    map_done(&state->nonces);
    map_done(&state->references);
    map_done(&state->by_leaf);
    map_done(&state->published);
    gone_done(&state->gone);
    erasures_done(&state->erasures);
    state_init(state);
}

/* ---- Reading a body ------------------------------------------------------------------------- */

void view_text(const struct view *view, const char *member, char *text, size_t text_size)
{
    struct error ignored = ERROR_INIT;
    bool fits = json_get_string(view->document, view->body, member, text, text_size, &ignored);

    assert(fits);
}

bool view_is_true(const struct view *view, const char *member)
{
    return json_type(view->document, json_member(view->document, view->body, member)) == JSON_TRUE;
}

/* A public key from base64 in some object. */
static bool read_key(const struct json_document *document, uint32_t object, struct sign_public *out,
                     struct error *err)
{
    char text[SIGN_PUBLIC_TEXT_SIZE];

    return json_get_string(document, object, "key", text, sizeof text, err) &&
           sign_public_parse(text, out, err);
}

/* ---- Signatures ----------------------------------------------------------------------------- */

bool state_signer(const struct state *state, const struct view *view, const struct person **out,
                  struct error *err)
{
    char signer[USER_SIZE];

    view_text(view, "signer", signer, sizeof signer);
    if (strcmp(signer, view->facts->actor) != 0)
        return error_set(err, ERROR_VERIFY, "%s signs an entry of %s", signer, view->facts->actor);
    return people_find(&state->people, signer, out, err);
}

bool state_check_signature(struct state *state, const struct view *view,
                           const struct person *signer, const struct buffer *message,
                           struct error *err)
{
    char signature[SIGN_SIGNATURE_SIZE * 2];
    struct signature_check check = {view->seq, signer->user, &signer->key, signature};

    view_text(view, "signature", signature, sizeof signature);
    return signatures_add(state->signatures, &check, message, err);
}

static bool take_nonce(struct state *state, const struct view *view, struct error *err)
{
    char nonce[40];
    hash_t hash;

    view_text(view, "nonce", nonce, sizeof nonce);
    hash = hash_sha256((const uint8_t *)nonce, strlen(nonce));
    if (map_find(&state->nonces, &hash, NULL))
        return error_set(err, ERROR_VERIFY, "its nonce was used before: an act is played again");
    return map_add(&state->nonces, &hash, 0, err);
}

bool state_check_act(struct state *state, const struct view *view, const struct person *signer,
                     struct error *err)
{
    struct buffer message = BUFFER_INIT(SIGNED_SIZE_BYTES_MAX);
    bool ok = take_nonce(state, view, err) &&
              signed_act_write(view->facts->kind_name, state->origin, view->document, view->body,
                               &message, err) &&
              state_check_signature(state, view, signer, &message, err);

    buffer_done(&message);
    return ok;
}

bool state_take_reference(struct state *state, const struct view *view, struct error *err)
{
    char reference[TEXT_SIZE_MAX];
    hash_t hash;

    view_text(view, "reference", reference, sizeof reference);
    hash = hash_sha256((const uint8_t *)reference, strlen(reference));
    if (map_find(&state->references, &hash, NULL))
        return error_set(err, ERROR_VERIFY, "reference %s was used before", reference);
    return map_add(&state->references, &hash, 0, err);
}

bool state_require_role(const struct state *state, const struct person *person, enum user_role role,
                        const char *division, struct error *err)
{
    static const char *const names[] = {"an administrator", "a maker", "a checker", "a publisher",
                                        "an inspector"};

    if (people_has_role(&state->people, person, role, division)) return true;
    return error_set(err, ERROR_VERIFY, "user %s is not %s%s%s", person->user, names[role],
                     division[0] == '\0' ? "" : _(" for division "), division);
}

/* ---- Covered rows --------------------------------------------------------------------------- */

bool state_add_row(struct state *state, const struct view *view, struct error *err)
{
    struct run *run = &state->run;

    if (run->kind == RUN_NONE) {
        run->kind = RUN_ROWS;
        run->first = view->seq;
        memcpy(run->actor, view->facts->actor, sizeof run->actor);
    }
    if (run->kind != RUN_ROWS || strcmp(run->actor, view->facts->actor) != 0)
        return error_set(err, ERROR_VERIFY, "stands among rows of something else");
    tree_frontier_add(&run->rows, &view->facts->body_leaf);
    return erasures_note_row(state, view, err);
}

bool state_close_run(struct state *state, const struct view *view, struct error *err)
{
    struct run *run = &state->run;
    hash_t stated, found = tree_frontier_root(&run->rows);
    char text[HASH_HEX_SIZE];

    view_text(view, "lines_root", text, sizeof text);
    if (!hash_from_hex(text, &stated, err)) return false;
    if (!hash_equal(&stated, &found))
        return error_set(err, ERROR_VERIFY,
                         "its lines_root isn't the root over the %llu rows before it",
                         (unsigned long long)run->rows.size);
    if (run->kind != RUN_NONE && strcmp(run->actor, view->facts->actor) != 0) {
        return error_set(err, ERROR_VERIFY, "covers rows of another actor, %s", run->actor);
    }
    run->kind = RUN_NONE;
    run->rows = (struct tree_frontier)TREE_FRONTIER_INIT;
    totals_reset(&run->totals);
    assets_end_run(&state->assets);
    return true;
}

bool state_finish(struct state *state, struct error *err)
{
    if (state->run.kind == RUN_NONE) return gone_settle(&state->gone, err);
    return error_set(err, ERROR_VERIFY,
                     "the log ends before the rows from entry %llu on are signed",
                     (unsigned long long)state->run.first);
}

/* ---- Genesis -------------------------------------------------------------------------------- */

static bool add_certificate(struct state *state, const struct json_document *document,
                            uint32_t object, const char *member, uint64_t seq, struct error *err)
{
    struct buffer der = BUFFER_INIT(CERTIFICATE_SIZE_MAX);
    size_t size;
    const uint8_t *text = json_string_value(document, json_member(document, object, member), &size);
    bool ok = base64_decode((const char *)text, size, &der, err) &&
              certificate_check(der.data, der.size, state->origin, err) &&
              people_add_certificate(&state->people, der.data, der.size, seq, err);

    buffer_done(&der);
    return ok;
}

/* Enter one of the three with a role for the root division. */
static bool add_founder(struct state *state, const struct view *view, uint32_t object,
                        const char *role, struct error *err)
{
    struct sign_public key;
    char user[USER_SIZE];

    if (!json_get_string(view->document, object, "user", user, sizeof user, err)) return false;
    if (!read_key(view->document, object, &key, err)) return false;
    if (!people_add(&state->people, user, &key, view->seq, err)) return false;
    return people_grant(&state->people, user, role, state->people.root, view->seq, err);
}

static bool read_founders(struct state *state, const struct view *view, struct error *err)
{
    const struct json_document *document = view->document;
    uint32_t administrators = json_member(document, view->body, "administrators");
    uint32_t inspector = json_member(document, view->body, "inspector");

    if (json_count(document, administrators) != GENESIS_ADMINISTRATORS) {
        return error_set(err, ERROR_VERIFY, "a genesis names two administrators");
    }
    for (uint32_t at = json_first(document, administrators); at != JSON_NONE;
         at = json_next(document, at)) {
        if (!add_founder(state, view, at, "admin", err)) return false;
    }
    return add_founder(state, view, inspector, "inspector", err);
}

/* The founders stand first among the people, in the order in which they sign. */
static bool check_founders(struct state *state, const struct view *view, struct error *err)
{
    struct buffer message = BUFFER_INIT(SIGNED_SIZE_BYTES_MAX);
    uint32_t signatures = json_member(view->document, view->body, "signatures"), at;
    bool ok = false;
    size_t i = 0;

    if (json_count(view->document, signatures) != GENESIS_SIGNATURES) {
        (void)error_set(err, ERROR_VERIFY, "a genesis carries three signatures");
        goto out;
    }
    if (!signed_genesis_write(view->document, view->body, &message, err)) goto out;
    for (at = json_first(view->document, signatures); at != JSON_NONE;
         at = json_next(view->document, at), i++) {
        const struct person *founder = &state->people.persons[i];
        char signature[SIGN_SIGNATURE_SIZE * 2];
        struct signature_check check = {view->seq, founder->user, &founder->key, signature};

        if (!json_string_equals(view->document, json_member(view->document, at, "signer"),
                                founder->user)) {
            (void)error_set(err, ERROR_VERIFY, "signature %zu of the genesis is not %s's", i + 1,
                            founder->user);
            goto out;
        }
        if (!json_get_string(view->document, at, "signature", signature, sizeof signature, err))
            goto out;
        if (!signatures_add(state->signatures, &check, &message, err)) goto out;
    }
    ok = strcmp(view->facts->actor, state->people.persons[0].user) == 0 ||
         error_set(err, ERROR_VERIFY, "the actor of the genesis is not its first administrator");
out:
    buffer_done(&message);
    return ok;
}

/* Origin and division: docs/format.md section 5.1. */
static bool read_identity(struct state *state, const struct view *view, struct error *err)
{
    size_t size;

    if (!json_get_string(view->document, view->body, "origin", state->origin, sizeof state->origin,
                         err))
        return false;
    size = strlen(state->origin);
    if (size < 1 || size > ORIGIN_SIZE_MAX || strspn(state->origin, ORIGIN_CHARACTERS) != size) {
        return error_set(err, ERROR_VERIFY, "the origin is not 1 to 64 of a-z, 0-9, '.', '-', '/'");
    }
    view_text(view, "division", state->people.root, sizeof state->people.root);
    return division_code_level(state->people.root) <= DIVISION_COUNTY ||
           error_set(err, ERROR_VERIFY, "the root division %s is below a county",
                     state->people.root);
}

static bool apply_genesis(struct state *state, const struct view *view, struct error *err)
{
    char log_key[NOTE_VKEY_TEXT_SIZE];

    if (!read_identity(state, view, err)) return false;
    if (!json_get_string(view->document, view->body, "log_key", log_key, sizeof log_key, err))
        return false;
    if (!note_vkey_parse(log_key, &state->log_key, err)) return false;
    if (state->log_key.type != NOTE_KEY_ED25519 ||
        strcmp(state->log_key.name, state->origin) != 0) {
        return error_set(err, ERROR_VERIFY, "the log key is not an Ed25519 key named %s",
                         state->origin);
    }
    if (!add_certificate(state, view->document, view->body, "xml_certificate", view->seq, err))
        return false;
    return read_founders(state, view, err) && check_founders(state, view, err);
}

/* ---- Acts of two ---------------------------------------------------------------------------- */

/* Copy three runs of bytes into one piece of memory. */
static bool keep_proposal(struct proposal *proposal, struct slice act, struct slice body,
                          const struct buffer *message, struct error *err)
{
    uint8_t *memory = malloc(act.size + body.size + message->size);

    if (memory == NULL) return error_set(err, ERROR_MEMORY, "no memory for a proposal");
    memcpy(memory, act.data, act.size);
    memcpy(memory + act.size, body.data, body.size);
    memcpy(memory + act.size + body.size, message->data, message->size);
    proposal->act = (struct slice){memory, act.size};
    proposal->body = (struct slice){memory + act.size, body.size};
    proposal->message = (struct slice){memory + act.size + body.size, message->size};
    return true;
}

static bool apply_propose(struct state *state, const struct view *view, struct error *err)
{
    const struct json_document *document = view->document;
    uint32_t body = json_member(document, view->body, "body");
    struct buffer message = BUFFER_INIT(SIGNED_SIZE_BYTES_MAX);
    const struct person *signer = NULL;
    const struct shape *shape;
    struct proposal *proposal = NULL;
    struct slice act, source;
    bool ok = false;

    if (!state_signer(state, view, &signer, err)) goto out;
    if (!state_require_role(state, signer, USER_ADMIN, state->people.root, err)) goto out;
    act.data = json_string_value(document, json_member(document, view->body, "act"), &act.size);
    shape = kind_act_shape(act.data, act.size);
    if (shape == NULL) {
        (void)error_set(err, ERROR_VERIFY, "act \"%.*s\" is unknown",
                        act.size < 64 ? (int)act.size : 64, (const char *)act.data);
        goto out;
    }
    if (!shape_check_members(&(struct shape_source){document, NULL}, body, shape, err)) goto out;
    source.data = json_source(document, body, &source.size);
    if (!take_nonce(state, view, err)) goto out;
    if (!signed_proposal_write(state->origin, document, view->body, &message, err)) goto out;
    if (!state_check_signature(state, view, signer, &message, err)) goto out;
    if (!array_reserve(&state->proposals, sizeof *state->proposals, state->proposal_count,
                       &state->proposal_capacity, PROPOSALS_MAX, err))
        goto out;
    if (!map_add(&state->by_leaf, &view->block->leaves[view->i], (uint32_t)state->proposal_count,
                 err))
        goto out;
    proposal = &state->proposals[state->proposal_count];
    if (!keep_proposal(proposal, act, source, &message, err)) goto out;
    proposal->seq = view->seq;
    proposal->shape = shape;
    proposal->key = signer->key;
    memcpy(proposal->proposer, signer->user, sizeof proposal->proposer);
    state->proposal_count++;
    ok = true;
out:
    buffer_done(&message);
    return ok;
}

static bool grant_roles(struct state *state, const struct json_document *document, uint64_t seq,
                        const char *user, struct error *err)
{
    uint32_t roles = json_member(document, 0, "roles");

    for (uint32_t at = json_first(document, roles); at != JSON_NONE; at = json_next(document, at)) {
        char role[16], division[DIVISION_CODE_SIZE];

        if (!json_get_string(document, at, "role", role, sizeof role, err)) return false;
        if (!json_get_string(document, at, "division", division, sizeof division, err))
            return false;
        if (!people_grant(&state->people, user, role, division, seq, err)) return false;
    }
    return true;
}

static bool effect_user_add(struct state *state, const struct json_document *document, uint64_t seq,
                            struct error *err)
{
    struct sign_public key;
    char user[USER_SIZE];

    return json_get_string(document, 0, "user", user, sizeof user, err) &&
           read_key(document, 0, &key, err) && people_add(&state->people, user, &key, seq, err) &&
           grant_roles(state, document, seq, user, err);
}

static bool effect_user_rekey(struct state *state, const struct json_document *document,
                              uint64_t seq, struct error *err)
{
    struct sign_public key;
    char user[USER_SIZE];

    return json_get_string(document, 0, "user", user, sizeof user, err) &&
           read_key(document, 0, &key, err) && people_rekey(&state->people, user, &key, seq, err);
}

static bool effect_user_widen(struct state *state, const struct json_document *document,
                              uint64_t seq, struct error *err)
{
    char user[USER_SIZE];

    return json_get_string(document, 0, "user", user, sizeof user, err) &&
           grant_roles(state, document, seq, user, err);
}

static bool effect_certificate_add(struct state *state, const struct json_document *document,
                                   uint64_t seq, struct error *err)
{
    return add_certificate(state, document, 0, "certificate", seq, err);
}

static bool effect_certificate_revoke(struct state *state, const struct json_document *document,
                                      uint64_t seq, struct error *err)
{
    char text[HASH_HEX_SIZE];
    hash_t sha256;

    return json_get_string(document, 0, "certificate_sha256", text, sizeof text, err) &&
           hash_from_hex(text, &sha256, err) &&
           people_revoke_certificate(&state->people, &sha256, seq, err);
}

static bool effect_period_reopen(struct state *state, const struct json_document *document,
                                 uint64_t seq, struct error *err)
{
    char text[MONTH_TEXT_SIZE];
    int32_t month;

    (void)seq;
    if (!json_get_string(document, 0, "month", text, sizeof text, err)) return false;
    if (!month_parse(text, &month, err)) return false;
    return months_reopen(&state->months, month, err);
}

static bool effect_signer_recover(struct state *state, const struct json_document *document,
                                  uint64_t seq, struct error *err)
{
    struct recovery recovery = {.seq = seq};
    char text[HASH_HEX_SIZE];
    int64_t size = 0;

    if (!json_get_integer(document, 0, "size", &size, err)) return false;
    if (!json_get_string(document, 0, "root", text, sizeof text, err)) return false;
    if (!hash_from_hex(text, &recovery.root, err)) return false;
    recovery.size = (uint64_t)size;
    if (recovery.size > seq) {
        return error_set(err, ERROR_VERIFY,
                         "names a root of %lld entries, but only %llu are before it",
                         (long long)size, (unsigned long long)seq);
    }
    if (!array_reserve(&state->recoveries, sizeof *state->recoveries, state->recovery_count,
                       &state->recovery_capacity, RECOVERIES_MAX, err))
        return false;
    state->recoveries[state->recovery_count++] = recovery;
    return true;
}

/* Acts that change what is checked here. The others only need their two signatures. */
static const struct {
    const char *act;
    bool (*take_effect)(struct state *state, const struct json_document *document, uint64_t seq,
                        struct error *err);
} effects[] = {
    {"user.add", effect_user_add},
    {"user.delegate", stand_ins_begin},
    {"user.rekey", effect_user_rekey},
    {"user.widen", effect_user_widen},
    {"attachment.lost", attachments_lost},
    {"certificate.add", effect_certificate_add},
    {"certificate.revoke", effect_certificate_revoke},
    {"division.continue", divisions_continue},
    {"division.rename", divisions_rename},
    {"division.succeed", divisions_succeed},
    {"period.reopen", effect_period_reopen},
    {"seal.erase", erasures_erase},
    {"seal.lost", erasures_lose},
    {"signer.recover", effect_signer_recover},
};

static bool take_effect(struct state *state, const struct view *view,
                        const struct proposal *proposal, struct error *err)
{
    struct json_document *document = view->reader->plain;

    for (size_t i = 0; i < ARRAY_COUNT(effects); i++) {
        if (strlen(effects[i].act) != proposal->act.size ||
            memcmp(effects[i].act, proposal->act.data, proposal->act.size) != 0)
            continue;
        if (!json_parse(document, proposal->body.data, proposal->body.size, JSON_CANONICAL, err))
            return false;
        return effects[i].take_effect(state, document, view->seq, err);
    }
    return true;
}

static bool find_proposal(struct state *state, const struct view *view, struct proposal **out,
                          struct error *err)
{
    char text[HASH_HEX_SIZE];
    uint32_t index;
    hash_t leaf;

    view_text(view, "proposal", text, sizeof text);
    if (!hash_from_hex(text, &leaf, err)) return false;
    if (!map_find(&state->by_leaf, &leaf, &index)) {
        return error_set(err, ERROR_VERIFY, "seconds a proposal that doesn't stand before it");
    }
    if (state->proposals[index].is_seconded) {
        return error_set(err, ERROR_VERIFY, "seconds a proposal that was seconded before");
    }
    *out = &state->proposals[index];
    return true;
}

static bool apply_second(struct state *state, const struct view *view, struct error *err)
{
    struct buffer message = BUFFER_INIT(SIGNED_SIZE_BYTES_MAX);
    const struct person *signer = NULL, *proposer = NULL;
    struct proposal *proposal = NULL;
    bool ok = false;

    if (!state_signer(state, view, &signer, err)) goto out;
    if (!find_proposal(state, view, &proposal, err)) goto out;
    if (strcmp(signer->user, proposal->proposer) == 0) {
        (void)error_set(err, ERROR_VERIFY, "%s seconds the own proposal; that takes two",
                        signer->user);
        goto out;
    }
    if (!people_find(&state->people, proposal->proposer, &proposer, err)) goto out;
    if (!sign_public_equal(&proposer->key, &proposal->key)) {
        (void)error_set(err, ERROR_VERIFY, "the key that %s proposed it with was replaced before",
                        proposal->proposer);
        goto out;
    }
    if (!state_require_role(state, proposer, USER_ADMIN, state->people.root, err)) goto out;
    if (!state_require_role(state, signer, USER_ADMIN, state->people.root, err)) goto out;
    if (!buffer_append(&message, proposal->message.data, proposal->message.size, err)) goto out;
    if (!state_check_signature(state, view, signer, &message, err)) goto out;
    proposal->is_seconded = true;
    state->agreed[0] = proposal->proposer;
    state->agreed[1] = signer->user;
    state->proposed = proposal->seq;
    ok = take_effect(state, view, proposal, err);
out:
    buffer_done(&message);
    return ok;
}

/* ---- Acts of one ---------------------------------------------------------------------------- */

static bool apply_revoke(struct state *state, const struct view *view, struct error *err)
{
    const struct person *signer = NULL;
    char user[USER_SIZE];

    if (!state_signer(state, view, &signer, err)) return false;
    if (!state_require_role(state, signer, USER_ADMIN, state->people.root, err)) return false;
    if (!state_check_act(state, view, signer, err)) return false;
    view_text(view, "user", user, sizeof user);
    return people_revoke(&state->people, user, view->seq, err);
}

static bool apply_confirm(struct state *state, const struct view *view, struct error *err)
{
    const struct person *signer = NULL;

    return state_signer(state, view, &signer, err) &&
           state_require_role(state, signer, USER_ADMIN, state->people.root, err) &&
           state_check_act(state, view, signer, err);
}

static hash_t hash_string(const struct json_document *document, uint32_t node)
{
    size_t size;
    const uint8_t *text = json_string_value(document, node, &size);

    return hash_sha256(text, size);
}

/* Corrected is what was published before, and what is published again is corrected. */
static bool check_corrects(struct state *state, const struct view *view, struct error *err)
{
    const struct json_document *document = view->document;
    uint32_t corrects = json_member(document, view->body, "corrects");
    hash_t period = hash_string(document, json_member(document, view->body, "period"));
    bool was_published = map_find(&state->published, &period, NULL), is_named = false;

    for (uint32_t at = json_first(document, corrects); at != JSON_NONE;
         at = json_next(document, at)) {
        hash_t corrected = hash_string(document, at);

        if (!map_find(&state->published, &corrected, NULL)) {
            return error_set(err, ERROR_VERIFY, "corrects a period that was never published");
        }
        if (hash_equal(&corrected, &period)) is_named = true;
    }
    if (was_published) {
        return is_named || error_set(err, ERROR_VERIFY,
                                     "publishes a period again without saying that it corrects it");
    }
    return map_add(&state->published, &period, 0, err);
}

static bool apply_publication(struct state *state, const struct view *view, struct error *err)
{
    struct publication *publication;
    const struct person *signer = NULL;
    char text[HASH_HEX_SIZE];

    if (!state_signer(state, view, &signer, err)) return false;
    if (!state_require_role(state, signer, USER_PUBLISHER, state->people.root, err)) return false;
    if (!check_corrects(state, view, err)) return false;
    if (!array_reserve(&state->publications, sizeof *state->publications, state->publication_count,
                       &state->publication_capacity, PUBLICATIONS_MAX, err))
        return false;
    publication = &state->publications[state->publication_count];
    publication->seq = view->seq;
    view_text(view, "period", publication->period, sizeof publication->period);
    view_text(view, "documents_root", text, sizeof text);
    if (!hash_from_hex(text, &publication->documents_root, err)) return false;
    state->publication_count++;
    return state_check_act(state, view, signer, err);
}

static bool apply_import(struct state *state, const struct view *view, struct error *err)
{
    const struct person *signer = NULL;

    if (state->run.kind == RUN_LINES) {
        return error_set(err, ERROR_VERIFY, "stands among the lines of a voucher");
    }
    if (!state_signer(state, view, &signer, err)) return false;
    if (!state_require_role(state, signer, USER_MAKER, "", err)) return false;
    if (!state_take_reference(state, view, err)) return false;
    if (!state_close_run(state, view, err)) return false;
    return state_check_act(state, view, signer, err);
}

static bool apply_project(struct state *state, const struct view *view, struct error *err)
{
    const struct person *signer = NULL;

    return state_signer(state, view, &signer, err) &&
           state_require_role(state, signer, USER_MAKER, "", err) &&
           state_check_act(state, view, signer, err);
}

/* ---- Every entry ---------------------------------------------------------------------------- */

static const struct rule {
    bool (*apply)(struct state *state, const struct view *view, struct error *err);
    bool is_covered;    /* a row without a signature of its own */
    bool may_end_a_run; /* it covers the rows before it */
} kinds[] = {
    [KIND_ACT_PROPOSE] = {apply_propose, false, false},
    [KIND_ACT_SECOND] = {apply_second, false, false},
    [KIND_ATTACHMENT_ADD] = {attachments_apply, false, false},
    [KIND_BANK_CONFIRM] = {vouchers_apply_bank, false, false},
    [KIND_BANK_RETURN] = {vouchers_apply_bank, false, false},
    [KIND_CLOCK_CONFIRM] = {apply_confirm, false, false},
    [KIND_DIVISION_CLOSE] = {divisions_close, false, false},
    [KIND_FINDING_DECIDE] = {findings_decide, false, false},
    [KIND_HANDOVER_GIVE] = {handovers_sign, false, false},
    [KIND_HANDOVER_TAKE] = {handovers_sign, false, false},
    [KIND_IMPORT_FILE] = {apply_import, false, true},
    [KIND_LEDGER_GENESIS] = {apply_genesis, false, false},
    [KIND_PERIOD_CARRY_OVER] = {months_carry_over, false, false},
    [KIND_PERIOD_CLOSE] = {months_close, false, false},
    [KIND_PROJECT_ACCEPT] = {apply_project, false, false},
    [KIND_PROJECT_PROGRESS] = {apply_project, false, false},
    [KIND_PROJECT_RESULT] = {apply_project, false, false},
    [KIND_PUBLICATION_MAKE] = {apply_publication, false, false},
    [KIND_ROW] = {rows_apply, true, false}, /* and all after it */
    [KIND_USER_REVOKE] = {apply_revoke, false, false},
    [KIND_USER_UNDELEGATE] = {stand_ins_end, false, false},
    [KIND_VOUCHER_APPROVE] = {vouchers_decide, false, false},
    [KIND_VOUCHER_LINE] = {vouchers_add_line, true, false},
    [KIND_VOUCHER_REJECT] = {vouchers_decide, false, false},
    [KIND_VOUCHER_SUBMIT] = {vouchers_submit, false, true},
    [KIND_VOUCHER_WITHDRAW] = {vouchers_decide, false, false},
};

/* Chain and time. */
static bool check_order(const struct state *state, const struct view *view, struct error *err)
{
    const struct entry_facts *facts = view->facts;

    if (!hash_equal(&facts->prev, &state->last_leaf)) {
        return error_set(err, ERROR_VERIFY,
                         "its prev is not the leaf hash of the entry before: "
                         "one of the two was changed, put in or taken out");
    }
    if ((view->seq == 0) != (facts->kind == KIND_LEDGER_GENESIS)) {
        return error_set(err, ERROR_VERIFY,
                         view->seq == 0 ? N_("is no genesis entry")
                                        : N_("is a second genesis entry"));
    }
    if (view->seq == 0) return true;
    if (facts->time_seconds < state->last_time_seconds) {
        return error_set(err, ERROR_VERIFY, "its time is before that of the entry before");
    }
    if (facts->time_seconds - state->last_time_seconds > JUMP_SECONDS_MAX) {
        return error_set(
            err, ERROR_VERIFY,
            "comes more than 5 years after the entry before, which nobody can confirm");
    }
    if (facts->time_seconds - state->last_time_seconds > GAP_SECONDS_MAX &&
        facts->kind != KIND_CLOCK_CONFIRM) {
        return error_set(err, ERROR_VERIFY,
                         "comes more than 30 days after the entry before, without clock.confirm");
    }
    if (facts->time_seconds - state->last_time_seconds <= GAP_SECONDS_MAX &&
        facts->kind == KIND_CLOCK_CONFIRM) {
        return error_set(err, ERROR_VERIFY, "confirms the clock where there is no gap of 30 days");
    }
    return true;
}

/* What this entry seals, and whatever of it a ledger should hold and doesn't. */
static bool note_seals(struct state *state, const struct view *view, bool is_ledger,
                       struct error *err)
{
    const struct entry_facts *facts = view->facts;

    state->sealed += facts->sealed;
    state->sealed_absent += facts->sealed_absent;
    state->gone.is_ledger = is_ledger;
    if (!gone_add_entry(&state->gone, facts->kind_name, facts->seals, facts->sealed, err))
        return false;
    for (unsigned i = 0; is_ledger && i < facts->sealed_absent; i++) {
        if (!gone_add(&state->gone, view->seq, facts->kind_name, facts->absent[i], err))
            return false;
    }
    return true;
}

bool state_apply(struct state *state, const struct block *block, unsigned i, struct reader *reader,
                 struct error *err)
{
    const struct entry_facts *facts = &block->facts[i];
    struct slice bytes = block_entry(block, i);
    struct view view = {block, i, block->first + i, facts, reader, reader->entry, JSON_NONE};
    const struct rule *rule = &kinds[facts->kind < KIND_ROW ? facts->kind : KIND_ROW];

    assert(i < block->checked);
    if (!check_order(state, &view, err)) return false;
    state->people.today = instant_to_date_in((instant_t){facts->time_seconds}, ZONE_CHINA_SECONDS);
    if (!rule->is_covered) {
        if (state->run.kind != RUN_NONE && !rule->may_end_a_run) {
            return error_set(err, ERROR_VERIFY,
                             "stands between rows and the entry that signs them");
        }
        if (!json_parse(reader->entry, bytes.data, bytes.size, JSON_CANONICAL, err)) return false;
        view.body = json_member(reader->entry, 0, "body");
    }
    if (!rule->apply(state, &view, err)) return false;
    state->last_leaf = block->leaves[i];
    state->last_time_seconds = facts->time_seconds;
    return note_seals(state, &view, block->has_seals, err);
}
