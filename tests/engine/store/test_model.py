"""Two handles on one folder, driven at random, are one memory store; rows are what a plain list says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.store.ledger import LedgerStore
from engine.store.memory import MemoryStore
from engine.store.port import RowChange, Store, Transaction
from tests.engine.store.samples import NOON, act, ledger

STREAMS = st.sampled_from(["2026-0001", "2026-0002", "目录"])
VALUES = st.one_of(st.booleans(), st.integers(-2, 2), st.sampled_from(["", "open", "开放", "1"]))
FIELDS = st.dictionaries(st.sampled_from(["status", "case"]), st.one_of(VALUES, st.lists(VALUES)))
KEYS = st.sampled_from(["a", "b", "c", "d"])

tasks = st.builds(RowChange, st.just("tasks"), KEYS, st.one_of(st.none(), FIELDS))
closed = st.builds(RowChange, st.just("closed"), st.sampled_from(["2026-0001", "x"]), FIELDS)
timers = st.builds(
    lambda key, minutes: RowChange(
        "timers",
        key,
        None if minutes is None else {"at": (NOON + timedelta(minutes=minutes)).isoformat()},
    ),
    KEYS,
    st.one_of(st.none(), st.integers(-3, 3)),
)
transactions = st.builds(
    lambda number, expected, acts, rows: Transaction(
        f"c{number}",
        expected,
        tuple(act(stream, *({"text": text} for text in texts)) for stream, texts in acts),
        tuple(rows),
    ),
    st.integers(0, 30),
    st.dictionaries(STREAMS, st.integers(0, 3), max_size=2),
    st.lists(st.tuples(STREAMS, st.lists(st.text(max_size=5), min_size=1, max_size=3)), max_size=3),
    st.lists(st.one_of(tasks, timers, closed), max_size=4),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.integers(0, 1), transactions),
        st.tuples(st.just("read"), st.integers(0, 1), STREAMS),
        st.tuples(
            st.just("rows"),
            st.integers(0, 1),
            st.dictionaries(st.sampled_from(["status", "case"]), VALUES),
        ),
        st.tuples(st.just("reopen"), st.integers(0, 1), st.none()),
        st.tuples(st.just("compact"), st.integers(0, 1), st.none()),
    ),
    max_size=25,
)


def view(store: Store) -> object:
    """Everything that a reader can ask."""
    return (
        store.position(),
        list(store.changes()),
        store.rows("tasks", order="status"),
        store.rows("closed"),
        [store.get("closed", key) for key in ("2026-0001", "x", "y")],
        [list(store.read("2026-0001", after)) for after in range(4)],
        list(store.changes(after=3)),
        store.due_timers(NOON, 3),
        [store.committed(f"c{number}") for number in range(31)],
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_two_handles_are_one_memory_store(steps: list[tuple[str, int, object]]) -> None:
    model = MemoryStore()
    with TemporaryDirectory() as name:
        handles: list[LedgerStore] = [ledger(Path(name)), ledger(Path(name))]
        for kind, which, what in steps:
            handle = handles[which]
            match kind, what:
                case "append", Transaction():
                    assert handle.append(what) == model.append(what)
                case "read", str():
                    assert list(handle.read(what, after=1)) == list(model.read(what, after=1))
                    assert handle.version(what) == model.version(what)
                case "rows", dict():
                    assert handle.rows("tasks", what) == model.rows("tasks", what)
                    assert handle.count("tasks", what) == model.count("tasks", what)
                case "compact", _:
                    assert handle.compact()
                case _:
                    handle.close()
                    handles[which] = ledger(Path(name))
        assert view(handles[0]) == view(handles[1]) == view(model)
        for handle in handles:
            assert list(handle.verify()) == []
            handle.close()


def equal(field: object, wanted: object) -> bool:
    parts = field if isinstance(field, list) else [field]
    return any(
        part == wanted and isinstance(part, bool) == isinstance(wanted, bool) for part in parts
    )


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(tasks, max_size=4), max_size=8),
    st.dictionaries(st.sampled_from(["status", "case"]), VALUES),
)
def test_rows_are_what_a_plain_list_says(
    changes: list[list[RowChange]], where: dict[str, str]
) -> None:
    store, plain = MemoryStore(), dict[str, dict[str, object]]()
    for number, batch in enumerate(changes):
        store.count("tasks", where)
        store.append(Transaction(f"c{number}", {}, (), tuple(batch)))
        for change in batch:
            plain.pop(change.key, None)
            if change.row is not None:
                plain[change.key] = change.row
        expected = [
            row
            for _, row in sorted(plain.items())
            if all(equal(row.get(field), wanted) for field, wanted in where.items())
        ]
        assert store.rows("tasks", where) == expected
        assert store.count("tasks", where) == len(expected)
