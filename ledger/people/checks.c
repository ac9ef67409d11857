/*
 * checks.c - what must hold of a row beyond the types of its fields.
 *
 * 1. A pool is the only one of its account, and its fund may be used in its book.
 * 2. Members of groups and borrowers are people, known by a valid ID number; nobody is twice in a
 *    group, and a group is of one pool.
 */
#include <stdlib.h>
#include <string.h>

#include "base/identity.h"
#include "base/language.h"
#include "ledger/people/internal.h"

#define BP_WHOLE    10000
#define RATE_BP_MAX 10000 /* interest of 100 % a year: more is a slip of the decimal point */

#define TEXT(field)   (record->values[field].text)
#define NUMBER(field) (record->values[field].number)

static bool require_person(const struct journal *journal, const struct record *record, size_t id,
                           size_t name, struct error *err)
{
    date_t today = instant_to_date_in(journal_time(journal), ZONE_CHINA_SECONDS);
    char normalized[ID_CARD_SIZE];

    if (!record_require_text(record, name, "name", err) ||
        !id_card_normalize(TEXT(id), today, normalized, err))
        return false;
    return strcmp(normalized, TEXT(id)) == 0 ||
           error_set(err, ERROR_INPUT,
                     "the ID number is not in its form of 18 characters; write it so");
}

/* Whose pool it is. */
static bool find_division(struct journal *journal, const char *pool,
                          char division_out[DIVISION_CODE_SIZE], struct error *err)
{
    struct record *found = NULL;

    if (!record_fetch(journal, &aid_pool, pool, &found, err)) return false;
    memcpy(division_out, found->values[POOL_DIVISION].text, DIVISION_CODE_SIZE);
    free(found);
    return true;
}

/* The row that is being entered, beside those that are there. */
struct newcomer {
    const struct record *record;
};

/* ---- Pools ----------------------------------------------------------------------------------- */

static bool refuse_second(void *context, const struct record *other, struct error *err)
{
    const struct record *record = ((const struct newcomer *)context)->record;

    return strcmp(other->values[POOL_DIVISION].text, TEXT(POOL_DIVISION)) != 0 ||
           strcmp(other->values[POOL_BOOK].text, TEXT(POOL_BOOK)) != 0 ||
           error_set(err, ERROR_CONFLICT,
                     "pool %s is of the same division, book and fund; an account's money is one "
                     "pool's",
                     other->values[POOL_CODE].text);
}

RECORD_CHECK(check_pool)
{
    struct newcomer newcomer = {record};
    struct fund fund;
    enum book book;

    (void)division_out;
    if (!record_require_text(record, POOL_BANK, "bank", err)) return false;
    if (TEXT(POOL_USCC)[0] == '\0')
        return error_set(err, ERROR_INPUT, "the bank has no credit code; write it");
    if (NUMBER(POOL_LIMIT) < 1 || NUMBER(POOL_LIMIT) > BP_WHOLE)
        return error_set(err, ERROR_INPUT,
                         "the limit for one borrower is above 0 and at most 100 %% of the pool");
    if (!fund_find(journal, TEXT(POOL_FUND), &fund, err) ||
        !book_parse(TEXT(POOL_BOOK), &book, err))
        return false;
    if (!fund.books[book])
        return error_set(err, ERROR_EARMARK, "fund %s may not be used in book %s", fund.code,
                         translate(book_name(book)));
    return record_each(journal, &aid_pool, POOL_FUND, TEXT(POOL_FUND), refuse_second, &newcomer,
                       err);
}

RECORD_CHECK(check_entrustment)
{
    return record_require_text(record, ENTRUSTMENT_DOCUMENT, "document", err) &&
           record_require_order(TEXT(ENTRUSTMENT_FIRST), TEXT(ENTRUSTMENT_LAST),
                                N_("the entrustment ends"), err) &&
           find_division(journal, TEXT(ENTRUSTMENT_POOL), division_out, err);
}

RECORD_CHECK(check_provision)
{
    return find_division(journal, TEXT(PROVISION_POOL), division_out, err);
}

/* ---- People ---------------------------------------------------------------------------------- */

static bool compare_member(void *context, const struct record *other, struct error *err)
{
    const struct record *record = ((const struct newcomer *)context)->record;
    bool is_known =
        !record_is_gone(&aid_guarantee, record) && !record_is_gone(&aid_guarantee, other);

    if (strcmp(other->values[GUARANTEE_POOL].text, TEXT(GUARANTEE_POOL)) != 0)
        return error_set(err, ERROR_CONFLICT,
                         "joint-guarantee group %s is of pool %s; give this one a code of its own",
                         TEXT(GUARANTEE_CODE), other->values[GUARANTEE_POOL].text);
    if (strcmp(other->values[GUARANTEE_MEMBER].text, TEXT(GUARANTEE_MEMBER)) == 0)
        return error_set(err, ERROR_CONFLICT, "joint-guarantee group %s has a member %s already",
                         TEXT(GUARANTEE_CODE), TEXT(GUARANTEE_MEMBER));
    return !is_known || strcmp(other->values[GUARANTEE_ID].text, TEXT(GUARANTEE_ID)) != 0 ||
           error_set(err, ERROR_CONFLICT,
                     "member %s of joint-guarantee group %s is the same person",
                     other->values[GUARANTEE_MEMBER].text, TEXT(GUARANTEE_CODE));
}

RECORD_CHECK(check_guarantee)
{
    struct newcomer newcomer = {record};

    if (!record_is_gone(&aid_guarantee, record) &&
        !require_person(journal, record, GUARANTEE_ID, GUARANTEE_NAME, err))
        return false;
    if (!find_division(journal, TEXT(GUARANTEE_POOL), division_out, err)) return false;
    return record_each(journal, &aid_guarantee, GUARANTEE_CODE, TEXT(GUARANTEE_CODE),
                       compare_member, &newcomer, err);
}

RECORD_CHECK(check_agreement)
{
    if (!find_division(journal, TEXT(AGREEMENT_POOL), division_out, err)) return false;
    if (record_is_gone(&aid_agreement, record)) return true;
    if (NUMBER(AGREEMENT_RATE) > RATE_BP_MAX)
        return error_set(err, ERROR_INPUT, "interest above 100 %% a year is no mutual aid");
    return require_person(journal, record, AGREEMENT_ID, AGREEMENT_NAME, err) &&
           record_require_order(TEXT(AGREEMENT_DATE), TEXT(AGREEMENT_FIRST), N_("the loan begins"),
                                err) &&
           record_require_order(TEXT(AGREEMENT_FIRST), TEXT(AGREEMENT_DUE), N_("the loan is due"),
                                err);
}
