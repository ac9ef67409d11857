/* fixture.c - see fixture.h. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PEOPLE_MAX 16

static char directory[SCRATCH_PATH_SIZE];
static int64_t clock_seconds = FIXTURE_START;
static uint64_t random_counter;

/* ---- The world ------------------------------------------------------------------------------- */

void fixture_setup(void)
{
    scratch_make("/tmp", directory);
    clock_seconds = FIXTURE_START;
    random_counter = 0;
}

void fixture_teardown(void)
{
    scratch_remove(directory);
}

const char *fixture_path(const char *name, char path[FIXTURE_PATH_SIZE])
{
    (void)snprintf(path, FIXTURE_PATH_SIZE, "%s/%s", directory, name);
    return path;
}

void fixture_set_clock(int64_t seconds)
{
    clock_seconds = seconds;
}

void fixture_set_random(uint64_t counter)
{
    random_counter = counter;
}

struct random_source fixture_random(void)
{
    return random_source_chosen(&random_counter);
}

struct journal_options fixture_options(void)
{
    return (struct journal_options){fixture_modules, clock_source_chosen(&clock_seconds),
                                    random_source_chosen(&random_counter)};
}

struct sign_key *fixture_key(const char *name)
{
    static struct {
        char name[USER_CODE_SIZE];
        struct sign_key *key;
    } people[PEOPLE_MAX];
    struct error err = ERROR_INIT;
    size_t i = 0;
    hash_t seed;

    for (; i < PEOPLE_MAX && people[i].key != NULL; i++)
        if (strcmp(people[i].name, name) == 0) return people[i].key;
    ck_assert_uint_lt(i, PEOPLE_MAX);
    seed = hash_sha256((const uint8_t *)name, strlen(name));
    ck_assert_ok(sign_key_from_seed(seed.bytes, &people[i].key, &err), err);
    (void)snprintf(people[i].name, sizeof people[i].name, "%s", name);
    return people[i].key;
}

struct sign_public fixture_public(const char *name)
{
    struct sign_public key;

    sign_key_public(fixture_key(name), &key);
    return key;
}

const struct buffer *fixture_certificate(void)
{
    static struct buffer der = BUFFER_INIT(8192);
    struct buffer key = BUFFER_INIT(8192), pem = BUFFER_INIT(8192);
    struct random_source random = fixture_random();
    struct error err = ERROR_INIT;

    buffer_reset(&der);
    ck_assert_ok(certificate_make(FIXTURE_ORIGIN, &random, &key, &pem, &der, &err), err);
    buffer_done(&key);
    buffer_done(&pem);
    return &der;
}

/* ---- Genesis --------------------------------------------------------------------------------- */

static struct genesis_person person(const char *name)
{
    struct genesis_person person = {.key = fixture_public(name)};

    (void)snprintf(person.user, sizeof person.user, "%s", name);
    return person;
}

struct genesis fixture_genesis(void)
{
    struct genesis genesis = {
        .origin = FIXTURE_ORIGIN,
        .division = FIXTURE_DIVISION,
        .name = "镇安县扶贫资金账",
        .administrators = {person("zhao"), person("qian")},
        .inspector = person("sun"),
    };
    struct sign_public log = fixture_public("log");
    const struct buffer *certificate = fixture_certificate();
    struct error err = ERROR_INIT;

    ck_assert_ok(note_vkey_make(genesis.origin, NOTE_KEY_ED25519, &log, &genesis.log_key, &err),
                 err);
    genesis.certificate = certificate->data;
    genesis.certificate_size = certificate->size;
    return genesis;
}

void fixture_sign_genesis(const struct genesis *genesis, uint8_t signatures[3][SIGN_SIGNATURE_SIZE])
{
    static const char *const names[] = {"zhao", "qian", "sun"};
    struct buffer body = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct error err = ERROR_INIT;

    ck_assert_ok(genesis_format_unsigned(genesis, &body, &err), err);
    for (size_t i = 0; i < 3; i++)
        ck_assert_ok(sign_message(fixture_key(names[i]), body.data, body.size, signatures[i], &err),
                     err);
    buffer_done(&body);
}

struct journal *fixture_empty(const char *path)
{
    struct journal_options options = fixture_options();
    struct error err = ERROR_INIT;
    struct store *store = NULL;
    struct journal *journal = NULL;

