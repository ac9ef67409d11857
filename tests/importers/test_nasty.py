"""test_nasty.py PROGRAM LEDGER PASSPHRASE OUT - sheets as a hostile, a hurried and an unlucky clerk
make them, by openpyxl, xlwt, LibreOffice and plain text. Each is imported and must give exactly the
lines told here, to the fen, or be refused with the cell and the reason told here. What none of
these programs would write (bombs, entities, damage) stands in test_sheet_make.py.

An expectation is a list of (amount in yuan, remark) or of amounts alone, or the text of a refusal."""

import csv
import datetime
import io
import pathlib
import subprocess
import sys

import openpyxl
import xlwt
from openpyxl.styles import Alignment, Font

PROGRAM, LEDGER, PASSPHRASE = sys.argv[1:4]
OUT = pathlib.Path(sys.argv[4])
SET = {"日期": "2021-04-03", "业务类型": "分配", "摘要": "分配到村", "资金编号": "F1", "拨出单位": "619901000000"}
HEADS = ["村名", "金额", "备注"]
HASH_REF = "the cell shows #REF!; mend it in the spreadsheet"
NOT_ONE = "white space stands between its digits, so it may be two numbers"
OTHERWISE = "the cell shows another number than it keeps, or none; give it a plain number format"
TOLD = "put (元) or (万元) behind the heading"
cases = []


def case(name, expected, *arguments, says="", kind="allocations"):
    """The file of this name gives what is expected; `says` is what the program must tell besides."""
    cases.append((name, expected, list(arguments), says, kind))


# ---- Makers ---------------------------------------------------------------------------------


