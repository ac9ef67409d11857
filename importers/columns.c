/*
 * columns.c - the table of every column, and finding them in a heading row.
 */
#include "importers/columns.h"

#include <assert.h>
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "importers/mapping.h"

#define R COLUMN_REQUIRED
#define M COLUMN_MONEY
#define S COLUMN_SHARED
#define J COLUMN_JOINED

// clang-format off
static const struct column division_list[] = {
    [DIVISIONS_CODE]        = {"行政区划代码|区划代码|代码|code|division code|division", R, "611025000000"},
    [DIVISIONS_NAME]        = {"名称|行政区划名称|区划名称|name|division name", R, "镇安县"},
    [DIVISIONS_PARENT]      = {"上级|上级代码|上级区划|parent", 0, ""},
    [DIVISIONS_PROVISIONAL] = {"自编代码|自编|provisional", 0, "否"},
    [DIVISIONS_VALID_FROM]  = {"启用日期|生效日期|valid from", R, "2021-01-01"},
};

static const struct column fund_list[] = {
    [FUNDS_CODE]     = {"资金编号|指标编号|资金代码|fund|fund code|code", R, "2021-中央-01"},
    [FUNDS_DOCUMENT] = {"指标文号|资金文号|文号|document", R, "陕财办农〔2021〕1号"},
    [FUNDS_NAME]     = {"资金名称|名称|name|fund name", R, "中央财政衔接推进乡村振兴补助资金"},
    [FUNDS_LEVEL]    = {"资金级次|级次|来源级次|level", R, "中央"},
    [FUNDS_YEAR]     = {"年度|预算年度|year", R, "2021"},
    [FUNDS_AMOUNT]   = {"金额|指标金额|资金规模|资金总额|amount", M, "408"},
    [FUNDS_BOOKS]    = {"台账类别|可用台账|账类|books", R, "项目建设;民生保障"},
    [FUNDS_EXPIRY]   = {"使用期限|到期日|expiry", 0, "2022-12-31"},
};

static const struct column project_list[] = {
    [PROJECTS_CODE]          = {"项目编号|项目代码|project|project code|code", R | S, "XM2021-001"},
    [PROJECTS_NAME]          = {"项目名称|name|project name", R | S, "苗儿村水果基地"},
    [PROJECTS_CATEGORY]      = {"项目类别|类别|category", R | S, "产业发展"},
    [PROJECTS_NATURE]        = {"建设性质|nature", R | S, "新建"},
    [PROJECTS_DIVISION]      = {"实施地点|地点|division|location", R | S, "苗儿村"},
    [PROJECTS_BOOK]          = {"台账类别|账类|book", R | S, "项目建设"},
    [PROJECTS_START]         = {"开工日期|开始日期|start", S, "2021-03-01"},
    [PROJECTS_END]           = {"完工日期|结束日期|end", S, "2021-11-30"},
    [PROJECTS_UNIT]          = {"责任单位|unit|responsible unit", R | S, "区农业农村局"},
    [PROJECTS_PHONE]         = {"办公电话|联系电话|office phone|responsible phone", S, "0739-1234567"},
    [PROJECTS_TASK]          = {"建设任务|建设内容|task", R | S, "续建水果基地"},
    [PROJECTS_TARGET]        = {"绩效目标|target|performance target", R | S, "挂果面积不少于80亩"},
    [PROJECTS_BENEFICIARIES] = {"受益户数|受益对象户数|beneficiaries|households", S, "46"},
    [PROJECTS_PARTICIPATION] = {"群众参与|participation", S, "村民代表大会议定"},
    [PROJECTS_MECHANISM]     = {"带贫减贫机制|联农带农机制|mechanism", S, "土地流转和务工"},
    [PROJECTS_PLAN_LINE]     = {"筹资序号|计划行号|plan line", 0, "1"},
    [PROJECTS_PLAN_FUND]     = {"资金编号|筹资资金编号|plan fund|fund", 0, "2021-中央-01"},
    [PROJECTS_PLAN_SOURCE]   = {"其他来源|外部资金来源|plan source|source", 0, ""},
    [PROJECTS_PLAN_AMOUNT]   = {"筹资金额|资金金额|资金规模|投资金额|金额|plan amount|amount", R | M, "20"},
};

