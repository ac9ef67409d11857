/*
 * issue.c - the documents of one period: what differs from the repository, and signing that.
 *
 * 1. A division that has a published document keeps one, whatever became of it: a document is
 *    corrected, never taken away.
 * 2. A document is compared under the same `replaces` as the published one, so that a correction
 *    isn't a change again; when it differs it names the digest of the published one.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/encode.h"
#include "exporters/array.h"
#include "exporters/correction.h"
#include "exporters/publication.h"

#define DOCUMENT_SUFFIX ".xml"
#define LEAF_BYTES_MAX  (REPOSITORY_PATH_SIZE + 1 + HASH_SIZE)

void issue_path(const char *period, const char *division, const char *suffix,
                char path[REPOSITORY_PATH_SIZE])
{
    int size = snprintf(path, REPOSITORY_PATH_SIZE, "snapshots/%s/%s%s", period, division, suffix);

    assert(size > 0 && size < REPOSITORY_PATH_SIZE);
}

/* ---- What is published --------------------------------------------------------------------------
 */

struct published {
    struct survey *survey;
    bool *has_document; /* by place */
    bool any;
};

bool issue_parse_name(const char *name, char division[DIVISION_CODE_SIZE])
{
    const size_t digits = DIVISION_CODE_SIZE - 1;

    if (strspn(name, "0123456789") != digits || strcmp(name + digits, DOCUMENT_SUFFIX) != 0)
        return false;
    memcpy(division, name, digits);
    division[digits] = '\0';
    return true;
}

static bool mark_published(void *context, const char *name, struct error *err)
{
    struct published *published = context;
    char division[DIVISION_CODE_SIZE];
    size_t place;

    if (!issue_parse_name(name, division)) return true;
    place = survey_find_place(published->survey, division);
    if (place == SURVEY_NONE)
        return error_set(err, ERROR_VERIFY,
                         "the repository has a document of division %s, which this ledger doesn't "
                         "know; it belongs to another ledger or to a newer copy of this one",
                         division);
    survey_add_document(published->survey, place);
    published->has_document[place] = true;
    published->any = true;
    return true;
}

static bool add_documents(struct issue *issue, const struct published *published, struct error *err)
{
    for (size_t i = 0; i < issue->survey->place_count; i++) {
        const struct survey_place *place = &issue->survey->places[i];
        struct issue_document *document;
        void *array = issue->documents;

        if (!place->has_document) continue;
        if (!array_grow(&array, issue->count, sizeof *issue->documents, SURVEY_DIVISIONS_MAX,
                        "documents", err))
            return false;
        issue->documents = array;
        document = &issue->documents[issue->count++];
        *document = (struct issue_document){.place = i,
                                            .is_published = published->has_document[i],
                                            .unsigned_xml = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX)};
        issue_path(issue->survey->period.name, place->division.code, DOCUMENT_SUFFIX,
                   document->path);
    }
    return true;
}

static bool choose_documents(struct publication *publication, struct issue *issue,
                             struct error *err)
{
    struct published published = {issue->survey, NULL, false};
    char folder[REPOSITORY_PATH_SIZE];
    bool ok = false;

    published.has_document = calloc(issue->survey->place_count + 1, sizeof(bool));
    if (published.has_document == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        goto out;
    }
    (void)snprintf(folder, sizeof folder, "snapshots/%s", issue->survey->period.name);
    if (!repository_each(publication->repository, folder, mark_published, &published, err))
        goto out;
    issue->was_published = published.any;
    ok = add_documents(issue, &published, err);
out:
    free(published.has_document);
    return ok;
}

/* ---- Comparing ------------------------------------------------------------------------------- */

/* Is the published document, byte for byte, the unsigned one with one Signature put in (press.h)?
 */
