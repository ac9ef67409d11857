/*
 * kinds.h - the kinds of entries of docs/format.md section 5, and the shape of their bodies.
 *
 * Written from that page alone. A member that a kind doesn't name, or one that is missing, makes
 * the entry false; so does a kind that isn't here.
 */
#ifndef AUDIT_VERIFY_KINDS_H
#define AUDIT_VERIFY_KINDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"

#define TEXT_CHARACTERS_MAX 500
#define TEXT_SIZE_MAX       (TEXT_CHARACTERS_MAX * 4 + 1)

enum kind_id {
    KIND_ACT_PROPOSE,
    KIND_ACT_SECOND,
    KIND_ATTACHMENT_ADD,
    KIND_BANK_CONFIRM,
    KIND_BANK_RETURN,
    KIND_CLOCK_CONFIRM,
    KIND_DIVISION_CLOSE,
    KIND_FINDING_DECIDE,
    KIND_HANDOVER_GIVE,
    KIND_HANDOVER_TAKE,
    KIND_IMPORT_FILE,
    KIND_LEDGER_GENESIS,
    KIND_PERIOD_CARRY_OVER,
    KIND_PERIOD_CLOSE,
    KIND_PROJECT_ACCEPT,
    KIND_PROJECT_PROGRESS,
    KIND_PROJECT_RESULT,
    KIND_PUBLICATION_MAKE,
    KIND_USER_REVOKE,
    KIND_USER_UNDELEGATE,
    KIND_VOUCHER_APPROVE,
    KIND_VOUCHER_LINE,
    KIND_VOUCHER_REJECT,
    KIND_VOUCHER_SUBMIT,
    KIND_VOUCHER_WITHDRAW,
    /* Rows that an import.file covers; KIND_ROW is any that has no name of its own here. */
    KIND_ROW,
    KIND_AID_AGREE,
    KIND_AID_ENTRUST,
    KIND_AID_GUARANTEE,
    KIND_AID_OPEN,
    KIND_AID_PROVIDE,
    KIND_ASSET_COST,
    KIND_ASSET_DUTY,
    KIND_ASSET_REGISTER,
    KIND_ASSET_STATE,
    KIND_ASSET_TITLE,
    KIND_BODY_DECLARE,
    KIND_DEBT_CLEAR,
    KIND_DISPOSAL_DROP,
    KIND_DISPOSAL_FINISH,
    KIND_DISPOSAL_OPEN,
    KIND_DISPOSAL_STEP,
    KIND_DISTRIBUTION_HOLDER,
    KIND_DISTRIBUTION_PAY,
    KIND_DISTRIBUTION_PLAN,
    KIND_DISTRIBUTION_SHARE,
    KIND_HANDOVER_ASSET,
    KIND_HANDOVER_DROP,
    KIND_HOUSEHOLD_CHANGE,
    KIND_HOUSEHOLD_REGISTER,
    KIND_HOUSEHOLD_TOTAL,
    KIND_INCOME_RECEIVE,
    KIND_INSPECTION_EXCUSE,
    KIND_INSPECTION_RECORD,
    KIND_KEEPER_APPOINT,
    KIND_KEEPER_END,
    KIND_LEASE_DUE,
    KIND_LEASE_END,
    KIND_LEASE_SIGN,
    KIND_MAINTENANCE_SOURCE,
    KIND_PROJECT_ADD,
    KIND_SCHEDULE_END,
    KIND_SCHEDULE_SET,
    KIND_STOCKTAKE_CLOSE,
    KIND_STOCKTAKE_COUNT,
    KIND_STOCKTAKE_OPEN,
    KIND_TOWNSHIP_CLASS,
    KIND_VILLAGE_DEBT,
    KIND_VILLAGE_DECLARE,
    KIND_WORK_CLOSE,
    KIND_WORK_OPEN,
    KIND_WORK_PAY,
    KIND_COUNT
};

