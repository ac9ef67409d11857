/* fixture_vouchers.c - lines, vouchers and what the bank does: see fixture.h. */
#include "tests/funds/fixture.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- Lines ----------------------------------------------------------------------------------- */

struct account account(const char *text)
{
    struct account account;
    struct error err = ERROR_INIT;
    char words[4][CODE_SIZE];
    size_t at = 0;

    memset(&account, 0, sizeof account);
    for (size_t i = 0; i < 4; i++) {
        size_t size = strcspn(text + at, " ");

        ck_assert_uint_lt(size, CODE_SIZE);
        (void)snprintf(words[i], sizeof words[i], "%.*s", (int)size, text + at);
        at += size + (text[at + size] == ' ');
    }
    (void)snprintf(account.division, sizeof account.division, "%.12s", words[0]);
    (void)snprintf(account.fund, sizeof account.fund, "%s", words[2]);
    ck_assert_ok(book_parse(words[1], &account.book, &err), err);
    ck_assert_ok(account_role_parse(words[3], &account.role, &err), err);
    return account;
}

struct voucher_line line(const char *amount, const char *from, const char *to)
{
    struct voucher_line line;

    memset(&line, 0, sizeof line);
    line.amount = yuan(amount);
    line.from = account(from);
    line.to = to[0] == '\0' ? line.from : account(to);
    return line;
}

struct voucher_line pay(const char *amount, const char *from, const char *organisation)
{
    struct voucher_line paid = line(amount, from, "");

    (void)snprintf(paid.payee.name, sizeof paid.payee.name, "%s", organisation);
    (void)snprintf(paid.text, sizeof paid.text, "%s", "购买种苗");
    return paid;
}

void to_contractor(struct voucher_line *line)
{
    struct contract contract = fixture_contract("C1", "P1");

    (void)snprintf(line->payee.name, sizeof line->payee.name, "%s", contract.contractor);
    (void)snprintf(line->payee.uscc, sizeof line->payee.uscc, "%s", contract.uscc);
}

void fixture_fund_village_1(struct fixture *fixture, const char *amount)
{
    struct voucher_line down;

    down = line(amount, COUNTY " none F1 source", COUNTY " none F1 unassigned");
    fixture_post(fixture, MOVEMENT_APPROPRIATION, "2021-04-02", &down);
    down = line(amount, COUNTY " none F1 unassigned", TOWN_1 " none F1 unassigned");
    fixture_post(fixture, MOVEMENT_ALLOCATION, "2021-04-06", &down);
    down = line(amount, TOWN_1 " none F1 unassigned", VILLAGE_1 " none F1 unassigned");
    fixture_post(fixture, MOVEMENT_ALLOCATION, "2021-04-07", &down);
    down = line(amount, VILLAGE_1 " none F1 unassigned", VILLAGE_1 " construction F1 available");
    fixture_post(fixture, MOVEMENT_ASSIGNMENT, "2021-04-08", &down);
}

void fixture_fund_county(struct fixture *fixture, const char *fund, const char *book,
                         const char *amount)
{
    char source[64], unassigned[64], available[96];
    struct voucher_line down;

    (void)snprintf(source, sizeof source, COUNTY " none %s source", fund);
    (void)snprintf(unassigned, sizeof unassigned, COUNTY " none %s unassigned", fund);
    (void)snprintf(available, sizeof available, COUNTY " %s %s available", book, fund);
    down = line(amount, source, unassigned);
    fixture_post(fixture, MOVEMENT_APPROPRIATION, "2021-04-02", &down);
    down = line(amount, unassigned, available);
    fixture_post(fixture, MOVEMENT_ASSIGNMENT, "2021-04-08", &down);
}

void under(struct voucher_line *line, const char *project, const char *contract, int32_t plan_line)
{
    (void)snprintf(line->project, sizeof line->project, "%s", project);
    (void)snprintf(line->contract, sizeof line->contract, "%s", contract);
    line->plan_line = plan_line;
}

