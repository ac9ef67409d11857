# assets.sh - what became of the made-up county's assets in 2022: kept, repaired, let, earning, shared,
# handed over, sold, counted; and two mutual-aid pools.
#
# Sourced after play.sh, with samples/lib.sh. Two pools, because one of them lent to a single household:
# what is in that one isn't told, the other's is.
# shellcheck shell=bash disable=SC2154
became=samples/county/assets

# with_numbers FILE: the same sheet with numbers of vouchers where it has their references.
with_numbers() {
    local numbers
    numbers=$("$mingzhang" -L "$ledger" voucher list --format csv |
        awk -F, 'NR > 1 { printf "s|,%s,|,%s,|;s|^%s,|%s,|;s|,%s$|,%s|;", $5, $1, $5, $1, $5, $1 }')
    sed "$numbers" "$1" >"$home/${1##*/}"
    bring "$home/${1##*/}"
}

bring "$became"/0[1-9]-*.csv "$became"/1[0-4]-*.csv
with_numbers "$became/15-income.csv"
bring "$became"/1[6-9]-*.csv "$became/20-payments.csv"
as li bank confirm 岗位-1 --reference 银行-1121 --date 2022-11-21
as li bank confirm 维修-1 --reference 银行-0913 --date 2022-09-13
bring "$became/21-works-done.csv"
with_numbers "$became/22-works-paid.csv"
with_numbers "$became/23-distribution-payments.csv"
bring "$became"/2[4-8]-*.csv

# The workshop goes to the village: one signs for who gives, another for who takes.
as li handover give YJ-01 --date 2022-06-20
as wang handover take YJ-01 --date 2022-06-30

# The old pumps are sold. A step left out is refused.
bring "$became/30-disposals.csv"
refused 3 "" as li import disposals-finished --unmarked "$became/too-early.csv"
bring "$became/31-disposal-steps.csv"
with_numbers "$became/32-disposals-finished.csv"

# A stock-taking: lamps that are broken, a cart in another village.
bring "$became"/3[34]-*.csv
as li stocktake close PD-2022 --date 2022-12-10

bring "$became"/3[5-9]-*.csv "$became"/4[01]-*.csv
"$mingzhang" -L "$ledger" due 柳林村 --as-of 2022-12-31
