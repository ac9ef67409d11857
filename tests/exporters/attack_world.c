/* attack_world.c - see attack_world.h. */
#include "attack_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attack_loans.h"

#define PEOPLE       60
#define PAYROLL_MAX  12
#define LENDERS      5 /* the first so many divisions have a mutual-aid pool */
#define PAYMENTS_MAX 2000
#define PLAN_FEN     INT64_C(900000000)
#define COUNTY_FEN   INT64_C(400000000)

static const char *const divisions[] = {
    COUNTY,     TOWNSHIP_1, TOWNSHIP_2,     VILLAGE_11,     VILLAGE_12,     VILLAGE_13,
    VILLAGE_21, VILLAGE_22, "611025102203", "611025102204", "611025102205", "611025102206"};
static const char *const funds[ATTACK_FUNDS] = {"G1", "G2", "G3"};
static const enum book books[] = {BOOK_SUBSIDY, BOOK_LIVELIHOOD};

/* What a world did so far, as far as it is needed to go on. */
static char payments[PAYMENTS_MAX][CODE_SIZE];
static size_t payment_count;
static int reference_count;

static const char *new_reference(char out[CODE_SIZE])
{
    (void)snprintf(out, CODE_SIZE, "r%d", reference_count++);
    return out;
}

/* ---- Acts that may be refused ---------------------------------------------------------------- */

/* Everything of one act, or nothing. */
static bool finish(struct world *world, bool ok)
{
    struct error err = ERROR_INIT;

    if (ok)
        ck_good(journal_commit(world->journal, &err), &err);
    else
        journal_rollback(world->journal);
    return ok;
}

static bool submit(struct world *world, enum movement movement, const char *reference, date_t date,
                   const struct voucher_line *lines, size_t count)
{
    struct signatory li = world_person("li");
    struct voucher_header header = {
        .movement = movement, .event_date = date, .text = "测试", .document = "测试文号"};
    struct voucher_draft *draft = NULL;
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    int32_t closed = -1;
    bool any, ok;

    ck_good(period_closed_through(world->journal, &any, &closed, &err), &err);
    header.late = any && date_month(date) <= closed;
    (void)snprintf(header.reference, sizeof header.reference, "%s", reference);
    ok = voucher_draft_new(world->journal, &header, &draft, &err);
    for (size_t i = 0; i < count && ok; i++)
        ok = voucher_draft_add(draft, &lines[i], &err);
    ok = ok && voucher_draft_submit(draft, &li, &receipt, NULL, &err);
    voucher_draft_free(draft);
    return ok;
}

static bool decide(struct world *world, const char *reference, enum voucher_act act)
{
    struct signatory by = world_person(act == VOUCHER_WITHDRAW ? "li" : "wang");
    struct error err = ERROR_INIT;

    return voucher_decide(world->journal, &by, reference, act, "测试", &err);
}

static void begin(struct world *world)
{
    struct error err = ERROR_INIT;

    ck_good(journal_begin(world->journal, &err), &err);
}

/* Most are approved, some rejected or withdrawn. */
static bool post(struct world *world, uint64_t *chance, enum movement movement,
                 const char *reference, date_t date, const struct voucher_line *lines, size_t count)
{
    size_t fate = chance_below(chance, 30);
    enum voucher_act act = fate == 0   ? VOUCHER_REJECT
                           : fate == 1 ? VOUCHER_WITHDRAW
                                       : VOUCHER_APPROVE;

    begin(world);
    return finish(world, submit(world, movement, reference, date, lines, count) &&
                             decide(world, reference, act));
}

static struct account account(const char *division, enum book book, const char *fund,
                              enum account_role role)
{
    struct account account = {.book = book, .role = role};

    (void)snprintf(account.division, sizeof account.division, "%s", division);
    (void)snprintf(account.fund, sizeof account.fund, "%s", fund);
    return account;
}

/* One line from an account to another; certain to be taken when the money is there. */
static bool move(struct world *world, enum movement movement, date_t date, struct account from,
                 struct account to, int64_t fen)
{
    struct voucher_line *line = calloc(1, sizeof *line);
    char reference[CODE_SIZE];
    bool ok;

    ck_assert_ptr_nonnull(line);
    line->amount.fen = fen;
    line->from = from;
    line->to = to;
    begin(world);
    ok = finish(world, submit(world, movement, new_reference(reference), date, line, 1) &&
                           decide(world, reference, VOUCHER_APPROVE));
    free(line);
    return ok;
}

