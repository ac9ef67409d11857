#!/usr/bin/env bash
# test_command.sh PROGRAM VERIFIER - `audit` over the made-up county: what it lists, how it ends, and
# what an inspector's decision does to both.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
verifier=$(realpath "$2")

new_ledger 619901000000 示例县 >/dev/null
# shellcheck source=samples/county/play.sh
. samples/county/play.sh >/dev/null

audit() { "$mingzhang" -L "$ledger" audit "$@"; }

# Leads: status 1. None: status 0.
gets 1 'R08' audit --as-of 2022-12-31
gets 1 '柳林村' audit --rule R17 --division 柳林村 --as-of 2022-12-31
gets 0 'no finding' audit --rule R18 --as-of 2022-12-31
gets 0 'no finding' audit --rule R15 --as-of 2021-06-19
gets 1 'contract HT2021-001' audit --rule R15 --as-of 2021-06-20
gets 3 'there is no rule "R99"' audit --rule R99
gets 2 'one argument too many' audit R18
gets 1 'R15' audit --rule R18 --rule R15 --as-of 2022-12-31

# The same ledger and day, the same bytes; the gravest first.
audit --as-of 2022-12-31 --format csv >"$scratch/a.csv" || [ $? -eq 1 ]
audit --as-of 2022-12-31 --format csv >"$scratch/b.csv" || [ $? -eq 1 ]
cmp "$scratch/a.csv" "$scratch/b.csv" || fail "the same list, other bytes"
head -n 1 "$scratch/a.csv" | grep -q \
    'alert,rule,version,what,event_date,division,division_name,subject,state,finding,numbers,entries,reason,sentence' ||
    fail "another heading: $(head -n 1 "$scratch/a.csv")"
tail -n +2 "$scratch/a.csv" | cut -d, -f1 | sort -rnc || fail "the gravest don't come first"
audit --as-of 2022-12-31 --format json >"$scratch/a.json" || [ $? -eq 1 ]

# Every cited entry has the leaf hash that it has in the log; every sum can be done again.
python3 - "$scratch/a.json" "$ledger/ledger.sqlite" <<'EOF' || fail "a finding doesn't hold"
import hashlib, json, re, sqlite3, sys

findings = json.load(open(sys.argv[1], encoding="utf-8"))
log = sqlite3.connect("file:" + sys.argv[2] + "?mode=ro", uri=True)
assert len({f["finding"] for f in findings}) == len(findings) > 20
for f in findings:
    hashes = []
    for cited in f["entries"].split(", "):
        seq, leaf = cited.split(":")
        (entry,) = log.execute("SELECT bytes FROM entry WHERE seq = ?", (int(seq),)).fetchone()
        assert hashlib.sha256(b"\0" + entry).hexdigest() == leaf, cited
        hashes.append(leaf)
    identity = {"division": f["division"], "entries": hashes, "rule": f["rule"],
                "subject": f["subject"], "what": f["what"]}
    text = json.dumps(identity, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert hashlib.sha256(text.encode()).hexdigest() == f["finding"], f
    n = dict((k, int(v)) for k, v in re.findall(r"(\w+)=(-?\d+)", f["numbers"]))
    if f["rule"] == "R08":
        assert min(n["amount"], n["stands"] - n["later"]) == n["left"] > 0, n
        assert n["days"] >= n["limit"], n
    if f["rule"] == "R15":
        assert n["price"] * max(n["progress"], n["advance"]) // 10000 == n["allowed"], n
        assert n["paid"] - n["allowed"] == n["over"] > 0, n
EOF
checks=$((checks + 1))

# An inspector decides, with a reason; nobody else.
lead() { audit --rule R15 --as-of 2022-12-31 --format csv --all | sed -n "$(($1 + 1))p" | cut -d, -f10; }
first=$(lead 1) || [ $? -eq 1 ]
second_lead=$(lead 2) || [ $? -eq 1 ]
day='--as-of 2022-12-31'
# shellcheck disable=SC2086 # two words
{
    unchanged 5 'inspector' as li audit decide "$first" $day --state cleared --reason 已核实
    unchanged 2 '--reason' as sun audit decide "$first" $day --state cleared
    unchanged 3 'use cleared or confirmed' as sun audit decide "$first" $day --state open --reason 已核实
    unchanged 3 'no finding of that day' as sun audit decide 0123456789 $day --state cleared --reason 已核实
    unchanged 3 'mobile number' as sun audit decide "$first" $day --state cleared --reason '问过13912345678'
    gets 0 'is cleared' as sun audit decide "${first:0:10}" $day --state cleared --reason 进场材料已验收
    gets 1 "${second_lead:0:16}" audit --rule R15 $day
    gets 0 'is confirmed' as sun audit decide "$second_lead" $day --state confirmed --reason 属实
    gets 1 'confirmed' audit --rule R15 $day # a confirmed one is a finding still
    gets 0 'R15' audit statistics $day --rule R15
    gets 0 '"cleared":1,"confirmed":1,"open":0,"precision":5000,"raised":2' \
        audit statistics $day --rule R15 --format json
    gets 0 'is cleared' as sun audit decide "$second_lead" $day --state cleared --reason 复核后排除
    gets 0 'no finding' audit --rule R15 $day
    gets 0 '进场材料已验收' audit --rule R15 $day --all --format json
    gets 0 'no finding' audit --rule R15 --as-of 2023-06-30 # another day, the same facts
}
gets 0 PASS "$mingzhang" verify --deep "$ledger"
gets 0 PASS "$verifier" "$ledger"

# Limits as they stand on the day.
as zhao policy set audit_r15_advance 2000 --from 2023-01-01 >/dev/null
second >/dev/null
gets 0 'audit_r15_advance,3000,3000,share' audit rules --as-of 2022-12-31 --format csv
gets 0 'audit_r15_advance,2000,3000,share' audit rules --as-of 2023-01-01 --format csv

# In the reader's language.
gets 0 '集中验收' env LC_ALL=zh_CN.UTF-8 "$mingzhang" -L "$ledger" audit rules
gets 1 '天后账上仍有' env LC_ALL=zh_CN.UTF-8 "$mingzhang" -L "$ledger" audit --rule R08 --as-of 2022-12-31
finish
