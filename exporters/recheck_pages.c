/*
 * recheck_pages.c - the pages of a period, made again from its documents.
 *
 * 1. A page that this edition of the program made is, byte for byte, what it makes again. Where it
 *    links to a project's page in another period, or to the place that was there before, that link
 *    is taken from the page and judged by itself.
 * 2. A page of another edition is counted. It has no script and good links all the same.
 * 3. A link to a project's page in another period leads to one that tells what this period's
 * document tells, unless that period was published again since: then this one hasn't caught up yet.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"
#include "exporters/lists.h"
#include "exporters/page_scan.h"
#include "exporters/recheck.h"

static const char *const suffixes[] = {".html", ".en.html"};
static const char *const languages[] = {"zh", "en"};

/* One page, while it is read. */
struct reading {
    struct recheck_scope *scope;
    const char *path;
    struct buffer elsewhere, published; /* as page_choice has them, by the page's own links */
};

static bool xml_attribute_copy(xmlNodePtr node, const char *name, char *out, size_t size)
{
    xmlChar *text = xmlGetNoNsProp(node, (const xmlChar *)name);
    const bool fits = text != NULL && strlen((const char *)text) < size;

    if (fits) memcpy(out, text, strlen((const char *)text) + 1);
    xmlFree(text);
    return fits;
}

/* ---- Links --------------------------------------------------------------------------------------
 */

/* snapshots/<period>/<rest>: give period and rest; false for what lies elsewhere or in no period.
 */
static bool split_path(const char *path, struct period *period, const char **rest)
{
    static const char folder[] = "snapshots/";
    struct error ignored = ERROR_INIT;
    char name[PERIOD_NAME_SIZE];
    size_t size;

    if (strncmp(path, folder, sizeof folder - 1) != 0) return false;
    path += sizeof folder - 1;
    size = strcspn(path, "/");
    if (path[size] != '/' || size >= sizeof name) return false;
    memcpy(name, path, size);
    name[size] = '\0';
    *rest = path + size + 1;
    return period_parse(name, period, &ignored);
}

static bool note_project_link(struct reading *reading, const struct period *period,
                              const char *name, struct error *err)
{
    struct recheck_scope *scope = reading->scope;
    struct recheck_link link = {.period = *period};
    const char *suffix = project_pages_parse(name, link.code);
    void *array = scope->links;

    if (suffix == NULL) return error_set(err, ERROR_VERIFY, "it links to %s, no project", name);
    if (!array_grow(&array, scope->link_count, sizeof link, RECHECK_LINKS_MAX, "links", err))
        return false;
    scope->links = array;
    scope->links[scope->link_count++] = link;
    return (reading->elsewhere.size > 0 || buffer_append_byte(&reading->elsewhere, '\n', err)) &&
           buffer_append_format(&reading->elsewhere, err, "%s %s\n", link.code, period->name);
}

/* What a link that names a period says of it. */
static bool note_link(struct reading *reading, const char *address, const char *path,
                      struct error *err)
{
    static const char projects[] = "projects/";
    char way[PERIOD_NAME_SIZE + 4];
    struct period period;
    const char *rest;

    if (!split_path(path, &period, &rest)) return true;
    (void)snprintf(way, sizeof way, "../%s/", period.name);
    if (strcmp(period.name, reading->scope->period->name) == 0 && strstr(address, way) == NULL)
        return true;
    if (strncmp(rest, projects, sizeof projects - 1) == 0)
        return note_project_link(reading, &period, rest + sizeof projects - 1, err);
    return (reading->published.size > 0 || buffer_append_byte(&reading->published, '\n', err)) &&
           buffer_append_format(&reading->published, err, "%s\n", period.name);
}

static bool follow_link(void *context, const char *address, struct error *err)
{
    struct reading *reading = context;
    const struct recheck_scope *scope = reading->scope;
    char path[PAGE_LINK_SIZE];
    bool is_there;

    if (!page_link_path(reading->path, address, path, err)) return false;
    is_there = strlen(path) < REPOSITORY_PATH_SIZE && manifest_has(&scope->present, path);
    if (!is_there && !repository_has(scope->work->repository, path, &is_there, err)) return false;
    if (!is_there) return error_set(err, ERROR_VERIFY, "its link to %s leads to no file", path);
    return note_link(reading, address, path, err);
}

/* ---- One page -----------------------------------------------------------------------------------
 */

static bool compare_page(const struct reading *reading, const struct recheck_document *document,
                         const struct page_choice *choice, const struct buffer *page,
                         struct error *err)
{
    const struct recheck *work = reading->scope->work;
    const struct page_from from = {document->xml, document->tree, document->path};
    struct page_choice each = *choice;
    char source[HASH_HEX_SIZE];
    bool is_same = false;

