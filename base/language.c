/*
 * language.c - gettext, begun in one place.
 */
#include "base/language.h"

#include <libintl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *translate(const char *text)
{
    return text[0] == '\0'
               ? text
               : dgettext(LANGUAGE_DOMAIN, text); /* "" would give the catalogue's head */
}

void language_open(void)
{
    char program[PATH_MAX];
    char path[PATH_MAX + sizeof "/../share/locale"];
    ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
    char *slash;

    if (size <= 0) return;
    program[size] = '\0';
    slash = strrchr(program, '/');
    if (slash == NULL) return;
    *slash = '\0';
    snprintf(path, sizeof path, "%s/locale", program);
    if (access(path, R_OK) != 0) snprintf(path, sizeof path, "%s/../share/locale", program);
    (void)bindtextdomain(LANGUAGE_DOMAIN, path);
    (void)bind_textdomain_codeset(LANGUAGE_DOMAIN, "UTF-8");
}

void language_prefer(const char *lc_all, const char *lc_messages, const char *lang)
{
    const char *wanted = lc_all != NULL && lc_all[0] != '\0'             ? lc_all
                         : lc_messages != NULL && lc_messages[0] != '\0' ? lc_messages
                                                                         : lang;

    if (wanted != NULL) (void)setenv("LANGUAGE", wanted, 0);
}
