/*
 * fixture.c - the good log:
 *
 *   genesis; li maker, wang checker, zhou publisher; a town and a fund; vouchers 1 (appropriation),
 *   2 (assignment), 3 (three people, totals in clear, confirmed by the bank), 4 (one person, totals
 *   sealed), 5 (a payroll of 600 lines); April closed; a publication of 2021.
 */
#include "tests/verify/fixture.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <check.h>
#include <sqlite3.h>

#include "audit/verify/verify.h"
#include "base/date.h"
#include "base/encode.h"
#include "base/json.h"
#include "tests/verify/fixture_signer.h"

#define TIME_AT_FIRST 1622505600 /* 2021-06-01T00:00:00Z, after all events of the good log */

const char *const fixture_id_numbers[] = {"611025198001020010", "611025198001030024",
                                          "611025198001040038"};

/* ---- Small tools ---------------------------------------------------------------------------- */

/* Canonical form of any JSON. */
static void canonicalize(const char *text, struct buffer *out)
{
    struct error err = ERROR_INIT;
    struct json_document *document = json_document_new(&err);

    ck_assert_ptr_nonnull(document);
    ck_assert_msg(json_parse(document, (const uint8_t *)text, strlen(text), JSON_ANY, &err),
                  "%s in %s", err.message, text);
    must(json_canonicalize(document, 0, out, &failure));
    json_document_free(document);
}

static void hash_json(const char *text, char hex[HASH_HEX_SIZE])
{
    struct buffer canonical = BUFFER_INIT(FIXTURE_TEXT_SIZE);
    hash_t hash;

    canonicalize(text, &canonical);
    hash = hash_sha256(canonical.data, canonical.size);
    hash_to_hex(&hash, hex);
    buffer_done(&canonical);
}

static struct sign_key *make_key(const char *name)
{
    hash_t seed = hash_sha256((const uint8_t *)name, strlen(name));
    struct sign_key *key = NULL;

    must(sign_key_from_seed(seed.bytes, &key, &failure));
    return key;
}

const struct fixture_person *fixture_person(struct fixture *fixture, const char *user)
{
    struct fixture_person *person;

    for (size_t i = 0; i < fixture->person_count; i++) {
        if (strcmp(fixture->people[i].user, user) == 0) return &fixture->people[i];
    }
    ck_assert_uint_lt(fixture->person_count, FIXTURE_PEOPLE_MAX);
    person = &fixture->people[fixture->person_count++];
    snprintf(person->user, sizeof person->user, "%s", user);
    person->key = make_key(user);
    sign_key_public(person->key, &person->public);
    return person;
}

/* Sign the canonical form of a text: base64. */
static void sign_json(struct fixture *fixture, const char *user, const char *text,
                      char signature[100])
{
    struct buffer message = BUFFER_INIT(FIXTURE_TEXT_SIZE), encoded = BUFFER_INIT(100);
    uint8_t bytes[SIGN_SIGNATURE_SIZE];

    canonicalize(text, &message);
    must(sign_message(fixture_person(fixture, user)->key, message.data, message.size, bytes,
                      &failure));
    must(base64_encode(bytes, sizeof bytes, &encoded, &failure));
    snprintf(signature, 100, "%s", buffer_text(&encoded));
    buffer_done(&message);
    buffer_done(&encoded);
}

static void draw_nonce(struct fixture *fixture, char nonce[33])
{
    snprintf(nonce, 33, "%032x", ++fixture->drawn);
}

/* ---- Entries -------------------------------------------------------------------------------- */

static uint64_t append(struct fixture *fixture, const char *actor, const char *kind,
                       const char *body)
{
    struct buffer bytes = BUFFER_INIT(FIXTURE_TEXT_SIZE);
    struct fixture_entry *entry = &fixture->entries[fixture->count];
    char prev[HASH_HEX_SIZE], time[INSTANT_TEXT_SIZE], *text = malloc(FIXTURE_TEXT_SIZE);
    hash_t zero = HASH_ZERO;

    ck_assert_uint_lt(fixture->count, FIXTURE_ENTRIES_MAX);
    hash_to_hex(fixture->count == 0 ? &zero : &entry[-1].leaf, prev);
    snprintf(
        text, FIXTURE_TEXT_SIZE,
        "{\"v\":1,\"seq\":%zu,\"prev\":\"%s\",\"time\":\"%s\",\"actor\":\"%s\",\"kind\":\"%s\","
        "\"body\":%s}",
        fixture->count, prev, instant_format((instant_t){fixture->time_seconds}, time), actor, kind,
        body);
    canonicalize(text, &bytes);
    free(text);
    fixture->time_seconds += 60;
    free(entry->bytes);
    entry->bytes = malloc(bytes.size);
    memcpy(entry->bytes, bytes.data, bytes.size);
    entry->size = bytes.size;
    entry->leaf = hash_leaf(bytes.data, bytes.size);
    buffer_done(&bytes);
    return fixture->count++;
}

