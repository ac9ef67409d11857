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
/** Read the period before and the years, for each division. */
bool past_read(struct survey *survey, struct error *err) MUST_CHECK;

#endif
