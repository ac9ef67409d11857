/*
 * documents.h - which funds a clerk means by a document number (指标文号) or a fund's code.
 *
 * Brackets of any kind, full-width forms, letter case and spaces make no difference: 财农[2021]19号
 * is 财农〔2021〕19号.
 */
#ifndef CLI_DOCUMENTS_H
#define CLI_DOCUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/error.h"
#include "ledger/ledger.h"

#define DOCUMENT_FUNDS_MAX 64 /* funds that one document may grant */

struct document_funds {
    size_t count;
    char at[DOCUMENT_FUNDS_MAX][CODE_SIZE]; /* by code */
};

/** The funds with this code or document; none is no fault. */
bool document_find(struct journal *journal, const char *text, struct document_funds *out,
                   struct error *err) MUST_CHECK;
/** The same; none is ERROR_NOT_FOUND, with the documents that are nearly so called. */
bool document_require(struct journal *journal, const char *text, struct document_funds *out,
                      struct error *err) MUST_CHECK;
/** ERROR_NOT_FOUND: the text is not `what` ("a fund or document"), but these are near. */
bool document_refuse(struct journal *journal, const char *text, const char *what,
                     struct error *err) MUST_CHECK;

#endif
