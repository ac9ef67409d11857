/*
 * data_tables.c - what stands in each table, and where in a document it comes from.
 *
 * Tables are tidy: one thing a row, one property a column, no sums among what they are sums of.
 * Adding a column is a line here and one in docs/disclosure.md; none is taken away.
 */
#include "exporters/data.h"

/* clang-format off: tables are read by column */

#define AMOUNT(name, from, chinese, english)                                                       \
    {name "fen", DATA_INTEGER, from "@fen", chinese "（分）", english ", fen (1/100 yuan)"},       \
    {                                                                                              \
        name "yuan", DATA_YUAN, from "@fen", chinese "（元）", english ", yuan"                    \
    }
#define DIVISION                                                                                   \
    {"division", DATA_DIVISION, "/@division", "单位代码", "code of the division that tells it"},   \
        {"division_name", DATA_STRING, "/division/@name", "单位", "its name"},                     \
    {                                                                                              \
        "level", DATA_STRING, "/division/@level", "层级", "county, township or village"            \
    }
#define BOOK(from)                                                                                     \
    {                                                                                                  \
        "book", DATA_STRING, from, "账册",                                                             \
            "construction 项目建设, livelihood 民生保障, subsidy 政策补助, none 未归类" \
    }
#define SIDE                                                                                       \
    {                                                                                              \
        "side", DATA_STRING, "<>", "方向",                                                         \
            "opening + in = out + closing; standing says where closing stands; withheld: not "     \
            "published"                                                                            \
    }
#define TERM                                                                                       \
    {                                                                                              \
        "term", DATA_STRING, "@term|@role", "项",                                                  \
            "of in and out the term of the law, of standing the role of the account; else empty"   \
    }
#define REASON(from)                                                                               \
    {                                                                                              \
        "withheld", DATA_STRING, from, "不公开的原因",                                             \
            "why there is no figure: sealed_totals, or secondary (it would let another be worked out)"       \
    }

static const struct data_field divisions[] = {
    {"code", DATA_STRING, "@division", "单位代码", "code of the division"},
    {"name", DATA_STRING, "division/@name", "单位", "its name"},
    {"level", DATA_STRING, "division/@level", "层级", "county, township or village"},
    {"parent", DATA_STRING, "division/@parent", "上级单位代码", "code of the division it lies in"},
    {"ended", DATA_DATE, "division/@ended", "撤销日期", "its last day, when it has ended"},
    AMOUNT("opening_", "summary/opening/", "期初", "opening, all printed lines"),
    AMOUNT("received_", "summary/received/", "收到", "received in the period"),
    AMOUNT("spent_", "summary/spent/", "支出", "spent in the period"),
    AMOUNT("passed_on_", "summary/passed_on/", "下拨和上缴", "passed on in the period"),
    AMOUNT("closing_", "summary/closing/", "期末", "closing"),
    {"withheld_lines", DATA_INTEGER, "summary/@withheld_lines", "不公开的账目数",
     "lines that are in none of these sums, because they are withheld"},
    {"document", DATA_STRING, "#document", "公开文件", "the signed document, beside this folder"},
    {"digest", DATA_STRING, "#digest", "文件摘要",
     "its DigestValue: SHA-256 of its exclusive C14N without Signature, base64"},
    {"replaces", DATA_STRING, "@replaces", "被更正文件摘要", "DigestValue of the one it corrects"},
};

static const struct data_field lines[] = {
    DIVISION,
    BOOK("@book|../../@name"),
    {"fund", DATA_FUND, "@fund|../@fund", "资金代码", "code of the fund"},
    SIDE,
    TERM,
    AMOUNT("", "", "金额", "amount"),
    REASON("@reason"),
};

static const struct data_field below[] = {
    DIVISION,
    BOOK("@book|../@name"),
    SIDE,
    TERM,
    AMOUNT("", "", "金额", "amount over all divisions below"),
    {"lines", DATA_INTEGER, "../@lines", "汇总账目数", "lines in the sum"},
    {"withheld_lines", DATA_INTEGER, "@lines|../@withheld_lines", "未计入账目数",
     "lines below that are in no figure"},
    REASON("@reason"),
};

