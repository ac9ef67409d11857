/*
 * table_headings.c - what the columns of listings are called in Chinese, for sheets.
 *
 * One name, one heading, in every listing; tests/cli/test_report.sh looks for columns without one.
 */
#include <string.h>

#include "cli/table.h"

// clang-format off
static const struct {
    const char *name, *chinese;
} headings[] = {
    {"accepted", "已验收"},         {"act", "事项"},                {"after", "变动后"},
    {"amount", "金额"},             {"arrived", "到位资金"},        {"arrived_days", "到位天数"},
    {"assigned", "已归类"},         {"available", "可用"},          {"before", "变动前"},
    {"body", "内容"},               {"book", "台账类别"},           {"by", "提出人"},
    {"change", "变动"},             {"checker", "审核"},            {"closing", "期末余额"},
    {"committed", "合同占用"},      {"contract", "合同编号"},       {"days", "天数"},
    {"division", "行政区划代码"},   {"division_name", "行政区划"},  {"document", "指标文号"},
    {"event_date", "业务日期"},     {"expires_days", "距到期天数"}, {"from", "转出账户"},
    {"fund", "资金编号"},           {"held", "待审核占用"},         {"idle_days", "闲置天数"},
    {"in", "借方发生额"},           {"in_transit", "在途"},         {"left", "结余可用"},
    {"level", "资金级次"},          {"line", "行号"},               {"line_count", "行数"},
    {"maker", "制单"},              {"movement", "资金变动"},       {"name", "名称"},
    {"note", "提示"},               {"now", "现余额"},              {"opening", "期初余额"},
    {"out", "贷方发生额"},          {"outside", "账外资金"},        {"owed", "退回待付"},
    {"paid", "已支付"},             {"payee", "收款人"},            {"percent", "进度"},
    {"plan", "计划资金"},           {"policy", "政策"},             {"progress", "支付进度"},
    {"project", "项目编号"},        {"act_seq", "依据条目"},        {"purpose", "封存内容"},
    {"proposal", "提案"},           {"receivable", "应收"},
    {"reference", "业务编号"},      {"result", "效果"},             {"retention", "质保金"},
    {"role", "状态"},               {"row", "行类"},                {"seq", "条目"},
    {"spent", "已支付"},            {"state", "状态"},              {"text", "摘要"},
    {"tier", "层级"},               {"to", "转入账户"},             {"unassigned", "未归类"},
    {"voucher", "凭证号"},          {"waiting", "其他占用"},        {"what", "情形"},
    {"year", "年度"},
};
// clang-format on

const char *table_heading_chinese(const char *name)
{
    size_t i;

    for (i = 0; i < ARRAY_COUNT(headings); i++) {
        if (strcmp(headings[i].name, name) == 0) return headings[i].chinese;
    }
    return NULL;
}
