/*
 * bank.c - what the bank did with sent payments: bank.confirm and bank.return.
 *
 *     confirmed: in_transit -> spent, and the law's term `spent` grows
 *     returned:  in_transit -> owed; from there only paid again or remitted
 *
 * 1. An entry is about all lines of a voucher that are still in transit, or about named ones.
 * 2. An entry about people leaves its totals in clear only when nobody can learn a single payment
 *    from them (docs/format.md section 5.3).
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

static const struct entry_member bank_members[] = {
    {.name = "event_date", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = "late", .type = MEMBER_BOOLEAN, .mark = MEMBER_PUBLIC},
    {.name = "lines",
     .type = MEMBER_ARRAY,
     .mark = MEMBER_SEALED_IF_PERSONAL,
     .may_be_gone = true,
     .element = MEMBER_INTEGER},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "reason", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "reference", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "totals",
     .type = MEMBER_ARRAY,
     .mark = MEMBER_SEALED_IF_PERSONAL,
     .members = total_members},
    {.name = "voucher", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

/* A bank entry, from its caller or from the journal. */
struct answer {
    bool is_return;
    char voucher[CODE_SIZE];
    char reference[CODE_SIZE];
    char reason[TEXT_SIZE];
    date_t event_date;
    bool late;
    int32_t lines[BANK_LINES_MAX]; /* ascending */
    size_t line_count;             /* 0: all still in transit */
    bool are_lines_gone;           /* lost: which ones, nobody knows */
    bool is_by_totals;             /* what they came to is known from the totals only */
    struct tally totals;           /* of struct account */
};

static bool answer_new(struct answer **out, struct error *err)
{
    struct answer *answer = calloc(1, sizeof *answer);

    if (answer == NULL) return error_set(err, ERROR_MEMORY, "no memory for a bank entry");
    tally_init(&answer->totals, sizeof(struct account), 2 * VOUCHER_ACCOUNTS_MAX);
    *out = answer;
    return true;
}

static void answer_free(struct answer *answer)
{
    if (answer == NULL) return;
    tally_done(&answer->totals);
    free(answer);
}

/* ---- What it moves --------------------------------------------------------------------------- */

static bool add_amount(struct answer *answer, const struct account *of, money_t amount,
                       struct error *err)
{
    struct account from, to;

    account_set(&from, of->division, of->book, of->fund, ACCOUNT_IN_TRANSIT);
    account_set(&to, of->division, of->book, of->fund,
                answer->is_return ? ACCOUNT_OWED : ACCOUNT_SPENT);
    return tally_add(&answer->totals, &from, money_negate(amount), NULL, err) &&
           tally_add(&answer->totals, &to, amount, NULL, err);
}

static bool add_all_in_transit(struct journal *journal, const struct voucher_row *row,
                               struct answer *answer, struct error *err)
{
    struct statement *statement = NULL;
    struct account account;
    enum book book;
    bool has_row, ok = false;

