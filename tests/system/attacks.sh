#!/usr/bin/env bash
# attacks.sh BIN - each attack of the threat model, made on a copy, is found and its place is named.
#
# The attacker has what the heading of each part says: the database file, the repository, or keys. The
# guards in the database are dropped first and put back afterwards, as anybody with sqlite3 can.
# shellcheck source=tests/system/common.sh
source "$(dirname "$0")/common.sh"

# ---- The county before any attack: published, worked on, published again ------------------------------

make_county "$scratch/county"
must publish
first_size=$(entries)
cp -a "$ledger" "$scratch/old-ledger"
cp -a "$MINGZHANG_SIGNER" "$scratch/old-signer"
printf '%s\nZF-4,2021-08-01,第二次进度款,2021-ZY-01,东村,construction,20000,XM-1,1,HT-1,,山水建设有限公司,91350100M000100Y43,,\n' \
    "$payment_head" >"$county/in/more.csv"
import payments "$county/in/more.csv"
approve_all
must as li bank confirm ZF-4 --reference YH-4 --date 2021-08-02
must publish
size=$(entries)
vkey >"$scratch/log.vkey"
pinned=(--key "$scratch/log.vkey")
expect_pass 'before any attack the ledger verifies, replayed, against its publication' \
    "$mingzhang" verify "$ledger" --against "$publication" --deep "${pinned[@]}"
expect_pass 'and so does the publication' "$mingzhang" verify "$publication" "${pinned[@]}"
cp -a "$county/memory" "$scratch/memory" # a verifier that has seen both and remembers

seq_of() { # KIND [TEXT]: the first entry of that kind that holds the text
    sql "$ledger" "SELECT seq FROM entry WHERE CAST(bytes AS TEXT) LIKE '%\"kind\":\"$1\"%'
        AND CAST(bytes AS TEXT) LIKE '%${2-}%' ORDER BY seq LIMIT 1"
}

# victim: a fresh copy of everything, in use.
victim() { county_copy "$scratch/county" "$scratch/victim"; }

replace_in() { # SEQ FROM TO: within an entry's bytes
    printf "UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), '%s', '%s') AS BLOB) WHERE seq = %d" \
        "$2" "$3" "$1"
}

found() { # NAME PATTERN COMMAND…: the verdict is FAIL, and says where
    expect_fail "$1" 1 "FAIL .*($2)" "${@:3}"
}

remembering() { # PATH: by the verifier that has seen the book before
    rm -rf "$scratch/memory-now"
    cp -a "$scratch/memory" "$scratch/memory-now"
    MINGZHANG_VERIFY_STATE=$scratch/memory-now "$verifier" "$@"
}

submit=$(seq_of voucher.submit ZF-1)
line=$((submit - 1))

# ---- Who has the database file -----------------------------------------------------------------------

echo '# the database file'
victim
tamper "$ledger" "$(replace_in "$submit" 第一次进度款 第二次进度款)"
found "an entry's bytes changed" "entry $submit\b" verify_anew "$ledger"
forge hash "$ledger" "$submit"
found 'and its stored hash with them: the next one names another' "entry $((submit + 1))\b" \
    verify_anew "$ledger"
victim
tamper "$ledger" "$(replace_in "$submit" 第一次进度款 第二次进度款)"
forge chain "$ledger"
found "and the whole chain: the checker's signature was for another submission" \
    'entry [0-9]+\b.*signature of wang' verify_anew "$ledger"

victim
middle=$((size / 2))
tamper "$ledger" "DELETE FROM entry WHERE seq = $middle"
found 'an entry removed' "entry $middle\b" verify_anew "$ledger"

shift_from() { # SEQ BY: make room, or close a gap
    printf 'UPDATE entry SET seq = seq + 1000000 WHERE seq >= %d; ' "$1"
    printf 'UPDATE entry SET seq = seq - 1000000 + %d WHERE seq >= 1000000; ' "$2"
    printf 'UPDATE sealed SET seq = seq + 1000000 WHERE seq >= %d; ' "$1"
    printf 'UPDATE sealed SET seq = seq - 1000000 + %d WHERE seq >= 1000000' "$2"
}

