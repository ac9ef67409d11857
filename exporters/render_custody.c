/*
 * render_custody.c - the element `custody`: assets handed over, disposed of, counted.
 *
 * 1. A handover stands in the documents of who gives and who takes, a disposal in that of the
 * owner, a stock-taking in that of the division whose assets are counted.
 * 2. What is over before the year of the period's last day isn't told any more.
 */
#include "exporters/render_assets.h"

#include <stdlib.h>
#include <string.h>

struct custody_told {
    const struct survey *survey;
    const char *division;
    struct xml_writer *xml;
    date_t day;
    char first[DATE_TEXT_SIZE], as_of[DATE_TEXT_SIZE]; /* the year up to the period's end */
    struct record record;                              /* scratch */
    bool is_begun;
};

static void begin(struct custody_told *told)
{
    if (told->is_begun) return;
    xml_element_begin(told->xml, "custody");
    xml_attribute(told->xml, "as_of", told->as_of);
    told->is_begun = true;
}

/* Has it happened by the period's end, and did it before the year? "": never. */
static bool has_come(const struct custody_told *told, const char *date)
{
    return date[0] != '\0' && strcmp(date, told->as_of) <= 0;
}

static bool is_past(const struct custody_told *told, const char *date)
{
    return date[0] != '\0' && strcmp(date, told->first) < 0;
}

static void write_division(const struct custody_told *told, const char *name, const char *title,
                           const char *code)
{
    const size_t place = survey_find_place(told->survey, code);

    xml_attribute(told->xml, name, code);
    if (place != SURVEY_NONE)
        xml_attribute(told->xml, title, told->survey->places[place].division.name);
}

/* ---- Handovers ------------------------------------------------------------------------------- */

static bool write_handed(void *context, const struct record *row, struct error *err)
{
    const struct custody_told *told = context;

    if (!has_come(told, row->values[HANDOVER_DATE].text)) return true;
    xml_element_begin(told->xml, "handed");
    if (!assets_write_name(told->survey, row->values[HANDOVER_ASSET].text, told->xml, err))
        return false;
    xml_element_end(told->xml);
    return true;
}

static bool write_handover(void *context, const struct handover *handover, struct error *err)
{
    struct custody_told *told = context;
    struct xml_writer *xml = told->xml;
    const bool is_given = has_come(told, handover->given_on);
    const bool is_taken = has_come(told, handover->taken_on);
    const char *dropped = "";
    bool is_dropped;

    if (strcmp(handover->giver, told->division) != 0 &&
        strcmp(handover->taker, told->division) != 0)
        return true;
    if (!record_find(told->survey->journal, &handover_drop, DROP_HANDOVER, handover->code,
                     &told->record, &is_dropped, err))
        return false;
    if (is_dropped) dropped = told->record.values[DROP_DATE].text;
    if (!has_come(told, handover->listed_on) || is_past(told, handover->taken_on) ||
        is_past(told, dropped))
        return true;
    is_dropped = has_come(told, dropped);
    begin(told);
    xml_element_begin(xml, "handover");
    xml_attribute(xml, "code", handover->code);
    write_division(told, "giver", "giver_name", handover->giver);
    write_division(told, "taker", "taker_name", handover->taker);
    xml_attribute(xml, "state",
                  is_dropped ? "dropped"
                  : is_taken ? "taken"
                  : is_given ? "given"
                             : "listed");
    xml_attribute(xml, "listed_on", handover->listed_on);
    if (is_given) xml_attribute(xml, "given_on", handover->given_on);
    if (is_taken) xml_attribute(xml, "taken_on", handover->taken_on);
    if (is_dropped) xml_attribute(xml, "dropped_on", dropped);
    if (!record_each(told->survey->journal, &handover_asset, HANDOVER_CODE, handover->code,
                     write_handed, told, err))
        return false;
    xml_element_end(xml);
    return true;
}

/* ---- Disposals ------------------------------------------------------------------------------- */

static bool write_step(void *context, const struct record *step, struct error *err)
{
    const struct custody_told *told = context;
    struct xml_writer *xml = told->xml;
    const bool is_vote = strcmp(step->values[STEP_STEP].text, "decision") == 0;

    (void)err;
    if (!has_come(told, step->values[STEP_DATE].text)) return true;
    xml_element_begin(xml, "step");
    xml_attribute(xml, "name", step->values[STEP_STEP].text);
    xml_attribute(xml, "date", step->values[STEP_DATE].text);
    xml_attribute(xml, "document", step->values[STEP_DOCUMENT].text);
    xml_attribute_if_any(xml, "text", step->values[STEP_TEXT].text);
    if (is_vote) {
        xml_attribute_integer(xml, "votes_for", step->values[STEP_FOR].number);
        xml_attribute_integer(xml, "votes_against", step->values[STEP_AGAINST].number);
        xml_attribute_integer(xml, "votes_abstained", step->values[STEP_ABSTAINED].number);
    }
    xml_element_end(xml);
    return true;
}

/* How it ended by the period's end, and when: `date` "" while it is open. */
struct disposal_end {
    char date[DATE_TEXT_SIZE];
    bool is_dropped;
    money_t valuation, proceeds;
    char voucher[TEXT_SIZE];
};

static bool find_end(struct custody_told *told, const char *code, struct disposal_end *out,
                     struct error *err)
{
    const struct record *record = &told->record;
    bool found;

