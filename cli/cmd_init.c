/*
 * cmd_init.c - a new ledger: signer, genesis, three signatures.
 *
 * genesis.json is there from the signer's making to the ledger's. Run again after signatures were
 * missing or anything failed, the same command goes on where it stopped; the file must still say
 * the same.
 */
#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/command.h"
#include "cli/genesis_file.h"
#include "cli/paths.h"

struct init {
    struct session *session;
    const char *location;
    struct genesis genesis;
    struct genesis_file file;
    struct buffer file_path, signer_path;
    bool resumed; /* a genesis.json was there */
};

/* "CODE=PUB" */
static bool read_person(const char *text, const char *name, struct genesis_person *out,
                        struct error *err)
{
    const char *equals = strchr(text, '=');

    if (equals == NULL || equals == text || (size_t)(equals - text) >= sizeof out->user) {
        error_set(err, ERROR_USAGE, "\"%s\" isn't CODE=PUB, as in zhao=mVFCRGDzBr…", text);
        return error_at(err, "%s", name);
    }
    memcpy(out->user, text, (size_t)(equals - text));
    out->user[equals - text] = 0;
    if (!text_check_user(out->user, err) || !sign_public_parse(equals + 1, &out->key, err)) {
        return error_at(err, "%s", name);
    }
    return true;
}

static bool read_people(const struct arguments *arguments, struct genesis *out, struct error *err)
{
    const char *text = NULL;
    size_t at = 0;
    size_t count = 0;

    while ((text = option_next(arguments, OPTION_ADMIN, &at)) != NULL) {
        if (count == 2) return error_set(err, ERROR_USAGE, "--admin is given more than twice");
        if (!read_person(text, "--admin", &out->administrators[count++], err)) return false;
    }
    if (count != 2) {
        return error_set(err, ERROR_USAGE,
                         "--admin CODE=PUB is needed twice: one person alone can't keep a ledger");
    }
    if (!option_require(arguments, OPTION_INSPECTOR, "--inspector", &text, err)) return false;
    return read_person(text, "--inspector", &out->inspector, err);
}

static bool read_genesis(const struct arguments *arguments, struct genesis *out, struct error *err)
{
    const char *text = NULL;

    if (!option_require(arguments, OPTION_DIVISION, "--division", &text, err)) return false;
    if (!division_code_check(text, err)) return error_at(err, "--division");
    memcpy(out->division, text, sizeof out->division);
    if (!option_require(arguments, OPTION_NAME, "--name", &text, err)) return false;
    if (!argument_text(text, "--name", out->name, sizeof out->name, err)) return false;
    text = option_get(arguments, OPTION_ORIGIN);
    if (text != NULL) {
        if (!argument_text(text, "--origin", out->origin, sizeof out->origin, err)) return false;
    } else {
        snprintf(out->origin, sizeof out->origin, "mingzhang/%s", out->division);
    }
    return read_people(arguments, out, err);
}

static bool open_signer(struct init *init, struct error *err)
{
    struct random_source random = random_source_system();
    struct session *session = init->session;
    const char *path = NULL;
    size_t size;

    if (!path_of_signer(init->genesis.origin, &init->signer_path, err)) return false;
    path = buffer_text(&init->signer_path);
    if (path_is_within(path, init->location)) {
        error_set(
            err, ERROR_USAGE,
            "the signer must lie outside the ledger, so that a copy of the ledger can't sign; "
            "set MINGZHANG_SIGNER to another place");
        return error_at(err, "%s", path);
    }
    if (init->resumed) {
        if (!signer_open(path, init->genesis.origin, &session->signer, err)) return false;
    } else {
        if (!path_make_parents(path, err)) return false;
        if (!signer_create(path, init->genesis.origin, &random, &session->signer, err)) {
            return false;
        }
    }
    init->genesis.log_key = *signer_log_key(session->signer);
    init->genesis.certificate = signer_certificate_der(session->signer, &size);
    init->genesis.certificate_size = size;
    return true;
}

static bool collect_file(struct init *init, struct error *err)
{
    struct buffer body = BUFFER_INIT(GENESIS_FILE_SIZE_MAX);
    bool ok = false;

    if (!init->resumed) {
        ok = genesis_file_start(&init->genesis, &init->file, err) &&
             path_make_parents(buffer_text(&init->file_path), err) &&
             genesis_file_write(&init->file, buffer_text(&init->file_path), err);
        goto out;
    }
    if (!genesis_file_read(buffer_text(&init->file_path), &init->file, err)) goto out;
    if (!genesis_format_unsigned(&init->genesis, &body, err)) goto out;
    if (body.size != init->file.body.size ||
        memcmp(body.data, init->file.body.data, body.size) != 0) {
        error_set(err, ERROR_CONFLICT,
                  "this file holds another genesis than the options say; give the same options, or "
                  "remove the file and the signer to begin anew");
        error_at(err, "%s", buffer_text(&init->file_path));
        goto out;
    }
    ok = true;
out:
    buffer_done(&body);
    return ok;
}

