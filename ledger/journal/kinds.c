/*
 * kinds.c - clock.confirm, publication.make, import.file: acts of one person about the ledger
 * itself.
 */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ledger/journal/internal.h"

#define CODE_TEXT_SIZE   65
#define PERIOD_TEXT_SIZE 8 /* "2021-Q3" */

/* ---- clock.confirm --------------------------------------------------------------------------- */

/* When it must stand and how far it may reach is check_time()'s in append.c. */
static bool apply_confirm(struct journal *journal, const struct entry_view *entry,
                          struct error *err)
{
    return journal_require_role(journal, entry->actor, ROLE_ADMIN, journal->division, err);
}

static bool describe_confirm(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    char reason[TEXT_SIZE_BYTES_MAX + 1];

    return json_get_string(entry->document, entry->body, "reason", reason, sizeof reason, err) &&
           buffer_append_format(out, err, "confirms the clock after a long gap: %s", reason);
}

static const struct entry_member confirm_members[] = {
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "reason", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct entry_kind confirm_kind = {
    .name = "clock.confirm",
    .members = confirm_members,
    .apply = apply_confirm,
    .describe = describe_confirm,
};

/* ---- publication.make ------------------------------------------------------------------------ */

/* "2021", "2021-Q3" or "2021-09". */
static bool check_period(const char *text, struct error *err)
{
    struct error ignored = ERROR_INIT;
    char month_text[MONTH_TEXT_SIZE + 8];
    size_t size = strlen(text);
    int32_t month;

    if (size == 7 && text[5] == 'Q' && text[6] >= '1' && text[6] <= '4')
        (void)snprintf(month_text, sizeof month_text, "%.5s0%c", text, text[6]);
    else
        (void)snprintf(month_text, sizeof month_text, size == 4 ? "%.4s-01" : "%.7s", text);
    if ((size == 4 || size == 7) && month_parse(month_text, &month, &ignored)) return true;
    return error_set(err, ERROR_INPUT,
                     "\"%s\" is no period; write a year 2021, a quarter 2021-Q3 or a month 2021-09",
                     text);
}

/* Copy and check the string at a node: the period itself or one of those corrected. */
static bool read_period(const struct entry_view *entry, uint32_t node,
                        char period[PERIOD_TEXT_SIZE], struct error *err)
{
    const uint8_t *text;
    size_t size;

    text = json_string_value(entry->document, node, &size);
    if (size >= PERIOD_TEXT_SIZE)
        return error_set(err, ERROR_INPUT, "a period has at most 7 characters");
    memcpy(period, text, size);
    period[size] = '\0';
    return check_period(period, err);
}

static bool validate_publication(const struct entry_view *entry, struct error *err)
{
    char period[PERIOD_TEXT_SIZE], before[PERIOD_TEXT_SIZE] = "";
    uint32_t corrects = json_member(entry->document, entry->body, "corrects");

    if (!read_period(entry, json_member(entry->document, entry->body, "period"), period, err))
        return false;
    for (uint32_t node = json_first(entry->document, corrects); node != JSON_NONE;
         node = json_next(entry->document, node)) {
        if (!read_period(entry, node, period, err)) return false;
        if (strcmp(before, period) >= 0)
            return error_set(err, ERROR_INPUT, "the periods of corrects are not in order");
        memcpy(before, period, sizeof before);
    }
    return true;
}

static bool was_published(struct journal *journal, const char *period, bool *out, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal->store, "SELECT 1 FROM publication WHERE period = $1 LIMIT 1",
                         &select, err))
        return false;
    statement_bind_text(select, 1, period);
    if (!statement_step(select, &has_row, err)) return false;
    statement_reset(select);
    *out = has_row;
    return true;
}

/* Corrected is what was published before, and what is published again is corrected. */
static bool check_corrects(struct journal *journal, const struct entry_view *entry,
                           const char *period, struct error *err)
{
    uint32_t corrects = json_member(entry->document, entry->body, "corrects");
    char corrected[PERIOD_TEXT_SIZE];
    bool found, is_named = false;

    for (uint32_t node = json_first(entry->document, corrects); node != JSON_NONE;
         node = json_next(entry->document, node)) {
        if (!read_period(entry, node, corrected, err) ||
            !was_published(journal, corrected, &found, err))
            return false;
        if (!found)
            return error_set(err, ERROR_STATE, "%s was never published, so nothing corrects it",
                             corrected);
        is_named = is_named || strcmp(corrected, period) == 0;
    }
    if (!was_published(journal, period, &found, err)) return false;
    return !found || is_named ||
           error_set(err, ERROR_STATE,
                     "%s was published before; name it among the periods that are corrected",
                     period);
}

static bool apply_publication(struct journal *journal, const struct entry_view *entry,
                              struct error *err)
{
    char period[PERIOD_TEXT_SIZE], hex[HASH_HEX_SIZE];
    struct statement *insert;
    hash_t root;

