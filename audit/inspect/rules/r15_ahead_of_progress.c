/*
 * r15_ahead_of_progress.c - R15 超进度付款: a contract is paid further than its project is built.
 *
 * allowed = price x the greater of (progress recorded by the day of the payment, the share of an
 * advance); 100 % once the project is accepted. Each payment after which paid > allowed is raised,
 * judged on its own day: progress that comes later doesn't mend it. Paid: approved payments under
 * the contract that stand, less refunds; what was returned and paid again counts once.
 */
#include <string.h>

#include "audit/inspect/rules/frame.h"
#include "base/language.h"

#define WHOLE_BP 10000

enum { PARAMETER_ADVANCE };

struct contract_walk {
    struct audit *audit;
    char contract[CODE_SIZE];
    money_t paid;
};

struct step {
    char voucher[VOUCHER_NUMBER_SIZE], division[DIVISION_CODE_SIZE];
    date_t day;
    uint64_t seq, contract_seq;
    int64_t progress_bp;
    int64_t progress_seq; /* -1: none was recorded */
    money_t price, amount, paid, allowed;
};

static bool raise_step(struct contract_walk *contract, const struct step *step, struct error *err)
{
    struct audit *audit = contract->audit;
    const int64_t advance = audit->values[PARAMETER_ADVANCE];
    char price[MONEY_TEXT_SIZE], paid[MONEY_TEXT_SIZE], allowed[MONEY_TEXT_SIZE],
        over_text[MONEY_TEXT_SIZE];
    char subject[AUDIT_SUBJECT_SIZE], day[DATE_TEXT_SIZE];
    struct audit_head head = {"ahead", 2, step->day, subject};
    money_t over;

    if (!money_subtract(step->paid, step->allowed, &over, err)) return false;
    (void)snprintf(subject, sizeof subject, "%s %s", contract->contract, step->voucher);
    audit_about(audit, step->division);
    audit_number(audit, "price", AUDIT_AMOUNT, step->price.fen);
    audit_number(audit, "progress", AUDIT_SHARE, step->progress_bp);
    audit_number(audit, "advance", AUDIT_SHARE, advance);
    audit_number(audit, "allowed", AUDIT_AMOUNT, step->allowed.fen);
    audit_number(audit, "payment", AUDIT_AMOUNT, step->amount.fen);
    audit_number(audit, "paid", AUDIT_AMOUNT, step->paid.fen);
    audit_number(audit, "over", AUDIT_AMOUNT, over.fen);
    if (!audit_cite(audit, step->seq, err) || !audit_cite(audit, step->contract_seq, err) ||
        (step->progress_seq >= 0 && !audit_cite(audit, (uint64_t)step->progress_seq, err)))
        return false;
    return audit_raise(
        audit, &head, err,
        _("With voucher %s, contract %s of %s yuan stood at %s paid on %s, when its "
          "project stood at %lld %% (an advance may be %lld.%02lld %%): %s were due, "
          "%s too early."),
        step->voucher, contract->contract, audit_yuan(step->price, price),
        audit_yuan(step->paid, paid), date_format(step->day, day),
        (long long)step->progress_bp / 100, (long long)advance / 100, (long long)advance % 100,
        audit_yuan(step->allowed, allowed), audit_yuan(over, over_text));
}

/* contract, price, division, voucher, day, entry, amount, progress, whether accepted, entry of the
   progress or acceptance, entry of the contract: by contract and day. */
static bool read_step(const struct statement *row, struct step *out, struct error *err)
{
    const bool is_accepted = !statement_is_null(row, 8);
    const int column = is_accepted ? 8 : 9;

    audit_text(row, 2, out->division, sizeof out->division);
    audit_text(row, 3, out->voucher, sizeof out->voucher);
    out->seq = (uint64_t)statement_integer(row, 5);
    out->contract_seq = (uint64_t)statement_integer(row, 10);
    out->progress_bp = is_accepted ? WHOLE_BP : statement_integer(row, 7) * (WHOLE_BP / 100);
    out->progress_seq = statement_is_null(row, column) ? -1 : statement_integer(row, column);
    return audit_date(row, 4, &out->day, err) &&
           money_from_fen(statement_integer(row, 1), &out->price, err) &&
           money_from_fen(statement_integer(row, 6), &out->amount, err);
}

static bool add_step(void *context, const struct statement *row, struct error *err)
{
    struct contract_walk *contract = context;
    const int64_t advance = contract->audit->values[PARAMETER_ADVANCE];
    struct step step;
    int64_t share;

    if (!read_step(row, &step, err)) return false;
    if (strcmp(contract->contract, statement_text(row, 0)) != 0) {
        audit_text(row, 0, contract->contract, sizeof contract->contract);
        contract->paid = MONEY_ZERO;
    }
    share = step.progress_bp > advance ? step.progress_bp : advance;
    if (!money_add(contract->paid, step.amount, &contract->paid, err) ||
        !money_multiply_ratio(step.price, share, WHOLE_BP, &step.allowed, err))
        return false;
    step.paid = contract->paid;
    if (step.amount.fen <= 0 || money_compare(step.paid, step.allowed) <= 0) return true;
    return raise_step(contract, &step, err);
}

#define PROGRESS_BY_THEN                                                                           \
    "project_event e WHERE e.project = c.project AND e.date <= v.event_date AND e.percent >= 0"
#define IS_PAID(role) role " IN ('in_transit', 'owed', 'spent')"

static bool walk(struct audit *audit, struct error *err)
{
    struct contract_walk contract = {.audit = audit, .paid = MONEY_ZERO};

    return audit_query(
        audit,
        "SELECT c.code, c.price, p.division, v.number, v.event_date, v.submit_seq, SUM((CASE WHEN "
        "" IS_PAID("l.to_role") " THEN l.amount ELSE 0 END) - (CASE WHEN " IS_PAID(
            "l.from_role") " THEN l.amount ELSE 0 END)) AS paid, (SELECT MAX(e.percent) "
                           "FROM " PROGRESS_BY_THEN ") AS percent, (SELECT MIN(e.seq) FROM "
                           "project_event e WHERE e.project = c.project AND e.date <= v.event_date "
                           "AND e.unit <> '') AS accepted, (SELECT e.seq FROM " PROGRESS_BY_THEN
                           " ORDER BY e.percent DESC, e.seq LIMIT 1) AS progress, c.seq FROM "
                           "contract c "
                           "JOIN leg l ON "
                           "l.project = c.project AND l.contract = c.code JOIN voucher v ON "
                           "v.number = l.voucher JOIN "
                           "project p ON p.code = c.project WHERE " AUDIT_IN_FORCE
                           " GROUP BY c.code, c.price, c.seq, c.project, p.division, v.number, "
                           "v.event_date, v.submit_seq "
                           "ORDER BY c.code, v.event_date, v.submit_seq",
        add_step, &contract, err);
}

const struct audit_rule audit_r15 = {
    .id = "R15",
    .version = 1,
    .level = 2,
    .title = N_("a contract paid further than its project is built"),
    .basis = "财建〔2022〕183号、财建〔2004〕369号（工程价款结算：预付款不高于合同金额的30%"
             "，进度款按已完工程支付）",
    .parameters = {{"audit_r15_advance", 3000, AUDIT_SHARE,
                    N_("share of the price that may be paid in advance")}},
    .walk = walk,
};