confirm=$(seq_of bank.confirm YH-4)
victim
tamper "$ledger" "DELETE FROM entry WHERE seq = $confirm; $(shift_from $((confirm + 1)) -1)"
found 'an entry removed and the others moved up' "entry $confirm\b" verify_anew "$ledger"
forge chain "$ledger"
found 'and the chain made anew: what was published contradicts it' \
    "$((size - 1)) entries.*$size|$size.*$((size - 1))|published" \
    verify_anew "$ledger" --against "$publication"
found 'and so does a verifier that remembers' 'seen before' remembering "$ledger"
expect_fail 'and the signer signs nothing for it' 1 'publi|signed' as zhou publish --checkpoint

victim
tamper "$ledger" "$(shift_from "$confirm" 1); INSERT INTO entry SELECT $confirm, hash, bytes FROM entry
    WHERE seq = $((confirm + 1))"
found 'an entry inserted' "entry $((confirm + 1))\b|entry $confirm\b" verify_anew "$ledger"
forge chain "$ledger"
found 'and the chain made anew: the act is there twice' "entry $((confirm + 1))\b.*(before|again|used)" \
    verify_anew "$ledger"

victim
tamper "$ledger" "CREATE TEMP TABLE kept AS SELECT * FROM entry WHERE seq = $submit;
    UPDATE entry SET (hash, bytes) = (SELECT hash, bytes FROM entry WHERE seq = $line) WHERE seq = $submit;
    UPDATE entry SET (hash, bytes) = (SELECT hash, bytes FROM kept) WHERE seq = $line"
found 'two entries swapped' "entry $line\b" verify_anew "$ledger"
forge chain "$ledger"
found 'and the chain made anew' "entry ($line|$submit)\b" verify_anew "$ledger"

victim
tamper "$ledger" "DELETE FROM entry WHERE seq >= $submit; DELETE FROM sealed WHERE seq >= $submit"
found 'the tail cut off in the middle of a voucher' "from entry $line\b" verify_anew "$ledger"
tamper "$ledger" "DELETE FROM entry WHERE seq >= $line; DELETE FROM sealed WHERE seq >= $line"
found 'the tail cut off cleanly: what was published contradicts it' "$size.*entries|published" \
    verify_anew "$ledger" --against "$publication"
found 'and so does a verifier that remembers' 'the tail was cut off|seen before' remembering "$ledger"
expect_fail 'and publish refuses' 1 "$size entries" publish

victim
rm -rf "$ledger"
cp -a "$scratch/old-ledger" "$ledger"
found 'an older backup put back after publishing' "$size.*entries|published" \
    verify_anew "$ledger" --against "$publication"
found 'a verifier that remembers says so too' 'older copy put back' remembering "$ledger"
expect_fail 'publish refuses' 1 "$size entries.*only $first_size" publish
expect_fail 'publishing anew, without the repository, as well: the signer remembers' 1 \
    "$size entries.*only $first_size" publish --repo "$scratch/no-such-publication"
rm -rf "$scratch/no-such-publication"
victim
expect_pass 'a backup is made' "$mingzhang" -L "$scratch/old-ledger" backup "$scratch/backup"
rm -rf "$ledger"
expect_fail 'restore warns that more was published' 0 "$first_size entries, but $size are published" \
    "$mingzhang" restore "$scratch/backup"

victim
tamper "$ledger" "UPDATE balance SET amount = amount + 100 WHERE division = '$east_code'
    AND book = 'construction' AND role = 'available'"
expect_pass 'a derived value changed: the log itself is whole' verify_anew "$ledger"
expect_fail 'a derived value changed: verify --deep names table, row and column' 1 \
    "table balance, row .*$east_code.*column amount" "$mingzhang" verify "$ledger" --deep

victim
tamper "$ledger" "UPDATE project SET target = '挂果不少于1亩' WHERE code = 'XM-2'"
expect_fail "a project's target changed" 1 'table project, row .*XM-2.*column target' \
    "$mingzhang" verify "$ledger" --deep

detail=$(sql "$ledger" "SELECT min(seq) FROM sealed WHERE member = 'detail'")
victim
tamper "$ledger" "UPDATE sealed SET plain = CAST(replace(CAST(plain AS TEXT), '60000', '90000') AS BLOB)
    WHERE seq = $detail AND member = 'detail'"
