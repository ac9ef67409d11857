/*
 * attack_documents.h - the documents of a period as an attacker reads them: each figure an
 * equation.
 *
 * 1. Only the XML is read. How it was made is of no matter here.
 * 2. Every equation is held to the true amounts first: an attacker who reckons wrongly proves
 *    nothing.
 */
#ifndef TESTS_EXPORTERS_ATTACK_DOCUMENTS_H
#define TESTS_EXPORTERS_ATTACK_DOCUMENTS_H

#include <libxml/tree.h>

#include "attack_log.h"
#include "exporters/survey.h"

#define PUBLISHED_MAX 64 /* divisions */

struct unsettled {
    char division[DIVISION_CODE_SIZE];
    struct survey_key key;
};

/** The documents of one period, as they were published after the first `head` entries. */
struct published {
    struct period period;
    int64_t head;
    size_t count;
    char divisions[PUBLISHED_MAX][DIVISION_CODE_SIZE];
    xmlDoc *papers[PUBLISHED_MAX];
    struct unsettled *unsettled; /* the attacker is told which lines sums of the past leave out */
    size_t unsettled_count;
};

/** What a test may do to a survey to see whether the attacker notices; NULL for nothing. */
struct attack_spoiler {
    void (*spoil)(struct survey *survey, const struct log *log);
    const struct log *log;
};

/** Render all of a period. */
struct published *published_take(const struct world *world, const char *period,
                                 const struct attack_spoiler *spoiler);
void published_free(struct published *published);

/** Tell everything that the documents say. */
void published_tell(const struct published *published, const struct log *log,
                    struct attack *attack);

/** Visit what the documents withhold: each figure of a withheld line, what projects were paid, the
 * part that a total leaves out. */
void published_each_withheld(const struct published *published, const struct log *log,
                             void (*visit)(void *context, const struct published *published,
                                           const char *what, const struct attack_sum *sum),
                             void *context);

#endif
