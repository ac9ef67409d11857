#!/bin/sh
# fuzz.sh PROGRAM CORPUS - lets a libFuzzer program try inputs for MINGZHANG_FUZZ_SECONDS (10 unless
# told), beginning with a copy of the corpus. No crash, no hang, no memory over the limit: what breaks
# one of these is left beside PROGRAM as PROGRAM-crash-…, -timeout-… or -oom-…; mend it and put it into
# the corpus, which is replayed in every test run.
set -eu
program=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$2"/* "$scratch"
"$program" "$scratch" -max_total_time="${MINGZHANG_FUZZ_SECONDS:-10}" -artifact_prefix="$program-" \
    -timeout=10 -rss_limit_mb=600 -malloc_limit_mb=256 -max_len=20000 -print_final_stats=1 2>"$program.log" || {
    tail -n 60 "$program.log"
    exit 1
}
grep '^stat::' "$program.log"
