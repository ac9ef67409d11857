/*
 * codes.c - one place that knows where the codes of each kind stand.
 */
#include "cli/codes.h"

#include <assert.h>
#include <string.h>

#include "base/compiler.h"

#define CODES_MAX 100000 /* of one kind; neither a hint nor a completion is worth more time */

struct walk {
    void (*visit)(void *context, const char *code);
    void *context;
    uint64_t left;
    char before[USER_CODE_SIZE]; /* the user of the role before */
};

static bool go_on(struct walk *walk, struct error *err)
{
    if (walk->left-- > 0) return true;
    return error_set(err, ERROR_LIMIT, "there are more");
}

static bool visit_division(void *context, const struct division *division, struct error *err)
{
    struct walk *walk = context;

    walk->visit(walk->context, division->code);
    walk->visit(walk->context, division->name);
    return go_on(walk, err);
}

static bool visit_fund(void *context, const struct fund *fund, struct error *err)
{
    struct walk *walk = context;

    walk->visit(walk->context, fund->code);
    walk->visit(walk->context, fund->document);
    return go_on(walk, err);
}

static bool visit_project(void *context, const struct project *project, struct error *err)
{
    struct walk *walk = context;

    walk->visit(walk->context, project->code);
    return go_on(walk, err);
}

/* Roles come by user: each is told once. */
static bool visit_role(void *context, const struct held_role *held, struct error *err)
{
    struct walk *walk = context;

    if (strcmp(walk->before, held->user) == 0) return go_on(walk, err);
    (void)snprintf(walk->before, sizeof walk->before, "%s", held->user);
    walk->visit(walk->context, held->user);
    return go_on(walk, err);
}

static bool visit_voucher(void *context, const struct voucher *voucher, struct error *err)
{
    struct walk *walk = context;

    walk->visit(walk->context, voucher->number);
    walk->visit(walk->context, voucher->reference);
    return go_on(walk, err);
}

const char *code_kind_name(enum code_kind kind)
{
    static const char *const names[] = {[CODES_DIVISIONS] = "divisions",
                                        [CODES_FUNDS] = "funds",
                                        [CODES_PROJECTS] = "projects",
                                        [CODES_USERS] = "users",
                                        [CODES_VOUCHERS] = "vouchers"};

    assert(kind < CODE_KIND_COUNT);
    return names[kind];
}

static bool walk_kind(struct journal *journal, enum code_kind kind, struct walk *walk,
                      struct error *err)
{
    const struct voucher_filter all = {.fund = NULL};

    switch (kind) {
    case CODES_DIVISIONS:
        return division_each(journal, journal_root_division(journal), visit_division, walk, err);
    case CODES_FUNDS:
        return fund_each(journal, visit_fund, walk, err);
    case CODES_PROJECTS:
        return project_each(journal, "", visit_project, walk, err);
    case CODES_USERS:
        return journal_walk_roles(journal, visit_role, walk, err);
    case CODES_VOUCHERS:
        return voucher_each(journal, &all, visit_voucher, walk, err);
    case CODE_KIND_COUNT:
        break;
    }
    return true;
}

void codes_each(struct journal *journal, enum code_kind kind,
                void (*visit)(void *context, const char *code), void *context)
{
    struct walk walk = {.visit = visit, .context = context, .left = CODES_MAX};
    struct error passed = ERROR_INIT;

    if (!walk_kind(journal, kind, &walk, &passed)) error_clear(&passed);
}
