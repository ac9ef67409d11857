/*
 * cmd_completion.c - what a shell completes, from the table of commands.
 *
 * 1. Nothing is told twice: a command added to the table is completed without a line here.
 */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/options.h"
#include "importers/importers.h"

/* What goes before and behind the words that the table gives. */
static const char script_head[] =
    "# bash completion for mingzhang, made from the program's own table of commands\n"
    "_mingzhang()\n"
    "{\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
    "    local group='' verb='' words='' at word\n"
    "    [ \"$current\" = = ] && current=''\n"
    "    [ \"$previous\" = = ] && [ \"$COMP_CWORD\" -gt 1 ] && "
    "previous=${COMP_WORDS[COMP_CWORD-2]}\n"
    "    case $previous in\n"
    "    --format) words='table csv json xlsx html pdf'; "
    "mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\"); return ;;\n"
    "    -L|--ledger|--repo|--against) "
    "mapfile -t COMPREPLY < <(compgen -d -- \"$current\"); return ;;\n"
    "    -u|--user) COMPREPLY=(); return ;;\n"
    "    esac\n"
    "    for ((at = 1; at < COMP_CWORD; at++)); do\n"
    "        word=${COMP_WORDS[at]}\n"
    "        case $word in\n"
    "        -L|-u|--ledger|--user|--passphrase-file|--format) ((at++)) ;;\n"
    "        -*|=) ;;\n"
    "        *) if [ -z \"$group\" ]; then group=$word; "
    "elif [ -z \"$verb\" ]; then verb=$word; fi ;;\n"
    "        esac\n"
    "    done\n"
    "    case \"$group $verb\" in\n";

static const char script_tail[] =
    "    esac\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
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

static void print_verbs(size_t first)
{
    const char *group = commands[first]->group;
    size_t i;

    printf("    '%s ') words='", group);
    for (i = 0; commands[i] != NULL; i++)
        if (strcmp(commands[i]->group, group) == 0) printf("%s ", commands[i]->verb);
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
    printf("' ;;\n");
}

static bool run_completion(struct session *session, const struct arguments *arguments,
                           struct error *err)
{
    size_t i;

    (void)session;
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
    "SHELL is bash. An installed mingzhang completes without it.\n\n"
    "  $ source <(mingzhang completion bash)\n",
    run_completion};
