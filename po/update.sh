#!/bin/sh
# update.sh PAGES - bring every catalogue up to the sources; what is new has an empty msgstr.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$here/extract.sh" "$1" "$scratch/mingzhang.pot"
for catalogue in "$here"/*.po; do
    msgmerge --quiet --no-wrap --no-fuzzy-matching --add-location=file --backup=off --update \
        "$catalogue" "$scratch/mingzhang.pot"
    msgattrib --no-obsolete --no-wrap --output-file="$catalogue" "$catalogue"
    sed -i '/^"POT-Creation-Date: /d' "$catalogue" # git knows when, and two people's would differ
    msgfmt --statistics --output-file=/dev/null "$catalogue"
done
