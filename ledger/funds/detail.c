/*
 * detail.c - the detail of a voucher's line, to and from canonical JSON (docs/format.md
 * section 5.2).
 *
 * 1. What detail_read() accepts is what detail_write() writes: an unknown member, a member of
 *    another type or an empty one that would not be written is refused.
 * 2. The same reader serves lines in clear and lines opened from their seals, so that a seal can't
 *    hide what would be refused in clear.
 */
#include <assert.h>
#include <string.h>

#include "base/identity.h"
#include "base/language.h"
#include "base/text.h"
#include "ledger/funds/internal.h"

#define TEXT_CHARACTERS_MAX 500

/* ---- Writing --------------------------------------------------------------------------------- */

static void write_account(struct json_writer *writer, const char *name,
                          const struct account *account)
{
    json_name(writer, name);
    json_object_begin(writer);
    json_member_string(writer, "book", book_name(account->book));
    json_member_string(writer, "division", account->division);
    json_member_string(writer, "fund", account->fund);
    json_member_string(writer, "role", account_role_name(account->role));
    json_object_end(writer);
}

static void write_optional(struct json_writer *writer, const char *name, const char *text)
{
    if (text[0] != '\0') json_member_string(writer, name, text);
}

static void write_payee(struct json_writer *writer, const struct payee *payee)
{
    if (payee->name[0] == '\0') return;
    json_name(writer, "payee");
    json_object_begin(writer);
    if (payee->is_person) {
        json_member_string(writer, "account", payee->bank_account);
        json_member_string(writer, "id_number", payee->id_number);
    }
    json_member_string(writer, "name", payee->name);
    if (!payee->is_person) json_member_string(writer, "uscc", payee->uscc);
    json_object_end(writer);
}