def xlsx(name, rows, change=None, title="Sheet1"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if change:
        change(book, sheet)
    book.save(OUT / name)


def xls(name, rows, formats=None, change=None):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is None:
                continue
            code = (formats or {}).get((at, column))
            style = xlwt.easyxf(num_format_str=code) if code else xlwt.easyxf()
            sheet.write(at, column, value, style)
    if change:
        change(book, sheet)
    book.save(str(OUT / name))


def text(name, content, encoding="utf-8"):
    (OUT / name).write_bytes(content if isinstance(content, bytes) else content.encode(encoding))


def amounts(*values):
    return [HEADS] + [["苗儿村", value, None] for value in values]


def formatted(name, value, code, heading="金额"):
    """One amount in a number format, as both formats of book."""

    def style(_, sheet):
        sheet["B2"].number_format = code

    rows = [["村名", heading], ["苗儿村", value]]
    xlsx(name + ".xlsx", rows, style)
    xls(name + ".xls", rows, {(1, 1): code})
    return name + ".xlsx", name + ".xls"


def one(name, cell, expected, says=""):
    """One cell of text as an amount, in a book and in a CSV file."""
    xlsx(name + ".xlsx", amounts(cell))
    case(name + ".xlsx", expected, says=says)
    out = io.StringIO()
    csv.writer(out).writerows([["" if value is None else value for value in row] for row in amounts(cell)])
    text(name + ".csv", out.getvalue())
    case(name + ".csv", expected, says=says)


# ---- What stands in an amount's cell ----------------------------------------------------------

one("full-width", "￥１，２３４．５０", [1234.50])
one("unit-behind", "1,234.5 元", [1234.50])
one("wan-behind", "12万", [120000])
one("note", "10（其中,灾情因素6万元）", [(10, "其中,灾情因素6万元")])
one("note-is-unit", "10（万元）", "may mean another amount")
one("note-each", "500（每户）", "may mean another amount")
one("note-per", "500(元/人)", "may mean another amount")
one("note-red", "10（红字）", "may mean another amount")
one("note-unpaid", "10（未拨付）", "may mean another amount")
one("two-lines", "100\n200", NOT_ONE)
one("two-numbers", "12 34", NOT_ONE)
one("split-digits", "1 234.50", NOT_ONE)
one("break-inside", "1,\n234.50", NOT_ONE)
one("break-behind", "1,234.50\n", [1234.50])
one("parentheses", "(5.00)", "is not an amount")
one("minus", "-5", "-5 is negative")
one("minus-wide", "－５", "is negative")
one("minus-sign", "−5", "is not an amount")
one("triangle", "△5", "is not an amount")
one("range", "120-150", "is not an amount")
one("about", "约120", "is not an amount")
one("comma-decimal", "1234,5", "misplaced ','")
one("comma-groups-of-four", "12,3456", "misplaced ','")
one("points", "1.234.567,89", "misplaced '.'")
one("three-decimals", "600.000", "has more than 2 decimals")
one("scientific", "1.2E+05", "scientific notation")
one("percent", "5%", "is not an amount")
one("words", "壹佰元整", "is not an amount")
one("dash", "—", "is not an amount")
one("slash", "/", "is not an amount")
one("zero", "0", "金额: the amount is 0; write what is moved, or take the row out")
one("error-word", "#REF!", HASH_REF)
one("too-narrow", "########", "the cell shows ########")
one("apostrophe", "'100", "is not an amount")
one("zero-width", "1\u200b00", "is not an amount")
one("two-amounts", "100/200", "is not an amount")

# Numbers in books: kept, shown, computed.
xlsx("noise.xlsx", amounts(0.1 + 0.2, 1234567.1 + 0.02, 1e-17 + 7))
case("noise.xlsx", [0.30, 1234567.12, 7])
xls("noise.xls", amounts(0.1 + 0.2, 1.1 * 3))
case("noise.xls", [0.30, 3.30])
xlsx("third.xlsx", amounts(100 / 3))
case("third.xlsx", "third.xlsx:Sheet1:2: B 金额: the amount \"33.3333333333333\" has more than 2 decimals")
xlsx("negative.xlsx", amounts(-5), lambda _, sheet: setattr(sheet["B2"], "number_format", "0.00;[Red](0.00)"))
case("negative.xlsx", "B 金额: -5 is negative")
xlsx("boolean.xlsx", amounts(True))
case("boolean.xlsx", "\"TRUE\" is not an amount")
xlsx("day-amount.xlsx", amounts(datetime.date(2021, 9, 30)))
case("day-amount.xlsx", "is not an amount")
xlsx("text-number.xlsx", amounts("1234.50"), lambda _, sheet: setattr(sheet["B2"], "quotePrefix", True))
case("text-number.xlsx", [1234.50])

for name in formatted("shown-in-wan", 12, '0.00"万元"'):
    case(name, [120000])
for name in formatted("shown-in-yuan", 120000, '#,##0.00"元"', "金额（万元）"):
    case(name, [120000])
for name in formatted("shown-divided", 1234567, '0\\.0,"万元"', "金额（万元）"):
    case(name, "B 金额（万元）: " + OTHERWISE)
for name in formatted("shown-in-thousands", 5000, "#,##0,"):
    case(name, OTHERWISE)
for name in formatted("shown-not", 1234.5, ";;;"):
    case(name, OTHERWISE)
for name in formatted("shown-by-size", 123456, '[<10000]0;0!.0,"万"'):
    case(name, OTHERWISE)
for name in formatted("shown-in-dollars", 12, '"US$"0.00'):
    case(name, OTHERWISE)
for name in formatted("shown-percent", 0.05, "0%"):
    case(name, "\"5%\" is not an amount")
for name in formatted("shown-rounded", 1234.567, "#,##0.00"):
    case(name, "has more than 2 decimals")
for name in formatted("shown-accounting", 1234.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '):
    case(name, [1234.50])
for name in formatted("shown-capital", 1234.5, "[DBNum2][$-804]General"):
    case(name, [1234.50])

xlsx("uncomputed.xlsx", amounts("=100+200"))
case("uncomputed.xlsx", "uncomputed.xlsx:Sheet1:2: B 金额: the cell shows the formula has no stored result; "
     "open the file in a spreadsheet and save it again")
xls("uncomputed.xls", amounts(xlwt.Formula("100+200")))
case("uncomputed.xls", "uncomputed.xls:Sheet1:2: B 金额: the formula shows nothing")
xlsx("error.xlsx", amounts("#REF!"))
case("error.xlsx", HASH_REF)

# Cells that hold an amount without saying so.
def nameless(_, sheet):
    sheet["D2"] = 99


xlsx("nameless-column.xlsx", [["村名", "金额", None, "备注"], ["苗儿村", 1, None, None]],
     lambda _, sheet: setattr(sheet["C2"], "value", 99))
case("nameless-column.xlsx", "nameless-column.xlsx:Sheet1:2: C: the cell is filled, but its column has no heading")
xlsx("beyond.xlsx", amounts(1), nameless)
case("beyond.xlsx", "the row has more cells than the heading row")

# ---- Commas and quotes ------------------------------------------------------------------------

text("comma.csv", "村名,金额,备注\n苗儿村,1,234.50\n")
case("comma.csv", "comma.csv:2: 金额: a comma may have split this amount into two cells")
text("comma-behind.csv", "村名,金额,备注\n苗儿村,1,234.50,\n")
case("comma-behind.csv", "a comma may have split this amount")
text("comma-twice.csv", "村名,金额,备注\n苗儿村,1,234,567.00\n")
case("comma-twice.csv", "the row has more cells than the heading row; is a comma not in quotes?")
text("comma-left-out.csv", "村名,金额(万元),受益户数\n苗儿村,5,120\n上村,6,130\n")
case("comma-left-out.csv", [50000, 60000], "--map", "受益户数=")
text("comma-left-out-behind.csv", "村名,金额,受益户数\n苗儿村,5,120,\n")
case("comma-left-out-behind.csv", "a comma may have split this amount", "--map", "受益户数=")
for name, remark in [("part", "其中"), ("part-colon", "其中："), ("unit", "万元"), ("unit-line", "单位：万元")]:
    text(f"remark-{name}.csv", f"村名,金额,备注\n苗儿村,100,\n苗儿村,60,{remark}\n")
    case(f"remark-{name}.csv", "alone may mean that the amount is another one")
text("remark-says.csv", "村名,金额,备注\n苗儿村,100,其中灾情因素60元\n")
case("remark-says.csv", [(100, "其中灾情因素60元")])
text("quoted.csv", '村名,金额,备注\n苗儿村,"1,234.50","一,""二"""\n')
case("quoted.csv", [(1234.50, '一,"二"')])
text("excel-text.csv", '村名,金额,备注\n苗儿村,="100",\n')
case("excel-text.csv", "excel-text.csv:2")
text("open-quote.csv", '村名,金额,备注\n苗儿村,100,"一\n上村,200,二\n')
case("open-quote.csv", "open-quote.csv:2")
text("semicolons.csv", "村名;金额;备注\n苗儿村;1,234.50;一\n")
case("semicolons.csv", [(1234.50, "一")])
text("tabs.csv", "村名\t金额\t备注\n苗儿村\t1,234.50\t一\n")
case("tabs.csv", [(1234.50, "一")])
text("old-mac.csv", "村名,金额,备注\r苗儿村,100,一\r")
case("old-mac.csv", [(100, "一")])

# ---- Encodings --------------------------------------------------------------------------------

PLAIN = "村名,金额,备注\n苗儿村,1234.50,修路\n"
for encoding in "utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16":
    text("plain-%s.csv" % encoding, PLAIN.replace("修路", "修路" + encoding), encoding)
    case("plain-%s.csv" % encoding, [(1234.50, "修路" + encoding)])
text("plain-utf-16be.csv", b"\xfe\xff" + PLAIN.encode("utf-16-be"))
case("plain-utf-16be.csv", [(1234.50, "修路")])
text("mark-lies.csv", b"\xef\xbb\xbf" + PLAIN.encode("gbk"))
case("mark-lies.csv", "mark-lies.csv:1")
text("mark-lies-16.csv", b"\xff\xfe" + PLAIN.encode("utf-8") + b"\n")
case("mark-lies-16.csv", "mark-lies-16.csv")
text("no-mark-16.csv", PLAIN.encode("utf-16-le"))
case("no-mark-16.csv", [(1234.50, "修路")])
text("big5.csv", "村名,金額,備註\n上村,100,修路\n".encode("big5"))
case("big5.csv", "big5.csv")
text("one-bad-byte.csv", b"division,amount,note\n" + "苗儿村,100,修路\n".encode() + b"619901100001,5,\xff\n")
case("one-bad-byte.csv", "one-bad-byte.csv")
text("half-gbk.csv", b"division,amount,note\n" + "苗儿村,100,修路\n".encode() + "上村,100,修路\n".encode("gbk"))
case("half-gbk.csv", "half-gbk.csv")
text("lost.csv", "村名,金额,备注\n苗儿村,100,修\ufffd\n")
case("lost.csv", "the cell holds U+FFFD, so a character was lost before")

# ---- Units ------------------------------------------------------------------------------------


def units(name, above, expected, heading="金额", below=()):
    xlsx(name, list(above) + [["村名", heading]] + [["苗儿村", 5]] + list(below))
    case(name, expected)


units("unit-line.xlsx", [["分配表"], [None, "单位：万元"]], [50000])
units("unit-two-cells.xlsx", [["分配表"], ["单位：", "万元"]], [50000])
units("unit-alone.xlsx", [["分配表"], [None, "万元"]], [50000])
units("unit-in-title.xlsx", [["分配表（万元）"]], [50000])
units("unit-behind-office.xlsx", [["填报单位：木王镇人民政府    金额单位：万元"]], [50000])
units("unit-behind-long-office.xlsx", [["填报单位（盖章）：" + "木王镇人民政府乡村振兴办公室" * 8 + " 单位：万元"]], [50000])
units("unit-second.xlsx", [["单位：户、万元"]], [50000])
units("unit-rmb.xlsx", [["单位：人民币万元"]], [50000])
units("unit-is.xlsx", [["金额单位为万元"]], [50000])
units("unit-area-first.xlsx", [["面积单位：亩，金额单位：万元"]], [50000])
units("unit-spaced.xlsx", [["（单位：  万  元）"]], [50000])
units("unit-thousand.xlsx", [["单位：千元"]], "amounts are read in 元 or 万元")
units("unit-dollar.xlsx", [["单位：美元"]], "amounts are read in 元 or 万元")
units("unit-office-yuan.xlsx", [["填报单位：元宝村"]], [5])
units("unit-title-speaks.xlsx", [["以下均按万元填列"]], TOLD)
units("unit-title-amount.xlsx", [["关于下达1200万元资金的通知"]], [5])
units("unit-below.xlsx", [["分配表"]], "from here on amounts are in another unit", below=[["注：金额单位为万元"]])
units("unit-nearer.xlsx", [["单位：万元"]], [5], heading="金额（元）")
units("unit-colon.xlsx", [], [50000], heading="金额：万元")
units("unit-no-brackets.xlsx", [], [50000], heading="金额万元")
units("unit-long.xlsx", [], [50000], heading="金额（单位：人民币万元）")
units("unit-line-break.xlsx", [], [50000], heading="金额\n（万元）")
units("unit-million.xlsx", [], "no column of allocations has this name", heading="金额（百万元）")
xlsx("unit-sheet-name.xlsx", amounts(5), title="分配表（万元）")
case("unit-sheet-name.xlsx", TOLD)
xlsx("unit-above-mapped.xlsx", [["村名", "来源（万元）", None], [None, "中央", "省级"], ["苗儿村", 5, 6]])
case("unit-above-mapped.xlsx", [50000], "--map", "来源（万元）/中央=金额", "--map", "来源（万元）/省级=")
xlsx("unit-below-mapped.xlsx", [["村名", "资金"], [None, "万元"], ["苗儿村", 5]])
case("unit-below-mapped.xlsx", "from here on amounts are in another unit")

USES = [["村名", "资金（万元）", None], [None, "金额", "用途"], ["苗儿村", 5, "修路"]]
xlsx("unknown-below.xlsx", [USES[0], [None, "金额", "颜色"], USES[2]], lambda book, sheet: sheet.merge_cells("B1:C1"))
case("unknown-below.xlsx", "unknown-below.xlsx:Sheet1:2: C: 资金（万元）/颜色: no column of allocations has this name",
     says="or say what it is with --map '资金（万元）/颜色=COLUMN'")
xlsx("use-below.xlsx", USES, lambda book, sheet: sheet.merge_cells("B1:C1"))
case("use-below.xlsx", [(50000, "修路")])

# ---- Rows that aren't rows ----------------------------------------------------------------------

BODY = [["苗儿村", 10, None], ["上村", 20, None]]
xlsx("totals.xlsx", [HEADS] + BODY + [["木王镇小计", 30, None], ["下村", 5, None], ["小计", 5, None], ["合  计", 35, None]])
case("totals.xlsx", [10, 20, 5], says="row 4, 木王镇小计 30.00 yuan, is left out; it is the sum of its rows")
xlsx("total-wrong.xlsx", [HEADS] + BODY + [["合计", 31, None]])
case("total-wrong.xlsx", "total-wrong.xlsx:Sheet1:4: B 金额: the total is 31.00 yuan, but its rows add up to 30.00 yuan")
xlsx("total-unread.xlsx", [HEADS] + BODY + [["下村", "约5万", None], ["合计", 80, None]])
case("total-unread.xlsx", "total-unread.xlsx:Sheet1:4: B 金额: \"约5万\" is not an amount",
     says="row 5, 合计 80.00 yuan, is left out; it isn't checked, because an amount above can't be read")
xlsx("total-unread-first.xlsx", [HEADS, ["合计", 80, None]] + BODY + [["下村", "约5万", None]])
case("total-unread-first.xlsx", "total-unread-first.xlsx:Sheet1:5: B 金额: \"约5万\" is not an amount",
     says="totals that stand above their rows aren't checked, because an amount can't be read")
xlsx("total-first.xlsx", [HEADS, ["合计", 30, None]] + BODY)
case("total-first.xlsx", [10, 20])
xlsx("total-first-wrong.xlsx", [HEADS, ["合计", 31, None]] + BODY)
case("total-first-wrong.xlsx", "the total is 31.00 yuan, but its rows add up to 30.00 yuan")
xlsx("total-capital.xlsx", [HEADS] + BODY + [["合计（大写）：叁拾元整", 30, None]])
case("total-capital.xlsx", [10, 20])
xlsx("subtotal-wrong.xlsx", [HEADS] + BODY + [["小计", 30, None], ["下村", 5, None], ["小计", 6, None], ["合计", 35, None]])
case("subtotal-wrong.xlsx", "subtotal-wrong.xlsx:Sheet1:6: B 金额: the total is 6.00 yuan")
xlsx("carried.xlsx", [HEADS] + BODY + [["过次页", 30, None], ["承前页", 30, None], ["下村", 5, None]])
case("carried.xlsx", "4: A 村名: no division has the name or code \"过次页\"")
MANY = [["村名", "中央", "省级", "金额"], ["苗儿村", 1, 2, 3], ["上村", 4, 5, 9]]
xlsx("sides.xlsx", MANY + [["合计", 5, 7, 12]])
case("sides.xlsx", [3, 9], "--map", "中央=", "--map", "省级=", says="row 4, 合计 12.00 yuan")
xlsx("sides-wrong.xlsx", MANY + [["合计", 5, 8, 12]])
case("sides-wrong.xlsx", [3, 9], "--map", "中央=", "--map", "省级=",
     says="row 4, 省级: the total isn't the sum of its rows; this column is left out, but look at it")
LOANS = [["编号", "贷款人数", "行政区划", "日期", "用途", "贷款金额", "贴息金额"],
         ["X1", 3, "苗儿村", "2021-06-30", "养鸡", 100, 1], ["X2", 4, "上村", "2021-06-30", "养鸡", 200, 2]]
xlsx("two-columns.xlsx", LOANS + [["合计", 7, None, None, None, 300, 4]])
case("two-columns.xlsx", "two-columns.xlsx:Sheet1:4: G 贴息金额: the total is 4.00 yuan, but its rows add up to 3.00 yuan",
     kind="loans-to-people")
xlsx("two-tables.xlsx", [HEADS] + BODY + [[], ["第二批"], HEADS, ["下村", 5, None]])
case("two-tables.xlsx", [10, 20, 5], says="row 6 repeats the headings")
xlsx("other-table.xlsx", [HEADS] + BODY + [[], ["项目编号", "村名", "金额"], ["X", "下村", 5]])
case("other-table.xlsx", "other headings stand here than in row 1, so this is another table")
xlsx("side-by-side.xlsx", [["村名", "金额", None, "村名", "金额"], ["苗儿村", 1, None, "上村", 2]])
case("side-by-side.xlsx", "this column stands in the file twice")
xlsx("other-unit-below.xlsx", [["单位：元"], HEADS] + BODY + [["单位：万元"], HEADS, ["下村", 5, None]])
case("other-unit-below.xlsx", "from here on amounts are in another unit")
xlsx("lone.xlsx", [HEADS] + BODY[:1] + [["上村", None, None]] + BODY)
case("lone.xlsx", "only one cell is filled")
xlsx("signers.xlsx", [["分配表"], HEADS] + BODY + [["制表人：", "审核人：", None], ["注：修路"]])
case("signers.xlsx", [10, 20], says="row 6 is left out as a remark")
xlsx("numbers-below.xlsx", [HEADS, [1, 2, 3]] + BODY)
case("numbers-below.xlsx", [10, 20])
xlsx("blank-rows.xlsx", [HEADS, [], []] + BODY[:1] + [[" ", "\u3000", None]] + BODY[1:])
case("blank-rows.xlsx", [10, 20])


# ---- What a clerk doesn't see -------------------------------------------------------------------


def hide_row(_, sheet):
    sheet.row_dimensions[2].hidden = True


def hide_column(_, sheet):
    sheet.column_dimensions["B"].hidden = True


def filtered(_, sheet):
    sheet.auto_filter.ref = "A1:C3"
    sheet.auto_filter.add_filter_column(0, ["上村"])
    sheet.row_dimensions[2].hidden = True


xlsx("hidden-row.xlsx", [HEADS] + BODY, hide_row)
case("hidden-row.xlsx", [10, 20], says="row 2 is hidden in the spreadsheet; it is read all the same")
xls("hidden-row.xls", [HEADS] + BODY, None, lambda _, sheet: setattr(sheet.row(1), "hidden", True))
case("hidden-row.xls", [10, 20], says="row 2 is hidden in the spreadsheet; it is read all the same")
xlsx("filtered.xlsx", [HEADS] + BODY, filtered)
case("filtered.xlsx", [10, 20], says="row 2 is hidden in the spreadsheet")
xlsx("hidden-column.xlsx", [HEADS] + BODY, hide_column)
case("hidden-column.xlsx", [10, 20], says="B 金额, hidden in the spreadsheet, in yuan")
xls("hidden-column.xls", [HEADS] + BODY, None, lambda _, sheet: setattr(sheet.col(1), "hidden", True))
case("hidden-column.xls", [10, 20], says="B 金额, hidden in the spreadsheet, in yuan")


def struck(_, sheet):
    for cell in sheet[2]:
        cell.font = Font(strike=True)


xlsx("struck.xlsx", [HEADS] + BODY, struck)
case("struck.xlsx", "struck.xlsx:Sheet1:2: A 村名: the cell shows what is struck out; delete it, or let it stand unstruck")
xls("struck.xls", [HEADS], None, lambda _, sheet: [
    sheet.write(1, column, value, xlwt.easyxf("font: struck_out on"))
    for column, value in enumerate(["苗儿村", 10])])
case("struck.xls", "struck.xls:Sheet1:2: A 村名: the cell shows what is struck out")
xls("struck-part.xls", [HEADS], None, lambda _, sheet: (
    sheet.write(1, 0, "苗儿村"),
    sheet.write_rich_text(1, 1, (("100", xlwt.easyfont("struck_out on")), "200"))))
case("struck-part.xls", "struck-part.xls:Sheet1:2: B 金额: the cell shows what is struck out")
case("struck-part.xlsx", "struck-part.xlsx:Sheet1:2: B 金额: the cell shows what is struck out")


# ---- Merged cells -------------------------------------------------------------------------------


def merge(*ranges):
    def change(_, sheet):
        for cells in ranges:
            sheet.merge_cells(cells)
            sheet[cells.split(":")[0]].alignment = Alignment(vertical="center")

    return change


xlsx("merged-down.xlsx", [["乡镇", "村名", "金额"], ["木王镇", "苗儿村", 10], [None, "上村", 20]], merge("A2:A3"))
case("merged-down.xlsx", [10, 20])
xlsx("merged-amount.xlsx", [HEADS] + BODY, merge("B2:B3"))
case("merged-amount.xlsx", "merged-amount.xlsx:Sheet1:3: B 金额: one amount is merged over several rows")
xlsx("merged-heading.xlsx", [["村名", "资金安排", None], [None, "金额", "备注"]] + BODY, merge("A1:A2", "B1:C1"))
case("merged-heading.xlsx", [10, 20])

# ---- Days ---------------------------------------------------------------------------------------


def days(name, value, expected, code=None, epoch=None):
    """`expected` is a day that the voucher must bear, or a refusal."""

    def change(book, sheet):
        if epoch:
            book.epoch = epoch
            sheet["C2"] = value
        if code:
            sheet["C2"].number_format = code

    xlsx(name, [["村名", "金额", "日期"], ["苗儿村", 1, value]], change)
    cases.append((name, expected, ["day"], "", "allocations"))


days("day.xlsx", datetime.date(2021, 4, 5), "=2021-04-05")
days("day-1904.xlsx", datetime.date(2021, 4, 5), "=2021-04-05", epoch=openpyxl.utils.datetime.CALENDAR_MAC_1904)
days("day-serial.xlsx", 44291, "=2021-04-05", "yyyy/m/d")
days("day-bare-serial.xlsx", 44291, "=2021-04-05")
days("day-text.xlsx", "2021年4月5日", "=2021-04-05")
days("day-wide.xlsx", "２０２１．４．５", "=2021-04-05")
days("day-midnight.xlsx", "2021/4/5 0:00", "=2021-04-05")
days("day-broken.xlsx", "2021-4-5\n2021-4-6", "is not a date")
days("day-parted.xlsx", "2021-4-1 5", "is not a date")
days("day-american.xlsx", "4/5/2021", "is not a date")
days("day-short.xlsx", "21.4.5", "is not a date")
days("day-month.xlsx", "2021年4月", "is not a date")
days("day-february.xlsx", "2021-02-29", "2021-02-29")

# ---- Numbers that are names ---------------------------------------------------------------------

PEOPLE = ["付款单位", "台账类别", "金额", "补助政策", "姓名", "身份证号", "银行账号"]
PERSON = ["619901000000", "政策补助", 1, "困难补助", "王某", "11010519491231002X", "6228480402564890018"]


def people(name, expected, *changes):
    rows = [PEOPLE]
    for change in changes or ({},):
        rows.append([change.get(column, PERSON[at]) for at, column in enumerate(PEOPLE)])
    xlsx(name, rows)
    case(name, expected, kind="payments")


people("id-number.xlsx", "the spreadsheet kept this ID number as a number and lost its last digits",
       {"身份证号": 110105194912310021})
people("id-scientific.xlsx", "the spreadsheet kept this ID number as a number", {"身份证号": "1.10105E+17"})
people("account-number.xlsx", "the spreadsheet kept this account number as a number", {"银行账号": 6228480402564890018})
people("account-scientific.xlsx", "the spreadsheet kept this account number as a number", {"银行账号": "6.22848E+18"})
people("twins.xlsx", "this is the payment of row 2 again", {}, {})
people("error-name.xlsx", HASH_REF, {"姓名": "#REF!"})
CONTRACT = ["合同编号", "项目编号", "施工单位", "合同价", "质保金比例", "签订日期"]


def contract(name, expected, values, formats=None):
    def change(_, sheet):
        for cell, code in (formats or {}).items():
            sheet[cell].number_format = code

    xlsx(name, [CONTRACT, values], change)
    case(name, expected, kind="contracts")


contract("code-number.xlsx", "A 合同编号: the spreadsheet kept this as a number and lost its last digits",
         [2021093000000000123, "X1", "某公司", 100, None, "2021-04-05"])
contract("code-scientific.xlsx", "A 合同编号: \"2.02109E+18\" is a long number that a spreadsheet cut",
         ["2.02109E+18", "X1", "某公司", 100, None, "2021-04-05"])
contract("code-letters.xlsx", "A 合同编号: " + OTHERWISE, [12, "X1", "某公司", 100, None, "2021-04-05"],
         {"A2": '"HT-"0000'})
contract("code-padded.xlsx", "project 0012", ["H1", 12, "某公司", 100, None, "2021-04-05"], {"B2": "0000"})

# ---- Made by LibreOffice ------------------------------------------------------------------------

text("office-1.csv", "村名,金额,备注\n苗儿村,=100+200.5,一\n上村,=1/0,二\n")
text("office-2.csv", "村名,金额,备注\n苗儿村,=100+200.5,一\n上村,=B2*2,\"二\n三\"\n合计,=SUM(B2:B3),\n")
for made in "xlsx", "xls":
    case("office-1.%s" % made, "3: B 金额: the cell shows #DIV/0!")
    case("office-2.%s" % made, [(300.50, "一"), (601, "二 三")], says="row 4, 合计 901.50 yuan")


# ---- Running ------------------------------------------------------------------------------------


def run(*arguments):
    done = subprocess.run([PROGRAM, "-L", LEDGER, "-u", "li", "--passphrase-file", PASSPHRASE, *arguments],
                          capture_output=True, check=False, stdin=subprocess.DEVNULL)
    return done.returncode, (done.stdout + done.stderr).decode()


def lines_of(reference):
    status, said = run("voucher", "show", reference, "--format", "csv")
    if status != 0:
        return said
    rows = list(csv.DictReader(io.StringIO(said)))
    return [(round(float(row["amount"]) * 100), row["text"]) for row in rows]


def voucher_day(reference):
    _, said = run("voucher", "list", "--format", "csv")
    for row in csv.DictReader(io.StringIO(said)):
        if reference in row.values():
            return next(value for value in row.values() if value.startswith("2021-") and len(value) == 10)
    return None


def try_case(number, name, expected, arguments, says, kind):
    reference = "R-%d" % number
    settings = {"allocations": dict(SET, 凭证号=reference),
                "payments": {"凭证号": reference, "日期": "2021-04-03", "摘要": "补助", "资金编号": "F1"}}.get(kind, {})
    is_day = arguments == ["day"]
    if is_day:
        del settings["日期"]
        arguments = []
    for column, value in settings.items():
        arguments = arguments + ["--set", column + "=" + value]
    is_refusal = isinstance(expected, str) and not expected.startswith("=")
    status, said = run("import", kind, str(OUT / name), "--unmarked", *arguments)
    said = said.replace(str(OUT) + "/", "")
    if is_refusal:
        if status != 3 or expected not in said or says not in said:
            return "wanted a refusal with %r, saying %r" % (expected, says), status, said
        return None
    if status != 0 or says not in said:
        return "wanted %r, saying %r" % (expected, says), status, said
    if is_day:
        got = voucher_day(reference)
        return None if "=" + str(got) == expected else ("the day is %s, not %s" % (got, expected), status, said)
    wanted = [(round(line * 100), None) if not isinstance(line, tuple) else (round(line[0] * 100), line[1])
              for line in expected]
    got = lines_of(reference)
    same = isinstance(got, list) and len(got) == len(wanted) and all(
        a[0] == b[0] and (b[1] is None or a[1].replace(":", "：") == b[1].replace(":", "："))
        for a, b in zip(got, wanted))
    return None if same else ("misread: %r, not %r" % (got, wanted), status, said)


for made in "xlsx", "xls":
    subprocess.run(["soffice", "-env:UserInstallation=file://%s/profile" % OUT, "--headless", "--convert-to", made,
                    "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,0,true",
                    "--outdir", str(OUT), str(OUT / "office-1.csv"), str(OUT / "office-2.csv")],
                   check=True, capture_output=True, stdin=subprocess.DEVNULL)
subprocess.run(["soffice", "-env:UserInstallation=file://%s/profile" % OUT, "--headless", "--convert-to", "xlsx",
                "--outdir", str(OUT), str(OUT / "struck-part.xls")],
               check=True, capture_output=True, stdin=subprocess.DEVNULL)
failures = 0
for at, (file, *rest) in enumerate(cases):
    fault = try_case(at, file, *rest)
    if fault:
        failures += 1
        print("%s: %s; status %s:\n%s" % (file, *fault))
print("%d sheets, %d misread" % (len(cases), failures))
sys.exit(1 if failures else 0)
