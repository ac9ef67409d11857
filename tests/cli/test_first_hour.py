"""test_first_hour.py PROGRAM COLUMNS LANG SCRATCH - the commands of README.md, typed one by one.

The page is the script, in English and in Chinese: each line of its two blocks is run as it stands, each line "# in BOOK: CELL
VALUE, …" is done to the marked copy as a clerk would. STEPS says what each must show.
"""
import os
import re
import subprocess
import sys

import openpyxl

from desk_terminal import Terminal, plain, width

PROGRAM, COLUMNS, LANG, SCRATCH = sys.argv[1:]
CHINESE = LANG.startswith("zh")
SECRET = "three blind mice"
ROOT = os.getcwd()

# How a command begins, its exit status, what it shows in English and in Chinese. Each is run once,
# in this order; what has neither is run in passing.
STEPS = [
    ("zhao=$(mingzhang key new", 0, "The same again (zhao)", "再输一次 (zhao)"),
    ("mingzhang init", 0, "next: enter those who", "下一步：登记"),
    ("mingzhang -u zhao user add li", 0, "mingzhang act second", "mingzhang act second"),
    ("mingzhang -u qian act second", 0, "roles maker@619901000000", "角色 制单@619901000000"),
    ("mingzhang -u qian act second", 0, "Second it? [y/N]", "附议？ [y/N]"),
    ("mingzhang -u li import divisions", 0, "6 rows of divisions imported", "6 行行政区划已导入"),
    ("mingzhang -u li import allocations samples/county/05", 0, "wait for a checker", "等待审核"),
    ("mingzhang -u wang voucher approve 下达-1", 0, "Approve them all? [y/N]", "全部审核通过？ [y/N]"),
    ('mingzhang -u li import allocations 分配表.xlsx "', 3, 'near it: 桃园村 (619901100202)',
     "相近的有：桃园村 (619901100202)"),
    ('mingzhang -u li import allocations 分配表.marked.xlsx "', 3, "its rows add up to 265,000.00",
     "265,000.00"),
    ('mingzhang -u li import allocations 分配表.marked-2.xlsx "${all[@]}" --dry-run', 0,
     "next: the same without --dry-run", "下一步：去掉 --dry-run"),
    ('mingzhang -u li import allocations 分配表.marked-2.xlsx "', 0, "1 vouchers, 265,000.00 yuan together. Submit them? [y/N]",
     "合计 265,000.00 元。提交？ [y/N]"),
    ("mingzhang voucher list --state pending", 0, "2021-000007  pending", "2021-000007  待审核"),
    ("mingzhang -u li voucher approve", 5, "li", "li"),
    ("mingzhang -u wang voucher approve 分配-1", 0, "Approve it? [y/N]", "审核通过？ [y/N]"),
    ("mingzhang voucher print", 0, "分配-1.pdf written", "已写入 分配-1.pdf"),
    ("mingzhang balance", 0, "left to use: 5,000,000.00 of", "可用结余：5,000,000.00"),
    ("mingzhang -u li voucher reverse", 0, "It is large. Submit it? [y/N]", "金额较大。提交？ [y/N]"),
    ("mingzhang -u wang voucher approve reversal", 0, "+265,000.00", "+265,000.00"),
    ("mingzhang voucher list", 0, "reversed", "已冲销"),
    ("mingzhang verify", 0, "PASS", "PASS"),
]


def fail(where, what):
    sys.exit(f"{LANG} {where}: {what}")


def walk(page):
    """The lines of a page's two blocks; what goes on behind a backslash is one."""
    with open(page, encoding="utf-8") as file:
        text = file.read()
    blocks = [block for block in re.findall(r"^```\n(.*?)^```$", text, re.M | re.S)
              if "key new" in block or "分配表" in block]
    lines = "".join(blocks).replace("\\\n", "").splitlines()
    return [line if line.startswith("#") else line.split("  #")[0].rstrip()
            for line in lines if not line.startswith("./run")]


def is_one_word(line):
    """Is it wide because of a key, a path or a fingerprint that can't be broken?"""
    return any(width(word) > 60 for word in line.split())


def unfolded(said):
    """What went on below itself, on one line again."""
    return re.sub(r"\n  (?=\S)", " ", plain(said))


