/*
 * data_assets.c - the tables about assets, their upkeep, income and pools, as data_tables.c has the
 * others.
 */
#include "exporters/data_fields.h"

static const struct data_field assets[] = {
    {"code", DATA_STRING, "@code", "资产编号", "code of the asset"},
    {"name", DATA_STRING, "@name", "资产名称", "its name"},
    DIVISION,
    {"class", DATA_STRING, "@class", "资产类别", "operational 经营性, public_welfare 公益性"},
    {"form", DATA_STRING, "@form", "资产形态", "biological, equity or fixed"},
    {"category", DATA_STRING, "@category", "资产类型", "road, workshop …"},
    {"place", DATA_STRING, "@place", "具体位置", "where, in words"},
    {"quantity_thousandths", DATA_INTEGER, "@quantity_thousandths", "数量（千分之一）",
     "how many, in 1/1000 of the unit"},
    {"unit", DATA_STRING, "@unit", "计量单位", "unit of the quantity"},
    {"acquired", DATA_DATE, "@acquired", "购建时间", "when it was built or bought"},
    {"state", DATA_STRING, "@state", "现状", "in_use, idle, damaged …, at the period's end"},
    AMOUNT("original_", "original/", "原值", "what it cost"),
    AMOUNT("depreciation_", "depreciation/", "累计折旧", "depreciation to the period's end"),
    AMOUNT("net_", "net/", "净值", "what is left of it"),
    {"owner_division", DATA_STRING, "@owner_division", "确权归属", "code of the owner's division"},
    {"owner", DATA_STRING, "@owner", "产权所有人", "who owns it"},
    {"operator", DATA_STRING, "@operator", "经营主体", "who operates it, when another"},
    {"certificate", DATA_STRING, "@certificate", "确权登记证号", "number of the certificate"},
    {"income_right", DATA_STRING, "@income", "收益权人", "who has its income"},
    {"distribution_right", DATA_STRING, "@distribution", "收益分配权人",
     "who decides what becomes of that"},
    {"disposal_right", DATA_STRING, "@disposal", "处置权人", "who may dispose of it"},
    {"supervision_right", DATA_STRING, "@supervision", "监督权人", "who supervises it"},
    {"latitude_microdegrees", DATA_INTEGER, "@latitude_microdegrees", "纬度（百万分之一度）",
     "millionths of a degree north"},
    {"longitude_microdegrees", DATA_INTEGER, "@longitude_microdegrees", "经度（百万分之一度）",
     "millionths of a degree east"},
    {"score", DATA_INTEGER, "upkeep/@score", "五清晰得分",
     "how many of the five things are clear; empty once it is gone"},
    {"unclear", DATA_STRING, "upkeep/@unclear", "还不清晰的",
     "which aren't: scope, title, standard, money, responsibility"},
    {"keeper_unit", DATA_STRING, "upkeep/@unit", "管护责任单位", "unit that keeps it"},
    {"office_phone", DATA_STRING, "upkeep/@office_phone", "办公电话", "telephone of its office"},
    {"route", DATA_STRING, "upkeep/@route", "管护路子", "market 市场, self 自主, specialist 专业"},
    {"scope", DATA_STRING, "upkeep/@scope", "管护范围", "what has to be kept"},
    {"standard", DATA_STRING, "upkeep/@standard", "管护标准", "by what standard"},
    {"money_source", DATA_STRING, "upkeep/@money_source", "管护经费来源",
     "where the money for that comes from"},
    AMOUNT("upkeep_a_year_", "upkeep/a_year/", "年管护经费", "for upkeep a year"),
    {"inspected", DATA_DATE, "upkeep/@inspected", "上次检查", "last inspection or service"},
    {"found", DATA_STRING, "upkeep/@found", "检查时状态", "as it was found then"},
    {"next", DATA_DATE, "upkeep/@next", "下次应检", "the earliest day that is open"},
};

