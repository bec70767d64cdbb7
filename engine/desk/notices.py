"""Who has been told what, who was not told and why, and the early warnings that stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from msgspec import Struct

from dsl.catalogue import Language
from engine.scope import Scope
from engine.service import Service
from engine.store.port import Row
from engine.views.access import may_see
from engine.views.notices import NoticeView, notice_view, withheld_view
from engine.views.reader import Reader


class Warned(Struct, frozen=True):
    """One warning; `cleared_at` is None while it stands.

    `person` is whom it is about, by id, and `about` by name: who holds the record now, if anybody does.
    """

    id: str
    rulebook: str
    rule: str
    key: str
    record: str
    person: str | None
    about: str
    notes: tuple[str, ...]
    told: tuple[str, ...]
    raised_at: datetime
    cleared_at: datetime | None


def notices(
    service: Service, viewer: str, language: Language, *, everybody: bool = True
) -> Iterator[NoticeView]:
    """Notices about cases that the viewer may see, and warnings sent to them; the latest first.

    Args:
        service: of the workspace.
        viewer: whose rights count.
        language: of the reader.
        everybody: those to others too; else those to the viewer alone.
    """
    for row in reversed(service.store.rows("outbox", order="at")):
        told = any(one["person"] == viewer for one in row.get("to", ()))
        if row["kind"] == "call":
            continue
        if row["case"] == "":
            if told:
                yield _of_warning(service, row)
            continue
        scope = service.scope(row["case"])
        if scope is not None and (everybody or told) and may_see(scope, viewer):
            yield _view(scope, language, row)


def warnings(
    service: Service, viewer: str, *, administers: bool, cleared: bool = False
) -> Iterator[Warned]:
    """The warnings that the viewer was told of, all for an administrator; the latest first.

    `cleared` adds those that stand no more.
    """
    holders = cache(service.watching.holders)
    for row in reversed(service.store.rows("warnings", order="raised_at")):
        if (cleared or row["cleared_at"] is None) and (administers or viewer in row["to"]):
            yield _warned(service, row, holders(row["rulebook"]).get((row["rule"], row["key"])))


def _view(scope: Scope, language: Language, row: Row) -> NoticeView:
    reader = Reader(scope, language)
    return (notice_view if row["kind"] == "notice" else withheld_view)(reader, row["id"], row)


def _of_warning(service: Service, row: Row) -> NoticeView:
    """A notice outside any case: whoever was told may read it."""
    return NoticeView(
        id=row["id"],
        case="",
        at=datetime.fromisoformat(row["at"]),
        reason=row["reason"],
        channel=row["channel"],
        to=_names(service, (one["person"] for one in row["to"])),
        passes_to=(),
        about=row["warning"],
        rule=row["rule"],
        text=row["text"] or row["warning"],
    )


def _warned(service: Service, row: Row, person: str | None) -> Warned:
    cleared = row["cleared_at"]
    return Warned(
        id=row["id"],
        rulebook=row["rulebook"],
        rule=row["rule"],
        key=row["key"],
        record=row["record"],
        person=person,
        about="".join(_names(service, [person] if person else [])),
        notes=tuple(row["notes"]),
        told=_names(service, row["to"]),
        raised_at=datetime.fromisoformat(row["raised_at"]),
        cleared_at=None if cleared is None else datetime.fromisoformat(cleared),
    )


def _names(service: Service, people: Iterator[str] | list[str]) -> tuple[str, ...]:
    directory = service.world.directory()
    found = ((one, directory.person(one)) for one in people)
    return tuple(person.name if person else one for one, person in found)
