"""The screens in a browser: behind a key, on the loopback alone, and no process is left."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.cli.conftest import Baton

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\?key=\S+")
PATIENCE = 60


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
    for _ in range(PATIENCE * 10):
        if done():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come about")


@pytest.fixture
def served(sandbox: Path, case: str) -> Iterator[tuple[str, Path, subprocess.Popen[str]]]:
    assert case
    command = [sys.executable, "-u", "-m", "cli.main", "--workspace", str(sandbox), "--as", "boss"]
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
        yield address, sandbox, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        process.stdout.close()
    until(lambda: running(str(sandbox)) == [])


async def screen(address: str, sandbox: Path) -> str:
    """What a window shows once it is there; then it is closed."""
    base = address.partition("?")[0]
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(base) as answer:
            assert answer.status == 403
        async with session.get(f"{base}ws") as answer:
            assert answer.status == 403
        async with session.get(address) as answer:
            assert answer.status == 200
        text = b""
        async with session.ws_connect(f"{base}ws?width=120&height=30") as window:
            while b"2026-0001" not in text:
                message = await window.receive(timeout=PATIENCE)
                if message.type == aiohttp.WSMsgType.BINARY:
                    text += message.data
            assert len(running(str(sandbox))) > 1
        return text.decode(errors="replace")


@pytest.mark.long
def test_the_screens_are_served_to_whoever_has_the_key_and_end_with_the_window(
    served: tuple[str, Path, subprocess.Popen[str]],
) -> None:
    address, sandbox, process = served
    assert "Li Wei" in asyncio.run(screen(address, sandbox))
    until(lambda: running(str(sandbox)) == [process.pid])


def test_a_port_that_is_none_is_wrong_use(sandbox: Path, baton: Baton) -> None:
    assert sandbox.is_dir()
    ran = baton("serve", "--port", "0", "--as", "boss")
    assert ran.status == 2
    assert "C144" in ran.err


def test_where_the_part_for_browsers_is_not_installed_it_is_said_how_to_get_it(
    sandbox: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sandbox.is_dir()
    monkeypatch.setattr("cli.commands.serve.find_spec", lambda _name: None)
    ran = baton("serve", "--as", "boss")
    assert ran.status == 2
    assert "C143" in ran.err
    assert "batonpass[serve]" in ran.err


@pytest.mark.usefixtures("sandbox")
def test_a_port_that_is_taken_is_told_before_any_address(baton: Baton) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ran = baton("serve", "--port", str(other.getsockname()[1]), "--as", "boss")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("baton: C146: ")
