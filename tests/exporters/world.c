/* world.c - see world.h. */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/survey.h"

#define ORIGIN      "mingzhang/611025000000"
#define START       INT64_C(1641772800) /* 2022-01-10T00:00:00Z */
#define PEOPLE_MAX  8
#define PAYROLL_MAX 100

static int64_t clock_seconds;
static uint64_t random_counter;

/* ---- Clock, randomness, people --------------------------------------------------------------- */

void world_set_clock(int64_t seconds)
{
    clock_seconds = seconds;
}

struct ledger_options world_options(void)
{
    return (struct ledger_options){clock_source_chosen(&clock_seconds),
                                   random_source_chosen(&random_counter)};
}

struct signatory world_person(const char *name)
{
    static struct {
        char name[USER_CODE_SIZE];
        struct sign_key *key;
    } people[PEOPLE_MAX];
    size_t i = 0;

    while (i < PEOPLE_MAX && people[i].key != NULL && strcmp(people[i].name, name) != 0)
        i++;
    ck_assert_uint_lt(i, PEOPLE_MAX);
    if (people[i].key == NULL) {
        people[i].key = fixture_key((uint8_t)name[0]);
        (void)snprintf(people[i].name, sizeof people[i].name, "%s", name);
    }
    return (struct signatory){people[i].name, people[i].key};
}

/* ---- Genesis and users ----------------------------------------------------------------------- */

static void name_person(struct genesis_person *person, const char *name)
{
    (void)snprintf(person->user, sizeof person->user, "%s", name);
    sign_key_public(world_person(name).key, &person->key);
}

static void found(struct world *world)
{
    static const char *const names[3] = {"zhao", "qian", "sun"};
    struct ledger_options options = world_options();
    struct buffer body = BUFFER_INIT(FIXTURE_FILE_MAX);
    uint8_t signatures[3][SIGN_SIGNATURE_SIZE];
    struct genesis genesis = {.origin = ORIGIN, .division = COUNTY, .name = "镇安县资金账"};
    struct error err = ERROR_INIT;

    ck_good(signer_create(fixture_path("signer"), ORIGIN, &options.random, &world->signer, &err),
            &err);
    genesis.log_key = *signer_log_key(world->signer);
    genesis.certificate = signer_certificate_der(world->signer, &genesis.certificate_size);
    name_person(&genesis.administrators[0], names[0]);
    name_person(&genesis.administrators[1], names[1]);
    name_person(&genesis.inspector, names[2]);
    ck_good(genesis_format_unsigned(&genesis, &body, &err), &err);
    for (size_t i = 0; i < ARRAY_COUNT(names); i++)
        ck_good(sign_message(world_person(names[i]).key, body.data, body.size, signatures[i], &err),
                &err);
    ck_good(ledger_create(fixture_path("ledger"), &options, &genesis,
                          (const uint8_t(*)[SIGN_SIGNATURE_SIZE])signatures, &world->ledger, &err),
            &err);
    world->journal = ledger_journal(world->ledger);
    buffer_done(&body);
}

/* Transactions may be nested here: only the outermost is one, so that making the world is quick. */
static void begin(struct world *world)
{
    struct error err = ERROR_INIT;

    if (world->depth++ == 0) ck_good(journal_begin(world->journal, &err), &err);
}

static void commit(struct world *world)
{
    struct error err = ERROR_INIT;

    if (--world->depth == 0) ck_good(journal_commit(world->journal, &err), &err);
}

void world_agree(struct world *world, const char *act, const char *body)
{
    struct signatory first = world_person("zhao"), second = world_person("qian");
    struct buffer bytes = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct appended proposal, seconded;
    struct error err = ERROR_INIT;

    ck_good(buffer_append_text(&bytes, body, &err), &err);
    begin(world);
    ck_good(journal_propose(world->journal, &first, act, &bytes, &proposal, &err), &err);
    ck_good(journal_second(world->journal, &second, &proposal.hash, &seconded, &err), &err);
    commit(world);
    buffer_done(&bytes);
}

