/* fixture.c - see fixture.h. */
#include "tests/funds/fixture.h"

#include <stdio.h>
#include <stdlib.h>

#define PEOPLE_MAX 16
#define ORIGIN     "mingzhang/611025000000"

static int64_t clock_seconds = FIXTURE_START;
static uint64_t random_counter;
static unsigned reference_counter;

/* ---- Sources --------------------------------------------------------------------------------- */

void fixture_set_clock(int64_t seconds)
{
    clock_seconds = seconds;
}

struct ledger_options fixture_options(void)
{
    return (struct ledger_options){clock_source_chosen(&clock_seconds),
                                   random_source_chosen(&random_counter)};
}

const struct sign_key *fixture_key(const char *user)
{
    static struct {
        char user[USER_CODE_SIZE];
        struct sign_key *key;
    } people[PEOPLE_MAX];
    struct error err = ERROR_INIT;
    hash_t seed;
    size_t i = 0;

    for (; i < PEOPLE_MAX && people[i].key != NULL; i++)
        if (strcmp(people[i].user, user) == 0) return people[i].key;
    ck_assert_uint_lt(i, PEOPLE_MAX);
    seed = hash_sha256((const uint8_t *)user, strlen(user));
    ck_assert_ok(sign_key_from_seed(seed.bytes, &people[i].key, &err), err);
    (void)snprintf(people[i].user, sizeof people[i].user, "%s", user);
    return people[i].key;
}

struct signatory fixture_as(const char *user)
{
    return (struct signatory){user, fixture_key(user)};
}

date_t day(const char *text)
{
    struct error err = ERROR_INIT;
    date_t date = {0};

    ck_assert_ok(date_parse(text, &date, &err), err);
    return date;
}

int32_t month(const char *text)
{
    struct error err = ERROR_INIT;
    int32_t month = 0;

    ck_assert_ok(month_parse(text, &month, &err), err);
    return month;
}

money_t yuan(const char *text)
{
    struct error err = ERROR_INIT;
    money_t amount = MONEY_ZERO;

    ck_assert_ok(money_parse(text, MONEY_YUAN, &amount, &err), err);
    return amount;
}

/* ---- Transactions ---------------------------------------------------------------------------- */

unsigned fixture_number(void)
{
    return ++reference_counter;
}

void fixture_begin(struct fixture *fixture)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_begin(fixture->journal, &err), err);
}

void fixture_commit(struct fixture *fixture)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_commit(fixture->journal, &err), err);
}

void fixture_roll_back(struct fixture *fixture)
{
    journal_rollback(fixture->journal);
}

bool fixture_end(struct fixture *fixture, bool ok, struct error *err)
{
    if (ok) return journal_commit(fixture->journal, err);
    journal_rollback(fixture->journal);
    return false;
}

/* ---- Genesis and people ---------------------------------------------------------------------- */

static void person(const char *user, struct genesis_person *out)
{
    (void)snprintf(out->user, sizeof out->user, "%s", user);
    sign_key_public(fixture_key(user), &out->key);
}

static void sign_genesis(const struct genesis *genesis, uint8_t out[3][SIGN_SIGNATURE_SIZE])
{
    static const char *const users[] = {"zhao", "qian", "sun"};
    struct buffer body = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    ck_assert_ok(genesis_format_unsigned(genesis, &body, &err), err);
    for (size_t i = 0; i < 3; i++)
        ck_assert_ok(sign_message(fixture_key(users[i]), body.data, body.size, out[i], &err), err);
    buffer_done(&body);
}

/* One signer serves every county of a program: its keys are slow to make. */
static struct {
    struct note_vkey log_key;
    uint8_t certificate[4096];
    size_t certificate_size;
} machine;

void fixture_prepare(void)
{
    struct random_source random = random_source_system();
    char directory[SCRATCH_PATH_SIZE];
    char path[FIXTURE_PATH_SIZE];
    struct signer *signer = NULL;
    struct error err = ERROR_INIT;
    const uint8_t *certificate;

    if (machine.certificate_size != 0) return;
    scratch_make("/tmp", directory);
    (void)snprintf(path, sizeof path, "%s/signer", directory);
    if (!signer_create(path, ORIGIN, &random, &signer, &err)) abort();
    machine.log_key = *signer_log_key(signer);
    certificate = signer_certificate_der(signer, &machine.certificate_size);
    if (machine.certificate_size > sizeof machine.certificate) abort();
    memcpy(machine.certificate, certificate, machine.certificate_size);
    signer_close(signer);
    scratch_remove(directory);
}

