"""What terminals differ in: signs of ambiguous width over one cell or two, ASCII alone, no colour, few colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from wcwidth import iter_graphemes, wcswidth

from cli.main import main
from dsl.catalogue import Language
from engine.graph.glyphs import ASCII, UNICODE
from tests.engine.sample.company import PERSONS, Player
from tests.tui.designing import Studio, design
from tests.tui.driving import Terminal, drive
from tests.tui.test_snapshots import BOOK, DESIGNER, SCREENS
from tui.app import BatonApp
from tui.cells import draw_ambiguous

GREEK = "Ωμέγα ●“…”×│▓ Ж"
"""Ambiguous in every character but the spaces."""


@pytest.fixture(scope="module")
def company() -> Player:
    persons = tuple(
        type(one)(**{**{f: getattr(one, f) for f in one.__struct_fields__}, "name": GREEK})
        if one.id == "L"
        else one
        for one in PERSONS
    )
    player = Player(persons=persons).resigned()
    player.open("V", subject="V")
    player.at("2026-03-30T09:00")
    return player


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    yield
    draw_ambiguous(1)


def cells(line: str, ambiguous: Literal[1, 2]) -> int:
    """Cells that a terminal takes for a line: its own count, not ours."""
    return sum(wcswidth(one, ambiguous_width=ambiguous) for one in iter_graphemes(line))


def screens(
    company: Player, language: Language, ambiguous: Literal[1, 2], *, plain: bool
) -> Iterator[tuple[str, list[str]]]:
    """The lines of every screen, as they go to the terminal."""
    found: list[tuple[str, list[str]]] = []
    glyphs = ASCII if plain else UNICODE

    async def board(terminal: Terminal) -> None:
        for name, keys in SCREENS.items():
            await terminal.press(*keys)
            found.append((name, terminal.whole_lines))
            while len(terminal.app.screen_stack) > 2:
                await terminal.press("escape")

    async def designer(studio: Studio) -> None:
        for name, keys in DESIGNER.items():
            await studio.press(*keys)
            found.append((name, studio.whole_lines))
            while studio.app.screen is not studio.designer or not studio.designer.editor.has_focus:
                await studio.press("escape")

    terminal = {"language": language, "size": (120, 40), "glyphs": glyphs, "ambiguous": ambiguous}
    drive(company.service, "H1", board, **terminal)
    design(BOOK, designer, **terminal)
    yield from found


@pytest.mark.parametrize(
    ("language", "ambiguous", "plain"),
    [("zh", 2, True), ("en", 1, True), pytest.param("en", 1, False, marks=pytest.mark.long)],
)
def test_columns_are_exact_however_wide_ambiguous_signs_are(
    company: Player, language: Language, ambiguous: Literal[1, 2], plain: bool
) -> None:
    for name, lines in screens(company, language, ambiguous, plain=plain):
        assert {cells(line, ambiguous) for line in lines} == {120}, name
        if plain and ambiguous == 1:
            signs = {one for one in "".join(lines) if not one.isascii() and not one.isalnum()}
            assert signs <= set(GREEK), name  # what somebody is called by


@pytest.mark.parametrize(
    ("words", "variable", "told"),
    [((), "", (1, False)), (("--ascii",), "", (1, True)), (("--wide-signs",), "", (2, True)), ((), "1", (2, True))],
)  # fmt: skip
def test_a_terminal_is_described_once_by_an_option_or_for_good_by_a_variable(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], variable: str, told: tuple[int, bool]
) -> None:
    seen: list[tuple[int, bool]] = []

    def run(app: BatonApp) -> None:
        seen.append((app.shell.ambiguous, app.shell.is_plain))

    monkeypatch.setattr(BatonApp, "run", run)
    monkeypatch.setenv("BATON_WIDE_SIGNS", variable)
    assert main(["design", str(BOOK), *words]) == 0
    assert seen == [told]
