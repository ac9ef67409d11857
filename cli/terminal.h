/*
 * terminal.h - what a terminal can do that a file or a pipe can't: colours, a line that changes.
 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum terminal_mark { MARK_NONE, MARK_HEADING, MARK_GOOD, MARK_BAD };

/** Write text so marked; in plain letters unless `stream` is a terminal and NO_COLOR is unset. */
void terminal_put(FILE *stream, enum terminal_mark mark, const char *text);
/** Begin or end (MARK_NONE) a mark, under the same condition. */
void terminal_mark(FILE *stream, enum terminal_mark mark);

#define PAD_SIZE 512 /* bytes */

/** Text filled up with blanks to `columns` of the terminal, or whole when it is wider. */
const char *terminal_pad_left(const char *text, size_t columns, char out[PAD_SIZE]);
const char *terminal_pad_right(const char *text, size_t columns, char out[PAD_SIZE]);

/** The columns of the terminal that `stream` is, at least 40; 0 when it is none. */
size_t terminal_columns(FILE *stream);
/**
 * Write text whose lines are broken to the terminal's width and go on indented; as it is where
 * there is no terminal. A line that begins with two blanks is an example or a table and stays as it
 * is.
 *
 * @param used  columns of the first line that are taken already
 */
void terminal_put_folded(FILE *stream, size_t used, const char *text);

/** Write text from column `indent` on, where the cursor is, in lines of so many columns; no end of
 * line. */
void terminal_put_column(FILE *stream, size_t indent, size_t columns, const char *text);

/** The columns to write help in: the terminal's, from 40 to 100; 80 when there is none. */
size_t terminal_width(void);

/* ---- Progress: one line on stderr that is written over, only on a terminal ---------------------
 */

struct progress {
    bool is_shown; /* is there a terminal */
    uint64_t began_ms, told_ms;
};

void progress_begin(struct progress *progress);
/**
 * Tell how far it is: "render: 1,200 of 3,000, 40 %, 310 a second, 6 s left". Call it as often as
 * you like; it is written five times a second. `total` 0: unknown.
 *
 * @param what  a word or two, translated already
 */
void progress_tell(struct progress *progress, const char *what, uint64_t done, uint64_t total);
/** The same of rows read from a file, whose size alone is known. */
void progress_tell_rows(struct progress *progress, uint64_t rows, uint64_t bytes_done,
                        uint64_t bytes_total);
/** Wipe the line; before anything else is written. */
void progress_end(struct progress *progress);

#endif
