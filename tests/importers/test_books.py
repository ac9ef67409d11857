"""test_books.py OUT - books whose layout has traps; test_books.py fill TEMPLATE OUT - a template
filled in; test_books.py lists TEMPLATE - the drop-down lists of a template."""

import datetime
import pathlib
import sys

import openpyxl

HEADS = ["凭证号", "日期", "业务类型", "摘要", "资金编号", "收款单位", "金额"]
PEOPLE = ["凭证号", "日期", "摘要", "资金编号", "付款单位", "台账类别", "金额", "补助政策", "姓名",
          "身份证号", "银行账号"]
DAY = datetime.date(2021, 4, 2)


def row(reference, amount, place=619901000000):
    return [reference, DAY, "下达", "下达", "F1", place, amount]


def book(out, sheets, hidden=()):
    result = openpyxl.Workbook()
    result.remove(result.active)
    for name, lines in sheets.items():
        sheet = result.create_sheet(name)
        for line in lines:
            sheet.append(line)
        if name in hidden:
            sheet.sheet_state = "hidden"
    result.save(out)
    return result


def make(out):
    one, two = [HEADS, row("R1", 1)], [["第二批"], HEADS, row("R2", 2)]
    book(out / "one.xlsx", {"封面": [["关于下达资金的通知"]], "空": [], "数据": two})
    book(out / "two.xlsx", {"一批": one, "二批": two})
    book(out / "hidden.xlsx", {"一批": one, "旧": two}, hidden=["旧"])
    merged = openpyxl.Workbook()
    sheet = merged.active
    for line in [HEADS, row("R3", 5), ["R3", None, None, None, "F1", 619901000000, None]]:
        sheet.append(line)
    sheet.merge_cells("G2:G3")
    merged.save(out / "merged.xlsx")
    sheet.unmerge_cells("G2:G3")
    sheet["G2"] = 5
    sheet["G3"] = None
    for column in "EF":
        sheet[f"{column}3"] = None
    sheet["F3"] = "木王村"
    sheet.merge_cells("A2:A3")
    sheet.append(["注：合并的单元格"])
    sheet.merge_cells("A4:G4")
    merged.save(out / "gap.xlsx")
    person = ["R4", DAY, "补助", "F1", 619901000000, "政策补助", 1, "困难补助", "王某"]
    book(out / "id.xlsx", {"名单": [PEOPLE, person + [110105194912310021, ""]]})
    book(out / "account.xlsx",
         {"名单": [PEOPLE, person + ["11010519491231002X", 6228480000000000018]]})
    book(out / "error.xlsx", {"数据": [HEADS, row("R5", "#REF!")]})


def fill(template, out):
    filled = openpyxl.load_workbook(template)
    sheet = filled["填写"]
    headings = [cell.value for cell in sheet[1]]
    values = {"序号": 1, "凭证号": "R9", "日期": "2021-04-02", "业务类型": "下达", "摘要": "下达",
              "资金编号": "F1", "收款单位": "示例县", "金额(万元)": 0.5}
    for column, heading in enumerate(headings, 1):
        sheet.cell(row=3, column=column, value=values.get(heading))
    filled.save(out)


def lists(template):
    for validation in openpyxl.load_workbook(template)["填写"].data_validations.dataValidation:
        print(validation.sqref, validation.formula1)


if sys.argv[1] == "fill":
    fill(sys.argv[2], sys.argv[3])
elif sys.argv[1] == "lists":
    lists(sys.argv[2])
else:
    make(pathlib.Path(sys.argv[1]))
