"""What a rulebook allows: a warning about one declaration that is no problem there, and why.

An allowance is about the text and not about what it means: it is no part of the model, so that a rulebook
with and without it is the same artefact. It stands in the declaration that it is about and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dsl import nodes
from dsl.diagnostic import Diagnostic, Edit, Fix, Label, Severity, Terms, Value
from dsl.expressions.uses import walk
from dsl.source import Source, Span
from dsl.texts import Found, Texts

WARNINGS = frozenset(
    (
        "W501", "W502", "W503", "W504", "W505", "W506", "W507",
        "W508", "W509", "W510", "W511", "W512", "W513", "W514", "W515",
        "W521", "W531", "W550",
    )
)  # fmt: skip
"""The codes that can be allowed. An error cannot: what it finds wrong has no meaning."""
_ELSEWHERE = frozenset(("W510", "W511"))
"""Those that are found only where more is at hand than the text."""


def allowed(
    texts: Texts, rulebook: nodes.Rulebook, found: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """What is left of the problems of a text when it has been asked what it allows.

    Args:
        texts: those that the rulebook is made of.
        rulebook: its nodes.
        found: the problems, in any order.

    Returns:
        the problems without the allowed ones, and those of the allowances themselves: a code that cannot
        be allowed (E418), and in a text without errors one that there is nothing of (W551).
    """
    kept = list(found)
    for homes, place, one in _allowances(texts, rulebook):
        if one.code.text not in WARNINGS:
            kept.append(_never(place, one))
            continue
        rest = [each for each in kept if not _is_about(each, one.code.text, homes)]
        is_needed = len(rest) < len(kept) or one.code.text in _ELSEWHERE
        # What a base allows is for the base to need: some findings are told of the uppermost text alone.
        is_own = place.written is texts.written[0]
        kept = rest if is_needed or not is_own else [*kept, _unused(place, one)]
    if any(each.severity == "error" for each in kept):
        return [each for each in kept if each.code != "W551"]
    return kept


def not_allowed(
    texts: Texts, rulebook: nodes.Rulebook, found: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """What is left of problems that were found where more is at hand than the text."""
    return [each for each in allowed(texts, rulebook, found) if each in found]


def _allowances(
    texts: Texts, rulebook: nodes.Rulebook
) -> Iterator[tuple[set[Found], Found, nodes.Allowance]]:
    """Each allowance with the places of its declaration, in whatever layers they are, and its own."""
    header = () if rulebook.header is None else ((0, rulebook.header),)
    parts = ((part.start, part.declaration) for part in rulebook.parts)
    for start, declaration in (*header, *parts):
        if declaration is None or not declaration.allowances:
            continue
        parts_of_it = (part for part in walk(declaration) if isinstance(part, nodes.Node))
        homes = {texts.find(part.span.shift(start)) for part in parts_of_it}
        for one in declaration.allowances:
            yield homes, texts.find(one.span.shift(start)), one


def _is_about(found: Diagnostic, code: str, homes: Iterable[Found]) -> bool:
    return found.code == code and any(
        label.source == home.written.source.name and home.span.holds(label.span.start)
        for label in found.labels
        for home in homes
    )


def _never(place: Found, one: nodes.Allowance) -> Diagnostic:
    values: dict[str, Value] = {"found": one.code.text, "codes": Terms(tuple(sorted(WARNINGS)))}
    return _finding("E418", "error", place, values)


def _unused(place: Found, one: nodes.Allowance) -> Diagnostic:
    line = _line(place.written.source, place.span)
    fix = Fix("W551.fix", (Edit(line, ""),), {}, sure=True)
    return _finding("W551", "warning", place, {"found": one.code.text}, fix)


def _finding(
    code: str, severity: Severity, place: Found, values: dict[str, Value], fix: Fix | None = None
) -> Diagnostic:
    label = Label(place.span, place.written.source.name, f"{code}.label")
    return Diagnostic(code, severity, (label,), values, f"{code}.hint", fix)


def _line(source: Source, span: Span) -> Span:
    """The line of a clause with the line break before it, up to its comment if it has one."""
    start = source.original.rfind("\n", 0, span.start)
    begins = not source.original[start + 1 : span.start].strip()
    return Span(start, span.end) if begins and start >= 0 else span
