"""A draft begins as another store is, and leaves that as it is."""

from __future__ import annotations

from datetime import timedelta

from engine.store.draft import DraftStore
from engine.store.memory import MemoryStore
from engine.store.port import Conflict, RowChange, Transaction
from tests.engine.store.samples import NOON, signing


def base() -> MemoryStore:
    store = MemoryStore()
    timer = {"case": "2026-0001", "at": NOON.isoformat()}
    rows = (
        RowChange("cases", "2026-0001", {"status": "open", "n": 1}),
        RowChange("timers", "t", timer),
    )
    store.append(signing("c1", expected=0, rows=rows))
    store.append(signing("c2", expected=1))
    return store


def test_a_draft_goes_on_behind_what_is_there() -> None:
    store = base()
    draft = DraftStore(store)
    part = RowChange("cases", "2026-0001", {"n": 2}, part=True)
    assert not isinstance(draft.append(signing("c3", expected=2, rows=(part,))), Conflict)
    draft.append(Transaction("c4", {}, (), (RowChange("timers", "t", None),)))
    assert [one.command_id for one in draft.read("2026-0001")] == ["c1", "c2", "c3"]
    assert [one.sequence for one in draft.read("2026-0001", after=1)] == [2, 3]
    assert [one.sequence for one in draft.read("2026-0001", after=2)] == [3]
    assert [one.position for one in draft.changes(after=1)] == [2, 3]
    assert draft.get("cases", "2026-0001") == {"status": "open", "n": 2}
    assert draft.due_timers(NOON + timedelta(days=1), 9) == []
    assert [store.version("2026-0001"), store.position(), len(store.due_timers(NOON, 9))] == [
        2,
        2,
        1,
    ]
    assert store.get("cases", "2026-0001") == {"status": "open", "n": 1}


def test_a_draft_knows_the_answers_and_the_versions_of_its_base() -> None:
    store = base()
    draft = DraftStore(store)
    known = draft.committed("c2")
    assert known is not None
    assert known.repeated
    assert draft.append(signing("c3", expected=0)) == Conflict("2026-0001", 0, 2)
    sealed, own = store.seal(b"pay"), draft.seal(b"more")
    assert [draft.unseal(sealed), draft.unseal(own), store.unseal(own)] == [b"pay", b"more", None]


def test_what_others_write_meanwhile_is_not_mixed_in() -> None:
    store = base()
    draft = DraftStore(store)
    assert draft.version("2026-0001") == 2
    store.append(signing("c3", expected=2))
    draft.append(signing("mine", expected=2))
    assert [one.command_id for one in draft.read("2026-0001")] == ["c1", "c2", "mine"]
    assert [one.command_id for one in draft.changes()] == ["c1", "c2", "mine"]
