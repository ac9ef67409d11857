/* schema.h - the derived tables of the funds module. Private to ledger/funds. */
#ifndef LEDGER_FUNDS_SCHEMA_H
#define LEDGER_FUNDS_SCHEMA_H

#include "base/compiler.h"
#include "ledger/store/store.h"

#define FUNDS_TABLE_COUNT 27

/** NULL-terminated. */
extern const struct store_table *const funds_tables[FUNDS_TABLE_COUNT + 1];

#endif
