"""Approvals a second time: who may answer, whose yes fills which place, when a step is decided."""

from dataclasses import dataclass, field

from tests.engine.reference.declared import Declared


@dataclass
class Place:
    roles: tuple[str, ...]
    need: int | None
    people: set[str] = field(default_factory=set)
    turn: int = 0


class Step:
    """An open step; `spent` are those who had a hand in a yes of the round, where that counts."""

    def __init__(
        self, book: Declared, ref: str, roles: dict[str, set[str]], facts: dict[str, object]
    ) -> None:
        self.ref = ref
        self.distinct = book.repeat.get(ref.partition(".")[0]) == "forbidden"
        self.roles = roles
        self.places = [Place(names, need) for names, need in book.places_of(ref, facts)]
        self.added: set[str] = set()
        self.yes: list[str] = []
        self.no: list[str] = []
        self.sent_back = False
        self.ended = False

    def asked(self, place: Place) -> set[str]:
        found = [self.roles[role] for role in place.roles if role in self.roles]
        return set().union(place.people, *found)

    def members(self, place: Place) -> set[str]:
        # Those to whom the step was escalated fill what roles fill, not the place of somebody added.
        return self.asked(place) | (self.added if place.roles else set())

    def need(self, place: Place) -> int:
        """How many yes: never none, also where nobody is left."""
        return max(len(self.asked(place)), 1) if place.need is None else place.need

    def may_answer(self, person: str) -> bool:
        if person in self.yes + self.no:
            return False
        if self.distinct:
            return self._helps(person)
        open_places = [place for place in self.places if self._short(place)]
        turn = min((place.turn for place in open_places), default=0)
        return any(person in self.members(one) for one in open_places if one.turn == turn)

    def _helps(self, person: str) -> bool:
        """Everybody counts once: one more is seated in the first turn that lacks somebody."""
        for turn in sorted({place.turn for place in self.places}):
            seats = self._seats([place for place in self.places if place.turn <= turn])
            seated = _most_seated(seats, self.yes)
            if seated < len(seats):
                return _most_seated(seats, [*self.yes, person]) > seated
        return False

    def _seats(self, places: list[Place]) -> list[set[str]]:
        return [self.members(one) for one in places for _ in range(self.need(one))]

    def remove(self, person: str) -> None:
        self.roles = {role: people - {person} for role, people in self.roles.items()}
        self.added -= {person}
        for place in self.places:
            place.people -= {person}
        self.places = [one for one in self.places if one.roles or one.people]

    def swap(self, before: str, after: str) -> None:
        for group in (self.added, *(place.people for place in self.places)):
            if before in group:
                group.remove(before)
                group.add(after)

    def answer(self) -> bool | None:
        if any(self._lost(place) for place in self.places):
            return False
        if self.distinct:
            seats = self._seats(self.places)
            return True if _most_seated(seats, self.yes) == len(seats) else None
        return None if any(self._short(place) for place in self.places) else True

    def _short(self, place: Place) -> bool:
        return sum(one in self.members(place) for one in self.yes) < self.need(place)

    def _lost(self, place: Place) -> bool:
        no = sum(one in self.members(place) for one in self.no)
        need = self.need(place)
        return no > 0 and (need == 1 or no > len(self.members(place)) - need)


def _most_seated(seats: list[set[str]], people: list[str]) -> int:
    """How many seats are filled at best, everybody filling one; tried out in every way."""
    if not seats:
        return 0
    first, *rest = seats
    seated = [
        1 + _most_seated(rest, [other for other in people if other != one])
        for one in people
        if one in first
    ]
    return max(_most_seated(rest, people), *seated, 0)
