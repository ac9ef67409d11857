"""test_sheet_make.py OUT - books that LibreOffice doesn't write: by openpyxl and xlwt, and hostile
ones put together by hand. test_sheet_files.c tells what each must give."""
import datetime
import io
import struct
import sys
import warnings
import zipfile

import openpyxl
import xlwt
from xlwt import CompoundDoc

OUT = sys.argv[1]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"


def path(name):
    return OUT + "/" + name


def parts_of(book):
    data = io.BytesIO()
    book.save(data)
    with zipfile.ZipFile(data) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(name, parts, extra=()):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about names that stand twice
        with zipfile.ZipFile(path(name), "w", zipfile.ZIP_DEFLATED) as archive:
            for part, data in list(parts.items()) + list(extra):
                archive.writestr(part, data)


def plain_book():
    book = openpyxl.Workbook()
    book.active.append(["村名", "金额"])
    book.active.append(["甲", 1])
    return book


def sheet(data, behind=""):
    return '<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>' % (MAIN, data, behind)


def with_sheet(name, xml):
    parts = parts_of(plain_book())
    parts[SHEET] = xml
    write(name, parts)


def with_texts(name, texts, cells):
    """A book whose cells share texts."""
    parts = parts_of(plain_book())
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="texts" Type="' + DOCUMENT.encode() +
        b'/sharedStrings" Target="../xl/./texts.xml"/></Relationships>')
    parts["xl/texts.xml"] = '<sst xmlns="%s" count="4294967295" uniqueCount="-1">%s</sst>' % (MAIN, texts)
    parts[SHEET] = sheet(cells)
    write(name, parts)


