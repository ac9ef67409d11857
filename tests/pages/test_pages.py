#!/usr/bin/env python3
"""test_pages.py BUILD [SHOTS] - the pages of the demo, as a browser and a reader without eyes get them.

Every page of clones of the demo's publications and of a county of which everything is too much
(extreme_county.py): below 60 KB, no script, nothing from elsewhere, no link that leads nowhere, 360
pixels wide nothing wider than the screen. Each kind of page in both languages, of both, 360 and 1,280
pixels wide: axe-core (WCAG 2.1 A and AA) finds nothing. Printed on A4 and A3: on that paper, with the
sum and the telephone number on it, and with what is folded on a screen.

SHOTS: a folder for pictures of them all, to be looked at by people; they are no test.
Ends with 77 when the browser or axe-core isn't there, with 1 when CI is set. axe-core comes by npm,
pinned in package-lock.json, into BUILD/pages when ./run test is run.
"""
import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

SIZE_MAX = 60 * 1024
WIDTHS = (360, 1280)
OTHERS_MAX = 200
COUNTY = "619901000000/publication/snapshots/"
EXTREME_COUNTY = COUNTY + "2021/"
PAGES = [  # stems of those that a browser is shown
    COUNTY + "2021/619901000000",
    COUNTY + "2021/619901100000",
    COUNTY + "2022/619901100201",
    COUNTY + "2022/619901200201",
    "350302000000/publication/snapshots/2025/350302901901",
    "430511000000/publication/snapshots/2019/430511000000",
    COUNTY + "2022/projects/XM2021-001",
    COUNTY + "2022/funds/2021-中央-01",
    COUNTY + "2022/index",
    COUNTY + "2022/names",
    COUNTY + "2022/disclosures",
]
EXTREME = [
    EXTREME_COUNTY + "619901000000",
    EXTREME_COUNTY + "619901101000",
    EXTREME_COUNTY + "619901101201",
    EXTREME_COUNTY + "619901101202",
    EXTREME_COUNTY + "projects/XM~2e2021~2e116",
    EXTREME_COUNTY + "funds/F~2e00",
    EXTREME_COUNTY + "funds/F~2e01",
    EXTREME_COUNTY + "index",
    EXTREME_COUNTY + "names",
    EXTREME_COUNTY + "names-2",
    EXTREME_COUNTY + "disclosures",
]
PRINTED = PAGES[:2] + PAGES[4:5] + PAGES[6:8]

failures = []


def expect(good, message):
    if not good:
        failures.append(message)


def lacking(what):
    print(f"test_pages: {what}")
    sys.exit(1 if os.environ.get("CI") == "true" else 77)


# ---- The demo, in a folder of the test's own --------------------------------------------------------


def make_demo(build, scratch):
    shutil.copytree("samples", scratch / "samples")
    done = subprocess.run([scratch / "samples/demo.sh", build / "mingzhang"], capture_output=True,
                          text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"test_pages: the demo failed\n{done.stderr}")
    return clone_all(scratch / "demo", scratch / "clones")


def make_extreme(build, scratch):
    done = subprocess.run(["tests/pages/extreme_county.sh", build / "mingzhang", scratch / "extreme"],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"test_pages: the extreme county failed\n{done.stderr}")
    return clone_all(scratch / "extreme", scratch / "extreme-clone")


def clone_all(source, folder):
    """As villagers have them: what isn't committed isn't there."""
    for publication in sorted(source.glob("*/publication")):
        subprocess.run(["git", "clone", "-q", publication, folder / publication.relative_to(source)], check=True)
    return folder


# ---- Every page, as a file --------------------------------------------------------------------------


