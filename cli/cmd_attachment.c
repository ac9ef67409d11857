/*
 * cmd_attachment.c - acts of two about attached files: lost.
 */
#include <stdlib.h>

#include "base/json.h"
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
