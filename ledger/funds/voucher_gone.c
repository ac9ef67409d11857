/*
 * voucher_gone.c - vouchers some of whose lines nobody can read any more: lost or erased.
 *
 * 1. What such lines moved together is what the voucher's totals say, less what the lines that are
 *    here come to. Taken pair by pair, as near to one another as the books allow, it makes the legs
 *    of what is gone: accounts and amounts are right, and of projects and payees nothing is known.
 * 2. Erasing makes a voucher's rows anew by the same code by which a replay without the lines makes
 *    them, so that both end with the same tables.
 */
#include <assert.h>
#include <string.h>

#include "ledger/funds/internal.h"

bool totals_read(const struct json_document *document, uint32_t array, struct tally *out,
                 struct error *err)
{
    char division[DIVISION_CODE_SIZE], book_text[16], fund[CODE_SIZE], role_text[16];
    enum account_role role;
    struct account account;
    enum book book;
    money_t amount;
    int64_t fen;

    if (json_type(document, array) != JSON_ARRAY)
        return error_set(err, ERROR_INPUT, "the totals are not an array");
    for (uint32_t at = json_first(document, array); at != JSON_NONE; at = json_next(document, at)) {
        if (!json_get_string(document, at, "division", division, sizeof division, err) ||
            !json_get_string(document, at, "book", book_text, sizeof book_text, err) ||
            !json_get_string(document, at, "fund", fund, sizeof fund, err) ||
            !json_get_string(document, at, "role", role_text, sizeof role_text, err) ||
            !json_get_integer(document, at, "amount", &fen, err) ||
            !money_from_fen(fen, &amount, err) || !book_parse(book_text, &book, err) ||
            !account_role_parse(role_text, &role, err))
            return false;
        account_set(&account, division, book, fund, role);
        if (!tally_add(out, &account, amount, NULL, err)) return false;
    }
    return true;
}

/* ---- What the lines that are gone moved ------------------------------------------------------ */

/* How near two accounts are: 2 in one book, 1 in one division, 0 of one fund, -1 strangers. */
static int nearness(const struct account *a, const struct account *b)
{
    if (strcmp(a->fund, b->fund) != 0) return -1;
    if (strcmp(a->division, b->division) != 0) return 0;
    return a->book == b->book ? 2 : 1;
}

static bool add_leg(struct voucher_pass *pass, const struct account *from, const struct account *to,
                    money_t amount, struct error *err)
{
    struct leg_key key;

    memset(&key, 0, sizeof key);
    key.from = *from;
    key.to = *to;
    return pass_add_to_leg(pass, &key, amount, NULL, err) &&
           money_add(pass->amount, amount, &pass->amount, err);
}

/* Move what account `from` gave to the accounts so near that still lack something. */
static bool pair_up(struct voucher_pass *pass, struct tally *rest, size_t from, int near,
                    struct error *err)
{
    for (size_t to = 0; to < rest->count && money_is_negative(rest->sums[from]); to++) {
        money_t amount = money_negate(rest->sums[from]);

        if (money_is_zero(rest->sums[to]) || money_is_negative(rest->sums[to]) ||
            nearness(tally_key(rest, from), tally_key(rest, to)) != near)
            continue;
        if (money_compare(rest->sums[to], amount) < 0) amount = rest->sums[to];
        if (!add_leg(pass, tally_key(rest, from), tally_key(rest, to), amount, err) ||
            !money_add(rest->sums[from], amount, &rest->sums[from], err) ||
            !money_subtract(rest->sums[to], amount, &rest->sums[to], err))
            return false;
    }
    return true;
}

bool pass_fill_gone(struct voucher_pass *pass, struct tally *totals, struct error *err)
{
    for (size_t i = 0; i < pass->totals.count; i++)
        if (!tally_add(totals, tally_key(&pass->totals, i), money_negate(pass->totals.sums[i]),
                       NULL, err))
            return false;
    if (!tally_sort(totals, account_compare, err)) return false;
    for (int near = 2; near >= 0; near--)
        for (size_t from = 0; from < totals->count; from++)
            if (!pair_up(pass, totals, from, near, err)) return false;
    for (size_t i = 0; i < totals->count; i++)
        if (!money_is_zero(totals->sums[i]))
            return error_set(err, ERROR_VERIFY,
                             "the totals of voucher %s don't tell what its lines moved that are "
                             "lost or erased",
                             pass->voucher);
    return true;
}

