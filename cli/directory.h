/*
 * directory.h - the folders that restoring and its drill work in.
 */
#ifndef CLI_DIRECTORY_H
#define CLI_DIRECTORY_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

/** A fresh directory, mode 0700, named `prefix` and six characters more; appended to `out`. */
bool directory_make_fresh(const char *prefix, struct buffer *out, struct error *err) MUST_CHECK;
/** Remove a directory with all that a ledger has in it, as far as it can be. */
void directory_remove(const char *path);
/** Is there something at `path` that is more than an empty directory? */
bool directory_is_used(const char *path);
/** Give a directory another name, where nothing or an empty directory is, durably. */
bool directory_move(const char *from, const char *to, struct error *err) MUST_CHECK;
/**
 * The newest backup in a folder: of its folders that hold a ledger, the one whose name sorts last;
 * the folder itself when only that holds one. ERROR_NOT_FOUND when there is none.
 */
bool directory_newest_backup(const char *path, struct buffer *out, struct error *err) MUST_CHECK;

#endif
