/* keeping.c - columns and words of the sheets of how assets are kept. */
#include "importers/keeping.h"

#define R COLUMN_REQUIRED
#define M COLUMN_MONEY

/* ---- Columns --------------------------------------------------------------------------------- */

// clang-format off
static const struct column bodies_list[] = {
    {"行政区划|所在地|division", R, "云镇村"},
    {"机构名称|名称|name", R, "云镇村管理站"},
    {"办公电话|电话|office phone", R, "0914-5322101"},
    {"成立日期|日期|date", R, "2021-03-01"},
    {"文号|成立文号|document", 0, "云政发〔2021〕5号"},
};
static const size_t bodies_fields[] = {BODY_DIVISION, BODY_NAME, BODY_PHONE, BODY_DATE,
    BODY_DOCUMENT};

static const struct column keepers_list[] = {
    {"任职编号|编号|keeper|code", R, "GH-7Q2M"},
    {"行政区划|所在村|division", R, "云镇村"},
    {"岗位|岗位名称|post", R, "公路管护员"},
    {"所属单位|单位|unit", R, "云镇村管理站"},
    {"办公电话|电话|office phone", R, "0914-5322101"},
    {"姓名|name", R, "李四"},
    {"任职日期|上岗日期|first day", R, "2021-03-01"},
    {"任职截止|聘期截止|last day", 0, "2024-02-29"},
    {"身份证号|身份证号码|id number", 0, "11010519491231002X"},
    {"月报酬|月补助|pay", M, "0.05"},
};
static const size_t keepers_fields[] = {KEEPER_CODE, KEEPER_DIVISION, KEEPER_POST, KEEPER_UNIT,
    KEEPER_PHONE, KEEPER_NAME, KEEPER_FIRST, KEEPER_LAST, KEEPER_ID_NUMBER, KEEPER_PAY};

static const struct column keepers_left_list[] = {
    {"任职编号|编号|keeper", R, "GH-7Q2M"},
    {"离任日期|最后在岗日|日期|date", R, "2022-06-30"},
    {"原因|离任原因|reason", R, "辞职"},
};
static const size_t keepers_left_fields[] = {LEFT_KEEPER, LEFT_DATE, LEFT_REASON};

static const struct column duties_list[] = {
    {"资产编号|asset", R, "ZC-001"},
    {"起始日期|日期|date", R, "2022-04-01"},
    {"管护责任单位|责任单位|unit", 0, "云镇村管理站"},
    {"办公电话|电话|office phone", 0, "0914-5322101"},
    {"责任人任职编号|任职编号|keeper", 0, "GH-7Q2M"},
    {"管护路子|管护方式|route", R, "自主"},
    {"管护范围|范围|scope", 0, "K0至K2全路段"},
    {"管护标准|标准|standard", 0, "月巡查一次，路面无坑槽"},
    {"经费来源|资金来源|money source", 0, "村集体收入"},
    {"年管护经费|管护经费|money", M, "0.12"},
    {"文号|依据文号|document", 0, "云政发〔2022〕3号"},
};
static const size_t duties_fields[] = {DUTY_ASSET, DUTY_DATE, DUTY_UNIT, DUTY_PHONE, DUTY_KEEPER,
    DUTY_ROUTE, DUTY_SCOPE, DUTY_STANDARD, DUTY_MONEY_SOURCE, DUTY_MONEY, DUTY_DOCUMENT};

static const struct column schedules_list[] = {
    {"计划编号|schedule|code", R, "XC-001"},
    {"资产编号|asset", R, "ZC-001"},
    {"类型|计划类型|what", R, "巡查"},
    {"首次日期|first", R, "2022-04-30"},
    {"间隔数|间隔|every", R, "1"},
    {"周期单位|周期|interval", R, "月"},
    {"宽限天数|宽限|grace days", 0, "5"},
    {"遇休息日|节假日|shift", R, "顺延"},
    {"截止日期|last", 0, ""},
    {"内容标准|标准|standard", R, "路面、边沟、涵洞"},
};
static const size_t schedules_fields[] = {SCHEDULE_CODE, SCHEDULE_ASSET, SCHEDULE_WHAT,
    SCHEDULE_FIRST, SCHEDULE_EVERY, SCHEDULE_INTERVAL, SCHEDULE_GRACE, SCHEDULE_SHIFT,
    SCHEDULE_LAST, SCHEDULE_STANDARD};

static const struct column schedules_ended_list[] = {
    {"计划编号|schedule", R, "XC-001"},
    {"终止日期|日期|date", R, "2023-06-30"},
    {"原因|终止原因|reason", R, "改由公司管护"},
};
static const size_t schedules_ended_fields[] = {STOP_SCHEDULE, STOP_DATE, STOP_REASON};

