/*
 * journal.c - making, opening and closing a journal; its head.
 */
#include "ledger/journal/journal.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/journal/internal.h"

#define SCRATCH_SIZE_BYTES_MAX (2 * (size_t)ENTRY_SIZE_BYTES_MAX)
#define TABLES_MAX             128

static void journal_free(struct journal *journal)
{
    if (journal == NULL) return;
    buffer_done(&journal->bytes);
    buffer_done(&journal->scratch);
    json_document_free(journal->document);
    json_document_free(journal->plain_document);
    json_document_free(journal->act_document);
    free(journal);
}

static struct journal *journal_new(struct store *store, const struct journal_options *options,
                                   struct error *err)
{
    struct journal *journal = calloc(1, sizeof *journal);
    bool ok = false;

    if (journal == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory to open a ledger; close other programs");
        goto out;
    }
    journal->store = store;
    journal->clock = options->clock;
    journal->random = options->random;
    journal->bytes = (struct buffer)BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    journal->scratch = (struct buffer)BUFFER_INIT(SCRATCH_SIZE_BYTES_MAX);
    rows_reset(&journal->rows);
    hash_to_hex(&journal->head.hash, journal->head.hex);
    journal->document = json_document_new(err);
    if (journal->document == NULL) goto out;
    journal->plain_document = json_document_new(err);
    if (journal->plain_document == NULL) goto out;
    journal->act_document = json_document_new(err);
    if (journal->act_document == NULL) goto out;
    ok = journal_register_modules(journal, options->modules, err);
out:
    if (ok) return journal;
    journal_free(journal);
    return NULL;
}

/* All tables of all modules, in their order; of a source only those that endure. */
static size_t list_tables(const struct journal *journal,
                          const struct store_table *tables[TABLES_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i < journal->module_count; i++)
        for (size_t j = 0; j < journal->modules[i]->table_count; j++) {
            if (journal->is_source && journal->modules[i]->tables[j]->kind == STORE_DERIVED)
                continue;
            assert(count < TABLES_MAX);
            tables[count++] = journal->modules[i]->tables[j];
        }
    return count;
}

/* ---- The head -------------------------------------------------------------------------------- */

void journal_set_head(struct journal *journal, const struct entry_view *entry)
{
    journal->head.size = entry->seq + 1;
    journal->head.hash = entry->hash;
    journal->head.time = entry->time;
    hash_to_hex(&entry->hash, journal->head.hex);
}

static bool load_identity(struct journal *journal, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal->store, "SELECT origin, division FROM ledger", &select, err))
        return false;
    if (!statement_step(select, &has_row, err)) return false;
    if (!has_row)
        return error_set(err, ERROR_STORE,
                         "the ledger has entries but no name; its tables were changed: replay it");
    (void)snprintf(journal->origin, sizeof journal->origin, "%s", statement_text(select, 0));
    (void)snprintf(journal->division, sizeof journal->division, "%s", statement_text(select, 1));
    statement_reset(select);
    return true;
}

static bool take_head(struct journal *journal, const struct statement *row, struct error *err)
{
    struct entry_view entry = {0};
    size_t hash_size, bytes_size;
    const uint8_t *hash = statement_blob(row, 1, &hash_size);
    const uint8_t *bytes = statement_blob(row, 2, &bytes_size);
    uint64_t seq = (uint64_t)statement_integer(row, 0);
    char prev[HASH_HEX_SIZE];

    if (journal->head.size == seq + 1 && hash_size == HASH_SIZE &&
        memcmp(hash, journal->head.hash.bytes, HASH_SIZE) == 0)
        return true;
    if (!entry_parse(journal->document, bytes, bytes_size, &entry, prev, err))
        return error_at(err, "entry %" PRIu64, seq);
    if (hash_size != HASH_SIZE || memcmp(hash, entry.hash.bytes, HASH_SIZE) != 0 ||
        entry.seq != seq)
        return error_set(err, ERROR_VERIFY,
                         "the bytes of the last entry, %" PRIu64
                         ", don't give its hash: the ledger "
                         "was changed; verify it and restore from a backup",
                         seq);
    journal_set_head(journal, &entry);
    journal->tree.is_loaded = false;
    return true;
}

bool journal_load_head(struct journal *journal, struct error *err)
{
    struct statement *select;
    bool has_row, ok;

    if (!store_statement(journal->store,
                         "SELECT seq, hash, bytes FROM entry ORDER BY seq DESC LIMIT 1", &select,
                         err))
        return false;
    if (!statement_step(select, &has_row, err)) return false;
    if (!has_row) {
        if (journal->head.size == 0) return true;
        return error_set(err, ERROR_VERIFY, "the ledger's entries are gone; restore from a backup");
    }
    ok = take_head(journal, select, err);
    statement_reset(select);
    if (!ok) return false;
    return journal->is_source || journal->origin[0] != '\0' || load_identity(journal, err);
}

bool journal_refresh(struct journal *journal, struct error *err)
{
    assert(journal->phase == JOURNAL_IDLE);
    return journal_load_head(journal, err);
}

/* ---- Opening --------------------------------------------------------------------------------- */

/* On failure the store stays the caller's. */
static bool open_with(struct journal *journal, struct journal **out, struct error *err)
{
    if (!journal_load_head(journal, err) ||
        (!journal->is_source && !journal_open_modules(journal, err))) {
        journal_close_modules(journal);
        journal_free(journal);
        return false;
    }
    *out = journal;
    return true;
}

bool journal_create(struct store *store, const struct journal_options *options,
                    struct journal **out, struct error *err)
{
    const struct store_table *tables[TABLES_MAX];
    struct journal *journal = journal_new(store, options, err);

    if (journal == NULL) return false;
    if (!store_create_tables(store, tables, list_tables(journal, tables), err)) {
        journal_free(journal);
        return false;
    }
    return open_with(journal, out, err);
}

static bool open_existing(struct store *store, const struct journal_options *options,
                          bool is_source, struct journal **out, struct error *err)
{
    const struct store_table *tables[TABLES_MAX];
    struct journal *journal = journal_new(store, options, err);

    if (journal == NULL) return false;
    journal->is_source = is_source;
    if (!store_use_tables(store, tables, list_tables(journal, tables), err)) {
        journal_free(journal);
        return false;
    }
    return open_with(journal, out, err);
}

bool journal_open(struct store *store, const struct journal_options *options, struct journal **out,
                  struct error *err)
{
    int64_t version;

    if (!store_schema_version(store, &version, err)) return false;
    if (version < STORE_SCHEMA_VERSION)
        return error_set(err, ERROR_STORE,
                         "the ledger was written by an older version of this program (schema %lld, "
                         "here %d); move it away and make it again from its own entries "
                         "(mingzhang restore): docs/upkeep.md",
                         (long long)version, STORE_SCHEMA_VERSION);
    return open_existing(store, options, false, out, err);
}

bool journal_open_source(struct store *store, const struct journal_options *options,
                         struct journal **out, struct error *err)
{
    return open_existing(store, options, true, out, err);
}

void journal_close(struct journal *journal)
{
    if (journal == NULL) return;
    journal_rollback(journal);
    journal_close_modules(journal);
    store_close(journal->store);
    journal_free(journal);
}

struct store *journal_store(struct journal *journal)
{
    return journal->store;
}

const char *journal_origin(const struct journal *journal)
{
    return journal->origin;
}

const char *journal_root_division(const struct journal *journal)
{
    return journal->division;
}

uint64_t journal_size(const struct journal *journal)
{
    return journal->head.size;
}
