/*
 * cmd_seal.c - sealed values that are not here any more: which, and the acts of two about them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/language.h"
#include "cli/act.h"
#include "cli/command.h"

#define RANGES_MAX 600 /* that surely stand in one entry; what is more goes into another act */

/* ---- seal list ------------------------------------------------------------------------------- */

static void format_purpose(const struct sealed_place *place, char *out, size_t out_size)
{
    (void)snprintf(out, out_size, "%s/%s", place->kind, place->member);
}

static bool list_gone(void *context, const struct gone_seal *gone, struct error *err)
{
    struct table *table = context;
    char purpose[64];

    format_purpose(&gone->place, purpose, sizeof purpose);
    table_integer(table, (int64_t)gone->place.seq);
    table_text(table, purpose);
    table_word(table, gone_state_name(gone->state));
    if (gone->act_seq < 0)
        table_empty(table);
    else
        table_integer(table, gone->act_seq);
    return table_row(table, err);
}

static bool run_seal_list(struct session *session, const struct arguments *arguments,
                          struct error *err)
{
    static const struct table_column columns[] = {{"seq", "entry", COLUMN_INTEGER},
                                                  {"purpose", "sealed value", COLUMN_TEXT},
                                                  {"state", "state", COLUMN_TEXT},
                                                  {"act_seq", "by entry", COLUMN_INTEGER}};
    struct table *table = NULL;
    bool ok;

    (void)arguments;
    ok = session_open(session, true, err) &&
         table_begin(session->format, columns, ARRAY_COUNT(columns), &table, err) &&
         journal_walk_gone(session->journal, list_gone, table, err) &&
         table_end(table, "every sealed value is here", err);
    table_free(table);
    return ok;
}

const struct command command_seal_list = {
    "seal",
    "list",
    NULL,
    0,
    0,
    NULL,
    "list the sealed values that were lost or erased",
    "What an entry seals lies beside it. When it is not there any more, this tells by which act of "
    "two people; \"missing\" is what nobody has accounted for yet.\n\n"
    "  $ mingzhang seal list\n"
    "  entry  sealed value            state    by entry\n"
    "     68  voucher.submit/content  missing          \n",
    run_seal_list};

/* ---- seal lost ------------------------------------------------------------------------------- */

struct missing {
    struct seal_range at[RANGES_MAX];
    size_t count;
    uint64_t values, left; /* in the ranges; beyond them */
};

/* The values come in the order of the log, those of one entry after another. */
static bool note_missing(void *context, const struct gone_seal *gone, struct error *err)
{
    struct missing *missing = context;
    struct seal_range *range;

    (void)err;
    if (gone->state != GONE_MISSING) return true;
    for (size_t i = missing->count; i > 0; i--) {
        range = &missing->at[i - 1];
        if (strcmp(range->kind, gone->place.kind) != 0 ||
            strcmp(range->member, gone->place.member) != 0)
            continue;
        if (range->last + 1 != gone->place.seq) break;
        range->last++;
        missing->values++;
        return true;
    }
    if (missing->count == RANGES_MAX) {
        missing->left++;
        return true;
    }
    range = &missing->at[missing->count++];
    memcpy(range->kind, gone->place.kind, sizeof range->kind);
    memcpy(range->member, gone->place.member, sizeof range->member);
    range->first = range->last = gone->place.seq;
    missing->values++;
    return true;
}

static int compare_ranges(const void *a, const void *b)
{
    const struct seal_range *left = a, *right = b;
    int order = strcmp(left->kind, right->kind);

    if (order == 0) order = strcmp(left->member, right->member);
    if (order != 0) return order;
    return left->first < right->first ? -1 : left->first > right->first;
}

static bool write_lost(struct missing *missing, const char *reason, struct buffer *out,
                       struct error *err)
{
    struct json_writer writer;

    qsort(missing->at, missing->count, sizeof missing->at[0], compare_ranges);
    json_writer_init(&writer, out);
    json_object_begin(&writer);
    json_member_string(&writer, "reason", reason);
    act_write_ranges(missing->at, missing->count, &writer);
    json_object_end(&writer);
    return json_writer_finish(&writer, err);
}

