/*
 * options.h - the command line taken apart by the tables of options, and what is wrong with it.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <argp.h>

#include "base/compiler.h"
#include "base/error.h"
#include "cli/arguments.h"
#include "cli/command.h"

/** What every command takes, ends with {0}. A command's own option of the same name goes first. */
extern const struct argp_option common_options[];

/**
 * Take apart what stands before the command (`command` NULL) or after it.
 *
 * Options may be cut short as long as one alone begins so; "--" ends them. Words and options may be
 * mixed behind a command; before it, the first word ends it.
 *
 * @param argv      its first element is passed over; the words are moved behind the options
 * @param out       values are lent from argv
 * @param words_at  receives the index in argv of the first word that is no option
 * @return false on ERROR_USAGE: an option that is unknown (with the nearest), ambiguous, without
 *         its value or with one too many; too many or too few words
 */
bool options_parse(const struct command *command, int argc, char **argv, struct arguments *out,
                   int *words_at, struct error *err) MUST_CHECK;

/** The next option of a command and then of every command, from *at = 0; NULL after the last. */
const struct argp_option *options_next(const struct command *command, size_t *at);
/** Is it one that every command takes? */
bool options_is_common(const struct argp_option *option);

#endif
