/* disclosures.c - columns and words of the sheets of what must be disclosed. */
#include "importers/disclosures.h"

#define R COLUMN_REQUIRED
#define M COLUMN_MONEY

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

static const struct record_word words[] = {
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
    {"村级财务", "village_finance"},
    {"村级财务收支", "village_finance"},
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
    {NULL, NULL},
};

DISCLOSURE_SHEETS(RECORD_SHEET_DEFINE)
