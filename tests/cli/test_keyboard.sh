#!/usr/bin/env bash
# test_keyboard.sh PROGRAM COLUMNS - what hands do at a keyboard, and terminals of every kind: answers
# that are none, Ctrl-C and Ctrl-D at each question, long pastes, wrong passphrases, widths, disks
# that are full or can't be written.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
export MINGZHANG_LEDGER=$ledger

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[1-9]-*.csv >/dev/null
for number in 1 2; do
    as li voucher submit allocation --reference "分配-2$number" --date 2021-07-01 --amount 1000 \
        --text 转下达 --from 示例县/项目建设/2021-中央-01/可用 --to 柳林村/项目建设/2021-中央-01/可用 >/dev/null
done
before=$(size)
gets 0 "as it must be" python3 -B tests/cli/test_keyboard.py "$mingzhang" "$home"
# A line, its voucher and an approval, from the two times that the answer was yes.
[ "$(size)" -eq $((before + 3)) ] || fail "$(size) entries: something was written in spite of a no"

# A code of each kind that is nearly right.
gets 3 'did you mean "2021-000001"?' "$mingzhang" voucher show 2021-00001
gets 3 'did you mean "分配-21"?' "$mingzhang" voucher show 分记-21
gets 3 'did you mean "XM2021-001"?' "$mingzhang" trace project XM2021-01
gets 3 'did you mean "2021-中央-01"?' "$mingzhang" trace fund 2021-中央-1
gets 3 'did you mean "wang"?' as zhao user revoke wnag --reason 离岗
gets 0 "2021-中央-01" "$mingzhang" completion funds
gets 0 "分配-21" "$mingzhang" completion vouchers
gets 0 "wang" "$mingzhang" completion users

# No room, no right to write: said, nothing left behind, nothing written.
if unshare -m true 2>/dev/null; then
    cp samples/first-hour/分配表.xlsx "$scratch"
    small() { # OPTIONS COMMAND…: with a small disk, mounted so, at $scratch/small
        mkdir -p "$scratch/small"
        # shellcheck disable=SC2016 # for the shell within
        unshare -m bash -c 'mount -t tmpfs -o size=20k none "$1" && cp "$2" "$1/a.xlsx" &&
            { [ "$3" = ro ] || head -c 99999 /dev/zero >"$1/fill" 2>/dev/null; mount -o "remount,$3" "$1"; } &&
            shift 3 && { "$@"; status=$?; ls "$0"; exit $status; }' \
            "$scratch/small" "$scratch/small" "$scratch/分配表.xlsx" "$@"
    }
    li=("$mingzhang" -u li --passphrase-file "$home/passphrase")
    for kind in rw ro; do
        gets 3 "no marked copy" small $kind "${li[@]}" import allocations "$scratch/small/a.xlsx"
        gets 3 "nothing was written" small $kind "${li[@]}" import allocations "$scratch/small/a.xlsx"
        for command in "import payments --template $scratch/small/t.xlsx" \
            "voucher list --output $scratch/small/l.csv" "voucher list --output $scratch/small/l.xlsx" \
            "voucher print 分配-21 --output $scratch/small/p.html"; do
            # shellcheck disable=SC2086 # words of a command
            gets 4 "a.xlsx" small $kind "${li[@]}" $command
            [[ $(small $kind "${li[@]}" $command 2>/dev/null || true) != *small/[tlp].* ]] ||
                fail "half a file is left by: $command"
        done
    done
fi

finish
