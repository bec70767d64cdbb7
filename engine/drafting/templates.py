"""What a new rulebook begins from: the smallest whole one, or one that comes with Baton."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from dsl.catalogue import Language
from dsl.parser import parse
from dsl.source import of_bytes

LIBRARY = Path(__file__).parents[2] / "rulebooks"
SMALLEST = Path(__file__).parent / "smallest"
"""One for each language that people read."""


class Template(NamedTuple):
    """A rulebook: its id (of the smallest none), its title in the reader's language, its text."""

    id: str
    title: str
    text: str


def templates(language: Language) -> tuple[Template, ...]:
    """The smallest first, in the reader's language; then those that are shipped, by id."""
    found = (*LIBRARY.glob("*.rulebook"), *LIBRARY.glob("industries/*.rulebook"))
    smallest = _template(SMALLEST / f"{language}.rulebook", language)._replace(id="")
    return smallest, *sorted(_template(path, language) for path in found)


def _template(path: Path, language: Language) -> Template:
    source = of_bytes(path.name, path.read_bytes())
    parsed = parse(source).rulebook
    header = parsed.header if parsed else None
    assert header is not None
    titles = {one.language.text: one.text.text for one in header.titles}
    title = titles.get(language, header.title.text)
    return Template(header.id.text, title, source.original)
