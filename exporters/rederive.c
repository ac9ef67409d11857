/*
 * rederive.c - does the ledger still derive all that is published of it?
 *
 * 1. A period's documents are those of its last publication.make under the published checkpoint,
 * and must come to its documents_root.
 * 2. They were rendered as of the entry before it. Most periods still render the same now; those
 *    that don't are rendered again from a replay that stops there, because what came after is no
 *    fault of theirs.
 * 3. The same of pages that are made from lists, and of the feed.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/tree.h"
#include "exporters/correction.h"
#include "exporters/array.h"
#include "exporters/recheck.h"
#include "exporters/rederive.h"

#define PERIODS_MAX    10000
#define MAKES_MAX      1000000
#define SCRATCH_FOLDER "/tmp" /* for the replay; the file has no name there */
#define LINE_SHOWN_MAX 120

struct issued {
    struct made made;
    bool is_there; /* the repository has a folder for the period */
    /* Of documents, of pages of lists: the first, as of the log looked at last; or ERROR_NONE. */
    struct error difference, list_difference;
};

enum look { LOOK_AT_ANNOUNCEMENT, LOOK_AT_CHECKPOINT };

struct rederivation {
    struct publication publication;
    struct issued *periods; /* the last publication.make of each, by seq */
    size_t count;
    struct made *makes; /* all of them, by seq */
    size_t make_count;
};

/* ---- What was announced ---------------------------------------------------------------------- */

static bool add_made(void *context, const struct made *made, struct error *err)
{
    struct rederivation *work = context;
    void *array = work->makes;

    if (!array_grow(&array, work->make_count, sizeof *made, MAKES_MAX, "publications", err))
        return false;
    work->makes = array;
    work->makes[work->make_count++] = *made;
    array = work->periods;
    for (size_t i = 0; i < work->count; i++)
        if (strcmp(work->periods[i].made.period, made->period) == 0) {
            work->periods[i].made = *made;
            return true;
        }
    if (!array_grow(&array, work->count, sizeof *work->periods, PERIODS_MAX, "periods", err))
        return false;
    work->periods = array;
    work->periods[work->count++] = (struct issued){.made = *made};
    return true;
}

static int order_by_seq(const void *left, const void *right)
{
    const struct issued *a = left, *b = right;

    return a->made.seq < b->made.seq ? -1 : a->made.seq > b->made.seq;
}

static bool mark_there(void *context, const char *name, struct error *err)
{
    struct rederivation *work = context;

    for (size_t i = 0; i < work->count; i++)
        if (strcmp(work->periods[i].made.period, name) == 0) {
            work->periods[i].is_there = true;
            return true;
        }
    return error_set(err, ERROR_VERIFY,
                     "snapshots/%s is in the repository, but the ledger never announced it", name);
}

/* ---- One period against one state of the ledger ---------------------------------------------- */

struct comparison {
    struct rederivation *work;
    const struct issued *issued;
    struct survey *survey;
    bool *is_published; /* by place */
    struct tree_frontier frontier;
    struct error *difference; /* the first; its code stays ERROR_NONE when there is none */
};

/* Length of the line that begins at `at`, cut to what a message can show. */
static int shown_size(const struct buffer *text, size_t at)
{
    size_t size = strcspn(buffer_text(text) + at, "\n");

    return (int)(size > LINE_SHOWN_MAX ? LINE_SHOWN_MAX : size);
}

static void name_difference(struct error *difference, const char *path,
                            const struct buffer *published, const struct buffer *derived)
{
    const char *left = buffer_text(published), *right = buffer_text(derived);
    size_t line = 1, at = 0, begin = 0;

    while (left[at] != '\0' && left[at] == right[at]) {
        if (left[at++] == '\n') {
            line++;
            begin = at;
        }
    }
    begin += strspn(left + begin, " ") < at - begin ? strspn(left + begin, " ") : at - begin;
    (void)error_set(difference, ERROR_VERIFY,
                    "%s, line %zu: published is \"%.*s\", the ledger derives \"%.*s\"", path, line,
                    shown_size(published, begin), left + begin, shown_size(derived, begin),
                    right + begin);
}

static bool compare_document(struct comparison *comparison, size_t place, const char *path,
                             struct error *err)
{
    struct buffer published = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    struct buffer derived = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    struct correction correction = {.figures = NULL};
    const struct corrected_figure *wrong = NULL;
    struct document_facts facts;
    hash_t digest;
    bool found = false;
    bool ok = false;

