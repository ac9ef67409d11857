/*
 * test_pages.c - pages of places larger than any in the samples, amounts as they are said and
 * written, what a page is called, and that only what changed is made again.
 */
#include <stdlib.h>
#include <string.h>

#include "exporters/document.h"
#include "exporters/page.h"
#include "world.h"

static struct page_maker *maker;

static void setup(void)
{
    struct error err = ERROR_INIT;

    fixture_setup();
    ck_good(page_maker_open(&maker, &err), &err);
}

static void teardown(void)
{
    page_maker_close(maker);
    fixture_teardown();
}

/* Static memory. */
static const char *make(const struct buffer *xml, const char *language, const char *project)
{
    static struct buffer page = BUFFER_INIT(FIXTURE_FILE_MAX);
    const struct page_choice choice = {language, project, NULL, NULL, "\n2021-05\n2021-06\n"};
    struct error err = ERROR_INIT;

    buffer_reset(&page);
    ck_good(page_make(maker, xml, "a page", &choice, &page, &err), &err);
    return buffer_text(&page);
}

static void add(struct buffer *xml, const char *text)
{
    struct error err = ERROR_INIT;

    ck_good(buffer_append_text(xml, text, &err), &err);
}
#define ADD(xml, ...)                                                                              \
    do {                                                                                           \
        char text_[2048];                                                                          \
        (void)snprintf(text_, sizeof text_, __VA_ARGS__);                                          \
        add((xml), text_);                                                                         \
    } while (0)

/* ---- Amounts -----------------------------------------------------------------------------------
 */

/* A document of which only the summary matters. */
static void summary(struct buffer *xml, const char *fen, const char *yuan)
{
    buffer_reset(xml);
    ADD(xml,
        "<disclosure xmlns=\"urn:mingzhang:disclosure:1\" version=\"1\" origin=\"o\" log_key=\"k\" "
        "division=\"611025101201\" period=\"2021-09\"><division code=\"611025101201\" name=\"村\" "
        "level=\"village\"/><span first=\"2021-09-01\" last=\"2021-09-30\"/><summary "
        "withheld_lines=\"0\"><opening fen=\"0\" yuan=\"0.00\"/><received fen=\"%s\" yuan=\"%s\"/>"
        "<spent fen=\"0\" yuan=\"0.00\"/><passed_on fen=\"0\" yuan=\"0.00\"/><closing fen=\"%s\" "
        "yuan=\"%s\"/></summary><withheld/></disclosure>",
        fen, yuan, fen, yuan);
}

START_TEST(amounts_are_written_in_yuan_and_in_ten_thousands_and_said)
{
    static const struct {
        const char *fen, *yuan, *shown, *also, *said;
    } cases[] = {
        {"20000000", "200,000.00", "<strong>20 万元</strong>", "200,000 元", "收到二十万元"},
        {"19126600", "191,266.00", "<strong>19.1266 万元</strong>", "191,266 元",
         "收到十九万一千二百六十六元"},
        {"12345678", "123,456.78", "<strong>12.345678 万元</strong>", "123,456.78 元",
         "收到十二万三千四百五十六元七角八分"},
        {"999999", "9,999.99", "<strong>9,999.99 元</strong>", "9,999.99 元",
         "收到九千九百九十九元九角九分"},
        {"1000000", "10,000.00", "<strong>1 万元</strong>", "10,000 元", "收到一万元"},
        {"22000000", "220,000.00", "<strong>22 万元</strong>", "220,000 元", "收到二十二万元"},
        {"2200000", "22,000.00", "<strong>2.2 万元</strong>", "22,000 元", "收到两万两千元"},
        {"20000", "200.00", "<strong>200 元</strong>", "200 元", "收到两百元"},
        {"1005", "10.05", "<strong>10.05 元</strong>", "10.05 元", "收到十元零五分"},
        {"1", "0.01", "<strong>0.01 元</strong>", "0.01 元", "收到一分"},
        {"10000000100000", "100,000,001,000.00", "<strong>10000000.1 万元</strong>",
         "100,000,001,000 元", "收到一千亿零一千元"},
        {"1010000000", "10,100,000.00", "<strong>1010 万元</strong>", "10,100,000 元",
         "收到一千零一十万元"},
        {"9007199254740991", "90,071,992,547,409.91",
         "<strong class=\"long\">9007199254.740991 万元</strong>", "90,071,992,547,409.91 元",
         "九十万零七百一十九亿九千二百五十四万七千四百零九元九角一分"},
        {"-5000000", "-50,000.00", "<strong>−5 万元</strong>", "−50,000 元", "收到负五万元"},
    };
    struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX);

    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        const char *page;

        summary(&xml, cases[i].fen, cases[i].yuan);
        page = make(&xml, "zh", NULL);
        ck_assert_msg(strstr(page, cases[i].shown) != NULL, "%s", cases[i].shown);
        ck_assert_msg(strstr(page, cases[i].also) != NULL, "%s", cases[i].also);
        ck_assert_msg(strstr(page, cases[i].said) != NULL, "%s", cases[i].said);
        ck_assert_ptr_nonnull(strstr(page, "二零二一年九月"));
    }
    ck_assert_ptr_nonnull(strstr(make(&xml, "en", NULL), "September 2021"));
    buffer_done(&xml);
}
END_TEST

