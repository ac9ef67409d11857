/*
 * policy.c - C2SP tlog-policy: which logs are believed, and how many of which witnesses must have
 * seen a checkpoint before it is.
 *
 * One line, one word first: log, witness, group or quorum. Witnesses and groups are members, kept
 * in the order of their lines.
 *
 * 1. A group names only members before it, and a member is in one group at most, so that one pass
 *    in order counts every vote once.
 * 2. Names are opaque bytes; the format knows no Unicode.
 * 3. A key stands for one log and one witness at most, whatever names it is given.
 * 4. tlog-policy knows more types of keys than we do (tlog-cosignature: 0x06, ML-DSA-44). A log or
 *    witness with a type unknown here keeps its place, so that groups are as large as their authors
 *    made them, but no signature counts as its: a quorum gets harder to reach by it, never easier.
 */
#include "base/note.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/encode.h"
#include "base/note_text.h"

#define NO_MEMBER          SIZE_MAX
#define VKEY_TEXT_SIZE_MAX 16384 /* of any type; ML-DSA-87 has keys of 2592 bytes */
#define KEY_ID_SIZE        4

/* A key of some type; `vkey` holds when the type is known. */
struct policy_key {
    bool is_known;
    char name[NOTE_NAME_SIZE_MAX];
    struct note_vkey vkey;
    hash_t sha256; /* of the public key, whatever its type */
};

struct member {
    char name[NOTE_NAME_SIZE_MAX];
    bool is_witness;
    struct policy_key key; /* of a witness */
    uint64_t threshold;    /* of a group: so many members must have witnessed */
    size_t group;          /* index of the group that it is in, or NO_MEMBER */
};

struct note_policy {
    size_t log_count;
    struct policy_key logs[NOTE_POLICY_LOGS_MAX];
    size_t member_count;
    struct member members[NOTE_POLICY_MEMBERS_MAX];
    bool has_quorum;
    size_t quorum; /* index of a member; NO_MEMBER for "none" */
};

/* ---- Words ----------------------------------------------------------------------------------- */

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t';
}

/* Move `rest` past its next word; false when there is none. */
static bool take_word(struct slice *rest, struct slice *word_out)
{
    size_t size = 0;

    while (rest->size > 0 && is_blank(*rest->data)) {
        rest->data++;
        rest->size--;
    }
    while (size < rest->size && !is_blank(rest->data[size]))
        size++;
    *word_out = (struct slice){rest->data, size};
    rest->data += size;
    rest->size -= size;
    return size > 0;
}

/* Copy the next word, for which `what` is wanted, as a string. */
static bool take_string(struct slice *rest, const char *what, char *text, size_t text_size_max,
                        struct error *err)
{
    struct slice word;

    if (!take_word(rest, &word)) {
        return error_set(err, ERROR_INPUT, "the line ends where %s should be", what);
    }
    if (word.size >= text_size_max) {
        return error_set(err, ERROR_LIMIT, "%s of %zu bytes; at most %zu are allowed", what,
                         word.size, text_size_max - 1);
    }
    memcpy(text, word.data, word.size);
    text[word.size] = '\0';
    return true;
}

/* At most one word more, an URL, which we have no use for. */
static bool take_url(struct slice *rest, struct error *err)
{
    struct slice word;

    (void)take_word(rest, &word);
    if (!take_word(rest, &word)) return true;
    return error_set(err, ERROR_INPUT, "\"%.*s\" after the URL; take it out", (int)word.size,
                     (const char *)word.data);
}

/* The parts of a verifier key of any type: signed-note, "Verifier keys". Its id is checked only
 * where the type, and so how the id is made, is known. */
static bool split_vkey(const char *text, struct policy_key *out, struct buffer *data,
                       struct error *err)
{
    const char *id = strchr(text, '+');
    const char *base64 = id == NULL ? NULL : strchr(id + 1, '+');
    struct slice name = {(const uint8_t *)text, id == NULL ? 0 : (size_t)(id - text)};
    struct error ignored = ERROR_INIT;
    uint8_t bytes[KEY_ID_SIZE];

