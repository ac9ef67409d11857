/* test_import.c - every bad cell is named and nothing is written; good files give what they say. */
#include <stdlib.h>

#include "importers/importers.h"
#include "tests/funds/fixture.h"

#define FAULTS_SIZE_MAX 65536

static struct fixture world;

/* ---- Importing ------------------------------------------------------------------------------ */

struct outcome {
    bool ok;
    struct import_report report;
    struct error err;
    struct buffer faults; /* "[place|message]" each */
};

static void note_fault(void *context, const struct error *fault)
{
    struct buffer *faults = context;
    struct error err = ERROR_INIT;
    const char *row = strrchr(fault->place, '/'); /* without the folder */

    ck_assert(buffer_append_format(faults, &err, "[%s|%s]", row != NULL ? row + 1 : fault->place,
                                   fault->message));
}

/* The file's path; lent until the next call. */
static const char *write_file(const char *name, const char *text, size_t size)
{
    static char path[2 * FIXTURE_PATH_SIZE];
    FILE *file;

    (void)snprintf(path, sizeof path, "%s/%s", world.directory, name);
    file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

static void import_bytes(const char *what, const char *text, size_t size, struct outcome *out)
{
    struct import_options options = {
        .what = what, .by = fixture_as("li"), .fault = note_fault, .context = &out->faults};

    *out = (struct outcome){.err = ERROR_INIT, .faults = BUFFER_INIT(FAULTS_SIZE_MAX)};
    options.path = write_file("in.csv", text, size);
    fixture_begin(&world);
    out->ok = import_file(world.ledger, &options, &out->report, &out->err);
    if (out->ok) {
        fixture_commit(&world);
    } else {
        journal_rollback(world.journal);
    }
}

static void import_text(const char *what, const char *text, struct outcome *out)
{
    import_bytes(what, text, strlen(text), out);
}

static void must_import(const char *what, const char *text)
{
    struct outcome outcome;

    import_text(what, text, &outcome);
    ck_assert_msg(outcome.ok, "%s %s", outcome.err.message, buffer_text(&outcome.faults));
    buffer_done(&outcome.faults);
}

/* ---- Bad cells, each with the row and heading that must be named ------------------------------
 */

#define DIVISIONS "code,name,parent,provisional,valid_from\n"
#define FUNDS     "fund,document,name,level,year,amount (yuan),books,expiry\n"
#define PROJECTS                                                                                   \
    "project,name,category,nature,division,book,start,end,unit,office phone,task,target,"          \
    "households,plan line,plan fund,plan source,plan amount\n"
#define PROJECT_REST "产业,新建,611025100201,construction,2021-04-10,2021-10-01,局,,修渠,灌溉,5"
#define CONTRACTS    "contract,project,contractor,uscc,price,retention,signed on\n"
#define ALLOCATIONS  "reference,date,movement,document,text,fund,from,to,book,to book,amount,note\n"
#define PAYMENTS                                                                                   \
    "reference,date,text,fund,division,book,amount,project,plan line,contract,policy,payee,"       \
    "uscc,id number,account,repays\n"

static const struct {
    const char *what;
    const char *text;
    const char *place;   /* ends with the heading */
    const char *message; /* a part of it */
} bad_cells[] = {
    {"divisions", DIVISIONS "61102510020X,X村,,是,2021-01-01\n", "in.csv:2: code", "61102510020X"},
    {"divisions", DIVISIONS "611025100209,,,是,2021-01-01\n", "in.csv:2: name",
     "the cell is empty"},
    {"divisions", DIVISIONS "611025100209,X村,,maybe,2021-01-01\n", "in.csv:2: provisional",
     "neither yes nor no"},
    {"divisions", DIVISIONS "611025100209,X村,,是,2021-02-29\n", "in.csv:2: valid_from",
     "2021-02-29"},
    {"divisions", DIVISIONS "611025100209,X村,无名镇,是,2021-01-01\n", "in.csv:2: parent",
     "无名镇"},
    {"divisions", DIVISIONS "611025109209,X村,,是,2021-01-01\n", "in.csv:2", "611025109000"},
    {"divisions", DIVISIONS "611025100209,X村,,是,2021-01-01,more\n", "in.csv:2",
     "more cells than the heading row"},
    {"funds", FUNDS "F9,文,名,somewhere,2021,1,construction,\n", "in.csv:2: level", "is no level"},
    {"funds", FUNDS "F9,文,名,中央,21,1,construction,\n", "in.csv:2: year", "whole number"},
    {"funds", FUNDS "F9,文,名,中央,2021,1.234,construction,\n", "in.csv:2: amount (yuan)", "1.234"},
    {"funds", FUNDS "F9,文,名,中央,2021,1,construction;roads,\n", "in.csv:2: books", "roads"},
    {"funds", FUNDS "F9,文,名,中央,2021,1,,\n", "in.csv:2: books", "the cell is empty"},
    {"funds", FUNDS "F 9,文,名,中央,2021,1,construction,\n", "in.csv:2: fund", "fund"},
    {"funds", FUNDS "F1,文,名,中央,2021,1,construction,\n", "in.csv:2", "F1"},
    {"projects", PROJECTS "P9,名," PROJECT_REST ",1,,,1\n", "in.csv:2: plan fund",
     "either from a fund or from a named outside source"},
    {"projects", PROJECTS "P9,名," PROJECT_REST ",1,F1,其他,1\n", "in.csv:2: plan fund",
     "either from a fund or from a named outside source"},
    {"projects", PROJECTS "P9,名," PROJECT_REST ",2,F1,,1\n", "in.csv:2: plan line",
     "count from 1 in order"},
    {"projects", PROJECTS "P9,名," PROJECT_REST ",1,F1,,1\nP9,别名,,,,,,,,,,,,2,F1,,1\n",
     "in.csv:3: name", "isn't what row 2, the first with this project, says"},
    {"projects", PROJECTS "P9,名,产业,新建,611025100201,construction,,,局,,修渠,,5,1,F1,,1\n",
     "in.csv:2: target", "the cell is empty"},
    {"contracts", CONTRACTS "C9,P1,公司,91611025MA70A1B23X,1,3,2021-04-02\n", "in.csv:2: uscc",
     "91611025MA70A1B23X"},
    {"contracts", CONTRACTS "C9,P1,公司,,1,101,2021-04-02\n", "in.csv:2: retention", "percentage"},
    {"contracts", CONTRACTS "C9,P9,公司,,1,3,2021-04-02\n", "in.csv:2", "P9"},
    {"allocations", ALLOCATIONS "R1,2021-04-02,发放,,文,F1,,611025000000,,,1,\n",
     "in.csv:2: movement", "发放"},
    {"allocations", ALLOCATIONS "R1,2021-04-02,payment,,文,F1,,611025000000,,,1,\n",
     "in.csv:2: movement", "import payments"},
    {"allocations", ALLOCATIONS "R1,2021-04-02,分配,,文,F1,,611025100000,,,1,\n", "in.csv:2: from",
     "name the division that sends the money"},
    {"allocations",
     ALLOCATIONS "R1,2021-04-02,归类,,文,F1,611025000000,611025100000,construction,,1,\n",
     "in.csv:2: from", "stays within one division"},
    {"allocations", ALLOCATIONS "R1,2021-04-02,下达,,文,F9,,611025000000,,,1,\n", "in.csv:2: fund",
     "F9"},
    {"allocations", ALLOCATIONS "R1,2021-04-02,下达,,文,F1,,611025000000,,,-1,\n",
     "in.csv:2: amount", "negative"},
    {"allocations", ALLOCATIONS "R1,2021-04-02,下达,,文,F1,,611025000000,,,10000000.01,\n",
     "in.csv:2", "F1"},
    {"allocations",
     ALLOCATIONS "R1,2021-04-02,下达,,文,F1,,611025000000,,,1,\n"
                 "R1,2021-04-03,,,,F1,,611025000000,,,1,\n",
     "in.csv:3: date", "isn't what row 2, the first with this reference, says"},
    {"payments",
     PAYMENTS "R1,2021-04-09,文,F1,611025100201,construction,1,P1,1,,,公司,,"
              "611025198001010016,,\n",
     "in.csv:2: id number", "check"},
    {"payments",
     PAYMENTS "R1,2021-04-09,文,F1,611025100201,construction,1,P1,1,,,公司,"
              "91611025MA70A1B23G,611025198001010015,,\n",
     "in.csv:2: uscc", "is a person and has no credit code"},
    {"payments", PAYMENTS "R1,2021-04-09,文,F1,611025100201,construction,1,P1,1,,,公司,,,622848,\n",
     "in.csv:2: account", "only a person's account number is kept"},
    {"payments", PAYMENTS "R1,2021-04-09,文,F1,611025100201,construction,1,P1,1,,,公司,,,,4/3\n",
     "in.csv:2: repays", "isn't VOUCHER/LINE"},
    {"payments", PAYMENTS "R1,2021-04-09,文,F1,611025100201,construction,1,P1,99,,,公司,,,,\n",
     "in.csv:2: plan line", "whole number"},
    {"payments",
     PAYMENTS "R1,2021-04-09,文\xef\xbf\xbd,F1,611025100201,construction,1,P1,1,,,公司,,,,\n",
     "in.csv:2: text", "U+FFFD"},
    {"payments", PAYMENTS "R1,2021-04-09,文,F1,611025100201,construction,1,P1,1,,,公司,,,,\n",
     "in.csv:2", "available 0.00"},
    {"payments", PAYMENTS "\n,,\nR1,2021-04-09,文,F1,611025100201,construction,x,P1,1,,,公司,,,,\n",
     "in.csv:4: amount", "x"},
};

START_TEST(a_bad_cell_is_named_and_nothing_is_written)
{
    uint64_t before = journal_size(world.journal);
    struct outcome outcome;
    char wanted[256];

    import_text(bad_cells[_i].what, bad_cells[_i].text, &outcome);
    ck_assert_msg(!outcome.ok, "%s", bad_cells[_i].text);
    (void)snprintf(wanted, sizeof wanted, "[%s|", bad_cells[_i].place);
    ck_assert_msg(strstr(buffer_text(&outcome.faults), wanted) != NULL &&
                      strstr(buffer_text(&outcome.faults), bad_cells[_i].message) != NULL,
                  "%s: wanted %s…%s, got %s", bad_cells[_i].text, wanted, bad_cells[_i].message,
                  buffer_text(&outcome.faults));
    ck_assert_uint_eq(outcome.report.faults, 1);
    ck_assert_int_eq(error_exit_status(outcome.err.code), 3);
    ck_assert_ptr_nonnull(
        strstr(outcome.err.message, "1 cell or row is wrong; nothing was written"));
    ck_assert_uint_eq(journal_size(world.journal), before);
    buffer_done(&outcome.faults);
}
END_TEST

START_TEST(all_bad_cells_are_named_in_order)
{
    struct outcome outcome;

    import_text("divisions",
                DIVISIONS "x,,,是,2021-01-01\n611025100207,乙村,,是,2021-01-01\n"
                          "611025100208,丙村,,是,yesterday\n",
                &outcome);
    ck_assert(!outcome.ok);
    ck_assert_uint_eq(outcome.report.faults, 3);
    ck_assert_ptr_nonnull(strstr(outcome.err.message, "3 cells or rows are wrong"));
    ck_assert_ptr_nonnull(strstr(buffer_text(&outcome.faults), "[in.csv:2: code|"));
    ck_assert_ptr_nonnull(strstr(buffer_text(&outcome.faults), "[in.csv:2: name|"));
    ck_assert_ptr_nonnull(strstr(buffer_text(&outcome.faults), "[in.csv:4: valid_from|"));
    buffer_done(&outcome.faults);
}
END_TEST

static size_t count_of(const char *text, char wanted)
{
    size_t count = 0;

    for (; *text != 0; text++)
        count += *text == wanted;
    return count;
}

START_TEST(a_hundred_faults_are_told_and_all_are_counted_up_to_a_limit)
{
    struct buffer text = BUFFER_INIT(1024 * 1024);
    struct error err = ERROR_INIT;
    struct outcome outcome;
    int i;

    ck_assert(buffer_append_text(&text, DIVISIONS, &err));
    for (i = 0; i < 300; i++)
        ck_assert(buffer_append_text(&text, "x,甲,,是,2021-01-01\n", &err));
    import_text("divisions", buffer_text(&text), &outcome);
    ck_assert(!outcome.ok);
    ck_assert_uint_eq(outcome.report.faults, 300);
    ck_assert_uint_eq(outcome.report.rows_refused, 300);
    ck_assert_uint_eq(count_of(buffer_text(&outcome.faults), '['), IMPORT_FAULTS_MAX);
    ck_assert_ptr_nonnull(strstr(outcome.err.message, "300 cells or rows are wrong"));
    buffer_done(&outcome.faults);
    for (i = 300; i < IMPORT_MARKS_MAX + 5; i++)
        ck_assert(buffer_append_text(&text, "x,甲,,是,2021-01-01\n", &err));
    import_text("divisions", buffer_text(&text), &outcome);
    ck_assert(!outcome.ok);
    ck_assert_uint_eq(outcome.report.faults, IMPORT_MARKS_MAX);
    ck_assert_ptr_nonnull(strstr(outcome.err.message, "10000 faults were found and the rest"));
    buffer_done(&outcome.faults);
    buffer_done(&text);
}
END_TEST

/* ---- Good files ----------------------------------------------------------------------------- */

START_TEST(rows_past_the_lines_of_a_voucher_are_told_once)
{
    static const size_t excess = 3;
    struct buffer text = BUFFER_INIT(16 * 1024 * 1024);
    struct error err = ERROR_INIT;
    struct outcome outcome;

    ck_assert(buffer_append_text(
        &text, ALLOCATIONS "R1,2021-04-02,下达,文,下达,F1,,611025000000,,,1,\n", &err));
    for (size_t i = 1; i < VOUCHER_LINES_MAX + excess; i++)
        ck_assert(buffer_append_text(&text, "R1,,,,,F1,,611025000000,,,1,\n", &err));
    ck_assert(
        buffer_append_text(&text, "R2,2021-04-02,下达,文,下达,F1,,611025000000,,,1,\n", &err));
    import_text("allocations", buffer_text(&text), &outcome);
    ck_assert(!outcome.ok);
    ck_assert_str_eq(
        buffer_text(&outcome.faults),
        "[in.csv:100002|rows 100002 to 100004 are past the 100000 lines that a voucher "
        "can have; give them another reference]");
    ck_assert_uint_eq(outcome.report.faults, 1);
    ck_assert_uint_eq(outcome.report.rows_refused, excess);
    buffer_done(&outcome.faults);
    buffer_done(&text);
}
END_TEST

START_TEST(divisions_may_name_parents_that_stand_earlier_in_the_file)
{
    struct division division;
    struct error err = ERROR_INIT;

    must_import("divisions", "行政区划代码,名称,上级,自编代码,启用日期\n"
                             "611025102000,新镇,,是,2021年1月1日\n"
                             "611025102201,甲村,新镇,是,2021/1/1\n");
    ck_assert_ok(division_find(world.journal, "611025102201", &division, &err), err);
    ck_assert_str_eq(division.parent, "611025102000");
    ck_assert(division.provisional);
}
END_TEST

START_TEST(amounts_follow_the_unit_of_their_heading)
{
    struct fund fund;
    struct error err = ERROR_INIT;

    must_import("funds", "资金编号,指标文号,资金名称,资金级次,年度,金额（万元）,台账类别\n"
                         "F7,文号,名,省级,2021,12.5,项目建设；政策补助\n");
    ck_assert_ok(fund_find(world.journal, "F7", &fund, &err), err);
    ck_assert_int_eq(fund.amount.fen, 12500000);
    ck_assert_str_eq(fund.level, "province");
    ck_assert(fund.books[BOOK_CONSTRUCTION] && fund.books[BOOK_SUBSIDY]);
    ck_assert(!fund.books[BOOK_LIVELIHOOD] && !fund.has_expiry);
}
END_TEST

START_TEST(rows_of_one_project_are_its_financing_plan)
{
    struct project *project = malloc(sizeof *project);
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(project);
    must_import("projects", PROJECTS "P7,名," PROJECT_REST ",1,F1,,20\n"
                                     "P7,,,,,,,,,,,,,2,,村民自筹,3.5\n"
                                     "P8,另,产业,新建,611025100201,construction,,,局,,修路,通车,"
                                     ",,F1,,1\n");
    ck_assert_ok(project_find(world.journal, "P7", project, &err), err);
    ck_assert_uint_eq(project->plan_count, 2);
    ck_assert_str_eq(project->plan[1].source, "村民自筹");
    ck_assert_int_eq(project->plan[1].amount.fen, 350);
    ck_assert_int_eq(project->beneficiaries, 5);
    ck_assert_ok(project_find(world.journal, "P8", project, &err), err);
    ck_assert_uint_eq(project->plan_count, 1);
    free(project);
}
END_TEST

START_TEST(a_retention_is_read_in_per_cent)
{
    struct contract contract;
    struct error err = ERROR_INIT;

    must_import("contracts", CONTRACTS "C7,P1,公司,91611025MA70A1B23G,1000,2.75%,2021-04-02\n");
    ck_assert_ok(contract_find(world.journal, "C7", &contract, &err), err);
    ck_assert_int_eq(contract.retention_bp, 275);
    ck_assert_int_eq(contract.price.fen, 100000);
}
END_TEST

START_TEST(consecutive_rows_with_one_reference_are_one_voucher)
{
    struct voucher voucher;
    struct error err = ERROR_INIT;

    must_import("allocations", ALLOCATIONS "R1,2021-04-02,下达,文号,下达,F1,,611025000000,,,100,\n"
                                           "R1,,,,,F2,,611025000000,,,50,\n"
                                           "R2,2021-04-02,其他收入,捐赠函,捐赠,F2,,611025000000,,,"
                                           "5,某商会\n");
    ck_assert_ok(voucher_find(world.journal, "R1", &voucher, &err), err);
    ck_assert_int_eq(voucher.line_count, 2);
    ck_assert_int_eq(voucher.amount.fen, 15000);
    ck_assert_int_eq(voucher.movement, MOVEMENT_APPROPRIATION);
    ck_assert_int_eq(voucher.state, VOUCHER_PENDING);
    ck_assert_ok(voucher_find(world.journal, "R2", &voucher, &err), err);
    ck_assert_int_eq(voucher.movement, MOVEMENT_RECEIPT);
}
END_TEST

static bool take_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                      const struct voucher_line *line, struct error *err)
{
    (void)number;
    (void)state;
    (void)seq;
    (void)err;
    memcpy(context, line, sizeof *line);
    return true;
}

