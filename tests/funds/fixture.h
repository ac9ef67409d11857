/*
 * fixture.h - a small county with its people, divisions, funds, a project and a contract.
 *
 *     people      zhao, qian (administrators), sun (inspector), li (maker), wang (checker), zhou
 *                 (publisher), all for the county; ma (maker), bai (checker) of town T1 alone
 *     divisions   COUNTY > TOWN_1 > VILLAGE_1, VILLAGE_2 ; COUNTY > TOWN_2 > VILLAGE_3
 *     funds       F1  10,000,000.00, all books, until 2022-12-31
 *                 F2  no ceiling, livelihood and subsidy, no expiry
 *                 F3  1,000,000.00, construction alone, until 2021-06-30
 *     project     P1  construction, in VILLAGE_1; plan 1: F1 500,000.00, 2: F3 100,000.00,
 *                     3: outside money 50,000.00
 *     contract    C1  of P1, 400,000.00, retention 3 %, with 镇安宏远建筑有限公司
 *
 * The clock stands where the test sets it; randomness repeats. Everything fails the test by itself
 * unless its name has "try".
 */
#ifndef TESTS_FUNDS_FIXTURE_H
#define TESTS_FUNDS_FIXTURE_H

#include <check.h>
#include <string.h>

#include "ledger/ledger.h"
#include "tests/chosen.h"

#define COUNTY    "611025000000"
#define TOWN_1    "611025100000"
#define TOWN_2    "611025101000"
#define VILLAGE_1 "611025100201"
#define VILLAGE_2 "611025100202"
#define VILLAGE_3 "611025101201"

#define FIXTURE_START     INT64_C(1704067200) /* 2024-01-01T00:00:00Z */
#define FIXTURE_PATH_SIZE 128

#define ck_assert_ok(condition, err)                                                               \
    ck_assert_msg((condition), "%s: %s (%s:%d)", (err).place, (err).message, (err).source_file,    \
                  (err).source_line)
#define ck_assert_error(err, expected, words)                                                      \
    do {                                                                                           \
        ck_assert_msg((err).code == (expected), "%s: %s: %s", error_code_name((err).code),         \
                      (err).place, (err).message);                                                 \
        ck_assert_msg(strstr((err).message, (words)) != NULL, "no '%s' in: %s", (words),           \
                      (err).message);                                                              \
    } while (0)

struct fixture {
    struct ledger *ledger;
    struct journal *journal;
    char directory[FIXTURE_PATH_SIZE]; /* where more can be made; removed by fixture_done() */
    struct ledger_options options;
    bool is_false; /* the test forges its log: no second hand is asked */
};

/** Make what all counties of this program share. Called by each; earlier, by a main that forks. */
void fixture_prepare(void);
/** The county as above, in a passing file. */
void fixture_county(struct fixture *fixture);
/** The county with its people alone: nothing registered. */
void fixture_people(struct fixture *fixture);
/** The same as fixture_county() in a ledger that stays: fixture->directory/ledger. */
void fixture_county_on_disk(struct fixture *fixture);
void fixture_done(struct fixture *fixture);

/** The moment that every clock of a fixture shows; starts at FIXTURE_START. */
void fixture_set_clock(int64_t seconds);
struct ledger_options fixture_options(void);
/** The key of a person: the same for the same name. */
const struct sign_key *fixture_key(const char *user);
struct signatory fixture_as(const char *user);

date_t day(const char *text);
int32_t month(const char *text);
/** Yuan. */
money_t yuan(const char *text);

void fixture_begin(struct fixture *fixture);
void fixture_commit(struct fixture *fixture);
/** Commit what was done, or roll it back when it was refused. */
bool fixture_end(struct fixture *fixture, bool ok, struct error *err);
/** A number that was not given before. */
unsigned fixture_number(void);
/** End a transaction in which something was refused. */
void fixture_roll_back(struct fixture *fixture);

/* ---- Users and acts of two ------------------------------------------------------------------- */

void fixture_add_user(struct fixture *fixture, const char *user, const char *role,
                      const char *division);
/** Proposed by zhao, seconded by qian. `body` is JSON text. */
void fixture_agree(struct fixture *fixture, const char *act, const char *body);
bool fixture_try_agree(struct fixture *fixture, const char *act, const char *body,
                       struct error *err);

/* ---- The register: rows by li, under one import each ----------------------------------------- */

bool fixture_try_division(struct fixture *fixture, const struct division *division,
                          struct error *err);
bool fixture_try_fund(struct fixture *fixture, const struct fund *fund, struct error *err);
bool fixture_try_project(struct fixture *fixture, const struct project *project, struct error *err);
bool fixture_try_contract(struct fixture *fixture, const struct contract *contract,
                          struct error *err);
