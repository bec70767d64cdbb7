"""The query side: rows in TinyDB tables whose writes cost what they touch.

TinyDB's extension points carry it (tinydb.readthedocs.io, "How to Extend TinyDB"): a storage that
hands out the live tables, a table class that reads and updates them in place instead of rewriting a
file, string keys as document ids, and a document class that copies, so that no reader can reach into
a table. Rows are made durable by the ledger before they arrive here.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, cast, get_args

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table
from typing_extensions import override

from engine.store.port import Row, RowChange, TableName

TABLES: tuple[TableName, ...] = get_args(TableName)

Where = Mapping[str, str | int | bool]
_Facet = tuple[bool, str | float]
_AFTER_ALL = "\U0010ffff"


class RowDocument(Document):
    """A copy of a row, down to its last list. `doc_id` is the row's key."""

    def __init__(self, value: Mapping[str, Any], doc_id: str) -> None:
        super().__init__(cast("Row", _copied(value)), cast("int", doc_id))


class IndexedRows(dict[str, Row]):
    """The live rows of one table by key, with the indexes that its readers have asked for.

    An index by a field is built when the field is first asked for and kept from then on.
    """

    def __init__(self) -> None:
        super().__init__()
        self._by_field: dict[str, dict[_Facet, set[str]]] = {}
        self._by_instant: list[tuple[datetime, str]] | None = None

    @override
    def __setitem__(self, key: str, row: Row) -> None:
        old = self.get(key)
        if old is not None:
            self._forget(key, old)
        super().__setitem__(key, row)
        for field, facets in self._by_field.items():
            _enter(facets, row.get(field), key)
        if self._by_instant is not None:
            insort(self._by_instant, (instant(row), key))

    @override
    def __delitem__(self, key: str) -> None:
        self._forget(key, self[key])
        super().__delitem__(key)

    @override
    def clear(self) -> None:
        """Drop every row and every index."""
        super().clear()
        self._by_field.clear()
        self._by_instant = None

    def fill(self, rows: dict[str, Row]) -> None:
        """Take over rows all at once, before anybody has asked for an index."""
        super().update(rows)

    def change(self, change: RowChange) -> None:
        """Put a row in its place, renew a part of it, or take it away."""
        key, row = change.key, change.row
        if row is None:
            if key in self:
                del self[key]
        elif change.part:
            self._renew(key, row)
        else:
            self[key] = row

    def _renew(self, key: str, part: Row) -> None:
        """Only the indexes by what is new in a row have anything to do."""
        if self._by_instant is not None and "at" in part:
            self[key] = {**self[key], **part}
            return
        old = self[key]
        for field, facets in self._by_field.items():
            if field in part:
                _leave(facets, old.get(field), key)
                _enter(facets, part[field], key)
        super().__setitem__(key, {**old, **part})

    def _forget(self, key: str, row: Row) -> None:
        for field, facets in self._by_field.items():
            _leave(facets, row.get(field), key)
        if self._by_instant is not None:
            del self._by_instant[bisect_left(self._by_instant, (instant(row), key))]

    def having(self, field: str, value: str | float) -> Collection[str]:
        """The keys of the rows whose field equals a value or is a list with it."""
        facets = self._by_field.get(field)
        if facets is None:
            facets = self._by_field[field] = {}
            for key, row in self.items():
                _enter(facets, row.get(field), key)
        return facets.get(_facet(value), ())

    def due(self, now: datetime, limit: int) -> list[str]:
        """The keys of the rows whose `at` is not after now, earliest first."""
        if self._by_instant is None:
            self._by_instant = sorted((instant(row), key) for key, row in self.items())
        end = bisect_left(self._by_instant, (now, _AFTER_ALL))
        return [key for _, key in self._by_instant[: min(end, limit)]]


