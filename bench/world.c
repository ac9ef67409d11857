/* world.c - see world.h. */
#include "bench/world.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define PATH_SIZE         512
#define VILLAGES_MAX      200
#define TOWNSHIP_VILLAGES 12                       /* 200 villages lie in 17 townships */
#define MONEY_IN_FEN      INT64_C(900000000000000) /* 9 trillion yuan: enough for any run */

static const char *const clerk_codes[] = {"maker", "checker", "publisher"};

static bool key_of_seed(uint8_t number, struct sign_key **out, struct error *err)
{
    uint8_t seed[32];

    memset(seed, number, sizeof seed);
    return sign_key_from_seed(seed, out, err);
}

static bool write_key_file(const struct world *world, const char *user, const struct sign_key *key,
                           struct error *err)
{
    struct buffer pem = BUFFER_INIT(8192);
    char path[PATH_SIZE];
    FILE *file = NULL;
    bool ok = false;

    snprintf(path, sizeof path, "%s/keys/%s.pem", world->directory, user);
    if (!sign_key_to_pem(key, WORLD_PASSPHRASE, &pem, err)) goto out;
    file = fopen(path, "wb");
    if (file == NULL || fwrite(pem.data, 1, pem.size, file) != pem.size ||
        chmod(path, S_IRUSR | S_IWUSR) != 0) {
        error_set(err, ERROR_IO, "%s can't be written", path);
        goto out;
    }
    ok = true;
out:
    if (file != NULL) fclose(file);
    buffer_done(&pem);
    return ok;
}

static bool make_keys(struct world *world, struct error *err)
{
    char path[PATH_SIZE];

    snprintf(path, sizeof path, "%s/keys", world->directory);
    if (mkdir(path, S_IRWXU) != 0) return error_set(err, ERROR_IO, "%s can't be made", path);
    if (!key_of_seed(1, &world->admins[0], err) || !key_of_seed(2, &world->admins[1], err) ||
        !key_of_seed(3, &world->inspector, err))
        return false;
    for (uint8_t i = 0; i < ARRAY_COUNT(clerk_codes); i++)
        if (!key_of_seed((uint8_t)(10 + i), &world->clerks[i], err) ||
            !write_key_file(world, clerk_codes[i], world->clerks[i], err))
            return false;
    world->admin = (struct signatory){"admin-a", world->admins[0]};
    world->second_admin = (struct signatory){"admin-b", world->admins[1]};
    world->maker = (struct signatory){clerk_codes[0], world->clerks[0]};
    world->checker = (struct signatory){clerk_codes[1], world->clerks[1]};
    world->publisher = (struct signatory){clerk_codes[2], world->clerks[2]};
    return true;
}

static bool make_ledger(struct world *world, const struct ledger_options *options,
                        struct error *err)
{
    struct genesis genesis = {.origin = "mingzhang/" WORLD_COUNTY,
                              .division = WORLD_COUNTY,
                              .name = "镇安县",
                              .administrators = {{.user = "admin-a"}, {.user = "admin-b"}},
                              .inspector = {.user = "inspector"}};
    uint8_t signatures[3][SIGN_SIGNATURE_SIZE];
    struct buffer unsigned_body = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    char path[PATH_SIZE];
    bool ok = false;

    snprintf(path, sizeof path, "%s/signer", world->directory);
    if (!signer_create(path, genesis.origin, &options->random, &world->signer, err)) goto out;
    genesis.log_key = *signer_log_key(world->signer);
    genesis.certificate = signer_certificate_der(world->signer, &genesis.certificate_size);
    sign_key_public(world->admins[0], &genesis.administrators[0].key);
    sign_key_public(world->admins[1], &genesis.administrators[1].key);
    sign_key_public(world->inspector, &genesis.inspector.key);
    if (!genesis_format_unsigned(&genesis, &unsigned_body, err) ||
        !sign_message(world->admins[0], unsigned_body.data, unsigned_body.size, signatures[0],
                      err) ||
        !sign_message(world->admins[1], unsigned_body.data, unsigned_body.size, signatures[1],
                      err) ||
        !sign_message(world->inspector, unsigned_body.data, unsigned_body.size, signatures[2], err))
        goto out;
    snprintf(path, sizeof path, "%s/ledger", world->directory);
    if (!ledger_create(path, options, &genesis, (const uint8_t(*)[SIGN_SIGNATURE_SIZE])signatures,
                       &world->ledger, err))
        goto out;
    world->journal = ledger_journal(world->ledger);
    ok = true;
out:
    buffer_done(&unsigned_body);
    return ok;
}

