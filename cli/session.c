/*
 * session.c - opening what a command needs, in one order: key, ledger, lock.
 *
 * The key is opened before the ledger is locked, so that nobody waits for another's typing.
 */
#include "cli/session.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "base/language.h"
#include "base/text.h"
#include "cli/interrupt.h"
#include "cli/paths.h"
#include "cli/terminal.h"

#define PASSPHRASE_TRIES 3

#define SAID_SIZE_MAX 8192 /* bytes of one message on a terminal */

/* ---- Words for people ----------------------------------------------------------------------- */

static void put_line(FILE *stream, const char *format, va_list arguments)
{
    char text[SAID_SIZE_MAX];

    if (terminal_columns(stream) == 0) {
        vfprintf(stream, translate(format), arguments);
    } else {
        (void)vsnprintf(text, sizeof text, translate(format), arguments);
        terminal_put_folded(stream, 0, text);
    }
    putc('\n', stream);
}

void say(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    put_line(stdout, format, arguments);
    va_end(arguments);
}

void remark(const char *format, ...)
{
    va_list arguments;

    fflush(stdout);
    va_start(arguments, format);
    put_line(stderr, format, arguments);
    va_end(arguments);
}

void say_next(const char *format, ...)
{
    const char *lead = _("next: ");
    va_list arguments;
    char text[SAID_SIZE_MAX];

    if (!isatty(STDOUT_FILENO) || !isatty(STDERR_FILENO)) return;
    fflush(stdout);
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, translate(format), arguments);
    va_end(arguments);
    terminal_put(stderr, MARK_HEADING, lead);
    terminal_put_folded(stderr, text_width(lead), text);
    putc('\n', stderr);
}

void tell_error(const struct error *err)
{
    static const char lead[] = "mingzhang:";
    char text[SAID_SIZE_MAX];

    fflush(stdout);
    (void)snprintf(text, sizeof text, " %s%s%s", err->place, err->place[0] != 0 ? ": " : "",
                   err->message);
    terminal_put(stderr, MARK_BAD, lead);
    terminal_put_folded(stderr, strlen(lead), text);
    putc('\n', stderr);
}

/* ---- Passphrases ---------------------------------------------------------------------------- */

void passphrase_wipe(char passphrase[PASSPHRASE_SIZE])
{
    OPENSSL_cleanse(passphrase, PASSPHRASE_SIZE);
}

/* One line without its end, at most PASSPHRASE_SIZE - 1 bytes. */
static bool read_line(int descriptor, char out[PASSPHRASE_SIZE], struct error *err)
{
    size_t size = 0;
    char byte;

    for (;;) {
        ssize_t got;

        interrupt_wait(descriptor);
        if (!interrupt_check(err)) return false;
        got = read(descriptor, &byte, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return error_set(err, ERROR_IO, "can't be read: %s", strerror(errno));
        if (got == 0 || byte == '\n') break;
        if (size == PASSPHRASE_SIZE - 1) {
            return error_set(err, ERROR_LIMIT, "the passphrase is longer than %d bytes",
                             PASSPHRASE_SIZE - 1);
        }
        out[size++] = byte;
    }
    if (size > 0 && out[size - 1] == '\r') size--;
    out[size] = 0;
    if (size == 0) return error_set(err, ERROR_KEY, "the passphrase is empty");
    return true;
}

static bool passphrase_from_file(const char *path, char out[PASSPHRASE_SIZE], struct error *err)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = false;

    if (descriptor < 0) {
        error_set(err, ERROR_IO, "the passphrase file can't be opened: %s", strerror(errno));
    } else {
        ok = read_line(descriptor, out, err);
        close(descriptor);
    }
    return ok || error_at(err, "%s", path);
}

static bool passphrase_from_terminal(const char *prompt, const char *user,
                                     char out[PASSPHRASE_SIZE], struct error *err)
{
    struct termios shown, hidden;
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    bool ok = false;

    if (terminal < 0 || tcgetattr(terminal, &shown) != 0) {
        error_set(err, ERROR_USAGE,
                  "there is no terminal to ask for the passphrase; give --passphrase-file");
        goto out;
    }
    interrupt_hold(); /* or Ctrl-C would leave a terminal that hides what is typed */
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    if (tcsetattr(terminal, TCSAFLUSH, &hidden) != 0) {
        error_set(err, ERROR_IO, "the terminal can't hide what is typed: %s", strerror(errno));
        goto out;
    }
    /* Asked last, because what was typed until now is thrown away. */
    dprintf(terminal, "%s (%s): ", prompt, user);
    ok = read_line(terminal, out, err);
    tcsetattr(terminal, TCSAFLUSH, &shown);
    dprintf(terminal, "\n");
out:
    if (terminal >= 0) close(terminal);
    return ok;
}

