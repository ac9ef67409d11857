/* attack_solver.c - see attack_solver.h. */
#include "attack_solver.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define TOLD_MAX       200000
#define PIVOTS_MAX     20000
#define PATIENCE       200 /* pivots before those are taken that can't run in circles */
#define NONE           SIZE_MAX
#define ROOM_FOR_START 1 /* the column of the unknown that makes the beginning possible */

__extension__ typedef __int128 wide;

struct told {
    int64_t constant;
    bool is_zero;
    size_t count;
    uint32_t *unknowns;
    int64_t *factors;
};

/*
 * scale × basic[i] = at(i, 0) + the sum over columns j of at(i, j) × free unknown j, all of them
 * zero or more. What is told stands in rows as an unknown of its own: how much it is above zero.
 */
struct dictionary {
    size_t rows, columns, width;
    int64_t scale;
    int64_t *cells;
    size_t *row_of, *column_of; /* where each unknown stands, or NONE */
    size_t *basic, *free;       /* by row and column: which unknown */
};

struct component {
    size_t count;
    uint32_t *unknowns;
    struct dictionary dictionary;
    bool is_solved;
};

struct attack {
    size_t unknowns;
    struct told *told;
    size_t told_count;
    uint32_t *parent;     /* of connected unknowns */
    size_t *component_of; /* by root */
    uint32_t *place;      /* by unknown: its number in its component */
    struct component *components;
    size_t component_count;
};

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);

    ck_assert_ptr_nonnull(memory);
    return memory;
}

struct attack *attack_new(size_t unknowns)
{
    struct attack *attack = allocate(1, sizeof *attack);

    ck_assert_uint_le(unknowns, ATTACK_UNKNOWNS_MAX);
    attack->unknowns = unknowns;
    attack->told = allocate(TOLD_MAX, sizeof *attack->told);
    attack->parent = allocate(unknowns, sizeof *attack->parent);
    for (size_t i = 0; i < unknowns; i++)
        attack->parent[i] = (uint32_t)i;
    return attack;
}

void attack_free(struct attack *attack)
{
    for (size_t i = 0; i < attack->told_count; i++) {
        free(attack->told[i].unknowns);
        free(attack->told[i].factors);
    }
    for (size_t i = 0; i < attack->component_count; i++) {
        struct component *component = &attack->components[i];

        free(component->unknowns);
        free(component->dictionary.cells);
        free(component->dictionary.row_of);
        free(component->dictionary.column_of);
        free(component->dictionary.basic);
        free(component->dictionary.free);
    }
    free(attack->told);
    free(attack->parent);
    free(attack->component_of);
    free(attack->place);
    free(attack->components);
    free(attack);
}

/* ---- What is told ---------------------------------------------------------------------------- */

static uint32_t find_root(struct attack *attack, uint32_t unknown)
{
    while (attack->parent[unknown] != unknown) {
        attack->parent[unknown] = attack->parent[attack->parent[unknown]];
        unknown = attack->parent[unknown];
    }
    return unknown;
}

static bool is_same_but_for_the_constant(const struct told *a, const struct told *b)
{
    return a->is_zero == b->is_zero && a->count == b->count &&
           memcmp(a->unknowns, b->unknowns, a->count * sizeof *a->unknowns) == 0 &&
           memcmp(a->factors, b->factors, a->count * sizeof *a->factors) == 0;
}

/* Of two limits on the same only the narrower counts; the same told twice counts once. */
static bool is_told_already(struct attack *attack, const struct told *told)
{
    for (size_t i = attack->told_count; i > 0; i--) {
        struct told *earlier = &attack->told[i - 1];

        if (!is_same_but_for_the_constant(earlier, told)) continue;
        if (told->is_zero) return earlier->constant == told->constant;
        if (told->constant < earlier->constant) earlier->constant = told->constant;
        return true;
    }
    return false;
}

