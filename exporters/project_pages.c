/*
 * project_pages.c - see project_pages.h.
 */
#include "exporters/project_pages.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/document.h"
#include "exporters/page.h"

#define PAGE_SUFFIX ".html"
#define MARK_SIZE   4 /* "~2e" */

static const char barred[] = "~.%?#:*\"<>|\\&";

static void format_mark(char c, char mark[MARK_SIZE])
{
    (void)snprintf(mark, MARK_SIZE, "~%02x", (unsigned)c & 0xFFu);
}

void project_pages_name(const char *code, char out[REPOSITORY_PATH_SIZE])
{
    size_t at = 0;

    static_assert(3 * CODE_SIZE < REPOSITORY_PATH_SIZE, "the longest code fits, all of it barred");
    for (; *code != '\0'; code++) {
        if (strchr(barred, *code) != NULL) {
            format_mark(*code, out + at);
            at += MARK_SIZE - 1;
        } else {
            out[at++] = *code;
        }
    }
    out[at] = '\0';
}

/* ---- What is told ------------------------------------------------------------------------------
 */

/* As xml_writer.c lays a document out; a text holds no `<`. */
static const char projects_begin[] = "\n  <projects>";
static const char project_begin[] = "\n    <project ";
static const char project_end[] = "\n    </project>";
static const char paid_begin[] = "\n      <paid_in_period ";
static const char nothing_paid[] = "\n      <paid_in_period fen=\"0\" ";

/* Where it lies and what it is called there, and all of its element less what was paid now. */
static bool note_project(const char *code, const char *name, const char *begin, const char *end,
                         struct project_page *page, struct error *err)
{
    struct buffer told = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    const char *paid = strstr(begin, paid_begin), *rest = end;
    bool ok = false;

    page->is_paid = false;
    if (paid != NULL && paid < end) {
        rest = paid + 1 + strcspn(paid + 1, "\n");
        page->is_paid = strncmp(paid, nothing_paid, sizeof nothing_paid - 1) != 0;
    } else {
        paid = end; /* it is withheld */
    }
    if (!buffer_append_format(&told, err, "%s %s", code, name) ||
        !buffer_append(&told, (const uint8_t *)begin, (size_t)(paid - begin), err) ||
        !buffer_append(&told, (const uint8_t *)rest, (size_t)(end - rest), err))
        goto out;
    page->told = hash_sha256(told.data, told.size);
    ok = true;
out:
    buffer_done(&told);
    return ok;
}

bool project_pages_next(const char *code, const char *name, const char **at,
                        struct project_page *page, struct error *err)
{
    const char *begin = strstr(*at, project_begin);
    const char *end = begin == NULL ? NULL : strstr(begin, project_end);

    if (end == NULL)
        return error_set(err, ERROR_VERIFY, "its projects aren't written as this program does");
    *at = end;
    return note_project(code, name, begin, end, page, err);
}

const char *project_pages_begin(const struct buffer *document)
{
    const char *begin = strstr(buffer_text(document), projects_begin);

    return begin == NULL ? "" : begin;
}

bool project_pages_note(const struct survey *survey, size_t place, const struct buffer *document,
                        struct project_page *pages, struct error *err)
{
    const struct survey_place *at = &survey->places[place];
    const char *begin = project_pages_begin(document);

    for (size_t i = 0; i < at->project_count; i++)
        if (!project_pages_next(at->division.code, at->division.name, &begin,
                                &pages[at->first_project + i], err))
            return false;
    return true;
}

/* ---- Where pages stand -------------------------------------------------------------------------
 */

/* A project, and the last period but this one that has a page of it. */
struct candidate {
    const char *code;
    size_t project;
    bool is_here, has_last;
    struct period last;
};

struct search {
    struct repository *repository;
    const struct survey *survey;
    struct candidate *candidates; /* by code */
    struct period period;         /* the one being looked at */
};

static int order_candidates(const void *left, const void *right)
{
    return strcmp(((const struct candidate *)left)->code, ((const struct candidate *)right)->code);
}

static int compare_code(const void *code, const void *candidate)
{
    return strcmp(code, ((const struct candidate *)candidate)->code);
}

/* What a mark stands for, or NUL. */
static char parse_mark(const char *text)
{
    char mark[MARK_SIZE];

    for (const char *c = barred; *c != '\0'; c++) {
        format_mark(*c, mark);
        if (strncmp(text, mark, MARK_SIZE - 1) == 0) return *c;
    }
    return '\0';
}

