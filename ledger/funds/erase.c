/*
 * erase.c - seal.erase: an act of two that takes away what is known of people, where law demands.
 *
 * 1. Only what is settled for good goes: the voucher is decided, the bank has answered for the
 * line, and the months in which all of it counts are closed. Of a row the kind itself tells; it is
 * asked where the act's ground is that the purpose is over.
 * 2. Totals stay, sealed ones too: they name nobody, and balances hang on them.
 * 3. With a line goes the hash of what was given for its voucher, against which guesses at the line
 *    could be tried.
 * 4. Live, the act takes the values away. In a replay they are gone already, and the act accounts
 *    for them; what can be asked without them is asked again.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

static const char *const ground_words[] = {"consent_withdrawn", "ordered",  "purpose_achieved",
                                           "retention_over",    "unlawful", NULL};

static const struct entry_member erase_members[] = {
    {.name = "ground", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = ground_words},
    {.name = "reason", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "seals", .type = MEMBER_ARRAY, .mark = MEMBER_PUBLIC, .members = seal_range_members},
    {.name = NULL},
};

/* What is looked at while an act is checked or takes effect. */
struct erasure {
    struct journal *journal;
    const struct json_document *document;
    uint32_t body;
    uint64_t act_seq;
    const struct seal_range *range;
};

static bool is_range_of(const struct seal_range *range, const char *kind, const char *member)
{
    return strcmp(range->kind, kind) == 0 && strcmp(range->member, member) == 0;
}

/* ---- May it go? ------------------------------------------------------------------------------ */

static bool require_closed(struct journal *journal, const struct voucher *voucher,
                           struct error *err)
{
    int64_t last;
    int32_t closed = 0;
    bool any;

    if (!sql_integer(journal, "SELECT MAX(booking_month) FROM bank_entry WHERE voucher = $1",
                     SQL_VALUES(SQL_TEXT(voucher->number)), &last, err) ||
        !period_closed_through(journal, &any, &closed, err))
        return false;
    if (last < voucher->booking_month) last = voucher->booking_month;
    return (any && last <= closed) ||
           error_set(err, ERROR_STATE,
                     "a month in which voucher %s counts is open; close it before anything of the "
                     "voucher is erased",
                     voucher->number);
}

bool voucher_require_final(struct journal *journal, const struct voucher *voucher,
                           struct error *err)
{
    if (voucher->state == VOUCHER_PENDING)
        return error_set(err, ERROR_STATE,
                         "voucher %s waits for its checker; only what is settled is erased",
                         voucher->number);
    if (voucher->state == VOUCHER_POSTED && voucher->reversed_by[0] != '\0')
        return error_set(err, ERROR_STATE,
                         "voucher %s is being reversed by %s, which nobody has decided",
                         voucher->number, voucher->reversed_by);
    return require_closed(journal, voucher, err);
}

struct line_check {
    const struct erasure *erasure;
    const struct voucher *voucher;
    bool are_others_gone; /* a line elsewhere, which may have paid a returned one again */
};

static bool is_settled(const struct line_check *check, enum line_state state)
{
    return check->voucher->state != VOUCHER_POSTED || state == LINE_POSTED ||
           state == LINE_CONFIRMED || state == LINE_REPAID || state == LINE_VOID ||
           (state == LINE_RETURNED && check->are_others_gone);
}

static bool note_others(struct line_check *check, struct error *err)
{
    const struct voucher *voucher = check->voucher;
    int64_t count;

    if (!journal_is_replaying(check->erasure->journal)) return true;
    if (!sql_integer(check->erasure->journal,
                     "SELECT COUNT(*) FROM gone_seal WHERE kind = 'voucher.line' AND state <> "
                     "'erased' AND (seq < $1 OR seq > $2)",
                     SQL_VALUES(SQL_INTEGER(voucher->submit_seq - (uint64_t)voucher->line_count),
                                SQL_INTEGER(voucher->submit_seq)),
                     &count, err))
        return false;
    check->are_others_gone = count != 0;
    return true;
}

