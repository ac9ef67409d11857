/*
 * r21_nobodys_asset.c - R21 资产悬空: money became no asset, or an asset that nobody has to keep.
 *
 *     no_asset   a project of the construction book was accepted, something is paid under it and
 *                no asset cost anything of it;   days = day judged - acceptance
 *     no_owner   an asset without a title;       days = day judged - acquired
 *     no_holder  one for whose upkeep no unit answers, or a holder who isn't in office; likewise
 *     no_money   one for whose upkeep no money is named, shares aside; likewise
 *
 * Raised when days > limit. Titles and duties are those that count on the day judged; what is
 * scrapped, disposed of or missing by then needs none. Of household assets the ledger tells nobody
 * from which project they came: a project that gave to households alone is a lead that is cleared.
 */
#include <string.h>

#include "audit/inspect/rules/frame.h"
#include "base/language.h"

enum { PARAMETER_DAYS };

/* ---- Projects -------------------------------------------------------------------------------- */

/* project, division, day of acceptance, its entry, paid, cost of assets. */
static bool see_project(void *context, const struct statement *row, struct error *err)
{
    struct audit *audit = context;
    const int64_t limit = audit->values[PARAMETER_DAYS];
    char project[AUDIT_SUBJECT_SIZE], paid[MONEY_TEXT_SIZE];
    struct audit_head head = {.what = "no_asset", .level = 2, .subject = project};
    int32_t days;
    money_t sum;

    if (!audit_date(row, 2, &head.day, err) ||
        !money_from_fen(statement_integer(row, 4), &sum, err))
        return false;
    days = audit->as_of.days - head.day.days;
    if (sum.fen <= 0 || statement_integer(row, 5) > 0 || days <= limit) return true;
    audit_text(row, 0, project, sizeof project);
    audit_about(audit, statement_text(row, 1));
    audit_number(audit, "paid", AUDIT_AMOUNT, sum.fen);
    audit_number(audit, "days", AUDIT_DAYS, days);
    audit_number(audit, "limit", AUDIT_DAYS, limit);
    return audit_cite(audit, (uint64_t)statement_integer(row, 3), err) &&
           audit_raise(audit, &head, err,
                       _("Project %s was accepted on %s and %s yuan are paid under it; %d days "
                         "later no asset is registered of it (limit %lld days)."),
                       project, statement_text(row, 2), audit_yuan(sum, paid), days,
                       (long long)limit);
}

/* ---- Assets ---------------------------------------------------------------------------------- */

struct lack {
    const char *what;
    int32_t level;
    const char *words;
};
enum { LACK_OWNER, LACK_HOLDER, LACK_MONEY, LACK_COUNT };

static const struct lack lacks[LACK_COUNT] = {
    [LACK_OWNER] = {"no_owner", 2, N_("nobody's title to it is recorded")},
    [LACK_HOLDER] = {"no_holder", 2, N_("nobody answers for its upkeep")},
    [LACK_MONEY] = {"no_money", 1, N_("no money for its upkeep is named")},
};

/* code, division, its first entry, acquired, name, has a title, entry of its duty, somebody
   answers, money is named. */
static bool raise_lack(struct audit *audit, const struct statement *row, const struct lack *lack,
                       struct error *err)
{
    const int64_t limit = audit->values[PARAMETER_DAYS];
    const uint64_t duty = (uint64_t)statement_integer(row, 6);
    char code[AUDIT_SUBJECT_SIZE];
    struct audit_head head = {.what = lack->what, .level = lack->level, .subject = code};
    int32_t days;

    if (!audit_date(row, 3, &head.day, err)) return false;
    days = audit->as_of.days - head.day.days;
    if (days <= limit) return true;
    audit_text(row, 0, code, sizeof code);
    audit_about(audit, statement_text(row, 1));
    audit_number(audit, "days", AUDIT_DAYS, days);
    audit_number(audit, "limit", AUDIT_DAYS, limit);
    if (!audit_cite(audit, (uint64_t)statement_integer(row, 2), err)) return false;
    if (duty != 0 && lack != &lacks[LACK_OWNER] && !audit_cite(audit, duty, err)) return false;
    return audit_raise(audit, &head, err,
                       _("Asset %s (%s) is there since %s; %d days later %s (limit %lld days)."),
                       code, statement_text(row, 4), statement_text(row, 3), days,
                       translate(lack->words), (long long)limit);
}

static bool see_asset(void *context, const struct statement *row, struct error *err)
{
    struct audit *audit = context;
    const bool has[LACK_COUNT] = {[LACK_OWNER] = statement_integer(row, 5) != 0,
                                  [LACK_HOLDER] = statement_integer(row, 7) != 0,
                                  [LACK_MONEY] = statement_integer(row, 8) != 0};

    for (size_t i = 0; i < LACK_COUNT; i++)
        if (!has[i] && !raise_lack(audit, row, &lacks[i], err)) return false;
    return true;
}

#define IN_OFFICE                                                                                  \
    "EXISTS (SELECT 1 FROM keeping_keeper k WHERE k.keeper = d.keeper AND k.first_day <= $1 AND "  \
    "(k.last_day = '' OR k.last_day >= $1)) AND NOT EXISTS (SELECT 1 FROM keeping_left g WHERE "   \
    "g.keeper = d.keeper AND g.date < $1)"

static bool walk(struct audit *audit, struct error *err)
{
    return audit_query(audit,
                       "SELECT p.code, p.division, e.date, e.seq, (SELECT COALESCE(SUM(" AUDIT_PAID
                       "), 0) FROM leg l JOIN voucher v ON v.number = l.voucher WHERE l.project = "
                       "p.code AND " AUDIT_IN_FORCE "), (SELECT COALESCE(SUM(c.amount), 0) FROM "
                       "asset_use u JOIN asset_cost c ON c.asset = u.asset AND c.project = "
                       "u.project AND c.line = u.line AND c.date <= $1 WHERE u.project = p.code) "
                       "FROM project_event e JOIN project p ON p.code = e.project WHERE e.unit <> "
                       "'' AND e.date <= $1 AND p.book = 'construction' ORDER BY e.seq",
                       see_project, audit, err) &&
           audit_query(audit,
                       "SELECT a.code, a.division, (SELECT MIN(f.seq) FROM asset_register f WHERE "
                       "f.asset = a.code), r.acquired, r.name, EXISTS (SELECT 1 FROM asset_title t "
                       "WHERE t.asset = a.code AND t.date <= $1), COALESCE(d.seq, 0), "
                       "COALESCE(d.unit, '') <> '' AND (d.keeper = '' OR (" IN_OFFICE ")), r.form "
                       "= 'equity' OR COALESCE(d.money, 0) > 0 FROM asset_now a JOIN "
                       "asset_register r ON r.seq = a.register_seq LEFT JOIN keeping_duty d ON "
                       "d.seq = (SELECT q.seq FROM keeping_duty q WHERE q.asset = a.code AND "
                       "q.date <= $1 ORDER BY q.date DESC, q.seq DESC LIMIT 1) WHERE r.acquired <= "
                       "$1 AND " AUDIT_ASSET_IS_THERE " ORDER BY a.division, a.code",
                       see_asset, audit, err);
}

const struct audit_rule audit_r21 = {
    .id = "R21",
    .version = 1,
    .level = 2,
    .title = N_("money that became no asset, and assets that nobody keeps"),
    .basis = "国办函〔2021〕51号（扶贫项目资产后续管理）；“353”管护机制",
    .parameters = {{"audit_r21_days", 90, AUDIT_DAYS,
                    N_("days after acceptance or acquisition after which it is told")}},
    .walk = walk,
};
