"""The static types of the language. A unit is part of the type: a currency, a kind of day."""

from __future__ import annotations

from typing import Literal, NamedTuple, dataclass_transform

from msgspec import Struct, field
from typing_extensions import override

DurationUnit = Literal["minute", "hour", "day", "week", "working_hour", "working_day"]


_LENGTHS: dict[DurationUnit, tuple[int, DurationUnit]] = {
    "minute": (1, "minute"),
    "hour": (60, "minute"),
    "day": (1, "day"),
    "week": (7, "day"),
    "working_hour": (1, "working_hour"),
    "working_day": (1, "working_day"),
}


_DAY = 23 * 60
"""Minutes of the shortest day, on which clocks are put forward."""
_AT_LEAST = {("working_day", "day"): 1, ("working_day", "minute"): _DAY, ("day", "minute"): _DAY}
"""How many of another unit one has at least, where that can be said."""


class Duration(NamedTuple):
    """A span of time as it was written; equal to what is as long: `2 weeks` to `14 days`.

    A day is not 24 hours where clocks are put forward, and no working day, so these are never equal.
    """

    amount: int
    unit: DurationUnit

    @property
    def length(self) -> tuple[int, DurationUnit]:
        """The amount in the smallest unit of its kind, and that unit."""
        times, unit = _LENGTHS[self.unit]
        return self.amount * times, unit

    def exceeds(self, other: Duration) -> bool:
        """True if it is surely longer, whatever days off and moved clocks there are."""
        (amount, unit), (than, of) = self.length, other.length
        return amount * _AT_LEAST.get((unit, of), unit == of) > than

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Duration) and self.length == other.length

    @override
    def __ne__(self, other: object) -> bool:
        return not self == other

    @override
    def __hash__(self) -> int:
        return hash(self.length)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Tagged(Struct, frozen=True, tag_field="is", omit_defaults=True):
    """A frozen value that its JSON form names by `is`."""


class TextType(Tagged, tag="text"):
    """Any line of text."""


class IntegerType(Tagged, tag="integer"):
    """A whole number, inclusive bounds where declared (`1..15`)."""

    low: int | None = None
    high: int | None = None


class NumberType(Tagged, tag="number"):
    """A decimal number without a unit."""

    low: int | None = None
    high: int | None = None


class PercentType(Tagged, tag="percent"):
    """A decimal in percentage points: `60%` has the value 60."""


class MoneyType(Tagged, tag="money"):
    """A decimal amount; the currency (ISO 4217) is part of the type."""

    currency: str


class DateType(Tagged, tag="date"):
    """A calendar day in the rulebook's zone."""


class TimeType(Tagged, tag="time"):
    """A time of day, to the minute."""


class DateTimeType(Tagged, tag="datetime"):
    """An instant."""


class DurationType(Tagged, tag="duration"):
    """A span of time with its unit."""


class YesNoType(Tagged, tag="yes_no"):
    """Yes or no."""


class Option(Struct, frozen=True):
    """One of the options of a choice; the title is per language code."""

    id: str
    title: dict[str, str]


class ChoiceType(Tagged, tag="choice"):
    """One of the listed options."""

    options: tuple[Option, ...]


class PersonType(Tagged, tag="person"):
    """A person of the directory; the value is the person's id."""


class DepartmentType(Tagged, tag="department"):
    """A department of the directory; the value is its name."""


class FileType(Tagged, tag="file"):
    """A file given as evidence; the value is its SHA-256 in hexadecimal."""


class ListType(Tagged, tag="list"):
    """A list of records of one declared shape."""

    record: str


class RecordType(Tagged, tag="record"):
    """One record, as a `for each` binds it."""

    record: str


class SeveralType(Tagged, tag="several"):
    """What the rows of a decision table give together; every value is of the one type."""

    of: Type


class RoleType(Tagged, tag="role"):
    """A role that a decision table chooses. It stands where a role can, never in a condition."""


Type = (
    TextType
    | IntegerType
    | NumberType
    | PercentType
    | MoneyType
    | DateType
    | TimeType
    | DateTimeType
    | DurationType
    | YesNoType
    | ChoiceType
    | PersonType
    | DepartmentType
    | FileType
    | ListType
    | RecordType
    | SeveralType
)
