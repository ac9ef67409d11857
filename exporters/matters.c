/*
 * matters.c - reading the index of matters.h.
 */
#include "exporters/matters.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"

#define NO_FIELD SIZE_MAX

/* Which fields of a kind the index needs. */
static const struct {
    size_t date, division, code, group;
} fields[] = {
    [DISCLOSURE_PLAN] = {PLAN_DATE, PLAN_DIVISION, PLAN_CODE, NO_FIELD},
    [DISCLOSURE_CHANGE] = {CHANGE_DATE, NO_FIELD, CHANGE_PROJECT, CHANGE_PLAN},
    [DISCLOSURE_FINANCE] = {NO_FIELD, NO_FIELD, FINANCE_PLAN, NO_FIELD},
    [DISCLOSURE_PRINCIPLE] = {PRINCIPLE_DATE, PRINCIPLE_DIVISION, PRINCIPLE_DOCUMENT,
                              PRINCIPLE_DIVISION},
    [DISCLOSURE_ACHIEVE] = {ACHIEVE_DATE, NO_FIELD, ACHIEVE_PROJECT, NO_FIELD},
    [DISCLOSURE_ENTER] = {ENTER_DATE, NO_FIELD, ENTER_PROJECT, NO_FIELD},
    [DISCLOSURE_LEAVE] = {LEAVE_DATE, NO_FIELD, LEAVE_PROJECT, NO_FIELD},
    [DISCLOSURE_SECTOR] = {SECTOR_DATE, SECTOR_DIVISION, SECTOR_CODE, NO_FIELD},
    [DISCLOSURE_LOAN] = {LOAN_DATE, LOAN_DIVISION, LOAN_CODE, NO_FIELD},
    [DISCLOSURE_COUNT] = {COUNT_DATE, COUNT_DIVISION, COUNT_CODE, NO_FIELD},
    [DISCLOSURE_ENTRUST] = {ENTRUST_DATE, ENTRUST_DIVISION, ENTRUST_CODE, NO_FIELD},
    [DISCLOSURE_CHANNEL] = {CHANNEL_DATE, CHANNEL_DIVISION, CHANNEL_CODE, CHANNEL_DIVISION},
    [DISCLOSURE_COMPLAINT] = {COMPLAINT_RECEIVED, COMPLAINT_DIVISION, COMPLAINT_CODE, NO_FIELD},
    [DISCLOSURE_ANSWER] = {ANSWER_DATE, NO_FIELD, ANSWER_COMPLAINT, NO_FIELD},
    [DISCLOSURE_NOTICE] = {NOTICE_FIRST, NOTICE_DIVISION, NOTICE_CODE, NO_FIELD},
    [DISCLOSURE_REMOVE] = {REMOVE_DATE, NO_FIELD, REMOVE_NOTICE, NO_FIELD},
};

/* ---- Reading --------------------------------------------------------------------------------- */

struct reading {
    struct journal *journal;
    struct matters *matters;
    enum disclosure_kind kind;
    struct project *project; /* scratch */
};

static void copy_code(char out[CODE_SIZE], const char *text)
{
    assert(strlen(text) < CODE_SIZE);
    memcpy(out, text, strlen(text) + 1);
}

void matters_document_code(const char *document, char out[CODE_SIZE])
{
    const hash_t hash = hash_sha256((const uint8_t *)document, strlen(document));
    char hex[HASH_HEX_SIZE];

    copy_code(out, hash_to_hex(&hash, hex));
}

static bool names_project(enum disclosure_kind kind)
{
    return kind == DISCLOSURE_ACHIEVE || kind == DISCLOSURE_CHANGE || kind == DISCLOSURE_ENTER ||
           kind == DISCLOSURE_LEAVE;
}

static bool fill_row(struct reading *reading, const struct record *record, struct matter_row *row,
                     struct error *err)
{
    const enum disclosure_kind kind = reading->kind;

    *row = (struct matter_row){.kind = kind, .seq = record->seq, .ended_by = MATTER_NO_ROW};
    if (kind == DISCLOSURE_PRINCIPLE)
        matters_document_code(record->values[PRINCIPLE_DOCUMENT].text, row->code);
    else
        copy_code(row->code, record->values[fields[kind].code].text);
    if (fields[kind].group != NO_FIELD)
        copy_code(row->group, record->values[fields[kind].group].text);
    if (kind == DISCLOSURE_PLAN) row->number = record->values[PLAN_YEAR].number;
    if (kind == DISCLOSURE_CHANGE)
        row->number = strcmp(record->values[CHANGE_ACTION].text, "add") == 0;
    if (fields[kind].division != NO_FIELD)
        memcpy(row->division, record->values[fields[kind].division].text, DIVISION_CODE_SIZE);
    if (!names_project(kind)) return true;
    if (!project_find(reading->journal, row->code, reading->project, err)) return false;
    memcpy(row->division, reading->project->division, DIVISION_CODE_SIZE);
    return true;
}

