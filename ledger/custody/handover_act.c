/*
 * handover_act.c - giving and taking: two signatures, of two people, over one list.
 *
 * 1. Who gives is a maker or checker of the division that has the titles, who takes one of the
 *    division that gets them, and they are two.
 * 2. At both, each title is still the one that was listed: nothing was said of it since.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/language.h"
#include "ledger/custody/internal.h"

#define BODY_SIZE_BYTES_MAX 16384

static const struct entry_member act_members[] = {
    {.name = "date", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = "division", .type = MEMBER_DIVISION, .mark = MEMBER_PUBLIC},
    {.name = "handover", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "rows", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = "rows_sha256", .type = MEMBER_HASH, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "text", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

/* ---- Applying -------------------------------------------------------------------------------- */

struct act {
    struct journal *journal;
    bool is_take;
    char date[DATE_TEXT_SIZE];
    struct handover handover;
    struct record *title; /* scratch */
};

static bool require_role(struct journal *journal, const char *user, const char *division,
                         struct error *err)
{
    struct error ignored = ERROR_INIT;

    return journal_require_role(journal, user, ROLE_CHECKER, division, &ignored) ||
           journal_require_role(journal, user, ROLE_MAKER, division, err);
}

/* What is signed is the list as it stands. */
static bool check_rows(const struct entry_view *entry, const struct act *act, struct error *err)
{
    char sum[HASH_HEX_SIZE], division[DIVISION_CODE_SIZE];
    int64_t rows;
    const char *wanted = act->is_take ? act->handover.taker : act->handover.giver;

    if (!json_get_string(entry->document, entry->body, "division", division, sizeof division,
                         err) ||
        !json_get_string(entry->document, entry->body, "rows_sha256", sum, sizeof sum, err) ||
        !json_get_integer(entry->document, entry->body, "rows", &rows, err))
        return false;
    if (strcmp(division, wanted) != 0)
        return error_set(err, ERROR_INPUT, "handover %s is from %s to %s; %s has no part in it",
                         act->handover.code, act->handover.giver, act->handover.taker, division);
    return (rows == act->handover.assets && strcmp(sum, act->handover.rows_sha256) == 0) ||
           error_set(err, ERROR_CONFLICT,
                     "what was signed isn't the list of handover %s as it stands; look at it and "
                     "sign again",
                     act->handover.code);
}

/* In its turn, on a day that has come, by another than the first. */
static bool check_turn(const struct entry_view *entry, const struct act *act, struct error *err)
{
    const struct handover *handover = &act->handover;
    const date_t today = instant_to_date_in(journal_time(act->journal), ZONE_CHINA_SECONDS);
    date_t date;

    if (strcmp(handover->state, act->is_take ? "given" : "listed") != 0)
        return error_set(err, ERROR_STATE,
                         act->is_take
                             ? N_("handover %s is %s; it is taken when it was given, and once")
                             : N_("handover %s is %s; it is given once"),
                         handover->code, translate(handover->state));
    if (act->is_take && strcmp(entry->actor, handover->given_by) == 0)
        return error_set(err, ERROR_PERMISSION,
                         "%s gave handover %s and can't take it; that takes two people",
                         entry->actor, handover->code);
    if (!date_parse(act->date, &date, err)) return false;
    if (date_is_before(today, date))
        return error_set(err, ERROR_INPUT,
                         "%s has not come yet; an event is recorded when it has happened",
                         act->date);
    return record_require_order(
        act->is_take ? handover->given_on : handover->listed_on, act->date,
        act->is_take ? N_("the handover is taken") : N_("the handover is given"), err);
}

/* Nothing was said of the title since the asset was listed, nor is it said of a later day. */
static bool check_title_since(struct act *act, const struct record *record, struct error *err)
{
    const char *const texts[] = {TEXT(HANDOVER_ASSET), NULL};
    char last_day[DATE_TEXT_SIZE];
    struct statement *row;
    uint64_t last_seq;
    bool has_row;

    if (!custody_ask(act->journal,
                     "SELECT COALESCE(MAX(seq), 0), COALESCE(MAX(date), '') FROM asset_title WHERE "
                     "asset = $1",
                     texts, &row, &has_row, err))
        return false;
    assert(has_row);
    last_seq = (uint64_t)statement_integer(row, 0);
    custody_copy(row, 1, last_day, sizeof last_day);
    statement_reset(row);
    if (last_seq > record->seq)
        return error_set(err, ERROR_STATE,
                         "the title of asset %s was told anew after it was listed; drop the "
                         "handover and list it again",
                         TEXT(HANDOVER_ASSET));
    return record_require_order(last_day, act->date, N_("the asset is handed over"), err);
}

