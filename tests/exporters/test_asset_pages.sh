#!/usr/bin/env bash
# test_asset_pages.sh PROGRAM VERIFIER - assets, their upkeep, income and pools from the ledger to the
# villager: every row of the table in docs/disclosure.md stands in the signed XML and on the page,
# tables agree with register and documents to the fen, nobody is named, and nothing that is sealed shows.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
verifier=$(realpath "$2")

new_ledger 619901000000 示例县 >/dev/null
# shellcheck source=samples/county/play.sh
. samples/county/play.sh >/dev/null
site=$scratch/site
empty=619901100202 # 桃园村 has no asset
as zhou publish --period 2021 --repo "$site" >/dev/null
cp "$site/snapshots/2021/$empty.xml" "$scratch/before.xml"
# shellcheck source=samples/county/assets.sh
. samples/county/assets.sh >/dev/null
as zhou publish --period 2022 --repo "$site" >/dev/null
county=619901000000 township=619901100000 village=619901100201 east=619901200201
for place in $county $township $village $east $empty; do
    sed 's/ xmlns="[^"]*"//' "$site/snapshots/2022/$place.xml" >"$scratch/$place.xml"
    xmllint --html --encode UTF-8 --xpath 'string(//main)' "$site/snapshots/2022/$place.html" 2>/dev/null |
        tr -s '\n ' ' ' >"$scratch/$place.txt"
done
xmllint --noout --nonet --schema "$site/schema/disclosure.xsd" "$site"/snapshots/2022/6*.xml 2>/dev/null ||
    fail "a document breaks the schema"

ask() { xmllint --xpath "string($2)" "$scratch/$1.xml"; }
# field MARK PLACE XPATH WANTED SHOWN: it is in the document, and the page says SHOWN.
field() {
    local said
    said=$(ask "$2" "$3")
    [ "$said" = "$4" ] || fail "$1: $3 is \"$said\", not \"$4\""
    grep -qF -- "$5" "$scratch/$2.txt" || fail "$1: the page of $2 doesn't say \"$5\": $(cat "$scratch/$2.txt")"
    echo "$1" >>"$scratch/marks"
    checks=$((checks + 1))
}

# ---- Assets and their upkeep -----------------------------------------------------------------------

canal="//asset[@code='ZC-001']" lamps="//asset[@code='ZC-007']"
field 11.1 $village "$canal/@name" 柳林村灌溉渠道 柳林村灌溉渠道
field 11.1 $village "$lamps/@state" damaged "损毁（2022-12-03 起）"
field 11.1 $village "//asset[@code='ZC-005']/@state" disposed 已处置
field 11.2 $village "$canal/original/@fen" 102650000 "102.65 万元"
field 11.2 $village "$canal/net/@yuan" 970,897.96 "折旧以后还值：97.089796 万元"
field 11.3 $village "$canal/@owner" 柳林村股份经济合作社 归谁：柳林村股份经济合作社
field 11.3 $village "$canal/@supervision" 村务监督委员会 谁监督：村务监督委员会
field 11.4 $village "$canal/part[1]/@project" XM2021-001 "钱从：柳林村渠道改造，中央财政衔接推进乡村振兴补助资金 87.65 万元"
field 11.4 $village "$canal/part[1]/@fund" 2021-中央-01 中央财政衔接推进乡村振兴补助资金
field 11.4 $village "//asset[@code='ZC-003']/part/@document" 示财农〔2019〕7号 "以前的钱，中央的钱 2019，示财农〔2019〕7号 42 万元"
field 11.5 $village "$canal/upkeep/@unit" 柳林村资产管护站 "谁管：柳林村资产管护站 0990-6190201（自己管）"
field 11.6 $village "$canal/upkeep/@score" 5 "2 项五样都说清了"
field 11.6 $village "//asset[@code='ZC-004']/upkeep/@unclear" "standard money" 还没说清：管成什么样、管护的钱哪里来
field 11.6 $east "//asset[@code='ZC-006']/upkeep/@score" 0 "还没有人管"
field 11.7 $village "$lamps/upkeep/@inspected" 2022-05-16 "上次检查 2022-05-16，在用"
field 11.8 $village "$lamps/upkeep/@next" 2022-08-15 "下次应检 2022-08-15（到了日子还没查）"
field 11.9 $village "$lamps/work/@due" 2022-12-10 "在修：5盏路灯不亮，2022-11-20 派单，应在 2022-12-10 前修好（过期了）"
field 11.9 $village "$canal/work/cost/@fen" 186000 "修过：2022-09-08 二组闸口漏水，换了闸板和止水"
field 11.9 $village "$canal/work/paid/@fund" 2022-管护-01 "1,860 元"
field 11.10 $village "//project[@code='XM2021-001']/became[1]/@asset" ZC-001 "柳林村灌溉渠道 ZC-001 87.65 万元"
grep -q '<a href="../619901100201.html">柳林村灌溉渠道</a>' "$site/snapshots/2022/projects/XM2021-001.html" ||
    fail "the project's page doesn't lead to its asset"
