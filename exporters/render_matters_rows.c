/*
 * render_matters_rows.c - the matters that are rows of sheets and little else: loans, entrusted
 * things, sector money, complaints.
 */
#include "exporters/render_matters.h"

#include <string.h>

/* ---- 2 Loans, entrusted money and assets; 3 sector money ------------------------------------- */

static bool write_loan(struct telling *at, const struct matter_row *row, struct error *err)
{
    telling_begin(at, "loan");
    xml_attribute(at->xml, "code", row->code);
    if (!telling_days(at, row->date, err)) return false;
    xml_attribute(at->xml, "borrower", TEXT(LOAN_BORROWER));
    xml_attribute(at->xml, "uscc", TEXT(LOAN_USCC));
    xml_attribute_integer(at->xml, "months", NUMBER(LOAN_MONTHS));
    xml_attribute_integer(at->xml, "rate_bp", NUMBER(LOAN_RATE));
    xml_attribute_amount(at->xml, (money_t){NUMBER(LOAN_AMOUNT)});
    xml_element_text(at->xml, "use", TEXT(LOAN_USE));
    xml_element_text(at->xml, "mechanism", TEXT(LOAN_MECHANISM));
    if (NUMBER(LOAN_SUBSIDY) != 0)
        xml_element_amount(at->xml, "subsidy", (money_t){NUMBER(LOAN_SUBSIDY)});
    xml_element_end(at->xml);
    return true;
}

static bool write_count(struct telling *at, const struct matter_row *row, struct error *err)
{
    telling_begin(at, "loans_to_persons");
    xml_attribute(at->xml, "code", row->code);
    if (!telling_days(at, row->date, err)) return false;
    xml_attribute_integer(at->xml, "persons", NUMBER(COUNT_PERSONS));
    xml_attribute_amount(at->xml, (money_t){NUMBER(COUNT_AMOUNT)});
    xml_element_text(at->xml, "use", TEXT(COUNT_USE));
    if (NUMBER(COUNT_SUBSIDY) != 0)
        xml_element_amount(at->xml, "subsidy", (money_t){NUMBER(COUNT_SUBSIDY)});
    xml_element_end(at->xml);
    return true;
}

static bool write_entrusted(struct telling *at, const struct matter_row *row, struct error *err)
{
    telling_begin(at, "entrusted");
    xml_attribute(at->xml, "code", row->code);
    if (!telling_days(at, row->date, err)) return false;
    xml_attribute_if_any(at->xml, "ends", TEXT(ENTRUST_ENDS));
    xml_attribute(at->xml, "document", TEXT(ENTRUST_DOCUMENT));
    xml_attribute(at->xml, "name", TEXT(ENTRUST_NAME));
    xml_attribute(at->xml, "what", TEXT(ENTRUST_WHAT));
    xml_attribute(at->xml, "party", TEXT(ENTRUST_PARTY));
    xml_attribute(at->xml, "uscc", TEXT(ENTRUST_USCC));
    xml_attribute_integer(at->xml, "return_bp", NUMBER(ENTRUST_RETURN));
    xml_attribute_amount(at->xml, (money_t){NUMBER(ENTRUST_AMOUNT)});
    xml_element_text(at->xml, "mechanism", TEXT(ENTRUST_MECHANISM));
    xml_element_end(at->xml);
    return true;
}

static bool write_sector(struct telling *at, const struct matter_row *row, struct error *err)
{
    telling_begin(at, "sector_project");
    xml_attribute(at->xml, "code", row->code);
    if (!telling_days(at, row->date, err)) return false;
    xml_attribute(at->xml, "channel", TEXT(SECTOR_CHANNEL));
    xml_attribute(at->xml, "name", TEXT(SECTOR_NAME));
    xml_attribute(at->xml, "place", TEXT(SECTOR_PLACE));
    xml_attribute(at->xml, "unit", TEXT(SECTOR_UNIT));
    xml_attribute_amount(at->xml, (money_t){NUMBER(SECTOR_AMOUNT)});
    xml_element_text(at->xml, "mechanism", TEXT(SECTOR_MECHANISM));
    xml_element_text(at->xml, "target", TEXT(SECTOR_TARGET));
    xml_element_end(at->xml);
    return true;
}

/* Those of a kind that happened here in the period. */
static bool tell_kind(struct telling *at, enum disclosure_kind kind, write_row *write,
                      struct error *err)
{
    for (EACH_ROW(row, kind)) {
        if (!telling_is_here(at, row) || !telling_is_in_period(at, row)) continue;
        if (!telling_read(at, row, err) || !write(at, row, err)) return false;
    }
    return true;
}

