/*
 * listing.h - listings that more than one command shows.
 */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/error.h"
#include "cli/table.h"
#include "ledger/ledger.h"

bool list_vouchers(struct journal *journal, const struct voucher_filter *filter,
                   struct table_format format, struct error *err) MUST_CHECK;
bool list_lines(struct journal *journal, const char *number, struct table_format format,
                struct error *err) MUST_CHECK;

/** The name of a division, looked up once for the rows that follow each other. */
struct division_name {
    struct journal *journal;
    date_t day; /* as it was called then; 0: now */
    char code[DIVISION_CODE_SIZE]; /* of the name kept; "" before the first */
    char name[TEXT_SIZE];
};
/** Look it up, unless it is the one kept. */
bool division_name_find(struct division_name *kept, const char *code, struct error *err) MUST_CHECK;
/** Put code and name into the next two cells of a table. */
bool table_division(struct table *table, struct division_name *kept, const char *code,
                    struct error *err) MUST_CHECK;

#define ACCOUNT_TEXT_SIZE 160
/** "611025000000/construction/2021-ZY-01/available", book and role in the reader's language, which
 * the command line takes too. */
char *account_show(const struct account *account, char text[ACCOUNT_TEXT_SIZE]);

#endif
