"""The pages of the codes."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import NamedTuple

from dsl.catalogue import Language

_PAGES = Path(__file__).parent / "pages"


class Page(NamedTuple):
    """What a code means: its title and the whole page, Markdown."""

    code: str
    title: str
    text: str


def page_of(language: Language, code: str) -> Page | None:
    """The page of a code, however it is typed; None if there is no such code."""
    pages = {page.stem: page for page in (_PAGES / language).glob("*.md")}
    page = pages.get(unicodedata.normalize("NFKC", code).strip().upper())
    if page is None:
        return None
    text = page.read_text(encoding="utf-8")
    return Page(page.stem, text.split("\n", 1)[0].partition(" · ")[2], text)
