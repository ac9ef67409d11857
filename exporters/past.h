/*
 * past.h - what came and went before the period of a survey. Private to the folder.
 */
#ifndef EXPORTERS_PAST_H
#define EXPORTERS_PAST_H

#include "exporters/survey.h"

/** Remember that a line is withheld: it enters no sum of the past. Before past_read(). */
bool past_withhold(struct survey *survey, size_t place, enum book book, const char *fund,
                   struct error *err) MUST_CHECK;
/** Add what a line received, spent, passed on and has left. ERROR_OVERFLOW leaves it partly added.
 */
bool past_add(struct survey_past *sum, const money_t flows[FLOW_TERM_COUNT], money_t closing,
              struct error *err) MUST_CHECK;
/** Read the period before and the years, for each division. */
bool past_read(struct survey *survey, struct error *err) MUST_CHECK;

#endif