static void tell(struct attack *attack, const struct attack_sum *sum, bool is_zero)
{
    struct told told = {.constant = sum->constant, .is_zero = is_zero};
    bool is_certain = !is_zero;
    int64_t least = sum->constant;

    ck_assert_ptr_null(attack->components);
    for (size_t i = 0; i < attack->unknowns; i++)
        told.count += sum->factors[i] != 0;
    if (told.count == 0) {
        ck_assert(is_zero ? sum->constant == 0 : sum->constant >= 0);
        return;
    }
    told.unknowns = allocate(told.count, sizeof *told.unknowns);
    told.factors = allocate(told.count, sizeof *told.factors);
    told.count = 0;
    for (size_t i = 0; i < attack->unknowns; i++) {
        if (sum->factors[i] == 0) continue;
        told.unknowns[told.count] = (uint32_t)i;
        told.factors[told.count++] = sum->factors[i];
        least += sum->factors[i];
        is_certain = is_certain && sum->factors[i] > 0;
    }
    if ((is_certain && least >= 0) || is_told_already(attack, &told)) {
        free(told.unknowns);
        free(told.factors);
        return;
    }
    for (size_t i = 1; i < told.count; i++)
        attack->parent[find_root(attack, told.unknowns[i])] = find_root(attack, told.unknowns[0]);
    ck_assert_uint_lt(attack->told_count, TOLD_MAX);
    attack->told[attack->told_count++] = told;
}

void attack_is_zero(struct attack *attack, const struct attack_sum *sum)
{
    tell(attack, sum, true);
}

void attack_is_not_negative(struct attack *attack, const struct attack_sum *sum)
{
    tell(attack, sum, false);
}

/* ---- The dictionary -------------------------------------------------------------------------- */

static int64_t *at(struct dictionary *dictionary, size_t row, size_t column)
{
    return &dictionary->cells[row * dictionary->width + column];
}

/* Every number in a dictionary is a determinant of what was told, so the division leaves nothing.
 */
static int64_t crossed(int64_t pivot, int64_t own, int64_t row, int64_t column, int64_t scale)
{
    wide value = ((wide)pivot * own - (wide)row * column) / scale;

    ck_assert_msg(value >= INT64_MIN && value <= INT64_MAX, "the attacker's numbers are too large");
    return (int64_t)value;
}

static void turn_row(struct dictionary *dictionary, size_t row)
{
    for (size_t j = 0; j <= dictionary->columns; j++)
        *at(dictionary, row, j) = -*at(dictionary, row, j);
}

/* A basic unknown and a free one change places; `row` is never that of the question. */
static void pivot(struct dictionary *dictionary, size_t row, size_t column)
{
    int64_t by = *at(dictionary, row, column), scale = dictionary->scale;
    size_t left = dictionary->basic[row], entered = dictionary->free[column];

    ck_assert(by != 0);
    for (size_t i = 0; i <= dictionary->rows; i++) {
        int64_t factor = *at(dictionary, i, column);

        if (i == row) continue;
        for (size_t j = 0; j <= dictionary->columns; j++)
            if (j != column && (factor != 0 || by != scale))
                *at(dictionary, i, j) =
                    crossed(by, *at(dictionary, i, j), factor, *at(dictionary, row, j), scale);
    }
    turn_row(dictionary, row);
    *at(dictionary, row, column) = scale;
    dictionary->scale = by;
    if (by < 0) {
        dictionary->scale = -by;
        for (size_t i = 0; i <= dictionary->rows; i++)
            turn_row(dictionary, i);
    }
    dictionary->basic[row] = entered;
    dictionary->free[column] = left;
    dictionary->row_of[entered] = row;
    dictionary->column_of[entered] = NONE;
    dictionary->column_of[left] = column;
    dictionary->row_of[left] = NONE;
}

static void drop_column(struct dictionary *dictionary, size_t column)
{
    size_t last = dictionary->columns--;

    for (size_t i = 0; i <= dictionary->rows; i++)
        *at(dictionary, i, column) = *at(dictionary, i, last);
    dictionary->column_of[dictionary->free[column]] = NONE;
    dictionary->free[column] = dictionary->free[last];
    if (column != last) dictionary->column_of[dictionary->free[column]] = column;
}

static void drop_row(struct dictionary *dictionary, size_t row)
{
    size_t last = --dictionary->rows;

    memcpy(at(dictionary, row, 0), at(dictionary, last, 0),
           dictionary->width * sizeof *dictionary->cells);
    dictionary->basic[row] = dictionary->basic[last];
    dictionary->row_of[dictionary->basic[row]] = row;
    memset(at(dictionary, last, 0), 0, dictionary->width * sizeof *dictionary->cells);
}

/* Which free unknown makes the last row (the question) grow: the steepest, later the first. */
static size_t choose_column(struct dictionary *dictionary, bool is_patient)
{
    size_t best = NONE;

    for (size_t j = 1; j <= dictionary->columns; j++) {
        int64_t rise = *at(dictionary, dictionary->rows, j);

        if (rise <= 0) continue;
        if (best == NONE) best = j;
        if (is_patient && rise > *at(dictionary, dictionary->rows, best)) best = j;
        if (!is_patient && dictionary->free[j] < dictionary->free[best]) best = j;
    }
    return best;
}

