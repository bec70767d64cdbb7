"""Keys in turn: each goes to what has the focus once the one before it has had its effect.

Textual hands every key at once to what has the focus at that moment, while its effect (another focus, another
screen) comes later: of keys that come in one burst, letters would be commands of a screen that is left already.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.events import Key
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from tui.screens.base import BatonScreen
from tui.shell import Typed
from tui.widgets.painted import Painted

Place = tuple[Screen[Any], Widget | None]
LONGEST_WAIT_SECONDS = 3
"""Whoever has to wait longer for what a key has set going is heard meanwhile."""

MOVES = frozenset({"up", "down", "j", "k", "pageup", "pagedown"})
"""Keys that only go up and down in what is painted line by line: a key that is held down is not waited for."""
ROUNDS = 2
"""A key is heard in the first round, and in the second what a widget tells its screen because of it."""


class Turns:
    """See the module's docstring.

    Args:
        app: whose keys they are.
        waiting: where they wait; what nobody shall hear any more may be taken out of it.
        send: hands a key to what has the focus.
    """

    def __init__(
        self, app: App[None], waiting: deque[Typed], send: Callable[[Typed], Awaitable[None]]
    ) -> None:
        self._app = app
        self._waiting = waiting
        self._send = send
        self._is_busy = False
        self._last: tuple[str, Place] | None = None

    def take(self, typed: Typed) -> None:
        """Send a key when its turn comes."""
        self._waiting.append(typed)
        if not self._is_busy:
            self._is_busy = True
            self._app.run_worker(self._in_turn(), group="keys")

    async def _in_turn(self) -> None:
        try:
            while self._waiting:
                if not self._is_held(self._waiting[0]):
                    with suppress(TimeoutError):
                        async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                            await self._calm()
                if self._waiting:
                    typed = self._waiting.popleft()
                    self._last = (typed.key, self._place) if isinstance(typed, Key) else None
                    await self._send(typed)
        finally:
            self._is_busy = False

    def _is_held(self, typed: Typed) -> bool:
        """True of one more of the same move in the same place."""
        return (
            isinstance(typed, Key)
            and typed.key in MOVES
            and self._last == (typed.key, self._place)
            and isinstance(self._app.focused, Painted)
        )

    async def _calm(self) -> None:
        """Until nothing is on its way that changes what the next key is for."""
        rounds = 0
        while rounds < ROUNDS:
            place = self._place
            node: DOMNode | None = self._app.focused or self._app.screen
            while node is not None:
                await _heard(node)
                node = node.parent
            screen = self._app.screen
            if isinstance(screen, BatonScreen):
                await screen.known.wait()
            rounds = rounds + 1 if place == self._place else 0

    @property
    def _place(self) -> Place:
        """Where a key goes."""
        return self._app.screen, self._app.focused


async def _heard(pump: MessagePump) -> None:
    """Until a part of the screen has dealt with all that it was told."""
    heard = asyncio.Event()
    if pump.call_later(heard.set):
        await heard.wait()
