/*
 * cmd_audit.c - red flags: what rules find in a ledger as of a day, how good they are, and what an
 * inspector decided of a lead.
 */
#include <stdlib.h>
#include <string.h>

#include "audit/inspect/rules/rules.h"
#include "base/language.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/listing.h"

#define STATUS_FINDINGS 1
#define RULES_MAX       64
#define CELL_SIZE_MAX   (64u * 1024 * 1024)
#define SHORT_ID_SIZE   17 /* of a finding in a table for people, NUL included */

/* ---- Running --------------------------------------------------------------------------------- */

/* What is asked for, the ledger open. */
struct question {
    const struct audit_rule *rules[RULES_MAX]; /* none: all */
    size_t rule_count;
    struct division division;
    date_t as_of;
};

static bool read_question(struct session *session, const struct arguments *arguments,
                          struct question *out, struct error *err)
{
    const char *division = option_get(arguments, OPTION_DIVISION);
    const char *id;
    size_t at = 0;
    date_t today;

    memset(out, 0, sizeof *out);
    while ((id = option_next(arguments, OPTION_RULE, &at)) != NULL) {
        if (out->rule_count == RULES_MAX)
            return error_set(err, ERROR_USAGE, "--rule is given too often; leave it out for all");
        if (!audit_rule_find(id, &out->rules[out->rule_count++], err)) return false;
    }
    return session_today(&today, err) &&
           option_day(arguments, OPTION_AS_OF, "--as-of", today, &out->as_of, err) &&
           session_open(session, true, err) &&
           (division == NULL ||
            division_resolve(session->journal, division, "", &out->division, err));
}

static bool run_rules(struct session *session, const struct question *question,
                      struct audit_findings **out, struct error *err)
{
    const struct audit_filter filter = {question->rules, question->rule_count,
                                        question->division.code, question->as_of};

    return audit_run(session->journal, &filter, out, err);
}

/* ---- Cells ----------------------------------------------------------------------------------- */

/* "accepted=6 count, limit=5 count": each number of the sum, in the smallest unit. */
static bool put_numbers(struct table *table, const struct audit_finding *finding, struct error *err)
{
    struct buffer cell = BUFFER_INIT(CELL_SIZE_MAX);
    bool ok = true;

    for (size_t i = 0; ok && i < finding->number_count; i++) {
        const struct audit_number *number = &finding->numbers[i];

        ok = buffer_append_format(&cell, err, "%s%s=%lld %s", i == 0 ? "" : ", ", number->name,
                                  (long long)number->value, audit_unit_name(number->unit));
    }
    if (ok) table_text(table, cell.size == 0 ? "" : buffer_text(&cell));
    buffer_done(&cell);
    return ok;
}

/* "12:<64 hex digits>, 15:…" */
static bool put_entries(struct table *table, const struct audit_finding *finding, struct error *err)
{
    struct buffer cell = BUFFER_INIT(CELL_SIZE_MAX);
    char hex[HASH_HEX_SIZE];
    bool ok = true;

    for (size_t i = 0; ok && i < finding->citation_count; i++)
        ok = buffer_append_format(&cell, err, "%s%llu:%s", i == 0 ? "" : ", ",
                                  (unsigned long long)finding->citations[i].seq,
                                  hash_to_hex(&finding->citations[i].hash, hex));
    if (ok) table_text(table, buffer_text(&cell));
    buffer_done(&cell);
    return ok;
}

/* ---- audit ----------------------------------------------------------------------------------- */

struct finding_rows {
    struct table *table;
    struct division_name name;
    bool is_for_people;
    size_t live; /* not cleared */
};

/* For people the sentence comes last, where it may be as long as it is; what only a program reads
   is left out. */
static bool add_finding(struct finding_rows *rows, const struct audit_finding *finding,
                        struct error *err)
{
    struct table *table = rows->table;
    char hex[HASH_HEX_SIZE], day[DATE_TEXT_SIZE];

    (void)hash_to_hex(&finding->identity, hex);
    if (rows->is_for_people) hex[SHORT_ID_SIZE - 1] = '\0';
    table_integer(table, finding->level);
    table_text(table, finding->rule->id);
    if (!rows->is_for_people) table_integer(table, finding->rule->version);
    table_word(table, finding->what);
    table_text(table, date_format(finding->day, day));
    if (!table_division(table, &rows->name, finding->division, err)) return false;
    table_text(table, finding->subject);
    table_word(table, finding_state_name(finding->state));
    table_text(table, hex);
    if (!rows->is_for_people) {
        if (!put_numbers(table, finding, err) || !put_entries(table, finding, err)) return false;
        table_text(table, finding->reason);
    }
    table_text(table, finding->sentence);
    return table_row(table, err);
}

