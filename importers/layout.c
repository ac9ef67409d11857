/*
 * layout.c - finding the sheet, its headings and its unit in the first rows.
 */
#include "importers/layout.h"

#include <assert.h>
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define LOOK_CELL_SIZE 512 /* of a cell that is looked at; the rest is cut off */
#define LOOK_BEFORE    8   /* rows looked at above a heading row that was named */
#define MATCHES_MIN    2   /* columns that a heading row must name */
#define NAMES_SIZE     512
#define UNIT_LINE_SIZE LOOK_CELL_SIZE

enum unit_found { UNIT_NONE, UNIT_FOUND, UNIT_OTHER };

struct look_cell {
    bool is_hidden;
    char text[LOOK_CELL_SIZE];
};

struct look_row {
    uint64_t number;
    size_t count, width;
    uint64_t hash;
    struct look_cell *cells; /* owned */
};

/* The first rows of one sheet. */
struct look {
    uint64_t from; /* rows before it are passed over */
    bool is_full;
    size_t count;
    struct look_row rows[LAYOUT_LOOK_ROWS];
};

/* One or two rows taken for headings, and how well they fit. */
/* How well headings fit the kind of sheet. */
struct matches {
    size_t columns; /* how many are named */
    size_t twice;   /* named again, which only remarks may be: a cell merged over two lower ones */
    bool fit;       /* so many that it is a heading row */
};

struct candidate {
    size_t first;
    size_t span; /* 0: none */
    struct matches score;
    bool is_known; /* remembered */
};

/* ---- Looking -------------------------------------------------------------------------------- */

static void look_done(struct look *look)
{
    size_t i;

    for (i = 0; i < look->count; i++)
        free(look->rows[i].cells);
    free(look);
}

static void copy_cut(const char *text, char out[LOOK_CELL_SIZE])
{
    size_t size = 0;
    size_t step;

    for (; text[size] != 0; size += step) {
        step = text_sequence_size((const uint8_t *)text + size, strnlen(text + size, 4));
        if (step == 0 || size + step >= LOOK_CELL_SIZE) break;
    }
    memcpy(out, text, size);
    out[size] = 0;
}