static const struct data_field transfers[] = {
    DIVISION,
    {"fund", DATA_FUND, "../@code", "资金代码", "code of the fund"},
    {"side", DATA_STRING, "<>", "方向", "in or out, as the division sees it"},
    {"term", DATA_STRING, "@term", "项", "the term of the law"},
    {"other", DATA_STRING, "@division", "对方代码", "code of the division at the other end"},
    {"other_name", DATA_STRING, "@division_name", "对方", "its name"},
    AMOUNT("", "", "金额", "amount"),
};

static const struct data_field funds[] = {
    {"code", DATA_STRING, "@code", "资金代码", "code of the fund"},
    {"name", DATA_STRING, "@name", "资金名称", "its name"},
    {"document", DATA_STRING, "@document", "指标文号", "the document that granted it"},
    {"level", DATA_STRING, "@level", "来源级次",
     "who granted it: central, province, city, county …"},
    {"year", DATA_INTEGER, "@year", "年度", "year"},
    {"books", DATA_STRING, "@books", "可用账册", "books that it may be spent from"},
    {"expiry", DATA_DATE, "@expiry", "使用期限", "last day for spending it"},
    AMOUNT("ceiling_", "ceiling/", "文件总额", "sum that the document grants"),
};

static const struct data_field projects[] = {
    {"code", DATA_STRING, "@code", "项目代码", "code of the project"},
    {"name", DATA_STRING, "@name", "项目", "its name"},
    DIVISION,
    BOOK("@book"),
    {"category", DATA_STRING, "@category", "项目类别", "kind of project"},
    {"nature", DATA_STRING, "@nature", "建设性质", "new, extended …"},
    {"unit", DATA_STRING, "@unit", "责任单位", "office that answers for it"},
    {"office_phone", DATA_STRING, "@office_phone", "办公电话", "its telephone"},
    {"start", DATA_DATE, "@start", "开工", "first day"},
    {"end", DATA_DATE, "@end", "完工", "last day"},
    {"beneficiaries", DATA_INTEGER, "@beneficiaries", "受益户数", "households that benefit"},
    {"percent", DATA_INTEGER, "@percent", "进度（％）", "progress, per cent"},
    {"accepted", DATA_BOOLEAN, "@accepted", "已验收", "whether it was accepted"},
    {"task", DATA_STRING, "task/.", "建设任务", "what is to be done"},
    {"target", DATA_STRING, "target/.", "绩效目标", "what is to be reached"},
    {"participation", DATA_STRING, "participation/.", "群众参与", "how people take part"},
    {"mechanism", DATA_STRING, "mechanism/.", "带贫减贫机制", "how it helps poor households"},
    {"result", DATA_STRING, "result/.", "结果", "what was reached"},
    AMOUNT("planned_", "planned/", "计划", "planned"),
    AMOUNT("paid_", "paid/", "已付", "paid by the period's end"),
    AMOUNT("paid_in_period_", "paid_in_period/", "本期付", "paid in the period"),
    REASON("#withheld"),
};

static const struct data_field plans[] = {
    {"project", DATA_PROJECT, "../@code", "项目代码", "code of the project"},
    {"line", DATA_INTEGER, "@line", "筹资行号", "number of the financing line"},
    {"fund", DATA_FUND, "@fund", "资金代码",
     "code of the fund; empty: money from outside these accounts"},
    {"source", DATA_STRING, "@source", "其他来源", "where money from outside comes from"},
    AMOUNT("planned_", "planned/", "计划", "planned"),
    AMOUNT("paid_", "paid/", "已付", "paid; empty when it isn't told"),
};

static const struct data_field contracts[] = {
    {"code", DATA_STRING, "@code", "合同编号", "code of the contract"},
    {"project", DATA_PROJECT, "../@code", "项目代码", "code of the project"},
    {"contractor", DATA_STRING, "@contractor", "承包单位", "who works"},
    {"uscc", DATA_STRING, "@uscc", "统一社会信用代码", "its unified social credit code"},
    {"signed_on", DATA_DATE, "@signed_on", "签订日期", "day of the contract"},
    {"start", DATA_DATE, "@start", "开工", "first day"},
    {"end", DATA_DATE, "@end", "完工", "last day"},
    {"retention_bp", DATA_INTEGER, "@retention_bp", "质保金比例（万分之）",
     "part held back, 1/10,000"},
    AMOUNT("price_", "price/", "合同价", "price"),
    AMOUNT("committed_", "committed/", "已承诺未付", "bound by it and not yet paid; empty when it isn't told"),
    AMOUNT("paid_", "paid/", "已付", "paid; empty when it isn't told"),
    AMOUNT("retained_", "retention/", "质保金", "held back"),
    AMOUNT("final_price_", "final_price/", "结算价", "price once it was settled"),
};

