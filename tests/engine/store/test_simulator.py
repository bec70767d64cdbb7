"""Crashes on a simulated disk: what was acknowledged is there, and at most the one act in flight besides.

The same walk catches planted bugs, so it would see real ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from engine.store import archive, frames, index, journal, recall, snapshot, vault
from engine.store.disk import Disk
from engine.store.failure import StoreFailure
from engine.store.ledger import LedgerStore, open_ledger
from engine.store.port import Committed, RowChange
from tests.engine.store.samples import signing
from tests.engine.store.simulated import Died, File, SimulatedDisk

FOLDER = Path("/office/ledger")
MAIL = Path("/office/mail")
CASE = "2026-0001"


class BrokenPromiseError(AssertionError):
    """A store has lost something, or has half of it."""


class Walk:
    """One life after the other on one disk, each ended by a crash."""

    def __init__(self, seed: int, *, honest: bool = True) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - to be repeated, no secret
        self.told: list[str] = []
        self.flying = ""
        self.number = 0
        disk = SimulatedDisk(seed, honest=honest)
        mail = File(b"we confirm", bytearray(b"we confirm"))
        disk.names |= {MAIL.parent: None, MAIL: mail}
        disk.durable = dict(disk.names)
        self.disk = disk

    def go(self, lives: int) -> None:
        for _ in range(lives):
            self.disk.calls = self.chance.randint(1, 120)
            with suppress(Died):
                self.live()
            self.disk = self.disk.crashed(1 << 60)
            self.check()

    def opened(self) -> LedgerStore:
        store = open_ledger(FOLDER, self.disk)
        if not isinstance(store, LedgerStore):
            raise BrokenPromiseError(store)
        if {repair.code for repair in store.repairs} - {"K105"}:
            raise BrokenPromiseError(store.repairs)
        return store

    def live(self) -> None:
        stores = [self.opened(), self.opened()]
        while True:
            which = self.chance.randrange(2)
            match self.chance.choices(["append", "compact", "reopen"], [16, 3, 1])[0]:
                case "append":
                    self.append(stores[which])
                case "compact":
                    stores[which].compact()
                case _:
                    stores[which].close()
                    stores[which] = self.opened()

    def append(self, store: LedgerStore) -> None:
        self.number += 1
        command = self.flying = f"c{self.number}"
        named: dict[str, object] = {"note": "已交接" * self.chance.randint(0, 300)}
        if self.chance.random() < 0.2:
            named |= {"pay": store.seal(b"18000 CNY"), "file": store.keep(MAIL)}
        count = store.version(CASE) + 1
        rows = [RowChange("cases", CASE, {"count": count}), RowChange("tasks", command, {})]
        if self.chance.random() < 0.3:
            rows.append(RowChange("closed", f"k{count}", {"count": count}))
        answer = store.append(signing(command, CASE, count - 1, tuple(rows), **named))
        if not isinstance(answer, Committed) or answer.repeated:
            raise BrokenPromiseError(answer)
        self.told.append(command)

    def check(self) -> None:
        store = self.opened()
        damage = list(store.verify())
        written = [event.command_id for event in store.read(CASE)]
        row = store.get("cases", CASE) or {"count": 0}
        if damage or written not in (self.told, [*self.told, self.flying]):
            raise BrokenPromiseError(damage, self.told, self.flying, written)
        if not row["count"] == store.count("tasks") == len(written):
            raise BrokenPromiseError(row, store.count("tasks"), written)
        if any(store.committed(command) is None for command in written):
            raise BrokenPromiseError(written)
        store.close()
        self.told = written


def walks(seeds: Iterator[int] | range, *, honest: bool = True) -> None:
    for seed in seeds:
        try:
            Walk(seed, honest=honest).go(4)
        except StoreFailure as failure:
            raise BrokenPromiseError(seed, failure) from failure
        except BrokenPromiseError as broken:
            raise BrokenPromiseError(seed, *broken.args) from broken


def test_what_was_acknowledged_survives() -> None:
    walks(range(100))


@pytest.mark.long
@pytest.mark.parametrize("part", range(8))
def test_what_was_acknowledged_survives_two_thousand_seeds(part: int) -> None:
    walks(range(1000 + part * 250, 1250 + part * 250))


def test_a_disk_that_lies_about_fsync_is_caught() -> None:
    with pytest.raises(BrokenPromiseError):
        walks(range(40), honest=False)


Plant = Callable[[pytest.MonkeyPatch], None]


def never(*_: object, **__: object) -> None:
    """Does not do it."""


def no_fsync_of_frames(patch: pytest.MonkeyPatch) -> None:
    def write_all(self: Any, handle: int, data: bytes, offset: int) -> None:
        self._disk.write(handle, data, offset)

    patch.setattr(journal.Journal, "_write_all", write_all)


def no_fsync_of_the_new_ledgers_name(patch: pytest.MonkeyPatch) -> None:
    def create(self: Any) -> None:
        self._write_whole(self.path, frames.header(self._disk.random(16)))

    patch.setattr(journal.Journal, "_create", create)


def no_fsync_of_what_lies_beside(patch: pytest.MonkeyPatch) -> None:
    def settle(self: Any, path: Path, handle: int, place: Path) -> None:
        del handle
        for folder in (place.parent.parent, place.parent):
            self._make_durable(folder)
        self._disk.rename(path, place)
        self._disk.fsync_folder(place.parent)

    patch.setattr(vault.Vault, "_settle", settle)


def no_fsync_of_its_name(patch: pytest.MonkeyPatch) -> None:
    def settle(self: Any, path: Path, handle: int, place: Path) -> None:
        self._disk.fsync(handle)
        for folder in (place.parent.parent, place.parent):
            self._make_durable(folder)
        self._disk.rename(path, place)

    patch.setattr(vault.Vault, "_settle", settle)


def no_look_at_checksums(patch: pytest.MonkeyPatch) -> None:
    def frame_at(window: bytes, at: int, offset: int, _: bytes) -> frames.Frame | None:
        size = frames._frame_size(window, at)
        payload = window[at + frames.HEAD_SIZE : at + size - 1]
        digest = window[at + 18 : at + 82]
        try:
            return frames.Frame(offset, payload, bytes.fromhex(digest.decode()))
        except ValueError:
            return None

    patch.setattr(frames, "_frame_at", frame_at)


def no_look_for_other_writers(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(journal.Journal, "grown", lambda _: False)


def a_torn_end_that_stays(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(journal.Journal, "cut", lambda self, _: self.path)


def a_file_dropped_before_its_successor_counts(patch: pytest.MonkeyPatch) -> None:
    def publish(disk: Disk, folder: Path, draft: Path, runs: dict[Any, tuple[str, ...]]) -> None:
        used = {name for family in archive.FAMILIES for name in runs[family]} | {draft.name}
        for name in disk.names_in(folder / archive.FOLDER):
            if name not in used:
                disk.unlink(folder / archive.FOLDER / name)
        disk.fsync_folder(folder / archive.FOLDER)
        disk.rename(draft, folder / snapshot.FILE)
        disk.fsync_folder(folder)

    patch.setattr(recall, "publish", publish)


def an_archive_that_no_fsync_covers(patch: pytest.MonkeyPatch) -> None:
    real = archive.write_run

    def write_run(disk: SimulatedDisk, *rest: Any) -> None:
        disk.honest = False
        try:
            real(disk, *rest)
        finally:
            disk.honest = True

    patch.setattr(archive, "write_run", write_run)


def a_snapshot_that_no_fsync_covers(patch: pytest.MonkeyPatch) -> None:
    real = recall.write_draft

    def write_draft(disk: SimulatedDisk, *rest: Any) -> Path:
        disk.honest = False
        try:
            return real(disk, *rest)
        finally:
            disk.honest = True

    patch.setattr(recall, "write_draft", write_draft)


def a_snapshot_that_runs_ahead(patch: pytest.MonkeyPatch) -> None:
    real = journal.Journal.append

    def append(self: Any, payload: bytes) -> frames.Frame:
        found = real(self, payload)
        self._disk.truncate(self._handle, found.offset)
        return found

    patch.setattr(journal.Journal, "append", append)


def command_ids_that_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(recall, "_commands", lambda _: iter(()))


def closed_cases_that_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(recall, "_closed", lambda _: iter(()))


def rows_without_their_last_change(patch: pytest.MonkeyPatch) -> None:
    real = index.Index._change_rows
    patch.setattr(
        index.Index, "_change_rows", lambda self, changes: real(self, tuple(changes)[:-1])
    )


PLANTS: tuple[Plant, ...] = (
    no_fsync_of_frames,
    no_fsync_of_the_new_ledgers_name,
    no_fsync_of_what_lies_beside,
    no_fsync_of_its_name,
    no_look_at_checksums,
    no_look_for_other_writers,
    a_torn_end_that_stays,
    a_file_dropped_before_its_successor_counts,
    an_archive_that_no_fsync_covers,
    a_snapshot_that_no_fsync_covers,
    a_snapshot_that_runs_ahead,
    command_ids_that_are_forgotten,
    closed_cases_that_are_forgotten,
    rows_without_their_last_change,
)


@pytest.mark.parametrize("plant", PLANTS)
def test_planted_bugs_are_caught(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises(BrokenPromiseError):
        walks(range(100))
