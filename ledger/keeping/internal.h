/* internal.h - what the files of the keeping module share. Private to ledger/keeping. */
#ifndef LEDGER_KEEPING_INTERNAL_H
#define LEDGER_KEEPING_INTERNAL_H

#include "ledger/assets/assets.h"
#include "ledger/disclosure/disclosure.h"
#include "ledger/keeping/keeping.h"

#define TEXT(field)   (record->values[field].text)
#define NUMBER(field) (record->values[field].number)

/* Derived tables: keep.c. */
extern const struct store_table next_table, answer_table, asset_table, post_table, open_work_table,
    day_table;
/** Keep them after an entry. */
bool keeping_keep(struct journal *journal, const struct entry_view *entry,
                  struct error *err) MUST_CHECK;

/** An inspection by the number of its entry, as what files belong to: journal_module.find_thing().
 */
bool keeping_find_thing(struct journal *journal, const char *what, const char *code,
                        struct journal_thing *out, bool *found, struct error *err) MUST_CHECK;

/** A schedule as it stands. */
struct schedule {
    uint64_t seq; /* of its schedule.set */
    char code[CODE_SIZE], asset[CODE_SIZE], division[DIVISION_CODE_SIZE];
    bool is_service;
    int64_t next_n;     /* the first occurrence that nothing answers */
    int64_t answered_n; /* the last one that is answered; -1: none */
    struct schedule_rule rule;
};
/** ERROR_NOT_FOUND: "no schedule S1 in the ledger; import it first". */
bool schedule_find(struct journal *journal, const char *code, struct schedule *out,
                   struct error *err) MUST_CHECK;
/** Of a statement whose columns from `column` on are SCHEDULE_COLUMNS of keeping_next n,
 * keeping_schedule s. */
bool schedule_read(const struct statement *row, int column, struct schedule *out,
                   struct error *err) MUST_CHECK;
#define SCHEDULE_COLUMNS                                                                           \
    "n.seq, n.schedule, n.asset, n.division, n.next_n, n.end_day, s.what, s.every, s.interval, "   \
    "s.first, s.shift, s.grace_days, n.answered_n"
#define SCHEDULE_COLUMN_COUNT 13

/* Since when an asset is no more, "" while it is: of asset_now as `a`. Every list reads the assets
   behind what it looks for by an index, never before it: CROSS JOIN keeps that order. */
#define GONE_ON "CASE WHEN a.state IN ('disposed', 'scrapped') THEN a.state_on ELSE '' END"

/** Which occurrence has that day; ERROR_INPUT names the days around it when none has. */
bool schedule_require_day(const struct schedule *schedule, const char *day, int64_t *n_out,
                          struct error *err) MUST_CHECK;
/** Does anything answer that occurrence? */
bool schedule_is_answered(struct journal *journal, uint64_t schedule_seq, int64_t n, bool *out,
                          struct error *err) MUST_CHECK;
/** Of the occurrences from `start` on, what was answered by the end of a day. */
struct gaps {
    int64_t start, end;
    int64_t first_open; /* the first that wasn't */
    int64_t answered;   /* how many before `end` were */
};
/** `start` and `end` are set. */
bool schedule_find_gaps(struct journal *journal, const struct schedule *schedule, date_t as_of,
                        struct gaps *gaps, struct error *err) MUST_CHECK;
/** Nothing is due of an asset after the day on which it was scrapped or disposed of; "": it is
 * there. */
bool schedule_end_with_asset(struct schedule_rule *rule, const char *gone_on,
                             struct error *err) MUST_CHECK;
/** Working days as the ledger has them at this entry: days.c. */
struct working_days ledger_days(struct journal *journal);
bool days_open(struct journal *journal, void **state_out, struct error *err) MUST_CHECK;
void days_close(void *state);
/** The calendar changed, or may have by a transaction that was rolled back. */
void days_forget(struct journal *journal);
/** A calendar that was loaded, for lists. */
struct working_days calendar_days(struct calendar *calendar);

/** Is that a holder in office on the day? ERROR_NOT_FOUND, ERROR_INPUT tell what is wrong. */
bool keeper_require(struct journal *journal, const char *keeper, const char *day,
                    struct error *err) MUST_CHECK;

/** Is the holder's last day over? */
bool settle_keeper(struct journal *journal, const struct record *record,
                   const struct json_document *document, uint32_t act_body,
                   struct error *err) MUST_CHECK;

void copy_text(const struct statement *row, int column, char *out, size_t size);

/* checks.c and work.c, one for each kind */
RECORD_CHECK(check_body) MUST_CHECK;
RECORD_CHECK(check_keeper) MUST_CHECK;
RECORD_CHECK(check_left) MUST_CHECK;
RECORD_CHECK(check_duty) MUST_CHECK;
RECORD_CHECK(check_schedule) MUST_CHECK;
RECORD_CHECK(check_stop) MUST_CHECK;
RECORD_CHECK(check_inspection) MUST_CHECK;
RECORD_CHECK(check_excuse) MUST_CHECK;
RECORD_CHECK(check_work) MUST_CHECK;
RECORD_CHECK(check_done) MUST_CHECK;
RECORD_CHECK(check_paid) MUST_CHECK;
RECORD_CHECK(check_source) MUST_CHECK;

#endif
