/*
 * clone.c - see clone.h.
 */
#include "audit/verify/clone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/verify/array.h"

#define TREE_DEPTH_MAX    8
#define TREE_CACHED_BYTES (1024u * 1024)
#define COMMIT_ID_SHOWN   12
#define NAME_PARTS_JOINED 2 /* a slash and a NUL */

struct clone {
    git_repository *git;
};

static const char *git_message(void)
{
    const git_error *last = git_error_last();

    return last == NULL || last->message == NULL ? "no reason given" : last->message;
}

/* What can't be read of an object is damage, which is a finding. */
static bool fail_git(struct error *err, const char *what)
{
    const git_error *last = git_error_last();

    if (last != NULL && last->klass == GIT_ERROR_NOMEMORY) {
        return error_set(err, ERROR_MEMORY, "no memory for %s", what);
    }
    return error_set(err, ERROR_VERIFY, "%s can't be read: %s", what, git_message());
}

bool commit_fail(const struct commit *commit, struct error *err)
{
    char id[GIT_OID_HEXSZ + 1];

    git_oid_tostr(id, COMMIT_ID_SHOWN + 1, &commit->id);
    return error_at(err, "commit %s", id);
}

/* ---- Opening -------------------------------------------------------------------------------- */

bool clone_open(const char *path, struct clone **out, struct error *err)
{
    struct clone *clone = calloc(1, sizeof *clone);

    if (clone == NULL) return error_set(err, ERROR_MEMORY, "no memory for a repository");
    if (git_libgit2_init() < 0) {
        (void)error_set(err, ERROR_STORE, "libgit2: %s", git_message());
        free(clone);
        return false;
    }
    /* A clone on an inspector's stick may belong to anybody; nothing in it is run. */
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    /* The folder of a period is asked for in one commit after the other. */
    git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE, (size_t)TREE_CACHED_BYTES);
    if (git_repository_open_ext(&clone->git, path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) != 0) {
        (void)error_set(err, ERROR_NOT_FOUND, "%s is no git repository: %s", path, git_message());
        clone_close(clone);
        return false;
    }
    *out = clone;
    return true;
}

void clone_close(struct clone *clone)
{
    if (clone == NULL) return;
    git_repository_free(clone->git);
    free(clone);
    git_libgit2_shutdown();
}

/* ---- History -------------------------------------------------------------------------------- */

/* Check the SSH signature of a commit and learn whose key made it. */
static bool check_signature(struct clone *clone, struct commit *commit, struct error *err)
{
    git_buf signature = GIT_BUF_INIT, signed_data = GIT_BUF_INIT;
    size_t size;
    bool ok = false;

    if (git_commit_extract_signature(&signature, &signed_data, clone->git, &commit->id, "gpgsig") !=
        0) {
        (void)error_set(err, ERROR_VERIFY, "it carries no signature");
        goto out;
    }
    size = signature.size;
    while (size > 0 && signature.ptr[size - 1] == '\n')
        size--;
    ok = sign_ssh_verify(signature.ptr, size, "git", (const uint8_t *)signed_data.ptr,
                         signed_data.size, &commit->signer, err);
out:
    git_buf_dispose(&signature);
    git_buf_dispose(&signed_data);
    return ok;
}

/* Add a commit and step to its parent; `*id` is left alone at the first commit. */
static bool add_commit(struct clone *clone, struct history *history, git_oid *id, bool *is_first,
                       struct error *err)
{
    git_commit *found = NULL;
    struct commit *commit;
    bool ok = false;

