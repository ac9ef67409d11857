/*
 * test_withheld.c - can the documents of a period, all of them together with the entries, tell what
 * one person was paid?
 *
 * Two worlds differ in nothing but what some people were paid. Their entries show the same when
 * hashes, seals and signatures are passed over. Then no document of any division and period may
 * differ either: whatever an attacker computes from them, the amounts have no part in it. That is
 * stronger than any attack which a test could try; one is tried all the same.
 */
#include <stdlib.h>
#include <string.h>

#include "withheld_assets.h"
#include "world.h"

#define SECRET      INT64_C(6123457) /* of no figure of the world a sum or difference by chance */
#define PAYROLL     100
#define MERGED      "611025101210"
#define FIGURES_MAX 4000
#define HIDDEN_RUN  32 /* characters of a hash, key, seal or signature in a row, at the least */

static const char *const periods[] = {"2021",    "2021-Q2", "2021-Q3", "2021-05", "2021-06",
                                      "2021-07", "2021-08", "2021-09", "2022",    "2022-01"};
static struct world world;

static void setup(void)
{
    fixture_setup();
    world_make(&world);
    world_fill(&world);
}

static void teardown(void)
{
    world_done(&world);
    fixture_teardown();
}

/* ---- What happens to people ------------------------------------------------------------------ */

/* `secret` is what one person was paid, or by what a payroll of a known sum differs. */
struct story {
    const char *name;
    void (*tell)(const char *division, int64_t secret);
};

static void pay(const char *reference, const char *date, const char *division, int64_t fen)
{
    world_pay_each(&world, reference, date, division, &(struct world_payment){fen, ""}, 1);
}

static void one_person(const char *division, int64_t secret)
{
    pay("s1", "2021-06-03", division, secret);
    world_confirm(&world, "s1-bank", "s1", "2021-07-05");
}

static void one_person_among_payrolls(const char *division, int64_t secret)
{
    world_pay_people(&world, "s0", "2021-05-20", division, 3, 30000);
    world_confirm(&world, "s0-bank", "s0", "2021-06-20");
    pay("s1", "2021-07-03", division, secret);
    world_confirm(&world, "s1-bank", "s1", "2021-07-05");
    world_pay_people(&world, "s2", "2021-08-20", division, 5, 40000);
}

static void payroll_of_which_one_comes_back(const char *division, int64_t secret)
{
    struct world_payment payments[PAYROLL];

    for (int i = 0; i < PAYROLL / 2; i++) {
        payments[i] = (struct world_payment){60000 + secret % 997 + i, ""};
        payments[PAYROLL - 1 - i] = (struct world_payment){60000 - secret % 997 - i, ""};
    }
    world_pay_each(&world, "s1", "2021-06-03", division, payments, PAYROLL);
    world_return(&world, "s1-back", "s1", "2021-07-05", 1);
    world_confirm(&world, "s1-bank", "s1", "2021-08-06");
}

static void payroll_of_which_one_is_paid_again(const char *division, int64_t secret)
{
    payroll_of_which_one_comes_back(division, secret);
    world_pay_again(&world, "s2", "2021-08-20", "s1");
    world_confirm(&world, "s2-bank", "s2", "2021-08-23");
}

static void two_vouchers_of_two(const char *division, int64_t secret)
{
    const struct world_payment payments[] = {{secret, ""}, {secret + 2, ""}};

    world_pay_each(&world, "s1", "2021-06-03", division, payments, 2);
    world_pay_each(&world, "s2", "2021-07-03", division, payments, 2);
    world_confirm(&world, "s1-bank", "s1", "2021-07-05");
    world_confirm(&world, "s2-bank", "s2", "2021-08-05");
}

static void one_person_pays_a_part_back(const char *division, int64_t secret)
{
    world_pay_people(&world, "s1", "2021-06-03", division, 3, 7000000);
    world_confirm(&world, "s1-bank", "s1", "2021-06-05");
    world_refund(&world, "s2", "2021-08-03", division, secret);
}

static void one_person_is_paid_by_mistake(const char *division, int64_t secret)
{
    pay("s1", "2021-06-03", division, secret);
    world_reverse(&world, "s2", "s1", "2021-07-03");
}

