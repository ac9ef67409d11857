/*
 * restore.h - a ledger made again from a backup and from what was published after it.
 *
 * 1. Nothing is believed: the backup and the publication are verified first, every entry is applied
 *    again by the code that applied it live, and what was made is verified before it is handed out.
 * 2. A backup and a publication that tell different stories are a fork; both roots are named, and
 *    nothing is made.
 * 3. A publication shows no sealed value. When an entry that only the publication has seals one,
 *    that value is lost, and so is what the backup lacks itself: each is told. What balances hang
 * on can't be done without, and then nothing is made; the rest is missing in the ledger that was
 *    made, which doesn't verify until two people have declared it lost (seal.lost).
 * 4. What was erased after the backup was made doesn't come back.
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
    /** Told of each sealed value that is lost, and whether nothing can be made without it; false
     * ends with its error. May be NULL. */
    bool (*tell_lost)(void *context, const struct sealed_place *place, bool is_needed,
                      struct error *err);
    /** Told of each voucher, or bank entry about one, whose totals are lost, so that its paper can
     * be looked for: `kind` is voucher.submit, bank.confirm or bank.return. May be NULL. */
    void (*tell_paper)(void *context, const char *kind, const char *voucher, const char *reference,
                       const char *event_date);
    /** Told how many entries are applied: of the backup, then of the publication's newer ones. May
     * be NULL. */
    void (*progress)(void *context, uint64_t done, uint64_t total);
    void *context; /* lent */
};

struct restore_result {
    uint64_t from_backup, from_publication; /* entries taken */
    uint64_t lost;                          /* sealed values that nobody has accounted for */
    struct verify_verdict verdict;          /* on the ledger that was made; FAIL when some are lost,
                                               and for no other reason */
};

/**
 * Make a ledger in `directory`, which is there and empty. On failure it may hold half of one.
 *
 * @return false with ERROR_VERIFY (the backup or the publication is false, or they are a fork),
 *         ERROR_NOT_FOUND (sealed values are lost that balances hang on), or what reading and
 * writing failed of
 */
bool restore_into(const struct restore_request *request, const char *directory,
                  struct restore_result *out, struct error *err) MUST_CHECK;

#endif
