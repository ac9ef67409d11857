/*
 * error.h - one failure, told so that it could be read to a clerk over the telephone.
 *
 * 1. An error lives on its caller's stack and allocates nothing.
 * 2. It is set once, where the failure is understood; callers pass it up untouched and may only
 *    add the place in the input data that it concerns.
 * 3. Each code has one exit status (DESIGN section 5), looked up in one table.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

#include "base/compiler.h"

enum error_code {
    ERROR_NONE = 0,
    ERROR_USAGE,         /* the command line is not understood */
    ERROR_INPUT,         /* a value breaks the rules for its kind */
    ERROR_ENCODING,      /* bytes that are not the text they should be */
    ERROR_LIMIT,         /* larger than a named limit */
    ERROR_OVERFLOW,      /* an amount beyond what the ledger can hold */
    ERROR_NOT_FOUND,     /* names something that does not exist */
    ERROR_CONFLICT,      /* the same reference again, with other content */
    ERROR_STATE,         /* not allowed in the present state of its object */
    ERROR_INSUFFICIENT,  /* an account would go below zero */
    ERROR_EARMARK,       /* another fund's, book's or project's money */
    ERROR_CONTRACT,      /* more than the contract or its plan allows */
    ERROR_NEGATIVE_LIST, /* a use that the fund's rules forbid */
    ERROR_PERIOD_CLOSED, /* an event in a closed month */
    ERROR_CLOCK,         /* the clock ran backwards or far ahead */
    ERROR_UNBALANCED,    /* the law of DESIGN section 6 does not hold */
    ERROR_VERIFY,        /* a proof, hash or signature does not hold */
    ERROR_STORE,         /* the database failed */
    ERROR_BUSY,          /* another writer holds the ledger */
    ERROR_IO,            /* a file or device failed */
    ERROR_MEMORY,        /* memory ran out */
    ERROR_PERMISSION,    /* the user may not do this */
    ERROR_KEY,           /* a key is wrong, revoked or cannot be opened */
    ERROR_CODE_COUNT
};

#define ERROR_MESSAGE_SIZE 1024
#define ERROR_PLACE_SIZE   320

struct error {
    enum error_code code;
    int source_line;                  /* of the error_set() that raised it */
    const char *source_file;          /* static storage */
    char place[ERROR_PLACE_SIZE];     /* "grant.csv:17:4"; "" when no input data is concerned */
    char message[ERROR_MESSAGE_SIZE]; /* one line: what is wrong; what to do */
};

#define ERROR_INIT                                                                                 \
    {                                                                                              \
        ERROR_NONE, 0, "", "", ""                                                                  \
    }

/**
 * Record a failure and return false, so that `return error_set(err, …)` reads as one step.
 *
 * @param err     receives the error; must not hold one already
 * @param code    any but ERROR_NONE
 * @param format  printf format of one line: what is wrong; what to do. A literal, which is looked up
 *                in the catalogue of the reader's language (base/language.h). In the result, control
 *                characters and line separators become spaces and bytes that aren't UTF-8 become
 *                '?', so that hostile input can't write to a terminal; a result longer than
 *                ERROR_MESSAGE_SIZE - 1 bytes is cut between characters.
 * @return false, always
 */
#define error_set(err, code, ...) error_set_from((err), (code), __FILE__, __LINE__, __VA_ARGS__)

bool error_set_from(struct error *err, enum error_code code, const char *source_file,
                    int source_line, const char *format, ...) PRINTF_LIKE(5, 6);

/**
 * Put a place before an error: "FILE", "FILE:ROW" or "FILE:ROW:COLUMN".
 *
 * Joined by ":" before any place already there, so that each caller adds what it knows: the cell's
 * reader its column, the row's reader its row, the opener the file. When both don't fit, the new
 * part is cut: row and column are worth more than a long path.
 *
 * @param err     holds an error
 * @param format  printf format; the result is cleaned as in error_set()
 * @return false, always
 */
bool error_at(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/** Make an error, set or not, ready for use again. */
void error_clear(struct error *err);

/** The code's name without its prefix, in lower case: "negative_list". Static storage. */
const char *error_code_name(enum error_code code);

/**
 * The exit status of DESIGN section 5 for a code: 0 good, 1 verification failed, 2 usage, 3 input
 * refused and nothing written, 4 store or I/O failure, 5 not permitted or wrong key.
 */
int error_exit_status(enum error_code code);

#endif
