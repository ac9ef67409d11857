/*
 * entries.c - bytes, shape and seals of single entries.
 *
 * 1. An entry is canonical JSON with exactly the seven members of DESIGN section 3.1.
 * 2. A seal that is here must open the member beside which it stands: HMAC, origin, purpose,
 * subject and the shape of the value. Which ones are not here is told to who knows the acts that
 * account for them (gone.h); a publication has none.
 */
#include "audit/verify/entries.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/date.h"

#define SEALS_AT_FIRST 64

enum envelope_member {
    ENVELOPE_ACTOR,
    ENVELOPE_BODY,
    ENVELOPE_KIND,
    ENVELOPE_PREV,
    ENVELOPE_SEQ,
    ENVELOPE_TIME,
    ENVELOPE_V,
    ENVELOPE_COUNT
};

/* `prev` is not in it: as it differs each time, it is read and checked at once. */
static const struct {
    const char *name;
    enum json_type type;
} envelope[ENVELOPE_COUNT] = {
    [ENVELOPE_ACTOR] = {"actor", JSON_STRING}, [ENVELOPE_BODY] = {"body", JSON_OBJECT},
    [ENVELOPE_KIND] = {"kind", JSON_STRING},   [ENVELOPE_PREV] = {"prev", JSON_STRING},
    [ENVELOPE_SEQ] = {"seq", JSON_INTEGER},    [ENVELOPE_TIME] = {"time", JSON_STRING},
    [ENVELOPE_V] = {"v", JSON_INTEGER},
};

static const struct shape actor_shape[] = {{"actor", .type = SHAPE_USER}};

/* ---- Blocks --------------------------------------------------------------------------------- */

bool reader_init(struct reader *reader, struct error *err)
{
    memset(reader, 0, sizeof *reader);
    reader->entry = json_document_new(err);
    if (reader->entry == NULL) return false;
    reader->plain = json_document_new(err);
    if (reader->plain == NULL) {
        reader_done(reader);
        return false;
    }
    return true;
}

void reader_done(struct reader *reader)
{
    json_document_free(reader->entry);
    json_document_free(reader->plain);
    reader->entry = reader->plain = NULL;
}

bool block_init(struct block *block, struct error *err)
{
    memset(block, 0, sizeof *block);
    block->bytes = (struct buffer)BUFFER_INIT((size_t)BLOCK_ENTRIES * ENTRY_SIZE_BYTES_MAX);
    block->plains = (struct buffer)BUFFER_INIT(PLAIN_SIZE_BYTES_MAX);
    block->seals = calloc(SEALS_AT_FIRST, sizeof *block->seals);
    if (block->seals == NULL) return error_set(err, ERROR_MEMORY, "no memory for a block");
    block->seal_capacity = SEALS_AT_FIRST;
    block->origin = "";
    return true;
}

void block_reset(struct block *block, uint64_t first)
{
    block->first = first;
    block->count = 0;
    block->checked = 0;
    block->seal_count = 0;
    block->has_stored = false;
    block->is_cut = block->has_seals = false;
    buffer_reset(&block->bytes);
    buffer_wipe(&block->plains);
    error_clear(&block->failure);
}

bool block_add_entry(struct block *block, const uint8_t *data, size_t size, struct error *err)
{
    assert(block->count < BLOCK_ENTRIES);
    if (size > ENTRY_SIZE_BYTES_MAX) {
        return error_set(err, ERROR_VERIFY, "has %zu bytes; an entry has at most %d", size,
                         ENTRY_SIZE_BYTES_MAX);
    }
    block->at[block->count] = block->bytes.size;
    if (!buffer_append(&block->bytes, data, size, err)) return false;
    block->count++;
    block->at[block->count] = block->bytes.size;
    return true;
}

bool block_add_seal(struct block *block, const struct seal *seal, const uint8_t *plain,
                    struct error *err)
{
    struct seal *added;

    if (block->seal_count == (size_t)BLOCK_ENTRIES * SEALS_PER_ENTRY_MAX) {
        return error_set(err, ERROR_VERIFY, "has more sealed values than any entry can");
    }
    if (block->seal_count == block->seal_capacity) {
        size_t capacity = block->seal_capacity * 2;
        struct seal *seals = realloc(block->seals, capacity * sizeof *seals);

        if (seals == NULL) return error_set(err, ERROR_MEMORY, "no memory for sealed values");
        block->seals = seals;
        block->seal_capacity = capacity;
    }
    added = &block->seals[block->seal_count];
    *added = *seal;
    added->plain_at = block->plains.size;
    if (!buffer_append(&block->plains, plain, seal->plain_size, err)) return false;
    block->seal_count++;
    return true;
}

