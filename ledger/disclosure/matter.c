/*
 * matter.c - the catalogue of the matters, and what policies ask of a division.
 *
 * The nine and their levels: the guidance of 2018 and county guides to it; days by the catalogues
 * of 基层政务公开标准. docs/disclosure.md says which of it was read where and what is an example.
 * All of it is a default: two administrators set what their place asks.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/disclosure/internal.h"

/* What was read, and where: docs/disclosure.md. */
#define LAW                 "《政府信息公开条例》第二十六条；"
#define GUIDE               "国务院扶贫办、财政部《关于完善扶贫资金项目公告公示制度的指导意见》（2018年）"
#define BASIS               LAW GUIDE "；财农〔2021〕19号"
#define BASIS_CONSOLIDATION LAW GUIDE "；财农〔2021〕22号"
#define BASIS_BANK                                                                                 \
    LAW GUIDE "；《关于完善县级脱贫攻坚项目库建设的指导意见》（国开办发〔2018〕10号）"
#define BASIS_VILLAGE                                                                              \
    "《村民委员会组织法》第三十条；《农村集体经济组织财务公开规定》（农经发〔2011〕13号）"
#define STANDING_DAYS     10 /* on a board; on a county's website permanently */
#define STANDING_DAYS_MAX 36600
#define FINANCE_MONTHS    3 /* of a village: a quarter */
#define POLICY_SIZE       80
#define POLICY_PREFIX     "disclosure_"
#define POLICIES_MAX      1000000

// clang-format off
/* Money is allocated, and complaints are taken, by provinces and prefectures as well. */
#define FROM_ABOVE  {true, true, true, true, true}
#define ALL_LEVELS  {[DIVISION_COUNTY] = true, [DIVISION_TOWNSHIP] = true, [DIVISION_VILLAGE] = true}
#define COUNTY_ONLY {[DIVISION_COUNTY] = true}
#define VILLAGE_ONLY {[DIVISION_VILLAGE] = true}

static const struct matter_info matters[] = {
    [MATTER_ALLOCATION] = {"allocation", "资金分配结果",
        "资金名称、来源级次、指标文号、分配原则、分配对象和金额", BASIS, "资金下达之日起",
        "财政部门和分配资金的部门；资金分配到哪里，哪里公开", "全社会", "主动公开", 15, FROM_ABOVE},
    [MATTER_LOANS] = {"loans", "小额信贷、贴息贷款与委托资金",
        "贷款对象（个人只公开人数和合计）、用途、额度、期限、利率、贴息规模、带贫减贫机制；委托资金和资产", BASIS,
        "发放或签订之日起", "乡村振兴部门、金融部门、委托单位", "全社会", "主动公开", 20, ALL_LEVELS},
    [MATTER_SECTOR] = {"sector", "行业与东西部协作资金",
        "项目名称、实施地点、资金规模、实施单位、带贫机制、绩效目标", BASIS, "确定之日起",
        "行业主管部门", "全社会", "主动公开", 20, ALL_LEVELS},
    [MATTER_CONSOLIDATION] = {"consolidation", "财政涉农资金统筹整合方案",
        "整合资金来源、级次、规模、用途", BASIS_CONSOLIDATION, "方案批准之日起", "财政部门、乡村振兴部门", "全社会",
        "主动公开", 20, COUNTY_ONLY},
    [MATTER_BANK] = {"bank", "项目库",
        "项目名称、类别、建设性质、实施地点、时间进度、责任单位、建设任务、资金规模和筹资方式、受益对象、绩效目标、群众参与、"
        "带贫减贫机制", BASIS_BANK, "入库或出库之日起", "乡村振兴部门", "全社会", "主动公开", 20, ALL_LEVELS},
    [MATTER_ANNUAL_PLAN] = {"annual_plan", "年度计划",
        "项目名称、实施地点、建设任务、补助标准、资金来源及规模、实施期限、实施单位及责任人、绩效目标、带贫减贫机制", BASIS,
        "计划批准或调整之日起", "乡村振兴部门、项目主管部门", "全社会", "主动公开", 20, ALL_LEVELS},
    [MATTER_COMPLETION] = {"completion", "年度计划完成情况",
        "项目完成情况、资金使用情况、绩效目标和带贫减贫机制实现情况", BASIS, "年度终了之日起",
        "乡村振兴部门、项目主管部门", "全社会", "主动公开", 20, ALL_LEVELS},
    [MATTER_PROJECTS] = {"projects", "项目实施前后",
        "实施前：名称、资金来源、实施期限、绩效目标、实施单位及责任人、受益对象、带贫减贫机制；"
        "实施后：资金使用、实施结果、检查验收、绩效目标实现情况", BASIS, "开工前；验收之日起",
        "项目实施单位", "项目所在地群众和全社会", "主动公开", 20, ALL_LEVELS},
    [MATTER_COMPLAINTS] = {"complaints", "监督举报与办理结果",
        "监督电话（12317）、通讯地址、受理时间；受理数量和办理结果", BASIS, "设立或办结之日起",
        "乡村振兴部门、纪检监察机关", "全社会", "主动公开", 20, FROM_ABOVE},
    [MATTER_VILLAGE_FINANCE] = {"village_finance", "村级财务收支",
        "各项收入和支出的金额、来源、用途，期初和期末结存", BASIS_VILLAGE, "每季度终了之日起（收支多的按月）",
        "村民委员会、村集体经济组织", "本村村民", "主动公开", 10, VILLAGE_ONLY},
};
// clang-format on
static_assert(DIVISION_VILLAGE == 4, "five levels");
static_assert(ARRAY_COUNT(matters) == MATTER_COUNT, "nine matters, and village finance");

