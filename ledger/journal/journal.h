/*
 * journal.h - the append-only, hash-chained, tree-hashed journal; its users, keys and seals.
 *
 * 1. The journal is the truth. An entry is the exact bytes of docs/format.md section 2; derived
 *    tables change only by applying an entry, and the same code applies it live and in replay.
 * 2. Entries are only ever added, within a transaction that commits whole or not at all; before the
 *    commit all that was written is read back and hashed again.
 * 3. The tree is kept as tiles (C2SP tlog-tiles), so appending and proving cost O(log n).
 * 4. A member of an entry's body is public or sealed as its kind's table says; the default is
 * sealed.
 */
#ifndef LEDGER_JOURNAL_JOURNAL_H
#define LEDGER_JOURNAL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/identity.h"
#include "base/json.h"
#include "base/note.h"
#include "base/sign.h"
#include "base/sources.h"
#include "base/tree.h"
#include "ledger/store/store.h"

#define ENTRY_SIZE_BYTES_MAX 65535
#define USER_CODE_SIZE       33
#define REFERENCE_SIZE       65 /* of a voucher, bank entry or file */
#define NONCE_HEX_SIZE       33
#define SEALED_KEY_SIZE      32
#define SEALED_MEMBERS_MAX   4 /* sealed members of one entry */
#define SEALED_MEMBER_SIZE   24

struct journal;

/* ---- Kinds of entries ------------------------------------------------------------------------ */

enum member_mark {
    MEMBER_UNMARKED = 0 /* a failing test */,
    MEMBER_PUBLIC,
    MEMBER_SEALED,
    MEMBER_SEALED_IF_PERSONAL
};

enum member_type {
    MEMBER_TEXT, /* free text: NFC, at most 500 characters, scanned for personal numbers */
    MEMBER_CODE, /* text_check_code(), scanned for ID and mobile numbers */
    MEMBER_CODE_OR_EMPTY,
    MEMBER_WORD, /* one of `words` */
    MEMBER_USER,
    MEMBER_DIVISION,
    MEMBER_USCC,  /* checked, or "" */
    MEMBER_PHONE, /* the one public telephone, office_phone: a fixed line, or "" */
    MEMBER_DATE,  /* YYYY-MM-DD */
    MEMBER_DATE_OR_EMPTY,
    MEMBER_MONTH,
    MEMBER_HASH,    /* 64 hex digits */
    MEMBER_NONCE,   /* 32 hex digits */
    MEMBER_BASE64,  /* keys, signatures, certificates */
    MEMBER_INTEGER, /* 0 and above */
    MEMBER_AMOUNT,  /* fen, above 0 */
    MEMBER_SIGNED_AMOUNT,
    MEMBER_BOOLEAN,
    MEMBER_NOTE_KEY, /* a C2SP verifier key */
    MEMBER_OBJECT,   /* of `members` */
    MEMBER_ARRAY,    /* of objects of `members`; of `element` when `members` is NULL */
    MEMBER_ANY       /* checked by the kind's own validate (act.propose's body) */
};

struct entry_member {
    const char *name;
    enum member_type type;
    enum member_mark mark;
    bool optional;
    bool may_be_gone; /* sealed, and the entry can be applied again when the value is not here */
    const char *const *words;           /* MEMBER_WORD; NULL-terminated */
    const struct entry_member *members; /* MEMBER_OBJECT, MEMBER_ARRAY; ends with name NULL */
    enum member_type element;           /* MEMBER_ARRAY of plain values */
};

/** A sealed value beside its entry. */
struct sealed_value {
    char member[SEALED_MEMBER_SIZE]; /* "detail" */
    uint8_t key[SEALED_KEY_SIZE];
    const uint8_t *plain; /* canonical JSON of the whole plain object; lent */
    size_t plain_size;
};

/** One entry, parsed; everything lent for the call. */
struct entry_view {
    uint64_t seq;
    hash_t hash;
    instant_t time;
    char actor[USER_CODE_SIZE];
    char kind[32];
    const struct json_document *document;
    uint32_t body;
    const struct sealed_value *sealed;
    size_t sealed_count;
};

struct seal_range;