/* ---- The register, and money ----------------------------------------------------------------- */

static void register_project(struct register_batch *batch, size_t division, size_t fund, int which)
{
    struct project *project = calloc(1, sizeof *project);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(project);
    (void)snprintf(project->code, sizeof project->code, "Q%zu-%zu-%d", division, fund, which);
    (void)snprintf(project->name, sizeof project->name, "产业%zu", division);
    (void)snprintf(project->category, sizeof project->category, "产业");
    (void)snprintf(project->nature, sizeof project->nature, "新建");
    (void)snprintf(project->unit, sizeof project->unit, "县农业农村局");
    (void)snprintf(project->task, sizeof project->task, "到户产业");
    (void)snprintf(project->target, sizeof project->target, "增收");
    (void)snprintf(project->division, sizeof project->division, "%s", divisions[division]);
    project->book = BOOK_SUBSIDY;
    project->beneficiaries = 9;
    project->plan[0] = (struct plan_line){.line = 1, .amount = {PLAN_FEN}};
    (void)snprintf(project->plan[0].fund, sizeof project->plan[0].fund, "%s", funds[fund]);
    project->plan_count = 1;
    ck_good(register_add_project(batch, project, &err), &err);
    free(project);
}

static void register_rest(struct world *world)
{
    struct signatory li = world_person("li");
    hash_t content = hash_sha256((const uint8_t *)"attack", 6);
    struct register_batch *batch = NULL;
    struct error err = ERROR_INIT;
    bool repeated;

    for (size_t i = 8; i < ARRAY_COUNT(divisions); i++)
        world_add_division(world, divisions[i], divisions[i] + 6, TOWNSHIP_2, "2020-01-01");
    begin(world);
    ck_good(
        register_begin(world->journal, &li, "funds", "attack", &content, &batch, &repeated, &err),
        &err);
    for (size_t i = 0; i < ATTACK_FUNDS; i++) {
        struct fund fund = {.year = 2020,
                            .books = {[BOOK_SUBSIDY] = true, [BOOK_LIVELIHOOD] = true}};

        (void)snprintf(fund.code, sizeof fund.code, "%s", funds[i]);
        (void)snprintf(fund.document, sizeof fund.document, "镇财〔2020〕%zu号", i);
        (void)snprintf(fund.name, sizeof fund.name, "补助%zu", i);
        (void)snprintf(fund.level, sizeof fund.level, "county");
        ck_good(register_add_fund(batch, &fund, &err), &err);
    }
    for (size_t i = 0; i < ARRAY_COUNT(divisions); i++)
        for (size_t j = 0; j < ATTACK_FUNDS; j++)
            for (int k = 0; k < 2; k++)
                register_project(batch, i, j, k);
    attack_register_pools(world, batch, divisions, LENDERS, funds[0]);
    ck_good(register_finish(batch, ATTACK_FUNDS, &err), &err);
    ck_assert(finish(world, true));
}

static date_t day_of(int month, int day)
{
    return (date_t){month_first_day(ATTACK_FIRST_MONTH + month).days + day};
}

void attack_world_begin(struct world *world, const struct attack_plan *plan, uint64_t *chance)
{
    payment_count = 0;
    reference_count = 0;
    register_rest(world);
    for (size_t i = 0; i < ATTACK_FUNDS; i++) {
        struct account unassigned = account(COUNTY, BOOK_NONE, funds[i], ACCOUNT_UNASSIGNED);

        ck_assert(move(world, MOVEMENT_APPROPRIATION, day_of(0, 0),
                       account(COUNTY, BOOK_NONE, funds[i], ACCOUNT_SOURCE), unassigned,
                       2 * COUNTY_FEN));
        for (size_t j = 0; j < ARRAY_COUNT(books); j++)
            ck_assert(move(world, MOVEMENT_ASSIGNMENT, day_of(0, 0), unassigned,
                           account(COUNTY, books[j], funds[i], ACCOUNT_AVAILABLE), COUNTY_FEN));
        for (size_t j = 1; j < ARRAY_COUNT(divisions); j++)
            if (chance_below(chance, 4) != 0)
                ck_assert(move(world, MOVEMENT_ALLOCATION, day_of(0, 0),
                               account(COUNTY, BOOK_SUBSIDY, funds[i], ACCOUNT_AVAILABLE),
                               account(divisions[j], BOOK_SUBSIDY, funds[i], ACCOUNT_AVAILABLE),
                               100000 + (int64_t)chance_below(chance, 5000000)));
    }
    (void)plan;
}

