/*
 * records.h - kinds of rows that sheets bring, each written once as a list of fields.
 *
 * 1. A row is an entry covered by the import.file of its sheet: one signature of a maker for all.
 * 2. Of one list are made the members of its entries, the columns of its derived table, the places
 *    in a record and what a column of a sheet holds.
 * 3. Rows are never changed. What takes the place of an earlier one says so or comes later.
 * 4. What is about a person stands under one seal, the member `detail`. When its value is erased or
 *    lost, the row stays: `is_gone` is 1 and what was sealed is empty, live as in a replay.
 *
 * How a module adds a kind (ledger/disclosure is the model; each line of a list ends with \):
 *
 *     #define ASSET_POST_FIELDS(X, D, S)
 *         X(POST_CODE,    code,     CODE,     NULL, "its code")
 *         X(POST_DATE,    date,     DATE,     NULL, "first day")
 *         D(POST_IS_GONE, asset_post)
 *         X(POST_KIND,    kind,     WORD,     asset_post_words, "repair, patrol, ...")
 *         S(POST_WHERE,   division, DIVISION, NULL, "where its holder lives")
 *         S(POST_NAME,    name,     TEXT,     NULL, "who that is")
 *     #define ASSET_KINDS(K)
 *         K(ASSET, POST, "post.hold", asset_post, "holders of posts")
 *
 * X(FIELD, name, type, words, meaning) is public, S the same under the seal; each in canonical
 * order, all S behind all X. `type` is the end of a MEMBER_… of journal.h, one of those for which
 * there is a RECORD_COLUMN_… below; `words` those of a WORD. D(FIELD, table) stands where `detail`
 * belongs among the public ones and is left out with S when nothing is sealed. Numbers of people
 * may stand in a TEXT or PHONE of S and nowhere else: the kind's check says which and tries them.
 * A DIVISION_DATED is a DIVISION by which rows are looked up, together with their `date`.
 * K(MODULE, KIND, entry, table, meaning of the table).
 *
 *     header: RECORD_DECLARE(ASSET, asset)
 *         field indexes POST_CODE …, POST_FIELD_COUNT; enum asset_kind {ASSET_POST, …};
 *         extern const struct record_kind asset_post, *const asset_kinds[]
 *     source: ASSET_KINDS(RECORD_TABLES)
 *         const struct record_kind asset_post = {
 *             RECORD_KIND(ASSET, POST, asset_post, POST_CODE, POST_WHERE, POST_DATE),
 *             .noun = N_("post"), .phrase = "fills post", .named = POST_CODE, .check = check_post};
 *         its journal_module lists ASSET_KINDS(RECORD_ENTRY_POINTER) NULL as kinds and
 *         ASSET_KINDS(RECORD_TABLE_POINTER) NULL as tables
 *     sheet: importers/records.h. Bytes: docs/format.md, audit/verify/kinds.c (by hand).
 */
#ifndef LEDGER_RECORDS_RECORDS_H
#define LEDGER_RECORDS_RECORDS_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/date.h"
#include "base/error.h"
#include "ledger/funds/funds.h"
#include "ledger/journal/journal.h"

#define RECORD_FIELDS_MAX  24
#define RECORD_SUBJECT_MAX 3
#define RECORD_NONE        SIZE_MAX

/** A row as it was entered. Large: not for a stack. */
struct record {
    uint64_t seq; /* its entry */
    struct {
        int64_t number; /* integers, amounts in fen, booleans */
        char text[TEXT_SIZE];
    } values[RECORD_FIELDS_MAX];
};

/**
 * What must hold of a row beyond the types of its fields. `division_out` is set to whose row it is
 * when the row has no such field. Of a row whose detail is gone, in a replay, only what stands in
 * clear is judged.
 */
typedef bool record_check(struct journal *journal, const struct record *record,
                          char division_out[DIVISION_CODE_SIZE], struct error *err);
#define RECORD_CHECK(name)                                                                         \
    bool name(struct journal *journal, const struct record *record,                                \
              char division_out[DIVISION_CODE_SIZE], struct error *err)

/** Is the purpose of what a row seals over? Else ERROR_STATE. As entry_kind.settled. */
typedef bool record_settled_check(struct journal *journal, const struct record *record,
                                  const struct json_document *document, uint32_t act_body,
                                  struct error *err);