uint64_t fixture_append(struct fixture *fixture, const char *actor, const char *kind,
                        const char *format, ...)
{
    char *body = malloc(FIXTURE_TEXT_SIZE);
    va_list arguments;
    uint64_t seq;

    va_start(arguments, format);
    vsnprintf(body, FIXTURE_TEXT_SIZE, format, arguments);
    va_end(arguments);
    seq = append(fixture, actor, kind, body);
    free(body);
    return seq;
}

/* Add nonce and signature to members that stand without braces. */
static uint64_t append_act(struct fixture *fixture, const char *user, const char *kind,
                           const char *members)
{
    char *text = malloc(FIXTURE_TEXT_SIZE), hash[HASH_HEX_SIZE], nonce[33], signature[100];
    uint64_t seq;

    snprintf(text, FIXTURE_TEXT_SIZE, "{%s}", members);
    hash_json(text, hash);
    draw_nonce(fixture, nonce);
    snprintf(text, FIXTURE_TEXT_SIZE,
             "{\"act\":\"%s\",\"body_sha256\":\"%s\",\"nonce\":\"%s\",\"origin\":\"%s\"}", kind,
             hash, nonce, FIXTURE_ORIGIN);
    sign_json(fixture, user, text, signature);
    snprintf(text, FIXTURE_TEXT_SIZE,
             "{%s%s\"nonce\":\"%s\",\"signature\":\"%s\",\"signer\":\"%s\"}", members,
             members[0] == '\0' ? "" : ",", nonce, signature, user);
    seq = append(fixture, user, kind, text);
    free(text);
    return seq;
}

uint64_t fixture_act(struct fixture *fixture, const char *user, const char *kind,
                     const char *format, ...)
{
    char *members = malloc(FIXTURE_TEXT_SIZE);
    va_list arguments;
    uint64_t seq;

    va_start(arguments, format);
    vsnprintf(members, FIXTURE_TEXT_SIZE, format, arguments);
    va_end(arguments);
    seq = append_act(fixture, user, kind, members);
    free(members);
    return seq;
}

/* ---- Acts of two ---------------------------------------------------------------------------- */

/* What both sign, of a proposal that stands in the log. */
static void sign_proposal(struct fixture *fixture, const char *user, const char *act,
                          const char *body, const char *nonce, char signature[100])
{
    char text[1024], hash[HASH_HEX_SIZE];

    hash_json(body, hash);
    snprintf(text, sizeof text,
             "{\"act\":\"%s\",\"body_sha256\":\"%s\",\"nonce\":\"%s\",\"origin\":\"%s\"}", act,
             hash, nonce, FIXTURE_ORIGIN);
    sign_json(fixture, user, text, signature);
}

uint64_t fixture_propose(struct fixture *fixture, const char *user, const char *act,
                         const char *body)
{
    char nonce[33], signature[100];

    draw_nonce(fixture, nonce);
    sign_proposal(fixture, user, act, body, nonce, signature);
    return fixture_append(fixture, user, "act.propose",
                          "{\"act\":\"%s\",\"body\":%s,\"nonce\":\"%s\",\"signature\":\"%s\","
                          "\"signer\":\"%s\"}",
                          act, body, nonce, signature, user);
}

uint64_t fixture_second(struct fixture *fixture, const char *user, uint64_t proposal)
{
    const struct fixture_entry *entry = &fixture->entries[proposal];
    struct error err = ERROR_INIT;
    struct json_document *document = json_document_new(&err);
    struct buffer body = BUFFER_INIT(FIXTURE_TEXT_SIZE);
    char act[64], nonce[33], signature[100], leaf[HASH_HEX_SIZE];
    uint32_t node;

    must(json_parse(document, entry->bytes, entry->size, JSON_CANONICAL, &failure));
    node = json_member(document, 0, "body");
    must(json_get_string(document, node, "act", act, sizeof act, &failure));
    must(json_get_string(document, node, "nonce", nonce, sizeof nonce, &failure));
    must(json_canonicalize(document, json_member(document, node, "body"), &body, &failure));
    sign_proposal(fixture, user, act, buffer_text(&body), nonce, signature);
    json_document_free(document);
    buffer_done(&body);
    return fixture_append(fixture, user, "act.second",
                          "{\"proposal\":\"%s\",\"signature\":\"%s\",\"signer\":\"%s\"}",
                          hash_to_hex(&entry->leaf, leaf), signature, user);
}

