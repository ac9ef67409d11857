/*
 * banned.h - functions that no file of ours may call; each has a safer way.
 *
 * 1. No file includes this header. base/CMakeLists.txt puts it before the first line of every
 *    source that links base ("-include"), so that it can't be forgotten and a use doesn't compile.
 * 2. It first includes the system headers that declare the banned names, because a poisoned name
 *    may not even be declared; their include guards keep later #includes of them quiet.
 * 3. tests/rules.sh reads the names out of the pragmas below and looks for them in every source,
 *    those that don't link base as well, and tries that each really is refused by the compiler.
 *
 * Instead of               use                    because
 * strcpy sprintf gets …    buffer, snprintf       they write past the end or leave out the NUL
 * atoi strtod sscanf …     money_parse, strtoll   they take "12abc" for 12, or float, or the locale
 * localtime mktime ctime   date_t, instant_t      the zone is hidden, the result is shared
 * alloca, mktemp …         buffer, mkstemp        the size or the name can't be refused safely
 * system popen             the library itself     a shell reads what was meant as data
 * rand srand               random_source          they can be guessed
 * strtok                   strcspn                it hides its place in a shared state
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Macros in some compilers' system headers; poisoning a macro would warn. */
#undef alloca
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy strcat sprintf vsprintf strncpy strncat gets
#pragma GCC poison atoi atol atoll atof strtod strtof strtold scanf sscanf fscanf
#pragma GCC poison localtime localtime_r gmtime ctime_r asctime asctime_r mktime
#pragma GCC poison alloca tmpnam mktemp tempnam
#pragma GCC poison system popen strtok

/*
 * Names that others' headers use for fields and arguments (libgit2, OpenSSL) can't be poisoned.
 * tests/rules.sh looks for calls of them by name:
 * banned by name: ctime rand srand
 */

#endif
