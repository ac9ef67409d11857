#!/usr/bin/env bash
# test_sheets.sh PROGRAM VERIFIER - mutual aid as an office has it: five sheets, loans and repayments
# by sheet and by command, the list of what is overdue, and what is refused.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
verifier=$(realpath "$2")
number_1=11010519491231002X
number_2=110101199003070011

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[12]-*.csv >/dev/null
for kind in aid-pools aid-entrustments aid-guarantees aid-agreements aid-provisions; do
    "$mingzhang" import "$kind" --template >"$scratch/$kind-template.csv"
    gets 0 "" "$mingzhang" import "$kind" --template "$scratch/$kind.xlsx"
done

sheet() { # NAME: of what stands on standard input
    cat >"$scratch/$1.csv"
}
enter() { # KIND
    gets 0 "" as li import "$1" "$scratch/$1.csv"
}
move() { # MOVEMENT DATE FROM TO: 10,000 yuan of the county's fund
    gets 0 "" as li voucher submit "$1" --reference "$1-9" --date "$2" --amount 1万 --text 互助资金 \
        --from "$3" --to "$4"
    gets 0 "" approve_all
}
move appropriation 2021-02-20 示例县/none/2021-县级-01/source 示例县/none/2021-县级-01/unassigned
move allocation 2021-02-21 示例县/none/2021-县级-01/unassigned 柳林村/none/2021-县级-01/unassigned
move assignment 2021-02-22 柳林村/none/2021-县级-01/unassigned 柳林村/政策补助/2021-县级-01/可用

sheet aid-pools <<'END'
互助资金编号,行政村,资金编号,台账类别,受托银行,统一社会信用代码,单户上限(%),设立日期,文号
HZ-01,柳林村,2021-县级-01,政策补助,示例农村商业银行,91619901MA7DEM0164,50,2021-02-08,示互助〔2021〕1号
END
enter aid-pools
sheet aid-entrustments <<'END'
互助资金编号,协议编号,签订日期,起始日期,到期日期
HZ-01,委托2021-01,2021-02-08,2021-02-08,2024-02-07
END
enter aid-entrustments
sheet aid-agreements <<END
借款协议编号,互助资金编号,联保小组编号,姓名,身份证号,借款金额(元),年费率(%),起始日期,签订日期,到期日期
JK-7Q2M,HZ-01,LB-3K,张甲,$number_1,3000,4.35,2021-03-10,2021-03-08,2021-09-10
JK-8W5T,HZ-01,LB-3K,李乙,$number_2,2000,4.35,2021-03-10,2021-03-08,2022-03-09
END
enter aid-agreements

lend() { # REFERENCE AMOUNT
    as li voucher submit loan --reference "$1" --date 2021-03-12 --amount "$2" --text 购买羊羔 \
        --from 柳林村/政策补助/2021-县级-01/可用 --agreement JK-7Q2M --payee 张甲 --id-number $number_1
}
# Two of the three agreements are not three.
unchanged 3 "(rule R30); import aid-guarantees first" lend 借-1 3000
sheet aid-guarantees <<END
联保小组编号,成员序号,互助资金编号,姓名,身份证号,签订日期,协议编号
LB-3K,1,HZ-01,张甲,$number_1,2021-03-01,联保2021-03
LB-3K,2,HZ-01,李乙,$number_2,2021-03-01,联保2021-03
END
enter aid-guarantees
unchanged 3 "at most 3,000.00 yuan" lend 借-1 3001
gets 0 "it waits for a checker" lend 借-1 3000
gets 0 "" approve_all
unchanged 0 "submitted before with the same content" lend 借-1 3000