uint64_t fixture_two(struct fixture *fixture, const char *proposer, const char *seconder,
                     const char *act, const char *format, ...)
{
    char *body = malloc(FIXTURE_TEXT_SIZE);
    va_list arguments;
    uint64_t seq;

    va_start(arguments, format);
    vsnprintf(body, FIXTURE_TEXT_SIZE, format, arguments);
    va_end(arguments);
    seq = fixture_second(fixture, seconder, fixture_propose(fixture, proposer, act, body));
    free(body);
    return seq;
}

void fixture_add_user(struct fixture *fixture, const char *user, const char *roles)
{
    char key[SIGN_PUBLIC_TEXT_SIZE];

    fixture_two(fixture, "zhao", "qian", "user.add",
                "{\"key\":\"%s\",\"roles\":%s,\"user\":\"%s\"}",
                sign_public_format(&fixture_person(fixture, user)->public, key), roles, user);
}

/* ---- Rows and seals ------------------------------------------------------------------------- */

/* Add the body of the last entry to the rows that wait to be covered. */
static void cover_later(struct fixture *fixture)
{
    const struct fixture_entry *entry = &fixture->entries[fixture->count - 1];
    struct error err = ERROR_INIT;
    struct json_document *document = json_document_new(&err);
    const uint8_t *source;
    size_t size;
    hash_t leaf;

    must(json_parse(document, entry->bytes, entry->size, JSON_CANONICAL, &failure));
    source = json_source(document, json_member(document, 0, "body"), &size);
    leaf = hash_leaf(source, size);
    tree_frontier_add(&fixture->rows, &leaf);
    json_document_free(document);
}

/* The root over the rows, which begin anew. */
static void take_rows(struct fixture *fixture, char hex[HASH_HEX_SIZE])
{
    hash_t root = tree_frontier_root(&fixture->rows);

    hash_to_hex(&root, hex);
    fixture->rows = (struct tree_frontier)TREE_FRONTIER_INIT;
}

uint64_t fixture_row(struct fixture *fixture, const char *actor, const char *kind,
                     const char *format, ...)
{
    char *body = malloc(FIXTURE_TEXT_SIZE);
    va_list arguments;
    uint64_t seq;

    va_start(arguments, format);
    vsnprintf(body, FIXTURE_TEXT_SIZE, format, arguments);
    va_end(arguments);
    seq = append(fixture, actor, kind, body);
    free(body);
    cover_later(fixture);
    return seq;
}

uint64_t fixture_import(struct fixture *fixture, const char *user, const char *reference)
{
    uint64_t rows = fixture->rows.size;
    char root[HASH_HEX_SIZE], content[HASH_HEX_SIZE + 2], sealed[96];
    hash_t hash = hash_sha256((const uint8_t *)reference, strlen(reference));

    content[0] = '"';
    hash_to_hex(&hash, content + 1);
    content[65] = '"';
    content[66] = '\0';
    fixture_seal(fixture, "import.file/content", reference, content, sealed);
    take_rows(fixture, root);
    return fixture_act(fixture, user, "import.file",
                       "\"content\":%s,\"lines_root\":\"%s\",\"reference\":\"%s\",\"rows\":%llu,"
                       "\"what\":\"divisions\"",
                       sealed, root, reference, (unsigned long long)rows);
}

void fixture_seal(struct fixture *fixture, const char *purpose, const char *subject,
                  const char *value, char text[96])
{
    struct fixture_seal *seal = &fixture->seals[fixture->seal_count++];
    struct buffer plain = BUFFER_INIT(FIXTURE_TEXT_SIZE);
    char *json = malloc(FIXTURE_TEXT_SIZE), hex[HASH_HEX_SIZE];
    unsigned drawn = ++fixture->drawn;
    hash_t key = hash_sha256((const uint8_t *)&drawn, sizeof drawn), commitment;

    ck_assert_uint_lt(fixture->seal_count, FIXTURE_SEALS_MAX);
    snprintf(json, FIXTURE_TEXT_SIZE,
             "{\"origin\":\"%s\",\"purpose\":\"%s\",\"subject\":\"%s\",\"value\":%s}",
             FIXTURE_ORIGIN, purpose, subject, value);
    canonicalize(json, &plain);
    free(json);
    seal->seq = fixture->count;
    snprintf(seal->member, sizeof seal->member, "%s", strchr(purpose, '/') + 1);
    memcpy(seal->key, key.bytes, sizeof seal->key);
    free(seal->plain);
    seal->plain = malloc(plain.size);
    memcpy(seal->plain, plain.data, plain.size);
    seal->plain_size = plain.size;
    commitment = hash_hmac_sha256(seal->key, sizeof seal->key, plain.data, plain.size);
    snprintf(text, 96, "{\"sealed\":\"%s\"}", hash_to_hex(&commitment, hex));
    buffer_done(&plain);
}