void block_done(struct block *block)
{
    buffer_done(&block->bytes);
    buffer_wipe(&block->plains);
    buffer_done(&block->plains);
    free(block->seals);
    block->seals = NULL;
}

struct slice block_entry(const struct block *block, unsigned i)
{
    assert(i < block->count);
    return (struct slice){block->bytes.data + block->at[i], block->at[i + 1] - block->at[i]};
}

/* ---- The envelope --------------------------------------------------------------------------- */

/* Copy a string that is known to be short enough. */
static bool copy_text(const struct json_document *document, uint32_t node, char *text,
                      size_t text_size)
{
    size_t size;
    const uint8_t *value = json_string_value(document, node, &size);

    if (size >= text_size) return false;
    memcpy(text, value, size);
    text[size] = '\0';
    return true;
}

static bool check_time(struct reader *reader, uint32_t node, struct entry_facts *facts,
                       struct error *err)
{
    size_t size;
    const uint8_t *value = json_string_value(reader->entry, node, &size);

    /* The entries of a transaction share their time. */
    if (size != INSTANT_TEXT_SIZE - 1 || memcmp(value, reader->time, size) != 0) {
        struct error ignored = ERROR_INIT;
        char text[INSTANT_TEXT_SIZE];
        instant_t time;

        if (!copy_text(reader->entry, node, text, sizeof text) ||
            !instant_parse(text, &time, &ignored)) {
            return error_set(err, ERROR_VERIFY,
                             "member \"time\" is no time like 2021-03-01T00:00:00Z");
        }
        memcpy(reader->time, text, sizeof text);
        reader->time_seconds = time.seconds;
    }
    facts->time_seconds = reader->time_seconds;
    return true;
}

/* Exactly the seven members, each of its type. */
static bool find_members(const struct json_document *document, uint32_t nodes[ENVELOPE_COUNT],
                         struct error *err)
{
    uint32_t node = json_first(document, 0);

    if (json_type(document, 0) != JSON_OBJECT) {
        return error_set(err, ERROR_VERIFY, "is no JSON object");
    }
    for (int i = 0; i < ENVELOPE_COUNT; i++) {
        size_t size = 0;
        const uint8_t *name = node == JSON_NONE ? NULL : json_name_of(document, node, &size);

        if (name == NULL || size != strlen(envelope[i].name) ||
            memcmp(name, envelope[i].name, size) != 0) {
            if (json_member(document, 0, envelope[i].name) != JSON_NONE) break;
            return error_set(err, ERROR_VERIFY, "member \"%s\" is missing", envelope[i].name);
        }
        if (json_type(document, node) != envelope[i].type) {
            return error_set(err, ERROR_VERIFY, "member \"%s\" is not of its type",
                             envelope[i].name);
        }
        nodes[i] = node;
        node = json_next(document, node);
        if (i == ENVELOPE_COUNT - 1 && node == JSON_NONE) return true;
    }
    {
        size_t size;
        const uint8_t *name = json_name_of(document, node, &size);

        return error_set(err, ERROR_VERIFY, "member \"%.*s\" doesn't belong there",
                         size < 64 ? (int)size : 64, (const char *)name);
    }
}

static bool read_prev(const struct json_document *document, uint32_t node, hash_t *out,
                      struct error *err)
{
    size_t size;
    const uint8_t *text = json_string_value(document, node, &size);

    return shape_read_hash(text, size, out) ||
           error_set(err, ERROR_VERIFY, "member \"prev\" is not 64 hexadecimal digits");
}

