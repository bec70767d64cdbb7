"""What every measurement shares: contenders, rounds, medians, JSON lines and a table of ratios.

Contenders take turns within a round, so that a slow minute of the machine hits all of them; what can
be compared between machines is the ratio, never the figure.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Literal

import msgspec
from msgspec import Struct

Storage = Literal["memory", "durable"]


class Run(Struct, frozen=True):
    """One case driven from its opening to its close; `seconds` counts the human steps alone."""

    steps: int
    seconds: float


class Contender(Struct, frozen=True):
    """One way to run the flow.

    Attributes:
        engine: name and version.
        storage: whether a step survives a power cut before the next begins.
        form: how, if an engine has several ways; empty otherwise.
        run: drives one case with so many parallel items, keeping its files in the folder.
    """

    engine: str
    storage: Storage
    form: str
    run: Callable[[int, Path], Run]


class Measurement(Struct, frozen=True):
    """The median over the rounds, in microseconds per human step."""

    flow: str
    engine: str
    storage: Storage
    form: str
    items: int
    steps: int
    rounds: int
    us_per_step: float
    fastest_us_per_step: float


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
            )


def one_run(contender: Contender, items: int) -> Run:
    """One case in a fresh folder, with the garbage of the one before swept away."""
    with tempfile.TemporaryDirectory(prefix="baton-bench-") as folder:
        gc.collect()
        return contender.run(items, Path(folder))


def json_lines(measurements: Iterable[Struct]) -> str:
    """One JSON object a line."""
    return "".join(msgspec.json.encode(one).decode() + "\n" for one in measurements)


def table(measurements: Iterable[Measurement]) -> str:
    """A Markdown table; the ratio is to the first engine with the same storage and size."""
    lines = [
        "| flow | storage | items | engine | µs per human step | ratio |",
        "|---|---|--:|---|--:|--:|",
    ]
    base: dict[tuple[str, Storage, int], float] = {}
    for one in measurements:
        first = base.setdefault((one.flow, one.storage, one.items), one.us_per_step)
        engine = f"{one.engine}, {one.form}" if one.form else one.engine
        ratio = f"{one.us_per_step / first:.2f}"
        lines.append(
            f"| {one.flow} | {one.storage} | {one.items} | {engine} | {one.us_per_step:,.1f} | {ratio} |"
        )
    return "\n".join(lines) + "\n"
