/*
 * findings.c - the kind finding.decide: its members, its table, writing and reading it.
 *
 * 1. Every decision ever made stays in the table; the last one of a finding stands.
 */
#include "ledger/findings/findings.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"

#define BODY_SIZE_BYTES_MAX 16384

static const char *const state_names[] = {"open", "cleared", "confirmed"};
static const char *const state_words[] = {"cleared", "confirmed", NULL};
static_assert(ARRAY_COUNT(state_names) == FINDING_STATE_COUNT, "each state has a name");

const char *finding_state_name(enum finding_state state)
{
    assert(state < FINDING_STATE_COUNT);
    return state_names[state];
}

bool finding_state_parse(const char *text, enum finding_state *out, struct error *err)
{
    for (int i = FINDING_CLEARED; i < FINDING_STATE_COUNT; i++) {
        if (strcmp(text, state_names[i]) != 0) continue;
        *out = (enum finding_state)i;
        return true;
    }
    return error_set(err, ERROR_INPUT,
                     "\"%s\" is no decision on a finding; use cleared or confirmed", text);
}

/* ---- The kind -------------------------------------------------------------------------------- */

static const struct entry_member decide_members[] = {
    {.name = "date", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = "division", .type = MEMBER_DIVISION, .mark = MEMBER_PUBLIC},
    {.name = "finding", .type = MEMBER_HASH, .mark = MEMBER_PUBLIC},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "reason", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "rule", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "state", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = state_words},
    {.name = "version", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

static const struct store_column decision_columns[] = {
    {"seq", STORE_INTEGER, NULL, "its entry"},
    {"finding", STORE_TEXT, NULL, "identity of the finding, 64 hex digits"},
    {"rule", STORE_TEXT, NULL, "rule that raised it"},
    {"version", STORE_INTEGER, "version > 0", "version of the rule"},
    {"division", STORE_TEXT, NULL, "whose finding it is"},
    {"state", STORE_TEXT, "state IN ('cleared', 'confirmed')", "what was decided"},
    {"date", STORE_TEXT, NULL, "day of the decision"},
    {"reason", STORE_TEXT, "reason <> ''", "why"},
    {"user_code", STORE_TEXT, NULL, "the inspector"},
};
static const char *const decision_indexes[] = {"finding", NULL};
static const struct store_table decision_table = {.name = "finding_decision",
                                                  .kind = STORE_DERIVED,
                                                  .meaning = "what inspectors decided of findings",
                                                  .columns = decision_columns,
                                                  .column_count = ARRAY_COUNT(decision_columns),
                                                  .primary_key = "seq",
                                                  .indexes = decision_indexes};

static bool read_decision(const struct entry_view *entry, struct finding_decision *out,
                          struct error *err)
{
    const struct json_document *document = entry->document;
    const uint32_t body = entry->body;
    char finding[HASH_HEX_SIZE], state[16], date[DATE_TEXT_SIZE];
    int64_t version;

    *out = (struct finding_decision){.seq = entry->seq};
    if (!json_get_string(document, body, "finding", finding, sizeof finding, err) ||
        !json_get_string(document, body, "rule", out->rule, sizeof out->rule, err) ||
        !json_get_string(document, body, "division", out->division, sizeof out->division, err) ||
        !json_get_string(document, body, "state", state, sizeof state, err) ||
        !json_get_string(document, body, "date", date, sizeof date, err) ||
        !json_get_string(document, body, "reason", out->reason, sizeof out->reason, err) ||
        !json_get_integer(document, body, "version", &version, err))
        return false;
    if (version < 1 || version > INT32_MAX)
        return error_set(err, ERROR_INPUT, "a rule has no version %lld", (long long)version);
    out->version = (int32_t)version;
    memcpy(out->by, entry->actor, sizeof out->by);
    return hash_from_hex(finding, &out->finding, err) &&
           finding_state_parse(state, &out->state, err) && date_parse(date, &out->date, err);
}

static bool check(struct journal *journal, const struct finding_decision *decision,
                  struct error *err)
{
    const date_t today = instant_to_date_in(journal_time(journal), ZONE_CHINA_SECONDS);
    char date[DATE_TEXT_SIZE];

    if (decision->reason[0] == '\0')
        return error_set(err, ERROR_INPUT, "a decision on a finding says why; give a reason");
    if (date_is_before(today, decision->date))
        return error_set(err, ERROR_INPUT,
                         "%s has not come yet; a decision is recorded when it was made",
                         date_format(decision->date, date));
    return journal_require_role(journal, decision->by, ROLE_INSPECTOR, decision->division, err);
}

static bool decide_apply(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct finding_decision decision;
    struct statement *insert;
    char finding[HASH_HEX_SIZE], date[DATE_TEXT_SIZE];

    if (!read_decision(entry, &decision, err) || !check(journal, &decision, err) ||
        !store_statement(journal_store(journal),
                         "INSERT INTO finding_decision (seq, finding, rule, version, division, "
                         "state, date, reason, user_code) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
                         "$9)",
                         &insert, err))
        return false;
    statement_bind_integer(insert, 1, (int64_t)decision.seq);
    statement_bind_text(insert, 2, hash_to_hex(&decision.finding, finding));
    statement_bind_text(insert, 3, decision.rule);
    statement_bind_integer(insert, 4, decision.version);
    statement_bind_text(insert, 5, decision.division);
    statement_bind_text(insert, 6, finding_state_name(decision.state));
    statement_bind_text(insert, 7, date_format(decision.date, date));
    statement_bind_text(insert, 8, decision.reason);
    statement_bind_text(insert, 9, decision.by);
    return statement_run(insert, err);
}

static bool decide_describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    struct finding_decision decision;
    char finding[HASH_HEX_SIZE];

    if (!read_decision(entry, &decision, err)) return false;
    return buffer_append_format(out, err,
                                decision.state == FINDING_CLEARED
                                    ? "clears finding %.12s of rule %s"
                                    : "confirms finding %.12s of rule %s",
                                hash_to_hex(&decision.finding, finding), decision.rule);
}

