/*
 * r23_leases.c - R23 合同: rent that isn't paid, contracts that end, run too long or bring too
 * little.
 *
 *     unpaid    arrears > 0, and day judged - oldest due that isn't paid > limit
 *     ending    0 <= last day - day judged <= limit, and no lease of the asset goes on after it
 *     too_long  a lease whose last day is not before first day + so many years
 *     cheap     rent a year and unit < share of the median of its peers: leases of the day judged
 * of assets of one category and unit, itself among them, PEERS_MIN and more
 *
 * Rent a year and unit = rent × 12 ÷ months of a term ÷ quantity, the fen rounded down. The other
 * party is not named: it may be a person.
 */
#include <stdlib.h>
#include <string.h>

#include "audit/inspect/rules/frame.h"
#include "base/language.h"

#define WHOLE_BP        10000
#define MONTHS_A_YEAR   12
#define THOUSANDTHS     1000
#define PEERS_MIN       4
#define RENT_FACTOR_MAX (INT64_MAX / (MONTHS_A_YEAR * THOUSANDTHS))

enum { PARAMETER_UNPAID, PARAMETER_ENDING, PARAMETER_YEARS, PARAMETER_SHARE };

/* ---- Each lease by itself -------------------------------------------------------------------- */

static bool see_unpaid(struct audit *audit, const struct lease *lease, struct error *err)
{
    const int64_t limit = audit->values[PARAMETER_UNPAID];
    char subject[AUDIT_SUBJECT_SIZE], due[DATE_TEXT_SIZE], yuan[MONEY_TEXT_SIZE];
    struct audit_head head = {.what = "unpaid", .level = 1, .subject = subject};
    struct lease_stand stand;
    int32_t days;

    if (!lease_stand_find(audit->journal, lease, audit->as_of, &stand, err)) return false;
    if (!stand.has_oldest) return true;
    head.day = stand.oldest.due;
    days = audit->as_of.days - head.day.days;
    if (days <= limit) return true;
    (void)snprintf(subject, sizeof subject, "%s %s", lease->code, date_format(head.day, due));
    audit_about(audit, lease->division);
    audit_number(audit, "arrears", AUDIT_AMOUNT, stand.arrears.fen);
    audit_number(audit, "days", AUDIT_DAYS, days);
    audit_number(audit, "limit", AUDIT_DAYS, limit);
    return audit_cite(audit, lease->seq, err) &&
           audit_raise(audit, &head, err,
                       _("Lease %s of asset %s is %s yuan in arrears on %s; the oldest due is of "
                         "%s, %d days ago (limit %lld days)."),
                       lease->code, lease->asset, audit_yuan(stand.arrears, yuan), audit->day, due,
                       days, (long long)limit);
}

/* Does another lease of the asset go on after this one? */
static bool find_next(struct audit *audit, const struct lease *lease, bool *out, struct error *err)
{
    struct statement *select;
    char last[DATE_TEXT_SIZE];

    if (!store_statement(journal_store(audit->journal),
                         "SELECT 1 FROM income_lease WHERE asset = $1 AND date <= $2 AND last_day "
                         "> $3 LIMIT 1",
                         &select, err))
        return false;
    statement_bind_text(select, 1, lease->asset);
    statement_bind_text(select, 2, audit->day);
    statement_bind_text(select, 3, date_format(lease->last_day, last));
    if (!statement_step(select, out, err)) return false;
    if (*out) statement_reset(select);
    return true;
}

static bool see_ending(struct audit *audit, const struct lease *lease, struct error *err)
{
    const int64_t limit = audit->values[PARAMETER_ENDING];
    const int32_t days = lease->last_day.days - audit->as_of.days;
    const struct audit_head head = {"ending", 1, lease->last_day, lease->code};
    char last[DATE_TEXT_SIZE];
    bool goes_on = false;

    if (lease->ended_early || days < 0 || days > limit) return true;
    if (!find_next(audit, lease, &goes_on, err)) return false;
    if (goes_on) return true;
    audit_about(audit, lease->division);
    audit_number(audit, "days", AUDIT_DAYS, days);
    audit_number(audit, "limit", AUDIT_DAYS, limit);
    return audit_cite(audit, lease->seq, err) &&
           audit_raise(
               audit, &head, err,
               _("Lease %s of asset %s ends on %s, in %d days, and none follows (limit %lld "
                 "days)."),
               lease->code, lease->asset, date_format(lease->last_day, last), days,
               (long long)limit);
}

