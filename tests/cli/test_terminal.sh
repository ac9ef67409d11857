#!/usr/bin/env bash
# test_terminal.sh PROGRAM COLUMNS - what a person at a terminal gets, and what a pipe never gets:
# colours, questions, progress, hints, an end in order on Ctrl-C, aligned tables in each language.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
columns=$(realpath "$2")
escape=$'\033'

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[1-9]-*.csv >/dev/null

# on_terminal KEYS COMMAND…: run it on a terminal of its own on which KEYS are typed; the words are
# quoted for the shell that `script` starts. What it said is in $said, how it ended in $status.
on_terminal() {
    local keys=$1
    shift
    status=0
    said=$( (sleep 0.3; printf '%b' "$keys"; sleep 0.3) | TERM=xterm script -qec "$(printf '%q ' "$@")" /dev/null) || status=$?
}

# terminal_gets STATUS TEXT KEYS COMMAND…
terminal_gets() {
    local wanted=$1 text=$2
    shift 2
    on_terminal "$@"
    [ "$status" -eq "$wanted" ] || fail "status $status, not $wanted, from ${*:2}: $said"
    [[ $said == *"$text"* ]] || fail "no \"$text\" from ${*:2}: $said"
    checks=$((checks + 1))
}

quiet() { # COMMAND…: no escape sequence comes out
    local out
    out=$("$@" 2>&1 || true)
    [[ $out != *"$escape"* ]] || fail "an escape sequence in a pipe from $*"
    checks=$((checks + 1))
}

user() { # USER ARGUMENT…: the words that run the program as USER
    printf '%s\n' "$mingzhang" -L "$ledger" -u "$1" --passphrase-file "$home/passphrase" "${@:2}"
}

# Colours only where they are seen, and not against NO_COLOR.
terminal_gets 0 "${escape}[1mdivision" '' "$mingzhang" -L "$ledger" balance
terminal_gets 0 "${escape}[1;32mPASS" '' "$mingzhang" verify "$ledger"
terminal_gets 2 "${escape}[1;31mmingzhang:" '' "$mingzhang" vocher
quiet "$mingzhang" -L "$ledger" balance
quiet "$mingzhang" verify "$ledger"
quiet "$mingzhang" vocher
NO_COLOR=1 on_terminal '' "$mingzhang" -L "$ledger" balance
[[ $said != *"$escape"* ]] || fail "NO_COLOR was not heeded"

# Hints: a word of ours, a code of the ledger, a name; nothing far away, nothing for what is right.
gets 2 'did you mean "payments"?' as li import paymnets /dev/null
gets 3 'did you mean "2021-中央-01"?' as li voucher submit assignment --reference 归类-9 \
    --date 2021-07-01 --amount 1 --from 示例县/none/2021-中央-1/unassigned \
    --to 示例县/项目建设/2021-中央-1/可用 --text 归类
gets 3 'did you mean "柳林村"?' as li voucher submit payment --reference 支付-9 \
    --date 2021-07-01 --amount 1 --from 柳材村/项目建设/2021-中央-01/可用 \
    --to 柳材村/项目建设/2021-中央-01/已支付 --text 付款
out=$(as li import villages /dev/null 2>&1 || true)
[[ $out != *"did you mean"* ]] || fail "a hint that is far away: $out"
: >"$scratch/empty.csv"
out=$(as li import allocations "$scratch/empty.csv" 2>&1 || true)
[[ $out == *"holds nothing"* || $out == *"is empty"* ]] || fail "$out"
[[ $out != *"did you mean"* ]] || fail "a hint where the word is right: $out"
out=$(as zhao user delegate li wang --first-day 2021-12-30 --last-day 2021-12-01 --reason 休假 2>&1 || true)
[[ $out == *"not 1 to 92 days"* && $out != *"did you mean"* ]] || fail "a hint for a day: $out"

