/*
 * publish.c - the order of work of DESIGN section 4.
 *
 *   render -> nothing differs: stop -> append publication.make -> checkpoint -> sign -> commit
 *
 * 1. The entry is committed to the ledger before anything is signed, and the commit to git is last.
 *    Whatever a crash leaves behind, the next run finds a publication.make beyond the published
 *    checkpoint and brings that period to the repository first: with the same entry when the
 *    documents still come to its root, with a new one when the ledger has moved on.
 * 2. Rendering and the entry are one transaction of the ledger, so that nothing comes between.
 */
#include "exporters/publication.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"

#define BODY_BYTES_MAX 4096
#define PENDING_MAX    1000

/* ---- The publication at work ----------------------------------------------------------------- */

bool publication_open_press(struct publication *publication, struct error *err)
{
    struct press_key *key = &publication->press_key;

    if (publication->press != NULL) return true;
    if (publication->page_maker == NULL && !page_maker_open(&publication->page_maker, err))
        return false;
    key->key_pem = signer_xml_key_pem(publication->options->signer, &key->key_size);
    key->certificate_pem =
        signer_certificate_pem(publication->options->signer, &key->certificate_size);
    return press_open(key, &publication->press, err);
}

bool publication_tell(const struct publication *publication, const char *what, uint64_t done,
                      uint64_t total)
{
    return publication->options == NULL || publication->options->progress == NULL ||
           publication->options->progress(publication->options->context, what, done, total);
}

bool publication_load_note(struct publication *publication, struct error *err)
{
    struct checkpoint checkpoint;
    hash_t root;
    bool found;

    buffer_reset(&publication->note);
    publication->published_size = 0;
    if (!repository_read(publication->repository, "checkpoint", &publication->note, &found, err))
        return false;
    if (!found) return true;
    if (!checkpoint_open(publication->note.data, publication->note.size, &publication->log_key,
                         &checkpoint, err))
        return error_at(err, "checkpoint");
    if (checkpoint.size > journal_size(publication->journal))
        return error_set(err, ERROR_VERIFY,
                         "the publication has %" PRIu64 " entries, this ledger only %" PRIu64
                         ": it is an old copy; run `mingzhang restore`",
                         checkpoint.size, journal_size(publication->journal));
    if (!journal_root(publication->journal, checkpoint.size, &root, err)) return false;
    if (!hash_equal(&root, &checkpoint.root))
        return error_set(err, ERROR_VERIFY,
                         "the first %" PRIu64 " entries of this ledger are not those that are "
                         "published; one of the two was rewritten, and nothing is published",
                         checkpoint.size);
    publication->published_size = checkpoint.size;
    return true;
}

/* ---- One commit ------------------------------------------------------------------------------ */

static bool sign_checkpoint(struct publication *publication, struct buffer *note, struct error *err)
{
    const struct buffer *published = &publication->note;

    return signer_sign_checkpoint(publication->options->signer, publication->journal,
                                  published->size > 0 ? published->data : NULL, published->size,
                                  note, err);
}

static bool commit(struct publication *publication, instant_t time, const char *message,
                   struct publish_result *result, struct error *err)
{
    const struct signatory *by = &publication->options->by;
    char address[USER_ADDRESS_SIZE];
    struct repository_commit commit = {
        .author = by->user, .address = address, .message = message, .time = time, .key = by->key};

    static_assert(sizeof result->commit == REPOSITORY_COMMIT_HEX_SIZE, "the commit's id fits");
    (void)snprintf(address, sizeof address, "%s@%s", by->user,
                   journal_origin(publication->journal));
    if (!repository_commit(publication->repository, &commit, result->commit, err)) return false;
    result->changed = true;
    return publication_load_note(publication, err);
}

/* The manifest goes last: it lists everything else. */
static bool stage_manifest(struct publication *publication, const struct issue *issue,
                           struct manifest *manifest, const struct buffer *note, struct error *err)
{
    const char *period = issue->survey->period.name;
    struct buffer xml = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    struct buffer signed_xml = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    char path[REPOSITORY_PATH_SIZE];
    hash_t digest;
    bool ok;

    issue_path(period, "manifest", ".xml", path);
    ok = manifest_format(manifest, journal_origin(publication->journal), period, buffer_text(note),
                         &xml, err) &&
         document_digest(xml.data, xml.size, path, &digest, err) &&
         press_sign(publication->press, &xml, &digest, path, &signed_xml, err) &&
         repository_stage(publication->repository, path, signed_xml.data, signed_xml.size, err);
    buffer_done(&signed_xml);
    buffer_done(&xml);
    return ok;
}

/* What git log says of a publication: what, how much of it, of whom; and what proves it. */
static bool write_message(const struct issue *issue, struct buffer *out, struct error *err)
{
    char root[HASH_HEX_SIZE];

    return buffer_append_format(out, err, "%s %s: %zu document%s\n\n",
                                issue->was_published ? "correct" : "publish",
                                issue->survey->period.name, issue->changed_count,
                                issue->changed_count == 1 ? "" : "s") &&
           feed_summarize(issue, out, err) &&
           buffer_append_format(out, err, "\n\ndocuments_root %s\n",
                                hash_to_hex(&issue->root, root));
}

