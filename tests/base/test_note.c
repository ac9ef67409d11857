/*
 * test_note.c - signed notes and cosignatures: the examples that C2SP's specifications
 * print, the one of Go's golang.org/x/mod/sumdb/note, that package itself where it is installed
 * (note_peer.go), and tables of what is refused.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <check.h>

#include "base/encode.h"
#include "base/note.h"
#include "tests/base/note_fixture.h"
#include "tests/base/tools.h"

/* C2SP signed-note, "Verifier keys", "Example". */
static const char c2sp_vkey[] =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
static const char c2sp_note[] =
    "This is an example message.\n"
    "\n"
    "— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHj"
    "G1Yu72IneyaQM=\n";

/* C2SP signed-note, its first example: a text with an empty line, and no key to it. */
static const char c2sp_poem[] = "Ognuno sta solo sul cuor della terra\n"
                                "trafitto da un raggio di sole:\n"
                                "\n"
                                "ed è subito sera.\n"
                                "\n"
                                "— quasimodo.example/salvatore "
                                "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0"
                                "xMcXxj99ihAQwaqP3ZekRwNtIc=\n";

/* golang.org/x/mod/sumdb/note, "Example": its signer key, its verifier key, its note. */
static const char go_skey[] =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
static const char go_vkey[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
static const char go_text[] = "If you think cryptography is the answer to your problem,\n"
                              "then you don't know what your problem is.\n";
static const char go_line[] =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZS"
    "NXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

/* ---- Verifier keys --------------------------------------------------------------------------- */

START_TEST(verifier_keys_of_others_are_read_and_written_back)
{
    static const char *const texts[] = {c2sp_vkey, go_vkey};
    static const char *const names[] = {"example.com/foo", "PeterNeumann"};
    static const uint32_t ids[] = {0x530d903a, 0xc74f20a3};

    for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
        struct note_vkey vkey, made;
        struct error err = ERROR_INIT;
        char text[NOTE_VKEY_TEXT_SIZE];

        ck_assert_msg(note_vkey_parse(texts[i], &vkey, &err), "%s", err.message);
        ck_assert_str_eq(vkey.name, names[i]);
        ck_assert_uint_eq(vkey.id, ids[i]);
        ck_assert_int_eq(vkey.type, NOTE_KEY_ED25519);
        ck_assert_str_eq(note_vkey_format(&vkey, text), texts[i]);
        ck_assert(note_vkey_make(names[i], NOTE_KEY_ED25519, &vkey.key, &made, &err));
        ck_assert_uint_eq(made.id, ids[i]);
    }
}
END_TEST

START_TEST(one_key_has_another_id_for_each_name_and_use)
{
    struct party log = fixture_log();
    struct note_vkey witness, other;
    struct error err = ERROR_INIT;
    char text[NOTE_VKEY_TEXT_SIZE];

    ck_assert(note_vkey_make(log.vkey.name, NOTE_KEY_COSIGNATURE, &log.vkey.key, &witness, &err));
    ck_assert(note_vkey_make("other", NOTE_KEY_ED25519, &log.vkey.key, &other, &err));
    ck_assert_uint_ne(witness.id, log.vkey.id);
    ck_assert_uint_ne(other.id, log.vkey.id);
    ck_assert(note_vkey_parse(note_vkey_format(&witness, text), &other, &err));
    ck_assert_int_eq(other.type, NOTE_KEY_COSIGNATURE);
    sign_key_free(log.key);
}
END_TEST