found 'a sealed value changed' "entry $detail\b.*detail" verify_anew "$ledger"
victim
tamper "$ledger" "UPDATE sealed SET key = zeroblob(32) WHERE seq = $detail AND member = 'detail'"
found 'the key of a sealed value changed' "entry $detail\b.*detail" verify_anew "$ledger"
victim
tamper "$ledger" "UPDATE sealed SET (key, plain) = (SELECT key, plain FROM sealed WHERE seq = $((detail + 1))
    AND member = 'detail') WHERE seq = $detail AND member = 'detail'"
found "another payee's sealed value put in its place" "entry $detail\b.*detail" verify_anew "$ledger"

victim
must sql "$ledger" 'DROP TRIGGER entry_refuses_update'
expect_fail 'the guards left off: the ledger says so' 4 'entry has lost the guards' "$mingzhang" balance

# ---- Who has the keys of the machine ---------------------------------------------------------------------

echo '# the database and the signer with its keys'
fen=5000000 more_fen=15000000
bigger_payment() { # the first payment trebled, in the line and in the totals
    victim
    tamper "$ledger" "$(replace_in "$line" "\"amount\":$fen" "\"amount\":$more_fen");
        $(replace_in "$submit" "\"amount\":$fen" "\"amount\":$more_fen");
        $(replace_in "$submit" "\"amount\":-$fen" "\"amount\":-$more_fen")"
    forge chain "$ledger"
}

forge_state() { # SIZE: the signer's state as if it had signed this ledger so far
    sed -i "s/^size .*/size $1/; s/^root .*/root $("$bin/system_forge" root "$ledger" "$1")/" \
        "$MINGZHANG_SIGNER/state"
}

git_as_thief() { # COMMAND…: on $publication, signing by the publisher's stolen key
    FORGE_PASSPHRASE_FILE=$county/passphrases/zhou git -C "$publication" \
        -c user.name=zhou -c user.email="zhou@$origin" -c gpg.format=ssh \
        -c gpg.ssh.program="$bin/system_forge" -c user.signingkey="$county/keys/zhou.pem" \
        -c commit.gpgsign=true "$@"
}

bigger_payment
found "an amount changed, chain, rows and tree recomputed: people's signatures give it away" \
    "entry $submit\b.*li" verify_anew "$ledger"
found 'so does what was published' "entry $submit\b|published" verify_anew "$ledger" --against "$publication"
expect_fail 'publish refuses, because the repository contradicts it' 1 \
    "first $size entries of this ledger are not those that are published" as zhou publish --checkpoint
expect_fail 'publishing anew, without the repository: the signer remembers what it signed' 1 \
    "first $size entries of this ledger are not those of the last checkpoint signed" \
    as zhou publish --checkpoint --repo "$scratch/no-such-publication"
forge_state "$size"
expect_fail "the signer's state forged as well: the repository contradicts it all the same" 1 \
    "first $size entries of this ledger are not those that are published" publish
rm -rf "$publication/tile"
must "$bin/system_forge" log "$ledger" "$MINGZHANG_SIGNER/log.pem" "$publication"
must git_as_thief add -A
must git_as_thief commit -q -m 'publish checkpoint'
must git -C "$publication" -c gpg.ssh.allowedSignersFile=keys/allowed_signers verify-commit HEAD
found 'tiles, bundles and checkpoint forged and signed by the stolen log key' \
    "entry $submit\b.*li|commit" verify_anew "$publication" "${pinned[@]}"
found 'what a verifier remembers contradicts the forged publication' 'seen before|entry' \
    remembering "$publication" "${pinned[@]}"

# An act that no other mentions, left out; people go on working on the rewritten book.
left_out() { # COMMITS: of the publication that stay
    victim
    tamper "$ledger" "DELETE FROM entry WHERE seq = $confirm; $(shift_from $((confirm + 1)) -1)"
    forge chain "$ledger"
    for i in 1 2 3; do must as li project progress XM-1 --date 2021-08-0$i --percent ${i}0 --text 进展; done
    must git -C "$publication" reset -q --hard "HEAD~$1"
    rm -rf "$publication/tile"
    must "$bin/system_forge" log "$ledger" "$MINGZHANG_SIGNER/log.pem" "$publication"
    must git_as_thief add -A
    must git_as_thief commit -q -m 'publish checkpoint'
}
left_out 0
found 'an act left out of a forged publication: its own earlier commit contradicts it' \
    "checkpoint of $size entries is not of the log" verify_anew "$publication" "${pinned[@]}"
