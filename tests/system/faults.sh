#!/usr/bin/env bash
# faults.sh BIN - bad input and bad machines: each is told plainly, with the exit status of DESIGN
# section 5, and afterwards the ledger verifies and has not one entry more.
# shellcheck source=tests/system/common.sh
source "$(dirname "$0")/common.sh"

make_county "$scratch/county"
user_add zheng "maker@$county_code" "checker@$county_code"
user_add feng "maker@$west_code"
user_add wu "maker@$county_code" "checker@$county_code"
must as zhao user revoke wu --reason '离岗'
before=$(entries)

# The ledger is whole and has the entries that it had; both are the verifier's to say.
check_unchanged() { # NAME
    local now
    run verify_anew "$ledger"
    now=$(printf '%s\n' "$output" | sed -n 's/.* \([0-9]*\) entries.*/\1/p')
    if [ "$status" -ne 0 ]; then
        tell_failed "$1" "the ledger doesn't verify afterwards" "$output"
    elif [ "$now" != "$before" ]; then
        tell_failed "$1" "$before entries before, ${now:-none} after"
        before=$now # told once
    fi
}

# refused NAME STATUS PATTERN COMMAND…: refused so, and nothing was written.
refused() {
    expect_fail "$@"
    check_unchanged "$1"
}

account() { printf '%s/%s/%s/%s' "$@"; }

pay_east() { # REFERENCE AMOUNT [OPTION…]: a person is paid a subsidy in the east village
    as "${payer:-li}" voucher submit payment --reference "$1" --date 2021-07-01 --amount "$2" \
        --from "$(account "$east_code" subsidy 2021-ZY-01 available)" --policy 雨露计划 \
        --payee 人1 --id-number "$(id_number 1)" --text 补助 "${@:3}"
}

# ---- Cells ---------------------------------------------------------------------------------------

echo '# cells: the place is named, nothing is written'

import_bad() { as li import payments "$county/in/bad.csv"; }

import_lines() { # LINE…: as a payments file, under the headings
    printf '%s\n' "$payment_head" "$@" >"$county/in/bad.csv"
    import_bad
}

row() { # AMOUNT [DATE [DIVISION]]: the good row that each bad one differs from
    printf 'ZF-9,%s,补助,2021-ZY-01,%s,subsidy,%s,,,,雨露计划,人1,,%s,' \
        "${2-2021-07-01}" "${3-东村}" "$1" "$(id_number 1)"
}

place=':2: amount: '
refused 'three decimals' 3 "$place.*12\.345" import_lines "$(row 12.345)"
refused 'a negative amount' 3 "$place.*-5" import_lines "$(row -5)"
refused 'an overflowing amount' 3 "${place}the amount would pass" import_lines "$(row 99999999999999999)"
refused 'far more digits than any amount has' 3 "$place" \
    import_lines "$(row 9999999999999999999999999999999)"
refused 'scientific notation' 3 "$place.*1\.2E5" import_lines "$(row 1.2E5)"
refused 'words for an amount' 3 "$place" import_lines "$(row 六百元)"
refused 'no amount' 3 "${place}the cell is empty" import_lines "$(row '')"
refused 'nothing paid' 3 'amount|above|0' import_lines "$(row 0)"
refused 'a day that no calendar has' 3 ':2: date: .*2021-02-30' import_lines "$(row 600 2021-02-30)"
refused 'a date that is none' 3 ':2: date: .*yesterday' import_lines "$(row 600 yesterday)"
refused 'an unknown division' 3 ':2: division: .*北村' import_lines "$(row 600 2021-07-01 北村)"
refused 'an unknown fund' 3 ':2: fund: .*2021-XX-99' \
    import_lines "$(row 600 | sed s/2021-ZY-01/2021-XX-99/)"
refused 'an ID number whose check digit is wrong' 3 ':2: id number: ' \
    import_lines "$(row 600 | sed "s/$(id_number 1)/529999197001010010/")"