/* ---- Vouchers ------------------------------------------------------------------------------- */

uint64_t fixture_line(struct fixture *fixture, const char *actor, unsigned voucher, unsigned line,
                      bool person, const char *detail)
{
    char sealed[96], subject[32];

    snprintf(subject, sizeof subject, "2021-%06u/%u", voucher, line);
    if (person) {
        fixture_seal(fixture, "voucher.line/detail", subject, detail, sealed);
        detail = sealed;
    }
    return fixture_row(fixture, actor, "voucher.line",
                       "{\"detail\":%s,\"line\":%u,\"voucher\":\"2021-%06u\"}", detail, line,
                       voucher);
}

/* The members that every signature on a voucher has, and `more`. */
static void sign_voucher(struct fixture *fixture, const char *key_of, const char *act,
                         unsigned number, const char *more, char signature[100])
{
    const struct fixture_submission *submission = &fixture->submissions[number];
    char text[2048];

    snprintf(text, sizeof text,
             "{\"act\":\"%s\",\"event_date\":\"%s\",\"line_count\":%llu,\"lines_root\":\"%s\","
             "\"origin\":\"%s\",\"reference\":\"%s\",\"totals_sha256\":\"%s\","
             "\"voucher\":\"2021-%06u\"%s}",
             act, submission->event_date, (unsigned long long)submission->line_count,
             submission->lines_root, FIXTURE_ORIGIN, submission->reference,
             submission->totals_sha256, number, more);
    sign_json(fixture, key_of, text, signature);
}

uint64_t fixture_submit(struct fixture *fixture, const struct fixture_voucher *voucher)
{
    struct fixture_submission *submission = &fixture->submissions[voucher->number];
    char content[96], totals[96], subject[16], signature[100], hash[HASH_HEX_SIZE + 2];
    const char *date = voucher->event_date == NULL ? "2021-04-02" : voucher->event_date;
    uint64_t seq;

    memset(submission, 0, sizeof *submission);
    submission->line_count = voucher->line_count == 0 ? fixture->rows.size : voucher->line_count;
    snprintf(submission->event_date, sizeof submission->event_date, "%s", date);
    snprintf(submission->reference, sizeof submission->reference, "R-%u", voucher->number);
    if (voucher->reference != NULL) {
        snprintf(submission->reference, sizeof submission->reference, "%s", voucher->reference);
    }
    take_rows(fixture, submission->lines_root);
    snprintf(subject, sizeof subject, "2021-%06u", voucher->number);
    snprintf(hash, sizeof hash, "\"%s\"", submission->lines_root);
    fixture_seal(fixture, "voucher.submit/content", subject, hash, content);
    if (voucher->seal_totals) {
        fixture_seal(fixture, "voucher.submit/totals", subject, voucher->totals, totals);
    }
    hash_json(voucher->seal_totals ? totals : voucher->totals, submission->totals_sha256);
    sign_voucher(fixture, voucher->key_of == NULL ? voucher->user : voucher->key_of, "submit",
                 voucher->number, "", signature);
    seq = fixture_append(
        fixture, voucher->user, "voucher.submit",
        "{\"content\":%s,\"document\":\"\",\"event_date\":\"%s\",\"late\":%s,\"line_count\":%llu,"
        "\"lines_root\":\"%s\",\"movement\":\"%s\",\"people\":%s,\"reference\":\"%s\","
        "\"reverses\":\"%s\",\"signature\":\"%s\",\"signer\":\"%s\",\"text\":\"\",\"totals\":%s,"
        "\"voucher\":\"%s\"}",
        content, date, voucher->late ? "true" : "false", (unsigned long long)submission->line_count,
        submission->lines_root, voucher->movement, voucher->people ? "true" : "false",
        submission->reference, voucher->reverses == NULL ? "" : voucher->reverses, signature,
        voucher->user, voucher->seal_totals ? totals : voucher->totals, subject);
    hash_to_hex(&fixture->entries[seq].leaf, submission->submit);
    return seq;
}

