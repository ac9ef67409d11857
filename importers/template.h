/*
 * template.h - a kind's template as XLSX: headings with drop-down lists, an example row that is
 * left out on import, and a page of instructions.
 */
#ifndef IMPORTERS_TEMPLATE_H
#define IMPORTERS_TEMPLATE_H

#include <stdbool.h>

#include "base/compiler.h"
#include "base/error.h"
#include "importers/records.h"

#define TEMPLATE_EXAMPLE "示例" /* in the column 序号 of the example row */

/** Write the template to a file that doesn't exist yet; `sheet` NULL when it isn't of one.
 * ERROR_CONFLICT, ERROR_IO. */
bool template_write(const struct column_set *set, const struct record_sheet *sheet,
                    const char *path, struct error *err) MUST_CHECK;

#endif
