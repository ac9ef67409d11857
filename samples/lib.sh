# lib.sh - what the demo and the tests share: people, a ledger, files brought in and approved.
#
# The caller sets `mingzhang` (the program) and `home` (where people's keys and the passphrase lie).
# shellcheck shell=bash disable=SC2154

# Everything that the program would look for in a person's home directory.
use_home() {
    export MINGZHANG_KEYS="$home/keys"
    export MINGZHANG_VERIFY_STATE="$home/seen"
    unset MINGZHANG_LEDGER MINGZHANG_USER
    mkdir -p "$home"
    if [ ! -e "$home/passphrase" ]; then
        (umask 077 && openssl rand -hex 16 >"$home/passphrase")
    fi
}

# as USER ARGUMENT…: run the program as USER on the ledger in $ledger.
as() {
    local user=$1
    shift
    "$mingzhang" -L "$ledger" -u "$user" --passphrase-file "$home/passphrase" "$@"
}

# public_half USER: make the key if it isn't there, print its public half.
public_half() {
    if [ -e "$MINGZHANG_KEYS/$1.pem" ]; then
        as "$1" key show 2>/dev/null
    else
        as "$1" key new 2>/dev/null
    fi
}

# second: the other administrator seconds what was just proposed.
second() {
    as qian act second "$("$mingzhang" -L "$ledger" act list --format csv | tail -n 1 | cut -d, -f1)"
}

# new_ledger CODE NAME: zhao and qian administer, sun inspects; li makes, wang checks, zhou publishes.
new_ledger() {
    local code=$1 name=$2 user role
    as zhao init --division "$code" --name "$name" --admin "zhao=$(public_half zhao)" \
        --admin "qian=$(public_half qian)" --inspector "sun=$(public_half sun)"
    for role in li=maker wang=checker zhou=publisher; do
        user=${role%=*}
        as zhao user add "$user" "$(public_half "$user")" --role "${role#*=}@$code" >/dev/null
        second >/dev/null
    done
}

# approve_all: wang approves every pending voucher.
approve_all() {
    local pending
    pending=$("$mingzhang" -L "$ledger" voucher list --state pending --format csv |
        tail -n +2 | cut -d, -f1)
    [ -n "$pending" ] || return 0
    # shellcheck disable=SC2086 # one argument for each number
    as wang voucher approve --yes $pending
}

# bring FILE…: import files named NN-KIND.csv in order; vouchers are approved after each.
bring() {
    local file kind
    for file in "$@"; do
        kind=${file##*/}
        kind=${kind#[0-9][0-9]-}
        kind=${kind%.csv}
        as li import "$kind" "$file"
        case $kind in
        allocations | payments) approve_all ;;
        esac
    done
}

# refused STATUS TEXT COMMAND…: the command must end with STATUS and say TEXT on stderr.
refused() {
    local wanted=$1 text=$2 status=0 said
    shift 2
    said=$("$@" 2>&1 >/dev/null) || status=$?
    if [ "$status" -ne "$wanted" ] || [[ $said != *"$text"* ]]; then
        printf 'expected status %s and "%s", got %s: %s\n' "$wanted" "$text" "$status" "$said" >&2
        return 1
    fi
    said=${said%%$'\n'*}
    printf 'refused as it must be (%s): %s\n' "$status" "${said#mingzhang: }"
}

# held_fen: the fen in all accounts but the sources.
held_fen() {
    "$mingzhang" -L "$ledger" balance --format json "$@" |
        grep -v '"role":"source"' | grep -o '"amount":[0-9-]*' | cut -d: -f2 |
        awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}