    if (each.project == NULL) {
        if (page_source(page, source)) each.source = source;
        if (reading->elsewhere.size > 0) each.elsewhere = buffer_text(&reading->elsewhere);
        if (reading->published.size > 0) each.published = buffer_text(&reading->published);
    }
    if (!page_is_made(work->maker, &from, &each, page, &is_same, err)) return false;
    if (!is_same)
        return error_set(err, ERROR_VERIFY, "it isn't the page that %s makes", document->path);
    work->report->pages++;
    return true;
}

/* Read and check one page; `document` NULL: it is made from a list. */
static bool check_page(struct recheck_scope *scope, const char *path,
                       const struct recheck_document *document, const struct page_choice *choice,
                       struct error *err)
{
    struct recheck *work = scope->work;
    struct buffer page = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    struct reading reading = {scope, path, BUFFER_INIT(LIST_SIZE_BYTES_MAX),
                              BUFFER_INIT(LIST_SIZE_BYTES_MAX)};
    bool found = false;
    bool ok = false;

    if (!recheck_expect(scope, path, err)) goto out;
    if (!repository_read(work->repository, path, &page, &found, err)) goto out;
    if (!found) {
        (void)error_set(err, ERROR_VERIFY, "it is missing");
        goto out;
    }
    if (!page_scan(&page, follow_link, &reading, err)) goto out;
    ok = true;
    if (!page_is_ours(work->maker, &page))
        work->report->other_pages++;
    else if (document == NULL)
        work->report->lists++;
    else
        ok = compare_page(&reading, document, choice, &page, err);
out:
    if (!ok && err->code == ERROR_VERIFY) (void)error_at(err, "%s", path);
    buffer_done(&reading.published);
    buffer_done(&reading.elsewhere);
    buffer_done(&page);
    return ok;
}

/* Both languages of a page. */
static bool check_pages(struct recheck_scope *scope, const char *folder, const char *name,
                        const struct recheck_document *document, const struct page_choice *choice,
                        struct error *err)
{
    for (size_t i = 0; i < ARRAY_COUNT(suffixes); i++) {
        char file[REPOSITORY_PATH_SIZE], path[REPOSITORY_PATH_SIZE];
        struct page_choice each = *choice;
        int size = snprintf(file, sizeof file, "%s%s%s", folder, name, suffixes[i]);

        if (size < 0 || (size_t)size + 32 > sizeof file)
            return error_set(err, ERROR_LIMIT, "%s%s is too long a name for a page", folder, name);
        issue_path(scope->period->name, file, "", path);
        each.language = languages[i];
        if (!check_page(scope, path, document, &each, err)) return false;
    }
    return true;
}

bool recheck_list_pages(struct recheck_scope *scope, const char *folder, const char *name,
                        struct error *err)
{
    const struct page_choice none = {.language = NULL};

    return check_pages(scope, folder, name, NULL, &none, err);
}

/* ---- Pages of a document ------------------------------------------------------------------------
 */

static bool add_project(struct recheck_scope *scope, const struct recheck_document *document,
                        xmlNodePtr node, const char **at, struct error *err)
{
    struct recheck_project project = {.has_page = false};
    char name[REPOSITORY_PATH_SIZE], file[REPOSITORY_PATH_SIZE], path[REPOSITORY_PATH_SIZE];
    char source[HASH_HEX_SIZE];
    struct page_choice choice = {.project = project.code, .source = source};
    void *array = scope->projects;

    if (!xml_attribute_copy(node, "code", project.code, sizeof project.code))
        return error_set(err, ERROR_VERIFY, "a project in it has no code");
    if (!project_pages_next(document->division, document->name, at, &project.page, err))
        return false;
    (void)hash_to_hex(&project.page.told, source);
    project_pages_name(project.code, name);
    (void)snprintf(file, sizeof file, "projects/%.200s", name);
    issue_path(scope->period->name, file, suffixes[0], path);
    project.has_page = manifest_has(&scope->present, path);
    if (project.has_page && !check_pages(scope, "projects/", name, document, &choice, err))
        return false;
    if (!array_grow(&array, scope->project_count, sizeof project, SURVEY_PROJECTS_MAX, "projects",
                    err))
        return false;
    scope->projects = array;
    scope->projects[scope->project_count++] = project;
    return true;
}

bool recheck_document_pages(struct recheck_scope *scope, const struct recheck_document *document,
                            struct error *err)
{
    const struct page_choice own = {.project = NULL};
    const char *at = project_pages_begin(document->xml);
    xmlNodePtr part = xmlDocGetRootElement(document->tree)->children;

