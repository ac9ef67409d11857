/* incomes.c - columns and words of the sheets of what assets earn and what becomes of it. */
#include "importers/incomes.h"

#define R COLUMN_REQUIRED
#define M COLUMN_MONEY

// clang-format off
static const struct column leases_list[] = {
    {"合同编号|租约编号|lease|code", R, "HT-2022-01"},
    {"资产编号|asset", R, "ZC-0001"},
    {"经营方式|类型|kind", R, "出租"},
    {"收益单位|行政区划|所在村|division", R, "云镇村"},
    {"签订日期|date", R, "2022-01-05"},
    {"起始日期|起租日|first day", R, "2022-02-01"},
    {"终止日期|到期日|last day", R, "2027-01-31"},
    {"经营主体|承租方|合作方|party", 0, "镇安县农发公司"},
    {"统一社会信用代码|信用代码|uscc|credit code", 0, "91350100M000100Y43"},
    {"个人姓名|自然人姓名|person", 0, ""},
    {"身份证号|证件号码|id number", 0, ""},
    {"首次应收日期|首次收租日|first due", 0, "2022-02-10"},
    {"每期月数|months", 0, "12"},
    {"每期金额|租金|rent", M, "36000"},
    {"保底收益率|guaranteed return|guaranteed", 0, ""},
    {"风险分担|risk", 0, ""},
    {"文号|合同文号|document", 0, "云村合〔2022〕1号"},
};
static const size_t leases_fields[] = {LEASE_CODE, LEASE_ASSET, LEASE_KIND, LEASE_DIVISION,
    LEASE_DATE, LEASE_FIRST_DAY, LEASE_LAST_DAY, LEASE_PARTY, LEASE_USCC, LEASE_NAME,
    LEASE_ID_NUMBER, LEASE_FIRST_DUE, LEASE_MONTHS, LEASE_RENT, LEASE_GUARANTEED, LEASE_RISK,
    LEASE_DOCUMENT};

static const struct column leases_ended_list[] = {
    {"合同编号|租约编号|lease|code", R, "HT-2022-01"},
    {"终止日期|date", R, "2024-06-30"},
    {"原因|终止原因|reason", R, "承租方退租"},
    {"文号|document", 0, "云村决〔2024〕3号"},
};
static const size_t leases_ended_fields[] = {LEASE_END_LEASE, LEASE_END_DATE, LEASE_END_REASON,
    LEASE_END_DOCUMENT};

static const struct column lease_dues_list[] = {
    {"合同编号|租约编号|lease|code", R, "GF-2022-01"},
    {"应收日期|due", R, "2022-03-20"},
    {"应收金额|金额|amount", R | M, "1234.56"},
    {"说明|text", 0, "2月电费"},
};
static const size_t lease_dues_fields[] = {LEASE_DUE_LEASE, LEASE_DUE_DUE, LEASE_DUE_AMOUNT,
    LEASE_DUE_TEXT};

static const struct column receipts_list[] = {
    {"凭证号|凭证编号|voucher", R, "2022-000031"},
    {"收到日期|收款日期|日期|date", R, "2022-03-21"},
    {"收益单位|行政区划|所在村|division", R, "云镇村"},
    {"收益类型|类型|kind", R, "光伏发电"},
    {"金额|amount", R | M, "1234.56"},
    {"合同编号|租约编号|lease", 0, "GF-2022-01"},
    {"应收日期|due", 0, "2022-03-20"},
    {"资产编号|asset", 0, ""},
    {"说明|text", 0, ""},
};
static const size_t receipts_fields[] = {RECEIPT_VOUCHER, RECEIPT_DATE, RECEIPT_DIVISION,
    RECEIPT_KIND, RECEIPT_AMOUNT, RECEIPT_LEASE, RECEIPT_DUE, RECEIPT_ASSET, RECEIPT_TEXT};

static const struct column sharers_list[] = {
    {"方案编号|plan", R, "FP2022-01"},
    {"用途|use", R, "公益岗位工资"},
    {"行政区划|所在村|division", R, "云镇村"},
    {"姓名|户主|holder", R, "李某"},
    {"身份证号|证件号码|id number", R, "11010519491231002X"},
    {"份数|parts", R, "3000"},
    {"分配依据|依据|basis", R, "保洁员，全年出工240天"},
};
static const size_t sharers_fields[] = {HOLDER_PLAN, HOLDER_USE, HOLDER_DIVISION, HOLDER_NAME,
    HOLDER_ID_NUMBER, HOLDER_PARTS, HOLDER_BASIS};

static const struct column shares_list[] = {
    {"方案编号|plan", R, "FP2022-01"},
    {"用途|use", R, "公益岗位工资"},
    {"行政区划|所在村|division", R, "云镇村"},
    {"份数|parts", R, "8000"},
    {"户数|人数|people", 0, "3"},
    {"说明|text", 0, ""},
};
static const size_t shares_fields[] = {SHARE_PLAN, SHARE_USE, SHARE_DIVISION, SHARE_PARTS,
    SHARE_PEOPLE, SHARE_TEXT};