static void add_user(struct world *world, const char *name, const char *role)
{
    char body[512], text[SIGN_PUBLIC_TEXT_SIZE];
    struct sign_public key;

    sign_key_public(world_person(name).key, &key);
    (void)snprintf(body, sizeof body,
                   "{\"key\":\"%s\",\"roles\":[{\"division\":\"" COUNTY
                   "\",\"role\":\"%s\"}],\"user\":\"%s\"}",
                   sign_public_format(&key, text), role, name);
    world_agree(world, "user.add", body);
}

/* ---- The register ---------------------------------------------------------------------------- */

static struct register_batch *open_batch(struct world *world, const char *what)
{
    struct signatory li = world_person("li");
    hash_t content = hash_sha256((const uint8_t *)what, strlen(what));
    struct register_batch *batch = NULL;
    struct error err = ERROR_INIT;
    bool repeated;

    begin(world);
    ck_good(register_begin(world->journal, &li, what, what, &content, &batch, &repeated, &err),
            &err);
    return batch;
}

static void close_batch(struct world *world, struct register_batch *batch, uint64_t rows)
{
    struct error err = ERROR_INIT;

    ck_good(register_finish(batch, rows, &err), &err);
    commit(world);
}

static void add_division(struct register_batch *batch, const char *code, const char *name,
                         const char *parent, const char *valid_from)
{
    struct division division = {.provisional = false};
    struct error err = ERROR_INIT;

    (void)snprintf(division.code, sizeof division.code, "%s", code);
    (void)snprintf(division.name, sizeof division.name, "%s", name);
    (void)snprintf(division.parent, sizeof division.parent, "%s", parent);
    ck_good(date_parse(valid_from, &division.valid_from, &err), &err);
    ck_good(register_add_division(batch, &division, &err), &err);
}

void world_add_division(struct world *world, const char *code, const char *name, const char *parent,
                        const char *valid_from)
{
    struct register_batch *batch = open_batch(world, code);

    add_division(batch, code, name, parent, valid_from);
    close_batch(world, batch, 1);
}

static void register_divisions(struct world *world)
{
    static const struct {
        const char *code, *name, *parent;
    } rows[] = {{COUNTY, "镇安县", ""},
                {TOWNSHIP_1, "云盖寺镇", COUNTY},
                {VILLAGE_11, "云镇村", TOWNSHIP_1},
                {VILLAGE_12, "西洞村", TOWNSHIP_1},
                {VILLAGE_13, "岩湾村", TOWNSHIP_1},
                {TOWNSHIP_2, "米粮镇", COUNTY},
                {VILLAGE_21, "清泥村", TOWNSHIP_2},
                {VILLAGE_22, "东铺村", TOWNSHIP_2}};
    struct register_batch *batch = open_batch(world, "divisions");

    for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
        add_division(batch, rows[i].code, rows[i].name, rows[i].parent, "2020-01-01");
    close_batch(world, batch, ARRAY_COUNT(rows));
}

static void register_funds(struct world *world)
{
    static const struct {
        const char *code, *document, *name;
        enum book book;
    } rows[] = {
        {"F1", "财农〔2021〕19号", "衔接推进乡村振兴补助资金", BOOK_CONSTRUCTION},
        {"F2", "镇财〔2021〕7号", "到户产业补助", BOOK_SUBSIDY},
    };
    struct register_batch *batch = open_batch(world, "funds");
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct fund fund = {.year = 2021};

        (void)snprintf(fund.code, sizeof fund.code, "%s", rows[i].code);
        (void)snprintf(fund.document, sizeof fund.document, "%s", rows[i].document);
        (void)snprintf(fund.name, sizeof fund.name, "%s", rows[i].name);
        (void)snprintf(fund.level, sizeof fund.level, "central");
        fund.books[rows[i].book] = true;
        if (rows[i].book == BOOK_SUBSIDY) fund.books[BOOK_LIVELIHOOD] = true;
        ck_good(register_add_fund(batch, &fund, &err), &err);
    }
    close_batch(world, batch, ARRAY_COUNT(rows));
}

