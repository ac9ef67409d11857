/*
 * correction.h - what a document that takes another's place says of it: its digest, and which
 * figures are others now.
 *
 * 1. A figure is named with its old amount only where it still has one: what isn't told any more
 * may be withheld now, and nothing repeats it.
 * 2. Figures of a correction are read back from the document that has them, so that the same
 *    document can be made again from the ledger.
 */
#ifndef EXPORTERS_CORRECTION_H
#define EXPORTERS_CORRECTION_H

#include "exporters/document.h"
#include "exporters/xml_writer.h"
#include "ledger/ledger.h"

#define CORRECTED_FIGURES_MAX 100    /* named; how many more there are is told */
#define DOCUMENT_FIGURES_MAX  400000 /* of a document */

struct corrected_figure {
    char of[32];          /* "summary", "line", "project", or the element of a matter */
    char code[CODE_SIZE]; /* fund of a line, project, voucher, loan …; "" of the summary */
    char book[16];        /* of a line */
    char figure[32];      /* "spent", "opening", "amount" … */
    bool has_was, has_now;
    money_t was, now;
};

struct correction {
    char replaces[DIGEST_TEXT_SIZE]; /* "": it takes no document's place */
    struct corrected_figure *figures;
    size_t count;
    int64_t more; /* that aren't named */
};

/** What a document says of the one before; correction_done() in any case. */
bool correction_read(const uint8_t *data, size_t size, const char *name, struct correction *out,
                     struct error *err) MUST_CHECK;
/** The figures that differ between two documents; `replaces` is left to the caller. */
bool correction_find(const struct buffer *before, const struct buffer *now, const char *name,
                     struct correction *out, struct error *err) MUST_CHECK;
enum correction_side { CORRECTION_WAS, CORRECTION_NOW };
/**
 * Are its old figures those of the document that was replaced, or its new ones those of the
 * document itself? `wrong` is the first that isn't.
 */
bool correction_check(const struct correction *correction, const struct buffer *document,
                      enum correction_side side, const char *name,
                      const struct corrected_figure **wrong, struct error *err) MUST_CHECK;
/** The element `corrected`, unless there is nothing in it. */
void correction_write(const struct correction *correction, struct xml_writer *xml);
void correction_done(struct correction *correction);

#endif