static bool list_findings(struct session *session, const struct audit_findings *findings,
                          bool with_cleared, size_t *live, struct error *err)
{
    static const struct table_column for_people[] = {
        {"alert", "level", COLUMN_INTEGER},    {"rule", "rule", COLUMN_TEXT},
        {"what", "what", COLUMN_TEXT},         {"event_date", "day", COLUMN_TEXT},
        {"division", "division", COLUMN_TEXT}, {"division_name", "name", COLUMN_TEXT},
        {"subject", "subject", COLUMN_TEXT},   {"state", "state", COLUMN_TEXT},
        {"finding", "finding", COLUMN_TEXT},   {"sentence", "why", COLUMN_TEXT}};
    static const struct table_column for_programs[] = {
        {"alert", "level", COLUMN_INTEGER},     {"rule", "rule", COLUMN_TEXT},
        {"version", "version", COLUMN_INTEGER}, {"what", "what", COLUMN_TEXT},
        {"event_date", "day", COLUMN_TEXT},     {"division", "division", COLUMN_TEXT},
        {"division_name", "name", COLUMN_TEXT}, {"subject", "subject", COLUMN_TEXT},
        {"state", "state", COLUMN_TEXT},        {"finding", "finding", COLUMN_TEXT},
        {"numbers", "numbers", COLUMN_TEXT},    {"entries", "entries", COLUMN_TEXT},
        {"reason", "reason", COLUMN_TEXT},      {"sentence", "why", COLUMN_TEXT}};
    struct finding_rows rows = {.name = {.journal = session->journal},
                                .is_for_people = table_is_aligned(session->format)};
    bool ok = rows.is_for_people ? table_begin(session->format, for_people, ARRAY_COUNT(for_people),
                                               &rows.table, err)
                                 : table_begin(session->format, for_programs,
                                               ARRAY_COUNT(for_programs), &rows.table, err);

    for (size_t i = 0; ok && i < audit_findings_count(findings); i++) {
        const struct audit_finding *finding = audit_findings_at(findings, i);
        const bool is_cleared = finding->state == FINDING_CLEARED;

        if (!is_cleared) rows.live++;
        if (!is_cleared || with_cleared) ok = add_finding(&rows, finding, err);
    }
    ok = ok && table_end(rows.table, "no finding", err);
    table_free(rows.table);
    if (ok) *live = rows.live;
    return ok;
}

static bool run_audit(struct session *session, const struct arguments *arguments, struct error *err)
{
    struct audit_findings *findings = NULL;
    struct question *question = malloc(sizeof *question);
    size_t live = 0;
    bool ok = false;

    if (question == NULL) return error_set(err, ERROR_MEMORY, "no memory for the question");
    if (!read_question(session, arguments, question, err) ||
        !run_rules(session, question, &findings, err) ||
        !list_findings(session, findings, option_given(arguments, OPTION_ALL), &live, err))
        goto out;
    if (live > 0) session->status = STATUS_FINDINGS;
    ok = true;
out:
    audit_findings_free(findings);
    free(question);
    return ok;
}

static const struct argp_option audit_options[] = {
    {"rule", OPTION_RULE, "RULE", 0, "Only this rule; may be given several times", 0},
    {"division", OPTION_DIVISION, "DIVISION", 0, "Only this division and all below it", 0},
    {"as-of", OPTION_AS_OF, "DAY", 0, "The day to judge by, or a month's last (today)", 0},
    {"all", OPTION_ALL, NULL, 0, "Those that were cleared, too", 0},
    {0}};

const struct command command_audit = {
    "audit",
    NULL,
    NULL,
    0,
    0,
    audit_options,
    "look for red flags; they are leads, not verdicts",
    "Each finding says in a sentence what is odd, with the numbers of the sum and the entries it "
    "rests on. Ends with 1 when there are any, with 0 when there is none but cleared ones. The "
    "gravest come first. `audit rules` tells the rules and their limits, `audit decide` clears or "
    "confirms a finding, `audit statistics` counts how often a rule was right.\n\n"
    "  $ mingzhang audit --as-of 2021-12-31\n"
    "  $ mingzhang audit --rule R08 --rule R18 --division 东河镇 --format csv\n",
    run_audit};

/* ---- audit rules ----------------------------------------------------------------------------- */

