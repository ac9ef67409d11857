/*
 * test_due.c - three simulated years of disclosures, with the holidays of 2024 to 2026 and their
 * make-up weekends, a leap day, corrections, late notices and ones taken down too early: what the
 * ledger says is due, late, early and changed is what a naive model says, no more and no less.
 *
 * The model keeps what happened in plain arrays and looks through all of them for every question;
 * it has its own calendar, counted from a day that was a Monday.
 */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>

#define FIRST_DAY   19723 /* 2024-01-01, a Monday */
#define LAST_DAY    20818 /* 2026-12-31 */
#define EVENTS_MAX  2000
#define LINES_MAX   8000
#define LINE_SIZE   256
#define DAYS_WORKED 20
#define DAYS_STOOD  10

static struct fixture world;

/* ---- The State Council's days for 2024 to 2026 ----------------------------------------------- */

static const char *const free_days[] = {
    "2024-01-01", "2024-02-12", "2024-02-13", "2024-02-14", "2024-02-15", "2024-02-16",
    "2024-04-04", "2024-04-05", "2024-05-01", "2024-05-02", "2024-05-03", "2024-06-10",
    "2024-09-16", "2024-09-17", "2024-10-01", "2024-10-02", "2024-10-03", "2024-10-04",
    "2024-10-07", "2025-01-01", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31",
    "2025-02-03", "2025-02-04", "2025-04-04", "2025-05-01", "2025-05-02", "2025-05-05",
    "2025-06-02", "2025-10-01", "2025-10-02", "2025-10-03", "2025-10-06", "2025-10-07",
    "2025-10-08", "2026-01-01", "2026-01-02", "2026-02-16", "2026-02-17", "2026-02-18",
    "2026-02-19", "2026-02-20", "2026-02-23", "2026-04-06", "2026-05-01", "2026-05-04",
    "2026-05-05", "2026-06-19", "2026-09-25", "2026-10-01", "2026-10-02", "2026-10-05",
    "2026-10-06", "2026-10-07"};
static const char *const made_up_days[] = {"2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28",
                                           "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12",
                                           "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28",
                                           "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28",
                                           "2026-05-09", "2026-09-20", "2026-10-10"};

/* By day since 1970: 1 free, 2 worked. Parsed once: check notes every assertion in a file. */
static char named_days[LAST_DAY - FIRST_DAY + 1];

static void name_days(const char *const *days, size_t count, char as)
{
    for (size_t i = 0; i < count; i++)
        named_days[day(days[i]).days - FIRST_DAY] = as;
}

static bool is_worked(int number)
{
    const char named = number <= LAST_DAY ? named_days[number - FIRST_DAY] : 0;

    return named == 0 ? (number - FIRST_DAY) % 7 < 5 : named == 2;
}

static int due_after(int event)
{
    int left = DAYS_WORKED;

    while (left > 0)
        left -= is_worked(++event);
    return event;
}

/* ---- What happened --------------------------------------------------------------------------- */

struct happening {
    int number, entered;                      /* of the model: what came first */
    int place;                                /* of `boards`; events: in VILLAGE_1 or VILLAGE_3 */
    int first, last_meant, removed, corrects; /* notices; 0 or -1: none */
    int about_first, about_last;              /* notices and publications: the days told */
    int subject;                              /* notices: an event alone; -1: all */
};

static const char *const boards[] = {VILLAGE_1, TOWN_1, VILLAGE_3, TOWN_2};

static struct happening events[EVENTS_MAX], notices[EVENTS_MAX], published[EVENTS_MAX];
static int event_count, notice_count, published_count, entered_count;
static uint64_t chance_state;

static int chance(int below)
{
    return (int)chance_below(&chance_state, (size_t)below);
}

static char *text_of(int number, char text[DATE_TEXT_SIZE])
{
    return date_format((date_t){number}, text);
}

/* All of it from one sheet. */
static void add_calendar(void)
{
    static char bodies[ARRAY_COUNT(free_days) + ARRAY_COUNT(made_up_days)][LINE_SIZE];
    const char *rows[ARRAY_COUNT(bodies)];
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(bodies); i++) {
        const bool works = i >= ARRAY_COUNT(free_days);

        (void)snprintf(bodies[i], sizeof bodies[i],
                       "{\"date\":\"%s\",\"document\":\"国办发明电\",\"name\":\"\",\"works\":%s}",
                       works ? made_up_days[i - ARRAY_COUNT(free_days)] : free_days[i],
                       works ? "true" : "false");
        rows[i] = bodies[i];
    }
    ck_assert_ok(try_rows_as(&world, "li", DISCLOSURE_CALENDAR, rows, ARRAY_COUNT(rows), &err),
                 err);
}

