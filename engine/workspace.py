"""A workspace: one folder, whose ledger also says how it is used and who administers it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Struct

from engine.chronicle import WorkspaceMade
from engine.clock import SystemClock, new_id
from engine.store.disk import Disk
from engine.store.frames import FORMAT
from engine.store.journal import FILE
from engine.store.ledger import LedgerStore, open_ledger
from engine.store.port import Act, Committed, Damage, Happening, RowChange, Store, Transaction

LEDGER = "ledger"
STREAM = "workspace"
"""The stream of what happens to the workspace itself, and the key of the row of its settings."""


class Problem(Struct, frozen=True):
    """Why a workspace cannot be had: a code `C1xx` or `K1xx` and the values of its message."""

    code: str
    values: dict[str, str]


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # also a folder of the zones, or too long
        return False
    return True


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """How a workspace is used.

    Attributes:
        sandbox: anybody may be anyone, and the clock stands where it is put.
        administrators: operating-system accounts that publish, import and advance.
    """

    id: str
    sandbox: bool
    timezone: str
    created_at: datetime
    administrators: tuple[str, ...]


class Workspace(Struct, frozen=True):
    """An open workspace."""

    folder: Path
    settings: Settings
    store: LedgerStore


def create_workspace(
    folder: Path, *, sandbox: bool, timezone: str, account: str, host: str
) -> Workspace | Problem:
    """Make a workspace in a folder that is empty, not there yet, or where this was interrupted before.

    Returns:
        The workspace, or why not: `C101` the folder holds other files, `C102` it is a workspace
        already, `C103` it cannot be written, `C106` the zone does not exist, `K1xx` the ledger.
    """
    found = refuse_workspace(folder, timezone) or _make_room(folder)
    if found is not None:
        return found
    settings = Settings(new_id(), sandbox, timezone, SystemClock().now(), (account,))
    store = open_ledger(folder / LEDGER)
    if isinstance(store, Damage):
        return Problem(store.code, {"where": store.where, **store.values})
    answer = store.append(_making(settings, account, host))
    if isinstance(answer, Committed) and not answer.repeated:
        return Workspace(folder, settings, store)
    store.close()
    return Problem("C102", {"folder": str(folder)})


def refuse_workspace(folder: Path, timezone: str) -> Problem | None:
    """Why no workspace can be made there, as far as that can be seen without making one."""
    if not _is_zone(timezone):
        return Problem("C106", {"zone": timezone})
    try:
        names = {path.name for path in folder.iterdir()} if folder.exists() else set()
    except OSError as error:
        return _not_writable(folder, error)
    if not names or (names == {LEDGER} and _is_untouched(folder / LEDGER)):
        return None
    return Problem("C102" if LEDGER in names else "C101", {"folder": str(folder)})


def _is_untouched(folder: Path) -> bool:
    """True for what the making of a ledger leaves that was interrupted before anything was written."""
    disk = Disk()
    if any(
        name not in (FILE, "lock") and not name.startswith("new-") for name in disk.names_in(folder)
    ):
        return False
    store = open_ledger(folder, begin=False)
    if isinstance(store, Damage):
        return store.code == "K119"
    position = store.position()
    store.close()
    return position == 0


def _make_room(folder: Path) -> Problem | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return _not_writable(folder, error)
    return None


def _not_writable(folder: Path, error: OSError) -> Problem:
    return Problem("C103", {"folder": str(folder), "reason": error.strerror or str(error)})


def _making(settings: Settings, account: str, host: str) -> Transaction:
    event = WorkspaceMade(settings.id, settings.sandbox, settings.timezone, settings.administrators)
    actor = f"account:{account}"
    at = settings.created_at
    act = Act(STREAM, at, at, actor, actor, host, (Happening("WorkspaceMade", 1, event),))
    row = RowChange("settings", STREAM, msgspec.to_builtins(settings))
    return Transaction(f"init/{settings.id}", {STREAM: 0}, (act,), (row,))


def settings_of(store: Store) -> Settings | None:
    """How the store's workspace is used now; None if it has not been made to the end.

    Raises:
        msgspec.ValidationError: another version has written it.
    """
    row = store.get("settings", STREAM)
    return None if row is None else msgspec.convert(row, Settings)


def not_understood(folder: Path, error: Exception) -> Problem:
    """C105: something stored has not the shape that this version reads."""
    values = {"folder": str(folder), "format": str(FORMAT), "reason": str(error)}
    return Problem("C105", values)


def is_workspace(folder: Path) -> bool:
    """True if a workspace has been made in a folder."""
    return (folder / LEDGER).is_dir()


def open_workspace(folder: Path, disk: Disk | None = None) -> Workspace | Problem:
    """Open a workspace that is there.

    Args:
        folder: of the workspace.
        disk: the operating system, or what stands in for it.

    Returns:
        The workspace, or why not: `C104` there is none, `C105` another version has written its
        settings, `C107` its making was interrupted, `K1xx` the ledger.
    """
    if not is_workspace(folder):
        return Problem("C104", {"folder": str(folder)})
    store = open_ledger(folder / LEDGER, disk, begin=False)
    if isinstance(store, Damage):
        return Problem(store.code, {"where": store.where, **store.values})
    found = _settings(store, folder)
    if isinstance(found, Problem):
        store.close()
        return found
    return Workspace(folder, found, store)


def _settings(store: LedgerStore, folder: Path) -> Settings | Problem:
    try:
        settings = settings_of(store)
    except msgspec.ValidationError as error:
        return not_understood(folder, error)
    return settings or Problem("C107", {"folder": str(folder)})
