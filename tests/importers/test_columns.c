/* test_columns.c - headings are found by any of their names; what is no column is told. */
#include <string.h>

#include <check.h>

#include "base/buffer.h"
#include "importers/columns.h"
#include "importers/aid.h"
#include "importers/assets.h"
#include "importers/custody.h"
#include "importers/disclosures.h"
#include "importers/importers.h"
#include "importers/incomes.h"
#include "importers/keeping.h"

#define FAULTS_SIZE_MAX 65536

struct faults {
    struct buffer text;
    size_t count;
};

static void note_fault(void *context, size_t cell, const struct error *fault)
{
    struct faults *faults = context;
    struct error err = ERROR_INIT;

    (void)cell;
    faults->count++;
    ck_assert(buffer_append_format(&faults->text, &err, "[%s|%s]", fault->place, fault->message));
}

/* Bind a heading row of one CSV line. */
struct binder {
    const struct column_set *set;
    struct column_binding binding;
    struct faults faults;
    bool bound;
};

static bool bind_row(void *context, const struct csv_row *row, struct error *err)
{
    struct binder *binder = context;
    struct heading headings[SHEET_CELLS_MAX];
    size_t i;

    (void)err;
    for (i = 0; i < row->count; i++)
        headings[i] = (struct heading){"", row->cells[i], false};
    binder->bound = column_bind(binder->set, NULL, headings, row->count, MONEY_YUAN, note_fault,
                                &binder->faults, &binder->binding);
    return true;
}

static void bind(struct binder *binder, const struct column_set *set, const char *line)
{
    struct error err = ERROR_INIT;

    memset(binder, 0, sizeof *binder);
    binder->set = set;
    binder->faults.text = (struct buffer)BUFFER_INIT(FAULTS_SIZE_MAX);
    ck_assert(csv_bytes_read((const uint8_t *)line, strlen(line), 65536, bind_row, binder, &err));
}

static const struct {
    const char *heading;
    enum money_unit unit;
} amounts[] = {
    {"金额", MONEY_YUAN},
    {"金额(元)", MONEY_YUAN},
    {"金额（万元）", MONEY_WAN_YUAN},
    {"金额( 万元 )", MONEY_WAN_YUAN},
    {"金　额（万元）", MONEY_WAN_YUAN},
    {"资金金额(万元)", MONEY_WAN_YUAN},
    {"Amount", MONEY_YUAN},
    {"amount (yuan)", MONEY_YUAN},
    {"AMOUNT (10000 yuan)", MONEY_WAN_YUAN},
    {"ａｍｏｕｎｔ(万元)", MONEY_WAN_YUAN},
};

START_TEST(an_amount_column_is_found_with_its_unit)
{
    struct binder binder;
    char line[512];

    snprintf(line, sizeof line, "reference,date,movement,text,fund,to_division,%s\n",
             amounts[_i].heading);
    bind(&binder, &allocations_columns, line);
    ck_assert_msg(binder.bound, "%s: %s", amounts[_i].heading, buffer_text(&binder.faults.text));
    ck_assert_uint_eq(binder.binding.column_of[6], ALLOCATIONS_AMOUNT);
    ck_assert_int_eq((int)binder.binding.unit[ALLOCATIONS_AMOUNT], (int)amounts[_i].unit);
    ck_assert_str_eq(binder.binding.heading[ALLOCATIONS_AMOUNT], amounts[_i].heading);
    buffer_done(&binder.faults.text);
}
END_TEST

static const struct {
    const char *what;
    const char *line;
    const char *place; /* of the fault */
    const char *message;
} bad[] = {
    {"no column", "行政区划代码,名称,启用日期,颜色\n", " 颜色",
     "no column of divisions has this name"},
    {"a unit on what is no amount", "行政区划代码,名称(万元),启用日期\n", " 名称(万元)",
     "no column of divisions has this name"},
    {"twice by two names", "行政区划代码,code,名称,启用日期\n", " code",
     "this column stands in the file twice"},
    {"missing", "行政区划代码,启用日期\n", " 名称", "this column is missing; add it"},
};