START_TEST(a_payee_with_an_id_number_is_a_person)
{
    struct voucher voucher;
    struct voucher_line line;
    struct error err = ERROR_INIT;

    fixture_fund_county(&world, "F2", "subsidy", "1000");
    must_import("payments",
                "凭证号,日期,摘要,资金编号,付款单位,台账类别,金额,补助政策,姓名,身份证号,"
                "银行账号\n"
                "R1,2021-04-09,补贴,F2,611025000000,政策补助,600,困难补助,王某,"
                "11010519491231002x,6228480000000000018\n");
    ck_assert_ok(voucher_find(world.journal, "R1", &voucher, &err), err);
    ck_assert(voucher.people);
    ck_assert_ok(voucher_line_each(world.journal, voucher.number, take_line, &line, &err), err);
    ck_assert(line.payee.is_person);
    ck_assert_str_eq(line.payee.id_number, "11010519491231002X");
    ck_assert_str_eq(line.payee.bank_account, "6228480000000000018");
}
END_TEST

START_TEST(the_same_file_again_changes_nothing_and_another_voucher_by_its_reference_is_refused)
{
    static const char text[] = ALLOCATIONS "R1,2021-04-02,下达,文,下达,F1,,611025000000,,,100,\n";
    struct outcome outcome;
    uint64_t size;

    must_import("allocations", text);
    size = journal_size(world.journal);
    import_text("allocations", text, &outcome);
    ck_assert(outcome.ok && outcome.report.repeated);
    ck_assert_uint_eq(journal_size(world.journal), size);
    buffer_done(&outcome.faults);

    import_text("allocations", ALLOCATIONS "R1,2021-04-02,下达,文,下达,F1,,611025000000,,,101,\n",
                &outcome);
    ck_assert(!outcome.ok);
    ck_assert_ptr_nonnull(strstr(buffer_text(&outcome.faults), "[in.csv:2|"));
    ck_assert_ptr_nonnull(strstr(buffer_text(&outcome.faults), "R1"));
    ck_assert_uint_eq(journal_size(world.journal), size);
    buffer_done(&outcome.faults);

    /* The same voucher in another file is answered with the first result. */
    import_text("allocations",
                ALLOCATIONS "R1,2021-04-02,下达,文,下达,F1,,611025000000,,,100.00,\n", &outcome);
    ck_assert_msg(outcome.ok, "%s", buffer_text(&outcome.faults));
    ck_assert_uint_eq(outcome.report.vouchers_repeated, 1);
    buffer_done(&outcome.faults);
}
END_TEST

