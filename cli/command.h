/*
 * command.h - what a command is: its words, its options, its help, what it does.
 *
 * One cmd_….c file holds one group of commands; commands.c lists them all.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include <argp.h>

#include "base/compiler.h"
#include "base/error.h"
#include "cli/arguments.h"
#include "cli/session.h"

struct command {
    const char *group;     /* "voucher" */
    const char *verb;      /* "submit"; NULL when the group is a command itself */
    const char *arguments; /* "MOVEMENT"; NULL for none */
    size_t arguments_min, arguments_max;
    const struct argp_option *options; /* ends with {0}; NULL for none */
    const char *summary;               /* one line */
    const char *help;                  /* what there is to know, then an example */
    bool (*run)(struct session *session, const struct arguments *arguments, struct error *err);
};

/** Every command, in the order of the help; NULL-terminated. */
extern const struct command *const commands[];

extern const struct command command_key_new, command_key_show, command_key_sign_genesis,
    command_init;
extern const struct command command_user_add, command_user_rekey, command_user_widen,
    command_user_revoke, command_user_delegate, command_user_undelegate, command_user_list,
    command_act_list, command_act_second, command_clock_confirm;
extern const struct command command_division_list, command_division_rename,
    command_division_succeed, command_division_continue, command_division_hand_over,
    command_division_close;
extern const struct command command_import;
extern const struct command command_voucher_list, command_voucher_show, command_voucher_submit,
    command_voucher_withdraw, command_voucher_approve, command_voucher_reject,
    command_voucher_reverse;
extern const struct command command_voucher_print, command_print_notice, command_print_statement,
    command_print_labels, command_board;
extern const struct command command_draft_save, command_draft_list, command_draft_show,
    command_draft_submit, command_draft_drop;
extern const struct command command_bank_confirm, command_bank_return;
extern const struct command command_handover_list, command_handover_show, command_handover_give,
    command_handover_take, command_disposal_list, command_disposal_show, command_stocktake_list,
    command_stocktake_show, command_stocktake_scan, command_stocktake_close;
extern const struct command command_project_list, command_project_progress, command_project_accept,
    command_project_result;
extern const struct command command_period_close, command_period_reopen, command_exception_grant,
    command_policy_set;
extern const struct command command_audit, command_audit_rules, command_audit_statistics,
    command_audit_decide;
extern const struct command command_balance, command_attention, command_disclosures, command_aid;
extern const struct command command_income_leases, command_income_dues, command_income_plans,
    command_income_shares, command_income_photovoltaic, command_income_villages,
    command_income_debts, command_income_standards;
extern const struct command command_assets_list, command_assets_show, command_assets_summary,
    command_assets_households, command_trace_asset;
extern const struct command command_due, command_upkeep_list, command_upkeep_schedule,
    command_upkeep_funds, command_upkeep_bodies;
extern const struct command command_report_progress, command_report_trial_balance,
    command_report_books, command_report_townships;
extern const struct command command_trace_fund, command_trace_project, command_trace_voucher;
extern const struct command command_publish, command_prove, command_verify;
extern const struct command command_attach, command_attachment_list, command_attachment_get,
    command_attachment_check, command_attachment_lost, command_attachment_erase;
extern const struct command command_backup, command_restore, command_signer_recover;
extern const struct command command_certificate_list, command_certificate_new,
    command_certificate_revoke;
extern const struct command command_seal_list, command_seal_erase, command_seal_lost;
extern const struct command command_completion;

#endif
