/*
 * cmd_print.c - papers for the binders: a voucher, the notice of a fund, a division's month; labels
 * for assets.
 */
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/documents.h"
#include "cli/paths.h"
#include "exporters/exporters.h"

enum paper_format { PAPER_HTML, PAPER_PDF };

/* "html" or "pdf". */
static bool read_format(const char *text, enum paper_format *out, struct error *err)
{
    if (strcmp(text, "html") != 0 && strcmp(text, "pdf") != 0)
        return error_set(err, ERROR_USAGE, "--format %s is no format of a paper; use html or pdf",
                         text);
    *out = strcmp(text, "pdf") == 0 ? PAPER_PDF : PAPER_HTML;
    return true;
}

static const char *format_of_name(const char *path)
{
    const char *suffix = strrchr(path, '.');

    return suffix != NULL && strcmp(suffix, ".pdf") == 0 ? "pdf" : "html";
}

/* --format, else what the output file's name says, else HTML. */
static bool paper_format(const struct arguments *arguments, enum paper_format *out,
                         struct error *err)
{
    const char *text = option_get(arguments, OPTION_PAPER_FORMAT);
    const char *output = option_text(arguments, OPTION_OUTPUT);

    if (!read_format(text != NULL ? text : format_of_name(output), out, err)) return false;
    if (*out == PAPER_PDF && output[0] == '\0' && isatty(STDOUT_FILENO) == 1)
        return error_set(err, ERROR_USAGE,
                         "a PDF can't be shown on a terminal; give --output FILE");
    return true;
}

/* To the file, which only its owner can read because papers name people, or to standard output. */
static bool put_out(const char *output, const struct buffer *paper, struct error *err)
{
    if (output == NULL) {
        fwrite(paper->data, 1, paper->size, stdout);
        return true;
    }
    if (!file_write_whole(output, paper->data, paper->size, err)) return false;
    say("%s written", output);
    return true;
}

static bool deliver_to(const char *output, enum paper_format format, const struct buffer *html,
                       struct error *err)
{
    struct buffer pdf = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    bool ok = format == PAPER_HTML ? put_out(output, html, err)
                                   : paper_make_pdf(html, &pdf, err) && put_out(output, &pdf, err);

    buffer_done(&pdf);
    return ok;
}

static bool deliver(const struct arguments *arguments, enum paper_format format,
                    const struct buffer *html, struct error *err)
{
    return deliver_to(option_get(arguments, OPTION_OUTPUT), format, html, err);
}

bool paper_deliver(const char *path, const struct buffer *html, struct error *err)
{
    enum paper_format format;

    return read_format(format_of_name(path), &format, err) && deliver_to(path, format, html, err);
}

#define PAPER_OPTIONS                                                                              \
    {"output", OPTION_OUTPUT, "FILE", 0, "Write to FILE instead of standard output", 0},           \
    {                                                                                              \
        "format", OPTION_PAPER_FORMAT, "FORMAT", 0,                                                \
            "html, or pdf by weasyprint (as the name of FILE ends, else html)", 0                  \
    }

static const struct argp_option paper_options[] = {PAPER_OPTIONS, {0}};

/* ---- voucher print --------------------------------------------------------------------------- */

static bool run_voucher_print(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    enum paper_format format;
    bool ok = paper_format(arguments, &format, err) && session_open(session, true, err) &&
              paper_print_vouchers(session->ledger, arguments->at, arguments->count, &html, err) &&
              deliver(arguments, format, &html, err);

    buffer_done(&html);
    return ok;
}

const struct command command_voucher_print = {
    "voucher",
    "print",
    "VOUCHER …",
    1,
    ARGUMENTS_MAX,
    paper_options,
    "print vouchers on A4 for the binder",
    "VOUCHER is a number or a reference. The paper carries both signers, the amount in words, and "
    "the entries' hashes as a QR code; a voucher that isn't posted is marked so across the page. "
    "It names people: keep it in the office.\n\n"
    "  $ mingzhang voucher print 2021-000007 --output 2021-000007.pdf\n"
    "  2021-000007.pdf written\n",
    run_voucher_print};

/* ---- print notice ---------------------------------------------------------------------------- */

