/*
 * paper_attachments.c - the attachments (附件) that a paper names: title, and hash to compare by.
 *
 * 1. Those of its voucher, and on the notice of one fund the fund's own before them.
 * 2. Titles are cut to a row: a paper has room for its lines first. The ledger lists them whole.
 */
#include "exporters/paper.h"

#include <string.h>

#include "base/text.h"

#define TITLE_COLUMNS 60 /* of a title, before it is cut */
#define LABEL_COLUMNS 60 /* what stands around it */
#define HASH_DIGITS   16 /* of a hash, for eyes */

struct papers_attached {
    struct paper *paper;
    bool is_counting;
    int count, shown, rows;
};

/* Whole characters that fit into the columns, "…" included. */
static void cut_title(const char *title, char out[TEXT_SIZE])
{
    size_t size = 0, more;
    char character[5];
    int columns = 0;

    while (title[size] != '\0' && columns < TITLE_COLUMNS - 2) {
        more = text_sequence_size((const uint8_t *)title + size, strlen(title + size));
        if (more == 0) more = 1;
        memcpy(character, title + size, more);
        character[more] = '\0';
        columns += (int)text_width(character);
        size += more;
    }
    memcpy(out, title, size);
    memcpy(out + size, title[size] != '\0' ? "…" : "", title[size] != '\0' ? sizeof "…" : 1);
}

static bool write_one(void *context, const struct attachment *attachment, struct error *err)
{
    struct papers_attached *at = context;
    struct xml_writer *xml = &at->paper->xml;
    char hex[HASH_HEX_SIZE], title[TEXT_SIZE];

    (void)err;
    if (at->is_counting) {
        at->count++;
        return true;
    }
    if (at->shown == PAPER_ATTACHMENTS_SHOWN) return true;
    at->shown++;
    cut_title(attachment->title, title);
    hash_to_hex(&attachment->sha256, hex);
    hex[attachment->size_bytes > 0 ? HASH_DIGITS : 0] = '\0'; /* "": it was erased or lost */
    xml_element_begin(xml, "attachment");
    xml_attribute(xml, "about", attachment->about);
    xml_attribute(xml, "title", title);
    xml_attribute(xml, "type", attachment->type);
    xml_attribute(xml, "hash", hex);
    xml_attribute_integer(xml, "seq", (int64_t)attachment->seq);
    xml_attribute_boolean(xml, "late", attachment->is_late);
    xml_element_end(xml);
    at->rows += ((int)text_width(title) + LABEL_COLUMNS) / at->paper->head_columns + 1;
    return true;
}

static bool walk(struct papers_attached *at, const char *voucher, const char *fund,
                 struct error *err)
{
    struct journal *journal = at->paper->journal;

    return (fund == NULL || attachment_each(journal, "fund", fund, write_one, at, err)) &&
           attachment_each(journal, "voucher", voucher, write_one, at, err);
}

bool paper_write_attachments(struct paper *paper, const char *voucher, const char *fund,
                             int *rows_out, struct error *err)
{
    struct papers_attached at = {.paper = paper, .is_counting = true};

    *rows_out = 0;
    if (!walk(&at, voucher, fund, err)) return false;
    if (at.count == 0) return true;
    at.is_counting = false;
    at.rows = 1;
    xml_element_begin(&paper->xml, "attachments");
    xml_attribute_integer(&paper->xml, "count", at.count);
    if (!walk(&at, voucher, fund, err)) return false;
    xml_element_end(&paper->xml);
    *rows_out = at.rows;
    return true;
}