static bool check_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                       const struct voucher_line *line, struct error *err)
{
    const struct line_check *check = context;
    const struct seal_range *range = check->erasure->range;
    const char *voucher = check->voucher->number;

    if (seq < range->first || seq > range->last) return true;
    if (!is_settled(check, state))
        return error_set(err, ERROR_STATE,
                         "line %d of voucher %s is %s; it is erased only when the bank has paid it "
                         "or it was remitted or reversed",
                         number, voucher, translate(line_state_name(state)));
    if (line->is_gone && journal_is_replaying(check->erasure->journal)) return true;
    if (line->is_gone || !line->payee.is_person)
        return error_set(err, ERROR_STATE,
                         line->is_gone ? N_("line %d of voucher %s is lost or erased already")
                                       : N_("line %d of voucher %s is about nobody; public money "
                                            "stays public"),
                         number, voucher);
    if (line->returned_voucher[0] != '\0')
        return error_set(err, ERROR_STATE,
                         "line %d of voucher %s settles the returned line %d of voucher %s, which "
                         "nothing would tell any more; it stays",
                         number, voucher, line->returned_line, line->returned_voucher);
    if (line->agreement[0] != '\0')
        return error_set(err, ERROR_STATE,
                         "line %d of voucher %s is under loan agreement %s, of which nobody could "
                         "tell any more what is still owed; it stays",
                         number, voucher, line->agreement);
    return line->project[0] == '\0' ||
           error_set(err, ERROR_STATE,
                     "line %d of voucher %s is paid under project %s, whose plan would not be "
                     "known any more; it stays",
                     number, voucher, line->project);
}

/* The hash over a voucher's lines goes with the first of them. */
static bool require_content(const struct erasure *erasure, const struct voucher *voucher,
                            struct error *err)
{
    struct sealed_place content = {voucher->submit_seq, "voucher.submit", "content"};
    bool goes;

    return journal_is_going(erasure->journal, erasure->document, erasure->body, &content, &goes,
                            err) &&
           (goes || error_set(err, ERROR_INPUT,
                              "with a line of voucher %s its content goes too, against which "
                              "guesses could be tried; name it",
                              voucher->number));
}

/* The voucher that entry `seq` belongs to. */
static bool find_voucher(struct journal *journal, uint64_t seq, struct voucher *out,
                         struct error *err)
{
    char number[VOUCHER_NUMBER_SIZE] = "";
    struct statement *statement;
    bool has_row;

    if (!sql_row(journal,
                 "SELECT number FROM voucher WHERE submit_seq >= $1 ORDER BY submit_seq LIMIT 1",
                 SQL_VALUES(SQL_INTEGER(seq)), &statement, &has_row, err))
        return false;
    if (has_row) {
        sql_text(statement, 0, number, sizeof number);
        statement_reset(statement);
        if (!voucher_find(journal, number, out, err)) return false;
    }
    return (has_row && seq + (uint64_t)out->line_count >= out->submit_seq) ||
           error_set(err, ERROR_INPUT, "entry %" PRIu64 " belongs to no voucher", seq);
}

static bool check_lines(struct erasure *erasure, const struct seal_range *range, struct error *err)
{
    struct line_check check = {.erasure = erasure};
    struct voucher voucher;

    if (!find_voucher(erasure->journal, range->first, &voucher, err)) return false;
    if (range->last >= voucher.submit_seq)
        return error_set(err, ERROR_INPUT,
                         "entries %" PRIu64 " to %" PRIu64 " aren't lines of one voucher",
                         range->first, range->last);
    check.voucher = &voucher;
    erasure->range = range;
    return voucher_require_final(erasure->journal, &voucher, err) && note_others(&check, err) &&
           voucher_line_each(erasure->journal, voucher.number, check_line, &check, err) &&
           require_content(erasure, &voucher, err);
}

static bool check_content(struct erasure *erasure, const struct seal_range *range,
                          struct error *err)
{
    struct voucher voucher;

    if (range->first != range->last)
        return error_set(err, ERROR_INPUT, "a range of contents names one entry");
    if (strcmp(range->kind, "voucher.submit") != 0) return true;
    if (!find_voucher(erasure->journal, range->first, &voucher, err)) return false;
    return voucher.submit_seq != range->first ||
           voucher_require_final(erasure->journal, &voucher, err);
}

static bool check_attachments(struct erasure *erasure, const struct seal_range *range,
                              struct error *err)
{
    return attachment_check_erasure(erasure->journal, range, err);
}

static bool erase_lines(struct erasure *erasure, const struct seal_range *range, struct error *err);
static bool erase_content(struct erasure *erasure, const struct seal_range *range,
                          struct error *err);
static bool erase_attachments(struct erasure *erasure, const struct seal_range *range,
                              struct error *err);

static bool check_rows(struct erasure *erasure, const struct seal_range *range, struct error *err);
static bool erase_rows(struct erasure *erasure, const struct seal_range *range, struct error *err);

/* What can be erased. */
static const struct erasable {
    const char *kind, *member;
    bool (*check)(struct erasure *erasure, const struct seal_range *range, struct error *err);
    bool (*erase)(struct erasure *erasure, const struct seal_range *range, struct error *err);
} erasables[] = {
    {"attachment.add", "file", check_attachments, erase_attachments},
    {"attachment.add", "title", check_attachments, erase_attachments},
    {"import.file", "content", check_content, erase_content},
    {"voucher.line", "detail", check_lines, erase_lines},
    {"voucher.submit", "content", check_content, erase_content},
};

