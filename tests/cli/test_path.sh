#!/usr/bin/env bash
# test_path.sh PROGRAM - from an empty directory to a verified publication, the way people go.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

# The three sign the first entry on two machines: sun's key isn't where the ledger is made.
declare -A public
for user in zhao qian sun; do public[$user]=$(public_half $user); done
[ "${#public[zhao]}" -eq 44 ] || fail "the public half alone must be printed, not ${public[zhao]}"
mkdir "$scratch/elsewhere"
mv "$MINGZHANG_KEYS/sun.pem" "$scratch/elsewhere/"
init=(as zhao init --division 619901000000 --name 示例县 --admin "zhao=${public[zhao]}"
    --admin "qian=${public[qian]}" --inspector "sun=${public[sun]}")
gets 0 "mingzhang -u sun key sign-genesis" "${init[@]}"
gets 0 "signatures are missing" "${init[@]}"
gets 0 "all three have" env MINGZHANG_KEYS="$scratch/elsewhere" \
    "$mingzhang" -u sun --passphrase-file "$home/passphrase" key sign-genesis "$ledger/genesis.json"
gets 0 "mingzhang/619901000000" "${init[@]}"
[ ! -e "$ledger/genesis.json" ] || fail "genesis.json is left behind"
gets 3 "never overwritten" "${init[@]}"
mv "$scratch/elsewhere/sun.pem" "$MINGZHANG_KEYS/"

# People: proposed by one, seconded by the other.
for role in li=maker wang=checker zhou=publisher; do
    user=${role%=*}
    gets 0 "act second" as zhao user add "$user" "$(public_half "$user")" \
        --role "${role#*=}@619901000000"
    gets 0 "$user" "$mingzhang" -L "$ledger" act list
    gets 0 "seconded" second
done
gets 0 "no proposal waits" "$mingzhang" -L "$ledger" act list

# A clerk's year, as the demo plays it; what it refuses is checked there.
play() { . samples/county/play.sh; }
gets 0 "the result of XM2021-001 is recorded" play

# Listings in each format tell the same.
gets 0 "left to use" "$mingzhang" -L "$ledger" balance 示财农〔2021〕1号
gets 0 '"amount":87650000' "$mingzhang" -L "$ledger" balance 柳林村 --format json
gets 0 "619901100201,柳林村,construction,2021-中央-01,spent,876500.00" \
    "$mingzhang" -L "$ledger" balance 柳林村 --format csv
gets 0 "876,500.00" "$mingzhang" -L "$ledger" trace project XM2021-001
gets 0 "县级财政衔接资金" "$mingzhang" -L "$ledger" trace fund 2021-县级-01
gets 0 "示财预〔2021〕8号" "$mingzhang" -L "$ledger" trace voucher 补助-1
gets 0 "bank account differs from that of 2021-" "$mingzhang" -L "$ledger" voucher show 补助-2
gets 0 "totals by account: it is about fewer than three people" "$mingzhang" -L "$ledger" voucher show 补助-2
gets 0 "texts word for word; totals by account" "$mingzhang" -L "$ledger" voucher show 补助-1
gets 0 "stuck" "$mingzhang" -L "$ledger" attention 东河镇 --as-of 2022-12-31

# Publishing twice makes no commit and no entry.
gets 0 "published" as zhou publish --period 2021
unchanged 0 "nothing differs" as zhou publish --period 2021
unchanged 0 "nothing differs" as zhou publish --checkpoint
publication=$scratch/publication
git -C "$publication" show HEAD:keys/log.vkey >"$scratch/vkey"
gets 0 "PASS mingzhang/619901000000" "$mingzhang" verify "$ledger" --against "$publication" \
    --key "$scratch/vkey"
gets 0 "every published document derived again" "$mingzhang" verify "$ledger" --deep \
    --against "$publication" --key "$scratch/vkey"
gets 0 "PASS" "$mingzhang" verify "$publication" --key "$scratch/vkey"

# One verdict, whatever was looked at.
[ "$("$mingzhang" verify "$ledger" --deep | grep -c PASS)" = 1 ] || fail "two verdicts"
gets 0 "pages and " "$mingzhang" verify "$publication" --deep --key "$scratch/vkey"

# One entry's proof stands alone.
"$mingzhang" -L "$ledger" prove 97 >"$scratch/proof"
gets 0 "PASS" "$mingzhang" verify "$scratch/proof" --key "$scratch/vkey"
gets 2 "is neither" "$mingzhang" verify "$scratch/proof" --deep --key "$scratch/vkey"

# A signer that lost its state signs nothing until two people start it again.
rm "$MINGZHANG_SIGNER/state"
gets 0 "seconded" eval 'as zhao policy set stuck_days 25 --from 2023-01-01 >/dev/null && second'
gets 1 "signer recover" as zhou publish --checkpoint
gets 0 "act second" as zhao signer recover
gets 0 "seconded" second
gets 0 "starts again from the published checkpoint" as zhao signer recover
gets 0 "published" as zhou publish --checkpoint

# A backup is as good as the ledger; an older one can't be signed for.
gets 0 "keep it as safe" "$mingzhang" -L "$ledger" backup "$scratch/backup"
gets 0 "seconded" eval 'as zhao policy set stuck_days 20 --from 2023-01-01 >/dev/null && second'
gets 0 "published" as zhou publish --checkpoint
mv "$ledger" "$scratch/lost"
gets 0 "the signer will refuse" "$mingzhang" -L "$ledger" restore "$scratch/backup"
gets 0 "PASS" "$mingzhang" verify "$ledger" --key "$scratch/vkey"
gets 1 "" as zhou publish --checkpoint

finish
