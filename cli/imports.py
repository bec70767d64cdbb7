"""What an import says of a file: every problem with its place, every warning."""

from __future__ import annotations

from collections.abc import Iterable

from cli.output import Output
from engine.people.problem import ImportProblem, explain
from engine.texts import MESSAGES


def show_problems(output: Output, problems: Iterable[ImportProblem]) -> None:
    """All problems of a file from which nothing was taken."""
    listed = tuple(problems)
    if output.is_json:
        output.json({"problems": [_document(output, one) for one in listed]})
        return
    for problem in listed:
        _lines(output, problem, "bad")
    output.line(output.say("import.nothing", count=len(listed)))


def show_warnings(
    output: Output, warnings: Iterable[ImportProblem], result: dict[str, int]
) -> None:
    """What did not hinder the import; for programs together with its result."""
    if output.is_json:
        output.json({**result, "warnings": [_document(output, one) for one in warnings]})
        return
    for warning in warnings:
        _lines(output, warning, "notice")


def _lines(output: Output, problem: ImportProblem, style: str) -> None:
    found = explain(problem, MESSAGES, output.language)
    output.line(f"{problem.code} {found.title}  {found.place}", style)
    output.line(f"  {found.text}")
    output.line(f"  {found.hint}")


def _document(output: Output, problem: ImportProblem) -> dict[str, object]:
    found = explain(problem, MESSAGES, output.language)
    return {
        "code": problem.code,
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "title": found.title,
        "text": found.text,
        "hint": found.hint,
    }
