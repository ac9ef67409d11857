/*
 * cmd_backup.c - copies of a ledger: made while it is in use, and put back.
 *
 * The signer's state is in no backup. It refuses to sign for a book that is older than what it has
 * signed, so that a backup put back can't quietly replace what was published.
 */
#include <string.h>

#include "audit/verify/verify.h"
#include "cli/command.h"
#include "cli/paths.h"
#include "cli/publication.h"

static bool run_backup(struct session *session, const struct arguments *arguments,
                       struct error *err)
{
    if (!session_open(session, true, err)) return false;
    if (!ledger_backup(session->ledger, arguments->at[0], err)) return false;
    say("%llu entries and their sealed values are in %s; keep it as safe as the ledger",
        (unsigned long long)journal_size(session->journal), arguments->at[0]);
    return true;
}

const struct command command_backup = {
    "backup",
    NULL,
    "DIR",
    1,
    1,
    NULL,
    "copy the ledger, in use or not, to a new directory",
    "Sealed values are copied with it, so the copy holds what is known of people. The signer is "
    "not copied.\n\n"
    "  $ mingzhang backup /mnt/usb/books-2021-09-30\n",
    run_backup};

/* Is the backup older than what was published beside the ledger's place? */
static bool warn_if_older(struct session *session, const char *repository, struct error *err)
{
    struct buffer note = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    struct checkpoint checkpoint;
    bool published = false;
    bool ok = false;

    if (!publication_checkpoint(repository, &note, &published, err)) goto out;
    ok = true;
    if (!published) goto out;
    ok = checkpoint_parse(note.data, note.size, &checkpoint, err);
    if (!ok || checkpoint.size <= journal_size(session->journal)) goto out;
    say("This backup has %llu entries, but %llu are published. It can be read, but the signer will "
        "refuse to sign for it: what was published can't be taken back. Enter the missing entries "
        "from a newer copy instead.",
        (unsigned long long)journal_size(session->journal), (unsigned long long)checkpoint.size);
out:
    buffer_done(&note);
    return ok;
}

static bool check_backup(const char *path, struct error *err)
{
    struct verify_options options = {0};
    struct verify_verdict verdict;

    if (!verify_path(path, &options, &verdict, err)) return false;
    if (verdict.outcome != VERIFY_FAIL) {
        say("%s", verdict.line);
        return true;
    }
    error_set(err, ERROR_VERIFY, "the backup doesn't verify, so it isn't put back: %s",
              verdict.line);
    return error_at(err, "%s", path);
}

static bool run_restore(struct session *session, const struct arguments *arguments,
                        struct error *err)
{
    struct ledger_options options = session_ledger_options();
    struct buffer repository = BUFFER_INIT(PATH_SIZE_MAX);
    const char *location = NULL;
    const char *given = option_get(arguments, OPTION_REPO);
    bool ok = false;

    if (!session_location(session, &location, err)) goto out;
    if (!check_backup(arguments->at[0], err)) goto out;
    if (!ledger_open(arguments->at[0], &options, true, &session->ledger, err)) goto out;
    session->journal = ledger_journal(session->ledger);
    if (!ledger_backup(session->ledger, location, err)) goto out;
    say("%llu entries are in %s", (unsigned long long)journal_size(session->journal), location);
    if (given != NULL ? !buffer_append_text(&repository, given, err)
                      : !path_of_publication(location, &repository, err)) {
        goto out;
    }
    ok = warn_if_older(session, buffer_text(&repository), err);
out:
    buffer_done(&repository);
    return ok;
}

static const struct argp_option restore_options[] = {
    {"repo", OPTION_REPO, "DIR", 0, "The publication to compare with (beside the ledger)", 0}, {0}};

const struct command command_restore = {
    "restore",
    NULL,
    "BACKUP",
    1,
    1,
    restore_options,
    "check a backup and put it where no ledger is",
    "The backup is verified first. One that is older than what was published can be read but not "
    "signed for.\n\n"
    "  $ mingzhang -L books restore /mnt/usb/books-2021-09-30\n",
    run_restore};
