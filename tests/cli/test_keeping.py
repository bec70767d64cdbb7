"""Keeping a workspace on the command line: compacting, copying and making it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.store.ledger import LedgerStore, open_ledger
from engine.store.port import RowChange, Transaction
from tests.cli.conftest import ROOT, Baton


@pytest.mark.usefixtures("case")
def test_a_workspace_is_compacted(baton: Baton, sandbox: Path) -> None:
    before = baton("case", "list", "--as", "li").out
    assert baton("compact").out == "The snapshot and the archive are written.\n"
    assert baton("compact", "--format", "json").document == {"compacted": True}
    assert baton("case", "list", "--as", "li").out == before
    store = open_ledger(sandbox / "ledger")
    assert isinstance(store, LedgerStore)
    with store._compaction():
        busy = baton("compact")
    store.close()
    assert (busy.status, "C160" in busy.err) == (2, True)


@pytest.mark.usefixtures("case")
def test_a_missing_archive_is_told_and_made_anew(baton: Baton, sandbox: Path) -> None:
    assert baton("compact").status == 0
    for file in (sandbox / "ledger" / "archive").iterdir():
        file.unlink()
    told = baton("case", "list", "--as", "li")
    assert (told.status, "K126" in told.err) == (0, True)
    assert "K126" in baton("compact").err
    assert baton("case", "list", "--as", "li").err == ""


class TestCopies:
    """A workspace is copied, and the copy is the same workspace: its last hash says so."""

    @pytest.fixture(autouse=True)
    def private_things(self, baton: Baton, sandbox: Path, case: str) -> None:
        assert case
        store = open_ledger(sandbox / "ledger")
        assert isinstance(store, LedgerStore)
        (sandbox.parent / "mail").write_bytes(b"we confirm")
        store.seal(b"18000 CNY")
        store.keep(sandbox.parent / "mail")
        store.close()
        self.before = baton("verify", "--format", "json").document["summary"]["last_hash"]
        self.list = baton("case", "list", "--as", "li").out

    def same(self, baton: Baton, folder: Path) -> None:
        here = ("--workspace", str(folder))
        assert baton("verify", *here, "--format", "json").document["damage"] == []
        assert baton("case", "list", "--as", "li", *here).out == self.list
        store = open_ledger(folder / "ledger")
        assert isinstance(store, LedgerStore)
        assert store.summary().last_hash == self.before
        assert len(list((folder / "ledger").glob("sealed/*/*"))) == 1
        assert len(list((folder / "ledger").glob("evidence/*/*"))) == 1
        store.close()

    def test_a_backup_is_made_and_restored(self, baton: Baton, tmp_path: Path) -> None:
        assert "checked" in baton("backup", str(tmp_path / "copy")).out
        self.same(baton, tmp_path / "copy")
        again = baton("backup", str(tmp_path / "copy"))
        assert (again.status, "K130" in again.err) == (1, True)
        restored = ("--workspace", str(tmp_path / "restored"))
        assert baton("restore", str(tmp_path / "copy"), *restored).status == 0
        self.same(baton, tmp_path / "restored")
        assert "K130" in baton("restore", str(tmp_path / "copy"), *restored).err
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []

    def test_a_damaged_backup_is_not_restored(self, baton: Baton, tmp_path: Path) -> None:
        assert baton("backup", str(tmp_path / "copy")).status == 0
        [file] = (tmp_path / "copy" / "ledger").glob("evidence/*/*")
        file.write_bytes(b"another mail")
        store = open_ledger(tmp_path / "copy" / "ledger")
        assert isinstance(store, LedgerStore)
        store.close()
        (tmp_path / "copy" / "ledger" / "ledger.baton").write_bytes(b"baton-ledger 7 x\n")
        refused = baton("restore", str(tmp_path / "copy"), "--workspace", str(tmp_path / "new"))
        assert refused.status == 1
        assert "K103" in refused.err
        assert not (tmp_path / "new").exists()

    def test_lines_are_exported_and_imported(self, baton: Baton, tmp_path: Path) -> None:
        file = tmp_path / "ledger.jsonl"
        assert "in clear" in baton("export", str(file)).out
        assert file.stat().st_mode & 0o777 == 0o600
        assert "K132" in baton("export", str(file)).err
        for command in ("export", "backup"):
            missing = baton(command, str(tmp_path / "no" / "such" / "place"))
            assert (missing.status, missing.out) == (1, "")
            assert "K132" in missing.err
        here = ("--workspace", str(tmp_path / "imported"))
        assert baton("import", str(file), *here).status == 0
        self.same(baton, tmp_path / "imported")
        assert "K130" in baton("import", str(file), *here).err
        assert "K125" in baton("import", str(tmp_path / "missing"), *here).err

    def test_lines_that_are_not_whole_are_refused(self, baton: Baton, tmp_path: Path) -> None:
        assert baton("export", str(tmp_path / "whole")).status == 0
        lines = (tmp_path / "whole").read_bytes().splitlines(keepends=True)
        broken = {
            "short": lines[:-1],
            "without": lines[:4] + lines[5:],
            "changed": [*lines[:4], lines[4].replace(b"2026", b"2027"), *lines[5:]],
            "headless": lines[1:],
            "beside": [lines[0], lines[1].replace(b'"content":"', b'"content":"AAAA'), *lines[2:]],
            "noise": [*lines[:3], b"[1]\n", *lines[3:]],
            "empty": [],
        }
        for name, parts in broken.items():
            (tmp_path / name).write_bytes(b"".join(parts))
            refused = baton("import", str(tmp_path / name), "--workspace", str(tmp_path / "new"))
            assert (refused.status, "K131" in refused.err) == (1, True), name
            assert not (tmp_path / "new").exists()

    def test_only_administrators_copy(
        self, baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("cli.workplace.account", lambda: "somebody-else")
        for words in (["backup"], ["export"]):
            assert "R134" in baton(*words, str(tmp_path / "copy")).err
        assert not (tmp_path / "copy").exists()

    def test_a_copied_folder_used_by_turns_with_the_original_mixes_nothing(
        self, baton: Baton, sandbox: Path, case: str
    ) -> None:
        """Two folders of one identity: each keeps its own history, and none is put over the other."""
        copy = sandbox.parent / "copied"
        shutil.copytree(sandbox, copy)
        for text, folder in (("mine", sandbox), ("theirs", copy), ("mine too", sandbox)):
            here = ("--workspace", str(folder))
            assert baton("case", "comment", case, text, "--as", "li", *here).status == 0
        told = {}
        for folder in (sandbox, copy):
            here = ("--workspace", str(folder))
            assert baton("verify", *here, "--format", "json").document["damage"] == []
            told[folder] = baton("case", "history", case, "--as", "li", *here).out
        assert "theirs" not in told[sandbox]
        assert "mine" not in told[copy]
        before = (sandbox / "ledger" / "ledger.baton").read_bytes()
        over = baton("restore", str(copy), "--workspace", str(sandbox))
        assert (over.status, "K130" in over.err, str(sandbox) in over.err) == (1, True, True)
        assert (sandbox / "ledger" / "ledger.baton").read_bytes() == before

    def test_the_archive_of_a_copy_is_not_taken_for_ones_own(
        self, baton: Baton, sandbox: Path, case: str
    ) -> None:
        copy = sandbox.parent / "copied"
        shutil.copytree(sandbox, copy)
        for text, folder in (("mine", sandbox), ("theirs", copy)):
            here = ("--workspace", str(folder))
            assert baton("case", "comment", case, text, "--as", "li", *here).status == 0
            assert baton("compact", *here).status == 0
        shutil.rmtree(sandbox / "ledger" / "archive")
        shutil.copytree(copy / "ledger" / "archive", sandbox / "ledger" / "archive")
        told = baton("case", "history", case, "--as", "li")
        assert (told.status, "theirs" in told.out) == (0, False)
        assert "mine" in told.out


class TestMaking:
    def test_an_interrupted_init_goes_on(self, baton: Baton, tmp_path: Path) -> None:
        folder = tmp_path / "new"
        folder.mkdir()
        store = open_ledger(folder / "ledger")
        assert isinstance(store, LedgerStore)
        store.close()
        here = ("--workspace", str(folder))
        assert "C107" in baton("case", "list", *here).err
        assert baton("init", str(folder)).status == 0
        assert "C102" in baton("init", str(folder)).err
        assert baton("verify", *here).status == 0

    def test_an_init_that_has_not_begun_a_ledger_goes_on(
        self, baton: Baton, tmp_path: Path
    ) -> None:
        (tmp_path / "new" / "ledger").mkdir(parents=True)
        (tmp_path / "new" / "ledger" / "lock").touch()
        assert "K119" in baton("case", "list", "--workspace", str(tmp_path / "new")).err
        assert baton("init", str(tmp_path / "new")).status == 0

    def test_files_do_not_follow_the_umask(self, baton: Baton, tmp_path: Path) -> None:
        assert baton("init", str(tmp_path / "new")).status == 0
        for path in (tmp_path / "new" / "ledger").rglob("*"):
            assert path.stat().st_mode & 0o077 == 0, path

    def test_administrators_are_in_the_ledger(self, baton: Baton, tmp_path: Path) -> None:
        here = ("--workspace", str(tmp_path / "new"))
        assert baton("init", str(tmp_path / "new")).status == 0
        me = baton("administrators", *here).out.strip()
        assert "R107" in baton("administrators", "--add", "zhou", *here).err
        assert "R144" in baton("administrators", "--remove", me, "--reason", "x", *here).err
        changed = baton(
            "administrators", "--add", "zhou", "--remove", me, "--reason", "I leave",
            "--format", "json", *here,
        )  # fmt: skip
        assert changed.document == {"administrators": ["zhou"], "dry_run": False}
        assert "R134" in baton("administrators", "--add", me, "--reason", "back", *here).err
        assert "R134" in baton("advance", *here).err

    def test_settings_of_a_newer_version(self, baton: Baton, tmp_path: Path) -> None:
        assert baton("init", str(tmp_path / "new")).status == 0
        store = open_ledger(tmp_path / "new" / "ledger")
        assert isinstance(store, LedgerStore)
        row = {**(store.get("settings", "workspace") or {}), "colour": "blue"}
        store.append(Transaction("x", {}, (), (RowChange("settings", "workspace", row),)))
        store.close()
        assert "C105" in baton("case", "list", "--workspace", str(tmp_path / "new")).err


@pytest.mark.usefixtures("case")
class TestRunning:
    def test_what_is_due_happens_and_is_told(self, baton: Baton, sandbox: Path) -> None:
        assert "No runner" in baton("run", "--health").out
        ran = baton("run", "--once", "--format", "json").document
        assert (ran["behind_by"], ran["cases"]) == (0, 0)
        store = open_ledger(sandbox / "ledger")
        assert isinstance(store, LedgerStore)
        at = {"at": "2026-03-09T09:00:00.000000+00:00"}
        store.append(Transaction("x", {}, (), (RowChange("settings", "clock", at),)))
        store.close()
        ran = baton("run", "--once", "--format", "json").document
        assert ran["behind_by"] > 3600
        assert ran["cases"] >= 1
        again = baton("run", "--once", "--format", "json").document
        assert (again["behind_by"], again["cases"]) == (0, 0)
        told = baton("run", "--health", "--format", "json").document
        assert told == {"running": False, "health": again}

    def test_it_stops_on_sigterm_and_is_alone(self, baton: Baton, sandbox: Path) -> None:
        command = [sys.executable, "-m", "cli.main", "run", "--workspace", str(sandbox)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("Last tick 2026-03-02 09:00, behind by 0 s")
            assert "A runner is at work." in baton("run", "--health").out
            second = baton("run")
            assert (second.status, "C161" in second.err) == (2, True)
            process.terminate()
            assert process.wait(60) == 0
        assert "No runner" in baton("run", "--health").out

    def test_only_administrators_run(self, baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cli.workplace.account", lambda: "somebody-else")
        assert "R134" in baton("run", "--once").err
