#!/usr/bin/env bash
# test_list.sh PROGRAM - `disclosures` over the made-up county, and its calendar file: RFC 5545.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

new_ledger 619901000000 示例县 >/dev/null
# shellcheck source=samples/county/play.sh
. samples/county/play.sh >/dev/null

list() { "$mingzhang" -L "$ledger" disclosures "$@" --format csv; }
row() { # AS-OF WANTED: one row of the listing begins so
    list --as-of "$1" >"$scratch/list.csv"
    grep -qF -- "$2" "$scratch/list.csv" || fail "no row \"$2\" by $1: $(cat "$scratch/list.csv")"
    checks=$((checks + 1))
}
# Allocated on 5 March, 15 working days: 26 March. Posted on the 12th, taken down on the 17th.
row 2021-03-11 '2021-03-26,awaited,allocation,619901100201,柳林村,2021-000007,2021-03-05,,'
row 2021-03-16 '2021-03-26,standing,allocation,619901100201,柳林村,2021-000007,2021-03-05,2021-03-12,'
row 2021-03-18 '2021-03-26,early,allocation,619901100201,柳林村,2021-000007,2021-03-05,2021-03-12,'
# Corrected on the 18th, so that it stands from then on; until the 27th at least.
row 2021-03-20 '2021-03-26,standing,allocation,619901200201,石桥村,2021-000007,2021-03-05,2021-03-12,no,yes,GS-石桥-02,2021-03-27,'
row 2021-03-31 '2021-03-26,stood,allocation,619901200201,石桥村,2021-000007,2021-03-05,2021-03-12,no,yes,GS-石桥-02,2021-03-27,2021-03-31'
# Nobody posted what the township got.
row 2021-03-26 '2021-03-26,awaited,allocation,619901100000,东河镇,2021-000008,'
row 2021-03-27 '2021-03-26,overdue,allocation,619901100000,东河镇,2021-000008,'
# The county published nothing in time: years later it is late, and stands.
row 2021-12-31 '2021-03-29,overdue,annual_plan,619901000000,示例县,JH2021,'
as zhou publish --period 2021 --repo "$scratch/site" >/dev/null
gets 0 "2021-03-29,standing,annual_plan,619901000000,示例县,JH2021,2021-03-01," list --state standing
gets 0 ",yes,no,2021," list --state standing
# A project is told before it begins; the completion of a year once it is over.
row 2021-03-20 '2021-03-31,awaited,projects,619901100201,柳林村,XM2021-001,2021-04-01,'
row 2022-02-10 '2022-01-28,overdue,completion,619901100201,柳林村,XM2021-001,2021-12-31,'
list --as-of 2021-12-30 | grep completion && fail "a completion before the year was over"
gets 0 "柳林村" "$mingzhang" -L "$ledger" disclosures 柳林村 --as-of 2021-03-20
gets 2 "is no state of a disclosure" "$mingzhang" -L "$ledger" disclosures --state hidden
gets 0 "the ledger has no calendar" "$mingzhang" -L "$ledger" disclosures --as-of 2022-12-31

