/*
 * repository.c - objects gathered in memory, packed, synced; then the branch; then the work tree.
 */
#include "exporters/repository.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <git2.h>
#include <git2/sys/commit.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>

#include "base/language.h"
#include "exporters/array.h"
#include "exporters/writer.h"

#define BRANCH             "refs/heads/main"
#define BRANCH_NAME        "main"
#define MEMORY_PRIORITY    999
#define TREE_DEPTH_MAX     16
#define OBJECTS_MAX        (4 * REPOSITORY_CHANGES_MAX)
#define SIGNATURE_MAX      4096
#define TREE_CACHED_BYTES  (4u * 1024 * 1024)
#define GIT_DIRECTORY_SIZE 4096
#define INDEX_VERSION      4
#define CHECKOUT_BY_PATH   20000 /* beyond so many changed files the whole tree is checked out */

struct change {
    char *path; /* owned */
    git_oid id;
    bool is_removal;
    size_t order; /* the later of two changes of one path holds */
};

struct repository {
    bool library_ready;
    int lock;                    /* WRITER_NONE when open for reading */
    char mark[WRITER_MARK_SIZE]; /* the last writer's */
    git_repository *git;
    git_odb *objects;
    git_odb_backend *memory; /* owned by objects */
    git_oid head;            /* commit; valid when tree is not NULL */
    git_tree *tree;          /* of the last commit, NULL before the first */
    struct change *changes;
    size_t change_count;
    git_oid *fresh; /* objects not packed yet */
    size_t fresh_count;
    size_t fresh_bytes;
};

/* libgit2's own words for a failure. */
static bool fail(struct error *err, enum error_code code, const char *what, const char *subject)
{
    const git_error *cause = git_error_last();

    return error_set(err, code, "%s %s: %s", translate(what), subject,
                     cause != NULL && cause->message != NULL ? cause->message
                                                             : _("git gives no reason"));
}

/* ---- Opening --------------------------------------------------------------------------------- */

static bool start_library(struct repository *repository, struct error *err)
{
    static const int levels[] = {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM,
                                 GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL};

    if (git_libgit2_init() < 0) return fail(err, ERROR_STATE, N_("cannot start"), "libgit2");
    repository->library_ready = true;
    for (size_t i = 0; i < ARRAY_COUNT(levels); i++)
        if (git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "") < 0)
            return fail(err, ERROR_STATE, N_("cannot set up"), "libgit2");
    /* The folder of a period with a thousand divisions is asked for each of its files. */
    if (git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1) < 0 ||
        git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE,
                         (size_t)TREE_CACHED_BYTES) < 0)
        return fail(err, ERROR_STATE, N_("cannot set up"), "libgit2");
    return true;
}

/* Each commit writes the index of all files there are: version 4 is half as large. It stays. */
static bool make_index(struct repository *repository, const char *path, struct error *err)
{
    git_index *index = NULL;
    bool ok = git_repository_index(&index, repository->git) == 0 &&
              git_index_set_version(index, INDEX_VERSION) == 0 && git_index_write(index) == 0;

    git_index_free(index);
    return ok || fail(err, ERROR_IO, N_("cannot make a git repository in"), path);
}

static bool make_repository(struct repository *repository, const char *path, struct error *err)
{
    git_repository_init_options options;
    char git_directory[GIT_DIRECTORY_SIZE];

    (void)snprintf(git_directory, sizeof git_directory, "%s/.git/", path);
    if (!writer_take_vacant(path, err) || !writer_clear(git_directory, err)) return false;
    if (git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION) < 0)
        return fail(err, ERROR_STATE, N_("cannot set up"), "libgit2");
    options.flags =
        GIT_REPOSITORY_INIT_MKDIR | GIT_REPOSITORY_INIT_MKPATH | GIT_REPOSITORY_INIT_NO_REINIT;
    options.initial_head = BRANCH_NAME;
    if (git_repository_init_ext(&repository->git, path, &options) < 0)
        return fail(err, ERROR_IO, N_("cannot make a git repository in"), path);
    return make_index(repository, path, err);
}

