"""Where bases are found: beside the rulebook, along the project's search path, in the shipped library.

The search path stands in `baton.toml`, in the rulebook's folder or one above it:

    [rulebooks]
    path = ["../shared"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from cli.failures import wrong_use
from cli.options import Options
from dsl.layers import Offer, Shelved
from dsl.os_reasons import os_reason
from dsl.source import MAX_BYTES, Source, of_bytes

LIBRARY = Path(__file__).parents[1] / "rulebooks"
PROJECT = "baton.toml"
SHIPPED = "library"
"""What the shipped library is called in the names of texts."""
MAX_FILES = 1000
"""Of one folder so many rulebooks are looked at."""
_PEEK = 64 * 1024
_HEADER = re.compile(r"\ufeff?(?:\s|#[^\n]*\n)*(?:rulebook|规则书)\s+`?([^\s`\"“「]+)")


class Shelf:
    """Finds the texts of bases by name.

    Args:
        options: of the command line.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._files: dict[str, Path] = {}

    def __call__(self, name: str, beside: Source) -> Shelved:
        """What is found under a name for a text, the nearest place first."""
        places = self.places(beside)
        looked = tuple(str(folder) for folder, _ in places)
        offers: dict[Path, Offer] = {}
        known: set[str] = set()
        unread: list[str] = []
        own = self.path(beside).resolve()
        for number, (folder, shown) in enumerate(places):
            for file in rulebooks_in(folder, deep=folder == LIBRARY):
                at = file.resolve()
                if at == own or at in offers:
                    continue
                name_shown = f"{shown}{file.relative_to(folder).as_posix()}"
                try:
                    said, text = _read(file, name)
                except OSError as error:  # gone since the folder was listed, or not for everybody
                    unread.append(f"{name_shown} ({os_reason(self._options.language, error)})")
                    continue
                known.update(() if said is None else (said,))
                if said == name:
                    self._files[name_shown] = file
                    offers[at] = Offer(of_bytes(name_shown, text), number)
        return Shelved(tuple(offers.values()), looked, tuple(sorted(known)), tuple(unread))

    def places(self, beside: Source) -> list[tuple[Path, str]]:
        """The folders in order, each with what stands before the names of its files."""
        folder = self.path(beside).parent
        own = (folder, "" if str(folder) == "." else f"{folder}/")
        path = [(one, f"{one}/") for one in self._search_path(folder)]
        return [own, *path, (LIBRARY, f"{SHIPPED}/")]

    def path(self, source: Source) -> Path:
        """The file of a text that was given or found."""
        return self._files.get(source.name) or Path(source.name)

    def _search_path(self, folder: Path) -> Iterator[Path]:
        """The folders that the project names, as seen from its file."""
        for above in (folder, *folder.resolve().parents):
            project = above / PROJECT
            if project.is_file():
                for one in self._said(project):
                    yield above / one
                return

    def _said(self, project: Path) -> list[str]:
        try:
            found: Any = tomllib.loads(project.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:  # nested too deeply for the reader
            reason = getattr(error, "strerror", None) or str(error)
            raise self._wrong(project, reason) from error
        path = found.get("rulebooks", {})
        path = path.get("path", []) if isinstance(path, dict) else None
        if not isinstance(path, list) or not all(isinstance(one, str) for one in path):
            raise self._wrong(project, "[rulebooks] path")
        return path

    def _wrong(self, project: Path, reason: str) -> Exception:
        return wrong_use(self._options.language, "C170", file=str(project), reason=reason)


def shipped() -> list[str]:
    """The ids of the rulebooks of the shipped library."""
    said = (_read(file, "")[0] for file in rulebooks_in(LIBRARY, deep=True))
    return sorted(one for one in said if one is not None)


def rulebooks_in(folder: Path, *, deep: bool) -> list[Path]:
    """The rulebooks of a folder by name; nothing where there is no such folder.

    Args:
        folder: where to look.
        deep: in the folders below it, too.
    """
    try:
        every = folder.rglob("*.rulebook") if deep else folder.glob("*.rulebook")
        found = (file for file in every if file.is_file())
        return sorted(islice(found, MAX_FILES))
    except OSError:
        return []


def _read(file: Path, wanted: str) -> tuple[str | None, bytes]:
    """The id that the header of a file says, and its text if that is the wanted one.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as text:
        begin = text.read(_PEEK)
        found = _HEADER.match(begin.decode("utf-8", "replace"))
        if found is None or found[1] != wanted:
            return found[1] if found else None, b""
        return wanted, begin + text.read(MAX_BYTES + 1 - len(begin))