static bool run_seal_lost(struct session *session, const struct arguments *arguments,
                          struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    struct missing *missing = calloc(1, sizeof *missing);
    const char *reason = NULL;
    bool ok = false;

    if (missing == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    if (!option_require(arguments, OPTION_REASON, "--reason", &reason, err)) goto out;
    if (!session_begin(session, err)) goto out;
    if (!journal_walk_gone(session->journal, note_missing, missing, err)) goto out;
    if (missing->count == 0) {
        (void)error_set(err, ERROR_STATE,
                        "nothing is to be declared: no sealed value is missing that nobody has "
                        "accounted for");
        goto out;
    }
    if (!write_lost(missing, reason, &body, err)) goto out;
    if (!act_propose(session, "seal.lost", &body, err)) goto out;
    say("it declares %llu sealed values lost, for ever", (unsigned long long)missing->values);
    if (missing->left > 0)
        say("%llu more don't fit into one entry; when it is seconded, do the same again",
            (unsigned long long)missing->left);
    ok = true;
out:
    free(missing);
    buffer_done(&body);
    return ok;
}

static const struct argp_option lost_options[] = {
    {"reason", OPTION_REASON, "TEXT", 0, "How they were lost; it is published", 0}, {0}};

const struct command command_seal_lost = {
    "seal",
    "lost",
    NULL,
    0,
    0,
    lost_options,
    "propose to declare lost whatever sealed values are missing",
    "For a ledger that was restored without some sealed values: it verifies only when two "
    "administrators have declared them lost, with a reason that everybody can read. First look for "
    "a backup that has them.\n\n"
    "  $ mingzhang -u zhao seal lost --reason '机房失火，9月3日以后的备份一并烧毁'\n"
    "  $ mingzhang -u qian act second 5f0c2a91b3de\n",
    run_seal_lost};

/* ---- seal erase ------------------------------------------------------------------------------ */

struct wanted {
    const struct arguments *arguments;
    const struct record_kind *kind; /* while rows are looked for */
    struct seal_range ranges[RANGES_MAX];
    size_t range_count;
    int64_t line_count; /* or rows */
};

static bool want_value(struct wanted *wanted, const char *kind, uint64_t seq, struct error *err)
{
    struct seal_range *last =
        wanted->range_count == 0 ? NULL : &wanted->ranges[wanted->range_count - 1];

    wanted->line_count++;
    if (last != NULL && last->last + 1 == seq && strcmp(last->kind, kind) == 0) {
        last->last = seq;
        return true;
    }
    if (wanted->range_count + 1 == RANGES_MAX)
        return error_set(err, ERROR_LIMIT, "they are too scattered for one act; erase fewer");
    last = &wanted->ranges[wanted->range_count++];
    *last = (struct seal_range){.member = "detail", .first = seq, .last = seq};
    (void)snprintf(last->kind, sizeof last->kind, "%s", kind);
    return true;
}

/* Does --line name this one? */
static bool is_named(const struct wanted *wanted, int32_t number, bool *out, struct error *err)
{
    const char *text;
    size_t at = 0;
    int64_t first, last;

    *out = false;
    while ((text = option_next(wanted->arguments, OPTION_LINE, &at)) != NULL) {
        if (!argument_lines(text, "--line", &first, &last, err)) return false;
        *out = *out || (first <= number && number <= last);
    }
    return true;
}

static bool want_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                      const struct voucher_line *line, struct error *err)
{
    struct wanted *wanted = context;
    bool is_meant = !line->is_gone && line->payee.is_person;

    (void)state;
    if (option_given(wanted->arguments, OPTION_LINE) && !is_named(wanted, number, &is_meant, err))
        return false;
    return !is_meant || want_value(wanted, "voucher.line", seq, err);
}

struct content_search {
    uint64_t seq;
    bool is_gone;
};

static bool find_content(void *context, const struct gone_seal *gone, struct error *err)
{
    struct content_search *search = context;

    (void)err;
    if (gone->place.seq == search->seq && strcmp(gone->place.member, "content") == 0)
        search->is_gone = true;
    return true;
}

/* The lines that were named, and the voucher's content, unless it went before. */
static bool want_voucher(struct session *session, const char *name, struct wanted *wanted,
                         struct error *err)
{
    struct content_search search = {0};
    struct voucher voucher;

    if (!voucher_find(session->journal, name, &voucher, err) ||
        !voucher_line_each(session->journal, voucher.number, want_line, wanted, err))
        return false;
    if (wanted->line_count == 0)
        return error_set(err, ERROR_NOT_FOUND,
                         "voucher %s has no such line, or none about a person that is still there",
                         voucher.number);
    search.seq = voucher.submit_seq;
    if (!journal_walk_gone(session->journal, find_content, &search, err)) return false;
    if (!search.is_gone)
        wanted->ranges[wanted->range_count++] =
            (struct seal_range){"voucher.submit", "content", search.seq, search.seq};
    return true;
}

/* ---- Rows of sheets -------------------------------------------------------------------------- */

/* Modules some of whose rows seal what is about people. */
static const struct {
    const struct record_kind *const *kinds;
    size_t count;
} modules[] = {
    {asset_kinds, ASSET_KIND_COUNT},
    {keeping_kinds, KEEPING_KIND_COUNT},
    {people_kinds, PEOPLE_KIND_COUNT},
};

static bool want_row(void *context, const struct record *record, struct error *err)
{
    struct wanted *wanted = context;

    return record_is_gone(wanted->kind, record) ||
           want_value(wanted, wanted->kind->entry->name, record->seq, err);
}

/* Is the kind's name "household_asset.…" when it begins like "household_asset/H7KQ"? */
static bool is_of(const struct record_kind *kind, const char *name)
{
    size_t size = strcspn(name, "/");

    return kind->sealed_count > 0 && strncmp(kind->entry->name, name, size) == 0 &&
           kind->entry->name[size] == '.';
}

