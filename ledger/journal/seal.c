/*
 * seal.c - sealed values: docs/format.md section 3.
 *
 * 1. The entry holds HMAC-SHA-256(key, plain) and nothing else; key and plain lie beside it.
 * 2. A key is 32 fresh random bytes for each occurrence.
 * 3. The plain object names origin, purpose and subject, so that a seal is worth nothing in
 *    another place.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/encode.h"
#include "ledger/journal/internal.h"

static bool format_plain(const char *origin, const char *purpose, const char *subject,
                         const struct buffer *value, struct buffer *out, struct error *err)
{
    struct json_writer writer;

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_member_string(&writer, "origin", origin);
    json_member_string(&writer, "purpose", purpose);
    json_member_string(&writer, "subject", subject);
    json_name(&writer, "value");
    json_raw(&writer, value->data, value->size);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

bool journal_seal(struct journal *journal, const char *purpose, const char *subject,
                  const struct buffer *value, struct buffer *plain_out, struct buffer *member_out,
                  struct sealed_value *sealed_out, struct error *err)
{
    const char *member = strrchr(purpose, '/');
    struct sealed_value sealed = {.member = ""};
    char hex[HASH_HEX_SIZE];
    hash_t mac;

    assert(journal->origin[0] != '\0'); /* a seal names its ledger */
    assert(member != NULL && strlen(member + 1) < sizeof sealed.member);
    (void)snprintf(sealed.member, sizeof sealed.member, "%s", member + 1);
    buffer_reset(plain_out);
    if (!format_plain(journal->origin, purpose, subject, value, plain_out, err)) return false;
    if (!journal_random(journal, sealed.key, sizeof sealed.key, err)) return false;
    mac = hash_hmac_sha256(sealed.key, sizeof sealed.key, plain_out->data, plain_out->size);
    if (!buffer_append_text(member_out, "{\"sealed\":\"", err) ||
        !buffer_append_text(member_out, hash_to_hex(&mac, hex), err) ||
        !buffer_append_text(member_out, "\"}", err))
        return false;
    sealed.plain = plain_out->data;
    sealed.plain_size = plain_out->size;
    *sealed_out = sealed;
    return true;
}

static const struct sealed_value *find_value(const struct entry_view *entry, const char *member)
{
    for (size_t i = 0; i < entry->sealed_count; i++)
        if (strcmp(entry->sealed[i].member, member) == 0) return &entry->sealed[i];
    return NULL;
}

/* Is the string at `node` the kind, a slash and the member? */
static bool is_purpose(const struct json_document *document, uint32_t node, const char *kind,
                       const char *member)
{
    size_t size, kind_size = strlen(kind), member_size = strlen(member);
    const uint8_t *text = json_string_value(document, node, &size);

    return size == kind_size + 1 + member_size && memcmp(text, kind, kind_size) == 0 &&
           text[kind_size] == '/' && memcmp(text + kind_size + 1, member, member_size) == 0;
}

/* Of this ledger and for this member of this kind? The subject is known to whoever opens it. */
static bool check_plain(struct journal *journal, const struct entry_view *entry,
                        const struct sealed_value *sealed, struct error *err)
{
    struct json_document *plain = journal->plain_document;
    uint32_t origin, named, subject;

    journal->plain_of = NULL;
    if (!json_parse(plain, sealed->plain, sealed->plain_size, JSON_CANONICAL, err)) return false;
    if (!json_get_node(plain, 0, "origin", JSON_STRING, &origin, err) ||
        !json_get_node(plain, 0, "purpose", JSON_STRING, &named, err) ||
        !json_get_node(plain, 0, "subject", JSON_STRING, &subject, err))
        return false;
    if (json_count(plain, 0) != 4 || json_member(plain, 0, "value") == JSON_NONE)
        return error_set(err, ERROR_INPUT,
                         "a sealed value has origin, purpose, subject and value, nothing else");
    if (!json_string_equals(plain, origin, journal->origin) ||
        !is_purpose(plain, named, entry->kind, sealed->member))
        return error_set(err, ERROR_VERIFY,
                         "the value was sealed for another place than %s/%s of %s", entry->kind,
                         sealed->member, journal->origin);
    journal->plain_of = sealed;
    return true;
}

