/*
 * attachment.c - attachments (附件): which scanned notice, contract or invoice belongs to what.
 *
 * 1. An entry names a file by its SHA-256; the file itself lies beside the store
 *    (ledger/attachments). What is attached stays: no act takes it away.
 * 2. The title is always sealed, since titles name people. The file is sealed as well where the
 *    voucher is about people, where the asset is a household's, or where whoever attaches it says
 *    that it is: nobody outside can then try guesses at a list of payments.
 * 3. No balance hangs on either: applied again from a log without them, an attachment is one of
 *    unknown title, or of an unknown file (hash of zeros, size 0).
 * 4. A file is attached to one thing once. Evidence may come late, so no month is closed to it.
 */
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "ledger/funds/internal.h"

static const char *const what_words[] = {
    N_("asset"), N_("contract"), N_("fund"), N_("inspection"), N_("project"), N_("voucher"), NULL};
static const char *const about_words[] = {N_("contract"), N_("invoice"),    N_("notice"),
                                          N_("other"),    N_("photograph"), NULL};
static const char *const type_words[] = {"docx", "heic", "jpeg", "ofd",  "ole", "pdf",
                                         "png",  "tiff", "webp", "xlsx", NULL};

static const struct entry_member file_members[] = {
    {.name = "sha256", .type = MEMBER_HASH, .mark = MEMBER_PUBLIC},
    {.name = "size", .type = MEMBER_AMOUNT, .mark = MEMBER_PUBLIC},
    {.name = "type", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = type_words},
    {.name = NULL},
};

// clang-format off
static const struct entry_member attachment_members[] = {
    {.name = "about", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = about_words},
    {.name = "code", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = "file", .type = MEMBER_OBJECT, .mark = MEMBER_SEALED_IF_PERSONAL, .may_be_gone = true, .members = file_members},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "title", .type = MEMBER_TEXT, .mark = MEMBER_SEALED, .may_be_gone = true},
    {.name = "what", .type = MEMBER_WORD, .mark = MEMBER_PUBLIC, .words = what_words},
    {.name = NULL},
};
// clang-format on

#define SUBJECT_SIZE (CODE_SIZE + 16)

static bool is_word(const char *const *words, const char *text)
{
    for (; *words != NULL; words++)
        if (strcmp(*words, text) == 0) return true;
    return false;
}

const char *const *attachment_about_words(void)
{
    return about_words;
}

/* ---- Whose it is ----------------------------------------------------------------------------- */

/* What isn't a voucher: of this module, or of one above that has it. A fund is the root's. */
static bool find_thing(struct journal *journal, const char *what, const char *code,
                       struct journal_thing *out, bool *found, struct error *err)
{
    static const char *const own[][2] = {
        {"contract", "SELECT p.division FROM contract c JOIN project p ON p.code = c.project "
                     "WHERE c.code = $1"},
        {"fund", "SELECT '' FROM fund WHERE code = $1"},
        {"project", "SELECT division FROM project WHERE code = $1"},
    };
    struct statement *statement;

    for (size_t i = 0; i < ARRAY_COUNT(own); i++) {
        if (strcmp(own[i][0], what) != 0) continue;
        if (!sql_row(journal, own[i][1], SQL_VALUES(SQL_TEXT(code)), &statement, found, err))
            return false;
        if (!*found) return true;
        sql_text(statement, 0, out->division, sizeof out->division);
        statement_reset(statement);
        out->is_personal = false;
        if (out->division[0] == '\0')
            text_fill(out->division, sizeof out->division, journal_root_division(journal));
        return true;
    }
    return journal_find_thing(journal, what, code, out, found, err);
}

/* What it belongs to: there, about people or not, decided or not, and one where `user` is a maker,
   unless that is NULL. */
static bool look_at_target(struct journal *journal, const struct attachment *attachment,
                           const char *user, bool *is_personal, bool *is_late, struct error *err)
{
    struct journal_thing thing;
    struct voucher_row row;
    bool found;

    if (strcmp(attachment->what, "voucher") == 0) {
        if ((user != NULL &&
             !voucher_require_role(journal, attachment->code, user, ROLE_MAKER, err)) ||
            !voucher_row_find(journal, attachment->code, &row, err))
            return false;
        *is_personal = row.voucher.people;
        *is_late = row.voucher.state != VOUCHER_PENDING;
        return true;
    }
    if (!find_thing(journal, attachment->what, attachment->code, &thing, &found, err)) return false;
    if (!found)
        return error_set(err, ERROR_NOT_FOUND, "there is no %s %s; register it first",
                         translate(attachment->what), attachment->code);
    *is_personal = thing.is_personal;
    *is_late = false;
    return user == NULL || journal_require_role(journal, user, ROLE_MAKER, thing.division, err);
}

