/*
 * attach.c - files attached to vouchers, funds, projects, contracts and assets, from whichever
 * command.
 *
 * 1. In this order: the files are copied in under names of nobody's, the entries are appended, the
 *    files get their names durably, the transaction commits. Whatever breaks off before leaves
 *    nothing or a file that no entry names.
 */
#include "cli/attach.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "cli/erased_files.h"
#include "cli/terminal.h"

#define SHOWN_DIGITS 16               /* of a hash, for eyes */
#define THING_SIZE   (CODE_SIZE + 16) /* "contract/HT2021-001" */

struct attach_item {
    struct attachment_intake *file;
    char title[TEXT_SIZE];
    bool is_restored;
};

struct attach_done {
    struct attachment attachment;
    size_t item;
    bool repeated;
    uint64_t seq;
};

struct attach_batch {
    const char *about;
    bool is_sealed;
    size_t count;
    struct attach_item items[ARGUMENTS_MAX];
    struct attach_done *done;
    size_t done_count, done_capacity;
};

/* ---- What is asked for ----------------------------------------------------------------------- */

bool attach_request_read(const struct arguments *arguments, struct attach_request *out,
                         struct error *err)
{
    const char *path;
    size_t at = 0;

    memset(out, 0, sizeof *out);
    while ((path = option_next(arguments, OPTION_ATTACH, &at)) != NULL) {
        if (path[0] == 0) continue;
        if (out->count == ARGUMENTS_MAX)
            return error_set(err, ERROR_USAGE, "more than %d files at once; attach them in parts",
                             ARGUMENTS_MAX);
        out->paths[out->count++] = path;
    }
    return true;
}

static bool check_about(const char *about, struct error *err)
{
    const char *const *word;

    if (about == NULL) return true;
    for (word = attachment_about_words(); *word != NULL; word++) {
        if (strcmp(*word, about) == 0) return true;
    }
    error_set(err, ERROR_USAGE, "\"%s\" is none of notice, contract, invoice, photograph and other",
              about);
    return error_at(err, "--about");
}

/* A contract is mostly attached to a contract, a notice to its fund. */
static const char *usual_about(const char *what)
{
    if (strcmp(what, "contract") == 0) return "contract";
    return strcmp(what, "fund") == 0 ? "notice" : "other";
}

static bool take_title(const struct attach_request *request, const char *path, char out[TEXT_SIZE],
                       struct error *err)
{
    const char *slash = strrchr(path, '/');

    if (request->title != NULL)
        return argument_text(request->title, "--title", out, TEXT_SIZE, err);
    return argument_text(slash != NULL ? slash + 1 : path, "--title", out, TEXT_SIZE, err);
}

/* ---- The steps ------------------------------------------------------------------------------- */

bool attach_begin(struct session *session, const struct attach_request *request,
                  struct attach_batch **out, struct error *err)
{
    struct attach_batch *batch = NULL;
    const char *location = NULL;
    bool ok = false;

    if (!check_about(request->about, err)) goto out;
    if (request->title != NULL && request->count > 1) {
        error_set(err, ERROR_USAGE,
                  "--title names one file; without it each file's own name is its title");
        goto out;
    }
    if (!session_location(session, &location, err)) goto out;
    batch = calloc(1, sizeof *batch);
    if (batch == NULL) {
        error_set(err, ERROR_MEMORY, "no memory to attach files");
        goto out;
    }
    batch->about = request->about;
    batch->is_sealed = request->is_sealed;
    attachment_sweep(location);
    if (!erased_files_remove(session, err)) goto out;
    for (; batch->count < request->count; batch->count++) {
        struct attach_item *item = &batch->items[batch->count];

        if (!take_title(request, request->paths[batch->count], item->title, err)) goto out;
        if (!attachment_take(location, request->paths[batch->count], &item->file, err)) goto out;
    }
    *out = batch;
    batch = NULL;
    ok = true;
out:
    attach_free(batch);
    return ok;
}

static bool reserve(struct attach_batch *batch, struct error *err)
{
    size_t capacity = batch->done_capacity == 0 ? 16 : batch->done_capacity * 2;
    struct attach_done *done;

    if (batch->done_count < batch->done_capacity) return true;
    if (batch->done_count >= (size_t)ATTACH_THINGS_MAX * ARGUMENTS_MAX)
        return error_set(err, ERROR_LIMIT, "files can't be attached to more than %d things at once",
                         ATTACH_THINGS_MAX);
    done = realloc(batch->done, capacity * sizeof *done);
    if (done == NULL) return error_set(err, ERROR_MEMORY, "no memory to attach files");
    batch->done = done;
    batch->done_capacity = capacity;
    return true;
}

