"""Items: what is handed over, by whom, to whom, and when that counts as done."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from dsl import model, nodes
from dsl.diagnostic import Value
from dsl.expressions.tree import Expression
from dsl.resolve.desk import Desk
from dsl.resolve.expressions import frame_for
from dsl.resolve.expressions.frame import NUMERIC, Frame, describe
from dsl.resolve.expressions.lists import binds, list_at
from dsl.resolve.expressions.moments import moment
from dsl.resolve.roles import budget
from dsl.resolve.types import scalar_type, titles_of
from dsl.types import Duration, FileType, IntegerType, ListType, NumberType, RecordType, Type

CLAUSES = (
    "group", "applies", "each", "giver", "receiver", "accountable", "due", "within", "sla", "waiver", "because",
    "accepted", "cause", "copies",
)  # fmt: skip


def content_types(desk: Desk, node: nodes.Item) -> dict[str, Type]:
    """The types of an item's contents, which conditions of other declarations may read."""
    found = {each.id.text: scalar_type(desk, each.type, each.bounds) for each in node.contents}
    return {name: type_ for name, type_ in found.items() if type_ is not None}


def count_types(desk: Desk, node: nodes.Item) -> dict[str, Type]:
    """The types of an item's counts: what is counted is of the type that it is held against.

    What is wrong with them is reported when the item is resolved.
    """
    found = {each.id.text: _type_against(desk, node, each.against) for each in node.counts}
    return {name: _unbounded(type_) for name, type_ in found.items() if isinstance(type_, NUMERIC)}


def _type_against(desk: Desk, node: nodes.Item, against: nodes.Path) -> Type | None:
    """The type of a fact, or of a field of the record that the item is made for."""
    first, *rest = (name.text for name in against.names)
    if node.each is not None and first == node.each.variable.text and len(rest) == 1:
        over = desk.book.facts.get(node.each.over.text)
        listed = over.type if over else None
        record = desk.book.records.get(listed.record) if isinstance(listed, ListType) else None
        fields = {field.id: field.type for field in record.fields} if record else {}
        return fields.get(rest[0])
    fact = desk.book.facts.get(first)
    return None if fact is None or rest else fact.type


def resolve_item(desk: Desk, node: nodes.Item) -> model.Item | None:
    """An item with its defaults: giver and receiver sign, in any order."""
    _places(desk, node)
    frame, each = _for_each(desk, node)
    applies = frame.condition(node.applies) if node.applies else None
    frame = frame.knowing(applies.yes) if applies else frame
    giver, receiver = _ends(desk, node)
    contents = _contents(desk, node, frame)
    evidence = _evidence(desk, node, frame)
    due = moment(frame, node.due) if node.due else None
    signers = tuple(desk.all("role", signed) for signed in node.signers)
    counts = _counts(desk, node, frame)
    accepted = frame.condition(node.accepted) if node.accepted else None
    found = model.Item(
        node.id.text,
        titles_of(desk, node.title, node.titles),
        giver or "",
        receiver or "",
        signers or ((giver or "", receiver or ""),),
        group=node.group.text if node.group else None,
        applies=applies.tree if applies else None,
        each=each,
        accountable=desk.find("role", node.accountable),
        contents=contents,
        evidence=evidence,
        counts=counts,
        accepted=accepted.tree if accepted else None,
        due=due.tree if due else None,
        within=_within(desk, node),
        sla=desk.find("sla", node.sla),
        after=desk.all("item", node.after),
        read_only_for=desk.all("role", node.read_only_for),
        waiver=desk.find("role", node.waiver),
        cause=_cause(desk, node.cause),
        copies=_copies(desk, node.copies),
        because=node.because.text if node.because else None,
    )
    return found if giver and receiver else None


def _places(desk: Desk, node: nodes.Item) -> None:
    for clause in CLAUSES:
        at: nodes.Node | None = getattr(node, clause)
        if at is not None:
            desk.place(clause, at)
    if node.signers:
        desk.place("signers", node.signers[0][0])
    for clause, names in (("after", node.after), ("read_only_for", node.read_only_for)):
        for name in names:
            desk.place(f"{clause}.{name.text}", name)
    kinds = (("content", node.contents), ("evidence", node.evidence), ("count", node.counts))
    for kind, parts in kinds:
        for part in parts:
            desk.place(f"{kind}.{part.id.text}", part)


def _ends(desk: Desk, node: nodes.Item) -> tuple[str | None, str | None]:
    if node.giver is None or node.receiver is None:
        desk.missing("from_to", node.id, desk.keyword("item"))
    return desk.find("role", node.giver), desk.find("role", node.receiver)


