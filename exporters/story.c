/*
 * story.c - what a page tells in words and pictures, as figures of the signed document: what
 * changed since the period before, what came and went year by year, and how the money flowed.
 *
 * 1. Only printed lines have a part in any of it (survey.h).
 * 2. The picture is whole or not there: every amount that came is seen to go somewhere or to stay.
 * A negative part, of a reversal or refund, can't be drawn, and then nothing is.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"
#include "exporters/past.h"
#include "exporters/survey.h"
#include "exporters/xml_writer.h"

/* ---- What changed, and the years ---------------------------------------------------------------
 */

static const char *const figure_names[PAST_FIGURE_COUNT] = {"received", "spent", "passed_on",
                                                            "closing"};

/* Over the lines that are told of both periods, or the difference would be none. */
static bool sum_period(const struct survey *survey, const struct survey_place *place,
                       struct survey_past *out, struct error *err)
{
    const struct period *now = &survey->period;
    const int32_t length = now->last_month - now->first_month + 1;

    *out = (struct survey_past){.any = false};
    for (size_t i = 0; i < place->line_count; i++) {
        const struct survey_line *line = &survey->lines[place->first_line + i];
        struct survey_key key = {.place = line->place, .book = line->book};

        memcpy(key.fund, line->fund, sizeof key.fund);
        if (!past_is_told(survey, &key, now->first_month - length, now->first_month - 1)) continue;
        if (!past_add(out, line->law.flows, line->law.closing, err)) return false;
    }
    return true;
}

static bool write_changes(const struct survey *survey, const struct survey_place *place,
                          struct xml_writer *xml, struct error *err)
{
    struct survey_past now;

    if (!sum_period(survey, place, &now, err)) return false;
    xml_element_begin(xml, "changes");
    xml_attribute(xml, "since", survey->before);
    for (int i = 0; i < PAST_FIGURE_COUNT; i++) {
        const money_t before = place->before.figures[i];
        money_t difference;

        if (!money_subtract(now.figures[i], before, &difference, err)) return false;
        xml_element_begin(xml, "change");
        xml_attribute(xml, "figure", figure_names[i]);
        xml_element_amount(xml, "before", before);
        xml_element_amount(xml, "now", now.figures[i]);
        xml_element_amount(xml, "difference", difference);
        xml_element_end(xml);
    }
    xml_element_end(xml);
    return true;
}

static void write_years(const struct survey_place *place, struct xml_writer *xml)
{
    char name[16];

    xml_element_begin(xml, "years");
    for (size_t i = place->year_count; i > 0; i--) {
        const struct survey_past *year = &place->years[i - 1];

        xml_element_begin(xml, "year");
        (void)snprintf(name, sizeof name, "%04d", (int)year->year);
        xml_attribute(xml, "name", name);
        for (int j = 0; j < PAST_FIGURE_COUNT; j++)
            xml_element_amount(xml, figure_names[j], year->figures[j]);
        xml_element_end(xml);
    }
    xml_element_end(xml);
}

/* ---- The flow ----------------------------------------------------------------------------------
 */

static const char *const level_names[] = {"central", "province", "prefecture", "county", "other"};
#define LEVEL_COUNT ARRAY_COUNT(level_names)

/* Where money goes besides single divisions and projects, in the order in which it is drawn. */
enum flow_to {
    TO_OTHERS,
    TO_OTHER_PROJECTS,
    TO_SPENT,
    TO_RETURNED_UP,
    TO_REMITTED,
    TO_KEPT,
    FLOW_OTHER_TO_COUNT
};
static const char *const to_names[FLOW_OTHER_TO_COUNT] = {"others",      "other_projects", "spent",
                                                          "returned_up", "remitted",       "kept"};

/* By book: what one end got. */
struct flow_end {
    const char *code; /* of a division or project; NULL for what is neither */
    const char *name; /* or NULL */
    money_t books[BOOK_COUNT];
    money_t total;
    size_t folded; /* of what is several drawn as one */
};

