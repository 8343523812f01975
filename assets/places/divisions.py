#!/usr/bin/env python3
"""Makes divisions.tsv: the provinces, prefectures and counties of China by their official names.

usage: npm pack @vant/area-data@2.1.0 && tar xzf vant-area-data-2.1.0.tgz
       python3 assets/places/divisions.py package/dist/index.js > assets/places/divisions.tsv

The package is MIT-licensed (Copyright (c) Youzan; LICENSE.area-data); its numbers are those of GB/T 2260: two digits of province, two of
prefecture, two of county. Left out are what it has besides: zones (71-80), numbers of its own (from 90), towns, and the
counties of Taiwan, Hong Kong and Macao. What stands directly under its province has `-` for a prefecture.
"""
import re
import sys

HEAD = """\
# Divisions of China: province, prefecture (- where counties stand directly under the province), counties; official names,
# and behind a stroke the short name where it is not simply the name without its last word.
# Made by divisions.py from @vant/area-data 2.1.0 (MIT, Copyright (c) Youzan). Former names and zones: former.tsv, zones.tsv.
"""
# Cities without counties: what the package lists under them are towns.
WITHOUT_COUNTIES = {"4419", "4420", "4604", "6202"}
# The package's own additions that no register has.
UNKNOWN = {"320112", "430271"}

# Peoples in the names of autonomous places; those that are themselves the name stay.
PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 "
    "达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 塔吉克 怒 鄂温克 保安 裕固 独龙 普米 各"
).split()
AUTONOMOUS = re.compile(f"(.{{2,}}?)(?:(?:{'|'.join(PEOPLES)})族?)*自治[区州县旗]$")
REGIONS = {"内蒙古自治区": "内蒙古", "西藏自治区": "西藏"}


def with_short(name):
    """The name, and its short form behind a stroke where it needs one."""
    if name in REGIONS:
        return f"{name}/{REGIONS[name]}"
    found = AUTONOMOUS.match(name)
    return f"{name}/{found[1].removesuffix('族')}" if found else name


def is_county(code, name):
    number = int(code[4:])
    if code[:2] in ("71", "81", "82") or code[:4] in WITHOUT_COUNTIES or code in UNKNOWN:
        return False
    if 71 <= number <= 80 or number >= 90:
        return False
    return name[-1] in "市县区旗"


def main():
    with open(sys.argv[1], encoding="utf-8") as handle:
        rows = re.findall(r'(\d{6}): "([^"]*)"', handle.read())
    names = {code: name.encode().decode("unicode_escape") for code, name in rows}
    print(HEAD, end="")
    for province in sorted(code for code in names if code.endswith("0000")):
        print_province(names, province)


def print_province(names, province):
    def below(start):
        return sorted(code for code in names if code.startswith(start) and code != province)

    prefectures = [code for code in below(province[:2]) if code.endswith("00")]
    if province[:2] in ("81", "82"):
        prefectures = []
        print(f"{names[province]}\t-\t")
    for prefecture in prefectures:
        counties = [
            with_short(names[c]) for c in below(prefecture[:4]) if c != prefecture and is_county(c, names[c])
        ]
        is_direct = names[province].endswith("市") or prefecture[2:4] == "90"
        name = "-" if is_direct else with_short(names[prefecture])
        print(f"{with_short(names[province])}\t{name}\t{' '.join(counties)}")


main()
