/*
 * codes.h - the codes and names that stand in a ledger, for hints and for the shell's completion.
 */
#ifndef CLI_CODES_H
#define CLI_CODES_H

#include "ledger/ledger.h"

enum code_kind {
    CODES_DIVISIONS, /* and their names */
    CODES_FUNDS,     /* and their documents */
    CODES_PROJECTS,
    CODES_USERS,
    CODES_VOUCHERS, /* and their references */
    CODE_KIND_COUNT
};

/** "funds". */
const char *code_kind_name(enum code_kind kind);

/**
 * Hand each code of a kind to `visit`. This is a courtesy: what can't be read is passed over, and
 * after many codes it ends.
 */
void codes_each(struct journal *journal, enum code_kind kind,
                void (*visit)(void *context, const char *code), void *context);

#endif