static bool add_rule(struct session *session, struct table *table, const struct audit_rule *rule,
                     date_t day, struct error *err)
{
    const struct audit_parameter *parameter = rule->parameters;

    do {
        int64_t value;

        table_text(table, rule->id);
        table_integer(table, rule->version);
        table_integer(table, rule->level);
        table_text(table, translate(rule->title));
        table_text(table, rule->basis);
        if (parameter->policy == NULL) {
            for (int i = 0; i < 5; i++)
                table_empty(table);
            return table_row(table, err);
        }
        if (!audit_parameter_read(session->journal, parameter, day, &value, err)) return false;
        table_text(table, parameter->policy);
        table_integer(table, value);
        table_integer(table, parameter->fallback);
        table_word(table, audit_unit_name(parameter->unit));
        table_text(table, translate(parameter->meaning));
        if (!table_row(table, err)) return false;
        parameter++;
    } while (parameter->policy != NULL);
    return true;
}

static bool run_audit_rules(struct session *session, const struct arguments *arguments,
                            struct error *err)
{
    static const struct table_column columns[] = {
        {"rule", "rule", COLUMN_TEXT},      {"version", "version", COLUMN_INTEGER},
        {"alert", "level", COLUMN_INTEGER}, {"title", "title", COLUMN_TEXT},
        {"basis", "basis", COLUMN_TEXT},    {"parameter", "parameter", COLUMN_TEXT},
        {"value", "value", COLUMN_INTEGER}, {"default", "default", COLUMN_INTEGER},
        {"unit", "unit", COLUMN_TEXT},      {"meaning", "meaning", COLUMN_TEXT}};
    struct table *table = NULL;
    date_t today, day;
    bool ok = session_today(&today, err) &&
              option_day(arguments, OPTION_AS_OF, "--as-of", today, &day, err) &&
              session_open(session, true, err) &&
              table_begin(session->format, columns, ARRAY_COUNT(columns), &table, err);

    for (size_t i = 0; ok && audit_rules[i] != NULL; i++)
        ok = add_rule(session, table, audit_rules[i], day, err);
    ok = ok && table_end(table, "no rule", err);
    table_free(table);
    return ok;
}

static const struct argp_option rules_options[] = {
    {"as-of", OPTION_AS_OF, "DAY", 0, "The day whose limits are told (today)", 0}, {0}};

const struct command command_audit_rules = {
    "audit",
    "rules",
    NULL,
    0,
    0,
    rules_options,
    "list the rules and their limits as they stand on a day",
    "A limit is a policy, which two administrators set from a day on: `policy set`. Shares are "
    "1/10,000, amounts fen.\n\n"
    "  $ mingzhang audit rules --as-of 2021-12-31\n"
    "  $ mingzhang -u zhao policy set audit_r18_projects 4 --from 2022-01-01\n",
    run_audit_rules};

/* ---- audit statistics ------------------------------------------------------------------------ */

static bool add_precision(void *context, const struct audit_precision *precision, struct error *err)
{
    const uint64_t decided = precision->cleared + precision->confirmed;
    struct table *table = context;

    table_text(table, precision->rule->id);
    table_text(table, translate(precision->rule->title));
    table_integer(table, (int64_t)precision->raised);
    table_integer(table, (int64_t)precision->open);
    table_integer(table, (int64_t)precision->cleared);
    table_integer(table, (int64_t)precision->confirmed);
    if (decided == 0)
        table_empty(table);
    else
        table_share(table, (int64_t)(precision->confirmed * 10000 / decided));
    return table_row(table, err);
}

static bool run_audit_statistics(struct session *session, const struct arguments *arguments,
                                 struct error *err)
{
    static const struct table_column columns[] = {
        {"rule", "rule", COLUMN_TEXT},           {"title", "title", COLUMN_TEXT},
        {"raised", "raised", COLUMN_INTEGER},    {"open", "open", COLUMN_INTEGER},
        {"cleared", "cleared", COLUMN_INTEGER},  {"confirmed", "confirmed", COLUMN_INTEGER},
        {"precision", "precision", COLUMN_SHARE}};
    struct audit_findings *findings = NULL;
    struct question *question = malloc(sizeof *question);
    struct table *table = NULL;
    bool ok;

    if (question == NULL) return error_set(err, ERROR_MEMORY, "no memory for the question");
    ok = read_question(session, arguments, question, err) &&
         run_rules(session, question, &findings, err) &&
         table_begin(session->format, columns, ARRAY_COUNT(columns), &table, err) &&
         audit_precision_each(session->journal, findings, add_precision, table, err) &&
         table_end(table, "no rule", err);
    table_free(table);
    audit_findings_free(findings);
    free(question);
    return ok;
}

