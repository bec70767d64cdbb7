"""Where drafts are made: in a thread, one at a time, and always of the newest text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import NamedTuple

from dsl.catalogue import Language
from dsl.layers import Shelf
from engine.drafting.draft import Draft, Drafter
from engine.drafting.sketch import Wish


class Order(NamedTuple):
    """A draft that is wanted: of which text, for which reader, and how its process is drawn."""

    text: str
    language: Language
    wish: Wish


class Bench:
    """A drafter that takes orders. An order takes the place of the one that still waits.

    Args:
        name: of the text.
        shelf: finds the bases that it extends.
    """

    def __init__(self, name: str, shelf: Shelf) -> None:
        self._drafter = Drafter(name, shelf)
        self._order: Order | None = None
        self._is_busy = False

    def order(self, order: Order) -> None:
        """Want a draft; it comes out of `drafts`."""
        self._order = order

    async def drafts(self) -> AsyncIterator[Draft]:
        """What is ordered, until nothing is; nothing for a second caller meanwhile.

        Each comes as soon as it is judged, and once more when it is drawn, unless a newer one is wanted.
        """
        if self._is_busy:
            return
        self._is_busy = True
        try:
            while self._order is not None:
                (text, language, wish), self._order = self._order, None
                draft = await asyncio.to_thread(self._drafter.draft, text, language)
                yield draft
                if self._order is None:
                    yield await asyncio.to_thread(self._drafter.drawn, draft, wish)
        finally:
            self._is_busy = False
