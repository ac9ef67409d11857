/*
 * disposal.c - how an asset is disposed of: the application, the steps in their order, the end.
 *
 * 1. Which steps there are: county rules under 国办函〔2021〕51号 (2021). Where the owner is a
 * village, its four discussions and two publicities (四议两公开) come first; where it isn't the
 * county, the township checks. The rules name no steps by method: what a method needs of the last
 * is our own choice. docs/assets.md has the table.
 * 2. A decision has more than half of those who came: 村民委员会组织法 articles 22 and 26.
 * 3. A step that must be taken can't be passed over, and no day is before the one before it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "ledger/custody/internal.h"

// clang-format off
static const struct store_column now_columns[] = {
    {"code",           STORE_TEXT,    NULL, "code of the disposal"},
    {"asset",          STORE_TEXT,    NULL, "code of the asset"},
    {"owner_division", STORE_TEXT,    NULL, "whose it was when that was applied for"},
    {"state",          STORE_TEXT,    NULL, "open, finished or dropped"},
    {"last_step",      STORE_TEXT,    NULL, "empty: none yet"},
    {"last_date",      STORE_TEXT,    NULL, "day of that, or of the application"},
    {"voucher",        STORE_TEXT,    NULL, "that received the proceeds; empty: none"},
    {"proceeds",       STORE_INTEGER, NULL, "fen"},
};
static const char *const now_indexes[] = {"asset", "voucher", "owner_division", NULL};
const struct store_table disposal_now_table = {
    .name = "disposal_now", .kind = STORE_DERIVED, .meaning = "disposals as they stand",
    .columns = now_columns, .column_count = ARRAY_COUNT(now_columns), .primary_key = "code",
    .indexes = now_indexes};

#define VILLAGE  (1u << DIVISION_VILLAGE)
#define TOWNSHIP (1u << DIVISION_TOWNSHIP)
#define ABOVE    (1u << DIVISION_COUNTY | 1u << DIVISION_PREFECTURE | 1u << DIVISION_PROVINCE)
#define ANY      (VILLAGE | TOWNSHIP | ABOVE)
#define MUST     DISPOSAL_MUST
#define MAY      DISPOSAL_MAY
#define NEVER    DISPOSAL_NEVER

enum { AUCTION, CONVERSION, LOSS, SCRAPPING, SUSPENSION, TRANSFER, METHOD_COUNT };
static const char *const methods[] = {
    "auction", "conversion", "loss", "scrapping", "suspension", "transfer"};

static const struct {
    const char *step;
    unsigned owners; /* at which levels */
    enum disposal_need by_method[METHOD_COUNT];
} needs[] = {
    /*                          auction conversion loss scrapping suspension transfer */
    {"branch_proposal", VILLAGE,            {MUST, MUST,  MUST, MUST, MUST,  MUST}},
    {"committees",      VILLAGE,            {MUST, MUST,  MUST, MUST, MUST,  MUST}},
    {"party_review",    VILLAGE,            {MUST, MUST,  MUST, MUST, MUST,  MUST}},
    {"decision",        VILLAGE,            {MUST, MUST,  MUST, MUST, MUST,  MUST}},
    {"decision_notice", VILLAGE,            {MUST, MUST,  MUST, MUST, MUST,  MUST}},
    {"result_notice",   VILLAGE,            {MUST, MUST,  MUST, MUST, MUST,  MUST}},
    {"township_check",  VILLAGE | TOWNSHIP, {MUST, MUST,  MUST, MUST, MUST,  MUST}},
    {"sector_opinion",  ANY,                {MUST, MUST,  MUST, MUST, MUST,  MUST}},
    {"county_approval", ANY,                {MUST, MUST,  MUST, MUST, MUST,  MUST}},
    {"valuation",       ANY,                {MUST, MAY,   MUST, MUST, NEVER, MUST}},
    {"open_market",          ANY,                {MUST, NEVER, MAY,  MAY,  NEVER, MUST}},
    {"announcement",     ANY,                {MUST, MUST,  MUST, MUST, MUST,  MUST}},
};
#define STEP_COUNT ARRAY_COUNT(needs)

/* What an asset is afterwards; the others are gone for good. */
static const struct {
    const char *state;
    bool is_end, is_sold;
} ends[METHOD_COUNT] = {
    [AUCTION] = {"disposed", true, true},     [CONVERSION] = {"in_use", false, false},
    [LOSS] = {"scrapped", true, false},       [SCRAPPING] = {"scrapped", true, false},
    [SUSPENSION] = {"idle", false, false},    [TRANSFER] = {"disposed", true, true}};
