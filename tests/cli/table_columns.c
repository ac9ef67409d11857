/*
 * table_columns.c - is the table on standard input aligned?
 *
 * Columns are parted by two blanks or more. In an aligned table the blanks that all rows share,
 * counted in columns of the terminal, part it into as many fields as the heading has: one row out
 * of place closes a gap. Prints the number of columns; ends with 1 when the table is not aligned.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define LINE_SIZE_MAX 65536
#define COLUMNS_MAX   8192 /* of the terminal */

/* Mark the columns of the terminal that a line fills; false when it is too wide. */
static bool mark(const char *line, bool filled[COLUMNS_MAX])
{
    size_t size = strlen(line);
    size_t at = 0;
    size_t column = 0;

    while (at < size) {
        char character[5] = "";
        size_t step = text_sequence_size((const uint8_t *)line + at, size - at);
        size_t width;

        if (step == 0) return false;
        memcpy(character, line + at, step);
        width = text_width(character);
        if (column + width > COLUMNS_MAX) return false;
        for (; width > 0; width--, column++)
            filled[column] = filled[column] || character[0] != ' ';
        at += step;
    }
    return true;
}

/* Fields parted by two blanks or more. */
static size_t count_fields(const bool filled[COLUMNS_MAX])
{
    size_t blanks = 2;
    size_t fields = 0;
    size_t i;

    for (i = 0; i < COLUMNS_MAX; i++) {
        if (filled[i] && blanks >= 2) fields++;
        blanks = filled[i] ? 0 : blanks + 1;
    }
    return fields;
}

int main(void)
{
    static char line[LINE_SIZE_MAX];
    static bool heading[COLUMNS_MAX], all[COLUMNS_MAX];
    size_t rows = 0;

    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (!mark(line, all) || (rows++ == 0 && !mark(line, heading))) return 1;
    }
    printf("%zu\n", count_fields(all));
    return rows > 1 && count_fields(all) == count_fields(heading) ? EXIT_SUCCESS : EXIT_FAILURE;
}
