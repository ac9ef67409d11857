/*
 * cmd_act.c - acts of two: what is proposed and open, and seconding it.
 */
#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/language.h"
#include "cli/act.h"
#include "cli/command.h"
#include "cli/confirm.h"
#include "cli/erased_files.h"

#define PROPOSALS_MAX     4096 /* open at one time */
#define PROPOSAL_HEX_SHOW 12

bool act_body(struct buffer *out, struct error *err, ...)
{
    struct json_writer writer;
    const char *name;
    va_list members;

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    va_start(members, err);
    while ((name = va_arg(members, const char *)) != NULL) {
        json_member_string(&writer, name, va_arg(members, const char *));
    }
    va_end(members);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

bool act_propose(struct session *session, const char *act, const struct buffer *body,
                 struct error *err)
{
    struct appended appended;
    char hex[HASH_HEX_SIZE];

    if (!journal_propose(session->journal, &session->by, act, body, &appended, err)) return false;
    if (!session_commit(session, err)) return false;
    hash_to_hex(&appended.hash, hex);
    hex[PROPOSAL_HEX_SHOW] = 0;
    say("proposed; another administrator seconds it by\n  mingzhang act second %s", hex);
    return true;
}

void act_write_ranges(const struct seal_range *ranges, size_t count, struct json_writer *writer)
{
    char purpose[sizeof ranges->kind + sizeof ranges->member];

    json_name(writer, "seals");
    json_array_begin(writer);
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(purpose, sizeof purpose, "%s/%s", ranges[i].kind, ranges[i].member);
        json_object_begin(writer);
        json_member_integer(writer, "first", (int64_t)ranges[i].first);
        json_member_integer(writer, "last", (int64_t)ranges[i].last);
        json_member_string(writer, "purpose", purpose);
        json_object_end(writer);
    }
    json_array_end(writer);
}

