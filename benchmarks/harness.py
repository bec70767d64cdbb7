"""What every measurement shares: contenders, rounds, medians, JSON lines and a table of ratios.

Contenders take turns within a round, so that a slow minute of the machine hits all of them; what can
be compared between machines is the ratio, never the figure.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Literal

import msgspec
from msgspec import Struct

Storage = Literal["memory", "durable"]
MEASURED_STEPS = 200


class Run(Struct, frozen=True):
    """Cases driven from their opening to their close: the human steps alone are timed.

    Attributes:
        seconds: by the clock on the wall.
        cpu_seconds: of the processor, user and system, without what it did inside `fsync`.
    """

    steps: int
    seconds: float
    cpu_seconds: float


class Stopwatch:
    """Times the human steps; what is spent on `fsync` can be told apart."""

    def __init__(self) -> None:
        self._synced = 0.0
        self._began = (perf_counter(), process_time())

    def fsync(self, handle: int) -> None:
        """`os.fsync`, whose processor time counts as the disk's."""
        began = process_time()
        os.fsync(handle)
        self._synced += process_time() - began

    def stop(self, steps: int) -> Run:
        """The run so far."""
        seconds, cpu = self._began
        return Run(steps, perf_counter() - seconds, process_time() - cpu - self._synced)


def cases_of(items: int) -> int:
    """How many cases a run drives, so that it takes long enough to be timed."""
    return max(1, MEASURED_STEPS // items)


class Contender(Struct, frozen=True):
    """One way to run the flow.

    Attributes:
        engine: name and version.
        storage: whether a step survives a power cut before the next begins.
        form: how, if an engine has several ways; empty otherwise.
        run: drives cases with so many parallel items, keeping their files in the folder.
    """

    engine: str
    storage: Storage
    form: str
    run: Callable[[int, Path], Run]


class Measurement(Struct, frozen=True):
    """The median over the rounds (but for the fastest), in microseconds per human step."""

    flow: str
    engine: str
    storage: Storage
    form: str
    items: int
    steps: int
    rounds: int
    us_per_step: float
    fastest_us_per_step: float
    cpu_us_per_step: float


def measure(
    flow: str, contenders: Iterable[Contender], sizes: Iterable[int], rounds: int
) -> Iterator[Measurement]:
    """Measures every contender at every size, one size after the other."""
    field = tuple(contenders)
    for items in sizes:
        runs: list[list[Run]] = [[] for _ in field]
        for _ in range(rounds):
            for contender, its_runs in zip(field, runs, strict=True):
                its_runs.append(one_run(contender, items))
        for contender, its_runs in zip(field, runs, strict=True):
            times = [run.seconds / run.steps * 1e6 for run in its_runs]
            cpu = [run.cpu_seconds / run.steps * 1e6 for run in its_runs]
            yield Measurement(
                flow=flow,
                engine=contender.engine,
                storage=contender.storage,
                form=contender.form,
                items=items,
                steps=its_runs[0].steps,
                rounds=rounds,
                us_per_step=round(median(times), 1),
                fastest_us_per_step=round(min(times), 1),
                cpu_us_per_step=round(median(cpu), 1),
            )


def one_run(contender: Contender, items: int) -> Run:
    """One run in a fresh folder, with the garbage of the one before swept away."""
    with tempfile.TemporaryDirectory(prefix="baton-bench-") as folder:
        gc.collect()
        return contender.run(items, Path(folder))


class Fresh(Struct, frozen=True):
    """What a process of its own has printed, its processor time, the most memory that it held and its time by the clock."""

    out: str
    cpu_ms: float
    rss_mb: float
    ms: float


_LAUNCH = """
import os, sys, time
began = time.perf_counter()
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(process, 0)
assert not status
ended = time.perf_counter()
print((used.ru_utime + used.ru_stime) * 1e3, used.ru_maxrss / 1024, (ended - began) * 1e3)
"""
"""A small process: what a child is said to have held at most is never less than its parent did."""


def fresh(words: tuple[str, ...]) -> Fresh:
    """Run a command; modules are compiled, as in an installation."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    launch = [sys.executable, "-S", "-c", _LAUNCH, *words]
    told = subprocess.run(launch, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    *out, used = told.stdout.splitlines()
    cpu, memory, elapsed = map(float, used.split())
    return Fresh("\n".join(out), cpu, memory, elapsed)


def json_lines(measurements: Iterable[Struct]) -> str:
    """One JSON object a line."""
    return "".join(msgspec.json.encode(one).decode() + "\n" for one in measurements)


def table(measurements: Iterable[Measurement]) -> str:
    """A Markdown table; ratios are to the first engine with the same storage and size."""
    lines = [
        "| flow | storage | items | engine | µs per human step | ratio | µs of CPU | ratio |",
        "|---|---|--:|---|--:|--:|--:|--:|",
    ]
    base: dict[tuple[str, Storage, int], Measurement] = {}
    for one in measurements:
        first = base.setdefault((one.flow, one.storage, one.items), one)
        engine = f"{one.engine}, {one.form}" if one.form else one.engine
        wall = f"{one.us_per_step:,.1f} | {one.us_per_step / first.us_per_step:.1f}"
        cpu = f"{one.cpu_us_per_step:,.1f} | {one.cpu_us_per_step / first.cpu_us_per_step:.1f}"
        lines.append(f"| {one.flow} | {one.storage} | {one.items} | {engine} | {wall} | {cpu} |")
    return "\n".join(lines) + "\n"
