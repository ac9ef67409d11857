/*
 * checks.c - what must hold of a row about a public asset beyond the types of its fields.
 *
 * 1. What it names is there, and nothing happens to an asset before it was acquired.
 * 2. What a plan's line gave to all assets isn't more than was paid and is retained under it; of
 *    outside money, not more than the plan says.
 * 3. An asset stays in its division until that ends, and a title with its division until both
 *    sides of a handover signed: titles of rows never pass from one division to another.
 * 4. No natural person is named: an operator has a credit code, which no person has, or is the
 *    owner.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "ledger/assets/internal.h"

#define YEAR_FIRST    1949
#define RESIDUAL_MOST 10000
/* China, with a margin: millionths of a degree */
#define LATITUDE_LEAST  3000000
#define LATITUDE_MOST   54000000
#define LONGITUDE_LEAST 73000000
#define LONGITUDE_MOST  136000000

#define IS(field, word) (strcmp(TEXT(field), word) == 0)

/* ---- The register ---------------------------------------------------------------------------- */

static bool is_in_china(int64_t latitude, int64_t longitude)
{
    return latitude >= LATITUDE_LEAST && latitude <= LATITUDE_MOST &&
           longitude >= LONGITUDE_LEAST && longitude <= LONGITUDE_MOST;
}

static bool check_life(const struct record *record, struct error *err)
{
    const bool is_straight = IS(REGISTER_METHOD, "straight_line");

    if (NUMBER(REGISTER_LIFE) > ASSET_MONTHS_MAX)
        return error_set(err, ERROR_LIMIT, "a life of %lld months is longer than %d",
                         (long long)NUMBER(REGISTER_LIFE), ASSET_MONTHS_MAX);
    if (NUMBER(REGISTER_RESIDUAL) > RESIDUAL_MOST)
        return error_set(err, ERROR_INPUT, "a residual value of %lld/10,000 is more than the asset",
                         (long long)NUMBER(REGISTER_RESIDUAL));
    if (is_straight != (NUMBER(REGISTER_LIFE) > 0))
        return error_set(err, ERROR_INPUT,
                         is_straight
                             ? N_("straight-line depreciation needs the expected life; write it")
                             : N_("an asset that isn't depreciated has no life in months; leave it "
                                  "out, or write straight_line"));
    return !is_straight || !IS(REGISTER_FORM, "equity") ||
           error_set(err, ERROR_INPUT, "shares in an enterprise are not depreciated");
}

/* It stays where it is, unless that has ended: then it goes to what came after. */
static bool check_place(struct journal *journal, const struct record *record,
                        const struct asset_stand *stand, struct error *err)
{
    char today[DATE_TEXT_SIZE];
    bool comes_after;

    if (strcmp(stand->division, TEXT(REGISTER_DIVISION)) == 0) return true;
    (void)date_format(instant_to_date_in(journal_time(journal), ZONE_CHINA_SECONDS), today);
    if (stand->place_last_day[0] == '\0' || strcmp(today, stand->place_last_day) <= 0)
        return error_set(err, ERROR_INPUT,
                         "asset %s is in %s; one in %s is another asset: register that, and tell "
                         "of the first that it is scrapped",
                         stand->code, stand->division, TEXT(REGISTER_DIVISION));
    if (!division_comes_after(journal, stand->division, TEXT(REGISTER_DIVISION), &comes_after, err))
        return false;
    return comes_after || error_set(err, ERROR_INPUT,
                                    "asset %s is in %s, which ended, and %s doesn't come after it; "
                                    "name what does",
                                    stand->code, stand->division, TEXT(REGISTER_DIVISION));
}

/* Of one code there is one asset: a household's or one that all may see. */
static bool require_public(struct journal *journal, const char *code, struct error *err)
{
    int64_t count;

    if (!record_count(journal, &household_asset, HOUSEHOLD_ASSET, code, &count, err)) return false;
    return count == 0 ||
           error_set(err, ERROR_CONFLICT,
                     "code %s is that of a household's asset; give this one another", code);
}

