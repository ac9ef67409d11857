/*
 * due_years.c - see due_years.h. What the ledger refuses isn't tried.
 */
#include "due_years.h"

#include <stdio.h>
#include <stdlib.h>

#include "exporters/exporters.h"
#include "exporters/survey.h"

#define ROWS_MAX          4000
#define LINE_SIZE         256
#define DOCUMENT_SIZE_MAX (4u * 1024 * 1024)

static struct fixture *world;

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

int due_after(int event, int left)
{
    while (left > 0)
        left -= is_worked(++event);
    return event;
}

/* ---- What happened --------------------------------------------------------------------------- */

const char *const due_places[] = {VILLAGE_1, TOWN_1, VILLAGE_3, TOWN_2, COUNTY};
const int due_above[] = {AT_TOWN_1, AT_COUNTY, AT_TOWN_2, AT_COUNTY, -1};

struct row due_rows[ROWS_MAX];
int due_row_count;
struct due_project due_projects[PROJECTS];
static uint64_t chance_state;

static int chance(int below)
{
    return (int)chance_below(&chance_state, (size_t)below);
}

char *due_text(int number, char text[DATE_TEXT_SIZE])
{
    return date_format((date_t){number}, text);
}

/* All of it from one sheet. */
void due_add_calendar(struct fixture *fixture)
{
    static char bodies[ARRAY_COUNT(free_days) + ARRAY_COUNT(made_up_days)][LINE_SIZE];
    const char *sheet[ARRAY_COUNT(bodies)];
    struct error err = ERROR_INIT;

    world = fixture;
    name_days(free_days, ARRAY_COUNT(free_days), 1);
    name_days(made_up_days, ARRAY_COUNT(made_up_days), 2);
    for (size_t i = 0; i < ARRAY_COUNT(bodies); i++) {
        const bool works = i >= ARRAY_COUNT(free_days);

        (void)snprintf(bodies[i], sizeof bodies[i],
                       "{\"date\":\"%s\",\"document\":\"国办发明电\",\"name\":\"\",\"works\":%s}",
                       works ? made_up_days[i - ARRAY_COUNT(free_days)] : free_days[i],
                       works ? "true" : "false");
        sheet[i] = bodies[i];
    }
    ck_assert_ok(try_rows_as(world, "li", DISCLOSURE_CALENDAR, sheet, ARRAY_COUNT(sheet), &err),
                 err);
}

void due_add_day(const char *date, bool works)
{
    add_row(world, DISCLOSURE_CALENDAR,
            "{'date':'%s','document':'国办发明电','name':'','works':%s}", date,
            works ? "true" : "false");
}

static void add_projects(void)
{
    static struct project project;
    struct error err = ERROR_INIT;
    char code[SUBJECT];

    for (int i = 0; i < PROJECTS; i++) {
        (void)snprintf(code, sizeof code, "X%02d", i);
        fixture_project(&project, code);
        due_projects[i].place = i % 3 == 0 ? AT_COUNTY : i % 3 == 1 ? AT_VILLAGE_1 : AT_VILLAGE_3;
        due_projects[i].start = FIRST_DAY + 60 + 61 * i;
        memcpy(project.division, due_places[due_projects[i].place], sizeof project.division);
        project.has_start = true;
        project.start = (date_t){due_projects[i].start};
        ck_assert_ok(fixture_try_project(world, &project, &err), err);
    }
}

static struct row *new_row(enum what what, int date, int place, int of)
{
    ck_assert_int_lt(due_row_count, ROWS_MAX);
    due_rows[due_row_count] =
        (struct row){.what = what, .date = date, .place = place, .of = of, .to = -1};
    return &due_rows[due_row_count++];
}

/* Some are entered days after they happened: what was posted in between didn't tell them. */
static int late(int today, int days, int not_before)
{
    int date = chance(3) == 0 ? today - chance(days) : today;

    return date < not_before ? not_before : date;
}

static int pick(enum what what)
{
    int count = 0, picked = -1;

    for (int i = 0; i < due_row_count; i++)
        if (due_rows[i].what == what && (++count == 1 || i > due_row_count - 200) && chance(3) == 0)
            picked = i;
    return picked;
}

int due_last(enum what what, int of, int to)
{
    for (int i = due_row_count - 1; i >= 0; i--)
        if (due_rows[i].what == what && due_rows[i].of == of && due_rows[i].to == to) return i;
    return -1;
}

