/*
 * voucher_check.c - a voucher's legs against the register: divisions, funds, projects, contracts,
 * the negative list.
 *
 * 1. Checks are made for legs, not for lines, so that a payroll of 100,000 lines costs no more than
 *    one of ten.
 * 2. Before each check the first line of its leg is noted, so that a refusal can be shown in its
 * row.
 * 3. Nothing here reads the clock: expiry is judged by the date of the event.
 */
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

bool voucher_check_header(const struct voucher_header *header, const char *reverses,
                          struct error *err)
{
    const char *name = movement_name(header->movement);
    bool is_reversal = header->movement == MOVEMENT_REVERSAL;
    bool needs_document = header->movement == MOVEMENT_REALLOCATION ||
                          header->movement == MOVEMENT_RECEIPT ||
                          header->movement == MOVEMENT_SUCCESSION;

    if (is_reversal != (reverses[0] != '\0'))
        return error_set(err, ERROR_INPUT,
                         is_reversal ? N_("a reversal names the voucher that it reverses")
                                     : N_("%s doesn't name a voucher that it reverses"),
                         name);
    if (needs_document && header->document[0] == '\0')
        return error_set(err, ERROR_INPUT, "%s needs an authorising document; name its number",
                         name);
    if (header->movement == MOVEMENT_RECEIPT && header->text[0] == '\0')
        return error_set(err, ERROR_INPUT, "a receipt says in its text who paid; name the payer");
    if (is_reversal && header->text[0] == '\0')
        return error_set(err, ERROR_INPUT, "a reversal says in its text why; give the reason");
    return true;
}

/* ---- Funds ----------------------------------------------------------------------------------- */

static bool check_fund(struct journal *journal, const struct submission *submission,
                       const struct leg_key *key, struct error *err)
{
    struct fund fund;
    char expiry[DATE_TEXT_SIZE];
    enum movement movement = submission->header.movement;

    if (!fund_find(journal, key->from.fund, &fund, err)) return false;
    if (key->to.book != BOOK_NONE && !fund.books[key->to.book])
        return error_set(err, ERROR_EARMARK,
                         "fund %s (%s) may not be used in book %s; its document doesn't allow it",
                         fund.code, fund.document, translate(book_name(key->to.book)));
    if (fund.has_expiry && date_is_before(fund.expiry, submission->header.event_date) &&
        !movement_allowed_after_expiry(movement, key->from.role, key->to.role))
        return error_set(err, ERROR_STATE,
                         "fund %s expired on %s; but for what is owed or retained its money can "
                         "only be recovered or remitted",
                         fund.code, date_format(fund.expiry, expiry));
    return true;
}

/* ---- Projects and contracts ------------------------------------------------------------------ */

static bool check_project(struct journal *journal, const struct leg_key *key, date_t day,
                          bool *is_accepted, struct error *err)
{
    struct statement *statement;
    bool has_row, is_for_it;
    char division[DIVISION_CODE_SIZE], book[16], date[DATE_TEXT_SIZE];

    if (!sql_row(journal,
                 "SELECT division, book, accepted_on <> '' AND accepted_on <= $1 FROM project "
                 "WHERE code = $2",
                 SQL_VALUES(SQL_TEXT(date_format(day, date)), SQL_TEXT(key->project)), &statement,
                 &has_row, err))
        return false;
    if (!has_row)
        return error_set(err, ERROR_NOT_FOUND,
                         "project %s is not in the project bank; register it before it gets money",
                         key->project);
    sql_text(statement, 0, division, sizeof division);
    sql_text(statement, 1, book, sizeof book);
    *is_accepted = statement_integer(statement, 2) != 0;
    statement_reset(statement);
    if (strcmp(book, book_name(key->from.book)) != 0)
        return error_set(err, ERROR_EARMARK,
                         "project %s is paid from book %s, not from book %s; assign or reallocate "
                         "the money first",
                         key->project, book, translate(book_name(key->from.book)));
    if (!division_leads_into(journal, division, key->from.division, &is_for_it, err)) return false;
    if (!is_for_it)
        return error_set(err, ERROR_EARMARK,
                         "project %s lies in division %s; money of division %s is not for it",
                         key->project, division, key->from.division);
    return true;
}

