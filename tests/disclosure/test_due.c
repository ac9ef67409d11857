/*
 * test_due.c - three simulated years of disclosures, with the holidays of 2024 to 2026 and their
 * make-up weekends, a leap day, corrections, late notices, ones taken down too early, plans that
 * are replaced and changed, projects told before they begin, and money that documents leave out:
 * what the ledger says is due, late, early, changed, withheld and replaced is what a naive model
 * says, no more and no less.
 *
 * The model keeps what happened in plain arrays and looks through all of them for every question;
 * it has its own calendar, counted from a day that was a Monday.
 */
#include "due_years.h"

#include <stdio.h>
#include <stdlib.h>

#define LINES_MAX  12000
#define LINE_SIZE  256
#define DAYS_STOOD 10

static struct fixture world;

/* ---- What the model says: is it told? -------------------------------------------------------- */

enum rule { IN_PERIOD, WHILE_IN_BANK, WHILE_OPEN, WITH_PLAN, CHANGED_IN_PLAN, AT_YEAR_END, AHEAD };

/* A duty of the model: a row that made it, and what of it. */
struct due {
    const struct row *row;
    enum matter matter;
    enum rule rule;
    int event, due, place;
};

/* A document about the days to `last`, before the row of that number. */
struct view {
    int first, last, before;
};

static int number_of(const struct row *row)
{
    return (int)(row - due_rows);
}

static bool is_seen(int row, struct view view)
{
    return row < view.before && due_rows[row].date <= view.last;
}

static bool any_later(struct view view, const struct row *than, enum what what, int of, int to)
{
    for (int i = number_of(than) + 1; i < due_row_count; i++)
        if (due_rows[i].what == what && due_rows[i].of == of && due_rows[i].to == to &&
            is_seen(i, view))
            return true;
    return false;
}

/* Is what the row brought no more? */
static bool is_gone(const struct row *row, struct view view)
{
    switch (row->what) {
    case PLAN:
        return any_later(view, row, PLAN, number_of(row), -1);
    case ENTER:
        return any_later(view, row, LEAVE, row->of, -1);
    case ADD:
    case REMOVE:
        return any_later(view, row, ADD, row->of, row->to) ||
               any_later(view, row, REMOVE, row->of, row->to) || is_gone(&due_rows[row->to], view);
    case CHANNEL:
        for (int i = number_of(row) + 1; i < due_row_count; i++)
            if (due_rows[i].what == CHANNEL && due_rows[i].of == row->of &&
                due_rows[i].place == row->place && is_seen(i, view))
                return true;
        return false;
    case SECTOR:
    case LEAVE:
    case MONEY:
    case ALLOT:
    case PAY:
    case QUARTER:
    case NOTICE:
    case PUBLISH:
        break;
    }
    return false;
}

static bool is_in_some_plan(int project, struct view view)
{
    for (int i = 0; i < due_row_count; i++)
        if (due_rows[i].what == ADD && due_rows[i].of == project && is_seen(i, view) &&
            !any_later(view, &due_rows[i], REMOVE, project, due_rows[i].to))
            return true;
    return false;
}

static bool lies_in(int date, struct view view)
{
    return view.first <= date && date <= view.last;
}

static bool plan_is_told(const struct row *plan, struct view view)
{
    return lies_in(plan->date, view) || due_year(view.last) == due_year(plan->date);
}

static bool tells(const struct due *due, struct view view)
{
    const struct row *row = due->row;

    if (!is_seen(number_of(row), view)) return false;
    if (due->rule == AHEAD) return due->event >= view.first && is_in_some_plan(row->of, view);
    if (is_gone(row, view)) return false;
    switch (due->rule) {
    case IN_PERIOD:
        return lies_in(row->date, view);
    case WITH_PLAN:
        return plan_is_told(row, view);
    case CHANGED_IN_PLAN:
        return plan_is_told(&due_rows[row->to], view);
    case AT_YEAR_END:
        return view.last == due->event;
    case WHILE_IN_BANK:
    case WHILE_OPEN:
    case AHEAD:
        break;
    }
    return true;
}

