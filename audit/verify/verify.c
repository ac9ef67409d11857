/*
 * verify.c - which sort of thing a path is, and the one line about it.
 */
#include "audit/verify/verify.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "audit/verify/check.h"
#include "audit/verify/ledger_source.h"
#include "base/compiler.h"
#include "base/hash_words.h"
#include "base/language.h"

#define ROOT_SHOWN_DIGITS 16
#define PATH_SIZE_MAX     4096

/* ---- What the checks share ------------------------------------------------------------------ */

bool check_key(struct check *check, const struct memory *memory, const char *origin,
               const struct note_vkey *key, struct error *err)
{
    char before[SIGN_FINGERPRINT_SIZE], now[SIGN_FINGERPRINT_SIZE];

    (void)snprintf(check->verdict->origin, sizeof check->verdict->origin, "%s", origin);
    (void)sign_public_fingerprint(&key->key, check->verdict->fingerprint);
    check->verdict->outcome =
        check->pin.is_set || memory->is_known ? VERIFY_PASS : VERIFY_PASS_FIRST_USE;
    if (!pin_check_key(&check->pin, origin, key, err)) return error_at(err, "key");
    if (!memory->is_known || sign_public_equal(&memory->key.key, &key->key)) return true;
    (void)error_set(err, ERROR_VERIFY,
                    "the log's key was %s when it was last seen and is now %s; compare it by other "
                    "means (remembered in %s)",
                    sign_public_fingerprint(&memory->key.key, before),
                    sign_public_fingerprint(&key->key, now), memory->file);
    return error_at(err, "key");
}

size_t check_want_memory(const struct memory *memory, struct log_wanted *wanted)
{
    size_t count = 0;

    for (int i = 0; i < MEMORY_PLACES; i++) {
        if (memory->points[i].size == 0) continue;
        wanted[count++] = (struct log_wanted){.size = memory->points[i].size};
    }
    return count;
}

static int compare_wanted(const void *a, const void *b)
{
    uint64_t a_size = ((const struct log_wanted *)a)->size;
    uint64_t b_size = ((const struct log_wanted *)b)->size;

    return a_size < b_size ? -1 : a_size > b_size;
}

void check_sort_wanted(struct log_wanted *wanted, size_t count)
{
    if (count > 0) qsort(wanted, count, sizeof *wanted, compare_wanted);
}

bool check_memory(const struct memory *memory, enum memory_place place, uint64_t size,
                  const struct log_wanted *wanted, size_t wanted_count, struct error *err)
{
    static const char *const names[] = {"ledger", "publication"};

    for (int i = 0; i < MEMORY_PLACES; i++) {
        const struct memory_point *point = &memory->points[i];
        size_t at = 0;

        if (point->size == 0) continue;
        if (point->size > size) {
            /* A publication may lag behind the ledger that was seen. */
            if (place == MEMORY_PUBLICATION && i == MEMORY_LEDGER) continue;
            return error_set(err, ERROR_VERIFY,
                             "the log ends at entry %llu, but %llu entries were seen before (%s): "
                             "the tail was cut off or an older copy put back (remembered in %s)",
                             (unsigned long long)size - 1, (unsigned long long)point->size,
                             names[i], memory->file);
        }
        while (at < wanted_count && wanted[at].size != point->size)
            at++;
        assert(at < wanted_count && wanted[at].is_found);
        if (hash_equal(&wanted[at].root, &point->root)) continue;
        return error_set(err, ERROR_VERIFY,
                         "the first %llu entries are not those that were seen before (%s): the log "
                         "was rewritten (remembered in %s)",
                         (unsigned long long)point->size, names[i], memory->file);
    }
    return true;
}

void check_take_state(struct check *check, const struct state *state, uint64_t size,
                      const hash_t *root)
{
    struct verify_verdict *verdict = check->verdict;
    size_t told;

    verdict->size = size;
    verdict->root = *root;
    verdict->sealed = state->sealed;
    verdict->sealed_absent = state->sealed_absent;
    gone_tell(&state->gone, verdict->accounts, sizeof verdict->accounts);
    if (state->attachments.lost == 0) return;
    told = strlen(verdict->accounts);
    (void)snprintf(verdict->accounts + told, sizeof verdict->accounts - told,
                   _("; attached files declared lost: %llu"),
                   (unsigned long long)state->attachments.lost);
}

bool check_sought(struct check *check, const struct state *state, struct error *err)
{
    const struct attachments *attachments = &state->attachments;
    struct verify_verdict *verdict = check->verdict;

    if (check->options->file == NULL) return true;
    if (attachments->found_count > 0) {
        (void)snprintf(verdict->attached, sizeof verdict->attached, "%s", attachments->found_name);
        verdict->attached_by = attachments->found_seq;
        verdict->attached_count = attachments->found_count;
        return true;
    }
    (void)error_set(err, ERROR_VERIFY,
                    attachments->sealed == 0
                        ? N_("no entry attaches this file; the log itself is whole")
                        : N_("no entry attaches this file in clear; %llu attached files are sealed "
                             "and can be compared in the ledger alone; the log itself is whole"),
                    (unsigned long long)attachments->sealed);
    return error_at(err, "%s", check->options->file);
}

void check_remember(struct check *check, struct memory *memory, enum memory_place place,
                    const struct note_vkey *key)
{
    struct verify_verdict *verdict = check->verdict;
    struct error failure = ERROR_INIT;

    if (memory->file[0] == '\0') return;
    memory->is_known = true;
    memory->key = *key;
    memory->points[place] = (struct memory_point){verdict->size, verdict->root};
    if (memory_store(check->options->memory_directory, memory, &failure)) return;
    (void)snprintf(verdict->warning, sizeof verdict->warning,
                   _("not remembered, so that a later change can't be noticed: %s"),
                   failure.message);
}

