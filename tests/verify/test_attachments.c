/*
 * test_attachments.c - entries that attach files, and the files beside a ledger.
 *
 * The log of fixture.c ends with entry 628; voucher 1 is about nobody, voucher 3 about people.
 */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/verify/verify.h"
#include "tests/verify/suite.h"

#define PAPER       "%PDF-1.7"
#define PAPER_HEX   "86edbaa24831badfa0a8b04bb410141e2ee4182b6d0014493fe262a7a331c20b"
#define PAPER_SHELF "/attachments/86"
#define PAPER_FILE  "{\"sha256\":\"" PAPER_HEX "\",\"size\":8,\"type\":\"pdf\"}"
#define PEOPLE      "2021-000003"

/* Attach by `user`; the file sealed where `seal`. */
static void attach(const char *user, const char *what, const char *code, bool seal,
                   const char *file)
{
    char subject[128], sealed_file[96], title[96];

    (void)snprintf(subject, sizeof subject, "%s/%s", what, code);
    if (seal) fixture_seal(world, "attachment.add/file", subject, file, sealed_file);
    fixture_seal(world, "attachment.add/title", subject, "\"合同\"", title);
    fixture_act(world, user, "attachment.add",
                "\"about\":\"contract\",\"code\":\"%s\",\"file\":%s,\"title\":%s,\"what\":\"%s\"",
                code, seal ? sealed_file : file, title, what);
}