#define OF_ASSET(from)                                                                             \
    {                                                                                              \
        "asset", DATA_STRING, from, "资产编号", "code of the asset"                                \
    }
#define ASSET_NAME                                                                                 \
    {                                                                                              \
        "asset_name", DATA_STRING, "@asset_name", "资产名称", "its name"                           \
    }

static const struct data_field asset_parts[] = {
    OF_ASSET("../@code"),
    {"date", DATA_DATE, "@date", "入账日期", "from when on it is part of the value"},
    {"funding", DATA_STRING, "@funding", "资金来源", "project, outside, inherited, gift or labour"},
    {"project", DATA_STRING, "@project", "项目代码", "code of the project that it came from"},
    {"line", DATA_INTEGER, "@line", "筹资行号", "line of its financing plan"},
    {"fund", DATA_STRING, "@fund", "资金代码", "code of the fund that pays that line"},
    {"source", DATA_STRING, "@source", "其他来源", "or the source outside these accounts"},
    {"level", DATA_STRING, "@level", "资金级次", "who gave it"},
    {"year", DATA_INTEGER, "@year", "资金年度", "budget year of money from before this ledger"},
    {"document", DATA_STRING, "@document", "文号", "document"},
    AMOUNT("", "", "金额", "part of what the asset cost"),
};

static const struct data_field works[] = {
    {"code", DATA_STRING, "@code", "维修单号", "code of the work order"},
    OF_ASSET("../@code"),
    {"date", DATA_DATE, "@date", "派单日期", "day of the order"},
    {"due", DATA_DATE, "@due", "完成期限", "day by which it must be done"},
    {"fault", DATA_STRING, "@fault", "故障", "what is broken"},
    {"done", DATA_DATE, "@done", "完工日期", "when it was done; empty: open"},
    {"by", DATA_STRING, "@by", "维修单位", "who did it"},
    {"result", DATA_STRING, "@result", "维修结果", "what was done"},
    AMOUNT("estimate_", "estimate/", "预计费用", "estimate of an open one"),
    AMOUNT("cost_", "cost/", "实际费用", "what it cost"),
};

static const struct data_field works_paid[] = {
    {"work", DATA_STRING, "../@code", "维修单号", "code of the work order"},
    {"voucher", DATA_STRING, "@voucher", "凭证号", "voucher that paid"},
    {"fund", DATA_STRING, "@fund", "资金代码", "fund that it paid from, when it is one"},
    AMOUNT("", "", "金额", "what it paid for this work"),
};

static const struct data_field maintenance[] = {
    DIVISION,
    {"body", DATA_STRING, "body/@name", "管护机构", "who looks after assets here"},
    {"office_phone", DATA_STRING, "body/@office_phone", "办公电话", "telephone of its office"},
    {"since", DATA_DATE, "body/@since", "成立日期", "from when on"},
    AMOUNT("raised_", "raised/", "筹集", "raised by the division for upkeep, to the period's end"),
    AMOUNT("paid_", "paid/", "已付维修",
           "paid for works on assets that are here, to the period's end"),
};

static const struct data_field maintenance_sources[] = {
    DIVISION,
    {"fund", DATA_STRING, "@fund", "资金代码", "code of the fund for upkeep"},
    {"source", DATA_STRING, "@name", "来源", "which source (八个一点)"},
    AMOUNT("", "", "金额", "raised from it, to the period's end"),
};

