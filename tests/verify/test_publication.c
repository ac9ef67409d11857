/*
 * test_publication.c - a good clone passes; whatever is changed in it is found and named.
 */
#include <stdio.h>

#include "audit/verify/verify.h"
#include "tests/verify/fixture_site.h"
#include "tests/verify/suite.h"

#define COUNTY_XML  "snapshots/2021/" FIXTURE_COUNTY ".xml"
#define COUNTY_HTML "snapshots/2021/" FIXTURE_COUNTY ".html"
#define MANIFEST    "snapshots/2021/manifest.xml"

static struct site *site;
static struct fixture_signer *forger;
static char path[SCRATCH_PATH_SIZE + 16];

static void site_setup(void)
{
    scratch_make(folder);
    snprintf(path, sizeof path, "%s/site.git", folder);
    world = fixture_unpublished_world();
    site = site_new(world);
    forger = fixture_signer_new(FIXTURE_ORIGIN);
}

static void site_teardown(void)
{
    fixture_signer_free(forger);
    site_free(site);
    teardown();
}

static void commit(void)
{
    site_commit(site, folder, "zhou");
}

/* ---- Good ones ------------------------------------------------------------------------------ */

static void one(void)
{
}

static void a_later_checkpoint(void)
{
    commit();
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
    site_put_log(site);
}

static void a_correction(void)
{
    commit();
    site_publish(site, "2021", "mended");
}

static void a_second_period_with_another_page(void)
{
    commit();
    site_put_text(site, "index.html", "<html>new</html>\n");
    site_publish(site, "2021-Q3", "later");
}

static void a_revoked_certificate(void)
{
    char hex[HASH_HEX_SIZE];
    hash_t sha256 = hash_sha256(world->signer->der.data, world->signer->der.size);

    commit();
    fixture_two(world, "zhao", "qian", "certificate.add", "{\"certificate\":\"%s\"}",
                buffer_text(&forger->base64));
    fixture_two(world, "qian", "zhao", "certificate.revoke", "{\"certificate_sha256\":\"%s\"}",
                hash_to_hex(&sha256, hex));
    site_put_log(site);
    site_put(site, "keys/xml-02.crt", forger->pem.data, forger->pem.size);
}

static void a_period_under_a_new_certificate(void)
{
    a_revoked_certificate();
    commit();
    site->documents_signer = site->manifest_signer = forger;
    site_publish(site, "2022", "new");
}

/* Another line in keys/allowed_signers. */
static void add_signer(const char *user)
{
    struct buffer *lines = &site_find(site, "keys/allowed_signers")->bytes;
    struct error failure = ERROR_INIT;

    ck_assert(
        buffer_append_format(lines, &failure, "%s@" FIXTURE_ORIGIN " namespaces=\"git\" ", user));
    ck_assert(sign_public_format_ssh(&fixture_person(world, user)->public, lines, &failure));
    ck_assert(buffer_append_byte(lines, '\n', &failure));
}

static void a_publisher_who_left(void)
{
    commit();
    fixture_add_user(world, "zheng",
                     "[{\"division\":\"" FIXTURE_COUNTY "\",\"role\":\"publisher\"}]");
    fixture_act(world, "zhao", "user.revoke", "\"reason\":\"\",\"user\":\"zhou\"");
    site_put_log(site);
    add_signer("zheng");
    site_commit(site, folder, "zheng");
}

/* ---- The log -------------------------------------------------------------------------------- */

static void flip(const char *name, size_t at)
{
    site_find(site, name)->bytes.data[at] ^= 1;
}

static void bundle_changed(void)
{
    site_replace(site, "tile/entries/000", "90000000", "90000001");
}

static void bundle_short(void)
{
    site_find(site, "tile/entries/001")->bytes.size -= 3;
}

