"""Changed texts of rulebooks: shown as a difference, or written over their files as a whole."""

from __future__ import annotations

import sys
from difflib import unified_diff
from pathlib import Path

from cli.failures import wrong_use
from cli.options import Options
from cli.output import Output
from cli.texts import MESSAGES
from dsl.source import Source
from engine.drafting.files import replace_file

_YES = {"y", "yes", "是"}
_COLOURS = {"+": "good", "-": "bad", "@": "quiet"}


def show_changes(output: Output, source: Source, text: str) -> None:
    """What is different in a new text of a source, line by line."""
    before, after = source.original.split("\n"), text.split("\n")
    for line in unified_diff(before, after, source.name, source.name, lineterm=""):
        output.line(line, _COLOURS.get(line[:1], ""))


def agreed(output: Output, question: str) -> bool:
    """Asks whether to make a change; whoever says nothing has said no."""
    print(output.say(question), end=" ", flush=True)
    return sys.stdin.readline().strip().lower() in _YES


def write(options: Options, file: str, before: Source, text: str) -> None:
    """Replaces a file as a whole, keeping its mode.

    A link is not followed, and what somebody has written since the file was read is kept.
    """
    try:
        reason = replace_file(Path(file), before.original, text)
    except OSError as error:
        cause = error.strerror or str(error)
        raise wrong_use(options.language, "C132", file=file, reason=cause) from error
    if reason is not None:
        cause = MESSAGES.say(options.language, f"rewriting.{reason}")
        raise wrong_use(options.language, "C132", file=file, reason=cause)
