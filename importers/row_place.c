/*
 * row_place.c - cells that name a place or a fund, looked up.
 *
 * A place is matched by its whole name, within its parent where one is named: in another column, or
 * before it in the same cell (华亭镇后塘村). Nothing is guessed: near misses are only named. Where
 * names and codes have changed, the day of the row's event tells which place is meant, and one that
 * has ended by then is refused with what comes after it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/language.h"
#include "importers/row.h"

#define PARENTS_MAX     8  /* divisions whose name begins a cell's text */
#define NESTING_MAX     3  /* county, township, village in one cell */
#define NEAR_MAX        5  /* near misses named */
#define NEAR_POINTS_MAX 24 /* characters of a name that is compared */
#define NEAR_TEXT_SIZE  400

/* ---- What was looked up before -------------------------------------------------------------- */

static struct name_cache_slot *name_slot(struct row *row, char kind, const char *text, bool *found)
{
    uint32_t sum = (uint8_t)kind + 31u * (uint32_t)row->day.days;
    const char *at;
    struct name_cache_slot *slot;

    for (at = text; *at != 0; at++)
        sum = sum * 16777619u ^ (uint8_t)*at; /* FNV-1 */
    slot = &row->names[sum % NAME_CACHE_SLOTS];
    *found = slot->kind == kind && slot->day.days == row->day.days && strcmp(slot->text, text) == 0;
    return slot;
}

static void name_slot_fill(const struct row *row, struct name_cache_slot *slot, char kind,
                           const char *text, const char *code)
{
    if (strlen(text) >= sizeof slot->text) return;
    slot->kind = kind;
    slot->day = row->day;
    memcpy(slot->text, text, strlen(text) + 1);
    memcpy(slot->code, code, strlen(code) + 1);
}

/* ---- Near misses ---------------------------------------------------------------------------- */

/* The characters of a name as numbers of their own; 0 when it has too many. */
static size_t name_points(const char *text, uint32_t out[NEAR_POINTS_MAX])
{
    size_t count = 0;
    size_t step, i;

    for (; *text != 0; text += step) {
        step = text_sequence_size((const uint8_t *)text, strnlen(text, 4));
        if (step == 0 || count == NEAR_POINTS_MAX) return 0;
        out[count] = 0;
        for (i = 0; i < step; i++)
            out[count] = out[count] << 8 | (uint8_t)text[i];
        count++;
    }
    return count;
}

/* How many characters must be put in, taken out or changed. */
static size_t edit_distance(const uint32_t *a, size_t a_size, const uint32_t *b, size_t b_size)
{
    size_t costs[NEAR_POINTS_MAX + 1];
    size_t i, k;

    for (k = 0; k <= b_size; k++)
        costs[k] = k;
    for (i = 1; i <= a_size; i++) {
        size_t diagonal = costs[0];

        costs[0] = i;
        for (k = 1; k <= b_size; k++) {
            size_t best = diagonal + (a[i - 1] != b[k - 1]);

            if (costs[k] + 1 < best) best = costs[k] + 1;
            if (costs[k - 1] + 1 < best) best = costs[k - 1] + 1;
            diagonal = costs[k];
            costs[k] = best;
        }
    }
    return costs[b_size];
}

/* Leave out what a kind of place is called behind its name: 苗儿村村民委员会 is 苗儿. */
static size_t stem_size(const char *name)
{
    static const char *const endings[] = {
        "村民委员会", "居民委员会", "人民政府", "村委会", "居委会", "办事处", "街道",
        "社区",       "村",         "镇",       "乡",     "县",     "区",     "市"};
    size_t size = strlen(name);
    bool was_cut = true;
    size_t i;

    while (was_cut) {
        was_cut = false;
        for (i = 0; i < ARRAY_COUNT(endings); i++) {
            size_t ending = strlen(endings[i]);

            if (size <= ending || memcmp(name + size - ending, endings[i], ending) != 0) continue;
            size -= ending;
            was_cut = true;
        }
    }
    return size;
}

static bool name_is_near(const char *text, const char *name)
{
    uint32_t a[NEAR_POINTS_MAX], b[NEAR_POINTS_MAX];
    size_t a_size, b_size;
    size_t stem = stem_size(text);

    if (stem == stem_size(name) && memcmp(text, name, stem) == 0) return true;
    a_size = name_points(text, a);
    b_size = name_points(name, b);
    if (a_size < 2 || b_size < 2) return false;
    return edit_distance(a, a_size, b, b_size) <= (a_size > 4 ? 2 : 1);
}