static const struct data_field leases[] = {
    {"code", DATA_STRING, "@code", "合同编号", "code of the contract"},
    DIVISION,
    OF_ASSET("@asset"),
    ASSET_NAME,
    {"kind", DATA_STRING, "@kind", "经营方式", "entrusted, equity, lease or photovoltaic"},
    {"party", DATA_STRING, "@party", "经营主体", "the other party; empty: a person"},
    {"person", DATA_BOOLEAN, "@person", "个人", "true when it is a person"},
    {"document", DATA_STRING, "@document", "文号", "number of the contract"},
    {"first_day", DATA_DATE, "@first_day", "起始日期", "first day"},
    {"last_day", DATA_DATE, "@last_day", "终止日期", "last day"},
    {"months", DATA_INTEGER, "@months", "每期月数", "months of a term; empty: dues vary"},
    AMOUNT("rent_", "rent/", "每期金额", "rent a term"),
    {"guaranteed_bp", DATA_INTEGER, "@guaranteed_bp", "保底收益率（万分之）",
     "guaranteed return a year, 1/10,000"},
    {"risk", DATA_STRING, "@risk", "风险分担", "who bears which risk"},
    AMOUNT("due_", "due/", "累计应收", "due by the period's end"),
    AMOUNT("received_", "received/", "累计实收", "received by then"),
    AMOUNT("arrears_", "arrears/", "欠收", "due and not received"),
    {"overdue_since", DATA_DATE, "@overdue_since", "欠收起始", "the oldest due that isn't paid"},
    {"next_due", DATA_DATE, "@next_due", "下次应收", "the next due"},
};

static const struct data_field receipts[] = {
    DIVISION,
    {"date", DATA_DATE, "@date", "收到日期", "when it came in"},
    {"kind", DATA_STRING, "@kind", "收益类型", "entrusted, equity, lease, photovoltaic or other"},
    OF_ASSET("@asset"),
    ASSET_NAME,
    {"lease", DATA_STRING, "@lease", "合同编号", "code of the contract"},
    {"due", DATA_DATE, "@due", "应收日期", "the due that it pays"},
    {"voucher", DATA_STRING, "@voucher", "凭证号", "voucher of the receipt"},
    AMOUNT("", "", "金额", "amount"),
};

static const struct data_field distributions[] = {
    {"code", DATA_STRING, "@code", "方案编号", "code of the plan"},
    DIVISION,
    {"date", DATA_DATE, "@date", "议定日期", "when it was resolved"},
    {"year", DATA_INTEGER, "@year", "收益年度", "of which year's income"},
    {"income", DATA_STRING, "@income", "收益来源", "photovoltaic 光伏发电 or other"},
    {"basis", DATA_STRING, "@basis", "分配依据", "by what"},
    {"rule", DATA_STRING, "@rule", "分配规则", "the rule in words"},
    {"document", DATA_STRING, "@document", "文号", "number of the resolution"},
    {"whole", DATA_INTEGER, "@whole", "总份数", "how many parts there are"},
    AMOUNT("", "amount/", "分配金额", "what is shared"),
    AMOUNT("paid_", "paid/", "已付", "paid by the period's end"),
    REASON("@withheld"),
};

static const struct data_field distribution_shares[] = {
    {"plan", DATA_STRING, "../@code", "方案编号", "code of the plan"},
    {"use", DATA_STRING, "@use", "用途",
     "households, post_wages, public_works, relief, reserve or village"},
    {"for", DATA_STRING, "@for", "行政区划", "where"},
    {"parts", DATA_INTEGER, "@parts", "份数", "parts of the whole"},
    {"people", DATA_INTEGER, "@people", "户数或人数", "how many share it, three at least"},
    {"text", DATA_STRING, "@text", "说明", "what for"},
    AMOUNT("", "", "金额", "what this share gets"),
};

static const struct data_field village_income[] = {
    {"division", DATA_STRING, "@code", "行政村代码", "code of the village"},
    {"name", DATA_STRING, "@name", "行政村", "its name"},
    {"year", DATA_INTEGER, "../@year", "年度", "the year, up to the period's end"},
    {"township_class", DATA_STRING, "@township_class", "乡镇类别",
     "leading 先行示范, regular 正常推进, intensive 持续攻坚"},
    {"band", DATA_STRING, "@band", "收入档次", "none, below_low, low_and_more, high_and_more"},
    {"band_without_photovoltaic", DATA_STRING, "@band_without_photovoltaic", "不算光伏的档次",
     "the same without photovoltaics"},
    AMOUNT("income_", "received/", "集体收入", "income of the collective in the year"),
    AMOUNT("photovoltaic_", "photovoltaic/", "其中光伏", "of that from photovoltaics"),
    AMOUNT("debt_", "debt/", "债务", "what it owes"),
};

