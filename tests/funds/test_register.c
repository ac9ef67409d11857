/* test_register.c - divisions, funds, projects, contracts: what enters, and what is told of it. */
#include "tests/funds/fixture.h"

#include <stdio.h>
#include <stdlib.h>

static struct fixture world;

#define set_text(field, text) ((void)snprintf((field), sizeof(field), "%s", (text)))

START_TEST(a_division_lies_below_its_parent)
{
    static const struct {
        const char *code, *name, *parent;
        enum error_code code_of_error;
        const char *words;
    } cases[] = {
        {"611025102000", "某镇", "611026000000", ERROR_NOT_FOUND, "is not registered"},
        {"611025102000", "某镇", "", ERROR_INPUT, "has no parent"},
        {"611025102000", "某镇", TOWN_1, ERROR_INPUT, "doesn't lie below"},
        {"611025102000", "", COUNTY, ERROR_INPUT, "has no name"},
        {TOWN_1, "永乐街道", COUNTY, ERROR_CONFLICT, "is registered already"},
        {COUNTY, "镇安县", TOWN_1, ERROR_INPUT, "is this ledger's root"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct division division = {.valid_from = day("2021-01-01")};
        struct error err = ERROR_INIT;

        set_text(division.code, cases[i].code);
        set_text(division.name, cases[i].name);
        set_text(division.parent, cases[i].parent);
        ck_assert(!fixture_try_division(&world, &division, &err));
        ck_assert_error(err, cases[i].code_of_error, cases[i].words);
    }
}
END_TEST

START_TEST(a_division_is_found_by_code_or_by_name_within_another)
{
    struct division division;
    struct error err = ERROR_INIT;

    ck_assert_ok(division_resolve(world.journal, VILLAGE_2, "", &division, &err), err);
    ck_assert_str_eq(division.name, "木王村");
    ck_assert_ok(division_resolve(world.journal, "木王村", "", &division, &err), err);
    ck_assert_str_eq(division.code, VILLAGE_2);
    ck_assert_str_eq(division.parent, TOWN_1);
    ck_assert(!division_resolve(world.journal, "中合村", "", &division, &err));
    ck_assert_error(err, ERROR_INPUT,
                    "2 divisions are called \"中合村\": 611025100201 (below 611025100000), "
                    "611025101201 (below 611025101000)");
    error_clear(&err);
    ck_assert_ok(division_resolve(world.journal, "中合村", TOWN_2, &division, &err), err);
    ck_assert_str_eq(division.code, VILLAGE_3);
    ck_assert(!division_resolve(world.journal, "无此村", TOWN_2, &division, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "no division within 611025101000");
    error_clear(&err);
    ck_assert(!division_find(world.journal, "611025109000", &division, &err));
    ck_assert_int_eq(err.code, ERROR_NOT_FOUND);
}
END_TEST

struct codes {
    char text[256];
};

static bool see_division(void *context, const struct division *division, struct error *err)
{
    struct codes *codes = context;
    size_t size = strlen(codes->text);

    (void)err;
    (void)snprintf(codes->text + size, sizeof codes->text - size, "%s ", division->code);
    return true;
}

START_TEST(divisions_of_a_scope_are_listed_by_code)
{
    struct codes codes = {""};
    struct error err = ERROR_INIT;

    ck_assert_ok(division_each(world.journal, TOWN_1, see_division, &codes, &err), err);
    ck_assert_str_eq(codes.text, TOWN_1 " " VILLAGE_1 " " VILLAGE_2 " ");
    codes.text[0] = '\0';
    ck_assert_ok(division_each(world.journal, VILLAGE_3, see_division, &codes, &err), err);
    ck_assert_str_eq(codes.text, VILLAGE_3 " ");
}
END_TEST

static bool see_fund(void *context, const struct fund *fund, struct error *err)
{
    struct codes *codes = context;
    size_t size = strlen(codes->text);

    (void)err;
    (void)snprintf(codes->text + size, sizeof codes->text - size, "%s%s%s%s ", fund->code,
                   fund->books[BOOK_CONSTRUCTION] ? "c" : "",
                   fund->books[BOOK_LIVELIHOOD] ? "l" : "", fund->books[BOOK_SUBSIDY] ? "s" : "");
    return true;
}

START_TEST(funds_are_listed_with_their_books)
{
    struct codes codes = {""};
    struct fund fund;
    struct error err = ERROR_INIT;

    ck_assert_ok(fund_each(world.journal, see_fund, &codes, &err), err);
    ck_assert_str_eq(codes.text, "F1cls F2ls F3c ");
    ck_assert_ok(fund_find(world.journal, "F1", &fund, &err), err);
    ck_assert_str_eq(fund.document, "陕财农〔2021〕1号");
    ck_assert(fund.has_expiry);
    ck_assert_int_eq(fund.expiry.days, day("2022-12-31").days);
    ck_assert_int_eq(fund.year, 2021);
}
END_TEST

START_TEST(a_fund_is_refused_without_what_makes_it_one)
{
    struct fund cases[4];
    static const char *const words[] = {"allows no book", "needs a name and the number",
                                        "is not a budget year", "is registered already"};

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;

        cases[i] = fixture_fund("F4");
        if (i == 0) memset(cases[i].books, 0, sizeof cases[i].books);
        if (i == 1) cases[i].document[0] = '\0';
        if (i == 2) cases[i].year = 21;
        if (i == 3) set_text(cases[i].code, "F1");
        ck_assert(!fixture_try_fund(&world, &cases[i], &err));
        ck_assert_error(err, i == 3 ? ERROR_CONFLICT : ERROR_INPUT, words[i]);
    }
}
END_TEST

static void spoil_project(struct project *project, size_t how)
{
    switch (how) {
    case 0:
        project->target[0] = '\0';
        break;
    case 1:
        set_text(project->division, "611025109000");
        break;
    case 2:
        set_text(project->plan[0].fund, "F9");
        break;
    case 3:
        set_text(project->plan[0].fund, "F2");
        break;
    case 4:
        set_text(project->plan[2].fund, "F1");
        break;
    case 5:
        project->plan_count = 0;
        break;
    case 6:
        project->plan[1].line = 5;
        break;
    case 7:
        project->has_start = project->has_end = true;
        project->start = day("2021-09-01");
        project->end = day("2021-08-01");
        break;
    case 8:
        set_text(project->code, "P1");
        break;
    default:
        set_text(project->office_phone, "13812345678");
        break;
    }
}

START_TEST(a_project_enters_the_bank_only_complete)
{
    static const struct {
        enum error_code code;
        const char *words;
    } cases[] = {
        {ERROR_INPUT, "has no performance target"},
        {ERROR_NOT_FOUND, "division 611025109000 is not registered"},
        {ERROR_NOT_FOUND, "fund F9 is not registered"},
        {ERROR_EARMARK, "plan line 1: fund F2 may not be used in book construction"},
        {ERROR_INPUT, "plan line 3 names a fund or an outside source"},
        {ERROR_LIMIT, "a financing plan has 1 to 32 lines, not 0"},
        {ERROR_INPUT, "numbered from 1 on"},
        {ERROR_INPUT, "ends before it starts"},
        {ERROR_CONFLICT, "is registered already"},
        {ERROR_INPUT, "a person's number is not"},
    };
    struct project *project = malloc(sizeof *project);

    ck_assert_ptr_nonnull(project);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct error err = ERROR_INIT;

        fixture_project(project, "P2");
        spoil_project(project, i);
        ck_assert(!fixture_try_project(&world, project, &err));
        ck_assert_error(err, cases[i].code, cases[i].words);
    }
    free(project);
}
END_TEST

