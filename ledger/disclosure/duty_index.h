/*
 * duty_index.h - rows that put an end to what others tell, or change it. Private to
 * ledger/disclosure.
 */
#ifndef LEDGER_DISCLOSURE_DUTY_INDEX_H
#define LEDGER_DISCLOSURE_DUTY_INDEX_H

#include "ledger/disclosure/internal.h"

#define DUTY_TURNS_MAX 4000000

/** A row, by what it is about. */
struct turn {
    enum disclosure_kind kind;
    char code[CODE_SIZE];  /* project, channel, plan; a document's hash */
    char group[CODE_SIZE]; /* the plan of a change, the division of a channel or principle */
    uint64_t seq;
    date_t date;
    bool adds; /* a change that brings a project into a plan */
};

/** Some of them, one behind the other. */
struct turns {
    size_t first, end;
};

struct duty_index {
    struct turn *turns; /* by kind, code, group, seq */
    size_t count;
};

/** All of a ledger; duty_index_done() in any case. */
bool duty_index_read(struct journal *journal, struct duty_index *out, struct error *err) MUST_CHECK;
void duty_index_done(struct duty_index *index);

/** Those of a kind, code and group (NULL: all groups) behind an entry. */
struct turns duty_index_find(const struct duty_index *index, enum disclosure_kind kind,
                             const char *code, const char *group, uint64_t after);
/** What stands for a document's number as a code: numbers of documents are longer than codes. */
void duty_index_document(const char *document, char out[CODE_SIZE]);

#endif
