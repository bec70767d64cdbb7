"""A workspace: one folder that holds a ledger and says how it is used."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from engine.clock import new_id
from engine.store.ledger import LedgerStore, open_ledger
from engine.store.port import Damage

FORMAT = 1
FILE = "workspace.json"
LEDGER = "ledger"


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


def _zone(name: str) -> str:
    if not _is_zone(name):
        raise PydanticCustomError("zone", "{zone}: no IANA time zone", {"zone": name})
    return name


class Settings(BaseModel):
    """What `workspace.json` says.

    Attributes:
        sandbox: anybody may be anyone, and the clock stands where it is put.
        administrators: operating-system accounts that publish, import and advance.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1]
    id: str
    sandbox: bool
    timezone: Annotated[str, AfterValidator(_zone)]
    created_at: datetime
    administrators: tuple[str, ...]


class Workspace(Struct, frozen=True):
    """An open workspace."""

    folder: Path
    settings: Settings
    store: LedgerStore


def create_workspace(
    folder: Path, *, sandbox: bool, timezone: str, account: str, now: datetime
) -> Workspace | Problem:
    """Make a workspace in a folder that is empty or not there yet.

    Returns:
        The workspace, or why not: `C101` the folder holds other files, `C102` it is a workspace
        already, `C103` it cannot be written, `C106` the zone does not exist, `K1xx` the ledger.
    """
    if not _is_zone(timezone):
        return Problem("C106", {"zone": timezone})
    try:
        if (folder / FILE).exists():
            return Problem("C102", {"folder": str(folder)})
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            return Problem("C101", {"folder": str(folder)})
    except OSError as error:
        return Problem("C103", {"folder": str(folder), "reason": error.strerror or str(error)})
    settings = Settings(
        format=FORMAT,
        id=new_id(),
        sandbox=sandbox,
        timezone=timezone,
        created_at=now,
        administrators=(account,),
    )
    store = open_ledger(folder / LEDGER)
    if isinstance(store, Damage):
        return Problem(store.code, {"where": store.where, **store.values})
    try:
        _write(folder / FILE, settings.model_dump_json(indent=2) + "\n")
    except OSError as error:
        store.close()
        return Problem("C103", {"folder": str(folder), "reason": error.strerror or str(error)})
    return Workspace(folder, settings, store)


def open_workspace(folder: Path) -> Workspace | Problem:
    """Open a workspace that is there.

    Returns:
        The workspace, or why not: `C104` there is none, `C105` its settings are not readable or of a
        newer format, `K1xx` the ledger.
    """
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Problem("C104", {"folder": str(folder)})
    except (OSError, UnicodeDecodeError) as error:
        return Problem("C105", {"file": str(folder / FILE), "reason": str(error)})
    try:
        settings = Settings.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        reason = f"{place}: {first['msg']}" if place else first["msg"]
        return Problem("C105", {"file": str(folder / FILE), "reason": reason})
    store = open_ledger(folder / LEDGER, begin=False)
    if isinstance(store, Damage):
        return Problem(store.code, {"where": store.where, **store.values})
    return Workspace(folder, settings, store)


def _write(path: Path, text: str) -> None:
    """Whole or not at all, also after a power cut."""
    draft = path.with_suffix(".new")
    with draft.open("x", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
