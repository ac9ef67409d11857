/*
 * kinds.c - the module's kinds: tables made from the fields of disclosure.h, and the one way in
 * which a row of any of them is applied and told.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/disclosure/internal.h"

// clang-format off
static const char *const disclosure_plan_words[] = {"annual", "consolidation", NULL};
static const char *const disclosure_action_words[] = {"add", "remove", NULL};
static const char *const disclosure_level_words[] = {
    "central", "county", "other", "prefecture", "province", NULL};
static const char *const disclosure_channel_words[] = {"east_west", "sector", NULL};
static const char *const disclosure_entrusted_words[] = {"asset", "fund", NULL};
static const char *const disclosure_category_words[] = {
    "asset", "conduct", "fund", "other", "project", "subsidy", NULL};
static const char *const disclosure_outcome_words[] = {
    "partly", "transferred", "unfounded", "upheld", NULL};
static const char *const disclosure_met_words[] = {"fully", "no", "partly", NULL};
static const char *const disclosure_matter_words[] = {
    "allocation", "annual_plan", "bank", "complaints", "completion", "consolidation", "loans",
    "projects", "sector", NULL};

/* ---- Members and columns ---------------------------------------------------------------------- */

#define COLUMN_AMOUNT        STORE_INTEGER
#define COLUMN_BOOLEAN       STORE_INTEGER
#define COLUMN_CODE          STORE_TEXT
#define COLUMN_DATE          STORE_TEXT
#define COLUMN_DATE_OR_EMPTY STORE_TEXT
#define COLUMN_DIVISION      STORE_TEXT
#define COLUMN_INTEGER       STORE_INTEGER
#define COLUMN_PHONE         STORE_TEXT
#define COLUMN_TEXT          STORE_TEXT
#define COLUMN_USCC          STORE_TEXT
#define COLUMN_WORD          STORE_TEXT