/* A document stands for its fund where it grants just one; anything else is left as given. */
static bool name_of_fund(struct session *session, const char **name, struct document_funds *funds,
                         struct error *err)
{
    if (!document_find(session->journal, *name, funds, err)) return false;
    if (funds->count > 1)
        return error_set(err, ERROR_INPUT,
                         "%s grants %zu funds, %s and %s among them; name one of them", *name,
                         funds->count, funds->at[0], funds->at[1]);
    if (funds->count == 1) *name = funds->at[0];
    return true;
}

static bool run_print_notice(struct session *session, const struct arguments *arguments,
                             struct error *err)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    const char *name = arguments->at[0];
    struct document_funds funds;
    enum paper_format format;
    bool ok = paper_format(arguments, &format, err) && session_open(session, true, err) &&
              name_of_fund(session, &name, &funds, err) &&
              paper_print_notice(session->ledger, name, &html, err) &&
              deliver(arguments, format, &html, err);

    buffer_done(&html);
    return ok;
}

const struct command command_print_notice = {
    "print",
    "notice",
    "FUND|DOCUMENT|VOUCHER",
    1,
    1,
    paper_options,
    "print the notice of a fund: who gets how much of which document",
    "Of a voucher that appropriates or allocates, its notice; of a fund, by its code or document, "
    "one notice for each such voucher that is posted.\n\n"
    "  $ mingzhang print notice '陕财办农〔2021〕1号' --output notice.pdf\n"
    "  notice.pdf written\n",
    run_print_notice};

/* ---- print statement ------------------------------------------------------------------------- */

static bool run_print_statement(struct session *session, const struct arguments *arguments,
                                struct error *err)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    enum paper_format format;
    const char *text = NULL;
    int32_t month = 0;
    bool ok = false;

    if (!paper_format(arguments, &format, err)) goto out;
    if (!option_require(arguments, OPTION_MONTH, "--month", &text, err)) goto out;
    if (!month_parse(text, &month, err)) {
        error_at(err, "--month");
        goto out;
    }
    if (!session_open(session, true, err)) goto out;
    if (!paper_print_statement(session->ledger, arguments->at[0], month, &html, err)) goto out;
    ok = deliver(arguments, format, &html, err);
out:
    buffer_done(&html);
    return ok;
}

static const struct argp_option statement_options[] = {
    {"month", OPTION_MONTH, "MONTH", 0, "The month, as in 2021-03", 0}, PAPER_OPTIONS, {0}};

const struct command command_print_statement = {
    "print",
    "statement",
    "DIVISION",
    1,
    1,
    statement_options,
    "print a division's month: opening, in, out and closing of each fund",
    "DIVISION is a code or a name. A month that isn't closed is marked so across the page.\n\n"
    "  $ mingzhang print statement 苗儿村 --month 2021-03 --output march.pdf\n"
    "  march.pdf written\n",
    run_print_statement};

/* ---- print labels ---------------------------------------------------------------------------- */

static bool run_print_labels(struct session *session, const struct arguments *arguments,
                             struct error *err)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct label_request request = {.division = arguments->at[0],
                                    .site = option_text(arguments, OPTION_SITE)};
    enum paper_format format;
    bool ok = paper_format(arguments, &format, err) && session_open(session, true, err) &&
              session_today(&request.day, err) &&
              paper_print_labels(session->ledger, &request, &html, err) &&
              deliver(arguments, format, &html, err);

    buffer_done(&html);
    return ok;
}

static const struct argp_option labels_options[] = {
    {"site", OPTION_SITE, "URL", 0,
     "Where the publication can be read; it goes in the QR codes (the ledger's origin)", 0},
    PAPER_OPTIONS,
    {0}};

const struct command command_print_labels = {
    "print",
    "labels",
    "DIVISION",
    1,
    1,
    labels_options,
    "print labels with QR codes to stick on assets",
    "The assets of DIVISION, a code or a name, and of all within it that are neither scrapped nor "
    "disposed of, 24 labels to a sheet of A4, 70 mm by 37 mm each. What is scanned of them is "
    "counted by `mingzhang stocktake scan`.\n\n"
    "  $ mingzhang print labels 苗儿村 --output labels.pdf\n"
    "  labels.pdf written\n",
    run_print_labels};

/* ---- board ----------------------------------------------------------------------------------- */

#define LISTS_MAX 16 /* vouchers on one sheet */

/* The days that a board must show a notice of this place at least; 0: it stays. */
static bool last_day(struct session *session, const struct arguments *arguments,
                     struct board_request *request, struct error *err)
{
    struct matter_terms terms;
    struct division division;

