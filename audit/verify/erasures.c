/*
 * erasures.c - the acts of two that account for sealed values: what they name goes, if it may.
 *
 * All ranges of an act are marked first and judged then: what goes together stands in one act.
 */
#include "audit/verify/erasures.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "audit/verify/state.h"
#include "base/compiler.h"
#include "base/language.h"

#define ROWS_MAX  100000000
#define CODE_SIZE 65

void erasures_done(struct erasures *erasures)
{
    free(erasures->rows);
    free(erasures->subjects);
    map_done(&erasures->by_code);
    *erasures = (struct erasures){0};
}

/* ---- Rows ------------------------------------------------------------------------------------ */

/* Kinds of rows whose purpose ends with another row, by the code that both name. */
static const struct row_rule {
    const char *kind, *member;
    bool is_first;        /* seals what the other is about */
    bool is_end;          /* ends it, and goes with it or after it */
    const char *last_day; /* the member that may tell when it ends, or NULL */
} row_rules[] = {
    {"household_asset.register", "asset", true, false, NULL},
    {"household_asset.change", "asset", false, true, NULL},
    {"keeper.appoint", "keeper", true, false, "last_day"},
    {"keeper.end", "keeper", false, true, NULL},
};

/* Kinds whose purpose ends when nothing is owed any more, which sealed values alone tell. */
static const char *const unseen[] = {"aid.agree", "aid.guarantee"};

static const struct row_rule *find_rule(const char *kind)
{
    for (size_t i = 0; i < ARRAY_COUNT(row_rules); i++)
        if (strcmp(row_rules[i].kind, kind) == 0) return &row_rules[i];
    return NULL;
}

/* The subject of that code; made when it is new. */
static bool find_subject(struct erasures *erasures, const char *member, const char *code,
                         uint32_t *out, struct error *err)
{
    char key[CODE_SIZE + 32];
    int size = snprintf(key, sizeof key, "%s/%s", member, code);
    hash_t hash = hash_sha256((const uint8_t *)key, (size_t)size);

    if (map_find(&erasures->by_code, &hash, out)) return true;
    if (!array_reserve(&erasures->subjects, sizeof *erasures->subjects, erasures->subject_count,
                       &erasures->subject_capacity, ROWS_MAX, err))
        return false;
    *out = (uint32_t)erasures->subject_count;
    if (!map_add(&erasures->by_code, &hash, *out, err)) return false;
    erasures->subject_count++;
    return true;
}

/* "" is no day. */
static bool note_last_day(struct erasure_subject *subject, const struct json_document *document,
                          const char *member, struct error *err)
{
    char text[DATE_TEXT_SIZE];

    if (!json_get_string(document, json_member(document, 0, "body"), member, text, sizeof text,
                         err))
        return false;
    subject->has_last_day = text[0] != '\0';
    return !subject->has_last_day || date_parse(text, &subject->last_day, err);
}

bool erasures_note_row(struct state *state, const struct view *view, struct error *err)
{
    const struct row_rule *rule = find_rule(view->facts->kind_name);
    struct erasures *erasures = &state->erasures;
    struct json_document *document = view->reader->entry;
    struct slice bytes = block_entry(view->block, view->i);
    char code[CODE_SIZE];
    uint32_t subject = 0;

    if (rule == NULL) return true;
    if (!json_parse(document, bytes.data, bytes.size, JSON_CANONICAL, err) ||
        !json_get_string(document, json_member(document, 0, "body"), rule->member, code,
                         sizeof code, err) ||
        !find_subject(erasures, rule->member, code, &subject, err) ||
        !array_reserve(&erasures->rows, sizeof *erasures->rows, erasures->row_count,
                       &erasures->row_capacity, ROWS_MAX, err))
        return false;
    erasures->rows[erasures->row_count++] = (struct erasure_row){view->seq, subject};
    if (rule->is_end) erasures->subjects[subject].is_ended = true;
    return rule->last_day == NULL ||
           note_last_day(&erasures->subjects[subject], document, rule->last_day, err);
}

/* What the row of that entry, which there is, is about. */
static struct erasure_subject *subject_of(const struct erasures *erasures, uint64_t seq)
{
    size_t low = 0, high = erasures->row_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (erasures->rows[middle].seq < seq) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    assert(low < erasures->row_count && erasures->rows[low].seq == seq);
    return &erasures->subjects[erasures->rows[low].subject];
}

static bool is_over(const struct json_document *document)
{
    uint32_t ground = json_member(document, 0, "ground");

    return json_string_equals(document, ground, "purpose_achieved") ||
           json_string_equals(document, ground, "retention_over");
}

/* Of a row that an end of another kind goes with, that goes; of others, that they ended. */
static bool is_settled(const struct row_rule *rule, const struct erasure_subject *subject,
                       date_t today)
{
    if (rule->is_end) return subject->is_gone;
    return subject->is_ended || (subject->has_last_day && date_is_before(subject->last_day, today));
}

/* The act says that the purpose of what these rows seal is over. */
static bool check_rows(const struct state *state, const struct gone_range *range, const char *kind,
                       struct error *err)
{
    const struct row_rule *rule = find_rule(kind);

