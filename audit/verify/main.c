/*
 * main.c - mingzhang-verify: the inspector's program, which needs nothing of the ledger's.
 *
 * Exit status: 0 good, 1 a finding, 2 usage, 4 could not look (DESIGN section 5).
 */
#include <argp.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/verify/verify.h"
#include "base/language.h"

#define PATH_SIZE_MAX 4096
#define HELP_SIZE     4096

enum { EXIT_GOOD = 0, EXIT_FINDING = 1, EXIT_USAGE = 2, EXIT_NOT_LOOKED = 4 };

enum option_key {
    OPTION_AGAINST = 'a',
    OPTION_KEY = 'k',
    OPTION_FILE = 'f',
    OPTION_THREADS = 't',
    OPTION_FORGET = 1
};

static const struct argp_option options[] = {
    {"against", OPTION_AGAINST, "PUBLICATION", 0,
     N_("Also check that the ledger extends this publication"), 0},
    {"key", OPTION_KEY, "KEY", 0,
     N_("The log's verifier key, or a file with it or with a C2SP tlog-policy"), 0},
    {"file", OPTION_FILE, "FILE", 0, N_("Also check that some entry attaches this scanned paper"),
     0},
    {"threads", OPTION_THREADS, "N", 0, N_("Threads that hash and parse (default: all processors)"),
     0},
    {"no-memory", OPTION_FORGET, NULL, 0,
     N_("Neither compare with what was seen before nor remember"), 0},
    {0}};

struct arguments {
    const char *path;
    bool has_memory;
    struct verify_options verify;
};

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    char *end;
    long threads;

    switch (key) {
    case OPTION_AGAINST:
        arguments->verify.against = value;
        return 0;
    case OPTION_KEY:
        arguments->verify.key = value;
        return 0;
    case OPTION_FILE:
        arguments->verify.file = value;
        return 0;
    case OPTION_THREADS:
        threads = strtol(value, &end, 10);
        if (*value == '\0' || *end != '\0' || threads < 1 || threads > 64) {
            argp_error(state, "%s", _("--threads takes a number from 1 to 64"));
        }
        arguments->verify.threads = (int)threads;
        return 0;
    case OPTION_FORGET:
        arguments->has_memory = false;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->path != NULL) argp_error(state, "%s", _("one PATH at a time"));
        arguments->path = value;
        return 0;
    case ARGP_KEY_END:
        if (arguments->path == NULL) argp_error(state, "%s", _("PATH is missing"));
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Where the memory is; NULL when the environment doesn't say. */
static const char *find_memory(char path[PATH_SIZE_MAX])
{
    const char *own = getenv("MINGZHANG_VERIFY_STATE"), *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    int size;

    if (own != NULL && own[0] != '\0') return own;
    if (state != NULL && state[0] == '/') {
        size = snprintf(path, PATH_SIZE_MAX, "%s/mingzhang-verify", state);
    } else if (home != NULL && home[0] == '/') {
        size = snprintf(path, PATH_SIZE_MAX, "%s/.local/state/mingzhang-verify", home);
    } else {
        return NULL;
    }
    return size > 0 && size < PATH_SIZE_MAX ? path : NULL;
}

static void show_progress(void *context, uint64_t done, uint64_t total)
{
    (void)context;
    fputc('\r', stderr);
    fprintf(stderr, _("%llu of %llu entries"), (unsigned long long)done, (unsigned long long)total);
}

/* Text is UTF-8 everywhere; numbers and sorting stay those of the C locale. */
static void choose_language(void)
{
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    if (setlocale(LC_MESSAGES, "") == NULL && setlocale(LC_MESSAGES, "C.UTF-8") != NULL)
        language_prefer(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"));
    language_open();
}

/* Before the options, and behind them. */
static void make_help(char help[HELP_SIZE])
{
    (void)snprintf(
        help, HELP_SIZE, "%s\v%s",
        _("Check that nothing in a ledger or a publication was altered."),
        _("PATH is a ledger (a directory with ledger.sqlite), a clone of a publication (a git "
          "repository) or a proof of one entry.\n\n"
          "Example, with the key that the bureau printed on its notices:\n"
          "  mingzhang-verify --key 'mingzhang/611025000000+1a2b3c4d+AQ...' ./clone\n"
          "Without --key the key is trusted when it is first seen, and remembered in "
          "$MINGZHANG_VERIFY_STATE (else $XDG_STATE_HOME/mingzhang-verify, else "
          "~/.local/state/mingzhang-verify).\n\n"
          "Prints one line, PASS or FAIL with the first bad place. Exit status: 0 good, 1 altered "
          "or "
          "a wrong key, 2 usage, 4 could not read."));
}

int main(int argc, char **argv)
{
    char help[HELP_SIZE];
    struct argp parser = {options, parse, N_("PATH"), NULL, NULL, NULL, LANGUAGE_DOMAIN};
    struct arguments arguments = {.has_memory = true};
    bool is_terminal = isatty(STDERR_FILENO) == 1;
    struct error failure = ERROR_INIT;
    struct verify_verdict verdict;
    char memory[PATH_SIZE_MAX];
    int status;

    choose_language();
    make_help(help);
    parser.doc = help;
    argp_err_exit_status = EXIT_USAGE;
    argp_parse(&parser, argc, argv, 0, NULL, &arguments);
    if (arguments.has_memory) arguments.verify.memory_directory = find_memory(memory);
    if (is_terminal) arguments.verify.progress = show_progress;
    if (!verify_path(arguments.path, &arguments.verify, &verdict, &failure)) {
        fprintf(stderr, "mingzhang-verify: %s%s%s\n", failure.place,
                failure.place[0] == '\0' ? "" : ": ", failure.message);
        return failure.code == ERROR_USAGE ? EXIT_USAGE : EXIT_NOT_LOOKED;
    }
    if (is_terminal) fputs("\r\033[K", stderr);
    status = verdict.outcome == VERIFY_FAIL ? EXIT_FINDING : EXIT_GOOD;
    if (printf("%s\n", verdict.line) < 0 || fflush(stdout) != 0) status = EXIT_NOT_LOOKED;
    if (verdict.words[0] != '\0') fprintf(stderr, "mingzhang-verify: %s\n", verdict.words);
    if (verdict.warning[0] != '\0') fprintf(stderr, "mingzhang-verify: %s\n", verdict.warning);
    if (verdict.stray[0] != '\0') fprintf(stderr, "mingzhang-verify: %s\n", verdict.stray);
    return status;
}
