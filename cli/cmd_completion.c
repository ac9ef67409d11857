/*
 * cmd_completion.c - what a shell completes, from the table of commands.
 *
 * 1. Nothing is told twice: a command added to the table is completed without a line here.
 * 2. Codes are asked of the ledger that the line names, each time: `completion funds`.
 */
#include <stdio.h>
#include <string.h>

#include "cli/codes.h"
#include "cli/command.h"
#include "cli/options.h"
#include "importers/importers.h"

/* What goes before and behind the words that the table gives. */
static const char script_head[] =
    "# bash completion for mingzhang, made from the program's own table of commands\n"
    "_mingzhang_codes() # LEDGER CURRENT KIND…: codes of the ledger that begin so\n"
    "{\n"
    "    local kind ledger=() current=$2\n"
    "    [ -z \"$1\" ] || ledger=(-L \"$1\")\n"
    "    shift 2\n"
    "    for kind in \"$@\"; do mingzhang \"${ledger[@]}\" completion \"$kind\" 2>/dev/null; done "
    "|\n"
    "        while IFS= read -r kind; do\n"
    "            case $kind in # what would have to be quoted is left to be typed\n"
    "            *[[:space:]\\'\\\"\\`\\\\$\\;\\&\\|\\<\\>\\(\\)\\*\\?]*) ;;\n"
    "            \"$current\"*) printf '%s\\n' \"$kind\" ;;\n"
    "            esac\n"
    "        done\n"
    "}\n"
    "_mingzhang()\n"
    "{\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
    "    local group='' verb='' words='' codes='' ledger='' at word\n"
    "    [ \"$current\" = = ] && current=''\n"
    "    [ \"$previous\" = = ] && [ \"$COMP_CWORD\" -gt 1 ] && "
    "previous=${COMP_WORDS[COMP_CWORD-2]}\n"
    "    case $previous in\n"
    "    --format) words='table csv json xlsx html pdf'; "
    "mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\"); return ;;\n"
    "    -L|--ledger|--repo|--against) "
    "mapfile -t COMPREPLY < <(compgen -d -- \"$current\"); return ;;\n"
    "    esac\n"
    "    for ((at = 1; at < COMP_CWORD; at++)); do\n"
    "        word=${COMP_WORDS[at]}\n"
    "        case $word in\n"
    "        -L|--ledger) ledger=${COMP_WORDS[at+1]}; ((at++)) ;;\n"
    "        -u|--user|--passphrase-file|--format) ((at++)) ;;\n"
    "        -*|=) ;;\n"
    "        *) if [ -z \"$group\" ]; then group=$word; "
    "elif [ -z \"$verb\" ]; then verb=$word; fi ;;\n"
    "        esac\n"
    "    done\n"
    "    case $previous in\n"
    "    -u|--user) codes=users ;;\n"
    "    --fund) codes=funds ;;\n"
    "    --project) codes=projects ;;\n"
    "    esac\n"
    "    if [ -n \"$codes\" ]; then\n"
    "        mapfile -t COMPREPLY < <(_mingzhang_codes \"$ledger\" \"$current\" $codes); return\n"
    "    fi\n"
    "    case \"$group $verb\" in\n";

static const char script_tail[] =
    "    esac\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\" || :\n"
    "        [ -z \"$codes\" ] || [[ $current == -* ]] ||\n"
    "            _mingzhang_codes \"$ledger\" \"$current\" $codes)\n"
    "}\n"
    "complete -o bashdefault -o default -F _mingzhang mingzhang\n";

static bool is_first_of_group(size_t at)
{
    return at == 0 || strcmp(commands[at]->group, commands[at - 1]->group) != 0;
}

static void print_groups(void)
{
    size_t i;

    printf("    ' ') words='");
    for (i = 0; commands[i] != NULL; i++)
        if (is_first_of_group(i)) printf("%s ", commands[i]->group);
    printf("--help --version' ;;\n");
}

/* Of a command without one its options: it may go on either way. */
static void print_verb(const struct command *command)
{
    const struct argp_option *option = command->options;

    if (command->verb != NULL) printf("%s ", command->verb);
    for (; command->verb == NULL && option != NULL && option->name != NULL; option++)
        printf("--%s ", option->name);
}

