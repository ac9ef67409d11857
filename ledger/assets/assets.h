/*
 * assets.h - what the money became: the register of assets, what they cost, whose they are, in what
 * state; household-level assets, sealed, and their sums.
 *
 * 1. Every kind here is a list of fields (ledger/records/records.h) but where it says otherwise.
 * 2. An asset's original value is the sum of its asset.cost rows; no other field holds it. What a
 *    line of a financing plan gave to all assets is never more than was paid and retained under it.
 * 3. Assets never touch the accounts of funds. Depreciation is computed for a day.
 * 4. Of the rows of one kind about one asset the one with the latest date counts on a day; of two
 * of the same date the later in the log.
 * 5. Of what belongs to a household only a random code stands in clear. No figure told of all comes
 *    from what is sealed: sums come from household_asset.total alone.
 */
#ifndef LEDGER_ASSETS_ASSETS_H
#define LEDGER_ASSETS_ASSETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/identity.h"
#include "base/money.h"
#include "ledger/funds/funds.h"
#include "ledger/journal/journal.h"
#include "ledger/records/records.h"

#define ASSET_MONTHS_MAX     1200 /* of an asset's life */
#define ASSET_HOUSEHOLDS_MIN 3    /* sums about fewer households are nobody's business */
#define ASSET_STATE_COUNT    6    /* as asset_state_list() */
#define ASSET_WORD_SIZE      16   /* bytes, NUL included, of a class, form, state … */

extern const struct journal_module assets_module;

/* ---- The kinds and their fields -------------------------------------------------------------- */

// clang-format off
/* asset.register: that an asset is there. A later one of the same asset puts it right: it gives a
   reason and leaves the division as it is. */
#define ASSET_REGISTER_FIELDS(X, D, S)                                                             \
    X(REGISTER_ACQUIRED,      acquired,      DATE,     NULL, "day on which it was built, bought, ...") \
    X(REGISTER_ASSET,         asset,         CODE,     NULL, "code of the asset")                  \
    X(REGISTER_CATEGORY,      category,      TEXT,     NULL, "road, workshop, ...: an open list")  \
    X(REGISTER_CLASS,         class,         WORD,     asset_class_words, "operational or public_welfare") \
    X(REGISTER_DIVISION,      division,      DIVISION, NULL, "where it is")                        \
    X(REGISTER_DOCUMENT,      document,      TEXT,     NULL, "number of its file, or empty")       \
    X(REGISTER_FORM,          form,          WORD,     asset_form_words, "biological, equity or fixed") \
    X(REGISTER_LATITUDE,      latitude_microdegrees,      INTEGER,  NULL, "millionths of a degree north; 0 with the other: none") \
    X(REGISTER_LIFE,          life_months,   INTEGER,  NULL, "expected life in months; 0: not depreciated") \
    X(REGISTER_LONGITUDE,     longitude_microdegrees,     INTEGER,  NULL, "millionths of a degree east")        \
    X(REGISTER_METHOD,        method,        WORD,     asset_method_words, "none or straight_line") \
    X(REGISTER_NAME,          name,          TEXT,     NULL, "name")                               \
    X(REGISTER_NOTE,          note,          TEXT,     NULL, "remark")                             \
    X(REGISTER_ORIGIN,        origin,        WORD,     asset_origin_words, "built, bought, gift, handover or inventory") \
    X(REGISTER_PLACE,         place,         TEXT,     NULL, "where, in words")                    \
    X(REGISTER_QUANTITY,      quantity_thousandths, INTEGER,  NULL, "how many, in 1/1000 of the unit") \
    X(REGISTER_REASON,        reason,        TEXT,     NULL, "why it is registered again; empty the first time") \
    X(REGISTER_RESIDUAL,      residual_bp,   INTEGER,  NULL, "what is left of its value at the end, 1/10,000") \
    X(REGISTER_SPECIFICATION, specification, TEXT,     NULL, "specification")                      \
    X(REGISTER_UNIT,          unit,          TEXT,     NULL, "unit of the quantity")

