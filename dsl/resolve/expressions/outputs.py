"""What decision tables give: `T.X`, and questions about what a table has collected."""

from __future__ import annotations

from dsl import nodes
from dsl.diagnostic import Value
from dsl.expressions import tree
from dsl.expressions.tables import Output
from dsl.resolve.expressions.frame import Frame, Typed, describe
from dsl.types import RoleType, SeveralType


def is_table(frame: Frame, name: nodes.Name) -> bool:
    """True if the name is that of a decision table."""
    return name.text in frame.desk.book.of("table")


def table_value(frame: Frame, node: nodes.Path) -> Typed | None:
    """What a table gives in one of its columns, for facts that have values here."""
    found = output_at(frame, node)
    if found is None:
        return None
    output, asked = found
    if isinstance(output.type, RoleType):
        values: dict[str, Value] = {"name": ".".join(name.text for name in node.names)}
        values["step"] = frame.desk.keyword("step")
        frame.desk.error("E427", node, values, hint=True)
        return None
    table: nodes.Table = frame.desk.book.of("table")[asked.table].node
    several = table.hit == "collect"
    return Typed(asked, SeveralType(output.type) if several else output.type)


def output_at(frame: Frame, node: nodes.Path) -> tuple[Output, tree.TableValue] | None:
    """The output that a path of two names means; None if there is none, which is reported."""
    book = frame.desk.book
    table, name, *rest = node.names
    frame.desk.use("table", table)
    declared: nodes.Table = book.of("table")[table.text].node
    if table.text in book.broken or table.text not in book.outputs:
        book.excused = True
        return None
    outputs = {output.id: output for output in book.outputs[table.text]}
    if name.text not in outputs:
        frame.desk.no_part(table.text, name, list(outputs))
        return None
    frame.desk.use("output", name, table.text)
    if rest:
        values: dict[str, Value] = {"name": rest[0].text, "of": describe(outputs[name.text].type)}
        frame.desk.error("E205", rest[0], values)
        return None
    facts = tuple(given.fact.text for given in declared.given)
    if not all(_has_value(frame, fact, node) for fact in facts):
        return None
    return outputs[name.text], tree.TableValue(table.text, name.text, facts)


def _has_value(frame: Frame, name: str, node: nodes.Path) -> bool:
    """True if a fact that the table reads has a value here; else that is reported."""
    fact = frame.desk.book.facts.get(name)
    if fact is None:
        frame.desk.book.excused = True
        return False
    if not fact.optional or fact.default is not None or name in frame.known:
        return True
    frame.unguarded(name, node)
    return False
