/*
 * xlsx.h - books of Excel 2007 and later, WPS and LibreOffice (ECMA-376, transitional and strict).
 *
 * Held in memory: sheet names, which formats are dates, and the texts that cells share, within the
 * limits of sheet_shared.h, sheet_rows.h and xlsx_part.h. Rows stream.
 */
#ifndef IMPORTERS_XLSX_H
#define IMPORTERS_XLSX_H

#include "importers/sheet_book.h"

#define XLSX_RELATIONS_MAX 2048

struct xlsx_book;

/** Open the book in `descriptor`, which stays the caller's and must outlive it, and list its
 * sheets. */
bool xlsx_book_open(int descriptor, struct book_list *list, struct xlsx_book **out,
                    struct error *err) MUST_CHECK;
/** Accepts NULL. */
void xlsx_book_close(struct xlsx_book *book);

/** As sheet_file_read(), but that `reading` is told the place of an error. */
bool xlsx_book_read(struct xlsx_book *book, size_t sheet, struct book_reading *reading,
                    struct error *err) MUST_CHECK;

#endif