bool tell_loans(struct telling *at, struct error *err)
{
    return tell_kind(at, DISCLOSURE_LOAN, write_loan, err) &&
           tell_kind(at, DISCLOSURE_COUNT, write_count, err) &&
           tell_kind(at, DISCLOSURE_ENTRUST, write_entrusted, err);
}

bool tell_sector(struct telling *at, struct error *err)
{
    return tell_kind(at, DISCLOSURE_SECTOR, write_sector, err);
}

/* ---- 9 Complaints ---------------------------------------------------------------------------- */

static bool write_channel(struct telling *at, const struct matter_row *row, struct error *err)
{
    telling_begin(at, "channel");
    xml_attribute(at->xml, "code", row->code);
    if (!telling_days(at, row->date, err)) return false;
    xml_attribute(at->xml, "division", row->division);
    xml_attribute(at->xml, "name", TEXT(CHANNEL_NAME));
    xml_attribute_if_any(at->xml, "address", TEXT(CHANNEL_ADDRESS));
    xml_attribute_if_any(at->xml, "hours", TEXT(CHANNEL_HOURS));
    xml_attribute(at->xml, "office_phone", TEXT(CHANNEL_PHONE));
    xml_element_end(at->xml);
    return true;
}

/* Received, or answered, in the period, or still open at its end. */
static bool complaint_is_told(const struct telling *at, const struct matter_row *row)
{
    if (!telling_is_here(at, row)) return false;
    if (row->ended_by == MATTER_NO_ROW || telling_is_in_period(at, row)) return true;
    return telling_is_in_period(at, &at->matters->rows[row->ended_by]);
}

static bool write_complaint(struct telling *at, const struct matter_row *row, struct error *err)
{
    const struct matter_row *answer =
        row->ended_by == MATTER_NO_ROW ? NULL : &at->matters->rows[row->ended_by];

    telling_begin(at, "complaint");
    xml_attribute(at->xml, "code", row->code);
    xml_attribute(at->xml, "category", TEXT(COMPLAINT_CATEGORY));
    xml_attribute(at->xml, "received", TEXT(COMPLAINT_RECEIVED));
    xml_attribute(at->xml, "due", TEXT(COMPLAINT_DUE));
    if (answer != NULL) {
        if (!record_read(at->survey->journal, &disclosed_answer, answer->seq, at->second, err))
            return false;
        telling_day(at, "answered", answer->date);
        xml_attribute(at->xml, "outcome", at->second->values[ANSWER_OUTCOME].text);
        xml_element_text(at->xml, "answer", at->second->values[ANSWER_TEXT].text);
    }
    xml_element_end(at->xml);
    return true;
}

/* How many, before each of them. */
static bool write_counts(struct telling *at, struct error *err)
{
    int64_t received = 0, answered = 0, open = 0, overdue = 0;

    for (EACH_ROW(row, DISCLOSURE_COMPLAINT)) {
        date_t due;

        if (!complaint_is_told(at, row)) continue;
        received += telling_is_in_period(at, row);
        answered += row->ended_by != MATTER_NO_ROW;
        open += row->ended_by == MATTER_NO_ROW;
        if (row->ended_by != MATTER_NO_ROW) continue;
        if (!telling_read(at, row, err) || !record_date(at->record, COMPLAINT_DUE, &due, err))
            return false;
        overdue += date_is_before(due, at->matters->last);
    }
    if (answered + open == 0) return true;
    telling_begin(at, "complaints");
    xml_attribute_integer(at->xml, "received", received);
    xml_attribute_integer(at->xml, "answered", answered);
    xml_attribute_integer(at->xml, "open", open);
    xml_attribute_integer(at->xml, "overdue", overdue);
    xml_element_end(at->xml);
    return true;
}

bool tell_complaints(struct telling *at, struct error *err)
{
    for (EACH_ROW(row, DISCLOSURE_CHANNEL)) {
        if (row->ended_by != MATTER_NO_ROW) continue;
        if (!division_code_is_within(at->place->division.code, row->division)) continue;
        if (!telling_read(at, row, err) || !write_channel(at, row, err)) return false;
    }
    if (!write_counts(at, err)) return false;
    for (EACH_ROW(row, DISCLOSURE_COMPLAINT)) {
        if (!complaint_is_told(at, row)) continue;
        if (!telling_read(at, row, err) || !write_complaint(at, row, err)) return false;
    }
    return true;
}
