/*
 * publication.c - HEAD of a publication, straight from the object database.
 */
#include "cli/publication.h"

#include <stdlib.h>

#include <git2.h>

#include "base/language.h"
#include "base/note.h"
#include "base/tree.h"
#include "cli/paths.h"
#include "ledger/ledger.h"

#define BUNDLE_SIZE_BYTES_MAX ((size_t)TILE_WIDTH * (2 + ENTRY_SIZE_BYTES_MAX))

struct published_entries {
    git_repository *repository;
    git_object *head; /* the tree of the last commit */
    uint64_t size;
    git_blob *bundle; /* the last one read; NULL before the first */
    uint64_t bundle_index;
    size_t entry_at[TILE_WIDTH];   /* where each entry of the bundle starts */
    size_t entry_size[TILE_WIDTH]; /* and its length */
};

static bool git_failed(const char *what, struct error *err)
{
    const git_error *last = git_error_last();

    return error_set(err, ERROR_IO, "%s: %s", translate(what),
                     last != NULL ? last->message : _("unknown reason"));
}

/* ---- Opening --------------------------------------------------------------------------------- */

/* *out stays NULL when there is no repository, or no commit in it. */
static bool open_head(const char *path, struct published_entries **out, struct error *err)
{
    struct published_entries *publication;
    bool ok = false;
    int result;

    if (!path_exists(path)) return true;
    publication = calloc(1, sizeof *publication);
    if (publication == NULL) return error_set(err, ERROR_MEMORY, "no memory to read a publication");
    if (git_libgit2_init() < 0) {
        free(publication);
        return git_failed("libgit2 can't start", err);
    }
    if (git_repository_open_ext(&publication->repository, path, GIT_REPOSITORY_OPEN_NO_SEARCH,
                                NULL) != 0) {
        git_failed(N_("this is no git repository"), err);
        goto out;
    }
    result = git_revparse_single(&publication->head, publication->repository, "HEAD^{tree}");
    if (result != 0 && result != GIT_ENOTFOUND) {
        git_failed(N_("the last commit can't be read"), err);
        goto out;
    }
    ok = true;
    if (result == GIT_ENOTFOUND) goto out;
    *out = publication;
    publication = NULL;
out:
    published_close(publication);
    return ok;
}

void published_close(struct published_entries *publication)
{
    if (publication == NULL) return;
    git_blob_free(publication->bundle);
    git_object_free(publication->head);
    git_repository_free(publication->repository);
    git_libgit2_shutdown();
    free(publication);
}

/* The blob at a path of the last commit; *out stays NULL when nothing is there. */
static bool find_blob(const struct published_entries *publication, const char *path, git_blob **out,
                      struct error *err)
{
    git_object *object = NULL;
    int result = git_object_lookup_bypath(&object, publication->head, path, GIT_OBJECT_BLOB);

    if (result == GIT_ENOTFOUND) return true;
    if (result != 0) return git_failed(path, err);
    *out = (git_blob *)object;
    return true;
}

/* *found is false, and nothing appended, when there is none. */
static bool read_checkpoint(const struct published_entries *publication, struct buffer *out,
                            bool *found, struct error *err)
{
    git_blob *blob = NULL;
    bool ok;

    if (!find_blob(publication, "checkpoint", &blob, err)) return false;
    *found = blob != NULL;
    if (blob == NULL) return true;
    ok = buffer_append(out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob), err);
    git_blob_free(blob);
    return ok;
}

bool publication_checkpoint(const char *path, struct buffer *out, bool *published,
                            struct error *err)
{
    struct published_entries *publication = NULL;
    bool found = false;
    bool ok = open_head(path, &publication, err) &&
              (publication == NULL || read_checkpoint(publication, out, &found, err));

    published_close(publication);
    if (!ok) return error_at(err, "%s", path);
    *published = found;
    return true;
}

bool published_open(const char *path, struct published_entries **out, struct error *err)
{
    struct buffer note = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    struct published_entries *publication = NULL;
    struct checkpoint checkpoint;
    bool found = false;
    bool ok = false;

    if (!open_head(path, &publication, err)) goto out;
    if (publication != NULL && !read_checkpoint(publication, &note, &found, err)) goto out;
    if (!found) {
        (void)error_set(err, ERROR_NOT_FOUND, "nothing is published here; name a publication");
        goto out;
    }
    if (!checkpoint_parse(note.data, note.size, &checkpoint, err)) goto out;
    publication->size = checkpoint.size;
    *out = publication;
    publication = NULL;
    ok = true;
out:
    published_close(publication);
    buffer_done(&note);
    return ok || error_at(err, "%s", path);
}

uint64_t published_size(const struct published_entries *publication)
{
    return publication->size;
}

/* ---- Entries --------------------------------------------------------------------------------- */

/* C2SP tlog-tiles: each entry behind its size in two bytes, the higher first. */
static bool split_bundle(struct published_entries *publication, const git_blob *bundle,
                         unsigned width)
{
    const uint8_t *data = git_blob_rawcontent(bundle);
    size_t size = (size_t)git_blob_rawsize(bundle), at = 0;

    if (size > BUNDLE_SIZE_BYTES_MAX) return false;
    for (unsigned i = 0; i < width; i++) {
        if (size - at < 2) return false;
        publication->entry_size[i] = (size_t)data[at] << 8 | data[at + 1];
        publication->entry_at[i] = at + 2;
        if (size - at - 2 < publication->entry_size[i]) return false;
        at += 2 + publication->entry_size[i];
    }
    return at == size;
}

static bool load_bundle(struct published_entries *publication, uint64_t index, struct error *err)
{
    uint64_t left = publication->size - index * TILE_WIDTH;
    unsigned width = left < TILE_WIDTH ? (unsigned)left : TILE_WIDTH;
    char path[TILE_PATH_SIZE];

    git_blob_free(publication->bundle);
    publication->bundle = NULL;
    tile_path(-1, index, width, path);
    if (!find_blob(publication, path, &publication->bundle, err)) return false;
    publication->bundle_index = index;
    if (publication->bundle != NULL && split_bundle(publication, publication->bundle, width))
        return true;
    git_blob_free(publication->bundle);
    publication->bundle = NULL;
    (void)error_set(err, ERROR_VERIFY, "no bundle of %u entries is published here", width);
    return error_at(err, "%s", path);
}

bool published_read(void *context, uint64_t seq, struct buffer *out, struct error *err)
{
    struct published_entries *publication = context;
    const uint8_t *data;
    size_t i = (size_t)(seq % TILE_WIDTH);

    if (seq >= publication->size)
        return error_set(err, ERROR_NOT_FOUND, "entry %llu isn't published",
                         (unsigned long long)seq);
    if (publication->bundle == NULL || publication->bundle_index != seq / TILE_WIDTH) {
        if (!load_bundle(publication, seq / TILE_WIDTH, err)) return false;
    }
    data = git_blob_rawcontent(publication->bundle);
    return buffer_append(out, data + publication->entry_at[i], publication->entry_size[i], err);
}
