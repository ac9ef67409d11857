/*
 * negative_list.c - what the rules of the funds forbid to pay for (负面清单).
 *
 * 1. NEG01 to NEG05 stand in 财农〔2021〕19号; the others are additions that counties have
 * published.
 * 2. An item holds from the first day of the rule on, by the event date of the voucher.
 * 3. A keyword is found however its characters are set apart by what is no letter or digit, and in
 *    whatever form they are typed: ⾦ (the radical, U+2FA6) and ㊎ are read as 金.
 * 4. A keyword is a hard stop, and a lead, not a judgement: a use that is lawful all the same
 * passes by an exception that two administrators sign for the voucher's reference.
 */
#include "ledger/funds/negative_list.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/compiler.h"

#define FORMS_OF_FORMS_MAX 4
#define KEYWORDS_MAX       9
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

static bool is_ideograph(ucs4_t character)
{
    return character >= 0x4E00 && character <= 0x9FFF;
}

/* The one character that a character is a form of (the compatibility mappings of Unicode), or
   itself. What stands for several is left alone, so that a text never grows. */
static ucs4_t plain_form(ucs4_t character)
{
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    int tag;

    if (character < 0x80 || is_ideograph(character)) return character;
    for (int i = 0; i < FORMS_OF_FORMS_MAX; i++) {
        if (uc_decomposition(character, &tag, parts) != 1) break;
        character = parts[0];
    }
    return character;
}

static bool is_letter_or_digit(ucs4_t character)
{
    return is_ideograph(character) ||
           uc_is_general_category_withtable(character, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N);
}

void negative_list_squeeze(const char *text, char out[NEGATIVE_LIST_TEXT_SIZE])
{
    const uint8_t *at = (const uint8_t *)text;
    size_t left = strlen(text), size = 0;

    while (left > 0) {
        ucs4_t character;
        size_t used = (size_t)u8_mbtouc(&character, at, left);

        character = plain_form(character);
        if (is_letter_or_digit(character)) {
            int written = u8_uctomb((uint8_t *)out + size, character,
                                    (ptrdiff_t)(NEGATIVE_LIST_TEXT_SIZE - 1 - size));

            if (written < 0) break;
            size += (size_t)written;
        }
        at += used;
        left -= used;
    }
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
