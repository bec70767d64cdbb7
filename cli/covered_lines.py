"""The lines of rulebooks with what scenarios reach of them: as a listing, and as a page for a browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from cli.texts import MESSAGES
from dsl.catalogue import Language
from dsl.source import Source
from dsl.visible import visible
from engine.scenarios.coverage import Coverage, Part

REACHED, MISSED, PLAIN = "+", "-", " "
_STYLE = (
    "body{font-family:system-ui,sans-serif;margin:2rem}pre{margin:0;font-family:ui-monospace,monospace}"
    "td{padding:0 .6rem;vertical-align:top;white-space:pre-wrap}.reached{background:#e6ffec}"
    ".missed{background:#ffebe9}.number{color:#777;text-align:right}.note{color:#a00}"
)
_CLASSES = {REACHED: "reached", MISSED: "missed", PLAIN: "plain"}


class CoveredLine(NamedTuple):
    """A line of a text.

    Attributes:
        mark: whether a scenario reaches all that begins there, not all of it, or nothing begins there.
        missed: what no scenario reaches.
    """

    number: int
    text: str
    mark: str
    missed: tuple[Part, ...]


def covered_lines(source: Source, found: Coverage) -> Iterator[CoveredLine]:
    """Every line of a text, in order."""
    parts: dict[int, list[Part]] = {}
    for part in found.parts:
        if part.place is not None and part.place.source == source.name:
            parts.setdefault(part.place.line, []).append(part)
    unreached = {(part.kind, part.id) for part in found.unreached}
    for number in range(1, source.position(len(source.original)).line + 1):
        here = parts.get(number, [])
        missed = tuple(part for part in here if (part.kind, part.id) in unreached)
        mark = PLAIN if not here else MISSED if missed else REACHED
        yield CoveredLine(number, visible(source.line(number)), mark, missed)


def listing(language: Language, sources: Mapping[str, Source], found: Coverage) -> Iterator[str]:
    """The texts of all layers with a mark before each line, and what is missed behind it."""
    for source in sources.values():
        yield source.name
        for line in covered_lines(source, found):
            said = f"  # {_missed(language, line)}" if line.missed else ""
            yield f"{line.mark} {line.number:>5} | {line.text}{said}"


def page(language: Language, covered: list[tuple[Mapping[str, Source], Coverage]]) -> str:
    """One page that needs nothing else; whatever a rulebook says in it is text."""
    html = Element("html", lang="zh-CN" if language == "zh" else "en")
    head = SubElement(html, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "title").text = MESSAGES.say(language, "test.page")
    SubElement(head, "style").text = _STYLE
    body = SubElement(html, "body")
    SubElement(body, "h1").text = MESSAGES.say(language, "test.page")
    for sources, found in covered:
        for source in sources.values():
            _section(language, body, source, found)
    return f"<!DOCTYPE html>\n{tostring(html, encoding='unicode', method='html')}\n"


def _section(language: Language, body: Element, source: Source, found: Coverage) -> None:
    lines = list(covered_lines(source, found))
    parts = [part for part in found.parts if part.place and part.place.source == source.name]
    missed = sum(len(line.missed) for line in lines)
    values = {"reached": len(parts) - missed, "parts": len(parts)}
    percent = values["reached"] * 100 // len(parts) if parts else 100
    SubElement(body, "h2").text = visible(source.name)
    SubElement(body, "p").text = MESSAGES.say(language, "test.coverage", percent=percent, **values)
    table = SubElement(body, "table")
    for line in lines:
        row = SubElement(table, "tr", {"class": _CLASSES[line.mark]})
        SubElement(row, "td", {"class": "number"}).text = str(line.number)
        SubElement(SubElement(row, "td"), "pre").text = line.text
        SubElement(row, "td", {"class": "note"}).text = _missed(language, line)


def _missed(language: Language, line: CoveredLine) -> str:
    """What is missed in a line, in words."""
    said = [f"{MESSAGES.say(language, f'part.{part.kind}')} {part.id}" for part in line.missed]
    if not said:
        return ""
    return MESSAGES.say(
        language, "test.missed", parts=MESSAGES.say(language, "list.joint").join(said)
    )
