"""Naming a person: by id or name, and below it everybody who may be meant, told apart."""

from __future__ import annotations

from typing_extensions import override

from tui.shell import Shell
from tui.widgets.looking import Found, LookUp

People = tuple[tuple[str, str], ...]
"""Everybody: id, and how they are told apart."""


class PersonField(LookUp):
    """See the module's docstring. Who is chosen stands in it by id.

    Args:
        shell: what every screen has at hand.
        text: what stands in it at first.
        people: who may be named.
    """

    def __init__(self, shell: Shell, text: str, people: People) -> None:
        self._people = people
        self._ids = {one for one, _ in people}
        super().__init__(shell, text)

    @override
    def find(self, text: str) -> list[Found]:
        """Nobody as long as nothing is typed, or once it is an id."""
        words = text.casefold().split()
        if not words or text.strip() in self._ids:
            return []
        told = ((id_, f"{id_}  {about}") for id_, about in self._people)
        return [Found(*one) for one in told if all(word in one[1].casefold() for word in words)]
