/*
 * attach.h - files attached to vouchers, funds, projects, contracts and assets, from whichever command.
 */
#ifndef CLI_ATTACH_H
#define CLI_ATTACH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "cli/arguments.h"
#include "cli/session.h"

#define ATTACH_THINGS_MAX 500 /* that one import may attach a file to */

struct attach_request {
    const char *about; /* NULL: by what it is attached to */
    const char *title; /* NULL: each file's own name */
    bool is_sealed;    /* they are about people, whatever they are attached to */
    size_t count;
    const char *paths[ARGUMENTS_MAX];
};

/** Files taken into the ledger's folder, that no entry names yet. */
struct attach_batch;

/** The files named by --attach. */
bool attach_request_read(const struct arguments *arguments, struct attach_request *out,
                         struct error *err) MUST_CHECK;
/** Copy the files in. A transaction is open. */
bool attach_begin(struct session *session, const struct attach_request *request,
                  struct attach_batch **out, struct error *err) MUST_CHECK;
/** Attach them all to one thing, as people name it. */
bool attach_to(struct session *session, struct attach_batch *batch, const char *thing,
               struct error *err) MUST_CHECK;
/** Attach them all to every fund, project, contract, voucher and asset that entered the ledger from
 * entry `first` on. */
bool attach_to_all_since(struct session *session, struct attach_batch *batch, uint64_t first,
                         struct error *err) MUST_CHECK;
/** Put the files in their place, durably: the last step before the commit. */
bool attach_keep(struct attach_batch *batch, struct error *err) MUST_CHECK;
/** After the commit: what was attached to what. */
bool attach_tell(struct session *session, const struct attach_batch *batch,
                 struct error *err) MUST_CHECK;
/** NULL allowed; files that were not kept are removed. */
void attach_free(struct attach_batch *batch);

/** All of that but the telling, for one thing and the files of --attach; none given, nothing done.
 * Free *out after attach_tell(). */
bool attach_all(struct session *session, const struct arguments *arguments, const char *thing,
                struct attach_batch **out, struct error *err) MUST_CHECK;

/** Would attach_all() go well? Only within a transaction that is rolled back: nothing is kept. */
bool attach_try(struct session *session, const struct arguments *arguments, const char *thing,
                struct error *err) MUST_CHECK;

/** What is attached to something, for eyes: a line each, below `heading`; nothing when none is. */
bool attach_show(struct journal *journal, const char *what, const char *code, const char *heading,
                 struct error *err) MUST_CHECK;

#endif