/* Ends with a name of their own. */
enum flow_list_kind { LIST_DIVISIONS, LIST_PROJECTS, FLOW_LIST_COUNT };
static const struct {
    const char *what, *name_attribute, *count_attribute;
    enum flow_to rest;
    size_t most; /* more than these are drawn as one */
} list_kinds[FLOW_LIST_COUNT] = {
    {"division", "division_name", "divisions", TO_OTHERS, 6},
    {"project", "project_name", "projects", TO_OTHER_PROJECTS, 4},
};

struct flow_list {
    struct flow_end *ends; /* by code, then the largest first */
    size_t count;
};

struct flow {
    struct flow_end from[LEVEL_COUNT];
    struct flow_end to[FLOW_OTHER_TO_COUNT];
    struct flow_list lists[FLOW_LIST_COUNT];
    money_t books[BOOK_COUNT];
};

static void flow_done(struct flow *flow)
{
    for (size_t i = 0; i < FLOW_LIST_COUNT; i++)
        free(flow->lists[i].ends);
}

static bool end_add(struct flow_end *end, enum book book, money_t amount, struct error *err)
{
    return money_add(end->books[book], amount, &end->books[book], err) &&
           money_add(end->total, amount, &end->total, err);
}

/* The last level is that of whatever is none of the others. */
static size_t level_of(const struct fund *fund)
{
    size_t level = 0;

    while (level + 1 < LEVEL_COUNT &&
           (fund == NULL || strcmp(level_names[level], fund->level) != 0))
        level++;
    return level;
}

static bool add_line(struct flow *flow, const struct survey *survey, const struct survey_line *line,
                     struct error *err)
{
    static const struct {
        enum flow_term term;
        enum flow_to to;
    } outs[] = {
        {FLOW_SPENT, TO_SPENT}, {FLOW_RETURNED_UP, TO_RETURNED_UP}, {FLOW_REMITTED, TO_REMITTED}};
    const struct fund *fund = survey_find_fund(survey, line->fund);
    money_t through = line->law.closing;

    for (size_t i = 0; i < ARRAY_COUNT(outs); i++) {
        money_t amount = line->law.flows[outs[i].term];

        if (!money_add(through, amount, &through, err) ||
            !end_add(&flow->to[outs[i].to], line->book, amount, err))
            return false;
    }
    if (!money_add(through, line->law.flows[FLOW_PASSED_DOWN], &through, err) ||
        !end_add(&flow->to[TO_KEPT], line->book, line->law.closing, err) ||
        !money_add(flow->books[line->book], through, &flow->books[line->book], err))
        return false;
    return end_add(&flow->from[level_of(fund)], line->book, through, err);
}

static struct flow_end *append_end(struct flow_list *list, const char *code, const char *name,
                                   struct error *err)
{
    void *array = list->ends;

    if (!array_grow(&array, list->count, sizeof *list->ends, SURVEY_SPENDINGS_MAX,
                    "ends of a picture", err))
        return NULL;
    list->ends = array;
    list->ends[list->count] = (struct flow_end){.code = code, .name = name};
    return &list->ends[list->count++];
}

static const char *division_name_of(const struct survey *survey, const char *code)
{
    size_t place = survey_find_place(survey, code);

    return place == SURVEY_NONE ? NULL : survey->places[place].division.name;
}

static struct flow_end *find_end(struct flow_list *list, const struct survey *survey,
                                 const char *division, struct error *err)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->ends[i].code, division) == 0) return &list->ends[i];
    return append_end(list, division, division_name_of(survey, division), err);
}

/* The same when those of one code come one after another. */
static struct flow_end *last_end(struct flow_list *list, const char *code, const char *name,
                                 struct error *err)
{
    if (list->count > 0 && strcmp(list->ends[list->count - 1].code, code) == 0)
        return &list->ends[list->count - 1];
    return append_end(list, code, name, err);
}

