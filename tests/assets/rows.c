/* rows.c - see rows.h. */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>

#define BODY_MAX 8192

static struct register_batch *begin(struct fixture *fixture, const char *user)
{
    struct signatory by = fixture_as(user);
    struct register_batch *batch = NULL;
    struct error err = ERROR_INIT;
    char what[32];
    hash_t content;
    bool repeated;

    (void)snprintf(what, sizeof what, "rows-%u", fixture_number());
    content = hash_sha256((const uint8_t *)what, strlen(what));
    fixture_begin(fixture);
    ck_assert_ok(
        register_begin(fixture->journal, &by, "rows", what, &content, &batch, &repeated, &err),
        err);
    return batch;
}

static bool end(struct fixture *fixture, struct register_batch *batch, size_t count, bool ok,
                struct error *err)
{
    ok = ok && register_finish(batch, count, err);
    if (!ok) register_free(batch);
    return fixture_end(fixture, ok, err);
}

bool try_asset_row(struct fixture *fixture, const struct record_kind *kind, struct error *err,
                   const char *body)
{
    struct register_batch *batch = begin(fixture, "li");
    struct buffer quoted = BUFFER_INIT(BODY_MAX);
    bool ok = true;

    for (; ok && *body != '\0'; body++)
        ok = buffer_append_byte(&quoted, *body == '\'' ? '"' : (uint8_t)*body, err);
    ok = ok && register_add_row(batch, kind->entry->name, &quoted, err);
    buffer_done(&quoted);
    return end(fixture, batch, 1, ok, err);
}

void add_asset_row(struct fixture *fixture, const struct record_kind *kind, const char *body)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(try_asset_row(fixture, kind, &err, body), err);
}

void pay_under_p1(struct fixture *fixture, const char *amount)
{
    struct voucher_line paid = pay(amount, VILLAGE_1 " construction F1 available", "");

    fixture_fund_village_1(fixture, amount);
    to_contractor(&paid);
    under(&paid, "P1", "C1", 1);
    (void)fixture_post(fixture, MOVEMENT_PAYMENT, "2021-05-10", &paid);
}

struct record *new_row(const struct record_kind *kind)
{
    struct record *row = malloc(sizeof *row);

    ck_assert_ptr_nonnull(row);
    record_clear(kind, row);
    return row;
}

void set_text(struct record *row, size_t field, const char *text)
{
    (void)snprintf(row->values[field].text, sizeof row->values[field].text, "%s", text);
}

bool try_records(struct fixture *fixture, const char *user, const struct record_kind *const *kinds,
                 struct record **rows, size_t count, struct error *err)
{
    struct register_batch *batch = begin(fixture, user);
    bool ok = true;

    for (size_t i = 0; i < count; i++) {
        ok = ok && record_add(fixture->journal, batch, kinds[i], rows[i], err);
        free(rows[i]);
    }
    return end(fixture, batch, count, ok, err);
}
