/*
 * restore.c - backup and publication compared entry by entry, then replayed into a new ledger.
 *
 * Everything that can be refused is refused before the first entry is written.
 */
#include "cli/restore.h"

#include <inttypes.h>

#include "base/json.h"
#include "base/tree.h"
#include "cli/publication.h"
#include "cli/session.h"

#define PROGRESS_ENTRIES 5000 /* between two tellings */

struct restore {
    const struct restore_request *request;
    struct ledger_options options;
    struct verify_verdict backup; /* its verdict; size 0 when there is none */
    struct ledger *source;        /* the backup, or NULL */
    struct published_entries *publication;
    struct published_log log; /* of the publication; size 0 when there is none */
    struct ledger *target;
    uint64_t needed; /* sealed values that are lost and that nothing can be made without */
    struct sealed_place first_needed;
    uint64_t lost; /* those of the ledger that was made */
};

/* ---- What is believed ------------------------------------------------------------------------ */

static bool check_path(const char *path, const struct verify_options *options, const char *what,
                       struct verify_verdict *verdict, struct error *err)
{
    if (!verify_path(path, options, verdict, err)) return false;
    if (verdict->outcome != VERIFY_FAIL || verdict->sealed_missing > 0) return true;
    (void)error_set(err, ERROR_VERIFY, "%s doesn't verify, so nothing is restored: %s", what,
                    verdict->line);
    return error_at(err, "%s", path);
}

static bool open_backup(struct restore *restore, struct error *err)
{
    const struct restore_request *request = restore->request;
    struct verify_options options = {.key = request->key, .is_log_alone = true};

    if (request->backup == NULL) return true;
    return check_path(request->backup, &options, "the backup", &restore->backup, err) &&
           ledger_open_source(request->backup, &restore->options, &restore->source, err);
}

static bool open_publication(struct restore *restore, struct verify_verdict *verdict,
                             struct error *err)
{
    const struct restore_request *request = restore->request;
    struct verify_options options = {.key = request->key, .memory_directory = request->memory};

    if (!check_path(request->publication, &options, "the publication", verdict, err)) return false;
    if (!published_open(request->publication, &restore->publication, err)) return false;
    restore->log = (struct published_log){published_size(restore->publication), published_read,
                                          restore->publication};
    return true;
}

/* ---- A fork? --------------------------------------------------------------------------------- */

static bool refuse_fork(const struct restore *restore, uint64_t size, uint64_t different,
                        const hash_t *ours, const hash_t *published, struct error *err)
{
    char own[HASH_HEX_SIZE], other[HASH_HEX_SIZE];

    (void)error_set(err, ERROR_VERIFY,
                    "the backup isn't the beginning of what was published, nor the other way "
                    "round: of %" PRIu64 " entries the root is %s here and %s there; they differ "
                    "from entry %" PRIu64 " on; nothing is restored",
                    size, hash_to_hex(ours, own), hash_to_hex(published, other), different);
    return error_at(err, "%s", restore->request->backup);
}

static bool hash_of(const struct published_log *log, uint64_t seq, hash_t *out, struct error *err)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    bool ok = log->read(log->context, seq, &bytes, err);

    if (ok) *out = hash_leaf(bytes.data, bytes.size);
    buffer_done(&bytes);
    return ok;
}

/* The bytes that are read here and replayed later are those that were verified: their root is. */
static bool check_root(const struct tree_frontier *tree, const hash_t *verified, const char *path,
                       struct error *err)
{
    hash_t root = tree_frontier_root(tree);

    if (hash_equal(&root, verified)) return true;
    (void)error_set(err, ERROR_VERIFY, "this was changed while it was read; repeat");
    return error_at(err, "%s", path);
}

static bool read_source(void *context, uint64_t seq, struct buffer *out, struct error *err)
{
    return journal_read(context, seq, out, err);
}

static bool check_fork(struct restore *restore, const struct verify_verdict *published,
                       struct error *err)
{
    struct published_log backup = {0, read_source, NULL};
    struct tree_frontier ours = TREE_FRONTIER_INIT, theirs = TREE_FRONTIER_INIT;
    uint64_t common, different = UINT64_MAX;
    hash_t own, other;

    if (restore->source != NULL) backup.context = ledger_journal(restore->source);
    common = restore->backup.size < restore->log.size ? restore->backup.size : restore->log.size;
    for (uint64_t seq = 0; seq < common; seq++) {
        if (!hash_of(&backup, seq, &own, err) || !hash_of(&restore->log, seq, &other, err))
            return false;
        if (different == UINT64_MAX && !hash_equal(&own, &other)) different = seq;
        tree_frontier_add(&ours, &own);
        tree_frontier_add(&theirs, &other);
    }
    own = tree_frontier_root(&ours);
    other = tree_frontier_root(&theirs);
    if (!hash_equal(&own, &other))
        return refuse_fork(restore, common, different, &own, &other, err);
    for (uint64_t seq = common; seq < restore->log.size; seq++) {
        if (!hash_of(&restore->log, seq, &other, err)) return false;
        tree_frontier_add(&theirs, &other);
    }
    return check_root(&theirs, &published->root, restore->request->publication, err);
}

/* ---- What is lost? --------------------------------------------------------------------------- */

static bool tell(const struct restore *restore, const struct sealed_place *place, bool is_needed,
                 struct error *err)
{
    return restore->request->tell_lost == NULL ||
           restore->request->tell_lost(restore->request->context, place, is_needed, err);
}