    if (git_commit_lookup(&found, clone->git, id) != 0) {
        char text[GIT_OID_HEXSZ + 1];

        git_oid_tostr(text, COMMIT_ID_SHOWN + 1, id);
        (void)error_set(err, ERROR_VERIFY,
                        "commit %s is missing, as in a shallow clone; fetch the whole history",
                        text);
        goto out;
    }
    if (!array_reserve(&history->commits, sizeof *history->commits, history->count,
                       &history->capacity, CLONE_COMMITS_MAX, err))
        goto out;
    commit = &history->commits[history->count++];
    git_oid_cpy(&commit->id, id);
    git_oid_cpy(&commit->tree, git_commit_tree_id(found));
    if (git_commit_parentcount(found) > 1) {
        (void)error_set(err, ERROR_VERIFY, "it merges; a publication's history is one line");
        (void)commit_fail(commit, err);
        goto out;
    }
    if (!check_signature(clone, commit, err)) {
        (void)commit_fail(commit, err);
        goto out;
    }
    *is_first = git_commit_parentcount(found) == 0;
    if (!*is_first) git_oid_cpy(id, git_commit_parent_id(found, 0));
    ok = true;
out:
    git_commit_free(found);
    return ok;
}

bool clone_history(struct clone *clone, struct history *out, struct error *err)
{
    struct history history = {NULL, 0, 0};
    bool is_first = false;
    git_oid id;

    if (git_reference_name_to_id(&id, clone->git, "HEAD") != 0) {
        return error_set(err, ERROR_VERIFY, "the repository has no commit: %s", git_message());
    }
    while (!is_first) {
        if (!add_commit(clone, &history, &id, &is_first, err)) {
            history_done(&history);
            return false;
        }
    }
    for (size_t i = 0; i < history.count / 2; i++) {
        struct commit commit = history.commits[i];

        history.commits[i] = history.commits[history.count - 1 - i];
        history.commits[history.count - 1 - i] = commit;
    }
    *out = history;
    return true;
}

void history_done(struct history *history)
{
    free(history->commits);
    *history = (struct history){NULL, 0, 0};
}

/* ---- Files ---------------------------------------------------------------------------------- */

static bool add_file(struct file_list *list, const char *folder, const git_tree_entry *entry,
                     struct error *err)
{
    const char *name = git_tree_entry_name(entry);
    size_t size = strlen(folder) + strlen(name) + NAME_PARTS_JOINED;
    struct clone_file *file;

    if (!array_reserve(&list->files, sizeof *list->files, list->count, &list->capacity,
                       CLONE_FILES_MAX, err))
        return false;
    if (size > CLONE_PATH_SIZE) {
        return error_set(err, ERROR_VERIFY, "%s/%.64s…: the name is too long", folder, name);
    }
    file = &list->files[list->count];
    file->path = malloc(size);
    if (file->path == NULL) return error_set(err, ERROR_MEMORY, "no memory for a list of files");
    (void)snprintf(file->path, size, "%s%s%s", folder, folder[0] == '\0' ? "" : "/", name);
    git_oid_cpy(&file->blob, git_tree_entry_id(entry));
    file->is_plain = git_tree_entry_filemode(entry) == GIT_FILEMODE_BLOB;
    list->count++;
    return true;
}

/* Of one period wanted: nothing of the log, nor of the others. */
static bool is_left_out(const char *folder, const char *name, const char *period)
{
    if (period == NULL) return false;
    if (folder[0] == '\0') return strcmp(name, "tile") == 0;
    return strcmp(folder, "snapshots") == 0 && strcmp(name, period) != 0;
}