struct entry_kind {
    const char *name;                   /* "voucher.submit" */
    const struct entry_member *members; /* in canonical order; ends with name NULL */
    /** What the table can't say about the body's shape; no state. NULL when it says all. */
    bool (*validate)(const struct entry_view *entry, struct error *err);
    /** Check against the state and change the derived tables. The caller rolls back on failure. */
    bool (*apply)(struct journal *journal, const struct entry_view *entry, struct error *err);
    /** One line in plain words for people: "submits voucher 2021-000003". */
    bool (*describe)(const struct entry_view *entry, struct buffer *out, struct error *err);
    /**
     * The values that a range of its entries seals were erased: make the rows what a replay without
     * them makes. NULL: seal.erase doesn't take them, or knows itself what hangs on them.
     */
    bool (*forget)(struct journal *journal, const struct seal_range *range, struct error *err);
    /**
     * Is the purpose of what a range of its entries seals over? Asked with the body of an act that
     * says so and names the range, live and in a replay. Not NULL where `forget` isn't.
     */
    bool (*settled)(struct journal *journal, const struct seal_range *range,
                    const struct json_document *document, uint32_t act_body, struct error *err);
    /**
     * For a row without a signature of its own: the kind of the signed entry that must stand just
     * behind its run of rows, by the same actor, with their root as `lines_root`
     * ("voucher.submit", "import.file"). NULL for a kind that is signed itself.
     *
     * The journal checks `lines_root` and refuses a commit with a row that nothing covers.
     */
    const char *covered_by;
};

/** What a file or the like may belong to, whichever module keeps it. */
struct journal_thing {
    char division[DIVISION_CODE_SIZE]; /* whose it is; "" when that was erased or lost */
    bool is_personal;                  /* a household's: what belongs to it is sealed */
};

/** A domain module: its kinds, its acts of two, its tables. */
struct journal_module {
    const struct entry_kind *const *kinds; /* NULL-terminated */
    const struct act_kind *const *acts;    /* NULL-terminated, or NULL */
    const struct store_table *const *tables;
    size_t table_count;
    /** Make the state that apply functions reach by journal_module_state(), at open. NULL allowed.
     */
    bool (*open)(struct journal *journal, void **state_out, struct error *err);
    void (*close)(void *state);
    /** After any module's entry was applied, live and in replay: may refuse it. NULL allowed. */
    bool (*after_entry)(struct journal *journal, const struct entry_view *entry, struct error *err);
    /**
     * For modules below, which can't ask this one: is there such a thing? `what` is their word for
     * it ("asset"). *out only with *found. NULL: there is none.
     */
    bool (*find_thing)(struct journal *journal, const char *what, const char *code,
                       struct journal_thing *out, bool *found, struct error *err);
    /** After all entries of a transaction and before its commit: the law. NULL allowed. */
    bool (*before_commit)(struct journal *journal, struct error *err);
    /** The transaction ended, committed or not: forget what was cached for it. NULL allowed. */
    void (*after_end)(struct journal *journal, bool committed);
};

/** An act of two people: its name and what it does at the second. */
struct act_kind {
    const char *name;                   /* "user.add" */
    const struct entry_member *members; /* of body.body */
    /** `body` is the node of body.body in the proposal's document. */
    bool (*check)(struct journal *journal, const struct json_document *document, uint32_t body,
                  struct error *err); /* when proposed, and again when seconded */
    bool (*take_effect)(struct journal *journal, const struct entry_view *second,
                        const struct json_document *document, uint32_t body, struct error *err);
};

/** The journal's own kinds and tables; always first in the list given to journal_open(). */
extern const struct journal_module journal_module;

/**
 * Check a list of modules as journal_open() does: every member of every kind is marked and in
 * canonical order, no name is used twice, every kind is either signed (members `signature` and
 * `signer`, or `signatures`) or covered by a kind that exists and has `lines_root`.
 *
 * @return false with ERROR_STATE naming the kind and member
 */
bool journal_check_modules(const struct journal_module *const *modules,
                           struct error *err) MUST_CHECK;

/* ---- Opening --------------------------------------------------------------------------------- */

struct journal_options {
    const struct journal_module *const *modules; /* lent; NULL-terminated, journal_module first */
    struct clock_source clock;
    struct random_source random;
};

