"""The embedded store: an append-only ledger of frames, with TinyDB tables as its query side.

    <folder>/ledger.baton    the frames (see `frames`)
    <folder>/lock            taken by whoever reads behind what it knows, or writes
    <folder>/cut/            torn ends of crashes, kept
    <folder>/snapshot.baton, archive/       what need not be read again (see `recall`)
    <folder>/sealed/, evidence/, incoming/   see `vault`

Several processes may hold a store on one folder. A store belongs to one thread. After a failure it
refuses everything until it is opened again.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from engine.store.disk import Disk
from engine.store.entries import Entry, hash_of, pack, place
from engine.store.examination import Examination
from engine.store.failure import StoreFailure, refused
from engine.store.frames import Flaw, Frame
from engine.store.guards import Soundness, Stillness
from engine.store.history import History
from engine.store.index import Index
from engine.store.journal import CUT, Journal, must_fit
from engine.store.lock import FolderLock
from engine.store.places import places_of
from engine.store.port import (
    Committed,
    Conflict,
    Damage,
    KeptFile,
    Row,
    Sealed,
    StoredEvent,
    Summary,
    TableName,
    Transaction,
)
from engine.store.recall import Recall
from engine.store.rows import Where
from engine.store.snapshot import snapshot_id
from engine.store.vault import Vault
from engine.store.verification import entry_of, located, verified

_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
TAIL = 4 * 1024 * 1024
"""Bytes of the ledger behind its snapshot, from which on a handle that has written compacts at its end."""


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
        `K103` of another format, `K104` not writable, `K106` or `K107` damaged (with what is
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
        folder: where it lies.
        repairs: what this handle has met and dealt with: torn ends that it has cut and set aside
            (`K105`), a snapshot or archive that it could not use (`K126`).
    """

    def __init__(self, folder: Path, disk: Disk, *, begin: bool) -> None:
        self.folder = folder
        self._disk = disk
        self._vault = Vault(disk, folder)
        self._guard = Soundness()
        self._stillness = Stillness()
        self._written = False
        self.repairs: tuple[Damage, ...] = ()
        if not begin:  # in a folder that is no store's, not even a lock is left behind
            Journal(disk, folder, begin=False).close()
        with ExitStack() as handles:
            self._lock = FolderLock(disk, folder / "lock")
            handles.callback(self._lock.close)
            with self._lock.held(exclusive=True):
                self._journal = Journal(disk, folder, begin=begin)
                handles.callback(self._journal.close)
                self._history = History(self._journal)
                self._recall = self._recalled()
                handles.callback(self._let_go)
                self._take_in_and_mend()
            self._handles = handles.pop_all()

    def _recalled(self) -> Recall:
        """Begin where the last snapshot stood. The lock is held: its files stay where they are."""
        recall = Recall(self._disk, self.folder, self._journal.identity.hex())
        try:
            self._journal.rewind()
            if recall.standing is not None:
                self._journal.resume(recall.standing)
            self._index, self._marks = recall.index(), recall.marks()
        except BaseException:
            recall.close()
            raise
        if recall.damage is not None:
            self.repairs += (recall.damage,)
        return recall

    def append(self, transaction: Transaction) -> Committed | Conflict:
        """One write, one fsync."""
        self._refuse_poisoned()
        try:
            with self._lock.held(exclusive=True):
                return self._append(transaction)
        except OSError as error:
            raise self._failed(error) from error

    def _append(self, transaction: Transaction) -> Committed | Conflict:
        if self._grown():
            self._take_in_and_mend()
        answer = self._index.answer(transaction)
        if answer is not None:
            return answer
        entry = place(transaction, self._index.position, self._head)
        payload = pack(entry)
        must_fit(payload)
        with self._guard:
            self._written = True
            return self._take(self._journal.append(payload), entry)

    def committed(self, command_id: str) -> Committed | None:
        """The earlier answer to a command id."""
        return self._fresh().committed(command_id)

    def still(self) -> Stillness:
        """Catch up with other writers now, then no more until the end or an append."""
        self._fresh()
        return self._stillness

    def version(self, stream: str) -> int:
        """The last sequence of a stream."""
        return self._fresh().version(stream)

    def position(self) -> int:
        """The last position."""
        return self._fresh().position

    def read(self, stream: str, after: int = 0) -> Iterator[StoredEvent]:
        """The events that the stream has now, read and checked one by one."""
        return self._reading(self._history.of(stream, self._fresh().places(stream)[after:], after))

    def changes(self, after: int = 0) -> Iterator[StoredEvent]:
        """The events that the store has now behind a position."""
        index = self._fresh()
        if after >= index.position:
            return iter(())
        return self._reading(self._history.behind(after, self._marks, self._journal.end))

    def get(self, table: TableName, key: str) -> Row | None:
        """One row, by key."""
        return self._fresh().get(table, key)

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
        """Read everything again: frames, streams, what lies beside, the archive, and the rows."""
        index = self._fresh()
        return verified(self._journal, Examination(self.unseal, self.kept), index)

    def summary(self) -> Summary:
        """Counts and the last frame's digest."""
        index = self._fresh()
        return Summary(
            transactions=self._journal.count,
            events=index.position,
            rows=index.tables.sizes(),
            last_hash=self._journal.digest.hex(),
            bytes=self._journal.end,
            cut=len(self._disk.names_in(self.folder / CUT)),
        )

    @property
    def header(self) -> str:
        """The ledger's first line."""
        return self._journal.header.decode()

    def payloads(self, end: int) -> Iterator[bytes]:
        """What the frames up to an end hold, byte for byte; `K106` or `K107` at damage."""
        return (frame.payload for frame in self._history.frames(end))

    def compact(self) -> bool:
        """Write a snapshot of what is known, and move to the archive what nobody works on any more.

        Other processes read and write meanwhile; they wait only for two renames.

        Returns:
            False if another process is at it.

        Raises:
            StoreFailure: `K109` the disk refused; the ledger is as it was.
        """
        self._fresh()
        try:
            with self._compaction() as free:
                if free:
                    self._compact()
                return free
        except OSError as error:
            raise refused("K109", self.folder, error) from error

    def _compact(self) -> None:
        with self._lock.held(exclusive=True):
            if snapshot_id(self._disk, self.folder) != self._recall.id:
                self._renew()
            self._take_in_and_mend()
        standing = self._journal.standing(self._index.position)
        draft = self._recall.draft(self._index, self._marks, standing)
        with self._lock.held(exclusive=True):
            draft.publish()
            self._renew()

    @contextmanager
    def _compaction(self) -> Iterator[bool]:
        lock = FolderLock(self._disk, self.folder / "compacting")
        try:
            with lock.attempted() as free:
                yield free
        finally:
            lock.close()

    def _renew(self) -> None:
        with self._guard:
            self._recall.close()
            self._recall = self._recalled()
        self._take_in_and_mend()

    def close(self) -> None:
        """Release every handle; a second time does nothing. Compacts first if that is due."""
        if self._guard.sound and self._written and self.is_long:
            # Everything is durable already; whoever comes next tries again.
            with suppress(StoreFailure):
                self.compact()
        self._guard.sound = False
        self._handles.close()

    def _let_go(self) -> None:
        self._recall.close()

    @property
    def is_long(self) -> bool:
        """True if whoever opens the ledger next has so much to read that compacting pays."""
        standing = self._recall.standing
        tail = self._journal.end - (standing.end if standing else 0)
        return tail > max(TAIL, self._recall.size)

    def _fresh(self) -> Index:
        """The index, after catching up with other writers."""
        self._refuse_poisoned()
        try:
            if not self._stillness and self._grown():
                self._catch_up()
        except OSError as error:
            raise self._failed(error) from error
        return self._index

    def _grown(self) -> bool:
        try:
            return self._journal.grown()
        except StoreFailure:
            self._guard.sound = False
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
            damage = located(self._journal, flaw, self._index.position)
            self._guard.sound = False
            raise StoreFailure(damage.code, **damage.values)
        lost = self._journal.size() - flaw.offset
        values = {"file": str(self._journal.path), "offset": str(flaw.offset), "bytes": str(lost)}
        values["kept"] = str(self._journal.cut(flaw))
        self.repairs += (Damage("K105", f"{self._journal.path}@{flaw.offset}", values),)

    def _take_in(self) -> Flaw | None:
        with self._guard:
            for found in self._journal.unread():
                if isinstance(found, Flaw):
                    return found
                entry = entry_of(found, self._index)
                if entry is None:
                    return Flaw(found.offset, "changed")
                self._take(found, entry)
        return None

    def _take(self, frame: Frame, entry: Entry) -> Committed:
        self._marks.pass_by(self._index.position, frame.offset, self._journal.digest)
        self._journal.passed(frame)
        return self._index.apply(entry, places_of(frame, entry))

    def _reading(self, events: Iterator[StoredEvent]) -> Iterator[StoredEvent]:
        # One by one: between two of them the caller may do what it likes, also close the store.
        while True:
            self._refuse_poisoned()
            try:
                event = next(events, None)
            except OSError as error:
                raise self._failed(error) from error
            if event is None:
                return
            yield event

    def _head(self, stream: str) -> tuple[int, str]:
        places = self._index.places(stream)
        if not places:
            return 0, ""
        known = self._index.heads.get(stream)
        return len(places), known or hash_of(self._history.stored(places[-1]))

    def _refuse_poisoned(self) -> None:
        if not self._guard.sound:
            raise StoreFailure("K110", file=str(self.folder))

    def _failed(self, error: OSError) -> StoreFailure:
        self._guard.sound = False
        return refused("K101", self.folder, error)
