# play.sh - the made-up register of 624 assets: funds, projects, payments that the bank confirmed, then
# the assets that they became. Sourced with samples/lib.sh; $ledger is new, of division 420804000000.
# shellcheck shell=bash
bring samples/duodao/0*.csv
for number in 1 2 3; do
    as li bank confirm "支付-$number" --reference "银行-$number" --date 2021-11-30
done
bring samples/duodao/2*.csv
