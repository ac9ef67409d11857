/*
 * bank.c - the project bank (项目库): what is in it on a day, and no money without it.
 *
 * 1. A project is registered first and enters the bank by a row of its own; without a performance
 *    target it can't even be registered.
 * 2. Where the policy `bank_required` is 1 on the day of the event, a voucher that binds or pays
 *    money for a project is refused unless the project is in the bank on that day. It is judged
 *    when the voucher is submitted, in a replay as well.
 */
#include <string.h>

#include "ledger/disclosure/internal.h"

struct bank_search {
    const char *last; /* ISO days compare as texts */
    size_t date;
    struct record *found;
    uint64_t seq; /* of the last that counts; 0: none */
};

static bool see_bank_row(void *context, const struct record *record, struct error *err)
{
    struct bank_search *search = context;

    (void)err;
    if (strcmp(record->values[search->date].text, search->last) > 0) return true;
    search->seq = record->seq;
    if (search->found != NULL) *search->found = *record;
    return true;
}

bool disclosure_in_bank(struct journal *journal, const char *project, date_t day, bool *out,
                        struct record *since, struct error *err)
{
    char last[DATE_TEXT_SIZE];
    struct bank_search in = {date_format(day, last), ENTER_DATE, since, 0};
    struct bank_search gone = {last, LEAVE_DATE, NULL, 0};

    if (!record_each(journal, &disclosed_enter, ENTER_PROJECT, project, see_bank_row, &in, err) ||
        !record_each(journal, &disclosed_leave, LEAVE_PROJECT, project, see_bank_row, &gone, err))
        return false;
    *out = in.seq > gone.seq;
    return true;
}

/* ---- No money without it --------------------------------------------------------------------- */

struct guarded {
    struct journal *journal;
    date_t day;
};

static bool require_in_bank(void *context, const char *project, struct error *err)
{
    const struct guarded *guarded = context;
    char day[DATE_TEXT_SIZE];
    bool is_in;

    if (!disclosure_in_bank(guarded->journal, project, guarded->day, &is_in, NULL, err))
        return false;
    return is_in ||
           error_set(err, ERROR_STATE,
                     "project %s isn't in the project bank on %s, and without that it gets no "
                     "money (policy bank_required); enter it first",
                     project, date_format(guarded->day, day));
}

bool bank_guard(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct guarded guarded = {.journal = journal};
    char text[TEXT_SIZE], number[VOUCHER_NUMBER_SIZE];
    enum movement movement;
    int64_t is_required;

    if (strcmp(entry->kind, "voucher.submit") != 0) return true;
    if (!json_get_string(entry->document, entry->body, "event_date", text, sizeof text, err) ||
        !date_parse(text, &guarded.day, err) ||
        !journal_policy(journal, "bank_required", guarded.day, 0, &is_required, err))
        return false;
    if (is_required == 0) return true;
    if (!json_get_string(entry->document, entry->body, "movement", text, sizeof text, err) ||
        !movement_parse(text, &movement, err))
        return false;
    if (movement != MOVEMENT_COMMITMENT && movement != MOVEMENT_PAYMENT) return true;
    return json_get_string(entry->document, entry->body, "voucher", number, sizeof number, err) &&
           voucher_project_each(journal, number, require_in_bank, &guarded, err);
}
