/*
 * cmd_draft.c - vouchers begun, left and taken up again: save, list, show, submit, drop.
 */
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "cli/attach.h"
#include "cli/balances.h"
#include "cli/command.h"
#include "cli/draft.h"
#include "cli/submit.h"
#include "cli/terminal.h"
#include "cli/voucher_view.h"
#include "importers/importers.h"

#define EXTENSION_SIZE 8

/* ---- Whose drafts ---------------------------------------------------------------------------- */

/* What names people stays out of what is copied and shown round. */
static bool check_place(const struct session *session, const char *directory, struct error *err)
{
    struct buffer publication = BUFFER_INIT(PATH_SIZE_MAX);
    const char *location = NULL;
    bool ok = false;

    if (!session_location(session, &location, err) ||
        !path_of_publication(location, &publication, err)) {
        goto out;
    }
    if (path_is_within(directory, location) ||
        path_is_within(directory, buffer_text(&publication))) {
        error_set(err, ERROR_USAGE,
                  "drafts may name people and must lie outside ledger and publication; set "
                  "MINGZHANG_DRAFTS to another place");
        error_at(err, "%s", directory);
        goto out;
    }
    ok = true;
out:
    buffer_done(&publication);
    return ok;
}

/* The directory of the user's drafts for this ledger, which is open. */
static bool find_directory(const struct session *session, struct buffer *out, struct error *err)
{
    if (session->user == NULL || session->user[0] == 0) {
        return error_set(err, ERROR_USAGE, "no user is named; give -u USER or set MINGZHANG_USER");
    }
    return path_of_drafts(journal_origin(session->journal), session->user, out, err) &&
           check_place(session, buffer_text(out), err);
}

/* ---- One draft taken up ---------------------------------------------------------------------- */

struct taken {
    struct draft draft;
    struct buffer bytes; /* of a form, which `form` lends */
    struct arguments form;
};

static bool is_form(const struct taken *taken)
{
    return strcmp(taken->draft.kind, DRAFT_FORM) == 0;
}

static bool take_up(struct session *session, const char *name, struct taken *out, struct error *err)
{
    struct buffer directory = BUFFER_INIT(PATH_SIZE_MAX);
    bool ok = find_directory(session, &directory, err) &&
              draft_find(buffer_text(&directory), name, &out->draft, err) &&
              draft_read(&out->draft, &out->bytes, err) &&
              (!is_form(out) || draft_form_parse(&out->draft, &out->bytes, &out->form, err));

    buffer_done(&directory);
    return ok;
}

static void taken_done(struct taken *taken)
{
    buffer_wipe(&taken->bytes);
    buffer_done(&taken->bytes);
}

#define TAKEN_INIT                                                                                 \
    {                                                                                              \
        .bytes = BUFFER_INIT(DRAFT_SIZE_BYTES_MAX)                                                 \
    }

/* ---- save ------------------------------------------------------------------------------------ */

static bool save_form(struct session *session, const struct arguments *arguments,
                      const char *directory, struct error *err)
{
    struct buffer text = BUFFER_INIT(DRAFT_SIZE_BYTES_MAX);
    struct arguments newer = *arguments;
    struct taken older = TAKEN_INIT;
    bool ok = false;

    newer.count = arguments->count - 1; /* the name went before */
    newer.at[0] = arguments->count > 1 ? arguments->at[1] : NULL;
    if (!take_up(session, arguments->at[0], &older, err)) {
        if (err->code != ERROR_NOT_FOUND) goto out;
        error_clear(err);
    } else if (!is_form(&older)) {
        error_set(err, ERROR_CONFLICT, "the draft %s is a sheet of %s; drop it first",
                  older.draft.name, older.draft.kind);
        goto out;
    }
    if (newer.count == 0 && older.form.count == 0) {
        error_set(err, ERROR_USAGE, "the movement is missing, as in payment or refund");
        goto out;
    }
    ok = draft_form_write(&older.form, &newer, &text, err) &&
         draft_write(directory, arguments->at[0], DRAFT_FORM, "", &text, err);
out:
    buffer_wipe(&text);
    buffer_done(&text);
    taken_done(&older);
    return ok;
}

/* The ending of the sheet's name, by which people know what opens it. */
static const char *extension_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    const char *at;

    if (dot == NULL || dot[1] == 0 || strlen(dot + 1) >= EXTENSION_SIZE) return "csv";
    for (at = dot + 1; *at != 0; at++) {
        if (strchr("abcdefghijklmnopqrstuvwxyz0123456789", *at) == NULL) return "csv";
    }
    return dot + 1;
}

