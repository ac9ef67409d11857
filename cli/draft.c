/*
 * draft.c - drafts as files: found, read, written, removed.
 *
 * NAME.voucher is a form; NAME.KIND.EXTENSION is a sheet for `mingzhang import KIND`, as it was.
 */
#include "cli/draft.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/language.h"
#include "base/text.h"

/* ---- Names ---------------------------------------------------------------------------------- */

/* One part of a file's name: no dot ends up in it, and no slash. */
static bool take_part(const char **at, char *out, size_t size)
{
    size_t length = strcspn(*at, ".");

    if (length == 0 || length >= size) return false;
    memcpy(out, *at, length);
    out[length] = 0;
    *at += length + ((*at)[length] == '.');
    return true;
}

static bool parse_name(const char *file, struct draft *out)
{
    const char *at = file;
    char extension[16];

    memset(out, 0, sizeof *out);
    if (!take_part(&at, out->name, sizeof out->name) ||
        !take_part(&at, out->kind, sizeof out->kind)) {
        return false;
    }
    if (strcmp(out->kind, DRAFT_FORM) == 0) return *at == 0;
    return take_part(&at, extension, sizeof extension) && *at == 0;
}

static bool check_name(const char *name, struct error *err)
{
    if (strchr(name, '.') != NULL) {
        return error_set(err, ERROR_INPUT, "the name of a draft has no dot; leave it out of \"%s\"",
                         name);
    }
    return text_check_code(name, N_("name of the draft"), err);
}

/* ---- Finding -------------------------------------------------------------------------------- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct draft *)a)->name, ((const struct draft *)b)->name);
}

/* The drafts of an open directory; files that are no drafts are passed over. */
static bool collect(DIR *directory, const char *path, struct draft *drafts, size_t *count,
                    struct error *err)
{
    struct dirent *entry;
    struct stat status;

    while ((entry = readdir(directory)) != NULL) {
        struct draft *draft = &drafts[*count];

        if (!parse_name(entry->d_name, draft)) continue;
        if (*count == DRAFTS_MAX) {
            return error_set(err, ERROR_LIMIT, "there are more than %d drafts; drop some",
                             DRAFTS_MAX);
        }
        if ((size_t)snprintf(draft->path, sizeof draft->path, "%s/%s", path, entry->d_name) >=
            sizeof draft->path) {
            return error_set(err, ERROR_LIMIT, "the path is too long");
        }
        if (lstat(draft->path, &status) != 0) continue; /* dropped meanwhile */
        draft->saved = (instant_t){status.st_mtime};
        (*count)++;
    }
    return true;
}

bool draft_each(const char *directory,
                bool (*visit)(void *context, const struct draft *draft, struct error *err),
                void *context, struct error *err)
{
    struct draft *drafts = NULL;
    DIR *opened = opendir(directory);
    size_t count = 0;
    size_t i;
    bool ok = false;

    if (opened == NULL) {
        ok = errno == ENOENT ||
             error_set(err, ERROR_IO, "the drafts can't be listed: %s", strerror(errno));
        goto out;
    }
    drafts = calloc(DRAFTS_MAX + 1, sizeof *drafts);
    if (drafts == NULL) {
        error_set(err, ERROR_MEMORY, "memory ran out");
        goto out;
    }
    if (!collect(opened, directory, drafts, &count, err)) goto out;
    qsort(drafts, count, sizeof *drafts, compare_names);
    for (i = 0; i < count; i++) {
        if (!visit(context, &drafts[i], err)) goto out;
    }
    ok = true;
out:
    free(drafts);
    if (opened != NULL) closedir(opened);
    return ok || error_at(err, "%s", directory);
}

struct search {
    const char *name;
    struct draft *out;
    bool found;
};

static bool match(void *context, const struct draft *draft, struct error *err)
{
    struct search *search = context;

    (void)err;
    if (strcmp(search->name, draft->name) != 0) return true;
    *search->out = *draft;
    search->found = true;
    return true;
}

bool draft_find(const char *directory, const char *name, struct draft *out, struct error *err)
{
    struct search search = {name, out, false};

    if (!check_name(name, err) || !draft_each(directory, match, &search, err)) return false;
    return search.found ||
           error_set(err, ERROR_NOT_FOUND,
                     "there is no draft %s; `mingzhang draft list` lists yours", name);
}

/* ---- Reading and writing -------------------------------------------------------------------- */

static bool check_file(int descriptor, struct error *err)
{
    struct stat status;

    if (fstat(descriptor, &status) != 0) {
        return error_set(err, ERROR_IO, "can't be looked at: %s", strerror(errno));
    }
    if (!S_ISREG(status.st_mode)) return error_set(err, ERROR_INPUT, "this is no plain file");
    if (status.st_uid != geteuid() || (status.st_mode & 077) != 0) {
        return error_set(err, ERROR_PERMISSION,
                         "others may read or change this draft, which may name people; look at it, "
                         "then chmod 600");
    }
    return true;
}

bool draft_read(const struct draft *draft, struct buffer *out, struct error *err)
{
    uint8_t chunk[4096];
    ssize_t size = 0;
    int descriptor = open(draft->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool ok = false;

    if (descriptor < 0) {
        error_set(err, ERROR_IO, "can't be opened: %s", strerror(errno));
        goto out;
    }
    if (!check_file(descriptor, err)) goto out;
    do {
        size = read(descriptor, chunk, sizeof chunk);
        if (size < 0 && errno == EINTR) continue;
        if (size > 0 && !buffer_append(out, chunk, (size_t)size, err)) goto out;
    } while (size != 0 && !(size < 0 && errno != EINTR));
    if (size < 0) {
        error_set(err, ERROR_IO, "can't be read: %s", strerror(errno));
        goto out;
    }
    ok = true;
out:
    if (descriptor >= 0) close(descriptor);
    return ok || error_at(err, "%s", draft->path);
}

bool draft_write(const char *directory, const char *name, const char *kind, const char *extension,
                 const struct buffer *bytes, struct error *err)
{
    char path[PATH_SIZE_MAX];

    if (!check_name(name, err)) return false;
    if ((size_t)snprintf(path, sizeof path, "%s/%s.%s%s%s", directory, name, kind,
                         extension[0] != 0 ? "." : "", extension) >= sizeof path) {
        return error_set(err, ERROR_LIMIT, "the path is too long");
    }
    return path_make_parents(path, err) && file_write_whole(path, bytes->data, bytes->size, err);
}

bool draft_remove(const struct draft *draft, struct error *err)
{
    if (unlink(draft->path) == 0) return true;
    error_set(err, ERROR_IO, "can't be removed: %s", strerror(errno));
    return error_at(err, "%s", draft->path);
}
