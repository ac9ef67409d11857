/*
 * test_sheet_files.c - books as spreadsheets really write them, and as nobody should. The files are
 * made beforehand by test_sheet_make.sh, in the folder that MINGZHANG_SHEETS names.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <check.h>

#include "base/buffer.h"
#include "importers/sheet.h"

#define SHOWN_SIZE_MAX (8u * 1024 * 1024)
#define PATH_SIZE      1024
#define SKIPPED        77

static const char *folder;

static void path_of(const char *name, char path[PATH_SIZE])
{
    snprintf(path, PATH_SIZE, "%s/%s", folder, name);
}

/* "3: t苗儿村 | n=20 | t^合": each cell by its kind, = a formula, ^ under a merged range, its text.
 */
static bool show_row(void *context, const struct sheet_row *row, struct error *err)
{
    static const char kinds[] = {[CELL_EMPTY] = '-', [CELL_TEXT] = 't',    [CELL_NUMBER] = 'n',
                                 [CELL_DATE] = 'd',  [CELL_BOOLEAN] = 'b', [CELL_ERROR] = 'e'};
    struct buffer *shown = context;
    size_t i;
    const char *at;

    if (!buffer_append_format(shown, err, "%llu%s:", (unsigned long long)row->number,
                              row->is_hidden ? " hidden" : "")) {
        return false;
    }
    for (i = 0; i < row->count; i++) {
        const struct sheet_cell *cell = &row->cells[i];

        if (!buffer_append_format(shown, err, "%s%c%s%s", i > 0 ? " | " : " ", kinds[cell->kind],
                                  cell->is_formula ? "=" : "", cell->is_merged ? "^" : "")) {
            return false;
        }
        for (at = cell->text; *at != 0; at++) {
            if (!buffer_append_text(shown, *at == '\n' ? "\\n" : (char[]){*at, 0}, err))
                return false;
        }
    }
    return buffer_append_text(shown, "\n", err);
}

/* All sheets of a file; false and the error of the first that can't be read. */
static bool show_file(const char *path, struct buffer *shown, struct error *err)
{
    struct sheet_file *file = NULL;
    size_t i;
    bool ok = false;

    buffer_reset(shown);
    if (!sheet_file_open(path, &file, err)) return false;
    for (i = 0; i < sheet_file_sheets(file); i++) {
        if (!buffer_append_format(shown, err, "== %s%s\n", sheet_file_sheet_name(file, i),
                                  sheet_file_sheet_is_hidden(file, i) ? " (hidden)" : "")) {
            goto out;
        }
        if (!sheet_file_read(file, i, show_row, shown, err)) goto out;
    }
    ok = true;
out:
    sheet_file_close(file);
    return ok;
}

static void read_file(const char *path, struct buffer *bytes)
{
    FILE *file = fopen(path, "rb");
    struct error err = ERROR_INIT;
    uint8_t chunk[4096];
    size_t got;

    ck_assert_msg(file != NULL, "%s is missing", path);
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
        ck_assert(buffer_append(bytes, chunk, got, &err));
    ck_assert_int_eq(fclose(file), 0);
}