def looked_at(command, said):
    """What holds of whatever is shown at a terminal of 80 columns."""
    if SECRET in said:
        fail(command, "the passphrase is shown")
    if "\033" in re.sub("\033\\[(0|1|1;31|1;32)m|\r?\033\\[K", "", said):
        fail(command, f"an unknown sequence in {said!r}")
    for line in plain(said).split("\n"):
        if width(line) > 80 and not is_one_word(line):
            fail(command, f"{width(line)} columns: {line}")
    for line in unfolded(said).split("\n") if CHINESE else ():
        ours = re.sub(r"mingzhang( |$)[^，；。]*|--[a-z-]+|[\w./]*/[\w./-]*|\b[0-9a-f]{4}\b|reversal-of-[\w-]+", "", line)
        if re.search(r"([A-Za-z]{2,}[ ,:;]+){2}[A-Za-z]{2,}", ours):
            fail(command, f"English in the Chinese run: {line}")


def is_aligned(command, said):
    table = [line for line in plain(said).split("\n") if line and "：" not in line and ": " not in line]
    status = subprocess.run([COLUMNS], input="\n".join(table) + "\n", text=True,
                            stdout=subprocess.DEVNULL, check=False).returncode
    if status != 0:
        fail(command, "not aligned:\n" + "\n".join(table))


def mend(folder, line):
    """Do what "# in BOOK: CELL VALUE, …" says; the cells must be coloured and explained."""
    name, cells = re.fullmatch(r"# in (\S+): (.*)", line).groups()
    path = f"{folder}/{name}"
    book = openpyxl.load_workbook(path)
    sheet = book.active
    if sheet.title != "分配表":
        fail(name, f"the sheet is called {sheet.title}")
    errors = next(c.column for row in sheet.iter_rows(max_row=4) for c in row if c.value == "错误")
    for cell, value in (text.split(" ") for text in cells.split(", ")):
        if sheet[cell].fill.fill_type != "solid" or sheet[cell].fill.fgColor.rgb == "FFFFFFFF":
            fail(name, f"{cell} isn't coloured")
        why = sheet.cell(sheet[cell].row, errors).value or ""
        if len(why) < 10 or (CHINESE and re.search("[a-z]{3,} [a-z]{3,}", why)):
            fail(name, f"beside {cell} stands {why!r}")
        sheet[cell] = float(value) if re.fullmatch(r"[\d.]+", value) else value
    os.makedirs(f"{SCRATCH}/saved", exist_ok=True)
    book.save(path)
    subprocess.run(["soffice", f"-env:UserInstallation=file://{SCRATCH}/office", "--headless",
                    "--convert-to", "xlsx", "--outdir", f"{SCRATCH}/saved", path],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.replace(f"{SCRATCH}/saved/{name}", path)


def answer(said):
    return "y\n" if said.endswith("[y/N] ") else SECRET + "\n"


def main():
    folder = f"{SCRATCH}/clone"
    os.mkdir(folder)
    os.symlink(f"{ROOT}/samples", f"{folder}/samples")
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("MINGZHANG", "LC_", "LANG", "NO_COLOR"))}
    shell = Terminal({**kept, "LANG": LANG, "TERM": "xterm", "HOME": SCRATCH,
                      "PATH": f"{os.path.dirname(PROGRAM)}:{kept['PATH']}"}, folder)
    steps = list(STEPS)
    if walk("README.md") != walk("docs/first-hour.zh_CN.md"):
        fail("docs/first-hour.zh_CN.md", "its commands aren't those of README.md")
    for line in walk("README.md"):
        if line.startswith("#"):
            mend(f"{folder}/practice", line)
            continue
        status, said = shell.run(line, answer)
        looked_at(line, said)
        wanted = 0
        if steps and line.startswith(steps[0][0]):
            _, wanted, english, chinese = steps.pop(0)
            text = chinese if CHINESE else english
            if text not in re.sub(r"\n\s*", "", plain(said)) and text not in plain(said):
                fail(line, f"no {text!r} in:\n{plain(said)}")
        if status != wanted:
            fail(line, f"status {status}, not {wanted}:\n{plain(said)}")
        if line.startswith("mingzhang balance"):
            is_aligned(line, said)
    if steps:
        fail("README.md", f"nothing begins with {steps[0][0]!r} where it should")
    paper = subprocess.run(["pdftotext", "-layout", f"{folder}/practice/分配-1.pdf", "-"],
                           check=True, capture_output=True, text=True).stdout
    for text in ("贰拾陆万伍仟元整", "265,000.00", "li", "wang"):
        if text not in paper:
            fail("分配-1.pdf", f"no {text} in:\n{paper}")
    # What goes into a pipe has no colours and nothing of what is next.
    status, said = shell.run("mingzhang voucher list 2>&1 | cat")
    if status != 0 or "\033" in said or "2026-000001" not in said and "reversal-of" not in said:
        fail("a pipe", said)
    shell.close()
    print(f"{LANG}: {len(STEPS)} steps as README.md tells them")


main()
