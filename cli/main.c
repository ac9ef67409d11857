/*
 * main.c - mingzhang: find the command, take its options apart, run it, say how it ended.
 *
 * 1. Exit status: DESIGN section 5, from the error's code by error_exit_status(); ended by a signal
 *    when a signal asked for the end and nothing was written.
 * 2. Errors are one line on stderr: "mingzhang: PLACE: what is wrong; what to do". A hint may
 *    follow on a line of its own.
 * 3. The language is chosen here and decides nothing but what people read.
 */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/language.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/hint.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/suggest.h"
#include "cli/terminal.h"

enum { STATUS_GOOD = 0, STATUS_USAGE = 2, STATUS_FAILED = 4 };

/* Text is UTF-8 everywhere; numbers and sorting stay those of the C locale. */
static void choose_language(void)
{
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    if (setlocale(LC_MESSAGES, "") == NULL && setlocale(LC_MESSAGES, "C.UTF-8") != NULL)
        language_prefer(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"));
    language_open();
}

/*
 * A terminal that is set to another encoding would show all Chinese as rubbish, and nobody could
 * tell why; so this is said in ASCII. Arguments come in that encoding too.
 */
static void warn_of_encoding(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *value = NULL;
    const char *codeset;
    size_t i;

    for (i = 0; i < ARRAY_COUNT(names) && (value == NULL || value[0] == '\0'); i++)
        value = getenv(names[i]);
    codeset = value != NULL ? strchr(value, '.') : NULL;
    if (codeset == NULL || isatty(STDERR_FILENO) != 1) return;
    if (strncasecmp(codeset, ".UTF-8", 6) == 0 || strncasecmp(codeset, ".utf8", 5) == 0) return;
    fprintf(stderr,
            "mingzhang: this terminal is set to %s, mingzhang speaks UTF-8; set both to UTF-8, "
            "as in LANG=zh_CN.UTF-8\n",
            codeset + 1);
}

static int finish_output(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return status;
    fputs(
        _("mingzhang: standard output can't be written to its end; what came out isn't whole: make "
          "room and repeat\n"),
        stderr);
    return STATUS_FAILED;
}

/* ---- Help ----------------------------------------------------------------------------------- */

static int show(const struct buffer *text, bool ok, const struct error *err)
{
    if (!ok) {
        tell_error(err);
        return error_exit_status(err->code);
    }
    fwrite(text->data, 1, text->size, stdout);
    return finish_output(STATUS_GOOD);
}

/* --help or --version, of the program when `command` is NULL. */
static int show_help(const struct command *command, bool is_version)
{
    struct buffer text = BUFFER_INIT(HELP_SIZE_MAX);
    struct error err = ERROR_INIT;
    size_t width = terminal_width();
    int status;
    bool ok = is_version ? buffer_append_text(&text, "mingzhang " MINGZHANG_VERSION "\n", &err)
              : command != NULL ? help_command(command, width, &text, &err)
                                : help_program(width, &text, &err);

    status = show(&text, ok, &err);
    buffer_done(&text);
    return status;
}

/* ---- Finding the command ----------------------------------------------------------------------
 */

static const struct command *find_command(const char *group, const char *verb, bool *group_known)
{
    size_t i;

    *group_known = false;
    for (i = 0; commands[i] != NULL; i++) {
        if (strcmp(commands[i]->group, group) != 0) continue;
        *group_known = true;
        if (commands[i]->verb == NULL) return commands[i];
        if (verb != NULL && strcmp(commands[i]->verb, verb) == 0) return commands[i];
    }
    return NULL;
}

/* Asked for, it is an answer; else a hint at what was left out. */
static int tell_group(const char *group, bool is_asked)
{
    struct buffer list = BUFFER_INIT(HELP_SIZE_MAX);
    struct error err = ERROR_INIT;

    if (help_list(group, terminal_width(), &list, &err)) {
        if (is_asked) {
            fputs(buffer_text(&list), stdout);
        } else {
            fprintf(stderr, _("mingzhang: say what %s should do:\n%s"), group, buffer_text(&list));
        }
    }
    buffer_done(&list);
    return is_asked ? finish_output(STATUS_GOOD) : STATUS_USAGE;
}

/* Neither is a command. `verb` is NULL or an option when there is none. */
static int no_such_command(const char *group, const char *verb, bool group_known)
{
    bool has_verb = group_known && verb != NULL && verb[0] != '-';
    struct suggestion suggestion;
    struct error err = ERROR_INIT;
    char name[COMMAND_NAME_SIZE];
    size_t i;

    if (group_known && !has_verb)
        return tell_group(group, verb != NULL && strcmp(verb, "--help") == 0);
    suggest_begin(&suggestion, has_verb ? verb : group);
    for (i = 0; commands[i] != NULL; i++) {
        const char *own_verb = commands[i]->verb;

        if (!has_verb) {
            suggest_offer(&suggestion, commands[i]->group);
        } else if (strcmp(commands[i]->group, group) == 0) {
            suggest_offer(&suggestion, own_verb);
        }
        if (!group_known && own_verb != NULL && strcmp(own_verb, group) == 0 &&
            suggestion.best[0] == '\0') {
            snprintf(suggestion.best, sizeof suggestion.best, "%s",
                     command_name(commands[i], name));
        }
    }
    snprintf(name, sizeof name, "%s%s%s", group, has_verb ? " " : "", has_verb ? verb : "");
    if (suggestion.best[0] == '\0') {
        error_set(&err, ERROR_USAGE, "\"%s\" is no command; `mingzhang --help` lists them", name);
    } else {
        error_set(&err, ERROR_USAGE, "\"%s\" is no command; did you mean \"%s%s%s\"?", name,
                  has_verb ? group : "", has_verb ? " " : "", suggestion.best);
    }
    tell_error(&err);
    return has_verb ? tell_group(group, false) : STATUS_USAGE;
}

/* ---- Running it ----------------------------------------------------------------------------- */

/* What every command takes goes to the session, wherever it stands on the command line. */
static void take_common(const struct arguments *arguments, struct session *session)
{
    size_t i;

    for (i = 0; i < arguments->option_count; i++) {
        const struct option_value *value = &arguments->options[i];

        if (value->key == OPTION_LEDGER) session->location = value->text;
        if (value->key == OPTION_USER) session->user = value->text;
        if (value->key == OPTION_PASSPHRASE_FILE) session->passphrase_file = value->text;
        if (value->key == OPTION_FORMAT) session->format_name = value->text;
        if (value->key == OPTION_LISTING_FILE) session->output = value->text;
    }
}

static int run_command(const struct command *command, const struct arguments *arguments,
                       struct session *session)
{
    struct error err = ERROR_INIT;
    bool ok = table_format_read(session->format_name, session->output, &session->format, &err) &&
              command->run(session, arguments, &err);
    int status;

    if (!ok) {
        tell_error(&err);
        if (session->journal != NULL) journal_rollback(session->journal);
        hint_after(session, arguments, &err);
    }
    session_done(session);
    status = !ok && session->status == 0 ? error_exit_status(err.code) : session->status;
    if (ok) return finish_output(status);
    interrupt_release(); /* ends here when a signal asked for the end */
    return status;
}

static int refuse(const struct command *command, const struct error *err)
{
    struct error named = *err;
    char name[COMMAND_NAME_SIZE];

    if (command != NULL) error_at(&named, "%s", command_name(command, name));
    tell_error(&named);
    return error_exit_status(err->code);
}

int main(int argc, char **argv)
{
    struct session session = {.location = getenv("MINGZHANG_LEDGER"),
                              .user = getenv("MINGZHANG_USER")};
    struct arguments before = {0}, arguments = {0};
    struct error err = ERROR_INIT;
    const struct command *command;
    bool group_known = false;
    const char *verb;
    int at = 0, words_at;

    choose_language();
    warn_of_encoding();
    if (!options_parse(NULL, argc, argv, &before, &at, &err)) return refuse(NULL, &err);
    if (option_given(&before, OPTION_HELP) || option_given(&before, OPTION_VERSION))
        return show_help(NULL, !option_given(&before, OPTION_HELP));
    if (at == argc) {
        error_set(&err, ERROR_USAGE, "no command is named; `mingzhang --help` lists them");
        return refuse(NULL, &err);
    }
    verb = at + 1 < argc ? argv[at + 1] : NULL;
    command = find_command(argv[at], verb, &group_known);
    if (command == NULL) return no_such_command(argv[at], verb, group_known);
    if (command->verb != NULL) at++;
    if (!options_parse(command, argc - at, argv + at, &arguments, &words_at, &err))
        return refuse(command, &err);
    if (option_given(&arguments, OPTION_HELP) || option_given(&arguments, OPTION_VERSION))
        return show_help(command, !option_given(&arguments, OPTION_HELP));
    take_common(&before, &session);
    take_common(&arguments, &session);
    return run_command(command, &arguments, &session);
}
