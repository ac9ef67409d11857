/*
 * cmd_backup.c - copies of a ledger: made while it is in use, put back, and tried.
 *
 * The signer's state is in no backup. It refuses to sign for a book that is older than what it has
 * signed, so that a backup put back can't quietly replace what was published.
 */
#include <string.h>

#include "audit/inspect/inspect.h"
#include "base/language.h"
#include "cli/beside.h"
#include "cli/command.h"
#include "cli/directory.h"
#include "cli/paths.h"
#include "cli/publication.h"
#include "cli/restore.h"
#include "cli/terminal.h"

/* ---- backup ---------------------------------------------------------------------------------- */

/* What came of the attached files; those that are lost were told one by one. */
static void tell_files(struct session *session, const struct beside_report *beside)
{
    if (beside->files == 0) return;
    say("%llu attached files, %llu of them copied anew", (unsigned long long)beside->files,
        (unsigned long long)beside->copied);
    if (beside->declared > 0)
        say("%llu are not there, as two administrators declared",
            (unsigned long long)beside->declared);
    if (beside->lost == 0) return;
    session->status = 1;
    say("%llu of them are LOST; attach a copy of each again to put it back",
        (unsigned long long)beside->lost);
}

static bool run_backup(struct session *session, const struct arguments *arguments,
                       struct error *err)
{
    const char *location = NULL;
    struct beside_report beside;

    if (!session_location(session, &location, err) || !session_open(session, true, err))
        return false;
    if (!ledger_backup(session->ledger, arguments->at[0], err)) return false;
    if (!beside_copy(location, arguments->at[0], option_get(arguments, OPTION_SINCE), &beside, err))
        return false;
    say("%llu entries and their sealed values are in %s; keep it as safe as the ledger",
        (unsigned long long)journal_size(session->journal), arguments->at[0]);
    tell_files(session, &beside);
    return true;
}

static const struct argp_option backup_options[] = {
    {"since", OPTION_SINCE, "BACKUP", 0,
     "Attached files that lie whole in this earlier backup, on the same disk, are linked", 0},
    {0}};

const struct command command_backup = {
    "backup",
    NULL,
    "DIR",
    1,
    1,
    backup_options,
    "copy the ledger, in use or not, to a new directory",
    "Sealed values are copied with it, so the copy holds what is known of people; so are attached "
    "files, each hashed on the way, and the layouts that imports remember. A file that is lost is "
    "told, the rest is copied, and it ends with 1. The signer is not copied. Make one before each "
    "publication: what is published after it can't be restored "
    "whole without.\n\n"
    "  $ mingzhang backup /mnt/usb/books-2021-09-30 --since /mnt/usb/books-2021-09-29\n",
    run_backup};

/* ---- restore --------------------------------------------------------------------------------- */

/* Is what was restored older than what was published beside the ledger's place? */
static bool warn_if_older(const char *location, uint64_t size, struct error *err)
{
    struct buffer repository = BUFFER_INIT(PATH_SIZE_MAX);
    struct buffer note = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    struct checkpoint checkpoint;
    bool published = false;
    bool ok = false;

    if (!path_of_publication(location, &repository, err)) goto out;
    if (!publication_checkpoint(buffer_text(&repository), &note, &published, err)) goto out;
    ok = !published || checkpoint_parse(note.data, note.size, &checkpoint, err);
    if (!ok || !published || checkpoint.size <= size) goto out;
    say("This backup has %llu entries, but %llu are published. It can be read, but the signer will "
        "refuse to sign for it: what was published can't be taken back. Restore with --from to "
        "take the missing entries from the publication.",
        (unsigned long long)size, (unsigned long long)checkpoint.size);
out:
    buffer_done(&repository);
    buffer_done(&note);
    return ok;
}

/* Lost values that follow one another are told in one line. */
struct lost_run {
    struct sealed_place first;
    uint64_t last;
    bool is_open, is_needed;
    struct progress progress; /* of the entries that are applied */
    bool is_progressing;
};

static void tell_progress(void *context, uint64_t done, uint64_t total)
{
    struct lost_run *run = context;

    if (!run->is_progressing) progress_begin(&run->progress);
    run->is_progressing = done < total;
    progress_tell(&run->progress, _("entries"), done, total);
    if (!run->is_progressing) progress_end(&run->progress);
}

static void tell_run(struct lost_run *run)
{
    const struct sealed_place *first = &run->first;
    const char *consequence = run->is_needed ? _("; balances hang on it") : "";

    if (run->is_progressing) progress_end(&run->progress); /* it ended in between */
    run->is_progressing = false;
    if (!run->is_open) return;
    run->is_open = false;
    if (first->seq == run->last)
        say("lost: entry %llu, %s of %s%s", (unsigned long long)first->seq, first->member,
            first->kind, consequence);
    else
        say("lost: entries %llu to %llu, %s of %s%s", (unsigned long long)first->seq,
            (unsigned long long)run->last, first->member, first->kind, consequence);
}

