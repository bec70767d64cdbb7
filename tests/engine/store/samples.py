"""Transactions of a small office, and stores to put them into."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from engine.store.disk import Disk
from engine.store.ledger import LedgerStore, open_ledger
from engine.store.port import Act, Damage, Happening, RowChange, Transaction

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def act(stream: str, *events: dict[str, object]) -> Act:
    """Events of one command as the engine hands them over."""
    return Act(
        stream=stream,
        occurred_at=NOON,
        recorded_at=NOON,
        actor="E001",
        authenticated="account",
        host="10.0.0.7",
        events=tuple(Happening("item.signed", 1, data) for data in events),
    )


def signing(
    command: str,
    case: str = "2026-0001",
    expected: int | None = None,
    rows: tuple[RowChange, ...] = (),
    **data: object,
) -> Transaction:
    """One event in a case; `expected` is the version that the command has seen."""
    seen = {} if expected is None else {case: expected}
    return Transaction(command, seen, (act(case, data),), rows)


def ledger(folder: Path, disk: Disk | None = None) -> LedgerStore:
    """An open ledger; a damaged one fails the test."""
    store = open_ledger(folder, disk)
    assert isinstance(store, LedgerStore), store
    return store


def damage(folder: Path, disk: Disk | None = None) -> Damage:
    """Why a ledger does not open."""
    found = open_ledger(folder, disk)
    assert isinstance(found, Damage)
    return found


def filled(folder: Path, commands: int = 5) -> bytes:
    """The bytes of a ledger with a few transactions in it, closed again."""
    store = ledger(folder)
    for number in range(commands):
        row = RowChange("cases", "2026-0001", {"status": "open", "signed": number + 1})
        store.append(signing(f"c{number}", expected=number, rows=(row,), note="已交接"))
    store.close()
    return (folder / "ledger.baton").read_bytes()
