#!/usr/bin/env bash
# restore.sh BIN - what docs/upkeep.md promises, by its own commands: a lost disk, a lost signer, a
# fork, a lost passphrase, another machine, an older version, backups on a schedule.
# shellcheck source=tests/system/common.sh
source "$(dirname "$0")/common.sh"

restore() { # [OPTION…]: to the ledger's own place
    "$mingzhang" restore "$@"
}

lose_ledger() { rm -rf "$ledger"; }

second_last() { # what the last command proposed; qian seconds it
    must as qian act second "$(printf '%s\n' "$output" | sed -n 's/.*act second //p')"
}

write_payment() { # REFERENCE FILE: a payment about one person
    printf '%s\n%s,2021-09-01,临时救助,2021-ZY-01,东村,subsidy,100,,,,临时救助,人8,,%s,\n' \
        "$payment_head" "$1" "$(id_number 8)" >"$2"
}

expect_nothing_made() { # NAME
    expect_equal "$1: nothing is there" "$(find "$county" -maxdepth 1 -name 'ledger*')" ""
}

make_county "$scratch/county"
must publish
key=$(vkey)

# ---- Backed up, then published, then lost ----------------------------------------------------------

echo '# a lost disk'
must "$mingzhang" backup "$county/backup"
backed_up=$(entries)
user_add feng "maker@$west_code"
must as zhou publish --period 2021-Q3
must as zhou publish --checkpoint
published=$(entries)
county_copy "$county" "$scratch/lost"

lose_ledger
expect_fail 'without --from: it says that more is published' 0 \
    "$backed_up entries, but $published are published.*--from" restore "$county/backup"
expect_fail 'without --from: nothing can be signed' 1 'it is an old copy; run .mingzhang restore' publish
expect_fail 'without --from: what there is verifies' 0 '^PASS' \
    verify_anew "$ledger" --key "$key"
expect_fail 'a ledger is never overwritten' 3 'place of its own' \
    restore "$county/backup" --from "$publication"

lose_ledger
expect_fail 'with --from: the newer entries are taken' 0 \
    "$backed_up entries from the backup and $((published - backed_up)) from the publication" \
    restore "$county/backup" --from "$publication" --key "$key"
expect_equal 'with --from: as many entries as are published' "$(entries)" "$published"
expect_equal 'with --from: no half-made ledger beside it' \
    "$(find "$county" -maxdepth 1 -name 'ledger*')" "$ledger"
expect_fail 'with --from: every table is what the entries say' 0 'deep: .* replayed' \
    "$mingzhang" verify "$ledger" --deep --against "$publication" --key "$key"
expect_fail 'with --from: nothing differs from what is published' 0 'nothing differs' \
    as zhou publish --period 2021-Q3
cp -a "$county" "$scratch/unneeded"
write_payment ZF-7 "$county/in/ZF-7.csv"
import payments "$county/in/ZF-7.csv"
approve_all
expect_pass 'with --from: the books go on and are published' as zhou publish --checkpoint
expect_fail 'with --from: the publication verifies' 0 '^PASS' verify_anew "$publication" --key "$key"

# ---- Published, but not backed up ------------------------------------------------------------------

echo '# sealed values that are lost'
county_copy "$county" "$scratch/needed"
lose_ledger
expect_fail 'each lost value is listed' 3 '^lost: entry [0-9]+, content of voucher.submit$' \
    restore "$county/backup" --from "$publication"
expect_equal 'each by entry, member and kind, and what hangs on it' \
    "$(printf '%s\n' "$output" | sed -n 's/^lost: entry [0-9]*, //p' | sort | uniq -c | sed 's/^ *//')" \
    "1 content of import.file
1 content of voucher.submit
1 detail of voucher.line
1 totals of voucher.submit; balances hang on it"
expect_fail 'the first that is needed is named' 3 \
    "1 sealed values that balances hang on, of entries $backed_up to [0-9]+, .* entry $((published + 1)) \(voucher.submit, totals\)" \
    restore "$county/backup" --from "$publication"
expect_fail 'and the paper that says it' 3 'its paper says the totals: voucher 2021-[0-9]+, reference ZF-7, of 2021-09-01' \
    restore "$county/backup" --from "$publication"