static bool open_git(struct repository *repository, const char *path, bool create,
                     struct error *err)
{
    int result =
        git_repository_open_ext(&repository->git, path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);

    if (result == 0) return true;
    if (result != GIT_ENOTFOUND)
        return fail(err, ERROR_IO, N_("cannot open the git repository"), path);
    if (!create)
        return error_set(err, ERROR_NOT_FOUND, "%s is no git repository; name a publication", path);
    return make_repository(repository, path, err);
}

/* Set `head` and `tree` to the last commit on main. */
static bool load_head(struct repository *repository, struct error *err)
{
    git_commit *commit = NULL;
    git_tree *tree = NULL;
    int result = git_reference_name_to_id(&repository->head, repository->git, BRANCH);
    bool ok = false;

    if (result == GIT_ENOTFOUND) return true;
    if (result < 0 || git_commit_lookup(&commit, repository->git, &repository->head) < 0 ||
        git_commit_tree(&tree, commit) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot read"), BRANCH);
        goto out;
    }
    git_tree_free(repository->tree);
    repository->tree = tree;
    ok = true;
out:
    git_commit_free(commit);
    return ok;
}

static bool check_branch(struct repository *repository, const char *path, struct error *err)
{
    git_reference *head = NULL;
    bool ok = false;

    if (git_reference_lookup(&head, repository->git, "HEAD") < 0) {
        (void)fail(err, ERROR_IO, N_("cannot read HEAD of"), path);
        goto out;
    }
    if (git_reference_type(head) != GIT_REFERENCE_SYMBOLIC ||
        strcmp(git_reference_symbolic_target(head), BRANCH) != 0) {
        (void)error_set(err, ERROR_STATE,
                        "%s has another branch than main checked out; run `git switch main` there",
                        path);
        goto out;
    }
    ok = true;
out:
    git_reference_free(head);
    return ok;
}

/* ---- The work tree --------------------------------------------------------------------------- */

/* Bring the work tree and the index to the last commit; only `paths`, when any are given. */
static bool check_out(struct repository *repository, char **paths, size_t count, git_tree *baseline,
                      struct error *err)
{
    git_checkout_options options;

    if (git_repository_is_bare(repository->git) || repository->tree == NULL) return true;
    if (git_checkout_options_init(&options, GIT_CHECKOUT_OPTIONS_VERSION) < 0)
        return fail(err, ERROR_STATE, N_("cannot set up"), "libgit2");
    options.checkout_strategy = GIT_CHECKOUT_FORCE | GIT_CHECKOUT_DISABLE_PATHSPEC_MATCH;
    options.disable_filters = 1;
    options.paths.strings = paths;
    options.paths.count = count;
    options.baseline = baseline;
    if (git_checkout_tree(repository->git, (const git_object *)repository->tree, &options) < 0)
        return fail(err, ERROR_IO, N_("committed, but cannot update the work tree of"),
                    git_repository_path(repository->git));
    return true;
}

/* The commit, and the index as it stands: as long as nobody touches one of them, they agree. */
static void make_mark(const struct repository *repository, char mark[WRITER_MARK_SIZE])
{
    char path[GIT_DIRECTORY_SIZE], id[REPOSITORY_COMMIT_HEX_SIZE];
    struct stat status = {.st_size = 0};

    (void)snprintf(path, sizeof path, "%sindex", git_repository_path(repository->git));
    if (stat(path, &status) != 0) status.st_size = -1;
    (void)git_oid_tostr(id, sizeof id, &repository->head);
    (void)snprintf(mark, WRITER_MARK_SIZE, "at %s index %lld %lld.%09ld", id,
                   (long long)status.st_size, (long long)status.st_mtim.tv_sec,
                   status.st_mtim.tv_nsec);
}

