"""Conditions in rows of what, how and value; a row more is always offered.

A row is joined to those above it by `and`; by `or` it begins another way in which the condition holds; by `either`
it is enough in place of the row above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count, takewhile
from typing import NamedTuple

from msgspec import structs

from dsl import nodes
from engine.desk.fields import FieldView
from engine.drafting.clauses import Answers, name
from engine.drafting.draft import Draft
from engine.drafting.forms.asking import Ask
from engine.drafting.forms.subjects import COMPARED, Told, facts, fields, literal, value_text

ASKED = ("known", "unknown")
"""What can be asked of a fact that may be missing; neither wants a value."""
ITEM_STATES = ("done", "open", "waiting", "handed_over", "overdue", "not_applicable")
APPROVAL_STATES = ("approved", "rejected")
ALL_ITEMS = "items:"
JOINS = ("and", "either", "or")


class Row(NamedTuple):
    """One part of a condition: `fact:ID`, `item:ID`, `approval:ID` or `items:`, and what is asked of it.

    `join` is how it hangs on the rows above it.
    """

    what: str
    how: str = ""
    value: str = ""
    join: str = "and"


Group = dict[int, Row]
"""Rows by their numbers, of which one is enough."""


class Rows:
    """The rows of one condition of a form.

    Args:
        draft: the text.
        told: what can be asked about, by id.
        prefix: of the ids of their fields, where a form has several conditions.
        whole: it may ask about items and approvals too.
    """

    def __init__(
        self, draft: Draft, told: Mapping[str, Told], prefix: str = "", *, whole: bool = True
    ) -> None:
        self._draft = draft
        self._told = told
        self._prefix = prefix
        self._whole = whole

    def fields(self, ask: Ask) -> Iterator[FieldView]:
        """The fields of the rows that are filled in, and of one more."""
        for number in range(1, len(self._rows(ask.values)) + 2):
            yield from self._row_fields(ask, number)

    def lines(self, answers: Answers) -> dict[int, str]:
        """What the rows say in English, on lines of their own, by the numbers of these.

        Rows that are empty say nothing. Where one of several ways is enough, all stands on the first line.
        """
        ways, numbers = self._ways(answers), [0]
        if len(ways) > 1:
            return {1: self.joined(answers)}
        for row in self._rows(answers):
            more = not row.what or row.join != "either" or not numbers[-1]
            numbers.append(numbers[-1] + more)
        return {numbers[min(group)]: self._any_of(group, set()) for way in ways for group in way}

    def joined(self, answers: Answers) -> str:
        """All rows in one condition; empty if there is none."""
        ways = [self._all_of(way) for way in self._ways(answers)]
        return " or ".join(f"({way})" for way in ways) if len(ways) > 1 else "".join(ways)

    def lacking(self, answers: Answers) -> str | None:
        """The message id of what is wrong with a row; None if they will do."""
        for row in self._rows(answers):
            fact = self._told.get(row.what.partition(":")[2])
            asks = row.what.startswith("fact:") and row.how not in ASKED
            if asks and (fact is None or not literal(self._draft, fact.type, row.value)):
                return "drafting.unreadable"
        return None

    def filled(self, found: nodes.Expression | None) -> dict[str, str] | None:
        """What stands in the rows of a condition; None if rows cannot say it."""
        rows = list[Row | None]()
        for way in found.parts if isinstance(found, nodes.Or) else (found,):
            if way is not None:
                first, *rest = self._read_all(_parts(way))
                rows += [first and first._replace(join="or" if rows else "and"), *rest]
        return self._filled(rows)

    def filled_lines(self, found: Iterable[nodes.Expression]) -> dict[str, str] | None:
        """What stands in the rows of conditions on lines of their own; None if rows cannot say it."""
        lines = tuple(found)
        return self.filled(lines[0]) if _is_ways(lines) else self._filled(self._read_all(lines))

    def _filled(self, rows: Iterable[Row | None]) -> dict[str, str] | None:
        """The values of rows; None if one of them is none."""
        values: dict[str, str] = {}
        for number, row in enumerate(rows, start=1):
            if row is None:
                return None
            told = row._asdict().items()
            values |= {f"{self._prefix}{field}{number}": value for field, value in told}
        return values

    def _rows(self, values: Mapping[str, str]) -> list[Row]:
        """The rows up to the last one that says something."""
        at = self._prefix
        numbers = takewhile(lambda number: f"{at}what{number}" in values, count(1))
        rows = [
            Row(*(values.get(f"{at}{field}{number}", "") for field in Row._fields))
            for number in numbers
        ]
        while rows and not rows[-1].what:
            rows.pop()
        return rows

    def _ways(self, answers: Answers) -> list[list[Group]]:
        """The rows that are filled in: ways of which one is enough, of groups that must hold together."""
        ways: list[list[Group]] = []
        for number, row in enumerate(self._rows(answers), start=1):
            if row.what:
                if not ways or row.join == "or":
                    ways.append([])
                if not ways[-1] or row.join != "either":
                    ways[-1].append({})
                ways[-1][-1][number] = row
        return ways

    def _all_of(self, way: Iterable[Group]) -> str:
        """Groups that must hold together: whether a value is known is asked once."""
        known = set[str]()
        said = [(group, self._any_of(group, known)) for group in way]
        alone = len(said) == 1
        return " and ".join(one if alone or len(group) == 1 else f"({one})" for group, one in said)

    def _any_of(self, group: Group, known: set[str]) -> str:
        """Rows of which one is enough: what one of them knows, the others need not."""
        if len(group) == 1:
            return "".join(self._atom(row, known) for row in group.values())
        return " or ".join(f"({self._atom(row, set(known))})" for row in group.values())

    def _atom(self, row: Row, known: set[str]) -> str:
        """One row in English; what may be missing is looked at only if it is known."""
        kind, _, id_ = row.what.partition(":")
        if kind != "fact":
            state = row.how.replace("_", " ")
            return "every item done" if row.what == ALL_ITEMS else f"{kind} {name(id_)} {state}"
        fact = self._told[id_]
        path = ".".join(map(name, fact.path))
        if row.how in ASKED:
            known |= {id_} if row.how == "known" else set()
            return f"{'' if row.how == 'known' else 'not '}known {path}"
        how = "is not" if row.how == "!=" else row.how or "="
        said = f"{path} {how} {literal(self._draft, fact.type, row.value)}"
        if not fact.optional or id_ in known:
            return said
        known.add(id_)
        return f"known {path} and {said}"

    def _read_all(self, parts: Iterable[nodes.Expression]) -> list[Row | None]:
        """The rows of parts that must hold together."""
        rows = list[Row | None]()
        for part in parts:
            first, *rest = [self._read_one(one) for one in _choices(part)]
            rows += [first, *(one and one._replace(join="either") for one in rest)]
        return rows

    def _read_one(self, found: nodes.Expression) -> Row | None:
        """The row of one part; where others would do, it says itself that its value is known."""
        match found:
            case nodes.And((nodes.Known(path), nodes.Compare(_, left) as compared)):
                return self._read(compared) if self._fact(path) == self._fact(left) else None
            case _:
                return self._read(found)

    def _read(self, found: nodes.Expression) -> Row | None:
        match found:
            case nodes.EveryItemDone() if self._whole:
                return Row(ALL_ITEMS)
            case nodes.ItemIs(item, state) if self._whole:
                return Row(f"item:{item.text}", state)
            case nodes.ApprovalIs(approval, state) if self._whole:
                return Row(f"approval:{approval.text}", state)
            case nodes.Compare(op, left, right):
                return _compared(op, self._fact(left), right)
            case nodes.Known(path):
                return _asked("known", self._fact(path))
            case nodes.Not(nodes.Known(path)):
                return _asked("unknown", self._fact(path))
            case nodes.Not(of):
                return _truth("no", self._fact(of))
            case _:
                return _truth("yes", self._fact(found))

    def _fact(self, found: nodes.Expression) -> Told | None:
        if not isinstance(found, nodes.Path):
            return None
        path = tuple(one.text for one in found.names)
        fact = self._told.get(path[-1])
        return fact if fact and fact.path == path else None

    def _row_fields(self, ask: Ask, number: int) -> Iterator[FieldView]:
        what = self._offered(ask, "what", self._subjects(ask), number)
        yield what
        kind, _, id_ = what.value.partition(":")
        if kind and number > 1:
            yield self._offered(ask, "join", ask.words("join", JOINS), number)
        if kind == "item":
            yield self._offered(ask, "how", ask.words("state", ITEM_STATES), number)
        elif kind == "approval":
            yield self._offered(ask, "how", ask.words("state", APPROVAL_STATES), number)
        elif kind == "fact" and id_ in self._told:
            yield from self._fact_fields(ask, number, self._told[id_])

    def _fact_fields(self, ask: Ask, number: int, fact: Told) -> Iterator[FieldView]:
        hows = (*COMPARED[fact.type], *(ASKED if fact.optional else ()))
        how = self._offered(ask, "how", ask.words("how", hows), number)
        if len(hows) > 1:
            yield how
        if how.value in ASKED:
            return
        if fact.type == "yes_no":
            yield self._offered(ask, "value", ask.truth(), number)
        elif fact.choices:
            yield self._offered(ask, "value", fact.choices, number)
        else:
            title = f"{number}. {ask.say(f'drafting.value.{fact.type}')}"
            field = ask.text(f"{self._prefix}value{number}", title=title)
            # What was typed for a fact of another type is not carried on.
            is_read = bool(literal(ask.draft, fact.type, field.value))
            yield field if is_read else structs.replace(field, value="")

    def _offered(
        self, ask: Ask, name_: str, options: Iterable[tuple[str, str]], number: int
    ) -> FieldView:
        """A choice that holds the first option where what stood there is none of them."""
        field, known = f"{self._prefix}{name_}{number}", tuple(options)
        values = [value for value, _ in known]
        value = ask.value(field) if ask.value(field) in values else values[0]
        title = f"{number}. {ask.say(f'drafting.field.{self._prefix}{name_}')}"
        return FieldView(field, title, "choice", value=value, options=known)

    def _subjects(self, ask: Ask) -> list[tuple[str, str]]:
        found = [("", ask.say("drafting.none"))]
        found += [(f"fact:{id_}", one.title) for id_, one in self._told.items()]
        if not self._whole:
            return found
        found += [(ALL_ITEMS, ask.say("drafting.every_item"))]
        found += [(f"item:{id_}", title) for id_, title in ask.ids(nodes.Item)]
        return found + [(f"approval:{id_}", title) for id_, title in ask.ids(nodes.Approval)]


def of_case(draft: Draft, ask: Ask | None = None) -> Rows:
    """Rows about the case: its facts, items and approvals."""
    return Rows(draft, facts(draft, ask))


def of_records(draft: Draft, list_: str, variable: str, ask: Ask | None = None) -> Rows:
    """Rows about the records of a list, of which some alone are meant."""
    return Rows(draft, fields(draft, list_, variable, ask), "of_", whole=False)


def lacking_value(draft: Draft, answers: Answers) -> str | None:
    """The message id of what is wrong with a row about the case; None if they will do."""
    return of_case(draft).lacking(answers)


def _parts(found: nodes.Expression) -> tuple[nodes.Expression, ...]:
    return found.parts if isinstance(found, nodes.And) else (found,)


def _choices(found: nodes.Expression) -> tuple[nodes.Expression, ...]:
    return found.parts if isinstance(found, nodes.Or) else (found,)


def _is_ways(lines: tuple[nodes.Expression, ...]) -> bool:
    """True if the only line tells several ways in which all of it holds."""
    return len(lines) == 1 and isinstance(lines[0], nodes.Or)


def _asked(how: str, fact: Told | None) -> Row | None:
    return Row(f"fact:{fact.id}", how) if fact and fact.optional else None


def _truth(value: str, fact: Told | None) -> Row | None:
    return Row(f"fact:{fact.id}", "=", value) if fact and fact.type == "yes_no" else None


def _compared(how: str, fact: Told | None, right: nodes.Expression) -> Row | None:
    value = value_text(right)
    if fact is None or value is None or how not in COMPARED[fact.type]:
        return None
    is_value = not isinstance(right, nodes.Path)
    fits = value in dict(fact.choices) if fact.type == "choice" else is_value
    return Row(f"fact:{fact.id}", how, value) if fits else None