# The page of the publication says what the command says of the period's last day, in both languages.
for end in html en.html; do
    page=$scratch/site/snapshots/2021/disclosures.$end
    [ "$(stat -c %s "$page")" -lt 61440 ] || fail "$page is too large"
    xmllint --html --noout "$page" 2>/dev/null || fail "$page doesn't parse"
    for state in overdue early awaited standing stood withheld replaced; do
        wanted=$(list --as-of 2021-12-31 --state "$state" | tail -n +2 | wc -l)
        xmllint --html --xpath "//ul[@class='sums']//strong/text()" "$page" 2>/dev/null >"$scratch/sums"
        case $state in overdue) line=1 ;; awaited) line=2 ;; standing) line=3 ;; stood) line=4 ;; early) line=5 ;; withheld) line=6 ;; replaced) line=7 ;; esac
        [ "$(sed -n "${line}s/ 件//p;${line}p" "$scratch/sums" | head -n 1)" = "$wanted" ] || fail "$page has not $wanted $state: $(cat "$scratch/sums")"
        checks=$((checks + 1))
    done
    grep -q "disclosures.$end" "$scratch/site/snapshots/2021/619901100201.$end" || fail "no page leads to $page"
    grep -q "snapshots/2021/disclosures.$end" "$scratch/site/snapshots/2021/manifest.xml" || fail "$page isn't in the manifest"
done
gets 0 "柳林村" cat "$scratch/site/snapshots/2021/disclosures.html"
[ "$(grep -c '<h3>.*619901100201' "$scratch/site/snapshots/2021/disclosures.html")" -le 3 ] || fail "a place is named again and again"
gets 0 "：石桥村香菇大棚，最晚" cat "$scratch/site/snapshots/2021/disclosures.html"
gets 0 "村级财务收支：2021 年第 1 季度，最晚" cat "$scratch/site/snapshots/2021/disclosures.html"
gets 0 "<time>2021-03-17</time> 就揭下了，应当贴到 <time>2021-03-21</time>" cat "$scratch/site/snapshots/2021/disclosures.html"

[ "$(grep -c '<th scope="col"' "$scratch/site/snapshots/2021/disclosures.html")" = 5 ] || fail "no column tells what was replaced"
# Money outside the accounts is told where the plan is, on the card and for the loudspeaker.
gets 0 "已付 <b>86 万元</b>（860,000 元）。另有账外的钱，不算在上面：村民投工折资 <b>15 万元</b>（150,000 元）。" \
    cat "$scratch/site/snapshots/2021/619901100201.html"
gets 0 "计划用一百万元，账外另有村民投工折资十五万元，已经付了" cat "$scratch/site/snapshots/2021/619901100201.html"
gets 0 "Besides, in no sum above, money outside these accounts" cat "$scratch/site/snapshots/2021/619901100201.en.html"

# What a correction changed, old and new.
corrections() { "$mingzhang" -L "$ledger" disclosures "$@" --corrections --repo "$scratch/site"; }
gets 0 "no published figure was corrected" corrections
as zhou publish --period 2022-12 --repo "$scratch/site" >/dev/null
as li voucher submit remittance --reference 上缴-9 --date 2022-12-05 --amount 1元 --text 余款上缴 \
    --from 示例县/项目建设/2021-县级-01/可用 --to 示例县/未归类/2021-县级-01/来源 >/dev/null
approve_all >/dev/null
as zhou publish --period 2022-12 --repo "$scratch/site" >/dev/null
corrections 示例县 --format csv >"$scratch/corrections.csv"
gets 0 "2022-12,619901000000,示例县,line,2021-县级-01,construction,remitted,,1.00" cat "$scratch/corrections.csv"
grep -qE '^2022-12,619901000000,示例县,summary,,,closing,[0-9.]+,[0-9.]+' "$scratch/corrections.csv" || fail "no sum was corrected: $(cat "$scratch/corrections.csv")"
grep -q 619901100 "$scratch/corrections.csv" && fail "another division's corrections"
gets 0 "book line" corrections 示例县
gets 3 "is no git repository" "$mingzhang" -L "$ledger" disclosures --corrections --repo "$scratch/none"

# The calendar file.
ics() { "$mingzhang" -L "$ledger" disclosures --as-of "$1" --calendar "$2"; }
ics 2021-03-20 "$scratch/a.ics"
ics 2021-03-20 "$scratch/b.ics"
cmp "$scratch/a.ics" "$scratch/b.ics" || fail "the same list, another file"
[ "$(grep -c $'\r$' "$scratch/a.ics")" = "$(wc -l <"$scratch/a.ics")" ] || fail "a line without CRLF"
awk 'BEGIN { RS = "\r\n" } length($0) > 75 { exit 1 }' "$scratch/a.ics" || fail "a line over 75 octets"
iconv -f UTF-8 -t UTF-16 "$scratch/a.ics" >/dev/null || fail "a character was parted"
# Unfolded, each event has one UID, none twice; and keeps it while its state changes.
unfold() { tr -d '\r' <"$1" | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n //g'; }
unfold "$scratch/a.ics" >"$scratch/a.txt"
grep '^UID:' "$scratch/a.txt" | sort >"$scratch/a.uid"
[ "$(wc -l <"$scratch/a.uid")" = "$(grep -c '^BEGIN:VEVENT' "$scratch/a.txt")" ] || fail "an event without UID"
[ -z "$(uniq -d "$scratch/a.uid")" ] || fail "two events with one UID"
ics 2021-03-21 "$scratch/c.ics"
unfold "$scratch/c.ics" | grep '^UID:' | sort | comm -12 - "$scratch/a.uid" >"$scratch/kept.uid"
[ -s "$scratch/kept.uid" ] || fail "no event kept its UID"
grep -q '^DTSTART;VALUE=DATE:20210326' "$scratch/a.txt" || fail "no event on the day that something is due"
grep -q '^SUMMARY:公开截止：柳林村' "$scratch/a.txt" || fail "no event says what is due"
finish
