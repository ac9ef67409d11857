/*
 * render_assets.c - the elements `assets` and `maintenance`: what the money became, how it is kept
 * and what that cost, as it stands at the period's end.
 *
 * 1. Sums are of all that lies within the division; assets are told one by one only where they are,
 *    so that each is in one document.
 * 2. Of households nothing but the sums that were entered in clear (decision 0017).
 * 3. A division without assets has no element `assets`, one without anything for their upkeep no
 *    `maintenance`.
 */
#include "exporters/render_assets.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"

static const char *const holders[ASSET_HOLDER_COUNT] = {
    [ASSET_HELD_BY_COUNTY] = "county",
    [ASSET_HELD_BY_TOWNSHIP] = "township",
    [ASSET_HELD_BY_VILLAGE] = "village",
    [ASSET_HELD_BY_NOBODY] = "none",
};

/* ---- Sums ------------------------------------------------------------------------------------ */

static void write_value(struct xml_writer *xml, money_t original, money_t depreciation, money_t net)
{
    xml_element_amount(xml, "original", original);
    xml_element_amount(xml, "depreciation", depreciation);
    xml_element_amount(xml, "net", net);
}

static void write_sum(struct xml_writer *xml, const char *element, const char *name,
                      const struct asset_sum *sum)
{
    if (sum->count == 0) return;
    xml_element_begin(xml, element);
    xml_attribute(xml, "name", name);
    xml_attribute_integer(xml, "count", sum->count);
    write_value(xml, sum->original, sum->depreciation, sum->net);
    xml_element_end(xml);
}

static void write_households(struct xml_writer *xml, const struct household_sum *sum)
{
    if (sum->assets == 0) return;
    xml_element_begin(xml, "of_households");
    xml_attribute_integer(xml, "count", sum->assets);
    xml_attribute_integer(xml, "households", sum->households);
    xml_element_amount(xml, "original", sum->amount);
    xml_element_end(xml);
}

static void write_sums(struct xml_writer *xml, const struct asset_summary *summary)
{
    write_sum(xml, "class", "operational", &summary->operational);
    write_sum(xml, "class", "public_welfare", &summary->public_welfare);
    write_households(xml, &summary->households);
    for (size_t i = 0; i < ASSET_HOLDER_COUNT; i++)
        write_sum(xml, "owned_by", holders[i], &summary->by_holder[i]);
    for (size_t i = 0; asset_state_list()[i] != NULL; i++)
        write_sum(xml, "in_state", asset_state_list()[i], &summary->by_state[i]);
}

/* ---- One asset ------------------------------------------------------------------------------- */

#define UNCLEAR_SIZE 64 /* "scope title standard money responsibility" */

struct assets_told {
    const struct survey *survey;
    struct xml_writer *xml;
    date_t day;
    char as_of[DATE_TEXT_SIZE], first[DATE_TEXT_SIZE]; /* first: of the year */
    const char *division;                              /* only what is exactly here */
    struct upkeep upkeep;                              /* of the asset at hand */
    struct project project; /* the last one that a part named; its code "" at first */
    struct record record;   /* scratch */
    struct voucher voucher; /* scratch */
    char fund[CODE_SIZE];   /* of the voucher at hand; "" when of none or several */
    bool has_fund;          /* one was seen */
    int64_t living, complete, unclear[KEEPING_CLEAR_MAX];
    money_t paid; /* for works on what is here */
};

/* What of the five isn't clear, by name. */
static const char *list_unclear(const struct upkeep *upkeep, char out[UNCLEAR_SIZE])
{
    size_t size = 0;

    out[0] = '\0';
    for (int i = 0; i < KEEPING_CLEAR_MAX; i++) {
        if (upkeep->is_clear[i]) continue;
        size += (size_t)snprintf(out + size, UNCLEAR_SIZE - size, "%s%s", size > 0 ? " " : "",
                                 clarity_name((enum clarity)i));
        assert(size < UNCLEAR_SIZE);
    }
    return out;
}

