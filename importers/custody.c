/* custody.c - columns and words of the sheets of what becomes of assets. */
#include "importers/custody.h"

#define R COLUMN_REQUIRED
#define M COLUMN_MONEY

/* ---- Columns --------------------------------------------------------------------------------- */

// clang-format off
static const struct column handovers_list[] = {
    {"移交编号|handover|code", R, "YJ-001"},
    {"资产编号|asset", R, "ZC-001"},
    {"登记日期|日期|date", R, "2023-05-01"},
    {"接收单位|行政区划|division", R, "云镇村"},
    {"产权所有人|所有权人|owner", R, "云镇村股份经济合作社"},
    {"确权登记证号|产权证号|certificate", 0, "集产〔2023〕第1号"},
    {"经营主体|使用权人|operator", 0, "镇安县某某农业有限公司"},
    {"统一社会信用代码|信用代码|uscc|credit code", 0, "91611025MA70A1B23G"},
    {"收益权人|income", 0, "村集体"},
    {"分配权|distribution", 0, "村民代表会议"},
    {"处置权|disposal", 0, "村民会议"},
    {"监督权|supervision", 0, "镇人民政府"},
    {"移交文号|文号|document", 0, "镇乡振发〔2023〕5号"},
};
static const size_t handovers_fields[] = {HANDOVER_CODE, HANDOVER_ASSET, HANDOVER_DATE,
    HANDOVER_DIVISION, HANDOVER_OWNER, HANDOVER_CERTIFICATE, HANDOVER_OPERATOR, HANDOVER_USCC,
    HANDOVER_INCOME, HANDOVER_DISTRIBUTION, HANDOVER_DISPOSAL, HANDOVER_SUPERVISION,
    HANDOVER_DOCUMENT};

static const struct column handover_drops_list[] = {
    {"移交编号|handover", R, "YJ-001"},
    {"撤销日期|日期|date", R, "2023-05-09"},
    {"原因|reason", R, "产权登记有误"},
};
static const size_t handover_drops_fields[] = {DROP_HANDOVER, DROP_DATE, DROP_REASON};

static const struct column disposals_list[] = {
    {"处置编号|disposal|code", R, "CZ-001"},
    {"资产编号|asset", R, "ZC-001"},
    {"申请日期|日期|date", R, "2023-06-30"},
    {"处置原因|cause", R, "自然灾害损毁"},
    {"处置方式|method", R, "报废"},
    {"情况说明|说明|text", R, "山洪冲毁，无法修复"},
};
static const size_t disposals_fields[] = {DISPOSAL_CODE, DISPOSAL_ASSET, DISPOSAL_DATE,
    DISPOSAL_CAUSE, DISPOSAL_METHOD, DISPOSAL_TEXT};

static const struct column disposal_steps_list[] = {
    {"处置编号|disposal", R, "CZ-001"},
    {"处置环节|环节|step", R, "村民代表会议决议"},
    {"日期|date", R, "2023-07-04"},
    {"文号|会议纪要|document", R, "云镇村会议纪要第4号"},
    {"同意票|votes for", 0, "32"},
    {"反对票|votes against", 0, "3"},
    {"弃权票|votes abstained", 0, "1"},
    {"意见|说明|text", 0, "同意报废"},
};
static const size_t disposal_steps_fields[] = {STEP_DISPOSAL, STEP_STEP, STEP_DATE, STEP_DOCUMENT,
    STEP_FOR, STEP_AGAINST, STEP_ABSTAINED, STEP_TEXT};

static const struct column disposals_finished_list[] = {
    {"处置编号|disposal", R, "CZ-001"},
    {"处置日期|日期|date", R, "2023-07-31"},
    {"评估价|评估金额|valuation", M, "0.8"},
    {"处置收入|proceeds", M, "0.8"},
    {"收款凭证|凭证号|voucher", 0, "2023-000012"},
    {"说明|text", 0, ""},
};
static const size_t disposals_finished_fields[] = {FINISH_DISPOSAL, FINISH_DATE, FINISH_VALUATION,
    FINISH_PROCEEDS, FINISH_VOUCHER, FINISH_TEXT};