static struct project *new_project(const char *code, const char *name, const char *division,
                                   enum book book)
{
    struct project *project = calloc(1, sizeof *project);

    ck_assert_ptr_nonnull(project);
    (void)snprintf(project->code, sizeof project->code, "%s", code);
    (void)snprintf(project->name, sizeof project->name, "%s", name);
    (void)snprintf(project->category, sizeof project->category, "基础设施");
    (void)snprintf(project->nature, sizeof project->nature, "新建");
    (void)snprintf(project->unit, sizeof project->unit, "云盖寺镇人民政府");
    (void)snprintf(project->task, sizeof project->task, "硬化道路1.2公里");
    (void)snprintf(project->target, sizeof project->target, "56户出行便利");
    (void)snprintf(project->division, sizeof project->division, "%s", division);
    project->book = book;
    project->beneficiaries = 56;
    project->plan_count = 1;
    return project;
}

static void register_projects(struct world *world)
{
    struct register_batch *batch = open_batch(world, "projects");
    struct project *road = new_project("P1", "云镇村道路硬化", VILLAGE_11, BOOK_CONSTRUCTION);
    struct project *tea = new_project("P2", "茶园到户", TOWNSHIP_1, BOOK_SUBSIDY);
    struct project *bees = new_project("P3", "养蜂到户", TOWNSHIP_1, BOOK_SUBSIDY);
    struct error err = ERROR_INIT;

    road->plan[0] = (struct plan_line){.line = 1, .fund = "F1", .amount = {15000000}};
    road->plan[1] = (struct plan_line){.line = 2, .source = "村民自筹", .amount = {5000000}};
    road->plan_count = 2;
    tea->plan[0] = bees->plan[0] = (struct plan_line){.line = 1, .fund = "F2", .amount = {5000000}};
    ck_good(register_add_project(batch, road, &err), &err);
    ck_good(register_add_project(batch, tea, &err), &err);
    ck_good(register_add_project(batch, bees, &err), &err);
    close_batch(world, batch, 3);
    free(road);
    free(tea);
    free(bees);
}

void world_add_project(struct world *world, const char *code)
{
    struct register_batch *batch = open_batch(world, code);
    struct project *project = new_project(code, code, TOWNSHIP_1, BOOK_SUBSIDY);
    struct error err = ERROR_INIT;

    project->plan[0] = (struct plan_line){.line = 1, .fund = "F2", .amount = {5000000}};
    ck_good(register_add_project(batch, project, &err), &err);
    close_batch(world, batch, 1);
    free(project);
}

void world_make(struct world *world)
{
    clock_seconds = START;
    random_counter = 0;
    world->depth = 0;
    found(world);
    begin(world);
    add_user(world, "li", "maker");
    add_user(world, "wang", "checker");
    add_user(world, "yi", "publisher");
    register_divisions(world);
    register_funds(world);
    register_projects(world);
    commit(world);
}

void world_done(struct world *world)
{
    ledger_close(world->ledger);
    signer_close(world->signer);
    world->ledger = NULL;
    world->signer = NULL;
}

void world_open(struct world *world)
{
    struct ledger_options options = world_options();
    struct error err = ERROR_INIT;

    ck_good(signer_open(fixture_path("signer"), ORIGIN, &world->signer, &err), &err);
    ck_good(ledger_open(fixture_path("ledger"), &options, false, &world->ledger, &err), &err);
    world->journal = ledger_journal(world->ledger);
    /* Another process drew from the same sequence; begin where it can't have come. */
    random_counter = (uint64_t)(journal_size(world->journal) + 1) << 32;
}

/* ---- Vouchers -------------------------------------------------------------------------------- */

static struct account account(const char *division, enum book book, const char *fund,
                              enum account_role role)
{
    struct account account = {.book = book, .role = role};

