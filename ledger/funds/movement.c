/*
 * movement.c - which movement may take money from which role to which, and what its lines must
 * name.
 *
 * 1. Nothing here looks at the ledger's state: a line can be refused while it is being typed.
 * 2. `source` and `unassigned` live in book none, every other role in one of the three books.
 * 3. A fund's money stays that fund's in every movement.
 */
#include <assert.h>
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

enum place {
    PLACE_SAME,       /* the same division; the same book, where both are in one */
    PLACE_BELOW,      /* to a division strictly below, same book */
    PLACE_ABOVE,      /* to a division strictly above, same book */
    PLACE_OTHER_BOOK, /* the same division, another book */
    PLACE_SUCCESSOR,  /* another division, same book; which one the ledger knows */
};

struct path {
    enum movement movement;
    enum account_role from, to;
    enum place place;
};

// clang-format off
static const struct path paths[] = {
    {MOVEMENT_APPROPRIATION, ACCOUNT_SOURCE,     ACCOUNT_UNASSIGNED, PLACE_SAME},
    {MOVEMENT_RECEIPT,       ACCOUNT_SOURCE,     ACCOUNT_UNASSIGNED, PLACE_SAME},
    {MOVEMENT_ALLOCATION,    ACCOUNT_UNASSIGNED, ACCOUNT_UNASSIGNED, PLACE_BELOW},
    {MOVEMENT_ALLOCATION,    ACCOUNT_AVAILABLE,  ACCOUNT_AVAILABLE,  PLACE_BELOW},
    {MOVEMENT_RECOVERY,      ACCOUNT_UNASSIGNED, ACCOUNT_UNASSIGNED, PLACE_ABOVE},
    {MOVEMENT_RECOVERY,      ACCOUNT_AVAILABLE,  ACCOUNT_AVAILABLE,  PLACE_ABOVE},
    {MOVEMENT_COMMITMENT,    ACCOUNT_AVAILABLE,  ACCOUNT_COMMITTED,  PLACE_SAME},
    {MOVEMENT_RELEASE,       ACCOUNT_COMMITTED,  ACCOUNT_AVAILABLE,  PLACE_SAME},
    {MOVEMENT_PAYMENT,       ACCOUNT_AVAILABLE,  ACCOUNT_IN_TRANSIT, PLACE_SAME},
    {MOVEMENT_PAYMENT,       ACCOUNT_COMMITTED,  ACCOUNT_IN_TRANSIT, PLACE_SAME},
    {MOVEMENT_PAYMENT,       ACCOUNT_RETENTION,  ACCOUNT_IN_TRANSIT, PLACE_SAME},
    {MOVEMENT_PAYMENT,       ACCOUNT_OWED,       ACCOUNT_IN_TRANSIT, PLACE_SAME},
    {MOVEMENT_SETTLEMENT,    ACCOUNT_COMMITTED,  ACCOUNT_AVAILABLE,  PLACE_SAME},
    {MOVEMENT_SETTLEMENT,    ACCOUNT_COMMITTED,  ACCOUNT_RETENTION,  PLACE_SAME},
    {MOVEMENT_REFUND,        ACCOUNT_SPENT,      ACCOUNT_AVAILABLE,  PLACE_SAME},
    {MOVEMENT_REMITTANCE,    ACCOUNT_UNASSIGNED, ACCOUNT_SOURCE,     PLACE_SAME},
    {MOVEMENT_REMITTANCE,    ACCOUNT_AVAILABLE,  ACCOUNT_SOURCE,     PLACE_SAME},
    {MOVEMENT_REMITTANCE,    ACCOUNT_OWED,       ACCOUNT_SOURCE,     PLACE_SAME},
    {MOVEMENT_ASSIGNMENT,    ACCOUNT_UNASSIGNED, ACCOUNT_AVAILABLE,  PLACE_SAME},
    {MOVEMENT_REALLOCATION,  ACCOUNT_AVAILABLE,  ACCOUNT_AVAILABLE,  PLACE_OTHER_BOOK},
    {MOVEMENT_LOAN,          ACCOUNT_AVAILABLE,  ACCOUNT_RECEIVABLE, PLACE_SAME},
    {MOVEMENT_REPAYMENT,     ACCOUNT_RECEIVABLE, ACCOUNT_AVAILABLE,  PLACE_SAME},
    {MOVEMENT_SUCCESSION,    ACCOUNT_UNASSIGNED, ACCOUNT_UNASSIGNED, PLACE_SUCCESSOR},
    {MOVEMENT_SUCCESSION,    ACCOUNT_AVAILABLE,  ACCOUNT_AVAILABLE,  PLACE_SUCCESSOR},
    {MOVEMENT_SUCCESSION,    ACCOUNT_COMMITTED,  ACCOUNT_COMMITTED,  PLACE_SUCCESSOR},
    {MOVEMENT_SUCCESSION,    ACCOUNT_RETENTION,  ACCOUNT_RETENTION,  PLACE_SUCCESSOR},
};
// clang-format on