uint64_t fixture_decide(struct fixture *fixture, const char *user, const char *act, unsigned number,
                        const char *reason)
{
    const struct fixture_submission *submission = &fixture->submissions[number];
    char more[256], kind[32], signature[100], hex[HASH_HEX_SIZE];
    hash_t hash = hash_sha256((const uint8_t *)reason, strlen(reason));

    snprintf(more, sizeof more, ",\"reason_sha256\":\"%s\",\"submit\":\"%s\"",
             hash_to_hex(&hash, hex), submission->submit);
    snprintf(kind, sizeof kind, "voucher.%s", act);
    sign_voucher(fixture, user, act, number, more, signature);
    return fixture_append(fixture, user, kind,
                          "{\"reason\":\"%s\",\"signature\":\"%s\",\"signer\":\"%s\","
                          "\"submit\":\"%s\",\"voucher\":\"2021-%06u\"}",
                          reason, signature, user, submission->submit, number);
}

/* ---- The world ------------------------------------------------------------------------------ */

static void append_genesis(struct fixture *fixture)
{
    static const char *const founders[] = {"zhao", "qian", "sun"};
    char *less = malloc(FIXTURE_TEXT_SIZE), keys[3][SIGN_PUBLIC_TEXT_SIZE], signatures[3][100];
    char vkey[NOTE_VKEY_TEXT_SIZE];

    for (size_t i = 0; i < 3; i++)
        sign_public_format(&fixture_person(fixture, founders[i])->public, keys[i]);
    snprintf(less, FIXTURE_TEXT_SIZE,
             "\"administrators\":[{\"key\":\"%s\",\"user\":\"zhao\"},{\"key\":\"%s\",\"user\":"
             "\"qian\"}],"
             "\"division\":\"" FIXTURE_COUNTY "\",\"inspector\":{\"key\":\"%s\",\"user\":\"sun\"},"
             "\"log_key\":\"%s\",\"name\":\"镇安县\",\"origin\":\"" FIXTURE_ORIGIN "\","
             "\"xml_certificate\":\"%s\"",
             keys[0], keys[1], keys[2], fixture_vkey(fixture, vkey),
             buffer_text(&fixture->signer->base64));
    for (size_t i = 0; i < 3; i++) {
        char *text = malloc(FIXTURE_TEXT_SIZE);

        snprintf(text, FIXTURE_TEXT_SIZE, "{%s}", less);
        sign_json(fixture, founders[i], text, signatures[i]);
        free(text);
    }
    fixture_append(fixture, "zhao", "ledger.genesis",
                   "{%s,\"signatures\":[{\"signature\":\"%s\",\"signer\":\"zhao\"},"
                   "{\"signature\":\"%s\",\"signer\":\"qian\"},"
                   "{\"signature\":\"%s\",\"signer\":\"sun\"}]}",
                   less, signatures[0], signatures[1], signatures[2]);
    free(less);
}

struct fixture *fixture_new_with_log_key(const char *name)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct sign_public public;

    ck_assert_ptr_nonnull(fixture);
    fixture->time_seconds = TIME_AT_FIRST;
    fixture->signer = fixture_signer_new(FIXTURE_ORIGIN);
    fixture->log_key = make_key(name);
    sign_key_public(fixture->log_key, &public);
    must(note_vkey_make(FIXTURE_ORIGIN, NOTE_KEY_ED25519, &public, &fixture->vkey, &failure));
    append_genesis(fixture);
    return fixture;
}

static void pay_three_people(struct fixture *fixture)
{
    for (unsigned line = 1; line <= 3; line++) {
        char detail[1024];

        snprintf(
            detail, sizeof detail,
            "{\"amount\":60000,\"from\":{\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
            "\",\"fund\":\"F1\",\"role\":\"available\"},\"payee\":{\"account\":\"A%u\","
            "\"id_number\":\"%s\",\"name\":\"N%u\"},\"policy\":\"P\",\"to\":{\"book\":\"subsidy\","
            "\"division\":\"" FIXTURE_COUNTY "\",\"fund\":\"F1\",\"role\":\"in_transit\"}}",
            line, fixture_id_numbers[line - 1], line);
        fixture_line(fixture, "li", 3, line, true, detail);
    }
    fixture_submit(
        fixture,
        &(struct fixture_voucher){
            .user = "li",
            .number = 3,
            .movement = "payment",
            .people = true,
            .totals = "[{\"amount\":-180000,\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
                      "\",\"fund\":\"F1\",\"role\":\"available\"},{\"amount\":180000,"
                      "\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
                      "\",\"fund\":\"F1\",\"role\":\"in_transit\"}]"});
    fixture_decide(fixture, "wang", "approve", 3, "");
}

