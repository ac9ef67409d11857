/* report.c - spans and scopes of reports: see report.h. */
#include "ledger/funds/report.h"

#include <assert.h>

void report_between(int32_t first_month, date_t day, struct report_span *out)
{
    assert(first_month <= date_month(day));
    out->first_month = first_month;
    out->last_month = date_month(day);
    (void)date_format(day, out->until);
}

void report_until(date_t day, struct report_span *out)
{
    int32_t month = date_month(day);

    report_between(month, day, out);
    /* A month that is over has its sums already: no event is read. */
    if (month_last_day(month).days == day.days) out->first_month = month + 1;
}

bool report_scope(const char *scope, struct report_codes *out, struct error *err)
{
    bool is_all = scope[0] == '\0';

    if (!is_all && !division_code_check(scope, err)) return false;
    text_fill(out->first, sizeof out->first, scope);
    text_fill(out->last, sizeof out->last, "999999999999");
    if (!is_all) division_last_code(scope, out->last);
    return true;
}