left_out 1
found 'the earlier commit left out too: the manifest of then reaches less far than its entry' \
    'manifest.xml: its checkpoint' verify_anew "$publication" "${pinned[@]}"
found 'and a verifier that remembers says so at once' 'rewritten' remembering "$publication" "${pinned[@]}"

echo '# signer and ledger restored together from an older day'
victim
rm -rf "$ledger" "$MINGZHANG_SIGNER"
cp -a "$scratch/old-ledger" "$ledger"
cp -a "$scratch/old-signer" "$MINGZHANG_SIGNER"
expect_fail 'publish refuses, because the repository contradicts it' 1 "$size entries.*only $first_size" \
    publish
must git -C "$publication" reset -q --hard HEAD~1
must as li voucher submit payment --reference ZF-5 --date 2021-08-01 --amount 30000 --text 进度款 \
    --from "$east_code/construction/2021-ZY-01/committed" --project XM-1 --plan-line 1 --contract HT-1 \
    --payee 山水建设有限公司 --uscc 91350100M000100Y43
approve_all
for i in 1 2 3; do must as li project progress XM-1 --date 2021-08-0$i --percent $((i * 10)) --text 进展; done
expect_pass 'the repository set back too: this machine alone can no longer notice' publish
note "and so does mingzhang-verify without memory: $(verify_anew "$publication" | cut -c1-60)…"
found 'a verifier that remembers refuses the ledger' 'rewritten' remembering "$ledger"
found 'and the publication' 'rewritten' remembering "$publication" "${pinned[@]}"
git clone -q "$scratch/county/publication" "$scratch/somebody"
expect_fail "and somebody's clone can't be brought forward" 128 'fast-forward|divergent|refus' \
    git -C "$scratch/somebody" pull -q --ff-only "$publication" main

# ---- Who has the keys of one person -------------------------------------------------------------------------

echo '# people'
victim
must as zhao user add mallory "$(key_new mallory)" --role "admin@$county_code"
proposal=$("$mingzhang" act list --format csv | tail -n 1 | cut -d, -f1)
expect_fail 'a second administrator made by one person alone: the program refuses' 5 'zhao' \
    as zhao act second "$proposal"
expect_fail "the same by a maker's hand" 5 'li' as li act second "$proposal"
mallory="{\"key\":\"$(as mallory key show 2>/dev/null)\",\"roles\":[{\"division\":\"$county_code\",\"role\":\"admin\"}],\"user\":\"mallory\"}"
victim
zhao_key=("$ledger" zhao "$county/keys/zhao.pem" "$county/passphrases/zhao")
forge propose "${zhao_key[@]}" user.add "$mallory"
forge second "${zhao_key[@]}"
found 'forged into the log by hand: the verifier refuses' "entry $((size + 1)) \(act.second\).*zhao" \
    verify_anew "$ledger"
victim
two_of_one() { # zhao's key again, under another name, proposed and seconded as it must be
    as zhao user add zhao2 "$(as zhao key show 2>/dev/null)" --role "maker@$county_code" &&
        as qian act second "$("$mingzhang" act list --format csv | tail -n 1 | cut -d, -f1)"
}
expect_fail 'one person who wants to be two, with one key' 3 'key.*zhao|zhao.*key' two_of_one

victim
must as zhao user revoke li --reason '钥匙丢失'
expect_fail 'a revoked user: the program refuses' 5 'li' as li project progress XM-1 --date 2021-09-01 \
    --percent 90 --text 完工
forge act "$ledger" li "$county/keys/li.pem" "$county/passphrases/li" project.progress \
    '{"date":"2021-09-01","percent":90,"project":"XM-1","text":"完工"}'
found "a revoked user's signature, forged into the log by hand" \
    "entry $((size + 1)) \(project.progress\).*li" verify_anew "$ledger"
