/*
 * reading.c - a sheet read through its layout.
 */
#include "importers/reading.h"

#include "base/language.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define REPORT_SIZE 16384

/* ---- What headings mean ---------------------------------------------------------------------- */

static bool add_said(const struct import_options *options, struct mapping *mapping,
                     struct error *err)
{
    const char *const *map;

    for (map = options->maps; map != NULL && *map != NULL; map++) {
        if (!mapping_add_pair(mapping, *map, err)) return false;
    }
    return true;
}

/*
 * Find the layout. Synonyms and what was said help to find it; what is remembered of it comes
 * between the two, so that what was said now wins.
 */
static bool find_layout(struct sheet_file *file, const struct column_set *set,
                        const struct import_options *options, struct mapping *mapping,
                        struct layout *layout, struct error *err)
{
    struct layout_options look = {set, mapping, options->layouts, options->sheet,
                                  options->heading_row};

    mapping->set = set;
    if (options->synonyms != NULL && !mapping_add_file(mapping, options->synonyms, err)) {
        return false;
    }
    if (!add_said(options, mapping, err) || !layout_find(file, &look, layout, err)) return false;
    if (!layout->is_remembered) return true;
    return layout_recall(options->layouts, layout->key, mapping, err) &&
           add_said(options, mapping, err);
}

bool reading_remember(struct sheet_file *file, const struct column_set *set,
                      const struct import_options *options, struct error *err)
{
    struct mapping mapping = {0};
    struct mapping said = {.set = set};
    struct layout layout = {0};
    bool ok = false;

    assert(options->layouts != NULL);
    if (!find_layout(file, set, options, &mapping, &layout, err)) goto out;
    if (layout.is_remembered && !layout_recall(options->layouts, layout.key, &said, err)) goto out;
    if (!add_said(options, &said, err)) goto out;
    ok = said.count == 0 || layout_remember(options->layouts, layout.key, &said, err);
out:
    layout_done(&layout);
    mapping_done(&mapping);
    mapping_done(&said);
    return ok;
}

/* ---- Values for all rows -------------------------------------------------------------------- */

