/*
 * withheld_assets.c - see withheld_assets.h.
 *
 * 1. Rows come by the sheets that offices fill in, so that their order and the totals behind them
 *    are those of the importers.
 * 2. Receipts name nobody, so neither rent that came in nor what a disposal brought has anything
 *    sealed; a voucher about people pays no work, and a household's asset is in no stock-taking.
 *    The last two are tried and refused here.
 */
#include "withheld_assets.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "importers/importers.h"
#include "ledger/assets/assets.h"
#include "ledger/income/income.h"
#include "ledger/keeping/keeping.h"

#define SHEET_MAX 8192
#define USCC      "91350100M000100Y43"
#define SPREAD    997 /* two secrets differ by no multiple of it */

/* ---- Sheets and people ----------------------------------------------------------------------- */

static void note_fault(void *context, const struct error *fault)
{
    struct error err = ERROR_INIT;

    ck_good(buffer_append_format(context, &err, "%s: %s\n", fault->place, fault->message), &err);
}

/* The faults, empty when the sheet was entered: in `faults`. */
__attribute__((format(printf, 4, 0))) static void import_text(struct world *world, const char *what,
                                                              struct buffer *faults,
                                                              const char *format, va_list arguments)
{
    struct import_options options = {
        .what = what, .by = world_person("li"), .fault = note_fault, .context = faults};
    struct import_report report;
    struct error err = ERROR_INIT;
    char text[SHEET_MAX];

    (void)vsnprintf(text, sizeof text, format, arguments);
    options.path = fixture_path("sheet.csv");
    fixture_write(options.path, text, strlen(text));
    ck_good(journal_begin(world->journal, &err), &err);
    if (import_file(world->ledger, &options, &report, &err)) {
        ck_good(journal_commit(world->journal, &err), &err);
        return;
    }
    journal_rollback(world->journal);
    note_fault(faults, &err);
}

__attribute__((format(printf, 3, 4))) static void enter(struct world *world, const char *what,
                                                        const char *format, ...)
{
    struct buffer faults = BUFFER_INIT(FIXTURE_FILE_MAX);
    va_list arguments;

    va_start(arguments, format);
    import_text(world, what, &faults, format, arguments);
    va_end(arguments);
    ck_assert_msg(faults.size == 0, "%s: %s", what, buffer_text(&faults));
    buffer_done(&faults);
}

__attribute__((format(printf, 4, 5))) static void refuse(struct world *world, const char *what,
                                                         const char *words, const char *format, ...)
{
    struct buffer faults = BUFFER_INIT(FIXTURE_FILE_MAX);
    va_list arguments;

    va_start(arguments, format);
    import_text(world, what, &faults, format, arguments);
    va_end(arguments);
    ck_assert_msg(strstr(buffer_text(&faults), words) != NULL, "%s: %s", what,
                  buffer_text(&faults));
    buffer_done(&faults);
}

/* With another secret, other people. */
static int person(int64_t secret, int index)
{
    return (int)(secret % SPREAD) / 2 + index;
}

/* "name,ID number", lent for a few calls. */
static const char *who(int64_t secret, int index)
{
    static char texts[8][TEXT_SIZE + ID_CARD_SIZE + 1];
    static size_t next;
    struct payee payee;
    char *text = texts[next++ % ARRAY_COUNT(texts)];

    world_name_payee(&payee, person(secret, index));
    (void)snprintf(text, sizeof texts[0], "%s,%s", payee.name, payee.id_number);
    return text;
}

static const char *name_of(int64_t secret, int index)
{
    static struct payee payee;

    world_name_payee(&payee, person(secret, index));
    return payee.name;
}

/* An amount as sheets have it, lent for a few calls. */
static const char *yuan(int64_t fen)
{
    static char texts[8][MONEY_TEXT_SIZE];
    static size_t next;

    return money_format((money_t){fen}, texts[next++ % ARRAY_COUNT(texts)]);
}

static const char *number_of(struct world *world, const char *reference)
{
    static struct voucher found;
    struct error err = ERROR_INIT;

    ck_good(voucher_find(world->journal, reference, &found, &err), &err);
    return found.number;
}

/* ---- What stands there ----------------------------------------------------------------------- */

