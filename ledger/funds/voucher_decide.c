/*
 * voucher_decide.c - approve, reject, withdraw: the second person's word on a voucher.
 *
 * 1. Who approves or rejects is another than who submitted, and a checker for every division from
 *    which the voucher takes money. Only who submitted withdraws.
 * 2. A voucher is decided once. Its reference stays taken.
 */
#include <string.h>

#include "base/encode.h"
#include "base/language.h"
#include "ledger/funds/internal.h"

static const struct entry_member decide_members[] = {
    {.name = "reason", .type = MEMBER_TEXT, .mark = MEMBER_PUBLIC},
    {.name = "signature", .type = MEMBER_BASE64, .mark = MEMBER_PUBLIC},
    {.name = "signer", .type = MEMBER_USER, .mark = MEMBER_PUBLIC},
    {.name = "submit", .type = MEMBER_HASH, .mark = MEMBER_PUBLIC},
    {.name = "voucher", .type = MEMBER_CODE, .mark = MEMBER_PUBLIC},
    {.name = NULL},
};

static const char *const act_names[] = {[VOUCHER_APPROVE] = N_("approve"),
                                        [VOUCHER_REJECT] = N_("reject"),
                                        [VOUCHER_WITHDRAW] = N_("withdraw")};
static const char *const act_kinds[] = {[VOUCHER_APPROVE] = "voucher.approve",
                                        [VOUCHER_REJECT] = "voucher.reject",
                                        [VOUCHER_WITHDRAW] = "voucher.withdraw"};

struct deed {
    char voucher[VOUCHER_NUMBER_SIZE];
    char reason[TEXT_SIZE];
    char signature[128];
    hash_t submit;
};

static bool read_deed(const struct entry_view *entry, struct deed *out, struct error *err)
{
    char hex[HASH_HEX_SIZE];
    const struct json_document *document = entry->document;

    return json_get_string(document, entry->body, "voucher", out->voucher, sizeof out->voucher,
                           err) &&
           json_get_string(document, entry->body, "reason", out->reason, sizeof out->reason, err) &&
           json_get_string(document, entry->body, "signature", out->signature,
                           sizeof out->signature, err) &&
           json_get_string(document, entry->body, "submit", hex, sizeof hex, err) &&
           hash_from_hex(hex, &out->submit, err);
}

static bool write_message(struct journal *journal, const struct voucher_row *row,
                          enum voucher_act act, const char *reason, struct buffer *out,
                          struct error *err)
{
    struct voucher_statement statement = {
        .act = act_names[act],
        .voucher = row->voucher.number,
        .reference = row->voucher.reference,
        .event_date = row->voucher.event_date,
        .line_count = row->voucher.line_count,
        .lines_root = row->lines_root,
        .totals_sha256 = row->totals_sha256,
        .submit = &row->voucher.submit_hash,
        .reason = reason,
    };

    return voucher_statement_write(journal, &statement, out, err);
}

/* Who stands in for the maker doesn't check what the maker made, nor the maker what was made in his
   or her place: that would be one desk, not two. */
static bool check_stand_ins(struct journal *journal, const struct voucher_row *row,
                            const char *user, struct error *err)
{
    const char *maker = row->voucher.maker;
    bool for_maker, for_user;

    if (!journal_stands_in(journal, user, maker, ROLE_MAKER, &for_maker, err) ||
        !journal_stands_in(journal, maker, user, ROLE_MAKER, &for_user, err))
        return false;
    if (!for_maker && !for_user) return true;
    return error_set(err, ERROR_PERMISSION,
                     "%s stands in for %s as maker, so neither can decide what the other "
                     "submitted; another person must decide voucher %s",
                     for_maker ? user : maker, for_maker ? maker : user, row->voucher.number);
}

static bool check_person(struct journal *journal, const struct voucher_row *row,
                         enum voucher_act act, const char *user, struct error *err)
{
    bool is_maker = strcmp(row->voucher.maker, user) == 0;

    if (act == VOUCHER_WITHDRAW) {
        if (is_maker) return true;
        return error_set(err, ERROR_PERMISSION,
                         "only %s, who submitted voucher %s, can withdraw it; reject it instead",
                         row->voucher.maker, row->voucher.number);
    }
    if (is_maker)
        return error_set(err, ERROR_PERMISSION,
                         "%s submitted voucher %s and can't %s it; another person must", user,
                         row->voucher.number, translate(act_names[act]));
    return check_stand_ins(journal, row, user, err) &&
           voucher_require_role(journal, row->voucher.number, user, ROLE_CHECKER, err);
}

static bool check_deed(struct journal *journal, const struct entry_view *entry,
                       const struct deed *deed, const struct voucher_row *row, enum voucher_act act,
                       struct error *err)
{
    struct buffer message = BUFFER_INIT(4096);
    bool ok = false;

    if (row->voucher.state != VOUCHER_PENDING) {
        (void)error_set(err, ERROR_STATE, "voucher %s is %s already; a voucher is decided once",
                        deed->voucher, translate(voucher_state_name(row->voucher.state)));
        goto out;
    }
    if (!hash_equal(&row->voucher.submit_hash, &deed->submit)) {
        (void)error_set(err, ERROR_STATE,
                        "the decision names another submission than that of voucher %s",
                        deed->voucher);
        goto out;
    }
    if (act == VOUCHER_REJECT && deed->reason[0] == '\0') {
        (void)error_set(err, ERROR_INPUT, "a rejection needs a reason; give one");
        goto out;
    }
    if (!check_person(journal, row, act, entry->actor, err)) goto out;
    ok = write_message(journal, row, act, deed->reason, &message, err) &&
         journal_check_signature(journal, entry->actor, message.data, message.size, deed->signature,
                                 err);
out:
    buffer_done(&message);
    return ok;
}

