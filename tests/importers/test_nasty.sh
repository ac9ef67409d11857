#!/usr/bin/env bash
# test_nasty.sh PROGRAM - sheets that invite misreading, each imported into a ledger of its own and
# held against what it says; test_nasty.py tells them. Ends with 77 where the programs that make them
# are missing; with CI=true that is a failure.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

missing() {
    echo "$1 is missing, so no sheets can be made"
    [ "${CI-}" != true ] || exit 1
    exit 77
}
command -v soffice >/dev/null || missing soffice
python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import openpyxl, xlwt' 2>/dev/null; then python=$candidate; break; fi
done
[ -n "$python" ] || missing 'a Python with openpyxl and xlwt'

new_ledger 619901000000 示例县 >/dev/null
printf '%s\n' 代码,名称,启用日期 619901000000,示例县,2021-01-01 619901100000,木王镇,2021-01-01 \
    619901100001,苗儿村,2021-01-01 619901100002,上村,2021-01-01 619901100003,下村,2021-01-01 >"$scratch/d.csv"
printf '资金编号,指标文号,资金名称,资金级次,年度,台账类别\nF1,文,名,中央,2021,政策补助\n' >"$scratch/f.csv"
printf '凭证号,日期,业务类型,摘要,资金编号,收款单位,金额\nR0,2021-04-01,下达,下达,F1,619901000000,90000000\n' \
    >"$scratch/a.csv"
as li import divisions "$scratch/d.csv" >/dev/null
as li import funds "$scratch/f.csv" >/dev/null
as li import allocations "$scratch/a.csv" >/dev/null
approve_all >/dev/null
mkdir "$scratch/sheets"
"$python" tests/importers/test_nasty.py "$mingzhang" "$ledger" "$home/passphrase" "$scratch/sheets"
