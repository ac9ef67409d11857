/*
 * voucher_view.c - a voucher for its checker's eyes.
 *
 * 1. What lines have in common is said once, above them, so that a payroll reads as a list of names
 *    and amounts.
 * 2. What becomes public is told from the same facts as the entries are made of: a line about a
 *    person is sealed, everything else stands in clear.
 */
#include "cli/voucher_view.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/identity.h"
#include "base/language.h"
#include "base/text.h"
#include "cli/attach.h"
#include "cli/listing.h"
#include "cli/session.h"
#include "cli/terminal.h"

#define WIDTH        80
#define HEAD_WIDTH   13
#define AMOUNT_WIDTH 20

/* ---- Text within the margins ---------------------------------------------------------------- */

static size_t character_size(const char *text)
{
    size_t size = text_sequence_size((const uint8_t *)text, strlen(text));

    return size > 0 ? size : 1;
}

static size_t character_width(const char *text)
{
    char character[5] = "";

    memcpy(character, text, character_size(text));
    return text_width(character);
}

/* How much of the text fits: up to the last space if there is one, else to the last character. */
static size_t fitting_size(const char *text, size_t width)
{
    size_t size = 0;
    size_t after_space = 0;
    size_t used = 0;

    while (text[size] != 0) {
        used += character_width(text + size);
        if (used > width) return after_space > 0 ? after_space : size;
        size += character_size(text + size);
        if (text[size - 1] == ' ') after_space = size;
    }
    return size;
}

/* "label       text", the text going on below itself. Nothing when there is no text. */
static void say_beside(int label_width, const char *label, const char *text)
{
    size_t width = (size_t)(WIDTH - label_width);
    char padded[PAD_SIZE];

    while (*text != 0) {
        size_t size = fitting_size(text, width);

        assert(size > 0);
        say("%s%.*s", terminal_pad_right(label, (size_t)label_width, padded),
            (int)(text[size - 1] == ' ' ? size - 1 : size), text);
        text += size;
        label = "";
    }
}

/* The label is one of ours, for the catalogue; the text is shown as it is. */
static void say_field(int label_width, const char *label, const char *text)
{
    say_beside(label_width, translate(label), text);
}

static void say_below(int label_width, const char *text)
{
    say_beside(label_width, "", text);
}

/* ---- The head ------------------------------------------------------------------------------- */

static void say_head_field(const char *label, const char *text)
{
    say_field(HEAD_WIDTH, label, text);
}

/* "2021-000007, a payment of 2021-06-20 (支付-1)": the other half of a reversal. */
static bool say_other(struct journal *journal, const char *label, const char *number,
                      struct error *err)
{
    struct voucher other;
    char date[DATE_TEXT_SIZE], text[2 * CODE_SIZE + 64];

    if (number[0] == 0) return true;
    if (!voucher_find(journal, number, &other, err)) return false;
    snprintf(text, sizeof text, _("%s, %s of %s, reference %s, %s"), other.number,
             translate(movement_name(other.movement)), date_format(other.event_date, date),
             other.reference, translate(voucher_state_name(other.state)));
    say_head_field(label, text);
    return true;
}

