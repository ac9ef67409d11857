#!/usr/bin/env python3
"""extreme_county.py FOLDER - sheets of a made-up county of which everything is too much for a page.

As many places as the index names, the longest names and texts that a ledger takes, amounts near the
end of what JSON bears, a village with more projects than its page lists, a fund in more places than
its page has rows. That village has more assets, contracts, debts, disposals and things not found than any
page lists, each with the longest texts.
"""
import csv
import pathlib
import sys

ROOT = "619901000000"
TOWNSHIPS, VILLAGES = 5, 440
PROJECTS, FUNDS, SHARES = 130, 40, 148
ASSETS = 120
LONG = 500  # characters, of names and texts
SHARE = "50000000000.01"


def long(text):
    return (text * LONG)[: LONG - 4]  # a number may stand before it


def village(number):
    return f"6199011{number % TOWNSHIPS + 1:02d}{201 + number // TOWNSHIPS:03d}"


def write(folder, name, heading, rows):
    with open(folder / name, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *rows])


def write_assets(folder, day):
    here, owner, company = village(0), long("村股份经济合作社"), "91350100M000100Y43"
    write(folder, "40-assets.csv",
          ["资产编号", "资产名称", "资产类别", "资产类型", "坐落", "具体位置", "数量", "单位", "规格型号", "购建时间", "使用年限", "原值(元)", "资金来源",
           "捐赠或投劳方", "确权归属", "所有权人", "收益权人", "分配权人", "处置权人", "监督权人", "现状"],
          [[f"ZC.{i:03d}", f"{i}" + long("高标准农田配套设施"), "经营性", long("设施"), here, long("位置"), "1234567.891", "平方米", long("规格"), day, 20,
            "123456789.01", "捐赠", long("商会"), here, owner, owner, long("会议"), long("会议"), long("委员会"), "在用"] for i in range(ASSETS)])
    write(folder, "41-upkeep-bodies.csv", ["行政区划", "机构名称", "办公电话", "成立日期", "文号"], [[here, long("管护站"), "0990-6190001", day, ""]])
    write(folder, "42-duties.csv",
          ["资产编号", "起始日期", "管护责任单位", "办公电话", "责任人任职编号", "管护路子", "管护范围", "管护标准", "经费来源", "年管护经费(元)"],
          [[f"ZC.{i:03d}", day, f"{i}" + long("管护公司"), "0990-6190001", "", "市场", long("范围"), "", long("来源"), 0] for i in range(ASSETS)])
    write(folder, "43-works.csv", ["维修单号", "资产编号", "派单日期", "完成期限", "故障", "预计费用(元)"],
          [[f"WX.{i:03d}", f"ZC.{i:03d}", "2021-05-01", "2021-06-01", long("故障"), "123456789.01"] for i in range(ASSETS)])
    write(folder, "44-leases.csv",
          ["合同编号", "资产编号", "经营方式", "收益单位", "签订日期", "起始日期", "终止日期", "经营主体", "统一社会信用代码", "首次应收日期", "每期月数", "每期金额(元)",
           "风险分担"],
          [[f"HT.{i:03d}", f"ZC.{i:03d}", "出租", here, day, day, "2031-12-31", f"{i}" + long("农业公司"), company, "2021-01-10", 1, "123456789.01", long("风险")]
           for i in range(ASSETS)])
    write(folder, "45-village-debts.csv", ["债务编号", "行政区划", "形成日期", "债务金额(元)", "形成原因", "债权单位", "统一社会信用代码"],
          [[f"ZW.{i:03d}", here, day, "123456789.01", long("原因"), f"{i}" + long("建筑公司"), company] for i in range(ASSETS)])
    write(folder, "46-village-standards.csv", ["行政区划", "日期", "标准项目", "是否达标", "佐证"],
          [[here, day, f"{i}" + long("标准"), "是", long("佐证")] for i in range(ASSETS)])
    write(folder, "47-disposals.csv", ["处置编号", "资产编号", "申请日期", "处置原因", "处置方式", "情况说明"],
          [[f"CZ.{i:03d}", f"ZC.{i:03d}", "2021-08-01", "其他", "拍卖", long("情况")] for i in range(ASSETS)])
    write(folder, "48-disposal-steps.csv", ["处置编号", "处置环节", "日期", "文号", "意见"],
          [[f"CZ.{i:03d}", step, "2021-08-02", long("纪要"), long("意见")] for i in range(ASSETS) for step in ("党支部提议", "村两委商议", "党员大会审议")])
    write(folder, "49-stocktakes.csv", ["盘点编号", "盘点单位", "开始日期"], [["PD.1", here, "2021-12-01"]])


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True)
    day = "2021-01-01"
    write(folder, "01-divisions.csv", ["行政区划代码", "名称", "上级", "自编代码", "启用日期"],
          [[ROOT, "示例县", "", "是", day]]
          + [[f"6199011{i + 1:02d}000", f"{i}" + long("很长名字的乡镇"), ROOT, "是", day] for i in range(TOWNSHIPS)]
          + [[village(i), f"{i}" + long("很长名字的村民委员会"), f"{village(i)[:9]}000", "是", day] for i in range(VILLAGES)])
    write(folder, "02-funds.csv", ["资金编号", "指标文号", "资金名称", "资金级次", "年度", "金额(元)", "台账类别", "使用期限"],
          [[f"F.{i:02d}", f"{i}" + long("文件"), f"{i}" + long("衔接推进乡村振兴补助资金"), ["中央", "省级", "市级", "县级", "其他"][i % 5], 2021,
            "8900000000000.99", "项目建设", "2021-06-30"] for i in range(FUNDS)])
    write(folder, "03-projects.csv",
          ["项目编号", "项目名称", "项目类别", "建设性质", "实施地点", "台账类别", "开工日期", "完工日期", "责任单位", "建设任务", "绩效目标", "受益户数",
           "群众参与", "带贫减贫机制", "筹资序号", "资金编号", "其他来源", "筹资金额(元)"],
          [[f"XM.2021.{i:03d}", f"{i}" + long("高标准农田改造提升"), long("类别"), long("新建"), village(0), "项目建设", "2021-03-01", "2021-12-31",
            f"{i}" + long("县农业农村局"), long("任务"), long("目标"), 120, long("参与"), long("机制"), 1, f"F.{i % FUNDS:02d}", "",
            "123456789.01"] for i in range(PROJECTS)])
    write(folder, "04-allocations.csv",
          ["凭证号", "日期", "业务类型", "依据文号", "摘要", "资金编号", "拨出单位", "收款单位", "台账类别", "转入台账", "金额(元)", "备注"],
          [[f"下达-{i}", "2021-02-01", "下达", long("文件"), "下达", f"F.{i:02d}", "", ROOT, "", "", "8000000000000.99" if i == 0 else "1000000000.01", ""]
           for i in range(FUNDS)])
    write(folder, "05-allocations.csv",
          ["凭证号", "日期", "业务类型", "依据文号", "摘要", "资金编号", "拨出单位", "收款单位", "台账类别", "转入台账", "金额(元)", "备注"],
          [[f"归类-{i}", "2021-02-02", "归类", long("文件"), "归类", f"F.{i:02d}", "", ROOT, "项目建设", "", "7900000000000.01" if i == 0 else "900000000.01", ""]
           for i in range(FUNDS)])
    write(folder, "06-allocations.csv",
          ["凭证号", "日期", "业务类型", "依据文号", "摘要", "资金编号", "拨出单位", "收款单位", "台账类别", "转入台账", "金额(元)", "备注"],
          [["分配-1", *(["2021-03-05", "分配", long("文件"), "分配"] if i == 0 else 4 * [""]), f"F.{0 if i < SHARES else i - SHARES + 1:02d}", ROOT,
            village(i if i < SHARES else 0), "项目建设", "", SHARE if i < SHARES else "123456789.01", ""]
           for i in range(SHARES + FUNDS - 1)])
    write(folder, "29-complaint-channels.csv", ["渠道编号", "受理单位", "行政区划", "办公电话", "地址", "受理时间", "启用日期"],
          [[f"JB-{i}", f"{i}" + long("监督举报办公室"), ROOT, "0990-6190001", long("地址"), long("时间"), day] for i in range(9)])
    write_assets(folder, day)


main()
