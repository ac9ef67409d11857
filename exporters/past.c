/*
 * past.c - what came and went before: the period before this one, and year by year.
 *
 * 1. Every sum is over the lines that are printed in this period. A line that is withheld now
 * enters none, not even of a time when it was told: what one document tells of the past is so
 * always a part of what the documents of the past told.
 * 2. The years are the last SURVEY_YEARS_MAX; the period's own ends with the period.
 */
#include "exporters/past.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"

#define MONTHS_A_YEAR 12

/* ---- Which lines are withheld ------------------------------------------------------------------
 */

static int order_keys(const void *left, const void *right)
{
    const struct survey_key *a = left, *b = right;

    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    if (a->book != b->book) return a->book < b->book ? -1 : 1;
    return strcmp(a->fund, b->fund);
}

bool past_withhold(struct survey *survey, size_t place, enum book book, const char *fund,
                   struct error *err)
{
    void *array = survey->withheld;
    struct survey_key *key;

    if (!array_grow(&array, survey->withheld_count, sizeof *survey->withheld, SURVEY_LINES_MAX,
                    "book lines", err))
        return false;
    survey->withheld = array;
    key = &survey->withheld[survey->withheld_count++];
    *key = (struct survey_key){.place = place, .book = book};
    memcpy(key->fund, fund, strlen(fund) + 1);
    return true;
}

static bool is_withheld(const struct survey *survey, size_t place, const struct book_line *line)
{
    struct survey_key key = {.place = place, .book = line->book};

    if (survey->withheld_count == 0) return false;
    memcpy(key.fund, line->fund, sizeof key.fund);
    return bsearch(&key, survey->withheld, survey->withheld_count, sizeof *survey->withheld,
                   order_keys) != NULL;
}

/* ---- Sums --------------------------------------------------------------------------------------
 */

bool past_add(struct survey_past *sum, const money_t flows[FLOW_TERM_COUNT], money_t closing,
              struct error *err)
{
    static const struct {
        enum flow_term term;
        size_t figure;
    } parts[] = {
        {FLOW_APPROPRIATED, PAST_RECEIVED},
        {FLOW_RECEIVED_FROM_ABOVE, PAST_RECEIVED},
        {FLOW_RECOVERED_FROM_BELOW, PAST_RECEIVED},
        {FLOW_OTHER_RECEIPTS, PAST_RECEIVED},
        {FLOW_SPENT, PAST_SPENT},
        {FLOW_PASSED_DOWN, PAST_PASSED_ON},
        {FLOW_RETURNED_UP, PAST_PASSED_ON},
        {FLOW_REMITTED, PAST_PASSED_ON},
    };

    for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
        money_t *figure = &sum->figures[parts[i].figure];

        if (!money_add(*figure, flows[parts[i].term], figure, err)) return false;
    }
    return money_add(sum->figures[PAST_CLOSING], closing, &sum->figures[PAST_CLOSING], err);
}

struct past_reader {
    const struct survey *survey;
    size_t place;
    struct survey_past *sum;
};

static bool add_line(void *context, const struct book_line *line, struct error *err)
{
    struct past_reader *reader = context;

    reader->sum->any = true;
    if (is_withheld(reader->survey, reader->place, line)) return true;
    return past_add(reader->sum, line->flows, line->closing, err);
}

static bool read_span(struct survey *survey, size_t place, int32_t first, int32_t last,
                      struct survey_past *out, struct error *err)
{
    struct past_reader reader = {survey, place, out};

    *out = (struct survey_past){.any = false};
    return book_line_each(survey->journal, survey->places[place].division.code, first, last,
                          add_line, &reader, err);
}

/* Backwards from the period's year, as long as there is anything: before that there was nothing. */
static bool read_years(struct survey *survey, size_t index, struct error *err)
{
    struct survey_place *place = &survey->places[index];
    int32_t last = survey->period.last_month;
    int32_t january = last - last % MONTHS_A_YEAR;

    for (place->year_count = 0; place->year_count < SURVEY_YEARS_MAX;) {
        struct survey_past *year = &place->years[place->year_count];

        if (!read_span(survey, index, january, last, year, err)) return false;
        if (!year->any) break;
        year->year = january / MONTHS_A_YEAR;
        place->year_count++;
        last = january - 1;
        january -= MONTHS_A_YEAR;
    }
    return true;
}

/* ---- The period before -------------------------------------------------------------------------
 */

static void name_period(const struct period *period, char out[PERIOD_NAME_SIZE])
{
    const int year = (int)(period->first_month / MONTHS_A_YEAR);
    const int month = (int)(period->first_month % MONTHS_A_YEAR);
    const int32_t length = period->last_month - period->first_month + 1;

    if (length == MONTHS_A_YEAR)
        (void)snprintf(out, PERIOD_NAME_SIZE, "%04d", year);
    else if (length == 1)
        (void)snprintf(out, PERIOD_NAME_SIZE, "%04d-%02d", year, month + 1);
    else
        (void)snprintf(out, PERIOD_NAME_SIZE, "%04d-Q%d", year, month / 3 + 1);
}

bool past_read(struct survey *survey, struct error *err)
{
    const struct period *now = &survey->period;
    const int32_t length = now->last_month - now->first_month + 1;
    const struct period before = {"", now->first_month - length, now->first_month - 1};

    name_period(&before, survey->before);
    if (survey->withheld_count > 0)
        qsort(survey->withheld, survey->withheld_count, sizeof *survey->withheld, order_keys);
    for (size_t i = 0; i < survey->place_count; i++) {
        if (!read_span(survey, i, before.first_month, before.last_month, &survey->places[i].before,
                       err) ||
            !read_years(survey, i, err))
            return false;
    }
    return true;
}