/* The seven members; `body` is left to its kind. */
static bool check_envelope(struct reader *reader, uint64_t seq, const struct entry_kind **kind_out,
                           uint32_t *body_out, struct entry_facts *facts, struct error *err)
{
    const struct json_document *document = reader->entry;
    const struct shape_source source = {document, &reader->cache};
    uint32_t nodes[ENVELOPE_COUNT];
    const uint8_t *name;
    int64_t stated;
    size_t size;

    if (!find_members(document, nodes, err)) return false;
    if (json_integer_value(document, nodes[ENVELOPE_V]) != 1) {
        return error_set(err, ERROR_VERIFY, "member \"v\" is not 1; a newer verifier is needed");
    }
    stated = json_integer_value(document, nodes[ENVELOPE_SEQ]);
    if (stated < 0 || (uint64_t)stated != seq) {
        return error_set(err, ERROR_VERIFY, "says that it is entry %lld", (long long)stated);
    }
    name = json_string_value(document, nodes[ENVELOPE_KIND], &size);
    *kind_out = kind_find(name, size);
    if (*kind_out == NULL) {
        return error_set(err, ERROR_VERIFY, "kind \"%.*s\" is unknown", size < 64 ? (int)size : 64,
                         (const char *)name);
    }
    if (!shape_check_kept(&source, nodes[ENVELOPE_ACTOR], actor_shape, err)) return false;
    if (!check_time(reader, nodes[ENVELOPE_TIME], facts, err)) return false;
    if (!read_prev(document, nodes[ENVELOPE_PREV], &facts->prev, err)) return false;
    if (!copy_text(document, nodes[ENVELOPE_ACTOR], facts->actor, sizeof facts->actor)) {
        return error_set(err, ERROR_VERIFY, "member \"actor\" is too long");
    }
    *body_out = nodes[ENVELOPE_BODY];
    facts->kind = (*kind_out)->id;
    return true;
}

/* ---- Seals ---------------------------------------------------------------------------------- */