/* ---- What happens ---------------------------------------------------------------------------- */

struct stage {
    struct world *world;
    uint64_t *chance;
    date_t date;
};

static size_t below(const struct stage *stage, size_t limit)
{
    return chance_below(stage->chance, limit);
}

static bool note_available(void *context, const struct balance *balance, struct error *err)
{
    struct balance *wanted = context;

    (void)err;
    if (balance->account.book == wanted->account.book &&
        balance->account.role == wanted->account.role)
        wanted->amount = balance->amount;
    return true;
}

static int64_t standing(const struct stage *stage, const struct account *account)
{
    const struct balance_filter filter = {.division = account->division, .fund = account->fund};
    struct balance balance = {.account = *account};
    struct error err = ERROR_INIT;

    ck_good(balance_each(stage->world->journal, &filter, note_available, &balance, &err), &err);
    return balance.amount.fen;
}

/* Some line of some division: most often a village's. */
static struct account choose_account(const struct stage *stage)
{
    size_t division = below(stage, 3) == 0 ? below(stage, 3) : below(stage, ARRAY_COUNT(divisions));

    return account(divisions[division], below(stage, 5) == 0 ? BOOK_LIVELIHOOD : BOOK_SUBSIDY,
                   funds[below(stage, ATTACK_FUNDS)], ACCOUNT_AVAILABLE);
}

static void name_project(const struct stage *stage, struct voucher_line *line)
{
    size_t division = 0;

    while (strcmp(divisions[division], line->from.division) != 0)
        division++;
    (void)snprintf(line->project, sizeof line->project, "Q%zu-%c-%zu", division,
                   line->from.fund[1] - 1, below(stage, 2));
    line->plan_line = 1;
}

/* One to twelve people, one of them twice at times; each of about the same, or of anything. */
static void pay_people(const struct stage *stage)
{
    static const size_t counts[] = {1, 1, 1, 2, 2, 3, 3, 4, 6, 12};
    struct voucher_line *lines = calloc(PAYROLL_MAX, sizeof *lines);
    size_t count = counts[below(stage, ARRAY_COUNT(counts))];
    bool is_equal = below(stage, 3) == 0;
    struct account from = choose_account(stage);
    int64_t available = standing(stage, &from), fen = 10000 + (int64_t)below(stage, 200000);
    size_t projects = from.book == BOOK_SUBSIDY ? below(stage, 4) : 0;
    char reference[CODE_SIZE];

    ck_assert_ptr_nonnull(lines);
    for (size_t i = 0; i < count; i++) {
        struct voucher_line *line = &lines[i];

        line->amount.fen = is_equal ? fen : 1000 + (int64_t)below(stage, 400000);
        /* Now and then the last fen goes to one person. */
        if (count == 1 && available > 0 && below(stage, 8) == 0) line->amount.fen = available;
        line->from = line->to = from;
        line->to.role = ACCOUNT_IN_TRANSIT;
        (void)snprintf(line->policy, sizeof line->policy, "到户产业补助");
        if (projects == 3 || (projects == 2 && i % 2 == 0)) name_project(stage, line);
        world_name_payee(&line->payee, (int)below(stage, PEOPLE));
    }
    if (post(stage->world, stage->chance, MOVEMENT_PAYMENT, new_reference(reference), stage->date,
             lines, count) &&
        payment_count < PAYMENTS_MAX)
        (void)snprintf(payments[payment_count++], CODE_SIZE, "%s", reference);
    free(lines);
}

/* Lent to one to four people, or repaid by them. */
static void lend(const struct stage *stage)
{
    static const size_t counts[] = {1, 1, 2, 3, 4};
    struct voucher_line *lines = calloc(PAYROLL_MAX, sizeof *lines);
    size_t count = counts[below(stage, ARRAY_COUNT(counts))];
    size_t first = below(stage, ATTACK_BORROWERS);
    bool is_repaid = below(stage, 2) == 0;
    struct account from =
        account(divisions[below(stage, LENDERS)], BOOK_SUBSIDY, funds[0], ACCOUNT_AVAILABLE);
    char reference[CODE_SIZE];

    ck_assert_ptr_nonnull(lines);
    for (size_t i = 0; i < count; i++) {
        lines[i].amount.fen = 1000 + (int64_t)below(stage, is_repaid ? 20000 : 200000);
        lines[i].from = from;
        attack_fill_loan(&lines[i], is_repaid, (int)((first + i) % ATTACK_BORROWERS));
    }
    (void)post(stage->world, stage->chance, is_repaid ? MOVEMENT_REPAYMENT : MOVEMENT_LOAN,
               new_reference(reference), stage->date, lines, count);
    free(lines);
}

