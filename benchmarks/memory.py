"""What a live case takes in memory: a case that is read back from its events, half of its items done."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterable, Iterator

from msgspec import Struct

from benchmarks.baton_offboarding import artefact, furnish, open_half_done
from engine.cases import Cases
from engine.store.memory import MemoryStore

CASES = 50


class Size(Struct, frozen=True):
    """The mean over so many cases; the store, the people and the rulebook are not counted."""

    items: int
    cases: int
    kib_per_case: float


def measure(sizes: Iterable[int]) -> Iterator[Size]:
    """Reads every case back as a service does, and keeps it."""
    for items in sizes:
        service = furnish(MemoryStore(), artefact(items))
        case = open_half_done(service, items)
        readers = [Cases(service.store) for _ in range(CASES)]
        readers[0].load(case)
        gc.collect()
        tracemalloc.start()
        states = [reader.load(case) for reader in readers[1:]]
        gc.collect()
        taken, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        yield Size(items, len(states), round(taken / len(states) / 1024, 1))


def table(sizes: Iterable[Size]) -> str:
    """A Markdown table."""
    lines = ["| items | KiB per live case |", "|--:|--:|"]
    lines += [f"| {one.items} | {one.kib_per_case:,.1f} |" for one in sizes]
    return "\n".join(lines) + "\n"