static bool look_take(void *context, const struct sheet_row *row, struct error *err)
{
    struct look *look = context;
    struct look_row *taken = &look->rows[look->count];
    size_t i;

    if (row->number < look->from) return true;
    taken->cells = calloc(row->count > 0 ? row->count : 1, sizeof *taken->cells);
    if (taken->cells == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    taken->number = row->number;
    taken->count = row->count;
    taken->width = row->width;
    taken->hash = layout_row_hash(row);
    for (i = 0; i < row->count; i++) {
        taken->cells[i].is_hidden = row->cells[i].is_hidden;
        copy_cut(row->cells[i].text, taken->cells[i].text);
    }
    look->is_full = ++look->count == LAYOUT_LOOK_ROWS;
    if (look->is_full) return error_set(err, ERROR_STATE, "enough rows were looked at");
    return true;
}

static bool look_at(struct sheet_file *file, size_t sheet, uint64_t from, struct look **out,
                    struct error *err)
{
    struct look *look = calloc(1, sizeof *look);
    struct error stopped = ERROR_INIT;

    if (look == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    look->from = from;
    if (!sheet_file_read(file, sheet, look_take, look, &stopped) && !look->is_full) {
        *err = stopped;
        look_done(look);
        return false;
    }
    *out = look;
    return true;
}

/* ---- Headings ------------------------------------------------------------------------------- */

static const char *text_of(const struct look_row *row, size_t cell)
{
    return cell < row->count ? row->cells[cell].text : "";
}

/*
 * Put one or two rows together. An upper cell stands over all lower ones up to the next upper one,
 * merged or not; where nothing stands below it, it is the heading itself.
 */
static size_t put_together(const struct look *look, const struct candidate *candidate,
                           struct heading headings[SHEET_CELLS_MAX])
{
    const struct look_row *first = &look->rows[candidate->first];
    const struct look_row *last = first + (candidate->span - 1);
    size_t count = first->count > last->count ? first->count : last->count;
    const char *over = "";
    size_t i;

    for (i = 0; i < count; i++) {
        const char *upper = text_of(first, i);
        const char *lower = text_of(last, i);

        headings[i] = (struct heading){"", lower, i < last->count && last->cells[i].is_hidden};
        if (candidate->span == 1) continue;
        if (upper[0] != 0) over = upper;
        if (lower[0] == 0) {
            headings[i].lower = upper;
            over = "";
        } else if (strcmp(over, lower) != 0) {
            headings[i].upper = over;
        }
    }
    return count;
}

static struct matches count_matches(const struct column_set *set, const struct mapping *mapping,
                                    const struct heading *headings, size_t count)
{
    bool seen[COLUMNS_MAX] = {false};
    struct matches matches = {0};
    size_t known = 0, texts = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        struct heading_match match;

        if (headings[i].lower[0] == 0) continue;
        match = column_match(set, mapping, &headings[i]);
        texts++;
        if (match.meaning == HEADING_UNKNOWN) continue;
        known++;
        if (match.meaning != HEADING_COLUMN) continue;
        if (!seen[match.column]) {
            matches.columns++;
        } else if (!(set->columns[match.column].flags & COLUMN_JOINED)) {
            matches.twice++;
        }
        seen[match.column] = true;
    }
    matches.fit = matches.columns >= MATCHES_MIN && 2 * known >= texts;
    return matches;
}

bool layout_fits(const struct column_set *set, const struct mapping *mapping,
                 const struct heading *headings, size_t count)
{
    return count_matches(set, mapping, headings, count).fit;
}

/* Of two that name as many columns the one that names fewer twice; of such the one of fewer rows:
 * the other took a title for headings. */
static bool is_better(const struct candidate *a, const struct candidate *b)
{
    if (a->is_known != b->is_known) return a->is_known;
    if (a->score.columns != b->score.columns) return a->score.columns > b->score.columns;
    if (a->score.twice != b->score.twice) return a->score.twice < b->score.twice;
    return a->span < b->span;
}

/* Weigh rows as headings, and let them be the best when they are better. */
static bool try_candidate(const struct look *look, const struct layout_options *options,
                          size_t first, size_t span, struct candidate *best, struct error *err)
{
    struct candidate candidate = {first, span, {0}, false};
    struct heading headings[SHEET_CELLS_MAX];
    char key[LAYOUT_KEY_SIZE];
    size_t count;

    if (first + span > look->count) return true;
    if (look->rows[first + span - 1].number != look->rows[first].number + span - 1) return true;
    count = put_together(look, &candidate, headings);
    candidate.score = count_matches(options->set, options->mapping, headings, count);
    if (options->folder != NULL) {
        if (!layout_key(options->set, headings, count, key, err)) return false;
        candidate.is_known = layout_is_known(options->folder, key);
    }
    if (!candidate.score.fit && !candidate.is_known) return true;
    if (best->span > 0 && !is_better(&candidate, best)) return true;
    *best = candidate;
    return true;
}

/*
 * The first rows that fit; of the ways to see them, one row or two, beginning there or in the next
 * row, the one that names the most columns.
 */
static bool find_headings(const struct look *look, const struct layout_options *options,
                          struct candidate *best, struct error *err)
{
    size_t i;

    *best = (struct candidate){0};
    for (i = 0; i < look->count && best->span == 0; i++) {
        if (options->heading_row != 0 && look->rows[i].number != options->heading_row) continue;
        if (!try_candidate(look, options, i, 1, best, err) ||
            !try_candidate(look, options, i, 2, best, err)) {
            return false;
        }
        if (best->span == 0 || options->heading_row != 0) continue;
        if (!try_candidate(look, options, i + 1, 1, best, err) ||
            !try_candidate(look, options, i + 1, 2, best, err)) {
            return false;
        }
    }
    return true;
}

/* No row fits: the one that names the most columns, so that its faults can be told; or none. */
static void find_nearest(const struct look *look, const struct layout_options *options,
                         struct candidate *best)
{
    struct heading headings[SHEET_CELLS_MAX];
    size_t i;

    for (i = 0; i < look->count; i++) {
        struct candidate candidate = {i, 1, {0}, false};
        size_t count = put_together(look, &candidate, headings);

        if (options->heading_row != 0 && look->rows[i].number != options->heading_row) continue;
        candidate.score = count_matches(options->set, options->mapping, headings, count);
        if (candidate.score.columns > best->score.columns ||
            (options->heading_row != 0 && best->span == 0)) {
            *best = candidate;
        }
    }
}

/* ---- The unit ------------------------------------------------------------------------------- */

/* What may stand between 单位 and the unit itself. */
static const char *skip_unit_words(const char *at)
{
    static const char *const words[] = {":", "(", "均", "为", "是", "以", "统一", "人民币"};
    size_t i;

    for (i = 0; i < ARRAY_COUNT(words); i++) {
        if (strncmp(at, words[i], strlen(words[i])) != 0) continue;
        at += strlen(words[i]);
        i = SIZE_MAX; /* look through all of them again */
    }
    return at;
}

/* Does a unit's name end at `at`, or does a longer word go on, "元宝村"? */
static bool unit_ends(const char *at)
{
    static const char *const words[] = {"、",   "。",   "；",   "人民币", "单位", "金额",
                                        "面积", "数量", "日期", "时间",   "填",   "制",
                                        "编",   "人",   "户",   "亩",     "年"};
    size_t i;

    if ((unsigned char)*at < 0x80) return true;
    for (i = 0; i < ARRAY_COUNT(words); i++) {
        if (strncmp(at, words[i], strlen(words[i])) == 0) return true;
    }
    return false;
}

/* One unit, or one of several parted by "、" and the like: "户、万元". */
static enum unit_found read_units(const char *at, enum money_unit *out)
{
    static const char *const names[] = {"元", "万元"};
    size_t size, i;

    for (;;) {
        at = skip_unit_words(at);
        for (i = 0; i < ARRAY_COUNT(names); i++) {
            size = strlen(names[i]);
            if (strncmp(at, names[i], size) != 0 || !unit_ends(at + size)) continue;
            *out = i == 0 ? MONEY_YUAN : MONEY_WAN_YUAN;
            return UNIT_FOUND;
        }
        for (size = 0; at[size] != 0 && strchr(",;)/", at[size]) == NULL; size++) {
            if (strncmp(at + size, "、", strlen("、")) == 0) break;
        }
        if (heading_unit(at, size, out)) return UNIT_FOUND;
        if (size >= 3 && size <= 9 && memcmp(at + size - 3, "元", 3) == 0) return UNIT_OTHER;
        if (at[size] == 0 || at[size] == ')') return UNIT_NONE;
        at += size + (at[size] == (char)0xe3 ? strlen("、") : 1);
    }
}

bool layout_unit_line(const char *text, bool *found, enum money_unit *out, struct error *err)
{
    char folded[UNIT_LINE_SIZE];
    enum unit_found what = UNIT_NONE;
    const char *at;

    *found = false;
    heading_fold_long(text, folded, sizeof folded);
    for (at = folded; what == UNIT_NONE && (at = strstr(at, "单位")) != NULL;) {
        at += strlen("单位");
        what = read_units(at, out);
    }
    if (what == UNIT_NONE && heading_unit(folded, strlen(folded), out)) what = UNIT_FOUND;
    if (what == UNIT_NONE && (at = strrchr(folded, '(')) != NULL) what = read_units(at + 1, out);
    *found = what == UNIT_FOUND;
    if (what != UNIT_OTHER) return true;
    return error_set(err, ERROR_INPUT,
                     "\"%.60s\": amounts are read in 元 or 万元; turn them into one of these",
                     text);
}

bool layout_names_wan(const char *text)
{
    char folded[UNIT_LINE_SIZE];
    const char *at;

    heading_fold_long(text, folded, sizeof folded);
    for (at = strstr(folded, "万元"); at != NULL; at = strstr(at + 1, "万元")) {
        if (at == folded || !isdigit((unsigned char)at[-1])) return true;
    }
    return false;
}

static bool find_unit(const struct look *look, size_t before, struct layout *layout,
                      struct error *err)
{
    size_t i, k;

    for (i = 0; i < before; i++) {
        for (k = 0; k < look->rows[i].count; k++) {
            bool found = false;

            if (look->rows[i].cells[k].text[0] == 0) continue;
            if (!layout_unit_line(look->rows[i].cells[k].text, &found, &layout->unit, err)) {
                return error_at(err, "%llu", (unsigned long long)look->rows[i].number);
            }
            if (found) layout->unit_row = look->rows[i].number;
            if (layout_names_wan(look->rows[i].cells[k].text))
                layout->wan_row = look->rows[i].number;
        }
    }
    return true;
}

/* ---- The layout ----------------------------------------------------------------------------- */

/* Copy the headings out of the rows looked at. */
static bool keep_headings(const struct look *look, const struct candidate *candidate,
                          struct layout *layout, struct error *err)
{
    struct heading headings[SHEET_CELLS_MAX];
    size_t count = put_together(look, candidate, headings);
    char *at;
    size_t i;

    layout->headings = calloc(count + 1, sizeof *layout->headings);
    layout->text = calloc(2 * count + 1, LOOK_CELL_SIZE);
    if (layout->headings == NULL || layout->text == NULL) {
        return error_set(err, ERROR_MEMORY, "memory ran out");
    }
    at = layout->text;
    for (i = 0; i < count; i++) {
        layout->headings[i].is_hidden = headings[i].is_hidden;
        layout->headings[i].upper = memcpy(at, headings[i].upper, strlen(headings[i].upper) + 1);
        at += LOOK_CELL_SIZE;
        layout->headings[i].lower = memcpy(at, headings[i].lower, strlen(headings[i].lower) + 1);
        at += LOOK_CELL_SIZE;
    }
    layout->heading_count = count;
    return true;
}

static bool make_layout(const struct look *look, size_t sheet, const struct candidate *candidate,
                        const struct layout_options *options, struct layout *layout,
                        struct error *err)
{
    size_t i;

    layout->sheet = sheet;
    layout->is_chosen = options->heading_row != 0;
    layout->first_row = look->rows[candidate->first].number;
    layout->last_row = layout->first_row + candidate->span - 1;
    layout->row_count = candidate->span;
    layout->title_count = candidate->first;
    for (i = 0; i < candidate->span; i++) {
        const struct look_row *row = &look->rows[candidate->first + i];

        layout->row_hashes[i] = row->hash;
        if (row->width > layout->width) layout->width = row->width;
    }
    if (!keep_headings(look, candidate, layout, err) ||
        !find_unit(look, candidate->first, layout, err) ||
        !layout_key(options->set, layout->headings, layout->heading_count, layout->key, err)) {
        return false;
    }
    layout->is_remembered =
        options->folder != NULL && layout_is_known(options->folder, layout->key);
    return true;
}

void layout_done(struct layout *layout)
{
    free(layout->headings);
    free(layout->text);
    *layout = (struct layout){0};
}

/* ---- Sheets --------------------------------------------------------------------------------- */

/* What was found over all sheets of a book. */
struct search {
    size_t fit_count;
    size_t text_count; /* sheets with any text */
    size_t sheet;      /* the one that fits, or the nearest */
    struct candidate best;
    struct look *look; /* of that sheet */
    char names[NAMES_SIZE];
};

static void add_name(struct search *search, const char *name)
{
    size_t size = strlen(search->names);

    (void)snprintf(search->names + size, sizeof search->names - size, "%s\"%s\"",
                   size > 0 ? ", " : "", name);
}

static bool search_sheet(struct sheet_file *file, size_t sheet,
                         const struct layout_options *options, struct search *search,
                         struct error *err)
{
    uint64_t from = options->heading_row > LOOK_BEFORE ? options->heading_row - LOOK_BEFORE : 1;
    struct candidate candidate;
    struct look *look = NULL;

    if (!look_at(file, sheet, from, &look, err)) return false;
    if (!find_headings(look, options, &candidate, err)) {
        look_done(look);
        return false;
    }
    if (look->count > 0) search->text_count++;
    if (candidate.span > 0) {
        search->fit_count++;
        add_name(search, sheet_file_sheet_name(file, sheet));
    } else {
        find_nearest(look, options, &candidate);
    }
    if (candidate.score.columns > search->best.score.columns || search->look == NULL ||
        candidate.is_known > search->best.is_known) {
        if (search->look != NULL) look_done(search->look);
        search->look = look;
        search->best = candidate;
        search->sheet = sheet;
    } else {
        look_done(look);
    }
    return true;
}

bool layout_sheet(const struct sheet_file *file, const char *name, size_t *out, struct error *err)
{
    char *end = NULL;
    unsigned long number = strtoul(name, &end, 10);
    struct search named = {0};
    size_t i;

    for (i = 0; i < sheet_file_sheets(file); i++) {
        if (strcmp(sheet_file_sheet_name(file, i), name) == 0) {
            *out = i;
            return true;
        }
        if (i < LAYOUT_SHEETS_MAX) add_name(&named, sheet_file_sheet_name(file, i));
    }
    if (name[0] != 0 && *end == 0 && number >= 1 && number <= sheet_file_sheets(file)) {
        *out = number - 1;
        return true;
    }
    return error_set(err, ERROR_INPUT, "there is no sheet \"%s\"; the sheets are %s", name,
                     named.names);
}

static bool search_book(struct sheet_file *file, const struct layout_options *options,
                        struct search *search, struct error *err)
{
    size_t count = sheet_file_sheets(file);
    size_t sheet = 0;
    size_t i;

    if (options->sheet != NULL) {
        return layout_sheet(file, options->sheet, &sheet, err) &&
               search_sheet(file, sheet, options, search, err);
    }
    if (count > LAYOUT_SHEETS_MAX) {
        return error_set(err, ERROR_LIMIT, "the book has %zu sheets; choose one with --sheet NAME",
                         count);
    }
    for (i = 0; i < count; i++) {
        if (count > 1 && sheet_file_sheet_is_hidden(file, i)) continue;
        if (!search_sheet(file, i, options, search, err)) return false;
    }
    return true;
}

static bool refuse_search(const struct search *search, const struct layout_options *options,
                          struct error *err)
{
    const char *kind = options->set->kind;

    if (search->fit_count > 1) {
        return error_set(err, ERROR_INPUT,
                         "the sheets %s all hold headings of %s; choose one with --sheet NAME and "
                         "import each by itself",
                         search->names, kind);
    }
    if (search->text_count == 0 && options->heading_row == 0) {
        return error_set(err, ERROR_INPUT,
                         "the file is empty; it must hold the headings of %s and rows below them",
                         kind);
    }
    if (options->heading_row != 0) {
        return error_set(err, ERROR_INPUT, "row %llu holds no headings of %s; name another row",
                         (unsigned long long)options->heading_row, kind);
    }
    return error_set(err, ERROR_INPUT,
                     "no headings of %s stand in the first %d rows; `mingzhang import %s "
                     "--template` shows them, --heading ROW tells where they are, and "
                     "--map 'HEADING=COLUMN' what they mean",
                     kind, LAYOUT_LOOK_ROWS, kind);
}

bool layout_find(struct sheet_file *file, const struct layout_options *options, struct layout *out,
                 struct error *err)
{
    struct search search = {0};
    struct layout layout = {0};
    bool ok = false;

    if (!search_book(file, options, &search, err)) goto out;
    if (search.fit_count > 1 || search.best.span == 0) {
        refuse_search(&search, options, err);
        goto out;
    }
    if (!make_layout(search.look, search.sheet, &search.best, options, &layout, err)) goto out;
    *out = layout;
    ok = true;
out:
    if (search.look != NULL) look_done(search.look);
    if (!ok) layout_done(&layout);
    return ok;
}
