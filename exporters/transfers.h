/*
 * transfers.h - who gave whom how much of a fund in a period; a part of survey.h.
 */
#ifndef EXPORTERS_TRANSFERS_H
#define EXPORTERS_TRANSFERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/error.h"
#include "exporters/survey.h"

/** Fill survey->transfers from the posted allocations and recoveries of the period and their
 * reversals. */
bool transfers_read(struct survey *survey, struct error *err) MUST_CHECK;

#endif
