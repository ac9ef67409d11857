/*
 * template.c - the XLSX template of a kind.
 */
#include "importers/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "importers/disclosures.h"
#include "importers/marked.h"

#define TEMPLATE_ROWS   2000 /* that have drop-down lists and text cells */
#define LINE_SIZE       512
#define CHOICES_MAX     16
#define CHOICE_SIZE     32
#define COLUMN_WIDTH    18
#define PAGE_WIDTH      28
#define CREATED_SECONDS 1609430400 /* 2021-01-01 in China: the same template, the same bytes */

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

struct sheet_maker {
    const struct column_set *set;
    lxw_workbook *workbook;
    lxw_format *required;
    lxw_format *optional;
    lxw_format *example;
    lxw_format *text;
    lxw_format *wrapped;
};

static bool failed(lxw_error code, struct error *err)
{
    if (code == LXW_NO_ERROR) return false;
    error_set(err, ERROR_IO, "the template can't be made: %s", lxw_strerror(code));
    return true;
}

static void template_heading(const struct column *column, char out[HEADING_SIZE])
{
    size_t size;

    column_heading(column, out);
    size = strlen(out);
    if (column->flags & COLUMN_MONEY) (void)snprintf(out + size, HEADING_SIZE - size, "(万元)");
}

/* ---- The page to fill in -------------------------------------------------------------------- */

static bool add_list(lxw_worksheet *page, size_t list, lxw_col_t at, struct error *err)
{
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_LIST,
                                      .ignore_blank = LXW_VALIDATION_ON,
                                      .dropdown = LXW_VALIDATION_ON,
                                      .show_error = LXW_VALIDATION_ON,
                                      .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING};

    char words[CHOICES_MAX][CHOICE_SIZE]; /* the library wants them without const */
    char *choices[CHOICES_MAX + 1] = {NULL};
    size_t i;

    for (i = 0; i < CHOICES_MAX && lists[list].choices[i] != NULL; i++) {
        (void)snprintf(words[i], CHOICE_SIZE, "%s", lists[list].choices[i]);
        choices[i] = words[i];
    }
    validation.value_list = choices;
    return !failed(worksheet_data_validation_range(page, 1, at, TEMPLATE_ROWS, at, &validation),
                   err);
}

static bool fill_page(const struct sheet_maker *maker, lxw_worksheet *page, struct error *err)
{
    const struct column_set *set = maker->set;
    char heading[HEADING_SIZE];
    size_t i;

    if (failed(worksheet_write_string(page, 0, 0, "序号", maker->optional), err) ||
        failed(worksheet_write_string(page, 1, 0, TEMPLATE_EXAMPLE, maker->example), err)) {
        return false;
    }
    for (i = 0; i < set->count; i++) {
        lxw_col_t at = (lxw_col_t)(i + 1);
        bool is_required = set->columns[i].flags & COLUMN_REQUIRED;
        bool is_money = set->columns[i].flags & COLUMN_MONEY;

        template_heading(&set->columns[i], heading);
        if (failed(worksheet_set_column(page, at, at, COLUMN_WIDTH, is_money ? NULL : maker->text),
                   err) ||
            failed(worksheet_write_string(page, 0, at, heading,
                                          is_required ? maker->required : maker->optional),
                   err) ||
            failed(worksheet_write_string(page, 1, at, set->columns[i].example, maker->example),
                   err)) {
            return false;
        }
    }
    for (i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        if (lists[i].set != set) continue;
        if (!add_list(page, i, (lxw_col_t)(lists[i].column + 1), err)) return false;
    }
    worksheet_freeze_panes(page, 1, 0);
    return true;
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

static bool fill_instructions(const struct sheet_maker *maker, lxw_worksheet *page,
                              struct error *err)
{
    const struct column_set *set = maker->set;
    char heading[HEADING_SIZE];
    lxw_row_t row = 0;
    size_t i;

    for (i = 0; i < sizeof instructions / sizeof instructions[0]; i++) {
        if (failed(worksheet_write_string(page, row++, 0, instructions[i], NULL), err))
            return false;
    }
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
        if (failed(worksheet_write_string(page, row, 0, heading, NULL), err) ||
            failed(worksheet_write_string(page, row, 1,
                                          column->flags & COLUMN_REQUIRED ? "必填" : "选填", NULL),
                   err) ||
            failed(worksheet_write_string(page, row, 2, column->example, NULL), err) ||
            failed(worksheet_write_string(page, row, 3, also, maker->wrapped), err)) {
            return false;
        }
    }
    return !failed(worksheet_set_column(page, 0, 3, PAGE_WIDTH, NULL), err);
}

/* ---- The book ------------------------------------------------------------------------------- */

static bool make_formats(struct sheet_maker *maker, struct error *err)
{
    maker->required = workbook_add_format(maker->workbook);
    maker->optional = workbook_add_format(maker->workbook);
    maker->example = workbook_add_format(maker->workbook);
    maker->text = workbook_add_format(maker->workbook);
    maker->wrapped = workbook_add_format(maker->workbook);
    if (maker->required == NULL || maker->optional == NULL || maker->example == NULL ||
        maker->text == NULL || maker->wrapped == NULL) {
        return error_set(err, ERROR_MEMORY, "memory ran out");
    }
    format_set_bold(maker->required);
    format_set_bg_color(maker->required, 0xF4B183);
    format_set_bg_color(maker->optional, 0xFCE4D6);
    format_set_font_color(maker->example, LXW_COLOR_GRAY);
    format_set_italic(maker->example);
    format_set_num_format(maker->text, "@"); /* so that long numbers keep all their digits */
    format_set_num_format(maker->example, "@");
    format_set_text_wrap(maker->wrapped);
    return true;
}

static bool make_pages(struct sheet_maker *maker, struct error *err)
{
    char title[LINE_SIZE];
    lxw_doc_properties properties = {.title = title, .created = CREATED_SECONDS};
    lxw_worksheet *page = workbook_add_worksheet(maker->workbook, "填写");
    lxw_worksheet *instruction_page = workbook_add_worksheet(maker->workbook, "说明");

    if (page == NULL || instruction_page == NULL) {
        return error_set(err, ERROR_MEMORY, "memory ran out");
    }
    (void)snprintf(title, sizeof title, "%s", maker->set->kind);
    return !failed(workbook_set_properties(maker->workbook, &properties), err) &&
           make_formats(maker, err) && fill_page(maker, page, err) &&
           fill_instructions(maker, instruction_page, err);
}

bool template_write(const struct column_set *set, const char *path, struct error *err)
{
    struct sheet_maker maker = {.set = set};
    struct error closing = ERROR_INIT;
    bool ok;

    if (!new_file_reserve(path, err)) return false;
    maker.workbook = workbook_new(path);
    if (maker.workbook == NULL) {
        (void)unlink(path);
        return error_set(err, ERROR_MEMORY, "memory ran out");
    }
    ok = make_pages(&maker, err);
    if (failed(workbook_close(maker.workbook), &closing) && ok) {
        *err = closing;
        ok = false;
    }
    if (!ok) (void)unlink(path);
    return ok;
}
