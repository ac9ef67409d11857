/*
 * cmd_import.c - files in: all rows or none, with a trial that shows the effect first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/language.h"
#include "cli/attach.h"
#include "cli/balances.h"
#include "cli/command.h"
#include "cli/confirm.h"
#include "cli/interrupt.h"
#include "cli/paths.h"
#include "cli/submit.h"
#include "cli/terminal.h"
#include "importers/importers.h"

#define IMPORT_PATH_SIZE  4096
#define MARKED_COPIES_MAX 99 /* beside one file */
#define QUESTION_SIZE     512

static void tell_fault(void *context, const struct error *fault)
{
    progress_end(context);
    tell_error(fault);
}

static void tell_note(void *context, const char *line)
{
    progress_end(context);
    say("%s", line);
}

static bool tell_progress(void *context, uint64_t rows, uint64_t bytes_done, uint64_t bytes_total)
{
    progress_tell_rows(context, rows, bytes_done, bytes_total);
    return !interrupt_asked();
}

/* ---- Templates ------------------------------------------------------------------------------ */

static bool ends_in(const char *text, const char *ending)
{
    size_t size = strlen(text), ending_size = strlen(ending);

    return size > ending_size && strcmp(text + size - ending_size, ending) == 0;
}

/* No file is written over. */
static bool put_file(const char *path, const struct buffer *text, struct error *err)
{
    if (!path_exists(path)) return file_write_whole(path, text->data, text->size, err);
    error_set(err, ERROR_CONFLICT, "exists already; choose another name or move it away");
    return error_at(err, "%s", path);
}

static bool print_template(const struct session *session, const struct arguments *arguments,
                           struct error *err)
{
    const char *path = arguments->count > 1 ? arguments->at[1] : NULL;
    bool is_csv = session->format_name != NULL && strcmp(session->format_name, "csv") == 0;
    struct buffer text = BUFFER_INIT(65536);
    bool ok;

    if (path != NULL && !is_csv && !ends_in(path, ".csv")) {
        return import_template_book(arguments->at[0], path, err);
    }
    ok = import_template(arguments->at[0], &text, err);
    if (ok && path == NULL) fwrite(text.data, 1, text.size, stdout);
    if (ok && path != NULL) ok = put_file(path, &text, err);
    buffer_done(&text);
    return ok;
}

/* ---- What the options say ------------------------------------------------------------------- */

/* Everything that the import's options point to. */
struct import_choice {
    const char *maps[OPTIONS_MAX + 1];
    const char *constants[OPTIONS_MAX + 1];
    char synonyms[IMPORT_PATH_SIZE];
    char layouts[IMPORT_PATH_SIZE];
    char marked[IMPORT_PATH_SIZE];
};

static void take_all(const struct arguments *arguments, enum option_key key,
                     const char *out[OPTIONS_MAX + 1])
{
    size_t at = 0;
    size_t count = 0;
    const char *value;

    while (count < OPTIONS_MAX && (value = option_next(arguments, key, &at)) != NULL)
        out[count++] = value;
    out[count] = NULL;
}

/* A ledger in a directory keeps columns.csv and layouts/ beside its store. */
static bool beside_ledger(const struct session *session, const char *name,
                          char out[IMPORT_PATH_SIZE])
{
    int size;

    if (session->location == NULL || strstr(session->location, "://") != NULL) return false;
    size = snprintf(out, IMPORT_PATH_SIZE, "%s/%s", session->location, name);
    return size > 0 && size < IMPORT_PATH_SIZE;
}

/* Of "june.marked" or "june.marked-2", a copy that is corrected there, what stands before. */
static int stem_unmarked(const char *path, int stem)
{
    static const char mark[] = ".marked";
    const int mark_size = (int)sizeof mark - 1;
    int end = stem;

    while (end > 0 && path[end - 1] >= '0' && path[end - 1] <= '9')
        end--;
    if (end < stem && end > 0 && path[end - 1] == '-') {
        end--;
    } else {
        end = stem;
    }
    if (end <= mark_size || memcmp(path + end - mark_size, mark, (size_t)mark_size) != 0)
        return stem;
    return end - mark_size;
}