static const struct column contract_list[] = {
    [CONTRACTS_CODE]       = {"合同编号|contract|contract code|code", R, "HT2021-001"},
    [CONTRACTS_PROJECT]    = {"项目编号|project|project code", R, "XM2021-001"},
    [CONTRACTS_CONTRACTOR] = {"施工单位|中标单位|承包人|contractor", R, "某某建设有限公司"},
    [CONTRACTS_USCC]       = {"统一社会信用代码|信用代码|uscc|credit code", 0, "91611025MA70A1B23G"},
    [CONTRACTS_PRICE]      = {"合同价|合同金额|中标价|price|contract price", R | M, "19.3036"},
    [CONTRACTS_RETENTION]  = {"质保金比例(%)|质保金比例|retention (%)|retention", 0, "3"},
    [CONTRACTS_SIGNED_ON]  = {"签订日期|合同日期|signed on", R, "2021-03-10"},
    [CONTRACTS_START]      = {"开工日期|start", 0, "2021-03-20"},
    [CONTRACTS_END]        = {"完工日期|end", 0, "2021-10-31"},
};

static const struct column allocation_list[] = {
    [ALLOCATIONS_REFERENCE]     = {"凭证号|业务编号|reference", R | S, "XD2021-01"},
    [ALLOCATIONS_DATE]          = {"日期|业务日期|下达日期|date|event date", R | S, "2021-03-05"},
    [ALLOCATIONS_MOVEMENT]      = {"业务类型|资金变动|movement", R | S, "分配"},
    [ALLOCATIONS_DOCUMENT]      = {"依据文号|文号|资金文号|document", S, "区财农〔2021〕3号"},
    [ALLOCATIONS_TEXT]          = {"摘要|text|description", R | S, "第一批资金分配到村"},
    [ALLOCATIONS_FUND]          = {"资金编号|指标编号|fund", R, "2021-中央-01"},
    [ALLOCATIONS_FROM_DIVISION] = {"拨出单位|拨款单位|from division|from", 0, "611025000000"},
    [ALLOCATIONS_TOWNSHIP]      = {"所属乡镇|乡镇|乡镇名称|乡镇街道|township", 0, ""},
    [ALLOCATIONS_TO_DIVISION]   = {"收款单位|拨入单位|市县名称|单位名称|行政村|村名|村|to division|to|division", R, "苗儿村"},
    [ALLOCATIONS_BOOK]          = {"台账类别|账类|book|from book", 0, "项目建设"},
    [ALLOCATIONS_TO_BOOK]       = {"转入台账|to book", 0, ""},
    [ALLOCATIONS_ROLE]          = {"资金状态|role|from role", 0, ""},
    [ALLOCATIONS_TO_ROLE]       = {"转入状态|to role", 0, ""},
    [ALLOCATIONS_AMOUNT]        = {"金额|资金金额|资金规模|资金|分配金额|下达金额|安排金额|安排资金|amount", R | M, "20"},
    [ALLOCATIONS_PROJECT]       = {"项目编号|project", 0, ""},
    [ALLOCATIONS_PLAN_LINE]     = {"筹资序号|plan line", 0, ""},
    [ALLOCATIONS_CONTRACT]      = {"合同编号|contract", 0, ""},
    [ALLOCATIONS_PAYEE]         = {"收款人|退款人|payee|payee name", 0, ""},
    [ALLOCATIONS_PAYEE_USCC]    = {"统一社会信用代码|信用代码|uscc|credit code", 0, ""},
    [ALLOCATIONS_PAYEE_ID]      = {"身份证号|身份证号码|公民身份号码|身份证|id number|id card", COLUMN_IDENTITY, ""},
    [ALLOCATIONS_AGREEMENT]     = {"借款协议编号|借款协议|agreement|loan agreement", 0, ""},
    [ALLOCATIONS_LINE_TEXT]     = {"备注|说明|用途|资金用途|line text|note", J, ""},
};

