"""Writing what a form says into the text: in place, in its dialect, with its comments."""

from __future__ import annotations

from collections.abc import Iterator

from dsl import nodes
from dsl.diagnostic import Edit
from dsl.fixing import edited
from dsl.formatter import format_source
from dsl.layers import Shelf
from dsl.parser import parse
from dsl.source import Span, of_text
from engine.drafting.changes import added, ahead, behind, inserted, replaced, statement_at, without
from engine.drafting.clauses import HEAD, Answers, Clauses, name, printed
from engine.drafting.draft import Draft, Part
from engine.drafting.forms.asking import declarations
from engine.drafting.forms.flows import places
from engine.drafting.forms.shapes import Changed, DraftForm, Kind


def written(draft: Draft, form: DraftForm, kind: Kind, given: Answers, shelf: Shelf) -> Changed:
    """The text with what a form says, and where that stands.

    Args:
        draft: the text.
        form: what was asked.
        kind: how its lines are written.
        given: all that they say.
        shelf: finds the bases that the text extends.
    """
    lines = _lines(draft, form, kind, given)
    edits = list(_edits(draft, form, kind, given, lines))
    text = _settled(draft, edited(draft.source.original, edits), shelf)
    owner = (kind.owner, given.get("into") or form.part) if kind.owner else (form.kind, given["id"])
    return Changed(text, _place(text, *owner, lines[kind.line or HEAD]))


def _lines(draft: Draft, form: DraftForm, kind: Kind, given: Answers) -> Clauses:
    clauses = kind.clauses(draft, given)
    said = {key: line for key, line in clauses.items() if key.partition(".")[0] not in form.kept}
    head = said.get(HEAD) or f'{kind.owner} x "x"'
    return printed(head, said, _known(draft), draft.dialect)


def _edits(
    draft: Draft, form: DraftForm, kind: Kind, given: Answers, lines: Clauses
) -> Iterator[Edit]:
    if form.offset is not None:
        yield from _changes(draft, form, kind, lines)
    elif form.kind == "stage":
        yield ahead(draft, _span(draft, given["ahead"]), lines[kind.line])
    elif kind.line:
        yield inserted(draft, _part(draft, kind.owner, given["into"]), kind.line, lines[kind.line])
    else:
        yield added(draft, form.kind, list(lines.values()))
        if given.get("behind"):
            clauses = {"first": "first items", "then": f"then {form.kind} {name(given['id'])}"}
            line = printed('process x "x"', clauses, _known(draft), draft.dialect)["then"]
            yield behind(draft, _span(draft, given["behind"]), line)


def _changes(draft: Draft, form: DraftForm, kind: Kind, lines: Clauses) -> Iterator[Edit]:
    assert form.offset is not None
    if kind.line:
        statement = statement_at(draft, form.offset)
        assert statement is not None
        yield Edit(statement.span, lines[kind.line])
    else:
        part, before = _part(draft, form.kind, form.part), _lines(draft, form, kind, form.values)
        yield from replaced(draft, part, before, lines)
        if before[HEAD] != lines[HEAD]:
            yield from without(draft, part, kind.head)


def _settled(draft: Draft, text: str, shelf: Shelf) -> str:
    """A text in its canonical form if it was in that before; else as it is, so that nothing else moves."""
    source = draft.source
    if text == source.original or format_source(source, None, shelf).text != source.original:
        return text
    return format_source(of_text(source.name, text), None, shelf).text or text


def _place(text: str, kind: str, id_: str, line: str) -> int:
    rulebook = parse(of_text("", text)).rulebook
    for part in rulebook.parts if rulebook else ():
        one = part.declaration
        if one is not None and (type(one).__name__.lower(), one.id.text) == (kind, id_):
            return max(text.find(line, part.start), part.start)
    return 0


def _part(draft: Draft, kind: str, id_: str) -> Part:
    return next(part for part in draft.parts if (part.kind, part.id) == (kind, id_))


def _span(draft: Draft, place: str) -> Span:
    """Where a line of a process stands in the text."""
    flow = dict(places(draft))[place]
    return flow.span.shift(_part(draft, "process", place.partition("/")[0]).start)


def _known(draft: Draft) -> dict[str, str]:
    """What a line may name, with what it is."""
    kinds: dict[type, str] = {nodes.Role: "role", nodes.Fact: "fact"}
    found = declarations(draft)
    return {one.id.text: kinds[type(one)] for one in found if type(one) in kinds}
