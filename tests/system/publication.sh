#!/usr/bin/env bash
# publication.sh BIN - a publication checked by stock tools alone, file by file and commit by commit;
# published again without a change; made anew from a copied ledger.
# shellcheck source=tests/system/common.sh
source "$(dirname "$0")/common.sh"

payroll() { # REFERENCE DATE PEOPLE: a file of one voucher
    local i
    printf '%s\n' "$payment_head"
    for ((i = 1; i <= $3; i++)); do
        printf '%s,%s,雨露计划补助,2021-ZY-01,东村,subsidy,100,,,,雨露计划,人%d,,%s,\n' \
            "$1" "$2" "$i" "$(id_number "$i")"
    done
}

pay_all() { # REFERENCE DATE PEOPLE
    payroll "$@" >"$county/in/$1.csv"
    import payments "$county/in/$1.csv"
    approve_all
    must as li bank confirm "$1" --reference "YH-$1" --date "$2"
}

make_county "$scratch/county"
county_copy "$scratch/county" "$scratch/twin-1"
county_copy "$scratch/county" "$scratch/twin-2"
county_use "$scratch/county"

# ---- A history of several commits and more than one tile ----------------------------------------------

expect_pass 'published: 2021' publish
pay_all ZF-5 2021-09-01 500
expect_pass 'published: 2021-Q3' as zhou publish --period 2021-Q3
must as li project progress XM-1 --date 2021-10-01 --percent 40 --text 渠道过半
expect_pass 'published: 2021 again, corrected' publish
user_add feng "maker@$west_code"
expect_pass 'published: the checkpoint alone' as zhou publish --checkpoint

echo '# a second time'
before="$(entries) entries, HEAD $(git -C "$publication" rev-parse HEAD)"
expect_fail 'published twice: 2021' 0 'nothing differs' publish
expect_fail 'published twice: the checkpoint' 0 'nothing differs' as zhou publish --checkpoint
expect_equal 'no entry and no commit were made' \
    "$(entries) entries, HEAD $(git -C "$publication" rev-parse HEAD)" "$before"

# A project's progress is told as it stands when a document is rendered, so the quarter differs now.
expect_pass 'published: 2021-Q3 again, corrected' as zhou publish --period 2021-Q3
expect_fail 'published twice: 2021-Q3' 0 'nothing differs' as zhou publish --period 2021-Q3

# ---- A second certificate --------------------------------------------------------------------------

echo '# a second certificate'
signed_under() { # FILE: the name of the certificate in it
    local file certificate
    file=$(tr -d ' \n' <"$publication/$1")
    for certificate in "$publication"/keys/xml-*.crt; do
        [[ $file != *"X509Certificate>$(sed '/-----/d' "$certificate" | tr -d '\n')</"* ]] ||
            basename "$certificate"
    done
}
must as zhao certificate new
expect_pass 'only proposed, it signs nothing: 2021-07' as zhou publish --period 2021-07
expect_equal 'the first one does' "$(signed_under "snapshots/2021-07/$county_code.xml")" xml-01.crt
must as zhao certificate new # once more, for the paper was mislaid: the same one
expect_equal 'and no third is made' "$(find "$MINGZHANG_SIGNER" -name 'xml-*.crt' | wc -l)" 2
must as qian act second "$("$mingzhang" act list --format csv | tail -n 1 | cut -d, -f1)"
expect_pass 'entered, it does: 2021-08' as zhou publish --period 2021-08
expect_equal 'under its own name' "$(signed_under "snapshots/2021-08/$county_code.xml")" xml-02.crt
first=$("$mingzhang" certificate list --format csv | sed -n 2p | cut -d, -f3)
expect_fail 'one proposes to revoke the first' 0 'keeps counting' as zhao certificate revoke "${first:0:10}"
must as qian act second "$("$mingzhang" act list --format csv | tail -n 1 | cut -d, -f1)"
expect_equal 'the list tells both' "$("$mingzhang" certificate list --format csv | cut -d, -f1,2 | xargs)" \
    'name,state xml-01.crt,revoked xml-02.crt,holds'
expect_pass 'published on: the checkpoint' as zhou publish --checkpoint
expect_pass 'published on: 2021-06' as zhou publish --period 2021-06
expect_fail 'the verifier takes what either signed' 0 '^PASS' verify_anew "$publication" --key "$(vkey)"
expect_fail 'without the second key it says what is missing' 5 'certificate new' \
    env MINGZHANG_SIGNER="$scratch/one-key" sh -c 'cp -a "$1" "$2" && rm "$2"/xml-02.* && shift 2 && "$@"' - \
    "$MINGZHANG_SIGNER" "$scratch/one-key" "$mingzhang" -u zhou --passphrase-file "$county/passphrases/zhou" \
    publish --checkpoint

# ---- Stock tools -----------------------------------------------------------------------------------

echo '# the three commands of README.md on every file of every commit'
clone=$scratch/clone
must git clone -q "$publication" "$clone"
commits=$(git -C "$clone" rev-list --reverse HEAD)
files=0 bad=0