/* What is put right stays the same asset, and nothing happened to it before it was there. */
static bool check_again(struct journal *journal, const struct record *record, struct error *err)
{
    struct error missing = ERROR_INIT;
    char certificate[TEXT_SIZE], first_day[DATE_TEXT_SIZE];
    struct asset_stand stand;

    if (!asset_find_stand(journal, TEXT(REGISTER_ASSET), &stand, &missing)) {
        if (missing.code != ERROR_NOT_FOUND) {
            *err = missing;
            return false;
        }
        if (TEXT(REGISTER_REASON)[0] != '\0')
            return error_set(err, ERROR_INPUT,
                             "asset %s isn't registered yet; a reason is for one that is put right",
                             TEXT(REGISTER_ASSET));
        return require_public(journal, TEXT(REGISTER_ASSET), err);
    }
    if (TEXT(REGISTER_REASON)[0] == '\0')
        return error_set(err, ERROR_CONFLICT,
                         "asset %s is registered already; to put it right, give the reason",
                         TEXT(REGISTER_ASSET));
    if (!check_place(journal, record, &stand, err) ||
        !register_read(journal, TEXT(REGISTER_ASSET), certificate, first_day, err))
        return false;
    return first_day[0] == '\0' || strcmp(TEXT(REGISTER_ACQUIRED), first_day) <= 0 ||
           error_set(err, ERROR_INPUT,
                     "something is said of asset %s on %s already, before %s; it can't be acquired "
                     "later",
                     TEXT(REGISTER_ASSET), first_day, TEXT(REGISTER_ACQUIRED));
}

RECORD_CHECK(check_register)
{
    (void)division_out;
    if (!record_require_text(record, REGISTER_NAME, "name", err) ||
        !record_require_text(record, REGISTER_CATEGORY, "category", err) ||
        !record_require_text(record, REGISTER_UNIT, "unit", err) ||
        !record_require_text(record, REGISTER_PLACE, "place", err))
        return false;
    if (NUMBER(REGISTER_QUANTITY) == 0)
        return error_set(err, ERROR_INPUT, "a quantity of 0 is no asset; write how many");
    if ((NUMBER(REGISTER_LATITUDE) != 0 || NUMBER(REGISTER_LONGITUDE) != 0) &&
        !is_in_china(NUMBER(REGISTER_LATITUDE), NUMBER(REGISTER_LONGITUDE)))
        return error_set(err, ERROR_INPUT,
                         "latitude %lld and longitude %lld, in millionths of a degree, are not in "
                         "China; leave both out when they aren't known",
                         (long long)NUMBER(REGISTER_LATITUDE),
                         (long long)NUMBER(REGISTER_LONGITUDE));
    if (IS(REGISTER_FORM, "equity") && !IS(REGISTER_CLASS, "operational"))
        return error_set(err, ERROR_INPUT, "shares in an enterprise are an operational asset");
    return check_life(record, err) && check_again(journal, record, err);
}

/* ---- What it cost ---------------------------------------------------------------------------- */

struct parts {
    const struct record *new;
    money_t sum; /* of the same source before */
};

static bool add_part(void *context, const struct record *record, struct error *err)
{
    struct parts *parts = context;
    const struct record *new = parts->new;
    money_t amount;

    if (!IS(COST_FUNDING, new->values[COST_FUNDING].text) ||
        !IS(COST_PROJECT, new->values[COST_PROJECT].text) ||
        NUMBER(COST_LINE) != new->values[COST_LINE].number)
        return true;
    return money_from_fen(NUMBER(COST_AMOUNT), &amount, err) &&
           money_add(parts->sum, amount, &parts->sum, err);
}

/* Only what stands there can be taken back. */
static bool check_taken_back(struct journal *journal, const struct record *record,
                             struct error *err)
{
    struct parts parts = {.new = record, .sum = MONEY_ZERO};
    char text[MONEY_TEXT_SIZE];

    if (!record_require_text(record, COST_TEXT, "why it is taken back", err) ||
        !record_each(journal, &asset_cost, COST_ASSET, TEXT(COST_ASSET), add_part, &parts, err))
        return false;
    return parts.sum.fen + NUMBER(COST_AMOUNT) >= 0 ||
           error_set(err, ERROR_INPUT,
                     "of this source asset %s cost %s yuan; more than that can't be taken back",
                     TEXT(COST_ASSET), money_format(parts.sum, text));
}