/**
 * Make all tables of the modules in an empty `store`. The journal is empty until the genesis entry.
 * The store is taken on success: journal_close() closes it; on failure it is still the caller's.
 */
bool journal_create(struct store *store, const struct journal_options *options,
                    struct journal **out, struct error *err) MUST_CHECK;
/** The same on a store with its tables. The head entry is read and hashed; nothing else: O(1). */
bool journal_open(struct store *store, const struct journal_options *options, struct journal **out,
                  struct error *err) MUST_CHECK;
/**
 * Only the entries and sealed values of a journal, for journal_walk(), journal_read() and
 * journal_replay(): its derived tables may be of an older version, damaged or gone.
 */
bool journal_open_source(struct store *store, const struct journal_options *options,
                         struct journal **out, struct error *err) MUST_CHECK;
void journal_close(struct journal *journal);

struct store *journal_store(struct journal *journal);
void *journal_module_state(struct journal *journal, const struct journal_module *module);
/** Ask all modules for a thing of that code: journal_module.find_thing(). */
bool journal_find_thing(struct journal *journal, const char *what, const char *code,
                        struct journal_thing *out, bool *found, struct error *err) MUST_CHECK;
/** "" before genesis. Lent. */
const char *journal_origin(const struct journal *journal);
const char *journal_root_division(const struct journal *journal);
uint64_t journal_size(const struct journal *journal);

/* ---- Appending ------------------------------------------------------------------------------- */

/** Take the write lock and fix this transaction's time. ERROR_BUSY, ERROR_CLOCK. */
bool journal_begin(struct journal *journal, struct error *err) MUST_CHECK;

struct appended {
    uint64_t seq;
    hash_t hash;
};

/**
 * Append one entry and apply it. `body` is canonical JSON made by json_writer. On failure the
 * transaction can only be rolled back.
 *
 * After a gap of more than 30 days since the last entry the first entry must be an administrator's
 * `clock.confirm`; without it, and after more than five years at all, ERROR_CLOCK.
 */
bool journal_append(struct journal *journal, const char *actor, const char *kind,
                    const struct buffer *body, const struct sealed_value *sealed,
                    size_t sealed_count, struct appended *out, struct error *err) MUST_CHECK;

/** The law, the read-back, then the commit. On failure everything of the transaction is gone. */
bool journal_commit(struct journal *journal, struct error *err) MUST_CHECK;
void journal_rollback(struct journal *journal);

/** The time that entries of this transaction carry; in a replay, that of the entry being applied.
 */
instant_t journal_time(const struct journal *journal);
/** The time of the last entry. */
instant_t journal_last_time(const struct journal *journal);

/** Fill `data` from the random source that the journal was opened with. */
bool journal_random(struct journal *journal, uint8_t *data, size_t size,
                    struct error *err) MUST_CHECK;

/** The numbers from 0 to `count` - 1 in random order, so that nothing is told by it. */
bool journal_random_order(struct journal *journal, uint32_t *order, size_t count,
                          struct error *err) MUST_CHECK;

/** The run of rows at the end of the journal that nothing covers yet (entry_kind.covered_by). */
struct covered_rows {
    uint64_t count;
    uint64_t first_seq; /* of the first row; 0 when there is none */
    hash_t root;        /* RFC 6962 root over their bodies: docs/format.md section 4 */
};
/** While a covering entry is applied: the rows it covers. */
void journal_covered_rows(const struct journal *journal, struct covered_rows *out);

/* ---- Seals ----------------------------------------------------------------------------------- */

/**
 * Seal a value: wrap it with origin, purpose and subject (docs/format.md section 3) into
 * `plain_out`, draw a key, and give {"sealed":"…"} appended to `member_out`. `sealed_out` lends
 * plain_out's bytes.
 */
bool journal_seal(struct journal *journal, const char *purpose, const char *subject,
                  const struct buffer *value, struct buffer *plain_out, struct buffer *member_out,
                  struct sealed_value *sealed_out, struct error *err) MUST_CHECK;

/**
 * Open a member of an entry being applied: its value parsed into `document`, with `value_out` the
 * node of "value", whether the member stands in clear (parsed from the body's bytes) or sealed
 * (HMAC, origin, purpose and subject checked).
 */