static bool is_signed_form(const struct buffer *published, const struct buffer *unsigned_xml)
{
    static const char begin[] = "<Signature ", end[] = "</Signature>";
    const char *text = buffer_text(published), *plain = buffer_text(unsigned_xml);
    const char *last_tag = strrchr(plain, '<');
    size_t head, tail;

    if (last_tag == NULL) return false;
    head = (size_t)(last_tag - plain);
    tail = unsigned_xml->size - head;
    if (published->size < unsigned_xml->size + sizeof begin + sizeof end) return false;
    return memcmp(text, plain, head) == 0 && strncmp(text + head, begin, sizeof begin - 1) == 0 &&
           memcmp(text + published->size - tail, last_tag, tail) == 0 &&
           strstr(text + head, end) == text + published->size - tail - (sizeof end - 1);
}

static bool render(struct issue *issue, struct issue_document *document,
                   const struct correction *correction, struct error *err)
{
    buffer_reset(&document->unsigned_xml);
    return survey_render(issue->survey, document->place, correction, &document->unsigned_xml,
                         err) &&
           project_pages_note(issue->survey, document->place, &document->unsigned_xml,
                              issue->projects, err);
}

static bool digest(struct issue_document *document, struct error *err)
{
    return document_digest(document->unsigned_xml.data, document->unsigned_xml.size, document->path,
                           &document->digest, err);
}

/* What stands between `begin` and `end`, when it has the size of a digest; else "". */
static void copy_digest(const char *text, const char *begin, const char *end,
                        char out[DIGEST_TEXT_SIZE])
{
    const char *at = strstr(text, begin);

    out[0] = '\0';
    if (at == NULL) return;
    at += strlen(begin);
    if (strnlen(at, DIGEST_TEXT_SIZE) < DIGEST_TEXT_SIZE) return;
    if (strncmp(at + DIGEST_TEXT_SIZE - 1, end, strlen(end)) != 0) return;
    memcpy(out, at, DIGEST_TEXT_SIZE - 1);
    out[DIGEST_TEXT_SIZE - 1] = '\0';
}

/*
 * Is the published document the one that would be rendered now, byte for byte, but for its
 * Signature? Then its digest is the one in there: it was checked when it was signed, and a
 * publisher committed it. Nothing has to be parsed, which is most of the work for a county in which
 * little changes.
 */
static bool compare_bytes(struct issue *issue, struct issue_document *document,
                          const struct buffer *published, bool *is_same, struct error *err)
{
    struct buffer decoded = BUFFER_INIT(HASH_SIZE);
    struct correction said = {.figures = NULL};
    char text[DIGEST_TEXT_SIZE];
    struct error ignored = ERROR_INIT;
    bool ok = false;

    *is_same = false;
    copy_digest(buffer_text(published), " replaces=\"", "\">", said.replaces);
    if (said.replaces[0] != '\0' && strstr(buffer_text(published), "<corrected") != NULL &&
        !correction_read(published->data, published->size, document->path, &said, err))
        goto out;
    if (!render(issue, document, &said, err)) goto out;
    if (is_signed_form(published, &document->unsigned_xml)) {
        copy_digest(buffer_text(published), "<DigestValue>", "</DigestValue>", text);
        *is_same =
            base64_decode(text, strlen(text), &decoded, &ignored) && decoded.size == HASH_SIZE;
        if (*is_same) memcpy(document->digest.bytes, decoded.data, HASH_SIZE);
    }
    ok = true;
out:
    correction_done(&said);
    buffer_done(&decoded);
    return ok;
}

/* Compare with a published document that looks different. */
static bool compare_digests(struct issue *issue, struct issue_document *document,
                            const struct buffer *published, struct error *err)
{
    struct correction said = {.figures = NULL}, next = {.figures = NULL};
    struct document_facts facts;
    bool ok = false;

    if (!document_read(published->data, published->size, document->path, &facts, err)) goto out;
    if (!correction_read(published->data, published->size, document->path, &said, err)) goto out;
    if (!render(issue, document, &said, err) || !digest(document, err)) goto out;
    document->is_changed = !hash_equal(&document->digest, &facts.digest);
    if (document->is_changed) {
        if (!correction_find(published, &document->unsigned_xml, document->path, &next, err))
            goto out;
        (void)digest_format(&facts.digest, next.replaces);
        if (!render(issue, document, &next, err) || !digest(document, err)) goto out;
    }
    ok = true;
out:
    correction_done(&said);
    correction_done(&next);
    return ok;
}

