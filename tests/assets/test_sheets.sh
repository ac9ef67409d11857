#!/usr/bin/env bash
# test_sheets.sh PROGRAM VERIFIER - the made-up register of 624 assets: its sheets enter, its sums are
# the printed ones, bad cells are named, and the inspector's verifier agrees.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
verifier=$(realpath "$2")
book() { "$mingzhang" -L "$ledger" "$@"; }

new_ledger 420804000000 荆门市掇刀区 >/dev/null
bring samples/duodao/0*.csv >/dev/null
for number in 1 2 3; do
    as li bank confirm "支付-$number" --reference "银行-$number" --date 2021-11-30 >/dev/null
done
as zhou publish --period 2021 --repo "$scratch/site" >/dev/null
published() { git -C "$scratch/site" show "HEAD:snapshots/2021/$1"; }
! published 420804000000.xml | grep '<assets' >/dev/null || fail "a ledger without assets tells of some"

"$mingzhang" -L "$ledger" backup "$scratch/backup" >/dev/null

# A template's headings are those that its kind reads.
for kind in assets asset-costs asset-titles asset-states household-assets household-asset-changes; do
    "$mingzhang" import "$kind" --template >"$scratch/$kind.csv"
    gets 0 "" "$mingzhang" import "$kind" --template "$scratch/$kind.xlsx"
done
unchanged 3 "坐落行政区划" as li import assets --unmarked "$scratch/assets.csv"

bring samples/duodao/20-assets.csv samples/duodao/21-household-assets.csv >/dev/null
gets 0 "PASS" "$mingzhang" verify "$ledger" --deep
gets 0 "PASS" "$verifier" "$ledger"
unchanged 0 "" as li import assets samples/duodao/20-assets.csv

# sum GROUP WHAT: assets and original value of a line of the summary.
sum() {
    "$mingzhang" -L "$ledger" assets summary --as-of 2021-12-31 --format csv |
        awk -F, -v group="$1" -v what="$2" '$1 == group && $2 == what { print $3, $4 }'
}
holds() { # GROUP WHAT COUNT YUAN
    [ "$(sum "$1" "$2")" = "$3 $4" ] || fail "$1 $2: $(sum "$1" "$2"), not $3 $4"
    checks=$((checks + 1))
}
holds class operational 33 29778578.00
holds class public_welfare 502 260455340.00
holds class household 89 18392229.00
holds owner county 19 32144000.00
holds owner township 28 13275000.00
holds owner village 488 244814918.00

