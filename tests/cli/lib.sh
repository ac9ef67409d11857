# lib.sh - for the tests of the program: a directory of one's own, checks that say what they wanted.
# shellcheck shell=bash disable=SC2034,SC2154
set -euo pipefail
mingzhang=$(realpath "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
home=$scratch/home
ledger=$scratch/books
checks=0
exec </dev/null # nobody is asked but who sits at a terminal of its own
export MINGZHANG_SIGNER=$scratch/signer
export LC_ALL=C.UTF-8 # texts are looked for in English, whatever the language of the machine
unset LANGUAGE
# shellcheck source=samples/lib.sh
. samples/lib.sh
use_home

fail() {
    printf '%s: %s\n' "$(caller 1 | awk '{ print $3 ":" $1 }')" "$*" >&2
    exit 1
}

# gets STATUS TEXT COMMAND…: the command ends with STATUS and says TEXT on stdout or stderr.
gets() {
    local wanted=$1 text=$2 status=0 said
    shift 2
    said=$("$@" 2>&1) || status=$?
    [ "$status" -eq "$wanted" ] || fail "status $status, not $wanted, from $*: $said"
    [[ $said == *"$text"* ]] || fail "no \"$text\" from $*: $said"
    checks=$((checks + 1))
}

# size: how many entries the ledger has.
size() {
    "$mingzhang" verify "$ledger" | grep -oE '[0-9]+ entries' | cut -d' ' -f1
}

# unchanged STATUS TEXT COMMAND…: as gets, and not one entry more than before.
unchanged() {
    local before
    before=$(size)
    gets "$@"
    [ "$(size)" = "$before" ] || fail "something was written by: $*"
}

finish() {
    printf '%d checks passed\n' "$checks"
}