static void one_person_is_asked_for(const char *division, int64_t secret)
{
    world_ask_each(&world, "s1", "2021-06-03", division, &(struct world_payment){secret, ""}, 1);
}

static void one_person_is_refused(const char *division, int64_t secret)
{
    one_person_is_asked_for(division, secret);
    world_decide(&world, "s1", VOUCHER_REJECT);
}

static void three_people_each_alone(const char *division, int64_t secret)
{
    pay("s1", "2021-06-03", division, secret);
    pay("s2", "2021-07-03", division, secret + 1);
    pay("s3", "2021-08-03", division, secret + 2);
}

static void one_of_three_under_a_project_of_its_own(const char *division, int64_t secret)
{
    const struct world_payment payments[] = {
        {60000 + secret % 997, "P2"}, {60000, "P2"}, {60000 - secret % 997, "P3"}};

    (void)division;
    world_pay_each(&world, "s1", "2021-06-03", TOWNSHIP_1, payments, 3);
    world_confirm(&world, "s1-bank", "s1", "2021-06-05");
}

/* The village ends while one payment is on its way back; what else it has is handed over. */
static void payment_comes_back_to_a_village_that_ends(const char *division, int64_t secret)
{
    (void)division;
    payroll_of_which_one_comes_back(VILLAGE_12, secret);
    world_add_division(&world, MERGED, "中合村", TOWNSHIP_1, "2021-08-11");
    world_agree(&world, "division.succeed",
                "{\"changes\":[{\"division\":\"" VILLAGE_12 "\",\"successors\":[\"" MERGED
                "\"]}],\"document\":\"文\",\"last_day\":\"2021-08-10\"}");
    world_hand_over(&world, "s2", "2021-08-20", VILLAGE_12);
}

static void village_that_ended_pays_again(const char *division, int64_t secret)
{
    payment_comes_back_to_a_village_that_ends(division, secret);
    world_pay_again(&world, "s3", "2021-09-06", "s1");
    world_confirm(&world, "s3-bank", "s3", "2021-09-07");
}

static const struct story stories[] = {
    {"one person", one_person},
    {"one person among payrolls", one_person_among_payrolls},
    {"a payroll of which one comes back", payroll_of_which_one_comes_back},
    {"two vouchers of two", two_vouchers_of_two},
    {"one person pays a part back", one_person_pays_a_part_back},
    {"one person is paid by mistake", one_person_is_paid_by_mistake},
    {"one person is asked for", one_person_is_asked_for},
    {"one person is refused", one_person_is_refused},
    {"three people, each alone", three_people_each_alone},
    {"one of three under a project of its own", one_of_three_under_a_project_of_its_own},
    {"a payroll of which one is paid again", payroll_of_which_one_is_paid_again},
    {"a payment comes back to a village that ends", payment_comes_back_to_a_village_that_ends},
    {"a village that ended pays again", village_that_ended_pays_again},
};

/* ---- Two worlds ------------------------------------------------------------------------------ */

/* With money for people in every tier, so that each story can be told of each. */
static void give_money(void)
{
    static const char *const villages[] = {VILLAGE_11, VILLAGE_12, VILLAGE_13};

    world_appropriate(&world, "x0", "2021-02-03", "F2", 200000000);
    world_assign(&world, "x1", "2021-02-04", COUNTY, "F2", BOOK_SUBSIDY, 200000000);
    world_allocate(&world, "x2", "2021-03-03", COUNTY, TOWNSHIP_1, "F2", BOOK_SUBSIDY, 150000000);
    for (size_t i = 0; i < ARRAY_COUNT(villages); i++) {
        char reference[16];

        (void)snprintf(reference, sizeof reference, "y%zu", i);
        world_allocate(&world, reference, "2021-04-05", TOWNSHIP_1, villages[i], "F2", BOOK_SUBSIDY,
                       30000000);
        (void)snprintf(reference, sizeof reference, "z%zu", i);
        world_pay_people(&world, reference, "2021-06-15", villages[i], 3, 50000);
    }
}

static void tell(const struct story *story, const char *division, int64_t secret)
{
    give_money();
    story->tell(division, secret);
}