/* Where the seals of entry i begin. */
static size_t first_seal(const struct block *block, unsigned i)
{
    size_t low = 0, high = block->seal_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (block->seals[middle].entry < i) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The seal of a member, or NULL. */
static const struct seal *find_seal(const struct block *block, unsigned i, const char *member)
{
    size_t at = first_seal(block, i);

    for (; at < block->seal_count && block->seals[at].entry == i; at++) {
        if (strcmp(block->seals[at].member, member) == 0) return &block->seals[at];
    }
    return NULL;
}

static unsigned count_seals(const struct block *block, unsigned i)
{
    size_t first = first_seal(block, i), at = first;

    while (at < block->seal_count && block->seals[at].entry == i)
        at++;
    return (unsigned)(at - first);
}

static const uint8_t *seal_plain(const struct block *block, const struct seal *seal)
{
    return block->plains.data + seal->plain_at;
}

/* Covered by an import.file; its shape says what its seal belongs to. */
static bool is_row(enum kind_id kind)
{
    return kind >= KIND_ROW;
}

/* What a sealed value belongs to: docs/format.md section 5. */
static bool format_subject(const struct json_document *document, uint32_t body, enum kind_id kind,
                           const struct shape *shape, char *subject, size_t subject_size)
{
    struct error ignored = ERROR_INIT;
    const char *named = is_row(kind)                                               ? shape->subject
                        : kind == KIND_ATTACHMENT_ADD                              ? "code"
                        : kind == KIND_VOUCHER_LINE || kind == KIND_VOUCHER_SUBMIT ? "voucher"
                                                                                   : "reference";
    char name[300], next[300], what[16];
    int64_t line;
    int size;

    if (!json_get_string(document, body, named, name, sizeof name, &ignored)) return false;
    if (kind == KIND_VOUCHER_LINE) {
        if (!json_get_integer(document, body, "line", &line, &ignored)) return false;
        size = snprintf(subject, subject_size, "%s/%lld", name, (long long)line);
    } else if (kind == KIND_ATTACHMENT_ADD) {
        if (!json_get_string(document, body, "what", what, sizeof what, &ignored)) return false;
        size = snprintf(subject, subject_size, "%s/%s", what, name);
    } else if (is_row(kind) && shape->subject_next != NULL) {
        if (!json_get_string(document, body, shape->subject_next, next, sizeof next, &ignored))
            return false;
        size = snprintf(subject, subject_size, "%s/%s", name, next);
    } else {
        size = snprintf(subject, subject_size, "%s", name);
    }
    return size > 0 && (size_t)size < subject_size;
}

/* Is the value under a seal of the shape that the member has? */
static bool check_plain_value(const struct json_document *plain, struct shape_cache *cache,
                              const struct entry_kind *kind, const struct shape *shape,
                              struct error *err)
{
    const struct shape_source source = {plain, cache};
    struct shape open = *shape;

    open.seal = SEAL_NEVER;
    if (kind->id == KIND_VOUCHER_LINE) open.members = shape_person_detail;
    if (shape_check(&source, json_member(plain, 0, "value"), &open, err)) return true;
    return error_at(err, "under seal");
}

/* One member of the plain object must be this text. */
static bool check_plain_text(const struct json_document *plain, const char *member,
                             const char *wanted, struct error *err)
{
    uint32_t node = json_member(plain, 0, member);

    if (node != JSON_NONE && json_string_equals(plain, node, wanted)) return true;
    return error_set(err, ERROR_VERIFY, "its sealed value names another %s than \"%s\"", member,
                     wanted);
}

static bool check_seal(struct reader *reader, const struct block *block, const struct seal *seal,
                       const struct entry_kind *kind, uint32_t body, struct error *err)
{
    const struct json_document *entry = reader->entry, *plain = reader->plain;
    const struct shape *shape = kind->body;
    uint32_t node = json_member(entry, body, seal->member);
    hash_t commitment, found;
    char purpose[96], subject[320];

    while (shape->name != NULL && strcmp(shape->name, seal->member) != 0)
        shape++;
    if (node == JSON_NONE || shape->name == NULL || !shape_is_sealed(entry, node, &commitment)) {
        return error_set(err, ERROR_VERIFY, "a sealed value is kept for \"%s\", which isn't sealed",
                         seal->member);
    }
    found =
        hash_hmac_sha256(seal->key, sizeof seal->key, seal_plain(block, seal), seal->plain_size);
    if (!hash_equal(&found, &commitment)) {
        return error_set(err, ERROR_VERIFY,
                         "the sealed value of \"%s\" is not the one that was entered",
                         seal->member);
    }
    if (!json_parse(reader->plain, seal_plain(block, seal), seal->plain_size, JSON_CANONICAL, err))
        return error_at(err, "under seal");
    (void)snprintf(purpose, sizeof purpose, "%s/%s", kind->name, seal->member);
    if (!format_subject(entry, body, kind->id, shape, subject, sizeof subject)) {
        return error_set(err, ERROR_VERIFY, "has nothing that a sealed value could belong to");
    }
    if (json_count(plain, 0) != 4 || json_member(plain, 0, "value") == JSON_NONE) {
        return error_set(err, ERROR_VERIFY,
                         "the sealed value of \"%s\" has other members than four", seal->member);
    }
    if (!check_plain_text(plain, "origin", block->origin, err)) return false;
    if (!check_plain_text(plain, "purpose", purpose, err)) return false;
    if (!check_plain_text(plain, "subject", subject, err)) return false;
    return check_plain_value(plain, &reader->cache, kind, shape, err);
}

static bool check_seals(struct reader *reader, struct block *block, unsigned i,
                        const struct entry_kind *kind, uint32_t body, struct error *err)
{
    struct entry_facts *facts = &block->facts[i];
    unsigned present = 0;
    hash_t ignored;

    for (const struct shape *shape = kind->body; shape->name != NULL; shape++) {
        const struct seal *seal;
        uint32_t node;

        if (shape->seal == SEAL_NEVER) continue;
        node = json_member(reader->entry, body, shape->name);
        if (node == JSON_NONE || !shape_is_sealed(reader->entry, node, &ignored)) continue;
        assert(facts->sealed < SEALS_PER_ENTRY_MAX); /* no table has more */
        facts->seals[facts->sealed++] = shape->name;
        seal = find_seal(block, i, shape->name);
        if (seal == NULL) {
            facts->absent[facts->sealed_absent++] = shape->name;
            continue;
        }
        if (!check_seal(reader, block, seal, kind, body, err)) return false;
        present++;
    }
    if (block->seal_count > 0 && count_seals(block, i) != present) {
        return error_set(err, ERROR_VERIFY,
                         "sealed values are kept for it that it doesn't commit to");
    }
    return true;
}

bool entry_open_seal(const struct block *block, unsigned i, struct reader *reader,
                     const char *member, uint32_t *value_out)
{
    const struct seal *seal = find_seal(block, i, member);
    struct error ignored = ERROR_INIT;

    if (seal == NULL || !json_parse(reader->plain, seal_plain(block, seal), seal->plain_size,
                                    JSON_CANONICAL, &ignored))
        return false;
    *value_out = json_member(reader->plain, 0, "value");
    return *value_out != JSON_NONE;
}

bool entry_open_member(const struct block *block, unsigned i, struct reader *reader,
                       const char *member, const struct json_document **document_out,
                       uint32_t *value_out)
{
    uint32_t node = json_member(reader->entry, json_member(reader->entry, 0, "body"), member);
    hash_t commitment;

    if (node == JSON_NONE) return false;
    if (shape_is_sealed(reader->entry, node, &commitment)) {
        if (!entry_open_seal(block, i, reader, member, value_out)) return false;
        *document_out = reader->plain;
        return true;
    }
    *document_out = reader->entry;
    *value_out = node;
    return true;
}

/* ---- Lines ---------------------------------------------------------------------------------- */

static struct slice source_of(const struct json_document *document, uint32_t object,
                              const char *member)
{
    struct slice slice;

    slice.data = json_source(document, json_member(document, object, member), &slice.size);
    return slice;
}

/* What the ordered checks need of a line whose seal, if any, was checked just now and is parsed.
 * Slices point into the block, not into the documents. */
static void read_line(const struct block *block, unsigned i, struct reader *reader, uint32_t body,
                      struct entry_facts *facts)
{
    const struct json_document *document = reader->entry;
    uint32_t detail = json_member(document, body, "detail");
    struct line_facts *line = &facts->line;

    line->number = json_integer_value(document, json_member(document, body, "line"));
    (void)copy_text(document, json_member(document, body, "voucher"), facts->voucher,
                    sizeof facts->voucher);
    line->is_sealed = facts->sealed > 0;
    line->is_open = facts->sealed_absent == 0;
    if (!line->is_open) return;
    if (line->is_sealed) {
        assert(find_seal(block, i, "detail") != NULL);
        document = reader->plain;
        detail = json_member(document, 0, "value");
        line->id_number = source_of(document, json_member(document, detail, "payee"), "id_number");
    }
    line->amount = json_integer_value(document, json_member(document, detail, "amount"));
    line->from = source_of(document, detail, "from");
    line->to = source_of(document, detail, "to");
}

static bool is_covered(enum kind_id kind)
{
    return kind == KIND_VOUCHER_LINE || is_row(kind);
}

static bool check_entry(struct reader *reader, struct block *block, unsigned i, struct error *err)
{
    struct slice bytes = block_entry(block, i);
    struct entry_facts *facts = &block->facts[i];
    const struct shape_source source = {reader->entry, &reader->cache};
    const struct entry_kind *kind;
    uint32_t body;

    memset(facts, 0, sizeof *facts);
    if (block->has_stored && !hash_equal(&block->stored[i], &block->leaves[i])) {
        return error_set(
            err, ERROR_VERIFY,
            "its bytes don't give the hash that is stored beside them: one was changed");
    }
    if (!json_parse(reader->entry, bytes.data, bytes.size, JSON_CANONICAL, err)) return false;
    if (!check_envelope(reader, block->first + i, &kind, &body, facts, err)) return false;
    facts->kind_name = kind->name;
    if (!shape_check_members(&source, body, kind->body, err)) return false;
    if (!check_seals(reader, block, i, kind, body, err)) return false;
    facts->body.data = json_source(reader->entry, body, &facts->body.size);
    if (is_covered(facts->kind)) facts->body_leaf = hash_leaf(facts->body.data, facts->body.size);
    if (facts->kind == KIND_VOUCHER_LINE) read_line(block, i, reader, body, facts);
    return true;
}

hash_t block_root(const hash_t leaves[BLOCK_ENTRIES])
{
    hash_t nodes[BLOCK_ENTRIES / 2];

    for (unsigned i = 0; i < BLOCK_ENTRIES / 2; i++)
        nodes[i] = hash_node(&leaves[2 * i], &leaves[2 * i + 1]);
    for (unsigned count = BLOCK_ENTRIES / 4; count > 0; count /= 2) {
        for (unsigned i = 0; i < count; i++)
            nodes[i] = hash_node(&nodes[2 * i], &nodes[2 * i + 1]);
    }
    return nodes[0];
}

void entries_check(struct reader *reader, struct block *block)
{
    for (unsigned i = 0; i < block->count; i++) {
        struct slice bytes = block_entry(block, i);

        block->leaves[i] = hash_leaf(bytes.data, bytes.size);
    }
    if (block->count == BLOCK_ENTRIES) block->root = block_root(block->leaves);
    for (block->checked = 0; block->checked < block->count; block->checked++) {
        if (!check_entry(reader, block, block->checked, &block->failure)) return;
    }
}

bool entry_check_alone(struct slice entry, uint64_t seq, char *kind, size_t kind_size,
                       struct error *err)
{
    struct reader reader = {.entry = NULL};
    struct entry_facts facts = {0};
    const struct entry_kind *found;
    uint32_t body;
    bool ok = false;

    if (!reader_init(&reader, err)) goto out;
    if (!json_parse(reader.entry, entry.data, entry.size, JSON_CANONICAL, err)) goto out;
    if (!check_envelope(&reader, seq, &found, &body, &facts, err)) goto out;
    if (!shape_check_members(&(struct shape_source){reader.entry, NULL}, body, found->body, err))
        goto out;
    (void)snprintf(kind, kind_size, "%s", found->name);
    ok = true;
out:
    reader_done(&reader);
    return ok;
}
