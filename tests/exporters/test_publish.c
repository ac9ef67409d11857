/*
 * test_publish.c - a ledger published: what is written, what is withheld, what happens when nothing
 * differs, when something does, and when a publication is cut off.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "exporters/document.h"
#include "world.h"

#define PERIOD      "2021"
#define VILLAGE_NEW "611025101204"

static struct world world;

static void setup(void)
{
    fixture_setup();
    world_make(&world);
    world_fill(&world);
}

static void teardown(void)
{
    world_done(&world);
    fixture_teardown();
}

/* ---- Helpers --------------------------------------------------------------------------------- */

static struct publish_options options(const char *repository, const char *period)
{
    return (struct publish_options){.repository = repository,
                                    .period = period,
                                    .by = world_person("yi"),
                                    .signer = world.signer};
}

static struct publish_result publish_period(const char *period)
{
    char path[FIXTURE_PATH_SIZE];
    struct publish_options wanted;
    struct publish_result result;
    struct error err = ERROR_INIT;

    (void)snprintf(path, sizeof path, "%s", fixture_path("publication"));
    wanted = options(path, period);
    ck_good(publish(world.ledger, &wanted, &result, &err), &err);
    return result;
}

/* A file of the publication's work tree; static memory. */
static const char *published(const char *path)
{
    static struct buffer bytes = BUFFER_INIT(FIXTURE_FILE_MAX);
    char name[FIXTURE_PATH_SIZE + 16];

    (void)snprintf(name, sizeof name, "publication/%s", path);
    buffer_reset(&bytes);
    fixture_read(fixture_path(name), &bytes);
    return buffer_text(&bytes);
}

static bool is_there(const char *path)
{
    char name[FIXTURE_PATH_SIZE + 16];

    (void)snprintf(name, sizeof name, "publication/%s", path);
    return access(fixture_path(name), F_OK) == 0;
}

/* Run a command of at most 15 words in the publication; its status. */
static int run_in_publication(const char *const *arguments, struct buffer *out)
{
    const char *all[20] = {"env", "-C", "publication"};
    size_t count = 3;

    while (*arguments != NULL)
        all[count++] = *arguments++;
    all[count] = NULL;
    return fixture_run(all, out);
}
#define RUN(out, ...) run_in_publication((const char *const[]){__VA_ARGS__, NULL}, (out))

static void expect_commits(const char *count)
{
    struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);

    ck_assert_int_eq(RUN(&out, "git", "rev-list", "--count", "HEAD"), 0);
    ck_assert_str_eq(buffer_text(&out), count);
    ck_assert_int_eq(RUN(&out, "git", "status", "--porcelain"), 0);
    ck_assert_str_eq(buffer_text(&out), "");
    ck_assert_int_eq(RUN(&out, "git", "-c", "gpg.ssh.allowedSignersFile=keys/allowed_signers",
                         "verify-commit", "HEAD"),
                     0);
    buffer_done(&out);
}

static void expect_text(const char *path, const char *wanted, bool there)
{
    ck_assert_msg((strstr(published(path), wanted) != NULL) == there, "%s %s \"%s\":\n%.3000s",
                  path, there ? "lacks" : "has", wanted, published(path));
}

static const char *document_path(const char *division)
{
    static char path[FIXTURE_PATH_SIZE];

    (void)snprintf(path, sizeof path, "snapshots/" PERIOD "/%s.xml", division);
    return path;
}

static void rederive(void)
{
    struct publication_recheck recheck;
    struct error err = ERROR_INIT;

    ck_good(publication_rederive(world.ledger, fixture_path("publication"), &err), &err);
    ck_good(publication_recheck(fixture_path("publication"), NULL, &recheck, &err), &err);
    ck_assert_uint_eq(recheck.other_pages + recheck.other_files, 0);
}

/* ---- What is written ------------------------------------------------------------------------- */