START_TEST(a_contract_belongs_to_a_registered_project)
{
    struct contract contract = fixture_contract("C2", "P9");
    struct error err = ERROR_INIT;

    ck_assert(!fixture_try_contract(&world, &contract, &err));
    ck_assert_error(err, ERROR_NOT_FOUND, "project P9 of contract C2 is not in the project bank");
    error_clear(&err);
    contract = fixture_contract("C1", "P1");
    ck_assert(!fixture_try_contract(&world, &contract, &err));
    ck_assert_error(err, ERROR_CONFLICT, "contract C1 is registered already");
    error_clear(&err);
    contract = fixture_contract("C2", "P1");
    contract.retention_bp = 10001;
    ck_assert(!fixture_try_contract(&world, &contract, &err));
    ck_assert_error(err, ERROR_INPUT, "more than the price");
    error_clear(&err);
    contract = fixture_contract("C2", "P1");
    contract.contractor[0] = '\0';
    ck_assert(!fixture_try_contract(&world, &contract, &err));
    ck_assert_error(err, ERROR_INPUT, "has no contractor");
}
END_TEST

static bool see_project(void *context, const struct project *project, struct error *err)
{
    (void)err;
    ck_assert_str_eq(project->code, "P1");
    ck_assert_uint_eq(project->plan_count, 3);
    ck_assert_str_eq(project->plan[2].source, "东西部协作");
    *(int *)context += 1;
    return true;
}

