/* test_attachments.c - who attaches what to what, what is sealed of it, and what replay makes. */
#include "tests/funds/fixture.h"

#include <stdio.h>

#include "ledger/journal/internal.h"

static struct fixture world;

static struct attachment paper(const char *title)
{
    struct attachment out = {.about = "invoice", .type = "pdf", .size_bytes = 10};

    (void)snprintf(out.title, sizeof out.title, "%s", title);
    out.sha256 = hash_sha256((const uint8_t *)title, strlen(title));
    return out;
}

static bool try_attach(const char *user, const char *to, const struct attachment *given,
                       bool *repeated, struct error *err)
{
    struct attachment attachment = *given;
    struct signatory by = fixture_as(user);
    uint64_t seq;
    bool ok;

    fixture_begin(&world);
    ok = attachment_resolve(world.journal, to, &attachment, err) &&
         attachment_add(world.journal, &by, &attachment, repeated, &seq, err);
    return fixture_end(&world, ok, err);
}

static void attach(const char *user, const char *to, const char *title)
{
    struct attachment given = paper(title);
    struct error err = ERROR_INIT;
    bool repeated;

    ck_assert_ok(try_attach(user, to, &given, &repeated, &err), err);
    ck_assert(!repeated);
}

struct found {
    size_t count, sealed, late;
    struct attachment last;
};

static bool note(void *context, const struct attachment *attachment, struct error *err)
{
    struct found *found = context;

    (void)err;
    found->count++;
    found->sealed += attachment->is_sealed;
    found->late += attachment->is_late;
    found->last = *attachment;
    return true;
}

static struct found look(const char *what, const char *code)
{
    struct found found = {0};
    struct error err = ERROR_INIT;

    ck_assert_ok(attachment_each(world.journal, what, code, note, &found, &err), err);
    return found;
}

static struct voucher_receipt pay_one_person(void)
{
    struct voucher_line line = pay_person("10.00", COUNTY " subsidy F1 available", 1);
    struct voucher_header head = header(MOVEMENT_PAYMENT, "2021-05-01");

    fixture_fund_county(&world, "F1", "subsidy", "1000.00");
    return fixture_submit(&world, &head, &line, 1);
}

