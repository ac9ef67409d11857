"""test_notices.py OUT - the notices in samples/notices as bureaus send them: books with titles, a
unit line, headings of two rows, merged cells, numbers as numbers, and a GBK text file."""

import csv
import pathlib
import sys

import openpyxl
import xlwt
from openpyxl.styles import Alignment

NOTICES = pathlib.Path("samples/notices")
out = pathlib.Path(sys.argv[1])


def rows(path, encoding="utf-8-sig"):
    with open(NOTICES / path, encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def number(text):
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


def xlsx(name, title, lines, merges=(), sheets=()):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "安排表"
    sheet.append([title])
    sheet.append([None] * (len(lines[0]) - 1) + ["单位：万元"])
    for line in lines:
        sheet.append([number(cell) if cell != "" else None for cell in line])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(lines[0]))
    for merge in merges:
        sheet.merge_cells(merge)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for extra in sheets:
        book.create_sheet(extra)
    book.save(out / name)


# Two rows of headings, villages merged over their rows, sums in formulas as LibreOffice stores them.
beita = rows("430511-beita/beita-2020.csv", "gb18030")
assert len(beita) == 20, beita
heading = [["序号", "村名", "建设项目", "", "资金\n（万元）"], ["", "", "项目名称", "建设内容", ""]]
body = [line[:] for line in beita[1:]]
merges = ["C3:D3", "A3:A4", "B3:B4", "E3:E4"]
at = 5
while at - 5 < len(body):
    end = at
    while end - 4 < len(body) and body[end - 4][1] == body[at - 5][1] != "":
        end += 1
    if end > at and body[at - 5][1] not in ("小计", "合计"):
        merges.append(f"B{at}:B{end}")
    at = end + 1
title = "2020年第一批中央财政专项扶贫资金安排表"
remark = [["注：兴旺村、李子塘村含灾情因素资金", "", "", "", ""]]
xlsx("beita.xlsx", title, heading + body + remark, merges, ["Sheet2", "Sheet3"])
villages = [line for line in body if line[2] != "小额信贷贴息"]
xlsx("beita-villages.xlsx", title, heading + villages + remark)
villages = [line for line in villages if line[1] != "合计"]
xlsx("beita-good.xlsx", title, heading + villages + remark)

fengquan = rows("410704-fengquan/fengquan-2022.csv")
lines = [["项目名称", "资金", "其中省级", "责任单位", "资金文号"]] + fengquan[1:]
xlsx("fengquan.xlsx", "凤泉区衔接资金项目表", lines)
lines = [[cell.replace("人民政府", "") for cell in line] for line in lines]
lines += [["合　计", "187", "187", "", ""]]
xlsx("fengquan-good.xlsx", "凤泉区衔接资金项目表", lines)

book = xlwt.Workbook()
sheet = book.add_sheet("附件2")
sheet.write_merge(0, 0, 0, 5, "2022年市级财政衔接推进乡村振兴补助资金分配表")
sheet.write(1, 4, "金额单位：万元")
for index, line in enumerate(rows("410400-pingdingshan/pingdingshan-2022.csv")):
    for column, cell in enumerate(line):
        if cell != "":
            sheet.write(2 + index, column, number(cell))
book.save(str(out / "pingdingshan.xls"))

shapotou = rows("640502-shapotou/shapotou-2021.csv")
with open(out / "shapotou.csv", "w", encoding="gbk", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["沙坡头区2021年少数民族发展资金项目表", "", "", "", "", ""])
    writer.writerow(["", "", "", "", "", "单位：万元"])
    writer.writerow([cell.replace("(万元)", "") for cell in shapotou[0]])
    for line in shapotou[1:]:
        line[5] = line[5].translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        writer.writerow(line)
    writer.writerow(["", "总计", "", "", "676.47", "598"])
    writer.writerow(["填表人：", "", "审核人：", "", "", ""])

houtang = rows("350302-houtang/houtang-2025.csv")
xlsx("houtang.xlsx", "后塘村项目公示", houtang)
