/* rows.c - see rows.h. Quotes are written ' in the bodies, for they are many. */
#include "rows.h"

#include <stdarg.h>
#include <stdio.h>

#define BODY_MAX 8192

bool try_rows_as(struct fixture *fixture, const char *user, enum disclosure_kind kind,
                 const char *const *bodies, size_t count, struct error *err)
{
    struct signatory by = fixture_as(user);
    struct register_batch *batch = NULL;
    char what[32];
    hash_t content;
    bool repeated, ok;

    (void)snprintf(what, sizeof what, "rows-%u", fixture_number());
    content = hash_sha256((const uint8_t *)what, strlen(what));
    fixture_begin(fixture);
    ok = register_begin(fixture->journal, &by, "rows", what, &content, &batch, &repeated, err);
    for (size_t i = 0; ok && i < count; i++) {
        struct buffer body = BUFFER_INIT(BODY_MAX);

        ok = buffer_append_text(&body, bodies[i], err) &&
             register_add_row(batch, disclosure_kinds[kind]->entry->name, &body, err);
        buffer_done(&body);
    }
    if (ok) {
        ok = register_finish(batch, count, err);
        if (ok) batch = NULL;
    }
    register_free(batch);
    return fixture_end(fixture, ok, err);
}

static void quote(char *text)
{
    for (; *text != '\0'; text++)
        if (*text == '\'') *text = '"';
}

bool try_row(struct fixture *fixture, enum disclosure_kind kind, struct error *err,
             const char *format, ...)
{
    char body[BODY_MAX];
    const char *bodies[] = {body};
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(body, sizeof body, format, arguments);
    va_end(arguments);
    quote(body);
    return try_rows_as(fixture, "li", kind, bodies, 1, err);
}

void add_row(struct fixture *fixture, enum disclosure_kind kind, const char *format, ...)
{
    char body[BODY_MAX];
    const char *bodies[] = {body};
    struct error err = ERROR_INIT;
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(body, sizeof body, format, arguments);
    va_end(arguments);
    quote(body);
    ck_assert_ok(try_rows_as(fixture, "li", kind, bodies, 1, &err), err);
}
