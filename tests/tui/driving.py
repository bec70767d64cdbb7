"""A terminal of a given size, driven key by key over a company's service; what it shows is text."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Literal

from textual.events import Key
from textual.pilot import Pilot

from dsl.catalogue import Language
from engine.commands import Actor
from engine.desk.desk import Desk
from engine.graph.glyphs import UNICODE, Glyphs
from engine.service import Service
from tui.app import BatonApp
from tui.shell import Shell

Script = Callable[["Terminal"], Awaitable[None]]
ENGLISH = partial(Shell, language="en")


class Terminal:
    """What a person has before them."""

    def __init__(self, app: BatonApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def whole_lines(self) -> list[str]:
        """The screen, line by line, to its right edge."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(part.text for part in strip) for strip in strips]

    @property
    def lines(self) -> list[str]:
        """The screen, line by line."""
        return [line.rstrip() for line in self.whole_lines]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    async def rest(self) -> None:
        """Until the desk has answered everything and it is painted."""
        for _ in range(2):
            if self.app.shell.office is not None:
                await self.app.shell.ask(lambda desk: desk.position())
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def ends(self) -> None:
        """Until the program has ended."""
        while self.app.is_running:
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Keys, one after another, each with its effect."""
        for key in keys:
            await self.pilot.press(key)
            await self.rest()

    def hurry(self, *keys: str) -> None:
        """Keys that all come before the first has its effect."""
        for key in keys:
            self.app.post_message(Key(NAMES.get(key, key), key if len(key) == 1 else None))

    async def write(self, text: str) -> None:
        """Text into the field that has the focus."""
        await self.pilot.press(*(NAMES.get(char, char) for char in text))
        await self.rest()


NAMES = {" ": "space", "\n": "enter", "[": "left_square_bracket", "/": "slash", ":": "colon"}


def drive_at(
    desk: Desk,
    script: Script,
    *,
    size: tuple[int, int],
    shell: Callable[..., Shell] = ENGLISH,
) -> None:
    """Run the application over a desk, and a script against it."""

    async def run() -> None:
        app = BatonApp(shell(lambda: desk))
        async with app.run_test(size=size) as pilot:
            terminal = Terminal(app, pilot)
            await terminal.rest()
            await script(terminal)

    asyncio.run(run())


def drive(  # noqa: PLR0913 - a terminal has a size, signs and a reader
    service: Service,
    person: str,
    script: Script,
    *,
    language: Language = "en",
    size: tuple[int, int] = (120, 40),
    glyphs: Glyphs = UNICODE,
    ambiguous: Literal[1, 2] = 1,
) -> None:
    """Run the application for a person, and a script against it."""
    desk = Desk(service, Actor(person, "sandbox", "desk"))
    shell = partial(Shell, language=language, glyphs=glyphs, place="sample", ambiguous=ambiguous)
    drive_at(desk, script, size=size, shell=shell)