// clang-format on

static size_t method_index(const char *method)
{
    size_t i = 0;

    while (strcmp(methods[i], method) != 0)
        i++;
    assert(i < METHOD_COUNT);
    return i;
}

/* STEP_COUNT for "". */
static size_t step_index(const char *step)
{
    size_t i = 0;

    while (i < STEP_COUNT && strcmp(needs[i].step, step) != 0)
        i++;
    return i;
}

static enum disposal_need need(size_t method, enum division_level owner, size_t step)
{
    return (needs[step].owners & 1u << owner) == 0 ? DISPOSAL_NEVER : needs[step].by_method[method];
}

enum disposal_need disposal_needs(const char *method, enum division_level owner, const char *step)
{
    const size_t index = step_index(step);

    assert(index < STEP_COUNT);
    return need(method_index(method), owner, index);
}

void disposal_set_next(struct disposal *disposal)
{
    const size_t last = step_index(disposal->last_step);
    const size_t method = method_index(disposal->method);
    const enum division_level owner = division_code_level(disposal->owner_division);

    disposal->next_step[0] = '\0';
    for (size_t i = last == STEP_COUNT ? 0 : last + 1; i < STEP_COUNT; i++) {
        if (need(method, owner, i) != DISPOSAL_MUST) continue;
        memcpy(disposal->next_step, needs[i].step, strlen(needs[i].step) + 1);
        return;
    }
}

/* ---- Opening --------------------------------------------------------------------------------- */

bool disposal_require_none(struct journal *journal, const char *asset, struct error *err)
{
    const char *const texts[] = {asset, NULL};
    char code[CODE_SIZE];
    struct statement *row;
    bool has_row;

    if (!custody_ask(journal, "SELECT code FROM disposal_now WHERE asset = $1 AND state = 'open'",
                     texts, &row, &has_row, err))
        return false;
    if (!has_row) return true;
    custody_copy(row, 0, code, sizeof code);
    statement_reset(row);
    return error_set(err, ERROR_STATE,
                     "asset %s is being disposed of by %s; finish that or drop it first", asset,
                     code);
}

RECORD_CHECK(check_disposal_open)
{
    struct asset_stand stand;

    if (!asset_require_on(journal, TEXT(DISPOSAL_ASSET), TEXT(DISPOSAL_DATE),
                          N_("its disposal is applied for"), division_out, err) ||
        !asset_require_alive(journal, TEXT(DISPOSAL_ASSET), TEXT(DISPOSAL_DATE), err) ||
        !record_require_text(record, DISPOSAL_TEXT, "what happened to the asset", err) ||
        !asset_find_stand(journal, TEXT(DISPOSAL_ASSET), &stand, err))
        return false;
    if (stand.owner_division[0] == '\0')
        return error_set(err, ERROR_STATE,
                         "asset %s has no title yet; only its owner can apply to dispose of it",
                         stand.code);
    memcpy(division_out, stand.owner_division, DIVISION_CODE_SIZE);
    return handover_require_none(journal, stand.code, err) &&
           disposal_require_none(journal, stand.code, err);
}

/* ---- Steps ----------------------------------------------------------------------------------- */

/* An open disposal, on a day that isn't before what happened to it. */
static bool find_open(struct journal *journal, const char *code, const char *date, const char *what,
                      struct disposal *out, struct error *err)
{
    if (!disposal_find(journal, code, out, err)) return false;
    if (strcmp(out->state, "open") != 0)
        return error_set(err, ERROR_STATE, "disposal %s is %s; nothing is added to it", code,
                         translate(out->state));
    return record_require_order(out->last_date, date, what, err);
}

static bool check_order(const struct disposal *disposal, const char *step, struct error *err)
{
    const size_t last = step_index(disposal->last_step), index = step_index(step);
    const size_t next = step_index(disposal->next_step);

    if (disposal_needs(disposal->method, division_code_level(disposal->owner_division), step) ==
        DISPOSAL_NEVER)
        return error_set(
            err, ERROR_INPUT, "disposal %s, %s of an asset of %s, has no step %s; leave it out",
            disposal->code, translate(disposal->method), disposal->owner_division, translate(step));
    if (last != STEP_COUNT && index <= last)
        return error_set(err, ERROR_STATE, "disposal %s is past step %s already: %s is done",
                         disposal->code, translate(step), translate(disposal->last_step));
    return index <= next ||
           error_set(err, ERROR_STATE, "disposal %s needs step %s before %s; enter that first",
                     disposal->code, translate(disposal->next_step), translate(step));
}

