"""How long a rulebook takes to check, and how much memory, by its length.

The text is a shipped rulebook with one item repeated under other names, so that every size has the same
mixture of lines. What counts is the time per line at the sizes beside each other: checking is linear.
"""

from __future__ import annotations

import gc
import re
import time
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

from msgspec import Struct

from dsl.layers import Offer, Shelf, Shelved
from dsl.pipeline import Checker, check_source
from dsl.source import Source, of_text

_SHIPPED = Path(__file__).parents[1] / "rulebooks" / "construction.rulebook"
_BEFORE = "交接项 客户回访计划"
EDITED = '"客户回访计划'
_ITEM = """交接项 资料{number} "资料{number}"
  由 离职人 移交 给 资料室
  责任人 上级
  填写 节点 "进度节点" 文本
  凭证 清册 "移交清册" 文件 当 职级 >= 10
  签字 离职人, 资料室 然后 上级
  截止 最后工作日 前 10 个工作日

"""


_LAYER = """规则书 上层 "上层"
  版本 1.0.0
  继承 {base} {version}

{adjusted}交接项 新的 "新的一项"
  由 离职人 移交 给 资料室
  责任人 上级
  截止 最后工作日
"""
_ADJUSTED = """调整 交接项 {id}
  截止 最后工作日 前 9 个工作日

"""
EDITED_ABOVE = '"新的一项'


class Check(Struct, frozen=True):
    """Checking a text of so many lines: the median over the rounds, and the peak of memory.

    Attributes:
        again_ms: checking the text again after an edit of one line.
        times_faster: the whole check beside that, in the same run.
        peak_bytes_per_byte: memory at the peak, in bytes per byte of the text.
    """

    flow: str
    lines: int
    rounds: int
    ms: float
    us_per_line: float
    again_ms: float
    times_faster: float
    peak_bytes_per_byte: float


def rulebook(lines: int) -> Source:
    """A right rulebook of about so many lines, at least those of the shipped one."""
    text = _SHIPPED.read_text(encoding="utf-8")
    before, after = text.split(_BEFORE, 1)
    missing = max(0, lines - text.count("\n"))
    items = (_ITEM.format(number=number) for number in range(missing // _ITEM.count("\n")))
    return of_text("checked", f"{before}{''.join(items)}{_BEFORE}{after}")


def tailored(base: Source) -> tuple[Source, Shelf]:
    """A layer above a text that adjusts twenty of its items and adds one, and where it finds the text."""
    ids = re.findall(r"^交接项 (\S+)", base.original, re.MULTILINE)[:20]
    found = re.search(r"规则书 (\S+)[\s\S]*?版本 (\S+)", base.original)
    if found is None:
        raise AssertionError
    adjusted = "".join(_ADJUSTED.format(id=id_) for id_ in ids)
    text = _LAYER.format(base=found[1], version=found[2], adjusted=adjusted)
    return of_text("layer", text), lambda _name, _beside: Shelved((Offer(base, 0),))


def measure(sizes: Iterable[int], rounds: int) -> Iterator[Check]:
    """Checks a text of every size, after one that warms the grammar up."""
    _seconds(rulebook(0))
    for size in sizes:
        source = rulebook(size)
        lines = source.original.count("\n")
        seconds = median(_seconds(source) for _ in range(rounds))
        again = _seconds_again(source, rounds)
        yield Check(
            flow="checking",
            lines=lines,
            rounds=rounds,
            ms=round(seconds * 1e3, 1),
            us_per_line=round(seconds / lines * 1e6, 1),
            again_ms=round(again * 1e3, 1),
            times_faster=round(seconds / again, 1),
            peak_bytes_per_byte=round(_peak(source) / len(source.original.encode()), 1),
        )


def _seconds(source: Source) -> float:
    gc.collect()
    begin = time.perf_counter()
    if check_source(source).checked is None:
        raise AssertionError
    return time.perf_counter() - begin


def _seconds_again(source: Source, rounds: int) -> float:
    """The median over edits of one line, each of another title."""
    checker = Checker()
    checker.check(source)
    taken: list[float] = []
    for number in range(rounds):
        edited = of_text(source.name, source.original.replace(EDITED, f"{EDITED}{number}", 1))
        gc.collect()
        begin = time.perf_counter()
        checker.check(edited)
        taken.append(time.perf_counter() - begin)
    return median(taken)


def _peak(source: Source) -> int:
    tracemalloc.start()
    check_source(source)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def table(checks: Iterable[Check]) -> str:
    """A Markdown table; the ratio is the time per line beside that of the first size."""
    lines = [
        "| lines | ms | µs per line | ratio | after an edit, ms | times faster | peak, × text |",
        "|--:|--:|--:|--:|--:|--:|--:|",
    ]
    first: Check | None = None
    for one in checks:
        first = first or one
        ratio = one.us_per_line / first.us_per_line
        lines.append(
            f"| {one.lines:,} | {one.ms:,.1f} | {one.us_per_line:,.1f} | {ratio:.2f}"
            f" | {one.again_ms:,.1f} | {one.times_faster:,.1f} | {one.peak_bytes_per_byte:,.1f} |"
        )
    return "\n".join(lines) + "\n"
