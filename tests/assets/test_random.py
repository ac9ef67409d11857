"""Random events of assets through sheets, and what they should come to: see test_random.sh.

The model keeps rows in lists and adds them up for each question; of months it counts one after the
other. Events that break a rule are tried beside the good ones and must leave nothing.
"""
import calendar
import csv
import datetime
import io
import json
import os
import random
import subprocess
import xml.etree.ElementTree as ElementTree

SEED = int(os.environ.get("MINGZHANG_SEED") or random.randrange(10**6))
EVENTS = 10000 if os.environ.get("MINGZHANG_LONG") else 400
ROWS = 40  # of one sheet
FIRST, LAST = datetime.date(2021, 1, 1), datetime.date(2023, 6, 30)
LIST_DAYS = ("2021-06-30", "2021-12-31", "2022-02-27", "2022-12-31", "2023-06-30")
STATES = {"在用": "in_use", "闲置": "idle", "损毁": "damaged", "报废": "scrapped"}
CLASSES = {"公益性": "public_welfare", "经营性": "operational"}
program, ledger = os.environ["MINGZHANG"], os.environ["LEDGER"]
scratch = os.environ["SCRATCH"]
choose = random.Random(SEED)
assets, lines, holders, files = {}, {}, {}, 0  # holders: who ever had a certificate
divisions, paid = [], {}


