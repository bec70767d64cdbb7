"""The application: its screens over one desk, and the look-out for what others do meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from rich.console import RenderableType
from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Event
from textual.filter import LineFilter
from textual.notifications import Notify
from textual.worker import WorkerFailed
from typing_extensions import override

from tui.cells import draw_ambiguous
from tui.messages import LanguageChanged, LedgerMoved
from tui.plain import plain_filters
from tui.screens.base import BatonScreen
from tui.screens.board import BoardScreen
from tui.screens.commands import BatonCommands, Palette
from tui.screens.help import HelpScreen
from tui.shell import Shell, Typed
from tui.themes import THEMES
from tui.turns import Turns

FirstScreen = Callable[[Shell], BatonScreen[Any]]
READ_SECONDS = 1
"""A notice that has stood so long has been read, and goes with the next key."""
LOOK_SECONDS = 0.5
"""How often the ledger's position is looked at."""


class BatonApp(App[None]):
    """Baton's terminal UI for one person.

    Args:
        shell: the desk and how it is shown.
        first: makes the screen that is shown first.
    """

    CSS_PATH = Path(__file__).with_name("baton.tcss")
    COMMANDS: ClassVar = {BatonCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", show=False),
        Binding("colon", "command_palette", show=False),
        Binding("f2", "language", show=False),
        Binding("f3", "theme", show=False),
        Binding("f5", "refresh_all", show=False),
        Binding("ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+c", "quit", show=False),
    ]

    def __init__(self, shell: Shell, first: FirstScreen = BoardScreen) -> None:
        self._plain = plain_filters(one_cell=shell.ambiguous == 1) if shell.is_plain else ()
        super().__init__()
        self.shell = shell
        self._first = first
        self._position = -1
        self.defect: BaseException | None = None
        """What the screens could not go on with."""
        self._turns = Turns(self, shell.typed, super().on_event)
        draw_ambiguous(shell.ambiguous)

    async def on_mount(self) -> None:
        """Find out who sits here, then show the first screen."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        if self.shell.office is not None:
            self._position = await self.shell.settle_in()
            self.set_interval(LOOK_SECONDS, self._look)
        await self.push_screen(self._first(self.shell))

    @override
    def get_line_filters(self) -> Sequence[LineFilter]:
        """What the terminal cannot show is drawn in another way."""
        return [*super().get_line_filters(), *self._plain]

    @override
    async def on_event(self, event: Event) -> None:
        """Keys are heard in turn."""
        if isinstance(event, Typed) and not event.is_forwarded:
            self._forget_notice()
            self._turns.take(event)
        else:
            await super().on_event(event)

    def on_notify(self, _notice: Notify) -> None:
        """A notice takes the place of the one before."""
        self.clear_notifications()

    def _forget_notice(self) -> None:
        if any(one.timeout - one.time_left > READ_SECONDS for one in self._notifications):
            self.clear_notifications()

    def on_unmount(self) -> None:
        """The desk's thread ends with the screens."""
        if self.shell.office is not None:
            self.shell.office.close()

    @override
    def _handle_exception(self, error: Exception) -> None:
        """Keep what is not saved, and what went wrong for whoever has started the screens; then they end."""
        if self.defect is None:
            self.defect = error.error if isinstance(error, WorkerFailed) else error
            for screen in self.screen_stack:
                with suppress(Exception):  # what a broken screen cannot give hinders no other
                    if isinstance(screen, BatonScreen):
                        screen.keep()
        super()._handle_exception(error)

    @override
    def _fatal_error(self) -> None:
        """End at once: textual would print every value around the error, and private ones among them."""
        self.panic()

    @override
    def panic(self, *_told: RenderableType) -> None:
        """End; what is told of it is the command line's part."""
        super().panic()

    async def _look(self) -> None:
        position = await self.shell.ask(lambda desk: desk.position())
        if position != self._position:
            self._position = position
            self.action_refresh_all()

    def action_refresh_all(self) -> None:
        """Every open screen shows what is now."""
        for screen in self.screen_stack:
            screen.post_message(LedgerMoved())

    def action_language(self) -> None:
        """Change between Chinese and English."""
        self.shell.language = "en" if self.shell.language == "zh" else "zh"
        for screen in self.screen_stack:
            screen.post_message(LanguageChanged())

    def action_theme(self) -> None:
        """Change between dark and light."""
        dark, light = (theme.name for theme in THEMES)
        self.theme = light if self.theme == dark else dark

    @override
    async def action_quit(self) -> None:
        """Leave, once every screen lets go of what it holds."""
        go: Callable[[], None] = self.exit
        for screen in self.screen_stack:
            if isinstance(screen, BatonScreen):
                go = partial(screen.leave, go)
        go()

    @override
    def action_command_palette(self) -> None:
        """Every command, by name."""
        if not isinstance(self.screen, Palette):
            placeholder = self.shell.say("palette.search")
            self.push_screen(Palette(placeholder=placeholder, id="--command-palette"))

    def action_help(self) -> None:
        """All keys of what has the focus, and of everything around it."""
        if not isinstance(self.screen, HelpScreen):
            heard = [one.binding for one in self.screen.active_bindings.values()]
            self.push_screen(HelpScreen(self.shell, heard))
