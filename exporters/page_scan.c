/*
 * page_scan.c - a reader of the markup that our pages are written in, and of no other.
 */
#include "exporters/page_scan.h"

#include <stdio.h>
#include <string.h>

#define ATTRIBUTES_MAX 32 /* of an element */
#define SHOWN_MAX      40
#define NAME_SIZE      32

/* Elements that do nothing by themselves, between bars. */
static const char elements[] =
    "|a|abbr|b|body|br|caption|circle|code|defs|desc|details|div|dl|dt|dd|ellipse|em|footer|g|h1|h2"
    "|h3|h4|head|header|hr|html|i|li|line|main|mark|meta|nav|ol|p|path|pattern|polygon|polyline|pre"
    "|rect|section|small|span|strong|style|sub|summary|sup|svg|table|tbody|td|text|tfoot|th|thead"
    "|time|title|tr|tspan|ul|";
/* Attributes that load, send or run something, between bars; so do all that begin with "on". */
static const char barred_attributes[] =
    "|action|archive|background|cite|classid|codebase|data|formaction|from|icon|longdesc|manifest"
    "|ping|poster|profile|src|srcdoc|srcset|to|usemap|values|xlink:href|xml:base|";

struct reader {
    const char *at;
    bool (*link)(void *context, const char *address, struct error *err);
    void *context;
};

static bool refuse(const char *at, struct error *err)
{
    return error_set(err, ERROR_VERIFY, "it holds what no page has: %.*s",
                     (int)strnlen(at, SHOWN_MAX), at);
}

static bool is_listed(const char *list, const char *name)
{
    char marked[NAME_SIZE + 2];

    (void)snprintf(marked, sizeof marked, "|%s|", name);
    return strstr(list, marked) != NULL;
}