victim
forge act "$ledger" wang "$county/keys/wang.pem" "$county/passphrases/wang" project.progress \
    '{"date":"2021-09-01","percent":90,"project":"XM-1","text":"完工"}'
found "a checker's signature where a maker's belongs" "entry $size \(project.progress\).*wang" \
    verify_anew "$ledger"

# ---- Who can write to the repository ----------------------------------------------------------------------

echo '# the repository: published files changed'
git_as_nobody() { # COMMAND…: an attacker without any key
    git -C "$publication" -c user.name=nobody -c user.email=nobody@nowhere -c commit.gpgsign=false "$@"
}

entries_in_tree=$(ls "$scratch/county/publication/tile/0/000.p")
files=(index.html README.md checkpoint keys/log.vkey keys/xml-01.crt keys/allowed_signers
    schema/disclosure.xsd snapshots/2021/manifest.xml "snapshots/2021/$east_code.xml"
    "snapshots/2021/$east_code.html" "tile/0/000.p/$entries_in_tree" "tile/entries/000.p/$entries_in_tree")

spoil() { # FILE: one byte in its middle becomes another
    local at byte
    at=$(($(stat -c %s "$publication/$1") / 2))
    byte=$(od -An -tu1 -j "$at" -N 1 "$publication/$1" | tr -d ' ')
    # shellcheck disable=SC2059 # the byte as an escape is what is meant
    printf "\\x$(printf '%02x' $((byte ^ 1)))" | dd of="$publication/$1" bs=1 seek="$at" conv=notrunc status=none
}

for file in "${files[@]}"; do
    victim
    spoil "$file"
    found "$file changed in the work tree" "$file" verify_anew "$publication" "${pinned[@]}"
    must git_as_nobody commit -q -a -m 'publish 2021'
    found "$file changed and committed without a signature" "commit $(git_as_nobody rev-parse --short=7 HEAD)" \
        verify_anew "$publication" "${pinned[@]}"
    must git_as_thief commit -q --amend --reset-author --no-edit
    # Of what everything rests on, the first thing named may be what no longer fits it: a commit whose
    # checkpoint is another, an entry in a bundle.
    found "$file changed and committed under the publisher's stolen key" \
        "$file|${file%/*}|entry [0-9]+|commit $(git_as_nobody rev-parse --short=7 HEAD)" \
        verify_anew "$publication" "${pinned[@]}"
done

victim
echo '<p>hello</p>' >"$publication/snapshots/2021/note.html"
found 'a file put among the signed ones in the work tree' 'snapshots/2021/note.html' \
    verify_anew "$publication" "${pinned[@]}"
must git_as_thief add -A
must git_as_thief commit -q -m more
found "and committed under the publisher's stolen key" 'snapshots/2021/note.html' \
    verify_anew "$publication" "${pinned[@]}"
victim
must git_as_thief rm -q "snapshots/2021/$west_code.xml"
must git_as_thief commit -q -m less
found "a document removed under the publisher's stolen key" "snapshots/2021/" \
    verify_anew "$publication" "${pinned[@]}"

echo '# the repository: commits and history'
head_of() { printf 'commit %s' "$(git -C "$publication" rev-parse --short=7 HEAD)"; }
victim
must git_as_nobody commit -q --allow-empty -m 'nothing to see'
found 'an unsigned commit' "$(head_of)" verify_anew "$publication" "${pinned[@]}"
must git clone -q --bare "$publication" "$scratch/bare-unsigned"
found 'the same in a bare clone' "$(head_of)" verify_anew "$scratch/bare-unsigned" "${pinned[@]}"

must ssh-keygen -q -t ed25519 -N '' -C foreign -f "$scratch/foreign"
git_as_foreigner() {
    git -C "$publication" -c user.name=zhou -c user.email="zhou@$origin" -c gpg.format=ssh \
        -c user.signingkey="$scratch/foreign" -c commit.gpgsign=true "$@"
}
victim
must git_as_foreigner commit -q --allow-empty -m 'nothing to see'
found 'a commit signed by a foreign key' "$(head_of)" verify_anew "$publication" "${pinned[@]}"
printf 'zhou@%s namespaces="git" %s\n' "$origin" "$(cut -d' ' -f1,2 "$scratch/foreign.pub")" \
    >>"$publication/keys/allowed_signers"
