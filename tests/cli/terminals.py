"""The real program in a terminal of its own: what it writes is put on a screen, what is typed reaches it."""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fcntl import ioctl
from pathlib import Path

import pyte

PATIENCE = 60
"""Seconds until something that does not appear is a failure."""


class Terminal:
    """A program with its screen.

    Args:
        process: the program.
        handle: of its terminal.
        size: columns and rows.
    """

    def __init__(
        self, process: subprocess.Popen[bytes], handle: int, size: tuple[int, int]
    ) -> None:
        self.process = process
        self._handle = handle
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._is_hung_up = False

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def type(self, keys: str) -> None:
        """Keys as a terminal sends them: `\\r` is Enter, `\\x13` Ctrl+S."""
        os.write(self._handle, keys.encode())

    def shows(self, *words: str) -> None:
        """Wait until all of the words stand on a screen that stands still, as a person would."""
        for _ in range(PATIENCE * 5):
            if not self._take_in() and all(word in self.text for word in words):
                return
        raise AssertionError(f"{words} did not appear:\n{self.text}")

    def ends(self, keys: str) -> int:
        """Press keys until the program has ended, as one may who is not heard between two screens; its exit code.

        Its last words are read: it cannot end before. With its terminal hung up it is only waited for.
        """
        for turn in range(PATIENCE * 5):
            if self.process.poll() is not None or self._is_hung_up:
                return self.process.wait(PATIENCE)
            if turn % 10 == 0:
                with suppress(OSError):  # it has ended just now
                    self.type(keys)
            self._take_in()
        raise AssertionError(f"It has not ended:\n{self.text}")

    def _take_in(self) -> bool:
        """What has been written since; False if that is nothing for a moment (a cursor blinks every half second)."""
        ready, _, _ = select.select([self._handle], [], [], 0.2)
        if ready:
            try:
                self._stream.feed(os.read(self._handle, 65536))
            except OSError:  # nobody has the other end any more
                self._is_hung_up = True
        return bool(ready)


@contextmanager
def terminal(*words: str, size: tuple[int, int] = (120, 36)) -> Iterator[Terminal]:
    """Run `baton` with some words in a terminal; it is ended afterwards if it still runs."""
    outer, inner = pty.openpty()
    ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", *words],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
    )
    os.close(inner)
    try:
        yield Terminal(process, outer, size)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        os.close(outer)