static void confirm_three(struct fixture *fixture)
{
    char lines[96];

    fixture_seal(fixture, "bank.confirm/lines", "B-3", "[]", lines);
    fixture_act(fixture, "li", "bank.confirm",
                "\"event_date\":\"2021-04-06\",\"late\":false,\"lines\":%s,\"reason\":\"\","
                "\"reference\":\"B-3\",\"totals\":[{\"amount\":-180000,\"book\":\"subsidy\","
                "\"division\":\"" FIXTURE_COUNTY "\",\"fund\":\"F1\",\"role\":\"in_transit\"},"
                "{\"amount\":180000,\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
                "\",\"fund\":\"F1\",\"role\":\"spent\"}],\"voucher\":\"2021-000003\"",
                lines);
}

static void pay_one_person(struct fixture *fixture)
{
    fixture_line(
        fixture, "li", 4, 1, true,
        "{\"amount\":5000,\"from\":{\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
        "\",\"fund\":\"F1\",\"role\":\"available\"},\"payee\":{\"account\":\"A9\","
        "\"id_number\":\"611025198001050041\",\"name\":\"N9\"},\"to\":{\"book\":\"subsidy\","
        "\"division\":\"" FIXTURE_COUNTY "\",\"fund\":\"F1\",\"role\":\"in_transit\"}}");
    fixture_submit(fixture,
                   &(struct fixture_voucher){
                       .user = "li",
                       .number = 4,
                       .movement = "payment",
                       .people = true,
                       .seal_totals = true,
                       .totals =
                           "[{\"amount\":-5000,\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
                           "\",\"fund\":\"F1\",\"role\":\"available\"},{\"amount\":5000,"
                           "\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
                           "\",\"fund\":\"F1\",\"role\":\"in_transit\"}]"});
    fixture_decide(fixture, "wang", "approve", 4, "");
}

static void move_openly(struct fixture *fixture)
{
    fixture_line(fixture, "li", 1, 1, false,
                 "{\"amount\":90000000,\"from\":{\"book\":\"none\",\"division\":\"" FIXTURE_COUNTY
                 "\",\"fund\":\"F1\",\"role\":\"source\"},\"to\":{\"book\":\"none\",\"division\":"
                 "\"" FIXTURE_COUNTY "\",\"fund\":\"F1\",\"role\":\"unassigned\"}}");
    fixture_submit(fixture,
                   &(struct fixture_voucher){
                       .user = "li",
                       .number = 1,
                       .movement = "appropriation",
                       .totals =
                           "[{\"amount\":-90000000,\"book\":\"none\",\"division\":\"" FIXTURE_COUNTY
                           "\",\"fund\":\"F1\",\"role\":\"source\"},{\"amount\":90000000,"
                           "\"book\":\"none\",\"division\":\"" FIXTURE_COUNTY
                           "\",\"fund\":\"F1\",\"role\":\"unassigned\"}]"});
    fixture_decide(fixture, "wang", "approve", 1, "按文件");
    fixture_line(fixture, "li", 2, 1, false,
                 "{\"amount\":90000000,\"from\":{\"book\":\"none\",\"division\":\"" FIXTURE_COUNTY
                 "\",\"fund\":\"F1\",\"role\":\"unassigned\"},\"to\":{\"book\":\"subsidy\","
                 "\"division\":\"" FIXTURE_COUNTY "\",\"fund\":\"F1\",\"role\":\"available\"}}");
    fixture_submit(fixture,
                   &(struct fixture_voucher){
                       .user = "li",
                       .number = 2,
                       .movement = "assignment",
                       .totals =
                           "[{\"amount\":-90000000,\"book\":\"none\",\"division\":\"" FIXTURE_COUNTY
                           "\",\"fund\":\"F1\",\"role\":\"unassigned\"},{\"amount\":90000000,"
                           "\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
                           "\",\"fund\":\"F1\",\"role\":\"available\"}]"});
    fixture_decide(fixture, "wang", "approve", 2, "");
}