expect_nothing_made 'lost values'
expect_fail 'without any backup: all are lost' 3 '^lost: entry [0-9]+, content of import.file$' \
    restore --from "$publication"
expect_nothing_made 'no backup'

county_use "$scratch/unneeded"
printf '%s\nXD-9,2021-02-01,appropriation,财农〔2021〕1号,中央资金追加,2021-ZY-01,,%s,,,100,,,\n' \
    "$allocation_head" "$county_code" >"$county/in/more.csv"
import allocations "$county/in/more.csv"
approve_all
must as zhou publish --checkpoint
all=$(entries)
lose_ledger
expect_fail 'what no balance hangs on is listed' 1 '^lost: entry [0-9]+, content of import.file$' \
    restore "$county/backup" --from "$publication"
expect_equal 'and everything else restored' "$(entries)" "$all"
expect_fail 'it says what follows' 1 '^2 sealed values are lost. .*seal lost' \
    env MINGZHANG_LEDGER="$scratch/again" "$mingzhang" restore "$county/backup" --from "$publication"
expect_fail 'verify names the first and fails' 1 \
    'FAIL entry [0-9]+ .*"content" is missing, and no act of two people .*2 are missing in all' \
    verify_anew "$ledger" --key "$key"
expect_fail 'the list tells them' 0 'voucher.submit/content +missing' "$mingzhang" seal list
expect_fail 'the same reference again is not taken' 3 'nobody can tell whether this is the same' \
    as li import allocations "$county/in/more.csv"
expect_fail 'one proposes to declare them lost' 0 'it declares 2 sealed values lost' \
    as zhao seal lost --reason '机房失火，备份一并烧毁'
proposed=$output
expect_fail 'which is not enough' 1 'FAIL entry' verify_anew "$ledger" --key "$key"
output=$proposed
second_last
expect_fail 'two do' 0 'PASS .*declared lost: 1 import.file/content, 1 voucher.submit/content' \
    "$mingzhang" verify "$ledger" --deep --against "$publication" --key "$key"
expect_fail 'nothing else is to be declared' 3 'no sealed value is missing' \
    as zhao seal lost --reason '再一次'
must as zhou publish --checkpoint
expect_fail 'everybody sees it in the publication' 0 'PASS .*declared lost: 1 import.file/content' \
    verify_anew "$publication" --key "$key"
must "$mingzhang" backup "$county/after"
expect_fail 'a backup of it is as good' 0 '^PASS drill' restore --drill "$county" --from "$publication"
lose_ledger
expect_fail 'and restored, it passes at once' 0 'declared lost' restore "$county/after"

echo '# erasing'
must as li bank confirm ZF-3 --reference YH-3 --date 2021-06-05
payment=$("$mingzhang" voucher list --format csv | awk -F, '$5 == "ZF-2" { print $1 }')
expect_fail 'what counts in an open month is not erased' 3 'close it before' \
    as zhao seal erase ZF-2 --ground retention_over --reason '保存期满'
must as wang period close 2021-09
must "$mingzhang" backup "$county/unerased"
must as zhao seal erase ZF-2 --line 2-3 --ground retention_over --reason '保存期满'
proposed=$output
erased=$("$mingzhang" voucher show "$payment" --format csv | awk -F, '$1 == 2 || $1 == 3 { print substr($6, 4) }')
expect_fail 'one alone erases nothing' 0 '人' "$mingzhang" voucher show "$payment" --format csv
output=$proposed
second_last
expect_fail 'two do, and it shows' 0 '^2,confirmed,,,,,,,,,[0-9]+,lost or erased' \
    "$mingzhang" voucher show "$payment" --format csv
expect_fail 'voucher show tells people, too' 0 ' 2 .*lost or erased' "$mingzhang" voucher show "$payment"
for person in $erased; do
    expect_equal "nothing of person $person is left in the file, nor beside it" \
        "$(grep -la "$(id_number "$person")" "$ledger"/* || true)" ""
done
must as zhou publish --checkpoint
expect_fail 'replay agrees' 0 'PASS .*erased: 2 voucher.line/detail, 1 voucher.submit/content; declared lost.* deep' \
    "$mingzhang" verify "$ledger" --deep --against "$publication" --key "$key"
