"""The screens in a real browser, where there is one: drawn, with keys that arrive, and no process is left."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
import pytest

from tests.cli.browsers import chromium, path_of
from tests.cli.serving import PATIENCE, Served, running, serving, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocket

COLOURS = """async png => {
  const image = new Image(); image.src = "data:image/png;base64," + png; await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  return new Set(new Uint32Array(canvas.getImageData(0, 0, image.width, image.height).data.buffer)).size;
}"""
"""How many colours a picture has: a black window has one."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a window: the system's, else the one that playwright has brought."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with driver.sync_playwright() as playwright:
        if path_of(playwright) is None:
            pytest.skip("there is no Chromium on this machine")
        with chromium(playwright) as found:
            yield found


def colours(browser: Browser, png: bytes) -> int:
    counter = browser.new_page()
    counted: int = counter.evaluate(COLOURS, base64.b64encode(png).decode())
    counter.close()
    return counted


@pytest.mark.long
def test_a_browser_shows_the_board_takes_keys_and_leaves_no_process(
    sandbox: Path, case: str, browser: Browser
) -> None:
    with serving(sandbox) as served:
        page = browser.new_page(viewport={"width": 1200, "height": 640})
        look(browser, page, served, case)
        page.close()
        until(lambda: running(str(sandbox)) == [served.process.pid])


def look(browser: Browser, page: Page, served: Served, case: str) -> None:
    """Walk from the board to a case in a window, with all that it fetches."""
    shown = pyte.Screen(200, 60)
    stream = pyte.ByteStream(shown)
    fetched: list[str] = []

    def window(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: isinstance(frame, bytes) and stream.feed(frame))

    def shows(*words: str) -> None:
        for _ in range(PATIENCE * 10):
            page.wait_for_timeout(100)
            if all(word in "\n".join(shown.display) for word in words):
                return
        raise AssertionError("\n".join(shown.display))

    page.on("websocket", window)
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(served.address)
    shows(case, "Li Wei")
    board = page.screenshot()
    assert colours(browser, board) > 20  # it is drawn, not only sent
    page.keyboard.press("Enter")
    shows("Waits for: Ann Boss")
    page.wait_for_timeout(500)
    assert page.screenshot() != board
    home = (served.base, served.base.replace("http", "ws"), "data:")
    assert all(url.startswith(home) for url in fetched)
    assert len(running(str(served.sandbox))) > 1
