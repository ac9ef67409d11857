/*
 * checks.c - what must hold of a row about a lease or what came in.
 *
 * 1. What it names is there: the asset, the lease, the voucher.
 * 2. No natural person is named in clear: a party has a credit code, which no person has.
 * 3. What was earned by a voucher in a division, with what disposals brought, is never more than
 * the voucher brought there.
 * 4. An asset that is scrapped or disposed of earns nothing more but what was due before.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "ledger/income/internal.h"

/* ---- What several kinds ask ------------------------------------------------------------------ */

bool income_require_party(const struct record *record, size_t party, size_t uscc, size_t name,
                          struct error *err)
{
    if (HAS(party) && !HAS(uscc))
        return error_set(err, ERROR_INPUT,
                         "%s has no credit code; only organisations are named here: write a person "
                         "into the column of persons, which is sealed",
                         TEXT(party));
    if (!HAS(party) && HAS(uscc))
        return error_set(err, ERROR_INPUT, "whose credit code is %s? write the organisation",
                         TEXT(uscc));
    if (HAS(party) && HAS(name))
        return error_set(err, ERROR_INPUT, "an organisation and a person are two; write one");
    return true;
}

bool income_require_voucher(struct journal *journal, const char *number, enum movement movement,
                            struct voucher *out, struct error *err)
{
    if (!voucher_find(journal, number, out, err)) return false;
    if (strcmp(out->number, number) != 0)
        return error_set(err, ERROR_INPUT, "%s is a reference; write the voucher's number, %s",
                         number, out->number);
    if (out->movement != movement)
        return error_set(err, ERROR_INPUT, "voucher %s is no %s; name one that is", number,
                         movement_name(movement));
    if (out->state != VOUCHER_POSTED || out->reversed_by[0] != '\0')
        return error_set(err, ERROR_INPUT,
                         "voucher %s isn't posted, or is reversed; only money that moved counts",
                         number);
    return true;
}

bool scope_prepare(struct journal *journal, const char *sql, const char *scope, struct codes *codes,
                   struct statement **out, struct error *err)
{
    if (!store_prepare(journal_store(journal), sql, out, err)) return false;
    division_code_range(scope, codes->first, codes->last);
    statement_bind_text(*out, 1, codes->first);
    statement_bind_text(*out, 2, codes->last);
    return true;
}

bool numbers_of(struct journal *journal, const char *sql, const char *text, int64_t *out,
                size_t count, struct error *err)
{
    struct statement *select;
    bool has_row;

    if (!store_statement(journal_store(journal), sql, &select, err)) return false;
    statement_bind_text(select, 1, text);
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row); /* sums have one */
    for (size_t i = 0; i < count; i++)
        out[i] = statement_integer(select, (int)i);
    statement_reset(select);
    return true;
}

void copy_column(const struct statement *row, int column, char *out, size_t size)
{
    const char *text = statement_text(row, column);
    size_t length = strlen(text);

    assert(length < size); /* the kind's table held it to that */
    memcpy(out, text, length + 1);
}

/* ---- Leases ---------------------------------------------------------------------------------- */

static bool check_terms(const struct record *record, struct error *err)
{
    const bool varies = !HAS(LEASE_FIRST_DUE);

    if (strcmp(TEXT(LEASE_FIRST_DAY), TEXT(LEASE_LAST_DAY)) > 0)
        return error_set(err, ERROR_INPUT, "the last day, %s, is before the first, %s",
                         TEXT(LEASE_LAST_DAY), TEXT(LEASE_FIRST_DAY));
    if (varies != (NUMBER(LEASE_RENT) == 0) || varies != (NUMBER(LEASE_MONTHS) == 0))
        return error_set(err, ERROR_INPUT,
                         "rent, months of a term and the first due belong together; write all, or "
                         "none where dues vary");
    if (NUMBER(LEASE_MONTHS) > LEASE_MONTHS_MAX)
        return error_set(err, ERROR_LIMIT, "a term of %lld months is longer than %d",
                         (long long)NUMBER(LEASE_MONTHS), LEASE_MONTHS_MAX);
    if (!varies && strcmp(TEXT(LEASE_FIRST_DUE), TEXT(LEASE_DATE)) < 0)
        return error_set(err, ERROR_INPUT,
                         "rent is due on %s, before the lease was signed on %s; correct one of the "
                         "two",
                         TEXT(LEASE_FIRST_DUE), TEXT(LEASE_DATE));
    return NUMBER(LEASE_GUARANTEED) <= BASIS_WHOLE ||
           error_set(err, ERROR_INPUT, "a guaranteed return of %lld/10,000 a year is a mistake",
                     (long long)NUMBER(LEASE_GUARANTEED));
}