static bool check_line_sum(struct journal *journal, const struct record *record, money_t most,
                           const char *what, struct error *err)
{
    char most_text[MONEY_TEXT_SIZE], sum_text[MONEY_TEXT_SIZE];
    money_t sum, amount;

    if (!register_line_sum(journal, TEXT(COST_PROJECT), NUMBER(COST_LINE), &sum, err) ||
        !money_from_fen(NUMBER(COST_AMOUNT), &amount, err) || !money_add(sum, amount, &sum, err))
        return false;
    return money_compare(sum, most) <= 0 ||
           error_set(err, ERROR_CONTRACT,
                     "plan line %lld of project %s would have given %s yuan to assets, and %s yuan "
                     "%s; an asset can't cost more",
                     (long long)NUMBER(COST_LINE), TEXT(COST_PROJECT), money_format(sum, sum_text),
                     money_format(most, most_text), translate(what));
}

static bool check_plan_line(struct journal *journal, const struct record *record, struct error *err)
{
    const bool is_outside = IS(COST_FUNDING, "outside");
    struct plan_line_use use;
    money_t most;

    if (!text_check_code(TEXT(COST_PROJECT), "project", err) ||
        !plan_line_find(journal, TEXT(COST_PROJECT), NUMBER(COST_LINE), &use, err))
        return false;
    if (is_outside != (use.fund[0] == '\0'))
        return error_set(err, ERROR_INPUT,
                         is_outside ? N_("plan line %lld of project %s is of fund money, not "
                                         "outside; write project")
                                    : N_("plan line %lld of project %s is outside money; write "
                                         "outside"),
                         (long long)NUMBER(COST_LINE), TEXT(COST_PROJECT));
    if (is_outside)
        return check_line_sum(journal, record, use.amount, N_("are planned from outside"), err);
    if (!use.is_certain) return true;
    return money_add(use.paid, use.retention, &most, err) &&
           check_line_sum(journal, record, most, N_("were paid or are retained under it"), err);
}

static bool check_inherited(const struct record *record, struct error *err)
{
    const int64_t year = strtol(TEXT(COST_DATE), NULL, 10);

    if (IS(COST_LEVEL, "none"))
        return error_set(err, ERROR_INPUT, "who gave the inherited money? write the level");
    if (NUMBER(COST_YEAR) < YEAR_FIRST || NUMBER(COST_YEAR) > year)
        return error_set(err, ERROR_INPUT, "year %lld is none of money spent on %s",
                         (long long)NUMBER(COST_YEAR), TEXT(COST_DATE));
    return record_require_text(record, COST_DOCUMENT, "document", err);
}

/* What of the fields belongs to another source must be empty. */
static bool check_strangers(const struct record *record, struct error *err)
{
    const bool is_planned = IS(COST_FUNDING, "project") || IS(COST_FUNDING, "outside");
    const bool is_inherited = IS(COST_FUNDING, "inherited");

    if (!is_planned && (TEXT(COST_PROJECT)[0] != '\0' || NUMBER(COST_LINE) != 0))
        return error_set(err, ERROR_INPUT,
                         "only money of a project's plan names project and line; leave them out");
    if (!is_inherited && (NUMBER(COST_YEAR) != 0 || !IS(COST_LEVEL, "none")))
        return error_set(err, ERROR_INPUT,
                         "level and year are for inherited money; a project's fund has its own");
    return true;
}

RECORD_CHECK(check_cost)
{
    if (!asset_require_on(journal, TEXT(COST_ASSET), TEXT(COST_DATE), N_("it costs something"),
                          division_out, err) ||
        !asset_require_alive(journal, TEXT(COST_ASSET), TEXT(COST_DATE), err))
        return false;
    if (NUMBER(COST_AMOUNT) == 0)
        return error_set(err, ERROR_INPUT, "a part of 0 yuan is none; leave the row out");
    if (!check_strangers(record, err)) return false;
    if (NUMBER(COST_AMOUNT) < 0) return check_taken_back(journal, record, err);
    if (IS(COST_FUNDING, "inherited")) return check_inherited(record, err);
    if (IS(COST_FUNDING, "gift")) return record_require_text(record, COST_TEXT, "who gave it", err);
    if (IS(COST_FUNDING, "labour"))
        return record_require_text(record, COST_TEXT, "whose labour", err);
    return check_plan_line(journal, record, err);
}

/* ---- Whose it is ----------------------------------------------------------------------------- */