static void bundle_long(void)
{
    struct buffer *bytes = &site_find(site, "tile/entries/001")->bytes;
    struct error failure = ERROR_INIT;

    ck_assert(buffer_append(bytes, (const uint8_t *)"xx", 2, &failure));
}

static void bundle_missing(void)
{
    site_remove(site, "tile/entries/001");
}

static void hash_changed(void)
{
    flip("tile/0/001", 77);
}

static void upper_hash_changed(void)
{
    flip("tile/1/000.p/2", 33);
}

static void tile_missing(void)
{
    site_remove(site, "tile/1/000.p/2");
}

static void tile_stray(void)
{
    site_put_text(site, "tile/0/002.p/7", "x");
}

static void entry_hidden_at_the_end(void)
{
    /* The whole log but the last entry, under the old checkpoint. */
    struct buffer note = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);

    fixture_checkpoint(world, world->count, &note);
    world->count--;
    site_put_log(site);
    world->count++;
    site_put(site, "checkpoint", note.data, note.size);
    buffer_done(&note);
}

static void checkpoint_changed(void)
{
    site_replace(site, "checkpoint", "\n629\n", "\n628\n");
}

static void log_key_of_a_forger(void)
{
    struct fixture *other = fixture_new_with_log_key("another log");
    struct sign_key *key = world->log_key;
    struct note_vkey vkey = world->vkey;

    world->log_key = other->log_key;
    world->vkey = other->vkey;
    site_put_log(site);
    site_put_manifest(site, "2021");
    world->log_key = key;
    world->vkey = vkey;
    fixture_free(other);
}

/* ---- History -------------------------------------------------------------------------------- */

static void commit_unsigned(void)
{
    site_commit_unsigned(site, folder);
}

static void commit_by_a_maker(void)
{
    site_commit(site, folder, "li");
}

static void commit_by_a_stranger(void)
{
    commit();
    site_commit(site, folder, "stranger");
}

static void commit_by_a_publisher_who_left(void)
{
    a_publisher_who_left();
    commit();
}

static void smaller_checkpoint(void)
{
    commit();
    world->count -= 1;
    site_put_log(site);
    world->count += 1;
}

static void forked(void)
{
    commit();
    site_remove(site, MANIFEST);
    world->count -= 1;
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
    site_publish(site, "2021", "good");
}

/* ---- Keys ----------------------------------------------------------------------------------- */

static void signers_with_a_stranger(void)
{
    site_replace(site, "keys/allowed_signers", "zhou@", "li@");
}

static void signers_empty(void)
{
    site_put_text(site, "keys/allowed_signers", "");
}

static void certificate_of_a_forger(void)
{
    site_put(site, "keys/xml-02.crt", forger->pem.data, forger->pem.size);
}

static void certificate_missing(void)
{
    site_remove(site, "keys/xml-01.crt");
    site_put_manifest(site, "2021");
}

static void certificate_rubbish(void)
{
    site_put_text(site, "keys/xml-02.crt", "rubbish");
}

/* ---- Documents ------------------------------------------------------------------------------ */

static void document_changed(void)
{
    site_replace(site, COUNTY_XML, "good", "evil");
}

static void document_changed_and_named(void)
{
    document_changed();
    site_put_manifest(site, "2021");
}

static void document_signed_by_a_forger(void)
{
    site->documents_signer = forger;
    site_put_document(site, "2021", FIXTURE_COUNTY, "evil");
    site_put_manifest(site, "2021");
}

static void document_signed_again(void)
{
    site_put_document(site, "2021", FIXTURE_COUNTY, "evil");
    site_put_manifest(site, "2021");
}

static void document_put_in(void)
{
    site_put_document(site, "2021", "611025100201", "good");
    site_put_manifest(site, "2021");
}

static void document_taken_out(void)
{
    site_remove(site, COUNTY_XML);
    site_put_manifest(site, "2021");
}

