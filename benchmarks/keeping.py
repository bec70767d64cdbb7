"""What the ledger costs: a durable step, a batch, bytes, and opening, by how many cases are stored.

One case is played in memory and its transactions are recorded; then they are appended for as many cases
as a size has, of which the last ones stay live. What is stored before is written without waiting for
the disk; what is measured waits for it. CPU is of the process, so the wait for the disk is not in it, nor is what `fsync` itself takes.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from typing_extensions import override

from benchmarks.baton_offboarding import artefact, finish, furnish
from benchmarks.harness import fresh
from engine.store.disk import Disk
from engine.store.ledger import LedgerStore
from engine.store.memory import MemoryStore
from engine.store.port import Committed, Conflict, RowChange, Transaction

ITEMS = 6
LIVE = 1000
STEPS = 300
_CASE = "2026-0001"


class Keeping(Struct, frozen=True):
    """The store's part of a step, with so many cases stored.

    Attributes:
        cpu_us: CPU of an append outside its fsync, in microseconds.
        wall_us: the same with the wait for the disk.
        fsync_us: a bare write of as many bytes and its fsync on the same disk.
        batch: how many times faster steps are when a hundred share one commit.
        bytes_per_step: of the ledger.
        open_ms: opening from the snapshot, with the rows of the live cases.
        read_ms: reading a live case back from its events, the first after the opening.
        rss_mb: memory of a process that has done that and nothing else.
    """

    flow: str
    cases: int
    live: int
    events: int
    cpu_us: float
    wall_us: float
    fsync_us: float
    batch: float
    bytes_per_step: int
    open_ms: float
    read_ms: float
    rss_mb: float


class _Recording(MemoryStore):
    """Remembers what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.transactions: list[bytes] = []

    @override
    def append(self, transaction: Transaction) -> Committed | Conflict:
        self.transactions.append(msgspec.json.encode(replace(transaction, expected={})))
        return super().append(transaction)


class _Watched(Disk):
    """Knows how much of the CPU went by inside `fsync`."""

    def __init__(self) -> None:
        self.inside = 0.0

    @override
    def fsync(self, handle: int) -> None:
        """Waits as ever."""
        begin = process_time()
        super().fsync(handle)
        self.inside += process_time() - begin


class _Hasty(Disk):
    """Waits for no medium."""

    @override
    def fsync(self, handle: int) -> None:
        """Nothing is waited for."""


def one_case() -> list[bytes]:
    """The transactions of a case from its opening to its close, as JSON."""
    store = _Recording()
    service = furnish(store, artefact(ITEMS))
    store.transactions.clear()
    finish(service, ITEMS)
    return store.transactions


def of_case(recorded: bytes, number: int) -> Transaction:
    """A recorded transaction, of another case."""
    text = recorded.replace(_CASE.encode(), b"%d-%06d" % (2026, number))
    found = msgspec.json.decode(text, type=Transaction)
    return replace(found, command_id=f"{found.command_id}-{number}")


def measure(sizes: Iterable[int]) -> Iterator[Keeping]:
    """Measures every size, in a fresh folder."""
    recorded = one_case()
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="baton-bench-") as name:
            yield _measure(Path(name) / "ledger", recorded, size)


