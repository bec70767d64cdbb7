"""The rulebooks that come with Baton, to begin a new one from."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from dsl.catalogue import Language
from dsl.parser import parse
from dsl.source import of_bytes

LIBRARY = Path(__file__).parents[2] / "rulebooks"


class Template(NamedTuple):
    """A shipped rulebook: its file's name, its title in the reader's language, its text."""

    name: str
    title: str
    text: str


def templates(language: Language) -> tuple[Template, ...]:
    """All of them, by name."""
    return tuple(_template(path, language) for path in sorted(LIBRARY.glob("*.rulebook")))


def _template(path: Path, language: Language) -> Template:
    source = of_bytes(path.name, path.read_bytes())
    parsed = parse(source).rulebook
    header = parsed.header if parsed else None
    title = path.stem
    if header is not None:
        titles = {one.language.text: one.text.text for one in header.titles}
        title = titles.get(language, header.title.text)
    return Template(path.stem, title, source.original)