[ "$(ask $county '//clarity/@complete')" = 3 ] || fail "the county counts $(ask $county '//clarity/@complete')"
[ "$(ask $county 'count(//asset)')" = 0 ] || fail "an asset is told twice"
field 12.1 $village //maintenance/body/@office_phone 0990-6190201 "管护机构：柳林村资产管护站0990-6190201"
field 12.2 $village "//maintenance/source[2]/@name" 村集体出一点 "村集体出一点 4,000 元"
field 12.2 $village //maintenance/raised/@fen 1200000 "一共筹了 1.2 万元"
field 12.3 $village //maintenance/paid/@fen 186000 "修这里的资产已经付了 1,860 元"

# ---- Income, pools, custody ------------------------------------------------------------------------

shop="//lease[@code='HT-Z03']"
field 13.1 $village "$shop/rent/@fen" 600000 "每 3 个月 6,000 元"
field 13.1 $village "$shop/@person" true "柳林村扶贫车间：出租，对方是个人2022-08-01 到 2025-07-31"
field 13.1 $east "//lease/@party" 示例农业设施有限公司 委托经营，对方是示例农业设施有限公司
field 13.2 $village "$shop/arrears/@fen" 600000 "欠 6,000 元，从 2022-11-05 起没有付"
field 13.3 $village "//receipt[1]/@voucher" 2022-000006 "2022-04-20 柳林村光伏电站 8,416.25 元"
field 13.4 $village "//distribution/use[1]/@fen" 2636800 "公益岗位工资 2.6368 万元"
field 13.4 $village "//distribution/@rule" 八成发公益岗位工资，其余修路灯、帮困和留存 按什么分：岗位和出工天数
field 13.4 $village "//distribution/paid/@fen" 2636800 "已经付了 2.6368 万元"
field 13.5 $village "//village/@band" below_low "有收入，不到 5 万元"
field 13.5 $village "//village/photovoltaic/@fen" 3296000 "其中光伏发电3.296 万元"
field 13.5 $township "//band[@name='none']/@villages" 1 "没有收入（空壳村）：1 个村"
field 13.6 $east "//debt[@code='ZW-01']/cleared/@fen" 2000000 "欠示例水利建设有限公司：5.2 万元"
field 13.6 $east "//debt[@code='ZW-02']/@cleared_on" 2022-06-30 "欠个人：8,000 元，借款修水池。2022-06-30 还清了"
field 13.7 $village "//standard[@item='快递服务点']/@met" false "✗ 没达到：快递服务点"
field 13.7 $village "//standard[@item='村级无债务']/@computed" true "✓ 达到：村级无债务（账本算出来的）"
field 14.1 $village //pool/outstanding/@fen 4500000 "借出去还没还的4.5 万元"
field 14.1 $village //pool/lent/@fen 6000000 "一共借出过6 万元"
field 15.1 $village "//handover/handed/@asset" ZC-004 "示例县 → 柳林村：柳林村扶贫车间双方签了字，办完了 2022-06-30"
field 15.1 $county "//handover/@taken_on" 2022-06-30 "双方签了字"
field 15.2 $village "//disposed/step[@name='decision']/@votes_for" 31 "同意 31 票，反对 2 票，弃权 1 票"
field 15.2 $village //disposed/proceeds/@fen 320000 "估价 3,000 元，收到 3,200 元"
field 15.3 $village //stocktake/@elsewhere 1 "在别处的 1 项"
field 15.3 $village "//difference[@asset='ZC-007']/@seen_state" damaged "柳林村太阳能路灯：在用 → 损毁，5盏不亮"

