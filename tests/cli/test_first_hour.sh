#!/usr/bin/env bash
# test_first_hour.sh PROGRAM COLUMNS LANG - what README.md promises to who tries it, by its own
# commands, at a terminal, in a language. Ends with 77 where LibreOffice, openpyxl, weasyprint or
# pdftotext is missing; with CI=true that is a failure.
set -euo pipefail

missing() {
    echo "$1 is missing, so the first hour can't be played"
    [ "${CI-}" != true ] || exit 1
    exit 77
}
python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import openpyxl' 2>/dev/null; then python=$candidate; break; fi
done
[ -n "$python" ] || missing openpyxl
for tool in soffice weasyprint pdftotext; do
    command -v "$tool" >/dev/null || missing "$tool"
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$python" -B tests/cli/test_first_hour.py "$(realpath "$1")" "$(realpath "$2")" "$3" "$scratch"
