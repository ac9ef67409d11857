#!/usr/bin/env bash
# test_attach.sh PROGRAM COLUMNS VERIFIER - scanned papers attached, shown, checked and attacked.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
verifier=$(realpath "$3")
export MINGZHANG_DRAFTS=$scratch/drafts MINGZHANG_VERIFY_STATE=$scratch/seen
book() { "$mingzhang" -L "$ledger" "$@"; }

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[1-9]-*.csv samples/county/1[01]-*.csv >/dev/null
people=$(book voucher list --format csv | grep ,payment, | tail -n 1 | cut -d, -f1) # of 11-payments

# Papers, known by their content.
papers=$scratch/papers
mkdir "$papers"
printf '%%PDF-1.7 the notice\n' >"$papers/notice.pdf"
printf '%%PDF-1.7 the contract\n' >"$papers/施工合同.pdf"
printf '\377\330\377\340 a photograph' >"$papers/site.jpg"
cp samples/fuzz/media_type/ofd "$papers/invoice.ofd"
printf '%%PDF-1.7 a list of people\n' >"$papers/list.pdf"
hash_of() { sha256sum "$1" | cut -d' ' -f1; }
kept() { echo "$ledger/attachments/$(hash_of "$1" | cut -c1-2)/$(hash_of "$1")"; }

# To each sort of thing; the paper lies beside the store, read-only, under its hash.
gets 0 "is attached to fund 2021-中央-01 by entry" \
    as li attach 2021-中央-01 "$papers/notice.pdf" --title '示财农〔2021〕1号'
gets 0 "SHA-256 $(hash_of "$papers/施工合同.pdf")" as li attach HT2021-001 "$papers/施工合同.pdf"
gets 0 "is attached to project XM2021-001" as li attach XM2021-001 "$papers/site.jpg" --about photograph
gets 0 "is attached to voucher $people" as li attach "$people" "$papers/list.pdf"
[ "$(stat -c %a "$(kept "$papers/notice.pdf")" "$ledger/attachments" | xargs)" = "400 700" ] ||
    fail "not kept read-only and to itself"
cmp "$papers/notice.pdf" "$(kept "$papers/notice.pdf")" || fail "not the same bytes"
[ -z "$(find "$ledger/attachments" -name 'new-*')" ] || fail "something was left in the making"

# Twice changes nothing, whatever its name; the same paper of two things is kept once.
cp "$papers/notice.pdf" "$papers/again.pdf"
unchanged 0 "is attached to fund 2021-中央-01 already, by entry" as li attach 2021-中央-01 "$papers/again.pdf"
gets 0 "is attached to project XM2021-001" as li attach XM2021-001 "$papers/notice.pdf"
[ "$(find "$ledger/attachments" -type f | wc -l)" = 4 ] || fail "not kept once"

# Shown where one looks: to the checker, in traces, in listings.
gets 0 "list.pdf" book voucher show "$people"
gets 0 "titles and hashes are sealed" book voucher show "$people"
gets 0 "示财农〔2021〕1号" book trace fund 2021-中央-01
gets 0 "施工合同.pdf" book trace project XM2021-001
gets 0 "site.jpg" book trace project XM2021-001
gets 0 "list.pdf" book trace voucher "$people"
gets 0 "$(hash_of "$papers/site.jpg")" book attachment list XM2021-001 --format csv
gets 0 '"code":"2021-中央-01"' book attachment list --format json
gets 0 "no attachment" book attachment list 2021-000001

# The log shows what they belong to; of a voucher about people not even the hash, and never a title.
sqlite3 "$ledger/ledger.sqlite" 'SELECT CAST(bytes AS TEXT) FROM entry' >"$scratch/log"
grep -q "$(hash_of "$papers/notice.pdf")" "$scratch/log" || fail "the notice's hash isn't public"
! grep -q "$(hash_of "$papers/list.pdf")" "$scratch/log" || fail "a list of people shows its hash"
! grep -q '施工合同.pdf' "$scratch/log" || fail "a title is public"
gets 0 "is attached" as li attach XM2021-001 "$papers/list.pdf" --people
sqlite3 "$ledger/ledger.sqlite" 'SELECT CAST(bytes AS TEXT) FROM entry' >"$scratch/log"
! grep -q "$(hash_of "$papers/list.pdf")" "$scratch/log" || fail "--people shows its hash"

