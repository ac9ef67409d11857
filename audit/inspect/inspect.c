/*
 * inspect.c - replay into an empty ledger, compare table by table, open every seal.
 */
#include "audit/inspect/inspect.h"

#include <assert.h>
#include <string.h>

#include "base/json.h"
#include "exporters/exporters.h"

#define SEALED_TEXT_MAX 128 /* of a purpose or an origin */

/* ---- Replay --------------------------------------------------------------------------------- */

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
                         difference.column[0] != 0 ? ", column " : "", difference.column,
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
    ledger_close(replayed);
    return ok;
}

/* ---- Seals ---------------------------------------------------------------------------------- */

struct sealed_row {
    uint64_t seq;
    const char *member;
    const uint8_t *key;
    size_t key_size;
    const uint8_t *plain;
    size_t plain_size;
};

struct seals {
    struct journal *journal;
    struct json_document *entry, *plain;
    struct buffer bytes;
};

static bool seal_fails(const struct sealed_row *row, const char *why, struct error *err)
{
    return error_set(err, ERROR_VERIFY, "sealed value %s of entry %llu: %s", row->member,
                     (unsigned long long)row->seq, why);
}

/* The plain object must say for which ledger and which kind of entry it was sealed. */
static bool check_plain(struct seals *seals, const struct sealed_row *row, struct error *err)
{
    char kind[SEALED_TEXT_MAX], purpose[SEALED_TEXT_MAX], text[2 * SEALED_TEXT_MAX];
    char wanted[2 * SEALED_TEXT_MAX];

    if (!json_parse(seals->plain, row->plain, row->plain_size, JSON_CANONICAL, err)) return false;
    if (!json_get_string(seals->plain, 0, "origin", text, sizeof text, err)) return false;
    if (strcmp(text, journal_origin(seals->journal)) != 0) {
        return seal_fails(row, "it was sealed for another ledger", err);
    }
    if (!json_get_string(seals->entry, 0, "kind", kind, sizeof kind, err)) return false;
    if (!json_get_string(seals->plain, 0, "purpose", purpose, sizeof purpose, err)) return false;
    (void)snprintf(wanted, sizeof wanted, "%s/%s", kind, row->member);
    if (strcmp(purpose, wanted) != 0) {
        return seal_fails(row, "it was sealed for another purpose", err);
    }
    return true;
}

static bool check_seal(struct seals *seals, const struct sealed_row *row, struct error *err)
{
    char hex[HASH_HEX_SIZE], wanted[HASH_HEX_SIZE];
    uint32_t body, member;
    hash_t mac;

    if (row->key_size != SEALED_KEY_SIZE) return seal_fails(row, "its key isn't 32 bytes", err);
    buffer_reset(&seals->bytes);
    if (!journal_read(seals->journal, row->seq, &seals->bytes, err)) return false;
    if (!json_parse(seals->entry, seals->bytes.data, seals->bytes.size, JSON_CANONICAL, err) ||
        !json_get_node(seals->entry, 0, "body", JSON_OBJECT, &body, err)) {
        return false;
    }
    member = json_member(seals->entry, body, row->member);
    if (member == JSON_NONE || json_type(seals->entry, member) != JSON_OBJECT) {
        return seal_fails(row, "the entry has no such sealed member", err);
    }
    if (!json_get_string(seals->entry, member, "sealed", wanted, sizeof wanted, err)) return false;
    mac = hash_hmac_sha256(row->key, row->key_size, row->plain, row->plain_size);
    if (strcmp(hash_to_hex(&mac, hex), wanted) != 0) {
        return seal_fails(row, "it isn't what the entry commits to", err);
    }
    return check_plain(seals, row, err);
}

static bool check_rows(struct seals *seals, struct statement *statement, uint64_t *count_out,
                       struct error *err)
{
    uint64_t count = 0;
    bool has_row = false;

    for (;;) {
        struct sealed_row row;

        if (!statement_step(statement, &has_row, err)) return false;
        if (!has_row) break;
        row.seq = (uint64_t)statement_integer(statement, 0);
        row.member = statement_text(statement, 1);
        row.key = statement_blob(statement, 2, &row.key_size);
        row.plain = statement_blob(statement, 3, &row.plain_size);
        if (!check_seal(seals, &row, err)) return false;
        count++;
    }
    *count_out = count;
    return true;
}

static bool open_seals(struct journal *journal, uint64_t *count_out, struct error *err)
{
    struct seals seals = {journal, NULL, NULL, BUFFER_INIT(ENTRY_SIZE_BYTES_MAX)};
    struct statement *statement = NULL;
    bool ok = false;

    seals.entry = json_document_new(err);
    if (seals.entry == NULL) goto out;
    seals.plain = json_document_new(err);
    if (seals.plain == NULL) goto out;
    if (!store_statement(journal_store(journal),
                         "SELECT seq, member, key, plain FROM sealed ORDER BY seq, member",
                         &statement, err)) {
        goto out;
    }
    ok = check_rows(&seals, statement, count_out, err);
    statement_reset(statement);
out:
    json_document_free(seals.plain);
    json_document_free(seals.entry);
    buffer_done(&seals.bytes);
    return ok;
}

bool inspect_ledger(struct ledger *ledger, const struct ledger_options *ledger_options,
                    const struct inspect_options *options, struct inspect_report *out,
                    struct error *err)
{
    struct journal *journal = ledger_journal(ledger);
    struct inspect_report report = {.entries = journal_size(journal)};

    assert(options->scratch_directory != NULL);
    if (!open_seals(journal, &report.sealed, err)) return false;
    if (!replay(ledger, ledger_options, options, &report.tables, err)) return false;
    if (options->publication != NULL && !publication_rederive(ledger, options->publication, err)) {
        return false;
    }
    *out = report;
    return true;
}
