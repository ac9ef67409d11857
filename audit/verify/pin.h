/*
 * pin.h - the key that the inspector brings along: a verifier key, or a C2SP tlog-policy.
 */
#ifndef AUDIT_VERIFY_PIN_H
#define AUDIT_VERIFY_PIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/note.h"

struct pin {
    bool is_set;
    struct note_vkey key;       /* when there is no policy */
    struct note_policy *policy; /* or NULL */
};

/** From a verifier key, or the path of a file with one or with a policy. NULL sets nothing. */
bool pin_load(const char *text, struct pin *out, struct error *err) MUST_CHECK;
void pin_done(struct pin *pin);

/** Is `key` the pinned key of that origin? True as well when nothing is pinned. ERROR_VERIFY. */
bool pin_check_key(const struct pin *pin, const char *origin, const struct note_vkey *key,
                   struct error *err) MUST_CHECK;
/** The pinned key of an origin, or NULL. Lent. */
const struct note_vkey *pin_key(const struct pin *pin, const char *origin);
/** Do enough witnesses of the policy co-sign the note? True when there is no policy. */
bool pin_check_witnesses(const struct pin *pin, const uint8_t *note, size_t size,
                         struct error *err) MUST_CHECK;

#endif