static bool see_contract(void *context, const struct contract *contract, struct error *err)
{
    (void)err;
    ck_assert_str_eq(contract->code, "C1");
    *(int *)context += 1;
    return true;
}

START_TEST(projects_and_contracts_are_listed)
{
    struct error err = ERROR_INIT;
    int count = 0;

    ck_assert_ok(project_each(world.journal, VILLAGE_1, see_project, &count, &err), err);
    ck_assert_ok(project_each(world.journal, "", see_project, &count, &err), err);
    ck_assert_ok(project_each(world.journal, VILLAGE_2, see_project, &count, &err), err);
    ck_assert_int_eq(count, 2);
    ck_assert_ok(contract_each(world.journal, "P1", see_contract, &count, &err), err);
    ck_assert_ok(contract_each(world.journal, "", see_contract, &count, &err), err);
    ck_assert_ok(contract_each(world.journal, "P2", see_contract, &count, &err), err);
    ck_assert_int_eq(count, 4);
}
END_TEST

static bool record(struct journal *journal, const struct signatory *by, void *context,
                   struct error *err)
{
    int32_t percent = *(const int32_t *)context;

    if (percent == 101)
        return project_record_acceptance(journal, by, "P1", day("2021-09-01"), "县验收组", "合格",
                                         err);
    if (percent == 104)
        return project_record_result(journal, by, "P1", day("2024-01-02"), "85户受益", err);
    if (percent == 102)
        return project_record_result(journal, by, "P1", day("2021-10-01"), "85户受益", err);
    return project_record_progress(journal, by, "P1", day("2021-08-01"), percent, "路基完成", err);
}

static bool try_record(const char *user, int32_t percent, struct error *err)
{
    return fixture_try_act(&world, user, record, &percent, err);
}