/* asset.cost: a part of what it cost. A negative one takes back what an earlier one said too much. */
#define ASSET_COST_FIELDS(X, D, S)                                                                 \
    X(COST_AMOUNT,   amount,   SIGNED_AMOUNT, NULL, "fen; below 0 takes back, with a text")        \
    X(COST_ASSET,    asset,    CODE,    NULL, "code of the asset")                                 \
    X(COST_DATE,     date,     DATE,    NULL, "from when on it is part of the value")              \
    X(COST_DOCUMENT, document, TEXT,    NULL, "number of the document")                            \
    X(COST_FUNDING,  funding,  WORD,    asset_funding_words, "gift, inherited, labour, outside or project") \
    X(COST_LEVEL,    level,    WORD,    asset_level_words, "of inherited money who gave it, else none") \
    X(COST_LINE,     line,     INTEGER, NULL, "line of the project's financing plan; 0: none")     \
    X(COST_PROJECT,  project,  TEXT,    NULL, "code of the project of project and outside money, else empty") \
    X(COST_TEXT,     text,     TEXT,    NULL, "who gave it, why it is taken back, ...")            \
    X(COST_YEAR,     year,     INTEGER, NULL, "budget year of inherited money, else 0")

/* asset.title: whose it is, and who has which of the six rights. */
#define ASSET_TITLE_FIELDS(X, D, S)                                                                \
    X(TITLE_ASSET,        asset,        CODE,     NULL, "code of the asset")                       \
    X(TITLE_CERTIFICATE,  certificate,  TEXT,     NULL, "number of the certificate, or empty")     \
    X(TITLE_DATE,         date,         DATE,     NULL, "from when on")                            \
    X(TITLE_DISPOSAL,     disposal,     TEXT,     NULL, "who may dispose of it")                   \
    X(TITLE_DISTRIBUTION, distribution, TEXT,     NULL, "who decides what becomes of its income")  \
    X(TITLE_DIVISION,     division,     DIVISION, NULL, "the owner's; its level is that of the title") \
    X(TITLE_DOCUMENT,     document,     TEXT,     NULL, "number of the document, or empty")        \
    X(TITLE_INCOME,       income,       TEXT,     NULL, "who has its income")                      \
    X(TITLE_OPERATOR,     operator,     TEXT,     NULL, "who operates it: an organisation, or empty") \
    X(TITLE_OWNER,        owner,        TEXT,     NULL, "who owns it: an organisation")            \
    X(TITLE_SUPERVISION,  supervision,  TEXT,     NULL, "who supervises it")                       \
    X(TITLE_USCC,         uscc,         USCC,     NULL, "credit code of the operator; empty only when that is the owner")

/* asset.state: in what state it is; in_use until something else is told. */
#define ASSET_STATE_FIELDS(X, D, S)                                                                \
    X(STATE_ASSET,  asset,  CODE, NULL, "code of the asset")                                       \
    X(STATE_DATE,   date,   DATE, NULL, "from when on")                                            \
    X(STATE_REASON, reason, TEXT, NULL, "why; never empty but for in_use")                         \
    X(STATE_STATE,  state,  WORD, asset_state_words, "damaged, idle, in_use, missing or scrapped")

/* household_asset.register: what a household got. */
#define ASSET_HOUSEHOLD_FIELDS(X, D, S)                                                            \
    X(HOUSEHOLD_ASSET,         asset,         CODE,     NULL, "code of the asset: random")         \
    D(HOUSEHOLD_IS_GONE,       household_asset)                                                    \
    S(HOUSEHOLD_ACQUIRED,      acquired,      DATE,     NULL, "day on which the household got it") \
    S(HOUSEHOLD_AMOUNT,        amount,        AMOUNT,   NULL, "its value, fen")                    \
    S(HOUSEHOLD_CATEGORY,      category,      TEXT,     NULL, "livestock, tools, ...: an open list") \
    S(HOUSEHOLD_DIVISION,      division,      DIVISION, NULL, "where the household lives")         \
    S(HOUSEHOLD_DOCUMENT,      document,      TEXT,     NULL, "number of the document, or empty")  \
    S(HOUSEHOLD_FUNDING,       funding,       WORD,     asset_funding_words, "where the money came from") \
    S(HOUSEHOLD_HOLDER,        holder,        TEXT,     NULL, "name of the householder")           \
    S(HOUSEHOLD_ID_NUMBER,     id_number,     TEXT,     NULL, "ID number of the householder: one household, one number") \
    S(HOUSEHOLD_NAME,          name,          TEXT,     NULL, "what it is")                        \
    S(HOUSEHOLD_NOTE,          note,          TEXT,     NULL, "remark")                            \
    S(HOUSEHOLD_NUMBER,        number,        TEXT,     NULL, "its number in the office's own list, or empty") \
    S(HOUSEHOLD_PROJECT,       project,       TEXT,     NULL, "code of the project, or empty")     \
    S(HOUSEHOLD_QUANTITY,      quantity_thousandths, INTEGER,  NULL, "how many, in 1/1000 of the unit") \
    S(HOUSEHOLD_UNIT,          unit,          TEXT,     NULL, "unit of the quantity")

