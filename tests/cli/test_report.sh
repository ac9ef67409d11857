#!/usr/bin/env bash
# test_report.sh PROGRAM - what is left of a document, the reports, and listings in files. Figures of
# samples/county were summed by hand from its sheets.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

new_ledger 619901000000 示例县 >/dev/null
play() { . samples/county/play.sh; }
play >/dev/null
ask=("$mingzhang" -L "$ledger")

# How much is left of a document: one line for each place, and the total.
gets 0 "left to use: 3,723,500.00 of 5,000,000.00 that arrived; 1,176,500.00 paid" \
    "${ask[@]}" balance 示财农〔2021〕1号
gets 0 "left to use: 3,723,500.00" "${ask[@]}" balance --document ' 示财农［２０２１］1号'
gets 0 "left to use: 3,723,500.00" "${ask[@]}" balance 2021-中央-01
gets 0 "619901100201,柳林村,2021-中央-01,0.00,123500.00,0.00,0.00,0.00,876500.00,123500.00" \
    "${ask[@]}" balance 示财农〔2021〕1号 --format csv
gets 0 '"spent":87650000' "${ask[@]}" balance 2021-中央-01 --format json
gets 0 "left to use: 123,500.00 of 1,000,000.00" "${ask[@]}" balance 2021-中央-01 --scope 东河镇
gets 3 "near it: 示财农〔2021〕1号" "${ask[@]}" balance --document 示财农〔2021〕2号
gets 3 "near it: 示财农〔2021〕1号" "${ask[@]}" balance 示财农2021
gets 3 "619901999999" "${ask[@]}" balance 619901999999
gets 3 "report progress\` lists the funds" "${ask[@]}" balance 没有的文件
gets 2 "either --document or an argument" "${ask[@]}" balance 柳林村 --document 示财农〔2021〕1号

# As of a day: 570,000.00 was sent on 06-20 and confirmed on 06-21.
gets 0 ",construction,2021-中央-01,in_transit,570000.00" \
    "${ask[@]}" balance 柳林村 --as-of 2021-06-20 --format csv
gets 0 ",construction,2021-中央-01,spent,570000.00" \
    "${ask[@]}" balance 柳林村 --as-of 2021-06-21 --format csv
gets 0 ",construction,2021-中央-01,spent,570000.00" \
    "${ask[@]}" balance 柳林村 --as-of 2021-06 --format csv
gets 0 "no money stands here" "${ask[@]}" balance 柳林村 --as-of 2020-12-31
gets 3 '--as-of: "2021-13" is no month; write a year from' "${ask[@]}" balance --as-of 2021-13
gets 3 "a month from 01 to 12, as in 2021-09" "${ask[@]}" report progress --as-of 2021-00
gets 3 "--as-of: 2021-02-30" "${ask[@]}" attention --as-of 2021-02-30
gets 3 '"2021-1" is not a date; write 2021-09-30' "${ask[@]}" disclosures --as-of 2021-1

# Payment progress: 570,000.00 of 5,000,000.00 is 11.40 %; it came on 02-10 and last moved on 06-21.
gets 0 "fund,central,2021,示财农〔2021〕1号,2021-中央-01,5000000.00,4000000.00,780000.00,0.00,0.00,570000.00,3650000.00,11.40%,150,19,904" \
    "${ask[@]}" report progress --as-of 2021-07-10 --format csv
gets 0 "total,,,,,5650000.00,4650000.00,860000.00,0.00,0.00,570000.00,4220000.00,10.08%,,," \
    "${ask[@]}" report progress --as-of 2021-07-10 --format csv
gets 0 '"progress":1140' "${ask[@]}" report progress --as-of 2021-07-10 --format json
gets 0 '"expires_days":null' "${ask[@]}" report progress --fund 2021-捐赠-01 --format json
gets 0 "fund,central,2021,示财农〔2021〕1号,2021-中央-01,1000000.00,1000000.00,0.00,28500.00,0.00,860000.00,111500.00,86.00%,301,36,730" \
    "${ask[@]}" report progress --division 东河镇 --as-of 2021-12 --format csv
gets 3 "near it: 2021-中央-01" "${ask[@]}" report progress --fund 2021-中央-02
gets 0 "no money had come" "${ask[@]}" report progress --as-of 2020-12

