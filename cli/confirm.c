/*
 * confirm.c - one question, one line of answer.
 */
#include "cli/confirm.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/language.h"
#include "cli/interrupt.h"

#define ANSWER_SIZE_MAX 64

bool confirm_is_possible(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

bool confirm(const char *question, struct error *err)
{
    static const char *const agreed[] = {"y", "Y", "yes", "是"};
    char answer[ANSWER_SIZE_MAX] = "";
    size_t i;

    interrupt_hold();
    printf("%s [y/N] ", question);
    fflush(stdout);
    if (fgets(answer, sizeof answer, stdin) != NULL) answer[strcspn(answer, "\r\n")] = 0;
    for (i = 0; i < ARRAY_COUNT(agreed); i++) {
        if (strcmp(answer, agreed[i]) == 0) return true;
    }
    if (!interrupt_check(err)) return false;
    return error_set(err, ERROR_INPUT, "the answer wasn't yes; nothing was written");
}
