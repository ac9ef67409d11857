/*
 * disclosures.c - sheets of what must be disclosed.
 *
 * 1. A sheet's columns stand in the order in which people fill them in; each names the field that
 *    it fills. Every field of the kind has its column, and what a cell holds follows from the
 *    field's type.
 * 2. Words are read in Chinese and as entries have them.
 */
#include "importers/disclosures.h"

#include <assert.h>
#include <string.h>

#include "importers/import.h"

#define R             COLUMN_REQUIRED
#define M             COLUMN_MONEY
#define BODY_SIZE_MAX ENTRY_SIZE_BYTES_MAX
#define PERSONS_MAX   INT32_MAX

/* ---- Columns --------------------------------------------------------------------------------- */

// clang-format off
static const struct column plan_list[] = {
    {"计划编号|方案编号|plan|plan code|code", R, "JH2021"},
    {"计划类型|类型|what|kind", R, "年度计划"},
    {"年度|year", R, "2021"},
    {"批准日期|日期|date", R, "2021-03-01"},
    {"编制单位|单位|行政区划|division", R, "镇安县"},
    {"文号|批准文号|document", R, "镇政发〔2021〕3号"},
    {"名称|计划名称|name", R, "2021年度项目计划"},
    {"计划资金|资金规模|金额|amount", M, "120"},
    {"替代计划|原计划编号|replaces", 0, ""},
    {"分配原则|说明|text|principle", 0, "按人口、任务和绩效分配"},
};
static const size_t plan_fields[] = {PLAN_CODE, PLAN_WHAT, PLAN_YEAR, PLAN_DATE, PLAN_DIVISION,
    PLAN_DOCUMENT, PLAN_NAME, PLAN_AMOUNT, PLAN_REPLACES, PLAN_TEXT};

static const struct column change_list[] = {
    {"计划编号|plan", R, "JH2021"},
    {"项目编号|project", R, "XM2021-001"},
    {"调整|变动|action", R, "调入"},
    {"日期|批准日期|date", R, "2021-03-01"},
    {"文号|依据文号|document", 0, "镇政发〔2021〕3号"},
    {"责任人职务|责任人|责任岗位|responsible", 0, "区农业农村局产业股股长"},
    {"补助标准|standard", 0, "每亩500元"},
};
static const size_t change_fields[] = {CHANGE_PLAN, CHANGE_PROJECT, CHANGE_ACTION, CHANGE_DATE,
    CHANGE_DOCUMENT, CHANGE_RESPONSIBLE, CHANGE_STANDARD};

static const struct column finance_list[] = {
    {"计划编号|plan", R, "JH2021"},
    {"资金级次|级次|level", R, "中央"},
    {"资金来源|资金名称|source", R, "中央财政衔接推进乡村振兴补助资金"},
    {"金额|资金规模|amount", R | M, "80"},
    {"用途|use", 0, "产业发展"},
};
static const size_t finance_fields[] = {FINANCE_PLAN, FINANCE_LEVEL, FINANCE_SOURCE, FINANCE_AMOUNT,
    FINANCE_USE};

static const struct column principle_list[] = {
    {"分配文号|文号|document", R, "镇财农〔2021〕1号"},
    {"日期|date", R, "2021-03-05"},
    {"分配单位|行政区划|division", R, "镇安县"},
    {"分配原则|principle", R, "按脱贫人口、任务和上年绩效分配"},
};
static const size_t principle_fields[] = {PRINCIPLE_DOCUMENT, PRINCIPLE_DATE, PRINCIPLE_DIVISION,
    PRINCIPLE_TEXT};

