/*
 * inspect.c - replay into an empty ledger, compare table by table.
 */
#include "audit/inspect/inspect.h"

#include <assert.h>

#include "base/language.h"
#include "exporters/exporters.h"

static bool compare_tables(struct ledger *ledger, struct ledger *replayed, size_t *count_out,
                           struct error *err)
{
    const struct store_table *const *tables = ledger_derived_tables();
    struct store *left = journal_store(ledger_journal(ledger));
    struct store *right = journal_store(ledger_journal(replayed));
    struct store_table_difference difference;
    size_t i;

    for (i = 0; tables[i] != NULL; i++) {
        bool equal = false;

        if (!store_compare_table(left, right, tables[i], &equal, &difference, err)) return false;
        if (equal) continue;
        return error_set(err, ERROR_VERIFY,
                         "table %s, row %s%s%s: the ledger says \"%s\", its own entries say \"%s\"",
                         difference.table, difference.key,
                         difference.column[0] != 0 ? _(", column ") : "", difference.column,
                         difference.left, difference.right);
    }
    *count_out = i;
    return true;
}

static bool replay(struct ledger *ledger, const struct ledger_options *ledger_options,
                   const struct inspect_options *options, size_t *tables_out, struct error *err)
{
    struct ledger *replayed = NULL;
    bool ok = false;

    if (!ledger_open_scratch(options->scratch_directory, ledger_options, &replayed, err)) goto out;
    if (!journal_replay(ledger_journal(ledger), ledger_journal(replayed), options->progress,
                        options->context, err)) {
        goto out;
    }
    ok = compare_tables(ledger, replayed, tables_out, err);
out:
    /* That place may be full, and nobody chose it. */
    if (!ok && err->code == ERROR_STORE)
        (void)error_at(err, _("replaying in %s"), options->scratch_directory);
    ledger_close(replayed);
    return ok;
}

static bool inspect_publication(struct ledger *ledger, const char *publication,
                                struct publication_recheck *out, struct error *err)
{
    struct journal *journal = ledger_journal(ledger);
    struct division root;

    return division_find(journal, journal_root_division(journal), &root, err) &&
           publication_rederive(ledger, publication, err) &&
           publication_recheck(publication, root.name, out, err);
}

bool inspect_ledger(struct ledger *ledger, const struct ledger_options *ledger_options,
                    const struct inspect_options *options, struct inspect_report *out,
                    struct error *err)
{
    struct inspect_report report = {.entries = journal_size(ledger_journal(ledger))};

    assert(options->scratch_directory != NULL);
    if (!replay(ledger, ledger_options, options, &report.tables, err)) return false;
    if (options->publication != NULL &&
        !inspect_publication(ledger, options->publication, &report.published, err))
        return false;
    *out = report;
    return true;
}
