/*
 * body.c - a row's entry: its body from a record and back, with what it seals about a person.
 *
 * 1. What is sealed is held to the kind's list as well, when it is opened: types and words, nothing
 *    missing, nothing more. Numbers of people may stand there.
 * 2. The seal names the row's code, or what else in clear tells one row from another.
 * 3. A row isn't added that says in clear the name which it seals. What was added is replayed
 *    without asking.
 */
#include <string.h>

#include "ledger/records/internal.h"

#define DETAIL_SIZE_MAX ENTRY_SIZE_BYTES_MAX
#define NAME_SIZE_MIN   4 /* bytes: two characters, or as many letters */
#define PURPOSE_SIZE    (sizeof((struct entry_view *)NULL)->kind + SEALED_MEMBER_SIZE)

size_t record_detail(const struct record_kind *kind)
{
    size_t field = 0;

    assert(kind->sealed_count > 0);
    while (kind->entry->members[field].mark != MEMBER_SEALED)
        field++;
    return field;
}

/* The first field under the seal, behind all that is public. */
static size_t first_sealed(const struct record_kind *kind)
{
    return kind->field_count - kind->sealed_count;
}

bool record_subject(const struct record_kind *kind, const struct record *record, struct buffer *out,
                    struct error *err)
{
    if (kind->subject_count == 0) {
        assert(kind->code < first_sealed(kind)); /* else the kind names its subject */
        return buffer_append_text(out, record->values[kind->code].text, err);
    }
    for (size_t i = 0; i < kind->subject_count; i++) {
        assert(kind->subject[i] < first_sealed(kind));
        if ((i > 0 && !buffer_append_byte(out, '/', err)) ||
            !buffer_append_text(out, record->values[kind->subject[i]].text, err))
            return false;
    }
    return true;
}

/* ---- Reading --------------------------------------------------------------------------------- */

static bool read_field(const struct json_document *document, uint32_t object,
                       const struct record_kind *kind, size_t field,
                       const struct entry_member *member, struct record *out, struct error *err)
{
    if (member->type == MEMBER_BOOLEAN) {
        uint32_t node = json_member(document, object, member->name);

        out->values[field].number = json_type(document, node) == JSON_TRUE;
        return true;
    }
    if (record_is_number(kind, field))
        return json_get_integer(document, object, member->name, &out->values[field].number, err);
    return json_get_string(document, object, member->name, out->values[field].text,
                           sizeof out->values[field].text, err);
}

static bool open_detail(struct journal *journal, const struct record_kind *kind,
                        const struct entry_view *entry, struct json_document *document,
                        struct record *out, struct error *err)
{
    const size_t first = first_sealed(kind);
    struct buffer subject = BUFFER_INIT(SUBJECT_SIZE_MAX);
    uint32_t value;
    bool ok = false;

    if (!record_subject(kind, out, &subject, err) ||
        !journal_open_member(journal, entry, "detail", buffer_text(&subject), document, &value,
                             err) ||
        !journal_check_value(journal, kind->sealed, document, value, err))
        goto out;
    for (size_t i = 0; i < kind->sealed_count; i++)
        if (!read_field(document, value, kind, first + i, &kind->sealed[i], out, err)) goto out;
    ok = true;
out:
    buffer_done(&subject);
    return ok;
}

static bool read_detail(struct journal *journal, const struct record_kind *kind,
                        const struct entry_view *entry, struct record *out, struct error *err)
{
    struct json_document *document;
    bool ok;

    if (journal_member_is_gone(entry, "detail")) {
        out->values[record_detail(kind)].number = 1;
        return true;
    }
    document = json_document_new(err);
    if (document == NULL) return false;
    ok = open_detail(journal, kind, entry, document, out, err);
    json_document_free(document);
    return ok;
}

bool record_read_body(struct journal *journal, const struct record_kind *kind,
                      const struct entry_view *entry, struct record *out, struct error *err)
{
    record_clear(kind, out);
    out->seq = entry->seq;
    for (size_t i = 0; i < first_sealed(kind); i++)
        if (kind->entry->members[i].mark == MEMBER_PUBLIC &&
            !read_field(entry->document, entry->body, kind, i, &kind->entry->members[i], out, err))
            return false;
    return kind->sealed_count == 0 || read_detail(journal, kind, entry, out, err);
}