static const struct column achieve_list[] = {
    {"项目编号|project", R, "XM2021-001"},
    {"认定日期|日期|date", R, "2021-12-20"},
    {"绩效目标实现|target met", R, "全部实现"},
    {"绩效目标实现情况|target", R, "新增灌溉面积820亩"},
    {"带贫机制实现|mechanism met", R, "部分实现"},
    {"带贫减贫机制实现情况|带贫机制实现情况|mechanism", 0, "32户务工，户均增收2600元"},
};
static const size_t achieve_fields[] = {ACHIEVE_PROJECT, ACHIEVE_DATE, ACHIEVE_TARGET_MET,
    ACHIEVE_TARGET, ACHIEVE_MECHANISM_MET, ACHIEVE_MECHANISM};

static const struct column enter_list[] = {
    {"项目编号|project", R, "XM2021-001"},
    {"入库日期|日期|date", R, "2020-12-10"},
    {"文号|入库文号|document", 0, "镇乡振发〔2020〕12号"},
};
static const size_t enter_fields[] = {ENTER_PROJECT, ENTER_DATE, ENTER_DOCUMENT};

static const struct column leave_list[] = {
    {"项目编号|project", R, "XM2021-001"},
    {"出库日期|日期|date", R, "2022-01-10"},
    {"文号|出库文号|document", 0, "镇乡振发〔2022〕1号"},
    {"出库原因|原因|reason", R, "已完工验收"},
};
static const size_t leave_fields[] = {LEAVE_PROJECT, LEAVE_DATE, LEAVE_DOCUMENT, LEAVE_REASON};

static const struct column sector_list[] = {
    {"编号|项目编号|code", R, "HY2021-01"},
    {"资金渠道|渠道|channel", R, "东西部协作"},
    {"项目名称|name", R, "木耳大棚"},
    {"实施地点|place", R, "云镇村三组"},
    {"行政区划|所在村|division", R, "云镇村"},
    {"确定日期|日期|date", R, "2021-04-02"},
    {"资金规模|金额|amount", R | M, "30"},
    {"实施单位|unit", R, "县农业农村局"},
    {"带贫机制|带贫减贫机制|mechanism", 0, "务工和分红"},
    {"绩效目标|target", 0, "建成大棚20座"},
};
static const size_t sector_fields[] = {SECTOR_CODE, SECTOR_CHANNEL, SECTOR_NAME, SECTOR_PLACE,
    SECTOR_DIVISION, SECTOR_DATE, SECTOR_AMOUNT, SECTOR_UNIT, SECTOR_MECHANISM, SECTOR_TARGET};

static const struct column loan_list[] = {
    {"贷款编号|编号|loan|code", R, "DK2021-01"},
    {"贷款企业|企业名称|借款单位|borrower", R, "镇安县某某农业有限公司"},
    {"统一社会信用代码|信用代码|uscc|credit code", R, "91611025MA70A1B23G"},
    {"行政区划|所在地|division", R, "镇安县"},
    {"放款日期|日期|date", R, "2021-05-10"},
    {"贷款金额|金额|amount", R | M, "50"},
    {"期限(月)|期限|months|term", R, "12"},
    {"年利率(%)|年利率|rate (%)|rate", R, "4.35"},
    {"贴息金额|贴息|subsidy", M, "1.5"},
    {"用途|use", R, "收购茶叶"},
    {"带贫机制|带贫减贫机制|mechanism", 0, "订单收购"},
};
static const size_t loan_fields[] = {LOAN_CODE, LOAN_BORROWER, LOAN_USCC, LOAN_DIVISION, LOAN_DATE,
    LOAN_AMOUNT, LOAN_MONTHS, LOAN_RATE, LOAN_SUBSIDY, LOAN_USE, LOAN_MECHANISM};

static const struct column count_list[] = {
    {"编号|loan|code", R, "XD2021-Q2"},
    {"行政区划|所在地|division", R, "云镇村"},
    {"统计截止日期|日期|date", R, "2021-06-30"},
    {"贷款人数|人数|persons", R, "12"},
    {"贷款金额|金额|amount", R | M, "36"},
    {"贴息金额|贴息|subsidy", M, "1.2"},
    {"用途|use", R, "发展产业"},
};
static const size_t count_fields[] = {COUNT_CODE, COUNT_DIVISION, COUNT_DATE, COUNT_PERSONS,
    COUNT_AMOUNT, COUNT_SUBSIDY, COUNT_USE};