def written_by_openpyxl():
    book = plain_book()
    cells = book.active
    cells["A3"] = "=1+2"  # openpyxl computes nothing
    cells["B3"] = 0.1 + 0.2
    cells["A4"] = datetime.date(2021, 9, 30)
    cells["B4"] = 60
    cells["B4"].number_format = "yyyy-mm-dd"
    cells["C4"] = True
    cells["IV5"] = "last"
    cells["A6"] = 0.05
    cells["A6"].number_format = "0.0%"
    cells.row_dimensions[6].hidden = True
    book.save(path("openpyxl.xlsx"))
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(path("epoch.xlsx"))

    parts = parts_of(plain_book())
    for name in parts:
        parts[name] = parts[name].replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        parts[name] = parts[name].replace(DOCUMENT.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")
    write("strict.xlsx", parts)


def strange_but_true():
    with_texts("texts.xlsx",
               "<si><t>一</t></si><si><r><t>村</t></r><rPh sb='0' eb='1'><t>cun</t></rPh><r><t xml:space='preserve'> 民</t></r></si>"
               "<si><t>a_x000D_b_x005F_x0041_</t></si>",
               '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>')
    with_sheet("types.xlsx", sheet(
        '<row r="2"><c r="B2" t="d"><v>2021-09-30T00:00:00</v></c><c r="A2" t="inlineStr"><is><t>先</t></is></c>'
        '<c r="C2" t="str"><f>A1</f><v></v></c><c r="D2" t="e"><v>#N/A</v></c><c><v>x</v></c><c t="b"><f>1</f><v>1</v></c></row>'
        '<row r="4"><c r="A4"><v>6E2</v></c></row>'))
    with_sheet("encoding.xlsx", ('<?xml version="1.0" encoding="UTF-16"?>' + sheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>村</t></is></c></row>')).encode("utf-16"))
    parts = parts_of(plain_book())
    parts["xl/vbaProject.bin"] = b"macros"
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="macros" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>')
    write("macros.xlsm", parts, [("../../escaped.txt", b"never unpacked"), ("/etc/escaped", b"never")])


def claim_sizes(name, size, part=SHEET):
    """Let the archive's table of contents claim a size of a part unpacked."""
    with open(path(name), "rb") as file:
        data = bytearray(file.read())
    entry = data.rindex(part.encode()) - 46
    assert data[entry:entry + 4] == b"PK\1\2"
    struct.pack_into("<I", data, entry + 24, size)
    with open(path(name), "wb") as file:
        file.write(data)


def hostile():
    many = sheet('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * (64 << 20))
    with_sheet("bomb.xlsx", many)
    with_sheet("entities.xlsx", '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + sheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'))
    with_sheet("external.xlsx", '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>'))
    with_sheet("undeclared.xlsx", sheet('<row r="1"><c r="A1"><v>&a;</v></c></row>'))
    with_sheet("deep.xlsx", sheet("<a>" * 5000 + "</a>" * 5000))
    with_sheet("order.xlsx", sheet('<row r="5"><c r="A5"><v>1</v></c></row><row r="4"><c r="A4"><v>2</v></c></row>'))
    with_sheet("twice.xlsx", sheet('<row r="5"><c r="A5"><v>1</v></c><c r="A5"><v>2</v></c></row>'))
    with_sheet("elsewhere.xlsx", sheet('<row r="5"><c r="A6"><v>1</v></c></row>'))
    with_sheet("wide.xlsx", sheet('<row r="5"><c r="IW5"><v>1</v></c></row>'))
    with_sheet("long.xlsx", sheet('<row r="5"><c r="C5" t="inlineStr"><is><t>%s</t></is></c></row>' % ("x" * 32769)))
    with_sheet("ranges.xlsx", sheet("", "<mergeCells>%s</mergeCells>" % ('<mergeCell ref="A1:B2"/>' * 500001)))
    with_texts("index.xlsx", "<si><t>a</t></si>", '<row r="7"><c r="B7" t="s"><v>1</v></c></row>')

    with_sheet("claim.xlsx", sheet("<row/>"))
    claim_sizes("claim.xlsx", 0xfffffff0)
    with_texts("texts2g.xlsx", "<si><t>a</t></si>", '<row><c t="s"><v>0</v></c></row>')
    claim_sizes("texts2g.xlsx", 1 << 31, "xl/texts.xml")
    with_sheet("modest.xlsx", many)
    claim_sizes("modest.xlsx", 100)
    small = '<row r="1"><c r="A1" t="inlineStr"><is><t>村民</t></is></c></row>'
    with_sheet("marked16.xlsx", ('\ufeff<?xml version="1.0" encoding="UTF-8"?>' + sheet(small)).encode("utf-16le"))
    with_sheet("marked8.xlsx", ('\ufeff<?xml version="1.0" encoding="GB18030"?>' + sheet(small)).encode())
    with_sheet("unmarked8.xlsx", ('<?xml version="1.0" encoding="UTF-16"?>' + sheet(small)).encode())
    with_sheet("gbk.xlsx", ('<?xml version="1.0" encoding="GBK"?>' + sheet(small)).encode("gbk"))

    parts = parts_of(plain_book())
    write("double.xlsx", parts, [("xl/Worksheets/sheet1.xml", parts[SHEET])])
    write("many.xlsx", parts, [("a%d" % i, b"") for i in range(4096)])
    outside = dict(parts)
    outside["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"/xl/worksheets/sheet1.xml", b"../../../../../etc/passwd")
    assert outside["xl/_rels/workbook.xml.rels"] != parts["xl/_rels/workbook.xml.rels"]
    write("outside.xlsx", outside)
    del parts[SHEET]
    write("lacking.xlsx", parts)
    write("document.docx", {"_rels/.rels": "<Relationships/>", "word/document.xml": "<a/>"})
    write("sheet.ods", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"})
    with open(path("contents.xlsx"), "wb") as file:  # an end record that claims a huge table of contents
        file.write(b"PK\3\4" + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, 1 << 30, 0, 0))


def written_by_xlwt():
    book = xlwt.Workbook(encoding="utf-8")
    cells = book.add_sheet("表一")
    day = datetime.date(2021, 9, 30)
    for column, code in enumerate(("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]yyyy\"年\"m\"月\";@", '0"d"')):
        cells.write(0, column, day, xlwt.easyxf(num_format_str=code))
    for column, value in enumerate((12.1, 0.1 + 0.2, 1234567.89, -5, 1e20, 12.34, True, "𠮷" * 3)):
        cells.write(1, column, value)
    cells.write(2, 0, xlwt.Formula("1/0"))  # xlwt computes nothing
    cells.row(2).set_cell_error(1, "#REF!")
    cells.row(2).set_cell_boolean(2, False)
    cells.write_merge(3, 4, 0, 1, "合")
    cells.write(4, 2, 7)
    cells.write(5, 0, 0.05, xlwt.easyxf(num_format_str="0.00%"))
    cells.row(5).hidden = True
    for row in range(5000):  # texts that go on over several records, wide and narrow
        cells.write(10 + row, 0, ("村" if row % 3 else "v") * (row % 40 + 1) + str(row))
    hidden = book.add_sheet("隐")
    hidden.visibility = 1
    hidden.write(0, 0, "h")
    book.add_sheet("空")
    book.save(path("xlwt.xls"))

    epoch = xlwt.Workbook(encoding="utf-8")
    epoch.dates_1904 = True
    cells = epoch.add_sheet("Sheet1")
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    cells.write(0, 0, day, style)
    cells.write(0, 1, 60, style)
    epoch.save(path("epoch.xls"))

    small = xlwt.Workbook(encoding="utf-8")
    cells = small.add_sheet("Sheet1")
    for row in range(20):
        cells.write(row, 0, "村%d" % row)
        cells.write(row, 1, row * 1.5)
    cells.write_merge(20, 21, 0, 1, "合计")
    small.save(path("small.xls"))
    return small.get_biff_data()


def save_compound(name, stream):
    CompoundDoc.XlsDoc().save(path(name), stream)


def rename_stream(name, new, source):
    with open(path(source), "rb") as file:
        data = file.read()
    old = "Workbook".encode("utf-16le").ljust(64, b"\0") + struct.pack("<H", 18)
    assert data.count(old) == 1
    new_entry = new.encode("utf-16le").ljust(64, b"\0") + struct.pack("<H", 2 * len(new) + 2)
    with open(path(name), "wb") as file:
        file.write(data.replace(old, new_entry))


def insert_behind(stream, behind, inserted):
    """Put bytes before the last record, the end of the last sheet."""
    assert stream.endswith(struct.pack("<HH", behind, 0))
    return stream[:-4] + inserted + stream[-4:]


def formula_texts(stream):
    """A formula whose text stands in the next record. LibreOffice writes it so only where it computed the formula itself."""
    text = "村民"
    stream = insert_behind(stream, 0x0a, struct.pack("<HHHHHB5xHHIH", 6, 22, 30, 0, 0, 0, 0xffff, 0, 0, 0)
                           + struct.pack("<HHHB", 0x207, 3 + 2 * len(text), len(text), 1) + text.encode("utf-16le"))
    save_compound("formula.xls", stream)
    save_compound("half.xls", insert_behind(stream, 0x0a, struct.pack("<HHHHHHBH", 0x204, 11, 40, 2, 0, 1, 1, 0xd842)))


def spoken_text(stream):
    """A text in several fonts with the way it is read aloud behind it, as Chinese and Japanese Excel writes it."""
    text, runs, spoken = "苗儿村", struct.pack("<4H", 0, 1, 2, 5), "miaoercun".encode("utf-16le")
    body = struct.pack("<HHHHBHI", 30, 0, 0, len(text), 0x0d, 2, len(spoken)) + text.encode("utf-16le") + runs + spoken
    save_compound("spoken.xls", insert_behind(stream, 0x0a, struct.pack("<HH", 0x204, len(body)) + body))


def change_record(stream, kind, change):
    """Change the first record of a kind in place; its size stays, as sheets are found by their offsets."""
    stream, at = bytearray(stream), 0
    while struct.unpack_from("<H", stream, at)[0] != kind:
        at += 4 + struct.unpack_from("<H", stream, at + 2)[0]
    change(stream, at)
    return bytes(stream)


def claims_and_macros(stream):
    shared_texts, window_protect, object_project = 0xfc, 0x19, 0xd3
    save_compound("counts.xls", change_record(
        stream, shared_texts, lambda data, at: struct.pack_into("<I", data, at + 8, 0xffffffff)))
    save_compound("macros.xls", change_record(
        stream, window_protect, lambda data, at: struct.pack_into("<H", data, at, object_project)))


def locked_and_old(stream):
    size = 4 + struct.unpack("<H", stream[2:4])[0]
    save_compound("password.xls", stream[:size] + struct.pack("<HH", 0x2f, 54) + b"\1\0" * 27 + stream[size:])
    save_compound("excel95.xls", stream[:4] + struct.pack("<H", 0x0500) + stream[6:])
    rename_stream("password.xlsx", "EncryptedPackage", "small.xls")
    rename_stream("excel5.xls", "Book", "small.xls")
    rename_stream("letter.doc", "WordDocument", "small.xls")


written_by_openpyxl()
strange_but_true()
hostile()
records = written_by_xlwt()
formula_texts(records)
spoken_text(records)
claims_and_macros(records)
locked_and_old(records)
