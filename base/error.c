/*
 * error.c - the one table of error codes, and text that is safe to show.
 *
 * 1. What leaves this file in `message` and `place` is UTF-8 on one line without control
 *    characters, whatever bytes the caller's arguments held.
 * 2. Messages are in the reader's language; codes, places and exit statuses know none.
 */
#include "base/error.h"

#include <assert.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"

enum exit_status {
    EXIT_STATUS_GOOD = 0,
    EXIT_STATUS_NOT_VERIFIED = 1,
    EXIT_STATUS_USAGE = 2,
    EXIT_STATUS_REFUSED = 3,
    EXIT_STATUS_FAILED = 4,
    EXIT_STATUS_NOT_PERMITTED = 5
};

static const struct {
    const char *name;
    enum exit_status exit_status;
} error_codes[ERROR_CODE_COUNT] = {
    [ERROR_NONE] = {"none", EXIT_STATUS_GOOD},
    [ERROR_USAGE] = {"usage", EXIT_STATUS_USAGE},
    [ERROR_INPUT] = {"input", EXIT_STATUS_REFUSED},
    [ERROR_ENCODING] = {"encoding", EXIT_STATUS_REFUSED},
    [ERROR_LIMIT] = {"limit", EXIT_STATUS_REFUSED},
    [ERROR_OVERFLOW] = {"overflow", EXIT_STATUS_REFUSED},
    [ERROR_NOT_FOUND] = {"not_found", EXIT_STATUS_REFUSED},
    [ERROR_CONFLICT] = {"conflict", EXIT_STATUS_REFUSED},
    [ERROR_STATE] = {"state", EXIT_STATUS_REFUSED},
    [ERROR_INSUFFICIENT] = {"insufficient", EXIT_STATUS_REFUSED},
    [ERROR_EARMARK] = {"earmark", EXIT_STATUS_REFUSED},
    [ERROR_CONTRACT] = {"contract", EXIT_STATUS_REFUSED},
    [ERROR_NEGATIVE_LIST] = {"negative_list", EXIT_STATUS_REFUSED},
    [ERROR_PERIOD_CLOSED] = {"period_closed", EXIT_STATUS_REFUSED},
    [ERROR_CLOCK] = {"clock", EXIT_STATUS_REFUSED},
    [ERROR_UNBALANCED] = {"unbalanced", EXIT_STATUS_REFUSED},
    [ERROR_VERIFY] = {"verify", EXIT_STATUS_NOT_VERIFIED},
    [ERROR_STORE] = {"store", EXIT_STATUS_FAILED},
    [ERROR_BUSY] = {"busy", EXIT_STATUS_FAILED},
    [ERROR_IO] = {"io", EXIT_STATUS_FAILED},
    [ERROR_MEMORY] = {"memory", EXIT_STATUS_FAILED},
    [ERROR_PERMISSION] = {"permission", EXIT_STATUS_NOT_PERMITTED},
    [ERROR_KEY] = {"key", EXIT_STATUS_NOT_PERMITTED},
};

/* C0 and C1 controls, DEL, and U+2028 and U+2029, which some programs take for a line's end. */
static bool is_unsafe(const uint8_t *sequence, size_t size)
{
    if (size == 1) return sequence[0] < 0x20 || sequence[0] == 0x7f;
    if (size == 2) return sequence[0] == 0xc2 && sequence[1] < 0xa0;
    return size == 3 && sequence[0] == 0xe2 && sequence[1] == 0x80 &&
           (sequence[2] == 0xa8 || sequence[2] == 0xa9);
}

/* Did cutting leave only the first bytes of a character that would have been well-formed? */
static bool is_cut_character(const uint8_t *data, size_t size)
{
    size_t whole = data[0] >= 0xf0 ? 4 : data[0] >= 0xe0 ? 3 : 2;
    size_t i;

    if (data[0] < 0xc2 || data[0] > 0xf4 || size >= whole) return false;
    for (i = 1; i < size; i++) {
        if ((data[i] & 0xc0) != 0x80) return false;
    }
    return true;
}

/* Make `text` fit to show, in place; `was_cut` when vsnprintf() had no room for all of it. */
static void clean_text(char *text, bool was_cut)
{
    uint8_t *bytes = (uint8_t *)text;
    size_t size = strlen(text);
    size_t at = 0;

    while (at < size) {
        size_t sequence_size = text_sequence_size(bytes + at, size - at);

        if (sequence_size == 0) {
            if (was_cut && is_cut_character(bytes + at, size - at)) {
                bytes[at] = '\0';
                return;
            }
            bytes[at] = '?';
            sequence_size = 1;
        } else if (is_unsafe(bytes + at, sequence_size)) {
            memset(bytes + at, ' ', sequence_size);
        }
        at += sequence_size;
    }
}

static void format_text(char *text, size_t size, const char *format, va_list arguments)
    PRINTF_LIKE(3, 0);

static void format_text(char *text, size_t size, const char *format, va_list arguments)
{
    int needed = vsnprintf(text, size, format, arguments);

    if (needed < 0) {
        snprintf(text, size, "%s", translate("(the text of this error could not be put together)"));
    }
    clean_text(text, needed >= 0 && (size_t)needed >= size);
}

bool error_set_from(struct error *err, enum error_code code, const char *source_file,
                    int source_line, const char *format, ...)
{
    va_list arguments;

    assert(err->code == ERROR_NONE);
    assert(code > ERROR_NONE && code < ERROR_CODE_COUNT);
    err->code = code;
    err->source_file = source_file;
    err->source_line = source_line;
    err->place[0] = '\0';
    va_start(arguments, format);
    format_text(err->message, sizeof err->message, translate(format), arguments);
    va_end(arguments);
    return false;
}

bool error_at(struct error *err, const char *format, ...)
{
    char before[ERROR_PLACE_SIZE];
    size_t known = strlen(err->place);
    size_t room = sizeof err->place - known; /* for the new part, and ':' or NUL */
    size_t added;
    va_list arguments;

    assert(err->code != ERROR_NONE);
    if (known > 0) room -= 1;
    if (room <= 1) return false;
    va_start(arguments, format);
    format_text(before, room, format, arguments);
    va_end(arguments);
    added = strlen(before);
    if (added == 0) return false;
    if (known > 0) before[added++] = ':';
    memmove(err->place + added, err->place, known + 1);
    memcpy(err->place, before, added);
    return false;
}

void error_clear(struct error *err)
{
    *err = (struct error)ERROR_INIT;
}

const char *error_code_name(enum error_code code)
{
    assert(code >= ERROR_NONE && code < ERROR_CODE_COUNT);
    return error_codes[code].name;
}

int error_exit_status(enum error_code code)
{
    assert(code >= ERROR_NONE && code < ERROR_CODE_COUNT);
    return (int)error_codes[code].exit_status;
}
