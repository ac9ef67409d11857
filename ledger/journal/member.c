/*
 * member.c - the body of an entry held to its kind's table.
 *
 * 1. What the table doesn't name is refused, and so is what it names and the body lacks.
 * 2. Free text with an ID number, telephone or card number never gets in (DESIGN section 3.1).
 * 3. A sealed member is {"sealed":"<64 hex digits>"}; the value beside it is checked in seal.c.
 */
#include <assert.h>
#include <string.h>

#include "base/encode.h"
#include "base/language.h"
#include "base/text.h"
#include "ledger/journal/internal.h"

struct check {
    struct journal *journal;
    const struct json_document *document;
    const struct entry_member *member;
    uint32_t node;
    bool is_sealed; /* nobody sees it: its texts may hold numbers of people, though no code may */
};

/* ---- Plain values ---------------------------------------------------------------------------- */

static bool copy_text(const struct check *check, char *out, size_t out_size, struct error *err)
{
    const uint8_t *text;
    size_t size;

    if (json_type(check->document, check->node) != JSON_STRING)
        return error_set(err, ERROR_INPUT, "should be a string");
    text = json_string_value(check->document, check->node, &size);
    if (size >= out_size)
        return error_set(err, ERROR_LIMIT, "has %zu bytes; at most %zu are allowed", size,
                         out_size - 1);
    memcpy(out, text, size);
    out[size] = '\0';
    return true;
}

static bool refuse_finding(enum text_finding finding, struct error *err)
{
    return error_set(err, ERROR_INPUT,
                     "holds %s; entries are public for ever: take it out, people belong in sealed "
                     "values",
                     translate(text_finding_name(finding)));
}

static bool check_text(const struct check *check, struct error *err)
{
    char text[TEXT_SIZE_BYTES_MAX + 1];
    enum text_finding finding;
    size_t characters = 0;

    if (!copy_text(check, text, sizeof text, err)) return false;
    if (!text_is_plain(text))
        return error_set(err, ERROR_INPUT,
                         "holds a control character or one that is not seen; write it in one line "
                         "of plain text");
    for (const char *at = text; *at != '\0'; at++)
        characters += ((unsigned char)*at & 0xc0) != 0x80;
    if (characters > TEXT_CHARACTERS_MAX)
        return error_set(err, ERROR_LIMIT, "has %zu characters; at most %d are allowed", characters,
                         TEXT_CHARACTERS_MAX);
    finding = text_find_personal_number(text);
    return finding == TEXT_CLEAN || check->is_sealed || refuse_finding(finding, err);
}

/* Codes are made of digits often enough; only what is surely a person's is refused. */
static bool refuse_surely_personal(const char *text, struct error *err)
{
    enum text_finding finding = text_find_personal_number(text);

    if (finding == TEXT_ID_NUMBER || finding == TEXT_MOBILE_NUMBER)
        return refuse_finding(finding, err);
    return true;
}

static bool check_code(const struct check *check, bool may_be_empty, struct error *err)
{
    char text[128];

    if (!copy_text(check, text, sizeof text, err)) return false;
    if (may_be_empty && text[0] == '\0') return true;
    return text_check_code(text, check->member->name, err) && refuse_surely_personal(text, err);
}

static bool check_word(const struct check *check, struct error *err)
{
    char text[64];

    if (!copy_text(check, text, sizeof text, err)) return false;
    for (size_t i = 0; check->member->words[i] != NULL; i++)
        if (strcmp(text, check->member->words[i]) == 0) return true;
    return error_set(err, ERROR_INPUT, "\"%s\" is not one of its words; the first is \"%s\"", text,
                     check->member->words[0]);
}

static bool check_user(const struct check *check, struct error *err)
{
    char text[USER_CODE_SIZE];

    return copy_text(check, text, sizeof text, err) && text_check_user(text, err);
}

static bool check_division(const struct check *check, struct error *err)
{
    char text[DIVISION_CODE_SIZE];

    return copy_text(check, text, sizeof text, err) && division_code_check(text, err);
}

static bool check_uscc(const struct check *check, struct error *err)
{
    char text[USCC_SIZE];

    return copy_text(check, text, sizeof text, err) && (text[0] == '\0' || uscc_check(text, err));
}

/* The one telephone that is public: an office's. Digits, with hyphens for reading. */
static bool check_phone(const struct check *check, struct error *err)
{
    char text[24];
    enum text_finding finding;

    if (!copy_text(check, text, sizeof text, err)) return false;
    if (text[0] == '\0') return true;
    if (text[strspn(text, "0123456789-")] != '\0')
        return error_set(err, ERROR_INPUT, "\"%s\" is not a telephone number: digits and hyphens",
                         text);
    finding = text_find_personal_number(text);
    if (finding != TEXT_CLEAN && finding != TEXT_TELEPHONE && !check->is_sealed)
        return error_set(err, ERROR_INPUT,
                         "holds %s; an office's fixed line is public, a person's number is not",
                         translate(text_finding_name(finding)));
    if (strlen(text) < 5)
        return error_set(err, ERROR_INPUT, "\"%s\" is too short for a telephone number", text);
    return true;
}