static bool check_one(struct journal *journal, const struct entry_view *entry,
                      const struct sealed_value *sealed, const uint8_t *mac, struct error *err)
{
    const char *member = sealed->member;
    char hex[HASH_HEX_SIZE];
    hash_t found;

    found = hash_hmac_sha256(sealed->key, SEALED_KEY_SIZE, sealed->plain, sealed->plain_size);
    if (memcmp(hash_to_hex(&found, hex), mac, HASH_HEX_SIZE - 1) != 0)
        return error_set(err, ERROR_VERIFY, "the sealed value of %s/%s is not what the entry seals",
                         entry->kind, member);
    if (!check_plain(journal, entry, sealed, err))
        return error_at(err, "%s/%s", entry->kind, member);
    return true;
}

bool seals_check(struct journal *journal, const struct kind_slot *slot,
                 const struct entry_view *entry, size_t sealed_members, struct error *err)
{
    const struct entry_member *member = slot->kind->members;
    size_t here = 0;

    for (; sealed_members > 0 && member->name != NULL; member++) {
        const struct sealed_value *sealed;
        const uint8_t *mac;
        uint32_t node;

        if (member->mark == MEMBER_PUBLIC) continue;
        node = json_member(entry->document, entry->body, member->name);
        if (node == JSON_NONE || !member_is_sealed(entry->document, node, &mac)) continue;
        sealed = find_value(entry, member->name);
        here += sealed != NULL;
        if (sealed == NULL ? !gone_note(journal, entry, member, err)
                           : !check_one(journal, entry, sealed, mac, err))
            return false;
    }
    if (here == entry->sealed_count) return true;
    return error_set(err, ERROR_INPUT,
                     "%s seals %zu members, and %zu sealed values stand beside it", entry->kind,
                     sealed_members, entry->sealed_count);
}

/* ---- Opening --------------------------------------------------------------------------------- */

/* The value that was checked last was read for that, and is handed over as it was read. */
static bool read_plain(struct journal *journal, const struct sealed_value *sealed,
                       struct json_document *document, struct error *err)
{
    bool is_read = journal->plain_of == sealed;

    journal->plain_of = NULL;
    if (!is_read)
        return json_parse(document, sealed->plain, sealed->plain_size, JSON_CANONICAL, err);
    json_document_swap(journal->plain_document, document);
    return true;
}

static bool open_plain(struct journal *journal, const struct entry_view *entry, const char *member,
                       const char *subject, struct json_document *document, uint32_t *value_out,
                       struct error *err)
{
    const struct sealed_value *sealed = find_value(entry, member);
    uint32_t named;

    assert(sealed != NULL); /* seals_check() held them one for one, HMAC and purpose included */
    if (!read_plain(journal, sealed, document, err)) return false;
    if (!json_get_node(document, 0, "subject", JSON_STRING, &named, err)) return false;
    if (!json_string_equals(document, named, subject))
        return error_set(err, ERROR_VERIFY, "the value of %s/%s was sealed for another than %s",
                         entry->kind, member, subject);
    *value_out = json_member(document, 0, "value");
    return true;
}

bool journal_open_member(struct journal *journal, const struct entry_view *entry,
                         const char *member, const char *subject, struct json_document *document,
                         uint32_t *value_out, struct error *err)
{
    uint32_t node = json_member(entry->document, entry->body, member);
    const uint8_t *source, *mac;
    size_t size;

    if (node == JSON_NONE)
        return error_set(err, ERROR_INPUT, "%s has no member %s", entry->kind, member);
    if (member_is_sealed(entry->document, node, &mac))
        return open_plain(journal, entry, member, subject, document, value_out, err);
    source = json_source(entry->document, node, &size);
    journal->plain_of = NULL; /* `document` may be the journal's own */
    if (!json_parse(document, source, size, JSON_CANONICAL, err)) return false;
    *value_out = 0;
    return true;
}
