"""Changing a text at one declaration: everything else, comments too, stays as it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dsl.diagnostic import Edit
from dsl.fixing import edited
from dsl.parser import Statement
from dsl.source import Span
from engine.drafting.clauses import HEAD, Clauses
from engine.drafting.draft import Draft, Part

INDENT = "  "
AFTER = {
    "fact": ("fact", "rulebook"),
    "role": ("role", "fact", "rulebook"),
    "item": ("item", "approval", "sla", "role", "fact", "rulebook"),
    "approval": ("approval", "sla", "role", "fact", "rulebook"),
    "action": ("action", "gate", "item", "approval", "sla", "role", "fact", "rulebook"),
    "gate": ("gate", "item", "approval", "sla", "role", "fact", "rulebook"),
    "scenario": ("scenario", "process", "rulebook"),
}
"""A new declaration stands behind the last one of the first of these kinds that there is."""


def added(draft: Draft, kind: str, lines: Sequence[str]) -> Edit:
    """A new declaration where its like stands."""
    text = draft.source.original
    parts = [part for kind_ in AFTER[kind] for part in draft.parts if part.kind == kind_]
    behind = next((p for p in reversed(draft.parts) if parts and p.kind == parts[0].kind), None)
    place = len(text.rstrip()) if behind is None else row_end(text, _last(draft, behind))
    declaration = "\n".join([lines[0], *(INDENT + line for line in lines[1:])])
    close = behind is not None and behind.kind == kind and len(_statements(draft, behind)) == 1
    gap = "\n" if close and len(lines) == 1 else "\n\n"
    return Edit(Span(place, place), gap + declaration)


def done(draft: Draft, edit: Edit) -> tuple[str, int]:
    """The text with one edit, and where what that wrote begins."""
    blank = len(edit.text) - len(edit.text.lstrip())
    return edited(draft.source.original, [edit]), edit.span.start + blank


def inserted(draft: Draft, part: Part, field: str, line: str) -> Edit:
    """One more line in a declaration, behind its like."""
    statements = _statements(draft, part)
    alike = [one for one in statements if field in one.fields]
    one = (alike or ([statements[0]] if field in ("steps", "rungs") else statements))[-1]
    return behind(draft, one.span, line)


def behind(draft: Draft, span: Span, line: str) -> Edit:
    """A line of a declaration behind another one."""
    return behind_in(draft.source.original, span, line)


def behind_in(text: str, span: Span, line: str) -> Edit:
    """The same in a plain text; rows are broken as that one is."""
    place = row_end(text, span.end)
    broken = "\r\n" if text[place : place + 2] == "\r\n" else "\n"
    return Edit(Span(place, place), f"{broken}{INDENT}{line}")


def ahead(draft: Draft, span: Span, line: str) -> Edit:
    """A line of a declaration before another one."""
    place = draft.source.original.rfind("\n", 0, span.start) + 1
    return Edit(Span(place, place), f"{INDENT}{line}\n")


def replaced(draft: Draft, part: Part, before: Clauses, after: Clauses) -> Iterator[Edit]:
    """The lines of a declaration that differ changed, taken out or put in.

    Args:
        draft: the text.
        part: the declaration.
        before: its lines as the form found them; `FIELD.N` is the Nth line of a field that has several.
        after: its lines as the form wants them.
    """
    statements = _statements(draft, part)
    first = statements[0]
    # What a slip has put behind the first line is read with it, and goes to a line of its own.
    beside = [key for key in (*before, *after) if key.partition(".")[0] in first.fields]
    together = dict.fromkeys((HEAD, *beside)) if first.fields else {}
    if any(before.get(key) != after.get(key) for key in together):
        yield Edit(first.span, "\n  ".join(after[key] for key in together if key in after))
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) == after.get(key) or key in together:
            continue
        field, _, number = key.partition(".")
        alike = [one for one in statements if field in (one.fields or (HEAD,))]
        at = int(number or 1) - 1
        if key not in before:
            last = alike[-1] if alike else statements[-1]
            yield behind(draft, last.span, after[key])
        elif key in after:
            yield Edit(alike[at].span, after[key])
        else:
            yield taken_out(draft.source.original, alike[at].span)


def without(draft: Draft, part: Part, fields: tuple[str, ...]) -> Iterator[Edit]:
    """The lines of a declaration that say nothing but these fields taken out."""
    for one in _statements(draft, part):
        if one.fields and set(one.fields) <= set(fields):
            yield taken_out(draft.source.original, one.span)


def lines_of(draft: Draft, part: Part, fields: frozenset[str]) -> list[str]:
    """The lines of a declaration that say any of these fields, as they are written."""
    found = [one.span for one in _statements(draft, part) if fields.intersection(one.fields)]
    return [draft.source.original[span.start : span.end] for span in found]


def statement_at(draft: Draft, offset: int) -> Statement | None:
    """The statement that the row of a place belongs to."""
    text = draft.source.original
    begin, end = text.rfind("\n", 0, offset) + 1, row_end(text, offset)
    found = draft.parsed.statements
    return next((one for one in found if one.span.start <= end and one.span.end >= begin), None)


def row_end(text: str, place: int) -> int:
    """Where the row of a place ends, before what breaks it."""
    end = text.find("\n", place)
    return len(text) if end < 0 else end - (text[end - 1 : end] == "\r")


def _statements(draft: Draft, part: Part) -> list[Statement]:
    """Those of a part; what was passed over in front of its first one is none of it."""
    found = draft.parsed.statements
    return [
        one._replace(span=Span(max(one.span.start, part.start), one.span.end))
        for one in found
        if part.start < one.span.end and one.span.start < part.end
    ]


def _last(draft: Draft, part: Part) -> int:
    return max((one.span.end for one in _statements(draft, part)), default=part.end)


def taken_out(text: str, span: Span) -> Edit:
    """A line taken out; where a comment stands beside it, that stays."""
    begin, end = text.rfind("\n", 0, span.start) + 1, row_end(text, span.end)
    alone = not (text[begin : span.start].strip() or text[span.end : end].strip())
    before = begin - 1 - (text[max(begin - 2, 0) : begin] == "\r\n")
    return Edit(Span(before, end), "") if alone and begin else Edit(span, "")