static const struct column payment_list[] = {
    [PAYMENTS_REFERENCE]  = {"凭证号|业务编号|reference", R | S, "ZF2021-01"},
    [PAYMENTS_DATE]       = {"日期|支付日期|付款日期|发放日期|业务日期|date|event date", R | S, "2021-06-01"},
    [PAYMENTS_DOCUMENT]   = {"依据文号|文号|document", S, ""},
    [PAYMENTS_TEXT]       = {"摘要|text|description", R | S, "支付第一次进度款"},
    [PAYMENTS_FUND]       = {"资金编号|指标编号|fund", R, "2021-中央-01"},
    [PAYMENTS_TOWNSHIP]   = {"所属乡镇|乡镇|乡镇名称|乡镇街道|township", 0, ""},
    [PAYMENTS_DIVISION]   = {"付款单位|单位|行政村|村名|村|division", R, "苗儿村"},
    [PAYMENTS_BOOK]       = {"台账类别|账类|book", R, "项目建设"},
    [PAYMENTS_ROLE]       = {"资金状态|付自|role|from role", 0, ""},
    [PAYMENTS_AMOUNT]     = {"金额|支付金额|发放金额|实发金额|补贴金额|补助金额|amount", R | M, "5.79"},
    [PAYMENTS_PROJECT]    = {"项目编号|project", 0, "XM2021-001"},
    [PAYMENTS_PLAN_LINE]  = {"筹资序号|plan line", 0, "1"},
    [PAYMENTS_CONTRACT]   = {"合同编号|contract", 0, "HT2021-001"},
    [PAYMENTS_POLICY]     = {"补助政策|补贴项目|补贴项目名称|政策|policy", 0, ""},
    [PAYMENTS_PAYEE]      = {"收款人|收款单位|收款人名称|收款人姓名|领款人|姓名|payee|payee name", R, "某某建设有限公司"},
    [PAYMENTS_PAYEE_USCC] = {"统一社会信用代码|信用代码|uscc|credit code", 0, "91611025MA70A1B23G"},
    [PAYMENTS_PAYEE_ID]   = {"身份证号|身份证号码|公民身份号码|身份证|id number|id card", COLUMN_IDENTITY, ""},
    [PAYMENTS_ACCOUNT]    = {"银行账号|账号|银行卡号|社保卡号|银行帐号|bank account|account", COLUMN_IDENTITY, ""},
    [PAYMENTS_REPAYS]     = {"重付凭证行|repays", 0, ""},
    [PAYMENTS_LINE_TEXT]  = {"备注|说明|用途|资金用途|line text|note", J, ""},
};
// clang-format on

#undef R
#undef M
#undef S
#undef J

const struct column_set divisions_columns = {"divisions", division_list, DIVISIONS_COUNT,
                                             DIVISIONS_CODE};
const struct column_set funds_columns = {"funds", fund_list, FUNDS_COUNT, FUNDS_YEAR};
const struct column_set projects_columns = {"projects", project_list, PROJECTS_COUNT,
                                            PROJECTS_PLAN_AMOUNT};
const struct column_set contracts_columns = {"contracts", contract_list, CONTRACTS_COUNT,
                                             CONTRACTS_PRICE};
const struct column_set allocations_columns = {"allocations", allocation_list, ALLOCATIONS_COUNT,
                                               ALLOCATIONS_AMOUNT};
const struct column_set payments_columns = {"payments", payment_list, PAYMENTS_COUNT,
                                            PAYMENTS_AMOUNT};