static const struct column entrust_list[] = {
    {"编号|code", R, "WT2021-01"},
    {"委托类型|类型|what", R, "资金"},
    {"委托单位|行政区划|division", R, "云镇村"},
    {"委托标的|名称|name", R, "互助资金"},
    {"受托方|受托单位|party", R, "镇安农村商业银行"},
    {"统一社会信用代码|信用代码|uscc|credit code", R, "91611025MA70A1B23G"},
    {"协议编号|文号|document", 0, "XY2021-01"},
    {"签订日期|日期|date", R, "2021-02-08"},
    {"到期日期|ends", 0, "2024-02-07"},
    {"金额|amount", R | M, "30"},
    {"约定年收益率(%)|约定年收益率|return (%)|return", 0, "6"},
    {"带贫机制|mechanism", 0, "收益归村集体"},
};
static const size_t entrust_fields[] = {ENTRUST_CODE, ENTRUST_WHAT, ENTRUST_DIVISION, ENTRUST_NAME,
    ENTRUST_PARTY, ENTRUST_USCC, ENTRUST_DOCUMENT, ENTRUST_DATE, ENTRUST_ENDS, ENTRUST_AMOUNT,
    ENTRUST_RETURN, ENTRUST_MECHANISM};

static const struct column channel_list[] = {
    {"渠道编号|channel|code", R, "12317"},
    {"受理单位|单位名称|name", R, "县乡村振兴局监督举报办公室"},
    {"行政区划|适用范围|division", R, "镇安县"},
    {"办公电话|举报电话|电话|office phone|responsible phone", R, "12317"},
    {"地址|address", 0, "县政府大院"},
    {"受理时间|hours", 0, "工作日8:30至17:30"},
    {"启用日期|日期|date", R, "2021-01-01"},
};
static const size_t channel_fields[] = {CHANNEL_CODE, CHANNEL_NAME, CHANNEL_DIVISION, CHANNEL_PHONE,
    CHANNEL_ADDRESS, CHANNEL_HOURS, CHANNEL_DATE};

static const struct column complaint_list[] = {
    {"受理编号|complaint|code", R, "JB2021-001"},
    {"行政区划|涉及地|division", R, "云镇村"},
    {"类别|category", R, "项目"},
    {"受理日期|日期|received", R, "2021-06-02"},
    {"办结期限|答复期限|due", R, "2021-07-02"},
};
static const size_t complaint_fields[] = {COMPLAINT_CODE, COMPLAINT_DIVISION, COMPLAINT_CATEGORY,
    COMPLAINT_RECEIVED, COMPLAINT_DUE};

static const struct column answer_list[] = {
    {"受理编号|complaint", R, "JB2021-001"},
    {"办结日期|日期|date", R, "2021-06-28"},
    {"办理结果|结果|outcome", R, "属实"},
    {"答复|办理情况|answer", R, "已责成施工单位返工并重新验收"},
};
static const size_t answer_fields[] = {ANSWER_COMPLAINT, ANSWER_DATE, ANSWER_OUTCOME, ANSWER_TEXT};

static const struct column notice_list[] = {
    {"公示编号|notice|code", R, "GS2021-01"},
    {"公示单位|行政区划|division", R, "云镇村"},
    {"公示事项|事项|matter", R, "年度计划"},
    {"所属期间|期间|period", R, "2021"},
    {"公示对象编号|具体事项编号|subject", 0, ""},
    {"公示地点|place", R, "村委会公示栏"},
    {"起始日期|公示开始|first day", R, "2021-03-10"},
    {"截止日期|公示截止|last day", 0, "2021-03-19"},
    {"更正公示编号|更正|corrects", 0, ""},
};
static const size_t notice_fields[] = {NOTICE_CODE, NOTICE_DIVISION, NOTICE_MATTER, NOTICE_PERIOD,
    NOTICE_SUBJECT, NOTICE_PLACE, NOTICE_FIRST, NOTICE_LAST, NOTICE_CORRECTS};