static void print_verbs(size_t first)
{
    const char *group = commands[first]->group;
    size_t i;

    printf("    '%s ') words='", group);
    for (i = 0; commands[i] != NULL; i++)
        if (strcmp(commands[i]->group, group) == 0) print_verb(commands[i]);
    printf("--help' ;;\n");
}

/* The words that may stand where the usage says so. */
static void print_values(const char *arguments)
{
    const char *const *kinds = import_kinds();
    int i;

    if (strncmp(arguments, "KIND", 4) == 0)
        while (*kinds != NULL)
            printf("%s ", *kinds++);
    if (strncmp(arguments, "MOVEMENT", 8) == 0)
        for (i = 0; i < MOVEMENT_COUNT; i++)
            printf("%s ", movement_name((enum movement)i));
    if (strncmp(arguments, "SHELL", 5) == 0) printf("bash ");
}

/* " codes='vouchers '": whose codes may stand where the usage says so. */
static void print_kinds(const char *arguments)
{
    static const struct {
        const char *word;
        enum code_kind kind;
    } kinds[] = {{"DIVISION", CODES_DIVISIONS}, {"DOCUMENT", CODES_FUNDS},
                 {"FUND", CODES_FUNDS},         {"PROJECT", CODES_PROJECTS},
                 {"USER", CODES_USERS},         {"VOUCHER", CODES_VOUCHERS}};
    bool is_told[CODE_KIND_COUNT] = {false};
    size_t i;

    printf(" codes='");
    for (i = 0; i < ARRAY_COUNT(kinds); i++) {
        if (strstr(arguments, kinds[i].word) == NULL || is_told[kinds[i].kind]) continue;
        is_told[kinds[i].kind] = true;
        printf("%s ", code_kind_name(kinds[i].kind));
    }
    putchar('\'');
}

static void print_command(const struct command *command)
{
    const struct argp_option *option;
    size_t at = 0;

    if (command->verb == NULL) {
        printf("    '%s '*) words='", command->group);
    } else {
        printf("    '%s %s') words='", command->group, command->verb);
    }
    if (command->arguments != NULL) print_values(command->arguments);
    while ((option = options_next(command, &at)) != NULL)
        printf("--%s ", option->name);
    putchar('\'');
    if (command->arguments != NULL) print_kinds(command->arguments);
    printf(" ;;\n");
}

static void print_code(void *context, const char *code)
{
    (void)context;
    if (code[0] != '\0') puts(code);
}

/* What the shell asks for while somebody types. */
static bool print_codes(struct session *session, const char *name, bool *found, struct error *err)
{
    int kind;

    for (kind = 0; kind < CODE_KIND_COUNT; kind++) {
        if (strcmp(code_kind_name((enum code_kind)kind), name) != 0) continue;
        *found = true;
        if (!session_open(session, true, err)) return false;
        codes_each(session->journal, (enum code_kind)kind, print_code, NULL);
    }
    return true;
}

static bool run_completion(struct session *session, const struct arguments *arguments,
                           struct error *err)
{
    bool found = false;
    size_t i;

    if (!print_codes(session, arguments->at[0], &found, err)) return false;
    if (found) return true;
    if (strcmp(arguments->at[0], "bash") != 0) {
        return error_set(err, ERROR_USAGE, "\"%s\" is no shell that is known here; use bash",
                         arguments->at[0]);
    }
    fputs(script_head, stdout);
    print_groups();
    for (i = 0; commands[i] != NULL; i++) {
        if (commands[i]->verb != NULL && is_first_of_group(i)) print_verbs(i);
        print_command(commands[i]);
    }
    fputs(script_tail, stdout);
    return true;
}

const struct command command_completion = {
    "completion",
    NULL,
    "SHELL",
    1,
    1,
    NULL,
    "print what makes the shell complete commands and options",
    "SHELL is bash. An installed mingzhang completes without it. Codes of places, funds, projects, "
    "users and vouchers are those of the ledger that the line or MINGZHANG_LEDGER names.\n\n"
    "  $ source <(mingzhang completion bash)\n",
    run_completion};
