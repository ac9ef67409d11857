/*
 * assets.h - public assets as the log tells of them: where, since when, whose, in what state, and
 * what plans' lines gave to them; and assets of households, as far as their values can be read.
 */
#ifndef AUDIT_VERIFY_ASSETS_H
#define AUDIT_VERIFY_ASSETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/verify/map.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/identity.h"
#include "base/money.h"

struct state;
struct view;

/* As asset.state names them, and `disposed`, which a disposal alone tells. */
enum asset_condition {
    ASSET_IN_USE,
    ASSET_IDLE,
    ASSET_DAMAGED,
    ASSET_MISSING,
    ASSET_SCRAPPED,
    ASSET_DISPOSED
};

struct asset {
    char division[DIVISION_CODE_SIZE];
    char owner[DIVISION_CODE_SIZE]; /* "" without a title */
    uint32_t owners;                /* its last owner, from 1; 0: none */
    bool is_operational;
    bool is_listed;       /* for a handover that is neither taken nor dropped */
    bool is_leaving;      /* a disposal of it is open */
    bool has_ended;       /* by a disposal, on ended_on: nothing later is told of it */
    uint8_t condition;    /* enum asset_condition, the latest */
    uint32_t certificate; /* of the latest title, from 1; 0: none */
    date_t acquired, titled_on, state_on, counted_on, ended_on;
    uint64_t titled_by; /* the last entry that told of its title, whatever the day */
};

/* A division that has a title from a day on. */
struct asset_owner {
    uint32_t before; /* it had it, from 1; 0: nobody */
    date_t day;
    char division[DIVISION_CODE_SIZE];
};

struct asset_title {
    char owner[DIVISION_CODE_SIZE];
    uint32_t certificate; /* as in struct asset */
};

/* Of the rows of one import: what households of a division got, in one category. */
struct household_sum {
    money_t amount;
    int64_t assets, households;
    date_t last;
    bool is_told;
};

struct assets {
    struct asset *at;
    size_t count, capacity;
    uint32_t *certificates; /* the asset, from 1, that lives with it; 0: none */
    size_t certificate_count, certificate_capacity;
    struct asset_owner *owners;
    size_t owner_count, owner_capacity;
    /* Of the rows that wait for their import.file: */
    struct household_sum *groups;
    size_t group_count, group_capacity;
    struct map by_group;          /* and who is in which */
    int64_t run_assets, run_told; /* rows, and what totals say of them */
    bool is_run_partial;          /* some of their values can't be read */
};

void assets_done(struct assets *assets);
/** The rows before are covered: totals are about those of one import. */
void assets_end_run(struct assets *assets);

/** The asset that a row names, on the row's day, `member`: acquired by then and not gone. */
bool assets_require(struct state *state, const struct view *row, const char *member,
                    struct asset **out, struct error *err) MUST_CHECK;
/** The same, and it is neither scrapped nor disposed of since an earlier day. */
bool assets_require_use(struct state *state, const struct view *row, const char *member,
                        struct asset **out, struct error *err) MUST_CHECK;
/** The same of an asset that may be gone. */
bool assets_require_known(struct state *state, const struct view *row, const char *member,
                          struct asset **out, struct error *err) MUST_CHECK;

/** Scrapped, or disposed of. */
bool assets_is_gone(const struct asset *asset);

/** Was an asset of a household registered under that code? */
bool households_know(const struct state *state, const char *code);

/** What a row of asset.title or handover.asset says of the asset's title, judged. */
bool assets_read_title(struct state *state, const struct view *row, const struct asset *asset,
                       struct asset_title *out, struct error *err) MUST_CHECK;
/** It is so from a day on, by entry `seq`, unless a later day is told already. */
bool assets_give_title(struct state *state, struct asset *asset, const struct asset_title *title,
                       date_t day, uint64_t seq, struct error *err) MUST_CHECK;
void assets_set_condition(struct state *state, struct asset *asset, date_t day,
                          enum asset_condition condition);

#endif
