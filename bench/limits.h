/*
 * limits.h - what the machine itself can do, measured in the same run as ours: SQLite writing the
 * same rows with nothing around it, a scan that only hashes, a walk through XML that only walks.
 */
#ifndef BENCH_LIMITS_H
#define BENCH_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"
#include "base/hash.h"

struct limit_result {
    uint64_t rows;    /* rows written, or entries hashed */
    uint64_t entries; /* entries among them */
    double seconds;   /* of the measured part alone */
    hash_t root;      /* of a scan */
};

/** What a program writes that keeps the same rows and indexes and changes the same rows: with
 * SQLite's own cache, or with one as large as the ledger's. */
extern const struct limit_work limit_payments, limit_inspections, limit_inspections_cached;
/**
 * Write into a new database at `target` the rows of the ledger at `source` that grow with a work,
 * one INSERT each in entry order, with the updates that belong to each; a commit after every
 * `batch` entries, WAL, synchronous=FULL. Reading the rows from `source` is not counted.
 */
bool limit_write(const struct limit_work *work, const char *source, const char *target,
                 uint64_t batch, struct limit_result *out, struct error *err) MUST_CHECK;

/** Make and check `count` Ed25519 signatures over messages of `message_size` bytes, as a person's
 * act demands: what signing alone costs. out->rows is `count`. */
bool limit_sign(uint64_t count, size_t message_size, struct limit_result *out,
                struct error *err) MUST_CHECK;

/** Read every entry of a ledger, hash leaves, compare each `prev` and build the tree, on `threads`
 * threads. */
bool limit_scan(const char *source, unsigned threads, struct limit_result *out,
                struct error *err) MUST_CHECK;

/** Unpack a part of an XLSX and go once through its nodes, doing nothing with them. out->rows
 * counts its elements. */
bool limit_walk(const char *path, const char *part, struct limit_result *out,
                struct error *err) MUST_CHECK;

/** Convert a CSV file from `encoding` to UTF-8 by iconv and part its cells by libcsv, in pieces of
 * 64 KiB, doing nothing with them. out->rows counts its rows, out->entries its cells. */
bool limit_cells(const char *path, const char *encoding, struct limit_result *out,
                 struct error *err) MUST_CHECK;

#endif
