/*
 * paper.h - what the printed papers share: the XML they are made from, its sheets, its evidence.
 *
 * 1. Every amount, also in words, and every sum is in the XML; the stylesheet computes nothing.
 * 2. A paper is parted into sheets here, because each carries its subtotal over to the next
 *    (过次页, 承前页). How many rows a line takes is estimated from above: a sheet that is not
 * quite full is better than one that flows over.
 * 3. Origin, log key fingerprint and the size of the ledger stand on every sheet. No clock is read:
 *    the same ledger gives the same bytes.
 * 4. Papers are for the office's own files and name people; of an ID number they show two digits,
 *    of a bank account four.
 *
 *     papers (kind, origin, log_key, entries)
 *       paper (facts)
 *         fund* attachments? qr? entry* total? sheet+ (brought? line+ carried?)
 */
#ifndef EXPORTERS_PAPER_H
#define EXPORTERS_PAPER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "base/money.h"
#include "exporters/exporters.h"
#include "exporters/xml_writer.h"
#include "ledger/ledger.h"

#define PAPER_XML_BYTES_MAX     (48u * 1024 * 1024)
#define PAPER_LINES_MAX         10000 /* of one run of the program: some thousand sheets */
#define PAPER_FUNDS_MAX         64    /* of one paper */
#define PAPER_FUNDS_SHOWN       8     /* of those, by paper.xsl; every line names its own */
#define PAPER_ATTACHMENTS_SHOWN 6     /* of one paper; their number is told */
#define PAPER_QR_BYTES_MAX      512   /* of the text in a QR code */

struct paper {
    struct journal *journal; /* lent, under one view */
    struct xml_writer xml;
    struct buffer bytes; /* that xml writes */
    date_t day;          /* divisions are called what they were called then */
    int head_columns;    /* of a row of facts across the sheet; 2 for a Chinese character */
    /* the sheets of the paper being written */
    int rows_first, rows_more; /* how many rows the first takes, and each further one */
    int rows_left;             /* of the open sheet */
    bool has_sheet, carries;
    money_t sum;        /* of the lines so far */
    int64_t line_count; /* of all papers so far */
};

/** Write papers of one kind ("voucher") under one view of the ledger and make the page of them.
 * `write` sets head_columns before it writes a head. */
bool paper_make(struct ledger *ledger, const char *kind,
                bool (*write)(void *context, struct paper *paper, struct error *err), void *context,
                struct buffer *html_out, struct error *err) MUST_CHECK;

/** How many rows a text takes in a cell of `columns` (2 for a Chinese character); 1 for none. */
int paper_rows(const char *text, int columns);

/** Begin the sheets of a paper. `carries`: a subtotal goes from one to the next. */
void paper_sheets_begin(struct paper *paper, int rows_first, int rows_more, bool carries);
/** Make room for a line of `rows`, on a new sheet where it needs one. ERROR_LIMIT. */
bool paper_sheets_make_room(struct paper *paper, int rows, struct error *err) MUST_CHECK;
/** The line just written is of `amount`. */
bool paper_sheets_add(struct paper *paper, money_t amount, struct error *err) MUST_CHECK;
void paper_sheets_end(struct paper *paper);

/** An element with an amount, in words too. */
void paper_write_amount(struct paper *paper, const char *name, money_t amount);
/** An account with its division's name. */
bool paper_write_account(struct paper *paper, const char *name, const struct account *account,
                         struct error *err) MUST_CHECK;
bool paper_write_division(struct paper *paper, const char *code, struct error *err) MUST_CHECK;
/** What the register says of a fund, and how many rows of the head it takes. */
bool paper_write_fund(struct paper *paper, const char *code, int *rows_out,
                      struct error *err) MUST_CHECK;
/** A QR code of `text`. */
bool paper_write_qr(struct paper *paper, const char *text, struct error *err) MUST_CHECK;

/**
 * What a voucher's paper begins with: attributes of the open `paper` element, its funds, its
 * entries (submission and decision, hashed again from their bytes), their QR code.
 *
 * @param fund      this one alone, or NULL
 * @param rows_out  receives the rows that its funds take on the first sheet
 */
bool paper_write_voucher_head(struct paper *paper, const struct voucher *voucher, const char *fund,
                              int *rows_out, struct error *err) MUST_CHECK;

/** The attachments of a voucher, and of a fund when one is given; the rows of the head that they
 * take. */
bool paper_write_attachments(struct paper *paper, const char *voucher, const char *fund,
                             int *rows_out, struct error *err) MUST_CHECK;

/** paper_make_pdf() by another program. */
bool paper_make_pdf_by(const char *program, const struct buffer *html, struct buffer *pdf_out,
                       struct error *err) MUST_CHECK;

#endif
