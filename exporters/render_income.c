/*
 * render_income.c - the element `income`: what assets earn, how that is shared, what villages take
 * in, owe and have reached.
 *
 * 1. A lease, receipt, plan or debt stands in the document of the division whose it is. Of villages
 *    the document above tells how many are in each band, and of those right below each one.
 * 2. A tenant or creditor who is a person isn't named.
 * 3. What was paid of a plan is told only where all totals that it follows from stand in clear.
 */
#include "exporters/render_assets.h"

#include <stdlib.h>
#include <string.h>

/* Where income stands between the two bounds. */
static const char *const bands[INCOME_BAND_COUNT] = {[INCOME_NONE] = "none",
                                                     [INCOME_LOW] = "below_low",
                                                     [INCOME_MIDDLE] = "low_and_more",
                                                     [INCOME_HIGH] = "high_and_more"};

struct income_told {
    const struct survey *survey;
    size_t place;
    const char *division;
    struct xml_writer *xml;
    date_t first, day; /* the year up to the period's end */
    char first_text[DATE_TEXT_SIZE], as_of[DATE_TEXT_SIZE];
    bool is_begun;  /* the element is open: something was told */
    bool is_wanted; /* villages have something to tell */
    int64_t villages[INCOME_BAND_COUNT], villages_without[INCOME_BAND_COUNT];
};

/* Open the element before the first thing that is told. */
static bool begin(struct income_told *told, struct error *err)
{
    struct income_bounds bounds;
    char year[8];

    if (told->is_begun) return true;
    if (!income_bounds_find(told->survey->journal, told->day, &bounds, err)) return false;
    (void)snprintf(year, sizeof year, "%.4s", told->as_of);
    xml_element_begin(told->xml, "income");
    xml_attribute(told->xml, "year", year);
    xml_attribute(told->xml, "as_of", told->as_of);
    xml_element_amount(told->xml, "low", bounds.low);
    xml_element_amount(told->xml, "high", bounds.high);
    told->is_begun = true;
    return true;
}

static void write_division(const struct income_told *told, const char *name, const char *title,
                           const char *code)
{
    const size_t place = survey_find_place(told->survey, code);

    xml_attribute(told->xml, name, code);
    if (place != SURVEY_NONE)
        xml_attribute(told->xml, title, told->survey->places[place].division.name);
}

/* ---- Villages -------------------------------------------------------------------------------- */

static bool count_village(void *context, const struct village_year *village, struct error *err)
{
    struct income_told *told = context;

    (void)err;
    told->villages[village->band]++;
    told->villages_without[village->band_without]++;
    if (!money_is_zero(village->income) || !money_is_zero(village->debt)) told->is_wanted = true;
    return true;
}

static void write_bands(const struct income_told *told)
{
    for (int band = 0; band < INCOME_BAND_COUNT; band++) {
        xml_element_begin(told->xml, "band");
        xml_attribute(told->xml, "name", bands[band]);
        xml_attribute_integer(told->xml, "villages", told->villages[band]);
        xml_attribute_integer(told->xml, "without_photovoltaic", told->villages_without[band]);
        xml_element_end(told->xml);
    }
}

static bool write_village(void *context, const struct village_year *village, struct error *err)
{
    struct income_told *told = context;
    const struct survey *survey = told->survey;
    const size_t place = survey_find_place(survey, village->division);
    struct xml_writer *xml = told->xml;

    (void)err;
    if (place == SURVEY_NONE ||
        (place != told->place && survey->places[place].parent != told->place))
        return true;
    xml_element_begin(xml, "village");
    xml_attribute(xml, "code", village->division);
    xml_attribute(xml, "name", survey->places[place].division.name);
    xml_attribute_if_any(xml, "township_class", village->township_class);
    xml_attribute(xml, "band", bands[village->band]);
    xml_attribute(xml, "band_without_photovoltaic", bands[village->band_without]);
    xml_element_amount(xml, "received", village->income);
    xml_element_amount(xml, "photovoltaic", village->photovoltaic);
    xml_element_amount(xml, "debt", village->debt);
    xml_element_end(xml);
    return true;
}

/* ---- Leases ---------------------------------------------------------------------------------- */

/* One that is over and paid before the year isn't told any more. */
static bool lease_is_over(const struct income_told *told, const struct lease *lease,
                          const struct lease_stand *stand)
{
    return date_is_before(lease->last_day, told->first) && money_is_zero(stand->arrears);
}

