/*
 * restore.h - a ledger made again from a backup and from what was published after it.
 *
 * 1. Nothing is believed: the backup and the publication are verified first, every entry is applied
 *    again by the code that applied it live, and what was made is verified before it is handed out.
 * 2. A backup and a publication that tell different stories are a fork; both roots are named, and
 *    nothing is made.
 * 3. A publication shows no sealed value. When an entry that only the publication has seals one,
 *    that value is lost: each is told, and nothing is made, because no such entry can be applied.
 */
#ifndef CLI_RESTORE_H
#define CLI_RESTORE_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/verify/verify.h"
#include "base/compiler.h"
#include "base/error.h"
#include "ledger/ledger.h"

struct restore_request {
    const char *backup;      /* a ledger, of this version or an older one; NULL: there is none */
    const char *publication; /* NULL: nothing newer is taken */
    const char *key;         /* the log's key, as for verify; NULL: trusted on first use */
    const char *memory;      /* where verdicts are remembered; NULL: nowhere */
    /** Told of each sealed value that is lost; false ends with its error. May be NULL. */
    bool (*tell_lost)(void *context, const struct sealed_place *place, struct error *err);
    void *context; /* lent */
};

struct restore_result {
    uint64_t from_backup, from_publication; /* entries taken */
    struct verify_verdict verdict;          /* on the ledger that was made */
};

/**
 * Make a ledger in `directory`, which is there and empty. On failure it may hold half of one.
 *
 * @return false with ERROR_VERIFY (the backup or the publication is false, or they are a fork),
 *         ERROR_NOT_FOUND (sealed values are lost), or what reading and writing failed of
 */
bool restore_into(const struct restore_request *request, const char *directory,
                  struct restore_result *out, struct error *err) MUST_CHECK;

#endif
