/*
 * money_words.h - an amount in the capital numerals (大写) that Chinese vouchers carry, so that no
 * stroke added to a digit makes it another amount.
 */
#ifndef BASE_MONEY_WORDS_H
#define BASE_MONEY_WORDS_H

#include "base/money.h"

#define MONEY_WORDS_SIZE 160 /* bytes, NUL included, of any amount in words */

/**
 * "陆仟零柒元壹角肆分" for 6,007.14. Returns `text`. The form prints 人民币 straight before it.
 *
 * - Zeros within the number, however many, are one 零. Zeros that end a group of four, at 万 or 亿,
 *   are left out when the next digit is not 0: 107,000 is 壹拾万柒仟元. A group of four zeros is
 * one 零: 100,007,000 is 壹亿零柒仟元.
 * - Where the place of 元 is 0 and 角 isn't, 零 stands between them: 壹仟陆佰捌拾元零叁角贰分. The
 *   rule would let it be left out; we never do, so that each amount has one form.
 * - 整 stands behind 元 and behind 角, never behind 分.
 * - 壹 is always written before 拾. Nothing is 零元整. Less than a yuan begins with its own unit:
 *   伍角整, 伍分. Below zero 负 stands first.
 * - Above 亿 the count of 亿 is written as a number of its own: 玖拾万零柒佰壹拾玖亿.
 *
 * Spec: 支付结算办法 (银发〔1997〕393号), annex 1, sections 1 to 4.
 */
char *money_words(money_t amount, char text[MONEY_WORDS_SIZE]);

#endif
