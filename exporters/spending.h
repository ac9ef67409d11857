/*
 * spending.h - what divisions spent under projects in a period; a part of survey.h.
 */
#ifndef EXPORTERS_SPENDING_H
#define EXPORTERS_SPENDING_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/error.h"
#include "exporters/survey.h"

/** Fill survey->spendings. Wants survey->projects. */
bool spending_read(struct survey *survey, struct error *err) MUST_CHECK;

#endif
