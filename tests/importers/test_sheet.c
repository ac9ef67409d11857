/*
 * test_sheet.c - what a file is, and what its rows are, whatever it is called; how much a book may
 * hold in memory.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <check.h>

#include "base/buffer.h"
#include "importers/sheet.h"
#include "importers/sheet_shared.h"

#define SHOWN_SIZE_MAX (8u * 1024 * 1024)

static char path[] = "/tmp/mingzhang-sheet-XXXXXX";

static void setup(void)
{
    int descriptor = mkstemp(path);

    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(close(descriptor), 0);
}

static void teardown(void)
{
    ck_assert_int_eq(unlink(path), 0);
    memcpy(path + strlen(path) - 6, "XXXXXX", 6);
}

static void write_file(const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

/* "1:a|b 3:c" for row 1 with cells a and b and row 3 with cell c. */
static bool show_row(void *context, const struct sheet_row *row, struct error *err)
{
    struct buffer *shown = context;
    size_t i;

    if (!buffer_append_format(shown, err, "%s%llu:", shown->size > 0 ? " " : "",
                              (unsigned long long)row->number)) {
        return false;
    }
    for (i = 0; i < row->count; i++) {
        ck_assert(row->cells[i].kind == (row->cells[i].text[0] == 0 ? CELL_EMPTY : CELL_TEXT));
        if (!buffer_append_format(shown, err, "%s%s", i > 0 ? "|" : "", row->cells[i].text))
            return false;
    }
    return true;
}

#define BYTES(text) text, sizeof(text) - 1

static const struct {
    const char *bytes;
    size_t size;
    const char *description;
    const char *shown;
} texts[] = {
    {BYTES("村名,金额\n苗儿村,20,,\n"), "UTF-8, separated by commas", "1:村名|金额 2:苗儿村|20"},
    {BYTES("\xb4\xe5\t\xc3\xfb\n\xb4\xe5\t\n"), "GB18030, separated by tabs", "1:村|名 2:村"},
    {BYTES("\xff\xfe"
           "a\0;\0b\0\n\0"),
     "UTF-16, separated by semicolons", "1:a|b"},
    {BYTES("\xfe\xff\0a\0,\0b\0\n"), "UTF-16, separated by commas", "1:a|b"},
    {BYTES(""), "UTF-8, separated by commas", ""},
};

START_TEST(text_is_a_sheet_of_text_cells)
{
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct sheet_file *file = NULL;
    struct error err = ERROR_INIT;

    write_file(texts[_i].bytes, texts[_i].size);
    ck_assert_msg(sheet_file_open(path, &file, &err), "%s", err.message);
    ck_assert_int_eq(sheet_file_format(file), SHEET_CSV);
    ck_assert_str_eq(sheet_file_description(file), texts[_i].description);
    ck_assert_ptr_null(sheet_file_note(file, 0));
    ck_assert_uint_eq(sheet_file_sheets(file), 1);
    ck_assert_str_eq(sheet_file_sheet_name(file, 0), "");
    ck_assert(!sheet_file_sheet_is_hidden(file, 0));
    ck_assert_uint_eq(sheet_file_size(file), texts[_i].size);
    ck_assert(sheet_file_read(file, 0, show_row, &shown, &err));
    ck_assert_str_eq(buffer_text(&shown), texts[_i].shown);
    buffer_reset(&shown);
    ck_assert(sheet_file_read(file, 0, show_row, &shown, &err));
    ck_assert_str_eq(buffer_text(&shown), texts[_i].shown);
    sheet_file_close(file);
    buffer_done(&shown);
}
END_TEST

static const struct {
    const char *bytes;
    size_t size;
    const char *message; /* its beginning */
} refused[] = {
    {BYTES("<html><body><table>"), "is a web page under the name of a sheet"},
    {BYTES("\r\n\r\n  <TABLE border=1>"), "is a web page under the name of a sheet"},
    {BYTES("\xef\xbb\xbf<!DOCTYPE html>"), "is a web page under the name of a sheet"},
    {BYTES("<?xml version=\"1.0\"?><Workbook/>"), "is an XML file"},
    {BYTES("%PDF-1.4"), "is PDF; ask for the sheet itself"},
    {BYTES("PK\5\6\0\0\0\0"), "is an empty ZIP archive"},
    {BYTES("\x09\x04\x06\0\0\0\x10\0"), "is XLS of Excel 4 or older"},
};

START_TEST(what_is_no_sheet_is_refused_by_its_content)
{
    struct sheet_file *file = NULL;
    struct error err = ERROR_INIT;

    write_file(refused[_i].bytes, refused[_i].size);
    ck_assert(!sheet_file_open(path, &file, &err));
    ck_assert_ptr_null(file);
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_msg(strncmp(err.message, refused[_i].message, strlen(refused[_i].message)) == 0, "%s",
                  err.message);
}
END_TEST

START_TEST(what_cannot_be_opened_is_an_io_error)
{
    struct sheet_file *file = NULL;
    struct error err = ERROR_INIT;

    ck_assert(!sheet_file_open("tests/importers/no-such-file.csv", &file, &err));
    ck_assert_int_eq(err.code, ERROR_IO);
    error_clear(&err);
    ck_assert(!sheet_file_open("tests", &file, &err));
    ck_assert_int_eq(err.code, ERROR_IO);
    ck_assert_str_eq(err.message, "isn't a regular file; give the sheet itself");
    ck_assert_ptr_null(file);
}
END_TEST

