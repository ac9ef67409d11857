/*
 * shapes.c - is a value what its row of the table says?
 *
 * 1. Exactly: an object has the members of its table, no more, no fewer.
 * 2. Texts in clear hold no personal number (DESIGN section 3.1).
 */
#include "audit/verify/kinds.h"

#include <assert.h>
#include <string.h>

#include "base/compiler.h"
#include "base/date.h"
#include "base/encode.h"
#include "base/identity.h"
#include "base/language.h"
#include "base/note.h"
#include "base/sign.h"
#include "base/text.h"

#define BASE64_SIZE_MAX     32768 /* of a certificate */
#define KEY_TEXT_SIZE       44
#define SIGNATURE_TEXT_SIZE 88
#define VOUCHER_TEXT_SIZE   11 /* "2021-000001" */
#define NONCE_TEXT_SIZE     32

/* ---- Strings -------------------------------------------------------------------------------- */

static bool refuse(const struct shape *shape, struct error *err, const char *what)
{
    return error_set(err, ERROR_VERIFY, "member \"%s\" %s", shape->name, translate(what));
}

static size_t count_characters(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        count += ((uint8_t)*text & 0xc0) != 0x80;
    return count;
}

static bool has_digits(const char *text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
    }
    return true;
}

static bool is_voucher(const char *text, size_t size)
{
    return size == VOUCHER_TEXT_SIZE && has_digits(text, 0, 4) && text[4] == '-' &&
           has_digits(text, 5, VOUCHER_TEXT_SIZE);
}

static bool is_period(const char *text, size_t size)
{
    struct error ignored = ERROR_INIT;
    int32_t month;

    if (size == 4) return has_digits(text, 0, 4);
    if (size != 7 || !has_digits(text, 0, 4)) return false;
    if (text[4] == '-' && text[5] == 'Q') return text[6] >= '1' && text[6] <= '4';
    return month_parse(text, &month, &ignored);
}

static bool is_hex(const char *text, size_t size, size_t wanted)
{
    if (size != wanted) return false;
    for (size_t i = 0; i < size; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';

        if (!is_digit && (text[i] < 'a' || text[i] > 'f')) return false;
    }
    return true;
}

static bool is_base64(const char *text, size_t size)
{
    struct error ignored = ERROR_INIT;
    struct buffer bytes = BUFFER_INIT(BASE64_SIZE_MAX);
    bool ok = size > 0 && base64_decode(text, size, &bytes, &ignored);

    buffer_done(&bytes);
    return ok;
}

/* The rules below take text that ends with a NUL and its size. */

static bool is_code(const char *text, size_t size)
{
    struct error ignored = ERROR_INIT;
    enum text_finding finding;

    (void)size;
    if (!text_check_code(text, "code", &ignored)) return false;
    finding = text_find_personal_number(text);
    return finding != TEXT_ID_NUMBER && finding != TEXT_MOBILE_NUMBER;
}

static bool is_user(const char *text, size_t size)
{
    struct error ignored = ERROR_INIT;

    (void)size;
    return text_check_user(text, &ignored);
}

static bool is_id_number(const char *text, size_t size)
{
    return size == ID_CARD_SIZE - 1 && text[size - 1] != 'x' && id_card_has_form(text);
}

static bool is_division(const char *text, size_t size)
{
    struct error ignored = ERROR_INIT;

    (void)size;
    return division_code_check(text, &ignored);
}

static bool is_uscc(const char *text, size_t size)
{
    struct error ignored = ERROR_INIT;

    (void)size;
    return uscc_check(text, &ignored);
}

static bool is_date(const char *text, size_t size)
{
    struct error ignored = ERROR_INIT;
    date_t date;

    (void)size;
    return date_parse(text, &date, &ignored);
}

static bool is_month(const char *text, size_t size)
{
    struct error ignored = ERROR_INIT;
    int32_t month;

    (void)size;
    return month_parse(text, &month, &ignored);
}

static bool is_hash(const char *text, size_t size)
{
    return is_hex(text, size, HASH_HEX_SIZE - 1);
}

static bool is_nonce(const char *text, size_t size)
{
    return is_hex(text, size, NONCE_TEXT_SIZE);
}

static bool is_key(const char *text, size_t size)
{
    return size == KEY_TEXT_SIZE && is_base64(text, size);
}

static bool is_signature(const char *text, size_t size)
{
    return size == SIGNATURE_TEXT_SIZE && is_base64(text, size);
}

static bool is_note_key(const char *text, size_t size)
{
    struct error ignored = ERROR_INIT;
    struct note_vkey vkey;

    (void)size;
    return note_vkey_parse(text, &vkey, &ignored);
}