/* The index is written last of all; where it isn't the last commit's, a crash came between. */
static bool mend_work_tree(struct repository *repository, struct error *err)
{
    char mark[WRITER_MARK_SIZE];
    git_diff *difference = NULL;
    bool ok = false;

    if (git_repository_is_bare(repository->git) || repository->tree == NULL) return true;
    make_mark(repository, mark);
    if (strcmp(mark, repository->mark) == 0) return true;
    if (git_diff_tree_to_index(&difference, repository->git, repository->tree, NULL, NULL) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot read the index of"),
                   git_repository_path(repository->git));
        goto out;
    }
    if (!writer_begin(repository->lock, err)) goto out;
    if (git_diff_num_deltas(difference) > 0 && !check_out(repository, NULL, 0, NULL, err)) goto out;
    make_mark(repository, mark);
    writer_end(repository->lock, mark);
    ok = true;
out:
    git_diff_free(difference);
    return ok;
}

bool repository_open(const char *path, bool create, struct repository **out, struct error *err)
{
    struct repository *repository = calloc(1, sizeof *repository);
    bool ok = false;

    if (repository == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        goto out;
    }
    repository->lock = WRITER_NONE;
    if (!start_library(repository, err)) goto out;
    if (!open_git(repository, path, create, err)) goto out;
    if (!check_branch(repository, path, err)) goto out;
    if (create && !writer_lock(git_repository_path(repository->git), &repository->lock,
                               repository->mark, err))
        goto out;
    if (git_repository_odb(&repository->objects, repository->git) < 0 ||
        git_mempack_new(&repository->memory) < 0 ||
        git_odb_add_backend(repository->objects, repository->memory, MEMORY_PRIORITY) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot read the objects of"), path);
        goto out;
    }
    if (!load_head(repository, err)) goto out;
    if (create && !mend_work_tree(repository, err)) goto out;
    *out = repository;
    repository = NULL;
    ok = true;
out:
    repository_close(repository);
    return ok;
}

static void forget_changes(struct repository *repository)
{
    for (size_t i = 0; i < repository->change_count; i++)
        free(repository->changes[i].path);
    free(repository->changes);
    repository->changes = NULL;
    repository->change_count = 0;
}

void repository_close(struct repository *repository)
{
    if (repository == NULL) return;
    forget_changes(repository);
    free(repository->fresh);
    git_tree_free(repository->tree);
    git_odb_free(repository->objects);
    git_repository_free(repository->git);
    writer_unlock(repository->lock);
    if (repository->library_ready) (void)git_libgit2_shutdown();
    free(repository);
}

/* ---- Reading --------------------------------------------------------------------------------- */

static bool read_blob(struct repository *repository, const git_oid *id, const char *path,
                      struct buffer *out, struct error *err)
{
    git_blob *blob = NULL;
    bool ok = false;

    if (git_blob_lookup(&blob, repository->git, id) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot read"), path);
        goto out;
    }
    if (git_blob_rawsize(blob) > REPOSITORY_FILE_BYTES_MAX) {
        (void)error_set(err, ERROR_LIMIT,
                        "%s is larger than %u bytes, which no file of a "
                        "publication is",
                        path, REPOSITORY_FILE_BYTES_MAX);
        goto out;
    }
    ok = buffer_append(out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob), err);
out:
    git_blob_free(blob);
    return ok;
}

/* The entry of the last commit at a path, or NULL when there is none; freed by the caller. */
static bool find_entry(struct repository *repository, const char *path, git_tree_entry **out,
                       struct error *err)
{
    int result;

    *out = NULL;
    if (repository->tree == NULL) return true;
    result = git_tree_entry_bypath(out, repository->tree, path);
    if (result < 0 && result != GIT_ENOTFOUND) return fail(err, ERROR_IO, N_("cannot read"), path);
    return true;
}

