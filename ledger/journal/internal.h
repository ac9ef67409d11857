/*
 * internal.h - what the files of ledger/journal share. Private to the folder.
 *
 * 1. struct journal holds the end of the log in memory: size, head, tree. It is read again whenever
 *    the store's head is another than the one remembered.
 * 2. One transaction at a time: IDLE -> WRITING -> (commit or rollback) -> IDLE. An entry that was
 *    refused turns WRITING into FAILED, from which only a rollback leads on.
 */
#ifndef LEDGER_JOURNAL_INTERNAL_H
#define LEDGER_JOURNAL_INTERNAL_H

#include "ledger/journal/journal.h"

#define KINDS_MAX                   256
#define ACTS_MAX                    64
#define MODULES_MAX                 16
#define TILE_LEVELS                 8  /* of 8 tree levels each: 2^64 entries */
#define ORIGIN_SIZE_MAX             65 /* with NUL: an X.509 common name takes 64 bytes */
#define CLOCK_STEP_BACK_SECONDS_MAX 5
#define CLOCK_GAP_SECONDS_MAX       (30 * 86400)
#define CLOCK_JUMP_SECONDS_MAX      (INT64_C(5) * 366 * 86400) /* that can be confirmed */
#define TEXT_CHARACTERS_MAX         500
#define TEXT_SIZE_BYTES_MAX         (4 * TEXT_CHARACTERS_MAX)
#define PLAIN_SIZE_BYTES_MAX        65535
#define RANDOM_POOL_SIZE            2048

/* A kind as journal_open() found it. */
struct kind_slot {
    const struct entry_kind *kind;
    bool covers; /* some kind names it in covered_by */
    bool is_act; /* an act of one person: nonce, signature, signer */
    bool has_signer;
};

enum journal_phase { JOURNAL_IDLE, JOURNAL_WRITING, JOURNAL_FAILED };

/* The end of the log: what the next entry is chained to. */
struct journal_head {
    uint64_t size;
    hash_t hash;             /* of the last entry; zero when empty */
    char hex[HASH_HEX_SIZE]; /* the same as text: the next entry's prev */
    instant_t time;          /* of the last entry */
};

/* The tree of all entries: its full subtrees, and the tile at the right edge of each level. */
struct journal_tree {
    bool is_loaded;
    struct tree_frontier frontier;
    hash_t tiles[TILE_LEVELS][TILE_WIDTH];
};

/* The run of rows that nothing covers yet. */
struct row_run {
    struct tree_frontier frontier; /* over the rows' bodies */
    uint64_t first_seq;
    const char *covered_by;
    char actor[USER_CODE_SIZE];
};

/* Random bytes drawn ahead, so that the system is asked once for many keys. Each is wiped when it
 * is handed out, the rest when the transaction ends. */
struct random_pool {
    uint8_t bytes[RANDOM_POOL_SIZE];
    size_t left; /* those at the start are still to be handed out */
};

struct journal {
    struct store *store;
    struct clock_source clock;
    struct random_source random;
    struct random_pool random_pool;

    const struct journal_module *modules[MODULES_MAX];
    void *states[MODULES_MAX];
    size_t module_count;
    struct kind_slot kinds[KINDS_MAX]; /* sorted by name */
    size_t kind_count;
    const struct kind_slot *last_kind; /* most entries are of the kind of the one before */
    const struct act_kind *acts[ACTS_MAX];
    size_t act_count;

    bool is_source;               /* only its entries and sealed values are there */
    char origin[ORIGIN_SIZE_MAX]; /* "" before genesis */
    char division[DIVISION_CODE_SIZE];

    struct journal_head head;
    struct journal_tree tree;
    struct row_run rows;

    enum journal_phase phase;
    const struct gone_set
        *left_out;     /* of sealed values, while entries are replayed into it; NULL */
    bool is_replaying; /* entries come from a log that may lack sealed values */
    instant_t time;    /* of this transaction */
    char time_text[INSTANT_TEXT_SIZE];
    struct journal_head begin_head;      /* to go back to */
    struct tree_frontier begin_frontier; /* to check the tree from before the commit */
    char known_actor[USER_CODE_SIZE];    /* found active in this transaction; "" for none */
    struct {
        char user[USER_CODE_SIZE]; /* "" for none */
        enum role role;
        char division[DIVISION_CODE_SIZE];
    } known_role; /* the last one found in this transaction: nobody loses a role of his own */

    /* Kept between entries, so that appending allocates nothing. */
    struct buffer bytes;
    struct buffer scratch;
    struct json_document *document;
    struct json_document *plain_document;
    const struct sealed_value *plain_of; /* whose plain text plain_document holds; NULL for none */
    struct json_document *act_document;
};

/* ---- modules.c: kinds and acts by name ------------------------------------------------------- */