#define AS_MEMBER(FIELD, field, field_type, field_words, meaning)                                  \
    {.name = #field, .type = MEMBER_##field_type, .mark = MEMBER_PUBLIC, .words = field_words},
#define AS_COLUMN(FIELD, field, field_type, field_words, meaning)                                  \
    {#field, COLUMN_##field_type, NULL, meaning},
#define AS_TABLES(KIND, kind_name, table_name, table_meaning)                                      \
    static const struct entry_member table_name##_members[] = {                                    \
        DISCLOSURE_##KIND##_FIELDS(AS_MEMBER){.name = NULL}};                                      \
    static const struct store_column table_name##_columns[] = {                                    \
        {"seq", STORE_INTEGER, NULL, "its entry"}, DISCLOSURE_##KIND##_FIELDS(AS_COLUMN)};         \
    static const struct store_table table_name##_table = {                                         \
        .name = #table_name,                                                                       \
        .kind = STORE_DERIVED,                                                                     \
        .meaning = table_meaning,                                                                  \
        .columns = table_name##_columns,                                                           \
        .column_count = ARRAY_COUNT(table_name##_columns),                                         \
        .primary_key = "seq"};                                                                     \
    static_assert((int)KIND##_FIELD_COUNT <= DISCLOSURE_FIELDS_MAX, "a record has room");
DISCLOSURE_KINDS(AS_TABLES)

static bool apply(struct journal *journal, const struct entry_view *entry, struct error *err);
static bool describe(const struct entry_view *entry, struct buffer *out, struct error *err);

#define AS_ENTRY_KIND(KIND, kind_name, table_name, meaning)                                        \
    static const struct entry_kind table_name##_kind = {                                           \
        .name = kind_name, .members = table_name##_members, .apply = apply,                        \
        .describe = describe, .covered_by = "import.file"};
DISCLOSURE_KINDS(AS_ENTRY_KIND)

#define OF(KIND, table_name) &table_name##_kind, &table_name##_table, KIND##_FIELD_COUNT

static const struct disclosure_table tables[] = {
    [DISCLOSURE_PLAN] = {OF(PLAN, disclosed_plan), PLAN_CODE, PLAN_DIVISION, PLAN_DATE, check_plan},
    [DISCLOSURE_CHANGE] = {OF(CHANGE, disclosed_change), FIELD_NONE, FIELD_NONE, CHANGE_DATE, check_change},
    [DISCLOSURE_FINANCE] = {OF(FINANCE, disclosed_finance), FIELD_NONE, FIELD_NONE, FIELD_NONE, check_finance},
    [DISCLOSURE_PRINCIPLE] = {OF(PRINCIPLE, disclosed_principle), FIELD_NONE, PRINCIPLE_DIVISION, PRINCIPLE_DATE, check_principle},
    [DISCLOSURE_ACHIEVE] = {OF(ACHIEVE, disclosed_achieve), FIELD_NONE, FIELD_NONE, ACHIEVE_DATE, check_achieve},
    [DISCLOSURE_ENTER] = {OF(ENTER, disclosed_enter), FIELD_NONE, FIELD_NONE, ENTER_DATE, check_enter},
    [DISCLOSURE_LEAVE] = {OF(LEAVE, disclosed_leave), FIELD_NONE, FIELD_NONE, LEAVE_DATE, check_leave},
    [DISCLOSURE_SECTOR] = {OF(SECTOR, disclosed_sector), SECTOR_CODE, SECTOR_DIVISION, SECTOR_DATE, NULL},
    [DISCLOSURE_LOAN] = {OF(LOAN, disclosed_loan), LOAN_CODE, LOAN_DIVISION, LOAN_DATE, check_loan},
    [DISCLOSURE_COUNT] = {OF(COUNT, disclosed_count), COUNT_CODE, COUNT_DIVISION, COUNT_DATE, check_count},
    [DISCLOSURE_ENTRUST] = {OF(ENTRUST, disclosed_entrust), ENTRUST_CODE, ENTRUST_DIVISION, ENTRUST_DATE, check_entrust},
    [DISCLOSURE_CHANNEL] = {OF(CHANNEL, disclosed_channel), FIELD_NONE, CHANNEL_DIVISION, CHANNEL_DATE, check_channel},
    [DISCLOSURE_COMPLAINT] = {OF(COMPLAINT, disclosed_complaint), COMPLAINT_CODE, COMPLAINT_DIVISION, COMPLAINT_RECEIVED, check_complaint},
    [DISCLOSURE_ANSWER] = {OF(ANSWER, disclosed_answer), ANSWER_COMPLAINT, FIELD_NONE, ANSWER_DATE, check_answer},
    [DISCLOSURE_NOTICE] = {OF(NOTICE, disclosed_notice), NOTICE_CODE, NOTICE_DIVISION, NOTICE_FIRST, check_notice},
    [DISCLOSURE_REMOVE] = {OF(REMOVE, disclosed_remove), REMOVE_NOTICE, FIELD_NONE, REMOVE_DATE, check_remove},
    [DISCLOSURE_CALENDAR] = {OF(CALENDAR, disclosed_calendar), FIELD_NONE, FIELD_NONE, FIELD_NONE, check_calendar},
};

/* What each kind does, in plain words, before its code or day. */
static const struct {
    const char *phrase;
    size_t named;
} told[] = {
    [DISCLOSURE_PLAN] = {"approves plan", PLAN_CODE},
    [DISCLOSURE_CHANGE] = {"changes plan", CHANGE_PLAN},
    [DISCLOSURE_FINANCE] = {"says what money is in plan", FINANCE_PLAN},
    [DISCLOSURE_PRINCIPLE] = {"explains the allocation by", PRINCIPLE_DOCUMENT},
    [DISCLOSURE_ACHIEVE] = {"says what was achieved by project", ACHIEVE_PROJECT},
    [DISCLOSURE_ENTER] = {"takes into the project bank project", ENTER_PROJECT},
    [DISCLOSURE_LEAVE] = {"takes out of the project bank project", LEAVE_PROJECT},
    [DISCLOSURE_SECTOR] = {"declares sector project", SECTOR_CODE},
    [DISCLOSURE_LOAN] = {"declares loan", LOAN_CODE},
    [DISCLOSURE_COUNT] = {"declares loans to people", COUNT_CODE},
    [DISCLOSURE_ENTRUST] = {"declares what is entrusted under", ENTRUST_CODE},
    [DISCLOSURE_CHANNEL] = {"opens for complaints", CHANNEL_CODE},
    [DISCLOSURE_COMPLAINT] = {"receives complaint", COMPLAINT_CODE},
    [DISCLOSURE_ANSWER] = {"answers complaint", ANSWER_COMPLAINT},
    [DISCLOSURE_NOTICE] = {"posts notice", NOTICE_CODE},
    [DISCLOSURE_REMOVE] = {"takes down notice", REMOVE_NOTICE},
    [DISCLOSURE_CALENDAR] = {"sets in the calendar", CALENDAR_DATE},
};

#define AS_KIND_POINTER(KIND, kind_name, table_name, meaning) &table_name##_kind,
static const struct entry_kind *const kinds[] = {DISCLOSURE_KINDS(AS_KIND_POINTER) NULL};
#define AS_TABLE_POINTER(KIND, kind_name, table_name, meaning) &table_name##_table,
static const struct store_table *const store_tables[] = {DISCLOSURE_KINDS(AS_TABLE_POINTER) & decision_table, NULL};
// clang-format on

const struct disclosure_table *disclosure_table(enum disclosure_kind kind)
{
    assert(kind < DISCLOSURE_KIND_COUNT);
    return &tables[kind];
}

const struct entry_kind *disclosure_entry_kind(enum disclosure_kind kind)
{
    return disclosure_table(kind)->kind;
}

size_t disclosure_field_count(enum disclosure_kind kind)
{
    return disclosure_table(kind)->field_count;
}

static enum disclosure_kind kind_of(const struct entry_view *entry)
{
    int kind = 0;

    while (strcmp(tables[kind].kind->name, entry->kind) != 0)
        kind++;
    return (enum disclosure_kind)kind;
}

/* ---- Applying -------------------------------------------------------------------------------- */

static date_t today(const struct journal *journal)
{
    return instant_to_date_in(journal_time(journal), ZONE_CHINA_SECONDS);
}

static bool check_code(struct journal *journal, enum disclosure_kind kind,
                       const struct disclosure_record *record, struct error *err)
{
    size_t field = tables[kind].code;
    int64_t count;

    if (field == FIELD_NONE) return true;
    if (!record_count(journal, kind, field, record->values[field].text, &count, err)) return false;
    return count == 0 ||
           error_set(err, ERROR_CONFLICT, "%s: %s is in the ledger already; nothing takes it back",
                     tables[kind].kind->name, record->values[field].text);
}

static bool check_day(struct journal *journal, enum disclosure_kind kind,
                      const struct disclosure_record *record, struct error *err)
{
    size_t field = tables[kind].date;
    date_t day;

    if (field == FIELD_NONE) return true;
    if (!disclosure_date(record, field, &day, err)) return false;
    return !date_is_before(today(journal), day) ||
           error_set(err, ERROR_INPUT,
                     "%s has not come yet; an event is recorded when it has happened",
                     record->values[field].text);
}

/* Whose row it is must be registered, and a maker there must have written it. */
static bool check_place(struct journal *journal, const char *division, const char *actor,
                        struct error *err)
{
    struct division found;

    return division_find(journal, division, &found, err) &&
           journal_require_role(journal, actor, ROLE_MAKER, division, err);
}

static bool apply(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    const enum disclosure_kind kind = kind_of(entry);
    const struct disclosure_table *table = &tables[kind];
    struct disclosure_record *record = malloc(sizeof *record);
    char division[DIVISION_CODE_SIZE] = "";
    bool ok = false;

    if (record == NULL) return error_set(err, ERROR_MEMORY, "no memory for a row");
    if (!record_read_body(table, entry, record, err)) goto out;
    if (table->division != FIELD_NONE)
        memcpy(division, record->values[table->division].text, sizeof division);
    if (!check_code(journal, kind, record, err)) goto out;
    if (!check_day(journal, kind, record, err)) goto out;
    if (table->check != NULL && !table->check(journal, record, division, err)) goto out;
    if (!check_place(journal, division, entry->actor, err)) goto out;
    ok = record_insert(journal, table, record, err);
out:
    free(record);
    return ok;
}

static bool describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    const enum disclosure_kind kind = kind_of(entry);
    const char *member = tables[kind].kind->members[told[kind].named].name;
    char name[TEXT_SIZE];

    return json_get_string(entry->document, entry->body, member, name, sizeof name, err) &&
           buffer_append_format(out, err, "%s %s", told[kind].phrase, name);
}

static bool after_entry(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    return bank_guard(journal, entry, err) && decision_keep(journal, entry, err);
}

const struct journal_module disclosure_module = {
    .kinds = kinds,
    .tables = store_tables,
    .table_count = ARRAY_COUNT(store_tables) - 1,
    .after_entry = after_entry,
};