/* ---- Size --------------------------------------------------------------------------------------
 */

#define LONG_NAME "中央财政衔接推进乡村振兴补助资金（巩固拓展脱贫攻坚成果和乡村振兴任务）"
#define AMOUNT    "fen=\"123456789012\" yuan=\"1,234,567,890.12\""

static void add_law(struct buffer *xml)
{
    add(xml, "<opening " AMOUNT "/><in term=\"received_from_above\" " AMOUNT
             "/><in term=\"assigned_in\" " AMOUNT "/><out term=\"spent\" " AMOUNT
             "/><out term=\"passed_down\" " AMOUNT "/><closing " AMOUNT
             "/><standing role=\"available\" " AMOUNT "/>");
}

static void add_funds_and_books(struct buffer *xml, int count)
{
    static const char *const books[] = {"construction", "livelihood", "subsidy", "none"};

    add(xml, "<funds>");
    for (int i = 0; i < count; i++) {
        ADD(xml,
            "<fund code=\"2021-中央-%03d\" document=\"财农〔2021〕%d号\" name=\"" LONG_NAME
            "%d\" level=\"central\" year=\"2021\" books=\"construction\">",
            i, i, i);
        for (int j = 0; j < 10; j++)
            ADD(xml,
                "<in term=\"recovered_from_below\" division=\"6110251012%02d\" "
                "division_name=\"很长名字的村民委员会\" " AMOUNT "/>",
                j);
        add(xml, "</fund>");
    }
    add(xml, "</funds><books>");
    for (size_t i = 0; i < ARRAY_COUNT(books); i++) {
        ADD(xml, "<book name=\"%s\">", books[i]);
        for (int j = 0; j < count; j++) {
            ADD(xml, "<line fund=\"2021-中央-%03d\">", j);
            add_law(xml);
            add(xml, "</line>");
        }
        add(xml, "<total lines=\"1\" withheld_lines=\"0\">");
        add_law(xml);
        add(xml, "</total></book>");
    }
    add(xml, "</books>");
}

static void add_below_and_projects(struct buffer *xml, int places, int projects)
{
    ADD(xml, "<below divisions=\"%d\">", places);
    for (int i = 0; i < places; i++)
        ADD(xml,
            "<division code=\"6110251%05d\" name=\"很长名字的村民委员会%d\" level=\"village\"/>", i,
            i);
    add(xml, "</below><projects>");
    for (int i = 0; i < projects; i++)
        ADD(xml,
            "<project code=\"XM.2021.%04d\" name=\"高标准农田改造提升与产业路硬化工程第%d标段\" "
            "book=\"construction\" category=\"基础设施\" nature=\"新建\" unit=\"县农业农村局%d\" "
            "office_phone=\"0914-5322001\" start=\"2021-03-01\" beneficiaries=\"120\" "
            "percent=\"60\" accepted=\"false\"><task>任务</task><target>目标</target>"
            "<participation/><mechanism/><planned " AMOUNT "/><paid " AMOUNT
            "/><paid_in_period " AMOUNT "/></project>",
            i, i, i);
    add(xml, "</projects>");
}

