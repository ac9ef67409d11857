/*
 * text.h - UTF-8 text: checked where it enters, NFC where it is kept.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

/**
 * The size in bytes, 1 to 4, of the well-formed UTF-8 sequence at the start of `data`, or 0 when
 * there is none: nothing left, a stray or missing continuation byte, an overlong form, a surrogate
 * or more than U+10FFFF. Spec: Unicode 15 table 3-7.
 */
size_t text_sequence_size(const uint8_t *data, size_t size);

/** Well-formed UTF-8 (no surrogates, no overlong forms, at most U+10FFFF)? */
bool text_is_utf8(const uint8_t *data, size_t size);

/** Well-formed and in Unicode normalization form C? ASCII is answered without a look-up. */
bool text_is_nfc(const uint8_t *data, size_t size);

/** Append the NFC form of well-formed UTF-8 to `out`. */
bool text_to_nfc(const uint8_t *data, size_t size, struct buffer *out,
                 struct error *err) MUST_CHECK;

/** Columns on a terminal: 2 for East Asian wide and fullwidth characters. */
size_t text_width(const char *text);

enum text_finding {
    TEXT_CLEAN,
    TEXT_ID_NUMBER,
    TEXT_MOBILE_NUMBER,
    TEXT_TELEPHONE,
    TEXT_BANK_CARD
};

/**
 * Look for a personal number in free text (DESIGN section 3.1): an ID card number (18 or 15
 * characters, GB 11643), a mobile or fixed telephone number, a bank card number (13 to 19 digits
 * that pass Luhn). Spaces and hyphens between digits and full-width digits don't hide one. Runs of
 * digits that cannot be one of these (amounts, years, document and division codes) are clean.
 */
enum text_finding text_find_personal_number(const char *text);

/** In words for an error message: "an ID number". Static storage. */
const char *text_finding_name(enum text_finding finding);

/**
 * Check a code that people give to a fund, project, contract or voucher reference: 1 to 64 bytes
 * of UTF-8 in NFC, no white space, control characters or slashes. `what` names it in the error.
 */
bool text_check_code(const char *text, const char *what, struct error *err) MUST_CHECK;

/** Check a user's code: `[a-z0-9-]{1,32}` (DESIGN section 3.1). */
bool text_check_user(const char *text, struct error *err) MUST_CHECK;

#endif