struct record_kind {
    /* by RECORD_KIND() */
    const struct entry_kind *entry;
    const struct store_table *table; /* seq, then the fields */
    const struct entry_member *sealed;
    size_t field_count;  /* sealed ones and is_gone too */
    size_t sealed_count; /* the last of them */
    size_t code;         /* its own, in clear, that of no other row of the kind; RECORD_NONE */
    size_t division;     /* RECORD_NONE: that of what it belongs to, which `check` finds */
    size_t date;         /* a day that must have come; RECORD_NONE */

    const char *noun;                   /* what its code is of: N_("asset"); NULL without a code */
    const char *phrase;                 /* what it does, before what it names: "approves plan" */
    size_t named;                       /* a public text */
    record_check *check;                /* NULL: nothing */
    record_settled_check *settled;      /* NULL: nobody can tell, so it never is */
    size_t subject_count;               /* 0: the subject of its seal is its code */
    size_t subject[RECORD_SUBJECT_MAX]; /* else these public fields, a '/' between */
};

/* ---- In -------------------------------------------------------------------------------------- */

/** Empty a record for its kind's fields. */
void record_clear(const struct record_kind *kind, struct record *out);
/** A row that import.file will cover, sealed where its kind says so. `seq` isn't looked at. */
bool record_add(struct journal *journal, struct register_batch *batch,
                const struct record_kind *kind, const struct record *record,
                struct error *err) MUST_CHECK;
/** Put a row into its kind's table: for what another entry says in the way of a row. It was
 * checked, and its `seq`, of that other entry, is that of no row of the kind. */
bool record_insert(struct journal *journal, const struct record_kind *kind,
                   const struct record *record, struct error *err) MUST_CHECK;

/* ---- Out ------------------------------------------------------------------------------------- */

typedef bool record_visit(void *context, const struct record *record, struct error *err);

/** The rows of a kind whose field is that text, in the order of the log. Without a text, all. */
bool record_each(struct journal *journal, const struct record_kind *kind, size_t field,
                 const char *text, record_visit *visit, void *context,
                 struct error *err) MUST_CHECK;
/** The last of them; *found tells whether there is one. */
bool record_find(struct journal *journal, const struct record_kind *kind, size_t field,
                 const char *text, struct record *out, bool *found, struct error *err) MUST_CHECK;
/** The row of that entry, which must be of that kind. */
bool record_read(struct journal *journal, const struct record_kind *kind, uint64_t seq,
                 struct record *out, struct error *err) MUST_CHECK;
/** How many rows of a kind have that text in that field. */
bool record_count(struct journal *journal, const struct record_kind *kind, size_t field,
                  const char *text, int64_t *out, struct error *err) MUST_CHECK;
/** ERROR_NOT_FOUND, "no asset ZC-01 in the ledger; import it first", unless a row has that code. */
bool record_require(struct journal *journal, const struct record_kind *kind, const char *code,
                    struct error *err) MUST_CHECK;
/** The same, and the row: on the heap, the caller's. */
bool record_fetch(struct journal *journal, const struct record_kind *kind, const char *code,
                  struct record **out, struct error *err) MUST_CHECK;
/** A field that holds a day. */
bool record_date(const struct record *record, size_t field, date_t *out,
                 struct error *err) MUST_CHECK;
/** Refuse an empty text: "WHAT is empty; write it". */
bool record_require_text(const struct record *record, size_t field, const char *what,
                         struct error *err) MUST_CHECK;
/** Refuse two days out of order, which compare as texts: "WHAT on SECOND, before FIRST". */
bool record_require_order(const char *first, const char *second, const char *what,
                          struct error *err) MUST_CHECK;
/** Refuse a row of which a public text holds a name that it, or what it names, seals: "REASON is
 * public and holds a name that is sealed; leave the name out". One of a single character, or an
 * empty one, is held by none. */
bool record_refuse_name(const struct record_kind *kind, const struct record *record,
                        const char *name, struct error *err) MUST_CHECK;
/** Was what it seals erased or lost? */
bool record_is_gone(const struct record_kind *kind, const struct record *record);

/* ---- What the preprocessor makes of a list --------------------------------------------------- */

