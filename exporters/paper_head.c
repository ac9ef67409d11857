/*
 * paper_head.c - what a voucher's paper begins with: facts, funds, and the entries that prove it.
 *
 * 1. Submission and decision are read from the journal's own bytes and hashed again, not taken from
 *    the derived tables: the hash on the paper is the hash of what is in the book.
 */
#include "exporters/paper.h"

#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"

#define WALK_ENTRIES   4096 /* looked at between two questions whether the decision was found */
#define LABELS_COLUMNS 40   /* what stands before and between texts in the head */
#define TIME_SIZE      24   /* "2021-06-21 17:08:33" */

struct evidence {
    struct paper *paper;
    const struct voucher *voucher;
    struct json_document *document;
    char qr[PAPER_QR_BYTES_MAX];
    bool is_decided;
    int rows;
};

/* ---- Facts ----------------------------------------------------------------------------------- */

static void write_facts(struct xml_writer *xml, const struct voucher *voucher)
{
    char day[DATE_TEXT_SIZE], month[MONTH_TEXT_SIZE];

    xml_attribute(xml, "number", voucher->number);
    xml_attribute(xml, "reference", voucher->reference);
    xml_attribute(xml, "movement", movement_name(voucher->movement));
    xml_attribute(xml, "state", voucher_state_name(voucher->state));
    xml_attribute(xml, "event_date", date_format(voucher->event_date, day));
    xml_attribute(xml, "booking_month", month_format(voucher->booking_month, month));
    xml_attribute_boolean(xml, "late", voucher->late);
    xml_attribute_boolean(xml, "people", voucher->people);
    xml_attribute_if_any(xml, "document", voucher->document);
    xml_attribute_if_any(xml, "text", voucher->text);
    xml_attribute_if_any(xml, "reverses", voucher->reverses);
    xml_attribute_if_any(xml, "reversed_by", voucher->reversed_by);
}

static int facts_rows(const struct paper *paper, const struct voucher *voucher)
{
    size_t columns = text_width(voucher->document) + text_width(voucher->text) + LABELS_COLUMNS;

    return (int)columns / paper->head_columns + 1;
}

/* ---- Funds ----------------------------------------------------------------------------------- */

struct funds {
    struct paper *paper;
    const char *only; /* NULL: all */
    int count, rows;
    char codes[PAPER_FUNDS_MAX][CODE_SIZE];
};

/* Totals come by division first, so a fund may come again. */
static bool write_fund_once(void *context, const struct balance *total, struct error *err)
{
    struct funds *funds = context;
    const char *code = total->account.fund;
    int rows;

    if (funds->only != NULL && strcmp(funds->only, code) != 0) return true;
    for (int i = 0; i < funds->count; i++)
        if (strcmp(funds->codes[i], code) == 0) return true;
    if (funds->count == PAPER_FUNDS_MAX)
        return error_set(err, ERROR_LIMIT, "a voucher of more than %d funds can't be printed",
                         PAPER_FUNDS_MAX);
    memcpy(funds->codes[funds->count++], code, strlen(code) + 1);
    if (!paper_write_fund(funds->paper, code, &rows, err)) return false;
    if (funds->count <= PAPER_FUNDS_SHOWN) funds->rows += rows;
    return true;
}

/* ---- Entries --------------------------------------------------------------------------------- */

/* In China, as people read it. */
static bool format_time(const char *utc, char out[TIME_SIZE], struct error *err)
{
    char text[INSTANT_TEXT_SIZE];
    instant_t time;

    if (!instant_parse(utc, &time, err)) return false;
    if (!instant_from_seconds(time.seconds + ZONE_CHINA_SECONDS, &time, err)) return false;
    instant_format(time, text);
    (void)snprintf(out, TIME_SIZE, "%.10s %.8s", text, text + 11);
    return true;
}

static bool write_entry(struct evidence *evidence, const char *act, uint64_t seq,
                        const hash_t *hash, struct error *err)
{
    const struct json_document *document = evidence->document;
    struct xml_writer *xml = &evidence->paper->xml;
    uint32_t body = json_member(document, 0, "body");
    char utc[INSTANT_TEXT_SIZE], time[TIME_SIZE], actor[USER_CODE_SIZE], hex[HASH_HEX_SIZE];
    char reason[TEXT_SIZE] = "";
    size_t used = strlen(evidence->qr);

    if (!json_get_string(document, 0, "time", utc, sizeof utc, err)) return false;
    if (!format_time(utc, time, err)) return false;
    if (!json_get_string(document, 0, "actor", actor, sizeof actor, err)) return false;
    if (json_member(document, body, "reason") != JSON_NONE &&
        !json_get_string(document, body, "reason", reason, sizeof reason, err))
        return false;
    hash_to_hex(hash, hex);
    xml_element_begin(xml, "entry");
    xml_attribute(xml, "act", act);
    xml_attribute_integer(xml, "seq", (int64_t)seq);
    xml_attribute(xml, "hash", hex);
    xml_attribute(xml, "time", time);
    xml_attribute(xml, "actor", actor);
    xml_attribute_if_any(xml, "reason", reason);
    xml_element_end(xml);
    if (reason[0] != '\0')
        evidence->rows +=
            (int)(text_width(reason) + LABELS_COLUMNS) / evidence->paper->head_columns + 1;
    (void)snprintf(evidence->qr + used, sizeof evidence->qr - used, "\n%s %llu %s", act,
                   (unsigned long long)seq, hex);
    return true;
}

