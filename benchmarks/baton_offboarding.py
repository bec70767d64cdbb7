"""The offboarding flow in Baton, through the service: authority, timers, rows and event encoding included.

Application (the case is opened), approval, N items side by side, a join, sign-off, settlement: N + 4
human steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
from typing_extensions import override

from benchmarks.harness import Contender, Run, Stopwatch, cases_of
from dsl.pipeline import check_source
from dsl.source import of_text
from engine.artefact import Artefact
from engine.commands import Actor, Approve, Complete, HandOver, Open
from engine.people.directory import Department, Person, row_key, to_row
from engine.publishing import assemble
from engine.rejection import Refusal
from engine.seen import application_hash
from engine.service import Done, Service
from engine.store.disk import Disk
from engine.store.failure import StoreFailure
from engine.store.ledger import open_ledger
from engine.store.memory import MemoryStore
from engine.store.port import Damage, RowChange, Store, Transaction
from engine.workspace import Settings

ENGINE = f"Baton {version('batonpass')}"
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
LEAVER = Actor("E-017", "sandbox", "benchmark")
MANAGER = Actor("E-001", "sandbox", "benchmark")

HEAD = """\
rulebook offboarding "Offboarding"
  version 1.0.0
  timezone "Asia/Shanghai"
  currency CNY

fact last_day "Last day" date

role leaver "Leaver" is subject
role manager "Manager" is manager of leaver

sla standard "Standard" default
  remind giver 3 days before due by email

approval application "Application"
  step manager within 2 working days
  opinion required

approval sign_off "Sign-off"
  step manager within 2 working days
  opinion required

action settlement "Settlement"
  by manager within 5 working days
"""

ITEM = """
item item_{number} "Item {number}"
  from leaver to manager
  provide state "State" text
  signed by leaver
  due 5 working days before last_day
"""

PROCESS = """
process offboarding "Offboarding"
  started by leaver
  managed by manager
  first approval application
  then items
  then approval sign_off
  then action settlement
"""


@cache
def artefact(items: int) -> Artefact:
    """The published rulebook with so many items."""
    text = HEAD + "".join(ITEM.format(number=number) for number in range(items)) + PROCESS
    outcome = check_source(of_text("benchmark", text))
    if outcome.checked is None:
        raise RuntimeError(outcome.diagnostics)
    return assemble(outcome.checked, outcome.layers)


def furnish(store: Store, published: Artefact) -> Service:
    """A workspace's service with two people and the rulebook."""
    people = (
        Person("E-017", "Li Gong", department="Sales", manager="E-001", mail="li@example.com"),
        Person("E-001", "Zhao Min", department="Sales", mail="zhao@example.com"),
        Department("Sales", "E-001"),
    )
    rows = [RowChange("people", row_key(one), to_row(one)) for one in people]
    stored: dict[str, Any] = msgspec.to_builtins(published)
    rows.append(RowChange("artefacts", published.hash, stored))
    rows.append(RowChange("settings", "clock", {"at": NOW.isoformat(timespec="microseconds")}))
    store.append(Transaction("furnish", {}, (), tuple(rows)))
    settings = Settings(
        id="benchmark",
        sandbox=True,
        timezone="Asia/Shanghai",
        created_at=NOW,
        administrators=(),
    )
    return Service(store, settings, "benchmark")


def drive(service: Service, items: int, watch: Callable[[], Stopwatch]) -> Run:
    """Cases of one rulebook, one after the other, the first of them untimed."""
    finish(service, items)
    running = watch()
    return running.stop(sum(finish(service, items) for _ in range(cases_of(items))))


def finish(service: Service, items: int) -> int:
    """One person after the other does the next open task; each step is appended before the next."""
    case, seen = _approved(service, items)
    _hand_over(service, case, range(items))
    sign_off = Approve(f"{case}/sign_off.manager#1", "complete", seen)
    _done(service.execute(case, sign_off, MANAGER))
    _done(service.execute(case, Complete(f"{case}/settlement#1", "paid"), MANAGER))
    if _state(service, case).status != "closed":
        raise RuntimeError("the case did not reach its end")
    return items + 4


def open_half_done(service: Service, items: int) -> str:
    """A case that is under way: half of its items have been handed over."""
    case, _ = _approved(service, items)
    _hand_over(service, case, range(items // 2))
    return case


def _approved(service: Service, items: int) -> tuple[str, str]:
    program = service.cases.program(artefact(items).hash, "offboarding")
    opened = service.open(
        program, Open("offboarding", "E-017", {"last_day": "2026-03-31"}, {}), LEAVER
    )
    case = _done(opened).case
    seen = application_hash(_state(service, case))
    approve = Approve(f"{case}/application.manager#1", "fine", seen)
    _done(service.execute(case, approve, MANAGER))
    return case, seen


def _hand_over(service: Service, case: str, numbers: Iterable[int]) -> None:
    for number in numbers:
        hand_over = HandOver(f"{case}/item_{number}#1", {"state": "all in the shared folder"})
        _done(service.execute(case, hand_over, LEAVER))


def in_memory(items: int, _folder: Path) -> Run:
    """Nothing is kept on disk."""
    return drive(furnish(MemoryStore(), artefact(items)), items, Stopwatch)


def durable(items: int, folder: Path) -> Run:
    """Every step is one frame of the ledger, written and fsynced."""
    disk = TimedDisk()
    store = open_ledger(folder / "ledger", disk)
    if isinstance(store, Damage):
        raise StoreFailure(store.code, **store.values)
    try:
        return drive(furnish(store, artefact(items)), items, disk.watch)
    finally:
        store.close()


class TimedDisk(Disk):
    """The real disk; its `fsync` is told apart."""

    def __init__(self) -> None:
        self._watch = Stopwatch()

    def watch(self) -> Stopwatch:
        """Begin to time."""
        self._watch = Stopwatch()
        return self._watch

    @override
    def fsync(self, handle: int) -> None:
        """Return when the file's bytes are on the medium."""
        self._watch.fsync(handle)


def _done(answer: Done | Refusal) -> Done:
    if isinstance(answer, Refusal):
        raise TypeError(answer)
    return answer


def _state(service: Service, case: str) -> Any:  # noqa: ANN401 - the engine's own state
    return service.cases.load(case)


CONTENDERS = (
    Contender(ENGINE, "memory", "", in_memory),
    Contender(ENGINE, "durable", "", durable),
)
