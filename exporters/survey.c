/*
 * survey.c - reading the ledger for a period, and deciding what is withheld.
 */
#include "exporters/survey.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"
#include "exporters/matters.h"
#include "exporters/past.h"
#include "exporters/spending.h"
#include "exporters/transfers.h"

/* ---- The law ----------------------------------------------------------------------------------
 */

bool flow_term_is_in(enum flow_term term)
{
    return term <= FLOW_REALLOCATED_IN;
}

bool law_add(struct law *sum, const struct law *more, struct error *err)
{
    if (!money_add(sum->opening, more->opening, &sum->opening, err)) return false;
    for (int i = 0; i < FLOW_TERM_COUNT; i++)
        if (!money_add(sum->flows[i], more->flows[i], &sum->flows[i], err)) return false;
    if (!money_add(sum->closing, more->closing, &sum->closing, err)) return false;
    for (int i = 0; i < ACCOUNT_ROLE_COUNT; i++)
        if (!money_add(sum->standing[i], more->standing[i], &sum->standing[i], err)) return false;
    return true;
}

/* Roles whose sum is the closing balance: all but where money comes from and where it ends. */
static bool role_is_standing(int role)
{
    return role != ACCOUNT_SOURCE && role != ACCOUNT_SPENT;
}

static bool law_require(const struct law *law, const char *what, struct error *err)
{
    money_t left = law->opening, standing = MONEY_ZERO;

    for (int i = 0; i < FLOW_TERM_COUNT; i++) {
        money_t change =
            flow_term_is_in((enum flow_term)i) ? law->flows[i] : money_negate(law->flows[i]);
        if (!money_add(left, change, &left, err)) return false;
    }
    for (int i = 0; i < ACCOUNT_ROLE_COUNT; i++)
        if (role_is_standing(i) && !money_add(standing, law->standing[i], &standing, err))
            return false;
    if (money_compare(left, law->closing) != 0 || money_compare(standing, law->closing) != 0)
        return error_set(err, ERROR_UNBALANCED,
                         "%s: what came in, went out and is left don't agree; run `mingzhang "
                         "verify --deep` before publishing",
                         what);
    return true;
}

/* ---- Looking up ---------------------------------------------------------------------------------
 */

static int compare_place(const void *key, const void *element)
{
    return strcmp(key, ((const struct survey_place *)element)->division.code);
}

size_t survey_find_place(const struct survey *survey, const char *code)
{
    const struct survey_place *found = survey->place_count == 0
                                           ? NULL
                                           : bsearch(code, survey->places, survey->place_count,
                                                     sizeof *survey->places, compare_place);

    return found == NULL ? SURVEY_NONE : (size_t)(found - survey->places);
}

static int compare_fund(const void *key, const void *element)
{
    return strcmp(key, ((const struct fund *)element)->code);
}

const struct fund *survey_find_fund(const struct survey *survey, const char *code)
{
    if (survey->fund_count == 0) return NULL;
    return bsearch(code, survey->funds, survey->fund_count, sizeof *survey->funds, compare_fund);
}

const struct survey_line *survey_find_line(const struct survey *survey, size_t place,
                                           enum book book, const char *fund)
{
    const struct survey_place *at = &survey->places[place];

    for (size_t i = at->first_line; i < at->first_line + at->line_count; i++)
        if (survey->lines[i].book == book && strcmp(survey->lines[i].fund, fund) == 0)
            return &survey->lines[i];
    return NULL;
}

/* ---- Divisions and funds ------------------------------------------------------------------------
 */

static bool add_place(void *context, const struct division *division, struct error *err)
{
    struct survey *survey = context;
    struct survey_place *place;
    void *array = survey->places;

    if (!array_grow(&array, survey->place_count, sizeof *survey->places, SURVEY_DIVISIONS_MAX,
                    "divisions", err))
        return false;
    survey->places = array;
    place = &survey->places[survey->place_count++];
    *place = (struct survey_place){
        .division = *division, .level = division_code_level(division->code), .parent = SURVEY_NONE};
    return true;
}

static bool add_fund(void *context, const struct fund *fund, struct error *err)
{
    struct survey *survey = context;
    void *array = survey->funds;

    if (!array_grow(&array, survey->fund_count, sizeof *survey->funds, SURVEY_FUNDS_MAX, "funds",
                    err))
        return false;
    survey->funds = array;
    survey->funds[survey->fund_count++] = *fund;
    return true;
}

static int order_places(const void *a, const void *b)
{
    return strcmp(((const struct survey_place *)a)->division.code,
                  ((const struct survey_place *)b)->division.code);
}

static int order_funds(const void *a, const void *b)
{
    return strcmp(((const struct fund *)a)->code, ((const struct fund *)b)->code);
}