bool voucher_view_head(struct journal *journal, const struct voucher *voucher, struct error *err)
{
    char text[MONEY_TEXT_SIZE], date[DATE_TEXT_SIZE], month[MONTH_TEXT_SIZE], hex[HASH_HEX_SIZE];
    char padded[PAD_SIZE], like[VOUCHER_NUMBER_SIZE] = "";
    bool is_reversal = voucher->movement == MOVEMENT_REVERSAL;

    say("%s  %s%s%s  %s", voucher->number, translate(movement_name(voucher->movement)),
        is_reversal ? _(" 冲销 of ") : "", voucher->reverses,
        translate(voucher_state_name(voucher->state)));
    if (!say_other(journal, "reverses", voucher->reverses, err)) return false;
    if (!say_other(journal, "reversed by", voucher->reversed_by, err)) return false;
    if (voucher->state == VOUCHER_PENDING &&
        !voucher_find_like(journal, voucher->number, like, err))
        return false;
    if (!say_other(journal, N_("same sums as"), like, err)) return false;
    say_head_field("reference", voucher->reference);
    say_head_field("date", date_format(voucher->event_date, date));
    say_head_field("booked in", month_format(voucher->booking_month, month));
    if (voucher->late) say_head_field("late", _("yes, for a month that was closed"));
    say_head_field("amount", money_format_grouped(voucher->amount, text));
    say_head_field("document", voucher->document);
    say_head_field(is_reversal ? N_("reason") : N_("text"), voucher->text);
    say_head_field("maker", voucher->maker);
    say_head_field("checker", voucher->checker);
    snprintf(text, sizeof text, "%llu", (unsigned long long)voucher->submit_seq);
    say_head_field("entry", text);
    say("%s%s", terminal_pad_right(_("hash"), HEAD_WIDTH, padded),
        hash_to_hex(&voucher->submit_hash, hex));
    return true;
}

/* ---- Lines ---------------------------------------------------------------------------------- */

struct line_view {
    struct journal *journal;
    int64_t lines_max;
    int64_t seen, people, erased;
    struct voucher_line before; /* the one above */
    bool seen_known;            /* the row above is of a line that can be read: `before` holds it */
};

static bool accounts_equal(const struct account *a, const struct account *b)
{
    return strcmp(a->division, b->division) == 0 && a->book == b->book &&
           strcmp(a->fund, b->fund) == 0 && a->role == b->role;
}

static bool has_same_heading(const struct voucher_line *a, const struct voucher_line *b)
{
    return accounts_equal(&a->from, &b->from) && accounts_equal(&a->to, &b->to) &&
           strcmp(a->project, b->project) == 0 && a->plan_line == b->plan_line &&
           strcmp(a->contract, b->contract) == 0 && strcmp(a->agreement, b->agreement) == 0 &&
           strcmp(a->policy, b->policy) == 0;
}

static void say_heading(const struct voucher_line *line)
{
    char text[ACCOUNT_TEXT_SIZE], purpose[2 * CODE_SIZE + 64];

    say_field(10, "  from", account_show(&line->from, text));
    say_field(10, "  to", account_show(&line->to, text));
    if (line->project[0] != 0) {
        snprintf(purpose, sizeof purpose, _("project %s, plan line %d%s%s"), line->project,
                 (int)line->plan_line, line->contract[0] != 0 ? _(", contract ") : "",
                 line->contract);
        say_field(10, "  for", purpose);
    }
    say_field(10, "  agreement", line->agreement);
    say_field(10, "  policy", line->policy);
}

/* What a checker should look at before signing. */
static bool say_note(struct journal *journal, const struct voucher_line *line, struct error *err)
{
    bool changes;

    if (!voucher_line_changes_account(journal, line, &changes, err)) return false;
    if (changes)
        say("%12sNote: bank account differs from that of %s/%d", "", line->returned_voucher,
            (int)line->returned_line);
    return true;
}

static bool view_line(void *context, int32_t number, enum line_state state, uint64_t seq,
                      const struct voucher_line *line, struct error *err)
{
    struct line_view *view = context;
    char amount[MONEY_TEXT_SIZE];

    (void)seq;
    if (line->payee.is_person) view->people++;
    if (line->is_gone) view->erased++;
    if (view->seen++ >= view->lines_max) return true;
    if (line->is_gone) {
        say("%8d  %*s  %s: %s", (int)number, AMOUNT_WIDTH, "", translate(line_state_name(state)),
            _("lost or erased"));
        view->seen_known = false;
        return true;
    }
    if (!view->seen_known || !has_same_heading(line, &view->before)) say_heading(line);
    view->seen_known = true;
    view->before = *line;
    say("%8d  %*s  %s%s%s", (int)number, AMOUNT_WIDTH, money_format_grouped(line->amount, amount),
        translate(line_state_name(state)), line->payee.name[0] != 0 ? ": " : "", line->payee.name);
    say_below(12, line->text);
    return say_note(view->journal, line, err);
}