START_TEST(publication_passes_every_stock_tool)
{
    static const char *const documents[] = {
        "snapshots/2021/" COUNTY ".xml",     "snapshots/2021/" TOWNSHIP_1 ".xml",
        "snapshots/2021/" TOWNSHIP_2 ".xml", "snapshots/2021/" VILLAGE_11 ".xml",
        "snapshots/2021/" VILLAGE_12 ".xml", "snapshots/2021/manifest.xml"};
    struct publish_result result = publish_period(PERIOD);
    struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);

    ck_assert(result.changed);
    ck_assert_uint_eq(result.documents, DIVISIONS);
    ck_assert_uint_eq(result.size, journal_size(world.journal));
    ck_assert_uint_eq(strlen(result.commit), 40);
    for (size_t i = 0; i < ARRAY_COUNT(documents); i++) {
        int status = RUN(&out, "xmlsec1", "--verify", "--enabled-key-data", "x509", "--trusted-pem",
                         "keys/xml-01.crt", documents[i]);

        ck_assert_msg(status == 0, "%s: %s", documents[i], buffer_text(&out));
        status = RUN(&out, "xmllint", "--noout", "--nonet", "--schema", "schema/disclosure.xsd",
                     documents[i]);
        ck_assert_msg(status == 0, "%s: %s", documents[i], buffer_text(&out));
    }
    expect_commits("1\n");
    rederive();
    buffer_done(&out);
}
END_TEST

START_TEST(log_passes_the_check_in_go)
{
    struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);
    char program[FIXTURE_PATH_SIZE + 64], folder[FIXTURE_PATH_SIZE];
    int status;

    ck_assert_ptr_nonnull(getcwd(folder, sizeof folder));
    (void)snprintf(program, sizeof program, "%s/tests/exporters/check_publication.go", folder);
    if (!fixture_has("go") || access("/usr/share/gocode/src/golang.org/x/mod/sumdb", F_OK) != 0) {
        (void)fputs("Go or its sumdb package isn't installed: not checked\n", stderr);
        return;
    }
    (void)publish_period(PERIOD);
    for (int i = 0; i < 130; i++) { /* beyond 256 entries: a full tile and a partial one */
        char reference[16];

        (void)snprintf(reference, sizeof reference, "more-%d", i);
        world_appropriate(&world, reference, "2021-12-01", "F1", 1);
    }
    (void)publish_period(NULL);
    status = RUN(&out, "env", "GOPATH=/usr/share/gocode", "GO111MODULE=off", "GOFLAGS=", "go",
                 "run", program, ".");
    ck_assert_msg(status == 0, "%s", buffer_text(&out));
    ck_assert_ptr_nonnull(strstr(buffer_text(&out), "2 checkpoints in history: good"));
    buffer_done(&out);
}
END_TEST

START_TEST(documents_tell_where_money_came_from_and_went)
{
    (void)publish_period(PERIOD);
    expect_text(document_path(COUNTY), "<received fen=\"100000000\" yuan=\"1,000,000.00\"/>", true);
    expect_text(document_path(COUNTY),
                "<out term=\"passed_down\" division=\"" TOWNSHIP_1 "\" division_name=\"云盖寺镇\" "
                "fen=\"50000000\" yuan=\"500,000.00\"/>",
                true);
    expect_text(document_path(TOWNSHIP_1),
                "<in term=\"recovered_from_below\" division=\"" VILLAGE_12
                "\" division_name=\"西洞村\" "
                "fen=\"1000000\"",
                true);
    expect_text(document_path(VILLAGE_12), "<out term=\"returned_up\" division=\"" TOWNSHIP_1,
                true);
    expect_text(document_path(VILLAGE_11), "<spent fen=\"12345678\"", true);
    expect_text(document_path(VILLAGE_11), "<project code=\"P1\"", true);
    expect_text(document_path(VILLAGE_11), "<outside line=\"2\" source=\"村民自筹\">", true);
    expect_text(document_path(VILLAGE_11), "<withheld/>", true);
    expect_text(document_path(COUNTY), "<unspent>", true);
    expect_text("snapshots/2021/" VILLAGE_11 ".html", "123,456.78 元", true);
    expect_text("index.html", "snapshots/2021/" COUNTY ".html", true);
    expect_text("snapshots/2021/index.html", "href=\"" VILLAGE_11 ".html\"", true);
    expect_text("snapshots/2021/names.en.html", "href=\"projects/P1.en.html\"", true);
    expect_text("snapshots/2021/projects/P1.html", "123,456.78 元", true);
    expect_text("snapshots/2021/funds/F1.en.html", "123,456.78", true);
    expect_text("README.md", "snapshots/2021/" COUNTY ".xml", true);
    ck_assert(is_there(document_path(VILLAGE_22))); /* nothing to tell is told, too */
}
END_TEST