bool repository_read(struct repository *repository, const char *path, struct buffer *out,
                     bool *found, struct error *err)
{
    git_tree_entry *entry = NULL;
    bool ok = false;

    if (!find_entry(repository, path, &entry, err)) goto out;
    if (entry != NULL && !read_blob(repository, git_tree_entry_id(entry), path, out, err)) goto out;
    *found = entry != NULL;
    ok = true;
out:
    git_tree_entry_free(entry);
    return ok;
}

bool repository_has(struct repository *repository, const char *path, bool *out, struct error *err)
{
    git_tree_entry *entry = NULL;

    if (!find_entry(repository, path, &entry, err)) return false;
    *out = entry != NULL;
    git_tree_entry_free(entry);
    return true;
}

bool repository_signer(struct repository *repository, struct sign_public *out, bool *found,
                       struct error *err)
{
    git_buf signature = {NULL, 0, 0}, content = {NULL, 0, 0};
    int result;
    bool ok = false;

    *found = repository->tree != NULL;
    if (!*found) return true;
    result = git_commit_extract_signature(&signature, &content, repository->git, &repository->head,
                                          "gpgsig");
    if (result == GIT_ENOTFOUND) {
        (void)error_set(err, ERROR_VERIFY, "the last commit of the publication isn't signed");
        goto out;
    }
    if (result < 0) {
        (void)fail(err, ERROR_IO, N_("cannot read"), N_("the last commit"));
        goto out;
    }
    ok = sign_ssh_verify(signature.ptr, signature.size, "git", (const uint8_t *)content.ptr,
                         content.size, out, err);
out:
    git_buf_dispose(&content);
    git_buf_dispose(&signature);
    return ok;
}

bool repository_each(struct repository *repository, const char *folder,
                     bool (*visit)(void *context, const char *name, struct error *err),
                     void *context, struct error *err)
{
    git_tree_entry *entry = NULL;
    git_tree *tree = NULL;
    bool ok = false;

    if (!find_entry(repository, folder, &entry, err)) goto out;
    if (entry == NULL || git_tree_entry_type(entry) != GIT_OBJECT_TREE) {
        ok = true;
        goto out;
    }
    if (git_tree_lookup(&tree, repository->git, git_tree_entry_id(entry)) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot read"), folder);
        goto out;
    }
    for (size_t i = 0; i < git_tree_entrycount(tree); i++)
        if (!visit(context, git_tree_entry_name(git_tree_entry_byindex(tree, i)), err)) goto out;
    ok = true;
out:
    git_tree_free(tree);
    git_tree_entry_free(entry);
    return ok;
}

/* ---- Packs ----------------------------------------------------------------------------------- */

static bool note_fresh(struct repository *repository, const git_oid *id, size_t bytes,
                       struct error *err)
{
    void *array = repository->fresh;

    if (!array_grow(&array, repository->fresh_count, sizeof *repository->fresh, OBJECTS_MAX,
                    N_("git objects"), err))
        return false;
    repository->fresh = array;
    repository->fresh[repository->fresh_count++] = *id;
    repository->fresh_bytes += bytes;
    return true;
}

/* Write what waits in memory to a synced pack. */
static bool write_pack(struct repository *repository, struct error *err)
{
    git_packbuilder *builder = NULL;
    bool ok = false;

    if (repository->fresh_count == 0) return true;
    if (git_packbuilder_new(&builder, repository->git) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot write"), N_("a git pack"));
        goto out;
    }
    for (size_t i = 0; i < repository->fresh_count; i++)
        if (git_packbuilder_insert(builder, &repository->fresh[i], NULL) < 0) {
            (void)fail(err, ERROR_IO, N_("cannot write"), N_("a git pack"));
            goto out;
        }
    if (git_packbuilder_write(builder, NULL, 0444, NULL, NULL) < 0 ||
        git_odb_refresh(repository->objects) < 0 || git_mempack_reset(repository->memory) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot write"), N_("a git pack"));
        goto out;
    }
    free(repository->fresh);
    repository->fresh = NULL;
    repository->fresh_count = 0;
    repository->fresh_bytes = 0;
    ok = true;
out:
    git_packbuilder_free(builder);
    return ok;
}

