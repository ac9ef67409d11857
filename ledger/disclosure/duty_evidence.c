/*
 * duty_evidence.c - reading notices and publications.
 *
 * A notice ends when it is taken down or, where nobody says so, with the last day that it was meant
 * to stand. What comes after the day that is asked for isn't known yet.
 */
#include "ledger/disclosure/duty_evidence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for one more; doubled when the count is a power of two. */
static bool grow(void **array, size_t count, size_t size, struct error *err)
{
    void *grown;

    if (count >= EVIDENCE_MAX)
        return error_set(err, ERROR_LIMIT, "more than %d notices or publications", EVIDENCE_MAX);
    if ((count & (count - 1)) != 0) return true;
    grown = realloc(*array, (count == 0 ? 1 : 2 * count) * size);
    if (grown == NULL) return error_set(err, ERROR_MEMORY, "no memory for notices");
    *array = grown;
    return true;
}

/* ---- Notices --------------------------------------------------------------------------------- */

static bool add_notice(void *context, const struct record *record, struct error *err)
{
    struct evidence *evidence = context;
    struct notice notice = {.seq = record->seq, .correction = EVIDENCE_NONE};
    const char *last = record->values[NOTICE_LAST].text;
    void *array = evidence->notices;

    if (!record_date(record, NOTICE_FIRST, &notice.first, err)) return false;
    if (date_is_before(evidence->as_of, notice.first)) return true;
    if (!matter_parse(record->values[NOTICE_MATTER].text, &notice.matter, err) ||
        !disclosure_span_parse(record->values[NOTICE_PERIOD].text, &notice.about, err))
        return false;
    memcpy(notice.division, record->values[NOTICE_DIVISION].text, sizeof notice.division);
    memcpy(notice.code, record->values[NOTICE_CODE].text, sizeof notice.code);
    memcpy(notice.corrects, record->values[NOTICE_CORRECTS].text, sizeof notice.corrects);
    memcpy(notice.subject, record->values[NOTICE_SUBJECT].text, sizeof notice.subject);
    if (last[0] != '\0') {
        if (!date_parse(last, &notice.ended_on, err)) return false;
        notice.has_ended = date_is_before(notice.ended_on, evidence->as_of);
    }
    if (!grow(&array, evidence->notice_count, sizeof notice, err)) return false;
    evidence->notices = array;
    evidence->notices[evidence->notice_count++] = notice;
    return true;
}

static int compare_code(const void *key, const void *element)
{
    return strcmp(key, ((const struct notice_code *)element)->code);
}

static size_t find_notice(const struct evidence *evidence, const char *code)
{
    const struct notice_code *found = evidence->notice_count == 0
                                          ? NULL
                                          : bsearch(code, evidence->codes, evidence->notice_count,
                                                    sizeof *evidence->codes, compare_code);

    return found == NULL ? EVIDENCE_NONE : found->at;
}

static bool end_notice(void *context, const struct record *record, struct error *err)
{
    struct evidence *evidence = context;
    size_t i = find_notice(evidence, record->values[REMOVE_NOTICE].text);
    date_t on;

    if (!record_date(record, REMOVE_DATE, &on, err)) return false;
    if (i == EVIDENCE_NONE || date_is_before(evidence->as_of, on)) return true;
    evidence->notices[i].has_ended = true;
    evidence->notices[i].ended_on = on;
    return true;
}

static int compare_place(const struct notice *notice, const char *division, enum matter matter)
{
    int order = strcmp(notice->division, division);

    if (order != 0) return order;
    return (notice->matter > matter) - (notice->matter < matter);
}

static int order_notices(const void *a, const void *b)
{
    const struct notice *first = a, *second = b;
    int order = compare_place(first, second->division, second->matter);

    if (order != 0) return order;
    if (first->first.days != second->first.days)
        return first->first.days < second->first.days ? -1 : 1;
    return (first->seq > second->seq) - (first->seq < second->seq);
}

static int order_codes(const void *a, const void *b)
{
    return strcmp(((const struct notice_code *)a)->code, ((const struct notice_code *)b)->code);
}

static bool sort_notices(struct evidence *evidence, struct error *err)
{
    if (evidence->notice_count == 0) return true;
    qsort(evidence->notices, evidence->notice_count, sizeof *evidence->notices, order_notices);
    evidence->codes = calloc(evidence->notice_count, sizeof *evidence->codes);
    if (evidence->codes == NULL) return error_set(err, ERROR_MEMORY, "no memory for notices");
    for (size_t i = 0; i < evidence->notice_count; i++)
        evidence->codes[i] = (struct notice_code){evidence->notices[i].code, i};
    qsort(evidence->codes, evidence->notice_count, sizeof *evidence->codes, order_codes);
    return true;
}

size_t evidence_first_notice(const struct evidence *evidence, const char *division,
                             enum matter matter)
{
    size_t low = 0, high = evidence->notice_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_place(&evidence->notices[middle], division, matter) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void link_corrections(struct evidence *evidence)
{
    for (size_t i = 0; i < evidence->notice_count; i++) {
        size_t corrected = evidence->notices[i].corrects[0] == '\0'
                               ? EVIDENCE_NONE
                               : find_notice(evidence, evidence->notices[i].corrects);

        if (corrected != EVIDENCE_NONE) evidence->notices[corrected].correction = i;
    }
}

/* ---- Publications ---------------------------------------------------------------------------- */

struct entry_reader {
    struct json_document *document;
    struct buffer bytes;
};

static bool read_publication(struct journal *journal, struct entry_reader *reader,
                             struct published *out, struct error *err)
{
    char time[INSTANT_TEXT_SIZE];
    instant_t instant;