# The documents tell each asset once, where it is; county, township and village agree to the fen.
as zhou publish --period 2021 --repo "$scratch/site" >/dev/null
"$verifier" --no-memory "$scratch/site" >/dev/null 2>&1 || fail "the publication doesn't verify"
published data/assets.csv | tr -d '\r' >"$scratch/assets.csv"
[ "$(tail -n +2 "$scratch/assets.csv" | wc -l)" = 535 ] || fail "not 535 assets are told"
net() { # DIVISION: original and net value of all within it, in fen, as its document has them
    published "$1.xml" | xmllint --xpath 'concat(
        sum(//*[local-name()="class"]/*[local-name()="original"]/@fen), " ",
        sum(//*[local-name()="class"]/*[local-name()="net"]/@fen))' - |
        awk '{ printf "%.0f %.0f\n", $1, $2 }'
}
table_of() { # PREFIX: the same from the table
    python3 - "$scratch/assets.csv" "$1" <<'END'
import csv, sys
rows = [row for row in csv.DictReader(open(sys.argv[1])) if row["division"].startswith(sys.argv[2])]
print(sum(int(row["original_fen"]) for row in rows), sum(int(row["net_fen"]) for row in rows))
END
}
listed() { # DIVISION: the same from the command's list
    "$mingzhang" -L "$ledger" assets list "$1" --as-of 2021-12-31 --format csv |
        python3 -c 'import csv, sys
rows = list(csv.DictReader(sys.stdin))
fen = lambda text: int(text.replace(".", ""))
print(sum(fen(row["original"]) for row in rows), sum(fen(row["net"]) for row in rows))'
}
for place in 420804000000:420804 420804901000:420804901 420804901901:420804901901; do
    [ "$(net "${place%:*}")" = "$(table_of "${place#*:}")" ] || fail "$place: document and table differ"
    [ "$(net "${place%:*}")" = "$(listed "${place%:*}")" ] || fail "$place: document and list differ"
    checks=$((checks + 2))
done
published 420804901901.html | grep "东柳塘村垃圾收集点" >/dev/null || fail "the village's page has no assets"
published 420804901901.en.html | grep "idle" >/dev/null || fail "the village's page in English has none"
! published data/assets.csv | grep "母牛" >/dev/null || fail "a household's asset is told"

# Restored from before the assets, by a publication without what is sealed, the sums are the same.
gets 1 "detail of household_asset.register" "$mingzhang" -L "$scratch/again" restore \
    "$scratch/backup" --from "$scratch/site" # lost until two declare it
[ "$("$mingzhang" -L "$scratch/again" assets summary --as-of 2021-12-31)" = \
    "$("$mingzhang" -L "$ledger" assets summary --as-of 2021-12-31)" ] || fail "the sums differ"
checks=$((checks + 1))

# An asset is followed to the vouchers that paid it, and a project to its assets.
gets 0 "2021-000007" "$mingzhang" -L "$ledger" trace asset ZC-0100
gets 0 "project XM2021-008, plan line 1" "$mingzhang" -L "$ledger" assets show ZC-0100
gets 0 "project XM2021-005, plan line 1: assets 12" "$mingzhang" -L "$ledger" trace fund 2021-中央-01
gets 0 "ZC-0053" "$mingzhang" -L "$ledger" trace project XM2021-005
gets 0 "ZC-0014" "$mingzhang" -L "$ledger" assets list 东柳塘村 --state idle
gets 2 "--state is one of damaged, disposed" "$mingzhang" -L "$ledger" assets list --state broken
gets 3 "no asset ZC-9999" "$mingzhang" -L "$ledger" assets show ZC-9999

# A photograph is attached to an asset: shown with it, hashed, taken along by a backup. Of a household's
# nothing is told.
printf '\377\330\377\340 a bridge' >"$scratch/bridge.jpg"
printf '\377\330\377\340 a cow' >"$scratch/cow.jpg"
shown=$(sha256sum "$scratch/bridge.jpg" | cut -d' ' -f1)
hidden=$(sha256sum "$scratch/cow.jpg" | cut -d' ' -f1)
cow=$("$mingzhang" -L "$ledger" assets households 东柳塘村 --format csv | sed -n 2p | cut -d, -f1)
gets 0 "bridge.jpg is attached to asset ZC-0100 by entry" as li attach ZC-0100 "$scratch/bridge.jpg" --about photograph
gets 0 "is attached to asset $cow by entry" as li attach "$cow" "$scratch/cow.jpg" --about photograph
unchanged 3 "no voucher, fund, project, contract or asset is called ZC-9999; list them" \
    as li attach ZC-9999 "$scratch/bridge.jpg"
gets 0 "photograph  bridge.jpg" "$mingzhang" -L "$ledger" assets show ZC-0100
gets 0 "jpeg, ${shown:0:16}" "$mingzhang" -L "$ledger" trace asset ZC-0100
gets 0 "$hidden" "$mingzhang" -L "$ledger" attachment list "$cow" --format csv
sqlite3 "$ledger/ledger.sqlite" 'SELECT CAST(bytes AS TEXT) FROM entry' >"$scratch/log"
grep -q "$shown" "$scratch/log" || fail "the bridge's hash isn't public"
! grep -q "$hidden" "$scratch/log" || fail "the cow's hash is"
gets 0 "bridge.jpg is attached to asset ZC-0100 by entry" "$verifier" "$ledger" --file "$scratch/bridge.jpg"
rm -rf "$scratch/backup" "$scratch/again"
"$mingzhang" -L "$ledger" backup "$scratch/backup" >/dev/null
gets 0 "" "$mingzhang" -L "$scratch/again" restore "$scratch/backup"
gets 0 "PASS" "$mingzhang" verify "$scratch/again" --deep
gets 0 "bridge.jpg" "$mingzhang" -L "$scratch/again" assets show ZC-0100
rm -f "$scratch/again/attachments/${hidden:0:2}/$hidden"
gets 1 "FAIL attachments/${hidden:0:2}/$hidden: the file that entry" "$verifier" "$scratch/again"

# A bad cell is named by row and heading, and nothing is written.
head=资产编号,资产名称,资产类别,资产类型,坐落,具体位置,数量,单位,购建时间,使用年限,原值,资金来源,项目编号,计划行,确权归属,所有权人,证号,收益权人,分配权人,现状
bad() { # TEXT ROW
    printf '%s\n%s\n' "$head" "$2" >"$scratch/bad.csv"
    unchanged 3 "$1" as li import assets --unmarked "$scratch/bad.csv"
}
row() { # CLASS PLACE QUANTITY ACQUIRED AMOUNT FUNDING PROJECT LINE OWNER CERTIFICATE
    printf 'ZC-9,桥,%s,桥梁,%s,三组,%s,座,%s,20,%s,%s,%s,%s,%s,示例村,%s,示例村,村民会议,在用' "$@"
}
bad "资产类别: the cell is empty" "$(row '' 东柳塘村 1 2021-05-01 1 捐赠 '' '' '' '')"
bad "bad.csv:2: 坐落" "$(row 公益性 '' 1 2021-05-01 1 捐赠 '' '' '' '')"
bad "bad.csv:2: 坐落" "$(row 公益性 无名村 1 2021-05-01 1 捐赠 '' '' '' '')"
bad "\"三\" isn't a quantity" "$(row 公益性 东柳塘村 三 2021-05-01 1 捐赠 '' '' '' '')"
bad "an asset can't cost more" "$(row 公益性 东柳塘村 1 2021-05-01 1 项目资金 XM2021-002 1 '' '')"
bad "where did the money come from" "$(row 公益性 东柳塘村 1 2021-05-01 1 '' '' '' '' '')"
bad "is that of asset ZC-0015" "$(row 公益性 东柳塘村 1 2021-05-01 '' '' '' '' 东柳塘村 示例确权第0015号)"
bad "whose? name the owner's division" "$(row 公益性 东柳塘村 1 2021-05-01 '' '' '' '' '' 示例证第1号)"
bad "购建时间" "$(row 公益性 东柳塘村 1 2099-05-01 '' '' '' '' 东柳塘村 '')"

# What a household got is found by the office, and told to have changed under its random code.
households() { "$mingzhang" -L "$ledger" assets households 东柳塘村 --format csv; }
code=$(households | sed -n 2p | cut -d, -f1)
printf '%s\n' 到户资产编号,日期,行政区划,变动情况,原因 "$code,2022-05-10,东柳塘村,出售,出栏" >"$scratch/sold.csv"
gets 0 "1 rows of household-asset-changes" as li import household-asset-changes "$scratch/sold.csv"
[ "$(households | grep -c ',sold,')" = 1 ] || fail "the sale isn't told: $(households)"

# Two households of a village are nobody's business: their sum isn't told.
printf '%s\n' 户主姓名,身份证号,行政区划,资产名称,资产类型,数量,单位,取得时间,原值,资金来源 \
    李某,619901195001010017,东石堰村,母牛,牲畜,1,头,2021-06-01,6000,项目资金 \
    王某,619901195203150026,东石堰村,母牛,牲畜,1,头,2021-06-01,6000,项目资金 >"$scratch/two.csv"
gets 0 "2 rows of household-assets" as li import household-assets "$scratch/two.csv"
holds class household 89 18392229.00
gets 0 "PASS" "$verifier" "$ledger"

# What is known of one of them is erased by two, by its code: at once where it should never have been
# entered, else when it isn't in use any more. Sums stay.
code=$(sqlite3 "$ledger/ledger.sqlite" \
    "SELECT asset FROM household_asset WHERE id_number = '619901195001010017' AND is_gone = 0 LIMIT 1")
erase() { as zhao seal erase "$1" --ground "$2" --reason 登记错误; }
second_last() { as qian act second "$(book act list --format csv | tail -n 1 | cut -d, -f1)" --yes; }
unchanged 3 "household asset $code is in use, so its purpose isn't over" \
    erase "household_asset/$code" purpose_achieved
unchanged 3 "no row household_asset/none seals anything" erase household_asset/none unlawful
unchanged 3 "no row asset/$code seals anything" erase "asset/$code" unlawful
gets 0 "it erases for ever what 1 rows say about people" erase "household_asset/$code" unlawful
gets 0 "seconded: seal.erase" second_last
unchanged 3 "no row household_asset/$code seals anything" erase "household_asset/$code" unlawful
holds class household 89 18392229.00
gets 0 "; erased: 1 household_asset.register/detail" "$verifier" "$ledger"
gets 0 "tables equal row for row" "$mingzhang" verify "$ledger" --deep
finish