/* ---- Balances ------------------------------------------------------------------------------- */

struct effect_view {
    const struct voucher *voucher;
    struct division_name name;
    struct account above; /* the account of the row above */
    bool has_above;
};

static bool is_same_book(const struct account *a, const struct account *b)
{
    return strcmp(a->division, b->division) == 0 && a->book == b->book &&
           strcmp(a->fund, b->fund) == 0;
}

static void format_change(money_t change, char text[MONEY_TEXT_SIZE + 1])
{
    char amount[MONEY_TEXT_SIZE];

    snprintf(text, MONEY_TEXT_SIZE + 1, "%s%s", change.fen > 0 ? "+" : "",
             money_format_grouped(change, amount));
}

/* "619901100201 柳林村, construction, 2021-中央-01": a book of a division, of one fund. */
static bool format_book(struct division_name *name, const struct account *account,
                        struct buffer *out, struct error *err)
{
    buffer_reset(out);
    return division_name_find(name, account->division, err) &&
           buffer_append_format(out, err, "%s %s, %s, %s", account->division, name->name,
                                translate(book_name(account->book)), account->fund);
}

static bool view_effect(void *context, const struct voucher_effect *effect, struct error *err)
{
    struct effect_view *view = context;
    struct buffer book = BUFFER_INIT(2 * TEXT_SIZE);
    char before[MONEY_TEXT_SIZE], change[MONEY_TEXT_SIZE + 1], after[MONEY_TEXT_SIZE];
    char role[PAD_SIZE];
    bool is_pending = view->voucher->state == VOUCHER_PENDING;
    bool ok = false;

    if (!view->has_above || !is_same_book(&view->above, &effect->account)) {
        if (!format_book(&view->name, &effect->account, &book, err)) goto out;
        say_below(2, buffer_text(&book));
    }
    view->above = effect->account;
    view->has_above = true;
    format_change(effect->change, change);
    say("    %s%*s%*s%*s",
        terminal_pad_right(translate(account_role_name(effect->account.role)), 12, role),
        AMOUNT_WIDTH, is_pending ? money_format_grouped(effect->before, before) : "", AMOUNT_WIDTH,
        change, AMOUNT_WIDTH, money_format_grouped(effect->after, after));
    ok = true;
out:
    buffer_done(&book);
    return ok;
}

static bool view_effects(struct journal *journal, const struct voucher *voucher, struct error *err)
{
    struct effect_view view = {.voucher = voucher, .name = {.journal = journal}};
    char balances[PAD_SIZE], before[PAD_SIZE], change[PAD_SIZE], after[PAD_SIZE];
    bool is_pending = voucher->state == VOUCHER_PENDING;

    if (voucher->state == VOUCHER_REJECTED || voucher->state == VOUCHER_WITHDRAWN) {
        say("\nbalances\n  none changed: it was %s, and what it held is free again",
            translate(voucher_state_name(voucher->state)));
        return true;
    }
    say("\n%s%s%s%s", terminal_pad_right(_("balances"), 16, balances),
        terminal_pad_left(is_pending ? _("before") : "", AMOUNT_WIDTH, before),
        terminal_pad_left(_("change"), AMOUNT_WIDTH, change),
        terminal_pad_left(is_pending ? _("once approved") : _("stands at now"), AMOUNT_WIDTH,
                          after));
    return voucher_effect_each(journal, voucher, view_effect, &view, err);
}

/* ---- What becomes public -------------------------------------------------------------------- */

struct public_view {
    struct journal *journal;
    const struct voucher *voucher;
    struct division_name name;
    struct account above;
    bool has_above;
    bool is_withheld;
};

/* Is this the book asked for? docs/disclosure.md, "What is withheld". */
static bool match_unsettled_line(void *context, const struct unsettled_line *line,
                                 struct error *err)
{
    struct public_view *view = context;
    const struct account *account = &view->above;

    (void)err;
    if (strcmp(line->division, account->division) == 0 && line->book == account->book &&
        strcmp(line->fund, account->fund) == 0)
        view->is_withheld = true;
    return true;
}

