/*
 * due.c - leases in the morning list: rent to collect, and contracts that end.
 */
#include <string.h>

#include "ledger/income/internal.h"

#define ENDING_DAYS     90
#define ENDING_DAYS_MAX 36600

struct lease_list {
    struct journal *journal;
    const struct due_filter *filter;
    int64_t ending_days;
    due_visit *visit;
    void *context;
};

static bool tell(const struct lease_list *list, const struct lease *lease, struct due_item *item,
                 struct error *err)
{
    memcpy(item->division, lease->division, sizeof item->division);
    memcpy(item->asset, lease->asset, sizeof item->asset);
    memcpy(item->subject, lease->code, sizeof item->subject);
    item->text = lease->party;
    item->seq = lease->seq;
    item->day = item->due;
    return list->visit(list->context, item, err);
}

static bool see_rent(void *context, const struct lease *lease, struct error *err)
{
    const struct lease_list *list = context;
    const int32_t today = list->filter->as_of.days;
    struct due_item item = {.what = DUE_RENT, .count = 1};
    struct lease_stand stand;

    if (!lease_stand_find(list->journal, lease, list->filter->as_of, &stand, err)) return false;
    if (stand.has_oldest) {
        item.due = stand.oldest.due;
        item.is_overdue = item.due.days < today;
        item.count = stand.open;
        return (list->filter->days_ahead < 0 && !item.is_overdue) || tell(list, lease, &item, err);
    }
    if (!stand.has_next || money_compare(stand.next.received, stand.next.amount) >= 0 ||
        stand.next.due.days - (int64_t)today > list->filter->days_ahead)
        return true;
    item.due = stand.next.due;
    return tell(list, lease, &item, err);
}

bool due_rent_each(struct journal *journal, const struct due_filter *filter, due_visit *visit,
                   void *context, struct error *err)
{
    struct lease_list list = {journal, filter, 0, visit, context};

    return lease_each(journal, filter->scope, filter->as_of, see_rent, &list, err);
}

static bool see_end(void *context, const struct lease *lease, struct error *err)
{
    const struct lease_list *list = context;
    struct due_item item = {.what = DUE_LEASE, .due = lease->last_day, .count = 1};
    const int64_t left = lease->last_day.days - (int64_t)list->filter->as_of.days;

    return lease->ended_early || left < 0 || left > list->ending_days ||
           tell(list, lease, &item, err);
}

bool due_lease_each(struct journal *journal, const struct due_filter *filter, due_visit *visit,
                    void *context, struct error *err)
{
    struct lease_list list = {journal, filter, 0, visit, context};

    if (filter->days_ahead < 0) return true; /* nothing of it is overdue */
    if (!journal_policy(journal, "lease_ending_days", filter->as_of, ENDING_DAYS, &list.ending_days,
                        err))
        return false;
    if (list.ending_days < 0 || list.ending_days > ENDING_DAYS_MAX) list.ending_days = ENDING_DAYS;
    return lease_each(journal, filter->scope, filter->as_of, see_end, &list, err);
}