static const struct column distributions_list[] = {
    {"方案编号|plan|code", R, "FP2022-01"},
    {"收益年度|年度|year", R, "2022"},
    {"议定日期|日期|date", R, "2022-12-20"},
    {"收益单位|行政区划|所在村|division", R, "云镇村"},
    {"收益来源|income", R, "光伏发电"},
    {"分配金额|金额|amount", R | M, "36000"},
    {"总份数|whole", R, "10000"},
    {"分配依据|依据|basis", R, "岗位和出工天数"},
    {"分配规则|规则|rule", R, "八成用于公益岗位工资，二成用于公共事业"},
    {"文号|决议文号|document", R, "云村决〔2022〕5号"},
};
static const size_t distributions_fields[] = {SPLIT_PLAN, SPLIT_YEAR, SPLIT_DATE, SPLIT_DIVISION,
    SPLIT_INCOME, SPLIT_AMOUNT, SPLIT_WHOLE, SPLIT_BASIS, SPLIT_RULE, SPLIT_DOCUMENT};

static const struct column distribution_payments_list[] = {
    {"方案编号|plan", R, "FP2022-01"},
    {"日期|date", R, "2022-12-31"},
    {"用途|use", R, "公益岗位工资"},
    {"凭证号|凭证编号|voucher", R, "2022-000044"},
};
static const size_t distribution_payments_fields[] = {SPLIT_PAY_PLAN, SPLIT_PAY_DATE, SPLIT_PAY_USE,
    SPLIT_PAY_VOUCHER};

static const struct column township_classes_list[] = {
    {"乡镇|行政区划|township|division", R, "云盖寺镇"},
    {"乡镇类别|类别|class", R, "先行示范"},
    {"起始日期|日期|date", R, "2021-06-01"},
    {"文号|document", R, "镇振办发〔2021〕2号"},
};
static const size_t township_classes_fields[] = {TOWNSHIP_DIVISION, TOWNSHIP_CLASS, TOWNSHIP_DATE,
    TOWNSHIP_DOCUMENT};

static const struct column village_debts_list[] = {
    {"债务编号|debt|code", R, "ZW-01"},
    {"行政区划|所在村|division", R, "云镇村"},
    {"形成日期|日期|date", R, "2018-05-01"},
    {"债务金额|金额|amount", R | M, "52000"},
    {"形成原因|原因|reason", R, "修建村道"},
    {"债权单位|债权人单位|creditor", 0, "镇安县建筑公司"},
    {"统一社会信用代码|信用代码|uscc|credit code", 0, "91350100M000100Y43"},
    {"个人姓名|债权人姓名|person", 0, ""},
    {"文号|document", 0, ""},
};
static const size_t village_debts_fields[] = {DEBT_CODE, DEBT_DIVISION, DEBT_DATE, DEBT_AMOUNT,
    DEBT_REASON, DEBT_CREDITOR, DEBT_USCC, DEBT_NAME, DEBT_DOCUMENT};

static const struct column debts_cleared_list[] = {
    {"债务编号|debt|code", R, "ZW-01"},
    {"清偿日期|日期|date", R, "2021-12-20"},
    {"清偿金额|金额|amount", R | M, "52000"},
    {"文号|清偿依据|document", R, "云村决〔2021〕9号"},
    {"凭证号|凭证编号|voucher", 0, ""},
};
static const size_t debts_cleared_fields[] = {CLEAR_DEBT, CLEAR_DATE, CLEAR_AMOUNT, CLEAR_DOCUMENT,
    CLEAR_VOUCHER};

static const struct column village_standards_list[] = {
    {"行政区划|所在村|division", R, "云镇村"},
    {"日期|date", R, "2021-12-31"},
    {"标准项目|项目|item", R, "综合服务场所"},
    {"是否达标|达标|met", R, "是"},
    {"佐证|佐证材料|evidence", R, "验收单3号，320平方米"},
};
static const size_t village_standards_fields[] = {STANDARD_DIVISION, STANDARD_DATE, STANDARD_ITEM,
    STANDARD_MET, STANDARD_EVIDENCE};

static const struct record_word words[] = {
    {"出租", "lease"}, {"租赁", "lease"}, {"委托经营", "entrusted"}, {"入股", "equity"},
    {"股权", "equity"}, {"光伏发电", "photovoltaic"}, {"光伏", "photovoltaic"}, {"其他", "other"},
    {"农户", "households"}, {"到户", "households"}, {"公益岗位工资", "post_wages"},
    {"公益岗位", "post_wages"}, {"公共事业", "public_works"}, {"小型公益事业", "public_works"},
    {"救助奖补", "relief"}, {"奖励补助", "relief"}, {"留存", "reserve"}, {"公积公益金", "reserve"},
    {"村集体", "village"}, {"先行示范", "leading"}, {"正常推进", "regular"},
    {"持续攻坚", "intensive"}, {NULL, NULL}};

INCOME_SHEETS(RECORD_SHEET_DEFINE)
// clang-format on
