/*
 * act.h - acts of one and of two people: their bodies, proposing, listing, seconding.
 */
#ifndef CLI_ACT_H
#define CLI_ACT_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/json.h"
#include "cli/session.h"

#define ACT_BODY_SIZE_MAX 65536

/** A body of text members: name and value in turn, names in order, a NULL at the end. */
bool act_body(struct buffer *out, struct error *err, ...) MUST_CHECK;
/** The member `seals` of a seal.lost or seal.erase, its ranges in order. */
void act_write_ranges(const struct seal_range *ranges, size_t count, struct json_writer *writer);
/** The body of a seal.erase. */
bool act_write_erasure(const struct seal_range *ranges, size_t count, const char *ground,
                       const char *reason, struct buffer *out, struct error *err) MUST_CHECK;
/** Propose, commit and say how it is seconded. The session has begun. */
bool act_propose(struct session *session, const char *act, const struct buffer *body,
                 struct error *err) MUST_CHECK;

#endif
