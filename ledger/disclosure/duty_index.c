/*
 * duty_index.c - reading the rows that end or change what others tell.
 *
 * Of a plan only the ones that replace another are kept, under the code of the replaced.
 */
#include "ledger/disclosure/duty_index.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Which fields of a kind it needs; RECORD_NONE: none. */
static const struct {
    enum disclosure_kind kind;
    size_t code, group, date;
} fields[] = {
    {DISCLOSURE_ACHIEVE, ACHIEVE_PROJECT, RECORD_NONE, ACHIEVE_DATE},
    {DISCLOSURE_CHANGE, CHANGE_PROJECT, CHANGE_PLAN, CHANGE_DATE},
    {DISCLOSURE_CHANNEL, CHANNEL_CODE, CHANNEL_DIVISION, CHANNEL_DATE},
    {DISCLOSURE_FINANCE, FINANCE_PLAN, RECORD_NONE, RECORD_NONE},
    {DISCLOSURE_LEAVE, LEAVE_PROJECT, RECORD_NONE, LEAVE_DATE},
    {DISCLOSURE_PLAN, PLAN_REPLACES, RECORD_NONE, PLAN_DATE},
    {DISCLOSURE_PRINCIPLE, PRINCIPLE_DOCUMENT, PRINCIPLE_DIVISION, PRINCIPLE_DATE},
};

struct reading {
    struct duty_index *index;
    size_t kind; /* of `fields` */
};

void duty_index_document(const char *document, char out[CODE_SIZE])
{
    const hash_t hash = hash_sha256((const uint8_t *)document, strlen(document));

    static_assert(CODE_SIZE >= HASH_HEX_SIZE, "a hash fits a code");
    (void)hash_to_hex(&hash, out);
}

static bool fill_turn(const struct reading *reading, const struct record *record, struct turn *out,
                      struct error *err)
{
    const enum disclosure_kind kind = fields[reading->kind].kind;
    const char *code = record->values[fields[reading->kind].code].text;

    *out = (struct turn){.kind = kind, .seq = record->seq, .date = {INT32_MIN}};
    if (kind == DISCLOSURE_PRINCIPLE)
        duty_index_document(code, out->code);
    else
        memcpy(out->code, code, strnlen(code, CODE_SIZE - 1));
    if (fields[reading->kind].group != RECORD_NONE)
        memcpy(out->group, record->values[fields[reading->kind].group].text, CODE_SIZE - 1);
    if (kind == DISCLOSURE_CHANGE)
        out->adds = strcmp(record->values[CHANGE_ACTION].text, "add") == 0;
    return fields[reading->kind].date == RECORD_NONE ||
           record_date(record, fields[reading->kind].date, &out->date, err);
}

static bool add_turn(void *context, const struct record *record, struct error *err)
{
    struct reading *reading = context;
    struct duty_index *index = reading->index;
    void *grown;

    if (record->values[fields[reading->kind].code].text[0] == '\0') return true;
    if (index->count == DUTY_TURNS_MAX)
        return error_set(err, ERROR_LIMIT, "more than %d changes of what is disclosed",
                         DUTY_TURNS_MAX);
    if ((index->count & (index->count - 1)) == 0) {
        grown = realloc(index->turns,
                        (index->count == 0 ? 1 : 2 * index->count) * sizeof *index->turns);
        if (grown == NULL) return error_set(err, ERROR_MEMORY, "no memory for what is due");
        index->turns = grown;
    }
    return fill_turn(reading, record, &index->turns[index->count++], err);
}

static int compare_key(const struct turn *a, const struct turn *b, bool with_group)
{
    int order;

    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    order = strcmp(a->code, b->code);
    return order != 0 || !with_group ? order : strcmp(a->group, b->group);
}

static int order_turns(const void *a, const void *b)
{
    const struct turn *first = a, *second = b;
    int order = compare_key(first, second, true);

    if (order != 0) return order;
    return (first->seq > second->seq) - (first->seq < second->seq);
}

bool duty_index_read(struct journal *journal, struct duty_index *out, struct error *err)
{
    struct reading reading = {.index = out};

    *out = (struct duty_index){0};
    for (reading.kind = 0; reading.kind < ARRAY_COUNT(fields); reading.kind++)
        if (!record_each(journal, disclosure_kinds[fields[reading.kind].kind], 0, NULL, add_turn,
                         &reading, err))
            return false;
    if (out->count > 0) qsort(out->turns, out->count, sizeof *out->turns, order_turns);
    return true;
}

void duty_index_done(struct duty_index *index)
{
    free(index->turns);
    *index = (struct duty_index){0};
}

struct turns duty_index_find(const struct duty_index *index, enum disclosure_kind kind,
                             const char *code, const char *group, uint64_t after)
{
    struct turn key = {.kind = kind, .seq = after};
    struct turns found;
    size_t low = 0, high = index->count;

    assert(strlen(code) < CODE_SIZE && (group == NULL || strlen(group) < CODE_SIZE));
    memcpy(key.code, code, strlen(code) + 1);
    if (group != NULL) memcpy(key.group, group, strlen(group) + 1);
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (order_turns(&index->turns[middle], &key) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    found = (struct turns){low, low};
    while (found.end < index->count &&
           compare_key(&index->turns[found.end], &key, group != NULL) == 0)
        found.end++;
    return found;
}
