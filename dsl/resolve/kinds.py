"""What of a process could not be read for want of its kind, told once it is known what each name stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import structs

from dsl.diagnostic import Diagnostic, Terms, Value
from dsl.dialects import Dialect
from dsl.parser.build_processes import KINDS
from dsl.parser.chains import OPEN, in_lines
from dsl.resolve.names import Names
from dsl.resolve.traces import Use


class _Thing(NamedTuple):
    """What a process says for a name; `sure` if nothing else can be meant."""

    text: str
    sure: bool


def with_kinds(found: Iterable[Diagnostic], names: Names, known: Dialect) -> Iterator[Diagnostic]:
    """The diagnostics, those of things without a kind with what to write where that is known.

    Args:
        found: of the text.
        names: what is declared.
        known: the dialect of the text.
    """
    for wrong in found:
        yield _told(wrong, names.declared, known) if wrong.variant == "E102.things" else wrong


def _told(wrong: Diagnostic, declared: Sequence[Use], known: Dialect) -> Diagnostic:
    names, lines = (_texts(wrong, name) for name in ("names", "lines"))
    roles = {one.id for one in declared if one.kind == "role"}
    words = {
        kind: known.written[terminal]
        for terminal, kind in KINDS.items()
        if terminal in known.written
    }
    things = [f"{words[one.kind]} {one.id}" for one in declared if one.kind in words]
    meant = {name: _meant(name, things, known) for name in names}
    person = next((name for name in names if name in roles and not meant[name]), None)
    if person is not None:
        said = {word: known.written[word.upper()] for word in ("approval", "step", "action", "by")}
        values = {**wrong.values, **said, "name": person}
        return structs.replace(wrong, values=values, variant="E102.who", hint="E102.who.hint")
    for name, thing in meant.items():
        if thing is not None:
            lines = [line.replace(f"{OPEN} {name}", thing.text) for line in lines]
    if all(meant.values()):
        whole = not wrong.values["dropped"]
        sure = whole and all(thing is not None and thing.sure for thing in meant.values())
        return in_lines(wrong, lines, sure=sure and lines[-1] != known.written["END"])
    others = [thing for thing in things if not thing.startswith(f"{known.written['PROCESS']} ")]
    if not others:
        return wrong
    unknown = Terms(tuple(f"`{name}`" for name, thing in meant.items() if thing is None))
    shown: dict[str, Value] = {
        "names": unknown,
        "lines": Terms(tuple(f"`{line}`" for line in lines)),
    }
    values = {**wrong.values, **shown, "things": Terms(tuple(f"`{thing}`" for thing in others))}
    return structs.replace(wrong, values=values, variant="E102.thing")


def _texts(wrong: Diagnostic, name: str) -> list[str]:
    value = wrong.values[name]
    return [str(part).strip("`") for part in value.parts] if isinstance(value, Terms) else []


def _meant(name: str, things: Sequence[str], known: Dialect) -> _Thing | None:
    """The one thing of that name, with its kind glued to it or not; else the only one that shares words with it."""
    called = [
        thing for thing in things if thing.endswith(f" {name}") or thing.replace(" ", "") == name
    ]
    if called:
        return _Thing(called[0], sure=True) if len(called) == 1 else None
    items = known.written.get("ITEMS") or known.written["ITEM_OR_ITEMS"]
    shared = (thing for thing in things if name in thing or thing.rpartition(" ")[2] in name)
    near = [items] if name in items else list(shared)
    return _Thing(near[0], sure=False) if len(near) == 1 else None
