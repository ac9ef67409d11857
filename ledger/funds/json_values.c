/* json_values.c - members of bodies that json.h doesn't read: dates, flags, small numbers. */
#include "ledger/funds/internal.h"

bool json_get_date(const struct json_document *document, uint32_t object, const char *name,
                   date_t *out, struct error *err)
{
    char text[DATE_TEXT_SIZE];

    return json_get_string(document, object, name, text, sizeof text, err) &&
           date_parse(text, out, err);
}

bool json_get_optional_date(const struct json_document *document, uint32_t object, const char *name,
                            bool *has, date_t *out, struct error *err)
{
    char text[DATE_TEXT_SIZE];

    if (!json_get_string(document, object, name, text, sizeof text, err)) return false;
    *has = text[0] != '\0';
    return !*has || date_parse(text, out, err);
}

bool json_get_boolean(const struct json_document *document, uint32_t object, const char *name,
                      bool *out, struct error *err)
{
    uint32_t node = json_member(document, object, name);
    enum json_type type = node == JSON_NONE ? JSON_NULL : json_type(document, node);

    if (type != JSON_TRUE && type != JSON_FALSE)
        return error_set(err, ERROR_INPUT, "member \"%s\" should be true or false", name);
    *out = type == JSON_TRUE;
    return true;
}

bool json_get_small(const struct json_document *document, uint32_t object, const char *name,
                    int32_t *out, struct error *err)
{
    int64_t value;

    if (!json_get_integer(document, object, name, &value, err)) return false;
    if (value < 0 || value > INT32_MAX)
        return error_set(err, ERROR_LIMIT, "member \"%s\" is %lld; it should be 0 to %d", name,
                         (long long)value, INT32_MAX);
    *out = (int32_t)value;
    return true;
}

void json_member_date(struct json_writer *writer, const char *name, bool has, date_t date)
{
    char text[DATE_TEXT_SIZE];

    json_member_string(writer, name, has ? date_format(date, text) : "");
}
