"""The embedded store: an append-only ledger of frames, with TinyDB tables as its query side.

    <folder>/ledger.baton    the frames (see `frames`)
    <folder>/lock            taken by whoever reads behind what it knows, or writes
    <folder>/cut/            torn ends of crashes, kept
    <folder>/sealed/, evidence/, incoming/   see `vault`

Several processes may hold a store on one folder. A store belongs to one thread. After a failure it
refuses everything until it is opened again.
"""

from __future__ import annotations

import errno
from array import array
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from engine.store.disk import Disk
from engine.store.entries import FIRST_OFFSET, Entry, events_at, hash_of, pack, place, unpack
from engine.store.examination import Examination
from engine.store.failure import StoreFailure
from engine.store.frames import LARGEST_PAYLOAD, Flaw, FlawKind, Frame
from engine.store.index import Index
from engine.store.journal import CUT, Journal
from engine.store.lock import FolderLock
from engine.store.port import (
    Committed,
    Conflict,
    Damage,
    KeptFile,
    Row,
    RowChange,
    Sealed,
    StoredEvent,
    Summary,
    TableName,
    Transaction,
)
from engine.store.rows import Where
from engine.store.vault import Vault

_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_FLAWS: dict[FlawKind, str] = {"torn": "K106", "broken": "K106", "changed": "K107"}


def open_ledger(
    folder: Path, disk: Disk | None = None, *, begin: bool = True
) -> LedgerStore | Damage:
    """Open the store in a folder.

    Args:
        folder: where it lies; the folder's parent must exist.
        disk: the operating system, or what stands in for it.
        begin: if there is no ledger yet, begin one; otherwise that is `K119`. A workspace that had a
            ledger is opened without, so that a lost file is never mistaken for a fresh start.

    Returns:
        The store, or why there is none: `K101` not to be opened, `K102` another file is in the way,
        `K103` written by a newer Baton, `K104` not writable, `K106` or `K107` damaged (with what is
        still good), `K108` locked for too long, `K119` not there. A torn end of a crash is cut, kept and reported in
        the store's `repairs`.
    """
    disk = disk or Disk()
    try:
        if begin and disk.make_folder(folder):
            disk.fsync_folder(folder.parent)
        return LedgerStore(folder, disk, begin=begin)
    except StoreFailure as failure:
        return Damage(failure.code, failure.values.get("file", str(folder)), failure.values)
    except OSError as error:
        code = "K104" if error.errno in _FORBIDDEN else "K101"
        values = {"file": str(error.filename or folder), "reason": error.strerror or str(error)}
        return Damage(code, str(folder), values)


