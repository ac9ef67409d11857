/*
 * report.h - what stood in accounts at the end of any day. Private to ledger/funds.
 *
 * 1. An event counts on its own day when that lies in its booking month, else on the first day of
 *    that month. So the end of a month's last day is what the books of that month say, and what was
 *    published of it.
 * 2. Months before the day's are summed from role_month; only the events of one month, or of the
 *    span asked for, are read one by one.
 * 3. A voucher is taken as it stands now: what was submitted for a day and decided later shows its
 *    outcome, and what still waits is held.
 */
#ifndef LEDGER_FUNDS_REPORT_H
#define LEDGER_FUNDS_REPORT_H

#include "ledger/funds/internal.h"

/** Months before `first` count whole; of `first` to `last` the events up to `until`. */
struct report_span {
    int32_t first_month, last_month;
    char until[DATE_TEXT_SIZE];
};

/** The span whose sum is what stands at the end of a day. */
void report_until(date_t day, struct report_span *out);
/** The same, with the events from the first day of a month on apart. */
void report_between(int32_t first_month, date_t day, struct report_span *out);

/** The codes of a scope: from the first to the last. */
struct report_codes {
    char first[DIVISION_CODE_SIZE], last[DIVISION_CODE_SIZE];
};
/** Those of a division and all below it; "" for all. */
bool report_scope(const char *scope, struct report_codes *out, struct error *err) MUST_CHECK;

/** The vouchers or bank entries of a span; parameters $1 to $3 are those of SQL_SPAN(). */
#define REPORT_EVENTS(table)                                                                       \
    table ".booking_month >= $1 AND " table ".booking_month <= $2 AND (" table                     \
          ".booking_month < $2 OR " table ".event_date <= $3)"

/** Vouchers and their legs; the cross join makes SQLite begin with the vouchers of the months. */
#define REPORT_LEGS "voucher v CROSS JOIN leg l WHERE l.voucher = v.number"

/** Took effect. Said by what it isn't, so that a month's vouchers are found by month, not by state.
 */
#define REPORT_POSTED "v.state NOT IN ('pending', 'rejected', 'withdrawn')"

/** What a pending voucher takes is held, but for roles from which nobody else could take it. */
#define REPORT_HELD_FROM "l.from_role NOT IN ('source', 'spent')"

/**
 * Rows (division, book, fund, role, amount, is_event) that sum up to balances at the end of a span.
 * What is held passes through for vouchers that are decided, so it is left out for them.
 */
// clang-format off
#define REPORT_CHANGES                                                                             \
    "(SELECT b.division AS division, b.book AS book, b.fund AS fund, b.role AS role, "             \
    "m.amount AS amount, 0 AS is_event FROM balance b JOIN role_month m ON m.division = "          \
    "b.division AND m.book = b.book AND m.fund = b.fund AND m.role = b.role WHERE m.month < $1 "   \
    "UNION ALL "                                                                                   \
    "SELECT l.from_division, l.from_book, l.from_fund, l.from_role, -l.amount, 1 "                 \
    "FROM " REPORT_LEGS " AND " REPORT_EVENTS("v") " AND "          \
    "v.state NOT IN ('rejected', 'withdrawn') AND (v.state <> 'pending' OR " REPORT_HELD_FROM ") " \
    "UNION ALL "                                                                                   \
    "SELECT l.from_division, l.from_book, l.from_fund, 'held', l.amount, 1 "                       \
    "FROM " REPORT_LEGS " AND " REPORT_EVENTS("v") " AND "          \
    "v.state = 'pending' AND " REPORT_HELD_FROM " "                                                \
    "UNION ALL "                                                                                   \
    "SELECT l.to_division, l.to_book, l.to_fund, l.to_role, l.amount, 1 "                          \
    "FROM " REPORT_LEGS " AND " REPORT_EVENTS("v") " AND "          \
    REPORT_POSTED " "                                                                              \
    "UNION ALL "                                                                                   \
    "SELECT p.division, p.book, p.fund, p.role, p.amount, 1 "                                      \
    "FROM bank_entry e JOIN bank_posting p ON p.reference = e.reference WHERE "                    \
    REPORT_EVENTS("e") ") AS changes"
// clang-format on

#define SQL_SPAN(span)                                                                             \
    SQL_INTEGER((span).first_month), SQL_INTEGER((span).last_month), SQL_TEXT((span).until)

#endif