def _within(desk: Desk, node: nodes.Item) -> Duration | None:
    """The item's budget; a deadline that is a point besides is an error."""
    if node.within is not None and node.due is not None:
        label = desk.label(node.due, "E416.due")
        values: dict[str, Value] = {word: desk.keyword(word) for word in ("within", "due")}
        desk.error(
            "E416", node.within, {**values, "name": node.id.text}, others=(label,), hint=True
        )
    return budget(desk, node.within)


def _for_each(desk: Desk, node: nodes.Item) -> tuple[Frame, model.ForEach | None]:
    words = ("giver", "receiver", *(["accountable"] if node.accountable else []))
    frame = frame_for(desk, *words, item=node.id.text, guard="applies_when")
    each = node.each
    if each is None:
        return frame, None
    over = list_at(replace(frame, guard=None), nodes.Path((each.over,), span=each.over.span))
    if not binds(frame, each.variable):
        return frame, None
    if over is None:
        # The list is reported; what is asked of its records cannot be judged and is not.
        return frame.binding(each.variable.text, RecordType("")), None
    inner = frame.binding(each.variable.text, RecordType(over[1]))
    where = inner.condition(each.where) if each.where else None
    found = model.ForEach(each.variable.text, each.over.text, where.tree if where else None)
    return inner.knowing(where.yes) if where else inner, found


def _when(frame: Frame, node: nodes.Expression | None) -> Expression | None:
    found = frame.condition(node) if node is not None else None
    return found.tree if found else None


def _contents(desk: Desk, node: nodes.Item, frame: Frame) -> tuple[model.Content, ...]:
    types: Mapping[tuple[str, str], Type] = desk.book.contents
    found: list[model.Content] = []
    for each in node.contents:
        type_ = types.get((node.id.text, each.id.text))
        when = _when(frame, each.when)
        if type_ is not None:
            titles = titles_of(desk, each.title, each.titles)
            found.append(model.Content(each.id.text, titles, type_, each.optional, when))
    _alone(desk, node)
    return tuple(found)


def _evidence(desk: Desk, node: nodes.Item, frame: Frame) -> tuple[model.Evidence, ...]:
    found: list[model.Evidence] = []
    for each in node.evidence:
        type_ = scalar_type(desk, each.type)
        if type_ is not None and not isinstance(type_, FileType):
            _no_file(desk, each)
        titles = titles_of(desk, each.title, each.titles)
        source = desk.find("role", each.source)
        when = _when(frame, each.when)
        found.append(model.Evidence(each.id.text, titles, FileType(), each.optional, source, when))
    return tuple(found)


def _counts(desk: Desk, node: nodes.Item, frame: Frame) -> tuple[model.Count, ...]:
    found: list[model.Count] = []
    for each in node.counts:
        against = frame.infer(each.against)
        signer = desk.find("role", each.signer)
        type_ = desk.book.contents.get((node.id.text, each.id.text))
        if against is None or signer is None:
            continue
        if type_ is None:
            desk.error("E442", each.against, {"type": describe(against.type)}, hint=True)
            continue
        titles = titles_of(desk, each.title, each.titles)
        found.append(model.Count(each.id.text, titles, type_, against.tree, signer))
    return tuple(found)


def _unbounded(type_: Type) -> Type:
    """A count may find more or less than the bounds of what it should be."""
    return type(type_)() if isinstance(type_, IntegerType | NumberType) else type_


def _cause(desk: Desk, node: nodes.Cause | None) -> model.Cause | None:
    if node is None:
        return None
    by, confirmer = desk.find("role", node.by), desk.find("role", node.confirmer)
    return None if by is None or confirmer is None else model.Cause(by, confirmer)


def _copies(desk: Desk, node: nodes.Copies | None) -> model.Copies | None:
    """The copies; fewer of them than those who get one is an error."""
    if node is None:
        return None
    to = desk.all("role", node.to)
    if node.number < len(node.to):
        values: dict[str, Value] = {"number": node.number, "count": len(node.to)}
        desk.error("E441", node, values, hint=True)
    return model.Copies(node.number, to) if to else None


def _parts(node: nodes.Item) -> tuple[nodes.Content | nodes.Evidence | nodes.Count, ...]:
    return (*node.contents, *node.evidence, *node.counts)


def _no_file(desk: Desk, node: nodes.Evidence) -> None:
    words = ("file", "provide")
    values: dict[str, Value] = {word: desk.keyword(word) for word in words}
    values["name"] = node.id.text
    desk.error("E314", node.type, values, variant="evidence", hint=True)


def _alone(desk: Desk, node: nodes.Item) -> None:
    """Reports contents and evidence of one name."""
    first: dict[str, nodes.Name] = {}
    for each in _parts(node):
        if each.id.text in first:
            label = desk.label(first[each.id.text], "E202.first")
            values = {"name": each.id.text}
            desk.error("E202", each.id, values, others=(label,), variant="listed")
        first.setdefault(each.id.text, each.id)
