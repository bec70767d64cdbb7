"""One act for all that is marked: shown first with what it would do to each, then done one by one.

The marked set is frozen when the act is chosen. Each succeeds or fails by itself.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from typing_extensions import override

from dsl.visible import visible
from engine.commands import GATE, CommandName
from engine.desk.fields import Answers, FormView
from engine.desk.outcome import Outcome
from engine.views.cases import CaseView
from tui.acts import ACT_KEYS
from tui.messages import LedgerMoved
from tui.office import Desk
from tui.screens.acting import act_choice
from tui.screens.dialog import Dialog
from tui.screens.filling import Form, Judge
from tui.screens.menu import Choice, Menu
from tui.screens.told import happening_lines, refusal_lines
from tui.shell import Shell
from tui.texts import fitted, shown
from tui.themes import TONES
from tui.widgets.keys import KeyLine
from tui.widgets.people import People
from tui.widgets.scrolling import Scrolled

HEADS = ("column.board.case", "column.board.name", "column.case.about")
BLANK = "  "
"""Before what stands below a sign."""


class Target(NamedTuple):
    """One marked thing: its case, whom that is about, and the task (or nothing for the whole case)."""

    case: str
    subject: str
    acts: tuple[CommandName, ...]
    about: str = ""
    title: str = ""


def targets_in(view: CaseView, marks: Container[str]) -> list[Target]:
    """The tasks and gates of a case that are marked."""
    every = [(one.id, one.title, one.acts) for one in view.tasks]
    every += [(f"{GATE}{one.id}", one.title, one.acts) for one in view.gates]
    return [
        Target(view.id, view.subject, acts, about, title)
        for about, title, acts in every
        if about in marks
    ]


Offer = tuple[CommandName, tuple[Target, ...]]


class BulkScreen(Dialog[bool]):
    """The frozen set, what would happen to each, and afterwards what did; left with True once it is done.

    Args:
        shell: what every screen has at hand.
        targets: the frozen set.
        act: what is done to each of them.
        answers: what stands in the form.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+s", "send", show=False, priority=True),
    ]

    def __init__(
        self, shell: Shell, targets: Sequence[Target], act: CommandName, answers: Answers
    ) -> None:
        super().__init__()
        self.shell = shell
        self.targets = tuple(targets)
        self.act = act
        self.answers = answers
        self._is_foreseen = False
        self._is_done = False
        heads = [shell.say(name) for name in HEADS]
        rows = [heads, *([one.case, one.subject, one.title] for one in self.targets)]
        if not any(one.about for one in self.targets):
            rows = [row[:-1] for row in rows]
        widths = [
            max(cell_len(visible(one)) for one in column) for column in zip(*rows, strict=True)
        ]
        self._head, *self._names = (
            "  ".join(fitted(one, width) for one, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        )

    @override
    def compose(self) -> ComposeResult:
        """A heading, whom each line is about with what happens below it, and the keys."""
        with Vertical(classes="dialog wide"):
            yield Static(id="bulk-title")
            yield Static(shown(f"{BLANK}{self._head}", TONES["quiet"]), id="bulk-head")
            with Scrolled(id="bulk"):
                yield Static(self._listed([None] * len(self.targets)), id="bulk-list")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Foresee it for each."""
        self.query_one(Scrolled).focus()
        self._show_keys(("^s", "do_to_each"), ("↑↓", "scroll"), ("esc", "back"))
        self.run_worker(self._run(dry_run=True), exclusive=True)

    def action_send(self) -> None:
        """Do it to each; once, and only when it is seen what that would do."""
        if self._is_foreseen and not self._is_done:
            self._is_done = True
            self.run_worker(self._run(dry_run=False), exclusive=True)

    def action_leave(self) -> None:
        """Leave, with word of whether it was done."""
        self.dismiss(self._is_done)

    async def _run(self, *, dry_run: bool) -> None:
        outcomes: list[Outcome] = []
        for target in self.targets:
            self._say_count(outcomes, dry_run=dry_run)
            outcomes.append(await self.shell.ask(partial(self._ask, target, dry_run)))
        self._say_count(outcomes, dry_run=dry_run)
        self.query_one("#bulk-list", Static).update(self._listed(outcomes))
        self._is_foreseen = True
        self.shell.typed.clear()  # whoever typed it has not seen this
        if not dry_run:
            self.shell.undo = None
            self._show_keys(("↑↓", "scroll"), ("esc", "back"))
            for screen in self.app.screen_stack:
                screen.post_message(LedgerMoved())

    def _ask(self, target: Target, dry_run: bool, desk: Desk) -> Outcome:  # noqa: FBT001
        return desk.act(
            target.case,
            target.about,
            self.act,
            self.answers,
            self.shell.language,
            dry_run=dry_run,
        )

    def _say_count(self, outcomes: Sequence[Outcome], *, dry_run: bool) -> None:
        bad = sum(one.refusal is not None for one in outcomes)
        counts = {"all": len(self.targets), "good": len(outcomes) - bad, "bad": bad}
        heading = self.shell.say("bulk.foreseen" if dry_run else "bulk.done", **counts)
        title = f"{self.shell.act(self.act)} · {heading}"
        self.query_one("#bulk-title", Static).update(shown(title, "bold"))

    def _show_keys(self, *keys: tuple[str, str]) -> None:
        told = [(key, self.shell.say(f"key.{name}")) for key, name in keys]
        self.query_one(KeyLine).show(told, self.shell.key)

    def _listed(self, outcomes: Sequence[Outcome | None]) -> Content:
        pairs = zip(self._names, outcomes, strict=True)
        return Content("\n").join(line for name, one in pairs for line in self._piece(name, one))

    def _piece(self, name: str, outcome: Outcome | None) -> list[Content]:
        """Whom it is about, and below that what happens."""
        shell = self.shell
        if outcome is None:
            status, tone, lines = "waiting", "quiet", []
        elif outcome.refusal is not None:
            status, tone, lines = "overdue", "bad", refusal_lines(shell, outcome.refusal)
        else:
            status, tone, lines = "done", "good", happening_lines(shell, outcome)
        head = shown(f"{shell.sign(status)} {name}", f"bold {TONES[tone]}")
        return [head, *(shown(BLANK) + line for line in lines)]


class BulkForm(Form):
    """The form that is shared; it stays below what that would do to each, and may be mended."""

    KEYS: ClassVar = (("^s", "foresee_each"), ("↵", "next_field"), ("esc", "back"))

    def __init__(
        self,
        shell: Shell,
        form: FormView,
        people: People,
        judge: Judge,
        targets: Sequence[Target],
    ) -> None:
        super().__init__(shell, form, people, judge, dangerous=ACT_KEYS[form.act].dangerous)
        self.targets = targets

    @override
    async def carry_out(self, answers: dict[str, str], *, dry_run: bool) -> None:
        """Show what it would do to each; there it is done."""
        screen = BulkScreen(self.shell, self.targets, self.form.act, answers)
        self.app.push_screen(screen, self._settled)

    def _settled(self, is_done: bool | None) -> None:  # noqa: FBT001 - as textual calls it
        self.is_sent = False
        if is_done:
            self.dismiss()


def act_on_all(screen: Screen[None], shell: Shell, targets: Sequence[Target]) -> None:
    """Offer what can be done to any of the marked things, told of how many; what is chosen is done to those."""
    choices = [some_choice(shell, act, targets) for act in ACT_KEYS]
    offers = [choice for choice in choices if choice.value[1]]
    if not offers:
        screen.app.notify(shell.say("act.none"), markup=False)
        return

    async def chosen(offer: Offer | None) -> None:
        if offer is not None:
            act, some = offer
            await _ask_form(screen, shell, some, act)

    screen.app.push_screen(Menu(named(shell, targets), offers), chosen)


def named(shell: Shell, targets: Sequence[Target]) -> str:
    """What an act is about: the one thing by its names, several by how many they are."""
    if len(targets) != 1:
        return shell.say("bulk.title", count=len(targets))
    (one,) = targets
    return " · ".join(part for part in (one.title, one.subject, one.case) if part)


def some_choice(shell: Shell, act: CommandName, targets: Sequence[Target]) -> Choice[Offer]:
    """An act upon the marked things that allow it, told of how many where not all do."""
    some = tuple(one for one in targets if act in one.acts)
    choice = act_choice(shell, act, (act, some))
    if len(some) == len(targets):
        return choice
    counts = {"count": len(some), "all": len(targets)}
    return choice._replace(text=shell.say("bulk.some", act=choice.text, **counts))


async def _ask_form(
    screen: Screen[None], shell: Shell, targets: Sequence[Target], act: CommandName
) -> None:
    """One form for all; what stands in it for one of them only is left out."""
    first, language = targets[0], shell.language

    def question(desk: Desk) -> tuple[FormView | None, People]:
        return desk.form(first.case, first.about, act, language), desk.people()

    form, people = await shell.ask(question)
    if form is None:
        return

    def judge(desk: Desk, answers: dict[str, str]) -> dict[str, str]:
        return desk.wrong(first.case, first.about, act, answers, language)

    title = f"{shell.act(act)} · {named(shell, targets)}"
    if form.fields:
        shared = FormView(act, title, form.fields)
        screen.app.push_screen(BulkForm(shell, shared, people, judge, targets))
    else:
        screen.app.push_screen(BulkScreen(shell, targets, act, {}))
