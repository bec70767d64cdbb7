"""Keys at random: nothing crashes, and no dangerous act is done without what confirms it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from textual.events import Key
from textual.keys import _character_to_key
from textual.worker import WorkerCancelled

from dsl.catalogue import Language
from engine.commands import Actor
from engine.desk.desk import Desk
from engine.desk.fields import FormView
from engine.desk.outcome import Outcome
from engine.drafting.manuscript import Manuscript
from engine.graph.glyphs import ASCII, UNICODE, Glyphs
from tests.engine.sample.company import Player
from tests.tui.designing import SMALL
from tui.acts import ACT_KEYS
from tui.app import BatonApp
from tui.screens.designer import DesignerScreen
from tui.shell import Shell

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789GSTABC离职 ?:/+-~[]"
NAMED = (
    "up", "down", "left", "right", "enter", "enter", "escape", "escape", "escape", "space", "tab", "shift+tab",
    "pageup", "pagedown", "home", "end", "delete", "backspace", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8",
    "f9", "f10", "shift+f6", "shift+f8", "ctrl+s", "ctrl+s", "ctrl+p", "ctrl+n", "ctrl+r", "ctrl+o", "ctrl+t",
    "ctrl+z", "ctrl+y",
)  # fmt: skip
"""All keys but those that leave the program."""
BREATH = 8
"""So many keys come before the program is left to rest: a person waits, a cat on the keyboard does not."""


class Watched(Desk):
    """A desk that tells how each act came about, and which reasons forms hold that nobody typed."""

    def __init__(self, service, actor, seen) -> None:
        super().__init__(service, actor)
        self._came = seen

    def form(self, case, about, act, language: Language) -> FormView | None:
        form = super().form(case, about, act, language)
        for field in form.fields if form else ():
            assert field.id not in {"reason", "opinion"} or not field.value
        return form

    def act(  # noqa: PLR0913 - as the desk's own
        self, case, about, act, answers, language: Language, *, dry_run=False
    ) -> Outcome:
        outcome = super().act(case, about, act, answers, language, dry_run=dry_run)
        if not dry_run and outcome.refusal is None:
            self._came.append((act, dict(answers)))
        return outcome


class Kept(BatonApp):
    """An application that nobody leaves, by whatever name they find that."""

    async def action_quit(self) -> None:
        pass


def keys(seed: int) -> Callable[[], Key]:
    """A source of keys."""
    chance = random.Random(seed)  # noqa: S311 - which keys are pressed is no secret

    def key() -> Key:
        if chance.random() < 0.5:
            letter = chance.choice(LETTERS)
            return Key(_character_to_key(letter), letter)
        return Key(chance.choice(NAMED), None)

    return key


def press(app: BatonApp, seed: int, count: int, size: tuple[int, int]) -> None:
    """Press so many keys, faster than the screens can follow."""
    key = keys(seed)

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            for number in range(1, count + 1):
                app.post_message(key())
                await asyncio.sleep(0)
                if number % BREATH == 0:
                    with suppress(WorkerCancelled):  # by the one that took its place
                        await app.workers.wait_for_complete()
                    await pilot.pause()
                    assert app.is_running
            assert app.screen_stack

    asyncio.run(run())


def soak(
    seed: int, count: int, size=(100, 30), glyphs: Glyphs = UNICODE
) -> list[tuple[str, dict[str, str]]]:
    """Press keys at random as a person who may do much; the acts that came about."""
    player = Player().resigned()
    player.open("H1", subject="V")
    player.open("H1", subject="T")
    seen: list[tuple[str, dict[str, str]]] = []
    actor = Actor("H1", "sandbox", "desk")
    shell = Shell(lambda: Watched(player.service, actor, seen), "en", glyphs, "sample")
    press(Kept(shell), seed, count, size)
    return seen


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that may be written to, whatever is typed."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("seed", [1, 2])
def test_some_keys_at_random_break_nothing(seed: int) -> None:
    confirmed(soak(seed, 200))


@pytest.mark.long
@pytest.mark.parametrize(
    ("seed", "size", "glyphs"), [(7, (80, 24), UNICODE), (8, (120, 40), ASCII)]
)
def test_ten_thousand_keys_at_random_break_nothing(seed, size, glyphs) -> None:
    confirmed(soak(seed, 5_000, size, glyphs))


@pytest.mark.long
@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
def test_keys_at_random_do_not_break_the_designer(place: Path, size: tuple[int, int]) -> None:
    book = place / "small.rulebook"
    book.write_text(SMALL, "utf-8")
    manuscript = Manuscript(book)
    app = Kept(Shell(None, "en"), lambda shell: Stays(shell, manuscript))
    press(app, 9, 2_000, size)


class Stays(DesignerScreen):
    """A designer that is not left, so that all keys are for it."""

    def action_back(self) -> None:
        if self.focused is not self.editor:
            super().action_back()


def confirmed(seen: list[tuple[str, dict[str, str]]]) -> None:
    """Every dangerous act that came about had its reason typed."""
    for act, answers in seen:
        if ACT_KEYS[act].dangerous:
            assert answers.get("reason", answers.get("opinion", "")).strip(), act
