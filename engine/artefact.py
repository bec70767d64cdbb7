"""A published rulebook: all that running it needs, named by the hash of its content."""

from __future__ import annotations

import hashlib
from datetime import datetime
from itertools import takewhile

import msgspec
from msgspec import Struct

from dsl.model import Place, Rulebook
from engine.plan import Plan


class PublishedText(Struct, frozen=True):
    """One text of a rulebook as it was published.

    Attributes:
        id, version: as its header says.
        name: of the text; places name it.
        hash: SHA-256 (hexadecimal) of the text in UTF-8.
        text: all of it.
    """

    id: str
    version: str
    name: str
    hash: str
    text: str


class Artefact(Struct, frozen=True):
    """What `publish` stores. The hash covers the meaning (model and plans), not the positions.

    `layers` are the texts that the model was put together from, the rulebook's own first.
    """

    hash: str
    rulebook: Rulebook
    plans: dict[str, Plan]
    places: dict[str, Place]
    layers: tuple[PublishedText, ...]


CURRENT = "current:"
"""Before a rulebook's id: the key of the row that says which artefact new cases start with."""


class Release(Struct, frozen=True):
    """That an artefact became current for new cases: when, by whom and why."""

    artefact: str
    rulebook: str
    version: str
    published_at: datetime
    published_by: str
    reason: str


def published(id_: str, version: str, name: str, text: str) -> PublishedText:
    """A text with its hash."""
    return PublishedText(id_, version, name, hashlib.sha256(text.encode("utf-8")).hexdigest(), text)


def first_difference(before: str, after: str) -> int:
    """The first line, from 1, in which two texts differ; behind the last one where one goes on."""
    lines = zip(before.split("\n"), after.split("\n"), strict=False)
    same = takewhile(lambda two: two[0] == two[1], lines)
    return sum(1 for _ in same) + 1


def artefact_hash(rulebook: Rulebook, plans: dict[str, Plan]) -> str:
    """SHA-256 (hexadecimal) over the canonical JSON of model and plans."""
    canonical = msgspec.json.encode([rulebook, plans], order="deterministic")
    return hashlib.sha256(canonical).hexdigest()
