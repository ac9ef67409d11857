#!/usr/bin/env bash
# test_sheets.sh PROGRAM VERIFIER - every sheet of what must be disclosed: its template reads, the
# made-up county's sheets enter, bad cells are named, and the inspector's verifier agrees.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
verifier=$(realpath "$2")
kinds='plans plan-projects plan-funds bank-in bank-out sector-projects loans loans-to-people entrusted
    complaint-channels complaints answers notices notices-removed principles achievements calendar'

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[1-4]-*.csv >/dev/null

# A template's headings are those that its kind reads: only its example names what isn't there.
for kind in $kinds; do
    "$mingzhang" import "$kind" --template >"$scratch/$kind.csv"
    gets 0 "" "$mingzhang" import "$kind" --template "$scratch/$kind.xlsx"
done
sed 's/^[0-9]*-/1999-/' "$scratch/calendar.csv" >"$scratch/year.csv" # which nothing else names
gets 0 "" as li import calendar "$scratch/year.csv"
unchanged 3 "编制单位" as li import plans --unmarked "$scratch/plans.csv"

bring samples/county/2[0-9]-*.csv samples/county/3[0-6]-*.csv >/dev/null
gets 0 "PASS" "$mingzhang" verify "$ledger" --deep
gets 0 "PASS" "$verifier" "$ledger"
unchanged 0 "" as li import loans samples/county/26-loans.csv

# A bad cell is named by row and heading, and nothing is written.
head=$(head -n 1 samples/county/27-loans-to-people.csv)
bad() { # STATUS TEXT ROW
    printf '%s\n%s\n' "$head" "$3" >"$scratch/bad.csv"
    unchanged "$1" "$2" as li import loans-to-people --unmarked "$scratch/bad.csv"
}
bad 3 "sum up 3 at least" XD-9,柳林村,2021-06-30,2,6,0,养殖
bad 3 "bad.csv:2: 行政区划" XD-9,无名村,2021-06-30,3,6,0,养殖
bad 3 "bad.csv:2: 统计截止日期" XD-9,柳林村,2021-06-31,3,6,0,养殖
bad 3 "bad.csv:2: 贷款金额" XD-9,柳林村,2021-06-30,3,,0,养殖
head=$(head -n 1 samples/county/31-answers.csv)
bad2() {
    printf '%s\n%s\n' "$head" "$3" >"$scratch/bad.csv"
    unchanged "$1" "$2" as li import answers --unmarked "$scratch/bad.csv"
}
bad2 3 "办理结果: \"糊涂\" is none of its words" TS2021-02,2022-01-04,糊涂,已答复
bad2 3 "holds" TS2021-02,2022-01-04,属实,请致电13812345678
finish