START_TEST(a_heading_that_cannot_be_used_is_told_by_its_name)
{
    struct binder binder;
    char wanted[256];

    bind(&binder, &divisions_columns, bad[_i].line);
    ck_assert(!binder.bound);
    snprintf(wanted, sizeof wanted, "[%s|%s", bad[_i].place, bad[_i].message);
    ck_assert_msg(strstr(buffer_text(&binder.faults.text), wanted) != NULL, "%s: %s", bad[_i].what,
                  buffer_text(&binder.faults.text));
    buffer_done(&binder.faults.text);
}
END_TEST

START_TEST(a_row_number_column_may_stand_beside)
{
    struct binder binder;

    bind(&binder, &divisions_columns, "序号,行政区划代码,名称,启用日期\n");
    ck_assert(binder.bound);
    ck_assert_uint_eq(binder.binding.column_of[0], COLUMNS_MAX);
    ck_assert_uint_eq(binder.binding.column_of[1], DIVISIONS_CODE);
    buffer_done(&binder.faults.text);
}
END_TEST

static bool count_cells(void *context, const struct csv_row *row, struct error *err)
{
    size_t *counts = context;

    (void)err;
    ck_assert_uint_le(row->number, 2);
    counts[row->number - 1] = row->count;
    return true;
}

#define AS_SET(name, list, key, kind) &list##_sheet.set,

/* In the order of import_kinds(). */
// clang-format off
static const struct column_set *const sets[] = {
    &divisions_columns, &funds_columns, &projects_columns, &contracts_columns, &allocations_columns,
    &payments_columns, DISCLOSURE_SHEETS(AS_SET) AID_SHEETS(AS_SET)
    &assets_sheet.set, &households_sheet.set, ASSET_SHEETS(AS_SET) KEEPING_SHEETS(AS_SET)
    INCOME_SHEETS(AS_SET) CUSTODY_SHEETS(AS_SET)};
// clang-format on

START_TEST(each_template_binds_and_has_an_example_row)
{
    struct buffer text = BUFFER_INIT(65536);
    struct error err = ERROR_INIT;
    size_t counts[2] = {0, 0};
    struct binder binder;

    ck_assert(import_template(import_kinds()[_i], &text, &err));
    ck_assert(csv_bytes_read(text.data, text.size, 65536, count_cells, counts, &err));
    ck_assert_uint_eq(counts[0], sets[_i]->count);
    ck_assert_uint_eq(counts[1], sets[_i]->count);
    *strchr((char *)text.data, '\n') = 0;
    bind(&binder, sets[_i], buffer_text(&text));
    ck_assert_msg(binder.bound, "%s: %s", sets[_i]->kind, buffer_text(&binder.faults.text));
    buffer_done(&binder.faults.text);
    buffer_done(&text);
}
END_TEST

START_TEST(an_unknown_kind_is_a_usage_error)
{
    struct buffer text = BUFFER_INIT(65536);
    struct error err = ERROR_INIT;

    ck_assert(!import_template("villages", &text, &err));
    ck_assert_int_eq(err.code, ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.message, "is no kind of file"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("columns");
    TCase *tcase = tcase_create("columns");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tcase, an_amount_column_is_found_with_its_unit, 0, ARRAY_COUNT(amounts));
    tcase_add_loop_test(tcase, a_heading_that_cannot_be_used_is_told_by_its_name, 0,
                        ARRAY_COUNT(bad));
    tcase_add_test(tcase, a_row_number_column_may_stand_beside);
    tcase_add_loop_test(tcase, each_template_binds_and_has_an_example_row, 0, ARRAY_COUNT(sets));
    tcase_add_test(tcase, an_unknown_kind_is_a_usage_error);
    tcase_set_timeout(tcase, 0); /* CTest has its own */
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
