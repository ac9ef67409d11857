# shellcheck shell=bash disable=SC2034 # the scripts that source it use what it sets
# common.sh - what every system test has: a scratch folder, a made-up county, checks that count.
#
#   source common.sh BIN        BIN holds mingzhang, mingzhang-verify and the helpers of this folder
#
# A county is a folder with everything that belongs to it: ledger/ publication/ signer/ keys/
# passphrases/ memory/ (the verifier's) home/. `county_use FOLDER` points all programs at it.
# Checks don't stop the script: all failures are told, and finish() ends with 1 if there was one.
set -euo pipefail
export LC_ALL=C.UTF-8 TZ=UTC

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
bin=$(cd "${1:?name the folder of the programs}" && pwd)
mingzhang=$bin/mingzhang
verifier=$bin/mingzhang-verify
[ -x "$verifier" ] || verifier=$bin/audit/verify/mingzhang-verify
kill_after=$bin/system_kill_after
scratch=$(mktemp -d "${TMPDIR:-/tmp}/mingzhang-system-XXXXXX")
mounts=()

cleanup() {
    local mount
    for mount in "${mounts[@]}"; do umount "$mount" 2>/dev/null || true; done
    chmod -R u+rwX "$scratch" 2>/dev/null || true
    rm -rf "$scratch"
}
trap cleanup EXIT

# Nothing of the person who runs the tests gets in.
unset MINGZHANG_LEDGER MINGZHANG_USER XDG_CONFIG_HOME XDG_STATE_HOME GIT_DIR GIT_WORK_TREE
unset GIT_INDEX_FILE GIT_AUTHOR_DATE GIT_COMMITTER_DATE
# What a sanitizer finds must not look like a verdict.
export ASAN_OPTIONS="${ASAN_OPTIONS-}:exitcode=99" UBSAN_OPTIONS="${UBSAN_OPTIONS-}:exitcode=99"
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null

# ---- Checks ----------------------------------------------------------------------------------

passed=0
failed=0

tell_ok() {
    passed=$((passed + 1))
    printf 'ok      %s\n' "$1"
    [ -z "${2-}" ] || printf '        %s\n' "$2"
}

tell_failed() { # NAME WHY [OUTPUT]
    failed=$((failed + 1))
    printf 'FAILED  %s: %s\n' "$1" "$2"
    [ -z "${3-}" ] || printf '%s\n' "$3" | sed 's/^/        | /'
}

# Run a command; set $status and $output (both streams).
run() {
    status=0
    output=$("$@" 2>&1) || status=$?
}

# expect_pass NAME COMMAND…: it ends with 0.
expect_pass() {
    local name=$1
    shift
    run "$@"
    if [ "$status" -eq 0 ]; then
        tell_ok "$name"
    else
        tell_failed "$name" "ended with $status" "$output"
    fi
}

# expect_fail NAME STATUS PATTERN COMMAND…: it ends with STATUS and some line matches (grep -E).
expect_fail() {
    local name=$1 wanted=$2 pattern=$3 line
    shift 3
    run "$@"
    line=$(grep -E -m 1 -e "$pattern" <<<"$output") || line=
    if [ "$status" -ne "$wanted" ]; then
        tell_failed "$name" "ended with $status, not $wanted" "$output"
    elif [ -z "$line" ]; then
        tell_failed "$name" "no line matches $pattern" "$output"
    else
        tell_ok "$name" "$line"
    fi
}

# expect_equal NAME FOUND WANTED
expect_equal() {
    if [ "$2" = "$3" ]; then
        tell_ok "$1"
    else
        tell_failed "$1" "differs" "$(diff <(printf '%s\n' "$2") <(printf '%s\n' "$3"))"
    fi
}

note() { printf '        %s\n' "$*"; }

# What must work for the test to mean anything.
must() {
    run "$@"
    [ "$status" -eq 0 ] && return
    printf 'FAILED  setting up: %s ended with %d\n%s\n' "$*" "$status" "$output"
    exit 1
}

finish() {
    printf '%s: %d checks, %d failed\n' "$(basename "$0" .sh)" $((passed + failed)) "$failed"
    [ "$failed" -eq 0 ]
}

# ---- A county --------------------------------------------------------------------------------

county_code=529999000000
town_code=529999101000
east_code=529999101201
west_code=529999101202
origin=mingzhang/$county_code

county_use() {
    county=$1
    ledger=$county/ledger
    publication=$county/publication
    export HOME=$county/home MINGZHANG_LEDGER=$ledger MINGZHANG_KEYS=$county/keys
    export MINGZHANG_SIGNER=$county/signer MINGZHANG_VERIFY_STATE=$county/memory
}

county_copy() { # FROM TO: everything of it, as it is now; and use it
    rm -rf "$2"
    cp -a "$1" "$2"
    county_use "$2"
}

