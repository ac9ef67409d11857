/*
 * test_paper.c - vouchers, notices and statements on paper: what stands on them, what must not,
 * that no sheet flows over its page, and that the QR code can be read back from the print.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/paper.h"
#include "exporters/paper_qr.h"
#include "fixture.h"
#include "world.h"

static struct world world;

static void setup(void)
{
    fixture_setup();
    world_make(&world);
    world_appropriate(&world, "in-1", "2021-03-01", "F1", 10700053);
    world_appropriate(&world, "in-2", "2021-03-02", "F2", 5000000);
    world_assign(&world, "put-1", "2021-03-03", COUNTY, "F1", BOOK_CONSTRUCTION, 10000000);
    world_assign(&world, "put-2", "2021-03-03", COUNTY, "F2", BOOK_SUBSIDY, 5000000);
    world_allocate(&world, "down-1", "2021-03-05", COUNTY, VILLAGE_11, "F1", BOOK_CONSTRUCTION,
                   6000714);
    world_allocate(&world, "down-2", "2021-03-05", COUNTY, TOWNSHIP_1, "F2", BOOK_SUBSIDY, 4000000);
}

static void teardown(void)
{
    world_done(&world);
    fixture_teardown();
}

/* ---- Pages ----------------------------------------------------------------------------------- */

static void print_voucher(const char *voucher, struct buffer *html)
{
    struct error err = ERROR_INIT;

    buffer_reset(html);
    ck_good(paper_print_vouchers(world.ledger, &voucher, 1, html, &err), &err);
}

static void print_notice(const char *name, struct buffer *html)
{
    struct error err = ERROR_INIT;

    buffer_reset(html);
    ck_good(paper_print_notice(world.ledger, name, html, &err), &err);
}

static void print_statement(const char *division, const char *month, struct buffer *html)
{
    struct error err = ERROR_INIT;
    int32_t at;

    buffer_reset(html);
    ck_good(month_parse(month, &at, &err), &err);
    ck_good(paper_print_statement(world.ledger, division, at, html, &err), &err);
}

static int count(const struct buffer *html, const char *what)
{
    int found = 0;

    for (const char *at = buffer_text(html); (at = strstr(at, what)) != NULL; at += strlen(what))
        found++;
    return found;
}

static int count_sheets(const struct buffer *html)
{
    return count(html, "<div class=\"sheet\">");
}

#define ck_holds(html, what) ck_assert_msg(count(html, what) > 0, "no \"%s\"", what)
#define ck_lacks(html, what) ck_assert_msg(count(html, what) == 0, "\"%s\" stands there", what)

START_TEST(voucher_shows_accounts_amount_in_words_signers_and_evidence)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct voucher voucher;
    struct error err = ERROR_INIT;
    char hex[HASH_HEX_SIZE], fingerprint[SIGN_FINGERPRINT_SIZE];
    struct note_vkey key;

    print_voucher("down-1", &html);
    ck_good(voucher_find(world.journal, "down-1", &voucher, &err), &err);
    ck_good(journal_log_key(world.journal, &key, &err), &err);
    ck_holds(&html, "人民币陆万零柒元壹角肆分");
    ck_holds(&html, "60,007.14");
    ck_holds(&html, "云镇村");
    ck_holds(&html, "项目建设");
    ck_holds(&html, "财农〔2021〕19号");
    ck_holds(&html, ">li</b> 2022-01-10 08:00:00");
    ck_holds(&html, ">wang</b> 2022-01-10 08:00:00");
    ck_holds(&html, hash_to_hex(&voucher.submit_hash, hex));
    ck_holds(&html, "mingzhang/611025000000");
    ck_holds(&html, sign_public_fingerprint(&key.key, fingerprint));
    ck_holds(&html, "第 1 页 共 1 页");
    ck_lacks(&html, "class=\"mark\"");
    ck_lacks(&html, "<script");
    ck_lacks(&html, "://");
    ck_lacks(&html, "src=");
    buffer_done(&html);
}
END_TEST