static bool decide_apply(struct journal *journal, const struct entry_view *entry,
                         enum voucher_act act, struct error *err)
{
    static const enum voucher_state states[] = {[VOUCHER_APPROVE] = VOUCHER_POSTED,
                                                [VOUCHER_REJECT] = VOUCHER_REJECTED,
                                                [VOUCHER_WITHDRAW] = VOUCHER_WITHDRAWN};
    struct deed deed;
    struct voucher_row row;

    if (!read_deed(entry, &deed, err) || !voucher_row_find(journal, deed.voucher, &row, err) ||
        !check_deed(journal, entry, &deed, &row, act, err))
        return false;
    if (act == VOUCHER_APPROVE ? !voucher_post(journal, &row, err)
                               : !voucher_undo(journal, &row, err))
        return false;
    if (act != VOUCHER_APPROVE &&
        !sql_run(journal, "UPDATE voucher SET state = $1, lines_state = 'void' WHERE number = $2",
                 SQL_VALUES(SQL_TEXT(voucher_state_name(states[act])), SQL_TEXT(deed.voucher)),
                 err))
        return false;
    return sql_run(journal, "UPDATE voucher SET checker = $1 WHERE number = $2",
                   SQL_VALUES(SQL_TEXT(entry->actor), SQL_TEXT(deed.voucher)), err);
}

static bool approve_apply(struct journal *journal, const struct entry_view *entry,
                          struct error *err)
{
    return decide_apply(journal, entry, VOUCHER_APPROVE, err);
}

static bool reject_apply(struct journal *journal, const struct entry_view *entry, struct error *err)
{
    return decide_apply(journal, entry, VOUCHER_REJECT, err);
}

static bool withdraw_apply(struct journal *journal, const struct entry_view *entry,
                           struct error *err)
{
    return decide_apply(journal, entry, VOUCHER_WITHDRAW, err);
}

/* "approves voucher 2021-000003": the kind's last part and an s. */
static bool decide_describe(const struct entry_view *entry, struct buffer *out, struct error *err)
{
    struct deed deed;
    const char *act = strchr(entry->kind, '.');

    return read_deed(entry, &deed, err) &&
           buffer_append_format(out, err, "%ss voucher %s%s%s", act == NULL ? "decide" : act + 1,
                                deed.voucher, deed.reason[0] == '\0' ? "" : ": ", deed.reason);
}

const struct entry_kind voucher_approve_kind = {
    .name = "voucher.approve",
    .members = decide_members,
    .apply = approve_apply,
    .describe = decide_describe,
};

const struct entry_kind voucher_reject_kind = {
    .name = "voucher.reject",
    .members = decide_members,
    .apply = reject_apply,
    .describe = decide_describe,
};

const struct entry_kind voucher_withdraw_kind = {
    .name = "voucher.withdraw",
    .members = decide_members,
    .apply = withdraw_apply,
    .describe = decide_describe,
};

/* ---- Writing --------------------------------------------------------------------------------- */

static bool sign(struct journal *journal, const struct voucher_row *row, const struct signatory *by,
                 enum voucher_act act, const char *reason, struct buffer *signature_out,
                 struct error *err)
{
    struct buffer message = BUFFER_INIT(4096);
    uint8_t signature[SIGN_SIGNATURE_SIZE];
    bool ok = write_message(journal, row, act, reason, &message, err) &&
              sign_message(by->key, message.data, message.size, signature, err) &&
              base64_encode(signature, sizeof signature, signature_out, err);

    buffer_done(&message);
    return ok;
}

bool voucher_decide(struct journal *journal, const struct signatory *by, const char *voucher,
                    enum voucher_act act, const char *reason, struct error *err)
{
    struct buffer body = BUFFER_INIT(BODY_SIZE_BYTES_MAX), signature = BUFFER_INIT(128);
    struct json_writer writer;
    struct voucher found;
    struct voucher_row row;
    struct appended appended;
    char hex[HASH_HEX_SIZE];
    bool ok = false;

    if (!voucher_find(journal, voucher, &found, err) ||
        !voucher_row_find(journal, found.number, &row, err) ||
        !sign(journal, &row, by, act, reason, &signature, err))
        goto out;
    json_writer_init(&writer, &body);
    json_object_begin(&writer);
    json_member_string(&writer, "reason", reason);
    json_member_string(&writer, "signature", buffer_text(&signature));
    json_member_string(&writer, "signer", by->user);
    json_member_string(&writer, "submit", hash_to_hex(&row.voucher.submit_hash, hex));
    json_member_string(&writer, "voucher", row.voucher.number);
    json_object_end(&writer);
    if (!json_writer_finish(&writer, err)) goto out;
    ok = journal_append(journal, by->user, act_kinds[act], &body, NULL, 0, &appended, err);
out:
    buffer_done(&signature);
    buffer_done(&body);
    return ok;
}