bool journal_open_member(struct journal *journal, const struct entry_view *entry,
                         const char *member, const char *subject, struct json_document *document,
                         uint32_t *value_out, struct error *err) MUST_CHECK;
/** Hold an opened value to a list of members as a body is held to its kind's; only that its texts
 * may hold numbers of people, which nobody sees there. */
bool journal_check_value(struct journal *journal, const struct entry_member *members,
                         const struct json_document *document, uint32_t value,
                         struct error *err) MUST_CHECK;

/* ---- Sealed values that are gone: docs/decisions/0012 -----------------------------------------
 */

/** Are entries applied again, from a log that may lack sealed values? */
bool journal_is_replaying(const struct journal *journal);
/** Is this member sealed, and its value not beside the entry? Never, for what is appended live. */
bool journal_member_is_gone(const struct entry_view *entry, const char *member);

enum gone_state {
    GONE_MISSING, /* nobody has accounted for it: the ledger doesn't verify */
    GONE_LOST,    /* two people declared it lost: seal.lost */
    GONE_ERASED   /* two people erased it: seal.erase */
};
const char *gone_state_name(enum gone_state state);

/** A sealed value, by the entry that commits to it. */
struct sealed_place {
    uint64_t seq;
    char kind[32];
    char member[SEALED_MEMBER_SIZE];
};
struct gone_seal {
    struct sealed_place place;
    enum gone_state state;
    int64_t act_seq; /* of the act.second that accounts for it; -1 while it is missing */
};
/** Visit whatever is gone, in the order of the log. */
bool journal_walk_gone(struct journal *journal,
                       bool (*visit)(void *context, const struct gone_seal *gone,
                                     struct error *err),
                       void *context, struct error *err) MUST_CHECK;
/** Can no entry be applied again without this value? */
bool journal_needs_sealed(struct journal *journal, const struct sealed_place *place);

/** What an act names: entries `first` to `last`, each of this kind and sealing this member. */
struct seal_range {
    char kind[32];
    char member[SEALED_MEMBER_SIZE];
    uint64_t first, last;
};
/** Of an element of the member `seals` of such an act. */
extern const struct entry_member seal_range_members[];
/** Visit the ranges of an act's body. ERROR_INPUT when they are out of order or name what may not
 * be gone. */
bool journal_walk_ranges(struct journal *journal, const struct json_document *document,
                         uint32_t body,
                         bool (*visit)(void *context, const struct seal_range *range,
                                       struct error *err),
                         void *context, struct error *err) MUST_CHECK;
/** Did an act take that value, or does this one name it? */
bool journal_is_going(struct journal *journal, const struct json_document *document,
                      uint32_t act_body, const struct sealed_place *place, bool *out,
                      struct error *err) MUST_CHECK;
/** ERROR_STATE unless every value of the range is missing. */
bool journal_require_missing(struct journal *journal, const struct seal_range *range,
                             struct error *err) MUST_CHECK;
/** ERROR_STATE unless every value of the range is here. */
bool journal_require_here(struct journal *journal, const struct seal_range *range,
                          struct error *err) MUST_CHECK;
/** The kind of the range's entries; journal_walk_ranges() refuses what is none. */
const struct entry_kind *journal_range_kind(struct journal *journal,
                                            const struct seal_range *range);
/** Remove every value of the range, by the entry `act_seq`. Not in a replay. */
bool journal_erase(struct journal *journal, const struct seal_range *range, uint64_t act_seq,
                   struct error *err) MUST_CHECK;
/** Forget the content of references and files that the entries of the range took. */
bool journal_forget_content(struct journal *journal, const struct seal_range *range,
                            struct error *err) MUST_CHECK;
/** Take what is missing as lost or erased by the entry `act_seq`. */
bool journal_account_for(struct journal *journal, const struct seal_range *range,
                         enum gone_state state, uint64_t act_seq, struct error *err) MUST_CHECK;

/* ---- People ---------------------------------------------------------------------------------- */

enum role { ROLE_ADMIN, ROLE_MAKER, ROLE_CHECKER, ROLE_PUBLISHER, ROLE_INSPECTOR, ROLE_COUNT };
const char *role_name(enum role role);

/** May `user` act in `role` for `division`, "" for any, now? ERROR_PERMISSION says what is missing.
 */
