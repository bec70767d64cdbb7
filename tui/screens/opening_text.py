"""Opening a rulebook in the designer: which file, or a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from textual.screen import Screen

from dsl.catalogue import MESSAGES as LANGUAGE
from dsl.os_reasons import os_reason
from engine.drafting.manuscript import Manuscript, UnreadableError
from tui.screens.designer import DesignerScreen
from tui.screens.naming import NameScreen
from tui.shell import Shell
from tui.texts import shown

T = TypeVar("T")


def design(screen: Screen[T], shell: Shell) -> None:
    """Ask for a file, and show it in the designer."""

    def named(path: str | None) -> None:
        if path is None:
            return
        try:
            manuscript = Manuscript(_near(Path(path)))
        except (OSError, ValueError) as error:
            reason = os_reason(shell.language, error)
        except UnreadableError as error:
            reason = LANGUAGE.say(shell.language, f"{error}.title")
        else:
            screen.app.push_screen(DesignerScreen(shell, manuscript))
            return
        text = shell.say("design.unread", file=path, reason=reason)
        screen.app.notify(shown(text).plain, severity="error", markup=False)

    screen.app.push_screen(NameScreen(shell, "design.open"), named)


def _near(path: Path) -> Path:
    """The shorter name of a file below the folder that one works in."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