static void tell_assets(const struct asset_story *story, int64_t secret)
{
    give_money();
    story->tell(&world, secret);
}

/* Hashes, keys, seals and signatures tell nothing: long runs of their letters become one mark. */
static bool add_entry(void *context, uint64_t seq, const uint8_t *bytes, size_t size,
                      struct error *err)
{
    static const char letters[] =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/=";
    struct buffer *out = context;
    const char *text = (const char *)bytes, *end = text + size;

    (void)seq;
    while (text < end) {
        size_t run = 0;

        while (text + run < end && strchr(letters, text[run]) != NULL)
            run++;
        if (run >= HIDDEN_RUN && !buffer_append_text(out, "#", err)) return false;
        if (run < HIDDEN_RUN && !buffer_append(out, (const uint8_t *)text, run, err)) return false;
        text += run;
        if (text < end && !buffer_append(out, (const uint8_t *)text++, 1, err)) return false;
    }
    return buffer_append_text(out, "\n", err);
}

static void show_entries(struct buffer *out)
{
    struct error err = ERROR_INIT;

    ck_good(journal_walk(world.journal, 0, journal_size(world.journal), add_entry, out, &err),
            &err);
}

static void show_documents(struct buffer *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(periods); i++)
        world_render(&world, periods[i], NULL, out);
}

static void expect_same(const struct buffer *a, const struct buffer *b, const char *what,
                        const char *story)
{
    size_t at = 0, from;

    while (at < a->size && at < b->size && a->data[at] == b->data[at])
        at++;
    from = at > 300 ? at - 300 : 0;
    ck_assert_msg(at == a->size && at == b->size, "%s, %s: %.*s\n   other: %.100s", story, what,
                  400, buffer_text(a) + from, buffer_text(b) + at);
}

static void expect_nothing_told(const struct story *story, const char *division)
{
    struct buffer entries[2] = {BUFFER_INIT(FIXTURE_FILE_MAX), BUFFER_INIT(FIXTURE_FILE_MAX)};
    struct buffer documents[2] = {BUFFER_INIT(FIXTURE_FILE_MAX), BUFFER_INIT(FIXTURE_FILE_MAX)};

    for (int i = 0; i < 2; i++) {
        setup();
        tell(story, division, SECRET + 100 * i);
        show_entries(&entries[i]);
        show_documents(&documents[i]);
        teardown();
    }
    expect_same(&entries[0], &entries[1], "entries", story->name);
    expect_same(&documents[0], &documents[1], division, story->name);
    for (int i = 0; i < 2; i++) {
        buffer_done(&entries[i]);
        buffer_done(&documents[i]);
    }
}

START_TEST(documents_of_a_county_tell_nothing_of_one_person)
{
    expect_nothing_told(&stories[_i], COUNTY);
}
END_TEST

START_TEST(documents_of_a_township_tell_nothing_of_one_person)
{
    expect_nothing_told(&stories[_i], TOWNSHIP_1);
}
END_TEST

START_TEST(documents_of_a_village_tell_nothing_of_one_person)
{
    expect_nothing_told(&stories[_i], VILLAGE_12);
}
END_TEST

START_TEST(documents_tell_nothing_of_people_behind_assets)
{
    const struct asset_story *story = &asset_stories[_i];
    struct buffer entries[2] = {BUFFER_INIT(FIXTURE_FILE_MAX), BUFFER_INIT(FIXTURE_FILE_MAX)};
    struct buffer documents[2] = {BUFFER_INIT(FIXTURE_FILE_MAX), BUFFER_INIT(FIXTURE_FILE_MAX)};

    for (int i = 0; i < 2; i++) {
        setup();
        tell_assets(story, SECRET + 100 * i);
        show_entries(&entries[i]);
        show_documents(&documents[i]);
        teardown();
    }
    expect_same(&entries[0], &entries[1], "entries", story->name);
    expect_same(&documents[0], &documents[1], "documents", story->name);
    for (int i = 0; i < 2; i++) {
        buffer_done(&entries[i]);
        buffer_done(&documents[i]);
    }
}
END_TEST

