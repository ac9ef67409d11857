#!/usr/bin/env bash
# test_print.sh PROGRAM - papers from the command line: formats, files, and what is refused.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[1-5]-*.csv >/dev/null
print() { "$mingzhang" -L "$ledger" "$@"; }

# HTML to standard output or to a file that only its owner can read; nothing is written to the ledger.
unchanged 0 "人民币伍佰万元整" print voucher print 下达-1
unchanged 0 "paper.html written" print voucher print 2021-000001 2021-000002 --output "$scratch/paper.html"
[ "$(stat -c %a "$scratch/paper.html")" = 600 ] || fail "others can read a paper that names people"
[ "$(grep -o 'class="sheet"' "$scratch/paper.html" | wc -l)" = 2 ] || fail "two vouchers are two sheets"
gets 0 "资金下达通知" print print notice 2021-中央-01
gets 0 "资金下达通知" print print notice '示财农[2021]1号'
gets 0 "未结账" print print statement 示例县 --month 2021-02

gets 2 "use html or pdf" print voucher print 下达-1 --format docx
gets 2 "--month is missing" print print statement 示例县
gets 3 "--month" print print statement 示例县 --month 2021-13
gets 3 "无此凭证" print voucher print 无此凭证
gets 3 "neither a fund nor a voucher" print print notice 无此资金
gets 4 "no-such-directory" print voucher print 下达-1 --output "$scratch/no-such-directory/paper.html"

# PDF by another program, or word of what to install.
if command -v weasyprint >/dev/null; then
    gets 0 "written" print voucher print 下达-1 --output "$scratch/paper.pdf"
    [ "$(head -c 5 "$scratch/paper.pdf")" = %PDF- ] || fail "--output paper.pdf is no PDF"
else
    gets 3 "apt-get install weasyprint" print voucher print 下达-1 --output "$scratch/paper.pdf"
    [ ! -e "$scratch/paper.pdf" ] || fail "a file was written without a PDF"
fi

finish