static void make_large(struct buffer *xml, int scale)
{
    summary(xml, "123456789012", "1,234,567,890.12");
    *strstr((char *)xml->data, "<withheld/>") = '\0';
    xml->size = strlen(buffer_text(xml));
    add_funds_and_books(xml, 6 * scale);
    add_below_and_projects(xml, 40 * scale, 60 * scale);
    add(xml, "<attention as_of=\"2021-09-30\"><unspent/><stuck>");
    for (int i = 0; i < 20 * scale; i++)
        ADD(xml,
            "<item book=\"construction\" fund=\"2021-中央-%03d\" role=\"available\" days=\"40\" "
            "limit=\"30\" " AMOUNT "/>",
            i % (6 * scale));
    add(xml, "</stuck><expired/></attention><withheld>");
    for (int i = 0; i < 20 * scale; i++)
        ADD(xml,
            "<item what=\"line\" book=\"subsidy\" fund=\"2021-中央-%03d\" "
            "reason=\"people_below_township\"/>",
            i % (6 * scale));
    add(xml, "</withheld></disclosure>");
}

START_TEST(page_says_what_a_place_was_called_and_what_came_after_it)
{
    static const char *const wanted[] = {"到 2020-12-31 为止叫旧村。",
                                         "这个村已于 2021-06-30 撤销。",
                                         "后来的账在新村（611025101209）"};
    struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX);
    char *tail;

    summary(&xml, "0", "0.00");
    tail = strdup(strstr(buffer_text(&xml), "<span "));
    ck_assert_ptr_nonnull(tail);
    xml.size = (size_t)(strstr(buffer_text(&xml), "/><span ") - buffer_text(&xml));
    add(&xml, " ended=\"2021-06-30\"><formerly name=\"旧村\" until=\"2020-12-31\"/>"
              "<formerly code=\"611025101207\" name=\"甲村\" until=\"2021-05-31\" "
              "period=\"2021-05\"/><formerly code=\"611025101208\" name=\"乙村\" "
              "until=\"2021-04-30\" period=\"2021-04\"/><successor "
              "code=\"611025101209\" name=\"新村\"/></division>");
    add(&xml, tail);
    for (size_t i = 0; i < ARRAY_COUNT(wanted); i++)
        ck_assert_msg(strstr(make(&xml, "zh", NULL), wanted[i]) != NULL, "%s", wanted[i]);
    ck_assert_ptr_nonnull(strstr(make(&xml, "en", NULL), "It ended on 2021-06-30"));
    /* A link only to what was published. */
    ck_assert_ptr_nonnull(strstr(make(&xml, "zh", NULL), "href=\"../2021-05/611025101207.html\""));
    ck_assert_ptr_null(strstr(make(&xml, "zh", NULL), "../2021-04/"));
    ck_assert_ptr_nonnull(strstr(make(&xml, "zh", NULL), "乙村"));
    free(tail);
    buffer_done(&xml);
}
END_TEST

START_TEST(page_of_a_large_county_stays_below_60_kilobytes)
{
    static const int scales[] = {1, 3, 10, 30}; /* 1,200 places, 1,800 projects, 180 funds */
    struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX);

    for (size_t i = 0; i < ARRAY_COUNT(scales); i++) {
        make_large(&xml, scales[i]);
        ck_assert_uint_lt(strlen(make(&xml, "zh", NULL)), PAGE_SIZE_BYTES_MAX);
        ck_assert_uint_lt(strlen(make(&xml, "en", NULL)), PAGE_SIZE_BYTES_MAX);
        ck_assert_uint_lt(strlen(make(&xml, "zh", "XM.2021.0007")), PAGE_SIZE_BYTES_MAX / 4);
    }
    ck_assert_ptr_nonnull(strstr(make(&xml, "zh", NULL), "projects/XM~2e2021~2e"));
    ck_assert_ptr_nonnull(strstr(make(&xml, "zh", NULL), "一共 1800 个项目"));
    buffer_done(&xml);
}
END_TEST