// clang-format off
#define RECORD_COLUMN_AMOUNT        STORE_INTEGER
#define RECORD_COLUMN_BOOLEAN       STORE_INTEGER
#define RECORD_COLUMN_CODE          STORE_TEXT
#define RECORD_COLUMN_CODE_OR_EMPTY STORE_TEXT
#define RECORD_COLUMN_DATE          STORE_TEXT
#define RECORD_COLUMN_DATE_OR_EMPTY STORE_TEXT
#define RECORD_COLUMN_DIVISION      STORE_TEXT
#define RECORD_COLUMN_DIVISION_DATED STORE_TEXT
#define RECORD_COLUMN_HASH          STORE_TEXT
#define RECORD_COLUMN_INTEGER       STORE_INTEGER
#define RECORD_COLUMN_MONTH         STORE_TEXT
#define RECORD_COLUMN_PHONE         STORE_TEXT
#define RECORD_COLUMN_SIGNED_AMOUNT STORE_INTEGER
#define RECORD_COLUMN_TEXT          STORE_TEXT
#define RECORD_COLUMN_USCC          STORE_TEXT
#define RECORD_COLUMN_WORD          STORE_TEXT

#define MEMBER_DIVISION_DATED MEMBER_DIVISION

/* Rows are looked up by codes: their own, and those of what they name. */
#define RECORD_INDEX_AMOUNT(field)
#define RECORD_INDEX_BOOLEAN(field)
#define RECORD_INDEX_CODE(field) #field,
#define RECORD_INDEX_CODE_OR_EMPTY(field) #field,
#define RECORD_INDEX_DATE(field)
#define RECORD_INDEX_DATE_OR_EMPTY(field)
#define RECORD_INDEX_DIVISION(field)
#define RECORD_INDEX_DIVISION_DATED(field) #field ", date",
#define RECORD_INDEX_HASH(field)
#define RECORD_INDEX_INTEGER(field)
#define RECORD_INDEX_MONTH(field)
#define RECORD_INDEX_PHONE(field)
#define RECORD_INDEX_SIGNED_AMOUNT(field)
#define RECORD_INDEX_TEXT(field)
#define RECORD_INDEX_USCC(field)
#define RECORD_INDEX_WORD(field)