static void document_of_another_place(void)
{
    const struct buffer *town = &site_find(site, "snapshots/2021/" FIXTURE_TOWN ".xml")->bytes;

    site_put(site, COUNTY_XML, town->data, town->size);
    site_put_manifest(site, "2021");
}

static void document_bent(enum fixture_bend bend)
{
    site->bend = bend;
    site_put_document(site, "2021", FIXTURE_COUNTY, "good");
    site_put_manifest(site, "2021");
}

static void digest_sha1(void)
{
    document_bent(BEND_SHA1);
}

static void transform_missing(void)
{
    document_bent(BEND_NO_ENVELOPED);
}

static void key_value(void)
{
    site_replace(site, COUNTY_XML, "<ds:X509Data>", "<ds:KeyValue/><ds:X509Data>");
    site_put_manifest(site, "2021");
}

static void signature_with_id(void)
{
    document_bent(BEND_ID);
}

static void doctype(void)
{
    site_replace(site, COUNTY_XML, "<disclosure ",
                 "<!DOCTYPE d [<!ENTITY e SYSTEM \"/etc/passwd\">]><disclosure ");
    site_put_manifest(site, "2021");
}

static void two_signatures(void)
{
    const char *text = buffer_text(&site_find(site, COUNTY_XML)->bytes);
    const char *from = strstr(text, "<ds:Signature ");
    const char *to = strstr(text, "</ds:Signature>");
    char twice[8192];

    snprintf(twice, sizeof twice, "%.*s</disclosure>", (int)(to + 15 - from), from);
    site_replace(site, COUNTY_XML, "</disclosure>", twice);
    site_put_manifest(site, "2021");
}

static void rubbish_instead(void)
{
    site_put_text(site, COUNTY_XML, "rubbish");
    site_put_manifest(site, "2021");
}

static void page_changed(void)
{
    site_put_text(site, COUNTY_HTML, "<html>evil</html>\n");
}

static void page_put_in(void)
{
    site_put_text(site, "snapshots/2021/projects/z.html", "<html>evil</html>\n");
}

static void page_changed_later(void)
{
    commit();
    page_changed();
}

static void page_taken_out_later(void)
{
    commit();
    site_remove(site, COUNTY_HTML);
}

static void index_changed_later(void)
{
    commit();
    site_put_text(site, "index.html", "<html>evil</html>\n");
}

static void schema_changed_later(void)
{
    commit();
    site_replace(site, "schema/disclosure.xsd", "skip", "lax");
}

static void not_by_the_schema(void)
{
    site_publish(site, "2021", "one</text><text>two");
}

static void manifest_missing(void)
{
    site_remove(site, MANIFEST);
}

static void manifest_changed(void)
{
    site_replace(site, MANIFEST, "sha256=\"", "sha256=\"0");
}

static void manifest_by_a_forger(void)
{
    site->manifest_signer = forger;
    page_changed();
    site_put_manifest(site, "2021");
}

static void manifest_too_old(void)
{
    site->manifest_size = world->count - 1;
    site_put_manifest(site, "2021");
}

static void manifest_of_another_period(void)
{
    const struct buffer *manifest;

    site_publish(site, "2022", "good");
    manifest = &site_find(site, MANIFEST)->bytes;
    site_put(site, "snapshots/2022/manifest.xml", manifest->data, manifest->size);
}

static void old_certificate_after_its_end(void)
{
    a_revoked_certificate();
    commit();
    site_publish(site, "2022", "forged");
}

static void old_certificate_for_an_old_period(void)
{
    /* The same words signed again under the revoked certificate: documents still count, by the
     * entry that published them; the manifest doesn't. */
    a_revoked_certificate();
    commit();
    site_put_manifest(site, "2021");
}

static void period_nobody_published(void)
{
    site_put_document(site, "2022", FIXTURE_COUNTY, "good");
    site_put_manifest(site, "2022");
}

