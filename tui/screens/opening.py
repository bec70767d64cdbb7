"""Opening a case: which process, then the form that its facts make."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from typing_extensions import override

from engine.desk.desk import RulebookChoice
from engine.desk.fields import FormView
from engine.desk.outcome import Outcome
from tui.office import Desk
from tui.screens.acting import tell
from tui.screens.case import CaseScreen
from tui.screens.dialog import Dialog
from tui.screens.filling import FormScreen
from tui.shell import Shell
from tui.texts import shown
from tui.widgets.people import People


class OpeningScreen(Dialog[None]):
    """See the module's docstring.

    Args:
        shell: what every screen has at hand.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.choices: tuple[RulebookChoice, ...] = ()

    @override
    def compose(self) -> ComposeResult:
        """The processes that a case can be opened for."""
        with Vertical(classes="dialog menu"):
            yield Static(shown(self.shell.say("opening.which"), "bold"))
            yield OptionList(markup=False)
            yield Static(id="none")

    async def on_mount(self) -> None:
        """List what is published."""
        language = self.shell.language
        self.choices = await self.shell.ask(lambda desk: desk.rulebooks(language))
        options = self.query_one(OptionList)
        options.add_options(Option(shown(f"{one.title}  ({one.rulebook})")) for one in self.choices)
        options.highlighted = 0 if self.choices else None
        options.focus()
        if not self.choices:
            self.query_one("#none", Static).update(shown(self.shell.say("opening.none")))

    @on(OptionList.OptionSelected)
    async def _chosen(self, message: OptionList.OptionSelected) -> None:
        choice, shell = self.choices[message.option_index], self.shell
        language = shell.language

        def question(desk: Desk) -> tuple[FormView, People]:
            return desk.opening_form(choice, language), desk.people()

        def ask(desk: Desk, answers: dict[str, str], dry_run: bool) -> Outcome:  # noqa: FBT001
            return desk.open(choice, answers, language, dry_run=dry_run)

        def judge(desk: Desk, answers: dict[str, str]) -> dict[str, str]:
            return desk.wrong_opening(choice, answers, language)

        form, people = await shell.ask(question)
        await self.app.push_screen(FormScreen(shell, form, people, ask, judge), self._opened)

    def _opened(self, outcome: Outcome | None) -> None:
        app = self.app
        self.dismiss()
        if outcome is not None:
            tell(self, self.shell, outcome)
            app.push_screen(CaseScreen(self.shell, outcome.case))
