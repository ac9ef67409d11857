/*
 * pages.c - a program of the build, not installed: what is made from the table of commands.
 *
 *   pages strings          every text of the tables, as C for xgettext
 *   pages groups           the groups of commands, one a line
 *   pages man [GROUP]      the manual page mingzhang(1), or mingzhang-GROUP(1)
 *
 * 1. Help, manual pages and completion come from one table, so they can't differ.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/identity.h"
#include "base/language.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/options.h"
#include "importers/importers.h"
#include "ledger/ledger.h"

/* ---- Strings ----------------------------------------------------------------------------------
 */

static void put_string(const char *text)
{
    if (text == NULL || text[0] == '\0') return;
    printf("/* xgettext:no-c-format */\nN_(\"");
    for (; *text != '\0'; text++) {
        if (*text == '\n') {
            fputs("\\n", stdout);
        } else {
            if (*text == '"' || *text == '\\') putchar('\\');
            putchar(*text);
        }
    }
    printf("\")\n");
}

/* What argp says by itself in mingzhang-verify. */
static const char *const argp_texts[] = {
    "Usage:", " [OPTION...]", "Try `%s --help' or `%s --usage' for more information.\n",
    ("Mandatory or optional arguments to long options are also mandatory or optional for any "
     "corresponding short options.")};

static void put_words(void)
{
    const char *const *kinds = import_kinds();
    int i;

    for (i = 0; i < (int)ARRAY_COUNT(argp_texts); i++)
        put_string(argp_texts[i]);
    for (i = 0; i < MOVEMENT_COUNT; i++)
        put_string(movement_name((enum movement)i));
    for (i = 0; i < BOOK_COUNT; i++)
        put_string(book_name((enum book)i));
    for (i = 0; i < ACCOUNT_ROLE_COUNT; i++)
        put_string(account_role_name((enum account_role)i));
    for (i = 0; i < VOUCHER_STATE_COUNT; i++)
        put_string(voucher_state_name((enum voucher_state)i));
    for (i = 0; i < LINE_STATE_COUNT; i++)
        put_string(line_state_name((enum line_state)i));
    for (i = 0; i < FLOW_TERM_COUNT; i++)
        put_string(flow_term_name((enum flow_term)i));
    for (i = 0; i < ROLE_COUNT; i++)
        put_string(role_name((enum role)i));
    put_string("central"); /* a fund's level, beside those of divisions */
    put_string("other");
    for (i = DIVISION_PROVINCE; i <= DIVISION_VILLAGE; i++)
        put_string(division_level_name((enum division_level)i));
    for (i = 0; kinds[i] != NULL; i++)
        put_string(kinds[i]);
}

static void put_strings(void)
{
    const struct argp_option *option;
    size_t at;
    size_t i;

    for (i = 0; commands[i] != NULL; i++) {
        put_string(commands[i]->arguments);
        put_string(commands[i]->summary);
        put_string(commands[i]->help);
        at = 0;
        while ((option = options_next(commands[i], &at)) != NULL) {
            put_string(option->arg);
            put_string(option->doc);
        }
    }
    put_words();
}

/* ---- Manual pages -----------------------------------------------------------------------------
 */

static bool is_first_of_group(size_t at)
{
    return at == 0 || strcmp(commands[at]->group, commands[at - 1]->group) != 0;
}

/* Text as troff takes it; `at_start` of a line, where a dot would be a request. */
static void put_troff(const char *text, size_t size, bool at_start)
{
    size_t i;

    if (at_start && size > 0 && (text[0] == '.' || text[0] == '\'')) fputs("\\&", stdout);
    for (i = 0; i < size; i++) {
        switch (text[i]) {
        case '\\':
            fputs("\\e", stdout);
            break;
        case '-':
            fputs("\\-", stdout);
            break;
        case '\'':
            fputs("\\(aq", stdout);
            break;
        case '`':
            fputs("\\(ga", stdout);
            break;
        case '~':
            fputs("\\(ti", stdout);
            break;
        case '^':
            fputs("\\(ha", stdout);
            break;
        default:
            putchar(text[i]);
        }
    }
}

static void put_all(const char *text)
{
    put_troff(text, strlen(text), true);
}

/* Paragraphs, and examples (lines that begin with two blanks) as they stand. */
static void put_text(const char *text)
{
    bool in_example = false;

    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        bool is_example = strncmp(text, "  ", 2) == 0;

        if (is_example != in_example) printf(is_example ? ".PP\n.EX\n" : ".EE\n");
        in_example = is_example;
        if (size == 0) {
            if (text[1] != '\0' && strncmp(text + 1, "  ", 2) != 0) printf(".PP\n");
        } else {
            put_troff(text, size, true);
            putchar('\n');
        }
        text += size;
        if (*text == '\n') text++;
    }
    if (in_example) printf(".EE\n");
}