START_TEST(reversed_allocation_is_no_transfer)
{
    world_allocate(&world, "wrong", "2021-05-01", TOWNSHIP_1, VILLAGE_13, "F1", BOOK_CONSTRUCTION,
                   700);
    world_allocate(&world, "right", "2021-05-01", TOWNSHIP_1, VILLAGE_13, "F1", BOOK_CONSTRUCTION,
                   300);
    world_reverse(&world, "undo", "wrong", "2021-05-02");
    (void)publish_period(PERIOD);
    expect_text(document_path(VILLAGE_13),
                "<in term=\"received_from_above\" division=\"" TOWNSHIP_1
                "\" division_name=\"云盖寺镇\" fen=\"300\"",
                true);
    rederive();
}
END_TEST

START_TEST(same_ledger_and_period_render_the_same_bytes)
{
    struct buffer first = BUFFER_INIT(FIXTURE_FILE_MAX), second = BUFFER_INIT(FIXTURE_FILE_MAX);
    const char *signature;

    world_render(&world, PERIOD, TOWNSHIP_1, &first);
    (void)publish_period(PERIOD);
    world_render(&world, PERIOD, TOWNSHIP_1, &second);
    ck_assert_str_eq(buffer_text(&first), buffer_text(&second));
    signature = strstr(published(document_path(TOWNSHIP_1)), "<Signature");
    ck_assert_mem_eq(first.data, published(document_path(TOWNSHIP_1)),
                     (size_t)(signature - published(document_path(TOWNSHIP_1))));
    buffer_done(&first);
    buffer_done(&second);
}
END_TEST

/* ---- What is withheld ------------------------------------------------------------------------ */

START_TEST(no_person_is_ever_committed)
{
    struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);

    world_pay_people(&world, "h1", "2021-06-01", TOWNSHIP_1, 5, 60000);
    world_pay_people(&world, "h2", "2021-06-01", TOWNSHIP_1, 1, 60000);
    (void)publish_period(PERIOD);
    expect_text("snapshots/2021/" TOWNSHIP_1 ".html", "有 1 笔账没有算在里面", true);
    ck_assert_int_eq(RUN(&out, "grep", "-rIl", "张某", "."), 1);
    ck_assert_int_eq(RUN(&out, "grep", "-rl", "6199011950010100", "."), 1);
    ck_assert_int_eq(RUN(&out, "grep", "-rl", "6217001234567890122", "."), 1);
    buffer_done(&out);
}
END_TEST

/* ---- Again, and after changes ---------------------------------------------------------------- */

START_TEST(publishing_again_without_changes_writes_nothing)
{
    uint64_t size;
    struct publish_result result;

    (void)publish_period(PERIOD);
    size = journal_size(world.journal);
    result = publish_period(PERIOD);
    ck_assert(!result.changed);
    ck_assert_uint_eq(result.documents, 0);
    ck_assert_uint_eq(result.size, size);
    ck_assert_str_eq(result.commit, "");
    ck_assert_uint_eq(journal_size(world.journal), size);
    expect_commits("1\n");
}
END_TEST

