/*
 * gone.c - two lists of ranges, sorted at the end and walked side by side.
 */
#include "audit/verify/gone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "base/language.h"

#define RANGES_MAX 10000000

void gone_done(struct gone *gone)
{
    free(gone->absent.items);
    free(gone->named.items);
    *gone = (struct gone){0};
}

static bool add_range(struct gone_ranges *ranges, const struct gone_range *range, struct error *err)
{
    if (!array_reserve(&ranges->items, sizeof *ranges->items, ranges->count, &ranges->capacity,
                       RANGES_MAX, err))
        return false;
    ranges->items[ranges->count++] = *range;
    return true;
}

bool gone_add(struct gone *gone, uint64_t seq, const char *kind, const char *member,
              struct error *err)
{
    struct gone_ranges *absent = &gone->absent;
    struct gone_range range = {.first = seq, .last = seq};
    struct gone_range *last = absent->count == 0 ? NULL : &absent->items[absent->count - 1];

    (void)snprintf(range.purpose, sizeof range.purpose, "%s/%s", kind, member);
    if (last != NULL && last->last + 1 == seq && strcmp(last->purpose, range.purpose) == 0) {
        last->last = seq;
        return true;
    }
    return add_range(absent, &range, err);
}

/* ---- Acts ------------------------------------------------------------------------------------ */

static bool read_range(const struct json_document *document, uint32_t node, uint64_t seq,
                       struct gone_range *out, struct error *err)
{
    int64_t first = 0, last = 0;

    if (!json_get_integer(document, node, "first", &first, err) ||
        !json_get_integer(document, node, "last", &last, err) ||
        !json_get_string(document, node, "purpose", out->purpose, sizeof out->purpose, err))
        return false;
    out->first = (uint64_t)first;
    out->last = (uint64_t)last;
    return (out->first <= out->last && out->last < seq) ||
           error_set(err, ERROR_VERIFY, "names no range of entries before it: %lld to %lld",
                     (long long)first, (long long)last);
}

/* By purpose, then place. */
static int compare_ranges(const void *a, const void *b)
{
    const struct gone_range *left = a, *right = b;
    int order = strcmp(left->purpose, right->purpose);

    if (order != 0) return order;
    return left->first < right->first ? -1 : left->first > right->first;
}

bool gone_account(struct gone *gone, const struct json_document *document, uint32_t body,
                  uint64_t seq, bool is_erased, struct error *err)
{
    uint32_t seals = json_member(document, body, "seals");
    struct gone_range before = {.purpose = ""};

    if (json_count(document, seals) == 0) {
        return error_set(err, ERROR_VERIFY, "names no sealed value");
    }
    for (uint32_t at = json_first(document, seals); at != JSON_NONE; at = json_next(document, at)) {
        struct gone_range range = {.act = seq, .is_erased = is_erased};

        if (!read_range(document, at, seq, &range, err)) return false;
        if (compare_ranges(&before, &range) >= 0) {
            return error_set(err, ERROR_VERIFY, "names sealed values out of order");
        }
        if (!add_range(&gone->named, &range, err)) return false;
        before = range;
    }
    return true;
}

/* ---- The end of the log ---------------------------------------------------------------------- */

static void sort_ranges(struct gone_ranges *ranges)
{
    if (ranges->count > 0)
        qsort(ranges->items, ranges->count, sizeof *ranges->items, compare_ranges);
}

static bool check_disjoint(const struct gone_ranges *named, struct error *err)
{
    for (size_t i = 1; i < named->count; i++) {
        const struct gone_range *before = &named->items[i - 1], *range = &named->items[i];

        if (strcmp(before->purpose, range->purpose) != 0 || before->last < range->first) continue;
        (void)error_set(err, ERROR_VERIFY,
                        "accounts for a sealed value (%s of entry %llu) that entry %llu accounts "
                        "for",
                        range->purpose, (unsigned long long)range->first,
                        (unsigned long long)(range->act > before->act ? before->act : range->act));
        return error_at(err, "entry %llu (act.second)",
                        (unsigned long long)(range->act > before->act ? range->act : before->act));
    }
    return true;
}

static bool refuse_here(const struct gone_range *named, uint64_t seq, struct error *err)
{
    (void)error_set(err, ERROR_VERIFY,
                    named->is_erased
                        ? N_("entry %llu erased its sealed value %s, but there is one; or it seals "
                             "none")
                        : N_("entry %llu declares its sealed value %s lost, but there is one; or "
                             "it seals none"),
                    (unsigned long long)named->act, named->purpose);
    return error_at(err, "entry %llu", (unsigned long long)seq);
}

static void note_missing(struct gone *gone, const struct gone_range *absent, uint64_t first,
                         uint64_t last)
{
    if (gone->missing == 0 || first < gone->first_missing.first) {
        gone->first_missing = *absent;
        gone->first_missing.first = first;
        gone->first_missing.last = last;
    }
    gone->missing += last - first + 1;
}

/* Go through one run of absent values, with the acts that name some of it from *at on. */
static bool settle_run(struct gone *gone, const struct gone_range *absent, size_t *at,
                       struct error *err)
{
    uint64_t next = absent->first;

    for (; *at < gone->named.count; (*at)++) {
        const struct gone_range *named = &gone->named.items[*at];
        int order = strcmp(named->purpose, absent->purpose);

        if (order > 0 || (order == 0 && named->first > absent->last)) break;
        if (order < 0 || named->first < next) return refuse_here(named, named->first, err);
        if (named->last > absent->last) return refuse_here(named, absent->last + 1, err);
        if (named->first > next) note_missing(gone, absent, next, named->first - 1);
        next = named->last + 1;
    }
    if (next <= absent->last) note_missing(gone, absent, next, absent->last);
    return true;
}

bool gone_settle(struct gone *gone, struct error *err)
{
    size_t at = 0;

    sort_ranges(&gone->absent);
    sort_ranges(&gone->named);
    if (!check_disjoint(&gone->named, err)) return false;
    if (!gone->is_ledger) return true;
    for (size_t i = 0; i < gone->absent.count; i++) {
        if (!settle_run(gone, &gone->absent.items[i], &at, err)) return false;
    }
    return at == gone->named.count ||
           refuse_here(&gone->named.items[at], gone->named.items[at].first, err);
}

/* ---- The verdict ----------------------------------------------------------------------------- */

static void append(char *out, size_t out_size, const char *text)
{
    size_t size = strlen(out);

    (void)snprintf(out + size, out_size - size, "%s", text);
}

/* Sorted by purpose, so that each comes once. */
static void tell_state(const struct gone_ranges *named, bool is_erased, const char *title,
                       char *out, size_t out_size)
{
    const char *between = title;
    char text[PURPOSE_SIZE + 64];

    for (size_t i = 0; i < named->count;) {
        const struct gone_range *range = &named->items[i];
        uint64_t count = 0;

        for (; i < named->count && strcmp(named->items[i].purpose, range->purpose) == 0; i++) {
            if (named->items[i].is_erased == is_erased)
                count += named->items[i].last - named->items[i].first + 1;
        }
        if (count == 0) continue;
        append(out, out_size, between);
        (void)snprintf(text, sizeof text, "%llu %s", (unsigned long long)count, range->purpose);
        append(out, out_size, text);
        between = ", ";
    }
}

void gone_tell(const struct gone *gone, char *out, size_t out_size)
{
    out[0] = '\0';
    tell_state(&gone->named, true, _("; erased: "), out, out_size);
    tell_state(&gone->named, false, _("; declared lost: "), out, out_size);
}