/* ---- What lines have in common --------------------------------------------------------------- */

void leg_key_set(struct leg_key *out, const struct voucher_line *line)
{
    memset(out, 0, sizeof *out);
    account_set(&out->from, line->from.division, line->from.book, line->from.fund, line->from.role);
    account_set(&out->to, line->to.division, line->to.book, line->to.fund, line->to.role);
    text_fill(out->project, sizeof out->project, line->project);
    text_fill(out->contract, sizeof out->contract, line->contract);
    out->plan_line = line->plan_line;
    text_fill(out->agreement, sizeof out->agreement, line->agreement);
}

void leg_note(struct leg *leg, const struct voucher_line *line, uint32_t number)
{
    bool has_payee = line->payee.name[0] != '\0';
    bool is_person = has_payee && line->payee.is_person;
    bool has_purpose = line->policy[0] != '\0' || line->text[0] != '\0';
    bool facts[FACT_COUNT];

    facts[FACT_NO_PAYEE] = !has_payee;
    facts[FACT_PERSON] = is_person;
    facts[FACT_ORGANISATION] = has_payee && !is_person;
    facts[FACT_PERSON_WITHOUT_POLICY] = is_person && line->policy[0] == '\0';
    facts[FACT_ORGANISATION_WITHOUT_PURPOSE] = has_payee && !is_person && !has_purpose;
    facts[FACT_RETURNED] = line->returned_voucher[0] != '\0';
    facts[FACT_NOT_RETURNED] = line->returned_voucher[0] == '\0';
    facts[FACT_WITHOUT_TEXT] = line->text[0] == '\0';
    for (int i = 0; i < FACT_COUNT; i++)
        if (facts[i] && leg->first_line_with[i] == 0) leg->first_line_with[i] = number;
    if (leg->first_line == 0) leg->first_line = number;
    leg->line_count++;
}

/* ---- Checks ---------------------------------------------------------------------------------- */

static bool check_account(const struct account *account, struct error *err)
{
    bool is_outside_books = account->role == ACCOUNT_SOURCE || account->role == ACCOUNT_UNASSIGNED;

    if (account->division[0] == '\0' || account->fund[0] == '\0')
        return error_set(err, ERROR_INPUT, "an account needs a division and a fund; name both");
    if (is_outside_books && account->book != BOOK_NONE)
        return error_set(err, ERROR_INPUT, "%s stands in book none, not in book %s",
                         translate(account_role_name(account->role)),
                         translate(book_name(account->book)));
    if (!is_outside_books && account->book == BOOK_NONE)
        return error_set(err, ERROR_INPUT,
                         "%s stands in one of the books construction, livelihood and subsidy; "
                         "name the book, or assign the money to one first",
                         translate(account_role_name(account->role)));
    return true;
}

static const struct path *find_path(enum movement movement, enum account_role from,
                                    enum account_role to)
{
    for (size_t i = 0; i < ARRAY_COUNT(paths); i++)
        if (paths[i].movement == movement && paths[i].from == from && paths[i].to == to)
            return &paths[i];
    return NULL;
}