static const struct data_field village_debts[] = {
    {"code", DATA_STRING, "@code", "债务编号", "code of the debt"},
    DIVISION,
    {"date", DATA_DATE, "@date", "形成日期", "since when"},
    {"creditor", DATA_STRING, "@creditor", "债权单位", "to whom; empty: a person"},
    {"person", DATA_BOOLEAN, "@person", "个人", "true when it is a person"},
    {"reason", DATA_STRING, "@reason", "形成原因", "what for"},
    AMOUNT("", "amount/", "债务金额", "what was owed"),
    AMOUNT("cleared_", "cleared/", "已清偿", "cleared by the period's end"),
    {"cleared_on", DATA_DATE, "@cleared_on", "清偿日期", "when the last of it was cleared"},
};

static const struct data_field village_standards[] = {
    DIVISION,
    {"item", DATA_STRING, "@item", "标准项目", "item of the standard list (十有)"},
    {"met", DATA_BOOLEAN, "@met", "是否达标", "whether it is met"},
    {"computed", DATA_BOOLEAN, "@computed", "账本算出",
     "whether the ledger computed it; else it was declared"},
    {"date", DATA_DATE, "@date", "日期", "as of when it was declared"},
    {"evidence", DATA_STRING, "@evidence", "佐证", "what shows it"},
};

static const struct data_field aid_pools[] = {
    {"code", DATA_STRING, "@code", "互助资金编号", "code of the pool"},
    DIVISION,
    {"bank", DATA_STRING, "@bank", "受托银行", "bank that keeps it"},
    {"since", DATA_DATE, "@since", "设立日期", "when it was set up"},
    {"fund", DATA_STRING, "@fund", "资金代码", "code of the fund"},
    BOOK("@book"),
    {"entrusted_until", DATA_DATE, "@entrusted_until", "委托到期",
     "last day of the agreement with the bank"},
    AMOUNT("available_", "available/", "可借", "what is in it"),
    AMOUNT("outstanding_", "outstanding/", "未还", "lent and not repaid"),
    AMOUNT("lent_", "lent/", "累计借出", "lent by the period's end"),
    AMOUNT("repaid_", "repaid/", "累计归还", "repaid by then"),
    AMOUNT("provision_", "provision/", "风险准备金", "risk provision"),
    REASON("@withheld"),
};

static const struct data_field handovers[] = {
    {"code", DATA_STRING, "../@code", "移交编号", "code of the handover"},
    OF_ASSET("@asset"),
    ASSET_NAME,
    {"giver", DATA_STRING, "../@giver", "移交单位代码", "division that gives"},
    {"taker", DATA_STRING, "../@taker", "接收单位代码", "division that takes"},
    {"state", DATA_STRING, "../@state", "状态", "listed, given, taken or dropped"},
    {"listed_on", DATA_DATE, "../@listed_on", "登记日期", "when the last asset was listed"},
    {"given_on", DATA_DATE, "../@given_on", "移交日期", "when it was given"},
    {"taken_on", DATA_DATE, "../@taken_on", "接收日期", "when it was taken"},
    {"dropped_on", DATA_DATE, "../@dropped_on", "撤销日期", "when it was dropped"},
};

