/*
 * pages.c - the pages of a period: of places and projects from their documents, of funds and the
 * index from lists; in two languages each.
 *
 *     <division>.html  projects/<project>.html  funds/<fund>.html  index.html  names.html
 *
 * 1. A page is made when its document changes, or when the repository lacks it; a page of a list
 * when the list isn't the one that it says it was made from.
 * 2. A project has a page in the periods that project_pages.h says; what else tells of it links to
 *    the last one.
 * 3. A page of which there is nothing to tell any more, such as that of a fund of which no document
 *    speaks, leaves with the next publication of its period. Documents never do.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/lists.h"
#include "exporters/publication.h"

static const char *const languages[] = {"zh", "en"};
static const char *const suffixes[] = {".html", ".en.html"};

/* ---- Names of files ----------------------------------------------------------------------------
 */

/* snapshots/<period>/<folder><code>.html, or .en.html. The longest code fits, all of it barred. */
static void page_path(const struct issue *issue, const char *folder, const char *code,
                      size_t language, char path[REPOSITORY_PATH_SIZE])
{
    char name[REPOSITORY_PATH_SIZE];
    int size;

    static_assert(sizeof "snapshots/2021-Q3/projects/.en.html" + 3 * CODE_SIZE <
                      REPOSITORY_PATH_SIZE,
                  "a page's path fits");
    project_pages_name(code, name);
    size = snprintf(path, REPOSITORY_PATH_SIZE, "snapshots/%s/%s%s%s", issue->survey->period.name,
                    folder, name, suffixes[language]);
    assert(size > 0 && size < REPOSITORY_PATH_SIZE);
}

/* ---- Staging -----------------------------------------------------------------------------------
 */

static bool keep_page(struct publication *publication, struct manifest *manifest, const char *path,
                      const char *source, bool *kept, struct error *err)
{
    struct buffer page = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    char named[HASH_HEX_SIZE];
    bool ok = false;

    *kept = false;
    if (!repository_read(publication->repository, path, &page, kept, err)) goto out;
    *kept = *kept && (source == NULL || page_is_of(&page, source) ||
                      (source[0] == '\0' && !page_source(&page, named)));
    ok = !*kept || manifest_add(manifest, path, page.data, page.size, err);
out:
    buffer_done(&page);
    return ok;
}

static bool make_page(struct publication *publication, struct manifest *manifest,
                      const struct buffer *from, const struct page_choice *choice, const char *path,
                      struct error *err)
{
    struct buffer page = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    bool ok = publication_open_press(publication, err) &&
              page_make(publication->page_maker, from, path, choice, &page, err) &&
              repository_stage(publication->repository, path, page.data, page.size, err) &&
              manifest_add(manifest, path, page.data, page.size, err);

    buffer_done(&page);
    return ok;
}

/* ---- Pages of a document ------------------------------------------------------------------------
 */

struct document_pages {
    struct publication *publication;
    const struct issue *issue;
    struct manifest *manifest;
    const struct issue_document *document;
    struct buffer published; /* read when a page is missing */
};

static bool find_source(struct document_pages *work, const struct buffer **out, struct error *err)
{
    const struct issue_document *document = work->document;
    bool found = false;

    if (document->is_changed) {
        *out = &document->unsigned_xml;
        return true;
    }
    if (work->published.size == 0) {
        if (!repository_read(work->publication->repository, document->path, &work->published,
                             &found, err))
            return false;
        assert(found);
    }
    *out = &work->published;
    return true;
}

/* `source` of a kept page: what it must say, "" that it says none, or NULL. */
static bool stage_page(struct document_pages *work, const char *folder, const char *code,
                       const struct page_choice *choice, const char *source, struct error *err)
{
    struct page_choice each = *choice;

    for (size_t i = 0; i < ARRAY_COUNT(languages); i++) {
        const struct buffer *document = NULL;
        char path[REPOSITORY_PATH_SIZE];
        bool kept = false;

        each.language = languages[i];
        page_path(work->issue, folder, code, i, path);
        if (!work->document->is_changed &&
            !keep_page(work->publication, work->manifest, path, source, &kept, err))
            return false;
        if (kept) continue;
        if (!find_source(work, &document, err) ||
            !make_page(work->publication, work->manifest, document, &each, path, err))
            return false;
    }
    return true;
}