static void period_taken_out(void)
{
    static const char year[] = "snapshots/2021/";

    for (size_t i = site->count; i > 0; i--)
        if (strncmp(site->files[i - 1].path, year, strlen(year)) == 0)
            site_remove(site, site->files[i - 1].path);
}

/* ---- Layout --------------------------------------------------------------------------------- */

static void stranger(void)
{
    site_put_text(site, "snapshots/2021/notes.txt", "x");
}

static void page_in_a_folder_below(void)
{
    site_put_text(site, "snapshots/2021/projects/x/y.html", "x");
}

static void document_among_projects(void)
{
    site_put_text(site, "snapshots/2021/projects/x.xml", "x");
}

static void page_of_names_without_number(void)
{
    site_put_text(site, "snapshots/2021/names-.html", "x");
}

static void page_in_no_language(void)
{
    site_put_text(site, "snapshots/2021/index.fr.html", "x");
}

static void table_in_no_format(void)
{
    site_put_text(site, "snapshots/2021/data/lines.xls", "x");
}

static void table_without_a_name(void)
{
    site_put_text(site, "snapshots/2021/data/.csv", "x");
}

static void table_in_a_folder_below(void)
{
    site_put_text(site, "snapshots/2021/data/x/lines.csv", "x");
}

static void table_changed(void)
{
    site_put_text(site, "snapshots/2021/data/lines.csv", "evil\n");
}

static void feed_changed_later(void)
{
    commit();
    site_put_text(site, "feed.xml", "<feed>evil</feed>\n");
}

static void link_instead(void)
{
    site_find(site, "README.md")->mode = 0120000;
}

static void executable(void)
{
    site_find(site, "index.html")->mode = 0100755;
}

