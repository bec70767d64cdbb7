"""Runs every measurement of this folder: `python -m benchmarks [--items 10 50] [--rounds 5]`.

`python -m benchmarks --of checking [--lines 1000 10000]` measures the check of a rulebook instead,
`python -m benchmarks --of conditions` the evaluation of a condition and of a decision table,
`python -m benchmarks --of memory` what a live case takes.

A file `<engine>_<flow>.py` takes part by having `CONTENDERS`, a tuple of `harness.Contender`. Prints
JSON lines to the standard output and a table to the standard error; `--output` keeps both in a folder.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

from benchmarks import checking, conditions, memory
from benchmarks.harness import Contender, json_lines, measure, table

FLOW = "offboarding"


def contenders(flow: str) -> tuple[Contender, ...]:
    """Those of every file of the flow, by file name: Baton stands first and is the measure."""
    files = sorted(Path(__file__).parent.glob(f"*_{flow}.py"))
    modules = (import_module(f"benchmarks.{file.stem}") for file in files)
    return tuple(contender for module in modules for contender in module.CONTENDERS)


def main() -> int:
    """Measures and prints; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--of", choices=[FLOW, "checking", "conditions", "memory"], default=FLOW)
    parser.add_argument("--lines", type=int, nargs="+", default=[1000, 10000, 50000], metavar="N")
    parser.add_argument("--items", type=int, nargs="+", default=[10, 50, 200], metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--output", type=Path, help="folder for results.jsonl and results.md")
    options = parser.parse_args()
    if options.of == FLOW:
        results = tuple(measure(FLOW, contenders(FLOW), options.items, options.rounds))
        lines, drawn = json_lines(results), table(results)
    elif options.of == "conditions":
        speeds = tuple(conditions.measure(options.rounds))
        lines, drawn = json_lines(speeds), conditions.table(speeds)
    elif options.of == "memory":
        sizes = tuple(memory.measure(options.items))
        lines, drawn = json_lines(sizes), memory.table(sizes)
    else:
        checks = tuple(checking.measure(options.lines, options.rounds))
        lines, drawn = json_lines(checks), checking.table(checks)
    sys.stdout.write(lines)
    sys.stderr.write(drawn)
    if options.output is not None:
        options.output.mkdir(parents=True, exist_ok=True)
        (options.output / "results.jsonl").write_text(lines, encoding="utf-8")
        (options.output / "results.md").write_text(drawn, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
