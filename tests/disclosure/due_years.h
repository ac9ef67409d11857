/*
 * due_years.h - three years of what happens in a county that must be disclosed, day by day, at
 * random: kept in plain arrays beside the ledger, for a model to look through.
 */
#ifndef TESTS_DISCLOSURE_DUE_YEARS_H
#define TESTS_DISCLOSURE_DUE_YEARS_H

#include "rows.h"

#define FIRST_DAY 19723 /* 2024-01-01, a Monday */
#define LAST_DAY  20818 /* 2026-12-31 */
#define PROJECTS  16
#define SUBJECT   24

enum what {
    SECTOR,
    PLAN,
    MONEY,
    ADD,
    REMOVE,
    ENTER,
    LEAVE,
    CHANNEL,
    ALLOT,
    PAY,
    QUARTER,
    NOTICE,
    PUBLISH
};

struct row {
    enum what what;
    int date, place; /* of `places`; notices: the first day */
    int of;          /* the plan that it replaces or is about, project, channel; notice corrected */
    int to;          /* the plan of a change; where money goes to */
    int last_meant, removed;     /* notices; 0: not */
    int about_first, about_last; /* notices and publications: the days told */
    enum matter matter;          /* of a notice */
    char subject[SUBJECT];       /* its own code; of a notice the one thing told, or "" */
    char about[MONTH_TEXT_SIZE];
    char *document; /* what it was about, as told when it was entered; NULL: of one thing */
};

enum { AT_VILLAGE_1, AT_TOWN_1, AT_VILLAGE_3, AT_TOWN_2, AT_COUNTY };

extern const char *const due_places[];
extern const int due_above[]; /* the place above each, or -1 */
extern struct row due_rows[]; /* in the order in which they were entered */
extern int due_row_count;
extern struct due_project {
    int place, start;
} due_projects[PROJECTS];

/** Begin anew, with the calendar of the years and the projects. */
void due_begin(struct fixture *fixture);
void due_live(int today);
void due_end(void);
/** A publication of that period by an entry alone. */
void due_publish(struct fixture *fixture, const char *period, bool is_again);
/** Rows of the calendar alone. */
void due_add_calendar(struct fixture *fixture);
void due_add_day(const char *date, bool works);

/** The last of so many working days after one; the model's own calendar. */
int due_after(int event, int working_days);
int due_year(int day_number);
/** The last row with these, or -1. */
int due_last(enum what what, int of, int to);
char *due_text(int number, char text[DATE_TEXT_SIZE]);

#endif