/* Transfers are sorted by fund before they are by the other end, so one end comes more than once.
 */
static bool add_transfers(struct flow *flow, const struct survey *survey, size_t index,
                          struct error *err)
{
    const char *division = survey->places[index].division.code;

    for (size_t i = survey_first_transfer(survey, division); i < survey->transfer_count; i++) {
        const struct survey_transfer *transfer = &survey->transfers[i];
        const struct survey_line *line;
        struct flow_end *end;

        if (strcmp(transfer->division, division) != 0) break;
        if (transfer->term != FLOW_PASSED_DOWN) continue;
        line = survey_find_line(survey, index, transfer->book, transfer->fund);
        if (line == NULL || line->is_withheld) continue;
        end = find_end(&flow->lists[LIST_DIVISIONS], survey, transfer->counterpart, err);
        if (end == NULL || !end_add(end, transfer->book, transfer->amount, err)) return false;
    }
    return true;
}

static int order_ends(const void *left, const void *right)
{
    const struct flow_end *a = left, *b = right;
    int order = money_compare(b->total, a->total);

    return order != 0 ? order : strcmp(a->code, b->code);
}

static bool end_is_drawable(const struct flow_end *end)
{
    for (int book = 0; book < BOOK_COUNT; book++)
        if (money_is_negative(end->books[book])) return false;
    return true;
}

static bool flow_is_drawable(const struct flow *flow)
{
    bool good = true;

    for (size_t i = 0; i < LEVEL_COUNT; i++)
        good = good && end_is_drawable(&flow->from[i]);
    for (size_t i = 0; i < FLOW_OTHER_TO_COUNT; i++)
        good = good && end_is_drawable(&flow->to[i]);
    for (size_t i = 0; i < FLOW_LIST_COUNT; i++)
        for (size_t j = 0; j < flow->lists[i].count; j++)
            good = good && end_is_drawable(&flow->lists[i].ends[j]);
    return good;
}

static bool add_projects(struct flow *flow, const struct survey *survey, size_t index,
                         struct error *err)
{
    for (size_t i = survey_first_spending(survey, index); i < survey->spending_count; i++) {
        const struct survey_spending *spending = &survey->spendings[i];
        const struct survey_line *line;
        struct flow_end *end;

        if (spending->place != index) break;
        line = survey_find_line(survey, index, spending->book, spending->fund);
        if (line == NULL || line->is_withheld) continue;
        end = last_end(&flow->lists[LIST_PROJECTS], spending->project->code,
                       spending->project->name, err);
        if (end == NULL || !end_add(end, spending->book, spending->amount, err)) return false;
    }
    return true;
}

/* What went to projects is no longer only spent. A project that gave back more than it got stays
   in what was spent, and all do when the others would then have less than nothing. */
static bool move_to_projects(struct flow *flow, struct error *err)
{
    struct flow_list *projects = &flow->lists[LIST_PROJECTS];
    struct flow_end rest = flow->to[TO_SPENT];
    size_t kept = 0;

    for (size_t i = 0; i < projects->count; i++) {
        const struct flow_end *end = &projects->ends[i];

        if (!end_is_drawable(end)) continue;
        for (int book = 0; book < BOOK_COUNT; book++)
            if (!end_add(&rest, (enum book)book, money_negate(end->books[book]), err)) return false;
        projects->ends[kept++] = *end;
    }
    projects->count = end_is_drawable(&rest) ? kept : 0;
    if (projects->count > 0) flow->to[TO_SPENT] = rest;
    return true;
}

/* The largest stay; one more than fits is no reason to call it "others" of one. */
static bool fold(struct flow *flow, enum flow_list_kind kind, struct error *err)
{
    struct flow_list *list = &flow->lists[kind];
    struct flow_end *rest = &flow->to[list_kinds[kind].rest];
    const size_t stay = list_kinds[kind].most - 1;

    if (list->count == 0) return true;
    qsort(list->ends, list->count, sizeof *list->ends, order_ends);
    while (list->count > 0 && money_is_zero(list->ends[list->count - 1].total))
        list->count--;
    if (list->count <= list_kinds[kind].most) return true;
    rest->folded = list->count - stay;
    for (size_t i = stay; i < list->count; i++)
        for (int book = 0; book < BOOK_COUNT; book++)
            if (!end_add(rest, (enum book)book, list->ends[i].books[book], err)) return false;
    list->count = stay;
    return true;
}