/* Parents as indexes, and how deep each division lies. */
static bool link_places(struct survey *survey, struct error *err)
{
    for (size_t i = 0; i < survey->place_count; i++) {
        struct survey_place *place = &survey->places[i];

        if (place->division.parent[0] == '\0') continue;
        place->parent = survey_find_place(survey, place->division.parent);
        if (place->parent == SURVEY_NONE &&
            strcmp(place->division.code, journal_root_division(survey->journal)) != 0)
            return error_set(err, ERROR_STORE,
                             "division %s lies in %s, which the ledger doesn't have",
                             place->division.code, place->division.parent);
    }
    for (size_t i = 0; i < survey->place_count; i++) {
        size_t at = survey->places[i].parent;

        while (at != SURVEY_NONE) {
            if (++survey->places[i].depth > SURVEY_DEPTH_MAX)
                return error_set(err, ERROR_STORE, "division %s lies more than %d tiers deep",
                                 survey->places[i].division.code, SURVEY_DEPTH_MAX);
            at = survey->places[at].parent;
        }
    }
    return true;
}

static bool read_register(struct survey *survey, struct error *err)
{
    if (!division_each_on(survey->journal, journal_root_division(survey->journal),
                          month_last_day(survey->period.last_month), add_place, survey, err))
        return false;
    if (!fund_each(survey->journal, add_fund, survey, err)) return false;
    if (survey->place_count > 0)
        qsort(survey->places, survey->place_count, sizeof *survey->places, order_places);
    if (survey->fund_count > 0)
        qsort(survey->funds, survey->fund_count, sizeof *survey->funds, order_funds);
    return link_places(survey, err);
}

/* ---- Book lines ---------------------------------------------------------------------------------
 */

static struct survey_line *append_line(struct survey *survey, const struct survey_line *line,
                                       struct error *err)
{
    void *array = survey->lines;

    if (!array_grow(&array, survey->line_count, sizeof *survey->lines, SURVEY_LINES_MAX,
                    "book lines", err))
        return NULL;
    survey->lines = array;
    survey->lines[survey->line_count] = *line;
    return &survey->lines[survey->line_count++];
}

/* lines[0] is of the period, what follows of the past. */
static bool add_line(void *context, const struct book_line *lines, struct error *err)
{
    struct survey *survey = context;
    const struct book_line *line = &lines[0];
    struct survey_line added = {.place = survey_find_place(survey, line->division),
                                .book = line->book};
    char what[CODE_SIZE + DIVISION_CODE_SIZE + 16];

    if (added.place == SURVEY_NONE)
        return error_set(err, ERROR_STORE, "money stands in %s, which the ledger doesn't have",
                         line->division);
    if (!past_add_line(survey, added.place, lines + 1, err)) return false;
    if (book_line_is_zero(line)) return true;
    memcpy(added.fund, line->fund, sizeof added.fund);
    added.law.opening = line->opening;
    memcpy(added.law.flows, line->flows, sizeof added.law.flows);
    added.law.closing = line->closing;
    memcpy(added.law.standing, line->closing_by_role, sizeof added.law.standing);
    (void)snprintf(what, sizeof what, "%s, fund %s", line->division, line->fund);
    return law_require(&added.law, what, err) && append_line(survey, &added, err) != NULL;
}

static int order_lines(const void *left, const void *right)
{
    const struct survey_line *a = left, *b = right;

    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    if (a->book != b->book) return a->book < b->book ? -1 : 1;
    return strcmp(a->fund, b->fund);
}

static void sort_lines(struct survey *survey)
{
    if (survey->line_count > 0)
        qsort(survey->lines, survey->line_count, sizeof *survey->lines, order_lines);
}

/* A line that isn't settled and zero throughout is no line of the books, but that it isn't there
   would tell as much as a figure: it is added. */
static bool withhold(struct survey *survey, const struct survey_key *key, size_t sorted_count,
                     struct error *err)
{
    struct survey_line wanted = {.place = key->place, .book = key->book};
    struct survey_line *line = NULL;

    memcpy(wanted.fund, key->fund, sizeof wanted.fund);
    if (sorted_count > 0)
        line = bsearch(&wanted, survey->lines, sorted_count, sizeof *survey->lines, order_lines);
    if (line == NULL && (line = append_line(survey, &wanted, err)) == NULL) return false;
    if (!line->is_withheld) survey->places[key->place].books[key->book].withheld_lines++;
    line->is_withheld = true;
    return true;
}

static bool withhold_all(struct survey *survey, int32_t month, struct error *err)
{
    const size_t sorted_count = survey->line_count;

    for (size_t i = 0; i < survey->unsettled_count; i++)
        if (survey->unsettled[i].month == month &&
            !withhold(survey, &survey->unsettled[i], sorted_count, err))
            return false;
    sort_lines(survey);
    return true;
}

