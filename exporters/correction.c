/*
 * correction.c - see correction.h. Sums that follow from the figures (below, years, changes, flow)
 * aren't figures here.
 */
#include "exporters/correction.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"

/* ---- The figures of a document --------------------------------------------------------------- */

struct figures {
    struct corrected_figure *all; /* amounts in `now` */
    size_t count;
};

static void copy_attribute(xmlNodePtr node, const char *name, char *out, size_t size)
{
    xmlChar *text = xmlGetNoNsProp(node, (const xmlChar *)name);

    if (text != NULL && text[0] != '\0') (void)snprintf(out, size, "%s", (const char *)text);
    xmlFree(text);
}

static bool read_fen(xmlNodePtr node, money_t *out)
{
    xmlChar *text = xmlGetNoNsProp(node, (const xmlChar *)"fen");
    char *end = NULL;

    if (text == NULL) return false;
    out->fen = strtoll((const char *)text, &end, 10);
    xmlFree(text);
    return true;
}

static bool add_figure(struct figures *figures, const struct corrected_figure *key, xmlNodePtr node,
                       struct error *err)
{
    void *array = figures->all;
    struct corrected_figure figure = *key;

    if (!read_fen(node, &figure.now)) return true;
    if (figure.figure[0] == '\0') {
        (void)snprintf(figure.figure, sizeof figure.figure, "%.31s", (const char *)node->name);
        copy_attribute(node, "term", figure.figure, sizeof figure.figure);
        copy_attribute(node, "role", figure.figure, sizeof figure.figure);
    }
    if (!array_grow(&array, figures->count, sizeof figure, DOCUMENT_FIGURES_MAX, "figures", err))
        return false;
    figures->all = array;
    figures->all[figures->count++] = figure;
    return true;
}

/* Each child that has an amount. */
static bool add_children(struct figures *figures, const struct corrected_figure *key,
                         xmlNodePtr parent, struct error *err)
{
    for (xmlNodePtr node = parent->children; node != NULL; node = node->next)
        if (node->type == XML_ELEMENT_NODE && !add_figure(figures, key, node, err)) return false;
    return true;
}