static const struct data_field attention[] = {
    DIVISION,
    {"what", DATA_STRING, "@what|../<>", "情况", "unspent, stuck (too long here) or expired"},
    BOOK("@book"),
    {"fund", DATA_FUND, "@fund", "资金代码", "code of the fund"},
    {"role", DATA_STRING, "@role", "所在账户", "role of the account"},
    {"days", DATA_INTEGER, "@days", "天数", "days that it has stood here, or since it expired"},
    {"limit", DATA_INTEGER, "@limit", "期限（天）", "days after which money counts as stuck"},
    AMOUNT("", "", "金额", "amount"),
    REASON("@reason"),
};

static const struct data_field matters[] = {
    DIVISION,
    {"matter", DATA_STRING, "../../@code|../@code", "公开事项",
     "which of the things to disclose"},
    {"thing", DATA_STRING, "<>", "内容", "what is told: element of the document"},
    {"code", DATA_STRING, "@code|@voucher", "编号", "its code"},
    {"name", DATA_STRING, "@name|@fund_name|@borrower", "名称", "its name"},
    {"document", DATA_STRING, "@document", "文号", "document"},
    {"date", DATA_DATE, "@date|@first", "日期", "day of the event"},
    {"due", DATA_DATE, "@due", "公开期限", "last day for disclosing it in time"},
    {"fund", DATA_STRING, "@fund", "资金代码", "code of the fund"},
    {"from", DATA_STRING, "@from", "拨出单位代码", "code of the division that gave"},
    {"to", DATA_STRING, "@to", "拨入单位代码", "code of the division that got"},
    {"fen", DATA_INTEGER, "@fen|total/@fen", "金额（分）", "amount, of a plan its total, fen (1/100 yuan)"},
    {"yuan", DATA_YUAN, "@fen|total/@fen", "金额（元）", "amount, of a plan its total, yuan"},
    AMOUNT("planned_", "planned/", "计划", "planned"),
    AMOUNT("paid_", "paid/", "已付", "paid"),
    AMOUNT("subsidy_", "subsidy/", "贴息", "subsidy"),
    {"plan", DATA_STRING, "@plan|../@code", "计划编号",
     "code of the plan"},
    {"source_level", DATA_STRING, "@level", "资金级次",
     "who gives the money"},
    {"fund_document", DATA_STRING, "@fund_document", "指标文号",
     "document of the fund"},
    {"movement", DATA_STRING, "@movement", "资金变动",
     "what it does"},
    {"reverses", DATA_STRING, "@reverses", "冲销凭证",
     "voucher that it reverses"},
    {"principle", DATA_STRING, "principle/.|text/.", "分配原则",
     "by what principle"},
    {"place", DATA_STRING, "@place|@division_name", "实施地点",
     "where it is"},
    {"category", DATA_STRING, "@category", "类别",
     "category"},
    {"nature", DATA_STRING, "@nature", "建设性质",
     "nature"},
    {"channel", DATA_STRING, "@channel", "资金渠道",
     "kind of sector money"},
    {"unit", DATA_STRING, "@unit|@party", "单位",
     "unit that carries it out, or party to whom it is entrusted"},
    {"uscc", DATA_STRING, "@uscc", "统一社会信用代码",
     "credit code"},
    {"responsible", DATA_STRING, "@responsible", "责任人职务",
     "post that answers for it"},
    {"office_phone", DATA_STRING, "@office_phone", "办公电话",
     "office telephone"},
    {"standard", DATA_STRING, "@standard", "补助标准",
     "rate of the subsidy"},
    {"beneficiaries", DATA_INTEGER, "@beneficiaries|@persons", "受益户数或人数",
     "households that benefit, or people"},
    {"start", DATA_DATE, "@start", "开工",
     "begins"},
    {"end", DATA_DATE, "@end|@ends", "完工或到期",
     "ends"},
    {"months", DATA_INTEGER, "@months", "期限（月）",
     "term in months"},
    {"rate_bp", DATA_INTEGER, "@rate_bp|@return_bp", "年利率或收益率（万分之一）",
     "interest or return a year, 1/10,000"},
    {"use", DATA_STRING, "use/.", "用途",
     "what it is for"},
    {"task", DATA_STRING, "task/.", "建设任务",
     "task"},
    {"target", DATA_STRING, "target/.", "绩效目标",
     "performance target"},
    {"participation", DATA_STRING, "participation/.", "群众参与",
     "how people take part"},
    {"mechanism", DATA_STRING, "mechanism/.", "带贫减贫机制",
     "how it helps poor households"},
    {"result", DATA_STRING, "result/.", "实施结果",
     "result"},
    {"percent", DATA_INTEGER, "@percent", "进度（%）",
     "progress"},
    {"accepted_on", DATA_DATE, "@accepted_on", "验收日期",
     "day of its acceptance"},
    {"accepted_by", DATA_STRING, "@accepted_by", "验收单位",
     "who accepted it"},
    {"acceptance", DATA_STRING, "acceptance/.", "验收意见",
     "finding"},
    {"target_met", DATA_STRING, "target_achieved/@met", "绩效目标实现",
     "fully, partly, no"},
    {"target_what", DATA_STRING, "target_achieved/@what", "绩效目标实现情况",
     "what of the target was reached"},
    {"mechanism_met", DATA_STRING, "mechanism_achieved/@met", "机制实现",
     "fully, partly, no"},
    {"mechanism_what", DATA_STRING, "mechanism_achieved/@what", "机制实现情况",
     "how it helped"},
    {"received", DATA_DATE, "complaint:@received", "受理日期",
     "day on which a complaint came"},
    {"outcome", DATA_STRING, "@outcome", "办理结果",
     "outcome"},
    {"answer", DATA_STRING, "answer/.", "答复",
     "answer"},
    {"address", DATA_STRING, "@address", "地址",
     "address"},
    {"hours", DATA_STRING, "@hours", "受理时间",
     "hours"},
    {"period", DATA_STRING, "@period|@about", "期间",
     "quarter, month or year that it tells of"},
    {"reason", DATA_STRING, "reason/.", "原因",
     "why it left the bank"},
    {"withheld", DATA_STRING, "@withheld", "不公开的原因",
     "why what was paid isn't told"},
    BOOK("@book"),
    {"from_name", DATA_STRING, "@from_name", "拨出单位",
     "name of the division that gave"},
    {"to_name", DATA_STRING, "@to_name", "拨入单位",
     "name of the division that got"},
    {"located", DATA_STRING, "@division", "所在单位代码",
     "code of the division that it lies in or belongs to"},
    {"year", DATA_INTEGER, "@year", "年度",
     "year of the plan"},
    {"replaces", DATA_STRING, "@replaces", "替代的计划",
     "code of the plan that it replaces"},
    {"what", DATA_STRING, "@what", "委托内容",
     "what is entrusted: asset or fund"},
    {"done", DATA_BOOLEAN, "@done", "已完成",
     "whether it is complete"},
    {"answered", DATA_DATE, "complaint:@answered", "答复日期",
     "day on which a complaint was answered"},
    {"received_count", DATA_INTEGER, "complaints:@received", "受理件数",
     "complaints that came in the period"},
    {"answered_count", DATA_INTEGER, "complaints:@answered", "答复件数",
     "complaints answered"},
    {"open_count", DATA_INTEGER, "@open", "未答复件数",
     "complaints still open"},
    {"overdue_count", DATA_INTEGER, "@overdue", "超期件数",
     "of these, past their day"},
    {"last", DATA_DATE, "@last", "公示截止",
     "last day of a notice"},
    {"taken_down", DATA_DATE, "@taken_down", "揭下日期",
     "last day on which it hung"},
    {"subject", DATA_STRING, "@subject", "公示对象编号",
     "code of what the notice is about"},
    {"corrects", DATA_STRING, "@corrects", "更正的公示",
     "code of the notice that it corrects"},
    {"things", DATA_INTEGER, "@things", "未列条数",
     "of left_out: so many belong to lines that are withheld"},
};

