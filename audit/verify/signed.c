/*
 * signed.c - canonical JSON by base/'s writer; members of entries are copied as they stand, which
 * is canonical already.
 */
#include "audit/verify/signed.h"

#include <string.h>

static void member_hash(struct json_writer *writer, const char *name, const hash_t *hash)
{
    char text[HASH_HEX_SIZE];

    json_member_string(writer, name, hash_to_hex(hash, text));
}

bool signed_voucher_write(const struct signed_voucher *voucher, struct buffer *out,
                          struct error *err)
{
    bool is_submit = strcmp(voucher->act, "submit") == 0;
    struct json_writer writer;

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_member_string(&writer, "act", voucher->act);
    json_member_string(&writer, "event_date", voucher->event_date);
    json_member_integer(&writer, "line_count", voucher->line_count);
    json_member_string(&writer, "lines_root", voucher->lines_root);
    json_member_string(&writer, "origin", voucher->origin);
    if (!is_submit) member_hash(&writer, "reason_sha256", &voucher->reason_sha256);
    json_member_string(&writer, "reference", voucher->reference);
    if (!is_submit) member_hash(&writer, "submit", &voucher->submit);
    member_hash(&writer, "totals_sha256", &voucher->totals_sha256);
    json_member_string(&writer, "voucher", voucher->voucher);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

/* Copy an object without some of its members. */
static bool write_less(const struct json_document *document, uint32_t object,
                       const char *const *left_out, struct buffer *out, struct error *err)
{
    bool is_first = true;

    if (!buffer_append_byte(out, '{', err)) return false;
    for (uint32_t at = json_first(document, object); at != JSON_NONE;
         at = json_next(document, at)) {
        size_t name_size, size;
        const uint8_t *name = json_name_of(document, at, &name_size);
        const uint8_t *source = json_source(document, at, &size);
        const char *const *out_at = left_out;

        while (*out_at != NULL &&
               (strlen(*out_at) != name_size || memcmp(*out_at, name, name_size) != 0))
            out_at++;
        if (*out_at != NULL) continue;
        if (!is_first && !buffer_append_byte(out, ',', err)) return false;
        is_first = false;
        /* The names of our kinds need no escapes. */
        if (!buffer_append_format(out, err, "\"%.*s\":", (int)name_size, (const char *)name) ||
            !buffer_append(out, source, size, err))
            return false;
    }
    return buffer_append_byte(out, '}', err);
}

static bool write_act(const char *act, size_t act_size, const hash_t *body_sha256,
                      const char *nonce, const char *origin, struct buffer *out, struct error *err)
{
    struct json_writer writer;

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_name(&writer, "act");
    json_string_bytes(&writer, (const uint8_t *)act, act_size);
    member_hash(&writer, "body_sha256", body_sha256);
    json_member_string(&writer, "nonce", nonce);
    json_member_string(&writer, "origin", origin);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

bool signed_act_write(const char *kind, const char *origin, const struct json_document *document,
                      uint32_t body, struct buffer *out, struct error *err)
{
    static const char *const left_out[] = {"nonce", "signature", "signer", NULL};
    struct buffer less = BUFFER_INIT(SIGNED_SIZE_BYTES_MAX);
    char nonce[40];
    hash_t hash;
    bool ok = false;

    if (!json_get_string(document, body, "nonce", nonce, sizeof nonce, err)) goto out;
    if (!write_less(document, body, left_out, &less, err)) goto out;
    hash = hash_sha256(less.data, less.size);
    ok = write_act(kind, strlen(kind), &hash, nonce, origin, out, err);
out:
    buffer_done(&less);
    return ok;
}

bool signed_proposal_write(const char *origin, const struct json_document *document, uint32_t body,
                           struct buffer *out, struct error *err)
{
    uint32_t act = json_member(document, body, "act");
    const uint8_t *source, *act_text;
    size_t size, act_size;
    char nonce[40];
    hash_t hash;

    if (!json_get_string(document, body, "nonce", nonce, sizeof nonce, err)) return false;
    act_text = json_string_value(document, act, &act_size);
    source = json_source(document, json_member(document, body, "body"), &size);
    hash = hash_sha256(source, size);
    return write_act((const char *)act_text, act_size, &hash, nonce, origin, out, err);
}

bool signed_genesis_write(const struct json_document *document, uint32_t body, struct buffer *out,
                          struct error *err)
{
    static const char *const left_out[] = {"signatures", NULL};

    return write_less(document, body, left_out, out, err);
}
