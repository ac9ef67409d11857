/*
 * register.c - a file's rows for the register, under one signature.
 *
 * 1. Rows stand just before the import.file that covers them; the journal computes their root.
 * 2. The same file again changes nothing: its reference and content are asked for before any row.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ledger/funds/internal.h"

#define REFERENCE_LETTERS 16 /* of four random bits each */

struct register_batch {
    struct journal *journal;
    struct signatory by;
    char what[CODE_SIZE];
    char reference[CODE_SIZE];
    hash_t content;
    bool is_repeat;
    struct buffer body; /* used again for each row */
};

/* The file's own reference; without one that under which it came before, or a random one. It tells
   nothing of the content, which is sealed, and is of letters: digits could read as a telephone. */
static bool choose_reference(struct journal *journal, const char *given, const hash_t *content,
                             char out[CODE_SIZE], struct error *err)
{
    static const char prefix[] = "file-";
    uint8_t random[REFERENCE_LETTERS];
    size_t size = sizeof prefix - 1;

    static_assert(CODE_SIZE == REFERENCE_SIZE, "a reference is a code");
    if (given != NULL) {
        if (!text_check_code(given, "reference", err)) return false;
        text_fill(out, CODE_SIZE, given);
        return true;
    }
    if (!journal_file_reference(journal, content, out, err)) return false;
    if (out[0] != '\0') return true;
    if (!journal_random(journal, random, sizeof random, err)) return false;
    text_fill(out, CODE_SIZE, prefix);
    for (size_t i = 0; i < sizeof random; i++)
        out[size++] = (char)('a' + random[i] % 16);
    out[size] = '\0';
    return true;
}

bool register_begin(struct journal *journal, const struct signatory *by, const char *what,
                    const char *reference, const hash_t *content, struct register_batch **out,
                    bool *repeated, struct error *err)
{
    char chosen[CODE_SIZE];
    struct reference file = {chosen, REFERENCE_FILE, *content};
    struct register_batch *batch;
    bool is_repeat;
    uint64_t seq;

    if (!text_check_code(what, "import kind", err) ||
        !choose_reference(journal, reference, content, chosen, err) ||
        !journal_reference_check(journal, &file, &is_repeat, &seq, err))
        return false;
    batch = calloc(1, sizeof *batch);
    if (batch == NULL) return error_set(err, ERROR_MEMORY, "no memory for a file's rows");
    batch->journal = journal;
    batch->by = *by;
    text_fill(batch->what, sizeof batch->what, what);
    text_fill(batch->reference, sizeof batch->reference, chosen);
    batch->content = *content;
    batch->is_repeat = is_repeat;
    batch->body = (struct buffer)BUFFER_INIT(BODY_SIZE_BYTES_MAX);
    *out = batch;
    *repeated = is_repeat;
    return true;
}

void register_free(struct register_batch *batch)
{
    if (batch == NULL) return;
    buffer_done(&batch->body);
    free(batch);
}

static bool require_new(const struct register_batch *batch, struct error *err)
{
    return !batch->is_repeat ||
           error_set(err, ERROR_STATE,
                     "the file %s is in the ledger already; nothing is added again",
                     batch->reference);
}

static bool begin_row(struct register_batch *batch, struct json_writer *writer, struct error *err)
{
    if (!require_new(batch, err)) return false;
    buffer_reset(&batch->body);
    json_writer_init(writer, &batch->body);
    json_object_begin(writer);
    return true;
}

static bool append_row(struct register_batch *batch, const char *kind, struct json_writer *writer,
                       struct error *err)
{
    struct appended appended;

    json_object_end(writer);
    return json_writer_finish(writer, err) && journal_append(batch->journal, batch->by.user, kind,
                                                             &batch->body, NULL, 0, &appended, err);
}

bool register_add_row(struct register_batch *batch, const char *kind, const struct buffer *body,
                      struct error *err)
{
    return register_add_sealed_row(batch, kind, body, NULL, 0, err);
}

bool register_add_sealed_row(struct register_batch *batch, const char *kind,
                             const struct buffer *body, const struct sealed_value *sealed,
                             size_t sealed_count, struct error *err)
{
    struct appended appended;

    return require_new(batch, err) && journal_append(batch->journal, batch->by.user, kind, body,
                                                     sealed, sealed_count, &appended, err);
}

bool register_add_division(struct register_batch *batch, const struct division *division,
                           struct error *err)
{
    struct json_writer writer;

    if (!begin_row(batch, &writer, err)) return false;
    json_member_string(&writer, "code", division->code);
    json_member_string(&writer, "name", division->name);
    json_member_string(&writer, "parent", division->parent);
    json_member_boolean(&writer, "provisional", division->provisional);
    json_member_date(&writer, "valid_from", true, division->valid_from);
    return append_row(batch, "division.add", &writer, err);
}

