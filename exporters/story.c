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

#define FLOW_PLACES_MAX 6 /* more divisions than these are drawn as one */

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

/* Where money goes besides single divisions, in the order in which it is drawn. */
enum flow_to { TO_OTHERS, TO_SPENT, TO_RETURNED_UP, TO_REMITTED, TO_KEPT, FLOW_OTHER_TO_COUNT };
static const char *const to_names[FLOW_OTHER_TO_COUNT] = {"others", "spent", "returned_up",
                                                          "remitted", "kept"};

/* By book: what one end got. */
struct flow_end {
    const char *division; /* "" for what is none */
    money_t books[BOOK_COUNT];
    money_t total;
};

struct flow {
    struct flow_end from[LEVEL_COUNT];
    struct flow_end to[FLOW_OTHER_TO_COUNT];
    struct flow_end *places; /* divisions that got some; by code, then the largest first */
    size_t place_count;
    size_t others; /* of them, drawn as one */
    money_t books[BOOK_COUNT];
};

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

static struct flow_end *append_end(struct flow *flow, const char *division, struct error *err)
{
    void *array = flow->places;

    if (!array_grow(&array, flow->place_count, sizeof *flow->places, SURVEY_DIVISIONS_MAX,
                    "divisions", err))
        return NULL;
    flow->places = array;
    flow->places[flow->place_count] = (struct flow_end){.division = division};
    return &flow->places[flow->place_count++];
}

static struct flow_end *find_end(struct flow *flow, const char *division, struct error *err)
{
    for (size_t i = 0; i < flow->place_count; i++)
        if (strcmp(flow->places[i].division, division) == 0) return &flow->places[i];
    return append_end(flow, division, err);
}

/* The same when those of one division come one after another. */
static struct flow_end *last_end(struct flow *flow, const char *division, struct error *err)
{
    if (flow->place_count > 0 &&
        strcmp(flow->places[flow->place_count - 1].division, division) == 0)
        return &flow->places[flow->place_count - 1];
    return append_end(flow, division, err);
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
        end = find_end(flow, transfer->counterpart, err);
        if (end == NULL || !end_add(end, transfer->book, transfer->amount, err)) return false;
    }
    return true;
}

static int order_ends(const void *left, const void *right)
{
    const struct flow_end *a = left, *b = right;
    int order = money_compare(b->total, a->total);

    return order != 0 ? order : strcmp(a->division, b->division);
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
    for (size_t i = 0; i < flow->place_count; i++)
        good = good && end_is_drawable(&flow->places[i]);
    return good;
}

/* The largest stay; one more than fits is no reason to call it "others" of one. */
static bool fold_places(struct flow *flow, struct error *err)
{
    if (flow->place_count == 0) return true;
    qsort(flow->places, flow->place_count, sizeof *flow->places, order_ends);
    while (flow->place_count > 0 && money_is_zero(flow->places[flow->place_count - 1].total))
        flow->place_count--;
    if (flow->place_count <= FLOW_PLACES_MAX) return true;
    flow->others = flow->place_count - (FLOW_PLACES_MAX - 1);
    for (size_t i = FLOW_PLACES_MAX - 1; i < flow->place_count; i++)
        for (int book = 0; book < BOOK_COUNT; book++)
            if (!end_add(&flow->to[TO_OTHERS], (enum book)book, flow->places[i].books[book], err))
                return false;
    flow->place_count = FLOW_PLACES_MAX - 1;
    return true;
}

static const enum book book_order[] = {BOOK_CONSTRUCTION, BOOK_LIVELIHOOD, BOOK_SUBSIDY, BOOK_NONE};

static void write_to(const struct survey *survey, const struct flow *flow, size_t number,
                     const char *what, const struct flow_end *end, struct xml_writer *xml)
{
    size_t place = end->division == NULL ? SURVEY_NONE : survey_find_place(survey, end->division);

    xml_element_begin(xml, "to");
    xml_attribute_integer(xml, "number", (int64_t)number);
    xml_attribute(xml, "what", what);
    if (end->division != NULL) xml_attribute(xml, "division", end->division);
    if (place != SURVEY_NONE)
        xml_attribute(xml, "division_name", survey->places[place].division.name);
    if (end == &flow->to[TO_OTHERS]) xml_attribute_integer(xml, "divisions", (int64_t)flow->others);
    xml_attribute_amount(xml, end->total);
    xml_element_end(xml);
}

static void write_nodes(const struct survey *survey, const struct flow *flow,
                        struct xml_writer *xml)
{
    size_t number = 0;

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
    for (size_t i = 0; i < flow->place_count; i++)
        write_to(survey, flow, ++number, "division", &flow->places[i], xml);
    for (size_t i = 0; i < FLOW_OTHER_TO_COUNT; i++)
        if (!money_is_zero(flow->to[i].total))
            write_to(survey, flow, ++number, to_names[i], &flow->to[i], xml);
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
    size_t number = 0;

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
    for (size_t i = 0; i < flow->place_count; i++)
        write_used(&flow->places[i], ++number, xml);
    for (size_t i = 0; i < FLOW_OTHER_TO_COUNT; i++)
        if (!money_is_zero(flow->to[i].total)) write_used(&flow->to[i], ++number, xml);
}

static bool draw(const struct survey *survey, struct flow *flow, struct xml_writer *xml,
                 struct error *err)
{
    xml_element_begin(xml, "flow");
    if (flow_is_drawable(flow)) {
        if (!fold_places(flow, err)) return false;
        write_nodes(survey, flow, xml);
        write_links(flow, xml);
    }
    xml_element_end(xml);
    return true;
}

static bool write_flow(const struct survey *survey, size_t index, struct xml_writer *xml,
                       struct error *err)
{
    const struct survey_place *place = &survey->places[index];
    struct flow flow = {.places = NULL};
    bool ok = false;

    for (size_t i = 0; i < place->line_count; i++) {
        const struct survey_line *line = &survey->lines[place->first_line + i];

        if (!line->is_withheld && !add_line(&flow, survey, line, err)) goto out;
    }
    if (!add_transfers(&flow, survey, index, err)) goto out;
    ok = draw(survey, &flow, xml, err);
out:
    free(flow.places);
    return ok;
}

/* Where the money of a line ended up: spent or standing in its place, or paid back. What went on to
   another place is told there. */
static bool add_end_of_line(struct flow *flow, const struct survey *survey,
                            const struct survey_line *line, struct error *err)
{
    const struct fund *fund = survey_find_fund(survey, line->fund);
    const money_t remitted = line->law.flows[FLOW_REMITTED];
    money_t there, all;
    struct flow_end *end;

    if (!money_add(line->law.flows[FLOW_SPENT], line->law.closing, &there, err) ||
        !money_add(there, remitted, &all, err))
        return false;
    end = last_end(flow, survey->places[line->place].division.code, err);
    return end != NULL && end_add(end, line->book, there, err) &&
           end_add(&flow->to[TO_REMITTED], line->book, remitted, err) &&
           money_add(flow->books[line->book], all, &flow->books[line->book], err) &&
           end_add(&flow->from[level_of(fund)], line->book, all, err);
}

bool story_write_fund(const struct survey *survey, const struct survey_line *const *lines,
                      size_t count, struct xml_writer *xml, struct error *err)
{
    struct flow flow = {.places = NULL};
    bool ok = false;

    for (size_t i = 0; i < count; i++)
        if (!lines[i]->is_withheld && !add_end_of_line(&flow, survey, lines[i], err)) goto out;
    ok = draw(survey, &flow, xml, err);
out:
    free(flow.places);
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
