/*
 * stylesheet.c - libxslt, with every door to files and network shut.
 */
#include "exporters/stylesheet.h"

#include <stdlib.h>

#include <libxml/parser.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
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

bool stylesheet_open(const uint8_t *data, size_t size, const char *name, struct stylesheet **out,
                     struct error *err)
{
    struct stylesheet *stylesheet = calloc(1, sizeof *stylesheet);
    xmlDocPtr document = NULL;
    bool ok = false;

    if (stylesheet == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory for %s", name);
        goto out;
    }
    stylesheet->name = name;
    if (!document_parse(data, size, name, &document, err)) goto out;
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

bool stylesheet_apply(const struct stylesheet *stylesheet, const struct buffer *document,
                      const char *name, struct buffer *out, struct error *err)
{
    xsltTransformContextPtr context = NULL;
    xmlDocPtr tree = NULL, page = NULL;
    xmlChar *text = NULL;
    int size = 0;
    bool ok = false;

    if (!document_parse(document->data, document->size, name, &tree, err)) goto out;
    context = xsltNewTransformContext(stylesheet->compiled, tree);
    if (context == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory for the page of %s", name);
        goto out;
    }
    xsltSetTransformErrorFunc(context, NULL, ignore_message);
    if (xsltSetCtxtSecurityPrefs(stylesheet->limits, context) == 0)
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
    xmlFreeDoc(tree);
    return ok;
}