START_TEST(the_encoding_does_not_matter)
{
    /* 区划代码,名称,启用日期 / 611025100208,苗儿村,2021-01-01 in GB18030 */
    static const char text[] =
        "\xc7\xf8\xbb\xae\xb4\xfa\xc2\xeb,\xc3\xfb\xb3\xc6,\xc6\xf4\xd3\xc3\xc8"
        "\xd5\xc6\xda\r\n611025100208,\xc3\xe7\xb6\xf9\xb4\xe5,2021-01-01\r\n";
    struct outcome outcome;
    struct division division;
    struct error err = ERROR_INIT;

    import_bytes("divisions", text, sizeof text - 1, &outcome);
    ck_assert_msg(outcome.ok, "%s", buffer_text(&outcome.faults));
    ck_assert_ok(division_find(world.journal, "611025100208", &division, &err), err);
    ck_assert_str_eq(division.name, "苗儿村");
    buffer_done(&outcome.faults);
}
END_TEST

START_TEST(a_file_without_rows_is_refused)
{
    struct outcome outcome;

    import_text("divisions", "", &outcome);
    ck_assert(!outcome.ok);
    ck_assert_ptr_nonnull(strstr(outcome.err.message, "the file is empty"));
    buffer_done(&outcome.faults);
    import_text("divisions", DIVISIONS, &outcome);
    ck_assert(!outcome.ok);
    ck_assert_ptr_nonnull(strstr(outcome.err.message, "headings but no rows"));
    buffer_done(&outcome.faults);
}
END_TEST