/* ---- Staging --------------------------------------------------------------------------------- */

static bool add_change(struct repository *repository, const char *path, const git_oid *id,
                       struct error *err)
{
    size_t size = strlen(path) + 1;
    struct change *change;
    void *array = repository->changes;
    char *copy;

    assert(size <= REPOSITORY_PATH_SIZE && path[0] != '/');
    if (!array_grow(&array, repository->change_count, sizeof *repository->changes,
                    REPOSITORY_CHANGES_MAX, N_("changed files"), err))
        return false;
    repository->changes = array;
    copy = malloc(size);
    if (copy == NULL) return error_set(err, ERROR_MEMORY, "out of memory");
    memcpy(copy, path, size);
    change = &repository->changes[repository->change_count];
    *change =
        (struct change){.path = copy, .is_removal = id == NULL, .order = repository->change_count};
    if (id != NULL) change->id = *id;
    repository->change_count++;
    return true;
}

bool repository_stage(struct repository *repository, const char *path, const uint8_t *data,
                      size_t size, struct error *err)
{
    git_tree_entry *entry = NULL;
    git_oid id;
    bool ok = false;

    if (git_odb_hash(&id, data, size, GIT_OBJECT_BLOB) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot hash"), path);
        goto out;
    }
    if (!find_entry(repository, path, &entry, err)) goto out;
    if (entry != NULL && git_oid_equal(git_tree_entry_id(entry), &id)) {
        ok = true;
        goto out;
    }
    if (git_blob_create_from_buffer(&id, repository->git, data, size) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot store"), path);
        goto out;
    }
    if (!note_fresh(repository, &id, size, err)) goto out;
    if (!add_change(repository, path, &id, err)) goto out;
    ok = repository->fresh_bytes < REPOSITORY_PACK_BYTES || write_pack(repository, err);
out:
    git_tree_entry_free(entry);
    return ok;
}

bool repository_remove(struct repository *repository, const char *path, struct error *err)
{
    git_tree_entry *entry = NULL;
    bool ok = false;

    if (!find_entry(repository, path, &entry, err)) goto out;
    ok = entry == NULL || add_change(repository, path, NULL, err);
out:
    git_tree_entry_free(entry);
    return ok;
}

/* ---- Trees ----------------------------------------------------------------------------------- */

static int order_changes(const void *left, const void *right)
{
    const struct change *a = left, *b = right;
    int order = strcmp(a->path, b->path);

    if (order == 0) order = a->order < b->order ? -1 : 1;
    return order;
}

/* Sort by path, keep the last change of each. */
static void settle_changes(struct repository *repository)
{
    struct change *all = repository->changes;
    size_t kept = 0;

    if (repository->change_count == 0) return;
    qsort(all, repository->change_count, sizeof *all, order_changes);
    for (size_t i = 1; i < repository->change_count; i++) {
        if (strcmp(all[kept].path, all[i].path) != 0)
            kept++;
        else
            free(all[kept].path);
        all[kept] = all[i];
    }
    repository->change_count = kept + 1;
}

/* A run of changes within one folder; `skip` bytes of their paths are the folder's. */
struct run {
    const struct change *changes;
    size_t count;
    size_t skip;
    int depth;
};

static bool write_folder(struct repository *repository, git_tree *base, struct run run,
                         git_oid *id_out, size_t *entries_out, struct error *err);

/* Rewrite the subfolder that the first changes of the run lie in. */
static bool write_subfolder(struct repository *repository, git_treebuilder *builder, git_tree *base,
                            struct run run, struct error *err)
{
    size_t size = strcspn(run.changes[0].path + run.skip, "/");
    char name[REPOSITORY_PATH_SIZE];
    const git_tree_entry *entry;
    git_tree *subtree = NULL;
    size_t entries = 0;
    git_oid id;
    bool ok = false;

