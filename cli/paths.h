/*
 * paths.h - where keys, the signer and the verifier's memory lie: the environment is read here
 * only.
 */
#ifndef CLI_PATHS_H
#define CLI_PATHS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

#define PATH_SIZE_MAX 4096

/** The user's key file: $MINGZHANG_KEYS, else $XDG_CONFIG_HOME/mingzhang/keys, else ~/.config/…. */
bool path_of_key(const char *user, struct buffer *out, struct error *err) MUST_CHECK;
/** $MINGZHANG_SIGNER, else $XDG_STATE_HOME/mingzhang/<origin>, else ~/.local/state/…. */
bool path_of_signer(const char *origin, struct buffer *out, struct error *err) MUST_CHECK;
/** A user's drafts: $MINGZHANG_DRAFTS, else $XDG_STATE_HOME/mingzhang-drafts, else
    ~/.local/state/…; and in it <origin>/<user>. */
bool path_of_drafts(const char *origin, const char *user, struct buffer *out,
                    struct error *err) MUST_CHECK;
/** Where the verifier remembers checkpoints, as for mingzhang-verify; "" when there is no home. */
bool path_of_memory(struct buffer *out, struct error *err) MUST_CHECK;
/** The publication beside a ledger: <LEDGER>/../publication. */
bool path_of_publication(const char *location, struct buffer *out, struct error *err) MUST_CHECK;

/** A directory for temporary files: $TMPDIR, else /var/tmp. Lent. */
const char *path_of_scratch(void);

/** Make the directories above a path, mode 0700. */
bool path_make_parents(const char *path, struct error *err) MUST_CHECK;
/** Does `path` (which need not exist) lie in the directory `above`, or is it the same? */
bool path_is_within(const char *path, const char *above);
bool path_exists(const char *path);

/** A whole file of at most `out->limit` bytes, appended. */
bool file_read_whole(const char *path, struct buffer *out, struct error *err) MUST_CHECK;
/** Write a whole file durably: a new file beside it, synced, then renamed over it. */
bool file_write_whole(const char *path, const uint8_t *data, size_t size,
                      struct error *err) MUST_CHECK;

/** Write a paper of HTML to a file, as PDF when its name ends so; says so. */
bool paper_deliver(const char *path, const struct buffer *html, struct error *err) MUST_CHECK;

#endif