START_TEST(correction_rewrites_what_changed_and_names_what_it_replaces)
{
    struct buffer before = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct document_facts old, corrected;
    struct publish_result result;
    struct error err = ERROR_INIT;
    char digest[DIGEST_TEXT_SIZE];

    (void)publish_period(PERIOD);
    ck_good(buffer_append_text(&before, published(document_path(VILLAGE_11)), &err), &err);
    ck_good(document_read(before.data, before.size, "before", &old, &err), &err);
    world_pay_organisation(&world, "e2", "2021-12-20", VILLAGE_11, 100);
    result = publish_period(PERIOD);
    ck_assert(result.changed);
    ck_assert_uint_eq(result.documents,
                      3); /* the village, its township, the county: totals below */
    ck_good(document_read((const uint8_t *)published(document_path(VILLAGE_11)),
                          strlen(published(document_path(VILLAGE_11))), "after", &corrected, &err),
            &err);
    ck_assert_str_eq(corrected.replaces, digest_format(&old.digest, digest));
    ck_assert_str_eq(old.replaces, "");
    expect_text(document_path(VILLAGE_11), "<corrected", true);
    expect_text(document_path(VILLAGE_11), "<was fen=\"7654322\" yuan=\"76,543.22\"/>", true);
    expect_text(document_path(VILLAGE_11), "<now fen=\"7654222\" yuan=\"76,542.22\"/>", true);
    expect_text(document_path(VILLAGE_11), "figure=\"opening\"", false);
    expect_text(document_path(VILLAGE_11),
                "<figure of=\"line\" code=\"F1\" book=\"construction\" figure=\"in_transit\">",
                true);
    expect_text(document_path(TOWNSHIP_1), "<corrected", false); /* only totals below it */
    expect_text("snapshots/" PERIOD "/" VILLAGE_11 ".html", "更正了这些数", true);
    expect_text("snapshots/" PERIOD "/" VILLAGE_11 ".en.html", "Corrected figures", true);
    expect_commits("2\n");
    rederive();
    /* A correction isn't a change again. */
    ck_assert(!publish_period(PERIOD).changed);
    buffer_done(&before);
}
END_TEST

START_TEST(division_of_which_nothing_is_left_keeps_a_document)
{
    /* It isn't valid yet, so the money is all that there is to tell. */
    world_add_division(&world, VILLAGE_NEW, "新村", TOWNSHIP_1, "2022-01-01");
    world_allocate(&world, "g1", "2021-05-01", TOWNSHIP_1, VILLAGE_NEW, "F1", BOOK_CONSTRUCTION,
                   700);
    (void)publish_period(PERIOD);
    ck_assert(is_there(document_path(VILLAGE_NEW)));
    world_reverse(&world, "undo", "g1", "2021-05-02");
    (void)publish_period(PERIOD);
    expect_text(document_path(VILLAGE_NEW), "replaces=\"", true);
    expect_text(document_path(VILLAGE_NEW), "<line", false);
    expect_text(document_path(TOWNSHIP_1), "<below divisions=\"4\">", true);
    expect_text(document_path(TOWNSHIP_1),
                "<division code=\"" VILLAGE_NEW "\" name=\"新村\" level=\"village\"/>", true);
    rederive();
}
END_TEST

START_TEST(checkpoint_alone_makes_no_entry_and_takes_stale_tiles_away)
{
    struct publish_result first = publish_period(NULL), second;
    char stale[FIXTURE_PATH_SIZE];
    uint64_t size = journal_size(world.journal);

    ck_assert(first.changed);
    ck_assert_uint_eq(first.size, size);
    ck_assert_uint_lt(size, 256);
    (void)snprintf(stale, sizeof stale, "tile/0/000.p/%llu", (unsigned long long)size);
    ck_assert(is_there(stale));
    ck_assert(is_there("README.md"));
    ck_assert(!publish_period(NULL).changed);
    world_pay_organisation(&world, "e2", "2021-12-20", VILLAGE_11, 100);
    second = publish_period(NULL);
    ck_assert(second.changed);
    ck_assert_uint_gt(second.size, first.size);
    ck_assert_uint_eq(second.documents, 0);
    ck_assert(!is_there(stale));
    ck_assert_uint_eq(journal_size(world.journal), second.size);
    expect_commits("2\n");
    rederive(); /* no period yet: nothing to differ */
}
END_TEST