/* june.csv's copy is june.marked.xlsx, june.marked-2.xlsx …: no file is written over. */
static bool marked_path(const char *path, char out[IMPORT_PATH_SIZE])
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(path, '.');
    int stem = (int)strnlen(path, IMPORT_PATH_SIZE);
    int number;

    if (dot != NULL && dot > path && (slash == NULL || dot > slash + 1)) stem = (int)(dot - path);
    stem = stem_unmarked(path, stem);
    if (stem > IMPORT_PATH_SIZE - 32) return false;
    (void)snprintf(out, IMPORT_PATH_SIZE, "%.*s.marked.xlsx", stem, path);
    for (number = 2; access(out, F_OK) == 0; number++) {
        if (number > MARKED_COPIES_MAX) return false;
        (void)snprintf(out, IMPORT_PATH_SIZE, "%.*s.marked-%d.xlsx", stem, path, number);
    }
    return true;
}

static bool read_choice(const struct session *session, const struct arguments *arguments,
                        struct import_choice *choice, struct import_options *options,
                        struct error *err)
{
    const char *heading = option_get(arguments, OPTION_HEADING);
    int64_t row = 0;

    if (heading != NULL && !argument_integer(heading, "--heading", 1, IMPORT_ROWS_MAX, &row, err)) {
        return false;
    }
    options->heading_row = (uint64_t)row;
    options->sheet = option_get(arguments, OPTION_SHEET);
    take_all(arguments, OPTION_MAP, choice->maps);
    take_all(arguments, OPTION_SET, choice->constants);
    options->maps = choice->maps;
    options->constants = choice->constants;
    options->synonyms = option_get(arguments, OPTION_COLUMNS);
    if (options->synonyms == NULL && beside_ledger(session, "columns.csv", choice->synonyms) &&
        access(choice->synonyms, F_OK) == 0) {
        options->synonyms = choice->synonyms;
    }
    if (beside_ledger(session, "layouts", choice->layouts)) options->layouts = choice->layouts;
    options->marked = option_get(arguments, OPTION_MARKED);
    if (options->marked == NULL && !option_given(arguments, OPTION_UNMARKED) &&
        marked_path(options->path, choice->marked)) {
        options->marked = choice->marked;
    }
    return true;
}

/* ---- The import ----------------------------------------------------------------------------- */

static void tell_report(const struct import_report *report, const char *what, bool dry_run)
{
    if (report->repeated) {
        say("this file was imported before; nothing changed. If its rows are meant once more, for "
            "another month say, write that into its title, save it, and import it then");
        return;
    }
    say("%llu rows of %s %s", (unsigned long long)report->rows, translate(what),
        dry_run ? _("are good; nothing was written") : _("imported"));
    if (report->rows_warned + report->rows_left_out > 0) {
        say("%llu of them with a warning; %llu other rows left out",
            (unsigned long long)report->rows_warned, (unsigned long long)report->rows_left_out);
    }
    if (report->vouchers + report->vouchers_repeated == 0) return;
    say("%llu vouchers %s, %llu were there before", (unsigned long long)report->vouchers,
        dry_run ? _("would be submitted") : _("submitted and wait for a checker"),
        (unsigned long long)report->vouchers_repeated);
    if (!dry_run)
        say_next("a checker sees them by mingzhang voucher list --state pending, and approves by "
                 "mingzhang -u CHECKER voucher approve VOUCHER");
}

/* What came of a file that is refused. */
static void tell_refusal(const struct import_report *report, const struct import_options *options)
{
    if (report->faults == 0) return;
    if (report->faults > IMPORT_FAULTS_MAX) {
        remark("the first %d of %llu faults are listed", IMPORT_FAULTS_MAX,
               (unsigned long long)report->faults);
    }
    if (report->rows > 0) {
        uint64_t refused =
            report->rows_refused < report->rows ? report->rows_refused : report->rows;

        say("%llu rows: %llu accepted, %llu of them with a warning, %llu refused; "
            "nothing was written",
            (unsigned long long)report->rows, (unsigned long long)(report->rows - refused),
            (unsigned long long)report->rows_warned, (unsigned long long)refused);
    }
    if (report->is_marked)
        say("%s shows what is wrong; correct it there and import it", options->marked);
}

