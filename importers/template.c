/*
 * template.c - the XLSX template of a kind.
 */
#include "importers/template.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "importers/disclosures.h"
#include "importers/marked.h"
#include "spreadsheet/spreadsheet.h"

#define TEMPLATE_ROWS       2000 /* that have drop-down lists and text cells */
#define LINE_SIZE           512
#define CHOICES_MAX         16
#define COLUMN_WIDTH        18
#define PAGE_WIDTH          28
#define INSTRUCTION_COLUMNS 4

/* What a column may hold, where that is a list: names that the importer reads. Of rows of
 * ledger/records only what their words alone don't tell well. */
static const struct {
    const struct column_set *set;
    size_t column;
    const char *choices[CHOICES_MAX];
} lists[] = {
    {&divisions_columns, DIVISIONS_PROVISIONAL, {"是", "否"}},
    {&funds_columns, FUNDS_LEVEL, {"中央", "省级", "市级", "县级", "其他"}},
    {&projects_columns, PROJECTS_BOOK, {"项目建设", "民生保障", "政策补助"}},
    {&allocations_columns,
     ALLOCATIONS_MOVEMENT,
     {"下达", "其他收入", "分配", "收回", "归类", "调剂", "占用", "释放", "结算", "退款", "上缴",
      "借出", "归还借款"}},
    {&allocations_columns, ALLOCATIONS_BOOK, {"项目建设", "民生保障", "政策补助"}},
    {&allocations_columns, ALLOCATIONS_TO_BOOK, {"项目建设", "民生保障", "政策补助"}},
    {&payments_columns, PAYMENTS_BOOK, {"项目建设", "民生保障", "政策补助"}},
    {&plan_sheet.set, 1, {"年度计划", "统筹整合方案"}},
    {&change_sheet.set, 2, {"调入", "调出"}},
    {&finance_sheet.set, 1, {"中央", "省级", "市级", "县级", "其他"}},
    {&sector_sheet.set, 1, {"行业", "东西部协作"}},
    {&entrust_sheet.set, 1, {"资金", "资产"}},
    {&complaint_sheet.set, 2, {"资金", "项目", "补助", "资产", "作风", "其他"}},
    {&answer_sheet.set, 2, {"属实", "部分属实", "不属实", "转办"}},
    {&notice_sheet.set,
     2,
     {"资金分配", "小额信贷", "行业资金", "统筹整合", "项目库", "年度计划", "完成情况", "项目实施",
      "监督举报", "村级财务"}},
    {&achieve_sheet.set, 2, {"全部实现", "部分实现", "未实现"}},
    {&achieve_sheet.set, 4, {"全部实现", "部分实现", "未实现"}},
};

static void template_heading(const struct column *column, char out[HEADING_SIZE])
{
    size_t size;

    column_heading(column, out);
    size = strlen(out);
    if (column->flags & COLUMN_MONEY) (void)snprintf(out + size, HEADING_SIZE - size, "(万元)");
}

/* ---- The page to fill in -------------------------------------------------------------------- */

/* The choices of a column; none of one that isn't a list. */
static size_t find_choices(const struct column_set *set, const struct record_sheet *sheet,
                           size_t column, const char *out[CHOICES_MAX])
{
    for (size_t i = 0; i < ARRAY_COUNT(lists); i++) {
        size_t count = 0;

        if (lists[i].set != set || lists[i].column != column) continue;
        for (; count < CHOICES_MAX && lists[i].choices[count] != NULL; count++)
            out[count] = lists[i].choices[count];
        return count;
    }
    return sheet == NULL ? 0 : record_sheet_choices(sheet, column, out, CHOICES_MAX);
}

