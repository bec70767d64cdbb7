"""A form that writes a piece of a rulebook; it stays open, with the reason, until that can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from msgspec import structs
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, OptionList, Static
from typing_extensions import override

from engine.desk.fields import FieldView
from tui.screens.dialog import Dialog
from tui.shell import Shell
from tui.texts import shown
from tui.themes import TONES
from tui.widgets.fields import FormField

Answers = dict[str, str]


class TextForm(Dialog[Answers | None]):
    """See the module's docstring.

    Args:
        shell: what every screen has at hand.
        title: what it is about.
        ask: what is asked for, by what has been answered so far.
        judge: says what is wrong with the answers; None if they will do.
        about: more words under the title.
    """

    DEFAULT_CSS = """
    TextForm #asked { height: auto; }
    TextForm #foot { height: auto; dock: bottom; background: $surface; }
    TextForm #came-of-it { margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        Binding("ctrl+s", "send", show=False, priority=True),
    ]

    def __init__(
        self,
        shell: Shell,
        title: str,
        ask: Callable[[Answers], tuple[FieldView, ...]],
        judge: Callable[[Answers], str | None],
        about: str = "",
    ) -> None:
        super().__init__()
        self.shell = shell
        self.form_title = title
        self._ask = ask
        self._judge = judge
        self._about = about

    @override
    def compose(self) -> ComposeResult:
        """The fields, what is wrong with them, and the keys."""
        with VerticalScroll(classes="dialog"):
            yield Static(shown(self.form_title, "bold"))
            if self._about:
                yield Static(shown(self._about), classes="shown")
            with Vertical(id="asked"):
                for field in self._ask({}):
                    yield FormField(self.shell, field)
            with Vertical(id="foot"):
                yield Static(id="came-of-it")
                yield Static(shown(self.shell.say("design.form_keys"), TONES["quiet"]))

    def on_mount(self) -> None:
        """The first field has the focus."""
        entries = list(self.query(".entry"))
        if entries:
            entries[0].focus()

    @property
    def answers(self) -> Answers:
        """What stands in the fields, by their ids."""
        return {one.field.id: one.value for one in self.query(FormField)}

    @on(OptionList.OptionHighlighted)
    @on(Input.Changed)
    async def _answered(self) -> None:
        """Ask for what is to be asked now; fields that are as they were keep what stands in them."""
        self.query_one("#came-of-it", Static).update()
        wanted = self._ask(self.answers)
        here = {one.field.id: one for one in self.query(FormField)}
        kept = {
            one.id: here[one.id] for one in wanted if one.id in here and _alike(here[one.id], one)
        }
        for id_, one in here.items():
            if id_ not in kept:
                await one.remove()
        asked, before = self.query_one("#asked"), None
        for field in wanted:
            one = kept.get(field.id) or FormField(self.shell, field)
            if field.id not in kept:
                await asked.mount(one, **({"before": 0} if before is None else {"after": before}))
            before = one

    def action_send(self) -> None:
        """Write it, if it will do."""
        lacking = [one for one in self.query(FormField) if one.is_lacking]
        if lacking:
            titles = self.shell.listed(one.field.title for one in lacking)
            self.tell(self.shell.say("form.lacking", fields=titles))
            lacking[0].go_in()
            return
        problem = self._judge(self.answers)
        if problem is None:
            self.finish()
        else:
            self.tell(problem)

    def finish(self) -> None:
        """What is to be done with answers that will do."""
        self.dismiss(self.answers)

    def tell(self, problem: str) -> None:
        """Say above the keys why nothing has come of it."""
        self.query_one("#came-of-it", Static).update(shown(problem, TONES["bad"]))


def _alike(one: FormField, field: FieldView) -> bool:
    """True if a field asks for what another one does, whatever stands in it."""
    return structs.replace(one.field, value="") == structs.replace(field, value="")