static const struct argp_option statistics_options[] = {
    {"rule", OPTION_RULE, "RULE", 0, "Only this rule; may be given several times", 0},
    {"as-of", OPTION_AS_OF, "DAY", 0, "The day to judge by, or a month's last (today)", 0},
    {0}};

const struct command command_audit_statistics = {
    "audit",
    "statistics",
    NULL,
    0,
    0,
    statistics_options,
    "count for each rule what it raised, what was cleared, what confirmed",
    "What was decided counts for good, also when it is not raised any more. Precision is the share "
    "of the confirmed among the decided.\n\n"
    "  $ mingzhang audit statistics\n",
    run_audit_statistics};

/* ---- audit decide ---------------------------------------------------------------------------- */

static bool read_decision(const struct arguments *arguments, struct finding_decision *out,
                          struct error *err)
{
    const char *state = NULL, *reason = NULL;
    date_t today;

    return option_require(arguments, OPTION_STATE, "--state", &state, err) &&
           option_require(arguments, OPTION_REASON, "--reason", &reason, err) &&
           finding_state_parse(state, &out->state, err) &&
           argument_text(reason, "--reason", out->reason, sizeof out->reason, err) &&
           session_today(&today, err) &&
           option_date(arguments, OPTION_DATE, "--date", today, &out->date, err);
}

/* Fill in which finding is decided, as the rules raise it on that day. */
static bool choose_finding(struct session *session, const struct question *question,
                           const char *prefix, struct finding_decision *out, struct error *err)
{
    const struct audit_finding *finding = NULL;
    struct audit_findings *findings = NULL;
    bool ok = run_rules(session, question, &findings, err) &&
              audit_findings_find(findings, prefix, &finding, err) &&
              argument_text(finding->rule->id, "rule", out->rule, sizeof out->rule, err);

    if (ok) {
        out->finding = finding->identity;
        out->version = finding->rule->version;
        memcpy(out->division, finding->division, sizeof out->division);
        say("%s", finding->sentence);
    }
    audit_findings_free(findings);
    return ok;
}

static bool run_audit_decide(struct session *session, const struct arguments *arguments,
                             struct error *err)
{
    struct finding_decision *decision = calloc(1, sizeof *decision);
    struct question question = {.rule_count = 0};
    char hex[HASH_HEX_SIZE];
    date_t today;
    bool ok = false;

    if (decision == NULL) return error_set(err, ERROR_MEMORY, "no memory for a decision");
    if (!read_decision(arguments, decision, err) || !session_today(&today, err) ||
        !option_day(arguments, OPTION_AS_OF, "--as-of", today, &question.as_of, err) ||
        !session_sign_in(session, err) ||
        !choose_finding(session, &question, arguments->at[0], decision, err) ||
        !journal_begin(session->journal, err) ||
        !finding_decide(session->journal, &session->by, decision, err) ||
        !session_commit(session, err))
        goto out;
    (void)hash_to_hex(&decision->finding, hex);
    say(decision->state == FINDING_CLEARED ? _("finding %.16s of rule %s is cleared")
                                           : _("finding %.16s of rule %s is confirmed"),
        hex, decision->rule);
    ok = true;
out:
    free(decision);
    return ok;
}

static const struct argp_option decide_options[] = {
    {"state", OPTION_STATE, "STATE", 0, "cleared or confirmed", 0},
    {"reason", OPTION_REASON, "TEXT", 0, "Why; it is published, so it names no person", 0},
    {"date", OPTION_DATE, "DATE", 0, "The day of the decision (today)", 0},
    {"as-of", OPTION_AS_OF, "DAY", 0, "The day by which the finding was raised (today)", 0},
    {0}};

const struct command command_audit_decide = {
    "audit",
    "decide",
    "FINDING",
    1,
    1,
    decide_options,
    "clear or confirm a finding, as an inspector",
    "FINDING is the number that `audit` shows, or its first 8 digits. The decision is a signed "
    "entry; a later one of the same finding takes its place. A cleared finding stays cleared as "
    "long as the facts that it cites are the same.\n\n"
    "  $ mingzhang -u sun audit decide 3f9a1c07d2 --state cleared \\\n"
    "      --reason '五个项目同在一条路边，验收记录和照片已核对'\n",
    run_audit_decide};
