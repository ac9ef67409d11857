/*
 * recheck_site.c - a whole publication: its periods, each by a thread, then what lies beside them.
 *
 * 1. Whatever the number of threads, what is named is of the newest period that has something
 * wrong.
 */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exporters/embedded.h"
#include "exporters/page_scan.h"
#include "exporters/recheck.h"

#define THREADS_MAX        16
#define PACKAGE_NAME_BYTES 200 /* of the root's name in datapackage.json */

/* ---- Beside the periods -------------------------------------------------------------------------
 */

static bool read_file(struct recheck *work, const char *path, struct buffer *out, struct error *err)
{
    bool found = false;

    return repository_read(work->repository, path, out, &found, err) &&
           (found || error_set(err, ERROR_VERIFY, "%s is missing", path));
}

struct front {
    struct buffer index, readme, schema, made;
};

static bool check_front_files(struct recheck *work, struct front *front,
                              const struct site_periods *periods, struct error *err)
{
    char name[TEXT_SIZE];
    const struct site site = {work->origin, work->root, name, work->log_key};

    site_index_name(&front->index, name);
    if (!site_make_index(work->maker, &site, periods, &front->made, err)) return false;
    if (!recheck_is_same(&front->made, &front->index))
        return error_set(err, ERROR_VERIFY, "index.html isn't what the publication makes");
    work->report->pages++;
    buffer_reset(&front->made);
    if (!site_make_readme(&site, periods, &front->made, err)) return false;
    if (!recheck_is_same(&front->made, &front->readme))
        return error_set(err, ERROR_VERIFY, "README.md isn't what the publication makes");
    if (front->schema.size != embedded_xsd_size ||
        memcmp(front->schema.data, embedded_xsd, embedded_xsd_size) != 0)
        return error_set(err, ERROR_VERIFY, "schema/disclosure.xsd isn't the program's");
    return recheck_claim(work, "index.html", name, err);
}

/* index.html, README.md and the schema are written together, so they are of one edition. */
static bool check_front(struct recheck *work, const struct site_periods *periods, struct error *err)
{
    struct front front = {BUFFER_INIT(SITE_FILE_BYTES_MAX), BUFFER_INIT(SITE_FILE_BYTES_MAX),
                          BUFFER_INIT(SITE_FILE_BYTES_MAX), BUFFER_INIT(SITE_FILE_BYTES_MAX)};
    bool ok = false;

    if (!read_file(work, "index.html", &front.index, err) ||
        !read_file(work, "README.md", &front.readme, err) ||
        !read_file(work, "schema/disclosure.xsd", &front.schema, err))
        goto out;
    if (!page_scan(&front.index, NULL, NULL, err)) {
        if (err->code == ERROR_VERIFY) (void)error_at(err, "index.html");
        goto out;
    }
    if (page_is_ours(work->maker, &front.index)) {
        ok = check_front_files(work, &front, periods, err);
    } else {
        work->report->other_pages++;
        work->report->other_files += 2;
        ok = true;
    }
out:
    buffer_done(&front.made);
    buffer_done(&front.schema);
    buffer_done(&front.readme);
    buffer_done(&front.index);
    return ok;
}

/* The name that a file gives the root is one that it had: it may have been renamed since the last
   period ended, of which only the ledger can tell. */
static bool judge_claims(struct recheck *work, bool has_ledger, struct error *err)
{
    for (size_t i = 0; i < work->claim_count; i++) {
        const struct recheck_claim *claim = &work->claims[i];

        if (recheck_knows_name(work, claim->name, PACKAGE_NAME_BYTES)) continue;
        if (has_ledger)
            return error_set(err, ERROR_VERIFY,
                             "%s calls the root division %.300s, which it never "
                             "was",
                             claim->path, claim->name);
        work->report->lists++;
    }
    return true;
}

/* ---- Threads ------------------------------------------------------------------------------------
 */

/* The periods, the newest first, and who takes the next. */
struct share {
    pthread_mutex_t lock;
    struct site_periods periods;
    size_t next;
    bool has_failed; /* no more are handed out: all newer ones have been */
};

struct worker {
    struct share *share;
    struct recheck work;
    struct publication_recheck report;
    struct error err;
    size_t failed_at; /* the period, when err is set */
    pthread_t thread;
    bool is_started;
};

static bool take_period(struct share *share, size_t *out)
{
    bool any;

    (void)pthread_mutex_lock(&share->lock);
    any = !share->has_failed && share->next < share->periods.count;
    if (any) *out = share->next++;
    (void)pthread_mutex_unlock(&share->lock);
    return any;
}

static void *run_worker(void *context)
{
    struct worker *worker = context;
    struct share *share = worker->share;
    size_t at;

    while (take_period(share, &at)) {
        if (recheck_period(&worker->work, &share->periods.periods[at], &worker->err)) continue;
        worker->failed_at = at;
        (void)pthread_mutex_lock(&share->lock);
        share->has_failed = true;
        (void)pthread_mutex_unlock(&share->lock);
        break;
    }
    return NULL;
}

