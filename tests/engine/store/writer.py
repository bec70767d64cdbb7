"""A process that writes to a shared ledger: `writer.py FOLDER NAME COUNT`.

Each command reads the case's counter, raises it by one with an event and a row beside it, and tries
again when another writer was first. A command is printed once it is acknowledged; now and then the
ledger is compacted.
"""

from __future__ import annotations

import sys
from pathlib import Path

from engine.store.ledger import LedgerStore
from engine.store.port import Committed, RowChange
from tests.engine.store.samples import ledger, signing

CASE = "2026-0001"
EVERY = 15
"""Commands between two compactions."""


def count_up(store: LedgerStore, command: str) -> None:
    """Raise the counter by one, however often it takes."""
    while True:
        version = store.version(CASE)
        row = store.get("cases", CASE) or {"count": 0}
        raised = RowChange("cases", CASE, {"count": row["count"] + 1, "by": command})
        mine = RowChange("tasks", command, {"case": CASE})
        if isinstance(store.append(signing(command, CASE, version, (raised, mine))), Committed):
            return


def main(folder: str, name: str, count: str) -> None:
    """Write, telling each acknowledged command."""
    store = ledger(Path(folder))
    for number in range(int(count)):
        count_up(store, f"{name}-{number}")
        if number % EVERY == EVERY - 1:
            store.compact()
        print(f"{name}-{number}", flush=True)  # noqa: T201 - what the test reads


if __name__ == "__main__":
    main(*sys.argv[1:])
