/*
 * gone.h - sealed values that are not in a ledger, held against the acts of two that account for
 * them: seal.lost and seal.erase (docs/format.md section 5.1).
 *
 * 1. An act names sealed values of entries before its proposal, each of them once in a log.
 * 2. What is not here and accounted for by no act makes the ledger false, and so does what an act
 *    names and is here: neither can anybody hide a value by deleting it, nor keep what was erased.
 * 3. Whatever is accounted for is counted, by what it was, for the verdict.
 * 4. A publication shows no sealed value; of it only the acts are read, and held to 1.
 */
#ifndef AUDIT_VERIFY_GONE_H
#define AUDIT_VERIFY_GONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/json.h"

#define PURPOSE_SIZE     64  /* "voucher.line/detail" and NUL */
#define GONE_CLASSES_MAX 256 /* that a byte tells apart */
#define GONE_MEMBERS_MAX 4   /* that an entry seals */

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

/* What some entries seal, and which of it an act has named: a bit for each member. */
struct gone_class {
    const char *kind; /* static, as are the members */
    const char *members[GONE_MEMBERS_MAX];
    unsigned member_count;
    unsigned named;
};

struct gone {
    uint8_t *entries; /* the class of each, by seq */
    size_t entry_count, entry_capacity;
    struct gone_class classes[GONE_CLASSES_MAX]; /* the first: nothing is sealed */
    size_t class_count;
    bool is_ledger; /* every sealed value must be here, or accounted for */
    struct gone_ranges absent;
    struct gone_ranges named; /* by acts */
    uint64_t missing;         /* known after gone_settle(): absent and not accounted for */
    struct gone_range first_missing;
};

void gone_done(struct gone *gone);

/** The next entry of the log seals these members of its kind; names are static. */
bool gone_add_entry(struct gone *gone, const char *kind, const char *const *members,
                    unsigned member_count, struct error *err) MUST_CHECK;

/** The value of a member of entry `seq` is not here. Entries come in their order. */
bool gone_add(struct gone *gone, uint64_t seq, const char *kind, const char *member,
              struct error *err) MUST_CHECK;

/** An act of two takes effect at entry `seq`. */
struct gone_act {
    const struct json_document *document;
    uint32_t body;     /* of the shape that kinds.c gives */
    uint64_t proposed; /* the entry that proposed it */
    uint64_t seq;
    bool is_erased;
};
bool gone_account(struct gone *gone, const struct gone_act *act, struct error *err) MUST_CHECK;
/** The first of the ranges that the act at `seq`, the last that was accounted for, names. */
size_t gone_first_of(const struct gone *gone, uint64_t seq);

/** At the end of the log: hold what is absent against what acts name. */
bool gone_settle(struct gone *gone, struct error *err) MUST_CHECK;

/** "; erased: 2 voucher.line/detail; declared lost: …", or "" when nothing is gone. */
void gone_tell(const struct gone *gone, char *out, size_t out_size);

#endif
