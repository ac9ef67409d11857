/*
 * cmd_division.c - divisions: what they are called and were, how they end and what comes after.
 *
 * Renaming, ending and going on take two administrators; the money is handed over by a voucher.
 */
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "cli/act.h"
#include "cli/command.h"
#include "cli/confirm.h"
#include "cli/submit.h"
#include "cli/table.h"

#define NAMES_SIZE_MAX  4096
#define QUESTION_SIZE   512
#define CHANGES_MAX     500
#define HAND_OVERS_MAX  100 /* vouchers by which one division hands over */
#define CHANGE_SIZE_MAX 1024

/* ---- list ------------------------------------------------------------------------------------ */

struct division_rows {
    struct journal *journal;
    struct table *table;
    date_t day;
    bool has_day;
    struct buffer names; /* scratch */
};

static bool join(struct buffer *out, const char *text, struct error *err)
{
    return (out->size == 0 || buffer_append_text(out, ", ", err)) &&
           buffer_append_text(out, text, err);
}

static bool join_division(void *context, const struct division *division, struct error *err)
{
    return join(context, division->code, err) &&
           buffer_append_format(context, err, " %s", division->name);
}

struct former_names {
    struct buffer *out;
    const char *now;
    date_t day;
    bool has_day;
};

static bool join_former(void *context, const struct division_naming *naming, struct error *err)
{
    struct former_names *former = context;
    bool is_later =
        former->has_day && naming->has_first_day && date_is_before(former->day, naming->first_day);

    if (is_later || strcmp(naming->name, former->now) == 0) return true;
    return join(former->out, naming->name, err);
}

static bool add_division(void *context, const struct division *division, struct error *err)
{
    struct division_rows *rows = context;
    struct former_names former = {&rows->names, division->name, rows->day, rows->has_day};
    const date_t day = rows->has_day ? rows->day : division->last_day;
    char date[DATE_TEXT_SIZE];

    table_text(rows->table, division->code);
    table_text(rows->table, division->name);
    table_text(rows->table, date_format(division->valid_from, date));
    table_text(rows->table, division->has_end ? date_format(division->last_day, date) : "");
    table_word(rows->table, division->is_closed ? N_("closed")
                            : division->has_end ? N_("ends")
                                                : N_("goes on"));
    buffer_reset(&rows->names);
    if (!division_successor_each(rows->journal, division->code, day, join_division, &rows->names,
                                 err))
        return false;
    table_text(rows->table, buffer_text(&rows->names));
    buffer_reset(&rows->names);
    if (!division_naming_each(rows->journal, division->code, join_former, &former, err) ||
        !division_predecessor_each(rows->journal, division->code, day, join_division, &rows->names,
                                   err))
        return false;
    table_text(rows->table, buffer_text(&rows->names));
    return table_row(rows->table, err);
}

static bool list_divisions(struct division_rows *rows, const char *scope, struct error *err)
{
    return rows->has_day
               ? division_each_on(rows->journal, scope, rows->day, add_division, rows, err)
               : division_each(rows->journal, scope, add_division, rows, err);
}

static bool run_division_list(struct session *session, const struct arguments *arguments,
                              struct error *err)
{
    static const struct table_column columns[] = {
        {"division", "division", COLUMN_TEXT},     {"division_name", "name", COLUMN_TEXT},
        {"valid_from", "from", COLUMN_TEXT},       {"last_day", "last day", COLUMN_TEXT},
        {"state", "state", COLUMN_TEXT},           {"successors", "then", COLUMN_TEXT},
        {"predecessors", "formerly", COLUMN_TEXT},
    };
    struct division_rows rows = {.has_day = option_given(arguments, OPTION_AS_OF),
                                 .names = BUFFER_INIT(NAMES_SIZE_MAX)};
    const char *scope;
    struct division division;
    bool ok = false;

    if (!session_today(&rows.day, err) ||
        !option_day(arguments, OPTION_AS_OF, "--as-of", rows.day, &rows.day, err) ||
        !session_open(session, true, err))
        goto out;
    rows.journal = session->journal;
    scope = journal_root_division(session->journal);
    if (arguments->count > 0) {
        if (!division_resolve(session->journal, arguments->at[0], "", &division, err)) goto out;
        scope = division.code;
    }
    ok = table_begin(session->format, columns, ARRAY_COUNT(columns), &rows.table, err) &&
         list_divisions(&rows, scope, err) && table_end(rows.table, "no division", err);
out:
    table_free(rows.table);
    buffer_done(&rows.names);
    return ok;
}

static const struct argp_option list_options[] = {
    {"as-of", OPTION_AS_OF, "DAY", 0, "As they were called on a day", 0}, {0}};