static bool leaves_out(const struct due *due, struct view view)
{
    if (due->matter != MATTER_ALLOCATION || due->row->place == due->row->to) return false;
    for (int i = 0; i < due_row_count && i < view.before; i++)
        if (due_rows[i].what == PAY && due_rows[i].place == due->place &&
            date_month((date_t){due_rows[i].date}) <= date_month((date_t){view.last}))
            return true;
    return false;
}

static bool is_over(const struct due *due, int by)
{
    const struct view view = {by, by, due_row_count};

    if (due->rule == AHEAD) return !is_in_some_plan(due->row->of, view);
    return is_gone(due->row, view);
}

/* ---- What the model says: what became of it -------------------------------------------------- */

static char expected[LINES_MAX][LINE_SIZE], said[LINES_MAX][LINE_SIZE];
static size_t expected_count, said_count, compared;

static int order_lines(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void expect(const struct due *due, const char *state, bool is_late, bool is_changed,
                   const char *by)
{
    char day_due[DATE_TEXT_SIZE];

    ck_assert_uint_lt(expected_count, LINES_MAX);
    (void)snprintf(expected[expected_count++], LINE_SIZE, "%s %s %s %s %s%s%s by %s",
                   due_text(due->due, day_due), matter_info(due->matter)->code,
                   due_places[due->place], due->row->subject, state, is_late ? " late" : "",
                   is_changed ? " changed" : "", by);
}

static void expect_untold(const struct due *due, int as_of, bool is_withheld)
{
    int over = FIRST_DAY;

    if (is_withheld || !is_over(due, as_of)) {
        expect(due,
               is_withheld        ? "withheld"
               : as_of > due->due ? "overdue"
                                  : "awaited",
               false, false, "");
        return;
    }
    /* The first day by which it was over, and stayed so. */
    for (over = as_of; over > FIRST_DAY && is_over(due, over - 1);)
        over--;
    expect(due, "replaced", over > due->due, false, "");
}

static struct view view_of(int row)
{
    return (struct view){due_rows[row].about_first, due_rows[row].about_last, row};
}

static bool notice_tells(const struct due *due, int notice)
{
    if (notice < number_of(due->row)) return false;
    if (due->rule != AHEAD && due_rows[notice].date < due->event) return false;
    if (due_rows[notice].subject[0] != '\0')
        return strcmp(due_rows[notice].subject, due->row->subject) == 0;
    return tells(due, view_of(notice)) && !leaves_out(due, view_of(notice));
}

/* The notice that takes its place by then, or -1. */
static int correction_of(int notice, int as_of)
{
    int by = due_last(NOTICE, notice, -1);

    return by >= 0 && due_rows[by].date <= as_of ? by : -1;
}

static void model_board(const struct due *due, int as_of)
{
    int first = -1, stands, gone = 0, ended = 0, until;
    bool is_withheld = false;
    char by[16];

    for (int i = 0; i < due_row_count; i++) {
        if (due_rows[i].what != NOTICE || due_rows[i].date > as_of ||
            due_rows[i].place != due->place || due_rows[i].matter != due->matter)
            continue;
        if (notice_tells(due, i) && (first < 0 || due_rows[i].date < due_rows[first].date))
            first = i;
        is_withheld =
            is_withheld || (due_rows[i].subject[0] == '\0' && tells(due, view_of(i)) &&
                            due_rows[i].date >= due->event && leaves_out(due, view_of(i)));
    }
    if (first < 0) {
        expect_untold(due, as_of, is_withheld);
        return;
    }
    stands = first;
    for (int i = correction_of(first, as_of); i >= 0; i = correction_of(i, as_of)) {
        if (due_rows[i].subject[0] != '\0' && strcmp(due_rows[i].subject, due->row->subject) != 0)
            continue;
        if (notice_tells(due, i)) {
            stands = i;
            gone = 0;
        } else if (gone == 0) {
            gone = due_rows[i].date - 1;
        }
    }
    if (due_rows[stands].last_meant != 0 && due_rows[stands].last_meant < as_of)
        ended = due_rows[stands].last_meant;
    if (due_rows[stands].removed != 0 && due_rows[stands].removed <= as_of)
        ended = due_rows[stands].removed;
    if (gone != 0 && (ended == 0 || gone < ended)) ended = gone;
    until = due_rows[stands].date + DAYS_STOOD - 1;
    (void)snprintf(by, sizeof by, "N%d", stands);
    expect(due,
           ended != 0 && ended < until ? (is_over(due, ended) ? "stood" : "early")
           : as_of > until             ? "stood"
                                       : "standing",
           due_rows[first].date > due->due, stands != first, by);
}

/* What the documents of one period did to it. */
struct story {
    int first, dropped;
    bool stands, is_changed, is_withheld;
};

static bool got_money(const struct due *due, int after, int before)
{
    for (int i = after; i < before; i++)
        if (due->rule == WITH_PLAN && due_rows[i].what == MONEY &&
            due_rows[i].of == number_of(due->row))
            return true;
    return false;
}

static struct story story_of(const struct due *due, const char *about, int as_of)
{
    struct story story = {.first = -1};
    int before = -1;

    for (int i = 0; i < due_row_count; i++) {
        bool is_told;

        if (due_rows[i].what != PUBLISH || due_rows[i].date > as_of ||
            strcmp(due_rows[i].about, about) != 0)
            continue;
        is_told = tells(due, view_of(i)) && (due->rule == AHEAD || due_rows[i].date >= due->event);
        story.is_withheld = is_told && leaves_out(due, view_of(i));
        is_told = is_told && !story.is_withheld;
        if (story.stands && !is_told) story.dropped = due_rows[i].date;
        if (is_told && story.first >= 0 && (!story.stands || got_money(due, before, i)))
            story.is_changed = true;
        if (is_told && story.first < 0) story.first = i;
        story.stands = is_told;
        before = i;
    }
    return story;
}

static void model_site(const struct due *due, int as_of)
{
    struct story best = {.first = -1};
    int first = -1;
    bool is_withheld = false;
    const char *state;

    for (int i = 0; i < due_row_count; i++) {
        struct story story;

        if (due_rows[i].what != PUBLISH || due_rows[i].date > as_of) continue;
        story = story_of(due, due_rows[i].about, as_of);
        is_withheld = is_withheld || story.is_withheld;
        if (story.first < 0) continue;
        if (first < 0 || story.first < first) first = story.first;
        if (best.first < 0 || (story.stands && !best.stands) ||
            (story.stands == best.stands && story.first < best.first))
            best = story;
    }
    if (first < 0) {
        expect_untold(due, as_of, is_withheld);
        return;
    }
    state = best.stands                  ? "standing"
            : is_withheld                ? "withheld"
            : is_over(due, best.dropped) ? "stood"
                                         : "early";
    expect(due, state, due_rows[first].date > due->due, best.is_changed,
           due_rows[best.first].about);
}

/* ---- What the documents say -------------------------------------------------------------------
 */

/* Is there an element with these attributes? */
static bool has_element(const char *document, const char *element, const char *code,
                        const char *plan, const char *date)
{
    char opening[64], wanted[2][64];

    (void)snprintf(opening, sizeof opening, "<%s code=\"%s\" ", element, code);
    if (strcmp(element, "allocated") == 0 || strcmp(element, "finance") == 0)
        (void)snprintf(opening, sizeof opening, "<%s %s=\"%s\" ", element,
                       element[0] == 'a' ? "voucher" : "period", code);
    (void)snprintf(wanted[0], sizeof wanted[0], " plan=\"%s\"", plan == NULL ? "" : plan);
    (void)snprintf(wanted[1], sizeof wanted[1], " date=\"%s\"", date == NULL ? "" : date);
    for (const char *at = document; (at = strstr(at, opening)) != NULL; at++) {
        const char *end = strchr(at, '>');
        const char *in = plan == NULL ? at : strstr(at, wanted[0]);
        const char *on = date == NULL ? at : strstr(at, wanted[1]);

        if (in != NULL && in < end && on != NULL && on < end) return true;
    }
    return false;
}

static bool document_tells(const char *document, const struct due *due)
{
    static const char *const elements[] = {
        [SECTOR] = "sector_project", [PLAN] = "plan",       [ADD] = "planned",
        [REMOVE] = "removed",        [ENTER] = "in_bank",   [LEAVE] = "left_bank",
        [CHANNEL] = "channel",       [ALLOT] = "allocated", [QUARTER] = "finance"};
    const struct row *row = due->row;
    const char *element = elements[row->what], *plan = NULL;
    char date[DATE_TEXT_SIZE];

    if (row->what == ADD || row->what == REMOVE) plan = due_rows[row->to].subject;
    if (due->rule == AHEAD) return has_element(document, "before", row->subject, NULL, NULL);
    if (due->rule == AT_YEAR_END)
        return has_element(document, "completed", row->subject, plan, NULL);
    return has_element(document, element, row->subject, plan, due_text(row->date, date));
}

/* The model would be of little use if it didn't say what the documents do. */
static void compare_documents(const struct due *due)
{
    if (due->rule == AT_YEAR_END && due->row->what == PLAN) return; /* told by its projects */
    for (int i = 0; i < due_row_count; i++) {
        const struct row *row = &due_rows[i];

        if (row->document == NULL || row->place != due->place ||
            (row->what == NOTICE && row->matter != due->matter) ||
            (due->row->what == QUARTER && i < number_of(due->row)))
            continue;
        ck_assert_msg((tells(due, view_of(i)) && !leaves_out(due, view_of(i))) ==
                          document_tells(row->document, due),
                      "%s of %s, row %d of %s", due->row->subject, row->about, i,
                      due_places[row->place]);
        compared++;
    }
}

/* ---- What the model says: what is due -------------------------------------------------------- */

static void model_at(struct due due, int place, int as_of)
{
    due.place = place;
    if (due.rule == AHEAD)
        due.due = due.event - 1;
    else
        due.due = due_after(due.event, due.matter == MATTER_ALLOCATION        ? 15
                                       : due.matter == MATTER_VILLAGE_FINANCE ? 10
                                                                              : 20);
    if (as_of == LAST_DAY) compare_documents(&due);
    if (place == AT_COUNTY)
        model_site(&due, as_of);
    else
        model_board(&due, as_of);
}

static void model_up(struct due due, int from, int to, bool with_to, int as_of)
{
    for (int place = from; place >= 0; place = due_above[place]) {
        if (place != to || with_to) model_at(due, place, as_of);
        if (place == to) return;
    }
}

static void model_completion(const struct row *row, const struct row *plan, int as_of)
{
    struct due due = {row, MATTER_COMPLETION, AT_YEAR_END, 0, 0, 0};
    date_t last = {0};
    struct error err = ERROR_INIT;

    ck_assert_ok(date_from_civil(due_year(plan->date), 12, 31, &last, &err), err);
    due.event = last.days;
    if (due.event > as_of || is_over(&due, due.event)) return;
    model_up(due, row->place, row == plan ? AT_COUNTY : plan->place, row == plan, as_of);
}

static void model_change(const struct row *row, int as_of)
{
    const struct row *plan = &due_rows[row->to];
    struct due due = {row, MATTER_ANNUAL_PLAN, CHANGED_IN_PLAN, row->date, 0, 0};

    model_up(due, row->place, plan->place, row->date != plan->date, as_of);
    if (row->what == REMOVE) return;
    model_completion(row, plan, as_of);
    for (int i = 0; i < number_of(row); i++)
        if (due_rows[i].what == ADD && due_rows[i].of == row->of) return;
    due = (struct due){row, MATTER_PROJECTS, AHEAD, due_projects[row->of].start, 0, 0};
    model_at(due, row->place, as_of);
}

static void model_row(const struct row *row, int as_of)
{
    struct due due = {row, MATTER_SECTOR, IN_PERIOD, row->date, 0, 0};

    switch (row->what) {
    case SECTOR:
        model_up(due, row->place, AT_COUNTY, true, as_of);
        break;
    case PLAN:
        due.matter = MATTER_ANNUAL_PLAN;
        due.rule = WITH_PLAN;
        model_up(due, row->place, AT_COUNTY, true, as_of);
        model_completion(row, row, as_of);
        break;
    case ADD:
    case REMOVE:
        model_change(row, as_of);
        break;
    case ENTER:
    case LEAVE:
        due.matter = MATTER_BANK;
        due.rule = row->what == ENTER ? WHILE_IN_BANK : IN_PERIOD;
        model_up(due, row->place, AT_COUNTY, true, as_of);
        break;
    case CHANNEL:
        due.matter = MATTER_COMPLAINTS;
        due.rule = WHILE_OPEN;
        model_at(due, row->place, as_of);
        break;
    case ALLOT:
        due.matter = MATTER_ALLOCATION;
        model_at(due, row->place, as_of);
        if (row->to != row->place) model_at(due, row->to, as_of);
        break;
    case QUARTER:
        due.matter = MATTER_VILLAGE_FINANCE;
        model_at(due, row->place, as_of);
        break;
    case MONEY:
    case PAY:
    case NOTICE:
    case PUBLISH:
        break;
    }
}

static void model(int as_of)
{
    expected_count = 0;
    for (int i = 0; i < due_row_count; i++)
        if (due_rows[i].date <= as_of) model_row(&due_rows[i], as_of);
    qsort(expected, expected_count, LINE_SIZE, order_lines);
}

/* ---- What the ledger says -------------------------------------------------------------------- */

static bool see_duty(void *context, const struct duty *duty, struct error *err)
{
    char due[DATE_TEXT_SIZE];

    (void)context;
    (void)err;
    ck_assert_uint_lt(said_count, LINES_MAX);
    (void)snprintf(said[said_count++], LINE_SIZE, "%s %s %s %s %s%s%s by %s",
                   date_format(duty->due, due), matter_info(duty->matter)->code, duty->division,
                   duty->subject, duty_state_name(duty->state), duty->is_late ? " late" : "",
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

/* How many lines hold both words. */
static int count_of(const char *word, const char *other)
{
    int count = 0;

    for (size_t i = 0; i < said_count; i++)
        count += strstr(said[i], word) != NULL && strstr(said[i], other) != NULL;
    return count;
}

START_TEST(three_years_are_judged_as_a_naive_model_judges_them)
{
    static const struct {
        const char *word, *other;
        int least;
    } seen[] = {
        {" late", "", 10},
        {" changed", "", 10},
        {" early", "", 10},
        {" overdue", "", 10},
        {" stood", "", 10},
        {" replaced", "", 10},
        {" withheld", "", 10},
        {" standing", " allocation " COUNTY, 3},
        {" withheld", COUNTY, 3},
        {" withheld", VILLAGE_3, 3},
        {" standing", " projects " COUNTY, 2},
        {" changed", " annual_plan " COUNTY, 1},
        {" stood", COUNTY, 1},
        {" completion " COUNTY, " standing", 1},
        {" village_finance " VILLAGE_3, " st", 1},
        {" village_finance " VILLAGE_3, " overdue", 1},
    };

    due_begin(&world);
    for (int today = FIRST_DAY; today <= LAST_DAY; today++) {
        due_live(today);
        if ((today - FIRST_DAY) % 91 == 90) compare(today);
    }
    compare(LAST_DAY);
    /* All of it happened, or the comparison says little. */
    for (size_t i = 0; i < ARRAY_COUNT(seen); i++)
        ck_assert_msg(count_of(seen[i].word, seen[i].other) >= seen[i].least, "%s%s: %d",
                      seen[i].word, seen[i].other, count_of(seen[i].word, seen[i].other));
    ck_assert_uint_gt(compared, 10000);
    due_end();
    /* What was known on a day is known of it later, too, but for what was entered since. */
    compare(LAST_DAY - 400);
    assert_replay_is_identical(&world);
}
END_TEST

static void set_day(const char *text)
{
    fixture_set_clock((int64_t)day(text).days * 86400 + 3600);
}

/* What is said of one thing at the county by a day. */
static void assert_said(const char *as_of, const char *matter, const char *subject,
                        const char *wanted)
{
    struct error err = ERROR_INIT;
    char told[LINE_SIZE];
    int count = 0;

    said_count = 0;
    ck_assert_ok(duty_each(world.journal, COUNTY, day(as_of), see_duty, NULL, &err), err);
    (void)snprintf(told, sizeof told, "%s%s %s%s", matter, COUNTY, subject, wanted);
    for (size_t i = 0; i < said_count; i++)
        count += strstr(said[i], told) != NULL;
    ck_assert_msg(count == 1, "\"%s\" %d times", told, count);
}

START_TEST(what_is_told_of_a_project_anew_stands_from_then)
{
    static struct project project;
    struct signatory li = fixture_as("li");
    struct error err = ERROR_INIT;

    fixture_project(&project, "X1");
    memcpy(project.division, COUNTY, sizeof COUNTY);
    ck_assert_ok(fixture_try_project(&world, &project, &err), err);
    add_row(&world, DISCLOSURE_PLAN,
            "{'amount':0,'date':'2023-03-01','division':'" COUNTY "','document':'','name':'x',"
            "'plan':'J1','replaces':'','text':'','what':'annual','year':2023}");
    add_row(&world, DISCLOSURE_CHANGE,
            "{'action':'add','date':'2023-03-01','document':'','plan':'J1','project':'X1',"
            "'responsible':'','standard':''}");
    set_day("2024-01-10");
    due_publish(&world, "2023-12", false);
    set_day("2024-01-15");
    fixture_begin(&world);
    ck_assert_ok(project_record_progress(world.journal, &li, "X1", day("2023-12-20"), 50, "", &err),
                 err);
    fixture_commit(&world);
    set_day("2024-01-20");
    due_publish(&world, "2023-12", true);
    assert_said("2024-01-19", " completion ", "J1", " standing by 2023-12");
    assert_said("2024-01-20", " completion ", "J1", " standing changed by 2023-12");
    assert_said("2024-01-20", " annual_plan ", "J1", " standing late by 2023-12");
}
END_TEST

START_TEST(finances_of_villages_are_due_as_often_as_their_policy_says)
{
    struct error err = ERROR_INIT;

    fixture_fund_village_1(&world, "1000.00"); /* in April 2021 */
    fixture_agree(&world, "policy.set",
                  "{\"name\":\"disclosure_months_village_finance_" TOWN_1
                  "\",\"valid_from\":\"2022-01-01\",\"value\":1}");
    said_count = 0;
    ck_assert_ok(duty_each(world.journal, VILLAGE_1, day("2022-02-28"), see_duty, NULL, &err), err);
    ck_assert_int_eq(count_of(" village_finance ", "2021-Q2 overdue"), 1);
    ck_assert_int_eq(count_of(" village_finance ", "2021-Q"), 3);
    ck_assert_int_eq(count_of(" village_finance ", "2022-01 overdue"), 1);
    ck_assert_int_eq(count_of(" village_finance ", "2022-02 awaited"), 1);
    ck_assert_int_eq(count_of(" village_finance ", ""), 5);
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
    due_add_calendar(&world);
    due_add_day("2024-05-13", false);
    due_add_day("2024-05-13", true); /* the later row counts */
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
                                  what_is_told_of_a_project_anew_stands_from_then,
                                  finances_of_villages_are_due_as_often_as_their_policy_says,
                                  working_days_go_over_holidays_and_count_made_up_weekends};

    return fixture_run("disclosure due", tests, ARRAY_COUNT(tests), &world);
}
