/*
 * vouchers.c - lines, submissions, decisions, and the bank.
 *
 * 1. A voucher is decided once, by somebody else than who submitted it, or withdrawn by who did; it
 * is reversed once.
 * 2. Each signature is over the submission's values, so that nobody approves what was not shown.
 * 3. Totals sum to zero, and where the lines can be read they come to exactly the totals.
 * 4. A reversal moves back what the other moved, as far as both can be read.
 * 5. What they move is there (balances.h).
 */
#include "audit/verify/vouchers.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "audit/verify/aid.h"
#include "audit/verify/array.h"
#include "audit/verify/moved.h"
#include "audit/verify/privacy.h"
#include "audit/verify/signed.h"
#include "audit/verify/state.h"
#include "base/compiler.h"
#include "base/language.h"

#define CODE_SIZE         65
#define VOUCHER_SIZE      12
#define MOVEMENT_SIZE     16
#define YEARS_MAX         1000
#define VOUCHERS_YEAR_MAX 999999 /* six digits */

struct submission {
    hash_t leaf;
    char submitter[USER_SIZE];
    char event_date[DATE_TEXT_SIZE];
    date_t event;
    int32_t month; /* in which it counts */
    int64_t line_count;
    char lines_root[HASH_HEX_SIZE];
    char reference[CODE_SIZE];
    char reverses[VOUCHER_SIZE]; /* "" for most */
    bool are_totals_known;
    hash_t totals_sha256;
    struct postings postings; /* its totals, when they are known */
};

static void submission_free(struct submission *submission)
{
    if (submission == NULL) return;
    postings_done(&submission->postings);
    free(submission);
}

void vouchers_done(struct vouchers *vouchers)
{
    for (size_t i = 0; i < vouchers->year_count; i++) {
        for (size_t j = 0; j < vouchers->years[i].count; j++)
            submission_free(vouchers->years[i].vouchers[j].submission);
        free(vouchers->years[i].vouchers);
    }
    free(vouchers->years);
    *vouchers = (struct vouchers){0};
}

/* ---- Numbers -------------------------------------------------------------------------------- */