/* household_asset.change: what became of it. */
#define ASSET_HOUSEHOLD_CHANGE_FIELDS(X, D, S)                                                     \
    X(HOUSEHOLD_CHANGE_ASSET,    asset,    CODE,     NULL, "code of the asset")                    \
    D(HOUSEHOLD_CHANGE_IS_GONE,  household_change)                                                 \
    S(HOUSEHOLD_CHANGE_DATE,     date,     DATE,     NULL, "from when on")                         \
    S(HOUSEHOLD_CHANGE_DIVISION, division, DIVISION, NULL, "where the household lives")            \
    S(HOUSEHOLD_CHANGE_REASON,   reason,   TEXT,     NULL, "why")                                  \
    S(HOUSEHOLD_CHANGE_STATE,    state,    WORD,     asset_household_state_words, "gone, in_use, sold, transferred or worn_out")

/* household_asset.total: how many and how much the sheet before it gave to a division. */
#define ASSET_HOUSEHOLD_TOTAL_FIELDS(X, D, S)                                                      \
    X(HOUSEHOLD_TOTAL_AMOUNT,     amount,     AMOUNT,   NULL, "value of all of them, fen")         \
    X(HOUSEHOLD_TOTAL_ASSETS,     assets,     INTEGER,  NULL, "how many")                          \
    X(HOUSEHOLD_TOTAL_CATEGORY,   category,   TEXT,     NULL, "of which category")                 \
    X(HOUSEHOLD_TOTAL_DATE,       date,       DATE,     NULL, "no household got one later")        \
    X(HOUSEHOLD_TOTAL_DIVISION,   division,   DIVISION, NULL, "where the households live")         \
    X(HOUSEHOLD_TOTAL_HOUSEHOLDS, households, INTEGER,  NULL, "how many households, three at least")

#define ASSET_KINDS(K)                                                                             \
    K(ASSET, REGISTER,         "asset.register",           asset_register,   "assets")             \
    K(ASSET, COST,             "asset.cost",               asset_cost,       "what assets cost")   \
    K(ASSET, TITLE,            "asset.title",              asset_title,      "whose assets are")   \
    K(ASSET, STATE,            "asset.state",              asset_state,      "in what state assets are") \
    K(ASSET, HOUSEHOLD,        "household_asset.register", household_asset,  "assets of households") \
    K(ASSET, HOUSEHOLD_CHANGE, "household_asset.change",   household_change, "what became of assets of households") \
    K(ASSET, HOUSEHOLD_TOTAL,  "household_asset.total",    household_total,  "sums of assets of households")
// clang-format on

RECORD_DECLARE(ASSET, asset)

/* ---- One asset ------------------------------------------------------------------------------- */

/** What any other row about an asset asks of it: how it stands now, after all entries. */
struct asset_stand {
    char code[CODE_SIZE];
    char class[ASSET_WORD_SIZE], state[ASSET_WORD_SIZE];
    char division[DIVISION_CODE_SIZE];       /* where it is */
    char owner_division[DIVISION_CODE_SIZE]; /* "" without a title */
    char acquired[DATE_TEXT_SIZE];
    char state_on[DATE_TEXT_SIZE];       /* since when it is in that state; "" when none was told */
    char place_last_day[DATE_TEXT_SIZE]; /* of the division where it is, which ends; "": goes on */
    bool place_is_closed;
};
/** Scrapped or disposed of: nothing more happens to an asset in that state. */
bool asset_state_is_gone(const char *state);
/** ERROR_NOT_FOUND: "no asset ZC-01 in the ledger; import it first". One look-up by its code. */
bool asset_find_stand(struct journal *journal, const char *code, struct asset_stand *out,
                      struct error *err) MUST_CHECK;
/**
 * For the check of a row about an asset: it is there, `date` (YYYY-MM-DD) isn't before it, and on
 * that day the division where it is was there: what is told of later days comes once the asset is
 * registered in what came after that. Where it is goes into `division_out`.
 *
 * @param what  what happens then: N_("the asset is inspected")
 */