static const enum book book_order[] = {BOOK_CONSTRUCTION, BOOK_LIVELIHOOD, BOOK_SUBSIDY, BOOK_NONE};

/* One end as it is drawn. */
struct drawn {
    const char *what;
    const struct flow_end *end;
    int kind; /* FLOW_LIST_COUNT: none of a list */
};
#define DRAWN_MAX 32

/* All ends that got something, in the order of the picture. */
static size_t list_drawn(const struct flow *flow, struct drawn out[DRAWN_MAX])
{
    size_t count = 0;
    int next = 0;

    for (int to = 0; to < FLOW_OTHER_TO_COUNT; to++) {
        if (next < FLOW_LIST_COUNT && list_kinds[next].rest == (enum flow_to)to) {
            for (size_t i = 0; i < flow->lists[next].count; i++)
                out[count++] =
                    (struct drawn){list_kinds[next].what, &flow->lists[next].ends[i], next};
            next++;
        }
        if (!money_is_zero(flow->to[to].total))
            out[count++] = (struct drawn){to_names[to], &flow->to[to], FLOW_LIST_COUNT};
    }
    assert(count <= DRAWN_MAX);
    return count;
}

static void write_to(size_t number, const struct drawn *drawn, const struct flow *flow,
                     struct xml_writer *xml)
{
    const struct flow_end *end = drawn->end;

    xml_element_begin(xml, "to");
    xml_attribute_integer(xml, "number", (int64_t)number);
    xml_attribute(xml, "what", drawn->what);
    if (drawn->kind != FLOW_LIST_COUNT) {
        xml_attribute(xml, drawn->what, end->code);
        if (end->name != NULL)
            xml_attribute(xml, list_kinds[drawn->kind].name_attribute, end->name);
    }
    for (size_t i = 0; i < FLOW_LIST_COUNT; i++)
        if (end == &flow->to[list_kinds[i].rest])
            xml_attribute_integer(xml, list_kinds[i].count_attribute, (int64_t)end->folded);
    xml_attribute_amount(xml, end->total);
    xml_element_end(xml);
}

static void write_nodes(const struct flow *flow, struct xml_writer *xml)
{
    struct drawn drawn[DRAWN_MAX];
    size_t count = list_drawn(flow, drawn);

    for (size_t i = 0; i < LEVEL_COUNT; i++) {
        if (money_is_zero(flow->from[i].total)) continue;
        xml_element_begin(xml, "from");
        xml_attribute(xml, "level", level_names[i]);
        xml_attribute_amount(xml, flow->from[i].total);
        xml_element_end(xml);
    }
    for (size_t i = 0; i < ARRAY_COUNT(book_order); i++) {
        if (money_is_zero(flow->books[book_order[i]])) continue;
        xml_element_begin(xml, "book");
        xml_attribute(xml, "name", book_name(book_order[i]));
        xml_attribute_amount(xml, flow->books[book_order[i]]);
        xml_element_end(xml);
    }
    for (size_t i = 0; i < count; i++)
        write_to(i + 1, &drawn[i], flow, xml);
}

static void write_used(const struct flow_end *end, size_t number, struct xml_writer *xml)
{
    for (size_t i = 0; i < ARRAY_COUNT(book_order); i++) {
        if (money_is_zero(end->books[book_order[i]])) continue;
        xml_element_begin(xml, "used");
        xml_attribute(xml, "book", book_name(book_order[i]));
        xml_attribute_integer(xml, "to", (int64_t)number);
        xml_attribute_amount(xml, end->books[book_order[i]]);
        xml_element_end(xml);
    }
}

