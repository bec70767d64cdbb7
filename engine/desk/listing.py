"""The rows of the board, from the query side: no case is replayed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from dsl.catalogue import Language
from engine.calendars import WorkCalendar
from engine.cases import CASE_TABLES
from engine.program import Program
from engine.service import Service
from engine.store.port import Row, TableName
from engine.views.board import BoardRow, board_row
from engine.views.reader import Speaker

LIVE, ENDED = CASE_TABLES


def board_rows(
    service: Service, viewer: str, language: Language, tables: Iterable[TableName] = CASE_TABLES
) -> Iterator[BoardRow]:
    """A line for every case that the viewer may see, live or closed."""
    tasks = {
        case: list(group)
        for case, group in groupby(service.store.rows("tasks", order="case"), itemgetter("case"))
    }
    for table in tables:
        cases = service.store.rows(table, {"viewers": viewer}, order="id")
        yield from _rows(
            service, viewer, language, ((one, tasks.get(one["id"], ())) for one in cases)
        )


def _rows(
    service: Service,
    viewer: str,
    language: Language,
    cases: Iterable[tuple[Row, Iterable[Row]]],
) -> Iterator[BoardRow]:
    directory = service.world.directory()
    known: dict[Program, tuple[Speaker, WorkCalendar]] = {}
    for case, tasks in cases:
        program = service.cases.program(case["artefact"], case["process"])
        if program not in known:
            calendar = service.world.calendar(program)
            known[program] = Speaker(program, directory, language), calendar
        yield board_row(*known[program], case, tasks, viewer)


class EndedCases:
    """The cases that have ended and that a viewer may see, as `engine.desk.board.Ended`.

    Args:
        service: of the workspace.
        viewer: whose rights count.
        language: of the reader.
        counted: False where it is not worth waiting for their number.
    """

    def __init__(
        self, service: Service, viewer: str, language: Language, *, counted: bool = True
    ) -> None:
        self._service = service
        self._viewer = viewer
        self._language: Language = language
        self._counted = counted

    def count(self) -> int | None:
        """How many there are; None where that was not asked for."""
        where = {"viewers": self._viewer}
        return self._service.store.count(ENDED, where) if self._counted else None

    def page(self, offset: int, limit: int) -> list[BoardRow]:
        """Some of them, by id."""
        where = {"viewers": self._viewer}
        rows = self._service.store.rows
        cases = (
            (one, rows("tasks", {"case": one["id"]}))
            for one in rows(ENDED, where, offset=offset, limit=limit)
        )
        return list(_rows(self._service, self._viewer, self._language, cases))

    def every(self) -> list[BoardRow]:
        """All of them."""
        return list(board_rows(self._service, self._viewer, self._language, (ENDED,)))
