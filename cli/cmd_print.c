/*
 * cmd_print.c - papers for the binders: a voucher, the notice of a fund, a division's month.
 */
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/documents.h"
#include "cli/paths.h"
#include "exporters/exporters.h"

enum paper_format { PAPER_HTML, PAPER_PDF };

/* --format, else what the output file's name says, else HTML. */
static bool paper_format(const struct arguments *arguments, enum paper_format *out,
                         struct error *err)
{
    const char *text = option_get(arguments, OPTION_PAPER_FORMAT);
    const char *output = option_text(arguments, OPTION_OUTPUT);
    const char *suffix = strrchr(output, '.');

    if (text == NULL) text = suffix != NULL && strcmp(suffix, ".pdf") == 0 ? "pdf" : "html";
    if (strcmp(text, "html") != 0 && strcmp(text, "pdf") != 0)
        return error_set(err, ERROR_USAGE, "--format %s is no format of a paper; use html or pdf",
                         text);
    *out = strcmp(text, "pdf") == 0 ? PAPER_PDF : PAPER_HTML;
    if (*out == PAPER_PDF && output[0] == '\0' && isatty(STDOUT_FILENO) == 1)
        return error_set(err, ERROR_USAGE,
                         "a PDF can't be shown on a terminal; give --output FILE");
    return true;
}

/* To the file, which only its owner can read because papers name people, or to standard output. */
static bool put_out(const struct arguments *arguments, const struct buffer *paper,
                    struct error *err)
{
    const char *output = option_get(arguments, OPTION_OUTPUT);

    if (output == NULL) {
        fwrite(paper->data, 1, paper->size, stdout);
        return true;
    }
    if (!file_write_whole(output, paper->data, paper->size, err)) return false;
    say("%s written", output);
    return true;
}

static bool deliver(const struct arguments *arguments, enum paper_format format,
                    const struct buffer *html, struct error *err)
{
    struct buffer pdf = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    bool ok = format == PAPER_HTML
                  ? put_out(arguments, html, err)
                  : paper_make_pdf(html, &pdf, err) && put_out(arguments, &pdf, err);

    buffer_done(&pdf);
    return ok;
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
