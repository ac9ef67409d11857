/*
 * terminal.c - colours, width and progress, all of them only where a person looks on.
 *
 * 1. What goes into a file or a pipe holds no escape sequence, ever.
 */
#include "cli/terminal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/language.h"
#include "base/text.h"

#define TELL_EVERY_MS 200
#define SETTLE_MS     1000 /* before speed and time left are guessed */

/* ---- Colours ----------------------------------------------------------------------------------
 */

static bool has_colour(FILE *stream)
{
    const char *refused = getenv("NO_COLOR"); /* no-color.org: any value but the empty one */
    const char *kind = getenv("TERM");

    return (refused == NULL || refused[0] == '\0') && isatty(fileno(stream)) == 1 && kind != NULL &&
           strcmp(kind, "dumb") != 0;
}

void terminal_mark(FILE *stream, enum terminal_mark mark)
{
    static const char *const sequences[] = {[MARK_NONE] = "\033[0m",
                                            [MARK_HEADING] = "\033[1m",
                                            [MARK_GOOD] = "\033[1;32m",
                                            [MARK_BAD] = "\033[1;31m"};

    if (has_colour(stream)) fputs(sequences[mark], stream);
}

void terminal_put(FILE *stream, enum terminal_mark mark, const char *text)
{
    terminal_mark(stream, mark);
    fputs(text, stream);
    terminal_mark(stream, MARK_NONE);
}

size_t terminal_width(void)
{
    struct winsize size;

    if (isatty(STDOUT_FILENO) != 1 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 80;
    return size.ws_col == 0 ? 80 : size.ws_col < 40 ? 40 : size.ws_col > 100 ? 100 : size.ws_col;
}

/* printf() fills up by bytes, which would put Chinese out of line. */
const char *terminal_pad_left(const char *text, size_t columns, char out[PAD_SIZE])
{
    size_t width = text_width(text);

    (void)snprintf(out, PAD_SIZE, "%*s%s", (int)(width < columns ? columns - width : 0), "", text);
    return out;
}

const char *terminal_pad_right(const char *text, size_t columns, char out[PAD_SIZE])
{
    size_t width = text_width(text);

    (void)snprintf(out, PAD_SIZE, "%s%*s", text, (int)(width < columns ? columns - width : 0), "");
    return out;
}

/* ---- Progress ---------------------------------------------------------------------------------
 */

static uint64_t now_ms(void)
{
    struct timespec now = {0, 0};

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void progress_begin(struct progress *progress)
{
    progress->is_shown = isatty(STDERR_FILENO) == 1;
    progress->began_ms = now_ms();
    progress->told_ms = progress->began_ms;
}

/* Is it time to say something? */
static bool is_due(struct progress *progress, uint64_t *elapsed_ms)
{
    uint64_t now = progress->is_shown ? now_ms() : 0;

    if (!progress->is_shown || now - progress->told_ms < TELL_EVERY_MS) return false;
    progress->told_ms = now;
    *elapsed_ms = now - progress->began_ms;
    return true;
}

/* ", 40 %, 310 a second, 6 s left": what is known of it. */
static void tell_rest(uint64_t elapsed_ms, uint64_t items, uint64_t done, uint64_t total)
{
    bool is_bounded = total > 0 && done <= total;

    if (is_bounded) fprintf(stderr, ", %" PRIu64 " %%", done * 100 / total);
    if (elapsed_ms >= SETTLE_MS) {
        fprintf(stderr, _(", %" PRIu64 " a second"), items * 1000 / elapsed_ms);
        if (is_bounded && done > 0) {
            fprintf(stderr, _(", %" PRIu64 " s left"), elapsed_ms / 1000 * (total - done) / done);
        }
    }
    fputs("\033[K", stderr);
}

void progress_tell(struct progress *progress, const char *what, uint64_t done, uint64_t total)
{
    uint64_t elapsed_ms;

    if (!is_due(progress, &elapsed_ms)) return;
    fputc('\r', stderr);
    if (total > 0) {
        fprintf(stderr, _("%s: %" PRIu64 " of %" PRIu64), what, done, total);
    } else {
        fprintf(stderr, "%s: %" PRIu64, what, done);
    }
    tell_rest(elapsed_ms, done, done, total);
}

void progress_tell_rows(struct progress *progress, uint64_t rows, uint64_t bytes_done,
                        uint64_t bytes_total)
{
    uint64_t elapsed_ms;

    if (!is_due(progress, &elapsed_ms)) return;
    fputc('\r', stderr);
    fprintf(stderr, _("%" PRIu64 " rows"), rows);
    tell_rest(elapsed_ms, rows, bytes_done, bytes_total);
}

void progress_end(struct progress *progress)
{
    if (progress->is_shown) fputs("\r\033[K", stderr);
}
