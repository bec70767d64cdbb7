"""One act for all that is marked: shown first with what it would do to each, then done one by one.

The marked set is frozen when the act is chosen. Each succeeds or fails by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static
from typing_extensions import override

from engine.commands import CommandName
from engine.desk.fields import Answers, FormView
from engine.desk.outcome import Outcome
from tui.acts import ACT_KEYS
from tui.messages import LedgerMoved
from tui.office import Desk
from tui.screens.acting import FormScreen, act_menu
from tui.screens.dialog import Dialog
from tui.shell import Shell
from tui.texts import Cell, shown
from tui.themes import TONES
from tui.widgets.columns import Column
from tui.widgets.fields import People
from tui.widgets.table import Line, VirtualTable


class Target(NamedTuple):
    """One marked thing: its case, the task (or nothing for the whole case), what people call it."""

    case: str
    about: str
    title: str
    acts: tuple[CommandName, ...]


class BulkScreen(Dialog[None]):
    """The frozen set, what would happen to each, and afterwards what did.

    Args:
        shell: what every screen has at hand.
        targets: the frozen set.
        act: what is done to each of them.
        answers: what stands in the form.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
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

    @override
    def compose(self) -> ComposeResult:
        """A heading, one line for each, and the keys."""
        with Vertical(classes="dialog wide"):
            yield Static(id="bulk-title")
            yield VirtualTable(id="bulk")
            yield Static(id="bulk-keys")

    def on_mount(self) -> None:
        """Foresee it for each."""
        self.query_one(VirtualTable).focus()
        self.run_worker(self._run(dry_run=True), exclusive=True)

    def action_send(self) -> None:
        """Do it to each; once, and only when it is seen what that would do."""
        if self._is_foreseen and not self._is_done:
            self._is_done = True
            self.run_worker(self._run(dry_run=False), exclusive=True)

    async def _run(self, *, dry_run: bool) -> None:
        outcomes: list[Outcome | None] = [None] * len(self.targets)
        for at, target in enumerate(self.targets):
            self._show(outcomes, dry_run=dry_run)
            outcomes[at] = await self.shell.ask(partial(self._ask, target, dry_run))
        self._show(outcomes, dry_run=dry_run)
        self._is_foreseen = True
        if not dry_run:
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

    def _show(self, outcomes: Sequence[Outcome | None], *, dry_run: bool) -> None:
        say = self.shell.say
        told = [one for one in outcomes if one is not None]
        refused = sum(one.refusal is not None for one in told)
        counts = {"all": len(outcomes), "good": len(told) - refused, "bad": refused}
        heading = say("bulk.foreseen" if dry_run else "bulk.done", **counts)
        title = f"{self.shell.act(self.act)} · {heading}"
        self.query_one("#bulk-title", Static).update(shown(title, "bold"))
        keys = say("bulk.keys_before" if dry_run else "bulk.keys_after")
        self.query_one("#bulk-keys", Static).update(shown(keys, TONES["quiet"]))
        table = self.query_one(VirtualTable)
        table.begin(
            [
                Column("", 2),
                Column(say("column.board.case"), 9),
                Column(say("column.case.about"), 18),
                Column(say("column.bulk.what"), 24),
            ]
        )
        lines = [
            Line(f"{at}", self._cells(target, outcome))
            for at, (target, outcome) in enumerate(zip(self.targets, outcomes, strict=True))
        ]
        table.fill(0, lines, len(lines))

    def _cells(self, target: Target, outcome: Outcome | None) -> tuple[Cell, ...]:
        if outcome is None:
            sign, what, tone = self.shell.sign("waiting"), "", "quiet"
        elif outcome.refusal is not None:
            sign, tone = self.shell.sign("overdue"), "bad"
            what = f"{outcome.refusal.code} {outcome.refusal.text}"
        else:
            sign, tone = self.shell.sign("done"), "good"
            what = "; ".join((*outcome.cautions, *outcome.sentences)) or self.shell.say(
                "act.carried_out"
            )
        return Cell(sign, tone), Cell(target.case), Cell(target.title), Cell(what, tone)


def act_on_all(screen: Screen[None], shell: Shell, targets: Sequence[Target]) -> None:
    """Offer the acts that all of the marked things allow, and carry the chosen one out."""
    acts = common_acts(targets)
    if not acts:
        screen.app.notify(shell.say("bulk.nothing_common"), markup=False)
        return

    def chosen(act: CommandName | None) -> None:
        if act is not None:
            screen.run_worker(_ask_form(screen, shell, targets, act))

    title = shell.say("bulk.title", count=len(targets))
    screen.app.push_screen(act_menu(shell, title, acts), chosen)


def common_acts(targets: Iterable[Target]) -> tuple[CommandName, ...]:
    """What may be done to every one of them, in the order of the registry."""
    sets = [set(one.acts) for one in targets]
    return tuple(act for act in ACT_KEYS if sets and all(act in one for one in sets))


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

    def keep(_desk: Desk, _answers: Answers, _dry_run: bool) -> Outcome:  # noqa: FBT001
        return Outcome()

    def filled(dialog: FormScreen, outcome: Outcome | None) -> None:
        if outcome is not None:
            screen.app.push_screen(BulkScreen(shell, targets, act, dialog.kept))

    def judge(desk: Desk, answers: dict[str, str]) -> dict[str, str]:
        return desk.wrong(first.case, first.about, act, answers, language)

    shared = FormView(form.act, form.title, form.fields)
    dialog = FormScreen(shell, shared, people, keep, judge, dangerous=ACT_KEYS[act].dangerous)
    if form.fields:
        screen.app.push_screen(dialog, lambda outcome: filled(dialog, outcome))
    else:
        screen.app.push_screen(BulkScreen(shell, targets, act, {}))