const char *project_pages_parse(const char *name, char code[CODE_SIZE])
{
    size_t at = 0;

    for (; *name != '\0' && *name != '.' && at < CODE_SIZE - 1; at++) {
        code[at] = *name == '~' ? parse_mark(name) : *name;
        if (code[at] == '\0') return NULL;
        name += *name == '~' ? MARK_SIZE - 1 : 1;
    }
    code[at] = '\0';
    return name;
}

/* Of periods that end together the shortest is the last. */
static bool is_later(const struct period *a, const struct period *b)
{
    if (a->last_month != b->last_month) return a->last_month > b->last_month;
    return a->first_month > b->first_month;
}

static bool see_page(void *context, const char *name, struct error *err)
{
    const struct search *search = context;
    struct candidate *candidate;
    char code[CODE_SIZE];
    const char *suffix = project_pages_parse(name, code);

    (void)err;
    if (suffix == NULL || strcmp(suffix, PAGE_SUFFIX) != 0) return true;
    candidate = bsearch(code, search->candidates, search->survey->project_count,
                        sizeof *search->candidates, compare_code);
    if (candidate == NULL) return true;
    if (strcmp(search->period.name, search->survey->period.name) == 0) {
        candidate->is_here = true;
    } else if (!candidate->has_last || is_later(&search->period, &candidate->last)) {
        candidate->has_last = true;
        candidate->last = search->period;
    }
    return true;
}

static bool see_period(void *context, const char *name, struct error *err)
{
    struct search *search = context;
    struct error ignored = ERROR_INIT;
    char folder[REPOSITORY_PATH_SIZE];

    if (!period_parse(name, &search->period, &ignored) ||
        search->period.last_month > search->survey->period.last_month)
        return true;
    (void)snprintf(folder, sizeof folder, "snapshots/%s/projects", name);
    return repository_each(search->repository, folder, see_page, search, err);
}

/* Does that page still say all that there is to say? */
static bool is_told_there(const struct search *search, const struct candidate *candidate,
                          const hash_t *told, bool *out, struct error *err)
{
    struct buffer page = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    char name[REPOSITORY_PATH_SIZE], path[2 * REPOSITORY_PATH_SIZE], hex[HASH_HEX_SIZE];
    bool found = false;
    bool ok;

    project_pages_name(candidate->code, name);
    (void)snprintf(path, sizeof path, "snapshots/%s/projects/%s" PAGE_SUFFIX, candidate->last.name,
                   name);
    ok = repository_read(search->repository, path, &page, &found, err);
    *out = ok && found && page_is_of(&page, hash_to_hex(told, hex));
    buffer_done(&page);
    return ok;
}

static bool choose(const struct search *search, const struct candidate *candidate,
                   struct project_page *page, struct error *err)
{
    const struct period *period = &search->survey->period;
    bool is_there = false;

    if (!candidate->is_here && candidate->has_last && !page->is_paid) {
        if (!is_told_there(search, candidate, &page->told, &is_there, err)) return false;
        if (is_there) period = &candidate->last;
    }
    memcpy(page->period, period->name, sizeof page->period);
    return true;
}

bool project_pages_find(struct repository *repository, const struct survey *survey,
                        struct project_page *pages, bool *lacks_out, struct error *err)
{
    struct search search = {.repository = repository, .survey = survey};
    const hash_t untold = {{0}};
    bool lacks = false;
    bool ok = false;

    search.candidates = calloc(survey->project_count + 1, sizeof *search.candidates);
    if (search.candidates == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        goto out;
    }
    for (size_t i = 0; i < survey->project_count; i++)
        search.candidates[i] = (struct candidate){.code = survey->projects[i].code, .project = i};
    qsort(search.candidates, survey->project_count, sizeof *search.candidates, order_candidates);
    if (survey->project_count > 0 &&
        !repository_each(repository, "snapshots", see_period, &search, err))
        goto out;
    for (size_t i = 0; i < survey->project_count; i++) {
        struct project_page *page = &pages[search.candidates[i].project];

        if (!choose(&search, &search.candidates[i], page, err)) goto out;
        lacks = lacks || (!search.candidates[i].is_here && !hash_equal(&page->told, &untold) &&
                          strcmp(page->period, survey->period.name) == 0);
    }
    *lacks_out = lacks;
    ok = true;
out:
    free(search.candidates);
    return ok;
}
