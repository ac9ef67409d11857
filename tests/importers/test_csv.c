/* test_csv.c - rows come out of any encoding and line end; what can't be read is named with its
 * row. */
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/buffer.h"
#include "importers/csv.h"
#include "importers/importers.h"

#define SHOWN_SIZE_MAX (8u * 1024 * 1024)

/* "1:a|b 3:c" for row 1 with cells a and b and row 3 with cell c. */
static bool show_row(void *context, const struct csv_row *row, struct error *err)
{
    struct buffer *shown = context;
    size_t i;

    if (!buffer_append_format(shown, err, "%s%llu:", shown->size > 0 ? " " : "",
                              (unsigned long long)row->number)) {
        return false;
    }
    for (i = 0; i < row->count; i++) {
        if (!buffer_append_format(shown, err, "%s%s", i > 0 ? "|" : "", row->cells[i]))
            return false;
    }
    return true;
}

#define BYTES(text) (const uint8_t *)(text), sizeof(text) - 1

static const struct {
    const char *what;
    const uint8_t *bytes;
    size_t size;
    const char *shown;
} good[] = {
    {"plain rows", BYTES("a,b\nc,d\n"), "1:a|b 2:c|d"},
    {"no line end at the end", BYTES("a,b\nc,d"), "1:a|b 2:c|d"},
    {"Windows line ends", BYTES("a,b\r\nc,d\r\n"), "1:a|b 2:c|d"},
    {"old Macintosh line ends", BYTES("a\rb\r"), "1:a 2:b"},
    {"blank rows count but aren't shown", BYTES("a\n\n\r\n,,\nb\n"), "1:a 5:b"},
    {"a byte order mark is no text",
     BYTES("\xef\xbb\xbf"
           "a,b\n"),
     "1:a|b"},
    {"a full-width first character is not mistaken for a mark",
     BYTES("\xef\xbc\x88"
           "a\n"),
     "1:（a"},
    {"quotes keep commas, quotes and line ends", BYTES("\"a,b\",\"say \"\"hi\"\"\",\"x\ny\"\nz\n"),
     "1:a,b|say \"hi\"|x\ny 2:z"},
    {"empty cells", BYTES("a,,b,\n"), "1:a||b|"},
    {"UTF-8", BYTES("村名,金额\n苗儿村,20\n"), "1:村名|金额 2:苗儿村|20"},
    {"GB18030 of two bytes", BYTES("\xb4\xe5\xc3\xfb\n\xc3\xe7\xb6\xf9\xb4\xe5\n"),
     "1:村名 2:苗儿村"},
    {"tabs", BYTES("a\tb\nc,d\te\n"), "1:a|b 2:c,d|e"},
    {"semicolons", BYTES("a;b;c\nd;e;f\n"), "1:a|b|c 2:d|e|f"},
    {"commas, with semicolons inside the cells", BYTES("a,b,c\nd;e;f,g;h,i\n"),
     "1:a|b|c 2:d;e;f|g;h|i"},
    {"tabs, with thousands in the cells", BYTES("a\tb\tc\n1,234\t5\t6\n7,890\t1\t2\n"),
     "1:a|b|c 2:1,234|5|6 3:7,890|1|2"},
    {"delimiters inside quotes don't count", BYTES("\"a,b,c\";d\n\"e\"\",f\";g\n"),
     "1:a,b,c|d 2:e\",f|g"},
    {"a title before the table", BYTES("2021年资金,万元\n\na\tb\tc\nd\te\tf\n"),
     "1:2021年资金,万元 3:a|b|c 4:d|e|f"},
    {"no delimiter at all", BYTES("a b\nc\n"), "1:a b 2:c"},
    {"UTF-16, as Excel saves Unicode text",
     BYTES("\xff\xfe"
           "\x51\x67\t\0\x00\x4e\r\0\n\0"
           "\x0a\x4e\t\0\"\0b\0\n\0c\0\"\0"),
     "1:村|一 2:上|b\nc"},
    {"UTF-16 of the other byte order", BYTES("\xfe\xff\x67\x51\0,\x4e\x00\0\n\0a"), "1:村|一 2:a"},
    {"UTF-16 without a mark", BYTES("\x51\x67,\0\x00\x4e\n\0\x0a\x4e,\0b\0\n\0"), "1:村|一 2:上|b"},
    {"UTF-16 of the other byte order without a mark",
     BYTES("\x67\x51\0,\x4e\x00\0\n\x4e\x0a\0,\0b\0\n"), "1:村|一 2:上|b"},
    {"UTF-16 beyond the first plane",
     BYTES("\xff\xfe"
           "\x42\xd8\xb7\xdf"),
     "1:𠮷"},
    {"GB18030 of four bytes", BYTES("\x95\x34\xb2\x35,\x81\x39\xee\x39,\xfd\x93\n"), "1:𠮷|㐀|龘"},
};

