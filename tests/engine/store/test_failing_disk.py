"""Disks that fail, locks that stay, transactions too large: refused, and nothing lost."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from typing_extensions import override

from engine.store import vault
from engine.store.disk import Disk
from engine.store.failure import StoreFailure
from engine.store.port import Committed, Damage, RowChange
from tests.engine.store.samples import damage, filled, ledger, signing

FILE = "ledger.baton"


class FailingDisk(Disk):
    """Fails the calls that it is told to fail, once it is told."""

    def __init__(self) -> None:
        self.failing: set[str] = set()
        self.calls: list[str] = []

    @override
    def write(self, handle: int, data: bytes, offset: int) -> int:
        self.calls.append("write")
        if "write" in self.failing:
            raise OSError(errno.EIO, "input/output error")
        if "half" in self.failing:
            return super().write(handle, data[: len(data) // 2], offset)
        return super().write(handle, data, offset)

    @override
    def fsync(self, handle: int) -> None:
        self.calls.append("fsync")
        if "fsync" in self.failing:
            raise OSError(errno.EIO, "input/output error")
        super().fsync(handle)

    @override
    def truncate(self, handle: int, size: int) -> None:
        if "truncate" in self.failing:
            raise OSError(errno.EIO, "input/output error")
        super().truncate(handle, size)

    @override
    def read(self, handle: int, size: int, offset: int) -> bytes:
        if "read" in self.failing:
            raise OSError(errno.EIO, "input/output error")
        return super().read(handle, size, offset)


class TestFailingDisk:
    @pytest.fixture
    def disk(self) -> FailingDisk:
        return FailingDisk()

    def test_one_write_and_one_fsync_a_transaction(self, tmp_path: Path, disk: FailingDisk) -> None:
        store = ledger(tmp_path, disk)
        disk.calls.clear()
        store.append(signing("c1", rows=(RowChange("cases", "k", {}),)))
        assert disk.calls == ["write", "fsync"]

    @pytest.mark.parametrize("fault", ["write", "half", "fsync"])
    def test_the_command_is_refused_and_nothing_lost(
        self, tmp_path: Path, disk: FailingDisk, fault: str
    ) -> None:
        data = filled(tmp_path)
        store = ledger(tmp_path, disk)
        disk.failing = {fault}
        with pytest.raises(StoreFailure, match="K109"):
            store.append(signing("c9"))
        disk.failing = set()
        with pytest.raises(StoreFailure, match="K110"):
            store.append(signing("c9"))
        assert (tmp_path / FILE).read_bytes() == data
        again = ledger(tmp_path)
        assert again.position() == 5
        assert again.append(signing("c9")) == Committed("c9", 6, 6)

    @pytest.mark.parametrize("fault", ["half", "fsync"])
    def test_even_if_the_disk_cannot_take_it_back(
        self, tmp_path: Path, disk: FailingDisk, fault: str
    ) -> None:
        filled(tmp_path)
        store = ledger(tmp_path, disk)
        disk.failing = {fault, "truncate"}
        with pytest.raises(StoreFailure, match="K109"):
            store.append(signing("c9", expected=5))
        again = ledger(tmp_path)
        # An fsync that fails says nothing about the bytes: the command id tells, and counts once.
        known = again.committed("c9") is not None
        assert known == (fault == "fsync")
        again.append(signing("c9", expected=5))
        assert again.position() == 6
        assert list(again.verify()) == []

    def test_a_disk_that_cannot_be_read(self, tmp_path: Path, disk: FailingDisk) -> None:
        filled(tmp_path)
        store = ledger(tmp_path, disk)
        disk.failing = {"read"}
        with pytest.raises(StoreFailure, match="K101"):
            list(store.read("2026-0001"))
        assert damage(tmp_path, disk).code == "K101"

    def test_private_values_and_evidence(self, tmp_path: Path, disk: FailingDisk) -> None:
        store = ledger(tmp_path / "store", disk)
        (tmp_path / "mail").write_bytes(b"we confirm")
        disk.failing = {"fsync"}
        with pytest.raises(StoreFailure, match="K109"):
            store.seal(b"18000 CNY")
        with pytest.raises(StoreFailure, match="K109"):
            store.keep(tmp_path / "mail")
        disk.failing = set()
        assert list((tmp_path / "store" / "incoming").iterdir()) == []
        assert store.unseal(store.seal(b"18000 CNY")) == b"18000 CNY"

    def test_a_creation_that_fails_can_be_repeated(self, tmp_path: Path, disk: FailingDisk) -> None:
        disk.failing = {"fsync"}
        assert damage(tmp_path / "store", disk).code == "K101"
        disk.failing = set()
        assert ledger(tmp_path / "store", disk).position() == 0


def test_a_lock_that_is_never_given_back_is_an_answer(tmp_path: Path) -> None:
    class Impatient(Disk):
        @override
        def pause(self, seconds: float) -> None:
            assert seconds < 1

    store = ledger(tmp_path)
    with store._lock.held(exclusive=True):
        assert damage(tmp_path, Impatient()).code == "K108"
    assert ledger(tmp_path).position() == 0


def test_a_transaction_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ledger(tmp_path)
    monkeypatch.setattr("engine.store.frames.LARGEST_PAYLOAD", 2000)
    with pytest.raises(StoreFailure, match="K111"):
        store.append(signing("c1", note="x" * 2000))
    assert isinstance(store.append(signing("c1")), Committed)


class Growing(Disk):
    """Tells the length that a file had before somebody wrote on."""

    @override
    def size(self, handle: int) -> int:
        return 0


def test_evidence_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "LARGEST_FILE", 4)
    (tmp_path / "film.mp4").write_bytes(b"12345")
    taken: list[bytes] = []
    found = vault.take_in(Growing(), tmp_path / "film.mp4", taken.append)
    assert isinstance(found, Damage)
    assert found.code == "K124"
    assert taken == []
