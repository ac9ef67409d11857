/*
 * period.c - `2021`, `2021-Q3` and `2021-09` as spans of months.
 */
#include "exporters/exporters.h"

#include <string.h>

#include "base/date.h"

#define YEAR_DIGITS 4

/* The months of "2021-Q3", or false. */
static bool parse_quarter(const char *text, const char *january, struct period *out)
{
    struct error ignored = ERROR_INIT;
    int32_t first;

    if (strlen(text) != YEAR_DIGITS + 3 || text[YEAR_DIGITS] != '-' || text[YEAR_DIGITS + 1] != 'Q')
        return false;
    if (text[YEAR_DIGITS + 2] < '1' || text[YEAR_DIGITS + 2] > '4') return false;
    if (!month_parse(january, &first, &ignored)) return false;
    out->first_month = first + 3 * (text[YEAR_DIGITS + 2] - '1');
    out->last_month = out->first_month + 2;
    return true;
}

bool period_parse(const char *text, struct period *out, struct error *err)
{
    struct error ignored = ERROR_INIT;
    char january[MONTH_TEXT_SIZE] = "0000-01";
    struct period period = {"", 0, 0};
    size_t size = strlen(text);
    bool good = false;

    if (size >= YEAR_DIGITS && size < sizeof period.name) {
        memcpy(period.name, text, size + 1);
        memcpy(january, text, YEAR_DIGITS);
        if (size == YEAR_DIGITS) {
            good = month_parse(january, &period.first_month, &ignored);
            period.last_month = period.first_month + 11;
        } else if (month_parse(text, &period.first_month, &ignored)) {
            good = true;
            period.last_month = period.first_month;
        } else {
            good = parse_quarter(text, january, &period);
        }
    }
    if (!good)
        return error_set(err, ERROR_USAGE,
                         "\"%s\" is no period; write a year, quarter or month: 2021, 2021-Q3 or "
                         "2021-09",
                         text);
    *out = period;
    return true;
}