    for (size_t i = 0; i < ARRAY_COUNT(unseen); i++)
        if (strcmp(unseen[i], kind) == 0) return true;
    for (uint64_t seq = range->first; seq <= range->last; seq++) {
        if (rule != NULL &&
            is_settled(rule, subject_of(&state->erasures, seq), state->people.today))
            continue;
        return error_set(err, ERROR_VERIFY,
                         "says that the purpose of what entry %llu (%s) seals is over, which "
                         "nothing before it tells",
                         (unsigned long long)seq, kind);
    }
    return true;
}

/* ---- Vouchers -------------------------------------------------------------------------------- */

static bool check_voucher(const struct state *state, const struct voucher *voucher,
                          struct error *err)
{
    const char *open = NULL;

    if (voucher->status == VOUCHER_SUBMITTED) {
        open = N_("it waits for a decision");
    } else if (voucher->status == VOUCHER_POSTED && voucher->reversals > 0) {
        open = N_("a reversal of it waits for a decision");
    } else if (!state->months.any_closed || voucher->month > state->months.last) {
        open = N_("a month in which it counts is open");
    }
    return open == NULL || error_set(err, ERROR_VERIFY,
                                     "erases what belongs to the voucher of entry %llu, which "
                                     "isn't settled: %s",
                                     (unsigned long long)voucher->submit_seq, translate(open));
}

static bool check_lines(struct state *state, const struct gone_range *range, struct error *err)
{
    const struct voucher *voucher = vouchers_from(&state->vouchers, range->first);

    /* Lines stand before it, and nothing between. */
    assert(voucher != NULL && range->last < voucher->submit_seq);
    if (!check_voucher(state, voucher, err)) return false;
    if (voucher->is_payment && voucher->status == VOUCHER_POSTED && !voucher->is_answered)
        return error_set(err, ERROR_VERIFY,
                         "erases lines of the payment of entry %llu, for which the bank hasn't "
                         "answered",
                         (unsigned long long)voucher->submit_seq);
    return voucher->is_content_gone ||
           error_set(err, ERROR_VERIFY,
                     "erases lines of the voucher of entry %llu and leaves its content, against "
                     "which guesses at them could be tried",
                     (unsigned long long)voucher->submit_seq);
}

static bool check_contents(struct state *state, const struct gone_range *range, struct error *err)
{
    const struct voucher *voucher = vouchers_from(&state->vouchers, range->first);

    assert(voucher != NULL && range->first == range->last); /* lines stand before each */
    return check_voucher(state, voucher, err);
}

static bool check_attached(struct state *state, const struct gone_range *range, struct error *err)
{
    for (uint64_t seq = range->first; seq <= range->last; seq++) {
        uint64_t voucher = attachments_at(&state->attachments, seq)->voucher;

        if (voucher != 0 && !check_voucher(state, vouchers_from(&state->vouchers, voucher), err))
            return false;
    }
    return true;
}

/* ---- Acts ------------------------------------------------------------------------------------ */

/* What others are judged by goes with this range. */
static void mark(struct state *state, const struct gone_range *range, const char *kind,
                 const char *member)
{
    const struct row_rule *rule = find_rule(kind);

    for (uint64_t seq = range->first; seq <= range->last; seq++) {
        if (strcmp(kind, "voucher.submit") == 0) {
            vouchers_from(&state->vouchers, seq)->is_content_gone = true;
        } else if (strcmp(kind, "attachment.add") == 0 && strcmp(member, "file") == 0) {
            attachments_at(&state->attachments, seq)->is_gone = true;
        } else if (rule != NULL && rule->is_first) {
            subject_of(&state->erasures, seq)->is_gone = true;
        }
    }
}

static bool check(struct state *state, const struct json_document *document,
                  const struct gone_range *range, const char *kind, struct error *err)
{
    if (strcmp(kind, "voucher.line") == 0) return check_lines(state, range, err);
    if (strcmp(kind, "voucher.submit") == 0) return check_contents(state, range, err);
    if (strcmp(kind, "attachment.add") == 0) return check_attached(state, range, err);
    if (strcmp(kind, "import.file") == 0) return true;
    return !is_over(document) || check_rows(state, range, kind, err);
}

/* "voucher.line", "detail" */
static void split_purpose(const struct gone_range *range, char out[PURPOSE_SIZE],
                          const char **member)
{
    char *slash;

    memcpy(out, range->purpose, PURPOSE_SIZE);
    slash = strchr(out, '/');
    *slash = '\0';
    *member = slash + 1;
}

static bool account(struct state *state, const struct gone_act *act, struct error *err)
{
    char kind[PURPOSE_SIZE];
    const char *member;
    size_t first;

    if (!gone_account(&state->gone, act, err)) return false;
    first = gone_first_of(&state->gone, act->seq);
    for (size_t i = first; i < state->gone.named.count; i++) {
        split_purpose(&state->gone.named.items[i], kind, &member);
        mark(state, &state->gone.named.items[i], kind, member);
    }
    for (size_t i = first; act->is_erased && i < state->gone.named.count; i++) {
        split_purpose(&state->gone.named.items[i], kind, &member);
        if (!check(state, act->document, &state->gone.named.items[i], kind, err)) return false;
    }
    return true;
}

bool erasures_erase(struct state *state, const struct json_document *document, uint64_t seq,
                    struct error *err)
{
    return account(state, &(struct gone_act){document, 0, state->proposed, seq, true}, err);
}

bool erasures_lose(struct state *state, const struct json_document *document, uint64_t seq,
                   struct error *err)
{
    return account(state, &(struct gone_act){document, 0, state->proposed, seq, false}, err);
}