refused 'a credit code whose check character is wrong' 3 ':2: uscc: ' \
    import_lines 'ZF-9,2021-07-01,补助,2021-ZY-01,东村,subsidy,600,,,,雨露计划,山水公司,91350100M000100Y44,,'
refused 'a personal number in free text' 3 ':2' \
    import_lines "$(row 600 | sed "s/,补助,/,补助$(id_number 3),/")"
printf '%s,colour\n%s,red\n' "$payment_head" "$(row 600)" >"$county/in/bad.csv"
refused 'an unknown heading' 3 'bad\.csv:1: colour: ' import_bad
refused 'one bad cell among good rows: all or none' 3 ':4: amount: ' \
    import_lines "$(row 600)" "$(row 601)" "$(row 6.001)" "$(row 602)"
run import_lines "$(row 1.001)" "$(row 600 2021-13-01)" "$(row 600 2021-07-01 北村)"
expect_equal 'three bad cells are three messages with three places' \
    "$(printf '%s\n' "$output" | grep -cE 'bad\.csv:[234]: (amount|date|division): ')" 3
check_unchanged 'three bad cells'
refused 'a cell over 32 KiB' 3 'bad\.csv:2:.*32768 bytes' \
    import_lines "$(row 600 | sed "s/补助/$(printf 'x%.0s' {1..33000})/")"
refused 'quotes never closed' 3 'bad\.csv:3:.*never closed' \
    import_lines "$(row 600)" "$(row 601 | sed 's/补助/"补助/')" "$(row 602)"
refused 'quotes never closed, and 32 KiB more' 3 'bad\.csv:2:.*never closed' \
    import_lines "$(row 600 | sed 's/补助/"补助/')" "$(yes "$(row 602)" | head -n 400)"
refused 'bytes that are neither UTF-8 nor GB18030' 3 'bad\.csv:2:.*(UTF-8|GB18030)' \
    import_lines "$(row 600 | sed $'s/补助/\xff\xff/')"
{
    printf '\377\376'
    printf '%s\n%s\n' "$payment_head" "$(row 600)" | iconv -t UTF-16LE
} >"$county/in/bad.csv"
expect_pass 'UTF-16 is read' as li import payments "$county/in/bad.csv" --dry-run
check_unchanged 'UTF-16 is read'
printf '\0' >>"$county/in/bad.csv"
refused 'UTF-16 cut in the middle of a character' 3 'bad\.csv:3: .*UTF-16' import_bad
: >"$county/in/bad.csv"
refused 'an empty file' 3 'bad\.csv: .*empty' import_bad
refused 'a file that is not there' 4 'none\.csv: ' as li import payments "$county/in/none.csv"

# ---- Money that isn't there, or isn't for this -------------------------------------------------------

echo '# money'
refused 'more than is there' 3 'subsidy' pay_east ZF-10 96700.01
refused "another book's money: the fund is not for that book" 3 'may not be used in book construction' \
    as li voucher submit assignment --reference FP-9 --date 2021-07-01 --amount 100 --text 分配 \
    --from "$(account "$county_code" none 2021-XJ-01 unassigned)" \
    --to "$(account "$county_code" construction 2021-XJ-01 available)"
refused "another book's money: sent down from one book into another" 3 'book' \
    as li voucher submit allocation --reference FP-9 --date 2021-07-01 --amount 100 --text 分配 \
    --from "$(account "$county_code" construction 2021-ZY-01 available)" \
    --to "$(account "$east_code" subsidy 2021-ZY-01 available)"
refused "another book's money: moved without a document" 3 'document' \
    as li voucher submit reallocation --reference FP-9 --date 2021-07-01 --amount 100 --text 调整 \
    --from "$(account "$county_code" construction 2021-ZY-01 available)" \
    --to "$(account "$county_code" subsidy 2021-ZY-01 available)"
refused "another fund's money" 3 '2021-XJ-01' \
    as li voucher submit allocation --reference FP-9 --date 2021-07-01 --amount 100 --text 分配 \
    --from "$(account "$county_code" subsidy 2021-ZY-01 available)" \
    --to "$(account "$east_code" subsidy 2021-XJ-01 available)"

