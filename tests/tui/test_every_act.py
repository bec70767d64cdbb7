"""Every act of the registry is carried out by its keys on every screen that offers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

from engine.commands import (
    GATE,
    Actor,
    AddApprover,
    Cancel,
    Claim,
    CommandName,
    StateCause,
    Suspend,
)
from engine.desk.desk import Desk
from tests.engine.sample.company import Player
from tests.engine.sample.duties import Duties
from tests.tui.driving import Terminal, drive
from tui.acts import ACT_KEYS
from tui.screens.filling import Form
from tui.widgets.fields import FormField

SIZE = (140, 48)


class Scene(NamedTuple):
    """A case in which somebody may do an act.

    Attributes:
        begin: plays up to there.
        person: who does it.
        about: the end of the task's id, a gate, or nothing for the whole case.
        answers: what is filled in, by field.
    """

    begin: Callable[[], Player]
    person: str
    about: str = ""
    answers: Mapping[str, str] = MappingProxyType({})


def opened() -> Player:
    player = Player()
    player.open()
    return player


def resigned() -> Player:
    return Player().resigned()


def sent_back() -> Player:
    player = opened()
    player.act("M", player.rejection("resignation.manager"))
    return player


def at_hr() -> Player:
    player = opened()
    player.approve("M", "resignation.manager")
    return player


def claimed() -> Player:
    player = at_hr()
    player.act("H1", Claim(player.task("resignation.hr").id))
    return player


def two_approvers() -> Player:
    player = opened()
    task = player.task("resignation.manager").id
    player.act("H1", AddApprover(task, "F", "beside", "to be sure"))
    return player


def attached() -> Player:
    player = resigned()
    player.attach("L", "papers", "register")
    return player


def handed_over() -> Player:
    player = attached()
    player.hand_over("L", "papers", summary="All filed")
    return player


def suspended() -> Player:
    player = resigned()
    player.act("H1", Suspend(None, "audit"))
    return player


def cancelled() -> Player:
    player = opened()
    player.act("H1", Cancel("a mistake"))
    return player


def last_day() -> Player:
    player = resigned()
    player.at("2026-04-01T09:00")
    return player


def late() -> Player:
    player = Duties().opened()
    player.at("2026-03-27T09:00")
    return player


def explained() -> Player:
    player = late()
    player.act("L", StateCause(f"{player.case}/cash.cause#1", "The till was locked"))
    return player


WHY = {"reason": "for the record"}
FINE = {"opinion": "all the best"}
PAPER = str(Path(__file__).resolve())
SCENES: dict[CommandName, Scene] = {
    "approve": Scene(opened, "M", "resignation.manager#1", FINE),
    "reject": Scene(opened, "M", "resignation.manager#1", FINE),
    "return": Scene(opened, "M", "resignation.manager#1", FINE),
    "resubmit": Scene(sent_back, "L", "resignation.revise#1"),
    "name": Scene(resigned, "M", "successor#1", {"person": "Sun Sue"}),
    "provide": Scene(resigned, "L", "papers#1", {"summary": "12 folders"}),
    "attach": Scene(resigned, "L", "papers#1", {"evidence": "register", "file": PAPER}),
    "hand_over": Scene(attached, "L", "papers#1", {"summary": "12 folders"}),
    "call_back": Scene(handed_over, "L", "papers#1", WHY),
    "state_cause": Scene(late, "L", "cash.cause#1", {"cause": "The till was locked"}),
    "confirm_cause": Scene(explained, "M", "cash.cause#1"),
    "refuse_cause": Scene(explained, "M", "cash.cause#1", WHY),
    "sign": Scene(handed_over, "H1", "papers#1"),
    "refuse": Scene(handed_over, "H1", "papers#1", WHY),
    "waive": Scene(opened, "V", f"{GATE}severance", WHY),
    "complete": Scene(last_day, "H1", "insurance#1"),
    "comment": Scene(opened, "L", "", {"text": "thank you"}),
    "change_fact": Scene(opened, "H1", "", {"fact": "last_day", "value": "2026-04-30", **WHY}),
    "withdraw": Scene(opened, "L", "", WHY),
    "suspend": Scene(opened, "H1", "resignation.manager#1", WHY),
    "resume": Scene(suspended, "H1", "", WHY),
    "cancel": Scene(opened, "H1", "", WHY),
    "reopen": Scene(cancelled, "H1", "", WHY),
    "claim": Scene(at_hr, "H1", "resignation.hr#1"),
    "release": Scene(claimed, "H1", "resignation.hr#1"),
    "delegate": Scene(opened, "M", "resignation.manager#1", {"person": "F", **WHY}),
    "reassign": Scene(opened, "H1", "resignation.manager#1", {"owner": "M", "person": "F", **WHY}),
    "add_approver": Scene(
        opened, "H1", "resignation.manager#1", {"person": "F", "place": "beside", **WHY}
    ),
    "remove_approver": Scene(two_approvers, "H1", "resignation.manager#1", {"person": "F", **WHY}),
}


def test_every_act_has_its_scene() -> None:
    assert set(SCENES) == set(ACT_KEYS)


def about(player: Player, scene: Scene) -> str:
    if not scene.about or scene.about.startswith(GATE):
        return scene.about
    return f"{player.case}/{scene.about}"


async def fill(terminal: Terminal, answers: Mapping[str, str]) -> None:
    """Fill in the form that is open; a choice by what it stands for, the rest as text."""
    for field in terminal.app.screen.query(FormField):
        answer = answers.get(field.field.id)
        if answer is None:
            continue
        entry = field.query_one(".entry")
        if field.field.kind == "choice":
            entry.highlighted = [value for value, _ in field.field.options].index(answer)
        elif field.field.kind == "file":
            entry.value = answer
        else:
            entry.value = ""
            entry.focus()
            await terminal.write(answer)


async def carry_out(terminal: Terminal, player: Player, act: CommandName) -> None:
    """The act by its letter in the menu; its form, which a dangerous act does not leave empty."""
    before = len(player.events)
    await terminal.press("a", ACT_KEYS[act].key)
    if isinstance(terminal.app.screen, Form):
        if ACT_KEYS[act].dangerous:
            await terminal.press("ctrl+s")
            assert isinstance(terminal.app.screen, Form), terminal.text
        await fill(terminal, SCENES[act].answers)
        assert len(player.events) == before
        await terminal.press("ctrl+s")
    assert not isinstance(terminal.app.screen, Form), terminal.text


async def in_the_case(terminal: Terminal, player: Player, act: CommandName) -> None:
    await terminal.press("8" if act == "reopen" else "1", "enter", "g")
    wanted = about(player, SCENES[act])
    for _ in range(40):
        if wanted not in ("", terminal.app.screen.about):
            await terminal.press("j")
    assert wanted in ("", terminal.app.screen.about)
    await carry_out(terminal, player, act)


async def in_the_inbox(terminal: Terminal, player: Player, act: CommandName) -> None:
    await terminal.press("i")
    while terminal.app.screen.table.key != about(player, SCENES[act]):
        await terminal.press("j")
    await carry_out(terminal, player, act)


async def on_the_board(terminal: Terminal, player: Player, act: CommandName) -> None:
    if act == "reopen":
        await terminal.press("8")
    await carry_out(terminal, player, act)
    assert "would be done to 1 of 1" in terminal.text
    await terminal.press("ctrl+s")


def places(player: Player, act: CommandName) -> list[Callable[..., object]]:
    """The screens that offer the act, besides the case's own."""
    scene = SCENES[act]
    desk = Desk(player.service, Actor(scene.person, "sandbox", "desk"))
    view = desk.case(player.case, "en")
    assert view is not None
    tasks = [row.task for row in desk.inbox("en") if row.task.id == about(player, scene)]
    found: list[Callable[..., object]] = [in_the_case]
    found += [in_the_inbox] * any(act in task.acts for task in tasks)
    found += [on_the_board] * (act in view.acts)
    return found


@pytest.mark.long
@pytest.mark.parametrize("act", SCENES)
def test_an_act_is_carried_out_on_every_screen_that_offers_it(act: CommandName) -> None:
    scene = SCENES[act]
    for place in places(scene.begin(), act):
        player = scene.begin()
        before = len(player.events)

        async def script(terminal: Terminal, place=place, player=player) -> None:
            await place(terminal, player, act)

        drive(player.service, scene.person, script, size=SIZE)
        assert len(player.events) > before, place.__name__
