"""What a command costs that is called alone: time and memory of a fresh process, beside `python -c pass`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

from msgspec import Struct

from benchmarks.baton_offboarding import artefact, furnish
from benchmarks.harness import fresh
from benchmarks.keeping import ITEMS, LIVE, fill, one_case
from engine.workspace import LEDGER, Problem, create_workspace

ROOT = Path(__file__).parents[1]
BATON = str(Path(sys.executable).with_name("baton"))
NOTHING = ("python -c pass", (sys.executable, "-c", "pass"))


class Cold(Struct, frozen=True):
    """The median over the rounds: by the clock, of the processor (user and system), and the most memory held."""

    command: str
    cases: int
    live: int
    ms: float
    cpu_ms: float
    ratio: float
    rss_mb: float


def measure(sizes: Iterable[int], rounds: int) -> Iterator[Cold]:
    """Measures help, the check of the whole library and the list of cases, with so many stored.

    The commands take turns.
    """
    for size in sizes:
        live = min(LIVE, size // 2)
        with tempfile.TemporaryDirectory(prefix="baton-bench-") as name:
            folder = _workspace(Path(name) / "workspace", size, live)
            listed = (BATON, "case", "list", "--workspace", str(folder), "--as", "E-001")
            commands = (
                NOTHING,
                ("baton --help", (BATON, "--help")),
                ("baton check rulebooks", (BATON, "check", str(ROOT / "rulebooks"))),
                ("baton case list", listed),
            )
            runs = [[fresh(words) for _, words in commands] for _ in range(rounds + 1)][1:]
        for (command, _), found in zip(commands, zip(*runs, strict=True), strict=True):
            cpu = median(one.cpu_ms for one in found)
            bare = median(run[0].cpu_ms for run in runs)
            memory = median(one.rss_mb for one in found)
            elapsed = round(median(one.ms for one in found), 1)
            ratio = round(cpu / bare, 1)
            yield Cold(command, size, live, elapsed, round(cpu, 1), ratio, round(memory, 1))


def _workspace(folder: Path, size: int, live: int) -> Path:
    made = create_workspace(
        folder, sandbox=True, timezone="Asia/Shanghai", account="benchmark", host="benchmark"
    )
    if isinstance(made, Problem):
        raise TypeError(made)
    furnish(made.store, artefact(ITEMS))
    made.store.close()
    fill(folder / LEDGER, one_case(), size, live)
    return folder


def table(found: Iterable[Cold]) -> str:
    """A Markdown table; the ratio is to an interpreter that does nothing, in the same run."""
    lines = [
        "| command | cases | live | ms | CPU ms | ratio | MB |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| `{one.command}` | {one.cases:,} | {one.live:,} | {one.ms:,.1f} | {one.cpu_ms:,.1f} | {one.ratio:.1f}"
        f" | {one.rss_mb:,.0f} |"
        for one in found
    ]
    return "\n".join(lines) + "\n"
