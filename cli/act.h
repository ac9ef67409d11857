/*
 * act.h - acts of one and of two people: their bodies, proposing, listing, seconding.
 */
#ifndef CLI_ACT_H
#define CLI_ACT_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "cli/session.h"

#define ACT_BODY_SIZE_MAX 65536

/** A body of text members: name and value in turn, names in order, a NULL at the end. */
bool act_body(struct buffer *out, struct error *err, ...) MUST_CHECK;
/** Propose, commit and say how it is seconded. The session has begun. */
bool act_propose(struct session *session, const char *act, const struct buffer *body,
                 struct error *err) MUST_CHECK;

#endif