bool register_add_fund(struct register_batch *batch, const struct fund *fund, struct error *err)
{
    struct json_writer writer;

    if (!begin_row(batch, &writer, err)) return false;
    json_member_integer(&writer, "amount", fund->amount.fen);
    json_name(&writer, "books");
    json_array_begin(&writer);
    for (int i = BOOK_CONSTRUCTION; i < BOOK_COUNT; i++) /* their names are in this order too */
        if (fund->books[i]) json_string(&writer, book_name((enum book)i));
    json_array_end(&writer);
    json_member_string(&writer, "document", fund->document);
    json_member_date(&writer, "expiry", fund->has_expiry, fund->expiry);
    json_member_string(&writer, "fund", fund->code);
    json_member_string(&writer, "level", fund->level);
    json_member_string(&writer, "name", fund->name);
    json_member_integer(&writer, "year", fund->year);
    return append_row(batch, "fund.add", &writer, err);
}

static void write_plan(struct json_writer *writer, const struct project *project)
{
    json_name(writer, "plan");
    json_array_begin(writer);
    for (size_t i = 0; i < project->plan_count; i++) {
        json_object_begin(writer);
        json_member_integer(writer, "amount", project->plan[i].amount.fen);
        json_member_string(writer, "fund", project->plan[i].fund);
        json_member_integer(writer, "line", project->plan[i].line);
        json_member_string(writer, "source", project->plan[i].source);
        json_object_end(writer);
    }
    json_array_end(writer);
}

bool register_add_project(struct register_batch *batch, const struct project *project,
                          struct error *err)
{
    struct json_writer writer;

    if (project->plan_count > PLAN_LINES_MAX)
        return error_set(err, ERROR_LIMIT, "a financing plan has 1 to %d lines, not %zu",
                         PLAN_LINES_MAX, project->plan_count);
    if (!begin_row(batch, &writer, err)) return false;
    json_member_integer(&writer, "beneficiaries", project->beneficiaries);
    json_member_string(&writer, "book", book_name(project->book));
    json_member_string(&writer, "category", project->category);
    json_member_string(&writer, "division", project->division);
    json_member_date(&writer, "end", project->has_end, project->end);
    json_member_string(&writer, "mechanism", project->mechanism);
    json_member_string(&writer, "name", project->name);
    json_member_string(&writer, "nature", project->nature);
    json_member_string(&writer, "office_phone", project->office_phone);
    json_member_string(&writer, "participation", project->participation);
    write_plan(&writer, project);
    json_member_string(&writer, "project", project->code);
    json_member_date(&writer, "start", project->has_start, project->start);
    json_member_string(&writer, "target", project->target);
    json_member_string(&writer, "task", project->task);
    json_member_string(&writer, "unit", project->unit);
    return append_row(batch, "project.add", &writer, err);
}

bool register_add_contract(struct register_batch *batch, const struct contract *contract,
                           struct error *err)
{
    struct json_writer writer;

    if (!begin_row(batch, &writer, err)) return false;
    json_member_string(&writer, "contract", contract->code);
    json_name(&writer, "contractor");
    json_object_begin(&writer);
    json_member_string(&writer, "name", contract->contractor);
    json_member_string(&writer, "uscc", contract->uscc);
    json_object_end(&writer);
    json_member_date(&writer, "end", contract->has_end, contract->end);
    json_member_integer(&writer, "price", contract->price.fen);
    json_member_string(&writer, "project", contract->project);
    json_member_integer(&writer, "retention_bp", contract->retention_bp);
    json_member_date(&writer, "signed_on", true, contract->signed_on);
    json_member_date(&writer, "start", contract->has_start, contract->start);
    return append_row(batch, "contract.add", &writer, err);
}

/* ---- The signed entry behind the rows -------------------------------------------------------- */

static bool write_import(struct register_batch *batch, uint64_t rows, const struct buffer *content,
                         struct error *err)
{
    struct json_writer writer;
    struct covered_rows covered;
    char hex[HASH_HEX_SIZE];

    journal_covered_rows(batch->journal, &covered);
    buffer_reset(&batch->body);
    json_writer_init(&writer, &batch->body);
    json_object_begin(&writer);
    json_name(&writer, "content");
    json_raw(&writer, content->data, content->size);
    json_member_string(&writer, "lines_root", hash_to_hex(&covered.root, hex));
    json_member_string(&writer, "reference", batch->reference);
    json_member_integer(&writer, "rows", (int64_t)rows);
    json_member_string(&writer, "what", batch->what);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

bool register_finish(struct register_batch *batch, uint64_t rows, struct error *err)
{
    struct buffer value = BUFFER_INIT(128), plain = BUFFER_INIT(1024), member = BUFFER_INIT(256);
    struct sealed_value sealed;
    struct appended appended;
    char hex[HASH_HEX_SIZE];
    bool ok = false;

    if (!buffer_append_format(&value, err, "\"%s\"", hash_to_hex(&batch->content, hex)) ||
        !journal_seal(batch->journal, "import.file/content", batch->reference, &value, &plain,
                      &member, &sealed, err) ||
        !write_import(batch, rows, &member, err))
        goto out;
    ok = journal_append_act(batch->journal, &batch->by, "import.file", &batch->body, &sealed, 1,
                            &appended, err);
out:
    buffer_done(&value);
    buffer_done(&plain);
    buffer_done(&member);
    if (ok) register_free(batch);
    return ok;
}
