"""`baton serve` on a port of its own, and the processes that it has."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\?key=\S+")
PATIENCE = 60


class Served(NamedTuple):
    """The address with its key, the workspace, the process that serves it."""

    address: str
    sandbox: Path
    process: subprocess.Popen[str]

    @property
    def base(self) -> str:
        """The address without its key."""
        return self.address.partition("?")[0]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def running(marker: str) -> list[int]:
    """The processes whose command line names a folder."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if marker.encode() in place.read_bytes():
                found.append(int(place.parent.name))
        except OSError:
            continue
    return found


def listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def until(done: Callable[[], bool]) -> None:
    """Waits for something to come about."""
    for _ in range(PATIENCE * 10):
        if done():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come about")


@contextmanager
def serving(sandbox: Path, person: str = "boss", language: str = "en") -> Iterator[Served]:
    """Serve a workspace to a person; nothing of it runs on afterwards."""
    command = [sys.executable, "-u", "-m", "cli.main", "--lang", language]
    command += ["--workspace", str(sandbox), "--as", person]
    process = subprocess.Popen(
        [*command, "serve", "--port", str(free_port())],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "COLUMNS": "200"},
    )
    assert process.stdout is not None
    try:
        lines = iter(process.stdout.readline, "")
        address = next(found[0] for line in lines if (found := ADDRESS.search(line)))
        port = int(address.rpartition(":")[2].partition("/")[0])
        until(lambda: listens(port))
        yield Served(address, sandbox, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        process.stdout.close()
    until(lambda: running(str(sandbox)) == [])