static const struct column remove_list[] = {
    {"公示编号|notice", R, "GS2021-01"},
    {"撤下日期|日期|date", R, "2021-03-19"},
    {"原因|reason", R, "公示期满"},
};
static const size_t remove_fields[] = {REMOVE_NOTICE, REMOVE_DATE, REMOVE_REASON};

static const struct column calendar_list[] = {
    {"日期|date", R, "2021-02-11"},
    {"是否上班|上班|works", R, "否"},
    {"节日|名称|name|holiday", 0, "春节"},
    {"文号|document", R, "国办发明电〔2020〕27号"},
};
static const size_t calendar_fields[] = {CALENDAR_DATE, CALENDAR_WORKS, CALENDAR_NAME,
    CALENDAR_DOCUMENT};
// clang-format on

/* The last number is the column that starts with a digit in every row of data. */
#define SET(name, list, key)                                                                       \
    {                                                                                              \
        name, list, ARRAY_COUNT(list), key                                                         \
    }
const struct column_set plans_columns = SET("plans", plan_list, 2);
const struct column_set plan_projects_columns = SET("plan-projects", change_list, 3);
const struct column_set plan_funds_columns = SET("plan-funds", finance_list, 3);
const struct column_set principles_columns = SET("principles", principle_list, 1);
const struct column_set achievements_columns = SET("achievements", achieve_list, 1);
const struct column_set bank_in_columns = SET("bank-in", enter_list, 1);
const struct column_set bank_out_columns = SET("bank-out", leave_list, 1);
const struct column_set sector_projects_columns = SET("sector-projects", sector_list, 5);
const struct column_set loans_columns = SET("loans", loan_list, 4);
const struct column_set loans_to_people_columns = SET("loans-to-people", count_list, 2);
const struct column_set entrusted_columns = SET("entrusted", entrust_list, 7);
const struct column_set complaint_channels_columns = SET("complaint-channels", channel_list, 6);
const struct column_set complaints_columns = SET("complaints", complaint_list, 3);
const struct column_set answers_columns = SET("answers", answer_list, 1);
const struct column_set notices_columns = SET("notices", notice_list, 6);
const struct column_set notices_removed_columns = SET("notices-removed", remove_list, 1);
const struct column_set calendar_columns = SET("calendar", calendar_list, 0);

static const struct {
    const struct column_set *set;
    enum disclosure_kind kind;
    const size_t *fields; /* by column */
} sheets[] = {
    {&plans_columns, DISCLOSURE_PLAN, plan_fields},
    {&plan_projects_columns, DISCLOSURE_CHANGE, change_fields},
    {&plan_funds_columns, DISCLOSURE_FINANCE, finance_fields},
    {&principles_columns, DISCLOSURE_PRINCIPLE, principle_fields},
    {&achievements_columns, DISCLOSURE_ACHIEVE, achieve_fields},
    {&bank_in_columns, DISCLOSURE_ENTER, enter_fields},
    {&bank_out_columns, DISCLOSURE_LEAVE, leave_fields},
    {&sector_projects_columns, DISCLOSURE_SECTOR, sector_fields},
    {&loans_columns, DISCLOSURE_LOAN, loan_fields},
    {&loans_to_people_columns, DISCLOSURE_COUNT, count_fields},
    {&entrusted_columns, DISCLOSURE_ENTRUST, entrust_fields},
    {&complaint_channels_columns, DISCLOSURE_CHANNEL, channel_fields},
    {&complaints_columns, DISCLOSURE_COMPLAINT, complaint_fields},
    {&answers_columns, DISCLOSURE_ANSWER, answer_fields},
    {&notices_columns, DISCLOSURE_NOTICE, notice_fields},
    {&notices_removed_columns, DISCLOSURE_REMOVE, remove_fields},
    {&calendar_columns, DISCLOSURE_CALENDAR, calendar_fields},
};