/* From the entry in the ledger to the commit in git. */
static bool bring_out(struct publication *publication, struct issue *issue, instant_t time,
                      struct publish_result *result, struct error *err)
{
    struct buffer note = BUFFER_INIT(NOTE_BUFFER_SIZE);
    struct manifest manifest = {NULL, 0};
    struct buffer message = BUFFER_INIT(FEED_SUMMARY_BYTES_MAX + 256);
    bool ok = false;

    if (!publication_open_press(publication, err)) goto out;
    if (!sign_checkpoint(publication, &note, err)) goto out;
    if (!issue_stage(publication, issue, &manifest, err)) goto out;
    if (!site_stage_keys(publication, &manifest, err)) goto out;
    if (!site_stage_pages(publication, issue, &manifest, err)) goto out;
    if (!stage_manifest(publication, issue, &manifest, &note, err)) goto out;
    if (!log_files_stage(publication, &note, &result->size, err)) goto out;
    if (!write_message(issue, &message, err)) goto out;
    if (!commit(publication, time, buffer_text(&message), result, err)) goto out;
    result->documents += issue->changed_count;
    ok = true;
out:
    manifest_done(&manifest);
    buffer_done(&message);
    buffer_done(&note);
    return ok;
}

/* ---- The entry ------------------------------------------------------------------------------- */

static bool append_made(struct publication *publication, const struct issue *issue,
                        bool was_announced, struct error *err)
{
    const char *period = issue->survey->period.name;
    struct buffer body = BUFFER_INIT(BODY_BYTES_MAX);
    struct json_writer writer;
    struct appended appended;
    char root[HASH_HEX_SIZE];
    bool ok;

    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    json_name(&writer, "corrects");
    json_array_begin(&writer);
    if (issue->was_published || was_announced) json_string(&writer, period);
    json_array_end(&writer);
    json_member_string(&writer, "documents_root", hash_to_hex(&issue->root, root));
    json_member_string(&writer, "period", period);
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err) &&
         journal_append_act(publication->journal, &publication->options->by, "publication.make",
                            &body, NULL, 0, &appended, err);
    if (ok) publication->last_made = appended.seq;
    buffer_done(&body);
    return ok;
}

/* ---- Publications that a crash kept from the repository -------------------------------------- */

struct pending_list {
    struct made *made; /* the last of each period */
    size_t count;
};

static bool add_pending(void *context, const struct made *made, struct error *err)
{
    struct pending_list *list = context;
    void *array = list->made;

    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->made[i].period, made->period) == 0) {
            list->made[i] = *made;
            return true;
        }
    if (!array_grow(&array, list->count, sizeof *list->made, PENDING_MAX, "periods", err))
        return false;
    list->made = array;
    list->made[list->count++] = *made;
    return true;
}

static const struct made *find_pending(const struct pending_list *list, const char *period)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->made[i].period, period) == 0) return &list->made[i];
    return NULL;
}

/* ---- One period ------------------------------------------------------------------------------ */

/*
 * Render and decide within one transaction of the ledger.
 *
 * @param time  receives the time of the entry that announces the documents
 * @param differs  receives whether there is anything to bring out
 */
static bool announce(struct publication *publication, const struct period *period,
                     const struct made *pending, struct issue *issue, instant_t *time,
                     bool *differs, struct error *err)
{
    bool ok = false;

    if (!journal_begin(publication->journal, err)) return false;
    if (!issue_prepare(publication, period, issue, err)) goto out;
    *differs = issue->changed_count > 0 || issue->lacks_page || pending != NULL;
    if (!*differs) {
        ok = true;
        goto out;
    }
    /* An older entry doesn't serve: pages and schema count by the manifest of the newest one, and
       that must be the manifest committed last. */
    if (pending != NULL && pending->seq == publication->last_made &&
        hash_equal(&pending->documents_root, &issue->root)) {
        *time = pending->time;
        ok = true;
        goto out;
    }
    *time = journal_time(publication->journal);
    if (!append_made(publication, issue, pending != NULL, err)) goto out;
    return journal_commit(publication->journal, err);
out:
    journal_rollback(publication->journal);
    return ok;
}

static bool publish_period(struct publication *publication, const char *name,
                           const struct made *pending, struct publish_result *result,
                           struct error *err)
{
    struct issue issue = {0};
    struct period period;
    instant_t time;
    bool differs = false;
    bool ok = false;

    if (!period_parse(name, &period, err)) goto out;
    if (!announce(publication, &period, pending, &issue, &time, &differs, err)) goto out;
    if (differs && !bring_out(publication, &issue, time, result, err)) goto out;
    ok = true;
out:
    issue_done(&issue);
    return ok;
}

/* ---- Checkpoint, tiles and keys alone -------------------------------------------------------- */