    memcpy(name, run.changes[0].path + run.skip, size);
    name[size] = '\0';
    entry = base != NULL ? git_tree_entry_byname(base, name) : NULL;
    if (entry != NULL && git_tree_lookup(&subtree, repository->git, git_tree_entry_id(entry)) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot read folder"), name);
        goto out;
    }
    run.skip += size + 1;
    run.depth++;
    if (!write_folder(repository, subtree, run, &id, &entries, err)) goto out;
    if (entries > 0 ? git_treebuilder_insert(NULL, builder, name, &id, GIT_FILEMODE_TREE) < 0
                    : entry != NULL && git_treebuilder_remove(builder, name) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot write folder"), name);
        goto out;
    }
    ok = true;
out:
    git_tree_free(subtree);
    return ok;
}

static bool write_file(git_treebuilder *builder, const struct change *change, size_t skip,
                       struct error *err)
{
    const char *name = change->path + skip;
    int result = 0;

    if (!change->is_removal)
        result = git_treebuilder_insert(NULL, builder, name, &change->id, GIT_FILEMODE_BLOB);
    else if (git_treebuilder_get(builder, name) != NULL)
        result = git_treebuilder_remove(builder, name);
    return result >= 0 || fail(err, ERROR_IO, N_("cannot write"), change->path);
}

static size_t count_in_subfolder(struct run run)
{
    const char *path = run.changes[0].path;
    size_t prefix = run.skip + strcspn(path + run.skip, "/") + 1;
    size_t count = 1;

    while (count < run.count && strncmp(run.changes[count].path, path, prefix) == 0)
        count++;
    return count;
}

static bool write_folder(struct repository *repository, git_tree *base, struct run run,
                         git_oid *id_out, size_t *entries_out, struct error *err)
{
    git_treebuilder *builder = NULL;
    bool ok = false;

    assert(run.depth < TREE_DEPTH_MAX);
    if (git_treebuilder_new(&builder, repository->git, base) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot write"), "a folder");
        goto out;
    }
    for (size_t i = 0, step; i < run.count; i += step) {
        struct run rest = {run.changes + i, run.count - i, run.skip, run.depth};

        if (strchr(rest.changes[0].path + run.skip, '/') == NULL) {
            step = 1;
            if (!write_file(builder, rest.changes, run.skip, err)) goto out;
        } else {
            rest.count = step = count_in_subfolder(rest);
            if (!write_subfolder(repository, builder, base, rest, err)) goto out;
        }
    }
    *entries_out = git_treebuilder_entrycount(builder);
    if (*entries_out == 0 && run.depth > 0) {
        ok = true; /* the folder above leaves it out */
        goto out;
    }
    if (git_treebuilder_write(id_out, builder) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot write"), "a folder");
        goto out;
    }
    ok = note_fresh(repository, id_out, 0, err);
out:
    git_treebuilder_free(builder);
    return ok;
}

/* ---- Committing ------------------------------------------------------------------------------ */

static bool sign_commit(struct repository *repository, const struct repository_commit *commit,
                        const git_buf *content, git_oid *id_out, struct error *err)
{
    struct buffer signature = BUFFER_INIT(SIGNATURE_MAX);
    bool ok = false;

    if (!sign_ssh(commit->key, "git", (const uint8_t *)content->ptr, content->size, &signature,
                  err))
        goto out;
    if (git_commit_create_with_signature(id_out, repository->git, content->ptr,
                                         buffer_text(&signature), "gpgsig") < 0) {
        (void)fail(err, ERROR_IO, N_("cannot write"), N_("the commit"));
        goto out;
    }
    ok = note_fresh(repository, id_out, content->size, err);
out:
    buffer_done(&signature);
    return ok;
}