static bool check_place(const struct path *path, const struct leg_key *key, struct error *err)
{
    const char *name = movement_name(path->movement);
    bool is_same_division = strcmp(key->from.division, key->to.division) == 0;
    bool is_vertical = path->place == PLACE_BELOW || path->place == PLACE_ABOVE;
    bool both_in_books = key->from.book != BOOK_NONE && key->to.book != BOOK_NONE;
    const char *upper = path->place == PLACE_BELOW ? key->from.division : key->to.division;
    const char *lower = path->place == PLACE_BELOW ? key->to.division : key->from.division;

    if (strcmp(key->from.fund, key->to.fund) != 0)
        return error_set(err, ERROR_EARMARK,
                         "%s can't turn money of fund %s into money of fund %s; a fund keeps its "
                         "money",
                         name, key->from.fund, key->to.fund);
    if (path->place == PLACE_SUCCESSOR && is_same_division)
        return error_set(err, ERROR_INPUT, "%s goes to another division; both are %s",
                         translate(name), key->from.division);
    if (!is_vertical && path->place != PLACE_SUCCESSOR && !is_same_division)
        return error_set(err, ERROR_INPUT,
                         "%s stays within one division, not from %s to %s; use allocation or "
                         "recovery between divisions",
                         name, key->from.division, key->to.division);
    if (is_vertical && (is_same_division || !division_code_is_within(lower, upper)))
        return error_set(err, ERROR_INPUT,
                         "%s goes to a division strictly %s; %s does not lie %s %s", name,
                         path->place == PLACE_BELOW ? _("below") : _("above"), key->to.division,
                         path->place == PLACE_BELOW ? _("below") : _("above"), key->from.division);
    if (path->place != PLACE_OTHER_BOOK && both_in_books && key->from.book != key->to.book)
        return error_set(err, ERROR_EARMARK,
                         "%s can't go from book %s to book %s; that takes a reallocation with an "
                         "authorising document",
                         name, translate(book_name(key->from.book)),
                         translate(book_name(key->to.book)));
    if (path->place == PLACE_OTHER_BOOK && key->from.book == key->to.book)
        return error_set(err, ERROR_INPUT, "%s goes to another book; both are %s", name,
                         translate(book_name(key->to.book)));
    return true;
}

/* What of project, contract and plan line must be there, and what must not. */
static bool check_project(enum movement movement, const struct leg_key *key, struct error *err)
{
    const char *name = movement_name(movement);
    bool is_bound = key->from.role == ACCOUNT_COMMITTED || key->from.role == ACCOUNT_RETENTION ||
                    key->to.role == ACCOUNT_COMMITTED;
    bool may_name = is_bound || movement == MOVEMENT_PAYMENT || movement == MOVEMENT_REFUND ||
                    key->from.role == ACCOUNT_OWED;

    if (!may_name && (key->project[0] != '\0' || key->contract[0] != '\0' || key->plan_line != 0))
        return error_set(err, ERROR_INPUT, "%s is not made under a project; leave it out", name);
    if (is_bound && key->contract[0] == '\0')
        return error_set(
            err, ERROR_CONTRACT,
            "%s money is bound by a contract; name the contract that the %s is for",
            translate(account_role_name(key->to.role == ACCOUNT_COMMITTED ? ACCOUNT_COMMITTED
                                                                          : key->from.role)),
            name);
    if (key->contract[0] != '\0' && key->project[0] == '\0')
        return error_set(err, ERROR_INPUT, "contract %s is named without its project; name it too",
                         key->contract);
    if (key->project[0] != '\0' && key->plan_line == 0)
        return error_set(err, ERROR_INPUT,
                         "project %s is named without the line of its financing plan that pays; "
                         "name the plan line",
                         key->project);
    if (key->plan_line != 0 && key->project[0] == '\0')
        return error_set(err, ERROR_INPUT, "plan line %d is named without its project; name it too",
                         key->plan_line);
    return true;
}

/* Is money lent by it, or what was lent paid back? */
static bool is_about_loans(enum movement movement)
{
    return movement == MOVEMENT_LOAN || movement == MOVEMENT_REPAYMENT;
}

static bool check_agreement(enum movement movement, const struct leg_key *key, struct error *err)
{
    const char *name = translate(movement_name(movement));
    bool has_one = key->agreement[0] != '\0';

    if (is_about_loans(movement) == has_one) return true;
    return error_set(err, ERROR_INPUT,
                     has_one ? N_("%s is not made under a loan agreement; leave it out")
                             : N_("%s is made under a loan agreement; name it"),
                     name);
}

