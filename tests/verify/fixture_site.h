/*
 * fixture_site.h - a publication made by hand: files in memory, committed to a bare repository by
 * libgit2 with SSH signatures. Whatever a test changes in between is committed as it is.
 */
#ifndef TESTS_VERIFY_FIXTURE_SITE_H
#define TESTS_VERIFY_FIXTURE_SITE_H

#include <stdbool.h>
#include <stddef.h>

#include "tests/verify/fixture.h"
#include "tests/verify/fixture_signer.h"

#define SITE_FILES_MAX 100

struct site_file {
    char path[128];
    struct buffer bytes;
    unsigned mode; /* 0100644 */
};

struct site {
    struct fixture *world; /* lent */
    struct site_file files[SITE_FILES_MAX];
    size_t count;
    struct fixture_signer *documents_signer; /* lent; the world's unless changed */
    struct fixture_signer *manifest_signer;  /* lent */
    enum fixture_bend bend;                  /* of the documents' signatures */
    uint64_t manifest_size;                  /* of the checkpoint in the manifest; 0: all entries */
};

struct site *site_new(struct fixture *world);
void site_free(struct site *site);

void site_put(struct site *site, const char *path, const void *data, size_t size);
void site_put_text(struct site *site, const char *path, const char *text);
void site_remove(struct site *site, const char *path);
struct site_file *site_find(struct site *site, const char *path);
/** The first `from` in a file becomes `to`. */
void site_replace(struct site *site, const char *path, const char *from, const char *to);

/** Tiles, bundles, checkpoint and keys of the world as it is. */
void site_put_log(struct site *site);
/** An XML document of a division, signed. */
void site_put_document(struct site *site, const char *period, const char *division,
                       const char *text);
/** Manifest of a period over the files as they are. */
void site_put_manifest(struct site *site, const char *period);
/** All of it: publication.make, documents, log, manifest. `text` stands in the documents. */
void site_publish(struct site *site, const char *period, const char *text);

/** Commit the files to FOLDER/site.git, signed by a person's key. */
void site_commit(struct site *site, const char *folder, const char *user);
/** The same without a signature. */
void site_commit_unsigned(struct site *site, const char *folder);

#endif
