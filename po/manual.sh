#!/bin/sh
# manual.sh PAGES FOLDER LANGUAGE… - write every manual page, in English and in each language.
set -eu
pages=$1
folder=$2
shift 2
rm -rf "$folder"
for language in en "$@"; do
    to=$folder/man1
    [ "$language" = en ] || to=$folder/$language/man1
    mkdir -p "$to"
    LANGUAGE=$language "$pages" man >"$to/mingzhang.1"
    for group in $("$pages" groups); do
        LANGUAGE=$language "$pages" man "$group" >"$to/mingzhang-$group.1"
    done
done
touch "$folder/made"