/* Who keeps it: the unit and the telephone of its office, never a person. */
static void write_upkeep(struct xml_writer *xml, const struct upkeep *upkeep)
{
    char unclear[UNCLEAR_SIZE];

    xml_element_begin(xml, "upkeep");
    xml_attribute_integer(xml, "score", upkeep->score);
    xml_attribute_if_any(xml, "unclear", list_unclear(upkeep, unclear));
    xml_attribute_if_any(xml, "unit", upkeep->unit);
    xml_attribute_if_any(xml, "office_phone", upkeep->office_phone);
    xml_attribute_if_any(xml, "route", upkeep->route);
    xml_attribute_if_any(xml, "scope", upkeep->scope);
    xml_attribute_if_any(xml, "standard", upkeep->standard);
    xml_attribute_if_any(xml, "money_source", upkeep->money_source);
    xml_attribute_if_any(xml, "inspected", upkeep->inspected);
    xml_attribute_if_any(xml, "found", upkeep->found);
    xml_attribute_if_any(xml, "next", upkeep->next);
    if (!money_is_zero(upkeep->money)) xml_element_amount(xml, "a_year", upkeep->money);
    xml_element_end(xml);
}

/* The project of a part and the fund of its line, so that the asset leads back to both. */
static bool write_origin(struct assets_told *told, const struct asset_part *part, struct error *err)
{
    struct xml_writer *xml = told->xml;
    const struct fund *fund;

    if (strcmp(told->project.code, part->project) != 0 &&
        !project_find(told->survey->journal, part->project, &told->project, err))
        return false;
    xml_attribute(xml, "project", part->project);
    xml_attribute(xml, "project_name", told->project.name);
    xml_attribute_integer(xml, "line", part->line);
    for (size_t i = 0; i < told->project.plan_count; i++) {
        const struct plan_line *line = &told->project.plan[i];

        if (line->line != part->line) continue;
        xml_attribute_if_any(xml, "source", line->source);
        if (line->fund[0] == '\0') continue;
        xml_attribute(xml, "fund", line->fund);
        fund = survey_find_fund(told->survey, line->fund);
        if (fund == NULL) continue;
        xml_attribute(xml, "fund_name", fund->name);
        xml_attribute(xml, "level", fund->level);
    }
    return true;
}

static bool write_part(void *context, const struct asset_part *part, struct error *err)
{
    struct assets_told *told = context;
    struct xml_writer *xml = told->xml;

    xml_element_begin(xml, "part");
    xml_attribute(xml, "date", part->date);
    xml_attribute(xml, "funding", part->funding);
    if (part->project[0] != '\0' && !write_origin(told, part, err)) return false;
    if (part->year != 0) {
        xml_attribute(xml, "level", part->level);
        xml_attribute_integer(xml, "year", part->year);
    }
    xml_attribute_if_any(xml, "document", part->document);
    xml_attribute_amount(xml, part->amount);
    xml_element_end(xml);
    return true;
}

/* ---- Works on it ----------------------------------------------------------------------------- */

static bool see_fund(void *context, const struct balance *total, struct error *err)
{
    struct assets_told *told = context;

    (void)err;
    if (total->account.role != ACCOUNT_IN_TRANSIT) return true;
    if (told->has_fund && strcmp(told->fund, total->account.fund) != 0)
        told->fund[0] = '\0';
    else if (!told->has_fund)
        memcpy(told->fund, total->account.fund, sizeof told->fund);
    told->has_fund = true;
    return true;
}

/* Was it posted and not yet reversed on the period's last day? */
static bool find_standing(struct assets_told *told, const char *number, bool *out,
                          struct error *err)
{
    struct journal *journal = told->survey->journal;
    char reversal[VOUCHER_NUMBER_SIZE];

    if (!voucher_find(journal, number, &told->voucher, err)) return false;
    *out = !date_is_before(told->day, told->voucher.event_date) &&
           (told->voucher.state == VOUCHER_POSTED || told->voucher.state == VOUCHER_REVERSED);
    if (!*out || told->voucher.state == VOUCHER_POSTED) return true;
    memcpy(reversal, told->voucher.reversed_by, sizeof reversal);
    if (!voucher_find(journal, reversal, &told->voucher, err)) return false;
    *out = date_is_before(told->day, told->voucher.event_date);
    return true;
}

/* What a voucher that stood paid for a work. */
static bool write_paid(void *context, const struct record *record, struct error *err)
{
    struct assets_told *told = context;
    struct xml_writer *xml = told->xml;
    const char *number = record->values[PAID_VOUCHER].text;
    const money_t amount = {record->values[PAID_AMOUNT].number};
    bool stood;

    if (!find_standing(told, number, &stood, err)) return false;
    if (!stood) return true;
    told->has_fund = false;
    told->fund[0] = '\0';
    if (!voucher_total_each(told->survey->journal, number, see_fund, told, err) ||
        !money_add(told->paid, amount, &told->paid, err))
        return false;
    xml_element_begin(xml, "paid");
    xml_attribute(xml, "voucher", number);
    xml_attribute_if_any(xml, "fund", told->fund);
    xml_attribute_amount(xml, amount);
    xml_element_end(xml);
    return true;
}