    buffer_reset(&reader->bytes);
    if (!journal_read(journal, out->seq, &reader->bytes, err) ||
        !json_parse(reader->document, reader->bytes.data, reader->bytes.size, JSON_CANONICAL,
                    err) ||
        !json_get_string(reader->document, 0, "time", time, sizeof time, err) ||
        !instant_parse(time, &instant, err))
        return false;
    out->on = instant_to_date_in(instant, ZONE_CHINA_SECONDS);
    return disclosure_span_parse(out->period, &out->about, err);
}

static void link_publication(struct evidence *evidence, size_t at)
{
    struct published *published = &evidence->publications[at];

    published->next = EVIDENCE_NONE;
    published->is_first = true;
    for (size_t i = at; i > 0 && published->is_first; i--) {
        struct published *earlier = &evidence->publications[i - 1];

        if (strcmp(earlier->period, published->period) != 0) continue;
        earlier->next = at;
        published->is_first = false;
    }
}

static bool add_publication(struct evidence *evidence, const struct published *published,
                            struct error *err)
{
    void *array = evidence->publications;

    if (date_is_before(evidence->as_of, published->on)) return true;
    if (!grow(&array, evidence->publication_count, sizeof *published, err)) return false;
    evidence->publications = array;
    evidence->publications[evidence->publication_count] = *published;
    link_publication(evidence, evidence->publication_count++);
    return true;
}

static bool read_publications(struct journal *journal, struct evidence *evidence, struct error *err)
{
    struct entry_reader reader = {.bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX)};
    struct statement *statement = NULL;
    struct published published;
    bool has_row, ok = false;

    reader.document = json_document_new(err);
    if (reader.document == NULL ||
        !store_prepare(journal_store(journal), "SELECT seq, period FROM publication ORDER BY seq",
                       &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        memset(&published, 0, sizeof published);
        published.seq = (uint64_t)statement_integer(statement, 0);
        (void)snprintf(published.period, sizeof published.period, "%s",
                       statement_text(statement, 1));
        if (!read_publication(journal, &reader, &published, err) ||
            !add_publication(evidence, &published, err))
            goto out;
    }
    ok = true;
out:
    statement_free(statement);
    json_document_free(reader.document);
    buffer_done(&reader.bytes);
    return ok;
}

/* ---- What they left out ---------------------------------------------------------------------- */

static bool read_left_out(struct journal *journal, struct evidence *evidence, struct error *err)
{
    struct statement *statement = NULL;
    bool has_row, ok = false;

    if (!store_prepare(journal_store(journal),
                       "SELECT seq, division, voucher FROM disclosed_left_out ORDER BY seq, "
                       "division, voucher",
                       &statement, err))
        goto out;
    for (;;) {
        void *array = evidence->left_out;
        struct left_out *left_out;

        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!grow(&array, evidence->left_out_count, sizeof *left_out, err)) goto out;
        evidence->left_out = array;
        left_out = &evidence->left_out[evidence->left_out_count++];
        left_out->seq = (uint64_t)statement_integer(statement, 0);
        (void)snprintf(left_out->division, sizeof left_out->division, "%s",
                       statement_text(statement, 1));
        (void)snprintf(left_out->voucher, sizeof left_out->voucher, "%s",
                       statement_text(statement, 2));
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

static int compare_left_out(const void *key, const void *element)
{
    const struct left_out *a = key, *b = element;
    int order;

    if (a->seq != b->seq) return a->seq < b->seq ? -1 : 1;
    order = strcmp(a->division, b->division);
    return order != 0 ? order : strcmp(a->voucher, b->voucher);
}

bool evidence_is_left_out(const struct evidence *evidence, uint64_t seq, const char *division,
                          const char *voucher)
{
    struct left_out key = {.seq = seq};

    if (evidence->left_out_count == 0) return false;
    (void)snprintf(key.division, sizeof key.division, "%s", division);
    (void)snprintf(key.voucher, sizeof key.voucher, "%s", voucher);
    return bsearch(&key, evidence->left_out, evidence->left_out_count, sizeof key,
                   compare_left_out) != NULL;
}

/* ---- All of it ------------------------------------------------------------------------------- */

bool evidence_read(struct journal *journal, date_t as_of, struct evidence *out, struct error *err)
{
    *out = (struct evidence){.as_of = as_of};
    if (!record_each(journal, &disclosed_notice, 0, NULL, add_notice, out, err)) return false;
    if (!sort_notices(out, err)) return false;
    link_corrections(out);
    return record_each(journal, &disclosed_remove, 0, NULL, end_notice, out, err) &&
           read_publications(journal, out, err) && read_left_out(journal, out, err);
}

void evidence_done(struct evidence *evidence)
{
    free(evidence->notices);
    free(evidence->codes);
    free(evidence->publications);
    free(evidence->left_out);
}
