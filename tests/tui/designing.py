"""A designer's terminal: a rulebook's file in the designer, driven key by key, without a workspace."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Literal

from dsl.catalogue import Language
from engine.drafting.manuscript import Manuscript
from engine.graph.glyphs import UNICODE, Glyphs
from tests.tui.driving import Terminal
from tui.app import BatonApp
from tui.screens.designer import DesignerScreen
from tui.shell import Shell

SMALL = Path("rulebooks/growing_company.rulebook").read_text("utf-8")
Script = Callable[["Studio"], Awaitable[None]]


class Studio(Terminal):
    """What a designer has before them."""

    @property
    def designer(self) -> DesignerScreen:
        """The screen of the designer, below whatever asks something."""
        return next(one for one in self.app.screen_stack if isinstance(one, DesignerScreen))

    @property
    def written(self) -> str:
        """What stands in the editor."""
        return self.designer.editor.text

    @property
    def codes(self) -> list[str]:
        """The problems that are told."""
        draft = self.designer.draft
        return [one.code for one in draft.problems] if draft else []

    @property
    def told(self) -> str:
        """What has been said in passing."""
        return "\n".join(one.message for one in self.app._notifications)

    def put_cursor(self, words: str) -> None:
        """Put the cursor on the first place where words stand."""
        self.designer.editor.go_to(self.written.index(words))


def design(  # noqa: PLR0913 - a terminal has a size, signs and a reader
    file: Path | None,
    script: Script,
    *,
    text: str | None = None,
    language: Language = "en",
    size: tuple[int, int] = (160, 48),
    glyphs: Glyphs = UNICODE,
    ambiguous: Literal[1, 2] = 1,
) -> None:
    """Run the designer on a file that holds a text, and a script against it."""
    if file is not None and text is not None:
        file.write_bytes(text.encode())

    async def run() -> None:
        manuscript = Manuscript(file)
        app = BatonApp(
            Shell(None, language, glyphs, ambiguous=ambiguous),
            lambda shell: DesignerScreen(shell, manuscript),
        )
        async with app.run_test(size=size) as pilot:
            studio = Studio(app, pilot)
            await studio.rest()
            await script(studio)

    asyncio.run(run())