    if (!sql_prepare(journal,
                     "SELECT division, book, fund, amount FROM transit WHERE voucher = $1 AND "
                     "amount > 0 ORDER BY division, book, fund",
                     SQL_VALUES(SQL_TEXT(row->voucher.number)), &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!book_parse(statement_text(statement, 1), &book, err)) goto out;
        account_set(&account, statement_text(statement, 0), book, statement_text(statement, 2),
                    ACCOUNT_IN_TRANSIT);
        if (!add_amount(answer, &account, (money_t){statement_integer(statement, 3)}, err))
            goto out;
    }
    if (answer->totals.count == 0) {
        (void)error_set(err, ERROR_STATE,
                        "nothing of voucher %s is in transit any more; the bank has answered for "
                        "all of it",
                        row->voucher.number);
        goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

static bool add_lines(struct journal *journal, const struct voucher_row *row, struct answer *answer,
                      struct error *err)
{
    struct voucher_line *line = malloc(sizeof *line);
    enum line_state state;
    bool ok = false;

    if (line == NULL) return error_set(err, ERROR_MEMORY, "no memory for a line");
    for (size_t i = 0; i < answer->line_count; i++) {
        if (i > 0 && answer->lines[i] <= answer->lines[i - 1]) {
            (void)error_set(err, ERROR_INPUT, "the lines of a bank entry are named once each");
            goto out;
        }
        if (!voucher_line_find(journal, row->voucher.number, answer->lines[i], line, &state, err))
            goto out;
        if (line->is_gone && !journal_is_replaying(journal)) {
            (void)error_set(
                err, ERROR_STATE,
                "line %d of voucher %s is lost or erased, so nobody knows what the bank "
                "answers for; answer for all that is in transit of the voucher",
                answer->lines[i], row->voucher.number);
            goto out;
        }
        answer->is_by_totals = answer->is_by_totals || line->is_gone;
        if (state != LINE_IN_TRANSIT) {
            (void)error_set(err, ERROR_STATE,
                            "line %d of voucher %s is %s; the bank answers only for lines in "
                            "transit",
                            answer->lines[i], row->voucher.number,
                            translate(line_state_name(state)));
            goto out;
        }
        if (!line->is_gone && !add_amount(answer, &line->to, line->amount, err)) goto out;
    }
    ok = true;
out:
    free(line);
    return ok;
}

static bool check_voucher(const struct voucher_row *row, const struct answer *answer,
                          struct error *err)
{
    const struct voucher *voucher = &row->voucher;

    if (voucher->movement != MOVEMENT_PAYMENT)
        return error_set(err, ERROR_STATE,
                         "voucher %s is no payment but %s; the bank answers for payments only",
                         voucher->number, translate(movement_name(voucher->movement)));
    if (voucher->state != VOUCHER_POSTED)
        return error_set(err, ERROR_STATE,
                         "voucher %s is %s; the bank answers for approved payments only",
                         voucher->number, translate(voucher_state_name(voucher->state)));
    if (voucher->reversed_by[0] != '\0')
        return error_set(err, ERROR_STATE,
                         "voucher %s is being reversed by %s; reject the reversal first",
                         voucher->number, voucher->reversed_by);
    if (date_is_before(answer->event_date, voucher->event_date))
        return error_set(err, ERROR_INPUT,
                         "the bank can't have answered before the day of voucher %s",
                         voucher->number);
    if (answer->is_return && answer->reason[0] == '\0')
        return error_set(err, ERROR_INPUT,
                         "a returned payment says why it came back; give the "
                         "bank's reason");
    return true;
}

static bool sum_up(struct journal *journal, const struct voucher_row *row, struct answer *answer,
                   struct error *err)
{
    bool ok = check_voucher(row, answer, err) &&
              (answer->line_count == 0 ? add_all_in_transit(journal, row, answer, err)
                                       : add_lines(journal, row, answer, err));

    return ok && tally_sort(&answer->totals, account_compare, err);
}

static bool must_seal_totals(const struct voucher_row *row, const struct answer *answer)
{
    bool covers_all =
        !row->bank_partial &&
        (answer->line_count == 0 || (int64_t)answer->line_count == row->voucher.line_count);

    return row->voucher.people && (row->voucher.totals_sealed || !covers_all);
}

/* ---- What identifies it ---------------------------------------------------------------------- */

static bool write_lines(const struct answer *answer, struct buffer *out, struct error *err)
{
    struct json_writer writer;

    json_writer_init(&writer, out);
    json_array_begin(&writer);
    for (size_t i = 0; i < answer->line_count; i++)
        json_integer(&writer, answer->lines[i]);
    json_array_end(&writer);
    return json_writer_finish(&writer, err);
}

static const char *kind_of(const struct answer *answer)
{
    return answer->is_return ? "bank.return" : "bank.confirm";
}

/* SHA-256 of the canonical JSON of what was given: {event_date, kind, lines, reason, voucher}. */
static bool hash_content(const struct answer *answer, const char *voucher, hash_t *out,
                         struct error *err)
{
    struct buffer lines = BUFFER_INIT(BODY_SIZE_BYTES_MAX), all = BUFFER_INIT(BODY_SIZE_BYTES_MAX);
    struct json_writer writer;
    bool ok = false;

    if (!write_lines(answer, &lines, err)) goto out;
    json_writer_init(&writer, &all);
    json_object_begin(&writer);
    json_member_date(&writer, "event_date", true, answer->event_date);
    json_member_string(&writer, "kind", kind_of(answer));
    json_name(&writer, "lines");
    json_raw(&writer, lines.data, lines.size);
    json_member_string(&writer, "reason", answer->reason);
    json_member_string(&writer, "voucher", voucher);
    json_object_end(&writer);
    if (!json_writer_finish(&writer, err)) goto out;
    *out = hash_sha256(all.data, all.size);
    ok = true;
out:
    buffer_done(&lines);
    buffer_done(&all);
    return ok;
}

/* ---- The kinds ------------------------------------------------------------------------------- */

static bool read_lines(struct journal *journal, const struct entry_view *entry,
                       struct answer *answer, struct error *err)
{
    struct json_document *document = funds_state(journal)->detail;
    uint32_t node, line;

    answer->line_count = 0;
    answer->are_lines_gone = journal_member_is_gone(entry, "lines");
    if (answer->are_lines_gone) return true;
    if (!journal_open_member(journal, entry, "lines", answer->reference, document, &node, err))
        return false;
    if (json_type(document, node) != JSON_ARRAY || json_count(document, node) > BANK_LINES_MAX)
        return error_set(err, ERROR_LIMIT, "a bank entry names at most %d lines; make several",
                         BANK_LINES_MAX);
    for (line = json_first(document, node); line != JSON_NONE; line = json_next(document, line)) {
        int64_t number =
            json_type(document, line) == JSON_INTEGER ? json_integer_value(document, line) : 0;

        if (number < 1 || number > VOUCHER_LINES_MAX)
            return error_set(err, ERROR_INPUT, "a bank entry names lines by their numbers");
        answer->lines[answer->line_count++] = (int32_t)number;
    }
    return true;
}

static bool read_answer(struct journal *journal, const struct entry_view *entry, struct answer *out,
                        struct error *err)
{
    const struct json_document *document = entry->document;

    out->is_return = strcmp(entry->kind, "bank.return") == 0;
    return json_get_string(document, entry->body, "voucher", out->voucher, VOUCHER_NUMBER_SIZE,
                           err) &&
           json_get_string(document, entry->body, "reference", out->reference, CODE_SIZE, err) &&
           json_get_string(document, entry->body, "reason", out->reason, TEXT_SIZE, err) &&
           json_get_date(document, entry->body, "event_date", &out->event_date, err) &&
           json_get_boolean(document, entry->body, "late", &out->late, err) &&
           read_lines(journal, entry, out, err);
}

static bool is_sealed(const struct entry_view *entry, const char *member)
{
    uint32_t node = json_member(entry->document, entry->body, member);

    return json_type(entry->document, node) == JSON_OBJECT;
}

/* The voucher must have as much on the way there. */
static bool require_sent(struct journal *journal, const struct answer *answer,
                         const struct account *account, money_t amount, struct error *err)
{
    int64_t sent;

    if (!sql_integer(journal,
                     "SELECT COALESCE(SUM(amount), 0) FROM transit WHERE voucher = $1 AND division "
                     "= $2 AND book = $3 AND fund = $4",
                     SQL_VALUES(SQL_TEXT(answer->voucher), SQL_TEXT(account->division),
                                SQL_TEXT(book_name(account->book)), SQL_TEXT(account->fund)),
                     &sent, err))
        return false;
    return amount.fen <= sent ||
           error_set(err, ERROR_STATE,
                     "bank entry %s answers for more than voucher %s has in transit",
                     answer->reference, answer->voucher);
}

/* Lines that are gone: what the entry's own totals say that it takes from in_transit. The rest of
 * what they say is reckoned from that, and compared (check_seals). */
static bool take_totals(struct journal *journal, const struct entry_view *entry,
                        struct answer *answer, struct error *err)
{
    struct json_document *document = funds_state(journal)->detail;
    struct tally stated;
    uint32_t node;
    bool ok = false;

    if (!answer->is_by_totals) return true;
    tally_init(&stated, sizeof(struct account), 2 * VOUCHER_ACCOUNTS_MAX);
    tally_reset(&answer->totals);
    if (!journal_open_member(journal, entry, "totals", answer->reference, document, &node, err) ||
        !totals_read(document, node, &stated, err))
        goto out;
    for (size_t i = 0; i < stated.count; i++) {
        const struct account *account = tally_key(&stated, i);
        money_t amount = money_negate(stated.sums[i]);

        if (account->role != ACCOUNT_IN_TRANSIT || money_is_negative(amount)) continue;
        if (!require_sent(journal, answer, account, amount, err) ||
            !add_amount(answer, account, amount, err))
            goto out;
    }
    ok = tally_sort(&answer->totals, account_compare, err);
out:
    tally_done(&stated);
    return ok;
}

/* In clear, the totals are those of all lines; sealed, they tell nobody which. */
static bool check_lines_gone(const struct entry_view *entry, const struct answer *answer,
                             struct error *err)
{
    if (!answer->are_lines_gone || !is_sealed(entry, "totals")) return true;
    return error_set(err, ERROR_NOT_FOUND,
                     "for which lines of voucher %s the bank answers is lost; restore it from a "
                     "backup",
                     answer->voucher);
}

static bool check_seals(struct journal *journal, const struct entry_view *entry,
                        const struct voucher_row *row, const struct answer *answer,
                        struct error *err)
{
    struct json_document *document = funds_state(journal)->detail;
    struct buffer own = BUFFER_INIT(BODY_SIZE_BYTES_MAX);
    const uint8_t *given;
    size_t size;
    uint32_t node;
    bool ok = false;

    if (is_sealed(entry, "lines") != row->voucher.people ||
        is_sealed(entry, "totals") != must_seal_totals(row, answer)) {
        (void)error_set(err, ERROR_INPUT,
                        "lines or totals of the bank entry stand in clear where they must be "
                        "sealed, or the other way round");
        goto out;
    }
    if (!totals_write(&answer->totals, &own, err) ||
        !journal_open_member(journal, entry, "totals", answer->reference, document, &node, err))
        goto out;
    given = json_source(document, node, &size);
    if (size != own.size || memcmp(given, own.data, size) != 0) {
        (void)error_set(err, ERROR_STATE,
                        "the totals of bank entry %s are not the sums of its lines",
                        answer->reference);
        goto out;
    }
    ok = true;
out:
    buffer_done(&own);
    return ok;
}

static bool require_role(struct journal *journal, const char *user, const struct answer *answer,
                         struct error *err)
{
    for (size_t i = 0; i < answer->totals.count; i++) {
        const struct account *account = tally_key(&answer->totals, i);

        if (!require_either_role(journal, user, ROLE_MAKER, ROLE_CHECKER, account->division, err))
            return false;
    }
    return true;
}

/* What the entry did to an account, kept so that a day inside a month can be told. */
static bool insert_posting(struct journal *journal, const char *reference,
                           const struct account *account, money_t amount, struct error *err)
{
    return sql_run(journal,
                   "INSERT INTO bank_posting (reference, division, book, fund, role, amount) "
                   "VALUES ($1, $2, $3, $4, $5, $6)",
                   SQL_VALUES(SQL_TEXT(reference), SQL_TEXT(account->division),
                              SQL_TEXT(book_name(account->book)), SQL_TEXT(account->fund),
                              SQL_TEXT(account_role_name(account->role)), SQL_INTEGER(amount.fen)),
                   err);
}

/* Balances, the term `spent`, and what is left for the bank to answer. */
static bool move(struct journal *journal, const struct answer *answer, int32_t month,
                 struct error *err)
{
    for (size_t i = 0; i < answer->totals.count; i++) {
        const struct account *account = tally_key(&answer->totals, i);
        money_t amount = answer->totals.sums[i];

        if (!account_move(journal, account, amount, month, err) ||
            !insert_posting(journal, answer->reference, account, amount, err))
            return false;
        if (account->role == ACCOUNT_SPENT &&
            !flow_add(journal, account, FLOW_SPENT, month, amount, err))
            return false;
        if (account->role == ACCOUNT_IN_TRANSIT &&
            !sql_run(journal,
                     "UPDATE transit SET amount = amount + $1 WHERE voucher = $2 AND division = $3 "
                     "AND book = $4 AND fund = $5",
                     SQL_VALUES(SQL_INTEGER(amount.fen), SQL_TEXT(answer->voucher),
                                SQL_TEXT(account->division), SQL_TEXT(book_name(account->book)),
                                SQL_TEXT(account->fund)),
                     err))
            return false;
    }
    return true;
}

static bool mark_lines(struct journal *journal, const struct answer *answer, uint64_t seq,
                       struct error *err)
{
    const char *state = line_state_name(answer->is_return ? LINE_RETURNED : LINE_CONFIRMED);

    if (answer->line_count == 0)
        return sql_run(journal, "UPDATE voucher SET lines_state = $1 WHERE number = $2",
                       SQL_VALUES(SQL_TEXT(state), SQL_TEXT(answer->voucher)), err);
    for (size_t i = 0; i < answer->line_count; i++)
        if (!sql_run(
                journal,
                "INSERT INTO line_mark (voucher, line, state, settled_by, seq) VALUES ($1, $2, "
                "$3, '', $4)",
                SQL_VALUES(SQL_TEXT(answer->voucher), SQL_INTEGER(answer->lines[i]),
                           SQL_TEXT(state), SQL_INTEGER(seq)),
                err))
            return false;
    return sql_run(journal, "UPDATE voucher SET bank_partial = 1 WHERE number = $1",
                   SQL_VALUES(SQL_TEXT(answer->voucher)), err);
}

static bool book_answer(struct journal *journal, const struct entry_view *entry,
                        const struct voucher_row *row, const struct answer *answer,
                        struct error *err)
{
    struct reference reference = {answer->reference, REFERENCE_BANK, HASH_ZERO};
    char date[DATE_TEXT_SIZE];
    int32_t month;

    if ((!answer->are_lines_gone &&
         !hash_content(answer, answer->voucher, &reference.content, err)) ||
        !journal_reference_take(journal, &reference, entry->seq, err) ||
        !period_booking_month(journal, answer->event_date, answer->late, &month, err))
        return false;
    if (month < row->voucher.booking_month) month = row->voucher.booking_month;
    if (!move(journal, answer, month, err) || !mark_lines(journal, answer, entry->seq, err))
        return false;
    return sql_run(journal,
                   "INSERT INTO bank_entry (reference, voucher, kind, event_date, booking_month, "
                   "seq) VALUES ($1, $2, $3, $4, $5, $6)",
                   SQL_VALUES(SQL_TEXT(answer->reference), SQL_TEXT(answer->voucher),
                              SQL_TEXT(answer->is_return ? "return" : "confirm"),
                              SQL_TEXT(date_format(answer->event_date, date)), SQL_INTEGER(month),
                              SQL_INTEGER(entry->seq)),
                   err);
}

static bool bank_apply(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct answer *answer = NULL;
    struct voucher_row row;
    bool ok;

    if (!answer_new(&answer, err)) return false;
    ok = read_answer(journal, entry, answer, err) && check_lines_gone(entry, answer, err) &&
         voucher_row_find(journal, answer->voucher, &row, err) &&
         sum_up(journal, &row, answer, err) && take_totals(journal, entry, answer, err) &&
         require_role(journal, entry->actor, answer, err) &&
         check_seals(journal, entry, &row, answer, err) &&
         book_answer(journal, entry, &row, answer, err);
    answer_free(answer);
    return ok;
}

static bool bank_describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    char voucher[VOUCHER_NUMBER_SIZE], date[DATE_TEXT_SIZE];
    bool is_return = strcmp(entry->kind, "bank.return") == 0;

    return json_get_string(entry->document, entry->body, "voucher", voucher, sizeof voucher, err) &&
           json_get_string(entry->document, entry->body, "event_date", date, sizeof date, err) &&
           buffer_append_format(out, err, "records that the bank %s payments of voucher %s on %s",
                                is_return ? "returned" : "confirmed", voucher, date);
}

const struct entry_kind bank_confirm_kind = {
    .name = "bank.confirm",
    .members = bank_members,
    .apply = bank_apply,
    .describe = bank_describe,
};

const struct entry_kind bank_return_kind = {
    .name = "bank.return",
    .members = bank_members,
    .apply = bank_apply,
    .describe = bank_describe,
};

/* ---- Writing --------------------------------------------------------------------------------- */

static int compare_lines(const void *a, const void *b)
{
    const int32_t *left = a, *right = b;

    return *left < *right ? -1 : *left > *right;
}

static bool copy_entry(const struct bank_entry *entry, struct answer *out, struct error *err)
{
    if (entry->line_count > BANK_LINES_MAX)
        return error_set(err, ERROR_LIMIT, "a bank entry names at most %d lines; make several",
                         BANK_LINES_MAX);
    out->is_return = entry->is_return;
    text_fill(out->voucher, sizeof out->voucher, entry->voucher);
    text_fill(out->reference, sizeof out->reference, entry->reference);
    text_fill(out->reason, sizeof out->reason, entry->reason);
    out->event_date = entry->event_date;
    out->late = entry->late;
    for (size_t i = 0; i < entry->line_count; i++)
        out->lines[i] = entry->lines[i];
    out->line_count = entry->line_count;
    qsort(out->lines, out->line_count, sizeof out->lines[0], compare_lines);
    return true;
}

/* A member's value and, when it is sealed, what stands in its place. */
struct part {
    struct buffer value, plain, member;
    bool is_sealed;
};

static bool seal_part(struct journal *journal, const struct answer *answer, const char *member,
                      struct part *part, struct sealed_value *sealed, struct error *err)
{
    struct buffer purpose = BUFFER_INIT(64);
    bool ok;

