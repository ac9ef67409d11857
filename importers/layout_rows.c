/*
 * layout_rows.c - what a row after the headings is.
 *
 * A row of data has something like a number in its key column. That is seen at its first byte, so
 * that a million rows cost little; only rows without one, or with gaps, are looked at closely.
 */
#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "importers/layout.h"

#define COLUMN_NUMBERS_MIN 3
#define TOTAL_TEXT_MAX     60 /* bytes; a longer text is no word for a sum */

/* ---- Words ---------------------------------------------------------------------------------- */

static const struct {
    const char *word;
    bool is_grand;
} total_words[] = {
    {"合计", true},  {"总计", true},       {"共计", true},      {"小计", false},
    {"累计", false}, {"grandtotal", true}, {"subtotal", false}, {"total", true},
};

/* Behind a word for a sum: "合计：", "小计(15个村)", "合计数". */
static bool ends_total_word(const char *rest)
{
    return *rest == 0 || *rest == '(' || *rest == ':' || isdigit((unsigned char)*rest) ||
           strcmp(rest, "数") == 0;
}

bool layout_total_word(const char *text, bool *is_grand)
{
    char folded[HEADING_SIZE];
    size_t i;

    *is_grand = false;
    /* Most cells are passed over here. */
    if (strstr(text, "计") == NULL && strpbrk(text, "tT") == NULL) return false;
    if (strnlen(text, TOTAL_TEXT_MAX + 1) > TOTAL_TEXT_MAX) return false;
    heading_fold(text, folded);
    for (i = 0; i < ARRAY_COUNT(total_words); i++) {
        const char *at = strstr(folded, total_words[i].word);

        if (at == NULL || !ends_total_word(at + strlen(total_words[i].word))) continue;
        if ((unsigned char)total_words[i].word[0] < 0x80 && at != folded) continue;
        *is_grand = total_words[i].is_grand && at == folded;
        return true;
    }
    return false;
}

void layout_total_find(const struct sheet_row *row, char out[LAYOUT_WORD_SIZE], bool *is_grand)
{
    size_t i;

    out[0] = 0;
    *is_grand = false;
    for (i = 0; i < row->count; i++) {
        if (row->cells[i].text[0] == 0 || !layout_total_word(row->cells[i].text, is_grand))
            continue;
        heading_show(&(struct heading){"", row->cells[i].text, false}, out);
        return;
    }
}

/* "一、" or "(二)": the heading of a section. */
static bool is_section(const char *folded)
{
    static const char *const numerals[] = {"一", "二", "三", "四", "五",
                                           "六", "七", "八", "九", "十"};
    const char *at = folded + (*folded == '(');
    const char *begin = at;
    size_t i = 0;

    while (i < ARRAY_COUNT(numerals)) {
        if (strncmp(at, numerals[i], strlen(numerals[i])) == 0) {
            at += strlen(numerals[i]);
            i = 0;
        } else {
            i++;
        }
    }
    return at > begin && (*folded == '(' ? *at == ')' : strncmp(at, "、", strlen("、")) == 0);
}

/* Does a remark below a table begin like this? */
static bool is_remark(const char *text)
{
    static const char *const words[] = {"备注:",      "注:",      "说明:",  "填表", "填报",
                                        "制表",       "审核",     "复核",   "经办", "负责人",
                                        "单位负责人", "主管领导", "联系人", "盖章", "(盖章",
                                        "单位(盖章",  "日期:",    "note:"};
    char folded[HEADING_SIZE];
    size_t i;

    heading_fold(text, folded);
    if (is_section(folded)) return true;
    for (i = 0; i < ARRAY_COUNT(words); i++) {
        if (strncmp(folded, words[i], strlen(words[i])) == 0) return true;
    }
    return false;
}

static bool is_example(const char *text)
{
    return strcmp(text, "示例") == 0 || strcmp(text, "例") == 0 || strcmp(text, "example") == 0;
}

/* ---- Rows ----------------------------------------------------------------------------------- */

uint64_t layout_row_hash(const struct sheet_row *row)
{
    uint64_t sum = UINT64_C(14695981039346656037); /* FNV-1a */
    char folded[HEADING_SIZE];
    size_t i;

    for (i = 0; i < row->count; i++) {
        const char *at = folded;

        heading_fold(row->cells[i].text, folded);
        do {
            sum = (sum ^ (uint8_t)*at) * UINT64_C(1099511628211);
        } while (*at++ != 0);
    }
    return sum;
}

/* Digits, or signs and spaces before them, in either width. */
static bool starts_value(const char *text)
{
    static const char *const signs[] = {"¥",  "￥", "－", "０", "１", "２", "３",
                                        "４", "５", "６", "７", "８", "９", "（"};
    size_t i;

    while (*text == ' ' || strncmp(text, "\u3000", 3) == 0)
        text += *text == ' ' ? 1 : 3;
    if (isdigit((unsigned char)*text) || (*text != 0 && strchr("-+.(", *text) != NULL)) return true;
    for (i = 0; i < ARRAY_COUNT(signs); i++) {
        if (strncmp(text, signs[i], strlen(signs[i])) == 0) return true;
    }
    return false;
}

static const char *cell_at(const struct sheet_row *row, size_t cell)
{
    return cell < row->count ? row->cells[cell].text : "";
}

