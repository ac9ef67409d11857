/*
 * frame.c - running rules over a ledger, and making findings of what they gather.
 *
 * 1. Each rule walks the whole ledger, whatever scope is asked for: a finding is the same finding
 *    from wherever one looks. The scope only chooses among them.
 * 2. The identity is the SHA-256 of canonical JSON: {division, entries: [leaf hash], rule, subject,
 *    what}. docs/audit.md, "What makes a finding the same".
 */
#include "audit/inspect/rules/frame.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"

#define SENTENCE_SIZE_MAX 8192
#define IDENTITY_SIZE_MAX                                                                          \
    (64u * 1024 * 1024 + 16384) /* of AUDIT_CITATIONS_MAX hashes, and more                         \
                                 */

/* ---- Asking ---------------------------------------------------------------------------------- */

bool audit_query(struct audit *audit, const char *sql, audit_visit *visit, void *context,
                 struct error *err)
{
    struct statement *statement = NULL;
    bool has_row, ok = false;

    if (!store_prepare(journal_store(audit->journal), sql, &statement, err)) goto out;
    statement_bind_text(statement, 1, audit->day);
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!visit(context, statement, err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

void audit_text(const struct statement *row, int column, char *out, size_t size)
{
    (void)snprintf(out, size, "%s", statement_text(row, column));
}

bool audit_date(const struct statement *row, int column, date_t *out, struct error *err)
{
    return date_parse(statement_text(row, column), out, err);
}

char *audit_yuan(money_t amount, char text[MONEY_TEXT_SIZE])
{
    return money_format_grouped(amount, text);
}

/* ---- Gathering ------------------------------------------------------------------------------- */

void audit_drop(struct audit *audit)
{
    audit->gathering.number_count = 0;
    audit->gathering.citation_count = 0;
    audit->gathering.division[0] = '\0';
}

bool audit_cite(struct audit *audit, uint64_t seq, struct error *err)
{
    struct audit_gathering *gathering = &audit->gathering;

    if (gathering->citation_count == gathering->citation_capacity) {
        size_t more = gathering->citation_capacity == 0 ? 64 : gathering->citation_capacity * 2;
        uint64_t *grown =
            more > AUDIT_CITATIONS_MAX ? NULL : realloc(gathering->citations, more * sizeof *grown);

        if (grown == NULL)
            return error_set(err, ERROR_LIMIT, "rule %s: one finding cites too many entries",
                             audit->rule->id);
        gathering->citations = grown;
        gathering->citation_capacity = more;
    }
    gathering->citations[gathering->citation_count++] = seq;
    return true;
}

void audit_about(struct audit *audit, const char *division)
{
    char *kept = audit->gathering.division;
    char above[DIVISION_CODE_SIZE];

    if (kept[0] == '\0') (void)snprintf(kept, DIVISION_CODE_SIZE, "%s", division);
    while (!division_code_is_within(division, kept)) {
        division_code_parent(kept, above);
        if (above[0] == '\0' || strcmp(above, kept) == 0) {
            (void)snprintf(above, sizeof above, "%s", journal_root_division(audit->journal));
            memcpy(kept, above, sizeof above);
            return;
        }
        memcpy(kept, above, sizeof above);
    }
}

void audit_number(struct audit *audit, const char *name, enum audit_unit unit, int64_t value)
{
    struct audit_gathering *gathering = &audit->gathering;

    assert(gathering->number_count < AUDIT_NUMBERS_MAX);
    gathering->numbers[gathering->number_count++] = (struct audit_number){name, unit, value};
}

/* ---- Raising --------------------------------------------------------------------------------- */

static int compare_numbers(const void *a, const void *b)
{
    const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

    return (left > right) - (left < right);
}

static bool read_leaf(struct audit *audit, uint64_t seq, hash_t *out, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    bool ok = journal_read(audit->journal, seq, &bytes, err);

    if (ok) *out = hash_leaf(bytes.data, bytes.size);
    buffer_done(&bytes);
    return ok;
}

static bool fill_citations(struct audit *audit, struct audit_finding *finding, struct error *err)
{
    struct audit_gathering *gathering = &audit->gathering;

    assert(gathering->citation_count > 0); /* a lead without an entry can't be followed */
    qsort(gathering->citations, gathering->citation_count, sizeof *gathering->citations,
          compare_numbers);
    finding->citations = malloc(gathering->citation_count * sizeof *finding->citations);
    if (finding->citations == NULL) return error_set(err, ERROR_MEMORY, "no memory for a finding");
    for (size_t i = 0; i < gathering->citation_count; i++) {
        struct audit_citation *next = &finding->citations[finding->citation_count];

        if (i > 0 && gathering->citations[i] == gathering->citations[i - 1]) continue;
        next->seq = gathering->citations[i];
        if (!read_leaf(audit, next->seq, &next->hash, err)) return false;
        finding->citation_count++;
    }
    return true;
}

static bool identify(struct audit_finding *finding, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(IDENTITY_SIZE_MAX);
    struct json_writer writer;
    char hex[HASH_HEX_SIZE];
    bool ok;

    json_writer_init(&writer, &bytes);
    json_object_begin(&writer);
    json_member_string(&writer, "division", finding->division);
    json_name(&writer, "entries");
    json_array_begin(&writer);
    for (size_t i = 0; i < finding->citation_count; i++)
        json_string(&writer, hash_to_hex(&finding->citations[i].hash, hex));
    json_array_end(&writer);
    json_member_string(&writer, "rule", finding->rule->id);
    json_member_string(&writer, "subject", finding->subject);
    json_member_string(&writer, "what", finding->what);
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err);
    if (ok) finding->identity = hash_sha256(bytes.data, bytes.size);
    buffer_done(&bytes);
    return ok;
}

static bool copy_text(const char *text, char **out, struct error *err)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);

    if (copy == NULL) return error_set(err, ERROR_MEMORY, "no memory for a finding");
    memcpy(copy, text, size);
    *out = copy;
    return true;
}

