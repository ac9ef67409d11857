/*
 * publication.c - HEAD:checkpoint of a publication, straight from the object database.
 */
#include "cli/publication.h"

#include <git2.h>

#include "cli/paths.h"

static bool git_failed(const char *what, struct error *err)
{
    const git_error *last = git_error_last();

    return error_set(err, ERROR_IO, "%s: %s", what,
                     last != NULL ? last->message : "unknown reason");
}

static bool read_checkpoint(git_repository *repository, struct buffer *out, bool *published,
                            struct error *err)
{
    git_object *object = NULL;
    const git_blob *blob = NULL;
    int result = git_revparse_single(&object, repository, "HEAD:checkpoint");
    bool ok = false;

    if (result == GIT_ENOTFOUND) {
        *published = false;
        return true;
    }
    if (result != 0) return git_failed("the published checkpoint can't be read", err);
    if (git_object_type(object) != GIT_OBJECT_BLOB) {
        error_set(err, ERROR_VERIFY, "the published checkpoint isn't a file");
        goto out;
    }
    blob = (const git_blob *)object;
    if (!buffer_append(out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob), err)) {
        goto out;
    }
    *published = true;
    ok = true;
out:
    git_object_free(object);
    return ok;
}

bool publication_checkpoint(const char *path, struct buffer *out, bool *published,
                            struct error *err)
{
    git_repository *repository = NULL;
    bool ok = false;

    *published = false;
    if (!path_exists(path)) return true;
    if (git_libgit2_init() < 0) return git_failed("libgit2 can't start", err);
    if (git_repository_open_ext(&repository, path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) != 0) {
        git_failed("this is no git repository", err);
        goto out;
    }
    ok = read_checkpoint(repository, out, published, err);
out:
    git_repository_free(repository);
    git_libgit2_shutdown();
    return ok || error_at(err, "%s", path);
}
