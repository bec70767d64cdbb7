"""What each act asks of a person, as a form; and the command that a filled form makes.

A screen or another front end paints `FormView` and gives the texts back; nothing of a rulebook is
known to it. Each act is one entry in `ACTS`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from dsl.expressions.tree import Wire
from dsl.model import Titles
from dsl.types import (
    ChoiceType,
    DateType,
    ListType,
    PersonType,
    Type,
    YesNoType,
)
from engine.authority import giver_is_gone
from engine.case_input import Declared, InputProblem, check_known, unknown_name
from engine.commands import (
    Approve,
    Attach,
    CallBack,
    Cancel,
    ChangeFact,
    Command,
    CommandName,
    Comment,
    Complete,
    ConfirmCause,
    HandOver,
    Name,
    Provide,
    Refuse,
    RefuseCause,
    Reject,
    Reopen,
    Resubmit,
    Resume,
    Return,
    Sign,
    StateCause,
    Suspend,
    Waive,
    Withdraw,
)
from engine.completeness import missing_parts
from engine.desk.arranging import ARRANGEMENTS
from engine.desk.enclosing import at_path
from engine.desk.fields import (
    Act,
    Answers,
    FieldKind,
    FieldView,
    FormView,
    Ground,
    nothing,
    person_field,
    unknown_in,
    word,
)
from engine.desk.typed import typed_value, written
from engine.giving import is_in_place
from engine.state import ItemTask, StepTask
from engine.views.access import may_see_fact
from engine.views.reader import Reader
from engine.views.tasks import task_view
from engine.waiting import acting_as


def form_view(ground: Ground, act: CommandName) -> FormView:
    """The form of an act, filled in with what is known."""
    return FormView(
        act, _title(ground, act), tuple(ACTS[act].fields(ground)), tuple(_shown(ground, act))
    )


def _title(ground: Ground, act: CommandName) -> str:
    """What is done, to what, in whose case."""
    reader = ground.reader
    about = [reader.task_named(ground.about)] if ground.about else []
    state = reader.scope.state
    return " · ".join((reader.say(f"desk.act.{act}"), *about, state.subject_name, state.id))


def command_of(ground: Ground, act: CommandName, answers: Answers) -> Command | InputProblem:
    """The command of a filled form, or what is wrong with a field."""
    known = ACTS[act]
    unknown = (unknown_in(ground, field, answers) for field in known.fields(ground))
    return next(filter(None, unknown), None) or known.make(ground, answers)


def taken_back_with(ground: Ground, act: CommandName, answers: Answers) -> dict[str, str]:
    """What the form that takes an act back holds, where the act itself no longer tells."""
    declared = ground.program.facts.get(answers.get("fact", ""))
    if act != "change_fact" or declared is None:
        return {}
    if not may_see_fact(ground.reader.scope, ground.viewer, declared.id):
        return {}
    wire = ground.reader.scope.fact_wire(declared.id)
    value = "" if wire is None else written(ground.program, declared.type, wire)
    return {"fact": declared.id, "value": value}


def declared_field(reader: Reader, declared: Declared, wire: Wire, *, required: bool) -> FieldView:
    """A field for a fact or a content, with its present value."""
    type_ = declared.type
    title = reader.title(declared.title)
    value = "" if wire is None else written(reader.scope.program, type_, wire)
    match type_:
        case ChoiceType():
            options = tuple((one.id, _titled(reader, one.title, one.id)) for one in type_.options)
            return FieldView(declared.id, title, "choice", required, value, options)
        case YesNoType():
            options = tuple((one, reader.say(f"desk.{one}")) for one in ("yes", "no"))
            return FieldView(declared.id, title, "choice", required, value, options)
        case ListType():
            columns = tuple(
                reader.title(one.title) for one in reader.scope.program.records[type_.record].fields
            )
            return FieldView(declared.id, title, "table", required, value, columns=columns)
        case _:
            return FieldView(declared.id, title, _kind(type_), required, value)


def read_fields(
    ground: Ground, declared: Iterable[Declared], answers: Answers
) -> dict[str, Wire] | InputProblem:
    """The values of all fields that hold something, or what is wrong with the first that cannot be."""
    found: dict[str, Wire] = {}
    for one in declared:
        text = answers.get(one.id, "").strip()
        if not text:
            continue
        wire = read_field(ground, one, text)
        if isinstance(wire, InputProblem):
            return wire
        found[one.id] = wire
    return found


def read_field(ground: Ground, declared: Declared, text: str) -> Wire | InputProblem:
    """The value of one field; whom it names must be in the directory."""
    wire = typed_value(ground.program, declared, text, ground.person_of)
    if isinstance(wire, InputProblem):
        return wire
    directory = ground.reader.scope.context.directory
    unknown = check_known(ground.program.rulebook, [declared], {declared.id: wire}, directory)
    return unknown[0] if unknown else wire


def _kind(type_: Type) -> FieldKind:
    match type_:
        case PersonType():
            return "person"
        case DateType():
            return "date"
        case _:
            return "text"


def _titled(reader: Reader, titles: Titles, otherwise: str) -> str:
    return reader.title(titles) if titles else otherwise


def _shown(ground: Ground, act: CommandName) -> Iterable[str]:
    """What somebody is about to sign or decide upon, so that nobody signs unseen."""
    reader, task = ground.reader, ground.task
    if act in ("approve", "reject", "return") and isinstance(task, StepTask):
        for fact in ground.program.rulebook.facts:
            wire = reader.scope.fact_wire(fact.id)
            if wire is not None and may_see_fact(reader.scope, ground.viewer, fact.id):
                yield reader.labelled(reader.title(fact.title), reader.value(fact.type, wire))
    elif act in ("sign", "refuse", "waive", "hand_over") and isinstance(task, ItemTask):
        parts = task_view(reader, task, ground.viewer).parts
        if act == "hand_over":  # what is still to be given stands in the fields
            parts = tuple(one for one in parts if one.kind == "evidence" and one.given)
        for part in parts:
            yield reader.labelled(part.title, part.given or "—")


def _opinion(ground: Ground) -> Iterable[FieldView]:
    task = ground.task
    assert isinstance(task, StepTask)
    approval = ground.program.approvals[task.approval]
    yield word(ground, "opinion", required=approval.opinion_required)


def _reason(ground: Ground) -> Iterable[FieldView]:
    yield word(ground, "reason", required=True)


def _text(ground: Ground) -> Iterable[FieldView]:
    yield word(ground, "text", required=True)


def _note(ground: Ground) -> Iterable[FieldView]:
    yield word(ground, "note")


def _person(ground: Ground) -> Iterable[FieldView]:
    yield from person_field(ground)
    if len(_waiting_for_name(ground)) > 1:
        yield word(ground, "items")


def _waiting_for_name(ground: Ground) -> tuple[str, ...]:
    """The items that lack the name of a role, which several people may share."""
    task = ground.task
    role = "" if task is None else task.ref
    state = ground.reader.scope.state
    items = (found for one in state.active if (found := state.item(one)) is not None)
    return tuple(
        one.id for one in items if role in one.roles and one.roles[role].lacking == "unnamed"
    )


def _giving(ground: Ground) -> Iterable[FieldView]:
    """The content, the evidence; and why, if it is not the giver who hands over."""
    yield from _contents(ground)
    task = _item(ground)
    lacking = {one.id for one in missing_parts(ground.reader.scope, task)}
    for one in ground.program.items[task.ref].evidence:
        title = ground.reader.title(one.title)
        yield FieldView(f"{_FILE}{one.id}", title, "file", required=one.id in lacking)
    scope = ground.reader.scope
    if is_in_place(scope, task, acting_as(ground.program, task, ground.viewer)):
        yield word(ground, "in_place", required=not giver_is_gone(scope, task))


_FILE = "file."
"""Before the id of evidence, in the id of the field for its file: a content may be called the same."""


def _contents(ground: Ground) -> Iterable[FieldView]:
    task = _item(ground)
    for one in ground.program.items[task.ref].stated:
        wire = task.contents.get(one.id)
        yield declared_field(ground.reader, one, wire, required=not one.optional)


def _revision(ground: Ground) -> Iterable[FieldView]:
    yield word(ground, "comment")
    scope = ground.reader.scope
    for fact in ground.program.rulebook.facts:
        if fact.feed is None and may_see_fact(scope, ground.viewer, fact.id):
            wire = scope.fact_wire(fact.id)
            yield declared_field(ground.reader, fact, wire, required=not fact.optional)


def _evidence(ground: Ground) -> Iterable[FieldView]:
    reader = ground.reader
    declared = ground.program.items[_item(ground).ref].evidence
    options = tuple((one.id, reader.title(one.title)) for one in declared)
    first = options[0][0] if options else ""
    title = reader.say("desk.field.evidence")
    yield FieldView("evidence", title, "choice", required=True, value=first, options=options)
    yield FieldView("file", reader.say("desk.field.file"), "file", required=True)


def _fact(ground: Ground) -> Iterable[FieldView]:
    reader = ground.reader
    facts = tuple(
        (fact.id, reader.title(fact.title))
        for fact in ground.program.rulebook.facts
        if may_see_fact(reader.scope, ground.viewer, fact.id)
    )
    yield FieldView("fact", reader.say("desk.field.fact"), "choice", required=True, options=facts)
    yield word(ground, "value", required=True)
    yield word(ground, "reason", required=True)


def _seen(ground: Ground) -> str:
    task = ground.task
    assert task is not None
    return task_view(ground.reader, task, ground.viewer).seen


def _item(ground: Ground) -> ItemTask:
    task = ground.task
    assert isinstance(task, ItemTask)
    return task


def _hand_over(ground: Ground, answers: Answers) -> Command | InputProblem:
    values = _given_contents(ground, answers)
    if isinstance(values, InputProblem):
        return values
    typed = {
        one.id: answers.get(f"{_FILE}{one.id}", "")
        for one in ground.program.items[_item(ground).ref].evidence
    }
    files = tuple(_file(ground, name, path) for name, path in typed.items() if path.strip())
    return HandOver(ground.about, values, answers.get("in_place", ""), files)


def _name(ground: Ground, answers: Answers) -> Command:
    person = ground.person_of(answers.get("person", "").strip())
    return Name(ground.about, person, tuple(answers.get("items", "").split()))


def _provide(ground: Ground, answers: Answers) -> Command | InputProblem:
    values = _given_contents(ground, answers)
    return values if isinstance(values, InputProblem) else Provide(ground.about, values)


def _given_contents(ground: Ground, answers: Answers) -> dict[str, Wire] | InputProblem:
    """Only what differs from what the item holds already is stated anew."""
    task = _item(ground)
    values = read_fields(ground, ground.program.items[task.ref].stated, answers)
    if isinstance(values, InputProblem):
        return values
    return {name: wire for name, wire in values.items() if task.contents.get(name) != wire}


def _resubmit(ground: Ground, answers: Answers) -> Command | InputProblem:
    facts = [fact for fact in ground.program.rulebook.facts if fact.feed is None]
    values = read_fields(ground, facts, answers)
    if isinstance(values, InputProblem):
        return values
    scope = ground.reader.scope
    changed = {name: wire for name, wire in values.items() if scope.fact_wire(name) != wire}
    return Resubmit(ground.about, answers.get("comment", ""), changed, {})


def _attach(ground: Ground, answers: Answers) -> Command | InputProblem:
    return _file(ground, answers.get("evidence", ""), answers.get("file", ""))


def _file(ground: Ground, evidence: str, typed: str) -> Attach:
    """A file by the path that was typed, the home folder of a user written out."""
    declared = {one.id: one for one in ground.program.items[_item(ground).ref].evidence}
    source = declared[evidence].source if evidence in declared else None
    path = os.path.expanduser(typed.strip())  # noqa: PTH111 - an unknown user stays as typed
    return at_path(ground.about, evidence, path, source)


def _change_fact(ground: Ground, answers: Answers) -> Command | InputProblem:
    fact, reason = answers.get("fact", ""), answers.get("reason", "")
    declared = ground.program.facts.get(fact)
    if declared is None:
        return unknown_name(fact, {id_: one.title for id_, one in ground.program.facts.items()})
    wire = read_field(ground, declared, answers.get("value", ""))
    return wire if isinstance(wire, InputProblem) else ChangeFact(fact, wire, None, reason)


ACTS: dict[CommandName, Act] = {
    "approve": Act(_opinion, lambda g, a: Approve(g.about, a.get("opinion", ""), _seen(g))),
    "reject": Act(_opinion, lambda g, a: Reject(g.about, a.get("opinion", ""), _seen(g))),
    "return": Act(_opinion, lambda g, a: Return(g.about, a.get("opinion", ""))),
    "resubmit": Act(_revision, _resubmit),
    "name": Act(_person, _name),
    "provide": Act(_contents, _provide),
    "attach": Act(_evidence, _attach),
    "hand_over": Act(_giving, _hand_over),
    "call_back": Act(_reason, lambda g, a: CallBack(g.about, a.get("reason", ""))),
    "state_cause": Act(
        lambda g: (word(g, "cause", required=True),),
        lambda g, a: StateCause(g.about, a.get("cause", "")),
    ),
    "confirm_cause": Act(nothing, lambda g, _a: ConfirmCause(g.about)),
    "refuse_cause": Act(_reason, lambda g, a: RefuseCause(g.about, a.get("reason", ""))),
    "sign": Act(nothing, lambda g, _a: Sign(g.about, _seen(g))),
    "refuse": Act(_reason, lambda g, a: Refuse(g.about, a.get("reason", ""))),
    "waive": Act(_reason, lambda g, a: Waive(g.about, a.get("reason", ""))),
    "complete": Act(_note, lambda g, a: Complete(g.about, a.get("note", ""))),
    "comment": Act(_text, lambda g, a: Comment(a.get("text", ""), g.about or None)),
    "withdraw": Act(_reason, lambda _g, a: Withdraw(a.get("reason", ""))),
    "suspend": Act(_reason, lambda g, a: Suspend(g.about or None, a.get("reason", ""))),
    "resume": Act(_reason, lambda g, a: Resume(g.about or None, a.get("reason", ""))),
    "cancel": Act(_reason, lambda _g, a: Cancel(a.get("reason", ""))),
    "reopen": Act(_reason, lambda _g, a: Reopen(a.get("reason", ""))),
    "change_fact": Act(_fact, _change_fact),
    **ARRANGEMENTS,
}
"""Every act of a person in a running case: what it asks for, and its command."""
