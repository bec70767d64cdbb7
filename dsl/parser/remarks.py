"""What a diagnostic owes to the text as it is written: comments that its fix keeps, words that it quotes."""

from __future__ import annotations

from msgspec import structs

from dsl.diagnostic import Diagnostic, Edit
from dsl.parser.lexemes import scan, spaced
from dsl.parser.readings import Lines
from dsl.source import Span


def with_remarks(wrong: Diagnostic, lines: Lines) -> Diagnostic:
    """The diagnostic with a fix that keeps the comments of the declaration."""
    if wrong.fix is None or not lines.comments:
        return wrong
    kept = (_above(edit, lines) for edit in wrong.fix.edits)
    edits = tuple(one for some in kept for one in some)
    return structs.replace(wrong, fix=structs.replace(wrong.fix, edits=edits))


def as_written(wrong: Diagnostic, lines: Lines) -> Diagnostic:
    """The diagnostic of several words with the signs between them as the text has them: `，` is no `,`."""
    text = lines.text[slice(*wrong.primary.span)]
    found = wrong.values.get("found")
    lexemes = list(scan(text)) if found and not text.isascii() else []
    if len(lexemes) < len(("one", "other")) or spaced(lexemes) != found:
        return wrong
    values = {**wrong.values, "found": " ".join(text.split())}
    fix = wrong.fix and structs.replace(wrong.fix, values=wrong.fix.values | values)
    return structs.replace(wrong, values=values, fix=fix)


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
