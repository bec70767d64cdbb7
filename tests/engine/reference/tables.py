"""Decision tables drawn at random, and beside them what the reference must know of their rows."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

Facts = dict
Test = Callable[[Facts], bool]


class Row(NamedTuple):
    """One row: when it fits, whom it chooses, and the number that it gives."""

    fits: Test
    role: str
    number: int


class Tables:
    """Two tables: the first row that fits says who looks at it, every row that fits adds somebody to talk to.

    Attributes:
        lines: their text.
        reviewers, talks: their rows.
        alone: conditions on what the first gives, which reads the grade only.
        conditions: on what either gives.
    """

    def __init__(self, random: Random, deciders: tuple[str, ...]) -> None:
        self._random = random
        self._deciders = deciders
        self.reviewers: tuple[Row, ...] = ()
        self.talks: tuple[Row, ...] = ()
        self.lines = [*self._reviewers(), *self._talks()]
        days, most = random.randint(1, 5), random.randint(1, 4)
        self.alone: dict[str, Test] = {
            f"reviewers.days > {days}": lambda facts: first_of(self.reviewers, facts).number > days,
        }
        self.conditions: dict[str, Test] = {
            **self.alone,
            f"count of talks.points >= {most}": lambda facts: len(self._points(facts)) >= most,
            f"sum of talks.points > {most}": lambda facts: sum(self._points(facts)) > most,
            f"{most} in talks.points": lambda facts: most in self._points(facts),
        }

    def _points(self, facts: Facts) -> list[int]:
        return [row.number for row in self.talks if row.fits(facts)]

    def _reviewers(self) -> list[str]:
        """Who decides, by the grade; where the first row counts, a later one takes what it takes too."""
        low, high = self._random.sample(self._deciders, 2)
        short, long = self._random.sample(range(1, 6), 2)
        at, hit = self._random.choice([4, 7, 11]), self._random.choice(["unique", "first"])
        rest = "any" if hit == "first" else f"{at + 1}..15"
        self.reviewers = (
            Row(lambda facts: facts["grade"] <= at, low, short),
            Row(lambda _: True, high, long),
        )
        return [
            f'table reviewers "Who looks at it" {hit}',
            "  given grade 1..15",
            "  gives who role",
            "  gives days integer",
            "  | grade | who | days |",
            f"  | 1..{at} | {low} | {short} |",
            f"  | {rest} | {high} | {long} |",
        ]

    def _talks(self) -> list[str]:
        rows = [self._talk() for _ in range(self._random.randint(1, 5))]
        self.talks = tuple(row for row, _ in rows)
        return [
            'table talks "Whom to talk to" collect',
            "  given grade 1..15, car",
            "  gives who role",
            "  gives points integer",
            "  | grade | car | who | points |",
            *(cells for _, cells in rows),
        ]

    def _talk(self) -> tuple[Row, str]:
        low = self._random.choice([1, 1, 6, 9])
        car = self._random.choice(["any", "any", "yes", "no"])
        role, points = self._random.choice(self._deciders), self._random.randint(1, 3)

        def fits(facts: Facts) -> bool:
            return low <= facts["grade"] <= 15 and car in ("any", "yes" if facts["car"] else "no")

        return Row(fits, role, points), f"  | {low}..15 | {car} | {role} | {points} |"


def first_of(rows: tuple[Row, ...], facts: Facts) -> Row:
    """The first row that fits; there is always one."""
    return next(row for row in rows if row.fits(facts))
