/*
 * gone.h - sealed values that are not in a ledger, held against the acts of two that account for
 * them: seal.lost and seal.erase (docs/format.md section 5.1).
 *
 * 1. What is not here and accounted for by no act makes the ledger false, and so does what an act
 *    names and is here: neither can anybody hide a value by deleting it, nor keep what was erased.
 * 2. Whatever is accounted for is counted, by what it was, for the verdict.
 * 3. A publication shows no sealed value; of it only the acts are read.
 */
#ifndef AUDIT_VERIFY_GONE_H
#define AUDIT_VERIFY_GONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/json.h"

#define PURPOSE_SIZE 64 /* "voucher.line/detail" and NUL */

/* Entries `first` to `last`, each sealing the same member of the same kind. */
struct gone_range {
    char purpose[PURPOSE_SIZE];
    uint64_t first, last;
    uint64_t act; /* that names them; for what is absent, nothing */
    bool is_erased;
};

struct gone_ranges {
    struct gone_range *items;
    size_t count, capacity;
};

struct gone {
    bool is_ledger; /* every sealed value must be here, or accounted for */
    struct gone_ranges absent;
    struct gone_ranges named; /* by acts */
    uint64_t missing;         /* known after gone_settle(): absent and not accounted for */
    struct gone_range first_missing;
};

void gone_done(struct gone *gone);

/** The value of a member of entry `seq` is not here. Entries come in their order. */
bool gone_add(struct gone *gone, uint64_t seq, const char *kind, const char *member,
              struct error *err) MUST_CHECK;

/** An act takes effect at entry `seq`; `body` is its body, of the shape that kinds.c gives. */
bool gone_account(struct gone *gone, const struct json_document *document, uint32_t body,
                  uint64_t seq, bool is_erased, struct error *err) MUST_CHECK;

/** At the end of the log: hold what is absent against what acts name. */
bool gone_settle(struct gone *gone, struct error *err) MUST_CHECK;

/** "; erased: 2 voucher.line/detail; declared lost: …", or "" when nothing is gone. */
void gone_tell(const struct gone *gone, char *out, size_t out_size);

#endif