static bool save_sheet(const struct arguments *arguments, const char *directory, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(DRAFT_SIZE_BYTES_MAX);
    const char *path = option_get(arguments, OPTION_FILE);
    const char *kind = NULL;
    struct draft older;
    bool is_there, ok = false;

    if (option_given(arguments, OPTION_ATTACH)) {
        error_set(err, ERROR_USAGE,
                  "a sheet's draft takes no --attach; attach to its vouchers once submitted");
        goto out;
    }
    if (!option_require(arguments, OPTION_KIND, "--kind", &kind, err)) goto out;
    if (strcmp(kind, "payments") != 0 && strcmp(kind, "allocations") != 0) {
        error_set(err, ERROR_USAGE, "\"%s\" can't be drafted; payments and allocations can", kind);
        error_at(err, "--kind");
        goto out;
    }
    is_there = draft_find(directory, arguments->at[0], &older, err);
    if (!is_there && err->code != ERROR_NOT_FOUND) goto out;
    error_clear(err);
    if (!file_read_whole(path, &bytes, err)) goto out;
    if (is_there && strcmp(older.kind, kind) != 0) {
        error_set(err, ERROR_CONFLICT, "the draft %s is a %s; drop it first", older.name,
                  older.kind);
        goto out;
    }
    /* Its ending may be another now: two files of one name would be two drafts. */
    ok = (!is_there || draft_remove(&older, err)) &&
         draft_write(directory, arguments->at[0], kind, extension_of(path), &bytes, err);
out:
    buffer_wipe(&bytes);
    buffer_done(&bytes);
    return ok;
}

static bool run_draft_save(struct session *session, const struct arguments *arguments,
                           struct error *err)
{
    struct buffer directory = BUFFER_INIT(PATH_SIZE_MAX);
    bool ok = false;

    if (!session_open(session, true, err) || !find_directory(session, &directory, err)) goto out;
    if (option_given(arguments, OPTION_FILE)
            ? !save_sheet(arguments, buffer_text(&directory), err)
            : !save_form(session, arguments, buffer_text(&directory), err)) {
        goto out;
    }
    say("draft %s is saved in %s; nothing was submitted", arguments->at[0],
        buffer_text(&directory));
    ok = true;
out:
    buffer_done(&directory);
    return ok;
}

static const struct argp_option save_options[] = {
    {"file", OPTION_FILE, "FILE", 0, "A sheet for `mingzhang import` instead of options", 0},
    {"kind", OPTION_KIND, "KIND", 0, "What the sheet holds: payments or allocations", 0},
    VOUCHER_OPTIONS,
    {0}};

const struct command command_draft_save = {
    "draft",
    "save",
    "NAME [MOVEMENT]",
    1,
    2,
    save_options,
    "begin a voucher and leave it, or change what was left",
    "A draft is a file of your own, no voucher: nobody else sees it and nothing is held. Take the "
    "options of `mingzhang voucher submit`, as many as you know; saved again, those given take "
    "the place of the earlier ones, and '' takes one away. Or change the file with an editor. It "
    "lies in MINGZHANG_DRAFTS, else ~/.local/state/mingzhang-drafts.\n\n"
    "  $ mingzhang -u li draft save road payment --project XM2021-001 --amount 57万\n"
    "  $ mingzhang -u li draft save road --reference 支付-7 --date 2021-06-20\n"
    "  $ mingzhang -u li draft save june --file june.csv --kind payments\n",
    run_draft_save};

/* ---- list ------------------------------------------------------------------------------------ */

static bool list_row(void *context, const struct draft *draft, struct error *err)
{
    struct table *table = context;
    struct taken taken = TAKEN_INIT;
    struct error fault = ERROR_INIT;
    char saved[DATE_TEXT_SIZE];
    bool ok;

    taken.draft = *draft;
    ok = draft_read(draft, &taken.bytes, &fault) &&
         (!is_form(&taken) || draft_form_parse(draft, &taken.bytes, &taken.form, &fault));
    table_text(table, draft->name);
    table_text(table,
               is_form(&taken) ? (taken.form.count > 0 ? taken.form.at[0] : "") : draft->kind);
    table_text(table, date_format(instant_to_date_in(draft->saved, ZONE_CHINA_SECONDS), saved));
    table_text(table, option_text(&taken.form, OPTION_REFERENCE));
    table_text(table, option_text(&taken.form, OPTION_DATE));
    table_text(table, option_text(&taken.form, OPTION_AMOUNT));
    table_text(table, option_text(&taken.form, OPTION_TEXT));
    table_text(table, ok ? "" : fault.message);
    ok = table_row(table, err);
    taken_done(&taken);
    return ok;
}

