/*
 * test_repository.c - commits by libgit2 as stock git sees them; crashes between branch and work
 * tree.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exporters/repository.h"
#include "fixture.h"

#define SIGNERS "keys/allowed_signers"

static struct sign_key *key;
static struct repository *repository;

static void setup(void)
{
    struct error err = ERROR_INIT;

    fixture_setup();
    key = fixture_key(1);
    ck_good(repository_open(fixture_path("publication"), true, &repository, &err), &err);
}

static void teardown(void)
{
    repository_close(repository);
    sign_key_free(key);
    fixture_teardown();
}

/* ---- Helpers --------------------------------------------------------------------------------- */

static void stage(const char *path, const char *text)
{
    struct error err = ERROR_INIT;

    ck_good(repository_stage(repository, path, (const uint8_t *)text, strlen(text), &err), &err);
}

static void stage_signers(void)
{
    struct buffer line = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct error err = ERROR_INIT;
    struct sign_public public;

    sign_key_public(key, &public);
    ck_good(buffer_append_text(&line, "zhao@mingzhang/611025000000 namespaces=\"git\" ", &err),
            &err);
    ck_good(sign_public_format_ssh(&public, &line, &err), &err);
    ck_good(buffer_append_byte(&line, '\n', &err), &err);
    stage(SIGNERS, buffer_text(&line));
    buffer_done(&line);
}

static void commit(const char *message)
{
    const struct repository_commit wanted = {
        "zhao", "zhao@mingzhang/611025000000", message, {1614556800}, key};
    char id[REPOSITORY_COMMIT_HEX_SIZE];
    struct error err = ERROR_INIT;

    ck_good(repository_commit(repository, &wanted, id, &err), &err);
    ck_assert_uint_eq(strlen(id), 40);
}

static void reopen(void)
{
    struct error err = ERROR_INIT;

    repository_close(repository);
    repository = NULL;
    ck_good(repository_open(fixture_path("publication"), true, &repository, &err), &err);
}

/* git -C publication ARGUMENTS, its output compared with `wanted` (NULL: only its status is 0). */
static void git_says(const char *const *arguments, const char *wanted)
{
    const char *all[16] = {"git", "-C", "publication", "-c",
                           "gpg.ssh.allowedSignersFile=keys/allowed_signers"};
    struct buffer out = BUFFER_INIT(FIXTURE_FILE_MAX);
    size_t count = 5;
    int status;

    while (*arguments != NULL)
        all[count++] = *arguments++;
    all[count] = NULL;
    status = fixture_run(all, &out);
    ck_assert_msg(status == 0, "git %s: %s", all[5], buffer_text(&out));
    if (wanted != NULL) ck_assert_str_eq(buffer_text(&out), wanted);
    buffer_done(&out);
}
#define GIT(wanted, ...) git_says((const char *const[]){__VA_ARGS__, NULL}, (wanted))

static void expect(const char *path, const char *text)
{
    struct buffer bytes = BUFFER_INIT(FIXTURE_FILE_MAX);
    struct error err = ERROR_INIT;
    bool found = false;

    ck_good(repository_read(repository, path, &bytes, &found, &err), &err);
    ck_assert_msg(found == (text != NULL), "%s", path);
    if (text != NULL) ck_assert_str_eq(buffer_text(&bytes), text);
    buffer_done(&bytes);
}

/* ---- Tests ----------------------------------------------------------------------------------- */

START_TEST(stock_git_accepts_commit_signature_and_work_tree)
{
    stage_signers();
    stage("snapshots/2021/a.xml", "<a/>\n");
    stage("snapshots.txt", "sorts before the folder\n");
    stage("snapshots/2021-Q1/a.xml", "<b/>\n");
    commit("publish 2021\n");
    GIT(NULL, "verify-commit", "HEAD");
    GIT(NULL, "fsck", "--strict");
    GIT("", "status", "--porcelain");
    GIT("main\n", "branch", "--show-current");
    GIT("zhao zhao@mingzhang/611025000000 2021-03-01T08:00:00+08:00\n", "log",
        "--format=%an %ae %cI");
    GIT("<a/>\n", "show", "HEAD:snapshots/2021/a.xml");
}
END_TEST