static const struct data_field matters_money[] = {
    DIVISION,
    {"matter", DATA_STRING, "../../../@code|../../@code", "公开事项",
     "which of the things to disclose"},
    {"thing", DATA_STRING, "../<>", "内容", "what it is the money of, as in matters.csv"},
    {"code", DATA_STRING, "../@code", "编号", "its code: of a project or a plan"},
    {"fund", DATA_STRING, "@fund", "资金代码", "code of the fund; empty: not money of these accounts"},
    {"source", DATA_STRING, "@source|@name", "来源", "where else it comes from"},
    {"source_level", DATA_STRING, "@level", "资金级次", "who gives it"},
    {"use", DATA_STRING, "@use", "用途", "what it is for"},
    AMOUNT("", "", "金额", "amount"),
};

static const struct data_field catalogue[] = {
    {"level", DATA_STRING, "/division/@level", "公开层级", "level of the divisions that it is for"},
    {"matter", DATA_STRING, "../@code", "公开事项代码", "which of the things to disclose"},
    {"item", DATA_STRING, "@item", "公开事项", "its name"},
    {"content", DATA_STRING, "@content", "公开内容（要素）", "what must be told"},
    {"basis", DATA_STRING, "@basis", "公开依据", "by what rule"},
    {"time_limit", DATA_STRING, "@time_limit", "公开时限", "by when, in words"},
    {"working_days", DATA_INTEGER, "@working_days", "工作日", "working days after the event"},
    {"standing_days", DATA_INTEGER, "@standing_days", "公示天数", "days that it stands; 0: for ever"},
    {"publisher", DATA_STRING, "@publisher", "公开主体", "who discloses it"},
    {"channel", DATA_STRING, "@channel", "公开渠道和载体", "where"},
    {"audience", DATA_STRING, "@audience", "公开对象", "to whom"},
    {"way", DATA_STRING, "@way", "公开方式", "on one's own motion, or on request"},
    {"levels", DATA_STRING, "@levels", "应公开的层级", "levels that must disclose it"},
    {"duty", DATA_BOOLEAN, "@duty", "本级应公开", "whether this level must"},
};