const struct matter_info *matter_info(enum matter matter)
{
    assert(matter < MATTER_COUNT);
    return &matters[matter];
}

bool matter_parse(const char *code, enum matter *out, struct error *err)
{
    for (int i = 0; i < MATTER_COUNT; i++) {
        if (strcmp(matters[i].code, code) != 0) continue;
        *out = (enum matter)i;
        return true;
    }
    return error_set(err, ERROR_INPUT, "\"%s\" is no matter to disclose; the first is \"%s\"", code,
                     matters[0].code);
}

const char *matter_channel(enum division_level level)
{
    switch (level) {
    case DIVISION_PROVINCE:
    case DIVISION_PREFECTURE:
    case DIVISION_COUNTY:
        return "政府网站；本公示库";
    case DIVISION_TOWNSHIP:
        return "乡镇公示栏；本公示库";
    case DIVISION_VILLAGE:
        return "村公示栏、项目实施地；本公示库";
    }
    return "";
}

/* ---- Policies -------------------------------------------------------------------------------- */

struct policy_row {
    char name[POLICY_SIZE];
    date_t valid_from;
    int64_t value;
};

struct matter_policies {
    char root[DIVISION_CODE_SIZE];
    struct policy_row *rows; /* by name, day; none twice */
    size_t count;
};

static int order_policies(const void *left, const void *right)
{
    const struct policy_row *a = left, *b = right;
    int order = strcmp(a->name, b->name);

    if (order != 0) return order;
    return (a->valid_from.days > b->valid_from.days) - (a->valid_from.days < b->valid_from.days);
}

static bool add_policy(struct matter_policies *policies, const struct statement *statement,
                       struct error *err)
{
    const char *name = statement_text(statement, 0);
    struct policy_row row = {.value = statement_integer(statement, 2)};
    void *grown = policies->rows;

    /* A longer name is none that is ever asked for. */
    if (strncmp(name, POLICY_PREFIX, sizeof POLICY_PREFIX - 1) != 0 || strlen(name) >= POLICY_SIZE)
        return true;
    if (policies->count == POLICIES_MAX)
        return error_set(err, ERROR_LIMIT, "more than %d policies about disclosing", POLICIES_MAX);
    if ((policies->count & (policies->count - 1)) == 0) {
        grown = realloc(grown, (policies->count == 0 ? 1 : 2 * policies->count) * sizeof row);
        if (grown == NULL) return error_set(err, ERROR_MEMORY, "no memory for policies");
        policies->rows = grown;
    }
    memcpy(row.name, name, strlen(name) + 1);
    if (!date_parse(statement_text(statement, 1), &row.valid_from, err)) return false;
    policies->rows[policies->count++] = row;
    return true;
}

bool matter_policies_load(struct journal *journal, struct matter_policies **out, struct error *err)
{
    struct matter_policies *policies = calloc(1, sizeof *policies);
    struct statement *statement = NULL;
    bool has_row, ok = false;

    if (policies == NULL) return error_set(err, ERROR_MEMORY, "no memory for policies");
    memcpy(policies->root, journal_root_division(journal), sizeof policies->root);
    if (!store_prepare(journal_store(journal), "SELECT name, valid_from, value FROM policy",
                       &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!add_policy(policies, statement, err)) goto out;
    }
    if (policies->count > 0)
        qsort(policies->rows, policies->count, sizeof *policies->rows, order_policies);
    *out = policies;
    policies = NULL;
    ok = true;
out:
    statement_free(statement);
    matter_policies_free(policies);
    return ok;
}

