"""The screens in a browser: behind a key, on the loopback alone, and no process is left."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import aiohttp
import pytest

from tests.cli.conftest import Baton
from tests.cli.serving import PATIENCE, Served, running, serving, until


async def screen(served: Served, case: str) -> str:
    """What a window shows once it is there; then it is closed."""
    base, address = served.base, served.address
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(base) as answer:
            assert answer.status == 403
        async with session.get(f"{base}ws") as answer:
            assert answer.status == 403
        async with session.get(address) as answer:
            assert answer.status == 200
        text = b""
        async with session.ws_connect(f"{base}ws?width=120&height=30") as window:
            while case.encode() not in text:
                message = await window.receive(timeout=PATIENCE)
                if message.type == aiohttp.WSMsgType.BINARY:
                    text += message.data
            assert len(running(str(served.sandbox))) > 1
        return text.decode(errors="replace")


@pytest.mark.long
def test_the_screens_are_served_to_whoever_has_the_key_and_end_with_the_window(
    sandbox: Path, case: str
) -> None:
    with serving(sandbox) as served:
        assert "Li Wei" in asyncio.run(screen(served, case))
        until(lambda: running(str(sandbox)) == [served.process.pid])


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
