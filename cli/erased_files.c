/*
 * erased_files.c - attached files marked before an act takes effect, removed after it.
 */
#include "cli/erased_files.h"

#include <string.h>

#include "base/json.h"
#include "ledger/attachments/attachments.h"

/* What is looked for among all attachments. */
struct look {
    struct journal *journal;
    const char *location;
    const struct seal_range *range; /* while files are marked */
    const hash_t *sha256;           /* while one is asked for */
    bool is_named;
};

static bool mark_one(void *context, const struct attachment *attachment, struct error *err)
{
    const struct look *look = context;

    if (attachment->seq < look->range->first || attachment->seq > look->range->last ||
        hash_equal(&attachment->sha256, &HASH_ZERO))
        return true;
    return attachment_doom(look->location, &attachment->sha256, err);
}

static bool mark_range(void *context, const struct seal_range *range, struct error *err)
{
    struct look *look = context;

    if (strcmp(range->kind, "attachment.add") != 0 || strcmp(range->member, "file") != 0)
        return true;
    look->range = range;
    return attachment_each(look->journal, NULL, NULL, mark_one, look, err);
}

bool erased_files_mark(struct session *session, const char *act, const char *body,
                       struct error *err)
{
    struct look look = {.journal = session->journal};
    struct json_document *document;
    bool ok;

    if (strcmp(act, "seal.erase") != 0) return true;
    document = json_document_new(err);
    ok = document != NULL && session_location(session, &look.location, err) &&
         json_parse(document, (const uint8_t *)body, strlen(body), JSON_CANONICAL, err) &&
         journal_walk_ranges(session->journal, document, 0, mark_range, &look, err);
    json_document_free(document);
    return ok;
}

static bool note_named(void *context, const struct attachment *attachment, struct error *err)
{
    struct look *look = context;

    (void)err;
    look->is_named = look->is_named || hash_equal(&attachment->sha256, look->sha256);
    return true;
}

static bool is_named(void *context, const hash_t *sha256, bool *out, struct error *err)
{
    struct look *look = context;

    look->sha256 = sha256;
    look->is_named = false;
    if (!attachment_each(look->journal, NULL, NULL, note_named, look, err)) return false;
    *out = look->is_named;
    return true;
}

bool erased_files_remove(struct session *session, struct error *err)
{
    struct look look = {.journal = session->journal};
    const struct attachment_names names = {is_named, &look};

    return session_location(session, &look.location, err) &&
           attachment_remove_doomed(look.location, &names, err);
}
