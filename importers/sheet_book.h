/*
 * sheet_book.h - what sheet.c and its readers of books (xlsx.c, xls.c) tell each other.
 *
 * A reader gets a descriptor that stays open as long as its book, and lists what it finds.
 */
#ifndef IMPORTERS_SHEET_BOOK_H
#define IMPORTERS_SHEET_BOOK_H

#include "importers/sheet.h"

#define BOOK_SHEETS_MAX     256
#define BOOK_NAME_BYTES_MAX 1024 /* of a sheet; Excel allows 31 characters */
#define BOOK_NOTES_MAX      4

struct book_sheet {
    char *name; /* owned */
    bool is_hidden;
};

/** What was found in a book. */
struct book_list {
    struct book_sheet sheets[BOOK_SHEETS_MAX];
    size_t sheet_count;
    const char *notes[BOOK_NOTES_MAX]; /* static storage */
    size_t note_count;
};

/** Add a sheet; its name must be UTF-8. ERROR_INPUT, ERROR_LIMIT. */
bool book_list_add(struct book_list *list, const char *name, bool is_hidden,
                   struct error *err) MUST_CHECK;
/** Add a note unless it is there already. */
void book_list_note(struct book_list *list, const char *note);
void book_list_done(struct book_list *list);

/** One reading of a sheet: to whom rows go, and where the reader is, so that an error gets a place.
 */
struct book_reading {
    sheet_visitor *visit;
    void *context;
    uint64_t file_size; /* for bytes_done */
    uint64_t row;       /* SHEET_NO_ROW before the first */
    size_t column;      /* SHEET_NO_COLUMN between cells */
};

#endif