START_TEST(second_commit_changes_only_what_was_staged)
{
    stage_signers();
    stage("a/b/c", "1");
    stage("a/d", "2");
    stage("e", "3");
    commit("one\n");
    reopen();
    stage("a/d", "2"); /* the same bytes: no change */
    stage("a/d", "changed");
    stage("a/d", "changed again");
    commit("two\n");
    expect("a/b/c", "1");
    expect("a/d", "changed again");
    expect("nowhere/at/all", NULL);
    GIT("M\ta/d\n", "diff", "--name-status", "HEAD~1");
    GIT("", "status", "--porcelain");
    GIT("2\n", "rev-list", "--count", "HEAD");
}
END_TEST

START_TEST(removed_file_leaves_the_commit_and_the_work_tree)
{
    struct error err = ERROR_INIT;

    stage("tile/0/000.p/3", "partial");
    stage("tile/entries/000.p/3", "partial");
    commit("one\n");
    ck_good(repository_remove(repository, "tile/0/000.p/3", &err), &err);
    ck_good(repository_remove(repository, "never/there", &err), &err);
    stage("tile/0/000.p/4", "larger");
    commit("two\n");
    expect("tile/0/000.p/3", NULL);
    GIT("tile/0/000.p/4\ntile/entries/000.p/3\n", "ls-files");
    GIT("", "status", "--porcelain");
    ck_good(repository_remove(repository, "tile/entries/000.p/3", &err), &err);
    commit("three\n");
    GIT("tile/0/000.p/4\n", "ls-files");
    GIT(NULL, "fsck", "--strict");
}
END_TEST

START_TEST(work_tree_is_mended_after_a_crash_before_its_checkout)
{
    stage("a", "old");
    commit("one\n");
    repository_close(repository);
    repository = NULL;
    /* The branch moves, but neither index nor work tree: what a crash would leave. */
    GIT(NULL, "-c", "user.name=x", "-c", "user.email=x", "commit", "-q", "--allow-empty", "-m",
        "x");
    fixture_write(fixture_path("publication/a"), "new", 3);
    GIT(NULL, "add", "a");
    GIT(NULL, "-c", "user.name=x", "-c", "user.email=x", "commit", "-q", "-m", "two");
    GIT(NULL, "read-tree", "HEAD~1");
    fixture_write(fixture_path("publication/a"), "old", 3);
    reopen();
    GIT("", "status", "--porcelain");
    expect("a", "new");
}
END_TEST

START_TEST(work_tree_is_mended_when_somebody_else_wrote_the_index)
{
    stage("a", "1");
    stage("b", "1");
    commit("one\n");
    repository_close(repository);
    repository = NULL;
    GIT(NULL, "rm", "-q", "a");
    reopen();
    GIT("", "status", "--porcelain");
    expect("a", "1");
}
END_TEST

/* To read all of the index and see that nothing is to mend takes the longer, the older the book. */
START_TEST(index_of_the_last_writer_is_not_looked_at_again)
{
    static const char *const corrupt[] = {"sh", "-c",
                                          "at=$(stat -c %y publication/.git/index) && printf x | "
                                          "dd of=publication/.git/index bs=1 seek=40 conv=notrunc "
                                          "2>/dev/null && touch -d \"$at\" publication/.git/index",
                                          NULL};
    struct error err = ERROR_INIT;

    stage("a", "1");
    commit("one\n");
    repository_close(repository);
    repository = NULL;
    ck_assert_int_eq(fixture_run(corrupt, NULL), 0);
    ck_good(repository_open(fixture_path("publication"), true, &repository, &err), &err);
}
END_TEST

START_TEST(commit_refuses_a_branch_that_moved_meanwhile)
{
    const struct repository_commit wanted = {"zhao", "zhao@x", "two\n", {1614556800}, key};
    char id[REPOSITORY_COMMIT_HEX_SIZE];
    struct error err = ERROR_INIT;

    stage("a", "1");
    commit("one\n");
    stage("a", "2");
    GIT(NULL, "-c", "user.name=x", "-c", "user.email=x", "commit", "-q", "--allow-empty", "-m",
        "x");
    ck_fails(repository_commit(repository, &wanted, id, &err), &err, ERROR_CONFLICT,
             "somebody else committed");
    GIT("2\n", "rev-list", "--count", "HEAD");
    GIT("1", "show", "HEAD:a");
}
END_TEST

