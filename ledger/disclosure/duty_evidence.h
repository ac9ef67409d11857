/*
 * duty_evidence.h - what was put up on boards and what was published by a day. Private to
 * ledger/disclosure.
 */
#ifndef LEDGER_DISCLOSURE_DUTY_EVIDENCE_H
#define LEDGER_DISCLOSURE_DUTY_EVIDENCE_H

#include "ledger/disclosure/internal.h"

#define EVIDENCE_MAX  1000000
#define EVIDENCE_NONE SIZE_MAX

struct notice {
    uint64_t seq;
    enum matter matter;
    char division[DIVISION_CODE_SIZE];
    char code[CODE_SIZE], corrects[CODE_SIZE], subject[CODE_SIZE];
    struct disclosure_span about;
    date_t first;
    bool has_ended;
    date_t ended_on;   /* taken down, or the last day meant */
    size_t correction; /* the notice that takes its place, or EVIDENCE_NONE */
};

struct published {
    uint64_t seq;
    char period[8];
    struct disclosure_span about;
    date_t on;
    bool is_first; /* of its period */
    size_t next;   /* the one that takes its place, or EVIDENCE_NONE */
};

/** An allocation that a document left out. */
struct left_out {
    uint64_t seq; /* of the publication or notice */
    char division[DIVISION_CODE_SIZE];
    char voucher[CODE_SIZE];
};

/** Where the notice of a code stands. */
struct notice_code {
    const char *code; /* lent by the notice */
    size_t at;
};

struct evidence {
    struct notice *notices; /* by division, matter, first day, seq */
    size_t notice_count;
    struct notice_code *codes;      /* of all notices, by code */
    struct published *publications; /* in the order of the log */
    size_t publication_count;
    struct left_out *left_out; /* by all its members */
    size_t left_out_count;
    date_t as_of;
};

/** Everything by the end of a day; evidence_done() in any case. */
bool evidence_read(struct journal *journal, date_t as_of, struct evidence *out,
                   struct error *err) MUST_CHECK;
/** The first notice of a division about a matter; they run on until either changes. */
size_t evidence_first_notice(const struct evidence *evidence, const char *division,
                             enum matter matter);
/** Did the document or notice of that entry leave the voucher out? */
bool evidence_is_left_out(const struct evidence *evidence, uint64_t seq, const char *division,
                          const char *voucher);
void evidence_done(struct evidence *evidence);

#endif