static const struct entry_kind decide_kind = {.name = "finding.decide",
                                              .members = decide_members,
                                              .apply = decide_apply,
                                              .describe = decide_describe};

static const struct entry_kind *const kinds[] = {&decide_kind, NULL};
static const struct store_table *const tables[] = {&decision_table};

const struct journal_module findings_module = {
    .kinds = kinds, .tables = tables, .table_count = ARRAY_COUNT(tables)};

/* ---- Writing --------------------------------------------------------------------------------- */

bool finding_decide(struct journal *journal, const struct signatory *by,
                    const struct finding_decision *decision, struct error *err)
{
    struct buffer body = BUFFER_INIT(BODY_SIZE_BYTES_MAX);
    char finding[HASH_HEX_SIZE], date[DATE_TEXT_SIZE];
    struct json_writer writer;
    struct appended appended;
    bool ok;

    assert(decision->state != FINDING_OPEN);
    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    json_member_string(&writer, "date", date_format(decision->date, date));
    json_member_string(&writer, "division", decision->division);
    json_member_string(&writer, "finding", hash_to_hex(&decision->finding, finding));
    json_member_string(&writer, "reason", decision->reason);
    json_member_string(&writer, "rule", decision->rule);
    json_member_string(&writer, "state", finding_state_name(decision->state));
    json_member_integer(&writer, "version", decision->version);
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err) &&
         journal_append_act(journal, by, "finding.decide", &body, NULL, 0, &appended, err);
    buffer_done(&body);
    return ok;
}

/* ---- Reading --------------------------------------------------------------------------------- */

#define DECISION_COLUMNS                                                                           \
    "d.seq, d.finding, d.rule, d.version, d.division, d.state, d.date, d.reason, d.user_code"

static void copy_text(const struct statement *statement, int column, char *out, size_t size)
{
    const char *text = statement_text(statement, column);

    assert(strlen(text) < size); /* the kind's table held it to that */
    memcpy(out, text, strlen(text) + 1);
}

static bool read_row(const struct statement *statement, struct finding_decision *out,
                     struct error *err)
{
    *out = (struct finding_decision){.seq = (uint64_t)statement_integer(statement, 0),
                                     .version = (int32_t)statement_integer(statement, 3)};
    copy_text(statement, 2, out->rule, sizeof out->rule);
    copy_text(statement, 4, out->division, sizeof out->division);
    copy_text(statement, 7, out->reason, sizeof out->reason);
    copy_text(statement, 8, out->by, sizeof out->by);
    return hash_from_hex(statement_text(statement, 1), &out->finding, err) &&
           finding_state_parse(statement_text(statement, 5), &out->state, err) &&
           date_parse(statement_text(statement, 6), &out->date, err);
}

bool finding_decision_find(struct journal *journal, const hash_t *finding,
                           struct finding_decision *out, bool *found, struct error *err)
{
    struct statement *select;
    char text[HASH_HEX_SIZE];
    bool has_row, ok;

    if (!store_statement(journal_store(journal),
                         "SELECT " DECISION_COLUMNS " FROM finding_decision d WHERE d.finding = $1 "
                         "ORDER BY d.seq DESC LIMIT 1",
                         &select, err))
        return false;
    statement_bind_text(select, 1, hash_to_hex(finding, text));
    if (!statement_step(select, &has_row, err)) return false;
    ok = !has_row || read_row(select, out, err);
    statement_reset(select);
    if (ok) *found = has_row;
    return ok;
}

bool finding_decision_each(struct journal *journal,
                           bool (*visit)(void *context, const struct finding_decision *decision,
                                         struct error *err),
                           void *context, struct error *err)
{
    struct finding_decision *decision = malloc(sizeof *decision);
    struct statement *select = NULL;
    bool has_row, ok = false;

    if (decision == NULL) return error_set(err, ERROR_MEMORY, "no memory for a decision");
    if (!store_prepare(journal_store(journal),
                       "SELECT " DECISION_COLUMNS " FROM finding_decision d WHERE NOT EXISTS "
                       "(SELECT 1 FROM finding_decision later WHERE later.finding = d.finding AND "
                       "later.seq > d.seq) ORDER BY d.seq",
                       &select, err))
        goto out;
    for (;;) {
        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_row(select, decision, err) || !visit(context, decision, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    free(decision);
    return ok;
}
