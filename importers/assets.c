/*
 * assets.c - sheets of assets: see assets.h.
 *
 * 1. A row of an inventory is written as up to four rows, in the order in which they may stand:
 *    register, cost, title, state. Those of which the row says nothing aren't written.
 * 2. Rows that follow with the same asset add parts of its cost, and nothing else.
 * 3. What is about households is written in random order under random codes, and behind it the
 *    sums that may be told: importers/records.c.
 */
#include "importers/assets.h"

#include <stdlib.h>
#include <string.h>

#include "importers/import.h"

#define R              COLUMN_REQUIRED
#define M              COLUMN_MONEY
#define H              COLUMN_SHARED
#define N              RECORD_NONE
#define MONTHS_OF_YEAR 12
#define CODE_BYTES     10 /* random, of a household's asset */

/* ---- The inventory --------------------------------------------------------------------------- */

enum asset_column {
    ASSETS_CODE,
    ASSETS_NAME,
    ASSETS_CLASS,
    ASSETS_FORM,
    ASSETS_CATEGORY,
    ASSETS_DIVISION,
    ASSETS_PLACE,
    ASSETS_LATITUDE,
    ASSETS_LONGITUDE,
    ASSETS_QUANTITY,
    ASSETS_UNIT,
    ASSETS_SPECIFICATION,
    ASSETS_ACQUIRED,
    ASSETS_ORIGIN,
    ASSETS_LIFE,
    ASSETS_RESIDUAL,
    ASSETS_AMOUNT,
    ASSETS_FUNDING,
    ASSETS_PROJECT,
    ASSETS_LINE,
    ASSETS_LEVEL,
    ASSETS_YEAR,
    ASSETS_COST_DOCUMENT,
    ASSETS_GIVER,
    ASSETS_OWNER_DIVISION,
    ASSETS_OWNER,
    ASSETS_CERTIFICATE,
    ASSETS_OPERATOR,
    ASSETS_USCC,
    ASSETS_INCOME,
    ASSETS_DISTRIBUTION,
    ASSETS_DISPOSAL,
    ASSETS_SUPERVISION,
    ASSETS_STATE,
    ASSETS_STATE_REASON,
    ASSETS_DOCUMENT,
    ASSETS_NOTE,
    ASSETS_REASON,
    ASSETS_COUNT
};

// clang-format off
static const struct column assets_list[] = {
    {"资产编号|asset|asset code|code", R, "ZC-0001"},
    {"资产名称|name", R | H, "产业道路"},
    {"资产类别|类别|class", R | H, "公益性"},
    {"资产形态|形态|form", H, "固定资产"},
    {"资产类型|类型|category", R | H, "道路"},
    {"坐落行政区划|坐落|行政区划|所在村|division", R | H, "云镇村"},
    {"具体位置|详细地址|place", R | H, "三组"},
    {"纬度|latitude", H, "31.123456"},
    {"经度|longitude", H, "112.123456"},
    {"数量|quantity", R | H, "2.1"},
    {"计量单位|单位|unit", R | H, "公里"},
    {"规格型号|规格|specification", H, "宽4.5米"},
    {"购建时间|取得时间|建成时间|acquired", R | H, "2021-11-20"},
    {"取得方式|origin", H, "自建"},
    {"预计使用年限(年)|预计使用年限|使用年限|life (years)", H, "15"},
    {"净残值率(%)|净残值率|残值率|residual (%)", H, "5"},
    {"原始价值|原值|资产原值|amount|original value", M, "35"},
    {"资金来源|资金类型|funding", 0, "项目资金"},
    {"项目编号|project", 0, "XM2021-001"},
    {"计划行|资金计划行|plan line|line", 0, "1"},
    {"资金级次|级次|level", 0, ""},
    {"资金年度|year", 0, ""},
    {"资金文号|文号|cost document", 0, ""},
    {"捐赠或投劳方|价值说明|giver|text", 0, ""},
    {"确权归属|确权到|owner division", H, "云镇村"},
    {"产权所有人|所有权人|owner", H, "云镇村股份经济合作社"},
    {"确权登记证号|证号|certificate", H, ""},
    {"使用权人|经营主体|经营权人|operator", H, ""},
    {"统一社会信用代码|信用代码|uscc|credit code", H, ""},
    {"收益权人|income", H, "云镇村股份经济合作社"},
    {"收益分配权人|分配权人|distribution", H, "村民代表会议"},
    {"处置权人|disposal", H, ""},
    {"监督权人|supervision", H, ""},
    {"现状|使用状况|state", H, "在用"},
    {"现状原因|state reason", H, ""},
    {"档案号|document", H, ""},
    {"备注|说明|note|remark", H, ""},
    {"更正原因|reason", H, ""},
};
static_assert(ARRAY_COUNT(assets_list) == ASSETS_COUNT && ASSETS_COUNT <= COLUMNS_MAX,
              "each column is there");

