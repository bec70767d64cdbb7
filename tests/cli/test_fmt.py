"""`baton fmt`: files in canonical form, in either dialect."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.conftest import CONSTRUCTION, SMALL, Baton

UNTIDY = 'rulebook  x "X"   # one\nversion 1.0.0\n'
TIDY = 'rulebook x "X"  # one\n  version 1.0.0\n'
CHINESE = '规则书 x "X"  # one\n  版本 1.0.0\n  时区 "UTC"\n  币种 USD\n'
BROKEN = 'rulebook x "X"\n  version\n'


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    """A file that is not in canonical form, with a mode of its own."""
    file = tmp_path / "untidy.rulebook"
    file.write_text(UNTIDY, encoding="utf-8")
    file.chmod(0o640)
    return file


def test_a_file_is_rewritten_and_keeps_its_mode(baton: Baton, untidy: Path) -> None:
    ran = baton("fmt", str(untidy), str(SMALL))
    assert (ran.status, ran.out) == (0, f"{untidy}\n")
    assert ran.err == "Files: 2, rewritten: 1, with errors: 0\n"
    assert untidy.read_text(encoding="utf-8") == TIDY
    assert untidy.stat().st_mode & 0o777 == 0o640
    assert list(untidy.parent.iterdir()) == [untidy]


def test_a_file_in_canonical_form_is_not_touched(baton: Baton, untidy: Path) -> None:
    untidy.write_text(TIDY, encoding="utf-8")
    before = untidy.stat()
    assert baton("fmt", str(untidy)).status == 0
    assert untidy.stat().st_ino == before.st_ino
    assert untidy.stat().st_mtime_ns == before.st_mtime_ns


def test_check_only_tells(baton: Baton, untidy: Path) -> None:
    ran = baton("fmt", "--check", str(untidy), str(SMALL), str(CONSTRUCTION))
    assert (ran.status, ran.out) == (1, f"{untidy}\n")
    assert untidy.read_text(encoding="utf-8") == UNTIDY
    assert baton("fmt", "--check", str(SMALL), str(CONSTRUCTION)).status == 0


def test_diff_shows_and_writes_nothing(baton: Baton, untidy: Path) -> None:
    ran = baton("fmt", "--diff", str(untidy))
    assert ran.status == 0
    assert "-version 1.0.0\n" in ran.out
    assert "+  version 1.0.0\n" in ran.out
    assert untidy.read_text(encoding="utf-8") == UNTIDY
    assert baton("fmt", "--diff", "--check", str(untidy)).status == 1


def test_the_other_dialect(baton: Baton, untidy: Path) -> None:
    assert baton("fmt", "--to", "zh", str(untidy)).status == 0
    assert untidy.read_text(encoding="utf-8") == CHINESE


def test_the_standard_input_goes_to_the_output(
    baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    def given(text: str) -> None:
        stdin = SimpleNamespace(buffer=io.BytesIO(text.encode("utf-8")))
        monkeypatch.setattr("sys.stdin", stdin)

    given(UNTIDY)
    ran = baton("fmt", "-")
    assert (ran.status, ran.out, ran.err) == (0, TIDY, "")
    given(BROKEN)
    ran = baton("fmt", "-")
    assert (ran.status, ran.out) == (1, "")
    assert "error E106" in ran.err


def test_a_text_with_an_error_is_left_alone_and_others_are_written(
    baton: Baton, untidy: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.rulebook"
    broken.write_text(BROKEN, encoding="utf-8")
    ran = baton("fmt", str(broken), str(untidy), "--lang", "zh")
    assert ran.status == 1
    assert "错误 E106" in ran.err
    assert broken.read_text(encoding="utf-8") == BROKEN
    assert untidy.read_text(encoding="utf-8") == TIDY


def test_a_link_is_not_followed(baton: Baton, untidy: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.rulebook"
    link.symlink_to(untidy)
    ran = baton("fmt", str(link))
    assert ran.status == 2
    assert ran.err.startswith("baton: C132: ")
    assert untidy.read_text(encoding="utf-8") == UNTIDY
    assert link.is_symlink()


def test_a_file_that_cannot_be_replaced_is_as_it_was(
    baton: Baton, untidy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    ran = baton("fmt", str(untidy))
    assert ran.status == 2
    assert "C132" in ran.err
    assert untidy.read_text(encoding="utf-8") == UNTIDY
    assert list(untidy.parent.iterdir()) == [untidy]


def test_programs_read_what_came_of_each_file(baton: Baton, untidy: Path) -> None:
    ran = baton("fmt", "--check", "--format", "json", str(untidy))
    assert ran.status == 1
    assert ran.document == [{"file": str(untidy), "changed": True, "diagnostics": []}]
