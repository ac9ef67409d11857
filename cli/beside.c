/*
 * beside.c - attached files, remembered layouts and synonyms of headings, copied with their ledger.
 *
 * 1. Which files there must be is asked of the ledger that is copied to: its entries name them.
 * 2. A file that is lost stops nothing: it is told, and the rest is copied.
 */
#include "cli/beside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/language.h"
#include "cli/paths.h"
#include "cli/session.h"
#include "ledger/ledger.h"

#define LAYOUTS_FOLDER  "layouts"
#define SYNONYMS_FILE   "columns.csv"
#define SMALL_BYTES_MAX (16u * 1024 * 1024)
#define LAYOUTS_MAX     100000

struct beside {
    const char *from, *to, *since;
    bool is_look; /* nothing is copied */
    struct beside_report report;
};

/* ---- Attached files -------------------------------------------------------------------------- */

static bool copy_file(struct beside *beside, const hash_t *sha256, struct error *err)
{
    bool copied = false;

    if (beside->since != NULL && attachment_link(beside->since, beside->to, sha256, &copied, err) &&
        copied)
        return true;
    error_clear(err);
    if (!attachment_copy(beside->from, beside->to, sha256, &copied, err)) return false;
    if (copied) beside->report.copied++;
    return true;
}

static bool look_at(const struct beside *beside, const hash_t *sha256, struct error *err)
{
    enum attachment_state state;
    char hex[HASH_HEX_SIZE];

    if (!attachment_check(beside->from, sha256, &state, err)) return false;
    return state == ATTACHMENT_WHOLE ||
           error_set(err, ERROR_VERIFY, "the file %s is missing or changed",
                     hash_to_hex(sha256, hex));
}

static bool visit(void *context, const struct attachment *attachment, struct error *err)
{
    struct beside *beside = context;
    struct error found = ERROR_INIT;

    if (hash_equal(&attachment->sha256, &HASH_ZERO))
        return true; /* erased or lost, by acts of two */
    beside->report.files++;
    if (beside->is_look ? look_at(beside, &attachment->sha256, &found)
                        : copy_file(beside, &attachment->sha256, &found))
        return true;
    if (found.code != ERROR_NOT_FOUND && found.code != ERROR_VERIFY && found.code != ERROR_LIMIT) {
        *err = found;
        return false;
    }
    if (attachment->is_lost) { /* and no copy turned up since */
        beside->report.declared++;
        return true;
    }
    beside->report.lost++;
    say("lost: %s of %s %s, entry %llu: %s",
        attachment->title[0] != 0 ? attachment->title : _("(its title is not known any more)"),
        translate(attachment->what), attachment->code, (unsigned long long)attachment->seq,
        found.message);
    return true;
}

static bool each_file(struct beside *beside, struct error *err)
{
    struct ledger_options options = session_ledger_options();
    struct ledger *ledger = NULL;
    bool ok = ledger_open(beside->to, &options, true, &ledger, err) &&
              attachment_each(ledger_journal(ledger), NULL, NULL, visit, beside, err);

    ledger_close(ledger);
    return ok;
}

/* ---- Layouts and synonyms -------------------------------------------------------------------- */

static bool is_file(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* Copy one small file of that name, if there is one; links and whatever else are left. */
static bool copy_small(const struct beside *beside, const char *name, struct error *err)
{
    struct buffer from = BUFFER_INIT(PATH_SIZE_MAX), to = BUFFER_INIT(PATH_SIZE_MAX);
    struct buffer bytes = BUFFER_INIT(SMALL_BYTES_MAX);
    bool ok = buffer_append_format(&from, err, "%s/%s", beside->from, name) &&
              buffer_append_format(&to, err, "%s/%s", beside->to, name);

    if (ok && is_file(buffer_text(&from)))
        ok = file_read_whole(buffer_text(&from), &bytes, err) &&
             file_write_whole(buffer_text(&to), bytes.data, bytes.size, err);
    buffer_done(&from);
    buffer_done(&to);
    buffer_done(&bytes);
    return ok;
}

static bool make_folder(const char *ledger, struct error *err)
{
    struct buffer path = BUFFER_INIT(PATH_SIZE_MAX);
    bool ok = buffer_append_format(&path, err, "%s/" LAYOUTS_FOLDER, ledger);

    if (ok && mkdir(buffer_text(&path), 0700) != 0 && errno != EEXIST) {
        error_set(err, ERROR_IO, "can't be made: %s", strerror(errno));
        ok = error_at(err, "%s", buffer_text(&path));
    }
    buffer_done(&path);
    return ok;
}

static bool copy_layout(const struct beside *beside, const char *name, struct error *err)
{
    struct buffer path = BUFFER_INIT(PATH_SIZE_MAX);
    bool ok = buffer_append_format(&path, err, LAYOUTS_FOLDER "/%s", name) &&
              copy_small(beside, buffer_text(&path), err);

    buffer_done(&path);
    return ok;
}

static bool copy_layouts(const struct beside *beside, struct error *err)
{
    struct buffer path = BUFFER_INIT(PATH_SIZE_MAX);
    const struct dirent *entry;
    DIR *directory = NULL;
    int count = 0;
    bool ok = buffer_append_format(&path, err, "%s/" LAYOUTS_FOLDER, beside->from);

    if (ok) directory = opendir(buffer_text(&path));
    if (directory != NULL) ok = make_folder(beside->to, err);
    while (ok && directory != NULL && (entry = readdir(directory)) != NULL) {
        if (entry->d_name[0] == '.') continue;
        ok = ++count <= LAYOUTS_MAX
                 ? copy_layout(beside, entry->d_name, err)
                 : error_set(err, ERROR_LIMIT, "more than %d layouts are kept", LAYOUTS_MAX);
    }
    if (directory != NULL) (void)closedir(directory);
    buffer_done(&path);
    return ok;
}

/* The names just made are on the disk. */
static bool sync_folder(const char *ledger, const char *name, struct error *err)
{
    struct buffer path = BUFFER_INIT(PATH_SIZE_MAX);
    bool ok = buffer_append_format(&path, err, "%s/%s", ledger, name);
    int folder = ok ? open(buffer_text(&path), O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

    if (folder >= 0 && fsync(folder) != 0)
        ok = error_set(err, ERROR_IO, "%s can't be written: %s", buffer_text(&path),
                       strerror(errno));
    if (folder >= 0) (void)close(folder);
    buffer_done(&path);
    return ok;
}

/* ---- The whole ------------------------------------------------------------------------------- */

bool beside_copy(const char *from, const char *to, const char *since, struct beside_report *out,
                 struct error *err)
{
    struct beside beside = {.from = from, .to = to, .since = since};

    if (!each_file(&beside, err) || !copy_small(&beside, SYNONYMS_FILE, err) ||
        !copy_layouts(&beside, err) || !sync_folder(to, LAYOUTS_FOLDER, err) ||
        !sync_folder(to, ".", err))
        return false;
    *out = beside.report;
    return true;
}

bool beside_check(const char *files, const char *ledger, struct beside_report *out,
                  struct error *err)
{
    struct beside beside = {.from = files, .to = ledger, .is_look = true};

    if (!each_file(&beside, err)) return false;
    *out = beside.report;
    return true;
}
