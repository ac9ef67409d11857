/*
 * layout.c - every file of a publication has its place (DESIGN section 4); what has none is named.
 */
#include "audit/verify/publication.h"

#include <string.h>

#include "audit/verify/array.h"
#include "base/compiler.h"
#include "base/identity.h"

#define SNAPSHOTS "snapshots/"

static const char *const fixed_files[] = {
    "README.md",     "checkpoint",           "feed.xml", "index.html", "keys/allowed_signers",
    "keys/log.vkey", "schema/disclosure.xsd"};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* keys/xml-01.crt */
static bool is_certificate(const char *path)
{
    size_t digits = 0;

    if (strncmp(path, "keys/xml-", 9) != 0) return false;
    while (is_digit(path[9 + digits]))
        digits++;
    return digits >= 2 && strcmp(path + 9 + digits, ".crt") == 0;
}

static bool ends_with(const char *name, const char *end)
{
    size_t size = strlen(name), end_size = strlen(end);

    return size > end_size && strcmp(name + size - end_size, end) == 0;
}

/* projects/<name>.html, funds/<name>.html, index.html, disclosures.html, names.html, names-2.html;
   .en.html of each.
   A name's own points are written ~2e. */
static bool is_page(const char *name)
{
    static const char *const folders[] = {"projects/", "funds/"};
    size_t size;

    for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
        size = strlen(folders[i]);
        if (strncmp(name, folders[i], size) == 0)
            return strchr(name + size, '/') == NULL && ends_with(name + size, ".html");
    }
    size = strcspn(name, ".");
    if (strcmp(name + size, ".html") != 0 && strcmp(name + size, ".en.html") != 0) return false;
    if (size == 5 && strncmp(name, "index", 5) == 0) return true;
    if (size == 11 && strncmp(name, "disclosures", 11) == 0) return true;
    if (strncmp(name, "names", 5) != 0) return false;
    return size == 5 || (name[5] == '-' && size > 6 && strspn(name + 6, "0123456789") == size - 6);
}

/* datapackage.json, data/<table>.csv */
static bool is_data(const char *name)
{
    size_t size;

    if (strcmp(name, "datapackage.json") == 0) return true;
    if (strncmp(name, "data/", 5) != 0) return false;
    size = strspn(name + 5, "abcdefghijklmnopqrstuvwxyz_");
    return size > 0 && strcmp(name + 5 + size, ".csv") == 0;
}

/* manifest.xml, a table, <division>.xml, <division>.html, <division>.en.html or a page */
static bool is_of_period(const char *name)
{
    struct error ignored = ERROR_INIT;
    char division[DIVISION_CODE_SIZE];
    size_t size = sizeof division - 1;

    if (strcmp(name, "manifest.xml") == 0 || is_page(name) || is_data(name)) return true;
    if (strlen(name) <= size) return false;
    memcpy(division, name, size);
    division[size] = '\0';
    if (!division_code_check(division, &ignored)) return false;
    return strcmp(name + size, ".xml") == 0 || strcmp(name + size, ".html") == 0 ||
           strcmp(name + size, ".en.html") == 0;
}

/* snapshots/<period>/<name>: give the period. */
static bool is_snapshot(const char *path, char period[PERIOD_SIZE])
{
    size_t size = strlen(SNAPSHOTS), name_size;
    const char *slash;

    if (strncmp(path, SNAPSHOTS, size) != 0) return false;
    slash = strchr(path + size, '/');
    if (slash == NULL || !is_of_period(slash + 1)) return false;
    name_size = (size_t)(slash - path) - size;
    if (name_size == 0 || name_size >= PERIOD_SIZE) return false;
    memcpy(period, path + size, name_size);
    period[name_size] = '\0';
    return true;
}

static bool add_period(struct publication_copy *copy, const char *name, struct error *err)
{
    /* Files are sorted, so that those of a period stand together. */
    if (copy->period_count > 0 && strcmp(copy->periods[copy->period_count - 1].name, name) == 0)
        return true;
    if (!array_reserve(&copy->periods, sizeof *copy->periods, copy->period_count,
                       &copy->period_capacity, PERIODS_MAX, err))
        return false;
    memcpy(copy->periods[copy->period_count++].name, name, strlen(name) + 1);
    return true;
}

static bool is_fixed(const char *path)
{
    for (size_t i = 0; i < ARRAY_COUNT(fixed_files); i++) {
        if (strcmp(path, fixed_files[i]) == 0) return true;
    }
    return false;
}

bool layout_check(struct publication_copy *copy, struct error *err)
{
    for (size_t i = 0; i < copy->files.count; i++) {
        const struct clone_file *file = &copy->files.files[i];
        char period[PERIOD_SIZE];

        if (!file->is_plain) {
            return error_set(err, ERROR_VERIFY, "%s is no plain file", file->path);
        }
        /* Tiles are checked by name when the log is. */
        if (is_fixed(file->path) || is_certificate(file->path)) continue;
        if (strncmp(file->path, "tile/", 5) == 0) continue;
        if (!is_snapshot(file->path, period)) {
            return error_set(err, ERROR_VERIFY, "%s has no place in a publication", file->path);
        }
        if (!add_period(copy, period, err)) return false;
    }
    return true;
}
