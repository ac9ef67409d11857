/*
 * past.h - what came and went before the period of a survey. Private to the folder.
 */
#ifndef EXPORTERS_PAST_H
#define EXPORTERS_PAST_H

#include "exporters/survey.h"

/** Read which lines aren't settled at the ends of the period, of the one before and of the years.
 */
bool past_read_unsettled(struct survey *survey, struct error *err) MUST_CHECK;
/** Is a line settled at the beginning and the end of some months, and at those of the period? After
 * past_read_unsettled(). */
bool past_is_told(const struct survey *survey, const struct survey_key *line, int32_t first,
                  int32_t last);
/** Add what a line received, spent, passed on and has left. ERROR_OVERFLOW leaves it partly added.
 */
bool past_add(struct survey_past *sum, const money_t flows[FLOW_TERM_COUNT], money_t closing,
              struct error *err) MUST_CHECK;
#define PAST_SPANS (1 + SURVEY_YEARS_MAX)
/** The period before and the years up to this period's end, newest first. */
void past_list_spans(const struct survey *survey, struct book_span out[PAST_SPANS]);
/** Add a line over those spans to what its place tells of the past. After past_read_unsettled(). */
bool past_add_line(struct survey *survey, size_t place, const struct book_line lines[PAST_SPANS],
                   struct error *err) MUST_CHECK;
/** Name the period before, and let each place's years go back as far as there is anything. */
void past_finish(struct survey *survey);

#endif