void matter_policies_free(struct matter_policies *policies)
{
    if (policies == NULL) return;
    free(policies->rows);
    free(policies);
}

/* The one of that name that holds on a day; *value is left when there is none. */
static bool find_named(const struct matter_policies *policies, const char *name, date_t day,
                       int64_t *value)
{
    struct policy_row key = {.valid_from = day};
    size_t low = 0, high = policies->count;

    assert(strlen(name) < sizeof key.name);
    memcpy(key.name, name, strlen(name) + 1);
    while (low < high) { /* the first after the key */
        size_t middle = low + (high - low) / 2;

        if (order_policies(&policies->rows[middle], &key) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || strcmp(policies->rows[low - 1].name, name) != 0) return false;
    *value = policies->rows[low - 1].value;
    return true;
}

/* The policy of the division, else of what it lies in, else of everybody. */
static void find_policy(const struct matter_policies *policies, const char *name,
                        const char *division, date_t day, int64_t *value)
{
    char place[DIVISION_CODE_SIZE], above[DIVISION_CODE_SIZE], full[POLICY_SIZE];
    bool is_last;

    if (policies->count == 0) return;
    memcpy(place, division, sizeof place);
    do {
        (void)snprintf(full, sizeof full, "%s_%s", name, place);
        if (find_named(policies, full, day, value)) return;
        is_last = strcmp(place, policies->root) == 0;
        division_code_parent(place, above);
        is_last = is_last || strcmp(above, place) == 0 || above[0] == '\0';
        memcpy(place, above, sizeof place);
    } while (!is_last);
    (void)find_named(policies, name, day, value);
}

/* A policy can be set to anything; what it asks stays within reason. */
static int64_t limited(int64_t value, int64_t most)
{
    return value < 0 ? 0 : value > most ? most : value;
}

void matter_terms_by(const struct matter_policies *policies, enum matter matter,
                     const char *division, date_t day, struct matter_terms *out)
{
    const enum division_level level = division_code_level(division);
    const struct matter_info *info = &matters[matter];
    struct matter_terms terms = {info->working_days, level <= DIVISION_COUNTY ? 0 : STANDING_DAYS,
                                 false};
    int64_t duty = info->duty[level];
    char name[POLICY_SIZE];

    (void)snprintf(name, sizeof name, POLICY_PREFIX "days_%s", info->code);
    find_policy(policies, name, division, day, &terms.working_days);
    (void)snprintf(name, sizeof name, POLICY_PREFIX "standing_%s", division_level_name(level));
    find_policy(policies, name, division, day, &terms.standing_days);
    (void)snprintf(name, sizeof name, POLICY_PREFIX "duty_%s_%s", info->code,
                   division_level_name(level));
    find_policy(policies, name, division, day, &duty);
    terms.working_days = limited(terms.working_days, DISCLOSURE_DAYS_MAX);
    terms.standing_days = limited(terms.standing_days, STANDING_DAYS_MAX);
    terms.duty = duty != 0;
    *out = terms;
}

bool matter_terms(struct journal *journal, enum matter matter, const char *division, date_t day,
                  struct matter_terms *out, struct error *err)
{
    struct matter_policies *policies = NULL;

    if (!matter_policies_load(journal, &policies, err)) return false;
    matter_terms_by(policies, matter, division, day, out);
    matter_policies_free(policies);
    return true;
}

int32_t matter_finance_months(const struct matter_policies *policies, const char *division,
                              date_t day)
{
    int64_t months = FINANCE_MONTHS;

    find_policy(policies, POLICY_PREFIX "months_village_finance", division, day, &months);
    return months <= 1 ? 1 : months >= 12 ? 12 : FINANCE_MONTHS;
}

void matter_finance_period(int32_t last_month, int32_t months, char out[MONTH_TEXT_SIZE])
{
    (void)month_format(last_month, out);
    if (months == 12) out[4] = '\0';
    if (months != FINANCE_MONTHS) return;
    out[5] = 'Q';
    out[6] = (char)('1' + last_month % 12 / FINANCE_MONTHS);
}