START_TEST(verifier_keys_that_are_none_are_refused)
{
    static const struct {
        const char *text;
        const char *why;
    } bad[] = {
        {"", "empty"},
        {"example.com/foo", "a name alone"},
        {"example.com/foo+530d903a", "no key"},
        {"+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "no name"},
        {"example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "another id"},
        {"example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "another name"},
        {"example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "upper case"},
        {"example.com/foo+530d903+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "7 digits"},
        {"example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2", "cut"},
        {"example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3Q==", "31 bytes"},
        {"example.com/foo+530d903a+", "no bytes"},
        {"example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "type 2, ECDSA"},
        {"example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n", "a newline"},
        {"example.com/ foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "a space"},
    };

    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        struct note_vkey vkey = {.id = 7};
        struct error err = ERROR_INIT;

        ck_assert_msg(!note_vkey_parse(bad[i].text, &vkey, &err), "accepted: %s", bad[i].why);
        ck_assert_msg(err.code == ERROR_KEY || err.code == ERROR_INPUT, "%s", bad[i].why);
        ck_assert_uint_eq(vkey.id, 7);
    }
}
END_TEST

START_TEST(names_have_no_spaces_in_any_script)
{
    static const char *const bad[] = {
        "",
        "a b",
        "a+b",
        "a\nb",
        "a\tb",
        "a\xc2\x85",
        "a\xc2\xa0",
        "a\xe1\x9a\x80",
        "\xe2\x80\x80x",
        "\xe2\x80\x8ax",
        "\xe2\x80\xa8",
        "\xe2\x80\xa9",
        "\xe2\x80\xaf",
        "\xe2\x81\x9f",
        "全\xe3\x80\x80角",
        "\xff",
        "a\x01",
    };
    static const char *const good[] = {"a", "证人", "example.com/w1", "\xe2\x80\x8b", "—", "a\x7f"};
    struct party log = fixture_log();
    struct note_vkey vkey;
    char longest[NOTE_NAME_SIZE_MAX + 1];

    for (size_t i = 0; i < ARRAY_COUNT(bad) + ARRAY_COUNT(good); i++) {
        bool is_good = i >= ARRAY_COUNT(bad);
        const char *name = is_good ? good[i - ARRAY_COUNT(bad)] : bad[i];
        struct error err = ERROR_INIT;

        ck_assert_msg(note_vkey_make(name, NOTE_KEY_ED25519, &log.vkey.key, &vkey, &err) == is_good,
                      "\"%s\" %s", name, err.message);
    }
    for (size_t size = NOTE_NAME_SIZE_MAX - 1; size <= NOTE_NAME_SIZE_MAX; size++) {
        struct error err = ERROR_INIT;
        char text[NOTE_VKEY_TEXT_SIZE];
        bool fits = size < NOTE_NAME_SIZE_MAX;

        memset(longest, 'n', size);
        longest[size] = '\0';
        ck_assert(note_vkey_make(longest, NOTE_KEY_ED25519, &log.vkey.key, &vkey, &err) == fits);
        if (fits) ck_assert(note_vkey_parse(note_vkey_format(&vkey, text), &vkey, &err));
    }
    sign_key_free(log.key);
}
END_TEST

/* ---- Notes ----------------------------------------------------------------------------------- */

START_TEST(notes_of_others_verify)
{
    struct buffer go_note = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct note_vkey vkey;
    struct error err = ERROR_INIT;
    instant_t time = {7};

    ck_assert(note_vkey_parse(c2sp_vkey, &vkey, &err));
    ck_assert_msg(note_verify(bytes(c2sp_note), strlen(c2sp_note), &vkey, &time, &err), "%s",
                  err.message);
    ck_assert_int_eq(time.seconds, 0);
    ck_assert(buffer_append_format(&go_note, &err, "%s\n%s", go_text, go_line));
    ck_assert(note_vkey_parse(go_vkey, &vkey, &err));
    ck_assert(note_verify(go_note.data, go_note.size, &vkey, NULL, &err));
    buffer_done(&go_note);
}
END_TEST

START_TEST(signature_line_is_the_one_that_go_makes)
{
    struct buffer seed = BUFFER_INIT(64), line = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct sign_key *key = NULL;
    struct note_vkey vkey;
    struct error err = ERROR_INIT;
    const char *data = strstr(go_skey, "c74f20a3+") + 9; /* base64 of the type and the seed */

    ck_assert(base64_decode(data, strlen(data), &seed, &err));
    ck_assert_uint_eq(seed.size, 33);
    ck_assert(sign_key_from_seed(seed.data + 1, &key, &err));
    ck_assert(note_vkey_parse(go_vkey, &vkey, &err));
    ck_assert_msg(note_sign(&vkey, key, go_text, &line, &err), "%s", err.message);
    ck_assert_str_eq(buffer_text(&line), go_line);
    sign_key_free(key);
    buffer_done(&line);
    buffer_done(&seed);
}
END_TEST

START_TEST(text_ends_at_the_last_empty_line)
{
    struct note_vkey vkey;
    struct error err = ERROR_INIT;
    bool found = true;

    ck_assert(note_vkey_parse(c2sp_vkey, &vkey, &err));
    ck_assert_msg(
        note_find_signature(bytes(c2sp_poem), strlen(c2sp_poem), &vkey, &found, NULL, &err), "%s",
        err.message);
    ck_assert(!found);
    ck_assert(!note_verify(bytes(c2sp_poem), strlen(c2sp_poem), &vkey, NULL, &err));
    ck_assert_int_eq(err.code, ERROR_VERIFY);
    ck_assert_str_eq(err.message,
                     "the note is not signed by \"example.com/foo\" (key 530d903a); get "
                     "it from its publisher");
}
END_TEST

START_TEST(note_with_any_changed_bit_of_text_or_signature_is_refused)
{
    struct party log = fixture_log(), witness = fixture_witness();
    const struct party *parties[] = {&log, &witness};
    struct buffer note = BUFFER_INIT(NOTE_TEXT_SIZE);
    size_t line_at[3]; /* the log's line, the witness's line, the end */
    struct error err = ERROR_INIT;

    fixture_note(&note, &log, &witness);
    line_at[0] = (size_t)(strstr(buffer_text(&note), "\n\n") + 2 - buffer_text(&note));
    line_at[1] = line_at[0] + strcspn(buffer_text(&note) + line_at[0], "\n") + 1;
    line_at[2] = note.size;
    for (size_t i = 0; i < ARRAY_COUNT(parties); i++) {
        error_clear(&err);
        ck_assert(note_verify(note.data, note.size, &parties[i]->vkey, NULL, &err));
        for (size_t bit = 0; bit < note.size * 8; bit++) {
            bool is_others = bit / 8 >= line_at[1 - i] && bit / 8 < line_at[2 - i];

            /* The other's line may change and still be some unknown key's line. */
            if (is_others) continue;
            note.data[bit / 8] ^= (uint8_t)(1U << bit % 8);
            error_clear(&err);
            ck_assert_msg(!note_verify(note.data, note.size, &parties[i]->vkey, NULL, &err),
                          "bit %zu was changed", bit);
            note.data[bit / 8] ^= (uint8_t)(1U << bit % 8);
        }
    }
    buffer_done(&note);
    sign_key_free(log.key);
    sign_key_free(witness.key);
}
END_TEST

START_TEST(bytes_that_are_no_note_are_refused)
{
    static const struct {
        const char *before;
        const char *after;
        enum error_code code;
        const char *why;
    } bad[] = {
        {"", "", ERROR_INPUT, "nothing"},
        {"This is an example message.\n", "", ERROR_INPUT, "no signatures"},
        {"This is an example message.\n\n", "", ERROR_INPUT, "no signature after the empty line"},
        {c2sp_note, "x", ERROR_INPUT, "no newline at the end"},
        {c2sp_note, "\n", ERROR_INPUT, "an empty line at the end"},
        {c2sp_note, "x\n", ERROR_INPUT, "a line that is no signature"},
        {c2sp_note, "— a\n", ERROR_INPUT, "no base64"},
        {c2sp_note, "—  AAAAAAA=\n", ERROR_INPUT, "an empty name"},
        {c2sp_note, "— a b AAAAAAA=\n", ERROR_INPUT, "a name with a space"},
        {c2sp_note, "— a+b AAAAAAA=\n", ERROR_INPUT, "a name with a plus"},
        {c2sp_note, "— a AAAAAA==\n", ERROR_INPUT, "a key id and no signature"},
        {c2sp_note, "— a AAAAAAA\n", ERROR_INPUT, "base64 without its padding"},
        {c2sp_note, "— a AAAAAAA= \n", ERROR_INPUT, "a space after it"},
        {c2sp_note, "- a AAAAAAA=\n", ERROR_INPUT, "a hyphen for a dash"},
        {c2sp_note, "— a AAAAAAA=\r\n", ERROR_ENCODING, "a carriage return"},
        {"tab\t\n\n— a AAAAAAA=\n", "", ERROR_ENCODING, "a tab"},
        {"\xff\n\n— a AAAAAAA=\n", "", ERROR_ENCODING, "not UTF-8"},
    };
    struct note_vkey vkey;
    struct error err = ERROR_INIT;

    ck_assert(note_vkey_parse(c2sp_vkey, &vkey, &err));
    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        struct buffer note = BUFFER_INIT(NOTE_TEXT_SIZE);

        error_clear(&err);
        ck_assert(buffer_append_format(&note, &err, "%s%s", bad[i].before, bad[i].after));
        ck_assert_msg(!note_verify(bytes(buffer_text(&note)), note.size, &vkey, NULL, &err),
                      "accepted: %s", bad[i].why);
        ck_assert_msg(err.code == bad[i].code, "%s: %s", bad[i].why, err.message);
        buffer_done(&note);
    }
}
END_TEST

START_TEST(lines_of_unknown_keys_are_ignored_and_wrong_ones_of_known_keys_are_not)
{
    static const struct {
        const char *line;
        bool is_accepted;
        const char *why;
    } cases[] = {
        {"— other.example AAAAAAA=\n", true, "another name and id"},
        {"— other.example Uw2QOkn8\n", true, "the known id, another name"},
        {"— example.com/foo AAAAAAA=\n", true, "the known name, another id"},
        {"— example.com/foo "
         "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuw"
         "HjG1Yu72IneyaQM=\n",
         true, "the same again"},
        {"— example.com/foo "
         "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuw"
         "HjG1Yu72IneyaQI=\n",
         false, "the known key, its last byte changed"},
        {"— example.com/foo Uw2QOkn8\n", false, "the known key, and 2 bytes of signature"},
    };
    struct note_vkey vkey;
    struct error err = ERROR_INIT;

    ck_assert(note_vkey_parse(c2sp_vkey, &vkey, &err));
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct buffer note = BUFFER_INIT(NOTE_TEXT_SIZE);

        error_clear(&err);
        ck_assert(buffer_append_format(&note, &err, "%s%s", c2sp_note, cases[i].line));
        ck_assert_msg(note_verify(note.data, note.size, &vkey, NULL, &err) == cases[i].is_accepted,
                      "%s", cases[i].why);
        if (!cases[i].is_accepted) {
            ck_assert_int_eq(err.code, ERROR_VERIFY);
            ck_assert_str_eq(err.place, "signature of example.com/foo");
        }
        buffer_done(&note);
    }
}
END_TEST

/* Append a line of an unknown key whose signature has `size` bytes, a multiple of 3. */
static void append_unknown(struct buffer *note, size_t size)
{
    struct error err = ERROR_INIT;

    ck_assert(buffer_append_text(note, "— pq.example/w ", &err));
    for (size_t i = 0; i < size; i += 3)
        ck_assert(buffer_append_text(note, "AAAA", &err));
    ck_assert(buffer_append_byte(note, '\n', &err));
}

START_TEST(signatures_have_limits_that_leave_room_for_16_large_ones)
{
    struct buffer note = BUFFER_INIT(4 * NOTE_SIZE_BYTES_MAX);
    struct note_vkey vkey;
    struct error err = ERROR_INIT;

    ck_assert(note_vkey_parse(c2sp_vkey, &vkey, &err));
    ck_assert(buffer_append_text(&note, c2sp_note, &err));
    for (int i = 0; i < 15; i++)
        append_unknown(&note, 5001);
    ck_assert_msg(note_verify(note.data, note.size, &vkey, NULL, &err), "%s", err.message);
    buffer_reset(&note);
    ck_assert(buffer_append_text(&note, c2sp_note, &err));
    for (int i = 1; i < NOTE_SIGNATURES_MAX; i++)
        append_unknown(&note, 66);
    ck_assert_msg(note_verify(note.data, note.size, &vkey, NULL, &err), "%s", err.message);
    append_unknown(&note, 66);
    ck_assert(!note_verify(note.data, note.size, &vkey, NULL, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    error_clear(&err);
    append_unknown(&note, NOTE_SIZE_BYTES_MAX);
    ck_assert(!note_verify(note.data, note.size, &vkey, NULL, &err));
    ck_assert_int_eq(err.code, ERROR_LIMIT);
    buffer_done(&note);
}
END_TEST

START_TEST(only_the_key_in_hand_signs_and_only_text_that_a_note_may_hold)
{
    static const struct {
        const char *text;
        enum error_code code;
        const char *why;
    } bad[] = {
        {"", ERROR_INPUT, "empty"},
        {"no newline", ERROR_INPUT, "no newline"},
        {"a\rb\n", ERROR_ENCODING, "a control character"},
        {"\xc3\n", ERROR_ENCODING, "not UTF-8"},
    };
    struct party log = fixture_log(), witness = fixture_witness();
    struct buffer line = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        error_clear(&err);
        ck_assert_msg(!note_sign(&log.vkey, log.key, bad[i].text, &line, &err), "signed: %s",
                      bad[i].why);
        ck_assert_int_eq(err.code, bad[i].code);
    }
    error_clear(&err);
    ck_assert(!note_sign(&log.vkey, witness.key, "text\n", &line, &err));
    ck_assert_int_eq(err.code, ERROR_KEY);
    error_clear(&err);
    ck_assert(!note_sign(&witness.vkey, witness.key, "text\n", &line, &err));
    ck_assert_int_eq(err.code, ERROR_KEY);
    error_clear(&err);
    ck_assert(!note_cosign(&log.vkey, log.key, (instant_t){1}, "text\n", &line, &err));
    ck_assert_int_eq(err.code, ERROR_KEY);
    ck_assert_uint_eq(line.size, 0);
    sign_key_free(log.key);
    sign_key_free(witness.key);
}
END_TEST

/* ---- Cosignatures ---------------------------------------------------------------------------- */

START_TEST(cosignature_tells_its_time_the_latest_of_several)
{
    struct party log = fixture_log(), witness = fixture_witness();
    struct buffer note = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct buffer text = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct checkpoint checkpoint = fixture_checkpoint();
    struct error err = ERROR_INIT;
    instant_t time = {0};

    fixture_note(&note, &log, &witness);
    ck_assert(note_verify(note.data, note.size, &witness.vkey, &time, &err));
    ck_assert_int_eq(time.seconds, 1632988800);
    ck_assert(checkpoint_format(&checkpoint, &text, &err));
    ck_assert(note_cosign(&witness.vkey, witness.key, (instant_t){INT64_MAX}, buffer_text(&text),
                          &note, &err));
    ck_assert(
        note_cosign(&witness.vkey, witness.key, (instant_t){0}, buffer_text(&text), &note, &err));
    ck_assert_msg(note_verify(note.data, note.size, &witness.vkey, &time, &err), "%s", err.message);
    ck_assert(time.seconds == INT64_MAX);
    buffer_done(&text);
    buffer_done(&note);
    sign_key_free(log.key);
    sign_key_free(witness.key);
}
END_TEST

START_TEST(cosignature_with_another_time_is_refused)
{
    struct party witness = fixture_witness();
    struct checkpoint checkpoint = fixture_checkpoint();
    struct buffer text = BUFFER_INIT(NOTE_TEXT_SIZE), line = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct buffer signature = BUFFER_INIT(256), note = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct error err = ERROR_INIT;
    const char *base64;

    ck_assert(checkpoint_format(&checkpoint, &text, &err));
    ck_assert(note_cosign(&witness.vkey, witness.key, (instant_t){1632988800}, buffer_text(&text),
                          &line, &err));
    base64 = strrchr(buffer_text(&line), ' ') + 1;
    ck_assert(base64_decode(base64, strlen(base64) - 1, &signature, &err));
    ck_assert_uint_eq(signature.size, 4 + 8 + 64);
    for (size_t at = 4; at < 12; at++) { /* the time, big-endian, after the key id */
        for (int bit = 0; bit < 8; bit += 7) {
            signature.data[at] ^= (uint8_t)(1U << bit);
            buffer_reset(&note);
            error_clear(&err);
            ck_assert(buffer_append_format(&note, &err, "%s\n— %s ", buffer_text(&text),
                                           witness.vkey.name));
            ck_assert(base64_encode(signature.data, signature.size, &note, &err));
            ck_assert(buffer_append_byte(&note, '\n', &err));
            ck_assert(!note_verify(note.data, note.size, &witness.vkey, NULL, &err));
            ck_assert_int_eq(err.code, ERROR_VERIFY);
            signature.data[at] ^= (uint8_t)(1U << bit);
        }
    }
    buffer_done(&note);
    buffer_done(&signature);
    buffer_done(&line);
    buffer_done(&text);
    sign_key_free(witness.key);
}
END_TEST

START_TEST(only_checkpoints_are_cosigned)
{
    static const char *const bad[] = {
        "text\n",
        "mingzhang/611025000000\n17\n",
        "mingzhang/611025000000\n017\nSBPbFnQqzlXGFhkPIJYtmXzVGYtqGhMcVG8h3h3c3A0=\n",
        "mingzhang/611025000000\n17\nSBPbFnQqzlXGFhkPIJYtmXzVGYtqGhMcVG8h3h3c3A0=\n\nmore\n",
        "mingzhang/611025000000\n17\nSBPbFnQqzlXGFhkPIJYtmXzVGYtqGhMcVG8h3h3c3A0=\n\n",
    };
    struct party witness = fixture_witness();
    struct buffer line = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct checkpoint checkpoint = fixture_checkpoint();
    struct buffer text = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct error err = ERROR_INIT;

    for (size_t i = 0; i < ARRAY_COUNT(bad); i++) {
        error_clear(&err);
        ck_assert_msg(!note_cosign(&witness.vkey, witness.key, (instant_t){1}, bad[i], &line, &err),
                      "signed: %s", bad[i]);
        ck_assert_int_eq(err.code, ERROR_INPUT);
    }
    error_clear(&err);
    ck_assert(checkpoint_format(&checkpoint, &text, &err));
    ck_assert(
        !note_cosign(&witness.vkey, witness.key, (instant_t){-1}, buffer_text(&text), &line, &err));
    ck_assert_int_eq(err.code, ERROR_CLOCK);
    ck_assert_uint_eq(line.size, 0);
    buffer_done(&text);
    sign_key_free(witness.key);
}
END_TEST

/* ---- Go's own package ------------------------------------------------------------------------ */

/* Build note_peer.go in `folder`. */
static bool peer_build(const char *folder)
{
    char root[1024];

    if (!tool_exists("go with golang.org/x/mod",
                     "command -v go && test -r "
                     "/usr/share/gocode/src/golang.org/x/mod/sumdb/note/note.go")) {
        return false;
    }
    ck_assert_ptr_nonnull(getcwd(root, sizeof root));
    ck_assert(tool_run(folder,
                       "GOCACHE=\"$PWD/cache\" GOPATH=/usr/share/gocode GO111MODULE=off "
                       "go build -o peer '%s/tests/base/note_peer.go'",
                       root));
    return true;
}

START_TEST(note_of_ours_opens_in_go_and_one_of_go_opens_here)
{
    struct party log = fixture_log(), witness = fixture_witness();
    struct buffer note = BUFFER_INIT(NOTE_TEXT_SIZE), text = BUFFER_INIT(NOTE_TEXT_SIZE);
    struct checkpoint checkpoint = fixture_checkpoint();
    struct note_vkey vkey;
    struct error err = ERROR_INIT;
    char folder[SCRATCH_PATH_SIZE], log_key[NOTE_VKEY_TEXT_SIZE], witness_key[NOTE_VKEY_TEXT_SIZE];
    char theirs[NOTE_TEXT_SIZE];
    size_t size;

    scratch_make(folder);
    if (peer_build(folder)) {
        fixture_note(&note, &log, &witness);
        ck_assert(checkpoint_format(&checkpoint, &text, &err));
        scratch_write(folder, "note", note.data, note.size);
        ck_assert(tool_run(folder, "./peer open '%s' '%s' <note >text",
                           note_vkey_format(&log.vkey, log_key),
                           note_vkey_format(&witness.vkey, witness_key)));
        scratch_read(folder, "text", theirs, sizeof theirs);
        ck_assert_str_eq(theirs, buffer_text(&text));
        note.data[0] ^= 1;
        scratch_write(folder, "note", note.data, note.size);
        ck_assert(!tool_run(folder, "./peer open '%s' <note >text 2>&1", log_key));
        scratch_write(folder, "text", go_text, strlen(go_text));
        ck_assert(tool_run(folder, "./peer sign '%s' <text >note", go_skey));
        size = scratch_read(folder, "note", theirs, sizeof theirs);
        ck_assert(note_vkey_parse(go_vkey, &vkey, &err));
        ck_assert_msg(note_verify(bytes(theirs), size, &vkey, NULL, &err), "%s", err.message);
    }
    scratch_remove(folder);
    buffer_done(&text);
    buffer_done(&note);
    sign_key_free(log.key);
    sign_key_free(witness.key);
}
END_TEST

static Suite *suite_make(void)
{
    Suite *suite = suite_create("note");
    TCase *tests = tcase_create("note");

    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 60); /* a Go program is built */
    tcase_add_test(tests, verifier_keys_of_others_are_read_and_written_back);
    tcase_add_test(tests, one_key_has_another_id_for_each_name_and_use);
    tcase_add_test(tests, verifier_keys_that_are_none_are_refused);
    tcase_add_test(tests, names_have_no_spaces_in_any_script);
    tcase_add_test(tests, notes_of_others_verify);
    tcase_add_test(tests, signature_line_is_the_one_that_go_makes);
    tcase_add_test(tests, text_ends_at_the_last_empty_line);
    tcase_add_test(tests, note_with_any_changed_bit_of_text_or_signature_is_refused);
    tcase_add_test(tests, bytes_that_are_no_note_are_refused);
    tcase_add_test(tests, lines_of_unknown_keys_are_ignored_and_wrong_ones_of_known_keys_are_not);
    tcase_add_test(tests, signatures_have_limits_that_leave_room_for_16_large_ones);
    tcase_add_test(tests, only_the_key_in_hand_signs_and_only_text_that_a_note_may_hold);
    tcase_add_test(tests, cosignature_tells_its_time_the_latest_of_several);
    tcase_add_test(tests, cosignature_with_another_time_is_refused);
    tcase_add_test(tests, only_checkpoints_are_cosigned);
    tcase_add_test(tests, note_of_ours_opens_in_go_and_one_of_go_opens_here);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(suite_make());
    int failed;

    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
