/*
 * note_text.h - lines, numbers and hashes as the C2SP formats write them. For note.c, checkpoint.c,
 * proof_file.c and policy.c; others use base/note.h.
 */
#ifndef BASE_NOTE_TEXT_H
#define BASE_NOTE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/note.h"

/* A run of bytes within a file; lent. */
struct slice {
    const uint8_t *data;
    size_t size;
};

/** Move `rest` past its first line and give that without its newline; false when it has none. */
bool slice_take_line(struct slice *rest, struct slice *line_out);
/** Move `rest` past `text` when it begins so. */
bool slice_take_text(struct slice *rest, const char *text);
bool slice_equals(const struct slice *slice, const char *text);
/** ASCII decimal without leading zeros, "0" aside, within 64 bits; nothing else in the slice. */
bool slice_read_decimal(const struct slice *slice, uint64_t *out);
/** A SHA-256 in base64, nothing else in the slice. */
bool slice_read_hash(const struct slice *slice, hash_t *out);

/** Append a SHA-256 in base64 and a newline. */
bool note_append_hash(struct buffer *out, const hash_t *hash, struct error *err) MUST_CHECK;

/**
 * Check a key name or origin: UTF-8, not empty, shorter than NOTE_NAME_SIZE_MAX, no Unicode spaces,
 * no control characters, no '+'.
 */
bool note_check_name(const struct slice *name, struct error *err) MUST_CHECK;

/** Check that a note's text is UTF-8 without control characters and ends with a newline. */
bool note_check_text(const struct slice *text, struct error *err) MUST_CHECK;

/** Check the form of a whole note and give its text and its signature lines. */
bool note_split(const struct slice *note, struct slice *text_out, struct slice *signatures_out,
                struct error *err) MUST_CHECK;

/** Read a checkpoint from the text of a note, without an empty line or signatures after it. */
bool checkpoint_read_text(const struct slice *text, struct checkpoint *out,
                          struct error *err) MUST_CHECK;

#endif
