/*
 * erasures.h - whether what a seal.erase takes away was settled (docs/format.md section 5.1), as
 * far as entries show it without their sealed values.
 *
 * 1. Of a voucher: it is decided, no reversal of it waits, and the months in which it counts are
 *    closed; a payment that stands was answered for. With a line goes the voucher's content.
 * 2. Of a row: an act that says that its purpose is over comes after the row, or the day, that
 * ended it.
 */
#ifndef AUDIT_VERIFY_ERASURES_H
#define AUDIT_VERIFY_ERASURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/map.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"

struct state;
struct view;

/* A row that seals, or that ends what another seals. */
struct erasure_row {
    uint64_t seq;
    uint32_t subject;
};

/* What such rows are about, by its code. */
struct erasure_subject {
    bool is_ended;
    bool is_gone; /* an act accounts for what its first row seals */
    bool has_last_day;
    date_t last_day;
};

struct erasures {
    struct erasure_row *rows; /* in the order of the log */
    size_t row_count, row_capacity;
    struct erasure_subject *subjects;
    size_t subject_count, subject_capacity;
    struct map by_code;
};

void erasures_done(struct erasures *erasures);

/** A row that import.file covers. */
bool erasures_note_row(struct state *state, const struct view *view, struct error *err) MUST_CHECK;

/** seal.erase and seal.lost take effect at entry `seq`; the body is the root of `document`. */
bool erasures_erase(struct state *state, const struct json_document *document, uint64_t seq,
                    struct error *err) MUST_CHECK;
bool erasures_lose(struct state *state, const struct json_document *document, uint64_t seq,
                   struct error *err) MUST_CHECK;

#endif
