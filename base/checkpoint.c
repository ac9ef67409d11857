/*
 * checkpoint.c - C2SP tlog-checkpoint: what a log says of its tree, as the text of a note.
 *
 *     origin\n
 *     tree size\n
 *     base64(root)\n
 *     extension lines (read and left aside; never written)
 */
#include "base/note.h"

#include <inttypes.h>
#include <string.h>

#include "base/language.h"
#include "base/note_text.h"

bool checkpoint_format(const struct checkpoint *checkpoint, struct buffer *out, struct error *err)
{
    struct buffer text = BUFFER_INIT(NOTE_NAME_SIZE_MAX + 128);
    const struct slice origin = {(const uint8_t *)checkpoint->origin, strlen(checkpoint->origin)};
    bool ok = false;

    /* Our origins are key names too, so they keep that rule, stricter than the specification's. */
    if (!note_check_name(&origin, err)) goto out;
    if (!buffer_append_format(&text, err, "%s\n%" PRIu64 "\n", checkpoint->origin,
                              checkpoint->size)) {
        goto out;
    }
    if (!note_append_hash(&text, &checkpoint->root, err)) goto out;
    if (!buffer_append(out, text.data, text.size, err)) goto out;
    ok = true;
out:
    buffer_done(&text);
    return ok;
}

static bool fail_line(struct error *err, int line, const char *what)
{
    return error_set(err, ERROR_INPUT,
                     "line %d of the checkpoint is not %s; get the checkpoint "
                     "again",
                     line, translate(what));
}

bool checkpoint_read_text(const struct slice *text, struct checkpoint *out, struct error *err)
{
    struct slice rest = *text;
    struct checkpoint checkpoint = {.size = 0};
    const hash_t empty = hash_sha256(NULL, 0);
    struct slice line;

    if (!slice_take_line(&rest, &line) || line.size == 0 || line.size >= NOTE_NAME_SIZE_MAX) {
        return fail_line(err, 1, N_("an origin"));
    }
    memcpy(checkpoint.origin, line.data, line.size);
    if (!slice_take_line(&rest, &line) || !slice_read_decimal(&line, &checkpoint.size)) {
        return fail_line(err, 2, N_("a tree size"));
    }
    if (!slice_take_line(&rest, &line) || !slice_read_hash(&line, &checkpoint.root)) {
        return fail_line(err, 3, N_("a root hash"));
    }
    if (checkpoint.size == 0 && !hash_equal(&checkpoint.root, &empty)) {
        return fail_line(err, 3, N_("the root of an empty tree"));
    }
    while (slice_take_line(&rest, &line)) {
        if (line.size == 0) {
            return error_set(err, ERROR_INPUT,
                             "an empty line among a checkpoint's extension lines; "
                             "get the checkpoint again");
        }
    }
    *out = checkpoint;
    return true;
}

bool checkpoint_parse(const uint8_t *note, size_t size, struct checkpoint *out, struct error *err)
{
    const struct slice whole = {note, size};
    struct error ignored = ERROR_INIT;
    struct slice text, signatures;

    if (!note_split(&whole, &text, &signatures, &ignored)) {
        text = whole; /* without signatures, then */
        if (!note_check_text(&text, err)) return false;
    }
    return checkpoint_read_text(&text, out, err);
}

bool checkpoint_open(const uint8_t *note, size_t size, const struct note_vkey *log_key,
                     struct checkpoint *out, struct error *err)
{
    struct checkpoint checkpoint;

    if (!note_verify(note, size, log_key, NULL, err)) return false;
    if (!checkpoint_parse(note, size, &checkpoint, err)) return false;
    if (strcmp(checkpoint.origin, log_key->name) != 0) {
        return error_set(err, ERROR_VERIFY,
                         "the checkpoint is of the log \"%s\", signed by the key "
                         "of \"%s\"; a log signs with a key of its own name",
                         checkpoint.origin, log_key->name);
    }
    *out = checkpoint;
    return true;
}