    if (!repository_read(comparison->work->publication.repository, path, &published, &found, err))
        goto out;
    assert(found);
    if (!document_read(published.data, published.size, path, &facts, err)) goto out;
    if (!issue_add_leaf(&comparison->frontier, path, &facts.digest, err)) goto out;
    if (!correction_read(published.data, published.size, path, &correction, err)) goto out;
    if (!survey_render(comparison->survey, place, &correction, &derived, err)) goto out;
    if (!correction_check(&correction, &derived, CORRECTION_NOW, path, &wrong, err)) goto out;
    if (!document_digest(derived.data, derived.size, path, &digest, err)) goto out;
    if (!hash_equal(&digest, &facts.digest) && comparison->difference->code == ERROR_NONE)
        name_difference(comparison->difference, path, &published, &derived);
    if (wrong != NULL && comparison->difference->code == ERROR_NONE)
        (void)error_set(comparison->difference, ERROR_VERIFY,
                        "%s says that %s of %s %s was corrected to what it isn't", path,
                        wrong->figure, wrong->of, wrong->code);
    ok = true;
out:
    correction_done(&correction);
    buffer_done(&derived);
    buffer_done(&published);
    return ok;
}

/* First pass: which divisions have a document, because a parent's document links to it. */
static bool mark_document(void *context, const char *name, struct error *err)
{
    struct comparison *comparison = context;
    char division[DIVISION_CODE_SIZE];
    size_t place;

    if (!issue_parse_name(name, division)) return true;
    place = survey_find_place(comparison->survey, division);
    if (place == SURVEY_NONE) {
        if (comparison->difference->code == ERROR_NONE)
            (void)error_set(comparison->difference, ERROR_VERIFY,
                            "snapshots/%s/%s: the ledger knows no such division",
                            comparison->issued->made.period, name);
        return true;
    }
    (void)err;
    comparison->is_published[place] = true;
    survey_add_document(comparison->survey, place);
    return true;
}

static bool compare_places(struct comparison *comparison, struct error *err)
{
    for (size_t i = 0; i < comparison->survey->place_count; i++) {
        const struct survey_place *place = &comparison->survey->places[i];
        char path[REPOSITORY_PATH_SIZE];

        if (!place->has_document) continue;
        issue_path(comparison->issued->made.period, place->division.code, ".xml", path);
        if (comparison->is_published[i]) {
            if (!compare_document(comparison, i, path, err)) return false;
        } else if (comparison->difference->code == ERROR_NONE) {
            (void)error_set(comparison->difference, ERROR_VERIFY,
                            "%s is missing: the ledger derives a document for %s", path,
                            place->division.name);
        }
    }
    return true;
}

static bool check_root(const struct comparison *comparison, struct error *err)
{
    hash_t root = tree_frontier_root(&comparison->frontier);

    if (!hash_equal(&root, &comparison->issued->made.documents_root))
        return error_set(
            err, ERROR_VERIFY, "the documents of %s aren't those that entry %llu announced",
            comparison->issued->made.period, (unsigned long long)comparison->issued->made.seq);
    return true;
}

/* Compare one period with what `ledger` derives; what differs stays in `issued`. */
static bool compare_period(struct rederivation *work, struct ledger *ledger, struct issued *issued,
                           struct error *err)
{
    struct comparison comparison = {.work = work,
                                    .issued = issued,
                                    .frontier = TREE_FRONTIER_INIT,
                                    .difference = &issued->difference};
    struct store *store = journal_store(ledger_journal(ledger));
    char folder[REPOSITORY_PATH_SIZE];
    struct period period;
    bool ok = false;

    error_clear(&issued->difference);
    error_clear(&issued->list_difference);
    if (!period_parse(issued->made.period, &period, err)) return false;
    if (!store_begin_read(store, err)) return false;
    if (!survey_take(ledger, &period, &comparison.survey, err)) goto out;
    comparison.is_published = calloc(comparison.survey->place_count + 1, sizeof(bool));
    if (comparison.is_published == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        goto out;
    }
    (void)snprintf(folder, sizeof folder, "snapshots/%s", period.name);
    if (!repository_each(work->publication.repository, folder, mark_document, &comparison, err))
        goto out;
    if (!compare_places(&comparison, err)) goto out;
    ok = issued->difference.code != ERROR_NONE ||
         (check_root(&comparison, err) &&
          rederive_lists(&work->publication, comparison.survey, &issued->list_difference, err));
out:
    store_rollback(store);
    free(comparison.is_published);
    survey_free(comparison.survey);
    return ok;
}

