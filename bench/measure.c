/* measure.c - see measure.h. */
#include "bench/measure.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

double measure_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

bool measure_path(const char *directory, const char *name, char path[MEASURE_PATH_SIZE],
                  struct error *err)
{
    if (snprintf(path, MEASURE_PATH_SIZE, "%s/%s", directory, name) >= MEASURE_PATH_SIZE)
        return error_set(err, ERROR_LIMIT, "the path %s is too long", directory);
    return true;
}

bool measure_await(pid_t child, const char *what, long *memory_kib, struct error *err)
{
    struct rusage usage;
    int status;

    if (child < 0) return error_set(err, ERROR_IO, "no process could be started");
    if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return error_set(err, ERROR_IO, "%s failed", what);
    *memory_kib = usage.ru_maxrss;
    return true;
}

bool measure_program(char *const arguments[], double *seconds, long *memory_kib, struct error *err)
{
    double started = measure_now();
    pid_t child = fork();

    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);

        dup2(null, STDOUT_FILENO);
        execv(arguments[0], arguments);
        _exit(127);
    }
    if (!measure_await(child, arguments[0], memory_kib, err)) return false;
    *seconds = measure_now() - started;
    return true;
}

bool measure_folder(const char *path, uint64_t *bytes, uint64_t *files, struct error *err)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    bool ok = false;

    if (folder == NULL) return error_set(err, ERROR_IO, "cannot read %s", path);
    while ((entry = readdir(folder)) != NULL) {
        char below[MEASURE_PATH_SIZE];
        struct stat info;

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (!measure_path(path, entry->d_name, below, err)) goto out;
        if (lstat(below, &info) != 0) {
            (void)error_set(err, ERROR_IO, "cannot read %s", below);
            goto out;
        }
        if (S_ISDIR(info.st_mode)) {
            if (!measure_folder(below, bytes, files, err)) goto out;
        } else {
            *bytes += (uint64_t)info.st_size;
            (*files)++;
        }
    }
    ok = true;
out:
    (void)closedir(folder);
    return ok;
}
