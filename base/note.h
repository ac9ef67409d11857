/*
 * note.h - C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof and tlog-policy.
 */
#ifndef BASE_NOTE_H
#define BASE_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/sign.h"
#include "base/tree.h"

#define NOTE_NAME_SIZE_MAX        256    /* bytes, NUL included, of a key name or origin */
#define NOTE_SIGNATURES_MAX       64     /* of one note; signed-note asks for 16 at least */
#define NOTE_SIZE_BYTES_MAX       131072 /* room for 16 post-quantum signatures of 5 kB */
#define NOTE_VKEY_TEXT_SIZE       (NOTE_NAME_SIZE_MAX + 64)
#define PROOF_FILE_SIZE_BYTES_MAX 1048576

/* ---- Signed notes ---------------------------------------------------------------------------- */

enum note_key_type { NOTE_KEY_ED25519 = 0x01, NOTE_KEY_COSIGNATURE = 0x04 };

/** A verifier key: "<name>+<8 hex digits>+<base64(type ‖ public key)>". */
struct note_vkey {
    char name[NOTE_NAME_SIZE_MAX];
    uint32_t id; /* first four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ type ‖ public key) */
    enum note_key_type type;
    struct sign_public key;
};

/** From its parts; the name is UTF-8, not empty, without Unicode spaces and '+'. */
bool note_vkey_make(const char *name, enum note_key_type type, const struct sign_public *key,
                    struct note_vkey *out, struct error *err) MUST_CHECK;
/** From its text. ERROR_KEY when the form, the type or the id is not right. */
bool note_vkey_parse(const char *text, struct note_vkey *out, struct error *err) MUST_CHECK;
char *note_vkey_format(const struct note_vkey *vkey, char text[NOTE_VKEY_TEXT_SIZE]);

/**
 * Append the signature line of an Ed25519 key to `line_out`.
 *
 * @param vkey  its type is NOTE_KEY_ED25519
 * @param key   the private half of vkey; ERROR_KEY otherwise
 * @param text  the note's text: ends with a newline; no control characters but newlines
 *
 * The note is the text, an empty line, and the signature lines.
 */
bool note_sign(const struct note_vkey *vkey, const struct sign_key *key, const char *text,
               struct buffer *line_out, struct error *err) MUST_CHECK;
/** The same for a witness's timestamped cosignature (type 0x04) made at `time`; the text is a
 * checkpoint's. */
bool note_cosign(const struct note_vkey *vkey, const struct sign_key *key, instant_t time,
                 const char *text, struct buffer *line_out, struct error *err) MUST_CHECK;

/**
 * Look for signatures by `vkey` on this note. Lines of other keys are ignored; a line of this key
 * that doesn't verify refuses the whole note.
 *
 * @param found_out  is there one, or more?
 * @param time_out   NULL, or receives the latest cosignature's time; 0 for other keys
 * @return false with ERROR_VERIFY for a wrong signature; ERROR_INPUT, ERROR_ENCODING or
 *         ERROR_LIMIT for bytes that are no signed note
 */
bool note_find_signature(const uint8_t *note, size_t size, const struct note_vkey *vkey,
                         bool *found_out, instant_t *time_out, struct error *err) MUST_CHECK;

/** The same, where a note without a signature by `vkey` is refused with ERROR_VERIFY. */
bool note_verify(const uint8_t *note, size_t size, const struct note_vkey *vkey,
                 instant_t *time_out, struct error *err) MUST_CHECK;

/* ---- Checkpoints ----------------------------------------------------------------------------- */

struct checkpoint {
    char origin[NOTE_NAME_SIZE_MAX];
    uint64_t size;
    hash_t root;
};

/** Append the note text, three lines; no extension lines are ever written. */
bool checkpoint_format(const struct checkpoint *checkpoint, struct buffer *out,
                       struct error *err) MUST_CHECK;
/** Read the text of a note (with or without its signatures); does not check signatures. */
bool checkpoint_parse(const uint8_t *note, size_t size, struct checkpoint *out,
                      struct error *err) MUST_CHECK;
/** checkpoint_parse() and note_verify() by the log's key, whose name must be the origin. */
bool checkpoint_open(const uint8_t *note, size_t size, const struct note_vkey *log_key,
                     struct checkpoint *out, struct error *err) MUST_CHECK;

/* ---- Proof files ----------------------------------------------------------------------------- */

/**
 * Append a C2SP tlog-proof file: "c2sp.org/tlog-proof@v1". `extra` may be NULL with size 0.
 * ERROR_INPUT when `checkpoint_note` is no signed checkpoint.
 */
bool proof_file_format(const uint8_t *extra, size_t extra_size, uint64_t index,
                       const struct tree_proof *proof, const uint8_t *checkpoint_note,
                       size_t note_size, struct buffer *out, struct error *err) MUST_CHECK;
struct proof_file {
    uint64_t index;
    struct tree_proof proof;
    size_t extra_at, extra_size; /* base64 text within the file; size 0 when absent */
    size_t note_at, note_size;   /* the checkpoint within the file */
};
/** Check the form of a proof file; whether it proves anything is for others to say. */
bool proof_file_parse(const uint8_t *data, size_t size, struct proof_file *out,
                      struct error *err) MUST_CHECK;

/* ---- Trust policies -------------------------------------------------------------------------- */

#define NOTE_POLICY_LOGS_MAX       64  /* tlog-policy asks for 32 logs, witnesses and groups */
#define NOTE_POLICY_MEMBERS_MAX    128 /* witnesses and groups together */
#define NOTE_POLICY_SIZE_BYTES_MAX 262144

/** A C2SP tlog-policy: logs, witnesses, groups and the quorum. Keys of types that are unknown here
 * keep their place in groups and never count as having signed. */
struct note_policy;

/** Errors have the line as their place. The policy is the caller's to free. */
bool note_policy_parse(const uint8_t *data, size_t size, struct note_policy **out,
                       struct error *err) MUST_CHECK;
/** Accepts NULL. */
void note_policy_free(struct note_policy *policy);
/** The (first) log key of an origin, or NULL; lent. */
const struct note_vkey *note_policy_log(const struct note_policy *policy, const char *origin);
/**
 * Does the note carry cosignatures that satisfy the quorum? A wrong cosignature by any witness of
 * the policy refuses the note. The log's own signature is not looked at.
 */
bool note_policy_check_quorum(const struct note_policy *policy, const uint8_t *note, size_t size,
                              struct error *err) MUST_CHECK;
/**
 * Read a checkpoint that the policy holds valid: signed by a listed log whose name is the origin,
 * and cosigned as the quorum asks.
 */
bool note_policy_open(const struct note_policy *policy, const uint8_t *note, size_t size,
                      struct checkpoint *out, struct error *err) MUST_CHECK;

#endif