/* ---- As of the announcement ------------------------------------------------------------------ */

static bool differs(const struct issued *issued)
{
    return issued->difference.code != ERROR_NONE || issued->list_difference.code != ERROR_NONE;
}

/* The log's size as of which a period is looked at. */
static bool find_end(const struct rederivation *work, const struct issued *issued, enum look look,
                     uint64_t *out, struct error *err)
{
    if (look == LOOK_AT_ANNOUNCEMENT)
        *out = issued->made.seq;
    else if (!recheck_size(work->publication.repository, issued->made.period, out, err))
        return false;
    if (*out <= work->publication.published_size) return true;
    return error_set(err, ERROR_VERIFY,
                     "the manifest of %s is of a longer log than the one that is published",
                     issued->made.period);
}

/*
 * Documents were rendered as of the entry before the one that announced them, lists as of the
 * checkpoint that was signed next: behind that entry, and behind what came after a publication that
 * was cut off.
 */
static bool compare_replayed(struct rederivation *work, enum look look, struct error *err)
{
    const struct ledger_options options = {clock_source_system(), random_source_system()};
    struct journal *journal = work->publication.journal;
    struct ledger *scratch = NULL;
    bool ok = false;

    if (!ledger_open_scratch(SCRATCH_FOLDER, &options, &scratch, err)) goto out;
    for (size_t i = 0; i < work->count; i++) {
        struct issued *issued = &work->periods[i];
        uint64_t end;

        if (!differs(issued)) continue;
        if (!find_end(work, issued, look, &end, err)) goto out;
        if (end < journal_size(ledger_journal(scratch))) {
            (void)error_set(err, ERROR_VERIFY,
                            "the manifest of %s is of a shorter log than one announced before it",
                            issued->made.period);
            goto out;
        }
        if (!journal_replay_until(journal, ledger_journal(scratch), end, NULL, NULL, err)) goto out;
        if (!compare_period(work, scratch, issued, err)) goto out;
        if (look == LOOK_AT_CHECKPOINT && issued->list_difference.code != ERROR_NONE) {
            *err = issued->list_difference;
            goto out;
        }
        if (issued->difference.code != ERROR_NONE) {
            *err = issued->difference;
            goto out;
        }
    }
    ok = true;
out:
    ledger_close(scratch);
    return ok;
}

/* ---- The whole ------------------------------------------------------------------------------- */

static bool any_differs(const struct rederivation *work)
{
    for (size_t i = 0; i < work->count; i++)
        if (differs(&work->periods[i])) return true;
    return false;
}

static bool compare_all(struct rederivation *work, struct error *err)
{
    for (size_t i = 0; i < work->count; i++) {
        struct issued *issued = &work->periods[i];

        if (!issued->is_there)
            return error_set(err, ERROR_VERIFY,
                             "snapshots/%s is missing, but entry %llu announced it",
                             issued->made.period, (unsigned long long)issued->made.seq);
        if (!compare_period(work, work->publication.ledger, issued, err)) return false;
    }
    if (any_differs(work) && !compare_replayed(work, LOOK_AT_ANNOUNCEMENT, err)) return false;
    return !any_differs(work) || compare_replayed(work, LOOK_AT_CHECKPOINT, err);
}

bool publication_rederive(struct ledger *ledger, const char *repository, struct error *err)
{
    struct rederivation work = {.publication = {.ledger = ledger,
                                                .journal = ledger_journal(ledger),
                                                .note = BUFFER_INIT(NOTE_BUFFER_SIZE)}};
    struct publication *publication = &work.publication;
    bool ok = false;

    if (!journal_refresh(publication->journal, err)) goto out;
    if (!journal_log_key(publication->journal, &publication->log_key, err)) goto out;
    if (!repository_open(repository, false, &publication->repository, err)) goto out;
    if (!publication_load_note(publication, err)) goto out;
    if (!made_each(publication->journal, 0, publication->published_size, add_made, &work, err))
        goto out;
    if (work.count > 0) qsort(work.periods, work.count, sizeof *work.periods, order_by_seq);
    if (!repository_each(publication->repository, "snapshots", mark_there, &work, err)) goto out;
    if (!page_maker_open(&publication->page_maker, err)) goto out;
    if (!feed_check(publication, work.makes, work.make_count, err)) goto out;
    ok = compare_all(&work, err);
out:
    free(work.periods);
    free(work.makes);
    page_maker_close(publication->page_maker);
    repository_close(publication->repository);
    buffer_done(&publication->note);
    return ok;
}