    (void)snprintf(account.division, sizeof account.division, "%s", division);
    (void)snprintf(account.fund, sizeof account.fund, "%s", fund);
    return account;
}

static void submit(struct world *world, enum movement movement, const char *reference,
                   const char *date, const struct voucher_line *lines, size_t count)
{
    struct signatory li = world_person("li");
    struct voucher_header header = {.movement = movement, .text = "测试", .document = "测试文号"};
    struct voucher_draft *draft = NULL;
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    (void)snprintf(header.reference, sizeof header.reference, "%s", reference);
    ck_good(date_parse(date, &header.event_date, &err), &err);
    begin(world);
    ck_good(voucher_draft_new(world->journal, &header, &draft, &err), &err);
    for (size_t i = 0; i < count; i++)
        ck_good(voucher_draft_add(draft, &lines[i], &err), &err);
    ck_good(voucher_draft_submit(draft, &li, &receipt, NULL, &err), &err);
    voucher_draft_free(draft);
    commit(world);
}

void world_decide(struct world *world, const char *reference, enum voucher_act act)
{
    struct signatory wang = world_person("wang");
    struct error err = ERROR_INIT;

    begin(world);
    ck_good(voucher_decide(world->journal, &wang, reference, act, "测试", &err), &err);
    commit(world);
}

static void post(struct world *world, enum movement movement, const char *reference,
                 const char *date, const struct voucher_line *lines, size_t count)
{
    begin(world);
    submit(world, movement, reference, date, lines, count);
    world_decide(world, reference, VOUCHER_APPROVE);
    commit(world);
}

static void post_line(struct world *world, enum movement movement, const char *reference,
                      const char *date, struct account from, struct account to, int64_t fen)
{
    struct voucher_line *line = calloc(1, sizeof *line);

    ck_assert_ptr_nonnull(line);
    line->amount.fen = fen;
    line->from = from;
    line->to = to;
    post(world, movement, reference, date, line, 1);
    free(line);
}

void world_appropriate(struct world *world, const char *reference, const char *date,
                       const char *fund, int64_t fen)
{
    post_line(world, MOVEMENT_APPROPRIATION, reference, date,
              account(COUNTY, BOOK_NONE, fund, ACCOUNT_SOURCE),
              account(COUNTY, BOOK_NONE, fund, ACCOUNT_UNASSIGNED), fen);
}

void world_assign(struct world *world, const char *reference, const char *date,
                  const char *division, const char *fund, enum book book, int64_t fen)
{
    post_line(world, MOVEMENT_ASSIGNMENT, reference, date,
              account(division, BOOK_NONE, fund, ACCOUNT_UNASSIGNED),
              account(division, book, fund, ACCOUNT_AVAILABLE), fen);
}

void world_allocate(struct world *world, const char *reference, const char *date, const char *from,
                    const char *to, const char *fund, enum book book, int64_t fen)
{
    post_line(world, MOVEMENT_ALLOCATION, reference, date,
              account(from, book, fund, ACCOUNT_AVAILABLE),
              account(to, book, fund, ACCOUNT_AVAILABLE), fen);
}

void world_recover(struct world *world, const char *reference, const char *date, const char *from,
                   const char *to, const char *fund, enum book book, int64_t fen)
{
    post_line(world, MOVEMENT_RECOVERY, reference, date,
              account(from, book, fund, ACCOUNT_AVAILABLE),
              account(to, book, fund, ACCOUNT_AVAILABLE), fen);
}

void world_remit(struct world *world, const char *reference, const char *date, const char *division,
                 const char *fund, enum book book, int64_t fen)
{
    post_line(world, MOVEMENT_REMITTANCE, reference, date,
              account(division, book, fund, ACCOUNT_AVAILABLE),
              account(division, BOOK_NONE, fund, ACCOUNT_SOURCE), fen);
}

