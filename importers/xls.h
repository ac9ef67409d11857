/*
 * xls.h - books of Excel 97 to 2003 (BIFF8, [MS-XLS]); older ones are refused by name.
 *
 * Held in memory: sheet names, styles, shared texts, and where the sectors lie; rows stream. Every
 * offset and size of the file is held against what is there, so that damage ends in an error.
 */
#ifndef IMPORTERS_XLS_H
#define IMPORTERS_XLS_H

#include "importers/sheet_book.h"
#include "importers/xls_compound.h"

struct xls_book;

/** Open the book in `source`, which must outlive it, and list its sheets. */
bool xls_book_open(const struct byte_source *source, struct book_list *list, struct xls_book **out,
                   struct error *err) MUST_CHECK;
/** Accepts NULL. */
void xls_book_close(struct xls_book *book);

/** As sheet_file_read(), but that `reading` is told the place of an error. */
bool xls_book_read(struct xls_book *book, size_t sheet, struct book_reading *reading,
                   struct error *err) MUST_CHECK;

#endif
