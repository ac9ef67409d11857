/*
 * apply.c - the one way in which a row of any kind is applied and told.
 *
 * Of a row whose detail is gone, in a replay, what can't be known any more isn't judged: it was
 * when the row came.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/records/internal.h"

static date_t today(const struct journal *journal)
{
    return instant_to_date_in(journal_time(journal), ZONE_CHINA_SECONDS);
}

static bool check_code(struct journal *journal, const struct record_kind *kind,
                       const struct record *record, struct error *err)
{
    int64_t count;

    if (kind->code == RECORD_NONE) return true;
    if (!record_count(journal, kind, kind->code, record->values[kind->code].text, &count, err))
        return false;
    return count == 0 ||
           error_set(err, ERROR_CONFLICT, "%s: %s is in the ledger already; nothing takes it back",
                     kind->entry->name, record->values[kind->code].text);
}

/* Is that field among what is gone? */
static bool is_unknown(const struct record_kind *kind, const struct record *record, size_t field)
{
    return field >= kind->field_count - kind->sealed_count && record_is_gone(kind, record);
}

static bool check_day(struct journal *journal, const struct record_kind *kind,
                      const struct record *record, struct error *err)
{
    date_t day;

    if (kind->date == RECORD_NONE || is_unknown(kind, record, kind->date)) return true;
    if (!record_date(record, kind->date, &day, err)) return false;
    return !date_is_before(today(journal), day) ||
           error_set(err, ERROR_INPUT,
                     "%s has not come yet; an event is recorded when it has happened",
                     record->values[kind->date].text);
}

/* Whose row it is must be registered, and a maker there must have written it. A row of its own,
 * which belongs to nothing earlier, isn't of a day on which its division was no more: what comes
 * late to an ended one, an answer or a notice taken down, belongs to something. */
static bool check_place(struct journal *journal, const struct record_kind *kind,
                        const struct record *record, const char *division, const char *actor,
                        struct error *err)
{
    date_t day = today(journal);

    if (kind->date != RECORD_NONE && !is_unknown(kind, record, kind->date) &&
        !record_date(record, kind->date, &day, err))
        return false;
    if (kind->division == RECORD_NONE ? !division_require(journal, division, err)
                                      : !division_require_lasting(journal, division, day, err))
        return false;
    return journal_require_role(journal, actor, ROLE_MAKER, division, err);
}

bool record_apply(struct journal *journal, const struct record_kind *kind,
                  const struct entry_view *entry, struct error *err)
{
    struct record *record = malloc(sizeof *record);
    char division[DIVISION_CODE_SIZE] = "";
    bool is_placed = true, ok = false;

    if (record == NULL) return error_set(err, ERROR_MEMORY, "no memory for a row");
    if (!record_read_body(journal, kind, entry, record, err)) goto out;
    if (kind->division != RECORD_NONE) {
        memcpy(division, record->values[kind->division].text, sizeof division);
        is_placed = !is_unknown(kind, record, kind->division);
    }
    if (!check_code(journal, kind, record, err)) goto out;
    if (!check_day(journal, kind, record, err)) goto out;
    if (kind->check != NULL && !kind->check(journal, record, division, err)) goto out;
    if (is_placed && !check_place(journal, kind, record, division, entry->actor, err)) goto out;
    ok = record_insert(journal, kind, record, err);
out:
    free(record);
    return ok;
}

bool record_describe(const struct record_kind *kind, const struct entry_view *entry,
                     struct buffer *out, struct error *err)
{
    const char *member = kind->entry->members[kind->named].name;
    char name[TEXT_SIZE];

    return json_get_string(entry->document, entry->body, member, name, sizeof name, err) &&
           buffer_append_format(out, err, "%s %s", kind->phrase, name);
}
