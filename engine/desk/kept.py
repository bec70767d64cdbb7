"""Views of the board that a person has kept: a file of their own, not of the workspace.

It lies in `$XDG_CONFIG_HOME/baton` or `~/.config/baton`, for all workspaces, apart by workspace and
person. What cannot be read counts as nothing kept; it is only replaced when a view is kept again.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from engine.desk.board import BoardQuery

Views = dict[str, BoardQuery]
FILE = "board-views.json"
_Everything = dict[str, Views]


class KeptViews:
    """The views of one person in one workspace.

    Args:
        owner: tells workspace and person apart from all others.
        folder: where the file lies; by default the user's own.
    """

    def __init__(self, owner: str, folder: Path | None = None) -> None:
        self._owner = owner
        self._file = (folder or own_folder()) / FILE

    def all(self) -> Views:
        """By name, in the order in which they were kept."""
        return self._read().get(self._owner, {})

    def keep(self, name: str, query: BoardQuery | None) -> OSError | None:
        """Keep a view under a name, or by None forget it; what went wrong with the file."""
        everything = self._read()
        mine = {one: kept for one, kept in everything.get(self._owner, {}).items() if one != name}
        if query is not None:
            mine[name] = msgspec.structs.replace(query, keep=None)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new = self._file.with_suffix(f".{os.getpid()}")
            new.write_bytes(msgspec.json.encode({**everything, self._owner: mine}))
            new.replace(self._file)
        except OSError as error:
            return error
        return None

    def _read(self) -> _Everything:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=_Everything)
        except (OSError, msgspec.DecodeError):
            return {}


def own_folder() -> Path:
    """Where the user keeps what is theirs."""
    stated = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(stated) if stated else Path.home() / ".config") / "baton"
