#!/usr/bin/env bash
# test_sheets.sh PROGRAM VERIFIER - what assets earn as an office has it: leases and dues, a plan in
# three sheets, debts and standards of a village; what is refused, and what the listings tell.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
verifier=$(realpath "$2")

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[12]-*.csv >/dev/null
for kind in leases leases-ended lease-dues income distribution-people distribution-shares \
    distributions distribution-payments township-classes village-debts debts-cleared \
    village-standards; do
    gets 0 "" "$mingzhang" import "$kind" --template "$scratch/$kind.xlsx"
done

enter() { # KIND: of what stands on standard input
    cat >"$scratch/$1.csv"
    gets 0 "" as li import "$1" "$scratch/$1.csv"
}
bad() { # KIND TEXT ROW: under the headings of the last good sheet
    { head -n 1 "$scratch/$1.csv" && echo "$3"; } >"$scratch/bad.csv"
    unchanged 3 "$2" as li import "$1" --unmarked "$scratch/bad.csv"
}
tell() { "$mingzhang" -L "$ledger" income "$@" --format csv; }

enter assets <<'END'
资产编号,资产名称,资产类别,资产类型,坐落,具体位置,数量,单位,购建时间,使用年限,原值(元),资金来源,捐赠或投劳方,确权归属,所有权人,收益权人,分配权人,现状
ZC-1,柳林光伏站,经营性,光伏,柳林村,三组,1,座,2021-03-15,20,10000,捐赠,某公司,柳林村,柳林村股份经济合作社,柳林村,村民会议,在用
END
enter leases <<'END'
合同编号,资产编号,经营方式,收益单位,签订日期,起始日期,终止日期,经营主体,统一社会信用代码,个人姓名,身份证号,首次应收日期,每期月数,每期金额(元)
HT-1,ZC-1,出租,柳林村,2021-03-20,2021-03-31,2021-12-31,县农发公司,91350100M000100Y43,,,2021-03-31,1,100
HT-2,ZC-1,出租,柳林村,2021-03-20,2021-04-01,2022-03-31,,,李某,11010519491231002X,2021-04-10,12,600.50
END
bad leases "no asset ZC-9" "HT-3,ZC-9,出租,柳林村,2021-03-20,2021-03-31,2021-12-31,,,王某,,2021-03-31,1,100"
enter lease-dues <<'END'
合同编号,应收日期,应收金额(元),说明
HT-1,2021-04-30,50,减免一半
END
[ "$(tell dues HT-1 --as-of 2021-06-15 | cut -d, -f1,2 | tail -n +2 | tr '\n' ' ')" = \
    "2021-03-31,100.00 2021-04-30,50.00 2021-05-31,100.00 " ] || fail "$(tell dues HT-1)"
gets 0 "600.50" tell leases --as-of 2021-06-15 --overdue
if tell leases --as-of 2021-06-15 | grep -q 李某; then fail "a person is named"; fi

enter leases-ended <<'END'
合同编号,终止日期,原因,文号
HT-1,2021-10-31,承租方退租,
END
bad leases-ended "HT-1 runs from 2021-03-31 to 2021-12-31" "HT-1,2022-01-31,再次,"
bad leases-ended "HT-1 is ended already" "HT-1,2021-11-30,再次,"

# What came in stands under a receipt, and never beyond it.
cat >"$scratch/allocations.csv" <<'END'
凭证号,日期,业务类型,依据文号,摘要,资金编号,收款单位,台账类别,金额(元)
收-1,2021-04-02,其他收入,租1号,租金 县农发公司转入,2021-县级-01,柳林村,,300
END
gets 0 "" as li import allocations "$scratch/allocations.csv"
gets 0 "" approve_all
voucher=$("$mingzhang" -L "$ledger" voucher list --format csv | awk -F, '/receipt/ { print $1 }' | head -n 1)
enter income <<END
凭证号,收到日期,收益单位,收益类型,金额(元),合同编号,应收日期,资产编号,说明
$voucher,2021-04-02,柳林村,出租,100,HT-1,2021-03-31,,
END
bad income "brought 300.00 yuan" "$voucher,2021-04-02,柳林村,出租,200.01,HT-1,2021-04-30,,"
bad income "nothing of lease HT-1 is due on 2021-04-29" "$voucher,2021-04-02,柳林村,出租,1,HT-1,2021-04-29,,"
bad income "收益类型" "$voucher,2021-04-02,柳林村,彩票,1,HT-1,,,"
gets 0 "100.00" tell dues HT-1 --as-of 2021-04-02
enter township-classes <<'END'
乡镇,乡镇类别,起始日期,文号
619901100000,先行示范,2021-03-01,示振办1号
END
bad township-classes "is no township" "柳林村,先行示范,2021-03-01,示振办1号"