static bool view_book(void *context, const struct voucher_effect *effect, struct error *err)
{
    struct public_view *view = context;
    struct buffer book = BUFFER_INIT(3 * TEXT_SIZE);
    bool ok = false;

    if (view->has_above && is_same_book(&view->above, &effect->account)) return true;
    view->above = effect->account;
    view->has_above = true;
    view->is_withheld = false;
    if (!unsettled_line_each(view->journal, view->voucher->booking_month, match_unsettled_line,
                             view, err) ||
        !format_book(&view->name, &effect->account, &book, err) ||
        !buffer_append_format(&book, err, ": %s",
                              view->is_withheld ? _("withheld, because totals are sealed")
                                                : _("printed")))
        goto out;
    say_below(14, buffer_text(&book));
    ok = true;
out:
    buffer_done(&book);
    return ok;
}

static bool view_documents(struct journal *journal, const struct voucher *voucher,
                           struct error *err)
{
    struct public_view view = {
        .journal = journal, .voucher = voucher, .name = {.journal = journal}};
    char month[MONTH_TEXT_SIZE], text[128];

    month_format(voucher->booking_month, month);
    snprintf(text, sizeof text, _("in documents of %s, and of later months as things stand:"),
             month);
    say_field(14, "  shows", text);
    return voucher_effect_each(journal, voucher, view_book, &view, err);
}

static bool count_one(void *context, const struct attachment *attachment, struct error *err)
{
    int64_t *count = context;

    (void)attachment;
    (void)err;
    (*count)++;
    return true;
}

static bool view_attached(struct journal *journal, const struct voucher *voucher, struct error *err)
{
    int64_t count = 0;

    if (!attachment_each(journal, "voucher", voucher->number, count_one, &count, err)) return false;
    if (count > 0)
        say_field(14, "  attached",
                  voucher->people
                      ? _("that papers are, of which sort; titles and hashes are sealed")
                      : _("each paper's sort, size and SHA-256; titles are sealed"));
    return true;
}

static bool view_public(struct journal *journal, const struct voucher *voucher,
                        const struct line_view *lines, struct error *err)
{
    int64_t clear = voucher->line_count - lines->people - lines->erased;
    char text[256];

    say("\nPublic, for ever");
    say_field(14, "  in clear",
              voucher->totals_sealed ? _("the head above but its amount, texts word for word")
                                     : _("the head above, texts word for word; totals by account"));
    if (clear > 0) {
        snprintf(text, sizeof text, _("%lld of %lld lines whole: payee, amount, what for"),
                 (long long)clear, (long long)voucher->line_count);
        say_below(14, text);
    }
    if (voucher->people) {
        snprintf(text, sizeof text,
                 _("%lld of %lld lines, about people: name, ID number, bank account, amount, "
                   "policy, text"),
                 (long long)(voucher->line_count - clear), (long long)voucher->line_count);
        say_field(14, "  sealed", text);
    }
    if (voucher->totals_sealed)
        say_below(14, _("totals by account: it is about fewer than three people"));
    if (!view_attached(journal, voucher, err)) return false;
    if (voucher->state == VOUCHER_REJECTED || voucher->state == VOUCHER_WITHDRAWN) return true;
    return view_documents(journal, voucher, err);
}

/* ---- The whole ------------------------------------------------------------------------------ */

bool voucher_view_show(struct journal *journal, const struct voucher *voucher, int64_t lines_max,
                       struct error *err)
{
    struct line_view lines = {.journal = journal, .lines_max = lines_max};

    if (!voucher_view_head(journal, voucher, err)) return false;
    say("\nlines");
    if (!voucher_line_each(journal, voucher->number, view_line, &lines, err)) return false;
    if (lines.seen > lines_max)
        say("%8s  and %lld more; `mingzhang voucher show %s` lists them all", "…",
            (long long)(lines.seen - lines_max), voucher->number);
    return attach_show(journal, "voucher", voucher->number, N_("\nattachments"), err) &&
           view_effects(journal, voucher, err) && view_public(journal, voucher, &lines, err);
}
