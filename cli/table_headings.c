/*
 * table_headings.c - what the columns and the words of listings are called in Chinese, for sheets.
 *
 * 1. One name, one heading, in every listing; tests/cli/test_report.sh looks for columns and words
 *    without one.
 * 2. Sheets are the same in every language; po/check.sh holds the words to the catalogue.
 */
#include <string.h>

#include "base/language.h"
#include "cli/table.h"

// clang-format off
struct name {
    const char *name, *chinese;
};

static const struct name headings[] = {
    {"corrected_code", "更正对象编号"}, {"corrected_of", "更正对象"}, {"figure", "数字"},
    {"figure_now", "现为"},         {"figure_was", "原为"},
    {"about", "附件类别"},          {"accepted", "已验收"},         {"act", "事项"},                {"after", "变动后"},
    {"amount", "金额"},             {"arrived", "到位资金"},        {"arrived_days", "到位天数"},
    {"assigned", "已归类"},         {"available", "可用"},          {"before", "变动前"},
    {"body", "内容"},               {"book", "台账类别"},           {"by", "提出人"},
    {"change", "变动"},             {"checker", "审核"},            {"closing", "期末余额"},
    {"committed", "合同占用"},      {"contract", "合同编号"},       {"days", "天数"},
    {"division", "行政区划代码"},   {"division_name", "行政区划"},  {"document", "指标文号"},
    {"event_date", "业务日期"},     {"expires_days", "距到期天数"}, {"from", "转出账户"},
    {"fund", "资金编号"},           {"held", "待审核占用"},         {"idle_days", "闲置天数"},
    {"in", "借方发生额"},           {"in_transit", "在途"},         {"left", "结余可用"},
    {"last_day", "截止日"},         {"level", "资金级次"},          {"line", "行号"},
    {"line_count", "行数"},         {"predecessors", "原名称、原区划"}, {"successors", "后续区划"},
    {"valid_from", "启用日"},
    {"maker", "制单"},              {"movement", "资金变动"},       {"name", "名称"},
    {"note", "提示"},               {"now", "现余额"},              {"opening", "期初余额"},
    {"out", "贷方发生额"},          {"outside", "账外资金"},        {"owed", "退回待付"},
    {"paid", "已支付"},             {"payee", "收款人"},            {"percent", "进度"},
    {"plan", "计划资金"},           {"policy", "政策"},             {"progress", "支付进度"},
    {"project", "项目编号"},        {"act_seq", "依据条目"},        {"purpose", "封存内容"},
    {"proposal", "提案"},           {"receivable", "应收借款"},
    {"reference", "业务编号"},      {"result", "效果"},             {"retention", "质保金"},
    {"role", "状态"},               {"row", "行类"},                {"seq", "条目"},
    {"spent", "已支付"},            {"state", "状态"},              {"text", "摘要"},
    {"tier", "层级"},               {"to", "转入账户"},             {"unassigned", "未归类"},
    {"reverses", "冲销的凭证"},     {"reversed_by", "被何凭证冲销"},
    {"user", "用户"},               {"acts_as", "身份"},            {"in_place_of", "代理何人"},
    {"first_day", "起始日"},        {"draft", "草稿"},              {"saved", "保存日期"},
    {"fault", "问题"},
    {"changed", "已更正"},          {"disclosed_on", "公开日期"},   {"due", "应公开截止日"},
    {"ended_on", "撤下日期"},       {"late", "迟公开"},             {"matter", "公开事项"},
    {"notice", "公示或期间"},       {"subject", "对象编号"},        {"until", "应公示至"},
    {"voucher", "凭证号"},          {"waiting", "其他占用"},        {"what", "情形"},
    {"year", "年度"},               {"added_on", "附上日期"},       {"code", "所附对象"},
    {"found", "现状"},              {"after_decision", "审核后补附"},         {"sealed", "不公开"},
    {"sha256", "SHA-256"},          {"size", "字节数"},             {"title", "标题"},
    {"rule", "规则"},               {"version", "版本"},            {"alert", "预警级别"},
    {"finding", "线索编号"},        {"sentence", "说明"},           {"numbers", "所用数字"},
    {"entries", "引用条目"},        {"reason", "理由"},             {"parameter", "参数"},
    {"value", "现值"},              {"default", "默认值"},          {"unit", "单位"},
    {"meaning", "含义"},            {"basis", "依据"},              {"raised", "已提出"},
    {"open", "待核查"},             {"cleared", "已排除"},          {"confirmed", "已确认"},
    {"precision", "查实率"},
    {"asset", "资产编号"},          {"class", "资产类别"},          {"category", "资产类型"},
    {"acquired", "购建时间"},       {"original", "原始价值"},       {"depreciation", "累计折旧"},
    {"net", "净值"},                {"owner", "产权所有人"},        {"operator", "经营主体"},
    {"certificate", "证号"},        {"group", "分组"},           {"holder", "户主"},           {"number", "本单位编号"},              {"count", "数量"},
    {"type", "文件类型"},           {"lost", "已声明遗失"},
    {"pool", "互助资金编号"},       {"bank", "受托银行"},           {"lent", "已借出"},
    {"repaid", "已归还"},           {"in_arrears", "逾期金额"},     {"overdue", "逾期笔数"},
    {"provision", "风险准备金"},    {"agreement", "借款协议编号"},  {"borrower", "借款人"},
    {"guarantee", "联保小组编号"},  {"principal", "协议金额"},      {"due_day", "到期日"},
    {"due_by", "期限"},             {"asset", "资产编号"},          {"occurrence", "应检日"},
    {"open_count", "未完成次数"},   {"score", "清晰项数"},          {"has_scope", "范围明确"},
    {"has_title", "权属明确"},      {"has_standard", "标准明确"},   {"has_money", "资金明确"},
    {"has_unit", "责任明确"},       {"route", "管护路子"},          {"office_phone", "办公电话"},
    {"keeper", "任职编号"},         {"money_a_year", "年管护经费"}, {"inspected", "最近检查"},
    {"next", "下次应检"},           {"limit", "宽限至"},            {"done_on", "完成日期"},
    {"source", "来源"},
    {"lease", "合同编号"}, {"kind", "经营方式"}, {"party", "经营主体"}, {"due_amount", "应收金额"},
    {"received", "已收金额"}, {"arrears", "欠收金额"}, {"arrears_since", "最早欠收日"},
    {"next_due", "下次应收日"}, {"next_amount", "下次应收金额"}, {"due_date", "应收日期"},
    {"open_amount", "未收金额"}, {"told", "单独登记"}, {"plan_code", "方案编号"}, {"date", "日期"},
    {"income_source", "收益来源"}, {"remaining", "剩余金额"}, {"split_rule", "分配规则"},
    {"resolution", "文号"}, {"use", "用途"}, {"people", "户数人数"}, {"parts", "份数"},
    {"holder", "姓名"}, {"distributed", "已定分配"}, {"posts", "岗位部分"}, {"share_bp", "占比"},
    {"is_enough", "是否达到"}, {"township_class", "乡镇类别"}, {"income", "收入"}, {"band", "收入档次"},
    {"townships", "乡镇数"}, {"villages", "村数"}, {"assets", "资产数"}, {"income_mean", "村均收入"},
    {"shells", "无收入村数"},
    {"photovoltaic", "光伏收入"}, {"photovoltaic_bp", "光伏占比"}, {"band_without", "不含光伏档次"},
    {"debt", "债务"}, {"what_for", "形成原因"}, {"creditor", "债权单位"}, {"cleared_amount", "已清偿"},
    {"cleared_on", "清偿完毕日"}, {"item", "标准项目"}, {"met", "是否达标"}, {"computed", "自动计算"},
    {"evidence", "佐证"},
};

