/*
 * main.c - mingzhang: find the command, take its options apart, run it, say how it ended.
 *
 * 1. Exit status: DESIGN section 5, from the error's code by error_exit_status().
 * 2. Errors are one line on stderr: "mingzhang: PLACE: what is wrong; what to do".
 */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <argp.h>

#include "base/buffer.h"
#include "cli/command.h"

#define HELP_SIZE_MAX    65536
#define COMMAND_NAME_MAX 64

const char *argp_program_version = "mingzhang " MINGZHANG_VERSION;

static const struct argp_option common_options[] = {
    {"ledger", OPTION_LEDGER, "LEDGER", 0, "The ledger's directory (or MINGZHANG_LEDGER)", 90},
    {"user", OPTION_USER, "USER", 0, "Who acts (or MINGZHANG_USER)", 90},
    {"passphrase-file", OPTION_PASSPHRASE_FILE, "FILE", 0,
     "Read the key's passphrase from the first line of FILE instead of asking", 90},
    {"format", OPTION_FORMAT, "FORMAT", 0, "Listings as table, csv, json or xlsx", 90},
    {"output", OPTION_LISTING_FILE, "FILE", 0,
     "Write the listing to FILE; .csv, .json or .xlsx tells its format", 90},
    {0}};

/* The session that common options go to. */
static error_t parse_common(int key, char *value, struct argp_state *state)
{
    struct session *session = state->input;

    switch (key) {
    case OPTION_LEDGER:
        session->location = value;
        return 0;
    case OPTION_USER:
        session->user = value;
        return 0;
    case OPTION_PASSPHRASE_FILE:
        session->passphrase_file = value;
        return 0;
    case OPTION_FORMAT:
        session->format_name = value;
        return 0;
    case OPTION_LISTING_FILE:
        session->output = value;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp common_argp = {common_options, parse_common, NULL, NULL, NULL, NULL, NULL};
static const struct argp_child common_child[] = {{&common_argp, 0, "For every command:", 90}, {0}};

/* ---- One command ---------------------------------------------------------------------------- */

struct command_input {
    const struct command *command;
    struct arguments arguments;
    struct session *session;
};

static error_t parse_command(int key, char *value, struct argp_state *state)
{
    struct command_input *input = state->input;
    struct arguments *arguments = &input->arguments;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = input->session;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->count == input->command->arguments_max) {
            argp_error(state, "\"%s\" is one argument too many", value);
        }
        if (arguments->count < ARGUMENTS_MAX) arguments->at[arguments->count++] = value;
        return 0;
    case ARGP_KEY_END:
        if (arguments->count < input->command->arguments_min) {
            argp_error(state, "an argument is missing");
        }
        return 0;
    case ARGP_KEY_NO_ARGS:
    case ARGP_KEY_ARGS:
    case ARGP_KEY_SUCCESS:
    case ARGP_KEY_ERROR:
    case ARGP_KEY_FINI:
        return 0;
    default:
        break;
    }
    if (key < 0x100 || key >= OPTION_FORMAT) return ARGP_ERR_UNKNOWN;
    if (arguments->option_count == OPTIONS_MAX)
        argp_error(state, "more than %d options", OPTIONS_MAX);
    arguments->options[arguments->option_count++] = (struct option_value){key, value};
    return 0;
}

static void command_name(const struct command *command, char name[COMMAND_NAME_MAX])
{
    snprintf(name, COMMAND_NAME_MAX, "mingzhang %s%s%s", command->group,
             command->verb != NULL ? " " : "", command->verb != NULL ? command->verb : "");
}

static void parse_command_line(struct command_input *input, int argc, char **argv)
{
    static const struct argp_option no_options[] = {{0}};
    const struct command *command = input->command;
    struct buffer help = BUFFER_INIT(HELP_SIZE_MAX);
    struct error err = ERROR_INIT;
    char name[COMMAND_NAME_MAX];
    struct argp argp = {command->options != NULL ? command->options : no_options,
                        parse_command,
                        command->arguments,
                        NULL,
                        common_child,
                        NULL,
                        NULL};

    command_name(command, name);
    if (!buffer_append_format(&help, &err, "%s\v%s", command->summary, command->help)) abort();
    argp.doc = buffer_text(&help);
    argv[0] = name;
    argp_parse(&argp, argc, argv, 0, NULL, input); /* ends the program with status 2 when wrong */
    argv[0] = NULL;
    buffer_done(&help);
}

