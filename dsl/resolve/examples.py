"""Examples: rows of facts and of what is expected, each of which is a scenario of its own."""

from __future__ import annotations

from typing import cast, get_args

from dsl import model, nodes
from dsl.expressions.tree import Wire
from dsl.model import ApprovalEnd, ItemState, RefusalWord, StepWord, TaskState
from dsl.resolve import expectations
from dsl.resolve.stage import Stage, facts_of

_REFUSALS = {"not_allowed", "too_early", "too_late", "invalid", "missing"}


def resolve_examples(
    stage: Stage, lines: tuple[nodes.ScenarioLine, ...]
) -> tuple[model.Example, ...]:
    """The rows of a scenario; what is wrong has been reported."""
    columns: nodes.ExampleColumns | None = None
    found: list[model.Example] = []
    first: dict[str, nodes.Text] = {}
    for line in lines:
        if isinstance(line, nodes.ExampleColumns):
            if columns is not None:
                stage.desk.error("E480", line, variant="twice", hint=True)
            columns = line
        elif not isinstance(line, nodes.ExampleRow):
            continue
        elif columns is None:
            stage.desk.error("E480", line, variant="headless", hint=True)
        elif _fits(stage, columns, line, first):
            stage.desk.place(f"examples.{len(found)}", line)
            found.append(_example(stage, columns, line))
    return tuple(found)


def _fits(
    stage: Stage,
    columns: nodes.ExampleColumns,
    row: nodes.ExampleRow,
    first: dict[str, nodes.Text],
) -> bool:
    if len(row.samples) != len(columns.headings):
        values = {"count": len(row.samples), "wanted": len(columns.headings)}
        stage.desk.error("E480", row, values, hint=True)
        return False
    known = first.setdefault(row.name.text, row.name)
    if known is not row.name:
        others = (stage.desk.label(known, "E202.first"),)
        values_ = {"name": row.name.text}
        stage.desk.error("E480", row.name, values_, others=others, variant="name", hint=True)
    return True


def _example(stage: Stage, columns: nodes.ExampleColumns, row: nodes.ExampleRow) -> model.Example:
    given: list[tuple[str, Wire]] = []
    expects: list[model.ScenarioLine] = []
    for heading, sample in zip(columns.headings, row.samples, strict=True):
        if sample.value is None and sample.word is None:
            continue
        if heading.kind == "given" and heading.target and sample.value is not None:
            entry = nodes.Entry(heading.target.name, sample.value, span=sample.span)
            given.extend(facts_of(stage, (entry,)))
            continue
        line = _expectation(stage, heading, sample)
        resolved = None if line is None else expectations.RULES[type(line)](stage, line)
        if resolved is not None:
            expects.append(resolved)
    # A refusal is of the act just before, so it is looked at first, in whichever column it stands.
    expects.sort(key=lambda line: not isinstance(line, model.ExpectRefused))
    return model.Example(row.name.text, model.GivenFacts(tuple(given)), tuple(expects))


def _expectation(
    stage: Stage, heading: nodes.Heading, sample: nodes.Sample
) -> nodes.ScenarioLine | None:
    """What a cell expects, as a line of its own would say it; None if it does not fit its column."""
    line = _line(heading, sample)
    if line is None:
        stage.desk.error("E480", sample, variant="cell", hint=True)
    return line


def _line(heading: nodes.Heading, sample: nodes.Sample) -> nodes.ScenarioLine | None:
    target, span = heading.target, sample.span
    if heading.kind == "refused":
        return _refused(sample)
    if target is None:
        return None
    match heading.kind:
        case "due" if isinstance(sample.value, nodes.Date | nodes.DateTime):
            return nodes.ExpectDue(target, sample.value, span=span)
        case "fact" if sample.value is not None:
            return nodes.ExpectFact(target.name, sample.value, span=span)
        case "rule" if sample.word in ("acted", "not_acted"):
            return nodes.ExpectRule(target.name, sample.word == "acted", span=span)
        case "step" if heading.step and sample.word in get_args(StepWord):
            return nodes.ExpectStep(
                target.name, heading.step, cast("StepWord", sample.word), span=span
            )
        case "state":
            return _of_state(target, sample)
        case _:
            return None


def _of_state(target: nodes.Target, sample: nodes.Sample) -> nodes.ScenarioLine | None:
    word, span = sample.word, sample.span
    if word in ("reached", "not_reached"):
        return nodes.ExpectReached(target, word == "reached", span=span)
    match target.kind:
        case "item" | "document" if word in get_args(ItemState):
            return nodes.ExpectItem(target, cast("ItemState", word), span=span)
        case "action" | "access" if word in get_args(TaskState):
            return nodes.ExpectTask(target, cast("TaskState", word), span=span)
        case "approval" if word in get_args(ApprovalEnd):
            return nodes.ExpectApproval(target, cast("ApprovalEnd", word), span=span)
        case "gate" if word in ("open", "closed"):
            return nodes.ExpectGate(target, word == "open", span=span)
        case _:
            return None


def _refused(sample: nodes.Sample) -> nodes.ScenarioLine | None:
    if isinstance(sample.value, nodes.Text):
        return nodes.ExpectRefused("code", None, sample.value, span=sample.span)
    if sample.word in _REFUSALS:
        reason = cast("RefusalWord", sample.word)
        return nodes.ExpectRefused(reason, sample.missing, span=sample.span)
    return None
