"""What all screens share: the shell, the header and the footer, and when they look again."""

from __future__ import annotations

from abc import abstractmethod
from asyncio import Event
from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.widget import Widget
from typing_extensions import override

from tui.messages import LanguageChanged, LedgerMoved
from tui.screens.acting import take_back
from tui.screens.dialog import LeftOnce
from tui.shell import Shell
from tui.texts import shown
from tui.widgets.keys import KeyLine
from tui.widgets.lines import Lines

T = TypeVar("T")
W = TypeVar("W", bound=Widget)
WIDE = 110
"""Columns from which panes stand side by side."""


class BatonScreen(LeftOnce[T]):
    """A whole screen between a header and a line of keys.

    Args:
        shell: what every screen has at hand.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,left,h", "back", "back", show=False),
        Binding("u", "undo_act", show=False),
    ]
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012 - as textual declares it
        (0, "-narrow"),
        (WIDE, "-wide"),
    ]
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """The keys of the footer: what is pressed, and the message that says what it does."""
    HELP_KEY = "?"
    """What shows all keys; another one where letters are typed."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.known = Event()
        """Set once the desk has told what there is to act upon."""

    @override
    def compose(self) -> ComposeResult:
        """A header, the screen's own part, a line of keys."""
        yield Lines(id="header")
        yield from self.body()
        yield KeyLine(id="keys")

    @abstractmethod
    def body(self) -> ComposeResult:
        """The screen's own widgets."""

    @abstractmethod
    async def show_all(self) -> None:
        """Ask the desk, and show what it says."""

    @abstractmethod
    def heading(self) -> str:
        """What the header says of this screen."""

    def on_mount(self) -> None:
        """Show what is now; textual calls it after that of the screen itself."""
        self.look_again()

    @on(LedgerMoved)
    @on(LanguageChanged)
    def look_again(self) -> None:
        """Show what is now; what was asked before is not waited for."""
        self._look()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        try:
            await self.show_all()
            self.known.set()
            self.show_frame()
        except NoMatches:
            if self.display:  # else it is being taken down, and what it shows in is gone
                raise

    def show_frame(self) -> None:
        """The header and the keys."""
        shell = self.shell
        parts = [shell.say("header.baton"), shell.place, self.heading(), shell.person]
        text = " · ".join(part for part in parts if part)
        self.widget(Lines, "header").show(shown(text))
        keys = [(key, shell.say(f"key.{name}")) for key, name in self.KEYS]
        self.query_one(KeyLine).show([(self.HELP_KEY, shell.say("key.help")), *keys], shell.key)

    def action_back(self) -> None:
        """Leave for the screen before."""
        if len(self.app.screen_stack) > 2:  # noqa: PLR2004 - textual's own and the board stay
            self.dismiss()

    async def action_undo_act(self) -> None:
        """Take the last act back by one that follows, where there is such an act."""
        await take_back(self, self.shell)

    def leave(self, go: Callable[[], None]) -> None:
        """Go, once nothing would be lost by it."""
        go()

    def keep(self) -> None:
        """Keep what would be lost when the screens end without having been left."""

    def widget(self, kind: type[W], name: str) -> W:
        """A part of the screen by its id."""
        return self.query_one(f"#{name}", kind)
