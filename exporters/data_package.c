/*
 * data_package.c - datapackage.json: what the tables are, in which columns, of which types, from
 * where, and who may use them.
 *
 * Canonical JSON, members sorted. No time and no version: the same documents, the same bytes.
 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "exporters/data.h"

#define TEXT_SIZE 512

static const struct {
    const char *name;
    const char *table; /* in which such a code stands; NULL: it is no such code */
} types[] = {[DATA_STRING] = {"string", NULL},   [DATA_DIVISION] = {"string", "divisions"},
             [DATA_FUND] = {"string", "funds"},  [DATA_PROJECT] = {"string", "projects"},
             [DATA_INTEGER] = {"integer", NULL}, [DATA_YUAN] = {"number", NULL},
             [DATA_DATE] = {"date", NULL},       [DATA_BOOLEAN] = {"boolean", NULL}};

char *data_table_path(size_t table, char path[DATA_PATH_SIZE])
{
    (void)snprintf(path, DATA_PATH_SIZE, "data/%s.csv", data_tables[table]->name);
    return path;
}

static void write_field(struct json_writer *json, const struct data_field *field)
{
    json_object_begin(json);
    json_member_string(json, "description", field->english);
    json_member_string(json, "name", field->name);
    json_member_string(json, "title", field->chinese);
    json_member_string(json, "type", types[field->type].name);
    json_object_end(json);
}

static void write_reference(struct json_writer *json, const char *field, const char *table)
{
    json_object_begin(json);
    json_member_string(json, "fields", field);
    json_name(json, "reference");
    json_object_begin(json);
    json_member_string(json, "fields", "code");
    json_member_string(json, "resource", table);
    json_object_end(json);
    json_object_end(json);
}

/* The member may not be an empty list. */
static void write_references(struct json_writer *json, const struct data_table *table)
{
    bool any = false;

    for (size_t i = 0; i < table->field_count; i++) {
        const char *named = types[table->fields[i].type].table;

        if (named == NULL) continue;
        if (!any) {
            json_name(json, "foreignKeys");
            json_array_begin(json);
        }
        any = true;
        write_reference(json, table->fields[i].name, named);
    }
    if (any) json_array_end(json);
}

static void write_schema(struct json_writer *json, const struct data_table *table)
{
    json_object_begin(json);
    json_name(json, "fields");
    json_array_begin(json);
    for (size_t i = 0; i < table->field_count; i++)
        write_field(json, &table->fields[i]);
    json_array_end(json);
    write_references(json, table);
    json_name(json, "missingValues");
    json_array_begin(json);
    json_string(json, "");
    json_array_end(json);
    if (table->key != NULL) json_member_string(json, "primaryKey", table->key);
    json_object_end(json);
}

static void write_resource(struct json_writer *json, const struct data *data, size_t index)
{
    const struct data_table *table = data_tables[index];
    const struct buffer *bytes = data_bytes(data, index);
    const hash_t hash = hash_sha256(bytes->data, bytes->size);
    char path[DATA_PATH_SIZE], hex[HASH_HEX_SIZE], text[TEXT_SIZE];

    json_object_begin(json);
    json_member_integer(json, "bytes", (int64_t)bytes->size);
    json_member_string(json, "description", table->english);
    json_member_string(json, "encoding", "utf-8");
    json_member_string(json, "format", "csv");
    (void)snprintf(text, sizeof text, "sha256:%s", hash_to_hex(&hash, hex));
    json_member_string(json, "hash", text);
    json_member_string(json, "mediatype", "text/csv");
    json_member_string(json, "name", table->name);
    json_member_string(json, "path", data_table_path(index, path));
    json_member_string(json, "profile", "tabular-data-resource");
    json_name(json, "schema");
    write_schema(json, table);
    json_member_string(json, "title", table->chinese);
    json_object_end(json);
}

/* Facts and figures that a public office must disclose: nobody has a copyright in them. */
static void write_licence(struct json_writer *json)
{
    json_name(json, "licenses");
    json_array_begin(json);
    json_object_begin(json);
    json_member_string(json, "name", "other-pd");
    json_member_string(
        json, "title",
        "依法公开的事实和数字，不受著作权限制 / facts and figures disclosed by law, free of "
        "copyright");
    json_object_end(json);
    json_array_end(json);
}

/* The signed documents; their root is in the log, each one's digest in divisions.csv. */
static void write_source(struct json_writer *json, const struct data_source *source)
{
    char text[TEXT_SIZE], hex[HASH_HEX_SIZE];

    (void)snprintf(text, sizeof text, "sha256:%s", hash_to_hex(source->documents_root, hex));
    json_name(json, "sources");
    json_array_begin(json);
    json_object_begin(json);
    json_member_string(json, "documents_root", text);
    json_member_string(json, "path", "manifest.xml");
    json_member_string(
        json, "title",
        "本期签名的公开文件，摘要见 data/divisions.csv / the signed documents of the period; their "
        "digests are in data/divisions.csv");
    json_object_end(json);
    json_array_end(json);
}

/* A name of lowercase letters, digits, points, lines and underscores, as the specification has it.
 */
static void write_name(struct json_writer *json, const struct data_source *source)
{
    char name[TEXT_SIZE];

    (void)snprintf(name, sizeof name, "%s-%s", source->origin, source->period);
    for (char *at = name; *at != '\0'; at++) {
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
        else if (strchr("abcdefghijklmnopqrstuvwxyz0123456789._-", *at) == NULL)
            *at = '-';
    }
    json_member_string(json, "name", name);
}

bool data_write_package(const struct data *data, const struct data_source *source,
                        struct buffer *out, struct error *err)
{
    struct json_writer json;
    char text[TEXT_SIZE];

    json_writer_init(&json, out);
    json_object_begin(&json);
    json_member_string(&json, "description",
                       "本期公开文件的内容，逐格相同。空格加原因表示不公开。以签名的 XML 为准。 / "
                       "The same as in the "
                       "period's documents. An empty cell with a reason is withheld. What counts "
                       "is the signed XML.");
    (void)snprintf(text, sizeof text, "sha256:%s", source->edition);
    json_member_string(&json, "edition", text);
    write_licence(&json);
    write_name(&json, source);
    json_member_string(&json, "origin", source->origin);
    json_member_string(&json, "period", source->period);
    json_member_string(&json, "profile", "tabular-data-package");
    json_name(&json, "resources");
    json_array_begin(&json);
    for (size_t i = 0; i < data_table_count; i++)
        write_resource(&json, data, i);
    json_array_end(&json);
    write_source(&json, source);
    (void)snprintf(text, sizeof text, "%.200s %s 资金公开 / disclosure of funds", source->name,
                   source->period);
    json_member_string(&json, "title", text);
    json_object_end(&json);
    return json_writer_finish(&json, err) && buffer_append_byte(out, '\n', err);
}