def _measure(folder: Path, recorded: list[bytes], size: int) -> Keeping:
    live = min(LIVE, size // 2)
    folder.mkdir()
    fill(folder, recorded, size, live)
    disk = _Watched()
    store = LedgerStore(folder, disk, begin=False)
    before = store.summary().bytes
    cases = STEPS // len(recorded)
    steps = [of_case(one, size + n) for n in range(cases) for one in recorded]
    cpu, wall = _append(store, steps)
    cpu -= disk.inside
    grown = store.summary().bytes - before
    together = [of_case(one, size + cases + n) for n in range(cases) for one in recorded]
    _, batched = _append(store, list(_batches(together, 100)))
    fsync = _bare(folder.parent / "bare", grown // len(steps))
    events = store.position()
    store.compact()
    store.close()
    open_ms, read_ms, rss = _opening(folder)
    return Keeping(
        flow="keeping",
        cases=size,
        live=live,
        events=events,
        cpu_us=round(cpu / len(steps) * 1e6, 1),
        wall_us=round(wall / len(steps) * 1e6, 1),
        fsync_us=round(fsync * 1e6, 1),
        batch=round(wall / batched, 1),
        bytes_per_step=_bytes_per_step(recorded),
        open_ms=open_ms,
        read_ms=read_ms,
        rss_mb=rss,
    )


def fill(folder: Path, recorded: list[bytes], size: int, live: int) -> None:
    """Store so many cases in a ledger, the last of them live, without waiting for the disk."""
    store = LedgerStore(folder, _Hasty(), begin=True)
    for number in range(size):
        open_steps = recorded if number < size - live else recorded[: len(recorded) // 2]
        for one in open_steps:
            store.append(of_case(one, number))
        if number % 5000 == 0:
            store.compact()
    store.compact()
    store.close()


def _append(store: LedgerStore, transactions: list[Transaction]) -> tuple[float, float]:
    gc.collect()
    cpu, wall = process_time(), perf_counter()
    for one in transactions:
        store.append(one)
    return process_time() - cpu, perf_counter() - wall


def _batches(transactions: list[Transaction], size: int) -> Iterator[Transaction]:
    for at in range(0, len(transactions), size):
        part = transactions[at : at + size]
        acts = tuple(act for one in part for act in one.acts)
        rows: tuple[RowChange, ...] = tuple(row for one in part for row in one.rows)
        yield Transaction(f"batch-{part[0].command_id}", {}, acts, rows)


def _bare(path: Path, size: int) -> float:
    """The median of appending so many bytes and waiting for the medium."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT)
    times = []
    for number in range(STEPS):
        begin = perf_counter()
        os.pwrite(handle, b"x" * size, number * size)
        os.fsync(handle)
        times.append(perf_counter() - begin)
    os.close(handle)
    return median(times)


def _bytes_per_step(recorded: list[bytes]) -> int:
    """Of a whole case in a ledger of its own."""
    with tempfile.TemporaryDirectory(prefix="baton-bench-") as name:
        store = LedgerStore(Path(name), _Hasty(), begin=True)
        for one in recorded:
            store.append(of_case(one, 1))
        found = store.summary().bytes // len(recorded)
        store.close()
    return found


_OPEN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from engine.cases import Cases
from engine.store.disk import Disk
from engine.store.ledger import LedgerStore
begin = perf_counter()
store = LedgerStore(Path(sys.argv[1]), Disk(), begin=False)
store.count("tasks")
store.due_timers(datetime.now(UTC), 1)
case = store.rows("cases", limit=1)[0]["id"]
opened = perf_counter()
assert Cases(store).load(case).active
loaded = perf_counter()
print((opened - begin) * 1e3, (loaded - opened) * 1e3)
"""


def _opening(folder: Path) -> tuple[float, float, float]:
    """Milliseconds of opening and of reading a live case, and megabytes of a fresh process: medians."""
    found = []
    for _ in range(5):
        told = fresh((sys.executable, "-c", _OPEN, str(folder)))
        found.append((*(float(word) for word in told.out.split()), told.rss_mb))
    opened, read, memory = (round(median(column), 1) for column in zip(*found, strict=True))
    return opened, read, memory


def table(found: Iterable[Keeping]) -> str:
    """A Markdown table; the ratio is the CPU of a step beside that of the first size."""
    lines = [
        "| cases | live | events | CPU µs a step | ratio | wall µs | bare fsync µs | batch | bytes a step | open ms | read a case ms | MB |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    first: Keeping | None = None
    for one in found:
        first = first or one
        lines.append(
            f"| {one.cases:,} | {one.live:,} | {one.events:,} | {one.cpu_us:,.1f}"
            f" | {one.cpu_us / first.cpu_us:.2f} | {one.wall_us:,.1f} | {one.fsync_us:,.1f}"
            f" | {one.batch:.1f}× | {one.bytes_per_step:,} | {one.open_ms:,.1f} | {one.read_ms:,.1f} | {one.rss_mb:,.0f} |"
        )
    return "\n".join(lines) + "\n"