/* A work that was open at the period's end, or done in its year. */
static bool write_work(void *context, const struct record *work, struct error *err)
{
    struct assets_told *told = context;
    struct journal *journal = told->survey->journal;
    struct xml_writer *xml = told->xml;
    const struct record *done = &told->record;
    const char *code = work->values[WORK_CODE].text;
    bool is_done;

    if (strcmp(work->values[WORK_DATE].text, told->as_of) > 0) return true;
    if (!record_find(journal, &keeping_done, DONE_WORK, code, &told->record, &is_done, err))
        return false;
    if (is_done && strcmp(done->values[DONE_DATE].text, told->first) < 0) return true;
    is_done = is_done && strcmp(done->values[DONE_DATE].text, told->as_of) <= 0;
    xml_element_begin(xml, "work");
    xml_attribute(xml, "code", code);
    xml_attribute(xml, "date", work->values[WORK_DATE].text);
    xml_attribute(xml, "due", work->values[WORK_DUE].text);
    xml_attribute(xml, "fault", work->values[WORK_FAULT].text);
    if (is_done) {
        xml_attribute(xml, "done", done->values[DONE_DATE].text);
        xml_attribute(xml, "by", done->values[DONE_BY].text);
        xml_attribute(xml, "result", done->values[DONE_RESULT].text);
        xml_element_amount(xml, "cost", (money_t){done->values[DONE_COST].number});
    } else if (work->values[WORK_ESTIMATE].number != 0) {
        xml_element_amount(xml, "estimate", (money_t){work->values[WORK_ESTIMATE].number});
    }
    if (!record_each(journal, &keeping_paid, PAID_WORK, code, write_paid, told, err)) return false;
    xml_element_end(xml);
    return true;
}

/* ---- The asset ------------------------------------------------------------------------------- */

static void write_rights(struct xml_writer *xml, const struct asset *asset)
{
    xml_attribute_if_any(xml, "owner_division", asset->owner_division);
    xml_attribute_if_any(xml, "owner", asset->owner);
    xml_attribute_if_any(xml, "operator", asset->operator);
    xml_attribute_if_any(xml, "certificate", asset->certificate);
    xml_attribute_if_any(xml, "income", asset->income);
    xml_attribute_if_any(xml, "distribution", asset->distribution);
    xml_attribute_if_any(xml, "disposal", asset->disposal);
    xml_attribute_if_any(xml, "supervision", asset->supervision);
}

static bool write_asset(struct assets_told *told, const struct asset *asset, struct error *err)
{
    struct journal *journal = told->survey->journal;
    struct xml_writer *xml = told->xml;
    char day[DATE_TEXT_SIZE];

    xml_element_begin(xml, "asset");
    xml_attribute(xml, "code", asset->code);
    xml_attribute(xml, "name", asset->name);
    xml_attribute(xml, "class", asset->class);
    xml_attribute(xml, "form", asset->form);
    xml_attribute(xml, "category", asset->category);
    xml_attribute(xml, "place", asset->place);
    if (asset->latitude != 0 || asset->longitude != 0) {
        xml_attribute_integer(xml, "latitude_microdegrees", asset->latitude);
        xml_attribute_integer(xml, "longitude_microdegrees", asset->longitude);
    }
    xml_attribute_integer(xml, "quantity_thousandths", asset->quantity);
    xml_attribute(xml, "unit", asset->unit);
    xml_attribute_if_any(xml, "specification", asset->specification);
    xml_attribute(xml, "acquired", date_format(asset->acquired, day));
    xml_attribute(xml, "state", asset->state);
    xml_attribute_if_any(xml, "state_since", asset->state_since);
    write_rights(xml, asset);
    write_value(xml, asset->original, asset->depreciation, asset->net);
    if (!asset_state_is_gone(asset->state)) write_upkeep(xml, &told->upkeep);
    if (!asset_part_each(journal, asset->code, told->day, write_part, told, err) ||
        !record_each(journal, &keeping_work, WORK_ASSET, asset->code, write_work, told, err))
        return false;
    xml_element_end(xml);
    return true;
}

static bool see_asset(void *context, const struct asset *asset, struct error *err)
{
    struct assets_told *told = context;
    const struct upkeep *upkeep = &told->upkeep;

    if (!asset_state_is_gone(asset->state)) {
        if (!upkeep_find(told->survey->journal, asset->code, told->day, &told->upkeep, err))
            return false;
        told->living++;
        told->complete += upkeep->score == KEEPING_CLEAR_MAX;
        for (int i = 0; i < KEEPING_CLEAR_MAX; i++)
            told->unclear[i] += !upkeep->is_clear[i];
    }
    return strcmp(asset->division, told->division) != 0 || write_asset(told, asset, err);
}

