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

/* What a column may hold, where that is a list: names that the importer reads. */
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
     {"下达", "其他收入", "分配", "收回", "归类", "调剂", "占用", "释放", "结算", "退款", "上缴"}},
    {&allocations_columns, ALLOCATIONS_BOOK, {"项目建设", "民生保障", "政策补助"}},
    {&allocations_columns, ALLOCATIONS_TO_BOOK, {"项目建设", "民生保障", "政策补助"}},
    {&payments_columns, PAYMENTS_BOOK, {"项目建设", "民生保障", "政策补助"}},
    {&plans_columns, 1, {"年度计划", "统筹整合方案"}},
    {&plan_projects_columns, 2, {"调入", "调出"}},
    {&plan_funds_columns, 1, {"中央", "省级", "市级", "县级", "其他"}},
    {&sector_projects_columns, 1, {"行业", "东西部协作"}},
    {&entrusted_columns, 1, {"资金", "资产"}},
    {&complaints_columns, 2, {"资金", "项目", "补助", "资产", "作风", "其他"}},
    {&answers_columns, 2, {"属实", "部分属实", "不属实", "转办"}},
    {&notices_columns,
     2,
     {"资金分配", "小额信贷", "行业资金", "统筹整合", "项目库", "年度计划", "完成情况", "项目实施",
      "监督举报"}},
    {&calendar_columns, 1, {"是", "否"}},
};

static void template_heading(const struct column *column, char out[HEADING_SIZE])
{
    size_t size;

    column_heading(column, out);
    size = strlen(out);
    if (column->flags & COLUMN_MONEY) (void)snprintf(out + size, HEADING_SIZE - size, "(万元)");
}

/* ---- The page to fill in -------------------------------------------------------------------- */

static void add_choices(struct spreadsheet *book, const char *const *choices, size_t column)
{
    size_t count = 0;

    while (count < CHOICES_MAX && choices[count] != NULL)
        count++;
    spreadsheet_choices(book, column, 1, TEMPLATE_ROWS, choices, count);
}

static void fill_page(struct spreadsheet *book, const struct column_set *set)
{
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
    for (i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (lists[i].set == set) add_choices(book, lists[i].choices, lists[i].column + 1);
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

bool template_write(const struct column_set *set, const char *path, struct error *err)
{
    struct spreadsheet *book = NULL;
    bool ok = false;

    if (!new_file_reserve(path, err)) return false;
    if (!spreadsheet_open(path, &book, err)) goto out;
    fill_page(book, set);
    fill_instructions(book, set);
    ok = spreadsheet_close(book, err);
out:
    if (!ok) (void)unlink(path);
    return ok;
}