static bool add_constant(struct reading *reading, struct row *row, const struct column_set *set,
                         const char *pair, struct error *err)
{
    const char *equals = strchr(pair, '=');
    char name[HEADING_SIZE];
    size_t column = COLUMNS_MAX;

    if (equals != NULL && (size_t)(equals - pair) < sizeof name &&
        text_is_utf8((const uint8_t *)pair, strlen(pair))) {
        memcpy(name, pair, (size_t)(equals - pair));
        name[equals - pair] = 0;
        column = column_find(set, name);
    }
    if (column == COLUMNS_MAX || equals[1] == 0) {
        return error_set(err, ERROR_USAGE,
                         "--set \"%.80s\" isn't COLUMN=VALUE with a column of %s, as in "
                         "--set '%s=…'",
                         pair, set->kind, row->binding.heading[0]);
    }
    free(reading->constants[column]);
    reading->constants[column] = calloc(1, strlen(equals + 1) + 1);
    if (reading->constants[column] == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    memcpy(reading->constants[column], equals + 1, strlen(equals + 1));
    row->binding.constant[column] = reading->constants[column];
    return true;
}

static bool add_constants(struct reading *reading, struct row *row, const struct column_set *set,
                          struct error *err)
{
    const char *const *pair;

    column_heading(&set->columns[0], row->binding.heading[0]);
    for (pair = row->options->constants; pair != NULL && *pair != NULL; pair++) {
        if (!add_constant(reading, row, set, *pair, err)) return false;
    }
    return true;
}

/* ---- Telling -------------------------------------------------------------------------------- */

static bool tell_place(const struct reading *reading, struct row *row, struct buffer *line,
                       struct error *err)
{
    const struct layout *layout = &reading->layout;
    unsigned long long first = layout->first_row, last = layout->last_row;

    buffer_reset(line);
    if (!buffer_append_text(line, sheet_file_description(row->file), err)) return false;
    if (sheet_file_format(row->file) != SHEET_CSV &&
        !buffer_append_format(line, err, _(", sheet \"%s\""),
                              sheet_file_sheet_name(row->file, row->sheet))) {
        return false;
    }
    if (!(first == last ? buffer_append_format(line, err, _("; headings in row %llu"), first)
                        : buffer_append_format(line, err, _("; headings in rows %llu and %llu"),
                                               first, last))) {
        return false;
    }
    if (layout->title_count > 0 &&
        !buffer_append_format(line, err,
                              layout->title_count == 1 ? _(", %zu row above left out")
                                                       : _(", %zu rows above left out"),
                              layout->title_count)) {
        return false;
    }
    if (layout->unit_row > 0 &&
        !buffer_append_format(line, err, _("; row %llu says %s"),
                              (unsigned long long)layout->unit_row,
                              layout->unit == MONEY_WAN_YUAN ? "万元" : "元")) {
        return false;
    }
    return !layout->is_remembered ||
           buffer_append_text(line, _("; these headings are remembered"), err);
}

/* "C 资金规模(万元) is 金额 in 10,000 yuan" */
static bool tell_column(const struct column_binding *binding, size_t cell,
                        const struct heading *heading, struct buffer *line, struct error *err)
{
    char shown[HEADING_SIZE], name[HEADING_SIZE], letters[SHEET_COLUMN_TEXT_SIZE];
    size_t column = binding->column_of[cell];

    heading_show(heading, shown);
    if (shown[0] == 0) return true;
    if (!buffer_append_format(line, err, "%s%s %s", line->size > 0 ? "; " : "",
                              sheet_column_text(cell, letters), shown)) {
        return false;
    }
    if (heading->is_hidden && !buffer_append_text(line, _(", hidden in the spreadsheet,"), err))
        return false;
    if (column == COLUMNS_MAX) return buffer_append_text(line, _(" left out"), err);
    column_heading(&binding->set->columns[column], name);
    if (strcmp(name, shown) != 0 && !buffer_append_format(line, err, _(" is %s"), name))
        return false;
    if (!(binding->set->columns[column].flags & COLUMN_MONEY)) return true;
    return buffer_append_text(
        line, binding->unit[column] == MONEY_WAN_YUAN ? _(" in 10,000 yuan") : _(" in yuan"), err);
}

static bool tell_columns(const struct reading *reading, const struct row *row, struct buffer *line,
                         struct error *err)
{
    const struct column_binding *binding = &row->binding;
    const char *before = _("; for all rows:");
    size_t i;

    buffer_reset(line);
    for (i = 0; i < binding->cell_count; i++) {
        if (!tell_column(binding, i, &reading->layout.headings[i], line, err)) return false;
    }
    for (i = 0; i < binding->set->count; i++) {
        if (binding->constant[i] == NULL) continue;
        if (!buffer_append_format(line, err, "%s %s %s", before, binding->heading[i],
                                  binding->constant[i])) {
            return false;
        }
        before = ",";
    }
    return true;
}

static bool tell_layout(const struct reading *reading, struct row *row, struct error *err)
{
    struct buffer line = BUFFER_INIT(REPORT_SIZE);
    const char *note;
    bool ok = false;
    size_t i;

    if (row->options->note == NULL) return true;
    if (!tell_place(reading, row, &line, err)) goto out;
    row->options->note(row->options->context, buffer_text(&line));
    for (i = 0; (note = sheet_file_note(row->file, i)) != NULL; i++)
        row->options->note(row->options->context, note);
    if (!tell_columns(reading, row, &line, err)) goto out;
    row->options->note(row->options->context, buffer_text(&line));
    ok = true;
out:
    buffer_done(&line);
    return ok;
}

/* ---- Beginning ------------------------------------------------------------------------------ */

static void report_heading(void *context, size_t cell, const struct error *fault)
{
    struct row *row = context;
    struct error told = *fault;

    row->heading_cell = cell;
    row_fault(row, COLUMNS_MAX, &told);
    row->heading_cell = SHEET_NO_COLUMN;
}

/*
 * Amounts are in yuan where nothing tells a unit. But where a title or the sheet's name speaks of
 * 万元, whoever wrote the sheet may have meant that for all of it.
 */
static bool check_unit_told(const struct reading *reading, const struct row *row, struct error *err)
{
    const struct column_binding *binding = &row->binding;
    const struct layout *layout = &reading->layout;
    const char *name = sheet_file_sheet_name(row->file, row->sheet);
    size_t i;

    if (layout->unit_row != 0 || (layout->wan_row == 0 && !layout_names_wan(name))) return true;
    for (i = 0; i < binding->set->count; i++) {
        if (!(binding->set->columns[i].flags & COLUMN_MONEY) || !binding->present[i] ||
            binding->has_unit[i]) {
            continue;
        }
        error_set(err, ERROR_INPUT,
                  "万元 is spoken of here, but neither the heading %s nor a line 单位：… says in "
                  "what the amounts are; put (元) or (万元) behind the heading",
                  binding->heading[i]);
        return sheet_error_at(row->file, row->sheet,
                              layout->wan_row != 0 ? layout->wan_row : layout->first_row,
                              SHEET_NO_COLUMN, err);
    }
    return true;
}

static bool bind(struct reading *reading, const struct column_set *set, struct row *row,
                 struct error *err)
{
    const struct layout *layout = &reading->layout;
    size_t i;

    row->number = layout->last_row;
    if (!column_bind(set, &reading->mapping, layout->headings, layout->heading_count, layout->unit,
                     report_heading, row, &row->binding)) {
        if (row->fatal.code != ERROR_NONE) {
            *err = row->fatal;
            return false;
        }
        return error_set(err, ERROR_INPUT,
                         "the headings are wrong, so no row was looked at; nothing was written");
    }
    row->binding.width = layout->width;
    if (!check_unit_told(reading, row, err)) return false;
    for (i = 0; i < set->count; i++) {
        if (!row->binding.present[i] || row->binding.constant[i] == NULL) continue;
        return error_set(err, ERROR_USAGE,
                         "--set gives %s for all rows, but the sheet has a column of it; leave out "
                         "one of the two",
                         row->binding.heading[i]);
    }
    return true;
}

/* The other columns that may hold amounts with totals: further ones of the set, those left out. */
static bool begin_sides(struct reading *reading, const struct column_binding *binding,
                        struct error *err)
{
    size_t main_column = column_of_money(binding->set);
    size_t i;

    for (i = 0; i < binding->cell_count && reading->side_count < READING_SIDES_MAX; i++) {
        struct side_column *side = &reading->sides[reading->side_count];
        size_t column = binding->column_of[i];

        if (i == binding->number_cell || column == main_column || column == COLUMN_NAMELESS)
            continue;
        if (column < COLUMNS_MAX && !(binding->set->columns[column].flags & COLUMN_MONEY)) continue;
        *side = (struct side_column){i, column, calloc(1, sizeof *side->totals)};
        if (side->totals == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
        layout_totals_init(side->totals);
        reading->side_count++;
    }
    return true;
}

bool reading_begin(struct reading *reading, struct sheet_file *file, const struct column_set *set,
                   struct row *row, struct error *err)
{
    row->file = file;
    row->heading_cell = SHEET_NO_COLUMN;
    if (!add_constants(reading, row, set, err)) return false;
    if (!find_layout(file, set, row->options, &reading->mapping, &reading->layout, err)) {
        return false;
    }
    row->sheet = reading->layout.sheet;
    reading->totals = calloc(1, sizeof *reading->totals);
    if (reading->totals == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    layout_totals_init(reading->totals);
    if (!bind(reading, set, row, err) || !begin_sides(reading, &row->binding, err)) return false;
    return tell_layout(reading, row, err);
}

void reading_done(struct reading *reading)
{
    size_t i;

    layout_done(&reading->layout);
    mapping_done(&reading->mapping);
    free(reading->totals);
    for (i = 0; i < reading->side_count; i++)
        free(reading->sides[i].totals);
    for (i = 0; i < COLUMNS_MAX; i++)
        free(reading->constants[i]);
}

/* ---- Rows ----------------------------------------------------------------------------------- */

/* Columns left out say nothing that is entered, so that there a wrong sum is told and no fault. */
static void tell_wrong_side(const struct reading *reading, struct row *row, uint64_t number,
                            const struct side_column *side, const struct error *fault)
{
    char heading[HEADING_SIZE];

    if (side->column < COLUMNS_MAX) {
        row_fault_at(row, number, side->column, fault);
        return;
    }
    heading_show(&reading->layout.headings[side->cell], heading);
    row_note(row,
             "row %llu, %s: the total isn't the sum of its rows; this column is left out, but "
             "look at it",
             (unsigned long long)number, heading);
}

static bool read_side(const struct row *row, const struct side_column *side,
                      const struct sheet_row *source, money_t *out)
{
    size_t column = side->column < COLUMNS_MAX ? side->column : column_of_money(row->binding.set);
    struct error ignored = ERROR_INIT;
    char note[CELL_NOTE_SIZE];

    return !source->cells[side->cell].is_merged &&
           amount_read(source->cells[side->cell].text,
                       column < COLUMNS_MAX ? row->binding.unit[column] : MONEY_YUAN, out, note,
                       &ignored);
}

static bool side_is_empty(const struct side_column *side, const struct sheet_row *source)
{
    return side->cell >= source->count || source->cells[side->cell].text[0] == 0;
}

static void count_sides(struct reading *reading, const struct row *row,
                        const struct sheet_row *source)
{
    size_t i;

    for (i = 0; i < reading->side_count; i++) {
        struct side_column *side = &reading->sides[i];
        struct error ignored = ERROR_INIT;
        money_t amount = MONEY_ZERO;

        if (side->totals->is_unsure || side_is_empty(side, source)) continue;
        side->totals->is_unsure = !read_side(row, side, source, &amount) ||
                                  !layout_totals_add(side->totals, amount, &ignored);
    }
}

static void check_sides(struct reading *reading, struct row *row, const struct sheet_row *source,
                        bool is_grand)
{
    size_t i;

    for (i = 0; i < reading->side_count; i++) {
        struct side_column *side = &reading->sides[i];
        struct error fault = ERROR_INIT;
        money_t amount = MONEY_ZERO;
        bool pending;

        if (side->totals->is_unsure || side_is_empty(side, source)) continue;
        if (!read_side(row, side, source, &amount)) continue;
        if (!layout_totals_check(side->totals, source->number, amount, is_grand, &pending, &fault))
            tell_wrong_side(reading, row, source->number, side, &fault);
    }
}

static const char *told_of(const struct layout_totals *totals, bool pending)
{
    if (totals->is_unsure) return _("; it isn't checked, because an amount above can't be read");
    return pending ? _("; the rows below are checked against it")
                   : _("; it is the sum of its rows");
}

static void take_total(struct reading *reading, struct row *row, const struct sheet_row *source)
{
    size_t column = column_of_money(row->binding.set);
    struct error fault = ERROR_INIT;
    char word[LAYOUT_WORD_SIZE], text[MONEY_TEXT_SIZE], note[CELL_NOTE_SIZE];
    money_t amount = MONEY_ZERO;
    bool is_grand, pending = false;
    size_t cell;

    row->number = source->number;
    row->report->rows_left_out++;
    layout_total_find(source, word, &is_grand);
    check_sides(reading, row, source, is_grand);
    cell = column < COLUMNS_MAX ? row->binding.cell_of[column] : SHEET_NO_COLUMN;
    if (cell >= source->count || source->cells[cell].text[0] == 0) {
        row_note(row, "row %llu, %s, is left out; it has no amount to check",
                 (unsigned long long)source->number, word);
        return;
    }
    if (!amount_read(source->cells[cell].text, row->binding.unit[column], &amount, note, &fault) ||
        !layout_totals_check(reading->totals, source->number, amount, is_grand, &pending, &fault)) {
        row_fault(row, column, &fault);
        return;
    }
    row_note(row, "row %llu, %s %s yuan, is left out%s", (unsigned long long)source->number, word,
             money_format_grouped(amount, text), told_of(reading->totals, pending));
}

/* Rows of one text were no titles or remarks when rows of data follow. */
static void refuse_lone(struct reading *reading, struct row *row)
{
    size_t i;

    for (i = 0; i < reading->lone_count; i++) {
        struct error fault = ERROR_INIT;

        error_set(
            &fault, ERROR_INPUT,
            "only one cell is filled; fill in the others, or begin the text with 注： when it "
            "is a remark");
        row_fault_at(row, reading->lone[i], COLUMNS_MAX, &fault);
        row->report->rows++;
        row->report->rows_left_out--;
    }
    reading->lone_count = 0;
}

/* Is some column of amounts read in another unit? */
static bool unit_differs(const struct column_binding *binding, enum money_unit unit)
{
    size_t i;

    for (i = 0; i < binding->set->count; i++) {
        if ((binding->set->columns[i].flags & COLUMN_MONEY) && binding->present[i] &&
            binding->unit[i] != unit) {
            return true;
        }
    }
    return false;
}

/* A unit line between tables of the same headings. */
static bool check_unit(const struct reading *reading, struct row *row,
                       const struct sheet_row *source)
{
    size_t i;

    for (i = 0; i < source->count; i++) {
        struct error fault = ERROR_INIT;
        enum money_unit unit = reading->layout.unit;
        bool found = false;

        if (source->cells[i].text[0] == 0) continue;
        if (layout_unit_line(source->cells[i].text, &found, &unit, &fault) &&
            (!found || !unit_differs(&row->binding, unit))) {
            continue;
        }
        if (fault.code == ERROR_NONE) {
            error_set(&fault, ERROR_INPUT,
                      "from here on amounts are in another unit; save this part as a file of its "
                      "own");
        }
        row_fault_at(row, source->number, COLUMNS_MAX, &fault);
        return true;
    }
    return false;
}

static void take_lone(struct reading *reading, struct row *row, const struct sheet_row *source)
{
    row->report->rows_left_out++;
    if (check_unit(reading, row, source)) return;
    if (reading->lone_count < READING_LONE_MAX) {
        reading->lone[reading->lone_count++] = source->number;
    }
}

static void take_other_table(struct reading *reading, struct row *row,
                             const struct sheet_row *source)
{
    struct error fault = ERROR_INIT;

    if (reading->layout.is_chosen) {
        reading->is_over = true;
        row_note(row, "another table begins in row %llu; it and all below it are left out",
                 (unsigned long long)source->number);
        return;
    }
    error_set(&fault, ERROR_INPUT,
              "other headings stand here than in row %llu, so this is another table; import each "
              "by itself with --heading %llu and --heading %llu",
              (unsigned long long)reading->layout.first_row,
              (unsigned long long)reading->layout.first_row, (unsigned long long)source->number);
    row_fault_at(row, source->number, COLUMNS_MAX, &fault);
    reading->is_over = true;
}

bool reading_takes(struct reading *reading, struct row *row, const struct sheet_row *source)
{
    size_t i;

    if (reading->is_over) return false;
    switch (layout_classify(&reading->layout, &row->binding, &reading->mapping, source)) {
    case LAYOUT_DATA:
        if (reading->lone_count > 0) refuse_lone(reading, row);
        if (source->is_hidden) {
            row_note(row, "row %llu is hidden in the spreadsheet; it is read all the same",
                     (unsigned long long)source->number);
        }
        return true;
    case LAYOUT_ABOVE:
    case LAYOUT_BLANK:
        break;
    case LAYOUT_HEADING:
        reading->lone_count = 0; /* they were its titles */
        row->report->rows_left_out++;
        layout_totals_begin_table(reading->totals);
        for (i = 0; i < reading->side_count; i++)
            layout_totals_begin_table(reading->sides[i].totals);
        row_note(row, "row %llu repeats the headings; what is below is read on",
                 (unsigned long long)source->number);
        break;
    case LAYOUT_OTHER_TABLE:
        take_other_table(reading, row, source);
        break;
    case LAYOUT_TOTAL:
        take_total(reading, row, source);
        break;
    case LAYOUT_LONE:
        take_lone(reading, row, source);
        break;
    case LAYOUT_REMARK:
        row->report->rows_left_out++;
        if (!check_unit(reading, row, source)) {
            row_note(row, "row %llu is left out as a remark", (unsigned long long)source->number);
        }
        break;
    case LAYOUT_EXAMPLE:
        row->report->rows_left_out++;
        row_note(row, "row %llu is the template's example and left out",
                 (unsigned long long)source->number);
        break;
    }
    return false;
}

void reading_count(struct reading *reading, struct row *row, const struct sheet_row *source)
{
    size_t column = column_of_money(row->binding.set);
    struct error fault = ERROR_INIT;
    char note[CELL_NOTE_SIZE];
    money_t amount = MONEY_ZERO;

    count_sides(reading, row, source);
    if (column == COLUMNS_MAX || !row->binding.present[column]) return;
    if (row->binding.cell_of[column] < source->count &&
        source->cells[row->binding.cell_of[column]].is_merged) {
        reading->totals->is_unsure = true;
        error_set(&fault, ERROR_INPUT,
                  "one amount is merged over several rows; unmerge the cells and write each row's "
                  "part");
        row_fault(row, column, &fault);
        return;
    }
    if (*row->cells[column] == 0) return;
    if (amount_read(row->cells[column], row->binding.unit[column], &amount, note, &fault) &&
        layout_totals_add(reading->totals, amount, &fault)) {
        return;
    }
    reading->totals->is_unsure = true; /* its own row reports it */
}

void reading_end(struct reading *reading, struct row *row)
{
    struct error fault = ERROR_INIT;
    uint64_t number = 0;
    size_t i;

    for (i = 0; i < reading->lone_count; i++)
        row_note(row, "row %llu is left out as a remark", (unsigned long long)reading->lone[i]);
    if (layout_totals_is_left_open(reading->totals))
        row_note(row, "totals that stand above their rows aren't checked, because an amount can't "
                      "be read");
    while (layout_totals_next_wrong(reading->totals, &number, &fault)) {
        row_fault_at(row, number, column_of_money(row->binding.set), &fault);
        error_clear(&fault);
    }
    for (i = 0; i < reading->side_count; i++) {
        while (layout_totals_next_wrong(reading->sides[i].totals, &number, &fault)) {
            tell_wrong_side(reading, row, number, &reading->sides[i], &fault);
            error_clear(&fault);
        }
    }
}
