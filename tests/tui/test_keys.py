"""The line of keys: what matters most is in sight on the smallest terminal, and nothing stands there cut."""

from pathlib import Path

import pytest

from dsl.catalogue import Language
from engine.graph.labels import width
from tests.engine.sample.company import Player
from tests.tui.designing import SMALL, Studio, design
from tests.tui.driving import Terminal, drive
from tui.screens.board import BoardScreen
from tui.screens.designer import DesignerScreen
from tui.texts import MESSAGES

BOARD = ["?", "↵", "a", "i", "/", "1-9", "␣", "o"]
DESIGNER = ["F1", "^s", "^o", "^n", "^r", "F4", "F9", "F10"]


def pairs(language: Language, help_key: str, keys: tuple[tuple[str, str], ...]) -> list[str]:
    """All keys with what they do, as they are told."""
    named = [(help_key, "help"), *keys]
    return [f"{key} {MESSAGES.say(language, f'key.{name}')}" for key, name in named]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_keys_of_the_board_that_matter_most_fit_into_eighty_columns(language: Language) -> None:
    async def script(terminal: Terminal) -> None:
        line = terminal.lines[-1].strip()
        told = pairs(language, "?", BoardScreen.KEYS)
        kept = line.split("  ")
        assert kept == told[: len(kept)]
        assert [one.split(" ")[0] for one in kept][: len(BOARD)] == BOARD
        await terminal.pilot.resize_terminal(160, 24)
        await terminal.rest()
        assert terminal.lines[-1].strip().split("  ") == told

    drive(Player().service, "H1", script, language=language, size=(80, 24))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_keys_of_the_designer_that_matter_most_fit_into_eighty_columns(
    tmp_path: Path, language: Language
) -> None:
    async def script(studio: Studio) -> None:
        line = studio.lines[-1].strip()
        assert width(line) <= 78
        kept = line.split("  ")
        assert kept == pairs(language, "F1", DesignerScreen.KEYS)[: len(kept)]
        assert [one.split(" ")[0] for one in kept][: len(DESIGNER)] == DESIGNER

    design(tmp_path / "small.rulebook", script, text=SMALL, language=language, size=(80, 24))
