/* negative_list.h - what the rules of the funds forbid to pay for. Private to ledger/funds. */
#ifndef LEDGER_FUNDS_NEGATIVE_LIST_H
#define LEDGER_FUNDS_NEGATIVE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

#define NEGATIVE_LIST_MAX       16
#define NEGATIVE_LIST_TEXT_SIZE 2001 /* bytes, NUL included; a text has at most 500 characters */

/** The number of items; each index below it names one. */
size_t negative_list_count(void);
/** "NEG01". Static storage. */
const char *negative_list_code(size_t item);
/** What it forbids, in Chinese and English. Static storage. */
const char *negative_list_name(size_t item);
/** Does the item hold on this day? */
bool negative_list_holds(size_t item, date_t day);
/** A text's letters and digits alone, in their plain form: nothing sets a keyword apart. */
void negative_list_squeeze(const char *text, char out[NEGATIVE_LIST_TEXT_SIZE]);
/** The keyword of the item that stands in the squeezed text, or NULL. Static storage. */
const char *negative_list_find(size_t item, const char *squeezed);
/** Is `code` one of the list's? */
bool negative_list_has_code(const char *code);

#endif