START_TEST(rows_are_read_alike_whatever_pieces_the_bytes_come_in)
{
    static const size_t steps[] = {3, 4, 7, 65536};
    size_t step;

    for (step = 0; step < ARRAY_COUNT(steps); step++) {
        struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
        struct error err = ERROR_INIT;

        ck_assert_msg(
            csv_bytes_read(good[_i].bytes, good[_i].size, steps[step], show_row, &shown, &err),
            "%s: %s", good[_i].what, err.message);
        ck_assert_msg(strcmp(buffer_text(&shown), good[_i].shown) == 0, "%s in steps of %zu: %s",
                      good[_i].what, steps[step], buffer_text(&shown));
        buffer_done(&shown);
    }
}
END_TEST

static const struct {
    const char *what;
    const uint8_t *bytes;
    size_t size;
    enum error_code code;
    const char *place;
    const char *message; /* its beginning */
} bad[] = {
    {"a quote never closed is named with the row that opened it", BYTES("a,b\nc,\"d\ne,f\ng,h\n"),
     ERROR_INPUT, "2", "a quote opened in cell 2 of this row is never closed"},
    {"a quote inside a cell", BYTES("a\nb,c\"d\n"), ERROR_INPUT, "2",
     "a quote stands inside cell 2"},
    {"text after a closing quote", BYTES("a\n\"b\"c\n"), ERROR_INPUT, "2",
     "a quote stands inside cell 1"},
    {"bytes that are no text", BYTES("a\nb\n\xff\xfe\xfd\n"), ERROR_ENCODING, "3",
     "byte 0xFF in this row is neither UTF-8 nor GB18030"},
    {"GB18030 cut off at the end", BYTES("\xb4\xe5\n\xb4"), ERROR_ENCODING, "2", "byte 0xB4"},
    {"a mark that says UTF-8 before bytes that aren't",
     BYTES("\xef\xbb\xbf"
           "a\nb\n\xb4\xe5\n"),
     ERROR_ENCODING, "3", "the file says that it is UTF-8"},
    {"a bad byte in what else is UTF-8", BYTES("村名,金额\n苗儿村,20\n\xff\xff\n"), ERROR_ENCODING,
     "3", "byte 0xFF"},
    {"a mark that says UTF-16 before an odd number of bytes",
     BYTES("\xff\xfe"
           "a\0\n\0b"),
     ERROR_ENCODING, "2", "the file says that it is UTF-16 but this row isn't"},
    {"a mark that says UTF-16 before half a pair",
     BYTES("\xff\xfe"
           "a\0\n\0\xb7\xdf"
           "b\0"),
     ERROR_ENCODING, "2", "the file says that it is UTF-16 but this row isn't"},
    {"half a pair in UTF-16 without a mark", BYTES("a\0\n\0\xb7\xdf\n\0"), ERROR_ENCODING, "2",
     "the file seems to be UTF-16 but this row isn't"},
    {"a NUL where UTF-16 has one, in text of single bytes", BYTES("a\n\n\0bc\nd"), ERROR_ENCODING,
     "3", "cell 1 holds a NUL byte"},
    {"a NUL byte", BYTES("a\nb,c\0d\n"), ERROR_ENCODING, "2", "cell 2 holds a NUL byte"},
};

