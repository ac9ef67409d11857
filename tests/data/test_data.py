#!/usr/bin/env python3
"""test_data.py BUILD - tables and feed of the demo's publications, held against the signed documents.

Every period: datapackage.json names each table with its size and SHA-256; each parses as strict CSV,
every cell has its type, every row stands in a document and every line of a document stands in a row, to
the fen; what is withheld has a reason and no figure; the manifest names all of it. The package is
valid for Frictionless Data's own library, where npm brought it into BUILD/data.
Every feed: well-formed for xmllint, what RFC 4287 section 4.1 asks for, read by feedparser where it is
installed, an entry for each publication in `git log`, no link that leads nowhere.
"""
import base64
import collections
import csv
import datetime
import decimal
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

D = "{urn:mingzhang:disclosure:1}"
ATOM = "{http://www.w3.org/2005/Atom}"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"

failures = []


def expect(good, message):
    if not good:
        failures.append(message)


def make_demo(build, scratch):
    shutil.copytree("samples", scratch / "samples")
    done = subprocess.run([scratch / "samples/demo.sh", build / "mingzhang"], capture_output=True,
                          text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"test_data: the demo failed\n{done.stderr}")
    return scratch / "demo"


# ---- Tables -----------------------------------------------------------------------------------------


def check_cell(field, cell, where):
    if cell == "":
        return
    try:
        if field["type"] == "integer":
            expect(str(int(cell)) == cell, f"{where}: {cell}")
        elif field["type"] == "number":
            expect(-decimal.Decimal(cell).as_tuple().exponent == 2, f"{where}: {cell}")
        elif field["type"] == "date":
            datetime.date.fromisoformat(cell)
        elif field["type"] == "boolean":
            expect(cell in ("true", "false"), f"{where}: {cell}")
        else:
            expect(field["type"] == "string", f"{where} is a {field['type']}")
    except (ValueError, ArithmeticError):
        expect(False, f"{where}: {cell} is no {field['type']}")


def read_table(folder, resource):
    path = folder / resource["path"]
    data = path.read_bytes()
    expect(len(data) == resource["bytes"], f"{path}: size")
    expect("sha256:" + hashlib.sha256(data).hexdigest() == resource["hash"], f"{path}: hash")
    expect(data.endswith(b"\r\n") and not data.startswith(b"\xef\xbb\xbf"), f"{path}: form")
    fields = resource["schema"]["fields"]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    expect(rows[0] == [field["name"] for field in fields], f"{path}: heading")
    for number, row in enumerate(rows[1:], 2):
        expect(len(row) == len(fields), f"{path}:{number}: {len(row)} cells")
        for field, cell in zip(fields, row):
            check_cell(field, cell, f"{path}:{number}:{field['name']}")
    table = [dict(zip(rows[0], row)) for row in rows[1:]]
    for row in table:
        for name in [name for name in row if name.endswith("yuan")]:
            fen, yuan = row[name[:-4] + "fen"], row[name]
            expect((fen == "" and yuan == "") or decimal.Decimal(yuan) * 100 == int(fen), f"{path}: {row}")
    key = resource["schema"].get("primaryKey")
    if key:
        expect(len({row[key] for row in table}) == len(table), f"{path}: {key} isn't unique")
    return table


def law_of(element, tables_row):
    """The terms of a line, as rows should tell them."""
    for part in element:
        side = part.tag.removeprefix(D)
        yield tables_row(side, part.get("term") or part.get("role") or "", part.get("fen"), "")


def document_lines(root):
    """What lines.csv should say of a document, found another way than data.c does."""
    for book in root.find(D + "books"):
        for line in book.findall(D + "line"):
            yield from law_of(line, lambda side, term, fen, why:
                              (book.get("name"), line.get("fund"), side, term, fen, why))
    for item in root.find(D + "withheld"):
        if item.get("what") == "line":
            yield item.get("book"), item.get("fund"), "withheld", "", "", item.get("reason")


def values_of(element):
    """Every value that a thing told under a matter has, but those of rows of their own."""
    for name, value in element.attrib.items():
        yield name, value.replace(",", "") if name == "yuan" else value
    for part in element:
        if part.tag.removeprefix(D) not in ("money", "source", "planned") or "fen" in part.attrib \
                and part.tag == D + "planned":
            yield from values_of(part)
    if element.text and element.text.strip():
        yield element.tag.removeprefix(D), element.text