static bool add_clerk(struct world *world, unsigned index, struct error *err)
{
    char key_text[SIGN_PUBLIC_TEXT_SIZE];
    struct sign_public key;
    struct buffer body = BUFFER_INIT(ENTRY_SIZE_BYTES_MAX);
    struct json_writer json;
    struct appended proposal, second;
    bool ok;

    sign_key_public(world->clerks[index], &key);
    json_writer_init(&json, &body);
    json_object_begin(&json);
    json_member_string(&json, "key", sign_public_format(&key, key_text));
    json_name(&json, "roles");
    json_array_begin(&json);
    json_object_begin(&json);
    json_member_string(&json, "division", WORLD_COUNTY);
    json_member_string(&json, "role", clerk_codes[index]);
    json_object_end(&json);
    json_array_end(&json);
    json_member_string(&json, "user", clerk_codes[index]);
    json_object_end(&json);
    ok = json_writer_finish(&json, err) &&
         journal_propose(world->journal, &world->admin, "user.add", &body, &proposal, err) &&
         journal_second(world->journal, &world->second_admin, &proposal.hash, &second, err);
    buffer_done(&body);
    return ok;
}

static bool begin_register(struct world *world, const char *what, const char *reference,
                           struct register_batch **out, struct error *err)
{
    hash_t content = hash_sha256((const uint8_t *)reference, strlen(reference));
    bool repeated;

    return register_begin(world->journal, &world->maker, what, reference, &content, out, &repeated,
                          err);
}

static bool add_division(struct register_batch *batch, const char *code, const char *name,
                         struct error *err)
{
    struct division division = {.provisional = true};

    snprintf(division.code, sizeof division.code, "%s", code);
    snprintf(division.name, sizeof division.name, "%s", name);
    if (strcmp(code, WORLD_COUNTY) != 0) division_code_parent(code, division.parent);
    return date_from_civil(2021, 1, 1, &division.valid_from, err) &&
           register_add_division(batch, &division, err);
}

static bool add_divisions(struct world *world, unsigned villages, struct error *err)
{
    struct register_batch *batch = NULL;
    char code[DIVISION_CODE_SIZE], name[32];

    unsigned townships = villages / TOWNSHIP_VILLAGES + 1;

    if (!begin_register(world, "divisions", "bench-divisions", &batch, err)) return false;
    if (!add_division(batch, WORLD_COUNTY, "镇安县", err)) goto fail;
    for (unsigned i = 0; i < townships; i++) {
        snprintf(code, sizeof code, "611025%03u000", 100 + i);
        snprintf(name, sizeof name, "第%u镇", i + 1);
        if (!add_division(batch, code, name, err)) goto fail;
    }
    for (unsigned i = 0; i < villages; i++) {
        snprintf(name, sizeof name, "第%u村", i + 1);
        if (!add_division(batch, world_village(i, code), name, err)) goto fail;
    }
    if (!register_finish(batch, villages + townships + 1, err)) goto fail;
    return true;
fail:
    register_free(batch);
    return false;
}

bool world_add_fund(struct world *world, const char *code, const char *name, int year,
                    struct error *err)
{
    struct register_batch *batch = NULL;
    struct fund fund = {.document = "陕财农〔2021〕1号", .level = "province", .year = year};

    snprintf(fund.code, sizeof fund.code, "%s", code);
    snprintf(fund.name, sizeof fund.name, "%s", name);
    fund.books[BOOK_SUBSIDY] = fund.books[BOOK_CONSTRUCTION] = true;
    if (!begin_register(world, "funds", code, &batch, err)) return false;
    if (register_add_fund(batch, &fund, err) && register_finish(batch, 1, err)) return true;
    register_free(batch);
    return false;
}

bool world_add_project(struct world *world, const struct project *project, struct error *err)
{
    struct register_batch *batch = NULL;

    if (!begin_register(world, "projects", project->code, &batch, err)) return false;
    if (register_add_project(batch, project, err) && register_finish(batch, 1, err)) return true;
    register_free(batch);
    return false;
}

static bool add_fund_and_project(struct world *world, struct error *err)
{
    struct project project = {.code = WORLD_PROJECT,
                              .name = "道路硬化",
                              .division = WORLD_COUNTY,
                              .book = BOOK_CONSTRUCTION,
                              .target = "硬化道路10千米",
                              .plan_count = 1};

    project.plan[0].line = 1;
    snprintf(project.plan[0].fund, CODE_SIZE, "%s", WORLD_FUND);
    project.plan[0].amount.fen = 100000;
    return world_add_fund(world, WORLD_FUND, "衔接资金", 2021, err) &&
           world_add_project(world, &project, err);
}