static bool compare_published(struct publication *publication, struct issue *issue,
                              struct issue_document *document, struct error *err)
{
    struct buffer published = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    bool found = false, is_same = false;
    bool ok = false;

    if (!repository_read(publication->repository, document->path, &published, &found, err))
        goto out;
    assert(found);
    if (!compare_bytes(issue, document, &published, &is_same, err)) goto out;
    if (!is_same && !compare_digests(issue, document, &published, err)) goto out;
    if (!document->is_changed) {
        document->file_hash = hash_sha256(published.data, published.size);
        document->file_size = published.size;
        buffer_done(&document->unsigned_xml);
    }
    ok = true;
out:
    buffer_done(&published);
    return ok;
}

static bool compare(struct publication *publication, struct issue *issue,
                    struct issue_document *document, struct error *err)
{
    if (document->is_published) {
        if (!compare_published(publication, issue, document, err)) return false;
    } else {
        document->is_changed = true;
        if (!render(issue, document, NULL, err) || !digest(document, err)) return false;
    }
    if (document->is_changed) issue->changed_count++;
    return true;
}

bool issue_add_leaf(struct tree_frontier *frontier, const char *path, const hash_t *digest,
                    struct error *err)
{
    struct buffer leaf = BUFFER_INIT(LEAF_BYTES_MAX);
    bool ok = buffer_append(&leaf, (const uint8_t *)path, strlen(path) + 1, err) &&
              buffer_append(&leaf, digest->bytes, HASH_SIZE, err);
    hash_t hash;

    if (ok) {
        hash = hash_leaf(leaf.data, leaf.size);
        tree_frontier_add(frontier, &hash);
    }
    buffer_done(&leaf);
    return ok;
}

static bool compute_root(struct issue *issue, struct error *err)
{
    struct tree_frontier frontier = TREE_FRONTIER_INIT;

    for (size_t i = 0; i < issue->count; i++) {
        const struct issue_document *document = &issue->documents[i];

        assert(i == 0 || strcmp(issue->documents[i - 1].path, document->path) < 0);
        if (!issue_add_leaf(&frontier, document->path, &document->digest, err)) return false;
    }
    issue->root = tree_frontier_root(&frontier);
    return true;
}

/* ---- Tables ---------------------------------------------------------------------------------- */

static bool add_data(struct publication *publication, struct issue *issue,
                     const struct issue_document *document, struct error *err)
{
    struct buffer published = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    const struct buffer *xml = &document->unsigned_xml;
    bool found = true;
    bool ok = false;

    if (!document->is_changed) {
        xml = &published;
        if (!repository_read(publication->repository, document->path, &published, &found, err))
            goto out;
    }
    assert(found);
    ok = data_add(issue->data, xml, document->path, &document->digest, err);
out:
    buffer_done(&published);
    return ok;
}

static bool make_data(struct publication *publication, struct issue *issue, struct error *err)
{
    issue->data = data_new(err);
    if (issue->data == NULL) return false;
    for (size_t i = 0; i < issue->count; i++)
        if (!add_data(publication, issue, &issue->documents[i], err)) return false;
    return data_finish(issue->data, err);
}

static bool stage_table(struct publication *publication, const struct issue *issue,
                        struct manifest *manifest, const char *name, const struct buffer *bytes,
                        struct error *err)
{
    char path[REPOSITORY_PATH_SIZE];

    issue_path(issue->survey->period.name, name, "", path);
    return repository_stage(publication->repository, path, bytes->data, bytes->size, err) &&
           manifest_add(manifest, path, bytes->data, bytes->size, err);
}

