/* icalendar.c - see icalendar.h. */
#include "exporters/icalendar.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"

#define LINE_OCTETS_MAX 75
#define TEXT_OCTETS_MAX 4096
#define UID_HEX         32

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

/* Text with what section 3.3.11 has escaped. */
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

static bool put_uid(struct buffer *out, const char *key, struct error *err)
{
    const hash_t hash = hash_sha256((const uint8_t *)key, strlen(key));
    char hex[HASH_HEX_SIZE];

    hash_to_hex(&hash, hex);
    return buffer_append_format(out, err, "UID:%.*s@mingzhang\r\n", UID_HEX, hex);
}

bool icalendar_begin(struct buffer *out, const char *product, struct error *err)
{
    return put_line(out, "BEGIN:VCALENDAR", err) && put_line(out, "VERSION:2.0", err) &&
           buffer_append_format(out, err, "PRODID:-//mingzhang//%s//ZH\r\n", product) &&
           put_line(out, "CALSCALE:GREGORIAN", err);
}

bool icalendar_put(struct buffer *out, const struct icalendar_event *event, date_t as_of,
                   struct error *err)
{
    date_t next;

    return date_from_days(event->day.days + 1, &next, err) && put_line(out, "BEGIN:VEVENT", err) &&
           put_uid(out, event->key, err) && put_day(out, "DTSTAMP", as_of, "T000000Z", err) &&
           put_day(out, "DTSTART;VALUE=DATE", event->day, "", err) &&
           put_day(out, "DTEND;VALUE=DATE", next, "", err) &&
           put_text(out, "SUMMARY", event->summary, err) &&
           put_text(out, "DESCRIPTION", event->description, err) &&
           put_text(out, "CATEGORIES", event->category, err) &&
           put_line(out, "TRANSP:TRANSPARENT", err) && put_line(out, "END:VEVENT", err);
}

bool icalendar_end(struct buffer *out, struct error *err)
{
    return put_line(out, "END:VCALENDAR", err);
}
