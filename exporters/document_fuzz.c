/*
 * document_fuzz.c - whatever lies in a repository, reading it as a document ends well or with
 * words.
 */
#include "exporters/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct document_facts facts;
    struct error err = ERROR_INIT;
    hash_t digest;

    if (document_read(data, size, "input", &facts, &err)) {
        /* What reads must have a digest, and the same one. */
        if (!document_digest(data, size, "input", &digest, &err) ||
            !hash_equal(&digest, &facts.digest))
            __builtin_trap();
    }
    return 0;
}
