"""compare_sheet.py SHEET.xlsx SHEET.csv LISTING.csv - does the sheet say what the listing says?

SHEET.csv is what LibreOffice reads in SHEET.xlsx, numbers in full; LISTING.csv what mingzhang writes
of the same listing. Cell types, formats, widths and frozen headings are looked at by openpyxl.
"""
import csv
import decimal
import re
import sys

import openpyxl

AMOUNT, SHARE, INTEGER = "#,##0.00", "0.00%", "0"

# The columns that hold words of ours, and what they are in a sheet: the program's own table.
WORD_COLUMNS = ("row", "book", "role", "state", "movement", "what", "level", "tier", "from", "to",
                "acts_as", "matter")
with open("cli/table_headings.c", encoding="utf-8") as source:
    WORDS = dict(re.findall(r'\{(?:N_\()?"([^"]+)"\)?, "([^"]+)"\}', source.read().split("words[]")[1]))
# Codes of matters mean other things elsewhere, so people read names; in the order of the table.
MATTERS = dict(zip(("allocation", "loans", "sector", "consolidation", "bank", "annual_plan", "completion",
                    "projects", "complaints", "village_finance"), list(WORDS)[list(WORDS).index("fund allocation"):]))


def in_sheet(name, text):
    """What a cell of a listing says in a sheet."""
    if text in ("yes", "no"):
        return WORDS[text]
    if name == "matter":
        return WORDS[MATTERS[text]]
    if name not in WORD_COLUMNS:
        return text
    return "/".join(WORDS.get(part, part) for part in text.split("/"))


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def fail(where, what):
    sys.exit(f"{sys.argv[1]} {where}: {what}")


def number(text):
    return decimal.Decimal(text.rstrip("%"))


def check_cell(cell, where, shown, listed):
    is_number = cell.number_format in (AMOUNT, SHARE, INTEGER)
    if is_number and listed != "" and cell.data_type != "n":
        fail(where, f"{cell.value!r} is no number")
    if not is_number and listed != "" and cell.data_type == "n":
        fail(where, f"{cell.value!r} is a number")
    if shown == listed or (is_number and listed != "" and number(shown) == number(listed)):
        return
    fail(where, f"shows {shown!r}, the listing {listed!r}")


sheet = openpyxl.load_workbook(sys.argv[1]).active
shown, listed = rows(sys.argv[2]), rows(sys.argv[3])
if sheet.freeze_panes != "A2":
    fail("headings", f"frozen at {sheet.freeze_panes}")
if len(shown) != len(listed):
    fail("rows", f"{len(shown)} shown, {len(listed)} listed")
for name, heading in zip(listed[0], shown[0]):
    if re.search("[a-z]{2}", heading) and heading != "SHA-256":
        fail(name, f"has no Chinese heading but {heading!r}")
for column, name in enumerate(listed[0]):
    width = sheet.column_dimensions[openpyxl.utils.get_column_letter(column + 1)].width
    for row in range(1, len(listed)):
        check_cell(sheet.cell(row + 1, column + 1), f"{name} {row}", shown[row][column],
                   in_sheet(name, listed[row][column]))
        if name in WORD_COLUMNS and re.search("[a-z]{3}", shown[row][column]):
            fail(f"{name} {row}", f"{shown[row][column]!r} is no Chinese")
        wide = sum(2 if ord(c) > 0x2E7F else 1 for c in shown[row][column])
        if wide > width and width < 60:
            fail(name, f"is {width} wide, too narrow for {shown[row][column]}")
print(f"{len(listed) - 1} rows, {len(listed[0])} columns agree")