bool asset_require_on(struct journal *journal, const char *code, const char *date, const char *what,
                      char division_out[DIVISION_CODE_SIZE], struct error *err) MUST_CHECK;

/** The same for what is done with an asset that is there, and ERROR_STATE when it is scrapped or
 * disposed of since an earlier day. */
bool asset_require_use(struct journal *journal, const char *code, const char *date,
                       const char *what, char division_out[DIVISION_CODE_SIZE],
                       struct error *err) MUST_CHECK;

/** ERROR_STATE when it was disposed of before that day (YYYY-MM-DD): nothing more happens to it. */
bool asset_require_alive(struct journal *journal, const char *code, const char *date,
                         struct error *err) MUST_CHECK;

/** An asset as the register tells it of a day. Large: not for a stack. */
struct asset {
    uint64_t seq; /* the asset.register that counts */
    char code[CODE_SIZE];
    char class[ASSET_WORD_SIZE], form[ASSET_WORD_SIZE], origin[ASSET_WORD_SIZE];
    char state[ASSET_WORD_SIZE];
    char category[TEXT_SIZE], name[TEXT_SIZE], place[TEXT_SIZE], specification[TEXT_SIZE];
    char unit[TEXT_SIZE], document[TEXT_SIZE], note[TEXT_SIZE];
    char division[DIVISION_CODE_SIZE];
    int64_t latitude, longitude; /* millionths of a degree; both 0: not known */
    int64_t quantity;            /* thousandths */
    date_t acquired;
    int64_t life_months, residual_bp; /* life 0: not depreciated */
    char state_since[DATE_TEXT_SIZE]; /* "" while nothing was told of its state */
    char state_reason[TEXT_SIZE];

    bool has_title; /* else all below are "" */
    char titled_on[DATE_TEXT_SIZE];
    char owner_division[DIVISION_CODE_SIZE];
    char owner[TEXT_SIZE], operator[TEXT_SIZE], uscc[USCC_SIZE], certificate[TEXT_SIZE];
    char income[TEXT_SIZE], distribution[TEXT_SIZE], disposal[TEXT_SIZE], supervision[TEXT_SIZE];

    money_t original, depreciation, net; /* net = original - depreciation */
    bool is_owner_unusual; /* operational, in a village, and owned by another than that village */
};
typedef bool asset_visit(void *context, const struct asset *asset, struct error *err);

/** ERROR_NOT_FOUND also when it was acquired after that day. */
bool asset_find(struct journal *journal, const char *code, date_t day, struct asset *out,
                struct error *err) MUST_CHECK;

/** A part of an asset's value. */
struct asset_part {
    uint64_t seq; /* its asset.cost */
    char asset[CODE_SIZE];
    money_t amount;
    char date[DATE_TEXT_SIZE];
    char funding[ASSET_WORD_SIZE], level[ASSET_WORD_SIZE];
    char project[CODE_SIZE]; /* "" when from none */
    int32_t line;            /* of its financing plan; 0 */
    int32_t year;            /* of inherited money, else 0 */
    char document[TEXT_SIZE], text[TEXT_SIZE];
};
typedef bool asset_part_visit(void *context, const struct asset_part *part, struct error *err);
/** The parts of an asset that count on a day, by date and entry. */
bool asset_part_each(struct journal *journal, const char *asset, date_t day,
                     asset_part_visit *visit, void *context, struct error *err) MUST_CHECK;

/** What a project's plan line gave to an asset, all rows together. */
struct asset_use {
    char project[CODE_SIZE];
    int32_t line;
    char asset[CODE_SIZE];
    money_t amount;
};
/** What had become of a project's money by a day: by line and asset; sums of zero are left out. */
bool asset_use_each(struct journal *journal, const char *project, date_t day,
                    bool (*visit)(void *context, const struct asset_use *use, struct error *err),
                    void *context, struct error *err) MUST_CHECK;

/* ---- What other entries than rows of assets say of one --------------------------------------- */

/** What must hold of a title, a record of `asset_title`; where its asset is goes out. */
bool asset_check_title(struct journal *journal, const struct record *title,
                       char division_out[DIVISION_CODE_SIZE], struct error *err) MUST_CHECK;