    memset(out, 0, sizeof *out);
    if (!record_find(told->survey->journal, &disposal_drop, KEEP_DISPOSAL, code, &told->record,
                     &found, err))
        return false;
    if (found && has_come(told, record->values[KEEP_DATE].text)) {
        memcpy(out->date, record->values[KEEP_DATE].text, sizeof out->date);
        out->is_dropped = true;
        return true;
    }
    if (!record_find(told->survey->journal, &disposal_finish, FINISH_DISPOSAL, code, &told->record,
                     &found, err))
        return false;
    if (!found || !has_come(told, record->values[FINISH_DATE].text)) return true;
    memcpy(out->date, record->values[FINISH_DATE].text, sizeof out->date);
    memcpy(out->voucher, record->values[FINISH_VOUCHER].text, sizeof out->voucher);
    return money_from_fen(record->values[FINISH_VALUATION].number, &out->valuation, err) &&
           money_from_fen(record->values[FINISH_PROCEEDS].number, &out->proceeds, err);
}

static bool write_disposal(void *context, const struct disposal *disposal, struct error *err)
{
    struct custody_told *told = context;
    struct xml_writer *xml = told->xml;
    struct disposal_end end;

    if (strcmp(disposal->owner_division, told->division) != 0 ||
        !has_come(told, disposal->opened_on))
        return true;
    if (!find_end(told, disposal->code, &end, err)) return false;
    if (is_past(told, end.date)) return true;
    begin(told);
    xml_element_begin(xml, "disposed");
    xml_attribute(xml, "code", disposal->code);
    if (!assets_write_name(told->survey, disposal->asset, xml, err)) return false;
    xml_attribute(xml, "cause", disposal->cause);
    xml_attribute(xml, "method", disposal->method);
    xml_attribute(xml, "state",
                  end.date[0] == '\0' ? "open"
                  : end.is_dropped    ? "dropped"
                                      : "finished");
    xml_attribute(xml, "opened_on", disposal->opened_on);
    xml_attribute_if_any(xml, "ended_on", end.date);
    xml_attribute_if_any(xml, "voucher", end.voucher);
    xml_attribute(xml, "text", disposal->text);
    if (end.date[0] != '\0' && !end.is_dropped) {
        xml_element_amount(xml, "valuation", end.valuation);
        xml_element_amount(xml, "proceeds", end.proceeds);
    }
    if (!record_each(told->survey->journal, &disposal_step, STEP_DISPOSAL, disposal->code,
                     write_step, told, err))
        return false;
    xml_element_end(xml);
    return true;
}

/* ---- Stock-taking ---------------------------------------------------------------------------- */

static bool write_difference(void *context, const struct stocktake_line *line, struct error *err)
{
    const struct custody_told *told = context;
    struct xml_writer *xml = told->xml;

    (void)err;
    if (!line->is_changed && strcmp(line->found, "found") == 0) return true;
    xml_element_begin(xml, "difference");
    xml_attribute(xml, "asset", line->asset);
    xml_attribute(xml, "asset_name", line->name);
    write_division(told, "in", "in_name", line->division);
    xml_attribute(xml, "state", line->state);
    xml_attribute(xml, "found", line->found);
    xml_attribute_boolean(xml, "counted", line->is_counted);
    if (strcmp(line->found, "elsewhere") == 0)
        write_division(told, "seen_in", "seen_in_name", line->seen_division);
    xml_attribute(xml, "seen_state", line->seen_state);
    xml_attribute(xml, "date", line->date);
    xml_attribute_if_any(xml, "text", line->text);
    xml_element_end(xml);
    return true;
}

static bool write_round(void *context, const struct stocktake *round, struct error *err)
{
    struct custody_told *told = context;
    struct xml_writer *xml = told->xml;
    const bool is_closed = has_come(told, round->closed_on);

    if (strcmp(round->division, told->division) != 0 || !has_come(told, round->opened_on) ||
        is_past(told, round->closed_on))
        return true;
    begin(told);
    xml_element_begin(xml, "stocktake");
    xml_attribute(xml, "code", round->code);
    xml_attribute(xml, "opened_on", round->opened_on);
    if (is_closed) {
        xml_attribute(xml, "closed_on", round->closed_on);
        xml_attribute_integer(xml, "found", round->found);
        xml_attribute_integer(xml, "missing", round->missing);
        xml_attribute_integer(xml, "elsewhere", round->elsewhere);
        xml_attribute_integer(xml, "changed", round->changed);
    }
    if (is_closed && !stocktake_line_each(told->survey->journal, round->code, told->day,
                                          write_difference, told, err))
        return false;
    xml_element_end(xml);
    return true;
}

/* ---- The element ----------------------------------------------------------------------------- */

bool custody_write(const struct survey *survey, size_t place, struct xml_writer *xml,
                   struct error *err)
{
    struct custody_told *told = calloc(1, sizeof *told);
    bool ok;

    if (told == NULL) return error_set(err, ERROR_MEMORY, "out of memory");
    told->survey = survey;
    told->division = survey->places[place].division.code;
    told->xml = xml;
    told->day = month_last_day(survey->period.last_month);
    (void)date_format(told->day, told->as_of);
    (void)snprintf(told->first, sizeof told->first, "%.4s-01-01", told->as_of);
    ok = handover_each(survey->journal, told->division, write_handover, told, err) &&
         disposal_each(survey->journal, told->division, write_disposal, told, err) &&
         stocktake_each(survey->journal, told->division, write_round, told, err);
    if (told->is_begun) xml_element_end(xml);
    free(told);
    return ok;
}