# Taken out again, whole or not at all.
short=$(hash_of "$papers/site.jpg" | cut -c1-10)
gets 0 "written" book attachment get "$short" --output "$scratch/out.jpg"
cmp "$papers/site.jpg" "$scratch/out.jpg" || fail "another file came out"
gets 3 "can't be made: File exists" book attachment get "$short" --output "$scratch/out.jpg"
gets 2 "give its first 8 digits or more" book attachment get abc --output "$scratch/x"
gets 3 "no attachment has a SHA-256 that begins" book attachment get 0123456789 --output "$scratch/x"

# With the voucher, in one go; from a draft, whichever directory it is submitted from.
release=(release --date 2021-06-20 --from 柳林村/项目建设/2021-中央-01/合同占用
    --to 柳林村/项目建设/2021-中央-01/可用 --project XM2021-001 --plan-line 1 --contract HT2021-001
    --amount 1 --text 补充)
unchanged 3 "can't be opened" as li voucher submit "${release[@]}" --reference T-1 --attach "$papers/none.pdf"
gets 0 "invoice.ofd is attached to voucher" as li voucher submit "${release[@]}" --reference T-2 \
    --attach "$papers/invoice.ofd" --attach "$papers/site.jpg"
"$mingzhang" -L "$ledger" -u li draft save 草稿 "${release[@]}" --reference T-3 \
    --attach "$(realpath --relative-to=. "$papers/site.jpg")" --attach "$papers/invoice.ofd" >/dev/null
gets 0 "attach       $papers/site.jpg" as li draft show 草稿
gets 3 "the file to attach isn't there" "$mingzhang" -L "$ledger" -u li draft save 草稿2 release --attach none
mv "$papers/site.jpg" "$papers/elsewhere.jpg"
gets 1 "It couldn't be submitted now: $papers/site.jpg" as li draft show 草稿
gets 3 "site.jpg" as li draft submit 草稿
mv "$papers/elsewhere.jpg" "$papers/site.jpg"
gets 0 "It could be submitted now" as li draft show 草稿
gets 0 "invoice.ofd is attached" as li draft submit 草稿

# With the sheet that registers things: to each of them, and on trial to none.
sed 's/XM2021-001/XM2021-901/; s/XM2021-002/XM2021-902/; s/XM2021-003/XM2021-903/; s/XM2021-004/XM2021-904/' \
    samples/county/03-projects.csv >"$scratch/projects.csv"
unchanged 0 "are good; nothing was written" as li import projects "$scratch/projects.csv" --dry-run \
    --attach "$papers/notice.pdf"
gets 0 "notice.pdf is attached to project XM2021-902 by entry" as li import projects \
    "$scratch/projects.csv" --attach "$papers/notice.pdf"
unchanged 0 "this file was imported before" as li import projects "$scratch/projects.csv" \
    --attach "$papers/notice.pdf"

# Late evidence is taken, and said to be late.
as wang voucher approve T-2 T-3 --yes >/dev/null
gets 0 "the paper came afterwards" as li attach T-2 "$papers/notice.pdf"
gets 0 "after the decision" book voucher show T-2

# Who may: a maker, for that division.
unchanged 5 "" as wang attach XM2021-001 "$papers/invoice.ofd"
unchanged 5 "" as zhou attach XM2021-001 "$papers/invoice.ofd"

# What is refused, by its content and before anything is written.
files() { find "$ledger/attachments" | sort; }
before=$(files)
: >"$papers/empty.pdf"
printf 'just text' >"$papers/text.pdf"
mkfifo "$papers/pipe.pdf"
mkdir "$papers/folder.pdf"
printf '%%PDF-' >"$papers/huge.pdf"
truncate -s 65M "$papers/huge.pdf"
printf '%%PDF- x' >"$papers/13800138000.pdf"
unchanged 3 "empty.pdf: is empty" as li attach XM2021-001 "$papers/empty.pdf"
unchanged 3 "by its content" as li attach XM2021-001 "$papers/text.pdf"
unchanged 3 "pipe.pdf: is no file" timeout 20 "$mingzhang" -L "$ledger" -u li \
    --passphrase-file "$home/passphrase" attach XM2021-001 "$papers/pipe.pdf"
