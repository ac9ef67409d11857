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

bool report_scope(const char *scope, char first[DIVISION_CODE_SIZE], char last[DIVISION_CODE_SIZE],
                  struct error *err)
{
    if (scope[0] == '\0') {
        text_fill(first, DIVISION_CODE_SIZE, "");
        text_fill(last, DIVISION_CODE_SIZE, "999999999999");
        return true;
    }
    if (!division_code_check(scope, err)) return false;
    text_fill(first, DIVISION_CODE_SIZE, scope);
    division_last_code(scope, last);
    return true;
}
