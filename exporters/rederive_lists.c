/*
 * rederive_lists.c - the pages of a period that are made from lists, made again from the ledger.
 *
 * 1. A list says in which period the page of each project stands. That is the publication's doing,
 *    not the ledger's: it is taken from the published index of names, whose links recheck.c judges.
 * 2. Pages that another edition made aren't compared; recheck.c counts them.
 */
#include "exporters/rederive.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/lists.h"
#include "exporters/page_scan.h"

static const char *const suffixes[] = {".html", ".en.html"};
static const char *const languages[] = {"zh", "en"};

struct relist {
    struct publication *publication;
    const struct survey *survey;
    struct project_page *pages;             /* as the survey has the projects */
    const struct survey_project **projects; /* by code */
    struct manifest expected;
    const char *folder; /* while files are listed */
    struct error *difference;
};

/* ---- Where the pages of projects stand ----------------------------------------------------------
 */

static int order_projects(const void *left, const void *right)
{
    return strcmp((*(const struct survey_project *const *)left)->code,
                  (*(const struct survey_project *const *)right)->code);
}

static int compare_code(const void *code, const void *project)
{
    return strcmp(code, (*(const struct survey_project *const *)project)->code);
}

/* "../2021-06/projects/P1.html" */
static bool note_link(void *context, const char *address, struct error *err)
{
    struct relist *relist = context;
    const struct survey_project **found;
    const char *period = address + 3, *name;
    char path[PAGE_LINK_SIZE], code[CODE_SIZE];
    size_t size;

    if (strncmp(address, "../", 3) != 0) return true;
    size = strcspn(period, "/");
    if (strncmp(period + size, "/projects/", 10) != 0 || size >= PERIOD_NAME_SIZE) return true;
    if (!page_link_path("", period + size + 1, path, err)) return false;
    name = strchr(path, '/') + 1;
    if (project_pages_parse(name, code) == NULL || relist->survey->project_count == 0) return true;
    found =
        bsearch(code, relist->projects, relist->survey->project_count, sizeof *found, compare_code);
    if (found != NULL)
        (void)snprintf(relist->pages[*found - relist->survey->projects].period, PERIOD_NAME_SIZE,
                       "%.*s", (int)size, period);
    return true;
}

static bool note_names_page(void *context, const char *name, struct error *err)
{
    struct relist *relist = context;
    struct buffer page = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    const size_t size = strlen(name);
    char path[REPOSITORY_PATH_SIZE];
    bool found = false;
    bool ok;

    if (strncmp(name, "names", 5) != 0 || size < 10 || strchr(name, '.') != name + size - 5)
        return true;
    issue_path(relist->survey->period.name, name, "", path);
    ok = repository_read(relist->publication->repository, path, &page, &found, err) &&
         page_scan(&page, note_link, relist, err);
    buffer_done(&page);
    return ok;
}

static bool find_pages(struct relist *relist, struct error *err)
{
    const struct survey *survey = relist->survey;
    char folder[REPOSITORY_PATH_SIZE];

    relist->pages = calloc(survey->project_count + 1, sizeof *relist->pages);
    relist->projects = calloc(survey->project_count + 1, sizeof(struct survey_project *));
    if (relist->pages == NULL || relist->projects == NULL)
        return error_set(err, ERROR_MEMORY, "out of memory");
    for (size_t i = 0; i < survey->project_count; i++) {
        memcpy(relist->pages[i].period, survey->period.name, PERIOD_NAME_SIZE);
        relist->projects[i] = &survey->projects[i];
    }
    if (survey->project_count > 0)
        qsort(relist->projects, survey->project_count, sizeof(struct survey_project *),
              order_projects);
    (void)snprintf(folder, sizeof folder, "snapshots/%s", survey->period.name);
    return repository_each(relist->publication->repository, folder, note_names_page, relist, err);
}

/* ---- The pages ----------------------------------------------------------------------------------
 */

static bool check_page(struct relist *relist, const struct buffer *list, const char *path,
                       size_t language, struct error *err)
{
    const hash_t hash = hash_sha256(list->data, list->size), none = HASH_ZERO;
    const struct page_maker *maker = relist->publication->page_maker;
    struct buffer page = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    char source[HASH_HEX_SIZE];
    const struct page_choice choice = {.language = languages[language],
                                       .source = hash_to_hex(&hash, source)};
    const struct page_from from = {list, NULL, path};
    bool found = false, is_same = false;
    bool ok = false;

    if (!manifest_add_hash(&relist->expected, path, &none, 0, err)) goto out;
    if (!repository_read(relist->publication->repository, path, &page, &found, err)) goto out;
    ok = true;
    if (!found)
        (void)error_set(relist->difference, ERROR_VERIFY, "%s is missing", path);
    else if (page_is_ours(maker, &page)) {
        ok = page_is_made(maker, &from, &choice, &page, &is_same, err);
        if (ok && !is_same)
            (void)error_set(relist->difference, ERROR_VERIFY,
                            "%s isn't the page that the ledger makes", path);
    }
out:
    buffer_done(&page);
    return ok;
}