static const struct data_field disposals[] = {
    {"code", DATA_STRING, "@code", "处置编号", "code of the disposal"},
    DIVISION,
    OF_ASSET("@asset"),
    ASSET_NAME,
    {"cause", DATA_STRING, "@cause", "处置原因", "why"},
    {"method", DATA_STRING, "@method", "处置方式", "how"},
    {"state", DATA_STRING, "@state", "状态", "open, finished or dropped"},
    {"opened_on", DATA_DATE, "@opened_on", "申请日期", "day of the application"},
    {"ended_on", DATA_DATE, "@ended_on", "处置日期", "day on which it was finished or dropped"},
    {"text", DATA_STRING, "@text", "情况说明", "what happened to the asset"},
    AMOUNT("valuation_", "valuation/", "评估价", "what it was worth"),
    AMOUNT("proceeds_", "proceeds/", "处置收入", "what it brought"),
    {"voucher", DATA_STRING, "@voucher", "收款凭证", "voucher that received it"},
};

static const struct data_field disposal_steps[] = {
    {"disposal", DATA_STRING, "../@code", "处置编号", "code of the disposal"},
    {"step", DATA_STRING, "@name", "处置环节", "which step"},
    {"date", DATA_DATE, "@date", "日期", "its day"},
    {"document", DATA_STRING, "@document", "文号", "document or minutes"},
    {"votes_for", DATA_INTEGER, "@votes_for", "同意票", "votes for"},
    {"votes_against", DATA_INTEGER, "@votes_against", "反对票", "votes against"},
    {"votes_abstained", DATA_INTEGER, "@votes_abstained", "弃权票", "votes abstained"},
    {"text", DATA_STRING, "@text", "意见", "what was said"},
};

static const struct data_field stocktakes[] = {
    {"code", DATA_STRING, "@code", "盘点编号", "code of the round"},
    DIVISION,
    {"opened_on", DATA_DATE, "@opened_on", "开始日期", "first day"},
    {"closed_on", DATA_DATE, "@closed_on", "结束日期", "last day; empty: open"},
    {"found", DATA_INTEGER, "@found", "相符", "assets where they should be"},
    {"missing", DATA_INTEGER, "@missing", "盘亏", "assets that weren't seen"},
    {"elsewhere", DATA_INTEGER, "@elsewhere", "异地", "assets seen in another place"},
    {"changed", DATA_INTEGER, "@changed", "状态变化", "assets seen in another state"},
};

static const struct data_field stocktake_differences[] = {
    {"round", DATA_STRING, "../@code", "盘点编号", "code of the round"},
    OF_ASSET("@asset"),
    ASSET_NAME,
    {"in", DATA_STRING, "@in", "登记所在地", "where it should be"},
    {"state", DATA_STRING, "@state", "登记状态", "state by the register"},
    {"found", DATA_STRING, "@found", "盘点结果", "found, elsewhere or missing"},
    {"counted", DATA_BOOLEAN, "@counted", "已清点",
     "whether anybody looked; else it counts as missing"},
    {"seen_in", DATA_STRING, "@seen_in", "实际所在地", "where it was seen, when elsewhere"},
    {"seen_state", DATA_STRING, "@seen_state", "实际状态", "in what state it was seen"},
    {"date", DATA_DATE, "@date", "盘点日期", "when"},
    {"text", DATA_STRING, "@text", "备注", "remark"},
};