/* A formula without a result is an amount that nobody computed, and no remark. */
static bool is_formula_at(const struct sheet_row *row, size_t cell)
{
    return cell < row->count && row->cells[cell].is_formula;
}

/*
 * May the row be a total? When a cell that each row of data fills is empty or covered by another,
 * or holds the word itself.
 */
static bool may_be_total(const struct column_binding *binding, const struct sheet_row *row)
{
    bool is_grand;
    size_t i;

    for (i = 0; i < binding->set->count; i++) {
        if ((binding->set->columns[i].flags & COLUMN_IDENTITY) && binding->present[i] &&
            cell_at(row, binding->cell_of[i])[0] != 0 &&
            !row->cells[binding->cell_of[i]].is_merged) {
            return false; /* 王小计 is a name */
        }
    }
    for (i = 0; i < binding->set->count; i++) {
        unsigned flags = binding->set->columns[i].flags;
        size_t cell = binding->cell_of[i];

        if (i == binding->set->key || !binding->present[i] || !(flags & COLUMN_REQUIRED)) continue;
        if ((flags & COLUMN_SHARED) && i != 0) continue;
        if (cell >= row->count || row->cells[cell].text[0] == 0 || row->cells[cell].is_merged) {
            return true;
        }
        if (layout_total_word(row->cells[cell].text, &is_grand)) return true;
    }
    return false;
}

/* White space alone, the ideographic space U+3000 too? */
static bool is_blank(const char *text)
{
    char folded[HEADING_SIZE];

    if ((unsigned char)*text < 0x80 && strchr(" \t\r\n", *text) == NULL) return false;
    heading_fold(text, folded);
    return folded[0] == 0;
}

/*
 * How many texts a row has, and the first of its own. A text merged over the cells to its right is
 * one, `is_merged`; one that reaches down from a row above is another.
 */
static size_t count_texts(const struct sheet_row *row, const char **first, bool *is_merged)
{
    size_t count = 0;
    size_t i;

    *is_merged = false;
    for (i = 0; i < row->count; i++) {
        const char *text = row->cells[i].text;

        if (is_blank(text)) continue;
        if (row->cells[i].is_merged && strcmp(text, *first) == 0) {
            *is_merged = true;
            continue;
        }
        if (!row->cells[i].is_merged && **first == 0) *first = text;
        count++;
    }
    return count;
}

static bool is_heading_again(const struct layout *layout, const struct sheet_row *row)
{
    uint64_t hash = layout_row_hash(row);
    size_t i;

    for (i = 0; i < layout->row_count; i++) {
        if (layout->row_hashes[i] == hash) return true;
    }
    return false;
}

static bool is_other_heading(const struct column_set *set, const struct mapping *mapping,
                             const struct sheet_row *row)
{
    struct heading headings[SHEET_CELLS_MAX];
    size_t i;

    for (i = 0; i < row->count; i++)
        headings[i] = (struct heading){"", row->cells[i].text, false};
    return layout_fits(set, mapping, headings, row->count);
}

/* 1, 2, 3 … under the headings: the columns' numbers. */
static bool is_column_numbers(const struct sheet_row *row)
{
    char wanted[24];
    size_t i;

    if (row->count < COLUMN_NUMBERS_MIN) return false;
    for (i = 0; i < row->count; i++) {
        (void)snprintf(wanted, sizeof wanted, "%zu", i + 1);
        if (strcmp(row->cells[i].text, wanted) != 0) return false;
    }
    return true;
}

static enum layout_row classify_odd(const struct layout *layout,
                                    const struct column_binding *binding,
                                    const struct mapping *mapping, const struct sheet_row *row)
{
    char word[LAYOUT_WORD_SIZE];
    const char *first = "";
    bool is_grand, is_merged;
    size_t count;

    if (is_heading_again(layout, row)) return LAYOUT_HEADING;
    count = count_texts(row, &first, &is_merged);
    if (count == 0) return LAYOUT_BLANK;
    if (count == 1) return is_merged || is_remark(first) ? LAYOUT_REMARK : LAYOUT_LONE;
    if (is_remark(first)) return LAYOUT_REMARK;
    layout_total_find(row, word, &is_grand);
    if (word[0] != 0 && may_be_total(binding, row)) return LAYOUT_TOTAL;
    return is_other_heading(binding->set, mapping, row) ? LAYOUT_OTHER_TABLE : LAYOUT_DATA;
}

enum layout_row layout_classify(const struct layout *layout, const struct column_binding *binding,
                                const struct mapping *mapping, const struct sheet_row *row)
{
    size_t key = binding->cell_of[binding->set->key];
    char word[LAYOUT_WORD_SIZE];
    bool is_grand;

    if (row->number <= layout->last_row) return LAYOUT_ABOVE;
    if (row->number == layout->last_row + 1 && is_column_numbers(row)) return LAYOUT_REMARK;
    if (key != SHEET_NO_COLUMN && !starts_value(cell_at(row, key)) && !is_formula_at(row, key)) {
        return classify_odd(layout, binding, mapping, row);
    }
    if (binding->number_cell != SHEET_NO_COLUMN && is_example(cell_at(row, binding->number_cell))) {
        return LAYOUT_EXAMPLE;
    }
    if (may_be_total(binding, row)) {
        layout_total_find(row, word, &is_grand);
        if (word[0] != 0) return LAYOUT_TOTAL;
    }
    return LAYOUT_DATA;
}
