"""What follows in the cases from a directory that has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.clock import new_id
from engine.projection import case_row
from engine.service import Service
from engine.store.failure import TRIES, BusyError
from engine.store.port import Conflict, RowChange, Transaction


def follow_directory(service: Service) -> None:
    """Every case with something to do looks anew at who fills its roles, and at who may see it."""
    for case in _unfinished(service, {}):
        service.reassess(case)
    _renew_viewers(service)


def follow_people(service: Service, people: Iterable[str]) -> None:
    """The cases in which some people have a part look anew at who does what there is to do."""
    found = (case for person in people for case in _unfinished(service, {"viewers": person}))
    for case in dict.fromkeys(found):
        service.reassess(case)


def _unfinished(service: Service, where: Mapping[str, str]) -> list[str]:
    """Open cases, and closed ones in which something is left over."""
    store = service.store
    running = store.rows("cases", {**where, "status": "open"})
    left_over = store.rows("closed", {**where, "left_over": True})
    return [row["id"] for row in (*running, *left_over)]


def _renew_viewers(service: Service) -> None:
    """Let the cases' rows say who sees them now."""
    for _ in range(TRIES):
        rows: list[RowChange] = []
        versions: dict[str, int] = {}
        for old in service.store.rows("cases"):
            scope = service.scope(old["id"])
            row = None if scope is None else case_row(scope)
            if scope is not None and row is not None and row["viewers"] != old["viewers"]:
                rows.append(RowChange("cases", old["id"], row))
                versions[old["id"]] = scope.state.version
        renewal = Transaction(new_id(), versions, (), tuple(rows))
        if not rows or not isinstance(service.store.append(renewal), Conflict):
            return
    raise BusyError(str(TRIES))
