#!/usr/bin/env bash
# test_notices.sh PROGRAM - the real notices as XLSX, XLS and GBK text, laid out as bureaus lay them
# out, imported and compared with the totals that they print. Ends with 77 where the Python modules
# that make them are missing; with CI=true that is a failure.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import openpyxl, xlwt' 2>/dev/null; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    echo "openpyxl or xlwt is missing, so no books can be made"
    [ "${CI-}" != true ] || exit 1
    exit 77
fi
sheets=$scratch/sheets
mkdir "$sheets"
"$python" tests/importers/test_notices.py "$sheets"

# printed FILE WHAT: a figure of totals.csv in fen.
printed() {
    awk -F, -v file="$1" -v what="$2" '$1 == file && $2 == what {
        gsub(/\r/, ""); split($4, part, "."); fen = part[1] * 100 + substr(part[2] "00", 1, 2)
        if ($3 == "万元") { fen = part[1] * 1000000 + substr(part[2] "000000", 1, 6) }
        printf "%.0f\n", fen }' samples/notices/totals.csv
}

# place CODE NAME FILE…: a ledger of its own with the register and the money of a notice.
place() {
    ledger=$scratch/$1
    export MINGZHANG_SIGNER=$scratch/$1.signer
    new_ledger "$1" "$2" >/dev/null
    root=$1
    shift 2
    bring "$@" >/dev/null
}

# below: the fen at all divisions below the root.
below() {
    "$mingzhang" -L "$ledger" balance --format csv >"$scratch/balances.csv"
    echo $(($(held_fen --scope "$root") - $("$mingzhang" -L "$ledger" balance "$root" --format json |
        grep -v '"role":"source"' | grep -o '"amount":[0-9-]*' | cut -d: -f2 |
        awk '{ sum += $1 } END { printf "%.0f\n", sum }')))
}

is() { # WANTED GOT WHAT
    [ "$1" = "$2" ] || fail "$3: $2, not $1"
    checks=$((checks + 1))
}

# ---- 北塔: XLSX, two rows of headings, merged villages, subtotals, notes in amounts

place 430511000000 北塔区 samples/notices/430511-beita/0[1-4]-*.csv
constants=(--set 凭证号=分配-1 --set 日期=2019-12-27 --set 业务类型=分配 --set 摘要=按安排表分配到村
    --set 资金编号=2020-中央-01 --set 拨出单位=430511000000 --set 台账类别=项目建设)
beita() { as li import allocations "$sheets/$1" "${constants[@]}" "${@:2}"; }
unchanged 3 "no column of allocations has this name" beita beita.xlsx
maps=(--map 建设项目/项目名称=备注 --map 建设内容=备注)
unchanged 3 'beita.xlsx:安排表:22: B 村名: the cell is empty' beita beita.xlsx "${maps[@]}"
[ -s "$sheets/beita.marked.xlsx" ] || fail "no marked copy"
unchanged 3 'beita-villages.xlsx:安排表:22: E 资金 （万元）: the total is 4,080,000.00 yuan, but its rows add up to 3,960,000.00' \
    beita beita-villages.xlsx "${maps[@]}"
unchanged 0 'headings in rows 3 and 4, 2 rows above left out; row 2 says 万元' \
    beita beita-good.xlsx "${maps[@]}" --dry-run
unchanged 0 '15 rows of allocations are good' beita beita-good.xlsx "${maps[@]}" --dry-run
gets 0 'row 12, 小计 1,600,000.00 yuan, is left out; it is the sum of its rows' \
    beita beita-good.xlsx "${maps[@]}"
approve_all >/dev/null
is "$(($(printed beita-2020.csv "total appropriation") - 12 * 1000000))" "$(below)" "北塔 villages"
is "$(printed beita-2020.csv "total appropriation")" "$(held_fen --scope "$root")" "北塔 in all"
is "$(($(printed beita-2020.csv "village rows") / 100))" \
    "$("$mingzhang" -L "$ledger" voucher show 分配-1 --format csv | tail -n +2 | wc -l)" "北塔 rows"
gets 0 '其中,灾情因素6万元' "$mingzhang" -L "$ledger" voucher show 分配-1

# What was said once of these headings is remembered.
constants[1]=凭证号=分配-2
unchanged 3 'these headings are remembered' beita beita-villages.xlsx
is 1 "$(find "$ledger/layouts" -name '*.csv' | wc -l)" "remembered layouts"

# ---- 平顶山: XLS, four columns of money of which one is meant

place 410400000000 平顶山市 samples/notices/410400-pingdingshan/0[1-3]-*.csv
gets 0 'row 9, 合计 29,600,000.00 yuan, is left out; it is the sum of its rows' \
    as li import allocations "$sheets/pingdingshan.xls" --set 凭证号=分配-1 --set 日期=2022-07-29 \
    --set 业务类型=分配 --set 摘要=分配到县 --set 资金编号=2022-市级-376 --set 拨出单位=410400000000 \
    --map 资金合计= --map 中央资金= --map 省级资金= --map 市级资金=金额
approve_all >/dev/null
is "$(printed pingdingshan-2022.csv "total municipal money")" "$(below)" "平顶山"

# ---- 沙坡头: GBK text, places with their township before them, full-width digits

place 640502000000 沙坡头区 samples/notices/640502-shapotou/0[1-5]-*.csv
gets 0 'GB18030, separated by commas; headings in row 3, 2 rows above left out; row 2 says 万元' \
    as li import allocations "$sheets/shapotou.csv" --set 凭证号=分配-1 --set 日期=2021-01-01 \
    --set 业务类型=分配 --set 摘要=分配到村 --set 资金编号=2021-民族-01 --set 拨出单位=640502000000 \
    --set 台账类别=项目建设 --map 项目名称=备注 --map 实施地点=收款单位 --map 建设内容= \
    --map 资金规模= --map 其中:少数民族发展资金=金额
approve_all >/dev/null
is "$(printed shapotou-2021.csv "total granted")" "$(below)" "沙坡头"

# ---- 凤泉: a unit of two words is no place; the near one is named

place 410704000000 凤泉区 samples/notices/410704-fengquan/0[1-4]-*.csv
fengquan() {
    as li import allocations "$sheets/$1" --set 凭证号=分配-1 --set 日期=2022-11-28 \
        --set 业务类型=分配 --set 摘要=分配到责任单位 --set 资金编号=2022-省级-289 \
        --set 拨出单位=410704000000 --set 台账类别=项目建设 --map 责任单位=收款单位 \
        --map 项目名称=备注 --map 资金=金额 --map 其中省级=
}
unchanged 3 'near it: 大块镇 (410704901000)' fengquan fengquan.xlsx
gets 0 'row 6, 合　计 1,870,000.00 yuan, is left out; it is the sum of its rows' fengquan fengquan-good.xlsx
approve_all >/dev/null
is "$(printed fengquan-2022.csv "total provincial money")" "$(below)" "凤泉"

# ---- 后塘: the same line as contract and as settlement; a heading's own unit beats the unit line

place 350302000000 城厢区 samples/notices/350302-houtang/0[1-3]-*.csv
gets 0 'E 中标价(元) is 合同价 in yuan' as li import contracts "$sheets/houtang.xlsx" \
    --set 合同编号=HT2025-1 --set 项目编号=XM2025-1 --set 施工单位=公告未载明 --set 签订日期=2025-04-13 \
    --map 项目名称= --map 村= --map '补助资金(万元)=' --map 资金文号= --map 结算日期= \
    --map '结算审核价(元)='

# A book or a text of the same rows gives the same vouchers.
echo "$checks checks passed"
