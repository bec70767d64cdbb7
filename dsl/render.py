"""Diagnostics for people and for programs. Only here do message ids become texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NotRequired, TypedDict

from dsl.catalogue import MESSAGES, Language
from dsl.diagnostic import Diagnostic, Keyword, Label, Severity, Term, Terms, Value
from dsl.source import Position, Source, cells
from dsl.visible import visible

Sources = Mapping[str, Source]
"""The texts by name."""

WINDOW = 120
"""Code points of one line that are shown; of a longer line, those around the place."""
BEFORE = 40
QUOTED = 80
"""Code points of typed text that a message quotes."""
LISTED = 16
"""Names that a message lists; of more, the first of them."""


def render_text(diagnostics: Iterable[Diagnostic], sources: Sources, language: Language) -> str:
    """All diagnostics as plain text, an empty line between two; ends with a line break.

    Args:
        diagnostics: in the order in which they shall stand.
        sources: the texts that the labels point into.
        language: of the reader; keywords stay in the dialect of the text.
    """
    return "\n".join(_block(each, sources, language) for each in diagnostics)


class ShownLabel(TypedDict):
    """A place: offsets in code points from 0, lines and columns from 1."""

    source: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class ShownEdit(TypedDict):
    """Replace the code points from `start` to before `end`."""

    start: int
    end: int
    text: str


class ShownFix(TypedDict):
    """A change that a program can make; without asking if it is sure."""

    title: str
    sure: bool
    edits: list[ShownEdit]


class Shown(TypedDict):
    """A diagnostic in words; the first label is its place."""

    code: str
    severity: Severity
    title: str
    text: str
    labels: list[ShownLabel]
    hint: NotRequired[str]
    fix: NotRequired[ShownFix]


def render_json(
    diagnostics: Iterable[Diagnostic], sources: Sources, language: Language
) -> list[Shown]:
    """All diagnostics as JSON values.

    Offsets count code points of the original text from 0, lines and columns count from 1.
    """
    return [_json(each, sources, language) for each in diagnostics]


def say(language: Language, message: str, values: Mapping[str, Value]) -> str:
    """One message with its values in their places."""
    shown = {name: value_text(value, language) for name, value in values.items()}
    return MESSAGES.say(language, message, **shown)


def value_text(value: Value, language: Language) -> str:
    """A value as a message shows it; whatever was typed is shortened and made visible."""
    match value:
        case Keyword():
            return MESSAGES.say(value.dialect, f"keyword.{value.id}")
        case Term():
            return MESSAGES.say(language, f"term.{value.id}")
        case Terms():
            joint = MESSAGES.say(language, "render.joint")
            shown = [value_text(part, language) for part in value.parts[:LISTED]]
            if value.parts[-1:] == (Term("and_others"),) and len(shown) == len(value.parts):
                return f"{joint.join(shown[:-1])}{shown[-1]}"
            return joint.join(shown if len(shown) == len(value.parts) else [*shown, "…"])
        case int():
            return str(value)
        case str():
            return visible(value if len(value) <= QUOTED else f"{value[: QUOTED - 1]}…")


def _block(diagnostic: Diagnostic, sources: Sources, language: Language) -> str:
    severity = MESSAGES.say(language, f"render.{diagnostic.severity}")
    lines = [f"{severity} {diagnostic.code}: {_title(diagnostic, language)}"]
    for label in diagnostic.labels:
        lines.extend(_excerpt(diagnostic, label, sources, language))
    lines.append(f"  {_text(diagnostic, language)}")
    if diagnostic.hint:
        hint = say(language, diagnostic.hint, diagnostic.values)
        lines.append(f"  {MESSAGES.say(language, 'render.hint', text=hint)}")
    if diagnostic.fix:
        fix = fix_title(diagnostic, language)
        lines.append(f"  {MESSAGES.say(language, 'render.fix', text=fix)}")
    return "\n".join(lines) + "\n"


def _title(diagnostic: Diagnostic, language: Language) -> str:
    return say(language, f"{diagnostic.code}.title", diagnostic.values)


def _text(diagnostic: Diagnostic, language: Language) -> str:
    return say(language, diagnostic.variant or f"{diagnostic.code}.text", diagnostic.values)


def fix_title(diagnostic: Diagnostic, language: Language) -> str:
    """What the fix of a diagnostic does; empty if it has none."""
    fix = diagnostic.fix
    return "" if fix is None else say(language, fix.title, {**diagnostic.values, **fix.values})


def _label_text(diagnostic: Diagnostic, label: Label, language: Language) -> str:
    if label.message is None:
        return ""
    return say(language, label.message, {**diagnostic.values, **label.values})


def _excerpt(
    diagnostic: Diagnostic, label: Label, sources: Sources, language: Language
) -> list[str]:
    """The place of a label: file, line and column, the line, and carets under it."""
    source = sources[label.source]
    position = source.position(label.span.start)
    line, start, end = _clip(source, label, position)
    before, marked = visible(line[:start]), visible(line[start:end])
    carets = "^" if label is diagnostic.primary else "-"
    under = f"{' ' * cells(before)}{carets * max(cells(marked), 1)}"
    gutter = " " * len(str(position.line))
    said = _label_text(diagnostic, label, language)
    return [
        f"  {gutter}--> {visible(source.name)}:{position.line}:{position.column}",
        f"  {position.line} | {visible(line)}".rstrip(),
        f"  {gutter} | {under} {said}".rstrip(),
    ]


def _clip(source: Source, label: Label, position: Position) -> tuple[str, int, int]:
    """The part of a line that is shown, and where the label begins and ends in it."""
    line = source.line(position.line)
    start = position.column - 1
    end = min(start + label.span.end - label.span.start, len(line))
    if len(line) <= WINDOW:
        return line, start, end
    left = max(start - BEFORE, 0)
    right = min(left + WINDOW, len(line))
    head, tail = "…" if left else "", "…" if right < len(line) else ""
    shift = len(head) - left
    return f"{head}{line[left:right]}{tail}", start + shift, min(end, right) + shift


def _json(diagnostic: Diagnostic, sources: Sources, language: Language) -> Shown:
    found: Shown = {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "title": _title(diagnostic, language),
        "text": _text(diagnostic, language),
        "labels": [
            _json_label(diagnostic, label, sources, language) for label in diagnostic.labels
        ],
    }
    if diagnostic.hint:
        found["hint"] = say(language, diagnostic.hint, diagnostic.values)
    if diagnostic.fix:
        edits: list[ShownEdit] = [
            {"start": edit.span.start, "end": edit.span.end, "text": edit.text}
            for edit in diagnostic.fix.edits
        ]
        title = fix_title(diagnostic, language)
        found["fix"] = {"title": title, "sure": diagnostic.fix.sure, "edits": edits}
    return found


def _json_label(
    diagnostic: Diagnostic, label: Label, sources: Sources, language: Language
) -> ShownLabel:
    source = sources[label.source]
    start, end = source.position(label.span.start), source.position(label.span.end)
    return {
        "source": source.name,
        "start": label.span.start,
        "end": label.span.end,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "text": _label_text(diagnostic, label, language),
    }