/* By column, what it fills of each of the four rows. */
static const size_t register_fields[ASSETS_COUNT] = {REGISTER_ASSET, REGISTER_NAME, REGISTER_CLASS,
    REGISTER_FORM, REGISTER_CATEGORY, REGISTER_DIVISION, REGISTER_PLACE, REGISTER_LATITUDE,
    REGISTER_LONGITUDE, REGISTER_QUANTITY, REGISTER_UNIT, REGISTER_SPECIFICATION, REGISTER_ACQUIRED,
    REGISTER_ORIGIN, REGISTER_LIFE, REGISTER_RESIDUAL, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
    N, N, N, N, REGISTER_DOCUMENT, REGISTER_NOTE, REGISTER_REASON};
static const size_t cost_fields[ASSETS_COUNT] = {COST_ASSET, N, N, N, N, N, N, N, N, N, N, N,
    COST_DATE, N, N, N, COST_AMOUNT, COST_FUNDING, COST_PROJECT, COST_LINE, COST_LEVEL, COST_YEAR,
    COST_DOCUMENT, COST_TEXT, N, N, N, N, N, N, N, N, N, N, N, N, N, N};
static const size_t title_fields[ASSETS_COUNT] = {TITLE_ASSET, N, N, N, N, N, N, N, N, N, N, N,
    TITLE_DATE, N, N, N, N, N, N, N, N, N, N, N, TITLE_DIVISION, TITLE_OWNER, TITLE_CERTIFICATE,
    TITLE_OPERATOR, TITLE_USCC, TITLE_INCOME, TITLE_DISTRIBUTION, TITLE_DISPOSAL, TITLE_SUPERVISION,
    N, N, N, N, N};
static const size_t state_fields[ASSETS_COUNT] = {STATE_ASSET, N, N, N, N, N, N, N, N, N, N, N,
    STATE_DATE, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, STATE_STATE,
    STATE_REASON, N, N, N};

/* ---- The others ------------------------------------------------------------------------------ */

static const struct column asset_costs_list[] = {
    {"资产编号|asset", R, "ZC-0001"},
    {"入账日期|日期|date", R, "2021-11-20"},
    {"金额|价值|amount", R | M, "35"},
    {"资金来源|funding", R, "项目资金"},
    {"项目编号|project", 0, "XM2021-001"},
    {"计划行|plan line|line", 0, "1"},
    {"资金级次|级次|level", 0, ""},
    {"资金年度|year", 0, ""},
    {"文号|资金文号|document", 0, ""},
    {"说明|捐赠或投劳方|冲减原因|text", 0, ""},
};
static const size_t asset_costs_fields[] = {COST_ASSET, COST_DATE, COST_AMOUNT, COST_FUNDING,
    COST_PROJECT, COST_LINE, COST_LEVEL, COST_YEAR, COST_DOCUMENT, COST_TEXT};

static const struct column asset_titles_list[] = {
    {"资产编号|asset", R, "ZC-0001"},
    {"确权日期|日期|date", R, "2021-12-01"},
    {"确权归属|确权到|owner division|division", R, "云镇村"},
    {"产权所有人|所有权人|owner", R, "云镇村股份经济合作社"},
    {"确权登记证号|证号|certificate", 0, ""},
    {"使用权人|经营主体|经营权人|operator", 0, ""},
    {"统一社会信用代码|信用代码|uscc|credit code", 0, ""},
    {"收益权人|income", 0, "云镇村股份经济合作社"},
    {"收益分配权人|分配权人|distribution", 0, "村民代表会议"},
    {"处置权人|disposal", 0, ""},
    {"监督权人|supervision", 0, ""},
    {"文号|document", 0, ""},
};
static const size_t asset_titles_fields[] = {TITLE_ASSET, TITLE_DATE, TITLE_DIVISION, TITLE_OWNER,
    TITLE_CERTIFICATE, TITLE_OPERATOR, TITLE_USCC, TITLE_INCOME, TITLE_DISTRIBUTION, TITLE_DISPOSAL,
    TITLE_SUPERVISION, TITLE_DOCUMENT};

