#!/usr/bin/env bash
# test_bad_input.sh PROGRAM VERIFIER - what no sheet about assets may say, each tried as a CSV file and as a
# book that LibreOffice saved: the file, the row, the column, the reason and what to do are told, and
# nothing is written.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
verifier=$(realpath "$2")
number_1=11010519491231002X
number_2=110101199003070011

if command -v soffice >/dev/null; then
    formats="csv xlsx"
elif [ "${CI:-}" = true ]; then
    fail "soffice is missing, so no books can be made; install libreoffice-calc-nogui"
else
    echo "soffice is missing; only CSV files are tried"
    formats=csv
fi

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[123]-*.csv >/dev/null
good() { # KIND: of what stands on standard input
    cat >"$scratch/$1.csv"
    gets 0 "" as li import "$1" "$scratch/$1.csv"
}
good assets <<'END'
资产编号,资产名称,资产类别,资产类型,坐落,具体位置,数量,单位,购建时间,使用年限,原值(元),资金来源,捐赠或投劳方,确权归属,所有权人,收益权人,分配权人,证号,现状
ZC-1,柳林桥,公益性,桥梁,柳林村,三组,1,座,2021-03-15,20,10000,捐赠,某公司,柳林村,柳林村股份经济合作社,柳林村,村民会议,产权1号,在用
END
good disposals <<'END'
处置编号,资产编号,申请日期,处置原因,处置方式,情况说明
CZ-1,ZC-1,2021-06-01,自然灾害,报废,山洪冲毁
END
good distribution-shares <<'END'
方案编号,用途,行政区划,份数,人数
FP-1,公共事业,柳林村,9000,
END
move() { # MOVEMENT DATE FROM TO: 10,000 yuan of the county's fund
    gets 0 "" as li voucher submit "$1" --reference "$1-9" --date "$2" --amount 1万 --text 互助资金 \
        --from "$3" --to "$4"
    gets 0 "" approve_all
}
fund=2021-县级-01
move appropriation 2021-02-20 "示例县/none/$fund/source" "示例县/none/$fund/unassigned"
move allocation 2021-02-21 "示例县/none/$fund/unassigned" "柳林村/none/$fund/unassigned"
move assignment 2021-02-22 "柳林村/none/$fund/unassigned" "柳林村/政策补助/$fund/可用"
good aid-pools <<'END'
互助资金编号,行政村,资金编号,台账类别,受托银行,统一社会信用代码,单户上限(%),设立日期,文号
HZ-01,柳林村,2021-县级-01,政策补助,示例农村商业银行,91619901MA7DEM0164,50,2021-02-08,示互助〔2021〕1号
END
good aid-entrustments <<'END'
互助资金编号,协议编号,签订日期,起始日期,到期日期
HZ-01,委托2021-01,2021-02-08,2021-02-08,2024-02-07
END
good aid-agreements <<END
借款协议编号,互助资金编号,联保小组编号,姓名,身份证号,借款金额(元),年费率(%),起始日期,签订日期,到期日期
JK-7Q2M,HZ-01,LB-3K,张甲,$number_1,3000,4.35,2021-03-10,2021-03-08,2021-09-10
JK-8W5T,HZ-01,LB-3K,李乙,$number_2,2000,4.35,2021-03-10,2021-03-08,2022-03-09
END