static const struct name words[] = {
    {"bank account differs from that of %s/%d", "银行账号与 %s/%d 的不同"},
    {N_("awaited"), "待公开"}, {N_("overdue"), "逾期未公开"}, {N_("standing"), "公示中"},
    {N_("stood"), "公示期满"}, {N_("early"), "提前撤下"},
    {N_("sums"), "合计数"}, {N_("book line"), "账目"}, {N_("allocated"), "已分配"},
    {N_("sector_project"), "行业项目"}, {N_("planned"), "计划"}, {N_("paid_in_period"), "本期已支付"},
    {N_("passed_on"), "转出"}, {"opening", "期初"}, {"closing", "期末"}, {"paid", "已支付"},
    {"passed_down", "下拨"}, {"returned_up", "上级收回"}, {"remitted", "上缴"}, {"amount", "金额"},
    {"appropriated", "资金下达"}, {"received_from_above", "上级拨入"},
    {"recovered_from_below", "下级收回"}, {"other_receipts", "其他收入"},
    {"assigned_in", "归类转入"}, {"assigned_out", "归类转出"},
    {"reallocated_in", "调剂转入"}, {"reallocated_out", "调剂转出"},
    {N_("withheld"), "依规未列"}, {N_("replaced"), "未公开已作废"},
    {N_("fund allocation"), "资金分配结果"}, {N_("loans and entrusted"), "贷款和委托"},
    {N_("sector and paired"), "行业与协作资金"}, {N_("integration scheme"), "统筹整合方案"},
    {N_("project bank"), "项目库"}, {N_("annual plan"), "年度计划"}, {N_("completion"), "完成情况"},
    {N_("project work"), "项目实施"}, {N_("complaints and answers"), "监督举报"},
    {N_("village finance"), "村级财务"},
    {N_("open"), "待核查"}, {N_("cleared"), "已排除"}, {N_("idle"), "闲置"},
    {N_("long_idle"), "长期闲置"}, {N_("again"), "多次中标"}, {N_("december"), "年底集中支付"}, {N_("ahead"), "超进度"},
    {N_("told_late"), "迟公开"}, {N_("together"), "集中验收"}, {N_("unpaid"), "退回未重付"},
    {N_("days"), "天数"}, {N_("count"), "个"}, {N_("percent"), "%"}, {N_("share"), "万分之一"},
    {N_("fen"), "分"},
    {N_("lease"), "出租"}, {N_("rent_due"), "应收租金"}, {N_("lease_ends"), "合同到期"}, {N_("entrusted"), "委托管理"}, {N_("equity"), "入股"},
    {N_("photovoltaic"), "光伏发电"}, {N_("households"), "农户"}, {N_("post_wages"), "公益岗位工资"},
    {N_("public_works"), "公共事业"}, {N_("relief"), "救助奖补"}, {N_("reserve"), "留存"},
    {N_("leading"), "先行示范"}, {N_("regular"), "正常推进"}, {N_("intensive"), "持续攻坚"},
    {N_("no income"), "无收入"}, {N_("below the lower bound"), "下限以下"},
    {N_("lower bound and more"), "下限及以上"}, {N_("upper bound and more"), "上限及以上"},
    {N_("operational"), "经营性资产"}, {N_("public_welfare"), "公益性资产"},
    {N_("household"), "到户类资产"}, {N_("untitled"), "未确权"}, {N_("in_use"), "在用"},
    {N_("damaged"), "损毁"}, {N_("gone"), "灭失"}, {N_("sold"), "已出售"}, {N_("transferred"), "转出"},
    {N_("worn_out"), "报损"}, {N_("scrapped"), "报废"}, {N_("class"), "资产类别"},
    {N_("owner"), "产权所有人"}, {"state", "状态"}, {N_("gift"), "捐赠"},
    {N_("inherited"), "账前资金"}, {N_("labour"), "投工投劳"}, {N_("outside"), "外部资金"},
    {"goes on", "存续"}, {"ends", "已定撤销"}, {"closed", "关闭"},
    {"account", "账户"}, {"admin", "管理员"}, {"allocation", "分配下达"},
    {"appropriation", "资金下达"}, {"assignment", "归类"}, {"available", "可用"},
    {"book", "账"}, {"central", "中央"}, {"checker", "审核"},
    {"commitment", "合同占用"}, {"committed", "合同占用"}, {"confirmed", "已确认"},
    {"construction", "项目建设"}, {"county", "县级"}, {"ended", "已结束"},
    {"expired", "已到期"}, {"expiring", "即将到期"}, {"fund", "资金"},
    {"held", "待审核占用"}, {"holds", "有效"}, {"in_transit", "在途"},
    {"inspector", "监督人"}, {"level", "级次"}, {"livelihood", "民生保障"},
    {"maker", "制单"}, {"no", "否"}, {"none", "未归类"},
    {"other", "其他"}, {"over", "已届满"}, {"owed", "退回待付"},
    {"payment", "支付"}, {"pending", "待审核"}, {"posted", "已入账"},
    {"prefecture", "市级"}, {"province", "省级"}, {"publisher", "发布人"},
    {"reallocation", "调剂"}, {"receipt", "其他收入"}, {"receivable", "应收借款"},
    {"loan", "借出"}, {"repayment", "归还借款"},
    {"recovery", "收回"}, {"refund", "退款"}, {"rejected", "已驳回"},
    {"release", "释放"}, {"remittance", "上缴"}, {"repaid", "已重付"},
    {"retention", "质保金"}, {"returned", "已退回"}, {"reversal", "冲销"},
    {"reversed", "已冲销"}, {"revoked", "已撤销"}, {"settlement", "结算"},
    {"source", "来源"}, {"spent", "已支出"}, {"stuck", "滞留"},
    {"subsidy", "政策补助"}, {"to come", "未开始"}, {"total", "合计"},
    {"township", "乡级"}, {"unassigned", "未归类"}, {"unspent", "未支出"},
    {"village", "村级"}, {"void", "作废"}, {"withdrawn", "已撤回"},
    {"inspection", "巡查"}, {"service", "养护"}, {"no_holder", "无人负责"},
    {"post_ends", "任期将满"}, {"work_order", "维修单"}, {"past_due", "逾期"},
    {"upcoming", "未到期"}, {"done", "已完成"}, {"excused", "已免除"},
    {N_("specialist"), "专业"}, {N_("market"), "市场"}, {N_("self"), "自主"},
    {"unexplained", "未说明来源"}, {"received", "收到"},
    {"yes", "是"}, {"changed", "被改动"}, {"contract", "合同"},
    {"invoice", "发票"}, {"missing", "缺失"}, {"notice", "文件"},
    {"photograph", "照片"}, {"project", "项目"}, {"voucher", "凭证号"},
};
// clang-format on

static const char *find(const struct name *names, size_t count, const char *name)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if (strcmp(names[i].name, name) == 0) return names[i].chinese;
    }
    return NULL;
}

const char *table_heading_chinese(const char *name)
{
    return find(headings, ARRAY_COUNT(headings), name);
}

const char *table_word_chinese(const char *code)
{
    const char *chinese = find(words, ARRAY_COUNT(words), code);

    return chinese != NULL ? chinese : code;
}
