/*
 * duty_told.h - does a document tell a thing? Private to ledger/disclosure.
 *
 * 1. What is asked is what exporters/render_matters.c writes: of a period, as of an entry. The two
 *    are held together by tests/exporters/test_matters.c.
 * 2. A thing isn't told by what was rendered before its own entry, nor before its day.
 */
#ifndef LEDGER_DISCLOSURE_DUTY_TOLD_H
#define LEDGER_DISCLOSURE_DUTY_TOLD_H

#include "ledger/disclosure/duty_index.h"

/** In which periods a document tells a thing, once it is there. */
enum told_rule {
    TOLD_IN_PERIOD,   /* that holds its day */
    TOLD_WHILE,       /* any, until something ends it */
    TOLD_IN_YEAR,     /* of a plan: that ends in its year, or holds the plan's day */
    TOLD_AT_YEAR_END, /* of a plan: that ends with its year */
    TOLD_AHEAD,       /* a project: that begins no later than it, while some plan has it */
    TOLD_EITHER_DAY   /* a complaint: that holds the day of its answer or of its coming */
};

/** Whose progress, payments and achievements change what is told of it. */
enum told_outcome { OUTCOME_NONE, OUTCOME_PROJECT, OUTCOME_PLAN };

struct told_when {
    enum told_rule rule;
    date_t day;   /* from when on it is there */
    date_t other; /* the plan's day; the last of its year; the project's start; when it came */
    int year;     /* of the plan */
    struct turns ends[2]; /* rows that end it: its own, its plan's; AHEAD: the project in plans */
    struct turns content; /* rows that change what is told of it */
    enum told_outcome outcome;
};

/** A document: of these days, made just before this entry. */
struct told_by {
    const struct disclosure_span *about;
    uint64_t seq;
};

/** Does it tell the thing that entry `seq` made? */
bool duty_is_told(const struct duty_index *index, const struct told_when *when, uint64_t seq,
                  struct told_by by);
/** Was it over by that day: replaced, taken out, or closed? *on is when. */
bool duty_is_over(const struct duty_index *index, const struct told_when *when, date_t by,
                  date_t *on);
/** Was one of these rows there for the document? */
bool duty_rows_came(const struct duty_index *index, struct turns turns, struct told_by by);

#endif