static bool check_leased(struct journal *journal, const struct record *record, struct error *err)
{
    struct asset_stand asset;

    if (!asset_find_stand(journal, TEXT(LEASE_ASSET), &asset, err)) return false;
    if (strcmp(asset.class, "operational") != 0)
        return error_set(err, ERROR_INPUT, "asset %s isn't operational; it earns nothing",
                         TEXT(LEASE_ASSET));
    if (asset_state_is_gone(asset.state) && strcmp(asset.state_on, TEXT(LEASE_DATE)) < 0)
        return error_set(err, ERROR_STATE,
                         "the lease is signed on %s, and asset %s is %s since %s; correct the day",
                         TEXT(LEASE_DATE), asset.code, translate(asset.state), asset.state_on);
    return division_code_is_within(asset.division, TEXT(LEASE_DIVISION)) ||
           division_code_is_within(TEXT(LEASE_DIVISION), asset.division) ||
           error_set(err, ERROR_INPUT, "asset %s is in %s, not in %s", TEXT(LEASE_ASSET),
                     asset.division, TEXT(LEASE_DIVISION));
}

RECORD_CHECK(check_lease)
{
    (void)division_out;
    if (!record_is_gone(&income_lease, record)) {
        if (!income_require_party(record, LEASE_PARTY, LEASE_USCC, LEASE_NAME, err)) return false;
        if (!HAS(LEASE_PARTY) && !HAS(LEASE_NAME))
            return error_set(err, ERROR_INPUT, "with whom? write an organisation or a person");
        if (HAS(LEASE_ID_NUMBER) && !id_card_has_form(TEXT(LEASE_ID_NUMBER)))
            return error_set(err, ERROR_INPUT, "the ID number isn't one");
    }
    if (IS(LEASE_KIND, "entrusted") &&
        !record_require_text(record, LEASE_RISK, "who bears which risk", err))
        return false;
    return check_terms(record, err) && check_leased(journal, record, err);
}

RECORD_CHECK(check_lease_end)
{
    struct record *lease = NULL;
    int64_t count;
    bool ok = false;

    if (!record_require_text(record, LEASE_END_REASON, "reason", err) ||
        !record_fetch(journal, &income_lease, TEXT(LEASE_END_LEASE), &lease, err))
        return false;
    memcpy(division_out, lease->values[LEASE_DIVISION].text, DIVISION_CODE_SIZE);
    if (strcmp(TEXT(LEASE_END_DATE), lease->values[LEASE_LAST_DAY].text) >= 0 ||
        strcmp(TEXT(LEASE_END_DATE), lease->values[LEASE_FIRST_DAY].text) < 0) {
        (void)error_set(err, ERROR_INPUT, "lease %s runs from %s to %s; %s isn't within",
                        TEXT(LEASE_END_LEASE), lease->values[LEASE_FIRST_DAY].text,
                        lease->values[LEASE_LAST_DAY].text, TEXT(LEASE_END_DATE));
        goto out;
    }
    if (!record_count(journal, &income_lease_end, LEASE_END_LEASE, TEXT(LEASE_END_LEASE), &count,
                      err))
        goto out;
    ok = (count == 0 ||
          error_set(err, ERROR_CONFLICT, "lease %s is ended already", TEXT(LEASE_END_LEASE))) &&
         record_refuse_name(&income_lease_end, record, lease->values[LEASE_NAME].text, err);
out:
    free(lease);
    return ok;
}

RECORD_CHECK(check_lease_due)
{
    struct record *lease = NULL;
    bool ok;

    if ((NUMBER(LEASE_DUE_AMOUNT) == 0 &&
         !record_require_text(record, LEASE_DUE_TEXT, "why nothing is due", err)) ||
        !record_fetch(journal, &income_lease, TEXT(LEASE_DUE_LEASE), &lease, err))
        return false;
    memcpy(division_out, lease->values[LEASE_DIVISION].text, DIVISION_CODE_SIZE);
    ok = (strcmp(TEXT(LEASE_DUE_DUE), lease->values[LEASE_FIRST_DAY].text) >= 0 ||
          error_set(err, ERROR_INPUT, "nothing of lease %s is due on %s, before its first day",
                    TEXT(LEASE_DUE_LEASE), TEXT(LEASE_DUE_DUE))) &&
         record_refuse_name(&income_lease_due, record, lease->values[LEASE_NAME].text, err);
    free(lease);
    return ok;
}

