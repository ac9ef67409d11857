/*
 * options.c - getopt_long() over the tables of options.
 *
 * 1. The tables are argp's, the reading is ours: argp answers in its own words and prints help that
 *    is aligned by bytes, which breaks Chinese.
 */
#include "cli/options.h"

#include <assert.h>
#include <getopt.h>
#include <string.h>

#include "cli/suggest.h"

#define TABLE_MAX 64 /* options that one command has, the common ones included */

const struct argp_option common_options[] = {
    {"ledger", OPTION_LEDGER, "LEDGER", 0, "The ledger's directory (or MINGZHANG_LEDGER)", 0},
    {"user", OPTION_USER, "USER", 0, "Who acts (or MINGZHANG_USER)", 0},
    {"passphrase-file", OPTION_PASSPHRASE_FILE, "FILE", 0,
     "Read the key's passphrase from the first line of FILE instead of asking", 0},
    {"format", OPTION_FORMAT, "FORMAT", 0, "Listings as table, csv, json or xlsx", 0},
    {"output", OPTION_LISTING_FILE, "FILE", 0,
     "Write the listing to FILE; .csv, .json or .xlsx tells its format", 0},
    {"help", OPTION_HELP, NULL, 0, "Tell what there is to know, with an example", 0},
    {"version", OPTION_VERSION, NULL, 0, "Tell the version", 0},
    {0}};

static bool has_own(const struct command *command, const char *name)
{
    const struct argp_option *option = command != NULL ? command->options : NULL;

    for (; option != NULL && option->name != NULL; option++) {
        if (strcmp(option->name, name) == 0) return true;
    }
    return false;
}

const struct argp_option *options_next(const struct command *command, size_t *at)
{
    size_t own = 0;
    const struct argp_option *option;

    if (command != NULL && command->options != NULL) {
        while (command->options[own].name != NULL)
            own++;
    }
    if (*at < own) return &command->options[(*at)++];
    for (;;) {
        option = &common_options[*at - own];
        if (option->name == NULL) return NULL;
        (*at)++;
        if (!has_own(command, option->name)) return option;
    }
}

bool options_is_common(const struct argp_option *option)
{
    return option >= common_options && option < common_options + ARRAY_COUNT(common_options);
}

/* ---- What getopt_long() needs -----------------------------------------------------------------
 */

struct table {
    struct option longs[TABLE_MAX + 1];
    size_t count;
    char shorts[2 * TABLE_MAX + 3];
};

static void make_table(const struct command *command, struct table *table)
{
    const struct argp_option *option;
    size_t at = 0;
    size_t size = 0;

    memset(table, 0, sizeof *table);
    if (command == NULL) table->shorts[size++] = '+';
    table->shorts[size++] = ':';
    while ((option = options_next(command, &at)) != NULL) {
        int has_value = option->arg != NULL ? required_argument : no_argument;

        assert(table->count < TABLE_MAX);
        table->longs[table->count++] = (struct option){option->name, has_value, NULL, option->key};
        if (option->key >= 0x100) continue;
        table->shorts[size++] = (char)option->key;
        if (has_value == required_argument) table->shorts[size++] = ':';
    }
}

static const char *name_of(const struct table *table, int key)
{
    size_t i;

    for (i = 0; i < table->count; i++) {
        if (table->longs[i].val == key) return table->longs[i].name;
    }
    return "";
}

/* ---- What is wrong ----------------------------------------------------------------------------
 */

/* `given` is the word on the command line, "--naem=x". */
static bool refuse_unknown(const struct table *table, const char *given, struct error *err)
{
    struct suggestion suggestion;
    char name[SUGGEST_TEXT_SIZE];
    size_t size = strncmp(given, "--", 2) == 0 ? strcspn(given + 2, "=") : 0;
    size_t begins = 0;
    size_t i;

    if (size == 0 || size >= sizeof name) {
        return error_set(err, ERROR_USAGE, "%s is no option; --help lists them", given);
    }
    memcpy(name, given + 2, size);
    name[size] = '\0';
    suggest_begin(&suggestion, name);
    for (i = 0; i < table->count; i++) {
        if (strncmp(table->longs[i].name, name, size) == 0) begins++;
        suggest_offer(&suggestion, table->longs[i].name);
    }
    if (begins > 1) {
        return error_set(err, ERROR_USAGE, "--%s begins several options; write the whole name",
                         name);
    }
    if (suggestion.best[0] != '\0') {
        return error_set(err, ERROR_USAGE, "--%s is no option; did you mean --%s?", name,
                         suggestion.best);
    }
    return error_set(err, ERROR_USAGE, "--%s is no option; --help lists them", name);
}

static bool refuse(const struct table *table, int found, const char *given, struct error *err)
{
    if (found == ':') {
        return error_set(err, ERROR_USAGE, "--%s needs a value; write it behind",
                         name_of(table, optopt));
    }
    if (optopt >= 0x100) {
        return error_set(err, ERROR_USAGE, "--%s takes no value; leave it out",
                         name_of(table, optopt));
    }
    return refuse_unknown(table, given, err);
}

/* ---- Reading ----------------------------------------------------------------------------------
 */

static bool take_words(const struct command *command, int count, char **words,
                       struct arguments *out, struct error *err)
{
    int i;

    assert(command->arguments_max <= ARGUMENTS_MAX);
    for (i = 0; i < count; i++) {
        if (out->count == command->arguments_max)
            return error_set(err, ERROR_USAGE, "\"%s\" is one argument too many", words[i]);
        out->at[out->count++] = words[i];
    }
    if (out->count < command->arguments_min) {
        return error_set(err, ERROR_USAGE, "an argument is missing: %s; --help shows an example",
                         command->arguments);
    }
    return true;
}

bool options_parse(const struct command *command, int argc, char **argv, struct arguments *out,
                   int *words_at, struct error *err)
{
    struct table table;
    bool help = false;
    int found;

    make_table(command, &table);
    opterr = 0;
    optind = 0; /* begin anew: glibc's way */
    while ((found = getopt_long(argc, argv, table.shorts, table.longs, NULL)) != -1) {
        if (found == '?' || found == ':') return refuse(&table, found, argv[optind - 1], err);
        if (out->option_count == OPTIONS_MAX)
            return error_set(err, ERROR_USAGE, "there are more than %d options", OPTIONS_MAX);
        out->options[out->option_count++] = (struct option_value){found, optarg};
        help = help || found == OPTION_HELP || found == OPTION_VERSION;
    }
    *words_at = optind;
    return command == NULL || help || take_words(command, argc - optind, argv + optind, out, err);
}
