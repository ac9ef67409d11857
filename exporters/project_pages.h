/*
 * project_pages.h - in which period the page of each project stands. Private to the folder.
 *
 * 1. A period has a page of a project of which it tells something that the last page doesn't, or
 *    that was paid something in the period. Else its pages link to that last page: a project that
 *    nothing happens to costs nothing.
 * 2. What is told is compared as the documents say it, by a hash that the page carries. So nothing
 *    that a document withholds shows in where a page stands.
 * 3. A page that stands in the period stays as long as the period tells of its project: pages of
 *    other periods may link to it.
 * 4. The ledger and the last commit decide; periods that were never published, or not here, don't
 *    matter.
 */
#ifndef EXPORTERS_PROJECT_PAGES_H
#define EXPORTERS_PROJECT_PAGES_H

#include "base/hash.h"
#include "exporters/repository.h"
#include "exporters/survey.h"

struct project_page {
    hash_t told;                   /* what the document says of it, but for the next */
    bool is_paid;                  /* something was paid in the period */
    char period[PERIOD_NAME_SIZE]; /* where its page stands */
};

/**
 * Note what a place's document tells of its projects.
 *
 * @param document  as survey_render() made it
 * @param pages     of all projects, in the order of the survey's; `period` stays as it is
 */
bool project_pages_note(const struct survey *survey, size_t place, const struct buffer *document,
                        struct project_page *pages, struct error *err) MUST_CHECK;
/**
 * Find out where the pages stand. After the documents of all places were noted.
 *
 * @param lacks_out  whether some page should stand in this period and doesn't
 */
bool project_pages_find(struct repository *repository, const struct survey *survey,
                        struct project_page *pages, bool *lacks_out, struct error *err) MUST_CHECK;

/**
 * The same from a document alone: what its next project is told by. A document that isn't laid out
 * as survey_render() does is ERROR_VERIFY.
 *
 * @param code, name  of the document's division
 * @param at          from project_pages_begin() on, moved behind the project
 */
bool project_pages_next(const char *code, const char *name, const char **at,
                        struct project_page *page, struct error *err) MUST_CHECK;
const char *project_pages_begin(const struct buffer *document);
/** The code of which project_pages_name() made what a file's name begins with, and the rest of it,
 * ".html" or ".en.html"; NULL when it made no such name. */
const char *project_pages_parse(const char *name, char code[CODE_SIZE]);
/** The name of a project's or fund's page, less .html: marks that file systems or addresses don't
 * bear, and the point, which is that of `.en`, as `~` and two hex digits. */
void project_pages_name(const char *code, char out[REPOSITORY_PATH_SIZE]);

#endif