static void fill_page(struct spreadsheet *book, const struct column_set *set,
                      const struct record_sheet *sheet)
{
    const char *choices[CHOICES_MAX];
    char heading[HEADING_SIZE];
    size_t i;

    spreadsheet_page(book, "填写", PAGE_FROZEN);
    spreadsheet_text(book, 0, 0, "序号", STYLE_OPTIONAL);
    for (i = 0; i < set->count; i++) {
        bool is_required = set->columns[i].flags & COLUMN_REQUIRED;
        bool is_money = set->columns[i].flags & COLUMN_MONEY;

        template_heading(&set->columns[i], heading);
        spreadsheet_text(book, 0, i + 1, heading, is_required ? STYLE_REQUIRED : STYLE_OPTIONAL);
        /* As text, so that long numbers keep all their digits. */
        spreadsheet_width(book, i + 1, COLUMN_WIDTH, is_money ? STYLE_PLAIN : STYLE_TEXT);
    }
    spreadsheet_text(book, 1, 0, TEMPLATE_EXAMPLE, STYLE_EXAMPLE);
    for (i = 0; i < set->count; i++)
        spreadsheet_text(book, 1, i + 1, set->columns[i].example, STYLE_EXAMPLE);
    for (i = 0; i < set->count; i++) {
        const size_t count = find_choices(set, sheet, i, choices);

        if (count > 0) spreadsheet_choices(book, i + 1, 1, TEMPLATE_ROWS, choices, count);
    }
}

/* ---- The page of instructions --------------------------------------------------------------- */

static const char *const instructions[] = {
    "填写说明 How to fill this in",
    "1. 一行一笔，写在“填写”页标题之下；示例行导入时自动略过，可以删除。",
    "   One row each below the headings; the example row is left out on import.",
    "2. 深色标题必填。标题可以换位置，不用的列可以删除。",
    "   Dark headings must be filled. Columns may change places; those not needed may go.",
    "3. 金额默认以万元计；要用元，把标题改成“金额(元)”。",
    "   Amounts are in 10,000 yuan; write (元) into the heading for yuan.",
    "4. 身份证号、银行账号请保持文本格式，否则末尾几位会丢失。",
    "   Keep ID and account numbers as text, or their last digits are lost.",
    "5. 先用 --dry-run 试导入：逐格列出错误，不写入任何数据。",
    "   Try with --dry-run first: every bad cell is told and nothing is written.",
};

static void fill_instructions(struct spreadsheet *book, const struct column_set *set)
{
    char heading[HEADING_SIZE];
    size_t row = 0;
    size_t i;

    spreadsheet_page(book, "说明", PAGE_PLAIN);
    for (i = 0; i < sizeof instructions / sizeof instructions[0]; i++)
        spreadsheet_text(book, row++, 0, instructions[i], STYLE_PLAIN);
    row++;
    for (i = 0; i < set->count; i++, row++) {
        const struct column *column = &set->columns[i];
        char also[LINE_SIZE];
        size_t k;

        template_heading(column, heading);
        (void)snprintf(also, sizeof also, "%s", column->names + strcspn(column->names, "|"));
        for (k = 0; also[k] != 0; k++) {
            if (also[k] == '|') also[k] = k == 0 ? ' ' : ';';
        }
        spreadsheet_text(book, row, 0, heading, STYLE_PLAIN);
        spreadsheet_text(book, row, 1, column->flags & COLUMN_REQUIRED ? "必填" : "选填",
                         STYLE_PLAIN);
        spreadsheet_text(book, row, 2, column->example, STYLE_PLAIN);
        spreadsheet_text(book, row, 3, also, STYLE_WRAPPED);
    }
    for (i = 0; i < INSTRUCTION_COLUMNS; i++)
        spreadsheet_width(book, i, PAGE_WIDTH, STYLE_PLAIN);
}

bool template_write(const struct column_set *set, const struct record_sheet *sheet,
                    const char *path, struct error *err)
{
    struct spreadsheet *book = NULL;
    bool ok = false;

    if (!new_file_reserve(path, err)) return false;
    if (!spreadsheet_open(path, &book, err)) goto out;
    fill_page(book, set, sheet);
    fill_instructions(book, set);
    ok = spreadsheet_close(book, err);
out:
    if (!ok) (void)unlink(path);
    return ok;
}
