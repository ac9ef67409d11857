/*
 * recheck.c - is what lies beside the signed documents what the documents make?
 *
 * Pages and tables are bound by the manifest alone: who holds the publisher's key and the key for
 * documents could sign one over pages that say otherwise. They follow from the documents, so here
 * they are made again, from a clone and nothing else.
 *
 * 1. What this edition of the program made (page.h) is made again and is the same byte for byte.
 * What says that another edition made it is counted, never passed in silence.
 * 2. Every file of a period is one that the period's documents account for.
 * 3. What is made from lists (pages of funds, indexes, the list of disclosures), and the feed, the
 *    ledger makes again: rederive.c. Here they are harmless and lead where they should.
 */
#include "exporters/recheck.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"
#include "exporters/correction.h"
#include "exporters/history.h"

static const char *const folders[] = {"", "data/", "funds/", "projects/"};

/* ---- What lies there ----------------------------------------------------------------------------
 */

struct listing {
    struct recheck_scope *scope;
    const char *folder;
};

static bool is_folder(const char *name)
{
    const size_t size = strlen(name);

    for (size_t i = 1; i < ARRAY_COUNT(folders); i++)
        if (strlen(folders[i]) == size + 1 && strncmp(folders[i], name, size) == 0) return true;
    return false;
}

static bool add_present(void *context, const char *name, struct error *err)
{
    const struct listing *listing = context;
    const char *period = listing->scope->period->name;
    const hash_t none = HASH_ZERO;
    char path[REPOSITORY_PATH_SIZE];
    int size;

    if (listing->folder[0] == '\0' && is_folder(name)) return true;
    size = snprintf(path, sizeof path, "snapshots/%s/%s%s", period, listing->folder, name);
    if (size < 0 || (size_t)size >= sizeof path)
        return error_set(err, ERROR_VERIFY, "snapshots/%s/%s%.80s… has too long a name", period,
                         listing->folder, name);
    return manifest_add_hash(&listing->scope->present, path, &none, 0, err);
}

static bool list_present(struct recheck_scope *scope, struct error *err)
{
    for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
        struct listing listing = {scope, folders[i]};
        char folder[REPOSITORY_PATH_SIZE];

        (void)snprintf(folder, sizeof folder, "snapshots/%s/%s", scope->period->name, folders[i]);
        folder[strlen(folder) - 1] = '\0';
        if (!repository_each(scope->work->repository, folder, add_present, &listing, err))
            return false;
    }
    manifest_sort(&scope->present);
    return true;
}

bool recheck_expect(struct recheck_scope *scope, const char *path, struct error *err)
{
    const hash_t none = HASH_ZERO;

    return manifest_add_hash(&scope->expected, path, &none, 0, err);
}

static bool expect(struct recheck_scope *scope, const char *name, struct error *err)
{
    char path[REPOSITORY_PATH_SIZE];

    issue_path(scope->period->name, name, "", path);
    return recheck_expect(scope, path, err);
}

static bool check_places(struct recheck_scope *scope, struct error *err)
{
    manifest_sort(&scope->expected);
    for (size_t i = 0; i < scope->present.count; i++)
        if (!manifest_has(&scope->expected, scope->present.files[i].path))
            return error_set(err, ERROR_VERIFY, "%s has no place among what its period publishes",
                             scope->present.files[i].path);
    return true;
}

/* ---- Names of the root division -----------------------------------------------------------------
 */

bool recheck_knows_name(const struct recheck *work, const char *name, size_t most)
{
    for (size_t i = 0; i < work->name_count; i++)
        if (strncmp(work->names[i].text, name, most) == 0) return true;
    return false;
}

bool recheck_add_name(struct recheck *work, const char *name, struct error *err)
{
    void *array = work->names;

    if (recheck_knows_name(work, name, TEXT_SIZE) || strlen(name) >= TEXT_SIZE) return true;
    if (!array_grow(&array, work->name_count, sizeof *work->names, RECHECK_NAMES_MAX, "names", err))
        return false;
    work->names = array;
    memcpy(work->names[work->name_count++].text, name, strlen(name) + 1);
    return true;
}