static bool add_row(void *context, const struct record *record, struct error *err)
{
    struct reading *reading = context;
    struct matters *matters = reading->matters;
    date_t date = matters->first;
    void *array = matters->rows;

    if (fields[reading->kind].date != NO_FIELD &&
        !record_date(record, fields[reading->kind].date, &date, err))
        return false;
    if (date_is_before(matters->last, date)) return true;
    if (!array_grow(&array, matters->count, sizeof *matters->rows, MATTER_ROWS_MAX,
                    "rows of what is disclosed", err))
        return false;
    matters->rows = array;
    if (!fill_row(reading, record, &matters->rows[matters->count], err)) return false;
    matters->rows[matters->count++].date = date;
    return true;
}

static int compare_text(const struct matter_row *a, const struct matter_row *b)
{
    int order = strcmp(a->code, b->code);

    return order != 0 ? order : strcmp(a->group, b->group);
}

static int order_rows(const void *a, const void *b)
{
    const struct matter_row *first = a, *second = b;
    int order;

    if (first->kind != second->kind) return first->kind < second->kind ? -1 : 1;
    order = compare_text(first, second);
    if (order != 0) return order;
    return (first->seq > second->seq) - (first->seq < second->seq);
}

static void sort_rows(struct matters *matters)
{
    size_t at = 0;

    if (matters->count > 0) qsort(matters->rows, matters->count, sizeof *matters->rows, order_rows);
    for (int kind = 0; kind <= DISCLOSURE_KIND_COUNT; kind++) {
        while (at < matters->count && (int)matters->rows[at].kind < kind)
            at++;
        matters->first_of[kind] = at;
    }
}

/* ---- What ended what ------------------------------------------------------------------------- */

