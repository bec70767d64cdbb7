"""Gives a declared name another text, everywhere."""

from __future__ import annotations

import re
from typing import Literal

from dsl.diagnostic import Edit
from dsl.dialects import DialectName, dialect
from dsl.resolve.names import Names
from dsl.resolve.traces import Use

Refused = Literal["no_name", "taken"]
_PLAIN = re.compile(r"[^\W\d][\w\u0300-\u036f]*")
_QUOTED = re.compile(r"[\w\u0300-\u036f]+(?:[ -][\w\u0300-\u036f]+)*")

SHARING = (
    frozenset({"fact", "role"}),
    frozenset({"item", "action", "access", "document", "role"}),
)
"""Kinds of which no two have one name: conditions read the first alike, tasks are called after the rest."""


def renamed(
    names: Names, name: Use, new: str, written_in: DialectName
) -> tuple[Edit, ...] | Refused:
    """The edits that give a name another text; or why it cannot have it.

    A text that is a keyword, or has blanks, is written in back quotes.

    Args:
        names: those of the text.
        name: the one to change.
        new: its new text, without back quotes.
        written_in: the dialect of the text.
    """
    if not _QUOTED.fullmatch(new):
        return "no_name"
    owner, dot, _ = name.id.rpartition(".")
    id_ = f"{owner}{dot}{new}"
    rivals = {name.kind}.union(*(each for each in SHARING if name.kind in each))
    if any(other.kind in rivals and other.id == id_ for other in (*names.declared, *names.uses)):
        return "taken"
    return tuple(Edit(place.span, _spelt(new, written_in)) for place in names.places(name))


def _spelt(name: str, written_in: DialectName) -> str:
    known = dialect(written_in)
    words = {word for some in known.spellings.values() for one in some for word in one.words}
    return name if _PLAIN.fullmatch(name) and name not in words else f"`{name}`"