    if (base64 == NULL ||
        !hex_decode(id + 1, (size_t)(base64 - id - 1), bytes, sizeof bytes, &ignored) ||
        !base64_decode(base64 + 1, strlen(base64 + 1), data, &ignored) || data->size < 2) {
        return error_set(err, ERROR_KEY,
                         "not a verifier key of the form NAME+8 HEX DIGITS+BASE64; copy it whole");
    }
    if (!note_check_name(&name, err)) return false;
    memcpy(out->name, text, name.size);
    out->name[name.size] = '\0';
    out->sha256 = hash_sha256(data->data + 1, data->size - 1);
    return true;
}

static bool take_vkey(struct slice *rest, struct policy_key *out, struct error *err)
{
    struct buffer data = BUFFER_INIT(VKEY_TEXT_SIZE_MAX);
    struct policy_key key = {.is_known = false};
    char *text = malloc(VKEY_TEXT_SIZE_MAX);
    bool ok = false;

    if (text == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory for a policy; close other programs");
        goto out;
    }
    if (!take_string(rest, "a verifier key", text, VKEY_TEXT_SIZE_MAX, err)) goto out;
    if (!split_vkey(text, &key, &data, err)) goto out;
    key.is_known = data.data[0] == NOTE_KEY_ED25519 || data.data[0] == NOTE_KEY_COSIGNATURE;
    if (key.is_known && !note_vkey_parse(text, &key.vkey, err)) goto out;
    *out = key;
    ok = true;
out:
    free(text);
    buffer_done(&data);
    return ok;
}

/* ---- Lines ----------------------------------------------------------------------------------- */

static size_t find_member(const struct note_policy *policy, const char *name)
{
    for (size_t i = 0; i < policy->member_count; i++) {
        if (strcmp(policy->members[i].name, name) == 0) return i;
    }
    return NO_MEMBER;
}

static bool read_log(struct note_policy *policy, struct slice *rest, struct error *err)
{
    struct policy_key key;

    if (!take_vkey(rest, &key, err) || !take_url(rest, err)) return false;
    if (policy->log_count == NOTE_POLICY_LOGS_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d logs; split the policy",
                         NOTE_POLICY_LOGS_MAX);
    }
    for (size_t i = 0; i < policy->log_count; i++) {
        if (!hash_equal(&policy->logs[i].sha256, &key.sha256)) continue;
        return error_set(err, ERROR_INPUT,
                         "the key of log \"%s\" is that of log \"%s\" too; keep "
                         "one of them",
                         key.name, policy->logs[i].name);
    }
    policy->logs[policy->log_count++] = key;
    return true;
}

/* Read the name of a new member, which is not yet counted. */
static bool begin_member(struct note_policy *policy, struct slice *rest, struct member **out,
                         struct error *err)
{
    char name[NOTE_NAME_SIZE_MAX];
    struct member *member;

    if (!take_string(rest, "a name", name, sizeof name, err)) return false;
    if (strcmp(name, "none") == 0 || find_member(policy, name) != NO_MEMBER) {
        return error_set(err, ERROR_INPUT, "the name \"%s\" is taken; choose another", name);
    }
    if (policy->member_count == NOTE_POLICY_MEMBERS_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d witnesses and groups; split the policy",
                         NOTE_POLICY_MEMBERS_MAX);
    }
    member = &policy->members[policy->member_count];
    *member = (struct member){.group = NO_MEMBER};
    memcpy(member->name, name, strlen(name) + 1);
    *out = member;
    return true;
}

static bool read_witness(struct note_policy *policy, struct slice *rest, struct error *err)
{
    struct member *witness;

    if (!begin_member(policy, rest, &witness, err)) return false;
    if (!take_vkey(rest, &witness->key, err) || !take_url(rest, err)) return false;
    if (witness->key.is_known && witness->key.vkey.type != NOTE_KEY_COSIGNATURE) {
        return error_set(err, ERROR_KEY,
                         "witness \"%s\" has a key of type 0x%02x; a witness "
                         "cosigns with type 0x04",
                         witness->name, (unsigned)witness->key.vkey.type);
    }
    for (size_t i = 0; i < policy->member_count; i++) {
        const struct member *other = &policy->members[i];

        if (!other->is_witness || !hash_equal(&other->key.sha256, &witness->key.sha256)) continue;
        return error_set(err, ERROR_INPUT,
                         "the key of witness \"%s\" is that of witness \"%s\" "
                         "too; keep one of them",
                         witness->name, other->name);
    }
    witness->is_witness = true;
    policy->member_count++;
    return true;
}

