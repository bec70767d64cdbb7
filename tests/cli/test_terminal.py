"""The real program in two real terminals: a case from its opening to its end, seen live by the other."""

from pathlib import Path

import pytest

from tests.cli.conftest import Baton
from tests.cli.terminals import terminal

BOOK = """
rulebook tiny "Leaving"
  version 1.0.0

fact last_day "Last working day" date

role leaver "Leaver" is subject
role manager "Manager" is manager of leaver

approval resignation "Resignation"
  step manager

item keys "Keys"
  from leaver to manager

process leaving "Leaving"
  started by leaver
  managed by manager
  first approval resignation
  then items
"""
STEPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("li", "", ("No case is under way",)),
    ("boss", "", ("No case is under way",)),
    ("boss", "/", ("words, or status:overdue",)),
    ("boss", "Li", ("Li\n",)),
    ("li", "o", ("Leaving",)),
    ("li", "\x1b[B\r", ("Last working day",)),
    ("li", "\r", ("Last working day",)),
    ("li", "2026-03-31", (" 2026-03-31",)),
    ("li", "\x13", ("2026-0001", "Resignation · Manager")),
    ("boss", "", ("Li\n", "2026-0001", "Resignation · Manager")),  # live, and what is typed stays
    ("boss", "\r", ("Li Wei · ",)),
    ("boss", "\r", ("Waits for: Ann Boss",)),
    ("boss", "a", ("Approve",)),
    ("boss", "a", ("Opinion",)),
    ("boss", "all the best", ("all the best",)),
    ("boss", "\x13", ("✔ done",)),
    ("li", "", ("Keys", ">✔ done")),
    ("li", "j", (">● open",)),
    ("li", "a", ("Hand over",)),
    ("li", "h", ("^s do it",)),
    ("li", "\x13", ("◐ handed",)),
    ("boss", "", ("◐ handed",)),
    ("boss", "j", (">◐ handed",)),
    ("boss", "a", ("Accept",)),
    ("boss", "s", ("^s do it",)),
    ("boss", "\x13", ("✔ closed",)),
    ("li", "", ("✔ closed",)),
)
"""Who types what, and what their screen then shows; `\r` is Enter, `\x13` Ctrl+S."""
LEAVE = "\x11"


@pytest.mark.long
def test_a_case_goes_from_its_opening_to_its_end_in_two_terminals_that_see_each_other(
    sandbox: Path, tmp_path: Path, baton: Baton
) -> None:
    book = tmp_path / "tiny.rulebook"
    book.write_text(BOOK, "utf-8")
    assert baton("publish", str(book), "--reason", "first").status == 0
    here = ["--workspace", str(sandbox), "--lang", "en", "--as"]
    with terminal(*here, "li", "tui") as li, terminal(*here, "boss", "tui") as boss:
        screens = {"li": li, "boss": boss}
        for person, keys, words in STEPS:
            screens[person].type(keys)
            screens[person].shows(*words)
        for screen in screens.values():
            assert screen.ends(LEAVE) == 0
