/*
 * measure.h - time, programs and sizes, for all that the benchmark measures.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdint.h>
#include <sys/types.h>

#include "base/compiler.h"
#include "base/error.h"

#define MEASURE_PATH_SIZE 512

/** Seconds of a clock that never goes back. */
double measure_now(void);
bool measure_path(const char *directory, const char *name, char path[MEASURE_PATH_SIZE],
                  struct error *err) MUST_CHECK;
/** What a child took; false unless it ended well. */
bool measure_await(pid_t child, const char *what, long *memory_kib, struct error *err) MUST_CHECK;
/** Run a program, its output thrown away; its wall seconds and its largest memory. */
bool measure_program(char *const arguments[], double *seconds, long *memory_kib,
                     struct error *err) MUST_CHECK;
/** Bytes and number of the files in a folder and all below it. */
bool measure_folder(const char *path, uint64_t *bytes, uint64_t *files,
                    struct error *err) MUST_CHECK;

#endif