static void write_links(const struct flow *flow, struct xml_writer *xml)
{
    struct drawn drawn[DRAWN_MAX];
    size_t count = list_drawn(flow, drawn);

    for (size_t i = 0; i < LEVEL_COUNT; i++)
        for (size_t j = 0; j < ARRAY_COUNT(book_order); j++) {
            money_t amount = flow->from[i].books[book_order[j]];

            if (money_is_zero(amount)) continue;
            xml_element_begin(xml, "supplied");
            xml_attribute(xml, "level", level_names[i]);
            xml_attribute(xml, "book", book_name(book_order[j]));
            xml_attribute_amount(xml, amount);
            xml_element_end(xml);
        }
    for (size_t i = 0; i < count; i++)
        write_used(drawn[i].end, i + 1, xml);
}

static bool draw(struct flow *flow, struct xml_writer *xml, struct error *err)
{
    xml_element_begin(xml, "flow");
    if (flow_is_drawable(flow)) {
        for (int kind = 0; kind < FLOW_LIST_COUNT; kind++)
            if (!fold(flow, (enum flow_list_kind)kind, err)) return false;
        write_nodes(flow, xml);
        write_links(flow, xml);
    }
    xml_element_end(xml);
    return true;
}

static bool write_flow(const struct survey *survey, size_t index, struct xml_writer *xml,
                       struct error *err)
{
    const struct survey_place *place = &survey->places[index];
    struct flow flow = {.to = {{.code = NULL}}};
    bool ok = false;

    for (size_t i = 0; i < place->line_count; i++) {
        const struct survey_line *line = &survey->lines[place->first_line + i];

        if (!line->is_withheld && !add_line(&flow, survey, line, err)) goto out;
    }
    if (!add_transfers(&flow, survey, index, err)) goto out;
    if (!add_projects(&flow, survey, index, err)) goto out;
    if (!move_to_projects(&flow, err)) goto out;
    ok = draw(&flow, xml, err);
out:
    flow_done(&flow);
    return ok;
}

/* Where the money of a line ended up: spent or standing in its place, or paid back. What went on to
   another place is told there. */
static bool add_end_of_line(struct flow *flow, const struct survey *survey,
                            const struct survey_line *line, struct error *err)
{
    const struct fund *fund = survey_find_fund(survey, line->fund);
    const money_t remitted = line->law.flows[FLOW_REMITTED];
    const struct division *place;
    money_t there, all;
    struct flow_end *end;

    if (!money_add(line->law.flows[FLOW_SPENT], line->law.closing, &there, err) ||
        !money_add(there, remitted, &all, err))
        return false;
    place = &survey->places[line->place].division;
    end = last_end(&flow->lists[LIST_DIVISIONS], place->code, place->name, err);
    return end != NULL && end_add(end, line->book, there, err) &&
           end_add(&flow->to[TO_REMITTED], line->book, remitted, err) &&
           money_add(flow->books[line->book], all, &flow->books[line->book], err) &&
           end_add(&flow->from[level_of(fund)], line->book, all, err);
}

bool story_write_fund(const struct survey *survey, const struct survey_line *const *lines,
                      size_t count, struct xml_writer *xml, struct error *err)
{
    struct flow flow = {.to = {{.code = NULL}}};
    bool ok = false;

    for (size_t i = 0; i < count; i++)
        if (!lines[i]->is_withheld && !add_end_of_line(&flow, survey, lines[i], err)) goto out;
    ok = draw(&flow, xml, err);
out:
    flow_done(&flow);
    return ok;
}

bool story_write(const struct survey *survey, size_t place, struct xml_writer *xml,
                 struct error *err)
{
    assert(place < survey->place_count);
    if (!write_changes(survey, &survey->places[place], xml, err)) return false;
    write_years(&survey->places[place], xml);
    return write_flow(survey, place, xml, err);
}