bool journal_register_modules(struct journal *journal, const struct journal_module *const *modules,
                              struct error *err) MUST_CHECK;
bool journal_open_modules(struct journal *journal, struct error *err) MUST_CHECK;
void journal_close_modules(struct journal *journal);
/** The slot of a kind, or NULL. */
const struct kind_slot *journal_find_kind(struct journal *journal, const char *name);
const struct act_kind *journal_find_act(const struct journal *journal, const char *name);

/* ---- entry.c: the bytes of an entry ---------------------------------------------------------- */

/** Build the canonical bytes of the next entry in journal->bytes. */
bool entry_format(struct journal *journal, const char *actor, const char *kind,
                  const struct buffer *body, struct error *err) MUST_CHECK;
/** Parse bytes into a view; its sealed values are left as they are. Nothing of the state is
 * checked. */
bool entry_parse(struct json_document *document, const uint8_t *bytes, size_t size,
                 struct entry_view *out, char prev_out[HASH_HEX_SIZE],
                 struct error *err) MUST_CHECK;

/* ---- member.c: bodies held to their tables --------------------------------------------------- */

/**
 * Hold an object to a table of members: none missing, none unknown, each of its type.
 *
 * @param sealed_count_out  how many members are sealed; NULL where none may be
 */
bool members_check(struct journal *journal, const struct entry_member *members,
                   const struct json_document *document, uint32_t object, size_t *sealed_count_out,
                   struct error *err) MUST_CHECK;
/** Less than, equal to or greater than 0 as `name` sorts before, with or behind `other`. */
int member_compare_name(const char *name, const uint8_t *other, size_t other_size);
/**
 * Is this value {"sealed":"<64 characters>"}? They are lent; that they are hex digits is told by
 * their being equal to those of an HMAC.
 */
bool member_is_sealed(const struct json_document *document, uint32_t node, const uint8_t **out);

/* ---- append.c -------------------------------------------------------------------------------- */

/** Check one entry against everything, insert it and apply it. Live and in replay. */
bool journal_admit(struct journal *journal, const uint8_t *bytes, size_t size,
                   const struct sealed_value *sealed, size_t sealed_count, struct appended *out,
                   struct error *err) MUST_CHECK;
/** Take the write lock and load the end of the log; the clock is not asked. */
bool journal_begin_unclocked(struct journal *journal, struct error *err) MUST_CHECK;

/* ---- rows.c: rows that a signed entry behind them covers ------------------------------------- */

void rows_reset(struct row_run *run);
/** May this entry stand here? A row joins the run; a covering entry's lines_root must fit it. */
bool rows_admit(struct row_run *run, const struct kind_slot *slot, const struct entry_view *entry,
                struct error *err) MUST_CHECK;
/** Before a commit: nothing may be left uncovered. */
bool rows_check_none(const struct row_run *run, struct error *err) MUST_CHECK;

/* ---- seal.c ---------------------------------------------------------------------------------- */

/** Each sealed member of the body against the value given beside it, one for one; what has none
 * goes to gone_note(). */
bool seals_check(struct journal *journal, const struct kind_slot *slot,
                 const struct entry_view *entry, size_t sealed_members,
                 struct error *err) MUST_CHECK;

/* ---- gone.c ---------------------------------------------------------------------------------- */

/** This sealed member's value isn't beside the entry: note it as missing, where that may be. */
bool gone_note(struct journal *journal, const struct entry_view *entry,
               const struct entry_member *member, struct error *err) MUST_CHECK;

/* ---- gone_set.c ------------------------------------------------------------------------------ */

/** Is the value of this member of entry `seq` named? `set` may be NULL. */
bool gone_set_names(const struct gone_set *set, uint64_t seq, const char *member);

/* ---- tree.c ---------------------------------------------------------------------------------- */

bool journal_tree_load(struct journal *journal, struct error *err) MUST_CHECK;
/** Add the leaf of entry number frontier.size; tiles that change are written. */
bool journal_tree_add(struct journal *journal, const hash_t *leaf, struct error *err) MUST_CHECK;
/** Read back and hash again what this transaction wrote: entries, chain, tree, tiles. */
bool journal_read_back(struct journal *journal, struct error *err) MUST_CHECK;

/* ---- journal.c ------------------------------------------------------------------------------- */

/** Take this entry as the last one. */
void journal_set_head(struct journal *journal, const struct entry_view *entry);
/** Read the head entry and, when it is not the one remembered, hash it and take it as the head. */
bool journal_load_head(struct journal *journal, struct error *err) MUST_CHECK;

/* ---- people.c -------------------------------------------------------------------------------- */

#define SEQ_NONE (-1) /* in a column: not yet, not any more */