/* Each file but the log, which show_entries() shows, and what a signature draws by chance. */
static void show_publication(struct buffer *out)
{
    static const char list[] =
        "cd publication && find . -type f ! -path './.git/*' ! -path './tile/*' ! -path './keys/*' "
        "! -name checkpoint | LC_ALL=C sort | while read -r f; do echo \"$f\"; sed -e "
        "'/<Signature /,/<\\/Signature>/d' -e 's/ size=\"[0-9]*\"//' \"$f\"; done";
    const char *const arguments[] = {"sh", "-c", list, NULL};
    static const char *const told[] = {"2021", "2021-08"};
    struct buffer files = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct error err = ERROR_INIT;
    struct publish_result result;

    for (size_t i = 0; i < ARRAY_COUNT(told); i++) {
        const struct publish_options options = {.repository = fixture_path("publication"),
                                                .period = told[i],
                                                .by = world_person("yi"),
                                                .signer = world.signer};

        ck_good(publish(world.ledger, &options, &result, &err), &err);
    }
    ck_assert_int_eq(fixture_run(arguments, &files), 0);
    ck_good(add_entry(out, 0, files.data, files.size, &err), &err);
    buffer_done(&files);
}

START_TEST(pages_and_tables_tell_nothing_of_people_behind_assets)
{
    const struct asset_story *story = &asset_stories[asset_story_count - 1];
    struct buffer files[2] = {BUFFER_INIT(FIXTURE_FILE_MAX), BUFFER_INIT(FIXTURE_FILE_MAX)};

    for (int i = 0; i < 2; i++) {
        setup();
        tell_assets(story, SECRET + 100 * i);
        show_publication(&files[i]);
        teardown();
    }
    expect_same(&files[0], &files[1], "files", story->name);
    ck_assert_ptr_nonnull(strstr(buffer_text(&files[0]), "village_debts.csv"));
    ck_assert_ptr_nonnull(strstr(buffer_text(&files[0]), VILLAGE_12 ".html"));
    for (int i = 0; i < 2; i++)
        buffer_done(&files[i]);
}
END_TEST

START_TEST(documents_stay_when_people_behind_assets_are_erased)
{
    struct buffer before = BUFFER_INIT(FIXTURE_FILE_MAX), after = BUFFER_INIT(FIXTURE_FILE_MAX);

    tell_assets(&asset_stories[asset_story_count - 1], SECRET);
    show_documents(&before);
    erase_people_behind_assets(&world);
    show_documents(&after);
    expect_same(&before, &after, "documents", "erased");
    buffer_done(&before);
    buffer_done(&after);
}
END_TEST

/* ---- One attack ------------------------------------------------------------------------------ */

struct figures {
    int64_t fen[FIGURES_MAX];
    size_t count;
};

static void add_figures(struct figures *figures, const char *text, const char *name)
{
    for (text = strstr(text, name); text != NULL; text = strstr(text, name)) {
        int64_t fen = llabs(strtoll(text + strlen(name), NULL, 10));
        size_t i = 0;

        text += strlen(name);
        while (i < figures->count && figures->fen[i] != fen)
            i++;
        if (i < figures->count) continue;
        ck_assert_uint_lt(figures->count, FIGURES_MAX);
        figures->fen[figures->count++] = fen;
    }
}

static int order_figures(const void *a, const void *b)
{
    const int64_t *left = a, *right = b;

    return *left < *right ? -1 : *left > *right;
}

static bool is_figure(const struct figures *figures, int64_t fen)
{
    fen = llabs(fen);
    return bsearch(&fen, figures->fen, figures->count, sizeof figures->fen[0], order_figures) !=
           NULL;
}

/* Is the secret a figure, or a sum or difference of two or three? */
static bool is_told(const struct figures *figures, int64_t secret)
{
    for (size_t i = 0; i < figures->count; i++)
        for (size_t j = i; j < figures->count; j++) {
            int64_t a = figures->fen[i], b = figures->fen[j];

            if (a == secret || a + b == secret || llabs(a - b) == secret) return true;
            if (is_figure(figures, secret - a - b) || is_figure(figures, secret + a - b) ||
                is_figure(figures, secret - a + b) || is_figure(figures, secret + a + b))
                return true;
        }
    return false;
}