static bool act_on(void *context, const struct record *record, struct error *err)
{
    struct act *act = context;
    char place[DIVISION_CODE_SIZE];

    if (!check_title_since(act, record, err) ||
        !disposal_require_none(act->journal, TEXT(HANDOVER_ASSET), err))
        return false;
    handover_title(record, act->date, act->title);
    return asset_check_title(act->journal, act->title, place, err) &&
           (!act->is_take || asset_give_title(act->journal, act->title, err));
}

static bool keep(const struct entry_view *entry, const struct act *act, struct error *err)
{
    struct statement *update;

    if (!store_statement(journal_store(act->journal),
                         act->is_take ? "UPDATE handover_now SET state = 'taken', taken_on = $1, "
                                        "taken_by = $2, take_seq = $3 WHERE code = $4"
                                      : "UPDATE handover_now SET state = 'given', given_on = $1, "
                                        "given_by = $2, give_seq = $3 WHERE code = $4",
                         &update, err))
        return false;
    statement_bind_text(update, 1, act->date);
    statement_bind_text(update, 2, entry->actor);
    statement_bind_integer(update, 3, (int64_t)entry->seq);
    statement_bind_text(update, 4, act->handover.code);
    return statement_run(update, err);
}

static bool apply(struct journal *journal, const struct entry_view *entry, bool is_take,
                  struct error *err)
{
    struct act act = {.journal = journal, .is_take = is_take};
    char code[CODE_SIZE];
    bool ok = false;

    if (!json_get_string(entry->document, entry->body, "handover", code, sizeof code, err) ||
        !json_get_string(entry->document, entry->body, "date", act.date, sizeof act.date, err) ||
        !handover_find(journal, code, &act.handover, err) || !check_turn(entry, &act, err) ||
        !check_rows(entry, &act, err) ||
        !require_role(journal, entry->actor, is_take ? act.handover.taker : act.handover.giver,
                      err))
        return false;
    act.title = malloc(sizeof *act.title);
    if (act.title == NULL) return error_set(err, ERROR_MEMORY, "no memory for a row");
    ok = record_each(journal, &handover_asset, HANDOVER_CODE, code, act_on, &act, err) &&
         keep(entry, &act, err);
    free(act.title);
    return ok;
}

static bool give_apply(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    return apply(journal, entry, false, err);
}

static bool take_apply(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    return apply(journal, entry, true, err);
}

static bool describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    char code[CODE_SIZE], date[DATE_TEXT_SIZE];
    const char *verb = strcmp(entry->kind, "handover.give") == 0 ? "gives" : "takes";

    return json_get_string(entry->document, entry->body, "handover", code, sizeof code, err) &&
           json_get_string(entry->document, entry->body, "date", date, sizeof date, err) &&
           buffer_append_format(out, err, "%s handover %s on %s", verb, code, date);
}

const struct entry_kind handover_give_kind = {
    .name = "handover.give", .members = act_members, .apply = give_apply, .describe = describe};
const struct entry_kind handover_take_kind = {
    .name = "handover.take", .members = act_members, .apply = take_apply, .describe = describe};

/* ---- Writing --------------------------------------------------------------------------------- */

static bool append(struct journal *journal, const struct signatory *by, const char *code,
                   const char *kind, date_t date, const char *text, struct error *err)
{
    struct buffer body = BUFFER_INIT(BODY_SIZE_BYTES_MAX);
    struct json_writer writer;
    char day[DATE_TEXT_SIZE];
    struct handover handover;
    struct appended appended;
    bool ok;

    if (!handover_find(journal, code, &handover, err)) return false;
    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    json_member_string(&writer, "date", date_format(date, day));
    json_member_string(&writer, "division",
                       strcmp(kind, "handover.take") == 0 ? handover.taker : handover.giver);
    json_member_string(&writer, "handover", handover.code);
    json_member_integer(&writer, "rows", handover.assets);
    json_member_string(&writer, "rows_sha256", handover.rows_sha256);
    json_member_string(&writer, "text", text);
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err) &&
         journal_append_act(journal, by, kind, &body, NULL, 0, &appended, err);
    buffer_done(&body);
    return ok;
}

bool handover_give(struct journal *journal, const struct signatory *by, const char *handover,
                   date_t date, const char *text, struct error *err)
{
    return append(journal, by, handover, "handover.give", date, text, err);
}

bool handover_take(struct journal *journal, const struct signatory *by, const char *handover,
                   date_t date, const char *text, struct error *err)
{
    return append(journal, by, handover, "handover.take", date, text, err);
}
