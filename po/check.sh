#!/bin/sh
# check.sh PAGES - is the catalogue of each language whole and fit for the sources as they are?
#
# 1. Every text that people read is in it, translated, none of them in doubt.
# 2. Formats take the same arguments, and the verdicts' words PASS and FAIL are the same.
# 3. Nothing is in it that the sources don't say any more.
# 4. Words of accounts that are shown in Chinese can be typed in Chinese.
set -eu
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
bad=0
"$here/extract.sh" "$1" "$scratch/mingzhang.pot"
[ "$(grep -c '^msgid' "$scratch/mingzhang.pot")" -gt 1000 ] || {
    echo "po/extract.sh: fewer than 1000 texts; the extraction is broken"
    exit 1
}
for catalogue in "$here"/*.po; do
    name=po/${catalogue##*/}
    msgfmt --check-format --output-file=/dev/null "$catalogue" || bad=1
    msgcmp "$catalogue" "$scratch/mingzhang.pot" || bad=1
    msgmerge --quiet --no-fuzzy-matching "$catalogue" "$scratch/mingzhang.pot" -o "$scratch/merged"
    gone=$(msgattrib --only-obsolete "$scratch/merged" | grep '^#~ msgid' || true)
    [ -z "$gone" ] || {
        printf '%s: no source says this any more; take it out:\n%s\n' "$name" "$gone"
        bad=1
    }
    for verdict in PASS FAIL; do
        for side in msgid msgstr; do
            msgcat --no-wrap "$catalogue" | grep -c "^$side \"$verdict[ ,]" >"$scratch/$side" || true
        done
        cmp -s "$scratch/msgid" "$scratch/msgstr" || {
            echo "$name: a verdict begins with $verdict in every language; scripts look for it"
            bad=1
        }
    done
done
# Words of accounts and movements that a table shows must be words that the command line takes.
grep -o '{"[a-z_]*", "[^"]*"}' "$here/../ledger/funds/words.c" | tr -d '{}' >"$scratch/words"
[ "$(wc -l <"$scratch/words")" -ge 27 ] || {
    echo "ledger/funds/words.c: its words can't be read any more; mend po/check.sh"
    bad=1
}
msgcat --no-wrap "$here/zh_CN.po" >"$scratch/zh_CN"
while IFS=, read -r code chinese; do
    grep -A1 "^msgid $code$" "$scratch/zh_CN" | grep -q "^msgstr${chinese}$" || {
        echo "po/zh_CN.po: $code must be$chinese, as ledger/funds/words.c takes it"
        bad=1
    }
done <"$scratch/words"
# The words of sheets are Chinese whatever the language; they are the catalogue's.
sed -n '/ words\[\] = {/,$p' "$here/../cli/table_headings.c" | sed -E 's/N_\(("[^"]+")\)/\1/g' |
    grep -oE '\{"[^"]+", "[^"]+"\}' | tr -d '{}' >"$scratch/words"
[ "$(wc -l <"$scratch/words")" -ge 60 ] || {
    echo "cli/table_headings.c: its words can't be read any more; mend po/check.sh"
    bad=1
}
while IFS=, read -r code chinese; do
    grep -Fx -A1 "msgid $code" "$scratch/zh_CN" | grep -Fxq "msgstr${chinese}" || {
        echo "po/zh_CN.po: $code must be$chinese, as cli/table_headings.c has it"
        bad=1
    }
done <"$scratch/words"
exit $bad
