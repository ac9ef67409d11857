/*
 * lists.h - what several documents of a period say, as one list that a page is made from. Private
 * to the folder.
 *
 * 1. A list holds nothing that the documents of its period don't print. It isn't published; the
 * page made from it is, and names the SHA-256 of the list, so that it is made again only when that
 *    changes.
 */
#ifndef EXPORTERS_LISTS_H
#define EXPORTERS_LISTS_H

#include "base/buffer.h"
#include "exporters/survey.h"

#define LIST_SIZE_BYTES_MAX (16u * 1024 * 1024)
#define LIST_NAMES_BYTES    (36u * 1024) /* of links on one page of the index of names */
#define LIST_PLACES_MAX     150 /* rows of a fund; with more, villages are left to townships */
#define LIST_TREE_MAX       450 /* places of the index; with more, villages likewise */

#define LIST_DUTIES_MAX 100 /* named of one state */

struct lists;
struct project_page;
struct xml_writer;

/** Sort what the survey tells; it and `pages`, where the pages of its projects stand, are lent
 * until lists_close(). */
bool lists_open(const struct survey *survey, const struct project_page *pages, struct lists **out,
                struct error *err) MUST_CHECK;
/** NULL allowed. */
void lists_close(struct lists *lists);

/** Funds of which some document speaks, by code. */
size_t lists_fund_count(const struct lists *lists);
const char *lists_fund_code(const struct lists *lists, size_t index);
/** Append the list for a fund's page. */
bool lists_write_fund(const struct lists *lists, size_t index, struct buffer *out,
                      struct error *err) MUST_CHECK;
/** Append the list for the index by place. */
bool lists_write_places(const struct lists *lists, struct buffer *out,
                        struct error *err) MUST_CHECK;
/** Pages of the index by name: one at least. */
size_t lists_name_page_count(const struct lists *lists);
/** Append the list for one of them, counted from 0. */
bool lists_write_names(const struct lists *lists, size_t page, struct buffer *out,
                       struct error *err) MUST_CHECK;
/** Begin a list's root: whose it is and of which period. */
void lists_write_root(const struct lists *lists, const char *name, struct xml_writer *xml);
/** Append the list of what must be disclosed by when, judged by the period's last day. */
bool lists_write_duties(const struct lists *lists, const struct survey *survey, struct buffer *out,
                        struct error *err) MUST_CHECK;

#endif