/* Attach `count` files to something; the files themselves are nothing that a paper asks for. */
static void attach(const char *to, const char *title, int count)
{
    struct attachment attachment = {.about = "invoice", .type = "pdf", .size_bytes = 1};
    struct signatory li = world_person("li");
    struct error err = ERROR_INIT;
    bool repeated;
    uint64_t seq;

    ck_good(attachment_resolve(world.journal, to, &attachment, &err), &err);
    ck_good(journal_begin(world.journal, &err), &err);
    for (int i = 0; i < count; i++) {
        (void)snprintf(attachment.title, sizeof attachment.title, "%d %s", i, title);
        attachment.sha256 =
            hash_sha256((const uint8_t *)attachment.title, strlen(attachment.title));
        ck_good(attachment_add(world.journal, &li, &attachment, &repeated, &seq, &err), &err);
        ck_assert(!repeated);
    }
    ck_good(journal_commit(world.journal, &err), &err);
}

START_TEST(attachments_are_named_with_what_to_compare_by)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    hash_t hash = hash_sha256((const uint8_t *)"0 施工<b>合同", strlen("0 施工<b>合同"));
    char hex[HASH_HEX_SIZE];

    print_voucher("down-1", &html);
    ck_lacks(&html, "附件");
    attach("down-1", "施工<b>合同", 2);
    print_voucher("down-1", &html);
    hash_to_hex(&hash, hex);
    hex[16] = '\0';
    ck_holds(&html, "<b>2</b> 件");
    ck_holds(&html, "施工&lt;b&gt;合同");
    ck_holds(&html, "发票");
    ck_holds(&html, hex);
    ck_holds(&html, "审核后补附"); /* it was approved before */
    attach("F1", "下达文件", 8);
    print_notice("F1", &html);
    ck_holds(&html, "<b>10</b> 件");
    ck_holds(&html, "以下列出 6 件");
    ck_holds(&html, "5 下达文件");
    ck_lacks(&html, "6 下达文件");
    print_voucher("down-1", &html);
    ck_lacks(&html, "下达文件");
    buffer_done(&html);
}
END_TEST

START_TEST(same_ledger_gives_the_same_bytes)
{
    struct buffer first = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct buffer second = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);

    print_voucher("down-1", &first);
    world_done(&world);
    world_open(&world);
    world_set_clock(1672531200); /* a year later */
    print_voucher("down-1", &second);
    ck_assert_uint_eq(first.size, second.size);
    ck_assert_int_eq(memcmp(first.data, second.data, first.size), 0);
    buffer_done(&first);
    buffer_done(&second);
}
END_TEST

START_TEST(what_is_not_posted_is_marked_across_every_sheet)
{
    static const struct world_payment one[] = {{60000, ""}, {70000, ""}};
    static const struct {
        const char *reference, *mark, *checker;
    } cases[] = {{"asked", "PENDING", "未审核"},
                 {"refused", "REJECTED", ">wang</b> 2022-01-10"},
                 {"undone", "REVERSED", ">wang</b> 2022-01-10"}};
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);

    world_ask_each(&world, "asked", "2021-05-01", TOWNSHIP_1, one, 2);
    world_ask_each(&world, "refused", "2021-05-01", TOWNSHIP_1, one, 2);
    world_decide(&world, "refused", VOUCHER_REJECT);
    world_pay_each(&world, "undone", "2021-05-01", TOWNSHIP_1, one, 2);
    world_reverse(&world, "reversal", "undone", "2021-05-02");
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        print_voucher(cases[i].reference, &html);
        ck_assert_int_eq(count(&html, "class=\"mark\""), count_sheets(&html));
        ck_holds(&html, cases[i].mark);
        ck_holds(&html, cases[i].checker);
    }
    ck_lacks(&html, "待审核");
    print_voucher("reversal", &html);
    ck_lacks(&html, "class=\"mark\"");
    ck_holds(&html, "冲销凭证");
    buffer_done(&html);
}
END_TEST

/* As tests/exporters/world.c makes people: an ID number each and an account. */
START_TEST(people_are_named_but_their_numbers_are_cut)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);

    world_pay_people(&world, "pay", "2021-05-01", TOWNSHIP_1, 3, 60000);
    print_voucher("pay", &html);
    ck_assert_int_eq(count(&html, "身份证尾号"), 3);
    ck_assert_int_eq(count(&html, "账号尾号 0122"), 3);
    ck_lacks(&html, "6199011950"); /* what every ID number of theirs begins with */
    ck_lacks(&html, "621700");     /* and every account */
    ck_holds(&html, "内部资料");
    buffer_done(&html);
}
END_TEST