static void fill_genesis(struct genesis *out)
{
    memset(out, 0, sizeof *out);
    (void)snprintf(out->origin, sizeof out->origin, "%s", ORIGIN);
    (void)snprintf(out->division, sizeof out->division, "%s", COUNTY);
    (void)snprintf(out->name, sizeof out->name, "%s", "镇安县");
    out->log_key = machine.log_key;
    out->certificate = machine.certificate;
    out->certificate_size = machine.certificate_size;
    person("zhao", &out->administrators[0]);
    person("qian", &out->administrators[1]);
    person("sun", &out->inspector);
}

static void open_passing(struct fixture *fixture, const struct genesis *genesis)
{
    uint8_t signatures[3][SIGN_SIGNATURE_SIZE];
    struct error err = ERROR_INIT;
    struct appended appended;

    sign_genesis(genesis, signatures);
    ck_assert_ok(ledger_open_scratch(fixture->directory, &fixture->options, &fixture->ledger, &err),
                 err);
    fixture->journal = ledger_journal(fixture->ledger);
    fixture_begin(fixture);
    ck_assert_ok(journal_append_genesis(fixture->journal, genesis,
                                        (const uint8_t(*)[SIGN_SIGNATURE_SIZE])signatures,
                                        &appended, &err),
                 err);
    fixture_commit(fixture);
}

static void open_on_disk(struct fixture *fixture, const struct genesis *genesis)
{
    uint8_t signatures[3][SIGN_SIGNATURE_SIZE];
    struct error err = ERROR_INIT;
    char path[FIXTURE_PATH_SIZE + 16];

    sign_genesis(genesis, signatures);
    (void)snprintf(path, sizeof path, "%s/ledger", fixture->directory);
    ck_assert_ok(ledger_create(path, &fixture->options, genesis,
                               (const uint8_t(*)[SIGN_SIGNATURE_SIZE])signatures, &fixture->ledger,
                               &err),
                 err);
    fixture->journal = ledger_journal(fixture->ledger);
}

static void found(struct fixture *fixture, bool on_disk)
{
    struct genesis genesis;

    fixture_prepare();
    clock_seconds = FIXTURE_START;
    random_counter = 0;
    reference_counter = 0;
    memset(fixture, 0, sizeof *fixture);
    fixture->options = fixture_options();
    scratch_make("/tmp", fixture->directory);
    fill_genesis(&genesis);
    if (on_disk)
        open_on_disk(fixture, &genesis);
    else
        open_passing(fixture, &genesis);
    fixture_add_user(fixture, "li", "maker", COUNTY);
    fixture_add_user(fixture, "wang", "checker", COUNTY);
    fixture_add_user(fixture, "zhou", "publisher", COUNTY);
    fixture_add_user(fixture, "ma", "maker", TOWN_1);
    fixture_add_user(fixture, "bai", "checker", TOWN_1);
}

void fixture_people(struct fixture *fixture)
{
    found(fixture, false);
}

void fixture_done(struct fixture *fixture)
{
    ledger_close(fixture->ledger);
    scratch_remove(fixture->directory);
}

/* ---- Acts of two ----------------------------------------------------------------------------- */

bool fixture_try_agree(struct fixture *fixture, const char *act, const char *body,
                       struct error *err)
{
    struct signatory zhao = fixture_as("zhao"), qian = fixture_as("qian");
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct appended proposal, second;
    bool ok;

    if (!journal_begin(fixture->journal, err)) return false;
    ok = buffer_append_text(&bytes, body, err) &&
         journal_propose(fixture->journal, &zhao, act, &bytes, &proposal, err) &&
         journal_second(fixture->journal, &qian, &proposal.hash, &second, err);
    buffer_done(&bytes);
    return fixture_end(fixture, ok, err);
}

void fixture_agree(struct fixture *fixture, const char *act, const char *body)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_agree(fixture, act, body, &err), err);
}

void fixture_add_user(struct fixture *fixture, const char *user, const char *role,
                      const char *division)
{
    char key[SIGN_PUBLIC_TEXT_SIZE], body[512];
    struct sign_public public;

    sign_key_public(fixture_key(user), &public);
    (void)snprintf(body, sizeof body,
                   "{\"key\":\"%s\",\"roles\":[{\"division\":\"%s\",\"role\":\"%s\"}],\"user\":"
                   "\"%s\"}",
                   sign_public_format(&public, key), division, role, user);
    fixture_agree(fixture, "user.add", body);
}

/* ---- The register ---------------------------------------------------------------------------- */

static struct register_batch *begin_batch(struct fixture *fixture, const char *what)
{
    struct signatory li = fixture_as("li");
    struct register_batch *batch = NULL;
    struct error err = ERROR_INIT;
    char reference[CODE_SIZE];
    bool repeated;
    hash_t content;

