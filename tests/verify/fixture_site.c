/* fixture_site.c - see fixture_site.h. */
#include "tests/verify/fixture_site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>
#include <git2.h>

#include "base/encode.h"

static const char schema[] =
    "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
    "targetNamespace=\"urn:mingzhang:disclosure:1\" xmlns=\"urn:mingzhang:disclosure:1\" "
    "elementFormDefault=\"qualified\">"
    "<xs:element name=\"disclosure\"><xs:complexType><xs:sequence>"
    "<xs:element name=\"text\" type=\"xs:string\"/>"
    "<xs:any namespace=\"##other\" processContents=\"skip\"/></xs:sequence>"
    "<xs:attribute name=\"version\"/><xs:attribute name=\"origin\"/>"
    "<xs:attribute name=\"division\"/><xs:attribute name=\"period\"/>"
    "</xs:complexType></xs:element>"
    "<xs:element name=\"manifest\"><xs:complexType><xs:sequence>"
    "<xs:any processContents=\"skip\" maxOccurs=\"unbounded\"/></xs:sequence>"
    "<xs:attribute name=\"version\"/><xs:attribute name=\"origin\"/>"
    "<xs:attribute name=\"period\"/></xs:complexType></xs:element></xs:schema>\n";

/* ---- Files ---------------------------------------------------------------------------------- */

struct site *site_new(struct fixture *world)
{
    struct site *site = calloc(1, sizeof *site);

    site->world = world;
    site->documents_signer = site->manifest_signer = world->signer;
    site_put_text(site, "index.html", "<html></html>\n");
    site_put_text(site, "README.md", "read me\n");
    site_put_text(site, "feed.xml", "<feed/>\n");
    site_put_text(site, "schema/disclosure.xsd", schema);
    git_libgit2_init();
    return site;
}

void site_free(struct site *site)
{
    for (size_t i = 0; i < site->count; i++)
        buffer_done(&site->files[i].bytes);
    free(site);
    git_libgit2_shutdown();
}

struct site_file *site_find(struct site *site, const char *path)
{
    for (size_t i = 0; i < site->count; i++) {
        if (strcmp(site->files[i].path, path) == 0) return &site->files[i];
    }
    return NULL;
}

void site_put(struct site *site, const char *path, const void *data, size_t size)
{
    struct site_file *file = site_find(site, path);

    if (file == NULL) {
        ck_assert_uint_lt(site->count, SITE_FILES_MAX);
        file = &site->files[site->count++];
        memset(file, 0, sizeof *file);
        snprintf(file->path, sizeof file->path, "%s", path);
        file->bytes = (struct buffer)BUFFER_INIT(1U << 24);
        file->mode = 0100644;
    }
    buffer_reset(&file->bytes);
    must(buffer_append(&file->bytes, data, size, &failure));
}

void site_put_text(struct site *site, const char *path, const char *text)
{
    site_put(site, path, text, strlen(text));
}

void site_remove(struct site *site, const char *path)
{
    struct site_file *file = site_find(site, path);

    ck_assert_ptr_nonnull(file);
    buffer_done(&file->bytes);
    *file = site->files[--site->count];
}

void site_replace(struct site *site, const char *path, const char *from, const char *to)
{
    struct site_file *file = site_find(site, path);
    struct buffer bytes = BUFFER_INIT(1U << 24);
    size_t at = 0, size = strlen(from);

    ck_assert_ptr_nonnull(file);
    while (at + size <= file->bytes.size && memcmp(file->bytes.data + at, from, size) != 0)
        at++;
    ck_assert_msg(at + size <= file->bytes.size, "%s has no %s", path, from);
    must(buffer_append(&bytes, file->bytes.data, at, &failure));
    must(buffer_append_text(&bytes, to, &failure));
    must(buffer_append(&bytes, file->bytes.data + at + size, file->bytes.size - at - size,
                       &failure));
    buffer_done(&file->bytes);
    file->bytes = bytes;
}

/* ---- The log -------------------------------------------------------------------------------- */

