/*
 * language.h - the reader's language: English in the source, others by gettext catalogues.
 *
 * 1. Only what people read passes through here: errors, help, tables, prompts. Nothing that is
 *    hashed, signed, published or read by a program does, and no decision looks at it.
 * 2. Until main() calls setlocale(), every text is the English of the source.
 */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#define LANGUAGE_DOMAIN "mingzhang" /* of the catalogues */

/** Marks a text for the catalogue that is translated elsewhere. */
#define N_(text) text
/** Marks a text for the catalogue and translates it. */
#define _(text) translate(text)

/** The text in the reader's language, or itself; a printf format keeps its arguments. Static. */
const char *translate(const char *text) __attribute__((format_arg(1)));

/**
 * Find the catalogues: in `locale/` beside the running program (a build tree), else in
 * `../share/locale` (an installation). Called by main(), before any thread.
 */
void language_open(void);

/**
 * Read the catalogue of a locale that the system lacks, as on machines with C.UTF-8 only.
 *
 * Called by main() when setlocale() refused what the environment asks for and took "C.UTF-8". The
 * values, each NULL when unset, count in this order; LANGUAGE, when set, goes before them.
 */
void language_prefer(const char *lc_all, const char *lc_messages, const char *lang);

#endif