    ok = buffer_append_format(&purpose, err, "%s/%s", kind_of(answer), member) &&
         journal_seal(journal, buffer_text(&purpose), answer->reference, &part->value, &part->plain,
                      &part->member, sealed, err);
    buffer_done(&purpose);
    return ok;
}

static void write_part(struct json_writer *writer, const char *name, const struct part *part)
{
    const struct buffer *shown = part->is_sealed ? &part->member : &part->value;

    json_name(writer, name);
    json_raw(writer, shown->data, shown->size);
}

static bool append_answer(struct journal *journal, const struct signatory *by,
                          const struct voucher_row *row, const struct answer *answer,
                          struct error *err)
{
    struct part lines = {BUFFER_INIT(BODY_SIZE_BYTES_MAX), BUFFER_INIT(BODY_SIZE_BYTES_MAX),
                         BUFFER_INIT(256), row->voucher.people};
    struct part totals = {BUFFER_INIT(BODY_SIZE_BYTES_MAX), BUFFER_INIT(BODY_SIZE_BYTES_MAX),
                          BUFFER_INIT(256), must_seal_totals(row, answer)};
    struct buffer body = BUFFER_INIT(BODY_SIZE_BYTES_MAX);
    struct sealed_value sealed[2];
    struct json_writer writer;
    struct appended appended;
    size_t count = 0;
    bool ok = false;