/** P1 as above under another code, to be changed by the test. */
void fixture_project(struct project *out, const char *code);
struct contract fixture_contract(const char *code, const char *project);
struct fund fixture_fund(const char *code);

/* ---- Vouchers -------------------------------------------------------------------------------- */

/** "611025000000 none F1 unassigned". */
struct account account(const char *text);
/** A line between two accounts; the rest is empty, for the test to fill. */
struct voucher_line line(const char *amount, const char *from, const char *to);
/** A payment line to an organisation without credit code, with a text. */
struct voucher_line pay(const char *amount, const char *from, const char *organisation);
/** Let a line be paid to the contractor of C1, or paid back by it. */
void to_contractor(struct voucher_line *line);
/** A payment line to person number `index`, under the policy 困难补助. */
struct voucher_line pay_person(const char *amount, const char *from, unsigned index);
/** A line of a loan to person number `index` under agreement JK-<index>, or of its repayment. */
struct voucher_line fixture_loan(const char *amount, const char *from, const char *to,
                                 unsigned index);
/** Make an account a mutual-aid pool of that code, without a limit that would be felt, and file its
 * three agreements with persons 1 to `borrowers`: CODE-1, CODE-2, ... */
void fixture_agree_loans(struct fixture *fixture, const struct account *account, const char *code,
                         unsigned borrowers);
/** Name the project, contract ("" for none) and plan line of a line. */
void under(struct voucher_line *line, const char *project, const char *contract, int32_t plan_line);
/** A valid ID number, another one for each index below 999. */
const char *fixture_id_number(unsigned index);

/** A header with a reference of its own. */
struct voucher_header header(enum movement movement, const char *date);
bool fixture_try_submit(struct fixture *fixture, const char *user,
                        const struct voucher_header *header, const struct voucher_line *lines,
                        size_t count, struct voucher_receipt *out, struct error *err);
/** Submitted by li in a transaction of its own. */
struct voucher_receipt fixture_submit(struct fixture *fixture, const struct voucher_header *header,
                                      const struct voucher_line *lines, size_t count);
bool fixture_try_decide(struct fixture *fixture, const char *user, const char *voucher,
                        enum voucher_act act, struct error *err);
/** Approved by wang. */
void fixture_approve(struct fixture *fixture, const char *voucher);
/** One line on a day, submitted by li and approved by wang. */
struct voucher_receipt fixture_post(struct fixture *fixture, enum movement movement,
                                    const char *date, const struct voucher_line *line);
/** A voucher of one line that must be refused, by its draft or when submitted. */
void fixture_refuse(struct fixture *fixture, enum movement movement, const char *date,
                    const struct voucher_line *line, enum error_code code, const char *words);

/** Appropriated on 2021-04-02 and passed down to VILLAGE_1, book construction, fund F1. */
void fixture_fund_village_1(struct fixture *fixture, const char *amount);
/** Appropriated on 2021-04-02 to the county and assigned to a book on 2021-04-08. */
void fixture_fund_county(struct fixture *fixture, const char *fund, const char *book,
                         const char *amount);

bool fixture_try_reverse(struct fixture *fixture, const char *voucher, const char *date,
                         struct voucher_receipt *out, struct error *err);
bool fixture_try_bank(struct fixture *fixture, const char *voucher, bool is_return,
                      const char *date, const int32_t *lines, size_t count, struct error *err);
/** The bank confirms (or returns) all lines in transit. */
void fixture_confirm(struct fixture *fixture, const char *voucher, const char *date);
void fixture_return(struct fixture *fixture, const char *voucher, const char *date);
bool fixture_try_close(struct fixture *fixture, const char *through, struct error *err);
bool fixture_try_act(struct fixture *fixture, const char *user,
                     bool (*act)(struct journal *journal, const struct signatory *by, void *context,
                                 struct error *err),
                     void *context, struct error *err);

/* ---- Running --------------------------------------------------------------------------------- */

/** Run tests, each with the county of `world` made before and removed after it. */
int fixture_run(const char *name, const TTest *const *tests, size_t count, struct fixture *world);

/* ---- Looking --------------------------------------------------------------------------------- */

/** What stands in an account now; 0 when it was never touched. */
money_t balance(struct fixture *fixture, const char *account);
void assert_balance(struct fixture *fixture, const char *account, const char *yuan);
/** Replay into an empty ledger gives the same derived tables, row for row. */
void assert_replay_is_identical(struct fixture *fixture);
/** The verifier, which shares no code with the ledger, passes the log and its sealed values. */
void assert_second_hand_agrees(struct fixture *fixture);

#endif
