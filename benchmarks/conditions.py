"""How fast conditions and decision tables are evaluated, beside bare Python and zen-engine.

The condition reads six facts; the table has a hundred rows over two columns. All contenders get the
same facts in turn and must agree. Checking and compiling are not timed: they happen once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from statistics import median
from time import perf_counter
from typing import Any, cast

import zen
from msgspec import Struct

from dsl.expressions.compile import compile_expression
from dsl.model import Rulebook
from dsl.pipeline import check_source
from dsl.source import of_text

Facts = Mapping[str, Any]
Evaluate = Callable[[Facts, None], object]
"""Called as the engine calls a condition: with facts and an environment, which none of these asks."""

FAST = 100_000
"""Above so many evaluations a second the clock is read once in a hundred turns over the facts."""
LEAST_SECONDS = 0.3
"""A contender is timed for at least so long in each round."""
_ROWS = 100
_STEP = 10
_TEXT = """rulebook measured "Measured"
  version 1.0.0
  currency CNY
fact level "Level" integer 1..15
fact team "Team" choice backend, frontend, platform, data
fact on_call "On call" yes/no
fact score "Score" integer 0..1000
fact claims "Claims" integer 0..100
fact pay "Pay" money
role leaver "Leaver" is subject
table bands "Bands" unique
  given score 0..999, on_call
  gives band integer
  | score | on_call | band |
{rows}
item both "Both"
  applies when level >= 7 and team in [backend, platform] and (on_call = yes or score > 500) and claims < 3 and pay > 5000 CNY
  from leaver to leaver
item banded "Banded"
  applies when bands.band = 0
  from leaver to leaver
process exit "Exit"
  started by leaver
  managed by leaver
  first items
"""
_ZEN_CONDITION = (
    "level >= 7 and team in ['backend', 'platform'] and (on_call == true or score > 500)"
    " and claims < 3 and pay > 5000"
)


class Speed(Struct, frozen=True):
    """Millions of evaluations a second: the median over the rounds."""

    flow: str
    subject: str
    engine: str
    rounds: int
    millions_per_second: float


def measure(rounds: int) -> Iterator[Speed]:
    """Measures every contender of both subjects in turns."""
    for subject, contenders in (("condition", _conditions()), ("table", _tables())):
        facts = tuple(_facts())
        wanted = [bool(contenders["bare Python"](one, None)) for one in facts]
        for evaluate in contenders.values():
            if [bool(evaluate(one, None)) for one in facts] != wanted:
                raise AssertionError(subject)
        speeds: dict[str, list[float]] = {name: [] for name in contenders}
        for _ in range(rounds):
            for name, evaluate in contenders.items():
                speeds[name].append(_per_second(evaluate, facts))
        for name, some in speeds.items():
            yield Speed("conditions", subject, name, rounds, round(median(some) / 1e6, 4))


def _per_second(evaluate: Evaluate, facts: tuple[Facts, ...]) -> float:
    """Evaluations a second."""
    began, turns, step = perf_counter(), 0, 1
    while perf_counter() - began < LEAST_SECONDS:
        for _ in range(step):
            for one in facts:
                evaluate(one, None)
        turns += step
        step = 100 if turns * len(facts) / (perf_counter() - began) > FAST else 1
    return turns * len(facts) / (perf_counter() - began)


def _facts() -> Iterator[Facts]:
    for number in range(40):
        yield {
            "level": number % 15 + 1,
            "team": ("backend", "frontend", "platform", "data")[number % 4],
            "on_call": number % 3 == 0,
            "score": number * 25,
            "claims": number % 5,
            "pay": Decimal(number * 500),
        }


def _rows() -> Iterator[tuple[int, int, bool, int]]:
    """Low and high score, on call, band."""
    for number in range(_ROWS // 2):
        low = number * 2 * _STEP
        for on_call in (True, False):
            yield low, low + 2 * _STEP - 1, on_call, number % 7


def _rulebook() -> Rulebook:
    lines = (
        f"  | {low}..{high} | {'yes' if on_call else 'no'} | {band} |"
        for low, high, on_call, band in _rows()
    )
    checked = check_source(of_text("measured", _TEXT.format(rows="\n".join(lines)))).checked
    if checked is None:
        raise AssertionError
    return checked.rulebook


def _baton(item: int) -> Evaluate:
    rulebook = _rulebook()
    applies = rulebook.items[item].applies
    if applies is None:
        raise AssertionError
    return cast("Evaluate", compile_expression(applies, {one.id: one for one in rulebook.tables}))


def _conditions() -> dict[str, Evaluate]:
    limit = Decimal(5000)

    def bare(facts: Facts, _environment: None) -> object:
        return (
            facts["level"] >= 7  # noqa: PLR2004 (the condition as it would be written by hand)
            and facts["team"] in ("backend", "platform")
            and (facts["on_call"] or facts["score"] > 500)  # noqa: PLR2004
            and facts["claims"] < 3  # noqa: PLR2004
            and facts["pay"] > limit
        )

    compiled = zen.compile_expression(_ZEN_CONDITION)

    def other(facts: Facts, _environment: None) -> object:
        return compiled.evaluate({**facts, "pay": int(facts["pay"])})

    return {"Baton": _baton(0), "bare Python": bare, "zen-engine": other}


def _tables() -> dict[str, Evaluate]:
    rows = tuple(_rows())

    def bare(facts: Facts, _environment: None) -> object:
        score, on_call = facts["score"], facts["on_call"]
        return any(
            band == 0
            for low, high, wanted, band in rows
            if low <= score <= high and on_call is wanted
        )

    decision = zen.ZenEngine().create_decision(json.dumps(_zen_table()))

    def other(facts: Facts, _environment: None) -> object:
        given = {"score": facts["score"], "on_call": facts["on_call"]}
        found: Any = decision.evaluate(given)
        return found["result"]["band"] == 0

    return {"Baton": _baton(1), "bare Python": bare, "zen-engine": other}


def _zen_table() -> dict[str, Any]:
    columns = ("score", "on_call", "band")
    ids = {name: name for name in columns}
    rules = [
        {
            "_id": str(number),
            "score": f"[{low}..{high}]",
            "on_call": "true" if on_call else "false",
            "band": str(band),
        }
        for number, (low, high, on_call, band) in enumerate(_rows())
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": one, "name": one, "field": ids[one]} for one in columns[:2]],
        "outputs": [{"id": "band", "name": "band", "field": "band"}],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {
            "id": "table", "type": "decisionTableNode", "name": "table",
            "position": {"x": 1, "y": 0}, "content": content,
        },
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
    ]  # fmt: skip
    edges = [
        {"id": "a", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "b", "type": "edge", "sourceId": "table", "targetId": "out"},
    ]
    return {"nodes": nodes, "edges": edges}


def table(speeds: Iterable[Speed]) -> str:
    """A Markdown table; the ratio is the speed beside that of Baton."""
    lines = ["| subject | engine | M/s | ratio |", "|---|---|--:|--:|"]
    first: dict[str, float] = {}
    for one in speeds:
        measure_of = first.setdefault(one.subject, one.millions_per_second)
        ratio = one.millions_per_second / measure_of
        lines.append(
            f"| {one.subject} | {one.engine} | {one.millions_per_second:.3f} | {ratio:.2f} |"
        )
    return "\n".join(lines) + "\n"