static bool read_decision(struct audit *audit, struct audit_finding *finding, struct error *err)
{
    struct finding_decision *decision = malloc(sizeof *decision);
    bool found = false, ok;

    if (decision == NULL) return error_set(err, ERROR_MEMORY, "no memory for a decision");
    ok = finding_decision_find(audit->journal, &finding->identity, decision, &found, err) &&
         copy_text(found ? decision->reason : "", &finding->reason, err);
    if (ok && found) finding->state = decision->state;
    free(decision);
    return ok;
}

bool audit_raise(struct audit *audit, const struct audit_head *head, struct error *err,
                 const char *format, ...)
{
    struct audit_gathering *gathering = &audit->gathering;
    struct audit_finding finding = {.rule = audit->rule,
                                    .what = head->what,
                                    .level = head->level,
                                    .day = head->day,
                                    .number_count = gathering->number_count};
    char sentence[SENTENCE_SIZE_MAX];
    va_list arguments;
    bool ok = false;

    assert(head->level >= 1 && head->level <= audit->rule->level);
    memcpy(finding.division, gathering->division, sizeof finding.division);
    memcpy(finding.numbers, gathering->numbers, sizeof finding.numbers);
    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    if (!copy_text(head->subject, &finding.subject, err) ||
        !copy_text(sentence, &finding.sentence, err) || !fill_citations(audit, &finding, err) ||
        !identify(&finding, err) || !read_decision(audit, &finding, err))
        goto out;
    ok = findings_take(audit->findings, &finding, err);
    finding = (struct audit_finding){.rule = NULL}; /* taken, or freed */
out:
    finding_done(&finding);
    audit_drop(audit);
    return ok;
}

/* ---- Running --------------------------------------------------------------------------------- */

static bool run_rule(struct audit *audit, const struct audit_rule *rule, struct error *err)
{
    audit->rule = rule;
    audit_drop(audit);
    for (size_t i = 0; rule->parameters[i].policy != NULL; i++)
        if (!audit_parameter_read(audit->journal, &rule->parameters[i], audit->as_of,
                                  &audit->values[i], err))
            return false;
    findings_note_rule(audit->findings, rule);
    return rule->walk(audit, err);
}

static bool is_asked_for(const struct audit_filter *filter, const struct audit_rule *rule)
{
    for (size_t i = 0; i < filter->rule_count; i++)
        if (filter->rules[i] == rule) return true;
    return filter->rule_count == 0;
}

bool audit_run(struct journal *journal, const struct audit_filter *filter,
               struct audit_findings **out, struct error *err)
{
    struct audit audit = {.journal = journal, .as_of = filter->as_of};
    bool ok = false;

    (void)date_format(filter->as_of, audit.day);
    audit.findings = findings_new(err);
    if (audit.findings == NULL) return false;
    for (size_t i = 0; audit_rules[i] != NULL; i++)
        if (is_asked_for(filter, audit_rules[i]) && !run_rule(&audit, audit_rules[i], err))
            goto out;
    if (filter->scope != NULL && filter->scope[0] != '\0')
        findings_keep_within(audit.findings, filter->scope);
    findings_sort(audit.findings);
    *out = audit.findings;
    audit.findings = NULL;
    ok = true;
out:
    free(audit.gathering.citations);
    audit_findings_free(audit.findings);
    return ok;
}
