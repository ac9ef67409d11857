#!/usr/bin/env bash
# test_desk.sh PROGRAM - the maker's and the checker's desk: what is seen before a voucher is signed.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

# typed ANSWER COMMAND…: run on a terminal of its own, where a person types ANSWER.
typed() {
    local answer=$1 command
    shift
    command=$(printf '%q ' "$@")
    { sleep 0.3; printf '%s\n' "$answer"; sleep 0.3; } |
        script -qefc "$command" /dev/null | tr -d '\r'
}

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[1-9]-*.csv >/dev/null
show() { "$mingzhang" -L "$ledger" voucher show "$@"; }
allocate() { # REFERENCE AMOUNT
    as li voucher submit allocation --reference "$1" --date 2021-07-01 --amount "$2" --text 转下达 \
        --from 示例县/项目建设/2021-中央-01/可用 --to 柳林村/项目建设/2021-中央-01/可用
}

# ---- What the checker sees ------------------------------------------------------------------------
allocate 分配-20 100.25 >/dev/null
gets 0 "once approved" show 分配-20
[ "$(show 分配-20 | awk '/-100.25/ { gsub(",", ""); print $2 - $4 }')" = 100.25 ] ||
    fail "before less after is not the change"
gets 0 "the head above, texts word for word; totals by account" show 分配-20
gets 0 "in documents of 2021-07, and of later months as things stand:" show 分配-20
gets 0 "construction, 2021-中央-01: printed" show 分配-20
width=$(show 分配-20 | awk '{ if (length($0) > most) most = length($0) } END { print most + 0 }')
[ "$width" -le 160 ] || fail "a line is $width bytes wide"

# Shown before it is signed; nothing is asked where nobody can answer.
gets 0 "+100.25" as wang voucher approve 分配-20
gets 0 "posted" "$mingzhang" -L "$ledger" voucher list --reference 分配-20
gets 0 "stands at now" show 分配-20
allocate 分配-21 200 >/dev/null
said=$(as wang voucher approve 分配-21 --yes)
[ "$said" = "分配-21 approved and posted" ] || fail "--yes shows: $said"

# On a terminal one is asked, and only yes is yes.
allocate 分配-22 300 >/dev/null
approve=("$mingzhang" -L "$ledger" -u wang --passphrase-file "$home/passphrase" voucher approve)
unchanged 3 "nothing was written" typed "" "${approve[@]}" 分配-22
unchanged 3 "+300.00" typed n "${approve[@]}" 分配-22
gets 0 "Approve it?" typed y "${approve[@]}" 分配-22
gets 0 "posted" "$mingzhang" -L "$ledger" voucher list --reference 分配-22
# What isn't permitted isn't asked.
allocate 分配-23 1 >/dev/null
said=$(typed y "$mingzhang" -L "$ledger" -u li --passphrase-file "$home/passphrase" \
    voucher approve 分配-23 || true)
[[ $said == *li* && $said != *"Approve it?"* ]] || fail "asked in vain: $said"

# Two at once: the second is shown on top of the first.
allocate 分配-24 10 >/dev/null
both=$(as wang voucher approve 分配-23 分配-24 | awk '/\+1\.00|\+10\.00/ { gsub(",", ""); print $2, $4 }' | xargs)
read -r _ first_after second_before _ <<<"$both"
[ "$first_after" = "$second_before" ] || fail "not one after the other: $both"

# ---- People -------------------------------------------------------------------------------------
bring samples/county/10-*.csv samples/county/11-*.csv >/dev/null
gets 0 "lines, about people: name, ID number, bank account" show 补助-1
gets 0 "the head above, texts word for word; totals by account" show 补助-1

# ---- The same rows once more, in another sheet under another reference: told to both ----------------
sed 's/补助-1/补助-9/' samples/county/11-payments.csv >"$scratch/again.csv"
first=$("$mingzhang" -L "$ledger" voucher list --reference 补助-1 --format csv | tail -n 1 | cut -d, -f1)
gets 0 "voucher 补助-9 has the accounts, sums and number of lines of $first in the same month" \
    as li import payments "$scratch/again.csv"
gets 0 "same sums as $first, payment of 2021-08-10, reference 补助-1" show 补助-9
as wang voucher reject 补助-9 --reason 重复 >/dev/null
out=$(show 补助-1)
[[ $out != *"same sums as"* ]] || fail "told of what is decided: $out"