static bool run_draft_list(struct session *session, const struct arguments *arguments,
                           struct error *err)
{
    static const struct table_column columns[] = {
        {"draft", "draft", COLUMN_TEXT},     {"what", "what", COLUMN_TEXT},
        {"saved", "saved", COLUMN_TEXT},     {"reference", "reference", COLUMN_TEXT},
        {"event_date", "date", COLUMN_TEXT}, {"amount", "amount", COLUMN_TEXT},
        {"text", "text", COLUMN_TEXT},       {"fault", "fault", COLUMN_TEXT}};
    struct buffer directory = BUFFER_INIT(PATH_SIZE_MAX);
    struct table *table = NULL;
    bool ok;

    (void)arguments;
    ok = session_open(session, true, err) && find_directory(session, &directory, err) &&
         table_begin(session->format, columns, ARRAY_COUNT(columns), &table, err) &&
         draft_each(buffer_text(&directory), list_row, table, err) &&
         table_end(table, "no draft", err);
    table_free(table);
    buffer_done(&directory);
    return ok;
}

const struct command command_draft_list = {
    "draft",
    "list",
    NULL,
    0,
    0,
    NULL,
    "list your drafts for this ledger",
    "  $ mingzhang -u li draft list\n"
    "  draft  what      saved       reference  date        amount\n"
    "  june   payments  2021-06-28\n"
    "  road   payment   2021-06-20  支付-7     2021-06-20  57万\n",
    run_draft_list};

/* ---- show ------------------------------------------------------------------------------------ */

static void tell_fault(void *context, const struct error *fault)
{
    (void)context;
    tell_error(fault);
}

static bool import_sheet(struct session *session, const struct taken *taken,
                         const struct arguments *arguments, struct import_report *report,
                         struct error *err)
{
    struct import_options options = {.what = taken->draft.kind,
                                     .path = taken->draft.path,
                                     .by = session->by,
                                     .late = option_given(arguments, OPTION_LATE),
                                     .fault = tell_fault};

    return import_file(session->ledger, &options, report, err);
}

/* What the form would be as a voucher, seen as its checker will see it. */
static bool try_form(struct session *session, const struct taken *taken, struct error *err)
{
    struct voucher_receipt receipt;
    struct voucher voucher;

    if (!submit_voucher(session, &taken->form, &receipt, err)) return false;
    if (receipt.repeated) {
        say("\nIt was submitted before, as %s; drop it.", receipt.voucher);
        return true;
    }
    if (!attach_try(session, &taken->form, receipt.voucher, err)) return false;
    say("\nIt could be submitted now. As a voucher (its entry's number and hash are of this trial):"
        "\n");
    return voucher_find(session->journal, receipt.voucher, &voucher, err) &&
           voucher_view_show(session->journal, &voucher, VIEW_LINES_ALL, err);
}

static bool try_sheet(struct session *session, const struct taken *taken,
                      const struct arguments *arguments, struct error *err)
{
    struct balances *before = NULL;
    struct import_report report;
    bool ok = false;

    if (!balances_read(session->journal, &before, err)) goto out;
    if (!import_sheet(session, taken, arguments, &report, err)) goto out;
    say(report.repeated ? N_("It was submitted before; drop it.")
                        : N_("It could be submitted now: %llu rows, %llu vouchers. It would hold:"),
        (unsigned long long)report.rows, (unsigned long long)report.vouchers);
    ok = balances_show_change(session->journal, before, session->format, err);
out:
    balances_free(before);
    return ok;
}

static void say_form(const struct arguments *form)
{
    const struct argp_option *option;
    char padded[PAD_SIZE];
    const char *path;
    size_t at = 0;

    say("%s%s", terminal_pad_right(_("movement"), 13, padded), form->count > 0 ? form->at[0] : "");
    for (option = voucher_options; option->name != NULL; option++) {
        if (option->key == OPTION_ATTACH) continue;
        if (!option_given(form, (enum option_key)option->key)) continue;
        say("%s%s", terminal_pad_right(option->name, 13, padded),
            option->arg != NULL ? option_get(form, (enum option_key)option->key) : _("yes"));
    }
    while ((path = option_next(form, OPTION_ATTACH, &at)) != NULL)
        say("%s%s", terminal_pad_right("attach", 13, padded), path);
}