static int digits_value(const char *text, size_t count)
{
    int value = 0;

    for (size_t i = 0; i < count; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

/* The year's vouchers; made empty when there are none. */
static bool find_year(struct vouchers *vouchers, int year, struct voucher_year **out,
                      struct error *err)
{
    for (size_t i = 0; i < vouchers->year_count; i++) {
        if (vouchers->years[i].year == year) {
            *out = &vouchers->years[i];
            return true;
        }
    }
    if (!array_reserve(&vouchers->years, sizeof *vouchers->years, vouchers->year_count,
                       &vouchers->year_capacity, YEARS_MAX, err))
        return false;
    *out = &vouchers->years[vouchers->year_count++];
    (*out)->year = year;
    return true;
}

/* A voucher by its checked number. */
static bool find_voucher(struct vouchers *vouchers, const char *text, struct voucher **out,
                         struct error *err)
{
    struct voucher_year *year = NULL;
    int number = digits_value(text + 5, 6);

    if (!find_year(vouchers, digits_value(text, 4), &year, err)) return false;
    if (number < 1 || (size_t)number > year->count) {
        return error_set(err, ERROR_VERIFY, "voucher %s was never submitted", text);
    }
    *out = &year->vouchers[number - 1];
    return true;
}

/* Make room for the next voucher of its year; its number must be the next. */
static bool next_voucher(struct vouchers *vouchers, const char *text, struct voucher_year **out,
                         struct error *err)
{
    struct voucher_year *year = NULL;

    if (!find_year(vouchers, digits_value(text, 4), &year, err)) return false;
    if ((size_t)digits_value(text + 5, 6) != year->count + 1) {
        return error_set(err, ERROR_VERIFY, "voucher %s is out of order: %d-%06zu comes next", text,
                         year->year, year->count + 1);
    }
    if (!array_reserve(&year->vouchers, sizeof *year->vouchers, year->count, &year->capacity,
                       VOUCHERS_YEAR_MAX, err))
        return false;
    *out = year;
    return true;
}

/* The day of the record, as China counts days. */
static date_t view_day(const struct view *view)
{
    return instant_to_date_in((instant_t){view->facts->time_seconds}, ZONE_CHINA_SECONDS);
}

/* ---- Lines ---------------------------------------------------------------------------------- */

/* Movements that pass money from one role of an account's division, book and fund to another. */
static const struct passage {
    const char *movement;
    const char *from; /* NULL: any role */
    const char *to;
} passages[] = {
    {"payment", NULL, "in_transit"},
    {"loan", "available", "receivable"},
    {"repayment", "receivable", "available"},
};

/* Does an account's JSON, whose role stands last, name this one? `*rest` is what stands before. */
static bool names_role(struct slice account, const char *role, size_t *rest)
{
    size_t size = strlen(role), quotes = strlen("\"\"}");
    const uint8_t *at;

    if (account.size < size + quotes) return false;
    *rest = account.size - size - quotes;
    at = account.data + *rest;
    return at[0] == '"' && memcmp(at + 1, role, size) == 0 && memcmp(at + 1 + size, "\"}", 2) == 0;
}

static bool is_passage(const struct passage *passage, struct slice from, struct slice to)
{
    size_t rest, shared;

    return names_role(to, passage->to, &shared) &&
           (passage->from == NULL || names_role(from, passage->from, &rest)) &&
           from.size > shared && memcmp(from.data, to.data, shared) == 0;
}

/* The passages that a line takes, a bit for each. */
static unsigned find_passages(struct slice from, struct slice to)
{
    unsigned found = 0;

    for (unsigned i = 0; i < ARRAY_COUNT(passages); i++)
        if (is_passage(&passages[i], from, to)) found |= 1U << i;
    return found;
}

bool vouchers_add_line(struct state *state, const struct view *view, struct error *err)
{
    const struct entry_facts *facts = view->facts;
    const struct line_facts *line = &facts->line;
    struct run *run = &state->run;

    if (run->kind == RUN_NONE) {
        run->kind = RUN_LINES;
        run->first = view->seq;
        run->all_open = true;
        run->passages = ~0U;
        run->sealed_lines = 0;
        run->people.count = 0;
        memcpy(run->actor, facts->actor, sizeof run->actor);
        memcpy(run->voucher, facts->voucher, sizeof run->voucher);
    }
    if (run->kind != RUN_LINES || strcmp(run->voucher, facts->voucher) != 0 ||
        strcmp(run->actor, facts->actor) != 0) {
        return error_set(err, ERROR_VERIFY,
                         "a line of voucher %s by %s stands among rows of something else",
                         facts->voucher, facts->actor);
    }
    if ((uint64_t)line->number != run->rows.size + 1) {
        return error_set(err, ERROR_VERIFY, "is line %lld of voucher %s, but line %llu comes next",
                         (long long)line->number, facts->voucher,
                         (unsigned long long)run->rows.size + 1);
    }
    tree_frontier_add(&run->rows, &facts->body_leaf);
    if (line->is_sealed) run->sealed_lines++;
    if (!line->is_open) run->all_open = false;
    if (!run->all_open) return true;
    run->passages &= find_passages(line->from, line->to);
    if (!totals_move(&run->totals, line->from, line->to, line->amount, err)) return false;
    if (line->is_sealed) {
        crowd_add(&run->people, line->id_number);
        totals_note_person(&run->totals, line->id_number);
    }
    return true;
}

/* ---- Totals --------------------------------------------------------------------------------- */

/* One of the roles for a division; "" asks for any. */
static bool check_scope(const struct state *state, const struct person *signer,
                        const enum user_role *roles, size_t role_count, const char *division,
                        struct error *err)
{
    for (size_t i = 0; i + 1 < role_count; i++) {
        if (people_has_role(&state->people, signer, roles[i], division)) return true;
    }
    return state_require_role(state, signer, roles[role_count - 1], division, err);
}

/* A role of the signer for every division that money is taken from, as far as it is known. */
static bool check_scopes(const struct state *state, const struct postings *postings,
                         const struct person *signer, const enum user_role *roles,
                         size_t role_count, struct error *err)
{
    bool is_any = true;

    for (size_t i = 0; i < postings->count; i++) {
        const struct posting *posting = &postings->items[i];
        const char *division = state->balances.accounts[posting->account].division;

        if (!money_is_negative(posting->amount)) continue;
        if (!check_scope(state, signer, roles, role_count, division, err)) return false;
        is_any = false;
    }
    return !is_any || check_scope(state, signer, roles, role_count, "", err);
}

static bool is_member_sealed(const struct view *view, const char *member)
{
    hash_t ignored;

    return shape_is_sealed(view->document, json_member(view->document, view->body, member),
                           &ignored);
}

/* Read the totals of a submission or a bank entry, when they can be read. */
static bool read_totals(struct state *state, const struct view *view, const struct totals *lines,
                        struct submission *submission, struct error *err)
{
    const struct json_document *document;
    const uint8_t *source;
    uint32_t array;
    size_t size;

    source = json_source(view->document, json_member(view->document, view->body, "totals"), &size);
    submission->totals_sha256 = hash_sha256(source, size);
    if (!entry_open_member(view->block, view->i, view->reader, "totals", &document, &array)) {
        return true;
    }
    if (!totals_check(document, array, err)) return false;
    if (lines != NULL && !totals_compare(lines, document, array, err)) return false;
    submission->are_totals_known = true;
    if (!postings_read(&state->balances, document, array, &submission->postings, err)) return false;
    return !is_member_sealed(view, "totals") || submission->reverses[0] != '\0' ||
           balances_check_sealed(&state->balances, &submission->postings, err);
}

/* ---- Submission ----------------------------------------------------------------------------- */

static struct signed_voucher signed_words(const struct state *state,
                                          const struct submission *submission, const char *act,
                                          const char *voucher)
{
    return (struct signed_voucher){
        .act = act,
        .event_date = submission->event_date,
        .line_count = submission->line_count,
        .lines_root = submission->lines_root,
        .origin = state->origin,
        .reference = submission->reference,
        .voucher = voucher,
        .totals_sha256 = submission->totals_sha256,
        .submit = submission->leaf,
    };
}

static bool check_signature(struct state *state, const struct view *view,
                            const struct person *signer, const struct signed_voucher *words,
                            struct error *err)
{
    struct buffer message = BUFFER_INIT(SIGNED_SIZE_BYTES_MAX);
    bool ok = signed_voucher_write(words, &message, err) &&
              state_check_signature(state, view, signer, &message, err);

    buffer_done(&message);
    return ok;
}

/* What a submission reverses: posted, no reversal, neither reversed nor answered for by the bank
 * before. NULL when it reverses nothing. */
static bool find_reversed(struct state *state, const struct submission *submission,
                          struct voucher **out, struct error *err)
{
    *out = NULL;
    if (submission->reverses[0] == '\0') return true;
    if (!find_voucher(&state->vouchers, submission->reverses, out, err)) return false;
    if ((*out)->status != VOUCHER_POSTED) {
        return error_set(err, ERROR_VERIFY, "reverses voucher %s, which isn't posted",
                         submission->reverses);
    }
    if ((*out)->is_reversal || (*out)->is_answered) {
        return error_set(err, ERROR_VERIFY, "reverses voucher %s, %s", submission->reverses,
                         (*out)->is_reversal ? _("a reversal itself")
                                             : _("for which the bank has answered"));
    }
    return true;
}

/* It gives back to each account just what the other took, as far as both can be read. */
static bool check_undoing(const struct submission *submission, const struct voucher *reversed,
                          struct error *err)
{
    hash_t hash;

    if (reversed == NULL || !submission->are_totals_known || !reversed->is_undone_known)
        return true;
    if (!postings_hash(&submission->postings, false, &hash, err)) return false;
    return hash_equal(&hash, &reversed->undone) ||
           error_set(err, ERROR_VERIFY, "moves something else than voucher %s, which it reverses",
                     submission->reverses);
}

static bool is_movement(const struct view *view, const char *movement)
{
    return json_string_equals(view->document, json_member(view->document, view->body, "movement"),
                              movement);
}

static bool refuse_passage(const char *movement, struct error *err)
{
    if (strcmp(movement, "payment") == 0)
        return error_set(err, ERROR_VERIFY,
                         "pays to another account than in_transit of the one that it takes from");
    return error_set(err, ERROR_VERIFY,
                     "is a %s that does otherwise than move between available and receivable of "
                     "one division, book and fund",
                     translate(movement));
}

/* Does each line that can be read go where its movement goes? And who borrows is a person. */
static bool check_lines_passage(const struct run *run, const char *movement, struct error *err)
{
    for (unsigned i = 0; i < ARRAY_COUNT(passages); i++) {
        if (strcmp(passages[i].movement, movement) != 0) continue;
        if ((run->passages & 1U << i) == 0) return refuse_passage(movement, err);
        if (passages[i].from != NULL && run->sealed_lines != run->rows.size)
            return error_set(err, ERROR_VERIFY,
                             "is a %s with a line that isn't about a natural person",
                             translate(movement));
    }
    return true;
}

/* Nothing but loans, repayments and what undoes them comes near what is lent. */
static bool check_lent(const struct balances *balances, const struct postings *postings,
                       const char *movement, struct error *err)
{
    bool may = strcmp(movement, "loan") == 0 || strcmp(movement, "repayment") == 0 ||
               strcmp(movement, "reversal") == 0;

    for (size_t i = 0; i < postings->count && !may; i++) {
        const struct balance *account = &balances->accounts[postings->items[i].account];

        if (account->is_receivable)
            return error_set(err, ERROR_VERIFY, "is a %s and moves what was lent: %s",
                             translate(movement), account->name);
    }
    return true;
}

static bool check_totals_passage(struct balances *balances, const struct postings *postings,
                                 const char *movement, struct error *err)
{
    for (unsigned i = 0; i < ARRAY_COUNT(passages); i++) {
        if (strcmp(passages[i].movement, movement) == 0 &&
            !balances_pass(balances, postings, passages[i].from, passages[i].to))
            return refuse_passage(movement, err);
    }
    return check_lent(balances, postings, movement, err);
}

/* Read and check what a submission says of itself. */
static bool read_submission(struct state *state, const struct view *view, const char *number,
                            struct submission *submission, struct error *err)
{
    struct run *run = &state->run;
    char movement[MOVEMENT_SIZE];
    struct privacy privacy;
    bool is_reversal;

    if (run->kind != RUN_LINES || strcmp(run->voucher, number) != 0) {
        return error_set(err, ERROR_VERIFY, "the lines of voucher %s don't stand just before it",
                         number);
    }
    submission->leaf = view->block->leaves[view->i];
    view_text(view, "event_date", submission->event_date, sizeof submission->event_date);
    view_text(view, "lines_root", submission->lines_root, sizeof submission->lines_root);
    view_text(view, "reference", submission->reference, sizeof submission->reference);
    view_text(view, "reverses", submission->reverses, sizeof submission->reverses);
    if (!json_get_integer(view->document, view->body, "line_count", &submission->line_count, err))
        return false;
    if ((uint64_t)submission->line_count != run->rows.size) {
        return error_set(err, ERROR_VERIFY, "states %lld lines where %llu stand before it",
                         (long long)submission->line_count, (unsigned long long)run->rows.size);
    }
    if (memcmp(number, submission->event_date, 4) != 0) {
        return error_set(err, ERROR_VERIFY,
                         "voucher %s isn't numbered in the year of its event, %s", number,
                         submission->event_date);
    }
    is_reversal = is_movement(view, "reversal");
    if (is_reversal != (submission->reverses[0] != '\0')) {
        return error_set(err, ERROR_VERIFY,
                         is_reversal ? N_("is a reversal, but names no voucher that it reverses")
                                     : N_("is no reversal, but names a voucher that it reverses"));
    }
    view_text(view, "movement", movement, sizeof movement);
    if (!check_lines_passage(run, movement, err)) return false;
    if (!date_parse(submission->event_date, &submission->event, err)) return false;
    if (!months_place(&state->months, submission->event, view_day(view),
                      is_reversal || view_is_true(view, "late"), &submission->month, err))
        return false;
    if (!read_totals(state, view, run->all_open ? &run->totals : NULL, submission, err))
        return false;
    privacy = (struct privacy){.is_about_people = view_is_true(view, "people"),
                               .is_reversal = is_reversal,
                               .are_sealed = is_member_sealed(view, "totals"),
                               .are_totals_known = submission->are_totals_known,
                               .postings = &submission->postings};
    if (!privacy_check(state, run, &privacy, err) ||
        !check_totals_passage(&state->balances, &submission->postings, movement, err))
        return false;
    if (strcmp(movement, "loan") == 0 &&
        !aid_check_loan(state, &submission->postings, submission->event, err))
        return false;
    return divisions_check_voucher(
        state, &(struct division_event){submission->event, movement, &submission->postings}, err);
}

bool vouchers_submit(struct state *state, const struct view *view, struct error *err)
{
    static const enum user_role roles[] = {USER_MAKER};
    struct submission *submission = calloc(1, sizeof *submission);
    struct voucher_year *year = NULL;
    struct voucher *reversed = NULL;
    const struct person *signer = NULL;
    struct signed_voucher words;
    hash_t undone;
    char number[VOUCHER_SIZE];
    money_t sent;
    bool ok = false;

    if (submission == NULL) return error_set(err, ERROR_MEMORY, "no memory for a voucher");
    if (!state_signer(state, view, &signer, err)) goto out;
    view_text(view, "voucher", number, sizeof number);
    if (!read_submission(state, view, number, submission, err)) goto out;
    memcpy(submission->submitter, signer->user, sizeof submission->submitter);
    if (!check_scopes(state, &submission->postings, signer, roles, ARRAY_COUNT(roles), err))
        goto out;
    if (!find_reversed(state, submission, &reversed, err)) goto out;
    if (!check_undoing(submission, reversed, err)) goto out;
    /* It undoes nothing before it was done. */
    if (reversed != NULL && submission->month < reversed->month) {
        submission->month = reversed->month;
    }
    if (!state_take_reference(state, view, err)) goto out;
    words = signed_words(state, submission, "submit", number);
    if (!check_signature(state, view, signer, &words, err)) goto out;
    if (!state_close_run(state, view, err)) goto out;
    if (!next_voucher(&state->vouchers, number, &year, err)) goto out;
    if (!months_add_pending(&state->months, submission->month, err)) goto out;
    if (!postings_sum_given(&submission->postings, &sent, err)) goto out;
    if (!postings_hash(&submission->postings, true, &undone, err)) goto out;
    if (!balances_hold(&state->balances, &submission->postings, err)) goto out;
    if (reversed != NULL) reversed->reversals++;
    year->vouchers[year->count++] = (struct voucher){
        .submission = submission,
        .submit_seq = view->seq,
        .month = submission->month,
        .event = submission->event,
        .line_count = (uint32_t)submission->line_count,
        .undone = undone,
        .is_undone_known = submission->are_totals_known,
        .status = VOUCHER_SUBMITTED,
        .is_payment = is_movement(view, "payment"),
        .is_receipt = is_movement(view, "receipt"),
        .is_reversal = is_movement(view, "reversal"),
        .is_about_people = view_is_true(view, "people"),
        .has_sealed_totals = is_member_sealed(view, "totals"),
        .is_unanswered_known = submission->are_totals_known,
        .unanswered = sent,
    };
    submission = NULL;
    ok = true;
out:
    submission_free(submission);
    return ok;
}

/* ---- Decision ------------------------------------------------------------------------------- */

static const struct {
    enum kind_id kind;
    const char *act;
    enum voucher_status status;
} decisions[] = {
    {KIND_VOUCHER_APPROVE, "approve", VOUCHER_POSTED},
    {KIND_VOUCHER_REJECT, "reject", VOUCHER_REJECTED},
    {KIND_VOUCHER_WITHDRAW, "withdraw", VOUCHER_WITHDRAWN},
};

static bool check_decider(const struct state *state, const struct submission *submission,
                          const struct person *signer, enum kind_id kind, struct error *err)
{
    static const enum user_role roles[] = {USER_CHECKER};
    bool is_own = strcmp(signer->user, submission->submitter) == 0;

    if (kind == KIND_VOUCHER_WITHDRAW) {
        if (is_own) return true;
        return error_set(err, ERROR_VERIFY, "%s withdraws what %s submitted", signer->user,
                         submission->submitter);
    }
    if (is_own) {
        return error_set(err, ERROR_VERIFY,
                         "%s both submitted the voucher and decided on it; that takes two",
                         signer->user);
    }
    if (people_stands_in(&state->people, signer->user, submission->submitter, USER_MAKER) ||
        people_stands_in(&state->people, submission->submitter, signer->user, USER_MAKER)) {
        return error_set(err, ERROR_VERIFY,
                         "%s decided on what %s submitted while one stood in for the other as "
                         "maker",
                         signer->user, submission->submitter);
    }
    return check_scopes(state, &submission->postings, signer, roles, ARRAY_COUNT(roles), err);
}

/* What it moves has moved; what can't be read may have moved anything. */
static bool post(struct state *state, const struct submission *submission, struct error *err)
{
    if (!submission->are_totals_known) state->balances.is_partial = true;
    return balances_post(&state->balances, &submission->postings, err);
}

bool vouchers_decide(struct state *state, const struct view *view, struct error *err)
{
    char number[VOUCHER_SIZE], text[TEXT_SIZE_MAX];
    const struct person *signer = NULL;
    struct signed_voucher words;
    struct voucher *voucher = NULL, *reversed = NULL;
    size_t decision = 0;
    hash_t submit;

    while (decisions[decision].kind != view->facts->kind) {
        decision++;
        assert(decision < ARRAY_COUNT(decisions));
    }
    if (!state_signer(state, view, &signer, err)) return false;
    view_text(view, "voucher", number, sizeof number);
    if (!find_voucher(&state->vouchers, number, &voucher, err)) return false;
    if (voucher->status != VOUCHER_SUBMITTED) {
        return error_set(err, ERROR_VERIFY, "voucher %s was decided before", number);
    }
    view_text(view, "submit", text, sizeof text);
    if (!hash_from_hex(text, &submit, err)) return false;
    if (!hash_equal(&submit, &voucher->submission->leaf)) {
        return error_set(err, ERROR_VERIFY, "names another submission than that of voucher %s",
                         number);
    }
    if (!check_decider(state, voucher->submission, signer, view->facts->kind, err)) return false;
    words = signed_words(state, voucher->submission, decisions[decision].act, number);
    view_text(view, "reason", text, sizeof text);
    words.reason_sha256 = hash_sha256((const uint8_t *)text, strlen(text));
    if (!check_signature(state, view, signer, &words, err)) return false;
    if (view->facts->kind == KIND_VOUCHER_APPROVE) {
        if (!find_reversed(state, voucher->submission, &reversed, err)) return false;
        if (reversed != NULL) {
            reversed->status = VOUCHER_REVERSED;
            if (!moved_undo(state, voucher->submission->reverses, err)) return false;
        }
        if (!post(state, voucher->submission, err) ||
            !moved_keep(state, voucher, &voucher->submission->postings, err))
            return false;
    } else if (!balances_release(&state->balances, &voucher->submission->postings, err)) {
        return false;
    }
    if (voucher->submission->reverses[0] != '\0') {
        if (!find_voucher(&state->vouchers, voucher->submission->reverses, &reversed, err))
            return false;
        reversed->reversals--;
    }
    voucher->status = (uint8_t)decisions[decision].status;
    months_drop_pending(&state->months, voucher->month);
    submission_free(voucher->submission);
    voucher->submission = NULL;
    return true;
}

/* ---- The bank ------------------------------------------------------------------------------- */

/* What it moves: from in_transit, and no more than the voucher sent and nothing answered for. */
static bool check_answer(const struct state *state, const struct view *view,
                         struct voucher *voucher, const struct submission *bank, struct error *err)
{
    const char *role = view->facts->kind == KIND_BANK_RETURN ? "owed" : "spent";
    money_t sum = MONEY_ZERO;

    if (bank->are_totals_known &&
        !balances_are_answered(&state->balances, &bank->postings, role, &sum, err))
        return false;
    if (!bank->are_totals_known) voucher->is_unanswered_known = false;
    if (!voucher->is_unanswered_known) return true;
    if (!money_subtract(voucher->unanswered, sum, &voucher->unanswered, err)) return false;
    return !money_is_negative(voucher->unanswered) ||
           error_set(err, ERROR_VERIFY, "answers for %lld fen more than the voucher sent",
                     -(long long)voucher->unanswered.fen);
}

/* Is the entry about all that was paid? Known when its lines can be read. */
static bool read_coverage(const struct view *view, struct voucher *voucher, bool *is_all_out)
{
    const struct json_document *document;
    uint32_t lines, count;

    if (!entry_open_member(view->block, view->i, view->reader, "lines", &document, &lines)) {
        return false;
    }
    count = json_count(document, lines);
    *is_all_out = !voucher->is_partly_answered && (count == 0 || count == voucher->line_count);
    if (count > 0) voucher->is_partly_answered = true;
    return true;
}

static bool check_bank_privacy(const struct view *view, struct voucher *voucher, struct error *err)
{
    bool are_sealed = is_member_sealed(view, "totals"), is_all;

    if (!voucher->is_about_people) {
        if (!are_sealed && !is_member_sealed(view, "lines")) return true;
        return error_set(err, ERROR_VERIFY, "hides what it says of a voucher not about people");
    }
    if (!is_member_sealed(view, "lines")) {
        return error_set(err, ERROR_VERIFY, "shows lines about people in clear");
    }
    if (!are_sealed && voucher->has_sealed_totals) {
        return error_set(err, ERROR_VERIFY,
                         "shows totals in clear from which sealed ones could be reckoned");
    }
    if (read_coverage(view, voucher, &is_all)) {
        if (!are_sealed && !is_all) {
            return error_set(err, ERROR_VERIFY, "shows totals of some of the lines about people");
        }
        if (are_sealed && is_all && !voucher->has_sealed_totals) {
            return error_set(err, ERROR_VERIFY, "hides totals that the voucher shows");
        }
    }
    if (are_sealed) voucher->has_sealed_totals = true;
    return true;
}

/* Only a payment that stands, and not before its day. */
static bool check_answered(const struct voucher *voucher, const char *number, date_t event,
                           struct error *err)
{
    if (voucher->status != VOUCHER_POSTED) {
        return error_set(err, ERROR_VERIFY, "voucher %s isn't approved", number);
    }
    if (!voucher->is_payment) {
        return error_set(err, ERROR_VERIFY, "voucher %s is no payment", number);
    }
    return !date_is_before(event, voucher->event) ||
           error_set(err, ERROR_VERIFY, "answers before the day of voucher %s", number);
}

bool vouchers_apply_bank(struct state *state, const struct view *view, struct error *err)
{
    static const enum user_role roles[] = {USER_MAKER, USER_CHECKER};
    struct submission bank = {0};
    const struct person *signer = NULL;
    struct voucher *voucher = NULL;
    char number[VOUCHER_SIZE];
    int32_t month;
    date_t event;
    bool ok = false;

    if (!state_signer(state, view, &signer, err)) goto out;
    view_text(view, "voucher", number, sizeof number);
    if (!find_voucher(&state->vouchers, number, &voucher, err)) goto out;
    view_text(view, "event_date", bank.event_date, sizeof bank.event_date);
    if (!date_parse(bank.event_date, &event, err)) goto out;
    if (!check_answered(voucher, number, event, err)) goto out;
    if (!months_place(&state->months, event, view_day(view), view_is_true(view, "late"), &month,
                      err))
        goto out;
    if (!check_bank_privacy(view, voucher, err)) goto out;
    if (!read_totals(state, view, NULL, &bank, err)) goto out;
    if (!divisions_check_bank(state, &bank.postings, err)) goto out;
    if (!check_scopes(state, &bank.postings, signer, roles, ARRAY_COUNT(roles), err)) goto out;
    if (!state_take_reference(state, view, err)) goto out;
    if (!check_answer(state, view, voucher, &bank, err)) goto out;
    if (!balances_hold(&state->balances, &bank.postings, err)) goto out;
    if (!post(state, &bank, err)) goto out;
    voucher->is_answered = true;
    if (voucher->month < month) voucher->month = month;
    ok = state_check_act(state, view, signer, err);
out:
    postings_done(&bank.postings);
    return ok;
}

/* ---- For acts and attachments ---------------------------------------------------------------- */

/* "2021-000007"? */
static bool is_number(const char *text)
{
    return strlen(text) == 11 && text[4] == '-' && strspn(text, "0123456789") == 4 &&
           strspn(text + 5, "0123456789") == 6;
}

bool vouchers_find(struct vouchers *vouchers, const char *number, const struct voucher **out,
                   struct error *err)
{
    struct voucher *voucher = NULL;

    if (!is_number(number)) return error_set(err, ERROR_VERIFY, "%s is no voucher number", number);
    if (!find_voucher(vouchers, number, &voucher, err)) return false;
    *out = voucher;
    return true;
}

struct voucher *vouchers_from(struct vouchers *vouchers, uint64_t seq)
{
    struct voucher *found = NULL;

    for (size_t i = 0; i < vouchers->year_count; i++) {
        const struct voucher_year *year = &vouchers->years[i];
        size_t low = 0, high = year->count;

        while (low < high) {
            size_t middle = low + (high - low) / 2;

            if (year->vouchers[middle].submit_seq < seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < year->count &&
            (found == NULL || year->vouchers[low].submit_seq < found->submit_seq))
            found = &year->vouchers[low];
    }
    return found;
}