bool journal_require_role(struct journal *journal, const char *user, enum role role,
                          const char *division, struct error *err) MUST_CHECK;
/** Does `delegate` hold this role in place of `user` on the day of the transaction (or replay)? */
bool journal_stands_in(struct journal *journal, const char *delegate, const char *user,
                       enum role role, bool *out, struct error *err) MUST_CHECK;
/** A role that somebody was given; texts lent for the call. */
struct held_role {
    const char *user, *role, *division;
    const char *in_place_of;          /* "" for one of the user's own */
    const char *first_day, *last_day; /* of standing in; "" */
    bool has_ended; /* the user was revoked; or standing in was ended before its last day */
};
/** Every role that anybody was given, by user. */
bool journal_walk_roles(struct journal *journal,
                        bool (*visit)(void *context, const struct held_role *held,
                                      struct error *err),
                        void *context, struct error *err) MUST_CHECK;
/** Is `key` the present key of `user`? ERROR_KEY when another, revoked or unknown. */
bool journal_require_key(struct journal *journal, const char *user, const struct sign_public *key,
                         struct error *err) MUST_CHECK;
/** Check a base64 signature by the user's present key over `message`. */
bool journal_check_signature(struct journal *journal, const char *user, const uint8_t *message,
                             size_t message_size, const char *signature,
                             struct error *err) MUST_CHECK;

/** A person at work: the code and the open private key. Lent. */
struct signatory {
    const char *user;
    const struct sign_key *key;
};

/**
 * Append an act of one person. `body` is the canonical body less nonce, signature and signer; they
 * are added in order, signed as docs/format.md section 4 says.
 */
bool journal_append_act(struct journal *journal, const struct signatory *by, const char *kind,
                        const struct buffer *body, const struct sealed_value *sealed,
                        size_t sealed_count, struct appended *out, struct error *err) MUST_CHECK;

/** Propose an act of two; `body` is the canonical body.body. */
bool journal_propose(struct journal *journal, const struct signatory *by, const char *act,
                     const struct buffer *body, struct appended *out, struct error *err) MUST_CHECK;
/** Second the proposal whose leaf hash is given. */
bool journal_second(struct journal *journal, const struct signatory *by, const hash_t *proposal,
                    struct appended *out, struct error *err) MUST_CHECK;
/** Visit the proposals that wait for a second, in the order of the log; costs grow with proposals.
 */
bool journal_walk_proposals(struct journal *journal,
                            bool (*visit)(void *context, uint64_t seq, const hash_t *hash,
                                          struct error *err),
                            void *context, struct error *err) MUST_CHECK;

/* ---- References and policies ----------------------------------------------------------------- */

/** What carries a reference, and for ever: docs/format.md section 5.4. One namespace for all. */
struct reference {
    const char *code;
    const char *what; /* "voucher", "bank entry", "file" */
    hash_t content;   /* SHA-256 of what was given; zero when that is not known any more */
};

/**
 * Has this reference been used? *is_repeat tells whether the same content came under it before, and
 * *seq_out (0 when not) the entry that took it. Read before writing, to answer with the first
 * result.
 *
 * @return false with ERROR_CONFLICT when it belongs to something else or to other content, or to
 *         content that nobody can compare any more
 */
bool journal_reference_check(struct journal *journal, const struct reference *reference,
                             bool *is_repeat, uint64_t *seq_out, struct error *err) MUST_CHECK;
/** The reference under which a file of this content was taken in first; "" when none was. */
bool journal_file_reference(struct journal *journal, const hash_t *content,
                            char out[REFERENCE_SIZE], struct error *err) MUST_CHECK;
/** Give a reference to the entry `seq`, from its apply. ERROR_CONFLICT when it is taken already. */
bool journal_reference_take(struct journal *journal, const struct reference *reference,
                            uint64_t seq, struct error *err) MUST_CHECK;

/** The value of a policy on a day, as set by `policy.set`; `fallback` when none is set for it. */
bool journal_policy(struct journal *journal, const char *name, date_t day, int64_t fallback,
                    int64_t *out, struct error *err) MUST_CHECK;

/* ---- Genesis --------------------------------------------------------------------------------- */

struct genesis_person {
    char user[USER_CODE_SIZE];
    struct sign_public key;
};

