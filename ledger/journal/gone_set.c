/*
 * gone_set.c - what the acts of a log account for, found before the log is applied.
 *
 * A backup older than an erasure still has what was erased since. A replay into which the set is
 * given leaves those values out, so that they don't come back.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/journal/internal.h"

#define PROPOSALS_MAX 1000000
#define RANGES_MAX    10000000

/* Ranges of a proposal, in `ranges` from first_range on. */
struct proposed {
    hash_t hash;
    size_t first_range, range_count;
};

struct ranges {
    struct seal_range *items;
    size_t count, capacity;
};

struct gone_set {
    struct ranges ranges; /* by member, then place, none overlapping: see gone.c */
};

struct search {
    const struct json_document *document;
    struct ranges proposed_ranges;
    struct proposed *proposed;
    size_t proposed_count, proposed_capacity;
    struct gone_set *set;
};

static bool grow(void **items, size_t count, size_t *capacity, size_t size, size_t limit,
                 struct error *err)
{
    size_t more = *capacity == 0 ? 16 : *capacity * 2;
    void *grown;

    if (count < *capacity) return true;
    if (count >= limit)
        return error_set(err, ERROR_LIMIT, "more than %zu sealed values or acts", limit);
    grown = realloc(*items, more * size);
    if (grown == NULL) return error_set(err, ERROR_MEMORY, "no memory for what was erased");
    *items = grown;
    *capacity = more;
    return true;
}

static bool add_range(struct ranges *ranges, const struct seal_range *range, struct error *err)
{
    void *items = ranges->items;

    if (!grow(&items, ranges->count, &ranges->capacity, sizeof *range, RANGES_MAX, err))
        return false;
    ranges->items = items;
    ranges->items[ranges->count++] = *range;
    return true;
}

static bool read_range(const struct json_document *document, uint32_t node, struct seal_range *out,
                       struct error *err)
{
    char purpose[sizeof out->kind + sizeof out->member];
    int64_t first, last;
    size_t kind_size;

    memset(out, 0, sizeof *out);
    if (!json_get_integer(document, node, "first", &first, err) ||
        !json_get_integer(document, node, "last", &last, err) ||
        !json_get_string(document, node, "purpose", purpose, sizeof purpose, err))
        return false;
    kind_size = strcspn(purpose, "/");
    if (kind_size >= sizeof out->kind || purpose[kind_size] == '\0' ||
        strlen(purpose + kind_size + 1) >= sizeof out->member)
        return error_set(err, ERROR_INPUT, "\"%s\" is no purpose of a sealed value", purpose);
    memcpy(out->kind, purpose, kind_size);
    memcpy(out->member, purpose + kind_size + 1, strlen(purpose + kind_size + 1));
    out->first = (uint64_t)first;
    out->last = (uint64_t)last;
    return true;
}

static bool take_proposal(struct search *search, const struct entry_view *entry, struct error *err)
{
    const struct json_document *document = search->document;
    struct proposed proposed = {.hash = entry->hash, .first_range = search->proposed_ranges.count};
    void *items = search->proposed;
    struct seal_range range;
    uint32_t body, seals;
    char act[64];

    if (!json_get_string(document, entry->body, "act", act, sizeof act, err)) return false;
    if (strcmp(act, "seal.erase") != 0 && strcmp(act, "seal.lost") != 0) return true;
    if (!json_get_node(document, entry->body, "body", JSON_OBJECT, &body, err) ||
        !json_get_node(document, body, "seals", JSON_ARRAY, &seals, err))
        return false;
    for (uint32_t at = json_first(document, seals); at != JSON_NONE; at = json_next(document, at)) {
        if (!read_range(document, at, &range, err) ||
            !add_range(&search->proposed_ranges, &range, err))
            return false;
        proposed.range_count++;
    }
    if (!grow(&items, search->proposed_count, &search->proposed_capacity, sizeof proposed,
              PROPOSALS_MAX, err))
        return false;
    search->proposed = items;
    search->proposed[search->proposed_count++] = proposed;
    return true;
}

static bool take_second(struct search *search, const struct entry_view *entry, struct error *err)
{
    char hex[HASH_HEX_SIZE];
    hash_t hash;

    if (!json_get_string(search->document, entry->body, "proposal", hex, sizeof hex, err) ||
        !hash_from_hex(hex, &hash, err))
        return false;
    for (size_t i = search->proposed_count; i > 0; i--) {
        const struct proposed *proposed = &search->proposed[i - 1];

        if (!hash_equal(&proposed->hash, &hash)) continue;
        for (size_t j = 0; j < proposed->range_count; j++)
            if (!add_range(&search->set->ranges,
                           &search->proposed_ranges.items[proposed->first_range + j], err))
                return false;
        break;
    }
    return true;
}

static int compare_ranges(const void *a, const void *b)
{
    const struct seal_range *left = a, *right = b;
    int order = strcmp(left->member, right->member);

    if (order != 0) return order;
    return left->first < right->first ? -1 : left->first > right->first;
}

static bool take_entry(struct search *search, struct json_document *document,
                       const struct buffer *bytes, struct error *err)
{
    struct entry_view entry = {0};
    char prev[HASH_HEX_SIZE];

    if (!entry_parse(document, bytes->data, bytes->size, &entry, prev, err)) return false;
    if (strcmp(entry.kind, propose_kind.name) == 0) return take_proposal(search, &entry, err);
    return strcmp(entry.kind, second_kind.name) != 0 || take_second(search, &entry, err);
}

bool journal_find_gone(const struct published_log *log, struct gone_set **out, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct json_document *document = json_document_new(err);
    struct search search = {.document = document, .set = calloc(1, sizeof *search.set)};
    bool ok = false;

    if (document == NULL) goto out;
    if (search.set == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory for what was erased");
        goto out;
    }
    for (uint64_t seq = 0; seq < log->size; seq++) {
        buffer_reset(&bytes);
        if (!log->read(log->context, seq, &bytes, err) ||
            !take_entry(&search, document, &bytes, err))
            goto out;
    }
    if (search.set->ranges.count > 0)
        qsort(search.set->ranges.items, search.set->ranges.count, sizeof *search.set->ranges.items,
              compare_ranges);
    *out = search.set;
    search.set = NULL;
    ok = true;
out:
    gone_set_free(search.set);
    free(search.proposed);
    free(search.proposed_ranges.items);
    json_document_free(document);
    buffer_done(&bytes);
    return ok;
}

void gone_set_free(struct gone_set *set)
{
    if (set == NULL) return;
    free(set->ranges.items);
    free(set);
}

bool gone_set_names(const struct gone_set *set, uint64_t seq, const char *member)
{
    size_t low = 0, high = set == NULL ? 0 : set->ranges.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct seal_range *range = &set->ranges.items[middle];
        int order = strcmp(range->member, member);

        if (order == 0 && range->first <= seq && seq <= range->last) return true;
        if (order < 0 || (order == 0 && range->last < seq))
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

void journal_leave_out(struct journal *target, const struct gone_set *set)
{
    target->left_out = set;
}