/* ---- Cut off --------------------------------------------------------------------------------- */

/* Publish, then throw the commit away: the ledger has announced what the repository doesn't have.
 */
static void publish_and_lose_the_commit(const char *period)
{
    struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);

    (void)publish_period(period);
    ck_assert_int_eq(RUN(&out, "git", "reset", "-q", "--hard", "HEAD~1"), 0);
    buffer_done(&out);
}

START_TEST(cut_off_publication_is_brought_out_under_its_own_entry)
{
    struct publish_result result;
    uint64_t size;

    (void)publish_period("2021-Q1");
    publish_and_lose_the_commit(PERIOD);
    size = journal_size(world.journal);
    ck_assert(!is_there(document_path(COUNTY)));
    result = publish_period(PERIOD);
    ck_assert(result.changed);
    ck_assert_uint_eq(result.documents, DIVISIONS);
    ck_assert_uint_eq(journal_size(world.journal), size); /* no second entry */
    ck_assert_uint_eq(result.size, size);
    expect_commits("2\n");
    rederive();
    ck_assert(!publish_period(PERIOD).changed);
}
END_TEST

START_TEST(cut_off_publication_is_announced_again_when_the_ledger_went_on)
{
    struct publish_result result;
    uint64_t size;

    (void)publish_period("2021-Q1");
    publish_and_lose_the_commit(PERIOD);
    world_pay_organisation(&world, "e2", "2021-12-20", VILLAGE_11, 100);
    size = journal_size(world.journal);
    result = publish_period(PERIOD);
    ck_assert(result.changed);
    ck_assert_uint_eq(journal_size(world.journal), size + 1);
    expect_commits("2\n");
    rederive();
}
END_TEST

START_TEST(checkpoint_alone_brings_a_cut_off_period_out_first)
{
    struct publish_result result;

    (void)publish_period("2021-Q1");
    publish_and_lose_the_commit(PERIOD);
    result = publish_period(NULL);
    ck_assert(result.changed);
    ck_assert_uint_eq(result.documents, DIVISIONS);
    ck_assert(is_there(document_path(COUNTY)));
    rederive();
}
END_TEST

START_TEST(cut_off_correction_is_brought_out_with_what_it_replaces)
{
    (void)publish_period(PERIOD);
    world_pay_organisation(&world, "e2", "2021-12-20", VILLAGE_11, 100);
    publish_and_lose_the_commit(PERIOD);
    expect_text(document_path(VILLAGE_11), "replaces=\"", false);
    ck_assert_uint_eq(publish_period(PERIOD).documents, 3);
    expect_text(document_path(VILLAGE_11), "replaces=\"", true);
    rederive();
}
END_TEST

static bool die_when_due(void *context, const char *what, uint64_t done, uint64_t total)
{
    int *left = context;

    (void)what;
    (void)done;
    (void)total;
    if (--*left == 0) _exit(9);
    return true;
}

/* Asks for an end when the pages are all rendered, and goes on asking. */
static bool stop_when_rendered(void *context, const char *what, uint64_t done, uint64_t total)
{
    (void)context;
    return strcmp(what, "render") == 0 && done < total;
}

START_TEST(publication_stopped_while_rendering_writes_nothing)
{
    struct publish_options wanted = options(fixture_path("publication"), PERIOD);
    struct publish_result result;
    struct error err = ERROR_INIT;
    uint64_t before;

    (void)publish_period(PERIOD);
    world_pay_organisation(&world, "stopped", "2021-12-20", VILLAGE_11, 100);
    before = journal_size(ledger_journal(world.ledger));
    wanted.progress = stop_when_rendered;
    ck_assert(!publish(world.ledger, &wanted, &result, &err));
    ck_assert_int_eq(err.code, ERROR_STATE);
    ck_assert_str_eq(err.message, "interrupted; nothing was written");
    ck_assert_uint_eq(journal_size(ledger_journal(world.ledger)), before);
    ck_assert(publish_period(PERIOD).changed);
}
END_TEST

