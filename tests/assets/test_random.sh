#!/usr/bin/env bash
# test_random.sh PROGRAM - random events of assets (registrations, costs, titles, states, handovers, disposals,
# rounds of stock-taking, inspections, income, what households got), beside a model of sums: the
# registers of three tiers, the lists, the documents and their table agree with it to the fen.
# 400 events, always the same; with MINGZHANG_LONG=1 10,000 others. MINGZHANG_SEED=n plays one history.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
new_ledger 420804000000 荆门市掇刀区 >/dev/null
bring samples/duodao/0*.csv >/dev/null
MINGZHANG=$mingzhang LEDGER=$ledger PASSPHRASE=$home/passphrase SCRATCH=$scratch \
    python3 tests/assets/test_random.py
gets 0 "PASS" "$mingzhang" verify "$ledger" --deep
finish
