/*
 * spending.c - what divisions spent under projects, of which the books say only the sum.
 *
 * 1. Only projects that the period tells of have a part in it.
 */
#include "exporters/spending.h"

#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"

struct reader {
    struct survey *survey;
    const struct survey_project **by_code;
};

static int order_by_code(const void *left, const void *right)
{
    const struct survey_project *const *a = left, *const *b = right;

    return strcmp((*a)->code, (*b)->code);
}

static int compare_code(const void *key, const void *element)
{
    const struct survey_project *const *project = element;

    return strcmp(key, (*project)->code);
}

static bool add_spending(void *context, const struct project_spending *told, struct error *err)
{
    struct reader *reader = context;
    struct survey *survey = reader->survey;
    const struct survey_project **project =
        survey->project_count == 0 ? NULL
                                   : bsearch(told->project, reader->by_code, survey->project_count,
                                             sizeof *reader->by_code, compare_code);
    size_t place = survey_find_place(survey, told->division);
    struct survey_spending *added;
    void *array = survey->spendings;

    if (project == NULL || place == SURVEY_NONE) return true;
    if (!array_grow(&array, survey->spending_count, sizeof *survey->spendings, SURVEY_SPENDINGS_MAX,
                    "projects that money was spent under", err))
        return false;
    survey->spendings = array;
    added = &survey->spendings[survey->spending_count++];
    *added = (struct survey_spending){
        .place = place, .project = *project, .book = told->book, .amount = told->amount};
    memcpy(added->fund, told->fund, sizeof added->fund);
    return true;
}

static int order_spendings(const void *left, const void *right)
{
    const struct survey_spending *a = left, *b = right;
    int order;

    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    order = strcmp(a->project->code, b->project->code);
    if (order == 0) order = (int)a->book - (int)b->book;
    return order != 0 ? order : strcmp(a->fund, b->fund);
}

bool spending_read(struct survey *survey, struct error *err)
{
    struct reader reader = {survey, calloc(survey->project_count + 1, sizeof *reader.by_code)};
    bool ok = false;

    if (reader.by_code == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        goto out;
    }
    for (size_t i = 0; i < survey->project_count; i++)
        reader.by_code[i] = &survey->projects[i];
    qsort(reader.by_code, survey->project_count, sizeof *reader.by_code, order_by_code);
    if (!project_spending_each(survey->journal, survey->period.first_month,
                               survey->period.last_month, add_spending, &reader, err))
        goto out;
    if (survey->spending_count > 0)
        qsort(survey->spendings, survey->spending_count, sizeof *survey->spendings,
              order_spendings);
    ok = true;
out:
    free(reader.by_code);
    return ok;
}

size_t survey_first_spending(const struct survey *survey, size_t place)
{
    size_t low = 0, high = survey->spending_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (survey->spendings[middle].place < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
