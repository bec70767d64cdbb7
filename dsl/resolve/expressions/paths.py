"""Names and names with dots: facts, loop variables, roles, words for people, options, contents."""

from __future__ import annotations

from typing import Literal, get_args

from dsl import nodes
from dsl.diagnostic import Fix, Term, Terms, Value
from dsl.dialects import dialect
from dsl.expressions import tree
from dsl.resolve.expressions.frame import MOMENTS, Frame, Rule, Typed, describe
from dsl.resolve.expressions.outputs import is_table, table_value
from dsl.types import (
    ChoiceType,
    DateTimeType,
    DateType,
    DepartmentType,
    IntegerType,
    ListType,
    PersonType,
    RecordType,
    SeveralType,
    TextType,
    Type,
    YesNoType,
)

ATTRIBUTES: dict[str, Type] = {
    "id": TextType(),
    "name": TextType(),
    "department": DepartmentType(),
    "post": TextType(),
    "level": IntegerType(),
    "manager": PersonType(),
    "groups": SeveralType(TextType()),
    "mail": TextType(),
    "phone": TextType(),
    "language": TextType(),
    "hire_date": DateType(),
    "account": TextType(),
}
"""What a person has. Groups are several values, of which a condition can ask for one."""

THIS_ITEM: dict[Literal["title", "due"], Type] = {"title": TextType(), "due": DateTimeType()}


def is_bare(frame: Frame, node: nodes.Expression) -> bool:
    """True if the node is a single name that nothing in sight declares: an option, maybe."""
    if not isinstance(node, nodes.Path) or len(node.names) != 1:
        return False
    name = node.names[0].text
    book = frame.desk.book
    declared = name in frame.variables or name in book.of("fact") or name in book.of("role")
    return not declared and name not in book.unread


def path(frame: Frame, node: nodes.Path, expected: Type | None) -> Typed | None:
    """The typed expression of a path."""
    first, rest = node.names[0], node.names[1:]
    if not rest and isinstance(expected, ChoiceType) and _has(expected, first.text):
        return Typed(tree.Constant(expected, first.text), expected)
    if rest and is_bare(frame, nodes.Path((first,), span=first.span)):
        item = _item_named(frame, first)
        if item is not None:
            return _content(frame, node, item)
        if is_table(frame, first):
            return table_value(frame, node)
    found = _this_item(frame, node) or _head(frame, node, expected)
    for name in () if found and isinstance(found.tree, tree.ThisItem) else rest:
        found = None if found is None else _step(frame, found, name)
    if found is not None:
        _look_for_values(frame, node, found)
    return found


def _this_item(frame: Frame, node: nodes.Path) -> Typed | None:
    """`item.title`, where an item is at hand and nothing is declared by that name."""
    first, *rest = node.names
    if first.word != "item" or "item" not in frame.words or len(rest) != 1:
        return None
    for attribute, type_ in THIS_ITEM.items():
        if rest[0].word == attribute:
            places = (frame.desk.whole(name) for name in node.names)
            frame.desk.book.traces.words.update(places)
            return Typed(tree.ThisItem(attribute), type_)
    return None


def key_of(node: nodes.Path) -> str:
    """The key under which `known` remembers a path."""
    return ".".join(name.text for name in node.names)


def known(frame: Frame, node: nodes.Known, _expected: Type | None) -> Typed | None:
    """`known F`: yes if there is a value, and then the uses after it are guarded."""
    guarded = frame.knowing(frozenset({key_of(node.fact)}))
    found = path(guarded, node.fact, None)
    if found is None:
        return None
    if isinstance(found.tree, tree.FactValue):
        asked: tree.Expression = tree.Known(found.tree.fact)
    else:
        asked = tree.KnownValue(found.tree)
    return Typed(asked, YesNoType(), frozenset({key_of(node.fact)}))


def _has(type_: ChoiceType, name: str) -> bool:
    return any(option.id == name for option in type_.options)


def _item_named(frame: Frame, name: nodes.Name) -> str | None:
    """The item of that name, or the one at hand where the word for it stands alone."""
    if name.text in frame.desk.book.of("item"):
        return frame.desk.find("item", name)
    if name.word == "item" and frame.item is not None:
        frame.desk.book.traces.words.add(frame.desk.whole(name))
        return frame.item
    return None


def _head(frame: Frame, node: nodes.Path, expected: Type | None) -> Typed | None:
    book, name = frame.desk.book, node.names[0]
    if name.text in frame.variables:
        frame.desk.use("variable", name, frame.desk.path)
        return Typed(tree.Variable(name.text), frame.variables[name.text])
    if name.text in book.of("fact"):
        frame.desk.use("fact", name)
        fact = book.facts.get(name.text)
        return None if fact is None else Typed(tree.FactValue(fact.id), fact.type)
    if name.text in book.of("role"):
        frame.desk.use("role", name)
        return Typed(tree.PartyValue(tree.RoleParty(name.text)), PersonType())
    if name.word in get_args(tree.PersonWord):
        return _word(frame, name)
    _unknown(frame, node, expected)
    return None


def _word(frame: Frame, name: nodes.Name) -> Typed | None:
    for word in get_args(tree.PersonWord):
        if word == name.word and word in frame.words:
            frame.desk.book.traces.words.add(frame.desk.whole(name))
            return Typed(tree.PartyValue(tree.WordParty(word)), PersonType())
    frame.desk.error("E207", name, {"name": name.text}, hint=True)
    return None