bool act_write_erasure(const struct seal_range *ranges, size_t count, const char *ground,
                       const char *reason, struct buffer *out, struct error *err)
{
    struct json_writer writer;

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_member_string(&writer, "ground", ground);
    json_member_string(&writer, "reason", reason);
    act_write_ranges(ranges, count, &writer);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

/* ---- The open proposals --------------------------------------------------------------------- */

struct proposal {
    hash_t hash;
    uint64_t seq;
    char act[32];
    char by[USER_CODE_SIZE];
    char *body; /* owned; canonical JSON */
};

struct proposals {
    struct journal *journal; /* lent */
    struct buffer entry;     /* scratch: the proposing entry */
    struct json_document *document;
    size_t count;
    struct proposal at[PROPOSALS_MAX];
};

static void proposals_free(struct proposals *proposals)
{
    size_t i;

    if (proposals == NULL) return;
    for (i = 0; i < proposals->count; i++)
        free(proposals->at[i].body);
    json_document_free(proposals->document);
    buffer_done(&proposals->entry);
    free(proposals);
}

static bool add_proposal(struct proposals *proposals, uint64_t seq, uint32_t body,
                         const hash_t *hash, struct error *err)
{
    const struct json_document *document = proposals->document;
    struct proposal *proposal = NULL;
    const uint8_t *source;
    size_t size;
    uint32_t inner;

    if (proposals->count == PROPOSALS_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d proposals are open", PROPOSALS_MAX);
    }
    proposal = &proposals->at[proposals->count];
    if (!json_get_string(document, body, "act", proposal->act, sizeof proposal->act, err) ||
        !json_get_string(document, 0, "actor", proposal->by, sizeof proposal->by, err) ||
        !json_get_node(document, body, "body", JSON_OBJECT, &inner, err)) {
        return false;
    }
    source = json_source(document, inner, &size);
    proposal->body = malloc(size + 1);
    if (proposal->body == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    memcpy(proposal->body, source, size);
    proposal->body[size] = 0;
    proposal->hash = *hash;
    proposal->seq = seq;
    proposals->count++;
    return true;
}

static bool visit_proposal(void *context, uint64_t seq, const hash_t *hash, struct error *err)
{
    struct proposals *proposals = context;
    uint32_t body;

    buffer_reset(&proposals->entry);
    return journal_read(proposals->journal, seq, &proposals->entry, err) &&
           json_parse(proposals->document, proposals->entry.data, proposals->entry.size,
                      JSON_CANONICAL, err) &&
           json_get_node(proposals->document, 0, "body", JSON_OBJECT, &body, err) &&
           add_proposal(proposals, seq, body, hash, err);
}

static bool proposals_read(struct journal *journal, struct proposals **out, struct error *err)
{
    struct proposals *proposals = calloc(1, sizeof *proposals);

    if (proposals == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    proposals->journal = journal;
    proposals->entry = (struct buffer)BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    proposals->document = json_document_new(err);
    if (proposals->document == NULL ||
        !journal_walk_proposals(journal, visit_proposal, proposals, err)) {
        proposals_free(proposals);
        return false;
    }
    *out = proposals;
    return true;
}

/* ---- What a proposal says, in the reader's words ----------------------------------------------
 */

/* "maker@619901000000" of {"division", "role"}; anything else as it stands in the entry. */
static bool put_value(const struct json_document *document, uint32_t node, struct buffer *out,
                      struct error *err)
{
    char role[32], division[DIVISION_CODE_SIZE];
    struct error other = ERROR_INIT;
    const uint8_t *bytes;
    uint32_t i, item;
    size_t size;

    if (json_type(document, node) == JSON_ARRAY) {
        item = json_first(document, node);
        for (i = 0; i < json_count(document, node); i++, item = json_next(document, item)) {
            if (i > 0 && !buffer_append_text(out, ", ", err)) return false;
            if (!put_value(document, item, out, err)) return false;
        }
        return true;
    }
    if (json_type(document, node) == JSON_OBJECT &&
        json_get_string(document, node, "role", role, sizeof role, &other) &&
        json_get_string(document, node, "division", division, sizeof division, &other)) {
        return buffer_append_format(out, err, "%s@%s", translate(role), division);
    }
    bytes = json_type(document, node) == JSON_STRING ? json_string_value(document, node, &size)
                                                     : json_source(document, node, &size);
    return buffer_append(out, bytes, size, err);
}

/* "roles maker@619901000000; user li": each member of the body, and what stands between them. */
static bool put_body(const char *body, const char *between, struct buffer *out, struct error *err)
{
    static const char *const labels[] = {
        N_("code"),     N_("delegate"),  N_("division"), N_("first_day"), N_("key"),
        N_("last_day"), N_("month"),     N_("name"),     N_("reason"),    N_("reference"),
        N_("role"),     N_("roles"),     N_("size"),     N_("user"),      N_("valid_from"),
        N_("value"),    N_("publisher"), N_("inspector")};
    struct json_document *document = json_document_new(err);
    uint32_t i, node;
    char name[64];
    bool ok = false;

    (void)labels; /* for the catalogue */
    if (document == NULL) return false;
    if (!json_parse(document, (const uint8_t *)body, strlen(body), JSON_CANONICAL, err)) goto out;
    node = json_first(document, 0);
    for (i = 0; i < json_count(document, 0); i++, node = json_next(document, node)) {
        size_t size;
        const uint8_t *bytes = json_name_of(document, node, &size);

        (void)snprintf(name, sizeof name, "%.*s", (int)size, (const char *)bytes);
        if (i > 0 && !buffer_append_text(out, between, err)) goto out;
        if (!buffer_append_format(out, err, "%s ", translate(name))) goto out;
        if (!put_value(document, node, out, err)) goto out;
    }
    ok = true;
out:
    json_document_free(document);
    return ok;
}

/* ---- Commands ------------------------------------------------------------------------------- */

/* A table for people has the body in words, a listing for programs as it is. */
static bool cell_of_body(struct table_format format, const char *body, struct buffer *scratch,
                         struct table *table, struct error *err)
{
    if (!table_is_aligned(format)) {
        table_text(table, body);
        return true;
    }
    buffer_reset(scratch);
    if (!put_body(body, "; ", scratch, err)) return false;
    table_text(table, buffer_text(scratch));
    return true;
}

static bool run_act_list(struct session *session, const struct arguments *arguments,
                         struct error *err)
{
    static const struct table_column columns[] = {{"proposal", "proposal", COLUMN_TEXT},
                                                  {"seq", "entry", COLUMN_INTEGER},
                                                  {"by", "by", COLUMN_TEXT},
                                                  {"act", "act", COLUMN_TEXT},
                                                  {"body", "what", COLUMN_TEXT}};
    struct proposals *proposals = NULL;
    struct table *table = NULL;
    struct buffer words = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    char hex[HASH_HEX_SIZE];
    size_t i;
    bool ok = false;

    (void)arguments;
    if (!session_open(session, true, err)) goto out;
    if (!proposals_read(session->journal, &proposals, err)) goto out;
    if (!table_begin(session->format, columns, ARRAY_COUNT(columns), &table, err)) goto out;
    for (i = 0; i < proposals->count; i++) {
        hash_to_hex(&proposals->at[i].hash, hex);
        if (table_is_aligned(session->format)) hex[PROPOSAL_HEX_SHOW] = 0;
        table_text(table, hex);
        table_integer(table, (int64_t)proposals->at[i].seq);
        table_text(table, proposals->at[i].by);
        table_text(table, proposals->at[i].act);
        if (!cell_of_body(session->format, proposals->at[i].body, &words, table, err)) goto out;
        if (!table_row(table, err)) goto out;
    }
    ok = table_end(table, "no proposal waits for a second", err);
out:
    buffer_done(&words);
    table_free(table);
    proposals_free(proposals);
    return ok;
}

const struct command command_act_list = {
    "act",
    "list",
    NULL,
    0,
    0,
    NULL,
    "list what waits for a second administrator",
    "  $ mingzhang act list\n"
    "  proposal      entry  by    act       what\n"
    "  5f0c2a91b3de      4  zhao  user.add  key mVFC…; roles maker@611025000000; user li\n",
    run_act_list};

static bool find_proposal(const struct proposals *proposals, const char *prefix,
                          const struct proposal **out, struct error *err)
{
    char hex[HASH_HEX_SIZE];
    size_t i;

    *out = NULL;
    for (i = 0; i < proposals->count; i++) {
        hash_to_hex(&proposals->at[i].hash, hex);
        if (strncmp(hex, prefix, strlen(prefix)) != 0) continue;
        if (*out != NULL) {
            return error_set(err, ERROR_INPUT,
                             "%s begins more than one proposal; `mingzhang act list` shows them",
                             prefix[0] != 0 ? prefix : "\"\"");
        }
        *out = &proposals->at[i];
    }
    if (*out != NULL) return true;
    if (proposals->count == 0)
        return error_set(err, ERROR_NOT_FOUND, "no proposal waits for a second");
    return error_set(err, ERROR_NOT_FOUND,
                     "no open proposal begins with %s; `mingzhang act list` shows them", prefix);
}

/* The act holds; now the files go, while nobody can attach them anew. */
static bool finish_erasure(struct session *session, const char *act, struct error *err)
{
    bool ok;

    if (strcmp(act, "seal.erase") != 0) return true;
    if (!journal_begin(session->journal, err)) return false;
    ok = erased_files_remove(session, err);
    journal_rollback(session->journal);
    return ok;
}

static bool run_act_second(struct session *session, const struct arguments *arguments,
                           struct error *err)
{
    struct proposals *proposals = NULL;
    const struct proposal *proposal = NULL;
    struct buffer words = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    struct appended appended;
    bool ok = false;

    /* Nobody waits for the ledger while a person reads; the proposal can't change meanwhile. */
    if (!session_sign_in(session, err)) goto out;
    if (!proposals_read(session->journal, &proposals, err)) goto out;
    if (!find_proposal(proposals, arguments->count > 0 ? arguments->at[0] : "", &proposal, err))
        goto out;
    if (!option_given(arguments, OPTION_YES) && confirm_is_possible()) {
        if (!put_body(proposal->body, "\n  ", &words, err)) goto out;
        say("%s proposes %s\n  %s\n", proposal->by, proposal->act, buffer_text(&words));
        if (!confirm(_("It takes effect at once and is published. Second it?"), err)) goto out;
    }
    if (!journal_begin(session->journal, err)) goto out;
    if (!erased_files_mark(session, proposal->act, proposal->body, err)) goto out;
    if (!journal_second(session->journal, &session->by, &proposal->hash, &appended, err)) goto out;
    if (!session_commit(session, err)) goto out;
    say("seconded: %s, proposed by %s, holds from entry %llu on", proposal->act, proposal->by,
        (unsigned long long)appended.seq);
    ok = finish_erasure(session, proposal->act, err);
out:
    buffer_done(&words);
    proposals_free(proposals);
    return ok;
}

static const struct argp_option second_options[] = {
    {"yes", OPTION_YES, NULL, 0, "Don't ask: it was looked at before", 0}, {0}};

const struct command command_act_second = {
    "act",
    "second",
    "[PROPOSAL]",
    0,
    1,
    second_options,
    "second what another administrator proposed",
    "PROPOSAL is the beginning of the hash that `mingzhang act list` shows; when one alone waits, "
    "it may be left out. It takes effect at once; on a terminal you see it and are asked.\n\n"
    "  $ mingzhang -u qian act second 5f0c2a91b3de\n",
    run_act_second};
