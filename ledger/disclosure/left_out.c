/*
 * left_out.c - allocations that a document left out, as its line was withheld when it was made.
 *
 * 1. It is found when the publication, or the notice about all of a period, is entered: what is
 *    withheld follows from what was known then, and later entries would change the answer.
 * 2. Only what is judged by it is kept: of publications what counties and those above give or take,
 *    since townships and villages disclose by notices.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/disclosure/internal.h"

#define LINES_MAX 100000

static const struct store_column left_out_columns[] = {
    {"seq", STORE_INTEGER, NULL, "entry of the publication or notice"},
    {"division", STORE_TEXT, NULL, "whose document left it out"},
    {"voucher", STORE_TEXT, NULL, "what allocates it"},
};
const struct store_table left_out_table = {
    .name = "disclosed_left_out",
    .kind = STORE_DERIVED,
    .meaning = "allocations that documents left out",
    .columns = left_out_columns,
    .column_count = ARRAY_COUNT(left_out_columns),
    .primary_key = "seq, division, voucher",
};

struct leaving {
    struct journal *journal;
    uint64_t seq;
    const char *only; /* of this division; NULL: of counties and above */
    struct unsettled_line *lines;
    size_t count;
    const char *division; /* whose allotments are being read */
};

static bool add_line(void *context, const struct unsettled_line *line, struct error *err)
{
    struct leaving *leaving = context;
    void *grown;

    if (leaving->only != NULL ? strcmp(line->division, leaving->only) != 0
                              : division_code_level(line->division) > DIVISION_COUNTY)
        return true;
    if (leaving->count == LINES_MAX)
        return error_set(err, ERROR_LIMIT, "more than %d lines are withheld", LINES_MAX);
    if ((leaving->count & (leaving->count - 1)) == 0) {
        grown = realloc(leaving->lines,
                        (leaving->count == 0 ? 1 : 2 * leaving->count) * sizeof *leaving->lines);
        if (grown == NULL) return error_set(err, ERROR_MEMORY, "no memory for withheld lines");
        leaving->lines = grown;
    }
    leaving->lines[leaving->count++] = *line;
    return true;
}

static bool is_withheld(const struct leaving *leaving, const struct allotment *allotment)
{
    for (size_t i = 0; i < leaving->count; i++) {
        const struct unsettled_line *line = &leaving->lines[i];

        if (line->book == allotment->book && strcmp(line->fund, allotment->fund) == 0 &&
            strcmp(line->division, leaving->division) == 0)
            return true;
    }
    return false;
}

static bool see_allotment(void *context, const struct allotment *allotment, struct error *err)
{
    const struct leaving *leaving = context;
    struct statement *insert;

    if (!is_withheld(leaving, allotment)) return true;
    if (!store_statement(journal_store(leaving->journal),
                         "INSERT INTO disclosed_left_out (seq, division, voucher) VALUES ($1, $2, "
                         "$3) ON CONFLICT (seq, division, voucher) DO NOTHING",
                         &insert, err))
        return false;
    statement_bind_integer(insert, 1, (int64_t)leaving->seq);
    statement_bind_text(insert, 2, leaving->division);
    statement_bind_text(insert, 3, allotment->voucher);
    return statement_run(insert, err);
}

static bool is_first_of_division(const struct leaving *leaving, size_t line)
{
    for (size_t i = 0; i < line; i++)
        if (strcmp(leaving->lines[i].division, leaving->lines[line].division) == 0) return false;
    return true;
}

/* A line is withheld that isn't settled at the period's beginning or at its end. */
static bool keep(struct leaving *leaving, const char *period, struct error *err)
{
    struct disclosure_span span;
    int32_t first, last;
    bool ok = false;

    if (!disclosure_span_parse(period, &span, err)) goto out;
    first = date_month(span.first);
    last = date_month(span.last);
    if (!unsettled_line_each(leaving->journal, first - 1, add_line, leaving, err) ||
        !unsettled_line_each(leaving->journal, last, add_line, leaving, err))
        goto out;
    for (size_t i = 0; i < leaving->count; i++) {
        if (!is_first_of_division(leaving, i)) continue;
        leaving->division = leaving->lines[i].division;
        if (!allotment_each(leaving->journal, leaving->division, first, last, see_allotment,
                            leaving, err))
            goto out;
    }
    ok = true;
out:
    free(leaving->lines);
    return ok;
}

bool left_out_keep(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct leaving leaving = {.journal = journal, .seq = entry->seq};
    char period[8], matter[32], subject[TEXT_SIZE], division[DIVISION_CODE_SIZE];

    if (strcmp(entry->kind, "publication.make") == 0)
        return json_get_string(entry->document, entry->body, "period", period, sizeof period,
                               err) &&
               keep(&leaving, period, err);
    if (strcmp(entry->kind, "notice.post") != 0) return true;
    if (!json_get_string(entry->document, entry->body, "matter", matter, sizeof matter, err) ||
        !json_get_string(entry->document, entry->body, "subject", subject, sizeof subject, err) ||
        !json_get_string(entry->document, entry->body, "division", division, sizeof division,
                         err) ||
        !json_get_string(entry->document, entry->body, "period", period, sizeof period, err))
        return false;
    if (strcmp(matter, matter_info(MATTER_ALLOCATION)->code) != 0 || subject[0] != '\0')
        return true;
    leaving.only = division;
    return keep(&leaving, period, err);
}
