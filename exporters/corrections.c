/*
 * corrections.c - what the documents of a publication say they corrected.
 *
 * 1. Nothing is checked but the form: recheck.c and rederive.c hold it to what was and is.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/correction.h"
#include "exporters/publication.h"

struct corrections {
    struct repository *repository;
    const char *period;
    bool (*visit)(void *context, const struct published_correction *correction, struct error *err);
    void *context;
    uint64_t more;
};

static bool visit_figures(struct corrections *all, const char *division,
                          const struct correction *correction, struct error *err)
{
    for (size_t i = 0; i < correction->count; i++) {
        const struct corrected_figure *figure = &correction->figures[i];
        const struct published_correction told = {.period = all->period,
                                                  .division = division,
                                                  .of = figure->of,
                                                  .code = figure->code,
                                                  .book = figure->book,
                                                  .figure = figure->figure,
                                                  .has_was = figure->has_was,
                                                  .has_now = figure->has_now,
                                                  .was = figure->was,
                                                  .now = figure->now};

        if (!all->visit(all->context, &told, err)) return false;
    }
    if (correction->more > 0) all->more += (uint64_t)correction->more;
    return true;
}

static bool see_document(void *context, const char *name, struct error *err)
{
    struct corrections *all = context;
    struct buffer xml = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    struct correction correction = {.figures = NULL};
    char division[DIVISION_CODE_SIZE], path[REPOSITORY_PATH_SIZE];
    bool found = false;
    bool ok = false;

    if (!issue_parse_name(name, division)) return true;
    issue_path(all->period, division, ".xml", path);
    if (!repository_read(all->repository, path, &xml, &found, err)) goto out;
    assert(found);
    ok = strstr(buffer_text(&xml), "<corrected") == NULL || /* most: nothing has to be parsed */
         (correction_read(xml.data, xml.size, path, &correction, err) &&
          visit_figures(all, division, &correction, err));
out:
    correction_done(&correction);
    buffer_done(&xml);
    return ok;
}

bool corrections_each(const char *repository,
                      bool (*visit)(void *context, const struct published_correction *correction,
                                    struct error *err),
                      void *context, uint64_t *more_out, struct error *err)
{
    struct corrections all = {.visit = visit, .context = context};
    struct site_periods periods = {NULL, 0};
    bool ok = false;

    if (!repository_open(repository, false, &all.repository, err)) goto out;
    if (!site_list_periods(all.repository, NULL, &periods, err)) goto out;
    for (size_t i = 0; i < periods.count; i++) {
        char folder[REPOSITORY_PATH_SIZE];

        all.period = periods.periods[i].name;
        (void)snprintf(folder, sizeof folder, "snapshots/%s", all.period);
        if (!repository_each(all.repository, folder, see_document, &all, err)) goto out;
    }
    *more_out = all.more;
    ok = true;
out:
    free(periods.periods);
    repository_close(all.repository);
    return ok;
}
