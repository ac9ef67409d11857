#!/usr/bin/env bash
# test_divisions.sh PROGRAM - a township gets another name and two villages are merged, between two
# publications: who is called what, where the money goes, and what both verifiers say.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

verifier=$(dirname "$mingzhang")/mingzhang-verify
new_ledger 619901000000 示例县 >/dev/null
ask=("$mingzhang" -L "$ledger")
publication=$scratch/publication

sheet() { # sheet KIND TEXT: import it as li
    printf '%s\n' "$2" >"$scratch/in.csv"
    as li import "$1" "$scratch/in.csv"
}
payments() { # payments REFERENCE DATE PLACE
    sheet payments "凭证号,日期,摘要,资金编号,付款单位,台账类别,金额(元),收款人,备注
$1,$2,树苗款,F1,$3,民生保障,1000,示例苗圃,树苗"
}

sheet divisions '区划代码,名称,启用日期
619901000000,示例县,2021-01-01
619901100000,东河镇,2021-01-01
619901100201,柳林村,2021-01-01
619901100202,石桥村,2021-01-01' >/dev/null
sheet funds '资金编号,指标文号,资金名称,资金级次,年度,金额(元),台账类别,使用期限
F1,示财农〔2021〕1号,衔接资金,中央,2021,100000,民生保障,2023-12-31' >/dev/null
for row in 'A1,2021-02-01,下达,资金,F1,,示例县,,100000' 'A2,2021-02-02,分配,资金,F1,示例县,柳林村,,50000' \
    'A3,2021-02-03,归类,资金,F1,,柳林村,民生保障,50000'; do
    sheet allocations "凭证号,日期,业务类型,摘要,资金编号,拨出单位,收款单位,台账类别,金额(元)
$row" >/dev/null
    approve_all >/dev/null
done
payments P1 2021-03-01 柳林村 >/dev/null
payments P0 2021-03-01 柳林村 >/dev/null
approve_all >/dev/null
as li bank confirm P1 --reference B1 --date 2021-03-02 >/dev/null
as zhao period close 2021-12 --yes >/dev/null
gets 0 "published" as zhou publish --period 2021
page_2021=$(git -C "$publication" show HEAD:snapshots/2021/619901100201.xml | sha256sum)

# 撤镇设街道: the code stays. It takes two, and a document.
gets 2 "--document" as zhao division rename 东河镇 东河街道 --from 2022-02-01
gets 0 "act second" as zhao division rename 东河镇 东河街道 --from 2022-02-01 \
    --document 示民发〔2022〕3号
gets 5 "another administrator" as zhao act second \
    "$("${ask[@]}" act list --format csv | tail -n 1 | cut -d, -f1)"
gets 0 "seconded" second
gets 0 "619901100000,东河街道,2021-01-01,,goes on,,东河镇" "${ask[@]}" division list 东河镇 --format csv
gets 0 "619901100000,东河镇,2021-01-01" "${ask[@]}" division list 东河镇 --as-of 2022-01-31 --format csv

# 合村并居: the new village is registered, then the old ones end.
sheet divisions '区划代码,名称,启用日期
619901100210,柳桥村,2022-07-01' >/dev/null
gets 0 "act second" as zhao division succeed 柳林村=柳桥村 石桥村=柳桥村 --last-day 2022-06-30 \
    --document 示政发〔2022〕8号
gets 0 "seconded" second
gets 0 "619901100201,柳林村,2021-01-01,2022-06-30,ends,619901100210 柳桥村," \
    "${ask[@]}" division list 柳林村 --format csv

# A sheet that goes on using the old name: by its date right, or the cell is named with the new one.
unchanged 3 "付款单位: division 619901100201 柳林村 ended on 2022-06-30; what comes after it: 619901100210 柳桥村" \
    payments P2 2022-07-02 柳林村
unchanged 3 "付款单位: division 619901100201 柳林村 ended on 2022-06-30" payments P2 2022-07-02 东河街道柳林村
gets 0 "P2" eval 'payments P2 2022-06-29 东河镇柳林村 >/dev/null && "${ask[@]}" voucher list --reference P2'
approve_all >/dev/null