# A sheet is asked about once, with the sum of its vouchers, from `confirm_yuan` on.
allocate() { # REFERENCE AMOUNT(万元)…: a sheet of a voucher for each amount; its import is in ${sheet[@]}
    local name=$1 i=0
    shift
    head -n 1 samples/county/07-allocations.csv >"$scratch/$name.csv"
    while [ $((i++)) -lt $# ]; do
        sed -n "2s/^[^,]*/$name-$i/p" samples/county/07-allocations.csv
    done | awk -F, -v amounts="$*" -v OFS=, 'BEGIN { split(amounts, yuan, " ") } { $column = yuan[NR] } 1' \
        column="$(head -n 1 samples/county/07-allocations.csv | tr , '\n' | grep -n 金额 | cut -d: -f1)" >>"$scratch/$name.csv"
    mapfile -t sheet < <(user li import allocations "$scratch/$name.csv")
}
before=$(size)
allocate 大额 6 4
terminal_gets 3 "The sheet has 2 vouchers, 100,000.00 yuan together. Submit them? [y/N]" 'n\n' "${sheet[@]}"
[ "$(size)" = "$before" ] || fail "something was written without a yes"
terminal_gets 0 "submitted and wait for a checker" 'y\n' "${sheet[@]}"
[ "$(size)" = "$((before + 5))" ] || fail "not two vouchers of a line each and their sheet"
terminal_gets 0 "imported before" '' "${sheet[@]}"
allocate 小额 6 3.999999
terminal_gets 0 "submitted and wait for a checker" '' "${sheet[@]}"
allocate 看过 10
terminal_gets 0 "submitted and wait for a checker" '' "${sheet[@]}" --yes
allocate 管道 10
gets 0 "submitted and wait for a checker" "${sheet[@]}"
approve_all >/dev/null

# Questions before what can't be taken back: only a person is asked, and anything but yes is no.
repository=$scratch/publication
mapfile -t publish < <(user zhou publish --period 2021 --repo "$repository")
mapfile -t close < <(user zhao period close 2021-05)
before=$(size)
terminal_gets 3 "can't be taken back. [y/N]" 'n\n' "${publish[@]}"
terminal_gets 3 "nothing was written" '\n' "${close[@]}"
[ "$(size)" = "$before" ] || fail "something was written without a yes"
[ ! -e "$repository/.git" ] || fail "a repository was made without a yes"
terminal_gets 0 "in commit" 'y\n' "${publish[@]}"
terminal_gets 0 "closed through 2021-04" '是\n' "${close[@]/2021-05/2021-04}"
gets 0 "closed through 2021-05" "${close[@]}" </dev/null
gets 0 "nothing differs" "${publish[@]}" </dev/null
terminal_gets 0 "nothing differs" '' "${publish[@]}" --yes

# Ctrl-C at a question or at the passphrase: nothing written, ended by the signal, typing seen again.
before=$(size)
terminal_gets 130 "interrupted; nothing was written" '\003' "${close[@]/2021-05/2021-06}"
status=0
said=$( (sleep 1; printf '\003'; sleep 1) | TERM=xterm script -qec "
    trap : INT
    $(printf '%q ' "$mingzhang" -L "$ledger" -u zhao period close 2021-06 --yes)
    echo ended \$?; stty -a" /dev/null) || status=$?
[[ $said == *"Passphrase (zhao)"*"interrupted; nothing was written"* ]] || fail "at the passphrase: $said"
[[ $said == *"ended 130"*" echo "* ]] || fail "the terminal hides what is typed: $said"
[ "$(size)" = "$before" ] || fail "something was written in spite of Ctrl-C"
checks=$((checks + 2))

# Ctrl-C in the middle of an import of many rows: rolled back, said so, ended by the signal.
head='凭证号,日期,摘要,资金编号,付款单位,台账类别,金额(元),项目编号,筹资序号,合同编号,收款人,统一社会信用代码,备注'
row='2021-06-20,进度款,2021-中央-01,柳林村,项目建设,0.01,XM2021-001,1,HT2021-001,示例水利建设有限公司,91619901MA7DEM0164'
{ printf '%s\n' "$head"; seq 300000 | awk -v row="$row" '{ print "多-" int($1 / 1000) "," row "," $1 }'; } >"$scratch/many.csv"
mapfile -t import < <(user li import payments "$scratch/many.csv")
status=0
said=$( (sleep 1.5; printf '\003'; sleep 5) | TERM=xterm script -qec "
    trap : INT
    $(printf '%q ' "${import[@]}"); echo ended \$?" /dev/null) || status=$?
[[ $said == *" rows, "*" %"* ]] || fail "no progress: $said"
[[ $said == *"interrupted; nothing was written"*"ended 130"* ]] || fail "import and Ctrl-C: $said"
[ "$(size)" = "$before" ] || fail "an interrupted import wrote something"

# Restoring tells how far it is, and wipes the line before it says what came of it.
"$mingzhang" -L "$ledger" backup "$scratch/kept" >/dev/null
said=$(TERM=xterm script -qec "$(printf '%q ' "$mingzhang" -L "$scratch/again" restore "$scratch/kept")" /dev/null)
[[ $said == *$'\r\033[K'*"from the backup"* ]] || fail "no progress of restoring: $said"
checks=$((checks + 1))
[ ! -s "$ledger/ledger.sqlite-wal" ] || fail "an interrupted import left a WAL"
gets 0 "PASS" "$mingzhang" verify "$ledger"
quiet "${import[@]:0:7}" payments --template

# Tables: aligned by East Asian width, whatever is in them.
aligned() { # COMMAND…
    local table
    table=$("$@" | awk 'NF == 0 { exit } /^left to use|^可用结余/ { exit } { print }')
    "$columns" >/dev/null <<<"$table" || fail "not aligned: $*
$table"
    checks=$((checks + 1))
}
as zhao policy set stuck_days 9 >/dev/null
for language in en zh_CN; do
    for listing in balance 'voucher list' 'project list' attention 'act list'; do
        # shellcheck disable=SC2086 # words of a command
        LC_ALL=C.UTF-8 LANGUAGE=$language aligned "$mingzhang" -L "$ledger" $listing
    done
done

# Two languages, one set of bytes: what programs read and what is published.
in_language() { LC_ALL=C.UTF-8 LANGUAGE=$1 "${@:2}"; }
same() { # COMMAND…
    cmp <(in_language en "$@" 2>/dev/null) <(in_language zh_CN "$@" 2>/dev/null) ||
        fail "two languages differ: $*"
    checks=$((checks + 1))
}
[[ $(in_language zh_CN "$mingzhang" -L "$ledger" balance) == *行政区划*项目建设*可用* ]] ||
    fail "no Chinese: is the catalogue beside the program?"
for format in csv json; do
    for listing in balance 'voucher list' 'project list' attention 'report progress' 'report books'; do
        # shellcheck disable=SC2086 # words of a command
        same "$mingzhang" -L "$ledger" $listing --format $format
    done
done
same "$mingzhang" -L "$ledger" print notice 2021-中央-01
same "$mingzhang" -L "$ledger" print statement 柳林村 --month 2021-04
for language in en zh_CN; do
    cp -r "$ledger" "$scratch/books-$language"
    cp -r "$MINGZHANG_SIGNER" "$scratch/signer-$language"
    MINGZHANG_SIGNER=$scratch/signer-$language ledger=$scratch/books-$language in_language $language \
        as zhou publish --period 2021-04 --repo "$scratch/published-$language" >/dev/null
    (cd "$scratch/published-$language" && find snapshots -name '*.html' -o -name '6*.xml' | sort |
        xargs sed -e 's|<SignatureValue>[^<]*||' -e '/^[A-Za-z0-9+/=]*\(<\/SignatureValue>.*\)\{0,1\}$/d') \
        >"$scratch/documents-$language"
done
[ "$(wc -c <"$scratch/documents-en")" -gt 10000 ] || fail "too little was published to compare"
cmp "$scratch/documents-en" "$scratch/documents-zh_CN" || fail "a document differs by language"
[ "$(sqlite3 "$scratch/books-en/ledger.sqlite" "SELECT bytes FROM entry ORDER BY seq DESC LIMIT 1" |
    sed -E 's/"(nonce|signature|time)":"[^"]*"//g')" = \
    "$(sqlite3 "$scratch/books-zh_CN/ledger.sqlite" \
        "SELECT bytes FROM entry ORDER BY seq DESC LIMIT 1" |
        sed -E 's/"(nonce|signature|time)":"[^"]*"//g')" ] || fail "an entry differs by language"

finish
