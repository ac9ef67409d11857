/* privacy.c - see privacy.h. */
#include "audit/verify/privacy.h"

#include "base/language.h"

/* Totals in clear of a voucher about people. */
static bool check_clear(const struct run *run, bool are_few, bool are_owed, struct error *err)
{
    if (are_few) {
        return error_set(err, ERROR_VERIFY, "shows totals of fewer than three people in clear");
    }
    if (are_owed) {
        return error_set(err, ERROR_VERIFY,
                         "shows in clear how much of what the bank returned it takes or gives; "
                         "what the others got is the rest");
    }
    if (run->all_open && totals_single_out(&run->totals)) {
        return error_set(err, ERROR_VERIFY,
                         "shows what fewer than three people get from one account");
    }
    return true;
}

bool privacy_check(const struct state *state, const struct run *run, const struct privacy *privacy,
                   struct error *err)
{
    const struct balances *balances = &state->balances;
    bool are_few =
        run->all_open ? run->people.count < PEOPLE_FOR_CLEAR : run->sealed_lines < PEOPLE_FOR_CLEAR;
    bool are_owed = balances_name_role(balances, privacy->postings, "owed");

    if (privacy->is_about_people != (run->sealed_lines > 0)) {
        return error_set(err, ERROR_VERIFY,
                         privacy->is_about_people
                             ? N_("says that it is about people, but its lines are not")
                             : N_("says that it is not about people, but its lines are"));
    }
    if (!privacy->is_about_people) {
        return !privacy->are_sealed ||
               error_set(err, ERROR_VERIFY, "hides its totals without being about people");
    }
    if (!privacy->are_sealed) return check_clear(run, are_few, are_owed, err);
    if (run->all_open && privacy->are_totals_known && !are_few && !are_owed) {
        return error_set(err, ERROR_VERIFY, "hides its totals, though three people share them");
    }
    return privacy->is_reversal || !are_owed ||
           balances_take_only(balances, privacy->postings, "owed") ||
           error_set(err, ERROR_VERIFY,
                     "hides other money beside what the bank returned to people");
}
