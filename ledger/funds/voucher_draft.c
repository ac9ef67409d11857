/*
 * voucher_draft.c - a voucher being put together, and its submission.
 *
 * 1. Lines are kept as the canonical JSON that their entries will hold, about 300 bytes each.
 * 2. Lines of a voucher about people are written in random order, so that the order of a register
 *    doesn't tell who is who.
 * 3. What is signed (totals, root) is computed from the entries as they were appended, by the code
 *    that checks it again when the submission is applied.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/encode.h"
#include "base/language.h"
#include "base/text.h"
#include "ledger/funds/internal.h"

#define DRAFT_SIZE_BYTES_MAX (128 * 1024 * 1024)

struct draft_line {
    size_t at, size; /* in draft->details */
    bool is_person;
};

struct voucher_draft {
    struct journal *journal;
    struct voucher_header header;
    char reverses[VOUCHER_NUMBER_SIZE];
    struct buffer details;
    struct draft_line *lines;
    size_t count, capacity;
    bool people;
    struct voucher_line scratch;
};

/* ---- Putting together ------------------------------------------------------------------------ */

static bool draft_new(struct journal *journal, const struct voucher_header *header,
                      const char *reverses, struct voucher_draft **out, struct error *err)
{
    struct voucher_draft *draft;

    if (!text_check_code(header->reference, "reference", err) ||
        !voucher_check_header(header, reverses, err))
        return false;
    draft = calloc(1, sizeof *draft);
    if (draft == NULL) return error_set(err, ERROR_MEMORY, "no memory for a voucher");
    draft->journal = journal;
    draft->header = *header;
    text_fill(draft->reverses, sizeof draft->reverses, reverses);
    draft->details = (struct buffer)BUFFER_INIT(DRAFT_SIZE_BYTES_MAX);
    *out = draft;
    return true;
}

bool voucher_draft_new(struct journal *journal, const struct voucher_header *header,
                       struct voucher_draft **out, struct error *err)
{
    if (header->movement == MOVEMENT_REVERSAL)
        return error_set(err, ERROR_INPUT,
                         "a reversal takes its lines from the voucher that it reverses; use "
                         "voucher reverse");
    return draft_new(journal, header, "", out, err);
}

void voucher_draft_free(struct voucher_draft *draft)
{
    if (draft == NULL) return;
    buffer_wipe(&draft->details); /* it names people */
    buffer_done(&draft->details);
    free(draft->lines);
    free(draft);
}

/* No personal number has fewer than 11 digits. Ideographs (U+4000 to U+9FFF, first bytes E4 to E9)
   are none; every other character beyond ASCII is counted as if it were one. */
static bool may_hold_number(const char *text)
{
    int digits = 0;

    for (const char *at = text; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;

        digits += (byte >= '0' && byte <= '9') || (byte >= 0xC0 && (byte < 0xE4 || byte > 0xE9));
    }
    return digits >= 11;
}

static bool check_free_text(const char *text, const char *what, struct error *err)
{
    enum text_finding finding =
        may_hold_number(text) ? text_find_personal_number(text) : TEXT_CLEAN;

    if (finding == TEXT_CLEAN) return true;
    return error_set(err, ERROR_INPUT, "the %s holds %s; it is published, so leave it out", what,
                     translate(text_finding_name(finding)));
}

/* Personal data is checked and put into its one form; what is published holds none. */
static bool check_payee(const struct voucher_draft *draft, struct voucher_line *line,
                        struct error *err)
{
    char normalized[ID_CARD_SIZE];
    date_t today = instant_to_date_in(journal_time(draft->journal), ZONE_CHINA_SECONDS);

