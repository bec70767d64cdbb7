"""What an expression may ask about the case besides its facts. The engine answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Protocol

from dsl.expressions.tree import ApprovalWord, ItemWord, Party, PersonAttribute
from dsl.types import Duration


class NoValueError(LookupError):
    """A value that an expression needs does not exist (yet): nobody fills a role, say.

    Whoever evaluates a condition takes it as not true yet, see `dsl.expressions.compile.holds`.
    """


class Environment(Protocol):
    """The case, its people and its calendar, as an expression may see them."""

    def people(self, party: Party) -> tuple[str, ...]:
        """The ids of the people who fill a party now; empty while nobody does."""
        ...

    def attribute(self, person: str, name: PersonAttribute) -> object:
        """What the directory says of a person: `level` int, `hire_date` date, else str.

        None if the directory does not say.
        """
        ...

    def content(self, item: str, content: str) -> object:
        """A content field of an item as last provided, decoded; None before."""
        ...

    def this_item(self, attribute: Literal["title", "due"]) -> object:
        """Of the item at hand: its title, or the instant of its deadline; None if it has none."""
        ...

    def item_is(self, item: str, state: ItemWord) -> bool:
        """True if every instance of the item is in the state."""
        ...

    def every_item_done(self) -> bool:
        """True if every item of the case is done, waived or not applicable."""
        ...

    def item_count(self, state: ItemWord) -> int:
        """How many item instances are in the state."""
        ...

    def approval_is(self, approval: str, state: ApprovalWord) -> bool:
        """True if the approval has ended that way."""
        ...

    def shift(
        self, moment: date | datetime, duration: Duration, direction: Literal["before", "after"]
    ) -> date | datetime:
        """The moment that lies a duration before or after; of the same kind as `moment`."""
        ...

    def at_time(self, day: date, time: str) -> datetime:
        """The instant (UTC) of a time of day `HH:MM` on a day in the rulebook's zone."""
        ...

    def days_until(self, moment: date | datetime) -> int:
        """Whole calendar days from today to the moment; negative when it is past."""
        ...