START_TEST(subtraction_finds_no_payment)
{
    struct buffer text = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct figures *figures = calloc(1, sizeof *figures);

    ck_assert_ptr_nonnull(figures);
    tell(&stories[1], TOWNSHIP_1, SECRET);
    show_entries(&text);
    show_documents(&text);
    add_figures(figures, buffer_text(&text), "fen=\"");
    add_figures(figures, buffer_text(&text), "\"amount\":");
    ck_assert_uint_gt(figures->count, 20);
    qsort(figures->fen, figures->count, sizeof figures->fen[0], order_figures);
    ck_assert(!is_told(figures, SECRET));
    /* The attack itself is good: what a payroll in clear was paid is found. */
    ck_assert(is_told(figures, 3 * 30000 + 5 * 40000));
    buffer_done(&text);
    free(figures);
}
END_TEST

/* ---- What is told all the same --------------------------------------------------------------- */

static const char *document(const char *period, const char *division)
{
    static struct buffer xml = BUFFER_INIT(FIXTURE_FILE_MAX);

    buffer_reset(&xml);
    world_render(&world, period, division, &xml);
    return buffer_text(&xml);
}

static void expect(const char *period, const char *division, const char *wanted, bool there)
{
    const char *xml = document(period, division);

    ck_assert_msg((strstr(xml, wanted) != NULL) == there, "%s %s %s \"%s\":\n%.3000s", period,
                  division, there ? "lacks" : "has", wanted, xml);
}

#define LEFT_OUT    "<item what=\"below_total\" book=\"subsidy\" lines=\"1\" reason=\"secondary\"/>"
#define HIDDEN_LINE "<item what=\"line\" book=\"subsidy\" fund=\"F2\" reason=\"sealed_totals\"/>"

START_TEST(line_is_withheld_from_the_month_of_the_sealed_entry_on)
{
    tell(&stories[2], TOWNSHIP_1, SECRET);
    /* A hundred people, in clear, and all of them under way. */
    expect("2021-06", TOWNSHIP_1, "<withheld/>", true);
    expect("2021-06", TOWNSHIP_1, "<standing role=\"in_transit\" fen=\"6000000\"", true);
    /* One of them came back. */
    expect("2021-07", TOWNSHIP_1, HIDDEN_LINE, true);
    expect("2021-07", TOWNSHIP_1, "<line fund=\"F2\">", false);
    expect("2021-09", TOWNSHIP_1, HIDDEN_LINE, true);
    expect("2021", TOWNSHIP_1, HIDDEN_LINE, true);
    /* What others did with the fund stands there, and so does the sum over everything else. */
    expect("2021-07", COUNTY, "<line fund=\"F2\">", true);
    expect("2021-07", COUNTY,
           "<item what=\"below_total\" book=\"subsidy\" lines=\"1\" reason=\"secondary\"/>", true);
    expect("2021-07", COUNTY, "<book name=\"subsidy\" lines=\"3\" withheld_lines=\"1\">", true);
}
END_TEST

START_TEST(total_of_which_every_line_is_left_out_is_printed_and_says_so)
{
    pay("s1", "2021-06-03", TOWNSHIP_1, 60000);
    expect("2021", COUNTY,
           "<book name=\"subsidy\" lines=\"0\" withheld_lines=\"1\">\n"
           "      <opening fen=\"0\" yuan=\"0.00\"/>\n"
           "      <closing fen=\"0\" yuan=\"0.00\"/>\n"
           "    </book>",
           true);
    expect("2021", COUNTY, "<book name=\"livelihood\" lines=\"0\" withheld_lines=\"0\">", true);
}
END_TEST