static bool add_elsewhere(const struct issue *issue, size_t project, struct buffer *out,
                          struct error *err)
{
    const char *period = issue->projects[project].period;

    return strcmp(period, issue->survey->period.name) == 0 ||
           buffer_append_format(out, err, "\n%s %s", issue->survey->projects[project].code, period);
}

/* Of the place's own projects and of those that it spent money under: page_choice.elsewhere, or
   nothing. */
static bool list_elsewhere(const struct issue *issue, size_t place, struct buffer *out,
                           struct error *err)
{
    const struct survey *survey = issue->survey;
    const struct survey_place *at = &survey->places[place];

    for (size_t i = 0; i < at->project_count; i++)
        if (!add_elsewhere(issue, at->first_project + i, out, err)) return false;
    for (size_t i = survey_first_spending(survey, place);
         i < survey->spending_count && survey->spendings[i].place == place; i++)
        if (!add_elsewhere(issue, (size_t)(survey->spendings[i].project - survey->projects), out,
                           err))
            return false;
    return out->size == 0 || buffer_append_byte(out, '\n', err);
}

static bool add_period(void *context, const char *name, struct error *err)
{
    struct buffer *out = context;

    return buffer_append_format(out, err, "%s\n", name);
}

/* Periods in the repository, and the one that is being published: page_choice.published. */
static bool list_periods(struct publication *publication, const struct issue *issue,
                         struct buffer *out, struct error *err)
{
    return buffer_append_text(out, "\n", err) &&
           repository_each(publication->repository, "snapshots", add_period, out, err) &&
           add_period(out, issue->survey->period.name, err);
}

/* Its page says where the pages of its projects stand, so it is made again when one of those that
   stand elsewhere comes to stand in another period. */
static bool stage_place(struct document_pages *work, const struct survey_place *place,
                        struct error *err)
{
    struct buffer elsewhere = BUFFER_INIT(LIST_SIZE_BYTES_MAX);
    struct buffer periods = BUFFER_INIT(LIST_SIZE_BYTES_MAX);
    struct page_choice choice = {.source = NULL};
    char source[HASH_HEX_SIZE];
    hash_t hash;
    bool ok = false;

    if (!list_elsewhere(work->issue, work->document->place, &elsewhere, err)) goto out;
    if (work->document->is_changed) {
        if (!list_periods(work->publication, work->issue, &periods, err)) goto out;
        choice.published = buffer_text(&periods);
    }
    source[0] = '\0'; /* a page that links to none elsewhere says no source */
    if (elsewhere.size > 0) {
        hash = hash_sha256(elsewhere.data, elsewhere.size);
        choice.source = hash_to_hex(&hash, source);
        choice.elsewhere = buffer_text(&elsewhere);
    }
    ok = stage_page(work, "", place->division.code, &choice, source, err);
out:
    buffer_done(&periods);
    buffer_done(&elsewhere);
    return ok;
}

bool pages_stage_document(struct publication *publication, const struct issue *issue,
                          const struct issue_document *document, struct manifest *manifest,
                          struct error *err)
{
    const struct survey_place *place = &issue->survey->places[document->place];
    struct document_pages work = {publication, issue, manifest, document,
                                  BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX)};
    bool ok = stage_place(&work, place, err);

    for (size_t i = 0; ok && i < place->project_count; i++) {
        const struct project_page *page = &issue->projects[place->first_project + i];
        const char *code = issue->survey->projects[place->first_project + i].code;
        char source[HASH_HEX_SIZE];
        const struct page_choice choice = {.project = code,
                                           .source = hash_to_hex(&page->told, source)};

        if (strcmp(page->period, issue->survey->period.name) == 0)
            ok = stage_page(&work, "projects/", code, &choice, NULL, err);
    }
    buffer_done(&work.published);
    return ok;
}

/* ---- Pages of lists -----------------------------------------------------------------------------
 */