static void add_asset(struct world *world, const char *code)
{
    enter(world, "assets",
          "资产编号,资产名称,资产类别,资产类型,坐落,具体位置,数量,单位,购建时间,使用年限,原值(元),"
          "资金来源,"
          "捐赠或投劳方,确权归属,所有权人,收益权人,分配权人,现状\n"
          "%s,光伏站,经营性,光伏," VILLAGE_12
          ",三组,1,座,2021-03-15,20,10000,捐赠,某公司," VILLAGE_12
          ",西洞村股份经济合作社,村集体,村民会议,在用\n",
          code);
}

/* ---- Households ------------------------------------------------------------------------------ */

#define HOUSEHOLDS                                                                                                                      \
    "户主姓名,身份证号,行政区划,资产名称,资产类型,数量,计量单位,取得时间,原始价值(元),资金来源," \
    "项目编号,备注\n"
#define HOUSEHOLD "%s,%s,%s,%s,%" PRId64 ",头,2021-06-%02d,%s,项目资金,%s,%s\n"

static void erase(struct world *world, uint64_t seq, const char *purpose)
{
    char body[256];

    (void)snprintf(body, sizeof body,
                   "{\"ground\":\"ordered\",\"reason\":\"文\",\"seals\":[{\"first\":%" PRIu64
                   ",\"last\":%" PRIu64 ",\"purpose\":\"%s/detail\"}]}",
                   seq, seq, purpose);
    world_agree(world, "seal.erase", body);
}

struct codes {
    char codes[8][TEXT_SIZE];
    uint64_t seqs[8];
    size_t count;
};

static bool note_code(void *context, const struct record *record, struct error *err)
{
    struct codes *codes = context;

    (void)err;
    ck_assert_uint_lt(codes->count, ARRAY_COUNT(codes->codes));
    codes->seqs[codes->count] = record->seq;
    memcpy(codes->codes[codes->count++], record->values[HOUSEHOLD_ASSET].text, TEXT_SIZE);
    return true;
}

static void households(struct world *world, int64_t secret)
{
    const int64_t more = secret % SPREAD;
    const bool other = secret / 100 % 2 != 0;
    const char *name = other ? "母羊" : "母牛", *project = other ? "P2" : "P3";
    struct codes codes = {.count = 0};
    struct error err = ERROR_INIT;

    /* Three of a category have a total in clear, and with them one of another has none. */
    enter(world, "household-assets", HOUSEHOLDS HOUSEHOLD HOUSEHOLD HOUSEHOLD HOUSEHOLD,
          who(secret, 0), VILLAGE_12, name, "牲畜", 1 + more % 7, 10 + (int)(more % 7),
          yuan(600000 + more), project, name, who(secret, 1), VILLAGE_12, "种猪", "牲畜",
          1 + more % 5, 9, yuan(600000 - more), "P2", "", who(secret, 2), VILLAGE_12, "山羊",
          "牲畜", INT64_C(3), 9, yuan(600000), "P2", "", who(secret, 3),
          other ? VILLAGE_13 : VILLAGE_12, name, other ? "农机" : "工具", INT64_C(1), 9,
          yuan(secret), project, "");
    enter(world, "household-assets", HOUSEHOLDS HOUSEHOLD HOUSEHOLD, who(secret, 0), VILLAGE_12,
          name, "牲畜", INT64_C(1), 12, yuan(secret), "P2", "", who(secret, 4), VILLAGE_12, name,
          "牲畜", INT64_C(2), 12, yuan(secret + 1), "P2", "");
    ck_good(record_each(world->journal, &household_asset, HOUSEHOLD_ASSET, NULL, note_code, &codes,
                        &err),
            &err);
    ck_assert_uint_eq(codes.count, 6);
    enter(world, "household-asset-changes",
          "到户资产编号,日期,行政区划,变动情况,原因\n%s,2021-08-%02d," VILLAGE_12
          ",%s,%s\n%s,2021-08-09," VILLAGE_12 ",%s,\n",
          codes.codes[4], 10 + (int)(more % 7), other ? "出售" : "死亡", name, codes.codes[5],
          other ? "转让" : "报损");
    erase(world, codes.seqs[2], "household_asset.register");
    enter(world, "stocktakes", "盘点编号,盘点单位,开始日期\nPD1," VILLAGE_12 ",2021-10-01\n");
    refuse(world, "counts", "no asset",
           "盘点编号,资产编号,盘点日期,盘点结果,实际所在地,实际状态\nPD1,%s,2021-10-03,"
           "相符," VILLAGE_12 ",在用\n",
           codes.codes[0]);
}

