/*
 * help.c - help from the table of commands.
 *
 * 1. A line that begins with two blanks is an example and stays as it is; everything else is broken
 *    to the width given, by the rules of Unicode (UAX 14), so that Chinese breaks well too.
 */
#include "cli/help.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unilbrk.h>

#include "base/language.h"
#include "base/text.h"
#include "cli/options.h"

#define OPTION_COLUMN  26 /* where what an option does begins */
#define SUMMARY_COLUMN 24
#define NAME_SIZE_MAX  256

char *command_name(const struct command *command, char name[COMMAND_NAME_SIZE])
{
    snprintf(name, COMMAND_NAME_SIZE, "%s%s%s", command->group, command->verb != NULL ? " " : "",
             command->verb != NULL ? command->verb : "");
    return name;
}

/* ---- Text -------------------------------------------------------------------------------------
 */

static bool put_spaces(struct buffer *out, size_t count, struct error *err)
{
    return buffer_append_format(out, err, "%*s", (int)count, "");
}

/*
 * A paragraph of `size` bytes and a line's end. Its first line stands at column `start`, where the
 * cursor is; the others begin at `indent`, which is not behind that.
 */
static bool put_paragraph(struct buffer *out, const char *text, size_t size,
                          const size_t columns[3], struct error *err)
{
    size_t start = columns[0], indent = columns[1], width = columns[2];
    size_t room = width > indent + 20 ? width - indent : 20;
    char *breaks = malloc(size + 1);
    size_t line = 0;
    size_t i;
    bool ok = false;

    assert(start >= indent);
    if (breaks == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    u8_width_linebreaks((const uint8_t *)text, size, (int)room, (int)(start - indent), 0, NULL,
                        "UTF-8", breaks);
    for (i = 1; i <= size; i++) {
        size_t end = i;

        if (i < size && breaks[i] != UC_BREAK_POSSIBLE) continue;
        while (end > line && text[end - 1] == ' ')
            end--;
        if (line > 0 && !put_spaces(out, indent, err)) goto out;
        if (!buffer_append(out, (const uint8_t *)text + line, end - line, err)) goto out;
        if (!buffer_append_text(out, "\n", err)) goto out;
        line = i;
    }
    ok = true;
out:
    free(breaks);
    return ok;
}

/* Text of paragraphs and examples. */
static bool put_text(struct buffer *out, const char *text, size_t width, struct error *err)
{
    const size_t columns[3] = {0, 0, width};

    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        bool stays = size == 0 || strncmp(text, "  ", 2) == 0;

        if (stays) {
            if (!buffer_append(out, (const uint8_t *)text, size, err)) return false;
            if (!buffer_append_text(out, "\n", err)) return false;
        } else if (!put_paragraph(out, text, size, columns, err)) {
            return false;
        }
        text += size;
        if (*text == '\n') text++;
    }
    return true;
}

/* "  left   right", the right side broken within its column. */
static bool put_pair(struct buffer *out, const char *left, const char *right,
                     const size_t columns[2], struct error *err)
{
    const size_t all[3] = {columns[0], columns[0], columns[1]};
    size_t used = 2 + text_width(left);

    if (!buffer_append_format(out, err, "  %s", left)) return false;
    if (used + 2 > columns[0]) {
        if (!buffer_append_text(out, "\n", err)) return false;
        used = 0;
    }
    return put_spaces(out, columns[0] - used, err) &&
           put_paragraph(out, right, strlen(right), all, err);
}

/* ---- Options ----------------------------------------------------------------------------------
 */

static bool put_option(struct buffer *out, const struct argp_option *option, size_t width,
                       struct error *err)
{
    const size_t columns[2] = {OPTION_COLUMN, width};
    char name[NAME_SIZE_MAX];
    char letter[8] = "    ";

    if (option->key < 0x100) snprintf(letter, sizeof letter, "-%c, ", option->key);
    snprintf(name, sizeof name, "%s--%s%s%s", letter, option->name, option->arg != NULL ? "=" : "",
             option->arg != NULL ? translate(option->arg) : "");
    return put_pair(out, name, translate(option->doc), columns, err);
}

static bool put_options(struct buffer *out, const struct command *command, size_t width,
                        struct error *err)
{
    const struct argp_option *option;
    size_t at = 0;
    bool was_own = command != NULL && command->options != NULL;

    if (was_own && !buffer_append_format(out, err, "\n%s\n", _("Options:"))) return false;
    while ((option = options_next(command, &at)) != NULL) {
        bool is_own = was_own && !options_is_common(option);

        if (was_own != is_own || (!was_own && at == 1)) {
            if (!buffer_append_format(out, err, "\n%s\n", _("For every command:"))) return false;
            was_own = false;
        }
        if (!put_option(out, option, width, err)) return false;
    }
    return true;
}

/* ---- The helps --------------------------------------------------------------------------------
 */

bool help_command(const struct command *command, size_t width, struct buffer *out,
                  struct error *err)
{
    char name[COMMAND_NAME_SIZE];

    return buffer_append_format(out, err, _("Usage: mingzhang %s [OPTION …]%s%s\n"),
                                command_name(command, name), command->arguments != NULL ? " " : "",
                                command->arguments != NULL ? translate(command->arguments) : "") &&
           put_text(out, translate(command->summary), width, err) &&
           buffer_append_text(out, "\n", err) &&
           put_text(out, translate(command->help), width, err) &&
           put_options(out, command, width, err);
}

bool help_list(const char *group, size_t width, struct buffer *out, struct error *err)
{
    const size_t columns[2] = {SUMMARY_COLUMN, width};
    size_t i;

    for (i = 0; commands[i] != NULL; i++) {
        char name[COMMAND_NAME_SIZE];

        if (group != NULL && strcmp(commands[i]->group, group) != 0) continue;
        if (!put_pair(out, command_name(commands[i], name), translate(commands[i]->summary),
                      columns, err)) {
            return false;
        }
    }
    return true;
}

const char *help_exit_status(void)
{
    return _("Exit status: 0 good; 1 verification failed or findings; 2 usage; 3 input refused, "
             "nothing written; 4 store or I/O failure; 5 not permitted or wrong key.");
}

bool help_program(size_t width, struct buffer *out, struct error *err)
{
    return buffer_append_format(
               out, err, "%s\n",
               _("Usage: mingzhang [-L LEDGER] [-u USER] COMMAND [OPTION …] [ARGUMENT …]")) &&
           put_text(out,
                    _("Open books for public money: every yuan from appropriation to household, in "
                      "a ledger that anyone can check."),
                    width, err) &&
           buffer_append_format(out, err, "\n%s\n", _("Commands:")) &&
           help_list(NULL, width, out, err) && put_options(out, NULL, width, err) &&
           buffer_append_text(out, "\n", err) &&
           put_text(out, _("`mingzhang COMMAND --help` tells more, with an example."), width,
                    err) &&
           put_text(out, help_exit_status(), width, err);
}
