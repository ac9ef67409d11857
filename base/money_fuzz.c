/* money_fuzz.c - any string as an amount, a date, a month or a moment: what reads must write back.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/money.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_money(const char *text, enum money_unit unit)
{
    struct error err = ERROR_INIT;
    char written[MONEY_TEXT_SIZE];
    money_t amount;
    money_t again;

    if (!money_parse(text, unit, &amount, &err)) return;
    if (!money_parse(money_format(amount, written), MONEY_YUAN, &again, &err)) abort();
    assert(money_compare(amount, again) == 0);
    if (!money_parse(money_format_grouped(amount, written), MONEY_YUAN, &again, &err)) abort();
    assert(money_compare(amount, again) == 0);
}

/* What is read strictly is written as it was; what is read leniently is read strictly after. */
static void try_date(const char *text)
{
    struct error err = ERROR_INIT;
    char written[INSTANT_TEXT_SIZE];
    instant_t instant;
    int32_t month;
    date_t date;
    date_t again;

    if (date_parse(text, &date, &err)) assert(strcmp(date_format(date, written), text) == 0);
    error_clear(&err);
    if (month_parse(text, &month, &err)) assert(strcmp(month_format(month, written), text) == 0);
    error_clear(&err);
    if (instant_parse(text, &instant, &err)) {
        assert(strcmp(instant_format(instant, written), text) == 0);
        instant_to_date_in(instant, ZONE_CHINA_SECONDS);
    }
    error_clear(&err);
    if (!date_parse_lenient(text, &date, &err)) return;
    if (!date_parse(date_format(date, written), &again, &err)) abort();
    assert(again.days == date.days);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    assert(text != NULL);
    if (size > 0) memcpy(text, data, size);
    text[size] = '\0';
    try_money(text, MONEY_YUAN);
    try_money(text, MONEY_WAN_YUAN);
    try_date(text);
    free(text);
    return 0;
}
