/*
 * ledger.c - one journal with all domain modules, at a place.
 *
 * 1. The list of modules is fixed here and nowhere else: live, in replay and in scratch.
 * 2. A genesis entry is tried in memory before anything is made, so that a refusal leaves nothing.
 */
#include "ledger/ledger.h"

#include <assert.h>
#include <stdlib.h>

#define DERIVED_TABLES_MAX 128

struct ledger {
    struct journal *journal; /* owns the store */
};

static const struct journal_module *const modules[] = {
    &journal_module, &funds_module,    &disclosure_module,
    &people_module,  &assets_module,   &keeping_module,
    &income_module,  &custody_module, &findings_module, NULL};

static struct journal_options journal_options_of(const struct ledger_options *options)
{
    struct journal_options out = {
        .modules = modules, .clock = options->clock, .random = options->random};

    return out;
}

/* journal_create(), journal_open() or journal_open_source() */
typedef bool open_journal(struct store *store, const struct journal_options *options,
                          struct journal **out, struct error *err);

/* Take a store, opened as `opener` does; on failure it is closed. */
static bool take_store(struct store *store, const struct ledger_options *options,
                       open_journal *opener, struct ledger **out, struct error *err)
{
    struct journal_options own = journal_options_of(options);
    struct ledger *ledger = calloc(1, sizeof *ledger);

    if (ledger == NULL) {
        store_close(store);
        return error_set(err, ERROR_MEMORY, "no memory to open the ledger");
    }
    if (!opener(store, &own, &ledger->journal, err)) {
        store_close(store);
        free(ledger);
        return false;
    }
    *out = ledger;
    return true;
}

static bool write_genesis(struct ledger *ledger, const struct genesis *genesis,
                          const uint8_t signatures[3][SIGN_SIGNATURE_SIZE], struct error *err)
{
    struct appended appended;

    if (!journal_begin(ledger->journal, err)) return false;
    if (!journal_append_genesis(ledger->journal, genesis, signatures, &appended, err)) {
        journal_rollback(ledger->journal);
        return false;
    }
    return journal_commit(ledger->journal, err);
}

/* Would this genesis be accepted? */
static bool try_genesis(const struct ledger_options *options, const struct genesis *genesis,
                        const uint8_t signatures[3][SIGN_SIGNATURE_SIZE], struct error *err)
{
    struct ledger *trial = NULL;
    struct store *store;
    bool ok;

    if (!store_open_memory(&store, err)) return false;
    ok = take_store(store, options, journal_create, &trial, err) &&
         write_genesis(trial, genesis, signatures, err);
    ledger_close(trial);
    return ok;
}

bool ledger_create(const char *location, const struct ledger_options *options,
                   const struct genesis *genesis, const uint8_t signatures[3][SIGN_SIGNATURE_SIZE],
                   struct ledger **out, struct error *err)
{
    struct ledger *ledger = NULL;
    struct store *store;

    if (!try_genesis(options, genesis, signatures, err)) return false;
    if (!store_open(location, STORE_CREATE, &store, err)) return false;
    if (!take_store(store, options, journal_create, &ledger, err)) return false;
    if (!write_genesis(ledger, genesis, signatures, err)) {
        ledger_close(ledger);
        return false;
    }
    *out = ledger;
    return true;
}

bool ledger_open(const char *location, const struct ledger_options *options, bool read_only,
                 struct ledger **out, struct error *err)
{
    struct store *store;

    if (!store_open(location, read_only ? STORE_READ : STORE_WRITE, &store, err)) return false;
    return take_store(store, options, journal_open, out, err);
}

bool ledger_open_scratch(const char *directory, const struct ledger_options *options,
                         struct ledger **out, struct error *err)
{
    struct store *store;

    if (!store_open_temporary(directory, &store, err)) return false;
    return take_store(store, options, journal_create, out, err);
}

bool ledger_create_empty(const char *location, const struct ledger_options *options,
                         struct ledger **out, struct error *err)
{
    struct store *store;

    if (!store_open(location, STORE_CREATE, &store, err)) return false;
    return take_store(store, options, journal_create, out, err);
}

bool ledger_open_source(const char *location, const struct ledger_options *options,
                        struct ledger **out, struct error *err)
{
    struct store *store;

    if (!store_open(location, STORE_READ, &store, err)) return false;
    return take_store(store, options, journal_open_source, out, err);
}

void ledger_close(struct ledger *ledger)
{
    if (ledger == NULL) return;
    journal_rollback(ledger->journal);
    journal_close(ledger->journal);
    free(ledger);
}

struct journal *ledger_journal(struct ledger *ledger)
{
    return ledger->journal;
}

const struct store_table *const *ledger_derived_tables(void)
{
    /* Filled with the same constants by every call: C can't gather the modules' tables beforehand.
     */
    static const struct store_table *tables[DERIVED_TABLES_MAX + 1];
    size_t count = 0;

    for (size_t i = 0; modules[i] != NULL; i++)
        for (size_t j = 0; j < modules[i]->table_count; j++) {
            if (modules[i]->tables[j]->kind != STORE_DERIVED) continue;
            assert(count < DERIVED_TABLES_MAX);
            tables[count++] = modules[i]->tables[j];
        }
    assert(tables[count] == NULL);
    return tables;
}

bool ledger_backup(struct ledger *ledger, const char *location, struct error *err)
{
    return store_backup(journal_store(ledger->journal), location, err);
}