static_assert((int)PROJECTS_COUNT <= COLUMNS_MAX && (int)ALLOCATIONS_COUNT <= COLUMNS_MAX &&
                  (int)PAYMENTS_COUNT <= COLUMNS_MAX,
              "a binding has room for every column");

#define SIMILAR_BYTES_MIN 6 /* two Chinese characters */

/* Columns that may stand in any file and say nothing. */
static const char number_names[] = "序号|编号|no.|no|number";
static const char marked_names[] = "错误|error|errors";

static const struct {
    const char *name;
    enum money_unit unit;
} units[] = {
    {"元", MONEY_YUAN},       {"yuan", MONEY_YUAN},        {"cny", MONEY_YUAN},
    {"人民币元", MONEY_YUAN}, {"万元", MONEY_WAN_YUAN},    {"万", MONEY_WAN_YUAN},
    {"wan", MONEY_WAN_YUAN},  {"wanyuan", MONEY_WAN_YUAN}, {"10000yuan", MONEY_WAN_YUAN},
};

bool heading_unit(const char *folded, size_t size, enum money_unit *out)
{
    size_t i;

    for (i = 0; i < ARRAY_COUNT(units); i++) {
        if (strlen(units[i].name) != size || memcmp(folded, units[i].name, size) != 0) continue;
        *out = units[i].unit;
        return true;
    }
    return false;
}

void heading_fold(const char *text, char folded[HEADING_SIZE])
{
    heading_fold_long(text, folded, HEADING_SIZE);
}

void heading_fold_long(const char *text, char *folded, size_t folded_size)
{
    const uint8_t *at = (const uint8_t *)text;
    size_t size = 0;

    while (*at != 0 && size + 4 < folded_size) {
        size_t step = text_sequence_size(at, strnlen((const char *)at, 4));
        unsigned point = 0;

        assert(step > 0); /* cells are UTF-8 */
        if (step == 3) {
            point = (at[0] & 0x0fu) << 12 | (at[1] & 0x3fu) << 6 | (at[2] & 0x3fu);
        }
        if (point == 0x3000 || point == 0xfeff || (step == 1 && (isspace(*at) || *at == '_')) ||
            (step == 2 && at[0] == 0xc2 && at[1] == 0xa0)) {
            at += step;
            continue;
        }
        if (point >= 0xff01 && point <= 0xff5e) {
            folded[size++] = (char)tolower((int)(point - 0xff01 + '!'));
        } else if (step == 1) {
            folded[size++] = (char)tolower(*at);
        } else {
            memcpy(folded + size, at, step);
            size += step;
        }
        at += step;
    }
    folded[size] = 0;
}

/*
 * Is the folded heading one of the '|'-separated names? They are written as they fold, but for
 * their spaces.
 */
static bool names_contain(const char *names, const char *folded)
{
    const char *name = names;

    while (*name != 0) {
        const char *at = folded;

        for (; *name != 0 && *name != '|'; name++) {
            if (*name == ' ') continue;
            if (*name != *at) break;
            at++;
        }
        if (*at == 0 && (*name == 0 || *name == '|')) return true;
        name += strcspn(name, "|");
        if (*name == '|') name++;
    }
    return false;
}

/* Does `text`, `size` bytes of it, end so? */
static bool ends_with(const char *text, size_t size, const char *end)
{
    size_t end_size = strlen(end);

    return size >= end_size && memcmp(text + size - end_size, end, end_size) == 0;
}

/*
 * Take the unit off the end of a folded heading: "金额(万元)", "金额:元", "金额(单位:人民币万元)",
 * "金额万元". 元 alone needs something before it that parts it from a word like 单元; 百万元 and
 * 千元 are no units of ours.
 */