static void pay_many(struct fixture *fixture)
{
    for (unsigned line = 1; line <= FIXTURE_PAYROLL; line++) {
        fixture_line(fixture, "li", 5, line, false,
                     "{\"amount\":100,\"from\":{\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
                     "\",\"fund\":\"F1\",\"role\":\"available\"},\"payee\":{\"name\":\"合作社\","
                     "\"uscc\":\"\"},\"to\":{\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
                     "\",\"fund\":\"F1\",\"role\":\"in_transit\"}}");
    }
    fixture_submit(fixture,
                   &(struct fixture_voucher){
                       .user = "li",
                       .number = 5,
                       .movement = "payment",
                       .totals =
                           "[{\"amount\":-60000,\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
                           "\",\"fund\":\"F1\",\"role\":\"available\"},{\"amount\":60000,"
                           "\"book\":\"subsidy\",\"division\":\"" FIXTURE_COUNTY
                           "\",\"fund\":\"F1\",\"role\":\"in_transit\"}]"});
    fixture_decide(fixture, "wang", "reject", 5, "重复");
}

struct fixture *fixture_unpublished_world(void)
{
    struct fixture *fixture = fixture_new_with_log_key("the log");

    fixture_add_user(fixture, "li", "[{\"division\":\"" FIXTURE_COUNTY "\",\"role\":\"maker\"}]");
    fixture_add_user(fixture, "wang",
                     "[{\"division\":\"" FIXTURE_COUNTY "\",\"role\":\"checker\"}]");
    fixture_add_user(fixture, "zhou",
                     "[{\"division\":\"" FIXTURE_COUNTY "\",\"role\":\"publisher\"}]");
    fixture_row(fixture, "li", "division.add",
                "{\"code\":\"" FIXTURE_TOWN "\",\"name\":\"回龙镇\",\"parent\":\"" FIXTURE_COUNTY
                "\",\"provisional\":false,\"valid_from\":\"2021-01-01\"}");
    fixture_row(
        fixture, "li", "fund.add",
        "{\"amount\":0,\"books\":[\"subsidy\"],\"document\":\"财农〔2021〕1号\",\"expiry\":\"\","
        "\"fund\":\"F1\",\"level\":\"central\",\"name\":\"补助\",\"year\":2021}");
    fixture_import(fixture, "li", "file-1");
    move_openly(fixture);
    pay_three_people(fixture);
    confirm_three(fixture);
    pay_one_person(fixture);
    pay_many(fixture);
    fixture_act(fixture, "wang", "period.close", "\"month\":\"2021-04\"");
    return fixture;
}

struct fixture *fixture_world(void)
{
    struct fixture *fixture = fixture_unpublished_world();

    fixture_act(fixture, "zhou", "publication.make",
                "\"corrects\":[],\"documents_root\":\"%064d\",\"period\":\"2021\"", 0);
    return fixture;
}

void fixture_free(struct fixture *fixture)
{
    for (size_t i = 0; i < fixture->person_count; i++)
        sign_key_free(fixture->people[i].key);
    /* Also those that a test has cut off. */
    for (size_t i = 0; i < FIXTURE_ENTRIES_MAX; i++)
        free(fixture->entries[i].bytes);
    for (size_t i = 0; i < FIXTURE_SEALS_MAX; i++)
        free(fixture->seals[i].plain);
    sign_key_free(fixture->log_key);
    fixture_signer_free(fixture->signer);
    free(fixture);
}

const char *fixture_vkey(const struct fixture *fixture, char text[NOTE_VKEY_TEXT_SIZE])
{
    return note_vkey_format(&fixture->vkey, text);
}

/* ---- Tampering ------------------------------------------------------------------------------ */

void fixture_replace(struct fixture *fixture, uint64_t seq, const char *from, const char *to)
{
    struct fixture_entry *entry = &fixture->entries[seq];
    size_t from_size = strlen(from), to_size = strlen(to), at = 0, size;
    uint8_t *bytes;

    while (at + from_size <= entry->size && memcmp(entry->bytes + at, from, from_size) != 0)
        at++;
    ck_assert_msg(at + from_size <= entry->size, "entry %llu has no %s", (unsigned long long)seq,
                  from);
    size = entry->size - from_size + to_size;
    bytes = malloc(size);
    memcpy(bytes, entry->bytes, at);
    memcpy(bytes + at, to, to_size);
    memcpy(bytes + at + to_size, entry->bytes + at + from_size, entry->size - at - from_size);
    free(entry->bytes);
    entry->bytes = bytes;
    entry->size = size;
    entry->leaf = hash_leaf(bytes, size);
}