    if (!journal_require_role(journal, entry->actor, ROLE_PUBLISHER, journal->division, err) ||
        !json_get_string(entry->document, entry->body, "period", period, sizeof period, err) ||
        !json_get_string(entry->document, entry->body, "documents_root", hex, sizeof hex, err) ||
        !hash_from_hex(hex, &root, err) || !check_corrects(journal, entry, period, err))
        return false;
    if (!store_statement(journal->store,
                         "INSERT INTO publication (seq, period, documents_root) "
                         "VALUES ($1, $2, $3)",
                         &insert, err))
        return false;
    statement_bind_integer(insert, 1, (int64_t)entry->seq);
    statement_bind_text(insert, 2, period);
    statement_bind_blob(insert, 3, root.bytes, HASH_SIZE);
    return statement_run(insert, err);
}

static bool describe_publication(const struct entry_view *entry, struct buffer *out,
                                 struct error *err)
{
    char period[PERIOD_TEXT_SIZE];

    return json_get_string(entry->document, entry->body, "period", period, sizeof period, err) &&
           buffer_append_format(out, err, "publishes %s", period);
}

// clang-format off
static const struct entry_member publication_members[] = {
    {.name = "corrects", .type = MEMBER_ARRAY, .mark = MEMBER_PUBLIC, .element = MEMBER_CODE},
    {.name = "documents_root", .type = MEMBER_HASH, .mark = MEMBER_PUBLIC},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "period", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};
// clang-format on

const struct entry_kind publication_kind = {
    .name = "publication.make",
    .members = publication_members,
    .validate = validate_publication,
    .apply = apply_publication,
    .describe = describe_publication,
};

/* ---- import.file ----------------------------------------------------------------------------- */

struct imported_file {
    char reference[CODE_TEXT_SIZE];
    char what[CODE_TEXT_SIZE];
    int64_t rows;
    hash_t content;
};

static bool read_content(struct journal *journal, const struct entry_view *entry,
                         const char *reference, hash_t *out, struct error *err)
{
    char hex[HASH_HEX_SIZE];
    const uint8_t *text;
    uint32_t value;
    size_t size;

    *out = HASH_ZERO;
    if (journal_member_is_gone(entry, "content")) return true;
    if (!journal_open_member(journal, entry, "content", reference, journal->plain_document, &value,
                             err))
        return false;
    if (json_type(journal->plain_document, value) != JSON_STRING)
        return error_set(err, ERROR_INPUT, "the sealed content is the SHA-256 of the file");
    text = json_string_value(journal->plain_document, value, &size);
    if (size >= sizeof hex)
        return error_set(err, ERROR_INPUT, "the sealed content is the SHA-256 of the file");
    memcpy(hex, text, size);
    hex[size] = '\0';
    return hash_from_hex(hex, out, err);
}

static bool read_import(struct journal *journal, const struct entry_view *entry,
                        struct imported_file *out, struct error *err)
{
    const struct json_document *document = entry->document;

    return json_get_string(document, entry->body, "reference", out->reference,
                           sizeof out->reference, err) &&
           json_get_string(document, entry->body, "what", out->what, sizeof out->what, err) &&
           json_get_integer(document, entry->body, "rows", &out->rows, err) &&
           read_content(journal, entry, out->reference, &out->content, err);
}

static bool apply_import(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct imported_file file;
    struct reference reference;
    struct statement *insert;

    if (!journal_require_role(journal, entry->actor, ROLE_MAKER, "", err) ||
        !read_import(journal, entry, &file, err))
        return false;
    reference = (struct reference){file.reference, "file", file.content};
    if (!journal_reference_take(journal, &reference, entry->seq, err)) return false;
    if (!store_statement(journal->store,
                         "INSERT INTO imported_file (seq, reference, what, row_count, content) "
                         "VALUES ($1, $2, $3, $4, $5)",
                         &insert, err))
        return false;
    statement_bind_integer(insert, 1, (int64_t)entry->seq);
    statement_bind_text(insert, 2, file.reference);
    statement_bind_text(insert, 3, file.what);
    statement_bind_integer(insert, 4, file.rows);
    statement_bind_blob(insert, 5, file.content.bytes, HASH_SIZE);
    return statement_run(insert, err);
}

static bool describe_import(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    char what[CODE_TEXT_SIZE], reference[CODE_TEXT_SIZE];
    int64_t rows;

    return json_get_string(entry->document, entry->body, "what", what, sizeof what, err) &&
           json_get_string(entry->document, entry->body, "reference", reference, sizeof reference,
                           err) &&
           json_get_integer(entry->document, entry->body, "rows", &rows, err) &&
           buffer_append_format(out, err, "imports %" PRId64 " rows of %s, reference %s", rows,
                                what, reference);
}

static const struct entry_member import_members[] = {
    {.name = "content", .type = MEMBER_HASH, .mark = MEMBER_SEALED, .may_be_gone = true},
    {.name = "lines_root", .type = MEMBER_HASH, .mark = MEMBER_PUBLIC},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "reference", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "rows", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "what", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

const struct entry_kind import_kind = {
    .name = "import.file",
    .members = import_members,
    .apply = apply_import,
    .describe = describe_import,
};