static bool write_commit(struct repository *repository, const struct repository_commit *commit,
                         const git_oid *tree_id, git_oid *id_out, struct error *err)
{
    git_signature *author = NULL;
    git_commit *parent = NULL;
    const git_commit *parents[1];
    git_tree *tree = NULL;
    git_buf content = {NULL, 0, 0};
    bool has_parent = repository->tree != NULL;
    bool ok = false;

    if (git_signature_new(&author, commit->author, commit->address, commit->time.seconds,
                          ZONE_CHINA_SECONDS / 60) < 0 ||
        git_tree_lookup(&tree, repository->git, tree_id) < 0 ||
        (has_parent && git_commit_lookup(&parent, repository->git, &repository->head) < 0)) {
        (void)fail(err, ERROR_IO, N_("cannot write"), N_("the commit"));
        goto out;
    }
    parents[0] = parent;
    if (git_commit_create_buffer(&content, repository->git, author, author, NULL, commit->message,
                                 tree, has_parent ? 1 : 0, parents) < 0) {
        (void)fail(err, ERROR_IO, N_("cannot write"), N_("the commit"));
        goto out;
    }
    ok = sign_commit(repository, commit, &content, id_out, err);
out:
    git_buf_dispose(&content);
    git_commit_free(parent);
    git_tree_free(tree);
    git_signature_free(author);
    return ok;
}

static bool move_branch(struct repository *repository, const git_oid *id, const char *message,
                        struct error *err)
{
    git_reference *reference = NULL;
    int result;

    if (repository->tree == NULL)
        result = git_reference_create(&reference, repository->git, BRANCH, id, 0, message);
    else
        result = git_reference_create_matching(&reference, repository->git, BRANCH, id, 1,
                                               &repository->head, message);
    git_reference_free(reference);
    if (result == GIT_EMODIFIED || result == GIT_EEXISTS)
        return error_set(err, ERROR_CONFLICT,
                         "somebody else committed to main meanwhile; publish again");
    return result == 0 || fail(err, ERROR_IO, N_("cannot move"), BRANCH);
}

/* Bring the files that the commit changed to the work tree. */
static bool check_out_changes(struct repository *repository, git_tree *before, struct error *err)
{
    char **paths = NULL;
    bool ok = false;

    if (before == NULL || repository->change_count > CHECKOUT_BY_PATH)
        return check_out(repository, NULL, 0, before, err);
    paths = calloc(repository->change_count, sizeof *paths);
    if (paths == NULL) return error_set(err, ERROR_MEMORY, "out of memory");
    for (size_t i = 0; i < repository->change_count; i++)
        paths[i] = repository->changes[i].path;
    ok = check_out(repository, paths, repository->change_count, before, err);
    free(paths);
    return ok;
}

bool repository_commit(struct repository *repository, const struct repository_commit *commit,
                       char id_out[REPOSITORY_COMMIT_HEX_SIZE], struct error *err)
{
    char mark[WRITER_MARK_SIZE];
    struct run all;
    git_tree *before = repository->tree;
    git_oid tree_id, id;
    size_t entries = 0;
    bool ok = false;

    assert(repository->change_count > 0);
    settle_changes(repository);
    all = (struct run){repository->changes, repository->change_count, 0, 0};
    if (!write_folder(repository, repository->tree, all, &tree_id, &entries, err)) goto out;
    if (!write_commit(repository, commit, &tree_id, &id, err)) goto out;
    if (!write_pack(repository, err)) goto out;
    if (!writer_begin(repository->lock, err)) goto out;
    make_mark(repository, mark); /* until the branch moves */
    if (!move_branch(repository, &id, commit->message, err)) {
        writer_end(repository->lock, mark);
        goto out;
    }
    repository->tree = NULL; /* `before` holds it now */
    if (!load_head(repository, err)) goto out;
    if (!check_out_changes(repository, before, err)) goto out;
    make_mark(repository, mark);
    writer_end(repository->lock, mark);
    forget_changes(repository);
    (void)git_oid_tostr(id_out, REPOSITORY_COMMIT_HEX_SIZE, &id);
    ok = true;
out:
    if (repository->tree != before) git_tree_free(before);
    return ok;
}