static bool check_votes(const struct record *record, struct error *err)
{
    const int64_t against = NUMBER(STEP_AGAINST), abstained = NUMBER(STEP_ABSTAINED);

    if (!IS(STEP_STEP, "decision"))
        return (NUMBER(STEP_FOR) == 0 && against == 0 && abstained == 0) ||
               error_set(err, ERROR_INPUT,
                         "votes are counted at the villagers' decision alone; leave them out");
    return NUMBER(STEP_FOR) > against + abstained ||
           error_set(err, ERROR_INPUT,
                     "%lld for, %lld against, %lld abstained is no majority of those who came "
                     "(Organic Law of Villagers' Committees, articles 22 and 26)",
                     (long long)NUMBER(STEP_FOR), (long long)against, (long long)abstained);
}

RECORD_CHECK(check_disposal_step)
{
    struct disposal disposal;

    if (!find_open(journal, TEXT(STEP_DISPOSAL), TEXT(STEP_DATE), N_("the step is taken"),
                   &disposal, err) ||
        !record_require_text(record, STEP_DOCUMENT, "document", err))
        return false;
    memcpy(division_out, disposal.owner_division, DIVISION_CODE_SIZE);
    return check_order(&disposal, TEXT(STEP_STEP), err) && check_votes(record, err);
}

RECORD_CHECK(check_disposal_drop)
{
    struct disposal disposal;

    if (!find_open(journal, TEXT(KEEP_DISPOSAL), TEXT(KEEP_DATE), N_("the disposal is dropped"),
                   &disposal, err))
        return false;
    memcpy(division_out, disposal.owner_division, DIVISION_CODE_SIZE);
    return record_require_text(record, KEEP_REASON, "reason", err);
}

/* ---- The end --------------------------------------------------------------------------------- */

struct receipt {
    const char *division;
    money_t sum;
};

static bool add_received(void *context, const struct balance *total, struct error *err)
{
    struct receipt *receipt = context;

    if (total->amount.fen < 0 || strcmp(total->account.division, receipt->division) != 0)
        return true;
    return money_add(receipt->sum, total->amount, &receipt->sum, err);
}

static bool check_voucher(struct journal *journal, const struct record *record,
                          const struct disposal *disposal, struct error *err)
{
    struct receipt receipt = {.division = disposal->owner_division, .sum = MONEY_ZERO};
    char date[DATE_TEXT_SIZE], has[MONEY_TEXT_SIZE], told[MONEY_TEXT_SIZE];
    struct voucher voucher;
    money_t sum, proceeds;

    if (!voucher_find(journal, TEXT(FINISH_VOUCHER), &voucher, err)) return false;
    if (strcmp(voucher.number, TEXT(FINISH_VOUCHER)) != 0)
        return error_set(err, ERROR_INPUT, "%s is a reference; write the voucher's number, %s",
                         TEXT(FINISH_VOUCHER), voucher.number);
    if (voucher.state != VOUCHER_POSTED || voucher.movement != MOVEMENT_RECEIPT ||
        voucher.reversed_by[0] != '\0')
        return error_set(err, ERROR_STATE,
                         "voucher %s is a %s, %s; proceeds come by a receipt that is posted and "
                         "not reversed",
                         voucher.number, translate(movement_name(voucher.movement)),
                         translate(voucher_state_name(voucher.state)));
    if (!record_require_order(disposal->opened_on, date_format(voucher.event_date, date),
                              N_("the proceeds are received"), err) ||
        !record_require_order(date, TEXT(FINISH_DATE), N_("the disposal is finished"), err) ||
        !voucher_total_each(journal, voucher.number, add_received, &receipt, err) ||
        !asset_receipt_sum(journal, voucher.number, disposal->owner_division, &sum, err) ||
        !money_from_fen(NUMBER(FINISH_PROCEEDS), &proceeds, err) ||
        !money_add(sum, proceeds, &sum, err))
        return false;
    return money_compare(sum, receipt.sum) <= 0 ||
           error_set(err, ERROR_CONFLICT,
                     "voucher %s would have brought %s yuan as proceeds and income, and it brought "
                     "%s yuan to accounts of %s; correct the proceeds",
                     voucher.number, money_format(sum, told), money_format(receipt.sum, has),
                     disposal->owner_division);
}

/* Did it go through that step? */
static bool was_taken(struct journal *journal, const char *code, const char *step, bool *out,
                      struct error *err)
{
    const char *const texts[] = {code, step, NULL};
    struct statement *row;