static bool write_submission(struct evidence *evidence, struct error *err)
{
    const struct voucher *voucher = evidence->voucher;
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    hash_t hash;
    bool ok = false;

    if (!journal_read(evidence->paper->journal, voucher->submit_seq, &bytes, err)) goto out;
    hash = hash_leaf(bytes.data, bytes.size);
    if (!hash_equal(&hash, &voucher->submit_hash)) {
        (void)error_set(err, ERROR_VERIFY,
                        "entry %llu isn't the one that voucher %s was made from; run `mingzhang "
                        "verify --deep`",
                        (unsigned long long)voucher->submit_seq, voucher->number);
        goto out;
    }
    if (!json_parse(evidence->document, bytes.data, bytes.size, JSON_CANONICAL, err)) goto out;
    ok = write_entry(evidence, "submit", voucher->submit_seq, &hash, err);
out:
    buffer_done(&bytes);
    return ok;
}

/* The act of a decision's kind; NULL for entries of other kinds. */
static const char *decision_act(const struct json_document *document)
{
    static const char *const kinds[] = {"voucher.approve", "voucher.reject", "voucher.withdraw"};
    uint32_t kind = json_member(document, 0, "kind");

    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++)
        if (json_string_equals(document, kind, kinds[i])) return kinds[i] + strlen("voucher.");
    return NULL;
}

static bool look_for_decision(void *context, uint64_t seq, const uint8_t *bytes, size_t size,
                              struct error *err)
{
    struct evidence *evidence = context;
    char submit[HASH_HEX_SIZE];
    const char *act;
    hash_t hash;

    if (evidence->is_decided) return true;
    if (!json_parse(evidence->document, bytes, size, JSON_CANONICAL, err)) return false;
    act = decision_act(evidence->document);
    hash_to_hex(&evidence->voucher->submit_hash, submit);
    if (act == NULL ||
        !json_string_equals(
            evidence->document,
            json_member(evidence->document, json_member(evidence->document, 0, "body"), "submit"),
            submit))
        return true;
    evidence->is_decided = true;
    hash = hash_leaf(bytes, size);
    return write_entry(evidence, act, seq, &hash, err);
}

/* A voucher is decided once, mostly soon after it was submitted. */
static bool write_decision(struct evidence *evidence, struct error *err)
{
    struct journal *journal = evidence->paper->journal;
    uint64_t size = journal_size(journal);

    for (uint64_t at = evidence->voucher->submit_seq + 1; at < size && !evidence->is_decided;
         at += WALK_ENTRIES) {
        uint64_t end = size - at > WALK_ENTRIES ? at + WALK_ENTRIES : size;

        if (!journal_walk(journal, at, end, look_for_decision, evidence, err)) return false;
    }
    if (!evidence->is_decided)
        return error_set(err, ERROR_VERIFY,
                         "voucher %s is %s, but no entry says who decided so; run `mingzhang "
                         "verify --deep`",
                         evidence->voucher->number,
                         translate(voucher_state_name(evidence->voucher->state)));
    return true;
}

bool paper_write_voucher_head(struct paper *paper, const struct voucher *voucher, const char *fund,
                              int *rows_out, struct error *err)
{
    struct evidence evidence = {.paper = paper, .voucher = voucher};
    struct funds funds = {.paper = paper, .only = fund};
    int attached_rows = 0;
    bool ok = false;

    paper->day = voucher->event_date;
    write_facts(&paper->xml, voucher);
    if (!voucher_total_each(paper->journal, voucher->number, write_fund_once, &funds, err))
        goto out;
    if (!paper_write_attachments(paper, voucher->number, fund, &attached_rows, err)) goto out;
    (void)snprintf(evidence.qr, sizeof evidence.qr, "%s\nvoucher %s",
                   journal_origin(paper->journal), voucher->number);
    evidence.document = json_document_new(err);
    if (evidence.document == NULL) goto out;
    if (!write_submission(&evidence, err)) goto out;
    if (voucher->state != VOUCHER_PENDING && !write_decision(&evidence, err)) goto out;
    if (!paper_write_qr(paper, evidence.qr, err)) goto out;
    *rows_out = facts_rows(paper, voucher) + funds.rows + attached_rows + evidence.rows;
    ok = true;
out:
    json_document_free(evidence.document);
    return ok;
}