/* The entry that attached this file to this thing before; *found false when none did. */
static bool find_earlier(struct journal *journal, const struct attachment *attachment, bool *found,
                         uint64_t *seq, struct error *err)
{
    struct statement *statement;

    *found = false;
    if (hash_equal(&attachment->sha256, &HASH_ZERO)) return true; /* not known any more */
    if (!sql_row(journal,
                 "SELECT seq FROM attachment WHERE what = $1 AND code = $2 AND sha256 = $3 "
                 "ORDER BY seq LIMIT 1",
                 SQL_VALUES(SQL_TEXT(attachment->what), SQL_TEXT(attachment->code),
                            SQL_HASH(attachment->sha256)),
                 &statement, found, err))
        return false;
    if (!*found) return true;
    *seq = (uint64_t)statement_integer(statement, 0);
    statement_reset(statement);
    return true;
}

/* ---- The kind -------------------------------------------------------------------------------- */

static void subject_of(const struct attachment *attachment, char out[SUBJECT_SIZE])
{
    (void)snprintf(out, SUBJECT_SIZE, "%s/%s", attachment->what, attachment->code);
}

static bool check_title(const char *title, struct error *err)
{
    enum text_finding finding = text_find_personal_number(title);
    size_t characters = 0;

    for (const char *at = title; *at != '\0'; at++)
        characters += ((unsigned char)*at & 0xc0) != 0x80;
    if (title[0] == '\0')
        return error_set(err, ERROR_INPUT, "an attachment needs a title; give one by --title");
    if (characters > TITLE_CHARACTERS_MAX)
        return error_set(err, ERROR_LIMIT, "the title has %zu characters; at most %d are allowed",
                         characters, TITLE_CHARACTERS_MAX);
    if (!text_is_plain(title) || !text_is_nfc((const uint8_t *)title, strlen(title)))
        return error_set(err, ERROR_INPUT,
                         "the title holds a character that is not seen; write it in one line of "
                         "plain text");
    if (finding == TEXT_CLEAN) return true;
    return error_set(err, ERROR_INPUT,
                     "the title holds %s; it belongs in the file alone: give another by --title",
                     translate(text_finding_name(finding)));
}

static bool copy_string(const struct json_document *document, uint32_t node, const char *what,
                        char *out, size_t out_size, struct error *err)
{
    const uint8_t *text;
    size_t size;

    if (node == JSON_NONE || json_type(document, node) != JSON_STRING)
        return error_set(err, ERROR_INPUT, "the sealed %s should be a string", what);
    text = json_string_value(document, node, &size);
    if (size >= out_size) return error_set(err, ERROR_LIMIT, "the %s is too long", what);
    memcpy(out, text, size);
    out[size] = '\0';
    return true;
}

static bool read_title(struct journal *journal, const struct entry_view *entry, const char *subject,
                       struct attachment *out, struct error *err)
{
    struct json_document *opened = funds_state(journal)->detail;
    uint32_t value;

    if (journal_member_is_gone(entry, "title")) return true;
    return journal_open_member(journal, entry, "title", subject, opened, &value, err) &&
           copy_string(opened, value, "title", out->title, sizeof out->title, err) &&
           check_title(out->title, err);
}

/* Sealed or in clear, it holds the same three members. */
static bool read_file(struct journal *journal, const struct entry_view *entry, const char *subject,
                      struct attachment *out, struct error *err)
{
    struct json_document *opened = funds_state(journal)->detail;
    uint32_t value;
    char hex[HASH_HEX_SIZE];

