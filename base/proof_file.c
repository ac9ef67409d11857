/*
 * proof_file.c - C2SP tlog-proof: one file from which anyone proves offline that an entry is in a
 * log.
 *
 *     c2sp.org/tlog-proof@v1\n
 *     extra base64\n             (optional)
 *     index N\n
 *     base64(hash)\n             (none or more: the inclusion proof, leaf's sibling first)
 *     \n
 *     the checkpoint, verbatim
 *
 * Reading checks the form alone. What it proves is for tree_verify_inclusion(), checkpoint_open()
 * and note_policy_open() to say; the extra data are proved by none of them.
 */
#include "base/note.h"

#include <inttypes.h>
#include <string.h>

#include "base/encode.h"
#include "base/language.h"
#include "base/note_text.h"

#define HEADER       "c2sp.org/tlog-proof@v1"
#define EXTRA_PREFIX "extra "
#define INDEX_PREFIX "index "

static bool fail_form(struct error *err, const char *what)
{
    return error_set(err, ERROR_INPUT, "the proof file has no %s; get the file again",
                     translate(what));
}

/* Is the rest of a proof file a signed checkpoint? */
static bool check_note(const struct slice *note, struct error *err)
{
    struct checkpoint checkpoint;
    struct slice text, signatures;

    return note_split(note, &text, &signatures, err) &&
           checkpoint_parse(note->data, note->size, &checkpoint, err);
}

static bool append_extra(struct buffer *out, const uint8_t *extra, size_t size, struct error *err)
{
    return buffer_append_text(out, EXTRA_PREFIX, err) && base64_encode(extra, size, out, err) &&
           buffer_append_byte(out, '\n', err);
}

bool proof_file_format(const uint8_t *extra, size_t extra_size, uint64_t index,
                       const struct tree_proof *proof, const uint8_t *checkpoint_note,
                       size_t note_size, struct buffer *out, struct error *err)
{
    const struct slice note = {checkpoint_note, note_size};
    struct buffer file = BUFFER_INIT(PROOF_FILE_SIZE_BYTES_MAX);
    bool ok = false;

    if (!check_note(&note, err)) goto out;
    if (!buffer_append_text(&file, HEADER "\n", err)) goto out;
    if (extra_size > 0 && !append_extra(&file, extra, extra_size, err)) goto out;
    if (!buffer_append_format(&file, err, INDEX_PREFIX "%" PRIu64 "\n", index)) goto out;
    for (size_t i = 0; i < proof->count; i++) {
        if (!note_append_hash(&file, &proof->hashes[i], err)) goto out;
    }
    if (!buffer_append_byte(&file, '\n', err)) goto out;
    if (!buffer_append(&file, note.data, note.size, err)) goto out;
    if (!buffer_append(out, file.data, file.size, err)) goto out;
    ok = true;
out:
    buffer_done(&file);
    return ok;
}

/* Is this base64, and of something? */
static bool is_base64(const struct slice *text)
{
    struct buffer decoded = BUFFER_INIT(PROOF_FILE_SIZE_BYTES_MAX);
    struct error ignored = ERROR_INIT;
    bool is_good =
        text->size > 0 && base64_decode((const char *)text->data, text->size, &decoded, &ignored);

    buffer_done(&decoded);
    return is_good;
}

/* Read the hashes up to the empty line after them. */
static bool read_hashes(struct slice *rest, struct tree_proof *out, struct error *err)
{
    struct slice line;

    for (;;) {
        if (!slice_take_line(rest, &line)) return fail_form(err, N_("empty line after its hashes"));
        if (line.size == 0) return true;
        if (out->count == TREE_LEVELS_MAX) {
            return error_set(err, ERROR_LIMIT,
                             "the proof file has more than %d hashes; get the "
                             "file again",
                             TREE_LEVELS_MAX);
        }
        if (!slice_read_hash(&line, &out->hashes[out->count++])) {
            return fail_form(err, N_("base64 of a hash in one of its lines of hashes"));
        }
    }
}

bool proof_file_parse(const uint8_t *data, size_t size, struct proof_file *out, struct error *err)
{
    struct proof_file file = {.index = 0};
    struct slice rest = {data, size}, line;

    if (size > PROOF_FILE_SIZE_BYTES_MAX) {
        return error_set(err, ERROR_LIMIT, "a proof file of %zu bytes, more than %d; get it again",
                         size, PROOF_FILE_SIZE_BYTES_MAX);
    }
    if (!slice_take_line(&rest, &line) || !slice_equals(&line, HEADER)) {
        return fail_form(err, "first line \"" HEADER "\"");
    }
    if (!slice_take_line(&rest, &line)) return fail_form(err, N_("index line"));
    if (slice_take_text(&line, EXTRA_PREFIX)) {
        if (!is_base64(&line)) return fail_form(err, N_("base64 in its line \"extra\""));
        file.extra_at = (size_t)(line.data - data);
        file.extra_size = line.size;
        if (!slice_take_line(&rest, &line)) return fail_form(err, N_("index line"));
    }
    if (!slice_take_text(&line, INDEX_PREFIX) || !slice_read_decimal(&line, &file.index)) {
        return fail_form(err, N_("index line"));
    }
    if (!read_hashes(&rest, &file.proof, err)) return false;
    if (!check_note(&rest, err)) return false;
    file.note_at = (size_t)(rest.data - data);
    file.note_size = rest.size;
    *out = file;
    return true;
}