/* Of how many assets all five things are clear, and of how many each isn't. */
static void write_clarity(const struct assets_told *told)
{
    struct xml_writer *xml = told->xml;

    if (told->living == 0) return;
    xml_element_begin(xml, "clarity");
    xml_attribute_integer(xml, "assets", told->living);
    xml_attribute_integer(xml, "complete", told->complete);
    for (int i = 0; i < KEEPING_CLEAR_MAX; i++) {
        if (told->unclear[i] == 0) continue;
        xml_element_begin(xml, "unclear");
        xml_attribute(xml, "name", clarity_name((enum clarity)i));
        xml_attribute_integer(xml, "count", told->unclear[i]);
        xml_element_end(xml);
    }
    xml_element_end(xml);
}

/* ---- The money for upkeep -------------------------------------------------------------------- */

/* Sources that the division raised, summed up by fund and source in the order of their first. */
struct source_sum {
    char fund[CODE_SIZE];
    char *name; /* owned */
    money_t amount;
};
struct source_sums {
    const struct assets_told *told;
    struct source_sum *list;
    size_t count;
    char body[TEXT_SIZE], phone[TEXT_SIZE], since[DATE_TEXT_SIZE]; /* who looks after assets here */
};

#define SOURCES_MAX 10000 /* of one division, each fund and source once */

static bool add_source(void *context, const struct record *record, struct error *err)
{
    struct source_sums *sums = context;
    const char *fund = record->values[SOURCE_FUND].text, *name = record->values[SOURCE_SOURCE].text;
    const money_t amount = {record->values[SOURCE_AMOUNT].number};
    struct source_sum *sum;
    void *array = sums->list;

    if (strcmp(record->values[SOURCE_DATE].text, sums->told->as_of) > 0) return true;
    for (size_t i = 0; i < sums->count; i++)
        if (strcmp(sums->list[i].fund, fund) == 0 && strcmp(sums->list[i].name, name) == 0)
            return money_add(sums->list[i].amount, amount, &sums->list[i].amount, err);
    if (!array_grow(&array, sums->count, sizeof *sums->list, SOURCES_MAX, "sources", err))
        return false;
    sums->list = array;
    sum = &sums->list[sums->count];
    memset(sum, 0, sizeof *sum);
    memcpy(sum->fund, fund, strlen(fund) + 1);
    sum->amount = amount;
    sum->name = strdup(name);
    if (sum->name == NULL) return error_set(err, ERROR_MEMORY, "out of memory");
    sums->count++;
    return true;
}

static bool see_body(void *context, const struct record *record, struct error *err)
{
    struct source_sums *sums = context;
    const char *date = record->values[BODY_DATE].text;

    (void)err;
    if (strcmp(date, sums->told->as_of) > 0 || strcmp(date, sums->since) < 0) return true;
    memcpy(sums->since, date, sizeof sums->since);
    memcpy(sums->body, record->values[BODY_NAME].text, sizeof sums->body);
    memcpy(sums->phone, record->values[BODY_PHONE].text, sizeof sums->phone);
    return true;
}

static bool write_sources(const struct source_sums *sums, struct error *err)
{
    struct xml_writer *xml = sums->told->xml;
    money_t raised = MONEY_ZERO;

    for (size_t i = 0; i < sums->count; i++) {
        const struct source_sum *sum = &sums->list[i];
        const struct fund *fund = survey_find_fund(sums->told->survey, sum->fund);

        if (!money_add(raised, sum->amount, &raised, err)) return false;
        xml_element_begin(xml, "source");
        xml_attribute(xml, "fund", sum->fund);
        if (fund != NULL) xml_attribute(xml, "fund_name", fund->name);
        xml_attribute(xml, "name", sum->name);
        xml_attribute_amount(xml, sum->amount);
        xml_element_end(xml);
    }
    xml_element_amount(xml, "raised", raised);
    xml_element_amount(xml, "paid", sums->told->paid);
    return true;
}