expect_fail 'everybody sees that it was done' 0 'PASS .*erased: 2 voucher.line/detail' \
    verify_anew "$publication" --key "$key"
expect_fail 'its paper is printed no more' 3 "can't be printed any more" \
    "$mingzhang" voucher print "$payment" --output "$scratch/paper.html"
lose_ledger
expect_fail 'an older backup brings nothing back' 0 'PASS .*erased: 2 voucher.line/detail' \
    restore "$county/unerased" --from "$publication" --key "$key"
expect_fail 'and what was restored is what the entries say' 0 'deep: ' \
    "$mingzhang" verify "$ledger" --deep --against "$publication" --key "$key"
county_copy "$county" "$scratch/revived"
must sql "$ledger" "ATTACH '$county/unerased/ledger.sqlite' AS old; INSERT INTO sealed SELECT * FROM old.sealed AS o WHERE NOT EXISTS (SELECT 1 FROM sealed AS s WHERE s.seq = o.seq AND s.member = o.member)"
expect_fail 'who brings it back by hand is found' 1 'FAIL entry [0-9]+: entry [0-9]+ erased its sealed value' \
    verify_anew "$ledger" --key "$key"
county_use "$scratch/unneeded"
tamper "$ledger" "DELETE FROM sealed WHERE member = 'detail'"
expect_fail 'what somebody deletes by hand is found' 1 'FAIL entry [0-9]+ .voucher.line.: the sealed value of "detail" is missing' \
    verify_anew "$ledger" --key "$key"
county_use "$scratch/needed"

mkdir -p "$scratch/young"/{keys,passphrases,home,in}
county_use "$scratch/young"
must_init zhao="$(key_new zhao)" qian="$(key_new qian)" sun="$(key_new sun)"
user_add zhou "publisher@$county_code"
must as zhou publish --checkpoint
young=$(entries)
lose_ledger
expect_fail 'a ledger that never sealed anything needs no backup' 0 \
    "0 entries from the backup and $young from" restore --from "$publication"
expect_pass 'and goes on' as zhao policy set stuck_days 25 --from 2023-01-01

# ---- Forks -----------------------------------------------------------------------------------------

echo '# forks'
county_copy "$scratch/county" "$scratch/twin"
must as zhao policy set stuck_days 25 --from 2023-01-01
must as zhou publish --checkpoint
county_copy "$scratch/county" "$scratch/forked"
must as zhao policy set stuck_days 35 --from 2023-01-01
must "$mingzhang" backup "$county/forked"
lose_ledger
expect_fail 'a fork is refused with both roots' 1 \
    "root is [0-9a-f]{64} here and [0-9a-f]{64} there; they differ from entry $published on" \
    env MINGZHANG_VERIFY_STATE="$scratch/twin/memory" \
    "$mingzhang" restore "$county/forked" --from "$scratch/twin/publication"
expect_nothing_made 'a fork'
expect_fail 'a longer backup that extends the publication is taken whole' 0 \
    "$((published + 1)) entries from the backup and 0 from the publication" \
    restore "$county/forked" --from "$publication"
lose_ledger
expect_fail 'a publication of another log is refused' 1 'FAIL' \
    restore "$county/backup" --from "$publication" \
    --key "$(git -C "$scratch/young/publication" show HEAD:keys/log.vkey)"
must git clone -q --bare "$publication" "$scratch/bare"
expect_pass 'a bare clone of the publication serves as well' restore "$county/backup" --from "$scratch/bare"
lose_ledger
cp -a "$county/backup" "$county/tampered"
tamper "$county/tampered" \
    "UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), '桃源', '桃圆') AS BLOB)"
expect_fail 'a backup that was changed is refused' 1 "the backup doesn't verify" \
    restore "$county/tampered" --from "$publication"
expect_nothing_made 'a changed backup'

if small_disk "$scratch/small" 512k; then
    expect_fail 'a disk that is too small' 4 'full' \
        "$mingzhang" -L "$scratch/small/books" restore "$county/backup" --from "$publication"
    expect_equal 'a disk that is too small: nothing is left on it' "$(ls -A "$scratch/small")" ""
else
    note 'no file system may be mounted here: a full disk is not tried'
fi

# ---- By the page itself ----------------------------------------------------------------------------

