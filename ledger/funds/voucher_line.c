/*
 * voucher_line.c - the kind voucher.line, and what is gathered of lines until their submit comes.
 *
 * 1. A line by itself changes no table. It is read, its contractor checked, and it is summed into
 * its leg and its accounts, which are checked and booked when voucher.submit is applied.
 * 2. Memory is a few dozen bytes for each line and bounded by VOUCHER_LINES_MAX.
 * 3. Lines of one voucher stand together, numbered from 1, and nothing stands between.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

#define PAYEES_SIZE_MAX (VOUCHER_LINES_MAX * (TEXT_SIZE + 2))

const char *const book_words[] = {"construction", "livelihood", "none", "subsidy", NULL};
const char *const books_with_accounts_words[] = {"construction", "livelihood", "subsidy", NULL};
const char *const account_role_words[] = {"source",     "unassigned", "available", "committed",
                                          "held",       "in_transit", "owed",      "retention",
                                          "receivable", "spent",      NULL};

static const struct entry_member account_members[] = {
    {.name = "book", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = book_words},
    {.name = "division", .type = MEMBER_DIVISION, .mark = MEMBER_PUBLIC},
    {.name = "fund", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "role", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = account_role_words},
    {.name = NULL},
};

/* In clear a payee is an organisation. A person's members stand only under the seal of the detail.
 */
