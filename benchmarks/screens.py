"""What screens cost: the start, a key, memory; over a synthetic desk, so that no store counts."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from msgspec import Struct
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key
from typing_extensions import override

from engine.desk.board import BoardPage, BoardQuery
from engine.people.instants import Instants
from engine.views.board import BoardRow
from tui.app import BatonApp
from tui.office import Desk
from tui.shell import Shell
from tui.widgets.table import VirtualTable

if TYPE_CHECKING:
    from textual.pilot import Pilot

KEYS = ("j", "j", "k", "pagedown", "G", "g", "pagedown", "s")
STILL = 0.1
"""Seconds after which nothing more comes of a key."""
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
STATES = ("running", "overdue", "stuck")


class Measured(Struct, frozen=True):
    """One figure: of what, at which size, the median of the rounds in milliseconds (memory: MiB)."""

    what: str
    size: int
    rounds: int
    median: float
    unit: str = "ms"


class SyntheticDesk:
    """A desk with as many cases as it is told; a row is made when it is asked for."""

    viewer = "L"
    instants = Instants(ZoneInfo("UTC"))

    def __init__(self, cases: int) -> None:
        self._cases = cases

    def person_name(self, person: str) -> str:
        """The id itself."""
        return person

    def position(self) -> int:
        """Nothing ever happens."""
        return 0

    def now(self) -> datetime:
        """Always the same instant."""
        return NOW

    def case(self, case: str, language: str) -> None:
        """No more is known of any than its row."""

    def board(  # noqa: D102 - as `engine.desk.desk.Desk.board`
        self, query: BoardQuery, language: str, offset: int, limit: int, *, counted: bool = True
    ) -> BoardPage:
        del language, counted
        places = range(offset, min(self._cases, offset + limit))
        rows = tuple(self._row(at, query) for at in places)
        counts = {"live": self._cases}
        return BoardPage(rows, offset, self._cases, None, cast("Any", counts), NOW)

    def _row(self, at: int, query: BoardQuery) -> BoardRow:
        number = self._cases - at if query.descending else at
        return BoardRow(
            id=f"2026-{number:06}",
            subject="赵明远",
            post="项目负责人",
            department="第一项目部",
            rulebook="工程离职交接",
            status=cast("Any", STATES[number % 3]),
            stage="工作交接",
            items_done=number % 7,
            items_waived=0,
            items=7,
            waits_for="项目移交 [P-07 滨江二期] ← 赵明远",
            next_due=NOW + timedelta(hours=number % 400),
            provisional=False,
            mine=False,
            late=number % 2,
            held_by=None,
            outside=False,
        )


def measure(cases: Iterable[int], rounds: int) -> Iterator[Measured]:
    """The screens at every size."""
    for many in cases:
        starts, keys = zip(*(asyncio.run(_session(many)) for _ in range(rounds)), strict=True)
        yield Measured("start to first paint", many, rounds, _middle(starts))
        yield Measured("key to paint", many, rounds, _middle(one for each in keys for one in each))
        yield Measured("memory of a session", many, 1, round(_memory(many), 1), "MiB")


def _middle(seconds: Iterable[float]) -> float:
    return round(median(seconds) * 1000, 2)


class Painting(HeadlessDriver):
    """A terminal that notes when something was last written to it."""

    written = 0.0

    @property
    @override
    def is_headless(self) -> bool:
        """What is written is made as for a real one."""
        return False

    @override
    def write(self, data: str) -> None:
        """Nothing is shown."""
        self.written = perf_counter()


async def _session(cases: int) -> tuple[float, list[float]]:
    """Until the first rows are painted; and per key until all that it changes is painted."""
    began = perf_counter()
    app = BatonApp(Shell(lambda: cast("Desk", SyntheticDesk(cases)), "zh"))
    app.driver_class = Painting
    times: list[float] = []

    async def press(pilot: Pilot[object]) -> None:
        while not any(table.key for table in app.screen.query(VirtualTable)):  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0)
        times.append(await _painted(app, began))
        for key in KEYS:
            begun = perf_counter()
            app.post_message(Key(key, key if len(key) == 1 else None))
            times.append(await _painted(app, begun))
        app.exit()
        await pilot.pause()

    await app.run_async(size=(160, 48), auto_pilot=press)
    return times[0], times[1:]


async def _painted(app: BatonApp, begun: float) -> float:
    """From `begun` to what was written last, once nothing more comes."""
    terminal = cast("Painting", app._driver)  # noqa: SLF001 - the one given above
    while terminal.written < begun or perf_counter() - terminal.written < STILL:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    return terminal.written - begun


def _memory(cases: int) -> float:
    tracemalloc.start()
    asyncio.run(_session(cases))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def table(measurements: Iterable[Measured]) -> str:
    """A Markdown table."""
    lines = ["| what | size | median | unit |", "|---|--:|--:|---|"]
    lines += [
        f"| {one.what} | {one.size:,} | {one.median:,} | {one.unit} |" for one in measurements
    ]
    return "\n".join(lines) + "\n"