static bool check_plan_line(struct journal *journal, const struct leg_key *key, struct error *err)
{
    struct statement *statement;
    bool has_row;
    char fund[CODE_SIZE];

    if (!sql_row(journal, "SELECT fund FROM plan_line WHERE project = $1 AND line = $2",
                 SQL_VALUES(SQL_TEXT(key->project), SQL_INTEGER(key->plan_line)), &statement,
                 &has_row, err))
        return false;
    if (!has_row)
        return error_set(err, ERROR_NOT_FOUND,
                         "project %s has no plan line %d; name one of its plan", key->project,
                         key->plan_line);
    sql_text(statement, 0, fund, sizeof fund);
    statement_reset(statement);
    if (fund[0] == '\0')
        return error_set(err, ERROR_EARMARK,
                         "plan line %d of project %s is outside money, which doesn't pass through "
                         "these accounts; name the line of fund %s",
                         key->plan_line, key->project, key->from.fund);
    if (strcmp(fund, key->from.fund) != 0)
        return error_set(err, ERROR_EARMARK,
                         "plan line %d of project %s is money of fund %s, not of fund %s",
                         key->plan_line, key->project, fund, key->from.fund);
    return true;
}

static bool check_contract(struct journal *journal, const struct submission *submission,
                           const struct leg_key *key, struct error *err)
{
    struct contract contract;
    bool needs_open = key->from.role == ACCOUNT_COMMITTED || key->to.role == ACCOUNT_COMMITTED;
    bool is_settlement = submission->effect == MOVEMENT_SETTLEMENT &&
                         submission->header.movement == MOVEMENT_REVERSAL;

    if (!contract_find(journal, key->contract, &contract, err)) return false;
    if (strcmp(contract.project, key->project) != 0)
        return error_set(err, ERROR_CONTRACT,
                         "contract %s belongs to project %s, not to project %s", key->contract,
                         contract.project, key->project);
    if (contract.settled && needs_open && !is_settlement)
        return error_set(err, ERROR_CONTRACT,
                         "contract %s is settled; its final price stands: reverse the settlement "
                         "first",
                         key->contract);
    return true;
}

static bool check_under_project(struct journal *journal, const struct submission *submission,
                                const struct leg_key *key, struct error *err)
{
    bool is_accepted = false;
    char date[DATE_TEXT_SIZE];

    if (key->project[0] == '\0') return true;
    if (!check_project(journal, key, submission->header.event_date, &is_accepted, err) ||
        !check_plan_line(journal, key, err))
        return false;
    if (key->contract[0] != '\0' && !check_contract(journal, submission, key, err)) return false;
    if (submission->header.movement == MOVEMENT_PAYMENT && key->from.role == ACCOUNT_RETENTION &&
        !is_accepted)
        return error_set(
            err, ERROR_STATE,
            "retention of contract %s is paid after acceptance, and project %s was not "
            "accepted by %s; record its acceptance first",
            key->contract, key->project, date_format(submission->header.event_date, date));
    return true;
}

/* Divisions that have ended take nothing more; what they have goes to what comes after them. */
static bool check_divisions(struct journal *journal, const struct submission *submission,
                            const struct leg_key *key, struct error *err)
{
    bool is_same = strcmp(key->from.division, key->to.division) == 0;
    struct division_use use = {.day = submission->header.event_date,
                               .movement = submission->header.movement,
                               .from = key->from.role};

    if (!division_require_open(journal, key->from.division, &use, err)) return false;
    use.is_given_from_elsewhere = !is_same;
    if (!is_same && !division_require_open(journal, key->to.division, &use, err)) return false;
    return submission->header.movement != MOVEMENT_SUCCESSION ||
           division_require_successor(journal, key->from.division, key->to.division, err);
}

