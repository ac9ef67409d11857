/*
 * genesis.c - entry 0: who the ledger is, its keys and its first three people.
 *
 * Two administrators and an inspector, three people with three keys, each sign the body less
 * `signatures`: no one of them could have begun the ledger alone.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/encode.h"
#include "base/text.h"
#include "ledger/journal/internal.h"

#define PEOPLE_COUNT         3 /* two administrators, then the inspector */
#define ORIGIN_CHARACTERS    "abcdefghijklmnopqrstuvwxyz0123456789.-/"
#define LEDGER_NAME_SIZE     (TEXT_SIZE_BYTES_MAX + 1)
#define CERTIFICATE_SIZE_MAX 8192

struct genesis_people {
    struct genesis_person people[PEOPLE_COUNT];
};

/* ---- Writing --------------------------------------------------------------------------------- */

static void write_person(struct json_writer *writer, const struct genesis_person *person)
{
    char key[SIGN_PUBLIC_TEXT_SIZE];

    json_object_begin(writer);
    json_member_string(writer, "key", sign_public_format(&person->key, key));
    json_member_string(writer, "user", person->user);
    json_object_end(writer);
}

static void write_signature(struct json_writer *writer, const char *user, const char *signature)
{
    json_object_begin(writer);
    json_member_string(writer, "signature", signature);
    json_member_string(writer, "signer", user);
    json_object_end(writer);
}

static bool write_signatures(struct json_writer *writer, const struct genesis *genesis,
                             const uint8_t signatures[PEOPLE_COUNT][SIGN_SIGNATURE_SIZE],
                             struct error *err)
{
    const char *users[PEOPLE_COUNT] = {genesis->administrators[0].user,
                                       genesis->administrators[1].user, genesis->inspector.user};
    struct buffer text = BUFFER_INIT(128);
    bool ok = true;

    json_name(writer, "signatures");
    json_array_begin(writer);
    for (size_t i = 0; ok && i < PEOPLE_COUNT; i++) {
        buffer_reset(&text);
        ok = base64_encode(signatures[i], SIGN_SIGNATURE_SIZE, &text, err);
        if (ok) write_signature(writer, users[i], buffer_text(&text));
    }
    json_array_end(writer);
    buffer_done(&text);
    return ok;
}

/* The body; without `signatures` when they are NULL. */
static bool format_body(const struct genesis *genesis,
                        const uint8_t (*signatures)[SIGN_SIGNATURE_SIZE], struct buffer *out,
                        struct error *err)
{
    struct buffer certificate = BUFFER_INIT(2 * CERTIFICATE_SIZE_MAX);
    char log_key[NOTE_VKEY_TEXT_SIZE];
    struct json_writer writer;
    bool ok = false;

    if (!base64_encode(genesis->certificate, genesis->certificate_size, &certificate, err))
        goto out;
    buffer_reset(out);
    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_name(&writer, "administrators");
    json_array_begin(&writer);
    write_person(&writer, &genesis->administrators[0]);
    write_person(&writer, &genesis->administrators[1]);
    json_array_end(&writer);
    json_member_string(&writer, "division", genesis->division);
    json_name(&writer, "inspector");
    write_person(&writer, &genesis->inspector);
    json_member_string(&writer, "log_key", note_vkey_format(&genesis->log_key, log_key));
    json_member_string(&writer, "name", genesis->name);
    json_member_string(&writer, "origin", genesis->origin);
    if (signatures != NULL && !write_signatures(&writer, genesis, signatures, err)) goto out;
    json_member_string(&writer, "xml_certificate", buffer_text(&certificate));
    json_object_end(&writer);
    ok = json_writer_finish(&writer, err);
out:
    buffer_done(&certificate);
    return ok;
}

bool genesis_format_unsigned(const struct genesis *genesis, struct buffer *out, struct error *err)
{
    return format_body(genesis, NULL, out, err);
}

bool journal_append_genesis(struct journal *journal, const struct genesis *genesis,
                            const uint8_t signatures[3][SIGN_SIGNATURE_SIZE], struct appended *out,
                            struct error *err)
{
    struct buffer body = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    bool ok = format_body(genesis, signatures, &body, err) &&
              journal_append(journal, genesis->administrators[0].user, genesis_kind.name, &body,
                             NULL, 0, out, err);

    buffer_done(&body);
    return ok;
}

/* ---- Reading --------------------------------------------------------------------------------- */

static bool read_person(const struct json_document *document, uint32_t node,
                        struct genesis_person *out, struct error *err)
{
    char key[SIGN_PUBLIC_TEXT_SIZE];

    return json_get_string(document, node, "user", out->user, sizeof out->user, err) &&
           json_get_string(document, node, "key", key, sizeof key, err) &&
           sign_public_parse(key, &out->key, err);
}

static bool read_people(const struct entry_view *entry, struct genesis_people *out,
                        struct error *err)
{
    const struct json_document *document = entry->document;
    uint32_t administrators, first, inspector;