bool recheck_claim(struct recheck *work, const char *path, const char *name, struct error *err)
{
    struct recheck_claim claim;
    void *array = work->claims;

    (void)snprintf(claim.path, sizeof claim.path, "%s", path);
    (void)snprintf(claim.name, sizeof claim.name, "%s", name);
    if (!array_grow(&array, work->claim_count, sizeof claim, RECHECK_CLAIMS_MAX, "names", err))
        return false;
    work->claims = array;
    work->claims[work->claim_count++] = claim;
    return true;
}

/* ---- Documents ----------------------------------------------------------------------------------
 */

static bool copy_attribute(xmlNodePtr node, const char *name, char *out, size_t size)
{
    xmlChar *text = xmlGetNoNsProp(node, (const xmlChar *)name);
    const bool fits = text != NULL && strlen((const char *)text) < size;

    if (fits) memcpy(out, text, strlen((const char *)text) + 1);
    xmlFree(text);
    return fits;
}

static xmlNodePtr find_child(xmlNodePtr node, const char *name)
{
    for (node = node->children; node != NULL; node = node->next)
        if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0)
            return node;
    return NULL;
}

/* The same of all documents. */
bool recheck_agree(const char *path, const char *what, const char *said, char *known, size_t size,
                   struct error *err)
{
    if (known[0] == '\0') (void)snprintf(known, size, "%s", said);
    if (strcmp(known, said) == 0) return true;
    return error_set(err, ERROR_VERIFY, "%s says another %s than other documents", path, what);
}

static bool read_facts(struct recheck_scope *scope, struct recheck_document *document,
                       struct error *err)
{
    struct recheck *work = scope->work;
    xmlNodePtr root = xmlDocGetRootElement(document->tree), division = find_child(root, "division");
    char origin[sizeof work->origin], log_key[sizeof work->log_key], parent[DIVISION_CODE_SIZE];

    if (division == NULL || !copy_attribute(root, "origin", origin, sizeof origin) ||
        !copy_attribute(root, "log_key", log_key, sizeof log_key) ||
        !copy_attribute(division, "code", document->division, sizeof document->division) ||
        !copy_attribute(division, "name", document->name, sizeof document->name))
        return error_set(err, ERROR_VERIFY, "%s doesn't say whose it is", document->path);
    if (!recheck_agree(document->path, "origin", origin, work->origin, sizeof work->origin, err) ||
        !recheck_agree(document->path, "log_key", log_key, work->log_key, sizeof work->log_key,
                       err))
        return false;
    if (copy_attribute(division, "parent", parent, sizeof parent)) return true;
    (void)snprintf(scope->name, sizeof scope->name, "%s", document->name);
    return recheck_agree(document->path, "root division", document->division, work->root,
                         sizeof work->root, err) &&
           recheck_add_name(work, document->name, err);
}

/* The figures that it says a correction replaced are those of the document that it replaced, in the
   history of git. */
static bool check_correction(struct recheck_scope *scope, const char *path,
                             const struct buffer *xml, struct error *err)
{
    struct correction correction = {.figures = NULL};
    const struct corrected_figure *wrong = NULL;
    struct buffer before = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    bool found = false;
    bool ok = false;

    if (!correction_read(xml->data, xml->size, path, &correction, err)) goto out;
    if (correction.count > 0) {
        if (!history_find_document(scope->work->path, path, correction.replaces, &before, &found,
                                   err))
            goto out;
        if (!found) {
            (void)error_set(err, ERROR_VERIFY,
                            "%s corrects a document that the history of git doesn't have", path);
            goto out;
        }
        if (!correction_check(&correction, &before, CORRECTION_WAS, path, &wrong, err)) goto out;
    }
    ok =
        wrong == NULL || error_set(err, ERROR_VERIFY,
                                   "%s says that %s of %s %s was another figure before than it was",
                                   path, wrong->figure, wrong->of, wrong->code);
out:
    correction_done(&correction);
    buffer_done(&before);
    return ok;
}

static bool check_document(struct recheck_scope *scope, const char *path, struct error *err)
{
    struct buffer xml = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    struct recheck_document document = {.path = path, .xml = &xml};
    struct document_facts facts;
    bool found = false;
    bool ok = false;

    if (!repository_read(scope->work->repository, path, &xml, &found, err)) goto out;
    assert(found);
    if (!document_read(xml.data, xml.size, path, &facts, err)) goto out;
    if (!issue_add_leaf(&scope->frontier, path, &facts.digest, err)) goto out;
    if (!data_add(scope->data, &xml, path, &facts.digest, err)) goto out;
    if (!document_parse(xml.data, xml.size, path, &document.tree, err)) goto out;
    if (!read_facts(scope, &document, err)) goto out;
    if (!recheck_expect(scope, path, err)) goto out;
    if (facts.replaces[0] != '\0' && !check_correction(scope, path, &xml, err)) goto out;
    ok = recheck_document_pages(scope, &document, err);
out:
    xmlFreeDoc(document.tree);
    buffer_done(&xml);
    return ok;
}

