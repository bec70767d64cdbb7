"""What the port promises, shown on every store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec import json
from typing_extensions import override

from engine.store.disk import Disk
from engine.store.draft import DraftStore
from engine.store.ledger import LedgerStore
from engine.store.memory import MemoryStore
from engine.store.port import (
    Committed,
    Conflict,
    Damage,
    Happening,
    KeptFile,
    RowChange,
    Sealed,
    Store,
    StoredAct,
    StoredEvent,
    Transaction,
)
from tests.engine.store.samples import NOON, act, ledger, signing


class CompactingLedger(LedgerStore):
    """Writes a snapshot behind every transaction: all that is old is in the archive."""

    @override
    def append(self, transaction: Transaction) -> Committed | Conflict:
        answer = super().append(transaction)
        assert self.compact()
        return answer


def made(kind: str, folder: Path) -> Store:
    if kind == "compacting":
        folder.mkdir()
        return CompactingLedger(folder, Disk(), begin=True)
    if kind == "ledger":
        return ledger(folder)
    return DraftStore(MemoryStore()) if kind == "draft" else MemoryStore()


@pytest.fixture(params=["memory", "draft", "ledger", "compacting"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made_store = made(request.param, tmp_path / "store")
    yield made_store
    made_store.close()


def stored_bytes(event: StoredEvent) -> bytes:
    """The bytes of an act of one event, put together from what is read."""
    fields = {name: getattr(event, name) for name in event.__struct_fields__}
    alone = Happening(fields.pop("type"), fields.pop("version"), fields.pop("data"))
    return json.encode(StoredAct(**fields, events=(alone,)))


def put(store: Store, *rows: RowChange, command: str = "rows") -> None:
    assert isinstance(store.append(Transaction(command, {}, (), rows)), Committed)


class TestEvents:
    def test_a_transaction_takes_its_place(self, store: Store) -> None:
        first = store.append(signing("c1", expected=0, note="客户档案"))
        second = store.append(signing("c2", case="2026-0002", expected=0))
        assert first == Committed("c1", 1, 1)
        assert second == Committed("c2", 2, 2)
        assert store.position() == 2
        assert store.version("2026-0001") == 1
        assert store.version("2026-0009") == 0
        [event] = store.read("2026-0001")
        assert (event.sequence, event.position, event.previous) == (1, 1, "")
        assert bytes(event.data) == '{"note":"客户档案"}'.encode()
        assert event.occurred_at == NOON

    def test_several_streams_in_one_transaction(self, store: Store) -> None:
        acts = (act("a", {"n": 1}), act("b", {"n": 2}), act("a", {"n": 3}))
        assert store.append(Transaction("c1", {"a": 0}, acts)) == Committed("c1", 1, 3)
        assert [(e.sequence, e.position) for e in store.read("a")] == [(1, 1), (2, 3)]
        assert [e.position for e in store.read("b")] == [2]

    def test_events_of_one_act_share_its_envelope(self, store: Store) -> None:
        store.append(Transaction("c1", {"a": 0}, (act("a", {"n": 1}, {"n": 2}),)))
        store.append(Transaction("c2", {"a": 2}, (act("a", {"n": 3}),)))
        found = list(store.read("a"))
        assert [(e.sequence, e.position) for e in found] == [(1, 1), (2, 2), (3, 3)]
        assert [bytes(e.data) for e in found] == [b'{"n":1}', b'{"n":2}', b'{"n":3}']
        assert [e.command_id for e in found] == ["c1", "c1", "c2"]
        assert [e.sequence for e in store.read("a", after=1)] == [2, 3]
        assert found[0].previous == found[1].previous != found[2].previous

    def test_the_acts_of_a_stream_are_chained(self, store: Store) -> None:
        for number in range(3):
            store.append(signing(f"c{number}", expected=number))
        events = list(store.read("2026-0001"))
        hashes = ["", *(sha256(stored_bytes(event)).hexdigest() for event in events)]
        assert [event.previous for event in events] == hashes[:3]

    def test_reading_behind_a_place(self, store: Store) -> None:
        for number in range(4):
            store.append(signing(f"c{number}", case="ab"[number % 2]))
        assert [e.sequence for e in store.read("a", after=1)] == [2]
        assert [e.position for e in store.changes()] == [1, 2, 3, 4]
        assert [e.position for e in store.changes(after=2)] == [3, 4]
        assert list(store.read("a", after=9)) == []
        assert list(store.changes(after=9)) == []

    def test_a_reader_sees_what_was_there_when_it_began(self, store: Store) -> None:
        store.append(signing("c1"))
        reading, all_reading = store.read("2026-0001"), store.changes()
        store.append(signing("c2"))
        assert [e.command_id for e in reading] == ["c1"]
        assert [e.command_id for e in all_reading] == ["c1"]

    def test_data_that_are_no_json_never_get_in(self, store: Store) -> None:
        with pytest.raises(TypeError, match="object"):
            store.append(Transaction("c1", {}, (act("a", {"no": object()}),)))
        assert store.position() == 0
        assert isinstance(store.append(signing("c1")), Committed)


class TestConcurrency:
    def test_the_second_of_two_writers_is_told(self, store: Store) -> None:
        store.append(signing("c1", expected=0))
        row = RowChange("cases", "2026-0001", {"status": "open"})
        late = store.append(signing("c2", expected=0, rows=(row,)))
        assert late == Conflict("2026-0001", 0, 1)
        assert store.position() == 1
        assert store.get("cases", "2026-0001") is None
        assert store.committed("c2") is None

    def test_a_stream_that_was_only_read_counts_too(self, store: Store) -> None:
        store.append(signing("c1", case="directory"))
        transaction = Transaction("c2", {"a": 0, "directory": 0}, (act("a", {}),))
        assert store.append(transaction) == Conflict("directory", 0, 1)

    def test_a_command_id_is_answered_once_and_for_ever(self, store: Store) -> None:
        store.append(signing("c1", expected=0))
        store.append(signing("c2", expected=1))
        again = store.append(signing("c1", expected=0, note="something else"))
        assert again == Committed("c1", 1, 1, repeated=True)
        assert store.committed("c2") == Committed("c2", 2, 2, repeated=True)
        assert store.committed("c3") is None
        assert store.position() == 2

    def test_rows_alone_are_a_transaction(self, store: Store) -> None:
        store.append(signing("c1"))
        answer = store.append(Transaction("c2", {}, (), (RowChange("people", "p", {}),)))
        assert answer == Committed("c2", 2, 1)
        assert store.committed("c2") == Committed("c2", 2, 1, repeated=True)


class TestRows:
    def test_put_replace_and_take_away(self, store: Store) -> None:
        put(store, RowChange("tasks", "t1", {"state": "open", "late": True}), command="c1")
        put(store, RowChange("tasks", "t1", {"state": "done"}), command="c2")
        assert store.get("tasks", "t1") == {"state": "done"}
        put(store, RowChange("tasks", "t1", None), RowChange("tasks", "t2", None), command="c3")
        assert store.get("tasks", "t1") is None
        assert store.count("tasks") == 0

    def test_a_part_renews_a_row_that_is_there(self, store: Store) -> None:
        part = RowChange("tasks", "t1", {"state": "done", "actors": ["E002"]}, part=True)
        with pytest.raises(ValueError, match="t1"):
            put(store, part, command="c0")
        put(store, RowChange("tasks", "t1", {"state": "open", "actors": ["E001"], "n": 1}), part)
        assert store.rows("tasks", {"actors": "E002"}) == [
            {"state": "done", "actors": ["E002"], "n": 1}
        ]
        put(store, RowChange("tasks", "t1", {"n": 2}, part=True), command="c2")
        assert store.get("tasks", "t1") == {"state": "done", "actors": ["E002"], "n": 2}
        assert store.count("tasks", {"actors": "E001"}) == 0
        put(store, RowChange("tasks", "t1", {"actors": ["E003"]}, part=True), command="c3")
        assert [store.count("tasks", {"actors": one}) for one in ("E002", "E003")] == [0, 1]

    def test_rows_are_copies(self, store: Store) -> None:
        put(store, RowChange("tasks", "t1", {"title": "客户档案", "actors": ["E001"]}))
        found = store.get("tasks", "t1")
        assert found is not None
        found["actors"].append("E667")
        store.rows("tasks")[0]["actors"].clear()
        store.rows("tasks", {"actors": "E001"})[0]["actors"].clear()
        assert store.get("tasks", "t1") == {"title": "客户档案", "actors": ["E001"]}

    def test_equality_tells_types_apart(self, store: Store) -> None:
        values = {"a": True, "b": 1, "c": "1", "d": None, "e": 1.0}
        put(store, *(RowChange("tasks", key, {"x": value}) for key, value in values.items()))
        assert [row["x"] for row in store.rows("tasks", {"x": True})] == [True]
        assert [row["x"] for row in store.rows("tasks", {"x": 1})] == [1, 1.0]
        assert [row["x"] for row in store.rows("tasks", {"x": "1"})] == ["1"]
        assert store.count("tasks", {"y": 1}) == 0

    def test_a_list_equals_each_of_its_members(self, store: Store) -> None:
        put(
            store,
            RowChange("tasks", "t1", {"actors": ["E001", "E002"]}),
            RowChange("tasks", "t2", {"actors": ["E002", "E002"]}),
            RowChange("tasks", "t3", {"actors": []}),
        )
        assert store.count("tasks", {"actors": "E002"}) == 2
        put(store, RowChange("tasks", "t2", {"actors": ["E003"]}), command="c2")
        assert store.count("tasks", {"actors": "E002"}) == 1
        assert store.count("tasks", {"actors": "E003"}) == 1

    def test_several_conditions_hold_together(self, store: Store) -> None:
        for number in range(12):
            row = {"case": f"k{number % 3}", "state": "open" if number % 2 else "done", "n": number}
            put(store, RowChange("tasks", f"t{number:02}", row), command=f"c{number}")
        found = store.rows("tasks", {"case": "k1", "state": "open"})
        assert [row["n"] for row in found] == [1, 7]
        assert store.count("tasks", {"case": "k1", "state": "open", "n": 7}) == 1

    def test_order_and_pages(self, store: Store) -> None:
        dues = {"t1": "2026-03-05", "t2": None, "t3": "2026-03-01", "t4": "2026-03-05"}
        put(store, *(RowChange("tasks", key, {"id": key, "due": due}) for key, due in dues.items()))
        by_due = store.rows("tasks", order="due")
        assert [row["id"] for row in by_due] == ["t3", "t1", "t4", "t2"]
        page = store.rows("tasks", order="due", offset=1, limit=2)
        assert [row["id"] for row in page] == ["t1", "t4"]
        assert [row["id"] for row in store.rows("tasks", limit=2)] == ["t1", "t2"]
        assert store.rows("tasks", offset=9) == []

    def test_order_over_mixed_values(self, store: Store) -> None:
        values = {"a": "x", "b": 3, "c": 2.5, "d": ["list"]}
        put(store, *(RowChange("tasks", key, {"id": key, "v": v}) for key, v in values.items()))
        assert [row["id"] for row in store.rows("tasks", order="v")] == ["c", "b", "a", "d"]


class TestClosedCases:
    """Their rows and streams stay within reach, wherever a store keeps them."""

    def close(self, store: Store) -> None:
        store.append(signing("c1", expected=0, rows=(RowChange("cases", "2026-0001", {}),)))
        rows = (RowChange("cases", "2026-0001", None), RowChange("closed", "2026-0001", {"n": 1}))
        store.append(signing("c2", expected=1, rows=rows))
        store.append(signing("c3", case="2026-0001/attempts"))
        store.append(signing("c4", case="2026-0002", expected=0))

    def test_they_can_be_read(self, store: Store) -> None:
        self.close(store)
        assert store.get("cases", "2026-0001") is None
        assert store.get("closed", "2026-0001") == {"n": 1}
        assert store.rows("closed", {"n": 1}) == [{"n": 1}]
        assert store.count("closed") == 1
        assert store.version("2026-0001") == 2
        assert [event.command_id for event in store.read("2026-0001")] == ["c1", "c2"]
        assert [event.command_id for event in store.read("2026-0001", after=1)] == ["c2"]
        assert [event.command_id for event in store.changes(after=1)] == ["c2", "c3", "c4"]
        assert store.append(signing("c2")) == Committed("c2", 2, 2, repeated=True)

    def test_they_can_go_on(self, store: Store) -> None:
        self.close(store)
        assert store.append(signing("c5", expected=1)) == Conflict("2026-0001", 1, 2)
        row = RowChange("closed", "2026-0001", {"n": 2})
        assert isinstance(store.append(signing("c6", expected=2, rows=(row,))), Committed)
        assert store.version("2026-0001") == 3
        assert [event.sequence for event in store.read("2026-0001", after=1)] == [2, 3]
        assert store.rows("closed") == [{"n": 2}]
        assert list(store.verify()) == []

    def test_their_rows_are_copies(self, store: Store) -> None:
        put(store, RowChange("closed", "2026-0001", {"viewers": ["E001"]}))
        found = store.get("closed", "2026-0001")
        assert found is not None
        found["viewers"].clear()
        assert store.get("closed", "2026-0001") == {"viewers": ["E001"]}

    def test_they_are_never_taken_away(self, store: Store) -> None:
        self.close(store)
        with pytest.raises(ValueError, match="2026-0001"):
            put(store, RowChange("closed", "2026-0001", None))
        assert store.count("closed") == 1


class TestTimers:
    def at(self, minutes: int) -> str:
        return (NOON + timedelta(minutes=minutes)).isoformat(timespec="microseconds")

    def test_due_ones_come_earliest_first(self, store: Store) -> None:
        for number, minutes in enumerate([5, -1, 0, -10]):
            row = {"id": number, "at": self.at(minutes)}
            put(store, RowChange("timers", f"t{number}", row), command=f"c{number}")
        assert [row["id"] for row in store.due_timers(NOON, 10)] == [3, 1, 2]
        assert [row["id"] for row in store.due_timers(NOON, 2)] == [3, 1]
        put(
            store,
            RowChange("timers", "t3", None),
            RowChange("timers", "t0", {"id": 0, "at": self.at(-30)}),
        )
        assert [row["id"] for row in store.due_timers(NOON, 10)] == [0, 1, 2]
        assert store.due_timers(datetime(2000, 1, 1, tzinfo=UTC), 10) == []

    def test_every_way_to_write_an_instant(self, store: Store) -> None:
        ways = ["2026-03-02T12:00:00Z", "2026-03-02T20:00:00+08:00", self.at(0)]
        put(store, *(RowChange("timers", f"t{n}", {"at": at}) for n, at in enumerate(ways)))
        assert len(store.due_timers(NOON, 10)) == 3
        assert store.due_timers(NOON - timedelta(microseconds=1), 10) == []

    @pytest.mark.parametrize("at", [None, 5, "soon", "2026-03-02T12:00:00"])
    def test_a_timer_without_an_instant_never_gets_in(self, store: Store, at: object) -> None:
        with pytest.raises(ValueError, match=r"instant|isoformat"):
            put(store, RowChange("timers", "t", {"at": at}))
        assert store.count("timers") == 0


class TestBeside:
    def test_a_private_value(self, store: Store) -> None:
        sealed = store.seal(b"18000 CNY")
        assert store.unseal(sealed) == b"18000 CNY"
        assert store.seal(b"18000 CNY") != sealed, "equal values must not look equal"
        assert store.unseal(Sealed("0" * 64)) is None
        assert store.unseal(Sealed("../../etc/passwd")) is None

    def test_a_file(self, store: Store, tmp_path: Path) -> None:
        source = tmp_path / "客户确认函.eml"
        source.write_bytes(b"we confirm" * 300_000)
        kept = store.keep(source)
        assert kept == KeptFile(sha256(source.read_bytes()).hexdigest(), 3_000_000)
        assert store.keep(source) == kept
        source.unlink()
        assert isinstance(kept, KeptFile)
        assert store.kept(kept.sha256) == b"we confirm" * 300_000
        assert store.kept("0" * 64) is None

    def test_what_is_no_plain_file_is_refused(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "mail").write_bytes(b"x")
        (tmp_path / "link").symlink_to(tmp_path / "mail")
        os.mkfifo(tmp_path / "pipe")
        refused = {
            "missing": "K121",
            "mail/below": "K121",
            "no\0name": "K121",
            "link": "K122",
            ".": "K123",
            "pipe": "K123",
        }
        for name, code in refused.items():
            found = store.keep(tmp_path / name)
            assert isinstance(found, Damage)
            assert (found.code, found.values["file"]) == (code, str(tmp_path / name))

    def test_a_file_too_large(self, store: Store, tmp_path: Path) -> None:
        source = tmp_path / "film.mp4"
        with source.open("wb") as file:
            file.truncate(200_000_001)
        found = store.keep(source)
        assert isinstance(found, Damage)
        assert (found.code, found.values["limit"]) == ("K124", "200")


class TestVerify:
    def test_a_sound_store(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "mail").write_bytes(b"we confirm")
        kept, sealed = store.keep(tmp_path / "mail"), store.seal(b"18000 CNY")
        store.append(signing("c1", evidence=[kept], pay=sealed, rows=()))
        put(store, RowChange("cases", "2026-0001", {"status": "open"}))
        assert list(store.verify()) == []
        summary = store.summary()
        assert (summary.transactions, summary.events) == (2, 1)
        assert summary.rows["cases"] == 1

    def test_what_an_event_names_must_be_there(self, store: Store) -> None:
        missing = {"file": KeptFile("1" * 64, 3), "pay": Sealed("2" * 64)}
        store.append(signing("c1", deep=[missing]))
        store.append(signing("c2", again=missing))
        found = sorted((damage.code, damage.where) for damage in store.verify())
        assert found == [("K112", "2026-0001#1"), ("K114", "2026-0001#1")]

    def test_a_kept_file_has_the_size_that_the_event_says(
        self, store: Store, tmp_path: Path
    ) -> None:
        (tmp_path / "mail").write_bytes(b"we confirm")
        kept = store.keep(tmp_path / "mail")
        assert isinstance(kept, KeptFile)
        store.append(signing("c1", file={"sha256": kept.sha256, "size": 3}))
        assert [damage.code for damage in store.verify()] == ["K115"]
