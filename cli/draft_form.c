/*
 * draft_form.c - the options of `voucher submit` as lines of text, and back.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/draft.h"
#include "cli/submit.h"

#define MOVEMENT_NAME "movement"

static const char heading[] =
    "# A draft for mingzhang. It is no voucher until it is submitted. It may name people: keep it "
    "to yourself.\n";

/* An option with its name; NULL after the last. */
static const struct argp_option *option_named(const char *name)
{
    const struct argp_option *option;

    for (option = voucher_options; option->name != NULL; option++) {
        if (strcmp(option->name, name) == 0) return option;
    }
    return NULL;
}

/* ---- Reading -------------------------------------------------------------------------------- */

static char *trim(char *text)
{
    size_t size;

    while (*text == ' ' || *text == '\t')
        text++;
    size = strlen(text);
    while (size > 0 && strchr(" \t\r", text[size - 1]) != NULL)
        text[--size] = 0;
    return text;
}

static bool add_value(struct arguments *out, const char *name, const char *value, struct error *err)
{
    const struct argp_option *option = option_named(name);

    if (strcmp(name, MOVEMENT_NAME) == 0) {
        if (out->count > 0) return error_set(err, ERROR_INPUT, "a second movement; leave one");
        out->at[out->count++] = value;
        return true;
    }
    if (option == NULL) {
        return error_set(err, ERROR_INPUT,
                         "\"%s\" is no option of `mingzhang voucher submit`; see its --help", name);
    }
    if (option->key != OPTION_ATTACH && option_given(out, (enum option_key)option->key)) {
        return error_set(err, ERROR_INPUT, "a second %s; a draft has one line", name);
    }
    if (option->arg == NULL && strcmp(value, "yes") != 0) {
        return error_set(err, ERROR_INPUT, "%s is yes or left out, not \"%s\"", name, value);
    }
    if (out->option_count == OPTIONS_MAX) {
        return error_set(err, ERROR_LIMIT, "a draft has at most %d lines of options", OPTIONS_MAX);
    }
    out->options[out->option_count++] =
        (struct option_value){option->key, option->arg != NULL ? value : NULL};
    return true;
}

static bool parse_line(char *line, struct arguments *out, struct error *err)
{
    char *equals = strchr(line, '=');

    line = trim(line);
    if (*line == 0 || *line == '#') return true;
    if (!text_is_utf8((const uint8_t *)line, strlen(line)) || !text_is_plain(line)) {
        return error_set(err, ERROR_ENCODING, "the line isn't plain UTF-8; write it again");
    }
    if (equals == NULL) {
        return error_set(err, ERROR_INPUT, "\"%s\" isn't NAME = VALUE", line);
    }
    *equals = 0;
    if (*trim(equals + 1) == 0) return true;
    return add_value(out, trim(line), trim(equals + 1), err);
}

bool draft_form_parse(const struct draft *draft, struct buffer *bytes, struct arguments *out,
                      struct error *err)
{
    struct arguments form = {0};
    char *line, *next;
    int number = 0;

    if (!buffer_append_byte(bytes, 0, err)) return false;
    if (memchr(bytes->data, 0, bytes->size - 1) != NULL) {
        error_set(err, ERROR_ENCODING, "the draft holds a NUL byte; it is no text");
        return error_at(err, "%s", draft->path);
    }
    for (line = (char *)bytes->data; line != NULL; line = next) {
        next = strchr(line, '\n');
        if (next != NULL) *next++ = 0;
        number++;
        if (!parse_line(line, &form, err)) return error_at(err, "%s:%d", draft->path, number);
    }
    *out = form;
    return true;
}

/* ---- Writing -------------------------------------------------------------------------------- */

static bool write_line(const char *name, const char *value, struct buffer *out, struct error *err)
{
    if (value == NULL || value[0] == 0) return true;
    if (!text_is_utf8((const uint8_t *)value, strlen(value)) || !text_is_plain(value)) {
        error_set(err, ERROR_ENCODING,
                  "the text isn't plain UTF-8 of one line; set the terminal to UTF-8");
        return error_at(err, "%s", name);
    }
    return buffer_append_format(out, err, "%s = %s\n", name, value);
}

/* The files to attach, by their whole paths: a draft is submitted from wherever its owner is. */
static bool write_attached(const struct arguments *given, struct buffer *out, struct error *err)
{
    char path[PATH_MAX];
    const char *value;
    size_t at = 0;

    while ((value = option_next(given, OPTION_ATTACH, &at)) != NULL) {
        if (value[0] == 0) continue;
        if (realpath(value, path) == NULL) {
            error_set(err, ERROR_NOT_FOUND, "the file to attach isn't there: %s", strerror(errno));
            return error_at(err, "%s", value);
        }
        if (!write_line("attach", path, out, err)) return false;
    }
    return true;
}

bool draft_form_write(const struct arguments *older, const struct arguments *newer,
                      struct buffer *out, struct error *err)
{
    const struct argp_option *option;

    if (!buffer_append_text(out, heading, err) || !write_line(MOVEMENT_NAME,
                                                              newer->count > 0   ? newer->at[0]
                                                              : older->count > 0 ? older->at[0]
                                                                                 : "",
                                                              out, err)) {
        return false;
    }
    for (option = voucher_options; option->name != NULL; option++) {
        enum option_key key = (enum option_key)option->key;
        const struct arguments *given = option_given(newer, key) ? newer : older;
        const char *value = option->arg != NULL        ? option_text(given, key)
                            : option_given(given, key) ? "yes"
                                                       : "";

        if (key == OPTION_ATTACH ? !write_attached(given, out, err)
                                 : !write_line(option->name, value, out, err)) {
            return false;
        }
    }
    return true;
}
