/*
 * stand_ins.c - the two entries by which somebody stands in for another, and ends it early.
 *
 * Neither of the two administrators who agree gets the roles; to end it, one is enough, or who is
 * back.
 */
#include "audit/verify/stand_ins.h"

#include <string.h>

#include "base/compiler.h"

static bool read_day(const struct json_document *document, const char *member, date_t *out,
                     struct error *err)
{
    char text[DATE_TEXT_SIZE];

    return json_get_string(document, 0, member, text, sizeof text, err) &&
           date_parse(text, out, err);
}

bool stand_ins_begin(struct state *state, const struct json_document *document, uint64_t seq,
                     struct error *err)
{
    uint32_t roles = json_member(document, 0, "roles");
    struct delegation delegation;

    (void)seq;
    memset(&delegation, 0, sizeof delegation);
    if (!json_get_string(document, 0, "user", delegation.user, sizeof delegation.user, err) ||
        !json_get_string(document, 0, "delegate", delegation.delegate, sizeof delegation.delegate,
                         err) ||
        !read_day(document, "first_day", &delegation.first_day, err) ||
        !read_day(document, "last_day", &delegation.last_day, err))
        return false;
    for (size_t i = 0; i < ARRAY_COUNT(state->agreed); i++) {
        if (strcmp(state->agreed[i], delegation.delegate) != 0) continue;
        return error_set(err, ERROR_VERIFY, "%s agrees to standing in oneself; that takes others",
                         delegation.delegate);
    }
    if (json_count(document, roles) == 0) {
        return error_set(err, ERROR_VERIFY, "%s stands in for %s in no role", delegation.delegate,
                         delegation.user);
    }
    for (uint32_t at = json_first(document, roles); at != JSON_NONE; at = json_next(document, at)) {
        if (!json_get_string(document, at, "role", delegation.role, sizeof delegation.role, err) ||
            !json_get_string(document, at, "division", delegation.division,
                             sizeof delegation.division, err) ||
            !people_delegate(&state->people, &delegation, err))
            return false;
    }
    return true;
}

bool stand_ins_end(struct state *state, const struct view *view, struct error *err)
{
    const struct person *signer = NULL;
    char user[USER_SIZE], delegate[USER_SIZE];

    view_text(view, "user", user, sizeof user);
    view_text(view, "delegate", delegate, sizeof delegate);
    if (!state_signer(state, view, &signer, err)) return false;
    if (strcmp(signer->user, user) != 0 &&
        !state_require_role(state, signer, USER_ADMIN, state->people.root, err))
        return false;
    return state_check_act(state, view, signer, err) &&
           people_undelegate(&state->people, user, delegate, err);
}