const struct data_table data_table_assets = {
    .name = "assets",
    .chinese = "资产：每项资产一行，期末",
    .english = "assets, each in the division where it is, at the period's end",
    .rows = {"assets/asset"},
    .key = "code",
    TABLE(assets),
};
const struct data_table data_table_asset_parts = {
    .name = "asset_parts",
    .chinese = "资产原值的每一部分和来源",
    .english = "what assets cost, a part a row, with the project and fund that it came from",
    .rows = {"assets/asset/part"},
    TABLE(asset_parts),
};
const struct data_table data_table_works = {
    .name = "works",
    .chinese = "维修单：未完成的和本年完成的",
    .english = "work orders that are open, or were done in the year",
    .rows = {"assets/asset/work"},
    .key = "code",
    TABLE(works),
};
const struct data_table data_table_works_paid = {
    .name = "works_paid",
    .chinese = "维修付款",
    .english = "what vouchers paid for work orders",
    .rows = {"assets/asset/work/paid"},
    TABLE(works_paid),
};
const struct data_table data_table_maintenance = {
    .name = "maintenance",
    .chinese = "管护机构和管护资金",
    .english = "who looks after assets, what was raised and paid for upkeep",
    .rows = {"maintenance"},
    TABLE(maintenance),
};
const struct data_table data_table_maintenance_sources = {
    .name = "maintenance_sources",
    .chinese = "管护资金来源",
    .english = "where the money for upkeep came from",
    .rows = {"maintenance/source"},
    TABLE(maintenance_sources),
};
const struct data_table data_table_leases = {
    .name = "leases",
    .chinese = "资产经营合同和欠收",
    .english = "leases and what is like them, with arrears at the period's end",
    .rows = {"income/lease"},
    .key = "code",
    TABLE(leases),
};
const struct data_table data_table_receipts = {
    .name = "receipts",
    .chinese = "本年资产收益",
    .english = "what assets brought in the year, up to the period's end",
    .rows = {"income/receipt"},
    TABLE(receipts),
};
const struct data_table data_table_distributions = {
    .name = "distributions",
    .chinese = "本年收益分配方案",
    .english = "plans of the year by which income is shared",
    .rows = {"income/distribution"},
    .key = "code",
    TABLE(distributions),
};
const struct data_table data_table_distribution_shares = {
    .name = "distribution_shares",
    .chinese = "收益分配到哪里",
    .english = "what each use has of a plan",
    .rows = {"income/distribution/share"},
    TABLE(distribution_shares),
};
const struct data_table data_table_village_income = {
    .name = "village_income",
    .chinese = "各村集体收入",
    .english = "what villages took in in the year and owe",
    .rows = {"income/village"},
    .key = "division",
    .is_register = true,
    TABLE(village_income),
};
const struct data_table data_table_village_debts = {
    .name = "village_debts",
    .chinese = "村级债务",
    .english = "debts of villages: open, or cleared in the year",
    .rows = {"income/debt"},
    .key = "code",
    TABLE(village_debts),
};
const struct data_table data_table_village_standards = {
    .name = "village_standards",
    .chinese = "村级标准",
    .english = "standards that villages met or didn't",
    .rows = {"income/standard"},
    TABLE(village_standards),
};
const struct data_table data_table_aid_pools = {
    .name = "aid_pools",
    .chinese = "互助资金",
    .english = "mutual-aid pools",
    .rows = {"mutual_aid/pool"},
    .key = "code",
    TABLE(aid_pools),
};
const struct data_table data_table_handovers = {
    .name = "handovers",
    .chinese = "资产移交",
    .english = "assets handed over: open, or ended in the year",
    .rows = {"custody/handover/handed"},
    .is_register = true,
    TABLE(handovers),
};
const struct data_table data_table_disposals = {
    .name = "disposals",
    .chinese = "资产处置",
    .english = "disposals that are open, or ended in the year",
    .rows = {"custody/disposed"},
    .key = "code",
    TABLE(disposals),
};
const struct data_table data_table_disposal_steps = {
    .name = "disposal_steps",
    .chinese = "处置环节",
    .english = "their steps",
    .rows = {"custody/disposed/step"},
    TABLE(disposal_steps),
};
const struct data_table data_table_stocktakes = {
    .name = "stocktakes",
    .chinese = "资产盘点",
    .english = "stock-takings that are open, or ended in the year",
    .rows = {"custody/stocktake"},
    .key = "code",
    TABLE(stocktakes),
};
const struct data_table data_table_stocktake_differences = {
    .name = "stocktake_differences",
    .chinese = "盘点差异",
    .english = "what was not as the register had it",
    .rows = {"custody/stocktake/difference"},
    TABLE(stocktake_differences),
};