bool voucher_has_gone(struct journal *journal, const struct voucher *voucher, bool *out,
                      struct error *err)
{
    int64_t count;

    if (!sql_integer(journal,
                     "SELECT COUNT(*) FROM gone_seal WHERE seq >= $1 AND seq < $2 AND member = "
                     "'detail'",
                     SQL_VALUES(SQL_INTEGER(voucher->submit_seq - (uint64_t)voucher->line_count),
                                SQL_INTEGER(voucher->submit_seq)),
                     &count, err))
        return false;
    *out = count != 0;
    return true;
}

/* ---- A voucher's rows made anew -------------------------------------------------------------- */

struct redraw {
    struct journal *journal;
    struct tally totals; /* of struct account */
    uint64_t run;        /* of its payee rows */
    const char *voucher;
};

static bool remove_payee(void *context, int32_t number, enum line_state state, uint64_t seq,
                         const struct voucher_line *line, struct error *err)
{
    const struct redraw *redraw = context;
    struct buffer key = BUFFER_INIT(TEXT_SIZE + 2);
    bool ok;

    (void)state;
    (void)seq;
    if (line->is_gone || line->payee.name[0] == '\0') return true;
    ok = payee_key(&line->payee, &key, err) &&
         sql_run(redraw->journal,
                 "DELETE FROM payee_line WHERE run = $1 AND payee = $2 AND voucher = $3 AND line = "
                 "$4",
                 SQL_VALUES(SQL_INTEGER(redraw->run), SQL_TEXT(buffer_text(&key)),
                            SQL_TEXT(redraw->voucher), SQL_INTEGER(number)),
                 err);
    buffer_wipe(&key);
    buffer_done(&key);
    return ok;
}

bool voucher_remove_payees(struct journal *journal, const struct voucher *voucher,
                           struct error *err)
{
    struct redraw redraw = {.journal = journal, .voucher = voucher->number};

    if (voucher->line_count >= LARGE_VOUCHER_LINES) redraw.run = voucher->submit_seq;
    return voucher_line_each(journal, voucher->number, remove_payee, &redraw, err) &&
           sql_run(journal,
                   "DELETE FROM payee_run WHERE run = $1 AND NOT EXISTS (SELECT 1 FROM payee_line "
                   "WHERE payee_line.run = payee_run.run)",
                   SQL_VALUES(SQL_INTEGER(redraw.run)), err);
}

static bool take_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                      const struct voucher_line *line, struct error *err)
{
    const struct redraw *redraw = context;
    struct voucher_pass *pass = &funds_state(redraw->journal)->pass;

    (void)number;
    (void)state;
    (void)seq;
    return line->is_gone ? pass_add_gone(pass, err) : pass_add(pass, line, err);
}

static bool take_total(void *context, const struct balance *total, struct error *err)
{
    struct redraw *redraw = context;

    return tally_add(&redraw->totals, &total->account, total->amount, NULL, err);
}

bool voucher_redraw(struct journal *journal, const struct voucher *voucher, struct error *err)
{
    struct voucher_pass *pass = &funds_state(journal)->pass;
    struct submission *submission = &(struct submission){
        .seq = voucher->submit_seq,
        .header = {.movement = voucher->movement},
        .effect = voucher->movement, /* a succession, which legs tell more of, pays nobody */
    };
    struct redraw redraw = {.journal = journal, .voucher = voucher->number};
    bool ok = false;

    assert(pass->line_count == 0); /* an act never stands among lines */
    tally_init(&redraw.totals, sizeof(struct account), 2 * VOUCHER_ACCOUNTS_MAX);
    text_fill(pass->voucher, sizeof pass->voucher, voucher->number);
    text_fill(submission->voucher, sizeof submission->voucher, voucher->number);
    if (!voucher_line_each(journal, voucher->number, take_line, &redraw, err) ||
        !voucher_total_each(journal, voucher->number, take_total, &redraw, err) ||
        !pass_fill_gone(pass, &redraw.totals, err) || !pass_finish(pass, err) ||
        !sql_run(journal, "DELETE FROM leg WHERE voucher = $1",
                 SQL_VALUES(SQL_TEXT(voucher->number)), err) ||
        !voucher_insert_legs(journal, submission, err) ||
        !voucher_insert_payees(journal, submission, err))
        goto out;
    ok = true;
out:
    pass_reset(pass);
    tally_done(&redraw.totals);
    return ok;
}