# ---- Reversals: one step, and named at both ends ---------------------------------------------------
number() { "$mingzhang" -L "$ledger" voucher list --reference "$1" --format csv | tail -n 1 | cut -d, -f1; }
wrong=$(number 分配-24)
gets 2 "--reason is missing" as li voucher reverse 分配-24
gets 0 "is the reversal 冲销 of $wrong" as li voucher reverse 分配-24 --date 2021-07-02 --reason 村别有误
gets 0 "submitted before with the same content" \
    as li voucher reverse "$wrong" --date 2021-07-02 --reason 村别有误
undo=$(number "reversal-of-$wrong")
gets 0 "reversal 冲销 of $wrong  pending" show "$undo"
gets 0 "$wrong, allocation of 2021-07-01, reference 分配-24, posted" show "$undo"
gets 0 "reason       村别有误" show "$undo"
gets 0 "reversed by  $undo, reversal of 2021-07-02" show 分配-24
gets 5 "li" as li voucher approve "$undo"
# One that was rejected keeps its reference; the next has another.
gets 0 "rejected" as wang voucher reject "$undo" --reason 村别无误
gets 0 "is the reversal 冲销 of $wrong" as li voucher reverse 分配-24 --date 2021-07-02 --reason 村别有误
undo=$(number "reversal-of-$wrong-2")
gets 0 "冲销 of $wrong" as wang voucher approve "$undo"
gets 0 "$wrong,reversed,allocation,2021-07-01,分配-24,1,10.00,li,wang,,$undo," \
    "$mingzhang" -L "$ledger" voucher list --format csv
gets 0 "$undo,posted,reversal,2021-07-02,reversal-of-$wrong-2,1,10.00,li,wang,$wrong,," \
    "$mingzhang" -L "$ledger" voucher list --format csv
gets 0 "reverses" "$mingzhang" -L "$ledger" voucher list
unchanged 3 "reversed already, by $undo" as li voucher reverse 分配-24 --reason 再次 --reference 再-1
unchanged 3 "is a reversal itself" as li voucher reverse "$undo" --reason 再次

# ---- On leave: another stands in, for some days, agreed by two --------------------------------------
today=$(TZ=Asia/Shanghai date +%F)
later=$(TZ=Asia/Shanghai date -d '+10 days' +%F)
leave=(--first-day "$today" --last-day "$later" --reason 年休假)
allocate_by() { # USER REFERENCE
    as "$1" voucher submit allocation --reference "$2" --date 2021-07-03 --amount 1 --text 代办 \
        --from 示例县/项目建设/2021-中央-01/可用 --to 柳林村/项目建设/2021-中央-01/可用
}
unchanged 5 "zhou is not maker" allocate_by zhou 代-1
gets 2 "--last-day is missing" as zhao user delegate li zhou --first-day "$today" --reason 年休假
unchanged 5 "can't be one of the two who agree" as zhao user delegate li zhao "${leave[@]}"
unchanged 3 "is neither maker nor checker anywhere" as zhao user delegate zhou li "${leave[@]}"
unchanged 3 "admin" as zhao user delegate zhao zhou "${leave[@]}" --role admin
gets 0 "act second" as zhao user delegate li zhou "${leave[@]}"
gets 0 "delegate zhou; first_day $today; last_day $later; reason 年休假; roles maker@619901000000; user li" \
    "$mingzhang" -L "$ledger" act list
unchanged 5 "zhou is not maker" allocate_by zhou 代-1 # until it is seconded
proposal=$("$mingzhang" -L "$ledger" act list --format csv | tail -n 1 | cut -d, -f1)
qian=("$mingzhang" -L "$ledger" -u qian --passphrase-file "$home/passphrase" act second "$proposal")
unchanged 3 'zhao proposes user.delegate' typed n "${qian[@]}"
gets 0 "seconded: user.delegate" typed y "${qian[@]}"
gets 0 "zhou,maker,619901000000,holds,li,$today,$later" "$mingzhang" -L "$ledger" user list --format csv
gets 0 "submitted in entry" allocate_by zhou 代-1
unchanged 5 "zhou submitted voucher" as zhou voucher approve 代-1
gets 0 "approved and posted" as wang voucher approve 代-1 --yes
gets 0 "zhou doesn't stand in for li any more" as li user undelegate li zhou --reason 提前返岗
unchanged 3 "now or later" as li user undelegate li zhou --reason 提前返岗
gets 0 "ended" "$mingzhang" -L "$ledger" user list
unchanged 5 "zhou is not maker" allocate_by zhou 代-2
gets 0 "PASS" "$mingzhang" verify "$ledger" --deep

finish
