"""A form of an act: it is judged while it is filled in, says what it would do, and stays until it is done or left."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static, TextArea
from typing_extensions import override

from engine.desk.fields import FormView
from engine.desk.outcome import Outcome
from tui.office import Desk
from tui.screens.dialog import Dialog
from tui.screens.told import happening_lines, refusal_lines
from tui.shell import Shell
from tui.texts import shown
from tui.themes import TONES
from tui.widgets.fields import Choices, FormField
from tui.widgets.keys import KeyLine
from tui.widgets.people import People

Ask = Callable[[Desk, dict[str, str], bool], Outcome]
"""Carries out what a form holds, or with True says what it would do."""
Judge = Callable[[Desk, dict[str, str]], dict[str, str]]
"""Says of what a form holds what is wrong, by the ids of the fields."""
PAUSE_SECONDS = 0.4
"""Who has not typed for so long has come to an end, or waits for a word."""


class Form(Dialog[Outcome | None]):
    """See the module's docstring. A subclass says what is done with it.

    Args:
        shell: what every screen has at hand.
        form: what is asked for.
        people: whom a field for a person may name.
        judge: says what is wrong in it while it is filled in.
        dangerous: the act needs a reason, whatever the form says.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+s", "send", show=False, priority=True),
        Binding("f4", "foresee", show=False),
    ]
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("^s", "do"),
        ("F4", "foresee"),
        ("↵", "next_field"),
        ("esc", "back"),
    )

    def __init__(
        self,
        shell: Shell,
        form: FormView,
        people: People,
        judge: Judge,
        *,
        dangerous: bool = False,
    ) -> None:
        super().__init__()
        self.shell = shell
        self.form = form
        self._people = people
        self._judge = judge
        self._pause: Timer | None = None
        self._dangerous = dangerous
        self._before: dict[str, str] = {}
        self._is_warned = False
        self._is_refused = False  # for what it lacks; from then on that is told where it is lacking
        self.is_sent = False
        self.kept: dict[str, str] = {}
        """What stood in the fields when the form was sent last."""

    @override
    def compose(self) -> ComposeResult:
        """What is decided upon, the fields, what came of it, and the keys."""
        with VerticalScroll(classes="dialog"):
            yield Static(shown(self.form.title, "bold"))
            if self.form.shown:
                yield Static(shown("\n".join(self.form.shown)), classes="shown")
            for field in self.form.fields:
                yield FormField(self.shell, field, self._people)
            yield Static(id="came-of-it")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """The first field has the focus; the keys stand where those of the screen below stand."""
        keys = [(key, self.shell.say(f"key.{name}")) for key, name in self.KEYS]
        self.query_one(KeyLine).show(keys, self.shell.key)
        self._before = self.answers
        fields = list(self.query(".entry"))
        if fields:
            fields[0].focus()

    @property
    def answers(self) -> dict[str, str]:
        """What stands in the fields."""
        return {one.field.id: one.value for one in self.query(FormField)}

    def action_leave(self) -> None:
        """Leave; what was typed would be lost by that, so that it is asked for twice."""
        if self._is_warned or self.answers == self._before:
            self.dismiss()
            return
        self._is_warned = True
        self.say([shown(self.shell.say("form.would_be_lost"), TONES["notice"])])

    def action_send(self) -> None:
        """Do it; once, unless that is refused."""
        if not self.is_sent:
            self._run(dry_run=False)

    def action_foresee(self) -> None:
        """Say what it would do."""
        self._run(dry_run=True)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(OptionList.OptionHighlighted)
    def _changed(self) -> None:
        """A field is judged when typing pauses; one that is told to be wrong at once, since it may be mended."""
        self._is_warned = False
        if self._pause is not None:
            self._pause.stop()
        if any(one.is_wrong for one in self.query(FormField)):
            self.judge()
        else:
            self._pause = self.set_timer(PAUSE_SECONDS, self.judge)

    def on_descendant_blur(self) -> None:
        """A field that is left is judged."""
        if self.is_current:
            self.judge()

    @work(exclusive=True, group="judge")
    async def judge(self) -> None:
        """Tell under each field what is wrong with it."""
        answers = self.answers
        wrong = await self.shell.ask(lambda desk: self._judge(desk, answers))
        for field in self.query(FormField):
            lacks = self._is_refused and self._lacks(field)
            missing = self._says_lacking(field) if lacks else ""
            field.tell(wrong.get(field.field.id, missing))

    @on(Input.Submitted)
    @on(Choices.OptionSelected)
    def _next_field(self) -> None:
        """Enter goes on to the next field; in the last one it sends."""
        fields = list(self.query(FormField))
        at = next((n for n, one in enumerate(fields) if one.has_focus_within), len(fields))
        if at + 1 < len(fields):
            fields[at + 1].query_one(".entry").focus()
        else:
            self.action_send()

    def _run(self, *, dry_run: bool) -> None:
        lacking = [one for one in self.query(FormField) if self._lacks(one)]
        for field in lacking:
            field.tell(self._says_lacking(field))
        if lacking:
            self._is_refused = True
            lacking[0].go_in()
            return
        self.is_sent = self.is_sent or not dry_run
        self.kept = self.answers
        self.run_worker(self.carry_out(self.kept, dry_run=dry_run), group=f"{dry_run}")

    def _says_lacking(self, field: FormField) -> str:
        return self.shell.say("form.lacking", fields=field.field.title)

    def _lacks(self, field: FormField) -> bool:
        wants_reason = self._dangerous and field.field.id in ("reason", "opinion")
        return field.is_lacking or (wants_reason and not field.value.strip())

    @abstractmethod
    async def carry_out(self, answers: dict[str, str], *, dry_run: bool) -> None:
        """Do what it holds, or say what that would do."""

    def say(self, lines: Sequence[Content]) -> None:
        """Tell below the fields what came of it."""
        came = self.query_one("#came-of-it", Static)
        came.update(Content("\n").join(lines))
        came.scroll_visible(animate=False)


class FormScreen(Form):
    """The form of one act, carried out by `ask`."""

    def __init__(  # noqa: PLR0913 - what is asked, of whom, and who judges and does it
        self,
        shell: Shell,
        form: FormView,
        people: People,
        ask: Ask,
        judge: Judge,
        *,
        dangerous: bool = False,
    ) -> None:
        super().__init__(shell, form, people, judge, dangerous=dangerous)
        self._ask = ask

    @override
    async def carry_out(self, answers: dict[str, str], *, dry_run: bool) -> None:
        """Do it and leave; stay with the reason where it is refused, and with what would happen."""
        outcome = await self.shell.ask(lambda desk: self._ask(desk, answers, dry_run))
        if outcome.refusal is not None:
            self.is_sent = self.is_sent and dry_run
            self.say(refusal_lines(self.shell, outcome.refusal))
        elif dry_run:
            foreseen = shown(self.shell.say("form.foreseen"), "bold")
            self.say([foreseen, *happening_lines(self.shell, outcome)])
        else:
            self.dismiss(outcome)