/* What rows of sheets seal about people: the kind itself knows what hangs on it. */
static const struct erasable erasable_rows = {.check = check_rows, .erase = erase_rows};

static const struct erasable *find_erasable(struct journal *journal, const struct seal_range *range)
{
    for (size_t i = 0; i < ARRAY_COUNT(erasables); i++)
        if (is_range_of(range, erasables[i].kind, erasables[i].member)) return &erasables[i];
    return journal_range_kind(journal, range)->forget == NULL ? NULL : &erasable_rows;
}

static bool check_range(void *context, const struct seal_range *range, struct error *err)
{
    struct erasure *erasure = context;
    const struct erasable *erasable = find_erasable(erasure->journal, range);

    if (erasable == NULL)
        return error_set(err, ERROR_INPUT,
                         "%s/%s is not erased: only what lines say about people is, the content of "
                         "vouchers and files, and attached files with their titles",
                         range->kind, range->member);
    /* In a replay, what was seconded is gone already, and is held to its word when it takes
     * effect. */
    return (journal_is_replaying(erasure->journal) ||
            journal_require_here(erasure->journal, range, err)) &&
           erasable->check(erasure, range, err);
}

static bool erase_check(struct journal *journal, const struct json_document *document,
                        uint32_t body, struct error *err)
{
    struct erasure erasure = {.journal = journal, .document = document, .body = body};
    char reason[TEXT_SIZE];

    if (!json_get_string(document, body, "reason", reason, sizeof reason, err)) return false;
    if (reason[0] == '\0')
        return error_set(err, ERROR_INPUT, "erasing needs a reason beside its ground; give one");
    return journal_walk_ranges(journal, document, body, check_range, &erasure, err);
}

/* ---- It goes --------------------------------------------------------------------------------- */

static bool erase_lines(struct erasure *erasure, const struct seal_range *range, struct error *err)
{
    struct voucher voucher;

    return find_voucher(erasure->journal, range->first, &voucher, err) &&
           voucher_remove_payees(erasure->journal, &voucher, err) &&
           journal_erase(erasure->journal, range, erasure->act_seq, err) &&
           voucher_redraw(erasure->journal, &voucher, err);
}

static bool erase_content(struct erasure *erasure, const struct seal_range *range,
                          struct error *err)
{
    return journal_erase(erasure->journal, range, erasure->act_seq, err) &&
           journal_forget_content(erasure->journal, range, err);
}

static bool erase_attachments(struct erasure *erasure, const struct seal_range *range,
                              struct error *err)
{
    return journal_erase(erasure->journal, range, erasure->act_seq, err) &&
           attachment_erase(erasure->journal, range, err);
}

/* Of the grounds these two say something that the ledger knows; the others the law leaves to nobody
 * here. */
static bool check_rows(struct erasure *erasure, const struct seal_range *range, struct error *err)
{
    const struct entry_kind *kind = journal_range_kind(erasure->journal, range);
    char ground[32];

    if (!json_get_string(erasure->document, erasure->body, "ground", ground, sizeof ground, err))
        return false;
    if (strcmp(ground, "purpose_achieved") != 0 && strcmp(ground, "retention_over") != 0)
        return true;
    return kind->settled(erasure->journal, range, erasure->document, erasure->body, err);
}

static bool erase_rows(struct erasure *erasure, const struct seal_range *range, struct error *err)
{
    return journal_erase(erasure->journal, range, erasure->act_seq, err) &&
           journal_range_kind(erasure->journal, range)->forget(erasure->journal, range, err);
}

static bool erase_range(void *context, const struct seal_range *range, struct error *err)
{
    struct erasure *erasure = context;

    if (journal_is_replaying(erasure->journal))
        return journal_account_for(erasure->journal, range, GONE_ERASED, erasure->act_seq, err);
    return find_erasable(erasure->journal, range)
        ->erase(erasure, range, err); /* it was checked to be one */
}

static bool erase_take_effect(struct journal *journal, const struct entry_view *second,
                              const struct json_document *document, uint32_t body,
                              struct error *err)
{
    struct erasure erasure = {
        .journal = journal, .document = document, .body = body, .act_seq = second->seq};

    return journal_walk_ranges(journal, document, body, erase_range, &erasure, err);
}

const struct act_kind seal_erase_act = {
    .name = "seal.erase",
    .members = erase_members,
    .check = erase_check,
    .take_effect = erase_take_effect,
};