/* ---- What came in ---------------------------------------------------------------------------- */

struct brought {
    const char *division;
    money_t amount;
};

static bool add_total(void *context, const struct balance *total, struct error *err)
{
    struct brought *brought = context;

    if (total->account.role != ACCOUNT_UNASSIGNED ||
        strcmp(total->account.division, brought->division) != 0)
        return true;
    return money_add(brought->amount, total->amount, &brought->amount, err);
}

/* What was told before of the same voucher, division, lease and due. */
static bool sum_receipts(struct journal *journal, const struct record *record, money_t *out,
                         struct error *err)
{
    struct statement *select;
    bool has_row, ok;

    if (!store_statement(journal_store(journal),
                         "SELECT COALESCE(SUM(amount), 0) FROM income_receipt WHERE voucher = $1 "
                         "AND division = $2 AND lease = $3 AND due = $4",
                         &select, err))
        return false;
    statement_bind_text(select, 1, TEXT(RECEIPT_VOUCHER));
    statement_bind_text(select, 2, TEXT(RECEIPT_DIVISION));
    statement_bind_text(select, 3, TEXT(RECEIPT_LEASE));
    statement_bind_text(select, 4, TEXT(RECEIPT_DUE));
    if (!statement_step(select, &has_row, err)) return false;
    assert(has_row);
    ok = money_from_fen(statement_integer(select, 0), out, err);
    statement_reset(select);
    return ok;
}

static bool check_brought(struct journal *journal, const struct record *record, struct error *err)
{
    struct brought brought = {TEXT(RECEIPT_DIVISION), MONEY_ZERO};
    char sum_text[MONEY_TEXT_SIZE], text[MONEY_TEXT_SIZE];
    money_t sum;

    if (!voucher_total_each(journal, TEXT(RECEIPT_VOUCHER), add_total, &brought, err) ||
        !asset_receipt_sum(journal, TEXT(RECEIPT_VOUCHER), TEXT(RECEIPT_DIVISION), &sum, err) ||
        !money_add(sum, (money_t){NUMBER(RECEIPT_AMOUNT)}, &sum, err))
        return false;
    return money_compare(sum, brought.amount) <= 0 ||
           error_set(err, ERROR_INSUFFICIENT,
                     "voucher %s brought %s yuan to %s; income and proceeds of disposals would be "
                     "%s yuan of it",
                     TEXT(RECEIPT_VOUCHER), money_format(brought.amount, text),
                     TEXT(RECEIPT_DIVISION), money_format(sum, sum_text));
}

static bool check_taken_back(struct journal *journal, const struct record *record,
                             struct error *err)
{
    money_t sum;

    if (NUMBER(RECEIPT_AMOUNT) > 0) return true;
    if (!record_require_text(record, RECEIPT_TEXT, "why it is taken back", err) ||
        !sum_receipts(journal, record, &sum, err))
        return false;
    return (NUMBER(RECEIPT_AMOUNT) < 0 && sum.fen + NUMBER(RECEIPT_AMOUNT) >= 0) ||
           error_set(err, ERROR_INPUT,
                     "more than was told of voucher %s, lease and due can't be taken back",
                     TEXT(RECEIPT_VOUCHER));
}

struct wanted_due {
    date_t due;
    bool is_there;
};

static bool see_due(void *context, const struct lease_due *due, struct error *err)
{
    struct wanted_due *wanted = context;

    (void)err;
    if (due->due.days == wanted->due.days) wanted->is_there = true;
    return true;
}

static bool check_due(struct journal *journal, const struct lease *lease,
                      const struct record *record, struct error *err)
{
    struct wanted_due wanted = {.is_there = false};

    if (!HAS(RECEIPT_DUE)) return true;
    if (!record_date(record, RECEIPT_DUE, &wanted.due, err) ||
        !lease_due_each(journal, lease, wanted.due, see_due, &wanted, err))
        return false;
    return wanted.is_there ||
           error_set(err, ERROR_NOT_FOUND,
                     "nothing of lease %s is due on %s; leave it out to pay the oldest",
                     lease->code, TEXT(RECEIPT_DUE));
}

