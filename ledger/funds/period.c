/*
 * period.c - months that are closed, the carry-over of a December, and opening months again.
 *
 * 1. Months are closed one after the other, from the first in which anything was booked, and none
 *    that has not come. The first one closes all before it too.
 * 2. A month doesn't close while a voucher that counts in it is pending.
 * 3. A December closes only behind an entry that names every fund which takes money into the next
 *    year. It holds no amount: beside what is public, a fund's sum would tell a sealed voucher's.
 * So would that nothing is left: a fund about which anything is sealed is named in any case.
 * 4. Two administrators open a month again, and all later ones with it.
 */
#include <assert.h>
#include <string.h>

#include "ledger/funds/internal.h"

#define CARRY_OVER_FUNDS_MAX 500
#define MONTHS_AT_ONCE_MAX   1200 /* a hundred years */
#define CLOSING_ROLES                                                                              \
    "('unassigned', 'available', 'committed', 'held', 'in_transit', 'owed', 'retention', "         \
    "'receivable')"

static const struct entry_member close_members[] = {
    {.name = "month", .type = MEMBER_MONTH, .mark = MEMBER_PUBLIC},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

static const struct entry_member carry_over_members[] = {
    {.name = "funds", .type = MEMBER_ARRAY, .mark = MEMBER_PUBLIC, .element = MEMBER_CODE},
    {.name = "nonce", .type = MEMBER_NONCE, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "year", .type = MEMBER_INTEGER, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

/* ---- Which month counts ---------------------------------------------------------------------- */

bool period_closed_through(struct journal *journal, bool *any, int32_t *month, struct error *err)
{
    struct statement *statement;
    bool has_row;

    if (!sql_row(journal, "SELECT month FROM period ORDER BY month DESC LIMIT 1", NULL, 0,
                 &statement, &has_row, err))
        return false;
    *any = has_row;
    if (!has_row) return true;
    *month = (int32_t)statement_integer(statement, 0);
    statement_reset(statement);
    return true;
}

date_t period_today(const struct journal *journal)
{
    return instant_to_date_in(journal_time(journal), ZONE_CHINA_SECONDS);
}

bool period_require_come(const struct journal *journal, date_t date, struct error *err)
{
    char day[DATE_TEXT_SIZE];

    return !date_is_before(period_today(journal), date) ||
           error_set(err, ERROR_INPUT,
                     "%s has not come yet; an event is recorded when it has happened",
                     date_format(date, day));
}

bool period_booking_month(struct journal *journal, date_t event_date, bool is_allowed_late,
                          int32_t *out, struct error *err)
{
    char text[MONTH_TEXT_SIZE];
    bool any;
    int32_t closed, month = date_month(event_date);

    if (!period_require_come(journal, event_date, err) ||
        !period_closed_through(journal, &any, &closed, err))
        return false;
    if (any && month <= closed) {
        if (!is_allowed_late)
            return error_set(
                err, ERROR_PERIOD_CLOSED,
                "%s is closed and takes no more events; mark the entry as late (--late), and "
                "it counts in the first open month",
                month_format(month, text));
        month = closed + 1;
    }
    *out = month;
    return true;
}

static bool is_december(int32_t month)
{
    return month % 12 == 11;
}

static int64_t december_of(int32_t year)
{
    return (int64_t)year * 12 + 11;
}

bool require_either_role(struct journal *journal, const char *user, enum role first,
                         enum role second, const char *division, struct error *err)
{
    struct error ignored = ERROR_INIT;

    return journal_require_role(journal, user, first, division, &ignored) ||
           journal_require_role(journal, user, second, division, err);
}

/* ---- period.carry_over ----------------------------------------------------------------------- */

/*
 * The funds that a carry-over names, $1 being its December: those with money, and those of which a
 * voucher or the bank's answers to one are sealed. That nothing is left of such a fund would, less
 * what is in clear, tell what it was.
 */
#define CARRIED_FUNDS                                                                              \
    "SELECT fund FROM role_month WHERE month <= $1 AND role IN " CLOSING_ROLES                     \
    " GROUP BY fund HAVING SUM(amount) > 0 UNION SELECT l.from_fund FROM voucher v JOIN leg l ON " \
    "l.voucher = v.number WHERE v.people = 1 AND (v.totals_sealed = 1 OR v.bank_partial = 1) AND " \
    "v.booking_month <= $1 AND v.state NOT IN ('rejected', 'withdrawn')"

/* Is every fund named that must be? */
static bool check_carried(struct journal *journal, int32_t year, struct error *err)
{
    int64_t missing;

    if (!sql_integer(journal,
                     "SELECT COUNT(*) FROM (" CARRIED_FUNDS ") AS closing WHERE fund NOT IN "
                     "(SELECT fund FROM carry_over WHERE year = $2)",
                     SQL_VALUES(SQL_INTEGER(december_of(year)), SQL_INTEGER(year)), &missing, err))
        return false;
    if (missing != 0)
        return error_set(err, ERROR_STATE,
                         "the carry-over of %d leaves out %lld of the funds that have money at the "
                         "year's end; close the year again",
                         year, (long long)missing);
    return true;
}

static bool insert_carried(struct journal *journal, const char *fund, int32_t year,
                           struct error *err)
{
    int64_t there;

    if (!sql_integer(journal, "SELECT COUNT(*) FROM (" CARRIED_FUNDS ") AS closing WHERE fund = $2",
                     SQL_VALUES(SQL_INTEGER(december_of(year)), SQL_TEXT(fund)), &there, err))
        return false;
    if (there == 0)
        return error_set(err, ERROR_NOT_FOUND, "fund %s has no money to carry over from %d", fund,
                         year);
    return sql_run(journal,
                   "INSERT INTO carry_over (year, fund) VALUES ($1, $2) ON CONFLICT (year, fund) "
                   "DO NOTHING",
                   SQL_VALUES(SQL_INTEGER(year), SQL_TEXT(fund)), err);
}

/* The funds of the entry, sorted and each once. */
static bool insert_all_carried(struct journal *journal, const struct json_document *document,
                               uint32_t funds, int32_t year, struct error *err)
{
    char fund[CODE_SIZE], before[CODE_SIZE] = "";
    const uint8_t *text;
    size_t size;

    if (json_count(document, funds) > CARRY_OVER_FUNDS_MAX)
        return error_set(err, ERROR_LIMIT, "a carry-over names at most %d funds; make several",
                         CARRY_OVER_FUNDS_MAX);
    for (uint32_t node = json_first(document, funds); node != JSON_NONE;
         node = json_next(document, node)) {
        text = json_string_value(document, node, &size);
        assert(size < CODE_SIZE); /* a code, by the table of members */
        memcpy(fund, text, size);
        fund[size] = '\0';
        if (strcmp(before, fund) >= 0)
            return error_set(err, ERROR_INPUT,
                             "the funds of a carry-over are sorted and named once");
        if (!insert_carried(journal, fund, year, err)) return false;
        text_fill(before, sizeof before, fund);
    }
    return true;
}

/* What a closed year has carried over stands, and none is carried over before its last month. */
static bool check_year_is_open(struct journal *journal, int32_t year, struct error *err)
{
    bool any;
    int32_t closed;

    if (december_of(year) > date_month(period_today(journal)))
        return error_set(err, ERROR_INPUT, "the December of %d has not come yet", year);
    if (!period_closed_through(journal, &any, &closed, err)) return false;
    if (!any || closed / 12 < year || (closed / 12 == year && !is_december(closed))) return true;
    return error_set(err, ERROR_PERIOD_CLOSED,
                     "%d is closed; what it has carried over stands: open its December again first",
                     year);
}

static bool carry_over_apply(struct journal *journal, const struct entry_view *entry,
                             struct error *err)
{
    uint32_t funds;
    int32_t year;

    if (!json_get_small(entry->document, entry->body, "year", &year, err) ||
        !json_get_node(entry->document, entry->body, "funds", JSON_ARRAY, &funds, err) ||
        !require_either_role(journal, entry->actor, ROLE_CHECKER, ROLE_ADMIN,
                             journal_root_division(journal), err))
        return false;
    return check_year_is_open(journal, year, err) &&
           insert_all_carried(journal, entry->document, funds, year, err);
}

static bool carry_over_describe(const struct entry_view *entry, struct buffer *out,
                                struct error *err)
{
    uint32_t funds;
    int32_t year;

    return json_get_small(entry->document, entry->body, "year", &year, err) &&
           json_get_node(entry->document, entry->body, "funds", JSON_ARRAY, &funds, err) &&
           buffer_append_format(out, err, "carries %u funds over from %d",
                                json_count(entry->document, funds), year);
}

const struct entry_kind period_carry_over_kind = {
    .name = "period.carry_over",
    .members = carry_over_members,
    .apply = carry_over_apply,
    .describe = carry_over_describe,
};

/* ---- period.close ---------------------------------------------------------------------------- */

/* The first month to close: behind the last closed one, or where anything was booked first. */
static bool first_to_close(struct journal *journal, int32_t month, int32_t *out, struct error *err)
{
    bool any;
    int32_t closed;
    int64_t first;

    if (!period_closed_through(journal, &any, &closed, err)) return false;
    if (any) {
        *out = closed + 1;
        return true;
    }
    if (!sql_integer(journal, "SELECT MIN(month) FROM role_month", NULL, 0, &first, err))
        return false;
    *out = first == 0 || first > month ? month : (int32_t)first;
    return true;
}

static bool check_order(struct journal *journal, int32_t month, struct error *err)
{
    char text[MONTH_TEXT_SIZE];
    int32_t next;

    if (month > date_month(period_today(journal)))
        return error_set(err, ERROR_INPUT, "%s has not come yet; it is closed when it is over",
                         month_format(month, text));
    if (!first_to_close(journal, month, &next, err)) return false;
    if (month < next)
        return error_set(err, ERROR_STATE, "%s is closed already", month_format(month, text));
    if (month > next)
        return error_set(err, ERROR_STATE, "months are closed one after the other; the next is %s",
                         month_format(next, text));
    return true;
}

static bool check_none_pending(struct journal *journal, int32_t month, struct error *err)
{
    struct statement *statement;
    char voucher[VOUCHER_NUMBER_SIZE], text[MONTH_TEXT_SIZE];
    bool has_row;

    if (!sql_row(journal,
                 "SELECT number FROM voucher WHERE state = 'pending' AND booking_month <= $1 ORDER "
                 "BY number LIMIT 1",
                 SQL_VALUES(SQL_INTEGER(month)), &statement, &has_row, err))
        return false;
    if (!has_row) return true;
    sql_text(statement, 0, voucher, sizeof voucher);
    statement_reset(statement);
    return error_set(err, ERROR_STATE,
                     "%s can't be closed while voucher %s is pending; approve, reject or withdraw "
                     "it first",
                     month_format(month, text), voucher);
}

static bool read_month(const struct entry_view *entry, int32_t *out, struct error *err)
{
    char text[MONTH_TEXT_SIZE];

    return json_get_string(entry->document, entry->body, "month", text, sizeof text, err) &&
           month_parse(text, out, err);
}

static bool close_apply(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    int32_t month;

    if (!read_month(entry, &month, err) ||
        !require_either_role(journal, entry->actor, ROLE_CHECKER, ROLE_ADMIN,
                             journal_root_division(journal), err) ||
        !check_order(journal, month, err) || !check_none_pending(journal, month, err))
        return false;
    if (is_december(month) && !check_carried(journal, month / 12, err)) return false;
    return sql_run(journal, "INSERT INTO period (month, seq) VALUES ($1, $2)",
                   SQL_VALUES(SQL_INTEGER(month), SQL_INTEGER(entry->seq)), err);
}

static bool close_describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    char text[MONTH_TEXT_SIZE];
    int32_t month;

    return read_month(entry, &month, err) &&
           buffer_append_format(out, err, "closes %s", month_format(month, text));
}

const struct entry_kind period_close_kind = {
    .name = "period.close",
    .members = close_members,
    .apply = close_apply,
    .describe = close_describe,
};

/* ---- period.reopen --------------------------------------------------------------------------- */

static const struct entry_member reopen_members[] = {
    {.name = "month", .type = MEMBER_MONTH, .mark = MEMBER_PUBLIC},
    {.name = "reason", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

static bool reopen_check(struct journal *journal, const struct json_document *document,
                         uint32_t body, struct error *err)
{
    char text[MONTH_TEXT_SIZE], reason[TEXT_SIZE];
    bool any;
    int32_t month, closed;

    if (!json_get_string(document, body, "month", text, sizeof text, err) ||
        !month_parse(text, &month, err) ||
        !json_get_string(document, body, "reason", reason, sizeof reason, err) ||
        !period_closed_through(journal, &any, &closed, err))
        return false;
    if (reason[0] == '\0')
        return error_set(err, ERROR_INPUT, "opening a month again needs a reason; give one");
    if (!any || month > closed)
        return error_set(err, ERROR_STATE, "%s is not closed; nothing is to be opened", text);
    return true;
}

static bool reopen_take_effect(struct journal *journal, const struct entry_view *second,
                               const struct json_document *document, uint32_t body,
                               struct error *err)
{
    char text[MONTH_TEXT_SIZE];
    int32_t month;

    (void)second;
    return json_get_string(document, body, "month", text, sizeof text, err) &&
           month_parse(text, &month, err) &&
           sql_run(journal, "DELETE FROM period WHERE month >= $1", SQL_VALUES(SQL_INTEGER(month)),
                   err) &&
           sql_run(journal, "DELETE FROM carry_over WHERE year >= $1",
                   SQL_VALUES(SQL_INTEGER(month / 12)), err);
}

const struct act_kind period_reopen_act = {
    .name = "period.reopen",
    .members = reopen_members,
    .check = reopen_check,
    .take_effect = reopen_take_effect,
};

/* ---- Writing --------------------------------------------------------------------------------- */

static bool append_carry_over(struct journal *journal, const struct signatory *by, int32_t year,
                              const struct buffer *funds, struct error *err)
{
    struct buffer body = BUFFER_INIT(BODY_SIZE_BYTES_MAX);
    struct json_writer writer;
    struct appended appended;
    bool ok = false;

    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    json_name(&writer, "funds");
    json_raw(&writer, funds->data, funds->size);
    json_member_integer(&writer, "year", year);
    json_object_end(&writer);
    if (!json_writer_finish(&writer, err)) goto out;
    ok = journal_append_act(journal, by, "period.carry_over", &body, NULL, 0, &appended, err);
out:
    buffer_done(&body);
    return ok;
}

/* Write up to CARRY_OVER_FUNDS_MAX funds above `after`; *count tells how many, *after the last. */
static bool write_carried(struct journal *journal, int32_t december, char after[CODE_SIZE],
                          size_t *count, struct buffer *out, struct error *err)
{
    struct statement *statement = NULL;
    struct json_writer writer;
    char fund[CODE_SIZE];
    bool has_row, ok = false;

    *count = 0;
    text_fill(fund, sizeof fund, after);
    json_writer_init(&writer, out);
    json_array_begin(&writer);
    if (!sql_prepare(
            journal,
            "SELECT fund FROM (" CARRIED_FUNDS
            ") AS closing WHERE fund > $2 ORDER BY fund LIMIT $3",
            SQL_VALUES(SQL_INTEGER(december), SQL_TEXT(fund), SQL_INTEGER(CARRY_OVER_FUNDS_MAX)),
            &statement, err))
        goto out;
    for (; *count < CARRY_OVER_FUNDS_MAX; (*count)++) {
        if (!statement_step(statement, &has_row, err)) goto out;
        if (!has_row) break;
        sql_text(statement, 0, after, CODE_SIZE);
        json_string(&writer, after);
    }
    json_array_end(&writer);
    ok = json_writer_finish(&writer, err);
out:
    statement_free(statement);
    return ok;
}

static bool carry_over(struct journal *journal, const struct signatory *by, int32_t december,
                       struct error *err)
{
    struct buffer funds = BUFFER_INIT(BODY_SIZE_BYTES_MAX);
    char after[CODE_SIZE] = "";
    size_t count;
    bool ok = false;

    do {
        buffer_reset(&funds);
        if (!write_carried(journal, december, after, &count, &funds, err) ||
            !append_carry_over(journal, by, december / 12, &funds, err))
            goto out;
    } while (count == CARRY_OVER_FUNDS_MAX);
    ok = true;
out:
    buffer_done(&funds);
    return ok;
}

static bool append_close(struct journal *journal, const struct signatory *by, int32_t month,
                         struct error *err)
{
    struct buffer body = BUFFER_INIT(1024);
    struct json_writer writer;
    struct appended appended;
    char text[MONTH_TEXT_SIZE];
    bool ok = false;

    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    json_member_string(&writer, "month", month_format(month, text));
    json_object_end(&writer);
    if (!json_writer_finish(&writer, err)) goto out;
    ok = journal_append_act(journal, by, "period.close", &body, NULL, 0, &appended, err);
out:
    buffer_done(&body);
    return ok;
}

bool period_close(struct journal *journal, const struct signatory *by, int32_t month,
                  struct error *err)
{
    char text[MONTH_TEXT_SIZE];
    int32_t first;

    if (!first_to_close(journal, month, &first, err)) return false;
    if (first > month)
        return error_set(err, ERROR_STATE, "%s is closed already", month_format(month, text));
    if (month - first >= MONTHS_AT_ONCE_MAX)
        return error_set(err, ERROR_LIMIT,
                         "%d months are closed at once at most; close an earlier "
                         "month first",
                         MONTHS_AT_ONCE_MAX);
    for (int32_t open = first; open <= month; open++) {
        if (!check_none_pending(journal, open, err)) return false;
        if (is_december(open) && !carry_over(journal, by, open, err)) return false;
        if (!append_close(journal, by, open, err)) return false;
    }
    return true;
}