/* ---- Words ----------------------------------------------------------------------------------- */

static const struct {
    const char *chinese;
    const char *word;
} words[] = {
    {"年度计划", "annual"},
    {"年度项目计划", "annual"},
    {"统筹整合方案", "consolidation"},
    {"统筹整合", "consolidation"},
    {"调入", "add"},
    {"列入", "add"},
    {"新增", "add"},
    {"调出", "remove"},
    {"删除", "remove"},
    {"中央", "central"},
    {"中央级", "central"},
    {"省级", "province"},
    {"省", "province"},
    {"市级", "prefecture"},
    {"市", "prefecture"},
    {"县级", "county"},
    {"县", "county"},
    {"其他", "other"},
    {"行业", "sector"},
    {"行业资金", "sector"},
    {"行业扶贫", "sector"},
    {"东西部协作", "east_west"},
    {"东西部扶贫协作", "east_west"},
    {"资金", "fund"},
    {"资产", "asset"},
    {"项目", "project"},
    {"补助", "subsidy"},
    {"补贴", "subsidy"},
    {"作风", "conduct"},
    {"干部作风", "conduct"},
    {"属实", "upheld"},
    {"部分属实", "partly"},
    {"不属实", "unfounded"},
    {"转办", "transferred"},
    {"移送", "transferred"},
    {"资金分配结果", "allocation"},
    {"资金分配", "allocation"},
    {"贷款", "loans"},
    {"小额信贷", "loans"},
    {"行业与东西部协作资金", "sector"},
    {"项目库", "bank"},
    {"年度计划", "annual_plan"},
    {"年度计划完成情况", "completion"},
    {"完成情况", "completion"},
    {"统筹整合方案", "consolidation"},
    {"项目实施", "projects"},
    {"项目实施前后", "projects"},
    {"全部实现", "fully"},
    {"实现", "fully"},
    {"部分实现", "partly"},
    {"未实现", "no"},
    {"监督举报", "complaints"},
    {"举报办理", "complaints"},
};

/* Is it one of the member's words, as it stands or in Chinese? */
static const char *find_word(const struct entry_member *member, const char *cell)
{
    for (size_t i = 0; member->words[i] != NULL; i++) {
        if (strcmp(member->words[i], cell) == 0) return member->words[i];
        for (size_t j = 0; j < ARRAY_COUNT(words); j++)
            if (strcmp(words[j].word, member->words[i]) == 0 && strcmp(words[j].chinese, cell) == 0)
                return member->words[i];
    }
    return NULL;
}

static const char *first_chinese(const char *word)
{
    for (size_t i = 0; i < ARRAY_COUNT(words); i++)
        if (strcmp(words[i].word, word) == 0) return words[i].chinese;
    return word;
}

/* ---- Cells ----------------------------------------------------------------------------------- */

static void write_word(struct row *row, size_t column, const struct entry_member *member,
                       struct json_writer *writer)
{
    const char *word = NULL;

    if (!cell_is_missing(row, column)) {
        word = find_word(member, row->cells[column]);
        if (word == NULL)
            CELL_FAULT(row, column, ERROR_INPUT, "\"%s\" is none of its words; write %s, %s, ...",
                       row->cells[column], first_chinese(member->words[0]),
                       first_chinese(member->words[1]));
    }
    json_string(writer, word == NULL ? "" : word);
}

static void write_date(struct row *row, size_t column, bool may_be_empty,
                       struct json_writer *writer)
{
    char text[DATE_TEXT_SIZE];
    date_t date = {0};
    bool has = true;

