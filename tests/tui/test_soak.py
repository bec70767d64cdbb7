"""Keys at random: nothing crashes, and no dangerous act is done without what confirms it."""

import asyncio
import random

import pytest
from textual.css.query import NoMatches

from dsl.catalogue import Language
from engine.commands import Actor
from engine.desk.desk import Desk
from engine.desk.outcome import Outcome
from engine.graph.glyphs import UNICODE
from tests.engine.sample.company import Player
from tui.acts import ACT_KEYS
from tui.app import BatonApp
from tui.screens.acting import FormScreen
from tui.shell import Shell

KEYS = (
    *"abcdefghijklmnopqrstuvwxyz0123456789", *"GSTABC", "up", "down", "left", "right", "enter",
    "enter", "escape", "escape", "escape", "space", "tab", "shift+tab", "slash", "colon", "pageup",
    "pagedown", "home", "end", "delete", "backspace", "f1", "f2", "f3", "f4", "f5", "ctrl+s", "ctrl+p",
)  # fmt: skip


class Watched(Desk):
    """A desk that tells how each act came about."""

    def __init__(self, service, actor, seen):
        super().__init__(service, actor)
        self._came = seen

    def act(  # noqa: PLR0913 - as the desk's own
        self, case, about, act, answers, language: Language, *, dry_run=False
    ) -> Outcome:
        outcome = super().act(case, about, act, answers, language, dry_run=dry_run)
        if not dry_run and outcome.refusal is None:
            self._came.append((act, dict(answers)))
        return outcome


def soak(seed: int, count: int, size=(100, 30)) -> list[tuple[str, dict[str, str]]]:
    """Press keys at random as a person who may do much; the acts that came about."""
    player = Player().resigned()
    player.open("H1", subject="V")
    player.open("H1", subject="T")
    seen: list[tuple[str, dict[str, str]]] = []
    chance = random.Random(seed)  # noqa: S311 - which keys are pressed is no secret

    async def run() -> None:
        desk = Watched(player.service, Actor("H1", "sandbox", "desk"), seen)
        app = BatonApp(Shell(lambda: desk, "en", UNICODE, "sample"))
        async with app.run_test(size=size) as pilot:
            before = app.screen
            for _ in range(count):
                await pilot.press(chance.choice(KEYS))
                assert app.is_running
                if app.screen is not before:
                    before = app.screen
                    opens_empty(app)
            await app.workers.wait_for_complete()
            await app.shell.ask(lambda desk: desk.position())
            assert app.screen_stack

    asyncio.run(run())
    return seen


def opens_empty(app: BatonApp) -> None:
    """A form that has just opened holds no reason that nobody typed."""
    if isinstance(app.screen, FormScreen) and app.screen.form.act in ACT_KEYS:
        try:
            fields = {one.field.id: one.field.value for one in app.screen.query("FormField")}
        except NoMatches:
            return
        assert not fields.get("reason")
        assert not fields.get("opinion")


@pytest.mark.parametrize("seed", [1, 2])
def test_some_keys_at_random_break_nothing(seed: int, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    confirmed(soak(seed, 150))


@pytest.mark.long
@pytest.mark.parametrize(("seed", "size"), [(7, (80, 24)), (8, (120, 40))])
def test_many_keys_at_random_break_nothing(seed, size, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    confirmed(soak(seed, 600, size))


def confirmed(seen: list[tuple[str, dict[str, str]]]) -> None:
    """Every dangerous act that came about had its reason typed."""
    for act, answers in seen:
        if ACT_KEYS[act].dangerous:
            assert answers.get("reason", answers.get("opinion", "")).strip(), act
