/*
 * log.c - reading entries and bundles of them out of the log.
 */
#include <assert.h>
#include <inttypes.h>

#include "ledger/journal/internal.h"

static bool tell_no_entry(const struct journal *journal, uint64_t seq, struct error *err)
{
    return error_set(err, ERROR_NOT_FOUND,
                     "there is no entry %" PRIu64 "; the ledger has %" PRIu64 " entries, from 0 on",
                     seq, journal->head.size);
}

bool journal_read(struct journal *journal, uint64_t seq, struct buffer *out, struct error *err)
{
    struct statement *select;
    const uint8_t *bytes;
    size_t size;
    bool has_row, ok;

    if (seq >= journal->head.size) return tell_no_entry(journal, seq, err);
    if (!store_statement(journal->store, "SELECT bytes FROM entry WHERE seq = $1", &select, err))
        return false;
    statement_bind_integer(select, 1, (int64_t)seq);
    if (!statement_step(select, &has_row, err)) return false;
    if (!has_row)
        return error_set(err, ERROR_VERIFY,
                         "entry %" PRIu64 " was taken out of the ledger; restore from a backup",
                         seq);
    bytes = statement_blob(select, 0, &size);
    ok = buffer_append(out, bytes, size, err);
    statement_reset(select);
    return ok;
}

bool journal_walk(struct journal *journal, uint64_t first, uint64_t end,
                  bool (*visit)(void *context, uint64_t seq, const uint8_t *bytes, size_t size,
                                struct error *err),
                  void *context, struct error *err)
{
    struct statement *select = NULL;
    uint64_t next = first;
    bool has_row = false;
    bool ok = false;

    if (end > journal->head.size) return tell_no_entry(journal, end - 1, err);
    /* A statement of its own: a visitor may walk as well. */
    if (!store_prepare(journal->store,
                       "SELECT seq, bytes FROM entry WHERE seq >= $1 AND seq < $2 ORDER BY seq",
                       &select, err))
        return false;
    statement_bind_integer(select, 1, (int64_t)first);
    statement_bind_integer(select, 2, (int64_t)end);
    for (; next < end; next++) {
        const uint8_t *bytes;
        size_t size;

        if (!statement_step(select, &has_row, err)) goto out;
        if (!has_row || statement_integer(select, 0) != (int64_t)next) {
            (void)error_set(err, ERROR_VERIFY,
                            "entry %" PRIu64 " was taken out of the ledger; restore from a backup",
                            next);
            goto out;
        }
        bytes = statement_blob(select, 1, &size);
        if (!visit(context, next, bytes, size, err)) goto out;
    }
    ok = true;
out:
    statement_free(select);
    return ok;
}

static bool add_to_bundle(void *context, uint64_t seq, const uint8_t *bytes, size_t size,
                          struct error *err)
{
    struct buffer *out = context;

    (void)seq;
    assert(size <= ENTRY_SIZE_BYTES_MAX);
    return buffer_append_byte(out, (uint8_t)(size >> 8), err) &&
           buffer_append_byte(out, (uint8_t)(size & 0xff), err) &&
           buffer_append(out, bytes, size, err);
}

bool journal_read_bundle(struct journal *journal, uint64_t index, unsigned width,
                         struct buffer *out, struct error *err)
{
    uint64_t first = index * TILE_WIDTH;

    assert(width > 0 && width <= TILE_WIDTH);
    return journal_walk(journal, first, first + width, add_to_bundle, out, err);
}
