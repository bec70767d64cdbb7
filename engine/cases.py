"""Cases of a store: loaded by replay, kept while they are used, brought up to date by their tail."""

from __future__ import annotations

from collections import OrderedDict

import msgspec

from engine.artefact import Artefact
from engine.program import Program
from engine.replay import replay
from engine.state import CaseState
from engine.store.port import Store, TableName

KEPT_CASES = 256
CASE_TABLES: tuple[TableName, ...] = ("cases", "closed")


class Cases:
    """Reads cases and the programs that they run.

    Args:
        store: where their events are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._states: OrderedDict[str, CaseState] = OrderedDict()
        self._programs: dict[tuple[str, str], Program] = {}

    def exists(self, case: str) -> bool:
        """True for the id of a case, live or closed; other streams are none."""
        return any(self._store.get(table, case) is not None for table in CASE_TABLES)

    def load(self, case: str) -> CaseState | None:
        """The state of a case after its last event; None if there is no such case."""
        state = self._states.get(case)
        if state is None and not self.exists(case):
            return None
        if state is None or state.version != self._store.version(case):
            state = self._read(case, state)
        self.keep(case, state)
        return state

    def fresh(self, case: str) -> CaseState | None:
        """A state of its own, that may be changed and thrown away."""
        if not self.exists(case):
            return None
        return self._read(case)

    def _read(self, case: str, state: CaseState | None = None) -> CaseState:
        state = replay(self._store.read(case, after=state.version if state else 0), state)
        # Whoever wrote these events has said too when the case wakes.
        state.wakes_at = state.next_timer
        state.told = None
        return state

    def drop(self, case: str) -> None:
        """Forget a state that has run ahead of the store."""
        self._states.pop(case, None)

    def keep(self, case: str, state: CaseState) -> None:
        """Remember a state that is as the store is."""
        self._states[case] = state
        self._states.move_to_end(case)
        if len(self._states) > KEPT_CASES:
            self._states.popitem(last=False)

    def next_number(self, year: int) -> tuple[str, str]:
        """The next case id of a year, and the stream whose version is the last one."""
        numbers = f"cases/{year}"
        return f"{year}-{self._store.version(numbers) + 1:04}", numbers

    def program(self, artefact: str, process: str) -> Program:
        """The program of a published artefact; programs are compiled once.

        Raises:
            LookupError: the store holds no such artefact.
        """
        found = self._programs.get((artefact, process))
        if found is None:
            row = self._store.get("artefacts", artefact)
            if row is None:
                raise LookupError(artefact)
            found = Program(msgspec.convert(row, Artefact), process)
            self._programs[artefact, process] = found
        return found