static bool read_lines(struct survey *survey, struct error *err)
{
    const int32_t first = survey->period.first_month, last = survey->period.last_month;
    struct book_span spans[1 + PAST_SPANS] = {{first, last}};

    static_assert(1 + PAST_SPANS <= BOOK_SPANS_MAX, "all spans are read in one pass");
    past_list_spans(survey, spans + 1);
    if (!past_read_unsettled(survey, err) ||
        !book_line_each(survey->journal, "", spans, ARRAY_COUNT(spans), add_line, survey, err))
        return false;
    sort_lines(survey);
    if (!withhold_all(survey, first - 1, err) || !withhold_all(survey, last, err)) return false;
    past_finish(survey);
    for (size_t i = survey->line_count; i > 0; i--) {
        struct survey_place *place = &survey->places[survey->lines[i - 1].place];

        place->first_line = i - 1;
        place->line_count++;
    }
    return true;
}

/* ---- Sums over the divisions below ------------------------------------------------------------
 */

static bool sum_add(struct survey_sum *sum, const struct survey_sum *more, struct error *err)
{
    sum->lines += more->lines;
    return law_add(&sum->law, &more->law, err);
}

/* Give one division's lines, and what lies below it, to its parent. Called for the deepest first,
   so that `below` is complete. */
static bool give_to_parent(struct survey *survey, const struct survey_place *place,
                           struct error *err)
{
    struct survey_place *parent;

    if (place->parent == SURVEY_NONE) return true;
    parent = &survey->places[place->parent];
    for (int i = 0; i < BOOK_COUNT; i++) {
        parent->books[i].withheld_below +=
            place->books[i].withheld_lines + place->books[i].withheld_below;
        if (!sum_add(&parent->books[i].below, &place->books[i].below, err)) return false;
    }
    for (size_t i = place->first_line; i < place->first_line + place->line_count; i++) {
        const struct survey_line *line = &survey->lines[i];
        struct survey_sum one = {line->law, 1};

        if (!line->is_withheld && !sum_add(&parent->books[line->book].below, &one, err))
            return false;
    }
    return true;
}

static bool sum_below(struct survey *survey, struct error *err)
{
    for (int depth = SURVEY_DEPTH_MAX; depth >= 0; depth--)
        for (size_t i = 0; i < survey->place_count; i++)
            if (survey->places[i].depth == depth &&
                !give_to_parent(survey, &survey->places[i], err))
                return false;
    return true;
}

/* ---- Projects and what wants attention: asked once for all divisions --------------------------
 */

static bool add_plan_funds(struct survey *survey, const struct project *project, struct error *err)
{
    for (size_t i = 0; i < project->plan_count; i++) {
        void *array = survey->plan_funds;

        if (project->plan[i].fund[0] == '\0') continue;
        if (!array_grow(&array, survey->plan_fund_count, sizeof *survey->plan_funds,
                        SURVEY_PROJECTS_MAX, "plan lines", err))
            return false;
        survey->plan_funds = array;
        memcpy(survey->plan_funds[survey->plan_fund_count++].text, project->plan[i].fund,
               CODE_SIZE);
    }
    return true;
}

static char *copy_name(const char *name)
{
    size_t size = strlen(name) + 1;
    char *copy = malloc(size);

    if (copy != NULL) memcpy(copy, name, size);
    return copy;
}

static bool add_project(void *context, const struct project *project, struct error *err)
{
    struct survey *survey = context;
    struct survey_project *added;
    void *array = survey->projects;
    char heir[DIVISION_CODE_SIZE];
    size_t place;

    /* A project that begins after the period is told of in its own time. */
    if (project->has_start && date_month(project->start) > survey->period.last_month) return true;
    if (!division_heir(survey->journal, project->division,
                       month_last_day(survey->period.last_month), heir, err))
        return false;
    place = survey_find_place(survey, heir);
    if (place == SURVEY_NONE)
        return error_set(err, ERROR_STORE, "project %s lies in %s, which the ledger doesn't have",
                         project->code, project->division);
    if (!array_grow(&array, survey->project_count, sizeof *survey->projects, SURVEY_PROJECTS_MAX,
                    "projects", err))
        return false;
    survey->projects = array;
    added = &survey->projects[survey->project_count++];
    *added = (struct survey_project){
        .place = place, .book = project->book, .first_fund = survey->plan_fund_count};
    memcpy(added->code, project->code, sizeof added->code);
    added->name = copy_name(project->name);
    if (added->name == NULL) return error_set(err, ERROR_MEMORY, "out of memory");
    if (!add_plan_funds(survey, project, err)) return false;
    added->fund_count = survey->plan_fund_count - added->first_fund;
    return true;
}

