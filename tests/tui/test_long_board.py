"""A board of 100,000 cases: wherever one goes, the rows that belong there stand on the screen."""

from benchmarks.screens import SyntheticDesk
from tests.tui.driving import Terminal, drive_at

CASES = 100_000


def numbers(terminal: Terminal) -> list[int]:
    """Of the cases on the screen, from above."""
    cells = (line.split() for line in terminal.lines)
    ids = (next((cell for cell in row if cell.startswith("2026-")), "") for row in cells)
    return [int(one.removeprefix("2026-")) for one in ids if one.count("-") == 1]


def test_the_top_the_middle_and_the_end_are_as_they_should_be() -> None:
    async def script(terminal: Terminal) -> None:
        table = terminal.app.screen.table
        screenful = numbers(terminal)
        assert screenful == list(range(len(screenful)))
        assert len(screenful) > 20
        await terminal.press("pagedown", "pagedown")
        assert table.key == f"2026-{2 * (len(screenful) - 1):06}"
        assert numbers(terminal)[-1] == table.cursor
        await terminal.press("pageup")
        assert table.cursor == len(screenful) - 1
        table.cursor = CASES // 2
        await terminal.rest()
        middle = numbers(terminal)
        assert CASES // 2 in middle
        assert middle == list(range(middle[0], middle[0] + len(screenful)))
        await terminal.press("end")
        assert numbers(terminal) == list(range(CASES - len(screenful), CASES))
        await terminal.press("j")
        assert table.key == f"2026-{CASES - 1:06}"
        await terminal.press("home")
        assert numbers(terminal) == screenful
        assert len(table._lines) < CASES // 100

    drive_at(SyntheticDesk(CASES), script, size=(160, 40))