    (void)snprintf(reference, sizeof reference, "file-%u", fixture_number());
    content = hash_sha256((const uint8_t *)reference, strlen(reference));
    fixture_begin(fixture);
    ck_assert_ok(
        register_begin(fixture->journal, &li, what, reference, &content, &batch, &repeated, &err),
        err);
    ck_assert(!repeated);
    return batch;
}

static bool end_batch(struct fixture *fixture, struct register_batch *batch, bool ok,
                      struct error *err)
{
    ok = ok && register_finish(batch, 1, err);
    if (!ok) register_free(batch);
    return fixture_end(fixture, ok, err);
}

bool fixture_try_division(struct fixture *fixture, const struct division *division,
                          struct error *err)
{
    struct register_batch *batch = begin_batch(fixture, "divisions");

    return end_batch(fixture, batch, register_add_division(batch, division, err), err);
}

bool fixture_try_fund(struct fixture *fixture, const struct fund *fund, struct error *err)
{
    struct register_batch *batch = begin_batch(fixture, "funds");

    return end_batch(fixture, batch, register_add_fund(batch, fund, err), err);
}

bool fixture_try_project(struct fixture *fixture, const struct project *project, struct error *err)
{
    struct register_batch *batch = begin_batch(fixture, "projects");

    return end_batch(fixture, batch, register_add_project(batch, project, err), err);
}

bool fixture_try_contract(struct fixture *fixture, const struct contract *contract,
                          struct error *err)
{
    struct register_batch *batch = begin_batch(fixture, "contracts");

    return end_batch(fixture, batch, register_add_contract(batch, contract, err), err);
}

static void plan(struct project *project, const char *fund, const char *source, const char *amount)
{
    struct plan_line *line = &project->plan[project->plan_count++];

    line->line = (int32_t)project->plan_count;
    (void)snprintf(line->fund, sizeof line->fund, "%s", fund);
    (void)snprintf(line->source, sizeof line->source, "%s", source);
    line->amount = yuan(amount);
}

void fixture_project(struct project *out, const char *code)
{
    memset(out, 0, sizeof *out);
    (void)snprintf(out->code, sizeof out->code, "%s", code);
    (void)snprintf(out->name, sizeof out->name, "%s", "中合村产业道路硬化");
    (void)snprintf(out->category, sizeof out->category, "%s", "乡村建设");
    (void)snprintf(out->nature, sizeof out->nature, "%s", "新建");
    (void)snprintf(out->unit, sizeof out->unit, "%s", "镇安县农业农村局");
    (void)snprintf(out->task, sizeof out->task, "%s", "硬化产业道路2.1公里");
    (void)snprintf(out->target, sizeof out->target, "%s", "方便85户出行和运输");
    (void)snprintf(out->mechanism, sizeof out->mechanism, "%s", "优先吸纳脱贫户务工");
    (void)snprintf(out->division, sizeof out->division, "%s", VILLAGE_1);
    out->book = BOOK_CONSTRUCTION;
    out->beneficiaries = 85;
    plan(out, "F1", "", "500000.00");
    plan(out, "F3", "", "100000.00");
    plan(out, "", "东西部协作", "50000.00");
}

struct contract fixture_contract(const char *code, const char *project)
{
    struct contract contract;

    memset(&contract, 0, sizeof contract);
    (void)snprintf(contract.code, sizeof contract.code, "%s", code);
    (void)snprintf(contract.project, sizeof contract.project, "%s", project);
    (void)snprintf(contract.contractor, sizeof contract.contractor, "%s", "镇安宏远建筑有限公司");
    (void)snprintf(contract.uscc, sizeof contract.uscc, "%s", "91611025MA70A1B23G");
    contract.price = yuan("400000.00");
    contract.retention_bp = 300;
    contract.signed_on = day("2021-04-05");
    return contract;
}

struct fund fixture_fund(const char *code)
{
    struct fund fund;

    memset(&fund, 0, sizeof fund);
    (void)snprintf(fund.code, sizeof fund.code, "%s", code);
    (void)snprintf(fund.document, sizeof fund.document, "陕财农〔2021〕%s号", code + 1);
    (void)snprintf(fund.name, sizeof fund.name, "%s", "财政衔接推进乡村振兴补助资金");
    (void)snprintf(fund.level, sizeof fund.level, "%s", "province");
    fund.year = 2021;
    fund.books[BOOK_CONSTRUCTION] = true;
    fund.books[BOOK_LIVELIHOOD] = true;
    fund.books[BOOK_SUBSIDY] = true;
    return fund;
}

