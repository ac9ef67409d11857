/*
 * tools.h - for tests: a scratch folder, and other people's programs run in it to judge our bytes.
 *
 * A program that is not installed skips the test, which says so; with CI=true it fails.
 */
#ifndef TESTS_BASE_TOOLS_H
#define TESTS_BASE_TOOLS_H

#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <check.h>

#include "base/compiler.h"

#define TOOL_COMMAND_SIZE 4096
#define SCRATCH_PATH_SIZE 64

extern char **environ; /* POSIX has it in no header */

/* Make a folder that scratch_remove() removes. */
static inline void scratch_make(char path[SCRATCH_PATH_SIZE])
{
    snprintf(path, SCRATCH_PATH_SIZE, "/tmp/mingzhang-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(path));
}

/* Run a shell command in `folder`; its exit status is 0? */
PRINTF_LIKE(2, 3) static inline bool tool_run(const char *folder, const char *format, ...)
{
    char command[TOOL_COMMAND_SIZE];
    int size = snprintf(command, sizeof command, "cd '%s' && ", folder);
    char *const shell[] = {(char[]){"sh"}, (char[]){"-c"}, command, NULL};
    va_list arguments;
    pid_t child;
    int status = -1;

    va_start(arguments, format);
    size += vsnprintf(command + size, sizeof command - (size_t)size, format, arguments);
    va_end(arguments);
    ck_assert_int_lt(size, TOOL_COMMAND_SIZE);
    ck_assert_int_eq(posix_spawn(&child, "/bin/sh", NULL, NULL, shell, environ), 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static inline void scratch_remove(const char *path)
{
    ck_assert(strncmp(path, "/tmp/mingzhang-test-", 20) == 0);
    ck_assert(tool_run("/tmp", "rm -r '%s'", path));
}

/* Can this be run? `probe` is a command that succeeds when it can. */
static inline bool tool_exists(const char *name, const char *probe)
{
    const char *ci = getenv("CI");

    if (tool_run("/tmp", "(%s) >/dev/null 2>&1", probe)) return true;
    ck_assert_msg(ci == NULL || strcmp(ci, "true") != 0, "%s is not installed, and CI=true", name);
    fprintf(stderr, "skipped: %s is not installed\n", name);
    return false;
}

static inline void scratch_write(const char *folder, const char *name, const void *data,
                                 size_t size)
{
    char path[SCRATCH_PATH_SIZE * 2];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

/* Read a whole file of less than `size_max` bytes, with a NUL after it. Returns its size. */
static inline size_t scratch_read(const char *folder, const char *name, char *text, size_t size_max)
{
    char path[SCRATCH_PATH_SIZE * 2];
    FILE *file;
    size_t size;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    size = fread(text, 1, size_max, file);
    ck_assert_uint_lt(size, size_max);
    fclose(file);
    text[size] = '\0';
    return size;
}

#endif