/* ---- Finding it ----------------------------------------------------------------------------- */

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

/* The commands of one group, or all of them, one a line. */
static bool list_commands(const char *group, struct buffer *out, struct error *err)
{
    size_t i;

    for (i = 0; commands[i] != NULL; i++) {
        char name[COMMAND_NAME_MAX];

        if (group != NULL && strcmp(commands[i]->group, group) != 0) continue;
        command_name(commands[i], name);
        if (!buffer_append_format(out, err, "  %-20s %s\n", name + strlen("mingzhang "),
                                  commands[i]->summary)) {
            return false;
        }
    }
    return true;
}

/* The list of commands after the options of `mingzhang --help`. */
static char *filter_help(int key, const char *text, void *input)
{
    struct buffer list = BUFFER_INIT(HELP_SIZE_MAX);
    struct error err = ERROR_INIT;
    char *copy = NULL;

    (void)input;
    if (key != ARGP_KEY_HELP_POST_DOC || text == NULL) return (char *)(uintptr_t)text;
    if (buffer_append_text(&list, "Commands:\n\n", &err) && list_commands(NULL, &list, &err) &&
        buffer_append_format(&list, &err, "\n%s", text)) {
        copy = strdup(buffer_text(&list));
    }
    buffer_done(&list);
    return copy;
}

struct global_input {
    struct session *session;
    int command_at; /* index in argv; 0: none */
};

static error_t parse_global(int key, char *value, struct argp_state *state)
{
    struct global_input *input = state->input;

    (void)value;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = input->session;
        return 0;
    case ARGP_KEY_ARG:
        input->command_at = state->next - 1;
        state->next = state->argc; /* the rest is the command's */
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "no command is named");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp global_argp = {
    NULL,
    parse_global,
    "COMMAND …",
    "Open books for public money: every yuan from appropriation to household, in a ledger that "
    "anyone can check.\v"
    "Each command tells more with --help. Exit status: 0 good; 1 verification failed or findings; "
    "2 usage; 3 input refused, nothing written; 4 store or I/O failure; 5 not permitted or wrong "
    "key.",
    common_child,
    filter_help,
    NULL};

static int no_such_command(const char *group, bool group_known)
{
    struct buffer list = BUFFER_INIT(HELP_SIZE_MAX);
    struct error err = ERROR_INIT;

    if (!group_known) {
        fprintf(stderr, "mingzhang: \"%s\" is no command; `mingzhang --help` lists them\n", group);
        return 2;
    }
    if (list_commands(group, &list, &err)) {
        fprintf(stderr, "mingzhang: say what %s should do:\n%s", group, buffer_text(&list));
    }
    buffer_done(&list);
    return 2;
}

/* ---- Running it ----------------------------------------------------------------------------- */

static int run_command(struct command_input *input)
{
    struct error err = ERROR_INIT;
    struct session *session = input->session;
    bool ok = table_format_read(session->format_name, session->output, &session->format, &err) &&
              input->command->run(session, &input->arguments, &err);

    session_done(input->session);
    if (!ok) {
        tell_error(&err);
        return input->session->status != 0 ? input->session->status : error_exit_status(err.code);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "mingzhang: standard output can't be written: %s\n", strerror(errno));
        return 4;
    }
    return input->session->status;
}

int main(int argc, char **argv)
{
    struct session session = {.location = getenv("MINGZHANG_LEDGER"),
                              .user = getenv("MINGZHANG_USER")};
    struct global_input global = {&session, 0};
    struct command_input input = {NULL, {0}, &session};
    bool group_known = false;
    const char *verb = NULL;

    setlocale(LC_CTYPE, ""); /* for argp's line breaks only; nothing of ours looks at it */
    argp_err_exit_status = 2;
    argp_parse(&global_argp, argc, argv, ARGP_IN_ORDER, NULL, &global);
    if (global.command_at + 1 < argc) verb = argv[global.command_at + 1];
    input.command = find_command(argv[global.command_at], verb, &group_known);
    if (input.command == NULL) return no_such_command(argv[global.command_at], group_known);
    if (input.command->verb != NULL) global.command_at++;
    parse_command_line(&input, argc - global.command_at, argv + global.command_at);
    return run_command(&input);
}
