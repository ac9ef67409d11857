#!/usr/bin/env bash
# test_refusals.sh PROGRAM - what bad input gets: the place, the exit status, and nothing written.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[1-9]-*.csv >/dev/null
head='凭证号,日期,摘要,资金编号,付款单位,台账类别,金额(元),项目编号,筹资序号,合同编号,收款人,统一社会信用代码'
row='支付-1,2021-06-20,进度款,2021-中央-01,柳林村,项目建设,570000,XM2021-001,1,HT2021-001,示例水利建设有限公司,91619901MA7DEM0164'

# 2: the command line
gets 2 "no command is named" "$mingzhang"
gets 2 "is no command" "$mingzhang" frobnicate
gets 2 "say what voucher should do" "$mingzhang" voucher
gets 0 "  voucher approve " "$mingzhang" voucher --help
gets 2 "balance: --colour is no option" "$mingzhang" balance --colour
gets 2 "did you mean \"voucher\"?" "$mingzhang" vocher
gets 2 "did you mean \"voucher submit\"?" "$mingzhang" submit
gets 2 "did you mean \"voucher list\"?" "$mingzhang" voucher lsit
gets 2 "did you mean --format?" "$mingzhang" balance --fromat csv
gets 2 "begins several options" "$mingzhang" voucher submit --p x
gets 2 "--format needs a value" "$mingzhang" balance --format
gets 2 "--late takes no value" "$mingzhang" voucher submit --late=yes refund
gets 2 "an argument is missing" "$mingzhang" voucher show
gets 2 "one argument too many" "$mingzhang" voucher show a b
gets 2 "use table, csv, json or xlsx" "$mingzhang" -L "$ledger" balance --format xml
gets 2 "add --output FILE.xlsx" "$mingzhang" -L "$ledger" balance --format xlsx
gets 2 "a file is csv, json or xlsx" "$mingzhang" -L "$ledger" balance --output "$scratch/list"
gets 4 "can't be written" "$mingzhang" -L "$ledger" balance --output "$scratch/none/list.xlsx"
gets 4 "can't be written" "$mingzhang" -L "$ledger" balance --output "$scratch/none/list.csv"
gets 2 "no ledger is named" "$mingzhang" balance
gets 2 "no user is named" "$mingzhang" -L "$ledger" import payments /dev/null
gets 2 "is no kind of file" as li import villages /dev/null
gets 2 "--reference is missing" as li voucher submit refund
gets 2 "give either --period or --checkpoint" as zhou publish
gets 0 "Exit status" "$mingzhang" --help
gets 0 "--repays" "$mingzhang" voucher submit --help

# 3: input refused, nothing written. Each bad cell is named by file, row and heading.
n=0
bad_row() { # STATUS TEXT SED-EXPRESSION: the good row, spoilt
    n=$((n + 1))
    printf '%s\n%s\n' "$head" "$row" | sed "2$3" >"$scratch/bad-$n.csv"
    unchanged "$1" "mingzhang: $scratch/bad-$n.csv:2: $2" as li import payments "$scratch/bad-$n.csv"
}
bad_row 3 "金额(元): " 's/570000/1.234/'
bad_row 3 "金额(元): " 's/570000/-1/'
bad_row 3 "金额(元): " 's/570000/5.7E+5/'
bad_row 3 "金额(元): " 's/570000/99999999999999999999/'
bad_row 3 "金额(元): the cell is empty" 's/570000//'
bad_row 3 "日期: " 's/2021-06-20/2021-02-30/'
bad_row 3 "付款单位: " 's/柳林村/无名村/'
bad_row 3 "资金编号: " 's/2021-中央-01/2020-中央-01/'
bad_row 3 "台账类别: " 's/项目建设/办公经费/'
bad_row 3 "统一社会信用代码: " 's/91619901MA7DEM0164/91619901MA7DEM0165/'
bad_row 3 "摘要: the cell holds U+FFFD" 's/进度款/进度�/'
bad_row 3 "" 's/HT2021-001/HT2021-002/'
bad_row 3 "" 's/570000/9500000/'
bad_row 3 "" 's/项目建设/民生保障/'

# Several at once, in order; a file that can't be read at all.
printf '%s\n%s\n%s\n' "$head" "$(sed 's/570000/x/' <<<"$row")" "$(sed 's/2021-06-20/y/' <<<"$row")" \
    >"$scratch/two.csv"
unchanged 3 "two.csv: 2 cells or rows are wrong; nothing was written" \
    as li import payments "$scratch/two.csv"
printf '%s\n"支付-1,2021\n%s\n' "$head" "$row" >"$scratch/quote.csv"
unchanged 3 "quote.csv:2: a quote opened in cell 1 of this row is never closed" \
    as li import payments "$scratch/quote.csv"
printf '%s\n\xff\xff\n' "$head" >"$scratch/bytes.csv"
unchanged 3 "bytes.csv:2: byte 0xFF" as li import payments "$scratch/bytes.csv"
unchanged 4 "no-such.csv: can't be opened" as li import payments "$scratch/no-such.csv"

