/*
 * cmd_verify.c - the verdict: the inspector's verifier, and with --deep a replay of everything.
 *
 * Ends with 0, 1, 2 or 4 only (DESIGN section 5).
 */
#include <string.h>

#include "audit/inspect/inspect.h"
#include "audit/verify/verify.h"
#include "base/language.h"
#include "cli/command.h"
#include "cli/paths.h"
#include "cli/terminal.h"

static void tell_progress(void *context, uint64_t done, uint64_t total)
{
    progress_tell(context, _("entries"), done, total);
}

/* The status of an error that kept a verdict from being reached. */
static int verify_status(enum error_code code)
{
    int status = error_exit_status(code);

    return status == 2 || status == 4 ? status : 1;
}

/* What was made again, and what wasn't. */
static bool tell_recheck(const struct publication_recheck *recheck, struct buffer *line,
                         struct error *err)
{
    if (!buffer_append_format(line, err, _("%zu pages and %zu tables made again"), recheck->pages,
                              recheck->tables))
        return false;
    return recheck->other_pages + recheck->other_files == 0 ||
           buffer_append_format(line, err,
                                _("; made by another version of the program, not compared: %zu "
                                  "pages, %zu other files"),
                                recheck->other_pages, recheck->other_files);
}

/* A clone without a ledger: its documents make its pages and tables. */
static bool look_at_clone(const char *path, struct buffer *line, struct error *err)
{
    struct publication_recheck recheck;

    if (!publication_recheck(path, NULL, &recheck, err)) {
        if (err->code != ERROR_NOT_FOUND) return false;
        error_clear(err);
        return error_set(err, ERROR_USAGE,
                         "--deep looks into a ledger or a publication, and %s is neither; leave it "
                         "out",
                         path);
    }
    return buffer_append_text(line, _("; deep: "), err) && tell_recheck(&recheck, line, err) &&
           buffer_append_format(line, err,
                                _("; not compared without the ledger: %zu pages of "
                                  "lists, and the feed"),
                                recheck.lists);
}

/* Append to the verdict's line what was found besides. */
static bool look_deep(struct session *session, const char *path, const struct arguments *arguments,
                      struct buffer *line, struct error *err)
{
    struct ledger_options options = session_ledger_options();
    struct progress progress;
    struct inspect_options inspect = {.publication = option_get(arguments, OPTION_AGAINST),
                                      .scratch_directory = path_of_scratch(),
                                      .progress = tell_progress,
                                      .context = &progress};
    struct inspect_report report;
    struct error none = ERROR_INIT;
    bool ok;

    if (!ledger_open(path, &options, true, &session->ledger, &none)) {
        if (none.code == ERROR_NOT_FOUND) return look_at_clone(path, line, err);
        *err = none;
        return false;
    }
    progress_begin(&progress);
    ok = inspect_ledger(session->ledger, &options, &inspect, &report, err);
    progress_end(&progress);
    if (!ok) return false;
    if (!buffer_append_format(
            line, err, _("; deep: %llu entries replayed, %zu derived tables equal row for row"),
            (unsigned long long)report.entries, report.tables))
        return false;
    return inspect.publication == NULL ||
           (buffer_append_text(line, _(", every published document derived again, "), err) &&
            tell_recheck(&report.published, line, err));
}

/* The word before the first blank or comma is the verdict; it is the same in every language. */
static void say_verdict(const char *line, bool is_good)
{
    int size = (int)strcspn(line, " ,");

    terminal_mark(stdout, is_good ? MARK_GOOD : MARK_BAD);
    printf("%.*s", size, line);
    terminal_mark(stdout, MARK_NONE);
    terminal_put_folded(stdout, (size_t)size, line + size);
    putchar('\n');
}

/* The one verdict: PASS only when both looks found nothing. */
static bool tell(struct session *session, const struct arguments *arguments,
                 const struct verify_verdict *verdict, struct error *err)
{
    struct buffer line = BUFFER_INIT(VERIFY_LINE_SIZE + 1024);
    struct error found = ERROR_INIT;
    bool ok = buffer_append_text(&line, verdict->line, err);

    if (!ok) goto out;
    if (verdict->outcome == VERIFY_FAIL) {
        session->status = 1;
    } else if (option_given(arguments, OPTION_DEEP) &&
               !look_deep(session, arguments->at[0], arguments, &line, &found)) {
        session->status = verify_status(found.code);
        if (session->status != 1) {
            *err = found;
            ok = false;
            goto out;
        }
        buffer_reset(&line);
        ok = buffer_append_format(&line, err, "FAIL deep: %s%s%s", found.place,
                                  found.place[0] == '\0' ? "" : ": ", found.message);
        if (!ok) goto out;
    }
    say_verdict(buffer_text(&line), session->status == 0);
out:
    buffer_done(&line);
    return ok;
}

static bool run_verify(struct session *session, const struct arguments *arguments,
                       struct error *err)
{
    struct buffer memory = BUFFER_INIT(PATH_SIZE_MAX);
    struct progress progress;
    struct verify_options options = {.against = option_get(arguments, OPTION_AGAINST),
                                     .key = option_get(arguments, OPTION_KEY),
                                     .file = option_get(arguments, OPTION_FILE),
                                     .progress = tell_progress,
                                     .progress_context = &progress};
    struct verify_verdict verdict;
    bool ok = false;

    if (!path_of_memory(&memory, err)) goto out;
    if (memory.size > 0) options.memory_directory = buffer_text(&memory);
    progress_begin(&progress);
    ok = verify_path(arguments->at[0], &options, &verdict, err);
    progress_end(&progress);
    if (!ok) goto out;
    if (verdict.words[0] != 0) remark("mingzhang: %s", verdict.words);
    if (verdict.warning[0] != 0) remark("mingzhang: %s", verdict.warning);
    if (verdict.stray[0] != 0) remark("mingzhang: %s", verdict.stray);
    ok = tell(session, arguments, &verdict, err);
out:
    if (!ok) session->status = verify_status(err->code);
    buffer_done(&memory);
    return ok;
}

static const struct argp_option verify_options[] = {
    {"against", OPTION_AGAINST, "PUBLICATION", 0, "A ledger must extend this publication", 0},
    {"key", OPTION_KEY, "VKEY", 0, "The log's key, or a file with it or with a C2SP tlog-policy",
     0},
    {"file", OPTION_FILE, "FILE", 0, "Also check that some entry attaches this scanned paper", 0},
    {"deep", OPTION_DEEP, NULL, 0,
     "Replay a ledger and derive everything again; of a publication, make its pages again", 0},
    {0}};

const struct command command_verify = {
    "verify",
    NULL,
    "PATH",
    1,
    1,
    verify_options,
    "check that nothing was altered",
    "PATH is a ledger, a publication or a proof. Without --key the log's key is trusted the first "
    "time, remembered, and must be the same ever after. Files attached to a ledger are read and "
    "hashed too; --file tells whether a paper in your hand is one that was attached, and to what. "
    "Exit status 0, 1, 2 or 4.\n\n"
    "  $ mingzhang verify publication --key 'mingzhang/611025000000+…'\n"
    "  PASS …\n"
    "  $ mingzhang verify publication --file notice.pdf\n"
    "  PASS …; notice.pdf is attached to fund 2021-ZY-01 by entry 31\n",
    run_verify};
