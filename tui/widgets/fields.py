"""The fields of a form: what each kind is filled in with."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option
from typing_extensions import override

from engine.desk.fields import FieldView
from tui.shell import Shell
from tui.texts import shown
from tui.widgets.files import FileField
from tui.widgets.looking import LookUp
from tui.widgets.people import People, PersonField


class Choices(OptionList):
    """What can be chosen; what is marked is chosen, and nothing is until somebody marks it.

    Args:
        field: with the options, and the one that is chosen at first.
    """

    def __init__(self, field: FieldView) -> None:
        options = (Option(shown(text)) for _, text in field.options)
        super().__init__(*options, classes="entry", markup=False)
        values = [value for value, _ in field.options]
        self.highlighted = values.index(field.value) if field.value in values else None

    @override
    def action_select(self) -> None:
        """Enter marks the first where nothing is marked; else it goes on."""
        if self.highlighted is None:
            self.action_first()
        else:
            super().action_select()


class FormField(Vertical):
    """One field with its title.

    Args:
        shell: what every screen has at hand.
        field: what is asked for.
        people: whom a field for a person may name.
    """

    DEFAULT_CSS = """
    FormField { height: auto; margin-bottom: 1; }
    FormField Input { border: none; height: 1; background: $panel; padding: 0 1; }
    FormField Input:focus { border: none; background: $primary 20%; }
    FormField OptionList { height: auto; max-height: 6; border: none; padding: 0; }
    FormField TextArea { height: 5; border: none; background: $panel; }
    FormField .title { color: $text-muted; }
    FormField .wrong { color: $text-error; display: none; }
    FormField.-wrong .wrong { display: block; }
    """

    def __init__(self, shell: Shell, field: FieldView, people: People = ()) -> None:
        super().__init__()
        self._shell = shell
        self.field = field
        self._people = people
        # Its parts may be asked for when the form is on its way out and they are taken away already.
        self._entry = self._made()
        self._wrong = Static(classes="wrong")

    @override
    def compose(self) -> ComposeResult:
        """The title, and what is filled in."""
        field = self.field
        star = " *" if field.required else ""
        columns = f" ({', '.join(field.columns)})" if field.columns else ""
        yield Static(shown(f"{field.title}{star}{columns}"), classes="title")
        yield self._entry
        yield self._wrong

    @property
    def is_wrong(self) -> bool:
        """True while it is told what is wrong with it."""
        return self.has_class("-wrong")

    def tell(self, problem: str) -> None:
        """Say below it what is wrong with what stands in it; nothing if it will do."""
        self.set_class(bool(problem), "-wrong")
        self._wrong.update(shown(problem))

    def go_in(self) -> None:
        """Give it the focus, with its title and what is told of it in sight."""
        self.query_one(".entry").focus(scroll_visible=False)
        self.call_after_refresh(self.scroll_visible, animate=False, immediate=True)

    @property
    def value(self) -> str:
        """What stands in it."""
        entry = self._entry
        match entry:
            case FileField():
                return entry.chosen
            case Input() | LookUp():
                return entry.value
            case TextArea():
                return entry.text
            case Choices():
                at = entry.highlighted
                return "" if at is None else self.field.options[at][0]
            case _:
                return ""

    @property
    def is_lacking(self) -> bool:
        """True if it must hold something and does not."""
        return self.field.required and not self.value.strip()

    def _made(self) -> Widget:
        field = self.field
        match field.kind:
            case "choice":
                return Choices(field)
            case "table":
                return TextArea(field.value, classes="entry", tab_behavior="focus")
            case "file":
                return FileField(self._shell)
            case "shown":
                return Static(shown(field.value))
            case "person":
                return PersonField(self._shell, field.value, self._people)
            case _:
                hint = "2026-12-31" if field.kind == "date" else ""
                return Input(field.value, placeholder=hint, classes="entry", select_on_focus=False)