# The commands under a heading of docs/upkeep.md: its block number N, as it stands there.
commands() { # HEADING N
    awk -v heading="$1" -v wanted="$2" '
        /^#/ { inside = $0 ~ "^#+ " heading "$"; block = 0; before = 0 }
        inside && /^    / { if (!before) block++; if (block == wanted) print substr($0, 5) }
        inside { before = /^    / }' "$root/docs/upkeep.md"
}

# mingzhang as people call it; whoever acts types the passphrase.
mingzhang() {
    local user at
    for ((at = 1; at < $#; at++)); do
        [ "${!at}" != -u ] || { at=$((at + 1)) && user=${!at}; }
    done
    "$mingzhang" ${user+--passphrase-file "$passphrases/$user"} "$@"
}

# page HEADING N [EXAMPLE OWN]…: run that block where $office is, the numbers of its examples replaced
# by the office's own; a failure stops it.
page() {
    local block name="block $2 under $1"
    block=$(commands "$1" "$2")
    [ -n "$block" ] || { echo "docs/upkeep.md has no $name"; return 1; }
    shift 2
    while [ $# -gt 0 ]; do
        [[ $block == *" $1 "* ]] || { echo "$name names no $1"; return 1; }
        block=${block//" $1 "/" $2 "}
        shift 2
    done
    (set -e; cd "$office"; eval "$block")
}

# An office like the page's: everything where the program looks for it by itself.
office_open() { # COUNTY FOLDER
    county_copy "$1" "$2"
    mkdir -p "$county/home/.config/mingzhang" "$county/home/.local/state/mingzhang/mingzhang"
    mv "$county/keys" "$county/home/.config/mingzhang/keys"
    mv "$county/signer" "$county/home/.local/state/mingzhang/$origin"
    mv "$county/ledger" "$county/books"
    printf '%s\n' "$key" >"$county/log.vkey"
    mkdir "$county/backups"
    office_use "$county"
}

office_use() { # FOLDER
    office=$1 ledger=$1/books publication=$1/publication passphrases=$1/passphrases
    unset MINGZHANG_LEDGER MINGZHANG_KEYS MINGZHANG_SIGNER MINGZHANG_VERIFY_STATE
    export HOME=$office/home
}

office_open "$scratch/county" "$scratch/office"

echo '# docs/upkeep.md: backups, and a lost disk'
expect_fail 'backed up, published, tried' 0 '^PASS drill backups/before-publishing: [0-9]+ entries' \
    page Backups 1
expect_equal 'the drill leaves nothing' "$(find "${TMPDIR:-/var/tmp}" -maxdepth 1 \
    -name 'mingzhang-drill-*')" ""
cp -a "$office" "$scratch/later"
lose_ledger
expect_fail 'a lost disk' 0 '^PASS .* deep: ' page 'A lost disk' 1

echo '# docs/upkeep.md: the signer'
rm "$HOME/.local/state/mingzhang/$origin/state"
must mingzhang -L "$ledger" -u zhao policy set stuck_days 15 --from 2023-01-01
expect_fail 'without its state it signs nothing' 1 'signer recover' \
    mingzhang -L "$ledger" -u zhou publish --checkpoint
expect_fail 'two people start it from what was published' 0 'starts again' page 'The signer' 1
expect_fail 'what it signed extends all that was published' 0 '^PASS' \
    verify_anew "$publication" --key "$key"
must mingzhang -L "$ledger" -u zhao policy set stuck_days 45 --from 2023-01-01
must mingzhang -L "$ledger" prove "$(($(entries) - 1))"
lose_ledger
must mingzhang -L "$ledger" restore "$office/backups/before-publishing" --from "$publication"
must mingzhang -L "$ledger" -u zhao policy set stuck_days 50 --from 2023-01-01
expect_fail 'a head that was signed and is gone is not forgotten' 1 \
    'are not those of the last checkpoint signed' \
    mingzhang -L "$ledger" -u zhou publish --checkpoint
expect_fail 'two people start it again' 0 'starts again' page 'The signer' 1
lose_ledger
must mingzhang -L "$ledger" restore "$office/backups/before-publishing"
rm "$HOME/.local/state/mingzhang/$origin/state"
expect_fail 'an older ledger is no start for a signer' 3 'entries' \
    mingzhang -L "$ledger" -u zhao signer recover

echo '# docs/upkeep.md: another key for documents'
expect_fail 'two enter another certificate' 0 'xml-02.crt +holds' page 'Another key for documents' 1

echo '# docs/upkeep.md: another machine'
rm -rf "$office"
mv "$scratch/later" "$office"
office_use "$office"
usb=$scratch/usb
mkdir -m 700 "$usb"
expect_pass 'taken from the old machine' page 'Another machine' 1
mkdir -p "$scratch/new/home"
cp -a "$office/passphrases" "$office/log.vkey" "$scratch/new"
must mingzhang -L "$ledger" -u zhao policy set stuck_days 45 --from 2023-01-01
expect_fail 'the old machine signs no more' 3 'log.pem' \
    mingzhang -L "$ledger" -u zhou publish --checkpoint
office_use "$scratch/new"
expect_fail 'put on the new one, verified, signed, published' 0 '^PASS .* deep: ' \
    page 'Another machine' 2
must mingzhang -L "$ledger" -u zhou publish --period 2021-Q3
expect_fail 'and it goes on' 0 '^PASS' verify_anew "$publication" --key "$key"

echo '# docs/upkeep.md: a lost passphrase'
old=$(mingzhang -u li key show 2>/dev/null)
echo 'a new one' >"$passphrases/li"
expect_fail 'another passphrase opens nothing' 5 'passphrase' \
    mingzhang -L "$ledger" -u li project progress XM-1 --date 2021-10-01 --percent 40 --text 过半
expect_pass 'a new key, by two administrators' page 'A lost passphrase' 1
expect_fail 'and the owner works again' 0 '' \
    mingzhang -L "$ledger" -u li project progress XM-1 --date 2021-10-01 --percent 40 --text 过半
expect_fail 'the old key never comes back' 3 "is or was" \
    mingzhang -L "$ledger" -u zhao user rekey li "$old"

cp "$passphrases/qian" "$scratch/qian.known"
echo 'a guess' >"$passphrases/qian"
mv "$HOME/.config/mingzhang/keys/qian.pem" "$scratch/qian.pem"
key_of_qian=$(mingzhang -u qian key new 2>/dev/null)
must mingzhang -L "$ledger" -u zhao user rekey qian "$key_of_qian"
proposal=$(mingzhang -L "$ledger" act list --format csv | tail -n 1 | cut -d, -f1)
expect_fail 'of two administrators, the one left cannot second alone' 5 '' \
    mingzhang -L "$ledger" -u zhao act second "$proposal"
expect_fail 'and the new key has no say before it is entered' 5 '' \
    mingzhang -L "$ledger" -u qian act second "$proposal"
expect_fail 'nor may the last two be made one' 3 '' \
    mingzhang -L "$ledger" -u zhao user revoke qian --reason 口令遗失
mv "$HOME/.config/mingzhang/keys/qian.pem" "$scratch/qian.new"
mv "$scratch/qian.pem" "$HOME/.config/mingzhang/keys/qian.pem"
cp "$scratch/qian.known" "$passphrases/qian"
echo 'the passphrase of xu' >"$passphrases/xu"
expect_pass 'a third administrator' page 'A lost passphrase' 2
mv "$scratch/qian.new" "$HOME/.config/mingzhang/keys/qian.pem"
echo 'a guess' >"$passphrases/qian"
expect_pass 'with whom the key of the second is replaced' \
    mingzhang -L "$ledger" -u xu act second "$proposal"
must mingzhang -L "$ledger" -u qian policy set stuck_days 55 --from 2023-01-01

echo '# docs/upkeep.md: attached files that are lost'
printf '%%PDF-1.7 a notice\n' >"$office/notice.pdf"
must mingzhang -L "$ledger" -u li attach 2021-ZY-01 "$office/notice.pdf"
rm -rf "$ledger/attachments"
expect_fail 'a missing file is found' 1 'FAIL attachments/' verify_anew "$ledger" --key "$key"
expect_pass 'two declare it lost' page 'Attached files that are lost' 1
expect_fail 'and everybody is told' 0 'PASS .*; attached files declared lost: 1' \
    verify_anew "$ledger" --key "$key"

echo '# docs/upkeep.md: erasing what is known of people'
must mingzhang -L "$ledger" -u li bank confirm ZF-3 --reference YH-3 --date 2021-06-05
must mingzhang -L "$ledger" -u wang period close 2021-06
payment=$(mingzhang -L "$ledger" voucher list --format csv | awk -F, '$5 == "ZF-2" { print $1 }')
printf '%%PDF-1.7 a list\n' >"$office/list.pdf"
must mingzhang -L "$ledger" -u li attach "$payment" "$office/list.pdf"
listed=$(mingzhang -L "$ledger" attachment list --format json | tr -d ' \n' | grep -oE '"seq":[0-9]+' | tail -n 1 | cut -d: -f2)
expect_fail 'two erase lines of a voucher' 0 '' page 'Erasing what is known of people' 1 2016-000012 "$payment"
expect_fail 'and what is attached to it' 0 '' page 'Erasing what is known of people' 2 68 "$listed"
expect_fail 'everybody is told' 0 'PASS .*erased: .*attachment.add/file.*voucher.line/detail' \
    verify_anew "$ledger" --key "$key"
expect_equal 'the file is gone' "$(find "$ledger/attachments" -type f)" ''

echo '# docs/upkeep.md: a newer version'
must sql "$ledger" 'DROP TABLE voucher; PRAGMA user_version = -1'
expect_fail 'a ledger of an older version is not opened' 4 'older version .*mingzhang restore' \
    mingzhang -L "$ledger" balance
must sql "$ledger" 'PRAGMA user_version = 1'
expect_fail 'nor one that lacks a table' 4 'mingzhang restore' mingzhang -L "$ledger" balance
must sql "$ledger" 'PRAGMA user_version = -1'
before=$(sha256sum <"$ledger/ledger.sqlite")
expect_fail 'it is made again by replay' 0 '^PASS .* deep: ' page 'A newer version' 1
expect_equal 'and the old one stays as it was' \
    "$(sha256sum <"$office/books-before/ledger.sqlite")" "$before"

# ---- On a schedule ---------------------------------------------------------------------------------

echo '# on a schedule'
export LEDGER=$ledger BACKUPS=$scratch/backups PUBLICATION=$publication KEY=$office/log.vkey KEEP=2
export MINGZHANG=$mingzhang
expect_fail 'a dated backup and its drill' 0 '^PASS drill .*/[0-9-]{10}T[0-9]{6}Z: ' \
    "$root/samples/upkeep/backup.sh"
mkdir "$BACKUPS/2020-01-01T000000Z" "$BACKUPS/2020-01-02T000000Z"
sleep 1 # a name has seconds
must "$root/samples/upkeep/backup.sh"
expect_equal 'the oldest go' "$(find "$BACKUPS" -mindepth 1 -maxdepth 1 | grep -c .)" 2
must cp -a "$BACKUPS" "$scratch/kept"
expect_equal 'backups are closed to others' "$(find "$BACKUPS" -perm /077)" ""

write_payment ZF-8 "$office/ZF-8.csv"
must mingzhang -L "$ledger" -u li import payments "$office/ZF-8.csv"
must mingzhang -L "$ledger" -u zhou publish --checkpoint
expect_fail 'published without a backup: the drill fails' 1 '^FAIL drill .*1 sealed values' \
    "$mingzhang" restore --drill "$BACKUPS" --from "$publication" --key "$key"
mkdir "$BACKUPS/2020-01-01T000000Z"
sleep 1
expect_fail 'and no backup is removed when it does' 1 '^FAIL drill ' \
    env PUBLICATION="$scratch/county/publication" "$root/samples/upkeep/backup.sh"
expect_equal 'all are there' "$(find "$BACKUPS" -mindepth 1 -maxdepth 1 | grep -c .)" 4
sleep 1
expect_pass 'the next backup mends it' "$root/samples/upkeep/backup.sh"
expect_fail 'no backup at all' 1 '^FAIL drill .*there is no backup here' \
    "$mingzhang" restore --drill "$scratch/county/in" --from "$publication"
expect_fail 'a drill needs a publication' 2 'give --from' "$mingzhang" restore --drill "$BACKUPS"
expect_fail 'a restore needs something to restore' 2 'name a backup' \
    "$mingzhang" -L "$scratch/none" restore

finish