START_TEST(long_vouchers_carry_their_subtotal_from_sheet_to_sheet)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    int sheets;

    world_pay_people(&world, "pay", "2021-05-01", TOWNSHIP_1, 50, 60000);
    print_voucher("pay", &html);
    sheets = count_sheets(&html);
    ck_assert_int_gt(sheets, 2);
    ck_assert_int_eq(count(&html, "过次页"), sheets - 1);
    ck_assert_int_eq(count(&html, "承前页"), sheets - 1);
    ck_assert_int_eq(count(&html, "合计（大写）"), 1);
    ck_assert_int_eq(count(&html, "日志公钥指纹"), sheets);
    ck_assert_int_eq(count(&html, "<svg"), sheets);
    ck_holds(&html, "人民币叁万元整");
    buffer_done(&html);
}
END_TEST

START_TEST(several_vouchers_are_paged_each_for_itself)
{
    static const char *const vouchers[] = {"in-1", "2021-000005"};
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    ck_good(paper_print_vouchers(world.ledger, vouchers, 2, &html, &err), &err);
    ck_assert_int_eq(count_sheets(&html), 2);
    ck_assert_int_eq(count(&html, "第 1 页 共 1 页"), 2);
    buffer_reset(&html);
    ck_fails(paper_print_vouchers(world.ledger, (const char *const[]){"in-1", "nothing"}, 2, &html,
                                  &err),
             &err, ERROR_NOT_FOUND, "nothing");
    ck_assert_uint_eq(html.size, 0);
    buffer_done(&html);
}
END_TEST

START_TEST(markup_in_the_ledger_stays_text)
{
    struct voucher_line *line = calloc(1, sizeof *line);
    struct voucher_header header = {.movement = MOVEMENT_ALLOCATION,
                                    .reference = "markup",
                                    .text = "<script>alert('1')</script> & \"x\""};
    struct signatory li = world_person("li");
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct voucher_draft *draft = NULL;
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(line);
    line->amount.fen = 100;
    line->from = (struct account){COUNTY, BOOK_SUBSIDY, "F2", ACCOUNT_AVAILABLE};
    line->to = (struct account){TOWNSHIP_2, BOOK_SUBSIDY, "F2", ACCOUNT_AVAILABLE};
    (void)snprintf(line->text, sizeof line->text, "%s", "</td><img src=x>");
    ck_good(date_parse("2021-05-01", &header.event_date, &err), &err);
    ck_good(journal_begin(world.journal, &err), &err);
    ck_good(voucher_draft_new(world.journal, &header, &draft, &err), &err);
    ck_good(voucher_draft_add(draft, line, &err), &err);
    ck_good(voucher_draft_submit(draft, &li, &receipt, NULL, &err), &err);
    voucher_draft_free(draft);
    ck_good(journal_commit(world.journal, &err), &err);
    print_voucher("markup", &html);
    ck_lacks(&html, "<script");
    ck_lacks(&html, "<img");
    ck_holds(&html, "&lt;script&gt;");
    buffer_done(&html);
    free(line);
}
END_TEST

/* ---- Notices and statements ------------------------------------------------------------------ */

START_TEST(notice_names_document_fund_receiver_and_amount)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    print_notice("down-1", &html);
    ck_holds(&html, "资金下达通知");
    ck_holds(&html, "财农〔2021〕19号");
    ck_holds(&html, "衔接推进乡村振兴补助资金");
    ck_holds(&html, "人民币陆万零柒元壹角肆分");
    ck_holds(&html, ">云镇村</b>");
    print_notice("F1", &html); /* appropriated, allocated */
    ck_assert_int_eq(count_sheets(&html), 2);
    ck_holds(&html, "人民币壹拾万柒仟元零伍角叁分");
    buffer_reset(&html);
    ck_fails(paper_print_notice(world.ledger, "put-1", &html, &err), &err, ERROR_STATE,
             "is a assignment");
    ck_fails(paper_print_notice(world.ledger, "F9", &html, &err), &err, ERROR_NOT_FOUND,
             "neither a fund nor a voucher");
    buffer_done(&html);
}
END_TEST

