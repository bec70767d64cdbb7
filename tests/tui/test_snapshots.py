"""What screens look like, cell by cell, at three sizes, in both languages, with signs and without.

`make snapshots` writes the pictures anew; a changed one is looked at before it is kept.
"""

import os
from pathlib import Path

import pytest

from engine.graph.glyphs import ASCII, UNICODE
from engine.graph.labels import width
from tests.engine.sample.company import Player
from tests.tui.driving import Terminal, drive

FOLDER = Path(__file__).parents[1] / "cases" / "screens"
SIZES = [(80, 24), (120, 40), (160, 48)]
SCREENS = {
    "board": (),
    "board-grouped": ("b",),
    "case-gantt": ("enter", "5"),
    "inbox": ("i",),
    "notices": ("n",),
    "holders": ("w",),
    "lateness": ("t",),
    "durations": ("T",),
}


@pytest.fixture(scope="module")
def player() -> Player:
    player = Player().resigned()
    player.open("V", subject="V")
    player.at("2026-03-30T09:00")
    return player


def picture(player: Player, keys: tuple[str, ...], **how: object) -> list[str]:
    """The lines of a screen after some keys."""
    found: list[str] = []

    async def script(terminal: Terminal) -> None:
        await terminal.press(*keys)
        found.extend(terminal.lines)

    drive(player.service, "H1", script, **how)
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_looks_as_it_was_kept(
    player: Player, screen: str, size: tuple[int, int], language: str
) -> None:
    lines = picture(player, SCREENS[screen], size=size, language=language)
    assert len(lines) == size[1]
    assert all(width(line) <= size[0] for line in lines)
    kept = FOLDER / f"{screen}.{size[0]}x{size[1]}.{language}.txt"
    text = "\n".join(lines) + "\n"
    if os.environ.get("BATON_GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_told_by_colour_alone(
    player: Player, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    coloured = picture(player, SCREENS[screen], size=(100, 30))
    monkeypatch.setenv("NO_COLOR", "1")
    assert picture(player, SCREENS[screen], size=(100, 30)) == coloured


@pytest.mark.parametrize("screen", SCREENS)
def test_plain_signs_are_ascii_in_every_cell_that_is_not_a_text(
    player: Player, screen: str
) -> None:
    lines = picture(player, SCREENS[screen], size=(100, 30), glyphs=ASCII)
    signs = {*UNICODE.marks.values(), *UNICODE.spans.values(), *UNICODE.shades[1:], "▲", "◐", "‖"}
    table = [line for line in lines[:-1] if "─" not in line]
    assert not signs & set("".join(table)) - {"│"}