static void declare_sector(int today)
{
    struct row *row = new_row(SECTOR, late(today, 20, FIRST_DAY), 2 * chance(2), -1);
    char date[DATE_TEXT_SIZE];

    (void)snprintf(row->subject, SUBJECT, "E%d", due_row_count);
    add_row(world, DISCLOSURE_SECTOR,
            "{'amount':7,'channel':'sector','code':'%s','date':'%s','division':'%s',"
            "'mechanism':'','name':'x','place':'y','target':'','unit':'z'}",
            row->subject, due_text(row->date, date), due_places[row->place]);
}

int due_year(int day_number)
{
    int year, in_year, in_month;

    date_to_civil((date_t){day_number}, &year, &in_year, &in_month);
    return year;
}

static bool is_replaced(int plan)
{
    return due_last(PLAN, plan, -1) >= 0;
}

static void approve_plan(int today)
{
    int old = pick(PLAN), place = chance(2) == 0 ? AT_COUNTY : AT_TOWN_1;
    struct row *row;
    char date[DATE_TEXT_SIZE];

    if (old >= 0 && (is_replaced(old) || chance(3) == 0)) old = -1;
    if (old >= 0) place = due_rows[old].place;
    row = new_row(PLAN, late(today, 15, old < 0 ? FIRST_DAY : due_rows[old].date), place, old);
    if (old >= 0 && due_year(row->date) != due_year(due_rows[old].date)) row->of = -1;
    (void)snprintf(row->subject, SUBJECT, "J%d", due_row_count - 1);
    add_row(world, DISCLOSURE_PLAN,
            "{'amount':0,'date':'%s','division':'%s','document':'','name':'x','plan':'%s',"
            "'replaces':'%s','text':'','what':'annual','year':%d}",
            due_text(row->date, date), due_places[place], row->subject,
            row->of < 0 ? "" : due_rows[row->of].subject, due_year(row->date));
}

static void finance_plan(int plan)
{
    if (plan < 0) return;
    new_row(MONEY, due_rows[plan].date, due_rows[plan].place, plan);
    add_row(world, DISCLOSURE_FINANCE,
            "{'amount':1,'level':'county','plan':'%s','source':'x','use':''}",
            due_rows[plan].subject);
}

static bool is_within(int place, int of)
{
    while (place >= 0 && place != of)
        place = due_above[place];
    return place == of;
}

/* Into a plan, or out of the one that it is in. */
static void change_plan(int today, int plan, int project)
{
    int added, removed;
    struct row *row;
    char date[DATE_TEXT_SIZE];

    if (plan < 0 || !is_within(due_projects[project].place, due_rows[plan].place)) return;
    added = due_last(ADD, project, plan);
    removed = due_last(REMOVE, project, plan);
    row = new_row(added > removed ? REMOVE : ADD, late(today, 10, due_rows[plan].date),
                  due_projects[project].place, project);
    row->to = plan;
    (void)snprintf(row->subject, SUBJECT, "X%02d", project);
    add_row(world, DISCLOSURE_CHANGE,
            "{'action':'%s','date':'%s','document':'','plan':'%s','project':'%s',"
            "'responsible':'','standard':''}",
            row->what == ADD ? "add" : "remove", due_text(row->date, date), due_rows[plan].subject,
            row->subject);
}

static void use_bank(int today, int project)
{
    const int in = due_last(ENTER, project, -1), out = due_last(LEAVE, project, -1);
    const bool enters = in <= out;
    const int since = enters ? out : in;
    struct row *row = new_row(enters ? ENTER : LEAVE,
                              late(today, 10, since < 0 ? FIRST_DAY : due_rows[since].date),
                              due_projects[project].place, project);
    char date[DATE_TEXT_SIZE];

    (void)snprintf(row->subject, SUBJECT, "X%02d", project);
    add_row(world, enters ? DISCLOSURE_ENTER : DISCLOSURE_LEAVE,
            "{'date':'%s','document':'','project':'%s'%s}", due_text(row->date, date), row->subject,
            enters ? "" : ",'reason':'x'");
}

static void open_channel(int today, int number, int place)
{
    struct row *row = new_row(CHANNEL, late(today, 10, FIRST_DAY), place, number);
    char date[DATE_TEXT_SIZE];

    (void)snprintf(row->subject, SUBJECT, "C%d", number);
    add_row(world, DISCLOSURE_CHANNEL,
            "{'address':'','channel':'%s','date':'%s','division':'%s','hours':'','name':'x',"
            "'office_phone':'0914-5322000'}",
            row->subject, due_text(row->date, date), due_places[place]);
}

static void allot(int today, const char *amount, const char *from, const char *to, int place,
                  int to_place)
{
    struct voucher_line down = line(amount, from, to);
    char date[DATE_TEXT_SIZE];
    struct voucher_receipt receipt =
        fixture_post(world, place == to_place ? MOVEMENT_APPROPRIATION : MOVEMENT_ALLOCATION,
                     due_text(today, date), &down);
    struct row *row = new_row(ALLOT, today, place, -1);

    row->to = to_place;
    (void)snprintf(row->subject, SUBJECT, "%s", receipt.voucher);
}