bool attach_to(struct session *session, struct attach_batch *batch, const char *thing,
               struct error *err)
{
    struct attachment attachment;
    const char *about;
    size_t i;

    memset(&attachment, 0, sizeof attachment);
    if (!attachment_resolve(session->journal, thing, &attachment, err)) return false;
    about = batch->about != NULL ? batch->about : usual_about(attachment.what);
    memcpy(attachment.about, about, strlen(about) + 1);
    attachment.is_sealed = batch->is_sealed;
    for (i = 0; i < batch->count; i++) {
        const struct attachment_file *file = attachment_taken(batch->items[i].file);
        struct attach_done *done;

        if (!reserve(batch, err)) return false;
        done = &batch->done[batch->done_count];
        memcpy(attachment.title, batch->items[i].title, sizeof attachment.title);
        memcpy(attachment.type, file->type, strlen(file->type) + 1);
        attachment.sha256 = file->sha256;
        attachment.size_bytes = file->size_bytes;
        *done = (struct attach_done){.attachment = attachment, .item = i};
        if (!attachment_add(session->journal, &session->by, &attachment, &done->repeated,
                            &done->seq, err)) {
            return error_at(err, "%s", batch->items[i].title);
        }
        batch->done_count++;
    }
    return true;
}

/* What entries made that a file can belong to. */
struct things {
    struct json_document *document;
    char (*names)[THING_SIZE]; /* "fund/2021-ZY-01" */
    size_t count;
};

static bool note_thing(void *context, uint64_t seq, const uint8_t *bytes, size_t size,
                       struct error *err)
{
    static const char *const kinds[][2] = {{"fund.add", "fund"},
                                           {"project.add", "project"},
                                           {"contract.add", "contract"},
                                           {"voucher.submit", "voucher"},
                                           {"asset.register", "asset"},
                                           {"household_asset.register", "asset"},
                                           {"inspection.record", "inspection"}};
    struct things *things = context;
    char code[CODE_SIZE];
    uint32_t kind, body;
    size_t i;

    if (!json_parse(things->document, bytes, size, JSON_CANONICAL, err)) return false;
    kind = json_member(things->document, 0, "kind");
    body = json_member(things->document, 0, "body");
    for (i = 0; i < ARRAY_COUNT(kinds); i++) {
        if (!json_string_equals(things->document, kind, kinds[i][0])) continue;
        if (strcmp(kinds[i][1], "inspection") == 0)
            (void)snprintf(code, sizeof code, "%llu", (unsigned long long)seq);
        else if (!json_get_string(things->document, body, kinds[i][1], code, sizeof code, err))
            return false;
        if (things->count == ATTACH_THINGS_MAX)
            return error_set(err, ERROR_LIMIT,
                             "files can't be attached to more than %d things at once; import "
                             "without --attach",
                             ATTACH_THINGS_MAX);
        snprintf(things->names[things->count++], THING_SIZE, "%s/%s", kinds[i][1], code);
    }
    return true;
}

bool attach_to_all_since(struct session *session, struct attach_batch *batch, uint64_t first,
                         struct error *err)
{
    struct things things = {.document = json_document_new(err)};
    size_t i;
    bool ok = false;

    if (things.document == NULL) goto out;
    things.names = calloc(ATTACH_THINGS_MAX, sizeof *things.names);
    if (things.names == NULL) {
        error_set(err, ERROR_MEMORY, "no memory to attach files");
        goto out;
    }
    if (!journal_walk(session->journal, first, journal_size(session->journal), note_thing, &things,
                      err))
        goto out;
    for (i = 0; i < things.count; i++) {
        if (!attach_to(session, batch, things.names[i], err)) goto out;
    }
    ok = true;
out:
    free(things.names);
    json_document_free(things.document);
    return ok;
}

bool attach_keep(struct attach_batch *batch, struct error *err)
{
    size_t i;

    for (i = 0; i < batch->count; i++) {
        if (!attachment_keep(batch->items[i].file, &batch->items[i].is_restored, err)) return false;
    }
    return true;
}

void attach_free(struct attach_batch *batch)
{
    size_t i;

    if (batch == NULL) return;
    for (i = 0; i < ARGUMENTS_MAX; i++)
        attachment_drop(batch->items[i].file);
    free(batch->done);
    free(batch);
}