/* Publish in another process that dies at its n-th step; false when it came to its end. */
static bool publish_and_die(int step)
{
    int status = 0;
    pid_t child;

    world_done(&world);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        struct publish_options wanted;
        struct publish_result result;
        struct error err = ERROR_INIT;
        int left = step;

        world_open(&world);
        wanted = options(fixture_path("publication"), PERIOD);
        wanted.progress = die_when_due;
        wanted.context = &left;
        _exit(publish(world.ledger, &wanted, &result, &err) ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) != 1);
    world_open(&world);
    return WEXITSTATUS(status) == 9;
}

START_TEST(publication_killed_at_any_step_is_completed_by_the_next)
{
    char reference[24];
    int step = 1;

    while (publish_and_die(step)) {
        (void)publish_period(PERIOD);
        ck_assert(!publish_period(PERIOD).changed);
        rederive();
        (void)snprintf(reference, sizeof reference, "step-%d", step);
        world_pay_organisation(&world, reference, "2021-12-20", VILLAGE_11, 100);
        step++;
    }
    ck_assert_int_gt(step, 8); /* it was killed while rendering and while signing */
    ck_assert(!publish_period(PERIOD).changed);
}
END_TEST

/* ---- Two at a time --------------------------------------------------------------------------- */

struct meeting {
    const char *step; /* at which the first publisher waits */
    int arrived[2];   /* pipes: it waits; it may go on */
    int released[2];
};

static bool wait_when_due(void *context, const char *what, uint64_t done, uint64_t total)
{
    struct meeting *meeting = context;
    char byte = 0;

    (void)total;
    if (done != 1 || strcmp(what, meeting->step) != 0) return true;
    if (write(meeting->arrived[1], &byte, 1) != 1 || read(meeting->released[0], &byte, 1) != 1)
        _exit(9);
    return true;
}

static pid_t publish_and_wait(struct meeting *meeting)
{
    struct publish_options wanted;
    struct publish_result result;
    struct error err = ERROR_INIT;
    pid_t child;
    char byte;

    ck_assert_int_eq(pipe(meeting->arrived), 0);
    ck_assert_int_eq(pipe(meeting->released), 0);
    world_done(&world);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        world_open(&world);
        wanted = options(fixture_path("publication"), PERIOD);
        wanted.progress = wait_when_due;
        wanted.context = meeting;
        _exit(publish(world.ledger, &wanted, &result, &err) ? 0 : 1);
    }
    ck_assert_int_eq(read(meeting->arrived[0], &byte, 1), 1);
    world_open(&world);
    return child;
}

START_TEST(second_publisher_at_a_time_is_told_and_writes_nothing)
{
    static const char *const steps[] = {"render", "sign"};
    struct meeting meeting = {.step = steps[_i]};
    struct publish_options wanted;
    struct publish_result result = {0};
    struct error err = ERROR_INIT;
    uint64_t size;
    pid_t first;
    int status = 0;

    first = publish_and_wait(&meeting);
    size = journal_size(world.journal);
    wanted = options(fixture_path("publication"), "2021-Q1");
    ck_fails(publish(world.ledger, &wanted, &result, &err), &err, ERROR_BUSY,
             "another program is publishing to");
    ck_assert_uint_eq(journal_size(world.journal), size);
    ck_assert(!is_there("snapshots/2021-Q1/manifest.xml"));
    ck_assert(!is_there("checkpoint"));
    ck_assert_int_eq(write(meeting.released[1], "", 1), 1);
    ck_assert_int_eq(waitpid(first, &status, 0), first);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    expect_commits("1\n");
    world_done(&world);
    world_open(&world);
    ck_assert(publish_period("2021-Q1").changed); /* now it is free */
    rederive();
}
END_TEST

/* ---- Refusals -------------------------------------------------------------------------------- */

