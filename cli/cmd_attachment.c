/*
 * cmd_attachment.c - acts of two about attached files: lost, erase.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/language.h"
#include "cli/act.h"
#include "cli/attach.h"
#include "cli/command.h"

#define RANGES_MAX 1000 /* that surely stand in one entry; what is more goes into another act */

/* ---- attachment lost ------------------------------------------------------------------------- */

struct lost_files {
    const char *location;
    struct {
        uint64_t first, last;
    } at[RANGES_MAX];
    size_t count;
    uint64_t files, left; /* in the ranges; beyond them */
};

static bool note_lost(void *context, const struct attachment *attachment, struct error *err)
{
    struct lost_files *lost = context;
    enum attachment_state state;

    if (attachment->is_lost || hash_equal(&attachment->sha256, &HASH_ZERO)) return true;
    if (!attachment_check(lost->location, &attachment->sha256, &state, err)) return false;
    if (state == ATTACHMENT_WHOLE) return true;
    if (lost->count > 0 && lost->at[lost->count - 1].last + 1 == attachment->seq) {
        lost->at[lost->count - 1].last++;
    } else if (lost->count == RANGES_MAX) {
        lost->left++;
        return true;
    } else {
        lost->at[lost->count].first = lost->at[lost->count].last = attachment->seq;
        lost->count++;
    }
    lost->files++;
    return true;
}

