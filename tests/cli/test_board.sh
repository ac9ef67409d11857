#!/usr/bin/env bash
# test_board.sh PROGRAM - the sheet for the notice board: what is published, who is shown, what is not.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

ledger=$scratch/619901000000/books
mkdir -p "$scratch/619901000000"
new_ledger 619901000000 示例县 >/dev/null
# shellcheck source=samples/county/play.sh
. samples/county/play.sh >/dev/null
publication=$scratch/619901000000/publication
board() { "$mingzhang" -L "$ledger" board "$@"; }

# Only what is published hangs on a board.
unchanged 3 "is no git repository" board 柳林村 --period 2021
as zhou publish --period 2021 >/dev/null 2>&1

unchanged 0 "柳林村资金公示" board 柳林村 --period 2021 --first-day 2022-01-05
gets 0 "2022 年 1 月 5 日起，到 2022 年 1 月 15 日止" board 柳林村 --period 2021 --first-day 2022-01-05
gets 0 "到 2022 年 2 月 1 日止" board 柳林村 --period 2021 --first-day 2022-01-05 --last-day 2022-02-01
gets 0 "县水利局（没有登记电话，可以问县乡村振兴局监督举报办公室，电话 " board 柳林村 --period 2021
gets 0 "长期公开" board 示例县 --period 2021
gets 2 "before --first-day" board 柳林村 --period 2021 --first-day 2022-01-05 --last-day 2022-01-04
gets 2 "--period is missing" board 柳林村
gets 2 "2021-13" board 柳林村 --period 2021-13
gets 3 "柳林庄" board 柳林庄 --period 2021
gets 3 "run \`mingzhang publish --period 2020\` first" board 柳林村 --period 2020

# The size and root that it shows are those of the published checkpoint.
board 柳林村 --period 2021 --output "$scratch/board.html" >/dev/null 2>&1
root=$(git -C "$publication" show HEAD:checkpoint | sed -n 3p | base64 -d | od -An -v -tx1 | tr -d ' \n')
grep -q "$root" "$scratch/board.html" || fail "the board doesn't show the published root $root"
checks=$((checks + 1))

# Whoever has a clone is told the words of the sheet, and finds them again when the log has grown.
words=$(sed -n 's|.*<p class="words">\(.*\)</p>.*|\1|p' "$scratch/board.html")
[ "$(wc -w <<<"$words")" = 10 ] || fail "the board shows \"$words\""
verify=${mingzhang%/*}/mingzhang-verify
git clone -q "$publication" "$scratch/clone"
count=$(sed -n 2p "$scratch/clone/checkpoint")
gets 0 "the root of $count entries in words: $words; " "$verify" --no-memory "$scratch/clone"
gets 0 "the root of $count entries in words: $words; " "$mingzhang" verify "$scratch/clone"
as zhou publish --period 2022 >/dev/null 2>&1
git -C "$scratch/clone" pull -q
if "$verify" --no-memory "$scratch/clone" 2>&1 | grep "$words"; then fail "a longer log has the same words"; fi
brought=$(git -C "$scratch/clone" log --reverse --format=%h -G"^$count\$" -- checkpoint | sed -n 1p)
git -C "$scratch/clone" checkout -q --detach "$brought"
gets 0 "the root of $count entries in words: $words; " "$verify" --no-memory "$scratch/clone"

# People: surnames on the paper, nobody in the repository.
gets 0 "只写姓" board 柳林村 --period 2021 --list 2021-000019
names=$("$mingzhang" -L "$ledger" voucher show 2021-000019 --format csv | tail -n +2 | cut -d, -f6)
[ -n "$names" ] || fail "voucher 2021-000019 names nobody"
board 柳林村 --period 2021 --list 2021-000019 --output "$scratch/list.html" >/dev/null 2>&1
[ "$(grep -oE '<td>[^<]+[*][*]</td>' "$scratch/list.html" | wc -l)" = 5 ] || fail "not five surnames on the list"
while read -r name; do
    if grep -q "$name" "$scratch/list.html"; then fail "$name stands on the board in full"; fi
    if git -C "$publication" grep -q "$name" HEAD; then fail "$name stands in the repository"; fi
    checks=$((checks + 1))
done <<<"$names"
gets 3 "pays no person" board 柳林村 --period 2021 --list 2021-000001
gets 3 "无此凭证" board 柳林村 --period 2021 --list 无此凭证

# The QR code leads to the page; the sheet is A3.
if command -v weasyprint zbarimg pdftoppm >/dev/null; then
    board 柳林村 --period 2021 --site https://example.org/shili/ --output "$scratch/board.pdf" >/dev/null 2>&1
    pdfinfo "$scratch/board.pdf" 2>/dev/null | grep -q A3 || fail "the sheet isn't A3"
    pdftoppm -r 100 -gray "$scratch/board.pdf" "$scratch/sheet"
    [[ $(zbarimg -q "$scratch"/sheet-*1.pgm 2>/dev/null) == *https://example.org/shili/snapshots/2021/619901100201.html* ]] ||
        fail "the QR code doesn't lead to the page"
    checks=$((checks + 2))
fi

finish
