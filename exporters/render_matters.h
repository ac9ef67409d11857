/*
 * render_matters.h - what the files that write the nine matters share. Private to them.
 */
#ifndef EXPORTERS_RENDER_MATTERS_H
#define EXPORTERS_RENDER_MATTERS_H

#include "exporters/matters.h"
#include "exporters/survey.h"
#include "exporters/xml_writer.h"

struct telling {
    const struct survey *survey;
    const struct survey_place *place;
    size_t place_index;
    const struct matters *matters;
    struct xml_writer *xml;
    struct matter_terms terms; /* of the matter being written */
    size_t told;               /* things written in it */
    size_t withheld;           /* things left out of it */
    struct record *record;     /* scratch; too large for a stack */
    struct record *second;     /* another one beside it */
    struct project_at *project;
};

#define TEXT(field)   (at->record->values[field].text)
#define NUMBER(field) (at->record->values[field].number)

/* Every row of a kind, in the index's order. */
#define EACH_ROW(row, of)                                                                          \
    const struct matter_row *row = at->matters->rows + at->matters->first_of[of];                  \
    row < at->matters->rows + at->matters->first_of[(of) + 1];                                     \
    row++

typedef bool write_row(struct telling *at, const struct matter_row *row, struct error *err);

/** Read a row into `record`. */
bool telling_read(struct telling *at, const struct matter_row *row, struct error *err) MUST_CHECK;
/** What this row is about lies within this division. */
bool telling_is_here(const struct telling *at, const struct matter_row *row);
bool telling_is_in_period(const struct telling *at, const struct matter_row *row);
/** Begin an element that counts as something told. */
void telling_begin(struct telling *at, const char *element);
void telling_day(struct telling *at, const char *name, date_t date);
/** The day of the event and the last one on which it is disclosed in time. */
bool telling_days(struct telling *at, date_t date, struct error *err) MUST_CHECK;

/* Matters 2, 3 and 9: render_matters_rows.c */
bool tell_loans(struct telling *at, struct error *err) MUST_CHECK;
bool tell_sector(struct telling *at, struct error *err) MUST_CHECK;
bool tell_complaints(struct telling *at, struct error *err) MUST_CHECK;

#endif