static bool heading_take_unit(char *folded, enum money_unit *out)
{
    static const char *const parts[] = {"(", "[", ":", "/", ",", "人民币", "单位"};
    static const char *const larger[] = {"十", "百", "千", "0"};
    size_t size = strlen(folded);
    size_t name_size = 0;
    size_t i;

    while (size > 0 && (folded[size - 1] == ')' || folded[size - 1] == ']'))
        size--;
    for (i = 0; i < ARRAY_COUNT(units); i++) {
        if (!ends_with(folded, size, units[i].name) || strlen(units[i].name) <= name_size) continue;
        name_size = strlen(units[i].name);
        *out = units[i].unit;
    }
    if (name_size == 0) return false;
    size -= name_size;
    for (i = 0; i < ARRAY_COUNT(larger); i++) {
        if (ends_with(folded, size, larger[i])) return false;
    }
    for (i = 0; i < ARRAY_COUNT(parts) && !ends_with(folded, size, parts[i]);)
        i++;
    if (i == ARRAY_COUNT(parts) && strncmp(folded + size, "万元", strlen("万元")) != 0)
        return false;
    for (i = 0; i < ARRAY_COUNT(parts); i++) {
        if (!ends_with(folded, size, parts[i])) continue;
        size -= strlen(parts[i]);
        i = SIZE_MAX; /* look through all of them again */
    }
    folded[size] = 0;
    return true;
}

/* ---- What a heading means ------------------------------------------------------------------- */

static size_t find_folded(const struct column_set *set, const char *folded, unsigned flags)
{
    size_t column;

    if (folded[0] == 0) return COLUMNS_MAX;
    for (column = 0; column < set->count; column++) {
        if ((set->columns[column].flags & flags) != flags) continue;
        if (names_contain(set->columns[column].names, folded)) return column;
    }
    return COLUMNS_MAX;
}

size_t column_of_money(const struct column_set *set)
{
    size_t column;

    for (column = 0; column < set->count; column++) {
        if (set->columns[column].flags & COLUMN_MONEY) return column;
    }
    return COLUMNS_MAX;
}

size_t column_find(const struct column_set *set, const char *name)
{
    char folded[HEADING_SIZE];

    heading_fold(name, folded);
    return find_folded(set, folded, 0);
}

/* By one folded text: the mapping, the set's names, and both again without the unit. */
static struct heading_match match_folded(const struct column_set *set,
                                         const struct mapping *mapping, const char *folded)
{
    struct heading_match match = {HEADING_UNKNOWN, COLUMNS_MAX, false, MONEY_YUAN};
    const struct mapping_entry *entry = NULL;
    char bare[HEADING_SIZE];

    memcpy(bare, folded, HEADING_SIZE);
    match.has_unit = heading_take_unit(bare, &match.unit);
    if (mapping != NULL) entry = mapping_find(mapping, folded);
    if (mapping != NULL && entry == NULL && match.has_unit) entry = mapping_find(mapping, bare);
    if (entry != NULL) {
        match.column = entry->column;
        match.meaning = entry->column < COLUMNS_MAX ? HEADING_COLUMN : HEADING_LEFT_OUT;
        return match;
    }
    match.column = find_folded(set, folded, 0);
    if (match.column == COLUMNS_MAX && match.has_unit) {
        match.column = find_folded(set, bare, COLUMN_MONEY);
    }
    if (match.column < COLUMNS_MAX) match.meaning = HEADING_COLUMN;
    if (names_contain(number_names, folded) || names_contain(marked_names, folded)) {
        if (match.column == COLUMNS_MAX) match.meaning = HEADING_LEFT_OUT;
    }
    return match;
}

/*
 * A heading of two rows means what both together mean, "资金" over "金额(万元)", or else what the
 * lower one means; the unit is the lower one's or else the upper one's.
 */
