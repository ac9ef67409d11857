/*
 * media_type_fuzz.c - any bytes as a file whose type is asked for, whole and with its middle
 * unseen.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "ledger/attachments/media_type.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct media_ends whole = {data, data, size < MEDIA_HEAD_SIZE ? size : MEDIA_HEAD_SIZE, size,
                               size};
    struct media_ends parted = whole;
    const char *type = media_type_find(&whole);

    assert(type == NULL || strlen(type) < 8); /* as the ledger's tables hold it */
    parted.tail = data + size / 2;
    parted.tail_size = size - size / 2;
    (void)media_type_find(&parted);
    return 0;
}
