/*
 * writer.h - one writer of a repository at a time, and what a killed one left behind. Private to
 * the folder.
 */
#ifndef EXPORTERS_WRITER_H
#define EXPORTERS_WRITER_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/error.h"

#define WRITER_NONE      (-1)
#define WRITER_MARK_SIZE 128

/**
 * Be the writer of a repository until writer_unlock() or the end of the program.
 *
 * @param git_directory  its .git, with a slash at the end
 * @param out            receives the lock
 * @param mark           receives what the last writer gave to writer_end(); "" when it came to no
 * end
 * @return false with ERROR_BUSY when another program is, or ERROR_IO
 */
bool writer_lock(const char *git_directory, int *out, char mark[WRITER_MARK_SIZE],
                 struct error *err) MUST_CHECK;
/**
 * Take a directory for a new repository: none is there yet, or nothing but what was left of one
 * that was being made, of which libgit2's looks at the disk are removed. ERROR_CONFLICT when
 * something else is there, and nothing is removed; ERROR_IO.
 */
bool writer_take_vacant(const char *path, struct error *err) MUST_CHECK;
/** Remove git's own locks: there is no other program that could hold them. ERROR_IO. */
bool writer_clear(const char *git_directory, struct error *err) MUST_CHECK;
/** From here to writer_end() git's locks may be taken. ERROR_IO. */
bool writer_begin(int lock, struct error *err) MUST_CHECK;
/** Branch and work tree agree; `mark`, of less than WRITER_MARK_SIZE bytes, tells the next writer
 * of what. */
void writer_end(int lock, const char *mark);
/** Accepts WRITER_NONE. */
void writer_unlock(int lock);

#endif