# It isn't closed with money, and what is in transit is said.
gets 3 "in_transit 2,000.00 yuan" as wang division close 柳林村 --yes
as li bank confirm P2 --reference B2 --date 2022-07-03 >/dev/null
as li bank return P0 --reference B0 --date 2022-07-03 --reason 账户已注销 >/dev/null
gets 3 "still has: available 47,000.00 yuan (book livelihood, fund F1), owed 1,000.00 yuan (book livelihood, fund F1); first pay again or remit" as wang division close 柳林村 --yes
gets 3 "goes on; two administrators" as li division hand-over 柳桥村
gets 0 "1,000.00 yuan stays, which the bank returned" as li division hand-over 柳林村 --date 2022-07-05
gets 5 "" as li voucher approve hand-over-of-619901100201
approve_all >/dev/null

# What the bank returned isn't handed over: it is paid again from where it stands.
gets 3 "first pay again or remit what is owed" as li division hand-over 柳林村 --date 2022-07-06
gets 3 "still has: owed 1,000.00 yuan" as wang division close 柳林村 --yes
number=$("${ask[@]}" voucher list --reference P0 --format csv | tail -n 1 | cut -d, -f1)
gets 0 "1 vouchers submitted" sheet payments "凭证号,日期,摘要,资金编号,付款单位,台账类别,金额(元),收款人,备注,重付凭证行
P4,2022-07-06,重付树苗款,F1,柳林村,民生保障,1000,示例苗圃,树苗,$number/1"
approve_all >/dev/null
as li bank confirm P4 --reference B4 --date 2022-07-07 >/dev/null
gets 0 "柳林村 is closed" as wang division close 柳林村 --yes
gets 0 "石桥村 is closed" as wang division close 石桥村 --yes
unchanged 3 "is closed; what comes after it: 619901100210 柳桥村" payments P3 2022-06-28 柳林村
gets 0 "619901100210,柳桥村,livelihood,F1,available,47000.00" "${ask[@]}" balance 柳桥村 --format csv
gets 0 "619901100201,柳林村,livelihood,F1,available,48000.00" \
    "${ask[@]}" balance 柳林村 --as-of 2022-06-01 --format csv

# Both verifiers, and the replay.
gets 0 "PASS" "$mingzhang" verify "$ledger" --deep
gets 0 "PASS" "$verifier" "$ledger"

# Published anew: 2021 as it was, 2022 with the new names and where they come from.
unchanged 0 "nothing differs" as zhou publish --period 2021
as zhao period close 2022-12 --yes >/dev/null
gets 0 "published" as zhou publish --period 2022
[ "$page_2021" = "$(git -C "$publication" show HEAD:snapshots/2021/619901100201.xml | sha256sum)" ] ||
    fail "the document of 2021 changed"
show() { git -C "$publication" show "HEAD:snapshots/$1"; }
gets 0 '<formerly code="619901100201" name="柳林村" until="2022-06-30" period="2022"/>' \
    show 2022/619901100210.xml
gets 0 '<a href="../2022/619901100201.html">柳林村</a>' show 2022/619901100210.html
gets 0 '<successor code="619901100210" name="柳桥村"/>' show 2022/619901100201.xml
gets 0 'name="东河街道"' show 2022/619901100000.xml
gets 0 '<formerly name="东河镇" until="2022-01-31"/>' show 2022/619901100000.xml
gets 0 'name="东河镇"' show 2021/619901100000.xml
show 2022/619901100210.xml >"$scratch/document.xml"
show ../schema/disclosure.xsd >"$scratch/disclosure.xsd" 2>/dev/null ||
    git -C "$publication" show HEAD:schema/disclosure.xsd >"$scratch/disclosure.xsd"
gets 0 "validates" xmllint --noout --schema "$scratch/disclosure.xsd" "$scratch/document.xml"
gets 0 "every published document derived again" "$mingzhang" verify "$ledger" --deep \
    --against "$publication"
gets 0 "PASS" "$verifier" "$publication"

finish
