"""Random events of assets through sheets, and what they should come to: see test_random.sh.

The model keeps rows in lists and adds them up for each question; of months it counts one after the
other. Events that break a rule are tried beside the good ones and must leave nothing.
"""
import calendar
import collections
import csv
import datetime
import io
import json
import os
import random
import subprocess
import xml.etree.ElementTree as ElementTree

KEPT_SEED = 389432  # failed once
EVENTS = 10000 if os.environ.get("MINGZHANG_LONG") else 400
SEED = int(os.environ.get("MINGZHANG_SEED") or (random.randrange(10**6) if EVENTS > 400 else KEPT_SEED))
ROWS = 40 if EVENTS > 400 else 15  # of one sheet
FIRST, LAST = datetime.date(2021, 1, 1), datetime.date(2023, 6, 30)
LIST_DAYS = ("2021-06-30", "2021-12-31", "2022-02-27", "2022-12-31", "2023-06-30")
STATES = {"在用": "in_use", "闲置": "idle", "损毁": "damaged", "报废": "scrapped"}
CLASSES = {"公益性": "public_welfare", "经营性": "operational"}
program, ledger = os.environ["MINGZHANG"], os.environ["LEDGER"]
scratch = os.environ["SCRATCH"]
choose = random.Random(SEED)
COUNTY, FUND = "420804000000", "2021-中央-01"
assets, lines, holders, files = {}, {}, {}, 0  # holders: who ever had a certificate
divisions, paid, vouchers = [], {}, {}
totals, received = [], []  # what is told of households; what came in: place, day, fen
counted = collections.Counter()


def run(*arguments, status=0, user="li"):
    command = [program, "-L", ledger, "-u", user, "--passphrase-file", os.environ["PASSPHRASE"]]
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


def some_day(first, last=LAST):
    return first + datetime.timedelta(days=choose.randrange((last - first).days + 1))


def day_of(asset, before_end=False):
    """A day on which something may happen to it: nothing does behind its end."""
    last = asset["ended"] or LAST
    if before_end and asset["ended"]:
        last -= datetime.timedelta(days=1)
    return some_day(asset["acquired"], max(last, asset["acquired"]))


def choose_asset(is_wanted=lambda asset: True):
    codes = [code for code, asset in assets.items() if is_wanted(asset)]
    return choose.choice(codes) if codes else None


def line_of(division):
    """It and what lies above it."""
    return sorted({division, division[:9] + "000", COUNTY})


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
    if state and state[1] in ("scrapped", "disposed"):
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
            if not state or state[1] not in ("scrapped", "disposed"):
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
            "costs": [], "titles": [], "states": [], "seen": [], "counts": [], "ended": None,
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
        code = choose_asset()
        day = day_of(assets[code])
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


def owner_of(asset, day):
    """A later one stays with its division: only a handover gives it to another."""
    title = latest(asset["titles"], day) or min(asset["titles"], key=lambda row: row[0], default=None)
    return title[1] if title else choose.choice(line_of(asset["division"]))


def title_some(count):
    rows = []
    for _ in range(count):
        code = choose_asset()
        asset = assets[code]
        day = day_of(asset)
        owner = owner_of(asset, day)
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
        code = choose_asset(lambda asset: asset["ended"] != asset["acquired"])
        asset = assets[code]
        day, state = day_of(asset, before_end=True), choose.choice(list(STATES))
        certificate = certificate_now(asset)
        if certificate and state != "报废" and not certificate_is_free(certificate, code):
            state = "报废"
        asset["states"].append((day, STATES[state]))
        rows.append([code, day, state, "原因"])
    bring("asset-states", STATE, rows)


# ---- What becomes of assets ----------------------------------------------------------------------


def told_last(asset):
    days = [asset["acquired"]] + [row[0] for name in ("costs", "titles", "states", "seen", "counts") for row in asset[name]]
    return max(days)


HANDED = "移交编号 资产编号 登记日期 接收单位 产权所有人 确权登记证号 收益权人 分配权".split()


