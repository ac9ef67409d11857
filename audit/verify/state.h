/*
 * state.h - what must hold in the order of the log: chain, time, people, cover, vouchers.
 *
 * A small replay of its own. It knows who may sign, what was signed, and what stands in the
 * accounts as far as totals can be read; not funds, projects, contracts or what a movement is for.
 */
#ifndef AUDIT_VERIFY_STATE_H
#define AUDIT_VERIFY_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/aid.h"
#include "audit/verify/assets.h"
#include "audit/verify/attachments.h"
#include "audit/verify/balances.h"
#include "audit/verify/custody.h"
#include "audit/verify/divisions.h"
#include "audit/verify/entries.h"
#include "audit/verify/erasures.h"
#include "audit/verify/gone.h"
#include "audit/verify/handovers.h"
#include "audit/verify/leases.h"
#include "audit/verify/posts.h"
#include "audit/verify/map.h"
#include "audit/verify/months.h"
#include "audit/verify/moved.h"
#include "audit/verify/people.h"
#include "audit/verify/signatures.h"
#include "audit/verify/vouchers.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/note.h"
#include "base/tree.h"

#define PERIOD_SIZE 8 /* "2021-Q3" and NUL */

/** An entry that holds by itself, with its text parsed. */
struct view {
    const struct block *block;
    unsigned i;
    uint64_t seq;
    const struct entry_facts *facts;
    struct reader *reader;
    const struct json_document *document; /* the reader's, of this entry */
    uint32_t body; /* JSON_NONE for covered rows, which are not parsed again */
};

/** Rows that wait for the entry that covers them. */
struct run {
    enum { RUN_NONE, RUN_LINES, RUN_ROWS } kind;
    uint64_t first;
    char actor[USER_SIZE];
    char voucher[12];
    struct tree_frontier rows;
    struct totals totals;
    bool all_open;         /* every line's detail can be read */
    unsigned passages;     /* a bit for each row of vouchers.c's passages that all of those take */
    uint64_t sealed_lines; /* those about a person */
    struct crowd people;   /* of those that can be read */
};

struct proposal {
    uint64_t seq;
    const struct shape *shape; /* of the act's body */
    char proposer[USER_SIZE];
    struct sign_public key; /* the proposer's, which must be theirs still when it is seconded */
    bool is_seconded;
    struct slice act; /* the three copied; freed with the state */
    struct slice body;
    struct slice message; /* that both sign */
};

/* What a signer.recover says of the log before it; checked by log.c, which has the tree. */
struct recovery {
    uint64_t seq; /* of its second */
    uint64_t size;
    hash_t root;
};

/* What rows come to of one thing. */
struct row_sum {
    money_t told;
    money_t most;    /* where one says so */
    bool is_outside; /* of a line of a plan: no fund's money */
};

struct publication {
    uint64_t seq; /* of its publication.make */
    char period[PERIOD_SIZE];
    hash_t documents_root;
};

struct state {
    char origin[NOTE_NAME_SIZE_MAX];
    struct note_vkey log_key;
    hash_t last_leaf;
    int64_t last_time_seconds;
    struct people people;
    struct vouchers vouchers;
    struct months months;
    struct balances balances;
    struct attachments attachments;
    struct divisions divisions;
    struct handovers handovers;
    struct map things;    /* that rows tell of, by row_key(): its number among those of its sort */
    struct row_sum *sums; /* that rows add to; found by `things`, too */
    size_t sum_count, sum_capacity;
    struct assets assets;
    struct moved moved;
    struct aid aid;
    struct keeping keeping;
    struct income income;
    struct custody custody;
    struct run run;
    struct map nonces;
    struct map references;
    struct proposal *proposals;
    size_t proposal_count, proposal_capacity;
    struct map by_leaf;    /* proposals */
    const char *agreed[2]; /* while an act of two takes effect: who proposed, who seconded; lent */
    uint64_t proposed;     /* and by which entry */
    struct publication *publications;
    size_t publication_count, publication_capacity;
    struct map published; /* periods */
    struct recovery *recoveries;
    size_t recovery_count, recovery_capacity;
    struct signatures *signatures; /* lent; NULL before state_begin() */
    uint64_t sealed, sealed_absent;
    struct gone gone;
    struct erasures erasures;
};

void state_init(struct state *state);
void state_done(struct state *state);

/** Check entry i of a checked block, which is the next in the log. */
bool state_apply(struct state *state, const struct block *block, unsigned i, struct reader *reader,
                 struct error *err) MUST_CHECK;
/** Nothing may be left open at the end of a log. */
bool state_finish(struct state *state, struct error *err) MUST_CHECK;

/* ---- For vouchers.c ------------------------------------------------------------------------- */

/** A string of the body, checked by its shape to fit. */
void view_text(const struct view *view, const char *member, char *text, size_t text_size);
bool view_is_true(const struct view *view, const char *member);

/** The signer, who must be the actor and have a key. */
bool state_signer(const struct state *state, const struct view *view, const struct person **out,
                  struct error *err) MUST_CHECK;
/** Have the entry's signature checked over `message`. */
bool state_check_signature(struct state *state, const struct view *view,
                           const struct person *signer, const struct buffer *message,
                           struct error *err) MUST_CHECK;
/** The whole of an act of one: nonce and signature. */
bool state_check_act(struct state *state, const struct view *view, const struct person *signer,
                     struct error *err) MUST_CHECK;
/** Take a reference, which must be new. */
bool state_take_reference(struct state *state, const struct view *view,
                          struct error *err) MUST_CHECK;
bool state_require_role(const struct state *state, const struct person *person, enum user_role role,
                        const char *division, struct error *err) MUST_CHECK;
/** A row that the signed entry behind it covers joins the run. */
bool state_add_row(struct state *state, const struct view *view, struct error *err) MUST_CHECK;
/** End the run: its root must be the body's `lines_root`, its actor the entry's. */
bool state_close_run(struct state *state, const struct view *view, struct error *err) MUST_CHECK;

#endif
