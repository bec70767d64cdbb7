"""Forms for what a rulebook declares most often, so that nobody needs to know the language to begin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from msgspec import Struct

from dsl import nodes
from engine.desk.fields import FieldView
from engine.drafting.changes import added, inserted, line_replaced, replaced, statement_at
from engine.drafting.clauses import (
    ALONE,
    HEAD,
    OF_NAME,
    OF_ROLE,
    UNITS,
    Answers,
    Clauses,
    id_of,
    item_clauses,
    printed,
    reminder_clauses,
    role_clauses,
    step_clauses,
)
from engine.drafting.draft import Draft, Part
from engine.drafting.filled import channels, filled, initial

FormKind = Literal["role", "item", "step", "reminder"]
Say = Callable[[str], str]
"""The text of a message id of the engine's catalogue."""
PARTIES = ("giver", "receiver", "accountable")
OWNERS: dict[FormKind, str] = {"step": "approval", "reminder": "sla"}
"""What a line is put into."""
MAKERS: dict[FormKind, Callable[[Answers], Clauses]] = {
    "role": role_clauses,
    "item": item_clauses,
    "step": step_clauses,
    "reminder": reminder_clauses,
}
LINES: dict[FormKind, str] = {"step": "steps", "reminder": "rungs"}


class DraftForm(Struct, frozen=True):
    """A form over a draft.

    Attributes:
        offset: the place in the text of what is changed; None for something new.
        part: the declaration that is changed; empty for something new.
        fields: with what stands in them at first.
    """

    kind: FormKind
    offset: int | None
    part: str
    fields: tuple[FieldView, ...]


class Changed(NamedTuple):
    """The text after a form, and where what it changed stands."""

    text: str
    offset: int


def new_form(draft: Draft, kind: FormKind, offset: int, say: Say) -> DraftForm | None:
    """An empty form; None if there is nothing yet that a step or a reminder could be put into."""
    here = draft.part_at(offset)
    owners = [part.id for part in draft.parts if part.kind == OWNERS.get(kind)]
    if kind in OWNERS and not owners:
        return None
    into = here.id if here and here.id in owners else next(iter(owners), "")
    fields = _Fields(draft, say, {"into": into, "unit": "working_day"}).of(kind)
    return DraftForm(kind, None, "", fields)


def form_at(draft: Draft, offset: int, say: Say) -> DraftForm | None:
    """The form of what stands at a place of the text; None if it has none or says more than that."""
    part = draft.part_at(offset)
    found = filled(draft, part, offset) if part else None
    if part is None or found is None:
        return None
    kind, values = found
    fields = _Fields(draft, say, values).of(kind)
    kept = tuple(one for one in fields if one.id not in ("id", "into", "evidence"))
    return DraftForm(kind, offset, part.id, kept)


def lacking(draft: Draft, form: DraftForm, answers: Answers) -> str | None:
    """The message id of what is wrong with the answers; None if they will do."""
    amount = answers.get("amount", "").strip()
    if amount and not (amount.isascii() and amount.isdigit()):
        return "drafting.no_number"
    wants = form.kind == "reminder" or answers.get("direction") in ("before", "after")
    if form.kind == "reminder" and wants and not amount:
        return "drafting.no_number"
    if form.kind == "role":
        return _lacking_role(answers) or _lacking_id(draft, form, answers)
    if form.kind == "item" and bool(answers["giver"]) != bool(answers["receiver"]):
        return "drafting.one_side"
    return _lacking_id(draft, form, answers) if form.kind == "item" else None


def carried_out(draft: Draft, form: DraftForm, answers: Answers) -> Changed:
    """The text with what a form says."""
    known = _known(draft)
    given = {**answers, "id": form.part or answers.get("id", "").strip() or id_of(_title(answers))}
    clauses = MAKERS[form.kind](given)
    owner = OWNERS.get(form.kind)
    head = clauses.get(HEAD) or f'{owner} x "x"'
    lines = printed(head, clauses, known, draft.dialect)
    if form.offset is None:
        if owner is None:
            return Changed(*added(draft, form.kind, list(lines.values())))
        part = _part(draft, owner, answers["into"])
        return Changed(*inserted(draft, part, LINES[form.kind], lines[LINES[form.kind]]))
    if owner is not None:
        statement = statement_at(draft, form.offset, LINES[form.kind])
        assert statement is not None
        text = line_replaced(draft, statement, lines[LINES[form.kind]])
        return Changed(text, statement.span.start)
    before = MAKERS[form.kind]({**initial(form.fields), "id": form.part})
    old = printed(before[HEAD], before, known, draft.dialect)
    part = _part(draft, form.kind, form.part)
    return Changed(replaced(draft, part, old, lines), part.start)


