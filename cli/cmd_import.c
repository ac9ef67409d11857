/*
 * cmd_import.c - files in: all rows or none, with a trial that shows the effect first.
 */
#include <string.h>
#include <unistd.h>

#include "cli/balances.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "importers/importers.h"

static void tell_fault(void *context, const struct error *fault)
{
    progress_end(context);
    tell_error(fault);
}

static bool tell_progress(void *context, uint64_t rows, uint64_t bytes_done, uint64_t bytes_total)
{
    progress_tell_rows(context, rows, bytes_done, bytes_total);
    return !interrupt_asked();
}

static bool print_template(const char *what, struct error *err)
{
    struct buffer text = BUFFER_INIT(65536);
    bool ok = import_template(what, &text, err);

    if (ok) fwrite(text.data, 1, text.size, stdout);
    buffer_done(&text);
    return ok;
}

static void tell_report(const struct import_report *report, const char *what, bool dry_run)
{
    if (report->repeated) {
        say("this file was imported before; nothing changed");
        return;
    }
    say("%llu rows of %s %s", (unsigned long long)report->rows, what,
        dry_run ? "are good; nothing was written" : "imported");
    if (report->vouchers + report->vouchers_repeated == 0) return;
    say("%llu vouchers %s, %llu were there before", (unsigned long long)report->vouchers,
        dry_run ? "would be submitted" : "submitted and wait for a checker",
        (unsigned long long)report->vouchers_repeated);
}

static bool run_import(struct session *session, const struct arguments *arguments,
                       struct error *err)
{
    bool dry_run = option_given(arguments, OPTION_DRY_RUN);
    struct progress progress;
    struct import_options options = {.what = arguments->at[0],
                                     .reference = option_get(arguments, OPTION_REFERENCE),
                                     .late = option_given(arguments, OPTION_LATE),
                                     .fault = tell_fault,
                                     .progress = tell_progress,
                                     .context = &progress};
    struct import_report report;
    struct balances *before = NULL;
    bool ok = false;

    if (option_given(arguments, OPTION_TEMPLATE)) return print_template(options.what, err);
    if (arguments->count < 2) {
        return error_set(err, ERROR_USAGE, "the file to import is missing");
    }
    options.path = arguments->at[1];
    if (!session_begin(session, err)) goto out;
    options.by = session->by;
    progress_begin(&progress);
    if (dry_run && !balances_read(session->journal, &before, err)) goto out;
    ok = import_file(session->ledger, &options, &report, err);
    progress_end(&progress);
    if (!ok) goto out;
    ok = false;
    if (!dry_run && !session_commit(session, err)) goto out;
    tell_report(&report, options.what, dry_run);
    ok = !dry_run || balances_show_change(session->journal, before, session->format, err);
    if (dry_run) journal_rollback(session->journal);
out:
    balances_free(before);
    return ok;
}

static const struct argp_option import_options[] = {
    {"dry-run", OPTION_DRY_RUN, NULL, 0, "Check everything and show the effect on balances only",
     0},
    {"template", OPTION_TEMPLATE, NULL, 0, "Print the headings and an example row instead", 0},
    {"reference", OPTION_REFERENCE, "CODE", 0, "The file's reference (from its SHA-256)", 0},
    {"late", OPTION_LATE, NULL, 0, "Events in closed months are late entries", 0},
    {0}};

const struct command command_import = {
    "import",
    NULL,
    "KIND FILE",
    1,
    2,
    import_options,
    "load a CSV file: all rows or none",
    "KIND is divisions, funds, projects, contracts, allocations or payments. The file is UTF-8 or "
    "GB18030 with headings in its first row; every bad cell is named before anything is written. "
    "The same file again changes nothing.\n\n"
    "  $ mingzhang import payments --template > payments.csv\n"
    "  $ mingzhang -u li import payments june.csv --dry-run\n"
    "  mingzhang: june.csv:17: 金额(元): \"12.345\" has more than two decimals; round it\n",
    run_import};