#define LONG_CHARACTERS 2000
#define EACH            20 /* of whatever there can be many of */

/* What a document may say of one matter, `@` for each free text. */
static const struct {
    const char *code, *told;
} matters[] = {
    {"allocation",
     "<allocated date=\"2021-03-01\" document=\"@\" fund=\"F\" fund_name=\"@\" "
     "from=\"611025000000\" from_name=\"@\" to=\"611025101000\" to_name=\"@\" " AMOUNT "/>"},
    {"loans", "<loan date=\"2021-03-01\" borrower=\"@\" months=\"12\" " AMOUNT
              "><use>@</use><mechanism>@</mechanism></loan><entrusted date=\"2021-03-01\" "
              "name=\"@\" party=\"@\" " AMOUNT "/>"},
    {"sector", "<sector_project date=\"2021-03-01\" name=\"@\" place=\"@\" unit=\"@\" " AMOUNT
               "><target>@</target></sector_project>"},
    {"consolidation", "<plan date=\"2021-03-01\" name=\"@\" document=\"@\"><total " AMOUNT
                      "/><source name=\"@\" use=\"@\" " AMOUNT "/></plan>"},
    {"bank",
     "<in_bank code=\"X\" date=\"2021-03-01\" name=\"@\" division_name=\"@\"><planned " AMOUNT
     "/><task>@</task></in_bank><left_bank code=\"X\" name=\"@\" "
     "division_name=\"@\"><reason>@</reason></left_bank>"},
    {"annual_plan",
     "<plan date=\"2021-03-01\" name=\"@\" document=\"@\"><planned name=\"@\"/></plan>"},
    {"completion",
     "<completed code=\"X\" done=\"false\" name=\"@\" division_name=\"@\"><planned " AMOUNT
     "/><paid " AMOUNT "/><result>@</result></completed>"},
    {"projects", "<before code=\"X\" name=\"@\" division_name=\"@\"/><after code=\"X\" name=\"@\" "
                 "division_name=\"@\"><result>@</result></after>"},
    {"complaints", "<channel name=\"@\" office_phone=\"0914-5322001\" address=\"@\" hours=\"@\"/>"
                   "<complaint received=\"2021-03-01\" category=\"fund\" answered=\"2021-04-01\" "
                   "outcome=\"upheld\"><answer>@</answer></complaint>"},
};

static void add_matters(struct buffer *xml)
{
    add(xml, "<matters>");
    for (size_t i = 0; i < ARRAY_COUNT(matters); i++) {
        ADD(xml,
            "<matter code=\"%s\" number=\"%zu\"><catalogue item=\"@\" publisher=\"@\" "
            "time_limit=\"@\" basis=\"@\"/>",
            matters[i].code, i + 1);
        for (int j = 0; j < EACH; j++)
            add(xml, "<posted place=\"@\" first=\"2021-03-01\" last=\"2021-03-11\"/>");
        for (int j = 0; j < EACH; j++)
            add(xml, matters[i].told);
        add(xml, "</matter>");
    }
    add(xml, "</matters>");
}

static void add_long_places_and_projects(struct buffer *xml)
{
    ADD(xml, "<below divisions=\"%d\">", 10 * EACH);
    for (int i = 0; i < 10 * EACH; i++)
        ADD(xml, "<division code=\"6110251%05d\" name=\"@\" level=\"village\"/>", i);
    add(xml, "</below><projects>");
    for (int i = 0; i < EACH; i++) {
        ADD(xml,
            "<project code=\"X%d\" name=\"@\" book=\"construction\" category=\"@\" nature=\"@\" "
            "unit=\"@%d\" start=\"2021-09-01\" beneficiaries=\"120\" percent=\"60\" "
            "accepted=\"false\"><task>@</task><target>@</target><participation>@</participation>"
            "<mechanism>@</mechanism><result>@</result><planned " AMOUNT "/><paid " AMOUNT
            "/><paid_in_period " AMOUNT "/>",
            i, i);
        for (int j = 0; j < EACH; j++)
            ADD(xml,
                "<plan line=\"%d\" fund=\"F%d\"><planned " AMOUNT "/><paid " AMOUNT
                "/></plan><outside line=\"%d\" source=\"@\"><planned " AMOUNT
                "/></outside><contract code=\"K%d\" contractor=\"@\" uscc=\"91\" "
                "signed_on=\"2021-09-01\"><price " AMOUNT "/></contract>",
                j, j, j + EACH, j);
        add(xml, "</project>");
    }
    add(xml, "</projects>");
}