def hand_over(_):
    """Some assets of one owner to another on the line between village and county; at times dropped."""
    first = choose_asset(lambda asset: asset["titles"] and not asset["ended"])
    if first is None:
        return
    giver = latest(assets[first]["titles"], LAST)[1]
    taker = choose.choice([place for place in line_of(assets[first]["division"]) if place != giver] or [""])
    codes = [code for code, asset in assets.items() if asset["titles"] and not asset["ended"] and
             latest(asset["titles"], LAST)[1] == giver and taker in line_of(asset["division"])]
    if not taker:
        return
    codes = choose.sample(codes, min(len(codes), choose.randrange(1, 6)))
    day = max(told_last(assets[code]) for code in codes)
    day = choose.choice((day, some_day(day)))  # of one day the later entry counts
    name = f"移{files}"
    news = {code: choose.choice(("", f"移证{files}-{code}")) for code in codes}
    bring("handovers", HANDED, [[name, code, day, taker, "接收人", news[code], "所有人", "所有人"] for code in codes])
    if choose.random() < 0.2:
        bring("handover-drops", "移交编号 撤销日期 原因".split(), [[name, day, "不再移交"]])
        return
    run("handover", "give", name, "--date", str(day))
    run("handover", "take", name, "--date", str(day), status=5)  # one person isn't two
    run("handover", "take", name, "--date", str(day), user="wang")
    for code in codes:
        assets[code]["titles"].append((day, taker, news[code]))
        holders.setdefault(news[code], set()).add(code)
    counted["handed over"] += len(codes)


VILLAGE_STEPS = "村党支部提议 村两委商议 党员大会审议 村民代表会议决议 决议公开 结果公开".split()
METHODS = {"报废": "scrapped", "报损": "scrapped", "转产": "in_use", "报停": "idle"}


def is_gone(asset):
    state = latest(asset["states"], LAST)
    return state is not None and state[1] in ("scrapped", "disposed")


def dispose(_):
    code = choose_asset(lambda asset: asset["titles"] and not is_gone(asset))
    if code is None:
        return
    asset = assets[code]
    owner, method = latest(asset["titles"], LAST)[1], choose.choice(list(METHODS))
    certificate, day = certificate_now(asset), told_last(asset)
    day = choose.choice((day, some_day(day)))
    if METHODS[method] != "scrapped" and certificate and not certificate_is_free(certificate, code):
        return
    steps = (VILLAGE_STEPS if not owner.endswith("000") else []) + ([] if owner == COUNTY else ["乡镇审核"])
    is_valued = METHODS[method] == "scrapped"
    steps += ["行业主管部门意见", "县级审批"] + is_valued * ["资产评估"] + ["公告"]
    name = f"处{files}"
    bring("disposals", "处置编号 资产编号 申请日期 处置原因 处置方式 情况说明".split(),
          [[name, code, day, "其他", method, "说明"]])
    rows = [[name, step, day, "纪要"] + ([9, 1, 0] if step == "村民代表会议决议" else ["", "", ""]) for step in steps]
    heading = "处置编号 处置环节 日期 文号 同意票 反对票 弃权票".split()
    if len(rows) > 3 and choose.random() < 0.3:
        bring("disposal-steps", heading, rows[1:], status=3)  # the first is missing
    if choose.random() < 0.2:
        bring("disposals-dropped", "处置编号 撤销日期 原因".split(), [[name, day, "不再处置"]])
        return
    bring("disposal-steps", heading, rows)
    bring("disposals-finished", "处置编号 处置日期 评估价 处置收入 收款凭证 说明".split(), [[name, day, is_valued * "100", "", "", ""]])
    asset["states"].append((day, METHODS[method]))
    if METHODS[method] == "scrapped":
        asset["ended"] = day
    counted["disposed of"] += 1


COUNT = "盘点编号 资产编号 盘点日期 盘点结果 实际所在地 实际状态".split()


def take_stock(_):
    """A round over a village or township; who isn't seen by its end is missing."""
    place = assets[choose_asset()]["division"]
    place = choose.choice((place, place[:9] + "000"))
    scope = place.rstrip("0") if place.endswith("000") else place
    begun = some_day(FIRST)
    ended = some_day(begun)
    here = [code for code, asset in assets.items() if asset["division"].startswith(scope) and
            asset["acquired"] <= ended]
    rows, told = [], []
    for code in here:
        asset = assets[code]
        first = max(begun, asset["acquired"])
        last = ended if not asset["ended"] else asset["ended"] - datetime.timedelta(days=1)
        if choose.random() < 0.3 or min(last, ended) < first:
            state = latest(asset["states"], ended)
            if not state or state[1] not in ("scrapped", "disposed", "missing"):
                told.append((code, ended, "missing"))
            continue
        day = some_day(first, min(last, ended))
        now = latest(asset["states"], day)
        state = choose.choice(list(STATES) + [{v: k for k, v in STATES.items()}.get(now[1] if now else "in_use", "在用")] * 6)
        found = choose.choice(("相符", "相符", "相符", "异地", "盘亏"))
        elsewhere = choose.choice([other for other in divisions if other != asset["division"]])
        seen = "missing" if found == "盘亏" else STATES[state]
        rows.append(["", code, day, found, elsewhere if found == "异地" else asset["division"],
                     "未见" if found == "盘亏" else state])
        if (now[1] if now else "in_use") != seen:
            told.append((code, day, seen))
    for code, _, state in told:  # the register wouldn't take a title back that another asset has
        if state != "scrapped" and not certificate_is_free(certificate_now(assets[code]) or None, code):
            return
    name = f"盘{files}"
    bring("stocktakes", "盘点编号 盘点单位 开始日期".split(), [[name, place, begun]])
    if rows:
        bring("counts", COUNT, [[name] + row[1:] for row in rows])
    run("stocktake", "close", name, "--date", str(ended))
    for _, code, day, *_ in rows:
        assets[code]["counts"].append((day,))
    for code, day, state in told:
        assets[code]["states"].append((day, state))
    counted["counted"] += len(rows)
    counted["differ"] += len(told)


