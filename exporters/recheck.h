/*
 * recheck.h - what each page of a publication is checked by, beside the documents. Private to the
 * folder.
 *
 *   recheck_site.c     the whole: periods in threads, index.html, README.md, the schema
 *   recheck.c          a period: its tables, nothing that has no place
 *   recheck_pages.c    the pages: made again; where their links lead
 */
#ifndef EXPORTERS_RECHECK_H
#define EXPORTERS_RECHECK_H

#include <libxml/tree.h>

#include "exporters/publication.h"

#define RECHECK_LINKS_MAX  4000000 /* of a period, to projects of other periods */
#define RECHECK_CLAIMS_MAX 100000
#define RECHECK_NAMES_MAX  100 /* that the root division had */

struct recheck_name {
    char text[TEXT_SIZE];
};

/** What a file calls the root division. */
struct recheck_claim {
    char path[REPOSITORY_PATH_SIZE];
    char name[TEXT_SIZE];
};

/** A publication being checked. One thread has it. */
struct recheck {
    const char *path; /* of the repository */
    struct repository *repository;
    struct page_maker *maker;
    struct publication_recheck *report;
    /* As all documents say it. */
    char origin[NOTE_NAME_SIZE_MAX + 1], log_key[SIGN_FINGERPRINT_SIZE], root[DIVISION_CODE_SIZE];
    struct recheck_name *names; /* that its documents, or the ledger, give the root division */
    size_t name_count;
    struct recheck_claim *claims;
    size_t claim_count;
};

/** Check a period. */
bool recheck_period(struct recheck *work, const struct period *period,
                    struct error *err) MUST_CHECK;
bool recheck_knows_name(const struct recheck *work, const char *name, size_t most);
bool recheck_add_name(struct recheck *work, const char *name, struct error *err) MUST_CHECK;
/** Keep what a file calls the root, to be judged when all names are known. */
bool recheck_claim(struct recheck *work, const char *path, const char *name,
                   struct error *err) MUST_CHECK;
/** What must be the same of all documents: `known`, of `size`, is what the first said, or "". */
bool recheck_agree(const char *path, const char *what, const char *said, char *known, size_t size,
                   struct error *err) MUST_CHECK;
bool recheck_is_same(const struct buffer *a, const struct buffer *b);

/** A project that a document of the period tells of. */
struct recheck_project {
    char code[CODE_SIZE];
    struct project_page page; /* what is told; `period` isn't used */
    bool has_page, is_linked; /* in this period; from it to the page of another */
};

/** A link to the page of a project in another period. */
struct recheck_link {
    char code[CODE_SIZE];
    struct period period;
    const char *from; /* "" or the folder: which page, near enough for a message */
};

/** One period. */
struct recheck_scope {
    struct recheck *work;
    const struct period *period;
    struct manifest present;  /* what lies in it */
    struct manifest expected; /* of this, what may */
    struct recheck_project *projects;
    size_t project_count;
    struct recheck_link *links;
    size_t link_count;
    struct data *data;
    struct tree_frontier frontier;
    char name[TEXT_SIZE]; /* that its root's document gives the root division; "" without one */
};

/** A document of the period that was read. */
struct recheck_document {
    const char *path;
    const struct buffer *xml;
    xmlDocPtr tree;
    char division[DIVISION_CODE_SIZE];
    char name[TEXT_SIZE];
};

/** Check the pages of a document: its division's, and those of its projects that stand here. */
bool recheck_document_pages(struct recheck_scope *scope, const struct recheck_document *document,
                            struct error *err) MUST_CHECK;
/** Check what can be of a page that is made from a list: there in both languages, harmless, its
 * links good. */
bool recheck_list_pages(struct recheck_scope *scope, const char *folder, const char *name,
                        struct error *err) MUST_CHECK;
/** Judge the links to pages of projects in other periods, after all pages; each project must have a
 * page somewhere. */
bool recheck_links(struct recheck_scope *scope, struct error *err) MUST_CHECK;

/** How many entries the log had when a period was published last, by its manifest. */
bool recheck_size(struct repository *repository, const char *period, uint64_t *out,
                  struct error *err) MUST_CHECK;

/** May stand where it is. */
bool recheck_expect(struct recheck_scope *scope, const char *path, struct error *err) MUST_CHECK;

#endif
