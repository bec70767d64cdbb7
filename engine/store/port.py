"""The store port: what the engine asks of any store, and the shapes that cross it.

A transaction is all or nothing and durable when `append` returns. Rows are the query side; they can
be rebuilt from the transactions, and reading them never returns a shared mutable object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, Literal, Protocol, TypeVar

from msgspec import Raw, Struct

TableName = Literal[
    "cases", "closed", "tasks", "timers", "outbox", "people", "settings", "artefacts", "feeds",
    "warnings", "attempts",
]  # fmt: skip
"""`cases` are the live ones; the row of a case that has ended moves to `closed`, for good: there it may
be replaced, but not taken away. A store need not keep `closed`, nor the streams of its cases, at hand."""
Row = dict[str, Any]
"""A JSON object. Instants in rows are UTC, ISO 8601 to the microsecond, so text order is time order."""


Data = TypeVar("Data")


class Happening(Struct, Generic[Data], frozen=True, gc=False):
    """One event of an act: its type, the type's version, and what it says."""

    type: str
    version: int
    data: Data


class Act(Struct, frozen=True, omit_defaults=True, gc=False):
    """What one command has to say in one stream, before the store has placed it.

    The data of its events are anything that msgspec writes as JSON.
    """

    stream: str
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    authenticated: str
    host: str
    events: tuple[Happening[Any], ...]
    on_behalf_of: str | None = None
    artefact: str | None = None


class StoredAct(Struct, frozen=True, omit_defaults=True, gc=False):
    """An act as it lies in the ledger: one envelope around events that follow each other.

    `sequence` (from 1 in the stream) and `position` (from 1 over the whole store) are those of its
    first event. `previous` is the SHA-256 (hexadecimal) of the exact stored bytes of the act before
    it in the stream, or empty.
    """

    stream: str
    sequence: int
    position: int
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    authenticated: str
    host: str
    command_id: str
    previous: str
    events: tuple[Happening[Raw], ...]
    on_behalf_of: str | None = None
    digest: str | None = None
    artefact: str | None = None


class StoredEvent(Struct, frozen=True, omit_defaults=True, gc=False):
    """An event as it is read: what it says, with the envelope of its act.

    `data` are the exact stored JSON; `previous` is what the act's is.
    """

    stream: str
    sequence: int
    position: int
    type: str
    version: int
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    authenticated: str
    host: str
    command_id: str
    previous: str
    data: Raw
    on_behalf_of: str | None = None
    digest: str | None = None
    artefact: str | None = None


class RowChange(Struct, frozen=True, omit_defaults=True, gc=False):
    """A row as it is from now on; None takes it away. Whoever hands it over keeps no hold of it.

    With `part` it is a row that is there, and only what is new in it.
    """

    table: TableName
    key: str
    row: Row | None
    part: bool = False


class Transaction(Struct, frozen=True, gc=False):
    """One command's whole effect.

    `expected` maps each stream that the command has read to the version (last sequence, 0: empty) that
    it has seen; streams of `acts` that are not in `expected` are appended to unconditionally.
    `digest` tells what act the id stands for, where the id was given from outside; every act keeps it.
    """

    command_id: str
    expected: dict[str, int]
    acts: tuple[Act, ...]
    rows: tuple[RowChange, ...] = ()
    digest: str | None = None


class Committed(Struct, frozen=True):
    """The answer of a store to a transaction that is now durable."""

    command_id: str
    first_position: int
    last_position: int
    repeated: bool = False
    """True if this command id had been committed before; nothing was written now."""


class Conflict(Struct, frozen=True):
    """Another writer was first: nothing was written. Read again, decide again."""

    stream: str
    expected: int
    actual: int


class Sealed(Struct, frozen=True):
    """A private value's place in an event: SHA-256 over salt and value. The value lies beside."""

    commitment: str


class KeptFile(Struct, frozen=True):
    """A file that the store has taken in; `size` in bytes."""

    sha256: str
    size: int


class Damage(Struct, frozen=True):
    """What is wrong with a store, or with a file that it was asked to take in.

    A message code of the engine's catalogue, the values of its message, and the place.
    """

    code: str
    where: str
    values: dict[str, str]


class Summary(Struct, frozen=True):
    """What a store holds. `last_hash` seals all of it (empty where nothing is chained)."""

    transactions: int
    events: int
    rows: dict[str, int]
    last_hash: str
    bytes: int = 0
    cut: int = 0
    """How many torn ends of earlier crashes have been set aside."""


class Store(Protocol):
    """See the module's docstring. Failing disks raise `engine.store.failure.StoreFailure`."""

    def append(self, transaction: Transaction) -> Committed | Conflict:
        """Make the transaction durable, or write nothing."""

    def committed(self, command_id: str) -> Committed | None:
        """The earlier answer to a command id."""

    def still(self) -> AbstractContextManager[None]:
        """Within it the store looks for what others have written at its beginning, and when it appends.

        Outside, each question looks anew.
        """

    def version(self, stream: str) -> int:
        """The last sequence of a stream, 0 if it is empty."""

    def read(self, stream: str, after: int = 0) -> Iterator[StoredEvent]:
        """The events of a stream behind a sequence, in order."""

    def changes(self, after: int = 0) -> Iterator[StoredEvent]:
        """The events of every stream behind a position, in order."""

    def position(self) -> int:
        """The last position, after catching up with other writers."""

    def get(self, table: TableName, key: str) -> Row | None:
        """One row, by key."""

    def rows(
        self,
        table: TableName,
        where: Mapping[str, str | int | bool] | None = None,
        *,
        order: str | None = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[Row]:
        """Rows whose fields equal `where`, sorted by a field (missing last), then by key; one page.

        A field that is a list equals each of its members.
        """

    def count(self, table: TableName, where: Mapping[str, str | int | bool] | None = None) -> int:
        """How many rows match."""

    def due_timers(self, now: datetime, limit: int) -> list[Row]:
        """Rows of `timers` with `at` not after now, earliest first; costs what it returns."""

    def seal(self, value: bytes) -> Sealed:
        """Keep a private value durably beside the ledger, under a fresh salt."""

    def unseal(self, sealed: Sealed) -> bytes | None:
        """The private value, checked against its commitment; None once it has been erased."""

    def keep(self, source: Path) -> KeptFile | Damage:
        """Take in a regular file (never a link or a folder) durably, by its SHA-256."""

    def kept(self, sha256: str) -> bytes | None:
        """A kept file's content, hashed again; None if it is not there."""

    def verify(self) -> Iterator[Damage]:
        """Every chain, every hash, and the rows against a rebuild from the transactions."""

    def summary(self) -> Summary:
        """Counts and the last hash."""

    def close(self) -> None:
        """Release every handle."""
