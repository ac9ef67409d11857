/*
 * stylesheet.c - libxslt, with every door to files and network shut.
 */
#include "exporters/stylesheet.h"

#include <stdlib.h>

#include <libxml/parser.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltutils.h>

#include "exporters/document.h"

struct stylesheet {
    const char *name;
    xsltStylesheetPtr compiled;
    xsltSecurityPrefsPtr limits;
};

/* What libxslt has to say would go to stderr. */
static void ignore_message(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

static bool is_include(xmlNodePtr node)
{
    return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
           xmlStrEqual(node->ns->href, XSLT_NAMESPACE) &&
           xmlStrEqual(node->name, BAD_CAST "include");
}

/* The parts are all here: what asks for one by name would only be looked for among files. */
static void drop_includes(xmlNodePtr root)
{
    xmlNodePtr next;

    for (xmlNodePtr at = root->children; at != NULL; at = next) {
        next = at->next;
        if (!is_include(at)) continue;
        xmlUnlinkNode(at);
        xmlFreeNode(at);
    }
}

static bool add_part(xmlDocPtr document, const struct stylesheet_part *part, struct error *err)
{
    xmlNodePtr root = xmlDocGetRootElement(document);
    xmlDocPtr added = NULL;
    bool ok = false;

    if (!document_parse(part->data, *part->size, part->name, &added, err)) goto out;
    for (xmlNodePtr at = xmlDocGetRootElement(added)->children; at != NULL; at = at->next) {
        xmlNodePtr copy = xmlDocCopyNode(at, document, 1);

        if (copy == NULL || xmlAddChild(root, copy) == NULL) {
            xmlFreeNode(copy);
            (void)error_set(err, ERROR_MEMORY, "out of memory for %s", part->name);
            goto out;
        }
    }
    ok = true;
out:
    xmlFreeDoc(added);
    return ok;
}

static bool merge(const struct stylesheet_part *parts, size_t count, xmlDocPtr *out,
                  struct error *err)
{
    xmlDocPtr document = NULL;

    if (!document_parse(parts[0].data, *parts[0].size, parts[0].name, &document, err)) return false;
    for (size_t i = 1; i < count; i++)
        if (!add_part(document, &parts[i], err)) {
            xmlFreeDoc(document);
            return false;
        }
    drop_includes(xmlDocGetRootElement(document));
    *out = document;
    return true;
}

bool stylesheet_open(const struct stylesheet_part *parts, size_t count, struct stylesheet **out,
                     struct error *err)
{
    struct stylesheet *stylesheet = calloc(1, sizeof *stylesheet);
    const char *name = parts[0].name;
    xmlDocPtr document = NULL;
    bool ok = false;

    if (stylesheet == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory for %s", name);
        goto out;
    }
    stylesheet->name = name;
    if (!merge(parts, count, &document, err)) goto out;
    stylesheet->compiled = xsltParseStylesheetDoc(document); /* takes it when it succeeds */
    if (stylesheet->compiled == NULL) {
        (void)error_set(err, ERROR_STATE, "%s doesn't compile", name);
        goto out;
    }
    document = NULL;
    stylesheet->limits = xsltNewSecurityPrefs();
    if (stylesheet->limits == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory for %s", name);
        goto out;
    }
    for (int what = XSLT_SECPREF_READ_FILE; what <= XSLT_SECPREF_WRITE_NETWORK; what++)
        xsltSetSecurityPrefs(stylesheet->limits, (xsltSecurityOption)what, xsltSecurityForbid);
    *out = stylesheet;
    stylesheet = NULL;
    ok = true;
out:
    xmlFreeDoc(document);
    stylesheet_close(stylesheet);
    return ok;
}

void stylesheet_close(struct stylesheet *stylesheet)
{
    if (stylesheet == NULL) return;
    if (stylesheet->limits != NULL) xsltFreeSecurityPrefs(stylesheet->limits);
    xsltFreeStylesheet(stylesheet->compiled);
    free(stylesheet);
}

static bool give_parameters(xsltTransformContextPtr context,
                            const struct stylesheet_parameter *parameters)
{
    for (; parameters != NULL && parameters->name != NULL; parameters++)
        if (parameters->value != NULL && xsltQuoteOneUserParam(context, BAD_CAST parameters->name,
                                                               BAD_CAST parameters->value) != 0)
            return false;
    return true;
}

bool stylesheet_apply_tree(const struct stylesheet *stylesheet, xmlDocPtr tree, const char *name,
                           const struct stylesheet_parameter *parameters, struct buffer *out,
                           struct error *err)
{
    xsltTransformContextPtr context = xsltNewTransformContext(stylesheet->compiled, tree);
    xmlDocPtr page = NULL;
    xmlChar *text = NULL;
    int size = 0;
    bool ok = false;

    if (context == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory for the page of %s", name);
        goto out;
    }
    xsltSetTransformErrorFunc(context, NULL, ignore_message);
    if (xsltSetCtxtSecurityPrefs(stylesheet->limits, context) == 0 &&
        give_parameters(context, parameters))
        page = xsltApplyStylesheetUser(stylesheet->compiled, tree, NULL, NULL, NULL, context);
    if (page == NULL || context->state != XSLT_STATE_OK ||
        xsltSaveResultToString(&text, &size, page, stylesheet->compiled) < 0) {
        (void)error_set(err, ERROR_STATE, "%s fails on %s", stylesheet->name, name);
        goto out;
    }
    ok = buffer_append(out, text, (size_t)size, err);
out:
    xmlFree(text);
    xmlFreeDoc(page);
    if (context != NULL) xsltFreeTransformContext(context);
    return ok;
}

bool stylesheet_apply(const struct stylesheet *stylesheet, const struct buffer *document,
                      const char *name, const struct stylesheet_parameter *parameters,
                      struct buffer *out, struct error *err)
{
    xmlDocPtr tree = NULL;
    bool ok = document_parse(document->data, document->size, name, &tree, err) &&
              stylesheet_apply_tree(stylesheet, tree, name, parameters, out, err);

    xmlFreeDoc(tree);
    return ok;
}
