"""Death at every single call to the operating system: nothing acknowledged is lost, nothing is half there.

Once as a killed process, whose bytes stay where they were put, and once as a power cut that takes
every byte and every name that no fsync has covered.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typing_extensions import override

from engine.store.disk import Disk
from engine.store.ledger import LedgerStore, open_ledger
from engine.store.port import Committed, RowChange
from tests.engine.store.samples import filled, ledger, signing
from tests.engine.store.test_ledger import starts

CASE = "2026-0001"


class Died(BaseException):
    """The process is gone; no handler may act any more."""


class MortalDisk(Disk):
    """Lives for so many calls. Remembers what an fsync has not covered."""

    def __init__(self, calls: int) -> None:
        self.left = calls
        self.handles: dict[int, Path] = {}
        self.covered: dict[Path, int] = {}
        self.names: list[Path] = []

    def spend(self) -> None:
        self.left -= 1
        if self.left <= 0:
            raise Died

    def opened(self, handle: int, path: Path) -> int:
        self.handles[handle] = path
        self.covered.setdefault(path, self.size(handle))
        return handle

    @override
    def open(self, path: Path) -> int:
        return self.opened(super().open(path), path)

    @override
    def open_to_read(self, path: Path) -> int:
        return self.opened(super().open_to_read(path), path)

    @override
    def open_or_create(self, path: Path) -> int:
        self.spend()
        return self.opened(super().open_or_create(path), path)

    @override
    def create(self, path: Path) -> int:
        self.spend()
        self.names.append(path)
        return self.opened(super().create(path), path)

    @override
    def close(self, handle: int) -> None:
        if self.left > 0:
            del self.handles[handle]
            super().close(handle)

    @override
    def write(self, handle: int, data: bytes, offset: int) -> int:
        if self.left == 2:
            # The last thing it does: a part of a write.
            super().write(handle, data[: len(data) // 2], offset)
        self.spend()
        return super().write(handle, data, offset)

    @override
    def fsync(self, handle: int) -> None:
        self.spend()
        self.covered[self.handles[handle]] = self.size(handle)
        super().fsync(handle)

    @override
    def fsync_folder(self, path: Path) -> None:
        self.spend()
        self.names = [name for name in self.names if name.parent != path]
        super().fsync_folder(path)

    @override
    def truncate(self, handle: int, size: int) -> None:
        self.spend()
        super().truncate(handle, size)

    @override
    def rename(self, old: Path, new: Path) -> None:
        self.spend()
        # Where a covered name stood, one file or the other will be found.
        stood = new.exists() and new not in self.names
        super().rename(old, new)
        self.covered[new] = self.covered.pop(old)
        self.names = [name for name in self.names if name != old] + [new] * (not stood)

    @override
    def unlink(self, path: Path) -> None:
        self.spend()
        super().unlink(path)

    @override
    def make_folder(self, path: Path) -> bool:
        self.spend()
        made = super().make_folder(path)
        if made:
            self.names.append(path)
        return made

    @override
    def unlock(self, handle: int) -> None:
        if self.left > 0:
            super().unlock(handle)

    def bury(self, *, power_cut: bool) -> None:
        """What the operating system does with the dead; a power cut takes what was not covered."""
        for handle in self.handles:
            os.close(handle)
        if not power_cut:
            return
        for path, size in self.covered.items():
            if path.exists() and path.stat().st_size > size:
                os.truncate(path, size)
        for name in self.names:
            if name.is_dir():
                shutil.rmtree(name)
            else:
                name.unlink(missing_ok=True)


@contextmanager
def mortal(calls: int, *, power_cut: bool) -> Iterator[MortalDisk]:
    disk = MortalDisk(calls)
    try:
        yield disk
    except Died:
        disk.bury(power_cut=power_cut)
    else:
        disk.bury(power_cut=False)


def work(folder: Path, disk: Disk, told: list[str]) -> None:
    """Three commands, with an event and rows each, two of them with a private value and a file."""
    store = open_ledger(folder, disk)
    assert isinstance(store, LedgerStore)
    for number in range(3):
        command, named = f"w{number}", dict[str, object]()
        if number > 0:
            named["pay"] = store.seal(b"18000 CNY")
            named["file"] = store.keep(folder.parent / "mail")
        version = store.version(CASE)
        rows = (RowChange("cases", CASE, {"signed": version + 1}), RowChange("tasks", command, {}))
        answer = store.append(signing(command, CASE, version, rows, **named))
        assert isinstance(answer, Committed)
        told.append(command)


def check(folder: Path, told: list[str]) -> None:
    store = ledger(folder)
    assert list(store.verify()) == []
    written = [event.command_id for event in store.changes()]
    assert set(told) <= set(written)
    assert store.count("tasks") == len([name for name in written if name.startswith("w")])
    assert (store.get("cases", CASE) or {"signed": 0})["signed"] == len(written)
    store.close()


@pytest.mark.parametrize("power_cut", [False, True])
def test_a_new_ledger_survives_death_at_every_call(tmp_path: Path, *, power_cut: bool) -> None:
    (tmp_path / "mail").write_bytes(b"we confirm")
    finished, calls = False, 0
    while not finished:
        calls += 1
        folder = tmp_path / f"store-{calls}"
        told: list[str] = []
        with mortal(calls, power_cut=power_cut) as disk:
            work(folder, disk, told)
            finished = True
        check(folder, told)
    assert calls > 50


@pytest.mark.parametrize("power_cut", [False, True])
def test_mending_survives_death_at_every_call(tmp_path: Path, *, power_cut: bool) -> None:
    """The end that a first crash tore is never lost, wherever a second one strikes."""
    (tmp_path / "mail").write_bytes(b"we confirm")
    data = filled(tmp_path / "whole")
    begin = starts(data)[-2]
    torn = data[begin:-20]
    finished, calls = False, 0
    while not finished:
        calls += 1
        folder = tmp_path / f"store-{calls}"
        folder.mkdir()
        (folder / "ledger.baton").write_bytes(data[:begin] + torn)
        told: list[str] = []
        with mortal(calls, power_cut=power_cut) as disk:
            work(folder, disk, told)
            finished = True
        check(folder, told)
        assert torn in [path.read_bytes() for path in (folder / "cut").iterdir()]
    assert calls > 50