unchanged 3 "is no file" as li attach XM2021-001 "$papers/folder.pdf"
unchanged 3 "is no file" as li attach XM2021-001 /dev/zero
unchanged 3 "larger than 64 MiB" as li attach XM2021-001 "$papers/huge.pdf"
unchanged 3 "can't be opened" as li attach XM2021-001 "$papers/none.pdf"
unchanged 3 "the title holds a mobile number" as li attach XM2021-001 "$papers/13800138000.pdf"
unchanged 3 "no voucher, fund, project, contract or asset is called" as li attach XM9 "$papers/site.jpg"
unchanged 3 "is nothing that a file is attached to" as li attach ../x "$papers/site.jpg"
unchanged 2 "is none of notice, contract" as li attach XM2021-001 "$papers/invoice.ofd" --about rumour
unchanged 2 "--title names one file" as li attach XM2021-001 "$papers/site.jpg" "$papers/invoice.ofd" --title x
[ "$before" = "$(files)" ] || fail "a refused file left something"
if [ "$(id -u)" != 0 ]; then
    cp "$papers/invoice.ofd" "$papers/locked.ofd"
    chmod 0 "$papers/locked.ofd"
    unchanged 4 "can't be opened: Permission denied" as li attach XM2021-001 "$papers/locked.ofd"
fi

# A run that was killed leaves what no entry names: harmless, told, and swept by the next.
printf 'half' >"$ledger/attachments/new-0"
gets 0 "beside the attached files lie 1 that no entry names" "$mingzhang" verify "$ledger"
gets 0 "PASS" "$verifier" "$ledger"
gets 0 "is attached" as li attach HT2021-001 "$papers/invoice.ofd"
[ ! -e "$ledger/attachments/new-0" ] || fail "what was left is still there"

# look TEXT WORD: after an attack on the kept site.jpg every look finds it, none gives it out, and the
# same paper attached again puts it back.
kept=$(kept "$papers/site.jpg")
look() {
    gets 1 "$1" "$mingzhang" verify "$ledger"
    gets 1 "FAIL attachments/${kept#"$ledger/attachments/"}: the file that entry" "$verifier" "$ledger"
    gets 1 "$2" book attachment check
    ! book attachment get "$short" --output "$scratch/never" 2>/dev/null || fail "given out: $2"
    [ ! -e "$scratch/never" ] || fail "a false file was given out"
    gets 0 "is put back" as li attach XM2021-001 "$papers/site.jpg"
    gets 0 "PASS" "$verifier" "$ledger"
    gets 0 "every attached file is there and whole" book attachment check
}
rm -f "$kept"; look "is missing" missing
cp -f "$papers/notice.pdf" "$kept"; look "was changed" changed
chmod 600 "$kept"; truncate -s 5 "$kept"; look "was changed" changed
chmod 600 "$kept"; printf 'more' >>"$kept"; look "was changed" changed
chmod 600 "$kept"; : >"$kept"; look "was changed" changed
size=$(stat -c %s "$kept"); rm -f "$kept"; head -c "$size" /dev/zero >"$kept"; look "was changed" changed
rm -f "$kept"; ln -s "$papers/site.jpg" "$kept"; look "was changed" changed
rm -f "$kept"; mkfifo "$kept"; look "was changed" changed
printf x >"$ledger/attachments/stray"
mkdir -p "$ledger/attachments/zz"; printf x >"$ledger/attachments/zz/y"
gets 0 "lie 2 that no entry names, as a run that was broken off leaves them; the first is attachments/stray" \
    "$mingzhang" verify "$ledger"
rm -r "$ledger/attachments/zz" "$ledger/attachments/stray"
mv "$ledger/attachments" "$scratch/elsewhere"
gets 1 "attached files" "$verifier" "$ledger"
ln -s "$scratch/elsewhere" "$ledger/attachments"
gets 1 "FAIL attachments: is no folder" "$verifier" "$ledger"
gets 1 "is no folder" as li attach XM2021-001 "$papers/invoice.ofd"
rm "$ledger/attachments"
mv "$scratch/elsewhere" "$ledger/attachments"

# A paper in one's hand against the book.
gets 0 "notice.pdf is attached to fund 2021-中央-01 by entry" "$verifier" "$ledger" --file "$papers/notice.pdf"
gets 0 "later ones" "$mingzhang" verify "$ledger" --file "$papers/notice.pdf"
gets 1 "no entry attaches this file" "$verifier" "$ledger" --file "$papers/text.pdf"
gets 4 "can't be read" "$verifier" "$ledger" --file "$papers/none.pdf"
as zhou publish --checkpoint >/dev/null
gets 0 "is attached to contract HT2021-001" "$verifier" "$scratch/publication" --file "$papers/施工合同.pdf"
gets 1 "are sealed and can be compared in the ledger alone" \
    "$verifier" "$scratch/publication" --file "$papers/list.pdf"
gets 0 "is attached to voucher $people" "$verifier" "$ledger" --file "$papers/list.pdf"