START_TEST(line_is_told_again_when_all_that_came_back_has_arrived)
{
    struct buffer june = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct error err = ERROR_INIT;

    tell(&stories[2], TOWNSHIP_1, SECRET);
    ck_good(buffer_append_text(&june, document("2021-06", TOWNSHIP_1), &err), &err);
    world_pay_again(&world, "s2", "2021-08-20", "s1");
    expect("2021-08", TOWNSHIP_1, HIDDEN_LINE, true);
    world_confirm(&world, "s2-bank", "s2", "2021-09-03");
    /* In the summer a part was elsewhere; from September's end on all of it is with the hundred. */
    expect("2021-07", TOWNSHIP_1, HIDDEN_LINE, true);
    expect("2021-08", TOWNSHIP_1, HIDDEN_LINE, true);
    expect("2021-09", TOWNSHIP_1, HIDDEN_LINE, true);
    expect("2021-Q3", TOWNSHIP_1, "<withheld/>", true);
    expect("2021-Q3", TOWNSHIP_1, "<out term=\"spent\" fen=\"6000000\"", true);
    expect("2021-10", TOWNSHIP_1, "<withheld/>", true);
    expect("2021", TOWNSHIP_1, "<out term=\"spent\" fen=\"6000000\"", true);
    /* September's spending can't be told, so October's isn't compared with it. */
    expect("2021-10", TOWNSHIP_1,
           "<change figure=\"spent\">\n      <before fen=\"0\" yuan=\"0.00\"/>", true);
    ck_assert_str_eq(document("2021-06", TOWNSHIP_1), buffer_text(&june));
    buffer_done(&june);
}
END_TEST

START_TEST(payment_that_was_undone_withholds_nothing_any_more)
{
    tell(&stories[5], TOWNSHIP_1, SECRET);
    expect("2021-06", TOWNSHIP_1, HIDDEN_LINE, true);
    expect("2021-07", TOWNSHIP_1, HIDDEN_LINE, true);
    expect("2021-08", TOWNSHIP_1, "<withheld/>", true);
    expect("2021", TOWNSHIP_1, "<withheld/>", true);
}
END_TEST

START_TEST(withheld_line_is_declared_also_when_nothing_stands_there)
{
    world_allocate(&world, "x1", "2021-04-05", COUNTY, TOWNSHIP_2, "F2", BOOK_SUBSIDY, 60000);
    pay("s1", "2021-05-03", TOWNSHIP_2, 60000);
    world_confirm(&world, "s1-bank", "s1", "2021-05-04");
    expect("2021-07", TOWNSHIP_2, HIDDEN_LINE, true);
}
END_TEST

START_TEST(how_long_money_has_stood_is_withheld_with_another_book_of_its_fund)
{
    world_reallocate(&world, "x1", "2021-03-05", TOWNSHIP_1, "F2", BOOK_SUBSIDY, BOOK_LIVELIHOOD,
                     60000);
    pay("s1", "2021-05-03", TOWNSHIP_1, 60000);
    expect("2021-07", TOWNSHIP_1, HIDDEN_LINE, true);
    expect("2021-07", TOWNSHIP_1,
           "<item what=\"stuck\" book=\"livelihood\" fund=\"F2\" reason=\"secondary\"/>", true);
    /* How much there is stands in the book; how old it is, first in, first out, hangs on both. */
    expect("2021-07", TOWNSHIP_1,
           "<item book=\"livelihood\" fund=\"F2\" role=\"available\" fen=\"60000\"", true);
    expect("2021-07", TOWNSHIP_1, "<item book=\"livelihood\" fund=\"F2\" role=\"available\" days",
           false);
}
END_TEST

START_TEST(village_line_about_three_people_is_printed)
{
    world_allocate(&world, "v1", "2021-05-01", TOWNSHIP_1, VILLAGE_11, "F2", BOOK_SUBSIDY, 777700);
    world_pay_people(&world, "w1", "2021-06-01", VILLAGE_11, 3, 111100);
    expect("2021", VILLAGE_11, "<withheld/>", true);
    expect("2021", VILLAGE_11, "<standing role=\"in_transit\" fen=\"333300\"", true);
    expect("2021", TOWNSHIP_1, "<withheld/>", true);
    expect("2021", TOWNSHIP_1, "<standing role=\"in_transit\" fen=\"333300\"", true);
}
END_TEST

