/*
 * hand_over.c - the voucher by which a division that ends passes what it has to its successor.
 *
 * 1. It takes what stands there, so nobody types an amount. What is committed or retained goes
 *    contract by contract, so that a contract's money stays its own.
 * 2. A large division takes several vouchers; what the first one holds the next one doesn't see.
 * 3. What is owed stays: it is due to the payees of returned payments, and is paid again or
 *    remitted from where it stands. In clear it would tell what one of them is to get.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

#define LEGS_AT_ONCE_MAX 150 /* of one voucher, each with two accounts of its own at most */

struct handing_over {
    struct journal *journal;
    struct voucher_draft *draft;
    struct voucher_line line; /* scratch */
    char to[DIVISION_CODE_SIZE];
    size_t count;
    bool is_more; /* than one voucher takes */
};

/* ---- To whom --------------------------------------------------------------------------------- */

struct choice {
    char code[DIVISION_CODE_SIZE];
    size_t count;
};

static bool choose(void *context, const struct division *division, struct error *err)
{
    struct choice *choice = context;

    (void)err;
    if (choice->count++ == 0) text_fill(choice->code, sizeof choice->code, division->code);
    return true;
}

static bool choose_successor(struct journal *journal, const struct division *division,
                             const char *given, char out[DIVISION_CODE_SIZE], struct error *err)
{
    struct choice choice = {"", 0};

    if (given != NULL) {
        text_fill(out, DIVISION_CODE_SIZE, given);
        return division_require_successor(journal, division->code, given, err);
    }
    if (!division_successor_each(journal, division->code, division->last_day, choose, &choice, err))
        return false;
    if (!division->has_end)
        return error_set(err, ERROR_STATE,
                         "division %s %s goes on; two administrators say first when it ends and "
                         "what comes after it (mingzhang division succeed)",
                         division->code, division->name);
    if (choice.count == 0)
        return error_set(err, ERROR_STATE,
                         "nothing in this ledger comes after division %s %s; recover its money to "
                         "the division above",
                         division->code, division->name);
    if (choice.count > 1)
        return error_set(err, ERROR_INPUT,
                         "%zu divisions come after %s %s; name one with --to, and submit what "
                         "each of them gets by the document",
                         choice.count, division->code, division->name);
    text_fill(out, DIVISION_CODE_SIZE, choice.code);
    return true;
}

/* ---- What ------------------------------------------------------------------------------------ */

/* The row's division, book, fund, role, amount, project, contract, plan line. */
static bool add_row(struct handing_over *over, const struct statement *statement,
                    const char *division, struct error *err)
{
    struct voucher_line *line = &over->line;
    enum account_role role;
    enum book book;

    if (over->count == LEGS_AT_ONCE_MAX) {
        over->is_more = true;
        return true;
    }
    memset(line, 0, sizeof *line);
    if (!book_parse(statement_text(statement, 0), &book, err) ||
        !account_role_parse(statement_text(statement, 2), &role, err) ||
        !money_from_fen(statement_integer(statement, 3), &line->amount, err))
        return false;
    account_set(&line->from, division, book, statement_text(statement, 1), role);
    account_set(&line->to, over->to, book, statement_text(statement, 1), role);
    sql_text(statement, 4, line->project, sizeof line->project);
    sql_text(statement, 5, line->contract, sizeof line->contract);
    line->plan_line = (int32_t)statement_integer(statement, 6);
    over->count++;
    return voucher_draft_add(over->draft, line, err);
}

static bool add_rows(struct handing_over *over, const char *division, struct error *err)
{
    struct statement *statement = NULL;
    bool has_row, ok = false;

    if (!sql_prepare(over->journal,
                     "SELECT book, fund, role, amount, '' AS project, '' AS contract, 0 AS "
                     "plan_line FROM balance WHERE division = $1 AND amount > 0 AND role IN "
                     "('unassigned', 'available') UNION ALL "
                     "SELECT o.book, o.fund, o.role, o.amount, c.project, o.contract, o.plan_line "
                     "FROM obligation o JOIN contract c ON c.code = o.contract WHERE o.division = "
                     "$1 AND o.amount > 0 ORDER BY 2, 1, 3, 6, 7",
                     SQL_VALUES(SQL_TEXT(division)), &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!add_row(over, statement, division, err)) goto out;
    }
    ok = over->count > 0 ||
         error_set(err, ERROR_STATE,
                   "division %s has nothing that could be handed over now; first pay again or "
                   "remit what is owed, let borrowers repay, what a voucher holds be decided and "
                   "the bank answer for what is in transit",
                   division);
out:
    statement_free(statement);
    return ok;
}

static bool read_authority(struct journal *journal, const char *division,
                           struct voucher_header *header, struct error *err)
{
    struct statement *statement;
    bool has_row;

    if (header->document[0] != '\0') return true;
    if (!sql_row(journal, "SELECT ended_by FROM division WHERE code = $1",
                 SQL_VALUES(SQL_TEXT(division)), &statement, &has_row, err))
        return false;
    if (!has_row) return true;
    sql_text(statement, 0, header->document, sizeof header->document);
    statement_reset(statement);
    return true;
}

static bool read_standing(struct journal *journal, const char *division, enum account_role role,
                          money_t *out, struct error *err)
{
    int64_t fen;

    return sql_integer(journal, "SELECT SUM(amount) FROM balance WHERE division = $1 AND role = $2",
                       SQL_VALUES(SQL_TEXT(division), SQL_TEXT(account_role_name(role))), &fen,
                       err) &&
           money_from_fen(fen, out, err);
}

bool division_hand_over(struct journal *journal, const struct signatory *by, const char *division,
                        const char *successor, const struct voucher_header *header,
                        struct handed_over *out, struct error *err)
{
    struct handing_over *over = calloc(1, sizeof *over);
    struct voucher_header own = *header;
    struct division ending;
    money_t owed, lent;
    bool ok = false;

    if (over == NULL) return error_set(err, ERROR_MEMORY, "no memory for a voucher");
    over->journal = journal;
    own.movement = MOVEMENT_SUCCESSION;
    if (!division_find(journal, division, &ending, err) ||
        !choose_successor(journal, &ending, successor, over->to, err) ||
        !read_authority(journal, division, &own, err) ||
        !voucher_draft_new(journal, &own, &over->draft, err) || !add_rows(over, division, err) ||
        !read_standing(journal, division, ACCOUNT_OWED, &owed, err) ||
        !read_standing(journal, division, ACCOUNT_RECEIVABLE, &lent, err) ||
        !voucher_draft_submit(over->draft, by, &out->receipt, NULL, err))
        goto out;
    out->is_more = over->is_more;
    out->owed = owed;
    out->lent = lent;
    ok = true;
out:
    voucher_draft_free(over->draft);
    free(over);
    return ok;
}
