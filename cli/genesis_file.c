/*
 * genesis_file.c - collecting the three signatures under a genesis.
 */
#include "cli/genesis_file.h"

#include <string.h>

#include "base/encode.h"
#include "base/json.h"
#include "cli/paths.h"

void genesis_file_done(struct genesis_file *file)
{
    buffer_done(&file->body);
}

static void set_person(struct genesis_signature *out, const char *user,
                       const struct sign_public *key)
{
    *out = (struct genesis_signature){.key = *key};
    memcpy(out->signer, user, strlen(user) + 1);
}

bool genesis_file_start(const struct genesis *genesis, struct genesis_file *out, struct error *err)
{
    buffer_reset(&out->body);
    if (!genesis_format_unsigned(genesis, &out->body, err)) return false;
    set_person(&out->people[0], genesis->administrators[0].user, &genesis->administrators[0].key);
    set_person(&out->people[1], genesis->administrators[1].user, &genesis->administrators[1].key);
    set_person(&out->people[2], genesis->inspector.user, &genesis->inspector.key);
    return true;
}

/* {"key": …, "user": …} of the body. */
static bool read_person(const struct json_document *document, uint32_t node,
                        struct genesis_signature *out, struct error *err)
{
    char user[USER_CODE_SIZE];
    char text[SIGN_PUBLIC_TEXT_SIZE];
    struct sign_public key;

    if (!json_get_string(document, node, "user", user, sizeof user, err) ||
        !json_get_string(document, node, "key", text, sizeof text, err) ||
        !sign_public_parse(text, &key, err)) {
        return false;
    }
    set_person(out, user, &key);
    return true;
}

static bool read_people(const struct json_document *document, uint32_t body,
                        struct genesis_file *out, struct error *err)
{
    uint32_t node;

    if (!json_get_node(document, body, "administrators", JSON_ARRAY, &node, err)) return false;
    if (json_count(document, node) != 2) {
        return error_set(err, ERROR_INPUT, "a genesis names two administrators");
    }
    node = json_first(document, node);
    if (!read_person(document, node, &out->people[0], err)) return false;
    if (!read_person(document, json_next(document, node), &out->people[1], err)) return false;
    if (!json_get_node(document, body, "inspector", JSON_OBJECT, &node, err)) return false;
    return read_person(document, node, &out->people[2], err);
}

static bool find_person(struct genesis_file *file, const char *user, struct genesis_signature **out,
                        struct error *err)
{
    size_t i;

    for (i = 0; i < ARRAY_COUNT(file->people); i++) {
        if (strcmp(file->people[i].signer, user) != 0) continue;
        *out = &file->people[i];
        return true;
    }
    return error_set(err, ERROR_PERMISSION,
                     "%s is neither administrator nor inspector in this genesis", user);
}

static bool read_signature(const struct json_document *document, uint32_t node,
                           struct genesis_file *file, struct error *err)
{
    struct genesis_signature *person = NULL;
    struct buffer bytes = BUFFER_INIT(SIGN_SIGNATURE_SIZE);
    char user[USER_CODE_SIZE];
    char text[128];
    bool ok = false;

    if (!json_get_string(document, node, "signer", user, sizeof user, err) ||
        !json_get_string(document, node, "signature", text, sizeof text, err) ||
        !find_person(file, user, &person, err) || !base64_decode(text, strlen(text), &bytes, err)) {
        goto out;
    }
    if (bytes.size != SIGN_SIGNATURE_SIZE) {
        error_set(err, ERROR_INPUT, "the signature of %s isn't 64 bytes", user);
        goto out;
    }
    if (!sign_verify(&person->key, file->body.data, file->body.size, bytes.data, err)) goto out;
    memcpy(person->bytes, bytes.data, SIGN_SIGNATURE_SIZE);
    person->present = true;
    ok = true;
out:
    buffer_done(&bytes);
    return ok;
}

static bool read_document(const struct json_document *document, struct genesis_file *out,
                          struct error *err)
{
    const uint8_t *source;
    uint32_t body, list, node;
    size_t size;

    if (!json_get_node(document, 0, "body", JSON_OBJECT, &body, err)) return false;
    if (!json_get_node(document, 0, "signatures", JSON_ARRAY, &list, err)) return false;
    source = json_source(document, body, &size);
    buffer_reset(&out->body);
    if (!buffer_append(&out->body, source, size, err)) return false;
    if (!read_people(document, body, out, err)) return false;
    for (node = json_first(document, list); node != JSON_NONE; node = json_next(document, node)) {
        if (!read_signature(document, node, out, err)) return false;
    }
    return true;
}

bool genesis_file_read(const char *path, struct genesis_file *out, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(GENESIS_FILE_SIZE_MAX);
    struct json_document *document = NULL;
    size_t size;
    bool ok = false;

    if (!file_read_whole(path, &bytes, err)) goto out;
    size = bytes.size;
    if (size > 0 && bytes.data[size - 1] == '\n') size--;
    document = json_document_new(err);
    if (document == NULL) goto out;
    ok = json_parse(document, bytes.data, size, JSON_CANONICAL, err) &&
         read_document(document, out, err);
    if (!ok) error_at(err, "%s", path);
out:
    json_document_free(document);
    buffer_done(&bytes);
    return ok;
}

bool genesis_file_write(const struct genesis_file *file, const char *path, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(GENESIS_FILE_SIZE_MAX);
    struct buffer text = BUFFER_INIT(128);
    struct json_writer writer;
    size_t i;
    bool ok = false;

    json_writer_init(&writer, &bytes);
    json_object_begin(&writer);
    json_name(&writer, "body");
    json_raw(&writer, file->body.data, file->body.size);
    json_name(&writer, "signatures");
    json_array_begin(&writer);
    for (i = 0; i < ARRAY_COUNT(file->people); i++) {
        if (!file->people[i].present) continue;
        buffer_reset(&text);
        if (!base64_encode(file->people[i].bytes, SIGN_SIGNATURE_SIZE, &text, err)) goto out;
        json_object_begin(&writer);
        json_member_string(&writer, "signature", buffer_text(&text));
        json_member_string(&writer, "signer", file->people[i].signer);
        json_object_end(&writer);
    }
    json_array_end(&writer);
    json_object_end(&writer);
    if (!json_writer_finish(&writer, err) || !buffer_append_byte(&bytes, '\n', err)) goto out;
    ok = file_write_whole(path, bytes.data, bytes.size, err);
out:
    buffer_done(&text);
    buffer_done(&bytes);
    return ok;
}

bool genesis_file_sign(struct genesis_file *file, const char *user, const struct sign_key *key,
                       struct error *err)
{
    struct genesis_signature *person = NULL;
    struct sign_public own;

    if (!find_person(file, user, &person, err)) return false;
    sign_key_public(key, &own);
    if (!sign_public_equal(&own, &person->key)) {
        return error_set(err, ERROR_KEY,
                         "the key of %s here isn't the one that the genesis names; compare the "
                         "public halves by `mingzhang key show %s`",
                         user, user);
    }
    if (!sign_message(key, file->body.data, file->body.size, person->bytes, err)) return false;
    person->present = true;
    return true;
}

bool genesis_file_is_complete(const struct genesis_file *file)
{
    return file->people[0].present && file->people[1].present && file->people[2].present;
}