sed -n 's/^| \(1[1-9]\.[0-9]*\) |.*/\1/p' docs/disclosure.md | sort -u >"$scratch/rows"
sort -u "$scratch/marks" | diff "$scratch/rows" - || fail "docs/disclosure.md and the checks differ"

# ---- To the fen ------------------------------------------------------------------------------------

data=$site/snapshots/2022/data
# column FILE NAME [COLUMN VALUE]: the sum of a column, of the rows that have VALUE; no cell with a comma before it.
column() {
    tr -d '\r' <"$data/$1.csv" | awk -F, -v name="$2" -v by="${3-}" -v value="${4-}" '
        NR == 1 { for (i = 1; i <= NF; i++) place[$i] = i; next }
        by == "" || $place[by] == value { sum += $place[name] }
        END { printf "%.0f\n", sum }'
}
same() { # WHAT FEN…: all alike
    local what=$1 first=$2 fen
    shift
    for fen in "$@"; do [ "$fen" = "$first" ] || fail "$what: $*"; done
    checks=$((checks + 1))
}
register=$("$mingzhang" -L "$ledger" assets summary --as-of 2022-12-31 --format csv |
    awk -F, '$1 == "class" && $2 != "household" { sum += $4 * 100 } END { printf "%.0f\n", sum }')
same "original values" "$register" "$(ask $county 'sum(//assets/class/original/@fen)' | awk '{ printf "%.0f", $1 }')" \
    "$(ask $county 'sum(//assets/owned_by/original/@fen)' | awk '{ printf "%.0f", $1 }')" \
    "$(column asset_parts fen)"
for code in ZC-001 ZC-002 ZC-005; do
    same "$code" "$(column asset_parts fen asset $code)" \
        "$(cat "$scratch"/*.xml | grep -A1 "<asset code=\"$code\"" | grep -oE 'original fen="[0-9]+' | grep -oE '[0-9]+$')"
done
same "income" "$(column receipts fen division $village)" "$(column village_income income_fen division $village)"
same "a plan" "$(ask $village '//distribution/amount/@fen')" "$(column distribution_shares fen plan FP-01)" \
    "$(ask $village 'sum(//distribution/use/@fen)' | awk '{ printf "%.0f", $1 }')"
same "repairs" "$(column works_paid fen)" "$(ask $village //maintenance/paid/@fen)"
same "the pool" "$(ask $village "//line[@fund='2022-互助-01']/standing[@role='receivable']/@fen")" \
    "$(($(ask $village //pool/lent/@fen) - $(ask $village //pool/repaid/@fen)))"