static bool note_needed(void *context, const struct sealed_place *place, struct error *err)
{
    struct restore *restore = context;

    (void)err;
    if (!journal_needs_sealed(ledger_journal(restore->target), place)) return true;
    if (restore->needed == 0) restore->first_needed = *place;
    restore->needed++;
    return true;
}

/* What stands in clear of the entry, by which its paper is found. */
static bool tell_paper(const struct restore *restore, const struct sealed_place *place,
                       struct error *err)
{
    struct buffer bytes = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct json_document *document = json_document_new(err);
    char voucher[VOUCHER_NUMBER_SIZE], reference[CODE_SIZE], date[DATE_TEXT_SIZE];
    uint32_t body;
    bool ok = document != NULL &&
              restore->log.read(restore->log.context, place->seq, &bytes, err) &&
              json_parse(document, bytes.data, bytes.size, JSON_CANONICAL, err) &&
              json_get_node(document, 0, "body", JSON_OBJECT, &body, err) &&
              json_get_string(document, body, "voucher", voucher, sizeof voucher, err) &&
              json_get_string(document, body, "reference", reference, sizeof reference, err) &&
              json_get_string(document, body, "event_date", date, sizeof date, err);

    if (ok)
        restore->request->tell_paper(restore->request->context, place->kind, voucher, reference,
                                     date);
    json_document_free(document);
    buffer_done(&bytes);
    return ok;
}

static bool tell_found(void *context, const struct sealed_place *place, struct error *err)
{
    const struct restore *restore = context;
    bool is_needed = journal_needs_sealed(ledger_journal(restore->target), place);

    return tell(restore, place, is_needed, err) &&
           (!is_needed || restore->request->tell_paper == NULL || tell_paper(restore, place, err));
}

/* Can all that only the publication has be applied without what it doesn't show? */
static bool check_needed(struct restore *restore, struct error *err)
{
    const struct sealed_place *first = &restore->first_needed;

    if (!journal_find_sealed(&restore->log, restore->backup.size, note_needed, restore, err))
        return false;
    if (restore->needed == 0) return true;
    if (!journal_find_sealed(&restore->log, restore->backup.size, tell_found, restore, err))
        return false;
    return error_set(err, ERROR_NOT_FOUND,
                     "%" PRIu64 " sealed values that balances hang on, of entries %" PRIu64
                     " to %" PRIu64
                     ", are in no backup given here, and a publication shows none; entry %" PRIu64
                     " (%s, %s) is the first that can't be applied without, so nothing is "
                     "restored; look for a backup made after it: docs/upkeep.md",
                     restore->needed, restore->backup.size, restore->log.size - 1, first->seq,
                     first->kind, first->member);
}

static bool note_gone(void *context, const struct gone_seal *gone, struct error *err)
{
    struct restore *restore = context;

    if (gone->state != GONE_MISSING) return true;
    restore->lost++;
    return tell(restore, &gone->place, false, err);
}

/* ---- Progress -------------------------------------------------------------------------------- */

/* What is newer than the backup, read one by one while it is applied. */
static bool read_and_tell(void *context, uint64_t seq, struct buffer *out, struct error *err)
{
    const struct restore *restore = context;
    const struct restore_request *request = restore->request;
    uint64_t done = seq + 1 - restore->backup.size,
             total = restore->log.size - restore->backup.size;

    if (request->progress != NULL && (done % PROGRESS_ENTRIES == 0 || done == total))
        request->progress(request->context, done, total);
    return restore->log.read(restore->log.context, seq, out, err);
}

/* ---- Making it again ------------------------------------------------------------------------- */

static bool make(struct restore *restore, const char *directory, struct error *err)
{
    bool has_newer = restore->log.size > restore->backup.size;
    struct gone_set *gone = NULL;
    struct published_log newer;
    struct journal *journal;
    bool ok = false;

    if (!ledger_create_empty(directory, &restore->options, &restore->target, err)) goto out;
    journal = ledger_journal(restore->target);
    if (has_newer && (!check_needed(restore, err) || !journal_find_gone(&restore->log, &gone, err)))
        goto out;
    journal_leave_out(journal, gone);
    if (restore->source != NULL &&
        !journal_replay(ledger_journal(restore->source), journal, restore->request->progress,
                        restore->request->context, err))
        goto out;
    newer = (struct published_log){restore->log.size, read_and_tell, restore};
    if (has_newer && !journal_continue(journal, &newer, err)) goto out;
    ok = journal_walk_gone(journal, note_gone, restore, err);
out:
    ledger_close(restore->target);
    gone_set_free(gone);
    restore->target = NULL;
    return ok;
}

bool restore_into(const struct restore_request *request, const char *directory,
                  struct restore_result *out, struct error *err)
{
    struct verify_options options = {
        .against = request->publication, .key = request->key, .is_log_alone = true};
    struct restore restore = {.request = request, .options = session_ledger_options()};
    struct restore_result result = {0};
    struct verify_verdict published;
    bool ok = false;

    if (!open_backup(&restore, err)) goto out;
    if (request->publication != NULL &&
        (!open_publication(&restore, &published, err) || !check_fork(&restore, &published, err)))
        goto out;
    if (!make(&restore, directory, err)) goto out;
    if (!check_path(directory, &options, "what was made", &result.verdict, err)) goto out;
    result.lost = restore.lost;
    result.from_backup = restore.backup.size;
    result.from_publication = result.verdict.size - restore.backup.size;
    *out = result;
    ok = true;
out:
    ledger_close(restore.source);
    published_close(restore.publication);
    return ok;
}
