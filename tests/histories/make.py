"""Writes the frozen histories anew: the demo's workspace, and ledgers that the engine's own tests have written.

`make histories` runs it. The tests are played on ledgers instead of in memory; of these the fewest
are kept in which every kind of event stands.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from cli import demo
from cli.main import main
from engine.events import EVENT_TYPES
from engine.store.ledger import LedgerStore
from engine.store.port import KeptFile
from tests.engine.sample import company
from tests.engine.store.samples import ledger

HOME = Path(__file__).parent
KINDS = frozenset(name for name, _ in EVENT_TYPES)
NOT_PLAYED = {"test_random_walk", "test_impact"}
"""What takes long, and what reads the very histories that are being written."""
PLAYED = sorted(
    str(file) for file in (HOME.parent / "engine").glob("test_*.py") if file.stem not in NOT_PLAYED
)
DEMO = "demo"
AFTERWARDS = (
    ("advance", "--at", "2026-04-02 09:00"),
    ("case", "comment", "2026-0002", "下周一前补齐三个项目", "--as", "1103"),
)
"""What follows the demo's snapshot."""


class Written(NamedTuple):
    """A ledger that a test has written: of which test, where, and the kinds of its events."""

    test: str
    folder: Path
    kinds: frozenset[str]


class Scribe:
    """Lets tests write ledgers: a plugin of pytest."""

    def __init__(self, folder: Path) -> None:
        self.written: list[Written] = []
        self._folder = folder
        self._test = ""
        self._open: list[tuple[str, Path, LedgerStore]] = []
        self._contents: list[bytes] = []
        self._kept: Callable[[str], KeptFile] = company.kept
        company.MemoryStore = self._store
        company.kept = self._keep

    def _store(self) -> LedgerStore:
        folder = self._folder / f"{len(self.written) + len(self._open)}"
        store = ledger(folder)
        self._open.append((self._test, folder, store))
        return store

    def _keep(self, name: str) -> KeptFile:
        self._contents.append(name.encode())
        return self._kept(name)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Whatever is written from now on is this test's."""
        self._test = item.nodeid

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        """What the tests of a module have written, which they may share, is looked through at its end."""
        if nextitem is not None and nextitem.path == item.path:
            return
        paper = self._folder / "paper"
        for test, folder, store in self._open:
            for content in self._contents:
                paper.write_bytes(content)
                store.keep(paper)
            sound = not list(store.verify())
            kinds = kinds_in(store) if sound else frozenset()
            store.close()
            self.written.append(Written(test, folder, kinds))
        self._open, self._contents = [], []


def kinds_in(store: LedgerStore) -> frozenset[str]:
    """The kinds of all events of a ledger."""
    return frozenset(one.type for one in store.changes())


def fewest(written: list[Written], known: frozenset[str]) -> list[Written]:
    """The few ledgers in which every kind of event stands that stands in any, beside the known ones."""
    missing = frozenset[str]().union(*(one.kinds for one in written)) - known
    chosen: list[Written] = []
    while missing:
        best = max(written, key=lambda one: (len(one.kinds & missing), -len(one.kinds)))
        chosen.append(best)
        missing -= best.kinds
    return chosen


def _demo(folder: Path) -> frozenset[str]:
    """The demo with a snapshot in it and something behind that; the kinds of its events.

    It is told where the rulebooks lie as seen from the checkout, so that no history names a machine.
    """
    root = HOME.parents[1]
    os.chdir(root)
    demo.LIBRARY, demo.STORY = demo.LIBRARY.relative_to(root), demo.STORY.relative_to(root)
    if demo.play(folder, "en") or main(["--workspace", str(folder), "compact"]):
        raise SystemExit(1)
    for words in AFTERWARDS:
        if main(["--workspace", str(folder), *words]):
            raise SystemExit(1)
    shutil.rmtree(folder / "papers")
    store = ledger(folder / "ledger")
    kinds = kinds_in(store)
    store.close()
    return kinds


def _name(test: str) -> str:
    """A folder that is not there yet, named after the test."""
    words = (
        re.sub(r"\W+", "_", test.rpartition("/test_")[2]).replace("_py_test_", "_")[:50].strip("_")
    )
    names = (f"{words}_{number}" if number else words for number in itertools.count())
    return next(name for name in names if not (HOME / name).exists())


def make() -> int:
    """Replace all frozen histories; the exit code."""
    for old in HOME.glob("*/ledger"):
        shutil.rmtree(old.parent)
    known = _demo(HOME / DEMO)
    with tempfile.TemporaryDirectory() as place:
        scribe = Scribe(Path(place))
        failed = pytest.main(
            ["-n", "0", "-q", "--tb=no", "-m", "not long", *PLAYED], plugins=[scribe]
        )
        for one in fewest(scribe.written, known):
            shutil.copytree(one.folder, HOME / _name(one.test) / "ledger")
    left = KINDS - known.union(*(one.kinds for one in scribe.written))
    sys.stdout.write(f"in none of them: {sorted(left)}\n")
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(make())