def _unknown(frame: Frame, node: nodes.Path, expected: Type | None) -> None:
    book, name = frame.desk.book, node.names[0]
    if isinstance(expected, ChoiceType | YesNoType) and not node.names[1:]:
        frame.desk.no_option(name, _options(frame, name, expected))
        return
    others = book.kinds_of(name.text)
    spaced = dialect(frame.desk.language(name)).parted(name.text)
    if spaced is not None and not others:
        values: dict[str, Value] = {"suggestion": spaced}
        fix = Fix("E122.fix", frame.desk.edit(name, spaced), values)
        frame.desk.error("E122", name, values, fix=fix, variant="keyword")
    elif others:
        symbol = book.of(others[0])[name.text]
        frame.desk.error(
            "E203",
            name,
            {"name": name.text, "kind": Term("kind.value"), "other": Term(f"kind.{others[0]}")},
            others=(frame.desk.declared(symbol, "label.declared"),),
        )
    elif isinstance(expected, DateType) and not node.names[1:] and (dates := _dates(frame)):
        frame.desk.undeclared("value", name, dates, dates=True)
    else:
        in_sight = [*frame.variables, *book.of("fact"), *book.of("role")]
        parted = [*book.of("item"), *book.of("table")] if node.names[1:] else []
        frame.desk.undeclared("value", name, [*in_sight, *parted])


def _options(frame: Frame, name: nodes.Name, type_: ChoiceType | YesNoType) -> list[str]:
    if isinstance(type_, ChoiceType):
        return [option.id for option in type_.options]
    written = dialect(frame.desk.language(name)).written
    return [written["YES"], written["NO"]]


def _step(frame: Frame, found: Typed, name: nodes.Name) -> Typed | None:
    match found.type:
        case RecordType():
            return _field(frame, found, found.type.record, name)
        case PersonType():
            return _attribute(frame, found, name)
        case ListType():
            _of_a_list(frame, name)
        case _:
            frame.desk.error("E205", name, {"name": name.text, "of": describe(found.type)})
    return None


def _of_a_list(frame: Frame, name: nodes.Name) -> None:
    words = ("any_in", "every_in", "sum_of")
    values: dict[str, Value] = {word: frame.desk.keyword(word) for word in words}
    values["name"] = name.text
    frame.desk.error("E311", name, values, hint=True, label=True, variant="field")


def _field(frame: Frame, found: Typed, record_id: str, name: nodes.Name) -> Typed | None:
    record = frame.desk.book.records.get(record_id)
    if record is None:
        return None
    for field in record.fields:
        if field.id == name.text:
            frame.desk.use("field", name, record_id)
            return Typed(tree.FieldOf(found.tree, field.id), field.type)
    frame.desk.no_part(record.id, name, [field.id for field in record.fields])
    return None


def _attribute(frame: Frame, found: Typed, name: nodes.Name) -> Typed | None:
    for attribute in get_args(tree.PersonAttribute):
        if attribute == name.word and attribute in ATTRIBUTES:
            frame.desk.book.traces.words.add(frame.desk.whole(name))
            return Typed(tree.AttributeOf(found.tree, attribute), ATTRIBUTES[attribute])
    words = tuple(frame.desk.keyword(f"attribute.{each}") for each in ATTRIBUTES)
    frame.desk.error("E205", name, {"name": name.text, "parts": Terms(words)}, variant="attribute")
    return None


def _content(frame: Frame, node: nodes.Path, item: str) -> Typed | None:
    name = node.names[1]
    declared: nodes.Item = frame.desk.book.of("item")[item].node
    contents = [each.id.text for each in declared.stated]
    if name.text not in contents:
        frame.desk.no_part(item, name, contents)
        return None
    frame.desk.use("part", name, item)
    type_ = frame.desk.book.contents.get((item, name.text))
    if type_ is None:
        return None
    found: Typed | None = Typed(tree.ContentOf(item, name.text), type_)
    for further in node.names[2:]:
        found = None if found is None else _step(frame, found, further)
    return found


def _look_for_values(frame: Frame, node: nodes.Path, found: Typed) -> None:
    """Reports a path over a fact or field that may have no value here; its type is known all the same."""
    keys = [".".join(name.text for name in node.names[: n + 1]) for n in range(len(node.names))]
    for at, part in enumerate(_chain(found.tree)):
        if _may_be_missing(frame, part) and keys[at] not in frame.known:
            frame.unguarded(keys[at], node)
            return


def _chain(part: tree.Expression) -> tuple[tree.Expression, ...]:
    if isinstance(part, tree.FieldOf | tree.AttributeOf):
        return (*_chain(part.of), part)
    return (part,)


def _may_be_missing(frame: Frame, part: tree.Expression) -> bool:
    book = frame.desk.book
    if isinstance(part, tree.FactValue):
        fact = book.facts[part.fact]
        return fact.optional and fact.default is None
    if not isinstance(part, tree.FieldOf) or not isinstance(part.of, tree.Variable):
        return False
    type_ = frame.variables[part.of.name]
    fields = book.records[type_.record].fields if isinstance(type_, RecordType) else ()
    return any(f.id == part.field and f.optional and f.default is None for f in fields)


RULES: dict[type, Rule] = {nodes.Path: path, nodes.Known: known}


def _dates(frame: Frame) -> list[str]:
    """The facts that are days or instants."""
    return [one.id for one in frame.desk.book.facts.values() if isinstance(one.type, MOMENTS)]
