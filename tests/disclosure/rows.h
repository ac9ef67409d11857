/* rows.h - rows of ledger/disclosure in a few words, for tests. */
#ifndef TESTS_DISCLOSURE_ROWS_H
#define TESTS_DISCLOSURE_ROWS_H

#include "tests/funds/fixture.h"

/** Rows of one kind by li, each a canonical body, under one import; false as the ledger said. */
bool try_rows_as(struct fixture *fixture, const char *user, enum disclosure_kind kind,
                 const char *const *bodies, size_t count, struct error *err);
/** One row by li. */
bool try_row(struct fixture *fixture, enum disclosure_kind kind, struct error *err,
             const char *format, ...) __attribute__((format(printf, 4, 5)));
/** The same, which must be good. */
void add_row(struct fixture *fixture, enum disclosure_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