    if (path == NULL)
        ck_assert_ok(store_open_memory(&store, &err), err);
    else
        ck_assert_ok(store_open(path, STORE_CREATE, &store, &err), err);
    ck_assert_ok(journal_create(store, &options, &journal, &err), err);
    return journal;
}

struct journal *fixture_journal(const char *path)
{
    struct journal *journal = fixture_empty(path);
    struct genesis genesis = fixture_genesis();
    uint8_t signatures[3][SIGN_SIGNATURE_SIZE];
    struct error err = ERROR_INIT;
    struct appended appended;

    fixture_sign_genesis(&genesis, signatures);
    fixture_begin(journal);
    ck_assert_ok(journal_append_genesis(journal, &genesis, (const uint8_t(*)[64])signatures,
                                        &appended, &err),
                 err);
    fixture_commit(journal);
    return journal;
}

struct journal *fixture_reopen(const char *path, enum store_mode mode)
{
    struct journal_options options = fixture_options();
    struct error err = ERROR_INIT;
    struct store *store = NULL;
    struct journal *journal = NULL;

    ck_assert_ok(store_open(path, mode, &store, &err), err);
    ck_assert_ok(journal_open(store, &options, &journal, &err), err);
    return journal;
}

void fixture_begin(struct journal *journal)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_begin(journal, &err), err);
}

void fixture_commit(struct journal *journal)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(journal_commit(journal, &err), err);
}

/* ---- The test module ------------------------------------------------------------------------- */

static const struct store_column test_columns[] = {
    {"seq", STORE_INTEGER, NULL, "of the entry"},
    {"text", STORE_TEXT, NULL, "of its body"},
};
static const struct store_table test_table = {.name = "test_note",
                                              .kind = STORE_DERIVED,
                                              .meaning = "what the test kinds did",
                                              .columns = test_columns,
                                              .column_count = ARRAY_COUNT(test_columns),
                                              .primary_key = "seq"};

static bool insert_text(struct journal *journal, uint64_t seq, const char *text, struct error *err)
{
    struct statement *insert;

    if (!store_statement(journal_store(journal),
                         "INSERT INTO test_note (seq, text) VALUES ($1, $2)", &insert, err))
        return false;
    statement_bind_integer(insert, 1, (int64_t)seq);
    statement_bind_text(insert, 2, text);
    return statement_run(insert, err);
}

static bool apply_note(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    char text[2048];

    if (!json_get_string(entry->document, entry->body, "text", text, sizeof text, err))
        return false;
    if (strcmp(text, "refuse") == 0)
        return error_set(err, ERROR_INSUFFICIENT, "the note asks to be refused");
    return insert_text(journal, entry->seq, text, err);
}

static bool apply_row(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    return insert_text(journal, entry->seq, "row", err);
}

static bool apply_cover(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    struct covered_rows rows;
    char text[64];

    journal_covered_rows(journal, &rows);
    (void)snprintf(text, sizeof text, "covers %d from %d", (int)rows.count, (int)rows.first_seq);
    return insert_text(journal, entry->seq, text, err);
}

static bool describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    return buffer_append_format(out, err, "tests %s", entry->kind);
}

static bool check_law(struct journal *journal, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(journal),
                         "SELECT 1 FROM test_note WHERE text = 'lawless' LIMIT 1", &select, err) ||
        !statement_step(select, &has_row, err))
        return false;
    statement_reset(select);
    return !has_row || error_set(err, ERROR_UNBALANCED, "the law does not hold");
}

// clang-format off
#define SIGNING                                                                                    \
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC}
#define SIGNATURE                                                                                  \
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},                           \
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC}