/** From its day on that title holds; `seq` is of an entry that gives no other. It was checked. */
bool asset_give_title(struct journal *journal, const struct record *title,
                      struct error *err) MUST_CHECK;
/**
 * The asset is in that state from its day on: a record of `asset_state`, whose state may be
 * `disposed`.
 *
 * @param is_end  nothing more happens to it after that day
 */
bool asset_give_state(struct journal *journal, const struct record *state, bool is_end,
                      struct error *err) MUST_CHECK;

/* ---- Receipts that assets brought ------------------------------------------------------------ */

/** What rows of any kind say that a voucher brought to a division: no fen of it is told twice. */
bool asset_receipt_sum(struct journal *journal, const char *voucher, const char *division,
                       money_t *out, struct error *err) MUST_CHECK;
/** After an entry that says so; below 0 when it takes back. It was held to what the voucher
 * brought. */
bool asset_receipt_add(struct journal *journal, const char *voucher, const char *division,
                       int64_t fen, struct error *err) MUST_CHECK;

/* ---- Households ------------------------------------------------------------------------------ */

/** What the household_asset.register rows of the import under way give to a division. */
struct household_group {
    char division[DIVISION_CODE_SIZE];
    char category[TEXT_SIZE];
    int64_t assets, households;
    money_t amount;
    date_t last; /* no household got one later */
};
/** Those of three households and more, by division and category: what totals are told of. */
bool household_group_each(struct journal *journal,
                          bool (*visit)(void *context, const struct household_group *group,
                                        struct error *err),
                          void *context, struct error *err) MUST_CHECK;

/* ---- The register ---------------------------------------------------------------------------- */

/** NULL: any. */
struct asset_filter {
    const char *scope; /* where it is: within this division */
    const char *class, *form, *state;
    const char *category;
    const char *owner; /* whose: exactly this division */
};
/** The register of a day by division and code: what was acquired by then. */
bool asset_each(struct journal *journal, const struct asset_filter *filter, date_t day,
                asset_visit *visit, void *context, struct error *err) MUST_CHECK;

struct asset_sum {
    int64_t count;
    money_t original, depreciation, net;
};
bool asset_sum_add(struct asset_sum *sum, const struct asset *asset, struct error *err) MUST_CHECK;

/** Sums of household_asset.total rows. */
struct household_sum {
    int64_t assets;
    int64_t households; /* of each sheet and category; one household may be in several */
    money_t amount;
};
/** Of a division and all within it, up to a day; `category` NULL: any. */
bool household_sum(struct journal *journal, const char *scope, const char *category, date_t day,
                   struct household_sum *out, struct error *err) MUST_CHECK;

/** Who owns: the level of the owner's division. */
enum asset_holder {
    ASSET_HELD_BY_COUNTY, /* the county and above */
    ASSET_HELD_BY_TOWNSHIP,
    ASSET_HELD_BY_VILLAGE,
    ASSET_HELD_BY_NOBODY, /* without a title */
    ASSET_HOLDER_COUNT
};
/** The sums of a register. Every asset is in one cell of each. */
struct asset_summary {
    struct asset_sum all; /* without households */
    struct asset_sum operational, public_welfare;
    struct asset_sum by_holder[ASSET_HOLDER_COUNT];
    struct asset_sum by_state[ASSET_STATE_COUNT]; /* as asset_state_list() */
    struct household_sum households;
};
bool asset_summarize(struct journal *journal, const char *scope, date_t day,
                     struct asset_summary *out, struct error *err) MUST_CHECK;

/** The words of a field, NULL-terminated; static storage. Of states `disposed` too, which no row
 * says but a disposal that is finished. */
const char *const *asset_state_list(void);
const char *const *asset_class_list(void);

/**
 * What straight-line depreciation makes of a part of a value by a day: for each month from the
 * month of `from` (policy asset_depreciation_from 0) or the next (1, unless set) whose last day has
 * come, an equal share in whole fen, and in the last month of the asset's life the rest.
 *
 * @param life_months  of the asset, counted from `acquired`; a later part shares what is left of it
 */
struct depreciation_terms {
    date_t acquired;
    int64_t life_months, residual_bp;
    int64_t delay_months; /* the policy */
};
bool asset_depreciate(const struct depreciation_terms *terms, money_t amount, date_t from,
                      date_t day, money_t *out, struct error *err) MUST_CHECK;

#endif
