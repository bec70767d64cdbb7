"""Who is responsible for what on a day, over all cases that somebody may see."""

from __future__ import annotations

from datetime import date

from dsl.catalogue import Language
from engine.cases import CASE_TABLES
from engine.service import Service
from engine.views.access import may_see
from engine.views.reader import Reader
from engine.views.responsible import Answer, hand_overs, responsible


def holdings(
    service: Service, viewer: str, language: Language, day: date, what: str | None = None
) -> list[Answer]:
    """Whoever had each thing at the end of the day.

    Args:
        service: of the workspace.
        viewer: whose rights count.
        language: of the reader.
        day: in the past or today.
        what: as people name it, looked for in every case; None for all that live cases hand over.
    """
    tables = CASE_TABLES if what is not None else CASE_TABLES[:1]
    records = [
        record
        for table in tables
        for row in service.store.rows(table, {"viewers": viewer}, order="id")
        if (scope := service.scope(row["id"])) is not None and may_see(scope, viewer)
        for record in hand_overs(Reader(scope, language), what, service.store.read(row["id"]))
    ]
    return responsible(records, day)