START_TEST(files_belong_to_vouchers_funds_projects_and_contracts)
{
    struct voucher_receipt receipt = pay_one_person();
    struct voucher voucher;
    struct error err = ERROR_INIT;

    attach("li", "F1", "notice");
    attach("li", "P1", "site");
    attach("li", "C1", "contract");
    attach("li", receipt.voucher, "list");
    ck_assert_uint_eq(look(NULL, NULL).count, 4);
    ck_assert_str_eq(look("fund", "F1").last.title, "notice");
    ck_assert_str_eq(look("voucher", receipt.voucher).last.by, "li");
    ck_assert_uint_eq(look("project", "P1").count, 1);
    ck_assert_uint_eq(look("project", "P2").count, 0);
    ck_assert_ok(voucher_find(world.journal, receipt.voucher, &voucher, &err), err);
    attach("li", voucher.reference, "second"); /* a reference stands for its voucher */
    ck_assert_uint_eq(look("voucher", receipt.voucher).count, 2);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_voucher_about_people_seals_its_files_and_so_may_others)
{
    struct voucher_receipt receipt = pay_one_person();
    struct attachment list = paper("list");
    struct error err = ERROR_INIT;
    bool repeated;

    attach("li", receipt.voucher, "people");
    ck_assert_uint_eq(look("voucher", receipt.voucher).sealed, 1);
    attach("li", "P1", "site");
    ck_assert_uint_eq(look("project", "P1").sealed, 0);
    list.is_sealed = true;
    ck_assert_ok(try_attach("li", "P1", &list, &repeated, &err), err);
    ck_assert_uint_eq(look("project", "P1").sealed, 1);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(the_same_file_is_attached_to_the_same_thing_once)
{
    struct attachment again = paper("notice");
    struct error err = ERROR_INIT;
    uint64_t size;
    bool repeated = false;

    attach("li", "F1", "notice");
    size = journal_size(world.journal);
    (void)snprintf(again.title, sizeof again.title, "under another name");
    ck_assert_ok(try_attach("li", "F1", &again, &repeated, &err), err);
    ck_assert(repeated);
    ck_assert_uint_eq(journal_size(world.journal), size);
    ck_assert_ok(try_attach("li", "P1", &again, &repeated, &err), err);
    ck_assert(!repeated);
}
END_TEST

START_TEST(what_came_after_the_decision_is_marked)
{
    struct voucher_receipt receipt = pay_one_person();

    attach("li", receipt.voucher, "before");
    fixture_approve(&world, receipt.voucher);
    attach("li", receipt.voucher, "after");
    ck_assert_uint_eq(look("voucher", receipt.voucher).late, 1);
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(a_closed_month_takes_evidence_still)
{
    struct voucher_receipt receipt = pay_one_person();
    struct error err = ERROR_INIT;

    fixture_approve(&world, receipt.voucher);
    ck_assert_ok(fixture_try_close(&world, "2021-05", &err), err);
    attach("li", receipt.voucher, "late");
    ck_assert_uint_eq(look("voucher", receipt.voucher).count, 1);
}
END_TEST

START_TEST(only_a_maker_of_the_place_attaches)
{
    static const struct {
        const char *user, *to;
        bool is_allowed;
    } cases[] = {
        {"wang", "F1", false},   {"wang", "P1", false},  {"town-1", "F1", false},
        {"town-1", "P1", true},  {"town-1", "C1", true}, {"town-2", "P1", false},
        {"town-2", "C1", false}, {"li", "C1", true},
    };
    struct attachment given;
    struct error err = ERROR_INIT;
    bool repeated;

    fixture_add_user(&world, "town-1", "maker", TOWN_1);
    fixture_add_user(&world, "town-2", "maker", TOWN_2);
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        given = paper(cases[i].user);
        if (cases[i].is_allowed) {
            ck_assert_ok(try_attach(cases[i].user, cases[i].to, &given, &repeated, &err), err);
        } else {
            ck_assert(!try_attach(cases[i].user, cases[i].to, &given, &repeated, &err));
            ck_assert_error(err, ERROR_PERMISSION, "is not maker");
            error_clear(&err);
        }
    }
}
END_TEST

START_TEST(a_maker_below_doesnt_attach_to_what_the_county_pays)
{
    struct voucher_receipt receipt = pay_one_person();
    struct attachment given = paper("list");
    struct error err = ERROR_INIT;
    bool repeated;

    fixture_add_user(&world, "town-1", "maker", TOWN_1);
    ck_assert(!try_attach("town-1", receipt.voucher, &given, &repeated, &err));
    ck_assert_error(err, ERROR_PERMISSION, "is not maker");
}
END_TEST

static const struct {
    const char *to, *title;
    enum error_code code;
    const char *words;
} refused[] = {
    {"P9", "x", ERROR_NOT_FOUND, "no voucher, fund, project, contract or asset is called P9"},
    {"fund/P1", "x", ERROR_NOT_FOUND, "is called fund/P1"},
    {"village/P1", "x", ERROR_NOT_FOUND, "nothing that a file is attached to"},
    {"../P1", "x", ERROR_NOT_FOUND, "nothing that a file is attached to"},
    {"P1", "", ERROR_INPUT, "needs a title"},
    {"P1", "a\nb", ERROR_INPUT, "a character that is not seen"},
    {"P1", "电话13800138000", ERROR_INPUT, "holds a mobile number"},
};

START_TEST(what_cannot_be_is_refused)
{
    bool repeated;

    for (size_t i = 0; i < ARRAY_COUNT(refused); i++) {
        struct attachment given = paper(refused[i].title);
        struct error err = ERROR_INIT;

        ck_assert(!try_attach("li", refused[i].to, &given, &repeated, &err));
        ck_assert_error(err, refused[i].code, refused[i].words);
    }
}
END_TEST

START_TEST(a_code_of_two_things_is_asked_for)
{
    struct fund fund = fixture_fund("P1");
    struct attachment given = paper("x");
    struct error err = ERROR_INIT;
    bool repeated;

    ck_assert_ok(fixture_try_fund(&world, &fund, &err), err);
    ck_assert(!try_attach("li", "P1", &given, &repeated, &err));
    ck_assert_error(err, ERROR_INPUT, "write fund/P1 or project/P1");
    error_clear(&err);
    ck_assert_ok(try_attach("li", "fund/P1", &given, &repeated, &err), err);
    ck_assert_uint_eq(look("fund", "P1").count, 1);
}
END_TEST

/* ---- Forged entries: the ledger refuses what its own writer never makes -----------------------
 */

START_TEST(an_entry_that_shows_a_file_about_people_is_refused)
{
    struct voucher_receipt receipt = pay_one_person();
    struct buffer body = BUFFER_INIT(4096), plain = BUFFER_INIT(4096), member = BUFFER_INIT(256),
                  title = BUFFER_INIT(64);
    struct signatory by = fixture_as("li");
    struct sealed_value sealed;
    struct appended appended;
    struct error err = ERROR_INIT;
    char subject[64], hex[HASH_HEX_SIZE];
    hash_t hash = hash_sha256((const uint8_t *)"x", 1);

    fixture_begin(&world);
    (void)snprintf(subject, sizeof subject, "voucher/%s", receipt.voucher);
    ck_assert_ok(buffer_append_text(&title, "\"x\"", &err), err);
    ck_assert_ok(journal_seal(world.journal, "attachment.add/title", subject, &title, &plain,
                              &member, &sealed, &err),
                 err);
    ck_assert_ok(buffer_append_format(&body, &err,
                                      "{\"about\":\"other\",\"code\":\"%s\",\"file\":{\"sha256\":"
                                      "\"%s\",\"size\":1,\"type\":\"pdf\"},\"title\":%s,\"what\":"
                                      "\"voucher\"}",
                                      receipt.voucher, hash_to_hex(&hash, hex),
                                      buffer_text(&member)),
                 err);
    ck_assert(!journal_append_act(world.journal, &by, "attachment.add", &body, &sealed, 1,
                                  &appended, &err));
    ck_assert_error(err, ERROR_STATE, "is about people, so its files are sealed");
    fixture_roll_back(&world);
    buffer_done(&body);
    buffer_done(&plain);
    buffer_done(&member);
    buffer_done(&title);
}
END_TEST

/* ---- Lost for good --------------------------------------------------------------------------- */

static bool try_lose(const char *reason, uint64_t first, uint64_t last, struct error *err)
{
    char body[256];

    (void)snprintf(body, sizeof body,
                   "{\"entries\":[{\"first\":%llu,\"last\":%llu}],\"reason\":\"%s\"}",
                   (unsigned long long)first, (unsigned long long)last, reason);
    return fixture_try_agree(&world, "attachment.lost", body, err);
}

START_TEST(two_declare_files_lost_and_nothing_else_changes)
{
    struct attachment again = paper("notice");
    struct error err = ERROR_INIT;
    uint64_t first;
    bool repeated = false;

    attach("li", "F1", "notice");
    first = look("fund", "F1").last.seq;
    attach("li", "P1", "site");
    attach("li", "C1", "contract");
    ck_assert_ok(try_lose("机房进水", first, first + 1, &err), err);
    ck_assert(look("fund", "F1").last.is_lost);
    ck_assert(look("project", "P1").last.is_lost);
    ck_assert(!look("contract", "C1").last.is_lost);
    ck_assert_ok(try_attach("li", "F1", &again, &repeated, &err), err);
    ck_assert(repeated); /* so that a copy is put back */
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(only_what_is_attached_is_declared_lost_and_once)
{
    struct error err = ERROR_INIT;
    uint64_t seq;

    attach("li", "F1", "notice");
    seq = look("fund", "F1").last.seq;
    ck_assert(!try_lose("", seq, seq, &err));
    ck_assert_error(err, ERROR_INPUT, "say how the files were lost");
    error_clear(&err);
    ck_assert(!try_lose("x", seq - 1, seq, &err));
    ck_assert_error(err, ERROR_STATE, "1 attach files that aren't declared lost, not 2");
    error_clear(&err);
    ck_assert(!try_lose("x", seq, seq - 1, &err));
    ck_assert_error(err, ERROR_INPUT, "are no range of entries before this one");
    error_clear(&err);
    ck_assert(!try_lose("x", seq, seq + 100, &err));
    ck_assert_error(err, ERROR_INPUT, "are no range of entries before this one");
    error_clear(&err);
    ck_assert(
        !fixture_try_agree(&world, "attachment.lost", "{\"entries\":[],\"reason\":\"x\"}", &err));
    ck_assert_error(err, ERROR_INPUT, "no entry is named");
    error_clear(&err);
    ck_assert_ok(try_lose("x", seq, seq, &err), err);
    ck_assert(!try_lose("x", seq, seq, &err));
    ck_assert_error(err, ERROR_STATE, "0 attach files that aren't declared lost, not 1");
}
END_TEST

/* ---- Erased ---------------------------------------------------------------------------------- */

static bool try_erase(uint64_t seq, bool file, bool title, struct error *err)
{
    char body[512], seal[2][128] = {"", ""};

    if (file)
        (void)snprintf(seal[0], sizeof seal[0],
                       "{\"first\":%d,\"last\":%d,\"purpose\":\"attachment.add/file\"}", (int)seq,
                       (int)seq);
    if (title)
        (void)snprintf(seal[1], sizeof seal[1],
                       "{\"first\":%d,\"last\":%d,\"purpose\":\"attachment.add/title\"}", (int)seq,
                       (int)seq);
    (void)snprintf(body, sizeof body,
                   "{\"ground\":\"retention_over\",\"reason\":\"保存期满\",\"seals\":[%s%s%s]}",
                   seal[0], file && title ? "," : "", seal[1]);
    return fixture_try_agree(&world, "seal.erase", body, err);
}

START_TEST(a_sealed_file_and_its_title_are_erased_by_two)
{
    struct attachment list = paper("list");
    struct error err = ERROR_INIT;
    struct found found;
    bool repeated;

    list.is_sealed = true;
    ck_assert_ok(try_attach("li", "P1", &list, &repeated, &err), err);
    ck_assert_ok(try_erase(look("project", "P1").last.seq, true, true, &err), err);
    found = look("project", "P1");
    ck_assert_uint_eq(found.count, 1);
    ck_assert_str_eq(found.last.title, "");
    ck_assert_str_eq(found.last.type, "");
    ck_assert(hash_equal(&found.last.sha256, &HASH_ZERO));
    assert_replay_is_identical(&world);
    ck_assert(!try_erase(found.last.seq, true, false, &err));
    ck_assert_error(err, ERROR_STATE, "has no sealed value attachment.add/file");
    error_clear(&err);
    ck_assert_ok(try_attach("li", "P1", &list, &repeated, &err), err);
    ck_assert(!repeated); /* nobody can tell that it is the same */
}
END_TEST

START_TEST(of_a_public_file_the_title_alone_is_erased)
{
    struct error err = ERROR_INIT;
    struct found found;

    attach("li", "P1", "site");
    ck_assert(!try_erase(look("project", "P1").last.seq, true, true, &err));
    ck_assert_error(err, ERROR_STATE, "has no sealed value attachment.add/file");
    error_clear(&err);
    ck_assert_ok(try_erase(look("project", "P1").last.seq, false, true, &err), err);
    found = look("project", "P1");
    ck_assert_str_eq(found.last.title, "");
    ck_assert_str_eq(found.last.type, "pdf");
    assert_replay_is_identical(&world);
}
END_TEST

START_TEST(what_is_erased_is_not_declared_lost_but_what_is_lost_is_erased)
{
    struct attachment list = paper("list"), other = paper("other");
    struct error err = ERROR_INIT;
    uint64_t first, second;
    bool repeated;

    list.is_sealed = other.is_sealed = true;
    ck_assert_ok(try_attach("li", "P1", &list, &repeated, &err), err);
    first = look("project", "P1").last.seq;
    ck_assert_ok(try_attach("li", "P1", &other, &repeated, &err), err);
    second = look("project", "P1").last.seq;
    ck_assert_ok(try_lose("x", first, first, &err), err);
    ck_assert_ok(try_erase(first, true, true, &err), err);
    ck_assert_ok(try_erase(second, true, false, &err), err);
    ck_assert(!try_lose("x", second, second, &err));
    ck_assert_error(err, ERROR_STATE, "it was erased or lost which file they attach");
    assert_replay_is_identical(&world);
}
END_TEST

/* What a forger makes two people say, met in a replay. */
START_TEST(a_replay_takes_no_erasure_of_what_is_no_sealed_value_or_is_there)
{
    struct attachment list = paper("list");
    struct error err = ERROR_INIT;
    uint64_t in_clear, sealed;
    bool repeated;

    attach("li", "P1", "site");
    in_clear = look("project", "P1").last.seq;
    list.is_sealed = true;
    ck_assert_ok(try_attach("li", "P1", &list, &repeated, &err), err);
    sealed = look("project", "P1").last.seq;
    world.journal->is_replaying = true;
    for (size_t i = 0; i < 3; i++) {
        ck_assert(!try_erase(i == 0 ? in_clear : i == 1 ? 0 : sealed, true, false, &err));
        ck_assert_error(err, ERROR_STATE, "lack the sealed value attachment.add/file and are not");
        error_clear(&err);
    }
    ck_assert(!try_erase(journal_size(world.journal) + 1, true, false, &err));
    ck_assert_error(err, ERROR_INPUT, "are no range of entries before this one");
    world.journal->is_replaying = false;
}
END_TEST

START_TEST(papers_of_an_unsettled_voucher_stay)
{
    struct voucher_receipt receipt = pay_one_person();
    struct error err = ERROR_INIT;
    uint64_t seq;

    attach("li", receipt.voucher, "list");
    seq = look("voucher", receipt.voucher).last.seq;
    ck_assert(!try_erase(seq, true, true, &err));
    ck_assert_error(err, ERROR_STATE, "waits for its checker");
    error_clear(&err);
    world.journal->is_replaying = true;
    ck_assert(!try_erase(seq, true, true, &err));
    world.journal->is_replaying = false;
    ck_assert_error(err, ERROR_STATE, "waits for its checker");
    error_clear(&err);
    fixture_approve(&world, receipt.voucher);
    ck_assert(!try_erase(seq, true, true, &err));
    ck_assert_error(err, ERROR_STATE, "a month in which voucher");
    error_clear(&err);
    ck_assert_ok(fixture_try_close(&world, "2021-05", &err), err);
    ck_assert_ok(try_erase(seq, true, true, &err), err);
    assert_replay_is_identical(&world);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        files_belong_to_vouchers_funds_projects_and_contracts,
        a_voucher_about_people_seals_its_files_and_so_may_others,
        the_same_file_is_attached_to_the_same_thing_once,
        what_came_after_the_decision_is_marked,
        a_closed_month_takes_evidence_still,
        only_a_maker_of_the_place_attaches,
        a_maker_below_doesnt_attach_to_what_the_county_pays,
        what_cannot_be_is_refused,
        a_code_of_two_things_is_asked_for,
        an_entry_that_shows_a_file_about_people_is_refused,
        two_declare_files_lost_and_nothing_else_changes,
        only_what_is_attached_is_declared_lost_and_once,
        a_sealed_file_and_its_title_are_erased_by_two,
        of_a_public_file_the_title_alone_is_erased,
        what_is_erased_is_not_declared_lost_but_what_is_lost_is_erased,
        a_replay_takes_no_erasure_of_what_is_no_sealed_value_or_is_there,
        papers_of_an_unsettled_voucher_stay,
    };

    return fixture_run("attachments", tests, ARRAY_COUNT(tests), &world);
}
