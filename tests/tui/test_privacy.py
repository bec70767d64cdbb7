"""A private value is planted; no screen shows it to anybody whom it is not for."""

import pytest

from tests.engine.sample.company import Player
from tests.tui.driving import Terminal, drive

MARK = "31415"
SEES = {"H1": True, "L": False, "M": False}


def plain(text: str) -> str:
    return text.replace(",", "").replace(" ", "")


@pytest.mark.parametrize("viewer", SEES)
def test_no_screen_shows_a_private_value_to_others(viewer: str) -> None:
    player = Player().resigned(salary=f"{MARK}.92 CNY")
    player.change("salary", "27182.81 CNY", "H1")
    player.change("salary", f"{MARK}.92 CNY", "H1")
    seen: list[str] = []

    async def script(terminal: Terminal) -> None:
        seen.append(terminal.text)
        await terminal.press("i")
        seen.append(terminal.text)
        await terminal.press("escape", "enter")
        seen.append(terminal.text)
        for key in ("1", "2", "3", "4", "5"):
            await terminal.press(key)
            seen.append(terminal.text)
        await terminal.press("f")
        seen.append(terminal.text)

    drive(player.service, viewer, script, size=(160, 48))
    shown = plain("".join(seen))
    assert len(set(seen)) > 2
    assert "27182" not in shown or SEES[viewer]
    assert (MARK in shown) == SEES[viewer]