# Loans and repayments by sheet; interest is a receipt of its own.
sheet loans <<END
凭证号,日期,业务类型,依据文号,摘要,资金编号,收款单位,台账类别,金额(元),收款人,身份证号,借款协议编号
借-2,2021-03-15,放款,,购买农机,2021-县级-01,柳林村,政策补助,2000,李乙,$number_2,JK-8W5T
还-1,2021-08-01,还款,,归还本金,2021-县级-01,柳林村,政策补助,1000,张甲,$number_1,JK-7Q2M
占用费-1,2021-08-01,其他收入,利息单1,占用费 示例农村商业银行转入,2021-县级-01,柳林村,,50.75,,,
END
gets 0 "" as li import allocations "$scratch/loans.csv"
gets 0 "" approve_all
sheet loans2 <<END
凭证号,日期,业务类型,依据文号,摘要,资金编号,收款单位,台账类别,金额(元),收款人,身份证号,借款协议编号
还-9,2021-08-02,归还借款,,归还本金,2021-县级-01,柳林村,政策补助,2000.01,张甲,$number_1,JK-7Q2M
END
unchanged 3 "the repayment is 0.01 yuan more than this borrower owes under agreement JK-7Q2M" \
    as li import allocations --unmarked "$scratch/loans2.csv"
gets 2 "--to is missing" as li voucher submit refund --reference X --date 2021-08-01 --amount 1 \
    --from 柳林村/政策补助/2021-县级-01/可用

sheet aid-provisions <<'END'
互助资金编号,日期,风险准备金(元),文号,来源
HZ-01,2021-12-31,300,示互助〔2021〕9号,占用费提取
END
enter aid-provisions

# What the list says on a day, in each format.
list() {
    "$mingzhang" -L "$ledger" aid "$@"
}
gets 0 '"in_arrears":0,"lent":500000,"overdue":0,"pool":"HZ-01","provision":null,"receivable":400000,"repaid":100000}' \
    list --as-of 2021-09-10 --format json
gets 0 '"in_arrears":200000,"lent":500000,"overdue":1,"pool":"HZ-01","provision":30000' list --as-of 2021-12-31 --format json
gets 0 "HZ-01,619901100201,柳林村,2021-县级-01,示例农村商业银行,5000.00,1000.00,4000.00,2000.00,1,112,300.00" \
    list 东河镇 --as-of 2021-12-31 --format csv
gets 0 "no mutual-aid pool" list 西岭乡 --as-of 2021-12-31
gets 0 "no mutual-aid pool" list --overdue --as-of 2021-09-10
gets 0 "JK-7Q2M,张甲,LB-3K,3000.00,3000.00,1000.00,2000.00,2021-09-10,112" \
    list --pool HZ-01 --overdue --as-of 2021-12-31 --format csv
gets 0 "JK-8W5T" list --pool HZ-01 --as-of 2021-12
gets 3 "no mutual-aid pool HZ-02" list --pool HZ-02
gets 0 "逾期金额" env LANGUAGE=zh_CN "$mingzhang" -L "$ledger" aid --as-of 2021-12-31

# Who borrowed is in no entry; the program and the inspector's verifier agree, and so does a replay.
gets 0 "JK-7Q2M" "$mingzhang" -L "$ledger" voucher show 借-1
gets 0 "PASS" "$mingzhang" verify "$ledger" --deep
gets 0 "PASS" "$verifier" "$ledger"

# Bad cells are named.
sheet bad <<'END'
借款协议编号,互助资金编号,联保小组编号,姓名,身份证号,借款金额(元),年费率(%),起始日期,签订日期,到期日期
JK-9,HZ-01,LB-3K,王丙,110101199003070012,3000,4.35,2021-03-10,2021-03-08,2021-09-10
END
unchanged 3 "bad.csv:2" as li import aid-agreements --unmarked "$scratch/bad.csv"
sheet bad <<'END'
互助资金编号,行政村,资金编号,台账类别,受托银行,统一社会信用代码,单户上限(%),设立日期
HZ-03,无名村,2021-县级-01,政策补助,示例农村商业银行,91619901MA7DEM0164,50,2021-02-08
END
unchanged 3 "bad.csv:2: 行政村" as li import aid-pools --unmarked "$scratch/bad.csv"
finish
