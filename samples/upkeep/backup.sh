#!/usr/bin/env bash
# backup.sh - a dated backup, a drill on it, and only after that has passed the oldest ones removed.
#
#   LEDGER=…       the ledger's directory
#   BACKUPS=…      a folder on another disk, that only the ledger's owner can read
#   PUBLICATION=…  the publication that the drill is held against
#   KEY=…          a file with the log's key, or the key itself
#   KEEP=30        how many backups stay
#   LINK=          if 1, attached files that the newest backup has whole are linked, not copied again
#
# Prints one line that begins with PASS or FAIL. Ends with 0 only on PASS.
set -euo pipefail
umask 077
: "${LEDGER:?} ${BACKUPS:?} ${PUBLICATION:?} ${KEY:?}"
keep=${KEEP:-30}
mingzhang=${MINGZHANG:-mingzhang}
[[ $keep =~ ^[1-9][0-9]*$ ]] || { printf 'KEEP is %s; give a number above 0\n' "$keep" >&2; exit 2; }

# Under another name until it is whole, so that nobody takes half a backup for one.
mkdir -p "$BACKUPS"
rm -rf "$BACKUPS/.unfinished"
newest=$(find "$BACKUPS" -mindepth 1 -maxdepth 1 -name '[0-9]*T*Z' | sort | tail -n 1)
[ "${LINK-}" = 1 ] || newest=''
# 1: an attached file is lost. What is left is a backup all the same; the drill says FAIL.
status=0
"$mingzhang" -L "$LEDGER" backup "$BACKUPS/.unfinished" ${newest:+--since "$newest"} >/dev/null || status=$?
[ "$status" -le 1 ] || exit "$status"
mv -T "$BACKUPS/.unfinished" "$BACKUPS/$(date -u +%Y-%m-%dT%H%M%SZ)"

"$mingzhang" restore --drill "$BACKUPS" --from "$PUBLICATION" --key "$KEY"

cd "$BACKUPS"
printf '%s\n' [0-9]*T*Z | sort | head -n "-$keep" | while IFS= read -r old; do
    rm -rf "./$old"
done