struct genesis {
    char origin[NOTE_NAME_SIZE_MAX];
    char division[DIVISION_CODE_SIZE];
    char name[512];
    struct note_vkey log_key;
    const uint8_t *certificate; /* DER; lent */
    size_t certificate_size;
    struct genesis_person administrators[2];
    struct genesis_person inspector;
};

/** The canonical genesis body less `signatures`: what the three sign. */
bool genesis_format_unsigned(const struct genesis *genesis, struct buffer *out,
                             struct error *err) MUST_CHECK;
/** Append entry 0. Signatures are 64 bytes each: administrators in order, then the inspector. */
bool journal_append_genesis(struct journal *journal, const struct genesis *genesis,
                            const uint8_t signatures[3][SIGN_SIGNATURE_SIZE], struct appended *out,
                            struct error *err) MUST_CHECK;

/* ---- Reading --------------------------------------------------------------------------------- */

/** The bytes of one entry, appended to `out`. ERROR_NOT_FOUND beyond the end. */
bool journal_read(struct journal *journal, uint64_t seq, struct buffer *out,
                  struct error *err) MUST_CHECK;

/** Walk entries from `first`; the visitor returns false to stop with its error. Memory is flat. */
bool journal_walk(struct journal *journal, uint64_t first, uint64_t end,
                  bool (*visit)(void *context, uint64_t seq, const uint8_t *bytes, size_t size,
                                struct error *err),
                  void *context, struct error *err) MUST_CHECK;

/** Root of the first `size` entries, from tiles: O(log n). */
bool journal_root(struct journal *journal, uint64_t size, hash_t *out,
                  struct error *err) MUST_CHECK;
bool journal_prove_inclusion(struct journal *journal, uint64_t seq, uint64_t size,
                             struct tree_proof *out, struct error *err) MUST_CHECK;
bool journal_prove_consistency(struct journal *journal, uint64_t old_size, uint64_t size,
                               struct tree_proof *out, struct error *err) MUST_CHECK;
/** The bytes of a tile (level >= 0: hashes) of the tree of `size` entries; `width` of them. */
bool journal_read_tile(struct journal *journal, int level, uint64_t index, unsigned width,
                       struct buffer *out, struct error *err) MUST_CHECK;
/** The bytes of an entry bundle (2-byte sizes). */
bool journal_read_bundle(struct journal *journal, uint64_t index, unsigned width,
                         struct buffer *out, struct error *err) MUST_CHECK;

/** One line in plain words about an entry, appended to `out`: "zhao submits voucher 2021-000003".
 */
bool journal_describe(struct journal *journal, uint64_t seq, struct buffer *out,
                      struct error *err) MUST_CHECK;

/** The log key as the genesis entry names it. ERROR_STATE before genesis. */
bool journal_log_key(struct journal *journal, struct note_vkey *out, struct error *err) MUST_CHECK;

/** Visit every XML certificate ever pinned, in the order of the log; `der` is lent for the call. */
bool journal_walk_certificates(struct journal *journal,
                               bool (*visit)(void *context, const uint8_t *der, size_t size,
                                             bool is_revoked, struct error *err),
                               void *context, struct error *err) MUST_CHECK;

/** Visit every key, present or past, of everybody who is or was a publisher, in the order of the
 * log. */
bool journal_walk_publisher_keys(struct journal *journal,
                                 bool (*visit)(void *context, const char *user,
                                               const struct sign_public *key, struct error *err),
                                 void *context, struct error *err) MUST_CHECK;

/** See what another program has appended since this journal was opened or last wrote. */
bool journal_refresh(struct journal *journal, struct error *err) MUST_CHECK;

/* ---- Replay ---------------------------------------------------------------------------------- */

/**
 * Apply every entry of `source` to the empty `target` by the same code that applied it live.
 * The first entry that doesn't apply is named in the error.
 */
bool journal_replay(struct journal *source, struct journal *target,
                    void (*progress)(void *context, uint64_t done, uint64_t total), void *context,
                    struct error *err) MUST_CHECK;
/**
 * The same up to, but without, entry `end`, going on from where `target` ends: the ledger as it was
 * before that entry. Doesn't stop between rows and the entry that covers them: name no such `end`.
 */