/* A name in letters, digits, `-` and `:`; false when there is none or it is too long. */
static bool read_name(struct reader *reader, char name[NAME_SIZE])
{
    size_t size = strspn(reader->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789-:");

    if (size == 0 || size >= NAME_SIZE) return false;
    memcpy(name, reader->at, size);
    name[size] = '\0';
    reader->at += size;
    return true;
}

static bool has_foreign_url(const char *text, size_t size)
{
    const char *end = text + size;

    for (const char *at = text; at < end; at++) {
        if (strncmp(at, "url(", 4) == 0 && at[4] != '#') return true;
        /* An escape might spell either; the style sheet of our pages has none. */
        if (*at == '@' && strncmp(at, "@media", 6) != 0 && strncmp(at, "@page", 5) != 0)
            return true;
        if (*at == '\\') return true;
    }
    return false;
}

static bool visit_link(struct reader *reader, const char *value, size_t size, struct error *err)
{
    char address[PAGE_LINK_SIZE];
    size_t digits;

    if (strncmp(value, "tel:", 4) == 0) {
        digits = strspn(value + 4, "0123456789+*#-");
        return digits + 4 == size || refuse(value, err);
    }
    for (size_t i = 0; i < size; i++)
        if (value[i] == '#') size = i;
    if (size >= sizeof address) return refuse(value, err);
    memcpy(address, value, size);
    address[size] = '\0';
    if (size == 0 || reader->link == NULL) return true;
    return reader->link(reader->context, address, err);
}

static bool check_attribute(struct reader *reader, const char *element, const char *name,
                            const char *value, size_t size, struct error *err)
{
    static const char type[] = "Content-Type\"";

    if (strncmp(name, "on", 2) == 0 || is_listed(barred_attributes, name)) return refuse(name, err);
    if (strcmp(name, "http-equiv") == 0)
        return strncmp(value, type, sizeof type - 1) == 0 || refuse(value, err);
    if (strcmp(name, "href") == 0)
        return strcmp(element, "a") == 0 ? visit_link(reader, value, size, err)
                                         : refuse(element, err);
    if (strcmp(name, "style") == 0 || strcmp(name, "fill") == 0)
        return !has_foreign_url(value, size) || refuse(value, err);
    return true;
}

/* ` name="value"`, and nothing else; names in small letters but for those of pictures. */
static bool read_attribute(struct reader *reader, const char *element, struct error *err)
{
    const char *begin = reader->at, *value;
    char name[NAME_SIZE];
    size_t size;

    reader->at++;
    if (!read_name(reader, name) || strncmp(reader->at, "=\"", 2) != 0) return refuse(begin, err);
    for (char *c = name; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
    value = reader->at + 2;
    size = strcspn(value, "\"");
    if (value[size] != '"') return refuse(begin, err);
    if (!check_attribute(reader, element, name, value, size, err)) return false;
    reader->at = value + size + 1;
    return true;
}

static bool read_style(struct reader *reader, struct error *err)
{
    const char *begin = reader->at, *end = strchr(begin, '<');

    if (end == NULL || strncmp(end, "</style>", 8) != 0) return refuse(begin, err);
    if (has_foreign_url(begin, (size_t)(end - begin))) return refuse("<style>", err);
    reader->at = end;
    return true;
}

static bool read_tag(struct reader *reader, struct error *err)
{
    const char *begin = reader->at++;
    const bool is_end = *reader->at == '/';
    char name[NAME_SIZE];

    reader->at += is_end;
    if (!read_name(reader, name) || !is_listed(elements, name)) return refuse(begin, err);
    for (int i = 0; !is_end && *reader->at == ' '; i++) {
        if (i == ATTRIBUTES_MAX) return refuse(begin, err);
        if (!read_attribute(reader, name, err)) return false;
    }
    if (*reader->at != '>') return refuse(begin, err);
    reader->at++;
    return is_end || strcmp(name, "style") != 0 || read_style(reader, err);
}

bool page_scan(const struct buffer *page,
               bool (*link)(void *context, const char *address, struct error *err), void *context,
               struct error *err)
{
    static const char *const begins[] = {"<!DOCTYPE html>",
                                         "<!DOCTYPE html SYSTEM \"about:legacy-compat\">"};
    struct reader reader = {buffer_text(page), link, context};
    const char *begin = reader.at;

    if (strlen(begin) != page->size)
        return error_set(err, ERROR_VERIFY, "it holds a NUL, which no page has");
    for (size_t i = 0; i < ARRAY_COUNT(begins) && reader.at == begin; i++)
        if (strncmp(begin, begins[i], strlen(begins[i])) == 0) reader.at += strlen(begins[i]);
    if (reader.at == begin) return refuse(begin, err);
    while (*reader.at != '\0') {
        reader.at += strcspn(reader.at, "<");
        if (*reader.at == '<' && !read_tag(&reader, err)) return false;
    }
    return true;
}

/* ---- Where a link leads ------------------------------------------------------------------------
 */

static int digit_of(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/* %E4 and the like; a byte that would be read as something else than part of a name is refused. */
static bool decode(const char *text, char out[PAGE_LINK_SIZE])
{
    size_t size = 0;

    for (; *text != '\0'; text++) {
        int byte = (unsigned char)*text;

        if (*text == '%') {
            int high = digit_of(text[1]), low = high < 0 ? -1 : digit_of(text[2]);

            if (low < 0) return false;
            byte = high << 4 | low;
            text += 2;
        }
        if (byte < 0x20 || byte == '\\' || byte == '%' || byte == ':') return false;
        out[size++] = (char)byte;
    }
    out[size] = '\0';
    return true;
}

bool page_link_path(const char *from, const char *address, char path[PAGE_LINK_SIZE],
                    struct error *err)
{
    char name[PAGE_LINK_SIZE];
    const char *rest = name;
    const char *slash = strrchr(from, '/');
    size_t size = slash == NULL ? 0 : (size_t)(slash - from) + 1;

    if (strlen(address) >= sizeof name || !decode(address, name) || *rest == '/')
        return error_set(err, ERROR_VERIFY, "its link to %s leads nowhere in a publication",
                         address);
    for (; strncmp(rest, "../", 3) == 0; rest += 3) {
        if (size == 0)
            return error_set(err, ERROR_VERIFY, "its link to %s leads out of the publication",
                             address);
        for (size--; size > 0 && from[size - 1] != '/';)
            size--;
    }
    if (strstr(rest, "./") != NULL || size + strlen(rest) >= PAGE_LINK_SIZE)
        return error_set(err, ERROR_VERIFY, "its link to %s leads nowhere in a publication",
                         address);
    memcpy(path, from, size);
    memcpy(path + size, rest, strlen(rest) + 1);
    return true;
}