static void pay_organisation(const struct stage *stage)
{
    struct voucher_line *line = calloc(1, sizeof *line);
    struct account from = choose_account(stage);
    char reference[CODE_SIZE];

    ck_assert_ptr_nonnull(line);
    from.book = BOOK_SUBSIDY;
    line->amount.fen = 1000 + (int64_t)below(stage, 300000);
    line->from = line->to = from;
    line->to.role = ACCOUNT_IN_TRANSIT;
    name_project(stage, line);
    (void)snprintf(line->text, sizeof line->text, "进度款");
    (void)snprintf(line->payee.name, sizeof line->payee.name, "示例合作社");
    if (post(stage->world, stage->chance, MOVEMENT_PAYMENT, new_reference(reference), stage->date,
             line, 1) &&
        payment_count < PAYMENTS_MAX)
        (void)snprintf(payments[payment_count++], CODE_SIZE, "%s", reference);
    free(line);
}

/* The lines of a voucher that are in one state, in the ledger's order. */
struct found_lines {
    enum line_state state;
    size_t count;
    int32_t numbers[PAYROLL_MAX];
    struct voucher_line lines[PAYROLL_MAX];
};

static bool note_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                      const struct voucher_line *line, struct error *err)
{
    struct found_lines *found = context;

    (void)seq;
    (void)err;
    if (state != found->state || found->count == PAYROLL_MAX) return true;
    found->numbers[found->count] = number;
    found->lines[found->count++] = *line;
    return true;
}

/* A payment with lines in a state; NULL when the one that chance named has none. */
static struct found_lines *find_lines(const struct stage *stage, enum line_state state,
                                      struct voucher *voucher)
{
    struct found_lines *found;
    struct error err = ERROR_INIT;

    if (payment_count == 0) return NULL;
    found = calloc(1, sizeof *found);
    ck_assert_ptr_nonnull(found);
    found->state = state;
    ck_good(
        voucher_find(stage->world->journal, payments[below(stage, payment_count)], voucher, &err),
        &err);
    ck_good(voucher_line_each(stage->world->journal, voucher->number, note_line, found, &err),
            &err);
    if (found->count > 0) return found;
    free(found);
    return NULL;
}

static void answer(const struct stage *stage)
{
    struct signatory li = world_person("li");
    struct voucher voucher;
    struct found_lines *found = find_lines(stage, LINE_IN_TRANSIT, &voucher);
    struct bank_entry entry = {.event_date = stage->date, .reason = "账户已注销"};
    struct error err = ERROR_INIT;
    bool is_whole = below(stage, 3) != 0;
    size_t kept = 0;

    if (found == NULL) return;
    (void)snprintf(entry.voucher, sizeof entry.voucher, "%s", voucher.number);
    (void)new_reference(entry.reference);
    entry.is_return = below(stage, is_whole ? 8 : 2) == 0;
    for (size_t i = 0; i < found->count && !is_whole; i++)
        if (below(stage, 3) == 0) found->numbers[kept++] = found->numbers[i];
    if (kept > 0) entry.lines = found->numbers;
    entry.line_count = kept;
    begin(stage->world);
    (void)finish(stage->world, bank_record(stage->world->journal, &li, &entry, &err));
    free(found);
}

/* What the bank returned is paid again, or remitted. */
static void settle(const struct stage *stage)
{
    struct voucher voucher;
    struct found_lines *found = find_lines(stage, LINE_RETURNED, &voucher);
    enum movement movement = below(stage, 5) == 0 ? MOVEMENT_REMITTANCE : MOVEMENT_PAYMENT;
    char reference[CODE_SIZE];

    if (found == NULL) return;
    for (size_t i = 0; i < found->count; i++) {
        struct voucher_line *line = &found->lines[i];

        line->from.role = ACCOUNT_OWED;
        line->to = line->from;
        line->to.role = movement == MOVEMENT_PAYMENT ? ACCOUNT_IN_TRANSIT : ACCOUNT_SOURCE;
        if (movement == MOVEMENT_REMITTANCE) line->to.book = BOOK_NONE;
        (void)snprintf(line->returned_voucher, sizeof line->returned_voucher, "%s", voucher.number);
        line->returned_line = found->numbers[i];
    }
    if (post(stage->world, stage->chance, movement, new_reference(reference), stage->date,
             found->lines, found->count) &&
        movement == MOVEMENT_PAYMENT && payment_count < PAYMENTS_MAX)
        (void)snprintf(payments[payment_count++], CODE_SIZE, "%s", reference);
    free(found);
}