    if (journal_member_is_gone(entry, "file")) return true;
    if (!journal_open_member(journal, entry, "file", subject, opened, &value, err)) return false;
    if (json_type(opened, value) != JSON_OBJECT || json_count(opened, value) != 3)
        return error_set(err, ERROR_INPUT, "an attached file is told by sha256, size and type");
    if (!json_get_string(opened, value, "sha256", hex, sizeof hex, err) ||
        !hash_from_hex(hex, &out->sha256, err) ||
        !json_get_integer(opened, value, "size", &out->size_bytes, err) ||
        !json_get_string(opened, value, "type", out->type, sizeof out->type, err))
        return false;
    if (out->size_bytes <= 0 || !is_word(type_words, out->type))
        return error_set(err, ERROR_INPUT, "the attached file is of no known size or type");
    return true;
}

static bool read_body(struct journal *journal, const struct entry_view *entry,
                      struct attachment *out, struct error *err)
{
    uint32_t file = json_member(entry->document, entry->body, "file");
    char subject[SUBJECT_SIZE];

    memset(out, 0, sizeof *out);
    if (!json_get_string(entry->document, entry->body, "what", out->what, sizeof out->what, err) ||
        !json_get_string(entry->document, entry->body, "code", out->code, sizeof out->code, err) ||
        !json_get_string(entry->document, entry->body, "about", out->about, sizeof out->about, err))
        return false;
    out->is_sealed = json_member(entry->document, file, "sealed") != JSON_NONE;
    subject_of(out, subject);
    return read_file(journal, entry, subject, out, err) &&
           read_title(journal, entry, subject, out, err);
}

static bool attachment_apply(struct journal *journal, const struct entry_view *entry,
                             struct error *err)
{
    struct attachment attachment;
    char date[DATE_TEXT_SIZE];
    uint64_t earlier;
    bool is_repeat, must_seal;

    if (!read_body(journal, entry, &attachment, err) ||
        !look_at_target(journal, &attachment, entry->actor, &must_seal, &attachment.is_late, err) ||
        !find_earlier(journal, &attachment, &is_repeat, &earlier, err))
        return false;
    if (must_seal && !attachment.is_sealed)
        return error_set(err, ERROR_STATE, "%s %s is about people, so its files are sealed",
                         translate(attachment.what), attachment.code);
    if (is_repeat)
        return error_set(
            err, ERROR_CONFLICT,
            "the file is attached to %s %s already (entry %llu); nothing is to be done",
            translate(attachment.what), attachment.code, (unsigned long long)earlier);
    return sql_run(
        journal,
        "INSERT INTO attachment (what, code, sha256, size, type, about, title, is_sealed, is_late, "
        "is_lost, seq, user_code, added_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, "
        "$11, $12)",
        SQL_VALUES(
            SQL_TEXT(attachment.what), SQL_TEXT(attachment.code), SQL_HASH(attachment.sha256),
            SQL_INTEGER(attachment.size_bytes), SQL_TEXT(attachment.type),
            SQL_TEXT(attachment.about), SQL_TEXT(attachment.title),
            SQL_INTEGER(attachment.is_sealed), SQL_INTEGER(attachment.is_late),
            SQL_INTEGER(entry->seq), SQL_TEXT(entry->actor),
            SQL_TEXT(date_format(instant_to_date_in(entry->time, ZONE_CHINA_SECONDS), date))),
        err);
}

static bool attachment_describe(const struct entry_view *entry, struct buffer *out,
                                struct error *err)
{
    char what[16], code[CODE_SIZE], about[16];

    return json_get_string(entry->document, entry->body, "what", what, sizeof what, err) &&
           json_get_string(entry->document, entry->body, "code", code, sizeof code, err) &&
           json_get_string(entry->document, entry->body, "about", about, sizeof about, err) &&
           buffer_append_format(out, err, "attaches a file (%s) to %s %s", about, what, code);
}

const struct entry_kind attachment_add_kind = {
    .name = "attachment.add",
    .members = attachment_members,
    .apply = attachment_apply,
    .describe = attachment_describe,
};

/* ---- Writing --------------------------------------------------------------------------------- */

struct add_parts {
    struct buffer file, file_plain, file_member, title, title_plain, title_member, body;
    struct sealed_value sealed[2];
    size_t sealed_count;
};