START_TEST(notices_of_a_fund_leave_out_what_was_reversed)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);

    world_reverse(&world, "back-1", "down-1", "2021-03-06");
    print_notice("F1", &html);
    ck_assert_int_eq(count_sheets(&html), 1);
    ck_lacks(&html, "60,007.14");
    print_notice("down-1", &html);
    ck_holds(&html, "REVERSED");
    buffer_done(&html);
}
END_TEST

START_TEST(statement_ties_to_the_sum_and_says_whether_the_month_is_closed)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct signatory admin = world_person("zhao");
    struct error err = ERROR_INIT;
    int32_t month;

    print_statement("镇安县", "2021-03", &html);
    ck_holds(&html, "NOT CLOSED");
    ck_holds(&html, "157,000.53"); /* came in, of both funds */
    ck_holds(&html, "100,007.14"); /* went down */
    ck_holds(&html, "人民币伍万陆仟玖佰玖拾叁元叁角玖分");
    ck_good(month_parse("2021-03", &month, &err), &err);
    ck_good(journal_begin(world.journal, &err), &err);
    ck_good(period_close(world.journal, &admin, month, &err), &err);
    ck_good(journal_commit(world.journal, &err), &err);
    print_statement(COUNTY, "2021-03", &html);
    ck_lacks(&html, "NOT CLOSED");
    ck_holds(&html, "已结账");
    print_statement(VILLAGE_22, "2021-03", &html);
    ck_holds(&html, "本月及以前无账");
    buffer_reset(&html);
    ck_fails(paper_print_statement(world.ledger, "nowhere", month, &html, &err), &err,
             ERROR_NOT_FOUND, "nowhere");
    buffer_done(&html);
}
END_TEST

/* ---- PDF ------------------------------------------------------------------------------------- */

/* Are the programs there? Where everything must be (CI=true), a missing one is a failure. */
static bool has_printing(void)
{
    static const char *const programs[] = {"weasyprint", "pdftoppm", "pdftotext", "zbarimg"};

    for (size_t i = 0; i < ARRAY_COUNT(programs); i++) {
        const char *ci = getenv("CI");

        if (fixture_has(programs[i])) continue;
        ck_assert_msg(ci == NULL || strcmp(ci, "true") != 0, "%s is missing", programs[i]);
        (void)printf("skipped: %s is not installed\n", programs[i]);
        return false;
    }
    return true;
}

static void run_tool(const char *const *arguments, struct buffer *out)
{
    int status = fixture_run(arguments, out);

    ck_assert_msg(status == 0, "%s ended with %d: %s", arguments[0], status, buffer_text(out));
}

/* A voucher whose every text is as long as a text may be, of projects and contracts or not. */
static void submit_long_texts(const char *reference)
{
    static const char *const piece = "渠道改造工程进度款及配套";
    struct voucher_header header = {.movement = MOVEMENT_PAYMENT};
    struct voucher_line *line = calloc(1, sizeof *line);
    struct signatory li = world_person("li");
    struct voucher_draft *draft = NULL;
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(line);
    (void)snprintf(header.reference, sizeof header.reference, "%s", reference);
    line->amount.fen = 100;
    line->from = (struct account){VILLAGE_11, BOOK_CONSTRUCTION, "F1", ACCOUNT_AVAILABLE};
    line->to = (struct account){VILLAGE_11, BOOK_CONSTRUCTION, "F1", ACCOUNT_IN_TRANSIT};
    line->plan_line = 1;
    (void)snprintf(line->project, sizeof line->project, "P1");
    (void)snprintf(line->payee.name, sizeof line->payee.name, "示例建筑有限公司");
    for (int i = 0; i < 41; i++) /* 492 characters */
        memcpy(header.text + strlen(header.text), piece, strlen(piece) + 1);
    memcpy(header.document, header.text, sizeof header.document);
    ck_good(date_parse("2021-05-01", &header.event_date, &err), &err);
    ck_good(journal_begin(world.journal, &err), &err);
    ck_good(voucher_draft_new(world.journal, &header, &draft, &err), &err);
    for (size_t size = 0; size < strlen(header.text); size += 41 * strlen("渠")) {
        memcpy(line->text, header.text, size);
        line->text[size] = '\0';
        ck_good(voucher_draft_add(draft, line, &err), &err);
    }
    ck_good(voucher_draft_submit(draft, &li, &receipt, NULL, &err), &err);
    voucher_draft_free(draft);
    ck_good(journal_commit(world.journal, &err), &err);
    free(line);
}