static const struct entry_member note_members[] = {
    {.name = "maybe", .type = MEMBER_TEXT, .mark = MEMBER_SEALED_IF_PERSONAL, .optional = true},
    SIGNING,
    {.name = "secret", .type = MEMBER_TEXT, .mark = MEMBER_SEALED, .optional = true},
    SIGNATURE,
    {.name = "text", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};
static const struct entry_member row_members[] = {
    {.name = "number", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};
static const struct entry_member cover_members[] = {
    {.name = "lines_root", .type = MEMBER_HASH, .mark = MEMBER_PUBLIC},
    SIGNING,
    SIGNATURE,
    {.name = NULL},
};
// clang-format on

static const struct entry_kind note_kind = {
    .name = "test.note", .members = note_members, .apply = apply_note, .describe = describe};
static const struct entry_kind row_kind = {.name = "test.row",
                                           .members = row_members,
                                           .apply = apply_row,
                                           .describe = describe,
                                           .covered_by = "test.cover"};
static const struct entry_kind cover_kind = {
    .name = "test.cover", .members = cover_members, .apply = apply_cover, .describe = describe};
static const struct entry_kind *const test_kinds[] = {&note_kind, &row_kind, &cover_kind, NULL};
static const struct store_table *const test_tables[] = {&test_table};

const struct journal_module test_module = {
    .kinds = test_kinds, .tables = test_tables, .table_count = 1, .before_commit = check_law};
const struct journal_module *const fixture_modules[] = {&journal_module, &test_module, NULL};

/* ---- Appending ------------------------------------------------------------------------------- */

bool fixture_try_act(struct journal *journal, const char *user, const char *kind, const char *body,
                     struct error *err)
{
    struct signatory by = {user, fixture_key(user)};
    struct buffer text = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct appended appended;
    bool ok = buffer_append_text(&text, body, err) &&
              journal_append_act(journal, &by, kind, &text, NULL, 0, &appended, err);

    buffer_done(&text);
    return ok;
}

bool fixture_try_note(struct journal *journal, const char *user, const char *text,
                      struct error *err)
{
    char body[4096];

    (void)snprintf(body, sizeof body, "{\"text\":\"%s\"}", text);
    return fixture_try_act(journal, user, "test.note", body, err);
}

struct appended fixture_note(struct journal *journal, const char *text)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_note(journal, "zhao", text, &err), err);
    return (struct appended){journal->head.size - 1, journal->head.hash};
}

bool fixture_try_row(struct journal *journal, const char *actor, int64_t number, struct error *err)
{
    struct buffer body = BUFFER_INIT(256);
    struct appended appended;
    bool ok = buffer_append_format(&body, err, "{\"number\":%lld}", (long long)number) &&
              journal_append(journal, actor, "test.row", &body, NULL, 0, &appended, err);

    buffer_done(&body);
    return ok;
}

bool fixture_try_cover(struct journal *journal, const char *user, const hash_t *root,
                       struct error *err)
{
    struct covered_rows rows;
    char hex[HASH_HEX_SIZE], body[256];

    journal_covered_rows(journal, &rows);
    (void)snprintf(body, sizeof body, "{\"lines_root\":\"%s\"}",
                   hash_to_hex(root != NULL ? root : &rows.root, hex));
    return fixture_try_act(journal, user, "test.cover", body, err);
}

bool fixture_try_propose(struct journal *journal, const char *user, const char *act,
                         const char *body, struct appended *out, struct error *err)
{
    struct signatory by = {user, fixture_key(user)};
    struct buffer text = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    bool ok =
        buffer_append_text(&text, body, err) && journal_propose(journal, &by, act, &text, out, err);

    buffer_done(&text);
    return ok;
}

bool fixture_try_second(struct journal *journal, const char *user, const struct appended *proposal,
                        struct error *err)
{
    struct signatory by = {user, fixture_key(user)};
    struct appended appended;

    return journal_second(journal, &by, &proposal->hash, &appended, err);
}

void fixture_agree(struct journal *journal, const char *act, const char *body)
{
    struct error err = ERROR_INIT;
    struct appended proposal;

    fixture_begin(journal);
    ck_assert_ok(fixture_try_propose(journal, "zhao", act, body, &proposal, &err), err);
    fixture_commit(journal);
    fixture_begin(journal);
    ck_assert_ok(fixture_try_second(journal, "qian", &proposal, &err), err);
    fixture_commit(journal);
}

void fixture_add_user(struct journal *journal, const char *name, const char *role)
{
    struct sign_public key = fixture_public(name);
    char key_text[SIGN_PUBLIC_TEXT_SIZE], body[512];

    (void)snprintf(body, sizeof body,
                   "{\"key\":\"%s\",\"roles\":[{\"division\":\"" FIXTURE_DIVISION
                   "\",\"role\":\"%s\"}],\"user\":\"%s\"}",
                   sign_public_format(&key, key_text), role, name);
    fixture_agree(journal, "user.add", body);
}
