/*
 * scan.c - a list of scanned labels: text, one code a line.
 *
 * 1. A line is a code, or an address with one behind the '#' of its last part: what a label shows.
 *    No code has a '/' in it, so an address is told by that.
 * 2. A label scanned twice counts once. Blank lines are passed over.
 * 3. The same list for the same round and day changes nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "importers/importers.h"

#define CODES_MAX       100000
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

struct list {
    char *text; /* cut into lines */
    struct scanned_code *codes;
    size_t count;
};

/* By code, the first line of each first. */
static int compare(const void *a, const void *b)
{
    const struct scanned_code *first = a, *second = b;
    const int order = strcmp(first->code, second->code);

    return order != 0 ? order : (first->line > second->line) - (first->line < second->line);
}

static bool add_code(struct list *list, char *line, size_t number, struct error *err)
{
    char *part = strrchr(line, '/');
    size_t size;

    if (part != NULL) {
        line = strchr(part, '#');
        if (line == NULL)
            return error_set(err, ERROR_INPUT,
                             "an address without a code behind its #; scan the label again") ||
                   error_at(err, "%zu", number);
        line++;
    }
    size = strlen(line);
    while (size > 0 && (line[size - 1] == '\r' || line[size - 1] == ' ' || line[size - 1] == '\t'))
        line[--size] = '\0';
    while (*line == ' ' || *line == '\t')
        line++;
    if (*line == '\0') return true;
    if (list->count == CODES_MAX)
        return error_set(err, ERROR_LIMIT, "more than %d codes; part the list", CODES_MAX);
    if (!text_check_code(line, "asset", err)) return error_at(err, "%zu", number);
    list->codes[list->count++] = (struct scanned_code){line, number};
    return true;
}

/* Each code once, in order. */
static void sort(struct list *list)
{
    size_t kept = 0;

    qsort(list->codes, list->count, sizeof *list->codes, compare);
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || strcmp(list->codes[kept - 1].code, list->codes[i].code) != 0)
            list->codes[kept++] = list->codes[i];
    list->count = kept;
}

static bool read_list(const struct buffer *file, struct list *list, struct error *err)
{
    char *at, *end;
    size_t number = 0;

    if (memchr(file->data, '\0', file->size) != NULL)
        return error_set(err, ERROR_INPUT, "this is no text; give a list with one code a line");
    list->text = malloc(file->size + 1);
    list->codes = calloc(CODES_MAX, sizeof *list->codes);
    if (list->text == NULL || list->codes == NULL)
        return error_set(err, ERROR_MEMORY, "no memory for a list");
    memcpy(list->text, file->data, file->size);
    list->text[file->size] = '\0';
    at = list->text;
    if (strncmp(at, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0) at += strlen(BYTE_ORDER_MARK);
    for (; at != NULL; at = end) {
        end = strchr(at, '\n');
        if (end != NULL) *end++ = '\0';
        if (!add_code(list, at, ++number, err)) return false;
    }
    sort(list);
    return list->count > 0 || error_set(err, ERROR_INPUT, "no code stands in it");
}

static bool hash_list(const struct buffer *file, const struct scan_options *options, hash_t *out,
                      struct error *err)
{
    struct buffer all = BUFFER_INIT(SCAN_BYTES_MAX + 256);
    char date[DATE_TEXT_SIZE];
    bool ok = buffer_append_format(&all, err, "%s\n%s\n", options->round,
                                   date_format(options->date, date)) &&
              buffer_append(&all, file->data, file->size, err);

    if (ok) *out = hash_sha256(all.data, all.size);
    buffer_done(&all);
    return ok;
}

bool import_scanned_list(struct ledger *ledger, const struct scan_options *options,
                         struct scan_report *report, struct error *err)
{
    struct list list = {.text = NULL};
    struct stocktake_scan scan = {.round = options->round, .date = options->date};
    bool ok = false;

    if (!read_list(options->list, &list, err) ||
        !hash_list(options->list, options, &scan.content, err))
        goto out;
    scan.codes = list.codes;
    scan.count = list.count;
    ok = stocktake_add_scan(ledger_journal(ledger), &options->by, &scan, &report->repeated, err);
    report->count = list.count;
out:
    free(list.text);
    free(list.codes);
    return ok;
}
