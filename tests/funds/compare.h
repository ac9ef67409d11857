/* compare.h - the ledger held against the model, and against the law. */
#ifndef TESTS_FUNDS_COMPARE_H
#define TESTS_FUNDS_COMPARE_H

#include "tests/funds/fixture.h"
#include "tests/funds/model.h"

/** What the model's numbers stand for. */
extern const char *const model_divisions[MODEL_DIVISIONS], *const model_funds[MODEL_FUNDS];

/** Each account holds what the model says, and there is no other. */
void compare_balances(struct journal *journal, const struct model *model);
/** The law, by the book lines that everybody sees, and once more from their parts. */
void check_law(struct journal *journal);

#endif