bool session_passphrase(const struct session *session, const char *user, bool twice,
                        char out[PASSPHRASE_SIZE], struct error *err)
{
    char again[PASSPHRASE_SIZE];
    bool ok = false;

    if (session->passphrase_file != NULL) {
        return passphrase_from_file(session->passphrase_file, out, err);
    }
    if (!passphrase_from_terminal(_("Passphrase"), user, out, err)) return false;
    if (!twice) return true;
    if (!passphrase_from_terminal(_("The same again"), user, again, err)) goto out;
    if (strcmp(out, again) != 0) {
        error_set(err, ERROR_INPUT, "the two passphrases differ; nothing was made");
        goto out;
    }
    ok = true;
out:
    passphrase_wipe(again);
    return ok;
}

/* ---- Keys, ledger, signer ------------------------------------------------------------------- */

/* Who mistypes is asked again; a file says the same each time. */
static bool open_with_passphrase(const struct session *session, const char *user, const char *path,
                                 struct sign_key **out, struct error *err)
{
    char passphrase[PASSPHRASE_SIZE];
    int tries = session->passphrase_file != NULL ? 1 : PASSPHRASE_TRIES;
    bool ok = false;

    while (!ok && tries-- > 0) {
        if (!session_passphrase(session, user, false, passphrase, err)) return false;
        ok = key_file_open(path, passphrase, out, err);
        passphrase_wipe(passphrase);
        if (ok || err->code != ERROR_KEY || tries == 0) continue;
        tell_error(err);
        error_clear(err);
    }
    return ok;
}

bool session_open_key(const struct session *session, const char *user, struct sign_key **out,
                      struct error *err)
{
    struct buffer path = BUFFER_INIT(PATH_SIZE_MAX);
    bool ok = false;

    if (!path_of_key(user, &path, err)) goto out;
    if (!path_exists(buffer_text(&path))) {
        error_set(err, ERROR_KEY,
                  "there is no key of %s here; make it with `mingzhang key new %s` or set "
                  "MINGZHANG_KEYS",
                  user, user);
        error_at(err, "%s", buffer_text(&path));
        goto out;
    }
    ok = open_with_passphrase(session, user, buffer_text(&path), out, err);
out:
    buffer_done(&path);
    return ok;
}

struct ledger_options session_ledger_options(void)
{
    return (struct ledger_options){clock_source_system(), random_source_system()};
}

bool session_today(date_t *out, struct error *err)
{
    struct clock_source clock = clock_source_system();
    instant_t now;

    if (!clock.now(clock.context, &now, err)) return false;
    *out = instant_to_date_in(now, ZONE_CHINA_SECONDS);
    return true;
}

bool session_location(const struct session *session, const char **out, struct error *err)
{
    if (session->location == NULL || session->location[0] == 0) {
        return error_set(err, ERROR_USAGE,
                         "no ledger is named; give -L DIRECTORY or set MINGZHANG_LEDGER");
    }
    *out = session->location;
    return true;
}

bool session_open(struct session *session, bool read_only, struct error *err)
{
    struct ledger_options options = session_ledger_options();
    const char *location = NULL;

    assert(session->ledger == NULL);
    if (!session_location(session, &location, err)) return false;
    if (!ledger_open(location, &options, read_only, &session->ledger, err)) return false;
    session->journal = ledger_journal(session->ledger);
    return true;
}

bool session_sign_in(struct session *session, struct error *err)
{
    const char *location = NULL;
    struct sign_public own;

    if (!session_location(session, &location, err)) return false;
    if (session->user == NULL || session->user[0] == 0) {
        return error_set(err, ERROR_USAGE, "no user is named; give -u USER or set MINGZHANG_USER");
    }
    if (!session_open_key(session, session->user, &session->key, err)) return false;
    interrupt_hold();
    session->by = (struct signatory){session->user, session->key};
    if (!session_open(session, false, err)) return false;
    sign_key_public(session->key, &own);
    return journal_require_key(session->journal, session->user, &own, err);
}

bool session_begin(struct session *session, struct error *err)
{
    return session_sign_in(session, err) && journal_begin(session->journal, err);
}

bool session_commit(struct session *session, struct error *err)
{
    return interrupt_check(err) && journal_commit(session->journal, err);
}

bool session_open_signer(struct session *session, struct error *err)
{
    struct buffer path = BUFFER_INIT(PATH_SIZE_MAX);
    const char *origin = journal_origin(session->journal);
    bool ok = path_of_signer(origin, &path, err) &&
              signer_open(buffer_text(&path), origin, &session->signer, err);

    buffer_done(&path);
    return ok;
}

void session_done(struct session *session)
{
    signer_close(session->signer);
    ledger_close(session->ledger);
    sign_key_free(session->key);
    session->signer = NULL;
    session->ledger = NULL;
    session->journal = NULL;
    session->key = NULL;
}