static bool write_maintenance(const struct assets_told *told, struct error *err)
{
    struct journal *journal = told->survey->journal;
    struct xml_writer *xml = told->xml;
    struct source_sums *sums = calloc(1, sizeof *sums);
    bool ok = false;

    if (sums == NULL) return error_set(err, ERROR_MEMORY, "out of memory");
    sums->told = told;
    if (!record_each(journal, &keeping_source, SOURCE_DIVISION, told->division, add_source, sums,
                     err) ||
        !record_each(journal, &keeping_body, BODY_DIVISION, told->division, see_body, sums, err))
        goto out;
    ok = true;
    if (sums->count == 0 && sums->body[0] == '\0' && money_is_zero(told->paid)) goto out;
    xml_element_begin(xml, "maintenance");
    xml_attribute(xml, "as_of", told->as_of);
    if (sums->body[0] != '\0') {
        xml_element_begin(xml, "body");
        xml_attribute(xml, "name", sums->body);
        xml_attribute_if_any(xml, "office_phone", sums->phone);
        xml_attribute(xml, "since", sums->since);
        xml_element_end(xml);
    }
    ok = write_sources(sums, err);
    xml_element_end(xml);
out:
    for (size_t i = 0; i < sums->count; i++)
        free(sums->list[i].name);
    free(sums->list);
    free(sums);
    return ok;
}

/* ---- The elements ---------------------------------------------------------------------------- */

static bool write_assets(struct assets_told *told, struct error *err)
{
    const struct asset_filter filter = {.scope = told->division};
    struct asset_summary summary;

    if (!asset_summarize(told->survey->journal, told->division, told->day, &summary, err))
        return false;
    if (summary.all.count == 0 && summary.households.assets == 0) return true;
    xml_element_begin(told->xml, "assets");
    xml_attribute(told->xml, "as_of", told->as_of);
    write_sums(told->xml, &summary);
    if (!asset_each(told->survey->journal, &filter, told->day, see_asset, told, err)) return false;
    write_clarity(told);
    xml_element_end(told->xml);
    return true;
}

bool assets_write(const struct survey *survey, size_t place, struct xml_writer *xml,
                  struct error *err)
{
    struct assets_told *told = calloc(1, sizeof *told);
    bool ok;

    if (told == NULL) return error_set(err, ERROR_MEMORY, "no memory for an asset");
    told->survey = survey;
    told->xml = xml;
    told->division = survey->places[place].division.code;
    told->day = month_last_day(survey->period.last_month);
    (void)date_format(told->day, told->as_of);
    (void)snprintf(told->first, sizeof told->first, "%.4s-01-01", told->as_of);
    ok = write_assets(told, err) && write_maintenance(told, err);
    free(told);
    return ok && income_write(survey, place, xml, err) && aid_write(survey, place, xml, err) &&
           custody_write(survey, place, xml, err);
}

/* ---- For other elements ---------------------------------------------------------------------- */

bool assets_write_name(const struct survey *survey, const char *code, struct xml_writer *xml,
                       struct error *err)
{
    struct record *record = NULL;
    bool found, ok = false;

    if (code[0] == '\0') return true;
    record = malloc(sizeof *record);
    if (record == NULL) return error_set(err, ERROR_MEMORY, "no memory for an asset");
    if (!record_find(survey->journal, &asset_register, REGISTER_ASSET, code, record, &found, err))
        goto out;
    assert(found); /* no row names an asset that isn't there */
    xml_attribute(xml, "asset", code);
    xml_attribute(xml, "asset_name", record->values[REGISTER_NAME].text);
    ok = true;
out:
    free(record);
    return ok;
}

struct uses_told {
    const struct survey *survey;
    struct xml_writer *xml;
    date_t day;
};

static bool write_use(void *context, const struct asset_use *use, struct error *err)
{
    const struct uses_told *told = context;
    struct asset *asset = malloc(sizeof *asset);
    bool ok = false;

    if (asset == NULL) return error_set(err, ERROR_MEMORY, "no memory for an asset");
    if (!asset_find(told->survey->journal, use->asset, told->day, asset, err)) goto out;
    xml_element_begin(told->xml, "became");
    xml_attribute(told->xml, "asset", asset->code);
    xml_attribute(told->xml, "asset_name", asset->name);
    xml_attribute(told->xml, "division", asset->division);
    xml_attribute_integer(told->xml, "line", use->line);
    xml_attribute_amount(told->xml, use->amount);
    xml_element_end(told->xml);
    ok = true;
out:
    free(asset);
    return ok;
}

bool assets_write_uses(const struct survey *survey, const char *project, struct xml_writer *xml,
                       struct error *err)
{
    struct uses_told told = {survey, xml, month_last_day(survey->period.last_month)};

    return asset_use_each(survey->journal, project, told.day, write_use, &told, err);
}
