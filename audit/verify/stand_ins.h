/*
 * stand_ins.h - who stands in for somebody on leave: user.delegate and user.undelegate.
 */
#ifndef AUDIT_VERIFY_STAND_INS_H
#define AUDIT_VERIFY_STAND_INS_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/verify/state.h"

/** The body of user.delegate, parsed whole into `document`, at its second. */
bool stand_ins_begin(struct state *state, const struct json_document *document, uint64_t seq,
                     struct error *err) MUST_CHECK;
bool stand_ins_end(struct state *state, const struct view *view, struct error *err) MUST_CHECK;

#endif
