#!/usr/bin/env bash
# demo.sh PROGRAM - real notices, a register of assets and a made-up county, from CSV files to publications that verify.
#
# Leaves demo/<root division code>/ledger and demo/<root division code>/publication; the keys and
# passphrase of its people lie in demo/home. Made anew each time.
set -euo pipefail
cd "$(dirname "$0")/.."
exec </dev/null       # a demonstration answers no questions
export LC_ALL=C.UTF-8 # figures and messages look alike everywhere
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

# published_fen PERIOD DIVISION XPATH: a sum in a published document; `_x` stands for an element x.
published_fen() {
    local xpath
    xpath=$(sed -E 's/_([a-z]+)/*[local-name()="\1"]/g' <<<"$3")
    git -C "${ledger%ledger}publication" show "HEAD:snapshots/$1/$2.xml" |
        xmllint --xpath "number($xpath)" - | awk '{ printf "%.0f\n", $1 }'
}

# compare FILE WHAT FEN FEN: the notice, the ledger and the publication; they must agree to the fen.
compare() {
    local wanted
    wanted=$(printed "$1" "$2")
    printf '%-22s %-25s printed %12s  ledger %12s  published %12s\n' "$1" "$2" \
        "$(yuan "$wanted")" "$(yuan "$3")" "$(yuan "$4")"
    if [ "$wanted" != "$3" ] || [ "$wanted" != "$4" ]; then
        echo "demo: these differ" >&2
        exit 1
    fi
}

place() {
    local code=$1
    root=$1
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
publish_and_verify 2019
compare beita-2020.csv "total appropriation" "$(held_fen --scope "$root")" \
    "$(published_fen 2019 430511000000 '/_disclosure/_summary/_received/@fen')"
rows=$("$mingzhang" -L "$ledger" voucher show 分配-1 --format csv | tail -n +2 | wc -l)
wanted=$(($(printed beita-2020.csv "village rows") / 100))
printf '%-22s %-25s printed %12s  ledger %12s\n' beita-2020.csv "village rows" $wanted "$rows"
[ "$rows" -eq $wanted ]

place 410400000000 平顶山市
bring samples/notices/410400-pingdingshan/[0-9][0-9]-*.csv
publish_and_verify 2022
compare pingdingshan-2022.csv "total municipal money" "$(held_fen --scope "$root")" \
    "$(published_fen 2022 410400000000 '/_disclosure/_summary/_received/@fen')"

place 640502000000 中卫市沙坡头区
bring samples/notices/640502-shapotou/[0-9][0-9]-*.csv
publish_and_verify 2021
compare shapotou-2021.csv "total granted" "$(held_fen --scope "$root")" \
    "$(published_fen 2021 640502000000 '/_disclosure/_summary/_received/@fen')"
cost=0
for village in 640502901901 640502902901 640502902902 640502902903; do
    cost=$((cost + $(published_fen 2021 $village \
        'sum(//_plan/_planned/@fen) + sum(//_outside/_planned/@fen)')))
done
compare shapotou-2021.csv "total project cost" "$(project_fen '"(plan|outside)":[0-9]+')" $cost

place 410704000000 新乡市凤泉区
bring samples/notices/410704-fengquan/[0-9][0-9]-*.csv
publish_and_verify 2022
compare fengquan-2022.csv "total provincial money" "$(held_fen --scope "$root")" \
    "$(published_fen 2022 410704000000 '/_disclosure/_summary/_received/@fen')"

place 350302000000 莆田市城厢区
bring samples/notices/350302-houtang/0[1-9]-*.csv
as li bank confirm 支付-1 --reference 银行-1 --date 2025-07-09
bring samples/notices/350302-houtang/10-allocations.csv
publish_and_verify 2025
compare houtang-2025.csv "unspent after settlement" \
    "$("$mingzhang" -L "$ledger" balance 后塘村 --format json |
        grep '"role":"available"' | grep -o '"amount":[0-9]*' | cut -d: -f2)" \
    "$(published_fen 2025 350302901901 '/_disclosure/_summary/_closing/@fen')"

# Assets: the register of a district, each asset made up, its sums as printed (samples/duodao/README.md).
place 420804000000 荆门市掇刀区
# shellcheck source=samples/duodao/play.sh
. samples/duodao/play.sh
publish_and_verify 2021
# assets GROUP WHAT COLUMN: assets (3) or original value in fen (4) of a line of the summary.
assets() {
    "$mingzhang" -L "$ledger" assets summary --as-of 2021-12-31 --format csv |
        awk -F, -v group="$1" -v what="$2" -v column="$3" '$1 == group && $2 == what {
            printf "%.0f\n", column == 4 ? $4 * 100 : $3 }'
}
# told ELEMENT NAME ATTRIBUTE: the same of the publication.
told() {
    git -C "${ledger%ledger}publication" show "HEAD:snapshots/2021/$root.xml" |
        xmllint --xpath "string(//*[local-name()='assets']/*[local-name()='$1'][not(@name) or @name='$2']/$3)" -
}
original="*[local-name()='original']/@fen"
# Titles are printed in 万元 with two decimals.
rounded() { echo $((($1 + 5000) / 10000 * 10000)); }
for class in public_welfare operational household; do
    element=class
    [ $class != household ] || element=of_households
    compare assets-duodao-2021.csv $class "$(assets class $class 4)" \
        "$(told $element $class "$original")"
    count=$(($(printed assets-duodao-2021.csv "$class assets") / 100))
    [ "$(assets class $class 3)" -eq $count ]
    [ "$(told $element $class @count)" -eq $count ]
done
for holder in county township village; do
    compare assets-duodao-titles-2021.csv $holder "$(rounded "$(assets owner $holder 4)")" \
        "$(rounded "$(told owned_by $holder "$original")")"
    count=$(($(printed assets-duodao-titles-2021.csv "$holder assets") / 100))
    [ "$(assets owner $holder 3)" -eq $count ]
done
"$mingzhang" -L "$ledger" assets show ZC-0100 --as-of 2021-12-31

place 619901000000 示例县
# shellcheck source=samples/county/play.sh
. samples/county/play.sh
# shellcheck source=samples/county/assets.sh
. samples/county/assets.sh
publish_and_verify 2021 2022

cat <<END

Look further:
  build/mingzhang -L demo/350302000000/ledger trace project XM2025-1
  build/mingzhang-verify --no-memory demo/619901000000/publication
  git clone demo/430511000000/publication beita && xdg-open beita/index.html
END