static void write_file(const char *path, const uint8_t *data, size_t size)
{
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

/* ---- What LibreOffice writes ---------------------------------------------------------------- */

static const char *const samples[] = {"titles", "merged", "formulas", "dates",
                                      "digits", "breaks", "sheets",   "tables"};
static const char *const formats[] = {"xlsx", "xls"};

START_TEST(a_book_of_either_format_gives_the_rows_written_beside_its_source)
{
    const char *sample = samples[(size_t)_i / ARRAY_COUNT(formats)];
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct buffer rows = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct error err = ERROR_INIT;
    char path[PATH_SIZE];

    snprintf(path, sizeof path, "samples/sheets/%s.rows", sample);
    read_file(path, &rows);
    snprintf(path, sizeof path, "%s/%s.%s", folder, sample,
             formats[(size_t)_i % ARRAY_COUNT(formats)]);
    ck_assert_msg(show_file(path, &shown, &err), "%s:%s: %s", path, err.place, err.message);
    ck_assert_str_eq(buffer_text(&shown), buffer_text(&rows));
    buffer_done(&rows);
    buffer_done(&shown);
}
END_TEST

static const struct {
    const char *name;
    const char *rows;
} texts[] = {
    {"titles.csv", "== \n1: t2021年财政衔接推进乡村振兴补助资金分配表\n"
                   "2: t填报单位：某县乡村振兴局 | - | - | t单位：万元\n"
                   "3: t序号 | t村名 | t项目名称 | t金额\n"
                   "4: t1 | t苗儿村 | t饮水工程 | t1,234.50\n"
                   "5: t2 | t上村 | t产业路 | t20.00\n"
                   "6: - | t合计 | - | t1,254.50\n"
                   "8: t备注：资金须专款专用。\n"},
    {"formulas.csv", "== \n1: t数 | t公式\n2: t3 | t6\n3: t0.1 | t0.3\n"
                     "4: t2021-09-30 | t2021-10-01\n5: t0 | t#DIV/0!\n6: t6 | t3.1\n"
                     "7: t7 | tTRUE\n"},
    /* what other programs write */
    {"texts.xlsx", "== Sheet\n1: t一 | t村 民 | ta\rb_x0041_\n"},
    {"types.xlsx",
     "== Sheet\n2: t先 | d2021-09-30 | -= | e#N/A | eno number that a spreadsheet holds | b=TRUE\n"
     "4: n600\n"},
    {"encoding.xlsx", "== Sheet\n1: t村\n"},
    {"strict.xlsx", "== Sheet\n1: t村名 | t金额\n2: t甲 | n1\n"},
    {"macros.xlsm", "== Sheet\n1: t村名 | t金额\n2: t甲 | n1\n"},
    {"epoch.xls", "== Sheet1\n1: d2021-09-30 | d1904-03-01\n"},
};

START_TEST(a_file_gives_its_rows)
{
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct error err = ERROR_INIT;
    char path[PATH_SIZE];

    path_of(texts[_i].name, path);
    ck_assert_msg(show_file(path, &shown, &err), "%s:%s: %s", path, err.place, err.message);
    ck_assert_str_eq(buffer_text(&shown), texts[_i].rows);
    buffer_done(&shown);
}
END_TEST

/* Lines that the rows of a larger file must hold. */
static const struct {
    const char *name;
    const char *line;
} lines[] = {
    {"openpyxl.xlsx", "\n3: e=the formula has no stored result; open the file in a spreadsheet and "
                      "save it again | n0.3\n"},
    {"openpyxl.xlsx", "\n4: d2021-09-30 | eno day of the calendar | bTRUE\n"},
    {"openpyxl.xlsx", " | - | tlast\n"},
    {"epoch.xlsx", "\n4: d2021-09-30 | d1904-03-01 | bTRUE\n"},
    {"xlwt.xls", "== 表一\n1: d2021-09-30 | d2021-09-30 | d2021-09-30 | eanother number than it "
                 "keeps, or none; give it a plain number format\n"},
    {"xlwt.xls", "\n2: n12.1 | n0.3 | n1234567.89 | n-5 | n100000000000000000000 | n12.34 | bTRUE "
                 "| t𠮷𠮷𠮷\n3: -= | e#REF! | bFALSE\n4: t合 | t^合\n5: t^合 | t^合 | n7\n6 "
                 "hidden: t5%\n11: tv0\n"},
    {"xlwt.xls", "\n5010: t村村村村村村村村村村村村村村村村村村村村村村村村村村村村村村村村村村村村"
                 "村村村村4999\n== 隐 (hidden)\n1: th\n== 空\n"},
    {"openpyxl.xlsx", "\n6 hidden: t5%\n"},
    {"small.xls", "\n20: t村19 | n28.5\n21: t合计 | t^合计\n"},
    {"formula.xls", "\n31: t=村民\n"},
    {"spoken.xls", "\n31: t苗儿村\n"},
};

START_TEST(a_file_holds_its_line)
{
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct error err = ERROR_INIT;
    char path[PATH_SIZE];

    path_of(lines[_i].name, path);
    ck_assert_msg(show_file(path, &shown, &err), "%s:%s: %s", path, err.place, err.message);
    ck_assert_msg(strstr(buffer_text(&shown), lines[_i].line) != NULL, "%s lacks%s in\n%.2000s",
                  path, lines[_i].line, buffer_text(&shown));
    buffer_done(&shown);
}
END_TEST

START_TEST(macros_are_told)
{
    static const char *const names[] = {"macros.xlsm", "macros.xls"};
    static const char *const descriptions[] = {"XLSX", "XLS"};
    struct sheet_file *file = NULL;
    struct error err = ERROR_INIT;
    char path[PATH_SIZE];

    path_of(names[_i], path);
    ck_assert(sheet_file_open(path, &file, &err));
    ck_assert_str_eq(sheet_file_description(file), descriptions[_i]);
    ck_assert_str_eq(sheet_file_note(file, 0), "the macros in it are ignored");
    ck_assert_ptr_null(sheet_file_note(file, 1));
    sheet_file_close(file);
}
END_TEST

START_TEST(names_in_an_archive_never_become_files)
{
    static const char *const escaped[] = {"../../escaped.txt", "../escaped.txt", "escaped.txt"};
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct error err = ERROR_INIT;
    char path[PATH_SIZE];
    size_t i;

    path_of("macros.xlsm", path);
    ck_assert(show_file(path, &shown, &err));
    for (i = 0; i < ARRAY_COUNT(escaped); i++) {
        path_of(escaped[i], path);
        ck_assert_int_ne(access(path, F_OK), 0);
        ck_assert_int_ne(access(escaped[i], F_OK), 0);
    }
    buffer_done(&shown);
}
END_TEST

/* ---- What can't be read --------------------------------------------------------------------- */

static const struct {
    const char *name;
    enum error_code code;
    const char *place;
    const char *message; /* its beginning */
} bad[] = {
    {"password.xlsx", ERROR_INPUT, "", "is locked by a password; open it, remove the password"},
    {"password.xls", ERROR_INPUT, "", "is locked by a password; open it, remove the password"},
    {"excel5.xls", ERROR_INPUT, "", "is XLS of Excel 95 or older"},
    {"excel95.xls", ERROR_INPUT, "", "is XLS of Excel 95 or older"},
    {"letter.doc", ERROR_INPUT, "", "is a file of Office but no sheet"},
    {"document.docx", ERROR_INPUT, "", "is a ZIP archive and no sheet"},
    {"sheet.ods", ERROR_INPUT, "", "is an OpenDocument file; save it as XLSX"},
    {"contents.xlsx", ERROR_LIMIT, "", "the file's table of contents is larger than 1048576"},
    {"many.xlsx", ERROR_LIMIT, "", "the file has more than 4096 parts"},
    {"double.xlsx", ERROR_INPUT, "", "the file holds two parts of one name"},
    {"lacking.xlsx", ERROR_INPUT, "Sheet", "the file lacks its part xl/worksheets/sheet1.xml"},
    {"outside.xlsx", ERROR_INPUT, "Sheet", "the file lacks its part etc/passwd"},
    {"bomb.xlsx", ERROR_LIMIT, "Sheet", "the file unpacks to more than 400 times its size"},
    {"claim.xlsx", ERROR_LIMIT, "Sheet", "the file unpacks to more than 400 times its size"},
    {"texts2g.xlsx", ERROR_LIMIT, "Sheet", "the file unpacks to more than 400 times its size"},
    {"modest.xlsx", ERROR_LIMIT, "Sheet", "the file unpacks to more than 400 times its size"},
    {"counts.xls", ERROR_INPUT, "", "the file is damaged (a record breaks off)"},
    {"marked16.xlsx", ERROR_INPUT, "Sheet",
     "the file is damaged: its part xl/worksheets/sheet1.xml says that it is in UTF-8 where it "
     "must be in UTF-16; open it"},
    {"marked8.xlsx", ERROR_INPUT, "Sheet",
     "the file is damaged: its part xl/worksheets/sheet1.xml says that it is in GB18030 where it "
     "must be in UTF-8; open it"},
    {"unmarked8.xlsx", ERROR_INPUT, "Sheet", "the file is damaged: its part xl/worksheets/sheet1"},
    {"gbk.xlsx", ERROR_INPUT, "Sheet",
     "the file is damaged: its part xl/worksheets/sheet1.xml says"},
    {"entities.xlsx", ERROR_INPUT, "Sheet", "the file contains a DTD"},
    {"external.xlsx", ERROR_INPUT, "Sheet", "the file contains a DTD"},
    {"undeclared.xlsx", ERROR_INPUT, "Sheet", "the file is damaged: its part xl/worksheets/sheet1"},
    {"deep.xlsx", ERROR_INPUT, "Sheet", "the file is damaged: its part xl/worksheets/sheet1"},
    {"ranges.xlsx", ERROR_LIMIT, "Sheet", "the sheet has more than 500000 merged ranges"},
    {"order.xlsx", ERROR_INPUT, "Sheet:4", "row 4 follows row 5"},
    {"twice.xlsx", ERROR_INPUT, "Sheet:5: A", "the cell stands twice"},
    {"elsewhere.xlsx", ERROR_INPUT, "Sheet:5", "the file is damaged (the place of a cell)"},
    {"wide.xlsx", ERROR_LIMIT, "Sheet:5: IW", "the row has more than 256 cells"},
    {"long.xlsx", ERROR_LIMIT, "Sheet:5: C", "the cell is longer than 32768 bytes"},
    {"index.xlsx", ERROR_INPUT, "Sheet:7: B", "the file is damaged (a cell refers to a text"},
    {"half.xls", ERROR_INPUT, "Sheet1:41: C", "the file is damaged (half a character"},
};

START_TEST(what_cannot_be_read_is_named_with_its_place)
{
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct error err = ERROR_INIT;
    char path[PATH_SIZE];

    path_of(bad[_i].name, path);
    ck_assert_msg(!show_file(path, &shown, &err), "%s was read", bad[_i].name);
    ck_assert_msg(err.code == bad[_i].code, "%s: %s", bad[_i].name, err.message);
    ck_assert_msg(strcmp(err.place, bad[_i].place) == 0, "%s: at %s", bad[_i].name, err.place);
    ck_assert_msg(strncmp(err.message, bad[_i].message, strlen(bad[_i].message)) == 0, "%s: %s",
                  bad[_i].name, err.message);
    buffer_done(&shown);
}
END_TEST

static const char *const cut[] = {"titles.xlsx", "sheets.xlsx", "merged.xls", "xlwt.xls"};

START_TEST(a_book_cut_off_anywhere_is_refused_or_read_whole)
{
    struct buffer bytes = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct buffer whole = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct error err = ERROR_INIT;
    char path[PATH_SIZE];
    size_t tenth;

    path_of(cut[_i], path);
    read_file(path, &bytes);
    ck_assert(show_file(path, &whole, &err));
    snprintf(path, sizeof path, "%s/cut-%d", folder, _i);
    for (tenth = 1; tenth < 10; tenth++) {
        write_file(path, bytes.data, bytes.size * tenth / 10);
        error_clear(&err);
        if (show_file(path, &shown, &err)) {
            ck_assert_str_eq(buffer_text(&shown), buffer_text(&whole));
            continue;
        }
        ck_assert_msg(err.code == ERROR_INPUT, "%zu tenths of %s: %s", tenth, cut[_i], err.message);
        ck_assert_ptr_nonnull(strstr(err.message, "damaged"));
    }
    buffer_done(&shown);
    buffer_done(&whole);
    buffer_done(&bytes);
}
END_TEST

#define SEEDS_PER_TEST   100
#define MUTATIONS_MAX    8
#define SEED_SECONDS_MAX 20           /* a hang: such a book is read in a hundredth of one */
#define SEED_MEMORY_MAX  (64l * 1024) /* KiB of the process, the test's own buffers with it */

#if defined __SANITIZE_ADDRESS__
#define HAS_OWN_MEMORY false /* what the sanitizer keeps is not the reader's */
#else
#define HAS_OWN_MEMORY true
#endif

/* Any generator does, if the seed makes the same file again. */
static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

START_TEST(an_xls_with_changed_bytes_is_read_or_refused)
{
    struct buffer bytes = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    char from[PATH_SIZE];
    char path[PATH_SIZE];
    uint32_t seed = (uint32_t)_i * SEEDS_PER_TEST + 1;
    uint32_t last = seed + SEEDS_PER_TEST - 1;
    struct rusage usage;

    path_of("formula.xls", from);
    snprintf(path, sizeof path, "%s/changed-%d.xls", folder, _i);
    printf("seeds %u to %u\n", (unsigned)seed, (unsigned)last);
    for (; seed <= last; seed++) {
        struct error err = ERROR_INIT;
        uint32_t state = seed * 2654435761u;
        uint32_t count = next_random(&state) % MUTATIONS_MAX + 1;

        buffer_reset(&bytes);
        read_file(from, &bytes);
        while (count-- > 0) {
            uint32_t at = next_random(&state) % (uint32_t)bytes.size;

            bytes.data[at] = (uint8_t)next_random(&state);
        }
        write_file(path, bytes.data, bytes.size); /* stays behind when the reader crashes */
        (void)alarm(SEED_SECONDS_MAX);
        if (show_file(path, &shown, &err)) continue;
        ck_assert_msg(error_exit_status(err.code) == 3 && err.message[0] != 0, "seed %u: %s",
                      (unsigned)seed, err.message);
    }
    (void)alarm(0);
    ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
    if (HAS_OWN_MEMORY) ck_assert_int_le(usage.ru_maxrss, SEED_MEMORY_MAX);
    ck_assert_int_eq(unlink(path), 0);
    buffer_done(&shown);
    buffer_done(&bytes);
}
END_TEST

START_TEST(a_book_that_changed_after_it_was_opened_is_refused)
{
    static const char *const names[] = {"titles.xlsx", "titles.xls"};
    struct buffer bytes = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct buffer shown = BUFFER_INIT(SHOWN_SIZE_MAX);
    struct sheet_file *file = NULL;
    struct error err = ERROR_INIT;
    char path[PATH_SIZE];

    path_of(names[_i], path);
    read_file(path, &bytes);
    snprintf(path, sizeof path, "%s/later-%d", folder, _i);
    write_file(path, bytes.data, bytes.size);
    ck_assert(sheet_file_open(path, &file, &err));
    ck_assert(sheet_file_read(file, 0, show_row, &shown, &err));
    ck_assert(sheet_file_read(file, 0, show_row, &shown, &err));
    bytes.data[bytes.size / 2] ^= 1;
    write_file(path, bytes.data, bytes.size);
    ck_assert(!sheet_file_read(file, 0, show_row, &shown, &err));
    ck_assert_int_eq(err.code, ERROR_CONFLICT);
    ck_assert_str_eq(err.message, "the file changed while it was read; import it again");
    sheet_file_close(file);
    buffer_done(&shown);
    buffer_done(&bytes);
}
END_TEST

static bool refuse_row(void *context, const struct sheet_row *row, struct error *err)
{
    const struct sheet_file *const *file = context;

    error_set(err, ERROR_INPUT, "refused");
    return sheet_error_at(*file, 0, row->number, 3, err);
}

START_TEST(a_visitor_stops_the_reading_with_an_error_of_its_own)
{
    struct sheet_file *file = NULL;
    struct error err = ERROR_INIT;
    char path[PATH_SIZE];

    path_of("titles.xlsx", path);
    ck_assert(sheet_file_open(path, &file, &err));
    ck_assert(!sheet_file_read(file, 0, refuse_row, &file, &err));
    ck_assert_str_eq(err.place, "附件1:1: D");
    ck_assert_str_eq(err.message, "refused");
    sheet_file_close(file);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sheet_files");
    TCase *tcase = tcase_create("sheet_files");
    SRunner *runner = srunner_create(suite);
    char path[PATH_SIZE];
    int failed;

    folder = getenv("MINGZHANG_SHEETS");
    if (folder != NULL) path_of("made", path);
    if (folder == NULL || access(path, F_OK) != 0) {
        printf("MINGZHANG_SHEETS names no folder where books were made; nothing is tried\n");
        return SKIPPED;
    }
    tcase_add_loop_test(tcase, a_book_of_either_format_gives_the_rows_written_beside_its_source, 0,
                        ARRAY_COUNT(samples) * ARRAY_COUNT(formats));
    tcase_add_loop_test(tcase, a_file_gives_its_rows, 0, ARRAY_COUNT(texts));
    tcase_add_loop_test(tcase, a_file_holds_its_line, 0, ARRAY_COUNT(lines));
    tcase_add_loop_test(tcase, macros_are_told, 0, 2);
    tcase_add_test(tcase, names_in_an_archive_never_become_files);
    tcase_add_loop_test(tcase, what_cannot_be_read_is_named_with_its_place, 0, ARRAY_COUNT(bad));
    tcase_add_loop_test(tcase, a_book_cut_off_anywhere_is_refused_or_read_whole, 0,
                        ARRAY_COUNT(cut));
    tcase_add_loop_test(tcase, an_xls_with_changed_bytes_is_read_or_refused, 0, 10);
    tcase_add_loop_test(tcase, a_book_that_changed_after_it_was_opened_is_refused, 0, 2);
    tcase_add_test(tcase, a_visitor_stops_the_reading_with_an_error_of_its_own);
    tcase_set_timeout(tcase, 0); /* CTest has its own */
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
