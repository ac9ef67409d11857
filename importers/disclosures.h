/*
 * disclosures.h - sheets of what must be disclosed: plans, the project bank, loans, complaints,
 * notices, the calendar. Each row is one row of ledger/disclosure.
 */
#ifndef IMPORTERS_DISCLOSURES_H
#define IMPORTERS_DISCLOSURES_H

#include "importers/columns.h"

extern const struct column_set principles_columns, achievements_columns, plans_columns, plan_projects_columns, plan_funds_columns,
    bank_in_columns, bank_out_columns, sector_projects_columns, loans_columns,
    loans_to_people_columns, entrusted_columns, complaint_channels_columns, complaints_columns,
    answers_columns, notices_columns, notices_removed_columns, calendar_columns;

#endif
