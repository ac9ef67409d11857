/*
 * publication.h - what the files that make a publication share. Private to the folder.
 *
 *   publish.c          the order of work of DESIGN section 4, and mending what a crash left
 *   issue.c            one period: which documents differ, their root, signing them
 *   pages.c            the pages of the period
 *   project_pages.c    in which period the page of a project stands
 *   data.c             its tables: CSV and datapackage.json
 *   feed.c             feed.xml: what was published when
 *   log_files.c        checkpoint, tiles, entry bundles
 *   site_files.c       keys/, schema/, README.md, index.html
 *   rederive.c         is all that is published what the ledger derives?
 *   recheck.c          is all that lies beside the documents what they make?
 */
#ifndef EXPORTERS_PUBLICATION_H
#define EXPORTERS_PUBLICATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/note.h"
#include "base/tree.h"
#include "exporters/data.h"
#include "exporters/document.h"
#include "exporters/exporters.h"
#include "exporters/manifest.h"
#include "exporters/page.h"
#include "exporters/press.h"
#include "exporters/project_pages.h"
#include "exporters/repository.h"
#include "exporters/survey.h"

#define NOTE_BUFFER_SIZE    NOTE_SIZE_BYTES_MAX
#define SITE_FILE_BYTES_MAX (16u * 1024 * 1024)
#define USER_ADDRESS_SIZE   (USER_CODE_SIZE + NOTE_NAME_SIZE_MAX)

/** A publication at work. */
struct publication {
    struct ledger *ledger;
    struct journal *journal;
    const struct publish_options *options;
    struct repository *repository;
    struct press *press; /* NULL until something has to be signed */
    struct press_key press_key;
    struct page_maker *page_maker; /* opened with the press */
    struct note_vkey log_key;
    struct buffer note;      /* the published checkpoint, "" before the first */
    uint64_t published_size; /* of it; 0 before the first */
    uint64_t last_made;      /* seq of the newest publication.make beyond it; 0: none */
};

/** Open press and page maker if they aren't: a publication without changes can do without the time
 * that takes. */
bool publication_open_press(struct publication *publication, struct error *err) MUST_CHECK;
/** False when the caller wants it to stop; ask only while nothing is written. */
bool publication_tell(const struct publication *publication, const char *what, uint64_t done,
                      uint64_t total);
/** Read and check the repository's checkpoint into note and published_size. */
bool publication_load_note(struct publication *publication, struct error *err) MUST_CHECK;

/* ---- publication.make in the journal --------------------------------------------------------- */

struct made {
    char period[sizeof((struct period *)0)->name];
    uint64_t seq;
    hash_t documents_root;
    instant_t time;
};
/** Visit the publication.make entries from `first` up to `end`, in order. */
bool made_each(struct journal *journal, uint64_t first, uint64_t end,
               bool (*visit)(void *context, const struct made *made, struct error *err),
               void *context, struct error *err) MUST_CHECK;
/** The time of one entry. */
bool entry_read_time(struct journal *journal, uint64_t seq, instant_t *out,
                     struct error *err) MUST_CHECK;

/* ---- issue.c: the documents of one period ---------------------------------------------------- */

struct issue_document {
    size_t place;
    char path[REPOSITORY_PATH_SIZE]; /* of the XML */
    hash_t digest;
    bool is_published;          /* some document stands there now */
    bool is_changed;            /* and this one is another, or none stood there */
    struct buffer unsigned_xml; /* only when changed */
    hash_t file_hash;           /* of the published file; only when not changed */
    size_t file_size;
};

struct issue {
    struct survey *survey;
    struct issue_document *documents; /* sorted by path */
    size_t count;
    size_t changed_count;
    struct project_page *projects; /* of all projects, as the survey has them */
    bool lacks_page;               /* one that should stand in this period doesn't */
    bool was_published;            /* some document of the period is in the repository */
    hash_t root;
    struct data *data; /* the same as tables; made once something changed */
};

/** "snapshots/2021/611025000000.xml". */
void issue_path(const char *period, const char *division, const char *suffix,
                char path[REPOSITORY_PATH_SIZE]);
