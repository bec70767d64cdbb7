"""The command palette: whatever can be done from where one is, found by typing a part of its name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from typing_extensions import override

from tui.screens.dialog import may_leave
from tui.shell import Shell
from tui.texts import MESSAGES, shown


class Palette(CommandPalette):
    """Textual's own, left once."""

    @override
    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave with a command; once, however fast keys come."""
        return super().dismiss(result) if may_leave(self) else AwaitComplete()


class BatonCommands(Provider):
    """Offers the bound actions of the screen and the application, by their names in the help."""

    @override
    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for text, action in self._offered():
            yield DiscoveryHit(shown(text), self._runner(action), text=text)

    @override
    async def search(self, query: str) -> Hits:
        """What fits the words that were typed."""
        matcher = self.matcher(query)
        found = [(matcher.match(text), text, action) for text, action in self._offered()]
        hits = [one for one in found if one[0] > 0]
        for score, text, action in hits:
            yield Hit(score, shown(text), self._runner(action), text=text)
        if self._shell is not None and not hits:
            text = self._shell.say("palette.none")
            yield Hit(1, shown(text), self._runner("help"), text=text)

    @property
    def _shell(self) -> Shell | None:
        """What the application has at hand."""
        return getattr(self.app, "shell", None)

    def _offered(self) -> Iterable[tuple[str, str]]:
        shell = self._shell
        if shell is None:
            return
        said: set[str] = set()
        nodes = (one for one in (self.focused, self.screen, self.app) if one is not None)
        for node in nodes:
            for binding in getattr(type(node), "BINDINGS", ()):
                message = f"help.{binding.action}"
                if binding.action not in said and MESSAGES.has(shell.language, message):
                    said.add(binding.action)
                    yield shell.say(message), binding.action

    def _runner(self, action: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            target = self.screen if hasattr(self.screen, f"action_{action}") else self.app
            await self.app.run_action(action, target)

        return run
