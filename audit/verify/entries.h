/*
 * entries.h - what can be said of one entry by itself: its bytes, its shape, its seals.
 *
 * Entries are checked a block at a time, blocks beside one another on all cores; what needs the
 * entries before (chain, order, people, vouchers) is checked afterwards in order, from the facts.
 */
#ifndef AUDIT_VERIFY_ENTRIES_H
#define AUDIT_VERIFY_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/kinds.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/note.h"
#include "base/tree.h"

#define BLOCK_ENTRIES        TILE_WIDTH /* blocks are aligned, so that each is a tile */
#define ENTRY_SIZE_BYTES_MAX 65535
#define SEALED_KEY_SIZE      32
#define SEAL_MEMBER_SIZE     24
#define SEALS_PER_ENTRY_MAX  4
#define PLAIN_SIZE_BYTES_MAX 16777216 /* of all seals of a block */

/* A run of bytes in memory that somebody else holds. */
struct slice {
    const uint8_t *data;
    size_t size;
};

/** A row of a ledger's `sealed` table. */
struct seal {
    unsigned entry; /* index in the block */
    char member[SEAL_MEMBER_SIZE];
    uint8_t key[SEALED_KEY_SIZE];
    size_t plain_at; /* in the block's plains */
    size_t plain_size;
};

/** What a voucher.line says. */
struct line_facts {
    int64_t number;
    bool is_sealed;
    bool is_open;      /* in clear, or its seal is here: those below hold */
    struct slice from; /* an account's canonical JSON, in the block */
    struct slice to;
    struct slice id_number; /* of a sealed line's person */
    int64_t amount;
};

struct entry_facts {
    enum kind_id kind;
    const char *kind_name; /* NULL until the kind is known */
    hash_t prev;
    int64_t time_seconds;
    char actor[33];
    struct slice body; /* canonical JSON, in the block */
    hash_t body_leaf;  /* of rows that another entry covers */
    char voucher[12];  /* of a line */
    struct line_facts line;
    unsigned sealed;                         /* sealed members */
    const char *seals[SEALS_PER_ENTRY_MAX];  /* their names */
    unsigned sealed_absent;                  /* of those, without a seal */
    const char *absent[SEALS_PER_ENTRY_MAX]; /* their members' names */
};

struct block {
    uint64_t first; /* seq of the first entry; a multiple of BLOCK_ENTRIES */
    unsigned count; /* BLOCK_ENTRIES but in the last block */
    struct buffer bytes;
    size_t at[BLOCK_ENTRIES + 1]; /* entry i is bytes at[i] to at[i + 1] */
    bool is_cut;                  /* its source failed after these entries */
    bool has_seals;               /* every seal that is kept of these entries is here, because the
                                     source is a ledger and gave them all */
    bool has_stored;              /* a ledger's: `stored` holds its hash column */
    hash_t stored[BLOCK_ENTRIES];
    struct seal *seals; /* by entry, then member */
    size_t seal_count;
    size_t seal_capacity;
    struct buffer plains;
    const char *origin; /* that seals must name; lent */
    /* What entries_check() found: */
    hash_t leaves[BLOCK_ENTRIES];
    hash_t root; /* over all leaves, when the block is full */
    struct entry_facts facts[BLOCK_ENTRIES];
    unsigned checked;     /* facts of so many entries hold; all when `failure` holds no error */
    struct error failure; /* of entry number `checked` */
};

/** What a thread needs to check entries. */
struct reader {
    struct json_document *entry;
    struct json_document *plain;
    struct shape_cache cache;
    char time[21]; /* the last that was read, and what it is */
    int64_t time_seconds;
};

bool reader_init(struct reader *reader, struct error *err) MUST_CHECK;
void reader_done(struct reader *reader);

bool block_init(struct block *block, struct error *err) MUST_CHECK;
/** Ready for the entries from `first` on. */
void block_reset(struct block *block, uint64_t first);
bool block_add_entry(struct block *block, const uint8_t *data, size_t size,
                     struct error *err) MUST_CHECK;
bool block_add_seal(struct block *block, const struct seal *seal, const uint8_t *plain,
                    struct error *err) MUST_CHECK;
void block_done(struct block *block);

struct slice block_entry(const struct block *block, unsigned i);

/** The root over the hashes of a full block or tile. */
hash_t block_root(const hash_t leaves[BLOCK_ENTRIES]);

/** Check every entry of a block by itself; the result is in the block. */
void entries_check(struct reader *reader, struct block *block);

/** Check one entry by itself, for a proof: without seals and other entries. Gives its kind. */
bool entry_check_alone(struct slice entry, uint64_t seq, char *kind, size_t kind_size,
                       struct error *err) MUST_CHECK;

/** The value under the seal of that member, parsed into `reader->plain`. False when the seal isn't
 * here. */
bool entry_open_seal(const struct block *block, unsigned i, struct reader *reader,
                     const char *member, uint32_t *value_out);

/**
 * The value of a member of entry i's body: in clear from `entry`, which holds the parsed entry, or
 * from its seal, parsed into `plain`. False when it is sealed and the seal isn't here.
 */
bool entry_open_member(const struct block *block, unsigned i, struct reader *reader,
                       const char *member, const struct json_document **document_out,
                       uint32_t *value_out);

#endif
