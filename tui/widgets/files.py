"""Choosing a file: a path that is typed, and below it the folder that it leads into."""

from __future__ import annotations

from pathlib import Path

from typing_extensions import override

from tui.shell import Shell
from tui.widgets.looking import Found, LookUp


class FileField(LookUp):
    """A path, and the files that begin like it. A folder that is chosen is gone into.

    Args:
        shell: what every screen has at hand.
    """

    MOST = 200

    def __init__(self, shell: Shell) -> None:
        self._start = f"{Path.cwd()}/"
        super().__init__(shell, self._start)

    @property
    def chosen(self) -> str:
        """The path; nothing as long as nobody has gone anywhere."""
        return "" if self.value == self._start else self.value

    @override
    def find(self, text: str) -> list[Found]:
        """What lies in the folder that is typed."""
        return [
            Found(f"{path}/", f"{path.name}/") if path.is_dir() else Found(str(path), path.name)
            for path in matching(text)
        ]


def matching(text: str) -> list[Path]:
    """What lies in the folder of a path and begins like its last part; folders first."""
    path = Path(text).expanduser() if not text.startswith("~") or "/" in text else Path(text)
    folder, begin = (path, "") if text.endswith("/") else (path.parent, path.name)
    try:
        found = [one for one in folder.iterdir() if one.name.startswith(begin)]
        visible = [one for one in found if begin.startswith(".") or not one.name.startswith(".")]
        return sorted(visible, key=lambda one: (not one.is_dir(), one.name))
    except OSError:
        return []
