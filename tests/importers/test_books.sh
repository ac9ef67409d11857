#!/usr/bin/env bash
# test_books.sh PROGRAM - books with several sheets and with what spreadsheets do to cells; templates
# made, opened by LibreOffice, filled in and imported. Ends with 77 where openpyxl or LibreOffice is
# missing; with CI=true that is a failure.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

missing() {
    echo "$1 is missing, so no books can be made or opened"
    [ "${CI-}" != true ] || exit 1
    exit 77
}
python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import openpyxl' 2>/dev/null; then python=$candidate; break; fi
done
[ -n "$python" ] || missing openpyxl
command -v soffice >/dev/null || missing soffice
sheets=$scratch/sheets
mkdir "$sheets"
"$python" tests/importers/test_books.py "$sheets"

new_ledger 619901000000 示例县 >/dev/null
printf '代码,名称,启用日期\n619901000000,示例县,2021-01-01\n' >"$scratch/d.csv"
printf '资金编号,指标文号,资金名称,资金级次,年度,台账类别\nF1,文,名,中央,2021,政策补助\n' >"$scratch/f.csv"
as li import divisions "$scratch/d.csv" >/dev/null
as li import funds "$scratch/f.csv" >/dev/null

# ---- Sheets

gets 0 'XLSX, sheet "数据"; headings in row 2, 1 row above left out' \
    as li import allocations "$sheets/one.xlsx" --dry-run
unchanged 3 'the sheets "一批", "二批" all hold headings of allocations; choose one with --sheet NAME' \
    as li import allocations "$sheets/two.xlsx"
unchanged 3 'there is no sheet "三批"; the sheets are "一批", "二批"' \
    as li import allocations "$sheets/two.xlsx" --sheet 三批
gets 0 'sheet "二批"' as li import allocations "$sheets/two.xlsx" --sheet 二批 --dry-run
gets 0 'sheet "一批"' as li import allocations "$sheets/two.xlsx" --sheet 1 --dry-run
gets 0 '1 rows of allocations imported' as li import allocations "$sheets/two.xlsx" --sheet 1
unchanged 0 'imported before' as li import allocations "$sheets/two.xlsx" --sheet 一批
gets 0 '1 rows of allocations imported' as li import allocations "$sheets/two.xlsx" --sheet 2
unchanged 0 'imported before' as li import allocations "$sheets/two.xlsx" --sheet 2
gets 0 'sheet "一批"' as li import allocations "$sheets/hidden.xlsx" --dry-run
gets 0 'sheet "旧"' as li import allocations "$sheets/hidden.xlsx" --sheet 旧 --dry-run

# ---- What spreadsheets do to cells

unchanged 3 'merged.xlsx:Sheet:3: G 金额: one amount is merged over several rows' \
    as li import allocations "$sheets/merged.xlsx"
unchanged 3 'gap.xlsx:Sheet:3: G 金额: the cell is empty' \
    as li import allocations "$sheets/gap.xlsx" --unmarked
unchanged 3 'row 4 is left out as a remark' \
    as li import allocations "$sheets/gap.xlsx" --unmarked
unchanged 3 'id.xlsx:名单:2: J 身份证号: the spreadsheet kept this ID number as a number' \
    as li import payments "$sheets/id.xlsx"
unchanged 3 'account.xlsx:名单:2: K 银行账号: the spreadsheet kept this account number as a number' \
    as li import payments "$sheets/account.xlsx"
unchanged 3 'error.xlsx:数据:2: G 金额: ' as li import allocations "$sheets/error.xlsx"

# The marked copy: beside the file, never over another, elsewhere, or not at all.
[ -s "$sheets/merged.marked.xlsx" ] || fail 'no marked copy'
unchanged 3 'merged.marked-2.xlsx shows what is wrong' as li import allocations "$sheets/merged.xlsx"
unchanged 3 'one amount' as li import allocations "$sheets/merged.xlsx" --marked "$scratch/m.xlsx"
unchanged 3 'one amount' as li import allocations "$sheets/merged.xlsx" --unmarked
[ -s "$scratch/m.xlsx" ] || fail 'no copy where it was wanted'
[ ! -e "$sheets/merged.marked-3.xlsx" ] || fail 'a copy that was not wanted'
unchanged 3 '2 rows: 1 accepted, 0 of them with a warning, 1 refused' \
    as li import allocations "$sheets/merged.xlsx" --unmarked --dry-run

# ---- Templates

convert() { # BOOK: its first sheet as CSV
    soffice "-env:UserInstallation=file://$scratch/profile" --headless --convert-to csv:'Text - txt - csv (StarCalc):44,34,76' \
        --outdir "$scratch" "$1" >"$scratch/soffice.log" 2>&1
}
for kind in divisions funds projects contracts allocations payments; do
    "$mingzhang" import "$kind" --template "$scratch/$kind.xlsx"
    "$mingzhang" import "$kind" --template >"$scratch/$kind.csv"
    "$mingzhang" import "$kind" --template "$scratch/$kind-2.csv" --format csv
    cmp "$scratch/$kind.csv" "$scratch/$kind-2.csv"
    "$mingzhang" import "$kind" --template "$scratch/$kind-2.xlsx"
    cmp "$scratch/$kind.xlsx" "$scratch/$kind-2.xlsx"
    unchanged 3 'is the template' as li import "$kind" "$scratch/$kind.xlsx" --unmarked
    unchanged 3 'headings but no rows' as li import "$kind" "$scratch/$kind.xlsx" --unmarked
done
gets 3 'File exists' "$mingzhang" import funds --template "$scratch/funds.xlsx"
convert "$scratch/allocations.xlsx"
[ "$(head -n 1 "$scratch/allocations.csv")" = "序号,$("$mingzhang" import allocations --template |
    head -n 1 | tr -d '\r' | sed 's/^\xef\xbb\xbf//')" ] || fail 'LibreOffice reads other headings'
[[ "$(sed -n 2p "$scratch/allocations.csv")" == 示例,XD2021-01,* ]] || fail 'no example row'
"$python" tests/importers/test_books.py lists "$scratch/allocations.xlsx" >"$scratch/lists"
grep -qF '下达,其他收入,分配' "$scratch/lists" || fail "no list of movements: $(cat "$scratch/lists")"
"$python" tests/importers/test_books.py fill "$scratch/allocations.xlsx" "$scratch/filled.xlsx"
gets 0 '1 rows of allocations imported' as li import allocations "$scratch/filled.xlsx"
gets 0 'amount       5,000.00' "$mingzhang" -L "$ledger" voucher show R9

echo "$checks checks passed"