const struct command command_division_list = {
    "division",
    "list",
    "[DIVISION]",
    0,
    1,
    list_options,
    "list divisions: what they are and were called, when they end, what comes after",
    "DIVISION and all below it; all of the ledger without one.\n\n"
    "  $ mingzhang division list 永乐镇\n",
    run_division_list};

/* ---- rename ---------------------------------------------------------------------------------- */

static bool run_division_rename(struct session *session, const struct arguments *arguments,
                                struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    const char *document = NULL, *from = NULL;
    char name[TEXT_SIZE], date[DATE_TEXT_SIZE];
    struct division division;
    date_t first, unused = {0};
    bool ok = false;

    if (!option_require(arguments, OPTION_FROM, "--from", &from, err) ||
        !option_date(arguments, OPTION_FROM, "--from", unused, &first, err) ||
        !option_require(arguments, OPTION_DOCUMENT, "--document", &document, err) ||
        !argument_text(arguments->at[1], "NAME", name, sizeof name, err) ||
        !session_begin(session, err) ||
        !division_resolve(session->journal, arguments->at[0], "", &division, err))
        goto out;
    ok = act_body(&body, err, "division", division.code, "document", document, "name", name,
                  "valid_from", date_format(first, date), (const char *)NULL) &&
         act_propose(session, "division.rename", &body, err);
out:
    buffer_done(&body);
    return ok;
}

static const struct argp_option rename_options[] = {
    {"from", OPTION_FROM, "DATE", 0, "The first day of the new name", 0},
    {"document", OPTION_DOCUMENT, "TEXT", 0, "The number of the document that gives it", 0},
    {0}};

const struct command command_division_rename = {
    "division",
    "rename",
    "DIVISION NAME",
    2,
    2,
    rename_options,
    "propose another name for a division that keeps its code",
    "What happened before that day keeps the old name, in papers and publications too; sheets may "
    "go on using it. For another code see `mingzhang division succeed`.\n\n"
    "  $ mingzhang -u zhao division rename 611025103000 永乐镇 \\\n"
    "      --from 2021-07-01 --document '陕民发〔2021〕3号'\n",
    run_division_rename};

/* ---- succeed --------------------------------------------------------------------------------- */

/* One change as given, its codes looked up. */
struct change {
    char division[DIVISION_CODE_SIZE];
    char successors[CHANGE_SIZE_MAX]; /* a JSON array */
};

static bool read_successors(struct journal *journal, const char *text, struct change *out,
                            struct error *err)
{
    struct buffer codes = BUFFER_INIT(CHANGE_SIZE_MAX - 1);
    struct json_writer writer;
    char one[TEXT_SIZE];
    struct division division;
    bool ok = false;

    json_writer_init(&writer, &codes);
    json_array_begin(&writer);
    while (*text != '\0') {
        size_t size = strcspn(text, ",");

        if (size >= sizeof one) {
            (void)error_set(err, ERROR_LIMIT, "the name of a division is too long");
            goto out;
        }
        memcpy(one, text, size);
        one[size] = '\0';
        if (!division_resolve(journal, one, "", &division, err)) goto out;
        json_string(&writer, division.code);
        text += size;
        if (*text == ',') text++;
    }
    json_array_end(&writer);
    if (!json_writer_finish(&writer, err)) goto out;
    snprintf(out->successors, sizeof out->successors, "%s", buffer_text(&codes));
    ok = true;
out:
    buffer_done(&codes);
    return ok;
}

/* "OLD=NEW,NEW" or "OLD=". */
static bool read_change(struct journal *journal, const char *text, struct change *out,
                        struct error *err)
{
    const char *sign = strchr(text, '=');
    struct division division;
    char old[TEXT_SIZE];

    if (sign == NULL || (size_t)(sign - text) >= sizeof old)
        return error_set(err, ERROR_USAGE,
                         "\"%s\" is no change; write OLD=NEW, OLD=NEW,NEW for a split, or OLD= "
                         "when nothing in this ledger comes after it",
                         text);
    memcpy(old, text, (size_t)(sign - text));
    old[sign - text] = '\0';
    if (!division_resolve(journal, old, "", &division, err)) return false;
    memcpy(out->division, division.code, sizeof out->division);
    return read_successors(journal, sign + 1, out, err);
}

/* The next in the order of the codes, or NULL; `after` NULL asks for the first. */
static const struct change *next_change(const struct change *changes, size_t count,
                                        const struct change *after)
{
    const struct change *next = NULL;

    for (size_t i = 0; i < count; i++) {
        if (after != NULL && strcmp(changes[i].division, after->division) <= 0) continue;
        if (next == NULL || strcmp(changes[i].division, next->division) < 0) next = &changes[i];
    }
    return next;
}