/* Which basic unknown is the first to come down to zero. */
static size_t choose_row(struct dictionary *dictionary, size_t column)
{
    size_t best = NONE;

    for (size_t i = 0; i < dictionary->rows; i++) {
        wide own, least;

        if (*at(dictionary, i, column) >= 0) continue;
        if (best == NONE) {
            best = i;
            continue;
        }
        own = (wide)*at(dictionary, i, 0) * -*at(dictionary, best, column);
        least = (wide)*at(dictionary, best, 0) * -*at(dictionary, i, column);
        if (own < least || (own == least && dictionary->basic[i] < dictionary->basic[best]))
            best = i;
    }
    return best;
}

/* Make the last row as large as it can be; false when nothing limits it. */
static bool maximize(struct dictionary *dictionary)
{
    for (int i = 0; i < PIVOTS_MAX; i++) {
        size_t column = choose_column(dictionary, i < PATIENCE), row;

        if (column == NONE) return true;
        row = choose_row(dictionary, column);
        if (row == NONE) return false;
        pivot(dictionary, row, column);
    }
    ck_abort_msg("the attacker runs in circles");
    return false;
}

/* ---- A possible beginning -------------------------------------------------------------------- */

static void settle_equations(struct dictionary *dictionary, const bool *is_zero, size_t count)
{
    size_t *rows = allocate(count, sizeof *rows), row_count = 0;

    for (size_t i = 0; i < count; i++) {
        size_t column = 1;

        if (!is_zero[i]) continue;
        while (column <= dictionary->columns && *at(dictionary, i, column) == 0)
            column++;
        if (column > dictionary->columns) {
            ck_assert_msg(*at(dictionary, i, 0) == 0, "what was told contradicts itself");
            rows[row_count++] = i;
            continue;
        }
        pivot(dictionary, i, column);
        drop_column(dictionary, column);
    }
    while (row_count > 0)
        drop_row(dictionary, rows[--row_count]);
    free(rows);
}

static size_t lowest_row(struct dictionary *dictionary)
{
    size_t lowest = 0;

    for (size_t i = 1; i < dictionary->rows; i++)
        if (*at(dictionary, i, 0) < *at(dictionary, lowest, 0)) lowest = i;
    return lowest;
}

/* One more unknown is added to everything, as much as is needed, and then made nothing again. */
static void begin_where_it_is_possible(struct dictionary *dictionary, size_t start)
{
    size_t column = ++dictionary->columns, row;

    if (dictionary->rows == 0 || *at(dictionary, lowest_row(dictionary), 0) >= 0) {
        dictionary->columns--;
        return;
    }
    for (size_t i = 0; i < dictionary->rows; i++)
        *at(dictionary, i, column) = dictionary->scale;
    memset(at(dictionary, dictionary->rows, 0), 0, dictionary->width * sizeof *dictionary->cells);
    *at(dictionary, dictionary->rows, column) = -dictionary->scale;
    dictionary->free[column] = start;
    dictionary->column_of[start] = column;
    dictionary->row_of[start] = NONE;
    pivot(dictionary, lowest_row(dictionary), column);
    ck_assert(maximize(dictionary));
    ck_assert_msg(*at(dictionary, dictionary->rows, 0) == 0, "what was told contradicts itself");
    row = dictionary->row_of[start];
    if (row != NONE) {
        column = 1;
        while (*at(dictionary, row, column) == 0)
            column++;
        ck_assert_uint_le(column, dictionary->columns);
        pivot(dictionary, row, column);
    }
    drop_column(dictionary, dictionary->column_of[start]);
}

/* ---- Components ------------------------------------------------------------------------------ */

static void part(struct attack *attack)
{
    attack->component_of = allocate(attack->unknowns, sizeof *attack->component_of);
    attack->place = allocate(attack->unknowns, sizeof *attack->place);
    attack->components = allocate(attack->unknowns, sizeof *attack->components);
    for (size_t i = 0; i < attack->unknowns; i++)
        attack->component_of[i] = NONE;
    for (uint32_t i = 0; i < attack->unknowns; i++) {
        size_t *index = &attack->component_of[find_root(attack, i)];
        struct component *component;

        if (*index == NONE) *index = attack->component_count++;
        component = &attack->components[*index];
        if (component->unknowns == NULL)
            component->unknowns = allocate(attack->unknowns, sizeof *component->unknowns);
        attack->place[i] = (uint32_t)component->count;
        component->unknowns[component->count++] = i;
    }
}

