#!/bin/sh
# test_sheet_make.sh OUT - makes the books that test_sheet_files.c reads: samples/sheets/*.fods saved
# as XLSX, XLS and CSV by LibreOffice, and what test_sheet_make.py writes. Runs in the source root.
# Ends with 77, nothing made, where LibreOffice or the Python modules are missing; with CI=true that
# is a failure.
set -eu
out=$1
stamp=$out/made

missing() {
    echo "$1 is missing, so no books can be made; install libreoffice-calc-nogui python3-openpyxl python3-xlwt"
    [ "${CI-}" != true ] || exit 1
    exit 77
}

if [ -e "$stamp" ] && [ -z "$(find samples/sheets tests/importers/test_sheet_make.* -newer "$stamp")" ]; then
    exit 0
fi
command -v soffice >/dev/null || missing soffice
python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import openpyxl, xlwt' 2>/dev/null; then python=$candidate; break; fi
done
[ -n "$python" ] || missing 'a Python with openpyxl and xlwt'

mkdir -p "$out"
for format in xlsx xls 'csv:Text - txt - csv (StarCalc):44,34,76'; do
    soffice "-env:UserInstallation=file://$out/profile" --headless --convert-to "$format" \
        --outdir "$out" samples/sheets/*.fods >"$out/soffice.log" 2>&1
done
"$python" tests/importers/test_sheet_make.py "$out"
touch "$stamp"