pay_builder() { # DIVISION ROLE PROJECT CONTRACT AMOUNT
    as li voucher submit payment --reference ZF-11 --date 2021-07-01 --amount "$5" --text 工程款 \
        --from "$(account "$1" construction 2021-ZY-01 "$2")" --project "$3" --plan-line 1 \
        ${4:+--contract "$4"} --payee 山水建设有限公司 --uscc 91350100M000100Y43
}

refused "another project's money" 3 'XM-2' pay_builder "$east_code" available XM-2 '' 100
refused "another project's contract" 3 'HT-1' pay_builder "$west_code" committed XM-2 HT-1 100
refused 'an unknown project' 3 'XM-9' pay_builder "$east_code" available XM-9 '' 100
refused 'more than the contract: committed' 3 'HT-1' \
    as li voucher submit commitment --reference HT-2 --date 2021-07-01 --amount 0.01 --text 增加 \
    --from "$(account "$east_code" construction 2021-ZY-01 available)" \
    --to "$(account "$east_code" construction 2021-ZY-01 committed)" \
    --project XM-1 --plan-line 1 --contract HT-1
refused 'more than the contract: paid' 3 'HT-1|committed' \
    pay_builder "$east_code" committed XM-1 HT-1 100000.01
refused 'more than the plan line' 3 'plan line 1' pay_builder "$east_code" available XM-1 '' 60000
refused 'what the negative list forbids' 3 'NEG0' pay_east ZF-10 600 --policy 办公楼

# ---- The same thing twice ------------------------------------------------------------------------

echo '# references'
refused 'a reference used again with other content' 3 'FP-4|ZF-3|reference' \
    as li voucher submit payment --reference ZF-3 --date 2021-06-03 --amount 901 --text 临时救助 \
    --from "$(account "$east_code" subsidy 2021-ZY-01 available)" --policy 临时救助 --payee 人9 \
    --id-number "$(id_number 9)"
refused "a bank reference used again for something else" 3 'YH-1|reference' \
    as li bank return ZF-3 --reference YH-1 --date 2021-06-05 --reason 户名不符
expect_fail 'the same file again changes nothing' 0 'nothing changed' \
    as li import payments "$county/in/payments.csv"
check_unchanged 'the same file again'
expect_fail 'the same voucher again changes nothing' 0 'nothing changed' \
    as li voucher submit commitment --reference HT-1-A --date 2021-03-11 --amount 150000 \
    --text 签订合同 --from "$(account "$east_code" construction 2021-ZY-01 available)" \
    --to "$(account "$east_code" construction 2021-ZY-01 committed)" \
    --project XM-1 --plan-line 1 --contract HT-1
check_unchanged 'the same voucher again'

# ---- People --------------------------------------------------------------------------------------

echo '# people'
printf 'not the passphrase\n' >"$county/passphrases/wrong"
refused 'a wrong passphrase' 5 'passphrase' "$mingzhang" -u li --passphrase-file \
    "$county/passphrases/wrong" import payments "$county/in/payments.csv"
payer=wu
refused 'a revoked key' 5 'wu' pay_east ZF-10 600
payer=feng
refused 'a maker of another village' 5 'feng' pay_east ZF-10 600
payer=wang
refused 'a checker who submits' 5 'wang' pay_east ZF-10 600
payer=li
payer=zheng
must pay_east ZF-12 600
before=$(entries)
mkdir "$scratch/swapped"
cp "$county/keys/zheng.pem" "$scratch/swapped/wang.pem"
refused "another's key under one's own name" 5 'key' env MINGZHANG_KEYS="$scratch/swapped" \
    "$mingzhang" -u wang --passphrase-file "$county/passphrases/zheng" voucher approve ZF-12
refused 'who submitted approves' 5 'zheng' as zheng voucher approve ZF-12
refused 'who may only submit approves' 5 'li' as li voucher approve ZF-12
refused 'who was revoked approves' 5 'wu' as wu voucher approve ZF-12
refused 'somebody else withdraws' 5 'only zheng' as li voucher withdraw ZF-12 --reason 试试
refused 'somebody unknown' 5 'nobody' "$mingzhang" -u nobody --passphrase-file \
    "$county/passphrases/li" voucher approve ZF-12