same "the project" "$(ask $village "sum(//became[@asset='ZC-001']/@fen)" | awk '{ printf "%.0f", $1 }')" \
    "$(column asset_parts fen asset ZC-001)"

# From a fund to assets and back.
gets 0 "project XM2021-001, plan line 1: assets 1" "$mingzhang" -L "$ledger" trace fund 2021-中央-01
gets 0 "876,500.00  ZC-001" "$mingzhang" -L "$ledger" trace project XM2021-001
gets 0 "vouchers of project XM2021-001" "$mingzhang" -L "$ledger" trace asset ZC-001

# ---- What isn't told -------------------------------------------------------------------------------

if grep -rqE '郑五|王七|冯六|钱八|赵九|孙十|61990119[0-9]{10}|JK-|GH-3KQ7' "$site/snapshots"; then fail "a person is named"; fi
[ "$(ask $east //pool/@withheld)" = sealed_totals ] || fail "a pool that lent to one household is told"
[ "$(ask $east 'count(//pool/*)')" = 0 ] || fail "it has figures"
grep -q 里面有多少钱、借了多少没有公布 "$scratch/$east.txt" || fail "the page doesn't say so"
[ "$(ask $empty 'count(//assets | //maintenance | //income | //mutual_aid | //custody)')" = 0 ] ||
    fail "a village without assets tells of them"

# The same again writes nothing, and elsewhere the same bytes.
gets 0 "nothing" as zhou publish --period 2022 --repo "$site"
as zhou publish --period 2022 --repo "$scratch/again" >/dev/null
for place in $county $township $village $east; do
    sed '/<Signature/,$d' "$site/snapshots/2022/$place.xml" >"$scratch/first"
    sed '/<Signature/,$d' "$scratch/again/snapshots/2022/$place.xml" | cmp - "$scratch/first" || fail "$place differs"
done
diff -r "$data" "$scratch/again/snapshots/2022/data" >"$scratch/diff" || [ "$(grep -c '^diff' "$scratch/diff")" = 1 ] ||
    fail "other tables than divisions.csv, with its digests, differ"

# A document of a place without assets stays as it was, those that tell of them are corrected.
gets 0 "published" as zhou publish --period 2021 --repo "$site"
cmp "$scratch/before.xml" "$site/snapshots/2021/$empty.xml" || fail "a document changed for nothing"
[ "$(git -C "$site" show --name-only --format= HEAD -- 'snapshots/2021/6*.xml' | wc -l)" = 5 ] ||
    fail "not the five documents that tell of assets were corrected"

# Another repair is paid and not confirmed, so that it can be reversed later.
echo "维修单号,完工日期,维修单位,维修结果,实际费用(元)
WX-002,2022-12-18,示例水利建设有限公司,换了灯头,1500" >"$scratch/works-done.csv"
{ head -n 1 "$became/20-payments.csv" &&
    echo 维修-2,2022-12-20,路灯维修,2022-管护-01,柳林村,民生保障,1500,示例水利建设有限公司,91619901MA7DEM0164,维修单WX-002; } >"$scratch/payments.csv"
printf '维修单号,凭证号,支付金额(元)\nWX-002,维修-2,1500\n' >"$scratch/works-paid.csv"
bring "$scratch/works-done.csv" "$scratch/payments.csv" >/dev/null
approve_all >/dev/null
with_numbers "$scratch/works-paid.csv" >/dev/null
gets 0 "published" as zhou publish --period 2022 --repo "$site"
grep -q '<paid fen="336000"' "$site/snapshots/2022/$village.xml" || fail "the second repair isn't told"

# A loan to one household that was made in December and is booked in January: of December nothing
# changes, from January on the pool isn't told any more.
as zhao period close 2022-12 >/dev/null
{ head -n 1 "$became/38-aid-agreements.csv" &&
    echo JK-9SV6,HZ-01,LB-4T,冯六,619901197111033032,5000,4.35,2022-12-15,2022-12-15,2023-12-14,借2022-05; } >"$scratch/agreement.csv"
as li import aid-agreements "$scratch/agreement.csv" >/dev/null
as li voucher submit loan --reference 借款-3 --date 2022-12-20 --late --amount 3000 --text 补记放款 \
    --from 柳林村/政策补助/2022-互助-01/可用 --agreement JK-9SV6 --payee 冯六 --id-number 619901197111033032 >/dev/null
approve_all >/dev/null
gets 0 "nothing" as zhou publish --period 2022 --repo "$site"
as zhou publish --period 2023-01 --repo "$site" >/dev/null
pool=$(sed -n '/<pool /,/<\/pool>/p' "$site/snapshots/2023-01/$village.xml")
[[ $pool == *'withheld="sealed_totals"'* && $pool != *'<available'* && $pool != *'<lent'* ]] ||
    fail "a pool that lent to one household is told in January: $pool"

# What is reversed in January was received and paid in December all the same.
for reference in 租金-2 维修-2; do
    as li voucher reverse "$reference" --reference "冲-$reference" --date 2023-01-10 --reason 记错了 >/dev/null
done
approve_all >/dev/null
gets 0 "nothing" as zhou publish --period 2022 --repo "$site"

gets 0 PASS "$mingzhang" verify "$ledger" --against "$site" --deep
gets 0 PASS "$verifier" --no-memory "$site"
finish
