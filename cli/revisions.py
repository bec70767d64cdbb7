"""Rulebooks by what a person calls them: a file, a name of the library, a revision of a repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.failures import wrong_use
from cli.options import Options
from cli.rulebooks import check_file
from cli.shelf import PROJECT, Shelf
from dsl.layers.ranges import range_of, version_of
from dsl.model import Checked
from dsl.pipeline import Outcome, check_source
from dsl.render import render_json
from dsl.source import Source, of_text

GIT = "git:"
_PATIENCE = 60
"""Seconds for one answer of git."""


class Revision:
    """A rulebook without errors, and its texts by name.

    Args:
        name: what it was called.
        checked: its model.
        sources: what places point into.
    """

    def __init__(self, name: str, checked: Checked, sources: dict[str, Source]) -> None:
        self.name = name
        self.checked = checked
        self._sources = sources

    def lines(self, declaration: str, path: tuple[str, ...]) -> tuple[str, ...]:
        """The lines of the text that say something: those of the nearest thing with a place."""
        for length in range(len(path), -1, -1):
            key = ".".join((declaration, *path[:length]))
            found = self.checked.places.get(
                key.replace(".contents.", ".content.").replace(".counts.", ".count.")
            )
            if found is not None:
                source = self._sources[found.source]
                last = source.position(max(found.end - 1, found.start)).line
                return tuple(source.line(at).strip() for at in range(found.line, last + 1))
        return ()


def revision(options: Options, name: str) -> Revision:
    """What a name stands for: `FILE`, `NAME` or `NAME@RANGE` of the library, `git:REV:PATH`."""
    if name.startswith(GIT):
        return _of_git(options, name)
    if Path(name).exists() or name.endswith(".rulebook") or "/" in name:
        source, outcome = check_file(options, name)
        return _sound(options, name, source, outcome)
    return _of_library(options, name)


def _of_library(options: Options, name: str) -> Revision:
    id_, _, wanted = name.partition("@")
    shelf = Shelf(options)
    among = range_of(wanted) if wanted else None
    if wanted and among is None:
        raise wrong_use(options.language, "C180", name=name, range=wanted)
    for offer in shelf(id_, of_text("", "")).offers:
        outcome = check_source(offer.source, shelf)
        found = _sound(options, name, offer.source, outcome)
        version = version_of(found.checked.rulebook.version)
        if among is None or (version is not None and among.meets(version)):
            return found
    raise wrong_use(options.language, "C181", name=name)


def _of_git(options: Options, name: str) -> Revision:
    rev, _, path = name.removeprefix(GIT).partition(":")
    if not rev or not path or rev.startswith("-"):
        raise wrong_use(options.language, "C182", name=name, reason="git:REV:PATH")
    with _checked_out(options, name, rev) as folder:
        file = folder / path
        if not file.is_file() or folder not in file.resolve().parents:
            raise wrong_use(options.language, "C182", name=name, reason=path)
        source, outcome = check_file(options, str(file))
        return _sound(options, name, source, outcome)


def _sound(options: Options, name: str, source: Source, outcome: Outcome) -> Revision:
    """A rulebook without errors; what has some cannot be compared."""
    sources = outcome.sources(source)
    if outcome.checked is not None:
        return Revision(name, outcome.checked, sources)
    wrong = next(one for one in outcome.diagnostics if one.severity == "error")
    (shown,) = render_json([wrong], sources, options.language)
    place = shown["labels"][0]
    reason = f"{shown['code']} {shown['title']} ({place['source']}:{place['line']})"
    raise wrong_use(options.language, "C183", name=name, reason=reason)


@contextmanager
def _checked_out(options: Options, name: str, rev: str) -> Iterator[Path]:
    """The rulebooks of a revision, and what says where their bases are, in a folder of their own."""
    listed = _git(options, name, "ls-tree", "-r", "--name-only", "--full-tree", "-z", rev, "--")
    wanted = [
        one
        for one in listed.decode("utf-8", "surrogateescape").split("\0")
        if one.endswith(".rulebook") or one.rpartition("/")[2] == PROJECT
    ]
    with TemporaryDirectory(prefix="baton-") as place:
        if wanted:
            top = _git(options, name, "rev-parse", "--show-toplevel").decode().strip()
            packed = _git(options, name, "-C", top, "archive", "--format=tar", rev, "--", *wanted)
            with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
                archive.extractall(place, filter="data")
        yield Path(place).resolve()


def _git(options: Options, name: str, *words: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 (a list of words; what is typed is never a command)
            ["git", *words],  # noqa: S607 (git is where the user has it)
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise wrong_use(options.language, "C182", name=name, reason=str(error)) from error
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise wrong_use(options.language, "C182", name=name, reason=told[0] if told else "git")
    return done.stdout
