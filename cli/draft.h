/*
 * draft.h - vouchers that were begun and left: files of the maker's own.
 *
 * 1. A draft is no act and no table: nothing of it is in the ledger until it is submitted.
 * 2. It may name people, so its file is the maker's alone (mode 0600, and refused when it is not),
 *    outside ledger and publication.
 * 3. One file each, to be read and changed with any editor; it is checked when it is taken up.
 */
#ifndef CLI_DRAFT_H
#define CLI_DRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "cli/arguments.h"
#include "cli/paths.h"

#define DRAFTS_MAX           1000 /* of one maker in one ledger */
#define DRAFT_SIZE_BYTES_MAX (64u * 1024 * 1024)
#define DRAFT_FORM           "voucher" /* the kind of a draft made of options */

struct draft {
    char name[CODE_SIZE];
    char kind[32]; /* DRAFT_FORM, or the kind of import of a sheet: "payments" */
    char path[PATH_SIZE_MAX];
    instant_t saved;
};

/* ---- Files ---------------------------------------------------------------------------------- */

/** Visit the drafts of a directory by name; one that isn't there has none. */
bool draft_each(const char *directory,
                bool (*visit)(void *context, const struct draft *draft, struct error *err),
                void *context, struct error *err) MUST_CHECK;
/** ERROR_NOT_FOUND names the command that lists them. */
bool draft_find(const char *directory, const char *name, struct draft *out,
                struct error *err) MUST_CHECK;
/** The file's bytes. ERROR_PERMISSION when it is another's or others may read it. */
bool draft_read(const struct draft *draft, struct buffer *out, struct error *err) MUST_CHECK;
/** Write `name`.`kind`.`extension` durably in the place of what was there. */
bool draft_write(const char *directory, const char *name, const char *kind, const char *extension,
                 const struct buffer *bytes, struct error *err) MUST_CHECK;
bool draft_remove(const struct draft *draft, struct error *err) MUST_CHECK;

/* ---- Options as text: "reference = 支付-1", one a line ----------------------------------------
 */

/**
 * Read a form into arguments: the movement, if there is one, as the only argument. They lend
 * `bytes`, which is changed. An error names the line.
 */
bool draft_form_parse(const struct draft *draft, struct buffer *bytes, struct arguments *out,
                      struct error *err) MUST_CHECK;
/** Write a form: what `newer` gives, else what `older` gave; an option given empty is left out. */
bool draft_form_write(const struct arguments *older, const struct arguments *newer,
                      struct buffer *out, struct error *err) MUST_CHECK;

#endif