static bool write_lost(const struct lost_files *lost, const char *reason, struct buffer *out,
                       struct error *err)
{
    struct json_writer writer;

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_name(&writer, "entries");
    json_array_begin(&writer);
    for (size_t i = 0; i < lost->count; i++) {
        json_object_begin(&writer);
        json_member_integer(&writer, "first", (int64_t)lost->at[i].first);
        json_member_integer(&writer, "last", (int64_t)lost->at[i].last);
        json_object_end(&writer);
    }
    json_array_end(&writer);
    json_member_string(&writer, "reason", reason);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

static bool run_lost(struct session *session, const struct arguments *arguments, struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    struct lost_files *lost = calloc(1, sizeof *lost);
    const char *reason = NULL;
    bool ok = false;

    if (lost == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    if (!option_require(arguments, OPTION_REASON, "--reason", &reason, err)) goto out;
    if (!session_location(session, &lost->location, err) || !session_begin(session, err)) goto out;
    if (!attachment_each(session->journal, NULL, NULL, note_lost, lost, err)) goto out;
    if (lost->count == 0) {
        (void)error_set(err, ERROR_STATE,
                        "nothing is to be declared: every attached file is there and whole, or "
                        "was declared lost");
        goto out;
    }
    if (!write_lost(lost, reason, &body, err)) goto out;
    if (!act_propose(session, "attachment.lost", &body, err)) goto out;
    say("it declares the files of %llu attachments lost; `mingzhang attachment check` lists them",
        (unsigned long long)lost->files);
    if (lost->left > 0)
        say("%llu more don't fit into one entry; when it is seconded, do the same again",
            (unsigned long long)lost->left);
    ok = true;
out:
    free(lost);
    buffer_done(&body);
    return ok;
}

static const struct argp_option lost_options[] = {
    {"reason", OPTION_REASON, "TEXT", 0, "How they were lost; it is published", 0}, {0}};

const struct command command_attachment_lost = {
    "attachment",
    "lost",
    NULL,
    0,
    0,
    lost_options,
    "propose to declare lost whatever attached files are missing or damaged",
    "First look for the papers: the same file attached again is put back in its place. When nobody "
    "has one any more, two administrators declare it lost, and the ledger verifies again, "
    "with their count in the verdict. A copy that turns up later is put back as before.\n\n"
    "  $ mingzhang -u zhao attachment lost --reason '机房进水，扫描件与原件一并毁损'\n"
    "  $ mingzhang -u qian act second 5f0c2a91b3de\n",
    run_lost};

/* ---- attachment erase ------------------------------------------------------------------------ */

struct erased {
    struct seal_range ranges[2 * ARGUMENTS_MAX]; /* of files, then of titles */
    size_t count;
    int64_t entries[ARGUMENTS_MAX]; /* that were named, in order */
    size_t entry_count;
    const char *member; /* that is collected now */
    bool is_title_only;
    size_t seen;
};

static int compare_entries(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return left < right ? -1 : left > right;
}

static bool read_entries(const struct arguments *arguments, struct erased *erased,
                         struct error *err)
{
    for (size_t i = 0; i < arguments->count; i++)
        if (!argument_integer(arguments->at[i], "ENTRY", 0, JSON_INTEGER_MAX, &erased->entries[i],
                              err))
            return false;
    erased->entry_count = arguments->count;
    qsort(erased->entries, erased->entry_count, sizeof erased->entries[0], compare_entries);
    for (size_t i = 1; i < erased->entry_count; i++)
        if (erased->entries[i - 1] == erased->entries[i])
            return error_set(err, ERROR_USAGE, "entry %lld is named twice",
                             (long long)erased->entries[i]);
    return true;
}

static void add_range(struct erased *erased, uint64_t seq)
{
    struct seal_range *last = erased->count == 0 ? NULL : &erased->ranges[erased->count - 1];

    if (last != NULL && last->last + 1 == seq && strcmp(last->member, erased->member) == 0) {
        last->last = seq;
        return;
    }
    last = &erased->ranges[erased->count++];
    *last = (struct seal_range){.kind = "attachment.add", .first = seq, .last = seq};
    memcpy(last->member, erased->member, strlen(erased->member) + 1);
}

static bool want_one(void *context, const struct attachment *attachment, struct error *err)
{
    struct erased *erased = context;
    int64_t seq = (int64_t)attachment->seq;

    if (bsearch(&seq, erased->entries, erased->entry_count, sizeof erased->entries[0],
                compare_entries) == NULL)
        return true;
    erased->seen++;
    if (strcmp(erased->member, "title") == 0) {
        if (attachment->title[0] != '\0') add_range(erased, attachment->seq);
        return true;
    }
    if (!attachment->is_sealed)
        return error_set(err, ERROR_INPUT,
                         "the file of entry %lld isn't sealed: its hash is known for ever; "
                         "--title-only erases its title alone",
                         (long long)seq);
    if (attachment->size_bytes > 0) add_range(erased, attachment->seq);
    return true;
}

static bool want_all(struct session *session, struct erased *erased, struct error *err)
{
    erased->member = "file";
    if (!erased->is_title_only &&
        !attachment_each(session->journal, NULL, NULL, want_one, erased, err))
        return false;
    erased->member = "title";
    erased->seen = 0;
    if (!attachment_each(session->journal, NULL, NULL, want_one, erased, err)) return false;
    if (erased->seen < erased->entry_count)
        return error_set(err, ERROR_NOT_FOUND,
                         "%zu of the entries attach no file; `mingzhang attachment list` shows "
                         "those that do",
                         erased->entry_count - erased->seen);
    return erased->count > 0 || error_set(err, ERROR_STATE,
                                          "nothing is to be erased: what these entries said is "
                                          "lost or erased already");
}

static bool run_erase(struct session *session, const struct arguments *arguments, struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    struct erased *erased = calloc(1, sizeof *erased);
    const char *ground = NULL, *reason = NULL;
    bool ok = false;

    if (erased == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    erased->is_title_only = option_given(arguments, OPTION_TITLE_ONLY);
    if (!option_require(arguments, OPTION_GROUND, "--ground", &ground, err)) goto out;
    if (!option_require(arguments, OPTION_REASON, "--reason", &reason, err)) goto out;
    if (!read_entries(arguments, erased, err)) goto out;
    if (!session_begin(session, err) || !want_all(session, erased, err)) goto out;
    if (!act_write_erasure(erased->ranges, erased->count, ground, reason, &body, err)) goto out;
    if (!act_propose(session, "seal.erase", &body, err)) goto out;
    say(erased->is_title_only
            ? N_("it erases the titles of %zu attachments, for ever. Backups made before still "
                 "hold them: destroy those")
            : N_("it erases what %zu entries attach, files and titles, for ever; a file that "
                 "another entry attaches too stays for that one. Backups made before still hold "
                 "them: destroy those"),
        erased->entry_count);
    ok = true;
out:
    free(erased);
    buffer_done(&body);
    return ok;
}

static const struct argp_option erase_options[] = {
    {"title-only", OPTION_TITLE_ONLY, NULL, 0, "The file stays; also for one that isn't sealed", 0},
    {"ground", OPTION_GROUND, "WORD", 0,
     "consent_withdrawn, ordered, purpose_achieved, retention_over or unlawful", 0},
    {"reason", OPTION_REASON, "TEXT", 0, "Why; it is published, so name nobody", 0},
    {0}};

const struct command command_attachment_erase = {
    "attachment",
    "erase",
    "ENTRY …",
    1,
    ARGUMENTS_MAX,
    erase_options,
    "propose to erase attached files about people, and their titles",
    "ENTRY is the number that `mingzhang attachment list` shows. What is sealed of it goes when "
    "another administrator seconds it, and the file beside the ledger with it; that something "
    "was attached, when and by whom, stays. Of a voucher only what is settled and whose months "
    "are closed.\n\n"
    "  $ mingzhang -u zhao attachment erase 68 --ground retention_over --reason 保存期满\n"
    "  $ mingzhang -u qian act second 5f0c2a91b3de\n",
    run_erase};
