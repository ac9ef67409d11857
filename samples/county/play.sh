# play.sh - the made-up county, year by year: every movement and role once, and what must be refused.
#
# Sourced with samples/lib.sh; $ledger is new, of division 619901000000. 2021 unless said otherwise:
#   money comes in and goes down; a contract may not be overrun; a bank returns a payment, which is
#   paid again; money that was paid can't be reversed away; settlement; closing with carry-over; in
#   2022 a contractor pays back, the retention is paid, and what is left of an expired fund remitted.
# shellcheck shell=bash disable=SC2154
county=samples/county

bring "$county"/0[1-9]-*.csv
refused 3 "contract" as li import allocations --unmarked "$county/overrun.csv"
bring "$county/10-payments.csv"
refused 3 "committed" as li import payments --unmarked "$county/overpaid.csv"
as li bank confirm 支付-1 --reference 银行-0621 --date 2021-06-21
as li bank confirm 支付-2 --reference 银行-0716 --date 2021-07-16

# A reversal that must be refused: the village has committed and paid this money. One that may be.
refused 3 "" as li voucher reverse 分配-1 --date 2021-07-20 --reason '已使用的资金不能冲销'
as li voucher reverse 分配-3 --date 2021-07-20 --reference 冲销-1 --reason '分配村别有误'
approve_all

# Subsidies to people: one comes back from the bank, is owed, and is paid again.
bring "$county/11-payments.csv"
subsidy=$("$mingzhang" -L "$ledger" voucher list --reference 补助-1 --format csv | tail -n 1 | cut -d, -f1)
as li bank return 补助-1 --line 3 --reference 银行-0812 --date 2021-08-12 --reason 账户已注销
as li bank confirm 补助-1 --reference 银行-0813 --date 2021-08-13
"$mingzhang" -L "$ledger" voucher show "$subsidy" --format csv >"$home/subsidy.csv"
payee=$(sed -n 4p "$home/subsidy.csv" | cut -d, -f6)
number=$(grep -F ",$payee," "$county/11-payments.csv" | cut -d, -f10)
as li voucher submit payment --reference 补助-2 --date 2021-08-20 --text 退回补贴重付 \
    --from 东河镇/政策补助/2021-县级-01/退回待付 --amount 600 --policy 外出务工交通补贴 \
    --payee "$payee" --id-number "$number" --repays "$subsidy/3"
approve_all
as li bank confirm 补助-2 --reference 银行-0821 --date 2021-08-21

# A voucher rejected, one withdrawn: their money is free again.
as li voucher submit allocation --reference 分配-8 --date 2021-08-25 --amount 1万 --text 重复申请 \
    --from 示例县/政策补助/2021-县级-01/可用 --to 西岭乡/政策补助/2021-县级-01/可用
refused 5 "" as li voucher approve 分配-8
as wang voucher reject 分配-8 --reason 重复
as li voucher submit allocation --reference 分配-9 --date 2021-08-26 --amount 1万 --text 写错乡镇 \
    --from 示例县/政策补助/2021-县级-01/可用 --to 西岭乡/政策补助/2021-县级-01/可用
as li voucher withdraw 分配-9 --reason 写错乡镇

# The rest of the first project: less work, acceptance, last payment, settlement.
bring "$county/12-allocations.csv"
as li project progress XM2021-001 --date 2021-10-30 --percent 100 --text 渠道4千米全部完工
as li project accept XM2021-001 --date 2021-11-05 --by 县乡村振兴局 --text 验收合格
bring "$county/13-payments.csv"
as li bank confirm 支付-3 --reference 银行-1111 --date 2021-11-11
bring "$county/14-allocations.csv"
as zhao period close 2021-12

# What must be disclosed of 2021: the calendar, the project bank, plans, sector money, loans, what was
# entrusted, where to complain and what became of it, the notices on the boards.
bring "$county"/2[0-9]-*.csv "$county"/3[0-6]-*.csv
as li project result XM2021-001 --date 2021-12-10 --text 渠道通水，改善灌溉面积800亩

# 2022
as li voucher submit refund --reference 退款-1 --date 2022-03-01 --amount 12000 --text 审计核减退回 \
    --from 柳林村/项目建设/2021-中央-01/已支出 --to 柳林村/项目建设/2021-中央-01/可用 \
    --project XM2021-001 --plan-line 1 --contract HT2021-001 \
    --payee 示例水利建设有限公司 --uscc 91619901MA7DEM0164
as li project result XM2021-001 --date 2022-06-30 --text 改善灌溉面积820亩，达到目标
as li voucher submit remittance --reference 上缴-1 --date 2022-07-05 --amount 10万 --text 到期资金上缴 \
    --from 示例县/政策补助/2021-县级-01/可用 --to 示例县/未归类/2021-县级-01/来源
as li voucher submit payment --reference 质保-1 --date 2022-11-25 --amount 28500 --text 质保期满 \
    --from 柳林村/项目建设/2021-中央-01/质保金 --project XM2021-001 --plan-line 1 \
    --contract HT2021-001 --payee 示例水利建设有限公司 --uscc 91619901MA7DEM0164
approve_all
as li bank confirm 质保-1 --reference 银行-1126 --date 2022-11-26
refused 3 "" as li voucher submit refund --reference 退款-2 --date 2021-12-20 --amount 100 --text 已关账 \
    --from 柳林村/项目建设/2021-中央-01/已支出 --to 柳林村/项目建设/2021-中央-01/可用 \
    --project XM2021-001 --plan-line 1 --contract HT2021-001 \
    --payee 示例水利建设有限公司 --uscc 91619901MA7DEM0164
"$mingzhang" -L "$ledger" attention --as-of 2022-12-31
