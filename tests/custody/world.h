/* world.h - assets to be handed over, disposed of and counted, for tests. */
#ifndef TESTS_CUSTODY_WORLD_H
#define TESTS_CUSTODY_WORLD_H

#include "tests/assets/rows.h"

#define LIST_BODY(handover, asset, day, taker, certificate)                                                 \
    "{'asset':'" asset "','certificate':'" certificate "','date':'" day                                     \
    "','disposal':'村民会议','distribution':'村民代表会议','division':'" taker                              \
    "','document':'移交1号','handover':'" handover                                                          \
    "','income':'村集体','operator':'','owner':'某村股份经济合作社','supervision':'镇政府'," \
    "'uscc':''}"
#define DROP_BODY(handover, day, reason)                                                           \
    "{'date':'" day "','handover':'" handover "','reason':'" reason "'}"
#define OPEN_BODY(disposal, asset, day, cause, method)                                             \
    "{'asset':'" asset "','cause':'" cause "','date':'" day "','disposal':'" disposal              \
    "','method':'" method "','text':'山洪冲毁'}"
#define STEP_BODY(disposal, step, day, votes_for, votes_against)                                   \
    "{'date':'" day "','disposal':'" disposal "','document':'纪要','step':'" step                  \
    "','text':'','votes_abstained':0,'votes_against':" votes_against ",'votes_for':" votes_for "}"
#define FINISH_BODY(disposal, day, valuation, proceeds, voucher, text)                             \
    "{'date':'" day "','disposal':'" disposal "','proceeds':" proceeds ",'text':'" text            \
    "','valuation':" valuation ",'voucher':'" voucher "'}"
#define KEEP_BODY(disposal, day, reason)                                                           \
    "{'date':'" day "','disposal':'" disposal "','reason':'" reason "'}"
#define ROUND_BODY(round, day, place)                                                              \
    "{'date':'" day "','division':'" place "','round':'" round "','text':''}"
#define TALLY_BODY(round, asset, day, found, place, state)                                         \
    "{'asset':'" asset "','date':'" day "','division':'" place "','found':'" found                 \
    "','round':'" round "','state':'" state "','text':''}"

/** A row that is refused, tested in a table. */
struct bad_row {
    const struct record_kind *kind;
    const char *body;
    enum error_code code;
    const char *words;
};
void assert_refused(struct fixture *fixture, const struct bad_row *rows, size_t count);

/**
 * Z1 and Z2 in VILLAGE_1, acquired 2022-03-15, Z3 in VILLAGE_2, Z4 in TOWN_2, Z5 in VILLAGE_1
 * without a title. Z1, Z2 and Z3 belong to the county, Z4 to TOWN_2. hua is a maker and jin a
 * checker of VILLAGE_1, lan a maker of TOWN_2.
 */
void make_assets(struct fixture *fixture);
bool try_give(struct fixture *fixture, const char *user, const char *handover, const char *on,
              struct error *err);
bool try_take(struct fixture *fixture, const char *user, const char *handover, const char *on,
              struct error *err);
/** How the asset stands now. */
struct asset_stand stand_of(struct fixture *fixture, const char *asset);

#endif
