/*
 * paper_labels.c - labels with QR codes to stick on assets: what a round of stock-taking scans.
 *
 * 1. The code stands behind the '#' of the last part of an address: the ledger's origin, or where
 *    the publication can be read. importers/scan.c reads it from there.
 * 2. Only what is public is on a label: it hangs outside.
 */
#include "exporters/paper.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"

#define LABELS_SHEET   24  /* as paper_assets.xsl lays them out: 3 by 8 on A4 */
#define SITE_BYTES_MAX 200 /* of an address: a QR code of more is too fine for a label */

static_assert(SITE_BYTES_MAX + 1 + CODE_SIZE <= PAPER_QR_BYTES_MAX, "no code is ever cut");

struct labels {
    const struct label_request *request;
    struct paper *paper;
    size_t count;
};

/* "https://example.org/county#ZC-0001" */
static bool write_code(struct labels *labels, const char *code, struct error *err)
{
    const char *site = labels->request->site;
    char text[PAPER_QR_BYTES_MAX];

    (void)snprintf(text, sizeof text, "%s#%s",
                   site[0] != '\0' ? site : journal_origin(labels->paper->journal), code);
    return paper_write_qr(labels->paper, text, err);
}

static bool write_label(void *context, const struct asset *asset, struct error *err)
{
    struct labels *labels = context;
    struct xml_writer *xml = &labels->paper->xml;

    if (asset_state_is_gone(asset->state)) return true;
    if (!paper_sheets_make_room(labels->paper, 1, err)) return false;
    labels->count++;
    xml_element_begin(xml, "label");
    xml_attribute(xml, "code", asset->code);
    xml_attribute(xml, "name", asset->name);
    xml_attribute(xml, "place", asset->place);
    xml_attribute_if_any(xml, "owner", asset->owner);
    if (!paper_write_division(labels->paper, asset->division, err) ||
        !write_code(labels, asset->code, err))
        return error_at(err, "%s", asset->code);
    xml_element_end(xml);
    return true;
}

static bool write_labels(void *context, struct paper *paper, struct error *err)
{
    struct labels *labels = context;
    struct asset_filter filter = {.scope = NULL};
    struct division division;

    labels->paper = paper;
    paper->day = labels->request->day;
    if (!division_resolve_on(paper->journal, labels->request->division, "", paper->day, &division,
                             err))
        return false;
    filter.scope = division.code;
    xml_element_begin(&paper->xml, "paper");
    xml_attribute(&paper->xml, "division", division.code);
    xml_attribute(&paper->xml, "division_name", division.name);
    paper_sheets_begin(paper, LABELS_SHEET, LABELS_SHEET, false);
    if (!asset_each(paper->journal, &filter, paper->day, write_label, labels, err)) return false;
    if (labels->count == 0)
        return error_set(err, ERROR_NOT_FOUND,
                         "%s %s has no assets that could be labelled; import them first",
                         division.code, division.name);
    paper_sheets_end(paper);
    xml_element_end(&paper->xml);
    return true;
}

bool paper_print_labels(struct ledger *ledger, const struct label_request *request,
                        struct buffer *html_out, struct error *err)
{
    const char *part = strrchr(request->site, '/');
    struct labels labels = {.request = request};

    if (request->site[0] != '\0' && (part == NULL || strchr(part, '#') != NULL))
        return error_set(err, ERROR_USAGE,
                         "%s is no address that a code can be put behind, as in "
                         "https://example.org/county",
                         request->site);
    if (strlen(request->site) > SITE_BYTES_MAX)
        return error_set(err, ERROR_USAGE,
                         "the address has more than %d bytes, too many for the QR code of a label; "
                         "give a shorter one",
                         SITE_BYTES_MAX);
    return paper_make(ledger, "labels", write_labels, &labels, html_out, err);
}