static bool check_date(const struct check *check, bool may_be_empty, struct error *err)
{
    char text[DATE_TEXT_SIZE];
    date_t date;

    if (!copy_text(check, text, sizeof text, err)) return false;
    return (may_be_empty && text[0] == '\0') || date_parse(text, &date, err);
}

static bool check_month(const struct check *check, struct error *err)
{
    char text[MONTH_TEXT_SIZE];
    int32_t month;

    return copy_text(check, text, sizeof text, err) && month_parse(text, &month, err);
}

static bool check_hash(const struct check *check, struct error *err)
{
    char text[HASH_HEX_SIZE];
    hash_t hash;

    return copy_text(check, text, sizeof text, err) && hash_from_hex(text, &hash, err);
}

static bool check_nonce(const struct check *check, struct error *err)
{
    char text[NONCE_HEX_SIZE];
    uint8_t nonce[NONCE_HEX_SIZE / 2];

    return copy_text(check, text, sizeof text, err) &&
           hex_decode(text, strlen(text), nonce, sizeof nonce, err);
}

static bool check_base64(const struct check *check, struct error *err)
{
    const uint8_t *text;
    size_t size;

    if (json_type(check->document, check->node) != JSON_STRING)
        return error_set(err, ERROR_INPUT, "should be a string");
    text = json_string_value(check->document, check->node, &size);
    if (size == 0) return error_set(err, ERROR_INPUT, "should not be empty");
    buffer_reset(&check->journal->scratch);
    return base64_decode((const char *)text, size, &check->journal->scratch, err);
}

static bool check_note_key(const struct check *check, struct error *err)
{
    char text[NOTE_VKEY_TEXT_SIZE];
    struct note_vkey vkey;

    return copy_text(check, text, sizeof text, err) && note_vkey_parse(text, &vkey, err);
}

static bool check_integer(const struct check *check, int64_t least, struct error *err)
{
    if (json_type(check->document, check->node) != JSON_INTEGER)
        return error_set(err, ERROR_INPUT, "should be a whole number");
    if (json_integer_value(check->document, check->node) < least)
        return error_set(err, ERROR_INPUT, "is %lld; it is at least %lld",
                         (long long)json_integer_value(check->document, check->node),
                         (long long)least);
    return true;
}

static bool check_boolean(const struct check *check, struct error *err)
{
    enum json_type type = json_type(check->document, check->node);

    return type == JSON_TRUE || type == JSON_FALSE ||
           error_set(err, ERROR_INPUT, "should be true or false");
}

/* ---- Values of values ------------------------------------------------------------------------ */

static bool check_value(const struct check *check, struct error *err);

static bool check_members(const struct check *within, const struct entry_member *members,
                          uint32_t object, size_t *sealed_count, struct error *err);

static bool check_object(const struct check *check, uint32_t node, struct error *err)
{
    return check_members(check, check->member->members, node, NULL, err);
}

static bool check_array(const struct check *check, struct error *err)
{
    struct entry_member element = {.name = check->member->name,
                                   .type = check->member->element,
                                   .mark = MEMBER_PUBLIC,
                                   .words = check->member->words};
    struct check each = {check->journal, check->document, &element, JSON_NONE, check->is_sealed};
    size_t number = 1;

    if (json_type(check->document, check->node) != JSON_ARRAY)
        return error_set(err, ERROR_INPUT, "should be an array");
    for (uint32_t node = json_first(check->document, check->node); node != JSON_NONE;
         node = json_next(check->document, node), number++) {
        each.node = node;
        if (check->member->members != NULL ? !check_object(check, node, err)
                                           : !check_value(&each, err))
            return error_at(err, "%zu", number);
    }
    return true;
}

/* What no table describes still may not show a person: every string within is looked at. */
static bool check_any(const struct check *check, struct error *err)
{
    enum json_type type = json_type(check->document, check->node);
    struct check inner = *check;

    if (type == JSON_STRING) {
        char text[TEXT_SIZE_BYTES_MAX + 1];
        size_t size;

        (void)json_string_value(check->document, check->node, &size);
        if (size >= sizeof text) return true; /* longer than any text: keys, certificates */
        return copy_text(check, text, sizeof text, err) && refuse_surely_personal(text, err);
    }
    if (type != JSON_ARRAY && type != JSON_OBJECT) return true;
    for (inner.node = json_first(check->document, check->node); inner.node != JSON_NONE;
         inner.node = json_next(check->document, inner.node))
        if (!check_any(&inner, err)) return false;
    return true;
}