def check_matters(path, root, tables):
    """Each thing that a matter tells is a row that has all its values, in the document's order."""
    code = root.get("division")
    things, money = [], []
    for matter in root.iter(D + "matter"):
        for thing in matter:
            if thing.tag in (D + "catalogue", D + "nothing"):
                continue
            things.append((matter, thing))
            money.extend((matter, thing, part) for part in thing if part.tag in (D + "money", D + "source"))
            if thing.tag == D + "plan":
                for planned in thing.findall(D + "planned"):
                    things.append((matter, planned))
                    money.extend((matter, planned, part) for part in planned.findall(D + "money"))
    for name, told in (("matters", [(*row, row[1]) for row in things]), ("matters_money", money)):
        rows = [row for row in tables.get(name, []) if row["division"] == code]
        expect(len(rows) == len(told), f"{path}: {name}.csv has {len(rows)} rows for {len(told)}")
        for matter, thing, part in told:
            wanted = [*values_of(part), ("matter", matter.get("code")), ("thing", thing.tag.removeprefix(D))]
            lacks = [[value for value in wanted if value[1] not in row.values()] for row in rows]
            best = min(lacks, key=len, default=wanted)
            expect(best == [], f"{path}: {name}.csv has no row with {best} of {part.tag} {part.attrib}")


def check_document(path, tables):
    root = xml.parse(path).getroot()
    code = root.get("division")
    own = {name: [row for row in rows if row.get("division") == code] for name, rows in tables.items()}
    told = [(row["book"], row["fund"], row["side"], row["term"], row["fen"], row["withheld"])
            for row in own["lines"]]
    expect(told == list(document_lines(root)), f"{path}: lines.csv differs")
    for book in root.find(D + "books"):  # the document's control totals, from the table alone
        total = collections.Counter()
        for row in own["lines"]:
            if row["book"] == book.get("name") and row["fen"]:
                total[row["side"], row["term"]] += int(row["fen"])
        wanted = {(side, term): int(fen) for side, term, fen, _ in
                  law_of(book.find(D + "total"), lambda *row: row)}
        for term in set(total) | set(wanted):
            expect(total.get(term, 0) == wanted.get(term, 0), f"{path}: total of {term}")
    summary = next(row for row in tables["divisions"] if row["code"] == code)
    for part in root.find(D + "summary"):
        expect(summary[part.tag.removeprefix(D) + "_fen"] == part.get("fen"), f"{path}: {part.tag}")
    digest = root.find(f"{SIGNATURE}Signature/{SIGNATURE}SignedInfo/{SIGNATURE}Reference/"
                       f"{SIGNATURE}DigestValue").text.strip()
    expect(summary["digest"] == digest and len(base64.b64decode(digest)) == 32, f"{path}: digest")
    expect(summary["document"] == path.name, f"{path}: document")
    for name, place in (("transfers", "funds/fund/in|funds/fund/out"), ("contracts", "projects/project/contract"),
                        ("plans", "projects/project/plan|projects/project/outside"),
                        ("projects", "projects/project"), ("attention", "attention/*/item|withheld/item[@what='stuck']"),
                        ("below", "below/book/*|withheld/item[@what='below_total']")):
        found = [node for part in place.split("|")
                 for node in root.findall("/".join(step if step == "*" else D + step
                                                   for step in part.split("/")))]
        project = {p.get("code") for p in root.findall(f"{D}projects/{D}project")}
        rows = own[name] if name not in ("contracts", "plans") else \
            [row for row in tables.get(name, []) if row["project"] in project]
        expect(len(rows) == len(found), f"{path}: {name}.csv has {len(rows)} rows for {len(found)}")
        if name in ("transfers", "attention", "below"):
            expect([row["fen"] for row in rows] == [node.get("fen") or "" for node in found],
                   f"{path}: {name}.csv")
    check_matters(path, root, tables)
    for row in own["attention"]:
        expect((row["fen"] == "") == (row["withheld"] != ""), f"{path}: {row}")
    for row in own["projects"]:
        expect((row["paid_fen"] == "") == (row["withheld"] != ""), f"{path}: {row['code']}")