/* ---- Places --------------------------------------------------------------------------------- */

/* One pass over the places within another: whose name begins the text, and whose name is near. */
struct place_search {
    const char *text;
    size_t parent_count;
    struct division parents[PARENTS_MAX];
    size_t near_count;
    char near[NEAR_TEXT_SIZE];
};

static bool search_visit(void *context, const struct division *division, struct error *err)
{
    struct place_search *search = context;
    size_t size = strlen(division->name);

    (void)err;
    if (size > 0 && strlen(search->text) > size &&
        memcmp(search->text, division->name, size) == 0 && search->parent_count < PARENTS_MAX) {
        search->parents[search->parent_count++] = *division;
    }
    if (search->near_count < NEAR_MAX && name_is_near(search->text, division->name)) {
        size_t used = strlen(search->near);

        (void)snprintf(search->near + used, sizeof search->near - used, "%s%s (%s)",
                       search->near_count > 0 ? ", " : "", division->name, division->code);
        search->near_count++;
    }
    return true;
}

/* A place that is looked for: on which day, within what, how deep in a cell that names several. */
struct place_question {
    struct journal *journal;
    date_t day; /* 0: now */
    const char *parent;
    unsigned depth;
};

static bool resolve_place(const struct place_question *question, const char *text,
                          struct division *out, struct error *err);

/* On the day, or now when that is 0. */
static bool is_there(const struct division *division, date_t day)
{
    if (day.days == 0) return !division->has_end;
    return !date_is_before(day, division->valid_from) &&
           !(division->has_end && date_is_before(division->last_day, day));
}

/* The text after a parent's name, within that parent. True in *found for exactly one. */
static bool resolve_nested(const struct place_question *question, const struct place_search *search,
                           bool *found, struct division *out, struct error *err)
{
    struct division division;
    size_t count = 0;
    size_t i;

    for (i = 0; i < search->parent_count; i++) {
        const struct division *parent = &search->parents[i];
        const char *rest = search->text + strlen(parent->name);
        struct place_question within = {question->journal, question->day, parent->code,
                                        question->depth + 1};
        struct error missing = ERROR_INIT;

        if (resolve_place(&within, rest, &division, &missing)) {
            if (count > 0 && strcmp(out->code, division.code) == 0) continue;
            if (count > 0 && is_there(out, question->day) != is_there(&division, question->day)) {
                if (is_there(&division, question->day)) *out = division;
                continue;
            }
            *out = division;
            count++;
        } else if (missing.code != ERROR_NOT_FOUND) {
            *err = missing;
            return false;
        }
    }
    if (count > 1) {
        return error_set(err, ERROR_INPUT, "\"%s\" may be more than one place; write its code",
                         search->text);
    }
    *found = count == 1;
    return true;
}

static bool find_place(const struct place_question *question, const char *text,
                       struct division *out, struct error *err)
{
    return question->day.days == 0
               ? division_resolve(question->journal, text, question->parent, out, err)
               : division_resolve_on(question->journal, text, question->parent, question->day, out,
                                     err);
}

static bool resolve_place(const struct place_question *question, const char *text,
                          struct division *out, struct error *err)
{
    const char *parent = question->parent;
    struct place_search search = {.text = text};
    struct error missing = ERROR_INIT;
    bool found = false;

    if (find_place(question, text, out, &missing)) return true;
    if (missing.code != ERROR_NOT_FOUND || text[0] == 0) {
        *err = missing;
        return false;
    }
    if (!division_called_each(question->journal,
                              parent[0] != 0 ? parent : journal_root_division(question->journal),
                              search_visit, &search, err)) {
        return false;
    }
    if (question->depth < NESTING_MAX && !resolve_nested(question, &search, &found, out, err)) {
        return false;
    }
    if (found) return true;
    if (search.near_count == 0) {
        *err = missing;
        return false;
    }
    return error_set(err, ERROR_NOT_FOUND,
                     "no division%s%s has the name or code \"%s\"; near it: %s; correct the name "
                     "or register the place",
                     parent[0] == 0 ? "" : _(" within "), parent, text, search.near);
}

void cell_division_code(struct row *row, size_t column, char out[DIVISION_CODE_SIZE])
{
    struct error fault = ERROR_INIT;

    out[0] = 0;
    if (cell_is_missing(row, column)) return;
    if (!division_code_check(row->cells[column], &fault)) {
        struct error ignored = ERROR_INIT;
        char narrow[CELL_FORM_SIZE];

        if (cell_narrow(row->cells[column], narrow) && division_code_check(narrow, &ignored)) {
            memcpy(out, narrow, DIVISION_CODE_SIZE);
            return;
        }
        row_fault(row, column, &fault);
        return;
    }
    memcpy(out, row->cells[column], DIVISION_CODE_SIZE);
}