static const struct {
    bool (*holds)(const char *text, size_t size);
    bool may_be_empty;
    const char *refusal;
} rules[] = {
    [SHAPE_CODE] = {is_code, false, N_("is no code")},
    [SHAPE_CODE_OR_EMPTY] = {is_code, true, N_("is no code")},
    [SHAPE_ID_NUMBER] = {is_id_number, false, N_("is no ID number in its 18-character form")},
    [SHAPE_USER] = {is_user, false, N_("is no user's code")},
    [SHAPE_DIVISION] = {is_division, false, N_("is no division code")},
    [SHAPE_DIVISION_OR_EMPTY] = {is_division, true, N_("is no division code")},
    [SHAPE_USCC] = {is_uscc, false, N_("is no unified social credit code")},
    [SHAPE_USCC_OR_EMPTY] = {is_uscc, true, N_("is no unified social credit code")},
    [SHAPE_DATE] = {is_date, false, N_("is no date")},
    [SHAPE_DATE_OR_EMPTY] = {is_date, true, N_("is no date")},
    [SHAPE_MONTH] = {is_month, false, N_("is no month")},
    [SHAPE_PERIOD] = {is_period, false, N_("is no period")},
    [SHAPE_VOUCHER] = {is_voucher, false, N_("is no voucher number")},
    [SHAPE_VOUCHER_OR_EMPTY] = {is_voucher, true, N_("is no voucher number")},
    [SHAPE_HASH] = {is_hash, false, N_("is not 64 hexadecimal digits")},
    [SHAPE_NONCE] = {is_nonce, false, N_("is not 32 hexadecimal digits")},
    [SHAPE_KEY] = {is_key, false, N_("is not base64 of a 32-byte key")},
    [SHAPE_SIGNATURE] = {is_signature, false, N_("is not base64 of a 64-byte signature")},
    [SHAPE_NOTE_KEY] = {is_note_key, false, N_("is no verifier key of a log")},
};

/* ---- Kinds of values ------------------------------------------------------------------------ */

/* Copy a string's bytes to `text` with a NUL. */
static bool copy_string(const struct shape_source *source, uint32_t node, const struct shape *shape,
                        char text[TEXT_SIZE_MAX], struct error *err)
{
    const uint8_t *value;
    size_t size;

    if (json_type(source->document, node) != JSON_STRING)
        return refuse(shape, err, N_("is no string"));
    value = json_string_value(source->document, node, &size);
    if (size >= TEXT_SIZE_MAX) return refuse(shape, err, N_("is too long"));
    memcpy(text, value, size);
    text[size] = '\0';
    return true;
}

static bool check_string(const struct shape_source *source, uint32_t node,
                         const struct shape *shape, struct error *err)
{
    char text[TEXT_SIZE_MAX];

    return copy_string(source, node, shape, text, err);
}

static bool check_clear_text(const struct shape_source *source, uint32_t node,
                             const struct shape *shape, struct error *err)
{
    char text[TEXT_SIZE_MAX];
    enum text_finding finding;

    if (!copy_string(source, node, shape, text, err)) return false;
    if ((shape->type == SHAPE_SOME_TEXT || shape->type == SHAPE_PHONE) && text[0] == '\0')
        return refuse(shape, err, N_("is empty"));
    if (count_characters(text) > TEXT_CHARACTERS_MAX) {
        return refuse(shape, err, N_("is longer than 500 characters"));
    }
    if (!text_is_plain(text)) return refuse(shape, err, N_("holds a character that isn't seen"));
    finding = text_find_personal_number(text);
    if (finding == TEXT_CLEAN) return true;
    if ((shape->type == SHAPE_PHONE || shape->type == SHAPE_PHONE_OR_EMPTY) &&
        finding == TEXT_TELEPHONE)
        return true;
    return error_set(err, ERROR_VERIFY, "member \"%s\" shows %s in clear", shape->name,
                     translate(text_finding_name(finding)));
}

static bool check_word(const struct shape_source *source, uint32_t node, const struct shape *shape,
                       struct error *err)
{
    for (const char *const *word = shape->words; *word != NULL; word++) {
        if (json_string_equals(source->document, node, *word)) return true;
    }
    return refuse(shape, err, N_("is none of the words allowed"));
}

static bool check_rule(const struct shape_source *source, uint32_t node, const struct shape *shape,
                       struct error *err)
{
    char text[TEXT_SIZE_MAX];
    size_t size;

    if (!copy_string(source, node, shape, text, err)) return false;
    size = strlen(text);
    if (size == 0 && rules[shape->type].may_be_empty) return true;
    return rules[shape->type].holds(text, size) || refuse(shape, err, rules[shape->type].refusal);
}

