"""Where bases are looked for. Files are read outside: the language only asks for texts by name."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from dsl.source import Source


class Offer(Struct, frozen=True):
    """A text that may be the base.

    Attributes:
        source: the text.
        place: the place that it lies in; places are numbered from the nearest on.
    """

    source: Source
    place: int


class Shelved(Struct, frozen=True):
    """What was found under a name.

    Attributes:
        offers: the texts whose header has the name, the nearest first.
        looked: the places that were looked through, as a person would name them.
        known: the names of all rulebooks in these places.
        unread: the files in these places that cannot be read, each with the reason.
    """

    offers: tuple[Offer, ...] = ()
    looked: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


Shelf = Callable[[str, Source], Shelved]
"""What is found under a name for a text that extends it; texts beside that come first."""


def NOTHING(_name: str, _beside: Source) -> Shelved:  # noqa: N802 (a shelf like any other, empty)
    """No base at all."""
    return Shelved()