void fixture_rechain(struct fixture *fixture, uint64_t seq)
{
    for (uint64_t i = seq < 1 ? 1 : seq; i < fixture->count; i++) {
        struct fixture_entry *entry = &fixture->entries[i];
        char hex[HASH_HEX_SIZE];

        for (size_t at = 0; at + 72 <= entry->size; at++) {
            if (memcmp(entry->bytes + at, "\"prev\":\"", 8) != 0) continue;
            memcpy(entry->bytes + at + 8, hash_to_hex(&entry[-1].leaf, hex), 64);
        }
        entry->leaf = hash_leaf(entry->bytes, entry->size);
    }
}

/* ---- As files ------------------------------------------------------------------------------- */

hash_t fixture_root(const struct fixture *fixture, uint64_t size)
{
    struct tree_frontier tree = TREE_FRONTIER_INIT;

    for (uint64_t i = 0; i < size; i++)
        tree_frontier_add(&tree, &fixture->entries[i].leaf);
    return tree_frontier_root(&tree);
}

void fixture_checkpoint(const struct fixture *fixture, uint64_t size, struct buffer *out)
{
    struct checkpoint checkpoint = {.size = size, .root = fixture_root(fixture, size)};
    struct buffer line = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);

    snprintf(checkpoint.origin, sizeof checkpoint.origin, "%s", FIXTURE_ORIGIN);
    must(checkpoint_format(&checkpoint, out, &failure));
    must(note_sign(&fixture->vkey, fixture->log_key, buffer_text(out), &line, &failure));
    must(buffer_append_byte(out, '\n', &failure));
    must(buffer_append(out, line.data, line.size, &failure));
    buffer_done(&line);
}

static void step_once(sqlite3_stmt *statement)
{
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_reset(statement);
}

void fixture_write_ledger(const struct fixture *fixture, const char *folder)
{
    char path[256];
    sqlite3 *database;
    sqlite3_stmt *entry, *seal;

    snprintf(path, sizeof path, "%s/ledger.sqlite", folder);
    unlink(path);
    ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_exec(database,
                     "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;"
                     "CREATE TABLE entry (seq INTEGER PRIMARY KEY, hash BLOB, bytes BLOB);"
                     "CREATE TABLE sealed (seq INTEGER, member TEXT, key BLOB, plain BLOB, "
                     "PRIMARY KEY (seq, member));BEGIN",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_prepare_v2(database, "INSERT INTO entry VALUES ($1, $2, $3)", -1, &entry, NULL);
    sqlite3_prepare_v2(database, "INSERT INTO sealed VALUES ($1, $2, $3, $4)", -1, &seal, NULL);
    for (size_t i = 0; i < fixture->count; i++) {
        sqlite3_bind_int64(entry, 1, (int64_t)i);
        sqlite3_bind_blob(entry, 2, fixture->entries[i].leaf.bytes, HASH_SIZE, SQLITE_STATIC);
        sqlite3_bind_blob(entry, 3, fixture->entries[i].bytes, (int)fixture->entries[i].size,
                          SQLITE_STATIC);
        step_once(entry);
    }
    for (size_t i = 0; i < fixture->seal_count; i++) {
        sqlite3_bind_int64(seal, 1, (int64_t)fixture->seals[i].seq);
        sqlite3_bind_text(seal, 2, fixture->seals[i].member, -1, SQLITE_STATIC);
        sqlite3_bind_blob(seal, 3, fixture->seals[i].key, 32, SQLITE_STATIC);
        sqlite3_bind_blob(seal, 4, fixture->seals[i].plain, (int)fixture->seals[i].plain_size,
                          SQLITE_STATIC);
        step_once(seal);
    }
    sqlite3_finalize(entry);
    sqlite3_finalize(seal);
    ck_assert_int_eq(sqlite3_exec(database, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

void fixture_sql(const char *folder, const char *sql)
{
    char path[256], *message = NULL;
    sqlite3 *database;

    snprintf(path, sizeof path, "%s/ledger.sqlite", folder);
    ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK);
    sqlite3_exec(database, sql, NULL, NULL, &message);
    ck_assert_msg(message == NULL, "%s: %s", sql, message);
    sqlite3_close(database);
}

const char *fixture_verify(const char *path, const struct verify_options *options)
{
    static char line[VERIFY_LINE_SIZE + 64];
    struct verify_options none = {0};
    struct verify_verdict verdict;
    struct error err = ERROR_INIT;

    if (verify_path(path, options == NULL ? &none : options, &verdict, &err)) {
        snprintf(line, sizeof line, "%s", verdict.line);
    } else {
        snprintf(line, sizeof line, "ERROR %s %s", error_code_name(err.code), err.message);
    }
    return line;
}