static bool write_lease(void *context, const struct lease *lease, struct error *err)
{
    struct income_told *told = context;
    struct xml_writer *xml = told->xml;
    struct lease_stand stand;
    char day[DATE_TEXT_SIZE];

    if (strcmp(lease->division, told->division) != 0) return true;
    if (!lease_stand_find(told->survey->journal, lease, told->day, &stand, err)) return false;
    if (lease_is_over(told, lease, &stand)) return true;
    if (!begin(told, err)) return false;
    xml_element_begin(xml, "lease");
    xml_attribute(xml, "code", lease->code);
    if (!assets_write_name(told->survey, lease->asset, xml, err)) return false;
    xml_attribute(xml, "kind", lease->kind);
    xml_attribute_if_any(xml, "party", lease->party);
    if (lease->party[0] == '\0') xml_attribute_boolean(xml, "person", true);
    xml_attribute_if_any(xml, "document", lease->document);
    xml_attribute(xml, "first_day", date_format(lease->first_day, day));
    xml_attribute(xml, "last_day", date_format(lease->last_day, day));
    if (lease->ended_early) xml_attribute_boolean(xml, "ended_early", true);
    if (lease->has_dues) xml_attribute_integer(xml, "months", lease->months);
    if (lease->guaranteed_bp != 0)
        xml_attribute_integer(xml, "guaranteed_bp", lease->guaranteed_bp);
    xml_attribute_if_any(xml, "risk", lease->risk);
    if (stand.has_oldest) xml_attribute(xml, "overdue_since", date_format(stand.oldest.due, day));
    if (stand.has_next) xml_attribute(xml, "next_due", date_format(stand.next.due, day));
    if (lease->has_dues) xml_element_amount(xml, "rent", (money_t){lease->rent});
    xml_element_amount(xml, "due", stand.due);
    xml_element_amount(xml, "received", stand.received);
    xml_element_amount(xml, "arrears", stand.arrears);
    xml_element_end(xml);
    return true;
}

/* ---- Receipts -------------------------------------------------------------------------------- */

static bool write_receipt(void *context, const struct income_receipt_row *receipt,
                          struct error *err)
{
    struct income_told *told = context;
    struct xml_writer *xml = told->xml;

    if (strcmp(receipt->division, told->division) != 0) return true;
    if (!begin(told, err)) return false;
    xml_element_begin(xml, "receipt");
    xml_attribute(xml, "date", receipt->date);
    xml_attribute(xml, "kind", receipt->kind);
    if (!assets_write_name(told->survey, receipt->asset, xml, err)) return false;
    xml_attribute_if_any(xml, "lease", receipt->lease);
    xml_attribute_if_any(xml, "due", receipt->due);
    xml_attribute(xml, "voucher", receipt->voucher);
    xml_attribute_amount(xml, receipt->amount);
    xml_element_end(xml);
    return true;
}

/* ---- Plans ----------------------------------------------------------------------------------- */

#define USES_MAX 16 /* words of income_use_words */

struct uses_told {
    const struct income_told *told;
    char names[USES_MAX][INCOME_WORD_SIZE]; /* in the order of their first share */
    money_t sums[USES_MAX];
    size_t count;
};

static bool add_use(void *context, const struct income_share_row *share, struct error *err)
{
    struct uses_told *uses = context;
    size_t i = 0;

    while (i < uses->count && strcmp(uses->names[i], share->use) != 0)
        i++;
    if (i == USES_MAX) return error_set(err, ERROR_LIMIT, "more than %d uses of income", USES_MAX);
    if (i == uses->count) {
        memcpy(uses->names[i], share->use, sizeof uses->names[i]);
        uses->sums[i] = MONEY_ZERO;
        uses->count++;
    }
    return money_add(uses->sums[i], share->amount, &uses->sums[i], err);
}

static bool write_share(void *context, const struct income_share_row *share, struct error *err)
{
    const struct income_told *told = context;
    struct xml_writer *xml = told->xml;

    (void)err;
    xml_element_begin(xml, "share");
    xml_attribute(xml, "use", share->use);
    write_division(told, "for", "for_name", share->division);
    xml_attribute_integer(xml, "parts", share->parts);
    if (share->people != 0) xml_attribute_integer(xml, "people", share->people);
    xml_attribute_if_any(xml, "text", share->text);
    xml_attribute_amount(xml, share->amount);
    xml_element_end(xml);
    return true;
}

static bool write_shares(struct income_told *told, const char *plan, struct error *err)
{
    struct uses_told uses = {.told = told};

    if (!income_share_each(told->survey->journal, plan, add_use, &uses, err)) return false;
    for (size_t i = 0; i < uses.count; i++) {
        xml_element_begin(told->xml, "use");
        xml_attribute(told->xml, "name", uses.names[i]);
        xml_attribute_amount(told->xml, uses.sums[i]);
        xml_element_end(told->xml);
    }
    return income_share_each(told->survey->journal, plan, write_share, told, err);
}