void world_reallocate(struct world *world, const char *reference, const char *date,
                      const char *division, const char *fund, enum book from, enum book to,
                      int64_t fen)
{
    post_line(world, MOVEMENT_REALLOCATION, reference, date,
              account(division, from, fund, ACCOUNT_AVAILABLE),
              account(division, to, fund, ACCOUNT_AVAILABLE), fen);
}

void world_pay_organisation(struct world *world, const char *reference, const char *date,
                            const char *division, int64_t fen)
{
    struct voucher_line *line = calloc(1, sizeof *line);

    ck_assert_ptr_nonnull(line);
    line->amount.fen = fen;
    line->from = account(division, BOOK_CONSTRUCTION, "F1", ACCOUNT_AVAILABLE);
    line->to = account(division, BOOK_CONSTRUCTION, "F1", ACCOUNT_IN_TRANSIT);
    line->plan_line = 1;
    (void)snprintf(line->project, sizeof line->project, "P1");
    (void)snprintf(line->text, sizeof line->text, "进度款");
    (void)snprintf(line->payee.name, sizeof line->payee.name, "示例建筑有限公司");
    post(world, MOVEMENT_PAYMENT, reference, date, line, 1);
    free(line);
}

/* ISO 7064 MOD 11-2 over a made-up birth in a made-up county. */
void world_name_payee(struct payee *payee, int person)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    char digits[18];
    int sum = 0;

    (void)snprintf(digits, sizeof digits, "61990119500101%03d", person);
    for (size_t i = 0; i < ARRAY_COUNT(weights); i++)
        sum += (digits[i] - '0') * weights[i];
    payee->is_person = true;
    (void)snprintf(payee->name, sizeof payee->name, "张某%d", person);
    (void)snprintf(payee->id_number, sizeof payee->id_number, "%s%c", digits,
                   "10X98765432"[sum % 11]);
    (void)snprintf(payee->bank_account, sizeof payee->bank_account, "6217001234567890122");
}

void world_ask_each(struct world *world, const char *reference, const char *date,
                    const char *division, const struct world_payment *payments, int count)
{
    struct voucher_line *lines = calloc(PAYROLL_MAX, sizeof *lines);

    ck_assert_ptr_nonnull(lines);
    ck_assert_int_le(count, PAYROLL_MAX);
    for (int i = 0; i < count; i++) {
        struct voucher_line *line = &lines[i];

        line->amount.fen = payments[i].fen;
        line->from = account(division, BOOK_SUBSIDY, "F2", ACCOUNT_AVAILABLE);
        line->to = account(division, BOOK_SUBSIDY, "F2", ACCOUNT_IN_TRANSIT);
        (void)snprintf(line->policy, sizeof line->policy, "到户产业补助");
        (void)snprintf(line->project, sizeof line->project, "%s", payments[i].project);
        line->plan_line = payments[i].project[0] == '\0' ? 0 : 1;
        world_name_payee(&line->payee, i);
    }
    submit(world, MOVEMENT_PAYMENT, reference, date, lines, (size_t)count);
    free(lines);
}

void world_pay_each(struct world *world, const char *reference, const char *date,
                    const char *division, const struct world_payment *payments, int count)
{
    begin(world);
    world_ask_each(world, reference, date, division, payments, count);
    world_decide(world, reference, VOUCHER_APPROVE);
    commit(world);
}

void world_pay_people(struct world *world, const char *reference, const char *date,
                      const char *division, int count, int64_t fen_each)
{
    struct world_payment payments[PAYROLL_MAX];

    for (int i = 0; i < PAYROLL_MAX; i++)
        payments[i] = (struct world_payment){fen_each, ""};
    world_pay_each(world, reference, date, division, payments, count);
}

struct returned_lines {
    const char *voucher;
    struct voucher_line *lines;
    size_t count;
};