static void make_dictionary(struct dictionary *dictionary, size_t rows, size_t unknowns)
{
    dictionary->rows = rows;
    dictionary->columns = unknowns;
    dictionary->width = unknowns + 1 + ROOM_FOR_START;
    dictionary->scale = 1;
    dictionary->cells = allocate((rows + 1) * dictionary->width, sizeof *dictionary->cells);
    dictionary->row_of = allocate(unknowns + 1 + rows, sizeof *dictionary->row_of);
    dictionary->column_of = allocate(unknowns + 1 + rows, sizeof *dictionary->column_of);
    dictionary->basic = allocate(rows, sizeof *dictionary->basic);
    dictionary->free = allocate(dictionary->width, sizeof *dictionary->free);
    for (size_t i = 0; i < rows; i++) {
        dictionary->basic[i] = unknowns + 1 + i;
        dictionary->row_of[unknowns + 1 + i] = i;
        dictionary->column_of[unknowns + 1 + i] = NONE;
    }
    for (size_t i = 0; i < unknowns; i++) {
        dictionary->row_of[i] = NONE;
        dictionary->column_of[i] = i + 1;
        dictionary->free[i + 1] = i;
    }
}

/* An unknown is one fen and what is above it. */
static void solve(struct attack *attack, size_t index)
{
    struct component *component = &attack->components[index];
    struct dictionary *dictionary = &component->dictionary;
    bool *is_zero = allocate(attack->told_count, sizeof *is_zero);
    size_t count = 0;

    for (size_t i = 0; i < attack->told_count; i++)
        count += attack->component_of[find_root(attack, attack->told[i].unknowns[0])] == index;
    make_dictionary(dictionary, count, component->count);
    count = 0;
    for (size_t i = 0; i < attack->told_count; i++) {
        const struct told *told = &attack->told[i];

        if (attack->component_of[find_root(attack, told->unknowns[0])] != index) continue;
        *at(dictionary, count, 0) = told->constant;
        for (size_t j = 0; j < told->count; j++) {
            *at(dictionary, count, 0) += told->factors[j];
            *at(dictionary, count, attack->place[told->unknowns[j]] + 1) = told->factors[j];
        }
        is_zero[count++] = told->is_zero;
    }
    settle_equations(dictionary, is_zero, count);
    begin_where_it_is_possible(dictionary, component->count);
    component->is_solved = true;
    free(is_zero);
}

/* The greatest value of `sign` × the part of a sum that lies in a component, times the scale. */
static bool find_greatest(struct component *component, const struct attack_sum *sum, int64_t sign,
                          int64_t *out)
{
    struct dictionary *dictionary = &component->dictionary;
    int64_t *question = at(dictionary, dictionary->rows, 0), least = 0;

    memset(question, 0, dictionary->width * sizeof *question);
    for (size_t i = 0; i < component->count; i++) {
        int64_t factor = sign * sum->factors[component->unknowns[i]];

        least += factor;
        if (factor == 0) continue;
        if (dictionary->row_of[i] == NONE) {
            question[dictionary->column_of[i]] += factor * dictionary->scale;
            continue;
        }
        for (size_t j = 0; j <= dictionary->columns; j++)
            question[j] += factor * *at(dictionary, dictionary->row_of[i], j);
    }
    if (!maximize(dictionary)) return false;
    *out = least + question[0] / dictionary->scale - (question[0] % dictionary->scale < 0);
    return true;
}

struct attack_range attack_bound(struct attack *attack, const struct attack_sum *sum)
{
    struct attack_range range = {true, true, sum->constant, sum->constant};

    if (attack->components == NULL) part(attack);
    for (size_t i = 0; i < attack->component_count; i++) {
        struct component *component = &attack->components[i];
        bool has_part = false;
        int64_t greatest;

        for (size_t j = 0; j < component->count; j++)
            has_part = has_part || sum->factors[component->unknowns[j]] != 0;
        if (!has_part) continue;
        if (!component->is_solved) solve(attack, i);
        if (find_greatest(component, sum, 1, &greatest))
            range.greatest += greatest;
        else
            range.has_greatest = false;
        if (find_greatest(component, sum, -1, &greatest))
            range.least -= greatest;
        else
            range.has_least = false;
    }
    return range;
}