static bool write_plan(void *context, const struct income_plan_row *plan, struct error *err)
{
    struct income_told *told = context;
    struct xml_writer *xml = told->xml;
    money_t paid;
    bool is_told;

    if (strcmp(plan->division, told->division) != 0 || strcmp(plan->date, told->first_text) < 0)
        return true;
    if (!income_plan_paid(told->survey->journal, plan->plan, told->survey->period.last_month, &paid,
                          &is_told, err) ||
        !begin(told, err))
        return false;
    xml_element_begin(xml, "distribution");
    xml_attribute(xml, "code", plan->plan);
    xml_attribute(xml, "date", plan->date);
    xml_attribute_integer(xml, "year", plan->year);
    xml_attribute(xml, "income", plan->income);
    xml_attribute(xml, "basis", plan->basis);
    xml_attribute(xml, "rule", plan->rule);
    xml_attribute(xml, "document", plan->document);
    xml_attribute_integer(xml, "whole", plan->whole);
    if (!is_told) xml_attribute(xml, "withheld", "sealed_totals");
    xml_element_amount(xml, "amount", plan->amount);
    if (is_told) xml_element_amount(xml, "paid", paid);
    if (!write_shares(told, plan->plan, err)) return false;
    xml_element_end(xml);
    return true;
}

/* ---- Debts and the standard list ------------------------------------------------------------- */

static bool write_debt(void *context, const struct village_debt *debt, struct error *err)
{
    struct income_told *told = context;
    struct xml_writer *xml = told->xml;

    if (strcmp(debt->division, told->division) != 0) return true;
    if (debt->cleared_on[0] != '\0' && strcmp(debt->cleared_on, told->first_text) < 0) return true;
    if (!begin(told, err)) return false;
    xml_element_begin(xml, "debt");
    xml_attribute(xml, "code", debt->code);
    xml_attribute(xml, "date", debt->date);
    xml_attribute_if_any(xml, "creditor", debt->creditor);
    if (debt->creditor[0] == '\0') xml_attribute_boolean(xml, "person", true);
    xml_attribute(xml, "reason", debt->reason);
    xml_attribute_if_any(xml, "cleared_on", debt->cleared_on);
    xml_element_amount(xml, "amount", debt->amount);
    xml_element_amount(xml, "cleared", debt->cleared);
    xml_element_end(xml);
    return true;
}

/* Does a village say anything of the list itself? */
static bool see_standard(void *context, const struct village_standard *standard, struct error *err)
{
    struct income_told *told = context;

    (void)err;
    if (!standard->is_computed) told->is_wanted = true;
    return true;
}

static bool write_standard(void *context, const struct village_standard *standard,
                           struct error *err)
{
    struct income_told *told = context;
    struct xml_writer *xml = told->xml;

    (void)err;
    if (strcmp(standard->division, told->division) != 0) return true;
    xml_element_begin(xml, "standard");
    xml_attribute(xml, "item", standard->item);
    xml_attribute_boolean(xml, "met", standard->is_met);
    xml_attribute_boolean(xml, "computed", standard->is_computed);
    if (!standard->is_computed) {
        xml_attribute(xml, "date", standard->date);
        xml_attribute_if_any(xml, "evidence", standard->evidence);
    }
    xml_element_end(xml);
    return true;
}

/* ---- The element ----------------------------------------------------------------------------- */

/* Once anything of income is told here or of a village within, each village's year is. */
static bool write_villages(struct income_told *told, struct error *err)
{
    struct journal *journal = told->survey->journal;
    const bool is_village = told->survey->places[told->place].level == DIVISION_VILLAGE;

    if (!village_year_each(journal, told->division, told->day, count_village, told, err) ||
        !village_standard_each(journal, told->division, told->day, see_standard, told, err))
        return false;
    if (!told->is_wanted && !told->is_begun) return true;
    if (!begin(told, err)) return false;
    if (!is_village) write_bands(told);
    return village_year_each(journal, told->division, told->day, write_village, told, err) &&
           (!is_village ||
            village_standard_each(journal, told->division, told->day, write_standard, told, err));
}

static bool write_income(struct income_told *told, struct error *err)
{
    struct journal *journal = told->survey->journal;

    return lease_each(journal, told->division, told->day, write_lease, told, err) &&
           income_receipt_each(journal, told->division, told->first, told->day, write_receipt, told,
                               err) &&
           income_plan_each(journal, told->division, told->day, write_plan, told, err) &&
           village_debt_each(journal, told->division, told->day, write_debt, told, err) &&
           write_villages(told, err);
}

bool income_write(const struct survey *survey, size_t place, struct xml_writer *xml,
                  struct error *err)
{
    struct income_told *told = calloc(1, sizeof *told);
    bool ok;

    if (told == NULL) return error_set(err, ERROR_MEMORY, "out of memory");
    told->survey = survey;
    told->place = place;
    told->division = survey->places[place].division.code;
    told->xml = xml;
    told->day = month_last_day(survey->period.last_month);
    told->first = month_first_day(survey->period.last_month / 12 * 12);
    (void)date_format(told->day, told->as_of);
    (void)date_format(told->first, told->first_text);
    ok = write_income(told, err);
    if (told->is_begun) xml_element_end(xml);
    free(told);
    return ok;
}