static const struct column inspections_list[] = {
    {"资产编号|asset", R, "ZC-001"},
    {"检查日期|巡查日期|日期|date", R, "2022-04-28"},
    {"计划编号|schedule", 0, "XC-001"},
    {"应检日期|due", 0, ""},
    {"资产状态|状态|state", R, "在用"},
    {"检查情况|发现问题|findings", 0, "边沟有落石，已清理"},
    {"检查人任职编号|任职编号|keeper", 0, "GH-7Q2M"},
};
static const size_t inspections_fields[] = {INSPECTION_ASSET, INSPECTION_DATE, INSPECTION_SCHEDULE,
    INSPECTION_DUE, INSPECTION_STATE, INSPECTION_FINDINGS, INSPECTION_KEEPER};

static const struct column excuses_list[] = {
    {"计划编号|schedule", R, "XC-001"},
    {"应检日期|due", R, "2022-05-30"},
    {"决定日期|日期|date", R, "2022-05-20"},
    {"原因|免检原因|reason", R, "大雪封路"},
    {"文号|依据文号|document", 0, ""},
};
static const size_t excuses_fields[] = {EXCUSE_SCHEDULE, EXCUSE_DUE, EXCUSE_DATE, EXCUSE_REASON,
    EXCUSE_DOCUMENT};

static const struct column works_list[] = {
    {"维修单号|work|code", R, "WX-001"},
    {"资产编号|asset", R, "ZC-001"},
    {"派单日期|日期|date", R, "2022-06-01"},
    {"完成期限|due", R, "2022-06-30"},
    {"故障|损坏情况|fault", R, "K1处塌方"},
    {"预计费用|estimate", M, "0.5"},
};
static const size_t works_fields[] = {WORK_CODE, WORK_ASSET, WORK_DATE, WORK_DUE, WORK_FAULT,
    WORK_ESTIMATE};

static const struct column works_done_list[] = {
    {"维修单号|work", R, "WX-001"},
    {"完工日期|日期|date", R, "2022-06-20"},
    {"维修单位|单位|by", R, "云镇养护站"},
    {"维修结果|结果|result", R, "塌方清理完毕"},
    {"实际费用|费用|cost", M, "0.45"},
};
static const size_t works_done_fields[] = {DONE_WORK, DONE_DATE, DONE_BY, DONE_RESULT, DONE_COST};

static const struct column works_paid_list[] = {
    {"维修单号|work", R, "WX-001"},
    {"凭证号|voucher", R, "2022-000012"},
    {"支付金额|金额|amount", R | M, "0.45"},
};
static const size_t works_paid_fields[] = {PAID_WORK, PAID_VOUCHER, PAID_AMOUNT};

static const struct column upkeep_sources_list[] = {
    {"资金编号|资金代码|fund", R, "GH2022"},
    {"日期|筹集日期|date", R, "2022-03-01"},
    {"筹集单位|行政区划|division", R, "镇安县"},
    {"来源|资金来源|source", R, "财政补助一点"},
    {"金额|筹集金额|amount", R | M, "12"},
    {"文号|依据文号|document", 0, "镇财农〔2022〕8号"},
    {"备注|说明|text", 0, ""},
};
static const size_t upkeep_sources_fields[] = {SOURCE_FUND, SOURCE_DATE, SOURCE_DIVISION,
    SOURCE_SOURCE, SOURCE_AMOUNT, SOURCE_DOCUMENT, SOURCE_TEXT};
// clang-format on

/* ---- Words ----------------------------------------------------------------------------------- */

static const struct record_word words[] = {
    {"专业", "specialist"}, {"专业管护", "specialist"},
    {"市场", "market"},     {"市场运作", "market"},
    {"自主", "self"},       {"自主管护", "self"},
    {"村民自治", "self"},   {"天", "day"},
    {"日", "day"},          {"周", "week"},
    {"星期", "week"},       {"月", "month"},
    {"年", "year"},         {"顺延", "next"},
    {"不变", "none"},       {"照常", "none"},
    {"提前", "previous"},   {"巡查", "inspection"},
    {"检查", "inspection"}, {"养护", "service"},
    {"保养", "service"},    {"在用", "in_use"},
    {"正常", "in_use"},     {"闲置", "idle"},
    {"损毁", "damaged"},    {"损坏", "damaged"},
    {"盘亏", "missing"},
    {"报废", "scrapped"},   {NULL, NULL},
};

KEEPING_SHEETS(RECORD_SHEET_DEFINE)