/* ---- What people got is part of an asset ----------------------------------------------------- */

static void asset_of_one_person(struct world *world, int64_t secret)
{
    const struct world_payment payment = {3000000 + secret % SPREAD, "P3"};

    world_pay_each(world, "ga1", "2021-06-03", TOWNSHIP_1, &payment, 1);
    world_confirm(world, "ga1-bank", "ga1", "2021-06-05");
    enter(world, "assets",
          "资产编号,资产名称,资产类别,资产类型,坐落,具体位置,数量,单位,购建时间,使用年限,原值(元),"
          "资金来源,"
          "项目编号,计划行,现状\n"
          "Z2,蜂箱,公益性,设备," TOWNSHIP_1 ",三组,1,套,2021-06-20,5,30000,项目资金,P3,1,在用\n");
}

/* ---- Posts and upkeep ------------------------------------------------------------------------ */

static void posts(struct world *world, int64_t secret)
{
    const struct world_payment payment = {secret, ""};

    add_asset(world, "Z3");
    enter(world, "keepers",
          "任职编号,行政区划,岗位,所属单位,办公电话,姓名,身份证号,任职日期,月报酬(元)\n"
          "GH-1," VILLAGE_12 ",护路员,西洞村管理站,0914-5322101,%s,2021-03-01,%s\n"
          "GH-2," VILLAGE_12 ",护路员,西洞村管理站,0914-5322101,%s,2021-03-01,%s\n",
          who(secret, 0), yuan(secret), who(secret, 1), yuan(secret + 1));
    refuse(world, "keepers-left", "reason is public and holds a name",
           "任职编号,离任日期,原因\nGH-2,2021-09-30,%s辞职\n", name_of(secret, 1));
    enter(world, "keepers-left", "任职编号,离任日期,原因\nGH-2,2021-09-30,辞职\n");
    enter(world, "duties",
          "资产编号,起始日期,管护责任单位,办公电话,责任人任职编号,管护路子,年管护经费(元)\n"
          "Z3,2021-04-01,西洞村管理站,0914-5322101,GH-1,自主,\n");
    enter(world, "upkeep-sources",
          "资金编号,筹集日期,筹集单位,来源,筹集金额(元)\nF2,2021-04-01," VILLAGE_12
          ",财政补助一点,500\n");
    enter(world, "works",
          "维修单号,资产编号,派单日期,完成期限,故障\nWX-1,Z3,2021-05-01,2021-05-30,塌方\n");
    refuse(
        world, "works", "mobile number",
        "维修单号,资产编号,派单日期,完成期限,故障\nWX-2,Z3,2021-05-01,2021-05-30,找13800138000\n");
    world_pay_each(world, "gp1", "2021-06-03", VILLAGE_12, &payment, 1);
    refuse(world, "works-paid", "payment to organisations",
           "维修单号,凭证号,支付金额(元)\nWX-1,%s,100\n", number_of(world, "gp1"));
}

/* ---- Tenants, creditors, sharers ------------------------------------------------------------- */

static void tenant(struct world *world, int64_t secret)
{
    add_asset(world, "Z1");
    enter(world, "leases",
          "合同编号,资产编号,经营方式,收益单位,签订日期,起始日期,终止日期,个人姓名,身份证号,"
          "首次应收日期,"
          "每期月数,每期金额(元)\n"
          "HT-1,Z1,出租," VILLAGE_12 ",2021-03-20,2021-03-31,2021-12-31,%s,2021-03-31,1,100\n",
          who(secret, 0));
    world_receive(world, "gt1", "2021-04-02", VILLAGE_12, "F2", 15000);
    enter(world, "income",
          "凭证号,收到日期,收益单位,收益类型,金额(元),合同编号,应收日期\n"
          "%s,2021-04-02," VILLAGE_12 ",出租,100,HT-1,2021-03-31\n",
          number_of(world, "gt1"));
    refuse(world, "income", "text is public and holds a name",
           "凭证号,收到日期,收益单位,收益类型,金额(元),合同编号,说明\n"
           "%s,2021-04-02," VILLAGE_12 ",出租,1,HT-1,%s租金\n",
           number_of(world, "gt1"), name_of(secret, 0));
    refuse(world, "lease-dues", "text is public and holds a name",
           "合同编号,应收日期,应收金额(元),说明\nHT-1,2021-05-31,50,%s减免\n", name_of(secret, 0));
    refuse(world, "leases-ended", "reason is public and holds a name",
           "合同编号,终止日期,原因\nHT-1,2021-10-31,%s退租\n", name_of(secret, 0));
}

