"""What a ledger's handle knows without reading the ledger: the last snapshot, and how the next is made."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec

from engine.store.archive import FOLDER, Archive, Family
from engine.store.disk import Disk
from engine.store.failure import StoreFailure
from engine.store.index import SPAN, Index
from engine.store.marks import Marks
from engine.store.port import Damage, Row, TableName
from engine.store.rows import TABLES, Tables
from engine.store.runs import BrokenRunError, Item
from engine.store.snapshot import FILE, Snapshot, Standing, publish, write_draft

_rows = msgspec.json.Decoder(dict[str, Row])
_streams = msgspec.msgpack.Decoder(dict[str, bytes])
_encode = msgspec.json.Encoder().encode


class Recall:
    """The last snapshot with its archive, or nothing.

    Args:
        disk: the operating system.
        folder: of the ledger.
        ledger: the digest of its header, hexadecimal: a snapshot of another ledger counts for nothing.

    Attributes:
        damage: why a snapshot that is there cannot be used (`K126`).
        size: of the snapshot, in bytes.
    """

    def __init__(self, disk: Disk, folder: Path, ledger: str) -> None:
        self._disk = disk
        self._folder = folder
        self._snapshot: Snapshot | None = None
        self.damage: Damage | None = None
        with ExitStack() as handles:
            try:
                self._open(handles, ledger)
            except (BrokenRunError, FileNotFoundError, ValueError) as error:
                where = getattr(error, "filename", None) or str(folder / FILE)
                self.damage = Damage("K126", where, {"file": where})
            if self._snapshot is None:
                self.archive = Archive(disk, folder, {})
            self._handles = handles.pop_all()

    def _open(self, handles: ExitStack, ledger: str) -> None:
        try:
            snapshot = Snapshot(self._disk, self._folder)
        except FileNotFoundError:
            return
        handles.callback(snapshot.close)
        if snapshot.manifest.standing.ledger != ledger:
            raise BrokenRunError(snapshot.path)
        self.archive = Archive(self._disk, self._folder, snapshot.manifest.runs)
        handles.callback(self.archive.close)
        self._snapshot = snapshot

    @property
    def id(self) -> str:
        """The snapshot's own id; empty if there is none."""
        return self._snapshot.manifest.id if self._snapshot else ""

    @property
    def standing(self) -> Standing | None:
        """How far the ledger had been read; None if there is no snapshot."""
        return self._snapshot.manifest.standing if self._snapshot else None

    @property
    def size(self) -> int:
        """The snapshot's size in bytes."""
        return self._snapshot.size if self._snapshot else 0

    def index(self) -> Index:
        """A fresh index that stands where the snapshot stood; its tables are loaded when asked for."""
        index = Index(self.archive, Tables(self._table))
        if self._snapshot is not None:
            index.position = self._snapshot.manifest.standing.position
            found = _streams.decode(self._section("streams"))
            index.streams = {name: array("Q", places) for name, places in found.items()}
        return index

    def marks(self) -> Marks:
        """The marks up to where the snapshot stood."""
        return Marks(self._section("marks") if self._snapshot else b"")

    def _table(self, table: TableName) -> dict[str, Row]:
        if table == "closed":
            items = self.archive.items("closed")
            return {key.decode(): msgspec.json.decode(row) for key, row in items}
        return _rows.decode(self._section(table)) if self._snapshot else {}

    def _section(self, name: str) -> bytes:
        assert self._snapshot is not None
        try:
            return self._snapshot.section(name)
        except BrokenRunError as error:
            raise StoreFailure("K127", file=str(self._snapshot.path)) from error

    def draft(self, index: Index, marks: Marks, standing: Standing) -> Draft:
        """Write what is known now, durably, beside what counts; nothing is locked meanwhile."""
        if self._disk.make_folder(self._folder / FOLDER):
            self._disk.fsync_folder(self._folder)
        ended = {stream for stream in index.streams if index.has_ended(stream)}
        archive, streams = self.archive, index.streams
        runs: dict[Family, tuple[str, ...]] = {
            "closed": archive.with_new("closed", _closed(index)),
            "commands": archive.with_new("commands", _commands(index)),
            "streams": archive.with_new(
                "streams", ((name.encode(), streams[name].tobytes()) for name in ended)
            ),
        }
        live = {name: places.tobytes() for name, places in streams.items() if name not in ended}
        sections = {"streams": msgspec.msgpack.encode(live), "marks": bytes(marks.packed)}
        for table in TABLES:
            if table != "closed":
                sections[table] = _encode(index.tables.whole(table))
        path = write_draft(self._disk, self._folder, standing, runs, sections)
        return Draft(self._disk, self._folder, path, runs)

    def close(self) -> None:
        """Release every handle."""
        self._handles.close()


class Draft:
    """A snapshot that is written but does not count yet."""

    def __init__(
        self, disk: Disk, folder: Path, path: Path, runs: dict[Family, tuple[str, ...]]
    ) -> None:
        self._disk = disk
        self._folder = folder
        self._path = path
        self._runs = runs

    def publish(self) -> None:
        """Let it count from now on; whoever calls this holds the folder's lock alone."""
        publish(self._disk, self._folder, self._path, self._runs)


def _closed(index: Index) -> Iterator[Item]:
    return ((key.encode(), _encode(row)) for key, row in index.closed.items())


def _commands(index: Index) -> Iterator[Item]:
    return ((name.encode(), SPAN.pack(*span)) for name, span in index.commands.items())