/* ---- Writing --------------------------------------------------------------------------------- */

static void write_field(struct json_writer *writer, const struct record_kind *kind, size_t field,
                        const struct entry_member *member, const struct record *record)
{
    json_name(writer, member->name);
    if (member->type == MEMBER_BOOLEAN)
        json_boolean(writer, record->values[field].number != 0);
    else if (record_is_number(kind, field))
        json_integer(writer, record->values[field].number);
    else
        json_string(writer, record->values[field].text);
}

static bool seal_detail(struct journal *journal, const struct record_kind *kind,
                        const struct record *record, struct buffer *plain, struct buffer *member,
                        struct sealed_value *sealed, struct error *err)
{
    struct buffer subject = BUFFER_INIT(SUBJECT_SIZE_MAX), value = BUFFER_INIT(DETAIL_SIZE_MAX);
    struct buffer purpose = BUFFER_INIT(PURPOSE_SIZE);
    struct json_writer writer;
    bool ok = false;

    json_writer_init(&writer, &value);
    json_object_begin(&writer);
    for (size_t i = 0; i < kind->sealed_count; i++)
        write_field(&writer, kind, first_sealed(kind) + i, &kind->sealed[i], record);
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err) && record_subject(kind, record, &subject, err) &&
         buffer_append_format(&purpose, err, "%s/detail", kind->entry->name) &&
         journal_seal(journal, buffer_text(&purpose), buffer_text(&subject), &value, plain, member,
                      sealed, err);
    buffer_wipe(&value);
    buffer_done(&value);
    buffer_done(&subject);
    buffer_done(&purpose);
    return ok;
}

bool record_refuse_name(const struct record_kind *kind, const struct record *record,
                        const char *name, struct error *err)
{
    if (strlen(name) < NAME_SIZE_MIN) return true;
    for (size_t i = 0; i < first_sealed(kind); i++) {
        const struct entry_member *member = &kind->entry->members[i];

        if ((member->type == MEMBER_TEXT || member->type == MEMBER_CODE) &&
            strstr(record->values[i].text, name) != NULL)
            return error_set(err, ERROR_INPUT,
                             "%s is public and holds a name that is sealed; leave the name out",
                             member->name);
    }
    return true;
}

/* What stands in clear doesn't say the name that is sealed beside it. */
static bool refuse_own_name(const struct record_kind *kind, const struct record *record,
                            struct error *err)
{
    const size_t first = first_sealed(kind);

    for (size_t i = 0; i < kind->sealed_count; i++) {
        const struct entry_member *member = &kind->sealed[i];

        if (member->type == MEMBER_TEXT &&
            (strcmp(member->name, "name") == 0 || strcmp(member->name, "holder") == 0) &&
            !record_refuse_name(kind, record, record->values[first + i].text, err))
            return false;
    }
    return true;
}

bool record_add(struct journal *journal, struct register_batch *batch,
                const struct record_kind *kind, const struct record *record, struct error *err)
{
    struct buffer body = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct buffer plain = BUFFER_INIT(DETAIL_SIZE_MAX), member = BUFFER_INIT(256);
    struct sealed_value sealed = {.member = ""};
    struct json_writer writer;
    bool ok = false;

    if (kind->sealed_count > 0 &&
        (!refuse_own_name(kind, record, err) ||
         !seal_detail(journal, kind, record, &plain, &member, &sealed, err)))
        goto out;
    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    for (size_t i = 0; i < first_sealed(kind); i++) {
        if (kind->entry->members[i].mark == MEMBER_PUBLIC) {
            write_field(&writer, kind, i, &kind->entry->members[i], record);
            continue;
        }
        json_name(&writer, kind->entry->members[i].name);
        json_raw(&writer, member.data, member.size);
    }
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err) &&
         register_add_sealed_row(batch, kind->entry->name, &body, &sealed,
                                 kind->sealed_count > 0 ? 1 : 0, err);
out:
    buffer_wipe(&plain);
    buffer_done(&plain);
    buffer_done(&member);
    buffer_done(&body);
    return ok;
}
