"""All keys, those of what has the focus first; then what the signs of the screens mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from typing_extensions import override

from tui.acts import ACT_KEYS
from tui.legend import legend
from tui.screens.dialog import Dialog
from tui.shell import Shell
from tui.texts import MESSAGES, shown
from tui.widgets.keys import told_as


class HelpScreen(Dialog[None]):
    """A list of keys and signs that can be searched.

    Args:
        shell: what every screen has at hand.
        nodes: where keys are bound: what has the focus, what is around it, the application.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        *(
            Binding(key, f"in_list('{action}')", show=False)
            for key, action in (
                ("up", "cursor_up"),
                ("down", "cursor_down"),
                ("pageup", "page_up"),
                ("pagedown", "page_down"),
            )
        ),
    ]

    def __init__(self, shell: Shell, nodes: Iterable[object]) -> None:
        super().__init__()
        self.shell = shell
        self._lines = [*self._bound(nodes), *self._acts(), *legend(shell)]

    @override
    def compose(self) -> ComposeResult:
        """A field to search in, and the keys."""
        with Vertical(classes="dialog"):
            yield Static(shown(self.shell.say("help.title"), "bold"))
            yield Input(placeholder=self.shell.say("help.search"))
            yield OptionList(*self._options(""), markup=False)

    @on(Input.Changed)
    def _searched(self, message: Input.Changed) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(self._options(message.value))

    async def action_in_list(self, action: str) -> None:
        """Move in the list of keys while words are typed."""
        await self.query_one(OptionList).run_action(action)

    def _options(self, words: str) -> list[Option]:
        room = max((cell_len(key) for key, _ in self._lines), default=0) + 2
        found = [
            Option(Content.assemble(shown(set_cell_size(key, room), "bold"), shown(text)))
            for key, text in self._lines
            if words.casefold() in f"{key} {text}".casefold()
        ]
        return found or [Option(shown(self.shell.say("help.none")), disabled=True)]

    def _bound(self, nodes: Iterable[object]) -> Iterable[tuple[str, str]]:
        said: set[str] = set()
        for node in nodes:
            for binding in getattr(type(node), "BINDINGS", ()):
                action = _action(binding)
                message = f"help.{action}"
                if action in said or not MESSAGES.has(self.shell.language, message):
                    continue
                said.add(action)
                keys = [
                    one.key for one in getattr(type(node), "BINDINGS", ()) if _action(one) == action
                ]
                yield self.shell.key(_keys(keys)), self.shell.say(message)

    def _acts(self) -> Iterable[tuple[str, str]]:
        for act, known in ACT_KEYS.items():
            yield f"a {known.key}", self.shell.act(act)


def _action(binding: Binding) -> str:
    return binding.action.partition("(")[0].removeprefix("app.")


def _keys(keys: list[str]) -> str:
    names = [told_as(one) for key in keys for one in key.split(",")]
    return f"{names[0]}-{names[-1]}" if len(names) > 4 else " ".join(names)  # noqa: PLR2004 - a range