static bool write_succession(const struct change *changes, size_t count, const char *document,
                             date_t last_day, struct buffer *out, struct error *err)
{
    struct json_writer writer;
    char date[DATE_TEXT_SIZE];

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_name(&writer, "changes");
    json_array_begin(&writer);
    for (const struct change *at = next_change(changes, count, NULL); at != NULL;
         at = next_change(changes, count, at)) {
        json_object_begin(&writer);
        json_member_string(&writer, "division", at->division);
        json_name(&writer, "successors");
        json_raw(&writer, (const uint8_t *)at->successors, strlen(at->successors));
        json_object_end(&writer);
    }
    json_array_end(&writer);
    json_member_string(&writer, "document", document);
    json_member_string(&writer, "last_day", date_format(last_day, date));
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

static bool run_division_succeed(struct session *session, const struct arguments *arguments,
                                 struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    struct change changes[ARGUMENTS_MAX];
    const char *document = NULL, *last = NULL;
    date_t last_day, unused = {0};
    bool ok = false;

    static_assert(ARGUMENTS_MAX <= CHANGES_MAX, "one act takes what a command line holds");
    if (!option_require(arguments, OPTION_LAST_DAY, "--last-day", &last, err) ||
        !option_date(arguments, OPTION_LAST_DAY, "--last-day", unused, &last_day, err) ||
        !option_require(arguments, OPTION_DOCUMENT, "--document", &document, err) ||
        !session_begin(session, err))
        goto out;
    for (size_t i = 0; i < arguments->count; i++)
        if (!read_change(session->journal, arguments->at[i], &changes[i], err)) goto out;
    if (!write_succession(changes, arguments->count, document, last_day, &body, err) ||
        !act_propose(session, "division.succeed", &body, err))
        goto out;
    say("seconded, it lets nothing dated later be recorded of what ends; `mingzhang division "
        "hand-over` then passes the money on, and `mingzhang division close` ends it for good. "
        "Roles aren't passed on: `mingzhang user widen` gives them for what comes after");
    ok = true;
out:
    buffer_done(&body);
    return ok;
}

static const struct argp_option succeed_options[] = {
    {"last-day", OPTION_LAST_DAY, "DATE", 0, "The last day of what ends", 0},
    {"document", OPTION_DOCUMENT, "TEXT", 0, "The number of the document that says so", 0},
    {0}};

const struct command command_division_succeed = {
    "division",
    "succeed",
    "OLD=NEW[,NEW...]...",
    1,
    ARGUMENTS_MAX,
    succeed_options,
    "propose that divisions end and what comes after them",
    "For a merger (several OLD with one NEW), a split (one OLD with several NEW; the first takes "
    "over the projects) and another code. NEW is registered before (mingzhang import divisions). "
    "What happened keeps the old code and name.\n\n"
    "  $ mingzhang -u zhao division succeed 611025103201=611025103210 \\\n"
    "      611025103202=611025103210 --last-day 2021-06-30 --document '镇政发〔2021〕8号'\n"
    "  $ mingzhang -u qian act second 5f0c2a91b3de\n",
    run_division_succeed};

/* ---- continue -------------------------------------------------------------------------------- */

static bool run_division_continue(struct session *session, const struct arguments *arguments,
                                  struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    const char *reason = NULL;
    struct division division;
    bool ok =
        option_require(arguments, OPTION_REASON, "--reason", &reason, err) &&
        session_begin(session, err) &&
        division_resolve(session->journal, arguments->at[0], "", &division, err) &&
        act_body(&body, err, "division", division.code, "reason", reason, (const char *)NULL) &&
        act_propose(session, "division.continue", &body, err);

    buffer_done(&body);
    return ok;
}

static const struct argp_option continue_options[] = {
    {"reason", OPTION_REASON, "TEXT", 0, "Why; it is published", 0}, {0}};

const struct command command_division_continue = {
    "division",
    "continue",
    "DIVISION",
    1,
    1,
    continue_options,
    "propose that a division goes on, which was to end",
    "As long as it isn't closed.\n\n"
    "  $ mingzhang -u zhao division continue 611025103201 --reason '批文撤回'\n",
    run_division_continue};

/* ---- hand-over ------------------------------------------------------------------------------- */

/* "hand-over-of-611025103201", counted on for each further voucher. */
static bool choose_reference(struct journal *journal, const char *division, char out[CODE_SIZE],
                             struct error *err)
{
    struct voucher earlier;

    snprintf(out, CODE_SIZE, "hand-over-of-%s", division);
    for (int number = 2; number <= HAND_OVERS_MAX; number++) {
        if (!voucher_find(journal, out, &earlier, err)) {
            if (err->code != ERROR_NOT_FOUND) return false;
            error_clear(err);
            return true;
        }
        snprintf(out, CODE_SIZE, "hand-over-of-%s-%d", division, number);
    }
    return error_set(err, ERROR_LIMIT, "%d vouchers hand over division %s; give --reference",
                     HAND_OVERS_MAX, division);
}

static bool read_hand_over(struct session *session, const struct arguments *arguments,
                           const char *division, struct voucher_header *out, struct error *err)
{
    const char *reference = option_get(arguments, OPTION_REFERENCE);
    date_t today = instant_to_date_in(journal_time(session->journal), ZONE_CHINA_SECONDS);

    memset(out, 0, sizeof *out);
    return option_date(arguments, OPTION_DATE, "--date", today, &out->event_date, err) &&
           argument_text(option_text(arguments, OPTION_DOCUMENT), "--document", out->document,
                         sizeof out->document, err) &&
           argument_text(option_text(arguments, OPTION_TEXT), "--text", out->text, sizeof out->text,
                         err) &&
           (reference != NULL ? argument_text(reference, "--reference", out->reference,
                                              sizeof out->reference, err)
                              : choose_reference(session->journal, division, out->reference, err));
}

static bool run_division_hand_over(struct session *session, const struct arguments *arguments,
                                   struct error *err)
{
    const char *to = option_get(arguments, OPTION_TO);
    struct division division, successor;
    struct voucher_header header;
    struct handed_over handed;
    char owed[MONEY_TEXT_SIZE];

    if (!session_begin(session, err) ||
        !division_resolve(session->journal, arguments->at[0], "", &division, err) ||
        (to != NULL && !division_resolve(session->journal, to, "", &successor, err)) ||
        !read_hand_over(session, arguments, division.code, &header, err) ||
        !division_hand_over(session->journal, &session->by, division.code,
                            to == NULL ? NULL : successor.code, &header, &handed, err) ||
        !session_commit(session, err))
        return false;
    submit_tell(&handed.receipt);
    if (handed.is_more) say("there is more than one voucher takes; run it again");
    if (!money_is_zero(handed.owed))
        say("%s yuan stays, which the bank returned: pay it again or remit it before the division "
            "is closed",
            money_format_grouped(handed.owed, owed));
    if (!money_is_zero(handed.lent))
        say("%s yuan stays, which borrowers owe: it is repaid there, and handed over then, before "
            "the division is closed",
            money_format_grouped(handed.lent, owed));
    return true;
}

static const struct argp_option hand_over_options[] = {
    {"to", OPTION_TO, "DIVISION", 0, "Which successor, where there are several", 0},
    {"date", OPTION_DATE, "DATE", 0, "The day of the hand-over (today)", 0},
    {"document", OPTION_DOCUMENT, "TEXT", 0, "The authorising document (the one that ends it)", 0},
    {"text", OPTION_TEXT, "TEXT", 0, "What for", 0},
    {"reference", OPTION_REFERENCE, "CODE", 0, "Its own reference (hand-over-of-DIVISION)", 0},
    {0}};

const struct command command_division_hand_over = {
    "division",
    "hand-over",
    "DIVISION",
    1,
    1,
    hand_over_options,
    "submit what an ended division has as a voucher to its successor",
    "All that is unassigned, available, committed or retained, account by account, so nobody types "
    "an amount. Another person approves it. What a voucher holds or the bank has to answer for "
    "waits; what is owed is paid again or remitted from there. A split by amounts is made with "
    "`mingzhang voucher submit succession`.\n\n"
    "  $ mingzhang -u li division hand-over 611025103201\n"
    "  2021-000031 submitted in entry 120; it waits for a checker\n",
    run_division_hand_over};

/* ---- close ----------------------------------------------------------------------------------- */

static bool run_division_close(struct session *session, const struct arguments *arguments,
                               struct error *err)
{
    struct division division;
    char question[QUESTION_SIZE];

    if (!session_begin(session, err) ||
        !division_resolve(session->journal, arguments->at[0], "", &division, err))
        return false;
    if (!option_given(arguments, OPTION_YES) && confirm_is_possible()) {
        snprintf(question, sizeof question,
                 _("Close division %s %s for good? Nothing is recorded of it any more."),
                 division.code, division.name);
        if (!confirm(question, err)) return false;
    }
    if (!division_close(session->journal, &session->by, division.code, err) ||
        !session_commit(session, err))
        return false;
    say("division %s %s is closed", division.code, division.name);
    return true;
}

static const struct argp_option close_options[] = {{"yes", OPTION_YES, NULL, 0, "Don't ask", 0},
                                                   {0}};

const struct command command_division_close = {
    "division",
    "close",
    "DIVISION",
    1,
    1,
    close_options,
    "close an ended division for good, once it has nothing left",
    "What is left is told, account by account. On a terminal you are asked first.\n\n"
    "  $ mingzhang -u wang division close 611025103201\n"
    "  division 611025103201 中合村 is closed\n",
    run_division_close};
