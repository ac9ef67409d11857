/*
 * due_list.c - the morning list: all that is due of assets, of whatever source, by its day.
 *
 * Another source of lines is a line of `sources` and an enum due_what with its name.
 */
#include "exporters/exporters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/icalendar.h"

#define TEXTS_SIZE_MAX (256u * 1024 * 1024)
#define SUMMARY_SIZE   4096
#define KEY_SIZE       1024

typedef bool due_source(struct journal *journal, const struct due_filter *filter, due_visit *visit,
                        void *context, struct error *err);

static due_source *const sources[] = {due_schedule_each, due_holder_each, due_post_each,
                                      due_work_each,     due_rent_each,   due_lease_each};

struct due_items {
    struct due_item *items;
    size_t *texts; /* where each one's text begins */
    size_t count, room;
    struct buffer text;
};

static bool grow(struct due_items *list, struct error *err)
{
    const size_t room = list->room == 0 ? 256 : 2 * list->room;
    void *items, *texts;

    if (list->count == DUE_ITEMS_MAX)
        return error_set(err, ERROR_LIMIT, "more than %d things are due; ask for one place",
                         DUE_ITEMS_MAX);
    items = realloc(list->items, room * sizeof *list->items);
    if (items != NULL) list->items = items;
    texts = realloc(list->texts, room * sizeof *list->texts);
    if (texts != NULL) list->texts = texts;
    if (items == NULL || texts == NULL)
        return error_set(err, ERROR_MEMORY, "no memory for what is due; ask for one place");
    list->room = room;
    return true;
}

static bool keep(void *context, const struct due_item *item, struct error *err)
{
    struct due_items *list = context;

    if (list->count == list->room && !grow(list, err)) return false;
    list->items[list->count] = *item;
    list->texts[list->count] = list->text.size;
    if (!buffer_append(&list->text, (const uint8_t *)item->text, strlen(item->text) + 1, err))
        return false;
    list->count++;
    return true;
}

static int order(const void *a, const void *b)
{
    const struct due_item *first = a, *second = b;
    int by;

    if (first->due.days != second->due.days) return first->due.days < second->due.days ? -1 : 1;
    by = strcmp(first->division, second->division);
    if (by == 0) by = (first->what > second->what) - (first->what < second->what);
    if (by == 0) by = strcmp(first->asset, second->asset);
    return by != 0 ? by : strcmp(first->subject, second->subject);
}

bool due_list_each(struct ledger *ledger, const struct due_filter *filter, due_visit *visit,
                   void *context, struct error *err)
{
    struct due_items list = {.text = BUFFER_INIT(TEXTS_SIZE_MAX)};
    bool ok = false;

    for (size_t i = 0; i < ARRAY_COUNT(sources); i++)
        if (!sources[i](ledger_journal(ledger), filter, keep, &list, err)) goto out;
    for (size_t i = 0; i < list.count; i++)
        list.items[i].text = (const char *)list.text.data + list.texts[i];
    if (list.count > 0) qsort(list.items, list.count, sizeof *list.items, order);
    for (size_t i = 0; i < list.count; i++)
        if (!visit(context, &list.items[i], err)) goto out;
    ok = true;
out:
    free(list.items);
    free(list.texts);
    buffer_done(&list.text);
    return ok;
}

/* ---- As a calendar --------------------------------------------------------------------------- */

struct calendar_file {
    struct journal *journal;
    struct buffer *out;
    date_t as_of;
};

static bool put_event(void *context, const struct due_item *item, struct error *err)
{
    static const char *const names[DUE_WHAT_COUNT] = {
        [DUE_INSPECTION] = "巡查", [DUE_SERVICE] = "养护",  [DUE_HOLDER] = "落实管护责任",
        [DUE_POST] = "任期到期",   [DUE_WORK] = "完成维修", [DUE_RENT] = "收取租金",
        [DUE_LEASE] = "合同到期",
    };
    const struct calendar_file *file = context;
    char key[KEY_SIZE], summary[SUMMARY_SIZE], description[SUMMARY_SIZE], day[DATE_TEXT_SIZE];
    const struct icalendar_event event = {key, item->due, summary, description,
                                          due_what_name(item->what)};
    struct division division;

    if (!division_find(file->journal, item->division, &division, err)) return false;
    (void)snprintf(key, sizeof key, "%s\n%d\n%s\n%s\n%s", journal_origin(file->journal),
                   (int)item->what, item->asset, item->subject, date_format(item->day, day));
    (void)snprintf(summary, sizeof summary, "%s%s：%s %s", item->is_overdue ? "逾期 " : "",
                   names[item->what], division.name, item->text);
    (void)snprintf(description, sizeof description, "%s%s%s", item->asset,
                   item->asset[0] != '\0' && item->subject[0] != '\0' ? "，" : "", item->subject);
    return icalendar_put(file->out, &event, file->as_of, err);
}

bool due_calendar(struct ledger *ledger, const struct due_filter *filter, struct buffer *out,
                  struct error *err)
{
    struct calendar_file file = {ledger_journal(ledger), out, filter->as_of};

    return icalendar_begin(out, "due", err) &&
           due_list_each(ledger, filter, put_event, &file, err) && icalendar_end(out, err);
}