    if (line->payee.name[0] != '\0' && line->payee.is_person) {
        if (!id_card_normalize(line->payee.id_number, today, normalized, err)) return false;
        text_fill(line->payee.id_number, sizeof line->payee.id_number, normalized);
        return true;
    }
    if (line->payee.name[0] != '\0' && line->payee.uscc[0] != '\0' &&
        !uscc_check(line->payee.uscc, err))
        return false;
    return check_free_text(line->payee.name, "payee's name", err) &&
           check_free_text(line->text, "line's text", err) &&
           check_free_text(line->policy, "policy", err);
}

static bool check_codes(const struct voucher_line *line, struct error *err)
{
    return division_code_check(line->from.division, err) &&
           division_code_check(line->to.division, err) &&
           text_check_code(line->from.fund, "fund", err) &&
           (line->project[0] == '\0' || text_check_code(line->project, "project", err)) &&
           (line->contract[0] == '\0' || text_check_code(line->contract, "contract", err));
}

static bool check_line(const struct voucher_draft *draft, struct voucher_line *line,
                       struct error *err)
{
    struct leg_key key;
    struct leg leg;
    uint32_t bad_line;

    if (line->amount.fen <= 0)
        return error_set(err, ERROR_INPUT, "the amount must be above 0; write what is moved");
    if (!check_codes(line, err) || !check_payee(draft, line, err)) return false;
    if (draft->header.movement == MOVEMENT_REVERSAL) return true;
    leg_key_set(&key, line);
    memset(&leg, 0, sizeof leg);
    leg_note(&leg, line, 1);
    return leg_check(draft->header.movement, &key, &leg, &bad_line, err);
}

static bool reserve_line(struct voucher_draft *draft, struct error *err)
{
    size_t capacity = draft->capacity == 0 ? 64 : draft->capacity * 2;
    struct draft_line *lines;

    if (draft->count == VOUCHER_LINES_MAX)
        return error_set(err, ERROR_LIMIT, "a voucher has at most %d lines; split it",
                         VOUCHER_LINES_MAX);
    if (draft->count < draft->capacity) return true;
    lines = realloc(draft->lines, capacity * sizeof *lines);
    if (lines == NULL) return error_set(err, ERROR_MEMORY, "no memory for the voucher's lines");
    draft->lines = lines;
    draft->capacity = capacity;
    return true;
}

bool voucher_draft_add(struct voucher_draft *draft, const struct voucher_line *line,
                       struct error *err)
{
    struct voucher_line *own = &draft->scratch;
    struct draft_line *kept;
    size_t at = draft->details.size;

    *own = *line;
    if (draft->header.movement == MOVEMENT_PAYMENT) {
        own->to = own->from;
        own->to.role = ACCOUNT_IN_TRANSIT;
    }
    if (!check_line(draft, own, err) || !reserve_line(draft, err) ||
        !detail_write(own, &draft->details, err))
        return false;
    if (draft->details.size - at > DETAIL_SIZE_BYTES_MAX)
        return error_set(err, ERROR_LIMIT, "the line is longer than %d bytes; shorten its texts",
                         DETAIL_SIZE_BYTES_MAX);
    kept = &draft->lines[draft->count++];
    kept->at = at;
    kept->size = draft->details.size - at;
    kept->is_person = own->payee.name[0] != '\0' && own->payee.is_person;
    draft->people = draft->people || kept->is_person;
    return true;
}

/* ---- What identifies it (docs/format.md section 5.4) ----------------------------------------- */