def _title(answers: Answers) -> str:
    return answers.get("title", "")


def _part(draft: Draft, kind: str, id_: str) -> Part:
    return next(part for part in draft.parts if (part.kind, part.id) == (kind, id_))


def _known(draft: Draft) -> dict[str, str]:
    return {part.id: part.kind for part in draft.parts if part.kind in ("role", "fact")}


def _lacking_role(answers: Answers) -> str | None:
    if answers["who"] in OF_ROLE and not answers["of"]:
        return "drafting.no_role"
    if answers["who"] in OF_NAME and not answers["name"].strip():
        return "drafting.no_name"
    return None


def _lacking_id(draft: Draft, form: DraftForm, answers: Answers) -> str | None:
    if form.part:
        return None
    wanted = answers.get("id", "").strip()
    if wanted and (not wanted.replace("_", "a").isalnum() or wanted[0].isdigit()):
        return "drafting.bad_id"
    id_ = wanted or id_of(answers["title"])
    taken = any((part.kind, part.id) == (form.kind, id_) for part in draft.parts)
    return "drafting.known_id" if taken else None


class _Fields:
    """Makes fields with what stands in them."""

    def __init__(self, draft: Draft, say: Say, values: Answers) -> None:
        self._draft = draft
        self._say = say
        self._values = values
        self._roles = [part.id for part in draft.parts if part.kind == "role"]

    def of(self, kind: FormKind) -> tuple[FieldView, ...]:
        """The fields of a form."""
        match kind:
            case "role":
                return (*self._named(), *self._role())
            case "item":
                return (*self._named(), *self._item())
            case "step":
                into = self._choice("into", self._ids("approval"))
                role = self._choice("role", [(one, one) for one in self._roles], needed=True)
                return (into, role, *self._time())
            case "reminder":
                return self._reminder()

    def _named(self) -> tuple[FieldView, ...]:
        return self._text("title", needed=True), self._text("id")

    def _role(self) -> Iterable[FieldView]:
        kinds = (*ALONE, *OF_ROLE, *OF_NAME)
        yield self._choice("who", self._words("who", kinds), needed=True)
        yield self._choice("of", self._some_role())
        yield self._text("name")
        yield from self._time()

    def _item(self) -> Iterable[FieldView]:
        for name in ("giver", "receiver", "accountable"):
            yield self._choice(name, self._some_role())
        yield self._text("evidence")
        yield self._choice("fact", [("", self._say("drafting.none")), *self._dates()])
        yield from self._time()
        yield self._choice("direction", self._words("direction", ("before", "after")))

    def _reminder(self) -> tuple[FieldView, ...]:
        parties = [*self._words("party", PARTIES), *((one, one) for one in self._roles)]
        return (
            self._choice("into", self._ids("sla")),
            self._choice("party", parties, needed=True),
            *self._time(),
            self._choice("direction", self._words("rung", ("before", "after")), needed=True),
            self._choice("channel", [(one, self._say(f"channel.{one}")) for one in channels()]),
        )

    def _time(self) -> tuple[FieldView, ...]:
        return self._text("amount"), self._choice("unit", self._words("unit", tuple(UNITS)))

    def _text(self, name: str, *, needed: bool = False) -> FieldView:
        title, value = self._say(f"drafting.field.{name}"), self._values.get(name, "")
        return FieldView(name, title, "text", needed, value)

    def _choice(
        self, name: str, options: Iterable[tuple[str, str]], *, needed: bool = False
    ) -> FieldView:
        known = tuple(options)
        first = known[0][0] if known else ""
        value = self._values.get(name, first)
        if value not in dict(known):
            known = (*known, (value, value))
        return FieldView(
            name, self._say(f"drafting.field.{name}"), "choice", needed, value, options=known
        )

    def _words(self, group: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
        return [(one, self._say(f"drafting.{group}.{one}")) for one in values]

    def _ids(self, kind: str) -> list[tuple[str, str]]:
        return [(part.id, part.id) for part in self._draft.parts if part.kind == kind]

    def _some_role(self) -> list[tuple[str, str]]:
        return [("", self._say("drafting.none")), *((one, one) for one in self._roles)]

    def _dates(self) -> list[tuple[str, str]]:
        rulebook = self._draft.parsed.rulebook
        declared = [part.declaration for part in rulebook.parts] if rulebook else []
        return [
            (one.id.text, one.title.text)
            for one in declared
            if isinstance(one, nodes.Fact)
            and isinstance(one.type, nodes.SimpleType)
            and one.type.word in ("date", "datetime")
        ]
