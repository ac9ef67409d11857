/*
 * date.h - calendar days, months and moments, which are different things.
 *
 * 1. A date_t is a day of the proleptic Gregorian calendar, 1900-01-01 to 9999-12-31, with no zone.
 * 2. An instant_t is seconds since 1970-01-01T00:00:00Z, in the same years. Only
 * instant_to_date_in() turns one into the other, and it names the zone.
 * 3. A month is its index: year × 12 + (month − 1), in an int32_t named *_month.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"

typedef struct {
    int32_t days; /* since 1970-01-01 */
} date_t;

typedef struct {
    int64_t seconds; /* since 1970-01-01T00:00:00Z */
} instant_t;

#define DATE_TEXT_SIZE    11 /* "2021-09-30" */
#define MONTH_TEXT_SIZE   8  /* "2021-09" */
#define INSTANT_TEXT_SIZE 21 /* "2021-09-30T08:00:00Z" */

#define ZONE_CHINA_SECONDS 28800 /* UTC+8 all year: what "the day" means in this ledger */

/** A day by its year, month 1-12 and day. ERROR_INPUT when the calendar doesn't have it. */
bool date_from_civil(int year, int month, int day, date_t *out, struct error *err) MUST_CHECK;
/** A day by its number since 1970-01-01, as a store keeps it. ERROR_INPUT when out of range. */
bool date_from_days(int64_t days, date_t *out, struct error *err) MUST_CHECK;
void date_to_civil(date_t date, int *year, int *month, int *day);

/** Strict "YYYY-MM-DD" of a day that exists; otherwise ERROR_INPUT. */
bool date_parse(const char *text, date_t *out, struct error *err) MUST_CHECK;

/**
 * As clerks write it: 2021-09-30, 2021-9-30, 2021/9/30, 2021.9.30, 20210930, 2021年9月30日. The
 * year has four digits and comes first, nothing stands around the date; otherwise ERROR_INPUT.
 */
bool date_parse_lenient(const char *text, date_t *out, struct error *err) MUST_CHECK;

/** "2021-09-30". Returns `text`. */
char *date_format(date_t date, char text[DATE_TEXT_SIZE]);
bool date_is_before(date_t a, date_t b);
/** The month that holds the day. */
int32_t date_month(date_t date);

/** Strict "YYYY-MM", years 1900 to 9999; otherwise ERROR_INPUT. */
bool month_parse(const char *text, int32_t *out_month, struct error *err) MUST_CHECK;
/** "2021-09". Returns `text`. */
char *month_format(int32_t month, char text[MONTH_TEXT_SIZE]);
date_t month_first_day(int32_t month);
date_t month_last_day(int32_t month);

/** Strict "YYYY-MM-DDThh:mm:ssZ", years 1900 to 9999, no leap seconds; otherwise ERROR_INPUT. */
bool instant_parse(const char *text, instant_t *out, struct error *err) MUST_CHECK;
/** A moment by its seconds, as a clock or store gives it. ERROR_INPUT when out of range. */
bool instant_from_seconds(int64_t seconds, instant_t *out, struct error *err) MUST_CHECK;
/** "2021-09-30T08:00:00Z". Returns `text`. */
char *instant_format(instant_t instant, char text[INSTANT_TEXT_SIZE]);
/**
 * The calendar day at that moment in a zone `zone_seconds` east of UTC. Where the zone leads out of
 * the calendar, its first or last day.
 */
date_t instant_to_date_in(instant_t instant, int32_t zone_seconds);

#endif
