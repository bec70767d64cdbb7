"""Puts the statements of a declaration together to one node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from dsl import nodes, syntax_errors
from dsl.diagnostic import Diagnostic
from dsl.parser.build_heads import Head
from dsl.parser.kids import Clause, Clauses
from dsl.parser.nesting import Flows
from dsl.source import Span

CLASSES: dict[str, type[nodes.Declared]] = {
    "header": nodes.Header, "fact": nodes.Fact, "record": nodes.Record, "feed": nodes.Feed,
    "role": nodes.Role, "table": nodes.Table, "item": nodes.Item, "approval": nodes.Approval,
    "sla": nodes.Sla, "calendar": nodes.Calendar, "gate": nodes.Gate, "action": nodes.Action,
    "access": nodes.Access, "document": nodes.Document, "process": nodes.Process,
    "rule": nodes.Rule, "audience": nodes.Audience, "scenario": nodes.Scenario,
}  # fmt: skip


class Assembled(NamedTuple):
    """A declaration and what is wrong with its whole."""

    declaration: nodes.Declared
    diagnostics: tuple[Diagnostic, ...]


def assemble(kind: str, head: Head, values: Sequence[object], source: str) -> Assembled:
    """The declaration of a head and the values of its other statements.

    Args:
        kind: the kind of declaration.
        head: its first line.
        values: clauses, flow lines and scenario lines, in order.
        source: the name of the text, for diagnostics.
    """
    flows = Flows(source)
    fields, problems = _fields((*head.clauses, *_clauses(values, flows)), source)
    if kind == "process":
        fields["body"] = flows.body()
    if kind == "scenario":
        fields["lines"] = tuple(value for value in values if isinstance(value, nodes.Node))
    end = max((_end(value) for value in values), default=head.span.end)
    blank = head.title if head.title is not None and not head.title.text.strip() else None
    named = nodes.Text(head.id.text, span=head.id.span)
    title = named if head.title is None else head.title
    declaration = CLASSES[kind](
        id=head.id, title=title, span=Span(head.span.start, max(end, head.span.end)), **fields
    )
    if (title is named or blank is not None) and kind != "audience":
        place = None if blank is None else blank.span
        problems.append(syntax_errors.missing_title(source, head.id.span, head.id.text, place))
    return Assembled(declaration, (*problems, *flows.diagnostics))


def adjusted(kind: str, head: Head, values: Sequence[object]) -> nodes.Adjust:
    """The adjustment of a declaration, from its head and what its other lines change."""
    changes = tuple(value for value in values if isinstance(value, nodes.Change))
    title = head.title or nodes.Text(head.id.text, span=head.id.span)
    end = max((_end(value) for value in values), default=head.span.end)
    return nodes.Adjust(
        id=head.id, title=title, kind=kind, changes=changes, span=head.span._replace(end=end)
    )


def replaced(kind: str, whole: Assembled, start: int) -> Assembled:
    """The replacement by a declaration; `start` is where its verb stands."""
    by = whole.declaration
    span = Span(start, by.span.end)
    return Assembled(
        nodes.Replace(id=by.id, title=by.title, kind=kind, by=by, span=span), whole.diagnostics
    )


def removed(kind: str, head: Head, values: Sequence[object], source: str) -> Assembled:
    """The removal of a declaration."""
    clauses = [value for value in values if isinstance(value, Clause)]
    fields, problems = _fields((*head.clauses, *clauses), source)
    end = max((_end(value) for value in clauses), default=head.span.end)
    title = nodes.Text(head.id.text, span=head.id.span)
    span = head.span._replace(end=end)
    found = nodes.Remove(id=head.id, title=title, kind=kind, span=span, **fields)
    return Assembled(found, tuple(problems))


def _end(value: object) -> int:
    span: Span = value.span  # type: ignore[attr-defined]
    return span.end


def _clauses(values: Iterable[object], flows: Flows) -> Iterable[Clause]:
    """The clauses among the values; everything else is a line of the flow."""
    for value in values:
        if isinstance(value, Clauses):
            yield from value.clauses
        elif isinstance(value, Clause):
            if not (value.field == "titles" and flows.takes_title(value.value)):
                yield value
        else:
            flows.add(value)


def _fields(clauses: Iterable[Clause], source: str) -> tuple[dict[str, Any], list[Diagnostic]]:
    fields: dict[str, Any] = {}
    lists: dict[str, list[object]] = {}
    first: dict[str, Clause] = {}
    twice: dict[Span, Diagnostic] = {}
    for clause in clauses:
        if clause.many:
            lists.setdefault(clause.field, []).append(clause.value)
        elif clause.field in first:
            places = (clause.span, first[clause.field].span)
            twice[clause.span] = syntax_errors.two_places(source, "E108", places)
        else:
            first[clause.field] = clause
            fields[clause.field] = clause.value
    fields |= {field: tuple(values) for field, values in lists.items()}
    return fields, list(_outermost(twice))


def _outermost(twice: dict[Span, Diagnostic]) -> Iterator[Diagnostic]:
    """Of clauses in one another that are all said twice, the outer one is."""
    reached = -1
    for span in sorted(twice, key=lambda span: (span.start, -span.end)):
        if span.end > reached:
            reached = span.end
            yield twice[span]
