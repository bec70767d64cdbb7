"""What terminals differ in: signs of ambiguous width over one cell or two, ASCII alone, no colour, few colours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import dist
from operator import mul
from typing import Literal

import pytest
from textual.color import Color, rgb_to_lab
from textual.theme import Theme
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
from tui.themes import THEMES

HOSTILE = "[@click=app.quit]Ωμέγα[/red] \x1b[31m\u202e●“…”×│▓ Ж"
"""Markup, a colour's escape, a turn of the writing's direction, and signs of ambiguous width."""


@pytest.fixture(scope="module")
def company() -> Player:
    persons = tuple(
        type(one)(**{**{f: getattr(one, f) for f in one.__struct_fields__}, "name": HOSTILE})
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
    [
        ("zh", 2, True),
        *(pytest.param("en", 1, one, marks=pytest.mark.long) for one in (True, False)),
    ],
)
def test_columns_are_exact_however_wide_ambiguous_signs_are(
    company: Player, language: Language, ambiguous: Literal[1, 2], plain: bool
) -> None:
    """And what somebody is called neither acts, nor hides, nor breaks any screen."""
    found = dict(screens(company, language, ambiguous, plain=plain))
    assert "[@click=app.quit]Ωμέγα[/red]" in "".join(found["case"])
    for name, lines in found.items():
        assert not {"\x1b", "\u202e"} & set("".join(lines)), name
        assert {cells(line, ambiguous) for line in lines} == {120}, name
        if plain and ambiguous == 1:
            signs = {one for one in "".join(lines) if not one.isascii() and not one.isalnum()}
            assert signs <= set(HOSTILE), name  # what somebody is called by


STATUS = {"text-success", "text-warning", "text-error"}
PAINTED = {*STATUS, "text-primary", "foreground"}
"""The colours of the tones, and of what has none."""


def luminance(colour: Color) -> float:
    """How bright it is, as WCAG 2 defines it."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}  # fmt: skip
"""How colours are seen (Machado, Oliveira and Fernandes, 2009)."""


def seen(colour: Color, how: str) -> Color:
    linear = [part**2.2 for part in colour.normalized]
    mixed = [sum(map(mul, row, linear)) for row in BLINDNESS[how]]
    return Color(*(round(255 * max(0, min(1, part)) ** (1 / 2.2)) for part in mixed))


def difference(one: Color, other: Color) -> float:
    """How far apart two colours look (CIE 1976); 2.3 can just be told."""
    return dist(rgb_to_lab(one), rgb_to_lab(other))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_tones_can_be_read_and_told_apart_whatever_colours_somebody_sees(theme: Theme) -> None:
    colours = theme.to_color_system().generate()
    painted = {name: Color.parse(colours[name]) for name in PAINTED}
    assert all(contrast(tone, Color.parse(theme.background)) >= 4.5 for tone in painted.values())
    for how in BLINDNESS:
        for one, other in combinations(painted, 2):
            apart = difference(seen(painted[one], how), seen(painted[other], how))
            assert apart >= (12 if {one, other} <= STATUS else 7), (how, one, other)


def test_no_color_leaves_none(company: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    hues: set[tuple[int, int, int]] = set()

    async def script(terminal: Terminal) -> None:
        for strip in terminal.app.screen._compositor.render_strips():
            for style in (part.style for part in strip if part.style):
                hues.update(one.triplet for one in (style.color, style.bgcolor) if one)

    drive(company.service, "H1", script)
    assert hues
    assert all(max(hue) == min(hue) for hue in hues)


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
    monkeypatch.setenv("TEXTUAL_DRIVER", "one that is not asked")
    assert main(["design", str(BOOK), *words]) == 0
    assert seen == [told]


def test_without_a_terminal_the_screens_say_so_and_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    monkeypatch.setattr("sys.__stdin__", None)
    assert main(["design", str(BOOK)]) == 2
    assert "C153" in capsys.readouterr().err
