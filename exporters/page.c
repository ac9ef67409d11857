/*
 * page.c - see page.h.
 */
#include "exporters/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/data.h"
#include "exporters/document.h"
#include "exporters/embedded.h"
#include "exporters/publication.h"
#include "exporters/shorten.h"
#include "exporters/stylesheet.h"

/* What links to other periods, which a cut page no longer shows, can add to a page. */
#define UNKNOWN_LINKS_BYTES_MAX 4096u

static const struct stylesheet_part page_parts[] = {
    {"disclosure.xsl", embedded_xsl, &embedded_xsl_size},
    {"page_words.xsl", embedded_page_words, &embedded_page_words_size},
    {"page_style.xsl", embedded_page_style, &embedded_page_style_size},
    {"page_numbers.xsl", embedded_page_numbers, &embedded_page_numbers_size},
    {"page_pictures.xsl", embedded_page_pictures, &embedded_page_pictures_size},
    {"page_projects.xsl", embedded_page_projects, &embedded_page_projects_size},
    {"page_lists.xsl", embedded_page_lists, &embedded_page_lists_size},
    {"page_duties.xsl", embedded_page_duties, &embedded_page_duties_size},
    {"page_assets.xsl", embedded_page_assets, &embedded_page_assets_size},
    {"page_income.xsl", embedded_page_income, &embedded_page_income_size},
    {"page_custody.xsl", embedded_page_custody, &embedded_page_custody_size},
    {"page_matters.xsl", embedded_page_matters, &embedded_page_matters_size},
    {"board.xsl", embedded_board_xsl, &embedded_board_xsl_size},
};

/* How a page is made smaller, in this order, until it fits: fewer rows of lists, then only the
   beginnings of texts. */
static const struct cut {
    const char *is_short; /* the stylesheet's parameter */
    int text_most;        /* characters; 0: all */
} cuts[] = {{NULL, 0}, {"1", 0}, {"1", 80}, {"2", 80}, {"2", 20}, {"2", 10}};

struct page_maker {
    struct stylesheet *stylesheet;
    char edition[HASH_HEX_SIZE];
};

/* ---- The edition ------------------------------------------------------------------------------
 */

static void add_text(struct hash_stream *stream, const char *text)
{
    hash_stream_add(stream, (const uint8_t *)text, strlen(text));
    hash_stream_add(stream, (const uint8_t *)"\n", 1);
}

static void add_cuts(struct hash_stream *stream)
{
    char line[64];

    for (size_t i = 0; i < ARRAY_COUNT(cuts); i++) {
        (void)snprintf(line, sizeof line, "%u %s %d", PAGE_SIZE_BYTES_MAX,
                       cuts[i].is_short == NULL ? "0" : cuts[i].is_short, cuts[i].text_most);
        add_text(stream, line);
    }
}

static void add_tables(struct hash_stream *stream)
{
    for (size_t i = 0; i < data_table_count; i++) {
        const struct data_table *table = data_tables[i];

        add_text(stream, table->name);
        for (size_t j = 0; j < table->field_count; j++) {
            add_text(stream, table->fields[j].name);
            add_text(stream, table->fields[j].from);
        }
    }
}

bool page_edition(char hex[HASH_HEX_SIZE], struct error *err)
{
    struct hash_stream *stream = hash_stream_new(err);
    hash_t hash;

    if (stream == NULL) return false;
    for (size_t i = 0; i < ARRAY_COUNT(page_parts); i++)
        hash_stream_add(stream, page_parts[i].data, *page_parts[i].size);
    add_cuts(stream);
    hash_stream_add(stream, embedded_xsd, embedded_xsd_size);
    add_text(stream, site_readme_texts[0]);
    add_text(stream, site_readme_texts[1]);
    add_tables(stream);
    hash = hash_stream_finish(stream);
    hash_stream_free(stream);
    (void)hash_to_hex(&hash, hex);
    return true;
}

/* ---- Making -----------------------------------------------------------------------------------
 */

bool page_open_stylesheet(struct stylesheet **out, struct error *err)
{
    return stylesheet_open(page_parts, ARRAY_COUNT(page_parts), out, err);
}