#define TABLE(name) name, sizeof name / sizeof name[0]

const struct data_table data_tables[] = {
    {"divisions",
     "每个单位一行：收支总数和签名文件",
     "a row a division: its sums and its signed document",
     {"", NULL},
     NULL,
     "code",
     false,
     TABLE(divisions)},
    {"lines",
     "每个单位每册账每笔资金的收支",
     "what came, went and stands: by division, book and fund",
     {"books/book/line/*", "withheld/item=line"},
     NULL,
     NULL,
     false,
     TABLE(lines)},
    {"below",
     "下级单位合计",
     "sums over the divisions below",
     {"below/book/*", "withheld/item=below_total"},
     NULL,
     NULL,
     false,
     TABLE(below)},
    {"transfers",
     "单位之间的资金往来",
     "money between divisions, and from and to outside",
     {"funds/fund/in", "funds/fund/out"},
     NULL,
     NULL,
     false,
     TABLE(transfers)},
    {"funds", "资金", "funds", {"funds/fund", NULL}, NULL, "code", true, TABLE(funds)},
    {"projects",
     "项目",
     "projects",
     {"projects/project", NULL},
     NULL,
     "code",
     false,
     TABLE(projects)},
    {"plans",
     "项目筹资",
     "how projects are financed",
     {"projects/project/plan", "projects/project/outside"},
     NULL,
     NULL,
     false,
     TABLE(plans)},
    {"contracts",
     "合同",
     "contracts",
     {"projects/project/contract", NULL},
     NULL,
     "code",
     false,
     TABLE(contracts)},
    {"attention",
     "未用、滞留和过期的资金",
     "money unspent, stuck or expired at the period's end",
     {"attention/*/item", "withheld/item=stuck"},
     NULL,
     NULL,
     false,
     TABLE(attention)},
    {"matters",
     "公开事项的全部内容",
     "what is told under each matter, with every field that it has",
     {"matters/matter/*", "matters/matter/plan/planned"},
     "|catalogue|nothing|",
     NULL,
     false,
     TABLE(matters)},
    {"matters_money",
     "公开事项的资金来源",
     "where the money of projects and plans under the matters comes from",
     {"matters/matter/*/money", "matters/matter/plan/planned/money", "matters/matter/plan/source"},
     NULL,
     NULL,
     false,
     TABLE(matters_money)},
    {"catalogue",
     "公开目录：每一层级每一事项一行",
     "the catalogue: a row a level and matter, more where places have terms of their own",
     {"matters/matter/catalogue", NULL},
     NULL,
     NULL,
     true,
     TABLE(catalogue)},
};

/* clang-format on */

const size_t data_table_count = sizeof data_tables / sizeof data_tables[0];

_Static_assert(sizeof data_tables / sizeof data_tables[0] <= DATA_TABLES_MAX, "tables fit");
