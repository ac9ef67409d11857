/*
 * history.c - from the last commit back, along first parents: a publication has no others.
 */
#include "exporters/history.h"

#include <string.h>

#include <git2.h>

#include "exporters/document.h"

struct walk {
    const char *path, *digest;
    git_repository *git;
    git_commit *commit;
    git_oid seen; /* the version looked at last, not to read it in each commit */
    bool any_seen;
};

static bool fail(const struct walk *walk, struct error *err)
{
    return error_set(err, ERROR_IO, "cannot read the history of %s", walk->path);
}

/* Is the version in this commit the one? */
static bool look(struct walk *walk, const git_oid *id, struct buffer *out, bool *found,
                 struct error *err)
{
    char text[DIGEST_TEXT_SIZE];
    struct document_facts facts;
    git_blob *blob = NULL;
    bool ok = false;

    if (walk->any_seen && git_oid_equal(&walk->seen, id)) return true;
    walk->seen = *id;
    walk->any_seen = true;
    if (git_blob_lookup(&blob, walk->git, id) < 0) {
        (void)fail(walk, err);
        goto out;
    }
    if (!document_read(git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob), walk->path,
                       &facts, err))
        goto out;
    *found = strcmp(digest_format(&facts.digest, text), walk->digest) == 0;
    ok = !*found ||
         buffer_append(out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob), err);
out:
    git_blob_free(blob);
    return ok;
}

static bool look_in_commit(struct walk *walk, struct buffer *out, bool *found, struct error *err)
{
    git_tree_entry *entry = NULL;
    git_tree *tree = NULL;
    int result = git_commit_tree(&tree, walk->commit);
    bool ok;

    if (result == 0) result = git_tree_entry_bypath(&entry, tree, walk->path);
    ok = result == GIT_ENOTFOUND ||
         (result == 0 ? look(walk, git_tree_entry_id(entry), out, found, err) : fail(walk, err));
    git_tree_entry_free(entry);
    git_tree_free(tree);
    return ok;
}

/* To the parent; false at the first commit, too. */
static bool step_back(struct walk *walk)
{
    git_commit *parent = NULL;
    const bool ok = git_commit_parentcount(walk->commit) > 0 &&
                    git_commit_parent(&parent, walk->commit, 0) == 0;

    git_commit_free(walk->commit);
    walk->commit = parent;
    return ok;
}

bool history_find_document(const char *repository, const char *path, const char *digest,
                           struct buffer *out, bool *found, struct error *err)
{
    struct walk walk = {.path = path, .digest = digest};
    git_oid head;
    bool ok = false;

    *found = false;
    (void)git_libgit2_init();
    if (git_repository_open(&walk.git, repository) < 0 ||
        git_reference_name_to_id(&head, walk.git, "HEAD") < 0 ||
        git_commit_lookup(&walk.commit, walk.git, &head) < 0) {
        (void)fail(&walk, err);
        goto out;
    }
    for (size_t i = 0; i < HISTORY_COMMITS_MAX && !*found; i++) {
        if (!look_in_commit(&walk, out, found, err)) goto out;
        if (!step_back(&walk)) break;
    }
    ok = true;
out:
    git_commit_free(walk.commit);
    git_repository_free(walk.git);
    (void)git_libgit2_shutdown();
    return ok;
}