# ---- The clock -----------------------------------------------------------------------------------

echo '# the clock'
wrong_clock() { # SECONDS COMMAND…
    local seconds=$1
    shift
    WRONG_CLOCK_SECONDS=$seconds ASAN_OPTIONS=${ASAN_OPTIONS-}:verify_asan_link_order=0 \
        LD_PRELOAD=$bin/system_wrong_clock.so "$@"
}

payer=li
refused 'a clock an hour behind' 3 'clock' wrong_clock -3600 pay_east ZF-13 600
refused 'a clock forty days ahead' 3 'clock' wrong_clock $((40 * 86400)) pay_east ZF-13 600
county_copy "$scratch/county" "$scratch/ahead"
expect_pass 'forty days ahead, a person confirms it' \
    wrong_clock $((40 * 86400)) as zhao clock confirm --reason '四十天没有业务'
expect_pass 'and entries are taken again' wrong_clock $((40 * 86400)) pay_east ZF-13 600
expect_pass 'the ledger with a confirmed gap verifies' verify_anew "$ledger"
county_use "$scratch/county"

# ---- A second writer -----------------------------------------------------------------------------

echo '# a second writer'
coproc HOLDER { exec sqlite3 -batch "$ledger/ledger.sqlite"; }
holder=$HOLDER_PID
exec {holder_in}>&"${HOLDER[1]}" {holder_out}<&"${HOLDER[0]}"
printf 'BEGIN IMMEDIATE;\nSELECT 1;\n' >&"$holder_in"
read -r -u "$holder_out" _
expect_fail 'told plainly that another is writing' 4 'writ|lock' pay_east ZF-13 600
expect_pass 'readers go on meanwhile: balance' "$mingzhang" balance
expect_pass 'readers go on meanwhile: verify' verify_anew "$ledger"
printf 'ROLLBACK;\n.quit\n' >&"$holder_in"
exec {holder_in}>&- {holder_out}<&-
wait "$holder" 2>/dev/null || true
check_unchanged 'the second writer'

# ---- Disks ---------------------------------------------------------------------------------------

echo '# disks'
big_payments() { # FILE: 400 vouchers of 10 lines
    local i j
    printf '%s\n' "$payment_head" >"$1"
    for i in {1..400}; do
        for j in {1..10}; do
            printf 'DA-%d,2021-07-01,补助,2021-ZY-01,东村,subsidy,1,,,,雨露计划,人%d,,%s,\n' \
                "$i" "$j" "${ids[j]}"
        done
    done >>"$1"
}

ids=('')
for i in {1..10}; do ids+=("$(id_number "$i")"); done
big_payments "$county/in/big.csv"
import_big() { as li import payments "$county/in/big.csv"; }

if small_disk "$scratch/disk" 3m; then
    county_copy "$scratch/county" "$scratch/disk/county"
    refused 'a full disk' 4 'full|space' import_big
    mount -o remount,size=64m "$scratch/disk"
    expect_pass 'with room again, the same command ends right' import_big
    expect_pass 'and the ledger verifies' verify_anew "$ledger"
    mount -o remount,size=8m "$scratch/disk"
    cat /dev/zero >"$scratch/disk/filler" 2>/dev/null || true
    expect_fail 'a publication onto a full disk' 4 'full|space' publish
    rm "$scratch/disk/filler"
    mount -o remount,size=64m "$scratch/disk"
    expect_pass 'with room again, it is published' publish
    expect_pass 'and the publication verifies' verify_anew "$publication"
    before=$(entries)
    mount -o remount,ro "$scratch/disk"
    refused 'a read-only disk' 4 'can only be read here' pay_east ZF-13 600
    expect_pass 'which can be asked all the same' "$mingzhang" balance
    expect_pass 'and verified' verify_anew "$ledger" --against "$publication"
    mount -o remount,rw "$scratch/disk"
