/*
 * page_scan.h - what a page may hold whoever made it, and where it leads. Private to the folder.
 *
 * 1. No script, nothing loaded, nothing sent: a page is markup, text and links. What isn't written
 *    exactly as our pages are, or could be read in two ways, is refused, not interpreted.
 */
#ifndef EXPORTERS_PAGE_SCAN_H
#define EXPORTERS_PAGE_SCAN_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

#define PAGE_LINK_SIZE 1024 /* of an address in a link, with NUL */

/**
 * Visit each link of a page but those to telephones and within itself.
 *
 * @param link  gets the address as it stands, less what follows `#`; NULL for none
 * @return false with ERROR_VERIFY naming what no page has
 */
bool page_scan(const struct buffer *page,
               bool (*link)(void *context, const char *address, struct error *err), void *context,
               struct error *err) MUST_CHECK;

/**
 * The file that a link leads to, as a path in the publication.
 *
 * @param from  the page's own path
 * @return false with ERROR_VERIFY when it leads out of the publication or stands for no path
 */
bool page_link_path(const char *from, const char *address, char path[PAGE_LINK_SIZE],
                    struct error *err) MUST_CHECK;

#endif
