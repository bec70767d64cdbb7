"""Changing a text at one declaration: everything else, comments too, stays as it was typed."""

from __future__ import annotations

from collections.abc import Sequence

from dsl.diagnostic import Edit
from dsl.fixing import edited
from dsl.parser import Statement
from dsl.source import Span
from engine.drafting.clauses import HEAD, Clauses
from engine.drafting.draft import Draft, Part

INDENT = "  "
AFTER = {
    "role": ("role", "fact", "rulebook"),
    "item": ("item", "approval", "sla", "role", "fact", "rulebook"),
    "scenario": ("scenario", "process", "rulebook"),
}
"""A new declaration stands behind the last one of the first of these kinds that there is."""


def added(draft: Draft, kind: str, lines: Sequence[str]) -> tuple[str, int]:
    """The text with a new declaration, and where that stands."""
    text = draft.source.original
    parts = [part for kind_ in AFTER[kind] for part in draft.parts if part.kind == kind_]
    behind = next((p for p in reversed(draft.parts) if parts and p.kind == parts[0].kind), None)
    place = len(text.rstrip()) if behind is None else _line_end(text, _last(draft, behind))
    declaration = "\n".join([lines[0], *(INDENT + line for line in lines[1:])])
    close = behind is not None and behind.kind == kind and len(_statements(draft, behind)) == 1
    gap = "\n" if close and len(lines) == 1 else "\n\n"
    return text[:place] + gap + declaration + text[place:], place + len(gap)


def inserted(draft: Draft, part: Part, field: str, line: str) -> tuple[str, int]:
    """The text with one more line in a declaration, and where that stands."""
    text = draft.source.original
    statements = _statements(draft, part)
    alike = [one for one in statements if field in one.fields]
    one = (alike or ([statements[0]] if field in ("steps", "rungs") else statements))[-1]
    place = _line_end(text, one.span.end)
    return f"{text[:place]}\n{INDENT}{line}{text[place:]}", place + 1 + len(INDENT)


def replaced(draft: Draft, part: Part, before: Clauses, after: Clauses) -> str:
    """The text with the lines of a declaration that differ changed, taken out or put in.

    Args:
        draft: the text.
        part: the declaration.
        before: its lines as the form found them.
        after: its lines as the form wants them.
    """
    edits: list[Edit] = []
    statements = _statements(draft, part)
    end = _line_end(draft.source.original, statements[-1].span.end)
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) == after.get(key):
            continue
        at = next((one for one in statements if key in (one.fields or (HEAD,))), None)
        if at is None:
            edits.append(Edit(Span(end, end), f"\n{INDENT}{after[key]}"))
        elif key in after:
            edits.append(Edit(at.span, after[key]))
        else:
            edits.append(_without(draft.source.original, at.span))
    return edited(draft.source.original, edits)


def line_replaced(draft: Draft, statement: Statement, line: str) -> str:
    """The text with another line in the place of one."""
    return edited(draft.source.original, [Edit(statement.span, line)])


def statement_at(draft: Draft, offset: int, field: str) -> Statement | None:
    """The line of a field that a place of the text lies in."""
    text = draft.source.original
    begin, end = text.rfind("\n", 0, offset) + 1, _line_end(text, offset)
    return next(
        (
            one
            for one in draft.parsed.statements
            if field in one.fields and one.span.start <= end and one.span.end >= begin
        ),
        None,
    )


def _statements(draft: Draft, part: Part) -> list[Statement]:
    found = draft.parsed.statements
    return [one for one in found if part.start <= one.span.start < part.end]


def _last(draft: Draft, part: Part) -> int:
    return max((one.span.end for one in _statements(draft, part)), default=part.end)


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end - (text[end - 1 : end] == "\r")


def _without(text: str, span: Span) -> Edit:
    """A line taken out; where a comment stands beside it, that stays."""
    begin, end = text.rfind("\n", 0, span.start) + 1, _line_end(text, span.end)
    alone = not (text[begin : span.start].strip() or text[span.end : end].strip())
    return Edit(Span(begin - 1, end), "") if alone and begin else Edit(span, "")
