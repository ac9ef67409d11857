/*
 * checks.c - what must hold of a row about keeping an asset beyond the types of its fields.
 *
 * 1. What it names is there: asset, schedule, appointment; and nothing happens before that is, nor
 *    after the asset is scrapped or disposed of.
 * 2. Whoever is said to keep an asset or to have inspected it is in office on that day.
 * 3. A holder's name, number and pay are sealed. Where they are gone only the rest is judged.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "ledger/keeping/internal.h"

/* ---- Bodies and posts ------------------------------------------------------------------------ */

RECORD_CHECK(check_body)
{
    const enum division_level level = division_code_level(TEXT(BODY_DIVISION));

    (void)journal;
    (void)division_out;
    if (level < DIVISION_COUNTY)
        return error_set(err, ERROR_INPUT,
                         "%s is above a county; counties, townships and villages have bodies that "
                         "look after assets",
                         TEXT(BODY_DIVISION));
    return record_require_text(record, BODY_NAME, "name", err) &&
           record_require_text(record, BODY_PHONE, "office_phone", err);
}

RECORD_CHECK(check_keeper)
{
    (void)journal;
    (void)division_out;
    if (!record_require_text(record, KEEPER_POST, "post", err) ||
        !record_require_text(record, KEEPER_UNIT, "unit", err) ||
        !record_require_text(record, KEEPER_PHONE, "office_phone", err))
        return false;
    if (TEXT(KEEPER_LAST)[0] != '\0' && !record_require_order(TEXT(KEEPER_FIRST), TEXT(KEEPER_LAST),
                                                              N_("the appointment ends"), err))
        return false;
    if (record_is_gone(&keeping_keeper, record)) return true;
    if (!record_require_text(record, KEEPER_NAME, "name", err)) return false;
    return TEXT(KEEPER_ID_NUMBER)[0] == '\0' ||
           (strlen(TEXT(KEEPER_ID_NUMBER)) == ID_CARD_SIZE - 1 &&
            strchr(TEXT(KEEPER_ID_NUMBER), 'x') == NULL &&
            id_card_has_form(TEXT(KEEPER_ID_NUMBER))) ||
           error_set(err, ERROR_INPUT,
                     "the ID number of the holder isn't one in its 18-character form; correct it, "
                     "or leave it out");
}

/* The last day in office, "" while none is known. */
static bool find_post(struct journal *journal, const char *keeper, char last[DATE_TEXT_SIZE],
                      struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(journal),
                         "SELECT last_day FROM keeping_post WHERE keeper = $1", &select, err))
        return false;
    statement_bind_text(select, 1, keeper);
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row); /* it was required */
    copy_text(select, 0, last, DATE_TEXT_SIZE);
    statement_reset(select);
    return true;
}

bool keeper_require(struct journal *journal, const char *keeper, const char *day, struct error *err)
{
    struct record *appointed = NULL;
    char last[DATE_TEXT_SIZE];
    bool ok = false;

    if (!record_fetch(journal, &keeping_keeper, keeper, &appointed, err)) return false;
    if (!find_post(journal, keeper, last, err)) goto out;
    if (strcmp(day, appointed->values[KEEPER_FIRST].text) < 0)
        (void)error_set(err, ERROR_INPUT, "%s is in office only since %s, not on %s", keeper,
                        appointed->values[KEEPER_FIRST].text, day);
    else if (last[0] != '\0' && strcmp(last, day) < 0)
        (void)error_set(err, ERROR_INPUT,
                        "%s was in office only until %s, not on %s; name who is, or nobody", keeper,
                        last, day);
    else
        ok = true;
out:
    free(appointed);
    return ok;
}

bool settle_keeper(struct journal *journal, const struct record *record,
                   const struct json_document *document, uint32_t act_body, struct error *err)
{
    char last[DATE_TEXT_SIZE], today[DATE_TEXT_SIZE];

    (void)document;
    (void)act_body;
    if (!find_post(journal, TEXT(KEEPER_CODE), last, err)) return false;
    date_format(instant_to_date_in(journal_time(journal), ZONE_CHINA_SECONDS), today);
    return (last[0] != '\0' && strcmp(last, today) < 0) ||
           error_set(err, ERROR_STATE,
                     "%s is in office, so the purpose of what is known of the holder isn't over; "
                     "end the appointment first, or give the ground that law gives for erasing it "
                     "now",
                     TEXT(KEEPER_CODE));
}

