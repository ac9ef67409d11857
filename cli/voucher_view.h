/*
 * voucher_view.h - a voucher as its checker sees it: head, lines, every balance before and after,
 * and what becomes public. For people, 80 columns wide.
 */
#ifndef CLI_VOUCHER_VIEW_H
#define CLI_VOUCHER_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "ledger/ledger.h"

#define VIEW_LINES_ALL VOUCHER_LINES_MAX

/** Its head, field by field; of a reversal also what it reverses, and the other way round. */
bool voucher_view_head(struct journal *journal, const struct voucher *voucher,
                       struct error *err) MUST_CHECK;
/** Show a voucher whole; of its lines at most `lines_max`, and how many more there are. */
bool voucher_view_show(struct journal *journal, const struct voucher *voucher, int64_t lines_max,
                       struct error *err) MUST_CHECK;

#endif
