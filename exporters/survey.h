/*
 * survey.h - everything that the documents of one period are made from, read from the ledger once.
 *
 * 1. A survey is taken under one view of the ledger and never changes; rendering reads it and, for
 *    what a project's entry says, the ledger under the same view.
 * 2. What is withheld is decided here, for all divisions together, because what one document prints
 *    may give away what another leaves out.
 * 3. Memory grows with divisions, funds and book lines, never with entries.
 *
 * A line is settled at a month's end when every figure of it follows from the totals that published
 * entries show. It is told in a period at whose beginning and end it is settled, and else withheld
 * whole: it then enters no sum of any document. So no figure depends on a sealed amount
 * (docs/disclosure.md).
 */
#ifndef EXPORTERS_SURVEY_H
#define EXPORTERS_SURVEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/identity.h"
#include "exporters/exporters.h"
#include "exporters/xml_writer.h"
#include "ledger/ledger.h"

#define SURVEY_DIVISIONS_MAX 20000
#define SURVEY_FUNDS_MAX     10000
#define SURVEY_LINES_MAX     400000
#define SURVEY_TRANSFERS_MAX 400000
#define SURVEY_PROJECTS_MAX  400000
#define SURVEY_ITEMS_MAX     400000
#define SURVEY_SPENDINGS_MAX 400000
#define SURVEY_DEPTH_MAX     8 /* tiers of divisions */
#define SURVEY_YEARS_MAX     5
#define SURVEY_NONE          SIZE_MAX
#define PERIOD_NAME_SIZE     sizeof((struct period *)0)->name

/** The terms of the law (DESIGN section 6) for one line or a sum of lines. */
struct law {
    money_t opening;
    money_t flows[FLOW_TERM_COUNT];
    money_t closing;
    money_t standing[ACCOUNT_ROLE_COUNT];
};

/** Add the terms of `more`. ERROR_OVERFLOW leaves `sum` partly added. */
bool law_add(struct law *sum, const struct law *more, struct error *err) MUST_CHECK;
bool flow_term_is_in(enum flow_term term);

struct survey_line {
    size_t place; /* the division */
    enum book book;
    char fund[CODE_SIZE];
    struct law law;
    bool is_withheld; /* some of it doesn't follow from published entries */
};

/** Sum of book lines. */
struct survey_sum {
    struct law law;
    size_t lines;
};

struct survey_book {
    size_t withheld_lines;   /* of this division */
    struct survey_sum below; /* what is told of all divisions below */
    size_t withheld_below;   /* lines below that no sum holds */
};

/** What the printed lines of a division came to in a span of the past. */
enum past_figure { PAST_RECEIVED, PAST_SPENT, PAST_PASSED_ON, PAST_CLOSING, PAST_FIGURE_COUNT };
struct survey_past {
    int32_t year; /* of one year only */
    money_t figures[PAST_FIGURE_COUNT];
    bool any; /* some line, printed or not */
};

struct survey_place {
    struct division division;
    enum division_level level;
    size_t parent; /* SURVEY_NONE for the root */
    int depth;     /* 0 for the root */
    size_t first_line, line_count;
    size_t below_count; /* divisions below that have a document, all tiers */
    size_t first_project, project_count;
    size_t first_item, item_count;
    bool has_document;
    struct survey_book books[BOOK_COUNT];
    struct survey_past before;                  /* the period before, of the same length */
    struct survey_past years[SURVEY_YEARS_MAX]; /* newest first, up to the period's end */
    size_t year_count;
};

/** A project that has begun by the period's end. */
struct survey_project {
    size_t place; /* where it is located */
    char code[CODE_SIZE];
    char *name; /* owned */
    enum book book;
    size_t first_fund, fund_count; /* of its plan lines, in survey->plan_funds */
};

struct survey_item {
    size_t place;
    size_t order; /* as the ledger told it */
    struct attention_item item;
};

struct fund_code {
    char text[CODE_SIZE];
};

