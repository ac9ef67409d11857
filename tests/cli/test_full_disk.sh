#!/usr/bin/env bash
# test_full_disk.sh PROGRAM - whatever is written out ends with an error of ours when the disk is full:
# which file, what to do, status 4, nothing half written, and what was there before stays. A full
# temporary directory stops nothing but what must replay there.
# shellcheck source=tests/cli/lib.sh
if [ "${APART-}" = '' ]; then # in a namespace of its own, where disks may be mounted
    if [ "$(id -u)" -eq 0 ]; then apart=(unshare --mount); else apart=(unshare --mount --map-root-user); fi
    if ! "${apart[@]}" true 2>/dev/null; then
        [ "${CI-}" != true ] || { echo 'no file system may be mounted here' >&2; exit 1; }
        echo 'no file system may be mounted here; skipped'
        exit 77
    fi
    apart_in=/var/tmp
    [ ! -w /dev/shm ] || apart_in=/dev/shm
    APART=1 TMPDIR=$apart_in exec "${apart[@]}" "$0" "$@" # for /tmp is filled below
fi
. tests/cli/lib.sh
new_ledger 619901000000 示例县 >/dev/null
play() { . samples/county/play.sh; }
play >/dev/null
cp "$mingzhang" "$scratch/mingzhang" # it may lie where /tmp will be
mingzhang=$scratch/mingzhang
ask=("$mingzhang" -L "$ledger")

disk=$scratch/disk
mkdir "$disk"
trap 'umount "$disk" 2>/dev/null; rm -rf "$scratch"' EXIT

only_filler() { # nothing but the filler, and what stood there, is left
    local left
    left=$(find "$disk" -mindepth 1 ! -name filler ! -name before.xlsx -printf '%P ')
    [ -z "$left" ] || fail "left behind: $left"
    checks=$((checks + 1))
}

fill_disk() { # ROOM: all but so many bytes
    rm -f "$disk/filler"
    cat /dev/zero >"$disk/filler" 2>/dev/null || true
    truncate -s "-$1" "$disk/filler"
}

too_full() { # FILE COMMAND…: must name the file and say what to do, and nothing else
    local file=$1 said
    shift
    gets 4 "$file" "$@"
    said=$("$@" 2>&1) || true
    [[ $said == "mingzhang: "*"make room"* && $said != *$'\n'* ]] || fail "not one line of ours: $said"
    only_filler
}

# `--output` of listings and papers, calendars, templates, the copy of an attachment.
printf '%%PDF-1.7 %10000s\n' 'x' >"$scratch/notice.pdf"
as li attach 2021-中央-01 "$scratch/notice.pdf" --title 资金下达通知 >/dev/null
sha=$(sha256sum "$scratch/notice.pdf" | cut -c1-16)
exports() {
    too_full v.csv "${ask[@]}" voucher list --output "$disk/v.csv"
    too_full v.json "${ask[@]}" voucher list --output "$disk/v.json"
    too_full v.xlsx "${ask[@]}" voucher list --output "$disk/v.xlsx"
    too_full s.html "${ask[@]}" print statement 柳林村 --month 2021-03 --output "$disk/s.html"
    too_full d.ics "${ask[@]}" disclosures --as-of 2021-06-21 --calendar "$disk/d.ics"
    too_full t.csv "${ask[@]}" import payments --template "$disk/t.csv"
    too_full t.xlsx "${ask[@]}" import payments --template "$disk/t.xlsx"
    too_full n.pdf "${ask[@]}" attachment get "$sha" --output "$disk/n.pdf"
}
mount -t tmpfs -o size=64k none "$disk"
fill_disk 0
exports
if command -v weasyprint >/dev/null && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; then
    too_full s.pdf "${ask[@]}" print statement 柳林村 --month 2021-03 --output "$disk/s.pdf"
fi

# An older file stays until the new one is whole. There is room for its parts, not for all.
umount "$disk"
mount -t tmpfs -o size=128k none "$disk"
"${ask[@]}" report progress --output "$disk/before.xlsx"
cp "$disk/before.xlsx" "$scratch/before.xlsx"
for room in 4096 8192 16384 20480; do
    fill_disk "$room"
    status=0
    said=$("${ask[@]}" voucher list --output "$disk/before.xlsx" 2>&1) || status=$?
    if [ "$status" -eq 0 ]; then
        [ -z "$said" ] || fail "written, and yet it says: $said"
        break
    fi
    [[ $status -eq 4 && $said == "mingzhang: "*before.xlsx*"make room"* && $said != *$'\n'* ]] ||
        fail "status $status: $said"
    only_filler
    cmp "$disk/before.xlsx" "$scratch/before.xlsx" || fail 'the older file is gone'
done
umount "$disk"

# Standard output: the file is the shell's, but nobody is told that it is whole.
mount -t tmpfs -o size=8k none "$disk"
fill_disk 0
for format in csv json table; do
    gets 4 "isn't whole: make room" bash -c '"${@:2}" >"$1"' bash "$disk/filler-2" \
        "${ask[@]}" voucher list --format "$format"
    rm -f "$disk/filler-2"
done

# A full directory for temporary files.
mount --bind "$disk" /tmp
export TMPDIR=/tmp
"${ask[@]}" voucher list --output "$scratch/v.xlsx"
gets 0 "" "${ask[@]}" voucher list --output "$scratch/again.xlsx"
cmp "$scratch/v.xlsx" "$scratch/again.xlsx" || fail 'the same listing, another sheet'
if command -v weasyprint >/dev/null && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; then
    gets 0 "written" "${ask[@]}" print statement 柳林村 --month 2021-03 --output "$scratch/s.pdf"
fi
gets 4 "replaying in /tmp: the disk is full" "${ask[@]}" verify "$ledger" --deep
umount /tmp
finish