START_TEST(what_cannot_be_read_is_named_with_its_row)
{
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct error err = ERROR_INIT;

    ck_assert(!csv_bytes_read(bad[_i].bytes, bad[_i].size, 65536, show_row, &shown, &err));
    ck_assert_msg(err.code == bad[_i].code, "%s: %s", bad[_i].what, err.message);
    ck_assert_msg(strcmp(err.place, bad[_i].place) == 0, "%s: at %s", bad[_i].what, err.place);
    ck_assert_msg(strncmp(err.message, bad[_i].message, strlen(bad[_i].message)) == 0, "%s: %s",
                  bad[_i].what, err.message);
    buffer_done(&shown);
}
END_TEST

/* A row before, then one cell of `size` bytes, quoted or not. */
static bool read_one_cell(size_t size, bool quoted, bool closed, struct buffer *shown,
                          struct error *err)
{
    struct buffer bytes = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct error none = ERROR_INIT;
    size_t i;
    bool ok;

    ck_assert(buffer_append_text(&bytes, quoted ? "a\nb,\"" : "a\nb,", &none));
    for (i = 0; i < size; i++)
        ck_assert(buffer_append_byte(&bytes, 'x', &none));
    ck_assert(buffer_append_text(&bytes, quoted && closed ? "\"\n" : "\n", &none));
    ok = csv_bytes_read(bytes.data, bytes.size, 65536, show_row, shown, err);
    buffer_done(&bytes);
    return ok;
}

START_TEST(a_cell_may_reach_its_limit_and_not_pass_it)
{
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct error err = ERROR_INIT;
    bool quoted = _i == 1;

    ck_assert(read_one_cell(IMPORT_CELL_BYTES_MAX, quoted, true, &shown, &err));
    ck_assert(!read_one_cell(IMPORT_CELL_BYTES_MAX + 1, quoted, true, &shown, &err));
    ck_assert_str_eq(err.place, "2");
    ck_assert_ptr_nonnull(strstr(err.message, "longer than 32768 bytes"));
    buffer_done(&shown);
}
END_TEST

START_TEST(an_open_quote_before_a_large_file_does_not_take_it_all_in)
{
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct error err = ERROR_INIT;

    ck_assert(!read_one_cell(1024u * 1024, true, false, &shown, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_str_eq(err.place, "2");
    ck_assert_ptr_nonnull(
        strstr(err.message, "a quote opened in cell 2 of this row is never closed"));
    buffer_done(&shown);
}
END_TEST

START_TEST(a_row_with_too_many_cells_is_refused)
{
    struct buffer bytes = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct error err = ERROR_INIT;
    size_t i;

    for (i = 0; i < CSV_CELLS_MAX; i++)
        ck_assert(buffer_append_text(&bytes, "x,", &err));
    ck_assert(!csv_bytes_read(bytes.data, bytes.size, 65536, show_row, &shown, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    ck_assert_str_eq(err.message, "the row has more than 256 cells; remove the others");
    buffer_done(&shown);
    buffer_done(&bytes);
}
END_TEST

START_TEST(a_file_that_is_missing_or_a_directory_is_an_io_error)
{
    struct csv_file *file = NULL;
    struct error err = ERROR_INIT;

    ck_assert(!csv_file_open("tests/importers/no-such-file.csv", &file, &err));
    ck_assert_int_eq(err.code, ERROR_IO);
    error_clear(&err);
    ck_assert(!csv_file_open("tests", &file, &err));
    ck_assert_int_eq(err.code, ERROR_IO);
    ck_assert_ptr_null(file);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("csv");
    TCase *tcase = tcase_create("csv");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tcase, rows_are_read_alike_whatever_pieces_the_bytes_come_in, 0,
                        ARRAY_COUNT(good));
    tcase_add_loop_test(tcase, what_cannot_be_read_is_named_with_its_row, 0, ARRAY_COUNT(bad));
    tcase_add_loop_test(tcase, a_cell_may_reach_its_limit_and_not_pass_it, 0, 2);
    tcase_add_test(tcase, an_open_quote_before_a_large_file_does_not_take_it_all_in);
    tcase_add_test(tcase, a_row_with_too_many_cells_is_refused);
    tcase_add_test(tcase, a_file_that_is_missing_or_a_directory_is_an_io_error);
    tcase_set_timeout(tcase, 0); /* CTest has its own */
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