static const struct column asset_states_list[] = {
    {"资产编号|asset", R, "ZC-0001"},
    {"日期|date", R, "2022-03-01"},
    {"现状|使用状况|state", R, "闲置"},
    {"原因|reason", 0, "承租方退租"},
};
static const size_t asset_states_fields[] = {STATE_ASSET, STATE_DATE, STATE_STATE, STATE_REASON};

static const struct column households_list[] = {
    {"户主姓名|户主|holder|name of householder", R, "张某"},
    {"身份证号|id number", R | COLUMN_IDENTITY, "11010519491231002X"},
    {"行政区划|所在村|division", R, "云镇村"},
    {"资产名称|name", R, "能繁母牛"},
    {"资产类型|类型|category", R, "牲畜"},
    {"数量|quantity", R, "1"},
    {"计量单位|单位|unit", R, "头"},
    {"取得时间|购建时间|日期|acquired", R, "2021-06-10"},
    {"原始价值|原值|价值|amount", R | M, "0.6"},
    {"资金来源|funding", R, "项目资金"},
    {"项目编号|project", 0, "XM2021-001"},
    {"资产编号|编号|number", 0, ""},
    {"文号|document", 0, ""},
    {"备注|说明|note|remark", 0, ""},
};
static const size_t households_fields[] = {HOUSEHOLD_HOLDER, HOUSEHOLD_ID_NUMBER,
    HOUSEHOLD_DIVISION, HOUSEHOLD_NAME, HOUSEHOLD_CATEGORY, HOUSEHOLD_QUANTITY, HOUSEHOLD_UNIT,
    HOUSEHOLD_ACQUIRED, HOUSEHOLD_AMOUNT, HOUSEHOLD_FUNDING, HOUSEHOLD_PROJECT, HOUSEHOLD_NUMBER,
    HOUSEHOLD_DOCUMENT, HOUSEHOLD_NOTE};
enum { HOUSEHOLDS_ID_NUMBER = 1 };

static const struct column household_changes_list[] = {
    {"到户资产编号|资产编号|asset", R, "HJKMBCDFPQRSTVGNBBCD"},
    {"日期|date", R, "2022-05-10"},
    {"行政区划|所在村|division", R, "云镇村"},
    {"变动情况|变动|state", R, "出售"},
    {"原因|reason", 0, "出栏"},
};
static const size_t household_changes_fields[] = {HOUSEHOLD_CHANGE_ASSET, HOUSEHOLD_CHANGE_DATE,
    HOUSEHOLD_CHANGE_DIVISION, HOUSEHOLD_CHANGE_STATE, HOUSEHOLD_CHANGE_REASON};

static const struct record_word words[] = {
    {"经营性", "operational"}, {"经营性资产", "operational"}, {"经营类", "operational"},
    {"公益性", "public_welfare"}, {"公益性资产", "public_welfare"}, {"公益类", "public_welfare"},
    {"固定资产", "fixed"}, {"生物资产", "biological"}, {"权益性资产", "equity"}, {"权益性", "equity"},
    {"自建", "built"}, {"新建", "built"}, {"购置", "bought"}, {"购买", "bought"},
    {"接受捐赠", "gift"}, {"捐赠", "gift"}, {"移交", "handover"}, {"清查登记", "inventory"},
    {"盘点", "inventory"}, {"不计提", "none"}, {"年限平均法", "straight_line"},
    {"直线法", "straight_line"},
    {"项目资金", "project"}, {"财政资金", "project"}, {"外部资金", "outside"},
    {"账前资金", "inherited"}, {"账本启用前资金", "inherited"}, {"以前年度资金", "inherited"},
    {"投工投劳", "labour"},
    {"中央", "central"}, {"中央级", "central"}, {"省级", "province"}, {"省", "province"},
    {"市级", "prefecture"}, {"市", "prefecture"}, {"县级", "county"}, {"县", "county"},
    {"区级", "county"}, {"区", "county"}, {"其他", "other"},
    {"在用", "in_use"}, {"正常", "in_use"}, {"正常使用", "in_use"}, {"闲置", "idle"},
    {"损毁", "damaged"}, {"损坏", "damaged"}, {"报废", "scrapped"}, {"盘亏", "missing"},
    {"出售", "sold"}, {"转让", "transferred"}, {"灭失", "gone"}, {"死亡", "gone"},
    {"报损", "worn_out"},
    {NULL, NULL}};

