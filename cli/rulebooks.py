"""Rulebook files: finding, reading and checking them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from cli.failures import StopError, wrong_use
from cli.options import Options
from cli.output import Output
from cli.shelf import Shelf
from dsl.pipeline import Outcome, check_source
from dsl.render import render_json, render_text
from dsl.source import MAX_BYTES, Source, of_bytes
from engine.drafting.files import read_bytes

SUFFIX = ".rulebook"
STANDARD = "-"
"""In the place of a file: the standard input."""


def files_of(options: Options, names: Iterable[str]) -> tuple[str, ...]:
    """The files that are named, each once: a folder stands for every rulebook in it and below.

    Hidden folders are left out, and links to folders are not followed.
    """
    found = (
        file for name in names for file in (_below(options, name) if _is_folder(name) else (name,))
    )
    return tuple(dict.fromkeys(found))


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):  # no name that a folder could have
        return False


def _below(options: Options, folder: str) -> Iterator[str]:
    def stop(error: OSError) -> None:
        raise _unreadable(options, str(error.filename), error) from error

    found = False
    for place, folders, files in os.walk(folder, onerror=stop):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for file in sorted(one for one in files if one.endswith(SUFFIX)):
            found = True
            yield str(Path(place, file))
    if not found:
        raise wrong_use(options.language, "C138", folder=folder)


def read_source(options: Options, file: str) -> Source:
    """A text as its file holds it, or the standard input; the command ends where it cannot be read.

    No more is read than a text may have, so that a pipe without an end has one.
    """
    try:
        if file == STANDARD:
            return of_bytes(file, sys.stdin.buffer.read(MAX_BYTES + 1))
        return of_bytes(file, read_bytes(Path(file)))
    except (OSError, ValueError) as error:
        raise _unreadable(options, file, error) from error


def _unreadable(options: Options, file: str, error: Exception) -> StopError:
    reason = getattr(error, "strerror", None) or str(error)
    return wrong_use(options.language, "C117", file=file, reason=reason)


def check_file(options: Options, file: str) -> tuple[Source, Outcome]:
    """A file's text and what came of it, together with the bases that it extends."""
    source = read_source(options, file)
    return source, check_source(source, Shelf(options))


def tell_problems(output: Output, source: Source, outcome: Outcome) -> None:
    """Why nothing comes of a rulebook: its problems, as people or programs read them."""
    sources = outcome.sources(source)
    if output.is_json:
        output.json(render_json(outcome.diagnostics, sources, output.language))
    else:
        output.block(render_text(outcome.diagnostics, sources, output.language))