/* Longer than what check_rule() copies. */
static bool check_base64(const struct shape_source *source, uint32_t node,
                         const struct shape *shape, struct error *err)
{
    const uint8_t *text;
    size_t size;

    if (json_type(source->document, node) != JSON_STRING)
        return refuse(shape, err, N_("is no string"));
    text = json_string_value(source->document, node, &size);
    return is_base64((const char *)text, size) || refuse(shape, err, N_("is not base64"));
}
static bool check_integer(const struct shape_source *source, uint32_t node,
                          const struct shape *shape, struct error *err)
{
    int64_t value;

    if (json_type(source->document, node) != JSON_INTEGER)
        return refuse(shape, err, N_("is no whole number"));
    value = json_integer_value(source->document, node);
    if (shape->type == SHAPE_COUNT && value < 0) return refuse(shape, err, N_("is below 0"));
    if (shape->type == SHAPE_POSITIVE && value < 1) return refuse(shape, err, N_("is not above 0"));
    if (shape->type == SHAPE_PERSONS && value < 3)
        return refuse(shape, err, N_("tells of fewer than three people"));
    return true;
}

/* Does a number or string come after the one before it, strings in the order of bytes? */
static bool is_after(const struct json_document *document, uint32_t before, uint32_t node)
{
    size_t a_size, b_size;
    const uint8_t *a, *b;
    int order;

    if (json_type(document, node) == JSON_INTEGER) {
        return json_integer_value(document, before) < json_integer_value(document, node);
    }
    a = json_string_value(document, before, &a_size);
    b = json_string_value(document, node, &b_size);
    order = memcmp(a, b, a_size < b_size ? a_size : b_size);
    return order < 0 || (order == 0 && a_size < b_size);
}

static bool check_array(const struct shape_source *source, uint32_t node, const struct shape *shape,
                        struct error *err)
{
    struct shape element = *shape;
    uint32_t before = JSON_NONE;

    if (json_type(source->document, node) != JSON_ARRAY)
        return refuse(shape, err, N_("is no array"));
    if (shape->count_max > 0 && json_count(source->document, node) > shape->count_max) {
        return refuse(shape, err, "has too many elements");
    }
    element.type = shape->type == SHAPE_OBJECTS ? SHAPE_OBJECT : shape->element;
    element.seal = SEAL_NEVER;
    for (uint32_t at = json_first(source->document, node); at != JSON_NONE;
         at = json_next(source->document, at)) {
        if (!shape_check(source, at, &element, err)) return false;
        if (shape->is_sorted && before != JSON_NONE && !is_after(source->document, before, at)) {
            return refuse(shape, err, N_("is not sorted"));
        }
        before = at;
    }
    return true;
}