static bool check_list(struct relist *relist, const struct buffer *list, const char *folder,
                       const char *code, struct error *err)
{
    for (size_t i = 0; i < ARRAY_COUNT(suffixes); i++) {
        char name[REPOSITORY_PATH_SIZE], file[2 * REPOSITORY_PATH_SIZE], path[REPOSITORY_PATH_SIZE];

        if (relist->difference->code != ERROR_NONE) return true;
        project_pages_name(code, name);
        (void)snprintf(file, sizeof file, "%s%s%s", folder, name, suffixes[i]);
        issue_path(relist->survey->period.name, file, "", path);
        if (!check_page(relist, list, path, i, err)) return false;
    }
    return true;
}

static bool check_funds(struct relist *relist, const struct lists *lists, struct buffer *list,
                        struct error *err)
{
    for (size_t i = 0; i < lists_fund_count(lists); i++) {
        buffer_reset(list);
        if (!lists_write_fund(lists, i, list, err) ||
            !check_list(relist, list, "funds/", lists_fund_code(lists, i), err))
            return false;
    }
    return true;
}

static bool check_names(struct relist *relist, const struct lists *lists, struct buffer *list,
                        struct error *err)
{
    for (size_t i = 0; i < lists_name_page_count(lists); i++) {
        char name[32] = "names";

        if (i > 0) (void)snprintf(name, sizeof name, "names-%zu", i + 1);
        buffer_reset(list);
        if (!lists_write_names(lists, i, list, err) || !check_list(relist, list, "", name, err))
            return false;
    }
    return true;
}

static bool check_lists(struct relist *relist, const struct lists *lists, struct error *err)
{
    struct buffer list = BUFFER_INIT(LIST_SIZE_BYTES_MAX);
    bool ok = false;

    if (!check_funds(relist, lists, &list, err)) goto out;
    if (!check_names(relist, lists, &list, err)) goto out;
    buffer_reset(&list);
    if (!lists_write_places(lists, &list, err)) goto out;
    if (!check_list(relist, &list, "", "index", err)) goto out;
    buffer_reset(&list);
    if (!lists_write_duties(lists, relist->survey, &list, err)) goto out;
    ok = check_list(relist, &list, "", "disclosures", err);
out:
    buffer_done(&list);
    return ok;
}

/* ---- Those that there shouldn't be --------------------------------------------------------------
 */

static bool check_file(void *context, const char *name, struct error *err)
{
    struct relist *relist = context;
    char path[2 * REPOSITORY_PATH_SIZE];

    (void)err;
    if (relist->folder[0] == '\0' && strncmp(name, "names", 5) != 0) return true;
    (void)snprintf(path, sizeof path, "snapshots/%s/%s%s", relist->survey->period.name,
                   relist->folder, name);
    if (relist->difference->code == ERROR_NONE && !manifest_has(&relist->expected, path))
        (void)error_set(relist->difference, ERROR_VERIFY, "%.200s: the ledger makes no such page",
                        path);
    return true;
}

static bool check_files(struct relist *relist, struct error *err)
{
    static const char *const folders[] = {"", "funds/"};

    manifest_sort(&relist->expected);
    for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
        char folder[REPOSITORY_PATH_SIZE];

        relist->folder = folders[i];
        (void)snprintf(folder, sizeof folder, "snapshots/%s/%s", relist->survey->period.name,
                       folders[i]);
        folder[strlen(folder) - 1] = '\0';
        if (!repository_each(relist->publication->repository, folder, check_file, relist, err))
            return false;
    }
    return true;
}

bool rederive_lists(struct publication *publication, struct survey *survey,
                    struct error *difference, struct error *err)
{
    struct relist relist = {.publication = publication, .survey = survey, .difference = difference};
    struct lists *lists = NULL;
    bool ok = false;

    assert(difference->code == ERROR_NONE);
    if (!find_pages(&relist, err)) goto out;
    if (!lists_open(survey, relist.pages, &lists, err)) goto out;
    if (!check_lists(&relist, lists, err)) goto out;
    ok = difference->code != ERROR_NONE || check_files(&relist, err);
out:
    lists_close(lists);
    manifest_done(&relist.expected);
    free(relist.projects);
    free(relist.pages);
    return ok;
}