START_TEST(who_may_not_write_imports_nothing)
{
    struct import_options options = {.what = "divisions", .by = fixture_as("wang")};
    struct import_report report;
    struct error err = ERROR_INIT;
    static const char text[] = DIVISIONS "611025100208,丙村,,是,2021-01-01\n";

    options.path = write_file("in.csv", text, sizeof text - 1);
    fixture_begin(&world);
    ck_assert(!import_file(world.ledger, &options, &report, &err));
    journal_rollback(world.journal);
    ck_assert_int_eq(err.code, ERROR_PERMISSION);
}
END_TEST

/* ---- Running -------------------------------------------------------------------------------- */

static void make_world(void)
{
    fixture_county(&world);
}

static void remove_world(void)
{
    fixture_done(&world);
}

int main(void)
{
    const TTest *const alone[] = {
        all_bad_cells_are_named_in_order,
        a_hundred_faults_are_told_and_all_are_counted_up_to_a_limit,
        rows_past_the_lines_of_a_voucher_are_told_once,
        divisions_may_name_parents_that_stand_earlier_in_the_file,
        amounts_follow_the_unit_of_their_heading,
        rows_of_one_project_are_its_financing_plan,
        a_retention_is_read_in_per_cent,
        consecutive_rows_with_one_reference_are_one_voucher,
        a_payee_with_an_id_number_is_a_person,
        the_same_file_again_changes_nothing_and_another_voucher_by_its_reference_is_refused,
        the_encoding_does_not_matter,
        a_file_without_rows_is_refused,
        who_may_not_write_imports_nothing,
    };
    Suite *suite = suite_create("import");
    TCase *tcase = tcase_create("import");
    SRunner *runner = srunner_create(suite);
    int failed;
    size_t i;

    tcase_add_checked_fixture(tcase, make_world, remove_world);
    tcase_add_loop_test(tcase, a_bad_cell_is_named_and_nothing_is_written, 0,
                        ARRAY_COUNT(bad_cells));
    for (i = 0; i < ARRAY_COUNT(alone); i++)
        tcase_add_test(tcase, alone[i]);
    tcase_set_timeout(tcase, 0); /* CTest has its own */
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
