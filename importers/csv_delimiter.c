/*
 * csv_delimiter.c - what parts the cells of a text that doesn't say so.
 */
#include "importers/csv.h"

#define ROWS_LOOKED_AT 32

/* The row's end or the text's; `cells` receives how many cells the delimiter makes of it. */
static const char *row_end(const char *at, const char *end, char delimiter, size_t *cells)
{
    bool is_start = true; /* of a cell: only there a quote opens */
    bool is_quoted = false;

    *cells = 1;
    for (; at < end; at++) {
        if (is_quoted) {
            is_quoted = *at != '"'; /* a doubled one opens again at once */
            is_start = !is_quoted;
        } else if (*at == '"' && is_start) {
            is_quoted = true;
        } else if (*at == '\n' || *at == '\r') {
            return at + 1;
        } else {
            is_start = *at == delimiter;
            if (is_start && *cells < CSV_CELLS_MAX) (*cells)++;
        }
    }
    return end;
}

/* How well a delimiter explains the rows: rows that agree on a count of cells, times its marks. */
static size_t weigh(const char *text, size_t size, char delimiter)
{
    size_t rows_with[CSV_CELLS_MAX + 1] = {0};
    const char *at = text;
    const char *end = text + size;
    size_t best = 0;
    size_t row;
    size_t cells;

    for (row = 0; row < ROWS_LOOKED_AT && at < end; row++) {
        at = row_end(at, end, delimiter, &cells);
        /* A row that the text cuts off says nothing, unless it is the only one. */
        if (at < end || at[-1] == '\n' || at[-1] == '\r' || row == 0) rows_with[cells]++;
    }
    for (cells = 2; cells <= CSV_CELLS_MAX; cells++) {
        if (rows_with[cells] * (cells - 1) > best) best = rows_with[cells] * (cells - 1);
    }
    return best;
}

char csv_delimiter_find(const char *text, size_t size)
{
    static const char delimiters[] = {',', '\t', ';'};
    char found = delimiters[0];
    size_t best = 0;
    size_t i;

    for (i = 0; i < sizeof delimiters; i++) {
        size_t weight = weigh(text, size, delimiters[i]);

        if (weight <= best) continue;
        best = weight;
        found = delimiters[i];
    }
    return found;
}
