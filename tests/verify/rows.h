/* rows.h - rows of a register for tests: bodies with ' for quotes, added to the good log, and what
 * is then said of the last. */
#ifndef TESTS_VERIFY_ROWS_H
#define TESTS_VERIFY_ROWS_H

#include <stdio.h>

#include "tests/verify/suite.h"

#define ROWS_MAX 24

struct row {
    const char *kind; /* NULL ends; "import.file" covers what stands before it */
    const char *body;
};

struct row_case {
    const char *wanted; /* of the last row; NULL: all are good */
    struct row rows[ROWS_MAX];
};

/* The text with its quotes as JSON has them; static storage. */
static inline const char *quoted(const char *text)
{
    static char out[8192];
    size_t size = 0;

    for (; *text != '\0'; text++) {
        ck_assert_uint_lt(size + 1, sizeof out);
        out[size++] = *text == '\'' ? '"' : *text;
    }
    out[size] = '\0';
    return out;
}

/* Add one; returns its seq. */
static inline uint64_t add_row(const struct row *row)
{
    static unsigned imports;
    char reference[32];

    if (strcmp(row->kind, "import.file") != 0)
        return fixture_row(world, "li", row->kind, "%s", quoted(row->body));
    (void)snprintf(reference, sizeof reference, "rows-%u", ++imports);
    return fixture_import(world, "li", reference);
}

static inline void cover(void)
{
    (void)add_row(&(struct row){"import.file", NULL});
}

/* After `before`, the rows of a case; the last of them is judged. */
static inline void expect_rows(const struct row *before, const struct row_case *tested)
{
    const struct row *last = NULL;
    uint64_t seq = 0;
    char wanted[512];

    for (; before != NULL && before->kind != NULL; before++)
        (void)add_row(before);
    for (const struct row *row = tested->rows; row->kind != NULL; row++) {
        seq = add_row(row);
        last = row;
    }
    ck_assert_ptr_nonnull(last);
    cover();
    (void)snprintf(wanted, sizeof wanted, "FAIL entry %llu (%s): %s", (unsigned long long)seq,
                   last->kind, tested->wanted == NULL ? "" : tested->wanted);
    expect(tested->wanted == NULL ? "PASS" : wanted);
}

/* A row alone, held to its shape; NULL: whatever else is wrong with a row that names what isn't
 * there, its shape is right. */
static inline void expect_shape(const char *kind, const char *body, const char *wanted)
{
    uint64_t seq = add_row(&(struct row){kind, body});
    char text[512];

    cover();
    (void)snprintf(text, sizeof text, "FAIL entry %llu (%s): member %s", (unsigned long long)seq,
                   kind, wanted == NULL ? "" : wanted);
    if (wanted != NULL) {
        expect(text);
        return;
    }
    fixture_write_ledger(world, folder);
    ck_assert_ptr_null(strstr(fixture_verify(folder, NULL), text));
}

#define NO_ROWS                                                                                    \
    {                                                                                              \
        NULL, NULL                                                                                 \
    }

/* A project with a line of F1, of 1,000.00 yuan, and one from outside, of 500.00. */
#define PROJECT                                                                                    \
    {                                                                                              \
        "project.add",                                                                             \
            "{'beneficiaries':0,'book':'subsidy','category':'','division':'" FIXTURE_COUNTY        \
            "','end':'','mechanism':'','name':'路','nature':'','office_phone':'',"                \
            "'participation':'','plan':[{'amount':100000,'fund':'F1','line':1,"                    \
            "'source':''},{'amount':50000,'fund':'','line':2,'source':'企业'}],"                 \
            "'project':'P1','start':'','target':'通车','task':'','unit':''}"                     \
    }
#define REGISTER_BODY(asset, division, acquired, class, reason)                                      \
    "{'acquired':'" acquired "','asset':'" asset                                                     \
    "','category':'道路','class':'" class "','division':'" division                                  \
                                          "','document':'','form':'fixed','latitude_microdegrees'"   \
                                          ":0,"                                                      \
                                          "'life_months':120,'longitude_microdegrees':0,'method':"   \
                                          "'straight_line','name':'路','note':'',"                  \
                                          "'origin':'built','place':'三组','quantity_thousandths'" \
                                          ":1000,'reason':'" reason                                  \
                                          "','residual_bp':500,'specification':'','unit':'公里'}"
#define ASSET(asset)                                                                               \
    {                                                                                              \
        "asset.register", REGISTER_BODY(asset, FIXTURE_VILLAGE, "2021-02-01", "operational", "")   \
    }
#define TITLE_BODY(asset, day, division, certificate)                                              \
    "{'asset':'" asset "','certificate':'" certificate "','date':'" day "','disposal':'',"         \
    "'distribution':'村民会议','division':'" division "','document':'','income':'村集体',"      \
    "'operator':'','owner':'村股份经济合作社','supervision':'','uscc':''}"
#define TITLE(asset, day, division, certificate)                                                   \
    {                                                                                              \
        "asset.title", TITLE_BODY(asset, day, division, certificate)                               \
    }
#define STATE(asset, day, state)                                                                   \
    {                                                                                              \
        "asset.state",                                                                             \
            "{'asset':'" asset "','date':'" day "','reason':'水毁','state':'" state "'}"           \
    }
#define FIXTURE_VILLAGE       "611025100201"
#define FIXTURE_OTHER_VILLAGE "611025100202"

#endif