/** Add a document to a documents_root: path, a zero byte, digest (docs/format.md section 7). */
bool issue_add_leaf(struct tree_frontier *frontier, const char *path, const hash_t *digest,
                    struct error *err) MUST_CHECK;
/** The division of "611025000000.xml"; false for manifest.xml and everything else. */
bool issue_parse_name(const char *name, char division[DIVISION_CODE_SIZE]);
/**
 * Render every document of the period and compare it with the published one. A document that
 * differs is rendered again so that it names the digest which it replaces.
 */
bool issue_prepare(struct publication *publication, const struct period *period,
                   struct issue *issue, struct error *err) MUST_CHECK;
/** Sign and stage what changed; list every file of the period. */
bool issue_stage(struct publication *publication, struct issue *issue, struct manifest *manifest,
                 struct error *err) MUST_CHECK;
void issue_done(struct issue *issue);

/* ---- pages.c: what people read --------------------------------------------------------------- */

/** Stage and list the pages of a document: its division's and those of its projects. */
bool pages_stage_document(struct publication *publication, const struct issue *issue,
                          const struct issue_document *document, struct manifest *manifest,
                          struct error *err) MUST_CHECK;
/** Stage and list the pages of funds and the index; take out pages that nothing stands for. Last.
 */
bool pages_stage_lists(struct publication *publication, const struct issue *issue,
                       struct manifest *manifest, struct error *err) MUST_CHECK;

/* ---- log_files.c ----------------------------------------------------------------------------- */

/** Stage a new checkpoint and what the log grew by since the published one. */
bool log_files_stage(struct publication *publication, const struct buffer *note, uint64_t *size_out,
                     struct error *err) MUST_CHECK;

/* ---- feed.c ---------------------------------------------------------------------------------- */

#define FEED_NAMES_MAX         20 /* of divisions in a summary */
#define FEED_SUMMARY_BYTES_MAX (FEED_NAMES_MAX * (TEXT_SIZE + 32u) + 256u)

/** Append which documents are new and which were corrected, in words. */
bool feed_summarize(const struct issue *issue, struct buffer *out, struct error *err) MUST_CHECK;

/** Stage feed.xml with an entry for the publication at hand, which publication.make announced last.
 */
bool feed_stage(struct publication *publication, const struct issue *issue,
                struct manifest *manifest, struct error *err) MUST_CHECK;

/* ---- site_files.c ---------------------------------------------------------------------------- */

/** Whose publication it is. */
struct site {
    const char *origin, *root, *name; /* of the ledger; code and name of its root division */
    const char *log_key;              /* the fingerprint of its key */
};
/** Periods, the newest first; of those that end together the longest first. */
struct site_periods {
    struct period *periods; /* freed by the caller */
    size_t count;
};
/** The periods in a repository, and the one that is coming unless it is NULL. */
bool site_list_periods(struct repository *repository, const char *coming, struct site_periods *out,
                       struct error *err) MUST_CHECK;
/** Append index.html. */
bool site_make_index(const struct page_maker *maker, const struct site *site,
                     const struct site_periods *list, struct buffer *out,
                     struct error *err) MUST_CHECK;
/** The name that an index.html gives the root division; "" when it is none that we wrote. */
void site_index_name(const struct buffer *index, char name[TEXT_SIZE]);
/** Append README.md. */
bool site_make_readme(const struct site *site, const struct site_periods *list, struct buffer *out,
                      struct error *err) MUST_CHECK;
/** What README.md is made of. */
extern const char *const site_readme_texts[2];

/** The ledger's root division; before divisions are registered the origin is its name. */
bool site_find_root(struct publication *publication, struct division *out,
                    struct error *err) MUST_CHECK;
/** Stage keys/log.vkey, the certificates and publishers' keys of the journal; list them. */
bool site_stage_keys(struct publication *publication, struct manifest *manifest,
                     struct error *err) MUST_CHECK;
/**
 * Stage schema/, README.md and index.html.
 *
 * @param issue  the period being published; NULL: stage only what isn't there yet
 */
bool site_stage_pages(struct publication *publication, const struct issue *issue,
                      struct manifest *manifest, struct error *err) MUST_CHECK;

#endif