static const struct entry_member payee_members[] = {
    {.name = "name", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "uscc", .type = MEMBER_USCC, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

static const struct entry_member returned_members[] = {
    {.name = "line", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = "voucher", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

// clang-format off
static const struct entry_member detail_members[] = {
    {.name = "agreement", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC, .optional = true},
    {.name = "amount", .type = MEMBER_AMOUNT, .mark = MEMBER_PUBLIC},
    {.name = "contract", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC, .optional = true},
    {.name = "from", .type = MEMBER_OBJECT, .mark = MEMBER_PUBLIC, .members = account_members},
    {.name = "payee", .type = MEMBER_OBJECT, .mark = MEMBER_PUBLIC, .optional = true, .members = payee_members},
    {.name = "plan_line", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC, .optional = true},
    {.name = "policy", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC, .optional = true},
    {.name = "project", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC, .optional = true},
    {.name = "returned", .type = MEMBER_OBJECT, .mark = MEMBER_PUBLIC, .optional = true, .members = returned_members},
    {.name = "text", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC, .optional = true},
    {.name = "to", .type = MEMBER_OBJECT, .mark = MEMBER_PUBLIC, .members = account_members},
    {.name = NULL},
};
// clang-format on

static const struct entry_member line_members[] = {
    {.name = "detail",
     .type = MEMBER_OBJECT,
     .mark = MEMBER_SEALED_IF_PERSONAL,
     .may_be_gone = true,
     .members = detail_members},
    {.name = "line", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = "voucher", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

/* ---- The pass -------------------------------------------------------------------------------- */

void pass_open(struct voucher_pass *pass)
{
    memset(pass, 0, sizeof *pass);
    tally_init(&pass->leg_sums, sizeof(struct leg_key), VOUCHER_LEGS_MAX);
    tally_init(&pass->totals, sizeof(struct account), VOUCHER_ACCOUNTS_MAX);
    pass->payees = (struct buffer)BUFFER_INIT(PAYEES_SIZE_MAX);
}

void pass_close(struct voucher_pass *pass)
{
    tally_done(&pass->leg_sums);
    tally_done(&pass->totals);
    buffer_done(&pass->payees);
    free(pass->legs);
    free(pass->lines);
    free(pass->returned);
    memset(pass, 0, sizeof *pass);
}

void pass_reset(struct voucher_pass *pass)
{
    tally_reset(&pass->leg_sums);
    tally_reset(&pass->totals);
    buffer_reset(&pass->payees);
    pass->voucher[0] = '\0';
    pass->line_count = 0;
    pass->amount = MONEY_ZERO;
    pass->returned_count = 0;
    pass->person_count = 0;
    pass->gone_count = 0;
    pass->is_finished = false;
    pass->last_text[0] = pass->last_policy[0] = '\0';
    memset(pass->forbidden, 0, sizeof pass->forbidden);
}

/* Make room for one more element; `capacity` doubles up to VOUCHER_LINES_MAX. */
static bool grow(void **items, size_t *capacity, size_t count, size_t size, struct error *err)
{
    size_t more = *capacity == 0 ? 64 : *capacity * 2;
    void *grown;

    if (count < *capacity) return true;
    grown = realloc(*items, more * size);
    if (grown == NULL) return error_set(err, ERROR_MEMORY, "no memory for the voucher's lines");
    *items = grown;
    *capacity = more;
    return true;
}

bool pass_add_to_leg(struct voucher_pass *pass, const struct leg_key *key, money_t amount,
                     size_t *leg_out, struct error *err)
{
    size_t row, before = pass->leg_sums.count;
    void *legs = pass->legs;

    if (!tally_add(&pass->leg_sums, key, amount, &row, err)) return false;
    if (row == before) {
        if (!grow(&legs, &pass->leg_capacity, before, sizeof *pass->legs, err)) return false;
        pass->legs = legs;
        memset(&pass->legs[row], 0, sizeof pass->legs[row]);
    }
    if (leg_out != NULL) *leg_out = row;
    return tally_add(&pass->totals, &key->from, money_negate(amount), NULL, err) &&
           tally_add(&pass->totals, &key->to, amount, NULL, err);
}

static bool add_to_leg(struct voucher_pass *pass, const struct voucher_line *line, uint32_t number,
                       uint32_t *leg_out, struct error *err)
{
    struct leg_key key;
    size_t row;

    leg_key_set(&key, line);
    if (!pass_add_to_leg(pass, &key, line->amount, &row, err)) return false;
    leg_note(&pass->legs[row], line, number);
    *leg_out = (uint32_t)row;
    return true;
}

static bool add_returned(struct voucher_pass *pass, const struct voucher_line *line,
                         const struct pass_line *kept, struct error *err)
{
    struct pass_returned *returned;
    void *items = pass->returned;

    if (line->returned_voucher[0] == '\0') return true;
    if (!grow(&items, &pass->returned_capacity, pass->returned_count, sizeof *returned, err))
        return false;
    pass->returned = items;
    returned = &pass->returned[pass->returned_count++];
    text_fill(returned->voucher, sizeof returned->voucher, line->returned_voucher);
    returned->line = line->returned_line;
    returned->by = *kept;
    return true;
}

static void note_forbidden(struct voucher_pass *pass, const struct voucher_line *line,
                           uint32_t number)
{
    char text[NEGATIVE_LIST_TEXT_SIZE], policy[NEGATIVE_LIST_TEXT_SIZE];

    /* Most lines of a voucher say the same as their neighbour. */
    if (strcmp(line->text, pass->last_text) == 0 && strcmp(line->policy, pass->last_policy) == 0)
        return;
    text_fill(pass->last_text, strlen(line->text) + 1, line->text);
    text_fill(pass->last_policy, strlen(line->policy) + 1, line->policy);
    negative_list_squeeze(line->text, text);
    negative_list_squeeze(line->policy, policy);
    for (size_t i = 0; i < negative_list_count(); i++)
        if (pass->forbidden[i] == 0 &&
            (negative_list_find(i, text) != NULL || negative_list_find(i, policy) != NULL))
            pass->forbidden[i] = number;
}

/* Room for one more line; it is not counted yet. */
static bool begin_line(struct voucher_pass *pass, struct pass_line **out, struct error *err)
{
    void *lines = pass->lines;

    if (pass->is_finished)
        return error_set(err, ERROR_STATE,
                         "the lines of voucher %s were summed up already; roll back",
                         pass->voucher);
    if (pass->line_count == VOUCHER_LINES_MAX)
        return error_set(err, ERROR_LIMIT, "a voucher has at most %d lines; split it",
                         VOUCHER_LINES_MAX);
    if (!grow(&lines, &pass->line_capacity, pass->line_count, sizeof **out, err)) return false;
    pass->lines = lines;
    *out = &pass->lines[pass->line_count];
    memset(*out, 0, sizeof **out);
    (*out)->payee_at = pass->payees.size;
    (*out)->line = pass->line_count + 1;
    return true;
}

bool pass_add_gone(struct voucher_pass *pass, struct error *err)
{
    struct pass_line *kept;

    if (!begin_line(pass, &kept, err)) return false;
    kept->is_gone = true;
    pass->gone_count++;
    pass->line_count++;
    return true;
}

bool pass_add(struct voucher_pass *pass, const struct voucher_line *line, struct error *err)
{
    uint32_t number = pass->line_count + 1;
    struct pass_line *kept;

    if (!begin_line(pass, &kept, err)) return false;
    kept->amount = line->amount;
    kept->has_payee = line->payee.name[0] != '\0';
    kept->is_person = kept->has_payee && line->payee.is_person;
    if (kept->has_payee && (!payee_key(&line->payee, &pass->payees, err) ||
                            !buffer_append_byte(&pass->payees, '\0', err)))
        return false;
    if (!add_to_leg(pass, line, number, &kept->leg, err) || !add_returned(pass, line, kept, err) ||
        !money_add(pass->amount, line->amount, &pass->amount, err))
        return false;
    note_forbidden(pass, line, number);
    pass->line_count = number;
    return true;
}

struct keyed_line {
    const char *payee;
    struct pass_line line;
};

static int compare_keyed(const void *a, const void *b)
{
    const struct keyed_line *left = a, *right = b;
    int order = strcmp(left->payee, right->payee);

    if (order != 0) return order;
    return left->line.line < right->line.line ? -1 : left->line.line > right->line.line;
}

bool pass_finish(struct voucher_pass *pass, struct error *err)
{
    struct keyed_line *keyed;
    const char *last_person = "";

    if (pass->is_finished) return true;
    keyed = malloc((pass->line_count + 1) * sizeof *keyed);
    if (keyed == NULL) return error_set(err, ERROR_MEMORY, "no memory to sort the voucher's lines");
    for (uint32_t i = 0; i < pass->line_count; i++) {
        keyed[i].line = pass->lines[i];
        keyed[i].payee = "";
        if (pass->lines[i].has_payee)
            keyed[i].payee = (const char *)pass->payees.data + pass->lines[i].payee_at;
    }
    qsort(keyed, pass->line_count, sizeof *keyed, compare_keyed);
    pass->person_count = 0;
    for (uint32_t i = 0; i < pass->line_count; i++) {
        pass->lines[i] = keyed[i].line;
        if (!keyed[i].line.is_person || strcmp(keyed[i].payee, last_person) == 0) continue;
        pass->person_count++;
        last_person = keyed[i].payee;
    }
    free(keyed);
    pass->is_finished = true;
    return tally_sort(&pass->totals, account_compare, err);
}

bool pass_must_seal(const struct voucher_pass *pass)
{
    assert(pass->is_finished);
    if (pass->person_count == 0) return false;
    for (size_t i = 0; i < pass->totals.count; i++) {
        const struct account *account = tally_key(&pass->totals, i);

        if (account->role == ACCOUNT_OWED) return true;
    }
    return pass->person_count < PERSONS_IN_CLEAR_MIN;
}

/* ---- The kind -------------------------------------------------------------------------------- */

bool line_subject(const char *voucher, uint32_t line, struct buffer *out, struct error *err)
{
    return buffer_append_text(out, voucher, err) && buffer_append_byte(out, '/', err) &&
           buffer_append_integer(out, line, err);
}

static bool read_line(struct journal *journal, const struct entry_view *entry, const char *subject,
                      struct error *err)
{
    struct funds_state *state = funds_state(journal);
    const struct voucher_line *before = state->has_line ? &state->line : NULL;
    const struct json_document *document = entry->document;
    date_t today = instant_to_date_in(entry->time, ZONE_CHINA_SECONDS);
    uint32_t node = json_member(document, entry->body, "detail");
    bool is_sealed = json_member(document, node, "sealed") != JSON_NONE;

    if (is_sealed) {
        if (!journal_open_member(journal, entry, "detail", subject, state->detail, &node, err))
            return false;
        document = state->detail;
    }
    if (!detail_read(document, node, today, before, &state->line, err)) return false;
    if (state->line.payee.is_person != is_sealed)
        return error_set(
            err, ERROR_INPUT,
            is_sealed ? N_("a line that is not about a person is sealed; public money is public")
                      : N_("a line about a person stands in clear; it must be sealed"));
    return true;
}

static bool line_apply(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct funds_state *state = funds_state(journal);
    struct voucher_pass *pass = &state->pass;
    struct buffer subject = BUFFER_INIT(64);
    char voucher[VOUCHER_NUMBER_SIZE];
    int32_t number;
    bool ok = false;

    if (!json_get_string(entry->document, entry->body, "voucher", voucher, sizeof voucher, err) ||
        !json_get_small(entry->document, entry->body, "line", &number, err))
        goto out;
    state->has_line = state->has_line && pass->line_count > 0;
    if (pass->line_count == 0) {
        pass->first_seq = entry->seq;
        text_fill(pass->voucher, sizeof pass->voucher, voucher);
    }
    state->bad_line = pass->line_count + 1;
    if (strcmp(pass->voucher, voucher) != 0 || number != (int32_t)pass->line_count + 1 ||
        entry->seq != pass->first_seq + pass->line_count) {
        (void)error_set(err, ERROR_STATE,
                        "line %d of voucher %s stands where line %u of %s belongs", number, voucher,
                        pass->line_count + 1, pass->voucher);
        goto out;
    }
    if (!line_subject(voucher, (uint32_t)number, &subject, err)) goto out;
    if (journal_member_is_gone(entry, "detail")) {
        if (!pass_add_gone(pass, err)) goto out;
    } else {
        if (!read_line(journal, entry, buffer_text(&subject), err) ||
            !voucher_check_contractor(journal, &state->line, err) ||
            !pass_add(pass, &state->line, err))
            goto out;
        state->has_line = true;
    }
    state->bad_line = 0;
    ok = true;
out:
    buffer_done(&subject);
    return ok;
}

static bool line_describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    char voucher[VOUCHER_NUMBER_SIZE];
    int32_t number;

    return json_get_string(entry->document, entry->body, "voucher", voucher, sizeof voucher, err) &&
           json_get_small(entry->document, entry->body, "line", &number, err) &&
           buffer_append_format(out, err, "writes line %d of voucher %s", number, voucher);
}

const struct entry_kind voucher_line_kind = {
    .name = "voucher.line",
    .members = line_members,
    .apply = line_apply,
    .describe = line_describe,
    .covered_by = "voucher.submit",
};