must git_as_foreigner commit -q -a -m 'keys'
must git -C "$publication" -c gpg.ssh.allowedSignersFile=keys/allowed_signers verify-commit HEAD
found 'even when allowed_signers names it, which contents git itself' "commit|keys/allowed_signers" \
    verify_anew "$publication" "${pinned[@]}"

# The older commit without the document of one village, the newer one on top of it.
amend_older() { # GIT_AS: who signs
    local newest
    newest=$(git -C "$publication" rev-parse 'HEAD^{tree}')
    must "$1" checkout -q -b other HEAD~1
    must "$1" rm -q "snapshots/2021/$west_code.xml"
    must "$1" commit -q --amend --no-edit
    must "$1" read-tree "$newest"
    must "$1" commit -q -m 'publish 2021'
    must "$1" branch -q -f main HEAD
    must "$1" checkout -q -f main
    must "$1" clean -q -fdx
}
victim
amend_older git_as_nobody
found 'history rewritten: an older commit amended' 'commit' verify_anew "$publication" "${pinned[@]}"
victim
must git clone -q "$publication" "$scratch/before-amending"
amend_older git_as_thief
expect_fail "history rewritten under the publisher's stolen key: a clone can't be brought forward" 128 \
    'fast-forward|divergent|refus' git -C "$scratch/before-amending" pull -q --ff-only "$publication" main
note "whose newest commit says what it said before: $(verify_anew "$publication" "${pinned[@]}" | cut -c1-60)…"

victim
must git -C "$publication" reset -q --hard HEAD~1
found 'the whole publication set back to an older day: only who remembers can tell' \
    'older copy put back' remembering "$publication" "${pinned[@]}"

echo '# another book from the start, with other keys, all in order'
make_county "$scratch/impostor"
must publish
expect_pass 'who never saw the right one finds no fault' verify_anew "$publication"
found 'who has the key from the notice board does' 'key' verify_anew "$publication" "${pinned[@]}"
found 'who has seen the right one before, as well: the publication' "the log's key was .* and is now" \
    remembering "$publication"
found 'and the ledger' "the log's key was .* and is now" remembering "$ledger"
found 'and who holds ledger and publication together' 'key|entries' verify_anew "$ledger" \
    --against "$scratch/county/publication"

echo "# documents signed again with a forger's key"
documented() { # FILE: as README.md says
    (cd "$publication" && xmlsec1 --verify --enabled-key-data x509 --trusted-pem keys/xml-01.crt "$1")
}
careless() { # FILE: without the option that docs insist on
    (cd "$publication" && xmlsec1 --verify --trusted-pem keys/xml-01.crt "$1")
}
document=snapshots/2021/$east_code.xml
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$scratch/forger.pem" -out "$scratch/forger.crt" \
    -subj "/CN=forger" -days 3650 2>/dev/null

forge_document() { # KEY_INFO: a village's document with another sum, signed by the forger
    sed -i -e 's/250,000\.00/950,000.00/g; s/"25000000"/"95000000"/g' \
        -e 's|<DigestValue>.*</DigestValue>|<DigestValue/>|; s|ecdsa-sha256|rsa-sha256|' \
        -e '/<SignatureValue>/,/<\/SignatureValue>/c <SignatureValue/>' \
        -e "/<KeyInfo>/,/<\\/KeyInfo>/c <KeyInfo>$1</KeyInfo>" "$publication/$document"
    must xmlsec1 --sign --privkey-pem "$scratch/forger.pem,$scratch/forger.crt" \
        --output "$scratch/forged.xml" "$publication/$document"
    cp "$scratch/forged.xml" "$publication/$document"
    must git_as_thief commit -q -a -m 'publish 2021: 1 documents'
}

victim
expect_pass 'the documented command passes an honest document' documented "$document"
forge_document '<X509Data/>'
expect_fail "the forger's certificate in it: the documented command refuses" 1 'FAIL|ERROR|error' \
    documented "$document"
found 'and so does our verifier' "$document|$(head_of)" verify_anew "$publication" "${pinned[@]}"
victim
forge_document '<KeyValue/>'
expect_fail "the forger's bare key in it: the documented command refuses" 1 'FAIL|ERROR|error' \
    documented "$document"
