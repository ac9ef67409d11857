/*
 * text.h - UTF-8 text: checked where it enters, NFC where it is kept, and without personal numbers
 * where it is published.
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

/**
 * Well-formed and in Unicode normalization form C? Characters that NFC can't change, ASCII and
 * Chinese among them, are passed without a look-up. False too when memory runs out.
 */
bool text_is_nfc(const uint8_t *data, size_t size);

/** Append the NFC form of UTF-8 to `out`. ERROR_ENCODING, with the offset, when it isn't UTF-8. */
bool text_to_nfc(const uint8_t *data, size_t size, struct buffer *out,
                 struct error *err) MUST_CHECK;

/**
 * One line that reads as it is stored? False for well-formed UTF-8 that holds a control character
 * or one that is not seen or turns other text round: U+0000 to U+001F, U+007F to U+009F, U+00AD,
 * U+200B, U+2028 to U+202E, U+2060 to U+206F, U+FEFF, U+FFF9 to U+FFFB, U+E0000 to U+E007F. The
 * joiners and marks that Mongolian, Uyghur and other scripts are written with are not among them.
 */
bool text_is_plain(const char *text);

/** Columns on a terminal: 2 for East Asian wide and fullwidth characters. */
size_t text_width(const char *text);

#define TEXT_CODE_SIZE_MAX 64 /* bytes of a code that people give */
#define TEXT_USER_SIZE_MAX 32

enum text_finding {
    TEXT_CLEAN,
    TEXT_ID_NUMBER,
    TEXT_MOBILE_NUMBER,
    TEXT_TELEPHONE,
    TEXT_BANK_CARD
};

/**
 * Look for a personal number in free text (DESIGN section 3.1) and name the first one's kind:
 *
 * - an ID card number (GB 11643): 15 or 18 characters with a known province, a date of birth that
 *   exists and the right check digit;
 * - a mobile number: 11 digits 13… to 19…, with or without 0, 86 or 0086 before them;
 * - a fixed telephone: an area code (010, 02x, 03xx to 09xx) and 7 or 8 digits;
 * - a bank card number: 13 to 19 digits that pass Luhn and begin as cards do (3, 4, 5, 60, 62, 68,
 *   69, 9).
 *
 * A number begins and ends where its digits do. Spaces, dashes and invisible characters between the
 * digits don't hide it, nor do digits of other scripts (full-width ones above all): an ID number is
 * found however its digits are grouped, the others in the groups that people write, or digit by
 * digit. Clean are amounts, years, dates, document numbers, division codes, unified social credit
 * codes, digests in hex, and hotlines of fewer digits. A code of 13 or more digits may by chance
 * look like a card or an ID number; it is then to be written with a letter in it.
 */
enum text_finding text_find_personal_number(const char *text);

/** In words for an error message: "an ID number". Static storage. */
const char *text_finding_name(enum text_finding finding);

/**
 * Check a code that people give to a fund, project, contract or voucher reference: 1 to 64 bytes
 * of UTF-8 in NFC, no white space, control or invisible characters, no slash or backslash.
 * `what` names it in the error, for example "fund code". ERROR_INPUT, or ERROR_ENCODING.
 */
bool text_check_code(const char *text, const char *what, struct error *err) MUST_CHECK;

/** Check a user's code: `[a-z0-9-]{1,32}` (DESIGN section 3.1). ERROR_INPUT otherwise. */
bool text_check_user(const char *text, struct error *err) MUST_CHECK;

#endif
