"""Runs every measurement of this folder: `python -m benchmarks [--items 10 50] [--rounds 5]`.

`python -m benchmarks --of checking [--lines 1000 10000]` measures the check of a rulebook instead,
`python -m benchmarks --of editing [--lines 1000]` what a designer waits for after a key,
`python -m benchmarks --of screens [--screens 1000 100000]` the start of the board, a key, memory,
`python -m benchmarks --of drawings` the drawing of a process,
`python -m benchmarks --of conditions` the evaluation of a condition and of a decision table,
`python -m benchmarks --of memory` what a live case takes,
`python -m benchmarks --of advance [--timers 10000 100000]` the turn of the clock,
`python -m benchmarks --of keeping [--cases 100 20000 100000]` the ledger, and
`python -m benchmarks --of cold [--cases 100 100000]` a command that is called alone.

A file `<engine>_<flow>.py` takes part by having `CONTENDERS`, a tuple of `harness.Contender`. Prints
JSON lines to the standard output and a table to the standard error; `--output` keeps both in a folder.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from benchmarks import advancing, checking, cold, drawings, editing, keeping, memory, screens
from benchmarks.harness import Contender, json_lines, measure, table

FLOW = "offboarding"
Told = tuple[str, str]
"""JSON lines and a table."""


def contenders(flow: str) -> tuple[Contender, ...]:
    """Those of every file of the flow, by file name: Baton stands first and is the measure."""
    files = sorted(Path(__file__).parent.glob(f"*_{flow}.py"))
    modules = (import_module(f"benchmarks.{file.stem}") for file in files)
    return tuple(contender for module in modules for contender in module.CONTENDERS)


def _flow(options: argparse.Namespace) -> Told:
    found = tuple(measure(FLOW, contenders(FLOW), options.items, options.rounds))
    return json_lines(found), table(found)


def _checking(options: argparse.Namespace) -> Told:
    found = tuple(checking.measure(options.lines, options.rounds))
    return json_lines(found), checking.table(found)


def _editing(options: argparse.Namespace) -> Told:
    found = tuple(editing.measure(options.lines, options.rounds))
    return json_lines(found), editing.table(found)


def _conditions(options: argparse.Namespace) -> Told:
    # The only one beside `offboarding` that needs the extra `bench`.
    conditions = import_module("benchmarks.conditions")
    found = tuple(conditions.measure(options.rounds))
    return json_lines(found), conditions.table(found)


def _memory(options: argparse.Namespace) -> Told:
    found = tuple(memory.measure(options.items))
    return json_lines(found), memory.table(found)


def _advance(options: argparse.Namespace) -> Told:
    found = tuple(advancing.measure(options.timers))
    return json_lines(found), advancing.table(found)


def _keeping(options: argparse.Namespace) -> Told:
    found = tuple(keeping.measure(options.cases))
    return json_lines(found), keeping.table(found)


def _cold(options: argparse.Namespace) -> Told:
    found = tuple(cold.measure(options.cases, options.rounds))
    return json_lines(found), cold.table(found)


def _screens(options: argparse.Namespace) -> Told:
    found = tuple(screens.measure(options.screens, options.rounds))
    return json_lines(found), screens.table(found)


def _drawings(options: argparse.Namespace) -> Told:
    found = tuple(drawings.measure(options.rounds))
    return json_lines(found), drawings.table(found)


MEASURED: dict[str, Callable[[argparse.Namespace], Told]] = {
    FLOW: _flow,
    "checking": _checking,
    "editing": _editing,
    "conditions": _conditions,
    "memory": _memory,
    "keeping": _keeping,
    "screens": _screens,
    "drawings": _drawings,
    "advance": _advance,
    "cold": _cold,
}
"""What can be measured, by its name on the command line."""


def main() -> int:
    """Measures and prints; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--of", choices=MEASURED, default=FLOW)
    parser.add_argument("--lines", type=int, nargs="+", default=[1000, 10000, 50000], metavar="N")
    parser.add_argument("--cases", type=int, nargs="+", default=[100, 20_000, 100_000], metavar="N")
    parser.add_argument("--timers", type=int, nargs="+", default=[10_000, 100_000], metavar="N")
    parser.add_argument("--screens", type=int, nargs="+", default=[1000, 100_000], metavar="N")
    parser.add_argument("--items", type=int, nargs="+", default=[10, 50, 200], metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--output", type=Path, help="folder for results.jsonl and results.md")
    options = parser.parse_args()
    lines, drawn = MEASURED[options.of](options)
    sys.stdout.write(lines)
    sys.stderr.write(drawn)
    if options.output is not None:
        options.output.mkdir(parents=True, exist_ok=True)
        (options.output / "results.jsonl").write_text(lines, encoding="utf-8")
        (options.output / "results.md").write_text(drawn, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
