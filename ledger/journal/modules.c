/*
 * modules.c - the kinds and acts of all modules, found by name, and what must hold of their tables.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/journal/internal.h"

#define MEMBER_DEPTH_MAX 8

/* ---- Tables that must be right before anything is written ------------------------------------ */

static const struct entry_member *find_member(const struct entry_member *members, const char *name)
{
    for (; members->name != NULL; members++)
        if (strcmp(members->name, name) == 0) return members;
    return NULL;
}

static bool check_members(const char *kind, const struct entry_member *members, int depth,
                          struct error *err)
{
    const char *before = "";

    for (const struct entry_member *member = members; member->name != NULL; member++) {
        if (depth >= MEMBER_DEPTH_MAX)
            return error_set(err, ERROR_STATE, "kind %s: member %s lies too deep", kind,
                             member->name);
        if (strcmp(before, member->name) >= 0)
            return error_set(err, ERROR_STATE, "kind %s: member %s is out of order", kind,
                             member->name);
        before = member->name;
        if (member->mark == MEMBER_UNMARKED)
            return error_set(err, ERROR_STATE,
                             "kind %s: member %s is marked neither public nor sealed", kind,
                             member->name);
        if (depth > 0 && member->mark != MEMBER_PUBLIC)
            return error_set(err, ERROR_STATE,
                             "kind %s: member %s is sealed within another; seal the outer one",
                             kind, member->name);
        if (member->type == MEMBER_WORD && member->words == NULL)
            return error_set(err, ERROR_STATE, "kind %s: member %s names no words", kind,
                             member->name);
        if (member->type == MEMBER_OBJECT && member->members == NULL)
            return error_set(err, ERROR_STATE, "kind %s: member %s names no members", kind,
                             member->name);
        if (member->members != NULL && !check_members(kind, member->members, depth + 1, err))
            return false;
    }
    return true;
}

static const struct entry_kind *find_in_modules(const struct journal_module *const *modules,
                                                const char *name)
{
    for (size_t i = 0; modules[i] != NULL; i++)
        for (size_t j = 0; modules[i]->kinds[j] != NULL; j++)
            if (strcmp(modules[i]->kinds[j]->name, name) == 0) return modules[i]->kinds[j];
    return NULL;
}

/* No entry is unsigned: docs/format.md section 4. */
static bool check_signing(const struct journal_module *const *modules,
                          const struct entry_kind *kind, struct error *err)
{
    bool is_signed = find_member(kind->members, "signatures") != NULL ||
                     (find_member(kind->members, "signature") != NULL &&
                      find_member(kind->members, "signer") != NULL);
    const struct entry_kind *cover;

    if (kind->covered_by == NULL && !is_signed)
        return error_set(err, ERROR_STATE, "kind %s is neither signed nor covered", kind->name);
    if (kind->covered_by == NULL) return true;
    if (is_signed)
        return error_set(err, ERROR_STATE, "kind %s is signed and covered; choose one", kind->name);
    cover = find_in_modules(modules, kind->covered_by);
    if (cover == NULL || cover->covered_by != NULL ||
        find_member(cover->members, "lines_root") == NULL)
        return error_set(err, ERROR_STATE, "kind %s is covered by %s, which has no lines_root",
                         kind->name, kind->covered_by);
    return true;
}

static bool check_kind(const struct journal_module *const *modules, const struct entry_kind *kind,
                       struct error *err)
{
    if (strlen(kind->name) >= sizeof((struct entry_view *)NULL)->kind)
        return error_set(err, ERROR_STATE, "kind %s: the name is too long", kind->name);
    if (kind->apply == NULL || kind->describe == NULL)
        return error_set(err, ERROR_STATE, "kind %s lacks apply or describe", kind->name);
    if (find_in_modules(modules, kind->name) != kind)
        return error_set(err, ERROR_STATE, "kind %s is there twice", kind->name);
    return check_members(kind->name, kind->members, 0, err) && check_signing(modules, kind, err);
}

