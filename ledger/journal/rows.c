/*
 * rows.c - rows that carry no signature and the signed entry behind them that covers them.
 *
 * docs/format.md section 4: a run of rows by one actor, nothing between, then the covering entry,
 * whose lines_root is the RFC 6962 root over the rows' bodies. So no entry is unsigned.
 */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "ledger/journal/internal.h"

void rows_reset(struct row_run *run)
{
    *run = (struct row_run){.frontier = TREE_FRONTIER_INIT};
}

bool rows_check_none(const struct row_run *run, struct error *err)
{
    if (run->frontier.size == 0) return true;
    return error_set(err, ERROR_STATE,
                     "%" PRIu64 " rows from entry %" PRIu64 " on are covered by no signature; a %s "
                     "by %s must stand just behind them",
                     run->frontier.size, run->first_seq, run->covered_by, run->actor);
}

/* Do the rows so far belong with this actor and this covering kind? */
static bool is_continued(const struct row_run *run, const char *actor, const char *covered_by)
{
    return run->frontier.size == 0 ||
           (strcmp(run->actor, actor) == 0 && strcmp(run->covered_by, covered_by) == 0);
}

static void join(struct row_run *run, const struct kind_slot *slot, const struct entry_view *entry)
{
    size_t size;
    const uint8_t *body = json_source(entry->document, entry->body, &size);
    hash_t leaf = hash_leaf(body, size);

    if (run->frontier.size == 0) {
        run->first_seq = entry->seq;
        run->covered_by = slot->kind->covered_by;
        memcpy(run->actor, entry->actor, sizeof run->actor);
    }
    tree_frontier_add(&run->frontier, &leaf);
}

static bool check_root(const struct row_run *run, const struct entry_view *entry, struct error *err)
{
    hash_t root = tree_frontier_root(&run->frontier);
    char given[HASH_HEX_SIZE], found[HASH_HEX_SIZE];

    if (!json_get_string(entry->document, entry->body, "lines_root", given, sizeof given, err))
        return false;
    if (strcmp(hash_to_hex(&root, found), given) != 0)
        return error_set(err, ERROR_VERIFY,
                         "lines_root is %s, but the %" PRIu64 " rows before this entry give %s",
                         given, run->frontier.size, found);
    return true;
}

bool rows_admit(struct row_run *run, const struct kind_slot *slot, const struct entry_view *entry,
                struct error *err)
{
    if (slot->kind->covered_by != NULL) {
        if (!is_continued(run, entry->actor, slot->kind->covered_by))
            return rows_check_none(run, err);
        join(run, slot, entry);
        return true;
    }
    if (!slot->covers || !is_continued(run, entry->actor, slot->kind->name))
        return rows_check_none(run, err);
    return check_root(run, entry, err);
}

void journal_covered_rows(const struct journal *journal, struct covered_rows *out)
{
    out->count = journal->rows.frontier.size;
    out->first_seq = journal->rows.first_seq;
    out->root = tree_frontier_root(&journal->rows.frontier);
}