check_commit() { # COMMIT: all that is in it
    local certificates=() certificate file
    must git -C "$clone" checkout -q "$1"
    run git -C "$clone" -c gpg.ssh.allowedSignersFile=keys/allowed_signers verify-commit HEAD
    if [ "$status" -ne 0 ]; then
        bad=$((bad + 1))
        tell_failed "git verify-commit $1" "ended with $status" "$output"
    fi
    for certificate in "$clone"/keys/xml-*.crt; do certificates+=(--trusted-pem "$certificate"); done
    for file in "$clone"/snapshots/*/*.xml; do
        files=$((files + 1))
        run xmlsec1 --verify --enabled-key-data x509 "${certificates[@]}" "$file"
        if [ "$status" -eq 0 ]; then run xmllint --noout --schema "$clone/schema/disclosure.xsd" "$file"; fi
        [ "$status" -eq 0 ] && continue
        bad=$((bad + 1))
        tell_failed "$1: ${file#"$clone"/}" "ended with $status" "$output"
    done
}

for commit in $commits; do check_commit "$commit"; done
must git -C "$clone" checkout -q main
expect_equal 'git verify-commit passes every commit, xmlsec1 and xmllint every document in each' "$bad" 0
note "$(printf '%s\n' "$commits" | wc -l) commits, $files documents"
expect_equal 'the pages are for phones: no script, nothing from elsewhere' \
    "$(grep -rlEi '<script|https?://[^ "]*\.(js|css)|@import' "$clone"/index.html "$clone"/snapshots --include=*.html || true)" ''
expect_equal 'nobody is named, and no number of a person stands there' \
    "$(grep -rlaE "人[0-9]+|$(id_number 1)|$(id_number 9)" "$clone" --exclude-dir=.git || true)" ''

fingerprint=$(cut -d + -f 3- "$clone/keys/log.vkey" | base64 -d | tail -c 32 | sha256sum | cut -c -64 | sed 's/..../& /g')
expect_equal 'the fingerprint in every document and in README.md is the SHA-256 of the key' \
    "$(grep -L "log_key=\"${fingerprint% }\"" "$clone"/snapshots/*/[0-9]*.xml; grep -cx "${fingerprint% }" "$clone/README.md")" 1
divisions=$(sql "$ledger" 'SELECT count(*) FROM division')
for period in 2021 2021-Q3; do
    expect_equal "every division has a document of $period" \
        "$(find "$clone/snapshots/$period" -name '[0-9]*.xml' | wc -l)" "$divisions"
done
expect_equal 'author and committer of every commit are the publisher, in China'"'"'s zone' \
    "$(git -C "$clone" log --format='%an <%ae> %ai' | sed 's/ 20.*:.. / /' | sort -u)" "zhou <zhou@$origin> +0800"

echo "# Go's transparency-log packages"
if command -v go >/dev/null && [ -d /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog ]; then
    expect_pass 'check_publication.go: checkpoint, tiles, entries, inclusion, consistency' \
        env GOCACHE="$bin/go-cache" GOPATH=/usr/share/gocode GO111MODULE=off GOFLAGS= \
        go run "$root/tests/exporters/check_publication.go" "$clone"
elif [ "${CI-}" = true ]; then
    tell_failed 'check_publication.go' 'golang-go and golang-golang-x-mod-dev are not here'
else
    note 'skipped: golang-go or golang-golang-x-mod-dev is not here'
fi

# ---- Our verifier ----------------------------------------------------------------------------------

echo '# mingzhang-verify'
vkey >"$scratch/log.vkey"
must git clone -q --bare "$publication" "$scratch/bare.git"
for place in "$publication" "$clone" "$scratch/bare.git"; do
    expect_pass "a $(basename "$place") with the key pinned" verify_anew "$place" --key "$scratch/log.vkey"
done
expect_fail 'without a key the verdict says so' 0 'PASS, keys trusted on first use: [0-9a-f]{4} ' \
    "$verifier" "$clone"
expect_fail 'and remembers it' 0 "^PASS $origin" "$verifier" "$scratch/bare.git"
expect_pass 'ledger against publication, everything derived again' "$mingzhang" verify "$ledger" \
    --against "$clone" --deep
expect_fail 'a key that is cut short is no key' 2 'key' verify_anew "$clone" --key "$origin+00000000+AQ=="
seq=$(sql "$ledger" 'SELECT max(seq) / 2 FROM entry')
"$mingzhang" prove "$seq" >"$scratch/entry.proof"
expect_pass "a proof of entry $seq stands alone" verify_anew "$scratch/entry.proof" --key "$scratch/log.vkey"
sed "s/^index $seq$/index $((seq + 1))/" "$scratch/entry.proof" >"$scratch/wrong.proof"
expect_fail 'and for another entry it proves nothing' 1 'FAIL' verify_anew "$scratch/wrong.proof" \
    --key "$scratch/log.vkey"

# ---- The same ledger, the same documents ---------------------------------------------------------------

echo '# made anew'
unsigned() { # PUBLICATION: every document without its signature and without what it replaces
    local file
    for file in "$1"/snapshots/*/[0-9]*.xml; do
        echo "== ${file#"$1"/}"
        sed -e '/<Signature /,/<\/Signature>/{s|.*</Signature>||;/<\/disclosure>/!d}' \
            -e 's/ replaces="[^"]*"//' "$file"
    done
}
pages() { # PUBLICATION
    (cd "$1" && sed -s '1F' snapshots/*/*.html)
}

for twin in twin-1 twin-2; do
    county_use "$scratch/$twin"
    must publish
done
expect_equal 'two copies of a ledger give the same documents byte for byte, signatures aside' \
    "$(unsigned "$scratch/twin-1/publication")" "$(unsigned "$scratch/twin-2/publication")"
expect_equal 'and the same pages' "$(pages "$scratch/twin-1/publication")" "$(pages "$scratch/twin-2/publication")"

county_copy "$scratch/county" "$scratch/anew"
rm -rf "$publication"
expect_pass 'the repository lost, published anew: 2021' publish
expect_pass 'published anew: 2021-Q3' as zhou publish --period 2021-Q3
expect_equal 'the same documents as before' "$(unsigned "$publication")" "$(unsigned "$scratch/county/publication")"
expect_pass 'which verify' verify_anew "$publication" --key "$scratch/log.vkey"
expect_pass 'with the ledger' "$mingzhang" verify "$ledger" --against "$publication" --deep

finish