/** What one division gave to or got from another in the period, of one fund in one book. */
struct survey_transfer {
    char division[DIVISION_CODE_SIZE];
    char fund[CODE_SIZE];
    enum flow_term term; /* as the division sees it */
    char counterpart[DIVISION_CODE_SIZE];
    enum book book;
    money_t amount;
};

/** What of a line's `spent` in the period was spent under one project. */
struct survey_spending {
    size_t place; /* whose money; the project may lie elsewhere */
    const struct survey_project *project;
    enum book book;
    char fund[CODE_SIZE];
    money_t amount;
};

/** A line that isn't settled at a month's end, whether there is anything in it or not. */
struct survey_key {
    int32_t month;
    size_t place;
    enum book book;
    char fund[CODE_SIZE];
};

struct survey {
    struct journal *journal; /* lent */
    struct period period;
    char log_key[SIGN_FINGERPRINT_SIZE];
    struct survey_place *places; /* by code */
    size_t place_count;
    struct fund *funds; /* by code */
    size_t fund_count;
    struct survey_line *lines; /* by place, book, fund */
    size_t line_count;
    struct survey_key *unsettled; /* by month, place, book, fund: at the ends of all that is told */
    size_t unsettled_count;
    char before[PERIOD_NAME_SIZE];   /* the period before */
    struct survey_project *projects; /* by place, code */
    size_t project_count;
    struct fund_code *plan_funds;
    size_t plan_fund_count;
    struct survey_item *items; /* by place, then as the ledger told them */
    size_t item_count;
    struct matters *matters;           /* what the nine matters are told from */
    struct survey_transfer *transfers; /* by division, fund, term, counterpart, book; none twice */
    size_t transfer_count;
    struct survey_spending *spendings; /* by place, project, book, fund; none twice */
    size_t spending_count;
};

/** Read the ledger. The caller holds one view of it (a transaction) until survey_free(). */
bool survey_take(struct ledger *ledger, const struct period *period, struct survey **out,
                 struct error *err) MUST_CHECK;
/** NULL allowed. */
void survey_free(struct survey *survey);

/** Let a division have a document, and those that it lies in: each links to those below it. */
void survey_add_document(struct survey *survey, size_t place);
/** A division's index, or SURVEY_NONE. */
size_t survey_find_place(const struct survey *survey, const char *code);
/** Lent, or NULL. */
const struct fund *survey_find_fund(const struct survey *survey, const char *code);
/** The line of a division, book and fund, or NULL; lent. */
const struct survey_line *survey_find_line(const struct survey *survey, size_t place,
                                           enum book book, const char *fund);
/** The first of a division's transfers; they run until the division changes. */
size_t survey_first_transfer(const struct survey *survey, const char *division);
/** The first of what a division spent under projects; they run until the place changes. */
size_t survey_first_spending(const struct survey *survey, size_t place);

/** Write the attributes of a fund. */
void survey_write_fund(const struct fund *fund, struct xml_writer *xml);
/** Write what pages are made of besides the books: changes, years, flow (story.c). */
bool story_write(const struct survey *survey, size_t place, struct xml_writer *xml,
                 struct error *err) MUST_CHECK;
/** Write where a fund's money ended up, as a `flow`: of lines of one fund, by place. */
bool story_write_fund(const struct survey *survey, const struct survey_line *const *lines,
                      size_t count, struct xml_writer *xml, struct error *err) MUST_CHECK;
/** Write what the money became, unless there is none of it (render_assets.c). */
bool assets_write(const struct survey *survey, size_t place, struct xml_writer *xml,
                  struct error *err) MUST_CHECK;
struct correction;
/**
 * Render one division's document, unsigned.
 *
 * @param correction  what it says of the published document whose place it takes; NULL: nothing
 */
bool survey_render(const struct survey *survey, size_t place, const struct correction *correction,
                   struct buffer *xml_out, struct error *err) MUST_CHECK;

#endif