static bool run_draft_show(struct session *session, const struct arguments *arguments,
                           struct error *err)
{
    struct taken taken = TAKEN_INIT;
    struct error fault = ERROR_INIT;
    bool ok = false;

    if (!session_begin(session, err)) goto out;
    if (!take_up(session, arguments->at[0], &taken, err)) goto out;
    if (is_form(&taken)) say_form(&taken.form);
    if (is_form(&taken) ? !try_form(session, &taken, &fault)
                        : !try_sheet(session, &taken, arguments, &fault)) {
        say("\nIt couldn't be submitted now: %s%s%s", fault.place, fault.place[0] != 0 ? ": " : "",
            fault.message);
        session->status = 1;
    }
    journal_rollback(session->journal);
    ok = true;
out:
    taken_done(&taken);
    return ok;
}

// clang-format off
#define LATE_OPTION                                                                                \
    {"late", OPTION_LATE, NULL, 0, "Of a sheet: events in closed months are late entries", 0}
// clang-format on

static const struct argp_option late_options[] = {LATE_OPTION, {0}};

const struct command command_draft_show = {
    "draft",
    "show",
    "NAME",
    1,
    1,
    late_options,
    "show a draft, the faults it has now, and what it would do",
    "It is submitted on trial and rolled back: nothing is written. Ends with 1 when it has "
    "faults.\n\n"
    "  $ mingzhang -u li draft show road\n",
    run_draft_show};

/* ---- submit ---------------------------------------------------------------------------------- */

static void tell_report(const struct import_report *report)
{
    if (report->repeated) {
        say("this sheet was submitted before; nothing changed");
        return;
    }
    say("%llu vouchers submitted and wait for a checker, %llu were there before",
        (unsigned long long)report->vouchers, (unsigned long long)report->vouchers_repeated);
}

static bool run_draft_submit(struct session *session, const struct arguments *arguments,
                             struct error *err)
{
    struct taken taken = TAKEN_INIT;
    struct voucher_receipt receipt;
    struct import_report report;
    struct attach_batch *attached = NULL;
    bool ok = false;

    if (!session_begin(session, err)) goto out;
    if (!take_up(session, arguments->at[0], &taken, err)) goto out;
    if (is_form(&taken) ? !submit_asked(session, &taken.form, arguments, &receipt, &attached, err)
                        : !import_sheet(session, &taken, arguments, &report, err) ||
                              !session_commit(session, err)) {
        goto out;
    }
    if (is_form(&taken)) {
        submit_tell(&receipt);
        if (!attach_tell(session, attached, err)) goto out;
    } else {
        tell_report(&report);
    }
    ok = draft_remove(&taken.draft, err);
out:
    attach_free(attached);
    taken_done(&taken);
    return ok;
}

static const struct argp_option submit_options[] = {LATE_OPTION, ASKING_OPTION, {0}};

const struct command command_draft_submit = {
    "draft",
    "submit",
    "NAME",
    1,
    1,
    submit_options,
    "submit a draft; its file is removed",
    "Submitted twice, the second changes nothing: its reference tells.\n\n"
    "  $ mingzhang -u li draft submit road\n"
    "  2021-000007 submitted in entry 97; it waits for a checker\n",
    run_draft_submit};

/* ---- drop ------------------------------------------------------------------------------------ */

static bool run_draft_drop(struct session *session, const struct arguments *arguments,
                           struct error *err)
{
    struct buffer directory = BUFFER_INIT(PATH_SIZE_MAX);
    struct draft draft;
    bool ok = session_open(session, true, err) && find_directory(session, &directory, err) &&
              draft_find(buffer_text(&directory), arguments->at[0], &draft, err) &&
              draft_remove(&draft, err);

    if (ok) say("draft %s is gone", arguments->at[0]);
    buffer_done(&directory);
    return ok;
}

const struct command command_draft_drop = {"draft",
                                           "drop",
                                           "NAME",
                                           1,
                                           1,
                                           NULL,
                                           "remove a draft",
                                           "  $ mingzhang -u li draft drop road\n",
                                           run_draft_drop};
