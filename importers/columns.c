/*
 * columns.c - the table of every column, and finding them in a heading row.
 */
#include "importers/columns.h"

#include <assert.h>
#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define R COLUMN_REQUIRED
#define M COLUMN_MONEY
#define S COLUMN_SHARED

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
    [FUNDS_AMOUNT]   = {"金额|指标金额|资金规模|amount", M, "408"},
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
    [PROJECTS_PLAN_AMOUNT]   = {"筹资金额|资金金额|资金规模|金额|plan amount|amount", R | M, "20"},
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
    [ALLOCATIONS_TO_DIVISION]   = {"收款单位|拨入单位|市县名称|村名|to division|to|division", R, "苗儿村"},
    [ALLOCATIONS_BOOK]          = {"台账类别|账类|book|from book", 0, "项目建设"},
    [ALLOCATIONS_TO_BOOK]       = {"转入台账|to book", 0, ""},
    [ALLOCATIONS_ROLE]          = {"资金状态|role|from role", 0, ""},
    [ALLOCATIONS_TO_ROLE]       = {"转入状态|to role", 0, ""},
    [ALLOCATIONS_AMOUNT]        = {"金额|资金金额|amount", R | M, "20"},
    [ALLOCATIONS_PROJECT]       = {"项目编号|project", 0, ""},
    [ALLOCATIONS_PLAN_LINE]     = {"筹资序号|plan line", 0, ""},
    [ALLOCATIONS_CONTRACT]      = {"合同编号|contract", 0, ""},
    [ALLOCATIONS_PAYEE]         = {"收款人|退款人|payee|payee name", 0, ""},
    [ALLOCATIONS_PAYEE_USCC]    = {"统一社会信用代码|信用代码|uscc|credit code", 0, ""},
    [ALLOCATIONS_PAYEE_ID]      = {"身份证号|身份证号码|id number|id card", 0, ""},
    [ALLOCATIONS_LINE_TEXT]     = {"备注|line text|note", 0, ""},
};

static const struct column payment_list[] = {
    [PAYMENTS_REFERENCE]  = {"凭证号|业务编号|reference", R | S, "ZF2021-01"},
    [PAYMENTS_DATE]       = {"日期|支付日期|业务日期|date|event date", R | S, "2021-06-01"},
    [PAYMENTS_DOCUMENT]   = {"依据文号|文号|document", S, ""},
    [PAYMENTS_TEXT]       = {"摘要|text|description", R | S, "支付第一次进度款"},
    [PAYMENTS_FUND]       = {"资金编号|指标编号|fund", R, "2021-中央-01"},
    [PAYMENTS_DIVISION]   = {"付款单位|单位|村名|division", R, "苗儿村"},
    [PAYMENTS_BOOK]       = {"台账类别|账类|book", R, "项目建设"},
    [PAYMENTS_ROLE]       = {"资金状态|付自|role|from role", 0, ""},
    [PAYMENTS_AMOUNT]     = {"金额|支付金额|amount", R | M, "5.79"},
    [PAYMENTS_PROJECT]    = {"项目编号|project", 0, "XM2021-001"},
    [PAYMENTS_PLAN_LINE]  = {"筹资序号|plan line", 0, "1"},
    [PAYMENTS_CONTRACT]   = {"合同编号|contract", 0, "HT2021-001"},
    [PAYMENTS_POLICY]     = {"补助政策|政策|policy", 0, ""},
    [PAYMENTS_PAYEE]      = {"收款人|收款单位|姓名|payee|payee name", R, "某某建设有限公司"},
    [PAYMENTS_PAYEE_USCC] = {"统一社会信用代码|信用代码|uscc|credit code", 0, "91611025MA70A1B23G"},
    [PAYMENTS_PAYEE_ID]   = {"身份证号|身份证号码|id number|id card", 0, ""},
    [PAYMENTS_ACCOUNT]    = {"银行账号|账号|bank account|account", 0, ""},
    [PAYMENTS_REPAYS]     = {"重付凭证行|repays", 0, ""},
    [PAYMENTS_LINE_TEXT]  = {"备注|line text|note", 0, ""},
};
// clang-format on

#undef R
#undef M
#undef S

const struct column_set divisions_columns = {"divisions", division_list, DIVISIONS_COUNT};
const struct column_set funds_columns = {"funds", fund_list, FUNDS_COUNT};
const struct column_set projects_columns = {"projects", project_list, PROJECTS_COUNT};
const struct column_set contracts_columns = {"contracts", contract_list, CONTRACTS_COUNT};
const struct column_set allocations_columns = {"allocations", allocation_list, ALLOCATIONS_COUNT};
const struct column_set payments_columns = {"payments", payment_list, PAYMENTS_COUNT};

static_assert((int)PROJECTS_COUNT <= COLUMNS_MAX && (int)ALLOCATIONS_COUNT <= COLUMNS_MAX &&
                  (int)PAYMENTS_COUNT <= COLUMNS_MAX,
              "a binding has room for every column");

/* Columns that may stand in any file and say nothing. */
static const char ignored_names[] = "序号|编号|no.|no|number";

static const struct {
    const char *name;
    enum money_unit unit;
} units[] = {
    {"元", MONEY_YUAN},       {"yuan", MONEY_YUAN},        {"cny", MONEY_YUAN},
    {"万元", MONEY_WAN_YUAN}, {"万", MONEY_WAN_YUAN},      {"10000yuan", MONEY_WAN_YUAN},
    {"wan", MONEY_WAN_YUAN},  {"wanyuan", MONEY_WAN_YUAN},
};

/*
 * A heading as it is compared: white space, '_' and the byte order mark gone, full-width ASCII
 * made narrow, letters in lower case. Cut at HEADING_SIZE, longer than any name.
 */