static void creditor(struct world *world, int64_t secret)
{
    const struct world_payment payment = {secret, ""};
    const char *name = name_of(secret, 0);

    enter(world, "village-debts",
          "债务编号,行政区划,形成日期,债务金额(元),形成原因,个人姓名\n"
          "ZW-1," VILLAGE_12 ",2018-05-01,52000,修建村道,%s\n",
          name);
    refuse(world, "village-debts", "reason is public and holds a name",
           "债务编号,行政区划,形成日期,债务金额(元),形成原因,个人姓名\n"
           "ZW-2," VILLAGE_12 ",2018-05-01,52000,欠%s工钱,%s\n",
           name, name);
    world_pay_each(world, "gc1", "2021-06-03", VILLAGE_12, &payment, 1);
    enter(world, "debts-cleared",
          "债务编号,清偿日期,清偿金额(元),文号,凭证号\nZW-1,2021-06-03,20000,决1号,%s\n",
          number_of(world, "gc1"));
    refuse(world, "debts-cleared", "document is public and holds a name",
           "债务编号,清偿日期,清偿金额(元),文号,凭证号\nZW-1,2021-06-03,1,%s收条,\n", name);
}

#define SHARER "FP1,%s," VILLAGE_12 ",%s,%" PRId64 ",%s\n"

static void sharers(struct world *world, int64_t secret)
{
    const int64_t more = secret % SPREAD;
    const struct world_payment families[] = {
        {60000 + more, ""}, {60000 - more, ""}, {70000, ""}, {80000, ""}, {90000, ""}};
    const struct world_payment wages[] = {{60000 + more, ""}, {50000 - more / 2, ""}};

    enter(world, "distribution-people",
          "方案编号,用途,行政区划,姓名,身份证号,份数,分配依据\n" SHARER SHARER SHARER SHARER SHARER
              SHARER SHARER SHARER,
          "农户", who(secret, 0), 1000 + more, "股份", "农户", who(secret, 1), 1000 - more, "股份",
          "农户", who(secret, 2), INT64_C(1000), more % 2 == 0 ? "五保" : "低保", "农户",
          who(secret, 3), INT64_C(900), "股份", "农户", who(secret, 4), INT64_C(1100), "股份",
          "公益岗位工资", who(secret, 5), 1000 + more, "保洁", "公益岗位工资", who(secret, 6),
          1000 - more, "护林", "公益岗位工资", who(secret, 7), INT64_C(1000), "护路");
    enter(world, "distribution-shares",
          "方案编号,用途,行政区划,份数,人数\nFP1,农户," VILLAGE_12
          ",5000,5\nFP1,公益岗位工资," VILLAGE_12 ",3000,3\nFP1,公共事业," VILLAGE_12 ",2000,\n");
    enter(
        world, "distributions",
        "方案编号,收益年度,议定日期,收益单位,收益来源,分配金额(元),总份数,分配依据,分配规则,文号\n"
        "FP1,2021,2021-06-20," VILLAGE_12 ",其他,10000,10000,岗位,五成分红,村决1号\n");
    world_pay_each(world, "gs1", "2021-06-25", VILLAGE_12, families, 5);
    world_pay_each(world, "gs2", "2021-07-25", VILLAGE_12, wages, 2);
    enter(world, "distribution-payments", "方案编号,日期,用途,凭证号\nFP1,2021-06-25,农户,%s\n",
          number_of(world, "gs1"));
    enter(world, "distribution-payments",
          "方案编号,日期,用途,凭证号\nFP1,2021-07-25,公益岗位工资,%s\n", number_of(world, "gs2"));
}

/* ---- Mutual aid ------------------------------------------------------------------------------ */

#define MEMBER "LB-1,%d,HZ-1,%s,2021-03-01\n"
#define AGREED "JK-%d,HZ-1,LB-1,%s,%s,%d,2021-03-10,2021-03-08,2022-03-%02d\n"

