/*
 * matters.h - what the ledger holds for the nine matters by a period's end, indexed once for all
 * documents.
 *
 * 1. A row that happened after the period's last day isn't here, and neither is what ended another
 *    row after that day: an old period tells the same later.
 * 2. The index of rows holds no texts: memory grows with rows by a few words each. Whoever writes a
 *    row reads it from the ledger.
 * 3. Allotments are asked for once a period, not once a division.
 */
#ifndef EXPORTERS_MATTERS_H
#define EXPORTERS_MATTERS_H

#include "ledger/ledger.h"

#define MATTER_ROWS_MAX       2000000
#define MATTER_ALLOTMENTS_MAX 400000 /* of a period */
#define MATTER_NO_ROW         SIZE_MAX

struct matter_row {
    enum disclosure_kind kind;
    uint64_t seq;
    date_t date;
    char division[DIVISION_CODE_SIZE]; /* what it is about: its own, or that of its project or plan
                                        */
    char code[CODE_SIZE];  /* its own, or the project's, notice's, complaint's or document's */
    char group[CODE_SIZE]; /* the plan of a change or of its money; or "" */
    int64_t number;        /* a plan's year; 1 for a change that adds */
    size_t ended_by;       /* row that took it out, answers it, takes it down or replaces it */
};

/** What allotment_each() tells of one in the period, but as short as it is: a year has many. */
struct matter_allotment {
    char voucher[VOUCHER_NUMBER_SIZE], reverses[VOUCHER_NUMBER_SIZE];
    enum movement movement;
    date_t date;
    char *document; /* owned */
    char from[DIVISION_CODE_SIZE], to[DIVISION_CODE_SIZE], fund[CODE_SIZE];
    enum book book;
    money_t amount;
};

/** That a division gave or took one. */
struct matter_part {
    char division[DIVISION_CODE_SIZE];
    size_t allotment;
};

struct matters {
    struct calendar *calendar;
    struct matter_policies *policies;
    struct matter_allotment *allotments; /* as allotment_each() orders them */
    size_t allotment_count;
    struct matter_part *parts; /* by division, then as the allotments are */
    size_t part_count;
    date_t first, last;      /* of the period */
    struct matter_row *rows; /* by kind, code, group, seq */
    size_t count;
    size_t first_of[DISCLOSURE_KIND_COUNT + 1]; /* where each kind begins */
};

bool matters_take(struct journal *journal, int32_t first_month, int32_t last_month,
                  struct matters **out, struct error *err) MUST_CHECK;
void matters_free(struct matters *matters);

/** The last row of that kind and code (and group), or MATTER_NO_ROW. */
size_t matters_find(const struct matters *matters, enum disclosure_kind kind, const char *code,
                    const char *group);
/** What stands for a document's number as a code: numbers of documents are longer than codes. */
void matters_document_code(const char *document, char out[CODE_SIZE]);
/** The first part of a division, or part_count; its parts run until the division changes. */
size_t matters_first_part(const struct matters *matters, const char *division);
bool matters_row_is_in_period(const struct matters *matters, const struct matter_row *row);

struct survey;
struct xml_writer;
/** Write the element `matters` of one division's document. */
bool matters_write(const struct survey *survey, size_t place, struct xml_writer *xml,
                   struct error *err) MUST_CHECK;

#endif