/* Bundles and hash tiles of one level, hashes given. */
static void put_tiles(struct site *site, int level, const hash_t *hashes, size_t count)
{
    for (size_t at = 0; at < count; at += TILE_WIDTH) {
        unsigned width = count - at < TILE_WIDTH ? (unsigned)(count - at) : TILE_WIDTH;
        char path[TILE_PATH_SIZE];

        tile_path(level, at / TILE_WIDTH, width, path);
        site_put(site, path, hashes + at, width * sizeof *hashes);
    }
}

static void put_bundles(struct site *site)
{
    const struct fixture *world = site->world;

    for (size_t at = 0; at < world->count; at += TILE_WIDTH) {
        unsigned width =
            world->count - at < TILE_WIDTH ? (unsigned)(world->count - at) : TILE_WIDTH;
        struct buffer bundle = BUFFER_INIT(1U << 24);
        char path[TILE_PATH_SIZE];

        for (size_t i = at; i < at + width; i++) {
            const struct fixture_entry *entry = &world->entries[i];

            must(buffer_append_byte(&bundle, (uint8_t)(entry->size >> 8), &failure));
            must(buffer_append_byte(&bundle, (uint8_t)entry->size, &failure));
            must(buffer_append(&bundle, entry->bytes, entry->size, &failure));
        }
        tile_path(-1, at / TILE_WIDTH, width, path);
        site_put(site, path, bundle.data, bundle.size);
        buffer_done(&bundle);
    }
}

static void put_keys(struct site *site)
{
    struct buffer text = BUFFER_INIT(4096);
    char vkey[NOTE_VKEY_TEXT_SIZE];

    must(buffer_append_format(&text, &failure, "%s\n", fixture_vkey(site->world, vkey)));
    site_put(site, "keys/log.vkey", text.data, text.size);
    buffer_reset(&text);
    must(buffer_append_format(&text, &failure, "zhou@%s namespaces=\"git\" ", FIXTURE_ORIGIN));
    must(sign_public_format_ssh(&fixture_person(site->world, "zhou")->public, &text, &failure));
    must(buffer_append_byte(&text, '\n', &failure));
    site_put(site, "keys/allowed_signers", text.data, text.size);
    site_put(site, "keys/xml-01.crt", site->world->signer->pem.data, site->world->signer->pem.size);
    buffer_done(&text);
}

void site_put_log(struct site *site)
{
    const struct fixture *world = site->world;
    struct buffer note = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    hash_t *leaves = calloc(world->count, sizeof *leaves), tops[FIXTURE_ENTRIES_MAX / TILE_WIDTH];
    size_t full = world->count / TILE_WIDTH;

    for (size_t i = site->count; i > 0; i--) {
        char path[128];

        snprintf(path, sizeof path, "%s", site->files[i - 1].path);
        if (strncmp(path, "tile/", 5) == 0) site_remove(site, path);
    }
    for (size_t i = 0; i < world->count; i++)
        leaves[i] = world->entries[i].leaf;
    for (size_t i = 0; i < full; i++) {
        struct tree_frontier tree = TREE_FRONTIER_INIT;

        for (size_t j = 0; j < TILE_WIDTH; j++)
            tree_frontier_add(&tree, &leaves[i * TILE_WIDTH + j]);
        tops[i] = tree_frontier_root(&tree);
    }
    put_tiles(site, 0, leaves, world->count);
    put_tiles(site, 1, tops, full);
    put_bundles(site);
    fixture_checkpoint(world, world->count, &note);
    site_put(site, "checkpoint", note.data, note.size);
    put_keys(site);
    free(leaves);
    buffer_done(&note);
}

/* ---- Documents ------------------------------------------------------------------------------ */

static void format_document(const char *period, const char *division, const char *text,
                            char xml[2048])
{
    snprintf(xml, 2048,
             "<disclosure xmlns=\"urn:mingzhang:disclosure:1\" version=\"1\" "
             "origin=\"" FIXTURE_ORIGIN "\" division=\"%s\" period=\"%s\">\n<text>%s</text>\n"
             "</disclosure>",
             division, period, text);
}

