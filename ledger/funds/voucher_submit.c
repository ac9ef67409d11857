/*
 * voucher_submit.c - the kind voucher.submit: the signed head of the lines that stand before it.
 *
 * 1. What the entry says of its lines (how many, their root, the totals, whether people are paid)
 * is computed from the lines again and must agree.
 * 2. Everything is checked before money is held; a refusal leaves nothing, because the transaction
 *    is rolled back.
 */
#include <assert.h>
#include <string.h>

#include "ledger/funds/internal.h"

#include "base/language.h"

static const char *const movement_words[] = {
    "appropriation", "receipt",    "allocation", "recovery",   "commitment", "release",
    "payment",       "settlement", "refund",     "remittance", "assignment", "reallocation",
    "loan",          "repayment",  "succession", "reversal",   NULL};

const struct entry_member total_members[] = {
    {.name = "amount", .type = MEMBER_SIGNED_AMOUNT, .mark = MEMBER_PUBLIC},
    {.name = "book", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = book_words},
    {.name = "division", .type = MEMBER_DIVISION, .mark = MEMBER_PUBLIC},
    {.name = "fund", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "role", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = account_role_words},
    {.name = NULL},
};

// clang-format off
static const struct entry_member submit_members[] = {
    {.name = "content", .type = MEMBER_HASH, .mark = MEMBER_SEALED, .may_be_gone = true},
    {.name = "document", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "event_date", .type = MEMBER_DATE, .mark = MEMBER_PUBLIC},
    {.name = "late", .type = MEMBER_BOOLEAN, .mark = MEMBER_PUBLIC},
    {.name = "line_count", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = "lines_root", .type = MEMBER_HASH, .mark = MEMBER_PUBLIC},
    {.name = "movement", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = movement_words},
    {.name = "people", .type = MEMBER_BOOLEAN, .mark = MEMBER_PUBLIC},
    {.name = "reference", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "reverses", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "text", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "totals", .type = MEMBER_ARRAY, .mark = MEMBER_SEALED_IF_PERSONAL, .members = total_members},
    {.name = "voucher", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};
// clang-format on

/* ---- Bytes that are signed ------------------------------------------------------------------- */

bool totals_write(const struct tally *totals, struct buffer *out, struct error *err)
{
    struct json_writer writer;

    json_writer_init(&writer, out);
    json_array_begin(&writer);
    for (size_t i = 0; i < totals->count; i++) {
        const struct account *account = tally_key(totals, i);

        if (money_is_zero(totals->sums[i])) continue;
        json_object_begin(&writer);
        json_member_integer(&writer, "amount", totals->sums[i].fen);
        json_member_string(&writer, "book", book_name(account->book));
        json_member_string(&writer, "division", account->division);
        json_member_string(&writer, "fund", account->fund);
        json_member_string(&writer, "role", account_role_name(account->role));
        json_object_end(&writer);
    }
    json_array_end(&writer);
    return json_writer_finish(&writer, err);
}

bool voucher_statement_write(struct journal *journal, const struct voucher_statement *statement,
                             struct buffer *out, struct error *err)
{
    struct json_writer writer;
    char date[DATE_TEXT_SIZE], hex[HASH_HEX_SIZE];
    hash_t reason;

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_member_string(&writer, "act", statement->act);
    json_member_string(&writer, "event_date", date_format(statement->event_date, date));
    json_member_integer(&writer, "line_count", statement->line_count);
    json_member_string(&writer, "lines_root", hash_to_hex(&statement->lines_root, hex));
    json_member_string(&writer, "origin", journal_origin(journal));
    if (statement->submit != NULL) {
        reason = hash_sha256((const uint8_t *)statement->reason, strlen(statement->reason));
        json_member_string(&writer, "reason_sha256", hash_to_hex(&reason, hex));
    }
    json_member_string(&writer, "reference", statement->reference);
    if (statement->submit != NULL)
        json_member_string(&writer, "submit", hash_to_hex(statement->submit, hex));
    json_member_string(&writer, "totals_sha256", hash_to_hex(&statement->totals_sha256, hex));
    json_member_string(&writer, "voucher", statement->voucher);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

/* ---- Reading the entry ----------------------------------------------------------------------- */

static bool read_header(const struct json_document *document, uint32_t body, struct submission *out,
                        struct error *err)
{
    char movement[16], hex[HASH_HEX_SIZE];
    struct voucher_header *header = &out->header;

    return json_get_string(document, body, "movement", movement, sizeof movement, err) &&
           movement_parse(movement, &header->movement, err) &&
           json_get_string(document, body, "reference", header->reference, CODE_SIZE, err) &&
           json_get_date(document, body, "event_date", &header->event_date, err) &&
           json_get_boolean(document, body, "late", &header->late, err) &&
           json_get_string(document, body, "document", header->document, TEXT_SIZE, err) &&
           json_get_string(document, body, "text", header->text, TEXT_SIZE, err) &&
           json_get_string(document, body, "voucher", out->voucher, VOUCHER_NUMBER_SIZE, err) &&
           json_get_string(document, body, "reverses", out->reverses, VOUCHER_NUMBER_SIZE, err) &&
           json_get_string(document, body, "signer", out->maker, sizeof out->maker, err) &&
           json_get_integer(document, body, "line_count", &out->line_count, err) &&
           json_get_boolean(document, body, "people", &out->people, err) &&
           json_get_string(document, body, "lines_root", hex, sizeof hex, err) &&
           hash_from_hex(hex, &out->lines_root, err);
}

static bool read_content(struct journal *journal, const struct entry_view *entry,
                         struct submission *out, struct error *err)
{
    struct json_document *document = funds_state(journal)->detail;
    const uint8_t *text;
    char hex[HASH_HEX_SIZE];
    size_t size;
    uint32_t node;

    out->content = HASH_ZERO;
    if (journal_member_is_gone(entry, "content")) return true;
    if (!journal_open_member(journal, entry, "content", out->voucher, document, &node, err))
        return false;
    if (json_type(document, node) != JSON_STRING)
        return error_set(err, ERROR_INPUT, "the sealed content is not a hash");
    text = json_string_value(document, node, &size);
    if (size != HASH_HEX_SIZE - 1)
        return error_set(err, ERROR_INPUT, "the sealed content is not a hash");
    memcpy(hex, text, size);
    hex[size] = '\0';
    return hash_from_hex(hex, &out->content, err);
}

/* ---- What the entry says of its lines -------------------------------------------------------- */

static bool check_number(struct journal *journal, const struct submission *submission,
                         struct error *err)
{
    struct buffer number = BUFFER_INIT(VOUCHER_NUMBER_SIZE);
    int year, month, day;
    int64_t last;
    bool ok = false;

    date_to_civil(submission->header.event_date, &year, &month, &day);
    if (!sql_integer(journal,
                     "INSERT INTO voucher_counter (year, last) VALUES ($1, 1) ON CONFLICT (year) "
                     "DO UPDATE SET last = voucher_counter.last + 1 RETURNING last",
                     SQL_VALUES(SQL_INTEGER(year)), &last, err))
        goto out;
    if (last > 999999) {
        (void)error_set(err, ERROR_LIMIT, "there are 999999 vouchers in %04d already", year);
        goto out;
    }
    if (!buffer_append_format(&number, err, "%04d-%06d", year, (int)last)) goto out;
    if (strcmp(buffer_text(&number), submission->voucher) != 0) {
        (void)error_set(err, ERROR_STATE, "voucher %s is out of order; the next of %04d is %s",
                        submission->voucher, year, buffer_text(&number));
        goto out;
    }
    ok = true;
out:
    buffer_done(&number);
    return ok;
}

static bool check_lines(struct journal *journal, const struct submission *submission,
                        struct error *err)
{
    const struct voucher_pass *pass = &funds_state(journal)->pass;
    struct covered_rows rows;

    journal_covered_rows(journal, &rows);
    if (pass->line_count == 0 || rows.count != pass->line_count ||
        rows.first_seq != pass->first_seq || strcmp(pass->voucher, submission->voucher) != 0)
        return error_set(err, ERROR_STATE,
                         "voucher %s has no lines before it; give it at least one",
                         submission->voucher);
    if (submission->line_count != pass->line_count)
        return error_set(err, ERROR_STATE, "voucher %s says it has %lld lines and has %u",
                         submission->voucher, (long long)submission->line_count, pass->line_count);
    if (submission->people != (pass->person_count > 0 || pass->gone_count > 0))
        return error_set(err, ERROR_STATE,
                         "voucher %s says %s natural persons are paid, its lines "
                         "say otherwise",
                         submission->voucher, submission->people ? _("that") : _("no"));
    return true;
}

/* What its lines moved that are lost or erased is what the totals say beyond the others. */
static bool fill_gone(struct journal *journal, const struct entry_view *entry,
                      const struct submission *submission, struct error *err)
{
    struct funds_state *state = funds_state(journal);
    struct tally totals;
    uint32_t node;
    bool ok;

    if (state->pass.gone_count == 0) return true;
    tally_init(&totals, sizeof(struct account), 2 * VOUCHER_ACCOUNTS_MAX);
    ok = journal_open_member(journal, entry, "totals", submission->voucher, state->detail, &node,
                             err) &&
         totals_read(state->detail, node, &totals, err) &&
         pass_fill_gone(&state->pass, &totals, err);
    tally_done(&totals);
    return ok;
}

static bool check_totals(struct journal *journal, const struct entry_view *entry,
                         struct submission *submission, struct error *err)
{
    const struct funds_state *state = funds_state(journal);
    struct buffer own = BUFFER_INIT(BODY_SIZE_BYTES_MAX);
    bool must_seal = pass_must_seal(&state->pass);
    uint32_t node = json_member(entry->document, entry->body, "totals");
    const uint8_t *given;
    size_t size;
    bool ok = false;

    given = json_source(entry->document, node, &size);
    submission->totals_sha256 = hash_sha256(given, size);
    submission->totals_sealed = json_type(entry->document, node) == JSON_OBJECT;
    if (submission->totals_sealed != must_seal && state->pass.gone_count == 0) {
        (void)error_set(err, ERROR_INPUT,
                        must_seal ? N_("a voucher about fewer than %d persons, or about what the "
                                       "bank returned to people, seals its totals")
                                  : N_("the totals are sealed; only those of a voucher about fewer "
                                       "than %d persons are, or about what the bank returned to "
                                       "people"),
                        PERSONS_IN_CLEAR_MIN);
        goto out;
    }
    if (!totals_write(&state->pass.totals, &own, err) ||
        !journal_open_member(journal, entry, "totals", submission->voucher, state->detail, &node,
                             err))
        goto out;
    given = json_source(state->detail, node, &size);
    if (size != own.size || memcmp(given, own.data, size) != 0) {
        (void)error_set(err, ERROR_STATE, "the totals of voucher %s are not the sums of its lines",
                        submission->voucher);
        goto out;
    }
    ok = true;
out:
    buffer_done(&own);
    return ok;
}

static bool check_signature(struct journal *journal, const struct entry_view *entry,
                            const struct submission *submission, struct error *err)
{
    struct buffer message = BUFFER_INIT(4096);
    struct voucher_statement statement = {
        .act = "submit",
        .voucher = submission->voucher,
        .reference = submission->header.reference,
        .event_date = submission->header.event_date,
        .line_count = submission->line_count,
        .lines_root = submission->lines_root,
        .totals_sha256 = submission->totals_sha256,
    };
    char signature[128];
    bool ok = false;

    if (!json_get_string(entry->document, entry->body, "signature", signature, sizeof signature,
                         err) ||
        !voucher_statement_write(journal, &statement, &message, err) ||
        !journal_check_signature(journal, entry->actor, message.data, message.size, signature, err))
        goto out;
    ok = true;
out:
    buffer_done(&message);
    return ok;
}

/* ---- Applying -------------------------------------------------------------------------------- */

static bool take_reference(struct journal *journal, const struct submission *submission,
                           struct error *err)
{
    struct reference reference = {submission->header.reference, REFERENCE_VOUCHER,
                                  submission->content};

    return journal_reference_take(journal, &reference, submission->seq, err);
}

/* Everything that needs the state. The rows come first, so that the checks can ask for them. */
static bool admit(struct journal *journal, struct submission *submission, struct error *err)
{
    bool is_reversal = submission->header.movement == MOVEMENT_REVERSAL;
    struct funds_state *state = funds_state(journal);

    submission->effect = submission->header.movement;
    if (!period_booking_month(journal, submission->header.event_date,
                              submission->header.late || is_reversal, &submission->booking_month,
                              err))
        return false;
    if (is_reversal && !reversal_check(journal, submission, err)) return false;
    if (!voucher_check_legs(journal, submission, err) ||
        !voucher_check_settlement(journal, submission, err) ||
        !voucher_check_negative_list(journal, submission, err) ||
        !voucher_check_clear_totals(journal, err) ||
        (!is_reversal && !voucher_check_returned_apart(journal, err)) ||
        (!is_reversal && !voucher_take_returned(journal, submission, err)) ||
        !voucher_insert_payees(journal, submission, err) ||
        !voucher_hold(journal, submission, err) ||
        !voucher_require_role(journal, submission->voucher, submission->maker, ROLE_MAKER, err))
        return false;
    if (submission->header.movement == MOVEMENT_APPROPRIATION &&
        !voucher_check_ceiling(journal, submission->voucher, err))
        return false;
    if (submission->header.movement == MOVEMENT_REFUND &&
        !voucher_check_refunds(journal, submission, err))
        return false;
    if (!voucher_check_borrowers(journal, err)) return false;
    state->reversing_seq = 0;
    return true;
}

static bool submit_apply(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct funds_state *state = funds_state(journal);
    struct submission submission;

    memset(&submission, 0, sizeof submission);
    submission.seq = entry->seq;
    submission.hash = entry->hash;
    if (!read_header(entry->document, entry->body, &submission, err) ||
        !voucher_check_header(&submission.header, submission.reverses, err) ||
        !fill_gone(journal, entry, &submission, err) || !pass_finish(&state->pass, err) ||
        !check_lines(journal, &submission, err) || !check_number(journal, &submission, err) ||
        !check_totals(journal, entry, &submission, err) ||
        !check_signature(journal, entry, &submission, err) ||
        !read_content(journal, entry, &submission, err) ||
        !take_reference(journal, &submission, err) || !admit(journal, &submission, err))
        return false;
    pass_reset(&state->pass);
    return true;
}

static bool submit_describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    struct submission submission;
    char date[DATE_TEXT_SIZE];

    memset(&submission, 0, sizeof submission);
    return read_header(entry->document, entry->body, &submission, err) &&
           buffer_append_format(out, err, "submits voucher %s (%s, %lld lines, %s, reference %s)",
                                submission.voucher, movement_name(submission.header.movement),
                                (long long)submission.line_count,
                                date_format(submission.header.event_date, date),
                                submission.header.reference);
}

const struct entry_kind voucher_submit_kind = {
    .name = "voucher.submit",
    .members = submit_members,
    .apply = submit_apply,
    .describe = submit_describe,
};