/* Make the PDF and hold its pages against the sheets; its text goes to `said`. */
static void check_pages(const struct buffer *html, struct buffer *said)
{
    struct buffer pdf = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    ck_good(paper_make_pdf(html, &pdf, &err), &err);
    fixture_write(fixture_path("paper.pdf"), (const char *)pdf.data, pdf.size);
    run_tool((const char *const[]){"pdftotext", "-layout", "paper.pdf", "-", NULL}, said);
    ck_assert_int_eq(count(said, "\f"), count_sheets(html));
    ck_assert_int_eq(count(said, "日志公钥指纹"), count_sheets(html));
    buffer_done(&pdf);
}

START_TEST(no_sheet_of_a_voucher_flows_over_its_page_and_the_code_reads_back)
{
    static const char *const vouchers[] = {"down-1", "pay", "long"};
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct buffer said = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    char wanted[PAPER_QR_BYTES_MAX], hex[HASH_HEX_SIZE];
    struct voucher voucher;
    struct error err = ERROR_INIT;

    if (!has_printing()) return;
    world_pay_people(&world, "pay", "2021-05-01", TOWNSHIP_1, 25, 60000);
    submit_long_texts("long");
    attach("long",
           "一份名称很长很长的附件，长到标题在纸上要被截断，只留下开头的一部分，其余的在账本里看",
           7);
    ck_good(paper_print_vouchers(world.ledger, vouchers, ARRAY_COUNT(vouchers), &html, &err), &err);
    check_pages(&html, &said);
    ck_holds(&said, "人民币陆万零柒元壹角肆分");

    run_tool((const char *const[]){"pdftoppm", "-r", "150", "-l", "1", "-png", "-singlefile",
                                   "paper.pdf", "page", NULL},
             NULL);
    run_tool((const char *const[]){"zbarimg", "--quiet", "--raw", "page.png", NULL}, &said);
    ck_good(voucher_find(world.journal, "down-1", &voucher, &err), &err);
    (void)snprintf(wanted, sizeof wanted, "mingzhang/611025000000\nvoucher %s\nsubmit %llu %s\n",
                   voucher.number, (unsigned long long)voucher.submit_seq,
                   hash_to_hex(&voucher.submit_hash, hex));
    ck_holds(&said, wanted);
    ck_holds(&said, "\napprove ");
    buffer_done(&said);
    buffer_done(&html);
}
END_TEST

/* An allocation of `count` lines to all five villages in turn. */
static void allocate_to_many(const char *reference, int count)
{
    static const char *const villages[] = {VILLAGE_11, VILLAGE_12, VILLAGE_13, VILLAGE_21,
                                           VILLAGE_22};
    struct voucher_header header = {.movement = MOVEMENT_ALLOCATION, .text = "分村下达"};
    struct voucher_line *line = calloc(1, sizeof *line);
    struct signatory li = world_person("li");
    struct voucher_draft *draft = NULL;
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(line);
    (void)snprintf(header.reference, sizeof header.reference, "%s", reference);
    ck_good(date_parse("2021-05-01", &header.event_date, &err), &err);
    line->from = (struct account){COUNTY, BOOK_CONSTRUCTION, "F1", ACCOUNT_AVAILABLE};
    line->to = line->from;
    ck_good(journal_begin(world.journal, &err), &err);
    ck_good(voucher_draft_new(world.journal, &header, &draft, &err), &err);
    for (int i = 0; i < count; i++) {
        line->amount.fen = 10053 + i;
        memcpy(line->to.division, villages[i % 5], sizeof line->to.division);
        ck_good(voucher_draft_add(draft, line, &err), &err);
    }
    ck_good(voucher_draft_submit(draft, &li, &receipt, NULL, &err), &err);
    voucher_draft_free(draft);
    ck_good(journal_commit(world.journal, &err), &err);
    free(line);
}