static bool write_file(const struct attachment *attachment, struct buffer *out, struct error *err)
{
    struct json_writer writer;
    char hex[HASH_HEX_SIZE];

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_member_string(&writer, "sha256", hash_to_hex(&attachment->sha256, hex));
    json_member_integer(&writer, "size", attachment->size_bytes);
    json_member_string(&writer, "type", attachment->type);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

static bool seal_parts(struct journal *journal, const struct attachment *attachment,
                       struct add_parts *parts, struct error *err)
{
    char subject[SUBJECT_SIZE];
    struct json_writer writer;

    subject_of(attachment, subject);
    json_writer_init(&writer, &parts->title);
    json_string(&writer, attachment->title);
    if (!json_writer_finish(&writer, err) || !write_file(attachment, &parts->file, err))
        return false;
    if (attachment->is_sealed &&
        !journal_seal(journal, "attachment.add/file", subject, &parts->file, &parts->file_plain,
                      &parts->file_member, &parts->sealed[parts->sealed_count++], err))
        return false;
    return journal_seal(journal, "attachment.add/title", subject, &parts->title,
                        &parts->title_plain, &parts->title_member,
                        &parts->sealed[parts->sealed_count++], err);
}

static bool write_body(const struct attachment *attachment, struct add_parts *parts,
                       struct error *err)
{
    const struct buffer *file = attachment->is_sealed ? &parts->file_member : &parts->file;
    struct json_writer writer;

    json_writer_init(&writer, &parts->body);
    json_object_begin(&writer);
    json_member_string(&writer, "about", attachment->about);
    json_member_string(&writer, "code", attachment->code);
    json_name(&writer, "file");
    json_raw(&writer, file->data, file->size);
    json_name(&writer, "title");
    json_raw(&writer, parts->title_member.data, parts->title_member.size);
    json_member_string(&writer, "what", attachment->what);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

bool attachment_add(struct journal *journal, const struct signatory *by,
                    const struct attachment *given, bool *repeated, uint64_t *seq_out,
                    struct error *err)
{
    struct add_parts parts = {
        .file = BUFFER_INIT(512),
        .file_plain = BUFFER_INIT(1024),
        .file_member = BUFFER_INIT(128),
        .title = BUFFER_INIT(6 * TEXT_SIZE),
        .title_plain = BUFFER_INIT(6 * TEXT_SIZE + 512),
        .title_member = BUFFER_INIT(128),
        .body = BUFFER_INIT(BODY_SIZE_BYTES_MAX),
    };
    struct attachment attachment = *given;
    struct appended appended = {0};
    bool is_repeat, is_personal, is_late, ok = false;
    uint64_t earlier = 0;

    if (!check_title(attachment.title, err)) goto out;
    if (!look_at_target(journal, &attachment, NULL, &is_personal, &is_late, err)) goto out;
    if (!find_earlier(journal, &attachment, &is_repeat, &earlier, err)) goto out;
    attachment.is_sealed = attachment.is_sealed || is_personal;
    if (!is_repeat &&
        (!seal_parts(journal, &attachment, &parts, err) || !write_body(&attachment, &parts, err) ||
         !journal_append_act(journal, by, "attachment.add", &parts.body, parts.sealed,
                             parts.sealed_count, &appended, err)))
        goto out;
    *repeated = is_repeat;
    *seq_out = is_repeat ? earlier : appended.seq;
    ok = true;
out:
    buffer_done(&parts.file);
    buffer_wipe(&parts.file_plain);
    buffer_done(&parts.file_plain);
    buffer_done(&parts.file_member);
    buffer_done(&parts.title);
    buffer_wipe(&parts.title_plain);
    buffer_done(&parts.title_plain);
    buffer_done(&parts.title_member);
    buffer_done(&parts.body);
    return ok;
}

/* ---- Questions ------------------------------------------------------------------------------- */

#define ATTACHMENT_COLUMNS                                                                         \
    "what, code, sha256, size, type, about, title, is_sealed, is_late, is_lost, seq, "             \
    "user_code, added_on"

static bool read_row(const struct statement *statement, struct attachment *out, struct error *err)
{
    memset(out, 0, sizeof *out);
    sql_text(statement, 0, out->what, sizeof out->what);
    sql_text(statement, 1, out->code, sizeof out->code);
    out->sha256 = sql_hash(statement, 2);
    out->size_bytes = statement_integer(statement, 3);
    sql_text(statement, 4, out->type, sizeof out->type);
    sql_text(statement, 5, out->about, sizeof out->about);
    sql_text(statement, 6, out->title, sizeof out->title);
    out->is_sealed = statement_integer(statement, 7) != 0;
    out->is_late = statement_integer(statement, 8) != 0;
    out->is_lost = statement_integer(statement, 9) != 0;
    out->seq = (uint64_t)statement_integer(statement, 10);
    sql_text(statement, 11, out->by, sizeof out->by);
    return sql_date(statement, 12, NULL, &out->added_on, err);
}

bool attachment_each(struct journal *journal, const char *what, const char *code,
                     bool (*visit)(void *context, const struct attachment *attachment,
                                   struct error *err),
                     void *context, struct error *err)
{
    struct statement *statement = NULL;
    struct attachment attachment;
    bool has_row, ok = false;

    if (what == NULL
            ? !sql_prepare(journal, "SELECT " ATTACHMENT_COLUMNS " FROM attachment ORDER BY seq",
                           NULL, 0, &statement, err)
            : !sql_prepare(journal,
                           "SELECT " ATTACHMENT_COLUMNS " FROM attachment WHERE what = $1 AND "
                           "code = $2 ORDER BY seq",
                           SQL_VALUES(SQL_TEXT(what), SQL_TEXT(code)), &statement, err))
        goto out;
    for (;;) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        if (!read_row(statement, &attachment, err)) goto out;
        if (!visit(context, &attachment, err)) goto out;
    }
    ok = true;
out:
    statement_free(statement);
    return ok;
}

/* ---- What is meant by a code ----------------------------------------------------------------- */

/* "fund/2021-ZY-01": the word before the slash says what it is; no code holds a slash. */
static bool split(const char *text, char what[16], const char **code)
{
    const char *slash = strchr(text, '/');
    size_t size = slash == NULL ? 0 : (size_t)(slash - text);

    *code = text;
    what[0] = '\0';
    if (slash == NULL || size >= 16) return slash == NULL;
    memcpy(what, text, size);
    what[size] = '\0';
    *code = slash + 1;
    return is_word(what_words, what);
}

static bool is_there(struct journal *journal, const char *what, const char *code, bool *found,
                     struct attachment *out, struct error *err)
{
    struct journal_thing ignored;
    struct statement *statement;

    if (strcmp(what, "voucher") != 0) {
        if (!find_thing(journal, what, code, &ignored, found, err)) return false;
        if (*found) text_fill(out->code, sizeof out->code, code);
        return true;
    }
    if (!sql_row(journal, "SELECT number FROM voucher WHERE number = $1 OR reference = $1",
                 SQL_VALUES(SQL_TEXT(code)), &statement, found, err))
        return false;
    if (!*found) return true;
    sql_text(statement, 0, out->code, sizeof out->code);
    statement_reset(statement);
    return true;
}

bool attachment_resolve(struct journal *journal, const char *text, struct attachment *out,
                        struct error *err)
{
    struct attachment found = {.what = ""};
    char what[16];
    const char *code;
    bool is_found;

    if (!split(text, what, &code))
        return error_set(err, ERROR_NOT_FOUND,
                         "\"%s\" is nothing that a file is attached to; give a voucher, fund, "
                         "project, contract or asset",
                         text);
    for (size_t i = 0; what_words[i] != NULL; i++) {
        char before[16];

        if (what[0] != '\0' && strcmp(what, what_words[i]) != 0) continue;
        if (what[0] == '\0' && strcmp(what_words[i], "inspection") == 0) continue; /* a number */
        if (!is_there(journal, what_words[i], code, &is_found, &found, err)) return false;
        if (!is_found) continue;
        text_fill(before, sizeof before, found.what);
        text_fill(found.what, sizeof found.what, what_words[i]);
        if (before[0] != '\0')
            return error_set(err, ERROR_INPUT, "%s is a %s and a %s; write %s/%s or %s/%s", code,
                             translate(before), translate(found.what), before, code, found.what,
                             code);
    }
    if (found.what[0] == '\0')
        return error_set(err, ERROR_NOT_FOUND,
                         "no voucher, fund, project, contract or asset is called %s; list them",
                         text);
    text_fill(out->what, sizeof out->what, found.what);
    text_fill(out->code, sizeof out->code, found.code);
    return true;
}