static const struct {
    void (*change)(void);
    const char *wanted;
} cases[] = {
    {one, "PASS, keys trusted on first use: "},
    {one, "; mingzhang/611025000000 629 entries, root "},
    {one, "; its 12 sealed values are not published, as it should be"},
    {a_later_checkpoint, "PASS"},
    {a_correction, "PASS"},
    {a_second_period_with_another_page, "PASS"},
    {a_revoked_certificate, "PASS"},
    {a_period_under_a_new_certificate, "PASS"},
    {bundle_changed, "FAIL entry 11 (voucher.submit): its prev is not"},
    {bundle_short, "FAIL tile/entries/001 ends within its entry 255"},
    {bundle_long, "FAIL tile/entries/001 goes on after its 256 entries"},
    {bundle_missing, "FAIL tile/entries/001 is missing, which a log of 629 entries has"},
    {hash_changed, "FAIL tile/0/001 is not what the entries under it give"},
    {upper_hash_changed, "FAIL tile/1/000.p/2 is not what the entries under it give"},
    {tile_missing, "FAIL tile/1/000.p/2 is missing"},
    {tile_stray, "FAIL tile/0/002.p/7 is no tile of a log of 629 entries"},
    {entry_hidden_at_the_end, "FAIL tile/entries/002.p/117 is missing"},
    {checkpoint_changed, "FAIL commit "},
    {log_key_of_a_forger, "FAIL key: keys/log.vkey is not the key that the genesis entry names"},
    {commit_unsigned, ": it carries no signature"},
    {commit_by_a_maker, ", which was no publisher's key in the log of then"},
    {commit_by_a_stranger, ", which was no publisher's key in the log of then"},
    {commit_by_a_publisher_who_left, ", which was no publisher's key in the log of then"},
    {smaller_checkpoint, ": its checkpoint is smaller than the one before"},
    {forked, ": its checkpoint of 629 entries is not of the log that is published now"},
    {signers_with_a_stranger,
     "FAIL keys/allowed_signers names a key that the log gives no publisher: li@"},
    {signers_empty, ": its signer is missing in keys/allowed_signers"},
    {certificate_of_a_forger, "FAIL keys/xml-02.crt: the log enters no such certificate"},
    {certificate_missing,
     "FAIL " MANIFEST ": the certificate that it is signed under isn't in keys/"},
    {certificate_rubbish, "FAIL keys/xml-02.crt: is not one certificate in PEM"},
    {document_changed, "FAIL " MANIFEST ": " COUNTY_XML " is not the file that it names"},
    {document_changed_and_named, "FAIL " COUNTY_XML ": its signature doesn't belong to it"},
    {document_signed_by_a_forger,
     "FAIL " COUNTY_XML ": it is signed under a certificate that the log doesn't enter"},
    {document_signed_again,
     "FAIL snapshots/2021: its documents are not those that entry 628 published"},
    {document_put_in, "FAIL snapshots/2021: its documents are not those that entry 628 published"},
    {document_taken_out,
     "FAIL snapshots/2021: its documents are not those that entry 628 published"},
    {document_of_another_place, "FAIL " COUNTY_XML ": it is not about division " FIXTURE_COUNTY},
    {digest_sha1, "FAIL " COUNTY_XML ": its signature is not of the one form allowed"},
    {transform_missing, "FAIL " COUNTY_XML ": its signature is not of the one form allowed"},
    {key_value, "FAIL " COUNTY_XML ": its signature is not of the one form allowed"},
    {signature_with_id, "FAIL " COUNTY_XML ": its signature is not of the one form allowed"},
    {doctype, "FAIL " COUNTY_XML ": has a DOCTYPE"},
    {two_signatures, "FAIL " COUNTY_XML ": has two signatures"},
    {rubbish_instead, "FAIL " COUNTY_XML ": is no well-formed XML"},
    {page_changed, "FAIL " MANIFEST ": " COUNTY_HTML " is not the file that it names"},
    {page_put_in, "FAIL " MANIFEST ": it doesn't name snapshots/2021/projects/z.html"},
    {page_changed_later, "FAIL " COUNTY_HTML " was changed or put in after its manifest"},
    {page_taken_out_later, "FAIL " COUNTY_HTML " was taken out after its manifest"},
    {index_changed_later, "FAIL index.html was changed or put in after its manifest"},
    {schema_changed_later, "FAIL schema/disclosure.xsd was changed or put in after its manifest"},
    {not_by_the_schema, "FAIL " COUNTY_XML ": does not fit the schema"},
    {manifest_missing, "FAIL " MANIFEST " is missing"},
    {manifest_changed, "FAIL " MANIFEST ": its signature doesn't belong to it"},
    {manifest_by_a_forger,
     "FAIL " MANIFEST ": it is signed under a certificate that the log doesn't enter"},
    {manifest_too_old,
     "FAIL " MANIFEST ": its checkpoint of 628 entries doesn't reach the publication in entry 628"},
    {manifest_of_another_period, "FAIL snapshots/2022/manifest.xml: its manifest is not version 1"},
    {old_certificate_after_its_end,
     "FAIL snapshots/2022/manifest.xml: it is signed under a certificate that entry 632 revoked"},
    {old_certificate_for_an_old_period,
     "FAIL " MANIFEST ": it is signed under a certificate that entry 632 revoked"},
    {period_nobody_published, "FAIL snapshots/2022: the log has no publication.make for it"},
    {period_taken_out, "FAIL snapshots/2021 is missing, which entry 628 says was published"},
    {stranger, "FAIL snapshots/2021/notes.txt has no place in a publication"},
    {page_in_a_folder_below, "FAIL snapshots/2021/projects/x/y.html has no place in a publication"},
    {document_among_projects, "FAIL snapshots/2021/projects/x.xml has no place in a publication"},
    {page_of_names_without_number, "FAIL snapshots/2021/names-.html has no place in a publication"},
    {page_in_no_language, "FAIL snapshots/2021/index.fr.html has no place in a publication"},
    {table_in_no_format, "FAIL snapshots/2021/data/lines.xls has no place in a publication"},
    {table_without_a_name, "FAIL snapshots/2021/data/.csv has no place in a publication"},
    {table_in_a_folder_below, "FAIL snapshots/2021/data/x/lines.csv has no place in a publication"},
    {table_changed,
     "FAIL " MANIFEST ": snapshots/2021/data/lines.csv is not the file that it names"},
    {feed_changed_later, "FAIL feed.xml was changed or put in after its manifest"},
    {link_instead, "FAIL README.md is no plain file"},
    {executable, "FAIL index.html is no plain file"},
};