static void register_divisions(struct fixture *fixture)
{
    static const struct {
        const char *code, *name, *parent;
    } rows[] = {
        {COUNTY, "镇安县", ""},        {TOWN_1, "永乐街道", COUNTY}, {VILLAGE_1, "中合村", TOWN_1},
        {VILLAGE_2, "木王村", TOWN_1}, {TOWN_2, "回龙镇", COUNTY},   {VILLAGE_3, "中合村", TOWN_2},
    };
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct division division = {.valid_from = day("2021-01-01")};

        (void)snprintf(division.code, sizeof division.code, "%s", rows[i].code);
        (void)snprintf(division.name, sizeof division.name, "%s", rows[i].name);
        (void)snprintf(division.parent, sizeof division.parent, "%s", rows[i].parent);
        ck_assert_ok(fixture_try_division(fixture, &division, &err), err);
    }
}

static void register_funds(struct fixture *fixture)
{
    struct fund f1 = fixture_fund("F1"), f2 = fixture_fund("F2"), f3 = fixture_fund("F3");
    struct error err = ERROR_INIT;

    f1.amount = yuan("10000000.00");
    f1.has_expiry = true;
    f1.expiry = day("2022-12-31");
    f2.books[BOOK_CONSTRUCTION] = false;
    f3.amount = yuan("1000000.00");
    f3.books[BOOK_LIVELIHOOD] = false;
    f3.books[BOOK_SUBSIDY] = false;
    f3.has_expiry = true;
    f3.expiry = day("2021-06-30");
    ck_assert_ok(fixture_try_fund(fixture, &f1, &err), err);
    ck_assert_ok(fixture_try_fund(fixture, &f2, &err), err);
    ck_assert_ok(fixture_try_fund(fixture, &f3, &err), err);
}

static void register_all(struct fixture *fixture)
{
    struct project *project = malloc(sizeof *project);
    struct contract contract = fixture_contract("C1", "P1");
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(project);
    register_divisions(fixture);
    register_funds(fixture);
    fixture_project(project, "P1");
    ck_assert_ok(fixture_try_project(fixture, project, &err), err);
    ck_assert_ok(fixture_try_contract(fixture, &contract, &err), err);
    free(project);
}

void fixture_county(struct fixture *fixture)
{
    found(fixture, false);
    register_all(fixture);
}

void fixture_county_on_disk(struct fixture *fixture)
{
    found(fixture, true);
    register_all(fixture);
}

/* ---- Looking --------------------------------------------------------------------------------- */

struct search {
    struct account wanted;
    money_t amount;
};

static bool see_balance(void *context, const struct balance *balance, struct error *err)
{
    struct search *search = context;

    (void)err;
    if (balance->account.book == search->wanted.book &&
        balance->account.role == search->wanted.role)
        search->amount = balance->amount;
    return true;
}

money_t balance(struct fixture *fixture, const char *text)
{
    struct search search = {account(text), MONEY_ZERO};
    struct balance_filter filter = {.division = search.wanted.division, .fund = search.wanted.fund};
    struct error err = ERROR_INIT;

    ck_assert_ok(balance_each(fixture->journal, &filter, see_balance, &search, &err), err);
    return search.amount;
}

void assert_balance(struct fixture *fixture, const char *text, const char *expected)
{
    char shown[MONEY_TEXT_SIZE];

    ck_assert_msg(money_compare(balance(fixture, text), yuan(expected)) == 0, "%s: %s, not %s",
                  text, money_format(balance(fixture, text), shown), expected);
}

void assert_replay_is_identical(struct fixture *fixture)
{
    const struct store_table *const *tables = ledger_derived_tables();
    struct ledger *replayed = NULL;
    struct error err = ERROR_INIT;

    ck_assert_ok(ledger_open_scratch(fixture->directory, &fixture->options, &replayed, &err), err);
    ck_assert_ok(journal_replay(fixture->journal, ledger_journal(replayed), NULL, NULL, &err), err);
    for (size_t i = 0; tables[i] != NULL; i++) {
        struct store_table_difference difference;
        bool equal = false;

        memset(&difference, 0, sizeof difference);
        ck_assert_ok(store_compare_table(journal_store(fixture->journal),
                                         journal_store(ledger_journal(replayed)), tables[i], &equal,
                                         &difference, &err),
                     err);
        ck_assert_msg(equal, "table %s, row %s, column %s: %s, replayed %s", difference.table,
                      difference.key, difference.column, difference.left, difference.right);
    }
    ledger_close(replayed);
}

/* ---- Running --------------------------------------------------------------------------------- */

static struct fixture *tested;

static void setup(void)
{
    fixture_county(tested);
}

static void teardown(void)
{
    assert_second_hand_agrees(tested);
    fixture_done(tested);
}

int fixture_run(const char *name, const TTest *const *tests, size_t count, struct fixture *world)
{
    Suite *suite = suite_create(name);
    TCase *cases = tcase_create(name);
    SRunner *runner;
    int failed;

    fixture_prepare();
    tested = world;
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 0); /* CTest has its own */
    for (size_t i = 0; i < count; i++)
        tcase_add_test(cases, tests[i]);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
