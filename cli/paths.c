/*
 * paths.c - the places of files that belong to a person or a machine, and whole files read and
 * written.
 */
#include "cli/paths.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

/* An environment variable that says something; the XDG rules ignore relative paths. */
static const char *variable(const char *name, bool absolute_only)
{
    const char *value = getenv(name);

    if (value == NULL || value[0] == 0) return NULL;
    if (absolute_only && value[0] != '/') return NULL;
    return value;
}

/* Append "$XDG_x/mingzhang/" or "$HOME/<rest>/mingzhang/". */
static bool append_base(const char *xdg_name, const char *home_rest, struct buffer *out,
                        struct error *err)
{
    const char *base = variable(xdg_name, true);

    if (base != NULL) return buffer_append_format(out, err, "%s/mingzhang/", base);
    base = variable("HOME", true);
    if (base == NULL) {
        return error_set(err, ERROR_USAGE, "HOME isn't set; set it, or %s", xdg_name);
    }
    return buffer_append_format(out, err, "%s/%s/mingzhang/", base, home_rest);
}

bool path_of_key(const char *user, struct buffer *out, struct error *err)
{
    const char *directory = variable("MINGZHANG_KEYS", false);

    if (!text_check_user(user, err)) return false; /* so no slash gets into the path */
    if (directory != NULL) return buffer_append_format(out, err, "%s/%s.pem", directory, user);
    return append_base("XDG_CONFIG_HOME", ".config", out, err) &&
           buffer_append_format(out, err, "keys/%s.pem", user);
}

bool path_of_signer(const char *origin, struct buffer *out, struct error *err)
{
    const char *directory = variable("MINGZHANG_SIGNER", false);

    if (directory != NULL) return buffer_append_text(out, directory, err);
    if (origin[0] == '/' || strstr(origin, "..") != NULL) {
        return error_set(err, ERROR_INPUT,
                         "the origin %s can't name a directory; set MINGZHANG_SIGNER", origin);
    }
    return append_base("XDG_STATE_HOME", ".local/state", out, err) &&
           buffer_append_text(out, origin, err);
}

bool path_of_drafts(const char *origin, const char *user, struct buffer *out, struct error *err)
{
    const char *base = variable("MINGZHANG_DRAFTS", false);

    if (!text_check_user(user, err)) return false;
    if (origin[0] == '/' || strstr(origin, "..") != NULL) {
        return error_set(err, ERROR_INPUT, "the origin %s can't name a directory", origin);
    }
    if (base != NULL) return buffer_append_format(out, err, "%s/%s/%s", base, origin, user);
    base = variable("XDG_STATE_HOME", true);
    if (base != NULL) {
        return buffer_append_format(out, err, "%s/mingzhang-drafts/%s/%s", base, origin, user);
    }
    base = variable("HOME", true);
    if (base == NULL) {
        return error_set(err, ERROR_USAGE, "HOME isn't set; set it, or MINGZHANG_DRAFTS");
    }
    return buffer_append_format(out, err, "%s/.local/state/mingzhang-drafts/%s/%s", base, origin,
                                user);
}

bool path_of_memory(struct buffer *out, struct error *err)
{
    const char *base = variable("MINGZHANG_VERIFY_STATE", false);

    if (base != NULL) return buffer_append_text(out, base, err);
    base = variable("XDG_STATE_HOME", true);
    if (base != NULL) return buffer_append_format(out, err, "%s/mingzhang-verify", base);
    base = variable("HOME", true);
    if (base == NULL) return true;
    return buffer_append_format(out, err, "%s/.local/state/mingzhang-verify", base);
}

bool path_of_publication(const char *location, struct buffer *out, struct error *err)
{
    return buffer_append_format(out, err, "%s/../publication", location);
}

const char *path_of_scratch(void)
{
    const char *directory = variable("TMPDIR", true);

    return directory != NULL ? directory : "/var/tmp";
}

bool path_make_parents(const char *path, struct error *err)
{
    char part[PATH_SIZE_MAX];
    size_t i;

    if (strlen(path) >= sizeof part) {
        error_set(err, ERROR_LIMIT, "the path is too long");
        return error_at(err, "%s", path);
    }
    for (i = 0; path[i] != 0; i++) {
        part[i] = path[i];
        if (i == 0 || path[i] != '/') continue;
        part[i] = 0;
        if (mkdir(part, 0700) != 0 && errno != EEXIST) {
            error_set(err, ERROR_IO, "the directory can't be made: %s", strerror(errno));
            return error_at(err, "%s", part);
        }
        part[i] = '/';
    }
    return true;
}

/* The nearest part of the path that exists, resolved. */
static bool resolve(const char *path, char out[PATH_MAX])
{
    char part[PATH_SIZE_MAX];
    char *slash;

    if (strlen(path) >= sizeof part) return false;
    memcpy(part, path, strlen(path) + 1);
    while (realpath(part, out) == NULL) {
        slash = strrchr(part, '/');
        if (slash == NULL) return realpath(".", out) != NULL;
        if (slash == part) return realpath("/", out) != NULL;
        *slash = 0;
    }
    return true;
}

bool path_is_within(const char *path, const char *above)
{
    char inner[PATH_MAX], outer[PATH_MAX];
    size_t size;

    if (realpath(above, outer) == NULL || !resolve(path, inner)) return false;
    size = strlen(outer);
    return strncmp(inner, outer, size) == 0 && (inner[size] == 0 || inner[size] == '/');
}

bool path_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

bool file_read_whole(const char *path, struct buffer *out, struct error *err)
{
    uint8_t chunk[4096];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = 0;
    bool ok = false;

    if (descriptor < 0) {
        error_set(err, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_IO, "can't be opened: %s",
                  strerror(errno));
        goto out;
    }
    for (;;) {
        size = read(descriptor, chunk, sizeof chunk);
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) break;
        if (!buffer_append(out, chunk, (size_t)size, err)) goto out;
    }
    if (size < 0) {
        error_set(err, ERROR_IO, "can't be read: %s", strerror(errno));
        goto out;
    }
    ok = true;
out:
    if (descriptor >= 0) close(descriptor);
    return ok || error_at(err, "%s", path);
}

static bool write_all(int descriptor, const uint8_t *data, size_t size)
{
    while (size > 0) {
        ssize_t written = write(descriptor, data, size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        data += written;
        size -= (size_t)written;
    }
    return fsync(descriptor) == 0;
}

bool file_write_whole(const char *path, const uint8_t *data, size_t size, struct error *err)
{
    char fresh[PATH_SIZE_MAX];
    int descriptor = -1;
    bool ok = false;

    if ((size_t)snprintf(fresh, sizeof fresh, "%s.new", path) >= sizeof fresh) {
        return error_set(err, ERROR_LIMIT, "the path is too long");
    }
    descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        error_set(err, ERROR_IO, "can't be written: %s; make room or choose another place",
                  strerror(errno));
        goto out;
    }
    if (!write_all(descriptor, data, size) || rename(fresh, path) != 0) {
        error_set(err, ERROR_IO, "can't be written: %s; make room or choose another place",
                  strerror(errno));
        unlink(fresh);
        goto out;
    }
    ok = true;
out:
    if (descriptor >= 0) close(descriptor);
    return ok || error_at(err, "%s", path);
}