static void heading_fold(const char *text, char folded[HEADING_SIZE])
{
    const uint8_t *at = (const uint8_t *)text;
    size_t size = 0;

    while (*at != 0 && size + 4 < HEADING_SIZE) {
        size_t step = text_sequence_size(at, strlen((const char *)at));
        unsigned point = 0;

        assert(step > 0); /* cells are UTF-8 */
        if (step == 3) {
            point = (at[0] & 0x0fu) << 12 | (at[1] & 0x3fu) << 6 | (at[2] & 0x3fu);
        }
        if (point == 0x3000 || point == 0xfeff || (step == 1 && (isspace(*at) || *at == '_'))) {
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

/* Is the folded heading one of the '|'-separated names? */
static bool names_contain(const char *names, const char *folded)
{
    char name[HEADING_SIZE], name_folded[HEADING_SIZE];
    const char *end;

    for (; *names != 0; names = *end == 0 ? end : end + 1) {
        end = strchr(names, '|');
        if (end == NULL) end = names + strlen(names);
        assert((size_t)(end - names) < sizeof name);
        memcpy(name, names, (size_t)(end - names));
        name[end - names] = 0;
        heading_fold(name, name_folded);
        if (strcmp(name_folded, folded) == 0) return true;
    }
    return false;
}

/* Take "(万元)" off the end of a folded heading. False when the parentheses hold something else. */
static bool heading_take_unit(char *folded, enum money_unit *out)
{
    char *open = strrchr(folded, '(');
    size_t size = strlen(folded);
    size_t i;

    if (open == NULL || size == 0 || folded[size - 1] != ')') return false;
    for (i = 0; i < ARRAY_COUNT(units); i++) {
        size_t unit_size = strlen(units[i].name);
        if ((size_t)(folded + size - 1 - (open + 1)) != unit_size ||
            memcmp(open + 1, units[i].name, unit_size) != 0) {
            continue;
        }
        *open = 0;
        *out = units[i].unit;
        return true;
    }
    return false;
}

static size_t set_find(const struct column_set *set, const char *heading, enum money_unit *unit)
{
    char folded[HEADING_SIZE];
    size_t column;
    bool has_unit;

    heading_fold(heading, folded);
    *unit = MONEY_YUAN;
    for (column = 0; column < set->count; column++) {
        if (names_contain(set->columns[column].names, folded)) return column;
    }
    has_unit = heading_take_unit(folded, unit);
    if (!has_unit) return COLUMNS_MAX;
    for (column = 0; column < set->count; column++) {
        if (!(set->columns[column].flags & COLUMN_MONEY)) continue;
        if (names_contain(set->columns[column].names, folded)) return column;
    }
    return COLUMNS_MAX;
}

/* The first of a column's names: the template's heading. */
static void column_heading(const struct column *column, char text[HEADING_SIZE])
{
    size_t size = strcspn(column->names, "|");

    assert(size < HEADING_SIZE);
    memcpy(text, column->names, size);
    text[size] = 0;
}

static void heading_copy(const char *text, char out[HEADING_SIZE])
{
    size_t size = 0;
    size_t step;

    while (text[size] != 0) {
        step = text_sequence_size((const uint8_t *)text + size, strlen(text + size));
        if (step == 0 || size + step >= HEADING_SIZE) break;
        size += step;
    }
    memcpy(out, text, size);
    out[size] = 0;
}

static bool heading_is_ignored(const char *heading)
{
    char folded[HEADING_SIZE];

    heading_fold(heading, folded);
    return folded[0] == 0 || names_contain(ignored_names, folded);
}

static bool bind_cell(struct column_binding *binding, size_t cell, const char *heading,
                      struct error *err)
{
    enum money_unit unit;
    size_t column = set_find(binding->set, heading, &unit);

    binding->column_of[cell] = COLUMNS_MAX;
    if (column == COLUMNS_MAX) {
        if (heading_is_ignored(heading)) return true;
        return error_set(err, ERROR_INPUT,
                         "no column of %s has this name; remove it, or rename it as `mingzhang "
                         "import %s --template` shows",
                         binding->set->kind, binding->set->kind);
    }
    if (binding->present[column]) {
        return error_set(err, ERROR_INPUT, "this column stands in the file twice; remove one");
    }
    binding->column_of[cell] = column;
    binding->present[column] = true;
    if (binding->set->columns[column].flags & COLUMN_SHARED) {
        binding->shared[binding->shared_count++] = column;
    }
    binding->unit[column] = unit;
    heading_copy(heading, binding->heading[column]);
    return true;
}

bool column_bind(const struct column_set *set, const struct csv_row *row, column_fault *report,
                 void *context, struct column_binding *out)
{
    bool ok = true;
    size_t i;

    *out = (struct column_binding){.set = set, .cell_count = row->count};
    for (i = 0; i < set->count; i++)
        column_heading(&set->columns[i], out->heading[i]);
    for (i = 0; i < row->count; i++) {
        struct error fault = ERROR_INIT;
        char heading[HEADING_SIZE];

        if (bind_cell(out, i, row->cells[i], &fault)) continue;
        heading_copy(row->cells[i], heading);
        error_at(&fault, " %s", heading);
        report(context, &fault);
        ok = false;
    }
    for (i = 0; i < set->count; i++) {
        struct error fault = ERROR_INIT;

        if (out->present[i] || !(set->columns[i].flags & COLUMN_REQUIRED)) continue;
        error_set(&fault, ERROR_INPUT, "this column is missing; add it (%s)",
                  set->columns[i].names);
        error_at(&fault, " %s", out->heading[i]);
        report(context, &fault);
        ok = false;
    }
    return ok;
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