START_TEST(each_clone_passes_or_fails_for_its_reason)
{
    site_publish(site, "2021", "good");
    cases[_i].change();
    if (cases[_i].change != commit_unsigned && cases[_i].change != commit_by_a_maker) commit();
    expect_in(fixture_verify(path, NULL), cases[_i].wanted);
}
END_TEST

START_TEST(a_publisher_who_left_signed_what_came_before)
{
    site_publish(site, "2021", "good");
    a_publisher_who_left();
    expect_in(fixture_verify(path, NULL), "PASS");
}
END_TEST

/* ---- A clone with a work tree --------------------------------------------------------------- */

static const struct {
    const char *command;
    const char *wanted;
} worktrees[] = {
    {"true", "PASS"},
    {"echo mine > mine.txt", "PASS"},
    {"echo evil > index.html", "FAIL work tree: index.html in the work tree is missing or not"},
    {"rm keys/log.vkey", "FAIL work tree: keys/log.vkey in the work tree is missing or not"},
    {"cp README.md r && ln -sf r README.md", "FAIL work tree: README.md in the work tree is"},
    {"echo evil > snapshots/2021/evil.html",
     "FAIL work tree: snapshots/2021/evil.html is in the work tree, but nobody"},
    {"mkdir -p keys/a/b && echo evil > keys/a/b/c",
     "FAIL work tree: keys/a/b/c is in the work tree"},
    {"git config core.worktree /tmp && echo evil > index.html", "FAIL work tree: index.html"},
    {"git -c user.name=a -c user.email=a commit -q --allow-empty -m x",
     ": it carries no signature"},
    {"git checkout -q --orphan empty", "FAIL the repository has no commit"},
};

START_TEST(a_work_tree_must_show_what_was_signed)
{
    char clone[SCRATCH_PATH_SIZE + 16];

    if (!tool_exists("git", "git --version")) return;
    site_publish(site, "2021", "good");
    commit();
    ck_assert(
        tool_run(folder, "git clone -q site.git seen && cd seen && %s", worktrees[_i].command));
    snprintf(clone, sizeof clone, "%s/seen", folder);
    expect_in(fixture_verify(clone, NULL), worktrees[_i].wanted);
}
END_TEST

START_TEST(a_shallow_clone_is_named_as_such)
{
    char clone[SCRATCH_PATH_SIZE + 16];

    if (!tool_exists("git", "git --version")) return;
    site_publish(site, "2021", "good");
    commit();
    site_publish(site, "2021", "better");
    commit();
    ck_assert(tool_run(folder, "git clone -q --depth 1 file://%s/site.git seen", folder));
    snprintf(clone, sizeof clone, "%s/seen", folder);
    expect_in(fixture_verify(clone, NULL), "as in a shallow clone; fetch the whole history");
}
END_TEST

START_TEST(a_damaged_object_is_a_finding)
{
    if (!tool_exists("git", "git --version")) return;
    site_publish(site, "2021", "good");
    commit();
    ck_assert(tool_run(folder,
                       "rm site.git/objects/$(git -C site.git rev-parse HEAD:tile/entries/001 "
                       "| sed 's,^..,&/,')"));
    expect_in(fixture_verify(path, NULL), "FAIL tile/entries/001 can't be read");
}
END_TEST

