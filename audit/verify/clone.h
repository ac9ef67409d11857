/*
 * clone.h - a publication's git repository, read by libgit2: files of commits, history, signatures.
 *
 * 1. Only objects are read. No hook, filter, attribute or configured work tree has a say.
 * 2. An object id (SHA-1) finds things; nothing is believed because of one.
 */
#ifndef AUDIT_VERIFY_CLONE_H
#define AUDIT_VERIFY_CLONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <git2.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "base/sign.h"

#define CLONE_FILES_MAX      10000000 /* of one commit */
#define CLONE_COMMITS_MAX    10000000
#define CLONE_PATH_SIZE      256
#define CLONE_FILE_BYTES_MAX (64U << 20)

struct clone;

struct clone_file {
    char *path;
    git_oid blob;
    bool is_plain; /* an ordinary file: not executable, no link, no submodule */
    bool is_used;  /* for who checks that every file has its place */
};

/** The files of a commit, sorted by path (bytes). */
struct file_list {
    struct clone_file *files;
    size_t count, capacity;
};

/** A commit, oldest first in a history. */
struct commit {
    git_oid id;
    git_oid tree;
    struct sign_public
        signer; /* of its SSH signature, which holds; whose it is, is another matter */
};

struct history {
    struct commit *commits;
    size_t count, capacity;
};

/** Open a bare repository or one with a work tree. ERROR_NOT_FOUND when it is none. */
bool clone_open(const char *path, struct clone **out, struct error *err) MUST_CHECK;
/** Accepts NULL. */
void clone_close(struct clone *clone);

/**
 * All commits from the first to HEAD. They must be one line, each with an SSH signature for "git"
 * that holds.
 */
bool clone_history(struct clone *clone, struct history *out, struct error *err) MUST_CHECK;
void history_done(struct history *history);

/**
 * List the files of a commit.
 *
 * @param period  NULL: all of them; else the log is left out, and of snapshots/ all but this period,
 *                so that the work doesn't grow with the square of the periods
 */
bool clone_list(struct clone *clone, const struct commit *commit, const char *period,
                struct file_list *out, struct error *err) MUST_CHECK;
void file_list_done(struct file_list *list);
/** The file with that path, or NULL. */
struct clone_file *file_list_find(const struct file_list *list, const char *path);

/** Replace the contents of `out` by those of a file. */
bool clone_read(struct clone *clone, const struct clone_file *file, struct buffer *out,
                struct error *err) MUST_CHECK;
/** The same by path in a commit; `*is_there` is false when it has no such file. */
bool clone_read_path(struct clone *clone, const struct commit *commit, const char *path,
                     struct buffer *out, bool *is_there, struct error *err) MUST_CHECK;

/** Does a commit have this very object at a path? */
bool clone_has(struct clone *clone, const struct commit *commit, const char *path,
               const git_oid *blob);

/** Put "commit 0123456789ab" before an error. Returns false. */
bool commit_fail(const struct commit *commit, struct error *err);

#endif