struct heading_match column_match(const struct column_set *set, const struct mapping *mapping,
                                  const struct heading *heading)
{
    char upper[HEADING_SIZE], lower[HEADING_SIZE], joined[2 * HEADING_SIZE], folded[HEADING_SIZE];
    struct heading_match match, alone;
    enum money_unit unit = MONEY_YUAN;
    bool upper_has_unit;

    heading_fold(heading->upper, upper);
    heading_fold(heading->lower, lower);
    alone = match_folded(set, mapping, lower);
    if (upper[0] == 0) return alone;
    heading_show(heading, joined);
    heading_fold(joined, folded);
    match = match_folded(set, mapping, folded); /* only a mapping knows "资金/金额" */
    upper_has_unit = heading_take_unit(upper, &unit);
    if (match.meaning == HEADING_UNKNOWN) {
        (void)snprintf(joined, sizeof joined, "%s%s", upper, lower);
        heading_fold(joined, folded);
        match = match_folded(set, mapping, folded);
        if (match.meaning == HEADING_UNKNOWN) match = alone;
    }
    if (upper_has_unit && !match.has_unit) {
        match.has_unit = true;
        match.unit = unit;
    }
    return match;
}

void column_heading(const struct column *column, char out[HEADING_SIZE])
{
    size_t size = strcspn(column->names, "|");

    assert(size < HEADING_SIZE);
    memcpy(out, column->names, size);
    out[size] = 0;
}

void heading_show(const struct heading *heading, char out[HEADING_SIZE])
{
    const char *const parts[] = {heading->upper, heading->upper[0] != 0 ? "/" : "", heading->lower};
    size_t size = 0;
    size_t i;

    for (i = 0; i < ARRAY_COUNT(parts); i++) {
        const char *at = parts[i];
        size_t step;

        for (; *at != 0; at += step) {
            step = text_sequence_size((const uint8_t *)at, strnlen(at, 4));
            if (step == 0 || size + step >= HEADING_SIZE) break;
            memcpy(out + size, at, step);
            if (step == 1 && iscntrl((unsigned char)*at)) out[size] = ' ';
            size += step;
        }
    }
    out[size] = 0;
}

/* ---- Binding -------------------------------------------------------------------------------- */

/* A column one of whose names stands in the heading, or the heading in it; COLUMNS_MAX for none. */
static size_t find_similar(const struct column_set *set, const char *heading)
{
    char folded[HEADING_SIZE], name[HEADING_SIZE];
    size_t column;

    heading_fold(heading, folded);
    if (strlen(folded) < SIMILAR_BYTES_MIN) return COLUMNS_MAX;
    for (column = 0; column < set->count; column++) {
        const char *at = set->columns[column].names;

        while (*at != 0) {
            size_t size = strcspn(at, "|");

            memcpy(name, at, size);
            name[size] = 0;
            if (size >= SIMILAR_BYTES_MIN &&
                (strstr(folded, name) != NULL || strstr(name, folded) != NULL)) {
                return column;
            }
            at += size + (at[size] == '|');
        }
    }
    return COLUMNS_MAX;
}

/* Of two rows the lower one tells what the column is like. */
static bool refuse_heading(const struct column_set *set, const char *heading, const char *lower,
                           struct error *err)
{
    size_t similar = find_similar(set, lower);
    char name[HEADING_SIZE] = "COLUMN";

    if (similar < COLUMNS_MAX) column_heading(&set->columns[similar], name);
    return error_set(err, ERROR_INPUT,
                     "no column of %s has this name; rename it as `mingzhang import %s --template` "
                     "shows, or say what it is%s with --map '%s=%s', or --map '%s=' to leave it "
                     "out",
                     set->kind, set->kind, similar < COLUMNS_MAX ? _(", perhaps") : "", heading,
                     name, heading);
}

