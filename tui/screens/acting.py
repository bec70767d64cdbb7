"""Acting: what can be done about what is selected, and what came of it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import TypeVar

from msgspec.structs import replace
from textual.screen import Screen

from engine.commands import GATE, CommandName
from engine.desk.fields import FormView
from engine.desk.outcome import Outcome
from engine.views.cases import CaseView
from tui.acts import ABOUT_ANYTHING, ACT_KEYS, TAKEN_BACK
from tui.messages import LedgerMoved
from tui.office import Desk
from tui.screens.filling import FormScreen
from tui.screens.menu import Choice, Menu
from tui.screens.told import told_shortly
from tui.shell import Shell, Undo
from tui.texts import shown
from tui.widgets.people import People

T = TypeVar("T")
NOTICE_LINES = 2
"""The lines that what came of an act may take of the screen."""
NOTICE_FRAME = 8
"""Cells of a line that its edge takes, or a word that goes onto the next line."""


def act_choice(shell: Shell, act: CommandName, value: T) -> Choice[T]:
    """An act as a line of a menu; one that needs a reason says so."""
    key, dangerous = ACT_KEYS[act]
    if dangerous:
        return Choice(key, shell.say("act.with_reason", act=shell.act(act)), value, "notice")
    return Choice(key, shell.act(act), value)


def act_on(screen: Screen[T], shell: Shell, view: CaseView, about: str) -> None:
    """Offer what the person can do about a task or a gate, and about the whole case."""
    task = next((one for one in view.tasks if one.id == about), None)
    gate = next((one for one in view.gates if f"{GATE}{one.id}" == about), None)
    selected = task or gate
    here = selected.acts if selected is not None else ()
    offers = [act_choice(shell, act, (act, about)) for act in here]
    offers += [_offer_of_case(shell, act, about, here) for act in view.acts]

    async def chosen(offer: tuple[CommandName, str] | None) -> None:
        if offer is not None:
            act, what = offer
            await ask_form(screen, shell, view.id, what, act)

    if offers:
        what = [selected.title] if selected is not None else []
        title = " · ".join((*what, view.subject, view.id))
        screen.app.push_screen(Menu(title, offers), chosen)
    else:
        screen.app.notify(shell.say("act.none"), markup=False)


def _offer_of_case(
    shell: Shell, act: CommandName, about: str, here: Container[CommandName]
) -> Choice[tuple[CommandName, str]]:
    """An act upon the whole case; one that the selected task offers too has a capital letter."""
    offer = act_choice(shell, act, (act, about if act in ABOUT_ANYTHING else ""))
    if act not in here:
        return offer
    text = shell.say("act.whole_case", act=offer.text)
    return Choice(offer.key.upper(), text, offer.value, offer.tone)


async def ask_form(  # noqa: PLR0913, PLR0917 - where it is shown, what it is about, what is known
    screen: Screen[T],
    shell: Shell,
    case: str,
    about: str,
    act: CommandName,
    known: Mapping[str, str] | None = None,
) -> None:
    """Show the form of an act and carry it out; `known` fills fields by their ids."""
    language = shell.language

    def question(desk: Desk) -> tuple[FormView | None, People]:
        return desk.form(case, about, act, language), desk.people()

    form, people = await shell.ask(question)
    if form is None:
        screen.app.notify(shown(shell.say("case.gone", case=case)).plain, markup=False)
        return
    filled = [replace(one, value=(known or {}).get(one.id, one.value)) for one in form.fields]
    form = replace(form, fields=tuple(filled))

    before: dict[str, str] = {}

    def ask(desk: Desk, answers: dict[str, str], dry_run: bool) -> Outcome:  # noqa: FBT001
        nonlocal before
        before = desk.taken_back_with(case, act, answers, language)
        return desk.act(case, about, act, answers, language, dry_run=dry_run)

    def judge(desk: Desk, answers: dict[str, str]) -> dict[str, str]:
        return desk.wrong(case, about, act, answers, language)

    dialog = FormScreen(shell, form, people, ask, judge, dangerous=ACT_KEYS[act].dangerous)

    async def done(outcome: Outcome | None) -> None:
        if outcome is not None:
            await remember(shell, case, about, act, {**dialog.kept, **before})
            tell(screen, shell, outcome)

    screen.app.push_screen(dialog, done)


async def remember(
    shell: Shell, case: str, about: str, act: CommandName, answers: Mapping[str, str]
) -> None:
    """Keep in mind how an act can be taken back, if the person may do that now."""
    shell.undo = None
    back = TAKEN_BACK.get(act)
    if back is None:
        return
    view = await shell.ask(lambda desk: desk.case(case, shell.language))
    if view is None:
        return
    tasks = (task.acts for task in view.tasks if task.id == about)
    if back.act in next(tasks, ()) or back.act in view.acts:
        known = {field: answers.get(source, "") for field, source in back.fields}
        shell.undo = Undo(case, about, back.act, known)


async def take_back(screen: Screen[T], shell: Shell) -> None:
    """Ask for the act that takes the last one back."""
    undo = shell.undo
    if undo is None:
        screen.app.notify(shell.say("undo.none"), markup=False)
    else:
        await ask_form(screen, shell, undo.case, undo.about, undo.act, undo.known)


def tell(screen: Screen[T], shell: Shell, outcome: Outcome | None) -> None:
    """Say what came of an act, and whether it can be taken back; show the case as it is now."""
    if outcome is None:
        return
    text = told_shortly(shell, outcome, NOTICE_LINES * (screen.app.size.width - NOTICE_FRAME))
    screen.app.notify(shown(text).plain, title="", markup=False)
    for one in screen.app.screen_stack:
        one.post_message(LedgerMoved())