static bool tell_lost(void *context, const struct sealed_place *place, bool is_needed,
                      struct error *err)
{
    struct lost_run *run = context;

    (void)err;
    if (run->is_open && run->last + 1 == place->seq && run->is_needed == is_needed &&
        strcmp(run->first.kind, place->kind) == 0 &&
        strcmp(run->first.member, place->member) == 0) {
        run->last++;
        return true;
    }
    tell_run(run);
    run->first = *place;
    run->last = place->seq;
    run->is_open = true;
    run->is_needed = is_needed;
    return true;
}

static void tell_paper(void *context, const char *kind, const char *voucher, const char *reference,
                       const char *event_date)
{
    tell_run(context);
    say(strcmp(kind, "voucher.submit") == 0
            ? N_("  its paper says the totals: voucher %s, reference %s, of %s")
            : N_("  the bank statement says the totals: about voucher %s, reference %s, of %s"),
        voucher, reference, event_date);
}

/* Where the ledger is to be, without a slash at its end. */
static bool find_location(const struct session *session, struct buffer *out, struct error *err)
{
    const char *location = NULL;
    size_t size;

    if (!session_location(session, &location, err)) return false;
    for (size = strlen(location); size > 1 && location[size - 1] == '/';)
        size--;
    if (!buffer_append(out, (const uint8_t *)location, size, err)) return false;
    if (!directory_is_used(buffer_text(out))) return true;
    (void)error_set(err, ERROR_CONFLICT,
                    "there is something here already; a ledger is restored to a place of its own");
    return error_at(err, "%s", buffer_text(out));
}

/* The ledger is made, but says less than the one that was lost. */
static void tell_consequences(struct session *session, uint64_t lost)
{
    session->status = 1;
    say("%llu sealed values are lost. Balances are right without them. Of a lost line nobody knows "
        "any more who was paid, nor for which project; what was given under a reference concerned "
        "can't be compared, and the same sheet once more is refused, not answered. The ledger "
        "verifies when two administrators have declared them lost: mingzhang seal lost --reason "
        "TEXT",
        (unsigned long long)lost);
}

/* It is made beside its place and moved there when it is whole. */
static bool put_back(struct session *session, const struct restore_request *request,
                     struct error *err)
{
    struct buffer location = BUFFER_INIT(PATH_SIZE_MAX), staging = BUFFER_INIT(PATH_SIZE_MAX),
                  prefix = BUFFER_INIT(PATH_SIZE_MAX);
    struct beside_report beside = {0};
    struct restore_result result = {0};
    bool ok = false;

    if (!find_location(session, &location, err)) goto out;
    if (!buffer_append_format(&prefix, err, "%s.restoring-", buffer_text(&location))) goto out;
    if (!directory_make_fresh(buffer_text(&prefix), &staging, err)) goto out;
    ok = restore_into(request, buffer_text(&staging), &result, err);
    tell_run(request->context);
    if (!ok) goto out;
    ok = false;
    if (request->backup != NULL &&
        !beside_copy(request->backup, buffer_text(&staging), NULL, &beside, err))
        goto out;
    if (!directory_move(buffer_text(&staging), buffer_text(&location), err)) goto out;
    say("%s", result.verdict.line);
    say("%llu entries from the backup and %llu from the publication are in %s",
        (unsigned long long)result.from_backup, (unsigned long long)result.from_publication,
        buffer_text(&location));
    if (result.lost > 0) tell_consequences(session, result.lost);
    tell_files(session, &beside);
    ok = request->publication != NULL ||
         warn_if_older(buffer_text(&location), result.verdict.size, err);
out:
    if (!ok && staging.size > 0) directory_remove(buffer_text(&staging));
    buffer_done(&location);
    buffer_done(&staging);
    buffer_done(&prefix);
    return ok;
}

/* ---- restore --drill ------------------------------------------------------------------------- */

static bool look_deep(const char *directory, const char *publication, struct inspect_report *out,
                      struct error *err)
{
    struct ledger_options options = session_ledger_options();
    struct inspect_options inspect = {.publication = publication,
                                      .scratch_directory = path_of_scratch()};
    struct ledger *ledger = NULL;
    bool ok = ledger_open(directory, &options, true, &ledger, err) &&
              inspect_ledger(ledger, &options, &inspect, out, err);

    ledger_close(ledger);
    return ok;
}

static bool require_all(const struct restore_result *result, struct error *err)
{
    return result->lost == 0 ||
           error_set(err, ERROR_NOT_FOUND,
                     "%llu sealed values would be lost with the disk; back up before you publish",
                     (unsigned long long)result->lost);
}

/* They are read where they lie: a drill doesn't fill the temporary directory with scans. */
static bool look_at_files(const char *backup, const char *restored, struct error *err)
{
    struct beside_report beside;

    if (!beside_check(backup, restored, &beside, err)) return false;
    return beside.lost == 0 ||
           error_set(err, ERROR_VERIFY, "%llu of %llu attached files are lost",
                     (unsigned long long)beside.lost, (unsigned long long)beside.files);
}