found 'and so does our verifier' "$document|$(head_of)" verify_anew "$publication" "${pinned[@]}"
if careless "$document" >/dev/null 2>&1; then
    note 'for information: without --enabled-key-data x509, xmlsec1 takes the forged document for good'
else
    note 'for information: this xmlsec1 refuses it even without --enabled-key-data x509'
fi

# ---- Who has every key of the publisher's: git's and the one for documents -----------------------------

echo '# beside the documents: a manifest signed over other pages'
snapshot=snapshots/2021

sign_manifest() { # the period's manifest anew, over what lies there now, by the stolen key
    local manifest=$publication/$snapshot/manifest.xml file
    {
        sed '/<files>/q' "$manifest"
        (cd "$publication" && find README.md index.html feed.xml keys schema "$snapshot" -type f \
            ! -name manifest.xml | LC_ALL=C sort | while read -r file; do
            printf '    <file path="%s" sha256="%s" size="%s"/>\n' "$file" \
                "$(sha256sum <"$file" | cut -d' ' -f1)" "$(stat -c %s "$file")"
        done)
        sed -n '/<\/files>/,$p' "$manifest"
    } | sed -e 's|<DigestValue>.*</DigestValue>|<DigestValue/>|' \
        -e '/<SignatureValue>/,/<\/SignatureValue>/c <SignatureValue/>' \
        -e '/<KeyInfo>/,/<\/KeyInfo>/c <KeyInfo><X509Data><X509Certificate/></X509Data></KeyInfo>' \
        >"$scratch/manifest.xml"
    must xmlsec1 --sign --privkey-pem "$MINGZHANG_SIGNER/xml-01.pem,$MINGZHANG_SIGNER/xml-01.crt" \
        --output "$manifest" "$scratch/manifest.xml"
}

beside() { # NAME PATTERN COMMAND…: run in the publication, signed for; --deep alone says where
    local name=$1 pattern=$2
    victim
    (cd "$publication" && "${@:3}")
    sign_manifest
    must git_as_thief add -A
    must git_as_thief commit -q -m 'publish 2021: 1 document'
    expect_pass "$name: every signature is good" verify_anew "$publication" "${pinned[@]}"
    found 'but the documents make something else' "deep: .*($pattern)" deeply "$publication"
}

deeply() { # PATH: without a ledger
    rm -rf "$scratch/memory-now"
    MINGZHANG_VERIFY_STATE=$scratch/memory-now "$mingzhang" verify "$1" "${pinned[@]}" --deep
}

victim
expect_fail 'before any of it, pages and tables are those that the documents make' 0 \
    'PASS .*deep: [1-9][0-9]* pages and [1-9][0-9]* tables made again' deeply "$publication"
beside 'a figure on a page' "$east_code.html" sed -i '0,/20 万元/s//90 万元/' "$snapshot/$east_code.html"
beside 'a page gone' "$west_code.en.html" rm "$snapshot/$west_code.en.html"
beside 'a script' 'holds what no page has: <script' \
    sed -i 's/<h1>/<script>location="http:\/\/x.example\/"<\/script><h1>/' "$snapshot/$east_code.html"
beside 'a table more' 'data/rumours.csv' cp "$snapshot/data/funds.csv" "$snapshot/data/rumours.csv"
beside 'another index' 'index.html' sed -i 's/<h1>/&真/' index.html
beside 'another schema' 'schema/disclosure.xsd' sed -i 's/<xs:schema/<!-- any -->\n&/' schema/disclosure.xsd
beside 'another way to check' 'README.md' sed -i 's/ --enabled-key-data x509//' README.md
victim
sed -i 's/<title>2021 /<title>2020 /' "$publication/feed.xml"
sed -i '0,/<strong>[0-9]* 件/s//<strong>0 件/' "$publication/$snapshot/disclosures.html"
sign_manifest
must git_as_thief commit -q -a -m 'publish 2021: 1 document'
expect_pass 'a feed and a list that only the ledger makes: every signature is good' \
    verify_anew "$publication" "${pinned[@]}"
found 'but the ledger makes something else' 'deep: feed.xml' \
    "$mingzhang" verify "$ledger" --against "$publication" --deep "${pinned[@]}"

finish
