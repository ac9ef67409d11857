/*
 * count.c - the lines of a round: each asset as the register had it and as it was seen.
 *
 * 1. To a round belong the assets of its division that were there by its last day, and are neither
 *    scrapped nor disposed of; and all that were counted.
 * 2. The register's state is that of the day on which the asset was looked for.
 */
#include <string.h>

#include "ledger/custody/internal.h"

#define SELECT_LINES                                                                               \
    "SELECT a.code, r.name, a.division, COALESCE((SELECT s.state FROM asset_state AS s WHERE "     \
    "s.asset = a.code AND s.seq < $1 AND s.date <= COALESCE(c.date, $2) ORDER BY s.date DESC, "    \
    "s.seq DESC LIMIT 1), 'in_use'), COALESCE(c.date, ''), c.found, c.division, c.state, c.text "  \
    "FROM asset_now AS a JOIN asset_register AS r ON r.seq = a.register_seq LEFT JOIN "            \
    "stocktake_count AS c ON c.seq = (SELECT MAX(x.seq) FROM stocktake_count AS x WHERE x.asset "  \
    "= a.code AND x.round = $3) WHERE a.division BETWEEN $4 AND $5 AND (c.seq IS NOT NULL OR "     \
    "(a.acquired <= $2 AND EXISTS (SELECT q.seq FROM asset_register AS q WHERE q.asset = a.code "  \
    "AND q.seq < $1))) ORDER BY a.division, a.code"

static void read_line(const struct statement *row, const struct count_span *span,
                      struct stocktake_line *out)
{
    memset(out, 0, sizeof *out);
    custody_copy(row, 0, out->asset, sizeof out->asset);
    custody_copy(row, 1, out->name, sizeof out->name);
    custody_copy(row, 2, out->division, sizeof out->division);
    custody_copy(row, 3, out->state, sizeof out->state);
    custody_copy(row, 4, out->date, sizeof out->date);
    out->is_counted = out->date[0] != '\0';
    if (out->is_counted) {
        custody_copy(row, 5, out->found, sizeof out->found);
        custody_copy(row, 6, out->seen_division, sizeof out->seen_division);
        custody_copy(row, 7, out->seen_state, sizeof out->seen_state);
        custody_copy(row, 8, out->text, sizeof out->text);
    } else {
        memcpy(out->date, span->day, strlen(span->day) + 1);
        memcpy(out->found, "missing", sizeof "missing");
        memcpy(out->seen_division, out->division, sizeof out->seen_division);
    }
    if (strcmp(out->found, "missing") == 0) memcpy(out->seen_state, "missing", sizeof "missing");
    out->is_changed = strcmp(out->state, out->seen_state) != 0;
}

bool count_each(struct journal *journal, const struct count_span *span, stocktake_visit *visit,
                void *context, struct error *err)
{
    char first[DIVISION_CODE_SIZE], last[DIVISION_CODE_SIZE];
    struct statement *rows = NULL;
    struct stocktake_line line;
    bool has_row, ok = false;

    division_code_range(span->division, first, last);
    if (!store_prepare(journal_store(journal), SELECT_LINES, &rows, err)) return false;
    statement_bind_integer(rows, 1, (int64_t)span->seq_end);
    statement_bind_text(rows, 2, span->day);
    statement_bind_text(rows, 3, span->round);
    statement_bind_text(rows, 4, first);
    statement_bind_text(rows, 5, last);
    for (;;) {
        if (!statement_step(rows, &has_row, err)) goto out;
        if (!has_row) break;
        read_line(rows, span, &line);
        if (!line.is_counted && asset_state_is_gone(line.state)) continue;
        if (!visit(context, &line, err)) goto out;
    }
    ok = true;
out:
    statement_free(rows);
    return ok;
}

void stocktake_add_line(struct stocktake *round, const struct stocktake_line *line)
{
    const bool is_missing = strcmp(line->found, "missing") == 0;

    round->missing += is_missing;
    round->elsewhere += strcmp(line->found, "elsewhere") == 0;
    round->found += strcmp(line->found, "found") == 0;
    round->changed += !is_missing && line->is_changed;
}