/* The last row before entry `before` of that kind, code and group. */
static size_t find_before(const struct matters *matters, enum disclosure_kind kind,
                          const char *code, const char *group, uint64_t before)
{
    struct matter_row key = {.kind = kind, .seq = before};
    size_t low = matters->first_of[kind], high = matters->first_of[kind + 1];

    copy_code(key.code, code);
    copy_code(key.group, group);
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (order_rows(&matters->rows[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == matters->first_of[kind] || compare_text(&matters->rows[low - 1], &key) != 0)
        return MATTER_NO_ROW;
    return low - 1;
}

size_t matters_find(const struct matters *matters, enum disclosure_kind kind, const char *code,
                    const char *group)
{
    return find_before(matters, kind, code, group, UINT64_MAX);
}

/* A later row of the same code (and group) puts an end to an earlier one. */
static const struct {
    bool ends;
    enum disclosure_kind what;
} enders[DISCLOSURE_KIND_COUNT] = {
    [DISCLOSURE_CHANGE] = {true, DISCLOSURE_CHANGE},
    [DISCLOSURE_LEAVE] = {true, DISCLOSURE_ENTER},
    [DISCLOSURE_CHANNEL] = {true, DISCLOSURE_CHANNEL},
    [DISCLOSURE_ANSWER] = {true, DISCLOSURE_COMPLAINT},
    [DISCLOSURE_REMOVE] = {true, DISCLOSURE_NOTICE},
};

static void end_by(struct matters *matters, size_t ender, enum disclosure_kind kind)
{
    const struct matter_row *row = &matters->rows[ender];
    size_t ended = find_before(matters, kind, row->code, row->group, row->seq);

    if (ended != MATTER_NO_ROW) matters->rows[ended].ended_by = ender;
}

struct linking {
    struct matters *matters;
    enum disclosure_kind kind;
    size_t code, earlier; /* fields */
};

static bool link_successor(void *context, const struct record *record, struct error *err)
{
    const struct linking *linking = context;
    struct matters *matters = linking->matters;
    const char *earlier = record->values[linking->earlier].text;
    size_t by, ended;

    (void)err;
    if (earlier[0] == '\0') return true;
    by = matters_find(matters, linking->kind, record->values[linking->code].text, "");
    ended = matters_find(matters, linking->kind, earlier, "");
    if (by != MATTER_NO_ROW && ended != MATTER_NO_ROW &&
        matters->rows[ended].ended_by == MATTER_NO_ROW)
        matters->rows[ended].ended_by = by;
    return true;
}

static bool link_rows(struct journal *journal, struct matters *matters, struct error *err)
{
    struct linking plans = {matters, DISCLOSURE_PLAN, PLAN_CODE, PLAN_REPLACES};

    for (size_t i = 0; i < matters->count; i++)
        if (enders[matters->rows[i].kind].ends)
            end_by(matters, i, enders[matters->rows[i].kind].what);
    return record_each(journal, &disclosed_plan, 0, NULL, link_successor, &plans, err);
}

/* ---- Allotments ------------------------------------------------------------------------------ */

static bool add_part(struct matters *matters, const char *division, struct error *err)
{
    void *array = matters->parts;
    struct matter_part *part;

    if (!array_grow(&array, matters->part_count, sizeof *matters->parts, 2 * MATTER_ALLOTMENTS_MAX,
                    "allotments", err))
        return false;
    matters->parts = array;
    part = &matters->parts[matters->part_count++];
    memcpy(part->division, division, strlen(division) + 1);
    part->allotment = matters->allotment_count - 1;
    return true;
}

static bool add_allotment(void *context, const struct allotment *told, struct error *err)
{
    struct matters *matters = context;
    void *array = matters->allotments;
    size_t size = strlen(told->document) + 1;
    struct matter_allotment *allotment;
    char *document;

    if (!array_grow(&array, matters->allotment_count, sizeof *matters->allotments,
                    MATTER_ALLOTMENTS_MAX, "allotments", err))
        return false;
    matters->allotments = array;
    document = malloc(size);
    if (document == NULL) return error_set(err, ERROR_MEMORY, "out of memory");
    memcpy(document, told->document, size);
    allotment = &matters->allotments[matters->allotment_count++];
    *allotment = (struct matter_allotment){.movement = told->movement,
                                           .date = told->date,
                                           .document = document,
                                           .book = told->book,
                                           .amount = told->amount};
    memcpy(allotment->voucher, told->voucher, sizeof allotment->voucher);
    memcpy(allotment->reverses, told->reverses, sizeof allotment->reverses);
    memcpy(allotment->from, told->from, sizeof allotment->from);
    memcpy(allotment->to, told->to, sizeof allotment->to);
    memcpy(allotment->fund, told->fund, sizeof allotment->fund);
    return add_part(matters, told->from, err) &&
           (strcmp(told->from, told->to) == 0 || add_part(matters, told->to, err));
}

static int order_parts(const void *left, const void *right)
{
    const struct matter_part *a = left, *b = right;
    int order = strcmp(a->division, b->division);

    if (order == 0) order = a->allotment < b->allotment ? -1 : a->allotment > b->allotment;
    return order;
}

static bool read_allotments(struct journal *journal, int32_t first_month, int32_t last_month,
                            struct matters *matters, struct error *err)
{
    if (!allotment_each(journal, "", first_month, last_month, add_allotment, matters, err))
        return false;
    if (matters->part_count > 0)
        qsort(matters->parts, matters->part_count, sizeof *matters->parts, order_parts);
    return true;
}

size_t matters_first_part(const struct matters *matters, const char *division)
{
    size_t low = 0, high = matters->part_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(matters->parts[middle].division, division) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- The whole ------------------------------------------------------------------------------- */

static bool read_rows(struct reading *reading, struct error *err)
{
    for (int kind = 0; kind < DISCLOSURE_KIND_COUNT; kind++) {
        if (kind == DISCLOSURE_CALENDAR) continue;
        reading->kind = (enum disclosure_kind)kind;
        if (!record_each(reading->journal, disclosure_kinds[reading->kind], 0, NULL, add_row,
                         reading, err))
            return false;
    }
    return true;
}

bool matters_take(struct journal *journal, int32_t first_month, int32_t last_month,
                  struct matters **out, struct error *err)
{
    struct matters *matters = calloc(1, sizeof *matters);
    struct reading reading = {.journal = journal, .matters = matters};
    bool ok = false;

    reading.project = malloc(sizeof *reading.project);
    if (matters == NULL || reading.project == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        goto out;
    }
    matters->first = month_first_day(first_month);
    matters->last = month_last_day(last_month);
    if (!calendar_load(journal, &matters->calendar, err)) goto out;
    if (!matter_policies_load(journal, &matters->policies, err)) goto out;
    if (!read_rows(&reading, err)) goto out;
    if (!read_allotments(journal, first_month, last_month, matters, err)) goto out;
    sort_rows(matters);
    if (!link_rows(journal, matters, err)) goto out;
    *out = matters;
    matters = NULL;
    ok = true;
out:
    free(reading.project);
    matters_free(matters);
    return ok;
}

void matters_free(struct matters *matters)
{
    if (matters == NULL) return;
    calendar_free(matters->calendar);
    matter_policies_free(matters->policies);
    for (size_t i = 0; i < matters->allotment_count; i++)
        free(matters->allotments[i].document);
    free(matters->allotments);
    free(matters->parts);
    free(matters->rows);
    free(matters);
}

bool matters_row_is_in_period(const struct matters *matters, const struct matter_row *row)
{
    return !date_is_before(row->date, matters->first) && !date_is_before(matters->last, row->date);
}