START_TEST(a_file_that_changed_after_it_was_opened_is_refused)
{
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct sheet_file *file = NULL;
    struct error err = ERROR_INIT;

    write_file(BYTES("a,b\n"));
    ck_assert(sheet_file_open(path, &file, &err));
    write_file(BYTES("a,c\n"));
    ck_assert(!sheet_file_read(file, 0, show_row, &shown, &err));
    ck_assert_int_eq(err.code, ERROR_CONFLICT);
    sheet_file_close(file);
    buffer_done(&shown);
}
END_TEST

START_TEST(columns_are_named_as_a_spreadsheet_names_them)
{
    static const struct {
        size_t column;
        const char *text;
    } columns[] = {{0, "A"},    {25, "Z"},    {26, "AA"},    {51, "AZ"},
                   {701, "ZZ"}, {702, "AAA"}, {16383, "XFD"}};
    char text[SHEET_COLUMN_TEXT_SIZE];
    size_t i;

    for (i = 0; i < ARRAY_COUNT(columns); i++)
        ck_assert_str_eq(sheet_column_text(columns[i].column, text), columns[i].text);
}
END_TEST

START_TEST(a_place_in_text_is_its_row_and_column)
{
    struct sheet_file *file = NULL;
    struct error err = ERROR_INIT;

    write_file(BYTES("a,b\n"));
    ck_assert(sheet_file_open(path, &file, &err));
    error_set(&err, ERROR_INPUT, "wrong");
    sheet_error_at(file, 0, 17, 2, &err);
    ck_assert_str_eq(err.place, "17: C");
    error_clear(&err);
    error_set(&err, ERROR_INPUT, "wrong");
    sheet_error_at(file, 0, 17, SHEET_NO_COLUMN, &err);
    ck_assert_str_eq(err.place, "17");
    sheet_file_close(file);
}
END_TEST

/* ---- Limits of what cells share ------------------------------------------------------------- */

START_TEST(the_texts_of_a_book_are_limited_by_their_bytes)
{
    static const char megabyte[1024 * 1024];
    struct shared_texts shared = {0};
    struct error err = ERROR_INIT;
    size_t done;

    ck_assert(shared_texts_begin(&shared, &err));
    for (done = 0; done < BOOK_TEXT_BYTES_MAX; done += sizeof megabyte)
        ck_assert(shared_texts_append(&shared, megabyte, sizeof megabyte, &err));
    ck_assert(!shared_texts_end(&shared, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_str_eq(err.message, "the book holds more than 256 MB of text; split it");
    shared_texts_done(&shared);
}
END_TEST

START_TEST(the_texts_of_a_book_are_limited_by_their_number)
{
    struct shared_texts shared = {0};
    struct error err = ERROR_INIT;
    size_t done;
    bool ok = true;

    for (done = 0; ok && done < BOOK_TEXTS_MAX; done++)
        ok = shared_texts_begin(&shared, &err) && shared_texts_end(&shared, &err);
    ck_assert(ok);
    ck_assert(!shared_texts_begin(&shared, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_str_eq(err.message, "the book holds more than 8000000 texts; split it");
    shared_texts_done(&shared);
}
END_TEST

START_TEST(the_styles_and_formats_of_a_book_are_limited)
{
    struct cell_styles *styles = calloc(1, sizeof *styles);
    struct error err = ERROR_INIT;
    uint32_t i;

    ck_assert_ptr_nonnull(styles);
    for (i = 0; i < BOOK_FORMATS_MAX; i++)
        ck_assert(cell_styles_add_format(styles, i, "yyyy", &err));
    ck_assert(!cell_styles_add_format(styles, i, "yyyy", &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    error_clear(&err);
    for (i = 0; i < BOOK_STYLES_MAX; i++)
        ck_assert(cell_styles_add(styles, 0, 0, &err));
    ck_assert(!cell_styles_add(styles, 0, 0, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_int_eq(cell_styles_meaning(styles, BOOK_STYLES_MAX - 1), NUMBER_IS_DATE);
    ck_assert_int_eq(cell_styles_meaning(styles, BOOK_STYLES_MAX), NUMBER_PLAIN);
    free(styles);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sheet");
    TCase *tcase = tcase_create("sheet");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, text_is_a_sheet_of_text_cells, 0, ARRAY_COUNT(texts));
    tcase_add_loop_test(tcase, what_is_no_sheet_is_refused_by_its_content, 0, ARRAY_COUNT(refused));
    tcase_add_test(tcase, what_cannot_be_opened_is_an_io_error);
    tcase_add_test(tcase, a_file_that_changed_after_it_was_opened_is_refused);
    tcase_add_test(tcase, columns_are_named_as_a_spreadsheet_names_them);
    tcase_add_test(tcase, a_place_in_text_is_its_row_and_column);
    tcase_add_test(tcase, the_texts_of_a_book_are_limited_by_their_bytes);
    tcase_add_test(tcase, the_texts_of_a_book_are_limited_by_their_number);
    tcase_add_test(tcase, the_styles_and_formats_of_a_book_are_limited);
    tcase_set_timeout(tcase, 0); /* CTest has its own */
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