def run(*arguments, status=0):
    command = [program, "-L", ledger, "-u", "li", "--passphrase-file", os.environ["PASSPHRASE"]]
    done = subprocess.run(command + list(arguments), capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == status, f"seed {SEED}: {done.returncode} from {arguments}: {said}"
    return done.stdout


def bring(kind, heading, rows, status=0):
    """Import rows as a sheet of a kind; with another status nothing of them may be written."""
    global files
    files += 1
    path = f"{scratch}/random-{files}.csv"
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([heading] + rows)
    run("import", kind, path, *(["--unmarked"] if status else []), status=status)


def yuan(fen):
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def some_day(first):
    return first + datetime.timedelta(days=choose.randrange((LAST - first).days + 1))


# ---- What should come of it ----------------------------------------------------------------------


def month_of(day):
    return day.year * 12 + day.month - 1


def is_over(month, day):
    """Has the last day of the month come?"""
    year, index = divmod(month, 12)
    return datetime.date(year, index + 1, calendar.monthrange(year, index + 1)[1]) <= day


def depreciated(asset, fen, since, day):
    if asset["life"] == 0:
        return 0
    whole = abs(fen) * (10000 - asset["residual"]) // 10000
    first = month_of(since) + 1
    end = max(month_of(asset["acquired"]) + 1 + asset["life"], first + 1)
    taken = 0
    for month in range(first, end):
        if is_over(month, day):
            taken += whole // (end - first) if month < end - 1 else whole - taken
    return taken if fen > 0 else -taken


def latest(rows, day):
    rows = [row for row in rows if row[0] <= day]
    return max(enumerate(rows), key=lambda row: (row[1][0], row[0]))[1] if rows else None


def as_of(asset, day):
    state, title = latest(asset["states"], day), latest(asset["titles"], day)
    until = day
    if state and state[1] == "scrapped":
        last = calendar.monthrange(state[0].year, state[0].month)[1]
        until = min(day, state[0].replace(day=last))
    parts = [part for part in asset["costs"] if part[0] <= day]
    original = sum(fen for _, fen in parts)
    taken = sum(depreciated(asset, fen, since, until) for since, fen in parts)
    return {
        "state": state[1] if state else "in_use",
        "owner": title[1] if title else "",
        "certificate": title[2] if title else "",
        "original": original,
        "depreciation": taken,
        "net": original - taken,
    }


def register(day, scope=""):
    return {
        code: as_of(asset, day)
        for code, asset in assets.items()
        if asset["acquired"] <= day and asset["division"].startswith(scope)
    }


def certificate_now(asset):
    title = latest(asset["titles"], datetime.date.max)
    return title[2] if title else ""


def certificate_is_free(certificate, code):
    """Does no other asset that isn't scrapped have it?"""
    for other in holders.get(certificate, ()):
        state = latest(assets[other]["states"], datetime.date.max)
        if other != code and certificate_now(assets[other]) == certificate:
            if not state or state[1] != "scrapped":
                return False
    return True


# ---- Events --------------------------------------------------------------------------------------


def register_some(count):
    heading = "资产编号 资产名称 资产类别 资产类型 坐落 具体位置 数量 单位 购建时间 使用年限 残值率 原值 资金来源 价值说明".split()
    rows = []
    for _ in range(count):
        code = f"Z{len(assets) + 1}"
        asset = {
            "acquired": some_day(FIRST),
            "class": choose.choice(list(CLASSES)),
            "division": choose.choice(divisions),
            "life": 12 * choose.choice((0, 1, 1, 2, 3, 10, 50)),
            "residual": 100 * choose.choice((0, 3, 5, 100)),
            "costs": [], "titles": [], "states": [],
        }
        fen = choose.choice((0, 1, 99, choose.randrange(1, 10**9)))
        if fen:
            asset["costs"].append((asset["acquired"], fen))
        assets[code] = asset
        rows.append([code, "路", asset["class"], "道路", asset["division"], "一组", 1, "条", asset["acquired"],
                     asset["life"] // 12 or "", asset["residual"] / 100, yuan(fen) if fen else "",
                     "捐赠" if fen else "", "某企业" if fen else ""])
    bring("assets", heading, rows)


COSTS = "资产编号 日期 金额 资金来源 项目编号 计划行 说明".split()


def cost_some(count):
    rows = []
    for _ in range(count):
        code = choose.choice(list(assets))
        day = some_day(assets[code]["acquired"])
        key = choose.choice(list(paid))
        left = paid[key] - lines.get(key, 0)
        if choose.random() < 0.5 and left > 0:
            fen = choose.choice((left, choose.randrange(1, left + 1)))
            lines[key] = lines.get(key, 0) + fen
            rows.append([code, day, yuan(fen), "项目资金", *key, ""])
        elif choose.random() < 0.3 and assets[code].get("labour", 0) > 0:
            fen = -choose.randrange(1, assets[code]["labour"] + 1)
            assets[code]["labour"] += fen
            rows.append([code, day, yuan(fen), "投工投劳", "", "", "多计冲减"])
        else:
            fen = choose.randrange(1, 10**7)
            assets[code]["labour"] = assets[code].get("labour", 0) + fen
            rows.append([code, day, yuan(fen), "投工投劳", "", "", "村民"])
        assets[code]["costs"].append((day, fen))
    bring("asset-costs", COSTS, rows)


TITLES = "资产编号 日期 确权归属 产权所有人 证号 收益权人 分配权人".split()


def owner_of(asset):
    return choose.choice((asset["division"], asset["division"][:9] + "000", "420804000000"))


def title_some(count):
    rows = []
    for _ in range(count):
        code = choose.choice(list(assets))
        asset = assets[code]
        day = some_day(asset["acquired"])
        # a later one stays with its division: only a handover gives it to another
        owner = asset["titles"][0][1] if asset["titles"] else owner_of(asset)
        certificate = choose.choice(("", f"证{choose.randrange(2 * len(assets))}号"))
        if not certificate_is_free(certificate, code):
            certificate = ""
        asset["titles"].append((day, owner, certificate))
        holders.setdefault(certificate, set()).add(code)
        rows.append([code, day, owner, "所有人", certificate, "所有人", "所有人"])
    bring("asset-titles", TITLES, rows)


STATE = "资产编号 日期 现状 原因".split()


def state_some(count):
    rows = []
    for _ in range(count):
        code = choose.choice(list(assets))
        asset = assets[code]
        day, state = some_day(asset["acquired"]), choose.choice(list(STATES))
        certificate = certificate_now(asset)
        if certificate and state != "报废" and not certificate_is_free(certificate, code):
            state = "报废"
        asset["states"].append((day, STATES[state]))
        rows.append([code, day, state, "原因"])
    bring("asset-states", STATE, rows)


def break_a_rule():
    """Something good and something that isn't, in one sheet: neither may be written."""
    code = choose.choice(list(assets))
    asset = assets[code]
    before = asset["acquired"] - datetime.timedelta(days=1)
    key = choose.choice(list(paid))
    good = [code, asset["acquired"], "1", "投工投劳", "", "", "村民"]
    bad = choose.choice((
        [code, asset["acquired"], yuan(paid[key] - lines.get(key, 0) + 1), "项目资金", *key, ""],
        [code, before, "1", "投工投劳", "", "", "村民"],
        ["Z0", asset["acquired"], "1", "投工投劳", "", "", "村民"],
        [code, asset["acquired"], yuan(-asset.get("labour", 0) - 101), "投工投劳", "", "", "冲减"],
    ))
    bring("asset-costs", COSTS, [good, bad], status=3)


# ---- Comparing -----------------------------------------------------------------------------------


def sums(cells):
    cells = list(cells)
    return [len(cells)] + [sum(cell[name] for cell in cells) for name in ("original", "depreciation", "net")]


def compare_lists(day):
    told = json.loads(run("assets", "list", "--as-of", day, "--format", "json"))
    wanted = register(datetime.date.fromisoformat(day))
    assert len(told) == len(wanted), f"seed {SEED}: {day}: {len(told)} assets, not {len(wanted)}"
    for row in told:
        cell = wanted[row["asset"]]
        for name in ("state", "certificate", "original", "depreciation", "net"):
            assert row[name] == cell[name], f"seed {SEED}: {day}: {row['asset']} {name}: {row[name]}, not {cell[name]}"


def compare_tiers(day):
    for scope in ("420804", "420804901", "420804904", "420804901901", "420804902903"):
        rows = json.loads(run("assets", "summary", scope.ljust(12, "0"), "--as-of", day, "--format", "json"))
        cells = register(datetime.date.fromisoformat(day), scope)
        for row in rows:
            if row["group"] == "class" and row["what"] in CLASSES.values():
                wanted = [c for code, c in cells.items() if CLASSES[assets[code]["class"]] == row["what"]]
            elif row["group"] == "state":
                wanted = [cell for cell in cells.values() if cell["state"] == row["what"]]
            elif row["what"] in ("county", "township", "village"):
                level = {"county": 6, "township": 9, "village": 12}[row["what"]]
                wanted = [c for c in cells.values() if c["owner"] and len(c["owner"].rstrip("0")) in
                          ({6: (6,), 9: (9,), 12: (10, 11, 12)}[level])]
            else:
                continue
            told = [row[name] for name in ("count", "original", "depreciation", "net")]
            assert told == sums(wanted), f"seed {SEED}: {day} {scope} {row}: not {sums(wanted)}"


def compare_publication(period):
    command = [program, "-L", ledger, "-u", "zhou", "--passphrase-file", os.environ["PASSPHRASE"]]
    subprocess.run(command + ["publish", "--period", period, "--repo", f"{scratch}/site"], check=True,
                   capture_output=True)
    day = datetime.date(int(period), 12, 31)

    def show(name):
        return subprocess.run(["git", "-C", f"{scratch}/site", "show", f"HEAD:snapshots/{period}/{name}"],
                              check=True, capture_output=True).stdout

    wanted, told = register(day), {}
    for row in csv.DictReader(io.StringIO(show("data/assets.csv").decode())):
        told[row["code"]] = {name: int(row[name + "_fen"]) for name in ("original", "depreciation", "net")}
        assert row["division"] == assets[row["code"]]["division"]
    assert told == {code: {name: cell[name] for name in ("original", "depreciation", "net")}
                    for code, cell in wanted.items()}, f"seed {SEED}: {period}: the table differs"
    for scope in ("420804", "420804902", "420804903905"):
        document = ElementTree.fromstring(show(scope.ljust(12, "0") + ".xml"))
        told = [0, 0, 0, 0]
        for group in document.iter("{urn:mingzhang:disclosure:1}class"):
            cell = [int(group.get("count"))] + [int(child.get("fen")) for child in group]
            told = [a + b for a, b in zip(told, cell)]
        assert told == sums(register(day, scope).values()), f"seed {SEED}: {period} {scope}: {told}"


with open("samples/duodao/01-divisions.csv") as rows:
    divisions = [row[0] for row in csv.reader(rows)][1:]
with open("samples/duodao/08-payments.csv") as rows:
    paid = {(row["项目编号"], row["筹资序号"]): int(row["金额(元)"]) * 100 for row in csv.DictReader(rows)}
done = 0
while done < EVENTS:
    event = choose.choices((register_some, cost_some, title_some, state_some), (3, 4, 2, 2))[0]
    if not assets:
        event = register_some
    event(min(ROWS, EVENTS - done))
    done += ROWS
    if choose.random() < 0.2:
        break_a_rule()
for on in LIST_DAYS:
    compare_lists(on)
    compare_tiers(on)
for year in ("2021", "2022"):
    compare_publication(year)
print(f"seed {SEED}: {EVENTS} events, {len(assets)} assets")