static bool write_head(const struct voucher_draft *draft, struct buffer *out, struct error *err)
{
    struct json_writer writer;

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_member_string(&writer, "document", draft->header.document);
    json_member_date(&writer, "event_date", true, draft->header.event_date);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

static bool write_tail(const struct voucher_draft *draft, struct buffer *out, struct error *err)
{
    struct json_writer writer;

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_member_string(&writer, "movement", movement_name(draft->header.movement));
    json_member_string(&writer, "reverses", draft->reverses);
    json_member_string(&writer, "text", draft->header.text);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

/* One object, hashed in pieces: {document, event_date, lines: […], movement, reverses, text}. */
static bool hash_content(const struct voucher_draft *draft, hash_t *out, struct error *err)
{
    static const uint8_t before[] = ",\"lines\":[", after[] = "],", comma[] = ",";
    struct buffer head = BUFFER_INIT(BODY_SIZE_BYTES_MAX), tail = BUFFER_INIT(BODY_SIZE_BYTES_MAX);
    struct hash_stream *stream = hash_stream_new(err);
    bool ok = false;

    if (stream == NULL || !write_head(draft, &head, err) || !write_tail(draft, &tail, err))
        goto out;
    hash_stream_add(stream, head.data, head.size - 1); /* its brace stays open */
    hash_stream_add(stream, before, sizeof before - 1);
    for (size_t i = 0; i < draft->count; i++) {
        if (i > 0) hash_stream_add(stream, comma, sizeof comma - 1);
        hash_stream_add(stream, draft->details.data + draft->lines[i].at, draft->lines[i].size);
    }
    hash_stream_add(stream, after, sizeof after - 1);
    hash_stream_add(stream, tail.data + 1, tail.size - 1); /* inside the same brace */
    *out = hash_stream_finish(stream);
    ok = true;
out:
    hash_stream_free(stream);
    buffer_done(&head);
    buffer_done(&tail);
    return ok;
}

/* ---- Lines ----------------------------------------------------------------------------------- */

/* Lines about people stand in random order. */
static bool order_lines(struct voucher_draft *draft, uint32_t *order, struct error *err)
{
    for (size_t i = 0; i < draft->count; i++)
        order[i] = (uint32_t)i;
    return !draft->people || journal_random_order(draft->journal, order, draft->count, err);
}

/* Buffers that are used again for each line. */
struct line_buffers {
    struct buffer detail, plain, member, subject, body;
};

static bool seal_detail(struct voucher_draft *draft, const char *voucher, uint32_t number,
                        struct line_buffers *buffers, struct sealed_value *sealed,
                        struct error *err)
{
    buffer_reset(&buffers->subject);
    return line_subject(voucher, number, &buffers->subject, err) &&
           journal_seal(draft->journal, "voucher.line/detail", buffer_text(&buffers->subject),
                        &buffers->detail, &buffers->plain, &buffers->member, sealed, err);
}

static bool append_line(struct voucher_draft *draft, const struct signatory *by,
                        const char *voucher, uint32_t number, const struct draft_line *line,
                        struct line_buffers *buffers, struct error *err)
{
    struct sealed_value sealed = {.member = ""};
    struct json_writer writer;
    struct appended appended;
    const struct buffer *detail = &buffers->detail;

    buffer_reset(&buffers->detail);
    buffer_reset(&buffers->member);
    buffer_reset(&buffers->body);
    if (!buffer_append(&buffers->detail, draft->details.data + line->at, line->size, err))
        return false;
    if (line->is_person) {
        if (!seal_detail(draft, voucher, number, buffers, &sealed, err)) return false;
        detail = &buffers->member;
    }
    json_writer_init(&writer, &buffers->body);
    json_object_begin(&writer);
    json_name(&writer, "detail");
    json_raw(&writer, detail->data, detail->size);
    json_member_integer(&writer, "line", number);
    json_member_string(&writer, "voucher", voucher);
    json_object_end(&writer);
    if (!json_writer_finish(&writer, err)) return false;
    return journal_append(draft->journal, by->user, "voucher.line", &buffers->body, &sealed,
                          line->is_person ? 1 : 0, &appended, err);
}

static bool append_lines(struct voucher_draft *draft, const struct signatory *by,
                         const char *voucher, const uint32_t *order, size_t *bad_line,
                         struct error *err)
{
    struct line_buffers buffers = {BUFFER_INIT(DETAIL_SIZE_BYTES_MAX),
                                   BUFFER_INIT(BODY_SIZE_BYTES_MAX), BUFFER_INIT(256),
                                   BUFFER_INIT(64), BUFFER_INIT(BODY_SIZE_BYTES_MAX)};
    bool ok = true;

    for (size_t i = 0; i < draft->count && ok; i++) {
        ok = append_line(draft, by, voucher, (uint32_t)i + 1, &draft->lines[order[i]], &buffers,
                         err);
        if (!ok) *bad_line = order[i] + 1;
    }
    buffer_wipe(&buffers.detail);
    buffer_wipe(&buffers.plain);
    buffer_done(&buffers.detail);
    buffer_done(&buffers.plain);
    buffer_done(&buffers.member);
    buffer_done(&buffers.subject);
    buffer_done(&buffers.body);
    return ok;
}

/* ---- The submission -------------------------------------------------------------------------- */

struct submit_parts {
    struct buffer totals, totals_plain, totals_member; /* the last when sealed */
    struct buffer content, content_plain, content_member;
    struct buffer message, signature, body;
    struct sealed_value sealed[2];
    size_t sealed_count;
    hash_t lines_root;
};

/* The totals as the entry holds them, sealed or in clear. */
static const struct buffer *totals_as_entered(const struct submit_parts *parts)
{
    return parts->sealed_count == 2 ? &parts->totals_member : &parts->totals;
}

static bool sign(struct voucher_draft *draft, const struct signatory *by, const char *voucher,
                 struct submit_parts *parts, struct error *err)
{
    uint8_t signature[SIGN_SIGNATURE_SIZE];
    const struct buffer *totals = totals_as_entered(parts);
    struct voucher_statement statement = {
        .act = "submit",
        .voucher = voucher,
        .reference = draft->header.reference,
        .event_date = draft->header.event_date,
        .line_count = (int64_t)draft->count,
        .lines_root = parts->lines_root,
        .totals_sha256 = hash_sha256(totals->data, totals->size),
    };

    return voucher_statement_write(draft->journal, &statement, &parts->message, err) &&
           sign_message(by->key, parts->message.data, parts->message.size, signature, err) &&
           base64_encode(signature, sizeof signature, &parts->signature, err);
}

static bool seal_parts(struct voucher_draft *draft, const char *voucher, const hash_t *content,
                       struct submit_parts *parts, struct error *err)
{
    const struct voucher_pass *pass = &funds_state(draft->journal)->pass;
    char hex[HASH_HEX_SIZE];

    if (!buffer_append_format(&parts->content, err, "\"%s\"", hash_to_hex(content, hex)) ||
        !journal_seal(draft->journal, "voucher.submit/content", voucher, &parts->content,
                      &parts->content_plain, &parts->content_member, &parts->sealed[0], err))
        return false;
    parts->sealed_count = 1;
    if (!pass_must_seal(pass)) return true;
    parts->sealed_count = 2;
    return journal_seal(draft->journal, "voucher.submit/totals", voucher, &parts->totals,
                        &parts->totals_plain, &parts->totals_member, &parts->sealed[1], err);
}

static bool write_body(struct voucher_draft *draft, const struct signatory *by, const char *voucher,
                       struct submit_parts *parts, struct error *err)
{
    const struct buffer *totals = totals_as_entered(parts);
    const struct voucher_header *header = &draft->header;
    struct json_writer writer;
    char hex[HASH_HEX_SIZE];

    json_writer_init(&writer, &parts->body);
    json_object_begin(&writer);
    json_name(&writer, "content");
    json_raw(&writer, parts->content_member.data, parts->content_member.size);
    json_member_string(&writer, "document", header->document);
    json_member_date(&writer, "event_date", true, header->event_date);
    json_member_boolean(&writer, "late", header->late);
    json_member_integer(&writer, "line_count", (int64_t)draft->count);
    json_member_string(&writer, "lines_root", hash_to_hex(&parts->lines_root, hex));
    json_member_string(&writer, "movement", movement_name(header->movement));
    json_member_boolean(&writer, "people", draft->people);
    json_member_string(&writer, "reference", header->reference);
    json_member_string(&writer, "reverses", draft->reverses);
    json_member_string(&writer, "signature", buffer_text(&parts->signature));
    json_member_string(&writer, "signer", by->user);
    json_member_string(&writer, "text", header->text);
    json_name(&writer, "totals");
    json_raw(&writer, totals->data, totals->size);
    json_member_string(&writer, "voucher", voucher);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

static bool append_submission(struct voucher_draft *draft, const struct signatory *by,
                              const char *voucher, const hash_t *content, struct appended *out,
                              struct error *err)
{
    struct voucher_pass *pass = &funds_state(draft->journal)->pass;
    struct submit_parts parts = {
        .totals = BUFFER_INIT(BODY_SIZE_BYTES_MAX),
        .totals_plain = BUFFER_INIT(BODY_SIZE_BYTES_MAX),
        .totals_member = BUFFER_INIT(256),
        .content = BUFFER_INIT(256),
        .content_plain = BUFFER_INIT(1024),
        .content_member = BUFFER_INIT(256),
        .message = BUFFER_INIT(4096),
        .signature = BUFFER_INIT(128),
        .body = BUFFER_INIT(BODY_SIZE_BYTES_MAX),
    };
    struct covered_rows rows;
    bool ok;

    journal_covered_rows(draft->journal, &rows);
    parts.lines_root = rows.root;
    ok = pass_finish(pass, err) && totals_write(&pass->totals, &parts.totals, err) &&
         seal_parts(draft, voucher, content, &parts, err) &&
         sign(draft, by, voucher, &parts, err) && write_body(draft, by, voucher, &parts, err) &&
         journal_append(draft->journal, by->user, "voucher.submit", &parts.body, parts.sealed,
                        parts.sealed_count, out, err);
    buffer_done(&parts.totals);
    buffer_done(&parts.totals_plain);
    buffer_done(&parts.totals_member);
    buffer_done(&parts.content);
    buffer_done(&parts.content_plain);
    buffer_done(&parts.content_member);
    buffer_done(&parts.message);
    buffer_done(&parts.signature);
    buffer_done(&parts.body);
    return ok;
}

static bool next_number(const struct voucher_draft *draft, char out[VOUCHER_NUMBER_SIZE],
                        struct error *err)
{
    struct buffer text = BUFFER_INIT(VOUCHER_NUMBER_SIZE);
    int year, month, day;
    int64_t last;
    bool ok = false;

    date_to_civil(draft->header.event_date, &year, &month, &day);
    if (!sql_integer(draft->journal, "SELECT last FROM voucher_counter WHERE year = $1",
                     SQL_VALUES(SQL_INTEGER(year)), &last, err))
        goto out;
    if (last >= 999999) {
        (void)error_set(err, ERROR_LIMIT, "there are 999999 vouchers in %04d already", year);
        goto out;
    }
    if (!buffer_append_format(&text, err, "%04d-%06d", year, (int)last + 1)) goto out;
    text_fill(out, VOUCHER_NUMBER_SIZE, buffer_text(&text));
    ok = true;
out:
    buffer_done(&text);
    return ok;
}

/* The first result of the same reference with the same content. */
static bool answer_repeat(struct voucher_draft *draft, struct voucher_receipt *out,
                          struct error *err)
{
    struct voucher voucher;

    if (!voucher_find(draft->journal, draft->header.reference, &voucher, err)) return false;
    text_fill(out->voucher, sizeof out->voucher, voucher.number);
    out->repeated = true;
    out->seq = voucher.submit_seq;
    out->hash = voucher.submit_hash;
    return true;
}

static bool submit_new(struct voucher_draft *draft, const struct signatory *by,
                       const hash_t *content, struct voucher_receipt *out, size_t *bad_line,
                       struct error *err)
{
    struct funds_state *state = funds_state(draft->journal);
    uint32_t *order = calloc(draft->count, sizeof *order);
    char number[VOUCHER_NUMBER_SIZE];
    struct appended appended;
    bool ok = false;

    if (order == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory for the order of the lines");
        goto out;
    }
    if (!next_number(draft, number, err) || !order_lines(draft, order, err) ||
        !append_lines(draft, by, number, order, bad_line, err))
        goto out;
    if (!append_submission(draft, by, number, content, &appended, err)) {
        if (state->bad_line != 0) *bad_line = order[state->bad_line - 1] + 1;
        goto out;
    }
    text_fill(out->voucher, sizeof out->voucher, number);
    out->repeated = false;
    out->seq = appended.seq;
    out->hash = appended.hash;
    ok = true;
out:
    free(order);
    return ok;
}

bool voucher_draft_submit(struct voucher_draft *draft, const struct signatory *by,
                          struct voucher_receipt *out, size_t *bad_line, struct error *err)
{
    struct reference reference = {.code = draft->header.reference, .what = REFERENCE_VOUCHER};
    size_t blamed = 0;
    uint64_t seq;
    bool is_repeat, ok;

    if (bad_line != NULL) *bad_line = 0;
    if (draft->count == 0)
        return error_set(err, ERROR_INPUT, "the voucher has no lines; add at least one");
    funds_state(draft->journal)->bad_line = 0;
    if (!hash_content(draft, &reference.content, err) ||
        !journal_reference_check(draft->journal, &reference, &is_repeat, &seq, err))
        return false;
    if (is_repeat) return answer_repeat(draft, out, err);
    ok = submit_new(draft, by, &reference.content, out, &blamed, err);
    if (bad_line != NULL) *bad_line = blamed;
    return ok;
}

/* ---- Reversals ------------------------------------------------------------------------------- */

static bool add_exchanged(void *context, int32_t number, enum line_state state, uint64_t seq,
                          const struct voucher_line *line, struct error *err)
{
    struct voucher_draft *draft = context;
    struct voucher_line *exchanged = malloc(sizeof *exchanged);
    bool ok;

    (void)state;
    (void)seq;
    if (exchanged == NULL) return error_set(err, ERROR_MEMORY, "no memory for a line");
    if (line->is_gone) {
        free(exchanged);
        return error_set(err, ERROR_STATE,
                         "line %d is lost or erased, so it can't be taken the other way round; "
                         "enter what is to be undone by vouchers of its own",
                         number);
    }
    *exchanged = *line;
    exchanged->from = line->to;
    exchanged->to = line->from;
    ok = voucher_draft_add(draft, exchanged, err);
    free(exchanged);
    return ok;
}

bool voucher_reverse(struct journal *journal, const struct signatory *by, const char *voucher,
                     const char *reference, date_t event_date, const char *reason,
                     struct voucher_receipt *out, struct error *err)
{
    struct voucher_header header = {.movement = MOVEMENT_REVERSAL, .event_date = event_date};
    struct voucher_draft *draft = NULL;
    struct voucher original;
    bool ok = false;

    if (strlen(reference) >= CODE_SIZE || strlen(reason) >= TEXT_SIZE)
        return error_set(err, ERROR_LIMIT, "the reference or the reason is too long");
    text_fill(header.reference, sizeof header.reference, reference);
    text_fill(header.text, sizeof header.text, reason);
    if (!voucher_find(journal, voucher, &original, err)) return false;
    if (original.movement == MOVEMENT_REVERSAL)
        return error_set(err, ERROR_STATE,
                         "voucher %s is a reversal itself; submit the first voucher anew instead",
                         original.number);
    if (!draft_new(journal, &header, original.number, &draft, err) ||
        !voucher_line_each(journal, original.number, add_exchanged, draft, err))
        goto out;
    ok = voucher_draft_submit(draft, by, out, NULL, err);
out:
    voucher_draft_free(draft);
    return ok;
}
