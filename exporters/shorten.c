/* shorten.c - see shorten.h. */
#include "exporters/shorten.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "exporters/document.h"

#define WORD_BYTES_MAX 24 /* no longer than a word of the format, "photovoltaic": it isn't cut */

/* Attributes that hold free text; so do elements with text in them. */
static const char *const free_texts[] = {
    "address",       "asset_name",   "audience",      "bank",         "basis",
    "borrower",      "by",           "category",      "channel",      "content",
    "contractor",    "creditor",     "disposal",      "distribution", "division_name",
    "document",      "evidence",     "fault",         "for_name",     "from_name",
    "fund_document", "fund_name",    "giver_name",    "hours",        "in_name",
    "income",        "item",         "money_source",  "name",         "nature",
    "operator",      "owner",        "parent_name",   "party",        "place",
    "place_name",    "project_name", "publisher",     "reason",       "responsible",
    "result",        "risk",         "root_name",     "rule",         "scope",
    "seen_in_name",  "source",       "specification", "standard",     "supervision",
    "taker_name",    "text",         "time_limit",    "to_name",      "unit",
    "use",           "way"};

static bool is_free(const xmlChar *name)
{
    for (size_t i = 0; i < ARRAY_COUNT(free_texts); i++)
        if (strcmp((const char *)name, free_texts[i]) == 0) return true;
    return false;
}

/* NULL when it fits; false when memory is out. The caller frees it. */
static bool cut(const xmlChar *text, int most, xmlChar **out)
{
    xmlChar *part, *whole = NULL;

    *out = NULL;
    if (text == NULL || xmlStrlen(text) <= WORD_BYTES_MAX || xmlUTF8Strlen(text) <= most)
        return true;
    part = xmlUTF8Strsub(text, 0, most);
    if (part != NULL) whole = xmlStrncatNew(part, BAD_CAST "…", -1);
    xmlFree(part);
    *out = whole;
    return whole != NULL;
}

static bool shorten_attributes(xmlNodePtr element, int most)
{
    bool ok = true;

    for (xmlAttrPtr attribute = element->properties; ok && attribute != NULL;
         attribute = attribute->next) {
        xmlChar *value = NULL, *shorter = NULL;

        if (!is_free(attribute->name)) continue;
        value = xmlNodeGetContent((xmlNodePtr)attribute);
        ok = cut(value, most, &shorter);
        if (shorter != NULL)
            ok = xmlSetNsProp(element, attribute->ns, attribute->name, shorter) != NULL;
        xmlFree(shorter);
        xmlFree(value);
    }
    return ok;
}

static bool shorten_node(xmlNodePtr node, int most)
{
    xmlChar *shorter = NULL;
    bool ok;

    if (node->type == XML_ELEMENT_NODE) return shorten_attributes(node, most);
    if (node->type != XML_TEXT_NODE) return true;
    ok = cut(node->content, most, &shorter);
    if (shorter == NULL) return ok;
    xmlNodeSetContent(node, NULL);
    xmlNodeAddContent(node, shorter);
    xmlFree(shorter);
    return true;
}

/* The next node in the order of the document, or NULL. */
static xmlNodePtr next_node(xmlNodePtr node)
{
    if (node->children != NULL && node->type == XML_ELEMENT_NODE) return node->children;
    while (node != NULL && node->next == NULL)
        node = node->parent;
    return node == NULL ? NULL : node->next;
}

bool shorten_texts(const struct buffer *document, const char *name, int most, struct buffer *out,
                   struct error *err)
{
    xmlDocPtr tree = NULL;
    xmlChar *text = NULL;
    int size = 0;
    bool ok = false, good = true;

    if (!document_parse(document->data, document->size, name, &tree, err)) goto out;
    for (xmlNodePtr node = xmlDocGetRootElement(tree); good && node != NULL; node = next_node(node))
        good = shorten_node(node, most);
    if (good) xmlDocDumpMemoryEnc(tree, &text, &size, "UTF-8");
    if (text == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory for the page of %s", name);
        goto out;
    }
    ok = buffer_append(out, text, (size_t)size, err);
out:
    xmlFree(text);
    xmlFreeDoc(tree);
    return ok;
}