static void put(const char *relative, const char *text)
{
    char path[SCRATCH_PATH_SIZE + 200];
    FILE *file;

    (void)snprintf(path, sizeof path, "%s/attachments", folder);
    (void)mkdir(path, 0700);
    (void)snprintf(path, sizeof path, "%s" PAPER_SHELF, folder);
    (void)mkdir(path, 0700);
    (void)snprintf(path, sizeof path, "%s%s", folder, relative);
    file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void put_paper(void)
{
    put(PAPER_SHELF "/" PAPER_HEX, PAPER);
}

/* ---- Entries --------------------------------------------------------------------------------- */

static const struct {
    const char *user, *what, *code;
    bool seal;
    const char *file, *wanted;
} entries[] = {
    {"li", "voucher", "2021-000001", false, PAPER_FILE, "PASS"},
    {"li", "voucher", "2021-000001", true, PAPER_FILE, "PASS"},
    {"li", "voucher", PEOPLE, true, PAPER_FILE, "PASS"},
    {"li", "fund", "2021-ZY-01", false, PAPER_FILE, "PASS"},
    {"li", "contract", "HT-1", false, PAPER_FILE, "PASS"},
    {"li", "asset", "ZC-1", false, PAPER_FILE, "PASS"},
    {"li", "voucher", PEOPLE, false, PAPER_FILE,
     "FAIL entry 629 (attachment.add): voucher 2021-000003 is about people, but the file stands"},
    {"li", "voucher", "2021-000099", false, PAPER_FILE,
     "FAIL entry 629 (attachment.add): voucher 2021-000099 was never submitted"},
    {"li", "voucher", "XM-1", false, PAPER_FILE,
     "FAIL entry 629 (attachment.add): XM-1 is no voucher number"},
    {"li", "village", "XM-1", false, PAPER_FILE,
     "FAIL entry 629 (attachment.add): member \"what\" is none of the words"},
    {"wang", "fund", "2021-ZY-01", false, PAPER_FILE,
     "FAIL entry 629 (attachment.add): user wang is not a maker"},
    {"li", "fund", "2021-ZY-01", false,
     "{\"sha256\":\"" PAPER_HEX "\",\"size\":0,\"type\":\"pdf\"}",
     "FAIL entry 629 (attachment.add): member \"size\""},
    {"li", "fund", "2021-ZY-01", false,
     "{\"sha256\":\"" PAPER_HEX "\",\"size\":8,\"type\":\"exe\"}",
     "FAIL entry 629 (attachment.add): member \"type\" is none of the words"},
    {"li", "fund", "2021-ZY-01", false, "{\"sha256\":\"86\",\"size\":8,\"type\":\"pdf\"}",
     "FAIL entry 629 (attachment.add): member \"sha256\" is not 64"},
    {"li", "fund", "2021-ZY-01", true, "{\"sha256\":\"86\",\"size\":8,\"type\":\"pdf\"}",
     "FAIL entry 629 (attachment.add):under seal: member \"sha256\""},
};

START_TEST(what_an_entry_may_attach_and_who)
{
    attach(entries[_i].user, entries[_i].what, entries[_i].code, entries[_i].seal,
           entries[_i].file);
    put_paper();
    expect(entries[_i].wanted);
}
END_TEST

START_TEST(a_file_of_a_households_asset_is_sealed)
{
    static const char detail[] =
        "{\"acquired\":\"2022-05-10\",\"amount\":600000,\"category\":\"牲畜\",\"division\":"
        "\"611025100201\",\"document\":\"\",\"funding\":\"project\",\"holder\":\"张某\","
        "\"id_number\":\"11010519491231002X\",\"name\":\"母牛\",\"note\":\"\",\"number\":\"\","
        "\"project\":\"\",\"quantity_thousandths\":1000,\"unit\":\"头\"}";
    bool seal = _i == 1;
    char sealed[96];

    fixture_seal(world, "household_asset.register/detail", "H7KQ", detail, sealed);
    fixture_row(world, "li", "household_asset.register", "{\"asset\":\"H7KQ\",\"detail\":%s}",
                sealed);
    fixture_import(world, "li", "file-2");
    attach("li", "asset", "H7KQ", seal, PAPER_FILE);
    put_paper();
    expect(seal ? "PASS"
                : "FAIL entry 631 (attachment.add): asset H7KQ is a household's, but the file "
                  "stands in clear");
}
END_TEST

START_TEST(a_title_never_stands_in_clear)
{
    fixture_act(world, "li", "attachment.add",
                "\"about\":\"notice\",\"code\":\"2021-ZY-01\",\"file\":" PAPER_FILE
                ",\"title\":\"合同\",\"what\":\"fund\"");
    expect("FAIL entry 629 (attachment.add): member \"title\"");
}
END_TEST

START_TEST(a_seal_of_another_thing_is_refused)
{
    char title[96];

    fixture_seal(world, "attachment.add/title", "fund/2021-ZY-02", "\"合同\"", title);
    fixture_act(world, "li", "attachment.add",
                "\"about\":\"notice\",\"code\":\"2021-ZY-01\",\"file\":" PAPER_FILE
                ",\"title\":%s,\"what\":\"fund\"",
                title);
    expect("FAIL entry 629 (attachment.add): its sealed value names another subject");
}
END_TEST

/* ---- Files ----------------------------------------------------------------------------------- */

START_TEST(every_file_is_there_and_has_the_bytes_of_its_hash)
{
    static const char kept[] = PAPER_SHELF "/" PAPER_HEX;
    char path[SCRATCH_PATH_SIZE + 200];

    attach("li", "fund", "2021-ZY-01", false, PAPER_FILE);
    attach("li", "voucher", PEOPLE, true, PAPER_FILE);
    expect("FAIL attachments/86/" PAPER_HEX ": the file that entry 629 attaches is missing; of 1 "
           "attached files 1 are missing and 0 changed; the log itself is whole");
    put_paper();
    expect_in(fixture_verify(folder, NULL), "PASS");
    put(kept, "%PDF-1.8");
    expect_in(fixture_verify(folder, NULL), "was changed");
    put(kept, "%PDF-1.7 ");
    expect_in(fixture_verify(folder, NULL), "was changed");
    (void)snprintf(path, sizeof path, "%s%s", folder, kept);
    ck_assert_int_eq(unlink(path), 0);
    put("/paper", PAPER);
    ck_assert_int_eq(symlink("../../paper", path), 0);
    expect_in(fixture_verify(folder, NULL), "was changed");
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    expect_in(fixture_verify(folder, NULL), "was changed");
    ck_assert_int_eq(rmdir(path), 0);
    expect_in(fixture_verify(folder, NULL), "is missing");
}
END_TEST

static void verify_with(const struct verify_options *options, struct verify_verdict *verdict)
{
    struct error err = ERROR_INIT;

    ck_assert_msg(verify_path(folder, options, verdict, &err), "%s", err.message);
}

START_TEST(what_no_entry_names_is_told_and_harms_nothing)
{
    struct verify_options options = {.threads = 1};
    struct verify_verdict verdict;

    attach("li", "fund", "2021-ZY-01", false, PAPER_FILE);
    fixture_write_ledger(world, folder);
    put_paper();
    verify_with(&options, &verdict);
    ck_assert_str_eq(verdict.stray, "");
    put("/attachments/new-0", "half");
    put(PAPER_SHELF "/87", "x");
    verify_with(&options, &verdict);
    ck_assert_int_eq(verdict.outcome, VERIFY_PASS_FIRST_USE);
    expect_in(verdict.stray, "lie 2 that no entry names");
    expect_in(verdict.stray, "the first is attachments/86/87");
}
END_TEST

START_TEST(the_log_alone_is_checked_where_that_is_asked_for)
{
    struct verify_options options = {.threads = 1, .is_log_alone = true};
    struct verify_verdict verdict;

    attach("li", "fund", "2021-ZY-01", false, PAPER_FILE);
    fixture_write_ledger(world, folder);
    verify_with(&options, &verdict);
    ck_assert_int_eq(verdict.outcome, VERIFY_PASS_FIRST_USE);
}
END_TEST

START_TEST(a_paper_in_ones_hand_is_found_by_its_bytes)
{
    char paper[SCRATCH_PATH_SIZE + 20], other[SCRATCH_PATH_SIZE + 20];
    struct verify_options options = {.threads = 1, .file = paper};
    struct verify_verdict verdict;

    attach("li", "fund", "2021-ZY-01", false, PAPER_FILE);
    attach("li", "voucher", PEOPLE, true, PAPER_FILE);
    fixture_write_ledger(world, folder);
    put_paper();
    put("/paper", PAPER);
    put("/other", "%PDF-1.8");
    (void)snprintf(paper, sizeof paper, "%s/paper", folder);
    (void)snprintf(other, sizeof other, "%s/other", folder);
    verify_with(&options, &verdict);
    expect_in(verdict.line, "/paper is attached to fund 2021-ZY-01 by entry 629 and by 1 later");
    options.file = other;
    verify_with(&options, &verdict);
    ck_assert_int_eq(verdict.outcome, VERIFY_FAIL);
    expect_in(verdict.line, "no entry attaches this file; the log itself is whole");
}
END_TEST

START_TEST(a_sealed_file_that_two_declare_lost_is_asked_for_no_more)
{
    attach("li", "fund", "2021-ZY-01", true, PAPER_FILE);
    fixture_two(world, "zhao", "qian", "seal.lost",
                "{\"reason\":\"机房失火\",\"seals\":["
                "{\"first\":629,\"last\":629,\"purpose\":\"attachment.add/file\"},"
                "{\"first\":629,\"last\":629,\"purpose\":\"attachment.add/title\"}]}");
    fixture_write_ledger(world, folder);
    fixture_sql(folder, "DELETE FROM sealed WHERE seq = 629");
    expect_in(fixture_verify(folder, NULL),
              "; declared lost: 1 attachment.add/file, 1 attachment.add/title");
}
END_TEST

START_TEST(a_sealed_file_that_two_erase_is_asked_for_no_more)
{
    attach("li", "fund", "2021-ZY-01", true, PAPER_FILE);
    fixture_two(world, "zhao", "qian", "seal.erase",
                "{\"ground\":\"ordered\",\"reason\":\"法院通知\",\"seals\":["
                "{\"first\":629,\"last\":629,\"purpose\":\"attachment.add/file\"},"
                "{\"first\":629,\"last\":629,\"purpose\":\"attachment.add/title\"}]}");
    fixture_write_ledger(world, folder);
    expect_in(fixture_verify(folder, NULL),
              "entry 629: entry 631 erased its sealed value attachment.add/file, but there is one");
    fixture_sql(folder, "DELETE FROM sealed WHERE seq = 629");
    expect_in(fixture_verify(folder, NULL),
              "; erased: 1 attachment.add/file, 1 attachment.add/title");
}
END_TEST

START_TEST(an_erased_file_that_still_lies_there_is_told)
{
    struct verify_options options = {.threads = 1};
    struct verify_verdict verdict;

    attach("li", "fund", "2021-ZY-01", true, PAPER_FILE);
    fixture_two(world, "zhao", "qian", "seal.erase",
                "{\"ground\":\"ordered\",\"reason\":\"法院通知\",\"seals\":["
                "{\"first\":629,\"last\":629,\"purpose\":\"attachment.add/file\"}]}");
    fixture_write_ledger(world, folder);
    fixture_sql(folder, "DELETE FROM sealed WHERE seq = 629 AND member = 'file'");
    put_paper();
    verify_with(&options, &verdict);
    expect_in(verdict.stray, "one that was erased may be among them");
    expect_in(verdict.stray, "the first is attachments/86/" PAPER_HEX);
}
END_TEST

/* ---- Declared lost --------------------------------------------------------------------------- */

#define FILES_LOST(entries) "{\"entries\":[" entries "],\"reason\":\"机房进水\"}"
#define FILES(first, last)  "{\"first\":" #first ",\"last\":" #last "}"

static const struct {
    const char *bodies[2], *wanted;
} lost[] = {
    {{FILES_LOST(FILES(629, 630))}, "; attached files declared lost: 2"},
    {{FILES_LOST(FILES(629, 629)), FILES_LOST(FILES(630, 630))},
     "; attached files declared lost: 2"},
    {{FILES_LOST(FILES(629, 629) "," FILES(630, 630))}, "; attached files declared lost: 2"},
    /* Two entries name the paper, and one of them still answers for it. */
    {{FILES_LOST(FILES(629, 629))}, "FAIL attachments/86/" PAPER_HEX ": the file that entry 629"},
    {{FILES_LOST(FILES(628, 629))},
     "FAIL entry 632 (act.second): declares the file of entry 628 lost, which attaches none"},
    {{FILES_LOST(FILES(630, 631))}, "FAIL entry 632 (act.second): names no range of entries"},
    {{FILES_LOST(FILES(630, 632))}, "FAIL entry 632 (act.second): names no range of entries"},
    {{FILES_LOST(FILES(630, 629))}, "FAIL entry 632 (act.second): names no range of entries"},
    {{FILES_LOST(FILES(630, 630) "," FILES(629, 629))},
     "FAIL entry 632 (act.second): names no range of entries"},
    {{FILES_LOST("")}, "FAIL entry 632 (act.second): declares no file lost"},
    {{FILES_LOST(FILES(629, 630)), FILES_LOST(FILES(630, 630))},
     "FAIL entry 634 (act.second): declares the file of entry 630 lost, which attaches none or"},
    {{"{\"entries\":[" FILES(629, 630) "],\"reason\":\"\"}"},
     "FAIL entry 631 (act.propose): member \"reason\" is empty"},
};

START_TEST(a_lost_file_is_asked_for_no_more_when_two_say_so)
{
    attach("li", "fund", "2021-ZY-01", false, PAPER_FILE);
    attach("li", "voucher", PEOPLE, true, PAPER_FILE);
    for (size_t i = 0; i < 2 && lost[_i].bodies[i] != NULL; i++)
        fixture_two(world, "zhao", "qian", "attachment.lost", "%s", lost[_i].bodies[i]);
    expect(lost[_i].wanted);
}
END_TEST

START_TEST(one_person_declares_no_file_lost)
{
    attach("li", "fund", "2021-ZY-01", false, PAPER_FILE);
    fixture_propose(world, "zhao", "attachment.lost", FILES_LOST(FILES(629, 629)));
    expect("is missing");
}
END_TEST

START_TEST(a_lost_file_attached_anew_is_asked_for_again)
{
    attach("li", "fund", "2021-ZY-01", false, PAPER_FILE);
    fixture_two(world, "zhao", "qian", "attachment.lost", "%s", FILES_LOST(FILES(629, 629)));
    attach("li", "contract", "HT-1", false, PAPER_FILE);
    expect("the file that entry 629 attaches is missing");
    put_paper();
    expect_in(fixture_verify(folder, NULL), "; attached files declared lost: 1");
}
END_TEST

/* ---- docs/format.md section 5.8 -------------------------------------------------------------- */

START_TEST(the_page_gives_the_bytes)
{
    static const uint8_t key[32] = {0};
    static const char plain[] =
        "{\"origin\":\"mingzhang/611025000000\",\"purpose\":\"attachment.add/file\","
        "\"subject\":\"fund/2021-ZY-01\",\"value\":" PAPER_FILE "}";
    static char page[200000];
    FILE *file = fopen("docs/format.md", "rb");
    char hex[HASH_HEX_SIZE];
    hash_t hash = hash_sha256((const uint8_t *)PAPER, strlen(PAPER));
    size_t size;

    ck_assert_ptr_nonnull(file);
    size = fread(page, 1, sizeof page - 1, file);
    ck_assert_int_eq(fclose(file), 0);
    page[size] = '\0';
    ck_assert_str_eq(hash_to_hex(&hash, hex), PAPER_HEX);
    expect_in(page, "\"file\":" PAPER_FILE);
    expect_in(page, plain);
    hash = hash_hmac_sha256(key, sizeof key, (const uint8_t *)plain, strlen(plain));
    expect_in(page, hash_to_hex(&hash, hex));
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, what_an_entry_may_attach_and_who, 0, ARRAY_COUNT(entries));
    tcase_add_loop_test(tests, a_file_of_a_households_asset_is_sealed, 0, 2);
    tcase_add_test(tests, a_title_never_stands_in_clear);
    tcase_add_test(tests, a_seal_of_another_thing_is_refused);
    tcase_add_test(tests, every_file_is_there_and_has_the_bytes_of_its_hash);
    tcase_add_test(tests, what_no_entry_names_is_told_and_harms_nothing);
    tcase_add_test(tests, the_log_alone_is_checked_where_that_is_asked_for);
    tcase_add_test(tests, a_paper_in_ones_hand_is_found_by_its_bytes);
    tcase_add_test(tests, a_sealed_file_that_two_declare_lost_is_asked_for_no_more);
    tcase_add_test(tests, a_sealed_file_that_two_erase_is_asked_for_no_more);
    tcase_add_test(tests, an_erased_file_that_still_lies_there_is_told);
    tcase_add_loop_test(tests, a_lost_file_is_asked_for_no_more_when_two_say_so, 0,
                        ARRAY_COUNT(lost));
    tcase_add_test(tests, one_person_declares_no_file_lost);
    tcase_add_test(tests, a_lost_file_attached_anew_is_asked_for_again);
    tcase_add_test(tests, the_page_gives_the_bytes);
}

int main(void)
{
    return run_suite("attachments", add);
}