class RowStorage(Storage):
    """The live tables; nothing is written anywhere."""

    def __init__(self) -> None:
        self._tables: dict[str, IndexedRows] = {name: IndexedRows() for name in TABLES}

    @override
    def read(self) -> dict[str, dict[str, Any]]:
        """Every table, live."""
        return cast("dict[str, dict[str, Any]]", self._tables)

    @override
    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Put other content in the place of all tables."""
        for name, rows in self._tables.items():
            rows.clear()
            for key, row in data.get(name, {}).items():
                rows[key] = row


class RowTable(Table):
    """A table that updates its rows in place."""

    document_class = RowDocument  # type: ignore[assignment] # ids are text, see below
    document_id_class = str  # type: ignore[assignment] # TinyDB's hint says int, its docs any class

    def __init__(self, storage: RowStorage, name: str) -> None:
        # A query cache would hand the same copy to two readers.
        super().__init__(storage, name, cache_size=0)
        self._rows = cast("IndexedRows", storage.read()[name])

    @override
    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return cast("dict[str, Mapping[str, Any]]", self._rows)

    @override
    def _update_table(self, updater: Callable[[dict[Any, Any]], None]) -> None:
        updater(self._rows)

    def matching(self, where: Where) -> Collection[str]:
        """The keys of the rows whose fields equal `where`."""
        if not where:
            return self._rows.keys()
        found = sorted((self._rows.having(*pair) for pair in where.items()), key=len)
        rest = [keys for keys in found[1:] if keys is not found[0]]
        return [key for key in found[0] if all(key in keys for keys in rest)] if rest else found[0]

    def page(self, where: Where, order: str | None, offset: int, limit: int | None) -> list[Row]:
        """One page of the matching rows, sorted by a field, then by key."""
        keys = sorted(self.matching(where))
        if order is not None:
            keys.sort(key=lambda key: _rank(self._rows[key].get(order)))
        stop = None if limit is None else offset + limit
        return self.copies(islice(keys, offset, stop))

    def due(self, now: datetime, limit: int) -> list[Row]:
        """The rows whose `at` is not after now, earliest first."""
        return self.copies(self._rows.due(now, limit))

    def copies(self, keys: Iterable[str]) -> list[Row]:
        """Rows by key, as copies."""
        return [RowDocument(self._rows[key], key) for key in keys]


class RowBase(TinyDB):
    """A TinyDB whose tables are row tables."""

    table_class = RowTable  # type: ignore[assignment] # TinyDB's hint is not covariant


Load = Callable[[TableName], dict[str, Row]]
"""Reads the rows that a table had when it was last written down."""


def no_rows(table: TableName) -> dict[str, Row]:
    """What a table holds that was never written down."""
    del table
    return {}


class Tables:
    """The rows of one store. A table is loaded when it is first asked for.

    Args:
        load: gives the rows of a table as they were before any change that is applied here.
    """

    def __init__(self, load: Load = no_rows) -> None:
        base = RowBase(storage=RowStorage)
        self._live = cast("dict[str, IndexedRows]", base.storage.read())
        self._tables = {name: cast("RowTable", base.table(name)) for name in TABLES}
        self._load = load
        # Of a table that is not loaded yet the last change of each row: most are written many times.
        self._waiting: dict[TableName, dict[str, RowChange]] = {name: {} for name in TABLES}

    def _rows(self, table: TableName) -> IndexedRows:
        rows = self._live[table]
        waiting = self._waiting.get(table)
        if waiting is not None:
            rows.fill(self._load(table))
            for change in waiting.values():
                rows.change(change)
            del self._waiting[table]
        return rows

    def _table(self, table: TableName) -> RowTable:
        self._rows(table)
        return self._tables[table]

    def apply(self, changes: Iterable[RowChange]) -> None:
        """Take over row changes; their rows belong to the tables from now on."""
        for change in changes:
            waiting = self._waiting.get(change.table)
            if waiting is None:
                self._live[change.table].change(change)
            else:
                waiting[change.key] = _after(waiting.get(change.key), change)

    def get(self, table: TableName, key: str) -> Row | None:
        """A copy of one row."""
        row = self._rows(table).get(key)
        return None if row is None else cast("Row", _copied(row))

    def whole(self, table: TableName) -> Mapping[str, Row]:
        """Every row of a table by key, live: to be read only."""
        return self._rows(table)

    def page(
        self, table: TableName, where: Where | None, order: str | None, span: tuple[int, int | None]
    ) -> list[Row]:
        """Copies of matching rows; `span` is offset and limit."""
        return self._table(table).page(where or {}, order, *span)

    def count(self, table: TableName, where: Where | None = None) -> int:
        """How many rows match."""
        return len(self._table(table).matching(where or {}))

    def sizes(self) -> dict[str, int]:
        """How many rows each table holds."""
        return {name: len(self.whole(name)) for name in TABLES}

    def due_timers(self, now: datetime, limit: int) -> list[Row]:
        """Timers due, earliest first."""
        return self._table("timers").due(now, limit)

    def differences(self, other: Tables) -> list[tuple[TableName, str]]:
        """Table and key of every row that is not the same in both."""
        found: list[tuple[TableName, str]] = []
        for name in TABLES:
            mine, theirs = self.whole(name), other.whole(name)
            keys = sorted(mine.keys() | theirs.keys())
            found += [(name, key) for key in keys if mine.get(key) != theirs.get(key)]
        return found


def _after(before: RowChange | None, change: RowChange) -> RowChange:
    """What two changes of a row come to."""
    if before is None or before.row is None or change.row is None or not change.part:
        return change
    return RowChange(change.table, change.key, {**before.row, **change.row}, before.part)


def instant(row: Row) -> datetime:
    """When a timer is due, aware. `ValueError` if its `at` is no instant with an offset."""
    at = row.get("at")
    moment = datetime.fromisoformat(at) if isinstance(at, str) else None
    if moment is None or moment.tzinfo is None:
        message = f"a timer needs `at`, an instant with its offset, not {at!r}"
        raise ValueError(message)
    return moment


_CONTAINERS = {dict, list}
"""What JSON is read into that can be changed."""


def _copied(value: object) -> object:
    if isinstance(value, dict):
        return {
            key: _copied(part) if type(part) in _CONTAINERS else part for key, part in value.items()
        }
    return [_copied(part) for part in value] if isinstance(value, list) else value


def _facet(value: str | float) -> _Facet:
    # JSON tells true from 1, Python's equality does not.
    return isinstance(value, bool), value


def _facets(value: object) -> list[_Facet]:
    parts = value if isinstance(value, list) else [value]
    return list({_facet(part): None for part in parts if isinstance(part, str | int | float)})


def _enter(facets: dict[_Facet, set[str]], value: object, key: str) -> None:
    for facet in _facets(value):
        facets.setdefault(facet, set()).add(key)


def _leave(facets: dict[_Facet, set[str]], value: object, key: str) -> None:
    for facet in _facets(value):
        facets[facet].discard(key)
        if not facets[facet]:
            del facets[facet]


def _rank(value: object) -> tuple[int, float, str]:
    if isinstance(value, int | float):
        return 0, value, ""
    if isinstance(value, str):
        return 1, 0, value
    return 2, 0, ""