bool voucher_check_legs(struct journal *journal, const struct submission *submission,
                        struct error *err)
{
    struct funds_state *state = funds_state(journal);
    struct voucher_pass *pass = &state->pass;
    bool is_reversal = submission->header.movement == MOVEMENT_REVERSAL;

    for (size_t i = 0; i < pass->leg_sums.count; i++) {
        const struct leg_key *key = tally_key(&pass->leg_sums, i);

        state->bad_line = pass->legs[i].first_line;
        if (!is_reversal &&
            !leg_check(submission->header.movement, key, &pass->legs[i], &state->bad_line, err))
            return false;
        if (!check_divisions(journal, submission, key, err)) return false;
        if (!is_reversal && !check_fund(journal, submission, key, err)) return false;
        if (!check_under_project(journal, submission, key, err) ||
            !obligation_move(journal, key, pass->leg_sums.sums[i], OBLIGATION_SUBMIT, err))
            return false;
    }
    state->bad_line = 0;
    return true;
}

/* ---- Settlements ----------------------------------------------------------------------------- */

struct contract_code {
    char code[CODE_SIZE];
};

static bool check_settled_contract(struct journal *journal, const char *code, money_t moved,
                                   money_t retained, struct error *err)
{
    struct statement *statement;
    bool has_row;
    int64_t committed, pending;
    money_t price, allowed;
    int64_t retention_bp;
    char text[MONEY_TEXT_SIZE];

    if (!sql_row(journal,
                 "SELECT committed, pending, price, retention_bp FROM contract WHERE code = $1",
                 SQL_VALUES(SQL_TEXT(code)), &statement, &has_row, err))
        return false;
    if (!has_row) return error_set(err, ERROR_NOT_FOUND, "contract %s is not registered", code);
    committed = statement_integer(statement, 0);
    pending = statement_integer(statement, 1);
    price = (money_t){statement_integer(statement, 2)};
    retention_bp = statement_integer(statement, 3);
    statement_reset(statement);
    if (pending != moved.fen)
        return error_set(err, ERROR_STATE,
                         "contract %s has other vouchers that nobody has decided; approve or "
                         "reject them before the settlement",
                         code);
    if (committed != 0)
        return error_set(err, ERROR_CONTRACT,
                         "the settlement of contract %s leaves %s yuan committed; release or "
                         "retain all of it",
                         code, money_format_grouped((money_t){committed}, text));
    if (!money_multiply_ratio(price, retention_bp, 10000, &allowed, err)) return false;
    if (money_compare(retained, allowed) > 0)
        return error_set(err, ERROR_CONTRACT,
                         "contract %s allows %s yuan of retention at most; retain less", code,
                         money_format_grouped(allowed, text));
    return true;
}

bool voucher_check_settlement(struct journal *journal, const struct submission *submission,
                              struct error *err)
{
    const struct voucher_pass *pass = &funds_state(journal)->pass;
    struct tally moved, retained;
    bool ok = false;

    if (submission->header.movement != MOVEMENT_SETTLEMENT) return true;
    tally_init(&moved, sizeof(struct contract_code), VOUCHER_LEGS_MAX);
    tally_init(&retained, sizeof(struct contract_code), VOUCHER_LEGS_MAX);
    for (size_t i = 0; i < pass->leg_sums.count; i++) {
        const struct leg_key *key = tally_key(&pass->leg_sums, i);
        money_t sum = pass->leg_sums.sums[i];
        bool is_retained = key->to.role == ACCOUNT_RETENTION;

        /* Both tallies get a row for each contract, in the same order. */
        if (!tally_add(&moved, key->contract, sum, NULL, err) ||
            !tally_add(&retained, key->contract, is_retained ? sum : MONEY_ZERO, NULL, err))
            goto out;
    }
    for (size_t i = 0; i < moved.count; i++)
        if (!check_settled_contract(journal, tally_key(&moved, i), moved.sums[i], retained.sums[i],
                                    err))
            goto out;
    ok = true;
out:
    tally_done(&moved);
    tally_done(&retained);
    return ok;
}

