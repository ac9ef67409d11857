/*
 * hint.c - one place that knows all words and codes, so that no command has to.
 *
 * 1. A hint is a courtesy: whatever fails while it is looked for is passed over in silence.
 */
#include "cli/hint.h"

#include <string.h>

#include "base/language.h"
#include "cli/codes.h"
#include "cli/suggest.h"
#include "importers/importers.h"

static void offer_code(void *context, const char *code)
{
    suggest_offer(context, code);
}

static void offer_codes(struct journal *journal, struct suggestion *suggestion)
{
    int kind;

    for (kind = 0; kind < CODE_KIND_COUNT; kind++)
        codes_each(journal, (enum code_kind)kind, offer_code, suggestion);
}

static void offer_words(struct suggestion *suggestion)
{
    const char *const *kinds = import_kinds();
    int i;

    for (i = 0; i < MOVEMENT_COUNT; i++)
        suggest_offer(suggestion, movement_name((enum movement)i));
    for (i = 0; i < BOOK_COUNT; i++)
        suggest_offer(suggestion, book_name((enum book)i));
    for (i = 0; i < ACCOUNT_ROLE_COUNT; i++)
        suggest_offer(suggestion, account_role_name((enum account_role)i));
    for (i = 0; i < VOUCHER_STATE_COUNT; i++)
        suggest_offer(suggestion, voucher_state_name((enum voucher_state)i));
    for (i = 0; kinds[i] != NULL; i++)
        suggest_offer(suggestion, kinds[i]);
}

/* A day is never a code mistyped, near as 2026-12-01 may be to 2021-中央-01. */
static bool is_day(const char *text)
{
    return strlen(text) == 10 && strspn(text, "0123456789-") == 10 && text[4] == '-' &&
           text[7] == '-';
}

/* Accounts come as DIVISION/BOOK/FUND/ROLE: each part is a word. True when something was said. */
static bool hint_for(struct session *session, const char *value, const struct error *err)
{
    struct suggestion suggestion;
    char part[SUGGEST_TEXT_SIZE];

    while (*value != '\0') {
        size_t size = strcspn(value, "/");

        if (size > 0 && size < sizeof part) {
            memcpy(part, value, size);
            part[size] = '\0';
            suggest_begin(&suggestion, part);
            if (strstr(err->message, part) != NULL && !is_day(part)) {
                offer_words(&suggestion);
                if (session->journal != NULL) offer_codes(session->journal, &suggestion);
            }
            if (suggestion.best[0] != '\0' && !suggestion.is_right) {
                remark("mingzhang: did you mean \"%s\"?", suggestion.best);
                return true;
            }
        }
        value += size + (value[size] == '/');
    }
    return false;
}

void hint_after(struct session *session, const struct arguments *arguments, const struct error *err)
{
    size_t i;

    if (err->code != ERROR_NOT_FOUND && err->code != ERROR_INPUT && err->code != ERROR_USAGE)
        return;
    for (i = 0; i < arguments->count; i++)
        if (hint_for(session, arguments->at[i], err)) return;
    if (err->code == ERROR_USAGE) return; /* an option's message names its own words */
    for (i = 0; i < arguments->option_count; i++)
        if (arguments->options[i].text != NULL &&
            hint_for(session, arguments->options[i].text, err))
            return;
}
