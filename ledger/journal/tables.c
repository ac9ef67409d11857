/*
 * tables.c - the journal's tables, column by column, and the journal as a module of itself.
 *
 * `entry` and `sealed` are the truth; every other table is made from them by replay.
 */
#include "ledger/journal/internal.h"

#define COLUMNS(list) .columns = (list), .column_count = ARRAY_COUNT(list)

// clang-format off

/* ---- The truth ------------------------------------------------------------------------------- */

static const struct store_column entry_columns[] = {
    {"seq", STORE_INTEGER, "seq >= 0", "0, 1, 2, … without gaps"},
    {"hash", STORE_BLOB, "length(hash) = 32", "leaf hash: SHA-256(0x00, bytes)"},
    {"bytes", STORE_BLOB, NULL, "the entry, canonical JSON"},
};
static const struct store_table entry_table = {
    .name = "entry", .kind = STORE_ENDURING, .meaning = "the log itself",
    COLUMNS(entry_columns), .primary_key = "seq"};

static const struct store_column sealed_columns[] = {
    {"seq", STORE_INTEGER, NULL, "of the entry"},
    {"member", STORE_TEXT, NULL, "of its body"},
    {"key", STORE_BLOB, "length(key) = 32", "random, used once"},
    {"plain", STORE_BLOB, NULL, "canonical JSON of origin, purpose, subject, value"},
};
static const struct store_table sealed_table = {
    .name = "sealed", .kind = STORE_SEALED, .meaning = "what entries seal",
    COLUMNS(sealed_columns), .primary_key = "seq, member",
    .erased_when = "EXISTS (SELECT 1 FROM gone_seal AS g WHERE g.seq = OLD.seq AND g.member = "
                   "OLD.member AND g.state = 'erased')"};

/* ---- The tree -------------------------------------------------------------------------------- */

static const struct store_column tile_columns[] = {
    {"level", STORE_INTEGER, NULL, "0 for leaves"},
    {"tile_index", STORE_INTEGER, NULL, "0, 1, 2, … from the left"},
    {"hashes", STORE_BLOB, NULL, "up to 256 hashes; at level 0 always 256"},
};
static const struct store_table tile_table = {
    .name = "tile", .kind = STORE_DERIVED, .meaning = "the tree in C2SP tiles",
    COLUMNS(tile_columns), .primary_key = "level, tile_index"};

/* ---- The ledger and its people --------------------------------------------------------------- */

static const struct store_column ledger_columns[] = {
    {"origin", STORE_TEXT, NULL, "the log's name in checkpoints"},
    {"division", STORE_TEXT, NULL, "root division, 12 digits"},
    {"name", STORE_TEXT, NULL, "for people"},
    {"log_key", STORE_TEXT, NULL, "C2SP verifier key"},
};
static const struct store_table ledger_table = {
    .name = "ledger", .kind = STORE_DERIVED, .meaning = "one row, from the genesis entry",
    COLUMNS(ledger_columns), .primary_key = "origin"};

static const struct store_column ledger_user_columns[] = {
    {"user_code", STORE_TEXT, NULL, "a code, not a name"},
    {"public_key", STORE_BLOB, "length(public_key) = 32", "the present Ed25519 key"},
    {"entered_seq", STORE_INTEGER, NULL, "the entry that added the user"},
    {"key_seq", STORE_INTEGER, NULL, "the entry that brought the present key"},
    {"revoked_seq", STORE_INTEGER, NULL, "the entry that revoked the user, or -1"},
};
static const struct store_table ledger_user_table = {
    .name = "ledger_user", .kind = STORE_DERIVED, .meaning = "people who may act",
    COLUMNS(ledger_user_columns), .primary_key = "user_code"};

static const struct store_column user_key_columns[] = {
    {"public_key", STORE_BLOB, NULL, "an Ed25519 key, present or past"},
    {"user_code", STORE_TEXT, NULL, "whose it is, for ever"},
    {"from_seq", STORE_INTEGER, NULL, "it signs entries after this one"},
    {"until_seq", STORE_INTEGER, NULL, "and none after this one; -1 while it holds"},
};
static const char *const user_key_indexes[] = {"user_code", NULL};
static const struct store_table user_key_table = {
    .name = "user_key", .kind = STORE_DERIVED, .meaning = "every key that a person ever had",
    COLUMNS(user_key_columns), .primary_key = "public_key", .indexes = user_key_indexes};