/* To one person: nothing of that line follows from the log any more. */
static void pay_one(int today, const char *from, int place)
{
    struct voucher_line paid = pay_person("0.01", from, 1);
    char date[DATE_TEXT_SIZE];

    fixture_post(world, MOVEMENT_PAYMENT, due_text(today, date), &paid);
    new_row(PAY, today, place, -1);
}

/* The period about which a notice or publication is. */
static void set_about(int today, struct row *row)
{
    int32_t first = date_month((date_t){today}), last = first;

    (void)month_format(first, row->about);
    if (chance(6) == 0) {
        first -= first % 12;
        last = first + 11;
        row->about[4] = '\0';
    } else if (chance(6) == 0) {
        first -= first % 3;
        last = first + 2;
        row->about[5] = 'Q';
        row->about[6] = (char)('1' + first % 12 / 3);
    }
    row->about_first = month_first_day(first).days;
    row->about_last = month_last_day(last).days;
}

static enum matter matter_of(const struct row *row)
{
    switch (row->what) {
    case SECTOR:
        return MATTER_SECTOR;
    case PLAN:
        return chance(3) == 0 ? MATTER_COMPLETION : MATTER_ANNUAL_PLAN;
    case ADD:
    case REMOVE:
        return chance(2) == 0 ? MATTER_PROJECTS : MATTER_ANNUAL_PLAN;
    case ENTER:
    case LEAVE:
        return MATTER_BANK;
    case CHANNEL:
        return MATTER_COMPLAINTS;
    case ALLOT:
    case PAY:
        return MATTER_ALLOCATION;
    case QUARTER:
        return MATTER_VILLAGE_FINANCE;
    case MONEY:
    case NOTICE:
    case PUBLISH:
        break;
    }
    return MATTER_SECTOR;
}

/* What a document of the place says of the nine matters if it is made now. */
static void keep_document(struct row *row)
{
    struct store *store = journal_store(world->journal);
    struct buffer xml = BUFFER_INIT(DOCUMENT_SIZE_MAX);
    struct survey *survey = NULL;
    struct error err = ERROR_INIT;
    struct period period;
    const char *matters;

    ck_assert_ok(period_parse(row->about, &period, &err), err);
    ck_assert_ok(store_begin_read(store, &err), err);
    ck_assert_ok(survey_take(world->ledger, &period, &survey, &err), err);
    ck_assert_ok(
        survey_render(survey, survey_find_place(survey, due_places[row->place]), NULL, &xml, &err),
        err);
    survey_free(survey);
    store_rollback(store);
    matters = strstr(buffer_text(&xml), "<matters ");
    ck_assert_ptr_nonnull(matters);
    row->document = strdup(matters);
    buffer_done(&xml);
}

static void post(int today, int back, int corrects)
{
    const bool is_finance = corrects < 0 && chance(12) == 0 && due_last(QUARTER, -1, -1) >= 0;
    const struct row *example =
        &due_rows[is_finance ? due_last(QUARTER, -1, -1) : chance(due_row_count)];
    struct row *notice = new_row(NOTICE, today - chance(3),
                                 is_finance     ? example->place
                                 : corrects < 0 ? chance(4)
                                                : due_rows[corrects].place,
                                 corrects);
    char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE] = "", code[SUBJECT];

    notice->matter = corrects < 0 ? matter_of(example) : due_rows[corrects].matter;
    if (corrects >= 0 && notice->date < due_rows[corrects].date)
        notice->date = due_rows[corrects].date;
    if (chance(3) == 0) notice->last_meant = notice->date + 5 + chance(12);
    set_about(today - back, notice);
    if (notice->last_meant != 0) due_text(notice->last_meant, last);
    if (chance(4) == 0) memcpy(notice->subject, example->subject, SUBJECT);
    if (example->what == NOTICE) notice->subject[0] = '\0';
    (void)snprintf(code, sizeof code, "N%d", corrects);
    if (notice->subject[0] == '\0') keep_document(notice);
    add_row(world, DISCLOSURE_NOTICE,
            "{'corrects':'%s','division':'%s','first_day':'%s','last_day':'%s','matter':'%s',"
            "'notice':'N%d','period':'%s','place':'公示栏','subject':'%s'}",
            corrects < 0 ? "" : code, due_places[notice->place], due_text(notice->date, first),
            last, matter_info(notice->matter)->code, due_row_count - 1, notice->about,
            notice->subject);
}

