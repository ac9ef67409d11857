/*
 * gone.c - what entries seal, a byte for each; and two lists of ranges, of what is absent and of
 * what acts name, sorted at the end and walked side by side.
 */
#include "audit/verify/gone.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"
#include "base/language.h"

#define RANGES_MAX 10000000

void gone_done(struct gone *gone)
{
    free(gone->entries);
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

/* ---- What entries seal ----------------------------------------------------------------------- */

static bool is_class(const struct gone_class *a, const struct gone_class *b)
{
    if (a->kind != b->kind || a->named != b->named || a->member_count != b->member_count)
        return false;
    for (unsigned i = 0; i < a->member_count; i++)
        if (a->members[i] != b->members[i]) return false;
    return true;
}

static bool find_class(struct gone *gone, const struct gone_class *wanted, uint8_t *out,
                       struct error *err)
{
    size_t at = 1;

    if (gone->class_count == 0) gone->class_count = 1;
    while (at < gone->class_count && !is_class(&gone->classes[at], wanted))
        at++;
    if (at == GONE_CLASSES_MAX)
        return error_set(err, ERROR_LIMIT, "more than %d ways to seal", GONE_CLASSES_MAX);
    if (at == gone->class_count) gone->classes[gone->class_count++] = *wanted;
    *out = (uint8_t)at;
    return true;
}

bool gone_add_entry(struct gone *gone, const char *kind, const char *const *members,
                    unsigned member_count, struct error *err)
{
    struct gone_class wanted = {.kind = kind, .member_count = member_count};

    assert(member_count <= GONE_MEMBERS_MAX);
    if (!array_reserve(&gone->entries, sizeof *gone->entries, gone->entry_count,
                       &gone->entry_capacity, SIZE_MAX / 2, err))
        return false;
    for (unsigned i = 0; i < member_count; i++)
        wanted.members[i] = members[i];
    if (member_count > 0 && !find_class(gone, &wanted, &gone->entries[gone->entry_count], err))
        return false;
    gone->entry_count++;
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

static bool read_range(const struct gone_act *act, uint32_t node, struct gone_range *out,
                       struct error *err)
{
    int64_t first = 0, last = 0;

    if (!json_get_integer(act->document, node, "first", &first, err) ||
        !json_get_integer(act->document, node, "last", &last, err) ||
        !json_get_string(act->document, node, "purpose", out->purpose, sizeof out->purpose, err))
        return false;
    out->first = (uint64_t)first;
    out->last = (uint64_t)last;
    return (out->first <= out->last && out->last < act->proposed) ||
           error_set(err, ERROR_VERIFY,
                     "names no range of entries before its proposal: %lld to %lld",
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

/* Which of the members that the entries of a class seal is that? As many as there are: none. */
static unsigned find_member(const struct gone_class *class, const char *purpose)
{
    size_t size = class->kind == NULL ? 0 : strlen(class->kind);
    unsigned at = 0;

    if (size == 0 || strncmp(class->kind, purpose, size) != 0 || purpose[size] != '/')
        return class->member_count;
    while (at < class->member_count && strcmp(class->members[at], purpose + size + 1) != 0)
        at++;
    return at;
}

static bool refuse_twice(const struct gone *gone, const struct gone_range *range, uint64_t seq,
                         struct error *err)
{
    size_t at = 0;

    while (at < gone->named.count &&
           (strcmp(gone->named.items[at].purpose, range->purpose) != 0 ||
            seq < gone->named.items[at].first || seq > gone->named.items[at].last))
        at++;
    assert(at < gone->named.count); /* or the entry's class wouldn't say so */
    return error_set(err, ERROR_VERIFY,
                     "accounts for a sealed value (%s of entry %llu) that entry %llu accounts for",
                     range->purpose, (unsigned long long)seq,
                     (unsigned long long)gone->named.items[at].act);
}

/* Every entry of the range seals what it says, and no act has named it. */
static bool name_range(struct gone *gone, const struct gone_range *range, struct error *err)
{
    for (uint64_t seq = range->first; seq <= range->last; seq++) {
        struct gone_class class = gone->classes[gone->entries[seq]];
        unsigned member = find_member(&class, range->purpose);

        if (member == class.member_count)
            return error_set(err, ERROR_VERIFY, "names %s of entry %llu, which seals none",
                             range->purpose, (unsigned long long)seq);
        if ((class.named & 1U << member) != 0) return refuse_twice(gone, range, seq, err);
        class.named |= 1U << member;
        if (!find_class(gone, &class, &gone->entries[seq], err)) return false;
    }
    return add_range(&gone->named, range, err);
}

bool gone_account(struct gone *gone, const struct gone_act *act, struct error *err)
{
    const struct json_document *document = act->document;
    uint32_t seals = json_member(document, act->body, "seals");
    struct gone_range before = {.purpose = ""};

    assert(act->proposed <= gone->entry_count);
    if (json_count(document, seals) == 0) {
        return error_set(err, ERROR_VERIFY, "names no sealed value");
    }
    for (uint32_t at = json_first(document, seals); at != JSON_NONE; at = json_next(document, at)) {
        struct gone_range range = {.act = act->seq, .is_erased = act->is_erased};

        if (!read_range(act, at, &range, err)) return false;
        if (compare_ranges(&before, &range) >= 0) {
            return error_set(err, ERROR_VERIFY, "names sealed values out of order");
        }
        if (!name_range(gone, &range, err)) return false;
        before = range;
    }
    return true;
}

size_t gone_first_of(const struct gone *gone, uint64_t seq)
{
    size_t at = gone->named.count;

    while (at > 0 && gone->named.items[at - 1].act == seq)
        at--;
    return at;
}

/* ---- The end of the log ---------------------------------------------------------------------- */

static void sort_ranges(struct gone_ranges *ranges)
{
    if (ranges->count > 0)
        qsort(ranges->items, ranges->count, sizeof *ranges->items, compare_ranges);
}

static bool refuse_here(const struct gone_range *named, uint64_t seq, struct error *err)
{
    (void)error_set(err, ERROR_VERIFY,
                    named->is_erased
                        ? N_("entry %llu erased its sealed value %s, but there is one")
                        : N_("entry %llu declares its sealed value %s lost, but there is one"),
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
