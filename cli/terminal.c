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

#include <unilbrk.h>

#include "base/language.h"
#include "base/text.h"

#define TELL_EVERY_MS 200
#define SETTLE_MS     1000 /* before speed and time left are guessed */

#define FOLD_INDENT    2     /* of what goes on below itself */
#define FOLD_LINE_SIZE 16384 /* bytes; what is longer is left to the terminal */

/* ---- Colours ----------------------------------------------------------------------------------
 */

/* Does it understand escape sequences at all? */
static bool is_able(FILE *stream)
{
    const char *kind = getenv("TERM");

    return isatty(fileno(stream)) == 1 && kind != NULL && kind[0] != '\0' &&
           strcmp(kind, "dumb") != 0;
}

static bool has_colour(FILE *stream)
{
    const char *refused = getenv("NO_COLOR"); /* no-color.org: any value but the empty one */

    return (refused == NULL || refused[0] == '\0') && is_able(stream);
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

size_t terminal_columns(FILE *stream)
{
    struct winsize size;

    if (isatty(fileno(stream)) != 1) return 0;
    if (ioctl(fileno(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col < 40 ? 40 : size.ws_col;
}

size_t terminal_width(void)
{
    size_t columns = terminal_columns(stdout);

    return columns == 0 ? 80 : columns > 100 ? 100 : columns;
}

/*
 * One line, broken where the rules of Unicode (UAX 14) allow it, which serve Chinese too. The
 * cursor stands `start` columns right of the `indent` (or left of it, below 0) at which it goes on.
 */
static void put_broken(FILE *stream, const char *text, size_t size, const int places[3])
{
    int start = places[0], indent = places[1], room = places[2];
    char *breaks = malloc(size + 1);
    size_t line = 0;
    size_t i;

    if (breaks == NULL) { /* then the terminal breaks it */
        fwrite(text, 1, size, stream);
        return;
    }
    u8_width_linebreaks((const uint8_t *)text, size, room, start, 0, NULL, "UTF-8", breaks);
    for (i = 1; i <= size; i++) {
        size_t end = i;

        if (i < size && breaks[i] != UC_BREAK_POSSIBLE) continue;
        while (i < size && end > line && text[end - 1] == ' ')
            end--;
        if (line > 0) fprintf(stream, "\n%*s", indent, "");
        for (; line < end; line++) /* what is shown can't move the cursor */
            putc((uint8_t)text[line] < 0x20 || text[line] == 0x7f ? ' ' : text[line], stream);
        line = i;
    }
    free(breaks);
}

void terminal_put_column(FILE *stream, size_t indent, size_t columns, const char *text)
{
    put_broken(stream, text, strlen(text), (const int[3]){0, (int)indent, (int)columns});
}

static void put_folded_line(FILE *stream, size_t used, const char *text, size_t size)
{
    put_broken(stream, text, size,
               (const int[3]){(int)used - FOLD_INDENT, FOLD_INDENT,
                              (int)terminal_columns(stream) - FOLD_INDENT});
}

void terminal_put_folded(FILE *stream, size_t used, const char *text)
{
    size_t columns = terminal_columns(stream);
    char line[FOLD_LINE_SIZE];

    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        bool stays = columns == 0 || size >= sizeof line || strncmp(text, "  ", 2) == 0;

        if (!stays) {
            memcpy(line, text, size);
            line[size] = '\0';
            stays = used + text_width(line) <= columns;
        }
        if (stays) {
            fwrite(text, 1, size, stream);
        } else {
            put_folded_line(stream, used, text, size);
        }
        text += size;
        if (*text == '\n') putc(*text++, stream);
        used = 0;
    }
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
    progress->is_shown = is_able(stderr);
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