static bool bind_cell(struct column_binding *binding, const struct mapping *mapping, size_t cell,
                      const struct heading *heading, struct error *err)
{
    struct heading_match match = column_match(binding->set, mapping, heading);
    char shown[HEADING_SIZE], folded[HEADING_SIZE];
    size_t column = match.column;

    binding->column_of[cell] = COLUMNS_MAX;
    heading_show(heading, shown);
    heading_fold(shown, folded);
    if (folded[0] == 0) {
        binding->column_of[cell] = COLUMN_NAMELESS;
        return true;
    }
    if (match.meaning == HEADING_UNKNOWN) {
        return refuse_heading(binding->set, shown, heading->lower, err);
    }
    if (match.meaning == HEADING_LEFT_OUT) {
        if (names_contain(number_names, folded)) binding->number_cell = cell;
        return true;
    }
    if (binding->present[column]) {
        if (!(binding->set->columns[column].flags & COLUMN_JOINED)) {
            return error_set(err, ERROR_INPUT, "this column stands in the file twice; remove one");
        }
        binding->column_of[cell] = column;
        binding->joined_count++;
        return true;
    }
    binding->column_of[cell] = column;
    binding->cell_of[column] = cell;
    binding->present[column] = true;
    if (binding->set->columns[column].flags & COLUMN_SHARED) {
        binding->shared[binding->shared_count++] = column;
    }
    binding->has_unit[column] = match.has_unit;
    if (match.has_unit) binding->unit[column] = match.unit;
    memcpy(binding->heading[column], shown, sizeof shown);
    return true;
}

/* What of the required columns stands neither in the sheet nor is given for all rows. */
static bool check_missing(struct column_binding *binding, column_fault *report, void *context)
{
    const struct column_set *set = binding->set;
    bool ok = true;
    size_t i;

    for (i = 0; i < set->count; i++) {
        struct error fault = ERROR_INIT;

        if (binding->present[i] || binding->constant[i] != NULL) continue;
        if (!(set->columns[i].flags & COLUMN_REQUIRED)) continue;
        error_set(&fault, ERROR_INPUT,
                  "this column is missing; add it (%s), or give its value for all rows with "
                  "--set '%s=VALUE'",
                  set->columns[i].names, binding->heading[i]);
        error_at(&fault, " %s", binding->heading[i]);
        report(context, SHEET_NO_COLUMN, &fault);
        ok = false;
    }
    return ok;
}

bool column_bind(const struct column_set *set, const struct mapping *mapping,
                 const struct heading *headings, size_t count, enum money_unit unit,
                 column_fault *report, void *context, struct column_binding *out)
{
    bool ok = true;
    size_t i;

    assert(count <= SHEET_CELLS_MAX);
    out->set = set;
    out->cell_count = count;
    out->number_cell = SHEET_NO_COLUMN;
    for (i = 0; i < COLUMNS_MAX; i++) {
        out->unit[i] = unit;
        out->cell_of[i] = SHEET_NO_COLUMN;
        if (i < set->count) column_heading(&set->columns[i], out->heading[i]);
    }
    for (i = 0; i < count; i++) {
        struct error fault = ERROR_INIT;
        char heading[HEADING_SIZE];

        if (bind_cell(out, mapping, i, &headings[i], &fault)) continue;
        heading_show(&headings[i], heading);
        error_at(&fault, " %s", heading);
        report(context, i, &fault);
        ok = false;
    }
    return check_missing(out, report, context) && ok;
}

bool column_template(const struct column_set *set, struct buffer *out, struct error *err)
{
    char heading[HEADING_SIZE];
    size_t i;

    if (!buffer_append_text(out, "\xef\xbb\xbf", err)) return false;
    for (i = 0; i < set->count; i++) {
        bool is_money = set->columns[i].flags & COLUMN_MONEY;

        column_heading(&set->columns[i], heading);
        if (!buffer_append_format(out, err, "%s%s%s", i > 0 ? "," : "", heading,
                                  is_money ? "(万元)" : "")) {
            return false;
        }
    }
    if (!buffer_append_text(out, "\r\n", err)) return false;
    for (i = 0; i < set->count; i++) {
        if (!buffer_append_format(out, err, "%s%s", i > 0 ? "," : "", set->columns[i].example)) {
            return false;
        }
    }
    return buffer_append_text(out, "\r\n", err);
}
