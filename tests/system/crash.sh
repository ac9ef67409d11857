#!/usr/bin/env bash
# crash.sh BIN - a process killed at random points while importing, approving, confirming, attaching a
# scan, publishing.
#
# After each kill the ledger must verify and have whole vouchers only, and the same command run again
# must end with the same state as if nothing had happened; a publication then verifies with it.
#
#   MINGZHANG_SEED=N   the points are drawn from it (else from the clock; it is printed)
#   MINGZHANG_LONG=1   1,000 points instead of 50
# shellcheck source=tests/system/common.sh
source "$(dirname "$0")/common.sh"

points=50
[ -z "${MINGZHANG_LONG-}" ] || points=1000
seed=${MINGZHANG_SEED:-$(date +%s)}
RANDOM=$((seed % 32768))
echo "seed $seed, $points points"

draw() { echo $(((RANDOM << 15 | RANDOM) % $1 + 1)); } # 1 to LIMIT

vouchers=40
lines=25

make_payments() { # FILE
    local i j ids=('')
    for ((j = 1; j <= lines; j++)); do ids+=("$(id_number "$j")"); done
    printf '%s\n' "$payment_head" >"$1"
    for ((i = 1; i <= vouchers; i++)); do
        for ((j = 1; j <= lines; j++)); do
            printf 'KA-%d,2021-07-01,补助,2021-ZY-01,东村,subsidy,%d,,,,雨露计划,人%d,,%s,\n' \
                "$i" "$j" "$j" "${ids[j]}"
        done
    done >>"$1"
}

references() { seq -f 'KA-%g' "$vouchers"; }

# What everybody sees of the ledger; times and random order left aside.
state_of() {
    "$mingzhang" balance --format csv
    "$mingzhang" voucher list --format csv
    sql "$ledger" 'SELECT count(*) FROM entry; SELECT count(*) FROM sealed'
    [ ! -d "$publication" ] || git -C "$publication" rev-list --count HEAD
}

# Every line stands under a voucher that was submitted, and every voucher has all its lines.
whole_vouchers() {
    local lines_there lines_told
    lines_there=$(sql "$ledger" \
        "SELECT count(*) FROM entry WHERE CAST(bytes AS TEXT) LIKE '%\"kind\":\"voucher.line\"%'")
    lines_told=$("$mingzhang" voucher list --format csv | awk -F, 'NR > 1 { n += $6 } END { print n + 0 }')
    [ "$lines_there" = "$lines_told" ]
}

# The acts, each a command that a person would simply run again.
act_import() { "$@" import payments "$county/in/many.csv"; }
# shellcheck disable=SC2046 # one argument for each reference
act_approve() { "$@" voucher approve $(references); }
act_confirm() { "$@" bank confirm KA-7 --reference YH-7 --date 2021-07-05; }
act_attach() { "$@" attach XM-1 "$county/in/scan.pdf"; }
act_publish() { "$@" publish --period 2021; }
actor_of() { case $1 in approve) echo wang ;; publish) echo zhou ;; *) echo li ;; esac; }

# kill_once ACT FROM MICROSECONDS WANTED: on a copy of county FROM.
kill_once() {
    local act=$1 actor killed
    actor=$(actor_of "$act")
    county_copy "$2" "$scratch/victim"
    run "act_$act" "$kill_after" "$3" "$mingzhang" -u "$actor" --passphrase-file \
        "$county/passphrases/$actor"
    killed=$status
    [ "$killed" -eq 137 ] && kills=$((kills + 1))
    if [ "$killed" -ne 137 ] && [ "$killed" -ne 0 ]; then
        tell_failed "$act killed after $3 µs" "it ended with $killed" "$output"
        return
    fi
    run verify_anew "$ledger"
    if [ "$status" -ne 0 ]; then
        tell_failed "$act killed after $3 µs" 'the ledger does not verify' "$output"
        return
    fi
    if ! whole_vouchers; then
        tell_failed "$act killed after $3 µs" 'a voucher is not whole'
        return
    fi
    # An act that is done already is refused or answered with the first result; either leaves the state.
    run "act_$act" as "$actor"
    if [ "$(state_of)" != "$4" ]; then
        tell_failed "$act killed after $3 µs" 'the same command again does not end right' "$output"
        return
    fi
    if [ "$act" = publish ]; then
        run verify_anew "$ledger" --against "$publication"
        if [ "$status" -ne 0 ]; then
            tell_failed "$act killed after $3 µs" 'the publication does not verify' "$output"
            return
        fi
    fi
    good=$((good + 1))
}

good=0
kills=0
make_county "$scratch/start"
make_payments "$county/in/many.csv"
{ printf '%%PDF-1.7\n' && head -c 8000000 /dev/zero; } >"$county/in/scan.pdf"

declare -A from wanted took
for act in import approve confirm attach publish; do
    from[$act]=$scratch/before-$act
    county_copy "$county" "${from[$act]}"
    county_copy "${from[$act]}" "$scratch/undisturbed-$act"
    run "act_$act" "$kill_after" 0 "$mingzhang" -u "$(actor_of $act)" --passphrase-file \
        "$county/passphrases/$(actor_of $act)"
    [ "$status" -eq 0 ] || { tell_failed "$act undisturbed" "ended with $status" "$output"; finish; exit; }
    took[$act]=$(printf '%s\n' "$output" | tail -n 1)
    wanted[$act]=$(state_of)
    echo "$act takes ${took[$act]} µs undisturbed"
done

# Only kills in time count. What an act takes depends on the machine's other work, so the bound of the
# draw follows what was seen: down when an act ended first, slowly up when it was killed.
acts=(import approve publish import attach confirm)
tries=0
while [ "$kills" -lt "$points" ] && [ "$tries" -lt $((4 * points)) ]; do
    act=${acts[tries % ${#acts[@]}]}
    delay=$(draw "${took[$act]}")
    before=$kills
    kill_once "$act" "${from[$act]}" "$delay" "${wanted[$act]}"
    if [ "$kills" -gt "$before" ]; then
        took[$act]=$((took[$act] * 101 / 100))
    else
        took[$act]=$(((took[$act] * 3 + delay) / 4))
    fi
    tries=$((tries + 1))
    if [ $((tries % 100)) -eq 0 ]; then echo "$kills kills, $good of $tries tries good"; fi
done

expect_equal "killed at $kills points: verified, whole, and right the second time" "$good" "$tries"
expect_equal 'as many kills as were asked for' "$kills" "$points"

# Git's own lock files outlive a program that is killed while it holds them.
county_copy "$scratch/before-publish" "$scratch/victim"
must act_publish as zhou
must as li project progress XM-1 --date 2021-10-01 --percent 40 --text 渠道过半
: >"$publication/.git/refs/heads/main.lock"
expect_fail "a lock of somebody's git is left alone" 4 'main.lock' act_publish as zhou
: >"$publication/.git/index.lock"
printf 1 >"$publication/.git/mingzhang.lock" # as a publish leaves it that was killed while it moved main
expect_pass 'those that a killed publish left are removed' act_publish as zhou
expect_pass 'and what it publishes verifies' verify_anew "$ledger" --against "$publication"
expect_pass 'the ledger, replayed' "$mingzhang" verify "$ledger" --deep
finish