static bool check_nothing_undecided(struct journal *journal, const char *voucher, struct error *err)
{
    struct statement *statement;
    bool has_row;
    char contract[CODE_SIZE], other[VOUCHER_NUMBER_SIZE];

    if (!sql_row(journal,
                 "SELECT l.contract, v.number FROM voucher v JOIN leg l ON l.voucher = v.number "
                 "WHERE v.state = 'pending' AND v.number <> $1 AND l.contract IN (SELECT contract "
                 "FROM leg WHERE voucher = $1) ORDER BY v.number, l.leg LIMIT 1",
                 SQL_VALUES(SQL_TEXT(voucher)), &statement, &has_row, err))
        return false;
    if (!has_row) return true;
    sql_text(statement, 0, contract, sizeof contract);
    sql_text(statement, 1, other, sizeof other);
    statement_reset(statement);
    return error_set(err, ERROR_STATE,
                     "nobody has decided voucher %s of contract %s; approve or reject it before "
                     "the settlement",
                     other, contract);
}

bool voucher_check_settled(struct journal *journal, const char *voucher, struct error *err)
{
    struct statement *statement;
    bool has_row;
    char contract[CODE_SIZE], text[MONEY_TEXT_SIZE];

    if (!check_nothing_undecided(journal, voucher, err) ||
        !sql_row(journal,
                 "SELECT code, committed FROM contract WHERE committed <> 0 AND code IN (SELECT "
                 "contract FROM leg WHERE voucher = $1) ORDER BY code LIMIT 1",
                 SQL_VALUES(SQL_TEXT(voucher)), &statement, &has_row, err))
        return false;
    if (!has_row) return true;
    sql_text(statement, 0, contract, sizeof contract);
    (void)money_format_grouped((money_t){statement_integer(statement, 1)}, text);
    statement_reset(statement);
    return error_set(err, ERROR_CONTRACT,
                     "%s yuan were committed to contract %s since this settlement was submitted; "
                     "reject it, and settle all of them",
                     text, contract);
}

/* ---- The negative list ----------------------------------------------------------------------- */

static bool refuse_forbidden(struct journal *journal, const struct submission *submission,
                             size_t item, const char *where, struct error *err)
{
    int64_t is_granted;

    if (!sql_integer(
            journal, "SELECT COUNT(*) FROM exception WHERE code = $1 AND reference = $2",
            SQL_VALUES(SQL_TEXT(negative_list_code(item)), SQL_TEXT(submission->header.reference)),
            &is_granted, err))
        return false;
    if (is_granted != 0) return true;
    return error_set(err, ERROR_NEGATIVE_LIST,
                     "%s %s: %s speaks of what the funds may not pay for; if it is lawful all the "
                     "same, two administrators can grant an exception to reference %s",
                     negative_list_code(item), negative_list_name(item), translate(where),
                     submission->header.reference);
}

/* `text`: the voucher's, squeezed. */
static bool check_item(struct journal *journal, const struct submission *submission, size_t item,
                       const char *text, struct error *err)
{
    struct funds_state *state = funds_state(journal);
    struct voucher_pass *pass = &state->pass;

    if (negative_list_find(item, text) != NULL &&
        !refuse_forbidden(journal, submission, item, N_("the voucher's text"), err))
        return false;
    if (pass->forbidden[item] != 0) {
        state->bad_line = pass->forbidden[item];
        if (!refuse_forbidden(journal, submission, item, N_("the line's text or policy"), err))
            return false;
        state->bad_line = 0;
    }
    return true;
}

