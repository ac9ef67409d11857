/*
 * confirm.c - one question, one line of answer.
 */
#include "cli/confirm.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/language.h"
#include "cli/interrupt.h"

#define ANSWER_SIZE_MAX 64

/* Where the question is seen: what is shown before it may go through a pager or into a file. */
static FILE *where_seen(void)
{
    return isatty(STDOUT_FILENO) ? stdout : isatty(STDERR_FILENO) ? stderr : NULL;
}

bool confirm_is_possible(void)
{
    return isatty(STDIN_FILENO) && where_seen() != NULL;
}

/* One line; what is longer than an answer is read too, or the shell would take the rest for its
 * own.
 */
static void read_answer(char answer[ANSWER_SIZE_MAX])
{
    int byte;

    answer[0] = '\0';
    if (fgets(answer, ANSWER_SIZE_MAX, stdin) == NULL || strchr(answer, '\n') != NULL) {
        answer[strcspn(answer, "\r\n")] = '\0';
        return;
    }
    answer[0] = '\0';
    while ((byte = getchar()) != EOF && byte != '\n')
        continue;
}

bool confirm(const char *question, struct error *err)
{
    static const char *const agreed[] = {"y", "Y", "yes", "是"};
    char answer[ANSWER_SIZE_MAX] = "";
    size_t i;

    assert(confirm_is_possible());
    interrupt_hold();
    fflush(stdout);
    fprintf(where_seen(), "%s [y/N] ", question);
    fflush(where_seen());
    interrupt_wait(STDIN_FILENO);
    if (!interrupt_check(err)) return false;
    read_answer(answer);
    for (i = 0; i < ARRAY_COUNT(agreed); i++) {
        if (strcmp(answer, agreed[i]) == 0) return true;
    }
    if (!interrupt_check(err)) return false;
    return error_set(err, ERROR_INPUT, "the answer wasn't yes; nothing was written");
}
