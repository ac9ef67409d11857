/*
 * import.c - a file from its first byte to the signed import.file entry.
 *
 * The file is hashed first, so that a repeat is known before a row is read. Then its layout is
 * found and told. Then each row is checked and, while all rows so far were good, appended within
 * the caller's transaction. After the first fault the rest is only checked, and the caller rolls
 * back.
 */
#include "importers/importers.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "importers/aid.h"
#include "importers/assets.h"
#include "importers/custody.h"
#include "importers/disclosures.h"
#include "importers/import.h"
#include "importers/incomes.h"
#include "importers/keeping.h"
#include "importers/reading.h"
#include "importers/template.h"

#define PROGRESS_ROWS 8192
#define PART_SIZE     1024 /* of a file's hash, a row and a sheet's name */

struct import_kind {
    const char *name;
    const struct column_set *columns;
    void (*row)(struct import *import);
    void (*end)(struct import *import); /* NULL: rows stand alone */
    const struct record_sheet *sheet;   /* of ledger/records; NULL */
};

#define AS_KIND(name, list, key, kind)                                                             \
    {name, &list##_sheet.set, import_record_row, import_record_end, &list##_sheet},
#define AS_NAME(name, list, key, kind) name,

// clang-format off
static const struct import_kind kinds[] = {
    {"divisions", &divisions_columns, import_division_row, NULL, NULL},
    {"funds", &funds_columns, import_fund_row, NULL, NULL},
    {"projects", &projects_columns, import_project_row, import_project_end, NULL},
    {"contracts", &contracts_columns, import_contract_row, NULL, NULL},
    {"allocations", &allocations_columns, import_allocation_row, import_voucher_end, NULL},
    {"payments", &payments_columns, import_payment_row, import_voucher_end, NULL},
    DISCLOSURE_SHEETS(AS_KIND)
    AID_SHEETS(AS_KIND)
    {"assets", &assets_sheet.set, import_asset_row, NULL, &assets_sheet},
    {"household-assets", &households_sheet.set, import_household_row, import_household_end,
     &households_sheet},
    ASSET_SHEETS(AS_KIND)
    KEEPING_SHEETS(AS_KIND)
    INCOME_SHEETS(AS_KIND)
    CUSTODY_SHEETS(AS_KIND)
};

static const char *const kind_names[] = {
    "divisions", "funds", "projects", "contracts", "allocations", "payments",
    DISCLOSURE_SHEETS(AS_NAME) AID_SHEETS(AS_NAME)
    "assets", "household-assets", ASSET_SHEETS(AS_NAME) KEEPING_SHEETS(AS_NAME)
    INCOME_SHEETS(AS_NAME) CUSTODY_SHEETS(AS_NAME) NULL};
static_assert(ARRAY_COUNT(kind_names) == ARRAY_COUNT(kinds) + 1, "each kind is named");
// clang-format on

static bool kind_find(const char *name, const struct import_kind **out, struct error *err)
{
    size_t i;

    for (i = 0; i < ARRAY_COUNT(kinds); i++) {
        if (strcmp(kinds[i].name, name) != 0) continue;
        *out = &kinds[i];
        return true;
    }
    return error_set(err, ERROR_USAGE,
                     "\"%s\" is no kind of file; `mingzhang import --help` names them", name);
}

const char *const *import_kinds(void)
{
    return kind_names;
}

bool import_template(const char *what, struct buffer *out, struct error *err)
{
    const struct import_kind *kind = NULL;

    return kind_find(what, &kind, err) && column_template(kind->columns, out, err);
}

bool import_template_book(const char *what, const char *path, struct error *err)
{
    const struct import_kind *kind = NULL;

    return kind_find(what, &kind, err) && template_write(kind->columns, kind->sheet, path, err);
}

/* ---- Groups --------------------------------------------------------------------------------- */

static const char *group_cell(const struct group *group, size_t column)
{
    return (const char *)group->bytes.data + group->at[column];
}

void group_begin(struct import *import)
{
    struct group *group = &import->group;
    struct error fault = ERROR_INIT;
    size_t i;

    buffer_reset(&group->bytes);
    group->first_row = import->row.number;
    memset(group->told, 0, sizeof group->told);
    for (i = 0; i < COLUMNS_MAX; i++) {
        const char *cell = import->row.cells[i];

        group->at[i] = group->bytes.size;
        if (buffer_append(&group->bytes, (const uint8_t *)cell, strlen(cell) + 1, &fault)) continue;
        row_fault(&import->row, i, &fault);
        group->open = false;
        return;
    }
    group->open = true;
}

bool group_continues(struct import *import, size_t key)
{
    struct group *group = &import->group;
    struct row *row = &import->row;
    size_t i;

    if (!group->open || strcmp(row->cells[key], group_cell(group, key)) != 0) return false;
    for (i = 0; i < row->binding.shared_count; i++) {
        size_t column = row->binding.shared[i];
        struct error fault;

        if (cell_is_empty(row, column) || group->told[column]) continue;
        if (strcmp(row->cells[column], group_cell(group, column)) == 0) continue;
        fault = (struct error)ERROR_INIT;
        error_set(&fault, ERROR_INPUT,
                  "\"%s\" isn't what row %llu, the first with this %s, says; leave the cell empty "
                  "or make them equal",
                  row->cells[column], (unsigned long long)group->first_row,
                  row->binding.heading[key]);
        row_fault(row, column, &fault);
        group->told[column] = true;
    }
    return true;
}

/* ---- Rows ----------------------------------------------------------------------------------- */

/* Everything that one import needs while it runs. */
struct run {
    struct import *import;
    const struct import_kind *kind;
    struct sheet_file *file;
    struct reading reading;
    bool is_interrupted;
};

static bool stop_if_needed(struct row *row, struct error *err)
{
    if (row->fatal.code != ERROR_NONE) {
        *err = row->fatal;
        return false;
    }
    if (row->report->faults < IMPORT_MARKS_MAX) return true;
    error_set(err, ERROR_INPUT,
              "%d faults were found and the rest of the file was not looked at; nothing was "
              "written, correct them and import the file again",
              IMPORT_MARKS_MAX);
    return error_at(err, "%s", row->options->path);
}

/* Tell how far the file is read, and go on unless told to stop. */
static bool tell_progress(struct run *run, uint64_t bytes_done, struct error *err)
{
    const struct row *row = &run->import->row;

    run->is_interrupted = false;
    if (row->options->progress == NULL ||
        row->options->progress(row->options->context, row->report->rows, bytes_done,
                               sheet_file_size(run->file))) {
        return true;
    }
    run->is_interrupted = true;
    return error_set(err, ERROR_STATE, "interrupted; nothing was written");
}

static bool take_row(void *context, const struct sheet_row *source, struct error *err)
{
    struct run *run = context;
    struct row *row = &run->import->row;

    if (!reading_takes(&run->reading, row, source)) return stop_if_needed(row, err);
    if (!row_set(row, source)) return true;
    if (++row->report->rows > IMPORT_ROWS_MAX) {
        return error_set(err, ERROR_LIMIT, "the file has more than %d rows; split it",
                         IMPORT_ROWS_MAX);
    }
    reading_count(&run->reading, row, source);
    run->kind->row(run->import);
    if (row->report->rows % PROGRESS_ROWS == 0 && !tell_progress(run, source->bytes_done, err)) {
        return false;
    }
    return stop_if_needed(row, err);
}

static bool finish(struct run *run, struct error *err)
{
    struct import *import = run->import;
    struct import_report *report = import->row.report;

    if (run->kind->end != NULL) run->kind->end(import);
    reading_end(&run->reading, &import->row);
    if (!stop_if_needed(&import->row, err)) return false;
    if (report->faults > 0) {
        return error_set(err, ERROR_INPUT,
                         "%llu %s wrong; nothing was written, correct %s and import the file again",
                         (unsigned long long)report->faults,
                         report->faults == 1 ? _("cell or row is") : _("cells or rows are"),
                         report->faults == 1 ? _("it") : _("them"));
    }
    if (report->rows == 0) {
        return error_set(err, ERROR_INPUT, "the file has headings but no rows");
    }
    if (!register_finish(import->batch, report->rows, err)) return false;
    import->batch = NULL;
    return tell_progress(run, sheet_file_size(run->file), err);
}

/* An error from the reader carries at most its row; everything else already names the file. */
static bool name_file(const struct import_options *options, struct error *err)
{
    size_t size = strlen(options->path);

    if (strncmp(err->place, options->path, size) == 0) return false;
    return error_at(err, "%s", options->path);
}

/* Color what is wrong, so far as anything is; that it can't be done is told, not the fault. */
static void write_marked(struct run *run)
{
    struct row *row = &run->import->row;
    struct error failed = ERROR_INIT;

    row->report->rows_refused += marks_sort(&row->marks);
    if (row->marks.count == 0 || row->options->marked == NULL || run->is_interrupted) return;
    if (marked_write(row->options->marked, run->file, row->sheet, run->reading.layout.last_row,
                     &row->marks, &failed)) {
        row->report->is_marked = true;
    } else {
        row->note_count = 0;
        row_note(row, "no marked copy: %s: %s; --marked FILE writes it elsewhere", failed.place,
                 failed.message);
    }
}

static void import_free(struct import *import)
{
    if (import == NULL) return;
    voucher_draft_free(import->draft);
    register_free(import->batch);
    buffer_done(&import->group.bytes);
    buffer_done(&import->row.normal);
    buffer_done(&import->row.joined);
    marks_done(&import->row.marks);
    free(import->row.names);
    record_rows_free(import->record_rows);
    free(import->record);
    free(import->line_rows);
    free(import->seen);
    free(import);
}

static bool import_new(struct journal *journal, const struct import_options *options,
                       struct import_report *report, struct import **out, struct error *err)
{
    struct import *import = calloc(1, sizeof *import);

    if (import == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    import->row.journal = journal;
    import->row.options = options;
    import->row.report = report;
    import->row.today = instant_to_date_in(journal_time(import->row.journal), ZONE_CHINA_SECONDS);
    import->row.normal = (struct buffer)BUFFER_INIT(2 * IMPORT_CELL_BYTES_MAX);
    import->row.joined = (struct buffer)BUFFER_INIT(8 * IMPORT_CELL_BYTES_MAX);
    import->row.marks.texts = (struct buffer)BUFFER_INIT(MARKS_BYTES_MAX);
    import->group.bytes = (struct buffer)BUFFER_INIT(SHEET_ROW_BYTES_MAX);
    import->row.names = calloc(NAME_CACHE_SLOTS, sizeof *import->row.names);
    import->line_rows = calloc(VOUCHER_LINES_MAX, sizeof *import->line_rows);
    import->seen = calloc(SEEN_SLOTS, sizeof *import->seen);
    if (import->row.names == NULL || import->line_rows == NULL || import->seen == NULL) {
        import_free(import);
        return error_set(err, ERROR_MEMORY, "memory ran out");
    }
    if (!divisions_have_changed(import->row.journal, &import->row.divisions_changed, err)) {
        import_free(import);
        return false;
    }
    *out = import;
    return true;
}

/* Find the layout, tell it, and read every row through it. */
static bool read_rows(struct run *run, struct error *err)
{
    struct row *row = &run->import->row;

    if (!reading_begin(&run->reading, run->file, run->kind->columns, row, err)) return false;
    return sheet_file_read(run->file, row->sheet, take_row, run, err) && finish(run, err);
}

/*
 * What is taken in: the file, or the part of it that was chosen, so that each sheet and table of a
 * book can be imported by itself, each once.
 */
static bool content_hash(const struct sheet_file *file, const struct import_options *options,
                         hash_t *out, struct error *err)
{
    char part[PART_SIZE];
    const char *name = "";
    size_t sheet = 0;
    size_t size;

    *out = *sheet_file_hash(file);
    if (options->sheet == NULL && options->heading_row == 0) return true;
    if (options->sheet != NULL) {
        if (!layout_sheet(file, options->sheet, &sheet, err)) return false;
        name = sheet_file_sheet_name(file, sheet);
    }
    hash_to_hex(out, part);
    size = strlen(part);
    (void)snprintf(part + size, sizeof part - size, "\n%llu\n%s",
                   (unsigned long long)options->heading_row, name);
    *out = hash_sha256((const uint8_t *)part, strlen(part));
    return true;
}

static bool import_as(struct journal *journal, const struct import_kind *kind,
                      const struct import_options *options, struct import_report *report,
                      struct error *err)
{
    struct sheet_file *file = NULL;
    struct import *import = NULL;
    struct run run = {.kind = kind};
    hash_t content;
    bool ok = false;

    assert(options->path != NULL);
    *report = (struct import_report){0};
    if (!sheet_file_open(options->path, &file, err)) goto out;
    if (!content_hash(file, options, &content, err)) goto out;
    if (!import_new(journal, options, report, &import, err)) goto out;
    if (!register_begin(import->row.journal, &options->by, run.kind->name, options->reference,
                        &content, &import->batch, &report->repeated, err)) {
        goto out;
    }
    if (report->repeated) {
        ok = true;
        goto out;
    }
    import->sheet = run.kind->sheet;
    run.import = import;
    run.file = file;
    ok = read_rows(&run, err);
    if (!ok) write_marked(&run);
out:
    if (!ok) name_file(options, err);
    reading_done(&run.reading);
    import_free(import);
    sheet_file_close(file);
    return ok;
}

bool import_record_file(struct journal *journal, const struct record_sheet *sheet,
                        const struct import_options *options, struct import_report *report,
                        struct error *err)
{
    const struct import_kind kind = {sheet->set.kind, &sheet->set, import_record_row,
                                     import_record_end, sheet};

    return import_as(journal, &kind, options, report, err);
}

bool import_file(struct ledger *ledger, const struct import_options *options,
                 struct import_report *report, struct error *err)
{
    const struct import_kind *kind = NULL;

    *report = (struct import_report){0};
    return kind_find(options->what, &kind, err) &&
           import_as(ledger_journal(ledger), kind, options, report, err);
}

bool import_remember(const struct import_options *options, struct error *err)
{
    const struct import_kind *kind = NULL;
    struct sheet_file *file = NULL;
    bool ok = kind_find(options->what, &kind, err) && sheet_file_open(options->path, &file, err) &&
              reading_remember(file, kind->columns, options, err);

    sheet_file_close(file);
    return ok;
}