/* GB 11643: the check character over the first 17 digits. */
static char check_digit(const char *digits)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;

    for (int i = 0; i < 17; i++)
        sum += (digits[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

const char *fixture_id_number(unsigned index)
{
    static char text[ID_CARD_SIZE];

    (void)snprintf(text, sizeof text, "61102519800101%03u", index % 1000);
    text[17] = check_digit(text);
    text[18] = '\0';
    return text;
}

struct voucher_line pay_person(const char *amount, const char *from, unsigned index)
{
    struct voucher_line paid = line(amount, from, "");

    paid.payee.is_person = true;
    (void)snprintf(paid.payee.name, sizeof paid.payee.name, "村民%u", index);
    (void)snprintf(paid.payee.id_number, sizeof paid.payee.id_number, "%s",
                   fixture_id_number(index));
    (void)snprintf(paid.payee.bank_account, sizeof paid.payee.bank_account, "%s",
                   "6217001234567890122");
    (void)snprintf(paid.policy, sizeof paid.policy, "%s", "困难补助");
    return paid;
}

struct voucher_line fixture_loan(const char *amount, const char *from, const char *to,
                                 unsigned index)
{
    struct voucher_line lent = pay_person(amount, from, index);

    lent.to = account(to);
    lent.policy[0] = '\0';
    (void)snprintf(lent.agreement, sizeof lent.agreement, "JK-%u", index);
    return lent;
}

/* ---- Vouchers -------------------------------------------------------------------------------- */

struct voucher_header header(enum movement movement, const char *date)
{
    struct voucher_header header;

    memset(&header, 0, sizeof header);
    header.movement = movement;
    header.event_date = day(date);
    (void)snprintf(header.reference, sizeof header.reference, "ref-%u", fixture_number());
    if (movement == MOVEMENT_RECEIPT || movement == MOVEMENT_REALLOCATION ||
        movement == MOVEMENT_SUCCESSION)
        (void)snprintf(header.document, sizeof header.document, "%s", "镇政发〔2021〕8号");
    (void)snprintf(header.text, sizeof header.text, "%s", "县财政局办理");
    return header;
}

bool fixture_try_submit(struct fixture *fixture, const char *user,
                        const struct voucher_header *header, const struct voucher_line *lines,
                        size_t count, struct voucher_receipt *out, struct error *err)
{
    struct signatory by = fixture_as(user);
    struct voucher_draft *draft = NULL;
    bool ok;

    if (!journal_begin(fixture->journal, err)) return false;
    ok = voucher_draft_new(fixture->journal, header, &draft, err);
    for (size_t i = 0; i < count && ok; i++)
        ok = voucher_draft_add(draft, &lines[i], err);
    ok = ok && voucher_draft_submit(draft, &by, out, NULL, err);
    voucher_draft_free(draft);
    return fixture_end(fixture, ok, err);
}

struct voucher_receipt fixture_submit(struct fixture *fixture, const struct voucher_header *header,
                                      const struct voucher_line *lines, size_t count)
{
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    memset(&receipt, 0, sizeof receipt);
    ck_assert_ok(fixture_try_submit(fixture, "li", header, lines, count, &receipt, &err), err);
    return receipt;
}

bool fixture_try_decide(struct fixture *fixture, const char *user, const char *voucher,
                        enum voucher_act act, struct error *err)
{
    struct signatory by = fixture_as(user);
    const char *reason = act == VOUCHER_APPROVE ? "" : "附件不全";

    if (!journal_begin(fixture->journal, err)) return false;
    return fixture_end(fixture, voucher_decide(fixture->journal, &by, voucher, act, reason, err),
                       err);
}

void fixture_approve(struct fixture *fixture, const char *voucher)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_decide(fixture, "wang", voucher, VOUCHER_APPROVE, &err), err);
}

struct voucher_receipt fixture_post(struct fixture *fixture, enum movement movement,
                                    const char *date, const struct voucher_line *line)
{
    struct voucher_header head = header(movement, date);
    struct voucher_receipt receipt = fixture_submit(fixture, &head, line, 1);

    fixture_approve(fixture, receipt.voucher);
    return receipt;
}

void fixture_refuse(struct fixture *fixture, enum movement movement, const char *date,
                    const struct voucher_line *line, enum error_code code, const char *words)
{
    struct voucher_header head = header(movement, date);
    struct voucher_receipt receipt;
    struct error err = ERROR_INIT;

    ck_assert_msg(!fixture_try_submit(fixture, "li", &head, line, 1, &receipt, &err),
                  "not refused: %s", words);
    ck_assert_error(err, code, words);
}

bool fixture_try_reverse(struct fixture *fixture, const char *voucher, const char *date,
                         struct voucher_receipt *out, struct error *err)
{
    struct signatory li = fixture_as("li");
    char reference[CODE_SIZE];

    (void)snprintf(reference, sizeof reference, "ref-%u", fixture_number());
    if (!journal_begin(fixture->journal, err)) return false;
    return fixture_end(
        fixture,
        voucher_reverse(fixture->journal, &li, voucher, reference, day(date), "录入有误", out, err),
        err);
}

bool fixture_try_bank(struct fixture *fixture, const char *voucher, bool is_return,
                      const char *date, const int32_t *lines, size_t count, struct error *err)
{
    struct signatory li = fixture_as("li");
    struct bank_entry entry;

    memset(&entry, 0, sizeof entry);
    entry.is_return = is_return;
    (void)snprintf(entry.voucher, sizeof entry.voucher, "%s", voucher);
    (void)snprintf(entry.reference, sizeof entry.reference, "bank-%u", fixture_number());
    (void)snprintf(entry.reason, sizeof entry.reason, "%s", is_return ? "户名不符" : "");
    entry.event_date = day(date);
    entry.lines = lines;
    entry.line_count = count;
    if (!journal_begin(fixture->journal, err)) return false;
    return fixture_end(fixture, bank_record(fixture->journal, &li, &entry, err), err);
}

void fixture_confirm(struct fixture *fixture, const char *voucher, const char *date)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_bank(fixture, voucher, false, date, NULL, 0, &err), err);
}

void fixture_return(struct fixture *fixture, const char *voucher, const char *date)
{
    struct error err = ERROR_INIT;

    ck_assert_ok(fixture_try_bank(fixture, voucher, true, date, NULL, 0, &err), err);
}

bool fixture_try_close(struct fixture *fixture, const char *through, struct error *err)
{
    struct signatory wang = fixture_as("wang");

    if (!journal_begin(fixture->journal, err)) return false;
    return fixture_end(fixture, period_close(fixture->journal, &wang, month(through), err), err);
}

bool fixture_try_act(struct fixture *fixture, const char *user,
                     bool (*act)(struct journal *journal, const struct signatory *by, void *context,
                                 struct error *err),
                     void *context, struct error *err)
{
    struct signatory by = fixture_as(user);

    if (!journal_begin(fixture->journal, err)) return false;
    return fixture_end(fixture, act(fixture->journal, &by, context, err), err);
}
