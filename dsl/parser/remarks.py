"""Comments are not lost by a fix: those between words that it replaces are put on lines above them."""

from __future__ import annotations

from msgspec import structs

from dsl.diagnostic import Diagnostic, Edit
from dsl.parser.readings import Lines
from dsl.source import Span


def with_remarks(wrong: Diagnostic, lines: Lines) -> Diagnostic:
    """The diagnostic with a fix that keeps the comments of the declaration."""
    if wrong.fix is None or not lines.comments:
        return wrong
    kept = (_above(edit, lines) for edit in wrong.fix.edits)
    edits = tuple(one for some in kept for one in some)
    return structs.replace(wrong, fix=structs.replace(wrong.fix, edits=edits))


def _above(edit: Edit, lines: Lines) -> tuple[Edit, ...]:
    """The edit, behind one that repeats the comments within it, indented as the line where it begins."""
    start, end = edit.span
    within = [one for one in lines.comments if start < one.start and one.end <= end]
    if not within:
        return (edit,)
    at = max(lines.text.rfind(sign, 0, start) for sign in "\r\n") + 1
    line = lines.text[at:start]
    indent = line[: len(line) - len(line.lstrip())]
    said = (lines.text[one.start : one.end] for one in within)
    # What ends a comment is its own: the sign before the line feed, if there is one, belongs to it.
    return (Edit(Span(at, at), "".join(f"{indent}{one}\n" for one in said)), edit)
