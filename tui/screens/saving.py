"""Keeping a text: saving it, noticing that its file has changed meanwhile, and asking before it is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from typing_extensions import override

from dsl.os_reasons import os_reason
from engine.drafting.manuscript import Manuscript
from tui.screens.base import BatonScreen
from tui.screens.menu import Choice, Menu
from tui.screens.naming import NameScreen
from tui.shell import Shell
from tui.texts import shown
from tui.widgets.editor import RulebookEditor

Then = Callable[[], None]
LOOK_SECONDS = 1.0
"""How often the file on the disk is looked at."""


class ManuscriptScreen(BatonScreen[None]):
    """A screen whose editor holds the text of a file.

    Args:
        shell: what every screen has at hand.
        manuscript: the file.
    """

    def __init__(self, shell: Shell, manuscript: Manuscript) -> None:
        super().__init__(shell)
        self.manuscript = manuscript
        self._asking = False
        self._aside = manuscript.aside()

    @override
    def on_mount(self) -> None:
        """The file is looked at from time to time; what was not saved last time is offered."""
        self.set_interval(LOOK_SECONDS, self._look_at_file)
        if self._aside is not None:
            self._offer_aside(self._aside)

    @property
    def offers_aside(self) -> bool:
        """True if there is a text that was not saved last time."""
        return self._aside is not None

    @property
    def editor(self) -> RulebookEditor:
        """Where the text is typed."""
        return self.widget(RulebookEditor, "editor")

    @property
    def is_unsaved(self) -> bool:
        """True if the file does not hold what stands in the editor."""
        return self.editor.text != (self.manuscript.kept or "")

    @override
    def heading(self) -> str:
        """The file, and whether it holds what is seen."""
        name = self.manuscript.name or self.shell.say("design.unnamed")
        return f"{name} {self.shell.say('design.unsaved')}" if self.is_unsaved else name

    @override
    def leave(self, go: Then) -> None:
        """Ask about what is not saved before anything is lost."""
        if self.is_unsaved:
            self._ask_before(go)
        else:
            go()

    def action_save(self) -> None:
        """Write the file."""
        self.save()

    def save(self, then: Then | None = None) -> None:
        """Write the file, under a name that is asked for where there is none; go on if that worked."""
        if self.manuscript.path is not None:
            self.run_worker(self._save(then), exclusive=True, group="save")
            return

        def named(path: str | None) -> None:
            if path is not None:
                self._forget_aside()
                self.manuscript.path = Path(path)
                self.run_worker(self._save(then), exclusive=True, group="save")

        self.app.push_screen(NameScreen(self.shell, "design.save_as"), named)

    async def _save(self, then: Then | None) -> None:
        manuscript, text = self.manuscript, self.editor.text
        try:
            problem = await asyncio.to_thread(manuscript.save, text)
        except OSError as error:
            self.tell("design.unwritten", reason=os_reason(self.shell.language, error))
            if manuscript.kept is None:
                manuscript.path = None
            return
        if problem == "changed":
            self._ask_about_change()
        elif problem is not None:
            self.tell("design.no_file", file=manuscript.name)
        else:
            self._forget_aside()
            self.tell("design.saved", file=manuscript.name)
            self.show_frame()
            if then is not None:
                then()

    def _ask_before(self, go: Then) -> None:
        """Save, or throw away, before going; or stay."""
        shell = self.shell
        choices: list[Choice[Literal["save", "drop"]]] = [
            Choice("s", shell.say("design.leave.save"), "save"),
            Choice("d", shell.say("design.leave.drop"), "drop", "notice"),
        ]

        def chosen(answer: Literal["save", "drop"] | None) -> None:
            if answer == "save":
                self.save(go)
            elif answer == "drop":
                self._forget_aside()
                go()

        menu = Menu(shell.say("design.leave.title"), choices, shell.say("design.leave.about"))
        self.app.push_screen(menu, chosen)

    async def _look_at_file(self) -> None:
        """Notice that somebody else has written the file."""
        moved = await asyncio.to_thread(self.manuscript.has_moved_on)
        if moved and self.is_active:
            self._ask_about_change()
        await self.set_aside()

    async def set_aside(self) -> None:
        """Keep beside the file what stands here and is not saved: nothing is lost with the terminal."""
        wanted = self.editor.text if self.is_unsaved else None
        if wanted != self._aside and not self._asking:
            self._aside = wanted
            await asyncio.to_thread(self.manuscript.set_aside, wanted)

    @override
    def keep(self) -> None:
        """What is not saved is set aside; what was set aside before is never taken away."""
        if self.is_unsaved:
            self.manuscript.set_aside(self.editor.text)

    def _forget_aside(self) -> None:
        self._aside = None
        self.manuscript.set_aside(None)

    def _offer_aside(self, text: str) -> None:
        self._asking = True
        shell = self.shell
        choices: list[Choice[Literal["take", "drop"]]] = [
            Choice("r", shell.say("design.aside.take"), "take"),
            Choice("d", shell.say("design.aside.drop"), "drop", "notice"),
        ]

        def chosen(answer: Literal["take", "drop"] | None) -> None:
            self._asking = False
            if answer == "drop":
                self._forget_aside()
            else:
                self.editor.become(text)

        about = shell.say("design.aside.about")
        self.app.push_screen(Menu(shell.say("design.aside.title"), choices, about), chosen)

    def _ask_about_change(self) -> None:
        if self._asking:
            return
        self._asking = True
        shell = self.shell
        choices: list[Choice[Literal["theirs", "mine"]]] = [
            Choice("r", shell.say("design.changed.theirs"), "theirs", "notice"),
            Choice("k", shell.say("design.changed.mine"), "mine"),
        ]
        title = shell.say("design.changed.title", file=self.manuscript.name)
        self.app.push_screen(Menu(title, choices), self._decided)

    def _decided(self, answer: Literal["theirs", "mine"] | None) -> None:
        """Whatever is decided, what the file holds now is known; undo brings back what stood here."""
        self._asking = False
        theirs = self.manuscript.read_again()
        if answer == "theirs":
            self.editor.become(theirs)
        self.show_frame()

    def tell(self, message: str, **values: str) -> None:
        """Say something in passing."""
        self.app.notify(shown(self.shell.say(message, **values)).plain, markup=False)
