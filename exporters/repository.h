/*
 * repository.h - the git repository that carries a publication, by libgit2.
 *
 * 1. Files are staged, then one signed commit on `main` takes them all; history is never rewritten.
 * 2. Nothing of a commit can be seen before all of it is on disk: objects go into packs that are
 *    synced, then the branch moves, then the work tree follows. A crash between the last two is
 *    mended when the repository is opened again. One program at a time writes (writer.h).
 * 3. Memory stays flat: packs are written whenever REPOSITORY_PACK_BYTES of staged files wait.
 * 4. Neither the user's nor the system's git configuration is read; no hook is run.
 */
#ifndef EXPORTERS_REPOSITORY_H
#define EXPORTERS_REPOSITORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/sign.h"

#define REPOSITORY_PATH_SIZE       256
#define REPOSITORY_FILE_BYTES_MAX  (64u * 1024 * 1024)
#define REPOSITORY_PACK_BYTES      (32u * 1024 * 1024)
#define REPOSITORY_CHANGES_MAX     4000000
#define REPOSITORY_COMMIT_HEX_SIZE 65

struct repository;

/**
 * Open a repository, with `main` checked out.
 *
 * @param create  make it when nothing (or an empty directory) is there
 * @return false with ERROR_NOT_FOUND, ERROR_CONFLICT (something else is there), ERROR_STATE
 *         (another branch is checked out) or ERROR_IO
 */
bool repository_open(const char *path, bool create, struct repository **out,
                     struct error *err) MUST_CHECK;
/** What was staged and not committed is forgotten. NULL allowed. */
void repository_close(struct repository *repository);

/**
 * The key that signed the last commit; *found is false when there is no commit.
 *
 * @return false with ERROR_VERIFY when the commit has no signature, or one that isn't good
 */
bool repository_signer(struct repository *repository, struct sign_public *out, bool *found,
                       struct error *err) MUST_CHECK;

/** Append a file of the last commit to `out`; *found tells whether there is one. */
bool repository_read(struct repository *repository, const char *path, struct buffer *out,
                     bool *found, struct error *err) MUST_CHECK;
/** Does the last commit have such a file or folder? */
bool repository_has(struct repository *repository, const char *path, bool *out,
                    struct error *err) MUST_CHECK;
/** Names in a folder of the last commit, in git's order; none when there is no such folder. */
bool repository_each(struct repository *repository, const char *folder,
                     bool (*visit)(void *context, const char *name, struct error *err),
                     void *context, struct error *err) MUST_CHECK;

/** Put a file into the next commit, unless the last one has the same bytes there. */
bool repository_stage(struct repository *repository, const char *path, const uint8_t *data,
                      size_t size, struct error *err) MUST_CHECK;
/** Leave a file out of the next commit. */
bool repository_remove(struct repository *repository, const char *path,
                       struct error *err) MUST_CHECK;

struct repository_commit {
    const char *author;  /* a user's code */
    const char *address; /* "zhao@mingzhang/611025000000" */
    const char *message;
    instant_t time;
    const struct sign_key *key; /* SSHSIG, namespace git */
};
/**
 * Commit what was staged. ERROR_CONFLICT when the branch moved meanwhile: nothing was changed then.
 *
 * @param id_out  receives the commit's id in hex
 */
bool repository_commit(struct repository *repository, const struct repository_commit *commit,
                       char id_out[REPOSITORY_COMMIT_HEX_SIZE], struct error *err) MUST_CHECK;

#endif
