"""The demo: every command of the story is carried out, and the pictures are there."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from cli import demo
from cli.demo import play
from dsl.catalogue import Language
from tests.cli import office

WORDS: dict[Language, tuple[str, ...]] = {
    "zh": (
        "✔ 办结", "✖ 逾期", "⊘ 已撤回", "⊘ 已取消", "‖ 已中止", "● 进行中", "修改后重新提交",
    ),
    "en": (
        "✔ closed", "✖ overdue", "⊘ withdrawn", "⊘ cancelled", "‖ suspended", "● running", "Revise",
    ),
}  # fmt: skip
HAPPENED = (
    "task refuse", "delegate", "Noah Fischer", "call-back", "waive", "2026-05-08", "L-2026-011",
    "R101", "R100", "⊠ 结清经济补偿",
)  # fmt: skip


def test_the_story_is_played_to_its_end_and_once_more_anew(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for language, words in WORDS.items():
        assert play(tmp_path / "workspace", language) == 0
        told = capfd.readouterr()
        assert told.err == ""
        assert [word for word in (*words, *HAPPENED) if word not in told.out] == []
        assert told.out.count("case open") >= 12


class Terminal(io.StringIO):
    """A person at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "seen"), [("\n", ["tui"]), ("q\n", [])])
def test_at_a_terminal_the_screen_is_offered(
    typed: str, seen: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def remember(words: list[str]) -> int:
        asked.extend(words[-1:])
        return 0

    monkeypatch.setattr(demo, "read_story", lambda _: [])
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setattr(demo, "main", lambda words: remember(words) if "tui" in words else 0)
    (tmp_path / "workspace").mkdir()
    assert play(tmp_path / "workspace", "en") == 0
    assert asked == seen


@pytest.mark.long
def test_the_story_of_the_pictures_is_played_to_its_end(tmp_path: Path) -> None:
    office.play(tmp_path / "office", office.OFFICE)
    assert (tmp_path / "office" / "ledger").is_dir()