# ---- What is kept, what is earned, what households got -------------------------------------------


def inspect_some(count):
    rows = []
    for _ in range(count):
        code = choose_asset()
        last = latest(assets[code]["states"], LAST)[0] if is_gone(assets[code]) else LAST
        day, state = some_day(assets[code]["acquired"], last), choose.choice(list(STATES))
        assets[code]["seen"].append((day, state))
        rows.append([code, day, state, "" if state == "在用" else "见照片"])
    bring("inspections", "资产编号 检查日期 资产状态 检查情况".split(), rows)


def receive_some(count):
    """Each village's income by the voucher that brought it money, to the last fen."""
    rows = []
    for _ in range(count):
        place = choose.choice([place for place in vouchers])
        left = vouchers[place][1]
        fen = choose.randrange(1, max(2, left // 3))
        if left < fen:
            continue
        vouchers[place][1] -= fen
        day = some_day(FIRST)
        received.append((place, day, fen))
        rows.append([vouchers[place][0], day, place, choose.choice(("其他", "光伏发电")), yuan(fen), "某收入"])
    heading = "凭证号 收到日期 收益单位 收益类型 金额 说明".split()
    bring("income", heading, rows)
    place = choose.choice(list(vouchers))
    bring("income", heading, [[vouchers[place][0], FIRST, place, "其他", yuan(vouchers[place][1] + 1), "超"]], status=3)


def id_number():
    digits = f"4208041950{choose.randrange(1, 13):02d}{choose.randrange(1, 29):02d}{choose.randrange(1000):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


def give_households(count):
    """Rows of a sheet by place and type: three households or more have a sum, the others none."""
    rows, groups = [], {}
    places = choose.sample(divisions, 4)
    people = [id_number() for _ in range(8)]
    for _ in range(count // 2):
        key = choose.choice(places), choose.choice(("牲畜", "农机"))
        person, day, fen = choose.choice(people), some_day(FIRST), choose.randrange(1, 10**7)
        rows.append(["某户", person, key[0], "物", key[1], 1, "件", day, yuan(fen), "捐赠"])
        groups.setdefault(key, []).append((person, day, fen))
    for (place, _), cells in groups.items():
        if len({person for person, _, _ in cells}) >= 3:
            last = max(day for _, day, _ in cells)
            end = last.replace(day=calendar.monthrange(last.year, last.month)[1])
            totals.append((place, end, len(cells), sum(fen for _, _, fen in cells)))
    bring("household-assets", "户主姓名 身份证号 行政区划 资产名称 资产类型 数量 计量单位 取得时间 原始价值 资金来源".split(), rows)


def break_a_rule():
    """Something good and something that isn't, in one sheet: neither may be written."""
    code = choose_asset()
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


def compare_csv(day):
    """The list as a file for a spreadsheet: in yuan, the same to the fen."""
    wanted = register(datetime.date.fromisoformat(day))
    told = list(csv.DictReader(io.StringIO(run("assets", "list", "--as-of", day, "--format", "csv"))))
    assert len(told) == len(wanted), f"seed {SEED}: {day}: {len(told)} assets in CSV, not {len(wanted)}"
    for row in told:
        for name in ("original", "depreciation", "net"):
            assert row[name] == yuan(wanted[row["asset"]][name]), f"seed {SEED}: {day}: {row}"


def compare_seen(day):
    on = datetime.date.fromisoformat(day)
    for row in json.loads(run("upkeep", "list", "--as-of", day, "--format", "json")):
        seen = latest(assets[row["asset"]]["seen"], on)
        assert row["inspected"] == (str(seen[0]) if seen else ""), f"seed {SEED}: {day}: {row}: not {seen}"


def households(day, scope):
    cells = [(count, fen) for place, on, count, fen in totals if on <= day and place.startswith(scope)]
    return [sum(count for count, _ in cells), sum(fen for _, fen in cells)]


def compare_income(day):
    on = datetime.date.fromisoformat(day)
    for row in json.loads(run("income", "villages", "--as-of", day, "--format", "json")):
        wanted = sum(fen for place, at, fen in received
                     if place == row["division"] and at.year == on.year and at <= on)
        assert row["income"] == wanted, f"seed {SEED}: {day}: {row}: not {wanted}"


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
                wanted = [c for c in cells.values() if level_of(c["owner"]) == row["what"]]
            elif row["what"] == "untitled":
                wanted = [cell for cell in cells.values() if not cell["owner"]]
            elif row["what"] == "household":
                told = [row["count"], row["original"]]
                wanted = households(datetime.date.fromisoformat(day), scope)
                assert told == wanted, f"seed {SEED}: {day} {scope} {row}: not {wanted}"
                continue
            else:
                raise AssertionError(f"nothing is known of {row}")
            told = [row[name] for name in ("count", "original", "depreciation", "net")]
            assert told == sums(wanted), f"seed {SEED}: {day} {scope} {row}: not {sums(wanted)}"


def level_of(owner):
    if not owner:
        return "untitled"
    return "county" if owner == COUNTY else "township" if owner.endswith("000") else "village"


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
        told = [0, 0]
        for group in document.iter("{urn:mingzhang:disclosure:1}of_households"):
            told = [int(group.get("count")), int(group[0].get("fen"))]
        assert told == households(day, scope), f"seed {SEED}: {period} {scope}: households {told}"
        for name, key in (("owned_by", "owner"), ("in_state", "state")):
            for group in document.iter("{urn:mingzhang:disclosure:1}" + name):
                cells = register(day, scope).values()
                what = group.get("name").replace("none", "untitled")
                wanted = [c for c in cells if what == (level_of(c[key]) if key == "owner" else c[key])]
                told = [int(group.get("count"))] + [int(child.get("fen")) for child in group]
                assert told == sums(wanted), f"seed {SEED}: {period} {scope} {group.attrib}: {told}, not {sums(wanted)}"


with open("samples/duodao/01-divisions.csv") as rows:
    divisions = [row[0] for row in csv.reader(rows)][1:]
with open("samples/duodao/08-payments.csv") as rows:
    paid = {(row["项目编号"], row["筹资序号"]): int(row["金额(元)"]) * 100 for row in csv.DictReader(rows)}
with open(f"{scratch}/receipts.csv", "w", newline="") as file:
    sheet = csv.writer(file)
    sheet.writerow("凭证号 日期 业务类型 依据文号 摘要 资金编号 拨出单位 收款单位 台账类别 转入台账 金额(元) 备注".split())
    for place in [place for place in divisions if not place.endswith("000")][:20]:
        sheet.writerow([f"收{place}", FIRST, "其他收入", "函1号", "某企业", FUND, "", place, "", "", 10**6, "缴款人：某企业"])
        vouchers[place] = [f"收{place}", 10**8]
run("import", "allocations", f"{scratch}/receipts.csv")
pending = json.loads(run("voucher", "list", "--state", "pending", "--format", "json"))
run("voucher", "approve", "--yes", *[row["voucher"] for row in pending], user="wang")
numbers = {row["reference"]: row["voucher"] for row in pending}
for place, voucher in vouchers.items():
    voucher[0] = numbers[voucher[0]]

many = (register_some, cost_some, title_some, state_some, inspect_some, receive_some, give_households)
one = (hand_over, dispose, take_stock)
done = 0
while done < EVENTS:
    event = choose.choices(many + one, (6, 8, 4, 4, 3, 2, 1, 4, 5, 2))[0]
    if not assets:
        event = register_some
    count = ROWS if event in many else 5  # entries of about as many
    event(min(count, EVENTS - done))
    counted[event.__name__] += 1
    done += count
    if choose.random() < 0.2:
        break_a_rule()
for on in LIST_DAYS:
    compare_lists(on)
    compare_tiers(on)
    compare_csv(on)
    compare_seen(on)
    compare_income(on)
for year in ("2021", "2022"):
    compare_publication(year)
print(f"seed {SEED}: {EVENTS} events, {len(assets)} assets, {dict(counted)}")