static void refund(const struct stage *stage)
{
    struct voucher voucher;
    struct found_lines *found = find_lines(stage, LINE_CONFIRMED, &voucher);
    char reference[CODE_SIZE];
    struct voucher_line *line;

    if (found == NULL) return;
    line = &found->lines[0];
    line->from.role = ACCOUNT_SPENT;
    line->to = line->from;
    line->to.role = ACCOUNT_AVAILABLE;
    line->returned_voucher[0] = '\0';
    line->returned_line = 0;
    if (below(stage, 2) == 0)
        line->amount.fen = 1 + (int64_t)below(stage, (size_t)line->amount.fen);
    (void)post(stage->world, stage->chance, MOVEMENT_REFUND, new_reference(reference), stage->date,
               line, 1);
    free(found);
}

static void reverse(const struct stage *stage)
{
    struct signatory li = world_person("li");
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    char reference[CODE_SIZE];
    bool ok;

    if (payment_count == 0) return;
    begin(stage->world);
    ok = voucher_reverse(stage->world->journal, &li, payments[below(stage, payment_count)],
                         new_reference(reference), stage->date, "记错", &receipt, &err) &&
         decide(stage->world, reference, VOUCHER_APPROVE);
    (void)finish(stage->world, ok);
}

/* Down to a division below, or all or some of what it has back up. */
static void pass(const struct stage *stage)
{
    struct account lower = choose_account(stage), upper = lower;
    bool is_down = below(stage, 3) != 0, is_village = strcmp(lower.division + 9, "000") != 0;
    int64_t fen;

    if (strcmp(lower.division, COUNTY) == 0) return;
    (void)snprintf(upper.division, sizeof upper.division, "%s",
                   is_village && below(stage, 2) == 0
                       ? (strncmp(lower.division, TOWNSHIP_1, 9) == 0 ? TOWNSHIP_1 : TOWNSHIP_2)
                       : COUNTY);
    fen = standing(stage, is_down ? &upper : &lower);
    if (is_down || below(stage, 2) == 0) fen = fen / 2 - (int64_t)below(stage, 1000);
    if (fen <= 0) return;
    if (is_down && fen > 3000000) fen = 3000000 - (int64_t)below(stage, 1000000);
    (void)move(stage->world, is_down ? MOVEMENT_ALLOCATION : MOVEMENT_RECOVERY, stage->date,
               is_down ? upper : lower, is_down ? lower : upper, fen);
}

static void act(const struct stage *stage)
{
    static void (*const acts[])(const struct stage *stage) = {
        pay_people, pay_people, pay_people, pay_people, pay_organisation, answer, answer,
        answer,     answer,     answer,     settle,     settle,           refund, pass,
        reverse,    lend,       lend,
    };

    acts[below(stage, ARRAY_COUNT(acts))](stage);
}

void attack_world_live(struct world *world, const struct attack_plan *plan, uint64_t *chance,
                       int month)
{
    struct signatory wang = world_person("wang");
    struct error err = ERROR_INIT;
    int32_t closed;
    bool any;

    for (int i = 0; i < plan->acts_per_month; i++) {
        struct stage stage = {world, chance, day_of(month, i * 27 / plan->acts_per_month)};

        /* Some comes to be known later. */
        if (month > 0 && chance_below(chance, 12) == 0) stage.date = day_of(month - 1, 27);
        act(&stage);
    }
    ck_good(period_closed_through(world->journal, &any, &closed, &err), &err);
    if (chance_below(chance, 3) == 0 && month > 1 &&
        (!any || closed < ATTACK_FIRST_MONTH + month - 1)) {
        begin(world);
        ck_assert(finish(
            world, period_close(world->journal, &wang, ATTACK_FIRST_MONTH + month - 1, &err)));
    }
}