ASSET_SHEETS(RECORD_SHEET_DEFINE)
const struct record_sheet assets_sheet = {
    {"assets", assets_list, ASSETS_COUNT, ASSETS_ACQUIRED}, &asset_register, register_fields, words};
const struct record_sheet households_sheet = {
    {"household-assets", households_list, ARRAY_COUNT(households_list), 7}, &household_asset,
    households_fields, words};
static const struct record_sheet cost_part = {
    {"assets", assets_list, ASSETS_COUNT, ASSETS_ACQUIRED}, &asset_cost, cost_fields, words};
static const struct record_sheet title_part = {
    {"assets", assets_list, ASSETS_COUNT, ASSETS_ACQUIRED}, &asset_title, title_fields, words};
static const struct record_sheet state_part = {
    {"assets", assets_list, ASSETS_COUNT, ASSETS_ACQUIRED}, &asset_state, state_fields, words};
// clang-format on

/* ---- A row of the inventory ------------------------------------------------------------------ */

static void set_default(struct record *record, size_t field, const char *word)
{
    char *text = record->values[field].text;

    if (text[0] == '\0') memcpy(text, word, strlen(word) + 1);
}

/* Years, as sheets have them, are months; with a life an asset is depreciated. */
static void complete_register(struct record *record)
{
    set_default(record, REGISTER_FORM, "fixed");
    set_default(record, REGISTER_ORIGIN, "built");
    record->values[REGISTER_LIFE].number *= MONTHS_OF_YEAR;
    set_default(record, REGISTER_METHOD,
                record->values[REGISTER_LIFE].number > 0 ? "straight_line" : "none");
}

/* Read a part and add it, unless something is wrong with this row or one before. */
static void take_part(struct import *import, const struct record_sheet *part)
{
    struct row *row = &import->row;
    struct error fault = ERROR_INIT;

    record_sheet_read(part, row, import->record);
    if (part == &assets_sheet) complete_register(import->record);
    if (row_may_write(row) &&
        !record_add(row->journal, import->batch, part->kind, import->record, &fault))
        row_fault(row, record_sheet_column_of(part, import->record, fault.message), &fault);
}

static void take_cost(struct import *import)
{
    struct row *row = &import->row;

    if (cell_is_empty(row, ASSETS_AMOUNT)) return;
    if (cell_is_empty(row, ASSETS_FUNDING))
        CELL_FAULT(row, ASSETS_FUNDING, ERROR_INPUT,
                   "where did the money come from? write it beside the value");
    else
        take_part(import, &cost_part);
}

/* What is said of the owner has an owner. */
static void take_title(struct import *import)
{
    struct row *row = &import->row;

    if (cell_is_empty(row, ASSETS_OWNER_DIVISION) && cell_is_empty(row, ASSETS_OWNER)) {
        for (size_t column = ASSETS_CERTIFICATE; column <= ASSETS_SUPERVISION; column++)
            if (!cell_is_empty(row, column))
                CELL_FAULT(row, column, ERROR_INPUT,
                           "a right without an owner; name the owner and its division");
        return;
    }
    if (cell_is_empty(row, ASSETS_OWNER_DIVISION))
        CELL_FAULT(row, ASSETS_OWNER_DIVISION, ERROR_INPUT, "whose? name the owner's division");
    else
        take_part(import, &title_part);
}

void import_asset_row(struct import *import)
{
    struct row *row = &import->row;

    if (import_record(import) == NULL) return;
    if (group_continues(import, ASSETS_CODE)) {
        if (cell_is_empty(row, ASSETS_AMOUNT))
            CELL_FAULT(row, ASSETS_AMOUNT, ERROR_INPUT,
                       "this asset stands in the row before; a second row adds a part of its cost");
        take_cost(import);
        return;
    }
    group_begin(import);
    take_part(import, &assets_sheet);
    take_cost(import);
    take_title(import);
    if (!cell_is_empty(row, ASSETS_STATE)) take_part(import, &state_part);
}

