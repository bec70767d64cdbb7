"""Choosing a file: a path that is typed, and below it the folder that it leads into."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option
from typing_extensions import override

from tui.texts import shown

MOST = 200
"""Names that are listed at most; typing narrows them down."""


class FileField(Vertical):
    """A path, and the files that begin like it. A folder that is chosen is gone into."""

    DEFAULT_CSS = """
    FileField { height: auto; }
    FileField OptionList { height: auto; max-height: 8; }
    """

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._found: list[Path] = []
        self._path = Input(f"{Path.cwd()}/", select_on_focus=False)

    @override
    def compose(self) -> ComposeResult:
        """The path and what it leads to."""
        yield self._path
        yield OptionList(markup=False)

    @property
    def value(self) -> str:
        """The path as it stands."""
        return self._path.value

    def on_mount(self) -> None:
        """List the folder that is there at first."""
        self._list()

    @on(Input.Changed)
    def _list(self) -> None:
        self._found = matching(self.value)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            Option(shown(f"{path.name}/" if path.is_dir() else path.name)) for path in self._found
        )

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        path = self._found[message.option_index]
        field = self._path
        field.value = f"{path}/" if path.is_dir() else str(path)
        field.focus()
        field.cursor_position = len(field.value)
        message.stop()


def matching(text: str) -> list[Path]:
    """What lies in the folder of a path and begins like its last part; folders first."""
    path = Path(text).expanduser() if not text.startswith("~") or "/" in text else Path(text)
    folder, begin = (path, "") if text.endswith("/") else (path.parent, path.name)
    try:
        found = [one for one in folder.iterdir() if one.name.startswith(begin)]
        visible = [one for one in found if begin.startswith(".") or not one.name.startswith(".")]
        return sorted(visible, key=lambda one: (not one.is_dir(), one.name))[:MOST]
    except OSError:
        return []
