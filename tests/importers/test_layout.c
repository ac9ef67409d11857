/*
 * test_layout.c - sheets laid out for people: what is found, what is left out and checked, what is
 * refused with its place and remedy.
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "importers/importers.h"
#include "importers/sheet.h"
#include "tests/funds/fixture.h"

#define TOLD_SIZE_MAX 65536

static struct fixture world;

struct outcome {
    bool ok;
    struct import_report report;
    struct error err;
    struct buffer told; /* notes and faults, a line each */
};

/* What a test says beside the file. */
struct choice {
    const char *const *maps;
    const char *const *constants;
    const char *layouts, *synonyms, *marked, *sheet;
    uint64_t heading_row;
};

static void note_line(void *context, const char *line)
{
    struct error err = ERROR_INIT;

    ck_assert(buffer_append_format(context, &err, "%s\n", line));
}

static void note_fault(void *context, const struct error *fault)
{
    struct error err = ERROR_INIT;
    const char *place = strrchr(fault->place, '/'); /* without the folder */

    ck_assert(buffer_append_format(context, &err, "%s: %s\n", place != NULL ? place + 1 : "",
                                   fault->message));
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static const char *path_of(const char *name)
{
    static char path[4][2 * FIXTURE_PATH_SIZE];
    static size_t next;

    next = (next + 1) % 4;
    (void)snprintf(path[next], sizeof path[next], "%s/%s", world.directory, name);
    return path[next];
}

static void import_path(const char *what, const char *path, const struct choice *choice,
                        struct outcome *out)
{
    struct import_options options = {.what = what,
                                     .path = path,
                                     .by = fixture_as("li"),
                                     .maps = choice->maps,
                                     .constants = choice->constants,
                                     .layouts = choice->layouts,
                                     .synonyms = choice->synonyms,
                                     .marked = choice->marked,
                                     .sheet = choice->sheet,
                                     .heading_row = choice->heading_row,
                                     .fault = note_fault,
                                     .note = note_line,
                                     .context = &out->told};

    *out = (struct outcome){.err = ERROR_INIT, .told = BUFFER_INIT(TOLD_SIZE_MAX)};
    fixture_begin(&world);
    out->ok = import_file(world.ledger, &options, &out->report, &out->err);
    if (!out->ok) {
        journal_rollback(world.journal);
        return;
    }
    fixture_commit(&world);
    if (choice->layouts != NULL) ck_assert(import_remember(&options, &out->err));
}

static void import_text(const char *what, const char *text, const struct choice *choice,
                        struct outcome *out)
{
    const char *path = path_of("in.csv");

    write_file(path, text);
    import_path(what, path, choice, out);
}

static const struct choice none;

#define TOLD(outcome, text)                                                                        \
    ck_assert_msg(strstr(buffer_text(&(outcome)->told), (text)) != NULL ||                         \
                      strstr((outcome)->err.message, (text)) != NULL,                              \
                  "no \"%s\" in: %s%s", (text), buffer_text(&(outcome)->told),                     \
                  (outcome)->err.message)

/* ---- What is read, and what is told of it ---------------------------------------------------- */

#define HEADS "凭证号,日期,业务类型,摘要,资金编号,收款单位,金额"
#define ROW   "R1,2021-04-02,下达,下达,F1,镇安县,"
#define NEXT  "R1,,,,F1,镇安县,"

static const struct {
    const char *what;
    const char *text;
    int64_t fen; /* of voucher R1 */
    const char *told;
} good[] = {
    {"a title, a unit line", "资金表,,,,,,\n,,,,,,单位：万元\n" HEADS "\n" ROW "1.5\n", 1500000,
     "headings in row 3, 2 rows above left out; row 2 says 万元"},
    {"a unit in the title", "资金表（单位：万元）\n" HEADS "\n" ROW "1\n", 1000000,
     "row 1 says 万元"},
    {"the heading's unit wins", "单位：万元\n" HEADS "(元)\n" ROW "100\n", 10000,
     "G 金额(元) is 金额 in yuan"},
    {"two rows of headings",
     "凭证号,业务,,,资金编号,收款单位,资金（万元）\n,日期,业务类型,摘要,,,金额\n" ROW "1\n",
     1000000, "headings in rows 1 and 2"},
    {"a unit line is no upper heading", ",,,,,,单位：万元\n" HEADS "\n" ROW "1\n", 1000000,
     "headings in row 2, 1 row above"},
    {"tabs",
     "凭证号\t日期\t业务类型\t摘要\t资金编号\t收款单位\t金额\nR1\t2021-04-"
     "02\t下达\t下达\tF1\t镇安县\t1\n",
     100, "separated by tabs"},
    {"a total below", HEADS "\n" ROW "1\n" NEXT "2.5\n合计,,,,,,3.50\n", 350,
     "row 4, 合计 3.50 yuan, is left out; it is the sum of its rows"},
    {"a total above", HEADS "\n合　计,,,,,,3.50\n" ROW "1\n" NEXT "2.5\n", 350,
     "the rows below are checked against it"},
    {"parts below",
     HEADS "\n" ROW "1\n" NEXT "2\n小计,,,,,,3\n" NEXT "4\n小计,,,,,,4\n总计：,,,,,,7\n", 700,
     "row 7, 总计： 7.00 yuan, is left out; it is the sum of its rows"},
    {"parts above",
     HEADS "\n合计,,,,,,7\n永乐小计,,,,,,3\n" ROW "1\n" NEXT "2\n回龙小计,,,,,,4\n" NEXT "4\n", 700,
     "row 3, 永乐小计 3.00 yuan"},
    {"a total of another language", HEADS "\n" ROW "1\nTotal,,,,,,1\n", 100, "row 3, Total 1.00"},
    {"the same headings again", HEADS "\n" ROW "1\n,,,,,,\n第二页,,,,,,\n" HEADS "\n" NEXT "2\n",
     300, "row 5 repeats the headings"},
    {"remarks below",
     HEADS "\n" ROW "1\n注：以上为第一批,,,,,,\n填表人：,张,审核人：,李,,,\n本表一份,,,,,,\n", 100,
     "row 3 is left out as a remark"},
    {"a text alone at the end", HEADS "\n" ROW "1\n本表一式三份,,,,,,\n", 100,
     "row 3 is left out as a remark"},
    {"numbers of columns", HEADS "\n1,2,3,4,5,6,7\n" ROW "1\n", 100,
     "row 2 is left out as a remark"},
    {"sections", HEADS "\n一、中央资金,,,,,,\n" ROW "1\n（二）省级资金,,,,,,\n" NEXT "1\n", 200,
     "row 2 is left out as a remark"},
    {"the template's example", "序号," HEADS "\n示例," ROW "9\n1," ROW "1\n", 100,
     "row 2 is the template's example and left out"},
    {"full-width digits and signs", HEADS "\n" ROW "\"￥１，２３４．５０\"\n", 123450,
     "headings in row 1"},
    {"spaces and a unit in the cell", HEADS "\n" ROW "\"1,234.5 元\"\n", 123450,
     "headings in row 1"},
    {"a harmless note", HEADS "\n" ROW "120（其中：灾情因素6万元）\n", 12000,
     "row 2, 金额: \"其中:灾情因素6万元\" is kept as a remark"},
    {"a line break in a heading",
     "凭证号,日期,业务类型,摘要,资金编号,收款单位,\"金额\n(万元)\"\n" ROW "1\n", 1000000,
     "in 10,000 yuan"},
    {"a day counted by a spreadsheet", HEADS "\nR1,44288,下达,下达,F1,镇安县,1\n", 100,
     "44288 is read as a spreadsheet's count of days, 2021-04-02"},
    {"a day with spaces", HEADS "\nR1,2021 年 4 月 2 日,下达,下达,F1,镇安县,1\n", 100, "headings"},
    {"a day of speech", HEADS "\nR1,2021年４月２号,下达,下达,F1,镇安县,1\n", 100, "headings"},
    {"a day with a time", HEADS "\nR1,2021/4/2 0:00:00,下达,下达,F1,镇安县,1\n", 100, "headings"},
};

START_TEST(a_sheet_for_people_is_read)
{
    struct outcome outcome;
    struct voucher voucher;
    struct error err = ERROR_INIT;

    import_text("allocations", good[_i].text, &none, &outcome);
    ck_assert_msg(outcome.ok, "%s: %s %s", good[_i].what, outcome.err.message,
                  buffer_text(&outcome.told));
    TOLD(&outcome, good[_i].told);
    ck_assert_ok(voucher_find(world.journal, "R1", &voucher, &err), err);
    ck_assert_int_eq(voucher.amount.fen, good[_i].fen);
    ck_assert_int_eq(voucher.event_date.days, day("2021-04-02").days);
    buffer_done(&outcome.told);
}
END_TEST

/* ---- What is refused ------------------------------------------------------------------------- */

#define PEOPLE                                                                                     \
    "凭证号,日期,摘要,资金编号,付款单位,台账类别,金额,补助政策,姓名,身份证号,银行账号,备注\n"
#define PERSON "R1,2021-04-09,补贴,F2,镇安县,政策补助,600,困难补助,王某,"

static const struct {
    const char *kind;
    const char *text;
    const char *told; /* place and message */
} bad[] = {
    {"allocations", HEADS "\n" ROW "1\n" NEXT "2\n合计,,,,,,4\n",
     "in.csv:4: 金额: the total is 4.00 yuan, but its rows add up to 3.00 yuan"},
    {"allocations", HEADS "\n" ROW "1\n小计,,,,,,1\n" NEXT "2\n小计,,,,,,5\n",
     "in.csv:5: 金额: the total is 5.00 yuan, but its rows add up to 2.00 yuan"},
    {"allocations", HEADS "\n合计,,,,,,4\n" ROW "1\n" NEXT "2\n",
     "in.csv:2: 金额: the total is 4.00 yuan, but its rows add up to 3.00 yuan"},
    {"allocations", HEADS "\n" ROW "1\n孤行,,,,,,\n" NEXT "1\n",
     "in.csv:3: only one cell is filled"},
    {"allocations", HEADS "\n" ROW "1\n名称,户数,人数,备注,,,\n凭证号,收款单位,金额,,,,\n",
     "in.csv:4: other headings stand here than in row 1"},
    {"allocations", "单位：千元\n" HEADS "\n" ROW "1\n", "amounts are read in 元 or 万元"},
    {"allocations", HEADS "\n" ROW "1\n单位：万元,,,,,,\n" HEADS "\n" NEXT "1\n",
     "in.csv:3: from here on amounts are in another unit"},
    {"allocations", HEADS "\n" ROW "120(另配套20)\n", "may mean another amount than 120"},
    {"allocations", HEADS "\n" ROW "120（100）\n", "may mean another amount than 120"},
    {"allocations", HEADS "\n" ROW "120-150\n", "in.csv:2: 金额: \"120-150\""},
    {"allocations", HEADS "\n" ROW "约120\n", "in.csv:2: 金额: \"约120\""},
    {"funds",
     "资金编号,指标文号,资金名称,资金级次,年度,金额,台账类别\nF9,文,名,中央,2021,12(含配套2),"
     "项目建设\n",
     "have no remark to keep it"},
    {"allocations", HEADS ",颜色\n" ROW "1,红\n", "--map '颜色=COLUMN', or --map '颜色=' to leave"},
    {"allocations", HEADS ",实际下达金额(元)\n" ROW "1,1\n",
     "perhaps with --map '实际下达金额(元)=金额'"},
    {"allocations", "凭证号,日期,金额\nR1,2021-04-02,1\n", "--set '业务类型=VALUE'"},
    {"allocations", "村庄,户数\n甲,1\n", "no headings of allocations stand in the first 64 rows"},
    {"allocations", HEADS "\nR1,2021-04-02,下达,下达,F1,镇安,1\n",
     "in.csv:2: 收款单位: no division has the name or code \"镇安\"; near it: 镇安县 "
     "(611025000000)"},
    {"allocations", HEADS "\nR1,2021-04-02,下达,下达,F1,木主村,1\n", "near it: 木王村 (61102510"},
    {"allocations", HEADS "\nR1,2021-04-02,下达,下达,F1,中合村,1\n",
     "2 divisions are called \"中合村\""},
    {"payments", PEOPLE PERSON "6.11025198E+17,,\n", "lost its last digits; make the column text"},
    {"payments", PEOPLE PERSON "611025198001010000,,\n", "lost its last digits"},
    {"payments", PEOPLE PERSON "11010519491231002X,6.22848E+18,\n",
     "in.csv:2: 银行账号: the spreadsheet kept this account number"},
    {"payments", PEOPLE PERSON "11010519491231002X,,\n" PERSON "11010519491231002X,,\n",
     "in.csv:3: this is the payment of row 2 again"},
};

START_TEST(what_could_mean_two_things_is_refused)
{
    uint64_t before;
    struct outcome outcome;

    if (strcmp(bad[_i].kind, "payments") == 0) fixture_fund_county(&world, "F2", "subsidy", "9000");
    before = journal_size(world.journal);
    import_text(bad[_i].kind, bad[_i].text, &none, &outcome);
    ck_assert_msg(!outcome.ok, "%s", bad[_i].text);
    TOLD(&outcome, bad[_i].told);
    ck_assert_int_eq(error_exit_status(outcome.err.code), 3);
    ck_assert_uint_eq(journal_size(world.journal), before);
    buffer_done(&outcome.told);
}
END_TEST

/* ---- Places, twins --------------------------------------------------------------------------- */

struct to_search {
    int32_t number;
    char division[DIVISION_CODE_SIZE];
};

static bool take_to(void *context, int32_t number, enum line_state state, uint64_t seq,
                    const struct voucher_line *line, struct error *err)
{
    struct to_search *search = context;

    (void)state;
    (void)seq;
    (void)err;
    if (number == search->number) {
        memcpy(search->division, line->to.division, sizeof search->division);
    }
    return true;
}

START_TEST(a_place_is_found_within_its_township)
{
    static const char *const wanted[] = {VILLAGE_3, VILLAGE_1, VILLAGE_3, TOWN_1};
    struct outcome outcome;
    struct error err = ERROR_INIT;
    struct voucher voucher;

    fixture_fund_county(&world, "F1", "construction", "1000");
    import_text("allocations",
                "凭证号,日期,业务类型,摘要,资金编号,拨出单位,乡镇,村名,台账类别,金额\n"
                "R1,2021-04-12,分配,分配,F1,镇安县,回龙镇,中合村,项目建设,1\n"
                "R1,,,,F1,镇安县,永乐街道,中合村,项目建设,2\n"
                "R1,,,,F1,镇安县,,回龙镇中合村,项目建设,4\n"
                "R1,,,,F1,镇安县,永乐街道,,项目建设,8\n",
                &none, &outcome);
    ck_assert_msg(outcome.ok, "%s %s", outcome.err.message, buffer_text(&outcome.told));
    ck_assert_ok(voucher_find(world.journal, "R1", &voucher, &err), err);
    ck_assert_int_eq(voucher.line_count, 4);
    for (int32_t i = 1; i <= voucher.line_count; i++) {
        struct to_search search = {i, ""};

        ck_assert_ok(voucher_line_each(world.journal, voucher.number, take_to, &search, &err), err);
        ck_assert_str_eq(search.division, wanted[i - 1]);
    }
    buffer_done(&outcome.told);
}
END_TEST

START_TEST(two_like_payments_are_told_apart_by_their_remarks)
{
    struct outcome outcome;

    fixture_fund_county(&world, "F2", "subsidy", "9000");
    import_text("payments",
                PEOPLE PERSON "11010519491231002X,,一号地\n" PERSON "11010519491231002X,,二号地\n",
                &none, &outcome);
    ck_assert_msg(outcome.ok, "%s %s", outcome.err.message, buffer_text(&outcome.told));
    buffer_done(&outcome.told);
}
END_TEST

/* ---- Choosing -------------------------------------------------------------------------------- */

START_TEST(of_two_tables_the_chosen_one_is_read)
{
    static const char text[] = HEADS "\n" ROW "1\n\n第二表,,,,,,\n"
                                     "业务编号,日期,业务类型,摘要,资金编号,收款单位,金额(万元)\n"
                                     "R2,2021-04-02,下达,下达,F1,镇安县,2\n";
    struct choice first = {.heading_row = 1}, second = {.heading_row = 5},
                  wrong = {.heading_row = 3};
    struct outcome outcome;
    struct voucher voucher;
    struct error err = ERROR_INIT;

    import_text("allocations", text, &none, &outcome);
    ck_assert(!outcome.ok);
    TOLD(&outcome, "import each by itself with --heading 1 and --heading 5");
    buffer_done(&outcome.told);
    import_text("allocations", text, &wrong, &outcome);
    ck_assert(!outcome.ok);
    buffer_done(&outcome.told);
    import_text("allocations", text, &first, &outcome);
    ck_assert_msg(outcome.ok, "%s", outcome.err.message);
    TOLD(&outcome, "another table begins in row 5; it and all below it are left out");
    buffer_done(&outcome.told);
    ck_assert_ok(voucher_find(world.journal, "R1", &voucher, &err), err);
    ck_assert(!voucher_find(world.journal, "R2", &voucher, &err));
    import_text("allocations", text, &first, &outcome);
    ck_assert(outcome.ok && outcome.report.repeated);
    buffer_done(&outcome.told);
    import_text("allocations", text, &second, &outcome);
    ck_assert_msg(outcome.ok && !outcome.report.repeated, "%s", outcome.err.message);
    buffer_done(&outcome.told);
    error_clear(&err);
    ck_assert_ok(voucher_find(world.journal, "R2", &voucher, &err), err);
    ck_assert_int_eq(voucher.amount.fen, 2000000);
}
END_TEST

START_TEST(a_mapping_is_remembered_for_its_headings)
{
    static const char *const maps[] = {"去向=收款单位", "钱=金额", "颜色=", NULL};
    static const char *const constants[] = {"日期=2021-04-02", "业务类型=下达", "摘要=下达",
                                            "资金编号=F1", NULL};
    static const char first[] = "表,,,\n凭证号,去向,钱,颜色\nR1,镇安县,1,红\n";
    static const char later[] = "表,,,\n凭证号,去向,钱,颜色\nR2,镇安县,2,蓝\n";
    struct choice said = {.maps = maps, .constants = constants, .layouts = path_of("layouts")};
    struct choice silent = {.constants = constants, .layouts = said.layouts};
    struct outcome outcome;

    import_text("allocations", first, &silent, &outcome);
    ck_assert(!outcome.ok);
    buffer_done(&outcome.told);
    import_text("allocations", first, &said, &outcome);
    ck_assert_msg(outcome.ok, "%s %s", outcome.err.message, buffer_text(&outcome.told));
    TOLD(&outcome,
         "A 凭证号; B 去向 is 收款单位; C 钱 is 金额 in yuan; D 颜色 left out; for all rows: 日期");
    buffer_done(&outcome.told);
    import_text("allocations", later, &silent, &outcome);
    ck_assert_msg(outcome.ok, "%s %s", outcome.err.message, buffer_text(&outcome.told));
    TOLD(&outcome, "these headings are remembered");
    buffer_done(&outcome.told);
}
END_TEST

START_TEST(anyone_may_add_synonyms)
{
    struct choice choice = {.synonyms = path_of("columns.csv")};
    struct outcome outcome;

    write_file(choice.synonyms, "kind,heading,column\nallocations,去向,收款单位\n*,经费,金额\n"
                                "payments,去向,收款人\n");
    import_text("allocations", "凭证号,日期,业务类型,摘要,资金编号,去向,经费(万元)\n" ROW "1\n",
                &choice, &outcome);
    ck_assert_msg(outcome.ok, "%s %s", outcome.err.message, buffer_text(&outcome.told));
    TOLD(&outcome, "G 经费(万元) is 金额 in 10,000 yuan");
    buffer_done(&outcome.told);
    write_file(choice.synonyms, "kind,heading,column\nallocations,去向,颜色\n");
    import_text("allocations", HEADS "\n" ROW "2\n", &choice, &outcome);
    ck_assert(!outcome.ok);
    TOLD(&outcome, "\"颜色\" is no column of allocations");
    ck_assert_ptr_nonnull(strstr(outcome.err.place, "columns.csv:2"));
    buffer_done(&outcome.told);
}
END_TEST

static const struct {
    const char *option;
    bool is_map;
    const char *message;
} misused[] = {
    {"金额", true, "isn't HEADING=COLUMN"},
    {"颜色=红", true, "is no column of allocations"},
    {"=金额", true, "isn't HEADING=COLUMN"},
    {"\xff=金额", true, "isn't HEADING=COLUMN"},
    {"日期=\xff", false, "isn't COLUMN=VALUE"},
    {"颜色=红", false, "isn't COLUMN=VALUE"},
    {"资金编号=", false, "isn't COLUMN=VALUE"},
    {"金额=5", false, "but the sheet has a column of it"},
};

START_TEST(an_option_that_says_nothing_is_refused)
{
    const char *options[] = {misused[_i].option, NULL};
    struct choice choice = {.maps = misused[_i].is_map ? options : NULL,
                            .constants = misused[_i].is_map ? NULL : options};
    struct outcome outcome;

    import_text("allocations", HEADS "\n" ROW "1\n", &choice, &outcome);
    ck_assert(!outcome.ok);
    TOLD(&outcome, misused[_i].message);
    buffer_done(&outcome.told);
}
END_TEST

/* ---- The marked copy ------------------------------------------------------------------------- */

static bool take_cells(void *context, const struct sheet_row *row, struct error *err)
{
    size_t i;

    if (!buffer_append_format(context, err, "%llu:", (unsigned long long)row->number)) return false;
    for (i = 0; i < row->count; i++) {
        if (!buffer_append_format(context, err, "%s|", row->cells[i].text)) return false;
    }
    return buffer_append_text(context, "\n", err);
}

static void read_book(const char *path, size_t sheet, struct buffer *out)
{
    struct sheet_file *file = NULL;
    struct error err = ERROR_INIT;

    *out = (struct buffer)BUFFER_INIT(TOLD_SIZE_MAX);
    ck_assert_msg(sheet_file_open(path, &file, &err), "%s", err.message);
    ck_assert_int_eq(sheet_file_format(file), SHEET_XLSX);
    ck_assert_msg(sheet_file_read(file, sheet, take_cells, out, &err), "%s", err.message);
    sheet_file_close(file);
}

START_TEST(a_copy_is_marked_with_what_is_wrong_and_can_be_corrected)
{
    struct choice choice = {.marked = path_of("in.marked.xlsx")};
    struct outcome outcome;
    struct buffer cells;
    struct stat status;

    import_text("allocations", "单位：元\n" HEADS "\n" ROW "x\n" NEXT "2\nR1,,,,F1,无名村,\n",
                &choice, &outcome);
    ck_assert(!outcome.ok);
    ck_assert(outcome.report.is_marked);
    ck_assert_uint_eq(outcome.report.rows, 3);
    ck_assert_uint_eq(outcome.report.rows_refused, 2);
    read_book(choice.marked, 0, &cells);
    ck_assert_ptr_nonnull(
        strstr(buffer_text(&cells), "2:凭证号|日期|业务类型|摘要|资金编号|收款单位|金额|错误|\n"));
    ck_assert_ptr_nonnull(
        strstr(buffer_text(&cells), "3:R1|2021-04-02|下达|下达|F1|镇安县|x|金额: \"x\""));
    ck_assert_ptr_nonnull(strstr(buffer_text(&cells), "4:R1||||F1|镇安县|2|\n"));
    ck_assert_ptr_nonnull(strstr(buffer_text(&cells), "\n金额: the cell is empty"));
    ck_assert_int_eq(stat(choice.marked, &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
    buffer_done(&cells);
    buffer_done(&outcome.told);
    /* Nobody's corrections are written over. */
    import_text("allocations", HEADS "\n" ROW "y\n", &choice, &outcome);
    ck_assert(!outcome.ok && !outcome.report.is_marked);
    TOLD(&outcome, "no marked copy");
    buffer_done(&outcome.told);
    /* The copy is read as the sheet was: the column of faults is left out. */
    import_path("allocations", choice.marked, &none, &outcome);
    ck_assert(!outcome.ok);
    TOLD(&outcome, "H 错误 left out");
    ck_assert_uint_eq(outcome.report.rows_refused, 2);
    buffer_done(&outcome.told);
}
END_TEST

/* ---- Running --------------------------------------------------------------------------------- */

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
    Suite *suite = suite_create("layout");
    TCase *tcase = tcase_create("layout");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, make_world, remove_world);
    tcase_add_loop_test(tcase, a_sheet_for_people_is_read, 0, ARRAY_COUNT(good));
    tcase_add_loop_test(tcase, what_could_mean_two_things_is_refused, 0, ARRAY_COUNT(bad));
    tcase_add_loop_test(tcase, an_option_that_says_nothing_is_refused, 0, ARRAY_COUNT(misused));
    tcase_add_test(tcase, a_place_is_found_within_its_township);
    tcase_add_test(tcase, two_like_payments_are_told_apart_by_their_remarks);
    tcase_add_test(tcase, of_two_tables_the_chosen_one_is_read);
    tcase_add_test(tcase, a_mapping_is_remembered_for_its_headings);
    tcase_add_test(tcase, anyone_may_add_synonyms);
    tcase_add_test(tcase, a_copy_is_marked_with_what_is_wrong_and_can_be_corrected);
    tcase_set_timeout(tcase, 0); /* CTest has its own */
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