bool attach_all(struct session *session, const struct arguments *arguments, const char *thing,
                struct attach_batch **out, struct error *err)
{
    struct attach_batch *batch = NULL;
    struct attach_request request;

    if (!attach_request_read(arguments, &request, err)) return false;
    if (request.count > 0 && (!attach_begin(session, &request, &batch, err) ||
                              !attach_to(session, batch, thing, err) || !attach_keep(batch, err))) {
        attach_free(batch);
        return false;
    }
    *out = batch;
    return true;
}

bool attach_try(struct session *session, const struct arguments *arguments, const char *thing,
                struct error *err)
{
    struct attach_batch *batch = NULL;
    struct attach_request request;
    bool ok = attach_request_read(arguments, &request, err) &&
              (request.count == 0 || (attach_begin(session, &request, &batch, err) &&
                                      attach_to(session, batch, thing, err)));

    attach_free(batch);
    return ok;
}

/* ---- Telling --------------------------------------------------------------------------------- */

/* Evidence may come late, but nobody should think that it was there before. */
static bool tell_late(struct session *session, const struct attachment *attachment,
                      struct error *err)
{
    struct voucher voucher;
    char month[MONTH_TEXT_SIZE];
    int32_t closed = 0;
    bool any = false;

    if (strcmp(attachment->what, "voucher") != 0) return true;
    if (!voucher_find(session->journal, attachment->code, &voucher, err)) return false;
    if (!period_closed_through(session->journal, &any, &closed, err)) return false;
    if (any && voucher.booking_month <= closed) {
        say("  %s is closed already; the entry shows that the paper came afterwards",
            month_format(voucher.booking_month, month));
    } else if (voucher.state != VOUCHER_PENDING) {
        say("  the voucher is %s already; the entry shows that the paper came afterwards",
            translate(voucher_state_name(voucher.state)));
    }
    return true;
}

static bool tell_one(struct session *session, const struct attach_batch *batch,
                     const struct attach_done *done, struct error *err)
{
    const struct attachment *attachment = &done->attachment;
    char hex[HASH_HEX_SIZE];

    if (done->repeated) {
        say("%s is attached to %s %s already, by entry %llu; nothing changed", attachment->title,
            translate(attachment->what), attachment->code, (unsigned long long)done->seq);
        if (batch->items[done->item].is_restored)
            say("  the kept file was missing or damaged and is put back");
        return true;
    }
    say("%s is attached to %s %s by entry %llu", attachment->title, translate(attachment->what),
        attachment->code, (unsigned long long)done->seq);
    say("  %s, %lld bytes, SHA-256 %s", attachment->type, (long long)attachment->size_bytes,
        hash_to_hex(&attachment->sha256, hex));
    return tell_late(session, attachment, err);
}

bool attach_tell(struct session *session, const struct attach_batch *batch, struct error *err)
{
    size_t i;

    for (i = 0; batch != NULL && i < batch->done_count; i++) {
        if (!tell_one(session, batch, &batch->done[i], err)) return false;
    }
    return true;
}

/* ---- Showing --------------------------------------------------------------------------------- */

struct show {
    const char *heading; /* NULL once it was said */
};

static bool show_one(void *context, const struct attachment *attachment, struct error *err)
{
    struct show *show = context;
    char hex[HASH_HEX_SIZE], date[DATE_TEXT_SIZE], padded[PAD_SIZE];

    (void)err;
    if (show->heading != NULL) say("%s", translate(show->heading));
    show->heading = NULL;
    say("  %s%s", terminal_pad_right(translate(attachment->about), 12, padded),
        attachment->title[0] != 0 ? attachment->title : _("(its title is not known any more)"));
    hash_to_hex(&attachment->sha256, hex);
    hex[SHOWN_DIGITS] = '\0';
    say("              %s%s%s, entry %llu, %s %s%s%s",
        attachment->size_bytes > 0 ? attachment->type : _("the file is not known any more"),
        attachment->size_bytes > 0 ? ", " : "", attachment->size_bytes > 0 ? hex : "",
        (unsigned long long)attachment->seq, attachment->by,
        date_format(attachment->added_on, date),
        attachment->is_late ? _("; after the decision") : "",
        attachment->is_lost ? _("; its file was declared lost") : "");
    return true;
}

bool attach_show(struct journal *journal, const char *what, const char *code, const char *heading,
                 struct error *err)
{
    struct show show = {heading};

    return attachment_each(journal, what, code, show_one, &show, err);
}
