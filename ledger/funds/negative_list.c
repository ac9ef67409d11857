/*
 * negative_list.c - what the rules of the funds forbid to pay for (负面清单).
 *
 * 1. NEG01 to NEG05 stand in 财农〔2021〕19号; the others are additions that counties have
 * published.
 * 2. An item holds from the first day of the rule on, by the event date of the voucher.
 * 3. A keyword is found however its characters are set apart by blanks and marks.
 * 4. A keyword is a hard stop, and a lead, not a judgement: a use that is lawful all the same
 * passes by an exception that two administrators sign for the voucher's reference.
 */
#include "ledger/funds/negative_list.h"

#include <assert.h>
#include <string.h>

#include "base/compiler.h"

#define KEYWORDS_MAX 9
#define RULE_FIRST_DAY                                                                             \
    18712 /* 2021-03-26, the date of 财农〔2021〕19号, in days since 1970-01-01 */

struct item {
    const char *code;
    const char *name;
    int32_t first_day;
    const char *keywords[KEYWORDS_MAX]; /* NULL-terminated */
};

// clang-format off
static const struct item items[] = {
    {"NEG01", "单位基本支出 (running costs of offices)", RULE_FIRST_DAY,
     {"单位基本支出", "办公经费", "公用经费", "人员经费", NULL}},
    {"NEG02", "交通工具及通讯设备 (vehicles and telephones)", RULE_FIRST_DAY,
     {"交通工具", "公务用车", "小汽车", "轿车", "通讯设备", "购置手机", NULL}},
    {"NEG03", "修建楼堂馆所 (office buildings, halls and guest houses)", RULE_FIRST_DAY,
     {"楼堂馆所", "办公楼", "招待所", NULL}},
    {"NEG04", "各种奖金津贴和福利补助 (bonuses, allowances and staff benefits)", RULE_FIRST_DAY,
     {"奖金", "津贴", "津补贴", "福利补助", "福利费", NULL}},
    {"NEG05", "偿还债务和垫资 (debts and money advanced)", RULE_FIRST_DAY,
     {"偿还债务", "偿债", "还债", "债务清偿", "偿还贷款", "归还贷款", "垫资", NULL}},
    {"NEG06", "弥补企业亏损 (losses of enterprises)", RULE_FIRST_DAY, {"企业亏损", NULL}},
    {"NEG07", "弥补预算缺口 (gaps in budgets)", RULE_FIRST_DAY, {"预算缺口", "预算支出缺口", NULL}},
    {"NEG08", "大中型基建 (large and medium capital works)", RULE_FIRST_DAY,
     {"大中型基建", "大中型基本建设", NULL}},
    {"NEG09", "城市基础设施 (urban infrastructure)", RULE_FIRST_DAY,
     {"城市基础设施", "城镇基础设施", NULL}},
    {"NEG10", "企业担保金 (guarantees for enterprises)", RULE_FIRST_DAY, {"担保金", NULL}},
    {"NEG11", "非农投入 (what is not agriculture)", RULE_FIRST_DAY, {"非农投入", "非农产业", NULL}},
    {"NEG12", "村干部报酬 (pay of village officials)", RULE_FIRST_DAY,
     {"村干部报酬", "村干部工资", "村干部补贴", NULL}},
    {"NEG13", "村级运转经费 (running costs of villages)", RULE_FIRST_DAY, {"村级运转", NULL}},
    {"NEG14", "村办公场所 (village offices)", RULE_FIRST_DAY, {"村办公场所", "村级办公场所", NULL}},
};
// clang-format on

size_t negative_list_count(void)
{
    assert(ARRAY_COUNT(items) <= NEGATIVE_LIST_MAX);
    return ARRAY_COUNT(items);
}

const char *negative_list_code(size_t item)
{
    assert(item < ARRAY_COUNT(items));
    return items[item].code;
}

const char *negative_list_name(size_t item)
{
    assert(item < ARRAY_COUNT(items));
    return items[item].name;
}

bool negative_list_holds(size_t item, date_t day)
{
    assert(item < ARRAY_COUNT(items));
    return day.days >= items[item].first_day;
}

/* Blanks and marks: those of ASCII, U+00A0 to U+00BF, U+2000 to U+206F, U+3000 to U+303F and U+FF00
   to U+FF0F. The size of the one at `at`, or 0. */
static size_t gap_size(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;
    bool is_letter = (byte[0] >= 'a' && byte[0] <= 'z') || (byte[0] >= 'A' && byte[0] <= 'Z');
    bool is_digit = byte[0] >= '0' && byte[0] <= '9';

    if (byte[0] == '\0') return 0;
    if (byte[0] < 0x80) return is_letter || is_digit ? 0 : 1;
    if (byte[0] == 0xC2 && byte[1] >= 0xA0) return 2;
    if (byte[0] == 0xE2 && (byte[1] == 0x80 || (byte[1] == 0x81 && byte[2] <= 0xAF))) return 3;
    if (byte[0] == 0xE3 && byte[1] == 0x80) return 3;
    return byte[0] == 0xEF && byte[1] == 0xBC && byte[2] <= 0x8F ? 3 : 0;
}

static const char *skip_gaps(const char *at)
{
    for (size_t size = gap_size(at); size > 0; size = gap_size(at))
        at += size;
    return at;
}

void negative_list_squeeze(const char *text, char out[NEGATIVE_LIST_TEXT_SIZE])
{
    size_t size = 0;

    for (const char *at = skip_gaps(text); *at != '\0' && size < NEGATIVE_LIST_TEXT_SIZE - 1;
         at = skip_gaps(at + 1))
        out[size++] = *at;
    out[size] = '\0';
}

const char *negative_list_find(size_t item, const char *squeezed)
{
    assert(item < ARRAY_COUNT(items));
    if (squeezed[0] == '\0') return NULL;
    for (size_t i = 0; items[item].keywords[i] != NULL; i++)
        if (strstr(squeezed, items[item].keywords[i]) != NULL) return items[item].keywords[i];
    return NULL;
}

bool negative_list_has_code(const char *code)
{
    for (size_t i = 0; i < ARRAY_COUNT(items); i++)
        if (strcmp(items[i].code, code) == 0) return true;
    return false;
}
