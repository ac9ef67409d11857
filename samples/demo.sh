#!/usr/bin/env bash
# demo.sh PROGRAM - real notices and a made-up county, from CSV files to publications that verify.
#
# Leaves demo/<root division code>/ledger and demo/<root division code>/publication; the keys and
# passphrase of its people lie in demo/home. Made anew each time.
set -euo pipefail
cd "$(dirname "$0")/.."
mingzhang=$(realpath "${1:-build/mingzhang}")
home=$PWD/demo/home
# shellcheck source=samples/lib.sh
. samples/lib.sh

# yuan FEN: for people.
yuan() { printf '%s' "$1" | awk '{ printf "%.2f\n", $1 / 100 }'; }

# printed FILE WHAT: a figure of totals.csv in fen.
printed() {
    awk -F, -v file="$1" -v what="$2" '$1 == file && $2 == what {
        gsub(/\r/, ""); split($4, part, "."); fen = part[1] * 100 + substr(part[2] "00", 1, 2)
        if ($3 == "万元") { fen = part[1] * 1000000 + substr(part[2] "000000", 1, 6) }
        printf "%.0f\n", fen }' samples/notices/totals.csv
}

# compare FILE WHAT FEN: beside each other, and the end of the demo when they differ.
compare() {
    local wanted
    wanted=$(printed "$1" "$2")
    printf '%-24s %-24s printed %14s  in the ledger %14s\n' "$1" "$2" "$(yuan "$wanted")" "$(yuan "$3")"
    [ "$wanted" = "$3" ] || { echo "demo: these differ" >&2; exit 1; }
}

place() {
    local code=$1
    ledger=demo/$code/ledger
    export MINGZHANG_SIGNER=$PWD/demo/$code/signer
    mkdir -p "demo/$code"
    printf '\n== %s %s\n' "$code" "$2"
    new_ledger "$code" "$2" >/dev/null
}

# The log's key as the bureau would print it on paper: taken from the ledger's own signer.
print_key() {
    git -C "${ledger%ledger}publication" show HEAD:keys/log.vkey >"${ledger%ledger}publication.vkey"
}

publish_and_verify() {
    local period
    for period in "$@"; do as zhou publish --period "$period"; done
    print_key
    "$mingzhang" verify "$ledger" --against "${ledger%ledger}publication" \
        --key "${ledger%ledger}publication.vkey"
    "$mingzhang" verify "${ledger%ledger}publication" --key "${ledger%ledger}publication.vkey"
}

# Amounts of a project listing, summed: NAME…
project_fen() {
    "$mingzhang" -L "$ledger" project list --format json | grep -oE "$1" | cut -d: -f2 |
        awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}

rm -rf demo
mkdir demo
use_home

place 430511000000 邵阳市北塔区
bring samples/notices/430511-beita/[0-9][0-9]-*.csv
compare beita-2020.csv "total appropriation" "$(held_fen)"
publish_and_verify 2019

place 410400000000 平顶山市
bring samples/notices/410400-pingdingshan/[0-9][0-9]-*.csv
compare pingdingshan-2022.csv "total municipal money" "$(held_fen)"
publish_and_verify 2022

place 640502000000 中卫市沙坡头区
bring samples/notices/640502-shapotou/[0-9][0-9]-*.csv
compare shapotou-2021.csv "total granted" "$(held_fen)"
compare shapotou-2021.csv "total project cost" "$(project_fen '"(plan|outside)":[0-9]+')"
publish_and_verify 2021

place 410704000000 新乡市凤泉区
bring samples/notices/410704-fengquan/[0-9][0-9]-*.csv
compare fengquan-2022.csv "total provincial money" "$(held_fen)"
publish_and_verify 2022

place 350302000000 莆田市城厢区
bring samples/notices/350302-houtang/0[1-9]-*.csv
as li bank confirm 支付-1 --reference 银行-1 --date 2025-07-09
bring samples/notices/350302-houtang/10-allocations.csv
compare houtang-2025.csv "unspent after settlement" \
    "$("$mingzhang" -L "$ledger" balance 后塘村 --format json |
        grep '"role":"available"' | grep -o '"amount":[0-9]*' | cut -d: -f2)"
publish_and_verify 2025

place 619901000000 示例县
# shellcheck source=samples/county/play.sh
. samples/county/play.sh
publish_and_verify 2021 2022

cat <<END

Look further:
  build/mingzhang -L demo/350302000000/ledger trace project XM2025-1
  git clone demo/619901000000/publication seen && xdg-open seen/index.html
  build/mingzhang-verify --no-memory demo/619901000000/publication
END