bool journal_check_modules(const struct journal_module *const *modules, struct error *err)
{
    for (size_t i = 0; modules[i] != NULL; i++) {
        for (size_t j = 0; modules[i]->kinds[j] != NULL; j++)
            if (!check_kind(modules, modules[i]->kinds[j], err)) return false;
        for (size_t j = 0; modules[i]->acts != NULL && modules[i]->acts[j] != NULL; j++)
            if (!check_members(modules[i]->acts[j]->name, modules[i]->acts[j]->members, 0, err))
                return false;
    }
    return true;
}

/* ---- Registering ----------------------------------------------------------------------------- */

static int compare_slots(const void *a, const void *b)
{
    const struct kind_slot *left = a, *right = b;

    return strcmp(left->kind->name, right->kind->name);
}

static void add_kind(struct journal *journal, const struct entry_kind *kind)
{
    struct kind_slot *slot = &journal->kinds[journal->kind_count++];

    assert(journal->kind_count <= KINDS_MAX);
    slot->kind = kind;
    slot->covers = false;
    slot->has_signer = find_member(kind->members, "signer") != NULL;
    slot->is_act =
        slot->has_signer && find_member(kind->members, "nonce") != NULL && kind != &propose_kind;
}

static struct kind_slot *find_slot(struct journal *journal, const char *name)
{
    struct entry_kind wanted = {.name = name};
    struct kind_slot key = {.kind = &wanted};

    return bsearch(&key, journal->kinds, journal->kind_count, sizeof key, compare_slots);
}

static void add_module(struct journal *journal, const struct journal_module *module)
{
    assert(journal->module_count < MODULES_MAX);
    journal->modules[journal->module_count++] = module;
    for (size_t i = 0; module->kinds[i] != NULL; i++)
        add_kind(journal, module->kinds[i]);
    for (size_t i = 0; module->acts != NULL && module->acts[i] != NULL; i++) {
        assert(journal->act_count < ACTS_MAX);
        journal->acts[journal->act_count++] = module->acts[i];
    }
}

bool journal_register_modules(struct journal *journal, const struct journal_module *const *modules,
                              struct error *err)
{
    assert(modules[0] == &journal_module);
    if (!journal_check_modules(modules, err)) return false;
    for (size_t i = 0; modules[i] != NULL; i++)
        add_module(journal, modules[i]);
    qsort(journal->kinds, journal->kind_count, sizeof journal->kinds[0], compare_slots);
    for (size_t i = 0; i < journal->kind_count; i++)
        if (journal->kinds[i].kind->covered_by != NULL)
            find_slot(journal, journal->kinds[i].kind->covered_by)->covers = true;
    return true;
}

bool journal_open_modules(struct journal *journal, struct error *err)
{
    for (size_t i = 0; i < journal->module_count; i++)
        if (journal->modules[i]->open != NULL &&
            !journal->modules[i]->open(journal, &journal->states[i], err))
            return false;
    return true;
}

void journal_close_modules(struct journal *journal)
{
    for (size_t i = journal->module_count; i > 0; i--)
        if (journal->modules[i - 1]->close != NULL && journal->states[i - 1] != NULL)
            journal->modules[i - 1]->close(journal->states[i - 1]);
}

const struct kind_slot *journal_find_kind(struct journal *journal, const char *name)
{
    if (journal->last_kind == NULL || strcmp(journal->last_kind->kind->name, name) != 0)
        journal->last_kind = find_slot(journal, name);
    return journal->last_kind;
}

const struct act_kind *journal_find_act(const struct journal *journal, const char *name)
{
    for (size_t i = 0; i < journal->act_count; i++)
        if (strcmp(journal->acts[i]->name, name) == 0) return journal->acts[i];
    return NULL;
}

void *journal_module_state(struct journal *journal, const struct journal_module *module)
{
    for (size_t i = 0; i < journal->module_count; i++)
        if (journal->modules[i] == module) return journal->states[i];
    assert(module == NULL); /* a module asks only in a journal that it is part of */
    return NULL;
}

bool journal_find_thing(struct journal *journal, const char *what, const char *code,
                        struct journal_thing *out, bool *found, struct error *err)
{
    *found = false;
    for (size_t i = 0; i < journal->module_count && !*found; i++)
        if (journal->modules[i]->find_thing != NULL &&
            !journal->modules[i]->find_thing(journal, what, code, out, found, err))
            return false;
    return true;
}