static bool is_named(xmlNodePtr node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static bool add_book(struct figures *figures, xmlNodePtr book, struct error *err)
{
    struct corrected_figure key = {.of = "line"};

    copy_attribute(book, "name", key.book, sizeof key.book);
    for (xmlNodePtr line = book->children; line != NULL; line = line->next) {
        if (!is_named(line, "line")) continue;
        copy_attribute(line, "fund", key.code, sizeof key.code);
        if (!add_children(figures, &key, line, err)) return false;
    }
    return true;
}

static bool add_matter(struct figures *figures, xmlNodePtr matter, struct error *err)
{
    for (xmlNodePtr thing = matter->children; thing != NULL; thing = thing->next) {
        struct corrected_figure key = {.figure = "amount"};

        if (thing->type != XML_ELEMENT_NODE) continue;
        (void)snprintf(key.of, sizeof key.of, "%.31s", (const char *)thing->name);
        copy_attribute(thing, "code", key.code, sizeof key.code);
        copy_attribute(thing, "voucher", key.code, sizeof key.code);
        if (key.code[0] != '\0' && !add_figure(figures, &key, thing, err)) return false;
    }
    return true;
}

static bool add_part(struct figures *figures, xmlNodePtr part, struct error *err)
{
    const struct corrected_figure summary = {.of = "summary"};

    if (is_named(part, "summary")) return add_children(figures, &summary, part, err);
    for (xmlNodePtr node = part->children; node != NULL; node = node->next) {
        struct corrected_figure project = {.of = "project"};

        if (is_named(part, "books") && is_named(node, "book") && !add_book(figures, node, err))
            return false;
        if (is_named(part, "matters") && is_named(node, "matter") &&
            !add_matter(figures, node, err))
            return false;
        if (!is_named(part, "projects") || !is_named(node, "project")) continue;
        copy_attribute(node, "code", project.code, sizeof project.code);
        if (!add_children(figures, &project, node, err)) return false;
    }
    return true;
}

static int rank_of(const struct corrected_figure *figure)
{
    static const char *const first[] = {"summary", "line", "project"};

    for (int i = 0; i < (int)ARRAY_COUNT(first); i++)
        if (strcmp(figure->of, first[i]) == 0) return i;
    return (int)ARRAY_COUNT(first);
}

static int order_figures(const void *left, const void *right)
{
    const struct corrected_figure *a = left, *b = right;
    int order = rank_of(a) - rank_of(b);

    if (order == 0) order = strcmp(a->of, b->of);
    if (order == 0) order = strcmp(a->code, b->code);
    if (order == 0) order = strcmp(a->book, b->book);
    return order != 0 ? order : strcmp(a->figure, b->figure);
}

/* Of several with one name, as the parts of a voucher, the sum. */
static bool merge_figures(struct figures *figures, struct error *err)
{
    size_t kept = 0;

    if (figures->count == 0) return true;
    qsort(figures->all, figures->count, sizeof *figures->all, order_figures);
    for (size_t i = 1; i < figures->count; i++) {
        if (order_figures(&figures->all[kept], &figures->all[i]) != 0)
            figures->all[++kept] = figures->all[i];
        else if (!money_add(figures->all[kept].now, figures->all[i].now, &figures->all[kept].now,
                            err))
            return false;
    }
    figures->count = kept + 1;
    return true;
}

static bool read_figures(const struct buffer *xml, const char *name, struct figures *out,
                         struct error *err)
{
    xmlDocPtr document = NULL;
    bool ok = false;

    if (!document_parse(xml->data, xml->size, name, &document, err)) goto out;
    for (xmlNodePtr part = xmlDocGetRootElement(document)->children; part != NULL;
         part = part->next)
        if (part->type == XML_ELEMENT_NODE && !add_part(out, part, err)) goto out;
    ok = merge_figures(out, err);
out:
    xmlFreeDoc(document);
    return ok;
}

/* ---- Comparing ------------------------------------------------------------------------------- */

static bool add_correction(struct correction *correction, const struct corrected_figure *figure,
                           struct error *err)
{
    void *array = correction->figures;

    if (correction->count == CORRECTED_FIGURES_MAX) {
        correction->more++;
        return true;
    }
    if (!array_grow(&array, correction->count, sizeof *figure, CORRECTED_FIGURES_MAX, "figures",
                    err))
        return false;
    correction->figures = array;
    correction->figures[correction->count++] = *figure;
    return true;
}

/* Both lists are in the same order. */
static bool compare_figures(const struct figures *before, const struct figures *now,
                            struct correction *out, struct error *err)
{
    size_t i = 0, j = 0;

    while (i < before->count || j < now->count) {
        const int order = i == before->count ? 1
                          : j == now->count  ? -1
                                             : order_figures(&before->all[i], &now->all[j]);
        struct corrected_figure figure = order < 0 ? before->all[i] : now->all[j];

        figure.has_now = order >= 0;
        figure.has_was = order == 0;
        if (order == 0) figure.was = before->all[i].now;
        if (order < 0) figure.now = MONEY_ZERO; /* it may be withheld now: nothing repeats it */
        if ((order != 0 || figure.was.fen != figure.now.fen) && !add_correction(out, &figure, err))
            return false;
        i += order <= 0;
        j += order >= 0;
    }
    return true;
}

bool correction_find(const struct buffer *before, const struct buffer *now, const char *name,
                     struct correction *out, struct error *err)
{
    struct figures old = {0}, new = {0};
    bool ok;

    *out = (struct correction){.figures = NULL};
    ok = read_figures(before, name, &old, err) && read_figures(now, name, &new, err) &&
         compare_figures(&old, &new, out, err);
    free(old.all);
    free(new.all);
    return ok;
}

/* Is this what the document says of the figure? What isn't told any more isn't repeated, so of the
   former document it stands there without an amount. */
static bool is_claimed(const struct corrected_figure *claimed, const struct corrected_figure *found,
                       enum correction_side side)
{
    const bool has = side == CORRECTION_NOW ? claimed->has_now : claimed->has_was;
    const money_t amount = side == CORRECTION_NOW ? claimed->now : claimed->was;

    if (has) return found != NULL && found->now.fen == amount.fen;
    return (found != NULL) == (side == CORRECTION_WAS && !claimed->has_now);
}

bool correction_check(const struct correction *correction, const struct buffer *document,
                      enum correction_side side, const char *name,
                      const struct corrected_figure **wrong, struct error *err)
{
    struct figures figures = {0};
    bool ok;

    *wrong = NULL;
    if (correction->count == 0) return true;
    ok = read_figures(document, name, &figures, err);
    for (size_t i = 0; ok && i < correction->count && *wrong == NULL; i++) {
        const struct corrected_figure *claimed = &correction->figures[i];
        const struct corrected_figure *found =
            figures.count == 0
                ? NULL
                : bsearch(claimed, figures.all, figures.count, sizeof *found, order_figures);

        if (!is_claimed(claimed, found, side)) *wrong = claimed;
    }
    free(figures.all);
    return ok;
}

/* ---- In a document --------------------------------------------------------------------------- */

static void read_figure(xmlNodePtr node, struct corrected_figure *out)
{
    *out = (struct corrected_figure){.has_was = false};
    copy_attribute(node, "of", out->of, sizeof out->of);
    copy_attribute(node, "code", out->code, sizeof out->code);
    copy_attribute(node, "book", out->book, sizeof out->book);
    copy_attribute(node, "figure", out->figure, sizeof out->figure);
    for (xmlNodePtr amount = node->children; amount != NULL; amount = amount->next) {
        if (is_named(amount, "was")) out->has_was = read_fen(amount, &out->was);
        if (is_named(amount, "now")) out->has_now = read_fen(amount, &out->now);
    }
}

static bool read_corrected(xmlNodePtr corrected, struct correction *out, struct error *err)
{
    char more[24] = "0";
    struct corrected_figure figure;

    for (xmlNodePtr node = corrected->children; node != NULL; node = node->next) {
        if (!is_named(node, "figure")) continue;
        read_figure(node, &figure);
        if (!add_correction(out, &figure, err)) return false;
    }
    copy_attribute(corrected, "more", more, sizeof more);
    out->more = strtoll(more, NULL, 10);
    return true;
}

bool correction_read(const uint8_t *data, size_t size, const char *name, struct correction *out,
                     struct error *err)
{
    xmlDocPtr document = NULL;
    xmlNodePtr root;
    bool ok = false;

    *out = (struct correction){.figures = NULL};
    if (!document_parse(data, size, name, &document, err)) goto out;
    root = xmlDocGetRootElement(document);
    copy_attribute(root, "replaces", out->replaces, sizeof out->replaces);
    for (xmlNodePtr node = root->children; node != NULL; node = node->next)
        if (is_named(node, "corrected") && !read_corrected(node, out, err)) goto out;
    ok = true;
out:
    xmlFreeDoc(document);
    return ok;
}

void correction_write(const struct correction *correction, struct xml_writer *xml)
{
    if (correction->count == 0) return;
    xml_element_begin(xml, "corrected");
    if (correction->more > 0) xml_attribute_integer(xml, "more", correction->more);
    for (size_t i = 0; i < correction->count; i++) {
        const struct corrected_figure *figure = &correction->figures[i];

        xml_element_begin(xml, "figure");
        xml_attribute(xml, "of", figure->of);
        xml_attribute_if_any(xml, "code", figure->code);
        xml_attribute_if_any(xml, "book", figure->book);
        xml_attribute(xml, "figure", figure->figure);
        if (figure->has_was) xml_element_amount(xml, "was", figure->was);
        if (figure->has_now) xml_element_amount(xml, "now", figure->now);
        xml_element_end(xml);
    }
    xml_element_end(xml);
}

void correction_done(struct correction *correction)
{
    free(correction->figures);
    *correction = (struct correction){.figures = NULL};
}
