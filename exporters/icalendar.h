/*
 * icalendar.h - calendar files, RFC 5545: whole-day events with what it takes to move them.
 *
 * 1. Lines end with CRLF and are folded at 75 octets, never within a character (section 3.1).
 * 2. An event's UID is made from what makes it, never from what became of it, so that a calendar
 *    that reads the file again moves its events.
 * 3. DTSTAMP is the day that the file is of: the same ledger and day give the same bytes.
 */
#ifndef EXPORTERS_ICALENDAR_H
#define EXPORTERS_ICALENDAR_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"

/** All texts lent. */
struct icalendar_event {
    const char *key; /* what makes it, with the ledger's origin: hashed for its UID */
    date_t day;
    const char *summary, *description, *category;
};

/** `product` stands in PRODID: "disclosures". */
bool icalendar_begin(struct buffer *out, const char *product, struct error *err) MUST_CHECK;
bool icalendar_put(struct buffer *out, const struct icalendar_event *event, date_t as_of,
                   struct error *err) MUST_CHECK;
bool icalendar_end(struct buffer *out, struct error *err) MUST_CHECK;

#endif
