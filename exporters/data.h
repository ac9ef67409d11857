/*
 * data.h - the documents of a period as tables for programs: CSV, and what says what stands in
 * them. Private to the folder.
 *
 *     snapshots/<period>/datapackage.json    data/divisions.csv    data/lines.csv    …
 *
 * 1. Every cell is taken from a document of the period and from nothing else, so a table can't tell
 *    what no document tells. A figure that is withheld is an empty cell with the reason beside it.
 * 2. The same documents make the same bytes, whatever their signatures.
 *
 * Spec: docs/disclosure.md, "The tables"; RFC 4180; Frictionless Data Package 1.0.
 */
#ifndef EXPORTERS_DATA_H
#define EXPORTERS_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"

#define DATA_TABLES_MAX        40
#define DATA_ROW_PATHS_MAX     3
#define DATA_TABLE_BYTES_MAX   (64u * 1024 * 1024)
#define DATA_PACKAGE_BYTES_MAX (1024u * 1024)
#define DATA_REGISTER_ROWS_MAX 4000000 /* before those told twice are dropped */
#define DATA_PATH_SIZE         64      /* "data/divisions.csv" */

/* ---- What stands in a table (data_tables.c, data_assets.c) ------------------------------------
 */

enum data_type {
    DATA_STRING,
    DATA_DIVISION, /* a code that stands in the table divisions … */
    DATA_FUND,
    DATA_PROJECT,
    DATA_INTEGER,
    DATA_YUAN,
    DATA_DATE,
    DATA_BOOLEAN
};

struct data_field {
    const char *name;
    enum data_type type;
    const char *from; /* where in the document; see data.c. Of DATA_YUAN: where the fen stand */
    const char *chinese, *english; /* what it is */
};

struct data_table {
    const char *name;
    const char *chinese, *english;        /* what it is */
    const char *rows[DATA_ROW_PATHS_MAX]; /* where in the document; see data.c. NULL: no more */
    const char *skip;                     /* elements that are no row, between bars; or NULL */
    const char *key;                      /* the field that names a row; or NULL */
    bool is_register; /* several documents tell the same row: it stands once, sorted */
    const struct data_field *fields;
    size_t field_count;
};

extern const struct data_table *const data_tables[];
extern const size_t data_table_count; /* at most DATA_TABLES_MAX */

/* ---- Making them (data.c) -------------------------------------------------------------------- */

struct data;

struct data *data_new(struct error *err) MUST_CHECK;
/** NULL allowed. */
void data_free(struct data *data);
/**
 * Add the rows of one document, signed or not.
 *
 * @param path    its path, for errors
 * @param digest  its document_digest()
 */
bool data_add(struct data *data, const struct buffer *xml, const char *path, const hash_t *digest,
              struct error *err) MUST_CHECK;
/** No more documents follow. */
bool data_finish(struct data *data, struct error *err) MUST_CHECK;
/** The bytes of a table, after data_finish(); lent. */
const struct buffer *data_bytes(const struct data *data, size_t table);

/* ---- datapackage.json (data_package.c) ------------------------------------------------------- */

struct data_source {
    const char *origin, *name; /* of the ledger, of its root division */
    const char *period;
    const char *edition;          /* of the program that makes them: page.h */
    const hash_t *documents_root; /* over the documents that the tables were made from */
};
/** "data/lines.csv" */
char *data_table_path(size_t table, char path[DATA_PATH_SIZE]);
/** Append the descriptor of all the tables. */
bool data_write_package(const struct data *data, const struct data_source *source,
                        struct buffer *out, struct error *err) MUST_CHECK;

#endif