    if (!custody_ask(journal, "SELECT seq FROM disposal_step WHERE disposal = $1 AND step = $2",
                     texts, &row, out, err))
        return false;
    if (*out) statement_reset(row);
    return true;
}

/* The sums of an end, against one another and the receipt. */
static bool check_sums(struct journal *journal, const struct record *record,
                       const struct disposal *disposal, struct error *err)
{
    const size_t method = method_index(disposal->method);
    const int64_t valuation = NUMBER(FINISH_VALUATION), proceeds = NUMBER(FINISH_PROCEEDS);
    bool was_valued;

    if (!was_taken(journal, disposal->code, "valuation", &was_valued, err)) return false;
    if (!was_valued && valuation != 0)
        return error_set(err, ERROR_INPUT, "there was no valuation; leave its sum out");
    if (ends[method].is_sold && (valuation == 0 || proceeds == 0))
        return error_set(err, ERROR_INPUT,
                         "what is sold was valued and brought something; write both sums");
    if (!ends[method].is_end && proceeds != 0)
        return error_set(err, ERROR_INPUT,
                         "an asset that stays brings no proceeds; its income is told apart");
    if (ends[method].is_sold && proceeds < valuation &&
        !record_require_text(record, FINISH_TEXT, "why it brought less than it was worth", err))
        return false;
    if ((proceeds == 0) != (TEXT(FINISH_VOUCHER)[0] == '\0'))
        return error_set(err, ERROR_INPUT,
                         proceeds == 0
                             ? N_("without proceeds no voucher received them; leave it "
                                  "out")
                             : N_("which voucher received the proceeds? write its number"));
    return proceeds == 0 || check_voucher(journal, record, disposal, err);
}

/* Nothing is known of the asset from a later day. Its title didn't pass: no handover takes what is
 * being disposed of. */
static bool check_last_day(struct journal *journal, const struct disposal *disposal,
                           const char *date, struct error *err)
{
    const char *const texts[] = {disposal->asset, NULL};
    char told[DATE_TEXT_SIZE] = "", counted[DATE_TEXT_SIZE] = "";
    struct statement *row;
    bool has_row;

    if (!custody_ask(journal,
                     "SELECT CASE WHEN state_on > titled_on THEN state_on ELSE titled_on END, "
                     "(SELECT COALESCE(MAX(c.date), '') FROM stocktake_count AS c WHERE c.asset = "
                     "code) FROM asset_now WHERE code = $1",
                     texts, &row, &has_row, err))
        return false;
    assert(has_row);
    custody_copy(row, 0, told, sizeof told);
    custody_copy(row, 1, counted, sizeof counted);
    statement_reset(row);
    return record_require_order(told, date, N_("the disposal is finished"), err) &&
           record_require_order(counted, date, N_("the disposal is finished"), err);
}

/* What is scrapped may be sold, but doesn't come back by a disposal: its certificate may be another
 * asset's by now, which asset.state asks. */
static bool check_stays(struct journal *journal, const struct disposal *disposal, struct error *err)
{
    struct asset_stand stand;

    if (ends[method_index(disposal->method)].is_end) return true;
    if (!asset_find_stand(journal, disposal->asset, &stand, err)) return false;
    return strcmp(stand.state, "scrapped") != 0 ||
           error_set(err, ERROR_STATE,
                     "asset %s is scrapped since %s; tell first that it is in use again, or drop "
                     "disposal %s",
                     stand.code, stand.state_on, disposal->code);
}

RECORD_CHECK(check_disposal_finish)
{
    struct disposal disposal;

    if (!find_open(journal, TEXT(FINISH_DISPOSAL), TEXT(FINISH_DATE),
                   N_("the disposal is finished"), &disposal, err))
        return false;
    if (disposal.next_step[0] != '\0')
        return error_set(err, ERROR_STATE,
                         "disposal %s needs step %s before it is finished; enter that first",
                         disposal.code, translate(disposal.next_step));
    memcpy(division_out, disposal.owner_division, DIVISION_CODE_SIZE);
    return check_last_day(journal, &disposal, TEXT(FINISH_DATE), err) &&
           check_stays(journal, &disposal, err) && check_sums(journal, record, &disposal, err);
}

/* ---- Keeping --------------------------------------------------------------------------------- */