static bool check_value(const struct check *check, struct error *err)
{
    switch (check->member->type) {
    case MEMBER_TEXT:
        return check_text(check, err);
    case MEMBER_CODE:
        return check_code(check, false, err);
    case MEMBER_CODE_OR_EMPTY:
        return check_code(check, true, err);
    case MEMBER_WORD:
        return check_word(check, err);
    case MEMBER_USER:
        return check_user(check, err);
    case MEMBER_DIVISION:
        return check_division(check, err);
    case MEMBER_USCC:
        return check_uscc(check, err);
    case MEMBER_PHONE:
        return check_phone(check, err);
    case MEMBER_DATE:
        return check_date(check, false, err);
    case MEMBER_DATE_OR_EMPTY:
        return check_date(check, true, err);
    case MEMBER_MONTH:
        return check_month(check, err);
    case MEMBER_HASH:
        return check_hash(check, err);
    case MEMBER_NONCE:
        return check_nonce(check, err);
    case MEMBER_BASE64:
        return check_base64(check, err);
    case MEMBER_INTEGER:
        return check_integer(check, 0, err);
    case MEMBER_AMOUNT:
        return check_integer(check, 1, err);
    case MEMBER_SIGNED_AMOUNT:
        return check_integer(check, -JSON_INTEGER_MAX, err);
    case MEMBER_BOOLEAN:
        return check_boolean(check, err);
    case MEMBER_NOTE_KEY:
        return check_note_key(check, err);
    case MEMBER_OBJECT:
        if (json_type(check->document, check->node) != JSON_OBJECT)
            return error_set(err, ERROR_INPUT, "should be an object");
        return check_object(check, check->node, err);
    case MEMBER_ARRAY:
        return check_array(check, err);
    case MEMBER_ANY:
        return check_any(check, err);
    }
    return error_set(err, ERROR_STATE, "member %s is of no known type", check->member->name);
}

/* ---- Tables ---------------------------------------------------------------------------------- */

bool member_is_sealed(const struct json_document *document, uint32_t node, const uint8_t **out)
{
    const uint8_t *name;
    uint32_t value;
    size_t size;

    if (json_type(document, node) != JSON_OBJECT || json_count(document, node) != 1) return false;
    value = json_first(document, node);
    name = json_name_of(document, value, &size);
    if (size != 6 || memcmp(name, "sealed", 6) != 0) return false;
    if (json_type(document, value) != JSON_STRING) return false;
    *out = json_string_value(document, value, &size);
    return size == HASH_HEX_SIZE - 1;
}

static bool check_marked(const struct check *check, size_t *sealed_count, struct error *err)
{
    const uint8_t *mac;

    if (check->member->mark != MEMBER_PUBLIC && sealed_count != NULL &&
        member_is_sealed(check->document, check->node, &mac)) {
        (*sealed_count)++;
        return true;
    }
    if (check->member->mark == MEMBER_SEALED)
        return error_set(err, ERROR_INPUT, "should be sealed: {\"sealed\":\"64 hex digits\"}");
    return check_value(check, err);
}

int member_compare_name(const char *name, const uint8_t *other, size_t other_size)
{
    size_t size = strlen(name);
    int order = memcmp(name, other, size < other_size ? size : other_size);

    return order != 0 ? order : (size > other_size) - (size < other_size);
}

/* Go to the table's member of this name; what is passed over must be optional. */
static bool advance(const struct entry_member **member, const uint8_t *name, size_t name_size,
                    struct error *err)
{
    int order = -1;

    for (; (*member)->name != NULL; (*member)++) {
        order = member_compare_name((*member)->name, name, name_size);
        if (order >= 0) break;
        if (!(*member)->optional)
            return error_set(err, ERROR_INPUT, "member %s is missing", (*member)->name);
    }
    if ((*member)->name != NULL && order == 0) return true;
    return error_set(err, ERROR_INPUT, "there is no member \"%.*s\" here",
                     (int)(name_size < 64 ? name_size : 64), (const char *)name);
}

static bool check_members(const struct check *within, const struct entry_member *members,
                          uint32_t object, size_t *sealed_count, struct error *err)
{
    const struct json_document *document = within->document;
    struct check check = *within;
    size_t name_size;

    check.member = members;
    if (json_type(document, object) != JSON_OBJECT)
        return error_set(err, ERROR_INPUT, "should be an object");
    /* Table and canonical text are in the same order, so one walk meets every member of both. */
    for (check.node = json_first(document, object); check.node != JSON_NONE;
         check.node = json_next(document, check.node), check.member++) {
        const uint8_t *name = json_name_of(document, check.node, &name_size);

        if (!advance(&check.member, name, name_size, err)) return false;
        if (!check_marked(&check, sealed_count, err))
            return error_at(err, "%s", check.member->name);
    }
    for (; check.member->name != NULL; check.member++)
        if (!check.member->optional)
            return error_set(err, ERROR_INPUT, "member %s is missing", check.member->name);
    return true;
}

bool members_check(struct journal *journal, const struct entry_member *members,
                   const struct json_document *document, uint32_t object, size_t *sealed_count_out,
                   struct error *err)
{
    struct check body = {journal, document, NULL, JSON_NONE, false};

    return check_members(&body, members, object, sealed_count_out, err);
}

bool journal_check_value(struct journal *journal, const struct entry_member *members,
                         const struct json_document *document, uint32_t value, struct error *err)
{
    struct check sealed = {journal, document, NULL, JSON_NONE, true};

    return check_members(&sealed, members, value, NULL, err);
}