START_TEST(publish_refuses_who_may_not_and_what_is_not_ours)
{
    struct publish_options wanted;
    struct publish_result result;
    struct error err = ERROR_INIT;
    uint64_t size = journal_size(world.journal);
    char path[FIXTURE_PATH_SIZE];

    (void)snprintf(path, sizeof path, "%s", fixture_path("publication"));
    wanted = options(path, PERIOD);
    wanted.by = world_person("li");
    ck_fails(publish(world.ledger, &wanted, &result, &err), &err, ERROR_PERMISSION, "publisher");
    wanted = options(path, PERIOD);
    wanted.by.key = world_person("li").key;
    ck_assert(!publish(world.ledger, &wanted, &result, &err));
    ck_assert_int_eq(err.code, ERROR_KEY);
    error_clear(&err);
    wanted = options(path, "2021-Q9");
    ck_fails(publish(world.ledger, &wanted, &result, &err), &err, ERROR_USAGE, "is no period");
    ck_assert_uint_eq(journal_size(world.journal), size);
}
END_TEST

START_TEST(publish_refuses_a_repository_that_somebody_else_wrote_to)
{
    struct publish_options wanted;
    struct publish_result result;
    struct error err = ERROR_INIT;
    char path[FIXTURE_PATH_SIZE];

    (void)publish_period(PERIOD);
    ck_assert_int_eq(
        RUN(NULL, "sed", "-i", "s/123,456.78/123,456.79/", "snapshots/2021/" VILLAGE_11 ".xml"), 0);
    ck_assert_int_eq(
        RUN(NULL, "git", "-c", "user.name=x", "-c", "user.email=x", "commit", "-qam", "forged"), 0);
    (void)snprintf(path, sizeof path, "%s", fixture_path("publication"));
    wanted = options(path, PERIOD);
    ck_fails(publish(world.ledger, &wanted, &result, &err), &err, ERROR_VERIFY, "isn't signed");
    ck_fails(publication_rederive(world.ledger, path, &err), &err, ERROR_VERIFY,
             "was changed after it was signed");
}
END_TEST

START_TEST(publisher_with_a_new_key_goes_on_and_the_old_key_stays)
{
    struct publish_options wanted;
    struct publish_result result;
    struct error err = ERROR_INIT;
    char path[FIXTURE_PATH_SIZE], body[256], text[SIGN_PUBLIC_TEXT_SIZE];
    struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct sign_key *key = fixture_key('9');
    struct sign_public public;

    (void)publish_period(PERIOD);
    sign_key_public(key, &public);
    (void)snprintf(body, sizeof body, "{\"key\":\"%s\",\"user\":\"yi\"}",
                   sign_public_format(&public, text));
    world_agree(&world, "user.rekey", body);
    (void)snprintf(path, sizeof path, "%s", fixture_path("publication"));
    wanted = options(path, NULL);
    ck_assert(!publish(world.ledger, &wanted, &result, &err)); /* the old key */
    ck_assert_int_eq(err.code, ERROR_KEY);
    error_clear(&err);
    wanted.by.key = key;
    ck_good(publish(world.ledger, &wanted, &result, &err), &err);
    expect_commits("2\n");
    ck_assert_int_eq(RUN(&out, "git", "-c", "gpg.ssh.allowedSignersFile=keys/allowed_signers",
                         "verify-commit", "HEAD~1"),
                     0);
    ck_assert_int_eq(RUN(&out, "wc", "-l", "keys/allowed_signers"), 0);
    ck_assert_str_eq(buffer_text(&out), "2 keys/allowed_signers\n");
    buffer_done(&out);
    sign_key_free(key);
}
END_TEST

/* ---- Deriving again -------------------------------------------------------------------------- */

START_TEST(old_period_is_judged_as_of_its_announcement)
{
    (void)publish_period(PERIOD);
    /* P1 is paid more in 2022: 2021 would render otherwise now. */
    world_pay_organisation(&world, "e2", "2022-01-05", VILLAGE_11, 100);
    rederive();
    (void)publish_period("2022-01");
    rederive();
}
END_TEST

