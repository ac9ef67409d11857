/*
 * help.h - help from the table of commands, aligned and broken by display width.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "cli/command.h"

#define HELP_SIZE_MAX     65536
#define COMMAND_NAME_SIZE 64

/** "voucher submit", or the group alone when `with_verb` is false or there is none. */
char *command_name(const struct command *command, char name[COMMAND_NAME_SIZE]);

/** All of one command: usage, what it does, options, an example. Appended. */
bool help_command(const struct command *command, size_t width, struct buffer *out,
                  struct error *err) MUST_CHECK;
/** All commands, one a line; those of one group unless it is NULL. Appended. */
bool help_list(const char *group, size_t width, struct buffer *out, struct error *err) MUST_CHECK;
/** The program: usage, commands, options, exit status. Appended. */
bool help_program(size_t width, struct buffer *out, struct error *err) MUST_CHECK;
/** What each exit status means, in the reader's language. Static. */
const char *help_exit_status(void);

#endif