else
    note 'no file system may be mounted here: a limit on file sizes stands for the full disk'
    county_copy "$scratch/county" "$scratch/county-full"
    refused 'a full disk' 4 '' bash -c 'trap "" XFSZ; ulimit -f 2000; exec "$@"' bash "$mingzhang" \
        -u li --passphrase-file "$county/passphrases/li" import payments "$county/in/big.csv"
    expect_pass 'with room again, the same command ends right' import_big
fi

# Permissions close a ledger too, to everybody but root: its folder, its file, or both.
county_copy "$scratch/county" "$scratch/county-closed"
before=$(entries)
lend "$county"
for closed in "$ledger" "$ledger/ledger.sqlite" "$ledger $ledger/ledger.sqlite"; do
    # shellcheck disable=SC2086 # one argument for each
    chmod a-w $closed
    refused "rights to read alone: ${closed//"$county/"/}" 4 'can only be read here' \
        unprivileged "$mingzhang" -u li --passphrase-file "$county/passphrases/li" \
        import payments "$county/in/big.csv"
    expect_pass 'which can be asked all the same' unprivileged "$mingzhang" balance
    expect_pass 'and verified' unprivileged "$verifier" --no-memory "$ledger"
    chmod -R u+w "$ledger"
done
expect_pass 'with the rights to write, the same command ends right' \
    unprivileged "$mingzhang" -u li --passphrase-file "$county/passphrases/li" \
    import payments "$county/in/big.csv"
county_use "$scratch/county"
before=$(entries)

# A reader keeps the WAL from being written back when the writer closes: that is what a stick holds
# onto which somebody copied a ledger in use.
wal_left_behind() { # TO
    coproc READER { exec sqlite3 -batch "$ledger/ledger.sqlite"; }
    local reader=$READER_PID in=${READER[1]} out=${READER[0]}
    printf 'BEGIN;\nSELECT count(*) FROM entry;\n' >&"$in"
    read -r -u "$out" _
    payer=li must pay_east ZF-14 600
    cp -a "$ledger" "$1"
    printf '.quit\n' >&"$in"
    wait "$reader" 2>/dev/null || true
}

county_copy "$scratch/county" "$scratch/county-wal"
wal_left_behind "$scratch/stick"
[ -s "$scratch/stick/ledger.sqlite-wal" ] || tell_failed 'a WAL left behind' 'there is none to test'
rm -f "$scratch/stick/ledger.sqlite-shm"
cp -a "$scratch/stick" "$scratch/stick-copy"
if small_disk "$scratch/medium" 16m; then
    cp -a "$scratch/stick/." "$scratch/medium"
    mount -o remount,ro "$scratch/medium"
    reader=()
else
    mkdir -p "$scratch/medium"
    cp -a "$scratch/stick/." "$scratch/medium"
    lend "$scratch/medium"
    chmod -R a-w "$scratch/medium"
    reader=(unprivileged)
fi
expect_fail 'read-only media with a WAL left behind: verify names it' 4 'ledger\.sqlite-wal' \
    "${reader[@]}" "$verifier" --no-memory "$scratch/medium"
expect_fail 'read-only media with a WAL left behind: balance names it' 4 'ledger\.sqlite-wal' \
    "${reader[@]}" "$mingzhang" -L "$scratch/medium" balance
expect_pass 'copied to a disk, it verifies' verify_anew "$scratch/stick-copy"
expect_equal 'with the entries that stood in the WAL' \
    "$(sql "$scratch/stick-copy" 'SELECT count(*) FROM entry')" "$(entries)"
county_use "$scratch/county"

# ---- A killed process ----------------------------------------------------------------------------

echo '# a killed process (crash.sh does it at many points)'
run "$kill_after" 60000 "$mingzhang" -u li --passphrase-file "$county/passphrases/li" import payments \
    "$county/in/big.csv"
expect_equal 'killed while importing' "$status" 137
check_unchanged 'killed while importing'
expect_pass 'the same command again' import_big
expect_pass 'the ledger verifies, replayed as well' "$mingzhang" verify "$ledger" --deep

finish
