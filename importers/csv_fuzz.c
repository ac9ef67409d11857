/*
 * csv_fuzz.c - any bytes at all: no crash, and the same rows whatever pieces they come in.
 */
#include "importers/csv.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Folds every cell with its row and place, so that two readings can be compared. */
static bool fold_row(void *context, const struct csv_row *row, struct error *err)
{
    uint64_t *sum = context;
    size_t i;
    const char *byte;

    (void)err;
    assert(row->count > 0 && row->count <= CSV_CELLS_MAX);
    *sum = *sum * 31 + row->number;
    for (i = 0; i < row->count; i++) {
        for (byte = row->cells[i]; *byte != 0; byte++)
            *sum = *sum * 31 + (uint8_t)*byte;
        *sum = *sum * 31 + i;
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t steps[] = {3, 17, 65536};
    uint64_t sums[3] = {0, 0, 0};
    bool read[3];
    struct error errors[3] = {ERROR_INIT, ERROR_INIT, ERROR_INIT};
    size_t i;

    for (i = 0; i < 3; i++) {
        read[i] = csv_bytes_read(data, size, steps[i], fold_row, &sums[i], &errors[i]);
    }
    for (i = 1; i < 3; i++) {
        assert(read[i] == read[0]);
        assert(sums[i] == sums[0]);
        assert(errors[i].code == errors[0].code);
        assert(strcmp(errors[i].place, errors[0].place) == 0);
    }
    return 0;
}