/* Put the members that the rest of the line names into the group with index `group`. */
static bool take_members(struct note_policy *policy, size_t group, struct slice *rest,
                         uint64_t *count_out, struct error *err)
{
    char name[NOTE_NAME_SIZE_MAX];
    struct slice look = *rest, word;

    for (*count_out = 0; take_word(&look, &word); ++*count_out, look = *rest) {
        size_t member;

        if (!take_string(rest, "a name", name, sizeof name, err)) return false;
        member = find_member(policy, name);
        if (member == NO_MEMBER) {
            return error_set(err, ERROR_INPUT,
                             "no witness or group \"%s\" on the lines before; "
                             "define it first",
                             name);
        }
        if (policy->members[member].group != NO_MEMBER) {
            return error_set(err, ERROR_INPUT,
                             "\"%s\" is a member of a group already; name it "
                             "once",
                             name);
        }
        policy->members[member].group = group;
    }
    return true;
}

static bool read_group(struct note_policy *policy, struct slice *rest, struct error *err)
{
    struct member *group;
    struct slice rule;
    uint64_t count = 0;
    bool is_all, is_any;

    if (!begin_member(policy, rest, &group, err)) return false;
    if (!take_word(rest, &rule)) {
        return error_set(err, ERROR_INPUT,
                         "the line ends where \"all\", \"any\" or a number should "
                         "be");
    }
    if (!take_members(policy, policy->member_count, rest, &count, err)) return false;
    is_all = slice_equals(&rule, "all");
    is_any = slice_equals(&rule, "any");
    if (is_all || is_any) {
        group->threshold = is_all ? count : 1;
    } else if (!slice_read_decimal(&rule, &group->threshold)) {
        return error_set(err, ERROR_INPUT, "\"%.*s\" is not \"all\", \"any\" or a number",
                         (int)rule.size, (const char *)rule.data);
    }
    if (count == 0 || group->threshold < 1 || group->threshold > count) {
        return error_set(err, ERROR_INPUT,
                         "group \"%s\" wants %llu of %llu members; name at least "
                         "one, and want 1 to all of them",
                         group->name, (unsigned long long)group->threshold,
                         (unsigned long long)count);
    }
    policy->member_count++;
    return true;
}

static bool read_quorum(struct note_policy *policy, struct slice *rest, struct error *err)
{
    char name[NOTE_NAME_SIZE_MAX];
    struct slice word;
    size_t member = NO_MEMBER;

    if (policy->has_quorum) {
        return error_set(err, ERROR_INPUT, "a second quorum; keep one of them");
    }
    if (!take_string(rest, "a name", name, sizeof name, err)) return false;
    if (take_word(rest, &word)) {
        return error_set(err, ERROR_INPUT, "\"%.*s\" after the quorum's name; put both in a group",
                         (int)word.size, (const char *)word.data);
    }
    if (strcmp(name, "none") != 0) {
        member = find_member(policy, name);
        if (member == NO_MEMBER) {
            return error_set(err, ERROR_INPUT,
                             "no witness or group \"%s\" on the lines before; "
                             "define it first",
                             name);
        }
    }
    policy->has_quorum = true;
    policy->quorum = member;
    return true;
}

static bool read_line(struct note_policy *policy, struct slice *line, struct error *err)
{
    static const struct {
        const char *word;
        bool (*read)(struct note_policy *policy, struct slice *rest, struct error *err);
    } kinds[] = {{"log", read_log},
                 {"witness", read_witness},
                 {"group", read_group},
                 {"quorum", read_quorum}};
    struct slice word;

    for (size_t i = 0; i < line->size; i++) {
        if ((line->data[i] >= 0x20 && line->data[i] != 0x7f) || line->data[i] == '\t') continue;
        return error_set(err, ERROR_ENCODING, "the control character 0x%02x; take it out",
                         (unsigned)line->data[i]);
    }
    if (!take_word(line, &word) || word.data[0] == '#') return true;
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
        if (slice_equals(&word, kinds[i].word)) return kinds[i].read(policy, line, err);
    }
    return error_set(err, ERROR_INPUT, "\"%.*s\" is not log, witness, group or quorum",
                     (int)word.size, (const char *)word.data);
}