static void put_option(const struct argp_option *option)
{
    printf(".TP\n");
    if (option->key < 0x100) printf("\\fB\\-%c\\fR, ", option->key);
    printf("\\fB\\-\\-");
    put_troff(option->name, strlen(option->name), false);
    printf("\\fR");
    if (option->arg != NULL) {
        const char *value = translate(option->arg);

        printf("=\\fI");
        put_troff(value, strlen(value), false);
        printf("\\fR");
    }
    putchar('\n');
    put_all(translate(option->doc));
    putchar('\n');
}

static void put_title(const char *name, const char *summary)
{
    printf(".\\\" made from the table of commands\n.TH \"");
    put_troff(name, strlen(name), false);
    printf("\" 1 \"\" \"mingzhang " MINGZHANG_VERSION "\"\n.ad l\n.nh\n.SH %s\n", _("NAME"));
    put_troff(name, strlen(name), true);
    printf(" \\- ");
    put_troff(summary, strlen(summary), false);
    printf("\n.SH %s\n", _("SYNOPSIS"));
}

static void put_synopsis(const struct command *command)
{
    char name[COMMAND_NAME_SIZE];

    printf(".B mingzhang ");
    put_all(command_name(command, name));
    printf("\n[\\fI%s\\fR] ", _("OPTION …"));
    if (command->arguments != NULL) {
        const char *words = translate(command->arguments);

        put_troff(words, strlen(words), false);
    }
    printf("\n.br\n");
}

static void put_command(const struct command *command)
{
    const struct argp_option *option = command->options;
    char name[COMMAND_NAME_SIZE];

    printf(".SH ");
    put_all(command_name(command, name));
    putchar('\n');
    put_all(translate(command->summary));
    printf("\n.PP\n");
    put_text(translate(command->help));
    for (; option != NULL && option->name != NULL; option++)
        put_option(option);
}

static bool put_group(const char *group)
{
    char name[COMMAND_NAME_SIZE];
    const char *summary = NULL;
    size_t i;

    for (i = 0; commands[i] != NULL; i++) {
        if (strcmp(commands[i]->group, group) != 0) continue;
        summary = summary == NULL ? translate(commands[i]->summary) : summary;
    }
    if (summary == NULL) return false;
    snprintf(name, sizeof name, "mingzhang-%s", group);
    put_title(name, summary);
    for (i = 0; commands[i] != NULL; i++)
        if (strcmp(commands[i]->group, group) == 0) put_synopsis(commands[i]);
    for (i = 0; commands[i] != NULL; i++)
        if (strcmp(commands[i]->group, group) == 0) put_command(commands[i]);
    printf(".SH %s\n.BR mingzhang (1)\n", _("SEE ALSO"));
    return true;
}

static void put_program(void)
{
    const struct argp_option *option;
    char name[COMMAND_NAME_SIZE];
    size_t at = 0;
    size_t i;

    put_title("mingzhang", _("Open books for public money: every yuan from appropriation to "
                             "household, in a ledger that anyone can check."));
    put_all(_("Usage: mingzhang [-L LEDGER] [-u USER] COMMAND [OPTION …] [ARGUMENT …]"));
    printf("\n.SH %s\n", _("COMMANDS"));
    for (i = 0; commands[i] != NULL; i++) {
        printf(".TP\n\\fB");
        put_all(command_name(commands[i], name));
        printf("\\fR\n");
        put_all(translate(commands[i]->summary));
        putchar('\n');
    }
    printf(".SH %s\n", _("OPTIONS"));
    while ((option = options_next(NULL, &at)) != NULL)
        put_option(option);
    printf(".SH %s\n", _("EXIT STATUS"));
    put_text(help_exit_status());
    printf(".SH %s\n", _("SEE ALSO"));
    for (i = 0; commands[i] != NULL; i++)
        if (is_first_of_group(i)) printf(".BR mingzhang\\-%s (1)\n", commands[i]->group);
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    bool ok = true;
    size_t i;

    (void)setlocale(LC_CTYPE, "C.UTF-8");
    (void)setlocale(LC_MESSAGES, "C.UTF-8");
    language_open();
    if (strcmp(what, "strings") == 0) {
        put_strings();
    } else if (strcmp(what, "groups") == 0) {
        for (i = 0; commands[i] != NULL; i++)
            if (is_first_of_group(i)) puts(commands[i]->group);
    } else if (strcmp(what, "man") == 0 && argc == 2) {
        put_program();
    } else {
        ok = strcmp(what, "man") == 0 && argc == 3 && put_group(argv[2]);
    }
    return ok && fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
}
