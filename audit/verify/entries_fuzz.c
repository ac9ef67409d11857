/* entries_fuzz.c - any bytes at all as an entry, with a sealed value after the first zero byte. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "audit/verify/entries.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What precedes the zero byte is the entry, what follows a sealed value of its member "detail". */
static bool fill(struct block *block, const uint8_t *data, size_t size)
{
    const uint8_t *zero = size == 0 ? NULL : memchr(data, 0, size);
    size_t entry_size = zero == NULL ? size : (size_t)(zero - data);
    struct seal seal = {.member = "detail"};
    struct error ignored = ERROR_INIT;

    if (!block_add_entry(block, data, entry_size, &ignored)) return false;
    if (zero == NULL) return true;
    seal.plain_size = size - entry_size - 1;
    return block_add_seal(block, &seal, zero + 1, &ignored);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct block *block = malloc(sizeof *block);
    struct error failure = ERROR_INIT;
    struct reader reader;
    bool is_ready;

    assert(block != NULL);
    is_ready = block_init(block, &failure) && reader_init(&reader, &failure);
    assert(is_ready);
    block_reset(block, 0);
    block->origin = "mingzhang/611025000000";
    if (fill(block, data, size)) {
        entries_check(&reader, block);
        assert((block->checked == 1) == (block->failure.code == ERROR_NONE));
        if (block->checked == 1) assert(block->facts[0].kind_name != NULL);
    }
    reader_done(&reader);
    block_done(block);
    free(block);
    return 0;
}