static bool note_returned(void *context, int32_t number, enum line_state state, uint64_t seq,
                          const struct voucher_line *line, struct error *err)
{
    struct returned_lines *returned = context;
    struct voucher_line *again = &returned->lines[returned->count];

    (void)seq;
    (void)err;
    if (state != LINE_RETURNED) return true;
    ck_assert_uint_le(++returned->count, PAYROLL_MAX);
    *again = *line;
    again->from.role = ACCOUNT_OWED;
    again->returned_line = number;
    (void)snprintf(again->returned_voucher, sizeof again->returned_voucher, "%s",
                   returned->voucher);
    return true;
}

void world_pay_again(struct world *world, const char *reference, const char *date,
                     const char *voucher)
{
    struct returned_lines returned = {.lines = calloc(PAYROLL_MAX, sizeof *returned.lines)};
    struct error err = ERROR_INIT;
    struct voucher found;

    ck_assert_ptr_nonnull(returned.lines);
    ck_good(voucher_find(world->journal, voucher, &found, &err), &err);
    returned.voucher = found.number;
    ck_good(voucher_line_each(world->journal, found.number, note_returned, &returned, &err), &err);
    post(world, MOVEMENT_PAYMENT, reference, date, returned.lines, returned.count);
    free(returned.lines);
}

void world_hand_over(struct world *world, const char *reference, const char *date,
                     const char *division)
{
    struct signatory li = world_person("li");
    struct voucher_header header = {0};
    struct error err = ERROR_INIT;
    struct handed_over handed;

    (void)snprintf(header.reference, sizeof header.reference, "%s", reference);
    ck_good(date_parse(date, &header.event_date, &err), &err);
    begin(world);
    ck_good(division_hand_over(world->journal, &li, division, NULL, &header, &handed, &err), &err);
    world_decide(world, reference, VOUCHER_APPROVE);
    commit(world);
}

void world_refund(struct world *world, const char *reference, const char *date,
                  const char *division, int64_t fen)
{
    struct voucher_line *line = calloc(1, sizeof *line);

    ck_assert_ptr_nonnull(line);
    line->amount.fen = fen;
    line->from = account(division, BOOK_SUBSIDY, "F2", ACCOUNT_SPENT);
    line->to = account(division, BOOK_SUBSIDY, "F2", ACCOUNT_AVAILABLE);
    (void)snprintf(line->policy, sizeof line->policy, "到户产业补助");
    world_name_payee(&line->payee, 0);
    post(world, MOVEMENT_REFUND, reference, date, line, 1);
    free(line);
}

void world_receive(struct world *world, const char *reference, const char *date,
                   const char *division, const char *fund, int64_t fen)
{
    post_line(world, MOVEMENT_RECEIPT, reference, date,
              account(division, BOOK_NONE, fund, ACCOUNT_SOURCE),
              account(division, BOOK_NONE, fund, ACCOUNT_UNASSIGNED), fen);
}

void world_lend(struct world *world, enum movement movement, const char *reference,
                const char *date, const struct world_loan *loans, int count)
{
    const bool is_loan = movement == MOVEMENT_LOAN;
    struct voucher_line *lines = calloc(PAYROLL_MAX, sizeof *lines);

    ck_assert_ptr_nonnull(lines);
    ck_assert_int_le(count, PAYROLL_MAX);
    for (int i = 0; i < count; i++) {
        struct voucher_line *line = &lines[i];

        line->amount.fen = loans[i].fen;
        line->from = line->to = account(loans[i].division, BOOK_SUBSIDY, "F2", ACCOUNT_AVAILABLE);
        *(is_loan ? &line->to.role : &line->from.role) = ACCOUNT_RECEIVABLE;
        (void)snprintf(line->agreement, sizeof line->agreement, "%s", loans[i].agreement);
        world_name_payee(&line->payee, loans[i].person);
    }
    post(world, movement, reference, date, lines, (size_t)count);
    free(lines);
}

static void answer(struct world *world, struct bank_entry *entry)
{
    struct signatory li = world_person("li");
    struct error err = ERROR_INIT;

    begin(world);
    ck_good(bank_record(world->journal, &li, entry, &err), &err);
    commit(world);
}

