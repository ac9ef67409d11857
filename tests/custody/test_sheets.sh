#!/usr/bin/env bash
# test_sheets.sh PROGRAM VERIFIER - handovers, disposals and stock-taking as an office has them: each of
# their sheets enters, each is refused by its cell or its rule, and the register tells the outcome.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
verifier=$(realpath "$2")

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[12]-*.csv >/dev/null
for kind in handovers handover-drops disposals disposal-steps disposals-finished disposals-dropped \
    stocktakes counts; do
    "$mingzhang" import "$kind" --template >"$scratch/$kind-template.csv"
    gets 0 "" "$mingzhang" import "$kind" --template "$scratch/$kind.xlsx"
done

enter() { # KIND: of what stands on standard input
    cat >"$scratch/$1.csv"
    gets 0 "" as li import "$1" "$scratch/$1.csv"
}
bad() { # KIND TEXT ROW: under the headings of the last good sheet
    { head -n 1 "$scratch/$1.csv" && echo "$3"; } >"$scratch/bad.csv"
    unchanged 3 "bad.csv:2" as li import "$1" --unmarked "$scratch/bad.csv"
    unchanged 3 "$2" as li import "$1" --unmarked "$scratch/bad.csv"
}
book() { "$mingzhang" -L "$ledger" "$@"; }

enter assets <<'END'
资产编号,资产名称,资产类别,资产类型,坐落,具体位置,数量,单位,购建时间,使用年限,原值(元),资金来源,捐赠或投劳方,确权归属,所有权人,收益权人,分配权人,现状
ZC-1,柳林桥,公益性,桥梁,柳林村,三组,1,座,2021-03-15,20,10000,捐赠,某公司,示例县,示例县交通局,示例县,县政府,在用
ZC-2,柳林泵站,公益性,泵站,柳林村,一组,1,座,2021-03-15,20,20000,捐赠,某公司,柳林村,柳林村股份经济合作社,柳林村,村民会议,在用
ZC-3,柳林车间,经营性,厂房,柳林村,二组,1,座,2021-03-15,20,30000,捐赠,某公司,柳林村,柳林村股份经济合作社,柳林村,村民会议,在用
ZC-4,柳林路灯,公益性,路灯,柳林村,二组,1,座,2021-03-15,20,30000,捐赠,某公司,柳林村,柳林村股份经济合作社,柳林村,村民会议,在用
END

# A handover: listed, given, taken. A title passes by nothing else.
printf '资产编号,确权日期,确权归属,产权所有人\nZC-1,2021-04-01,柳林村,柳林村股份经济合作社\n' >"$scratch/asset-titles.csv"
unchanged 3 "by a handover alone" as li import asset-titles --unmarked "$scratch/asset-titles.csv"
enter handovers <<'END'
移交编号,资产编号,登记日期,接收单位,产权所有人,收益权人,分配权,处置权,监督权,移交文号
YJ-1,ZC-1,2021-05-01,柳林村,柳林村股份经济合作社,村集体,村民代表会议,村民会议,镇政府,示政发1号
END
bad handovers "belongs to 619901100201 already" 'YJ-2,ZC-2,2021-05-01,柳林村,柳林村股份经济合作社,村集体,村民代表会议,,,'
bad handovers "no asset ZC-9" 'YJ-2,ZC-9,2021-05-01,柳林村,柳林村股份经济合作社,村集体,村民代表会议,,,'
gets 0 "YJ-1,listed" book handover list --format csv
gets 0 "" as li handover give YJ-1 --date 2021-05-10
unchanged 5 "two people" as li handover take YJ-1 --date 2021-05-11
gets 0 "" as wang handover take YJ-1 --date 2021-05-11
gets 0 "619901100201" book assets show ZC-1 --as-of 2021-05-11
enter handover-drops <<END
移交编号,撤销日期,原因
$(printf '移交编号,资产编号,登记日期,接收单位,产权所有人\nYJ-3,ZC-2,2021-05-12,示例县,示例县交通局\n' >"$scratch/more.csv"
    as li import handovers "$scratch/more.csv" >/dev/null
    echo YJ-3,2021-05-13,产权有误)
END
bad handover-drops "YJ-1 is taken" 'YJ-1,2021-05-14,产权有误'
bad handover-drops "no handover YJ-9" 'YJ-9,2021-05-14,产权有误'