static void add_day(const char *date, bool works)
{
    add_row(&world, DISCLOSURE_CALENDAR,
            "{'date':'%s','document':'国办发明电','name':'','works':%s}", date,
            works ? "true" : "false");
}

static void happen(int today)
{
    char date[DATE_TEXT_SIZE];
    struct happening *event = &events[event_count];
    /* Some are entered days after they happened: what was posted in between didn't tell them. */
    int date_of = chance(3) == 0 ? today - chance(20) : today;

    if (date_of < FIRST_DAY) date_of = FIRST_DAY;
    *event = (struct happening){date_of, entered_count++, 2 * chance(2), 0, 0, 0, -1, 0, 0, -1};
    add_row(&world, DISCLOSURE_SECTOR,
            "{'amount':7,'channel':'sector','code':'E%d','date':'%s','division':'%s',"
            "'mechanism':'','name':'x','place':'y','target':'','unit':'z'}",
            event_count, text_of(date_of, date), boards[event->place]);
    event_count++;
}

/* The period about which a notice or publication is: a month. */
static void month_of(int today, struct happening *out, char text[MONTH_TEXT_SIZE])
{
    int32_t in = date_month((date_t){today});

    month_format(in, text);
    out->about_first = month_first_day(in).days;
    out->about_last = month_last_day(in).days;
}

static void post(int today, int back, int place, int subject, int corrects)
{
    struct happening *notice = &notices[notice_count];
    char about[MONTH_TEXT_SIZE], first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE] = "";
    char of_subject[16] = "", of_corrected[16] = "";

    *notice = (struct happening){
        today, entered_count++, place, today - chance(3), 0, 0, corrects, 0, 0, subject};
    if (corrects >= 0 && notice->first < notices[corrects].first)
        notice->first = notices[corrects].first;
    if (chance(3) == 0) notice->last_meant = notice->first + 5 + chance(12);
    month_of(today - back, notice, about);
    if (notice->last_meant != 0) text_of(notice->last_meant, last);
    if (subject >= 0) (void)snprintf(of_subject, sizeof of_subject, "E%d", subject);
    if (corrects >= 0) (void)snprintf(of_corrected, sizeof of_corrected, "N%d", corrects);
    add_row(&world, DISCLOSURE_NOTICE,
            "{'corrects':'%s','division':'%s','first_day':'%s','last_day':'%s','matter':'sector',"
            "'notice':'N%d','period':'%s','place':'公示栏','subject':'%s'}",
            of_corrected, boards[place], text_of(notice->first, first), last, notice_count, about,
            of_subject);
    notice_count++;
}

static bool is_corrected(int notice)
{
    for (int i = 0; i < notice_count; i++)
        if (notices[i].corrects == notice) return true;
    return false;
}

static void take_down(int today, int notice)
{
    char date[DATE_TEXT_SIZE];

    if (notices[notice].removed != 0 || today < notices[notice].first) return;
    notices[notice].removed = today;
    add_row(&world, DISCLOSURE_REMOVE, "{'date':'%s','notice':'N%d','reason':'期满'}",
            text_of(today, date), notice);
}

static void publish_month(int today, int back)
{
    struct happening *publication = &published[published_count];
    struct signatory zhou = fixture_as("zhou");
    struct buffer body = BUFFER_INIT(1024);
    struct appended appended;
    struct error err = ERROR_INIT;
    char about[MONTH_TEXT_SIZE];
    bool is_again = false;

    *publication = (struct happening){.number = today, .entered = entered_count++};
    month_of(today - back, publication, about);
    for (int i = 0; i < published_count; i++)
        is_again = is_again || published[i].about_first == publication->about_first;
    ck_assert_ok(buffer_append_format(&body, &err,
                                      "{\"corrects\":[%s%s%s],\"documents_root\":\"%064d\","
                                      "\"period\":\"%s\"}",
                                      is_again ? "\"" : "", is_again ? about : "",
                                      is_again ? "\"" : "", today, about),
                 err);
    fixture_begin(&world);
    ck_assert_ok(journal_append_act(world.journal, &zhou, "publication.make", &body, NULL, 0,
                                    &appended, &err),
                 err);
    fixture_commit(&world);
    buffer_done(&body);
    published_count++;
}