static bool check_documents(struct recheck_scope *scope, struct error *err)
{
    for (size_t i = 0; i < scope->present.count; i++) {
        const char *path = scope->present.files[i].path;
        char division[DIVISION_CODE_SIZE];

        if (issue_parse_name(strrchr(path, '/') + 1, division) && !check_document(scope, path, err))
            return false;
    }
    return true;
}

/* ---- Tables -------------------------------------------------------------------------------------
 */

static bool have_same_heading(const struct buffer *a, const struct buffer *b)
{
    const size_t size = strcspn(buffer_text(a), "\r");

    return size == strcspn(buffer_text(b), "\r") &&
           strncmp(buffer_text(a), buffer_text(b), size) == 0;
}

bool recheck_is_same(const struct buffer *a, const struct buffer *b)
{
    return a->size == b->size && memcmp(buffer_text(a), buffer_text(b), a->size) == 0;
}

static bool check_table(struct recheck_scope *scope, size_t table, bool is_ours, struct error *err)
{
    const struct buffer *made = data_bytes(scope->data, table);
    struct buffer published = BUFFER_INIT(DATA_TABLE_BYTES_MAX);
    char name[DATA_PATH_SIZE], path[REPOSITORY_PATH_SIZE];
    bool found = false;
    bool ok = false;

    issue_path(scope->period->name, data_table_path(table, name), "", path);
    if (!repository_read(scope->work->repository, path, &published, &found, err)) goto out;
    if (!found && is_ours) {
        (void)error_set(err, ERROR_VERIFY, "%s is missing", path);
        goto out;
    }
    ok = true;
    if (found && !is_ours && !have_same_heading(&published, made))
        scope->work->report->other_files++;
    else if (found && !recheck_is_same(&published, made))
        ok = error_set(err, ERROR_VERIFY, "%s isn't what the documents of its period say", path);
    else
        scope->work->report->tables += found;
    ok = ok && (!found || recheck_expect(scope, path, err));
out:
    buffer_done(&published);
    return ok;
}

/* The name of the root in the package's title, its last; "" when it is none that we wrote. */
static void find_package_name(const struct buffer *package, const char *period,
                              char name[TEXT_SIZE])
{
    static const char mark[] = "\"title\":\"";
    const char *title = NULL, *end;
    char behind[64];

    name[0] = '\0';
    for (const char *at = buffer_text(package); (at = strstr(at, mark)) != NULL;)
        title = at += sizeof mark - 1;
    (void)snprintf(behind, sizeof behind, " %s 资金公开", period);
    end = title == NULL ? NULL : strstr(title, behind);
    if (end != NULL && end - title < TEXT_SIZE)
        (void)snprintf(name, TEXT_SIZE, "%.*s", (int)(end - title), title);
}

static bool check_package(struct recheck_scope *scope, const struct buffer *published,
                          const char *path, const char *edition, struct error *err)
{
    const hash_t root = tree_frontier_root(&scope->frontier);
    char name[TEXT_SIZE];
    struct data_source source = {.origin = scope->work->origin,
                                 .name = name,
                                 .period = scope->period->name,
                                 .edition = edition,
                                 .documents_root = &root};
    struct buffer made = BUFFER_INIT(DATA_PACKAGE_BYTES_MAX);
    bool ok = false;

    find_package_name(published, scope->period->name, name);
    if (!data_write_package(scope->data, &source, &made, err)) goto out;
    if (!recheck_is_same(published, &made)) {
        (void)error_set(err, ERROR_VERIFY, "%s isn't what the documents of its period say", path);
        goto out;
    }
    scope->work->report->tables++;
    ok = recheck_claim(scope->work, path, name, err);
out:
    buffer_done(&made);
    return ok;
}

/* Tables that another version has: its package names them. */
static bool expect_others(struct recheck_scope *scope, const struct buffer *package,
                          struct error *err)
{
    char prefix[REPOSITORY_PATH_SIZE];
    size_t skipped;