void world_return(struct world *world, const char *reference, const char *voucher, const char *date,
                  int32_t line)
{
    struct bank_entry *entry = calloc(1, sizeof *entry);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(entry);
    entry->is_return = true;
    entry->lines = &line;
    entry->line_count = 1;
    (void)snprintf(entry->voucher, sizeof entry->voucher, "%s", voucher);
    (void)snprintf(entry->reference, sizeof entry->reference, "%s", reference);
    (void)snprintf(entry->reason, sizeof entry->reason, "账户已注销");
    ck_good(date_parse(date, &entry->event_date, &err), &err);
    answer(world, entry);
    free(entry);
}

void world_confirm(struct world *world, const char *reference, const char *voucher,
                   const char *date)
{
    struct bank_entry *entry = calloc(1, sizeof *entry);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(entry);
    (void)snprintf(entry->voucher, sizeof entry->voucher, "%s", voucher);
    (void)snprintf(entry->reference, sizeof entry->reference, "%s", reference);
    ck_good(date_parse(date, &entry->event_date, &err), &err);
    answer(world, entry);
    free(entry);
}

void world_reverse(struct world *world, const char *reference, const char *voucher,
                   const char *date)
{
    struct signatory li = world_person("li");
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;
    date_t day;

    ck_good(date_parse(date, &day, &err), &err);
    begin(world);
    ck_good(voucher_reverse(world->journal, &li, voucher, reference, day, "记错", &receipt, &err),
            &err);
    world_decide(world, reference, VOUCHER_APPROVE);
    commit(world);
}

void world_render(const struct world *world, const char *period_name, const char *division,
                  struct buffer *out)
{
    struct store *store = journal_store(world->journal);
    struct survey *survey = NULL;
    struct error err = ERROR_INIT;
    struct period period;

    ck_good(period_parse(period_name, &period, &err), &err);
    ck_good(store_begin_read(store, &err), &err);
    ck_good(survey_take(world->ledger, &period, &survey, &err), &err);
    for (size_t i = 0; i < survey->place_count; i++)
        if (survey->places[i].has_document &&
            (division == NULL || strcmp(survey->places[i].division.code, division) == 0))
            ck_good(survey_render(survey, i, NULL, out, &err), &err);
    survey_free(survey);
    store_rollback(store);
}

void world_fill(struct world *world)
{
    begin(world);
    world_appropriate(world, "a1", "2021-02-01", "F1", 80000000);
    world_appropriate(world, "a2", "2021-02-01", "F2", 20000000);
    world_assign(world, "b1", "2021-02-02", COUNTY, "F1", BOOK_CONSTRUCTION, 80000000);
    world_assign(world, "b2", "2021-02-02", COUNTY, "F2", BOOK_SUBSIDY, 20000000);
    world_allocate(world, "c1", "2021-03-01", COUNTY, TOWNSHIP_1, "F1", BOOK_CONSTRUCTION,
                   50000000);
    world_allocate(world, "c2", "2021-03-01", COUNTY, TOWNSHIP_1, "F2", BOOK_SUBSIDY, 10000000);
    world_allocate(world, "c3", "2021-03-02", COUNTY, TOWNSHIP_2, "F1", BOOK_CONSTRUCTION,
                   10000000);
    world_allocate(world, "d1", "2021-04-01", TOWNSHIP_1, VILLAGE_11, "F1", BOOK_CONSTRUCTION,
                   20000000);
    world_allocate(world, "d2", "2021-04-01", TOWNSHIP_1, VILLAGE_12, "F1", BOOK_CONSTRUCTION,
                   5000000);
    world_pay_organisation(world, "e1", "2021-06-01", VILLAGE_11, 12345678);
    world_confirm(world, "e1-bank", "e1", "2021-06-02");
    world_recover(world, "f1", "2021-11-01", VILLAGE_12, TOWNSHIP_1, "F1", BOOK_CONSTRUCTION,
                  1000000);
    commit(world);
}
