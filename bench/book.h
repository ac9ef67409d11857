/*
 * book.h - a large XLSX as a spreadsheet would write it, for reading against the clock.
 */
#ifndef BENCH_BOOK_H
#define BENCH_BOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"

#define BOOK_SHEET_PART "xl/worksheets/sheet1.xml"
#define BOOK_TEXTS_PART "xl/sharedStrings.xml"

/**
 * Write a book of one sheet of `rows` payments, 10 cells each: numbers, a date, shared texts, two
 * of which (name and card number) are another in every row. Its XML is left beside it.
 */
bool book_write(const char *path, uint64_t rows, struct error *err) MUST_CHECK;

#endif