void site_put_document(struct site *site, const char *period, const char *division,
                       const char *text)
{
    static const char *const pages[] = {
        FIXTURE_COUNTY ".en.html", "index.html",          "index.en.html",    "names.html",
        "disclosures.html",        "disclosures.en.html", "names-12.en.html", "projects/P~2e1.html",
        "funds/资金.en.html",      "datapackage.json",    "data/lines.csv"};
    struct buffer signed_xml = BUFFER_INIT(1U << 20);
    char xml[2048], path[128];

    format_document(period, division, text, xml);
    fixture_sign_xml(site->documents_signer, xml, site->bend, &signed_xml);
    snprintf(path, sizeof path, "snapshots/%s/%s.xml", period, division);
    site_put(site, path, signed_xml.data, signed_xml.size);
    snprintf(path, sizeof path, "snapshots/%s/%s.html", period, division);
    site_put_text(site, path, "<html>to read</html>\n");
    for (size_t i = 0; i < ARRAY_COUNT(pages); i++) {
        snprintf(path, sizeof path, "snapshots/%s/%s", period, pages[i]);
        site_put_text(site, path, "<html>to read</html>\n");
    }
    buffer_done(&signed_xml);
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(((const struct site_file *)a)->path, ((const struct site_file *)b)->path);
}

static bool is_named(const char *path, const char *folder)
{
    return strcmp(path, "index.html") == 0 || strcmp(path, "README.md") == 0 ||
           strcmp(path, "feed.xml") == 0 || strncmp(path, "keys/", 5) == 0 ||
           strncmp(path, "schema/", 7) == 0 ||
           (strncmp(path, folder, strlen(folder)) == 0 && strstr(path, "manifest.xml") == NULL);
}

void site_put_manifest(struct site *site, const char *period)
{
    struct buffer xml = BUFFER_INIT(1U << 20), note = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    struct buffer signed_xml = BUFFER_INIT(1U << 20);
    char folder[64], path[128];

    snprintf(folder, sizeof folder, "snapshots/%s/", period);
    qsort(site->files, site->count, sizeof *site->files, compare_paths);
    must(buffer_append_format(&xml, &failure,
                              "<manifest xmlns=\"urn:mingzhang:disclosure:1\" version=\"1\" "
                              "origin=\"" FIXTURE_ORIGIN "\" period=\"%s\"><files>",
                              period));
    for (size_t i = 0; i < site->count; i++) {
        const struct site_file *file = &site->files[i];
        hash_t hash = hash_sha256(file->bytes.data, file->bytes.size);
        char hex[HASH_HEX_SIZE];

        if (!is_named(file->path, folder)) continue;
        must(buffer_append_format(&xml, &failure, "<file path=\"%s\" sha256=\"%s\" size=\"%zu\"/>",
                                  file->path, hash_to_hex(&hash, hex), file->bytes.size));
    }
    fixture_checkpoint(site->world,
                       site->manifest_size == 0 ? site->world->count : site->manifest_size, &note);
    must(buffer_append_format(&xml, &failure, "</files><checkpoint>%s</checkpoint></manifest>",
                              buffer_text(&note)));
    fixture_sign_xml(site->manifest_signer, buffer_text(&xml), BEND_NOTHING, &signed_xml);
    snprintf(path, sizeof path, "%smanifest.xml", folder);
    site_put(site, path, signed_xml.data, signed_xml.size);
    buffer_done(&xml);
    buffer_done(&note);
    buffer_done(&signed_xml);
}

/* documents_root over the two documents of a period. */
static void hash_documents(const char *period, const char *text, char hex[HASH_HEX_SIZE])
{
    static const char *const divisions[] = {FIXTURE_COUNTY, FIXTURE_TOWN};
    struct tree_frontier tree = TREE_FRONTIER_INIT;
    hash_t root;

    for (size_t i = 0; i < 2; i++) {
        char xml[2048], path[128];
        uint8_t bytes[256];
        hash_t digest, leaf;
        size_t size;

        format_document(period, divisions[i], text, xml);
        digest = fixture_digest(xml);
        snprintf(path, sizeof path, "snapshots/%s/%s.xml", period, divisions[i]);
        size = strlen(path) + 1;
        memcpy(bytes, path, size);
        memcpy(bytes + size, digest.bytes, HASH_SIZE);
        leaf = hash_leaf(bytes, size + HASH_SIZE);
        tree_frontier_add(&tree, &leaf);
    }
    root = tree_frontier_root(&tree);
    hash_to_hex(&root, hex);
}

