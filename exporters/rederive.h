/*
 * rederive.h - what rederive.c shares with the file that makes a period's lists again. Private to
 * the folder.
 */
#ifndef EXPORTERS_REDERIVE_H
#define EXPORTERS_REDERIVE_H

#include "exporters/publication.h"

/**
 * Compare the pages of a period that are made from lists with what the survey makes: pages of
 * funds, the indexes, the list of disclosures. Which of them there are, too.
 *
 * @param survey      as of the period's manifest, its documents marked
 * @param difference  receives the first one that differs
 */
bool rederive_lists(struct publication *publication, struct survey *survey,
                    struct error *difference, struct error *err) MUST_CHECK;

/** Is feed.xml what the journal's publications of periods, `makes` in order, let it be? What its
 * summaries say in words isn't looked at. */
bool feed_check(struct publication *publication, const struct made *makes, size_t count,
                struct error *err) MUST_CHECK;

#endif