/* ---- The verdict ---------------------------------------------------------------------------- */

/* Errors that keep us from looking; every other one is a finding. */
static bool is_operational(enum error_code code)
{
    return code == ERROR_USAGE || code == ERROR_IO || code == ERROR_STORE || code == ERROR_BUSY ||
           code == ERROR_MEMORY;
}

/* What a notice board shows (docs/disclosure.md, "The root in words"). */
static void tell_words(struct verify_verdict *verdict)
{
    char chinese[HASH_WORDS_SIZE], english[HASH_WORDS_SIZE];

    (void)snprintf(verdict->words, sizeof verdict->words,
                   _("the root of %llu entries in words: %s; %s"),
                   (unsigned long long)verdict->size, hash_words(&verdict->root, true, chinese),
                   hash_words(&verdict->root, false, english));
}

static void tell_pass(struct verify_verdict *verdict)
{
    char root[HASH_HEX_SIZE];
    size_t size;

    hash_to_hex(&verdict->root, root);
    if (verdict->is_publication) tell_words(verdict);
    root[ROOT_SHOWN_DIGITS] = '\0';
    if (verdict->is_proof) {
        (void)snprintf(verdict->line, sizeof verdict->line,
                       _("PASS entry %llu (%s) is in %s of %llu entries, root %s, key %s"),
                       (unsigned long long)verdict->entry, verdict->kind, verdict->origin,
                       (unsigned long long)verdict->size, root, verdict->fingerprint);
    } else if (verdict->outcome == VERIFY_PASS) {
        (void)snprintf(verdict->line, sizeof verdict->line,
                       _("PASS %s %llu entries, root %s, key %s"), verdict->origin,
                       (unsigned long long)verdict->size, root, verdict->fingerprint);
    } else {
        (void)snprintf(verdict->line, sizeof verdict->line,
                       _("PASS, keys trusted on first use: %s; %s %llu entries, root %s"),
                       verdict->fingerprint, verdict->origin, (unsigned long long)verdict->size,
                       root);
    }
    size = strlen(verdict->line);
    (void)snprintf(verdict->line + size, sizeof verdict->line - size, "%s", verdict->accounts);
    if (verdict->is_publication && verdict->sealed_absent > 0) {
        size = strlen(verdict->line);
        (void)snprintf(verdict->line + size, sizeof verdict->line - size,
                       _("; its %llu sealed values are not published, as it should be"),
                       (unsigned long long)verdict->sealed_absent);
    }
}

static void tell_attached(struct verify_verdict *verdict, const char *file)
{
    size_t size = strlen(verdict->line);

    if (verdict->attached[0] == '\0') return;
    (void)snprintf(verdict->line + size, sizeof verdict->line - size,
                   _("; %.200s is attached to %s by entry %llu"), file, verdict->attached,
                   (unsigned long long)verdict->attached_by);
    if (verdict->attached_count < 2) return;
    size = strlen(verdict->line);
    (void)snprintf(verdict->line + size, sizeof verdict->line - size, _(" and by %llu later ones"),
                   (unsigned long long)verdict->attached_count - 1);
}

static void tell_failure(struct verify_verdict *verdict, const struct error *failure)
{
    verdict->outcome = VERIFY_FAIL;
    (void)snprintf(verdict->line, sizeof verdict->line, "FAIL %s%s%s", failure->place,
                   failure->place[0] == '\0' ? "" : ": ", failure->message);
}

/* ---- Paths ---------------------------------------------------------------------------------- */

static bool has_file(const char *path, const char *name)
{
    char file[PATH_SIZE_MAX];
    struct stat status;
    int size = snprintf(file, sizeof file, "%s/%s", path, name);

    return size > 0 && (size_t)size < sizeof file && stat(file, &status) == 0;
}

static bool check_path(struct check *check, const char *path, struct error *err)
{
    struct stat status;

    if (stat(path, &status) != 0) {
        return error_set(err, ERROR_IO, "can't read %s: %s", path, strerror(errno));
    }
    if (S_ISDIR(status.st_mode) && has_file(path, LEDGER_FILE)) {
        return check_ledger(check, path, err);
    }
    if (check->options->against != NULL) {
        return error_set(err, ERROR_USAGE,
                         "only a ledger can be compared with a publication; %s has no %s", path,
                         LEDGER_FILE);
    }
    if (S_ISREG(status.st_mode) && check->options->file != NULL) {
        return error_set(err, ERROR_USAGE,
                         "a proof is of one entry; look for a file in a ledger or "
                         "a publication");
    }
    if (S_ISREG(status.st_mode)) return check_proof(check, path, err);
    if (check_publication(check, path, err)) return true;
    if (err->code != ERROR_NOT_FOUND) return false;
    error_clear(err);
    return error_set(err, ERROR_USAGE, "%s is no ledger, publication or proof", path);
}

bool verify_path(const char *path, const struct verify_options *options,
                 struct verify_verdict *verdict, struct error *err)
{
    struct check check = {.options = options, .verdict = verdict};
    struct verify_verdict found = {.outcome = VERIFY_FAIL};
    struct error failure = ERROR_INIT;
    bool ok = false;

    check.verdict = &found;
    if (options->file != NULL && !attachments_measure(options->file, &check.sought, err))
        return false;
    if (!pin_load(options->key, &check.pin, err)) return false;
    if (check_path(&check, path, &failure)) {
        tell_pass(&found);
        tell_attached(&found, options->file);
    } else if (is_operational(failure.code)) {
        *err = failure;
        goto out;
    } else {
        tell_failure(&found, &failure);
    }
    *verdict = found;
    ok = true;
out:
    pin_done(&check.pin);
    return ok;
}
