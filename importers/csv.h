/*
 * csv.h - the rows of a CSV file as UTF-8 cells, in memory that doesn't grow with the file.
 *
 * 1. A file is UTF-8, with or without a byte order mark, or UTF-16, or else GB18030, each as a
 *    whole; no byte is ever replaced. What is none of them is refused, with the row, and so is what
 *    contradicts its own mark. UTF-16 without a mark is known by its line feeds.
 * 2. A cell holds at most IMPORT_CELL_BYTES_MAX bytes and a row at most CSV_ROW_BYTES_MAX and
 *    CSV_CELLS_MAX cells. A quote that is never closed is named with the row where it was opened.
 * 3. Commas, tabs or semicolons part the cells, whichever the first rows agree on.
 * 4. Rows are counted as a spreadsheet counts them: blank rows count, a line break inside a quoted
 *    cell doesn't. Rows without any text are not shown to the visitor.
 */
#ifndef IMPORTERS_CSV_H
#define IMPORTERS_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"

#define CSV_CELLS_MAX     256
#define CSV_ROW_BYTES_MAX (4u * 1024 * 1024)

/** One row with some text in it; everything lent for the call. The visitor may change the cells. */
struct csv_row {
    uint64_t number; /* from 1 */
    size_t count;
    char **cells;        /* NUL-terminated UTF-8 without NUL inside */
    uint64_t bytes_done; /* of the file, as stored */
};

/** Returns false to stop with its error. */
typedef bool csv_visitor(void *context, const struct csv_row *row, struct error *err);

enum csv_encoding { CSV_UTF8, CSV_GB18030, CSV_UTF16LE, CSV_UTF16BE };

struct csv_file;

/** Open a file, hash it, find its encoding and delimiter. ERROR_IO, ERROR_ENCODING. */
bool csv_file_open(const char *path, struct csv_file **out, struct error *err) MUST_CHECK;
void csv_file_close(struct csv_file *file);
/** SHA-256 of its bytes; lent. */
const hash_t *csv_file_hash(const struct csv_file *file);
uint64_t csv_file_size(const struct csv_file *file);
enum csv_encoding csv_file_encoding(const struct csv_file *file);
/** ',', '\t' or ';'. */
char csv_file_delimiter(const struct csv_file *file);

/** Show every row to the visitor, in order. A file that changed since it was opened is refused. */
bool csv_file_read(struct csv_file *file, csv_visitor *visit, void *context,
                   struct error *err) MUST_CHECK;

/** The same for bytes in memory, handed on in pieces of `step` bytes (tests, fuzzing). */
bool csv_bytes_read(const uint8_t *data, size_t size, size_t step, csv_visitor *visit,
                    void *context, struct error *err) MUST_CHECK;

/**
 * What parts the cells: ',', '\t' or ';', told by the text at the start of a file (UTF-8, perhaps
 * cut off in a row). Each is tried with quotes respected: the number of rows that agree on their
 * count of cells, times the delimiters in one of them. Without any delimiter, ','.
 */
char csv_delimiter_find(const char *text, size_t size);

#endif
