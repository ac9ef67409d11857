/*
 * arguments.c - values of the command line, checked where they enter.
 */
#include "cli/arguments.h"

#include <assert.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

#define WORDS_SIZE_BYTES_MAX 1024

bool option_given(const struct arguments *arguments, enum option_key key)
{
    size_t i;

    for (i = 0; i < arguments->option_count; i++) {
        if (arguments->options[i].key == (int)key) return true;
    }
    return false;
}

const char *option_get(const struct arguments *arguments, enum option_key key)
{
    size_t i = arguments->option_count;

    while (i-- > 0) {
        if (arguments->options[i].key == (int)key) return arguments->options[i].text;
    }
    return NULL;
}

const char *option_text(const struct arguments *arguments, enum option_key key)
{
    const char *text = option_get(arguments, key);

    return text != NULL ? text : "";
}

const char *option_next(const struct arguments *arguments, enum option_key key, size_t *at)
{
    while (*at < arguments->option_count) {
        const struct option_value *value = &arguments->options[(*at)++];
        if (value->key == (int)key) return value->text;
    }
    return NULL;
}

bool option_require(const struct arguments *arguments, enum option_key key, const char *name,
                    const char **out, struct error *err)
{
    const char *text = option_get(arguments, key);

    if (text == NULL || text[0] == 0) {
        return error_set(err, ERROR_USAGE, "%s is missing; --help shows an example", name);
    }
    *out = text;
    return true;
}

bool option_word(const struct arguments *arguments, enum option_key key, const char *name,
                 const char *const *words, const char **out, struct error *err)
{
    struct buffer list = BUFFER_INIT(WORDS_SIZE_BYTES_MAX);
    const char *text = option_get(arguments, key);

    *out = NULL;
    if (text == NULL) return true;
    for (; *words != NULL; words++) {
        if (strcmp(*words, text) == 0) {
            *out = *words;
            buffer_done(&list);
            return true;
        }
        if (!buffer_append_format(&list, err, "%s%s", list.size > 0 ? ", " : "", *words)) goto out;
    }
    (void)error_set(err, ERROR_USAGE, "%s is one of %s, not \"%s\"", name, buffer_text(&list),
                    text);
out:
    buffer_done(&list);
    return false;
}

bool option_date(const struct arguments *arguments, enum option_key key, const char *name,
                 date_t today, date_t *out, struct error *err)
{
    const char *text = option_get(arguments, key);

    if (text == NULL) {
        *out = today;
        return true;
    }
    return date_parse_lenient(text, out, err) || error_at(err, "%s", name);
}

/* "2021-09", or "2021-13", which is meant for one. */
static bool is_month(const char *text)
{
    static const char digits[] = "0123456789";

    return strspn(text, digits) == 4 && text[4] == '-' && strspn(text + 5, digits) == 2 &&
           text[7] == '\0';
}

bool option_day(const struct arguments *arguments, enum option_key key, const char *name,
                date_t today, date_t *out, struct error *err)
{
    const char *text = option_get(arguments, key);
    int32_t month;

    if (text == NULL || !is_month(text)) return option_date(arguments, key, name, today, out, err);
    if (!month_parse(text, &month, err)) return error_at(err, "%s", name);
    *out = month_last_day(month);
    return true;
}

bool argument_integer(const char *text, const char *name, int64_t low, int64_t high, int64_t *out,
                      struct error *err)
{
    int64_t value = 0;
    const char *at = text;

    assert(low >= 0 && high <= JSON_INTEGER_MAX);
    for (; *at >= '0' && *at <= '9' && value <= high; at++)
        value = value * 10 + (*at - '0');
    if (*at != 0 || at == text || value < low || value > high) {
        error_set(err, ERROR_INPUT, "\"%s\" isn't a whole number from %lld to %lld", text,
                  (long long)low, (long long)high);
        return error_at(err, "%s", name);
    }
    *out = value;
    return true;
}

bool argument_lines(const char *text, const char *name, int64_t *first, int64_t *last,
                    struct error *err)
{
    const char *dash = strchr(text, '-');
    size_t size = dash != NULL ? (size_t)(dash - text) : strlen(text);
    char first_text[16];

    if (size >= sizeof first_text)
        return error_set(err, ERROR_INPUT, "\"%s\" is no line number or range", text);
    memcpy(first_text, text, size);
    first_text[size] = 0;
    if (!argument_integer(first_text, name, 1, VOUCHER_LINES_MAX, first, err)) return false;
    *last = *first;
    return dash == NULL || argument_integer(dash + 1, name, *first, VOUCHER_LINES_MAX, last, err);
}

bool argument_text(const char *text, const char *name, char *out, size_t size, struct error *err)
{
    struct buffer normal = BUFFER_INIT(4 * TEXT_SIZE);
    bool ok = false;

    if (!text_is_utf8((const uint8_t *)text, strlen(text))) {
        error_set(err, ERROR_ENCODING, "the text isn't UTF-8; set the terminal to UTF-8");
        goto out;
    }
    if (!text_to_nfc((const uint8_t *)text, strlen(text), &normal, err)) goto out;
    if (normal.size >= size) {
        error_set(err, ERROR_LIMIT, "the text is longer than %zu bytes; shorten it", size - 1);
        goto out;
    }
    memcpy(out, buffer_text(&normal), normal.size + 1);
    ok = true;
out:
    buffer_done(&normal);
    return ok || error_at(err, "%s", name);
}

/* The account's four parts; false when there aren't exactly four. */
static bool split_account(const char *text, char parts[4][TEXT_SIZE])
{
    size_t i;

    for (i = 0; i < 4; i++) {
        size_t size = strcspn(text, "/");

        if (size == 0 || size >= TEXT_SIZE) return false;
        memcpy(parts[i], text, size);
        parts[i][size] = 0;
        text += size;
        if (i < 3) {
            if (*text != '/') return false;
            text++;
        }
    }
    return *text == 0;
}

bool argument_account(struct journal *journal, const char *text, const char *name,
                      struct account *out, struct error *err)
{
    char parts[4][TEXT_SIZE];
    struct division division;

    if (!split_account(text, parts)) {
        error_set(err, ERROR_USAGE,
                  "\"%s\" isn't DIVISION/BOOK/FUND/ROLE, as in "
                  "611025000000/construction/2021-ZY-01/available",
                  text);
        return error_at(err, "%s", name);
    }
    if (!division_resolve(journal, parts[0], "", &division, err) ||
        !book_parse(parts[1], &out->book, err) ||
        !argument_text(parts[2], "fund", out->fund, sizeof out->fund, err) ||
        !account_role_parse(parts[3], &out->role, err)) {
        return error_at(err, "%s", name);
    }
    memcpy(out->division, division.code, sizeof out->division);
    return true;
}

bool argument_voucher_line(const char *text, char voucher[VOUCHER_NUMBER_SIZE], int32_t *line,
                           struct error *err)
{
    const char *slash = strchr(text, '/');
    int64_t number = 0;

    if (slash == NULL || slash - text != VOUCHER_NUMBER_SIZE - 1) {
        return error_set(err, ERROR_USAGE, "\"%s\" isn't VOUCHER/LINE, as in 2021-000004/3", text);
    }
    if (!argument_integer(slash + 1, text, 1, VOUCHER_LINES_MAX, &number, err)) return false;
    memcpy(voucher, text, VOUCHER_NUMBER_SIZE - 1);
    voucher[VOUCHER_NUMBER_SIZE - 1] = 0;
    *line = (int32_t)number;
    return true;
}