static bool see_too_long(struct audit *audit, const struct lease *lease, struct error *err)
{
    const int64_t years = audit->values[PARAMETER_YEARS];
    const struct audit_head head = {"too_long", 2, lease->first_day, lease->code};
    const struct schedule_rule after = {
        .first = lease->first_day, .every = years, .interval = SCHEDULE_YEAR};
    char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
    date_t end;

    if (strcmp(lease->kind, "lease") != 0 || lease->ended_early || years < 1 ||
        years > SCHEDULE_EVERY_MAX || !schedule_day(&after, 1, &end) ||
        date_is_before(lease->last_day, end))
        return true;
    audit_about(audit, lease->division);
    audit_number(audit, "limit", AUDIT_COUNT, years);
    return audit_cite(audit, lease->seq, err) &&
           audit_raise(audit, &head, err,
                       _("Lease %s of asset %s runs from %s to %s, longer than %lld years."),
                       lease->code, lease->asset, date_format(lease->first_day, first),
                       date_format(lease->last_day, last), (long long)years);
}

static bool see_lease(void *context, const struct lease *lease, struct error *err)
{
    return see_unpaid(context, lease, err) && see_ending(context, lease, err) &&
           see_too_long(context, lease, err);
}

/* ---- Peers ----------------------------------------------------------------------------------- */

struct peer {
    char code[CODE_SIZE], division[DIVISION_CODE_SIZE];
    uint64_t seq;
    date_t signed_on;
    int64_t rent; /* a year and unit */
};

struct peers {
    struct audit *audit;
    char category[TEXT_SIZE], unit[TEXT_SIZE];
    struct peer *list;
    size_t count, capacity;
};

static int by_rent(const void *a, const void *b)
{
    const struct peer *left = a, *right = b;

    if (left->rent != right->rent) return left->rent < right->rent ? -1 : 1;
    return (left->seq > right->seq) - (left->seq < right->seq);
}

static bool raise_cheap(struct peers *peers, const struct peer *peer, money_t median,
                        struct error *err)
{
    struct audit *audit = peers->audit;
    const int64_t limit = audit->values[PARAMETER_SHARE];
    const struct audit_head head = {"cheap", 1, peer->signed_on, peer->code};
    char own[MONEY_TEXT_SIZE], middle[MONEY_TEXT_SIZE];

    audit_about(audit, peer->division);
    audit_number(audit, "rent", AUDIT_AMOUNT, peer->rent);
    audit_number(audit, "median", AUDIT_AMOUNT, median.fen);
    audit_number(audit, "peers", AUDIT_COUNT, (int64_t)peers->count);
    audit_number(audit, "limit", AUDIT_SHARE, limit);
    return audit_cite(audit, peer->seq, err) &&
           audit_raise(
               audit, &head, err,
               _("Lease %s brings %s yuan a year and %s; the middle of %llu leases of %s is "
                 "%s, of which it is less than %lld.%02lld %%."),
               peer->code, audit_yuan((money_t){peer->rent}, own), peers->unit,
               (unsigned long long)peers->count, peers->category, audit_yuan(median, middle),
               (long long)limit / 100, (long long)limit % 100);
}

static bool end_peers(struct peers *peers, struct error *err)
{
    const int64_t limit = peers->audit->values[PARAMETER_SHARE];
    const size_t half = peers->count / 2;
    money_t median, least;

    if (peers->count < PEERS_MIN) return true;
    qsort(peers->list, peers->count, sizeof *peers->list, by_rent);
    median.fen = peers->list[half].rent;
    if (peers->count % 2 == 0) median.fen -= (median.fen - peers->list[half - 1].rent + 1) / 2;
    if (!money_multiply_ratio(median, limit, WHOLE_BP, &least, err)) return false;
    for (size_t i = 0; i < peers->count && peers->list[i].rent < least.fen; i++)
        if (!raise_cheap(peers, &peers->list[i], median, err)) return false;
    return true;
}