static void take_down(int today, int notice)
{
    char date[DATE_TEXT_SIZE];

    if (due_rows[notice].removed != 0 || today < due_rows[notice].date) return;
    due_rows[notice].removed = today;
    add_row(world, DISCLOSURE_REMOVE, "{'date':'%s','notice':'N%d','reason':'期满'}",
            due_text(today, date), notice);
}

void due_publish(struct fixture *fixture, const char *period, bool is_again)
{
    struct signatory zhou = fixture_as("zhou");
    struct buffer body = BUFFER_INIT(1024);
    struct appended appended;
    struct error err = ERROR_INIT;

    ck_assert_ok(buffer_append_format(&body, &err,
                                      "{\"corrects\":[%s%s%s],\"documents_root\":\"%064d\","
                                      "\"period\":\"%s\"}",
                                      is_again ? "\"" : "", is_again ? period : "",
                                      is_again ? "\"" : "", 7, period),
                 err);
    fixture_begin(fixture);
    ck_assert_ok(journal_append_act(fixture->journal, &zhou, "publication.make", &body, NULL, 0,
                                    &appended, &err),
                 err);
    fixture_commit(fixture);
    buffer_done(&body);
}

static void publish_period(int today, int back)
{
    struct row *row = new_row(PUBLISH, today, AT_COUNTY, -1);
    bool is_again = false;

    set_about(today - back, row);
    keep_document(row);
    for (int i = 0; i < due_row_count - 1; i++)
        is_again =
            is_again || (due_rows[i].what == PUBLISH && strcmp(due_rows[i].about, row->about) == 0);
    due_publish(world, row->about, is_again);
}

static void move_money(int today)
{
    struct voucher_line down;
    char date[DATE_TEXT_SIZE];

    if (today == FIRST_DAY) {
        allot(today, "1000.00", COUNTY " none F2 source", COUNTY " none F2 unassigned", AT_COUNTY,
              AT_COUNTY);
        down = line("1000.00", COUNTY " none F2 unassigned", COUNTY " subsidy F2 available");
        fixture_post(world, MOVEMENT_ASSIGNMENT, due_text(today, date), &down);
        return;
    }
    if (chance(15) == 0)
        allot(today, "1.00", COUNTY " subsidy F2 available", TOWN_1 " subsidy F2 available",
              AT_COUNTY, AT_TOWN_1);
    if (chance(15) == 0)
        allot(today, "1.00", COUNTY " subsidy F2 available", VILLAGE_3 " subsidy F2 available",
              AT_COUNTY, AT_VILLAGE_3);
    if (today == FIRST_DAY + 300) pay_one(today, VILLAGE_3 " subsidy F2 available", AT_VILLAGE_3);
    if (today == FIRST_DAY + 600) pay_one(today, COUNTY " subsidy F2 available", AT_COUNTY);
}

void due_begin(struct fixture *fixture)
{
    chance_state = 20240101;
    due_row_count = 0;
    due_add_calendar(fixture);
    add_projects();
}

void due_end(void)
{
    for (int i = 0; i < due_row_count; i++)
        free(due_rows[i].document);
}

/* The village's finances of a quarter that ends today. */
static void end_quarter(int today)
{
    const int32_t month = date_month((date_t){today});
    struct row *row;

    if (month % 3 != 2 || month_last_day(month).days != today ||
        due_last(ALLOT, -1, AT_VILLAGE_3) < 0)
        return;
    row = new_row(QUARTER, today, AT_VILLAGE_3, -1);
    (void)snprintf(row->subject, SUBJECT, "%d-Q%d", due_year(today), month % 12 / 3 + 1);
}

void due_live(int today)
{
    int notice, plan;

    fixture_set_clock((int64_t)today * 86400 + 3600); /* nine in the morning in China */
    move_money(today);
    end_quarter(today);
    if (chance(7) == 0) declare_sector(today);
    if (chance(40) == 0) approve_plan(today);
    if (chance(20) == 0) finance_plan(pick(PLAN));
    plan = pick(PLAN);
    if (chance(12) == 0) change_plan(today, plan, chance(PROJECTS));
    if (chance(20) == 0) use_bank(today, chance(PROJECTS));
    if (chance(60) == 0) open_channel(today, chance(2), chance(5));
    if (chance(4) == 0) post(today, chance(60), -1);
    notice = pick(NOTICE);
    if (notice >= 0 && chance(15) == 0 && due_last(NOTICE, notice, -1) < 0)
        post(today, chance(30), notice);
    notice = pick(NOTICE);
    if (notice >= 0 && chance(6) == 0) take_down(today, notice);
    if (chance(15) == 0) publish_period(today, chance(60));
}