/* Sign for everyone whose key file is on this machine. */
static bool sign_here(struct init *init, struct error *err)
{
    size_t i;

    for (i = 0; i < ARRAY_COUNT(init->file.people); i++) {
        struct genesis_signature *person = &init->file.people[i];
        struct buffer path = BUFFER_INIT(PATH_SIZE_MAX);
        struct sign_key *key = NULL;
        bool ok = path_of_key(person->signer, &path, err);

        if (ok && !person->present && path_exists(buffer_text(&path))) {
            ok = session_open_key(init->session, person->signer, &key, err) &&
                 genesis_file_sign(&init->file, person->signer, key, err);
        }
        sign_key_free(key);
        buffer_done(&path);
        if (!ok) return false;
    }
    return true;
}

static bool wait_for_others(struct init *init, struct error *err)
{
    size_t i;

    if (!genesis_file_write(&init->file, buffer_text(&init->file_path), err)) return false;
    say("The ledger isn't made yet: signatures are missing. Each of these signs by");
    for (i = 0; i < ARRAY_COUNT(init->file.people); i++) {
        if (init->file.people[i].present) continue;
        say("  mingzhang -u %s key sign-genesis %s", init->file.people[i].signer,
            buffer_text(&init->file_path));
    }
    say("After that, run the same `mingzhang init` again.");
    return true;
}

static bool create(struct init *init, struct error *err)
{
    struct ledger_options options = session_ledger_options();
    uint8_t signatures[3][SIGN_SIGNATURE_SIZE];
    char vkey[NOTE_VKEY_TEXT_SIZE];
    size_t i;

    for (i = 0; i < 3; i++)
        memcpy(signatures[i], init->file.people[i].bytes, sizeof signatures[i]);
    if (!ledger_create(init->location, &options, &init->genesis,
                       (const uint8_t(*)[SIGN_SIGNATURE_SIZE])signatures, &init->session->ledger,
                       err)) {
        return false;
    }
    unlink(buffer_text(&init->file_path));
    say("ledger   %s", init->location);
    say("origin   %s", init->genesis.origin);
    say("signer   %s", buffer_text(&init->signer_path));
    say("log key  %s", note_vkey_format(&init->genesis.log_key, vkey));
    say_next("enter those who will work with it, as each administrator's proposal and the other's "
             "second: mingzhang -L %s -u %s user add USER PUB --role maker@%s",
             init->location, init->genesis.administrators[0].user, init->genesis.division);
    return true;
}

static bool refuse_existing(const char *location, struct error *err)
{
    struct ledger_options options = session_ledger_options();
    struct ledger *ledger = NULL;
    struct error missing = ERROR_INIT;

    if (!ledger_open(location, &options, true, &ledger, &missing)) {
        if (missing.code == ERROR_NOT_FOUND) return true;
        *err = missing;
        return false;
    }
    ledger_close(ledger);
    error_set(err, ERROR_CONFLICT, "there is a ledger already; it is never overwritten");
    return error_at(err, "%s", location);
}

static bool run_init(struct session *session, const struct arguments *arguments, struct error *err)
{
    struct init init = {.session = session,
                        .file = GENESIS_FILE_INIT,
                        .file_path = BUFFER_INIT(PATH_SIZE_MAX),
                        .signer_path = BUFFER_INIT(PATH_SIZE_MAX)};
    bool ok = false;

    if (!session_location(session, &init.location, err)) goto out;
    if (!read_genesis(arguments, &init.genesis, err)) goto out;
    if (!buffer_append_format(&init.file_path, err, "%s/genesis.json", init.location)) goto out;
    if (!refuse_existing(init.location, err)) goto out;
    init.resumed = path_exists(buffer_text(&init.file_path));
    if (!open_signer(&init, err)) goto out;
    if (!collect_file(&init, err)) goto out;
    if (!sign_here(&init, err)) goto out;
    ok = genesis_file_is_complete(&init.file) ? create(&init, err) : wait_for_others(&init, err);
out:
    genesis_file_done(&init.file);
    buffer_done(&init.file_path);
    buffer_done(&init.signer_path);
    return ok;
}

static const struct argp_option init_options[] = {
    {"division", OPTION_DIVISION, "CODE", 0, "The place whose money it keeps: 12 digits", 0},
    {"name", OPTION_NAME, "NAME", 0, "Its name", 0},
    {"admin", OPTION_ADMIN, "CODE=PUB", 0, "An administrator and the public key; give it twice", 0},
    {"inspector", OPTION_INSPECTOR, "CODE=PUB", 0, "The inspector and the public key", 0},
    {"origin", OPTION_ORIGIN, "ORIGIN", 0, "The log's name (mingzhang/CODE)", 0},
    {0}};

const struct command command_init = {
    "init",
    NULL,
    NULL,
    0,
    0,
    init_options,
    "make a new ledger",
    "The first entry is signed by two administrators and an inspector. Those whose keys are on "
    "this "
    "machine sign at once; for the others genesis.json is written into the ledger's directory and "
    "the same command finishes when they have signed.\n\n"
    "  $ mingzhang -L books init --division 611025000000 --name 镇安县 \\\n"
    "      --admin zhao=mVFC… --admin qian=9bX0… --inspector sun=Qw3k…\n",
    run_init};