class LedgerStore:
    """See the module's docstring, and `port.Store` for what each method promises.

    Attributes:
        repairs: the torn ends that this handle has cut and set aside (`K105`).
    """

    def __init__(self, folder: Path, disk: Disk, *, begin: bool) -> None:
        self._folder = folder
        self._disk = disk
        self._index = Index()
        self._offsets = array("Q")
        self._sizes = array("I")
        self._vault = Vault(disk, folder)
        self._sound = True
        self.repairs: tuple[Damage, ...] = ()
        with ExitStack() as handles:
            self._lock = FolderLock(disk, folder / "lock")
            handles.callback(self._lock.close)
            with self._lock.held(exclusive=True):
                self._journal = Journal(disk, folder, begin=begin)
                handles.callback(self._journal.close)
                self._take_in_and_mend()
            self._handles = handles.pop_all()

    def append(self, transaction: Transaction) -> Committed | Conflict:
        """One write, one fsync."""
        with self._sure(), self._lock.held(exclusive=True):
            if self._grown():
                self._take_in_and_mend()
            answer = self._index.answer(transaction)
            if answer is not None:
                return answer
            entry = place(transaction, self._index.position, self._head)
            payload = pack(entry)
            _must_fit(payload)
            with self._all_or_poisoned():
                self._locate(self._journal.append(payload), entry)
                return self._index.apply(entry)

    def committed(self, command_id: str) -> Committed | None:
        """The earlier answer to a command id."""
        return self._fresh().committed(command_id)

    def version(self, stream: str) -> int:
        """The last sequence of a stream."""
        return self._fresh().version(stream)

    def position(self) -> int:
        """The last position."""
        return self._fresh().position

    def read(self, stream: str, after: int = 0) -> Iterator[StoredEvent]:
        """The events that the stream has now, read one by one from the file."""
        return self._events(self._fresh().streams.get(stream, array("Q"))[after:])

    def changes(self, after: int = 0) -> Iterator[StoredEvent]:
        """The events that the store has now behind a position."""
        return self._events(range(after + 1, self._fresh().position + 1))

    def get(self, table: TableName, key: str) -> Row | None:
        """One row, by key."""
        return self._fresh().tables.get(table, key)

    def rows(
        self,
        table: TableName,
        where: Where | None = None,
        *,
        order: str | None = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[Row]:
        """One page of matching rows."""
        return self._fresh().tables.page(table, where, order, (offset, limit))

    def count(self, table: TableName, where: Where | None = None) -> int:
        """How many rows match."""
        return self._fresh().tables.count(table, where)

    def due_timers(self, now: datetime, limit: int) -> list[Row]:
        """Timers due, earliest first."""
        return self._fresh().tables.due_timers(now, limit)

    def seal(self, value: bytes) -> Sealed:
        """Keep a private value beside the ledger."""
        return self._vault.seal(value)

    def unseal(self, sealed: Sealed) -> bytes | None:
        """The private value, checked."""
        return self._vault.unseal(sealed)

    def keep(self, source: Path) -> KeptFile | Damage:
        """Take in a regular file."""
        return self._vault.keep(source)

    def kept(self, sha256: str) -> bytes | None:
        """A kept file's content, checked."""
        return self._vault.kept(sha256)

    def verify(self) -> Iterator[Damage]:
        """Read everything again: frames, streams, what lies beside, and the rows."""
        self._fresh()
        rebuilt = Index()
        examination = Examination(self.unseal, self.kept)
        for found in self._journal.whole():
            entry = None if isinstance(found, Flaw) else _entry(found, rebuilt)
            if entry is None:
                kind: FlawKind = found.kind if isinstance(found, Flaw) else "changed"
                yield self._damage(Flaw(found.offset, kind), rebuilt)
                return
            rebuilt.apply(entry)
            for stored in entry.acts:
                yield from examination.act(stored)
        for table, key in self._index.tables.differences(rebuilt.tables):
            yield Damage("K116", f"{table}/{key}", {"table": table, "key": key})

    def summary(self) -> Summary:
        """Counts and the last frame's digest."""
        index = self._fresh()
        return Summary(
            transactions=self._journal.count,
            events=index.position,
            streams=len(index.streams),
            rows=index.tables.sizes(),
            last_hash=self._journal.digest.hex(),
            bytes=self._journal.end,
            cut=self._disk.entries(self._folder / CUT),
        )

    def close(self) -> None:
        """Release every handle; a second time does nothing."""
        self._sound = False
        self._handles.close()

    def _fresh(self) -> Index:
        """The index, after catching up with other writers."""
        with self._sure():
            if self._grown():
                self._catch_up()
            return self._index

    def _grown(self) -> bool:
        try:
            return self._journal.grown()
        except StoreFailure:
            self._sound = False
            raise

    def _catch_up(self) -> None:
        # Under the shared lock no writer is half way: what is read has been acknowledged.
        with self._lock.held(exclusive=False):
            flaw = self._take_in()
        if flaw is not None:
            with self._lock.held(exclusive=True):
                self._take_in_and_mend()

    def _take_in_and_mend(self) -> None:
        flaw = self._take_in()
        if flaw is None:
            return
        if flaw.kind != "torn":
            damage = self._damage(flaw, self._index)
            self._sound = False
            raise StoreFailure(damage.code, **damage.values)
        lost = self._journal.size() - flaw.offset
        values = {"file": str(self._journal.path), "offset": str(flaw.offset), "bytes": str(lost)}
        values["kept"] = str(self._journal.cut(flaw))
        self.repairs += (Damage("K105", f"{self._journal.path}@{flaw.offset}", values),)

    def _take_in(self) -> Flaw | None:
        # Only the last change of a row counts: most rows are written over many times.
        rows: dict[tuple[TableName, str], RowChange] = {}
        with self._all_or_poisoned():
            flaw = self._follow(rows)
            self._index.tables.apply(rows.values())
        return flaw

    def _follow(self, rows: dict[tuple[TableName, str], RowChange]) -> Flaw | None:
        for found in self._journal.unread():
            if isinstance(found, Flaw):
                return found
            entry = _entry(found, self._index)
            if entry is None:
                return Flaw(found.offset, "changed")
            self._locate(found, entry)
            self._index.number(entry)
            rows.update(((change.table, change.key), change) for change in entry.rows)
        return None

    def _locate(self, frame: Frame, entry: Entry) -> None:
        offset = frame.payload_offset + FIRST_OFFSET
        for act, where in zip(entry.acts, entry.places, strict=True):
            self._offsets.extend([offset] * where.count)
            self._sizes.extend([len(act)] * where.count)
            offset += len(act) + 1
        self._journal.passed(frame)

    def _events(self, positions: Iterable[int]) -> Iterator[StoredEvent]:
        return events_at(positions, self._stored)

    def _stored(self, position: int) -> bytes:
        with self._sure():
            return self._journal.read(self._sizes[position - 1], self._offsets[position - 1])

    def _head(self, stream: str) -> tuple[int, str]:
        positions = self._index.streams.get(stream)
        if not positions:
            return 0, ""
        known = self._index.heads.get(stream)
        return len(positions), known or hash_of(self._stored(positions[-1]))

    def _damage(self, flaw: Flaw, index: Index) -> Damage:
        path = str(self._journal.path)
        values = {"file": path, "offset": str(flaw.offset)}
        values |= {"transactions": str(len(index.commands)), "events": str(index.position)}
        return Damage(_FLAWS[flaw.kind], f"{path}@{flaw.offset}", values)

    @contextmanager
    def _sure(self) -> Iterator[None]:
        if not self._sound:
            raise StoreFailure("K110", file=str(self._folder))
        try:
            yield
        except OSError as error:
            self._sound = False
            reason = error.strerror or str(error)
            raise StoreFailure("K101", file=str(self._folder), reason=reason) from error

    @contextmanager
    def _all_or_poisoned(self) -> Iterator[None]:
        # What is between the medium and the index when an exception strikes is not known.
        self._sound = False
        yield
        self._sound = True


def _entry(frame: Frame, index: Index) -> Entry | None:
    """The entry in a frame; None if it does not follow what is there: a changed history."""
    try:
        entry = unpack(frame.payload)
    except ValueError:
        return None
    return entry if index.follows(entry) else None


def _must_fit(payload: bytes) -> None:
    if len(payload) > LARGEST_PAYLOAD:
        raise StoreFailure("K111", size=str(len(payload)), limit=str(LARGEST_PAYLOAD))