static bool add_item(void *context, const struct attention_item *item, struct error *err)
{
    struct survey *survey = context;
    void *array = survey->items;
    size_t place = survey_find_place(survey, item->account.division);

    if (place == SURVEY_NONE)
        return error_set(err, ERROR_STORE, "money stands in %s, which the ledger doesn't have",
                         item->account.division);
    if (!array_grow(&array, survey->item_count, sizeof *survey->items, SURVEY_ITEMS_MAX,
                    "open points", err))
        return false;
    survey->items = array;
    survey->items[survey->item_count] =
        (struct survey_item){.place = place, .order = survey->item_count, .item = *item};
    survey->item_count++;
    return true;
}

static int order_projects(const void *left, const void *right)
{
    const struct survey_project *a = left, *b = right;

    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    return strcmp(a->code, b->code);
}

static int order_items(const void *left, const void *right)
{
    const struct survey_item *a = left, *b = right;

    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static bool read_lists(struct survey *survey, struct error *err)
{
    date_t last_day = month_last_day(survey->period.last_month);

    if (!project_each(survey->journal, "", add_project, survey, err)) return false;
    if (!attention_each(survey->journal, "", last_day, add_item, survey, err)) return false;
    if (survey->project_count > 0)
        qsort(survey->projects, survey->project_count, sizeof *survey->projects, order_projects);
    if (survey->item_count > 0)
        qsort(survey->items, survey->item_count, sizeof *survey->items, order_items);
    for (size_t i = survey->project_count; i > 0; i--) {
        struct survey_place *place = &survey->places[survey->projects[i - 1].place];

        place->first_project = i - 1;
        place->project_count++;
    }
    for (size_t i = survey->item_count; i > 0; i--) {
        struct survey_place *place = &survey->places[survey->items[i - 1].place];

        place->first_item = i - 1;
        place->item_count++;
    }
    return true;
}

void survey_add_document(struct survey *survey, size_t place)
{
    struct survey_place *places = survey->places;

    for (; place != SURVEY_NONE && !places[place].has_document; place = places[place].parent) {
        places[place].has_document = true;
        for (size_t at = places[place].parent; at != SURVEY_NONE; at = places[at].parent)
            places[at].below_count++;
    }
}

/* Each division that is valid in the period; one whose money or projects came before its day or
   stayed after its last one, too. */
static void choose_documents(struct survey *survey)
{
    const date_t first_day = month_first_day(survey->period.first_month);
    const date_t last_day = month_last_day(survey->period.last_month);

    for (size_t i = 0; i < survey->place_count; i++) {
        const struct survey_place *place = &survey->places[i];
        const struct division *division = &place->division;
        bool is_valid = !date_is_before(last_day, division->valid_from) &&
                        !(division->has_end && date_is_before(division->last_day, first_day));

        if (is_valid || place->parent == SURVEY_NONE || place->line_count > 0 ||
            place->project_count > 0)
            survey_add_document(survey, i);
    }
}

/* ---- The whole ------------------------------------------------------------------------------- */

bool survey_take(struct ledger *ledger, const struct period *period, struct survey **out,
                 struct error *err)
{
    struct survey *survey = calloc(1, sizeof *survey);
    struct note_vkey log_key;
    bool ok = false;

    if (survey == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        goto out;
    }
    survey->journal = ledger_journal(ledger);
    survey->period = *period;
    if (!journal_log_key(survey->journal, &log_key, err)) goto out;
    (void)sign_public_fingerprint(&log_key.key, survey->log_key);
    if (!read_register(survey, err)) goto out;
    if (!read_lines(survey, err)) goto out;
    if (!sum_below(survey, err)) goto out;
    if (!read_lists(survey, err)) goto out;
    choose_documents(survey);
    if (!transfers_read(survey, err)) goto out;
    if (!spending_read(survey, err)) goto out;
    if (!matters_take(survey->journal, period->first_month, period->last_month, &survey->matters,
                      err))
        goto out;
    *out = survey;
    survey = NULL;
    ok = true;
out:
    survey_free(survey);
    return ok;
}

void survey_free(struct survey *survey)
{
    if (survey == NULL) return;
    free(survey->places);
    free(survey->funds);
    free(survey->lines);
    free(survey->unsettled);
    for (size_t i = 0; i < survey->project_count; i++)
        free(survey->projects[i].name);
    free(survey->projects);
    free(survey->plan_funds);
    free(survey->items);
    free(survey->transfers);
    free(survey->spendings);
    matters_free(survey->matters);
    free(survey);
}