def check_files(demo):
    count = 0
    for page in sorted(demo.glob("*/publication/**/*.html")):
        text = page.read_text(encoding="utf-8")
        name = page.relative_to(demo)
        count += 1
        expect(len(text.encode()) < SIZE_MAX, f"{name} has {len(text.encode())} bytes")
        expect(not re.search(r"<script|<link|<img|@import|\son\w+=", text), f"{name} loads or runs something")
        for target in re.findall(r'(?:href|src)="([^"]*)"', text):
            target = html.unescape(target)
            if target.startswith("tel:"):
                continue
            path, _, anchor = target.partition("#")
            other = page.parent / urllib.parse.unquote(path) if path else page
            expect(":" not in path and other.is_file(), f"{name} links to {target}, which isn't there")
            if anchor and other.is_file():
                expect(f'id="{urllib.parse.unquote(anchor)}"' in other.read_text(encoding="utf-8"),
                       f"{name} links to {target}, and nothing there has that name")
        if name.name != "index.html" or "snapshots" in name.parts:
            wanted = "en" if name.name.endswith(".en.html") else "zh-CN"
            expect(f'<html lang="{wanted}">' in text, f"{name} isn't marked as {wanted}")
    return count


# ---- In a browser -----------------------------------------------------------------------------------

HARNESS = """<!DOCTYPE html><meta charset="utf-8"><title>harness</title><script>
const AXE = %s, PAGES = %s, WIDTHS = %s, found = [];
const rules = {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']};
async function show(page, width) {
  const frame = document.createElement('iframe');
  frame.style.cssText = `width:${width}px;height:900px;border:0`;
  await new Promise(done => { frame.onload = done; frame.srcdoc = page.text; document.body.append(frame); });
  const inside = frame.contentDocument, root = inside.documentElement;
  const verdict = {name: page.name, width: width, scroll: root.scrollWidth, shown: root.clientWidth,
                   violations: [], passes: 0};
  for (const details of inside.querySelectorAll('details')) details.open = true;
  verdict.opened = root.scrollWidth;
  if (AXE) {
    const script = inside.createElement('script');
    script.textContent = AXE; inside.head.append(script);
    const result = await frame.contentWindow.axe.run(inside, rules);
    verdict.passes = result.passes.length;
    verdict.violations = result.violations.map(v => v.id + ' ' + v.nodes[0].html.slice(0, 160));
  }
  found.push(verdict);
  frame.remove();
}
window.onload = async () => {
  for (const page of PAGES) for (const width of WIDTHS) await show(page, width);
  const out = document.createElement('pre');
  out.id = 'verdicts'; out.textContent = JSON.stringify(found);
  document.body.append(out);
};
</script><body></body>"""


def browse(browser, scratch, *arguments):
    return subprocess.run(
        [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         f"--user-data-dir={scratch / 'browser'}", *arguments],
        capture_output=True, text=True, timeout=300, check=False).stdout