as() { # USER COMMAND…
    local user=$1
    shift
    "$mingzhang" -u "$user" --passphrase-file "$county/passphrases/$user" "$@"
}

key_new() { # USER: prints the public half
    printf 'the passphrase of %s\n' "$1" >"$county/passphrases/$1"
    as "$1" key new 2>/dev/null
}

# Two administrators add a user.
user_add() { # USER ROLE@DIVISION…
    local user=$1 key role roles=()
    shift
    key=$(key_new "$user")
    for role in "$@"; do roles+=(--role "$role"); done
    run as zhao user add "$user" "$key" "${roles[@]}"
    [ "$status" -eq 0 ] || { printf 'FAILED  setting up: user add %s\n%s\n' "$user" "$output"; exit 1; }
    must as qian act second "$(printf '%s\n' "$output" | sed -n 's/.*act second //p')"
}

# A resident's ID number (GB 11643-1999) of nobody in particular.
id_number() { # SEQUENCE (odd or even, up to 999)
    local body weights=(7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2) sum=0 i
    body=52999919700101$(printf '%03d' "$1")
    for i in {0..16}; do sum=$((sum + ${body:i:1} * weights[i])); done
    printf '%s%s' "$body" "$(printf '10X98765432' | cut -c $((sum % 11 + 1)))"
}

import() { # KIND FILE
    must as li import "$1" "$2"
}

approve_all() { # every voucher that waits
    local vouchers
    vouchers=$("$mingzhang" voucher list --state pending --format csv | tail -n +2 | cut -d, -f1)
    # shellcheck disable=SC2086 # one argument for each voucher is what is meant
    must as wang voucher approve $vouchers
}

write_registers() {
    cat >"$county/in/divisions.csv" <<END
code,name,parent,provisional,valid from
$county_code,明账县,,否,2021-01-01
$town_code,桃源镇,$county_code,否,2021-01-01
$east_code,东村,$town_code,否,2021-01-01
$west_code,西村,$town_code,否,2021-01-01
END
    cat >"$county/in/funds.csv" <<END
资金编号,指标文号,资金名称,资金级次,年度,金额(万元),台账类别,使用期限
2021-ZY-01,财农〔2021〕1号,中央衔接资金,中央,2021,500,项目建设;民生保障;政策补助,2022-12-31
2021-XJ-01,县财农〔2021〕2号,县级衔接资金,县级,2021,100,政策补助,2022-12-31
END
    cat >"$county/in/projects.csv" <<END
项目编号,项目名称,项目类别,建设性质,实施地点,台账类别,责任单位,建设任务,绩效目标,受益户数,筹资序号,资金编号,筹资金额(万元)
XM-1,东村灌溉渠,基础设施,新建,东村,项目建设,县水利局,渠道3公里,灌溉面积不少于80亩,46,1,2021-ZY-01,20
XM-2,西村果园,产业发展,新建,西村,项目建设,县农业农村局,果园50亩,挂果不少于40亩,30,1,2021-ZY-01,10
END
    cat >"$county/in/contracts.csv" <<END
合同编号,项目编号,施工单位,统一社会信用代码,合同价(万元),质保金比例(%),签订日期
HT-1,XM-1,山水建设有限公司,91350100M000100Y43,15,3,2021-03-10
END
}

allocation_head='reference,date,movement,document,text,fund,from,to,book,to book,amount,project,plan line,contract'

write_allocations() {
    cat >"$county/in/appropriations.csv" <<END
$allocation_head
XD-1,2021-02-01,appropriation,财农〔2021〕1号,中央资金下达,2021-ZY-01,,$county_code,,,1000000,,,
XD-2,2021-02-01,appropriation,县财农〔2021〕2号,县级资金下达,2021-XJ-01,,$county_code,,,500000,,,
END
    cat >"$county/in/assignments.csv" <<END
$allocation_head
FP-1,2021-02-10,assignment,,分入项目建设,2021-ZY-01,,$county_code,,construction,500000,,,
FP-2,2021-02-10,assignment,,分入政策补助,2021-ZY-01,,$county_code,,subsidy,200000,,,
FP-3,2021-02-10,assignment,,分入政策补助,2021-XJ-01,,$county_code,,subsidy,300000,,,
END
    cat >"$county/in/allocations.csv" <<END
$allocation_head
FP-4,2021-03-01,allocation,,分配到村,2021-ZY-01,$county_code,东村,construction,,250000,,,
FP-4,2021-03-01,allocation,,分配到村,2021-ZY-01,$county_code,西村,construction,,100000,,,
FP-5,2021-03-01,allocation,,补助分配到村,2021-ZY-01,$county_code,东村,subsidy,,100000,,,
END
    cat >"$county/in/commitments.csv" <<END
$allocation_head
HT-1-A,2021-03-11,commitment,,签订合同,2021-ZY-01,,东村,construction,,150000,XM-1,1,HT-1
END
}