# The cases: each a sheet of its own, and what must be told of it: the place and the words, as CSV and
# as a book.
mkdir "$scratch/cases"
names=()
kinds=()
places=()
words=()
case_of() { # NAME KIND PLACE WORDS: the sheet on standard input
    cat >"$scratch/cases/$1.csv"
    names+=("$1")
    kinds+=("$2")
    places+=("$3")
    words+=("$4")
}
asset=资产编号,资产名称,资产类别,资产类型,坐落,具体位置,数量,单位,购建时间,使用年限,原值,资金来源,项目编号,计划行,捐赠或投劳方,确权归属,所有权人,收益权人,分配权人,证号,现状
case_of no-class assets "资产类别" "the cell is empty; fill it in" <<END
单位：元,,,,,,,,,,,,,,,,,,,,
$asset
ZC-2,柳林泵站,,泵站,柳林村,一组,1,座,2021-03-15,20,10000,捐赠,,,某公司,,,,,,在用
END
case_of no-division assets "坐落" "the cell is empty; fill it in" <<END
单位：元,,,,,,,,,,,,,,,,,,,,
$asset
ZC-2,柳林泵站,公益性,泵站,,一组,1,座,2021-03-15,20,10000,捐赠,,,某公司,,,,,,在用
END
case_of unknown-division assets "坐落" "no division" <<END
单位：元,,,,,,,,,,,,,,,,,,,,
$asset
ZC-2,柳林泵站,公益性,泵站,无名村,一组,1,座,2021-03-15,20,10000,捐赠,,,某公司,,,,,,在用
END
case_of too-dear assets "项目编号" "an asset can't cost more" <<END
单位：元,,,,,,,,,,,,,,,,,,,,
$asset
ZC-2,柳林渠道,公益性,渠道,柳林村,一组,1,条,2021-03-15,20,10000,项目资金,XM2021-001,1,,,,,,,在用
END
case_of too-dear-part asset-costs "项目编号" "an asset can't cost more" <<'END'
单位：元,,,,,
资产编号,日期,金额,资金来源,项目编号,计划行
ZC-1,2021-10-31,10000,项目资金,XM2021-001,1
END
case_of one-certificate assets "证号" "two assets don't have one title" <<END
单位：元,,,,,,,,,,,,,,,,,,,,
$asset
ZC-2,柳林泵站,公益性,泵站,柳林村,一组,1,座,2021-03-15,20,10000,捐赠,,,某公司,柳林村,柳林村股份经济合作社,柳林村,村民会议,产权1号,在用
END
case_of no-keeper duties "责任人任职编号" "no appointment GH-9 in the ledger; import it first" <<'END'
单位：元,,,,,,,,,
资产编号,起始日期,管护责任单位,办公电话,责任人任职编号,管护路子,管护范围,管护标准,经费来源,年管护经费
ZC-1,2021-04-01,柳林村管理站,0999-1234567,GH-9,自主,桥面及桥下,月巡查一次,村集体收入,1200
END
case_of too-early inspections "检查日期" "ZC-1 is there since 2021-03-15; correct one of the two" <<'END'
检查记录,,,,,
资产编号,检查日期,计划编号,应检日期,资产状态,检查情况
ZC-1,2021-03-14,,,在用,
END
case_of uneven-plan distributions "方案编号" "come to 9000 of 10000 parts, 90 %" <<'END'
单位：元,,,,,,,,,
方案编号,收益年度,议定日期,收益单位,收益来源,分配金额,总份数,分配依据,分配规则,文号
FP-1,2021,2021-06-20,柳林村,光伏发电,1000.01,10000,岗位,八成岗位,村决1号
END
case_of missing-step disposal-steps "处置编号" "needs step branch_proposal before committees; enter that first" <<'END'
处置进度,,,,,,,
处置编号,处置环节,日期,文号,同意票,反对票,弃权票,意见
CZ-1,村两委商议,2021-06-03,纪要2号,,,,
END
case_of unfinished disposals-finished "处置编号" "needs step branch_proposal before it is finished; enter that first" <<'END'
单位：元,,,,,
处置编号,处置日期,评估价,处置收入,收款凭证,说明
CZ-1,2021-06-30,,,,
END
case_of two-agreements allocations "" "(rule R30); import aid-guarantees first" <<END
单位：元,,,,,,,,,,,
凭证号,日期,业务类型,依据文号,摘要,资金编号,收款单位,台账类别,金额,收款人,身份证号,借款协议编号
借-1,2021-03-15,放款,,购买农机,2021-县级-01,柳林村,政策补助,2000,张甲,$number_1,JK-7Q2M
END

if [ "$formats" != csv ]; then
    soffice "-env:UserInstallation=file://$scratch/profile" --headless --infilter='CSV:44,34,76,1,,0,false,true,false' \
        --convert-to xlsx --outdir "$scratch/cases" "$scratch"/cases/*.csv >"$scratch/soffice.log" 2>&1
fi
before=$(size)
for format in $formats; do
    for i in "${!names[@]}"; do
        status=0
        said=$(as li import "${kinds[i]}" --unmarked "$scratch/cases/${names[i]}.$format" 2>&1) || status=$?
        [ $status -eq 3 ] || fail "${names[i]}.$format: status $status: $said"
        # FILE:ROW: COLUMN: of a book FILE:SHEET:ROW: LETTER COLUMN:
        grep -F "${words[i]}" <<<"$said" |
            grep -Eq "/${names[i]}\.$format:(${names[i]}:)?3: ${places[i]:+([A-Z] )?${places[i]}: }" ||
            fail "${names[i]}.$format: no \"${places[i]}\" and \"${words[i]}\" in: $said"
        checks=$((checks + 2))
    done
done
[ "$(size)" = "$before" ] || fail "something was written"
gets 0 "PASS" "$mingzhang" verify "$ledger" --deep
gets 0 "PASS" "$verifier" "$ledger"
finish