    if (!json_get_node(document, entry->body, "administrators", JSON_ARRAY, &administrators, err) ||
        !json_get_node(document, entry->body, "inspector", JSON_OBJECT, &inspector, err))
        return false;
    if (json_count(document, administrators) != 2)
        return error_set(err, ERROR_INPUT, "a ledger begins with two administrators");
    first = json_first(document, administrators);
    return read_person(document, first, &out->people[0], err) &&
           read_person(document, json_next(document, first), &out->people[1], err) &&
           read_person(document, inspector, &out->people[2], err);
}

/* Three people, three keys. */
static bool check_people(const struct genesis_people *people, struct error *err)
{
    for (size_t i = 0; i < PEOPLE_COUNT; i++)
        for (size_t j = 0; j < i; j++) {
            if (strcmp(people->people[i].user, people->people[j].user) == 0)
                return error_set(err, ERROR_INPUT,
                                 "%s is named twice; the two administrators and the inspector are "
                                 "three people",
                                 people->people[i].user);
            if (sign_public_equal(&people->people[i].key, &people->people[j].key))
                return error_set(err, ERROR_INPUT,
                                 "%s and %s have the same key; each person makes a key of their "
                                 "own",
                                 people->people[j].user, people->people[i].user);
        }
    return true;
}

static bool check_origin(const char *origin, struct error *err)
{
    if (origin[0] == '\0' || origin[strspn(origin, ORIGIN_CHARACTERS)] != '\0')
        return error_set(err, ERROR_INPUT,
                         "the origin \"%s\" is 1 to 64 of a-z, 0-9, '.', '-' and '/'", origin);
    return true;
}

/* ---- Signatures ------------------------------------------------------------------------------ */

