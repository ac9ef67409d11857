/* pin.c - see pin.h. */
#include "audit/verify/pin.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"

#define FILE_BYTES_MAX 65536

static bool read_file(const char *path, struct buffer *out, struct error *err)
{
    FILE *file = fopen(path, "rbe");
    uint8_t block[4096];
    size_t got;
    bool ok = false;

    if (file == NULL) {
        return error_set(err, ERROR_USAGE,
                         "\"%s\" is neither a verifier key nor a file that can be read: %s", path,
                         strerror(errno));
    }
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        if (!buffer_append(out, block, got, err)) goto out;
    }
    ok = ferror(file) == 0 || error_set(err, ERROR_IO, "can't read %s", path);
out:
    fclose(file);
    return ok;
}

/* A file with one line, a verifier key? */
static bool parse_key_file(const struct buffer *text, struct note_vkey *out)
{
    struct error ignored = ERROR_INIT;
    char line[NOTE_VKEY_TEXT_SIZE];
    size_t size = text->size;

    while (size > 0 && (text->data[size - 1] == '\n' || text->data[size - 1] == '\r'))
        size--;
    if (size == 0 || size >= sizeof line) return false;
    memcpy(line, text->data, size);
    line[size] = '\0';
    return note_vkey_parse(line, out, &ignored);
}

bool pin_load(const char *text, struct pin *out, struct error *err)
{
    struct buffer file = BUFFER_INIT(FILE_BYTES_MAX);
    struct pin pin = {false, {{0}, 0, NOTE_KEY_ED25519, {{0}}}, NULL};
    struct error ignored = ERROR_INIT;
    bool ok = false;

    if (text == NULL) {
        ok = true;
        goto out;
    }
    pin.is_set = true;
    if (note_vkey_parse(text, &pin.key, &ignored)) {
        ok = true;
        goto out;
    }
    if (!read_file(text, &file, err)) goto out;
    if (parse_key_file(&file, &pin.key)) {
        ok = true;
        goto out;
    }
    error_clear(&ignored);
    if (!note_policy_parse(file.data, file.size, &pin.policy, &ignored)) {
        (void)error_set(err, ERROR_USAGE, "%s holds neither a verifier key nor a policy: %s", text,
                        ignored.message);
        goto out;
    }
    ok = true;
out:
    if (ok) *out = pin;
    buffer_done(&file);
    return ok;
}

void pin_done(struct pin *pin)
{
    note_policy_free(pin->policy);
    pin->policy = NULL;
}

const struct note_vkey *pin_key(const struct pin *pin, const char *origin)
{
    if (!pin->is_set) return NULL;
    if (pin->policy != NULL) return note_policy_log(pin->policy, origin);
    return strcmp(pin->key.name, origin) == 0 ? &pin->key : NULL;
}

bool pin_check_key(const struct pin *pin, const char *origin, const struct note_vkey *key,
                   struct error *err)
{
    const struct note_vkey *pinned = pin_key(pin, origin);
    char wanted[SIGN_FINGERPRINT_SIZE], found[SIGN_FINGERPRINT_SIZE];

    if (!pin->is_set) return true;
    if (pinned == NULL) {
        return error_set(err, ERROR_VERIFY, "the log is %s, for which no key is pinned", origin);
    }
    if (sign_public_equal(&pinned->key, &key->key)) return true;
    return error_set(err, ERROR_VERIFY, "the log's key is %s, but %s is pinned",
                     sign_public_fingerprint(&key->key, found),
                     sign_public_fingerprint(&pinned->key, wanted));
}

bool pin_check_witnesses(const struct pin *pin, const uint8_t *note, size_t size, struct error *err)
{
    return pin->policy == NULL || note_policy_check_quorum(pin->policy, note, size, err);
}