def check_in_browser(browser, axe, site, stems, scratch):
    """Those of the stems by axe-core at both widths, then at most OTHERS_MAX others at the narrower one."""
    names = [stem + end for stem in stems for end in (".html", ".en.html")]
    names.append("619901000000/publication/index.html")
    every = sorted(str(page.relative_to(site)) for page in site.glob("*/publication/**/*.html"))
    others = [name for name in every if name not in names]
    looked = show_pages(browser, axe, site, names, WIDTHS, scratch)
    return looked + show_pages(browser, "", site, others[:: len(others) // OTHERS_MAX + 1], WIDTHS[:1], scratch)


def show_pages(browser, axe, site, names, widths, scratch):
    pages = [{"name": name, "text": (site / name).read_text(encoding="utf-8")} for name in names]
    fill = [json.dumps(x).replace("</", "<\\/") for x in (axe, pages, widths)]
    (scratch / "harness.html").write_text(HARNESS % tuple(fill), encoding="utf-8")
    dom = browse(browser, scratch, "--virtual-time-budget=600000", "--dump-dom",
                 f"file://{scratch}/harness.html")
    found = re.search(r'<pre id="verdicts">(.*?)</pre>', dom, re.S)
    if not found:
        sys.exit("test_pages: the browser didn't come to an end")
    verdicts = json.loads(html.unescape(found.group(1)))
    expect(len(verdicts) == len(pages) * len(widths), f"{len(verdicts)} verdicts")
    for verdict in verdicts:
        where = f"{verdict['name']} at {verdict['width']}"
        expect(verdict["shown"] == verdict["width"], f"{where} was shown at {verdict['shown']}")
        expect(max(verdict["scroll"], verdict["opened"]) <= verdict["width"],
               f"{where} is {verdict['scroll']} wide, opened {verdict['opened']}")
        for violation in verdict["violations"]:
            expect(False, f"{where}: {violation}")
        expect(not axe or verdict["passes"] >= 10, f"{where}: axe looked at {verdict['passes']} things")
    return len(verdicts)


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def check_print(browser, demo, scratch, pictures):
    if not shutil.which("pdftotext"):
        lacking("pdftotext isn't there; ./run test brings it")
    village = PRINTED[2]
    prints = [(stem, ".html", "A4") for stem in PRINTED] + [(village, ".en.html", "A4"),
                                                           (village, ".html", "A3")]
    for stem, end, paper in prints:
        text = (demo / (stem + end)).read_text(encoding="utf-8")
        (scratch / "paper.html").write_text(
            text.replace("</style>", f"@page{{size:{paper}}}</style>", 1), encoding="utf-8")
        pdf = scratch / "paper.pdf"
        browse(browser, scratch, "--no-pdf-header-footer", f"--print-to-pdf={pdf}",
               f"file://{scratch}/paper.html")
        told = output("pdfinfo", pdf)
        where = f"{stem}{end} on {paper}"
        expect(f"pts ({paper})" in told, f"{where}: {told}")
        words = output("pdftotext", "-layout", pdf, "-")
        expect("12317" in words, f"{where} lacks the telephone number")
        expect(re.search("/projects/|/funds/", stem) or re.search("谁来公开|By: ", words), f"{where} lacks what is folded")
        width = float(re.search(r"Page size: +([0-9.]+)", told).group(1))
        edges = re.findall(r'xMin="([-0-9.]+)"[^>]*xMax="([0-9.]+)"', output("pdftotext", "-bbox", pdf, "-"))
        expect(len(edges) > 50, f"{where} is empty")
        expect(all(float(left) >= 0 and float(right) <= width for left, right in edges),
               f"{where} runs over the paper")
        if pictures:
            name = f"{stem.split('/')[0]}-{stem.split('/')[-1]}{end[:-5]}-{paper}"
            output("pdftoppm", "-r", "60", "-png", pdf, pictures / name)


# ---- Pictures for people ----------------------------------------------------------------------------


def take_pictures(browser, demo, scratch, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for stem in PAGES:
        for end in (".html", ".en.html"):
            for width in WIDTHS:
                page = urllib.parse.quote(str(demo / (stem + end)))
                (scratch / "shot.html").write_text(
                    f'<body style="margin:0"><iframe src="file://{page}" style="border:0;width:{width}px;'
                    'height:5000px"></iframe>', encoding="utf-8")
                name = f"{stem.split('/')[0]}-{stem.split('/')[-1]}{end[:-5]}-{width}.png"
                browse(browser, scratch, "--allow-file-access-from-files", f"--window-size={max(width, 500)},5000",
                       f"--screenshot={folder / name}", f"file://{scratch}/shot.html")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    browser = shutil.which("chromium")
    axe = build / "pages/node_modules/axe-core/axe.min.js"
    with tempfile.TemporaryDirectory(prefix="mingzhang-pages-") as folder:
        scratch = pathlib.Path(folder)
        demo = make_demo(build, scratch)
        extreme = make_extreme(build, scratch)
        count = check_files(demo)
        expect(count > 100, f"only {count} pages")
        expect(check_files(extreme) > 900, "the extreme county has few pages")
        if not browser:
            lacking("chromium isn't there; ./run test brings it")
        pictures = pathlib.Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else None
        if pictures:
            take_pictures(browser, demo, scratch, pictures)
        engine = axe.read_text(encoding="utf-8") if axe.is_file() else ""
        shown = check_in_browser(browser, engine, demo, PAGES, scratch)
        shown += check_in_browser(browser, engine, extreme, EXTREME, scratch)
        check_print(browser, demo, scratch, pictures)
    for failure in failures:
        print(f"test_pages: {failure}")
    if failures:
        sys.exit(1)
    print(f"{count} pages whole; {shown} views without fault")
    if not axe.is_file():
        lacking("axe-core isn't there: npm couldn't bring it when ./run test asked")


main()