struct account world_account(const char *division, enum book book, enum account_role role)
{
    struct account account = {.book = book, .fund = WORLD_FUND, .role = role};

    snprintf(account.division, sizeof account.division, "%s", division);
    return account;
}

char *world_village(unsigned index, char out[DIVISION_CODE_SIZE])
{
    assert(index < VILLAGES_MAX);
    snprintf(out, DIVISION_CODE_SIZE, "611025%03u%03u", 100 + index / TOWNSHIP_VILLAGES,
             200 + index % TOWNSHIP_VILLAGES);
    return out;
}

bool world_move(struct world *world, enum movement movement, const char *reference,
                const struct account *from, const struct account *to, money_t amount,
                struct error *err)
{
    struct voucher_header header = {.movement = movement, .document = "陕财农〔2021〕1号"};
    struct voucher_line line = {.amount = amount, .from = *from, .to = *to};
    struct voucher_draft *draft = NULL;
    struct voucher_receipt receipt;
    bool ok = false;

    snprintf(header.reference, sizeof header.reference, "%s", reference);
    if (movement == MOVEMENT_RECEIPT) snprintf(header.text, sizeof header.text, "县农发公司");
    if (!date_from_civil(2021, 3, 1, &header.event_date, err) ||
        !voucher_draft_new(world->journal, &header, &draft, err) ||
        !voucher_draft_add(draft, &line, err) ||
        !voucher_draft_submit(draft, &world->maker, &receipt, NULL, err) ||
        !voucher_decide(world->journal, &world->checker, reference, VOUCHER_APPROVE, "", err))
        goto out;
    ok = true;
out:
    voucher_draft_free(draft);
    return ok;
}

static bool add_money(struct world *world, struct error *err)
{
    struct account source = world_account(WORLD_COUNTY, BOOK_NONE, ACCOUNT_SOURCE);
    struct account unassigned = world_account(WORLD_COUNTY, BOOK_NONE, ACCOUNT_UNASSIGNED);
    struct account available = world_account(WORLD_COUNTY, BOOK_SUBSIDY, ACCOUNT_AVAILABLE);
    money_t amount = {MONEY_IN_FEN};

    return world_move(world, MOVEMENT_APPROPRIATION, "bench-in", &source, &unassigned, amount,
                      err) &&
           world_move(world, MOVEMENT_ASSIGNMENT, "bench-assign", &unassigned, &available, amount,
                      err);
}

static bool fill(struct world *world, const char *directory, unsigned villages,
                 const struct ledger_options *options, struct error *err)
{
    assert(villages <= VILLAGES_MAX);
    snprintf(world->directory, sizeof world->directory, "%s", directory);
    if (!make_keys(world, err) || !make_ledger(world, options, err) ||
        !journal_begin(world->journal, err))
        return false;
    for (unsigned i = 0; i < ARRAY_COUNT(clerk_codes); i++)
        if (!add_clerk(world, i, err)) return false;
    return add_divisions(world, villages, err) && add_fund_and_project(world, err) &&
           add_money(world, err) && journal_commit(world->journal, err);
}

bool world_make(const char *directory, unsigned villages, struct world *out, struct error *err)
{
    struct ledger_options options = {clock_source_system(), random_source_system()};

    memset(out, 0, sizeof *out);
    return fill(out, directory, villages, &options, err);
}

static bool show_now(void *context, instant_t *out, struct error *err)
{
    const struct world *world = context;

    (void)err;
    *out = world->now;
    return true;
}

bool world_make_at(const char *directory, unsigned villages, instant_t now, struct world *out,
                   struct error *err)
{
    struct ledger_options options = {{show_now, out}, random_source_system()};

    memset(out, 0, sizeof *out);
    out->now = now;
    return fill(out, directory, villages, &options, err);
}

void world_close(struct world *world)
{
    ledger_close(world->ledger);
    signer_close(world->signer);
    sign_key_free(world->admins[0]);
    sign_key_free(world->admins[1]);
    sign_key_free(world->inspector);
    for (unsigned i = 0; i < ARRAY_COUNT(clerk_codes); i++)
        sign_key_free(world->clerks[i]);
    memset(world, 0, sizeof *world);
}