/* The mapping is confirmed by an import that went well. That it isn't remembered harms nothing. */
static void remember(const struct import_options *options)
{
    struct error failed = ERROR_INIT;

    if (options->layouts == NULL || options->maps[0] == NULL) return;
    if (import_remember(options, &failed)) {
        say("what --map says is remembered for these headings");
    } else {
        remark("what --map says isn't remembered: %s", failed.message);
    }
}

/* The files of --attach, to whatever the sheet brought in. On trial they aren't kept. */
static bool attach_papers(struct session *session, const struct arguments *arguments,
                          uint64_t first, bool dry_run, struct attach_batch **out,
                          struct error *err)
{
    struct attach_request request;

    if (!attach_request_read(arguments, &request, err)) return false;
    return request.count == 0 ||
           (attach_begin(session, &request, out, err) &&
            attach_to_all_since(session, *out, first, err) && (dry_run || attach_keep(*out, err)));
}

/*
 * On a terminal, for a sheet whose vouchers together reach the policy `confirm_yuan`: roll back and
 * ask once, with their sum, so that nobody waits for the ledger meanwhile; then read it again.
 */
static bool ask(struct session *session, const struct arguments *arguments,
                const struct import_options *options, struct import_report *report, uint64_t *first,
                struct error *err)
{
    struct import_options again = *options;
    char question[QUESTION_SIZE], amount[MONEY_TEXT_SIZE];
    bool is_large = false;

    if (report->vouchers == 0 || option_given(arguments, OPTION_YES) || !confirm_is_possible())
        return true;
    if (!submit_is_large(session->journal, report->amount, &is_large, err)) return false;
    if (!is_large) return true;
    journal_rollback(session->journal);
    (void)snprintf(
        question, sizeof question, _("The sheet has %llu vouchers, %s yuan together. Submit them?"),
        (unsigned long long)report->vouchers, money_format_grouped(report->amount, amount));
    if (!confirm(question, err)) return false;
    again.note = NULL; /* said before */
    again.progress = NULL;
    if (!journal_begin(session->journal, err)) return false;
    *first = journal_size(session->journal);
    return import_file(session->ledger, &again, report, err);
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
                                     .note = tell_note,
                                     .progress = tell_progress,
                                     .context = &progress};
    struct import_choice *choice = NULL;
    struct import_report report = {0};
    struct balances *before = NULL;
    struct attach_batch *attached = NULL;
    uint64_t first = 0;
    bool ok = false;

    if (option_given(arguments, OPTION_TEMPLATE)) return print_template(session, arguments, err);
    if (arguments->count < 2) {
        return error_set(err, ERROR_USAGE, "the file to import is missing");
    }
    options.path = arguments->at[1];
    choice = calloc(1, sizeof *choice);
    if (choice == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    if (!read_choice(session, arguments, choice, &options, err)) goto out;
    progress_begin(&progress);
    if (!session_begin(session, err)) goto out;
    options.by = session->by;
    first = journal_size(session->journal);
    if (dry_run && !balances_read(session->journal, &before, err)) goto out;
    ok = import_file(session->ledger, &options, &report, err);
    progress_end(&progress);
    if (!ok) {
        tell_refusal(&report, &options);
        goto out;
    }
    ok = false;
    if (!dry_run && !ask(session, arguments, &options, &report, &first, err)) goto out;
    if (!attach_papers(session, arguments, first, dry_run, &attached, err)) goto out;
    if (!dry_run && !session_commit(session, err)) goto out;
    tell_report(&report, options.what, dry_run);
    if (!dry_run && !attach_tell(session, attached, err)) goto out;
    if (!dry_run && !report.repeated) remember(&options);
    ok = !dry_run || balances_show_change(session->journal, before, session->format, err);
    if (dry_run) journal_rollback(session->journal);
    if (ok && dry_run) say_next("the same without --dry-run writes it");
out:
    attach_free(attached);
    balances_free(before);
    free(choice);
    return ok;
}