static bool list_tree(struct clone *clone, const git_oid *id, const char *folder,
                      const char *period, struct file_list *list, int depth, struct error *err)
{
    git_tree *tree = NULL;
    bool ok = false;

    if (depth > TREE_DEPTH_MAX) {
        (void)error_set(err, ERROR_VERIFY, "%s: folders lie too deep", folder);
        goto out;
    }
    if (git_tree_lookup(&tree, clone->git, id) != 0) {
        (void)fail_git(err, folder[0] == '\0' ? "the tree of a commit" : folder);
        goto out;
    }
    for (size_t i = 0; i < git_tree_entrycount(tree); i++) {
        const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
        const char *name = git_tree_entry_name(entry);
        char path[CLONE_PATH_SIZE];
        int size;

        if (git_tree_entry_filemode(entry) != GIT_FILEMODE_TREE) {
            if (!add_file(list, folder, entry, err)) goto out;
            continue;
        }
        if (is_left_out(folder, name, period)) continue;
        size = snprintf(path, sizeof path, "%s%s%s", folder, folder[0] == '\0' ? "" : "/", name);
        if (size < 0 || (size_t)size >= sizeof path) {
            (void)error_set(err, ERROR_VERIFY, "%s: the name is too long", folder);
            goto out;
        }
        if (!list_tree(clone, git_tree_entry_id(entry), path, period, list, depth + 1, err))
            goto out;
    }
    ok = true;
out:
    git_tree_free(tree);
    return ok;
}

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const struct clone_file *)a)->path, ((const struct clone_file *)b)->path);
}

bool clone_list(struct clone *clone, const struct commit *commit, const char *period,
                struct file_list *out, struct error *err)
{
    struct file_list list = {NULL, 0, 0};

    if (!list_tree(clone, &commit->tree, "", period, &list, 0, err)) {
        file_list_done(&list);
        return commit_fail(commit, err);
    }
    if (list.count > 0) qsort(list.files, list.count, sizeof *list.files, compare_files);
    *out = list;
    return true;
}

void file_list_done(struct file_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->files[i].path);
    free(list->files);
    *list = (struct file_list){NULL, 0, 0};
}

struct clone_file *file_list_find(const struct file_list *list, const char *path)
{
    size_t low = 0, high = list->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(list->files[middle].path, path);

        if (order == 0) return &list->files[middle];
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

static bool read_blob(struct clone *clone, const git_oid *id, const char *path, struct buffer *out,
                      struct error *err)
{
    git_blob *blob = NULL;
    bool ok = false;

    if (git_blob_lookup(&blob, clone->git, id) != 0) {
        (void)fail_git(err, path);
        goto out;
    }
    if (git_blob_rawsize(blob) > CLONE_FILE_BYTES_MAX) {
        (void)error_set(err, ERROR_VERIFY, "%s has more than %u bytes", path, CLONE_FILE_BYTES_MAX);
        goto out;
    }
    buffer_reset(out);
    ok = buffer_append(out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob), err);
out:
    git_blob_free(blob);
    return ok;
}

bool clone_read(struct clone *clone, const struct clone_file *file, struct buffer *out,
                struct error *err)
{
    if (!file->is_plain) {
        return error_set(err, ERROR_VERIFY, "%s is no plain file", file->path);
    }
    return read_blob(clone, &file->blob, file->path, out, err);
}

bool clone_read_path(struct clone *clone, const struct commit *commit, const char *path,
                     struct buffer *out, bool *is_there, struct error *err)
{
    git_tree_entry *entry = NULL;
    git_tree *tree = NULL;
    bool ok = false;

    if (git_tree_lookup(&tree, clone->git, &commit->tree) != 0) {
        (void)fail_git(err, "the tree of a commit");
        goto out;
    }
    *is_there = git_tree_entry_bypath(&entry, tree, path) == 0 &&
                git_tree_entry_filemode(entry) == GIT_FILEMODE_BLOB;
    ok = !*is_there || read_blob(clone, git_tree_entry_id(entry), path, out, err);
out:
    git_tree_entry_free(entry);
    git_tree_free(tree);
    return ok;
}

bool clone_has(struct clone *clone, const struct commit *commit, const char *path,
               const git_oid *blob)
{
    git_tree_entry *entry = NULL;
    git_tree *tree = NULL;
    bool has = git_tree_lookup(&tree, clone->git, &commit->tree) == 0 &&
               git_tree_entry_bypath(&entry, tree, path) == 0 &&
               git_oid_equal(git_tree_entry_id(entry), blob) != 0;

    git_tree_entry_free(entry);
    git_tree_free(tree);
    return has;
}
