/*
 * pool.c - mutual-aid pools and their loans at the end of a day.
 *
 * Sums of a pool are those of its account, whoever borrowed. What is in arrears goes by agreements:
 * of one that was erased or lost the due day isn't known, and it counts as owed alone.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/people/internal.h"

#define TEXT(field) (record->values[field].text)

/* ---- Loans ------------------------------------------------------------------------------------
 */

struct loan_reader {
    struct journal *journal;
    date_t day;
    bool (*visit)(void *context, const struct aid_loan *loan, struct error *err);
    void *context;
};

static bool read_loan(void *context, const struct record *record, struct error *err)
{
    const struct loan_reader *reader = context;
    struct aid_loan loan = {.agreement = record};
    struct loan_sums sums;
    date_t signed_on, due;

    if (!loan_sum_agreement(reader->journal, TEXT(AGREEMENT_CODE), &reader->day, &sums, err))
        return false;
    loan.lent = sums.lent;
    loan.repaid = sums.repaid;
    if (!record_is_gone(&aid_agreement, record)) {
        if (!record_date(record, AGREEMENT_DATE, &signed_on, err) ||
            !record_date(record, AGREEMENT_DUE, &due, err))
            return false;
        if (date_is_before(reader->day, signed_on)) return true;
        loan.is_in_arrears =
            date_is_before(due, reader->day) && money_compare(loan.repaid, loan.lent) < 0;
        if (loan.is_in_arrears) loan.days = reader->day.days - due.days;
    }
    return reader->visit(reader->context, &loan, err);
}

bool aid_loan_each(struct journal *journal, const char *pool, date_t day,
                   bool (*visit)(void *context, const struct aid_loan *loan, struct error *err),
                   void *context, struct error *err)
{
    struct loan_reader reader = {journal, day, visit, context};

    return record_each(journal, &aid_agreement, AGREEMENT_POOL, pool, read_loan, &reader, err);
}

/* ---- Pools ------------------------------------------------------------------------------------
 */

struct pool_reader {
    struct journal *journal;
    const char *scope;
    date_t day;
    char day_text[DATE_TEXT_SIZE];
    struct aid_standing standing;
    char provided_on[DATE_TEXT_SIZE]; /* of the provision that counts */
    bool (*visit)(void *context, const struct aid_standing *standing, struct error *err);
    void *context;
};

static bool add_arrears(void *context, const struct aid_loan *loan, struct error *err)
{
    struct aid_standing *standing = context;
    money_t owed;

    if (!loan->is_in_arrears) return true;
    standing->agreements_in_arrears++;
    if (loan->days > standing->days) standing->days = loan->days;
    return money_subtract(loan->lent, loan->repaid, &owed, err) &&
           money_add(standing->in_arrears, owed, &standing->in_arrears, err);
}

static bool see_provision(void *context, const struct record *record, struct error *err)
{
    struct pool_reader *reader = context;
    const char *date = TEXT(PROVISION_DATE);

    (void)err;
    if (strcmp(date, reader->day_text) > 0 || strcmp(date, reader->provided_on) < 0) return true;
    memcpy(reader->provided_on, date, sizeof reader->provided_on);
    reader->standing.has_provision = true;
    reader->standing.provision = (money_t){record->values[PROVISION_AMOUNT].number};
    return true;
}

static bool read_pool(void *context, const struct record *record, struct error *err)
{
    struct pool_reader *reader = context;
    struct aid_standing *standing = &reader->standing;
    struct account account = {.role = ACCOUNT_AVAILABLE};
    struct loan_sums sums;

    if (strcmp(TEXT(POOL_DATE), reader->day_text) > 0 ||
        (reader->scope[0] != '\0' && !division_code_is_within(TEXT(POOL_DIVISION), reader->scope)))
        return true;
    *standing = (struct aid_standing){.pool = record};
    reader->provided_on[0] = '\0';
    memcpy(account.division, TEXT(POOL_DIVISION), sizeof account.division);
    memcpy(account.fund, TEXT(POOL_FUND), sizeof account.fund);
    if (!book_parse(TEXT(POOL_BOOK), &account.book, err) ||
        !loan_sum_account(reader->journal, &account, &reader->day, &sums, err) ||
        !aid_loan_each(reader->journal, TEXT(POOL_CODE), reader->day, add_arrears, standing, err) ||
        !record_each(reader->journal, &aid_provision, PROVISION_POOL, TEXT(POOL_CODE),
                     see_provision, reader, err))
        return false;
    standing->lent = sums.lent;
    standing->repaid = sums.repaid;
    return reader->visit(reader->context, standing, err);
}

bool aid_standing_each(struct journal *journal, const char *scope, date_t day,
                       bool (*visit)(void *context, const struct aid_standing *standing,
                                     struct error *err),
                       void *context, struct error *err)
{
    struct pool_reader reader = {
        .journal = journal, .scope = scope, .day = day, .visit = visit, .context = context};

    date_format(day, reader.day_text);
    return record_each(journal, &aid_pool, POOL_CODE, NULL, read_pool, &reader, err);
}
