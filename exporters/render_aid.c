/*
 * render_aid.c - the element `mutual_aid`: a village's pool, what is in it, lent and repaid.
 *
 * 1. Every figure follows from totals in clear: those of the pool's book line as the books print
 * it, and sums of loans and repayments by booking month. Where that line is withheld, so is the
 * pool.
 * 2. Who borrows, until when, and what is in arrears follows from what is sealed, and isn't told;
 *    neither is how many loans there are, whose days are sealed (decisions 0006, 0015, 0021).
 */
#include "exporters/render_assets.h"

#include <stdlib.h>
#include <string.h>

struct aid_told {
    const struct survey *survey;
    size_t place;
    struct xml_writer *xml;
    char as_of[DATE_TEXT_SIZE];
    const struct record *pool; /* at hand */
    struct record entrusted;   /* the agreement that holds; seq 0: none */
    struct record provision;   /* the one that counts */
    bool is_entrusted, is_provided;
    bool is_begun;
};

static bool see_entrustment(void *context, const struct record *record, struct error *err)
{
    struct aid_told *told = context;

    (void)err;
    if (strcmp(record->values[ENTRUSTMENT_FIRST].text, told->as_of) > 0 ||
        strcmp(record->values[ENTRUSTMENT_LAST].text, told->as_of) < 0)
        return true;
    told->entrusted = *record;
    told->is_entrusted = true;
    return true;
}

static bool see_provision(void *context, const struct record *record, struct error *err)
{
    struct aid_told *told = context;
    const char *date = record->values[PROVISION_DATE].text;

    (void)err;
    if (strcmp(date, told->as_of) > 0 ||
        (told->is_provided && strcmp(date, told->provision.values[PROVISION_DATE].text) < 0))
        return true;
    told->provision = *record;
    told->is_provided = true;
    return true;
}

static bool write_figures(struct aid_told *told, const struct account *account, struct error *err)
{
    const struct survey_line *line =
        survey_find_line(told->survey, told->place, account->book, account->fund);
    struct xml_writer *xml = told->xml;
    struct loan_sums sums;

    if (line != NULL && line->is_withheld) {
        xml_attribute(xml, "withheld", "sealed_totals");
        return true;
    }
    if (!loan_sum_public(told->survey->journal, account, told->survey->period.last_month, &sums,
                         err))
        return false;
    xml_element_amount(xml, "available",
                       line == NULL ? MONEY_ZERO : line->law.standing[ACCOUNT_AVAILABLE]);
    xml_element_amount(xml, "outstanding",
                       line == NULL ? MONEY_ZERO : line->law.standing[ACCOUNT_RECEIVABLE]);
    xml_element_amount(xml, "lent", sums.lent);
    xml_element_amount(xml, "repaid", sums.repaid);
    return true;
}

static bool write_pool(void *context, const struct record *pool, struct error *err)
{
    struct aid_told *told = context;
    struct journal *journal = told->survey->journal;
    struct xml_writer *xml = told->xml;
    struct account account = {.role = ACCOUNT_AVAILABLE};
    const char *code = pool->values[POOL_CODE].text;

    if (strcmp(pool->values[POOL_DATE].text, told->as_of) > 0) return true;
    told->is_entrusted = told->is_provided = false;
    if (!record_each(journal, &aid_entrustment, ENTRUSTMENT_POOL, code, see_entrustment, told,
                     err) ||
        !record_each(journal, &aid_provision, PROVISION_POOL, code, see_provision, told, err) ||
        !book_parse(pool->values[POOL_BOOK].text, &account.book, err))
        return false;
    memcpy(account.division, pool->values[POOL_DIVISION].text, sizeof account.division);
    memcpy(account.fund, pool->values[POOL_FUND].text, sizeof account.fund);
    if (!told->is_begun) {
        xml_element_begin(xml, "mutual_aid");
        xml_attribute(xml, "as_of", told->as_of);
        told->is_begun = true;
    }
    xml_element_begin(xml, "pool");
    xml_attribute(xml, "code", code);
    xml_attribute(xml, "bank", pool->values[POOL_BANK].text);
    xml_attribute(xml, "since", pool->values[POOL_DATE].text);
    xml_attribute(xml, "document", pool->values[POOL_DOCUMENT].text);
    xml_attribute(xml, "fund", account.fund);
    xml_attribute(xml, "book", book_name(account.book));
    xml_attribute_integer(xml, "limit_bp", pool->values[POOL_LIMIT].number);
    if (told->is_entrusted) {
        xml_attribute(xml, "entrusted_until", told->entrusted.values[ENTRUSTMENT_LAST].text);
        xml_attribute(xml, "entrustment", told->entrusted.values[ENTRUSTMENT_DOCUMENT].text);
    }
    if (!write_figures(told, &account, err)) return false;
    if (told->is_provided)
        xml_element_amount(xml, "provision",
                           (money_t){told->provision.values[PROVISION_AMOUNT].number});
    xml_element_end(xml);
    return true;
}

bool aid_write(const struct survey *survey, size_t place, struct xml_writer *xml, struct error *err)
{
    struct aid_told *told = calloc(1, sizeof *told);
    bool ok;

    if (told == NULL) return error_set(err, ERROR_MEMORY, "out of memory");
    told->survey = survey;
    told->place = place;
    told->xml = xml;
    (void)date_format(month_last_day(survey->period.last_month), told->as_of);
    ok = record_each(survey->journal, &aid_pool, POOL_DIVISION, survey->places[place].division.code,
                     write_pool, told, err);
    if (told->is_begun) xml_element_end(xml);
    free(told);
    return ok;
}