/* ---- Households ------------------------------------------------------------------------------ */

/* A code that tells nothing, not even an order; of letters, for digits may look like a telephone.
 */
static bool draw_code(struct row *row, char out[TEXT_SIZE], struct error *err)
{
    static const char letters[] = "BCDFGHJKMNPQRSTV";
    uint8_t bytes[CODE_BYTES];

    if (!journal_random(row->journal, bytes, sizeof bytes, err)) return false;
    for (size_t i = 0; i < sizeof bytes; i++) {
        out[2 * i] = letters[bytes[i] >> 4];
        out[2 * i + 1] = letters[bytes[i] & 15];
    }
    out[2 * sizeof bytes] = '\0';
    return true;
}

void import_household_row(struct import *import)
{
    struct row *row = &import->row;
    struct record *record = import_record(import);
    struct error fault = ERROR_INIT;
    char id_number[ID_CARD_SIZE];

    if (record == NULL) return;
    record_sheet_read(&households_sheet, row, record);
    if (record->values[HOUSEHOLD_ID_NUMBER].text[0] != '\0') {
        if (id_card_normalize(record->values[HOUSEHOLD_ID_NUMBER].text, row->today, id_number,
                              &fault))
            memcpy(record->values[HOUSEHOLD_ID_NUMBER].text, id_number, sizeof id_number);
        else
            row_fault(row, HOUSEHOLDS_ID_NUMBER, &fault);
    }
    if (!row_may_write(row)) return;
    if (!draw_code(row, record->values[HOUSEHOLD_ASSET].text, &fault) ||
        !import_record_take(import, &fault))
        row_fault(row, COLUMNS_MAX, &fault);
}

/* Dated at the month's end, or today: the day on which the last household got something is its
 * own. */
static bool add_total(void *context, const struct household_group *group, struct error *err)
{
    struct import *import = context;
    struct record *record = import->record;
    date_t day = month_last_day(date_month(group->last));

    record_clear(&household_total, record);
    if (date_is_before(import->row.today, day)) day = import->row.today;
    record->values[HOUSEHOLD_TOTAL_AMOUNT].number = group->amount.fen;
    record->values[HOUSEHOLD_TOTAL_ASSETS].number = group->assets;
    record->values[HOUSEHOLD_TOTAL_HOUSEHOLDS].number = group->households;
    memcpy(record->values[HOUSEHOLD_TOTAL_CATEGORY].text, group->category,
           strlen(group->category) + 1);
    memcpy(record->values[HOUSEHOLD_TOTAL_DIVISION].text, group->division, DIVISION_CODE_SIZE);
    (void)date_format(day, record->values[HOUSEHOLD_TOTAL_DATE].text);
    return record_add(import->row.journal, import->batch, &household_total, record, err);
}

/* Groups are kept before the first total is written: that changes what a statement reads. */
struct groups {
    struct household_group *list;
    size_t count, capacity;
};

static bool keep_group(void *context, const struct household_group *group, struct error *err)
{
    struct groups *groups = context;
    struct household_group *list = groups->list;

    if (groups->count == groups->capacity) {
        groups->capacity = groups->capacity == 0 ? 16 : 2 * groups->capacity;
        list = realloc(list, groups->capacity * sizeof *list);
        if (list == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
        groups->list = list;
    }
    groups->list[groups->count++] = *group;
    return true;
}

void import_household_end(struct import *import)
{
    struct row *row = &import->row;
    struct groups groups = {.list = NULL};
    struct error fault = ERROR_INIT;
    bool ok;

    import_record_end(import);
    if (row->checking_only || row->fatal.code != ERROR_NONE || import->record == NULL) return;
    ok = household_group_each(row->journal, keep_group, &groups, &fault);
    for (size_t i = 0; ok && i < groups.count; i++)
        ok = add_total(import, &groups.list[i], &fault);
    if (!ok) row_fault(row, COLUMNS_MAX, &fault);
    free(groups.list);
}
