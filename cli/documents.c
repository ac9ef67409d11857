/*
 * documents.c - documents and funds by what people type: see documents.h.
 */
#include "cli/documents.h"

#include <string.h>

#include <unistr.h>

#include "base/language.h"

#define KEY_MAX  256 /* characters of a name that are looked at */
#define NEAR_MAX 3   /* names suggested */

/* A name as it is compared: its characters, folded. */
struct key {
    size_t size;
    ucs4_t at[KEY_MAX];
};

/* 0 for what makes no difference: brackets and spaces. */
static ucs4_t fold(ucs4_t c)
{
    static const ucs4_t ignored[] = {
        '(',    ')',    '[',    ']',    '<',    '>',    ' ',    '\t',   0xA0, /* and wide ones */
        0x3000, 0x3008, 0x3009, 0x3010, 0x3011, 0x3014, 0x3015, 0x3016, 0x3017};
    size_t i;

    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0; /* full-width forms */
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    for (i = 0; i < ARRAY_COUNT(ignored); i++) {
        if (c == ignored[i]) return 0;
    }
    return c;
}

static void make_key(const char *text, struct key *out)
{
    const uint8_t *at = (const uint8_t *)text;
    ucs4_t c;

    out->size = 0;
    while ((at = u8_next(&c, at)) != NULL && out->size < KEY_MAX) {
        c = fold(c);
        if (c != 0) out->at[out->size++] = c;
    }
}

static bool keys_are_equal(const struct key *a, const struct key *b)
{
    return a->size == b->size && memcmp(a->at, b->at, a->size * sizeof a->at[0]) == 0;
}

/* ---- Finding -------------------------------------------------------------------------------- */

struct search {
    const char *text;
    struct key key;
    struct document_funds *funds;
};

static bool match_fund(void *context, const struct fund *fund, struct error *err)
{
    struct search *search = context;
    struct key document;

    make_key(fund->document, &document);
    if (strcmp(fund->code, search->text) != 0 && !keys_are_equal(&document, &search->key)) {
        return true;
    }
    if (search->funds->count == DOCUMENT_FUNDS_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d funds carry the document %s; name a fund",
                         DOCUMENT_FUNDS_MAX, search->text);
    }
    memcpy(search->funds->at[search->funds->count++], fund->code, CODE_SIZE);
    return true;
}

bool document_find(struct journal *journal, const char *text, struct document_funds *out,
                   struct error *err)
{
    struct search search = {.text = text, .funds = out};

    out->count = 0;
    make_key(text, &search.key);
    return fund_each(journal, match_fund, &search, err);
}

/* ---- Near ones ------------------------------------------------------------------------------ */

static bool contains(const struct key *whole, const struct key *part)
{
    size_t i;

    for (i = 0; i + part->size <= whole->size; i++) {
        if (memcmp(whole->at + i, part->at, part->size * sizeof part->at[0]) == 0) return true;
    }
    return false;
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

/* Characters to put in, leave out or change (Levenshtein), one row at a time. */
static size_t distance(const struct key *a, const struct key *b)
{
    size_t row[KEY_MAX + 1];
    size_t i, j;

    for (j = 0; j <= b->size; j++)
        row[j] = j;
    for (i = 1; i <= a->size; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (j = 1; j <= b->size; j++) {
            size_t above = row[j];

            row[j] = smallest(above + 1, row[j - 1] + 1,
                              diagonal + (a->at[i - 1] == b->at[j - 1] ? 0 : 1));
            diagonal = above;
        }
    }
    return row[b->size];
}

struct near_search {
    struct key key;
    size_t count;
    struct near_name {
        char name[TEXT_SIZE];
        size_t far;
    } at[NEAR_MAX];
};

/* Keep the nearest, the first of those that are as near. */
static void keep_near(struct near_search *search, const char *name)
{
    struct key key;
    size_t far, i;

    make_key(name, &key);
    if (key.size == 0 || search->key.size == 0) return;
    far = contains(&key, &search->key) ? 0 : distance(&key, &search->key);
    if (far > (search->key.size + 3) / 4) return;
    for (i = 0; i < search->count; i++) {
        if (strcmp(search->at[i].name, name) == 0) return;
    }
    for (i = search->count; i > 0 && search->at[i - 1].far > far; i--) {
        if (i < NEAR_MAX) search->at[i] = search->at[i - 1];
    }
    if (i == NEAR_MAX) return;
    search->at[i].far = far;
    memcpy(search->at[i].name, name, strlen(name) + 1);
    if (search->count < NEAR_MAX) search->count++;
}

static bool look_near(void *context, const struct fund *fund, struct error *err)
{
    (void)err;
    keep_near(context, fund->document);
    keep_near(context, fund->code);
    return true;
}

bool document_refuse(struct journal *journal, const char *text, const char *what, struct error *err)
{
    struct near_search search = {.count = 0};
    struct buffer names = BUFFER_INIT(NEAR_MAX * TEXT_SIZE * 2);
    size_t i;

    make_key(text, &search.key);
    if (!fund_each(journal, look_near, &search, err)) goto out;
    for (i = 0; i < search.count; i++) {
        if (!buffer_append_format(&names, err, "%s%s", i > 0 ? ", " : "", search.at[i].name)) {
            goto out;
        }
    }
    (void)error_set(err, ERROR_NOT_FOUND, "\"%s\" is no %s of this ledger; %s%s", text,
                    translate(what),
                    search.count > 0 ? _("near it: ") : _("`report progress` lists the funds"),
                    search.count > 0 ? buffer_text(&names) : "");
out:
    buffer_done(&names);
    return false;
}

bool document_require(struct journal *journal, const char *text, struct document_funds *out,
                      struct error *err)
{
    return document_find(journal, text, out, err) &&
           (out->count > 0 || document_refuse(journal, text, N_("fund or document"), err));
}