    request->has_last_day = true;
    if (option_given(arguments, OPTION_LAST_DAY))
        return option_date(arguments, OPTION_LAST_DAY, "--last-day", request->first_day,
                           &request->last_day, err) &&
               (request->first_day.days <= request->last_day.days ||
                error_set(err, ERROR_USAGE, "--last-day is before --first-day; swap them"));
    if (!division_resolve(session->journal, request->division, "", &division, err)) return false;
    if (!matter_terms(session->journal, MATTER_PROJECTS, division.code, request->first_day, &terms,
                      err))
        return false;
    request->has_last_day = terms.standing_days > 0;
    return !request->has_last_day ||
           date_from_days(request->first_day.days + terms.standing_days, &request->last_day, err);
}

static bool read_lists(const struct arguments *arguments, const char *lists[LISTS_MAX],
                       struct board_request *request, struct error *err)
{
    const char *text;
    size_t at = 0;

    while ((text = option_next(arguments, OPTION_LIST, &at)) != NULL) {
        if (request->list_count == LISTS_MAX)
            return error_set(err, ERROR_USAGE, "more than %d lists; print a second sheet",
                             LISTS_MAX);
        lists[request->list_count++] = text;
    }
    request->lists = lists;
    return true;
}

static bool run_board(struct session *session, const struct arguments *arguments, struct error *err)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX), repository = BUFFER_INIT(PATH_SIZE_MAX);
    struct board_request request = {.division = arguments->at[0],
                                    .place = option_text(arguments, OPTION_PLACE),
                                    .site = option_text(arguments, OPTION_SITE)};
    const char *lists[LISTS_MAX];
    enum paper_format format;
    struct period period;
    date_t today;
    bool ok = false;

    if (!paper_format(arguments, &format, err)) goto out;
    if (!option_require(arguments, OPTION_PERIOD, "--period", &request.period, err)) goto out;
    if (!period_parse(request.period, &period, err)) goto out;
    if (!read_lists(arguments, lists, &request, err)) goto out;
    if (!session_open(session, true, err)) goto out;
    if (!session_today(&today, err)) goto out;
    if (!option_date(arguments, OPTION_FIRST_DAY, "--first-day", today, &request.first_day, err))
        goto out;
    if (!last_day(session, arguments, &request, err)) goto out;
    if (!(option_given(arguments, OPTION_REPO)
              ? buffer_append_text(&repository, option_get(arguments, OPTION_REPO), err)
              : path_of_publication(session->location, &repository, err)))
        goto out;
    request.repository = buffer_text(&repository);
    if (!board_print(session->ledger, &request, &html, err)) goto out;
    ok = deliver(arguments, format, &html, err);
out:
    buffer_done(&repository);
    buffer_done(&html);
    return ok;
}

static const struct argp_option board_options[] = {
    {"period", OPTION_PERIOD, "PERIOD", 0, "2021, 2021-Q3 or 2021-09", 0},
    {"first-day", OPTION_FIRST_DAY, "DATE", 0, "The first day on the board (today)", 0},
    {"last-day", OPTION_LAST_DAY, "DATE", 0, "The last (as the policies of the place say)", 0},
    {"place", OPTION_PLACE, "TEXT", 0, "Which board it hangs on", 0},
    {"list", OPTION_LIST, "VOUCHER", 0,
     "Also list whom this voucher pays, surnames alone, for objection (repeatable)", 0},
    {"site", OPTION_SITE, "URL", 0,
     "Where the publication can be read; its page goes in the QR code", 0},
    {"repo", OPTION_REPO, "DIR", 0, "The git repository (publication beside the ledger)", 0},
    PAPER_OPTIONS,
    {0}};

const struct command command_board = {
    "board",
    NULL,
    "DIVISION",
    1,
    1,
    board_options,
    "print the A3 sheet for a village's notice board",
    "What hangs on the board is what is published: publish first. The sheet carries its standing "
    "days, "
    "a QR code, the key's fingerprint, and the root of the log in ten words, which two people can "
    "compare aloud. Lists of people are on the paper alone and never get into the publication; "
    "take "
    "them down on the last day. When it hangs, enter it with `import notices`.\n\n"
    "  $ mingzhang board 苗儿村 --period 2021-03 --output board.pdf\n"
    "  board.pdf written\n",
    run_board};