# Disposals, step by step.
enter disposals <<'END'
处置编号,资产编号,申请日期,处置原因,处置方式,情况说明
CZ-1,ZC-2,2021-06-01,自然灾害,报废,山洪冲毁
CZ-2,ZC-3,2021-06-01,闲置需转产,拍卖,闲置
CZ-3,ZC-4,2021-06-01,其他,报停,停用
END
bad disposals "处置方式" 'CZ-4,ZC-1,2021-06-01,其他,销毁,山洪'
bad disposals "being disposed of by CZ-1" 'CZ-4,ZC-2,2021-06-01,其他,报废,山洪'
enter disposal-steps <<'END'
处置编号,处置环节,日期,文号,同意票,反对票,弃权票,意见
CZ-1,党支部提议,2021-06-02,纪要1号,,,,
CZ-1,村两委商议,2021-06-03,纪要2号,,,,
CZ-1,党员大会审议,2021-06-04,纪要3号,,,,
CZ-2,党支部提议,2021-06-02,纪要1号,,,,
CZ-2,村两委商议,2021-06-03,纪要2号,,,,
CZ-2,党员大会审议,2021-06-04,纪要3号,,,,
CZ-2,村民代表会议决议,2021-06-05,纪要4号,30,2,1,
CZ-2,决议公开,2021-06-06,公告1号,,,,
CZ-2,结果公开,2021-06-07,公告2号,,,,
CZ-2,乡镇审核,2021-06-08,镇批1号,,,,
CZ-2,主管部门意见,2021-06-09,局复1号,,,,
CZ-2,县级审批,2021-06-10,县批1号,,,,
CZ-2,资产评估,2021-06-11,评1号,,,,
CZ-2,公开交易,2021-06-12,拍1号,,,,
CZ-2,公告,2021-06-13,公告3号,,,,
END
bad disposal-steps "needs step decision before decision_notice" 'CZ-1,决议公开,2021-06-06,公告1号,,,,'
bad disposal-steps "is no majority" 'CZ-1,村民代表会议决议,2021-06-05,纪要4号,10,9,1,'
bad disposal-steps "before 2021-06-04" 'CZ-1,村民代表会议决议,2021-06-03,纪要4号,30,2,1,'
enter allocations <<'END'
凭证号,日期,业务类型,依据文号,摘要,资金编号,收款单位,台账类别,金额(元)
收-1,2021-06-20,其他收入,拍1号,柳林车间拍卖款 某公司转入,2021-县级-01,柳林村,,8000
END
gets 0 "" approve_all
voucher=$("$mingzhang" -L "$ledger" voucher list --format csv | awk -F, '/receipt/ { print $1 }' | tail -n 1)
printf '处置编号,处置日期,评估价(元),处置收入(元),收款凭证,说明\nCZ-1,2021-06-30,,,,\n' >"$scratch/disposals-finished.csv"
unchanged 3 "disposal CZ-1 needs step decision before it is finished" \
    as li import disposals-finished --unmarked "$scratch/disposals-finished.csv"
bad disposals-finished "it brought 8000.00 yuan" "CZ-2,2021-06-30,8000,8000.01,$voucher,"
enter disposals-finished <<END
处置编号,处置日期,评估价(元),处置收入(元),收款凭证,说明
CZ-2,2021-06-30,8000,7000,$voucher,流拍一次
END
printf '收益单位,收到日期,金额(元),收益类型,凭证号,说明\n柳林村,2021-06-20,1000.01,其他,%s,利息\n' "$voucher" >"$scratch/income.csv"
unchanged 3 "would be 8000.01 yuan of it" as li import income --unmarked "$scratch/income.csv"
bad disposals-finished "CZ-2 is finished" "CZ-2,2021-06-30,8000,7000,$voucher,"
gets 0 "7,000.00" book disposal show CZ-2
enter disposals-dropped <<'END'
处置编号,撤销日期,原因
CZ-3,2021-06-15,仍需使用
END
bad disposals-dropped "CZ-3 is dropped" 'CZ-3,2021-06-16,仍需使用'
printf '资产编号,检查日期,资产状态,检查情况\nZC-3,2021-07-01,在用,\n' >"$scratch/inspections.csv"
unchanged 3 "检查日期: the asset is inspected on 2021-07-01, and asset ZC-3 is disposed since 2021-06-30" \
    as li import inspections --unmarked "$scratch/inspections.csv"

# A round of stock-taking: by a sheet and by a scanned list.
enter stocktakes <<'END'
盘点编号,盘点单位,开始日期,说明
PD-1,柳林村,2021-10-01,年度盘点
END
bad stocktakes "PD-1 is in the ledger already" 'PD-1,柳林村,2021-10-01,'
enter counts <<'END'
盘点编号,资产编号,盘点日期,盘点结果,实际所在地,实际状态,备注
PD-1,ZC-1,2021-10-03,相符,柳林村,损坏,栏杆断
END
bad counts "盘点结果" 'PD-1,ZC-2,2021-10-03,不明,柳林村,在用,'
bad counts "was disposed of" 'PD-1,ZC-3,2021-10-03,相符,柳林村,在用,'
bad counts "no round of stock-taking PD-9" 'PD-9,ZC-2,2021-10-03,相符,柳林村,在用,'
printf 'ZC-4\n' >"$scratch/scanned.txt"
gets 0 "" as li stocktake scan PD-1 "$scratch/scanned.txt" --date 2021-10-04
gets 0 "ZC-2" book stocktake show PD-1
gets 0 "" as li stocktake close PD-1 --date 2021-10-31
gets 0 "ZC-2" book assets list 柳林村 --state missing --as-of 2021-10-31
gets 0 "ZC-1" book assets list 柳林村 --state damaged --as-of 2021-10-31
gets 0 "PASS" "$mingzhang" verify "$ledger" --deep
gets 0 "PASS" "$verifier" "$ledger"
finish