enter distribution-people <<'END'
方案编号,用途,行政区划,姓名,身份证号,份数,分配依据
FP-1,公益岗位工资,柳林村,李某,11010519491231002X,3000,保洁员
FP-1,公益岗位工资,柳林村,王某,110105198001010032,3000,护林员
FP-1,公益岗位工资,柳林村,张某,110105197503050048,2000,护路员
END
enter distribution-shares <<'END'
方案编号,用途,行政区划,份数,人数
FP-1,公益岗位工资,柳林村,8000,3
FP-1,公共事业,柳林村,1000,
END
cat >"$scratch/distributions.csv" <<'END'
方案编号,收益年度,议定日期,收益单位,收益来源,分配金额(元),总份数,分配依据,分配规则,文号
FP-1,2021,2021-06-20,柳林村,光伏发电,1000.01,10000,岗位,八成岗位,村决1号
END
unchanged 3 "come to 9000 of 10000 parts, 90 %; shares must add up to 100 %" \
    as li import distributions --unmarked "$scratch/distributions.csv"
printf '方案编号,用途,行政区划,份数,人数\nFP-1,留存,柳林村,1000,\n' >"$scratch/more.csv"
gets 0 "" as li import distribution-shares "$scratch/more.csv"
gets 0 "" as li import distributions "$scratch/distributions.csv"
[ "$(tell shares FP-1 | cut -d, -f3,6 | tail -n +2 | tr '\n' ' ')" = \
    "post_wages,800.01 public_works,100.00 reserve,100.00 " ] || fail "$(tell shares FP-1)"
gets 0 "王某" tell shares FP-1 --people
gets 0 "FP-1,2021" tell plans
gets 0 "800.01" tell photovoltaic --as-of 2021-06-30

enter distribution-payments <<END
方案编号,日期,用途,凭证号
$(printf '凭证号,日期,业务类型,依据文号,摘要,资金编号,收款单位,台账类别,转入台账,金额(元)\n归-1,2021-06-21,归类,村决1号,归入台账,2021-县级-01,柳林村,,政策补助,100\n' >"$scratch/more.csv"
    { as li import allocations "$scratch/more.csv" && approve_all &&
        as li voucher submit payment --reference 付-1 --date 2021-06-22 --amount 100 --text 修路 \
            --from 柳林村/政策补助/2021-县级-01/可用 --to 柳林村/政策补助/2021-县级-01/in_transit --payee 示例公司 \
            --policy 公共事业 && approve_all; } >/dev/null 2>&1
    paid=$("$mingzhang" -L "$ledger" voucher list --format csv | awk -F, '/payment/ { print $1 }' | head -n 1)
    echo "FP-1,2021-06-22,公共事业,$paid")
END
bad distribution-payments "no distribution plan FP-9" "FP-9,2021-06-22,公共事业,$voucher"
bad distribution-payments "is no payment" "FP-1,2021-06-22,公共事业,$voucher"
enter village-debts <<'END'
债务编号,行政区划,形成日期,债务金额(元),形成原因,债权单位,统一社会信用代码,个人姓名
ZW-1,柳林村,2020-05-01,5000,修路,,,赵某
END
enter debts-cleared <<'END'
债务编号,清偿日期,清偿金额(元),文号
ZW-1,2021-05-01,2000,村决2号
END
bad debts-cleared "debt ZW-1 is 5000.00 yuan; 5000.01 would be cleared" "ZW-1,2021-06-01,3000.01,村决3号"
gets 0 "3000.00" tell debts --as-of 2021-06-30
gets 0 "3000.00" tell villages --as-of 2021-06-30
enter township-classes <<'END'
乡镇,乡镇类别,起始日期,文号
东河镇,先行示范,2021-06-01,县振办发〔2021〕2号
END
bad township-classes "is no township" "柳林村,先行示范,2021-06-01,县振办发〔2021〕2号"
# By class: the sum of a class is that of its townships, and one that has none stands apart.
classes() { "$mingzhang" -L "$ledger" report townships --format csv --as-of 2021-06-30 "$@"; }
gets 0 "class,leading,,,1,2," classes
gets 0 "class,,,,1,1," classes
gets 0 "total,,,,2,3," classes
gets 0 "total,,,,1,2," classes --class leading
gets 2 "--class is one of leading, regular, intensive" classes --class nope
out=$(classes --class nope 2>&1) || [[ $out != *"did you mean"* ]] || fail "a hint from another list: $out"
enter village-standards <<'END'
行政区划,日期,标准项目,是否达标,佐证
柳林村,2021-06-01,综合服务场所,是,验收单3号
END
bad village-standards "is computed from the ledger" "柳林村,2021-06-01,村级无债务,是,无"
gets 0 "综合服务场所,yes" tell standards 柳林村 --as-of 2021-06-30
gets 0 "PASS" "$mingzhang" verify "$ledger" --deep
gets 0 "PASS" "$verifier" "$ledger"
echo "$checks checks"