static bool add_peer(struct peers *peers, const struct peer *peer, struct error *err)
{
    if (peers->count == peers->capacity) {
        size_t more = peers->capacity == 0 ? 64 : peers->capacity * 2;
        struct peer *grown =
            more > AUDIT_FINDINGS_MAX * 2 ? NULL : realloc(peers->list, more * sizeof *grown);

        if (grown == NULL) return error_set(err, ERROR_LIMIT, "rule R23: too many leases");
        peers->list = grown;
        peers->capacity = more;
    }
    peers->list[peers->count++] = *peer;
    return true;
}

/* category, unit, lease, division, entry, day signed, rent, months, quantity: by category, unit. */
static bool see_peer(void *context, const struct statement *row, struct error *err)
{
    struct peers *peers = context;
    struct peer peer = {.seq = (uint64_t)statement_integer(row, 4)};
    const int64_t rent = statement_integer(row, 6);

    if (strcmp(peers->category, statement_text(row, 0)) != 0 ||
        strcmp(peers->unit, statement_text(row, 1)) != 0) {
        if (!end_peers(peers, err)) return false;
        peers->count = 0;
        audit_text(row, 0, peers->category, sizeof peers->category);
        audit_text(row, 1, peers->unit, sizeof peers->unit);
    }
    if (rent > RENT_FACTOR_MAX) return true; /* no such rent is paid anywhere */
    audit_text(row, 2, peer.code, sizeof peer.code);
    audit_text(row, 3, peer.division, sizeof peer.division);
    peer.rent =
        rent * MONTHS_A_YEAR * THOUSANDTHS / statement_integer(row, 7) / statement_integer(row, 8);
    return audit_date(row, 5, &peer.signed_on, err) && add_peer(peers, &peer, err);
}

static bool walk_peers(struct audit *audit, struct error *err)
{
    struct peers peers = {.audit = audit};
    bool ok =
        audit_query(audit,
                    "SELECT r.category, r.unit, l.lease, l.division, l.seq, l.date, l.rent, "
                    "l.months, r.quantity_thousandths FROM income_lease l JOIN asset_now a ON "
                    "a.code = l.asset JOIN asset_register r ON r.seq = a.register_seq WHERE l.kind "
                    "= 'lease' AND l.date <= $1 AND l.first_day <= $1 AND l.last_day >= $1 AND "
                    "l.months > 0 AND l.rent > 0 AND r.quantity_thousandths > 0 AND NOT EXISTS "
                    "(SELECT 1 FROM income_lease_end e WHERE e.lease = l.lease AND e.date < $1) "
                    "ORDER BY r.category, r.unit, l.seq",
                    see_peer, &peers, err) &&
        end_peers(&peers, err);

    free(peers.list);
    return ok;
}

static bool walk(struct audit *audit, struct error *err)
{
    return lease_each(audit->journal, "", audit->as_of, see_lease, audit, err) &&
           walk_peers(audit, err);
}

const struct audit_rule audit_r23 = {
    .id = "R23",
    .version = 1,
    .level = 2,
    .title = N_("leases that are unpaid, ending, too long or too cheap"),
    .basis = "《民法典》第七百零五条（租赁期限不得超过二十年）；审计实务（合同管理）",
    .parameters = {{"audit_r23_unpaid_days", 30, AUDIT_DAYS,
                    N_("days after its due day after which unpaid rent is told")},
                   {"audit_r23_ending_days", 90, AUDIT_DAYS,
                    N_("days before its end from which on a lease is told")},
                   {"audit_r23_years", 20, AUDIT_COUNT, N_("years that a lease may run")},
                   {"audit_r23_share", 5000, AUDIT_SHARE,
                    N_("share of the middle rent below which a lease is told")}},
    .walk = walk,
};