static const struct column disposals_dropped_list[] = {
    {"处置编号|disposal", R, "CZ-001"},
    {"撤销日期|日期|date", R, "2023-07-31"},
    {"原因|reason", R, "县级未批准"},
};
static const size_t disposals_dropped_fields[] = {KEEP_DISPOSAL, KEEP_DATE, KEEP_REASON};

static const struct column stocktakes_list[] = {
    {"盘点编号|round|code", R, "PD-2023"},
    {"盘点单位|行政区划|division", R, "云镇村"},
    {"开始日期|日期|date", R, "2023-10-01"},
    {"说明|text", 0, "年度盘点"},
};
static const size_t stocktakes_fields[] = {ROUND_CODE, ROUND_DIVISION, ROUND_DATE, ROUND_TEXT};

static const struct column counts_list[] = {
    {"盘点编号|round", R, "PD-2023"},
    {"资产编号|asset", R, "ZC-001"},
    {"盘点日期|日期|date", R, "2023-10-03"},
    {"盘点结果|结果|found", R, "相符"},
    {"实际所在地|所在地|division", R, "云镇村"},
    {"实际状态|状态|state", R, "在用"},
    {"备注|text", 0, ""},
};
static const size_t counts_fields[] = {TALLY_ROUND, TALLY_ASSET, TALLY_DATE, TALLY_FOUND,
    TALLY_DIVISION, TALLY_STATE, TALLY_TEXT};

/* ---- Words ----------------------------------------------------------------------------------- */

static const struct record_word words[] = {
    {"合作协议到期", "agreement_ended"}, {"入股协议到期", "agreement_ended"},
    {"被新项目覆盖", "covered"},         {"规划或政策拆除", "demolished"},
    {"规划拆除", "demolished"},          {"政策拆除", "demolished"},
    {"自然灾害损毁", "disaster"},        {"自然灾害", "disaster"},
    {"闲置需转产", "idle"},              {"其他", "other"},
    {"到期或技术淘汰", "worn_out"},      {"使用期满", "worn_out"},
    {"技术淘汰", "worn_out"},            {"拍卖", "auction"},
    {"转产", "conversion"},              {"报损", "loss"},
    {"报废", "scrapping"},               {"报停", "suspension"},
    {"转让", "transfer"},                {"村党支部提议", "branch_proposal"},
    {"党支部提议", "branch_proposal"},   {"村两委商议", "committees"},
    {"两委会商议", "committees"},        {"党员大会审议", "party_review"},
    {"村民代表会议决议", "decision"},    {"村民会议决议", "decision"},
    {"决议公开", "decision_notice"},     {"结果公开", "result_notice"},
    {"实施结果公开", "result_notice"},   {"乡镇审核", "township_check"},
    {"镇审核", "township_check"},        {"行业主管部门意见", "sector_opinion"},
    {"主管部门意见", "sector_opinion"},  {"县级审批", "county_approval"},
    {"县审批", "county_approval"},       {"资产评估", "valuation"},
    {"评估", "valuation"},               {"公开交易", "open_market"},
    {"公告", "announcement"},             {"异地", "elsewhere"},
    {"位置不符", "elsewhere"},           {"相符", "found"},
    {"找到", "found"},                   {"盘亏", "missing"},
    {"未找到", "missing"},               {"损毁", "damaged"},
    {"损坏", "damaged"},                 {"闲置", "idle"},
    {"在用", "in_use"},                  {"正常", "in_use"},
    {"未见", "none"},                    {"无", "none"},
    {"报废", "scrapped"},                {NULL, NULL},
};
// clang-format on

CUSTODY_SHEETS(RECORD_SHEET_DEFINE)
