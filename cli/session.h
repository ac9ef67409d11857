/*
 * session.h - one run of the program: whose, on which ledger, with what opened so far.
 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include <stdbool.h>
#include <stdio.h>

#include "base/compiler.h"
#include "base/error.h"
#include "cli/table.h"
#include "ledger/ledger.h"

#define PASSPHRASE_SIZE 1025 /* bytes, NUL included */

struct session {
    /* from the command line or the environment; lent */
    const char *location;        /* -L or MINGZHANG_LEDGER; NULL when not given */
    const char *user;            /* -u or MINGZHANG_USER; NULL */
    const char *passphrase_file; /* NULL: ask */
    const char *format_name;     /* --format; NULL */
    const char *output;          /* --output; NULL */
    struct table_format format;  /* from both */

    int status; /* the exit status when run() returned true; 0 unless set */

    /* opened so far */
    struct ledger *ledger;
    struct journal *journal;
    struct sign_key *key;
    struct signatory by;
    struct signer *signer;
};

/** Release everything; an open transaction is rolled back. */
void session_done(struct session *session);

/** ERROR_USAGE when no ledger was named. */
bool session_location(const struct session *session, const char **out,
                      struct error *err) MUST_CHECK;
bool session_open(struct session *session, bool read_only, struct error *err) MUST_CHECK;
/** Open the user's key (passphrase asked for) and the ledger for writing; ERROR_KEY when the ledger
    has another key for the user, or none. */
bool session_sign_in(struct session *session, struct error *err) MUST_CHECK;
/** session_sign_in() and journal_begin(). */
bool session_begin(struct session *session, struct error *err) MUST_CHECK;
bool session_commit(struct session *session, struct error *err) MUST_CHECK;
/** Open the signer of this ledger; the ledger must be open. */
bool session_open_signer(struct session *session, struct error *err) MUST_CHECK;
struct ledger_options session_ledger_options(void);
/** Today in China, by the system's clock. */
bool session_today(date_t *out, struct error *err) MUST_CHECK;

/** Open the key file of `user`, asking for its passphrase. */
bool session_open_key(const struct session *session, const char *user, struct sign_key **out,
                      struct error *err) MUST_CHECK;
/** The passphrase from the file or a prompt; `twice` when it is a new one. */
bool session_passphrase(const struct session *session, const char *user, bool twice,
                        char out[PASSPHRASE_SIZE], struct error *err) MUST_CHECK;
/** Overwrite a passphrase in a manner that isn't left out. */
void passphrase_wipe(char passphrase[PASSPHRASE_SIZE]);

/* Writing for people, in their language; a failure of standard output is told once, at the end. */
void say(const char *format, ...) PRINTF_LIKE(1, 2);    /* a line on stdout */
void remark(const char *format, ...) PRINTF_LIKE(1, 2); /* a line on stderr that is no error */
/** On a terminal only, on stderr: what one would do now, "next: …". */
void say_next(const char *format, ...) PRINTF_LIKE(1, 2);
void tell_error(const struct error *err);

#endif