static bool check_project_words(struct journal *journal, const struct submission *submission,
                                const char *project, struct error *err)
{
    struct statement *statement;
    bool has_row;
    bool hits[NEGATIVE_LIST_MAX] = {false};
    char name[NEGATIVE_LIST_TEXT_SIZE], task[NEGATIVE_LIST_TEXT_SIZE];

    if (!sql_row(journal, "SELECT name, task FROM project WHERE code = $1",
                 SQL_VALUES(SQL_TEXT(project)), &statement, &has_row, err))
        return false;
    if (!has_row) return true;
    negative_list_squeeze(statement_text(statement, 0), name);
    negative_list_squeeze(statement_text(statement, 1), task);
    for (size_t i = 0; i < negative_list_count(); i++)
        hits[i] = negative_list_holds(i, submission->header.event_date) &&
                  (negative_list_find(i, name) != NULL || negative_list_find(i, task) != NULL);
    statement_reset(statement);
    for (size_t i = 0; i < negative_list_count(); i++)
        if (hits[i] &&
            !refuse_forbidden(journal, submission, i, N_("the project's name or task"), err))
            return false;
    return true;
}

bool voucher_check_negative_list(struct journal *journal, const struct submission *submission,
                                 struct error *err)
{
    struct funds_state *state = funds_state(journal);
    struct voucher_pass *pass = &state->pass;
    enum movement movement = submission->header.movement;
    char text[NEGATIVE_LIST_TEXT_SIZE];

    if (movement != MOVEMENT_PAYMENT && movement != MOVEMENT_COMMITMENT &&
        movement != MOVEMENT_LOAN)
        return true;
    negative_list_squeeze(submission->header.text, text);
    for (size_t i = 0; i < negative_list_count(); i++)
        if (negative_list_holds(i, submission->header.event_date) &&
            !check_item(journal, submission, i, text, err))
            return false;
    for (size_t i = 0; i < pass->leg_sums.count; i++) {
        const struct leg_key *key = tally_key(&pass->leg_sums, i);

        state->bad_line = pass->legs[i].first_line;
        if (key->project[0] != '\0' && !check_project_words(journal, submission, key->project, err))
            return false;
    }
    state->bad_line = 0;
    return true;
}

/* ---- Appropriations -------------------------------------------------------------------------- */

bool voucher_check_ceiling(struct journal *journal, const char *voucher, struct error *err)
{
    struct statement *statement = NULL;
    bool has_row;
    char fund[CODE_SIZE], limit[MONEY_TEXT_SIZE], used[MONEY_TEXT_SIZE], more[MONEY_TEXT_SIZE];

    if (!sql_row(journal,
                 "SELECT f.code, f.amount, COALESCE(a.amount, 0), SUM(l.amount) FROM leg l JOIN "
                 "fund f ON f.code = l.to_fund LEFT JOIN fund_flow a ON a.fund = f.code AND a.term "
                 "= 'appropriated' WHERE l.voucher = $1 AND f.amount > 0 GROUP BY f.code, "
                 "f.amount, a.amount HAVING COALESCE(a.amount, 0) + SUM(l.amount) > f.amount ORDER "
                 "BY f.code LIMIT 1",
                 SQL_VALUES(SQL_TEXT(voucher)), &statement, &has_row, err))
        return false;
    if (!has_row) return true;
    sql_text(statement, 0, fund, sizeof fund);
    (void)money_format_grouped((money_t){statement_integer(statement, 1)}, limit);
    (void)money_format_grouped((money_t){statement_integer(statement, 2)}, used);
    (void)money_format_grouped((money_t){statement_integer(statement, 3)}, more);
    statement_reset(statement);
    return error_set(err, ERROR_INSUFFICIENT,
                     "fund %s is %s yuan by its document; %s are appropriated already and %s more "
                     "were asked for",
                     fund, limit, used, more);
}