START_TEST(no_sheet_of_a_notice_flows_over_its_page)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct buffer said = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);

    if (!has_printing()) return;
    allocate_to_many("many", 60);
    attach("many",
           "一份名称很长很长的附件，长到标题在纸上要被截断，只留下开头的一部分，其余的在账本里看",
           7);
    print_notice("many", &html);
    ck_assert_int_ge(count_sheets(&html), 3);
    check_pages(&html, &said);
    ck_assert_int_eq(count(&html, "PENDING"), count_sheets(&html));
    buffer_done(&said);
    buffer_done(&html);
}
END_TEST

START_TEST(same_page_gives_the_same_pdf)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct buffer first = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct buffer second = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    if (!has_printing()) return;
    ck_good(buffer_append_text(&html, "<!DOCTYPE html><title>x</title><p>Mingzhang <b>x</b>", &err),
            &err);
    ck_good(paper_make_pdf(&html, &first, &err), &err);
    ck_good(paper_make_pdf(&html, &second, &err), &err);
    ck_assert_uint_eq(first.size, second.size);
    ck_assert_int_eq(memcmp(first.data, second.data, first.size), 0);
    buffer_done(&html);
    buffer_done(&first);
    buffer_done(&second);
}
END_TEST

START_TEST(a_missing_program_is_named_with_what_to_install)
{
    struct buffer html = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct buffer pdf = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    ck_good(buffer_append_text(&html, "<p>x", &err), &err);
    ck_fails(paper_make_pdf_by("no-such-program", &html, &pdf, &err), &err, ERROR_STATE,
             "apt-get install weasyprint fonts-noto-cjk");
    ck_fails(paper_make_pdf_by("false", &html, &pdf, &err), &err, ERROR_IO, "it says nothing");
    ck_fails(paper_make_pdf_by("true", &html, &pdf, &err), &err, ERROR_IO, "made no PDF");
    ck_assert_uint_eq(pdf.size, 0);
    buffer_done(&pdf);
    buffer_done(&html);
}
END_TEST

START_TEST(qr_codes_have_a_quiet_zone_and_a_limit)
{
    struct buffer path = BUFFER_INIT(PAPER_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;
    char text[600];
    int width = 0;

    ck_good(paper_qr_path("mingzhang", &path, &width, &err), &err);
    ck_assert_int_eq(width, 21 + 2 * PAPER_QR_QUIET_MODULES);             /* version 1 */
    ck_assert_int_eq(strncmp(buffer_text(&path), "M4 4h7v1h-7z", 12), 0); /* the finder's edge */
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    ck_fails(paper_qr_path(text, &path, &width, &err), &err, ERROR_LIMIT, "599 bytes");
    buffer_done(&path);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("paper");
    TCase *pages = tcase_create("pages");
    TCase *pdf = tcase_create("pdf");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(pages, setup, teardown);
    tcase_add_test(pages, voucher_shows_accounts_amount_in_words_signers_and_evidence);
    tcase_add_test(pages, attachments_are_named_with_what_to_compare_by);
    tcase_add_test(pages, same_ledger_gives_the_same_bytes);
    tcase_add_test(pages, what_is_not_posted_is_marked_across_every_sheet);
    tcase_add_test(pages, people_are_named_but_their_numbers_are_cut);
    tcase_add_test(pages, long_vouchers_carry_their_subtotal_from_sheet_to_sheet);
    tcase_add_test(pages, several_vouchers_are_paged_each_for_itself);
    tcase_add_test(pages, markup_in_the_ledger_stays_text);
    tcase_add_test(pages, notice_names_document_fund_receiver_and_amount);
    tcase_add_test(pages, notices_of_a_fund_leave_out_what_was_reversed);
    tcase_add_test(pages, statement_ties_to_the_sum_and_says_whether_the_month_is_closed);
    tcase_add_checked_fixture(pdf, setup, teardown);
    tcase_set_timeout(pdf, 300); /* fonts are cut to size at leisure */
    tcase_add_test(pdf, no_sheet_of_a_voucher_flows_over_its_page_and_the_code_reads_back);
    tcase_add_test(pdf, no_sheet_of_a_notice_flows_over_its_page);
    tcase_add_test(pdf, same_page_gives_the_same_pdf);
    tcase_add_test(pdf, a_missing_program_is_named_with_what_to_install);
    tcase_add_test(pdf, qr_codes_have_a_quiet_zone_and_a_limit);
    suite_add_tcase(suite, pages);
    suite_add_tcase(suite, pdf);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