    for (; part != NULL; part = part->next) {
        if (part->type != XML_ELEMENT_NODE || strcmp((const char *)part->name, "projects") != 0)
            continue;
        for (xmlNodePtr node = part->children; node != NULL; node = node->next)
            if (node->type == XML_ELEMENT_NODE && !add_project(scope, document, node, &at, err))
                return error_at(err, "%s", document->path);
    }
    return check_pages(scope, "", document->division, document, &own, err);
}

/* ---- Links to other periods ---------------------------------------------------------------------
 */

static int order_projects(const void *left, const void *right)
{
    return strcmp(((const struct recheck_project *)left)->code,
                  ((const struct recheck_project *)right)->code);
}

static int compare_code(const void *code, const void *project)
{
    return strcmp(code, ((const struct recheck_project *)project)->code);
}

static int order_links(const void *left, const void *right)
{
    const struct recheck_link *a = left, *b = right;
    int order = strcmp(a->code, b->code);

    return order != 0 ? order : strcmp(a->period.name, b->period.name);
}

bool recheck_size(struct repository *repository, const char *period, uint64_t *out,
                  struct error *err)
{
    static const char mark[] = "<checkpoint>";
    struct buffer xml = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    char path[REPOSITORY_PATH_SIZE];
    const char *at = NULL;
    bool found = false;
    bool ok;

    issue_path(period, "manifest", ".xml", path);
    ok = repository_read(repository, path, &xml, &found, err);
    if (ok) at = strstr(buffer_text(&xml), mark);
    if (at != NULL) at = strchr(at, '\n'); /* behind the origin */
    if (ok && at == NULL) ok = error_set(err, ERROR_VERIFY, "%s has no checkpoint", path);
    if (ok) *out = strtoull(at + 1, NULL, 10);
    buffer_done(&xml);
    return ok;
}

/* Does the page in another period tell what is told here? */
static bool tells_the_same(const struct recheck_scope *scope, const struct recheck_link *link,
                           const struct recheck_project *project, bool *out, struct error *err)
{
    char name[REPOSITORY_PATH_SIZE], path[2 * REPOSITORY_PATH_SIZE], hex[HASH_HEX_SIZE];
    struct buffer page = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    uint64_t here, there;
    bool found = false;
    bool ok = false;

    project_pages_name(link->code, name);
    (void)snprintf(path, sizeof path, "snapshots/%s/projects/%s.html", link->period.name, name);
    if (!repository_read(scope->work->repository, path, &page, &found, err)) goto out;
    *out = found && page_is_of(&page, hash_to_hex(&project->page.told, hex));
    if (!*out) {
        if (!recheck_size(scope->work->repository, scope->period->name, &here, err) ||
            !recheck_size(scope->work->repository, link->period.name, &there, err))
            goto out;
        *out = there > here;
    }
    ok = true;
out:
    buffer_done(&page);
    return ok;
}

static bool judge_link(struct recheck_scope *scope, const struct recheck_link *link,
                       struct error *err)
{
    struct recheck_project *project =
        scope->project_count == 0 ? NULL
                                  : bsearch(link->code, scope->projects, scope->project_count,
                                            sizeof *project, compare_code);
    bool is_same = false;

    if (project == NULL)
        return error_set(err, ERROR_VERIFY,
                         "a page links to project %s, of which no document tells", link->code);
    if (project->has_page || link->period.last_month > scope->period->last_month)
        return error_set(err, ERROR_VERIFY, "a page links to project %s in %s instead of here",
                         link->code, link->period.name);
    if (!tells_the_same(scope, link, project, &is_same, err)) return false;
    if (!is_same)
        return error_set(err, ERROR_VERIFY,
                         "a page links to project %s in %s, whose page tells otherwise than the "
                         "document here",
                         link->code, link->period.name);
    project->is_linked = true;
    return true;
}

bool recheck_links(struct recheck_scope *scope, struct error *err)
{
    if (scope->project_count > 0)
        qsort(scope->projects, scope->project_count, sizeof *scope->projects, order_projects);
    if (scope->link_count > 0)
        qsort(scope->links, scope->link_count, sizeof *scope->links, order_links);
    for (size_t i = 0; i < scope->link_count; i++)
        if ((i == 0 || order_links(&scope->links[i - 1], &scope->links[i]) != 0) &&
            !judge_link(scope, &scope->links[i], err))
            return false;
    for (size_t i = 0; i < scope->project_count; i++) {
        const struct recheck_project *project = &scope->projects[i];

        if (!project->has_page && (project->page.is_paid || !project->is_linked))
            return error_set(err, ERROR_VERIFY, "the page of project %s is missing", project->code);
    }
    return true;
}
