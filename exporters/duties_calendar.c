/*
 * duties_calendar.c - what must be disclosed by when as a calendar file.
 *
 * An event's key is what makes the duty: matter, division, subject, event and entry.
 */
#include "exporters/exporters.h"

#include <stdio.h>

#include "exporters/icalendar.h"

#define KEY_SIZE     4096
#define SUMMARY_SIZE 4096

struct calendar_file {
    struct journal *journal;
    struct buffer *out;
    date_t as_of;
};

static bool put_event(const struct calendar_file *file, const struct duty *duty, const char *what,
                      date_t day, struct error *err)
{
    char key[KEY_SIZE], summary[SUMMARY_SIZE], description[SUMMARY_SIZE], date[DATE_TEXT_SIZE];
    const char *matter = matter_info(duty->matter)->code;
    const struct icalendar_event event = {key, day, summary, description, matter};
    struct division division;

    if (!division_find(file->journal, duty->division, &division, err)) return false;
    (void)date_format(duty->event, date);
    (void)snprintf(key, sizeof key, "%s\n%s\n%s\n%s\n%s\n%s\n%llu", journal_origin(file->journal),
                   what, matter, duty->division, duty->subject, date,
                   (unsigned long long)duty->seq);
    (void)snprintf(summary, sizeof summary, "%s：%s %s", what, division.name,
                   matter_info(duty->matter)->item);
    (void)snprintf(description, sizeof description, "%s，%s", duty->subject, date);
    return icalendar_put(file->out, &event, file->as_of, err);
}

static bool put_duty(void *context, const struct duty *duty, struct error *err)
{
    const struct calendar_file *file = context;

    switch (duty->state) {
    case DUTY_PENDING:
        return put_event(file, duty, "公开截止", duty->due, err);
    case DUTY_OVERDUE:
        return put_event(file, duty, "逾期未公开", duty->due, err);
    case DUTY_STANDING:
        return !duty->has_until || put_event(file, duty, "公示至", duty->until, err);
    case DUTY_STOOD:
    case DUTY_EARLY:
    case DUTY_WITHHELD:
    case DUTY_REPLACED:
    case DUTY_STATE_COUNT:
        return true;
    }
    return true;
}

bool duties_calendar(struct ledger *ledger, const char *scope, date_t as_of, struct buffer *out,
                     struct error *err)
{
    struct calendar_file file = {ledger_journal(ledger), out, as_of};

    return icalendar_begin(out, "disclosures", err) &&
           duty_each(file.journal, scope, as_of, put_duty, &file, err) && icalendar_end(out, err);
}
