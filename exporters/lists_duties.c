/*
 * lists_duties.c - what must be disclosed by when, over all places, as a list that a page is made
 * from.
 *
 * 1. It is judged by the period's last day, from the journal alone: what was published or hung up
 *    later isn't known yet, so that the same ledger and period give the same list.
 * 2. Every duty is counted; those that somebody should see to are named, the longest due first.
 */
#include <assert.h>
#include <string.h>

#include "exporters/lists.h"
#include "exporters/matters.h"

struct duty_list {
    const struct survey *survey;
    size_t states[MATTER_COUNT][DUTY_STATE_COUNT];
    size_t late[MATTER_COUNT], changed[MATTER_COUNT];
    size_t named[DUTY_STATE_COUNT];
    bool by_weekdays;
    struct xml_writer *xml;
};

static void write_day(struct xml_writer *xml, const char *name, bool has, date_t date)
{
    char day[DATE_TEXT_SIZE];

    if (has) xml_attribute(xml, name, date_format(date, day));
}

static void write_duty(const struct duty_list *list, const struct duty *duty)
{
    const size_t place = survey_find_place(list->survey, duty->division);
    struct xml_writer *xml = list->xml;

    xml_element_begin(xml, "duty");
    xml_attribute(xml, "state", duty_state_name(duty->state));
    xml_attribute(xml, "matter", matter_info(duty->matter)->code);
    xml_attribute(xml, "division", duty->division);
    if (place != SURVEY_NONE) {
        xml_attribute(xml, "name", list->survey->places[place].division.name);
        if (list->survey->places[place].has_document) xml_attribute_boolean(xml, "page", true);
    }
    xml_attribute(xml, "subject", duty->subject);
    for (size_t i = 0; i < list->survey->project_count; i++)
        if (strcmp(list->survey->projects[i].code, duty->subject) == 0)
            xml_attribute(xml, "project_name", list->survey->projects[i].name);
    write_day(xml, "event", true, duty->event);
    write_day(xml, "due", true, duty->due);
    write_day(xml, "ended", duty->state == DUTY_EARLY, duty->ended_on);
    write_day(xml, "until", duty->state == DUTY_EARLY && duty->has_until, duty->until);
    xml_element_end(xml);
}

static bool is_to_see_to(enum duty_state state)
{
    return state == DUTY_PENDING || state == DUTY_OVERDUE || state == DUTY_EARLY;
}

static bool see_duty(void *context, const struct duty *duty, struct error *err)
{
    struct duty_list *list = context;
    const size_t before = list->named[duty->state];

    (void)err;
    list->states[duty->matter][duty->state]++;
    list->late[duty->matter] += duty->is_late;
    list->changed[duty->matter] += duty->is_changed;
    list->by_weekdays = list->by_weekdays || duty->by_weekdays;
    if (!is_to_see_to(duty->state) || before == LIST_DUTIES_MAX) return true;
    list->named[duty->state]++;
    write_duty(list, duty);
    return true;
}

static void write_counts(const struct duty_list *list, struct xml_writer *xml)
{
    for (int i = 0; i < MATTER_COUNT; i++) {
        xml_element_begin(xml, "matter");
        xml_attribute(xml, "code", matter_info((enum matter)i)->code);
        for (int j = 0; j < DUTY_STATE_COUNT; j++)
            xml_attribute_integer(xml, duty_state_name((enum duty_state)j),
                                  (int64_t)list->states[i][j]);
        xml_attribute_integer(xml, "late", (int64_t)list->late[i]);
        xml_attribute_integer(xml, "changed", (int64_t)list->changed[i]);
        xml_element_begin(xml, "catalogue");
        xml_attribute(xml, "item", matter_info((enum matter)i)->item);
        xml_element_end(xml);
        xml_element_end(xml);
    }
}

bool lists_write_duties(const struct lists *lists, const struct survey *survey, struct buffer *out,
                        struct error *err)
{
    const date_t last = month_last_day(survey->period.last_month);
    struct duty_list list = {.survey = survey};
    struct xml_writer xml;

    xml_writer_init(&xml, out);
    lists_write_root(lists, "duty_list", &xml);
    list.xml = &xml;
    if (!duty_each(survey->journal, "", last, see_duty, &list, err)) return false;
    write_counts(&list, &xml);
    if (list.by_weekdays) {
        xml_element_begin(&xml, "by_weekdays");
        xml_element_end(&xml);
    }
    xml_element_end(&xml);
    return xml_writer_finish(&xml, err);
}
