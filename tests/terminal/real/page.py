#!/usr/bin/env python3
"""Reads issues in the program, item by item, and looks whether each page keeps the rules of Chinese typesetting.

usage: page.py [--columns N] [--ambiguous 1|2] TERMSHOT.py PROGRAM ISSUE.txt...

What is on the screen is compared with what `show --json` says of the item: nothing is lost; no line is wider than the
page, begins with a mark that closes or ends with one that opens; no number is parted from its unit, no date, word or
address is cut that would fit a line; each paragraph is indented by two hanzi. The rules stand here once more, apart from
the program's own, after GB/T 15834 and the W3C's requirements for Chinese text layout. Ends with 1 where one is broken.
"""
import argparse
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

# No line begins with these, none ends with those.
CLOSING = set("，。、；：？！”’）》〉】〕］｝」』％%℃‰·…—～,.;:?!)]}")
OPENING = set("“‘（《〈【〔［｛「『([{￥")
HANGING = set("，。、；：？！")
UNIT = (
    r"[十百千万亿余多]*(?:美元|欧元|日元|元|平方公里|平方米|公里|立方米|万吨|吨|亩|公顷|千瓦时|千瓦|兆瓦|个百分点|个月|个|项|家|户|人次|人|名|套|台|辆|条|座|年|月|日|号|天|小时|批|期|次|级|倍|种|类|米)"
    r"|[万亿]|%|％|‰|℃|㎡"
)
WHOLE = re.compile(
    r"https?://[!-~]+|www\.[!-~]+|[\w.+-]+@[\w.-]+"
    r"|\d{4}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?|\d{1,2}\s?月\s?\d{1,2}\s?日"
    rf"|第?\d[\d,.]*\s?(?:{UNIT})|第?\d+(?:[,.]\d+)*|[A-Za-z]+(?:['’][A-Za-z]+)*|——|……"
)
ROWS = 160
"""Rows of the terminal: an item of the weekly fits."""
PATIENCE = 5
"""Seconds until an item has to be on the screen whole."""


def width(text, ambiguous):
    """Columns that `text` takes."""
    columns = 0
    for c in text:
        kind = unicodedata.east_asian_width(c)
        if not unicodedata.combining(c):
            columns += 2 if kind in "WF" or (kind == "A" and ambiguous == 2) else 1
    return columns


def packed(text):
    """`text` without its white space, which is left out where a line is broken."""
    return re.sub(r"\s", "", text)


def blocks(item):
    """Headline, lead and paragraphs of an item, with whether each is indented."""
    yield item["headline"], False
    paragraphs = list(item["paragraphs"])
    # The full stop that went with the bracket of the source is shown again.
    if paragraphs and (paragraphs[-1][-1:].isalnum() or paragraphs[-1][-1:] in "）)》”’〉】」%％"):
        paragraphs[-1] += "。"
    for text in [item.get("lead"), *paragraphs]:
        if text and text.strip():
            yield text, True


def rows_of(block, rows):
    """The first run of `rows` that holds `block` and nothing else; None where there is none."""
    wanted = packed(block)
    for first in range(len(rows)):
        held, end = "", first
        while end < len(rows) and rows[end].strip() and len(held) < len(wanted):
            held += packed(rows[end])
            end += 1
        if held == wanted:
            return rows[first:end]
    return None


def breaks(block, rows):
    """Where `block` is broken between its `rows`: numbers of characters."""
    at = 0
    for row in rows[:-1]:
        left = len(packed(row))
        while left:
            left -= not block[at].isspace()
            at += 1
        yield at


def faults(block, rows, columns, ambiguous, is_indented):
    """Each rule that is broken in a block as it stands in `rows`, which hold nothing beside it."""
    margin = min((len(row) - len(row.lstrip()) for row in rows[1:]), default=None)
    for n, row in enumerate(rows):
        text = row.strip()
        if n and text[0] in CLOSING:
            yield f"a line begins with {text[0]}"
        if n + 1 < len(rows) and text[-1] in OPENING:
            yield f"a line ends with {text[-1]}"
        room = columns + (2 if text[-1] in HANGING else 0)
        before = len(row) - len(row.lstrip()) - (margin or 0) if n == 0 and margin is not None else 0
        if width(text, ambiguous) + before > room:
            yield f"a line of {width(text, ambiguous)} columns"
        if n == 0 and margin is not None and before != (4 if is_indented else 0):
            yield f"an indent of {before} columns"
    for at in breaks(block, rows):
        for whole in WHOLE.finditer(block):
            if whole.start() < at < whole.end() and width(whole.group(), ambiguous) <= columns:
                yield f"{whole.group()} is cut"


def naive(block, columns, ambiguous):
    """`block` as a program sets it that knows no rule."""
    rows = [""]
    for c in block:
        if width(rows[-1] + c, ambiguous) > columns:
            rows.append("")
        rows[-1] += c
    return [row for row in rows if row.strip()]


def body(screen):
    """Rows of the page without the frame and the scroll bar."""
    return [row[:-1].rstrip() if row.endswith(("│", "┃", "•", "|", "#", "o")) else row for row in screen.split("\n")[1:-1]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--columns", type=int, default=60)
    parser.add_argument("--ambiguous", type=int, choices=(1, 2), default=1)
    parser.add_argument("termshot")
    parser.add_argument("program")
    parser.add_argument("issue", nargs="+")
    args = parser.parse_args()
    spec = importlib.util.spec_from_file_location("termshot", args.termshot)
    termshot = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(termshot)
    # A margin of a column at each side; below 80 columns there is no frame.
    columns = args.columns - 2
    found, without, seen = [], 0, 0
    for issue in args.issue:
        with tempfile.TemporaryDirectory() as library:
            program = [args.program, "--library", library]
            subprocess.run([*program, "import", issue], check=True, capture_output=True)
            listed = subprocess.run([*program, "issues", "--json"], check=True, capture_output=True).stdout
            shown = subprocess.run([*program, "show", str(json.loads(listed)["number"]), "--json"], check=True, capture_output=True)
            items = [json.loads(line) for line in shown.stdout.splitlines()]
            env = {"PARKWEEKLY_AMBIGUOUS": str(args.ambiguous), "LANG": "C.UTF-8", "PARKWEEKLY_LANG": "zh"}
            terminal = termshot.Terminal(program, args.columns, ROWS, env, args.ambiguous)
            keys = "\r"
            for item in items:
                wanted = list(blocks(item))
                for _ in range(PATIENCE * 10):
                    if keys and packed(terminal.text()):
                        terminal.send(keys)
                        keys = ""
                    terminal.pump(0.1)
                    held = [rows_of(block, body(terminal.text())) for block, _ in wanted]
                    if not keys and all(held):
                        break
                keys = "J"
                for (block, is_indented), rows in zip(wanted, held):
                    seen += 1
                    if rows is None:
                        found.append(f"{item['id']}: a piece of {len(block)} characters is not there whole")
                        continue
                    found += [f"{item['id']}: {fault}" for fault in faults(block, rows, columns, args.ambiguous, is_indented)]
                    without += len(list(faults(block, naive(block, columns, args.ambiguous), columns, args.ambiguous, False)))
            terminal.send("q")
            terminal.pump(1)
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{args.columns} columns: {seen} pieces of text, {len(found)} broken rules; {without} where nothing keeps them")
    # Where a page without rules breaks none either, nothing was shown.
    sys.exit(bool(found) or without == 0)


if __name__ == "__main__":
    main()