#define RECORD_NOTHING(...)
#define RECORD_ONE(...) +1
#define RECORD_FIELD(FIELD, ...) FIELD,
#define RECORD_INDEX(FIELD, field, field_type, field_words, meaning) RECORD_INDEX_##field_type(field)
#define RECORD_MEMBER(FIELD, field, field_type, field_words, meaning)                              \
    {.name = #field, .type = MEMBER_##field_type, .mark = MEMBER_PUBLIC, .words = field_words},
#define RECORD_DETAIL(FIELD, table_name)                                                           \
    {.name = "detail", .type = MEMBER_OBJECT, .mark = MEMBER_SEALED, .may_be_gone = true,          \
     .members = table_name##_sealed},
#define RECORD_COLUMN(FIELD, field, field_type, field_words, meaning)                              \
    {#field, RECORD_COLUMN_##field_type, NULL, meaning},
#define RECORD_IS_GONE(FIELD, table_name)                                                          \
    {"is_gone", STORE_INTEGER, NULL, "1 when what its entry seals was erased or lost"},

#define RECORD_FIELD_INDEXES(MODULE, KIND, entry_name, table_name, meaning)                        \
    enum { MODULE##_##KIND##_FIELDS(RECORD_FIELD, RECORD_FIELD, RECORD_FIELD) KIND##_FIELD_COUNT };
#define RECORD_KIND_INDEX(MODULE, KIND, entry_name, table_name, meaning) MODULE##_##KIND,
#define RECORD_EXTERN(MODULE, KIND, entry_name, table_name, meaning)                               \
    extern const struct record_kind table_name;
#define RECORD_KIND_POINTER(MODULE, KIND, entry_name, table_name, meaning) &table_name,
#define RECORD_DECLARE(MODULE, module)                                                             \
    MODULE##_KINDS(RECORD_FIELD_INDEXES)                                                           \
    MODULE##_KINDS(RECORD_EXTERN)                                                                  \
    enum module##_kind { MODULE##_KINDS(RECORD_KIND_INDEX) MODULE##_KIND_COUNT };                  \
    extern const struct record_kind *const module##_kinds[MODULE##_KIND_COUNT];

#define RECORD_TABLES(MODULE, KIND, entry_name, table_name, table_meaning)                         \
    static const struct entry_member table_name##_sealed[] = {                                     \
        MODULE##_##KIND##_FIELDS(RECORD_NOTHING, RECORD_NOTHING, RECORD_MEMBER){.name = NULL}};    \
    static const struct entry_member table_name##_members[] = {                                    \
        MODULE##_##KIND##_FIELDS(RECORD_MEMBER, RECORD_DETAIL, RECORD_NOTHING){.name = NULL}};     \
    static const struct store_column table_name##_columns[] = {                                    \
        {"seq", STORE_INTEGER, NULL, "its entry"},                                                 \
        MODULE##_##KIND##_FIELDS(RECORD_COLUMN, RECORD_IS_GONE, RECORD_COLUMN)};                   \
    static const char *const table_name##_indexes[] = {                                            \
        MODULE##_##KIND##_FIELDS(RECORD_INDEX, RECORD_NOTHING, RECORD_INDEX) NULL};                \
    static const struct store_table table_name##_table = {                                         \
        .name = #table_name,                                                                       \
        .kind = STORE_DERIVED,                                                                     \
        .meaning = table_meaning,                                                                  \
        .columns = table_name##_columns,                                                           \
        .column_count = ARRAY_COUNT(table_name##_columns),                                         \
        .primary_key = "seq",                                                                      \
        .indexes = table_name##_indexes};                                                          \
    static_assert((int)KIND##_FIELD_COUNT <= RECORD_FIELDS_MAX, "a record has room");              \
    static bool table_name##_apply(struct journal *journal, const struct entry_view *entry,        \
                                   struct error *err)                                              \
    {                                                                                              \
        return record_apply(journal, &table_name, entry, err);                                     \
    }                                                                                              \
    static bool table_name##_describe(const struct entry_view *entry, struct buffer *out,          \
                                      struct error *err)                                           \
    {                                                                                              \
        return record_describe(&table_name, entry, out, err);                                      \
    }                                                                                              \
    static bool table_name##_forget(struct journal *journal, const struct seal_range *range,       \
                                    struct error *err)                                             \
    {                                                                                              \
        return record_forget(journal, &table_name, range, err);                                    \
    }                                                                                              \
    static bool table_name##_settled(struct journal *journal, const struct seal_range *range,      \
                                     const struct json_document *document, uint32_t act_body,      \
                                     struct error *err)                                            \
    {                                                                                              \
        return record_settled(journal, &table_name, range, document, act_body, err);               \
    }                                                                                              \
    static const struct entry_kind table_name##_entry = {                                          \
        .name = entry_name,                                                                        \
        .members = table_name##_members,                                                           \
        .apply = table_name##_apply,                                                               \
        .describe = table_name##_describe,                                                         \
        .forget = table_name##_forget,                                                             \
        .settled = table_name##_settled,                                                           \
        .covered_by = "import.file"};

#define RECORD_KIND(MODULE, KIND, table_name, own_code, own_division, own_date)                    \
    .entry = &table_name##_entry, .table = &table_name##_table, .sealed = table_name##_sealed,     \
    .field_count = KIND##_FIELD_COUNT,                                                             \
    .sealed_count = 0 MODULE##_##KIND##_FIELDS(RECORD_NOTHING, RECORD_NOTHING, RECORD_ONE),   \
    .code = own_code, .division = own_division, .date = own_date
#define RECORD_ENTRY_POINTER(MODULE, KIND, entry_name, table_name, meaning) &table_name##_entry,
#define RECORD_TABLE_POINTER(MODULE, KIND, entry_name, table_name, meaning) &table_name##_table,
// clang-format on

/** For those macros: entry_kind's functions, for any kind. */
bool record_apply(struct journal *journal, const struct record_kind *kind,
                  const struct entry_view *entry, struct error *err) MUST_CHECK;
bool record_describe(const struct record_kind *kind, const struct entry_view *entry,
                     struct buffer *out, struct error *err) MUST_CHECK;
bool record_forget(struct journal *journal, const struct record_kind *kind,
                   const struct seal_range *range, struct error *err) MUST_CHECK;
bool record_settled(struct journal *journal, const struct record_kind *kind,
                    const struct seal_range *range, const struct json_document *document,
                    uint32_t act_body, struct error *err) MUST_CHECK;

#endif
