/*
 * cmd_attach.c - attachments (附件): attach, list, get, check.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "cli/attach.h"
#include "cli/command.h"

#define PREFIX_DIGITS_MIN 8 /* of a hash that stands for a whole one */

/* ---- attach ---------------------------------------------------------------------------------- */

static bool run_attach(struct session *session, const struct arguments *arguments,
                       struct error *err)
{
    struct attach_request request = {.about = option_get(arguments, OPTION_ABOUT),
                                     .title = option_get(arguments, OPTION_TITLE),
                                     .is_sealed = option_given(arguments, OPTION_PEOPLE)};
    struct attach_batch *batch = NULL;
    size_t i;
    bool ok = false;

    for (i = 1; i < arguments->count; i++)
        request.paths[request.count++] = arguments->at[i];
    if (!session_begin(session, err)) goto out;
    if (!attach_begin(session, &request, &batch, err)) goto out;
    if (!attach_to(session, batch, arguments->at[0], err)) goto out;
    if (!attach_keep(batch, err) || !session_commit(session, err)) goto out;
    ok = attach_tell(session, batch, err);
out:
    attach_free(batch);
    return ok;
}

static const struct argp_option attach_options[] = {
    {"title", OPTION_TITLE, "TEXT", 0, "What it is called (the file's own name)", 0},
    {"about", OPTION_ABOUT, "WORD", 0, "notice, contract, invoice, photograph or other", 0},
    {"people", OPTION_PEOPLE, NULL, 0, "It is about people: publish not even its hash", 0},
    {0}};

const struct command command_attach = {
    "attach",
    NULL,
    "VOUCHER|FUND|PROJECT|CONTRACT|ASSET FILE …",
    2,
    ARGUMENTS_MAX,
    attach_options,
    "attach a scanned notice, contract or invoice, or a photograph",
    "A copy is kept beside the ledger under its SHA-256, and an entry of yours says what it "
    "belongs "
    "to: nobody can put another in its place. PDF, OFD, pictures, XLSX, DOCX, XLS and DOC, up to "
    "64 MiB. The title is never published; the hash is, so that anyone with the paper can compare, "
    "but not where the voucher is about people, the asset a household's, or with --people. Where "
    "one code stands for two things, write fund/CODE, project/CODE, contract/CODE, asset/CODE or "
    "voucher/CODE.\n\n"
    "  $ mingzhang -u li attach 2021-ZY-01 notice.pdf --title '陕财办农〔2021〕1号'\n"
    "  陕财办农〔2021〕1号 is attached to fund 2021-ZY-01 by entry 31\n"
    "    pdf, 283911 bytes, SHA-256 9f2c…\n"
    "  $ mingzhang -u li attach 2021-000007 invoice.ofd site.jpg\n"
    "  $ mingzhang -u li attach ZC-0001 bridge.jpg --about photograph\n",
    run_attach};

/* ---- list ------------------------------------------------------------------------------------ */

static bool list_one(void *context, const struct attachment *attachment, struct error *err)
{
    struct table *table = context;
    char hex[HASH_HEX_SIZE], date[DATE_TEXT_SIZE];

    table_word(table, attachment->what);
    table_text(table, attachment->code);
    table_word(table, attachment->about);
    table_text(table, attachment->title);
    table_text(table, attachment->type);
    table_integer(table, attachment->size_bytes);
    table_boolean(table, attachment->is_sealed);
    table_boolean(table, attachment->is_late);
    table_boolean(table, attachment->is_lost);
    table_text(table, date_format(attachment->added_on, date));
    table_text(table, attachment->by);
    table_integer(table, (int64_t)attachment->seq);
    table_text(table, hash_to_hex(&attachment->sha256, hex));
    return table_row(table, err);
}

static bool run_list(struct session *session, const struct arguments *arguments, struct error *err)
{
    static const struct table_column columns[] = {
        {"what", "what", COLUMN_TEXT},
        {"code", "of", COLUMN_TEXT},
        {"about", "about", COLUMN_TEXT},
        {"title", "title", COLUMN_TEXT},
        {"type", "type", COLUMN_TEXT},
        {"size", "bytes", COLUMN_INTEGER},
        {"sealed", "sealed", COLUMN_BOOLEAN},
        {"after_decision", "after decision", COLUMN_BOOLEAN},
        {"lost", "lost", COLUMN_BOOLEAN},
        {"added_on", "attached", COLUMN_TEXT},
        {"by", "by", COLUMN_TEXT},
        {"seq", "entry", COLUMN_INTEGER},
        {"sha256", "SHA-256", COLUMN_TEXT}};
    struct attachment thing = {.what = ""};
    struct table *table = NULL;
    bool is_one = arguments->count > 0;
    bool ok = session_open(session, true, err) &&
              (!is_one || attachment_resolve(session->journal, arguments->at[0], &thing, err)) &&
              table_begin(session->format, columns, ARRAY_COUNT(columns), &table, err) &&
              attachment_each(session->journal, is_one ? thing.what : NULL, thing.code, list_one,
                              table, err) &&
              table_end(table, "no attachment", err);

    table_free(table);
    return ok;
}

const struct command command_attachment_list = {"attachment",
                                                "list",
                                                "[VOUCHER|FUND|PROJECT|CONTRACT]",
                                                0,
                                                1,
                                                NULL,
                                                "list attachments",
                                                "  $ mingzhang attachment list 2021-000007\n",
                                                run_list};

/* ---- get ------------------------------------------------------------------------------------- */

struct search {
    const char *prefix;
    hash_t sha256;
    bool is_found, is_ambiguous;
};

