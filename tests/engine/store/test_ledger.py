"""The ledger under crashes, failing disks, strangers' files and forgers."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import pytest
from typing_extensions import override

from engine.store import frames
from engine.store.disk import Disk
from engine.store.failure import StoreFailure
from engine.store.ledger import LedgerStore, open_ledger
from engine.store.port import Committed, Conflict, Damage, KeptFile, RowChange
from tests.engine.store.samples import damage, filled, ledger, signing

FILE = "ledger.baton"
DOCS = Path(__file__).parents[3] / "docs"


def starts(data: bytes) -> list[int]:
    """Where each frame begins, and the end, worked out from the length fields alone."""
    found = [frames.HEADER_SIZE]
    while found[-1] < len(data):
        found.append(found[-1] + frames.HEAD_SIZE + int(data[found[-1] : found[-1] + 8], 16) + 1)
    return found


class TestReopening:
    def test_everything_is_there_again(self, tmp_path: Path) -> None:
        filled(tmp_path)
        store = ledger(tmp_path)
        assert store.position() == 5
        assert [e.command_id for e in store.read("2026-0001")] == ["c0", "c1", "c2", "c3", "c4"]
        assert store.get("cases", "2026-0001") == {"status": "open", "signed": 5}
        assert store.append(signing("c0")) == Committed("c0", 1, 1, repeated=True)
        assert store.repairs == ()
        assert list(store.verify()) == []

    @pytest.mark.parametrize("page", ["ledger.md", "zh/ledger.md"])
    def test_the_file_says_what_the_docs_say(self, tmp_path: Path, page: str) -> None:
        """The reader that the docs show, with nothing of Baton in it, checks the whole chain."""
        filled(tmp_path)
        text = (DOCS / page).read_text(encoding="utf-8")
        program = re.search(r"```python\n(.*?)```", text, re.DOTALL)
        assert program is not None
        command = [sys.executable, "-I", "-c", program[1]]
        told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert told.stdout == f"last hash {ledger(tmp_path).summary().last_hash}\n"

    def test_handles_see_each_other(self, tmp_path: Path) -> None:
        one, two = ledger(tmp_path), ledger(tmp_path)
        one.append(signing("c1", expected=0, rows=(RowChange("cases", "k", {"n": 1}),)))
        assert two.version("2026-0001") == 1
        assert two.get("cases", "k") == {"n": 1}
        assert isinstance(two.append(signing("c2", expected=1)), Committed)
        assert [e.command_id for e in one.read("2026-0001")] == ["c1", "c2"]
        assert one.summary() == two.summary()

    def test_a_still_handle_looks_at_its_beginning_and_when_it_appends(
        self, tmp_path: Path
    ) -> None:
        one, two = ledger(tmp_path), ledger(tmp_path)
        one.append(signing("c1", expected=0))
        with two.still():
            assert two.version("2026-0001") == 1
            one.append(signing("c2", expected=1))
            assert two.version("2026-0001") == 1
            assert two.append(signing("c3", expected=1)) == Conflict("2026-0001", 1, 2)
            assert two.version("2026-0001") == 2
            one.append(signing("c4", expected=2))
            assert two.version("2026-0001") == 2
        assert two.version("2026-0001") == 3

    def test_a_closed_store_refuses(self, tmp_path: Path) -> None:
        store = ledger(tmp_path)
        store.close()
        store.close()
        with pytest.raises(StoreFailure, match="K110"):
            store.position()

    @pytest.mark.parametrize(
        ("mode", "folders", "files"), [(0o755, 0o700, 0o600), (0o2775, 0o2770, 0o660)]
    )
    def test_for_the_account_or_its_group(
        self, tmp_path: Path, mode: int, folders: int, files: int
    ) -> None:
        """A workspace that its group may write is shared with the group; others never get in."""
        tmp_path.chmod(mode)
        filled(tmp_path / "store")
        ledger(tmp_path / "store").seal(b"18000 CNY")
        for path in (tmp_path / "store").rglob("*"):
            assert path.stat().st_mode & 0o7777 == (folders if path.is_dir() else files), path


class TestStrangers:
    @pytest.mark.parametrize(
        "text", ["", "hello\n", "{}", "baton-ledger 1 ", "baton-ledger x " + "a" * 32 + "\n"]
    )
    def test_a_foreign_file_is_left_alone(self, tmp_path: Path, text: str) -> None:
        (tmp_path / FILE).write_text(text)
        found = open_ledger(tmp_path, begin=False)
        assert isinstance(found, Damage)
        assert found.code == damage(tmp_path).code == "K102"
        assert (tmp_path / FILE).read_text() == text

    def test_in_a_folder_that_is_no_stores_nothing_is_left_behind(self, tmp_path: Path) -> None:
        (tmp_path / FILE).write_text("hello")
        open_ledger(tmp_path, begin=False)
        assert [path.name for path in tmp_path.iterdir()] == [FILE]

    def test_a_newer_format(self, tmp_path: Path) -> None:
        (tmp_path / FILE).write_text("baton-ledger 7 whatever stands here\n" * 3)
        found = damage(tmp_path)
        assert (found.code, found.values["found"], found.values["supported"]) == ("K103", "7", "1")

    def test_a_link_or_a_folder_in_its_place(self, tmp_path: Path) -> None:
        filled(tmp_path / "real")
        (tmp_path / "linked").mkdir()
        (tmp_path / "linked" / FILE).symlink_to(tmp_path / "real" / FILE)
        (tmp_path / "folder" / FILE).mkdir(parents=True)
        assert damage(tmp_path / "linked").code == "K102"
        assert damage(tmp_path / "folder").code == "K102"

    def test_a_lost_ledger_is_no_fresh_start(self, tmp_path: Path) -> None:
        for folder in (tmp_path, tmp_path / "missing"):
            found = open_ledger(folder, begin=False)
            assert isinstance(found, Damage)
            assert found.code in {"K101", "K119"}
        assert not (tmp_path / FILE).exists()
        filled(tmp_path)
        assert isinstance(open_ledger(tmp_path, begin=False), LedgerStore)

    def test_no_place_for_it(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        assert damage(tmp_path / "file").code == "K101"
        assert damage(tmp_path / "missing" / "below").code == "K101"

    @pytest.mark.parametrize("reason", [errno.EACCES, errno.EROFS])
    def test_a_folder_that_must_not_be_written(self, tmp_path: Path, reason: int) -> None:
        class ReadOnly(Disk):
            @override
            def open_or_create(self, path: Path) -> int:
                raise OSError(reason, os.strerror(reason), str(path))

        found = damage(tmp_path, ReadOnly())
        assert (found.code, found.values["file"]) == ("K104", str(tmp_path / "lock"))


class Hasty(Disk):
    """Waits for no medium: for tests that open a ledger a thousand times."""

    @override
    def fsync(self, handle: int) -> None:
        pass

    @override
    def fsync_folder(self, path: Path) -> None:
        pass


class TestTornTail:
    def test_cut_at_every_byte_of_the_last_two_frames(self, tmp_path: Path) -> None:
        data = filled(tmp_path)
        begin = starts(data)
        for size in range(begin[-3], len(data)):
            (tmp_path / FILE).write_bytes(data[:size])
            whole = max(n for n, start in enumerate(begin) if start <= size)
            store = ledger(tmp_path, Hasty())
            assert store.position() == whole
            assert (tmp_path / FILE).read_bytes() == data[: begin[whole]]
            if size == begin[whole]:
                assert store.repairs == ()
            else:
                [repair] = store.repairs
                assert repair.code == "K105"
                assert repair.values["offset"] == str(begin[whole])
                assert Path(repair.values["kept"]).read_bytes() == data[begin[whole] : size]
            store.close()

    def test_blocks_that_were_never_written(self, tmp_path: Path) -> None:
        data = filled(tmp_path)
        last = starts(data)[-2]
        zeroed = data[:last] + bytes(len(data) - last)
        (tmp_path / FILE).write_bytes(zeroed)
        store = ledger(tmp_path)
        assert store.position() == 4
        assert [repair.code for repair in store.repairs] == ["K105"]
        assert store.summary().cut == 1

    def test_the_command_that_was_cut_can_be_given_again(self, tmp_path: Path) -> None:
        data = filled(tmp_path)
        (tmp_path / FILE).write_bytes(data[:-1])
        store = ledger(tmp_path)
        assert store.committed("c4") is None
        assert store.append(signing("c4", expected=4)) == Committed("c4", 5, 5)
        assert list(ledger(tmp_path).verify()) == []

    def test_an_open_handle_mends_what_another_process_tore(self, tmp_path: Path) -> None:
        store = ledger(tmp_path)
        store.append(signing("c1"))
        with (tmp_path / FILE).open("ab") as file:
            file.write(b"000000ff 0000")
        assert store.position() == 1
        assert [repair.code for repair in store.repairs] == ["K105"]
        assert isinstance(store.append(signing("c2")), Committed)


class TestDamage:
    def test_flip_one_bit_of_every_byte_of_the_last_three_frames(self, tmp_path: Path) -> None:
        """No flip is taken for good, none for a crash; its frame is named."""
        data = filled(tmp_path)
        begin = starts(data)
        for at in range(begin[-4], len(data)):
            broken = bytearray(data)
            broken[at] ^= 1 << (at % 8)
            (tmp_path / FILE).write_bytes(broken)
            found = damage(tmp_path)
            frame = max(n for n, start in enumerate(begin) if start <= at)
            assert found.code in {"K106", "K107"}
            assert found.values["offset"] == str(begin[frame]), at
            assert found.values["events"] == str(frame)
            assert (tmp_path / FILE).read_bytes() == broken
        assert not (tmp_path / "cut").exists()

    def test_a_forger_who_knows_the_checksum(self, tmp_path: Path) -> None:
        data = filled(tmp_path)
        first, second = starts(data)[:2]
        payload = data[first + frames.HEAD_SIZE : second - 1].replace(b"E001", b"E002")
        digest = data[first + 18 : first + 82]
        length = b"%08x" % len(payload)
        forged = b"%s %08x %s\n%s\n" % (length, crc32(length + digest + payload), digest, payload)
        (tmp_path / FILE).write_bytes(data[:first] + forged + data[second:])
        found = damage(tmp_path)
        assert (found.code, found.values["events"]) == ("K107", "0")

    def test_a_forger_who_chains_anew_is_caught_by_the_next_frame(self, tmp_path: Path) -> None:
        data = filled(tmp_path)
        first, second = starts(data)[:2]
        payload = data[first + frames.HEAD_SIZE : second - 1].replace(b"E001", b"E002")
        forged, _ = frames.encode(payload, sha256(data[:first]).digest())
        (tmp_path / FILE).write_bytes(data[:first] + forged + data[second:])
        found = damage(tmp_path)
        assert (found.code, found.values["events"]) == ("K107", "1")

    @pytest.mark.parametrize("taken", [0, 2])
    def test_a_frame_taken_out_or_put_twice(self, tmp_path: Path, taken: int) -> None:
        data = filled(tmp_path)
        begin = starts(data)
        piece = data[begin[1] : begin[2]] * taken
        (tmp_path / FILE).write_bytes(data[: begin[1]] + piece + data[begin[2] :])
        assert damage(tmp_path).code == "K107"

    def test_another_ledgers_frames_do_not_fit(self, tmp_path: Path) -> None:
        mine, other = filled(tmp_path / "a"), filled(tmp_path / "b")
        (tmp_path / "a" / FILE).write_bytes(
            mine[: frames.HEADER_SIZE] + other[frames.HEADER_SIZE :]
        )
        assert damage(tmp_path / "a").code == "K107"

    def test_an_open_handle_notices_a_shorter_file(self, tmp_path: Path) -> None:
        data = filled(tmp_path)
        store = ledger(tmp_path)
        os.truncate(tmp_path / FILE, starts(data)[2])
        with pytest.raises(StoreFailure, match="K118"):
            store.append(signing("c9"))
        with pytest.raises(StoreFailure, match="K110"):
            store.position()

    def test_verify_reads_the_medium_again(self, tmp_path: Path) -> None:
        data = filled(tmp_path)
        store = ledger(tmp_path)
        at = starts(data)[2] + frames.HEAD_SIZE + 30
        (tmp_path / FILE).write_bytes(data[:at] + b"!" + data[at + 1 :])
        [found] = store.verify()
        assert (found.code, found.values["events"]) == ("K106", "2")

    def test_verify_compares_the_rows_with_a_rebuild(self, tmp_path: Path) -> None:
        filled(tmp_path)
        store = ledger(tmp_path)
        store._index.tables.apply([RowChange("cases", "2026-0001", {"status": "closed"})])
        store._index.tables.apply([RowChange("tasks", "t", {})])
        found = [(damage.code, damage.where) for damage in store.verify()]
        assert found == [("K116", "cases/2026-0001"), ("K116", "tasks/t")]

    def test_what_lies_beside_is_hashed_again(self, tmp_path: Path) -> None:
        store = ledger(tmp_path / "store")
        (tmp_path / "mail").write_bytes(b"we confirm")
        kept, sealed = store.keep(tmp_path / "mail"), store.seal(b"18000 CNY")
        assert isinstance(kept, KeptFile)
        store.append(signing("c1", evidence=kept, pay=sealed))
        for area, name in (("evidence", kept.sha256), ("sealed", sealed.commitment)):
            path = tmp_path / "store" / area / name[:2] / name
            path.write_bytes(path.read_bytes() + b"!")
        assert sorted(damage.code for damage in store.verify()) == ["K113", "K115"]
        with pytest.raises(StoreFailure, match="K113"):
            store.unseal(sealed)
        with pytest.raises(StoreFailure, match="K115"):
            store.kept(kept.sha256)
        (tmp_path / "store" / "sealed" / sealed.commitment[:2] / sealed.commitment).unlink()
        assert store.unseal(sealed) is None
