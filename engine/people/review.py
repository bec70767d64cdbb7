"""What no row shows by itself: people and departments that must fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from dsl.diagnostic import Terms
from engine.people.directory import name_key
from engine.people.lookalike import skeleton
from engine.people.problem import ImportProblem, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from engine.people.rows import DepartmentRow, Located, PersonRow


class Table(Struct, frozen=True):
    """A file under review: its name, and the name of the column of each field."""

    file: str
    names: dict[str, str]

    def problem(self, code: str, row: int, field: str, /, **values: object) -> ImportProblem:
        """A problem in a cell of this file; `P143.own` has another text than `P143`."""
        number, _, variant = code.partition(".")
        place = (self.file, row, self.names.get(field))
        return ImportProblem(number, *place, shown(values), code if variant else "")


class Known(Struct, frozen=True):
    """Everybody whom the people file names, rows with other problems included.

    `rows` maps an id to its first row; `ids` a name, as compared, to the ids of that name.
    """

    rows: dict[str, int]
    ids: dict[str, tuple[str, ...]]


def known_people(pairs: Iterable[tuple[int, str, str]]) -> Known:
    """From (row, id, name) of every row."""
    rows: dict[str, int] = {}
    ids: dict[str, tuple[str, ...]] = {}
    for number, person, name in pairs:
        if person:
            rows.setdefault(person, number)
            ids[name_key(name)] = (*ids.get(name_key(name), ()), person)
    return Known(rows, ids)


def review_people(
    table: Table, rows: list[Located[PersonRow]], known: Known
) -> Iterator[ImportProblem]:
    """Everything that is wrong among the people themselves."""
    accounts: dict[str, int] = {}
    for row in rows:
        person = row.value
        if known.rows[person.id] != row.number:
            yield table.problem("P140", row.number, "id", id=person.id, other=known.rows[person.id])
        if person.account and accounts.setdefault(person.account, row.number) != row.number:
            other = accounts[person.account]
            yield table.problem("P141", row.number, "account", account=person.account, other=other)
        yield from _references(table, row, known)
        yield from _dates_and_office(table, row)
    managers = {
        row.value.id: row.value.manager
        for row in rows
        if row.value.manager and known.rows[row.value.id] == row.number
    }
    names = {row.value.id: f"{row.value.name} ({row.value.id})" for row in reversed(rows)}
    for loop in loops(managers):
        shown = [names[person] for person in loop]
        yield _circle(table, ("P143", known.rows[loop[0]], "manager"), shown)


def _references(table: Table, row: Located[PersonRow], known: Known) -> Iterator[ImportProblem]:
    person = row.value
    if person.manager:
        yield from _reference(table, (row.number, "manager", "P142"), person.manager, known)
    for other in person.may_act_for:
        if other == person.id:
            yield table.problem("P145", row.number, "may_act_for", id=other)
        else:
            yield from _reference(table, (row.number, "may_act_for", "P144"), other, known)


def _reference(
    table: Table, place: tuple[int, str, str], person: str, known: Known
) -> Iterator[ImportProblem]:
    number, field, code = place
    if person in known.rows:
        return
    named = known.ids.get(name_key(person), ())
    if named:
        yield table.problem("P146", number, field, name=person, ids=Terms(tuple(named)))
    else:
        yield table.problem(code, number, field, id=person)


def _dates_and_office(table: Table, row: Located[PersonRow]) -> Iterator[ImportProblem]:
    person = row.value
    if person.hire_date and person.left and person.left < person.hire_date:
        yield table.problem("P137", row.number, "left", left=person.left, hired=person.hire_date)
    if person.heads and not person.department:
        yield table.problem("P156", row.number, "heads", name=person.name)


def review_departments(
    table: Table, rows: list[Located[DepartmentRow]], known: Known | None
) -> Iterator[ImportProblem]:
    """Everything that is wrong among the departments; heads only where the people are known."""
    first: dict[str, int] = {}
    for row in rows:
        name = row.value.name
        if first.setdefault(name, row.number) != row.number:
            yield table.problem("P150", row.number, "name", name=name, other=first[name])
    for row in rows:
        if known is not None and row.value.head:
            place = (row.number, "head", "P151")
            yield from _reference(table, place, row.value.head, known)
        if row.value.parent and row.value.parent not in first:
            yield table.problem("P152", row.number, "parent", name=row.value.parent)
    parents = {row.value.name: row.value.parent for row in rows if row.value.parent}
    for loop in loops(parents):
        yield _circle(table, ("P153", first[loop[0]], "parent"), loop)


def review_offices(
    table: Table, rows: list[Located[PersonRow]], heads: Mapping[str, str | None] | None
) -> Iterator[ImportProblem]:
    """Whether people's departments are listed and each has one head.

    `heads` is what the department file says, None if there is no such file.
    """
    found: dict[str, str] = {name: head for name, head in (heads or {}).items() if head}
    for row in rows:
        person = row.value
        if heads is not None and person.department and person.department not in heads:
            yield table.problem("P154", row.number, "department", name=person.department)
        if person.heads and person.department:
            other = found.setdefault(person.department, person.id)
            if other != person.id:
                yield table.problem(
                    "P155", row.number, "heads", name=person.department, other=other
                )


def alike(table: Table, rows: list[Located[PersonRow]]) -> Iterator[ImportProblem]:
    """Warnings about people whose names a reader takes for one another."""
    first: dict[str, Located[PersonRow]] = {}
    for row in rows:
        other = first.setdefault(skeleton(row.value.name), row)
        if other is not row:
            yield table.problem(
                "P161",
                row.number,
                "name",
                name=row.value.name,
                other=other.value.name,
                other_row=other.number,
            )


def _circle(table: Table, place: tuple[str, int, str], loop: Sequence[str]) -> ImportProblem:
    """A circle; one of one is told as such."""
    code, row, field = place
    if len(loop) == 1:
        return table.problem(f"{code}.own", row, field, own=loop[0])
    return table.problem(code, row, field, loop=" → ".join((*loop, loop[0])))


def loops(parents: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Every circle of a mapping of one to the next, once, in the order of the mapping."""
    settled: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in parents:
        path: dict[str, None] = {}
        here: str | None = start
        while here is not None and here not in settled and here not in path:
            path[here] = None
            here = parents.get(here)
        if here is not None and here in path:
            steps = list(path)
            found.append(tuple(steps[steps.index(here) :]))
        settled.update(path)
    return found
