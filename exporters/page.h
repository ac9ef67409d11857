/*
 * page.h - the pages that people read: made from a document or a list by the stylesheet, and told
 * apart by what they say in their heads. Private to the folder.
 *
 *     <meta name="edition" content="…">   which edition of the program made it
 *     <meta name="source" content="…">    what it was made from, where that isn't its document
 * alone
 *
 * 1. The edition is the SHA-256 of everything built in by which a publication is made: the
 *    stylesheet and its parts, how pages are cut, the schema, the texts of README.md, the columns
 * of the tables. The same edition and document make the same page, byte for byte, so that anybody
 *    can make it again.
 *
 * Spec: docs/disclosure.md, "The pages".
 */
#ifndef EXPORTERS_PAGE_H
#define EXPORTERS_PAGE_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"

#define PAGE_SIZE_BYTES_MAX (60u * 1024)

struct page_maker;
struct stylesheet;

/** The stylesheet of pages, which makes a notice board's sheet as well: stylesheet.h. */
bool page_open_stylesheet(struct stylesheet **out, struct error *err) MUST_CHECK;

/** Compile the stylesheet once for many pages. */
bool page_maker_open(struct page_maker **out, struct error *err) MUST_CHECK;
/** NULL allowed. */
void page_maker_close(struct page_maker *maker);

/** The edition that this program is, in hex. */
bool page_edition(char hex[HASH_HEX_SIZE], struct error *err) MUST_CHECK;

/** Which page of a document. */
struct page_choice {
    const char *language; /* "zh" or "en" */
    const char *project;  /* code of the one whose page is wanted; NULL: the document's own */
    const char *source;   /* what the page says it was made from; NULL: nothing */
    /* Projects whose page stands in another period: for each a line feed, its code, a space and the
       period, and a line feed at the end. NULL: none */
    const char *elsewhere;
    /* Periods that have pages, with a line feed before, between and behind: a place that was there
       before this one is linked where it has one. NULL: none */
    const char *published;
};
/**
 * Append the page made from a document, or from a list (lists.c), to `out`. Where it would be
 * larger than PAGE_SIZE_BYTES_MAX its lists are cut, then long texts, with a link to where the rest
 * stands.
 *
 * @param name  stands for the document in errors
 */
bool page_make(const struct page_maker *maker, const struct buffer *document, const char *name,
               const struct page_choice *choice, struct buffer *out, struct error *err) MUST_CHECK;
/** A document or list, parsed already or not (NULL). */
struct page_from {
    const struct buffer *document;
    xmlDocPtr tree;
    const char *name; /* for errors */
};
/**
 * Is `page` the one that page_make() would make? Of links to other periods that a shorter page
 * leaves out nothing is known any more: where they may have made the difference, a page that is cut
 * further counts as well.
 */
bool page_is_made(const struct page_maker *maker, const struct page_from *from,
                  const struct page_choice *choice, const struct buffer *page, bool *out,
                  struct error *err) MUST_CHECK;

/** Does the page say at its head that it was made from that source? A text in it that says so, of
 * which a `<` stands escaped, doesn't count. */
bool page_is_of(const struct buffer *page, const char *source);
/** The 64 digits of its source; false when it names none. */
bool page_source(const struct buffer *page, char hex[HASH_HEX_SIZE]);
/** Does it say that this edition made it? */
bool page_is_ours(const struct page_maker *maker, const struct buffer *page);

#endif
