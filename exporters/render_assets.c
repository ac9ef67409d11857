/*
 * render_assets.c - the element `assets`: what the money became, as it stands at the period's end.
 *
 * 1. Sums are of all that lies within the division; assets are told one by one only where they are,
 *    so that each is in one document.
 * 2. Of households nothing but the sums that were entered in clear (decision 0017).
 * 3. A division without assets has no such element.
 */
#include <stdlib.h>
#include <string.h>

#include "exporters/survey.h"

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

/* ---- Assets ---------------------------------------------------------------------------------- */

struct assets_told {
    struct journal *journal;
    struct xml_writer *xml;
    struct upkeep *upkeep; /* room for one */
    date_t day;
    const char *division; /* only what is exactly here */
};

/* Who keeps it: the unit and the telephone of its office, never a person. */
static bool write_upkeep(const struct assets_told *told, const char *asset, struct error *err)
{
    struct upkeep *upkeep = told->upkeep;

    if (!upkeep_find(told->journal, asset, told->day, upkeep, err)) return false;
    if (upkeep->unit[0] == '\0' && upkeep->inspected[0] == '\0' && upkeep->next[0] == '\0')
        return true;
    xml_element_begin(told->xml, "upkeep");
    xml_attribute_if_any(told->xml, "unit", upkeep->unit);
    xml_attribute_if_any(told->xml, "office_phone", upkeep->office_phone);
    xml_attribute_if_any(told->xml, "inspected", upkeep->inspected);
    xml_attribute_if_any(told->xml, "found", upkeep->found);
    xml_attribute_if_any(told->xml, "next", upkeep->next);
    xml_element_end(told->xml);
    return true;
}

static bool write_asset(void *context, const struct asset *asset, struct error *err)
{
    struct assets_told *told = context;
    struct xml_writer *xml = told->xml;
    char day[DATE_TEXT_SIZE];

    if (strcmp(asset->division, told->division) != 0) return true;
    xml_element_begin(xml, "asset");
    xml_attribute(xml, "code", asset->code);
    xml_attribute(xml, "name", asset->name);
    xml_attribute(xml, "class", asset->class);
    xml_attribute(xml, "form", asset->form);
    xml_attribute(xml, "category", asset->category);
    xml_attribute(xml, "place", asset->place);
    xml_attribute_integer(xml, "quantity_thousandths", asset->quantity);
    xml_attribute(xml, "unit", asset->unit);
    xml_attribute_if_any(xml, "specification", asset->specification);
    xml_attribute(xml, "acquired", date_format(asset->acquired, day));
    xml_attribute(xml, "state", asset->state);
    xml_attribute_if_any(xml, "state_since", asset->state_since);
    xml_attribute_if_any(xml, "owner_division", asset->owner_division);
    xml_attribute_if_any(xml, "owner", asset->owner);
    xml_attribute_if_any(xml, "operator", asset->operator);
    xml_attribute_if_any(xml, "certificate", asset->certificate);
    write_value(xml, asset->original, asset->depreciation, asset->net);
    if (!write_upkeep(told, asset->code, err)) return false;
    xml_element_end(xml);
    return true;
}

bool assets_write(const struct survey *survey, size_t place, struct xml_writer *xml,
                  struct error *err)
{
    const char *code = survey->places[place].division.code;
    const date_t day = month_last_day(survey->period.last_month);
    const struct asset_filter filter = {.scope = code};
    struct assets_told told = {survey->journal, xml, NULL, day, code};
    struct asset_summary summary;
    char as_of[DATE_TEXT_SIZE];
    bool ok;

    if (!asset_summarize(survey->journal, code, day, &summary, err)) return false;
    if (summary.all.count == 0 && summary.households.assets == 0) return true;
    xml_element_begin(xml, "assets");
    xml_attribute(xml, "as_of", date_format(day, as_of));
    write_sums(xml, &summary);
    told.upkeep = calloc(1, sizeof *told.upkeep);
    if (told.upkeep == NULL) return error_set(err, ERROR_MEMORY, "no memory for an asset");
    ok = asset_each(survey->journal, &filter, day, write_asset, &told, err);
    free(told.upkeep);
    xml_element_end(xml);
    return ok;
}
