/* rows.h - rows about assets in a few words, for tests. Quotes are written ' in bodies. */
#ifndef TESTS_ASSETS_ROWS_H
#define TESTS_ASSETS_ROWS_H

#include "tests/funds/fixture.h"

/* The body of an asset in a division: Z1 is asset_body("Z1", VILLAGE_1, "2022-03-15", …). */
#define ASSET_BODY(code, place, day, class, months, reason)                                        \
    "{'acquired':'" day "','asset':'" code                                                         \
    "','category':'道路','class':'" class "','division':'" place                                   \
                                          "','document':'','form':'fixed','latitude_microdegrees'" \
                                          ":0,'life_"                                              \
                                          "months':" months ",'longitude_microdegrees':0,'method'" \
                                          ":'straight_line','name':'"                              \
                                          "产业道路','note':'','origin':'built',"              \
                                          "'place':'三组','quantity_thousandths':2100,'reason':" \
                                          "'" reason                                               \
                                          "','residual_bp':500,'specification':'','unit':'公里'}"
#define COST_BODY(code, amount, day, funding, project, line, text)                                 \
    "{'amount':" amount ",'asset':'" code "','date':'" day "','document':'','funding':'" funding   \
    "','level':'none','line':" line ",'project':'" project "','text':'" text "','year':0}"
#define TITLE_BODY(code, certificate, day, place)                                                  \
    "{'asset':'" code "','certificate':'" certificate "','date':'" day                             \
    "','disposal':'','distribution':'村民代表会议','division':'" place                             \
    "','document':'','income':'村集体','operator':'','owner':'村股份经济合作社',"       \
    "'supervision':'','uscc':''}"
#define STATE_BODY(code, day, state, reason)                                                       \
    "{'asset':'" code "','date':'" day "','reason':'" reason "','state':'" state "'}"

/** One row of a kind by li, its canonical body, under an import of its own. */
bool try_asset_row(struct fixture *fixture, const struct record_kind *kind, struct error *err,
                   const char *body);
/** The same, which must be good. */
void add_asset_row(struct fixture *fixture, const struct record_kind *kind, const char *body);
/** Pay so many yuan to the contractor under line 1 of P1 on 2021-05-10. */
void pay_under_p1(struct fixture *fixture, const char *yuan);

struct record *new_row(const struct record_kind *kind);
void set_text(struct record *row, size_t field, const char *text);
/** Rows, sealed where their kinds say so, under one import; the records are freed. */
bool try_records(struct fixture *fixture, const char *user, const struct record_kind *const *kinds,
                 struct record **rows, size_t count, struct error *err);

#endif
