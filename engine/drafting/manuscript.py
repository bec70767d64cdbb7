"""A rulebook on the disk while it is worked on: what it held when it was read, and whether it still does."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Lock

from dsl.source import of_bytes
from engine.drafting.files import Unwritten, read_bytes, replace_file

UNNAMED = "rulebook"
"""What a text without a name is set aside as, in the current folder."""
NUMBERS = range(1, 100)
"""So many texts without a name can be set aside in one folder."""
PRIVATE = 0o600
"""Who may read what is set aside: nobody else."""


class UnreadableError(Exception):
    """A file that holds no text; the diagnostic code that says why."""


class Manuscript:
    """A file, or the name of one that is not there yet.

    It may be looked at by one thread while another one writes it.

    Args:
        path: where it is; None until somebody gives it a name.
        begun: it is begun beside others: what they have set aside is not its own.

    Attributes:
        kept: what the file held when it was last read or written; None while there is none.

    Raises:
        OSError: the file cannot be read.
        UnreadableError: what it holds is no text.
    """

    def __init__(self, path: Path | None = None, *, begun: bool = False) -> None:
        self.path = path
        self._number = next((one for one in NUMBERS if _unnamed(one).exists() != begun), 1)
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

    def aside(self) -> str | None:
        """What was set aside and the file does not hold; None if there is nothing, or nothing that can be read."""
        try:
            with self._in_use:
                found = _read(self._beside)
        except (OSError, UnreadableError):
            return None
        return None if found == self.kept else found

    def set_aside(self, text: str | None) -> None:
        """Keep a text that is not saved beside the file, whatever becomes of the terminal; None: nothing is to be kept.

        Where that cannot be done the text is no safer than it was.
        """
        with self._in_use, suppress(OSError, UnreadableError):
            if text is None:
                self._beside.unlink(missing_ok=True)
            else:
                replace_file(self._beside, _read(self._beside), text, mode=PRIVATE)

    @property
    def _beside(self) -> Path:
        """Where a text is set aside."""
        return _aside_of(self.path) if self.path else _unnamed(self._number)

    def _held(self) -> str | None:
        return None if self.path is None else _read(self.path)


def _aside_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.unsaved")


def _unnamed(number: int) -> Path:
    """Where a text without a name is set aside, one of several."""
    return _aside_of(Path(UNNAMED if number == 1 else f"{UNNAMED}-{number}"))


def _read(path: Path) -> str | None:
    """The text of a file; None if there is none.

    Raises:
        OSError: it cannot be read.
        UnreadableError: what it holds is no text.
    """
    try:
        source = of_bytes(str(path), read_bytes(path))
    except FileNotFoundError:
        return None
    if not source.readable:
        raise UnreadableError(source.problems[0].code)
    return source.original