/* A document of which everything is too much. */
static void make_extreme(struct buffer *xml)
{
    summary(xml, "123456789012", "1,234,567,890.12");
    *strstr((char *)xml->data, "<withheld/>") = '\0';
    xml->size = strlen(buffer_text(xml));
    add(xml, "<funds>");
    for (int i = 0; i < EACH; i++)
        ADD(xml,
            "<fund code=\"F%d\" document=\"@\" name=\"@\" level=\"central\"><in "
            "term=\"received_from_above\" division=\"611025000000\" division_name=\"@\" " AMOUNT
            "/></fund>",
            i);
    add(xml, "</funds><books><book name=\"construction\">");
    for (int i = 0; i < EACH; i++) {
        ADD(xml, "<line fund=\"F%d\">", i);
        add_law(xml);
        add(xml, "</line>");
    }
    add(xml, "<total lines=\"1\" withheld_lines=\"0\">");
    add_law(xml);
    add(xml, "</total></book></books>");
    add_long_places_and_projects(xml);
    add(xml, "<attention as_of=\"2021-09-30\"><unspent/><stuck>");
    for (int i = 0; i < EACH; i++)
        ADD(xml,
            "<item book=\"construction\" fund=\"F%d\" role=\"available\" days=\"40\" "
            "limit=\"30\" " AMOUNT "/>",
            i);
    add(xml, "</stuck><expired/></attention>");
    add_matters(xml);
    add(xml, "<withheld>");
    for (int i = 0; i < EACH; i++)
        ADD(xml, "<item what=\"line\" book=\"subsidy\" fund=\"F%d\" reason=\"sealed_totals\"/>", i);
    add(xml, "</withheld></disclosure>");
}

/* Each `@` becomes a text of LONG_CHARACTERS characters. */
static void fill_in(const struct buffer *from, struct buffer *out)
{
    static char text[3 * LONG_CHARACTERS + 1];
    const char *at = buffer_text(from), *next;
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < LONG_CHARACTERS; i++)
        memcpy(text + 3 * i, "字", 3);
    for (; (next = strchr(at, '@')) != NULL; at = next + 1) {
        ck_good(buffer_append(out, (const uint8_t *)at, (size_t)(next - at), &err), &err);
        ck_good(buffer_append_text(out, text, &err), &err);
    }
    ck_good(buffer_append_text(out, at, &err), &err);
}

START_TEST(page_of_the_longest_texts_stays_below_60_kilobytes_and_says_that_it_cut_them)
{
    struct buffer form = BUFFER_INIT(FIXTURE_FILE_MAX), xml = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    static const struct {
        const char *language, *project, *said;
    } pages[] = {{"zh", NULL, "个字的只印了开头。全文见<a href=\"611025101201.xml\">"},
                 {"en", NULL, "All of them are in <a href=\"611025101201.xml\">"},
                 {"zh", "X7", "个字的只印了开头。全文见<a href=\"../611025101201.xml\">"},
                 {"en", "X7", "All of them are in <a href=\"../611025101201.xml\">"}};

    make_extreme(&form);
    fill_in(&form, &xml);
    for (size_t i = 0; i < ARRAY_COUNT(pages); i++) {
        const char *page = make(&xml, pages[i].language, pages[i].project);

        ck_assert_uint_le(strlen(page), PAGE_SIZE_BYTES_MAX);
        ck_assert_msg(strstr(page, pages[i].said) != NULL, "%s", pages[i].said);
        ck_assert_ptr_nonnull(strstr(page, "字字字…"));
    }
    buffer_done(&form);
    buffer_done(&xml);
}
END_TEST