static bool open_worker(struct worker *worker, struct share *share, const char *path,
                        struct error *err)
{
    worker->share = share;
    worker->work.path = path;
    worker->work.report = &worker->report;
    return repository_open(path, false, &worker->work.repository, err) &&
           page_maker_open(&worker->work.maker, err);
}

static void close_worker(struct worker *worker)
{
    free(worker->work.names);
    free(worker->work.claims);
    page_maker_close(worker->work.maker);
    repository_close(worker->work.repository);
}

/* What one found, to what the first found. */
static bool add_worker(struct recheck *work, const struct worker *other, struct error *err)
{
    const struct publication_recheck *report = &other->report;

    work->report->pages += report->pages;
    work->report->tables += report->tables;
    work->report->other_pages += report->other_pages;
    work->report->other_files += report->other_files;
    work->report->lists += report->lists;
    for (size_t i = 0; i < other->work.name_count; i++)
        if (!recheck_add_name(work, other->work.names[i].text, err)) return false;
    for (size_t i = 0; i < other->work.claim_count; i++)
        if (!recheck_claim(work, other->work.claims[i].path, other->work.claims[i].name, err))
            return false;
    return other->work.origin[0] == '\0' ||
           (recheck_agree("snapshots", "origin", other->work.origin, work->origin,
                          sizeof work->origin, err) &&
            recheck_agree("snapshots", "log_key", other->work.log_key, work->log_key,
                          sizeof work->log_key, err) &&
            recheck_agree("snapshots", "root division", other->work.root, work->root,
                          sizeof work->root, err));
}

/* Run them all; the caller's thread is the first. One that doesn't start leaves its part to the
   others. */
static bool run_workers(struct worker *workers, size_t count, struct error *err)
{
    const struct worker *failed = NULL;

    for (size_t i = 1; i < count; i++)
        workers[i].is_started =
            pthread_create(&workers[i].thread, NULL, run_worker, &workers[i]) == 0;
    (void)run_worker(&workers[0]);
    for (size_t i = 1; i < count; i++)
        if (workers[i].is_started) (void)pthread_join(workers[i].thread, NULL);
    for (size_t i = 0; i < count; i++)
        if (workers[i].err.code != ERROR_NONE &&
            (failed == NULL || workers[i].failed_at < failed->failed_at))
            failed = &workers[i];
    if (failed != NULL) {
        *err = failed->err;
        return false;
    }
    for (size_t i = 1; i < count; i++)
        if (!add_worker(&workers[0].work, &workers[i], err)) return false;
    return true;
}

static size_t choose_count(size_t periods)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = processors < 1 ? 1 : (size_t)processors;

    if (count > THREADS_MAX) count = THREADS_MAX;
    if (count > periods) count = periods;
    return count == 0 ? 1 : count;
}

/* ---- The whole ----------------------------------------------------------------------------------
 */

static bool check_folder(void *context, const char *name, struct error *err)
{
    struct error ignored = ERROR_INIT;
    struct period period;

    (void)context;
    return period_parse(name, &period, &ignored) ||
           error_set(err, ERROR_VERIFY, "snapshots/%s is no period", name);
}

static bool check_all(struct share *share, struct worker *workers, const char *repository,
                      const char *root_name, struct error *err)
{
    struct recheck *first = &workers[0].work;
    size_t count;

    if (!open_worker(&workers[0], share, repository, err)) return false;
    if (!repository_each(first->repository, "snapshots", check_folder, NULL, err)) return false;
    if (!site_list_periods(first->repository, NULL, &share->periods, err)) return false;
    if (root_name != NULL && !recheck_add_name(first, root_name, err)) return false;
    count = choose_count(share->periods.count);
    for (size_t i = 1; i < count; i++)
        if (!open_worker(&workers[i], share, repository, err)) return false;
    if (!run_workers(workers, count, err)) return false;
    /* Before the first period there is no document to make them from. */
    return share->periods.count == 0 || (check_front(first, &share->periods, err) &&
                                         judge_claims(first, root_name != NULL, err));
}

bool publication_recheck(const char *repository, const char *root_name,
                         struct publication_recheck *out, struct error *err)
{
    struct share share = {.next = 0};
    struct worker *workers = calloc(THREADS_MAX, sizeof *workers);
    bool ok = false;

    if (workers == NULL || pthread_mutex_init(&share.lock, NULL) != 0) {
        free(workers);
        return error_set(err, ERROR_MEMORY, "out of memory");
    }
    ok = check_all(&share, workers, repository, root_name, err);
    if (ok) *out = workers[0].report;
    for (size_t i = 0; i < THREADS_MAX; i++)
        close_worker(&workers[i]);
    free(share.periods.periods);
    (void)pthread_mutex_destroy(&share.lock);
    free(workers);
    return ok;
}
