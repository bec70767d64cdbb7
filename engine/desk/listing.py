"""The rows of the board, from the query side: no case is replayed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from dsl.catalogue import Language
from engine.cases import CASE_TABLES
from engine.service import Service
from engine.store.port import TableName
from engine.views.board import BoardRow, board_row
from engine.views.reader import Speaker


def board_rows(
    service: Service, viewer: str, language: Language, tables: Iterable[TableName] = CASE_TABLES
) -> Iterator[BoardRow]:
    """A line for every case that the viewer may see, live or closed."""
    store, directory = service.store, service.world.directory()
    tasks = {
        case: list(group)
        for case, group in groupby(store.rows("tasks", order="case"), itemgetter("case"))
    }
    for table in tables:
        for case in store.rows(table, {"viewers": viewer}, order="id"):
            program = service.cases.program(case["artefact"], case["process"])
            speaker = Speaker(program, directory, language)
            calendar = service.world.calendar(program)
            yield board_row(speaker, calendar, case, tasks.get(case["id"], []), viewer)