# The trial balance, and the books by tier.
gets 0 "debits = credits" "${ask[@]}" report trial-balance --as-of 2021-07-10
gets 0 "total,,,,,,0.00,15770000.00,15770000.00,0.00" \
    "${ask[@]}" report trial-balance --as-of 2021-07-10 --format csv
gets 0 "account,619901100201,柳林村,construction,2021-中央-01,committed,950000.00,0.00,570000.00,380000.00" \
    "${ask[@]}" report trial-balance --from 2021-06 --as-of 2021-07-10 --fund 示财农〔2021〕1号 --format csv
gets 3 "ends before its first month" \
    "${ask[@]}" report trial-balance --from 2021-08 --as-of 2021-07-10
gets 0 "book,village,construction,,0.00,170000.00,860000.00,0.00,0.00,0.00,0.00,0.00,1030000.00,570000.00" \
    "${ask[@]}" report books --as-of 2021-07-10 --format csv
gets 0 "fund,township,subsidy,2021-县级-01" \
    "${ask[@]}" report books --as-of 2021-07-10 --division 东河镇 --format csv
gets 0 "expiring" "${ask[@]}" attention 东河镇 --as-of 2022-06-01

# Figures changed by hand don't balance any more.
cp -r "$ledger" "$scratch/forged"
sqlite3 "$scratch/forged/ledger.sqlite" "UPDATE role_month SET amount = amount + 1 WHERE division =
    '619901100201' AND role = 'spent'"
gets 1 "the books do not balance" "$mingzhang" -L "$scratch/forged" report trial-balance

# Every listing goes to a file that holds what standard output would.
listing() { # NAME COMMAND…
    local name=$1
    shift
    "${ask[@]}" "$@" --format csv >"$scratch/$name.csv"
    "${ask[@]}" "$@" --output "$scratch/file.csv" >/dev/null
    cmp "$scratch/$name.csv" "$scratch/file.csv" || fail "another CSV in a file from $*"
    "${ask[@]}" "$@" --output "$scratch/$name.xlsx" >/dev/null
    names+=("$name")
    checks=$((checks + 1))
}
names=()
listing progress report progress
listing trial report trial-balance --from 2021-01
listing books report books --as-of 2021-12
listing balance balance
listing document balance 示财农〔2021〕1号
listing attention attention --as-of 2021-12-31
listing vouchers voucher list
listing lines voucher show 补助-1
listing projects project list
listing acts act list
listing people user list
listing places division list
listing duties disclosures --as-of 2021-06-21
listing papers attachment list
"${ask[@]}" report progress --format json >"$scratch/progress.json"
"${ask[@]}" report progress --output "$scratch/file.json"
cmp "$scratch/progress.json" "$scratch/file.json" || fail "another JSON in a file"
cp "$scratch/progress.xlsx" "$scratch/before.xlsx"
sleep 1
"${ask[@]}" report progress --output "$scratch/progress.xlsx"
cmp "$scratch/before.xlsx" "$scratch/progress.xlsx" || fail "the same listing, another sheet"
gets 4 "can't be written" "${ask[@]}" report books --output "$scratch/none/books.xlsx"
[ -z "$(find "$scratch" -name '*.part*')" ] || fail "half a file is left behind"

# Read back by LibreOffice, and cell by cell by openpyxl.
python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import openpyxl' 2>/dev/null; then python=$candidate; fi
done
if [ -n "$python" ] && command -v soffice >/dev/null; then
    mkdir "$scratch/shown"
    sheets=("${names[@]/#/$scratch/}")
    soffice "-env:UserInstallation=file://$scratch/office" --headless --convert-to \
        'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false' \
        --outdir "$scratch/shown" "${sheets[@]/%/.xlsx}" >/dev/null 2>&1
    for name in "${names[@]}"; do
        gets 0 "columns agree" "$python" tests/cli/compare_sheet.py "$scratch/$name.xlsx" \
            "$scratch/shown/$name.csv" "$scratch/$name.csv"
    done
elif [ "${CI-}" = true ]; then
    fail "LibreOffice and openpyxl are needed to read the sheets back"
else
    echo "sheets are not read back: LibreOffice or openpyxl isn't there"
fi

finish