def check_period(folder):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables = {resource["name"]: read_table(folder, resource) for resource in package["resources"]}
    documents = [path for path in sorted(folder.glob("*.xml")) if path.name != "manifest.xml"]
    for path in documents:
        check_document(path, tables)
    expect([row["document"] for row in tables["divisions"]] == [path.name for path in documents],
           f"{folder}: divisions.csv")
    for name in ("lines", "below"):
        for row in tables[name]:
            expect((row["withheld"] != "") == (row["fen"] == "") == (row["side"] == "withheld"),
                   f"{folder}: {row}")
    files = {file.get("path"): file.get("sha256")
             for file in xml.parse(folder / "manifest.xml").getroot().iter(D + "file")}
    for path in [folder / "datapackage.json", *(folder / "data").iterdir()]:
        name = f"snapshots/{folder.name}/{path.relative_to(folder)}"
        expect(files.get(name) == hashlib.sha256(path.read_bytes()).hexdigest(), f"{name}: manifest")
    return sum(len(rows) for rows in tables.values())


def check_by_frictionless(build, folders):
    modules = build / "data/node_modules"
    if not (modules / "datapackage").is_dir() or not shutil.which("node"):
        expect(os.environ.get("CI") != "true", "npm's datapackage isn't there")
        return "not asked: npm's datapackage isn't there"
    done = subprocess.run(["node", pathlib.Path("tests/data/check_packages.js").resolve(), *folders],
                          capture_output=True, text=True, check=False,
                          env={**os.environ, "NODE_PATH": str(modules)})
    expect(done.returncode == 0, done.stdout + done.stderr)
    return "asked"


# ---- The feed ---------------------------------------------------------------------------------------


def check_feed(site):
    path = site / "feed.xml"
    done = subprocess.run(["xmllint", "--noout", "--nonet", path], capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"{path}: {done.stderr}")
    feed = xml.parse(path).getroot()
    entries = feed.findall(ATOM + "entry")
    expect(feed.tag == ATOM + "feed", f"{path}: root")
    for element in (feed, *entries):  # exactly one of each
        for name in ("id", "title", "updated"):
            expect(len(element.findall(ATOM + name)) == 1, f"{path}: {name}")
    expect(feed.find(f"{ATOM}author/{ATOM}name").text, f"{path}: author")
    ids = [element.find(ATOM + "id").text for element in (feed, *entries)]
    expect(len(set(ids)) == len(ids) and all(i.startswith("tag:") for i in ids), f"{path}: ids {ids}")
    updated = [entry.find(ATOM + "updated").text for entry in entries]
    expect(updated == sorted(updated, reverse=True), f"{path}: order")
    expect(feed.find(ATOM + "updated").text == updated[0], f"{path}: updated")
    for time in updated:
        datetime.datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ")
    for link in feed.iter(ATOM + "link"):
        expect((site / link.get("href")).is_file(), f"{path}: {link.get('href')} isn't there")
    log = subprocess.run(["git", "-C", site, "log", "--format=%s"], capture_output=True, text=True, check=True)
    published = [line.split()[1].rstrip(":") for line in log.stdout.splitlines()
                 if line.startswith(("publish ", "correct ")) and line.split()[1] != "checkpoint"]
    expect([entry.find(ATOM + "title").text.split()[0] for entry in entries] == published[:100],
           f"{path}: entries of {published}")
    manifests = [m for m in site.glob("snapshots/*/manifest.xml")
                 if hashlib.sha256(path.read_bytes()).hexdigest() in m.read_text(encoding="utf-8")]
    expect(len(manifests) >= 1, f"{path}: in no manifest")
    try:
        import feedparser
    except ImportError:
        return
    parsed = feedparser.parse(path.read_bytes())
    expect(not parsed.bozo and parsed.version == "atom10" and len(parsed.entries) == len(entries),
           f"{path}: feedparser reads {parsed.version} {parsed.get('bozo_exception')}")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        demo = make_demo(build, pathlib.Path(scratch))
        folders = sorted(path.parent for path in demo.glob("*/publication/snapshots/*/datapackage.json"))
        expect(len(folders) > 5, f"only {len(folders)} periods")
        rows = sum(check_period(folder) for folder in folders)
        sites = sorted(demo.glob("*/publication"))
        for site in sites:
            check_feed(site)
        frictionless = check_by_frictionless(build, folders)
    for failure in failures[:40]:
        print(f"test_data: {failure}")
    print(f"{len(folders)} periods with {rows} rows, {len(sites)} feeds; Frictionless: {frictionless}")
    return 1 if failures else 0


sys.exit(main())
