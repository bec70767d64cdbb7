"""What the turn of the clock costs: `advance` with so many live timers, none due, then all of them.

One opening is played in memory and its transaction is recorded; it is appended for as many cases as a
size has. Each then has a timer, the deadline of its first approval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import pairwise
from time import perf_counter

from msgspec import Struct

from benchmarks.baton_offboarding import NOW, artefact, furnish
from benchmarks.keeping import of_case, one_case
from engine.service import Service
from engine.store.memory import MemoryStore
from engine.store.port import RowChange, Transaction

ITEMS = 6
IDLE = 20


class Advance(Struct, frozen=True):
    """The cost of looking and of firing.

    Attributes:
        timers: that live, each of a case of its own.
        idle_ms: `advance` while none of them is due, the slowest of some.
        due_ms: what a due case costs, on the average.
        longest_ms: the longest time between two cases: nothing else waits longer for the store.
    """

    timers: int
    idle_ms: float
    due_ms: float
    longest_ms: float


def measure(sizes: Iterable[int]) -> Iterator[Advance]:
    """Measures every size in a store of its own."""
    opening = one_case()[0]
    for size in sizes:
        service = furnish(MemoryStore(), artefact(ITEMS))
        for number in range(size):
            service.store.append(of_case(opening, number))
        service.advance()  # the first builds the index
        idle = max(_timed(service.advance) for _ in range(IDLE))
        gaps = _fired(service)
        yield Advance(
            timers=len(gaps),
            idle_ms=round(idle * 1e3, 3),
            due_ms=round(sum(gaps) / len(gaps) * 1e3, 3),
            longest_ms=round(max(gaps) * 1e3, 1),
        )


def _fired(service: Service) -> list[float]:
    """A week later, when every approval is overdue: the seconds from case to case."""
    at = (NOW + timedelta(days=7)).isoformat(timespec="microseconds")
    row = RowChange("settings", "clock", {"at": at})
    service.store.append(Transaction("later", {}, (), (row,)))
    later = Service(service.store, service.settings, "benchmark")
    ticks = [perf_counter()]
    later.advance(lambda _: ticks.append(perf_counter()))
    return [after - before for before, after in pairwise(ticks)]


def _timed(act: Callable[[], object]) -> float:
    begin = perf_counter()
    act()
    return perf_counter() - begin


def table(found: Iterable[Advance]) -> str:
    """A Markdown table."""
    lines = ["| timers | idle ms | ms a due case | longest ms |", "|--:|--:|--:|--:|"]
    lines += [
        f"| {one.timers:,} | {one.idle_ms} | {one.due_ms} | {one.longest_ms} |" for one in found
    ]
    return "\n".join(lines) + "\n"