bool journal_replay_until(struct journal *source, struct journal *target, uint64_t end,
                          void (*progress)(void *context, uint64_t done, uint64_t total),
                          void *context, struct error *err) MUST_CHECK;

/** Entries as they were published, without their sealed values. */
struct published_log {
    uint64_t size;
    /** Append the bytes of an entry to `out`. */
    bool (*read)(void *context, uint64_t seq, struct buffer *out, struct error *err);
    void *context; /* lent */
};

/** What the acts of a log account for, as lost or erased. */
struct gone_set;
bool journal_find_gone(const struct published_log *log, struct gone_set **out,
                       struct error *err) MUST_CHECK;
/** NULL allowed. */
void gone_set_free(struct gone_set *set);
/** Replays into `target` leave out what the set names, though the source has it. Lent; NULL: none.
 */
void journal_leave_out(struct journal *target, const struct gone_set *set);

/** Visit, in order, whatever the entries of a published log from `first` on seal. */
bool journal_find_sealed(const struct published_log *log, uint64_t first,
                         bool (*visit)(void *context, const struct sealed_place *place,
                                       struct error *err),
                         void *context, struct error *err) MUST_CHECK;
/**
 * Go on from where the journal ends to the end of a published log, by the code that applies entries
 * live; the clock is not asked. No sealed value is there: what can be applied without is missing
 * from then on, and an entry that can't is refused (journal_find_sealed(), journal_needs_sealed()
 * tell beforehand). Batches are committed as they come.
 */
bool journal_continue(struct journal *journal, const struct published_log *log,
                      struct error *err) MUST_CHECK;

/* ---- The signer: its state lives outside the store ------------------------------------------- */

struct signer;

/** Make the signer's directory (mode 0700): log key, XML key and certificate, state at size 0.
 * Refuses an existing one. */
bool signer_create(const char *directory, const char *origin, const struct random_source *random,
                   struct signer **out, struct error *err) MUST_CHECK;
bool signer_open(const char *directory, const char *origin, struct signer **out,
                 struct error *err) MUST_CHECK;
void signer_close(struct signer *signer);
const struct note_vkey *signer_log_key(const struct signer *signer);
/** Take the newest certificate that the journal has entered and not revoked. ERROR_KEY when there
 * is none. */
bool signer_choose_certificate(struct signer *signer, struct journal *journal,
                               struct error *err) MUST_CHECK;
/** Make a key and its certificate, durably, to be entered by an act of two (certificate.add), and
 * take it; one that was made before and isn't entered is taken again. */
bool signer_new_certificate(struct signer *signer, struct journal *journal,
                            struct error *err) MUST_CHECK;
/** The certificate taken (the newest, after opening) as DER and PEM, and the private key as PEM for
 * xmlsec; lent. */
const uint8_t *signer_certificate_der(const struct signer *signer, size_t *size);
const uint8_t *signer_certificate_pem(const struct signer *signer, size_t *size);
const uint8_t *signer_xml_key_pem(const struct signer *signer, size_t *size);

/**
 * Sign a checkpoint of the journal as it stands. Refuses (ERROR_VERIFY, nothing written) when the
 * journal doesn't extend the signer's last state or the published checkpoint (a note; NULL when
 * nothing was published). The new state is durable before the signature is released.
 */
bool signer_sign_checkpoint(struct signer *signer, struct journal *journal,
                            const uint8_t *published_note, size_t published_size,
                            struct buffer *note_out, struct error *err) MUST_CHECK;
/** After a seconded `signer.recover`: set the state to the published checkpoint that the act names.
 */
bool signer_recover(struct signer *signer, struct journal *journal, const uint8_t *published_note,
                    size_t published_size, struct error *err) MUST_CHECK;

/* ---- Keys of people -------------------------------------------------------------------------- */

/** Make a key file (mode 0600, never overwritten), PKCS#8 with scrypt. An empty passphrase is
 * refused. */
bool key_file_create(const char *path, const char *passphrase, struct sign_public *public_out,
                     struct error *err) MUST_CHECK;
/** ERROR_KEY on a wrong passphrase, ERROR_PERMISSION when others may read the file. */
bool key_file_open(const char *path, const char *passphrase, struct sign_key **out,
                   struct error *err) MUST_CHECK;

#endif
