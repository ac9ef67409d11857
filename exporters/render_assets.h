/*
 * render_assets.h - what documents tell of assets, one file for each part. Private to the folder.
 *
 * 1. Each function writes elements of one division's document, or none when there is nothing to
 *    tell: a document of a place without assets has the bytes that it had before there were any.
 * 2. All is told as it stood on the period's last day; lists of what happened are of that day's
 * year.
 * 3. Rows in clear and totals in clear are all that a figure comes from. People are never named.
 */
#ifndef EXPORTERS_RENDER_ASSETS_H
#define EXPORTERS_RENDER_ASSETS_H

#include "exporters/survey.h"

/** Write what assets became of a project by the period's end, within its element. */
bool assets_write_uses(const struct survey *survey, const char *project, struct xml_writer *xml,
                       struct error *err) MUST_CHECK;
/** Write an asset's code and name as attributes; `code` "" writes none. */
bool assets_write_name(const struct survey *survey, const char *code, struct xml_writer *xml,
                       struct error *err) MUST_CHECK;

/** The element `income` (render_income.c). */
bool income_write(const struct survey *survey, size_t place, struct xml_writer *xml,
                  struct error *err) MUST_CHECK;
/** The element `mutual_aid` (render_aid.c). */
bool aid_write(const struct survey *survey, size_t place, struct xml_writer *xml,
               struct error *err) MUST_CHECK;
/** The element `custody`: handovers, disposals, stock-taking (render_custody.c). */
bool custody_write(const struct survey *survey, size_t place, struct xml_writer *xml,
                   struct error *err) MUST_CHECK;

#endif
