/*
 * identity.h - the check digits of the trade: ID cards, organisations, divisions, bank cards.
 *
 * 1. No message repeats an ID or card number: messages reach screens and logs.
 * 2. Rules and vectors: DOMAIN section 2.8, that is GB 11643-1999, GB 32100-2015, GB 11714-1997,
 *    GB/T 2260 with the statistical codes below the county, and ISO/IEC 7812-1.
 */
#ifndef BASE_IDENTITY_H
#define BASE_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"

#define ID_CARD_SIZE       19 /* 18 characters and NUL */
#define USCC_SIZE          19
#define DIVISION_CODE_SIZE 13

/**
 * Check a resident's ID number (GB 11643-1999) and give its 18-character form.
 *
 * 'x' is folded to 'X'; a 15-digit number is widened by "19" and its check digit. County codes are
 * not looked up: revoked ones stay on cards for life.
 *
 * @param today  bounds the date of birth: not after it, and no more than 130 years before
 * @param out    receives 18 characters and NUL
 * @return false and `out` untouched on ERROR_INPUT: another length, a character that is no digit,
 *         an unknown province, an impossible date of birth, a wrong check digit
 */
bool id_card_normalize(const char *text, date_t today, char out[ID_CARD_SIZE],
                       struct error *err) MUST_CHECK;

/** Would id_card_normalize() take this on some day of the 20th or 21st century? */
bool id_card_has_form(const char *text);

/**
 * Check a unified social credit code (GB 32100-2015) with its organisation code (GB 11714-1997).
 *
 * @return false on ERROR_INPUT: not 18 characters of the alphabet (capitals, without I O S V Z), or
 *         either check character wrong
 */
bool uscc_check(const char *text, struct error *err) MUST_CHECK;

/** Luhn over 13 to 19 digits. A lead only: many rural accounts don't follow it. */
bool bank_card_has_luhn(const char *text);

enum division_level {
    DIVISION_PROVINCE,
    DIVISION_PREFECTURE,
    DIVISION_COUNTY,
    DIVISION_TOWNSHIP,
    DIVISION_VILLAGE
};

/**
 * Check the form of a 12-digit division code: a known province, zeros below its own level and none
 * above it. The county's digits alone may be zero above a township: some prefectures (441900) have
 * no counties. Whether the place exists is the division table's to say. ERROR_INPUT otherwise.
 */
bool division_code_check(const char *code, struct error *err) MUST_CHECK;

/** The level that a checked code's zeros show. */
enum division_level division_code_level(const char *code);

/** The code of the next level above that the checked code names; "" for a province. */
void division_code_parent(const char *code, char out[DIVISION_CODE_SIZE]);

/** Does `code` lie in `scope`, or is it the same? Both checked codes. */
bool division_code_is_within(const char *code, const char *scope);

/**
 * The codes of a division and of all within it stand from `first` to `last`, as text. NULL or "":
 * all codes.
 */
void division_code_range(const char *scope, char first[DIVISION_CODE_SIZE],
                         char last[DIVISION_CODE_SIZE]);

/** "county", "township" … Static storage. */
const char *division_level_name(enum division_level level);

#endif