static void live_a_day(int today)
{
    fixture_set_clock((int64_t)today * 86400 + 3600); /* nine in the morning in China */
    if (chance(7) == 0) happen(today);
    if (chance(9) == 0) post(today, chance(60), chance(4), -1, -1);
    if (event_count > 0 && chance(20) == 0)
        post(today, chance(60), chance(4), event_count - 1 - chance(event_count < 4 ? 1 : 4), -1);
    if (notice_count > 0 && chance(25) == 0) {
        int old = notice_count - 1 - chance(notice_count < 5 ? 1 : 5);

        if (!is_corrected(old))
            post(today, chance(30), notices[old].place, notices[old].subject, old);
    }
    if (notice_count > 0 && chance(15) == 0)
        take_down(today, notice_count - 1 - chance(notice_count < 8 ? 1 : 8));
    if (chance(25) == 0) publish_month(today, chance(60));
}

/* ---- What the model says --------------------------------------------------------------------- */

static char expected[LINES_MAX][LINE_SIZE], said[LINES_MAX][LINE_SIZE];
static size_t expected_count, said_count;

static int order_lines(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void expect(int as_of, int event, const char *division, const char *state, bool is_late,
                   bool is_changed, const char *by)
{
    char due[DATE_TEXT_SIZE];

    (void)as_of;
    ck_assert_uint_lt(expected_count, LINES_MAX);
    (void)snprintf(expected[expected_count++], LINE_SIZE, "%s %s E%d %s%s%s by %s",
                   text_of(due_after(events[event].number), due), division, event, state,
                   is_late ? " late" : "", is_changed ? " changed" : "", by);
}

static bool tells(const struct happening *notice, const char *division, int event)
{
    const struct happening *told = &events[event];

    if (strcmp(boards[notice->place], division) != 0) return false;
    if (notice->entered < told->entered || notice->first < told->number) return false;
    if (notice->subject >= 0) return notice->subject == event;
    return notice->about_first <= told->number && told->number <= notice->about_last;
}

/* The notice that was put up first, and what stands in its place by a day. */
static void model_board(int as_of, int event, const char *division)
{
    const int due = due_after(events[event].number);
    int first = -1, stands, ended;
    const char *state;
    char by[16];

    for (int i = 0; i < notice_count; i++)
        if (notices[i].first <= as_of && tells(&notices[i], division, event) &&
            (first < 0 || notices[i].first < notices[first].first))
            first = i;
    if (first < 0) {
        expect(as_of, event, division, as_of > due ? "overdue" : "awaited", false, false, "");
        return;
    }
    stands = first;
    for (int i = 0; i < notice_count; i++)
        if (notices[i].corrects == stands && notices[i].first <= as_of) stands = i;
    ended = 0;
    if (notices[stands].last_meant != 0 && notices[stands].last_meant < as_of)
        ended = notices[stands].last_meant;
    if (notices[stands].removed != 0 && notices[stands].removed <= as_of)
        ended = notices[stands].removed;
    if (ended != 0 && ended - notices[stands].first + 1 < DAYS_STOOD)
        state = "early";
    else
        state = as_of > notices[stands].first + DAYS_STOOD - 1 ? "stood" : "standing";
    (void)snprintf(by, sizeof by, "N%d", stands);
    expect(as_of, event, division, state, notices[first].first > due, stands != first, by);
}

static void model_site(int as_of, int event)
{
    const struct happening *told = &events[event];
    const int due = due_after(told->number);
    int first = -1, last = -1;
    char by[MONTH_TEXT_SIZE];

    for (int i = 0; i < published_count; i++) {
        if (published[i].number > as_of || published[i].entered < told->entered) continue;
        if (told->number < published[i].about_first || told->number > published[i].about_last)
            continue;
        if (first < 0) first = i;
        last = i;
    }
    if (first < 0) {
        expect(as_of, event, COUNTY, as_of > due ? "overdue" : "awaited", false, false, "");
        return;
    }
    month_format(date_month((date_t){told->number}), by);
    expect(as_of, event, COUNTY, "standing", published[first].number > due,
           published[last].number > published[first].number, by);
}

static void model(int as_of)
{
    expected_count = 0;
    for (int i = 0; i < event_count; i++) {
        if (events[i].number > as_of) continue;
        model_board(as_of, i, boards[events[i].place]);
        model_board(as_of, i, boards[events[i].place + 1]);
        model_site(as_of, i);
    }
    qsort(expected, expected_count, LINE_SIZE, order_lines);
}

/* ---- What the ledger says -------------------------------------------------------------------- */

static bool see_duty(void *context, const struct duty *duty, struct error *err)
{
    char due[DATE_TEXT_SIZE];

    (void)context;
    (void)err;
    ck_assert_int_eq(duty->matter, MATTER_SECTOR);
    ck_assert(!duty->by_weekdays || strcmp(duty->subject, "") != 0);
    ck_assert_uint_lt(said_count, LINES_MAX);
    (void)snprintf(said[said_count++], LINE_SIZE, "%s %s %s %s%s%s by %s",
                   date_format(duty->due, due), duty->division, duty->subject,
                   duty_state_name(duty->state), duty->is_late ? " late" : "",
                   duty->is_changed ? " changed" : "", duty->by);
    return true;
}

static void compare(int as_of)
{
    struct error err = ERROR_INIT;

    said_count = 0;
    ck_assert_ok(duty_each(world.journal, "", (date_t){as_of}, see_duty, NULL, &err), err);
    qsort(said, said_count, LINE_SIZE, order_lines);
    model(as_of);
    for (size_t i = 0; i < said_count && i < expected_count; i++)
        ck_assert_msg(strcmp(said[i], expected[i]) == 0, "day %d: \"%s\", not \"%s\"", as_of,
                      said[i], expected[i]);
    ck_assert_uint_eq(said_count, expected_count);
}

/* How many lines hold a word. */
static int count_of(const char *word)
{
    int count = 0;

    for (size_t i = 0; i < said_count; i++)
        count += strstr(said[i], word) != NULL;
    return count;
}

START_TEST(three_years_are_judged_as_a_naive_model_judges_them)
{
    chance_state = 20240101;
    event_count = notice_count = published_count = entered_count = 0;
    name_days(free_days, ARRAY_COUNT(free_days), 1);
    name_days(made_up_days, ARRAY_COUNT(made_up_days), 2);
    add_calendar();
    for (int today = FIRST_DAY; today <= LAST_DAY; today++) {
        live_a_day(today);
        if ((today - FIRST_DAY) % 91 == 90) compare(today);
    }
    compare(LAST_DAY);
    /* All of it happened, or the comparison says little. */
    ck_assert_int_gt(event_count, 100);
    ck_assert_int_gt(count_of(" late"), 10);
    ck_assert_int_gt(count_of(" changed"), 10);
    ck_assert_int_gt(count_of(" early"), 10);
    ck_assert_int_gt(count_of(" overdue"), 10);
    ck_assert_int_gt(count_of(" stood"), 10);
    /* What was known on a day is known of it later, too, but for what was entered since. */
    compare(LAST_DAY - 400);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(working_days_go_over_holidays_and_count_made_up_weekends)
{
    static const struct {
        const char *from;
        int days;
        const char *to;
    } cases[] = {
        {"2024-02-28", 1, "2024-02-29"}, /* the leap day */
        {"2024-02-28", 2, "2024-03-01"},
        {"2024-02-09", 1, "2024-02-18"}, /* spring festival, then a Sunday that is worked */
        {"2025-01-25", 1, "2025-01-26"},
        {"2025-01-27", 3, "2025-02-07"},
        {"2025-12-31", 1, "2026-01-04"}, /* over the end of a year */
        {"2024-10-01", 0, "2024-10-01"},
        {"2024-10-01", 5, "2024-10-12"},
        {"2027-04-30", 1, "2027-05-03"}, /* no calendar: Monday to Friday */
    };
    struct calendar *calendar = NULL;
    struct error err = ERROR_INIT;

    fixture_set_clock((int64_t)FIRST_DAY * 86400 + 3600);
    add_calendar();
    add_day("2024-05-13", false);
    add_day("2024-05-13", true); /* the later row counts */
    ck_assert_ok(calendar_load(world.journal, &calendar, &err), err);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        char text[DATE_TEXT_SIZE];
        date_t to;

        ck_assert_ok(calendar_add(calendar, day(cases[i].from), cases[i].days, &to, &err), err);
        ck_assert_str_eq(date_format(to, text), cases[i].to);
    }
    ck_assert(calendar_is_working(calendar, day("2024-05-13")));
    ck_assert(calendar_has_year(calendar, 2024));
    ck_assert(!calendar_has_year(calendar, 2027));
    calendar_free(calendar);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {three_years_are_judged_as_a_naive_model_judges_them,
                                  working_days_go_over_holidays_and_count_made_up_weekends};

    return fixture_run("disclosure due", tests, ARRAY_COUNT(tests), &world);
}