static bool stage_list(struct publication *publication, const struct issue *issue,
                       struct manifest *manifest, const struct buffer *list, const char *folder,
                       const char *name, struct error *err)
{
    const hash_t hash = hash_sha256(list->data, list->size);
    char source[HASH_HEX_SIZE];

    (void)hash_to_hex(&hash, source);
    for (size_t i = 0; i < ARRAY_COUNT(languages); i++) {
        const struct page_choice choice = {languages[i], NULL, source, NULL, NULL};
        char path[REPOSITORY_PATH_SIZE];
        bool kept = false;

        page_path(issue, folder, name, i, path);
        if (!keep_page(publication, manifest, path, source, &kept, err)) return false;
        if (!kept && !make_page(publication, manifest, list, &choice, path, err)) return false;
    }
    return true;
}

static bool stage_funds(struct publication *publication, const struct issue *issue,
                        const struct lists *lists, struct manifest *manifest, struct buffer *list,
                        struct error *err)
{
    for (size_t i = 0; i < lists_fund_count(lists); i++) {
        buffer_reset(list);
        if (!lists_write_fund(lists, i, list, err) ||
            !stage_list(publication, issue, manifest, list, "funds/", lists_fund_code(lists, i),
                        err))
            return false;
    }
    return true;
}

static bool stage_names(struct publication *publication, const struct issue *issue,
                        const struct lists *lists, struct manifest *manifest, struct buffer *list,
                        struct error *err)
{
    for (size_t i = 0; i < lists_name_page_count(lists); i++) {
        char name[32] = "names";

        if (i > 0) (void)snprintf(name, sizeof name, "names-%zu", i + 1);
        buffer_reset(list);
        if (!lists_write_names(lists, i, list, err) ||
            !stage_list(publication, issue, manifest, list, "", name, err))
            return false;
    }
    return true;
}

/* ---- Pages that are no more ---------------------------------------------------------------------
 */

struct sweep {
    struct publication *publication;
    const struct manifest *manifest;
    char folder[REPOSITORY_PATH_SIZE]; /* with a slash */
};

static bool remove_stale(void *context, const char *name, struct error *err)
{
    const struct sweep *sweep = context;
    char path[2 * REPOSITORY_PATH_SIZE];
    size_t size = strlen(name);

    if (size < strlen(suffixes[0]) || strcmp(name + size - strlen(suffixes[0]), suffixes[0]) != 0)
        return true;
    (void)snprintf(path, sizeof path, "%s%s", sweep->folder, name);
    return manifest_has(sweep->manifest, path) ||
           repository_remove(sweep->publication->repository, path, err);
}

static bool sweep_pages(struct publication *publication, const struct issue *issue,
                        struct manifest *manifest, struct error *err)
{
    static const char *const folders[] = {"", "projects/", "funds/"};
    struct sweep sweep = {.publication = publication, .manifest = manifest};

    manifest_sort(manifest);
    for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
        char folder[REPOSITORY_PATH_SIZE];

        (void)snprintf(sweep.folder, sizeof sweep.folder, "snapshots/%s/%s",
                       issue->survey->period.name, folders[i]);
        memcpy(folder, sweep.folder, strlen(sweep.folder)); /* the same without the slash */
        folder[strlen(sweep.folder) - 1] = '\0';
        if (!repository_each(publication->repository, folder, remove_stale, &sweep, err))
            return false;
    }
    return true;
}

bool pages_stage_lists(struct publication *publication, const struct issue *issue,
                       struct manifest *manifest, struct error *err)
{
    struct buffer list = BUFFER_INIT(LIST_SIZE_BYTES_MAX);
    struct lists *lists = NULL;
    bool ok = false;

    if (!lists_open(issue->survey, issue->projects, &lists, err)) goto out;
    if (!stage_funds(publication, issue, lists, manifest, &list, err)) goto out;
    buffer_reset(&list);
    if (!lists_write_places(lists, &list, err)) goto out;
    if (!stage_list(publication, issue, manifest, &list, "", "index", err)) goto out;
    buffer_reset(&list);
    if (!lists_write_duties(lists, issue->survey, &list, err)) goto out;
    if (!stage_list(publication, issue, manifest, &list, "", "disclosures", err)) goto out;
    if (!stage_names(publication, issue, lists, manifest, &list, err)) goto out;
    ok = sweep_pages(publication, issue, manifest, err);
out:
    lists_close(lists);
    buffer_done(&list);
    return ok;
}