bool page_maker_open(struct page_maker **out, struct error *err)
{
    struct page_maker *maker = calloc(1, sizeof *maker);
    bool ok = false;

    if (maker == NULL) {
        (void)error_set(err, ERROR_MEMORY, "out of memory");
        goto out;
    }
    if (!page_open_stylesheet(&maker->stylesheet, err)) goto out;
    if (!page_edition(maker->edition, err)) goto out;
    *out = maker;
    maker = NULL;
    ok = true;
out:
    page_maker_close(maker);
    return ok;
}

void page_maker_close(struct page_maker *maker)
{
    if (maker == NULL) return;
    stylesheet_close(maker->stylesheet);
    free(maker);
}

static bool make_cut(const struct page_maker *maker, const struct page_from *from,
                     const struct page_choice *choice, const struct cut *cut, struct buffer *out,
                     struct error *err)
{
    char text_most[16];
    const struct stylesheet_parameter parameters[] = {
        {"lang", choice->language},
        {"project", choice->project},
        {"source", choice->source},
        {"edition", maker->edition},
        {"elsewhere", choice->elsewhere},
        {"published", choice->published},
        {"short", cut->is_short},
        {"cut", cut->text_most > 0 ? text_most : NULL},
        {NULL, NULL}};
    struct buffer shortened = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    bool ok;

    (void)snprintf(text_most, sizeof text_most, "%d", cut->text_most);
    buffer_reset(out);
    if (cut->text_most > 0)
        ok = shorten_texts(from->document, from->name, cut->text_most, &shortened, err) &&
             stylesheet_apply(maker->stylesheet, &shortened, from->name, parameters, out, err);
    else if (from->tree != NULL)
        ok = stylesheet_apply_tree(maker->stylesheet, from->tree, from->name, parameters, out, err);
    else
        ok = stylesheet_apply(maker->stylesheet, from->document, from->name, parameters, out, err);
    buffer_done(&shortened);
    return ok;
}

bool page_make(const struct page_maker *maker, const struct buffer *document, const char *name,
               const struct page_choice *choice, struct buffer *out, struct error *err)
{
    const struct page_from from = {document, NULL, name};
    struct buffer page = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    bool ok = true;

    for (size_t i = 0; ok && i < ARRAY_COUNT(cuts); i++) {
        ok = make_cut(maker, &from, choice, &cuts[i], &page, err);
        if (page.size <= PAGE_SIZE_BYTES_MAX) break;
    }
    ok = ok && buffer_append(out, page.data, page.size, err);
    buffer_done(&page);
    return ok;
}

bool page_is_made(const struct page_maker *maker, const struct page_from *from,
                  const struct page_choice *choice, const struct buffer *page, bool *out,
                  struct error *err)
{
    struct buffer made = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX);
    bool ok = true;

    *out = false;
    for (size_t i = 0; ok && !*out && i < ARRAY_COUNT(cuts); i++) {
        ok = make_cut(maker, from, choice, &cuts[i], &made, err);
        *out = ok && made.size == page->size && memcmp(made.data, page->data, made.size) == 0;
        if (made.size + UNKNOWN_LINKS_BYTES_MAX <= PAGE_SIZE_BYTES_MAX) break;
    }
    buffer_done(&made);
    return ok;
}

/* ---- What a page says of itself ----------------------------------------------------------------
 */

static const char source_meta[] = "<meta name=\"source\" content=\"";
static const char edition_meta[] = "<meta name=\"edition\" content=\"";

static bool says(const struct buffer *page, const char *meta, const char *what)
{
    const char *said = strstr(buffer_text(page), meta);

    if (said == NULL) return false;
    said += strlen(meta);
    return strncmp(said, what, strlen(what)) == 0 && said[strlen(what)] == '"';
}

bool page_is_of(const struct buffer *page, const char *source)
{
    return says(page, source_meta, source);
}

bool page_is_ours(const struct page_maker *maker, const struct buffer *page)
{
    return says(page, edition_meta, maker->edition);
}

bool page_source(const struct buffer *page, char hex[HASH_HEX_SIZE])
{
    const char *said = strstr(buffer_text(page), source_meta);
    struct error ignored = ERROR_INIT;
    hash_t hash;

    if (said == NULL) return false;
    (void)snprintf(hex, HASH_HEX_SIZE, "%.*s", HASH_HEX_SIZE - 1, said + sizeof source_meta - 1);
    return hash_from_hex(hex, &hash, &ignored);
}
