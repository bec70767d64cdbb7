"""What screens look like, cell by cell, at four sizes, in both languages, with colours and without.

`make snapshots` writes the pictures anew; a changed one is looked at before it is kept.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dsl.catalogue import Language
from engine.clock import SystemClock
from engine.graph.labels import width
from tests.engine.sample.company import Player
from tests.tui.designing import Studio, design
from tests.tui.driving import Terminal, drive

FOLDER = Path(__file__).parents[1] / "cases" / "screens"
SIZES = [
    (80, 24),
    pytest.param((120, 40), marks=pytest.mark.long),
    pytest.param((160, 48), marks=pytest.mark.long),
    pytest.param((200, 60), marks=pytest.mark.long),
]
SCREENS = {
    "board": (),
    "case": ("enter",),
    "case-graph": ("enter", "2"),
    "case-timeline": ("enter", "3"),
    "case-details": ("enter", "4"),
    "case-gantt": ("enter", "5"),
    "act": ("enter", "a"),
    "form": ("enter", "a", "m"),
    "inbox": ("i",),
    "notices": ("n",),
    "holders": ("w",),
    "stand-ins": ("p",),
    "lateness": ("t",),
    "durations": ("T",),
    "help": ("question_mark",),
    "open": ("o",),
    "board-grouped": ("b",),
}
DESIGNER = {
    "designer": (),
    "designer-graph": ("f6",),
    "designer-add": ("ctrl+n",),
    "designer-role": ("ctrl+n", "r"),
    "designer-trying": ("f9",),
    "designer-tried": ("f9", "ctrl+s"),
    "designer-wrong": ("x",),
}
BOOK = Path("rulebooks/growing_company.rulebook")
Pictures = dict[str, list[str]]


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A trial begins on the day of the machine."""
    monkeypatch.setattr(SystemClock, "now", lambda _: datetime(2026, 3, 2, 9, tzinfo=UTC))


@pytest.fixture(scope="module")
def company() -> Player:
    player = Player().resigned()
    player.open("V", subject="V")
    player.at("2026-03-30T09:00")
    return player


def pictures(company: Player, size: tuple[int, int], language: Language = "en") -> Pictures:
    """The lines of every screen, each reached from the board and from the designer by its keys."""
    found: Pictures = {}

    async def board(terminal: Terminal) -> None:
        for name, keys in SCREENS.items():
            await terminal.press(*keys)
            found[name] = terminal.lines
            while len(terminal.app.screen_stack) > 2:
                await terminal.press("escape")

    async def designer(studio: Studio) -> None:
        for name, keys in DESIGNER.items():
            await studio.press(*keys)
            found[name] = studio.lines
            while studio.app.screen is not studio.designer or not studio.designer.editor.has_focus:
                await studio.press("escape")

    drive(company.service, "H1", board, size=size, language=language)
    design(BOOK, designer, size=size, language=language)
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_screens_look_as_they_were_kept(
    company: Player, size: tuple[int, int], language: Language
) -> None:
    found = pictures(company, size, language)
    for screen, lines in found.items():
        assert len(lines) == size[1]
        assert all(width(line) <= size[0] for line in lines)
        if os.environ.get("BATON_GOLDEN") == "write":
            kept_at(screen, size, language).write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert changed(found, size, language) == []


def kept_at(screen: str, size: tuple[int, int], language: Language) -> Path:
    return FOLDER / f"{screen}.{size[0]}x{size[1]}.{language}.txt"


def changed(found: Pictures, size: tuple[int, int], language: Language) -> list[str]:
    """The name and the lines of every screen that does not look as it was kept."""
    kept = {screen: kept_at(screen, size, language) for screen in found}
    return [
        "\n".join((kept[screen].name, *lines))
        for screen, lines in found.items()
        if lines != kept[screen].read_text(encoding="utf-8").splitlines()
    ]


def test_nothing_is_told_by_colour_alone(company: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert changed(pictures(company, (80, 24)), (80, 24), "en") == []