START_TEST(open_refuses_what_is_no_publication)
{
    struct repository *other = NULL;
    struct error err = ERROR_INIT;

    ck_fails(repository_open(fixture_path("nowhere"), false, &other, &err), &err, ERROR_NOT_FOUND,
             "is no git repository");
    fixture_write(fixture_path("file"), "x", 1);
    ck_fails(repository_open(fixture_path("."), true, &other, &err), &err, ERROR_CONFLICT,
             "is not empty");
    stage("a", "1");
    commit("one\n");
    GIT(NULL, "switch", "-q", "-c", "elsewhere");
    ck_fails(repository_open(fixture_path("publication"), true, &other, &err), &err, ERROR_STATE,
             "another branch");
}
END_TEST

/* A kill while git makes its directory and tries what the disk can do. */
START_TEST(what_a_kill_left_of_a_new_repository_is_completed)
{
    struct repository *other = NULL;
    struct error err = ERROR_INIT;
    char left[1024];

    ck_assert_int_eq(mkdir(fixture_path("begun"), 0777), 0);
    ck_assert_int_eq(mkdir(fixture_path("begun/.git"), 0777), 0);
    (void)snprintf(left, sizeof left, "%s", fixture_path("begun/_git2_qZ9xK1"));
    fixture_write(left, "", 0);
    ck_good(repository_open(fixture_path("begun"), true, &other, &err), &err);
    repository_close(other);
    ck_assert_int_ne(access(left, F_OK), 0);
    /* Beside somebody's file it is left alone. */
    other = NULL;
    ck_assert_int_eq(mkdir(fixture_path("theirs"), 0777), 0);
    (void)snprintf(left, sizeof left, "%s", fixture_path("theirs/_git2_qZ9xK1"));
    fixture_write(left, "", 0);
    fixture_write(fixture_path("theirs/letter.txt"), "x", 1);
    ck_fails(repository_open(fixture_path("theirs"), true, &other, &err), &err, ERROR_CONFLICT,
             "is not empty");
    ck_assert_int_eq(access(left, F_OK), 0);
}
END_TEST

START_TEST(many_files_are_packed_in_several_packs)
{
    enum { SIZE = 1 << 20, FILES = 2 * REPOSITORY_PACK_BYTES / SIZE + 3 };
    char *data = malloc(SIZE), path[32];
    struct error err = ERROR_INIT;

    ck_assert_ptr_nonnull(data);
    memset(data, 'x', SIZE);
    for (int i = 0; i < FILES; i++) {
        memcpy(data, &i, sizeof i);
        (void)snprintf(path, sizeof path, "tile/entries/%03d", i);
        ck_good(repository_stage(repository, path, (const uint8_t *)data, SIZE, &err), &err);
    }
    commit("one\n");
    GIT(NULL, "fsck", "--strict");
    GIT("", "status", "--porcelain");
    free(data);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exporters/repository");
    TCase *all = tcase_create("repository");
    SRunner *runner;
    int failed;

    tcase_set_timeout(all, 60);
    tcase_add_checked_fixture(all, setup, teardown);
    tcase_add_test(all, stock_git_accepts_commit_signature_and_work_tree);
    tcase_add_test(all, second_commit_changes_only_what_was_staged);
    tcase_add_test(all, removed_file_leaves_the_commit_and_the_work_tree);
    tcase_add_test(all, work_tree_is_mended_after_a_crash_before_its_checkout);
    tcase_add_test(all, work_tree_is_mended_when_somebody_else_wrote_the_index);
    tcase_add_test(all, index_of_the_last_writer_is_not_looked_at_again);
    tcase_add_test(all, commit_refuses_a_branch_that_moved_meanwhile);
    tcase_add_test(all, open_refuses_what_is_no_publication);
    tcase_add_test(all, what_a_kill_left_of_a_new_repository_is_completed);
    tcase_add_test(all, many_files_are_packed_in_several_packs);
    suite_add_tcase(suite, all);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