payment_head='reference,date,text,fund,division,book,amount,project,plan line,contract,policy,payee,uscc,id number,account'

write_payments() {
    local i
    cat >"$county/in/payments.csv" <<END
$payment_head
ZF-1,2021-06-01,第一次进度款,2021-ZY-01,东村,construction,50000,XM-1,1,HT-1,,山水建设有限公司,91350100M000100Y43,,
END
    for i in 1 2 3 4; do
        printf 'ZF-2,2021-06-02,雨露计划补助,2021-ZY-01,东村,subsidy,600,,,,雨露计划,人%d,,%s,62220000%08d\n' \
            "$i" "$(id_number "$i")" "$i" >>"$county/in/payments.csv"
    done
    printf 'ZF-3,2021-06-03,临时救助,2021-ZY-01,东村,subsidy,900,,,,临时救助,人9,,%s,\n' \
        "$(id_number 9)" >>"$county/in/payments.csv"
}

# make_county FOLDER: people, registers, money down to two villages, payments, one of them pending.
make_county() {
    mkdir -p "$1"/{keys,passphrases,home,in}
    county_use "$1"
    local zhao qian sun
    zhao=$(key_new zhao) qian=$(key_new qian) sun=$(key_new sun)
    must_init zhao="$zhao" qian="$qian" sun="$sun"
    user_add li "maker@$county_code"
    user_add wang "checker@$county_code"
    user_add zhou "publisher@$county_code"
    write_registers
    write_allocations
    write_payments
    for kind in divisions funds projects contracts; do import $kind "$county/in/$kind.csv"; done
    for file in appropriations assignments allocations commitments; do
        import allocations "$county/in/$file.csv"
        approve_all
    done
    import payments "$county/in/payments.csv"
    approve_all
    must as li bank confirm ZF-1 --reference YH-1 --date 2021-06-04
    must as li bank confirm ZF-2 --reference YH-2 --date 2021-06-04
}

# The three sign on one machine, each with the own passphrase: init waits, each signs, init ends.
must_init() { # zhao=PUB qian=PUB sun=PUB
    local init=(init --division "$county_code" --name 明账县 --admin "$1" --admin "$2"
        --inspector "$3") user
    MINGZHANG_KEYS=$county/none must "$mingzhang" "${init[@]}"
    for user in zhao qian sun; do
        must as "$user" key sign-genesis "$ledger/genesis.json"
    done
    must "$mingzhang" "${init[@]}"
}

publish() {
    as zhou publish --period 2021 "$@"
}

# ---- Looking at a ledger from outside -------------------------------------------------------------

sql() { # LEDGER SQL
    sqlite3 -batch "$1/ledger.sqlite" "$2"
}

entries() { sql "$ledger" 'SELECT count(*) FROM entry'; }

vkey() { tr -d '\n' <"$publication/keys/log.vkey"; }

# A verdict that rests on nothing seen before.
verify_anew() { # PATH [OPTION…]
    "$verifier" --no-memory "$@"
}

# The guards in a database, dropped by anybody who has sqlite3, and put back so that nobody sees it.
guards_off() { # LEDGER
    local drop
    guards=$(sql "$1" "SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'")
    drop=$(sql "$1" "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema WHERE type = 'trigger'")
    must sql "$1" "$drop"
}

guards_on() { must sql "$1" "$guards"; } # LEDGER

tamper() { # LEDGER SQL
    guards_off "$1"
    must sql "$1" "$2"
    guards_on "$1"
}

forge() { # COMMAND LEDGER ARGUMENT…: forge.c tells
    guards_off "$2"
    must "$bin/system_forge" "$@"
    guards_on "$2"
}

# ---- Disks that are full or can't be written -----------------------------------------------------

# A file system of its own, SIZE (512k, 8m), in FOLDER. False where this user may not mount one.
small_disk() { # FOLDER SIZE
    mkdir -p "$1"
    mount -t tmpfs -o "size=$2" none "$1" 2>/dev/null || return 1
    mounts+=("$1")
}

# Permissions mean nothing to root, so what they close is tried as somebody else.
nobody=65534

# Let unprivileged() have FOLDER as its own.
lend() { # FOLDER
    [ "$(id -u)" -ne 0 ] || chown -R "$nobody:$nobody" "$1"
}

# The program is copied, since others may have no way into the folder that it was built in.
unprivileged() { # PROGRAM ARGUMENT…
    local program=$1
    shift
    if [ "$(id -u)" -eq 0 ]; then
        chmod 711 "$scratch"
        install -D -m 755 "$program" "$scratch/lent/$(basename "$program")"
        program=$scratch/lent/$(basename "$program")
        set -- setpriv "--reuid=$nobody" "--regid=$nobody" --clear-groups "$program" "$@"
    else
        set -- "$program" "$@"
    fi
    "$@"
}
