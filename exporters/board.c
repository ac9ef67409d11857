/*
 * board.c - the sheet for a village's notice board (公示栏), A3, large type.
 *
 * 1. What it says of the money is the published document, word for word: what hangs on the board is
 *    what everybody can fetch and check. What isn't published isn't printed.
 * 2. Root and size are of the published checkpoint, which this ledger holds as well.
 * 3. Lists for objection come from vouchers and show surnames alone. They are on paper only:
 * nothing here writes to the repository.
 */
#include "exporters/exporters.h"

#include <stdio.h>
#include <string.h>

#include "base/hash_words.h"
#include "base/text.h"
#include "exporters/paper_qr.h"
#include "exporters/publication.h"
#include "exporters/stylesheet.h"
#include "exporters/xml_writer.h"

#define BOARD_XML_BYTES_MAX DOCUMENT_SIZE_BYTES_MAX
#define BOARD_LINES_MAX     2000 /* of all lists: more is no notice but a book */
#define BOARD_QR_BYTES_MAX  400
#define XML_DECLARATION     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define SURNAME_BYTES_MAX   4 /* one character of UTF-8 */

struct board {
    const struct board_request *request;
    struct publication publication; /* only what reading needs */
    struct division division;
    struct buffer document; /* as published */
    struct document_facts facts;
    struct checkpoint checkpoint;
    struct xml_writer xml;
    struct buffer bytes;
    int64_t lines;
};

/* ---- What is published ----------------------------------------------------------------------- */

static bool read_published(struct board *board, struct error *err)
{
    struct publication *publication = &board->publication;
    char path[REPOSITORY_PATH_SIZE];
    bool found = false;

    if (!journal_log_key(publication->journal, &publication->log_key, err)) return false;
    if (!repository_open(board->request->repository, false, &publication->repository, err))
        return false;
    if (!publication_load_note(publication, err)) return false;
    issue_path(board->request->period, board->division.code, ".xml", path);
    if (publication->note.size > 0 &&
        !repository_read(publication->repository, path, &board->document, &found, err))
        return false;
    if (!found)
        return error_set(err, ERROR_NOT_FOUND,
                         "%s of %s isn't published; run `mingzhang publish --period %s` first",
                         board->request->period, board->division.name, board->request->period);
    if (!document_read(board->document.data, board->document.size, path, &board->facts, err))
        return false;
    return checkpoint_open(publication->note.data, publication->note.size, &publication->log_key,
                           &board->checkpoint, err);
}

/* ---- Lists for objection --------------------------------------------------------------------- */

/* 王** of 王小明: who lives there knows who is meant, who only reads the board doesn't. */
static void mask_name(const char *name, char out[SURNAME_BYTES_MAX + 3])
{
    size_t size = text_sequence_size((const uint8_t *)name, strlen(name));

    if (size > SURNAME_BYTES_MAX) size = 0;
    memcpy(out, name, size);
    memcpy(out + size, "**", 3);
}

static bool write_row(void *context, int32_t number, enum line_state state, uint64_t seq,
                      const struct voucher_line *line, struct error *err)
{
    struct board *board = context;
    struct xml_writer *xml = &board->xml;
    char masked[SURNAME_BYTES_MAX + 3];
    struct division division;

    (void)state;
    (void)seq;
    if (!line->payee.is_person) return true;
    if (++board->lines > BOARD_LINES_MAX)
        return error_set(err, ERROR_LIMIT,
                         "more than %d lines; a notice board holds fewer, so post each village's "
                         "own voucher",
                         BOARD_LINES_MAX);
    if (!division_find(board->publication.journal, line->from.division, &division, err))
        return false;
    mask_name(line->payee.name, masked);
    xml_element_begin(xml, "row");
    xml_attribute_integer(xml, "number", number);
    xml_attribute(xml, "division_name", division.name);
    xml_attribute(xml, "name", masked);
    xml_attribute_if_any(xml, "policy", line->policy);
    xml_attribute_amount(xml, line->amount);
    xml_element_end(xml);
    return true;
}

static bool write_list(struct board *board, const char *wanted, struct error *err)
{
    struct voucher voucher;
    char day[DATE_TEXT_SIZE];

    if (!voucher_find(board->publication.journal, wanted, &voucher, err)) return false;
    if (!voucher.people)
        return error_set(err, ERROR_INPUT,
                         "voucher %s pays no person; what it pays is on the page already",
                         voucher.number);
    xml_element_begin(&board->xml, "list");
    xml_attribute(&board->xml, "voucher", voucher.number);
    xml_attribute_if_any(&board->xml, "text", voucher.text);
    xml_attribute_if_any(&board->xml, "document", voucher.document);
    xml_attribute(&board->xml, "date", date_format(voucher.event_date, day));
    xml_attribute_boolean(&board->xml, "pending", voucher.state == VOUCHER_PENDING);
    if (!voucher_line_each(board->publication.journal, voucher.number, write_row, board, err))
        return false;
    xml_element_end(&board->xml);
    return true;
}

/* ---- The sheet ------------------------------------------------------------------------------- */

