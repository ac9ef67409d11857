/*
 * r17_disclosure.c - R17 未公示或公示不足: what must be told to everybody wasn't, came late, was
 * taken down too early or changed while it stood.
 *
 * The rule asks ledger/disclosure, whose time limits are policies of their own:
 * docs/disclosure.md.
 *
 *     overdue    day judged - last day in time > 0; or over after that day and never told
 *     told_late  first day told - last day in time > 0
 *     early      last day that it must stand - last day that it stood > 0
 *     changed    told anew while it stood: what was read before was not what holds
 */
#include <string.h>

#include "audit/inspect/rules/frame.h"
#include "base/language.h"

/* What every case says of a duty. */
struct duty_words {
    char subject[AUDIT_SUBJECT_SIZE];
    char due[DATE_TEXT_SIZE], on[DATE_TEXT_SIZE], until[DATE_TEXT_SIZE];
    const char *item; /* which of the nine */
};

static void read_words(const struct duty *duty, struct duty_words *out)
{
    char event[DATE_TEXT_SIZE];

    (void)snprintf(out->subject, sizeof out->subject, "%s %s %s", matter_info(duty->matter)->code,
                   duty->subject, date_format(duty->event, event));
    (void)date_format(duty->due, out->due);
    out->item = matter_info(duty->matter)->item;
}

static bool gather(struct audit *audit, const struct duty *duty, int32_t days, struct error *err)
{
    audit_about(audit, duty->division);
    audit_number(audit, "days", AUDIT_DAYS, days);
    return audit_cite(audit, duty->seq, err);
}

static bool raise_overdue(struct audit *audit, const struct duty *duty, struct duty_words *words,
                          struct error *err)
{
    const struct audit_head head = {"overdue", 2, duty->due, words->subject};
    const int32_t days = audit->as_of.days - duty->due.days;

    return gather(audit, duty, days, err) &&
           audit_raise(audit, &head, err,
                       _("%s: %s was to be told to everybody by %s; on %s, %d days later, it is "
                         "not."),
                       words->item, duty->subject, words->due, audit->day, days);
}

/* Over before anything told it, and after its last day: the same case, so that the lead is one. */
static bool raise_never(struct audit *audit, const struct duty *duty, struct duty_words *words,
                        struct error *err)
{
    const struct audit_head head = {"overdue", 2, duty->due, words->subject};

    audit_about(audit, duty->division);
    return audit_cite(audit, duty->seq, err) &&
           audit_raise(
               audit, &head, err,
               _("%s: %s was to be told to everybody by %s; it never was, and is over since."),
               words->item, duty->subject, words->due);
}

static bool raise_late(struct audit *audit, const struct duty *duty, struct duty_words *words,
                       struct error *err)
{
    const struct audit_head head = {"told_late", 1, duty->due, words->subject};
    const int32_t days = duty->disclosed_on.days - duty->due.days;

    return gather(audit, duty, days, err) &&
           audit_raise(audit, &head, err,
                       _("%s: %s was to be told to everybody by %s and was on %s, %d days late."),
                       words->item, duty->subject, words->due,
                       date_format(duty->disclosed_on, words->on), days);
}

static bool raise_early(struct audit *audit, const struct duty *duty, struct duty_words *words,
                        struct error *err)
{
    const struct audit_head head = {"early", 2, duty->ended_on, words->subject};
    const int32_t days = duty->has_until ? duty->until.days - duty->ended_on.days : 0;

    if (!gather(audit, duty, days, err)) return false;
    if (!duty->has_until)
        return audit_raise(audit, &head, err,
                           _("%s: the notice of %s was taken down on %s, though it must stand for "
                             "good."),
                           words->item, duty->subject, date_format(duty->ended_on, words->on));
    return audit_raise(audit, &head, err,
                       _("%s: the notice of %s was taken down on %s, though it must stand until "
                         "%s: %d days too early."),
                       words->item, duty->subject, date_format(duty->ended_on, words->on),
                       date_format(duty->until, words->until), days);
}

static bool raise_changed(struct audit *audit, const struct duty *duty, struct duty_words *words,
                          struct error *err)
{
    const struct audit_head head = {"changed", 1, duty->stands_from, words->subject};
    const int32_t days = duty->stands_from.days - duty->disclosed_on.days;

    return gather(audit, duty, days, err) &&
           audit_raise(audit, &head, err,
                       _("%s: what was told of %s on %s was changed on %s, %d days later, while it "
                         "stood."),
                       words->item, duty->subject, date_format(duty->disclosed_on, words->on),
                       date_format(duty->stands_from, words->until), days);
}

static bool see_duty(void *context, const struct duty *duty, struct error *err)
{
    struct audit *audit = context;
    struct duty_words words;

    if (duty->state == DUTY_PENDING || duty->state == DUTY_WITHHELD) return true;
    read_words(duty, &words);
    if (duty->state == DUTY_REPLACED)
        return !duty->is_late || raise_never(audit, duty, &words, err);
    if (duty->state == DUTY_OVERDUE) return raise_overdue(audit, duty, &words, err);
    return (!duty->is_late || raise_late(audit, duty, &words, err)) &&
           (duty->state != DUTY_EARLY || raise_early(audit, duty, &words, err)) &&
           (!duty->is_changed || raise_changed(audit, duty, &words, err));
}

static bool walk(struct audit *audit, struct error *err)
{
    return duty_each(audit->journal, "", audit->as_of, see_duty, audit, err);
}

const struct audit_rule audit_r17 = {
    .id = "R17",
    .version = 1,
    .level = 2,
    .title = N_("not told to everybody, late, or not long enough"),
    .basis = "国务院扶贫办、财政部《关于完善扶贫资金项目公告公示制度的指导意见》（2018年）；《政府"
             "信息公开条例》",
    .walk = walk,
};