    if (!write_lines(answer, &lines.value, err) ||
        !totals_write(&answer->totals, &totals.value, err) ||
        (lines.is_sealed && !seal_part(journal, answer, "lines", &lines, &sealed[count++], err)) ||
        (totals.is_sealed && !seal_part(journal, answer, "totals", &totals, &sealed[count++], err)))
        goto out;
    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    json_member_date(&writer, "event_date", true, answer->event_date);
    json_member_boolean(&writer, "late", answer->late);
    write_part(&writer, "lines", &lines);
    json_member_string(&writer, "reason", answer->reason);
    json_member_string(&writer, "reference", answer->reference);
    write_part(&writer, "totals", &totals);
    json_member_string(&writer, "voucher", row->voucher.number);
    json_object_end(&writer);
    if (!json_writer_finish(&writer, err)) goto out;
    ok = journal_append_act(journal, by, kind_of(answer), &body, sealed, count, &appended, err);
out:
    buffer_done(&lines.value);
    buffer_done(&lines.plain);
    buffer_done(&lines.member);
    buffer_done(&totals.value);
    buffer_done(&totals.plain);
    buffer_done(&totals.member);
    buffer_done(&body);
    return ok;
}

bool bank_record(struct journal *journal, const struct signatory *by,
                 const struct bank_entry *entry, struct error *err)
{
    struct reference reference = {entry->reference, REFERENCE_BANK, HASH_ZERO};
    struct answer *answer = NULL;
    struct voucher found;
    struct voucher_row row;
    uint64_t seq;
    bool is_repeat = false, ok = false;

    if (!answer_new(&answer, err)) return false;
    if (!copy_entry(entry, answer, err) || !voucher_find(journal, entry->voucher, &found, err) ||
        !voucher_row_find(journal, found.number, &row, err) ||
        !hash_content(answer, found.number, &reference.content, err) ||
        !journal_reference_check(journal, &reference, &is_repeat, &seq, err))
        goto out;
    ok = is_repeat ||
         (sum_up(journal, &row, answer, err) && append_answer(journal, by, &row, answer, err));
out:
    answer_free(answer);
    return ok;
}
