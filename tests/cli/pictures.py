"""Takes the pictures of the README: the real program in a real browser. `make pictures` runs it.

Each is looked at before it is kept.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from cli import demo
from dsl.catalogue import Language
from tests.cli.browsers import chromium
from tests.cli.office import BOOK, OFFICE, play
from tests.cli.serving import serving

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "docs" / "pictures"
CELL = (9, 21)
"""A cell of the browser's terminal, in its pixels."""
SETTLED = 1500
"""Milliseconds until a screen stands still."""


class Picture(NamedTuple):
    """The name of the file, the size in cells, and the keys that lead there; `'` begins a text."""

    name: str
    columns: int
    rows: int
    keys: tuple[str, ...]


CHINESE = (
    Picture("board.zh", 130, 22, ()),
    Picture("case.zh", 150, 44, ("ArrowDown", "ArrowDown", "ArrowDown", "Enter", "2")),
    Picture("lateness.zh", 100, 18, ("t",)),
)
ENGLISH = (
    Picture("board.en", 130, 18, ()),
    Picture("case.en", 150, 40, ("ArrowDown", "Enter", "2")),
    Picture("designer.en", 150, 40, ("d", f"'{BOOK}", "Enter", "PageDown", "ArrowDown")),
)
RECORDING = Picture("first-minute", 100, 26, ())


def frames(lines: int, comment: str, filtered: str) -> tuple[tuple[str, ...], ...]:
    """The keys before each frame: a case some lines down the board, a comment on it, lateness, a filter."""
    return (
        (), *[("ArrowDown",)] * lines, ("Enter",), ("ArrowDown",), ("3",), ("5",), ("2",), ("1",),
        ("a",), ("m",), (f"'{comment}",), ("F4",), ("Control+s",), ("Escape",), ("t",), ("Escape",), ("/", f"'{filtered}"),
    )  # fmt: skip


FRAMES: dict[Language, tuple[tuple[str, ...], ...]] = {
    "en": frames(1, "The papers by Monday", "status:overdue"),
    "zh": frames(3, "下周一前补齐资料", "状态:逾期"),
}


@contextmanager
def window(browser: Browser, address: str, picture: Picture) -> Iterator[Page]:
    size = {"width": picture.columns * CELL[0] + 2, "height": picture.rows * CELL[1] + 4}
    page = browser.new_page(viewport=size)
    page.goto(address)
    page.wait_for_selector("body.-first-byte")
    page.wait_for_timeout(2 * SETTLED)
    yield page
    page.close()


def press(page: Page, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key.startswith("'"):
            page.keyboard.type(key[1:])
        else:
            page.keyboard.press(key)
        page.wait_for_timeout(SETTLED)


def take(browser: Browser, address: str, picture: Picture) -> None:
    with window(browser, address, picture) as page:
        press(page, picture.keys)
        page.wait_for_timeout(3 * SETTLED)
        smaller(page.screenshot()).save(HOME / f"{picture.name}.png", optimize=True)


def record(browser: Browser, address: str, language: Language) -> None:
    with window(browser, address, RECORDING) as page:
        taken = []
        for keys in FRAMES[language]:
            press(page, keys)
            taken.append(smaller(page.screenshot()))
    taken[0].save(
        HOME / f"{RECORDING.name}.{language}.gif",
        save_all=True,
        append_images=taken[1:],
        duration=1600,
        loop=0,
        optimize=True,
    )


def smaller(png: bytes) -> Image.Image:
    """The picture in 32 colours: a terminal has few."""
    return Image.open(BytesIO(png)).convert("RGB").quantize(32, dither=Image.Dither.NONE)


def run() -> None:
    """Take every picture anew."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        chromium(playwright) as browser,
    ):
        office, company = Path(folder) / "small-company", Path(folder) / demo.WORKSPACE.name
        play(office, OFFICE)
        with serving(office, "boss", "en") as served:
            for picture in ENGLISH:
                take(browser, served.address, picture)
            record(browser, served.address, "en")
        demo.play(company, "zh")
        with serving(company, "1103", "zh") as served:
            for picture in CHINESE:
                take(browser, served.address, picture)
            record(browser, served.address, "zh")


if __name__ == "__main__":
    run()