/* All that is sealed under a code. */
static bool want_rows(struct session *session, const char *name, struct wanted *wanted,
                      struct error *err)
{
    const char *code = strchr(name, '/') + 1;

    for (size_t i = 0; i < ARRAY_COUNT(modules); i++) {
        for (size_t j = 0; j < modules[i].count; j++) {
            wanted->kind = modules[i].kinds[j];
            if (is_of(wanted->kind, name) &&
                !record_each(session->journal, wanted->kind, wanted->kind->named, code, want_row,
                             wanted, err))
                return false;
        }
    }
    qsort(wanted->ranges, wanted->range_count, sizeof wanted->ranges[0], compare_ranges);
    return wanted->line_count > 0 ||
           error_set(err, ERROR_NOT_FOUND,
                     "no row %s seals anything about people that is still there; write "
                     "household_asset/CODE, keeper/CODE or aid/CODE",
                     name);
}

/* ---- The act --------------------------------------------------------------------------------- */

/* Papers that were attached to the voucher may say the same. */
static bool note_paper(void *context, const struct attachment *attachment, struct error *err)
{
    (void)err;
    if (attachment->title[0] != '\0' || (attachment->is_sealed && attachment->size_bytes > 0))
        *(uint64_t *)context += 1;
    return true;
}

static bool tell_papers(struct session *session, const char *name, struct error *err)
{
    struct voucher voucher;
    uint64_t papers = 0;

    if (!voucher_find(session->journal, name, &voucher, err) ||
        !attachment_each(session->journal, "voucher", voucher.number, note_paper, &papers, err))
        return false;
    if (papers > 0)
        say("%llu papers are attached to the voucher and may say the same; `mingzhang attachment "
            "list %s` shows them, `mingzhang attachment erase` erases them",
            (unsigned long long)papers, voucher.number);
    return true;
}

static bool run_seal_erase(struct session *session, const struct arguments *arguments,
                           struct error *err)
{
    struct buffer body = BUFFER_INIT(ACT_BODY_SIZE_MAX);
    struct wanted *wanted = calloc(1, sizeof *wanted);
    const char *ground = NULL, *reason = NULL, *name = arguments->at[0];
    bool are_rows = strchr(name, '/') != NULL, ok = false;

    if (wanted == NULL) return error_set(err, ERROR_MEMORY, "memory ran out");
    wanted->arguments = arguments;
    if (!option_require(arguments, OPTION_GROUND, "--ground", &ground, err)) goto out;
    if (!option_require(arguments, OPTION_REASON, "--reason", &reason, err)) goto out;
    if (!session_begin(session, err)) goto out;
    if (!(are_rows ? want_rows : want_voucher)(session, name, wanted, err)) goto out;
    if (!act_write_erasure(wanted->ranges, wanted->range_count, ground, reason, &body, err))
        goto out;
    if (!act_propose(session, "seal.erase", &body, err)) goto out;
    ok = are_rows;
    if (are_rows)
        say("it erases for ever what %lld rows say about people; their codes and all sums stay. "
            "Backups made before still hold them: destroy those",
            (long long)wanted->line_count);
    if (are_rows) goto out;
    say("it erases %lld lines, for ever: who was paid what by them can't be told again; totals and "
        "balances stay. Backups made before still hold them: destroy those",
        (long long)wanted->line_count);
    ok = tell_papers(session, name, err);
out:
    free(wanted);
    buffer_done(&body);
    return ok;
}

static const struct argp_option erase_options[] = {
    {"line", OPTION_LINE, "N|N-M", 0, "Only these lines; may be repeated (all about people)", 0},
    {"ground", OPTION_GROUND, "WORD", 0,
     "consent_withdrawn, ordered, purpose_achieved, retention_over or unlawful", 0},
    {"reason", OPTION_REASON, "TEXT", 0, "Why; it is published, so name nobody", 0},
    {0}};

const struct command command_seal_erase = {
    "seal",
    "erase",
    "VOUCHER|KIND/CODE",
    1,
    1,
    erase_options,
    "propose to erase what lines of a voucher, or rows of sheets, say about people",
    "Of a voucher only what is settled and whose months are closed. Names, ID numbers, accounts "
    "and amounts of "
    "the lines go for ever when another administrator seconds it; the voucher's totals stay, and "
    "the act is published. Such lines can't be refunded or reversed any more.\n\n"
    "Of a household's asset, the holder of a post, a loan agreement or a group that guarantees "
    "loans all that is sealed under the code goes: household_asset/CODE, keeper/CODE, aid/CODE. "
    "That its purpose or its time is over is taken only when the asset isn't in use any more, the "
    "holder has left; the other grounds always. Nothing of who still owes is erased.\n\n"
    "  $ mingzhang -u zhao seal erase 2016-000012 --line 3-5 --ground retention_over "
    "--reason 保存期满\n"
    "  $ mingzhang -u zhao seal erase household_asset/H7KQ --ground unlawful --reason 登记错误\n"
    "  $ mingzhang -u qian act second 5f0c2a91b3de\n",
    run_seal_erase};
