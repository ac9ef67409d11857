/* aid.c - columns and words of the sheets of mutual aid. */
#include "importers/aid.h"

#define R COLUMN_REQUIRED
#define M COLUMN_MONEY
#define P COLUMN_IDENTITY

// clang-format off
static const struct column pool_list[] = {
    {"互助资金编号|资金池编号|pool|code", R, "HZ-01"},
    {"行政村|村|行政区划|division", R, "云镇村"},
    {"资金编号|指标编号|fund", R, "2021-互助-01"},
    {"台账类别|账类|book", R, "政策补助"},
    {"受托银行|银行|bank", R, "镇安农村商业银行"},
    {"统一社会信用代码|信用代码|uscc|credit code", R, "91611025MA70A1B23G"},
    {"单户上限(%)|单户上限|limit (%)|limit", R, "10"},
    {"设立日期|日期|date", R, "2021-02-08"},
    {"文号|依据文号|document", 0, "镇互助〔2021〕1号"},
};
static const size_t pool_fields[] = {POOL_CODE, POOL_DIVISION, POOL_FUND, POOL_BOOK, POOL_BANK,
    POOL_USCC, POOL_LIMIT, POOL_DATE, POOL_DOCUMENT};

static const struct column entrustment_list[] = {
    {"互助资金编号|资金池编号|pool", R, "HZ-01"},
    {"协议编号|委托管理协议编号|document", R, "委托2021-01"},
    {"签订日期|日期|date", R, "2021-02-08"},
    {"起始日期|first day", R, "2021-02-08"},
    {"到期日期|截止日期|last day", R, "2024-02-07"},
};
static const size_t entrustment_fields[] = {ENTRUSTMENT_POOL, ENTRUSTMENT_DOCUMENT,
    ENTRUSTMENT_DATE, ENTRUSTMENT_FIRST, ENTRUSTMENT_LAST};

static const struct column guarantee_list[] = {
    {"联保小组编号|联保小组|guarantee|group", R, "LB-7Q2M"},
    {"成员序号|member", R, "1"},
    {"互助资金编号|资金池编号|pool", R, "HZ-01"},
    {"姓名|成员姓名|name", R | P, "张某某"},
    {"身份证号|身份证号码|公民身份号码|id number", R | P, "11010519491231002X"},
    {"签订日期|日期|date", R, "2021-03-01"},
    {"协议编号|联保协议编号|document", 0, "联保2021-03"},
};
static const size_t guarantee_fields[] = {GUARANTEE_CODE, GUARANTEE_MEMBER, GUARANTEE_POOL,
    GUARANTEE_NAME, GUARANTEE_ID, GUARANTEE_DATE, GUARANTEE_DOCUMENT};

static const struct column agreement_list[] = {
    {"借款协议编号|借款协议|agreement|code", R, "JK-7Q2M"},
    {"互助资金编号|资金池编号|pool", R, "HZ-01"},
    {"联保小组编号|联保小组|guarantee|group", R, "LB-7Q2M"},
    {"姓名|借款人|name|borrower", R | P, "张某某"},
    {"身份证号|身份证号码|公民身份号码|id number", R | P, "11010519491231002X"},
    {"借款金额|金额|本金|principal|amount", R | M, "5000"},
    {"年费率(%)|年费率|年利率(%)|年利率|占用费率|rate (%)|rate", R, "4.35"},
    {"起始日期|借款日期|first day", R, "2021-03-10"},
    {"签订日期|日期|date", R, "2021-03-08"},
    {"到期日期|还款日期|due day|due", R, "2022-03-09"},
    {"纸质协议编号|协议文号|document", 0, "借2021-015"},
};
static const size_t agreement_fields[] = {AGREEMENT_CODE, AGREEMENT_POOL, AGREEMENT_GUARANTEE,
    AGREEMENT_NAME, AGREEMENT_ID, AGREEMENT_PRINCIPAL, AGREEMENT_RATE, AGREEMENT_FIRST,
    AGREEMENT_DATE, AGREEMENT_DUE, AGREEMENT_DOCUMENT};

static const struct column provision_list[] = {
    {"互助资金编号|资金池编号|pool", R, "HZ-01"},
    {"日期|计提日期|date", R, "2021-12-31"},
    {"风险准备金|准备金|金额|amount", R | M, "3000"},
    {"文号|依据文号|document", 0, "镇互助〔2021〕9号"},
    {"来源|说明|text", 0, "占用费提取"},
};
static const size_t provision_fields[] = {PROVISION_POOL, PROVISION_DATE, PROVISION_AMOUNT,
    PROVISION_DOCUMENT, PROVISION_TEXT};

static const struct record_word words[] = {
    {"项目建设", "construction"},
    {"民生保障", "livelihood"},
    {"政策补助", "subsidy"},
    {NULL, NULL},
};
// clang-format on

AID_SHEETS(RECORD_SHEET_DEFINE)