void site_publish(struct site *site, const char *period, const char *text)
{
    char root[HASH_HEX_SIZE], manifest[128], corrects[16] = "";

    (void)snprintf(manifest, sizeof manifest, "snapshots/%s/manifest.xml", period);
    if (site_find(site, manifest) != NULL)
        (void)snprintf(corrects, sizeof corrects, "\"%s\"", period);
    hash_documents(period, text, root);
    fixture_act(site->world, "zhou", "publication.make",
                "\"corrects\":[%s],\"documents_root\":\"%s\",\"period\":\"%s\"", corrects, root,
                period);
    site_put_document(site, period, FIXTURE_COUNTY, text);
    site_put_document(site, period, FIXTURE_TOWN, text);
    site_put_log(site);
    site_put_manifest(site, period);
}

/* ---- Commits -------------------------------------------------------------------------------- */

#define must_git(call) ck_assert_msg((call) == 0, "%s: %s", #call, git_error_last()->message)

static git_repository *open_repository(const char *folder)
{
    char path[256];
    git_repository *repository = NULL;
    git_repository_init_options options;

    snprintf(path, sizeof path, "%s/site.git", folder);
    if (git_repository_open(&repository, path) == 0) return repository;
    must_git(git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION));
    options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKPATH;
    options.initial_head = "main";
    must_git(git_repository_init_ext(&repository, path, &options));
    return repository;
}

static void write_tree(struct site *site, git_repository *repository, git_oid *out)
{
    git_index *index;

    must_git(git_repository_index(&index, repository));
    must_git(git_index_clear(index));
    for (size_t i = 0; i < site->count; i++) {
        git_index_entry entry = {.mode = site->files[i].mode, .path = site->files[i].path};

        must_git(git_index_add_from_buffer(index, &entry, site->files[i].bytes.data,
                                           site->files[i].bytes.size));
    }
    must_git(git_index_write_tree(out, index));
    git_index_free(index);
}

static void commit(struct site *site, const char *folder, const struct sign_key *key)
{
    git_repository *repository = open_repository(folder);
    struct buffer armour = BUFFER_INIT(4096);
    git_buf text = GIT_BUF_INIT;
    git_signature *who;
    git_commit *parent = NULL;
    git_reference *reference = NULL;
    const git_commit *parents[1];
    git_tree *tree;
    git_oid id;

    write_tree(site, repository, &id);
    must_git(git_tree_lookup(&tree, repository, &id));
    must_git(git_signature_new(&who, "zhou", "zhou@" FIXTURE_ORIGIN, 1620000000, 0));
    if (git_reference_name_to_id(&id, repository, "HEAD") == 0) {
        must_git(git_commit_lookup(&parent, repository, &id));
    }
    parents[0] = parent;
    must_git(git_commit_create_buffer(&text, repository, who, who, NULL, "publish\n", tree,
                                      parent == NULL ? 0 : 1, parents));
    if (key != NULL) {
        must(sign_ssh(key, "git", (const uint8_t *)text.ptr, text.size, &armour, &failure));
    }
    must_git(git_commit_create_with_signature(&id, repository, text.ptr,
                                              key == NULL ? NULL : buffer_text(&armour),
                                              key == NULL ? NULL : "gpgsig"));
    must_git(git_reference_create(&reference, repository, "refs/heads/main", &id, 1, NULL));
    git_reference_free(reference);
    git_commit_free(parent);
    git_tree_free(tree);
    git_signature_free(who);
    git_buf_dispose(&text);
    buffer_done(&armour);
    git_repository_free(repository);
}

void site_commit(struct site *site, const char *folder, const char *user)
{
    commit(site, folder, fixture_person(site->world, user)->key);
}

void site_commit_unsigned(struct site *site, const char *folder)
{
    commit(site, folder, NULL);
}
