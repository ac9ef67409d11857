/*
 * exporters.h - files out: the signed disclosure snapshots and their publication in a git
 * repository.
 *
 * 1. The same ledger and period give the same documents byte for byte; only signatures differ.
 * 2. A publication is one commit on `main`, signed by the publisher (SSHSIG, namespace git), on top
 * of the last one. History is never rewritten.
 * 3. No row in clear about a person or household ever reaches the repository.
 * 4. Order of work (DESIGN section 4): render -> if nothing differs, stop -> append
 * publication.make -> checkpoint -> sign documents and manifest -> commit.
 */
#ifndef EXPORTERS_EXPORTERS_H
#define EXPORTERS_EXPORTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"
#include "ledger/ledger.h"

/** A disclosure period: `2021`, `2021-Q3` or `2021-09`. */
struct period {
    char name[16];
    int32_t first_month, last_month;
};
bool period_parse(const char *text, struct period *out, struct error *err) MUST_CHECK;

struct publish_options {
    const char *repository; /* a directory; made (git init, main) when absent */
    const char *period;     /* NULL: checkpoint, tiles and keys alone */
    struct signatory by;    /* a publisher */
    struct signer *signer;
    void (*progress)(void *context, const char *what, uint64_t done, uint64_t total);
    void *context;
};
struct publish_result {
    bool changed;       /* false: nothing differed, no entry and no commit were made */
    uint64_t documents; /* written */
    uint64_t size;      /* of the published checkpoint */
    char commit[65];    /* hex id, "" when unchanged */
};
/** Appends its own entry and commits it; no transaction may be open. */
bool publish(struct ledger *ledger, const struct publish_options *options,
             struct publish_result *out, struct error *err) MUST_CHECK;

/** Compare every published document of a repository with what the ledger derives; the first
 * difference named. ERROR_VERIFY. */
bool publication_rederive(struct ledger *ledger, const char *repository,
                          struct error *err) MUST_CHECK;

/** A tlog-proof file for one entry under a published or fresh checkpoint note; extra is the entry's
 * bytes. */
bool proof_export(struct ledger *ledger, uint64_t seq, const uint8_t *checkpoint_note,
                  size_t note_size, struct buffer *out, struct error *err) MUST_CHECK;

#endif