/* Restore into a temporary directory, as it would be after the loss of the disk, and look at it. */
static bool try_backup(const struct restore_request *request, struct restore_result *result,
                       struct inspect_report *report, struct error *err)
{
    struct buffer directory = BUFFER_INIT(PATH_SIZE_MAX), prefix = BUFFER_INIT(PATH_SIZE_MAX);
    bool ok = buffer_append_format(&prefix, err, "%s/mingzhang-drill-", path_of_scratch()) &&
              directory_make_fresh(buffer_text(&prefix), &directory, err) &&
              restore_into(request, buffer_text(&directory), result, err) &&
              require_all(result, err) &&
              look_at_files(request->backup, buffer_text(&directory), err) &&
              look_deep(buffer_text(&directory), request->publication, report, err);

    tell_run(request->context);
    if (directory.size > 0) directory_remove(buffer_text(&directory));
    buffer_done(&directory);
    buffer_done(&prefix);
    return ok;
}

static bool drill(struct session *session, const struct restore_request *given, const char *backups,
                  struct error *err)
{
    struct buffer backup = BUFFER_INIT(PATH_SIZE_MAX);
    struct restore_request request = *given;
    struct restore_result result;
    struct inspect_report report;
    struct error found = ERROR_INIT;

    if (request.publication == NULL)
        return error_set(err, ERROR_USAGE, "a drill is held against a publication; give --from");
    if (directory_newest_backup(backups, &backup, &found)) {
        request.backup = buffer_text(&backup);
        if (try_backup(&request, &result, &report, &found))
            say("PASS drill %s: %llu entries from the backup, %llu from the publication; %zu "
                "tables and every published document derived again; %s",
                request.backup, (unsigned long long)result.from_backup,
                (unsigned long long)result.from_publication, report.tables, result.verdict.line);
    }
    if (found.code != ERROR_NONE) {
        const char *tried = request.backup != NULL ? request.backup : backups;
        bool has_place = found.place[0] != '\0' && strcmp(found.place, tried) != 0;

        session->status = 1;
        say("FAIL drill %s: %s%s%s", tried, has_place ? found.place : "", has_place ? ": " : "",
            found.message);
    }
    buffer_done(&backup);
    return true;
}

static bool run_restore(struct session *session, const struct arguments *arguments,
                        struct error *err)
{
    struct buffer memory = BUFFER_INIT(PATH_SIZE_MAX);
    struct lost_run run = {.is_open = false};
    struct restore_request request = {.backup = arguments->count > 0 ? arguments->at[0] : NULL,
                                      .publication = option_get(arguments, OPTION_FROM),
                                      .key = option_get(arguments, OPTION_KEY),
                                      .tell_lost = tell_lost,
                                      .tell_paper = tell_paper,
                                      .progress = tell_progress,
                                      .context = &run};
    const char *backups = option_get(arguments, OPTION_DRILL);
    bool ok = false;

    if (!path_of_memory(&memory, err)) goto out;
    if (memory.size > 0) request.memory = buffer_text(&memory);
    if (backups != NULL && request.backup == NULL)
        ok = drill(session, &request, backups, err);
    else if (backups != NULL)
        (void)error_set(err, ERROR_USAGE, "name a backup or --drill a folder of them, not both");
    else if (request.backup == NULL && request.publication == NULL)
        (void)error_set(err, ERROR_USAGE, "name a backup, or a publication by --from");
    else
        ok = put_back(session, &request, err);
out:
    buffer_done(&memory);
    return ok;
}

static const struct argp_option restore_options[] = {
    {"from", OPTION_FROM, "PUBLICATION", 0, "Take newer entries from this publication", 0},
    {"key", OPTION_KEY, "VKEY", 0, "The log's key, or a file with it or with a C2SP tlog-policy",
     0},
    {"drill", OPTION_DRILL, "DIR", 0, "Try the newest backup in DIR and keep nothing", 0},
    {0}};

const struct command command_restore = {
    "restore",
    NULL,
    "[BACKUP]",
    0,
    1,
    restore_options,
    "make a ledger again from a backup, where no ledger is",
    "The backup and the publication are verified first; then every entry is applied again, so that "
    "a ledger of an older version of this program or with damaged tables is made anew, too. A "
    "publication that the backup contradicts is refused. Each sealed value of newer entries that "
    "the "
    "backup doesn't have is lost and listed; where balances hang on one, nothing is restored. A "
    "drill does the same in a temporary "
    "directory with the newest backup, looks at it as verify --deep does and says PASS or FAIL.\n\n"
    "  $ mingzhang -L books restore /mnt/usb/books-2021-09-30 --from publication\n"
    "  $ mingzhang restore --drill /mnt/usb --from publication\n",
    run_restore};
