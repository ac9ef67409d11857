/*
 * cmd_signer.c - a signer whose state was lost starts again from what was published: two people.
 *
 * Run by the first administrator it proposes; run again once the other has seconded, it recovers.
 */
#include <string.h>

#include "cli/act.h"
#include "cli/command.h"
#include "cli/paths.h"
#include "cli/publication.h"

static bool read_published(const struct session *session, const struct arguments *arguments,
                           struct buffer *note, struct checkpoint *out, struct error *err)
{
    struct buffer repository = BUFFER_INIT(PATH_SIZE_MAX);
    const char *given = option_get(arguments, OPTION_REPO);
    bool published = false;
    bool ok = false;

    if (given != NULL ? !buffer_append_text(&repository, given, err)
                      : !path_of_publication(session->location, &repository, err)) {
        goto out;
    }
    if (!publication_checkpoint(buffer_text(&repository), note, &published, err)) goto out;
    if (!published) {
        error_set(err, ERROR_NOT_FOUND,
                  "nothing was published here, so there is nothing to start "
                  "from; give --repo");
        error_at(err, "%s", buffer_text(&repository));
        goto out;
    }
    ok = checkpoint_parse(note->data, note->size, out, err);
out:
    buffer_done(&repository);
    return ok;
}

static bool propose(struct session *session, const struct checkpoint *checkpoint, struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    struct json_writer writer;
    char hex[HASH_HEX_SIZE];
    bool ok = false;

    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    json_member_string(&writer, "root", hash_to_hex(&checkpoint->root, hex));
    json_member_integer(&writer, "size", (int64_t)checkpoint->size);
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err) && journal_begin(session->journal, err) &&
         act_propose(session, "signer.recover", &body, err);
    buffer_done(&body);
    if (ok) say("then run `mingzhang signer recover` here again");
    return ok;
}

static bool run_signer_recover(struct session *session, const struct arguments *arguments,
                               struct error *err)
{
    struct buffer note = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    struct checkpoint checkpoint;
    struct error refused = ERROR_INIT;
    bool ok = false;

    if (!session_sign_in(session, err)) goto out;
    if (!read_published(session, arguments, &note, &checkpoint, err)) goto out;
    if (option_given(arguments, OPTION_PROPOSE)) {
        ok = propose(session, &checkpoint, err);
        goto out;
    }
    if (!session_open_signer(session, err)) goto out;
    if (signer_recover(session->signer, session->journal, note.data, note.size, &refused)) {
        say("the signer starts again from the published checkpoint of size %llu",
            (unsigned long long)checkpoint.size);
        ok = true;
    } else if (refused.code == ERROR_PERMISSION || refused.code == ERROR_STATE) {
        ok = propose(session, &checkpoint, err); /* nothing was agreed on, or it was used already */
    } else {
        *err = refused;
    }
out:
    buffer_done(&note);
    return ok;
}

static const struct argp_option recover_options[] = {
    {"propose", OPTION_PROPOSE, NULL, 0, "Propose, though another recovery was agreed on before",
     0},
    {"repo", OPTION_REPO, "DIR", 0, "The publication to start from (beside the ledger)", 0},
    {0}};

const struct command command_signer_recover = {
    "signer",
    "recover",
    NULL,
    0,
    0,
    recover_options,
    "start the signer again from the published checkpoint",
    "For when the signer's state was lost or damaged. The first run proposes it, another "
    "administrator seconds it, the second run does it.\n\n"
    "  $ mingzhang -u zhao signer recover\n"
    "  $ mingzhang -u qian act second 5f0c2a91b3de\n"
    "  $ mingzhang -u zhao signer recover\n",
    run_signer_recover};