bool note_policy_parse(const uint8_t *data, size_t size, struct note_policy **out,
                       struct error *err)
{
    struct slice rest = {data, size}, line;
    struct note_policy *policy = NULL;
    int line_number = 0;
    bool ok = false;

    if (size > NOTE_POLICY_SIZE_BYTES_MAX) {
        (void)error_set(err, ERROR_LIMIT, "a policy of %zu bytes, more than %d; split it", size,
                        NOTE_POLICY_SIZE_BYTES_MAX);
        goto out;
    }
    policy = calloc(1, sizeof *policy);
    if (policy == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no memory for a policy; close other programs");
        goto out;
    }
    while (slice_take_line(&rest, &line)) {
        line_number++;
        if (read_line(policy, &line, err)) continue;
        (void)error_at(err, "%d", line_number);
        goto out;
    }
    /* Not a formality: a last line that was cut might ask for less than the whole one. */
    if (rest.size > 0) {
        (void)error_set(err, ERROR_INPUT, "the policy's last line has no newline; get it whole");
        goto out;
    }
    if (!policy->has_quorum) {
        (void)error_set(err, ERROR_INPUT,
                        "the policy has no quorum line; write \"quorum none\" if "
                        "no witness is needed");
        goto out;
    }
    *out = policy;
    policy = NULL;
    ok = true;
out:
    note_policy_free(policy);
    return ok;
}

void note_policy_free(struct note_policy *policy)
{
    free(policy);
}

/* ---- Judging --------------------------------------------------------------------------------- */

const struct note_vkey *note_policy_log(const struct note_policy *policy, const char *origin)
{
    for (size_t i = 0; i < policy->log_count; i++) {
        if (policy->logs[i].is_known && strcmp(policy->logs[i].name, origin) == 0) {
            return &policy->logs[i].vkey;
        }
    }
    return NULL;
}

bool note_policy_check_quorum(const struct note_policy *policy, const uint8_t *note, size_t size,
                              struct error *err)
{
    uint64_t votes[NOTE_POLICY_MEMBERS_MAX] = {0};
    bool is_met = policy->quorum == NO_MEMBER;

    for (size_t i = 0; i < policy->member_count; i++) {
        const struct member *member = &policy->members[i];
        bool has_witnessed = false;

        if (!member->is_witness) {
            has_witnessed = votes[i] >= member->threshold;
        } else if (member->key.is_known &&
                   !note_find_signature(note, size, &member->key.vkey, &has_witnessed, NULL, err)) {
            return false;
        }
        if (!has_witnessed) continue;
        assert(member->group == NO_MEMBER || member->group > i);
        if (member->group != NO_MEMBER) votes[member->group]++;
        if (policy->quorum == i) is_met = true;
    }
    if (is_met) return true;
    return error_set(err, ERROR_VERIFY,
                     "the checkpoint lacks the cosignatures that the policy asks "
                     "for (quorum \"%s\"); get one that more witnesses have signed",
                     policy->members[policy->quorum].name);
}

bool note_policy_open(const struct note_policy *policy, const uint8_t *note, size_t size,
                      struct checkpoint *out, struct error *err)
{
    struct checkpoint checkpoint;
    bool is_signed = false;

    if (!checkpoint_parse(note, size, &checkpoint, err)) return false;
    for (size_t i = 0; i < policy->log_count; i++) {
        bool found;

        if (!policy->logs[i].is_known || strcmp(policy->logs[i].name, checkpoint.origin) != 0)
            continue;
        if (!note_find_signature(note, size, &policy->logs[i].vkey, &found, NULL, err))
            return false;
        if (found) is_signed = true;
    }
    if (!is_signed) {
        return error_set(err, ERROR_VERIFY,
                         "the checkpoint of \"%s\" is signed by no log of the "
                         "policy; get the policy or the checkpoint again",
                         checkpoint.origin);
    }
    if (!note_policy_check_quorum(policy, note, size, err)) return false;
    *out = checkpoint;
    return true;
}