START_TEST(village_line_about_one_person_is_withheld_and_in_no_sum)
{
    world_allocate(&world, "v1", "2021-05-01", TOWNSHIP_1, VILLAGE_11, "F2", BOOK_SUBSIDY, 777700);
    pay("w1", "2021-06-01", VILLAGE_11, 333300);
    expect("2021", VILLAGE_11, HIDDEN_LINE, true);
    expect("2021", VILLAGE_11, "<line fund=\"F2\">", false);
    expect("2021", VILLAGE_11, "777700", false);
    expect("2021", VILLAGE_11, "<summary withheld_lines=\"1\">", true);
    expect("2021", TOWNSHIP_1, LEFT_OUT, true);
    expect("2021", COUNTY, LEFT_OUT, true);
    expect("2021", TOWNSHIP_1, "444400", false);
    expect("2021", COUNTY, "444400", false);
    /* Other books aren't touched. */
    expect("2021", VILLAGE_11, "<line fund=\"F1\">", true);
}
END_TEST

START_TEST(project_tells_what_it_was_paid_when_vouchers_do)
{
    const struct world_payment together[] = {{70000, "P2"}, {80000, "P2"}, {90000, "P2"}};
    const struct world_payment alone = {50000, "P3"};

    world_pay_each(&world, "s1", "2021-06-03", TOWNSHIP_1, together, 3);
    world_pay_each(&world, "s2", "2021-07-03", TOWNSHIP_1, &alone, 1);
    expect("2021-07", TOWNSHIP_1, "<paid fen=\"240000\"", true);
    expect("2021-07", TOWNSHIP_1,
           "<item what=\"project_paid\" book=\"subsidy\" project=\"P3\" reason=\"sealed_totals\"/>",
           true);
    expect("2021-07", TOWNSHIP_1, "project=\"P2\"", false);
    /* In June nobody had been paid under P3. */
    expect("2021-06", TOWNSHIP_1, "<withheld/>", true);
}
END_TEST

START_TEST(project_is_told_as_it_stood_at_the_end_of_the_period)
{
    struct buffer before = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct error err = ERROR_INIT;

    ck_good(buffer_append_text(&before, document("2021", VILLAGE_11), &err), &err);
    ck_assert_ptr_nonnull(strstr(buffer_text(&before), "<paid fen=\"12345678\""));
    world_pay_organisation(&world, "e2", "2022-01-05", VILLAGE_11, 100);
    ck_assert_str_eq(document("2021", VILLAGE_11), buffer_text(&before));
    expect("2022", VILLAGE_11, "<paid fen=\"12345778\"", true);
    buffer_done(&before);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exporters/withheld");
    TCase *pairs = tcase_create("pairs of worlds"), *all = tcase_create("withheld");
    const int count = (int)ARRAY_COUNT(stories);
    SRunner *runner;
    int failed;

    tcase_set_timeout(pairs, 60);
    tcase_add_checked_fixture(all, setup, teardown);
    tcase_add_loop_test(pairs, documents_of_a_county_tell_nothing_of_one_person, 0, count);
    tcase_add_loop_test(pairs, documents_of_a_township_tell_nothing_of_one_person, 0, count);
    tcase_add_loop_test(pairs, documents_of_a_village_tell_nothing_of_one_person, 0, count);
    tcase_add_loop_test(pairs, documents_tell_nothing_of_people_behind_assets, 0,
                        (int)asset_story_count);
    tcase_add_test(pairs, pages_and_tables_tell_nothing_of_people_behind_assets);
    tcase_add_test(all, documents_stay_when_people_behind_assets_are_erased);
    tcase_add_test(all, subtraction_finds_no_payment);
    tcase_add_test(all, line_is_withheld_from_the_month_of_the_sealed_entry_on);
    tcase_add_test(all, total_of_which_every_line_is_left_out_is_printed_and_says_so);
    tcase_add_test(all, line_is_told_again_when_all_that_came_back_has_arrived);
    tcase_add_test(all, payment_that_was_undone_withholds_nothing_any_more);
    tcase_add_test(all, withheld_line_is_declared_also_when_nothing_stands_there);
    tcase_add_test(all, how_long_money_has_stood_is_withheld_with_another_book_of_its_fund);
    tcase_add_test(all, village_line_about_three_people_is_printed);
    tcase_add_test(all, village_line_about_one_person_is_withheld_and_in_no_sum);
    tcase_add_test(all, project_tells_what_it_was_paid_when_vouchers_do);
    tcase_add_test(all, project_is_told_as_it_stood_at_the_end_of_the_period);
    suite_add_tcase(suite, pairs);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