START_TEST(the_tools_of_others_agree)
{
    if (!tool_exists("git", "git --version") || !tool_exists("xmlsec1", "xmlsec1 --version"))
        return;
    site_publish(site, "2021", "good");
    commit();
    ck_assert(tool_run(folder,
                       "git clone -q site.git seen && cd seen && "
                       "git -c gpg.ssh.allowedSignersFile=keys/allowed_signers verify-commit HEAD "
                       "2>/dev/null && xmlsec1 --verify --enabled-key-data x509 --trusted-pem "
                       "keys/xml-01.crt " COUNTY_XML " >/dev/null 2>&1"));
}
END_TEST

/* ---- A ledger against its publication ------------------------------------------------------- */

static const char *compare(void)
{
    struct verify_options options = {.against = path};

    fixture_write_ledger(world, folder);
    return fixture_verify(folder, &options);
}

START_TEST(a_ledger_that_extends_its_publication_passes)
{
    site_publish(site, "2021", "good");
    commit();
    expect_in(compare(), "PASS");
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
    expect_in(compare(), " 630 entries, root ");
}
END_TEST

START_TEST(a_ledger_whose_tail_was_cut_off_fails)
{
    site_publish(site, "2021", "good");
    commit();
    world->count--;
    expect_in(compare(), "FAIL the ledger ends at entry 627, but 629 entries are published: the "
                         "tail was cut off or an older copy put back");
}
END_TEST

START_TEST(a_ledger_that_was_rewritten_fails_at_the_first_entry_that_differs)
{
    site_publish(site, "2021", "good");
    commit();
    world->count -= 2;
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-06\"");
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-07\"");
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-08\"");
    expect_in(compare(), "FAIL entry 627: it is not the entry that is published");
}
END_TEST

START_TEST(a_publication_that_fails_fails_the_comparison)
{
    site_publish(site, "2021", "good");
    hash_changed();
    commit();
    expect_in(compare(), ": tile/0/001 is not what the entries under it give");
    ck_assert(tool_run(folder, "rm -rf site.git && mkdir site.git"));
    expect_in(compare(), "ERROR usage ");
}
END_TEST

START_TEST(a_publication_may_lag_behind_the_ledger_that_was_seen)
{
    char state[SCRATCH_PATH_SIZE + 8];
    struct verify_options options = {.memory_directory = state};

    snprintf(state, sizeof state, "%s/state", folder);
    site_publish(site, "2021", "good");
    commit();
    fixture_act(world, "wang", "period.close", "\"month\":\"2021-05\"");
    fixture_write_ledger(world, folder);
    expect_in(fixture_verify(folder, &options), "PASS, keys trusted on first use");
    expect_in(fixture_verify(path, &options), "PASS mingzhang/611025000000 629 entries");
    site_put_log(site);
    commit();
    expect_in(fixture_verify(path, &options), "PASS mingzhang/611025000000 630 entries");
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, each_clone_passes_or_fails_for_its_reason, 0, ARRAY_COUNT(cases));
    tcase_add_test(tests, a_publisher_who_left_signed_what_came_before);
    tcase_add_loop_test(tests, a_work_tree_must_show_what_was_signed, 0, ARRAY_COUNT(worktrees));
    tcase_add_test(tests, a_shallow_clone_is_named_as_such);
    tcase_add_test(tests, a_damaged_object_is_a_finding);
    tcase_add_test(tests, the_tools_of_others_agree);
    tcase_add_test(tests, a_ledger_that_extends_its_publication_passes);
    tcase_add_test(tests, a_ledger_whose_tail_was_cut_off_fails);
    tcase_add_test(tests, a_ledger_that_was_rewritten_fails_at_the_first_entry_that_differs);
    tcase_add_test(tests, a_publication_that_fails_fails_the_comparison);
    tcase_add_test(tests, a_publication_may_lag_behind_the_ledger_that_was_seen);
}

int main(void)
{
    return run_suite_with("verify_publication", site_setup, site_teardown, add);
}