struct user_record {
    struct sign_public key;
    uint64_t key_seq; /* the entry that brought the key in */
    bool is_revoked;
};

/** ERROR_NOT_FOUND when there is no such user. */
bool user_read(struct journal *journal, const char *user, struct user_record *out,
               struct error *err) MUST_CHECK;
/** Is there an active user of this code? Asked for every entry's actor, so remembered. */
bool user_require_active(struct journal *journal, const char *user, struct error *err) MUST_CHECK;
/** Administrators who are active now. */
bool user_count_administrators(struct journal *journal, int64_t *out, struct error *err) MUST_CHECK;
bool user_add_role(struct journal *journal, const char *user, const char *role,
                   const char *division, uint64_t seq, struct error *err) MUST_CHECK;
bool user_add(struct journal *journal, const char *user, const struct sign_public *key,
              uint64_t seq, struct error *err) MUST_CHECK;
bool user_rekey(struct journal *journal, const char *user, const struct sign_public *key,
                uint64_t seq, struct error *err) MUST_CHECK;
bool user_revoke(struct journal *journal, const char *user, uint64_t seq,
                 struct error *err) MUST_CHECK;
/** Does the user hold the role, not as a stand-in, for the division or one above it; with "" for
 * any division at all? */
bool user_has_role(struct journal *journal, const char *user, enum role role, const char *division,
                   bool *found, struct error *err) MUST_CHECK;
/** ERROR_CONFLICT when the key is or was anybody's. */
bool user_require_new_key(struct journal *journal, const struct sign_public *key,
                          struct error *err) MUST_CHECK;

/* ---- delegation.c ---------------------------------------------------------------------------- */

/** The same as user_has_role(), for what the user holds as a stand-in on the log's day. */
bool delegation_has_role(struct journal *journal, const char *user, enum role role,
                         const char *division, bool *found, struct error *err) MUST_CHECK;
/** The user was revoked: nobody stands in for him or her, nor he or she for anybody. */
bool delegation_end_all(struct journal *journal, const char *user, uint64_t seq,
                        struct error *err) MUST_CHECK;

/* ---- acts.c ---------------------------------------------------------------------------------- */

/** The bytes that an act of one or two is signed over: docs/format.md section 4. */
bool act_format_message(const char *act, const hash_t *body_hash, const char *nonce,
                        const char *origin, struct buffer *out, struct error *err) MUST_CHECK;
/** Nonce, signer and signature of an act of one person. */
bool act_check_signature(struct journal *journal, const struct entry_view *entry,
                         struct error *err) MUST_CHECK;

/* ---- certificate.c --------------------------------------------------------------------------- */

/** A self-signed certificate of a P-256 key for `origin` that never expires? */
bool certificate_check_der(const uint8_t *der, size_t size, const char *origin,
                           struct error *err) MUST_CHECK;
/** Have two certificates the same subject? */
bool certificate_has_subject_of(const uint8_t *der, size_t size, const uint8_t *other_der,
                                size_t other_size);
/** The certificate that a body's member holds in base64, decoded and checked. */
bool certificate_get(const struct json_document *document, uint32_t body, const char *member,
                     const char *origin, struct buffer *der_out, struct error *err) MUST_CHECK;
bool certificate_insert(struct journal *journal, const struct buffer *der, uint64_t seq,
                        struct error *err) MUST_CHECK;
/** A fresh key and its certificate, both as PEM, and the certificate as DER. */
bool certificate_make(const char *origin, const struct random_source *random,
                      struct buffer *key_pem_out, struct buffer *pem_out, struct buffer *der_out,
                      struct error *err) MUST_CHECK;
bool certificate_pem_to_der(const uint8_t *pem, size_t size, struct buffer *der_out,
                            struct error *err) MUST_CHECK;

/* ---- secret_file.c --------------------------------------------------------------------------- */

/** Write a new file of mode 0600, durably; ERROR_CONFLICT when there is one. */
bool secret_file_create(const char *path, const uint8_t *data, size_t size,
                        struct error *err) MUST_CHECK;
/** Put new contents in the place of a file, durably and at once. */
bool secret_file_replace(const char *path, const uint8_t *data, size_t size,
                         struct error *err) MUST_CHECK;
/** ERROR_PERMISSION when others may read it. */
bool secret_file_read(const char *path, struct buffer *out, struct error *err) MUST_CHECK;

/* ---- The journal's own kinds and acts -------------------------------------------------------- */

extern const struct entry_kind genesis_kind, propose_kind, second_kind, revoke_kind,
    undelegate_kind, confirm_kind, publication_kind, import_kind;
extern const struct act_kind user_add_act, user_delegate_act, user_rekey_act, user_widen_act,
    certificate_add_act, certificate_revoke_act, policy_set_act, seal_lost_act, signer_recover_act;

#endif
