/*
 * cmd_publish.c - signed snapshots for everyone, and a proof for one entry.
 */
#include <string.h>

#include "base/language.h"
#include "cli/command.h"
#include "cli/confirm.h"
#include "cli/interrupt.h"
#include "cli/paths.h"
#include "cli/publication.h"
#include "cli/terminal.h"
#include "exporters/exporters.h"

/* --repo, or the publication beside the ledger. */
static bool repository_path(const struct session *session, const struct arguments *arguments,
                            struct buffer *out, struct error *err)
{
    const char *text = option_get(arguments, OPTION_REPO);

    if (text != NULL) return buffer_append_text(out, text, err);
    return path_of_publication(session->location, out, err);
}

/* ---- publish -------------------------------------------------------------------------------- */

struct stage {
    struct progress progress;
    const char *what;
};

/* Each stage counts anew. */
static bool tell_progress(void *context, const char *what, uint64_t done, uint64_t total)
{
    struct stage *stage = context;

    if (stage->what == NULL || strcmp(stage->what, what) != 0) progress_begin(&stage->progress);
    stage->what = what;
    progress_tell(&stage->progress, translate(what), done, total);
    return !interrupt_asked();
}

/* What is published stays: git never forgets, and others have copies. */
static bool agree(const struct arguments *arguments, const char *period, const char *repository,
                  struct error *err)
{
    struct buffer question = BUFFER_INIT(2 * PATH_SIZE_MAX);
    bool ok = period == NULL || option_given(arguments, OPTION_YES) || !confirm_is_possible() ||
              (buffer_append_format(&question, err,
                                    _("Publish %s to %s? What is public can't be taken back."),
                                    period, repository) &&
               confirm(buffer_text(&question), err));

    buffer_done(&question);
    return ok;
}

static bool read_period(const struct arguments *arguments, const char **out, struct error *err)
{
    struct period period;
    const char *text = option_get(arguments, OPTION_PERIOD);
    bool checkpoint_only = option_given(arguments, OPTION_CHECKPOINT);

    if ((text == NULL) == !checkpoint_only) {
        return error_set(err, ERROR_USAGE, "give either --period or --checkpoint");
    }
    if (text != NULL && !period_parse(text, &period, err)) return error_at(err, "--period");
    *out = text;
    return true;
}

static bool run_publish(struct session *session, const struct arguments *arguments,
                        struct error *err)
{
    struct buffer repository = BUFFER_INIT(PATH_SIZE_MAX);
    struct publish_options options = {0};
    struct publish_result result;
    struct stage stage = {.what = NULL};
    bool ok = false;

    if (!read_period(arguments, &options.period, err)) goto out;
    if (!session_sign_in(session, err)) goto out;
    if (!session_open_signer(session, err)) goto out;
    if (!repository_path(session, arguments, &repository, err)) goto out;
    options.repository = buffer_text(&repository);
    options.by = session->by;
    options.signer = session->signer;
    options.progress = tell_progress;
    options.context = &stage;
    if (!agree(arguments, options.period, options.repository, err)) goto out;
    progress_begin(&stage.progress);
    ok = publish(session->ledger, &options, &result, err);
    progress_end(&stage.progress);
    if (!ok) goto out;
    if (result.changed) {
        say("published %llu documents at size %llu in commit %s",
            (unsigned long long)result.documents, (unsigned long long)result.size, result.commit);
    } else {
        say("nothing differs from what is published; no entry and no commit were made");
    }
out:
    buffer_done(&repository);
    return ok;
}

static const struct argp_option publish_options[] = {
    {"period", OPTION_PERIOD, "PERIOD", 0, "2021, 2021-Q3 or 2021-09", 0},
    {"checkpoint", OPTION_CHECKPOINT, NULL, 0, "Only checkpoint, tiles and keys", 0},
    {"repo", OPTION_REPO, "DIR", 0, "The git repository (publication beside the ledger)", 0},
    {"yes", OPTION_YES, NULL, 0, "Don't ask before it becomes public", 0},
    {0}};

const struct command command_publish = {
    "publish",
    NULL,
    NULL,
    0,
    0,
    publish_options,
    "sign a snapshot and commit it to the publication",
    "One signed document for each division with anything to tell, the log as tiles, and one signed "
    "commit. Done twice without a change it does nothing. On a terminal you are asked first.\n\n"
    "  $ mingzhang -u zhao publish --period 2021\n"
    "  published 17 documents at size 212 in commit 8c1f…\n",
    run_publish};

/* ---- prove ---------------------------------------------------------------------------------- */

/* The published checkpoint when it covers the entry, else a fresh one. */
static bool checkpoint_for(struct session *session, const char *repository, uint64_t seq,
                           struct buffer *note, struct error *err)
{
    struct buffer fresh = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    struct checkpoint checkpoint;
    bool published = false;
    bool ok = false;

    if (!publication_checkpoint(repository, note, &published, err)) goto out;
    if (published) {
        if (!checkpoint_parse(note->data, note->size, &checkpoint, err)) goto out;
        if (seq < checkpoint.size) {
            ok = true;
            goto out;
        }
    }
    if (!session_open_signer(session, err)) goto out;
    if (!signer_sign_checkpoint(session->signer, session->journal, published ? note->data : NULL,
                                note->size, &fresh, err)) {
        goto out;
    }
    buffer_reset(note);
    ok = buffer_append(note, fresh.data, fresh.size, err);
out:
    buffer_done(&fresh);
    return ok;
}

static bool run_prove(struct session *session, const struct arguments *arguments, struct error *err)
{
    struct buffer repository = BUFFER_INIT(PATH_SIZE_MAX);
    struct buffer note = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    struct buffer proof = BUFFER_INIT(4 * ENTRY_SIZE_BYTES_MAX);
    int64_t seq = 0;
    bool ok = false;

    if (!argument_integer(arguments->at[0], "SEQ", 0, JSON_INTEGER_MAX, &seq, err)) goto out;
    if (!session_open(session, true, err)) goto out;
    if ((uint64_t)seq >= journal_size(session->journal)) {
        error_set(err, ERROR_NOT_FOUND, "the last entry is %llu",
                  (unsigned long long)journal_size(session->journal) - 1);
        goto out;
    }
    if (!repository_path(session, arguments, &repository, err)) goto out;
    if (!checkpoint_for(session, buffer_text(&repository), (uint64_t)seq, &note, err)) goto out;
    if (!proof_export(session->ledger, (uint64_t)seq, note.data, note.size, &proof, err)) goto out;
    fwrite(proof.data, 1, proof.size, stdout);
    ok = true;
out:
    buffer_done(&proof);
    buffer_done(&note);
    buffer_done(&repository);
    return ok;
}

static const struct argp_option prove_options[] = {
    {"repo", OPTION_REPO, "DIR", 0, "The git repository (publication beside the ledger)", 0}, {0}};

const struct command command_prove = {
    "prove",
    NULL,
    "SEQ",
    1,
    1,
    prove_options,
    "print a proof that one entry is in the book",
    "The proof (C2SP tlog-proof) stands alone: whoever has the log's key can check it without the "
    "book. It is made under the published checkpoint where that covers the entry.\n\n"
    "  $ mingzhang prove 57 > payment.proof\n"
    "  $ mingzhang verify payment.proof --key 'mingzhang/611025000000+…'\n",
    run_prove};
