"""All keys, those of what has the focus first; then what the signs of the screens mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
        heard: the keys that are heard below it, those of what has the focus first.
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

    def __init__(self, shell: Shell, heard: Iterable[Binding]) -> None:
        super().__init__()
        self.shell = shell
        keys: dict[str, list[str]] = {}
        for one in heard:
            keys.setdefault(_action(one), []).append(one.key)
        acts = self._acts() if "act" in keys else ()
        self._lines = [*self._bound(keys), *acts, *legend(shell)]

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

    def _bound(self, keys: Mapping[str, Sequence[str]]) -> Iterable[tuple[str, str]]:
        """The keys of actions that there are words for."""
        for action, bound in keys.items():
            if MESSAGES.has(self.shell.language, f"help.{action}"):
                yield self.shell.key(_keys(bound)), self.shell.say(f"help.{action}")

    def _acts(self) -> Iterable[tuple[str, str]]:
        for act, known in ACT_KEYS.items():
            yield f"a {known.key}", self.shell.act(act)


def _action(binding: Binding) -> str:
    return binding.action.partition("(")[0].rpartition(".")[2]


def _keys(keys: Iterable[str]) -> str:
    names = list(dict.fromkeys(map(told_as, keys)))
    return f"{names[0]}-{names[-1]}" if len(names) > 4 else " ".join(names)  # noqa: PLR2004 - a range
