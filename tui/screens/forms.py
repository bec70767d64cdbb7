"""Writing a rulebook without knowing its language: forms for its pieces, and whole ones to begin from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.screen import Screen

from engine.desk.fields import FieldView
from engine.drafting.draft import Draft
from engine.drafting.forms import (
    asked,
    carried_out,
    form_at,
    lacking,
    new_form,
    refused,
)
from engine.drafting.forms.shapes import DraftForm, FormKind
from engine.drafting.templates import templates
from engine.texts import MESSAGES as ENGINE
from tui.screens.form_text import Answers, TextForm
from tui.screens.menu import Choice, Menu
from tui.shell import Shell
from tui.texts import shown
from tui.widgets.editor import RulebookEditor

T = TypeVar("T")
KINDS: tuple[tuple[str, FormKind], ...] = (
    ("r", "role"),
    ("f", "fact"),
    ("i", "item"),
    ("c", "content"),
    ("e", "evidence"),
    ("a", "approval"),
    ("s", "step"),
    ("m", "reminder"),
    ("g", "gate"),
    ("x", "action"),
    ("t", "stage"),
)


def add(screen: Screen[T], shell: Shell, draft: Draft, editor: RulebookEditor) -> None:
    """Ask what to add, then for what it says, and write it where its like stands."""

    def chosen(kind: FormKind | None) -> None:
        if kind is None:
            return
        form = new_form(draft, kind, editor.offset_at_cursor, shell.language)
        if form is None:
            _tell(screen, shell.say(f"design.no_owner.{kind}"))
        else:
            _ask(screen, shell, draft, editor, form)

    choices = [Choice(key, shell.say(f"design.kind.{kind}"), kind) for key, kind in KINDS]
    screen.app.push_screen(Menu(shell.say("design.add"), choices), chosen)


def change(screen: Screen[T], shell: Shell, draft: Draft, editor: RulebookEditor) -> None:
    """Show what is declared at the cursor in a form, and write what is changed there in place."""
    form = form_at(draft, editor.offset_at_cursor, shell.language)
    if form is None:
        _tell(screen, shell.say("design.no_form"))
    else:
        _ask(screen, shell, draft, editor, form)


def choose_template(screen: Screen[T], shell: Shell, then: Callable[[str], None]) -> None:
    """Choose what to begin from, and go on with its text."""
    known = templates(shell.language)
    choices = [
        Choice(
            str(number),
            f"{one.title} · {one.id}" if one.id else shell.say("design.smallest"),
            one.text,
        )
        for number, one in enumerate(known, start=1)
    ]

    def chosen(text: str | None) -> None:
        if text is not None:
            then(text)

    screen.app.push_screen(
        Menu(shell.say("design.template"), choices, shell.say("design.template.about")), chosen
    )


def _ask(
    screen: Screen[T], shell: Shell, draft: Draft, editor: RulebookEditor, form: DraftForm
) -> None:
    def judge(answers: Answers) -> str | None:
        problem = lacking(draft, form, answers)
        if problem is not None:
            return ENGINE.say(shell.language, problem)
        made = carried_out(draft, form, answers, shell.shelf)
        return refused(draft, made, shell.language, shell.shelf)

    def ask(answers: Answers) -> tuple[FieldView, ...]:
        return asked(draft, form, answers, shell.language)

    def answered(answers: Answers | None) -> None:
        if answers is not None and editor.text == draft.source.original:
            made = carried_out(draft, form, answers, shell.shelf)
            editor.become(made.text)
            editor.go_to(made.offset)

    title = shell.say(f"design.kind.{form.kind}")
    title = f"{title}: {form.part}" if form.part else title
    screen.app.push_screen(TextForm(shell, title, ask, judge), answered)


def _tell(screen: Screen[T], text: str) -> None:
    screen.app.notify(shown(text).plain, markup=False)