START_TEST(office_without_a_telephone_names_whom_to_ask_instead)
{
    struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX);
    char *tail;

    summary(&xml, "0", "0.00");
    tail = strstr((char *)xml.data, "<withheld/>");
    *tail = '\0';
    xml.size = strlen(buffer_text(&xml));
    add(&xml, "<projects><project code=\"X\" name=\"路\" unit=\"县水利局\" percent=\"60\" "
              "accepted=\"false\"><planned fen=\"1\" yuan=\"0.01\"/></project></projects>"
              "<matters><matter code=\"complaints\" number=\"9\"><catalogue/><channel "
              "name=\"全国电话\" office_phone=\"12317\"/><channel name=\"镇监督办\" "
              "office_phone=\"0914-5322001\"/></matter></matters><withheld/></disclosure>");
    ck_assert_ptr_nonnull(strstr(make(&xml, "zh", NULL),
                                 "县水利局（没有登记电话，可以问镇监督办，电话 <a class=\"call\" "
                                 "href=\"tel:09145322001\">0914-5322001</a>）"));
    ck_assert_ptr_nonnull(strstr(make(&xml, "zh", "X"), "可以问镇监督办"));
    ck_assert_ptr_nonnull(strstr(make(&xml, "en", NULL), "no telephone on record; ask "));
    buffer_done(&xml);
}
END_TEST

/* ---- What is made again ------------------------------------------------------------------------
 */

static struct world world;

static void publish_2021(void)
{
    const struct publish_options options = {.repository = fixture_path("publication"),
                                            .period = "2021",
                                            .by = world_person("yi"),
                                            .signer = world.signer};
    struct publish_result result;
    struct error err = ERROR_INIT;

    ck_good(publish(world.ledger, &options, &result, &err), &err);
    ck_assert(result.changed);
}

/* Pages that the last commit touched. */
static void expect_pages(const char *wanted)
{
    static const char *const show[] = {
        "sh", "-c",
        "git -C publication show --name-only --format= HEAD -- 'snapshots/*.html' | "
        "sed 's:snapshots/2021/::' | sort | tr '\\n' ' '",
        NULL};
    struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);

    ck_assert_int_eq(fixture_run(show, &out), 0);
    ck_assert_str_eq(buffer_text(&out), wanted);
    buffer_done(&out);
}

START_TEST(publication_makes_only_pages_of_what_changed)
{
    world_make(&world);
    world_fill(&world);
    publish_2021();
    world_allocate(&world, "late", "2021-12-20", TOWNSHIP_1, VILLAGE_13, "F1", BOOK_CONSTRUCTION,
                   700);
    publish_2021();
    /* The township, the village, the sum below in the county, and the fund; no project, no index.
     */
    expect_pages("611025000000.en.html 611025000000.html 611025101000.en.html 611025101000.html "
                 "611025101203.en.html 611025101203.html disclosures.en.html disclosures.html "
                 "funds/F1.en.html funds/F1.html ");
    world_add_division(&world, "611025101204", "新村", TOWNSHIP_1, "2021-09-30");
    publish_2021();
    expect_pages("611025000000.en.html 611025000000.html 611025101000.en.html 611025101000.html "
                 "611025101204.en.html 611025101204.html index.en.html index.html "
                 "names.en.html names.html ");
    world_done(&world);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exporters/pages");
    TCase *all = tcase_create("pages");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(all, setup, teardown);
    tcase_add_test(all, amounts_are_written_in_yuan_and_in_ten_thousands_and_said);
    tcase_add_test(all, page_says_what_a_place_was_called_and_what_came_after_it);
    tcase_add_test(all, page_of_a_large_county_stays_below_60_kilobytes);
    tcase_add_test(all,
                   page_of_the_longest_texts_stays_below_60_kilobytes_and_says_that_it_cut_them);
    tcase_add_test(all, office_without_a_telephone_names_whom_to_ask_instead);
    tcase_add_test(all, publication_makes_only_pages_of_what_changed);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
