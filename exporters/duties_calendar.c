/*
 * duties_calendar.c - what must be disclosed by when as an iCalendar file, RFC 5545.
 *
 * 1. Lines end with CRLF and are folded at 75 octets, never within a character (section 3.1).
 * 2. A UID is made from what makes the duty: matter, division, subject, event and entry, never from
 *    what became of it, so that a calendar that reads the file again moves its events.
 * 3. DTSTAMP is the day that the list is of: the same ledger and day give the same bytes.
 */
#include "exporters/exporters.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"

#define LINE_OCTETS_MAX 75
#define TEXT_OCTETS_MAX 4096
#define UID_HEX         32

struct calendar_file {
    struct journal *journal;
    struct buffer *out;
    date_t as_of;
};

/* ---- Lines ----------------------------------------------------------------------------------- */

/* A content line of UTF-8, folded. */
static bool put_line(struct buffer *out, const char *line, struct error *err)
{
    size_t used = 0;

    while (*line != '\0') {
        size_t step = text_sequence_size((const uint8_t *)line, strnlen(line, 4));

        if (step == 0) step = 1;
        if (used + step > LINE_OCTETS_MAX) {
            if (!buffer_append_text(out, "\r\n ", err)) return false;
            used = 1;
        }
        if (!buffer_append(out, (const uint8_t *)line, step, err)) return false;
        line += step;
        used += step;
    }
    return buffer_append_text(out, "\r\n", err);
}

/* Text with what RFC 5545 section 3.3.11 has escaped. */
static void escape(const char *text, char out[TEXT_OCTETS_MAX])
{
    size_t size = 0;

    for (; *text != '\0' && size + 3 < TEXT_OCTETS_MAX; text++) {
        if (*text == ',' || *text == ';' || *text == '\\') out[size++] = '\\';
        out[size++] = *text;
    }
    out[size] = '\0';
}

static bool put_text(struct buffer *out, const char *name, const char *text, struct error *err)
{
    char escaped[TEXT_OCTETS_MAX], line[TEXT_OCTETS_MAX + 32];

    escape(text, escaped);
    (void)snprintf(line, sizeof line, "%s:%s", name, escaped);
    return put_line(out, line, err);
}

static bool put_day(struct buffer *out, const char *name, date_t day, const char *behind,
                    struct error *err)
{
    int year, month, in_month;

    date_to_civil(day, &year, &month, &in_month);
    return buffer_append_format(out, err, "%s:%04d%02d%02d%s\r\n", name, year, month, in_month,
                                behind);
}

/* ---- Events ---------------------------------------------------------------------------------- */

static bool put_uid(const struct calendar_file *file, const struct duty *duty, const char *what,
                    struct error *err)
{
    struct buffer key = BUFFER_INIT(TEXT_OCTETS_MAX);
    char event[DATE_TEXT_SIZE], hex[HASH_HEX_SIZE];
    hash_t hash;
    bool ok;

    ok = buffer_append_format(&key, err, "%s\n%s\n%s\n%s\n%s\n%s\n%llu",
                              journal_origin(file->journal), what, matter_info(duty->matter)->code,
                              duty->division, duty->subject, date_format(duty->event, event),
                              (unsigned long long)duty->seq);
    if (ok) {
        hash = hash_sha256(key.data, key.size);
        hash_to_hex(&hash, hex);
        ok = buffer_append_format(file->out, err, "UID:%.*s@mingzhang\r\n", UID_HEX, hex);
    }
    buffer_done(&key);
    return ok;
}

static bool put_event(const struct calendar_file *file, const struct duty *duty, const char *what,
                      date_t day, struct error *err)
{
    char summary[TEXT_OCTETS_MAX], event[DATE_TEXT_SIZE];
    struct division division;
    date_t next;

    if (!division_find(file->journal, duty->division, &division, err) ||
        !date_from_days(day.days + 1, &next, err))
        return false;
    (void)snprintf(summary, sizeof summary, "%s：%s %s", what, division.name,
                   matter_info(duty->matter)->item);
    if (!put_line(file->out, "BEGIN:VEVENT", err) || !put_uid(file, duty, what, err) ||
        !put_day(file->out, "DTSTAMP", file->as_of, "T000000Z", err) ||
        !put_day(file->out, "DTSTART;VALUE=DATE", day, "", err) ||
        !put_day(file->out, "DTEND;VALUE=DATE", next, "", err) ||
        !put_text(file->out, "SUMMARY", summary, err))
        return false;
    (void)snprintf(summary, sizeof summary, "%s，%s", duty->subject,
                   date_format(duty->event, event));
    return put_text(file->out, "DESCRIPTION", summary, err) &&
           put_text(file->out, "CATEGORIES", matter_info(duty->matter)->code, err) &&
           put_line(file->out, "TRANSP:TRANSPARENT", err) && put_line(file->out, "END:VEVENT", err);
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

    return put_line(out, "BEGIN:VCALENDAR", err) && put_line(out, "VERSION:2.0", err) &&
           put_line(out, "PRODID:-//mingzhang//disclosures//ZH", err) &&
           put_line(out, "CALSCALE:GREGORIAN", err) &&
           duty_each(file.journal, scope, as_of, put_duty, &file, err) &&
           put_line(out, "END:VCALENDAR", err);
}