static void look_up_division(struct row *row, size_t column, const char *parent,
                             char out[DIVISION_CODE_SIZE])
{
    char key[NAME_CACHE_TEXT_SIZE];
    const char *text = row->cells[column];
    struct name_cache_slot *slot;
    struct division division;
    struct error fault = ERROR_INIT;
    bool found;

    if (parent[0] != 0 && strlen(text) + DIVISION_CODE_SIZE < sizeof key) {
        (void)snprintf(key, sizeof key, "%s/%s", parent, text);
    } else {
        key[0] = 0;
    }
    slot = name_slot(row, 'd', key[0] != 0 ? key : text, &found);
    if (found) {
        memcpy(out, slot->code, DIVISION_CODE_SIZE);
        return;
    }
    if (!cell_normalize(row, column, &text)) return;
    if (!resolve_place(&(struct place_question){row->journal, row->day, parent, 0}, text, &division,
                       &fault) ||
        (row->is_spent && row->day.days != 0 &&
         !division_require_lasting(row->journal, division.code, row->day, &fault))) {
        row_fault(row, column, &fault);
        return;
    }
    memcpy(out, division.code, DIVISION_CODE_SIZE);
    if (parent[0] != 0 && key[0] == 0) return;
    name_slot_fill(row, slot, 'd', key[0] != 0 ? key : row->cells[column], division.code);
}

void cell_division(struct row *row, size_t column, char out[DIVISION_CODE_SIZE])
{
    out[0] = 0;
    if (cell_is_missing(row, column)) return;
    look_up_division(row, column, "", out);
}

void cells_place(struct row *row, size_t township, size_t column, char out[DIVISION_CODE_SIZE])
{
    char parent[DIVISION_CODE_SIZE] = "";

    out[0] = 0;
    if (!cell_is_empty(row, township)) {
        look_up_division(row, township, "", parent);
        if (parent[0] == 0) return; /* told already */
    }
    if (cell_is_empty(row, column) && parent[0] != 0) {
        memcpy(out, parent, DIVISION_CODE_SIZE);
        return;
    }
    if (cell_is_missing(row, column)) return;
    look_up_division(row, column, parent, out);
}

/* ---- Funds ---------------------------------------------------------------------------------- */

struct fund_search {
    const char *document;
    char code[CODE_SIZE];
    size_t count;
};

static bool fund_search_visit(void *context, const struct fund *fund, struct error *err)
{
    struct fund_search *search = context;

    (void)err;
    if (strcmp(fund->document, search->document) != 0) return true;
    memcpy(search->code, fund->code, sizeof search->code);
    search->count++;
    return true;
}

static bool fund_resolve(struct journal *journal, const char *text, char out[CODE_SIZE],
                         struct error *err)
{
    struct fund_search search = {text, "", 0};
    struct error missing = ERROR_INIT;
    struct fund fund;

    if (fund_find(journal, text, &fund, &missing)) {
        memcpy(out, fund.code, CODE_SIZE);
        return true;
    }
    if (missing.code != ERROR_NOT_FOUND) {
        *err = missing;
        return false;
    }
    if (!fund_each(journal, fund_search_visit, &search, err)) return false;
    if (search.count == 0) {
        *err = missing;
        return false;
    }
    if (search.count > 1) {
        return error_set(err, ERROR_INPUT,
                         "%zu funds carry the document %s; give the fund's own code", search.count,
                         text);
    }
    memcpy(out, search.code, CODE_SIZE);
    return true;
}

void cell_fund(struct row *row, size_t column, char out[CODE_SIZE])
{
    const char *text = NULL;
    struct name_cache_slot *slot;
    struct error fault = ERROR_INIT;
    bool found;

    out[0] = 0;
    if (cell_is_missing(row, column)) return;
    slot = name_slot(row, 'f', row->cells[column], &found);
    if (found) {
        memcpy(out, slot->code, CODE_SIZE);
        return;
    }
    if (!cell_normalize(row, column, &text)) return;
    if (!fund_resolve(row->journal, text, out, &fault)) {
        row_fault(row, column, &fault);
        return;
    }
    name_slot_fill(row, slot, 'f', row->cells[column], out);
}