static const struct store_column user_role_columns[] = {
    {"user_code", STORE_TEXT, NULL, "who"},
    {"role", STORE_TEXT, NULL, "admin, maker, checker, publisher or inspector"},
    {"division", STORE_TEXT, NULL, "for this division and all below it"},
    {"seq", STORE_INTEGER, NULL, "the entry that gave it"},
};
static const struct store_table user_role_table = {
    .name = "user_role", .kind = STORE_DERIVED, .meaning = "what people may do",
    COLUMNS(user_role_columns), .primary_key = "user_code, role, division"};

static const struct store_column delegation_columns[] = {
    {"seq", STORE_INTEGER, NULL, "the act.second"},
    {"role", STORE_TEXT, NULL, "maker or checker"},
    {"division", STORE_TEXT, NULL, "for this division and all below it"},
    {"user_code", STORE_TEXT, NULL, "who is away"},
    {"delegate", STORE_TEXT, NULL, "who stands in"},
    {"first_day", STORE_TEXT, NULL, "YYYY-MM-DD, as China counts days"},
    {"last_day", STORE_TEXT, NULL, "the same; included"},
    {"ended_seq", STORE_INTEGER, NULL, "the entry that ended it early, or -1"},
};
static const char *const delegation_indexes[] = {"delegate, role", NULL};
static const struct store_table delegation_table = {
    .name = "delegation", .kind = STORE_DERIVED, .meaning = "who stands in for whom",
    COLUMNS(delegation_columns), .primary_key = "seq, role, division",
    .indexes = delegation_indexes};

/* ---- Acts ------------------------------------------------------------------------------------ */

static const struct store_column proposal_columns[] = {
    {"hash", STORE_BLOB, NULL, "leaf hash of the act.propose"},
    {"seq", STORE_INTEGER, NULL, "of the act.propose"},
    {"act", STORE_TEXT, NULL, "user.add, …"},
    {"proposer", STORE_TEXT, NULL, "the first of the two"},
    {"seconded_seq", STORE_INTEGER, NULL, "the act.second, or -1 while it waits"},
};
static const char *const proposal_indexes[] = {"seq", NULL};
static const struct store_table proposal_table = {
    .name = "proposal", .kind = STORE_DERIVED, .meaning = "acts of two people",
    COLUMNS(proposal_columns), .primary_key = "hash", .indexes = proposal_indexes};

static const struct store_column nonce_columns[] = {
    {"nonce", STORE_TEXT, NULL, "32 hexadecimal digits"},
    {"seq", STORE_INTEGER, NULL, "the entry that used it"},
};
static const struct store_table nonce_table = {
    .name = "nonce", .kind = STORE_DERIVED, .meaning = "seen once, refused after",
    COLUMNS(nonce_columns), .primary_key = "nonce"};

static const struct store_column certificate_columns[] = {
    {"sha256", STORE_BLOB, NULL, "of the DER"},
    {"der", STORE_BLOB, NULL, "the X.509 certificate"},
    {"seq", STORE_INTEGER, NULL, "the entry that pinned it"},
    {"revoked_seq", STORE_INTEGER, NULL, "the entry that revoked it, or -1"},
};
static const struct store_table certificate_table = {
    .name = "certificate", .kind = STORE_DERIVED, .meaning = "keys that sign documents",
    COLUMNS(certificate_columns), .primary_key = "sha256"};

static const struct store_column policy_columns[] = {
    {"name", STORE_TEXT, NULL, "of the policy"},
    {"valid_from", STORE_TEXT, NULL, "YYYY-MM-DD"},
    {"value", STORE_INTEGER, NULL, "in the policy's own unit"},
    {"seq", STORE_INTEGER, NULL, "the act.second that set it"},
};
static const struct store_table policy_table = {
    .name = "policy", .kind = STORE_DERIVED, .meaning = "dated parameters",
    COLUMNS(policy_columns), .primary_key = "name, valid_from"};

