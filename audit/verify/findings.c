/*
 * findings.c - who may decide on a finding, and when. Whether there is such a finding isn't judged:
 * it is named by a hash, and rules may change.
 */
#include "audit/verify/findings.h"

bool findings_decide(struct state *state, const struct view *view, struct error *err)
{
    const struct person *signer = NULL;
    char division[DIVISION_CODE_SIZE], text[DATE_TEXT_SIZE];
    date_t date;

    view_text(view, "division", division, sizeof division);
    view_text(view, "date", text, sizeof text);
    if (!date_parse(text, &date, err)) return false;
    if (date_is_before(state->people.today, date)) {
        return error_set(err, ERROR_VERIFY, "decides a finding on %s, which had not come", text);
    }
    return state_signer(state, view, &signer, err) &&
           state_require_role(state, signer, USER_INSPECTOR, division, err) &&
           state_check_act(state, view, signer, err);
}