static bool match(void *context, const struct attachment *attachment, struct error *err)
{
    struct search *search = context;
    char hex[HASH_HEX_SIZE];

    (void)err;
    hash_to_hex(&attachment->sha256, hex);
    if (strncmp(hex, search->prefix, strlen(search->prefix)) != 0) return true;
    search->is_ambiguous = search->is_ambiguous ||
                           (search->is_found && !hash_equal(&search->sha256, &attachment->sha256));
    search->is_found = true;
    search->sha256 = attachment->sha256;
    return true;
}

/* The hash that a prefix of at least eight digits stands for. */
static bool find_hash(struct session *session, const char *prefix, hash_t *out, struct error *err)
{
    struct search search = {.prefix = prefix};

    if (strlen(prefix) < PREFIX_DIGITS_MIN || strlen(prefix) >= HASH_HEX_SIZE ||
        prefix[strspn(prefix, "0123456789abcdef")] != 0)
        return error_set(err, ERROR_USAGE, "\"%s\" is no SHA-256; give its first %d digits or more",
                         prefix, PREFIX_DIGITS_MIN);
    if (!attachment_each(session->journal, NULL, NULL, match, &search, err)) return false;
    if (!search.is_found)
        return error_set(err, ERROR_NOT_FOUND,
                         "no attachment has a SHA-256 that begins with %s; list them", prefix);
    if (search.is_ambiguous)
        return error_set(err, ERROR_INPUT, "several files begin with %s; give more digits", prefix);
    *out = search.sha256;
    return true;
}

static bool run_get(struct session *session, const struct arguments *arguments, struct error *err)
{
    const char *location = NULL;
    const char *output = NULL;
    hash_t sha256;

    if (!option_require(arguments, OPTION_OUTPUT, "--output", &output, err)) return false;
    if (!session_location(session, &location, err) || !session_open(session, true, err))
        return false;
    if (!find_hash(session, arguments->at[0], &sha256, err)) return false;
    if (!attachment_get(location, &sha256, output, err)) return false;
    say("%s written", output);
    return true;
}

static const struct argp_option get_options[] = {
    {"output", OPTION_OUTPUT, "FILE", 0, "A new file for the copy", 0}, {0}};

const struct command command_attachment_get = {
    "attachment",
    "get",
    "SHA256",
    1,
    1,
    get_options,
    "take out a copy of an attached file",
    "The first eight digits or more of its SHA-256 name it. It is hashed on the way: other bytes "
    "than were attached are never written.\n\n"
    "  $ mingzhang attachment get 9f2c41d0 --output notice.pdf\n"
    "  notice.pdf written\n",
    run_get};

/* ---- check ----------------------------------------------------------------------------------- */

struct look {
    const char *location;
    struct table *table;
    uint64_t count, bad;
};

static bool look_at(void *context, const struct attachment *attachment, struct error *err)
{
    static const char *const words[] = {[ATTACHMENT_WHOLE] = N_("whole"),
                                        [ATTACHMENT_MISSING] = N_("missing"),
                                        [ATTACHMENT_CHANGED] = N_("changed")};
    struct look *look = context;
    enum attachment_state state;
    char hex[HASH_HEX_SIZE];

    if (hash_equal(&attachment->sha256, &HASH_ZERO))
        return true; /* erased or lost, by acts of two */
    look->count++;
    if (!attachment_check(look->location, &attachment->sha256, &state, err)) return false;
    if (state == ATTACHMENT_WHOLE) return true;
    if (!attachment->is_lost) look->bad++;
    table_word(look->table, attachment->is_lost ? gone_state_name(GONE_LOST) : words[state]);
    table_word(look->table, attachment->what);
    table_text(look->table, attachment->code);
    table_text(look->table, attachment->title);
    table_integer(look->table, (int64_t)attachment->seq);
    table_text(look->table, hash_to_hex(&attachment->sha256, hex));
    return table_row(look->table, err);
}

static bool run_check(struct session *session, const struct arguments *arguments, struct error *err)
{
    static const struct table_column columns[] = {
        {"found", "found", COLUMN_TEXT},  {"what", "what", COLUMN_TEXT},
        {"code", "of", COLUMN_TEXT},      {"title", "title", COLUMN_TEXT},
        {"seq", "entry", COLUMN_INTEGER}, {"sha256", "SHA-256", COLUMN_TEXT}};
    struct look look = {.location = NULL};
    bool ok;

    (void)arguments;
    ok = session_location(session, &look.location, err) && session_open(session, true, err) &&
         table_begin(session->format, columns, ARRAY_COUNT(columns), &look.table, err) &&
         attachment_each(session->journal, NULL, NULL, look_at, &look, err) &&
         table_end(look.table, "every attached file is there and whole", err);
    table_free(look.table);
    if (!ok) return false;
    if (look.bad > 0) {
        session->status = 1;
        remark("%llu of %llu attachments; attach a copy of the same file again to put it back. If "
               "there is none, two administrators declare it lost: mingzhang attachment lost",
               (unsigned long long)look.bad, (unsigned long long)look.count);
    }
    return true;
}

const struct command command_attachment_check = {
    "attachment",
    "check",
    NULL,
    0,
    0,
    NULL,
    "read every attached file and hash it",
    "Lists those that are missing or changed, and ends with 1 if there is any. `mingzhang verify` "
    "looks at them as well. The same file attached again to the same thing is put back in its "
    "place. What two administrators declared lost is listed, and no failure.\n\n"
    "  $ mingzhang attachment check\n"
    "  every attached file is there and whole\n",
    run_check};