static bool stage_data(struct publication *publication, struct issue *issue,
                       struct manifest *manifest, struct error *err)
{
    char edition[HASH_HEX_SIZE];
    struct data_source source = {.origin = journal_origin(publication->journal),
                                 .period = issue->survey->period.name,
                                 .edition = edition,
                                 .documents_root = &issue->root};
    struct buffer package = BUFFER_INIT(DATA_PACKAGE_BYTES_MAX);
    struct division root;
    char name[DATA_PATH_SIZE];
    bool ok = false;

    if (issue->data == NULL && !make_data(publication, issue, err)) goto out;
    if (!page_edition(edition, err)) goto out;
    if (!site_find_root(publication, &root, err)) goto out;
    source.name = root.name;
    for (size_t i = 0; i < data_table_count; i++)
        if (!stage_table(publication, issue, manifest, data_table_path(i, name),
                         data_bytes(issue->data, i), err))
            goto out;
    ok = data_write_package(issue->data, &source, &package, err) &&
         stage_table(publication, issue, manifest, "datapackage.json", &package, err);
out:
    buffer_done(&package);
    return ok;
}

/* ---- Preparing ------------------------------------------------------------------------------- */

bool issue_prepare(struct publication *publication, const struct period *period,
                   struct issue *issue, struct error *err)
{
    if (!survey_take(publication->ledger, period, &issue->survey, err)) return false;
    issue->projects = calloc(issue->survey->project_count + 1, sizeof *issue->projects);
    if (issue->projects == NULL) return error_set(err, ERROR_MEMORY, "out of memory");
    if (!choose_documents(publication, issue, err)) return false;
    for (size_t i = 0; i < issue->count; i++) {
        if (!compare(publication, issue, &issue->documents[i], err)) return false;
        if (!publication_tell(publication, "render", i + 1, issue->count))
            return error_set(err, ERROR_STATE, "interrupted; nothing was written");
    }
    if (!compute_root(issue, err)) return false;
    /* Nothing changed here, but the earlier period to which pages link may tell otherwise now. */
    if (issue->changed_count == 0)
        return project_pages_find(publication->repository, issue->survey, issue->projects,
                                  &issue->lacks_page, err);
    if (!publication_open_press(publication, err)) return false;
    for (size_t i = 0; i < issue->count; i++)
        if (issue->documents[i].is_changed &&
            !press_check(publication->press, &issue->documents[i].unsigned_xml,
                         issue->documents[i].path, err))
            return false;
    return make_data(publication, issue, err);
}

/* ---- Signing --------------------------------------------------------------------------------- */

static bool stage_changed(struct publication *publication, struct manifest *manifest,
                          const struct issue_document *document, struct error *err)
{
    struct buffer xml = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    bool ok = press_sign(publication->press, &document->unsigned_xml, &document->digest,
                         document->path, &xml, err) &&
              repository_stage(publication->repository, document->path, xml.data, xml.size, err) &&
              manifest_add(manifest, document->path, xml.data, xml.size, err);

    buffer_done(&xml);
    return ok;
}

bool issue_stage(struct publication *publication, struct issue *issue, struct manifest *manifest,
                 struct error *err)
{
    uint64_t done = 0;

    if (!project_pages_find(publication->repository, issue->survey, issue->projects,
                            &issue->lacks_page, err))
        return false;
    for (size_t i = 0; i < issue->count; i++) {
        const struct issue_document *document = &issue->documents[i];

        if (document->is_changed) {
            if (!stage_changed(publication, manifest, document, err)) return false;
            (void)publication_tell(publication, "sign", ++done, issue->changed_count);
        } else if (!manifest_add_hash(manifest, document->path, &document->file_hash,
                                      document->file_size, err)) {
            return false;
        }
        if (!pages_stage_document(publication, issue, document, manifest, err)) return false;
    }
    return stage_data(publication, issue, manifest, err) &&
           pages_stage_lists(publication, issue, manifest, err);
}

void issue_done(struct issue *issue)
{
    for (size_t i = 0; i < issue->count; i++)
        buffer_done(&issue->documents[i].unsigned_xml);
    free(issue->documents);
    free(issue->projects);
    data_free(issue->data);
    survey_free(issue->survey);
    *issue = (struct issue){0};
}
