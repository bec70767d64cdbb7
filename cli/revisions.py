"""Rulebooks by what a person calls them: a file, a name of the library, a revision of a repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cli.failures import wrong_use
from cli.options import Options
from cli.rulebooks import check_file
from cli.shelf import PROJECT, Shelf
from cli.texts import MESSAGES
from dsl.dialects import DialectName, dialect
from dsl.formatter.flattening import effective
from dsl.layers import Layer
from dsl.layers.ranges import Version, range_of, version_of
from dsl.model import Checked
from dsl.parser import parse
from dsl.pipeline import Outcome, beside_scenarios, check_source, first_error
from dsl.render import render_json
from dsl.source import Source, of_text

GIT = "git:"
_FILES = ("100644", "100755")
"""What git calls the modes of plain files."""
_PATIENCE = 60
"""Seconds for one answer of git."""


class Lines(NamedTuple):
    """Lines of a text.

    Attributes:
        said: without what they are indented by.
        whole: they are those of a whole declaration.
    """

    said: tuple[str, ...]
    whole: bool


NOTHING = Lines((), whole=False)


class Revision:
    """A rulebook without errors outside its scenarios, and its texts by name.

    Args:
        name: what it was called.
        outcome: what came of it, with a model.
        sources: what places point into.
        apart: its scenarios that have errors; they are not in the model.
    """

    def __init__(
        self,
        name: str,
        outcome: Outcome,
        sources: dict[str, Source],
        apart: frozenset[str] = frozenset(),
    ) -> None:
        if outcome.checked is None:
            raise AssertionError
        self.name = name
        self.checked: Checked = outcome.checked
        self.layers: tuple[Layer, ...] = outcome.layers
        self.apart = apart
        self._outcome = outcome
        self._sources = sources

    def lines(
        self, declaration: str, path: tuple[str, ...], to: DialectName | None = None
    ) -> Lines:
        """The lines of the text that say something: those of the nearest thing with a place.

        Args:
            declaration: kind and id.
            path: the fields and ids inside it.
            to: a whole declaration is told as all layers make it, in that dialect, rather than as its lowest one says it.
        """
        for length in range(len(path), -1, -1):
            if length == 0 and to is not None:
                return Lines(self._together(declaration, to), whole=True)
            key = ".".join((declaration, *path[:length]))
            found = self.checked.places.get(
                key.replace(".contents.", ".content.").replace(".counts.", ".count.")
            )
            if found is not None:
                source = self._sources[found.source]
                last = source.position(max(found.end - 1, found.start)).line
                said = (source.line(at).strip() for at in range(found.line, last + 1))
                return Lines(tuple(said), whole=length == 0)
        return NOTHING

    def _together(self, declaration: str, to: DialectName) -> tuple[str, ...]:
        stack, composed = self._outcome.stack, self._outcome.composed
        if stack is None or composed is None:
            raise AssertionError
        kind, _, id_ = declaration.partition(".")
        key = (kind, id_ or (self.checked.rulebook.id if kind == "rulebook" else ""))
        said = effective(stack, composed, key, dialect(to))
        return tuple(line.text.strip() for line in said)


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
    fitting = [
        (offer.place, [-number for number in version], offer.source)
        for offer in shelf(id_, of_text("", "")).offers
        if (version := _version_in(offer.source)) and (among is None or among.meets(version))
    ]
    if not fitting:
        raise wrong_use(options.language, "C181", name=name)
    # The nearest place, and there the highest version, as a base is found.
    _, _, source = min(fitting, key=lambda one: one[:2])
    return _sound(options, name, source, check_source(source, shelf))


def _version_in(source: Source) -> Version | None:
    """The version that the header of a text says."""
    rulebook = parse(source).rulebook
    header = None if rulebook is None else rulebook.header
    said = None if header is None else header.version
    return None if said is None else version_of(said.text)


def _of_git(options: Options, name: str) -> Revision:
    rev, _, path = name.removeprefix(GIT).partition(":")
    if not rev or not path or rev.startswith("-"):
        reason = MESSAGES.say(options.language, "revision.form")
        raise wrong_use(options.language, "C182", name=name, reason=reason)
    with _checked_out(options, name, rev) as folder:
        file = folder / path
        if not file.is_file() or folder not in file.resolve().parents:
            reason = MESSAGES.say(options.language, "revision.no_file", path=path, revision=rev)
            raise wrong_use(options.language, "C182", name=name, reason=reason)
        source, outcome = check_file(options, str(file))
        return _sound(options, name, source, outcome, (f"{folder}/", f"{GIT}{rev}:"))


def _sound(
    options: Options,
    name: str,
    source: Source,
    outcome: Outcome,
    known_as: tuple[str, str] = ("", ""),
) -> Revision:
    """A rulebook without errors; what has some outside its scenarios cannot be compared.

    Args:
        options: of the command line.
        name: what it was called.
        source: its text.
        outcome: what came of that.
        known_as: how the names of its files begin here, and how people know them.
    """
    sources = outcome.sources(source)
    left = beside_scenarios(outcome)
    if left.checked is not None:
        return Revision(name, left, sources, _apart(outcome, left))
    (shown,) = render_json([first_error(outcome)], sources, options.language)
    place = shown["labels"][0]
    here, there = known_as
    where = f"{there}{place['source'].removeprefix(here)}" if here else place["source"]
    reason = f"{shown['code']} {shown['title']} ({where}:{place['line']})"
    raise wrong_use(options.language, "C183", name=name, reason=reason)


def _apart(outcome: Outcome, left: Outcome) -> frozenset[str]:
    """The scenarios that have been left out."""
    every, kept = (
        {id_ for id_, _, _ in one.composed.scenarios()} if one.composed else set()
        for one in (outcome, left)
    )
    return frozenset(every - kept)


@contextmanager
def _checked_out(options: Options, name: str, rev: str) -> Iterator[Path]:
    """The rulebooks of a revision, and what says where their bases are, in a folder of their own.

    Files alone are read, by the hash of what they hold: no link is followed, no attribute obeyed.
    """
    listed = _git(options, name, "ls-tree", "-r", "--full-tree", "-z", rev, "--")
    with TemporaryDirectory(prefix="baton-") as place:
        for entry in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            told, _, path = entry.partition("\t")
            mode, _, held = told.split(" ")
            wanted = path.endswith(".rulebook") or path.rpartition("/")[2] == PROJECT
            if wanted and mode in _FILES:
                file = Path(place, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(_git(options, name, "cat-file", "blob", held))
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