# Copied with the ledger, and back; layouts and synonyms too. What lies in an earlier backup is linked.
mkdir "$ledger/layouts"
printf 'kind,heading,column\n' >"$ledger/columns.csv"
printf 'remembered\n' >"$ledger/layouts/one.csv"
ln -s /etc/passwd "$ledger/layouts/link.csv"
count=$(find "$ledger/attachments" -type f | wc -l)
gets 0 "attached files, $count of them copied anew" book backup "$scratch/first"
[ ! -e "$scratch/first/layouts/link.csv" ] || fail "a link was followed"
gets 0 "PASS" "$verifier" "$scratch/first"
printf '%%PDF-1.7 later\n' >"$papers/later.pdf"
as li attach XM2021-001 "$papers/later.pdf" >/dev/null
gets 0 "attached files, 1 of them copied anew" book backup "$scratch/second" --since "$scratch/first"
gets 0 "PASS" "$verifier" "$scratch/second"
mkdir "$scratch/backups"
mv "$scratch/second" "$scratch/backups/second"
printf '%%PDF-1.7 damaged' >"$scratch/damaged"
gets 0 "entries from the backup" "$mingzhang" -L "$scratch/again" restore "$scratch/backups/second" \
    --from "$scratch/publication"
gets 0 "PASS" "$verifier" "$scratch/again"
cmp "$ledger/columns.csv" "$scratch/again/columns.csv" || fail "columns.csv is another"
cmp "$ledger/layouts/one.csv" "$scratch/again/layouts/one.csv" || fail "a layout is another"
gets 0 "PASS drill" "$mingzhang" restore --drill "$scratch/backups" --from "$scratch/publication"
mkdir "$scratch/empty"
gets 1 "FAIL drill $scratch/empty: there is no backup here" \
    "$mingzhang" restore --drill "$scratch/empty" --from "$scratch/publication"

# A lost file is told by its title and place; the rest comes through.
later=$(hash_of "$papers/later.pdf")
lost=$scratch/backups/second/attachments/${later:0:2}/$later
mv "$lost" "$scratch/aside"
cp -f "$scratch/damaged" "$lost"
gets 1 "lost: later.pdf of project XM2021-001, entry" \
    "$mingzhang" restore --drill "$scratch/backups" --from "$scratch/publication"
gets 1 "1 of them are LOST" "$mingzhang" -L "$scratch/third" restore "$scratch/backups/second"
gets 1 "the file that entry" "$verifier" "$scratch/third"
gets 0 "is put back" "$mingzhang" -L "$scratch/third" -u li --passphrase-file "$home/passphrase" \
    attach XM2021-001 "$papers/later.pdf"
gets 0 "PASS" "$verifier" "$scratch/third"
gets 1 "1 of them are LOST" env -C "$scratch" "$mingzhang" -L backups/second backup fourth

# Attached after the last backup and published: the restored ledger knows the hash and not the title,
# and the same paper is all that it takes to put the file back.
printf '%%PDF-1.7 after the backup\n' >"$papers/newest.pdf"
as li attach XM2021-001 "$papers/newest.pdf" >/dev/null
as zhou publish --checkpoint >/dev/null
mv "$scratch/aside" "$lost"
gets 1 "lost: (its title is not known any more) of project XM2021-001, entry" \
    "$mingzhang" -L "$scratch/fifth" restore "$scratch/backups/second" --from "$scratch/publication"
ledger=$scratch/fifth
gets 0 "(its title is not known any more)" book trace project XM2021-001
gets 0 "is put back" as li attach XM2021-001 "$papers/newest.pdf"
gets 1 "no act of two people accounts for" "$verifier" "$ledger"
as zhao seal lost --reason 机房失火 >/dev/null
second >/dev/null
gets 0 "declared lost: " "$verifier" "$ledger"
gets 0 "tables equal row for row" "$mingzhang" verify "$ledger" --deep

# Lost for good: two say so, everybody sees it, and a copy that turns up is put back.
gets 3 "every attached file is there and whole" as zhao attachment lost --reason 机房进水
rm -f "$ledger/attachments/$(hash_of "$papers/newest.pdf" | cut -c1-2)/$(hash_of "$papers/newest.pdf")"
gets 1 "the file that entry" "$verifier" "$ledger"
gets 0 "the files of 1 attachments lost" as zhao attachment lost --reason 机房进水
gets 1 "the file that entry" "$verifier" "$ledger"
second >/dev/null
gets 0 "; attached files declared lost: 1" "$verifier" "$ledger"
gets 0 "lost " book attachment check
gets 0 "its file was declared lost" book trace project XM2021-001
gets 0 "tables equal row for row" "$mingzhang" verify "$ledger" --deep
gets 0 "1 are not there, as two administrators declared" book backup "$scratch/without"
gets 0 "declared lost: 1" "$verifier" "$scratch/without"
gets 0 "is put back" as li attach XM2021-001 "$papers/newest.pdf"
gets 0 "every attached file is there and whole" book attachment check
gets 0 "copied anew" book backup "$scratch/with"
[ -e "$scratch/with/attachments/$(hash_of "$papers/newest.pdf" | cut -c1-2)/$(hash_of "$papers/newest.pdf")" ] ||
    fail "what turned up again is in no backup"