static bool refuse_certificate(const char *certificate, const char *asset, struct error *err)
{
    return error_set(err, ERROR_CONFLICT,
                     "certificate %s is that of asset %s; two assets don't have one title",
                     certificate, asset);
}

static bool check_certificate(struct journal *journal, const char *certificate, const char *asset,
                              struct error *err)
{
    char other[CODE_SIZE];

    if (certificate[0] == '\0') return true;
    if (!register_find_certificate(journal, certificate, asset, other, err)) return false;
    return other[0] == '\0' || refuse_certificate(certificate, other, err);
}

/* Where income is made, it is said who has it. */
static bool check_rights(struct journal *journal, const struct record *record, struct error *err)
{
    struct asset_stand stand;

    if (!asset_find_stand(journal, TEXT(TITLE_ASSET), &stand, err)) return false;
    if (strcmp(stand.class, "operational") != 0) return true;
    return record_require_text(record, TITLE_INCOME, "who has the income of an operational asset",
                               err) &&
           record_require_text(record, TITLE_DISTRIBUTION, "who decides on the income of one", err);
}

RECORD_CHECK(check_title)
{
    date_t day;

    if (!asset_require_on(journal, TEXT(TITLE_ASSET), TEXT(TITLE_DATE), N_("its title is given"),
                          division_out, err) ||
        !asset_require_alive(journal, TEXT(TITLE_ASSET), TEXT(TITLE_DATE), err) ||
        !record_require_text(record, TITLE_OWNER, "owner", err) ||
        !record_date(record, TITLE_DATE, &day, err) ||
        !division_require_lasting(journal, TEXT(TITLE_DIVISION), day, err))
        return false;
    if (!division_code_is_within(division_out, TEXT(TITLE_DIVISION)) &&
        !division_code_is_within(TEXT(TITLE_DIVISION), division_out))
        return error_set(err, ERROR_INPUT,
                         "asset %s is in %s, which has nothing to do with its owner's division %s",
                         TEXT(TITLE_ASSET), division_out, TEXT(TITLE_DIVISION));
    if (TEXT(TITLE_OPERATOR)[0] != '\0' && TEXT(TITLE_USCC)[0] == '\0' &&
        strcmp(TEXT(TITLE_OPERATOR), TEXT(TITLE_OWNER)) != 0)
        return error_set(err, ERROR_INPUT,
                         "operator %s has no credit code; only organisations are named here: a "
                         "person stands sealed in the lease",
                         TEXT(TITLE_OPERATOR));
    return check_rights(journal, record, err) &&
           check_certificate(journal, TEXT(TITLE_CERTIFICATE), TEXT(TITLE_ASSET), err);
}

/* A row says more of a title, or gives the first; only a handover, which two people sign, gives it
 * to another division. */
RECORD_CHECK(check_title_row)
{
    char owner[DIVISION_CODE_SIZE];

    if (!check_title(journal, record, division_out, err) ||
        !register_owner_on(journal, TEXT(TITLE_ASSET), TEXT(TITLE_DATE), owner, err))
        return false;
    return owner[0] == '\0' || strcmp(owner, TEXT(TITLE_DIVISION)) == 0 ||
           error_set(
               err, ERROR_INPUT,
               "asset %s belongs to %s on %s; a title passes to %s by a handover alone, which "
               "both sign (import handovers)",
               TEXT(TITLE_ASSET), owner, TEXT(TITLE_DATE), TEXT(TITLE_DIVISION));
}

/* ---- In what state it is --------------------------------------------------------------------- */

RECORD_CHECK(check_state)
{
    char certificate[TEXT_SIZE], first_day[DATE_TEXT_SIZE];

    if (!asset_require_on(journal, TEXT(STATE_ASSET), TEXT(STATE_DATE), N_("its state is told"),
                          division_out, err) ||
        !asset_require_alive(journal, TEXT(STATE_ASSET), TEXT(STATE_DATE), err))
        return false;
    if (!IS(STATE_STATE, "in_use") && !record_require_text(record, STATE_REASON, "reason", err))
        return false;
    if (IS(STATE_STATE, "scrapped")) return true;
    return register_read(journal, TEXT(STATE_ASSET), certificate, first_day, err) &&
           check_certificate(journal, certificate, TEXT(STATE_ASSET), err);
}