enum shape_type {
    SHAPE_TEXT,      /* NFC, at most 500 characters, without personal numbers */
    SHAPE_SOME_TEXT, /* the same, not "" */
    SHAPE_STRING,    /* any text: what is private stands in it */
    SHAPE_ID_NUMBER, /* a person's, in its 18-character form */
    SHAPE_CODE,
    SHAPE_CODE_OR_EMPTY,
    SHAPE_WORD, /* one of `words` */
    SHAPE_USER,
    SHAPE_DIVISION,
    SHAPE_DIVISION_OR_EMPTY,
    SHAPE_USCC,
    SHAPE_USCC_OR_EMPTY,
    SHAPE_PHONE, /* an office's */
    SHAPE_PHONE_OR_EMPTY,
    SHAPE_DATE,
    SHAPE_DATE_OR_EMPTY,
    SHAPE_MONTH,
    SHAPE_PERIOD, /* 2021, 2021-Q3, 2021-09 */
    SHAPE_VOUCHER,
    SHAPE_VOUCHER_OR_EMPTY,
    SHAPE_HASH,
    SHAPE_NONCE,
    SHAPE_KEY,       /* base64 of 32 bytes */
    SHAPE_SIGNATURE, /* base64 of 64 bytes */
    SHAPE_BASE64,
    SHAPE_NOTE_KEY,
    SHAPE_INTEGER,
    SHAPE_COUNT,    /* 0 and above */
    SHAPE_POSITIVE, /* 1 and above */
    SHAPE_PERSONS,  /* 3 and above: fewer are nobody's business */
    SHAPE_BOOLEAN,
    SHAPE_OBJECT,  /* of `members` */
    SHAPE_OBJECTS, /* an array of objects of `members` */
    SHAPE_LIST,    /* an array of `element` */
    SHAPE_ANY_OBJECT
};

enum shape_seal { SEAL_NEVER, SEAL_MAY, SEAL_ALWAYS };

struct shape {
    const char *name; /* NULL ends a table; tables are in canonical order */
    enum shape_type type;
    enum shape_seal seal;
    const char *subject;      /* sealed in a row: the member that the seal names */
    const char *subject_next; /* and the second, behind a '/'; NULL */
    bool is_optional;
    const struct shape *members;
    const char *const *words; /* NULL-terminated */
    enum shape_type element;
    bool is_sorted;     /* a SHAPE_LIST of strings, by bytes, or of numbers; none twice */
    unsigned count_max; /* elements of an array; 0: as many as an entry holds */
};

struct entry_kind {
    const char *name;
    enum kind_id id;
    const struct shape *body;
};

/** The detail of a line about a person, which stands under seal. */
extern const struct shape shape_person_detail[];

/** The kind of that name, or NULL. Static storage. */
const struct entry_kind *kind_find(const uint8_t *name, size_t size);

/** The members of an act of two's body, or NULL for an act that there is not. */
const struct shape *kind_act_shape(const uint8_t *act, size_t size);

#define SHAPE_CACHE_SLOTS     64
#define SHAPE_CACHE_BYTES_MAX 160

/**
 * The last value that each row of a table found right. Entries that follow one another mostly
 * repeat accounts, users and texts, and a value that is byte for byte one that was right is right.
 * All zeros is empty. One for each thread.
 */
struct shape_cache {
    struct {
        const struct shape *shape;
        size_t size;
        uint8_t bytes[SHAPE_CACHE_BYTES_MAX];
    } slots[SHAPE_CACHE_SLOTS];
};

/** Where the values are. */
struct shape_source {
    const struct json_document *document;
    struct shape_cache *cache; /* or NULL */
};

/** Check that an object has exactly the members of a table, each as the table says. */
bool shape_check_members(const struct shape_source *source, uint32_t object,
                         const struct shape *members, struct error *err) MUST_CHECK;

/** Check one value by a row of a table. */
bool shape_check(const struct shape_source *source, uint32_t node, const struct shape *shape,
                 struct error *err) MUST_CHECK;

/** The same of a row that lasts as long as the cache. */
bool shape_check_kept(const struct shape_source *source, uint32_t node, const struct shape *shape,
                      struct error *err) MUST_CHECK;

/** Read 64 lowercase hexadecimal digits. base/'s hex_decode() takes any size; hashes come twice or
 * more in each entry, and a sixth of all time went there. */
bool shape_read_hash(const uint8_t *text, size_t size, hash_t *out);

/** Is the value {"sealed":"<64 hex digits>"}? */
bool shape_is_sealed(const struct json_document *document, uint32_t node, hash_t *hash_out);

#endif
