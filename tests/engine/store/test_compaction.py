"""Snapshots and the archive: start-up depends on what is live, and nothing in them is the truth."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typing_extensions import override

from engine.store.disk import Disk
from engine.store.failure import StoreFailure
from engine.store.ledger import LedgerStore
from engine.store.port import Committed, RowChange
from engine.store.runs import BrokenRunError, Run, merged, ordered, write_run
from tests.engine.store.samples import damage, ledger, signing
from tests.engine.store.test_ledger import FILE


def with_closed(folder: Path, cases: int = 6) -> LedgerStore:
    """Cases of two acts; all but the last are closed."""
    store = ledger(folder)
    for number in range(cases):
        case = f"2026-{number:04}"
        row: dict[str, object] = {"id": case, "note": "已交接"}
        store.append(signing(f"{case}-a", case, 0, (RowChange("cases", case, row),)))
        ending = (RowChange("cases", case, None), RowChange("closed", case, row))
        store.append(signing(f"{case}-b", case, 1, ending if number < cases - 1 else ()))
    return store


class CountingDisk(Disk):
    """Counts the bytes that are read from the ledger itself."""

    def __init__(self) -> None:
        self.ledgers: set[int] = set()
        self.read_bytes = 0

    @override
    def open(self, path: Path) -> int:
        handle = super().open(path)
        if path.name == FILE:
            self.ledgers.add(handle)
        return handle

    @override
    def close(self, handle: int) -> None:
        self.ledgers.discard(handle)
        super().close(handle)

    @override
    def read(self, handle: int, size: int, offset: int) -> bytes:
        found = super().read(handle, size, offset)
        self.read_bytes += len(found) * (handle in self.ledgers)
        return found


class TestCompaction:
    def test_opening_reads_only_what_came_later(self, tmp_path: Path) -> None:
        store = with_closed(tmp_path)
        assert store.compact()
        store.append(signing("later", "2026-0005", 2))
        store.close()
        disk = CountingDisk()
        again = ledger(tmp_path, disk)
        assert disk.read_bytes < 1000 < (tmp_path / FILE).stat().st_size
        assert again.position() == 13
        assert again.get("closed", "2026-0000") == {"id": "2026-0000", "note": "已交接"}
        assert [e.command_id for e in again.read("2026-0003")] == ["2026-0003-a", "2026-0003-b"]
        assert again.rows("cases") == [{"id": "2026-0005", "note": "已交接"}]
        assert list(again.verify()) == []

    def test_parts_that_came_later_are_in_the_rows(self, tmp_path: Path) -> None:
        store = with_closed(tmp_path)
        store.compact()
        case = "2026-0005"
        fresh = RowChange("cases", "2026-0006", {"id": "2026-0006", "note": "", "n": 1})
        store.append(signing("put", "2026-0006", 0, (fresh,)))
        for number, key in enumerate([case, case, "2026-0006"]):
            new = (RowChange("cases", key, {"n": number, f"n{number}": key}, part=True),)
            store.append(signing(f"part{number}", key, 2 + number if key == case else 1, new))
        store.close()
        again = ledger(tmp_path)
        assert again.rows("cases") == [
            {"id": case, "note": "已交接", "n": 1, "n0": case, "n1": case},
            {"id": "2026-0006", "note": "", "n": 2, "n2": "2026-0006"},
        ]
        assert list(again.verify()) == []

    def test_closed_cases_leave_memory(self, tmp_path: Path) -> None:
        store = with_closed(tmp_path, 50)
        store.compact()
        assert list(store._index.streams) == ["2026-0049"]
        assert store._index.commands == store._index.closed == {}

    def test_again_and_again(self, tmp_path: Path) -> None:
        """Small runs are joined: their number grows much more slowly than that of compactions."""
        store = ledger(tmp_path)
        for number in range(40):
            row = RowChange("closed", f"k{number}", {"n": number})
            store.append(signing(f"c{number}", f"k{number}", 0, (row,)))
            assert store.compact()
        assert len(list((tmp_path / "archive").iterdir())) < 15
        assert store.count("closed") == 40
        assert list(ledger(tmp_path).verify()) == []

    def test_other_handles_go_on(self, tmp_path: Path) -> None:
        store, other = with_closed(tmp_path), ledger(tmp_path)
        assert store.compact()
        assert isinstance(other.append(signing("x", "2026-0005", 2)), Committed)
        assert store.version("2026-0005") == 3
        assert other.get("closed", "2026-0002") is not None
        assert other.compact()
        assert other._index.commands == {}
        assert [e.command_id for e in store.read("2026-0001")] == ["2026-0001-a", "2026-0001-b"]
        assert list(store.verify()) == list(other.verify()) == []

    def test_one_at_a_time(self, tmp_path: Path) -> None:
        store, other = with_closed(tmp_path), ledger(tmp_path)
        with store._compaction() as free:
            assert free
            assert not other.compact()
        assert other.compact()

    def test_a_writer_compacts_at_its_end_when_that_is_due(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with_closed(tmp_path).close()
        assert not (tmp_path / "snapshot.baton").exists()
        monkeypatch.setattr("engine.store.ledger.TAIL", 1000)
        ledger(tmp_path).close()
        assert not (tmp_path / "snapshot.baton").exists(), "whoever only reads writes nothing"
        store = ledger(tmp_path)
        store.append(signing("x", "2026-0005", 2))
        store.close()
        assert (tmp_path / "snapshot.baton").exists()
        assert ledger(tmp_path).committed("x") is not None

    @pytest.mark.parametrize("call", ["create", "write", "fsync", "rename", "fsync_folder"])
    def test_a_disk_that_fails_meanwhile(self, tmp_path: Path, call: str) -> None:
        class Failing(Disk):
            failing = False

        def fail(self: Failing, *arguments: object) -> object:
            if self.failing:
                raise OSError(28, os.strerror(28))
            return getattr(Disk, call)(self, *arguments)

        setattr(Failing, call, fail)
        with_closed(tmp_path).close()
        disk = Failing()
        store = ledger(tmp_path, disk)
        disk.failing = True
        with pytest.raises(StoreFailure, match="K109"):
            store.compact()
        disk.failing = False
        assert list(ledger(tmp_path).verify()) == []
        assert ledger(tmp_path).compact()
        names = (tmp_path / "archive").iterdir()
        assert sorted(name.name.partition("-")[0] for name in names) == [
            "closed",
            "commands",
            "streams",
        ]


class TestDamage:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        store = with_closed(tmp_path)
        store.compact()
        store.close()
        return tmp_path

    def files(self, folder: Path) -> Iterator[Path]:
        yield folder / "snapshot.baton"
        yield from sorted((folder / "archive").iterdir())

    @pytest.mark.parametrize("number", range(4))
    def test_a_missing_file_is_told_and_made_anew(self, folder: Path, number: int) -> None:
        lost = list(self.files(folder))[number]
        lost.unlink()
        store = ledger(folder)
        told = [(repair.code, repair.where) for repair in store.repairs]
        assert told == ([] if number == 0 else [("K126", str(lost))])
        assert list(store.verify()) == []
        assert store.compact()
        assert ledger(folder).repairs == ()

    def test_the_whole_archive_is_missing(self, folder: Path) -> None:
        shutil.rmtree(folder / "archive")
        store = ledger(folder)
        assert [repair.code for repair in store.repairs] == ["K126"]
        assert store.get("closed", "2026-0000") is not None
        assert list(store.verify()) == []

    @pytest.mark.parametrize("number", range(4))
    def test_a_flip_of_any_byte_is_noticed_or_harmless(self, folder: Path, number: int) -> None:
        """No wrong answer: either the handle says so, or verification does, or all is as it was."""
        path = list(self.files(folder))[number]
        whole = path.read_bytes()
        for at in range(0, len(whole), 1 if len(whole) < 700 else 3):
            broken = bytearray(whole)
            broken[at] ^= 1 << (at % 8)
            path.write_bytes(broken)
            try:
                store = ledger(folder)
                found = {one.code for one in store.verify()}
                noticed = bool(store.repairs) or found == {"K127"}
                store.close()
            except StoreFailure as failure:
                noticed = failure.code == "K127"
            except AssertionError:
                noticed = damage(folder).code in {"K127", "K129", "K118"}
            assert noticed or number == 0, at
            assert noticed or at > 0, at

    def test_a_ledger_that_is_shorter_than_its_snapshot(self, folder: Path) -> None:
        size = (folder / FILE).stat().st_size
        os.truncate(folder / FILE, size - 10)
        found = damage(folder)
        assert (found.code, found.values["known"]) == ("K118", str(size))
        assert (folder / FILE).stat().st_size == size - 10

    def test_another_history_under_the_snapshot(self, folder: Path) -> None:
        data = bytearray((folder / FILE).read_bytes())
        where = data.rindex(b"\n", 0, len(data) - 1) - 5
        data[where] ^= 1
        (folder / FILE).write_bytes(data)
        assert damage(folder).code == "K129"
        (folder / "snapshot.baton").unlink()
        assert damage(folder).code in {"K106", "K107"}

    def test_the_snapshot_of_another_ledger_counts_for_nothing(
        self, folder: Path, tmp_path: Path
    ) -> None:
        other = with_closed(tmp_path / "other", 3)
        other.close()
        shutil.copy(folder / "snapshot.baton", tmp_path / "other")
        store = ledger(tmp_path / "other")
        told = [(repair.code, repair.where) for repair in store.repairs]
        assert told == [("K126", str(tmp_path / "other" / "snapshot.baton"))]
        assert store.count("closed") == 2

    def test_damage_behind_the_snapshot_is_met_by_whoever_reads_there(self, folder: Path) -> None:
        data = bytearray((folder / FILE).read_bytes())
        at = data.index(b"2026-0002-a") - 30
        data[at] ^= 1
        (folder / FILE).write_bytes(data)
        store = ledger(folder)
        assert store.version("2026-0002") == 2
        assert len(list(store.read("2026-0001"))) == 2
        with pytest.raises(StoreFailure, match="K128"):
            list(store.read("2026-0002"))
        with pytest.raises(StoreFailure, match="K106"):
            list(store.changes())
        [found] = store.verify()
        assert (found.code, found.values["events"]) == ("K106", "4")
        assert found.values["behind"] == "7"


class TestRuns:
    @pytest.mark.parametrize("count", [0, 1, 5, 4000])
    def test_what_is_written_is_found(self, tmp_path: Path, count: int) -> None:
        items = {f"key-{number}".encode(): b"%d" % number * 3 for number in range(count)}
        write_run(Disk(), tmp_path / "run", ordered(items.items()), count)
        run = Run(Disk(), tmp_path / "run")
        assert run.count == count
        assert all(run.get(key) == value for key, value in items.items())
        assert run.get(b"another") is None
        assert dict(run.items()) == items

    def test_the_newest_wins(self) -> None:
        new, old = {b"a": b"1", b"b": b"2"}, {b"b": b"old", b"c": b"3"}
        found = merged([ordered(new.items()), ordered(old.items())])
        assert dict(found) == {b"a": b"1", b"b": b"2", b"c": b"3"}

    @pytest.mark.parametrize("content", [b"", b"baton-archive 1\n", b"x" * 100])
    def test_what_is_no_run(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "run").write_bytes(content)
        with pytest.raises(BrokenRunError):
            Run(Disk(), tmp_path / "run")