struct demand {
    enum leg_fact fact; /* what no line may have */
    enum error_code code;
    const char *message; /* of a movement's name */
};

static bool check_demands(enum movement movement, const struct leg *leg,
                          const struct demand *demands, size_t count, uint32_t *bad_line,
                          struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t line = leg->first_line_with[demands[i].fact];

        if (line == 0) continue;
        *bad_line = line;
        return error_set(err, demands[i].code, "%s: %s", translate(movement_name(movement)),
                         translate(demands[i].message));
    }
    return true;
}

/* Is somebody paid by it, or pays back? */
static bool names_payees(enum movement movement, const struct leg_key *key)
{
    return movement == MOVEMENT_PAYMENT || movement == MOVEMENT_REFUND ||
           is_about_loans(movement) || key->from.role == ACCOUNT_OWED;
}

static bool check_payees(enum movement movement, const struct leg_key *key, const struct leg *leg,
                         uint32_t *bad_line, struct error *err)
{
    static const struct demand named[] = {
        {FACT_NO_PAYEE, ERROR_INPUT, N_("no payee is named; name who is paid or pays back")}};
    static const struct demand not_named[] = {
        {FACT_PERSON, ERROR_INPUT, N_("nobody is paid by it; leave the payee out")},
        {FACT_ORGANISATION, ERROR_INPUT, N_("nobody is paid by it; leave the payee out")}};
    static const struct demand returned[] = {
        {FACT_NOT_RETURNED, ERROR_INPUT,
         N_("owed money is due to the payees of returned payments; name the returned voucher and "
            "line")}};
    static const struct demand not_returned[] = {
        {FACT_RETURNED, ERROR_INPUT,
         N_("a returned payment is paid again only from owed; take it from there")}};
    static const struct demand purpose[] = {
        {FACT_PERSON_WITHOUT_POLICY, ERROR_INPUT,
         N_("a person is paid under a project or a policy; name one")},
        {FACT_ORGANISATION_WITHOUT_PURPOSE, ERROR_INPUT,
         N_("an organisation is paid under a project, a policy or for a stated purpose; name "
            "one")}};
    static const struct demand borrowers[] = {
        {FACT_ORGANISATION, ERROR_INPUT,
         N_("a borrower is a natural person; name the person by ID number")}};
    bool is_owed = key->from.role == ACCOUNT_OWED;
    bool has_payee = names_payees(movement, key);
    bool needs_purpose = movement == MOVEMENT_PAYMENT && key->project[0] == '\0' && !is_owed;

    if (!check_demands(movement, leg, has_payee ? named : not_named,
                       has_payee ? ARRAY_COUNT(named) : ARRAY_COUNT(not_named), bad_line, err))
        return false;
    if (!check_demands(movement, leg, is_owed ? returned : not_returned, 1, bad_line, err))
        return false;
    if (is_about_loans(movement))
        return check_demands(movement, leg, borrowers, ARRAY_COUNT(borrowers), bad_line, err);
    return !needs_purpose ||
           check_demands(movement, leg, purpose, ARRAY_COUNT(purpose), bad_line, err);
}

/* All lines of it are lost or erased. They were about people; projects nobody knows any more. */
static bool check_gone(enum movement movement, const struct leg_key *key, struct error *err)
{
    return names_payees(movement, key) ||
           error_set(err, ERROR_INPUT, "%s pays nobody, so none of its lines can be sealed",
                     translate(movement_name(movement)));
}

bool leg_check(enum movement movement, const struct leg_key *key, const struct leg *leg,
               uint32_t *bad_line, struct error *err)
{
    const struct path *path = find_path(movement, key->from.role, key->to.role);

    assert(movement != MOVEMENT_REVERSAL);
    *bad_line = leg->first_line;
    if (path == NULL)
        return error_set(err, ERROR_INPUT, "%s can't take money from %s to %s",
                         translate(movement_name(movement)),
                         translate(account_role_name(key->from.role)),
                         translate(account_role_name(key->to.role)));
    if (!check_account(&key->from, err) || !check_account(&key->to, err) ||
        !check_place(path, key, err))
        return false;
    if (leg->line_count == 0) return check_gone(movement, key, err);
    if (!check_project(movement, key, err) || !check_agreement(movement, key, err)) return false;
    if (movement == MOVEMENT_PAYMENT && key->from.book == BOOK_CONSTRUCTION &&
        key->project[0] == '\0' && key->from.role != ACCOUNT_OWED)
        return error_set(err, ERROR_INPUT,
                         "a payment from book construction is made under a project of the project "
                         "bank; name the project and its plan line");
    return check_payees(movement, key, leg, bad_line, err);
}

