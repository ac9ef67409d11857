/*
 * documents.c - what is signed under snapshots/: manifests, and the disclosures that they name.
 *
 * 1. A manifest is checked by its signature before anything that it names is used, the schema too.
 * 2. A document counts when its certificate does, its digest is under the documents_root that a
 *    publisher signed into the log, and its bytes are those that the manifest names.
 */
#include "audit/verify/publication.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "base/identity.h"
#include "base/tree.h"

#define MANIFEST_PATH_SIZE 64
#define DIGEST_LEAF_MAX    (CLONE_PATH_SIZE + 1 + HASH_SIZE)
#define VERSION            "1"

/* What one period is checked with. */
struct scope {
    struct publication_copy *copy;
    const struct state *state;
    const struct period *period;
    const struct publication *make;  /* the period's last publication.make */
    char folder[MANIFEST_PATH_SIZE]; /* "snapshots/2021/" */
    char manifest[MANIFEST_PATH_SIZE];
    size_t commit;          /* that brought the manifest */
    struct file_list files; /* of that commit, without tiles */
};

static bool has_prefix(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* ---- Reading a manifest --------------------------------------------------------------------- */

static bool has_attribute(xmlNodePtr node, const char *name, const char *wanted)
{
    char value[NOTE_NAME_SIZE_MAX];

    return dsig_attribute(node, name, value, sizeof value) && strcmp(value, wanted) == 0;
}

/* The root element with its name, version, origin and period. */
static bool check_root_element(const struct publication_copy *copy, xmlDocPtr document,
                               const char *name, const char *period, struct error *err)
{
    xmlNodePtr root = xmlDocGetRootElement(document);

    if (dsig_element(root, name) != root) {
        return error_set(err, ERROR_VERIFY, "its root element is no %s of %s", name, XML_NAMESPACE);
    }
    if (has_attribute(root, "version", VERSION) &&
        has_attribute(root, "origin", copy->checkpoint.origin) &&
        has_attribute(root, "period", period))
        return true;
    return error_set(err, ERROR_VERIFY, "its %s is not version 1 of origin %s and period %s", name,
                     copy->checkpoint.origin, period);
}

/* Read and parse a file of the newest commit. */
static bool parse_file(struct publication_copy *copy, const char *path, xmlDocPtr *out,
                       struct error *err)
{
    const struct clone_file *file = file_list_find(&copy->files, path);

    if (file == NULL) return error_set(err, ERROR_VERIFY, "%s is missing", path);
    if (!clone_read(copy->clone, file, &copy->bytes, err)) return false;
    if (!dsig_parse(copy->dsig, &copy->bytes, out, err)) return error_at(err, "%s", path);
    return true;
}

static bool read_checkpoint(struct publication_copy *copy, struct period *period, struct error *err)
{
    struct buffer note = BUFFER_INIT(NOTE_SIZE_BYTES_MAX);
    char path[MANIFEST_PATH_SIZE];
    xmlNodePtr root, checkpoint = NULL;
    xmlDocPtr document = NULL;
    bool ok = false;

    (void)snprintf(path, sizeof path, "snapshots/%s/manifest.xml", period->name);
    if (!parse_file(copy, path, &document, err)) goto out;
    root = xmlDocGetRootElement(document);
    if (root != NULL) checkpoint = dsig_element(root->children, "checkpoint");
    if (checkpoint == NULL) {
        (void)error_set(err, ERROR_VERIFY, "it has no checkpoint");
        (void)error_at(err, "%s", path);
        goto out;
    }
    if (!dsig_text(checkpoint, &note, err)) goto out;
    ok = checkpoint_open(note.data, note.size, &copy->vkey, &period->checkpoint, err);
    if (!ok) (void)error_at(err, "%s", path);
out:
    xmlFreeDoc(document);
    buffer_done(&note);
    return ok;
}

bool documents_read_checkpoints(struct publication_copy *copy, struct error *err)
{
    for (size_t i = 0; i < copy->period_count; i++) {
        if (!read_checkpoint(copy, &copy->periods[i], err)) return false;
    }
    return true;
}

/* ---- Signatures ----------------------------------------------------------------------------- */

/* Did a commit whose log doesn't hold entry `seq` hold this very file? */
static bool was_there_before(const struct publication_copy *copy, const char *path, uint64_t seq)
{
    const struct clone_file *file = file_list_find(&copy->files, path);

    assert(file != NULL);
    for (size_t i = 0; i < copy->history.count && copy->published[i].size <= seq; i++) {
        if (clone_has(copy->clone, &copy->history.commits[i], path, &file->blob)) {
            return true;
        }
    }
    return false;
}

/* Is it a certificate of the log, shown in keys/, and not revoked for this file? */
static bool check_certificate(const struct scope *scope, const char *path, const struct buffer *der,
                              struct error *err)
{
    const struct certificate *certificate =
        people_certificate(&scope->state->people, der->data, der->size);
    bool is_document = strcmp(path, scope->manifest) != 0, is_shown = false;

    if (certificate == NULL) {
        return error_set(err, ERROR_VERIFY,
                         "it is signed under a certificate that the log doesn't enter");
    }
    for (size_t i = 0; i < scope->copy->certificate_count; i++)
        is_shown |= hash_equal(&scope->copy->certificates[i], &certificate->sha256);
    if (!is_shown) {
        return error_set(err, ERROR_VERIFY,
                         "the certificate that it is signed under isn't in keys/");
    }
    if (certificate->revoked == SEQ_NEVER) return true;
    if (is_document && scope->make->seq < certificate->revoked) return true;
    if (was_there_before(scope->copy, path, certificate->revoked)) return true;
    return error_set(err, ERROR_VERIFY,
                     "it is signed under a certificate that entry %llu revoked before",
                     (unsigned long long)certificate->revoked);
}

/* The signature of a parsed file, and the digest that it signs. */
static bool check_signature(const struct scope *scope, const char *path, xmlDocPtr document,
                            hash_t *digest_out, struct error *err)
{
    struct buffer der = BUFFER_INIT(CERTIFICATE_BYTES_MAX);
    bool ok =
        dsig_signature_form(document, &der, err) && check_certificate(scope, path, &der, err) &&
        dsig_signature_check(scope->copy->dsig, document, der.data, der.size, digest_out, err);

    buffer_done(&der);
    return ok;
}

/* ---- Manifests ------------------------------------------------------------------------------ */

/* Is this a file that the period's manifest names? */
static bool is_named(const struct scope *scope, const char *path)
{
    if (strcmp(path, scope->manifest) == 0) return false;
    return strcmp(path, "index.html") == 0 || strcmp(path, "README.md") == 0 ||
           strcmp(path, "feed.xml") == 0 || has_prefix(path, "keys/") ||
           has_prefix(path, "schema/") || has_prefix(path, scope->folder);
}

/* Does a <file> say what the file is? */
static bool check_file(const struct scope *scope, xmlNodePtr element, const struct clone_file *file,
                       struct error *err)
{
    struct publication_copy *copy = scope->copy;
    char path[CLONE_PATH_SIZE], sha256[HASH_HEX_SIZE], size[24], found[24];
    char hex[HASH_HEX_SIZE];
    hash_t hash;

    if (!dsig_attribute(element, "path", path, sizeof path) ||
        !dsig_attribute(element, "sha256", sha256, sizeof sha256) ||
        !dsig_attribute(element, "size", size, sizeof size)) {
        return error_set(err, ERROR_VERIFY, "a file in it lacks path, sha256 or size");
    }
    if (strcmp(path, file->path) != 0) {
        return error_set(err, ERROR_VERIFY, "it names %s where %s should stand", path, file->path);
    }
    if (!clone_read(copy->clone, file, &copy->bytes, err)) return false;
    hash = hash_sha256(copy->bytes.data, copy->bytes.size);
    (void)snprintf(found, sizeof found, "%zu", copy->bytes.size);
    if (strcmp(sha256, hash_to_hex(&hash, hex)) == 0 && strcmp(size, found) == 0) return true;
    return error_set(err, ERROR_VERIFY, "%s is not the file that it names: it was changed", path);
}

/* The files named are those of the commit that brought the manifest, in order. */
static bool check_files(const struct scope *scope, xmlDocPtr document, struct error *err)
{
    xmlNodePtr root = xmlDocGetRootElement(document);
    xmlNodePtr files = dsig_element(root->children, "files"), at;

    if (files == NULL) return error_set(err, ERROR_VERIFY, "it names no files");
    at = dsig_element(files->children, "file");
    for (size_t i = 0; i < scope->files.count; i++) {
        const struct clone_file *file = &scope->files.files[i];

        if (!is_named(scope, file->path)) continue;
        if (at == NULL) {
            return error_set(err, ERROR_VERIFY, "it doesn't name %s", file->path);
        }
        if (!check_file(scope, at, file, err)) return false;
        at = dsig_element(at->next, "file");
    }
    if (at == NULL) return true;
    return error_set(err, ERROR_VERIFY, "it names a file that isn't there");
}

/* The period's files are still those that the manifest came with. */
static bool check_unchanged(const struct scope *scope, const char *prefix, struct error *err)
{
    const struct file_list *now = &scope->copy->files, *then = &scope->files;

    for (size_t i = 0; i < now->count; i++) {
        const struct clone_file *file = &now->files[i], *before;

        if (!has_prefix(file->path, prefix)) continue;
        before = file_list_find(then, file->path);
        if (before == NULL || !git_oid_equal(&before->blob, &file->blob)) {
            return error_set(err, ERROR_VERIFY, "%s was changed or put in after its manifest",
                             file->path);
        }
    }
    for (size_t i = 0; i < then->count; i++) {
        if (has_prefix(then->files[i].path, prefix) &&
            file_list_find(now, then->files[i].path) == NULL) {
            return error_set(err, ERROR_VERIFY, "%s was taken out after its manifest",
                             then->files[i].path);
        }
    }
    return true;
}

/* The commit that brought the manifest as it is now. */
static bool find_commit(struct scope *scope, struct error *err)
{
    struct publication_copy *copy = scope->copy;
    const struct clone_file *file = file_list_find(&copy->files, scope->manifest);

    assert(file != NULL);
    scope->commit = copy->history.count - 1;
    while (scope->commit > 0 && clone_has(copy->clone, &copy->history.commits[scope->commit - 1],
                                          scope->manifest, &file->blob))
        scope->commit--;
    return clone_list(copy->clone, &copy->history.commits[scope->commit], scope->period->name,
                      &scope->files, err);
}

/* The manifest's signature, before anything that it says is used. */
static bool check_manifest(const struct scope *scope, struct error *err)
{
    struct publication_copy *copy = scope->copy;
    xmlDocPtr document = NULL;
    hash_t ignored;
    bool ok = false;

    if (!parse_file(copy, scope->manifest, &document, err)) return false;
    if (!check_signature(scope, scope->manifest, document, &ignored, err)) goto out;
    if (!check_root_element(copy, document, "manifest", scope->period->name, err)) goto out;
    if (scope->period->checkpoint.size <= scope->make->seq) {
        (void)error_set(
            err, ERROR_VERIFY,
            "its checkpoint of %llu entries doesn't reach the publication in entry %llu",
            (unsigned long long)scope->period->checkpoint.size,
            (unsigned long long)scope->make->seq);
        goto out;
    }
    if (!check_files(scope, document, err)) goto out;
    ok = true;
out:
    xmlFreeDoc(document);
    return ok || error_at(err, "%s", scope->manifest);
}

/* ---- Documents ------------------------------------------------------------------------------ */

static bool is_document(const struct scope *scope, const char *path)
{
    size_t size = strlen(path);

    return has_prefix(path, scope->folder) && strcmp(path, scope->manifest) != 0 && size > 4 &&
           strcmp(path + size - 4, ".xml") == 0;
}

static bool check_document(const struct scope *scope, const char *path, hash_t *digest_out,
                           struct error *err)
{
    struct publication_copy *copy = scope->copy;
    char division[DIVISION_CODE_SIZE];
    xmlDocPtr document = NULL;
    bool ok = false;

    if (!parse_file(copy, path, &document, err)) return false;
    memcpy(division, path + strlen(scope->folder), sizeof division - 1);
    division[sizeof division - 1] = '\0';
    if (!check_signature(scope, path, document, digest_out, err)) goto out;
    if (!check_root_element(copy, document, "disclosure", scope->period->name, err)) goto out;
    if (!has_attribute(xmlDocGetRootElement(document), "division", division)) {
        (void)error_set(err, ERROR_VERIFY, "it is not about division %s", division);
        goto out;
    }
    ok = dsig_validate(copy->dsig, document, err);
out:
    xmlFreeDoc(document);
    return ok || error_at(err, "%s", path);
}

/* All documents, and the root over them that a publisher signed into the log. */
static bool check_documents(const struct scope *scope, struct error *err)
{
    struct tree_frontier tree = TREE_FRONTIER_INIT;
    const struct file_list *files = &scope->copy->files;
    hash_t root;

    for (size_t i = 0; i < files->count; i++) {
        const char *path = files->files[i].path;
        size_t path_size = strlen(path);
        uint8_t bytes[DIGEST_LEAF_MAX];
        hash_t digest, leaf;

        if (!is_document(scope, path)) continue;
        if (!check_document(scope, path, &digest, err)) return false;
        memcpy(bytes, path, path_size + 1);
        memcpy(bytes + path_size + 1, digest.bytes, HASH_SIZE);
        leaf = hash_leaf(bytes, path_size + 1 + HASH_SIZE);
        tree_frontier_add(&tree, &leaf);
    }
    root = tree_frontier_root(&tree);
    if (hash_equal(&root, &scope->make->documents_root)) return true;
    (void)error_set(err, ERROR_VERIFY,
                    "its documents are not those that entry %llu published: one was put in, taken "
                    "out or changed",
                    (unsigned long long)scope->make->seq);
    return error_at(err, "snapshots/%s", scope->period->name);
}

/* The manifest itself must fit the schema that it names. */
static bool validate_manifest(const struct scope *scope, struct error *err)
{
    xmlDocPtr document = NULL;
    bool ok;

    if (!parse_file(scope->copy, scope->manifest, &document, err)) return false;
    ok = dsig_validate(scope->copy->dsig, document, err);
    xmlFreeDoc(document);
    return ok || error_at(err, "%s", scope->manifest);
}

/* ---- Periods -------------------------------------------------------------------------------- */

/* The last publication.make of a period, or NULL. */
static const struct publication *find_make(const struct state *state, const char *period)
{
    const struct publication *found = NULL;

    for (size_t i = 0; i < state->publication_count; i++) {
        if (strcmp(state->publications[i].period, period) == 0) found = &state->publications[i];
    }
    return found;
}

static const struct period *find_period(const struct publication_copy *copy, const char *name)
{
    for (size_t i = 0; i < copy->period_count; i++) {
        if (strcmp(copy->periods[i].name, name) == 0) return &copy->periods[i];
    }
    return NULL;
}

static bool scope_init(struct scope *scope, struct publication_copy *copy,
                       const struct state *state, const struct period *period, struct error *err)
{
    *scope = (struct scope){.copy = copy, .state = state, .period = period};
    scope->make = find_make(state, period->name);
    if (scope->make == NULL) {
        return error_set(err, ERROR_VERIFY, "snapshots/%s: the log has no publication.make for it",
                         period->name);
    }
    (void)snprintf(scope->folder, sizeof scope->folder, "snapshots/%s/", period->name);
    (void)snprintf(scope->manifest, sizeof scope->manifest, "snapshots/%s/manifest.xml",
                   period->name);
    return find_commit(scope, err);
}

/* The schema, and the pages at the top, are as the newest manifest names them. */
static bool check_newest(struct publication_copy *copy, const struct state *state,
                         struct error *err)
{
    static const char *const shared[] = {"schema/", "index.html", "README.md", "feed.xml"};
    const struct publication *newest = &state->publications[state->publication_count - 1];
    const struct clone_file *schema = file_list_find(&copy->files, "schema/disclosure.xsd");
    struct scope scope = {.copy = NULL};
    bool ok = false;

    if (!scope_init(&scope, copy, state, find_period(copy, newest->period), err)) goto out;
    if (!check_manifest(&scope, err)) goto out;
    for (size_t i = 0; i < ARRAY_COUNT(shared); i++) {
        if (!check_unchanged(&scope, shared[i], err)) goto out;
    }
    if (schema == NULL) {
        (void)error_set(err, ERROR_VERIFY, "schema/disclosure.xsd is missing");
        goto out;
    }
    if (!clone_read(copy->clone, schema, &copy->bytes, err)) goto out;
    ok = dsig_set_schema(copy->dsig, &copy->bytes, err) || error_at(err, "schema/disclosure.xsd");
out:
    file_list_done(&scope.files);
    return ok;
}

static bool check_period(struct publication_copy *copy, const struct state *state,
                         const struct period *period, struct error *err)
{
    struct scope scope = {.copy = NULL};
    bool ok = scope_init(&scope, copy, state, period, err) && check_manifest(&scope, err) &&
              check_unchanged(&scope, scope.folder, err) && validate_manifest(&scope, err) &&
              check_documents(&scope, err);

    file_list_done(&scope.files);
    return ok;
}

bool documents_check(struct publication_copy *copy, const struct state *state, struct error *err)
{
    for (size_t i = 0; i < state->publication_count; i++) {
        const struct publication *made = &state->publications[i];

        if (find_period(copy, made->period) != NULL) continue;
        return error_set(err, ERROR_VERIFY,
                         "snapshots/%s is missing, which entry %llu says was published",
                         made->period, (unsigned long long)made->seq);
    }
    if (copy->period_count == 0) return true;
    if (state->publication_count == 0) {
        return error_set(err, ERROR_VERIFY, "snapshots/%s: the log has no publication.make for it",
                         copy->periods[0].name);
    }
    if (!check_newest(copy, state, err)) return false;
    for (size_t i = 0; i < copy->period_count; i++) {
        if (!check_period(copy, state, &copy->periods[i], err)) return false;
    }
    return true;
}
