"""A rulebook on the disk while it is worked on: what it held when it was read, and whether it still does."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from dsl.source import of_bytes
from engine.drafting.files import Unwritten, read_bytes, replace_file


class UnreadableError(Exception):
    """A file that holds no text; the diagnostic code that says why."""


class Manuscript:
    """A file, or the name of one that is not there yet.

    It may be looked at by one thread while another one writes it.

    Args:
        path: where it is; None until somebody gives it a name.

    Attributes:
        kept: what the file held when it was last read or written; None while there is none.

    Raises:
        OSError: the file cannot be read.
        UnreadableError: what it holds is no text.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._in_use = Lock()
        self.kept = self._held()

    @property
    def name(self) -> str:
        """What the text is called; empty while it has no name."""
        return str(self.path) if self.path else ""

    def has_moved_on(self) -> bool:
        """True if the file is not what it was; False too where that cannot be seen."""
        try:
            with self._in_use:
                return self._held() != self.kept
        except (OSError, UnreadableError):
            return False

    def read_again(self) -> str:
        """What the file holds now, which is what counts from now on."""
        with self._in_use:
            self.kept = self._held()
        return self.kept or ""

    def save(self, text: str) -> Unwritten | None:
        """Write the file; why it was not written, None if it was.

        Raises:
            OSError: the folder cannot be written to.
        """
        assert self.path is not None
        with self._in_use:
            try:
                problem = replace_file(self.path, self.kept, text)
            except FileNotFoundError:
                # Somebody has taken the file away; what was written goes where it was.
                problem = replace_file(self.path, None, text)
            if problem is None:
                self.kept = text
        return problem

    def _held(self) -> str | None:
        if self.path is None:
            return None
        try:
            source = of_bytes(str(self.path), read_bytes(self.path))
        except FileNotFoundError:
            return None
        if not source.readable:
            raise UnreadableError(source.problems[0].code)
        return source.original
