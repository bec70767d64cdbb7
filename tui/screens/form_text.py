"""A form that writes a piece of a rulebook; it stays open, with the reason, until that can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static
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
        fields: what is asked for.
        judge: says what is wrong with the answers; None if they will do.
        about: more words under the title.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        Binding("ctrl+s", "send", show=False, priority=True),
    ]

    def __init__(
        self,
        shell: Shell,
        title: str,
        fields: tuple[FieldView, ...],
        judge: Callable[[Answers], str | None],
        about: str = "",
    ) -> None:
        super().__init__()
        self.shell = shell
        self.form_title = title
        self.fields = fields
        self._judge = judge
        self._about = about

    @override
    def compose(self) -> ComposeResult:
        """The fields, what is wrong with them, and the keys."""
        with VerticalScroll(classes="dialog"):
            yield Static(shown(self.form_title, "bold"))
            if self._about:
                yield Static(shown(self._about), classes="shown")
            for field in self.fields:
                yield FormField(field)
            yield Static(id="came-of-it")
            yield Static(shown(self.shell.say("design.form_keys"), TONES["quiet"]))

    def on_mount(self) -> None:
        """The first field has the focus."""
        entries = list(self.query(".entry"))
        if entries:
            entries[0].focus()

    def action_send(self) -> None:
        """Write it, if it will do."""
        fields = list(self.query(FormField))
        answers = {one.field.id: one.value for one in fields}
        lacking = [one.field.title for one in fields if one.is_lacking]
        problem = self.shell.say("form.lacking", fields=", ".join(lacking)) if lacking else None
        problem = problem or self._judge(answers)
        if problem is None:
            self.dismiss(answers)
            return
        came = self.query_one("#came-of-it", Static)
        came.update(shown(problem, TONES["bad"]))
        came.scroll_visible(animate=False)
