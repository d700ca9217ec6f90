#!/usr/bin/env python3
"""Writes data/names.tsv: names of the field that an index holds as terms, out of the tagger's gazetteers and out of field-phrases.tsv.

    python3 tools/make_names.py ../entity/data data/names.tsv
"""

import sys
from itertools import product
from pathlib import Path

LONGEST = 16
LEVELS = ("国家 国家级 全国 省 省级 省级县域 全省 自治区 自治区级 市 市级 全市 州 州级 盟级 县 县级 县域 区级 旗级").split()
HEADS = ["", "临床", "中医", "中医药", "医学"]
CORES = ["重点专科", "重点学科", "特色专科", "优势专科", "重点专病"]
TAILS = ["", "建设", "建设项目", "建设单位", "培育项目", "培育单位"]

DIVISIONS = ("", "省", "市", "县", "区", "州", "大学", "医学院")
NUMBERS = "一二三四五六七八九十"
NUMBERED = ("人民医院", "医院", "中心医院", "附属医院", "中医医院", "中医院", "临床学院", "临床医学院")

HEAD = """\
# Names of the field: specialties, institutions, places, titles, phrases. They are terms of an index beside the dictionary's words, so that
# each is found in one step; segmentation does not know them. One a line, Simplified, sorted by code point.
# Made by tools/make_names.py out of the tagger's gazetteers and field-phrases.tsv; licence as theirs (CC0-1.0).
"""


def rows(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def each(cell):
    return cell.split("|") if cell else []


def names(folder, phrases):
    for row in rows(folder / "specialties.tsv"):
        yield row[0]
        yield from each(row[3] if len(row) > 3 else "")
    for row in rows(folder / "specialties-aliases.tsv"):
        yield from each(row[1])
    for file in ("institutions.tsv", "organisations.tsv", "spoken.tsv"):
        for row in rows(folder / file):
            yield row[0]
            yield from each(row[1] if len(row) > 1 else "")
    for row in rows(folder / "regions.tsv"):
        yield from row[2].split("/")
    for row in rows(folder / "regions-aliases.tsv"):
        yield row[0]
    for row in rows(phrases):
        for cell in row:
            yield from each(cell)
    for division, number, core in product(DIVISIONS, NUMBERS, NUMBERED):
        yield division + "第" + number + core
    for level, head, core, tail in product([""] + LEVELS, HEADS, CORES, TAILS):
        yield level + head + core + tail


def is_name(name):
    return 2 <= len(name) <= LONGEST and all(c == "〇" or "\u3400" <= c <= "\u9fff" for c in name)


def main():
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    kept = sorted({name for name in names(folder, out.parent / "field-phrases.tsv") if is_name(name)})
    out.write_text(HEAD + "".join(name + "\n" for name in kept), encoding="utf-8")


main()