/* Each digit's value plus one; 0 for what is no lowercase hex digit. */
static const uint8_t digit_values[256] = {
    ['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

bool shape_read_hash(const uint8_t *text, size_t size, hash_t *out)
{
    hash_t hash;
    unsigned bad = 0;

    if (size != 2 * HASH_SIZE) return false;
    for (size_t i = 0; i < HASH_SIZE; i++) {
        unsigned high = digit_values[text[2 * i]], low = digit_values[text[2 * i + 1]];

        bad |= high == 0 || low == 0;
        hash.bytes[i] = (uint8_t)((high - 1) << 4 | ((low - 1) & 0xf));
    }
    if (bad != 0) return false;
    *out = hash;
    return true;
}

bool shape_is_sealed(const struct json_document *document, uint32_t node, hash_t *hash_out)
{
    uint32_t value = json_member(document, node, "sealed");
    size_t size;
    const uint8_t *text;

    if (value == JSON_NONE || json_count(document, node) != 1) return false;
    if (json_type(document, value) != JSON_STRING) return false;
    text = json_string_value(document, value, &size);
    return shape_read_hash(text, size, hash_out);
}

static bool check_boolean(const struct shape_source *source, uint32_t node,
                          const struct shape *shape, struct error *err)
{
    enum json_type type = json_type(source->document, node);

    return type == JSON_TRUE || type == JSON_FALSE ||
           refuse(shape, err, N_("is neither true nor false"));
}

static bool check_object(const struct shape_source *source, uint32_t node,
                         const struct shape *shape, struct error *err)
{
    if (json_type(source->document, node) != JSON_OBJECT)
        return refuse(shape, err, N_("is no object"));
    if (shape->type == SHAPE_ANY_OBJECT) return true;
    return shape_check_members(source, node, shape->members, err);
}

/* clang-format off */
static bool (*const checks[])(const struct shape_source *source, uint32_t node,
                              const struct shape *shape, struct error *err) = {
    [SHAPE_TEXT] = check_clear_text,
    [SHAPE_SOME_TEXT] = check_clear_text,
    [SHAPE_PHONE] = check_clear_text,
    [SHAPE_PHONE_OR_EMPTY] = check_clear_text,
    [SHAPE_STRING] = check_string,
    [SHAPE_ID_NUMBER] = check_rule,
    [SHAPE_WORD] = check_word,
    [SHAPE_CODE] = check_rule,
    [SHAPE_CODE_OR_EMPTY] = check_rule,
    [SHAPE_USER] = check_rule,
    [SHAPE_DIVISION] = check_rule,
    [SHAPE_DIVISION_OR_EMPTY] = check_rule,
    [SHAPE_USCC] = check_rule,
    [SHAPE_USCC_OR_EMPTY] = check_rule,
    [SHAPE_DATE] = check_rule,
    [SHAPE_DATE_OR_EMPTY] = check_rule,
    [SHAPE_MONTH] = check_rule,
    [SHAPE_PERIOD] = check_rule,
    [SHAPE_VOUCHER] = check_rule,
    [SHAPE_VOUCHER_OR_EMPTY] = check_rule,
    [SHAPE_HASH] = check_rule,
    [SHAPE_NONCE] = check_rule,
    [SHAPE_KEY] = check_rule,
    [SHAPE_SIGNATURE] = check_rule,
    [SHAPE_NOTE_KEY] = check_rule,
    [SHAPE_BASE64] = check_base64,
    [SHAPE_INTEGER] = check_integer,
    [SHAPE_COUNT] = check_integer,
    [SHAPE_POSITIVE] = check_integer,
    [SHAPE_PERSONS] = check_integer,
    [SHAPE_BOOLEAN] = check_boolean,
    [SHAPE_OBJECT] = check_object,
    [SHAPE_ANY_OBJECT] = check_object,
    [SHAPE_OBJECTS] = check_array,
    [SHAPE_LIST] = check_array,
};
/* clang-format on */

bool shape_check(const struct shape_source *source, uint32_t node, const struct shape *shape,
                 struct error *err)
{
    hash_t ignored;

    if (shape->seal != SEAL_NEVER && shape_is_sealed(source->document, node, &ignored)) return true;
    if (shape->seal == SEAL_ALWAYS) return refuse(shape, err, N_("is not sealed"));
    assert((size_t)shape->type < ARRAY_COUNT(checks) && checks[shape->type] != NULL);
    return checks[shape->type](source, node, shape, err);
}

/* Values of these types come again and again, and cost more to check than to compare. */
static const bool is_kept[] = {
    [SHAPE_TEXT] = true,     [SHAPE_SOME_TEXT] = true, [SHAPE_CODE] = true, [SHAPE_USER] = true,
    [SHAPE_DIVISION] = true, [SHAPE_DATE] = true,      [SHAPE_WORD] = true, [SHAPE_OBJECT] = true,
};

bool shape_check_kept(const struct shape_source *source, uint32_t node, const struct shape *shape,
                      struct error *err)
{
    size_t at = (uintptr_t)shape / sizeof *shape % SHAPE_CACHE_SLOTS, size;
    const uint8_t *bytes;

    if (source->cache == NULL || (size_t)shape->type >= ARRAY_COUNT(is_kept) ||
        !is_kept[shape->type])
        return shape_check(source, node, shape, err);
    bytes = json_source(source->document, node, &size);
    if (source->cache->slots[at].shape == shape && source->cache->slots[at].size == size &&
        memcmp(source->cache->slots[at].bytes, bytes, size) == 0)
        return true;
    if (!shape_check(source, node, shape, err)) return false;
    if (size > SHAPE_CACHE_BYTES_MAX) return true;
    source->cache->slots[at].shape = shape;
    source->cache->slots[at].size = size;
    memcpy(source->cache->slots[at].bytes, bytes, size);
    return true;
}

static bool refuse_stranger(const struct json_document *document, uint32_t node, struct error *err)
{
    size_t size;
    const uint8_t *name = json_name_of(document, node, &size);

    return error_set(err, ERROR_VERIFY, "member \"%.*s\" doesn't belong there",
                     size < 64 ? (int)size : 64, (const char *)name);
}

bool shape_check_members(const struct shape_source *source, uint32_t object,
                         const struct shape *members, struct error *err)
{
    uint32_t at = json_first(source->document, object);

    for (const struct shape *shape = members; shape->name != NULL; shape++) {
        size_t size = 0;
        const uint8_t *name = at == JSON_NONE ? NULL : json_name_of(source->document, at, &size);

        if (name == NULL || strlen(shape->name) != size || memcmp(shape->name, name, size) != 0) {
            if (shape->is_optional) continue;
            /* A stranger that sorts before the wanted member, or no member at all. */
            if (name != NULL && json_member(source->document, object, shape->name) != JSON_NONE) {
                return refuse_stranger(source->document, at, err);
            }
            return error_set(err, ERROR_VERIFY, "member \"%s\" is missing", shape->name);
        }
        if (!shape_check_kept(source, at, shape, err)) return false;
        at = json_next(source->document, at);
    }
    if (at != JSON_NONE) return refuse_stranger(source->document, at, err);
    return true;
}
