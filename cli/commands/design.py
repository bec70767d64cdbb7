"""`baton design`: a rulebook in the designer, with what the compiler says while it is written."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from importlib import import_module
from pathlib import Path

from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.screens import show_screens, sign_arguments
from cli.workplace import workplace
from dsl.catalogue import MESSAGES as LANGUAGE
from engine.desk.desk import Desk
from engine.drafting.manuscript import Manuscript, UnreadableError
from engine.workspace import is_workspace


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("file", about="design_file", nargs="?", metavar="FILE")
    sign_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Shows the designer until the person leaves; the exit code.

    A rulebook can be written anywhere; in a workspace it can be published too.
    """
    manuscript = _opened(options, given.file)

    def first(shell: object) -> object:
        return import_module("tui.screens.designer").DesignerScreen(shell, manuscript)

    if options.workspace == "." and not is_workspace(Path()):
        show_screens(options, None, "", first, given=given)
        return 0
    with workplace(options) as place:
        desk = partial(Desk, place.service, place.designer(), place.administration)
        show_screens(options, desk, place.name, first, given=given)
    return 0


def _opened(options: Options, file: str | None) -> Manuscript:
    try:
        return Manuscript(Path(file) if file else None)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
    except UnreadableError as error:
        reason = LANGUAGE.say(options.language, f"{error}.title")
    raise wrong_use(options.language, "C117", file=str(file), reason=reason)
