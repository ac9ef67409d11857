/*
 * money_words.c - amounts in capital numerals, four digits at a time.
 *
 * 1. `text` is filled from the front; what is written never has to be taken back.
 * 2. A 零 is written when a later digit comes, not when the zeros do, so that none stands at an end
 *    and no two stand together.
 */
#include "base/money_words.h"

#include <assert.h>
#include <string.h>

#define SECTION 10000 /* four digits: from 元 to 万, from 万 to 亿 */

struct words {
    char *text;
    size_t size;
};

static void add(struct words *words, const char *text)
{
    size_t size = strlen(text);

    assert(words->size + size < MONEY_WORDS_SIZE);
    memcpy(words->text + words->size, text, size + 1);
    words->size += size;
}

static void add_digit(struct words *words, int digit, const char *unit)
{
    static const char *const digits[] = {"零", "壹", "贰", "叁", "肆",
                                         "伍", "陆", "柒", "捌", "玖"};

    add(words, digits[digit]);
    add(words, unit);
}

/* Four digits and the unit behind them. `is_first`: nothing was written before; `after_zeros`: the
   four digits before these are all zeros. */
static void add_section(struct words *words, int value, const char *unit, bool is_first,
                        bool after_zeros)
{
    static const struct {
        int worth;
        const char *unit;
    } places[] = {{1000, "仟"}, {100, "佰"}, {10, "拾"}, {1, ""}};
    bool owes_zero = after_zeros;
    bool any = !is_first;

    for (size_t i = 0; i < ARRAY_COUNT(places); i++) {
        int digit = value / places[i].worth % 10;

        if (digit == 0) {
            owes_zero = true;
            continue;
        }
        if (owes_zero && any) add(words, "零");
        owes_zero = false;
        any = true;
        add_digit(words, digit, places[i].unit);
    }
    add(words, unit);
}

/* 90071992547409 yuan is 玖拾万零柒佰壹拾玖亿 and then 玖仟贰佰伍拾肆万柒仟肆佰零玖. */
static void add_whole(struct words *words, int64_t yuan)
{
    static const struct {
        int64_t worth;
        const char *unit;
    } sections[] = {{INT64_C(1000000000000), "万"},
                    {INT64_C(100000000), "亿"},
                    {INT64_C(10000), "万"},
                    {INT64_C(1), ""}};
    bool is_first = true;
    bool after_zeros = false;

    for (size_t i = 0; i < ARRAY_COUNT(sections); i++) {
        int value = (int)(yuan / sections[i].worth % SECTION);

        if (value != 0) {
            add_section(words, value, sections[i].unit, is_first, after_zeros);
            is_first = false;
        } else if (i == 1 && !is_first) {
            add(words, sections[i].unit); /* 壹万亿: the 亿 counts what stands before it */
        }
        after_zeros = value == 0;
    }
}

char *money_words(money_t amount, char text[MONEY_WORDS_SIZE])
{
    struct words words = {text, 0};
    int64_t fen = amount.fen < 0 ? -amount.fen : amount.fen;
    int64_t yuan = fen / 100;
    int tenths = (int)(fen / 10 % 10);
    int hundredths = (int)(fen % 10);

    assert(fen >= 0 && fen <= MONEY_FEN_MAX);
    text[0] = '\0';
    if (amount.fen < 0) add(&words, "负");
    if (fen == 0) add(&words, "零元");
    if (yuan > 0) {
        add_whole(&words, yuan);
        add(&words, "元");
    }
    if (yuan > 0 && fen % 100 != 0 && (yuan % 10 == 0 || tenths == 0)) add(&words, "零");
    if (tenths > 0) add_digit(&words, tenths, "角");
    if (hundredths > 0)
        add_digit(&words, hundredths, "分");
    else
        add(&words, "整");
    return text;
}