    issue_path(scope->period->name, "", "", prefix);
    skipped = strlen(prefix);
    scope->work->report->other_files++;
    for (size_t i = 0; i < scope->present.count; i++) {
        const char *path = scope->present.files[i].path;
        char named[REPOSITORY_PATH_SIZE + 16];

        if (strncmp(path + skipped, "data/", 5) != 0) continue;
        (void)snprintf(named, sizeof named, "\"path\":\"%s\"", path + skipped);
        if (strstr(buffer_text(package), named) != NULL && !recheck_expect(scope, path, err))
            return false;
    }
    return true;
}

static bool check_tables(struct recheck_scope *scope, struct error *err)
{
    struct buffer package = BUFFER_INIT(DATA_PACKAGE_BYTES_MAX);
    char path[REPOSITORY_PATH_SIZE], edition[HASH_HEX_SIZE], mark[HASH_HEX_SIZE + 32];
    bool found = false, is_ours = false;
    bool ok = false;

    issue_path(scope->period->name, "datapackage.json", "", path);
    if (!page_edition(edition, err)) goto out;
    if (!data_finish(scope->data, err)) goto out;
    if (!recheck_expect(scope, path, err)) goto out;
    if (!repository_read(scope->work->repository, path, &package, &found, err)) goto out;
    if (!found) {
        (void)error_set(err, ERROR_VERIFY, "%s is missing", path);
        goto out;
    }
    (void)snprintf(mark, sizeof mark, "\"edition\":\"sha256:%s\"", edition);
    is_ours = strstr(buffer_text(&package), mark) != NULL;
    for (size_t i = 0; i < data_table_count; i++)
        if (!check_table(scope, i, is_ours, err)) goto out;
    ok = is_ours ? check_package(scope, &package, path, edition, err)
                 : expect_others(scope, &package, err);
out:
    buffer_done(&package);
    return ok;
}

/* ---- Pages of lists -----------------------------------------------------------------------------
 */

/* "names-2.html" */
static bool is_names_page(const char *file)
{
    size_t digits;

    if (strncmp(file, "names-", 6) != 0) return false;
    digits = strspn(file + 6, "0123456789");
    return digits > 0 && strcmp(file + 6 + digits, ".html") == 0;
}

/* Those that every period has, and what there is of others: which there should be, the ledger
   knows. */
static bool check_lists(struct recheck_scope *scope, struct error *err)
{
    static const char *const always[] = {"index", "names", "disclosures"};
    char prefix[REPOSITORY_PATH_SIZE];

    for (size_t i = 0; i < ARRAY_COUNT(always); i++)
        if (!recheck_list_pages(scope, "", always[i], err)) return false;
    issue_path(scope->period->name, "", "", prefix);
    for (size_t i = 0; i < scope->present.count; i++) {
        const char *file = scope->present.files[i].path + strlen(prefix);
        const char *folder = strncmp(file, "funds/", 6) == 0 ? "funds/" : "";
        char name[REPOSITORY_PATH_SIZE];
        size_t size = strcspn(file += strlen(folder), ".");

        if (strcmp(file + size, ".html") != 0) continue;
        if (folder[0] == '\0' && !is_names_page(file)) continue;
        (void)snprintf(name, sizeof name, "%.*s", (int)size, file);
        if (!recheck_list_pages(scope, folder, name, err)) return false;
    }
    return true;
}

/* ---- A period -----------------------------------------------------------------------------------
 */

bool recheck_period(struct recheck *work, const struct period *period, struct error *err)
{
    struct recheck_scope scope = {
        .work = work, .period = period, .frontier = TREE_FRONTIER_INIT, .data = data_new(err)};
    bool ok = false;

    if (scope.data == NULL) goto out;
    if (!list_present(&scope, err)) goto out;
    if (!expect(&scope, "manifest.xml", err)) goto out;
    if (!check_documents(&scope, err)) goto out;
    if (!check_lists(&scope, err)) goto out;
    if (!recheck_links(&scope, err)) {
        if (err->code == ERROR_VERIFY) (void)error_at(err, "snapshots/%s", period->name);
        goto out;
    }
    if (!check_tables(&scope, err)) goto out;
    ok = check_places(&scope, err);
out:
    data_free(scope.data);
    free(scope.projects);
    free(scope.links);
    manifest_done(&scope.expected);
    manifest_done(&scope.present);
    return ok;
}