    if (may_be_empty)
        cell_date_optional(row, column, &has, &date);
    else
        cell_date(row, column, &date);
    json_string(writer, has ? date_format(date, text) : "");
}

static void write_number(struct row *row, size_t column, const struct entry_member *member,
                         struct json_writer *writer)
{
    money_t amount = MONEY_ZERO;
    int64_t number = 0;
    int32_t hundredths = 0;

    if (row->binding.set->columns[column].flags & COLUMN_MONEY) {
        if (!cell_is_missing(row, column)) cell_money(row, column, &amount);
        number = amount.fen;
    } else if (strstr(member->name, "_bp") != NULL) {
        cell_percent_bp(row, column, &hundredths);
        number = hundredths;
    } else {
        cell_integer(row, column, 0, INT32_MAX, &number);
    }
    json_integer(writer, number);
}

static void write_division(struct row *row, size_t column, struct json_writer *writer)
{
    char division[DIVISION_CODE_SIZE] = "";

    cell_division(row, column, division);
    json_string(writer, division);
}

static void write_uscc(struct row *row, size_t column, struct json_writer *writer)
{
    char uscc[USCC_SIZE];

    cell_uscc(row, column, uscc);
    json_string(writer, uscc);
}

static void write_text(struct row *row, size_t column, bool is_code, struct json_writer *writer)
{
    char text[TEXT_SIZE] = "", code[CODE_SIZE] = "";

    if (is_code)
        cell_code(row, column, code);
    else
        cell_text(row, column, text, sizeof text);
    json_string(writer, is_code ? code : text);
}

static void write_cell(struct row *row, size_t column, const struct entry_member *member,
                       struct json_writer *writer)
{
    bool flag = false;

    json_name(writer, member->name);
    if (member->type == MEMBER_WORD) {
        write_word(row, column, member, writer);
    } else if (member->type == MEMBER_DATE || member->type == MEMBER_DATE_OR_EMPTY) {
        write_date(row, column, member->type == MEMBER_DATE_OR_EMPTY, writer);
    } else if (member->type == MEMBER_AMOUNT || member->type == MEMBER_INTEGER) {
        write_number(row, column, member, writer);
    } else if (member->type == MEMBER_DIVISION) {
        write_division(row, column, writer);
    } else if (member->type == MEMBER_USCC) {
        write_uscc(row, column, writer);
    } else if (member->type == MEMBER_BOOLEAN) {
        cell_boolean(row, column, &flag);
        json_boolean(writer, flag);
    } else {
        write_text(row, column, member->type == MEMBER_CODE, writer);
    }
}

/* ---- A row ----------------------------------------------------------------------------------- */

static size_t find_sheet(const struct column_set *set)
{
    size_t i = 0;

    while (sheets[i].set != set)
        i++;
    return i;
}

static size_t column_of(size_t sheet, size_t field)
{
    size_t column = 0;

    while (sheets[sheet].fields[column] != field)
        column++;
    assert(column < sheets[sheet].set->count);
    return column;
}

void import_disclosure_row(struct import *import)
{
    const size_t sheet = find_sheet(import->row.binding.set);
    const struct entry_kind *kind = disclosure_kinds[sheets[sheet].kind]->entry;
    struct buffer body = BUFFER_INIT(BODY_SIZE_MAX);
    struct row *row = &import->row;
    struct error fault = ERROR_INIT;
    struct json_writer writer;

    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    for (size_t i = 0; kind->members[i].name != NULL; i++)
        write_cell(row, column_of(sheet, i), &kind->members[i], &writer);
    json_object_end(&writer);
    if (row_may_write(row) && !(json_writer_finish(&writer, &fault) &&
                                register_add_row(import->batch, kind->name, &body, &fault)))
        row_fault(row, COLUMNS_MAX, &fault);
    buffer_done(&body);
}
