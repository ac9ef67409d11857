/*
 * balances.h - every balance at one moment, to show what an import or a voucher changes.
 */
#ifndef CLI_BALANCES_H
#define CLI_BALANCES_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/error.h"
#include "cli/table.h"
#include "ledger/ledger.h"

#define BALANCES_MAX 1000000 /* accounts */

struct balances;

bool balances_read(struct journal *journal, struct balances **out, struct error *err) MUST_CHECK;
/** List the accounts whose balance is now another than `before`. */
bool balances_show_change(struct journal *journal, const struct balances *before,
                          struct table_format format, struct error *err) MUST_CHECK;
void balances_free(struct balances *balances);

#endif