static const struct store_column signer_recovery_columns[] = {
    {"seq", STORE_INTEGER, NULL, "the act.second"},
    {"size", STORE_INTEGER, NULL, "of the checkpoint to start again from"},
    {"root", STORE_BLOB, NULL, "of that checkpoint"},
};
static const struct store_table signer_recovery_table = {
    .name = "signer_recovery", .kind = STORE_DERIVED, .meaning = "leave to start the signer again",
    COLUMNS(signer_recovery_columns), .primary_key = "seq"};

/* ---- Sealed values that are gone ------------------------------------------------------------- */

static const struct store_column gone_seal_columns[] = {
    {"seq", STORE_INTEGER, NULL, "of the entry that seals it"},
    {"member", STORE_TEXT, NULL, "of its body"},
    {"kind", STORE_TEXT, NULL, "of the entry"},
    {"state", STORE_TEXT, "state IN ('missing', 'lost', 'erased')", "who accounts for it"},
    {"act_seq", STORE_INTEGER, NULL, "the act.second that does; -1 while it is missing"},
};
static const struct store_table gone_seal_table = {
    .name = "gone_seal", .kind = STORE_DERIVED, .meaning = "sealed values that are not here",
    COLUMNS(gone_seal_columns), .primary_key = "seq, member"};

/* ---- Publications, files, references --------------------------------------------------------- */

static const struct store_column publication_columns[] = {
    {"seq", STORE_INTEGER, NULL, "the publication.make"},
    {"period", STORE_TEXT, NULL, "2021, 2021-Q3 or 2021-09"},
    {"documents_root", STORE_BLOB, NULL, "over the documents of the period"},
};
static const char *const publication_indexes[] = {"period", NULL};
static const struct store_table publication_table = {
    .name = "publication", .kind = STORE_DERIVED, .meaning = "what was published",
    COLUMNS(publication_columns), .primary_key = "seq", .indexes = publication_indexes};

static const struct store_column imported_file_columns[] = {
    {"seq", STORE_INTEGER, NULL, "the import.file"},
    {"reference", STORE_TEXT, NULL, "of the file"},
    {"what", STORE_TEXT, NULL, "kind of import"},
    {"row_count", STORE_INTEGER, NULL, "rows of the file, as the importer told"},
    {"content", STORE_BLOB, NULL, "SHA-256 of the file; zeros when that is not known any more"},
};
static const char *const imported_file_indexes[] = {"content", NULL};
static const struct store_table imported_file_table = {
    .name = "imported_file", .kind = STORE_DERIVED, .meaning = "files that were taken in",
    COLUMNS(imported_file_columns), .primary_key = "seq", .indexes = imported_file_indexes};

static const struct store_column reference_columns[] = {
    {"reference", STORE_TEXT, NULL, "as people gave it"},
    {"what", STORE_TEXT, NULL, "voucher, bank entry or file"},
    {"content", STORE_BLOB, NULL, "SHA-256 of what was given; zeros when that is not known any more"},
    {"seq", STORE_INTEGER, NULL, "the entry that took it"},
};
static const struct store_table reference_table = {
    .name = "reference", .kind = STORE_DERIVED, .meaning = "the same thing is never done twice",
    COLUMNS(reference_columns), .primary_key = "reference"};

// clang-format on

static const struct store_table *const tables[] = {
    &entry_table,       &sealed_table,        &tile_table,      &ledger_table,
    &ledger_user_table, &user_key_table,      &user_role_table, &proposal_table,
    &nonce_table,       &certificate_table,   &policy_table,    &signer_recovery_table,
    &publication_table, &imported_file_table, &reference_table, &delegation_table,
    &gone_seal_table,
};

static const struct entry_kind *const kinds[] = {
    &propose_kind,     &second_kind, &confirm_kind,    &import_kind, &genesis_kind,
    &publication_kind, &revoke_kind, &undelegate_kind, NULL,
};

static const struct act_kind *const acts[] = {
    &certificate_add_act, &certificate_revoke_act,
    &policy_set_act,      &seal_lost_act,
    &signer_recover_act,  &user_add_act,
    &user_delegate_act,   &user_rekey_act,
    &user_widen_act,      NULL,
};

const struct journal_module journal_module = {
    .kinds = kinds,
    .acts = acts,
    .tables = tables,
    .table_count = ARRAY_COUNT(tables),
};