START_TEST(what_becomes_of_a_project_is_recorded)
{
    struct project *project = malloc(sizeof *project);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(project);
    ck_assert_ok(try_record("ma", 40, &err), err);
    ck_assert(!try_record("ma", 39, &err));
    ck_assert_error(err, ERROR_STATE, "doesn't fall back");
    error_clear(&err);
    ck_assert(!try_record("ma", 103, &err));
    ck_assert_error(err, ERROR_INPUT, "more than the whole");
    error_clear(&err);
    ck_assert(!try_record("bai", 50, &err));
    ck_assert_int_eq(err.code, ERROR_PERMISSION);
    error_clear(&err);
    ck_assert_ok(try_record("li", 101, &err), err);
    ck_assert(!try_record("li", 101, &err));
    ck_assert_error(err, ERROR_STATE, "is accepted already");
    error_clear(&err);
    ck_assert(!try_record("li", 104, &err)); /* the clock says 2024-01-01 */
    ck_assert_error(err, ERROR_INPUT, "2024-01-02 has not come yet");
    error_clear(&err);
    ck_assert_ok(try_record("li", 102, &err), err);
    ck_assert_ok(project_find(world.journal, "P1", project, &err), err);
    ck_assert_int_eq(project->percent, 40);
    ck_assert(project->accepted);
    ck_assert_str_eq(project->result, "85户受益");
    free(project);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(the_same_file_again_changes_nothing)
{
    struct signatory li = fixture_as("li");
    struct register_batch *batch = NULL;
    struct error err = ERROR_INIT;
    hash_t content = hash_sha256((const uint8_t *)"rows", 4), other;
    struct fund fund = fixture_fund("F8");
    bool repeated;

    for (int i = 0; i < 2; i++) {
        fixture_begin(&world);
        ck_assert_ok(register_begin(world.journal, &li, "funds", "funds-2021", &content, &batch,
                                    &repeated, &err),
                     err);
        ck_assert_int_eq(repeated, i == 1);
        if (i == 0) {
            ck_assert_ok(register_add_fund(batch, &fund, &err), err);
            ck_assert_ok(register_finish(batch, 1, &err), err);
            fixture_commit(&world);
        } else {
            ck_assert(!register_add_fund(batch, &fund, &err));
            ck_assert_error(err, ERROR_STATE, "nothing is added again");
            error_clear(&err);
            register_free(batch);
            fixture_roll_back(&world);
        }
    }
    other = hash_sha256((const uint8_t *)"other", 5);
    fixture_begin(&world);
    ck_assert_ok(
        register_begin(world.journal, &li, "funds", NULL, &content, &batch, &repeated, &err), err);
    ck_assert(repeated); /* known by its bytes */
    register_free(batch);
    ck_assert_ok(register_begin(world.journal, &li, "funds", NULL, &other, &batch, &repeated, &err),
                 err);
    ck_assert(!repeated);
    register_free(batch);
    ck_assert(!register_begin(world.journal, &li, "funds", "funds-2021", &other, &batch, &repeated,
                              &err));
    ck_assert_int_eq(err.code, ERROR_CONFLICT);
    fixture_roll_back(&world);
}
END_TEST

START_TEST(a_reference_made_for_a_file_is_never_a_number)
{
    struct signatory li = fixture_as("li");
    struct buffer entry = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    for (uint32_t i = 0; i < 100; i++) {
        hash_t content = hash_sha256((const uint8_t *)&i, sizeof i);
        struct register_batch *batch = NULL;
        const char *reference;
        bool repeated;

        fixture_begin(&world);
        ck_assert_ok(
            register_begin(world.journal, &li, "payments", NULL, &content, &batch, &repeated, &err),
            err);
        ck_assert_ok(register_finish(batch, 1, &err), err);
        fixture_commit(&world);
        buffer_reset(&entry);
        ck_assert_ok(journal_read(world.journal, journal_size(world.journal) - 1, &entry, &err),
                     err);
        reference = strstr(buffer_text(&entry), "\"reference\":\"file-");
        ck_assert_ptr_nonnull(reference);
        ck_assert_uint_eq(strspn(reference + 18, "abcdefghijklmnop"), 16);
    }
    buffer_done(&entry);
}
END_TEST

START_TEST(rows_that_nothing_covers_are_not_kept)
{
    struct signatory li = fixture_as("li");
    struct register_batch *batch = NULL;
    struct error err = ERROR_INIT;
    hash_t content = HASH_ZERO;
    struct fund fund = fixture_fund("F8");
    bool repeated;

    fixture_begin(&world);
    ck_assert_ok(
        register_begin(world.journal, &li, "funds", "funds-x", &content, &batch, &repeated, &err),
        err);
    ck_assert_ok(register_add_fund(batch, &fund, &err), err);
    register_free(batch);
    ck_assert(!journal_commit(world.journal, &err));
    error_clear(&err);
    ck_assert(!fund_find(world.journal, "F8", &fund, &err));
}
END_TEST

START_TEST(words_are_read_in_both_languages)
{
    struct error err = ERROR_INIT;
    enum book book;
    enum account_role role;
    enum movement movement;

    ck_assert_ok(book_parse("民生保障", &book, &err), err);
    ck_assert_int_eq(book, BOOK_LIVELIHOOD);
    ck_assert_ok(account_role_parse("质保金", &role, &err), err);
    ck_assert_int_eq(role, ACCOUNT_RETENTION);
    ck_assert_ok(movement_parse("冲销", &movement, &err), err);
    ck_assert_int_eq(movement, MOVEMENT_REVERSAL);
    ck_assert(!book_parse("books", &book, &err));
    ck_assert_error(err, ERROR_INPUT, "\"books\" is not a book");
    error_clear(&err);
    ck_assert(!account_role_parse("x", &role, &err));
    ck_assert_error(err, ERROR_INPUT, "is not a role of an account");
    error_clear(&err);
    ck_assert(!movement_parse("x", &movement, &err));
    ck_assert_error(err, ERROR_INPUT, "is not a movement");
}
END_TEST

START_TEST(every_kind_is_marked_signed_and_described)
{
    const struct journal_module *modules[] = {&journal_module, &funds_module, NULL};
    struct buffer text = BUFFER_INIT(4096);
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_check_modules(modules, &err), err);
    fixture_fund_village_1(&world, "100.00");
    for (uint64_t seq = 0; seq < journal_size(world.journal); seq++) {
        buffer_reset(&text);
        ck_assert_ok(journal_describe(world.journal, seq, &text, &err), err);
        ck_assert_uint_gt(text.size, 10);
    }
    buffer_done(&text);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_division_lies_below_its_parent,
        a_division_is_found_by_code_or_by_name_within_another,
        divisions_of_a_scope_are_listed_by_code,
        funds_are_listed_with_their_books,
        a_fund_is_refused_without_what_makes_it_one,
        a_project_enters_the_bank_only_complete,
        a_contract_belongs_to_a_registered_project,
        projects_and_contracts_are_listed,
        what_becomes_of_a_project_is_recorded,
        the_same_file_again_changes_nothing,
        a_reference_made_for_a_file_is_never_a_number,
        rows_that_nothing_covers_are_not_kept,
        words_are_read_in_both_languages,
        every_kind_is_marked_signed_and_described,
    };

    return fixture_run("register", tests, ARRAY_COUNT(tests), &world);
}