# The same thing twice changes nothing; another thing by the same name is refused.
printf '%s\n%s\n' "$head" "$row" >"$scratch/good.csv"
unchanged 0 "are good; nothing was written" as li import payments "$scratch/good.csv" --dry-run
gets 0 "1 rows of payments imported" as li import payments "$scratch/good.csv"
unchanged 0 "imported before; nothing changed" as li import payments "$scratch/good.csv"
sed 's/570000/1000/' "$scratch/good.csv" >"$scratch/other.csv"
unchanged 3 "支付-1" as li import payments "$scratch/other.csv"
unchanged 3 "committed" as li import payments --unmarked samples/county/overpaid.csv
unchanged 3 "no voucher" as wang voucher approve 2021-999999

# 5: not permitted, or a wrong key
unchanged 5 "li" as li voucher approve 支付-1
unchanged 5 "wang" as wang voucher submit allocation --reference 分配-7 --date 2021-07-01 --amount 1 \
    --from 示例县/项目建设/2021-中央-01/可用 --to 柳林村/项目建设/2021-中央-01/可用 --text 无权
echo wrong >"$scratch/wrong"
unchanged 5 "passphrase" "$mingzhang" -L "$ledger" -u wang --passphrase-file "$scratch/wrong" \
    voucher approve 支付-1
unchanged 5 "there is no key of nobody here" as nobody voucher approve 支付-1
public_half chen >/dev/null
unchanged 5 "chen" as chen voucher approve 支付-1
gets 0 "seconded" eval 'as zhao user add chen "$(public_half chen)" --role checker@619901200000 \
    >/dev/null && second'
unchanged 5 "chen" as chen voucher approve 支付-1
gets 0 "revoked" as zhao user revoke chen --reason 调离
unchanged 5 "chen" as chen voucher approve 支付-1
gets 3 "never overwritten" as wang key new
proposal=$(as zhao policy set stuck_days 9 | tail -n 1 | awk '{ print $NF }')
unchanged 5 "zhao" as zhao act second "$proposal"

# 4: another writer; a disk that is full
sqlite3 "$ledger/ledger.sqlite" >/dev/null <<END &
BEGIN IMMEDIATE;
.shell touch $scratch/held; sleep 1
ROLLBACK;
END
while [ ! -e "$scratch/held" ]; do sleep 0.05; done
gets 4 "" as wang voucher approve 支付-1
wait
full() ( ulimit -f 8; trap '' XFSZ; as wang voucher approve 支付-1 )
unchanged 4 "" full
gets 0 "approved and posted" as wang voucher approve 支付-1

# Killed at any moment, the ledger verifies and the same command ends right.
for i in $(seq 1 40); do sed "s/支付-1/批-$i/; s/570000/1/" <<<"$row"; done >"$scratch/rows"
{ printf '%s\n' "$head"; cat "$scratch/rows"; } >"$scratch/many.csv"
for delay in 0.05 0.07 0.09 0.11 0.13; do
    { timeout -s KILL "$delay" "$mingzhang" -L "$ledger" -u li \
        --passphrase-file "$home/passphrase" import payments "$scratch/many.csv" || true; } \
        >/dev/null 2>&1
    gets 0 "PASS" "$mingzhang" verify "$ledger"
done
gets 0 "" as li import payments "$scratch/many.csv"
gets 0 "批-40" "$mingzhang" -L "$ledger" voucher list --state pending

# 1: verification failed; a key that isn't the ledger's is that too
vkey=$(ledger=$scratch/other MINGZHANG_SIGNER=$scratch/other-signer new_ledger 619901000000 示例县 |
    sed -n 's/^log key  //p')
gets 1 "FAIL" "$mingzhang" verify "$ledger" --key "$vkey"
forge() { # SQL: done to a copy
    rm -rf "$scratch/forged"
    "$mingzhang" -L "$ledger" backup "$scratch/forged" >/dev/null
    sqlite3 "$scratch/forged/ledger.sqlite" "$1"
}
seq=$(sqlite3 "$ledger/ledger.sqlite" \
    "SELECT min(seq) FROM entry WHERE instr(CAST(bytes AS TEXT), '柳林村') > 0")
forge "DROP TRIGGER entry_refuses_update;
    UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), '柳林村', '桃林村') AS BLOB)
    WHERE seq = $seq"
gets 1 "entry $seq" "$mingzhang" verify "$scratch/forged"
forge "UPDATE balance SET amount = amount + 1 WHERE division = '619901100201' AND
    book = 'construction' AND fund = '2021-中央-01' AND role = 'available'"
gets 0 "PASS" "$mingzhang" verify "$scratch/forged"
gets 1 "table balance" "$mingzhang" verify "$scratch/forged" --deep
[ "$("$mingzhang" verify "$scratch/forged" --deep | grep -c PASS)" = 0 ] || fail "two verdicts"
forge "DROP TRIGGER sealed_refuses_delete; DELETE FROM sealed WHERE member = 'content'"
gets 1 'the sealed value of "content" is missing' "$mingzhang" verify "$scratch/forged"
gets 1 'the sealed value of "content" is missing' "$mingzhang" verify "$scratch/forged" --deep
[ "$("$mingzhang" verify "$scratch/forged" --deep | grep -c PASS)" = 0 ] || fail "two verdicts"
gets 4 "no-such-place" "$mingzhang" verify "$scratch/no-such-place"
gets 2 "nonsense" "$mingzhang" verify "$ledger" --key nonsense

finish