/* The division that has the income, or what came after that. */
static bool is_of_lease(struct journal *journal, const struct lease *lease, const char *division,
                        bool *out, struct error *err)
{
    *out = strcmp(lease->division, division) == 0;
    return *out || division_comes_after(journal, lease->division, division, out, err);
}

/* What a scrapped or sold asset still owes is of days before. */
static bool check_gone(struct journal *journal, const struct lease *lease,
                       const struct record *record, struct error *err)
{
    const char *day = HAS(RECEIPT_DUE) ? TEXT(RECEIPT_DUE) : TEXT(RECEIPT_DATE);
    struct asset_stand asset;

    if (!asset_find_stand(journal, lease->asset, &asset, err)) return false;
    return !asset_state_is_gone(asset.state) || strcmp(day, asset.state_on) <= 0 ||
           error_set(err, ERROR_STATE,
                     "asset %s is %s since %s and earns nothing on %s; arrears name the due that "
                     "they pay, proceeds are told by the disposal",
                     asset.code, translate(asset.state), asset.state_on, day);
}

static bool check_receipt_name(struct journal *journal, const struct record *record,
                               struct error *err)
{
    struct record *lease = NULL;
    bool ok;

    if (!record_fetch(journal, &income_lease, TEXT(RECEIPT_LEASE), &lease, err)) return false;
    ok = record_refuse_name(&income_receipt, record, lease->values[LEASE_NAME].text, err);
    free(lease);
    return ok;
}

static bool check_receipt_lease(struct journal *journal, const struct record *record,
                                struct error *err)
{
    struct lease *lease = malloc(sizeof *lease);
    date_t date;
    bool is_same, ok = false;

    if (lease == NULL) return error_set(err, ERROR_MEMORY, "no memory for a lease");
    if (!record_date(record, RECEIPT_DATE, &date, err) ||
        !lease_find(journal, TEXT(RECEIPT_LEASE), date, lease, err))
        goto out;
    if (!is_of_lease(journal, lease, TEXT(RECEIPT_DIVISION), &is_same, err)) goto out;
    if (!is_same || (HAS(RECEIPT_ASSET) && strcmp(lease->asset, TEXT(RECEIPT_ASSET)) != 0) ||
        strcmp(lease->kind, TEXT(RECEIPT_KIND)) != 0) {
        (void)error_set(err, ERROR_INPUT, "lease %s is of kind %s, asset %s, division %s",
                        lease->code, lease->kind, lease->asset, lease->division);
        goto out;
    }
    ok = check_due(journal, lease, record, err) && check_gone(journal, lease, record, err) &&
         check_receipt_name(journal, record, err);
out:
    free(lease);
    return ok;
}

RECORD_CHECK(check_receipt)
{
    struct voucher *voucher = NULL;
    char ignored[DIVISION_CODE_SIZE];
    bool ok = false;

    (void)division_out;
    if (HAS(RECEIPT_LEASE)) {
        if (!check_receipt_lease(journal, record, err)) return false;
    } else if (HAS(RECEIPT_DUE)) {
        return error_set(err, ERROR_INPUT, "only a lease has dues; name it, or leave the due out");
    } else if (HAS(RECEIPT_ASSET)) {
        if (!asset_require_use(journal, TEXT(RECEIPT_ASSET), TEXT(RECEIPT_DATE),
                               N_("the asset earned something"), ignored, err))
            return false;
    } else if (!record_require_text(record, RECEIPT_TEXT, "what earned it", err)) {
        return false;
    }
    voucher = malloc(sizeof *voucher);
    if (voucher == NULL) return error_set(err, ERROR_MEMORY, "no memory for a voucher");
    if (!income_require_voucher(journal, TEXT(RECEIPT_VOUCHER), MOVEMENT_RECEIPT, voucher, err))
        goto out;
    ok = check_taken_back(journal, record, err) && check_brought(journal, record, err);
out:
    free(voucher);
    return ok;
}

bool income_keep(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    char voucher[CODE_SIZE], division[DIVISION_CODE_SIZE];
    int64_t fen;

    if (strcmp(entry->kind, "income.receive") != 0) return true;
    return json_get_string(entry->document, entry->body, "voucher", voucher, sizeof voucher, err) &&
           json_get_string(entry->document, entry->body, "division", division, sizeof division,
                           err) &&
           json_get_integer(entry->document, entry->body, "amount", &fen, err) &&
           asset_receipt_add(journal, voucher, division, fen, err);
}