static bool publish_checkpoint(struct publication *publication, struct publish_result *result,
                               struct error *err)
{
    struct buffer note = BUFFER_INIT(NOTE_BUFFER_SIZE);
    char message[64];
    instant_t time;
    bool ok = false;

    if (journal_size(publication->journal) == publication->published_size) {
        ok = true;
        goto out;
    }
    if (!sign_checkpoint(publication, &note, err)) goto out;
    if (!site_stage_keys(publication, NULL, err)) goto out;
    if (!site_stage_pages(publication, NULL, NULL, err)) goto out;
    if (!log_files_stage(publication, &note, &result->size, err)) goto out;
    if (!entry_read_time(publication->journal, result->size - 1, &time, err)) goto out;
    (void)snprintf(message, sizeof message, "publish checkpoint %" PRIu64 "\n", result->size);
    ok = commit(publication, time, message, result, err);
out:
    buffer_done(&note);
    return ok;
}

/* ---- The whole ------------------------------------------------------------------------------- */

struct key_search {
    const struct sign_public *key;
    bool is_found;
};

static bool find_key(void *context, const char *user, const struct sign_public *key,
                     struct error *err)
{
    struct key_search *search = context;

    (void)user;
    (void)err;
    if (sign_public_equal(key, search->key)) search->is_found = true;
    return true;
}

/*
 * What stands in the last commit is carried over into the next one, under our signature. So it must
 * be a publisher's: what somebody else put there would be taken for ours from then on.
 */
static bool check_last_commit(struct publication *publication, struct error *err)
{
    struct sign_public signer;
    struct key_search search = {&signer, false};
    bool found = false;

    if (!repository_signer(publication->repository, &signer, &found, err)) {
        if (err->code == ERROR_VERIFY) (void)error_at(err, "%s", publication->options->repository);
        return false;
    }
    if (!found) return true;
    if (!journal_walk_publisher_keys(publication->journal, find_key, &search, err)) return false;
    if (!search.is_found)
        return error_set(err, ERROR_VERIFY,
                         "the last commit of the publication isn't signed by a publisher of this "
                         "ledger; see who wrote it, and go back to the last good one");
    return true;
}

static bool check_publisher(const struct publication *publication, struct error *err)
{
    const struct signatory *by = &publication->options->by;
    struct sign_public key;

    sign_key_public(by->key, &key);
    if (!journal_require_role(publication->journal, by->user, ROLE_PUBLISHER,
                              journal_root_division(publication->journal), err))
        return false;
    if (!journal_require_key(publication->journal, by->user, &key, err)) return false;
    if (!sign_public_equal(&signer_log_key(publication->options->signer)->key,
                           &publication->log_key.key))
        return error_set(err, ERROR_KEY,
                         "the signer holds another log key than the one in the ledger's genesis");
    /* A document under a certificate that the journal doesn't pin would count for nothing. */
    return signer_choose_certificate(publication->options->signer, publication->journal, err);
}

static bool run(struct publication *publication, struct publish_result *result, struct error *err)
{
    const char *wanted = publication->options->period;
    struct pending_list pending = {NULL, 0};
    bool ok = false;

    if (!publication_load_note(publication, err)) goto out;
    if (!check_last_commit(publication, err)) goto out;
    result->size = publication->published_size;
    if (!made_each(publication->journal, publication->published_size,
                   journal_size(publication->journal), add_pending, &pending, err))
        goto out;
    for (size_t i = 0; i < pending.count; i++)
        if (pending.made[i].seq > publication->last_made)
            publication->last_made = pending.made[i].seq;
    for (size_t i = 0; i < pending.count; i++)
        if ((wanted == NULL || strcmp(pending.made[i].period, wanted) != 0) &&
            !publish_period(publication, pending.made[i].period, &pending.made[i], result, err))
            goto out;
    if (wanted == NULL)
        ok = publish_checkpoint(publication, result, err);
    else
        ok = publish_period(publication, wanted, find_pending(&pending, wanted), result, err);
out:
    free(pending.made);
    return ok;
}

bool publish(struct ledger *ledger, const struct publish_options *options,
             struct publish_result *out, struct error *err)
{
    struct publication publication = {.ledger = ledger,
                                      .journal = ledger_journal(ledger),
                                      .options = options,
                                      .note = BUFFER_INIT(NOTE_BUFFER_SIZE)};
    struct publish_result result = {0};
    bool ok = false;

    if (!journal_refresh(publication.journal, err)) goto out;
    if (!journal_log_key(publication.journal, &publication.log_key, err)) goto out;
    if (!check_publisher(&publication, err)) goto out;
    if (!repository_open(options->repository, true, &publication.repository, err)) goto out;
    if (!run(&publication, &result, err)) goto out;
    *out = result;
    ok = true;
out:
    press_close(publication.press);
    page_maker_close(publication.page_maker);
    repository_close(publication.repository);
    buffer_done(&publication.note);
    return ok;
}