/* The page's address when there is a site, else what identifies it in any clone. */
static bool write_qr(struct board *board, struct error *err)
{
    struct buffer path = BUFFER_INIT(BOARD_XML_BYTES_MAX);
    const struct board_request *request = board->request;
    size_t site = strlen(request->site);
    char text[BOARD_QR_BYTES_MAX], digest[DIGEST_TEXT_SIZE];
    int width = 0, size;
    bool ok = false;

    digest_format(&board->facts.digest, digest);
    if (site > 0)
        size = snprintf(text, sizeof text, "%s%ssnapshots/%s/%s.html", request->site,
                        request->site[site - 1] == '/' ? "" : "/", request->period,
                        board->division.code);
    else
        size = snprintf(text, sizeof text, "%s\nsnapshots/%s/%s.xml %s",
                        journal_origin(board->publication.journal), request->period,
                        board->division.code, digest);
    if (size < 0 || (size_t)size >= sizeof text) {
        (void)error_set(err, ERROR_LIMIT, "the site's address is too long for a QR code");
        goto out;
    }
    if (!paper_qr_path(text, &path, &width, err)) goto out;
    xml_element_begin(&board->xml, "qr");
    xml_attribute_integer(&board->xml, "width", width);
    xml_attribute(&board->xml, "path", buffer_text(&path));
    if (site > 0) xml_attribute(&board->xml, "address", text);
    xml_element_end(&board->xml);
    ok = true;
out:
    buffer_done(&path);
    return ok;
}

static void write_evidence(struct board *board)
{
    struct xml_writer *xml = &board->xml;
    char hex[HASH_HEX_SIZE], words[HASH_WORDS_SIZE], digest[DIGEST_TEXT_SIZE];

    xml_element_begin(xml, "root");
    xml_attribute_integer(xml, "size", (int64_t)board->checkpoint.size);
    xml_attribute(xml, "hash", hash_to_hex(&board->checkpoint.root, hex));
    xml_attribute(xml, "words", hash_words(&board->checkpoint.root, true, words));
    xml_attribute(xml, "english", hash_words(&board->checkpoint.root, false, words));
    xml_attribute(xml, "digest", digest_format(&board->facts.digest, digest));
    xml_element_end(xml);
}

/* The published bytes as they are, less the declaration that stands first in any file. */
static bool append_document(struct board *board, struct error *err)
{
    const size_t skipped = strlen(XML_DECLARATION);

    if (board->document.size < skipped ||
        memcmp(board->document.data, XML_DECLARATION, skipped) != 0)
        return error_set(err, ERROR_VERIFY, "the published document isn't one of ours");
    return buffer_append(&board->bytes, board->document.data + skipped,
                         board->document.size - skipped, err);
}

static bool write_board(struct board *board, struct error *err)
{
    const struct board_request *request = board->request;
    char day[DATE_TEXT_SIZE];

    xml_writer_init(&board->xml, &board->bytes);
    xml_element_begin(&board->xml, "board");
    xml_attribute_if_any(&board->xml, "place", request->place);
    xml_attribute(&board->xml, "first_day", date_format(request->first_day, day));
    if (request->has_last_day)
        xml_attribute(&board->xml, "last_day", date_format(request->last_day, day));
    if (!write_qr(board, err)) return false;
    write_evidence(board);
    for (size_t i = 0; i < request->list_count; i++)
        if (!write_list(board, request->lists[i], err)) return false;
    /* What follows is written past the writer, which has no open start tag here. */
    if (!append_document(board, err)) return false;
    xml_element_end(&board->xml);
    return xml_writer_finish(&board->xml, err);
}

static bool make_page(struct board *board, struct buffer *html_out, struct error *err)
{
    struct stylesheet *stylesheet = NULL;
    bool ok = page_open_stylesheet(&stylesheet, err) &&
              stylesheet_apply(stylesheet, &board->bytes, "board", NULL, html_out, err);

    stylesheet_close(stylesheet);
    return ok;
}

bool board_print(struct ledger *ledger, const struct board_request *request,
                 struct buffer *html_out, struct error *err)
{
    struct board board = {.request = request,
                          .publication = {.ledger = ledger,
                                          .journal = ledger_journal(ledger),
                                          .note = BUFFER_INIT(NOTE_BUFFER_SIZE)},
                          .document = BUFFER_INIT(DOCUMENT_SIZE_BYTES_MAX),
                          .bytes = BUFFER_INIT(BOARD_XML_BYTES_MAX)};
    struct store *store = journal_store(board.publication.journal);
    bool ok = false;

    if (!store_begin_read(store, err)) return false;
    if (!journal_refresh(board.publication.journal, err)) goto out;
    if (!division_resolve(board.publication.journal, request->division, "", &board.division, err))
        goto out;
    if (!read_published(&board, err)) goto out;
    ok = write_board(&board, err) && make_page(&board, html_out, err);
out:
    store_rollback(store);
    repository_close(board.publication.repository);
    buffer_done(&board.publication.note);
    buffer_done(&board.document);
    buffer_done(&board.bytes);
    return ok;
}
