/*
 * past.c - what came and went before: the period before this one, and year by year.
 *
 * 1. Every sum is over the lines that are printed in this period and settled at both ends of the
 * time summed up. A line that is withheld now enters none, not even of a time when it was told; one
 * that was withheld then enters none of that time: what one document tells of the past is so always
 * a part of what the documents of the past told.
 * 2. The years are the last SURVEY_YEARS_MAX; the period's own ends with the period.
 */
#include "exporters/past.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"

#define MONTHS_A_YEAR 12
#define ENDS_MAX      (3 + SURVEY_YEARS_MAX + 1) /* of the period, the one before, the years */

/* ---- Which lines are settled, and when ---------------------------------------------------------
 */

static int order_keys(const void *left, const void *right)
{
    const struct survey_key *a = left, *b = right;

    if (a->month != b->month) return a->month < b->month ? -1 : 1;
    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    if (a->book != b->book) return a->book < b->book ? -1 : 1;
    return strcmp(a->fund, b->fund);
}

struct unsettled_reader {
    struct survey *survey;
    int32_t month;
};

static bool add_unsettled(void *context, const struct unsettled_line *line, struct error *err)
{
    struct unsettled_reader *reader = context;
    struct survey *survey = reader->survey;
    struct survey_key key = {.month = reader->month,
                             .place = survey_find_place(survey, line->division),
                             .book = line->book};
    void *array = survey->unsettled;

    if (key.place == SURVEY_NONE)
        return error_set(err, ERROR_STORE, "money stands in %s, which the ledger doesn't have",
                         line->division);
    memcpy(key.fund, line->fund, sizeof key.fund);
    if (!array_grow(&array, survey->unsettled_count, sizeof key, SURVEY_LINES_MAX * ENDS_MAX,
                    "book lines", err))
        return false;
    survey->unsettled = array;
    survey->unsettled[survey->unsettled_count++] = key;
    return true;
}

static struct period period_before(const struct period *now)
{
    const int32_t length = now->last_month - now->first_month + 1;

    return (struct period){"", now->first_month - length, now->first_month - 1};
}

bool past_read_unsettled(struct survey *survey, struct error *err)
{
    const struct period *now = &survey->period;
    int32_t months[ENDS_MAX] = {now->first_month - 1, now->last_month,
                                period_before(now).first_month - 1};
    size_t count = 3;

    for (int32_t i = 0; i <= SURVEY_YEARS_MAX; i++)
        months[count++] = (now->last_month / MONTHS_A_YEAR - i) * MONTHS_A_YEAR - 1;
    for (size_t i = 0; i < count; i++) {
        struct unsettled_reader reader = {survey, months[i]};
        size_t before = 0;

        while (before < i && months[before] != months[i])
            before++;
        if (before == i &&
            !unsettled_line_each(survey->journal, months[i], add_unsettled, &reader, err))
            return false;
    }
    if (survey->unsettled_count > 0)
        qsort(survey->unsettled, survey->unsettled_count, sizeof *survey->unsettled, order_keys);
    return true;
}

static bool is_settled(const struct survey *survey, const struct survey_key *line, int32_t month)
{
    struct survey_key key = *line;

    key.month = month;
    return survey->unsettled_count == 0 || bsearch(&key, survey->unsettled, survey->unsettled_count,
                                                   sizeof key, order_keys) == NULL;
}

bool past_is_told(const struct survey *survey, const struct survey_key *line, int32_t first,
                  int32_t last)
{
    return is_settled(survey, line, first - 1) && is_settled(survey, line, last) &&
           is_settled(survey, line, survey->period.first_month - 1) &&
           is_settled(survey, line, survey->period.last_month);
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

void past_list_spans(const struct survey *survey, struct book_span out[PAST_SPANS])
{
    const struct period before = period_before(&survey->period);
    int32_t last = survey->period.last_month;
    int32_t january = last - last % MONTHS_A_YEAR;

    out[0] = (struct book_span){before.first_month, before.last_month};
    for (size_t i = 1; i < PAST_SPANS; i++) {
        out[i] = (struct book_span){january, last};
        last = january - 1;
        january -= MONTHS_A_YEAR;
    }
}

bool past_add_line(struct survey *survey, size_t place, const struct book_line lines[PAST_SPANS],
                   struct error *err)
{
    struct survey_key key = {.place = place, .book = lines[0].book};
    struct book_span spans[PAST_SPANS];

    past_list_spans(survey, spans);
    memcpy(key.fund, lines[0].fund, sizeof key.fund);
    for (size_t i = 0; i < PAST_SPANS; i++) {
        struct survey_past *sum =
            i == 0 ? &survey->places[place].before : &survey->places[place].years[i - 1];

        if (book_line_is_zero(&lines[i])) continue;
        sum->any = true;
        if (past_is_told(survey, &key, spans[i].first_month, spans[i].last_month) &&
            !past_add(sum, lines[i].flows, lines[i].closing, err))
            return false;
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

void past_finish(struct survey *survey)
{
    const struct period before = period_before(&survey->period);
    const int32_t year = survey->period.last_month / MONTHS_A_YEAR;

    name_period(&before, survey->before);
    for (size_t i = 0; i < survey->place_count; i++) {
        struct survey_place *place = &survey->places[i];

        /* Before the first year without anything there was nothing. */
        for (place->year_count = 0;
             place->year_count < SURVEY_YEARS_MAX && place->years[place->year_count].any;
             place->year_count++)
            place->years[place->year_count].year = year - (int32_t)place->year_count;
    }
}
