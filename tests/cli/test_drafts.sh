#!/usr/bin/env bash
# test_drafts.sh PROGRAM - a voucher begun, left, taken up again: in a file of one's own.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
export MINGZHANG_DRAFTS=$scratch/drafts

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[1-9]-*.csv >/dev/null
mine=$MINGZHANG_DRAFTS/mingzhang/619901000000/li
draft() { "$mingzhang" -L "$ledger" -u li draft "$@"; } # takes no key
payment=(--from 柳林村/项目建设/2021-中央-01/合同占用 --project XM2021-001 --plan-line 1
    --contract HT2021-001 --payee 示例水利建设有限公司 --uscc 91619901MA7DEM0164)

# Begun with what is known; nobody else may read it; nothing is in the ledger.
gets 0 "no draft" draft list
unchanged 0 "nothing was submitted" draft save 进度款 payment --amount 57万 "${payment[@]}"
[ "$(stat -c %a "$mine/进度款.voucher" "$mine" | xargs)" = "600 700" ] || fail "others may read it"
grep -q '^amount = 57万$' "$mine/进度款.voucher" || fail "not to be read: $(cat "$mine"/*)"
gets 0 "进度款  payment" draft list
unchanged 1 "It couldn't be submitted now: --reference is missing" as li draft show 进度款

# Taken up again: what is given takes the place of what was there, '' takes it away.
gets 0 "saved" draft save 进度款 --reference 支付-1 --date 2021-06-20 --amount 9500万 --text 进度款
gets 0 '"reference":"支付-1"' draft list --format json
unchanged 1 "It couldn't be submitted now: " as li draft show 进度款
gets 0 "saved" draft save 进度款 --amount 56万 --contract ''
unchanged 1 "contract" as li draft show 进度款
gets 0 "saved" draft save 进度款 --contract HT2021-001
sed -i 's/^amount.*/amount   =  570000.00/' "$mine/进度款.voucher" # with any editor

# Shown as its checker will see it, and nothing is held by that.
unchanged 0 "570,000.00" as li draft show 进度款
unchanged 0 "once approved" as li draft show 进度款
unchanged 0 "Public, for ever" as li draft show 进度款
gets 0 "no voucher" "$mingzhang" -L "$ledger" voucher list --reference 支付-1

# Another's, or one that others may read, isn't taken up; nor one that was spoilt.
chmod 640 "$mine/进度款.voucher"
unchanged 5 "others may read or change this draft" as li draft submit 进度款
gets 0 "others may read or change this draft" draft list
chmod 600 "$mine/进度款.voucher"
spoilt() { # LINE TEXT
    cp "$mine/进度款.voucher" "$mine/spoilt.voucher"
    printf '%b\n' "$1" >>"$mine/spoilt.voucher"
    unchanged 3 "$2" as li draft submit spoilt
}
spoilt 'colour = red' 'spoilt.voucher:13: "colour" is no option'
spoilt 'amount = 1' 'spoilt.voucher:13: a second amount'
spoilt 'movement = refund' 'spoilt.voucher:13: a second movement'
spoilt 'nonsense' "spoilt.voucher:13: \"nonsense\" isn't NAME = VALUE"
spoilt 'document = \xff' 'spoilt.voucher:13: the line isn'"'"'t plain UTF-8'
spoilt 'document = a\x1b[2J' 'spoilt.voucher:13: the line isn'"'"'t plain UTF-8'
spoilt 'late = no' 'spoilt.voucher:13: late is yes or left out'
spoilt '\x00' 'the draft holds a NUL byte'
gets 0 "is gone" draft drop spoilt
unchanged 3 "there is no draft spoilt" draft drop spoilt
unchanged 3 "holds U+0020" draft save 'a b' payment
unchanged 3 "has no dot" draft save ../x payment
unchanged 2 "the movement is missing" draft save x
gets 0 "no draft" "$mingzhang" -L "$ledger" -u wang draft list

# Submitted once; a copy of it submitted again is the same thing twice.
cp "$mine/进度款.voucher" "$mine/copy.voucher"
gets 0 "submitted in entry" as li draft submit 进度款
[ ! -e "$mine/进度款.voucher" ] || fail "the draft is still there"
unchanged 0 "It was submitted before, as 2021-" as li draft show copy
unchanged 0 "submitted before with the same content" as li draft submit copy
gets 0 "no draft" draft list
gets 0 "pending" "$mingzhang" -L "$ledger" voucher list --reference 支付-1

# A sheet.
gets 2 "--kind is missing" draft save 补助 --file samples/county/11-payments.csv
gets 2 "can't be drafted" draft save 补助 --file samples/county/11-payments.csv --kind funds
sed 's/,600,/,6x,/' samples/county/11-payments.csv >"$scratch/spoilt.csv"
gets 0 "saved" draft save 补助 --file "$scratch/spoilt.csv" --kind payments
gets 0 "补助   payments" draft list
unchanged 1 "补助.payments.csv:2: " as li draft show 补助
gets 0 "saved" draft save 补助 --file samples/county/11-payments.csv --kind payments
unchanged 0 "It could be submitted now: 5 rows" as li draft show 补助
[ "$(stat -c %a "$mine/补助.payments.csv")" = 600 ] || fail "others may read the sheet"
gets 3 "is a sheet of payments; drop it first" draft save 补助 payment
gets 0 "1 vouchers submitted and wait" as li draft submit 补助
[ -z "$(ls "$mine")" ] || fail "left behind: $(ls "$mine")"

# Never where it would be copied or published.
unchanged 2 "must lie outside ledger and publication" \
    env MINGZHANG_DRAFTS="$ledger/drafts" "$mingzhang" -L "$ledger" -u li draft save x payment
mkdir -p "$scratch/publication"
unchanged 2 "must lie outside ledger and publication" \
    env MINGZHANG_DRAFTS="$scratch/publication/d" "$mingzhang" -L "$ledger" -u li draft save x payment
[ ! -e "$ledger/drafts" ] || fail "made all the same"

finish