/* The body's canonical bytes without the member `signatures`. */
static bool strip_signatures(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    struct json_writer writer;
    size_t size;

    buffer_reset(out);
    json_writer_init(&writer, out);
    json_object_begin(&writer);
    for (const struct entry_member *member = genesis_kind.members; member->name != NULL; member++) {
        const uint8_t *source;

        if (strcmp(member->name, "signatures") == 0) continue;
        source = json_source(entry->document,
                             json_member(entry->document, entry->body, member->name), &size);
        json_name(&writer, member->name);
        json_raw(&writer, source, size);
    }
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

static bool check_signature(const struct json_document *document, uint32_t node,
                            const struct genesis_person *person, const struct buffer *message,
                            struct error *err)
{
    struct buffer raw = BUFFER_INIT(SIGN_SIGNATURE_SIZE);
    char signer[USER_CODE_SIZE], text[128];
    bool ok = false;

    if (!json_get_string(document, node, "signer", signer, sizeof signer, err) ||
        !json_get_string(document, node, "signature", text, sizeof text, err))
        goto out;
    if (strcmp(signer, person->user) != 0) {
        (void)error_set(err, ERROR_INPUT, "the signature of %s stands where that of %s belongs",
                        signer, person->user);
        goto out;
    }
    if (!base64_decode(text, strlen(text), &raw, err)) goto out;
    if (raw.size != SIGN_SIGNATURE_SIZE ||
        !sign_verify(&person->key, message->data, message->size, raw.data, err)) {
        error_clear(err);
        (void)error_set(err, ERROR_VERIFY,
                        "the genesis signature of %s is not by the key named for them; sign it "
                        "again",
                        person->user);
        goto out;
    }
    ok = true;
out:
    buffer_done(&raw);
    return ok;
}

static bool check_signatures(const struct entry_view *entry, const struct genesis_people *people,
                             struct error *err)
{
    const struct json_document *document = entry->document;
    struct buffer message = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    uint32_t signatures, node;
    bool ok = false;

    if (!json_get_node(document, entry->body, "signatures", JSON_ARRAY, &signatures, err)) goto out;
    if (json_count(document, signatures) != PEOPLE_COUNT) {
        (void)error_set(err, ERROR_INPUT,
                        "genesis has the signatures of two administrators and an "
                        "inspector, in that order");
        goto out;
    }
    if (!strip_signatures(entry, &message, err)) goto out;
    node = json_first(document, signatures);
    for (size_t i = 0; i < PEOPLE_COUNT; i++, node = json_next(document, node))
        if (!check_signature(document, node, &people->people[i], &message, err)) goto out;
    ok = true;
out:
    buffer_done(&message);
    return ok;
}

/* ---- Applying -------------------------------------------------------------------------------- */

/* What the ledger's one row says. */
struct identity {
    char origin[ORIGIN_SIZE_MAX];
    char division[DIVISION_CODE_SIZE];
    char name[LEDGER_NAME_SIZE];
    char log_key[NOTE_VKEY_TEXT_SIZE];
};

static bool read_identity(const struct entry_view *entry, struct identity *out, struct error *err)
{
    const struct json_document *document = entry->document;
    struct note_vkey vkey;

    if (!json_get_string(document, entry->body, "origin", out->origin, sizeof out->origin, err) ||
        !json_get_string(document, entry->body, "division", out->division, sizeof out->division,
                         err) ||
        !json_get_string(document, entry->body, "name", out->name, sizeof out->name, err) ||
        !json_get_string(document, entry->body, "log_key", out->log_key, sizeof out->log_key, err))
        return false;
    if (!check_origin(out->origin, err)) return false;
    if (out->name[0] == '\0') return error_set(err, ERROR_INPUT, "the ledger needs a name");
    if (division_code_level(out->division) > DIVISION_COUNTY)
        return error_set(err, ERROR_INPUT, "the root of a ledger is a county or above; %s is a %s",
                         out->division, division_level_name(division_code_level(out->division)));
    if (!note_vkey_parse(out->log_key, &vkey, err)) return false;
    if (vkey.type != NOTE_KEY_ED25519 || strcmp(vkey.name, out->origin) != 0)
        return error_set(err, ERROR_INPUT, "the log key is an Ed25519 key of the name %s, not %s",
                         out->origin, vkey.name);
    return true;
}

static bool insert_identity(struct journal *journal, const struct identity *identity,
                            struct error *err)
{
    struct statement *insert;

    if (!store_statement(journal->store,
                         "INSERT INTO ledger (origin, division, name, log_key) "
                         "VALUES ($1, $2, $3, $4)",
                         &insert, err))
        return false;
    statement_bind_text(insert, 1, identity->origin);
    statement_bind_text(insert, 2, identity->division);
    statement_bind_text(insert, 3, identity->name);
    statement_bind_text(insert, 4, identity->log_key);
    return statement_run(insert, err);
}

static bool insert_people(struct journal *journal, const struct genesis_people *people,
                          const char *division, struct error *err)
{
    static const enum role roles[PEOPLE_COUNT] = {ROLE_ADMIN, ROLE_ADMIN, ROLE_INSPECTOR};

    for (size_t i = 0; i < PEOPLE_COUNT; i++)
        if (!user_add(journal, people->people[i].user, &people->people[i].key, 0, err) ||
            !user_add_role(journal, people->people[i].user, role_name(roles[i]), division, 0, err))
            return false;
    return true;
}

static bool take_certificate(struct journal *journal, const struct entry_view *entry,
                             const char *origin, struct error *err)
{
    struct buffer der = BUFFER_INIT(CERTIFICATE_SIZE_MAX);
    bool ok = certificate_get(entry->document, entry->body, "xml_certificate", origin, &der, err) &&
              certificate_insert(journal, &der, entry->seq, err);

    buffer_done(&der);
    return ok;
}

static bool apply_genesis(struct journal *journal, const struct entry_view *entry,
                          struct error *err)
{
    struct genesis_people people;
    struct identity identity;

    if (!read_identity(entry, &identity, err) || !read_people(entry, &people, err) ||
        !check_people(&people, err))
        return false;
    if (strcmp(entry->actor, people.people[0].user) != 0)
        return error_set(err, ERROR_INPUT, "the genesis entry's actor is the first administrator");
    if (!check_signatures(entry, &people, err) || !insert_identity(journal, &identity, err) ||
        !insert_people(journal, &people, identity.division, err) ||
        !take_certificate(journal, entry, identity.origin, err))
        return false;
    memcpy(journal->origin, identity.origin, sizeof journal->origin);
    memcpy(journal->division, identity.division, sizeof journal->division);
    return true;
}

static bool describe_genesis(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    char origin[ORIGIN_SIZE_MAX], name[LEDGER_NAME_SIZE];

    return json_get_string(entry->document, entry->body, "origin", origin, sizeof origin, err) &&
           json_get_string(entry->document, entry->body, "name", name, sizeof name, err) &&
           buffer_append_format(out, err, "begins the ledger %s of %s", origin, name);
}

bool journal_log_key(struct journal *journal, struct note_vkey *out, struct error *err)
{
    struct statement *select;
    bool has_row, ok;

    if (!store_statement(journal->store, "SELECT log_key FROM ledger", &select, err)) return false;
    if (!statement_step(select, &has_row, err)) return false;
    if (!has_row) return error_set(err, ERROR_STATE, "the ledger has no genesis entry yet");
    ok = note_vkey_parse(statement_text(select, 0), out, err);
    statement_reset(select);
    return ok;
}

static const struct entry_member person_members[] = {
    {.name = "key", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "user", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

static const struct entry_member signature_members[] = {
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

// clang-format off
static const struct entry_member genesis_members[] = {
    {.name = "administrators", .type = MEMBER_ARRAY, .mark = MEMBER_PUBLIC,
     .members = person_members},
    {.name = "division", .type = MEMBER_DIVISION, .mark = MEMBER_PUBLIC},
    {.name = "inspector", .type = MEMBER_OBJECT, .mark = MEMBER_PUBLIC, .members = person_members},
    {.name = "log_key", .type = MEMBER_NOTE_KEY, .mark = MEMBER_PUBLIC},
    {.name = "name", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "origin", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "signatures", .type = MEMBER_ARRAY, .mark = MEMBER_PUBLIC,
     .members = signature_members},
    {.name = "xml_certificate", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};
// clang-format on

const struct entry_kind genesis_kind = {
    .name = "ledger.genesis",
    .members = genesis_members,
    .apply = apply_genesis,
    .describe = describe_genesis,
};