# Erased: what is sealed goes with its file, by two; nothing brings it back.
entry_of() { # TITLE
    book attachment list --format csv | awk -F, -v title="$1" '$4 == title { print $12; exit }'
}
erase() { as zhao attachment erase "$@" --ground retention_over --reason 保存期满; }
sealed=$(kept "$papers/list.pdf") # attached to the voucher and, by --people, to a project
ofd=$(kept "$papers/invoice.ofd")
papers_of=$(book attachment list --format csv | awk -F, '$4 == "list.pdf" { print $12 }' | xargs)
[ -n "$(entry_of list.pdf)" ] || fail "there is no list"
gets 3 "the file of entry $(entry_of invoice.ofd) isn't sealed" erase "$(entry_of invoice.ofd)"
gets 3 "1 of the entries attach no file" erase 2 "$(entry_of list.pdf)"
gets 2 "is named twice" erase 2 2
gets 3 "close it before anything" erase "$(book attachment list "$people" --format csv | tail -n 1 | cut -d, -f12)"
as li bank confirm "$people" --reference YH-901 --date 2021-12-01 >/dev/null
as wang period close 2021-12 >/dev/null
gets 0 "papers are attached to the voucher and may say the same" \
    as zhao seal erase "$people" --ground retention_over --reason 保存期满
book backup "$scratch/unerased" >/dev/null
first=${papers_of%% *}
gets 0 "stays for that one" erase "$first"
[ -e "$sealed" ] || fail "one proposal removed a file"
second_last() { as qian act second "$(book act list --format csv | tail -n 1 | cut -d, -f1)" --yes; }
gets 0 "seconded: seal.erase" second_last
[ -e "$sealed" ] || fail "a file that another entry names went"
# shellcheck disable=SC2086
gets 0 "it erases what" erase ${papers_of#* }
printf 'x' >"$ledger/attachments/gone-$(basename "$ofd")" # as a run leaves that was broken off before the commit
gets 0 "seconded: seal.erase" second_last
[ ! -e "$sealed" ] || fail "the file of an erased attachment is still there"
[ -e "$ofd" ] || fail "another file went"
[ -z "$(find "$ledger/attachments" -name 'gone-*')" ] || fail "a mark was left"
gets 0 "; erased: 2 attachment.add/file, 2 attachment.add/title" "$verifier" "$ledger"
gets 0 "the file is not known any more" book voucher show "$people"
gets 0 "tables equal row for row" "$mingzhang" verify "$ledger" --deep
! grep -rlq 'list\.pdf' "$ledger" || fail "an erased title is still in the file"
title=$(entry_of 施工合同.pdf)
gets 0 "it erases the titles of 1 attachments" erase "$title" --title-only
gets 0 "seconded: seal.erase" second_last
[ -e "$(kept "$papers/施工合同.pdf")" ] || fail "a file went with its title"
gets 3 "nothing is to be erased" erase "$title" --title-only

as zhou publish --checkpoint >/dev/null
gets 0 "; erased: 2 attachment.add/file" "$verifier" "$scratch/publication"
gets 0 "entries from the backup" "$mingzhang" -L "$scratch/sixth" restore "$scratch/unerased" \
    --from "$scratch/publication"
[ ! -e "$scratch/sixth/attachments/${sealed#"$ledger/attachments/"}" ] || fail "an erased file came back"
! grep -rlq 'list\.pdf' "$scratch/sixth" || fail "an erased title came back"
gets 0 "; erased: " "$verifier" "$scratch/sixth"

# Killed between the commit and the removal: the next one who attaches finishes it.
cp "$papers/list.pdf" "$sealed"
: >"$ledger/attachments/gone-$(basename "$sealed")"
gets 0 "lie 2 that no entry names" "$mingzhang" verify "$ledger"
printf '%%PDF-1.7 one more\n' >"$papers/more.pdf"
gets 0 "is attached" as li attach XM2021-001 "$papers/more.pdf"
[ ! -e "$sealed" ] || fail "an erased file was left"
[ -z "$(find "$ledger/attachments" -name 'gone-*')" ] || fail "a mark was left"

finish