bool detail_write(const struct voucher_line *line, struct buffer *out, struct error *err)
{
    struct json_writer writer;

    json_writer_init(&writer, out);
    json_object_begin(&writer);
    write_optional(&writer, "agreement", line->agreement);
    json_member_integer(&writer, "amount", line->amount.fen);
    write_optional(&writer, "contract", line->contract);
    write_account(&writer, "from", &line->from);
    write_payee(&writer, &line->payee);
    if (line->plan_line != 0) json_member_integer(&writer, "plan_line", line->plan_line);
    write_optional(&writer, "policy", line->policy);
    write_optional(&writer, "project", line->project);
    if (line->returned_voucher[0] != '\0') {
        json_name(&writer, "returned");
        json_object_begin(&writer);
        json_member_integer(&writer, "line", line->returned_line);
        json_member_string(&writer, "voucher", line->returned_voucher);
        json_object_end(&writer);
    }
    write_optional(&writer, "text", line->text);
    write_account(&writer, "to", &line->to);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

/* ---- Reading --------------------------------------------------------------------------------- */

/* A text of at most 500 characters; `size` bytes are enough for them. */
static bool read_text(const struct json_document *document, uint32_t object, const char *name,
                      char *out, struct error *err)
{
    size_t characters = 0;

    if (!json_get_string(document, object, name, out, TEXT_SIZE, err)) return false;
    for (const char *at = out; *at != '\0'; at++)
        characters += ((unsigned char)*at & 0xC0) != 0x80;
    if (characters > TEXT_CHARACTERS_MAX)
        return error_set(err, ERROR_LIMIT, "%s has %zu characters; at most %d are kept", name,
                         characters, TEXT_CHARACTERS_MAX);
    if (!text_is_plain(out))
        return error_set(err, ERROR_INPUT,
                         "%s holds a control character or one that is not seen; write it in one "
                         "line of plain text",
                         name);
    return true;
}

/* Count a member that is there; the text of an optional one must not be empty. */
static bool read_optional(const struct json_document *document, uint32_t object, const char *name,
                          char *out, uint32_t *seen, struct error *err)
{
    out[0] = '\0';
    if (json_member(document, object, name) == JSON_NONE) return true;
    if (!read_text(document, object, name, out, err)) return false;
    if (out[0] == '\0') return error_set(err, ERROR_INPUT, "%s is empty; leave it out", name);
    (*seen)++;
    return true;
}

static bool read_optional_code(const struct json_document *document, uint32_t object,
                               const char *name, char out[CODE_SIZE], uint32_t *seen,
                               struct error *err)
{
    out[0] = '\0';
    if (json_member(document, object, name) == JSON_NONE) return true;
    if (!json_get_string(document, object, name, out, CODE_SIZE, err)) return false;
    if (!text_check_code(out, name, err)) return false;
    (*seen)++;
    return true;
}

static bool check_count(const struct json_document *document, uint32_t object, uint32_t expected,
                        const char *what, struct error *err)
{
    if (json_count(document, object) == expected) return true;
    return error_set(err, ERROR_INPUT, "%s has members that docs/format.md does not name",
                     translate(what));
}

static bool is_account(const struct account *account, const char *division, const char *book,
                       const char *fund, const char *role)
{
    return strcmp(account->division, division) == 0 && strcmp(account->fund, fund) == 0 &&
           strcmp(book_name(account->book), book) == 0 &&
           strcmp(account_role_name(account->role), role) == 0;
}

/* `out` may be `before`. */
static bool read_account(const struct json_document *document, uint32_t object, const char *name,
                         const struct account *before, struct account *out, struct error *err)
{
    uint32_t node;
    char division[DIVISION_CODE_SIZE], book_text[16], fund[CODE_SIZE], role_text[16];
    enum book book;
    enum account_role role;

    if (!json_get_node(document, object, name, JSON_OBJECT, &node, err) ||
        !check_count(document, node, 4, name, err) ||
        !json_get_string(document, node, "book", book_text, sizeof book_text, err) ||
        !json_get_string(document, node, "division", division, sizeof division, err) ||
        !json_get_string(document, node, "fund", fund, sizeof fund, err) ||
        !json_get_string(document, node, "role", role_text, sizeof role_text, err))
        return false;
    if (before != NULL && is_account(before, division, book_text, fund, role_text)) {
        *out = *before;
        return true;
    }
    if (!book_parse(book_text, &book, err) || !account_role_parse(role_text, &role, err) ||
        !division_code_check(division, err) || !text_check_code(fund, "fund", err))
        return false;
    account_set(out, division, book, fund, role);
    if (strcmp(book_text, book_name(book)) != 0 || strcmp(role_text, account_role_name(role)) != 0)
        return error_set(err, ERROR_INPUT, "%s: write book and role by their English names", name);
    return true;
}

static bool read_person(const struct json_document *document, uint32_t node, date_t today,
                        struct payee *out, struct error *err)
{
    char normalized[ID_CARD_SIZE];

    if (!json_get_string(document, node, "account", out->bank_account, sizeof out->bank_account,
                         err) ||
        !json_get_string(document, node, "id_number", out->id_number, sizeof out->id_number, err) ||
        !read_text(document, node, "name", out->name, err) ||
        !check_count(document, node, 3, "payee", err) ||
        !id_card_normalize(out->id_number, today, normalized, err))
        return false;
    if (strcmp(normalized, out->id_number) != 0)
        return error_set(err, ERROR_INPUT, "the payee's ID number is not in its 18-character form");
    out->uscc[0] = '\0';
    return true;
}

static bool read_organisation(const struct json_document *document, uint32_t node,
                              struct payee *out, struct error *err)
{
    if (!read_text(document, node, "name", out->name, err) ||
        !json_get_string(document, node, "uscc", out->uscc, sizeof out->uscc, err) ||
        !check_count(document, node, 2, "payee", err))
        return false;
    if (out->uscc[0] != '\0' && !uscc_check(out->uscc, err)) return false;
    out->id_number[0] = '\0';
    out->bank_account[0] = '\0';
    return true;
}

/* A space or an ideographic one (U+3000): two names that differ in it look the same. */
static bool has_blank_ends(const char *name)
{
    static const char wide[] = "\xE3\x80\x80";
    size_t size = strlen(name), wide_size = sizeof wide - 1;

    return name[0] == ' ' || name[size - 1] == ' ' || strncmp(name, wide, wide_size) == 0 ||
           (size >= wide_size && strcmp(name + size - wide_size, wide) == 0);
}

static bool read_payee(const struct json_document *document, uint32_t object, date_t today,
                       struct payee *out, uint32_t *seen, struct error *err)
{
    uint32_t node = json_member(document, object, "payee");
    bool ok;

    if (node == JSON_NONE) {
        out->is_person = false;
        out->name[0] = out->uscc[0] = out->id_number[0] = out->bank_account[0] = '\0';
        return true;
    }
    if (!json_get_node(document, object, "payee", JSON_OBJECT, &node, err)) return false;
    out->is_person = json_member(document, node, "id_number") != JSON_NONE;
    ok = out->is_person ? read_person(document, node, today, out, err)
                        : read_organisation(document, node, out, err);
    if (!ok) return false;
    if (out->name[0] == '\0')
        return error_set(err, ERROR_INPUT, "the payee has no name; name who is paid");
    if (has_blank_ends(out->name))
        return error_set(err, ERROR_INPUT,
                         "the payee's name begins or ends with a blank; leave that out");
    (*seen)++;
    return true;
}

static bool read_returned(const struct json_document *document, uint32_t object,
                          struct voucher_line *out, uint32_t *seen, struct error *err)
{
    uint32_t node = json_member(document, object, "returned");

    out->returned_voucher[0] = '\0';
    out->returned_line = 0;
    if (node == JSON_NONE) return true;
    if (!json_get_node(document, object, "returned", JSON_OBJECT, &node, err) ||
        !check_count(document, node, 2, "returned", err) ||
        !json_get_small(document, node, "line", &out->returned_line, err) ||
        !json_get_string(document, node, "voucher", out->returned_voucher,
                         sizeof out->returned_voucher, err))
        return false;
    if (out->returned_line < 1 || strlen(out->returned_voucher) != VOUCHER_NUMBER_SIZE - 1)
        return error_set(err, ERROR_INPUT,
                         "the returned payment is not named by voucher number and line");
    (*seen)++;
    return true;
}

static bool read_amounts(const struct json_document *document, uint32_t node,
                         struct voucher_line *out, uint32_t *seen, struct error *err)
{
    int64_t fen;

    if (!json_get_integer(document, node, "amount", &fen, err)) return false;
    if (fen <= 0)
        return error_set(err, ERROR_INPUT, "the amount is %lld fen; it must be above 0",
                         (long long)fen);
    if (!money_from_fen(fen, &out->amount, err)) return false;
    out->plan_line = 0;
    if (json_member(document, node, "plan_line") == JSON_NONE) return true;
    if (!json_get_small(document, node, "plan_line", &out->plan_line, err)) return false;
    if (out->plan_line < 1 || out->plan_line > PLAN_LINES_MAX)
        return error_set(err, ERROR_INPUT, "plan line %d is not one of 1 to %d", out->plan_line,
                         PLAN_LINES_MAX);
    (*seen)++;
    return true;
}

bool detail_read(const struct json_document *document, uint32_t node, date_t today,
                 const struct voucher_line *before, struct voucher_line *out, struct error *err)
{
    const struct account *from = before == NULL ? NULL : &before->from;
    const struct account *to = before == NULL ? NULL : &before->to;
    uint32_t seen = 3; /* amount, from, to */

    if (json_type(document, node) != JSON_OBJECT)
        return error_set(err, ERROR_INPUT, "the detail of a line is not an object");
    return read_amounts(document, node, out, &seen, err) &&
           read_account(document, node, "from", from, &out->from, err) &&
           read_account(document, node, "to", to, &out->to, err) &&
           read_optional_code(document, node, "agreement", out->agreement, &seen, err) &&
           read_optional_code(document, node, "contract", out->contract, &seen, err) &&
           read_optional_code(document, node, "project", out->project, &seen, err) &&
           read_optional(document, node, "policy", out->policy, &seen, err) &&
           read_optional(document, node, "text", out->text, &seen, err) &&
           read_payee(document, node, today, &out->payee, &seen, err) &&
           read_returned(document, node, out, &seen, err) &&
           check_count(document, node, seen, N_("the line's detail"), err);
}

bool payee_key(const struct payee *payee, struct buffer *out, struct error *err)
{
    assert(payee->name[0] != '\0');
    if (payee->is_person)
        return buffer_append_byte(out, 'P', err) && buffer_append_text(out, payee->id_number, err);
    if (payee->uscc[0] != '\0')
        return buffer_append_byte(out, 'U', err) && buffer_append_text(out, payee->uscc, err);
    return buffer_append_byte(out, 'N', err) && buffer_append_text(out, payee->name, err);
}
