#!/usr/bin/env bash
# test_labels.sh PROGRAM - from the label to the register: labels are printed, their codes read from the
# picture of the page, the list of them is scanned, and the round's differences become entries.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[12]-*.csv >/dev/null
book() { "$mingzhang" -L "$ledger" "$@"; }
{
    echo 资产编号,资产名称,资产类别,资产类型,坐落,具体位置,数量,单位,购建时间,使用年限,确权归属,所有权人
    for i in $(seq 1 25); do
        echo "ZC-$i,柳林村第${i}号太阳能路灯及其附属设施,公益性,路灯,柳林村,三组村道旁,1,盏,2021-03-15,10,柳林村,柳林村股份经济合作社"
    done
    echo "资产#1,名称很长的资产$(printf '%.0s长' $(seq 1 90)),公益性,路灯,石桥村,一组,1,盏,2021-03-15,10,石桥村,石桥村股份经济合作社"
} >"$scratch/assets.csv"
gets 0 "" as li import assets "$scratch/assets.csv"
printf '资产编号,日期,现状,原因\nZC-25,2021-06-01,报废,撞毁\n' >"$scratch/asset-states.csv"
gets 0 "" as li import asset-states "$scratch/asset-states.csv"

labels() { grep -o 'class="label"' "$1" | wc -l; }
unchanged 0 "labels.html written" book print labels 柳林村 --output "$scratch/labels.html"
[ "$(labels "$scratch/labels.html")" = 24 ] || fail "not 24 labels: a scrapped asset has none"
[ "$(grep -o 'class="sheet"' "$scratch/labels.html" | wc -l)" = 1 ] || fail "24 labels aren't one sheet"
gets 0 "written" book print labels 示例县 --output "$scratch/all.html"
[ "$(grep -o 'class="sheet"' "$scratch/all.html" | wc -l)" = 2 ] || fail "25 labels aren't two sheets"
book print labels 柳林村 >"$scratch/again.html"
cmp -s "$scratch/labels.html" "$scratch/again.html" || fail "two prints of one ledger differ"
gets 3 "no assets that could be labelled" book print labels 桃园村
gets 3 "no division" book print labels 无名村
gets 2 "no address that a code can be put behind" book print labels 柳林村 --site 'https://example.org/a#b'
gets 2 "more than 200 bytes" book print labels 柳林村 --site "https://example.org/$(printf 'a%.0s' $(seq 1 600))"
checks=$((checks + 4))

# Read from the page as a telephone would.
codes=$scratch/scan.txt
if command -v weasyprint >/dev/null && command -v zbarimg >/dev/null && command -v pdftoppm >/dev/null; then
    gets 0 "labels.pdf written" book print labels 示例县 --site https://example.org/county --output "$scratch/labels.pdf"
    pdftoppm -r 150 -png "$scratch/labels.pdf" "$scratch/page"
    [ "$(find "$scratch" -name 'page-*.png' | wc -l)" = 2 ] || fail "25 labels aren't two pages"
    zbarimg --quiet --raw "$scratch"/page-*.png >"$codes" 2>"$scratch/zbar.log" || fail "$(cat "$scratch/zbar.log")"
    [ "$(sort -u "$codes" | wc -l)" = 25 ] || fail "not 25 codes are read: $(cat "$codes")"
    grep -qx 'https://example.org/county#ZC-7' "$codes" || fail "no ZC-7 in: $(cat "$codes")"
    checks=$((checks + 3))
elif [ "${CI:-}" = true ]; then
    fail "install weasyprint, zbar-tools and poppler-utils, so that labels can be read"
else
    echo "weasyprint, zbarimg or pdftoppm is missing; labels are not read from a picture"
    for i in $(seq 1 24); do echo "https://example.org/county#ZC-$i"; done >"$codes"
    echo 'https://example.org/county#资产#1' >>"$codes"
fi

# A round: two lamps are gone, one is damaged, one stands in the next village.
printf '盘点编号,盘点单位,开始日期\nPD-1,示例县,2021-10-01\n' >"$scratch/stocktakes.csv"
gets 0 "" as li import stocktakes "$scratch/stocktakes.csv"
grep -v -x -e '.*#ZC-3' -e '.*#ZC-4' "$codes" >"$scratch/seen.txt"
printf 'https://example.org/county/index.html\n' >"$scratch/bad.txt"
unchanged 3 "bad.txt:1: an address without a code behind its #" as li stocktake scan PD-1 "$scratch/bad.txt" --date 2021-10-05
printf '\357\273\277ZC-5\r\n\r\n' >"$scratch/bom.txt"
printf 'ZC-7\nZC-99\n' >"$scratch/unknown.txt"
unchanged 3 "unknown.txt:2: no asset ZC-99" as li stocktake scan PD-1 "$scratch/unknown.txt" --date 2021-10-05
gets 0 "" as li stocktake scan PD-1 "$scratch/seen.txt" --date 2021-10-05
unchanged 0 "" as li stocktake scan PD-1 "$scratch/seen.txt" --date 2021-10-05
gets 0 "" as li stocktake scan PD-1 "$scratch/bom.txt" --date 2021-10-06
cat >"$scratch/counts.csv" <<'END'
盘点编号,资产编号,盘点日期,盘点结果,实际所在地,实际状态,备注
PD-1,ZC-3,2021-10-06,盘亏,柳林村,未见,
PD-1,ZC-5,2021-10-06,相符,柳林村,损坏,灯罩破
PD-1,ZC-6,2021-10-06,异地,石桥村,在用,移到石桥
END
gets 0 "" as li import counts "$scratch/counts.csv"
book stocktake show PD-1 --format csv >"$scratch/differences.csv"
for code in ZC-3 ZC-4 ZC-5 ZC-6; do
    grep -q "$code" "$scratch/differences.csv" || fail "no $code in: $(cat "$scratch/differences.csv")"
done
! grep -q "ZC-7" "$scratch/differences.csv" || fail "ZC-7 is where it should be"
gets 0 "" as li stocktake close PD-1 --date 2021-10-31
gets 0 "ZC-3" book assets list --state missing --as-of 2021-10-31
gets 0 "ZC-4" book assets list --state missing --as-of 2021-10-31
gets 0 "ZC-5" book assets list --state damaged --as-of 2021-10-31
gets 0 "PASS" "$mingzhang" verify "$ledger" --deep
checks=$((checks + 5))
finish