static const struct argp_option import_options[] = {
    {"dry-run", OPTION_DRY_RUN, NULL, 0, "Check everything and show the effect on balances only",
     0},
    {"template", OPTION_TEMPLATE, NULL, 0,
     "Make a template instead: CSV on standard output, or FILE as XLSX", 0},
    {"sheet", OPTION_SHEET, "NAME", 0, "Of a book, by name or number (the one that fits)", 0},
    {"heading", OPTION_HEADING, "ROW", 0, "Where the table's headings are (found by itself)", 0},
    {"map", OPTION_MAP, "HEADING=COLUMN", 0,
     "What a heading means; an empty COLUMN leaves it out; remembered for these headings", 0},
    {"set", OPTION_SET, "COLUMN=VALUE", 0, "The same value for all rows", 0},
    {"columns", OPTION_COLUMNS, "FILE", 0, "More names of columns (LEDGER/columns.csv)", 0},
    {"marked", OPTION_MARKED, "FILE", 0,
     "Where to write the copy with bad cells coloured (beside the file)", 0},
    {"unmarked", OPTION_UNMARKED, NULL, 0, "Write no such copy", 0},
    {"reference", OPTION_REFERENCE, "CODE", 0, "The file's reference (a random one)", 0},
    {"late", OPTION_LATE, NULL, 0, "Events in closed months are late entries", 0},
    {"attach", OPTION_ATTACH, "FILE", 0,
     "Attach this scanned paper to each fund, project, contract, voucher or asset of the sheet", 0},
    {"yes", OPTION_YES, NULL, 0, "Don't ask, however much it is: it was looked at before", 0},
    {0}};

const struct command command_import = {
    "import",
    NULL,
    "KIND FILE",
    1,
    2,
    import_options,
    "load a sheet, CSV, XLSX or XLS: all rows or none",
    "KIND is divisions, funds, projects, contracts, allocations or payments; of what must be "
    "disclosed plans, plan-projects, plan-funds, bank-in, bank-out, sector-projects, loans, "
    "loans-to-people, entrusted, complaint-channels, complaints, answers, notices, "
    "notices-removed, principles or achievements; of mutual aid aid-pools, aid-entrustments, "
    "aid-guarantees, aid-agreements or aid-provisions; of what the money became assets, "
    "asset-costs, asset-titles, asset-states, household-assets or household-asset-changes; of how "
    "assets are kept upkeep-bodies, keepers, keepers-left, duties, schedules, schedules-ended, "
    "inspections, excuses, works, works-done, works-paid or upkeep-sources; of what assets earn "
    "leases, "
    "leases-ended, lease-dues, income, distribution-people, distribution-shares, distributions, "
    "distribution-payments, township-classes, village-debts, debts-cleared or village-standards; of "
    "what becomes of them handovers, handover-drops, disposals, disposal-steps, "
    "disposals-finished, disposals-dropped, stocktakes or counts; or calendar. Sheet, headings and unit are found "
    "by themselves and shown; "
    "every bad cell is named, and coloured in a copy, "
    "before anything is written. The same file again changes nothing. On a terminal you are asked "
    "once when its vouchers together make 100,000 yuan or more, or what the policy confirm_yuan "
    "says.\n\n"
    "  $ mingzhang import payments --template payments.xlsx\n"
    "  $ mingzhang -u li import payments june.xlsx --dry-run\n"
    "  XLSX, sheet \"六月\"; headings in row 4, 3 rows above left out; row 3 says 万元\n"
    "  mingzhang: june.xlsx:六月:17: C 金额: \"12.34567\" has more than two decimals; round it\n",
    run_import};