static bool keep_open(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    char code[CODE_SIZE], asset[CODE_SIZE], date[DATE_TEXT_SIZE];
    struct asset_stand stand;

    return json_get_string(entry->document, entry->body, "disposal", code, sizeof code, err) &&
           json_get_string(entry->document, entry->body, "asset", asset, sizeof asset, err) &&
           json_get_string(entry->document, entry->body, "date", date, sizeof date, err) &&
           asset_find_stand(journal, asset, &stand, err) &&
           custody_run(journal,
                       "INSERT INTO disposal_now (code, asset, owner_division, state, last_step, "
                       "last_date, voucher, proceeds) VALUES ($1, $2, $3, 'open', '', $4, '', 0)",
                       (const char *const[]){code, asset, stand.owner_division, date, NULL}, err);
}

static bool keep_step(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    char code[CODE_SIZE], step[CUSTODY_WORD_SIZE], date[DATE_TEXT_SIZE];

    return json_get_string(entry->document, entry->body, "disposal", code, sizeof code, err) &&
           json_get_string(entry->document, entry->body, "step", step, sizeof step, err) &&
           json_get_string(entry->document, entry->body, "date", date, sizeof date, err) &&
           custody_run(journal,
                       "UPDATE disposal_now SET last_step = $1, last_date = $2 WHERE code = $3",
                       (const char *const[]){step, date, code, NULL}, err);
}

static bool keep_drop(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    char code[CODE_SIZE], date[DATE_TEXT_SIZE];

    return json_get_string(entry->document, entry->body, "disposal", code, sizeof code, err) &&
           json_get_string(entry->document, entry->body, "date", date, sizeof date, err) &&
           custody_run(journal,
                       "UPDATE disposal_now SET state = 'dropped', last_date = $1 WHERE code = $2",
                       (const char *const[]){date, code, NULL}, err);
}

/* The asset is gone, or in the state in which that method leaves it. */
static bool end_asset(struct journal *journal, const struct entry_view *entry,
                      const struct disposal *disposal, const char *date, struct error *err)
{
    const size_t method = method_index(disposal->method);
    struct record *state = malloc(sizeof *state);
    bool ok;

    if (state == NULL) return error_set(err, ERROR_MEMORY, "no memory for a row");
    record_clear(&asset_state, state);
    state->seq = entry->seq;
    memcpy(state->values[STATE_ASSET].text, disposal->asset, strlen(disposal->asset) + 1);
    memcpy(state->values[STATE_DATE].text, date, strlen(date) + 1);
    memcpy(state->values[STATE_REASON].text, disposal->text, strlen(disposal->text) + 1);
    memcpy(state->values[STATE_STATE].text, ends[method].state, strlen(ends[method].state) + 1);
    ok = asset_give_state(journal, state, ends[method].is_end, err);
    free(state);
    return ok;
}

static bool keep_finish(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    char code[CODE_SIZE], date[DATE_TEXT_SIZE], voucher[TEXT_SIZE];
    struct statement *update;
    struct disposal disposal;
    int64_t proceeds;

    if (!json_get_string(entry->document, entry->body, "disposal", code, sizeof code, err) ||
        !json_get_string(entry->document, entry->body, "date", date, sizeof date, err) ||
        !json_get_string(entry->document, entry->body, "voucher", voucher, sizeof voucher, err) ||
        !json_get_integer(entry->document, entry->body, "proceeds", &proceeds, err) ||
        !disposal_find(journal, code, &disposal, err) ||
        !store_statement(journal_store(journal),
                         "UPDATE disposal_now SET state = 'finished', last_date = $1, voucher = "
                         "$2, proceeds = $3 WHERE code = $4",
                         &update, err))
        return false;
    statement_bind_text(update, 1, date);
    statement_bind_text(update, 2, voucher);
    statement_bind_integer(update, 3, proceeds);
    statement_bind_text(update, 4, code);
    return statement_run(update, err) &&
           (voucher[0] == '\0' ||
            asset_receipt_add(journal, voucher, disposal.owner_division, proceeds, err)) &&
           end_asset(journal, entry, &disposal, date, err);
}

bool disposal_keep(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    static const struct {
        const char *kind;
        bool (*keep)(struct journal *journal, const struct entry_view *entry, struct error *err);
    } keepers[] = {{"disposal.open", keep_open},
                   {"disposal.step", keep_step},
                   {"disposal.finish", keep_finish},
                   {"disposal.drop", keep_drop}};

    if (strncmp(entry->kind, "disposal.", strlen("disposal.")) != 0) return true;
    for (size_t i = 0; i < ARRAY_COUNT(keepers); i++)
        if (strcmp(entry->kind, keepers[i].kind) == 0) return keepers[i].keep(journal, entry, err);
    return true;
}