START_TEST(rederiving_names_a_document_that_the_ledger_never_derived)
{
    struct error err = ERROR_INIT;

    (void)publish_period(PERIOD);
    ck_assert_int_eq(
        RUN(NULL, "cp", "snapshots/2021/" VILLAGE_11 ".xml", "snapshots/2021/" VILLAGE_22 ".xml"),
        0);
    ck_assert_int_eq(RUN(NULL, "git", "add", "."), 0);
    ck_assert_int_eq(
        RUN(NULL, "git", "-c", "user.name=x", "-c", "user.email=x", "commit", "-qm", "forged"), 0);
    ck_fails(publication_rederive(world.ledger, fixture_path("publication"), &err), &err,
             ERROR_VERIFY, "the ledger derives");
}
END_TEST

/* ---- Proofs ---------------------------------------------------------------------------------- */

START_TEST(proof_of_an_entry_verifies_by_itself)
{
    struct buffer note = BUFFER_INIT(FIXTURE_FILE_MAX), proof = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct buffer entry = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct checkpoint checkpoint;
    struct note_vkey log_key;
    struct proof_file file;
    struct error err = ERROR_INIT;
    hash_t leaf;

    (void)publish_period(PERIOD);
    ck_good(buffer_append_text(&note, published("checkpoint"), &err), &err);
    ck_good(proof_export(world.ledger, 7, note.data, note.size, &proof, &err), &err);
    ck_good(proof_file_parse(proof.data, proof.size, &file, &err), &err);
    ck_good(journal_log_key(world.journal, &log_key, &err), &err);
    ck_good(checkpoint_open(proof.data + file.note_at, file.note_size, &log_key, &checkpoint, &err),
            &err);
    ck_good(journal_read(world.journal, 7, &entry, &err), &err);
    leaf = hash_leaf(entry.data, entry.size);
    ck_good(tree_verify_inclusion(&leaf, file.index, checkpoint.size, &checkpoint.root,
                                  file.proof.hashes, file.proof.count, &err),
            &err);
    ck_fails(proof_export(world.ledger, checkpoint.size, note.data, note.size, &proof, &err), &err,
             ERROR_NOT_FOUND, "isn't under this checkpoint");
    buffer_done(&entry);
    buffer_done(&proof);
    buffer_done(&note);
}
END_TEST

/* START_TEST gives each test a pointer of its own name. */
static const TTest *const *const tests[] = {
    &publication_passes_every_stock_tool,
    &log_passes_the_check_in_go,
    &documents_tell_where_money_came_from_and_went,
    &reversed_allocation_is_no_transfer,
    &same_ledger_and_period_render_the_same_bytes,
    &no_person_is_ever_committed,
    &publishing_again_without_changes_writes_nothing,
    &correction_rewrites_what_changed_and_names_what_it_replaces,
    &division_of_which_nothing_is_left_keeps_a_document,
    &checkpoint_alone_makes_no_entry_and_takes_stale_tiles_away,
    &cut_off_publication_is_brought_out_under_its_own_entry,
    &cut_off_publication_is_announced_again_when_the_ledger_went_on,
    &checkpoint_alone_brings_a_cut_off_period_out_first,
    &cut_off_correction_is_brought_out_with_what_it_replaces,
    &publication_stopped_while_rendering_writes_nothing,
    &publication_killed_at_any_step_is_completed_by_the_next,
    &publish_refuses_who_may_not_and_what_is_not_ours,
    &publish_refuses_a_repository_that_somebody_else_wrote_to,
    &publisher_with_a_new_key_goes_on_and_the_old_key_stays,
    &old_period_is_judged_as_of_its_announcement,
    &rederiving_names_a_document_that_the_ledger_never_derived,
    &proof_of_an_entry_verifies_by_itself,
};

int main(void)
{
    Suite *suite = suite_create("exporters/publish");
    TCase *all = tcase_create("publish");
    SRunner *runner;
    int failed;

    tcase_set_timeout(all, 60);
    tcase_add_checked_fixture(all, setup, teardown);
    for (size_t i = 0; i < ARRAY_COUNT(tests); i++)
        tcase_add_test(all, *tests[i]);
    tcase_add_loop_test(all, second_publisher_at_a_time_is_told_and_writes_nothing, 0, 2);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