void leg_flows(enum movement movement, enum flow_term *from_term, enum flow_term *to_term)
{
    static const struct {
        enum flow_term from, to;
    } terms[MOVEMENT_COUNT] = {
        [MOVEMENT_APPROPRIATION] = {FLOW_TERM_COUNT, FLOW_APPROPRIATED},
        [MOVEMENT_RECEIPT] = {FLOW_TERM_COUNT, FLOW_OTHER_RECEIPTS},
        [MOVEMENT_ALLOCATION] = {FLOW_PASSED_DOWN, FLOW_RECEIVED_FROM_ABOVE},
        [MOVEMENT_RECOVERY] = {FLOW_RETURNED_UP, FLOW_RECOVERED_FROM_BELOW},
        [MOVEMENT_COMMITMENT] = {FLOW_TERM_COUNT, FLOW_TERM_COUNT},
        [MOVEMENT_RELEASE] = {FLOW_TERM_COUNT, FLOW_TERM_COUNT},
        [MOVEMENT_PAYMENT] = {FLOW_TERM_COUNT, FLOW_TERM_COUNT}, /* counts when the bank confirms */
        [MOVEMENT_SETTLEMENT] = {FLOW_TERM_COUNT, FLOW_TERM_COUNT},
        [MOVEMENT_REFUND] = {FLOW_TERM_COUNT, FLOW_SPENT}, /* lessened: see post_leg() */
        [MOVEMENT_REMITTANCE] = {FLOW_REMITTED, FLOW_TERM_COUNT},
        [MOVEMENT_ASSIGNMENT] = {FLOW_ASSIGNED_OUT, FLOW_ASSIGNED_IN},
        [MOVEMENT_REALLOCATION] = {FLOW_REALLOCATED_OUT, FLOW_REALLOCATED_IN},
        [MOVEMENT_LOAN] = {FLOW_TERM_COUNT, FLOW_TERM_COUNT}, /* what is lent is still there */
        [MOVEMENT_REPAYMENT] = {FLOW_TERM_COUNT, FLOW_TERM_COUNT},
        [MOVEMENT_SUCCESSION] = {FLOW_TERM_COUNT, FLOW_TERM_COUNT}, /* see count_succession() */
        [MOVEMENT_REVERSAL] = {FLOW_TERM_COUNT, FLOW_TERM_COUNT},
    };

    assert(movement < MOVEMENT_REVERSAL); /* a reversal counts as what it reverses */
    *from_term = terms[movement].from;
    *to_term = terms[movement].to;
}

bool movement_allowed_after_expiry(enum movement movement, enum account_role from,
                                   enum account_role to)
{
    switch (movement) {
    case MOVEMENT_RECEIPT:
    case MOVEMENT_RECOVERY:
    case MOVEMENT_RELEASE:
    case MOVEMENT_REFUND:
    case MOVEMENT_REMITTANCE:
    case MOVEMENT_REPAYMENT:
    case MOVEMENT_SUCCESSION:
    case MOVEMENT_REVERSAL:
        return true;
    case MOVEMENT_SETTLEMENT:
        return to == ACCOUNT_AVAILABLE; /* what is set aside now would be spent later */
    case MOVEMENT_PAYMENT: /* debts from within its time: sent back by the bank, or set aside */
        return from == ACCOUNT_OWED || from == ACCOUNT_RETENTION;
    case MOVEMENT_APPROPRIATION:
    case MOVEMENT_ALLOCATION:
    case MOVEMENT_COMMITMENT:
    case MOVEMENT_ASSIGNMENT:
    case MOVEMENT_REALLOCATION:
    case MOVEMENT_LOAN:
    case MOVEMENT_COUNT:
        return false;
    }
    return false;
}