RECORD_CHECK(check_left)
{
    struct record *appointed = NULL;
    bool ok;

    if (!record_require_text(record, LEFT_REASON, "reason", err) ||
        !record_fetch(journal, &keeping_keeper, TEXT(LEFT_KEEPER), &appointed, err))
        return false;
    memcpy(division_out, appointed->values[KEEPER_DIVISION].text, DIVISION_CODE_SIZE);
    ok = record_require_order(appointed->values[KEEPER_FIRST].text, TEXT(LEFT_DATE),
                              N_("the appointment ends"), err);
    if (ok && appointed->values[KEEPER_LAST].text[0] != '\0' &&
        strcmp(appointed->values[KEEPER_LAST].text, TEXT(LEFT_DATE)) < 0)
        ok = error_set(err, ERROR_INPUT, "the appointment of %s ended on %s already",
                       TEXT(LEFT_KEEPER), appointed->values[KEEPER_LAST].text);
    ok = ok && record_refuse_name(&keeping_left, record, appointed->values[KEEPER_NAME].text, err);
    free(appointed);
    return ok;
}

/* ---- Duties ---------------------------------------------------------------------------------- */

RECORD_CHECK(check_duty)
{
    if (!asset_require_use(journal, TEXT(DUTY_ASSET), TEXT(DUTY_DATE),
                           N_("somebody answers for the asset"), division_out, err))
        return false;
    if (NUMBER(DUTY_MONEY) != 0 && TEXT(DUTY_MONEY_SOURCE)[0] == '\0')
        return error_set(err, ERROR_INPUT,
                         "money for upkeep without a source; say where it comes "
                         "from, or leave the money out until that is clear");
    if (TEXT(DUTY_KEEPER)[0] == '\0') return true;
    return record_require_text(record, DUTY_UNIT, "unit", err) &&
           keeper_require(journal, TEXT(DUTY_KEEPER), TEXT(DUTY_DATE), err);
}

/* ---- Schedules ------------------------------------------------------------------------------- */

RECORD_CHECK(check_schedule)
{
    if (NUMBER(SCHEDULE_EVERY) < 1 || NUMBER(SCHEDULE_EVERY) > SCHEDULE_EVERY_MAX)
        return error_set(err, ERROR_INPUT, "every %lld intervals; write 1 to %d",
                         (long long)NUMBER(SCHEDULE_EVERY), SCHEDULE_EVERY_MAX);
    if (NUMBER(SCHEDULE_GRACE) > SCHEDULE_GRACE_MAX)
        return error_set(err, ERROR_LIMIT, "%lld days of grace, more than %d",
                         (long long)NUMBER(SCHEDULE_GRACE), SCHEDULE_GRACE_MAX);
    if (!record_require_text(record, SCHEDULE_STANDARD, "standard", err)) return false;
    if (TEXT(SCHEDULE_LAST)[0] != '\0' &&
        !record_require_order(TEXT(SCHEDULE_FIRST), TEXT(SCHEDULE_LAST), N_("the schedule ends"),
                              err))
        return false;
    return asset_require_use(journal, TEXT(SCHEDULE_ASSET), TEXT(SCHEDULE_FIRST),
                             N_("the schedule begins"), division_out, err);
}

RECORD_CHECK(check_stop)
{
    struct schedule schedule;

    if (!record_require_text(record, STOP_REASON, "reason", err) ||
        !schedule_find(journal, TEXT(STOP_SCHEDULE), &schedule, err))
        return false;
    memcpy(division_out, schedule.division, DIVISION_CODE_SIZE);
    return true;
}

/* ---- Inspections ----------------------------------------------------------------------------- */

/* Whether the schedule is of this asset and has that day is seen where it is answered: keep.c. */
RECORD_CHECK(check_inspection)
{
    if (!asset_require_use(journal, TEXT(INSPECTION_ASSET), TEXT(INSPECTION_DATE),
                           N_("the asset is inspected"), division_out, err))
        return false;
    if (strcmp(TEXT(INSPECTION_STATE), "in_use") != 0 &&
        !record_require_text(record, INSPECTION_FINDINGS, "findings", err))
        return false;
    if (TEXT(INSPECTION_SCHEDULE)[0] == '\0' && TEXT(INSPECTION_DUE)[0] != '\0')
        return error_set(err, ERROR_INPUT, "the day %s is of no schedule; name the schedule",
                         TEXT(INSPECTION_DUE));
    return TEXT(INSPECTION_KEEPER)[0] == '\0' ||
           keeper_require(journal, TEXT(INSPECTION_KEEPER), TEXT(INSPECTION_DATE), err);
}

RECORD_CHECK(check_excuse)
{
    struct schedule schedule;
    bool is_answered;
    int64_t n;

    if (!record_require_text(record, EXCUSE_REASON, "reason", err) ||
        !schedule_find(journal, TEXT(EXCUSE_SCHEDULE), &schedule, err) ||
        !schedule_require_day(&schedule, TEXT(EXCUSE_DUE), &n, err) ||
        !schedule_is_answered(journal, schedule.seq, n, &is_answered, err))
        return false;
    memcpy(division_out, schedule.division, DIVISION_CODE_SIZE);
    return !is_answered ||
           error_set(err, ERROR_CONFLICT, "what schedule %s has on %s is done or excused already",
                     schedule.code, TEXT(EXCUSE_DUE));
}
