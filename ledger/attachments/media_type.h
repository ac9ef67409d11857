/* media_type.h - what a file is, by its bytes. Private to ledger/attachments. */
#ifndef LEDGER_ATTACHMENTS_MEDIA_TYPE_H
#define LEDGER_ATTACHMENTS_MEDIA_TYPE_H

#include <stddef.h>
#include <stdint.h>

#define MEDIA_HEAD_SIZE 1024         /* bytes that are looked at from the start */
#define MEDIA_TAIL_SIZE (512 * 1024) /* and from the end: where an archive lists its parts */

/** The first and the last bytes of a file, which may overlap. */
struct media_ends {
    const uint8_t *head, *tail;
    size_t head_size, tail_size;
    uint64_t size; /* of the whole file */
};

/** "pdf", "jpeg" …; NULL for what isn't known. Static. */
const char *media_type_find(const struct media_ends *ends);

#endif