static void open_pool(struct world *world, int64_t secret)
{
    const int64_t more = secret % SPREAD;

    enter(world, "aid-pools",
          "互助资金编号,行政村,资金编号,台账类别,受托银行,统一社会信用代码,单户上限(%%),设立日期\n"
          "HZ-1," VILLAGE_12 ",F2,政策补助,农商行," USCC ",100,2021-02-08\n");
    enter(world, "aid-entrustments",
          "互助资金编号,协议编号,签订日期,起始日期,到期日期\nHZ-1,委托1,2021-02-08,2021-02-08,2024-"
          "02-07\n");
    enter(world, "aid-guarantees",
          "联保小组编号,成员序号,互助资金编号,姓名,身份证号,签订日期\n" MEMBER MEMBER MEMBER MEMBER,
          1, who(secret, 0), 2, who(secret, 1), 3, who(secret, 2), 4, who(secret, 3));
    enter(world, "aid-agreements",
          "借款协议编号,互助资金编号,联保小组编号,姓名,身份证号,借款金额(元),年费率(%%),起始日期,"
          "签订日期,"
          "到期日期\n" AGREED AGREED AGREED AGREED,
          0, who(secret, 0), yuan(secret), 4, 10 + (int)(more % 7), 1, who(secret, 1),
          yuan(secret + more), 3, 9, 2, who(secret, 2), yuan(secret), 4, 9, 3, who(secret, 3),
          yuan(secret + 2), 4, 10 + (int)(more % 7));
}

static void borrowers(struct world *world, int64_t secret)
{
    const int64_t more = secret % SPREAD;
    const struct world_loan lent[] = {{VILLAGE_12, "JK-0", person(secret, 0), 60000 + more},
                                      {VILLAGE_12, "JK-1", person(secret, 1), 60000 - more},
                                      {VILLAGE_12, "JK-2", person(secret, 2), 60000}};
    const struct world_loan repaid[] = {{VILLAGE_12, "JK-0", person(secret, 0), 30000 - more},
                                        {VILLAGE_12, "JK-1", person(secret, 1), 30000 + more},
                                        {VILLAGE_12, "JK-2", person(secret, 2), 30000}};

    open_pool(world, secret);
    world_lend(world, MOVEMENT_LOAN, "gb1", "2021-04-01", lent, 3);
    world_lend(world, MOVEMENT_REPAYMENT, "gb2", "2021-07-01", repaid, 3);
}

static void borrower_alone(struct world *world, int64_t secret)
{
    const struct world_loan lent = {VILLAGE_12, "JK-3", person(secret, 3), secret},
                            repaid = {VILLAGE_12, "JK-3", person(secret, 3), secret / 2};

    borrowers(world, secret);
    world_lend(world, MOVEMENT_LOAN, "gb3", "2021-08-01", &lent, 1);
    world_lend(world, MOVEMENT_REPAYMENT, "gb4", "2021-09-01", &repaid, 1);
}

static void all_at_once(struct world *world, int64_t secret)
{
    households(world, secret);
    asset_of_one_person(world, secret);
    posts(world, secret);
    tenant(world, secret);
    creditor(world, secret);
    sharers(world, secret);
    borrower_alone(world, secret);
}

const struct asset_story asset_stories[] = {
    {"assets of households", households},
    {"an asset that one person was paid for", asset_of_one_person},
    {"holders of posts", posts},
    {"a tenant", tenant},
    {"a creditor", creditor},
    {"who shares in a plan", sharers},
    {"borrowers", borrowers},
    {"a borrower alone", borrower_alone},
    {"all at once", all_at_once},
};
const size_t asset_story_count = ARRAY_COUNT(asset_stories);

/* ---- Erased ---------------------------------------------------------------------------------- */

struct sealed_rows {
    const struct record_kind *kind;
    uint64_t seqs[16];
    size_t count;
};

static bool note_row(void *context, const struct record *record, struct error *err)
{
    struct sealed_rows *rows = context;

    (void)err;
    if (record_is_gone(rows->kind, record)) return true;
    ck_assert_uint_lt(rows->count, ARRAY_COUNT(rows->seqs));
    rows->seqs[rows->count++] = record->seq;
    return true;
}

void erase_people_behind_assets(struct world *world)
{
    const struct record_kind *const kinds[] = {&household_change, &household_asset, &income_lease,
                                               &income_debt,      &keeping_keeper,  &income_holder};
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
        struct sealed_rows rows = {.kind = kinds[i]};

        ck_good(record_each(world->journal, kinds[i], RECORD_NONE, NULL, note_row, &rows, &err),
                &err);
        ck_assert_uint_gt(rows.count, 0);
        for (size_t k = 0; k < rows.count; k++)
            erase(world, rows.seqs[k], kinds[i]->entry->name);
    }
}
